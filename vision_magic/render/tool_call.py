"""Rendering of a tool call as HTML and as text."""

from __future__ import annotations

import json
from typing import Final

from vision_magic.chat.messages import ToolCall
from vision_magic.render.markup import plain_html
from vision_magic.render.theme import GREY
from vision_magic.render.thumbnails import thumbnails_html
from vision_magic.text import clean_text, one_line

__all__ = ["tool_call_html", "tool_call_text"]

_MAX_RESULT: Final = 120  # characters of the result on the line
_MAX_CALL: Final = 300  # characters of the arguments on the line; the fold holds all of them
_PREFIXES: Final = {"": "", "done": "", "failed": "failed: ", "refused": "not run: "}


def tool_call_html(call: ToolCall) -> str:
    """Return a call and its result as one line that unfolds to the full arguments and the full result."""
    code = f"<code>{plain_html(_call(call))}</code>"
    if not call.outcome:
        return f"<p>Calls {code}</p>"
    result = plain_html(one_line(clean_text(_result(call)), _MAX_RESULT))
    return (
        f'<details style="margin:4px 0"><summary>{code} → {result}</summary>'
        f'<div style="{GREY};white-space:pre-wrap;overflow-wrap:anywhere">{plain_html(clean_text(call.arguments))}\n'
        f"{plain_html(clean_text(call.result))}</div>{thumbnails_html(call.images)}</details>"
    )


def tool_call_text(call: ToolCall) -> str:
    """Return a call and its result as one line."""
    result = f" → {one_line(_result(call), _MAX_RESULT)}" if call.outcome else ""
    return clean_text(f"calls {_call(call)}{result}")


def _call(call: ToolCall) -> str:
    """Return a call in Python syntax if its arguments are short, valid JSON; otherwise as the model wrote it."""
    try:
        arguments = json.loads(call.arguments or "{}")
    except (ValueError, RecursionError):
        arguments = None
    if not isinstance(arguments, dict) or len(call.arguments) > _MAX_CALL:
        return one_line(f"{call.name}({call.arguments})", _MAX_CALL)
    return f"{call.name}({', '.join(f'{name}={value!r}' for name, value in arguments.items())})"


def _result(call: ToolCall) -> str:
    """Return the outcome of a call; images are only counted, since the fold shows them."""
    result = call.result
    if call.images:
        result = "a picture" if len(call.images) == 1 else f"{len(call.images)} pictures"
    return f"{_PREFIXES[call.outcome]}{result}"
