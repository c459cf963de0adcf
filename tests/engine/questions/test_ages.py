"""People by the decade of their age, in all languages."""

from __future__ import annotations

import pytest

from tests.engine.questions.found import found, panel
from vision_magic.engine.questions.operations import Bounds

RUNNERS = panel("Age group", ["20-29", "30-39", "40-49", "50-59", "80+"], "Median time (min)")
VISITS = panel("Age group", ["Winter", "Summer"], "Admissions", ["0-9", "10-19", "80+"])
MEMBERS = panel("Age (years)", [0.0, 10.0, 20.0, 30.0, 40.0, 50.0], "Members", kind="histogram")
YEARS = panel("Year", [1920.0, 1930.0, 1940.0], "Rain (mm)")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("How fast are those in their thirties?", ("30-39",)),
        ("Wie lange brauchen die Leute in den Vierzigern?", ("40-49",)),
        ("Sind die Dreißiger schneller als die Zwanziger?", ("30-39", "20-29")),
        ("Wie viel schneller sind die 20er als die 50er?", ("20-29", "50-59")),
        ("combien de temps mettent les quadragénaires", ("40-49",)),
        ("¿cuánto tardan los treintañeros?", ("30-39",)),
        ("40대는 얼마나 걸려요?", ("40-49",)),
        ("30多岁的人要多久？", ("30-39",)),
        ("time of the over-80s?", ("80+",)),
        ("80세 이상은 얼마나 걸려요?", ("80+",)),
    ],
)
def test_a_decade_of_ages_is_the_name_of_it(text: str, places: tuple[str, ...]) -> None:
    asked = found(text, RUNNERS)
    assert (asked.places, asked.amounts) == (places, ())


def test_ages_may_be_series() -> None:
    assert found("How many over-80s came in Winter?", VISITS).series == ("80+",)


@pytest.mark.parametrize("text", ["How many members are in their thirties?", "Wie viele sind in den Dreißigern?"])
def test_a_decade_of_a_histogram_bounds_it(text: str) -> None:
    assert found(text, MEMBERS).bounds == Bounds(low=30.0, high=40.0)


def test_a_decade_that_is_not_drawn_is_no_place() -> None:
    assert found("How fast are those in their sixties?", RUNNERS).places == ()


def test_a_decade_of_years_is_no_age() -> None:
    assert found("How wet were the thirties?", YEARS).bounds is None


def test_the_median_is_no_branch_in_the_centre() -> None:
    branches = panel("지점", ["중앙", "동부", "서부"], "대출(권)")
    assert found("중앙값이 몇 권이에요?", branches).places == ()
    assert found("중앙은 몇 권이에요?", branches).places == ("중앙",)
