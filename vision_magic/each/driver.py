"""The driver of a run: workers that ask about one picture after another, within a budget and at a common pace."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vision_magic.each.ahead import Ahead, Prepared
from vision_magic.each.budget import Budget, Cap, Reservation
from vision_magic.each.line import Lines
from vision_magic.each.one_row import Asking, ask_row, estimated_prompt, limit_of, row_without_picture
from vision_magic.each.pacing import Pacing
from vision_magic.errors import RequestError, RunError, VisionError

if TYPE_CHECKING:
    from vision_magic.each.pictures.task import Task
    from vision_magic.each.plan import Plan
    from vision_magic.each.progress.progress import Progress
    from vision_magic.each.row import Row
    from vision_magic.images.image import Image, RemoteImage
    from vision_magic.session.state import SessionState

__all__ = ["CAP_REACHED", "COMPLETE", "DriveEnd", "Limits", "OnRows", "drive"]

COMPLETE: Final = "complete"
CAP_REACHED: Final = "the cap is reached"

_MOST_WORKERS: Final = 1024
_EMBEDDED_WORKERS: Final = 2  # the embedded reader is busy with computing, so that more would only wait
_ALIKE: Final = 8  # rows that fail one after another, after which the server is given up

OnRows = Callable[[Sequence["Row"]], object]
"""Takes rows, which it writes in one commit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How fast a run may be, and what it may spend.

    Attributes
    ----------
    concurrency : int
        The most requests at the same time (1 to 1,024).
    rate : float or None
        The most requests in a second; None for as many as the server takes.
    cap : Cap or None
        The most that may be spent; None for no limit.

    Raises
    ------
    RequestError
        One of them has another value.
    """

    concurrency: int = 16
    rate: float | None = None
    cap: Cap | None = None

    def __post_init__(self) -> None:
        given: object = self.concurrency
        if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= _MOST_WORKERS:
            raise RequestError(f"concurrency got {given!r}; expected an integer from 1 to {_MOST_WORKERS:,}.")
        rate: object = self.rate
        if rate is not None and (isinstance(rate, bool) or not isinstance(rate, int | float) or not 0 < rate < 1e6):
            raise RequestError(f"rate got {rate!r}; expected a number of requests a second, above 0.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DriveEnd:
    """How a run ended.

    Attributes
    ----------
    reason : str
        ``"complete"``, ``"the cap is reached"``, or in words why no more rows were asked.
    error : Exception or None
        The error that ended it early: of the server, or of the iterable of the pictures.
    tokens : int
        The tokens that were spent.
    spent : float
        The same in the unit of the cap.
    refused : int
        How many requests the server refused because there were too many.
    pace : float or None
        The requests in a second that it was asked at last; None if nothing limited them.
    """

    reason: str = COMPLETE
    error: Exception | None = None
    tokens: int = 0
    spent: float = 0.0
    refused: int = 0
    pace: float | None = None


async def drive(
    plan: Plan,
    tasks: Iterable[Task],
    *,
    limits: Limits,
    on_rows: OnRows,
    progress: Progress,
    state: SessionState,
    wanted: Callable[[Prepared], bool] | None = None,
    budget: Budget | None = None,
    pacing: Pacing | None = None,
    worker: str = "",
) -> DriveEnd:
    """Ask about each task, and return how that ended. Cancelling it closes all connections at once.

    Parameters
    ----------
    plan : Plan
        What is asked.
    tasks : iterable of Task
        The pictures. It is advanced in a thread of its own, at most ``2 * concurrency`` ahead of the requests.
    limits : Limits
        How fast, and how much.
    on_rows : callable
        Takes the rows that came in the same turn of the loop, in its thread and in the order in which the answers came,
        before their workers go on. An error that it raises ends the run.
    progress : Progress
        What is told of rows, requests and pauses.
    state : SessionState
        The session.
    wanted : callable, optional
        Returns whether a prepared task is to be asked; by default each is.
    budget : Budget, optional
        What may be spent, in place of the cap of `limits`.
    pacing : Pacing, optional
        When requests may be sent, in place of the rate of `limits`.
    worker : str
        The name of the machine in a cluster; empty on this one.

    Raises
    ------
    SettingsError
        The key is missing or a setting is wrong; nothing was sent.
    """
    return await _Drive(plan, tasks, limits, on_rows, progress, state, wanted, budget, pacing, worker).run()


class _Drive:
    """The workers of a run and what they share; parameters as for `drive`."""

    def __init__(
        self,
        plan: Plan,
        tasks: Iterable[Task],
        limits: Limits,
        on_rows: OnRows,
        progress: Progress,
        state: SessionState,
        wanted: Callable[[Prepared], bool] | None,
        budget: Budget | None,
        pacing: Pacing | None,
        worker: str,
    ) -> None:
        self._lines = Lines(plan, state)
        self._workers = min(limits.concurrency, _EMBEDDED_WORKERS) if plan.settings.embedded else limits.concurrency
        self._ahead = Ahead(plan, tasks, 2 * self._workers, state.preparing, wanted)
        self._is_embedded = plan.settings.embedded
        cap = None if plan.settings.embedded else limits.cap
        self._budget = budget or Budget(cap, elsewhere=_tokens_left(plan, state))
        self._is_capped = self._budget.is_limited
        self._pacing = pacing or Pacing(limits.rate)
        self._on_rows = on_rows
        self._progress = progress
        self._worker = worker
        self._freed = asyncio.Event()
        self._reason = COMPLETE
        self._error: Exception | None = None
        self._alike: tuple[str, int] = ("", 0)
        self._arrived: list[tuple[Row, Image | RemoteImage | None]] = []
        self._unwritten: Exception | None = None

    async def run(self) -> DriveEnd:
        self._ahead.start()
        workers = [asyncio.create_task(self._work()) for _ in range(self._workers)]
        try:
            await asyncio.gather(*workers)
        finally:
            self._ahead.close()
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
            self._write()
        if self._error is None and self._ahead.error is not None:
            self._error, self._reason = self._ahead.error, "the pictures ended in an error"
        return DriveEnd(
            reason=self._reason,
            error=self._error,
            tokens=self._budget.tokens,
            spent=self._budget.spent,
            refused=self._pacing.limited,
            pace=self._pacing.pace,
        )

    async def _work(self) -> None:
        line = self._lines.new()
        asking = Asking(
            line=line, pacing=self._pacing, budget=self._budget, progress=self._progress, worker=self._worker
        )
        try:
            while (prepared := await self._ahead.next()) is not None and self._reason == COMPLETE:
                await self._one(prepared, asking)
                del prepared  # while the worker waits for the next picture
        finally:
            with contextlib.suppress(Exception):  # a connection that is broken already
                await line.close()

    async def _one(self, prepared: Prepared, asking: Asking) -> None:
        if prepared.call is None:
            self._progress.sent()
            await self._take(row_without_picture(prepared, self._worker), None)
            return
        reservation = None
        if self._is_capped and (reservation := await self._reserve(prepared)) is None:
            return
        self._progress.sent()
        try:
            row = await ask_row(prepared, asking, reservation)
        except VisionError as error:
            self._progress.sent(-1)
            self._end(str(error), error)
            return
        finally:
            self._freed.set()
        await self._take(row, prepared.call.request.images[-1])
        self._check_alike(row)

    async def _reserve(self, prepared: Prepared) -> Reservation | None:
        """Set aside what a request may take, once that is there; None if the cap is reached."""
        assert prepared.call is not None
        prompt, limit = estimated_prompt(prepared.call), limit_of(prepared.call)
        while self._reason == COMPLETE:
            if (reservation := self._budget.reserve(prompt, limit)) is not None:
                return reservation
            if not self._budget.in_flight:
                self._end(CAP_REACHED)
                break
            self._freed.clear()
            await self._freed.wait()
        self._freed.set()  # for the others that wait
        return None

    async def _take(self, row: Row, image: Image | RemoteImage | None) -> None:
        """Return when a row is written, together with those that come in the same turn of the loop."""
        if not self._arrived:
            asyncio.get_running_loop().call_soon(self._write)
        self._arrived.append((row, image))
        await asyncio.sleep(0)  # until after `_write`, which was there first
        if self._unwritten is not None:
            raise self._unwritten

    def _write(self) -> None:
        arrived, self._arrived = self._arrived, []
        if not arrived:
            return
        try:
            self._on_rows([row for row, _ in arrived])
        except Exception as error:  # raised by the workers, which end the run
            self._unwritten = error
            return
        for row, image in arrived:
            self._progress.add(row, image)

    def _check_alike(self, row: Row) -> None:
        """Give up if one row after another fails alike without an answer: the server is down.

        The embedded reader cannot be down: many pictures of one kind may hinder it alike.
        """
        if self._is_embedded or row.state != "failed" or row.tokens:
            self._alike = ("", 0)
            return
        words, count = self._alike
        self._alike = (row.error, count + 1 if row.error == words else 1)
        if self._alike[1] >= max(_ALIKE, self._workers):
            words = f"{self._alike[1]} rows one after another failed alike: {row.error}"
            self._end(words, RunError(words))

    def _end(self, reason: str, error: Exception | None = None) -> None:
        """Ask no more rows; those that are under way are completed."""
        if self._reason == COMPLETE:
            self._reason, self._error = reason, error
        self._ahead.close()


def _tokens_left(plan: Plan, state: SessionState) -> Callable[[], int | None] | None:
    """Return a function for the tokens that ``max_tokens_total`` leaves; None without that limit."""
    most = plan.settings.max_tokens_total
    if most is None or plan.settings.embedded:
        return None
    return lambda: most - state.ledger.total
