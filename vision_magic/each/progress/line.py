"""The thread that draws the progress of a run, and a line of a terminal that is rewritten in place."""

from __future__ import annotations

import contextlib
import contextvars
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from vision_magic.each.progress.words import end_words, in_words

if TYPE_CHECKING:
    from vision_magic.each.progress.progress import Counts, Progress

__all__ = ["INTERVAL", "drawing", "show_line"]

INTERVAL: Final = 0.25
"""Least seconds between two drawings."""

_PULSE: Final = 1.0  # seconds after which the times are drawn again even if nothing has changed
_TO_THE_START: Final = "\r\x1b[K"  # of the line, which is cleared


@contextlib.contextmanager
def drawing(progress: Progress, draw: Callable[[Counts], None]) -> Iterator[None]:
    """Draw the counts of a run during the block, in a thread of its own: at once, then at most four times a second.

    Parameters
    ----------
    progress : Progress
        The progress of the run.
    draw : callable
        Draws the counts. It is not called after the block, even if it raises an error.
    """
    ended = threading.Event()

    def keep_drawing() -> None:
        while not ended.is_set():
            progress.changed.clear()
            draw(progress.counts())
            ended.wait(INTERVAL)
            progress.changed.wait(_PULSE)

    # With the context of the cell, which names the cell that the output belongs to.
    context = contextvars.copy_context()
    thread = threading.Thread(target=context.run, args=(keep_drawing,), name="vision_magic-progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        progress.changed.set()
        thread.join()


@contextlib.contextmanager
def show_line(progress: Progress) -> Iterator[None]:
    """Show a run as one line of a terminal during the block; a file gets only the line at the end."""
    out = sys.stdout
    try:
        if not out.isatty():
            yield
        else:
            with drawing(progress, lambda counts: _rewrite(_fitting(in_words(counts)))):
                yield
    finally:
        out.write(f"{_TO_THE_START if out.isatty() else ''}{end_words(progress.counts())}\n")
        out.flush()


def _rewrite(line: str) -> None:
    sys.stdout.write(f"{_TO_THE_START}{line}")
    sys.stdout.flush()


def _fitting(line: str) -> str:
    """Return the parts of a line that fit into the window: a line that wraps could not be rewritten."""
    width = shutil.get_terminal_size().columns - 1
    while len(line) > width and " · " in line:
        line = line.rpartition(" · ")[0]
    return line[:width]
