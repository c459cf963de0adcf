"""How is a call carried out? Two drivers of its rounds, one for threads and one for asyncio; closed on every path."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextvars
import inspect
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vision_magic.chat.events import Event, Finished, ReasoningDelta, RefusalDelta, TextDelta, ToolCallDelta
from vision_magic.chat.reply import Reply, State
from vision_magic.chat.tools import Tool, result_text
from vision_magic.errors import Interrupted, SpendingCapReached, VisionError, WireError
from vision_magic.images.convert import images_in, is_image
from vision_magic.session.approval import reason_against
from vision_magic.session.prepare import PreparedCall
from vision_magic.session.tool_loop import Answer, Ask, Consent, Ran, Run, ToolLoop
from vision_magic.session.usage import LEDGER, Reservation

if TYPE_CHECKING:
    from vision_magic.session.source import Source
    from vision_magic.wire.endpoint import AsyncReplyStream, ReplyStream

__all__ = ["acollect", "astream", "stream", "whole"]


def stream(call: PreparedCall) -> ReplyStream:
    """Return the events of an answer, all its rounds; nothing is sent before they are read."""
    from vision_magic.session.source import Source
    from vision_magic.wire.endpoint import ReplyStream

    rounds = _Rounds(call, Source(call))
    return ReplyStream(_events(rounds), rounds)


def astream(call: PreparedCall) -> AsyncReplyStream:
    """Return the same for asynchronous code."""
    from vision_magic.session.source import Source
    from vision_magic.wire.endpoint import AsyncReplyStream

    rounds = _Rounds(call, Source(call, asynchronous=True))
    return AsyncReplyStream(_async_events(rounds), rounds)


def whole(events: ReplyStream) -> Reply:
    """Return the whole reply of a stream, waiting for it."""
    with events:
        try:
            for _ in events:
                pass
        except Interrupted:
            raise
        except KeyboardInterrupt:  # between two events
            stopped = Interrupted("Interrupted; the connection is closed and what arrived is kept in .partial.")
            stopped.partial = events.reply
            raise stopped from None
        return events.reply


async def acollect(events: AsyncReplyStream) -> Reply:
    """Return the whole reply of a stream, awaiting it."""
    async with events:
        async for _ in events:
            pass
        return events.reply


class _Rounds:
    """A call on its way: its turns, the stream that is being read, and what it may still cost."""

    def __init__(self, call: PreparedCall, source: Source) -> None:
        self.call = call
        self.source = source
        self.turns = ToolLoop(call.request, call.tools, call.schema, call.limits)
        self.reading: ReplyStream | AsyncReplyStream | None = None
        self._left: Reply | None = None  # a round that was not read to its end
        self._held: Reservation | None = None  # what is set aside of a cap
        self._failed = False

    def snapshot(self, state: State = "interrupted", at: float | None = None) -> Reply:
        """Return the answer as far as it has come."""
        return _unfinished(self.turns.so_far(self.reading.reply if self.reading is not None else self._left))

    def begin(self, ask: Ask) -> None:
        """Let a request go, if the cap allows it; what costs nothing always goes."""
        cap = self.call.settings.max_tokens_total
        if cap is not None and self.source.costs:
            self._held = LEDGER.reserve(ask.request, cap)

    def heard(self, event: Event) -> None:
        """Count what arrives, where there is a cap, and stop before it is passed."""
        if self._held is None:
            return
        if isinstance(event, TextDelta | ReasoningDelta | RefusalDelta):
            LEDGER.heard(self._held, len(event.text) / 4)
        elif isinstance(event, ToolCallDelta):
            LEDGER.heard(self._held, len(event.arguments) / 4)

    def end(self) -> Reply | None:
        """Enter the round that was being read, whole or not."""
        held, self._held = self._held, None
        try:
            if self.reading is None:
                return None
            reply, self.reading = self.reading.reply, None
            self._left = None if reply.state == "complete" else reply
            come = reply.state == "complete" or reply.timing.time_to_first_token is not None
            if come:
                LEDGER.note(reply)
            self.source.ended(reply, failed=self._failed and not come)
            return reply
        finally:
            if held is not None:
                LEDGER.release(held)

    def failed(self, error: VisionError) -> None:
        """Give an error all that has come, of this round and those before it."""
        self._failed = True
        if isinstance(error, SpendingCapReached) and self.reading is not None:
            error.partial = self.reading.reply  # it comes from here, and not from the stream that knows its reply
        if isinstance(error, WireError) and (error.partial is not None or self.turns.begun):
            error.partial = self.turns.so_far(error.partial)


def _events(rounds: _Rounds) -> Generator[Event]:
    __tracebackhide__ = True
    steps = rounds.turns.steps()
    answer: Answer = None
    try:
        while True:
            try:
                step = steps.send(answer)
            except StopIteration:
                return
            answer = None
            if isinstance(step, Ask):
                with rounds.source.stream(step.request) as events:
                    rounds.begin(step)
                    rounds.reading = events
                    for event in events:
                        if not isinstance(event, Finished):
                            rounds.heard(event)
                            yield event
                    answer = rounds.end()
            elif isinstance(step, Run):
                answer = _run(rounds.call, step)
            elif isinstance(step, Consent):
                answer = reason_against(step.call, rounds.call.approve)
            else:
                yield step.event
    except KeyboardInterrupt as error:
        raise _interrupted(rounds, error) from None
    except VisionError as error:
        rounds.failed(error)
        raise
    finally:
        rounds.end()


async def _async_events(rounds: _Rounds) -> AsyncGenerator[Event]:
    __tracebackhide__ = True
    steps = rounds.turns.steps()
    answer: Answer = None
    try:
        while True:
            try:
                step = steps.send(answer)
            except StopIteration:
                return
            answer = None
            if isinstance(step, Ask):
                async with rounds.source.astream(step.request) as events:
                    rounds.begin(step)
                    rounds.reading = events
                    async for event in events:
                        if not isinstance(event, Finished):
                            rounds.heard(event)
                            yield event
                    answer = rounds.end()
            elif isinstance(step, Run):
                answer = await _arun(rounds.call, step)
            elif isinstance(step, Consent):
                answer = reason_against(step.call, rounds.call.approve)
            else:
                yield step.event
    except VisionError as error:
        rounds.failed(error)
        raise
    finally:
        rounds.end()


def _interrupted(rounds: _Rounds, error: KeyboardInterrupt) -> Interrupted:
    """Return the error for an interrupt: of the wire, of a function, or while a person was asked."""
    stopped = error if isinstance(error, Interrupted) else Interrupted("Interrupted; what arrived is kept in .partial.")
    so_far = rounds.turns.so_far(stopped.partial or (rounds.reading.reply if rounds.reading else None))
    stopped.partial = _unfinished(so_far)
    return stopped


def _unfinished(reply: Reply) -> Reply:
    """Return a reply as one that is not over: a complete round whose functions are still to be called is no answer."""
    return replace(reply, state="interrupted") if reply.state == "complete" else reply


def _run(call: PreparedCall, step: Run) -> Ran:
    """Call a function as the person would: in this thread, where Stop interrupts it."""
    try:
        value = step.tool.call(step.arguments)
        if inspect.isawaitable(value):
            value = _wait_for(value)
        return _ran(call, step.tool, value)
    except KeyboardInterrupt:
        raise KeyboardInterrupt from None  # a function that asks has Interrupted, with its own partial reply
    except (Exception, SystemExit, asyncio.CancelledError) as error:
        return _failure(error)


async def _arun(call: PreparedCall, step: Run) -> Ran:
    """Call a function without holding up the loop: a coroutine in it, anything else in a thread."""
    try:
        if inspect.iscoroutinefunction(step.tool.function):
            value = await step.tool.call(step.arguments)
        else:
            value = await _in_thread(step.tool.call, step.arguments)
            if inspect.isawaitable(value):
                value = await value
        return _ran(call, step.tool, value)
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


def _failure(error: BaseException) -> Ran:
    return Ran(result_text(f"{type(error).__name__}: {error}"), failed=True)


def _ran(call: PreparedCall, tool: Tool, value: Any) -> Ran:
    """Return what a function gave: pictures as pictures, everything else as text."""
    if is_image(value) or (isinstance(value, list | tuple) and value and all(is_image(item) for item in value)):
        images = tuple(call.picture(item) for item in images_in(value))
        count = "a picture, which follows" if len(images) == 1 else f"{len(images)} pictures, which follow"
        return Ran(f"{tool.name} returned {count}.", images)
    return Ran(result_text(value))


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
