"""The driver of a run on a cluster: it hands out chunks of rows, and takes back their answers.

The workers ask; this process alone writes rows. The cap is leased to each chunk as it leaves, and so is its share of
the rate and of the requests in flight, so that no worker needs to know of the others.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
import uuid
from collections.abc import Iterable, Sequence
from concurrent.futures import CancelledError
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vision_magic.each.cluster.backlog import Backlog, Item
from vision_magic.each.cluster.chunks import ChunkSize
from vision_magic.each.cluster.departures import Departures
from vision_magic.each.cluster.flight import Flight, alive_file
from vision_magic.each.cluster.leases import Grant, Leases, whole_cap
from vision_magic.each.cluster.losses import KEPT, MOST_IN_VAIN, failure_of, given_up, in_words, is_given_up
from vision_magic.each.cluster.payload import Chunk, Outcome, pack, seal, unpack
from vision_magic.each.cluster.pools import Pool, pool_of
from vision_magic.each.cluster.travel import MOST_BYTES, Luggage, plan_for_workers
from vision_magic.each.cluster.worker import run_chunk
from vision_magic.each.driver import CAP_REACHED, COMPLETE, DriveEnd, Limits, OnRows
from vision_magic.each.pictures.task import Task
from vision_magic.errors import RunError, VisionError

if TYPE_CHECKING:
    from vision_magic.each.budget import Cap
    from vision_magic.each.plan import Plan
    from vision_magic.each.progress.progress import Progress
    from vision_magic.session.state import SessionState

__all__ = ["drive_on"]

_STOPPED: Final = "stopped"
_TICK: Final = 0.05  # seconds between two looks at what has changed
_PATIENCE: Final = 0.6  # seconds for chunks to come back after the end
_WAIT_SHOWN: Final = 1.0  # seconds; said again as long as no worker is there


def drive_on(
    executor: object,
    plan: Plan,
    tasks: Iterable[Task],
    *,
    limits: Limits,
    on_rows: OnRows,
    progress: Progress,
    state: SessionState,
    chunk: int | None = None,
    stopped: threading.Event | None = None,
    size_in_memory: int = 0,
    max_bytes: int = MOST_BYTES,
) -> DriveEnd:
    """Ask about each task on the workers of an executor, and return how that ended. It blocks its thread.

    Parameters
    ----------
    executor : object
        What `pool_of` accepts.
    plan : Plan
        What is asked.
    tasks : iterable of Task
        The pictures. It is advanced in a thread of its own, as far as the next chunk needs.
    limits : Limits
        How fast, and how much, all workers together.
    on_rows : callable
        Takes the rows of each chunk, in this thread and in the order in which chunks come back. An error that it raises
        ends the run.
    progress : Progress
        What is told of rows and pauses.
    state : SessionState
        The session, to whose usage the tokens are added.
    chunk : int, optional
        The rows in each chunk; by default as many as take about five seconds.
    stopped : threading.Event, optional
        Set, from any thread, to end the run: within a second, with the rows that the workers had.
    size_in_memory : int
        The bytes of the pictures that are only in memory, as far as they are known.
    max_bytes : int
        The most bytes of pictures that may travel.

    Raises
    ------
    RequestError, SettingsError
        The executor is none, or the question, a key or the pictures cannot travel; nothing was sent.
    """
    pool = pool_of(executor)
    luggage = Luggage(size_in_memory, max_bytes)
    packed = pack(plan_for_workers(plan, state))
    cap = None if plan.settings.embedded else whole_cap(limits.cap, plan.settings.max_tokens_total, state.ledger.total)
    job = _Job(pool, packed, luggage, limits, cap, ChunkSize(chunk), on_rows, progress, state)
    job.is_key_typed = state.keys.find("", plan.settings.origin) is not None
    return job.run(Backlog(tasks), stopped or threading.Event())


class _Job:
    """The chunks of a run, and what is known so far. Parameters as for `drive_on`."""

    def __init__(
        self,
        pool: Pool,
        plan: bytes,
        luggage: Luggage,
        limits: Limits,
        cap: Cap | None,
        size: ChunkSize,
        on_rows: OnRows,
        progress: Progress,
        state: SessionState,
    ) -> None:
        self._pool = pool
        self._plan = plan
        self._luggage = luggage
        self._limits = limits
        self._cap = cap
        self._size = size
        self._on_rows = on_rows
        self._progress = progress
        self._state = state
        self.is_key_typed = False
        self._run = uuid.uuid4().hex[:12]
        self._alive = ""
        self._leases = Leases(None if cap is None else cap.amount)
        self._departures = Departures(limits.rate)
        self._flights: dict[str, Flight] = {}
        self._returned: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._number = 0
        self._proven: frozenset[str] = frozenset()
        self._factor: float | None = None
        self._longest: int | None = None
        self._quirks = state.quirks
        self._in_vain = 0
        self._tokens = 0
        self._refused = 0
        self._is_spent = False  # too little is left for a row
        self._reason = ""
        self._error: Exception | None = None

    def run(self, backlog: Backlog, stopped: threading.Event) -> DriveEnd:
        """Hand out chunks until all rows are there, or something ends the run."""
        self._backlog = backlog
        with alive_file() as self._alive:
            try:
                while not self._reason:
                    self._send_chunks()
                    self._receive(_TICK)
                    self._check_end(stopped)
                self._recall()
            finally:
                backlog.close()
                self._drop()
        return DriveEnd(
            reason=self._reason,
            error=self._error,
            tokens=self._tokens,
            spent=self._leases.spent,
            refused=self._refused,
            pace=self._departures.pace,
        )

    def _check_end(self, stopped: threading.Event) -> None:
        if stopped.is_set():
            self._end(_STOPPED)
        elif self._flights:
            return
        elif self._backlog.is_empty:
            error = self._backlog.error
            self._end(COMPLETE if error is None else "the pictures ended in an error", error)
        elif self._is_spent:
            self._end(CAP_REACHED)

    def _end(self, reason: str, error: Exception | None = None) -> None:
        if not self._reason:
            self._reason, self._error = reason, error

    def _fail(self, error: Exception) -> None:
        self._end(str(error), error)

    # -- chunks that leave -------------------------------------------------------------------------------------

    def _send_chunks(self) -> None:
        slots = min(self._pool.slots(), self._limits.concurrency)
        if not slots:
            self._progress.pause(_WAIT_SHOWN, "no worker has started yet")
        while len(self._flights) < max(1, slots) and not self._reason and not self._departures.wait():
            if not self._send(max(1, slots)):
                break

    def _send(self, slots: int) -> bool:
        """Send the next chunk; return whether there was one."""
        free = slots - len(self._flights)
        under_way = sum(flight.concurrency for flight in self._flights.values())
        concurrency = max(1, (self._limits.concurrency - under_way) // free)
        total = self._progress.counts().total
        remaining = None if total is None else self._remaining(total)
        rows = self._size.rows(concurrency, remaining, slots, pace=self._share(concurrency))
        grant = self._leases.grant(rows, free, concurrency)
        self._is_spent = grant is None
        if grant is None:
            return False
        items = self._backlog.take(grant.rows)
        if not items:
            self._leases.give_back(grant)
            return False
        try:
            tasks, number = self._luggage.pack(items)
        except VisionError as error:
            self._backlog.put_back(items)
            self._fail(error)
            return False
        self._backlog.put_back(items[number:])
        self._submit(tasks, items[:number], grant, concurrency)
        return True

    def _share(self, concurrency: int) -> float | None:
        """Return the requests in a second of a chunk that may have so many in flight; None without a pace."""
        pace = self._departures.pace
        return None if pace is None else pace * concurrency / self._limits.concurrency

    def _remaining(self, total: int) -> int:
        counts = self._progress.counts()
        return max(1, total - counts.finished - counts.in_flight)

    def _submit(self, tasks: bytes, items: list[Item], grant: Grant, concurrency: int) -> None:
        self._number += 1
        # Engines show it. It has two parts, of which Dask takes the first for the kind of the task.
        name = f"vision_magic-{self._run}{self._number:06}"
        flight = Flight(name, items, grant, concurrency, self._factor is not None)
        chunk = Chunk(
            plan=self._plan,
            tasks=tasks,
            run=self._run,
            concurrency=concurrency,
            rate=self._share(concurrency),
            cap=None if self._cap is None else replace(self._cap, amount=grant.amount or 0.0),
            factor=self._factor,
            longest=self._longest,
            quirks=self._quirks,
            is_key_typed=self.is_key_typed,
            proven=self._proven,
            alive=self._alive,
        )
        try:
            flight.future = self._pool.submit(run_chunk, seal(chunk, len(items)), name)
        except Exception as error:  # what engines raise when they are closed differs
            self._backlog.put_back(items)
            self._leases.give_back(grant)
            self._fail(RunError(f"The executor takes no more chunks ({in_words(error)}). {KEPT}"))
            return
        self._flights[name] = flight
        self._departures.left(len(items))
        self._progress.sent(len(items))
        flight.future.add_done_callback(lambda future: self._returned.put(name))

    # -- chunks that come back ---------------------------------------------------------------------------------

    def _receive(self, seconds: float) -> None:
        """Take back the chunks that have come, or wait for one."""
        with contextlib.suppress(queue.Empty):
            self._take_back(self._returned.get(timeout=seconds))
            while True:
                self._take_back(self._returned.get_nowait())
        for name in self._pool.lost():
            if name in self._flights:  # Dask runs it again by itself
                self._leases.write_off(self._flights[name].grant)

    def _take_back(self, name: str) -> None:
        flight = self._flights.pop(name)
        self._is_spent = False  # it may bring back a part of what it was granted
        try:
            outcome: Outcome = unpack(flight.future.result(timeout=0).data)
        except (Exception, CancelledError) as error:  # of the engine: `run_chunk` raises none
            self._lose(flight, error)
            return
        rows = [replace(row, key=flight.items[row.key].task.key) for row in outcome.rows]
        if rows:
            self._on_rows(rows)
        for row in rows:
            self._progress.add(row)
        self._state.ledger.extend(outcome.usage)
        self._settle(flight, outcome)
        self._put_back([flight.items[position] for position in outcome.left])
        if outcome.rows:
            self._proven |= {outcome.process}
        self._in_vain = 0 if outcome.rows or _is_capped(outcome) else self._in_vain + 1
        self._judge(outcome)

    def _settle(self, flight: Flight, outcome: Outcome) -> None:
        """Learn from a chunk what it cost and how fast it was."""
        prices = (1.0, 1.0) if self._cap is None else (self._cap.prompt, self._cap.completion)
        spent = sum(row.prompt_tokens * prices[0] + row.completion_tokens * prices[1] for row in outcome.rows)
        self._tokens += sum(row.tokens for row in outcome.rows)
        is_outdated = not flight.is_calibrated and self._factor is not None
        self._leases.settle(flight.grant, spent, len(outcome.rows), 0.0 if is_outdated else outcome.needed)
        self._factor = _largest(self._factor, outcome.factor)
        self._longest = _largest(self._longest, outcome.longest)
        self._quirks = outcome.quirks or self._quirks
        self._size.learn(len(outcome.rows), outcome.seconds, flight.concurrency)
        self._departures.left(-len(outcome.left))
        if outcome.end is not None and outcome.end.refused:
            self._refused += outcome.end.refused
            is_enough = len(outcome.rows) >= flight.concurrency  # from a few rows, no pace can be told
            self._slow_down(flight, outcome.end.pace if is_enough else None, outcome.pause)

    def _slow_down(self, flight: Flight, pace: float | None, pause: float) -> None:
        """Let all chunks take over the pace that one of them found, and its pause."""
        if pace is not None:
            self._departures.slow_down(pace * self._limits.concurrency / flight.concurrency)
        if pause:
            self._departures.pause(pause)
            self._progress.pause(pause, "the server asked for a pause")

    def _judge(self, outcome: Outcome) -> None:
        """End the run if no other chunk will fare better."""
        if outcome.error is not None:
            self._fail(outcome.error)
        elif outcome.end is not None and outcome.end.error is not None:
            self._end(outcome.end.reason, outcome.end.error)
        elif self._in_vain >= MOST_IN_VAIN:
            self._fail(RunError(f"{self._in_vain} chunks one after another came back without a row. {KEPT}"))

    def _put_back(self, items: Sequence[Item]) -> None:
        self._progress.sent(-len(items))
        self._backlog.put_back(items)

    def _lose(self, flight: Flight, error: BaseException) -> None:
        """Ask the rows of a chunk again that got lost with its worker, or give them up."""
        self._leases.lose(flight.grant)
        self._departures.left(-len(flight.items))
        self._in_vain += 1
        failure = failure_of(error, is_closed=self._pool.is_closed(), in_vain=self._in_vain)
        if self._reason or failure is not None:
            self._put_back(flight.items)
            self._fail(failure or RunError(in_words(error)))
        elif is_given_up(flight.items):
            row = given_up(flight.items[0], error)
            self._on_rows([row])
            self._progress.add(row)
        else:
            self._progress.sent(-len(flight.items))
            self._backlog.put_back_lost(flight.items)

    # -- the end -----------------------------------------------------------------------------------------------

    def _recall(self) -> None:
        """Ask the chunks that are out to come back with what they have, and wait a moment for them."""
        Path(self._alive).unlink(missing_ok=True)
        if not self._flights:
            return
        self._pool.stop(self._run)
        for flight in self._flights.values():
            self._pool.cancel(flight.future, begun=False)
        until = time.monotonic() + _PATIENCE
        while self._flights and time.monotonic() < until:
            self._receive(_TICK)

    def _drop(self) -> None:
        """Forget the chunks that are still out."""
        for flight in self._flights.values():
            self._pool.cancel(flight.future, begun=True)
        self._flights.clear()


def _largest(one: float | None, other: float | None) -> Any:
    return max((value for value in (one, other) if value is not None), default=None)


def _is_capped(outcome: Outcome) -> bool:
    return outcome.end is not None and outcome.end.reason == CAP_REACHED
