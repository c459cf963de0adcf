"""The first and the last of an axis in its own unit: "the first ten minutes" of an axis in steps of five minutes."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told
from vision_magic.engine.chart.data import ChartAxis
from vision_magic.engine.questions.places.first_and_last import places_at_end

DAYS = [f"2024-07-{day:02}" for day in range(1, 22)]
MONTHS = [f"2024-{month:02}" for month in range(1, 13)]


@pytest.mark.parametrize(
    ("places", "axis", "number", "noun", "expected"),
    [
        ([0.0, 5.0, 10.0, 15.0], ChartAxis(label="Time (min)", unit="min"), 10, "minutes", (0.0, 5.0, 10.0)),
        ([0.0, 30.0, 60.0, 90.0], ChartAxis(label="Zeit (min)", unit="min"), 1 * 60, "Minuten", (0.0, 30.0, 60.0)),
        ([0.0, 30.0, 60.0, 90.0], ChartAxis(label="Temps (s)", unit="s"), 1, "minute", (0.0, 30.0, 60.0)),
        ([1.0, 2.0, 3.0, 4.0], ChartAxis(label="Week"), 2, "weeks", (1.0, 2.0)),
        ([2.0, 4.0, 6.0, 8.0], ChartAxis(label="Semana"), 4, "semanas", (2.0, 4.0)),
        ([2019.0, 2020.0, 2021.0], ChartAxis(label="Year"), 2, "years", (2019.0, 2020.0)),
        ([2019.0, 2020.0, 2021.0], ChartAxis(label="Year"), 2, "months", ()),
        ([1.0, 2.0, 3.0], ChartAxis(label="Epoch"), 2, "values", (1.0, 2.0)),
        (DAYS, ChartAxis(label="Day"), 3, "days", tuple(DAYS[:3])),
        (DAYS, ChartAxis(label="Day"), 2, "weeks", tuple(DAYS[:14])),
        (DAYS, ChartAxis(label="Day"), 2, "hours", ()),
        (MONTHS, ChartAxis(label="Month"), 2, "quarters", tuple(MONTHS[:6])),
        (MONTHS, ChartAxis(label="Month"), 3, "months", tuple(MONTHS[:3])),
        (MONTHS, ChartAxis(label="Month"), 3, "weeks", ()),
        (["Jan", "Feb", "Mar", "Apr"], ChartAxis(label="Month"), 2, "Monate", ("Jan", "Feb")),
        (["Jan", "Feb", "Mar", "Apr"], ChartAxis(label="Month"), 2, "weeks", ()),
        (["Q1", "Q2", "Q3", "Q4"], ChartAxis(label="Quarter"), 6, "months", ("Q1", "Q2")),
    ],
)
def test_the_first_are_counted_in_the_unit_of_the_axis(
    places: list[float | str], axis: ChartAxis, number: int, noun: str, expected: tuple[float | str, ...]
) -> None:
    assert places_at_end(places, axis, number, noun, first=True) == expected


def test_the_last_are_counted_from_the_end() -> None:
    axis = ChartAxis(label="Time (min)", unit="min")
    assert places_at_end([0.0, 5.0, 10.0, 15.0], axis, 10, "minutes", first=False) == (5.0, 10.0, 15.0)
    assert places_at_end(DAYS, ChartAxis(label="Day"), 1, "week", first=False) == tuple(DAYS[-7:])


def kettle() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Cooling", xlabel="Time (min)", ylabel="Temperature (°C)")
    times = list(range(0, 61, 5))
    axes.plot(times, [20 + 70 * math.exp(-time / 30) for time in times], label="Cup")
    axes.plot(times, [20 + 70 * math.exp(-time / 90) for time in times], label="Pot")
    axes.legend()
    return figure


def diet() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Gewicht von Karl", xlabel="Woche", ylabel="Gewicht (kg)")
    axes.plot(range(0, 17, 2), [92, 91, 90.5, 89, 88.4, 87.5, 86, 85.7, 85])
    return figure


def visitors() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Visitors", xlabel="Day", ylabel="Visitors")
    axes.plot([date(2024, 7, 1) + timedelta(day) for day in range(21)], [100 + day for day in range(21)])
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("How much does the cup lose in the first 10 minutes?", kettle, ("falls from 90 °C", "to 70.16 °C")),
        ("What is the mean of the pot over the last 20 minutes?", kettle, ("(5 values)",)),
        ("Um wie viel ist das Gewicht in den ersten acht Wochen gefallen?", diet, ("auf 88,4 kg", "3,6 kg")),
        ("How many visitors came in the first two weeks?", visitors, ("1491",)),
    ],
)
def test_an_answer_keeps_to_the_time_that_is_asked_for(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


def test_a_time_that_the_axis_does_not_count_is_declined() -> None:
    assert "do not understand" in asked("What was the mean of the first three hours?", visitors)
