"""Approval of function calls, by the person at the machine or by a rule; without either, a call is refused."""

from __future__ import annotations

import asyncio
import builtins
import functools
import inspect
import sys
import threading
import types
from collections.abc import Awaitable, Callable
from typing import Any, Final, Literal

from vision_magic.chat.messages import ToolCall
from vision_magic.errors import RequestError
from vision_magic.render.tool_call import approval_text
from vision_magic.secrets import redact
from vision_magic.text import clean_text, one_line

__all__ = ["APPROVALS", "Approve", "adenial_reason", "as_approve", "can_ask", "denial_reason", "refuse_async"]

APPROVALS: Final = ("ask", "all", "none")

Approve = Literal["ask", "all", "none"] | Callable[[ToolCall], bool | Awaitable[bool]]
"""Who decides whether a function runs: the person is asked, all run, none run, or a function of the user decides.

Only True approves. A coroutine function is awaited in asynchronous code, and refused in synchronous code.
"""

_DENIED: Final = "This call was not allowed."
_DENIED_BY_FUNCTION: Final = "The function passed as approve did not allow this call: it"
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
    if (isinstance(value, str) and value in APPROVALS) or callable(value):
        return value  # type: ignore[return-value]  # one of the words, or whatever can be called
    raise RequestError(
        f"approve got {one_line(repr(value))}; expected ask, all, none, or a function that takes a ToolCall."
    )


def refuse_async(approve: Approve) -> None:
    """Refuse a coroutine function where nobody can await it.

    Raises
    ------
    RequestError
        `approve` is a coroutine function, or an object whose ``__call__`` is one.
    """
    if callable(approve) and _is_async(approve):
        raise RequestError(
            "approve got a coroutine function, which ask and stream cannot await; pass a function defined with def, "
            "or use aask or astream."
        )


def denial_reason(call: ToolCall, approve: Approve) -> str:
    """Return why a call may not run, in words for the model and the person; empty if it may run."""
    if isinstance(approve, str):
        return _reason_by_word(call, approve)
    try:
        decision = approve(call)
        if inspect.isawaitable(decision):
            _discard(decision)
            return f"{_DENIED_BY_FUNCTION} returned {_described(decision)}, which only aask and astream can await."
    except KeyboardInterrupt:
        # A function that asks a model raises Interrupted with its own partial reply, which is not that of this call.
        raise KeyboardInterrupt from None
    except (Exception, SystemExit, asyncio.CancelledError) as error:
        return _failed(error)
    return _reason(decision)


async def adenial_reason(call: ToolCall, approve: Approve) -> str:
    """Return why a call may not run, as `denial_reason`; a coroutine function is awaited."""
    if isinstance(approve, str):
        return _reason_by_word(call, approve)
    try:
        decision = approve(call)
        if inspect.isawaitable(decision):
            decision = await decision
    except KeyboardInterrupt:
        raise KeyboardInterrupt from None
    except asyncio.CancelledError as error:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise
        return _failed(error)  # raised by the function itself, not by Stop
    except (Exception, SystemExit) as error:
        return _failed(error)
    return _reason(decision)


def _reason_by_word(call: ToolCall, word: str) -> str:
    if word == "all":
        return ""
    return _NONE_ALLOWED if word == "none" else _ask_person(call)


def _reason(decision: object) -> str:
    """Return why a decision denies; empty if it is True.

    Anything else that Python counts as true denies too: a coroutine that nobody awaited, or the string "no".
    """
    if isinstance(decision, bool) or _is_numpy_bool(decision):
        return "" if decision else _DENIED
    return f"{_DENIED_BY_FUNCTION} returned {_described(decision)}, and only True approves."


def _failed(error: BaseException) -> str:
    return f"{_DENIED_BY_FUNCTION} raised {type(error).__name__}: {redact(one_line(clean_text(str(error)), 200))}"


def _is_numpy_bool(value: object) -> bool:
    numpy = sys.modules.get("numpy")  # a value of numpy exists only if numpy is loaded
    return numpy is not None and isinstance(value, numpy.bool_)


def _described(value: object) -> str:
    """Describe a decision. The model reads it too, so the contents of objects are left out."""
    if value is None or isinstance(value, str | int | float):
        return redact(one_line(clean_text(repr(value))))
    return f"a value of type {type(value).__name__}"


def _is_async(function: Any) -> bool:
    while isinstance(function, functools.partial):
        function = function.func
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(type(function).__call__)


def _discard(awaitable: Any) -> None:
    """End a coroutine that is not awaited, about which Python would warn, or a task."""
    end = getattr(awaitable, "close", None) or getattr(awaitable, "cancel", None)
    if callable(end):
        end()


def _ask_person(call: ToolCall) -> str:
    if not can_ask():
        return _NOBODY_TO_ASK
    try:
        answer = input(f"{approval_text(call)}\nRun it? [y/N] ")
    except KeyboardInterrupt:
        raise
    except Exception:  # a notebook run by a program: its kernel raises an error class of its own
        return _NOBODY_TO_ASK
    return "" if isinstance(answer, str) and answer.strip().lower() in ("y", "yes") else _DENIED


def can_ask() -> bool:
    """Return whether there is a person who can be asked here."""
    if threading.current_thread() is not threading.main_thread():
        return False  # a cell that has ended cannot ask
    if not isinstance(builtins.input, types.BuiltinFunctionType):
        return True  # replaced by a kernel, which raises an error if its client cannot ask
    return sys.stdin is not None and sys.stdin.isatty()
