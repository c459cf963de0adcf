"""A run: the plan, the pictures that are missing, the file of the rows, and how it ends."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vision_magic.each.budget import parse_cap
from vision_magic.each.cost import cost_of, estimate_rest
from vision_magic.each.driver import COMPLETE, DriveEnd, Limits, drive
from vision_magic.each.line import Lines
from vision_magic.each.missing import Missing
from vision_magic.each.plan import Plan, plan_of
from vision_magic.each.progress.line import show_line
from vision_magic.each.progress.progress import Progress
from vision_magic.each.run_file.run_file import RunFile, path_of
from vision_magic.each.table.table import Table
from vision_magic.errors import RequestError, RunError, VisionError, WireError
from vision_magic.naming import near_miss
from vision_magic.reprs import short_repr

if TYPE_CHECKING:
    from vision_magic.each.pictures.task import Task
    from vision_magic.each.pictures.tasks import Tasks
    from vision_magic.each.row import Key, Row
    from vision_magic.session.session import Session
    from vision_magic.session.state import SessionState

__all__ = ["Run", "RunOptions", "prepare_run"]

STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """How a run goes on; what `Table.go_on` may change. As the parameters of `ask_each`."""

    concurrency: int = 16
    rate: float | None = None
    cap: int | str | None = None
    executor: Any = None
    sample: int | None = None
    repeat: int = 1
    check: str = "keys"
    progress: bool = True

    def __post_init__(self) -> None:
        if self.check not in ("keys", "pixels"):
            raise RequestError(f"check got {short_repr(self.check)}; expected 'keys' or 'pixels'.")
        for name, least in (("sample", 1), ("repeat", 1)):
            value = getattr(self, name)
            if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < least):
                raise RequestError(f"{name} got {short_repr(value)}; expected a whole number, at least {least}.")
        if self.executor is not None and self.check == "pixels":
            raise RequestError(
                "check got 'pixels' with an executor, and only its workers see the pixels; leave one of them out."
            )


def prepare_run(
    question: object,
    pictures: object,
    schema: Any,
    key: Any,
    run: str | Path | None,
    given: RunOptions,
    session: Session | None,
    options: Mapping[str, Any],
    carry_out: Callable[[Run], Table],
) -> Run:
    """Check everything that can be checked before anything is sent, and return the run.

    Parameters are those of `ask_each`, and `carry_out` as for `Run`.
    """
    if session is None:
        from vision_magic.session.default import session as default

        session = default
    from vision_magic.each.pictures.tasks import tasks_of

    own = (*RunOptions.__dataclass_fields__, "schema", "key", "run", "session", "repair")
    plan = plan_of(question, schema, options, session.state.options, own)
    tasks = tasks_of(pictures, key=key, repeat=given.repeat)
    return Run(plan, tasks, path_of(run), given, session.state, carry_out)


class Run:
    """A run that is prepared, goes on, or has ended. It opens the file of its rows.

    Parameters
    ----------
    plan : Plan
        What is asked.
    tasks : Tasks
        The pictures.
    path : Path
        The file of the rows.
    options : RunOptions
        How it goes on.
    state : SessionState
        The session.
    carry_out : callable
        Carries out a run and returns its table, when this one is gone on with.
    first : int
        The number of rows that were taken from a generator before.
    """

    def __init__(
        self,
        plan: Plan,
        tasks: Tasks,
        path: Path,
        options: RunOptions,
        state: SessionState,
        carry_out: Callable[[Run], Table],
        first: int = 0,
    ) -> None:
        self._carry_out = carry_out
        self._plan = plan
        self._tasks = tasks
        self._options = options
        self._state = state
        self._limits = Limits(
            concurrency=options.concurrency,
            rate=options.rate,
            cap=parse_cap(options.cap, plan.settings.prices, plan.settings.model),
        )
        _check_key(plan, state, options.executor)
        self.stopped = threading.Event()
        self._stop: Callable[[], object] | None = None
        self._lock = threading.Lock()
        prices, model = plan.settings.prices, plan.settings.model
        self.progress = Progress(self.stop, lambda row: cost_of(row, prices, model), tasks.left_out)
        self._file = RunFile.open(path, plan.mark)
        self._file.key_names = tasks.key_names
        self._missing = Missing(
            self._file, self.progress, tasks.total, check=options.check, repeat=options.repeat, first=first
        )

    # -- going on ----------------------------------------------------------------------------------------------

    async def drive(self) -> DriveEnd:
        """Ask about what is missing; cancelling it ends that at once."""
        tasks = self._missing.of(self._chosen())
        if self._options.executor is None:
            return await drive(
                self._plan,
                tasks,
                limits=self._limits,
                on_rows=self._on_rows,
                progress=self.progress,
                state=self._state,
                wanted=self._missing.is_wanted if self._options.check == "pixels" else None,
            )
        work = asyncio.ensure_future(asyncio.to_thread(self._drive_on, tasks))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:  # the rows that the workers have come for some tenths of a second
            self.stopped.set()
            await work
            raise

    def _drive_on(self, tasks: Iterator[Task]) -> DriveEnd:
        from vision_magic.each.cluster.drive import drive_on

        return drive_on(
            self._options.executor,
            self._plan,
            tasks,
            limits=self._limits,
            on_rows=self._on_rows,
            progress=self.progress,
            state=self._state,
            stopped=self.stopped,
            size_in_memory=self._tasks.size_in_memory,
        )

    def _chosen(self) -> Iterator[Task]:
        sample = self._options.sample
        return iter(self._tasks) if sample is None else itertools.islice(self._tasks, sample * self._options.repeat)

    def _on_rows(self, rows: Sequence[Row]) -> None:
        placed = [(row, self._missing.position(row)) for row in rows]
        try:
            self._file.add_all(placed)
        except RunError:  # of one of them perhaps; those before it are written
            for row, position in placed:
                self._file.add(row, position)

    def on_stop(self, stop: Callable[[], object]) -> None:
        """Say how the run is stopped."""
        with self._lock:
            self._stop = stop
            already = self.stopped.is_set()
        if already:
            stop()

    def stop(self) -> None:
        """Stop the run from any thread; may be called more than once."""
        with self._lock:
            again = self.stopped.is_set()
            self.stopped.set()
            stop = self._stop
        if stop is not None and not again:  # a second one would cancel the closing of the connections
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
                stop()

    def shown(self) -> AbstractContextManager[None]:
        """Return the context in which the progress is shown."""
        if not self._options.progress:
            return contextlib.nullcontext()
        return (self._state.show_progress or show_line)(self.progress)

    # -- its end -----------------------------------------------------------------------------------------------

    def ended(self, end: DriveEnd | None) -> None:
        """Tell the progress how the run ended; None if it was stopped."""
        reason = STOPPED if end is None else end.reason
        sample = self._options.sample
        if reason == COMPLETE and sample is not None:
            reason = f"the first {sample:,} were sampled"
        self.progress.end(reason)

    def close(self) -> None:
        """Let other kernels write the file; its rows can still be read."""
        self._file.release()

    def table(self) -> Table:
        """Return the table of the rows so far."""
        return Table(
            self._file,
            pictures=self._picture,
            total=self._tasks.total,
            left_out=self._tasks.left_out,
            prices=self._plan.settings.prices,
            estimate=lambda: estimate_rest(self.progress.counts()),
            go_on=self.go_on,
        )

    def result(self, end: DriveEnd | None) -> Table:
        """Return the table; raise an error if one ended the run early."""
        table = self.table()
        error = None if end is None else end.error
        if error is None:
            return table
        if isinstance(error, VisionError) and not len(self._file):
            if isinstance(error, WireError):
                error.partial = table
            raise error
        raise self._early_end(error, table) from error

    def _early_end(self, error: Exception, table: Table) -> RunError:
        counts = self.progress.counts()
        of = "" if counts.total is None else f" of {counts.total:,}"
        words = str(error) if isinstance(error, VisionError) else self._missing.where(error)
        raised = RunError(
            f"The run ended after {counts.finished:,}{of} rows: {words} The rows are in {self._file.path} and in "
            ".partial of this error; once that is solved, the same call again asks only about what is missing."
        )
        raised.partial = table
        return raised

    def _picture(self, key: Key) -> object:
        task = self._tasks.find(key)
        if task is None:
            raise KeyError(key)
        return task.load()

    def go_on(self, **changes: Any) -> Table:
        """Ask about what is missing, with other options."""
        unknown = [name for name in changes if name not in RunOptions.__dataclass_fields__ or name == "repeat"]
        if unknown:
            known = ", ".join(name for name in RunOptions.__dataclass_fields__ if name != "repeat")
            near = near_miss(unknown[0], RunOptions.__dataclass_fields__)
            raise RequestError(f"go_on got {unknown[0]!r}{near}; expected {known}. Anything else is another question.")
        options = replace(self._options, **{"sample": None, **changes})
        first = self._missing.taken if self._tasks.total is None else 0
        return self._carry_out(
            Run(self._plan, self._tasks, self._file.path, options, self._state, self._carry_out, first)
        )


def _check_key(plan: Plan, state: SessionState, executor: object) -> None:
    """Raise an error if the key of the server is missing, or if it may not be sent, before the file is made."""
    if executor is None:
        Lines(plan, state)
        return
    from vision_magic.each.cluster.pools import pool_of
    from vision_magic.each.cluster.travel import plan_for_workers

    pool_of(executor)
    plan_for_workers(plan, state)
