"""The live view: a small widget that receives an answer block by block, and is replaced by plain HTML at the end.

Finished blocks are rendered and sent once. The block that is still open is sent at most ten times a second, and the
first words immediately. Updates that the browser missed, because it was not ready, are in the next snapshot. At the end
the static bundle replaces the widget in the same output, and the widget is closed, so that the notebook file keeps the
answer and nothing of the widget.

A page that has made the widget says hello. If none does so soon, there is probably no widget manager, and the view
continues as an `UpdatingView`, until a page says hello after all. The output is the same one in any case.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, Final

import traitlets

from vision_magic.notebook.views.pacing import PATIENCE, later
from vision_magic.notebook.views.page import (
    PageWidget,
    close_when_ready,
    kernel_id,
    page_script,
    page_style,
    widget_view,
)
from vision_magic.notebook.views.updating import UpdatingView
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from vision_magic.chat.reply import Reply
    from vision_magic.notebook.state import ShellState

__all__ = ["LiveReply", "LiveView"]

_INTERVAL: Final = 0.1  # least seconds between two updates; a shorter interval costs more and looks the same
_SNAPSHOTS: Final = (0.4, 1.2, 3.0)  # seconds after the start; later ones follow at the last of these intervals


class LiveReply(PageWidget):
    """One answer while it is being written. Its state holds only what is shown."""

    _esm = page_script("live.js")
    _css = page_style("live.css")

    target = traitlets.Unicode("", help="model and host").tag(sync=True)
    sent = traitlets.Bool(False, help="whether the request has been sent").tag(sync=True)
    snapshot = traitlets.Dict(help="everything so far, sent from time to time").tag(sync=True)

    def __init__(self, stop: Callable[[], None], page_ready: Callable[[], None] = lambda: None, **traits: Any) -> None:
        super().__init__(stop, page_ready, **traits)
        self.unfolded: list[list[int]] = []  # positions of the open folds of each choice

    def _on_message(self, widget: object, content: Any, buffers: object) -> None:
        if isinstance(content, dict) and content.get("kind") == "unfolded":
            choices = _as_list(content.get("places"))
            self.unfolded = [[place for place in _as_list(places) if type(place) is int] for places in choices]
        else:
            super()._on_message(widget, content, buffers)


def _as_list(value: object) -> list[Any]:
    """Return a list that the page sent, or an empty list for any other value."""
    return value if isinstance(value, list) else []


class LiveView(UpdatingView):
    """The view for a notebook that a user runs.

    Parameters
    ----------
    state : ShellState, optional
        Remembers whether the pages of this shell show widgets; without it, they are taken to do so.
    """

    def __init__(self, state: ShellState | None = None) -> None:
        super().__init__(_INTERVAL)
        self._state = state
        self._widget: LiveReply | None = None
        self._updating = False  # whether it does without the widget
        self._page_timer: threading.Timer | None = None
        self._snapshot_timer: threading.Timer | None = None
        self._next_snapshot = 0.0

    def begin(self, target: str, stop: Callable[[], None], *, background: bool = False) -> None:
        """Show the model and host immediately, with a Stop button."""
        self._widget = LiveReply(
            stop, self._page_ready, target=clean_text(target), kernel_id=kernel_id(), background=background
        )
        self._open(target, **widget_view(self._widget))
        self._next_snapshot = self._begun + _SNAPSHOTS[0]
        # Some kernels hear a page only after the cell, so it is expected to do as it did with the last answer.
        if self._state is not None and self._state.page_shows_widgets is None:
            self._page_timer = later(PATIENCE, self._do_without)
        elif self._state is not None and not self._state.page_shows_widgets:
            self._do_without()

    def sent(self) -> None:
        """Show that the server is working now."""
        if self._updating:
            super().sent()
        self._activity.sent = True
        if self._widget is not None:
            self._widget.sent = True

    def _page_ready(self) -> None:
        """Show the widget again if the view did without it: a page has it now."""
        if self._state is not None:
            self._state.page_shows_widgets = True
        with self._lock:
            if self._page_timer is not None:
                self._page_timer.cancel()
            if self._updating and not self._ended and self._widget is not None:
                self._updating, self._pacer.interval = False, _INTERVAL
                self._send_snapshot()
                self._update(**widget_view(self._widget))

    def _do_without(self) -> None:
        """Continue without the widget, unless a page has it."""
        with self._lock:
            if self._ended or self._updating or self._widget is None or self._widget.pages:
                return
            self._updating, self._pacer.interval = True, self.INTERVAL
            self._pacer.changed()
            self._keep_time()

    def _pulse(self) -> None:
        if self._updating:  # the widget has a clock of its own
            super()._pulse()

    def _draw(self) -> int:
        """Send what is new, and a snapshot if one is due; return the approximate number of bytes."""
        if self._updating:
            return super()._draw()
        if self._widget is None or self._reply is None:
            return 0
        updates = self._updates()
        self._widget.send({"kind": "update", "status": str(self._activity), "choices": updates})
        wait = self._next_snapshot - time.monotonic()
        if wait <= 0:
            self._send_snapshot()
        elif self._snapshot_timer is None:
            # The page may have missed this update, and no other may follow for a long time.
            self._snapshot_timer = later(wait, self._send_snapshot_late)
        return sum(len(text) for one in updates for text in (*one["blocks"], one["open"], one.get("extra", "")))

    def _send_snapshot(self) -> None:
        """Send everything so far."""
        now = time.monotonic()
        coming = [moment for moment in _SNAPSHOTS if self._begun + moment > now]
        self._next_snapshot = self._begun + coming[0] if coming else now + _SNAPSHOTS[-1]
        if self._widget is not None:
            choices = [choice.snapshot() for choice in self._choices]
            self._widget.snapshot = {"status": str(self._activity), "choices": choices}

    def _send_snapshot_late(self) -> None:
        with self._lock:
            self._snapshot_timer = None
            if not self._ended and not self._updating:
                self._send_snapshot()

    def end(self, reply: Reply, *, plain: bool = False) -> None:
        """Send the last words, which is quick, then replace the widget by the static bundle."""
        if not plain and not self._updating:
            self._pacer.draw()
        super().end(reply, plain=plain)

    def _unfolded(self) -> Sequence[Collection[int]]:
        return self._widget.unfolded if self._widget is not None else ()

    def _finish(self, data: dict[str, str] | None, about: dict[str, object], announcement: str) -> None:
        """Replace the widget in its output, or clear the outputs of the cell; close the widget."""
        self._stop_drawing()
        waited = time.monotonic() - self._begun
        if self._state is not None and self._widget is not None and not self._widget.pages and waited >= PATIENCE:
            self._state.page_shows_widgets = False  # until a page is heard
        try:
            if self._widget is not None:
                self._widget.send({"kind": "ended", "announcement": announcement})
            self._replace(data, about)
        finally:
            if self._widget is not None and len(self._widget.pages) > 1:
                # A reloaded page does not receive the new output, so the widget shows it.
                self._widget.snapshot = {"html": (data or {}).get("text/html", "")}
            elif self._widget is not None:
                close_when_ready(self._widget, self._begun, time.monotonic())

    def _stop_drawing(self) -> None:
        with self._lock:
            super()._stop_drawing()
            for timer in (self._page_timer, self._snapshot_timer):
                if timer is not None:
                    timer.cancel()
