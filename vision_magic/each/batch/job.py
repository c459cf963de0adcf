"""A batch job: what its server says of it, the rows that have come, and the ways to wait, cancel, write and read."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vision_magic.each.batch.lines import answers_in
from vision_magic.each.batch.words import html_of, line_of, state_of
from vision_magic.each.table.table import Table
from vision_magic.errors import ConnectionFailed, Interrupted, RequestError, ServerError
from vision_magic.session.paths import as_path, reason

if TYPE_CHECKING:
    from vision_magic.each.batch.parts import Part
    from vision_magic.each.batch.watching import Watcher
    from vision_magic.each.row import Key
    from vision_magic.each.run_file.run_file import RunFile

__all__ = ["BatchJob"]

_SUFFIX: Final = ".vision.sqlite"
_STEP: Final = 0.2  # seconds after which a wait can be interrupted on every system

Write = Callable[[Path], int]
"""Writes the lines of all pictures that are not asked yet to a file; returns their number."""


class BatchJob:
    """The batches of a run, made by `vision_magic.batch` and found again by `vision_magic.jobs`.

    Its display is one line: the run, the batch, what it does, how many files it has and when it began. All that is
    known of it is in the file of the run, so that it goes on after a restart.

    Parameters
    ----------
    watcher : Watcher
        Watches it at its server.
    prices : mapping, optional
        The prices of the settings.
    discount : float
        What a batch costs in comparison with them.
    total : int or None
        The number of rows that the run will have.
    left_out : str
        What of a folder is no picture of the run, in words.
    pictures : callable, optional
        Loads the picture of a key.
    write : callable, optional
        Writes what is not asked yet to a file.
    """

    def __init__(
        self,
        watcher: Watcher,
        *,
        prices: Mapping[str, Sequence[float]] | None = None,
        discount: float = 0.5,
        total: int | None = None,
        left_out: str = "",
        pictures: Callable[[Key], object] | None = None,
        write: Write | None = None,
    ) -> None:
        self.watcher = watcher
        self._parts = watcher.parts
        self._prices = {model: tuple(price * discount for price in given) for model, given in (prices or {}).items()}
        self._discount = discount
        self._total = total
        self._left_out = left_out
        self._pictures = pictures
        self._write = write

    # -- what is known -----------------------------------------------------------------------------------------

    @property
    def run(self) -> RunFile:
        """The opened file of the run."""
        return self.watcher.run

    @property
    def path(self) -> Path:
        """The file of the run."""
        return self.run.path

    @property
    def name(self) -> str:
        """The name of the run."""
        return self.path.name.removesuffix(_SUFFIX)

    @property
    def ids(self) -> list[str]:
        """The ids of the batches at the server."""
        return [part.batch for part in self._parts if part.batch]

    @property
    def rows(self) -> Table:
        """The rows that have come, with those of the same run that were asked live; costs are those of a batch."""
        return Table(self.run, pictures=self._pictures, total=self._total, left_out=self._left_out, prices=self._prices)

    @property
    def finished(self) -> bool:
        """Whether nothing more will come."""
        return all(part.is_over or part.state == "written" for part in self._parts)

    @property
    def error(self) -> str:
        """What is wrong, in words; empty if nothing is."""
        found = [self.watcher.trouble, *(part.error for part in self._parts if part.state != "dropped")]
        return " ".join(dict.fromkeys(filter(None, found)))

    @property
    def state(self) -> str:
        """What the job does, with counts: ``in progress 4,120 of 10,000``."""
        return state_of(list(self._parts))

    @property
    def tokens(self) -> int:
        """The tokens of the answers that have come; before the first, those of the prompts as estimated."""
        parts = list(self._parts)
        counted = sum(part.prompt_tokens + part.completion_tokens for part in parts)
        return counted or sum(part.estimated_tokens for part in parts if part.state != "dropped")

    @property
    def cost(self) -> float | None:
        """The cost of the answers so far, at the share of the prices that a batch costs; None without prices."""
        parts = list(self._parts)
        costs = [self._cost(part, part.prompt_tokens, part.completion_tokens) for part in parts if part.prompt_tokens]
        return None if None in costs or not self._prices else math.fsum(filter(None, costs))

    @property
    def estimate(self) -> str:
        """What the prompts will cost, in words: ``about 1.2 M prompt tokens, 1.40 at 0.5 × your prices``."""
        parts = [part for part in self._parts if part.state != "dropped"]
        tokens = sum(part.estimated_tokens for part in parts)
        costs = [self._cost(part, part.estimated_tokens, 0) for part in parts]
        size = f"{tokens / 1e6:.1f} M" if tokens >= 1e6 else f"{tokens:,}"
        words = f"about {size} prompt tokens"
        if not self._prices or None in costs:
            return words
        return (
            f"{words}, {math.fsum(filter(None, costs)):,.2f} at {self._discount:g} × your prices; the answers cost more"
        )

    def _cost(self, part: Part, prompt: int, completion: int) -> float | None:
        price = self._prices.get(part.model) or self._prices.get(str(part.server.get("model")))
        return None if price is None else (prompt * price[0] + completion * price[1]) / 1e6

    # -- what can be done --------------------------------------------------------------------------------------

    def refresh(self) -> BatchJob:
        """Ask the server once, and write the rows of what has ended; go on with what a killed kernel has left.

        Raises
        ------
        SettingsError
            The key of the server is not set.
        WireError
            The server cannot be reached, or refuses.
        """
        self.watcher.poll(start=True)
        return self

    def wait(self, timeout: float | None = None, every: float = 30.0) -> Table:
        """Wait until the job has ended, and return its rows.

        Parameters
        ----------
        timeout : float, optional
            The longest wait (seconds); the rows so far are returned then.
        every : float
            How often the server is asked (seconds). It is asked sooner at first.

        Raises
        ------
        Interrupted
            The kernel was interrupted. The batch goes on at the server; ``partial`` holds the rows so far.
        SettingsError, ServerError
            The server refuses to tell.
        """
        if not every > 0:
            raise RequestError(f"every got {every!r}; expected a number of seconds above 0.")
        until = math.inf if timeout is None else time.monotonic() + timeout
        pause = min(every, 2.0)
        try:
            while True:
                self._refresh_leniently()
                if self.finished or time.monotonic() >= until:
                    return self.rows
                self._sleep(min(pause, max(0.0, until - time.monotonic())))
                pause = min(every, pause * 1.5)
        except KeyboardInterrupt:
            stopped = Interrupted(
                f"The wait was interrupted; the batch goes on at {self.watcher.host}. job.rows shows what has come, "
                "job.wait() waits again, job.cancel() ends it."
            )
            stopped.partial = self.rows
            raise stopped from None

    def _refresh_leniently(self) -> None:
        """Refresh; a server that cannot be reached for a while does not end a wait of hours."""
        try:
            self.refresh()
        except ConnectionFailed as error:
            self.watcher.trouble = str(error)
        except ServerError as error:
            if not error.retryable:
                raise
            self.watcher.trouble = str(error)

    def _sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, _STEP))

    def cancel(self) -> BatchJob:
        """End the job at the server. What was answered until then has rows and is paid; the rest has failed rows.

        The server may need some minutes, in which `refresh` and `wait` go on. A part that was not started is given up.
        """
        self.watcher.cancel()
        return self.refresh()

    def write(self, path: str | os.PathLike[str]) -> Path:
        """Write the lines of all pictures that are not asked yet to a file, for an engine that reads such files.

        The file may be of any size; pictures that were sent or written before are not in it.

        Parameters
        ----------
        path : str or path
            The file, such as ``in.jsonl``; an existing one is replaced.

        Raises
        ------
        RequestError
            The job was found again by `jobs`, which has no pictures, or nothing is left to be asked.
        """
        target = as_path(path, "write", "in.jsonl", RequestError)
        if self._write is None:
            raise RequestError(
                "This job has no pictures, since it was found in the file of its run; call vm.batch(…, send=False) "
                "with the pictures and the same run, and write that."
            )
        try:
            count = self._write(target)
        except OSError as error:
            raise RequestError(f"{target} could not be written ({reason(error)}).") from None
        if not count:
            raise RequestError("Nothing is left to be written: every picture has an answer, or is in a batch.")
        return target

    def read(self, *paths: str | os.PathLike[str]) -> Table:
        """Read the answers that an engine or a server has written, and return the rows.

        Parameters
        ----------
        *paths : str or path
            The files of answers and errors, in any order.

        Raises
        ------
        RequestError
            A file does not exist, or has no answer to any line of this job.
        """
        found = [as_path(path, "read", "out.jsonl", RequestError) for path in paths]
        missing = next((path for path in found if not path.is_file()), None)
        if missing is not None or not found:
            raise RequestError(f"read got {str(missing or '')!r}; expected files of answers, such as out.jsonl.")
        parts = [part for part in self._parts if part.state == "written"]
        tokens = _tokens_in(found)
        wanted = [part for part in parts if part.token in tokens]
        if not wanted:
            raise RequestError(
                f"{found[0]} has no answer to a line of {self.name}; expected the output of an engine for the file "
                "that job.write has written last."
            )
        for part in wanted:
            self.watcher.read(part, found)
        return self.rows

    def close(self) -> None:
        """Close the file of the run; the job goes on at the server."""
        self.run.close()

    # -- display -----------------------------------------------------------------------------------------------

    def __repr__(self) -> str:
        return line_of(self.name, list(self._parts), self.error)

    def _repr_html_(self) -> str:
        cost = self.cost
        money = f", {cost:,.2f} at {self._discount:g} × your prices" if cost else ""
        words = f"{self.tokens:,} tokens{money}" if self.finished and self.tokens else self.estimate
        return html_of(self.name, list(self._parts), self.error, words)


def _tokens_in(paths: Iterable[Path]) -> set[str]:
    """Return what the ids in files begin with."""
    return {answer.custom_id.partition("-")[0] for path in paths for answer in answers_in(path)}
