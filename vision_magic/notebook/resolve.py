"""Conversion of a parsed cell to a plan: its names are replaced by objects, and its options by values.

Nothing is sent here, and no image is read or encoded: that begins only when the notebook shows a status line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vision_magic.errors import CellError
from vision_magic.images.convert import images_in
from vision_magic.images.displayed import DisplayedImage
from vision_magic.notebook import namespace
from vision_magic.notebook.elsewhere import ON_A_LINE
from vision_magic.notebook.namespace import Names
from vision_magic.notebook.option_values import option_values, value_or_text
from vision_magic.notebook.options import CELL, CELL_ONLY
from vision_magic.render.wire_trace import WireTrace
from vision_magic.session.default import session
from vision_magic.session.endpoints import request_head
from vision_magic.session.prepare import Cell, options_per_model
from vision_magic.session.teaching import MODES, Mode, as_lesson

if TYPE_CHECKING:
    from vision_magic.notebook.cell import VisionCell
    from vision_magic.notebook.display_history import DisplayHistory
    from vision_magic.notebook.state import ShellState
    from vision_magic.session.conversation import Conversation, Question
    from vision_magic.settings import Settings

__all__ = ["Plan", "named_images", "resolve", "variable_name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The question of a cell, the models that are asked, and the use of the answer.

    Attributes
    ----------
    cell_id : str
        The id of the cell; a generated one if the front end gives none.
    cell : Cell
        The label and id of the cell for usage, log and kept answers.
    conversation : Conversation
        The conversation in which it asks.
    parts : tuple of str or object
        The question and its images, in the order in which they are sent.
    options : mapping
        Options of the call, as for `vision_magic.ask`.
    settings : tuple of Settings
        The settings for each model.
    variable : str
        A variable for the reply in addition to ``_vision``; empty for none.
    notes : tuple of str
        Hints to print before the answer.
    trace : WireTrace or None
        Records the request and the events for ``--wire``.
    background, dry_run : bool
        Whether other cells run while the answer is being written; whether the request is only shown.
    """

    cell_id: str
    cell: Cell
    conversation: Conversation
    parts: tuple[object, ...]
    options: Mapping[str, Any]
    settings: tuple[Settings, ...]
    variable: str = ""
    notes: tuple[str, ...] = ()
    trace: WireTrace | None = None
    background: bool = False
    dry_run: bool = False

    def prepare(self) -> Question:
        """Return the question, checked, with its images read and encoded."""
        return self.conversation.question(
            *self.parts, cell_id=self.cell_id, cell=self.cell, trace=self.trace, **self.options
        )

    @property
    def models(self) -> str:
        """The models that are asked."""
        return ", ".join(each.model for each in self.settings)

    @property
    def host(self) -> str:
        """The host that is asked."""
        return self.settings[0].host


def resolve(cell: VisionCell, names: Names, state: ShellState, cell_id: str, caller: Cell) -> Plan:
    """Return the plan of a cell.

    Parameters
    ----------
    cell : VisionCell
        The cell as it was written.
    names : mapping
        The variables of the notebook.
    state : ShellState
        The conversations of the notebook, and the images that it displayed.
    cell_id : str
        The id of the cell.
    caller : Cell
        The label and id of the cell for usage, log and kept answers.

    Raises
    ------
    VisionError
        An unknown name, a value that an option does not accept, or options that exclude each other.
    """
    given = cell.options
    mode = _teaching_mode(given)
    _check_background(given)
    conversation = state.conversations.for_cell(
        cell_id, continues=bool(given.get("continues")), name=str(given.get("chat", ""))
    )
    variable = variable_name(given.get("out"))
    options = option_values({name: value for name, value in given.items() if name not in CELL_ONLY}, names)
    continues = bool(conversation.turns_before(cell_id))
    braces = " ".join(re.findall(r"\{[^{}]*\}", cell.prompt))
    known = namespace.with_last(braces, names, state.display_history)
    parts = _parts(cell, known, state.display_history, continues=continues, optional=mode in ("quiz", "rubric"))
    if mode is not None:
        rubric = value_or_text(str(given.get("rubric", "")), names)
        parts, options = as_lesson(mode, parts, options, rubric)
    settings = tuple(session.settings(**each) for each in options_per_model(conversation.options | options))
    if mode is not None:
        _check_teacher(mode, settings[0])
    return Plan(
        cell_id=cell_id,
        cell=replace(caller, variable=variable or caller.variable),
        conversation=conversation,
        parts=tuple(parts),
        options=options,
        settings=settings,
        variable=variable,
        notes=(
            *_of_last(parts, state.display_history),
            *namespace.near_misses(cell.prompt, known),
            *namespace.left_in_tex(cell.prompt, names),
        ),
        trace=WireTrace(settings[0].host, request_head(settings[0], session.state)) if given.get("wire") else None,
        background=bool(given.get("bg")),
        dry_run=bool(given.get("dry_run")),
    )


def _teaching_mode(options: Mapping[str, Any]) -> Mode | None:
    """Return the teaching mode of a cell, or None."""
    chosen: list[Mode] = [mode for mode in MODES if options.get(mode)]
    if len(chosen) > 1:
        raise CellError(f"--{chosen[0]} and --{chosen[1]} exclude each other; choose one of them.")
    return chosen[0] if chosen else None


def _check_teacher(mode: Mode, settings: Settings) -> None:
    """Refuse a teaching mode without a language model; a replay of one is accepted."""
    recording = session.state.recordings.active()
    if settings.embedded and (recording is None or recording.records):
        raise CellError(
            f"--{mode} needs a language model, and the embedded reader only measures. Choose a model with %vision use, "
            "or a recording of one with %vision replay."
        )


def _check_background(options: Mapping[str, Any]) -> None:
    if options.get("bg") and options.get("wire"):
        raise CellError("--wire shows the traffic while the cell waits, but --bg does not wait; leave one of them out.")


def variable_name(name: str | None) -> str:
    """Return the name of a variable for a result, checked; empty for none."""
    if name and not name.isidentifier():
        raise CellError(f"-o got {name!r}; expected the name of a variable, such as -o peak.")
    return name or ""


def _parts(cell: VisionCell, names: Names, history: DisplayHistory, *, continues: bool, optional: bool) -> list[object]:
    """Return the images of the line, then the question with its own images.

    Without a named image, the image displayed last comes first; but a question that continues a conversation has
    that conversation's images. `optional` is whether the cell may have no question.
    """
    if not cell.prompt and not optional:
        raise CellError(_no_question(cell, names))
    images = [image for expression in cell.images for image in _named_in(cell, expression, names, history)]
    question = namespace.fill(cell.prompt, names)
    named = images or any(not isinstance(part, str) for part in question)
    if cell.options.get("no_image"):
        if named:
            raise CellError("--no-image was given with a picture; leave one of them out.")
    elif not named and not continues:
        images = namespace.last_images(history.last(), 1)
    return [*images, *(part if isinstance(part, str) else _as_displayed(part, history) for part in question)]


def _of_last(parts: list[object], history: DisplayHistory) -> list[str]:
    """Return a note if the picture shown last is sent, and something that is not sent as one was shown after it."""
    last = history.last()[-1:]
    sent = any(part is shown or _payload(part) is _payload(shown) is not None for part in parts for shown in last)
    return [history.passed_over] if history.passed_over and sent else []


def _payload(picture: object) -> object:
    return picture.payload if isinstance(picture, DisplayedImage) else None


def _named_in(cell: VisionCell, expression: str, names: Names, history: DisplayHistory) -> list[object]:
    try:
        return named_images(expression, names, history)
    except CellError as error:
        text = next((name for name in ("system", "stop", "user", "rubric") if cell.options.get(name)), "")
        if not text or not namespace.names_nothing(expression, names):
            raise
        raise CellError(f'{error} If it belongs to --{text}, put the whole value in quotes: --{text} "…".') from None


def named_images(expression: str, names: Names, history: DisplayHistory) -> list[object]:
    """Return the images that an expression on the line stands for."""
    count = None if expression.startswith("last[") else namespace.last_count(expression, names)
    if count is not None:
        return namespace.last_images(history.last(count), count)
    if re.fullmatch(r"\{[^{}:]+\}", expression):
        raise CellError(
            f"{expression} has braces, and braces are for the question; on the line, write {expression[1:-1]}."
        )
    if (keyword := re.match(r"(\w+)=(?!=)", expression)) and (advice := _as_option(keyword[1], expression)):
        raise CellError(f"{expression} is written as in a call. {advice}")
    value = namespace.evaluate(expression, namespace.with_last(expression, names, history))
    if isinstance(value, bool):
        raise CellError(f"{value} is not a picture. A switch has no value: write --facts, or --no-facts.")
    if isinstance(value, str):
        raise CellError(
            f"{expression} is a string, which is never read as a file name or an address. Name a file with pathlib: "
            f"Path({expression}), an address with vision_magic.url({expression}). Write the question below the line."
        )
    if isinstance(value, list | tuple) and any(isinstance(item, str) for item in value):
        raise CellError(
            f"{expression} holds strings, which are never read as file names or addresses. "
            f"Name files with pathlib: [Path(name) for name in {expression}]."
        )
    return _as_displayed(value, history)


def _as_option(name: str, expression: str) -> str:
    """Return how an argument of a call is written on the line; empty if no option has this name."""
    flag = f"--{name.replace('_', '-')}"
    if CELL.option(flag) is None:
        return ON_A_LINE.get(name, "")
    return f"On the line, write {flag} {expression.partition('=')[2]}."


def _as_displayed(value: object, history: DisplayHistory) -> list[object]:
    return [history.as_displayed(image) for image in images_in(value)]


def _no_question(cell: VisionCell, names: Names) -> str:
    words = " ".join(word for word in cell.images if namespace.names_nothing(word, names))
    if words:
        return f"Write the question on the lines below %%vision; {words!r} on its line is not the name of a picture."
    return "The cell has no question; write it on the lines below %%vision."
