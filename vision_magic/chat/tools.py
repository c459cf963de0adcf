"""Tools: a Python function as a tool of the request, and a call of the model as a checked call of the function."""

from __future__ import annotations

import functools
import inspect
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar, overload

from vision_magic.chat import json_types
from vision_magic.errors import RequestError
from vision_magic.reprs import short_repr
from vision_magic.secrets import redact
from vision_magic.text import one_line

if TYPE_CHECKING:
    from pydantic import TypeAdapter

__all__ = [
    "MAX_ARGUMENTS",
    "MAX_RESULT",
    "Tool",
    "ToolArgumentError",
    "arguments_text",
    "as_tool",
    "result_text",
    "tool",
    "unrepeated",
]

MAX_ARGUMENTS: Final = 100_000  # characters; the user has to read them before approving a call
MAX_RESULT: Final = 100_000  # characters; every later request of the conversation carries them again

_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MARK: Final = "__vision_magic_tool__"

F = TypeVar("F", bound=Callable[..., Any])


class ToolArgumentError(Exception):
    """Arguments do not fit the function. The message is sent to the model, which may try again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A function that the model may call.

    Attributes
    ----------
    name : str
        The name that the model sees.
    description : str
        The description of the function, from its docstring.
    parameters : mapping
        The JSON Schema of the arguments.
    function : callable
        The function itself.
    safe : bool
        Whether it runs without the user's approval.
    positional : tuple of str
        The names of positional-only parameters.
    adapter : TypeAdapter
        Pydantic's adapter of the arguments.
    """

    name: str
    description: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    function: Callable[..., Any] = field(repr=False)
    safe: bool = False
    positional: tuple[str, ...] = ()
    adapter: TypeAdapter[Any] = field(repr=False)

    def to_wire(self) -> dict[str, Any]:
        """Return the tool as JSON."""
        described = {"description": self.description} if self.description else {}
        return {
            "type": "function",
            "function": {"name": self.name, **described, "parameters": dict(self.parameters)},
        }

    def check(self, arguments: str) -> dict[str, Any]:
        """Return the arguments that the model wrote as Python values.

        Raises
        ------
        ToolArgumentError
            The arguments are not a JSON object, are too long, have unknown, missing or repeated names, or have a wrong
            type.
        """
        if len(arguments) > MAX_ARGUMENTS:
            raise ToolArgumentError(
                f"{self.name} got arguments of {len(arguments):,} characters; expected at most {MAX_ARGUMENTS:,}."
            )
        try:
            json.loads(arguments or "{}", object_pairs_hook=unrepeated)
            checked: dict[str, Any] = self.adapter.validate_json(arguments or "{}", strict=True)
            # Pydantic checks the items of an Iterable only when they are read; here before anyone is asked.
            return {name: list(value) if isinstance(value, Iterator) else value for name, value in checked.items()}
        except (ValueError, RecursionError) as error:  # pydantic's ValidationError is a ValueError
            raise ToolArgumentError(f"{self.name} got invalid arguments: {json_types.format_error(error)}.") from None

    def call(self, arguments: Mapping[str, Any]) -> Any:
        """Call the function with checked arguments; a coroutine function returns its coroutine."""
        keywords = dict(arguments)
        positional = [keywords.pop(name) for name in self.positional if name in keywords]
        return self.function(*positional, **keywords)


def arguments_text(arguments: Mapping[str, Any], written: str) -> str:
    """Return checked arguments as JSON: what the function gets, without the escapes that the model wrote.

    Where this equals what the model wrote, numbers keep their form: 4 stays 4 for a parameter of type float.
    """
    plain, parsed = json_types.plain_value(arguments), json.loads(written or "{}")
    return json.dumps(parsed if parsed == plain else plain, ensure_ascii=False)


def unrepeated(members: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the members of a JSON object.

    Raises
    ------
    ValueError
        A name is repeated. Some readers of JSON take the first one, others the last.
    """
    made = dict(members)
    if len(made) < len(members):
        names = [name for name, _ in members]
        repeated = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name {one_line(repeated)!r} is repeated; write each name once")
    return made


@overload
def tool(function: F, /) -> F: ...
@overload
def tool(*, safe: bool = ..., name: str = ...) -> Callable[[F], F]: ...
def tool(function: Any = None, /, *, safe: bool = False, name: str = "") -> Any:
    """Mark a function as a tool for models. The function itself does not change.

    Parameters
    ----------
    safe : bool
        Whether it may run without the user's approval. Set it only for functions that change nothing.
    name : str
        The name that the model sees; by default the function's name.

    Raises
    ------
    RequestError
        `safe` is neither True nor False: a string such as ``"no"`` would count as true.

    Examples
    --------
    >>> import vision_magic as vm
    >>> @vm.tool(safe=True)
    ... def double(x: float) -> float:
    ...     return 2 * x
    """
    if not isinstance(name, str) or (name and not _NAME.fullmatch(name)):
        raise RequestError(f"tool got the name {short_repr(name)}; expected 1 to 64 letters, digits, _ and -.")
    if not isinstance(safe, bool):
        raise RequestError(f"safe got {safe!r}; expected True or False.")

    def mark(marked: Any) -> Any:
        try:
            setattr(marked, _MARK, {"safe": safe, "name": name})
        except (AttributeError, TypeError):  # of a library, or not a function at all
            raise RequestError(
                f"tool got {_described(marked)}, which cannot be marked; expected a function that is defined with def."
            ) from None
        return marked

    return mark if function is None else mark(function)


def as_tool(function: Any) -> Tool:
    """Return a function as a tool, with a schema from its signature and its docstring.

    Raises
    ------
    RequestError
        The value is not a function, lacks annotations, or has parameters that JSON cannot express.
    """
    if isinstance(function, Tool):
        return function
    if not callable(function) or isinstance(function, type):
        raise RequestError(f"tools got {_described(function)}; expected functions, or tool schemas as mappings.")
    marked = getattr(function, _MARK, None)
    marked = marked if isinstance(marked, dict) else {}  # an object may have an answer for every attribute
    name = marked.get("name") or _name_of(function)
    parameters = _parameters(function, name)
    hints, descriptions = _hints(function, name), _docstring(function)
    _check_annotated(parameters, hints, name)
    adapter, schema = json_types.arguments_adapter(name, parameters, hints, descriptions)
    return Tool(
        name=name,
        description=descriptions.get("", ""),
        parameters=schema,
        function=function,
        safe=marked.get("safe") is True,
        positional=tuple(item.name for item in parameters if item.kind is item.POSITIONAL_ONLY),
        adapter=adapter,
    )


def _name_of(function: Any) -> str:
    unwrapped = _unwrapped(function)
    name = getattr(unwrapped, "__name__", type(unwrapped).__name__)
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise RequestError(
            f"tools got a function named {short_repr(name)}; expected a name of letters, digits, _ and -: "
            "define it with def, or name it with @vm.tool(name=…)."
        )
    return name


def _unwrapped(function: Any) -> Any:
    while isinstance(function, functools.partial):
        function = function.func
    return function


def _parameters(function: Any, name: str) -> list[inspect.Parameter]:
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        raise RequestError(
            f"tools got {name}, whose parameters cannot be read; wrap it in a function with annotations."
        ) from None
    for item in parameters:
        if item.kind in (item.VAR_POSITIONAL, item.VAR_KEYWORD):
            raise RequestError(
                f"{name} takes {'*' if item.kind is item.VAR_POSITIONAL else '**'}{item.name}, which has no "
                "schema; wrap it in a function that names its parameters."
            )
    return parameters


def _hints(function: Any, name: str) -> dict[str, Any]:
    import typing

    unwrapped = _unwrapped(function)
    annotated = unwrapped if inspect.isroutine(unwrapped) else type(unwrapped).__call__
    try:
        return typing.get_type_hints(annotated, include_extras=True)
    except Exception as error:  # evaluating an annotation may raise anything
        raise RequestError(f"{name} has an annotation that cannot be evaluated ({error}).") from None


def _check_annotated(parameters: list[inspect.Parameter], hints: Mapping[str, Any], name: str) -> None:
    for item in parameters:
        if item.name not in hints:
            raise RequestError(
                f"{name} has no annotation for {item.name!r}, so its schema is unknown; "
                f"add one, such as {item.name}: float."
            )


def _docstring(function: Any) -> dict[str, str]:
    """Return the descriptions in a docstring by parameter, and that of the function under the empty string."""
    import docstring_parser

    unwrapped = _unwrapped(function)
    text = inspect.getdoc(unwrapped if inspect.isroutine(unwrapped) else type(unwrapped).__call__) or ""
    try:
        parsed = docstring_parser.parse(text)
    except Exception:  # of no style that it knows, and malformed
        return {"": text}
    words = "\n\n".join(part for part in (parsed.short_description, parsed.long_description) if part)
    return {"": words} | {item.arg_name: item.description for item in parsed.params if item.description}


def result_text(value: object) -> str:
    """Return the result of a function as text for the model: JSON unless it is a string, without keys, not too long."""
    if value is None:
        text = "done, nothing returned"
    elif isinstance(value, str):
        text = value
    else:
        text = json_types.to_json_text(value)
    text = redact(text)
    if len(text) > MAX_RESULT:
        return f"{text[:MAX_RESULT]}… (cut: {len(text):,} characters in total)"
    return text


def _described(value: object) -> str:
    return f"the class {value.__name__}" if isinstance(value, type) else type(value).__name__
