"""Conversion of the options on a line to options of a call, with names looked up in the notebook."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from vision_magic.chat.request import FIELDS
from vision_magic.errors import CellError, ImageError
from vision_magic.images.options import ImageOptions
from vision_magic.notebook.grammar import Type
from vision_magic.notebook.namespace import Names, evaluate, suggestion
from vision_magic.notebook.options import TYPES
from vision_magic.secret_rules import has_secret_form, has_secret_name
from vision_magic.setting_rules import shown

__all__ = ["json_or_text", "names_secret", "number", "option_values", "value_or_text"]

_NUMBERS: Final = {
    "range": "two numbers, the smaller first: --range 0,4095",
    "percentile": "one number or two from 0 to 100, the smaller first: --percentile 2,98",
}
_TYPE_NAME: Final = re.compile(r"[\w.]+(?:\[[\w.\[\], '\"]+\])?")  # Peak, shapes.Peak, list[Peak], Literal["yes", "no"]
_PLAIN_TYPES: Final = ("str", "int", "float", "bool")
_LITERALS: Final[Mapping[str, Any]] = {"True": True, "False": False, "None": None}


def option_values(options: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """Convert the options of a line to options of a call.

    Parameters
    ----------
    options : mapping
        Strings, and the constants of switches, by the `dest` of the option.
    names : mapping
        The variables of the notebook, in which functions, types and dicts are looked up.

    Raises
    ------
    CellError
        A name that does not exist, or a value that the option does not accept.
    """
    values = {dest: _value(dest, given, names) for dest, given in options.items() if dest != "param"}
    for pair in options.get("param", []):
        name, equals, text = pair.partition("=")
        if not equals or not name:
            raise CellError(f"-p got {shown(pair)}; expected NAME=VALUE, such as -p reasoning_effort=low.")
        if name in FIELDS:
            values[name] = _value(name, text, names)
        else:
            values.setdefault("extra", {})[name] = json_or_text(text)
    return values


def names_secret(line: str) -> bool:
    """Whether a line holds what looks like a key, or gives a value to a name of one: ``api_key=…``, ``--token …``."""
    named = re.findall(r"([\w\-]+)[\"']?\s*[=:]|--([\w\-]+)", line)
    return has_secret_form(line) or any(has_secret_name(one or other) for one, other in named)


def _value(dest: str, given: Any, names: Names) -> Any:
    convert = _CONVERSIONS.get(TYPES.get(dest, "text"))
    return given if convert is None or isinstance(given, bool) else convert(dest, given, names)


def number(text: str) -> Any:
    """Return a number, or the text if it is not a number, which the check of the option then rejects."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def json_or_text(text: str) -> Any:
    """Return the value of text that is JSON or Python's True, False or None; otherwise the text itself."""
    try:
        return json.loads(text)
    except ValueError:
        return _LITERALS.get(text, text)


def value_or_text(word: str, names: Names) -> Any:
    """Return the value of a variable, or the word if there is no such variable."""
    return names[word] if word.isidentifier() and word in names else word


def _json_or_dict(dest: str, text: str, names: Names) -> Any:
    value = json_or_text(text)
    if isinstance(value, str) and isinstance(names.get(value), Mapping):
        return names[value]
    return value


def _numbers(dest: str, text: str, names: Names) -> Any:
    """Return ``2,98`` as a pair and ``2`` as a number."""
    found = [number(item.strip()) for item in text.strip(" ()[]").split(",")]
    value: Any = found[0] if len(found) == 1 else found
    given: dict[str, Any] = {dest: value}
    try:
        ImageOptions(**given)
    except ImageError:
        # The message of ImageOptions shows Python; this one shows the spelling on a line.
        raise CellError(f"--{dest} got {text}; expected {_NUMBERS[dest]}, with a comma and no space.") from None
    return value


def _tools(dest: str, given: str | list[str], names: Names) -> list[Any]:
    return [tool for word in ([given] if isinstance(given, str) else given) for tool in _tools_of(word, names)]


def _tools_of(expression: str, names: Names) -> list[Any]:
    value = evaluate(expression, names, functions=True)
    found = value if isinstance(value, list | tuple) else [value]
    for item in found:
        if not (isinstance(item, Mapping) or callable(item)):
            raise CellError(
                f"--tools got {expression}, a {type(item).__name__}; expected a function of yours, or a tool schema: "
                'a dict with "type": "function" and "function": {"name": …}.'
            )
    return list(found)


def _schema(dest: str, text: str, names: Names) -> Any:
    """Return a type of the notebook, or the text itself, which is the short form ``name, age: int``."""
    if _TYPE_NAME.fullmatch(text) and ("[" in text or text in names or text in _PLAIN_TYPES):
        return evaluate(text, names)
    if re.fullmatch(r"[A-Z]\w*", text):
        raise CellError(
            f"--schema got {text}, which is not a name in the notebook{suggestion(text, names)}. Expected a type of "
            'yours, or names with types: --schema "name, age: int".'
        )
    return text


def _color_map(dest: str, text: str, names: Names) -> Any:
    return names[text] if callable(names.get(text)) else text


def _headers(dest: str, given: str | list[str], names: Names) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    for pair in [given] if isinstance(given, str) else given:
        name, equals, text = pair.partition("=")
        if not equals or not name.strip():
            raise CellError(f"--header got {shown(pair)}; expected NAME=VALUE, such as --header X-Title=Lab.")
        headers[name.strip()] = json_or_text(text) if text[:1] in ("{", '"') else text.strip()
    return headers


_CONVERSIONS: Final[Mapping[Type, Callable[[str, Any, Names], Any]]] = {
    "number": lambda dest, text, names: number(text),
    "numbers": _numbers,
    "flag": lambda dest, text, names: json_or_text(text),
    "json": _json_or_dict,
    "headers": _headers,
    "color_map": _color_map,
    "tools": _tools,
    "schema": _schema,
}
