"""A widget for looking at rows one after another and saying what is right: a picture, its answer, and keys for labels.

Each label is written into the file of the run at once. What a model wrote goes to the page as text, never as HTML.
"""

from __future__ import annotations

import contextlib
import getpass
import threading
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import anywidget
import traitlets

from vision_magic.each.progress.words import key_words
from vision_magic.each.table.table import Table
from vision_magic.errors import RequestError, VisionError
from vision_magic.notebook.frontend import handle_beside_cells, join_files
from vision_magic.notebook.views.base import format_error
from vision_magic.notebook.views.page import widget_view
from vision_magic.notebook.widgets.controls import panel_style
from vision_magic.notebook.widgets.review_labels import MOST, Labelling
from vision_magic.render.markup import plain_html
from vision_magic.render.theme import SMALL
from vision_magic.reprs import short_repr
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from vision_magic.each.row import Key, Row

__all__ = ["Review"]

_HERE: Final = Path(__file__).parent
_SIDE: Final = 1_024  # pixels of a picture's longer side
_OURS: Final[dict[str, object]] = {"vision_magic": {}}  # metadata: what is shown is not a picture of the notebook


class Review(anywidget.AnyWidget):
    """A widget that shows rows one after another and takes labels.

    The keys 1 to 9 give a label, 0 takes over the answer, the arrows move, and u takes the last label back. In a field
    of numbers, digits are typed.

    Parameters
    ----------
    rows : Table
        The rows, such as ``rows.doubtful``; the first 10,000 of them.
    field : str
        The field that is labelled; by default those of each row that are in doubt, or else the first one that has
        classes.
    by : str, optional
        Who labels; it is written with each label. By default, the name under which the person is logged in.

    Raises
    ------
    RequestError
        There are no rows, or no such field.
    """

    _esm = join_files(_HERE / "elements.js", _HERE / "review.js")  # without innerHTML of frontend.js
    _css = panel_style("review.css")

    shown = traitlets.Dict(help="the row that is shown, in words").tag(sync=True)
    error = traitlets.Unicode("", help="why a label was not written").tag(sync=True)
    ended = traitlets.Unicode("", help="the summary, when the person is done").tag(sync=True)

    def __init__(self, rows: Table, field: str = "", by: str | None = None) -> None:
        if not isinstance(rows, Table):
            raise RequestError(f"Review got {short_repr(rows)}; expected a table of rows, as ask_each returns it.")
        self._rows = rows
        self._by = _user() if by is None else by
        self._lock = threading.RLock()
        self._keys = list(dict.fromkeys(row.key for row in islice(rows, MOST)))
        if not self._keys:
            raise RequestError("There are no rows to review here; rows.review() shows all rows, rows.doubtful some.")
        self._labelling = Labelling(rows, field)
        labelled = set(self._labelling.labelled(self._keys))
        self._go_to(next((at for at, key in enumerate(self._keys) if key not in labelled), 0))
        self._history: list[tuple[int, str, Any]] = []  # position, field and label before
        self._line: Any = None  # the output below, which stays in the notebook
        self._view: Any = None
        super().__init__(shown=self._state())
        self.on_msg(self._on_message)
        handle_beside_cells(self.comm)

    # -- for the user's code -------------------------------------------------------------------------------

    @property
    def labels(self) -> dict[Key, Any]:
        """The labels of these rows so far, by key."""
        given = self._rows.labels
        return {key: given[key] for key in self._keys if key in given}

    def __repr__(self) -> str:
        return f"<Review: {self._summary()}>"

    def _ipython_display_(self) -> None:
        """Show the widget, and below it a line that stays when the notebook is opened again."""
        from IPython.core.getipython import get_ipython
        from IPython.display import display

        from vision_magic.notebook.views.choose import mode_of

        shell = get_ipython()
        mode = mode_of(shell) if shell is not None else "terminal"
        if mode == "terminal":
            print(f"{self._summary()}\n{self._without_widget()}")  # noqa: T201
            return
        if mode != "static":  # a program that runs the notebook cannot label
            self._view = display(widget_view(self), raw=True, display_id=True, metadata=_OURS)
        self._line = display(self._bundle(), raw=True, display_id=True, metadata=_OURS)

    def _without_widget(self) -> str:
        """Return how to label where no widget can be shown."""
        key, name = self._keys[self._position], self._labelling.field.name
        label = f"{{{name!r}: ...}}" if len(self._labelling.names) > 1 else "..."
        return f"There are no widgets here; label with rows.set_label({short_repr(key)}, {label})."

    # -- what is shown -------------------------------------------------------------------------------------

    def _go_to(self, position: int) -> None:
        self._position = position
        self._labelling.turn_to(self._keys[position])

    def _state(self) -> dict[str, Any]:
        key = self._keys[self._position]
        rows = self._rows.answers(key)
        labelling = self._labelling
        label = labelling.of(key)
        return {
            "position": self._position,
            "count": len(self._keys),
            "labelled": self._labelled(),
            "key": key_words(key, 200),
            "answers": labelling.answers(rows),
            "problem": _problem(rows),
            "doubt": "" if labelling.labelled([key]) else _doubt(rows),
            "field": labelling.field.name,
            "fields": labelling.names,
            "classes": labelling.classes(),
            "typed": labelling.is_number,
            "label": None if label is None else labelling.words(label),
            "can_undo": bool(self._history),
        }

    def _labelled(self) -> int:
        return len(self._labelling.labelled(self._keys))

    def _summary(self) -> str:
        counts = self._labelling.given(self._keys)
        said = "".join(f" · {words} {number:,}" for words, number in counts.most_common(9))
        more = "" if len(counts) <= 9 else f" · and {len(counts) - 9:,} others"
        return clean_text(f"{self._labelled():,} of {len(self._keys):,} rows labelled{said}{more}")

    def _bundle(self) -> dict[str, str]:
        summary = self._summary()
        return {"text/html": f'<div style="{SMALL}">{plain_html(summary)}</div>', "text/plain": summary}

    # -- messages from the browser -------------------------------------------------------------------------

    def _on_message(self, widget: object, content: Any, buffers: object) -> None:
        """Handle a message; ignore unknown ones."""
        if not isinstance(content, Mapping):
            return
        handlers = {
            "move": self._move,
            "label": self._label,
            "undo": self._undo,
            "field": self._choose_field,
            "picture": self._send_picture,
            "done": self._end,
        }
        handler = handlers.get(str(content.get("kind")))
        if handler is None:
            return
        with self._lock:
            self.error = ""
            try:
                handler(content)
            except Exception as error:  # of any class: a notebook would swallow it
                self.error = format_error(error)

    def _move(self, content: Mapping[str, Any]) -> None:
        position = self._position_in(content)
        if position is not None:
            self._go_to(position)
            self.shown = self._state()

    def _label(self, content: Mapping[str, Any]) -> None:
        """Write a label. It comes with the position and the field that the person saw: messages take their time."""
        position = self._position_in(content)
        if position is None:
            return
        key, labelling = self._keys[position], self._labelling
        if "field" in content:
            labelling.turn_to_field(str(content["field"]))
        if content.get("accept"):
            label = labelling.answer(self._rows.answers(key))
        elif "text" in content:
            label = labelling.parsed(str(content["text"]))
        else:
            label = labelling.checked(content.get("value"))
        before = self._history_of(key)
        labelling.write(key, label, self._by)
        self._history.append((position, *before))
        is_settled = bool(labelling.labelled([key]))
        self._go_to(min(position + is_settled, len(self._keys) - 1))
        self._show_labels()

    def _history_of(self, key: Key) -> tuple[str, Any]:
        return self._labelling.field.name, self._labelling.of(key)

    def _undo(self, content: Mapping[str, Any]) -> None:
        if not self._history:
            return
        position, field, before = self._history.pop()
        self._labelling.turn_to_field(field)
        self._labelling.write(self._keys[position], before, self._by)
        self._position = position
        self._show_labels()

    def _choose_field(self, content: Mapping[str, Any]) -> None:
        self._labelling.choose(str(content.get("name")))
        self._show_labels()

    def _show_labels(self) -> None:
        self.shown = self._state()
        if self._line is not None:
            self._line.update(self._bundle(), raw=True, metadata=_OURS)

    def _send_picture(self, content: Mapping[str, Any]) -> None:
        position = self._position_in(content)
        if position is None:
            return
        about: dict[str, Any] = {"kind": "picture", "position": position}
        try:
            image = self._rows.picture(self._keys[position], max_side=_SIDE)
        except Exception as error:  # of the user's loader, too
            words = str(error) if isinstance(error, VisionError) else format_error(error)
            self.send({**about, "problem": clean_text(words)})
        else:
            self.send({**about, "type": image.media_type}, [image.data])

    def _end(self, content: Mapping[str, Any]) -> None:
        """Leave only the line, which is in the notebook's file."""
        self.ended = self._summary()
        if self._view is not None:
            self._view.update({}, raw=True, metadata=_OURS)

    def _position_in(self, content: Mapping[str, Any]) -> int | None:
        position = content.get("position")
        return position if type(position) is int and 0 <= position < len(self._keys) else None


def _user() -> str:
    """Return the name of the person who is logged in; empty if the system does not know it."""
    with contextlib.suppress(Exception):  # KeyError, OSError or ImportError, by the system
        return getpass.getuser()
    return ""


def _problem(rows: list[Row]) -> str:
    """Return why a picture has no answer; empty if it has one."""
    failed = [row for row in rows if row.state != "done"]
    if not failed or len(failed) < len(rows):
        return ""
    said = failed[0].error or failed[0].text
    return clean_text(f"{failed[0].state}: {said}" if said else failed[0].state)


def _doubt(rows: list[Row]) -> str:
    doubts = dict.fromkeys(row.doubt for row in rows if row.doubt)
    done = [row for row in rows if row.state == "done"]
    if any((row.value, row.text) != (done[0].value, done[0].text) for row in done):
        doubts[f"the {len(done)} answers differ"] = None
    return clean_text("; ".join(doubts))
