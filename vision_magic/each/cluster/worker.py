"""The worker of a cluster: one function that asks the rows of a chunk, wherever an engine runs it.

It runs the driver of a run as it stands, in a thread with an event loop of its own, since some engines run one already.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vision_magic.each.budget import Budget
from vision_magic.each.cluster.payload import Chunk, Outcome, Sealed, own_python, own_version, seal, unpack
from vision_magic.each.cluster.pools import STOPPED_RUNS
from vision_magic.each.driver import CAP_REACHED, DriveEnd, Limits, drive
from vision_magic.each.pacing import Pacing
from vision_magic.each.pictures.task import Task
from vision_magic.each.progress.progress import Progress
from vision_magic.each.row import Row
from vision_magic.errors import RequestError, RunError, SettingsError, VisionError
from vision_magic.secrets import KeyStore, key_from_environment, redact
from vision_magic.session.state import SessionState
from vision_magic.text import one_line

if TYPE_CHECKING:
    from vision_magic.each.plan import Plan
    from vision_magic.settings import Settings

__all__ = ["run_chunk"]

_LOOK: Final = 0.1  # seconds between two looks at whether the run goes on
_SHOWN: Final = 300  # characters of an error


def run_chunk(sealed: Sealed) -> Sealed:
    """Ask the rows of a chunk, and return them with what the next chunk should know. It raises nothing.

    Parameters
    ----------
    sealed : Sealed
        A `Chunk`.

    Returns
    -------
    Sealed
        An `Outcome`.
    """
    here = _Here()
    everything = tuple(range(sealed.rows))
    try:
        outcome = _outcome(sealed, here)
    except VisionError as error:
        outcome = Outcome(worker=here.name, process=here.process, left=everything, error=_plain(error))
    except Exception as error:  # of the user's loaders, of this package: the driver says which
        words = f"The worker {here.name} failed: {type(error).__name__}: {_shortened(error)}"
        outcome = Outcome(worker=here.name, process=here.process, left=everything, error=VisionError(words))
    return seal(outcome, len(outcome.rows))


def _outcome(sealed: Sealed, here: _Here) -> Outcome:
    if sealed.version != own_version():
        raise SettingsError(
            f"The worker {here.name} has vision_magic {own_version()}, and this notebook {sealed.version}. Install the "
            "same version on both."
        )
    chunk: Chunk = unpack(sealed.data)
    plan: Plan = _unpacked(chunk.plan, "the question or its schema", sealed, here)
    if missing := _missing_variable(plan.settings):
        typed = "The key that was typed with %vision login stays in this process. " if chunk.is_key_typed else ""
        raise SettingsError(
            f"The worker {here.name} has no {missing}. {typed}Keys do not travel, only the names of their variables: "
            f"set {missing} where the workers start (on SLURM, job_script_prologue of dask-jobqueue; on Kubernetes, a "
            "Secret as an environment variable), and start them again."
        )
    tasks: Sequence[Task] = _unpacked(chunk.tasks, "the pictures", sealed, here)
    if here.process not in chunk.proven:
        tasks = tasks[:1]  # whether this process can ask at all shows with one row
    return _in_a_thread(lambda: _Asked(chunk, plan, tasks, here).outcome(sealed.rows))


def _unpacked(data: bytes, what: str, sealed: Sealed, here: _Here) -> Any:
    try:
        return unpack(data)
    except Exception as error:  # whatever the code of the user's objects raises
        reason = f"{type(error).__name__}: {_shortened(error)}"
    if sealed.python != own_python():
        advice = f"It has Python {own_python()}, and this notebook {sealed.python}: code travels between equal versions"
    else:
        advice = (
            "What they need must be installed on the workers: put your own module there (client.upload_file of Dask), "
            "or define what is in it in the notebook itself"
        )
    raise RequestError(f"The worker {here.name} could not unpack {what} ({reason}). {advice}.")


def _missing_variable(settings: Settings) -> str:
    """Return the name of a variable that the settings need and this process lacks; empty if it has all."""
    if settings.embedded:
        return ""
    headers = [str(value["env"]) for value in settings.headers.values() if not isinstance(value, str)]
    missing = [name for name in headers if key_from_environment(name) is None]
    if settings.key_env and KeyStore().find(settings.key_env, settings.origin) is None:
        missing.insert(0, settings.key_env)
    return missing[0] if missing else ""


def _in_a_thread(function: Callable[[], Outcome]) -> Outcome:
    """Run a function in a thread without an event loop, and return its outcome or raise its error."""
    outcomes: list[Outcome] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            outcomes.append(function())
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=run, name="vision_magic-chunk", daemon=True)
    thread.start()
    thread.join()
    if errors:
        raise errors[0]
    return outcomes[0]


def _shortened(error: Exception) -> str:
    return one_line(redact(str(error)))[:_SHOWN]


def _plain(error: Exception) -> VisionError:
    """Return an error that travels: without a reply, a traceback or arguments of its own."""
    kinds = (SettingsError, RequestError, RunError, VisionError)
    kind = next((kind for kind in kinds if isinstance(error, kind)), None)
    return kind(str(error)) if kind else VisionError(f"{type(error).__name__}: {_shortened(error)}")


class _Asked:
    """The rows of a chunk while they are asked.

    Parameters
    ----------
    chunk : Chunk
        How fast, and how much.
    plan : Plan
        What is asked.
    tasks : sequence of Task
        The pictures, under their positions in the chunk.
    here : _Here
        Where this runs.
    """

    def __init__(self, chunk: Chunk, plan: Plan, tasks: Sequence[Task], here: _Here) -> None:
        self._chunk = chunk
        self._plan = plan
        self._tasks = tasks
        self._here = here
        self._is_stopped = here.watch(chunk)
        self._state = SessionState()
        self._state.quirks = chunk.quirks
        self._budget = Budget(chunk.cap, factor=chunk.factor, longest=chunk.longest)
        self._pacing = Pacing(chunk.rate)
        self._rows: list[Row] = []

    def outcome(self, rows: int) -> Outcome:
        """Ask the rows, of which the chunk had so many, and return the outcome."""
        begun = time.monotonic()
        end = asyncio.run(self._until_stopped())
        if end is not None and end.error is not None:
            end = replace(end, error=_plain(end.error))
        # Before an answer has been counted, more is set aside for a row than will be needed for the next.
        is_known = len(self._rows) > self._chunk.concurrency or (end is not None and end.reason == CAP_REACHED)
        return Outcome(
            worker=self._here.name,
            process=self._here.process,
            rows=tuple(self._rows),
            left=tuple(sorted(set(range(rows)) - {row.key for row in self._rows})),
            seconds=time.monotonic() - begun,
            end=end,
            usage=self._state.ledger.records,
            pause=self._pacing.paused,
            factor=self._budget.factor,
            longest=self._budget.longest,
            quirks=self._state.quirks,
            needed=self._budget.needed if is_known else 0.0,
        )

    async def _until_stopped(self) -> DriveEnd | None:
        """Drive the rows until they are asked or the run is stopped; None in the latter case."""
        driving = asyncio.create_task(self._drive())
        while not driving.done():
            await asyncio.wait([driving], timeout=_LOOK)
            if self._is_stopped():
                driving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            return driving.result()
        return None

    async def _drive(self) -> DriveEnd:
        return await drive(
            self._plan,
            self._tasks,
            limits=Limits(concurrency=self._chunk.concurrency),
            on_rows=self._rows.extend,
            progress=Progress(stop=lambda: None, cost_of=lambda row: None),
            state=self._state,
            budget=self._budget,
            pacing=self._pacing,
            worker=self._here.name,
        )


# -- where this runs -------------------------------------------------------------------------------------------


class _Here:
    """The process that runs a chunk, and how it hears that the run has been stopped."""

    def __init__(self) -> None:
        host = socket.gethostname()
        self.process = f"{host}:{os.getpid()}"
        self.name = self.process
        self._dask: Any = _dask_worker()
        self._task: Any = None
        if self._dask is not None:
            self.name = str(self._dask.name).partition("://")[2] or f"{self._dask.name} on {host}"
            with contextlib.suppress(Exception):
                self._task = self._dask.get_current_task()  # in the thread of the task only

    def watch(self, chunk: Chunk) -> Callable[[], bool]:
        """Return a function that says whether the run has been stopped, or the process that drives it has ended."""
        alive = Path(chunk.alive)
        signs: list[Callable[[], bool]] = [self._is_orphan]
        if chunk.alive and alive.exists():  # on the machine of the driver
            signs.append(lambda: not alive.exists())
        if self._dask is not None:
            signs += [lambda: self._is_told(chunk.run), self._is_cancelled]
        return lambda: any(sign() for sign in signs)

    def _is_orphan(self) -> bool:
        """Whether this is a process of a pool whose parent has ended: nobody takes its rows."""
        parent = multiprocessing.parent_process()
        return parent is not None and not parent.is_alive()

    def _is_told(self, run: str) -> bool:
        return run in getattr(self._dask, STOPPED_RUNS, ())

    def _is_cancelled(self) -> bool:
        """Whether the scheduler of Dask has dropped the task: it was cancelled, or its client has gone."""
        try:
            task = self._dask.state.tasks.get(self._task)
            return task is None or task.state == "cancelled"
        except Exception:  # a version of Dask that keeps its tasks elsewhere
            return False


def _dask_worker() -> Any:
    """Return the worker of Dask that runs this; None elsewhere."""
    if "distributed" not in sys.modules:
        return None
    try:
        from distributed import get_worker

        return get_worker()
    except Exception:  # not in a task
        return None
