"""Calls of the user's functions, from synchronous and from asynchronous code."""

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
    """Call a function in this thread, where Stop can interrupt it."""
    try:
        value = step.tool.call(step.arguments)
        if inspect.isawaitable(value):
            value = _wait_for(value)
        return _outcome(call, step.tool, value)
    except KeyboardInterrupt:
        # A function that asks a model raises Interrupted with its own partial reply, which is not that of this call.
        raise KeyboardInterrupt from None
    except (Exception, SystemExit, asyncio.CancelledError) as error:
        return _failure(error)


async def acall_tool(call: PreparedCall, step: CallTool) -> ToolOutcome:
    """Call a function without blocking the event loop: a coroutine function in the loop, any other in a thread."""
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
        return _failure(error)  # raised by the function itself, not by Stop
    except (Exception, SystemExit) as error:
        return _failure(error)


async def _in_thread(function: Callable[..., Any], *arguments: Any) -> Any:
    """Return the result of a function that runs in a daemon thread, which blocks neither Stop nor the exit."""
    future: concurrent.futures.Future[Any] = concurrent.futures.Future()
    future.set_running_or_notify_cancel()  # it cannot be cancelled from here on, so the thread can always set it

    def run() -> None:
        try:
            value = function(*arguments)
        except StopIteration as error:  # a coroutine cannot raise it
            future.set_exception(RuntimeError(f"StopIteration: {error}"))
        except BaseException as error:  # raised again where the future is awaited
            future.set_exception(error)
        else:
            future.set_result(value)

    work = contextvars.copy_context().run
    threading.Thread(target=work, args=(run,), name="vision_magic-function", daemon=True).start()
    return await asyncio.wrap_future(future)


def _failure(error: BaseException) -> ToolOutcome:
    return ToolOutcome(result_text(f"{type(error).__name__}: {error}"), failed=True)


def _outcome(call: PreparedCall, tool: Tool, value: Any) -> ToolOutcome:
    """Return the result of a function: pictures as images, anything else as text."""
    if is_image(value) or (isinstance(value, list | tuple) and value and all(is_image(item) for item in value)):
        images = tuple(call.convert_image(item) for item in images_in(value))
        count = "a picture, which follows" if len(images) == 1 else f"{len(images)} pictures, which follow"
        return ToolOutcome(f"{tool.name} returned {count}.", images)
    return ToolOutcome(result_text(value))


def _wait_for(coroutine: Awaitable[Any]) -> Any:
    """Return the result of a coroutine to synchronous code: a new event loop runs it in another thread."""
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
        thread.start()  # blocks until the thread runs, so an interrupt can arrive here too
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
