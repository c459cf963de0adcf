"""The requests of a batch: pictures loaded and encoded in a few threads, a little ahead of the file they go to."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vision_magic.each.batch.lines import SentLine
from vision_magic.each.one_row import about_image, estimated_prompt, limit_of
from vision_magic.each.pictures.keys import encode_key
from vision_magic.each.row import Row
from vision_magic.errors import VisionError
from vision_magic.images.lazy_types import is_instance

if TYPE_CHECKING:
    import threading

    from vision_magic.each.pictures.task import Task
    from vision_magic.each.plan import Plan
    from vision_magic.session.prepare import PreparedCall
    from vision_magic.wire.body import Body
    from vision_magic.wire.endpoint import Endpoint

__all__ = ["Requests"]

_THREADS: Final = 4
_AHEAD: Final = 8  # pictures that are loaded and not yet written
_NO_FIGURES: Final = ("numpy.ndarray", "PIL.Image.Image", "pathlib.PurePath")


@dataclass(slots=True)
class Requests:
    """The requests about those pictures of a run that are to be asked; each is a line of a file.

    Attributes
    ----------
    plan : Plan
        What is asked.
    endpoint : Endpoint
        The server, whose needs the requests fit.
    drawing : threading.Lock
        Held while an object is converted that may be a figure of a plotting library.
    wanted : callable
        Returns whether the picture with this text of a key and repeat is to be asked, at a position.
    on_failed : callable
        Called with the row, and the position, of a picture that could not be read.
    on_estimate : callable
        Called with the number of each request, its prompt tokens as estimated, and the most tokens of its answer (0 if
        it has no limit), before it is yielded.
    """

    plan: Plan
    endpoint: Endpoint
    drawing: threading.Lock
    wanted: Callable[[str, int, int], bool]
    on_failed: Callable[[Row, int], None]
    on_estimate: Callable[[int, int, int], None]

    def lines(self, tasks: Iterable[Task]) -> Iterator[tuple[SentLine, Body]]:
        """Yield the lines with their bodies, in the order of the pictures."""
        number = 0
        for task_key, repeat, position, found in self._prepared(tasks):
            if isinstance(found, str):
                row = Row(key=task_key, repeat=repeat, state="failed", error=found, at=time.time())
                self.on_failed(row, position)
                continue
            self.on_estimate(number, estimated_prompt(found), limit_of(found) or 0)
            about = about_image(found.request.images[-1])
            line = SentLine(number=number, key=encode_key(task_key), repeat=repeat, position=position, **about)
            number += 1
            yield line, self.endpoint.body(found.request)

    def _prepared(self, tasks: Iterable[Task]) -> Iterator[tuple[object, int, int, PreparedCall | str]]:
        """Yield key, repeat and position of each wanted task, with its call, or why it has none."""
        waiting: deque[tuple[object, int, int, Future[PreparedCall | str]]] = deque()
        pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="vision_magic-encode")
        position = -1
        try:
            for task in tasks:
                position += task.repeat == 0
                if not self.wanted(encode_key(task.key), task.repeat, max(0, position)):
                    continue
                waiting.append((task.key, task.repeat, max(0, position), pool.submit(self._prepare, task)))
                del task  # it may hold its picture
                if len(waiting) >= _AHEAD:
                    yield _first(waiting)
            while waiting:
                yield _first(waiting)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _prepare(self, task: Task) -> PreparedCall | str:
        try:
            return self._convert(task.load())
        except VisionError as error:
            return str(error)
        except Exception as error:  # of any class: a loader reads files, and may be the user's
            words = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            return f"The picture could not be loaded ({words})."

    def _convert(self, picture: object) -> PreparedCall:
        if any(is_instance(picture, path) for path in _NO_FIGURES):
            return self.plan.call(picture)
        with self.drawing:
            return self.plan.call(picture)


def _first(
    waiting: deque[tuple[object, int, int, Future[PreparedCall | str]]],
) -> tuple[object, int, int, PreparedCall | str]:
    key, repeat, position, future = waiting.popleft()
    return key, repeat, position, future.result()
