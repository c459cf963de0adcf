"""Approval of function calls, by the person at the machine or by a rule; without either, a call is refused."""

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

__all__ = ["APPROVALS", "Approve", "as_approve", "denial_reason"]

APPROVALS: Final = ("ask", "all", "none")

Approve = Literal["ask", "all", "none"] | Callable[[ToolCall], bool]
"""Who decides whether a function runs: the person is asked, all run, none run, or a function of the user decides."""

_DENIED: Final = "The person did not allow this call."
_NONE_ALLOWED: Final = "Calls of functions that are not marked safe are not allowed here."
_NOBODY_TO_ASK: Final = (
    "Nobody can be asked here, so functions that are not marked safe are not run. "
    "Mark them with @vm.tool(safe=True), or ask with approve='all'."
)


def as_approve(value: object) -> Approve:
    """Return the value of the option `approve`; True stands for "all", False for "none", None for "ask".

    Raises
    ------
    RequestError
        The value is not one of the words and cannot be called.
    """
    if value is None or value is True or value is False:
        return {None: "ask", True: "all", False: "none"}[value]  # type: ignore[return-value]
    if value in APPROVALS or callable(value):
        return value
    raise RequestError(f"approve got {value!r}; expected ask, all, none, or a function that takes a ToolCall.")


def denial_reason(call: ToolCall, approve: Approve) -> str:
    """Return why a call may not run, in words for the model and the person; empty if it may run."""
    if approve == "all":
        return ""
    if approve == "none":
        return _NONE_ALLOWED
    if approve == "ask":
        return _ask_person(call)
    return "" if approve(call) else _DENIED


def _ask_person(call: ToolCall) -> str:
    if not _can_ask():
        return _NOBODY_TO_ASK
    # Cleaned, because control characters from the model could overwrite this question on the screen. Not shortened,
    # because the person must see everything that they approve.
    question = (
        f"The model wants to run {clean_text(call.name)} with {clean_text(call.arguments or '{}')}\nRun it? [y/N] "
    )
    try:
        answer = input(question)
    except KeyboardInterrupt:
        raise
    except Exception:  # a notebook run by a program: its kernel raises an error class of its own
        return _NOBODY_TO_ASK
    return "" if answer.strip().lower() in ("y", "yes") else _DENIED


def _can_ask() -> bool:
    if threading.current_thread() is not threading.main_thread():
        return False  # a cell that has ended cannot ask
    if not isinstance(builtins.input, types.BuiltinFunctionType):
        return True  # replaced by a kernel, which raises an error if its client cannot ask
    return sys.stdin is not None and sys.stdin.isatty()
