"""Amounts of several series: how far they are apart at one place, how many times one is another, and their sums."""

from __future__ import annotations

from typing import Final

import pytest

from tests.engine.questions.charts import chart, names, one
from vision_magic.engine.chart.data import Chart, ChartAxis
from vision_magic.engine.questions.answers.answer import answer_query
from vision_magic.engine.questions.checks.unused import unused_in
from vision_magic.engine.questions.parse import parse_query

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr")
_PIECES: Final = ChartAxis(label="Sold (pieces)", unit="pieces", scale="linear")
_SHOP: Final = chart(
    "Shop",
    names("Month", *_MONTHS),
    _PIECES,
    one("bars", _MONTHS, (10.0, 20.0, 30.0, 40.0), "Milk"),
    one("bars", _MONTHS, (30.0, 25.0, 35.0, 50.0), "Coffee"),
    one("bars", _MONTHS, (5.0, 12.0, 8.0, 7.0), "Cocoa"),
)
_PIE: Final = chart("Harvest", names("", "Oats", "Rye"), _PIECES, one("pie", ("Oats", "Rye"), (70.0, 30.0)))


def _told(question: str, on: Chart) -> str:
    return " ".join(answer_query(parse_query(question, [on]), [on]))


@pytest.mark.parametrize(
    "question",
    [
        "How far apart are the three at the end?",
        "Wie groß ist der Abstand zwischen den drei am Ende?",
        "Quel est l'écart entre les trois à la fin ?",
        "¿Qué diferencia hay entre los tres al final?",
        "마지막에 셋은 얼마나 차이 나?",
        "最后三个相差多少？",
    ],
)
def test_the_distance_of_several_series_is_that_of_the_highest_and_the_lowest(question: str) -> None:
    answer = _told(question, _SHOP)
    assert all(part in answer for part in ("43 pieces", "Cocoa", "7 pieces", "Coffee", "50 pieces")), answer


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Is there any month where Milk sells more than half of what Coffee does?", ("Yes.", "3 of 4", "0.857")),
        ("Is Coffee ever more than three times Milk?", ("No.", "none of 4")),
        ("In which months was Coffee at least twice as much as Milk?", ("1 of 4", "January", "(3)")),
        ("Did Coffee sell more than twice as much as Milk in Feb?", ("No.", "1.25 times")),
        ("Ist Coffee im Januar mehr als doppelt so viel wie Milk?", ("Ja.", "3-Fache")),
        ("Est-ce que Coffee fait plus du double de Milk en février ?", ("Non.", "1,25 fois")),
        ("¿Coffee es más del doble que Milk en enero?", ("Sí.", "3 veces")),
        ("2월에 Coffee는 Milk의 두 배 이상이야?", ("아니요", "1.25배")),
        ("Coffee在1月是Milk的两倍以上吗？", ("是", "3 倍")),
    ],
)
def test_a_multiple_is_a_limit_of_a_ratio(question: str, expected: tuple[str, ...]) -> None:
    answer = _told(question, _SHOP)
    assert all(part in answer for part in expected), answer


def test_a_slice_is_no_course_that_could_double() -> None:
    assert "2.33 times" in _told("Is Oats really twice Rye?", _PIE)
    assert parse_query("Is it really twice the other one?", [_PIE]).operations != ("change beyond",)


@pytest.mark.parametrize(
    "question",
    [
        "Is Milk twice as much as usual?",
        "Ist Milk doppelt so viel wie sonst?",
        "Milk fait-il deux fois plus que d'habitude ?",
        "¿Milk es el doble que antes?",
        "Milk가 평소의 두 배야?",
        "Milk是平时的两倍吗？",
    ],
)
def test_an_answer_that_ignores_a_multiple_is_not_said(question: str) -> None:
    query = parse_query("What is the mean of Milk?", [_SHOP])
    language = parse_query(question, [_SHOP]).language
    sentences = list(answer_query(query, [_SHOP]))
    assert unused_in(question, query.__class__(text="", language=language, operations=("mean",)), sentences, [_SHOP])


@pytest.mark.parametrize(
    "question",
    [
        "How many more pieces of Coffee than of Milk in the whole year?",
        "Wie viele Coffee mehr als Milk waren es im ganzen Jahr?",
        "Combien de Coffee de plus que de Milk sur toute l'année ?",
        "¿Cuántos Coffee más que Milk en todo el año?",
        "일 년 동안 Coffee가 Milk보다 몇 개 더 많아?",
        "全年Coffee比Milk多多少？",
    ],
)
def test_more_in_the_whole_year_is_a_difference_of_sums(question: str) -> None:
    answer = _told(question, _SHOP)
    assert all(part in answer for part in ("140", "100", "40 pieces")), answer
