"""The pictures ahead of the workers: loaded and encoded in threads, so that the event loop never waits for one."""

from __future__ import annotations

import asyncio
import os
import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vision_magic.each.pictures.task import Task
from vision_magic.each.row import Key
from vision_magic.errors import VisionError
from vision_magic.images.image import Image, RemoteImage
from vision_magic.images.lazy_types import is_instance

if TYPE_CHECKING:
    from vision_magic.each.plan import Plan
    from vision_magic.session.prepare import PreparedCall

__all__ = ["Ahead", "Prepared"]

_THREADS: Final = max(1, min(8, (os.cpu_count() or 2) - 1))  # the loop has a core of its own
_BATCHES: Final = 8  # in which the threads are told of free places
# What may be converted in several threads at once; anything else may be a figure, and those are drawn one at a time.
_NO_FIGURES: Final = (
    "numpy.ndarray",
    "PIL.Image.Image",
    "pathlib.PurePath",
    "torch.Tensor",
    "dask.array.core.Array",
    "zarr.core.array.Array",
    "io.IOBase",
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A task whose picture is ready to be sent, or could not be read.

    Attributes
    ----------
    key, repeat
        As those of the task, which is not kept: it may hold its picture.
    call : PreparedCall or None
        The call; None if the picture could not be read.
    error : str
        Why it could not.
    """

    key: Key
    repeat: int
    call: PreparedCall | None
    error: str = ""


class Ahead:
    """Takes tasks from an iterable, prepares their calls in threads, and hands them to the workers of one event loop.

    A single thread advances the iterable; others load and encode. Neither is waited for when the run ends early.

    Parameters
    ----------
    plan : Plan
        What is asked.
    tasks : iterable of Task
        The tasks; it is read as they are needed.
    most : int
        The most tasks that are taken from the iterable and not yet handed out.
    drawing : threading.Lock
        Held while an object is converted that may be a figure of a plotting library.
    wanted : callable, optional
        Returns whether a prepared task is to be asked; by default each is.
    """

    def __init__(
        self,
        plan: Plan,
        tasks: Iterable[Task],
        most: int,
        drawing: threading.Lock,
        wanted: Callable[[Prepared], bool] | None = None,
    ) -> None:
        self._plan = plan
        self._tasks = tasks
        self._room = threading.Semaphore(most)
        self._drawing = drawing
        self._wanted = wanted
        self._loop = asyncio.get_running_loop()
        self._ready: deque[Prepared | None] = deque()
        self._waiting: deque[asyncio.Future[None]] = deque()  # workers without a task
        self._told = False  # whether the loop is already to wake up for what is in `_ready`
        self._freed = 0  # places that the threads do not know of yet
        self._batch = max(1, most // _BATCHES)
        self._to_prepare: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._threads = min(_THREADS, most)
        self._working = self._threads
        self._lock = threading.Lock()
        self._closed = False
        self.error: Exception | None = None
        """The error of the iterable that ended it early; set before `next` returns None."""

    def start(self) -> None:
        """Start the threads."""
        threading.Thread(target=self._take, name="vision_magic-pictures", daemon=True).start()
        for number in range(self._threads):
            threading.Thread(target=self._prepare_all, name=f"vision_magic-encode-{number}", daemon=True).start()

    async def next(self) -> Prepared | None:
        """Return the next prepared task, or None if there are no more."""
        while not self._closed:
            if not self._ready:
                self._give_room(at_once=True)
                self._waiting.append(waits := self._loop.create_future())
                await waits
            elif self._ready[0] is None:
                return None  # it stays there for the other workers
            else:
                self._freed += 1
                self._give_room()
                return self._ready.popleft()
        return None

    def _give_room(self, *, at_once: bool = False) -> None:
        """Let the threads take more tasks, several at a time, since each that wakes up holds up the loop."""
        if self._freed >= (1 if at_once else self._batch):
            self._room.release(self._freed)
            self._freed = 0

    def _tell(self) -> None:
        """Wake as many workers as there are tasks; all of them at the end."""
        self._told = False
        ended = self._closed or (bool(self._ready) and self._ready[-1] is None)
        awake = 0
        while self._waiting and (ended or awake < len(self._ready)):
            waits = self._waiting.popleft()
            if not waits.done():
                waits.set_result(None)
                awake += 1

    def close(self) -> None:
        """Take and prepare nothing more; the threads end by themselves, and `next` returns None."""
        self._closed = True
        self._ready.clear()
        self._room.release()
        self._tell()

    # -- in the threads ----------------------------------------------------------------------------------------

    def _take(self) -> None:
        try:
            tasks: Iterator[Task] = iter(self._tasks)
            while True:
                self._room.acquire()
                task = None if self._closed else next(tasks, None)
                if task is None:
                    break
                self._to_prepare.put(task)
                del task  # it may hold its picture, and the next one may take long to come
        except Exception as error:  # of any class: it is the user's generator
            self.error = error
        for _ in range(self._threads):
            self._to_prepare.put(None)

    def _prepare_all(self) -> None:
        while (task := self._to_prepare.get()) is not None:
            prepared = None if self._closed else self._prepare(task)
            del task
            if prepared is not None:
                self._hand_over(prepared)
            else:
                self._room.release()
            del prepared
        with self._lock:
            self._working -= 1
            last = self._working == 0
        if last:
            self._hand_over(None)

    def _prepare(self, task: Task) -> Prepared | None:
        """Return the prepared task; None if it is not to be asked."""
        try:
            prepared = Prepared(task.key, task.repeat, self._convert(task.load()))
        except VisionError as error:
            prepared = Prepared(task.key, task.repeat, None, str(error))
        except Exception as error:  # of any class: a loader reads files, and may be the user's
            words = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            prepared = Prepared(task.key, task.repeat, None, f"The picture could not be loaded ({words}).")
        return prepared if self._wanted is None or self._wanted(prepared) else None

    def _convert(self, picture: object) -> PreparedCall:
        if isinstance(picture, bytes | bytearray | Image | RemoteImage) or _is_no_figure(picture):
            return self._plan.call(picture)
        with self._drawing:
            return self._plan.call(picture)

    def _hand_over(self, prepared: Prepared | None) -> None:
        self._ready.append(prepared)
        if self._told:
            return
        self._told = True
        try:
            self._loop.call_soon_threadsafe(self._tell)
        except RuntimeError:  # the loop has ended meanwhile
            self._closed = True


def _is_no_figure(picture: object) -> bool:
    return any(is_instance(picture, path) for path in _NO_FIGURES)
