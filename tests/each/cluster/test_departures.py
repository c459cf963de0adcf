"""The moments at which chunks may leave."""

from __future__ import annotations

import pytest

from vision_magic.each.cluster.departures import Departures


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_without_a_limit_chunks_leave_at_once() -> None:
    departures = Departures()
    departures.left(1000)
    assert (departures.wait(), departures.pace) == (0, None)


def test_a_chunk_leaves_when_the_rows_before_it_have_had_their_time() -> None:
    clock = Clock()
    departures = Departures(20, clock=clock)
    departures.left(10)
    assert departures.wait() == 0.5
    departures.left(-5)
    assert departures.wait() == 0.25
    clock.now += 1
    assert departures.wait() == 0


def test_others_do_not_wait_for_a_chunk_of_many_rows_which_keeps_its_share_by_itself() -> None:
    departures = Departures(20, clock=Clock())
    departures.left(100)
    assert departures.wait() == pytest.approx(1 / 20)
    departures.left(-60)
    assert departures.wait() == pytest.approx(1 / 20)


def test_after_a_refusal_nobody_leaves_until_the_pause_is_over_and_the_pace_grows_from_there() -> None:
    clock = Clock()
    departures = Departures(clock=clock)
    departures.slow_down(30)
    departures.pause(12)
    assert departures.wait() == 12
    assert departures.pace == 30
    clock.now += 10
    assert departures.pace == pytest.approx(30 * 1.05**10)


def test_the_pace_never_grows_beyond_the_rate_that_was_asked_for() -> None:
    clock = Clock()
    departures = Departures(38, clock=clock)
    departures.slow_down(30)
    clock.now += 100
    assert departures.pace == 38
