"""What may the model call? A Python function to a tool's schema, and the model's arguments, checked, back into it."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar, overload

from vision_magic.chat import json_types
from vision_magic.errors import RequestError
from vision_magic.secrets import redact

if TYPE_CHECKING:
    from pydantic import TypeAdapter

__all__ = ["MAX_ARGUMENTS", "MAX_RESULT", "Tool", "ToolRefused", "as_tool", "result_text", "tool"]

MAX_ARGUMENTS: Final = 100_000  # characters; a person is asked to read them
MAX_RESULT: Final = 100_000  # characters; the model reads them, and every later request carries them again

_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MARK: Final = "__vision_magic_tool__"

F = TypeVar("F", bound=Callable[..., Any])


class ToolRefused(Exception):
    """Arguments that the function does not take. The words are for the model, which may try again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A function that the model may call.

    Attributes
    ----------
    name : str
        Its name on the wire.
    description : str
        What it does, from its docstring.
    parameters : mapping
        The JSON Schema of its arguments.
    function : callable
        What is called.
    safe : bool
        Whether it runs without a person being asked.
    """

    name: str
    description: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    function: Callable[..., Any] = field(repr=False)
    safe: bool = False
    positional: tuple[str, ...] = ()
    adapter: TypeAdapter[Any] = field(repr=False)

    def to_wire(self) -> dict[str, Any]:
        """Return the tool as the request carries it."""
        described = {"description": self.description} if self.description else {}
        return {
            "type": "function",
            "function": {"name": self.name, **described, "parameters": dict(self.parameters)},
        }

    def check(self, arguments: str) -> dict[str, Any]:
        """Return the arguments that the model wrote, as the function takes them.

        Raises
        ------
        ToolRefused
            No JSON object, one that is too long, unknown or missing names, a value of another type.
        """
        if len(arguments) > MAX_ARGUMENTS:
            raise ToolRefused(
                f"The arguments are {len(arguments):,} characters long; {self.name} takes at most {MAX_ARGUMENTS:,}."
            )
        try:
            checked: dict[str, Any] = self.adapter.validate_json(arguments or "{}", strict=True)
        except ValueError as error:  # pydantic's own is one
            raise ToolRefused(f"{self.name} cannot be called so: {json_types.faults(error)}.") from None
        return checked

    def call(self, arguments: Mapping[str, Any]) -> Any:
        """Call the function with checked arguments; a coroutine function gives its coroutine."""
        named = dict(arguments)
        given = [named.pop(name) for name in self.positional if name in named]
        return self.function(*given, **named)


@overload
def tool(function: F, /) -> F: ...
@overload
def tool(*, safe: bool = ..., name: str = ...) -> Callable[[F], F]: ...
def tool(function: Any = None, /, *, safe: bool = False, name: str = "") -> Any:
    """Say of a function how a model may call it; the function itself stays as it is.

    Parameters
    ----------
    safe : bool
        It only looks or computes: it runs without a person being asked.
    name : str
        Its name for the model; the function's own where it is not given.

    Examples
    --------
    >>> import vision_magic as vm
    >>> @vm.tool(safe=True)
    ... def double(x: float) -> float:
    ...     return 2 * x
    """

    def mark(marked: Any) -> Any:
        setattr(marked, _MARK, {"safe": safe, "name": name})
        return marked

    return mark if function is None else mark(function)


def as_tool(function: Any) -> Tool:
    """Return a function as a tool, its schema from its signature and its docstring.

    Raises
    ------
    RequestError
        No function, one without annotations, or one whose parameters JSON cannot express.
    """
    if isinstance(function, Tool):
        return function
    if not callable(function) or isinstance(function, type):
        raise RequestError(f"tools got {_described(function)}; expected functions, or tool schemas as mappings.")
    marked: Mapping[str, Any] = getattr(function, _MARK, {})
    name = marked.get("name") or _name_of(function)
    parameters = _parameters(function, name)
    hints, told = _hints(function, name), _docstring(function)
    _check_annotated(parameters, hints, name)
    adapter, schema = json_types.arguments_of(name, parameters, hints, told)
    return Tool(
        name=name,
        description=told.get("", ""),
        parameters=schema,
        function=function,
        safe=bool(marked.get("safe")),
        positional=tuple(item.name for item in parameters if item.kind is item.POSITIONAL_ONLY),
        adapter=adapter,
    )


def _name_of(function: Any) -> str:
    bare = _bare(function)
    name = getattr(bare, "__name__", type(bare).__name__)
    if not _NAME.fullmatch(name):
        raise RequestError(
            f"tools got a function called {name!r}; expected one with a name of letters, digits, _ and -: "
            "write it with def, or name it with @vm.tool(name=…)."
        )
    return str(name)


def _bare(function: Any) -> Any:
    while isinstance(function, functools.partial):
        function = function.func
    return function


def _parameters(function: Any, name: str) -> list[inspect.Parameter]:
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        raise RequestError(
            f"tools got {name}, which does not tell its parameters; wrap it in a function of yours with annotations."
        ) from None
    for item in parameters:
        if item.kind in (item.VAR_POSITIONAL, item.VAR_KEYWORD):
            raise RequestError(
                f"{name} takes {'*' if item.kind is item.VAR_POSITIONAL else '**'}{item.name}, which a model cannot "
                "know; wrap it in a function that names its parameters."
            )
    return parameters


def _hints(function: Any, name: str) -> dict[str, Any]:
    import typing

    bare = _bare(function)
    annotated = bare if inspect.isroutine(bare) else type(bare).__call__
    try:
        return typing.get_type_hints(annotated, include_extras=True)
    except Exception as error:  # whatever evaluating somebody's annotation raises
        raise RequestError(f"{name} has an annotation that cannot be read ({error}).") from None


def _check_annotated(parameters: list[inspect.Parameter], hints: Mapping[str, Any], name: str) -> None:
    for item in parameters:
        if item.name not in hints:
            raise RequestError(
                f"{name} has no annotation for {item.name!r}, so the model cannot know what it takes; "
                f"write one, such as {item.name}: float."
            )


def _docstring(function: Any) -> dict[str, str]:
    """Return what a docstring says, by parameter; under "" what the function does."""
    import docstring_parser

    bare = _bare(function)
    text = inspect.getdoc(bare if inspect.isroutine(bare) else type(bare).__call__) or ""
    parsed = docstring_parser.parse(text)
    words = "\n\n".join(part for part in (parsed.short_description, parsed.long_description) if part)
    return {"": words} | {item.arg_name: item.description for item in parsed.params if item.description}


def result_text(value: object) -> str:
    """Return what a function gave as text for the model: JSON where it is no text, cut where it is long, no keys."""
    if value is None:
        words = "done, nothing returned"
    elif isinstance(value, str):
        words = value
    else:
        words = json_types.to_text(value)
    words = redact(words)
    if len(words) > MAX_RESULT:
        return f"{words[:MAX_RESULT]}… (cut: {len(words):,} characters in all)"
    return words


def _described(value: object) -> str:
    return f"the class {value.__name__}" if isinstance(value, type) else f"a {type(value).__name__}"
