"""The pictures that a run has no answer about yet, and where each row stands among the others."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vision_magic.each.batch.parts import pending_in
from vision_magic.each.one_row import about_image
from vision_magic.each.pictures.keys import encode_key
from vision_magic.text import one_line

if TYPE_CHECKING:
    from vision_magic.each.ahead import Prepared
    from vision_magic.each.pictures.task import Task
    from vision_magic.each.progress.progress import Progress
    from vision_magic.each.row import Row
    from vision_magic.each.run_file.run_file import RunFile

__all__ = ["Missing"]

_MAX_WORDS = 300


class Missing:
    """Skips the tasks whose rows are in the file already. It is used by the threads of one run.

    Parameters
    ----------
    file : RunFile
        The file of the rows.
    progress : Progress
        What is told how many rows there are.
    total : int or None
        The number of rows in all; None if that is unknown.
    check : {"keys", "pixels"}
        Whether a row counts by its key alone, or only with the same pixels.
    repeat : int
        How often each picture is asked about, one time after the other.
    first : int
        The number of tasks that were taken before.
    """

    def __init__(
        self,
        file: RunFile,
        progress: Progress,
        total: int | None,
        *,
        check: str = "keys",
        repeat: int = 1,
        first: int = 0,
    ) -> None:
        self._repeat = repeat
        self._file = file
        self._progress = progress
        self._total = total
        self._by_pixels = check == "pixels"
        self._finished = set() if self._by_pixels else file.finished()
        self._in_batch = pending_in(file)  # answered, and paid, by the batch
        self._pixels = file.pictures() if self._by_pixels else {}
        self._positions: dict[tuple[str, int], int] = {}  # of the tasks that are on their way
        self._lock = threading.Lock()
        self.taken = first
        """The number of tasks that were taken so far."""
        self._doubts = file.doubtful()
        self._kept = self._kept_in_doubt = 0
        progress.expect(total)

    def of(self, tasks: Iterator[Task]) -> Iterator[Task]:
        """Yield the tasks that are to be asked."""
        for task in tasks:
            place = (encode_key(task.key), task.repeat)
            position, self.taken = self.taken // self._repeat, self.taken + 1
            if place in self._in_batch:
                continue
            if place in self._finished:
                self._keep(task.key, position, task.repeat)
                continue
            with self._lock:
                self._positions[place] = position
            yield task
            del task

    def is_wanted(self, prepared: Prepared) -> bool:
        """Whether a prepared picture is to be asked about: its pixels differ from those of its row."""
        if prepared.call is None:
            return True
        place = (encode_key(prepared.key), prepared.repeat)
        known = self._pixels.get(place)
        if known is None or known != about_image(prepared.call.request.images[-1])["picture"]:
            return True
        with self._lock:
            position = self._positions.pop(place)
        self._keep(prepared.key, position, prepared.repeat)
        return False

    def position(self, row: Row) -> int:
        """Return where the picture of a row stands; it is not on its way any more."""
        with self._lock:
            return self._positions.pop((encode_key(row.key), row.repeat))

    def where(self, error: Exception) -> str:
        """Say at which picture the pictures ended in an error."""
        said = one_line(f"{type(error).__name__}: {error}", _MAX_WORDS)
        return f"picture {self.taken // self._repeat:,} (counted from 0) could not be taken ({said})."

    def _keep(self, key: object, position: int, repeat: int) -> None:
        if repeat == 0:
            self._file.set_order(key, position)
        with self._lock:
            self._kept += 1
            self._kept_in_doubt += (encode_key(key), repeat) in self._doubts
            kept, doubtful = self._kept, self._kept_in_doubt
        self._progress.expect(self._total, kept, doubtful)
