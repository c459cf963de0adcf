"""How do Python types and JSON meet? The few places where pydantic is asked, each loaded only when needed."""

from __future__ import annotations

import inspect
import json
import types
import typing
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from vision_magic.errors import RequestError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

__all__ = ["adapter_of", "arguments_of", "faults", "is_plain", "schema_of", "to_text"]

_FAULTS_SHOWN = 3


def adapter_of(kind: Any, what: str) -> TypeAdapter[Any]:
    """Return pydantic's reader for a type.

    Raises
    ------
    RequestError
        JSON cannot express it; `what` says whose type it is.
    """
    from pydantic import PydanticUserError, TypeAdapter
    from pydantic.errors import PydanticSchemaGenerationError

    try:
        adapter: TypeAdapter[Any] = TypeAdapter(readable(kind))
        schema_of(adapter)
    except (PydanticUserError, PydanticSchemaGenerationError, TypeError, NameError, RecursionError) as error:
        raise RequestError(
            f"{what} is {_named(kind)}, which JSON cannot express ({_first_line(error)}). Expected str, int, float, "
            "bool, a Literal, an Enum, lists and dicts of these, dataclasses, TypedDicts or pydantic models."
        ) from None
    return adapter


def schema_of(adapter: TypeAdapter[Any]) -> dict[str, Any]:
    """Return the JSON Schema of a type, without the titles that pydantic makes from names."""
    from pydantic.json_schema import GenerateJsonSchema

    class Untitled(GenerateJsonSchema):
        def field_title_should_be_set(self, schema: Any) -> bool:
            return False

    return adapter.json_schema(schema_generator=Untitled)


def arguments_of(
    name: str, parameters: Iterable[inspect.Parameter], hints: Mapping[str, Any], told: Mapping[str, str]
) -> tuple[TypeAdapter[Any], dict[str, Any]]:
    """Return the reader and the JSON Schema of a function's arguments: all that is named, and nothing else."""
    from typing import NotRequired

    from pydantic import ConfigDict, Field, TypeAdapter
    from typing_extensions import TypedDict

    annotated: Any = typing.Annotated  # subscripted with what is known only now
    members: dict[str, Any] = {}
    defaults: dict[str, Any] = {}
    for item in parameters:
        kind = hints[item.name]
        adapter_of(kind, f"{name}: the parameter {item.name!r}")
        described = annotated[readable(kind), Field(description=told.get(item.name))]
        members[item.name] = described if item.default is item.empty else NotRequired[described]
        if item.default is not item.empty:
            defaults[item.name] = item.default
    # A TypedDict, not a model: a parameter may have any name, and what is left out stays out.
    arguments = TypedDict(name, members)  # type: ignore[misc]  # made here, from a signature
    arguments.__pydantic_config__ = ConfigDict(extra="forbid", strict=True)  # type: ignore[attr-defined]
    adapter: TypeAdapter[Any] = TypeAdapter(arguments)
    schema = schema_of(adapter)
    schema.pop("title", None)
    for key, value in defaults.items():
        if is_plain(value):
            schema["properties"][key]["default"] = value
    return adapter, schema


def readable(kind: Any) -> Any:
    """Return a type as pydantic reads it: before Python 3.12 it takes no TypedDict of the standard library's."""
    from typing_extensions import TypedDict, is_typeddict

    if is_typeddict(kind) and kind.__class__.__module__ == "typing":
        hints = typing.get_type_hints(kind, include_extras=True)
        members = {name: _presence(kind, name, readable(hint)) for name, hint in hints.items()}
        return TypedDict(kind.__name__, members)  # type: ignore[operator]
    arguments = typing.get_args(kind)
    origin = typing.get_origin(kind)
    if origin in (list, tuple, dict, set) and arguments:
        return origin[tuple(readable(item) for item in arguments)]
    if origin in (typing.Union, types.UnionType):
        return typing.Union[tuple(readable(item) for item in arguments)]  # noqa: UP007  # made from a list
    return kind


def _presence(kind: Any, name: str, hint: Any) -> Any:
    from typing import NotRequired

    return hint if name in kind.__required_keys__ else NotRequired[hint]


def faults(error: Exception) -> str:
    """Return what is wrong with a value, in a few words each."""
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        return _first_line(error)
    found = error.errors(include_url=False, include_context=False)
    words = [_fault(item) for item in found[:_FAULTS_SHOWN]]
    more = len(found) - len(words)
    return "; ".join(words) + (f"; and {more} more" if more else "")


def _fault(item: Mapping[str, Any]) -> str:
    place = ".".join(str(part) for part in item["loc"])
    given = "" if item["type"] in ("missing", "json_invalid") else f" (got {_short(item['input'])})"
    return f"{place + ': ' if place else ''}{item['msg'][:1].lower()}{item['msg'][1:]}{given}"


def _short(value: object, most: int = 60) -> str:
    words = repr(value)
    return words if len(words) <= most else words[: most - 1] + "…"


def to_text(value: object) -> str:
    """Return a value as JSON, and what JSON does not know as its own words."""
    from pydantic_core import to_json

    try:
        return to_json(value, fallback=_plainer, inf_nan_mode="constants").decode()
    except (ValueError, TypeError, RecursionError):
        return str(value)


def _plainer(value: Any) -> Any:
    """Return what JSON does not know as something nearer to it: arrays and columns as lists, the rest as words."""
    to_list = getattr(value, "tolist", None)
    return to_list() if callable(to_list) else str(value)


def is_plain(value: object) -> bool:
    """Whether JSON gives a value back as it was."""
    try:
        return bool(json.loads(json.dumps(value, allow_nan=False)) == value)
    except (TypeError, ValueError, RecursionError):
        return False


def _named(kind: Any) -> str:
    return kind.__name__ if isinstance(kind, type) else str(kind)


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].partition(". ")[0].rstrip(".")
