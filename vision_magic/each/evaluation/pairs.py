"""Pairs of values about the same picture: a label and an answer, or the answers of two tables."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, TypeGuard

from vision_magic.each.pictures.keys import check_key, encode_key
from vision_magic.each.row import Key, Row
from vision_magic.each.table.columns import Field
from vision_magic.errors import RunError
from vision_magic.images.lazy_types import is_instance, type_name
from vision_magic.naming import near_miss
from vision_magic.reprs import short_repr

__all__ = [
    "Answer",
    "Missing",
    "Pair",
    "answer_of",
    "answers_by_picture",
    "chosen_field",
    "is_number",
    "labels_by_key",
    "most_frequent",
    "plain",
    "value_of",
]

_LISTED: Final = 8  # names in a message
_LARGEST: Final = 1e75


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a run says of one field of a picture.

    Attributes
    ----------
    value : str, bool, int, float or None
        The answer; of several, the most frequent one, or the mean of numbers; None if there is none.
    doubt : str
        Why it should be looked at.
    confidence : float or None
        How sure the model says that it is, if that was asked for.
    """

    value: Any = None
    doubt: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two values about the same picture.

    Attributes
    ----------
    key : Key
        The picture.
    reference : str, bool, int or float
        The label, or the other table's answer.
    answer : str, bool, int or float
        The answer.
    doubt : str
        Why the answer should be looked at.
    confidence : float or None
        How sure the model says that it is.
    """

    key: Key
    reference: Any
    answer: Any
    doubt: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Pictures that could not be compared.

    Attributes
    ----------
    unanswered : int
        Those that have a label, or an answer of the other table, and a row without an answer: it failed, was refused or
        stopped, or left the field empty.
    no_row : int
        Those that have a label, or an answer of the other table, and no row.
    no_reference : int
        Those that have a row and no label, or no answer of the other table.
    """

    unanswered: int = 0
    no_row: int = 0
    no_reference: int = 0


def chosen_field(fields: Iterable[Field], name: str | None) -> Field:
    """Return the field with a name; without one, the only field, or the text where there is no schema.

    Raises
    ------
    RunError
        There is no such field, or there are several and none is named.
    """
    fields = list(fields)
    known = ", ".join(repr(field.name) for field in fields[:_LISTED])
    if name is None:
        if len(fields) > 1:
            raise RunError(f"The answers have the fields {known}; say which one: field={fields[0].name!r}.")
        return fields[0] if fields else Field("text", ())
    found = next((field for field in fields if field.name == name), None)
    if found is None:
        expected = f"one of {known}" if fields else "none, since the run has no schema, and its answers are texts"
        near = near_miss(name, [field.name for field in fields])
        raise RunError(f"The field {name!r} is not among the fields of the answers{near}; expected {expected}.")
    return found


def labels_by_key(labels: Any, field: Field) -> dict[Key, Any]:
    """Return labels as plain values by key, without those that are missing (None, NaN, NA).

    Parameters
    ----------
    labels : mapping or Series
        A label for each key: a value, or a dict by field.
    field : Field
        The field that they are compared with.

    Raises
    ------
    RunError
        They are something else, or a key has two labels that differ.
    """
    items = getattr(labels, "items", None)
    if not callable(items):
        raise RunError(
            f"labels is a {type_name(labels)}; expected a dict or a pandas Series with the keys of the pictures as its "
            "index, such as frame.set_index('key')['label']."
        )
    found: dict[str, tuple[Key, Any]] = {}
    for given, label in items():
        label = plain(label.get(field.name) if isinstance(label, Mapping) else label)
        if label is None:
            continue
        key = check_key(given)
        text = encode_key(key)
        if text in found and found[text][1] != label:
            raise RunError(
                f"The key {short_repr(key)} has two labels, {short_repr(found[text][1])} and {short_repr(label)}; "
                "expected one for each picture."
            )
        found[text] = (key, label)
    return dict(found.values())


def plain(value: Any) -> Any:
    """Return a scalar of any library as a plain value; None for one that is missing."""
    if isinstance(value, Enum):
        value = value.value
    if is_instance(value, "numpy.generic"):
        value = value.item()
    if is_instance(value, "pandas._libs.missing.NAType") or (isinstance(value, float) and math.isnan(value)):
        return None
    return value


def is_number(value: object) -> TypeGuard[float]:
    """Whether a value is a number that can be squared twice: not True or False, infinite, NaN or beyond ±1e75."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -_LARGEST <= value <= _LARGEST


def answers_by_picture(rows: Iterable[Row]) -> Iterator[tuple[Key, list[Row]]]:
    """Yield the rows of each picture, which follow each other."""
    for _, group in itertools.groupby(rows, key=lambda row: (type(row.key), row.key)):
        same = list(group)
        yield same[0].key, same


def answer_of(rows: Iterable[Row], field: Field, *, numbers: bool, confidence: Field | None = None) -> Answer:
    """Return the answer about one picture from its rows.

    Parameters
    ----------
    rows : iterable of Row
        The rows of the picture.
    field : Field
        The field.
    numbers : bool
        Take the mean of several answers instead of the most frequent one.
    confidence : Field, optional
        The field in which the model says how sure it is.
    """
    rows = list(rows)
    values = [value for row in rows if (value := value_of(row, field)) is not None]
    values = [value for value in values if is_number(value)] if numbers else values
    if not values:
        return Answer()
    doubts = [row.doubt for row in rows if row.doubt]
    sure = [number for row in rows if confidence is not None and is_number(number := confidence.of(row.value))]
    value = math.fsum(values) / len(values) if numbers and len(values) > 1 else most_frequent(values)[0]
    differ = any(other != values[0] for other in values)
    return Answer(
        value=value,
        doubt=doubts[0] if doubts else f"answered differently {len(values)} times" if differ else "",
        confidence=math.fsum(sure) / len(sure) if sure else None,
    )


def value_of(row: Row, field: Field) -> Any:
    """Return the answer of a row as a value that can be compared; None if it has none."""
    if row.state != "done":
        return None
    if row.value is None and field.name == "text" and not field.path:
        return row.text.strip() or None
    value = field.of(row.value)
    return value if value is None or isinstance(value, str | bool | int | float) else repr(value)


def most_frequent(values: Iterable[Any]) -> tuple[Any, float]:
    """Return the most frequent value, the first of those that are equally frequent, and its share."""
    counts = Counter(values)
    value, count = counts.most_common(1)[0]
    return value, count / counts.total()
