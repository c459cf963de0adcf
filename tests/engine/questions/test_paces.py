"""Faster and slower where durations are measured, of which the faster are the lower."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import told


def services() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Services", xlabel="Day", ylabel="Response time (ms)")
    axes.plot(["Mon", "Tue", "Wed", "Thu"], [310, 320, 300, 290], label="Basket")
    axes.plot(["Mon", "Tue", "Wed", "Thu"], [250, 260, 390, 280], label="Search")
    axes.plot(["Mon", "Tue", "Wed", "Thu"], [120, 130, 125, 118], label="Login")
    axes.legend()
    return figure


def laeufer() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="5 km", xlabel="Name", ylabel="Zeit (min)")
    axes.bar(["Ada", "Bea", "Cem", "Doro"], [19, 24, 22, 20.5])
    return figure


def huetten() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Wege", xlabel="Hütte", ylabel="Gehzeit (h)")
    axes.bar(["Tal", "Alm", "Grat", "Gipfel"], [0.5, 1.2, 2.5, 4])
    return figure


def coureurs() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Trajet", xlabel="Jour", ylabel="Temps (min)")
    axes.plot(["lundi", "mardi", "mercredi"], [30, 42, 35], label="Bus")
    axes.plot(["lundi", "mardi", "mercredi"], [28, 31, 38], label="Vélo")
    axes.legend()
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("On which days was search slower than the basket?", services, ("“Search” is higher", "1 of 4", "Wed")),
        ("On which days was search faster than the basket?", services, ("“Basket” is higher", "3 of 4")),
        ("Was Login ever slower than Search?", services, ("No", "“Login”")),
        ("Which of the three services responds fastest overall?", services, ("“Login” has the lowest mean",)),
        ("Wer war nicht schneller als 20 Minuten?", laeufer, ("3 von 4", "„Bea“", "„Cem“", "„Doro“")),
        ("Wer war langsamer als 21 Minuten?", laeufer, ("2 von 4", "„Bea“", "„Cem“")),
        ("Welche Hütten erreicht man in weniger als anderthalb Stunden?", huetten, ("2 von 4", "„Tal“", "„Alm“")),
        ("Quels jours le vélo est-il plus lent que le bus ?", coureurs, ("« Vélo » est plus élevé", "mercredi")),
    ],
)
def test_slower_is_more_time(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)
