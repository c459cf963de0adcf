"""What a person says of rows: which field it is about, which classes there are, and how it is written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from vision_magic.each.evaluation.pairs import answers_by_picture
from vision_magic.each.evaluation.typed_text import EXPECTED, value_of_text
from vision_magic.each.table.columns import Field
from vision_magic.each.table.doubts import doubtful_fields
from vision_magic.errors import RequestError
from vision_magic.naming import near_miss
from vision_magic.text import clean_text, one_line

if TYPE_CHECKING:
    from vision_magic.each.row import Key, Row
    from vision_magic.each.table.table import Table

__all__ = ["MOST", "Labelling"]

MOST: Final = 10_000  # rows that are looked at

_CLASSES: Final = 9  # that are offered of labels so far; a schema's are all offered
_TEXT: Final = Field("answer", ())
"""The field of answers without a schema: their text."""


class Labelling:
    """The labels of one field of a table.

    Parameters
    ----------
    rows : Table
        The rows.
    field : str
        The name of the field; empty for those of each picture that are in doubt, or else the first one that has
        classes, or else the first one.

    Raises
    ------
    RequestError
        There is no such field.
    """

    def __init__(self, rows: Table, field: str = "") -> None:
        self._rows = rows
        self._fields = rows.fields or (_TEXT,)
        self.field = next((one for one in self._fields if one.kind in ("category", "boolean")), self._fields[0])
        self._doubtful: dict[Key, tuple[Field, ...]] = {}  # the fields of a picture that are in doubt
        if field:
            self.choose(field)
        else:
            groups = answers_by_picture(islice(rows, MOST))
            self._doubtful = {key: doubtful_fields(group, self._fields) for key, group in groups}
        self._usual = self.field

    @property
    def names(self) -> list[str]:
        """The names of the fields."""
        return [field.name for field in self._fields]

    def choose(self, name: str) -> None:
        """Label another field from now on, of all pictures."""
        self.turn_to_field(name)
        self._usual, self._doubtful = self.field, {}

    def turn_to_field(self, name: str) -> None:
        """Label another field once."""
        found = next((field for field in self._fields if field.name == name), None)
        if found is None:
            known = ", ".join(self.names)
            raise RequestError(f"The answers have no field {name!r}{near_miss(name, self.names)}; they have {known}.")
        self.field = found

    def turn_to(self, key: Key) -> None:
        """Label the first field of a picture that is in doubt and has no label yet; the usual one without any."""
        fields = self._fields_of(key)
        self.field = next((one for one in fields if self.of(key, one) is None), fields[0])

    def _fields_of(self, key: Key) -> tuple[Field, ...]:
        """Return the fields of a picture that a person is to label."""
        return self._doubtful.get(key) or (self._usual,)

    # -- labels ------------------------------------------------------------------------------------------------

    def of(self, key: Key, field: Field | None = None) -> Any:
        """Return the label of a picture for a field, by default the chosen one; None if it has none."""
        return self._part(self._rows.label(key), field or self.field)

    def labelled(self, keys: Iterable[Key]) -> list[Key]:
        """Return the pictures that have a label for each field that a person is to label."""
        labels = self._rows.labels
        return [
            key
            for key in keys
            if key in labels and all(self._part(labels[key], one) is not None for one in self._fields_of(key))
        ]

    def given(self, keys: Iterable[Key]) -> Counter[str]:
        """Count the labels of pictures in words; of numbers there are too many, and of several fields none is meant."""
        labels, keys = self._rows.labels, list(keys)
        fields = {one for key in keys for one in self._fields_of(key)}
        if len(fields) > 1 or any(one.kind in ("number", "integer") for one in fields):
            return Counter()
        found = (self._part(labels[key], *fields) for key in keys if key in labels)
        return Counter(self.words(label, *fields) for label in found if label is not None)

    def write(self, key: Key, label: Any, by: str) -> None:
        """Write a label into the run's file; None takes it back. Labels of other fields stay."""
        self._rows.set_label(key, {self.field.name: label} if self._is_record else label, by)

    @property
    def _is_record(self) -> bool:
        return len(self._fields) > 1

    def _part(self, label: Any, field: Field) -> Any:
        if not self._is_record:
            return label
        return label.get(field.name) if isinstance(label, dict) else None

    @property
    def is_number(self) -> bool:
        """Whether the field is a number, which is typed."""
        return self.field.kind in ("number", "integer")

    # -- classes and answers -----------------------------------------------------------------------------------

    def classes(self) -> list[dict[str, Any]]:
        """Return the classes with their words: those of the schema, or else the labels so far, the first ones first.

        A number has none, so that the key 2 begins to type 2.48.
        """
        field = self.field
        values: Sequence[Any] = field.categories or ((True, False) if field.kind == "boolean" else ())
        if not values and not self.is_number:
            labels = (self._part(label, field) for label in self._rows.labels.values())
            values = list({json.dumps(label): label for label in labels if label is not None}.values())[:_CLASSES]
        return [{"value": value, "words": self.words(value)} for value in values]

    def words(self, value: Any, field: Field | None = None) -> str:
        """Return a label or an answer in words."""
        if (field or self.field).kind == "boolean" and isinstance(value, bool):
            return "yes" if value else "no"
        return _words(value)

    def answer(self, rows: Sequence[Row]) -> Any:
        """Return what the model answered for the field, most often if it was asked several times."""
        found = [value for row in rows if (value := self._answer(row)) is not None]
        if not found:
            raise RequestError("This picture has no answer that could be taken over; say what is right.")
        texts = [json.dumps(value, sort_keys=True) for value in found]
        return found[texts.index(Counter(texts).most_common(1)[0][0])]

    def answers(self, rows: Sequence[Row]) -> list[dict[str, str]]:
        """Return the answers of a picture in words, field by field; several with how often each was given.

        A label that is another one stands behind them.
        """
        said = []
        for field in self._fields:
            found = Counter(_words(value) for row in rows if (value := self._answer(row, field)) is not None)
            counted = len(found) > 1
            words = " · ".join(f"{text} ×{number}" if counted else text for text, number in found.most_common())
            label = self._part(rows[0].label, field) if rows else None
            changed = "" if label is None or _words(label) == words else f"{words or '–'} → {_words(label)}"
            said.append({"name": field.name, "words": changed or words})
        return said

    def _answer(self, row: Row, field: Field | None = None) -> Any:
        if row.state != "done":
            return None
        chosen = field or self.field
        return row.text.strip() if chosen is _TEXT else chosen.of(row.value)

    # -- what a person gave --------------------------------------------------------------------------------------

    def checked(self, value: Any) -> Any:
        """Return a value if it is one of the classes."""
        for one in self.classes():
            if one["value"] == value and type(one["value"]) is type(value):
                return value
        raise RequestError(f"{_words(value)} is none of the classes.")

    def parsed(self, text: str) -> Any:
        """Return the label that a person typed, as a value of the field.

        Raises
        ------
        RequestError
            It is not one.
        """
        said, field = text.strip(), self.field
        if not said:
            raise RequestError("Type what is right, or press the key of a class.")
        if field.kind == "category":
            for value in field.categories:
                if _words(value).casefold() == said.casefold():
                    return value
            raise RequestError(f"{said!r} is none of the classes: {', '.join(map(_words, field.categories))}.")
        if field.kind in EXPECTED:
            return _scalar(said, field)
        if field.kind == "object":
            return _json(said)
        return said


def _scalar(said: str, field: Field) -> Any:
    try:
        return value_of_text(said, field.kind)
    except ValueError as error:
        raise RequestError(f"{field.name} got {said!r}; expected {error}.") from None


def _json(said: str) -> Any:
    try:
        return json.loads(said)
    except ValueError:
        raise RequestError(f'{said!r} is not JSON; expected a value such as ["a", "b"].') from None


def _words(value: Any) -> str:
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return clean_text(one_line(said, 2_000))
