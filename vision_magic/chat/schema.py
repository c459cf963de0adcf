"""Which shape must the answer have? A Python type to ``response_format``, and the text back to a value of that type."""

from __future__ import annotations

import copy
import inspect
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from vision_magic.chat import json_types
from vision_magic.errors import RequestError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

__all__ = ["Schema", "as_schema", "in_words", "without_fence"]

_WRAP: Final = "value"  # servers want an object at the root: anything else travels as the one member of one

# What follows the opening fence on its line is the language; on one line only a word before the value is.
_FENCED = re.compile(r'```(?:[^\n{\["]*\n|[A-Za-z]+(?=[\s{\["]))?(?P<inside>.*)```', re.DOTALL)

_SHORT_TYPES: Final = {"str": str, "int": int, "float": float, "bool": bool}
_SHORT_FIELD: Final = re.compile(r"(?P<name>[A-Za-z_]\w*)\s*(?::\s*(?P<list>list\[)?\s*(?P<type>\w+)\s*(?P<end>\])?)?")


@dataclass(frozen=True, slots=True)
class Schema:
    """The shape of an answer.

    Attributes
    ----------
    name : str
        What it is called on the wire.
    json_schema : mapping
        Its JSON Schema; an object at the root.
    strict : bool
        Whether the server is asked to keep to it to the letter; not every schema can be.
    """

    name: str
    json_schema: Mapping[str, Any] = field(repr=False)
    strict: bool = True
    wrapped: bool = False
    adapter: TypeAdapter[Any] | None = field(default=None, repr=False, compare=False)

    def to_wire(self) -> dict[str, Any]:
        """Return it as ``response_format``."""
        return {
            "type": "json_schema",
            "json_schema": {"name": self.name, "schema": dict(self.json_schema), "strict": self.strict},
        }

    def read(self, text: str) -> Any:
        """Return the text of an answer as a value of the type.

        Raises
        ------
        ValueError
            It is no JSON, or of another shape; the message says where.
        """
        inside = without_fence(text)
        try:
            if self.adapter is None:
                return self._unwrapped(json.loads(inside))
            if not self.wrapped:
                return self.adapter.validate_json(inside)
            # In JSON an Enum is its value and a tuple a list: so it is read as JSON again.
            return self.adapter.validate_json(json.dumps(self._unwrapped(json.loads(inside))))
        except RecursionError:
            raise ValueError("nested too deeply") from None
        except ValueError as error:
            raise ValueError(json_types.faults(error)) from None

    def read_partial(self, text: str) -> Any:
        """Return what there is of an answer that is still being written, as plain JSON; None where there is nothing."""
        from pydantic_core import from_json

        start = re.search(r"[\[{]", text)
        if start is None:
            return None
        try:
            found = from_json(text[start.start() :].removesuffix("```").rstrip(), allow_partial="trailing-strings")
        except ValueError:
            return None
        return self._unwrapped(found)

    def plain(self, value: Any) -> Any:
        """Return a value of the type as plain JSON values, for a table."""
        return json.loads(json_types.to_text(value))

    def _unwrapped(self, value: Any) -> Any:
        # A model that was told in words may leave the wrapping away.
        return value[_WRAP] if self.wrapped and isinstance(value, dict) and value.keys() == {_WRAP} else value


def as_schema(kind: Any) -> Schema:
    """Return the shape that a type describes.

    Parameters
    ----------
    kind : type, str or mapping
        A pydantic model, a dataclass, a TypedDict, ``list[Model]``, an Enum, a ``Literal``; the short form
        ``"name, age: int"`` (``"[name, age: int]"`` for a list of such records); or a JSON Schema as a mapping, whose
        answers are read as JSON and not checked.

    Raises
    ------
    RequestError
        A type that JSON Schema cannot express, or a short form that cannot be read.
    """
    if isinstance(kind, Schema):
        return kind
    if isinstance(kind, Mapping):
        return _from_mapping(kind)
    if isinstance(kind, str):
        kind = _from_short(kind)
    elif kind is Any or kind is object or inspect.isroutine(kind):
        raise RequestError(f"schema got {kind!r}, which is no shape; expected a type, such as list[Model].")
    adapter = json_types.adapter_of(kind, "schema")
    made = json_types.schema_of(adapter)
    name = _wire_name(made.get("title") or getattr(kind, "__name__", "") or "Answer")
    wrapped = made.get("type") != "object" and not _is_object(made)
    if wrapped:
        definitions = made.pop("$defs", None)
        made = {"type": "object", "properties": {_WRAP: made}, "required": [_WRAP]}
        made |= {"$defs": definitions} if definitions else {}
    strict = _strict(made)
    return Schema(name, strict or made, strict is not None, wrapped, adapter)


def _from_mapping(kind: Mapping[str, Any]) -> Schema:
    try:
        made = json.loads(json.dumps(dict(kind), allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        raise RequestError(f"schema got a mapping that is no JSON Schema ({error}).") from None
    if made.get("type") != "object":
        raise RequestError(f"schema got a JSON Schema of type {made.get('type')!r}; expected an object at its root.")
    return Schema(_wire_name(str(made.get("title", "Answer"))), made, _strict(made) == made)


def _from_short(text: str) -> Any:
    """Return the type of ``name, age: int``; in brackets a list of such records."""
    from pydantic import BaseModel, create_model

    inside, many = text.strip(), False
    if inside.startswith("[") and inside.endswith("]"):
        inside, many = inside[1:-1], True
    members: dict[str, Any] = {}
    for name, member in _short_fields(inside, text):
        if name in members:
            raise RequestError(f"schema got {text!r}; the name {name!r} stands there twice.")
        if hasattr(BaseModel, name):  # such as copy, json and model_config
            raise RequestError(f"schema got the name {name!r}, which every record has for itself; expected another.")
        members[name] = member
    record: Any = create_model("Record", **{name: (kind, ...) for name, kind in members.items()})  # type: ignore[call-overload]
    return list[record] if many else record


def _short_fields(inside: str, text: str) -> Iterator[tuple[str, Any]]:
    for item in inside.split(","):
        match = _SHORT_FIELD.fullmatch(item.strip())
        kind = _SHORT_TYPES.get((match and match["type"]) or "str")
        if match is None or kind is None or bool(match["list"]) != bool(match["end"]):
            raise RequestError(
                f"schema got {text!r}; expected names with types, such as 'name, age: int'. "
                f"The types are {', '.join(_SHORT_TYPES)}, and list[…] of them; anything else is a class of yours."
            )
        if match["name"].startswith("_"):
            raise RequestError(f"schema got the name {match['name']!r}; expected one that begins with a letter.")
        yield match["name"], (list[kind] if match["list"] else kind)  # type: ignore[valid-type]


def _is_object(schema: Mapping[str, Any]) -> bool:
    """Whether a reference at the root leads to an object, as it does for a model that refers to itself."""
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    return bool(name) and schema.get("$defs", {}).get(name, {}).get("type") == "object"


def _wire_name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "_", name).strip("_")[:64] or "Answer"


def _strict(schema: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a schema as servers can hold a model to it, or None where they cannot: every member named and required."""
    made: dict[str, Any] = copy.deepcopy(dict(schema))
    for part in _objects(made):
        members = part.get("properties")
        if not members or part.get("additionalProperties", False) is not False:
            return None  # names that are not known beforehand
        part["additionalProperties"] = False
        part["required"] = list(members)
        for member in members.values():
            member.pop("default", None)
            if "$ref" in member:  # nothing may stand beside a reference
                reference = member["$ref"]
                member.clear()
                member["$ref"] = reference
    return made


def _objects(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if part.get("type") == "object":
            yield part
        for value in part.values():
            yield from _objects(value)
    elif isinstance(part, list):
        for value in part:
            yield from _objects(value)


def in_words(response_format: Mapping[str, Any]) -> str:
    """Return a schema as a sentence, for a server that knows JSON and no schemas."""
    schema = response_format["json_schema"].get("schema", {})
    return (
        "Answer with one JSON object and nothing else, no words around it and no code fence. It must fit this JSON "
        f"Schema:\n{json.dumps(schema, ensure_ascii=False)}"
    )


def without_fence(text: str) -> str:
    """Return what is inside a code fence around the whole text, else the text."""
    match = _FENCED.fullmatch(text.strip())
    return match["inside"].strip() if match else text
