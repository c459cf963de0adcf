"""Rows as the columns of a table of SQLite, and back."""

from __future__ import annotations

import json
import operator
import time
from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Final

from vision_magic.each.pictures.keys import decode_key, encode_key
from vision_magic.each.row import Row
from vision_magic.errors import RunError
from vision_magic.reprs import short_repr
from vision_magic.secrets import may_hold_key, without_keys
from vision_magic.session.paths import reason

__all__ = ["COLUMNS", "from_columns", "storable", "to_columns", "to_json"]

COLUMNS: Final = tuple(field.name for field in fields(Row) if field.name != "label")
"""The names of the columns, which are those of a row's fields. Labels have a table of their own."""

_VALUES: Final = operator.attrgetter(*COLUMNS)
_KEY, _VALUE, _ESTIMATED, _AT = (COLUMNS.index(name) for name in ("key", "value", "estimated", "at"))
_STRINGS: Final = tuple(at for at, field in enumerate(fields(Row)) if field.type == "str")
_WRITTEN_BY_OTHERS: Final = (*(at for at in _STRINGS if COLUMNS[at] not in ("state", "picture")), _VALUE)
_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def to_columns(row: Row) -> list[Any]:
    """Return the values of a row in the order of `COLUMNS`, without keys to servers.

    Raises
    ------
    RunError
        Its key or its value cannot be stored.
    """
    values = list(_VALUES(row))
    for at in _STRINGS:
        if not values[at].isascii():
            values[at] = storable(values[at])
    values[_KEY] = encode_key(row.key)
    values[_VALUE] = None if row.value is None else to_json(row.value)
    if may_hold_key("\n".join(filter(None, (values[at] for at in _WRITTEN_BY_OTHERS)))):
        for at in _WRITTEN_BY_OTHERS:
            values[at] = values[at] and without_keys(values[at])
    values[_AT] = row.at or time.time()
    return values


def from_columns(columns: Sequence[Any]) -> Row:
    """Return the row of the values of `COLUMNS`.

    Raises
    ------
    ValueError, TypeError
        They were not written by `to_columns`.
    """
    values = list(columns)
    values[_KEY] = decode_key(values[_KEY])
    values[_VALUE] = None if values[_VALUE] is None else json.loads(values[_VALUE])
    values[_ESTIMATED] = bool(values[_ESTIMATED])
    return Row(**dict(zip(COLUMNS, values, strict=True)))


def to_json(value: object) -> str:
    """Return JSON values as a string.

    Raises
    ------
    RunError
        They are not JSON values.
    """
    try:
        return storable(_JSON.encode(value))
    except (TypeError, ValueError, RecursionError) as error:
        raise RunError(f"{short_repr(value)} cannot be stored ({reason(error)}); expected JSON values.") from None


def storable(text: str) -> str:
    """Return a string that can be encoded: half of a surrogate pair becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")
