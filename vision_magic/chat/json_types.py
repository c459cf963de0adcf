"""Python types and JSON: all uses of pydantic, which is loaded only when it is needed."""

from __future__ import annotations

import dataclasses
import enum
import inspect
import json
import types
import typing
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from vision_magic.errors import RequestError
from vision_magic.reprs import short_repr

if TYPE_CHECKING:
    from pydantic import TypeAdapter

__all__ = [
    "Misfit",
    "arguments_adapter",
    "format_error",
    "is_json_value",
    "json_schema",
    "nulls_in",
    "plain_value",
    "to_json_text",
    "type_adapter",
]

_MAX_ERRORS = 3


class Misfit(ValueError):
    """An answer that does not fit its schema; the message says where.

    Attributes
    ----------
    nulls : tuple of str
        Its members that are null or missing and must not be, if nothing else is wrong with it.
    """

    def __init__(self, message: str, nulls: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.nulls = nulls


def type_adapter(kind: Any, owner: str) -> TypeAdapter[Any]:
    """Return pydantic's adapter of a type.

    Raises
    ------
    RequestError
        JSON cannot express the type; the message begins with `owner`, which says where the type was given.
    """
    from pydantic import TypeAdapter

    try:
        adapter: TypeAdapter[Any] = TypeAdapter(_for_pydantic(kind))
        json_schema(adapter)
    except Exception as error:  # pydantic's own, and what the hooks of a type raise
        raise RequestError(
            f"{owner} has the type {_name(kind)}, which JSON cannot express ({_first_line(error)}); expected str, int, "
            "float, bool, a Literal, an Enum, lists and dicts of these, dataclasses, TypedDicts or pydantic models."
        ) from None
    return adapter


def json_schema(adapter: TypeAdapter[Any]) -> dict[str, Any]:
    """Return the JSON Schema of a type, without the titles that pydantic derives from names."""
    from pydantic.json_schema import GenerateJsonSchema

    class Untitled(GenerateJsonSchema):
        def field_title_should_be_set(self, schema: Any) -> bool:
            return False

    return adapter.json_schema(schema_generator=Untitled)


def arguments_adapter(
    name: str, parameters: Iterable[inspect.Parameter], hints: Mapping[str, Any], descriptions: Mapping[str, str]
) -> tuple[TypeAdapter[Any], dict[str, Any]]:
    """Return the adapter and the JSON Schema of a function's arguments by name; other names are not allowed."""
    from typing import NotRequired

    from pydantic import ConfigDict, Field, TypeAdapter
    from typing_extensions import TypedDict

    annotated: Any = typing.Annotated  # Any, since it is subscripted with values
    members: dict[str, Any] = {}
    defaults: dict[str, Any] = {}
    for item in parameters:
        kind = hints[item.name]
        type_adapter(kind, f"{name}: the parameter {item.name!r}")
        described = annotated[_for_pydantic(kind), Field(description=descriptions.get(item.name))]
        members[item.name] = described if item.default is item.empty else NotRequired[described]
        if item.default is not item.empty:
            defaults[item.name] = item.default
    # A TypedDict, not a model: a model reserves names, and fills in arguments that were left out.
    arguments = TypedDict(name, members)  # type: ignore[misc]  # made from a signature
    arguments.__pydantic_config__ = ConfigDict(extra="forbid", strict=True)  # type: ignore[attr-defined]
    adapter: TypeAdapter[Any] = TypeAdapter(arguments)
    schema = json_schema(adapter)
    schema.pop("title", None)
    for key, value in defaults.items():
        if is_json_value(value):
            schema["properties"][key]["default"] = value
    return adapter, schema


def _for_pydantic(kind: Any) -> Any:
    """Return a type that pydantic accepts: before Python 3.12 it refuses ``typing.TypedDict``."""
    from typing_extensions import TypedDict, is_typeddict

    if is_typeddict(kind) and kind.__class__.__module__ == "typing":
        hints = typing.get_type_hints(kind, include_extras=True)
        members = {name: _with_presence(kind, name, _for_pydantic(hint)) for name, hint in hints.items()}
        return TypedDict(kind.__name__, members)  # type: ignore[operator]
    arguments = typing.get_args(kind)
    origin = typing.get_origin(kind)
    if origin in (list, tuple, dict, set) and arguments:
        return origin[tuple(_for_pydantic(item) for item in arguments)]
    if origin in (typing.Union, types.UnionType):
        return typing.Union[tuple(_for_pydantic(item) for item in arguments)]  # noqa: UP007  # made from a tuple
    return kind


def _with_presence(kind: Any, name: str, hint: Any) -> Any:
    from typing import NotRequired

    return hint if name in kind.__required_keys__ else NotRequired[hint]


def format_error(error: Exception) -> str:
    """Format a validation error: the first problems, each with its location, and how many more there are."""
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        return _first_line(error)
    found = error.errors(include_url=False, include_context=False)
    shown = [_format_one(item) for item in found[:_MAX_ERRORS]]
    more = len(found) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more else "")


def nulls_in(error: Exception) -> tuple[str, ...]:
    """Return the members that are null or missing and must not be; empty if anything else is wrong."""
    from pydantic import ValidationError

    found = error.errors(include_url=False, include_context=False) if isinstance(error, ValidationError) else []
    places: dict[str, None] = {}
    for item in found:
        if not item["loc"] or not (item["type"] == "missing" or item["input"] is None):
            return ()
        places[".".join(map(str, item["loc"]))] = None
    return tuple(places)


def _format_one(item: Mapping[str, Any]) -> str:
    place = ".".join(str(part) for part in item["loc"])
    given = "" if item["type"] in ("missing", "json_invalid") else f" (got {_short(item['input'])})"
    return f"{place + ': ' if place else ''}{item['msg'][:1].lower()}{item['msg'][1:]}{given}"


def _short(value: object, max_length: int = 60) -> str:
    text = repr(value)
    return text if len(text) <= max_length else text[: max_length - 1] + "…"


def to_json_text(value: object) -> str:
    """Return a value as JSON; what JSON cannot express becomes a list or a string."""
    from pydantic_core import to_json

    try:
        return to_json(value, fallback=_fallback, inf_nan_mode="constants").decode()
    except (ValueError, TypeError, RecursionError):
        return str(value)


def _fallback(value: Any) -> Any:
    """Return arrays and table columns as lists, and any other value as a string."""
    to_list = getattr(value, "tolist", None)
    return to_list() if callable(to_list) else str(value)


def plain_value(value: Any) -> Any:
    """Return a checked value as JSON values, with every part of it.

    Unlike pydantic's serialisation, this leaves out nothing that a class hides of itself (``exclude``, ``repr=False``).
    """
    if isinstance(value, enum.Enum):
        return plain_value(value.value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, bytes | bytearray):
        return value.decode("utf-8", "backslashreplace")
    if isinstance(value, Mapping):
        return {str(plain_value(name)): plain_value(item) for name, item in value.items()}
    if (members := _members(value)) is not None:
        return plain_value(members)
    return [plain_value(item) for item in value] if isinstance(value, Collection) else str(value)


def _members(value: Any) -> Any:
    """Return what an object of a dataclass, a pydantic model or a ``SecretStr`` holds; None for any other."""
    if dataclasses.is_dataclass(value):
        return {item.name: getattr(value, item.name) for item in dataclasses.fields(value)}
    if hasattr(type(value), "model_fields"):
        return {**vars(value), **(value.__pydantic_extra__ or {})}
    if hasattr(type(value), "get_secret_value"):
        return value.get_secret_value()
    return None


def is_json_value(value: object) -> bool:
    """Whether a value survives a round trip through JSON."""
    try:
        return bool(json.loads(json.dumps(value, allow_nan=False)) == value)
    except (TypeError, ValueError, RecursionError):
        return False


def _name(kind: Any) -> str:
    return kind.__name__ if isinstance(kind, type) else short_repr(kind)


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].partition(". ")[0].rstrip(".")
