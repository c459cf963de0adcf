"""JSON Schemas that a user passes as mappings: their structure, checked before anything is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from vision_magic.errors import RequestError
from vision_magic.reprs import short_repr

__all__ = ["checked_schema", "subschemas"]

_TABLES: Final = ("properties", "$defs", "definitions", "patternProperties", "dependentSchemas")  # names to schemas
_LISTS: Final = ("anyOf", "oneOf", "allOf", "prefixItems")
_SINGLES: Final = ("items", "additionalProperties", "not", "contains", "propertyNames", "if", "then", "else")
_BOOLEANS: Final = ("additionalProperties", "items")  # that may be True or False in place of a schema


def checked_schema(kind: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy of a schema with an object at its root.

    Raises
    ------
    RequestError
        It is not JSON, has no object at its root, or is malformed; or a reference leads outside, to nothing, or only
        to other references in a circle.
    """
    try:
        _check_names(kind, "the schema")
        schema: dict[str, Any] = json.loads(json.dumps(dict(kind), allow_nan=False))
        if schema.get("type") != "object":
            raise RequestError(
                f"schema got a JSON Schema of type {short_repr(schema.get('type'))}; expected 'object' at its root."
            )
        for place, part in subschemas(schema):
            _check_part(place, part, schema)
    except (TypeError, ValueError, RecursionError) as error:
        if isinstance(error, RequestError):
            raise
        why = "nested too deeply" if isinstance(error, RecursionError) else error
        raise RequestError(f"schema got a mapping that is not a JSON Schema ({why}); expected JSON values.") from None
    return schema


def subschemas(schema: Any, place: str = "the schema") -> Iterator[tuple[str, Any]]:
    """Yield a schema and all schemas in it, each with its place; not what only looks like one, as in a default."""
    yield place, schema
    if not isinstance(schema, dict):
        return
    for word in _TABLES:
        table = schema.get(word)
        for name, part in table.items() if isinstance(table, dict) else ():
            yield from subschemas(part, f"{name!r} in {word}")
    for word in (*_LISTS, "items"):  # a list of items is older than prefixItems
        parts = schema.get(word)
        for part in parts if isinstance(parts, list) else ():
            yield from subschemas(part, f"an item of {word}")
    for word in _SINGLES:
        is_other = (word in _BOOLEANS and isinstance(schema.get(word), bool)) or isinstance(schema.get(word), list)
        if word in schema and not is_other:
            yield from subschemas(schema[word], word)


def _check_names(value: Any, place: str) -> None:
    """Check that all names are strings: JSON would make strings of others."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            if not isinstance(name, str):
                raise RequestError(
                    f"schema got the name {short_repr(name)} in {place}; expected names that are strings."
                )
            _check_names(item, repr(name))
    elif isinstance(value, list | tuple):
        for item in value:
            _check_names(item, place)


def _check_part(place: str, part: Any, schema: Mapping[str, Any]) -> None:
    if not isinstance(part, dict):
        raise RequestError(
            f"schema got {short_repr(part)} for {place}; expected a schema as a mapping, such as {{'type': 'string'}}."
        )
    for words, kind, expected in (
        (_TABLES, dict, "a mapping of names to schemas"),
        (_LISTS, list, "a list of schemas"),
    ):
        for word in words:
            if word in part and not isinstance(part[word], kind):
                raise RequestError(f"schema got {short_repr(part[word])} for {word}; expected {expected}.")
    _check_required(part)
    if "$ref" in part:
        _check_reference(part, schema)


def _check_required(part: Mapping[str, Any]) -> None:
    required = part.get("required", [])
    if not isinstance(required, list) or not all(isinstance(name, str) for name in required):
        raise RequestError(f"schema got {short_repr(required)} for required; expected a list of names.")


def _check_reference(part: Mapping[str, Any], schema: Mapping[str, Any]) -> None:
    """Follow a reference to a schema that is not itself one."""
    seen: list[Any] = []
    while isinstance(part, dict) and "$ref" in part:
        reference = part["$ref"]
        if isinstance(reference, str) and reference[:1] == "#" and reference[1:2] not in ("", "/"):
            return  # the name of an anchor
        if reference in seen:
            raise RequestError(f"schema got the reference {reference!r}, which leads only back to itself.")
        seen.append(reference)
        if not isinstance(reference, str) or not reference.startswith("#"):
            raise RequestError(
                f"schema got the reference {short_repr(reference)}; expected one inside the schema, such as "
                "'#/$defs/Peak': no server fetches others."
            )
        part = _target(reference, schema)


def _target(reference: str, schema: Mapping[str, Any]) -> Any:
    found: Any = schema
    for step in filter(None, reference.removeprefix("#").split("/")):
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(found, dict) and name in found:
            found = found[name]
        elif isinstance(found, list) and name.isdecimal() and int(name) < len(found):
            found = found[int(name)]
        else:
            raise RequestError(f"schema got the reference {reference!r}, but the schema has nothing there.")
    return found
