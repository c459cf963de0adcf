"""Code that the panels share: controls in the browser, and rendering of an answer while it is being written."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import ipywidgets

from vision_magic.chat.events import ReasoningDelta, RetryScheduled, RetryStarted
from vision_magic.errors import VisionError
from vision_magic.notebook.frontend import join_files, script
from vision_magic.notebook.views.base import format_retry
from vision_magic.render.reply import reply_html
from vision_magic.render.theme import STYLE_SHEET
from vision_magic.session.default import session
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from vision_magic.chat.events import Event
    from vision_magic.chat.reply import Reply
    from vision_magic.session.background import BackgroundReply

__all__ = ["AnswerRenderer", "Panel", "default_model", "panel_script", "panel_style"]

_HERE: Final = Path(__file__).parent
_INTERVAL: Final = 0.05  # least seconds between two updates
_BYTES_PER_SECOND: Final = 500_000  # each update is the whole answer, which may have pictures


def panel_script(name: str) -> str:
    """Return the script of a panel, preceded by the controls."""
    return script(_HERE / "elements.js", _HERE / "controls.js", _HERE / name)


def panel_style(*names: str) -> str:
    """Return the style sheet of the controls, followed by those of a panel."""
    return join_files(STYLE_SHEET, *(_HERE / name for name in ("controls.css", *names)))


class Panel(ipywidgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """A frame for images above a form."""

    def _display_(self) -> Any:
        """Return the panel for marimo, which calls this: it shows each anywidget, but no container of ipywidgets."""
        import marimo

        return marimo.vstack(self.children)


def default_model(options: Mapping[str, Any]) -> str:
    """Return the model that is asked if the user names none; empty if it is unknown."""
    try:
        return session.settings(**options).model or ""
    except VisionError:
        return ""  # an error in the settings is shown when a question is asked


class AnswerRenderer:
    """Renderer of an answer while it is being written, in its own thread and at a limited rate."""

    def __init__(self, show: Callable[[str], None], background_reply: BackgroundReply) -> None:
        self._show = show
        self._background_reply = background_reply
        self._changed = threading.Event()
        self._ended = threading.Event()
        self._status = "asking"
        self._thread = threading.Thread(target=self._run, name="vision_magic-renderer", daemon=True)

    def start(self) -> None:
        """Show the model and host immediately, and start to render the answer."""
        self._changed.set()
        self._thread.start()

    def on_event(self, event: Event, reply: Callable[[], Reply]) -> None:
        """Note an event, which is rendered in the next update."""
        if isinstance(event, RetryScheduled | RetryStarted):
            self._status = format_retry(event)
        else:
            self._status = "reasoning" if isinstance(event, ReasoningDelta) else "answering"
        self._changed.set()

    def end(self) -> None:
        """Stop, and return when no update is in progress that could overwrite the final answer."""
        self._ended.set()
        self._changed.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            self._changed.wait()
            self._changed.clear()
            if self._ended.is_set():
                return
            started = time.monotonic()
            reply = self._background_reply.reply
            line = " · ".join(part for part in (reply.model, reply.host, self._status) if part)
            html = reply_html(reply, status=clean_text(line), live=True)
            self._show(html)
            # A long answer takes longer to render: leave four fifths of the time for reading the stream.
            self._ended.wait(max(_INTERVAL, 4 * (time.monotonic() - started), len(html) / _BYTES_PER_SECOND))
