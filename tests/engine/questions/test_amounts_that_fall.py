"""What falls or is lost without becoming less, the year before this one, and limits passed between two days."""

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


def stops(names: list[str], labels: tuple[str, str, str]) -> Any:
    figure, axes = plt.subplots()
    axes.bar(MONTHS[:4], [20, 15, 12, 18], label=names[0])
    axes.bar(MONTHS[:4], [9, 8, 10, 7], bottom=[20, 15, 12, 18], label=names[1])
    axes.set(title=labels[0], xlabel=labels[1], ylabel=labels[2])
    axes.legend()
    plt.close(figure)
    return figure


english = partial(stops, ["Breakdown", "Setup"], ("Machine stops by cause", "Month", "Downtime (hours)"))
german = partial(stops, ["Störung", "Rüsten"], ("Stillstand nach Ursache", "Monat", "Stillstand (Stunden)"))
french = partial(stops, ["Panne", "Réglage"], ("Arrêts par cause", "Mois", "Durée d'arrêt (heures)"))
spanish = partial(stops, ["Avería", "Ajuste"], ("Paradas por causa", "Mes", "Tiempo de parada (horas)"))


@pytest.mark.parametrize(
    ("question", "draw", "answer"),
    [
        ("On average, how many hours a month do we lose to setup?", english, "mean of “Setup” is 8.5 hours"),
        ("How many hours were lost to breakdowns in total?", english, "65 hours"),
        ("Wie viele Stunden verlieren wir im Schnitt pro Monat durch Rüsten?", german, "8,5 Stunden"),
        ("Wie viele Stunden haben wir im März verloren?", german, "12 Stunden"),
        ("En moyenne, combien d'heures par mois perd-on en réglage ?", french, "8,5 heures"),
        ("Combien d'heures perd-on au total à cause des pannes ?", french, "65 heures"),
        ("De media, ¿cuántas horas al mes se pierden en ajuste?", spanish, "8,5 horas"),
        ("고장으로 총 몇 시간을 잃었어?", english, "65 hours"),
        ("因Setup平均每月损失多少小时?", english, "8.5 hours"),
        ("Did breakdown hours fall from January to March?", english, "by 8 hours"),
    ],
)
def test_hours_that_are_lost_do_not_become_less(question: str, draw: Any, answer: str) -> None:
    assert answer in asked(question, draw)


def towels(x: str, y: str) -> Any:
    figure, axes = plt.subplots()
    axes.scatter([30, 40, 50, 60], [3, 2, 7, 9.5])
    axes.set(xlabel=x, ylabel=y)
    plt.close(figure)
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "answer"),
    [
        ("가장 빨리 마른 시간은 얼마야?", partial(towels, "습도 (%)", "마르는 시간 (시간)"), "2 시간"),
        (
            "What was the time of whatever dried most quickly?",
            partial(towels, "Humidity (%)", "Drying time (h)"),
            "2 h",
        ),
        ("Was trocknete am raschesten?", partial(towels, "Feuchte (%)", "Trockenzeit (h)"), "2 h"),
        ("Quel séchage a été le plus rapide ?", partial(towels, "Humidité (%)", "Temps de séchage (h)"), "2 h"),
        ("最慢要多少小时?", partial(towels, "湿度(%)", "晾干时间(小时)"), "9.5 小时"),
    ],
)
def test_the_fastest_of_durations_is_the_lowest(question: str, draw: Any, answer: str) -> None:
    assert answer in asked(question, draw)
