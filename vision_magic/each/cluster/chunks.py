"""The number of rows that go to a worker at once: about five seconds of work, measured as the run goes on."""

from __future__ import annotations

import math
from typing import Final

__all__ = ["CHUNK_SECONDS", "ChunkSize"]

CHUNK_SECONDS: Final = 5.0
"""The work in a chunk (seconds): what is asked again if a worker dies, and the grain of progress, pauses and caps."""

_GROWTH: Final = 8  # a guess from few rows knows the server's time, but not that of the processor


class ChunkSize:
    """The size of the next chunk.

    It begins with one row and grows with the measured speed, at most eightfold from one chunk to the next.

    Parameters
    ----------
    fixed : int, optional
        The number of rows in each chunk, 1 or more; by default it follows from the speed.
    seconds : float
        The work that a chunk should hold (seconds).
    """

    def __init__(self, fixed: int | None = None, seconds: float = CHUNK_SECONDS) -> None:
        self._fixed = fixed
        self._seconds = seconds
        self._speed: float | None = None  # rows a second that one request after another brings
        self._largest = 1

    def rows(self, concurrency: int, remaining: int | None = None, slots: int = 1, *, pace: float | None = None) -> int:
        """Return the number of rows for the next chunk.

        Parameters
        ----------
        concurrency : int
            The requests that the chunk may have in flight at once.
        remaining : int, optional
            The rows that are left, if that is known: the last ones are shared out equally.
        slots : int
            The number of chunks that may run at once.
        pace : float, optional
            The most requests in a second that the chunk may send.
        """
        if self._speed is None:
            return 1  # not the fixed number: whether a worker can ask at all is not known yet
        wanted = self._fixed or min(_GROWTH * self._largest, round(self._seconds * self._speed * concurrency))
        if remaining is not None and self._fixed is None:
            wanted = min(wanted, math.ceil(remaining / max(1, slots)))
        if pace is not None:
            return max(1, min(wanted, round(self._seconds * pace)))
        if self._fixed is None and (self._largest > 1 or concurrency == 1):
            wanted = max(1, math.ceil(wanted / concurrency)) * concurrency  # the last wave is as long as a full one
        return max(1, wanted)

    def learn(self, rows: int, seconds: float, concurrency: int) -> None:
        """Take note of a chunk that came back.

        Parameters
        ----------
        rows : int
            The rows that were asked.
        seconds : float
            The time from the first request to the last answer (seconds).
        concurrency : int
            The requests that it could have in flight at once.
        """
        if rows < 1:
            return
        # A chunk with fewer rows than requests in flight takes as long as a full wave of them.
        waves = math.ceil(rows / concurrency)
        speed = waves / max(seconds, 1e-3)
        self._speed = speed if self._speed is None else (self._speed + speed) / 2
        self._largest = max(self._largest, rows)
