"""Calls of the function that the question names, with measured arguments that are never guessed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vision_magic.engine.errors import InvalidRequest
from vision_magic.engine.messages import NO_IMAGE
from vision_magic.images.figure_facts.values import Facts

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["FunctionCall", "requested_call"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionCall:
    """A call of one function, with its arguments as JSON."""

    name: str
    arguments: str

    @property
    def id(self) -> str:
        """The id of the call; equal calls have equal ids."""
        return "call_" + hashlib.sha256(f"{self.name}{self.arguments}".encode()).hexdigest()[:24]


def requested_call(
    body: Mapping[str, Any],
    question: str,
    images: Sequence[PILImage.Image],
    figures: Sequence[Facts | None] = (),
) -> FunctionCall | None:
    """Return the call that a request asks for, or None if it offers no functions.

    Raises
    ------
    InvalidRequest
        The question names no function, or a function has a parameter that is not measured here.
    """
    if body.get("functions"):
        raise _not_named("functions", ())
    tools, choice = body.get("tools"), body.get("tool_choice")
    if not tools or choice == "none":
        return None
    functions = _functions(tools)
    name = _forced_name(choice, functions) or _first_named(question, functions)
    if name is None and choice == "required" and len(functions) == 1:
        (name,) = functions
    if name is None:
        raise _not_named("tools", functions)
    arguments = _arguments(name, functions[name], images, figures)
    return FunctionCall(name=name, arguments=json.dumps(arguments, ensure_ascii=False))


def _functions(tools: object) -> dict[str, Mapping[str, Any]]:
    """Return the parameters of each function, as a JSON Schema."""
    functions: dict[str, Mapping[str, Any]] = {}
    for tool in tools if isinstance(tools, list) else [tools]:
        function = tool.get("function") if isinstance(tool, Mapping) else None
        if not isinstance(function, Mapping) or not isinstance(function.get("name"), str):
            raise InvalidRequest("`tools` has an item that is not a function with a name.", param="tools")
        parameters = function.get("parameters")
        functions[function["name"]] = parameters if isinstance(parameters, Mapping) else {}
    return functions


def _forced_name(choice: object, functions: Mapping[str, Any]) -> str | None:
    """Return the function that ``tool_choice`` names, or None if the choice is free."""
    if choice in (None, "auto", "required"):
        return None
    function = choice.get("function") if isinstance(choice, Mapping) else None
    name = function.get("name") if isinstance(function, Mapping) else None
    if name not in functions:
        raise InvalidRequest(
            f"`tool_choice` got {choice!r}; expected none, auto, required or one of {', '.join(functions)}.",
            param="tool_choice",
        )
    return str(name)


def _first_named(question: str, functions: Iterable[str]) -> str | None:
    """Return the function that is named first in the question."""
    matches = {name: re.search(rf"(?<!\w){re.escape(name)}(?!\w)", question) for name in functions}
    positions = [(match.start(), name) for name, match in matches.items() if match is not None]
    return min(positions)[1] if positions else None


def _arguments(
    name: str, parameters: Mapping[str, Any], images: Sequence[PILImage.Image], figures: Sequence[Facts | None]
) -> Any:
    """Return the required arguments of a function; optional ones are left out."""
    from vision_magic.engine.schema_fill import SchemaMismatch, fill_schema

    required = parameters.get("required")
    properties = parameters.get("properties")
    names = [each for each in required if isinstance(each, str)] if isinstance(required, list) else []
    if not names:
        return {}
    if not images:
        raise InvalidRequest(f"`{name}` needs facts of a picture as arguments. {NO_IMAGE}", param="messages")
    properties = properties if isinstance(properties, Mapping) else {}
    schema = {**parameters, "properties": {each: properties.get(each, {}) for each in names}, "required": names}
    try:
        return fill_schema(images, schema, figures)
    except SchemaMismatch as mismatch:
        raise InvalidRequest(
            f"The embedded reader cannot call `{name}`: {mismatch}. It fills in parameters whose names it measures; "
            "for others choose a model with `%vision use NAME`.",
            param="tools",
            code="not_measured",
        ) from None


def _not_named(field: str, functions: Iterable[str]) -> InvalidRequest:
    names = " or ".join(functions)
    offered = f" (here: {names})" if names else ""
    return InvalidRequest(
        f"`{field}` lets a model decide which function to call. The embedded reader is not a model: it calls a "
        f"function that the question names{offered}. Name one, choose a model with `%vision use NAME`, or ask without "
        "functions.",
        param=field,
        code="unsupported_parameter",
    )
