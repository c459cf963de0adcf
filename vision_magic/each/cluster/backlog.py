"""The tasks that no worker has yet: read ahead in a thread, and joined by those that came back."""

from __future__ import annotations

import itertools
import math
import threading
import time
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vision_magic.each.pictures.task import Task

__all__ = ["Backlog", "Item"]

_PATIENCE: Final = 0.25  # seconds; a generator that is slower gives smaller chunks


@dataclass(frozen=True, slots=True)
class Item:
    """A task, and what happened to it before.

    Attributes
    ----------
    task : Task
        The task.
    losses : int
        How many chunks with it did not come back.
    most : int
        The most rows that its next chunk may hold.
    """

    task: Task
    losses: int = 0
    most: int = 1_000_000_000


class Backlog:
    """Tasks in order, those that came back first.

    The iterable is read in a thread of its own, no further ahead than the next chunk needs: its tasks may hold their
    pictures, and it may be slow.

    Parameters
    ----------
    tasks : iterable of Task
        The tasks.
    """

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._tasks = tasks
        self._back: deque[Item] = deque()
        self._ready: deque[Task] = deque()
        self._wanted = 0
        self._wanted_since = 0.0
        self._ended = False
        self._closed = False
        self._change = threading.Condition()
        self.error: Exception | None = None
        """The error of the iterable that ended it early."""
        threading.Thread(target=self._read, name="vision_magic-tasks", daemon=True).start()

    @property
    def is_empty(self) -> bool:
        """Whether there is no task, and none will come."""
        with self._change:
            return self._ended and not self._ready and not self._back

    def take(self, rows: int) -> list[Item]:
        """Return as many tasks as a chunk may hold; none as long as that many are still being read.

        Parameters
        ----------
        rows : int
            The most rows of the chunk.
        """
        with self._change:
            if self._back:
                return self._take_back(rows)
            self._want(rows)
            late = time.monotonic() - self._wanted_since > _PATIENCE
            if len(self._ready) < rows and not self._ended and not late:
                return []
            items = [Item(self._ready.popleft()) for _ in range(min(rows, len(self._ready)))]
            self._wanted = 0
            return items

    def put_back(self, items: Sequence[Item]) -> None:
        """Put tasks back that were not asked, in their order."""
        with self._change:
            self._back.extendleft(reversed(items))

    def put_back_lost(self, items: Sequence[Item]) -> None:
        """Put tasks back whose chunk got lost. Next time they go in halves: one of them may be the reason."""
        most = max(1, math.ceil(len(items) / 2))
        self.put_back([replace(item, losses=item.losses + 1, most=most) for item in items])

    def close(self) -> None:
        """Read nothing more."""
        with self._change:
            self._closed = True
            self._change.notify_all()

    def _take_back(self, rows: int) -> list[Item]:
        most = self._back[0].most
        items = list(itertools.takewhile(lambda item: item.most == most, itertools.islice(self._back, min(rows, most))))
        for _ in items:
            self._back.popleft()
        return items

    def _want(self, rows: int) -> None:
        if not self._wanted:
            self._wanted_since = time.monotonic()
        self._wanted = max(self._wanted, rows)
        self._change.notify_all()

    def _read(self) -> None:
        try:
            tasks = iter(self._tasks)
            while self._wait_until_wanted():
                task = next(tasks, None)
                if task is None:
                    break
                with self._change:
                    self._ready.append(task)
                del task
        except Exception as error:  # of any class: it is the user's generator
            self.error = error
        with self._change:
            self._ended = True

    def _wait_until_wanted(self) -> bool:
        """Wait until a chunk lacks tasks; return False if there will be no more chunks."""
        with self._change:
            self._change.wait_for(lambda: self._closed or len(self._ready) < self._wanted)
            return not self._closed
