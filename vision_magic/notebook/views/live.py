"""The live view: a small widget that receives an answer block by block, and is replaced by plain HTML at the end.

Finished blocks are rendered and sent once. The block that is still open is sent at most ten times a second, and the
first words immediately. Updates that the browser missed, because it was not ready, are in the next snapshot. At the end
the static bundle replaces the widget in the same output, and the widget is closed, so that the notebook file keeps the
answer and nothing of the widget.
"""

from __future__ import annotations

import contextvars
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import anywidget
import traitlets

from vision_magic.chat.events import (
    Finished,
    ReasoningDelta,
    RefusalDelta,
    RetryScheduled,
    RetryStarted,
    TextDelta,
    ToolCallDelta,
    ToolFinished,
    ToolStarted,
)
from vision_magic.notebook.frontend import handle_beside_cells, join_files, script
from vision_magic.notebook.views.base import View, format_retry
from vision_magic.render.incremental_markdown import IncrementalMarkdown
from vision_magic.render.reasoning import answer_text, reasoning_of_all_rounds
from vision_magic.render.reply import (
    choice_label,
    error_html,
    extras_html,
    output_metadata,
    reply_bundle,
    typed_answer_html,
    with_copy_buttons,
)
from vision_magic.render.theme import STYLE_SHEET
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from vision_magic.chat.events import Event
    from vision_magic.chat.reply import Reply

__all__ = ["LiveReply", "LiveView"]

_HERE: Final = Path(__file__).parent
_INTERVAL: Final = 0.1  # least seconds between two updates; a shorter interval costs more and looks the same
_EARLY: Final = 0.001  # seconds by which an update may be early, since clocks are not exact
_BYTES_PER_SECOND: Final = 100_000  # a busy server loses messages above this rate
_PAGE_READY: Final = 2.0  # seconds after which the page has created the widget
_SNAPSHOTS: Final = (0.4, 1.2, 3.0)  # seconds after the start; later ones follow at the last of these intervals

_TOKENS: Final = (TextDelta, RefusalDelta, ToolCallDelta)  # each about one token

# Announcements for screen readers when the answer has ended.
_ANNOUNCEMENTS: Final = {
    "complete": "The answer is complete.",
    "interrupted": "The answer was interrupted.",
    "truncated": "The answer is incomplete.",
}


class LiveReply(anywidget.AnyWidget):
    """One answer while it is being written. Its state holds only what is shown."""

    _esm = script(_HERE / "live.js")
    _css = join_files(STYLE_SHEET, _HERE / "live.css")

    target = traitlets.Unicode("", help="model and host").tag(sync=True)
    kernel_id = traitlets.Unicode("", help="for interrupting a busy kernel").tag(sync=True)
    sent = traitlets.Bool(False, help="whether the request has been sent").tag(sync=True)
    background = traitlets.Bool(False, help="whether no cell waits for it, so that the kernel is not interrupted").tag(
        sync=True
    )
    snapshot = traitlets.Dict(help="everything so far, sent from time to time").tag(sync=True)

    def __init__(self, stop: Callable[[], None], **traits: Any) -> None:
        super().__init__(**traits)
        self.pages = 0  # pages that have shown it; the second is the first one after a reload
        self.unfolded: list[list[int]] = []  # positions of the open folds of each choice
        self._stop = stop
        self.on_msg(self._on_message)
        handle_beside_cells(self.comm)

    def _on_message(self, widget: object, content: Any, buffers: object) -> None:
        kind = content.get("kind") if isinstance(content, dict) else None
        if kind == "stop":
            self.send({"kind": "stopping"})  # acknowledges Stop, so that the page does not interrupt the kernel
            self._stop()
        elif kind == "hello":
            self.pages += 1
        elif kind == "unfolded":
            choices = _as_list(content.get("places"))
            self.unfolded = [[place for place in _as_list(places) if type(place) is int] for places in choices]

    def close(self) -> None:
        """Close the widget and its layout, which ipywidgets would otherwise keep in the kernel and the page."""
        super().close()
        self.layout.close()

    def __repr__(self) -> str:
        return "<LiveReply>"  # without an address, so that outputs stay equal


def _as_list(value: object) -> list[Any]:
    """Return a list that the page sent, or an empty list for any other value."""
    return value if isinstance(value, list) else []


class LiveView(View):
    """The view for a notebook that a user runs."""

    def __init__(self) -> None:
        self._widget: LiveReply | None = None
        self._handle: Any = None
        self._lock = threading.RLock()
        self._timer: threading.Timer | None = None  # sends updates that wait for the interval
        self._snapshot_timer: threading.Timer | None = None
        self._reply: Callable[[], Reply] | None = None
        self._choices: list[_LiveChoice] = []
        self._begun = self._next = self._next_snapshot = 0.0
        self._last_event: Event | None = None
        self._first_token: float | None = None  # when it arrived
        self._tokens = 0
        self._undrawn = False
        self._ended = False

    def begin(self, target: str, stop: Callable[[], None], *, background: bool = False) -> None:
        """Show the model and host immediately, with a Stop button."""
        from IPython.display import display

        self._begun = time.monotonic()
        self._next_snapshot = self._begun + _SNAPSHOTS[0]
        self._widget = LiveReply(stop, target=clean_text(target), kernel_id=_kernel_id(), background=background)
        view = {
            "application/vnd.jupyter.widget-view+json": {
                "version_major": 2,
                "version_minor": 1,
                "model_id": self._widget.model_id,
            },
            # For front ends without widgets, which do not show later updates of the output either.
            "text/plain": "The answer is being written, and will be in _vision. "
            "If it does not appear here, set VISION_MAGIC_DISPLAY=static.",
        }
        self._handle = display(view, raw=True, display_id=True)

    def sent(self) -> None:
        """Show that the server is working now."""
        if self._widget is not None:
            self._widget.sent = True

    def event(self, event: Event, reply: Callable[[], Reply]) -> None:
        """Update the reply, now or as soon as the interval allows."""
        with self._lock:
            self._reply = reply
            self._count(event)
            self._undrawn = True
            wait = self._next - time.monotonic()
            if wait <= 0:
                self._draw()
            elif self._timer is None:
                # By a timer, since no other event may follow for a long time.
                self._timer = _later(wait, self._keep_drawing)

    def _count(self, event: Event) -> None:
        """Count for the status line. This runs once per token; the line itself is composed when it is sent."""
        if isinstance(event, _TOKENS):
            self._tokens += 1
            if self._first_token is None:
                self._first_token = time.monotonic()
        if not isinstance(event, Finished):
            self._last_event = event

    def _status(self) -> str:
        """Describe the current activity, from the last event."""
        event = self._last_event
        if isinstance(event, RetryScheduled | RetryStarted):
            return format_retry(event)
        if isinstance(event, ReasoningDelta):
            return "reasoning"
        if isinstance(event, ToolStarted):
            return f"calling {clean_text(event.call.name)}"
        if isinstance(event, _TOKENS) and self._first_token is not None:
            elapsed = time.monotonic() - self._first_token
            return f"≈ {self._tokens / elapsed:.0f} tokens/s" if elapsed > 1 else "answering"
        return "answering" if isinstance(event, ToolFinished) else ""

    def _keep_drawing(self) -> None:
        """Send waiting updates as long as events arrive; starting a thread for each update would cost more."""
        while (wait := self._draw_if_due()) is not None:
            time.sleep(wait)

    def _draw_if_due(self) -> float | None:
        """Send an update if it is due; return the seconds until the next check, or None if no update waits."""
        with self._lock:
            if self._ended or not self._undrawn:
                self._timer = None
                return None
            if self._next - time.monotonic() < _EARLY:
                self._draw()
            return max(0.0, self._next - time.monotonic())

    def _draw(self) -> None:
        self._undrawn = False
        started = time.monotonic()
        sent = self._send() if self._reply is not None else 0
        # A long block takes longer to render: leave four fifths of the time for reading the stream.
        now = time.monotonic()
        self._next = now + max(_INTERVAL, 4 * (now - started), sent / _BYTES_PER_SECOND)

    def _send(self) -> int:
        """Send what is new, and a snapshot if one is due; return the approximate number of bytes."""
        widget, reply = self._widget, self._reply
        if widget is None or reply is None:
            return 0
        so_far = reply()
        self._choices.extend(_LiveChoice(number) for number in range(len(self._choices), len(so_far.choices)))
        updates = [choice.update(so_far) for choice in self._choices]
        widget.send({"kind": "update", "status": self._status(), "choices": updates})
        wait = self._next_snapshot - time.monotonic()
        if wait <= 0:
            self._send_snapshot()
        elif self._snapshot_timer is None:
            # The page may have missed this update, and no other may follow for a long time.
            self._snapshot_timer = _later(wait, self._send_snapshot_late)
        return sum(len(block) for update in updates for block in (*update["blocks"], update["open"]))

    def _send_snapshot(self) -> None:
        """Send everything so far."""
        now = time.monotonic()
        coming = [moment for moment in _SNAPSHOTS if self._begun + moment > now]
        self._next_snapshot = self._begun + coming[0] if coming else now + _SNAPSHOTS[-1]
        if self._widget is not None:
            choices = [choice.snapshot() for choice in self._choices]
            self._widget.snapshot = {"status": self._status(), "choices": choices}

    def _send_snapshot_late(self) -> None:
        with self._lock:
            self._snapshot_timer = None
            if not self._ended:
                self._send_snapshot()

    def end(self, reply: Reply, *, plain: bool = False) -> None:
        """Send the last words, which is quick, then replace the widget by the static bundle."""
        with self._lock:
            if self._undrawn and not plain:
                self._draw()
        unfolded = self._widget.unfolded if self._widget is not None else ()
        self._replace(
            reply_bundle(reply, unfolded=unfolded, plain=plain), output_metadata(reply), _ANNOUNCEMENTS[reply.state]
        )

    def fail(self, message: str) -> bool:
        """Replace the widget by an error message; if the cell itself shows the error, remove its output.

        Jupyter can only clear all outputs of a cell. Where the cell has done more than ask, one line stays.
        """
        cleared = not message and _only_asks()
        text = clean_text(message) or ("" if cleared else "No answer.")
        data = {"text/html": error_html(text), "text/plain": text} if text else None
        self._replace(data, {}, "There is no answer.")
        return cleared

    def _replace(self, data: dict[str, str] | None, about: dict[str, object], announcement: str) -> None:
        """Replace the widget in its output, in one step, or clear the outputs of the cell; close the widget."""
        from IPython.display import clear_output

        with self._lock:
            self._ended = True
            for timer in (self._timer, self._snapshot_timer):
                if timer is not None:
                    timer.cancel()
        try:
            if self._widget is not None:
                self._widget.send({"kind": "ended", "announcement": announcement})
            if data is None:
                clear_output(wait=True)  # when the error arrives, so that nothing below it jumps
            else:
                self._handle.update(data, raw=True, metadata=about)
        finally:
            if self._widget is not None and self._widget.pages > 1:
                # A reloaded page does not receive the new output, so the widget shows it.
                self._widget.snapshot = {"html": (data or {}).get("text/html", "")}
            elif self._widget is not None:
                _close(self._widget, self._begun + _PAGE_READY - time.monotonic())


def _close(widget: LiveReply, wait: float) -> None:
    """Close a widget when its page is ready: an earlier close would make the page report an error."""
    if wait <= 0:
        widget.close()
        return
    _later(wait, widget.close)


def _later(seconds: float, act: Callable[[], None]) -> threading.Timer:
    """Call a function later, with the output context of the cell that runs now."""
    timer = threading.Timer(seconds, contextvars.copy_context().run, [act])
    timer.daemon = True
    timer.start()
    return timer


class _LiveChoice:
    """The state of one choice in the browser, with all its rounds."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._rounds = 0  # rounds of the reply that are finished here too
        self._label = ""
        self._blocks = IncrementalMarkdown()
        self._finished: list[str] = []
        self._open = ""
        self._reasoning = ""
        self._extra = ""

    def update(self, reply: Reply) -> dict[str, Any]:
        """Return what the browser does not have yet."""
        choice, first = reply.choices[self._number], len(self._finished)
        finished = self._finished_rounds(reply) if self._number == 0 else []
        if reply.schema is None:
            grown = self._blocks.update(answer_text(choice))
            finished.extend(with_copy_buttons(html) for html in grown.closed)
            self._open = grown.open
        else:
            self._open = typed_answer_html(reply, self._number)
        self._finished.extend(finished)
        self._label, self._extra = choice_label(reply, self._number), extras_html(choice)
        reasoning = clean_text(reasoning_of_all_rounds(reply, self._number))
        # Send all reasoning again if it has changed: a closing tag in two pieces looked like reasoning at first.
        known = len(self._reasoning) if reasoning.startswith(self._reasoning) else 0
        self._reasoning = reasoning
        return self._message(first, known)

    def snapshot(self) -> dict[str, Any]:
        """Return everything so far."""
        return self._message(0, 0)

    def _message(self, first: int, known: int) -> dict[str, Any]:
        """Return the state without the blocks and the characters of reasoning that the browser has."""
        return {
            "label": self._label,
            "first": first,
            "blocks": self._finished[first:],
            "open": self._open,
            "extra": self._extra,
            "reasoning_at": known,
            "reasoning": self._reasoning[known:],
        }

    def _finished_rounds(self, reply: Reply) -> list[str]:
        """Return the blocks of the rounds that have ended since: the rest of their text, then their calls."""
        finished: list[str] = []
        for earlier in reply.rounds[self._rounds :]:
            choice = earlier.choices[0]
            grown = self._blocks.update(answer_text(choice), final=True)
            blocks = (*grown.closed, grown.open)
            finished.extend(with_copy_buttons(html) for html in blocks if html)
            finished.append(extras_html(choice))
            self._blocks = IncrementalMarkdown()
            self._rounds += 1
        return finished


def _only_asks() -> bool:
    """Whether the running cell is only a ``%%vision`` cell or a ``%vision`` line, so that all its outputs are ours."""
    from IPython.core.getipython import get_ipython

    kernel = getattr(get_ipython(), "kernel", None)
    parent = kernel.get_parent() if kernel is not None else None
    code = ((parent or {}).get("content") or {}).get("code")
    lines = (code if isinstance(code, str) else "").removeprefix("\ufeff").splitlines()
    written = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if not written:
        return False
    return re.match(r"%%vision\b", written[0]) is not None or (
        len(written) == 1 and re.match(r"%vision\b", written[0]) is not None
    )


def _kernel_id() -> str:
    """Return the Jupyter server's id of this kernel; empty if it is unknown."""
    try:
        from ipykernel.connect import get_connection_file

        name = Path(get_connection_file()).stem
    except Exception:  # not a kernel, or not one of ipykernel
        return ""
    match = re.search(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", name)
    return match[0] if match else ""
