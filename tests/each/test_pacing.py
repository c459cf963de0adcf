"""The pace of a run, by a clock that stands still until it is moved."""

from __future__ import annotations

import pytest

from vision_magic.each.pacing import Pacing


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def sent_in(pacing: Pacing, clock: Clock, seconds: float, step: float = 0.01) -> int:
    """Return how many requests get a turn within some seconds; each is answered at once."""
    sent = 0
    for _ in range(round(seconds / step)):
        while pacing.turn() == 0.0 and sent < 100_000:
            sent += 1
            pacing.answered()
        clock.now += step
    return sent


def test_nothing_waits_as_long_as_nothing_limits_the_run(clock: Clock) -> None:
    pacing = Pacing(clock=clock)
    assert [pacing.turn() for _ in range(100)] == [0.0] * 100
    assert pacing.pace is None


@pytest.mark.parametrize("rate", [0.5, 3, 38])
def test_a_rate_is_kept_and_used(clock: Clock, rate: float) -> None:
    sent = sent_in(Pacing(rate, clock=clock), clock, 20)
    assert 20 * rate - 1 <= sent <= 20 * rate + 2


def test_a_rate_leaves_no_burst_after_a_break(clock: Clock) -> None:
    pacing = Pacing(10, clock=clock)
    assert pacing.turn() == 0.0
    clock.now += 60
    assert sent_in(pacing, clock, 1) <= 12


def test_all_wait_as_long_as_the_server_asks(clock: Clock) -> None:
    pacing = Pacing(clock=clock)
    sent = clock.now
    clock.now += 0.2
    assert pacing.refused(sent, 12.0) == pytest.approx(12)
    clock.now += 5
    assert pacing.turn() == pytest.approx(7)
    assert pacing.paused == pytest.approx(7)
    clock.now += 7.01
    assert pacing.turn() == 0.0


def test_requests_that_were_under_way_together_make_one_pause(clock: Clock) -> None:
    pacing = Pacing(clock=clock, jitter=0)
    sent = clock.now
    clock.now += 0.2
    first = pacing.refused(sent, None)
    assert [pacing.refused(sent, None) for _ in range(20)] == [first] * 20
    assert pacing.limited == 21
    assert pacing.refused(sent, 3.0) == pytest.approx(3)  # one of them asks for longer


def test_pauses_without_an_answer_between_them_grow(clock: Clock) -> None:
    pacing = Pacing(clock=clock, jitter=0)
    pauses = []
    for _ in range(9):
        while (wait := pacing.turn()) > 0:
            clock.now += wait
        sent = clock.now
        clock.now += 0.1
        pauses.append(pacing.refused(sent, None))
    assert pauses == pytest.approx([0.5, 1, 2, 4, 8, 16, 32, 60, 60])


def test_one_request_goes_ahead_when_the_server_refused_all_before(clock: Clock) -> None:
    pacing = Pacing(clock=clock, jitter=0)
    for _ in range(2):
        while (wait := pacing.turn()) > 0:
            clock.now += wait
        sent = clock.now
        clock.now += 0.1
        pacing.refused(sent, None)
    clock.now += pacing.paused + 0.01
    assert pacing.turn() == 0.0
    assert pacing.turn() > 0
    pacing.answered()
    assert pacing.turn() == 0.0


def bucket(pacing: Pacing, clock: Clock, limit: float, seconds: float, latency: float = 0.2) -> tuple[int, int]:
    """Ask a server that takes so many requests a second with as many workers as it likes; return accepted, refused."""
    tokens, accepted, refused = limit, 0, 0
    under_way: list[tuple[float, float]] = []
    step = 0.005
    for _ in range(round(seconds / step)):
        tokens = min(limit, tokens + limit * step)
        for begun, ends in [one for one in under_way if one[1] <= clock.now]:
            under_way.remove((begun, ends))
            if tokens >= 1:
                tokens -= 1
                accepted += 1
                pacing.answered()
            else:
                refused += 1
                pacing.refused(begun, None)
        while len(under_way) < 64 and pacing.turn() == 0.0:
            under_way.append((clock.now, clock.now + latency))
        clock.now += step
    return accepted, refused


@pytest.mark.parametrize("limit", [5, 40, 200])
def test_the_pace_finds_the_limit_of_a_server(clock: Clock, limit: float) -> None:
    accepted, refused = bucket(Pacing(clock=clock, jitter=0.5), clock, limit, 30)
    assert accepted >= 0.75 * limit * 30
    assert refused <= 64 + 0.05 * accepted


def test_a_rate_below_the_limit_is_never_refused(clock: Clock) -> None:
    accepted, refused = bucket(Pacing(38, clock=clock), clock, 40, 10)
    assert refused == 0
    assert accepted >= 370


def test_a_pace_that_is_known_from_before_is_kept(clock: Clock) -> None:
    assert Pacing(40, pace=12, clock=clock).pace == 12
    assert Pacing(8, pace=12, clock=clock).pace == 8
