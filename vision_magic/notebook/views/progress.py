"""The live view of a run: one question to many pictures, with a bar, the pace, the last pictures, and Stop.

One output shows it: a small widget where a page shows widgets, plain HTML that is replaced elsewhere. The kernel
renders both. At the end, one line without times takes its place, so that a notebook that is run again stays the same.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Final

from vision_magic.each.progress.line import drawing, show_line
from vision_magic.each.progress.words import end_words, in_words
from vision_magic.notebook.interrupt import interrupts_ignored
from vision_magic.notebook.state import state_of
from vision_magic.notebook.views.choose import mode_of
from vision_magic.notebook.views.pacing import PATIENCE
from vision_magic.notebook.views.progress_html import Tiles, bar_html, end_html, pace_html, rows_html, running_html

if TYPE_CHECKING:
    from vision_magic.each.progress.progress import Counts, Progress
    from vision_magic.notebook.state import ShellState
    from vision_magic.notebook.views.progress_widget import LiveProgress

__all__ = ["ProgressOutput", "show_progress"]

_REPLACED: Final = 1.0  # least seconds between two updates without the widget, since the page renders all of it
_REPEATED: Final = 3.0  # seconds after which the pictures are sent again, for a page that missed them
_OURS: Final[dict[str, object]] = {"vision_magic": {}}  # metadata: the pictures in it are not those of the notebook


def show_progress(shell: Any, progress: Progress) -> AbstractContextManager[None]:
    """Show a run during a block, as the client of a shell can show it; a line stays.

    Parameters
    ----------
    shell : InteractiveShell
        The shell whose cell runs.
    progress : Progress
        The progress of the run.
    """
    mode = mode_of(shell)
    if mode == "terminal":
        return show_line(progress)
    if mode == "static":
        return _show_end(progress)
    return _show_live(ProgressOutput(progress, state_of(shell) if mode == "auto" else None, widget=mode != "updating"))


@contextlib.contextmanager
def _show_end(progress: Progress) -> Iterator[None]:
    """Show only what stays, since programs that run notebooks ignore updates of an output."""
    from IPython.display import display

    try:
        yield
    finally:
        display(_end_bundle(progress.counts()), raw=True, metadata=_OURS)


@contextlib.contextmanager
def _show_live(output: ProgressOutput) -> Iterator[None]:
    output.begin()
    try:
        with drawing(output.progress, output.draw):
            yield
    finally:
        with interrupts_ignored():
            output.end()


class ProgressOutput:
    """The output of a run while it goes on.

    Parameters
    ----------
    progress : Progress
        The progress of the run.
    state : ShellState or None
        Remembers whether the pages of this shell show widgets; without it, they are taken to do so.
    widget : bool
        Whether a widget is tried.
    """

    def __init__(self, progress: Progress, state: ShellState | None, *, widget: bool) -> None:
        self.progress = progress
        self._state = state
        self._has_widget = widget
        self._widget: LiveProgress | None = None
        self._replacing = not widget  # whether the output is plain HTML that is replaced
        self._tiles = Tiles()
        self._lock = threading.RLock()  # a page is heard in another thread
        self._handle: Any = None
        self._begun = self._next = self._repeat = 0.0
        self._ended = False

    def begin(self) -> None:
        """Make the output."""
        from IPython.display import display

        self._begun = time.monotonic()
        counts = self.progress.counts()
        beside = {}
        if self._has_widget:
            # Imported here, because the widget libraries take a quarter of a second.
            from vision_magic.notebook.views.page import kernel_id, widget_view
            from vision_magic.notebook.views.progress_widget import LiveProgress

            self._widget = LiveProgress(self.progress.stop, self._page_ready, kernel_id=kernel_id())
            self._send(counts)
            beside = widget_view(self._widget)
            self._replacing = self._state is not None and self._state.page_shows_widgets is False
        data = {**beside, "text/html": running_html(counts, ""), "text/plain": in_words(counts)}
        self._handle = display(data, raw=True, display_id=True, metadata=_OURS)

    def draw(self, counts: Counts) -> None:
        """Show the counts and the last pictures."""
        with self._lock:
            now = time.monotonic()
            if self._ended or (self._replacing and now < self._next):
                return
            if self._widget is not None and self._is_silent() and now >= self._begun + PATIENCE:
                self._replacing = True
            self._tiles.add(self.progress.recent, now)
            if self._replacing:
                self._next = now + _REPLACED
                self._replace({"text/html": running_html(counts, self._tiles.html), "text/plain": in_words(counts)})
            else:
                self._send(counts)

    def end(self) -> None:
        """Show what stays, and close the widget."""
        with self._lock:
            self._ended = True
            data = _end_bundle(self.progress.counts())
            if self._widget is None:
                self._replace(data)
                return
            if self._is_silent() and time.monotonic() >= self._begun + PATIENCE and self._state is not None:
                self._state.page_shows_widgets = False  # until a page is heard
            self._widget.send({"kind": "ended", "announcement": data["text/plain"]})
            try:
                self._replace(data)
            finally:
                self._close(self._widget, data["text/html"])

    def _close(self, widget: LiveProgress, html: str) -> None:
        from vision_magic.notebook.views.page import close_when_ready

        if len(widget.pages) > 1:
            widget.ended = html  # a reloaded page does not receive the new output, so the widget shows it
        else:
            close_when_ready(widget, self._begun, time.monotonic())

    def _page_ready(self) -> None:
        """Show the widget again if the view did without it: a page has it now."""
        from vision_magic.notebook.views.page import widget_view

        with self._lock:
            if self._state is not None:
                self._state.page_shows_widgets = True
            if self._replacing and not self._ended and self._widget is not None:
                self._replacing = False
                self._send(self.progress.counts())
                self._replace({**widget_view(self._widget), "text/plain": in_words(self.progress.counts())})

    def _is_silent(self) -> bool:
        """Whether no page is known to show the widget."""
        if self._widget is None or self._state is None:
            return False
        return self._state.page_shows_widgets is not True and not self._widget.pages

    def _send(self, counts: Counts) -> None:
        """Give the widget what has changed; its state also reaches a page that is late."""
        if self._widget is None:
            return
        self._widget.rows = rows_html(counts)
        self._widget.pace = f"{bar_html(counts)}{pace_html(counts)}"
        now = time.monotonic()
        if self._widget.pictures != self._tiles.html:
            self._widget.pictures = self._tiles.html
            self._repeat = now + _REPEATED
        elif self._tiles.html and now >= self._repeat:
            self._widget.send_state("pictures")
            self._repeat = now + _REPEATED

    def _replace(self, data: dict[str, Any]) -> None:
        self._handle.update(data, raw=True, metadata=_OURS)


def _end_bundle(counts: Counts) -> dict[str, str]:
    return {"text/html": end_html(counts), "text/plain": end_words(counts)}
