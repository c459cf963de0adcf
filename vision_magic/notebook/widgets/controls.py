"""What do the panels share? The controls in the browser, and an answer that is drawn while it is written."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vision_magic.chat.events import ReasoningDelta, RetryScheduled, RetryStarted
from vision_magic.errors import VisionError
from vision_magic.notebook.live import SHARED
from vision_magic.notebook.views import wait_in_words
from vision_magic.render.reply import reply_html
from vision_magic.session.default import session
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from vision_magic.chat.events import Event
    from vision_magic.chat.reply import Reply
    from vision_magic.session.background import Answering

__all__ = ["Drawing", "default_model", "script", "style"]

_HERE: Final = Path(__file__).parent
_GAP: Final = 0.05  # seconds between two drawings, at the least


def script(name: str) -> str:
    """Return a panel's script with the controls before it."""
    return "\n".join((SHARED, *((_HERE / part).read_text(encoding="utf-8") for part in ("controls.js", name))))


def style(*names: str) -> str:
    """Return how the controls look, and a panel's own additions."""
    return "\n".join((_HERE / part).read_text(encoding="utf-8") for part in ("controls.css", *names))


def default_model(options: Mapping[str, Any]) -> str:
    """Return the model that is asked where none is named; empty where that cannot be said."""
    try:
        return session.settings(**options).model or ""
    except VisionError:
        return ""  # what is wrong with the settings is said when a question is asked


class Drawing:
    """Draws an answer while it is written, in a thread of its own and at a bounded rate."""

    def __init__(self, show: Callable[[str], None], answering: Answering) -> None:
        self._show = show
        self._answering = answering
        self._changed = threading.Event()
        self._ended = threading.Event()
        self._status = "asking"
        self._thread = threading.Thread(target=self._run, name="vision_magic-drawing", daemon=True)

    def start(self) -> None:
        """Show at once that something is happening, and go on."""
        self._changed.set()
        self._thread.start()

    def hear(self, event: Event, reply: Callable[[], Reply]) -> None:
        """Take note of an event; what it changes is drawn when its time comes."""
        if isinstance(event, RetryScheduled | RetryStarted):
            self._status = wait_in_words(event)
        else:
            self._status = "reasoning" if isinstance(event, ReasoningDelta) else "answering"
        self._changed.set()

    def end(self) -> None:
        """Draw no more: when this returns, nothing overtakes the whole answer."""
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
            reply = self._answering.reply
            where = " · ".join(part for part in (reply.model, reply.host, self._status) if part)
            self._show(reply_html(reply, status=clean_text(where), live=True))
            # A long answer takes longer to render: keep four fifths of the time for reading the stream.
            self._ended.wait(max(_GAP, 4 * (time.monotonic() - started)))
