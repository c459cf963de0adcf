"""The pace of a run: one pause for all workers after a server refused for a while, and so many requests a second."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from typing import Final

from vision_magic.wire.retry import retry_delay

__all__ = ["LONGEST_PAUSE", "Pacing"]

LONGEST_PAUSE: Final = 3600.0
"""Longest pause that a server may ask a run for (seconds); if it asks for more, its rows fail."""

_LONGEST_GUESS: Final = 60.0  # seconds; where the server does not say how long
_SHARE: Final = 0.9  # of what the server accepted in a cycle, after it refused
_GROWTH: Final = 1.05  # of the pace, for each second without a refusal
_CAREFUL: Final = 1.01  # the same, near the pace that was refused before
_PROBE: Final = 5.0  # seconds without a refusal, after which the others follow the one that was sent ahead
_LEAST_PACE: Final = 0.1  # requests a second
_RECHECK: Final = 0.25  # seconds
_FIRST_WINDOW: Final = 1.0  # seconds; most limits count for a second at least


class Pacing:
    """When the next request may be sent. All methods are called in one thread.

    After a server refused because it gets too many requests, nobody sends until its pause is over. From then on
    requests are spread evenly, a little slower than it accepted them before, and faster while it accepts them.

    Parameters
    ----------
    rate : float, optional
        The most requests in a second; by default, as many as the server takes.
    clock : callable
        Returns the time in seconds, as `time.monotonic` does.
    jitter : float, optional
        From 0 to 1, for pauses whose length the server does not say; a random number by default.
    pace : float, optional
        The requests in a second to begin with, at most `rate`; known from before.
    sleep : callable
        Waits for so many seconds of the clock.
    """

    def __init__(
        self,
        rate: float | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        jitter: float | None = None,
        pace: float | None = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._rate = rate
        self._clock = clock
        self._jitter = jitter
        self._sleep = sleep
        known = [given for given in (rate, pace) if given is not None]
        self._pace = min(known, default=None)  # requests a second; None while nothing limits them
        self._next = 0.0  # when the next request may leave at this pace
        self._paused_from = 0.0
        self._paused_until = 0.0
        self._begun: float | None = None  # when the present cycle, from one pause to the next, began
        self._accepted = 0  # in this cycle
        self._in_vain = 0  # pauses one after another without an answer between them
        self._alone_until = 0.0  # a single request finds out whether the server accepts any
        self._refused_pace = math.inf
        self._grown = 0.0
        self._queue = asyncio.Lock()  # who waits for a turn: one after another, so that only one wakes up for it
        self.limited = 0
        """How many requests were refused because there were too many."""

    @property
    def pace(self) -> float | None:
        """The requests in a second at present; None while nothing limits them."""
        return self._pace

    @property
    def paused(self) -> float:
        """How long the present pause still is (seconds); 0 without one."""
        return max(0.0, self._paused_until - self._clock())

    async def wait(self) -> float:
        """Wait for a turn, and return the time by the clock. Turns come in the order in which they were waited for."""
        if not self._queue.locked() and self.turn() == 0.0:
            return self._clock()
        async with self._queue:
            while (seconds := self.turn()) > 0.0:
                await self._sleep(seconds)
        return self._clock()

    def turn(self) -> float:
        """Return how long the next request must wait (seconds). At 0 it has its turn: it must be sent now."""
        now = self._clock()
        if now < self._paused_until:
            return self._paused_until - now
        if self._begun is None or self._begun < self._paused_until:
            self._begun, self._accepted = now, 0
            self._alone_until = now + _PROBE if self._in_vain > 1 else 0.0
        elif now < self._alone_until:
            return min(self._alone_until - now, _RECHECK)
        if self._pace is None:
            return 0.0
        if now < self._next:
            return self._next - now
        # A turn that came a little late does not delay all those after it.
        step = 1 / self._pace
        self._next = max(self._next, now - step) + step
        return 0.0

    def answered(self) -> None:
        """Say that the server accepted a request: it may be asked a little faster."""
        self._accepted += 1
        self._in_vain = 0
        self._alone_until = 0.0
        now = self._clock()
        if self._pace is None or self._pace == self._rate or now < self._grown + 1:
            return
        self._grown = now
        faster = self._pace * (_GROWTH if self._pace < _SHARE * self._refused_pace else _CAREFUL)
        self._pace = faster if self._rate is None else min(self._rate, faster)

    def refused(self, sent: float, wait: float | None) -> float:
        """Pause because the server refused a request for a while; return how long the pause still is (seconds).

        Parameters
        ----------
        sent : float
            When the request was sent, by the clock.
        wait : float or None
            The pause that the server asked for (seconds), if it did.
        """
        self.limited += 1
        now = self._clock()
        if sent > self._paused_from or self._paused_from == 0.0:  # one pause for all that were under way together
            self._in_vain += 1
            pause = min(_LONGEST_GUESS, retry_delay(min(self._in_vain, 8), None, self._jitter))
            self._slow_down(now, pause if wait is None else wait)
            self._paused_from = now
            self._paused_until = max(self._paused_until, now + (pause if wait is None else wait))
        elif wait is not None:
            self._paused_until = max(self._paused_until, now + wait)
        return max(0.0, self._paused_until - now)

    def _slow_down(self, now: float, pause: float) -> None:
        """Set the pace to what the server accepts on average: in this cycle and the pause after it."""
        self._grown, self._next = now + pause, 0.0
        if not self._accepted:
            return  # it refuses all for a while, which says nothing about its limit
        seen = max(_FIRST_WINDOW, now - (now if self._begun is None else self._begun) + pause)
        average = self._accepted / seen
        if self._pace is not None:
            self._refused_pace = self._pace
        self._pace = max(_LEAST_PACE, _SHARE * min(average, self._refused_pace))
