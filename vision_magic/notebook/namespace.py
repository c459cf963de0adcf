"""What do the names in a cell stand for? Expressions and prompt to live objects, with help for a slip."""

from __future__ import annotations

import ast
import builtins
import difflib
import json
import re
from collections.abc import Mapping
from typing import Any

from vision_magic.chat.request import FIELDS
from vision_magic.errors import CellError, PictureError
from vision_magic.images.convert import is_picture
from vision_magic.notebook.cell import Hole, pieces

__all__ = ["evaluate", "fill", "last_count", "last_pictures", "option_values", "visible_pictures"]

Names = Mapping[str, Any]

_NUMBERS = (
    "max_side",
    "max_bytes",
    "max_image_tokens",
    "first_token",
    "silence",
    "timeout",
)  # settings that are numbers; FIELDS knows its own

_FILE = re.compile(r"\.(?:png|jpe?g|gif|webp|bmp|tiff?)$", re.IGNORECASE)
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
        raise CellError(f"{expression} raised {type(error).__name__}: {error}") from None


def visible_pictures(names: Names) -> list[str]:
    """Return the names of the pictures in the notebook, sorted."""
    return sorted(name for name, value in names.items() if not name.startswith("_") and is_picture(value))


def _suggestion(missing: str, names: Names) -> str:
    pictures = visible_pictures(names)
    others = [name for name in names if not name.startswith("_") and name not in pictures]
    for known in (pictures, others):
        close = difflib.get_close_matches(missing, known, n=1)
        if close:
            return f" (did you mean {close[0]}?)"
    return f"; the pictures there are: {', '.join(pictures[:8])}" if pictures else ""


def fill(prompt: str, names: Names) -> list[object]:
    """Return a prompt as texts and pictures, in order, each ``{path}`` replaced by what it stands for.

    A picture stands in its place; any other value is its text; a path that names nothing stays as it is.
    """
    filled: list[object] = []
    for piece in pieces(prompt):
        value = _hole(piece, names) if isinstance(piece, Hole) else piece
        if isinstance(value, str) and filled and isinstance(filled[-1], str):
            filled[-1] += value
        else:
            filled.append(value)
    return filled


def _hole(hole: Hole, names: Names) -> object:
    root = re.match(r"\w+", hole.path)
    if root is None or root[0] not in names:
        return hole.source
    try:
        value = _follow(names[root[0]], hole.path[root.end() :])
    except Exception as error:
        raise CellError(f"{hole.source} in the question raised {type(error).__name__}: {error}") from None
    if is_picture(value):
        return value
    if isinstance(value, list | tuple) and value and all(is_picture(item) for item in value):
        return value
    return str(value)


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
            values.setdefault("extra", {})[name] = _json_or_text(text)
    return values


def _value(name: str, text: Any, names: Names) -> Any:
    if name == "tools":
        return [schema for item in ([text] if isinstance(text, str) else text) for schema in _tool(item, names)]
    if name in _NUMBERS or (name in FIELDS and FIELDS[name].kind in ("number", "integer")):
        return _number(text)
    if name in ("range", "percentile"):
        return _numbers(text)
    if name == "cmap":
        return names[text] if callable(names.get(text)) else text
    if name in FIELDS and FIELDS[name].kind == "json":
        return _json_or_name(text, names)
    if name in FIELDS and FIELDS[name].kind == "flag" and isinstance(text, str):
        return _json_or_text(text)
    return text


def _tool(expression: str, names: Names) -> list[Any]:
    value = evaluate(expression, names)
    found = value if isinstance(value, list | tuple) else [value]
    for schema in found:
        if not isinstance(schema, Mapping):
            raise CellError(
                f"--tools got {expression}, a {type(schema).__name__}; expected a tool schema: "
                'a dict with "type": "function" and "function": {"name": …}.'
            )
    return list(found)


def _number(text: str) -> Any:
    """Return a number, or the text itself: the field's own check then says what it accepts."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _numbers(text: str) -> Any:
    """Return ``2,98`` as a pair and ``2`` as a number; what is neither stays, and is refused where it is checked."""
    found = [_number(item.strip()) for item in text.strip(" ()[]").split(",")]
    return found[0] if len(found) == 1 else found


def _json_or_text(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return {"True": True, "False": False, "None": None}.get(text, text)


def _json_or_name(text: str, names: Names) -> Any:
    value = _json_or_text(text)
    if isinstance(value, str) and isinstance(names.get(value), Mapping):
        return names[value]
    return value


def last_count(expression: str, names: Names) -> int | None:
    """Return how many of the last pictures a word on the line means: ``last``, ``last:2``; None where it is a name."""
    match = re.fullmatch(r"last(?::(\d{1,4}))?", expression)
    if match is None or ("last" in names and match[1] is None):
        return None
    if match[1] is not None and int(match[1]) < 1:
        raise CellError(f"{expression} got {match[1]}; expected how many of the last pictures, such as last:2.")
    return int(match[1] or 1)


def last_pictures(shown: list[object], count: int) -> list[object]:
    """Return the last pictures, or say that there are not so many."""
    if not shown:
        raise PictureError(
            "No picture was named and none has been shown in this notebook yet. Plot something first, "
            "name one on the line (%%vision fig), or ask without: --no-image."
        )
    if len(shown) < count:
        raise PictureError(f"last:{count} got {len(shown)} of {count}; the notebook has shown no more that are kept.")
    return shown
