"""Points of which both axes measure something: which of the two a question means, and when it says neither."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told


def waters() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Eau", xlabel="Turbidité à la source (NTU)", ylabel="Nitrates (mg/L)")
    points = {"Moulin": (2.1, 18), "Gué": (4.4, 9), "Écluse": (14.9, 46), "Pont": (9.6, 53)}
    axes.scatter(*zip(*points.values(), strict=True))
    for name, at in points.items():
        axes.annotate(name, at)
    return figure


def huts() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Hütten", xlabel="Gehzeit vom Bahnhof (h)", ylabel="Höhe (m)")
    points = {"Alm": (0.8, 1180), "Seehaus": (2.8, 1890), "Grat": (4.1, 2310), "Tal": (2.0, 1500), "Joch": (3.0, 1600)}
    axes.scatter(*zip(*points.values(), strict=True))
    for name, at in points.items():
        axes.annotate(name, at)
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Was ist der Median der Gehzeiten?", huts, ("2,8 h",)),
        ("Was ist der Median der Höhe?", huts, ("1600 m",)),
        ("Où la turbidité est-elle la plus forte ?", waters, ("14,9 NTU", "Écluse")),
        ("Où mesure-t-on le plus de nitrates ?", waters, ("53 mg/L", "Pont")),
    ],
)
def test_the_noun_of_a_label_names_its_axis(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize("question", ["Où l'eau est-elle la plus chaude ?", "Où l'eau est-elle la plus profonde ?"])
def test_an_adjective_of_neither_is_not_guessed(question: str) -> None:
    answer = asked(question, waters)
    assert "Je ne comprends pas" in answer, answer
