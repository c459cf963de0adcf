"""Code that the panels share: controls in the browser, and rendering of an answer while it is being written."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import anywidget
import ipywidgets
import traitlets
from IPython.core.getipython import get_ipython

from vision_magic.chat.events import ReasoningDelta, RetryScheduled, RetryStarted
from vision_magic.errors import ServerError, VisionError
from vision_magic.notebook.frontend import handle_beside_cells, join_files, script
from vision_magic.notebook.model_list import PICTURES, list_models
from vision_magic.notebook.state import state_of
from vision_magic.notebook.views.base import format_error, format_retry
from vision_magic.render.reply import reply_html
from vision_magic.render.theme import STYLE_SHEET
from vision_magic.secrets import redact
from vision_magic.session.default import session
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from vision_magic.chat.events import Event
    from vision_magic.chat.reply import Reply
    from vision_magic.session.background import BackgroundReply
    from vision_magic.wire.discovery import Model

__all__ = ["AnswerRenderer", "Form", "ModelSuggestions", "Panel", "default_model", "panel_script", "panel_style"]

_HERE: Final = Path(__file__).parent
_NO_LIST: Final = (404, 405, 501)  # statuses of servers that have no list of models
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


class Form(anywidget.AnyWidget):
    """The fields and buttons of a panel. Its state holds the typed text; answers are sent in messages."""

    prompt = traitlets.Unicode("", help="the question").tag(sync=True)
    model = traitlets.Unicode("", help="the model; if empty, the one chosen elsewhere").tag(sync=True)
    running = traitlets.Bool(False, help="whether an answer is being written").tag(sync=True)
    error = traitlets.Unicode("", help="the error message").tag(sync=True)
    _default_model = traitlets.Unicode("", help="placeholder of the empty model field").tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        handle_beside_cells(self.comm)

    @traitlets.validate("model")
    def _without_key(self, proposal: Any) -> str:
        """Remove a key that was pasted into the field, because the state can be saved with the notebook."""
        return redact(proposal["value"])

    def __repr__(self) -> str:
        return f"<{type(self).__name__.strip('_')}>"  # without an address, so that outputs stay equal


def default_model(options: Mapping[str, Any]) -> str:
    """Return the model that is asked if the user names none; empty if it is unknown."""
    try:
        return session.settings(**options).model or ""
    except VisionError:
        return ""  # an error in the settings is shown when a question is asked


class ModelSuggestions:
    """The models that a panel suggests: those that its server lists, requested when the model field gets the focus.

    They are sent in messages, and a thread waits for the server, so that the kernel stays free.
    """

    def __init__(self, form: Form, options: Callable[[], Mapping[str, Any]]) -> None:
        self._form = form
        self._options = options
        self._lock = threading.Lock()

    def request(self) -> None:
        """List the models, unless they are being listed."""
        if self._lock.acquire(blocking=False):
            threading.Thread(target=self._run, name="vision_magic-models", daemon=True).start()

    def _run(self) -> None:
        try:
            models, note = _models_or_note(self._options())
        finally:
            self._lock.release()
        shell = get_ipython()
        if shell is not None and models:
            state_of(shell).listed_models = tuple(model.id for model in models)
        listed = [(model.id, PICTURES[model.vision]) for model in models if model.id == clean_text(model.id)[:200]]
        self._form.send({"kind": "models", "models": listed, "note": note})


def _models_or_note(options: Mapping[str, Any]) -> tuple[tuple[Model, ...], str]:
    """Return the models that a server lists, or what to do without a list."""
    try:
        if models := list_models(**options):
            return models, ""
    except ServerError as error:
        if error.status not in _NO_LIST:
            return (), format_error(error)
    except Exception as error:  # of any class: it would end the thread without a word
        return (), format_error(error)
    return (), f"{session.settings(**options).host} lists no models; type the name of one."


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
