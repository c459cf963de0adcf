"""Rendering of a tool call as HTML and as text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from vision_magic.chat.messages import ToolCall
from vision_magic.chat.tools import MAX_ARGUMENTS, unrepeated
from vision_magic.render.markup import plain_html
from vision_magic.render.theme import GREY
from vision_magic.render.thumbnails import thumbnails_html
from vision_magic.text import clean_text, one_line

__all__ = ["approval_text", "tool_call_html", "tool_call_text"]

_MAX_RESULT: Final = 120  # characters of the result on the line
_MAX_CALL: Final = 300  # characters of the arguments on the line; the fold holds all of them
_MAX_VALUE: Final = 1000  # characters of an argument that somebody has to approve
_MIN_VALUE: Final = 40
_PREFIXES: Final = {"": "", "done": "", "failed": "failed: ", "refused": "not run: "}


def approval_text(call: ToolCall) -> str:
    """Return what somebody has to know to approve a call: the function, and each argument on a line of its own.

    The arguments are decoded, since an escape could hide a word, and line ends could push one off the screen. The
    middle of a long one is left out, since its end may be what matters.
    """
    lines = _argument_lines(call, _MAX_VALUE)
    name = _visible(call.name)
    if not lines:
        return f"The model wants to run {name} without arguments"
    return "\n".join([f"The model wants to run {name} with", *(f"    {line}" for line in lines)])


def tool_call_html(call: ToolCall) -> str:
    """Return a call and its result as one line that unfolds to the full arguments and the full result."""
    code = f"<code>{plain_html(_call(call))}</code>"
    if not call.outcome:
        return f"<p>Calls {code}</p>"
    result = plain_html(one_line(clean_text(_result(call)), _MAX_RESULT))
    arguments = "\n".join(_argument_lines(call, MAX_ARGUMENTS))
    return (
        f'<details style="margin:4px 0"><summary>{code} → {result}</summary>'
        f'<div style="{GREY};white-space:pre-wrap;overflow-wrap:anywhere">{plain_html(arguments)}\n'
        f"{plain_html(clean_text(call.result))}</div>{thumbnails_html(call.images)}</details>"
    )


def tool_call_text(call: ToolCall) -> str:
    """Return a call and its result as one line."""
    result = f" → {one_line(_result(call), _MAX_RESULT)}" if call.outcome else ""
    return clean_text(f"calls {_call(call)}{result}")


def _call(call: ToolCall) -> str:
    """Return a call in Python syntax if its arguments are a JSON object; otherwise as the model wrote it."""
    arguments = _arguments(call)
    if arguments is None:
        return one_line(f"{call.name}({call.arguments})", _MAX_CALL)
    longest = max(_MIN_VALUE, _MAX_CALL // max(1, len(arguments)))
    named = ", ".join(f"{_visible(name)}={_without_middle(repr(value), longest)}" for name, value in arguments.items())
    return f"{call.name}({_without_middle(named, 2 * _MAX_CALL)})"


def _argument_lines(call: ToolCall, longest: int) -> list[str]:
    """Return each argument with its value as JSON; the arguments as the model wrote them if they are no JSON object."""
    arguments = _arguments(call)
    if arguments is None:
        return [clean_text(call.arguments)]
    return [f"{_visible(name)}: {_value(value, longest)}" for name, value in arguments.items()]


def _arguments(call: ToolCall) -> dict[str, Any] | None:
    """Return the arguments of a call; None if they are no JSON object, or one with a repeated name."""
    try:
        arguments = json.loads(call.arguments or "{}", object_pairs_hook=unrepeated)
    except (ValueError, RecursionError):
        return None
    return arguments if isinstance(arguments, dict) else None


def _value(value: object, longest: int) -> str:
    """Return a value as JSON in which every character is visible, without its middle if it is too long."""
    if isinstance(value, str):
        return f'"{_without_middle(value, longest, _in_string)}"'
    return _without_middle(json.dumps(value, ensure_ascii=False), longest, _visible)


def _in_string(text: str) -> str:
    return _visible(json.dumps(text, ensure_ascii=False)[1:-1])


def _without_middle(text: str, longest: int, shown: Callable[[str], str] = str) -> str:
    """Return a text as it is shown, without its middle if that is too long, and how many characters are left out."""
    whole = shown(text)
    if len(whole) <= longest:
        return whole
    first = list(_fitting(map(shown, text), longest // 2))
    last = list(_fitting(map(shown, reversed(text)), longest // 2))[::-1]
    left_out = len(text) - len(first) - len(last)
    return f"{''.join(first)}… ({left_out:,} characters left out) …{''.join(last)}"


def _fitting(pieces: Iterable[str], longest: int) -> Iterator[str]:
    for piece in pieces:
        longest -= len(piece)
        if longest < 0:
            return
        yield piece


def _visible(text: str) -> str:
    """Return one line in which every character is visible, spaces other than the usual one too."""
    shown = clean_text(text.replace("\n", "\u240a").replace("\t", "\u2409"))
    return "".join(one if one.isprintable() else f"\u27e8U+{ord(one):04X}\u27e9" for one in shown)


def _result(call: ToolCall) -> str:
    """Return the outcome of a call; images are only counted, since the fold shows them."""
    result = call.result
    if call.images:
        result = "a picture" if len(call.images) == 1 else f"{len(call.images)} pictures"
    return f"{_PREFIXES[call.outcome]}{result}"
