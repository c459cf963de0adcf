"""Which function is called? The one that the question names, with facts that were measured; never a guess."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vision_magic.engine.errors import Refused
from vision_magic.engine.messages import NO_PICTURE

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["Call", "called"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call of one function, as Chat Completions has it."""

    name: str
    arguments: str

    @property
    def id(self) -> str:
        """The same for the same call."""
        return "call_" + hashlib.sha256(f"{self.name}{self.arguments}".encode()).hexdigest()[:24]


def called(body: Mapping[str, Any], question: str, pictures: Sequence[PILImage.Image]) -> Call | None:
    """Return the call that a request asks for; None where it offers no function.

    Raises
    ------
    Refused
        No function is named, or one is that wants what is not measured here.
    """
    if body.get("functions"):
        raise _not_named("functions", ())
    tools, choice = body.get("tools"), body.get("tool_choice")
    if not tools or choice == "none":
        return None
    functions = _functions(tools)
    name = _forced(choice, functions) or _named(question, functions)
    if name is None and choice == "required" and len(functions) == 1:
        (name,) = functions
    if name is None:
        raise _not_named("tools", functions)
    return Call(name=name, arguments=json.dumps(_arguments(name, functions[name], pictures), ensure_ascii=False))


def _functions(tools: object) -> dict[str, Mapping[str, Any]]:
    """Return the parameters of each function, as a JSON Schema."""
    found: dict[str, Mapping[str, Any]] = {}
    for tool in tools if isinstance(tools, list) else [tools]:
        function = tool.get("function") if isinstance(tool, Mapping) else None
        if not isinstance(function, Mapping) or not isinstance(function.get("name"), str):
            raise Refused("`tools` holds something that is no function with a name.", param="tools")
        parameters = function.get("parameters")
        found[function["name"]] = parameters if isinstance(parameters, Mapping) else {}
    return found


def _forced(choice: object, functions: Mapping[str, Any]) -> str | None:
    if choice in (None, "auto", "required"):
        return None
    function = choice.get("function") if isinstance(choice, Mapping) else None
    name = function.get("name") if isinstance(function, Mapping) else None
    if name not in functions:
        raise Refused(
            f"`tool_choice` got {choice!r}; expected none, auto, required or one of {', '.join(functions)}.",
            param="tool_choice",
        )
    return str(name)


def _named(question: str, functions: Mapping[str, Any]) -> str | None:
    """Return the function that is named first in the question."""
    places = {name: re.search(rf"(?<!\w){re.escape(name)}(?!\w)", question) for name in functions}
    found = [(match.start(), name) for name, match in places.items() if match is not None]
    return min(found)[1] if found else None


def _arguments(name: str, parameters: Mapping[str, Any], pictures: Sequence[PILImage.Image]) -> Any:
    """Return the arguments that a function must have; what may be left out is left to the function."""
    from vision_magic.engine.schema_fill import Unfit, fitted

    required = parameters.get("required")
    members = parameters.get("properties")
    wanted = [each for each in required if isinstance(each, str)] if isinstance(required, list) else []
    if not wanted:
        return {}
    if not pictures:
        raise Refused(f"`{name}` is to be called with facts of a picture. {NO_PICTURE}", param="messages")
    members = members if isinstance(members, Mapping) else {}
    shape = {**parameters, "properties": {each: members.get(each, {}) for each in wanted}, "required": wanted}
    try:
        return fitted(pictures, shape)
    except Unfit as unfit:
        raise Refused(
            f"The embedded reader cannot call `{name}`: {unfit}. It calls a function with what it measured, by the "
            "names of the parameters. Choose a model with `%vision use NAME` for others.",
            param="tools",
            code="not_measured",
        ) from None


def _not_named(field: str, functions: Mapping[str, Any] | tuple[()]) -> Refused:
    one = f"; here {' or '.join(functions)}" if functions else ""
    return Refused(
        f"`{field}` lets a model decide which function to call. The embedded reader is no model: it calls a function "
        f"that the question names{one}. Name it, choose a model with `%vision use NAME`, or ask without.",
        param=field,
        code="unsupported_parameter",
    )
