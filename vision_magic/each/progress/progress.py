"""The progress of a run, which drivers report and views show."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vision_magic.each.row import Row

if TYPE_CHECKING:
    from vision_magic.images.image import Image, RemoteImage

__all__ = ["Counts", "Progress"]

_RECENT: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The counts of a run at one moment.

    Attributes
    ----------
    total : int or None
        The number of rows in all; None while a generator has not ended.
    left_out : str
        What of a folder is no picture of the run, in words.
    kept : int
        The rows that an earlier run had finished.
    done, failed, refused : int
        The rows of this run by state.
    doubtful : int
        Those of them that are done and have a doubt.
    in_flight : int
        The requests that are being answered now.
    prompt_tokens, completion_tokens : int
        The tokens of this run.
    cost : float or None
        Their cost by the prices of the settings; None without prices.
    seconds : float
        The time since the run began (seconds).
    pause : float
        How long the run still pauses (seconds); 0 if it does not.
    pause_reason : str
        Why, such as "the server asked for 12 s".
    ended : str
        Why the run ended: "complete", "stopped", "the cap is reached", …; empty while it runs.
    """

    total: int | None = None
    left_out: str = ""
    kept: int = 0
    done: int = 0
    failed: int = 0
    refused: int = 0
    doubtful: int = 0
    in_flight: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None
    seconds: float = 0.0
    pause: float = 0.0
    pause_reason: str = ""
    ended: str = ""

    @property
    def finished(self) -> int:
        """The rows that are in the file, of this run and of earlier ones."""
        return self.kept + self.done + self.failed + self.refused

    @property
    def rate(self) -> float:
        """Rows of this run in a second."""
        return (self.done + self.failed + self.refused) / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """The time that the rest will take at this rate (seconds); None if that is unknown."""
        if self.total is None or self.rate == 0:
            return None
        return max(0, self.total - self.finished) / self.rate


class Progress:
    """The progress of a run; a driver writes it in its thread, views read it in theirs.

    Parameters
    ----------
    stop : callable
        Ends the run; may be called from any thread, more than once.
    cost_of : callable
        Returns the cost of a row, or None without prices.
    left_out : str
        What of a folder is no picture of the run, in words.
    """

    def __init__(self, stop: Callable[[], None], cost_of: Callable[[Row], float | None], left_out: str = "") -> None:
        self.stop = stop
        self._cost_of = cost_of
        self._left_out = left_out
        self._lock = threading.Lock()
        self._begun = time.monotonic()
        self._total: int | None = None
        self._kept = 0
        # Plain numbers, of which `counts` makes an object: there are far more rows than looks at them.
        self._states: Counter[str] = Counter()
        self._doubtful = self._kept_in_doubt = 0
        self._in_flight = 0
        self._tokens = (0, 0)
        self._cost: float | None = None
        self._paused_until = 0.0
        self._pause_reason = ""
        self._ended = ""
        self._seconds = 0.0  # in all, once it has ended
        self._recent: deque[tuple[Row, Image | RemoteImage | None]] = deque(maxlen=_RECENT)
        self.changed = threading.Event()

    def expect(self, total: int | None, kept: int = 0, doubtful: int = 0) -> None:
        """Set the number of rows in all, of those that are finished already, and of the doubtful ones among these."""
        with self._lock:
            self._total, self._kept, self._kept_in_doubt = total, kept, doubtful
        self.changed.set()

    def sent(self, number: int = 1) -> None:
        """Count requests that were sent."""
        with self._lock:
            self._in_flight += number
        self._tell()

    def add(self, row: Row, image: Image | RemoteImage | None = None) -> None:
        """Count a row that was written, with its picture as it was sent."""
        cost = self._cost_of(row)
        with self._lock:
            self._states[row.state] += 1
            self._doubtful += row.state == "done" and bool(row.doubt)
            self._in_flight = max(0, self._in_flight - 1)
            self._tokens = self._tokens[0] + row.prompt_tokens, self._tokens[1] + row.completion_tokens
            if cost is not None:
                self._cost = (self._cost or 0.0) + cost
            self._recent.append((row, image))
        self._tell()

    def pause(self, seconds: float, reason: str) -> None:
        """Say that no request is sent for some seconds, and why."""
        with self._lock:
            self._paused_until, self._pause_reason = time.monotonic() + seconds, reason
        self.changed.set()

    def end(self, reason: str) -> None:
        """Say that the run has ended, and why."""
        with self._lock:
            self._ended, self._in_flight, self._seconds = reason, 0, time.monotonic() - self._begun
        self.changed.set()

    def counts(self) -> Counts:
        """Return the counts at this moment."""
        now = time.monotonic()
        with self._lock:
            pause = 0.0 if self._ended else max(0.0, self._paused_until - now)
            return Counts(
                total=self._total,
                left_out=self._left_out,
                kept=self._kept,
                done=self._states["done"],
                failed=self._states["failed"],
                refused=self._states["refused"],
                doubtful=self._doubtful + self._kept_in_doubt,
                in_flight=self._in_flight,
                prompt_tokens=self._tokens[0],
                completion_tokens=self._tokens[1],
                cost=self._cost,
                seconds=self._seconds if self._ended else now - self._begun,
                pause=pause,
                pause_reason=self._pause_reason if pause else "",
                ended=self._ended,
            )

    @property
    def recent(self) -> tuple[tuple[Row, Image | RemoteImage | None], ...]:
        """The last rows with their pictures, newest last."""
        with self._lock:
            return tuple(self._recent)

    def _tell(self) -> None:
        if not self.changed.is_set():  # setting it again costs more than counting the row
            self.changed.set()
