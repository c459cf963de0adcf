"""A label of a picture as it is stored: checked against the fields of the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from vision_magic.each.evaluation.pairs import is_number, plain
from vision_magic.each.evaluation.typed_text import EXPECTED, value_of_text
from vision_magic.each.row import Key
from vision_magic.each.table.columns import Field
from vision_magic.errors import RunError
from vision_magic.naming import near_miss
from vision_magic.reprs import short_repr

__all__ = ["checked_label", "merged_label"]

_LISTED: Final = 8  # names in a message
_MOST: Final = 30  # classes in a message
_TYPES: Final[Mapping[str, tuple[str, Callable[[Any], bool], Callable[[Any], Any]]]] = {
    "string": ("a string", lambda value: isinstance(value, str), str),
    "integer": ("an integer", lambda value: is_number(value) and value == int(value), int),
    "number": ("a number", is_number, lambda value: value),
    "boolean": ("True or False", lambda value: value in (0, 1), bool),
}
"""By the kind of a field: what is expected, whether a label is that, and the label as an answer would have it."""


def checked_label(key: Key, label: Any, fields: Sequence[Field]) -> Any:
    """Return a label with plain values of the types of its fields.

    Parameters
    ----------
    key : Key
        The picture, for messages.
    label : JSON value or None
        A value for the only field, or a dict by field.
    fields : sequence of Field
        The fields of the answers; empty without a schema.

    Raises
    ------
    RunError
        It is not about fields of the answers, or a value is of another type than its field.
    """
    if label is None or not fields:
        return label
    by_name = {field.name: field for field in fields}
    names = list(by_name)
    known = ", ".join(map(repr, names[:_LISTED])) + (", …" if len(names) > _LISTED else "")
    if isinstance(label, Mapping):
        unknown = next((name for name in label if name not in by_name), None)
        if unknown is not None:
            raise RunError(
                f"The label has the field {short_repr(unknown)}{near_miss(str(unknown), names)}, and the answers have "
                f"{known}."
            )
        return {name: _value(key, value, by_name[name]) for name, value in label.items()}
    if len(fields) > 1:
        example = next((field.name for field in fields if _is_of(label, field)), names[0])
        raise RunError(
            f"The label is {short_repr(label)}, and the answers have several fields, {known}; say which one: "
            f"{{{example!r}: {short_repr(label)}}}."
        )
    return _value(key, label, fields[0])


def _is_of(label: Any, field: Field) -> bool:
    """Whether a label can be a value of a field."""
    label = plain(label)
    if field.kind == "category":
        return any(one == label and isinstance(one, bool) == isinstance(label, bool) for one in field.categories)
    is_flag = isinstance(label, bool)
    return field.kind in _TYPES and is_flag is (field.kind == "boolean") and _TYPES[field.kind][1](label)


def _value(key: Key, value: Any, field: Field) -> Any:
    value = plain(value)
    if value is not None and field.kind == "category":
        return _category(key, value, field)
    if value is None or field.kind not in _TYPES:
        return value
    expected, fits, convert = _TYPES[field.kind]
    if isinstance(value, str) and field.kind in EXPECTED:
        try:
            return value_of_text(value, field.kind)
        except ValueError as error:
            expected = str(error)
    elif fits(value):
        return convert(value)
    raise RunError(f"The label of {short_repr(key)} for {field.name!r} is {short_repr(value)}; expected {expected}.")


def _category(key: Key, value: Any, field: Field) -> Any:
    """Return the class that a label is."""
    for one in field.categories:
        if one == value and isinstance(one, bool) == isinstance(value, bool):
            return one
    choices = ", ".join(map(short_repr, field.categories[:_MOST]))
    more = len(field.categories) - _MOST
    raise RunError(
        f"The label of {short_repr(key)} for {field.name!r} is {short_repr(value)}"
        f"{near_miss(str(value), map(str, field.categories))}; expected one of {choices}"
        f"{f' and {more} more' if more > 0 else ''}."
    )


def merged_label(before: Any, label: Any) -> Any:
    """Return a label with the fields that an earlier one has besides it; a field that is None is taken back."""
    if not isinstance(label, Mapping):
        return label
    record = {**(before if isinstance(before, Mapping) else {}), **label}
    return {name: value for name, value in record.items() if value is not None} or None
