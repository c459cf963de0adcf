"""Calls of the user's functions: in this thread where a person waits, beside the loop in asynchronous code."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextvars
import inspect
import threading
from collections.abc import Awaitable, Callable
from typing import Any

from vision_magic.chat.tools import Tool, result_text
from vision_magic.images.convert import images_in, is_image
from vision_magic.session.prepare import PreparedCall
from vision_magic.session.tool_loop import CallTool, ToolOutcome

__all__ = ["acall_tool", "call_tool"]


def call_tool(call: PreparedCall, step: CallTool) -> ToolOutcome:
    """Call a function as the person would: in this thread, where Stop interrupts it."""
    try:
        value = step.tool.call(step.arguments)
        if inspect.isawaitable(value):
            value = _wait_for(value)
        return _outcome(call, step.tool, value)
    except KeyboardInterrupt:
        raise KeyboardInterrupt from None  # a function that asks has Interrupted, with its own partial reply
    except (Exception, SystemExit, asyncio.CancelledError) as error:
        return _failure(error)


async def acall_tool(call: PreparedCall, step: CallTool) -> ToolOutcome:
    """Call a function without holding up the loop: a coroutine in it, anything else in a thread."""
    try:
        if inspect.iscoroutinefunction(step.tool.function):
            value = await step.tool.call(step.arguments)
        else:
            value = await _in_thread(step.tool.call, step.arguments)
            if inspect.isawaitable(value):
                value = await value
        return _outcome(call, step.tool, value)
    except asyncio.CancelledError as error:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise
        return _failure(error)  # the function's own, and nobody's Stop
    except (Exception, SystemExit) as error:
        return _failure(error)


async def _in_thread(function: Callable[..., Any], *arguments: Any) -> Any:
    """Return what a function gives, from a daemon thread: one that never ends holds up neither Stop nor the exit."""
    future: concurrent.futures.Future[Any] = concurrent.futures.Future()
    future.set_running_or_notify_cancel()  # nothing cancels it from here on: the thread may settle it whenever it ends

    def run() -> None:
        try:
            value = function(*arguments)
        except BaseException as error:  # raised again where it is waited for
            future.set_exception(error)
        else:
            future.set_result(value)

    work = contextvars.copy_context().run
    threading.Thread(target=work, args=(run,), name="vision_magic-function", daemon=True).start()
    return await asyncio.wrap_future(future)


def _failure(error: BaseException) -> ToolOutcome:
    return ToolOutcome(result_text(f"{type(error).__name__}: {error}"), failed=True)


def _outcome(call: PreparedCall, tool: Tool, value: Any) -> ToolOutcome:
    """Return what a function gave: pictures as pictures, everything else as text."""
    if is_image(value) or (isinstance(value, list | tuple) and value and all(is_image(item) for item in value)):
        images = tuple(call.convert_image(item) for item in images_in(value))
        count = "a picture, which follows" if len(images) == 1 else f"{len(images)} pictures, which follow"
        return ToolOutcome(f"{tool.name} returned {count}.", images)
    return ToolOutcome(result_text(value))


def _wait_for(coroutine: Awaitable[Any]) -> Any:
    """Return what a coroutine gives, from code that is not asynchronous: in a loop of its own, beside a running one."""
    result: dict[str, Any] = {}
    context = contextvars.copy_context()
    loop = asyncio.new_event_loop()
    task = loop.create_task(_awaited(coroutine), context=context)

    def run() -> None:
        try:
            result["value"] = loop.run_until_complete(task)
        except BaseException as error:  # raised again in the thread that waits
            result["error"] = error
        finally:
            loop.close()

    thread = threading.Thread(target=context.copy().run, args=(run,), name="vision_magic-function", daemon=True)
    try:
        thread.start()  # waits for the thread, so an interrupt may come here too
        while thread.is_alive():
            thread.join(0.05)
    except KeyboardInterrupt:
        loop.call_soon_threadsafe(task.cancel)
        if thread.is_alive():
            thread.join(1)
        raise
    if "error" in result:
        raise result["error"]
    return result["value"]


async def _awaited(coroutine: Awaitable[Any]) -> Any:
    return await coroutine
