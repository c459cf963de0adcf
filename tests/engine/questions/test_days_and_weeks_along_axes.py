"""Times in other units than the axis counts, parts of it and changes over them, and places counted from its ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import told


def plant() -> Figure:
    """Return the height of a plant on each of 31 days, half the square of a tenth of them."""
    figure = Figure()
    axes = figure.add_subplot(xlabel="Day", ylabel="Height (cm)")
    axes.plot(range(31), [0.05 * day * day for day in range(31)])
    return figure


def child() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Month", ylabel="Weight (kg)")
    axes.plot(range(25), [3 + 0.5 * month for month in range(25)])
    return figure


def hike() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Distance (km)", ylabel="Elevation (m)")
    axes.plot(range(9), [600, 680, 800, 950, 1100, 1050, 900, 760, 640])
    return figure


def tea() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Time (min)", ylabel="Temperature (°C)")
    axes.plot(range(0, 61, 10), [90, 70, 58, 50, 44, 40, 37])
    return figure


def snow() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Date", ylabel="Snow depth (cm)")
    days = [date(2023, 12, 4) + timedelta(days=7 * week) for week in range(16)]
    axes.plot(days, [5, 12, 20, 35, 30, 48, 62, 75, 70, 88, 95, 90, 102, 85, 60, 41])
    return figure


def air() -> Figure:
    """Return a course in the default colour with a line of reference in the same one, which has a name."""
    figure = Figure()
    axes = figure.add_subplot(xlabel="Time", ylabel="CO2 (ppm)")
    hours = [datetime(2024, 3, 5, 8) + timedelta(minutes=30 * step) for step in range(9)]
    axes.plot(hours, [430, 620, 850, 1100, 1340, 900, 1050, 1280, 1510])
    axes.axhline(1000, linestyle="--", label="Limit")
    axes.legend()
    return figure


def stamp() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Year", ylabel="Price (€)")
    axes.step([2000, 2006, 2013, 2016, 2019, 2022], [0.56, 0.55, 0.58, 0.7, 0.8, 0.85], where="post")
    return figure


def visitors() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Minute", ylabel="Visitors")
    axes.step([0, 10, 20, 30], [5, 14, 32, 41], where="mid")
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How tall was it after two weeks?", ("Day 14", "9.8 cm")),
        ("How tall was it after a week?", ("Day 7",)),
        ("How tall was it 3 weeks in?", ("Day 21",)),
        ("How tall was it at the end of the first week?", ("Day 7",)),
        ("How tall was it a week before the end?", ("Day 23",)),
        ("Was it taller than 25 cm after three weeks?", ("No", "Day 21")),
        ("Wie hoch war sie nach zwei Wochen?", ("Day 14",)),
        ("Combien mesurait-il après deux semaines ?", ("Day 14",)),
        ("¿Cuánto medía después de dos semanas?", ("Day 14",)),
        ("2주 후에 얼마나 컸나요?", ("Day 14",)),
        ("일주일 후 키는 얼마였나요?", ("Day 7",)),
        ("两周后有多高？", ("Day 14",)),
        ("How tall was it after two months?", ("I do not understand “two months”",)),
        ("How tall was it after five weeks?", ("no value at Day 35",)),
        ("How much did it grow in the first week?", ("from 0 cm (Day 0)", "(Day 7)")),
        ("How much did it grow in the second week?", ("(Day 7)", "(Day 14)")),
        ("How much did it grow in the last week?", ("(Day 23)", "(Day 30)")),
        ("Wie viel ist sie in der ersten Woche gewachsen?", ("(Day 0)", "(Day 7)")),
        ("De combien a-t-il grandi la première semaine ?", ("(Day 0)", "(Day 7)")),
        ("첫 주에 얼마나 자랐나요?", ("(Day 0)", "(Day 7)")),
        ("第一周长了多少？", ("(Day 0)", "(Day 7)")),
        ("Did it grow more in the first week or in the last week?", ("(Day 30), by 18.55 cm. “Height” rises from 0",)),
        ("Did it grow more in the first ten days than in the last ten days?", ("No", "by 5 cm", "by 25 cm")),
        ("Did it grow more from day 0 to day 10 than from day 20 to day 30?", ("No", "by 5 cm", "by 25 cm")),
        ("Did it grow in the last 5 days?", ("Yes", "(Day 25)", "(Day 30)")),
    ],
)
def test_weeks_along_days(question: str, words: tuple[str, ...]) -> None:
    told(question, plant, words)


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("How heavy was it after a year?", child, ("Month 12",)),
        ("How heavy was it after half a year?", child, ("Month 6",)),
        ("반년 후 몸무게는 얼마였나요?", child, ("Month 6",)),
        ("How much do we climb in the first 3 km?", hike, ("from 600 m", "to 950 m")),
        ("How high are we 2 km before the end?", hike, ("= 6 km", "900 m")),
        ("Wie hoch sind wir 2 km vor dem Ziel?", hike, ("= 6 km",)),
        ("终点前2公里海拔多少？", hike, ("= 6 km",)),
        ("How much did it cool in the first half hour?", tea, ("90 °C", "50 °C")),
        ("What was the snow depth on 15 January?", snow, ("on 2024-01-15 is 62 cm",)),
        ("Wie hoch lag der Schnee am 15. Januar?", snow, ("62 cm",)),
        ("1月15日雪有多深？", snow, ("62 cm",)),
        ("How deep was the snow on 1 January?", snow, ("30 cm",)),
        ("How deep was it two weeks after the start?", snow, ("2023-12-18", "20 cm")),
        ("How much did the snow melt in March?", snow, ("from 85 cm", "to 41 cm")),
        ("How much did CO2 rise from 8:00 to 10:00?", air, ("“CO2” rises from 430 ppm",)),
        ("How much did it rise between 8 and 10?", air, ("from 430 ppm", "to 1340 ppm")),
        ("When did it fall below 1000?", air, ("at 10:23",)),
        ("How many readings are above the limit?", air, ("5 of 9",)),
        ("When did the price first go above 60 cents?", stamp, ("0.6 € in 2016",)),
        ("Seit wann kostet sie mehr als 80 Cent?", stamp, ("2022",)),
        ("什么时候超过80欧分？", stamp, ("2022",)),
        ("When were there first more than 30 visitors?", visitors, ("Minute 20", "32")),
    ],
)
def test_places_and_parts(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)
