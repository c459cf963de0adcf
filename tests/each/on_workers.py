"""Runs on executors: plans, pictures and rows for their tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

from PIL import Image as PILImage

from tests.each.chat_server import ChatServer
from vision_magic.each.budget import Cap
from vision_magic.each.cluster.drive import drive_on
from vision_magic.each.cluster.payload import Sealed
from vision_magic.each.driver import DriveEnd, Limits
from vision_magic.each.pictures.loaders import ObjectLoader
from vision_magic.each.pictures.task import Task
from vision_magic.each.plan import Plan, plan_of
from vision_magic.each.progress.progress import Progress
from vision_magic.each.row import Row
from vision_magic.session.state import SessionState
from vision_magic.session.usage import estimate_tokens

__all__ = ["Kept", "as_typed_in_a_notebook", "pictures", "plan_for"]

LARGE = PILImage.new("L", (640, 480), 90)
PICTURE = PILImage.new("L", (64, 48), 90)


def pictures(number: int) -> Iterable[Task]:
    """Yield tasks whose keys are tuples."""
    return (Task(("moth", at), ObjectLoader(PICTURE)) for at in range(number))


def plan_for(server: ChatServer, schema: Any = None, **options: Any) -> Plan:
    """Return the plan of a question to a server."""
    return plan_of("What colour is it?", schema, {"base_url": server.url, "model": "model-1", **options}, {})


def count_more_than_estimated(server: ChatServer) -> None:
    """Let a server count a fifth more tokens than are estimated."""
    server.counted = round(1.2 * estimate_tokens(plan_for(server).call(LARGE).request)), 12


class Kept:
    """What came of a run: its rows, what its progress says, and its end."""

    def __init__(self, *, total: int | None = None, on_row: Callable[[Row], None] | None = None) -> None:
        self.rows: list[Row] = []
        self.state = SessionState()
        self.progress = Progress(stop=lambda: None, cost_of=lambda row: None)
        self.progress.expect(total)
        self._on_row = on_row

    def run(
        self, executor: object, plan: Plan, tasks: Iterable[Task], cap: float | None = None, **options: Any
    ) -> DriveEnd:
        """Drive tasks on an executor."""
        limits = Limits(
            concurrency=options.pop("concurrency", 8),
            rate=options.pop("rate", None),
            cap=None if cap is None else Cap(amount=cap),
        )
        return drive_on(
            executor,
            plan,
            tasks,
            limits=limits,
            on_rows=self._keep,
            progress=self.progress,
            state=self.state,
            **options,
        )

    def _keep(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if self._on_row is not None:
                self._on_row(row)
            self.rows.append(row)

    @property
    def keys(self) -> list[Any]:
        """The keys of the rows, in order."""
        return sorted(row.key for row in self.rows)

    @property
    def states(self) -> set[str]:
        """The states of the rows."""
        return {row.state for row in self.rows}


class Watched(Executor):
    """Two threads, and what was given to them; some chunks are lost on the way."""

    def __init__(self, *, is_lost: Callable[[Sealed], bool] = lambda chunk: False) -> None:
        self._pool = ThreadPoolExecutor(2)
        self._max_workers = 2
        self._is_lost = is_lost
        self.chunks: list[Sealed] = []

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:
        (chunk,) = arguments
        self.chunks.append(chunk)
        if self._is_lost(chunk):
            lost: Future[Any] = Future()
            lost.set_exception(RuntimeError("the worker was killed"))
            return lost
        return self._pool.submit(work, chunk)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._pool.shutdown(wait, cancel_futures=cancel_futures)


def as_typed_in_a_notebook(source: str, name: str, **values: Any) -> Any:
    """Return what a cell defines: its module is ``__main__``, and no other process can import it."""
    namespace = {"__name__": "__main__", **values}
    exec(compile(source, "<cell>", "exec"), namespace)
    return namespace[name]
