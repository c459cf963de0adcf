"""How does an answer appear while it is written? In a small widget that receives blocks, and gives way to plain HTML.

Finished blocks are rendered and sent once; the block that is still open goes out at most ten times a second, the
first words at once. What the browser missed, because it was not ready, comes again with the next snapshot. At the
end the same output is replaced by the static bundle and the widget is closed: the file keeps the answer, and nothing
of the widget.
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
    ReasoningDelta,
    RefusalDelta,
    RetryScheduled,
    RetryStarted,
    TextDelta,
    ToolCallDelta,
    ToolFinished,
    ToolStarted,
)
from vision_magic.notebook.views import wait_in_words
from vision_magic.render.incremental_markdown import IncrementalMarkdown
from vision_magic.render.reasoning import answer_text, reasoning_of_all_rounds
from vision_magic.render.reply import (
    choice_label,
    extras_html,
    output_metadata,
    reply_bundle,
    typed_answer_html,
    with_copy_buttons,
)
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from vision_magic.chat.events import Event
    from vision_magic.chat.reply import Reply

__all__ = ["SHARED", "LiveReply", "LiveView", "answer_beside_the_cell"]

_HERE: Final = Path(__file__).parent
SHARED: Final = (_HERE / "shared.js").read_text(encoding="utf-8")  # before each script, ours and those of the panels
_GAP: Final = 0.1  # seconds between two drawings, at the least; twice as often is not seen, and costs twice
_BYTES_A_SECOND: Final = 100_000  # more than that would be lost on the way in a busy server
_SETTLED: Final = 2.0  # seconds after which the page has made the widget
_SNAPSHOTS: Final = (0.4, 1.2, 3.0)  # seconds after the start, then as often as the last gap


_ENDED: Final = {
    "complete": "The answer is complete.",
    "interrupted": "The answer was interrupted.",
    "truncated": "The answer is incomplete.",
}


class LiveReply(anywidget.AnyWidget):
    """One answer while it is written. Its state holds what is shown, and nothing else."""

    _esm = f"{SHARED}\n{(_HERE / 'live.js').read_text(encoding='utf-8')}"
    _css = _HERE / "live.css"

    asked = traitlets.Unicode("", help="who was asked").tag(sync=True)
    kernel_id = traitlets.Unicode("", help="for interrupting where the kernel is busy").tag(sync=True)
    sent = traitlets.Bool(False, help="whether the question has gone out").tag(sync=True)
    background = traitlets.Bool(False, help="whether no cell waits for it: then nothing is interrupted").tag(sync=True)
    snapshot = traitlets.Dict(help="everything so far, now and then").tag(sync=True)

    def __init__(self, stop: Callable[[], None], **traits: Any) -> None:
        super().__init__(**traits)
        self.pages = 0  # that have begun to show it: a second one is the first one loaded again
        self.unfolded: list[list[int]] = []  # which folds of each choice the person looks at, counted from its top
        self._stop = stop
        self.on_msg(self._hear)
        answer_beside_the_cell(self.comm)

    def _hear(self, widget: object, content: Any, buffers: object) -> None:
        kind = content.get("kind") if isinstance(content, dict) else None
        if kind == "stop":
            self.send({"kind": "stopping"})  # heard: the page need not interrupt the kernel
            self._stop()
        elif kind == "here":
            self.pages += 1
        elif kind == "unfolded":
            choices = _list(content.get("places"))
            self.unfolded = [[place for place in _list(places) if type(place) is int] for places in choices]

    def close(self) -> None:
        """Close it, and its layout, which ipywidgets would keep in the kernel and the page for good."""
        super().close()
        self.layout.close()

    def __repr__(self) -> str:
        return "<LiveReply>"  # without an address, so that outputs stay equal


def _list(told: object) -> list[Any]:
    """Return a list that the page told; an empty one in the place of anything else."""
    return told if isinstance(told, list) else []


def answer_beside_the_cell(comm: Any) -> None:
    """Let the Stop button be heard while the cell runs, on kernels that listen in threads beside it (ipykernel 7).

    Since 7.4 a comm's messages go to the shell that sent on it last, which is the busy one:
    https://github.com/ipython/ipykernel/pull/1565. And a message that is handled beside a cell makes matplotlib
    show the cell's pending figure in the wrong place: https://github.com/ipython/ipykernel/issues/1564.
    """
    if hasattr(comm, "_reply_subshell_for"):
        comm._reply_subshell_for = lambda data, default: default
    if hasattr(comm, "_msg_callback"):
        comm.handle_msg = lambda message: comm._msg_callback(message) if comm._msg_callback else None


class LiveView:
    """The view of a notebook with a person before it."""

    def __init__(self) -> None:
        self._widget: LiveReply | None = None
        self._handle: Any = None
        self._lock = threading.RLock()
        self._timer: threading.Timer | None = None
        self._snapshot_timer: threading.Timer | None = None
        self._reply: Callable[[], Reply] | None = None
        self._choices: list[_Growing] = []
        self._status = ""
        self._begun = self._next = self._next_snapshot = 0.0
        self._first_word: float | None = None
        self._words = 0
        self._ended = False

    def begin(self, asked: str, stop: Callable[[], None], *, background: bool = False) -> None:
        """Show at once who was asked, with a button that stops."""
        from IPython.display import display

        self._begun = time.monotonic()
        self._next_snapshot = self._begun + _SNAPSHOTS[0]
        self._widget = LiveReply(stop, asked=clean_text(asked), kernel_id=_kernel_id(), background=background)
        view = {
            "application/vnd.jupyter.widget-view+json": {
                "version_major": 2,
                "version_minor": 1,
                "model_id": self._widget.model_id,
            },
            # For a front end that has no widgets, and would not show what takes their place either.
            "text/plain": "The answer is being written, and will be in _vision. "
            "If it does not appear here, set VISION_MAGIC_DISPLAY=static.",
        }
        self._handle = display(view, raw=True, display_id=True)

    def sent(self) -> None:
        """Show that from here on the server is waited for."""
        if self._widget is not None:
            self._widget.sent = True

    def event(self, event: Event, reply: Callable[[], Reply]) -> None:
        """Draw now, or as soon as the pace allows."""
        with self._lock:
            self._reply = reply
            self._count(event)
            wait = self._next - time.monotonic()
            if wait <= 0:
                self._draw()
            elif self._timer is None:
                # What waits is drawn even if nothing follows for long.
                self._timer = _later(wait, self._draw_late)

    def _count(self, event: Event) -> None:
        if isinstance(event, RetryScheduled | RetryStarted):
            self._status = wait_in_words(event)
        elif isinstance(event, ReasoningDelta):
            self._status = "reasoning"
        elif isinstance(event, ToolStarted):
            self._status = f"calling {clean_text(event.call.name)}"
        elif isinstance(event, ToolFinished):
            self._status = "answering"
        elif isinstance(event, TextDelta | RefusalDelta | ToolCallDelta):
            now = time.monotonic()
            self._first_word = self._first_word or now
            self._words += 1
            spent = now - self._first_word
            self._status = f"≈ {self._words / spent:.0f} tokens/s" if spent > 1 else "answering"

    def _draw_late(self) -> None:
        with self._lock:
            self._timer = None
            if not self._ended:
                self._draw()

    def _draw(self) -> None:
        started = time.monotonic()
        sent = self._send() if self._reply is not None else 0
        # A long block takes longer to render: keep four fifths of the time for reading the stream.
        now = time.monotonic()
        self._next = now + max(_GAP, 4 * (now - started), sent / _BYTES_A_SECOND)

    def _send(self) -> int:
        """Send what has grown, and now and then everything; return about how many bytes that were."""
        widget, reply = self._widget, self._reply
        if widget is None or reply is None:
            return 0
        so_far = reply()
        self._choices.extend(_Growing(number) for number in range(len(self._choices), len(so_far.choices)))
        grown = [growing.grow(so_far) for growing in self._choices]
        widget.send({"kind": "grow", "status": self._status, "choices": grown})
        wait = self._next_snapshot - time.monotonic()
        if wait <= 0:
            self._snap()
        elif self._snapshot_timer is None:
            # The page may have missed the last that comes for long.
            self._snapshot_timer = _later(wait, self._snap_late)
        return sum(len(block) for one in grown for block in (*one["blocks"], one["open"]))

    def _snap(self) -> None:
        """Send everything so far."""
        now = time.monotonic()
        coming = [moment for moment in _SNAPSHOTS if self._begun + moment > now]
        self._next_snapshot = self._begun + coming[0] if coming else now + _SNAPSHOTS[-1]
        if self._widget is not None:
            self._widget.snapshot = {"status": self._status, "choices": [growing.whole() for growing in self._choices]}

    def _snap_late(self) -> None:
        with self._lock:
            self._snapshot_timer = None
            if not self._ended:
                self._snap()

    def end(self, reply: Reply) -> None:
        """Show the last words, which are there sooner, and put the static bundle in the place of the widget."""
        with self._lock:
            if self._timer is not None:
                self._draw()
        unfolded = self._widget.unfolded if self._widget is not None else ()
        self._replace(reply_bundle(reply, unfolded=unfolded), output_metadata(reply), _ENDED[reply.state])

    def fail(self, message: str) -> None:
        """Put a message there, or nothing, where the cell itself fails."""
        from vision_magic.render.reply import error_html

        text = clean_text(message)
        data = {"text/html": error_html(text), "text/plain": text} if text else {"text/plain": ""}
        self._replace(data, {}, "There is no answer.")

    def _replace(self, data: dict[str, str], about: dict[str, object], words: str) -> None:
        """Put what stays in the place of the widget, in one step, and close it."""
        with self._lock:
            self._ended = True
            for timer in (self._timer, self._snapshot_timer):
                if timer is not None:
                    timer.cancel()
        try:
            if self._widget is not None:
                self._widget.send({"kind": "ended", "words": words})
            self._handle.update(data, raw=True, metadata=about)
        finally:
            if self._widget is not None and self._widget.pages > 1:
                # A page that was loaded again hears of no output that takes the place of this one.
                self._widget.snapshot = {"html": data.get("text/html", "")}
            elif self._widget is not None:
                _close(self._widget, self._begun + _SETTLED - time.monotonic())


def _close(widget: LiveReply, wait: float) -> None:
    """Close a widget; one that has just been made only when its page is ready, which would report an error else."""
    if wait <= 0:
        widget.close()
        return
    _later(wait, widget.close)


def _later(seconds: float, act: Callable[[], None]) -> threading.Timer:
    """Do something later, for the cell that runs now."""
    timer = threading.Timer(seconds, contextvars.copy_context().run, [act])
    timer.daemon = True
    timer.start()
    return timer


class _Growing:
    """One choice on its way to the browser, all its rounds one below the other."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._rounds = 0  # of the reply's rounds, how many are finished here too
        self._label = ""
        self._blocks = IncrementalMarkdown()
        self._finished: list[str] = []
        self._open = ""
        self._thought = ""
        self._extra = ""

    def grow(self, reply: Reply) -> dict[str, Any]:
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
        thought = clean_text(reasoning_of_all_rounds(reply, self._number))
        # All of it again where it is not only longer: a tag that closes in two pieces takes the first one back.
        before = len(self._thought) if thought.startswith(self._thought) else 0
        self._thought = thought
        return {
            "label": self._label,
            "first": first,
            "blocks": finished,
            "open": self._open,
            "extra": self._extra,
            "thought_at": before,
            "thought": thought[before:],
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

    def whole(self) -> dict[str, Any]:
        """Return everything so far."""
        return {
            "label": self._label,
            "first": 0,
            "blocks": list(self._finished),
            "open": self._open,
            "extra": self._extra,
            "thought_at": 0,
            "thought": self._thought,
        }


def _kernel_id() -> str:
    """Return what the Jupyter server calls this kernel; empty where nobody knows."""
    try:
        from ipykernel.connect import get_connection_file

        name = Path(get_connection_file()).stem
    except Exception:  # no kernel, or one of another kind
        return ""
    match = re.search(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", name)
    return match[0] if match else ""
