"""Drawing at a bounded pace, however fast an answer arrives."""

from __future__ import annotations

import contextvars
import threading
import time
from collections.abc import Callable
from typing import Final

__all__ = ["PATIENCE", "Pacer", "later"]

PATIENCE: Final = 1.5
"""Seconds for which a page may be silent before a view does without its widget."""

_EARLY: Final = 0.001  # seconds by which a drawing may be early, since clocks are not exact
_BYTES_PER_SECOND: Final = 100_000  # a busy server loses messages above this rate


class Pacer:
    """Calls a function once or more after each change, immediately if it has not been called just before.

    Parameters
    ----------
    draw : callable
        Draws what has changed, and returns how many bytes it sent. It is called by the thread that reports a change,
        or by a thread of its own, one at a time.
    interval : float
        Least seconds between two calls.

    Attributes
    ----------
    lock : RLock
        Held while `draw` runs.
    """

    def __init__(self, draw: Callable[[], int], interval: float) -> None:
        self.lock = threading.RLock()
        self.interval = interval
        self._draw = draw
        self._timer: threading.Timer | None = None  # draws changes that wait for the interval
        self._next = 0.0
        self._changed = False
        self._stopped = False

    def changed(self) -> None:
        """Draw now, or as soon as the interval allows."""
        with self.lock:
            self._changed = True
            wait = self._next - time.monotonic()
            if wait <= 0:
                self.draw()
            elif self._timer is None:
                # By a timer, since no other change may follow for a long time.
                self._timer = later(wait, self._keep_drawing)

    def draw(self) -> None:
        """Draw what has changed, if anything has, without waiting for the interval."""
        with self.lock:
            if self._stopped or not self._changed:
                return
            self._changed = False
            started = time.monotonic()
            sent = self._draw()
            # A long block takes longer to render: leave four fifths of the time for reading the stream.
            now = time.monotonic()
            self._next = now + max(self.interval, 4 * (now - started), sent / _BYTES_PER_SECOND)

    def stop(self) -> None:
        """Draw nothing from now on."""
        with self.lock:
            self._stopped = True
            if self._timer is not None:
                self._timer.cancel()

    def _keep_drawing(self) -> None:
        """Draw as long as changes arrive; starting a thread for each drawing would cost more."""
        while (wait := self._draw_if_due()) is not None:
            time.sleep(wait)

    def _draw_if_due(self) -> float | None:
        """Draw if it is due; return the seconds until the next check, or None if no change waits."""
        with self.lock:
            if self._stopped or not self._changed:
                self._timer = None
                return None
            if self._next - time.monotonic() < _EARLY:
                self.draw()
            return max(0.0, self._next - time.monotonic())


def later(seconds: float, act: Callable[[], None]) -> threading.Timer:
    """Call a function later, with the output context of the cell that runs now."""
    timer = threading.Timer(seconds, contextvars.copy_context().run, [act])
    timer.daemon = True
    timer.start()
    return timer
