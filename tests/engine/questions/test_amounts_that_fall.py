"""What falls without becoming less, the year before this one, and readings of days between which a limit is passed."""

from __future__ import annotations

import datetime
from functools import partial
from typing import Any

import matplotlib.pyplot as plt
import pytest

import vision_magic as vm
from tests.engine.questions.live import asked

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
RAIN = [62, 50, 48, 55, 60, 72, 80, 75, 58, 53, 53, 69]


def weather(*, temperature: bool) -> Any:
    figure, axes = plt.subplots()
    axes.bar(MONTHS, RAIN, label="Rain")
    axes.set_ylabel("Rain (mm)")
    if temperature:
        right = axes.twinx()
        right.plot(MONTHS, [2, 3, 6, 9, 14, 17, 19, 19, 15, 10, 6, 3], label="Temperature")
        right.set_ylabel("Temperature (°C)")
    plt.close(figure)
    return figure


rain, both = partial(weather, temperature=False), partial(weather, temperature=True)


@pytest.mark.parametrize("temperature", [False, True], ids=["one axis", "two axes"])
@pytest.mark.parametrize(
    "question",
    [
        "How much rain falls in the whole year?",
        "How much rain fell in total?",
        "Wie viel Regen fällt insgesamt?",
        "Wie viel Regen fällt im ganzen Jahr?",
        "Combien de pluie tombe en un an ?",
        "¿Cuánta lluvia cae en todo el año?",
    ],
)
def test_rain_that_falls_is_summed(question: str, temperature: bool) -> None:
    assert "735 mm" in asked(question, both if temperature else rain)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How much rain falls in July?", "80 mm"),
        ("How much did the rain fall from July to August?", "by 5 mm"),
        ("Wie hoch war der Regen im letzten Jahr?", "„letzten Jahr“ verstehe ich hier nicht"),
        ("Wie viel Regen fiel letztes Jahr?", "„letztes Jahr“ verstehe ich hier nicht"),
        ("¿Cuánta lluvia cayó el año pasado?", "año pasado"),
    ],
)
def test_other_questions_about_rain_stay(question: str, answer: str) -> None:
    assert answer in asked(question, rain)


def test_a_limit_between_the_readings_of_two_days_is_said_to_be_passed_between_them() -> None:
    figure, axes = plt.subplots()
    days = [datetime.date(2024, 2, 5) + datetime.timedelta(day) for day in range(8)]
    axes.plot(days, [36.8, 37.2, 37.9, 38.6, 39.4, 39.0, 38.4, 37.6], label="Fever")
    axes.set_ylabel("Temperature (°C)")
    plt.close(figure)
    first = vm.ask("When did the fever first pass 38?", figure, profile="embedded").text
    assert "between 2024-02-07 and 2024-02-08" in first
    assert "on 2024-02-07" not in first


def test_the_slope_on_a_logarithmic_plot_is_not_a_question_about_its_scale() -> None:
    figure, axes = plt.subplots()
    frequencies = [10.0**power for power in range(5)]
    axes.loglog(frequencies, [50 * frequency**-1.5 for frequency in frequencies], label="PSD")
    axes.set_xlabel("Frequency (Hz)")
    plt.close(figure)
    assert "-1.5" in vm.ask("What is the slope on the log-log plot?", figure, profile="embedded").text
    assert vm.ask("Is it a log-log plot?", figure, profile="embedded").text.startswith("Yes")
