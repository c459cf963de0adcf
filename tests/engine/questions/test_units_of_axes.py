"""Numbers whose unit says whether they are values or places: a unit that is written out, or the hours of a day."""

from __future__ import annotations

import pytest

from tests.engine.questions.found import found, panel

LATENCY = panel("Hour of day", [0.0, 6.0, 9.0, 12.0], "Latency (ms)", ["p50", "p95"], kind="line")
SLEEP = panel("Day", ["Mon", "Tue", "Wed"], "Sleep (hours)")
SCREEN = panel("Tag", ["Mo", "Di", "Mi"], "Minuten", ["WhatsApp", "YouTube"])
DURATIONS = panel("Duration (min)", [0.0, 20.0, 40.0, 60.0], "Operations", kind="histogram")


@pytest.mark.parametrize(
    "text", ["quelle latence p95 à 9 h ?", "Wie hoch war p95 um 9 Uhr?", "9시에 p95는 얼마예요?", "9点的p95是多少？"]
)
def test_an_hour_of_the_day_is_no_duration(text: str) -> None:
    asked = found(text, LATENCY)
    assert (asked.places, asked.amounts) == ((9.0,), ())


@pytest.mark.parametrize(
    ("text", "limit"), [("When was p95 above 2 seconds?", 2000.0), ("Wann lag p95 über 0,5 Sekunden?", 500.0)]
)
def test_a_duration_beside_hours_of_the_day_is_a_value(text: str, limit: float) -> None:
    asked = found(text, LATENCY)
    assert asked.threshold is not None
    assert (asked.threshold.limit, asked.threshold.of_places) == (limit, False)


@pytest.mark.parametrize("text", ["7시간 잔 날은?", "days with exactly 7 hours", "Jour avec exactement 7 heures ?"])
def test_a_unit_that_an_axis_writes_out_is_known(text: str) -> None:
    asked = found(text, SLEEP)
    assert (asked.places, asked.amounts) == ((), (7.0,))


def test_a_label_that_is_a_unit_is_one() -> None:
    limit = found("War WhatsApp jeden Tag unter einer Stunde?", SCREEN).threshold
    assert limit is not None
    assert limit.limit == 60.0


@pytest.mark.parametrize(
    "text", ["How many took more than 40 min?", "Wie viele dauerten über 40 Minuten?", "40분 넘게 걸린 건 몇 건이에요?"]
)
def test_a_limit_of_the_bins_of_a_histogram_asks_for_their_counts(text: str) -> None:
    limit = found(text, DURATIONS).threshold
    assert limit is not None
    assert (limit.limit, limit.of_places) == (40.0, False)


def test_marks_are_no_minutes() -> None:
    hours = panel("Hours", [2.0, 4.0, 6.0], "Score", kind="points")
    assert found("考88分的那个人学了几个小时？", hours).places != (88 / 60,)
