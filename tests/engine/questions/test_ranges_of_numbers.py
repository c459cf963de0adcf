"""Ranges of numbers in a question: names, bins of a histogram, groups of places; and no numbers below zero."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.engine.questions.found import both, found, panel
from vision_magic.engine.questions.operations import Bounds

AGES = panel("Age group", ["18–34", "35–49", "50–64", "65+"], "Patients")
HOURS = panel("Uhrzeit", ["0-4 h", "4-8 h", "8-12 h"], "Besucher")
ORDERS = panel("Order value (EUR)", [0.0, 20.0, 40.0, 60.0, 80.0], "Orders", kind="histogram")
YEARS = panel("Year", [2017.0, 2018.0, 2019.0, 2020.0], "Growth (%)", kind="line")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("How many patients are 35-49?", "35–49"),
        ("how many of the 50-64s came", "50–64"),
        ("How many are between 18 and 34?", "18–34"),
        ("Wie viele 35- bis 49-Jährige kamen?", "35–49"),
        ("Wie viele sind zwischen 35 und 49?", "35–49"),
        ("combien de patients de 50 à 64 ans", "50–64"),
        ("¿Cuántos hay entre 50 y 64?", "50–64"),
        ("35~49세는 몇 명이에요?", "35–49"),
        ("35到49岁有多少人？", "35–49"),
    ],
)
def test_a_name_that_is_a_range_is_found_however_it_is_said(text: str, name: str) -> None:
    asked = found(text, AGES)
    assert (asked.places, asked.amounts, asked.bounds) == ((name,), (), None)


def test_names_with_a_unit_are_found_without_it() -> None:
    drawn = panel("Month", ["Jan", "Nov"], "PM10 (µg/m³)", ["0–6 h", "6–10 h"], kind="heat map")
    asked = found("rush hour (6-10) in November", drawn)
    assert (asked.series, asked.places) == (("6–10 h",), ("Nov",))


def test_a_number_of_another_range_is_no_name() -> None:
    assert found("Wie viele kamen von 5 bis 8?", HOURS).places != ("4-8 h",)


@pytest.mark.parametrize(
    "text",
    [
        "How many more orders in the 20-40 bin than in 60-80?",
        "Gibt es mehr Bestellungen von 20 bis 40 oder von 60 bis 80?",
        "¿Hay más pedidos en 20-40 que en 60-80?",
        "Y a-t-il plus de commandes entre 20 et 40 qu'entre 60 et 80 ?",
    ],
)
def test_two_ranges_are_two_bins(text: str) -> None:
    assert found(text, ORDERS).places == (20.0, 60.0)


def test_ranges_that_are_no_bins_are_no_places() -> None:
    assert found("More orders at 20-30 or at 60-75?", ORDERS).places != (20.0, 60.0)


def test_the_bins_of_a_drawn_histogram_are_told_by_their_edges() -> None:
    drawn = panel("Value", [10.0, 30.0, 50.0], "Orders", kind="histogram")
    edges = {"left": (0.0, 20.0, 40.0), "right": (20.0, 40.0, 60.0)}
    drawn = replace(drawn, series=(replace(drawn.series[0], extra=edges),))
    assert found("More orders at 0-20 or at 40-60?", drawn).places == (10.0, 50.0)


def test_one_range_of_a_histogram_bounds_it() -> None:
    assert found("how many at 20-40", ORDERS).bounds == Bounds(low=20.0, high=40.0)


@pytest.mark.parametrize("text", ["Compare 2017-2018 with 2019-2020.", "2017–2018 vs 2019–2020"])
def test_two_ranges_of_a_line_are_groups(text: str) -> None:
    asked, marked = both(text, YEARS)
    assert [group.places for group in marked.groups] == [(2017.0, 2018.0), (2019.0, 2020.0)]
    assert asked.places == ()


@pytest.mark.parametrize(
    ("text", "places"), [("was it above -5 in 2018", (2018.0,)), ("Lag es 2018 über −5?", (2018.0,))]
)
def test_a_number_below_zero_has_its_sign(text: str, places: tuple[float, ...]) -> None:
    asked = found(text, YEARS)
    assert (asked.places, asked.threshold is not None and asked.threshold.limit) == (places, -5.0)
