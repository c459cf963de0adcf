"""How does one ask without writing code? A picture, a question, a button, and the answer below while it is written.

The call runs in a thread of its own, so that the notebook stays free and Stop is heard. The answer is HTML that the
renderer has made safe; it travels as messages and is no state, so nothing of it is saved with the notebook.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import anywidget
import ipywidgets
import traitlets

from vision_magic.errors import CellError
from vision_magic.notebook.cell import parse, pieces
from vision_magic.notebook.live import answer_beside_the_cell
from vision_magic.notebook.options import BY_FLAG, OPTIONS
from vision_magic.notebook.views import has_content, in_words
from vision_magic.notebook.widgets.controls import Drawing, default_model, script, style
from vision_magic.notebook.widgets.image_input import ImageInput
from vision_magic.render.reply import reply_html
from vision_magic.session.background import Answering
from vision_magic.session.default import astream

if TYPE_CHECKING:
    from vision_magic.chat.reply import Reply

__all__ = ["AskPanel"]

_DETAILS: Final = ("", "auto", "low", "high")
_PLAIN: Final = re.compile(r"[\w./:@+=-]+")  # a word that a %%vision line takes without quotes


class AskPanel(ipywidgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """A frame for pictures, a question, and the answer.

    Parameters
    ----------
    name : str
        The variable that the panel is kept in: "Show as cell" writes it.
    **options
        As for `vision_magic.ask`, for every question asked here: ``profile``, ``system``, ``max_tokens`` …

    Attributes
    ----------
    images_input : ImageInput
        The frame.
    reply : Reply or None
        The last answer, whole or as far as it came.

    Examples
    --------
    >>> panel = AskPanel(name="panel", profile="embedded")
    >>> panel.reply is None
    True
    """

    _answering: Answering | None = None

    def __init__(self, name: str = "panel", **options: Any) -> None:
        if not str(name).isidentifier():
            raise ValueError(f"name got {name!r}; expected the name of the variable that holds the panel: 'panel'.")
        self._name = name
        self._options = options
        self._lock = threading.RLock()
        self._html = ""
        self.reply: Reply | None = None
        self.images_input = ImageInput()
        self._form = _AskForm(default_model(options))
        self._form.on_msg(self._hear)
        super().__init__(children=(self.images_input, self._form))

    def stop(self) -> None:
        """End the call; what arrived is kept."""
        if self._answering is not None:
            self._answering.stop()

    def close(self) -> None:
        """End the call and take the panel away."""
        self.stop()
        for child in self.children:  # none of them in a panel whose name was refused
            child.close()
        super().close()

    def __repr__(self) -> str:
        return f"<AskPanel: {'no answer yet' if self.reply is None else self.reply.state}>"

    # -- what the browser says -----------------------------------------------------------------------------

    def _hear(self, widget: object, content: Any, buffers: object) -> None:
        """Take a message; it brings the fields along, for it may come before their state."""
        if not isinstance(content, Mapping):
            return
        kind = content.get("kind")
        if kind == "ask":
            self._ask(_Asked.of(content))
        elif kind == "stop":
            self.stop()
        elif kind == "cell":
            text, note = as_cell(_Asked.of(content), self._picture_words(), self._options)
            self._form.send({"kind": "cell", "text": text, "note": note})
        elif kind == "hello":
            self._form.send({"kind": "answer", "html": self._html})

    def _picture_words(self) -> str:
        several = len(self.images_input.value) > 1
        return f"{self._name}.images_input{'.images' if several else ''}"

    def _ask(self, asked: _Asked) -> None:
        with self._lock:
            if self._answering is not None and not self._answering.done:
                return
            try:
                # With none there, the frame itself says what to do.
                pictures = self.images_input.each() or (self.images_input,)
                answering = Answering(astream(*pictures, asked.prompt, **{**self._options, **asked.options()}))
            except Exception as error:  # also what nobody thought of: a notebook would swallow it
                self._fail(error)
                self._form.send({"kind": "refused"})  # the same words twice are no change
                return
            self._answering = answering
        self._form.error = ""
        self._form.running = True
        drawing = Drawing(self._show, answering)
        drawing.start()
        answering.start(drawing.hear, lambda ended: self._end(ended, drawing))

    def _show(self, html: str) -> None:
        self._html = html
        self._form.send({"kind": "answer", "html": html})

    def _end(self, answering: Answering, drawing: Drawing) -> None:
        drawing.end()
        error = answering.error
        reply = answering.reply if error is None or has_content(answering.reply) else None
        self.reply = reply
        self._show(reply_html(reply) if reply is not None else "")
        if error is not None:
            self._fail(error)
        self._form.running = False

    def _fail(self, error: Exception) -> None:
        self._form.error = in_words(error)


class _AskForm(anywidget.AnyWidget):
    """The fields, the buttons and the place of the answer."""

    _esm = script("ask_panel.js")
    _css = style()

    prompt = traitlets.Unicode("", help="the question").tag(sync=True)
    model = traitlets.Unicode("", help="the model; the profile's own where it is empty").tag(sync=True)
    temperature = traitlets.Unicode("", help="as it is typed").tag(sync=True)
    detail = traitlets.Enum(_DETAILS, default_value="", help="how closely to look").tag(sync=True)
    running = traitlets.Bool(False, help="whether an answer is being written").tag(sync=True)
    error = traitlets.Unicode("", help="what went wrong, in words").tag(sync=True)
    _default_model = traitlets.Unicode("", help="what stands in the empty field").tag(sync=True)

    def __init__(self, default_model: str) -> None:
        super().__init__(_default_model=default_model)
        # Stop is heard while a cell runs.
        answer_beside_the_cell(self.comm)

    def __repr__(self) -> str:
        return "<AskForm>"  # without an address, so that outputs stay equal


class _Asked:
    """What stood in the fields when a button was pressed."""

    def __init__(self, prompt: str, model: str, temperature: str, detail: str) -> None:
        self.prompt = prompt.strip()
        self.model = model.strip()
        self.temperature = temperature.strip()
        self.detail = detail if detail in _DETAILS else ""

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> _Asked:
        return cls(*(str(content.get(name) or "") for name in ("prompt", "model", "temperature", "detail")))

    def options(self) -> dict[str, Any]:
        """Return the fields that hold something, as options of `ask`; what is no number is refused there."""
        given = {"model": self.model, "temperature": _number(self.temperature), "detail": self.detail}
        return {name: value for name, value in given.items() if value != ""}


def as_cell(asked: _Asked, pictures: str, options: Mapping[str, Any]) -> tuple[str, str]:
    """Return a question as the text of a cell that asks the same, and what such a cell leaves out, in words.

    Parameters
    ----------
    asked : _Asked
        What stands in the fields.
    pictures : str
        The Python expression of the pictures.
    options : mapping
        What the panel was made with; the fields go before it.
    """
    merged = {**options, **asked.options()}
    words = {name: _option_words(name, value) for name, value in merged.items()}
    line = " ".join([pictures, *filter(None, words.values())])
    text = f"%%vision {line}\n{_with_braces(asked.prompt)}"
    left_out = [name for name, said in words.items() if said is None]
    notes = [f"The cell leaves out: {', '.join(left_out)}."] if left_out else []
    if not asked.prompt:
        notes.append("Write the question below its first line.")
    elif not _says(line, asked.prompt):
        notes.append("The cell reads the braces of this question as names from the notebook.")
    return text, " ".join(notes)


def _says(line: str, prompt: str) -> bool:
    """Whether a cell asks this question, word for word."""
    try:
        read = pieces(parse(line, _with_braces(prompt)).prompt)
    except CellError:
        return False
    return all(isinstance(piece, str) for piece in read) and "".join(map(str, read)) == prompt


def _with_braces(prompt: str) -> str:
    """Return a question whose braces stay text: in a cell, ``{fig}`` would be a name."""
    return (
        "".join(piece if isinstance(piece, str) else f"{{{piece.source}}}" for piece in pieces(prompt))
        if "{{" not in prompt
        else prompt
    )


def _option_words(name: str, value: Any) -> str | None:
    """Return an option as it is written in a cell; None where a cell has no word for it."""
    for option in OPTIONS:
        if option.name != name or (option.many and isinstance(value, list | tuple | dict)):
            continue
        if option.value:
            return f"{option.flags[0]} {_quoted(value)}" if isinstance(value, str | int | float) else None
        if option.constant == value:
            return option.flags[-1]
    return "" if name in {option.name for option in BY_FLAG.values()} and value in (False, None) else None


def _quoted(value: str | float) -> str:
    text = str(value)
    return text if _PLAIN.fullmatch(text) and not text.startswith("-") else repr(text)


def _number(text: str) -> float | str:
    """Return what was typed as a number, with a decimal comma too; the words themselves where it is none."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return text
