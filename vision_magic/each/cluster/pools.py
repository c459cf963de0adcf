"""The pools of workers that run chunks: anything with `submit`, and what is known of Dask and ipyparallel besides."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from typing import Any, Final, Protocol, TypeVar

from vision_magic.each.cluster.payload import Sealed
from vision_magic.errors import RequestError
from vision_magic.images.lazy_types import is_instance, type_name

__all__ = ["STOPPED_RUNS", "DaskPool", "ExecutorPool", "Pool", "pool_of"]

_CHUNKS_A_WORKER: Final = 2
"""Chunks that run at once on a worker of Dask with more than one thread: one begins while the last rows of the other
are on their way."""

_LOOK: Final = 0.5  # seconds between two looks at the workers of a scheduler
_WAIT: Final = 5.0  # seconds for the first look

T = TypeVar("T")


class Work(Protocol):
    """The function that runs a chunk, `worker.run_chunk`."""

    def __call__(self, chunk: Sealed, /) -> Sealed:
        """Ask the rows of a chunk."""


class Pool(Protocol):
    """What the driver needs of a pool."""

    def submit(self, work: Work, chunk: Sealed, name: str) -> Future[Sealed]:
        """Give a chunk to the pool; its name is seen in dashboards."""

    def slots(self) -> int:
        """Return how many chunks may run at once, at this moment; 0 if no worker has started yet."""

    def lost(self) -> list[str]:
        """Return the names of the chunks that are run again, since their worker has died, as far as that is known."""

    def is_closed(self) -> bool:
        """Return whether the pool is known to take no more chunks."""

    def stop(self, run: str) -> None:
        """Ask chunks of a run to end soon, without waiting for them."""

    def cancel(self, future: Future[Sealed], *, begun: bool) -> None:
        """Drop a chunk; unless `begun`, only if it has not begun."""


class ExecutorPool:
    """An executor of which nothing is known but `submit`.

    Parameters
    ----------
    executor : object with submit
        As of `concurrent.futures`.
    can_cancel : bool
        Whether its futures can be cancelled before they begin.
    """

    def __init__(self, executor: Any, *, can_cancel: bool = True) -> None:
        self._executor = executor
        self._can_cancel = can_cancel
        self._slots = _workers_of(executor) or os.cpu_count() or 1

    def submit(self, work: Work, chunk: Sealed, name: str) -> Future[Sealed]:
        """Give a chunk to the executor, which knows no names."""
        future: Future[Sealed] = self._executor.submit(work, chunk)
        return future

    def slots(self) -> int:
        """Return the number of workers."""
        return self._slots

    def lost(self) -> list[str]:
        """Return nothing: a worker that dies takes its chunk with it."""
        return []

    def is_closed(self) -> bool:
        """Return False: the next `submit` says so."""
        return False

    def stop(self, run: str) -> None:
        """Do nothing: the file that says that the run goes on is enough, or there is no way."""

    def cancel(self, future: Future[Sealed], *, begun: bool) -> None:
        """Cancel a future that has not begun; others cannot be."""
        if self._can_cancel:
            future.cancel()


def _workers_of(executor: object) -> int:
    for name in ("_max_workers", "max_workers", "num_workers"):
        number = getattr(executor, name, None)
        if isinstance(number, int) and number > 0:
            return number
    return 0


class DaskPool:
    """A cluster of Dask, by its client.

    Its workers may come and go, such as jobs that wait in the queue of SLURM.

    Parameters
    ----------
    client : distributed.Client
        The client.
    executor : distributed.cfexecutor.ClientExecutor, optional
        The executor that was made of it, with options of its own, such as ``workers``.
    """

    def __init__(self, client: Any, executor: Any = None) -> None:
        self._client = client
        self._executor = client.get_executor() if executor is None else executor
        self._only = getattr(self._executor, "_kwargs", {}).get("workers")  # those that a person chose, by address
        self._threads: dict[str, int] = {}
        self._at: dict[str, str] = {}  # the worker of each chunk
        self._lost: list[str] = []
        self._looked = 0.0
        self._question: Future[tuple[dict[str, int], dict[str, list[str]]]] | None = None
        self._look(wait=True)

    def submit(self, work: Work, chunk: Sealed, name: str) -> Future[Sealed]:
        """Submit a chunk under a name of its own: by default, Dask would hash its bytes, and reuse results."""
        if self.is_closed():
            raise RuntimeError("the client of Dask is closed")
        future: Future[Sealed] = self._executor.submit(work, chunk, key=name, pure=False)
        return future

    def slots(self) -> int:
        """Return how many chunks the workers that are there may run at once."""
        self._look()
        chosen = {name: threads for name, threads in self._threads.items() if self._only and name in self._only}
        return sum(min(_CHUNKS_A_WORKER, threads) for threads in (chosen or self._threads).values())

    def lost(self) -> list[str]:
        """Return the names of the chunks whose worker has disappeared since the last call."""
        lost, self._lost = self._lost, []
        return lost

    def is_closed(self) -> bool:
        """Return whether the client is closed."""
        return self._client.status in ("closed", "closing")

    def stop(self, run: str) -> None:
        """Tell every worker, by a message that does not wait for its tasks."""
        self._later(lambda: self._client.run(note_stop, run))

    def cancel(self, future: Future[Sealed], *, begun: bool) -> None:
        """Let the scheduler drop a chunk. It drops those that have begun too, with their rows."""
        if begun:
            future.cancel()

    def _look(self, wait: bool = False) -> None:
        """Ask the scheduler for its workers and their chunks, and take the answer when it is there."""
        if self._question is None and time.monotonic() > self._looked + _LOOK:
            self._looked = time.monotonic()
            self._question = self._later(self._ask)
        if self._question is None or not (wait or self._question.done()):
            return
        question, self._question = self._question, None
        try:
            threads, tasks = question.result(_WAIT)
        except Exception:  # the scheduler is busy or gone; chunks that are lost with it say so
            return
        gone = self._threads.keys() - threads.keys()
        self._lost += [name for name, worker in self._at.items() if worker in gone]
        self._threads = threads
        self._at = {name: worker for worker, names in tasks.items() for name in names if worker in threads}

    async def _ask(self) -> tuple[dict[str, int], dict[str, list[str]]]:
        scheduler = self._client.scheduler
        return dict(await scheduler.ncores()), dict(await scheduler.processing())

    def _later(self, function: Callable[[], Awaitable[T]]) -> Future[T] | None:
        """Call a function of the client in its loop, without waiting for the answer."""

        async def call() -> T:
            return await function()

        try:
            return asyncio.run_coroutine_threadsafe(call(), self._client.loop.asyncio_loop)
        except Exception:  # the client is closed
            return None


STOPPED_RUNS: Final = "_vision_magic_stopped"
"""The attribute of a worker of Dask under which it knows which runs have been stopped."""


def note_stop(run: str, dask_worker: Any = None) -> None:
    """Note on a worker of Dask, which passes itself, that a run has been stopped."""
    setattr(dask_worker, STOPPED_RUNS, {*getattr(dask_worker, STOPPED_RUNS, ()), run})


def pool_of(executor: object) -> Pool:
    """Return the pool of what a person passed as `executor`.

    Parameters
    ----------
    executor : object
        An executor of `concurrent.futures`, or anything with its `submit`; a client of Dask, or its executor; a client
        of ipyparallel, a view, or its executor.

    Raises
    ------
    RequestError
        It is none of these, or it is closed.
    """
    if is_instance(executor, "distributed.client.Client"):
        return _dask_pool(executor)
    if is_instance(executor, "distributed.cfexecutor.ClientExecutor"):
        return _dask_pool(executor._client, executor)  # type: ignore[attr-defined]
    if is_instance(executor, "ipyparallel.client.client.Client"):
        return ExecutorPool(executor.executor(), can_cancel=False)  # type: ignore[attr-defined]
    if is_instance(executor, "ipyparallel.client.view.DirectView"):  # it would send each chunk to all of its engines
        return ExecutorPool(executor.client.load_balanced_view(executor.targets).executor, can_cancel=False)  # type: ignore[attr-defined]
    if is_instance(executor, "ipyparallel.client.view.View"):
        return ExecutorPool(executor.executor, can_cancel=False)  # type: ignore[attr-defined]
    if is_instance(executor, "ipyparallel.client.view.ViewExecutor"):
        return ExecutorPool(executor, can_cancel=False)
    if not callable(getattr(executor, "submit", None)) or isinstance(executor, type):
        raise RequestError(
            f"executor got a {type_name(executor)}; expected something with submit, as executors of concurrent.futures "
            "have it: a client of Dask, rc.executor() of ipyparallel, a ProcessPoolExecutor."
        )
    return ExecutorPool(executor)


def _dask_pool(client: Any, executor: Any = None) -> DaskPool:
    if client.status != "running":
        raise RequestError(f"executor got a client of Dask that is {client.status}; connect it: Client(cluster).")
    return DaskPool(client, executor)
