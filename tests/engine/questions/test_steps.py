"""Lines of steps: values between points, how long a level lasts, jumps, and limits that steps pass."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told
from vision_magic.engine.chart.data import Series
from vision_magic.engine.questions.operations import crossings, levels, passes, value_between

_TIMES = (0, 2, 5, 6, 8, 11)
_LIGHT = (30, 60, 90, 90, 45, 0)


def greenhouse(where: str = "post", x: str = "Time since sunset (h)", y: str = "Lamp output (%)") -> Figure:
    figure = Figure()
    figure.add_subplot(xlabel=x, ylabel=y).step(_TIMES, _LIGHT, where=where)
    return figure


lamps, lamps_before = greenhouse, partial(greenhouse, "pre")


def tariff() -> Figure:
    figure = Figure()
    figure.add_subplot(xlabel="Time (h)", ylabel="Flow (l/min)").stairs([1.5, 3, 0.5], [0, 2, 6, 9])
    return figure


def marks() -> Figure:
    figure = Figure()
    figure.add_subplot(xlabel="Score (points)", ylabel="Number of essays").stairs([4, 9, 3], [0, 10, 20, 30])
    return figure


def fan() -> Figure:
    start = datetime(2026, 5, 1)
    figure = Figure()
    axes = figure.add_subplot(ylabel="Fan speed (rpm)")
    axes.step([start + timedelta(hours=6 * n) for n in range(5)], [50, 90, 120, 70, 50], where="post")
    return figure


def beds(where: str) -> Figure:
    figure = Figure()
    figure.add_subplot(xlabel="Year", ylabel="Beds").step(range(2015, 2021), [80, 95, 130, 130, 99, 140], where=where)
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("What is the lamp output at 3 h?", lamps, ("3 h is 60 %",)),
        ("What is the lamp output at 3 h?", lamps_before, ("3 h is 90 %",)),
        ("What is the flow at 7 h?", tariff, ("0.5 l/min",)),
        ("Is the lamp output higher after 7 hours than after 3 hours?", lamps, ("Yes", "90 %", "60 %")),
        ("How long do the lamps run at 90 %?", lamps, ("from 5 h to 8 h", "3 h")),
        ("How long are the lamps at 90 %?", lamps_before, ("from 2 h to 6 h", "4 h")),
        ("From when to when are they at full output?", lamps, ("from 5 h to 8 h",)),
        ("How long is the lamp output above 50 %?", lamps, ("from 2 h to 8 h", "6 h")),
        ("After how many hours are the lamps completely off?", lamps, ("0 %", "from 11 h on")),
        ("By how much does the lamp output jump at 2 h?", lamps, ("30 percentage points", "30 %", "60 %")),
        ("At what time does the lamp output jump most?", lamps, ("2 h", "30 percentage points")),
        ("How many levels are there?", lamps, ("changes 4 times", "5 level parts")),
        ("When does the lamp output fall below 50 %?", lamps, ("8 h",)),
        ("Von wann bis wann laufen die Lampen auf voller Leistung?", lamps, ("von 5 h bis 8 h",)),
        ("Wie lange leuchten sie mit 60 %?", lamps, ("von 2 h bis 5 h", "3 h")),
        ("Nach wie vielen Stunden sind die Lampen ganz aus?", lamps, ("ab 11 h", "0 %")),
        ("Wie viele Stufen gibt es?", lamps, ("5 Stufen",)),
        ("Mit wie viel Prozent leuchten sie nach drei Stunden?", lamps, ("60 %",)),
        ("Combien de temps sont-elles à 90 % ?", lamps, ("de 5 h à 8 h", "3 h")),
        ("De quand à quand sont-elles à pleine puissance ?", lamps, ("de 5 h à 8 h",)),
        ("¿Cuánto tiempo están al 60 %?", lamps, ("de 2 h a 5 h", "3 h")),
        ("¿De cuándo a cuándo están a plena potencia?", lamps, ("de 5 h a 8 h",)),
        ("60 %로 얼마 동안 켜져 있나요?", lamps, ("2 h부터 5 h까지", "3 h")),
        ("언제부터 언제까지 최대 출력인가요?", lamps, ("5 h부터 8 h까지",)),
        ("60%持续了多长时间？", lamps, ("从 2 h 到 5 h", "3 h")),
        ("从什么时候到什么时候是满功率？", lamps, ("从 5 h 到 8 h",)),
        ("How long was the fan above 80 rpm?", fan, ("06:00", "18:00", "12 hours")),
        # Where places are counted, the values are those of the places, and no half of a year.
        ("When were there more than 100 beds for the first time?", partial(beds, "mid"), ("in 2017", "130")),
        ("In which year did the number of beds fall most?", partial(beds, "pre"), ("2019", "31")),
    ],
)  # fmt: skip
def test_a_line_of_steps(question: str, draw: object, words: tuple[str, ...]) -> None:
    told(question, draw, words)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "draw"),
    [
        ("How long do the lamps run at 70 %?", lamps),
        ("How hot are the lamps after 3 hours?", lamps),
        ("By how much does the price jump at 2 h?", lamps),
        ("How long do the lamps last until they break?", lamps),
    ],
)
def test_what_steps_do_not_tell(question: str, draw: object) -> None:
    assert "from 2 h" not in (answer := asked(question, draw)), answer  # type: ignore[arg-type]
    assert "60 %" not in answer


def test_stairs_of_counts_are_a_histogram() -> None:
    told("How many essays got between 10 and 20 points?", marks, ("9",))


def _series(steps: str, y: tuple[float, ...] = (1, 2, 2, 4)) -> Series:
    return Series(kind="step", x=(0.0, 2.0, 5.0, 6.0), y=y, steps=steps)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("steps", "spans", "between"),
    [
        ("post", [(0, 2, 1), (2, 6, 2), (6, 6, 4)], 1),
        ("pre", [(0, 0, 1), (0, 5, 2), (5, 6, 4)], 2),
        ("mid", [(0, 1, 1), (1, 5.5, 2), (5.5, 6, 4)], 2),
        ("", [(0, 2, 1), (2, 6, 2), (6, 6, 4)], None),
    ],
)
def test_levels(steps: str, spans: list[tuple[float, float, float]], between: float | None) -> None:
    series = _series(steps)
    assert [(part.start, part.end, part.value) for part in levels(series)] == spans
    assert value_between(series, 1.5) == between
    if steps:
        assert [(one.at, one.up) for one in passes(series, 3)] == [(spans[1][1], True)]


def test_steps_cross_where_one_jumps_past_the_other() -> None:
    other = Series(kind="line", x=(0.0, 6.0), y=(1.5, 1.5))
    assert [at for _, _, at, _ in crossings(_series("post"), other)] == [2]
    assert [at for _, _, at, _ in crossings(_series("pre"), other)] == [0]
