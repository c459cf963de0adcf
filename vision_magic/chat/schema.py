"""Typed answers: a Python type as ``response_format``, and the text of the answer as a value of that type."""

from __future__ import annotations

import copy
import inspect
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from vision_magic.chat import json_types
from vision_magic.chat.json_schema import checked_schema, subschemas
from vision_magic.errors import RequestError
from vision_magic.reprs import short_repr

if TYPE_CHECKING:
    from pydantic import TypeAdapter

__all__ = ["Schema", "as_schema", "schema_instructions", "without_fence"]

_WRAP: Final = "value"  # servers expect an object at the root; any other type is sent as its only member

# The rest of the opening fence's line is the language. If everything is on one line, only a word before the value is.
_FENCED = re.compile(r'```(?:[^\n{\["]*\n|[A-Za-z]+(?=[\s{\["]))?(?P<inside>.*)```', re.DOTALL)

_SHORT_TYPES: Final = {"str": str, "int": int, "float": float, "bool": bool}
_SHORT_FIELD: Final = re.compile(r"(?P<name>[A-Za-z_]\w*)\s*(?::\s*(?P<list>list\[)?\s*(?P<type>\w+)\s*(?P<end>\])?)?")


@dataclass(frozen=True, slots=True)
class Schema:
    """The schema of an answer.

    Attributes
    ----------
    name : str
        Its name in the request.
    json_schema : mapping
        The JSON Schema, with an object at its root.
    strict : bool
        Whether the server must guarantee the schema. Not every schema allows that.
    wrapped : bool
        Whether the value is the only member of the object at the root.
    adapter : TypeAdapter or None
        Pydantic's adapter of the type; None for a schema that was given as a mapping, whose answers are not checked.
    """

    name: str
    json_schema: Mapping[str, Any] = field(repr=False)
    strict: bool = True
    wrapped: bool = False
    adapter: TypeAdapter[Any] | None = field(default=None, repr=False, compare=False)

    def to_wire(self) -> dict[str, Any]:
        """Return the schema as ``response_format``."""
        return {
            "type": "json_schema",
            "json_schema": {"name": self.name, "schema": dict(self.json_schema), "strict": self.strict},
        }

    def read(self, text: str) -> Any:
        """Return the text of an answer as a value of the type.

        Raises
        ------
        ValueError
            The text is not JSON, or does not fit the schema; the message says where.
        """
        inside = without_fence(text)
        try:
            if self.adapter is None:
                return self._unwrapped(json.loads(inside))
            if not self.wrapped:
                return self.adapter.validate_json(inside)
            # Validated as JSON, not as Python values: JSON has a value for an Enum, and a list for a tuple.
            return self.adapter.validate_json(json.dumps(self._unwrapped(json.loads(inside))))
        except RecursionError:
            raise ValueError("nested too deeply") from None
        except ValueError as error:
            raise ValueError(json_types.format_error(error)) from None

    def read_partial(self, text: str) -> Any:
        """Parse an answer that is still being written as far as possible; None if it holds no value yet."""
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
        """Return a value of the type as plain JSON values."""
        return json.loads(json_types.to_json_text(value))

    def _unwrapped(self, value: Any) -> Any:
        # A model that got the schema as instructions may leave out the wrapping object.
        return value[_WRAP] if self.wrapped and isinstance(value, dict) and value.keys() == {_WRAP} else value


def as_schema(kind: Any) -> Schema:
    """Return the schema of a type.

    Parameters
    ----------
    kind : type, str or mapping
        A pydantic model, a dataclass, a TypedDict, ``list[Model]``, an Enum or a ``Literal``; the short form
        ``"name, age: int"``, or ``"[name, age: int]"`` for a list of such records; or a JSON Schema as a mapping.
        Answers to a JSON Schema are read as JSON, but not checked.

    Raises
    ------
    RequestError
        JSON Schema cannot express the type, or the short form is malformed.
    """
    if isinstance(kind, Schema):
        return kind
    if isinstance(kind, Mapping):
        return _from_mapping(kind)
    if isinstance(kind, str):
        kind = _from_short_form(kind)
    elif kind is Any or kind is object or inspect.isroutine(kind):
        raise RequestError(f"schema got {short_repr(kind)}; expected a type, such as list[Model].")
    adapter = json_types.type_adapter(kind, "schema")
    schema = json_types.json_schema(adapter)
    name = _wire_name(schema.get("title") or getattr(kind, "__name__", "") or "Answer")
    wrapped = schema.get("type") != "object" and not _is_object(schema)
    if wrapped:
        definitions = schema.pop("$defs", None)
        schema = {"type": "object", "properties": {_WRAP: schema}, "required": [_WRAP]}
        schema |= {"$defs": definitions} if definitions else {}
    strict = _strict(schema)
    return Schema(name, strict or schema, strict is not None, wrapped, adapter)


def _from_mapping(kind: Mapping[str, Any]) -> Schema:
    schema = checked_schema(kind)
    return Schema(_wire_name(str(schema.get("title", "Answer"))), schema, _strict(schema) == schema)


def _from_short_form(text: str) -> Any:
    """Return the type that a short form describes: a record, or a list of records if it is in brackets."""
    from pydantic import BaseModel, create_model

    inside, many = text.strip(), False
    if inside.startswith("[") and inside.endswith("]"):
        inside, many = inside[1:-1], True
    members: dict[str, Any] = {}
    for name, member in _short_fields(inside, text):
        if name in members:
            raise RequestError(f"schema got {text!r}, in which {name!r} appears twice; expected different names.")
        if hasattr(BaseModel, name):  # such as copy, json and model_config
            raise RequestError(f"schema got the name {name!r}, which is reserved; expected another name.")
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
                f"The types are {', '.join(_SHORT_TYPES)} and list[…] of them; for other types pass a class."
            )
        if match["name"].startswith("_"):
            raise RequestError(f"schema got the name {match['name']!r}; expected a name that begins with a letter.")
        yield match["name"], (list[kind] if match["list"] else kind)  # type: ignore[valid-type]


def _is_object(schema: Mapping[str, Any]) -> bool:
    """Whether the root is a reference to an object, as in the schema of a model that refers to itself."""
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    return bool(name) and schema.get("$defs", {}).get(name, {}).get("type") == "object"


def _wire_name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "_", name).strip("_")[:64] or "Answer"


def _strict(original: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a schema that servers can enforce, with every member named and required; None if that is impossible."""
    schema: dict[str, Any] = copy.deepcopy(dict(original))
    for part in _objects(schema):
        members = part.get("properties")
        if not members or part.get("additionalProperties", False) is not False:
            return None  # an object with arbitrary names
        part["additionalProperties"] = False
        part["required"] = list(members)
        for member in members.values():
            member.pop("default", None)
            if "$ref" in member:  # servers allow nothing next to a reference
                reference = member["$ref"]
                member.clear()
                member["$ref"] = reference
    return schema


def _objects(schema: Any) -> Iterator[dict[str, Any]]:
    return (part for _, part in subschemas(schema) if isinstance(part, dict) and part.get("type") == "object")


def schema_instructions(response_format: Mapping[str, Any]) -> str:
    """Return a schema as instructions for the model, for a server that does not support ``json_schema``."""
    schema = response_format["json_schema"].get("schema", {})
    return (
        "Answer with one JSON object and nothing else: no text around it and no code fence. It must conform to this "
        f"JSON Schema:\n{json.dumps(schema, ensure_ascii=False)}"
    )


def without_fence(text: str) -> str:
    """Return the content of a code fence around the whole text; the text itself if there is none."""
    match = _FENCED.fullmatch(text.strip())
    return match["inside"].strip() if match else text
