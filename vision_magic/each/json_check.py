"""The check of a JSON value against a JSON Schema, for answers that are read without the Python type."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from vision_magic.chat.json_types import Misfit
from vision_magic.reprs import short_repr

__all__ = ["JsonCheck"]

_MAX_FAULTS: Final = 100  # that are looked at
_MAX_REFERENCES: Final = 32  # that lead from one to the next

_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
    "integer": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
_LIMITS: Final[tuple[tuple[str, str, Callable[[Any, Any], bool]], ...]] = (
    ("minimum", "below", lambda value, limit: value < limit),
    ("maximum", "above", lambda value, limit: value > limit),
    ("exclusiveMinimum", "not above", lambda value, limit: value <= limit),
    ("exclusiveMaximum", "not below", lambda value, limit: value >= limit),
)
_SIZES: Final[tuple[tuple[str, type, str, Callable[[int, Any], bool]], ...]] = (
    ("minLength", str, "shorter than", lambda size, limit: size < limit),
    ("maxLength", str, "longer than", lambda size, limit: size > limit),
    ("minItems", list, "fewer than", lambda size, limit: size < limit),
    ("maxItems", list, "more than", lambda size, limit: size > limit),
)


class _NullFault(str):
    """A fault that is nothing but a null, or a member that is missing."""


@dataclass(frozen=True, slots=True)
class JsonCheck:
    """Reads JSON that fits a schema; it stands where `Schema` has the adapter of a Python type.

    It knows the keywords that describe Python types; patterns and formats are not checked.

    Attributes
    ----------
    root : mapping
        The schema, in which references are looked up.
    wrapped : bool
        Whether the value is the only member of the object that the schema describes.
    """

    root: Mapping[str, Any] = field(repr=False)
    wrapped: bool = False

    def validate_json(self, text: str) -> Any:
        """Return the value of a JSON text.

        Raises
        ------
        ValueError
            It is not JSON, or does not fit (`Misfit`); the message says where.
        """
        value = json.loads(text, parse_constant=_no_number)
        schema = self.root["properties"]["value"] if self.wrapped else self.root
        faults = list(islice(self._faults(value, schema, ""), _MAX_FAULTS))
        if faults:
            nulls = [fault.partition(" is ")[0] for fault in faults if isinstance(fault, _NullFault)]
            raise Misfit(faults[0], tuple(nulls) if len(nulls) == len(faults) else ())
        return value

    def _faults(self, value: Any, schema: Any, place: str) -> Iterator[str]:
        found = self._all_faults(value, schema, place)
        if value is None and place:
            yield from map(_NullFault, islice(found, 1))
        else:
            yield from found

    def _all_faults(self, value: Any, schema: Any, place: str) -> Iterator[str]:
        schema = self._resolved(schema)
        if schema is False:
            yield f"{place or 'the answer'} is not allowed"
        if not isinstance(schema, Mapping):
            return
        yield from _own_faults(value, schema, place or "the answer")
        yield from self._choice_faults(value, schema, place)
        if isinstance(value, dict):
            yield from self._member_faults(value, schema, place)
        elif isinstance(value, list):
            yield from self._item_faults(value, schema, place)

    def _choice_faults(self, value: Any, schema: Mapping[str, Any], place: str) -> Iterator[str]:
        for part in schema.get("allOf", ()):
            yield from self._faults(value, part, place)
        for word in ("anyOf", "oneOf"):
            found = [next(self._faults(value, part, place), "") for part in schema.get(word, ())]
            fits = found.count("")
            if found and (not fits or (word == "oneOf" and fits > 1)):
                yield next(filter(None, found), f"{place or 'the answer'} fits several of the alternatives")

    def _member_faults(self, value: dict[str, Any], schema: Mapping[str, Any], place: str) -> Iterator[str]:
        members = schema.get("properties", {})
        for name in schema.get("required", ()):
            if name not in value:
                yield _NullFault(f"{_at(place, name)} is missing")
        for name, item in value.items():
            part = members.get(name, schema.get("additionalProperties", True))
            yield from self._faults(item, part, _at(place, name))

    def _item_faults(self, value: list[Any], schema: Mapping[str, Any], place: str) -> Iterator[str]:
        first = schema.get("prefixItems", ())
        for number, item in enumerate(value):
            part = first[number] if number < len(first) else schema.get("items", True)
            yield from self._faults(item, part, _at(place, str(number)))

    def _resolved(self, schema: Any) -> Any:
        """Follow references inside the schema; beside one, other keywords say nothing about the shape."""
        for _ in range(_MAX_REFERENCES):
            reference = schema.get("$ref") if isinstance(schema, Mapping) else None
            if not isinstance(reference, str):
                return schema
            found: Any = self.root
            for step in reference.removeprefix("#").strip("/").split("/"):
                name = step.replace("~1", "/").replace("~0", "~")
                found = found.get(name, True) if isinstance(found, Mapping) and name else found
            schema = found
        return True


def _own_faults(value: Any, schema: Mapping[str, Any], place: str) -> Iterator[str]:
    """Yield what is wrong with a value itself, without its members."""
    kinds = schema.get("type")
    kinds = [kinds] if isinstance(kinds, str) else kinds or []
    if kinds and not any(_is_of(value, kind) for kind in kinds):
        yield f"{place} is {short_repr(value)}; expected {' or '.join(map(str, kinds))}"
    if "enum" in schema and not any(_same(value, each) for each in schema["enum"]):
        yield f"{place} is {short_repr(value)}; expected one of {short_repr(schema['enum'])}"
    if "const" in schema and not _same(value, schema["const"]):
        yield f"{place} is {short_repr(value)}; expected {short_repr(schema['const'])}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        for word, words, exceeds in _LIMITS:
            if word in schema and exceeds(value, schema[word]):
                yield f"{place} is {value}, {words} {schema[word]}"
    size = len(value) if isinstance(value, str | list) else 0
    for word, kind, words, exceeds in _SIZES:
        if word in schema and isinstance(value, kind) and exceeds(size, schema[word]):
            yield f"{place} is {words} {schema[word]}"


def _is_of(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    if kind == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _TYPES.get(kind, ()))


def _same(value: Any, other: Any) -> bool:
    """Whether two JSON values are the same; true is not 1."""
    return value == other and isinstance(value, bool) == isinstance(other, bool)


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
