"""Questions that were once answered as if another one had been asked: each gets its own answer, or none."""

from __future__ import annotations

import re

import numpy as np
import pytest
from matplotlib.figure import Figure

import vision_magic as vm
from tests.engine.questions.live import asked

_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
_MONTHS = ["Jan", "Feb", "Mar", "Apr"]


def _bars(title: str, x: list[str], y: list[float], x_label: str, y_label: str) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title=title, xlabel=x_label, ylabel=y_label)
    axes.bar(x, y)
    return figure


def _punctual() -> Figure:
    return _bars("Trains over time", _MONTHS, [91, 97, 88, 95], "Month", "Arrived on time (%)")


def _milk() -> Figure:
    figure = _bars("Goat milk", _DAYS, [38, 41, 44, 47, 52, 49, 43], "Day", "Milk (litres)")
    figure.axes[0].axhline(45, color="red", linestyle="--", label="Goal (45 L)")
    figure.axes[0].legend()
    return figure


def _harvest() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Harvest", xlabel="Crop", ylabel="Harvest (kg)")
    for shift, year, values in ((-0.2, "2023", [142, 58, 47, 24]), (0.2, "2024", [118, 66, 52, 29])):
        axes.bar([place + shift for place in range(4)], values, 0.4, label=year)
    axes.set_xticks(range(4), ["Potatoes", "Carrots", "Onions", "Beans"])
    axes.legend()
    return figure


def _water() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Water", xlabel="Day", ylabel="Water (litres)")
    axes.bar(_DAYS, [85, 80, 90, 85, 80, 110, 115], label="Toilet")
    axes.bar(_DAYS, [45, 40, 50, 45, 40, 70, 75], bottom=[85, 80, 90, 85, 80, 110, 115], label="Kitchen")
    axes.legend()
    return figure


def _staff() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Headcount", xlabel="Year", ylabel="Employees")
    axes.bar(["2022", "2023", "2024"], [96, 110, 104], label="Workshop")
    axes.bar(["2022", "2023", "2024"], [33, 35, 38], bottom=[96, 110, 104], label="Support")
    axes.legend()
    return figure


def _cooling() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Cooling of tea", xlabel="Time (min)", ylabel="Temperature (°C)")
    axes.plot([0, 20, 40, 60], [85, 56, 41, 32], label="Mug")
    axes.plot([0, 20, 40, 60], [82, 80, 77, 72], label="Thermos")
    axes.legend()
    return figure


def _shop() -> Figure:
    figure = Figure()
    left, right = figure.subplots(1, 2)
    left.bar(_MONTHS, [120, 134, 128, 151])
    left.set(title="Visits", xlabel="Month", ylabel="Visits (thousand)")
    right.plot(_MONTHS, [2.4, 2.3, 2.6, 2.1])
    right.set(title="Conversion rate", xlabel="Month", ylabel="Visits with an order (%)")
    return figure


def _ball() -> Figure:
    figure = Figure()
    top, low = figure.subplots(2, 1)
    top.plot([0, 1, 2], [1.5, 6.4, 1.5])
    top.set(title="Height of the ball", ylabel="Height (m)")
    low.plot([0, 1, 2], [9.8, 0.0, -9.8])
    low.set(title="Velocity of the ball", xlabel="Time (s)", ylabel="Velocity (m/s)")
    return figure


def _prices() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Inflation", xlabel="Date", ylabel="Inflation (%)")
    dates = np.array(["2021-01-01", "2021-04-01", "2021-07-01", "2021-10-01"], dtype="datetime64[D]")
    axes.plot(dates, [1.9, 4.8, 5.3, 6.2], label="United States")
    axes.plot(dates, [2.3, 2.6, 7.2, 8.1], label="Euro area")
    axes.axhline(2, color="grey", label="2% target")
    axes.legend()
    return figure


def _goals() -> Figure:
    return _bars("Goals", ["Okafor", "Moreno", "Silva"], [74, 58, 18], "Player", "Goals")


def _land() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Use of 90 ha, worth 500 €")
    axes.pie([42, 35, 23], labels=["Pasture", "Grain", "Wood"], autopct="%1.0f%%")
    return figure


def _eggs() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Eggs collected in April", xlabel="Weight (g)", ylabel="Number of eggs")
    axes.hist([52, 57, 58, 61, 62, 63, 66, 68], bins=[50, 55, 60, 65, 70])
    return figure


def _tickets() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Tickets", xlabel="Month", ylabel="Tickets")
    axes.plot(_MONTHS, [132, 145, 160, 158], label="Opened")
    axes.plot(_MONTHS, [128, 140, 149, 152], label="Closed")
    axes.legend()
    return figure


def _flowers() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Visits", xlabel="Time of day", ylabel="Insect")
    image = axes.imshow([[5, 41, 9], [12, 20, 33]])
    axes.set_xticks(range(3), ["08:00", "12:00", "16:00"])
    axes.set_yticks(range(2), ["Honeybee", "Bumblebee"])
    figure.colorbar(image, label="Visits")
    return figure


FIGURES = {
    "punctual": _punctual,
    "milk": _milk,
    "harvest": _harvest,
    "water": _water,
    "staff": _staff,
    "cooling": _cooling,
    "shop": _shop,
    "ball": _ball,
    "prices": _prices,
    "goals": _goals,
    "land": _land,
    "eggs": _eggs,
    "tickets": _tickets,
    "flowers": _flowers,
}


@pytest.mark.parametrize(
    ("name", "question", "words"),
    [
        ("punctual", "What was our best month?", "The highest value is 97 %, in February"),
        ("punctual", "Welcher Monat war am besten?", "97 %"),
        ("punctual", "¿Cuál fue el mejor mes?", "97 %"),
        ("harvest", "Which crop lost the most compared to 2023?", "“Potatoes” fell most: by 24 kg"),
        ("harvest", "By what percentage did the carrots go up?", "by 8 kg (13.8 %)"),
        ("harvest", "How many of the crops did better in 2024 than the year before?", "at 3 of 4 shared places"),
        ("water", "How many litres went down the toilet during the whole week?", "The sum of “Toilet” is 645 litres"),
        ("milk", "How far above the goal was the best day?", "52 litres: 7 litres above 45 litres"),
        ("milk", "How far below the goal was the worst day?", "38 litres: 7 litres below 45 litres"),
        ("milk", "What does the red dashed line stand for?", "“Goal (45 L)” is at 45 litres"),
        ("goals", "How far behind Okafor is Moreno?", "16 higher than “Moreno”"),
        ("prices", "Is US inflation ever under the 2% line?", "Yes. 1 of 4 values of “United States” is below 2 %"),
        ("prices", "When did the euro area overtake the US?", "“Euro area” and “United States” cross"),
        ("staff", "How many people worked here in 2022?", "The sum in 2022 is 129"),
        ("staff", "Which department was still growing in 2024?", "“Support” rises to 38 in 2024"),
        ("shop", "What was the conversion rate in the month with the most visits?", "in April is 2.1 %"),
        ("shop", "Which month has the most visits, and how high is the conversion rate then?", "in April is 2.1 %"),
        ("ball", "How high did the ball get?", "6.4 m"),
        ("ball", "How fast was the ball at 2 s?", "-9.8 m/s"),
        ("cooling", "Which container kept the tea hottest after an hour?", "“Thermos” is the highest at Time = 60 min"),
    ],
)
def test_a_question_gets_its_own_answer(name: str, question: str, words: str) -> None:
    assert words in asked(question, FIGURES[name])


@pytest.mark.parametrize(
    ("name", "question", "never"),
    [
        ("harvest", "By how much did 2024 fall?", "Beans"),
        ("harvest", "Wie hat sich 2024 entwickelt?", "Beans"),
        ("harvest", "Comment 2024 a-t-il évolué ?", "Beans"),
        ("staff", "Which department was still growing in 2024?", "Workshop"),
        ("ball", "How high did the ball get?", "m/s"),
        ("cooling", "What was the highest temperature after 70 minutes?", "85"),
        ("cooling", "Wie hoch war die höchste Temperatur nach 70 Minuten?", "85"),
        ("milk", "Which day missed the goal by the smallest amount?", "38"),
        ("flowers", "At what time of day are there the most visits, all insects together?", "41"),
        ("eggs", "How wide are the bins?", "px"),
    ],
)
def test_another_answer_is_not_given(name: str, question: str, never: str) -> None:
    assert never not in asked(question, FIGURES[name])


@pytest.mark.parametrize(
    ("name", "question", "word"),
    [
        ("milk", "How many litres will there be next Saturday?", "next Saturday"),
        ("milk", "오는 토요일 우유는 몇 리터야?", "오는 토요일"),
        ("milk", "下周六的牛奶是多少升?", "下周"),
        ("milk", "How many goats were milked?", "goats"),
        ("land", "How many hectares of pasture are there?", "hectares"),
        ("land", "How many euros is the pasture worth?", "euros"),
        ("land", "Wie viele Hektar Pasture gibt es?", "Hektar"),
        ("eggs", "How many eggs did we collect in May?", "May"),
        ("eggs", "Wie viele Eier gab es im Mai?", "Mai"),
        ("tickets", "What was the average time to close a ticket?", "time"),
        ("shop", "What was the average order value in March?", "order"),
    ],
)
def test_what_no_chart_has_is_named(name: str, question: str, word: str) -> None:
    assert re.search(rf"[“„]{word}[”“]", asked(question, FIGURES[name])) is not None


def test_what_is_foreseen_may_be_asked() -> None:
    figure = _bars("Forecast of visitors", _DAYS, [3, 4, 5, 6, 7, 12, 9], "Day", "Visitors")
    assert "12" in vm.ask("How many visitors will come next Saturday?", figure, profile="embedded").text
