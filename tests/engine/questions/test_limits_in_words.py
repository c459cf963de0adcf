"""Limits that are written as words, as another unit or in thousands, in all languages."""

from __future__ import annotations

import pytest

from tests.engine.questions.found import found, panel
from vision_magic.engine.chart.data import ChartPanel

INJURIES = panel("Body part", ["Ankle", "Knee", "Head"], "Injuries")
WAIT = panel("Standort", ["Mitte", "Nord", "Süd"], "Wartezeit (Minuten)")
HEIGHT = panel("Age", [2.0, 3.0, 4.0], "Height (cm)", ["Lily", "Max"], kind="line")
LATENCY = panel("Day", ["Mon", "Tue"], "Latency (ms)")
TREES = panel("높이 (m)", [2.0, 4.0, 6.0], "나무 수", kind="histogram")
READS = panel("Sample", ["S01", "S02"], "Reads")
VISITORS = panel("Month", ["Jan", "Feb", "Mar"], "Visitors (thousand)")
GUESTS = panel("월", ["3월", "4월", "5월"], "방문객 (천 명)")
PEOPLE = panel("Jahr", [1990.0, 2000.0, 2010.0], "Einwohner (Tsd.)", ["Leipzig", "Dresden"], kind="line")
LOSS = panel("Step (thousands)", [0.0, 2.0, 4.0, 8.0], "Loss", ["SGD", "Adam"], kind="line")


def limit_in(text: str, drawn: ChartPanel) -> float | None:
    """Return the number that a question passes, whether its words say on which side or not."""
    asked = found(text, drawn)
    if asked.threshold is not None:
        return asked.threshold.limit
    numbers = [float(one) for one in (*asked.amounts, *asked.places) if not isinstance(one, str)]
    return numbers[0] if numbers else None


@pytest.mark.parametrize(
    ("text", "drawn", "limit"),
    [
        ("which happened more than five times", INJURIES, 5),
        ("Which are below a dozen?", INJURIES, 12),
        ("Which had fewer than three injuries?", INJURIES, 3),
        ("what is nearest to eight", INJURIES, 8),
        ("which happened exactly seven times", INJURIES, 7),
        ("Was kam öfter als fünfmal vor?", INJURIES, 5),
        ("Was kam genau acht Mal vor?", INJURIES, 8),
        ("où dépasse-t-on la vingtaine", INJURIES, 20),
        ("Qu'est-ce qui arrive moins de trois fois ?", INJURIES, 3),
        ("¿qué pasó más de cuatro veces?", INJURIES, 4),
        ("스무 그루 넘는 구간은?", TREES, 20),
        ("열 그루도 안 되는 구간은?", TREES, 10),
        ("백만 리드가 안 되는 샘플은?", READS, 1e6),
        ("오백만 리드에 가장 가까운 샘플은?", READS, 5e6),
        ("만 명 넘은 샘플은?", READS, 1e4),
    ],
)
def test_a_limit_in_words_is_a_number(text: str, drawn: ChartPanel, limit: float) -> None:
    assert limit_in(text, drawn) == limit


@pytest.mark.parametrize(
    ("text", "drawn", "limit"),
    [
        ("where is it more than half an hour", WAIT, 30),
        ("where do they wait more than a quarter of an hour", WAIT, 15),
        ("An wie vielen Standorten wartet man über eine halbe Stunde?", WAIT, 30),
        ("Wo bleibt es unter einer Stunde?", WAIT, 60),
        ("où dépasse-t-on la demi-heure ?", WAIT, 30),
        ("où attend-on moins d'un quart d'heure ?", WAIT, 15),
        ("¿dónde se espera más de media hora?", WAIT, 30),
        ("when did Lily pass one metre", HEIGHT, 100),
        ("Wann war Max über drei Metern?", HEIGHT, 300),
        ("Combien de fois est-on au-dessus d'une seconde ?", LATENCY, 1000),
        ("¿cuándo supera un segundo?", LATENCY, 1000),
    ],
)
def test_a_limit_of_another_unit_is_one_of_the_axis(text: str, drawn: ChartPanel, limit: float) -> None:
    assert limit_in(text, drawn) == pytest.approx(limit)


@pytest.mark.parametrize(
    ("text", "drawn", "limit"),
    [
        ("Which months had more than 20,000?", VISITORS, 20),
        ("Quels mois dépassent 15 000 ?", VISITORS, 15),
        ("¿qué meses superan los 15.000?", VISITORS, 15),
        ("2만 명 넘은 달은?", GUESTS, 20),
        ("3万人以上的是哪个月？", GUESTS, 30),
        ("Wann lag Dresden über 15 Tausend?", PEOPLE, 15),
    ],
)
def test_a_number_is_counted_as_its_axis_counts(text: str, drawn: ChartPanel, limit: float) -> None:
    assert limit_in(text, drawn) == limit


def test_a_place_is_counted_as_its_axis_counts() -> None:
    assert found("quelle est la loss d'Adam à 8000 pas ?", LOSS).places == (8.0,)


@pytest.mark.parametrize("text", ["What was it in 2000?", "Wie viele waren es 2000 in Dresden?"])
def test_a_year_is_a_year_where_values_are_in_thousands(text: str) -> None:
    assert found(text, PEOPLE).places == (2000.0,)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Is Ankle higher than two others?", INJURIES),
        ("Was Knee three times as high as Head?", INJURIES),
        ("Is it more than two times as much as Head?", INJURIES),
        ("Liegt Ankle mehr als zweimal so hoch wie Head?", INJURIES),
        ("Ankle est-il au moins une fois devant Head ?", INJURIES),
        ("Im Schnitt über die vier?", INJURIES),
        ("who came closest to two minutes ten", WAIT),
        ("tout le monde a mis moins d'une heure et quart", WAIT),
        ("몇 만 명이야?", GUESTS),
    ],
)
def test_a_number_that_counts_something_else_is_no_limit(text: str, drawn: ChartPanel) -> None:
    assert limit_in(text, drawn) is None


def test_a_limit_that_is_said_twice_is_one() -> None:
    asked = found("Wo bleibt es unter einer Stunde (60 min)?", WAIT)
    assert asked.threshold is not None
    assert (asked.threshold.limit, asked.amounts) == (60.0, ())
