"""The moments at which chunks may leave, so that all workers together keep the pace of the run."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

__all__ = ["Departures"]

_MANY: Final = 20  # rows
_GROWTH: Final = 1.05  # of the pace, for each second without a refusal; as on one machine


class Departures:
    """The common pace of the workers of a run.

    Each chunk has its share of the pace, and leaves only when the rows of those before it have had their time.

    Parameters
    ----------
    rate : float, optional
        The most requests in a second; by default, as many as the server takes.
    clock : callable
        Returns the time in seconds, as `time.monotonic` does.
    """

    def __init__(self, rate: float | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._learnt: float | None = None  # requests a second that the server took, after it refused some
        self._learnt_at = 0.0
        self._next = 0.0

    @property
    def pace(self) -> float | None:
        """The requests in a second of all workers together; None while nothing limits them."""
        if self._learnt is None:
            return self._rate
        grown: float = self._learnt * _GROWTH ** max(0.0, self._clock() - self._learnt_at)
        return grown if self._rate is None else min(self._rate, grown)

    def wait(self) -> float:
        """Return how long the next chunk must wait (seconds)."""
        return max(0.0, self._next - self._clock())

    def left(self, rows: int) -> None:
        """Say that a chunk has left with so many rows; a negative number for rows that came back without an answer."""
        if (pace := self.pace) is not None:
            # A chunk keeps its own share of the pace from its second row on. With many rows, that is enough, and the
            # others need not wait for it; with few, the first ones of many chunks would add up.
            counted = rows if abs(rows) < _MANY else 1 if rows > 0 else 0
            self._next = max(self._next, self._clock()) + counted / pace

    def slow_down(self, pace: float) -> None:
        """Take over the requests in a second that a server was found to take from all workers together."""
        self._learnt, self._learnt_at = pace, self._clock()

    def pause(self, seconds: float) -> None:
        """Let no chunk leave for some seconds."""
        self._next = max(self._next, self._clock() + seconds)
