"""Questions whether all, none, most or just one of several are beyond a limit."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import told
from vision_magic.engine.questions.vocabulary.quantifiers import Quantifier, holds_for


def regions() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Region", ylabel="Revenue (thousand €)")
    axes.bar(["North", "South", "East", "West"], [410, 620, 380, 150])
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Did all regions make more than €200,000?", "No. 3 of 4"),
        ("Did all regions make more than 100 thousand euros?", "Yes. 4 of 4"),
        ("Did any region make more than €600,000?", "Yes. 1 of 4"),
        ("Did none of the regions stay below 200?", "No. 1 of 4"),
        ("Did no region make more than 700 thousand euros?", "Yes."),
        ("Did most regions make more than 300 thousand euros?", "Yes. 3 of 4"),
        ("Did most of the regions make more than 400 thousand euros?", "No. 2 of 4"),
        ("Did only one region make less than 400 thousand euros?", "No. 2 of 4"),
        ("Did only one region make less than 200 thousand euros?", "Yes. 1 of 4"),
        ("Haben alle Regionen mehr als 200.000 Euro eingenommen?", "Nein. 3 von 4"),
        ("Haben die meisten Regionen mehr als 400.000 Euro gemacht?", "Nein. 2 von 4"),
        ("Hat keine Region mehr als 700.000 Euro gemacht?", "Ja."),
        ("Toutes les régions ont-elles dépassé 200 000 € ?", "Non. 3 des 4"),
        ("La plupart des régions ont-elles dépassé 300 000 € ?", "Oui. 3 des 4"),
        ("¿Todas las regiones superaron los 200 000 €?", "No. 3 de 4"),
        ("모든 지역이 20만 유로를 넘었나요?", "아니요. 값 4개 중 3개"),
        ("대부분의 지역이 30만 유로를 넘었나요?", "네. 값 4개 중 3개"),
        ("所有地区都超过20万欧元吗？", "不是。 4 个值中有 3 个"),
        ("大多数地区都超过40万欧元吗？", "不是。 4 个值中有 2 个"),
    ],
)
def test_of_bars(question: str, words: str) -> None:
    told(question, regions, (words,))


def rents() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Rent (£)", ylabel="Flats")
    axes.hist([180, 210, 220, 260, 270, 310, 340, 380, 390, 420, 430, 460, 510, 540, 620], range(150, 700, 50))
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Did all flats cost more than £200?", "No. 14 of 15"),
        ("Were all of the flats under £700?", "Yes. 15 of 15"),
        ("Do most flats cost more than £300?", "Yes. 10 of 15"),
        ("Liegen die meisten über 450 £?", "Nein. 4 von 15"),
        ("Was just one flat above £600?", "Yes. 1 of 15"),
        ("Were none of the flats above £600?", "No. 1 of 15"),
    ],
)
def test_of_what_a_histogram_counts(question: str, words: str) -> None:
    told(question, rents, (words,))


def cities() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Month", ylabel="Temperature (°C)")
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]
    for name, values in {
        "Bonn": [2, 3, 7, 11, 15, 18],
        "Rome": [10, 11, 13, 16, 20, 25],
        "Oslo": [-5, -6, -2, 3, 5, 4],
    }.items():
        axes.plot(months, values, label=name)
    axes.legend()
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Did all of them reach 15 degrees?", "No."),
        ("Did most cities reach 15 degrees?", "Yes."),
        ("Did no city go above 20 degrees?", "No."),
        ("Did none of the cities reach 30 degrees?", "Yes."),
        ("Was it above 10 degrees in all cities in May?", "No. 2 of 3"),
    ],
)
def test_of_several_series(question: str, words: str) -> None:
    told(question, cities, (words,))


@pytest.mark.parametrize(
    ("quantifier", "held", "holds"),
    [
        ("any", [False, True], True),
        ("all", [False, True], False),
        ("none", [False, False], True),
        ("most", [True, False], False),
        ("most", [True, True, False], True),
        ("one", [True, True], False),
    ],
)
def test_holds_for(quantifier: Quantifier, held: list[bool], holds: bool) -> None:
    assert holds_for(quantifier, held) is holds
