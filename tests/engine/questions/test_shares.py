"""Shares: of one series in another at a place, of a series at a place, of a place in a series, and two of a pie."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told


def pair(names: list[str], series: dict[str, list[int]], label: str) -> Figure:
    """Return grouped bars of two series."""
    figure = Figure()
    axes = figure.add_subplot(ylabel=label)
    for number, (name, values) in enumerate(series.items()):
        axes.bar([place + 0.4 * number - 0.2 for place in range(len(names))], values, 0.4, label=name)
    axes.set_xticks(range(len(names)), names)
    axes.legend()
    return figure


def loans() -> Figure:
    return pair(["Novels", "Comics", "Maps"], {"Lent": [84, 52, 38], "Returned late": [60, 39, 27]}, "Items")


def tools() -> Figure:
    return pair(["Sägen", "Bohrer", "Zangen"], {"Verliehen": [84, 52, 40], "Beschädigt": [21, 13, 8]}, "Anzahl")


def media() -> Figure:
    return pair(
        ["Sachbücher", "Romane", "Comics"], {"2023": [5000, 7150, 2100], "2024": [4500, 7980, 2260]}, "Ausleihen"
    )


def stack(names: list[str], series: dict[str, list[int]], *, flat: bool) -> Figure:
    figure = Figure()
    axes = figure.add_subplot()
    base = [0] * len(names)
    for name, values in series.items():
        if flat:
            axes.barh(names, values, left=base, label=name)
        else:
            axes.bar(names, values, bottom=base, label=name)
        base = [a + b for a, b in zip(base, values, strict=True)]
    (axes.set_xlabel if flat else axes.set_ylabel)("Heures")
    (axes.set_ylabel if flat else axes.set_xlabel)("Atelier")
    axes.legend()
    return figure


def ateliers() -> Figure:
    return stack(["Vélos", "Tissus", "Livres"], {"Tri": [40, 60, 70], "Vente": [10, 140, 50]}, flat=False)


def lying() -> Figure:
    return stack(["Vélos", "Tissus", "Livres"], {"Tri": [40, 60, 70], "Vente": [10, 140, 50]}, flat=True)


def pie(title: str, names: list[str]) -> Figure:
    figure = Figure()
    figure.add_subplot(title=title).pie([30, 24, 18, 15, 13], labels=names, autopct="%d%%")
    return figure


def stimmen() -> Figure:
    return pie("Stimmen im Chor", ["Sopran", "Alt", "Bass", "Kinder", "Tenor"])


def shengbu() -> Figure:
    return pie("合唱团各声部占比", ["女高音", "女低音", "男低音", "童声", "男高音"])


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("what percentage of the comics lent were returned late", loans, ("75 %", "39 of 52")),
        ("What share of lent is Comics?", loans, ("30 %", "52 of 174")),
        ("Wie viel Prozent der verliehenen Zangen waren beschädigt?", tools, ("20 %", "8 von 40")),
        ("Quelle part des heures de Tissus revient à la vente ?", ateliers, ("70 %", "140 sur 200")),
        ("Quelle part de la vente revient à Tissus ?", ateliers, ("70 %", "140")),
        ("Quelle part des heures de Livres revient au tri ?", lying, ("58 %", "70 sur 120")),
    ],
)
def test_a_share_is_one_of_the_whole_that_is_named(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        (
            "Um wie viele Prozentpunkte ist der Anteil von Sopran höher als der von Alt?",
            stimmen,
            ("um 6 Prozentpunkte",),
        ),
        ("女高音的占比比童声高多少个百分点?", shengbu, ("高 15 个百分点",)),
        ("童声和男低音哪个占比更高?", shengbu, ("“童声”(15 %)比“男低音”(18 %)低",)),
        ("童声和男低音一共占多少?", shengbu, ("33 %",)),
    ],
)
def test_two_shares_that_are_compared_are_not_added(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Um wie viele Ausleihen haben die Romane gegenüber dem Vorjahr zugelegt?", ("830", "7150", "7980")),
        ("Wie viele Comics wurden 2024 mehr ausgeliehen als im Vorjahr?", ("160",)),
        ("Wurden Comics häufiger ausgeliehen als im Vorjahr?", ("Ja", "160")),
    ],
)
def test_the_year_before_is_the_other_series(question: str, words: tuple[str, ...]) -> None:
    told(question, media, words)


def test_a_thing_has_no_year_before_it_along_the_axis() -> None:
    answer = asked("Um wie viel lagen die Zangen über dem Vorjahr?", tools)
    assert "um" not in answer.split("verstehe")[0], answer


def test_stacks_that_lie_are_stacks() -> None:
    told("C'est quel type de graphique ?", lying, ("barres horizontales empilées",))
    told("Quel atelier a le plus d'heures en tout ?", lying, ("200", "Tissus"))
