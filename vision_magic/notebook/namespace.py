"""What do the names in a cell stand for? Expressions and prompt to live objects, with help for a slip."""

from __future__ import annotations

import ast
import builtins
import difflib
import json
import re
import types
from collections.abc import Mapping
from typing import Any

from vision_magic.chat.request import FIELDS
from vision_magic.errors import CellError, ImageError
from vision_magic.images.convert import is_image
from vision_magic.images.options import ImageOptions
from vision_magic.notebook.cell import Placeholder, pieces

__all__ = [
    "evaluate",
    "fill",
    "json_or_text",
    "last_count",
    "last_images",
    "names_nothing",
    "near_misses",
    "number",
    "option_values",
    "value_or_text",
    "visible_images",
]

Names = Mapping[str, Any]

_NUMBERS = (
    "max_side",
    "max_bytes",
    "max_image_tokens",
    "first_token_timeout",
    "idle_timeout",
    "timeout",
    "max_rounds",
    "max_calls",
)  # settings that are numbers; FIELDS knows its own

_RANGES = {
    "range": "two numbers, the smaller first: --range 0,4095",
    "percentile": "one number or two from 0 to 100, the smaller first: --percentile 2,98",
}

_OF_IPYTHON = {"In", "Out", "exit", "quit", "get_ipython", "open"}  # that it puts among the user's names
_NO_VARIABLES = (types.ModuleType, type, types.FunctionType, types.BuiltinFunctionType, types.MethodType)

_FILE = re.compile(r"\.(?:png|jpe?g|gif|webp|bmp|tiff?)$", re.IGNORECASE)
_OUTPUT = re.compile(r"\bOut\[(\d+)\]")
_TYPE = re.compile(r"[\w.]+(?:\[[\w.\[\], '\"]+\])?")  # Peak, shapes.Peak, list[Peak], Literal["yes", "no"]
_PLAIN_TYPES = ("str", "int", "float", "bool")
_STEP = re.compile(r"\.(\w+)|\[([^\]]*)\]")


def evaluate(expression: str, names: Names) -> object:
    """Return what a Python expression from a cell's line stands for.

    Raises
    ------
    CellError
        An unknown name, a syntax error, or whatever the expression raised, in one line.
    """
    try:
        # A copy: an expression (a walrus) must not write into the notebook.
        return eval(expression, {"__builtins__": builtins, **names})
    except NameError as error:
        missing = getattr(error, "name", None) or expression
        if _FILE.search(expression):
            raise CellError(
                f"{expression} is no name in the notebook. A file is named by its path: Path({expression!r}), after "
                "from pathlib import Path."
            ) from None
        raise CellError(f"No name {missing!r} in the notebook{_suggestion(missing, names)}.") from None
    except SyntaxError:
        raise CellError(
            f"{expression!r} is no Python expression. Pictures stand on the line, the question below it; "
            "an expression with spaces goes in quotes."
        ) from None
    except Exception as error:
        raise CellError(_no_output(error, expression, names) or f"{expression} raised {_told(error)}") from None


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _no_output(error: Exception, source: str, names: Names) -> str:
    """Say which output is not there, where that is what an expression failed for; the key alone says little."""
    outputs = names.get("Out")
    if not isinstance(error, KeyError) or not isinstance(outputs, dict):
        return ""
    missing = next((number for number in _OUTPUT.findall(source) if int(number) not in outputs), None)
    if missing is None:
        return ""
    last = ", ".join(f"Out[{number}]" for number in list(outputs)[-5:])
    there = f"the last ones are {last}" if last else "no cell has returned anything yet"
    return f"There is no output Out[{missing}] in this notebook; {there}."


def names_nothing(word: str, names: Names) -> bool:
    """Whether a word on the line can stand for no picture: it is no expression, or a name that is not there."""
    if re.fullmatch(r"last(:\d+)?", word):
        return False
    try:
        tree = ast.parse(word.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return True
    return isinstance(tree, ast.Name) and tree.id not in names


def visible_images(names: Names) -> list[str]:
    """Return the names of the pictures in the notebook, sorted."""
    return sorted(name for name, value in names.items() if not name.startswith("_") and is_image(value))


def _suggestion(missing: str, names: Names) -> str:
    pictures = visible_images(names)
    others = [name for name in names if _is_theirs(name) and name not in pictures]
    for known in (pictures, others):
        close = difflib.get_close_matches(missing, known, n=1)
        if close:
            return f" (did you mean {close[0]}?)"
    return f"; the pictures there are: {', '.join(pictures[:8])}" if pictures else ""


def _is_theirs(name: str) -> bool:
    return not name.startswith("_") and name not in _OF_IPYTHON


def near_misses(prompt: str, names: Names) -> list[str]:
    """Return a note on each ``{path}`` of a prompt that names nothing, but is spelled nearly as a variable is."""
    variables = [name for name, value in names.items() if _is_theirs(name) and not _is_code(value)]
    notes: dict[str, None] = {}
    for hole in pieces(prompt):
        root = _root(hole.path) if isinstance(hole, Placeholder) else ""
        close = difflib.get_close_matches(root, variables, n=1, cutoff=0.8) if root and root not in names else []
        if close:
            notes[f"{{{root}}} names nothing in the notebook and is sent as it stands (did you mean {close[0]}?)"] = (
                None
            )
    return list(notes)


def _is_code(value: object) -> bool:
    return issubclass(type(value), _NO_VARIABLES)  # isinstance would ask the object, which may break


def fill(prompt: str, names: Names) -> list[object]:
    """Return a prompt as texts and pictures, in order, each ``{path}`` replaced by what it stands for.

    A picture stands in its place; any other value is its text; a path that names nothing stays as it is.
    """
    filled: list[object] = []
    for piece in pieces(prompt):
        value = _hole(piece, names) if isinstance(piece, Placeholder) else piece
        if isinstance(value, str) and filled and isinstance(filled[-1], str):
            filled[-1] += value
        else:
            filled.append(value)
    return filled


def _hole(hole: Placeholder, names: Names) -> object:
    root = _root(hole.path)
    if root not in names:
        return hole.source
    try:
        value = _follow(names[root], hole.path[len(root) :])
    except Exception as error:
        raised = f"{hole.source} in the question raised {_told(error)}"
        raise CellError(_no_output(error, hole.source, names) or raised) from None
    if is_image(value):
        return value
    if isinstance(value, list | tuple) and value and all(is_image(item) for item in value):
        return value
    return str(value)


def _root(path: str) -> str:
    found = re.match(r"\w+", path)
    return found[0] if found else ""


def _follow(value: Any, path: str) -> Any:
    """Walk attributes and literal indexes; never a call, since a prompt is not a place for code."""
    for attribute, index in _STEP.findall(path):
        value = getattr(value, attribute) if attribute else value[_index(index)]
    return value


def _index(text: str) -> Any:
    if ":" in text and text[:1] not in "\"'":
        return slice(*(int(part) if part.strip() else None for part in text.split(":")))
    return ast.literal_eval(text.strip())


def option_values(options: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """Return the values of the options for a call: numbers from text, JSON or a notebook's name for the rest."""
    values = {name: _value(name, text, names) for name, text in options.items() if name != "param"}
    for pair in options.get("param", []):
        name, equals, text = pair.partition("=")
        if not equals or not name:
            raise CellError(f"-p got {pair!r}; expected NAME=VALUE, such as -p reasoning_effort=low.")
        if name in FIELDS:
            values[name] = _value(name, text, names)
        else:
            values.setdefault("extra", {})[name] = json_or_text(text)
    return values


def _value(name: str, text: Any, names: Names) -> Any:
    if name == "tools":
        return [schema for item in ([text] if isinstance(text, str) else text) for schema in _tool(item, names)]
    if name == "schema":
        return _schema(text, names)
    if name in _NUMBERS or (name in FIELDS and FIELDS[name].kind in ("number", "integer")):
        return number(text)
    if name in _RANGES:
        return _numbers(name, text)
    if name == "cmap":
        return names[text] if callable(names.get(text)) else text
    if name in FIELDS and FIELDS[name].kind == "json":
        return _json_or_name(text, names)
    if name in FIELDS and FIELDS[name].kind == "flag" and isinstance(text, str):
        return json_or_text(text)
    return text


def _tool(expression: str, names: Names) -> list[Any]:
    value = evaluate(expression, names)
    found = value if isinstance(value, list | tuple) else [value]
    for item in found:
        if not (isinstance(item, Mapping) or callable(item)):
            raise CellError(
                f"--tools got {expression}, a {type(item).__name__}; expected a function of yours, or a tool schema: "
                'a dict with "type": "function" and "function": {"name": …}.'
            )
    return list(found)


def _schema(text: str, names: Names) -> Any:
    """Return the shape that a word on the line names: a type of the notebook's, else the short form itself."""
    if _TYPE.fullmatch(text) and ("[" in text or text in names or text in _PLAIN_TYPES):
        return evaluate(text, names)
    if re.fullmatch(r"[A-Z]\w*", text):
        raise CellError(
            f"--schema got {text}, which names nothing in the notebook{_suggestion(text, names)}. Expected a type of "
            'yours, or names with types: --schema "name, age: int".'
        )
    return text


def number(text: str) -> Any:
    """Return a number, or the text itself: the field's own check then says what it accepts."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _numbers(name: str, text: str) -> Any:
    """Return ``2,98`` as a pair and ``2`` as a number; a refusal shows how it is written on a line."""
    found = [number(item.strip()) for item in text.strip(" ()[]").split(",")]
    value: Any = found[0] if len(found) == 1 else found
    given: dict[str, Any] = {name: value}
    try:
        ImageOptions(**given)
    except ImageError:
        raise CellError(f"--{name} got {text}; expected {_RANGES[name]}, with a comma and no space.") from None
    return value


def value_or_text(word: str, names: Names) -> Any:
    """Return what a name stands for, or the text itself where it names nothing."""
    return names[word] if word.isidentifier() and word in names else word


def json_or_text(text: str) -> Any:
    """Return a value from text: JSON, Python's True, False and None, else the text itself."""
    try:
        return json.loads(text)
    except ValueError:
        return {"True": True, "False": False, "None": None}.get(text, text)


def _json_or_name(text: str, names: Names) -> Any:
    value = json_or_text(text)
    if isinstance(value, str) and isinstance(names.get(value), Mapping):
        return names[value]
    return value


def last_count(expression: str, names: Names) -> int | None:
    """Return how many of the last pictures a word on the line means: ``last``, ``last:2``; None where it is a name."""
    word, colon, count = expression.partition(":")
    if word != "last" or ("last" in names and not colon):
        return None
    if colon and not re.fullmatch(r"0*[1-9]\d{0,3}", count):
        raise CellError(f"{expression} got {count!r}; expected how many of the last pictures, such as last:2.")
    return int(count or 1)


def last_images(shown: list[object], count: int) -> list[object]:
    """Return the last pictures, or say that there are not so many."""
    if not shown:
        raise ImageError(
            "No picture was named and none has been shown in this notebook yet. Plot something first, "
            "name one on the line (%%vision fig), or ask without: --no-image."
        )
    if len(shown) < count:
        raise ImageError(f"last:{count} got {len(shown)} of {count}; the notebook has shown no more that are kept.")
    return shown
