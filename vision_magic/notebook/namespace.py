"""Evaluation of the names in a cell: expressions on the line, placeholders in the question."""

from __future__ import annotations

import ast
import builtins
import difflib
import re
import types
from collections.abc import Mapping
from typing import Any, Final

from vision_magic.chat.messages import FilledText
from vision_magic.errors import CellError, ImageError
from vision_magic.images.convert import is_image
from vision_magic.images.displayed import DisplayedImage, displayed_picture, is_known_by_display
from vision_magic.images.image_collection import is_collection, leaves_of
from vision_magic.images.lazy_types import type_name
from vision_magic.naming import quoted
from vision_magic.notebook.cell import PATH, Placeholder, is_in_tex, pieces, tex_placeholders
from vision_magic.notebook.words import words_of

__all__ = [
    "Names",
    "evaluate",
    "fill",
    "last_count",
    "last_images",
    "left_in_tex",
    "names_nothing",
    "near_misses",
    "suggestion",
    "with_last",
]

Names = Mapping[str, Any]

_IPYTHON_NAMES: Final = {"In", "Out", "exit", "quit", "get_ipython", "open"}  # added to the user's names
_CODE: Final = (types.ModuleType, type, types.FunctionType, types.BuiltinFunctionType, types.MethodType)

_FILE: Final = re.compile(r"\.(?:png|jpe?g|gif|webp|bmp|tiff?|heic|avif|svg|pdf|jp2|dcm)$", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"(?:https?|s3|gs|ftp|file)://|data:image/", re.IGNORECASE)
_OUTPUT: Final = re.compile(r"\bOut\[(\d+)\]")
_FILE_NAME: Final = re.compile(r"\w+" + _FILE.pattern, re.IGNORECASE)
_FORMATTED: Final = re.compile(r"(?<!\{)\{(\w+)(?:![rsa]|(?:![rsa])?:[^{}\n]{0,40})\}(?!\})")
_FUNCTIONS: Final = (types.FunctionType, types.BuiltinFunctionType, types.MethodType)
_SLICE: Final = re.compile(r"\[[^\]'\"]*[:,][^\]'\"]*\]")
_STEP: Final = re.compile(r"\.(\w+)|\[([^\]]*)\]")


def evaluate(expression: str, names: Names, *, functions: bool = False) -> object:
    """Return the value of a Python expression from the line of a cell.

    Parameters
    ----------
    expression : str
        The expression.
    names : mapping
        The names of the notebook.
    functions : bool
        Whether a function is expected; a picture otherwise.

    Raises
    ------
    CellError
        An unknown name, a syntax error, or any error that the expression raised, on one line.
    """
    try:
        # A copy, because an assignment expression must not change the notebook.
        return eval(expression, {"__builtins__": builtins, **names})
    except NameError as error:
        missing = getattr(error, "name", None) or expression
        if _FILE.search(expression):
            raise CellError(_file_advice(expression)) from None
        known = suggestion(missing, names, functions=functions)
        raise CellError(f"{missing!r} is not a name in the notebook{known}.") from None
    except SyntaxError:
        if _ADDRESS.match(expression):
            raise CellError(
                f"{expression} is an address, not a name in the notebook. Pass vision_magic.url({expression!r})."
            ) from None
        if _FILE.search(expression):
            raise CellError(_file_advice(expression)) from None
        raise CellError(
            f"{expression!r} is not a Python expression. The line is for pictures, and the lines below it are for the "
            "question; put an expression with spaces in quotes."
        ) from None
    except Exception as error:
        if isinstance(error, AttributeError) and _FILE_NAME.fullmatch(expression):
            raise CellError(_file_advice(expression)) from None
        raise CellError(_missing_output(error, expression, names) or _raised(expression, error)) from None


def _file_advice(expression: str) -> str:
    return (
        f"{expression} is not a name in the notebook. Name a file by its path: Path({expression!r}), after "
        "from pathlib import Path."
    )


def _raised(source: str, error: Exception) -> str:
    return f"{source} raised {type(error).__name__}: {error}"


def _missing_output(error: Exception, source: str, names: Names) -> str:
    """Return a message if an expression failed because of a missing output, of which a KeyError has only the number."""
    outputs = names.get("Out")
    if not isinstance(error, KeyError) or not isinstance(outputs, dict):
        return ""
    missing = next((number for number in _OUTPUT.findall(source) if int(number) not in outputs), None)
    if missing is None:
        return ""
    last = ", ".join(f"Out[{number}]" for number in list(outputs)[-5:])
    known = f"the last ones are {last}" if last else "no cell has returned anything yet"
    return f"There is no output Out[{missing}] in this notebook; {known}."


def names_nothing(word: str, names: Names) -> bool:
    """Whether a word on the line cannot name an image, because it is not an expression or is an unknown name."""
    if re.fullmatch(r"last(:\d+)?", word):
        return False
    try:
        tree = ast.parse(word.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return True
    return isinstance(tree, ast.Name) and tree.id not in names


def _image_names(names: Names) -> list[str]:
    """Return the names of the images in the notebook, sorted."""
    return sorted(name for name, value in names.items() if not name.startswith("_") and is_image(value))


def suggestion(missing: str, names: Names, *, functions: bool = False) -> str:
    """Return the end of a message about a missing name: a similar name, or the images or functions that exist."""
    if functions:
        images = sorted(name for name, value in names.items() if _is_users(name) and isinstance(value, _FUNCTIONS))
    else:
        images = _image_names(names)
    others = [name for name in names if _is_users(name) and name not in images]
    for known in (images, others):
        close = difflib.get_close_matches(missing, known, n=1)
        if close:
            return f" (did you mean {close[0]}?)"
    kind = "functions" if functions else "pictures"
    return f"; available {kind}: {', '.join(images[:8])}" if images else ""


def _is_users(name: str) -> bool:
    return not name.startswith("_") and name not in _IPYTHON_NAMES


def near_misses(prompt: str, names: Names) -> list[str]:
    """Return a note on each ``{path}`` of a prompt that stays unchanged, although it is nearly a name."""
    variables = [name for name, value in names.items() if _is_users(name) and not _is_code(value)]
    images = _image_names(names)
    notes: dict[str, None] = {}
    for piece in pieces(prompt):
        root = _root(piece.path) if isinstance(piece, Placeholder) else ""
        if not root or root in names:
            continue
        # A missing picture changes the answer, so a name that is less like one of a picture is noted, too.
        close = difflib.get_close_matches(root, variables, n=1, cutoff=0.8) or difflib.get_close_matches(
            root, images, 1
        )
        if not close and isinstance(piece, Placeholder) and _SLICE.search(piece.path):
            notes[f"{piece.source} is sent as text: {root!r} is not a name in the notebook"] = None
        if close:
            notes[f"{{{root}}} is not a name in the notebook and is sent unchanged (did you mean {close[0]}?)"] = None
    for found in _FORMATTED.finditer(prompt):
        if found[1] in variables:
            notes[f"{found[0]} is sent unchanged: a name in braces cannot have a format"] = None
    return list(notes)


def _is_code(value: object) -> bool:
    return issubclass(type(value), _CODE)  # isinstance would use the object's own __class__, which may fail


def fill(prompt: str, names: Names) -> list[object]:
    """Return a prompt as strings and images, in order, with each ``{path}`` replaced by its value.

    An image is inserted as an image, and any other value as text. Where only the display of a value tells which of
    them it is, it is displayed once. A path with an unknown name stays unchanged.
    """
    _check_expressions(prompt, names)
    filled: list[object] = []
    for piece in pieces(prompt):
        value = _value_of(piece, names) if isinstance(piece, Placeholder) else FilledText(piece)
        if isinstance(value, FilledText) and filled and isinstance(filled[-1], FilledText):
            filled[-1] = FilledText(filled[-1] + value, filled[-1].filled + value.filled)
        else:
            filled.append(value)
    return filled


def _check_expressions(prompt: str, names: Names) -> None:
    """Raise `CellError` for an expression of a picture in braces, which would be left out silently."""
    expressions = [found for found in _EXPRESSION.finditer(prompt) if found[2] in names and is_image(names[found[2]])]
    if not expressions:
        return
    filled = {piece.source for piece in pieces(prompt) if isinstance(piece, Placeholder)}
    in_tex = is_in_tex(prompt)
    for found in expressions:
        if found[0] in filled or in_tex(found.start()):
            continue
        if re.fullmatch(PATH, found[1]):
            raise CellError(f"{found[0]} has blanks inside its braces, so nothing is filled in; write {{{found[1]}}}.")
        raise CellError(
            f"{found[0]} is not filled in: braces take a name, attributes, and indexes or slices of numbers and "
            f"names. Name the picture on the line, %%vision {_on_the_line(found[1])}, or keep it in a variable first."
        )


def _on_the_line(expression: str) -> str:
    return expression if len(words_of(expression)) == 1 else quoted(expression, "'" if '"' in expression else '"')


_EXPRESSION: Final = re.compile(r"(?<!\{)\{\s*(([A-Za-z]\w*)(?:[\[(.][^{}\n]*[\])\w]|\s*[-+*/][^{}\n]*)?)\s*\}(?!\})")


def left_in_tex(prompt: str, names: Names) -> list[str]:
    """Return a note on the names of the notebook that stay as they are, because their braces belong to TeX."""
    found = dict.fromkeys(one.source for one in tex_placeholders(prompt) if _root(one.path) in names)
    if not found:
        return []
    few = ", ".join(list(found)[:4]) + (", …" if len(found) > 4 else "")
    return [f"Read as TeX and sent unchanged: {few}. Three braces fill in the value there: {{{{{next(iter(found))}}}}}"]


def _value_of(placeholder: Placeholder, names: Names) -> object:
    root = _root(placeholder.path)
    if root not in names:
        return FilledText(placeholder.source)
    try:
        value = _follow(names[root], placeholder.path[len(root) :], names)
    except Exception as error:
        raised = _raised(f"{placeholder.source} in the question", error)
        raise CellError(_missing_output(error, placeholder.source, names) or raised) from None
    picture = _picture(value)
    return _text(value, placeholder) if picture is None else picture


def _picture(value: object) -> object | None:
    """Return what is sent for a value that is a picture or a collection of pictures; None for a value sent as text."""
    if is_known_by_display(value):
        return displayed_picture(value)
    if is_collection(value):
        return _pictures(value)
    return value if is_image(value) else None


def _pictures(value: object) -> object | None:
    """Return a collection of pictures for a collection of nothing else; otherwise None."""
    found = []
    for item in leaves_of(value):
        picture = displayed_picture(item) if is_known_by_display(item) else item if is_image(item) else None
        if picture is None:
            return None
        found.append(picture)
    return found or None


def _text(value: object, placeholder: Placeholder) -> FilledText:
    try:
        text = str(value)
    except Exception as error:
        raise CellError(_raised(f"The text of {placeholder.source}", error)) from None
    return FilledText(text, ((placeholder.path, text),))


def _root(path: str) -> str:
    found = re.match(r"\w+", path)
    return found[0] if found else ""


def _follow(value: Any, path: str, names: Names) -> Any:
    """Follow attributes and indexes, but call nothing: a prompt must not run code."""
    for attribute, index in _STEP.findall(path):
        value = getattr(value, attribute) if attribute else value[_index(index, names)]
    return value


def _index(text: str, names: Names) -> Any:
    subscript: Any = ast.parse(f"_[{text.strip()}]", mode="eval").body
    return _part_of_index(subscript.slice, names)


def _part_of_index(node: ast.expr, names: Names) -> Any:
    """Return the value of a number, a string, a name, a slice of these, or several with commas between them."""
    match node:
        case ast.Tuple():
            return tuple(_part_of_index(part, names) for part in node.elts)
        case ast.Slice():
            parts = (node.lower, node.upper, node.step)
            return slice(*(None if part is None else _part_of_index(part, names) for part in parts))
        case ast.UnaryOp(op=ast.USub()):
            return -_part_of_index(node.operand, names)
        case ast.Name() if node.id in names:
            return names[node.id]
        case ast.Name():
            raise NameError(f"{node.id!r} is not a name in the notebook")
    return ast.literal_eval(node)


def last_count(expression: str, names: Names) -> int | None:
    """Return the number of last images for ``last`` or ``last:2``; None if the word is an expression."""
    word, colon, count = expression.partition(":")
    if word != "last" or ("last" in names and not colon):
        return None
    if colon and not re.fullmatch(r"0*[1-9]\d{0,3}", count):
        raise CellError(f"{expression} got {count!r}; expected a number of pictures, such as last:2.")
    return int(count or 1)


def with_last(text: str, names: Names, history: Any) -> Names:
    """Return the names, with the picture shown last as ``last`` if a text uses it in an expression.

    A variable of this name comes first. What was displayed is indexed as the object that it is.
    """
    if "last" in names or not re.search(r"\blast\b", text):
        return names
    shown = history.last()
    if not shown:
        return names
    held = shown[-1].obj if isinstance(shown[-1], DisplayedImage) else None
    picture = shown[-1] if held is None else held
    if re.search(r"\blast\s*\[", text) and not hasattr(type(picture), "__getitem__"):
        what = "known as pixels only" if isinstance(picture, DisplayedImage) else f"a {type_name(picture)}"
        raise CellError(
            f"The picture shown last is {what}, which takes no index. Crop the array or picture that it was made of "
            "by its name, such as shot[:60,:80], or draw less of it."
        )
    return {**names, "last": picture}


def last_images(displayed: list[object], count: int) -> list[object]:
    """Return the images displayed last.

    Raises
    ------
    ImageError
        Fewer images were displayed.
    """
    if not displayed:
        raise ImageError(
            "No picture was named, and none has been shown in this notebook yet. Plot something first, "
            "name one on the line (%%vision fig), or ask without one: --no-image."
        )
    if len(displayed) < count:
        raise ImageError(
            f"last:{count} got {len(displayed)} of {count}; the notebook has not shown more, or no longer keeps them."
        )
    return displayed
