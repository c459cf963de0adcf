"""The mark of a run, which says what was asked: how two marks differ, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from vision_magic.reprs import short_repr

__all__ = ["differences"]

_MAX_LINES: Final = 8
_SHOWN: Final = 60  # characters of a value
_SCHEMA: Final = "schema"
_MAX_DEPTH: Final = 6
_PYTHON: Final[Mapping[str, str]] = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "null": "None",
    "object": "dict",
}
_CONTEXT: Final = 20  # characters before the first difference of two strings


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Return a line for each item of two marks that differs, ``"model: 'a' → 'b'"``; empty if none does.

    Parameters
    ----------
    old, new : mapping of str to JSON values
        The mark of the file, and the one of now.
    """
    lines = [f"{name}: {' → '.join(_shown(before, after))}" for name, before, after in _changed(*_by_field(old, new))]
    return lines if len(lines) <= _MAX_LINES else [*lines[:_MAX_LINES], f"and {len(lines) - _MAX_LINES} more"]


def _by_field(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return two marks with the types of fields in place of their schemas, if these show what differs."""
    fields = [_fields(mark.get(_SCHEMA)) for mark in (old, new)]
    if fields[0] == fields[1]:
        return old, new
    if not all(isinstance(one, dict) for one in fields):  # a schema and none, or one type
        fields = [None if one is None else _Words(_type_in_words(one)) for one in fields]
    return {**old, _SCHEMA: fields[0]}, {**new, _SCHEMA: fields[1]}


def _fields(schema: Any) -> Any:
    """Return the type of each field of a schema in the words of Python; one type if it has no fields."""
    if not isinstance(schema, Mapping):
        return schema
    definitions = schema.get("$defs", {})
    found = _type(schema, definitions, _MAX_DEPTH)
    return found["value"] if isinstance(found, dict) and found.keys() == {"value"} else found


def _type(schema: Any, definitions: Mapping[str, Any], depth: int) -> Any:
    if not isinstance(schema, Mapping) or not depth:
        return "…"
    if name := str(schema.get("$ref", "")).rpartition("/")[2]:
        return _type(definitions.get(name), definitions, depth - 1)
    members = schema.get("properties")
    if isinstance(members, Mapping):
        return {name: _type(member, definitions, depth - 1) for name, member in members.items()}
    return _Words(_in_words(schema, definitions, depth))


def _in_words(schema: Mapping[str, Any], definitions: Mapping[str, Any], depth: int) -> str:
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    if isinstance(values, list):
        return " | ".join(map(repr, values))
    kinds = schema.get("type")
    if options := schema.get("anyOf") or ([{"type": kind} for kind in kinds] if isinstance(kinds, list) else []):
        return " | ".join(_word(option, definitions, depth - 1) for option in options)
    if kinds == "array":
        return f"list[{_word(schema.get('items'), definitions, depth - 1)}]"
    return _PYTHON.get(str(kinds), str(kinds or "any"))


def _word(schema: Any, definitions: Mapping[str, Any], depth: int) -> str:
    return _type_in_words(_type(schema, definitions, depth))


def _type_in_words(found: Any) -> str:
    if isinstance(found, dict):
        return "{" + ", ".join(f"{name}: {_type_in_words(kind)}" for name, kind in found.items()) + "}"
    return str(found)


class _Words(str):
    """A type in words, which is shown as it is."""


def _changed(old: Mapping[str, Any], new: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield the path of each item that differs, and its values. None and an empty mapping are as if not there."""
    for name in [*old, *(name for name in new if name not in old)]:
        before, after = old.get(name), new.get(name)
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            yield from _changed(before, after, f"{prefix}{name}.")
        elif not _same(_set(before), _set(after)):
            yield f"{prefix}{name}", before, after


def _set(value: Any) -> Any:
    return None if isinstance(value, Mapping) and not value else value


def _same(old: Any, new: Any) -> bool:
    """Whether two values are the same in JSON, where a tuple is a list."""
    if isinstance(old, list | tuple) and isinstance(new, list | tuple):
        return len(old) == len(new) and all(map(_same, old, new))
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return old.keys() == new.keys() and all(_same(old[name], new[name]) for name in old)
    return isinstance(old, bool) == isinstance(new, bool) and bool(old == new)


def _shown(old: Any, new: Any) -> tuple[str, str]:
    if isinstance(old, _Words) or isinstance(new, _Words):
        return _type_words(old), _type_words(new)
    if isinstance(old, str) and isinstance(new, str):
        pairs = enumerate(zip(old, new, strict=False))
        alike = next((at for at, (before, after) in pairs if before != after), min(len(old), len(new)))
        start = max(0, alike - _CONTEXT)
        return _string(old, start), _string(new, start)
    return _value(old), _value(new)


def _type_words(value: Any) -> str:
    return str(value) if isinstance(value, _Words) else "not set" if value is None else _value(value)


def _string(text: str, start: int) -> str:
    """Return a string from where it differs, with some characters before that."""
    end = start + _SHOWN
    return repr(f"{'…' if start else ''}{text[start:end]}{'…' if len(text) > end else ''}")


def _value(value: Any) -> str:
    return "not set" if value is None else short_repr(value, _SHOWN)
