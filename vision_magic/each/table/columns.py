"""The columns of a table: the fields of a schema, flattened, what is known of each row, and what people said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal

from vision_magic.each.row import Row

__all__ = [
    "COLUMNS",
    "Field",
    "Fields",
    "Kind",
    "cells_of",
    "columns_of",
    "fields_of",
    "given_by",
    "uncertainties_of",
    "with_found",
]

Kind = Literal["string", "integer", "number", "boolean", "category", "object", "unknown"]

COLUMNS: Final = (
    "text",
    "state",
    "error",
    "doubt",
    "model",
    "system_fingerprint",
    "prompt_tokens",
    "completion_tokens",
    "cached_tokens",
    "estimated",
    "seconds",
    "tries",
    "picture",
    "width",
    "height",
    "note",
    "at",
    "worker",
    "repeat",
    "label",
)
"""The columns after the fields, in order."""

_CORRECTED: Final = "corrected"  # the column of what a person's label replaced
_WHOLE: Final = "value"  # the column of an answer that is not a record
_TAKEN: Final = frozenset(("key", *COLUMNS, _CORRECTED))
_SCALARS: Final[Mapping[str, Kind]] = {
    "string": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the answers, which is a column of the table.

    Attributes
    ----------
    name : str
        The name of the column: that of the field; ``a.b`` for the field ``b`` of the record ``a``. A field that has the
        name of another column, such as ``text``, becomes ``value.text``. An answer that is not a record is ``value``.
    path : tuple of str
        Where it is in the answer; empty for the whole answer.
    kind : str
        ``"string"``, ``"integer"``, ``"number"``, ``"boolean"``, ``"category"`` (a ``Literal`` or an Enum),
        ``"object"`` (a list, or a record with free names), or ``"unknown"`` without a schema.
    categories : tuple
        The possible values of a category, in the order of the schema.
    """

    name: str
    path: tuple[str, ...]
    kind: Kind = "unknown"
    categories: tuple[Any, ...] = ()

    def of(self, value: Any) -> Any:
        """Return the field of an answer, as a JSON value; None if it is not there."""
        if not self.path:
            # A model that was given a wrapping object may answer with it.
            return value[_WHOLE] if isinstance(value, dict) and value.keys() == {_WHOLE} else value
        for name in self.path:
            value = value.get(name) if isinstance(value, dict) else None
        return value


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of the answers of a run.

    Attributes
    ----------
    known : tuple of Field
        The fields, in the order of the schema.
    closed : bool
        Whether the schema allows no others.
    """

    known: tuple[Field, ...] = ()
    closed: bool = False

    def __iter__(self) -> Iterator[Field]:
        return iter(self.known)


def fields_of(schema: Mapping[str, Any] | None) -> Fields:
    """Return the fields of a JSON Schema; none without one."""
    if not schema:
        return Fields()
    reader = _Reader(schema.get("$defs", {}))
    leaves = list(reader.leaves((), schema, ()))
    if len(leaves) == 1 and leaves[0].path == (_WHOLE,):
        leaves = [Field(_WHOLE, (), leaves[0].kind, leaves[0].categories)]
    return Fields(_named(leaves), reader.closed)


class _Reader:
    """Reads the fields of a JSON Schema, depth first."""

    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self._definitions = definitions
        self.closed = True

    def leaves(self, path: tuple[str, ...], schema: Mapping[str, Any], seen: tuple[str, ...]) -> Iterator[Field]:
        schema, seen, again = self._resolved(schema, seen)
        members = schema.get("properties")
        if not again and isinstance(members, Mapping) and members:
            self.closed &= schema.get("additionalProperties", True) is False
            for name, member in members.items():
                yield from self.leaves((*path, name), member, seen)
            return
        self.closed &= bool(path)
        kind, categories = _kind(schema)
        yield Field("", path, kind, categories)

    def _resolved(
        self, schema: Mapping[str, Any], seen: tuple[str, ...]
    ) -> tuple[Mapping[str, Any], tuple[str, ...], bool]:
        """Return a schema without references and without null; whether it contains itself."""
        while True:
            options = [item for item in schema.get("anyOf", ()) if item.get("type") != "null"]
            name = str(schema.get("$ref", "")).rpartition("/")[2]
            if name in seen:
                return {}, seen, True
            if name:
                schema, seen = self._definitions.get(name, {}), (*seen, name)
            elif len(options) == 1:
                schema = options[0]
            else:
                return schema, seen, False


def _kind(schema: Mapping[str, Any]) -> tuple[Kind, tuple[Any, ...]]:
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    if isinstance(values, list) and values and not any(isinstance(item, list | dict) for item in values):
        return "category", tuple(item for item in values if item is not None)
    types = schema.get("type")
    named = [item for item in types if item != "null"] if isinstance(types, list) else [types]
    return (_SCALARS.get(str(named[0]), "object") if len(named) == 1 else "object"), ()


def _named(leaves: Iterable[Field], taken: Iterable[str] = ()) -> tuple[Field, ...]:
    """Return fields with the names of their columns, each different from all others."""
    used = _TAKEN | set(taken)
    named = []
    for leaf in leaves:
        name = ".".join(leaf.path) or _WHOLE
        while name in used:
            name = f"{_WHOLE}.{name}"
        used |= {name}
        named.append(Field(name, leaf.path, leaf.kind, leaf.categories))
    return tuple(named)


def with_found(fields: Fields, values: Iterable[Any]) -> Fields:
    """Return fields with those added that the answers have besides them, in the order of their first appearance.

    The answers to a JSON Schema that was given as a mapping are not checked, and may have others than it names.
    """
    if fields.closed:
        return fields
    known = {field.path for field in fields}
    parents = {path[:end] for path in known for end in range(len(path))}
    found: dict[tuple[str, ...], None] = {}
    for value in values:
        found |= dict.fromkeys(path for path in _paths(value, (), known, parents) if path not in known)
    if () in found and (len(found) > 1 or known):
        del found[()]
    leaves = [Field("", path) for path in found]
    return Fields((*fields, *_named(leaves, (field.name for field in fields))))


def _paths(value: Any, path: tuple[str, ...], known: set[tuple[str, ...]], parents: set[tuple[str, ...]]) -> Any:
    if value is None or path in known:
        return
    if not isinstance(value, dict) or not value:
        yield path
        return
    for name, item in value.items():
        inside = (*path, str(name))
        if inside in parents or (isinstance(item, dict) and inside not in known):
            yield from _paths(item, inside, known, parents)
        elif inside not in known:
            yield inside


def columns_of(*, repeated: bool, corrected: bool) -> list[str]:
    """Return the columns after the fields: ``repeat`` only with repeats, ``corrected`` only with labels as values."""
    return [name for name in COLUMNS if name != "repeat" or repeated] + [_CORRECTED] * corrected


def cells_of(row: Row, fields: Sequence[Field], *, corrected: bool = False) -> dict[str, Any]:
    """Return a row as a dict by column, its key first; the fields are None where there is no answer.

    Parameters
    ----------
    row : Row
        The row.
    fields : sequence of Field
        The fields of the answers; without any, the text is the answer.
    corrected : bool
        Put the label in the place of the model's values; ``corrected`` then names the fields that it changed.
    """
    cells: dict[str, Any] = {"key": row.key}
    for field in fields:
        cells[field.name] = field.of(row.value)
    for name in COLUMNS:
        cells[name] = getattr(row, name)
    cells["at"] = datetime.fromtimestamp(row.at, UTC) if row.at else None
    if corrected:
        given = given_by(row.label, fields)
        changed = [name for name, value in given.items() if cells[name] != value]
        cells[_CORRECTED] = ", ".join(changed)
        # The uncertainty of the model's value is not that of the person's.
        cells |= {other: None for name in changed for other in uncertainties_of(name) if other in cells}
        cells |= given
    return cells


def uncertainties_of(name: str) -> tuple[str, ...]:
    """Return the names that the field of a number's uncertainty may have: ``highest_sigma`` for ``highest``."""
    return f"{name}_sigma", f"{name}_uncertainty"


def given_by(label: Any, fields: Sequence[Field]) -> dict[str, Any]:
    """Return what a label says, by column."""
    if label is None:
        return {}
    if not fields:
        return {"text": label}
    if isinstance(label, Mapping):
        return {field.name: label[field.name] for field in fields if label.get(field.name) is not None}
    return {fields[0].name: label} if len(fields) == 1 else {}
