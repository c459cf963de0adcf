"""A panel for asking without code: images, a question, a button, and the answer below while it is being written.

The call runs in its own thread, so that the notebook stays usable and Stop works. The answer is HTML that the renderer
has made safe. It is sent in messages and is not part of the state, so that it is not saved with the notebook.
"""

from __future__ import annotations

import keyword
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import traitlets

from vision_magic.chat.detail import DETAILS
from vision_magic.errors import CellError, RequestError
from vision_magic.notebook.cell import parse, pieces
from vision_magic.notebook.options import OPTIONS
from vision_magic.notebook.views.base import format_error
from vision_magic.notebook.widgets.controls import (
    AnswerRenderer,
    Form,
    ModelSuggestions,
    Panel,
    default_model,
    panel_script,
    panel_style,
)
from vision_magic.notebook.widgets.image_input import ImageInput
from vision_magic.render.reply import reply_html
from vision_magic.reprs import short_repr
from vision_magic.session.background import BackgroundReply
from vision_magic.session.default import astream
from vision_magic.session.guarded import refuses_keys

if TYPE_CHECKING:
    from vision_magic.chat.reply import Reply

__all__ = ["AskPanel"]

_DETAILS: Final = ("", *DETAILS)
_UNQUOTED: Final = re.compile(r"[\w./:@+=-]+")  # a value without the need for quotes on a %%vision line


class AskPanel(Panel):
    """A frame for images, a question, and the answer.

    Parameters
    ----------
    name : str
        The variable that holds the panel; "Show as cell" refers to it.
    **options
        Options of `vision_magic.ask` for every question asked here: ``profile``, ``system``, ``max_tokens`` …

    Attributes
    ----------
    images_input : ImageInput
        The frame for images.
    reply : Reply or None
        The last reply, complete or not.

    Raises
    ------
    RequestError
        The name cannot be the name of a variable.

    Examples
    --------
    >>> panel = AskPanel(name="panel", profile="embedded")
    >>> panel.reply is None
    True
    """

    _background_reply: BackgroundReply | None = None

    @refuses_keys
    def __init__(self, name: str = "panel", **options: Any) -> None:
        if not isinstance(name, str) or not name.isidentifier() or keyword.iskeyword(name):
            raise RequestError(
                f"name got {short_repr(name)}; expected the name of the variable that holds the panel: 'panel'."
            )
        self._name = name
        self._options = options
        self._lock = threading.RLock()
        self._html = ""
        self.reply: Reply | None = None
        self.images_input = ImageInput()
        self._form = _AskForm(_default_model=default_model(options))
        self._models = ModelSuggestions(self._form, lambda: options)
        self._form.on_msg(self._on_message)
        super().__init__(children=(self.images_input, self._form))

    def stop(self) -> None:
        """End the call and keep what arrived."""
        if self._background_reply is not None:
            self._background_reply.stop()

    def close(self) -> None:
        """Stop the call and remove the panel."""
        self.stop()
        for child in self.children:  # empty if the constructor raised an error for the name
            child.close()
        super().close()

    def __repr__(self) -> str:
        return f"<AskPanel: {'no answer yet' if self.reply is None else self.reply.state}>"

    # -- messages from the browser -------------------------------------------------------------------------

    def _on_message(self, widget: object, content: Any, buffers: object) -> None:
        """Handle a message. It contains the fields, since it can arrive before their state."""
        if not isinstance(content, Mapping):
            return
        kind = content.get("kind")
        if kind == "ask":
            self._ask(_Fields.from_message(content))
        elif kind == "stop":
            self.stop()
        elif kind == "cell":
            text, note = as_cell(_Fields.from_message(content), self._images_expression(), self._options)
            self._form.send({"kind": "cell", "text": text, "note": note})
        elif kind == "models":
            self._models.request()
        elif kind == "hello":
            self._form.send({"kind": "answer", "html": self._html})

    def _images_expression(self) -> str:
        several = len(self.images_input.value) > 1
        return f"{self._name}.images_input{'.images' if several else ''}"

    def _ask(self, fields: _Fields) -> None:
        with self._lock:
            if self._background_reply is not None and not self._background_reply.done:
                return
            try:
                # Without images, the frame itself raises the error that explains what to do.
                images = self.images_input.each() or (self.images_input,)
                background_reply = BackgroundReply(
                    astream(*images, fields.prompt, **{**self._options, **fields.options()})
                )
            except Exception as error:  # of any class: a notebook would swallow it
                self._show_error(error)
                self._form.send({"kind": "refused"})  # even if the error message has not changed
                return
            self._background_reply = background_reply
        self._form.error = ""
        self._form.running = True
        renderer = AnswerRenderer(self._show, background_reply)
        renderer.start()
        background_reply.start(renderer.on_event, lambda ended: self._end(ended, renderer))

    def _show(self, html: str) -> None:
        self._html = html
        self._form.send({"kind": "answer", "html": html})

    def _end(self, background_reply: BackgroundReply, renderer: AnswerRenderer) -> None:
        renderer.end()
        error = background_reply.error
        reply = background_reply.reply if error is None or background_reply.reply.has_content else None
        self.reply = reply
        self._show(reply_html(reply) if reply is not None else "")
        if error is not None:
            self._show_error(error)
        self._form.running = False

    def _show_error(self, error: Exception) -> None:
        self._form.error = format_error(error)


class _AskForm(Form):
    """The fields, the buttons and the area of the answer."""

    _esm = panel_script("ask_panel.js")
    _css = panel_style()

    temperature = traitlets.Unicode("", help="as it was typed").tag(sync=True)
    detail = traitlets.Enum(_DETAILS, default_value="", help="detail level of the images").tag(sync=True)


@dataclass(frozen=True, slots=True)
class _Fields:
    """The contents of the fields when a button was pressed."""

    prompt: str
    model: str
    temperature: str
    detail: str

    @classmethod
    def from_message(cls, content: Mapping[str, Any]) -> _Fields:
        prompt, model, temperature, detail = (
            str(content.get(name) or "").strip() for name in ("prompt", "model", "temperature", "detail")
        )
        return cls(prompt, model, temperature, detail if detail in _DETAILS else "")

    def options(self) -> dict[str, Any]:
        """Return the fields that are not empty as options of `ask`, which checks them."""
        given = {"model": self.model, "temperature": _number(self.temperature), "detail": self.detail}
        return {name: value for name, value in given.items() if value != ""}


def as_cell(fields: _Fields, images: str, options: Mapping[str, Any]) -> tuple[str, str]:
    """Return the text of a cell that asks the same question, and a note on differences from the panel.

    Parameters
    ----------
    fields : _Fields
        The contents of the fields.
    images : str
        The Python expression of the images.
    options : mapping
        The options of the panel; the fields override them.
    """
    merged = {**options, **fields.options()}
    written = {name: _option_text(name, value) for name, value in merged.items()}
    line = " ".join([images, *filter(None, written.values())])
    text = f"%%vision {line}\n{_escape_braces(fields.prompt)}"
    left_out = [name for name, option in written.items() if option is None]
    notes = [f"The cell leaves out: {', '.join(left_out)}."] if left_out else []
    if not fields.prompt:
        notes.append("Write the question below its first line.")
    elif not _cell_asks(line, fields.prompt):
        notes.append("The cell reads the braces of this question as names from the notebook.")
    return text, " ".join(notes)


def _cell_asks(line: str, prompt: str) -> bool:
    """Whether a cell with this line asks exactly this question."""
    try:
        parsed = pieces(parse(line, _escape_braces(prompt)).prompt)
    except CellError:
        return False
    return all(isinstance(piece, str) for piece in parsed) and "".join(map(str, parsed)) == prompt


def _escape_braces(prompt: str) -> str:
    """Escape the braces of a question, since a cell would read ``{fig}`` as a name."""
    if "{{" in prompt:
        return prompt
    return "".join(piece if isinstance(piece, str) else f"{{{piece.source}}}" for piece in pieces(prompt))


def _option_text(name: str, value: Any) -> str | None:
    """Return an option in the form of a cell's line; None if a cell cannot express it."""
    for option in OPTIONS:
        if option.dest != name or ((option.repeatable or option.nargs) and isinstance(value, list | tuple | dict)):
            continue
        if option.takes_value:
            return f"{option.option_strings[0]} {_quoted(value)}" if isinstance(value, str | int | float) else None
        if option.const == value:
            return option.option_strings[-1]
    return "" if name in {option.dest for option in OPTIONS} and value in (False, None) else None


def _quoted(value: str | float) -> str:
    text = str(value)
    return text if _UNQUOTED.fullmatch(text) and not text.startswith("-") else repr(text)


def _number(text: str) -> float | str:
    """Convert a typed number, also with a decimal comma; return the string itself if it is not a number."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return text
