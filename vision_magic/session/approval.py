"""May this function run? Whoever sits before the machine is asked; where nobody does, the answer is no."""

from __future__ import annotations

import builtins
import sys
import threading
import types
from collections.abc import Callable
from typing import Final, Literal

from vision_magic.chat.messages import ToolCall
from vision_magic.errors import RequestError
from vision_magic.text import clean_text

__all__ = ["WORDS", "Approve", "checked", "reason_against"]

WORDS: Final = ("ask", "all", "none")

Approve = Literal["ask", "all", "none"] | Callable[[ToolCall], bool]
"""Who decides: a person, everything runs, nothing runs, or a function of the user's."""

_NO: Final = "The person did not allow this call."
_NOT_ALLOWED: Final = "Calls of functions that are not marked safe are not allowed here."
_NOBODY: Final = (
    "Nobody can be asked here, so functions that are not marked safe are not run: "
    "mark it with @vm.tool(safe=True), or ask with approve='all'."
)


def checked(value: object) -> Approve:
    """Return who decides, as it was asked for.

    Raises
    ------
    RequestError
        It is none of the words, and cannot be called.
    """
    if value is None or value is True or value is False:
        return {None: "ask", True: "all", False: "none"}[value]  # type: ignore[return-value]
    if value in WORDS or callable(value):
        return value
    raise RequestError(f"approve got {value!r}; expected ask, all, none, or a function that takes a ToolCall.")


def reason_against(call: ToolCall, approve: Approve) -> str:
    """Return why a call may not run, in words for the model and the person; empty where it may."""
    if approve == "all":
        return ""
    if approve == "none":
        return _NOT_ALLOWED
    if approve == "ask":
        return _ask(call)
    return "" if approve(call) else _NO


def _ask(call: ToolCall) -> str:
    if not _somebody_is_there():
        return _NOBODY
    # Cleaned and whole: what a model wrote could otherwise draw a question of its own over ours.
    question = (
        f"The model wants to run {clean_text(call.name)} with {clean_text(call.arguments or '{}')}\nRun it? [y/N] "
    )
    try:
        said = input(question)
    except KeyboardInterrupt:
        raise
    except Exception:  # a notebook that a program runs: its kernel has an error of its own for that
        return _NOBODY
    return "" if said.strip().lower() in ("y", "yes") else _NO


def _somebody_is_there() -> bool:
    if threading.current_thread() is not threading.main_thread():
        return False  # a cell that has ended cannot ask
    if not isinstance(builtins.input, types.BuiltinFunctionType):
        return True  # a kernel's own; it refuses by an error where its client cannot ask
    return sys.stdin is not None and sys.stdin.isatty()
