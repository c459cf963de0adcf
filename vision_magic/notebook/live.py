"""How does an answer appear while it is written? In one output that grows, or once at its end, or as text.

Three views of one stream. A notebook with a person before it gets one output, redrawn at a bounded pace and at
last replaced by the static bundle. A notebook run by a program gets the static bundle only: such clients keep
the first output and ignore updates. A terminal gets the text as it comes.
"""

from __future__ import annotations

import contextvars
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

from vision_magic.chat.events import RefusalDelta, TextDelta, Waiting
from vision_magic.chat.markup import clean_text, safe_html
from vision_magic.chat.render import bundle, metadata, receipt_html, reply_html, reply_text, status_line
from vision_magic.errors import SettingsError
from vision_magic.images.image import Image, RemoteImage

if TYPE_CHECKING:
    from vision_magic.chat.events import Event
    from vision_magic.chat.receipt import Receipt
    from vision_magic.chat.reply import Reply

__all__ = ["View", "choose_mode", "show_dry_run", "show_image", "view_for"]

Mode = Literal["live", "static", "terminal"]

_GAP: Final = 0.05  # seconds between two drawings, at the least


class View(Protocol):
    """What shows one answer."""

    def begin(self, waiting: str) -> None:
        """Say what is being waited for, before anything has arrived."""

    def event(self, event: Event, reply: Callable[[], Reply]) -> None:
        """Take one event; `reply` gives the reply so far, where it is needed."""

    def end(self, reply: Reply) -> None:
        """Show the reply as it stays, whole or not."""

    def clear(self) -> None:
        """Take the waiting line away: nothing arrived, and an error follows."""


def view_for(shell: Any) -> View:
    """Return the view for a shell: what ``VISION_MAGIC_DISPLAY`` says, else what the client can show."""
    mode = choose_mode(shell, os.environ.get("VISION_MAGIC_DISPLAY", "auto"))
    views: dict[Mode, Callable[[], View]] = {"live": _LiveView, "static": _StaticView, "terminal": _TerminalView}
    return views[mode]()


def choose_mode(shell: Any, wish: str) -> Mode:
    """Return how answers are shown.

    Parameters
    ----------
    shell : InteractiveShell
        A kernel's shell tells whether its client takes part: nbval, nbclient and papermill send
        ``allow_stdin: false`` with each cell, JupyterLab, Notebook and VS Code send true.
    wish : {"auto", "live", "static"}
        ``auto`` decides by that.
    """
    if wish not in ("auto", "live", "static"):
        raise SettingsError(f"VISION_MAGIC_DISPLAY is {wish!r}; expected auto, live or static.")
    kernel = getattr(shell, "kernel", None)
    if kernel is None:
        return "terminal"
    if wish == "auto":
        content = (kernel.get_parent() or {}).get("content", {})
        return "live" if content.get("allow_stdin") else "static"
    return "live" if wish == "live" else "static"


def show_dry_run(shell: Any, receipt: Receipt, request: str) -> None:
    """Show what would be sent: the receipt, and the request as JSON without its data URIs."""
    text = f"{receipt}\n\n{request}"
    if getattr(shell, "kernel", None) is None:
        sys.stdout.write(clean_text(text) + "\n")
        return
    from IPython.display import display

    # A <pre> would be taken for output of ours by the page's style sheet; the language's colours help to read it.
    html = receipt_html(receipt, opened=True) + safe_html(f"```json\n{request}\n```")
    display({"text/html": html, "text/plain": clean_text(text)}, raw=True)


def show_image(image: Image | RemoteImage) -> None:
    """Show a picture as it would be sent."""
    from IPython.display import display

    if isinstance(image, RemoteImage):
        return  # never loaded by an output
    display({image.media_type: image.data, "text/plain": repr(image)}, raw=True)


class _StaticView:
    """One output, at the end."""

    def begin(self, waiting: str) -> None:
        pass

    def event(self, event: Event, reply: Callable[[], Reply]) -> None:
        pass

    def end(self, reply: Reply) -> None:
        from IPython.display import display

        # Raw: given to Markdown or HTML objects, a text that names a file or address would be read or fetched.
        display(bundle(reply), raw=True, metadata=metadata(reply))

    def clear(self) -> None:
        pass


class _LiveView:
    """One output that grows; drawn at once, then at most every `_GAP` seconds, the last drawing never lost."""

    def __init__(self) -> None:
        self._handle: Any = None
        self._reply: Callable[[], Reply] | None = None
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._next = 0.0
        self._ended = False
        self._waiting = ""

    def begin(self, waiting: str) -> None:
        from IPython.display import display

        from vision_magic.chat.reply import Reply

        html = reply_html(Reply(), status=waiting, live=True)
        self._handle = display({"text/html": html, "text/plain": waiting}, raw=True, display_id=True)

    def event(self, event: Event, reply: Callable[[], Reply]) -> None:
        with self._lock:
            self._reply = reply
            self._waiting = _wait_in_words(event) if isinstance(event, Waiting) else ""
            wait = self._next - time.monotonic()
            if wait <= 0:
                self._draw()
            elif self._timer is None:
                # What waits is drawn even if nothing follows for long. The copied context tells the kernel
                # which cell this belongs to.
                draw = contextvars.copy_context().run
                self._timer = threading.Timer(wait, draw, [self._draw_late])
                self._timer.daemon = True
                self._timer.start()

    def _draw_late(self) -> None:
        with self._lock:
            self._timer = None
            if not self._ended:
                self._draw()

    def _draw(self) -> None:
        started = time.monotonic()
        if self._reply is not None:
            reply = self._reply()
            line = self._waiting or _progress(reply)
            self._update({"text/html": reply_html(reply, status=line, live=True), "text/plain": ""})
        # A long answer takes longer to draw: keep four fifths of the time for reading the stream.
        now = time.monotonic()
        self._next = now + max(_GAP, 4 * (now - started))

    def _update(self, data: dict[str, str]) -> None:
        self._handle.update(data, raw=True)

    def end(self, reply: Reply) -> None:
        self._stop()
        self._handle.update(bundle(reply), raw=True, metadata=metadata(reply))

    def clear(self) -> None:
        self._stop()
        self._update({"text/plain": ""})

    def _stop(self) -> None:
        with self._lock:
            self._ended = True
            if self._timer is not None:
                self._timer.cancel()


class _TerminalView:
    """Text as it comes, then the line that says who answered; several choices one after another, at the end."""

    def __init__(self) -> None:
        self._printed = False

    def begin(self, waiting: str) -> None:
        pass

    def event(self, event: Event, reply: Callable[[], Reply]) -> None:
        if isinstance(event, Waiting):
            sys.stdout.write(_wait_in_words(event) + "\n")
        elif isinstance(event, TextDelta | RefusalDelta) and event.choice == 0:
            sys.stdout.write(clean_text(event.text))
            sys.stdout.flush()
            self._printed = True

    def end(self, reply: Reply) -> None:
        streamed = self._printed and len(reply.choices) == 1 and not reply.tool_calls
        rest = status_line(reply) if streamed else reply_text(reply)
        sys.stdout.write(("\n\n" if self._printed else "") + rest + "\n")

    def clear(self) -> None:
        pass


def _wait_in_words(event: Waiting) -> str:
    return clean_text(f"trying again in {event.seconds:.1f} s · {event.reason}")


def _progress(reply: Reply) -> str:
    if not any(choice.text or choice.refusal for choice in reply.choices):
        return f"{reply.model} · {reply.host} · {'reasoning' if reply.reasoning else 'waiting for the first token'}"
    return f"{reply.model} · {reply.host} · answering"
