"""Typed answers: a Python type as ``response_format``, and the text of the answer as a value of that type."""

from __future__ import annotations

import copy
import inspect
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, get_args

from vision_magic.chat import json_types
from vision_magic.chat.json_schema import checked_schema, subschemas
from vision_magic.chat.json_types import Misfit
from vision_magic.errors import RequestError
from vision_magic.reprs import short_repr

if TYPE_CHECKING:
    from pydantic import TypeAdapter

__all__ = ["Schema", "as_schema", "schema_instructions", "without_fence"]

_WRAP: Final = "value"  # servers expect an object at the root; any other type is sent as its only member

# The rest of the opening fence's line is the language. If everything is on one line, only a word before the value is.
_FENCED = re.compile(r'```(?:[^\n{\["]*\n|[A-Za-z]+(?=[\s{\["]))?(?P<inside>.*)```', re.DOTALL)

_SHORT_TYPES: Final = {"str": str, "int": int, "float": float, "bool": bool}
_SHORT_FIELD: Final = re.compile(r"(?P<name>[A-Za-z_]\w*)\s*(?::\s*(?P<type>\S.*))?", re.DOTALL)
_OR_NONE: Final = re.compile(r"(?P<type>.*\S)\s*\|\s*None|None\s*\|\s*(?P<other>\S.*)", re.DOTALL)
_LIST_OF: Final = re.compile(r"list\[\s*(?P<type>\S.*\S)\s*\]", re.DOTALL)


_MODULES: Final = re.compile(r"\b(?:[A-Za-z_]\w*\.)+(?=[A-Za-z_])")

_KEYWORDS: Final = frozenset(
    {"type", "properties", "$ref", "$defs", "$schema", "anyOf", "oneOf", "allOf", "enum", "const"}
)
"""Keywords of JSON Schema, one of which each has."""


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
    given : str
        The type as the user wrote it, such as ``[name, age: int]`` or ``list[Model]``; empty for a JSON Schema.
    variable : str
        The notebook's variable that gets the reply to a cell; empty for a call in Python.
    """

    name: str
    json_schema: Mapping[str, Any] = field(repr=False)
    strict: bool = True
    wrapped: bool = False
    adapter: TypeAdapter[Any] | None = field(default=None, repr=False, compare=False)
    given: str = field(default="", repr=False, compare=False)
    variable: str = field(default="", repr=False, compare=False)

    @property
    def words(self) -> str:
        """The schema as the user gave it, for messages."""
        return self.given or self.name

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
        Misfit
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
            raise Misfit("nested too deeply") from None
        except Misfit:
            raise
        except ValueError as error:
            raise Misfit(json_types.format_error(error), json_types.nulls_in(error)) from None

    def parse(self, text: str) -> Any:
        """Return the text of an answer as JSON values, whatever their shape; errors as for `read`."""
        try:
            return self._unwrapped(json.loads(without_fence(text)))
        except (ValueError, RecursionError) as error:
            raise Misfit(json_types.format_error(error)) from None

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
        ``"name, age: int | None"``, or ``"[name, age: int]"`` for a list of such records; names with types as a dict,
        ``{"name": str, "age": "int | None"}``; or a JSON Schema as a mapping. Answers to a JSON Schema are read as
        JSON, but not checked.

    Raises
    ------
    RequestError
        JSON Schema cannot express the type, or the short form is malformed.
    """
    if isinstance(kind, Schema):
        return kind
    given = _given(kind)
    if isinstance(kind, Mapping) and _is_record(kind):
        kind = _record(kind.items(), short_repr(kind))
    if isinstance(kind, Mapping):
        return _from_mapping(kind)
    if isinstance(kind, str):
        kind = _from_short_form(kind)
    elif isinstance(kind, list | tuple | set | frozenset):
        raise RequestError(f"schema got {short_repr(kind)}, {_instead_of_list(list(kind))}.")
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
    return Schema(name, strict or schema, strict is not None, wrapped, adapter, given)


def _given(kind: Any) -> str:
    """Return a type as it is written in code, without the modules of its names."""
    if isinstance(kind, str):
        return kind.strip()
    return _MODULES.sub("", kind.__name__ if isinstance(kind, type) and not get_args(kind) else short_repr(kind))


def _from_mapping(kind: Mapping[str, Any]) -> Schema:
    if kind and not _KEYWORDS & kind.keys():
        raise RequestError(
            f"schema got {short_repr(kind)}, which is not a JSON Schema; expected names with types, such as "
            '{"name": "str", "age": "int | None"}, a class for records within records, or a JSON Schema: '
            '{"type": "object", "properties": {…}}.'
        )
    schema = checked_schema(kind)
    return Schema(_wire_name(str(schema.get("title", "Answer"))), schema, _strict(schema) == schema)


def _is_record(kind: Mapping[Any, Any]) -> bool:
    """Whether a mapping has types by name: a JSON Schema has neither types of Python nor their names as values."""
    return bool(kind) and all(map(_is_type, kind.values()))


def _is_type(value: Any) -> bool:
    if isinstance(value, str):
        return _short_type(value) is not None
    return not isinstance(value, Mapping | list | tuple | bool | int | float) and value is not None


def _instead_of_list(items: Sequence[Any]) -> str:
    """Return what is expected in place of a list."""
    names = [item for item in items if isinstance(item, str)]
    if names and len(names) == len(items):
        joined = ", ".join(names)
        return (
            f'which is a list; expected "{joined}" for a record of these, or Literal{short_repr(names)} for one of them'
        )
    if len(items) == 1:
        one = items[0] if isinstance(items[0], type) else None
        inside = one.__name__ if one is not None else "Model"
        return f'which is a list; expected list[{inside}] for a list, or "[name, age: int]" for a list of records'
    return 'which is a list; expected a type, such as list[Model], or the short form "name, age: int"'


def _from_short_form(text: str) -> Any:
    """Return the type that a short form describes: a record, or a list of records if it is in brackets."""
    inside, many = text.strip(), False
    if inside.startswith("[") and inside.endswith("]"):
        inside, many = inside[1:-1], True
    record = _record(_short_fields(inside, text), repr(text))
    return list[record] if many else record  # type: ignore[valid-type]


def _record(fields: Iterable[tuple[Any, Any]], given: str) -> Any:
    """Return the type of a record from its names and their types."""
    from pydantic import BaseModel, create_model

    members: dict[str, Any] = {}
    for name, kind in fields:
        if not isinstance(name, str) or not name.isidentifier() or name.startswith("_"):
            raise RequestError(f"schema got the name {name!r}; expected a name that begins with a letter.")
        if name in members:
            raise RequestError(f"schema got {given}, in which {name!r} appears twice; expected different names.")
        if hasattr(BaseModel, name):  # such as copy, json and model_config
            raise RequestError(f"schema got the name {name!r}, which is reserved; expected another name.")
        if isinstance(kind, str):
            kind = _short_type(kind)
        json_types.type_adapter(kind, f"schema: {name}")
        members[name] = (kind, ...)
    made: Any = create_model("Record", **members)
    return made


def _short_fields(inside: str, text: str) -> Iterator[tuple[str, Any]]:
    for item in inside.split(","):
        match = _SHORT_FIELD.fullmatch(item.strip())
        kind = _short_type(match["type"] or "str") if match is not None else None
        if match is None or kind is None:
            raise RequestError(
                f"schema got {text!r}; expected names with types, such as 'name, age: int'. The types are "
                f"{', '.join(_SHORT_TYPES)}, list[…] of them, and either with '| None'; for other types pass a class."
            )
        yield match["name"], kind


def _short_type(text: str) -> Any:
    """Return the type that a string names: ``int``, ``list[str]``, ``float | None``; None if it is not one."""
    text = text.strip()
    if match := _OR_NONE.fullmatch(text):
        kind = _short_type(match["type"] or match["other"])
        return None if kind is None else kind | None
    if match := _LIST_OF.fullmatch(text):
        kind = _short_type(match["type"])
        return None if kind is None else list[kind]  # type: ignore[valid-type]
    return _SHORT_TYPES.get(text)


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
