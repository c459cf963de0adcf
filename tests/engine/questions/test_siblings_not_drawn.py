"""Things that are named like those of a chart, or of the same sort, and are not drawn."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told


def teams() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="팀", ylabel="통화 시간 (분)")
    axes.boxplot([[2, 3, 4], [6, 7, 8], [9, 10, 12]], tick_labels=["상담팀", "기술팀", "배송팀"])
    return figure


def canteens() -> Figure:
    figure = Figure()
    figure.add_subplot(xlabel="分店", ylabel="客人(人)").bar(["城东店", "城西店", "车站店"], [40, 25, 31])
    return figure


@pytest.mark.parametrize(
    ("question", "draw"),
    [
        ("회계팀의 통화 시간 중앙값은 얼마인가요?", teams),
        ("회계팀은 중앙값이 얼마야?", teams),
        ("城南店来了多少客人?", canteens),
        ("机场店有多少人?", canteens),
    ],
)
def test_a_sibling_that_is_not_drawn_is_not_told(question: str, draw: Callable[[], Figure]) -> None:
    answer = asked(question, draw)
    assert "이해하지 못했" in answer or "不理解" in answer, answer


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("기술팀의 통화 시간 중앙값은 얼마인가요?", teams, ("7 분",)),
        ("중앙값이 가장 큰 팀은?", teams, ("“배송팀”",)),
        ("哪家分店客人最多?", canteens, ("“城东店”",)),
        ("车站店有多少人?", canteens, ("31 人",)),
        ("三家店一共多少客人?", canteens, ("96",)),
    ],
)
def test_what_is_drawn_is_told(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


def bars(title: str, label: str, names: list[str], values: list[float]) -> Figure:
    figure = Figure()
    figure.add_subplot(title=title, ylabel=label).bar(names, values)
    return figure


def patients(label: str) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="age", ylabel=label)
    axes.scatter([31, 47, 62], [118, 127, 141])
    for name, x, y in (("Nora", 31, 118), ("Ivan", 47, 127), ("Petra", 62, 141)):
        axes.annotate(name, (x, y))
    return figure


def chocolates(title: str, names: tuple[str, str]) -> Figure:
    figure = Figure()
    figure.add_subplot(title=title).pie([70, 30], labels=names)
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "word"),
    [
        ("What is Ivan's diastolic pressure?", lambda: patients("Systolic pressure (mmHg)"), "diastolic"),
        ("Wie hoch ist der diastolische Druck von Ivan?", lambda: patients("Systolischer Druck (mmHg)"), "diastol"),
        ("Quelle est la pression diastolique d'Ivan ?", lambda: patients("Pression systolique (mmHg)"), "diastol"),
        ("¿Cuál es la presión sistólica de Petra?", lambda: patients("Presión diastólica (mmHg)"), "sistólica"),
        ("Ivan의 이완기 혈압은 얼마인가요?", lambda: patients("수축기 혈압 (mmHg)"), "이완기"),
        ("Ivan的舒张压是多少?", lambda: patients("收缩压 (mmHg)"), "舒张压"),
        (
            "What share did truffles have at Christmas?",
            lambda: chocolates("Easter sales", ("Truffles", "Bars")),
            "hristmas",
        ),
        (
            "Welchen Anteil hatten Pralinen zum Muttertag?",
            lambda: chocolates("Verkauf zu Ostern", ("Pralinen", "Tafeln")),
            "uttertag",
        ),
        ("추석 주간에 한과는 몇 퍼센트였나요?", lambda: chocolates("설날 주간 판매 구성", ("한과", "떡")), "추석"),
        ("中秋那周糖果占百分之几?", lambda: chocolates("父亲节当周销售构成", ("糖果", "糕点")), "中秋"),
        (
            "How long were the roots in peat?",
            lambda: bars("Basil", "Stem length (cm)", ["peat", "sand"], [12, 9]),
            "roots",
        ),
        (
            "모래에서 자란 바질은 잎이 평균 몇 장인가요?",
            lambda: bars("바질", "줄기 길이 (cm)", ["모래", "흙"], [12, 9]),
            "잎",
        ),
        (
            "Wie hoch war die Lufttemperatur im Mai?",
            lambda: bars("See", "Wassertemperatur (°C)", ["Mai", "Juni"], [12, 17]),
            "ufttemperatur",
        ),
    ],
)
def test_another_one_of_a_sort_is_not_told(question: str, draw: Callable[[], Figure], word: str) -> None:
    answer = asked(question, draw)
    assert word in answer, answer
    assert not any(number in answer for number in ("127", "141", "70", "12")), answer


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("What is Ivan's systolic pressure?", lambda: patients("Systolic pressure (mmHg)"), ("127",)),
        ("¿Cuál es la presión diastólica de Petra?", lambda: patients("Presión diastólica (mmHg)"), ("141",)),
        ("Ivan的收缩压是多少?", lambda: patients("收缩压 (mmHg)"), ("127",)),
        (
            "What share did truffles have at Easter?",
            lambda: chocolates("Easter sales", ("Truffles", "Bars")),
            ("70 %",),
        ),
        ("父亲节那周糖果占百分之几?", lambda: chocolates("父亲节当周销售构成", ("糖果", "糕点")), ("70 %",)),
        (
            "How long were the stems in peat?",
            lambda: bars("Basil", "Stem length (cm)", ["peat", "sand"], [12, 9]),
            ("12 cm",),
        ),
    ],
)
def test_the_one_of_a_sort_that_is_drawn_is_told(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)
