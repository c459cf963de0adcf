"""The updating view: one output of plain HTML, replaced a few times a second while the answer is being written.

Every front end that can change an output shows it, without widgets or scripts. It has no Stop button, since a page
without widgets sends nothing to the kernel: the notebook's own button stops the answer. Finished blocks are rendered
once, but each update sends everything so far, so long answers are updated less often.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from vision_magic.notebook.views.activity import Activity
from vision_magic.notebook.views.base import View
from vision_magic.notebook.views.pacing import Pacer, later
from vision_magic.render.growing_choice import GrowingChoice
from vision_magic.render.reply import error_html, growing_html, output_metadata, reply_bundle, reply_text
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from vision_magic.chat.events import Event
    from vision_magic.chat.reply import Reply

__all__ = ["UpdatingView"]

_PULSE: Final = 1.0  # seconds after which the time on the line advances even if nothing arrives

# Announcements for screen readers when the answer has ended.
_ANNOUNCEMENTS: Final = {
    "complete": "The answer is complete.",
    "interrupted": "The answer was interrupted.",
    "truncated": "The answer is incomplete.",
}


class UpdatingView(View):
    """The view for a notebook whose page shows no widgets."""

    INTERVAL: ClassVar = 0.3
    """Least seconds between two updates, since the page renders the whole answer at each of them."""

    def __init__(self, interval: float = INTERVAL) -> None:
        self._pacer = Pacer(self._draw, interval)
        self._lock = self._pacer.lock
        self._activity = Activity()
        self._choices: list[GrowingChoice] = []
        self._reply: Callable[[], Reply] | None = None
        self._handle: Any = None
        self._target = ""
        self._begun = 0.0
        self._pulse_timer: threading.Timer | None = None
        self._ended = False

    def begin(self, target: str, stop: Callable[[], None], *, background: bool = False) -> None:
        """Show the model and host immediately."""
        self._open(target)
        self._keep_time()

    def _open(self, target: str, **beside: object) -> None:
        """Make the output; `beside` holds other forms of it, for pages that can show them."""
        from IPython.display import display

        self._begun = time.monotonic()
        self._target = clean_text(target)
        # For front ends that show plain text; some of them do not show later updates of the output.
        hint = "The answer is being written, and will be in _vision. "
        hint += "If it does not appear here, set VISION_MAGIC_DISPLAY=static."
        data = {**beside, "text/html": growing_html(self._line(), ()), "text/plain": hint}
        self._handle = display(data, raw=True, display_id=True)

    def sent(self) -> None:
        """Show that the server is working now."""
        self._activity.sent = True
        self._pacer.changed()

    def event(self, event: Event, reply: Callable[[], Reply]) -> None:
        """Update the reply, now or as soon as the interval allows."""
        with self._lock:
            self._reply = reply
            self._activity.note(event)
            self._pacer.changed()

    def end(self, reply: Reply, *, plain: bool = False) -> None:
        """Replace the output by the static bundle."""
        bundle = reply_bundle(reply, unfolded=self._unfolded(), plain=plain)
        self._finish(bundle, output_metadata(reply), _ANNOUNCEMENTS[reply.state])

    def fail(self, message: str) -> bool:
        """Replace the output by an error message; if the cell itself shows the error, remove it.

        Jupyter can only clear all outputs of a cell. Where the cell has done more than ask, one line stays.
        """
        cleared = not message and _only_asks()
        text = clean_text(message) or ("" if cleared else "No answer.")
        data = {"text/html": error_html(text), "text/plain": text} if text else None
        self._finish(data, {}, "There is no answer.")
        return cleared

    def _unfolded(self) -> Sequence[Collection[int]]:
        """Return the positions of the folds of each choice that the user has opened, if the page reports them."""
        return ()

    def _finish(self, data: dict[str, str] | None, about: dict[str, object], announcement: str) -> None:
        """Replace the output for the last time, or clear the outputs of the cell if there is nothing to show."""
        self._stop_drawing()
        self._replace(data, about)

    def _stop_drawing(self) -> None:
        with self._lock:
            self._ended = True
            self._pacer.stop()
            if self._pulse_timer is not None:
                self._pulse_timer.cancel()

    def _replace(self, data: dict[str, str] | None, about: dict[str, object]) -> None:
        from IPython.display import clear_output

        if data is None:
            clear_output(wait=True)  # when the error arrives, so that nothing below it jumps
        else:
            self._handle.update(data, raw=True, metadata=about)  # in one step

    def _updates(self) -> list[dict[str, Any]]:
        """Render what the reply has gained; return the updates of its choices."""
        if self._reply is None:
            return []
        reply = self._reply()
        self._choices.extend(GrowingChoice(number) for number in range(len(self._choices), len(reply.choices)))
        return [choice.update(reply) for choice in self._choices]

    def _draw(self) -> int:
        """Replace the output by everything so far; return the approximate number of bytes."""
        self._updates()
        return self._update()

    def _update(self, **beside: object) -> int:
        line = self._line()
        html = growing_html(line, [choice.html() for choice in self._choices])
        text = line if self._reply is None else reply_text(self._reply(), status=line)
        self._handle.update({**beside, "text/html": html, "text/plain": text}, raw=True)
        return len(html) + len(text)

    def _line(self) -> str:
        """Return the line above the answer: ``model · host · activity · seconds``."""
        doing = str(self._activity) or self._activity.waiting()
        return f"{self._target} · {doing} · {time.monotonic() - self._begun:.1f}\u00a0s"

    def _keep_time(self) -> None:
        """Let the time on the line advance even if nothing arrives."""
        self._pulse_timer = later(_PULSE, self._pulse)

    def _pulse(self) -> None:
        """Draw the time, until there is something to read, which then stays still between updates."""
        with self._lock:
            if self._ended or (self._reply is not None and self._reply().has_content):
                return
            self._pacer.changed()
            self._keep_time()


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
