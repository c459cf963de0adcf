"""Several models that answer one question: each in a stream of its own, folded into the choices of one reply."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import queue
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import anyio.to_thread

from vision_magic.chat.events import Event, Finished, RetryScheduled, RetryStarted
from vision_magic.chat.reply import Choice, Reply
from vision_magic.chat.usage import Timing
from vision_magic.errors import RequestError, VisionError, WireError
from vision_magic.session.prepare import PreparedCall
from vision_magic.session.run import AsyncRun
from vision_magic.session.state import SessionState
from vision_magic.session.stream import AsyncReplyStream, ReplyStream

__all__ = ["AsyncMultiModelRun", "MultiModelRun"]


@dataclass(slots=True)
class _Column:
    """One model's answer: its stream, and the error that ended it early."""

    call: PreparedCall
    first: int  # the number of its first choice
    stream: AsyncReplyStream
    error: VisionError | None = None

    @property
    def choices(self) -> list[Choice]:
        """Its choices as far as they have come, each with its model and what it took."""
        reply = self.reply
        count = self.call.request.n or 1
        own = [*reply.choices, *[Choice()] * (count - len(reply.choices))]
        usages = [reply.usage, *[None] * (count - 1)]
        return [
            replace(
                choice,
                model=self.call.request.model,
                usage=usage,
                error=str(self.error) if self.error else "",
            )
            for choice, usage in zip(own, usages, strict=False)
        ]

    @property
    def reply(self) -> Reply:
        partial = self.error.partial if isinstance(self.error, WireError) else None
        return partial or self.stream.reply


class _Columns:
    """The answers of several models, side by side."""

    def __init__(self, calls: Sequence[PreparedCall], state: SessionState) -> None:
        _refuse_tools(calls)
        self.calls = calls
        self.columns: list[_Column] = []
        first = 0
        for call in calls:
            self.columns.append(_Column(call, first, AsyncRun(_returning(call), state)))
            first += call.request.n or 1

    def snapshot(self) -> Reply:
        """Return all answers as far as they have come, as the choices of one reply."""
        replies = [column.reply for column in self.columns]
        usages = [reply.usage for reply in replies]
        known = [usage for usage in usages if usage is not None]
        firsts = [reply.timing.time_to_first_token for reply in replies if reply.timing.time_to_first_token is not None]
        over = all(
            reply.state == "complete" or column.error for reply, column in zip(replies, self.columns, strict=True)
        )
        whole = over and not all(column.error for column in self.columns)
        return Reply(
            choices=tuple(choice for column in self.columns for choice in column.choices),
            model=", ".join(dict.fromkeys(call.request.model for call in self.calls)),
            host=replies[0].host or self.calls[0].settings.host,
            state="complete" if whole else "interrupted",
            request=self.calls[0].request,
            usage=sum(known[1:], known[0]) if known and len(known) == len(usages) else None,
            timing=Timing(
                time_to_first_token=min(firsts, default=None), total=max(reply.timing.total for reply in replies)
            ),
            reproducible=all(reply.reproducible for reply in replies),
            notes=tuple(dict.fromkeys(note for reply in replies for note in reply.notes)),
            schema=self.calls[0].schema,
        )

    def end(self) -> Finished:
        """Return the last event; raise where no column has anything."""
        errors = [column.error for column in self.columns]
        first = errors[0]
        if first is not None and all(errors):
            if isinstance(first, WireError):
                first.partial = self.snapshot()
            raise first
        return Finished(self.snapshot())


async def _follow(column: _Column, tell: Callable[[Event], Awaitable[None]]) -> None:
    """Hand on one column's events; an error ends this column alone."""
    try:
        async with column.stream as events:
            async for event in events:
                if not isinstance(event, Finished | RetryScheduled | RetryStarted):
                    await tell(_placed(event, column.first))
    except VisionError as error:
        column.error = error


def _placed(event: Any, first: int) -> Event:
    return replace(event, choice=event.choice + first) if first and hasattr(event, "choice") else event  # type: ignore[no-any-return]


class AsyncMultiModelRun(AsyncReplyStream):
    """The events of several answers as they arrive, each with the number of its column.

    Parameters
    ----------
    prepare : callable
        Returns the calls, one for each model; called in a thread.
    state : SessionState
        What outlives the calls.
    on_end : callable, optional
        Takes the reply once, complete or not.
    """

    def __init__(
        self,
        prepare: Callable[[], Sequence[PreparedCall]],
        state: SessionState,
        on_end: Callable[[Reply], None] | None = None,
    ) -> None:
        self._prepare = prepare
        self._state = state
        self._on_end = on_end
        self._columns: _Columns | None = None
        super().__init__(self._follow_all())

    @property
    def reply(self) -> Reply:
        """All answers as far as they have come."""
        return self._columns.snapshot() if self._columns is not None else Reply(state="interrupted")

    async def _follow_all(self) -> AsyncGenerator[Event]:
        self._columns = _Columns(await anyio.to_thread.run_sync(self._prepare), self._state)
        try:
            async for event in _merged(self._columns):
                yield event
            finished = self._columns.end()
            self._end()  # before the listener may go on to the next question
            yield finished
        finally:
            self._end()

    def _end(self) -> None:
        on_end, self._on_end = self._on_end, None
        if on_end is not None:
            on_end(self.reply)


class MultiModelRun(ReplyStream):
    """The same for threads: the answers arrive in a loop in a thread of its own; an interrupt here ends them all."""

    def __init__(
        self,
        calls: Sequence[PreparedCall],
        state: SessionState,
        on_end: Callable[[Reply], None] | None = None,
    ) -> None:
        _refuse_tools(calls)  # at once, not in the thread
        self._inner = AsyncMultiModelRun(lambda: calls, state, on_end)
        super().__init__(_in_a_thread(self._inner))

    @property
    def reply(self) -> Reply:
        """All answers as far as they have come."""
        return self._inner.reply


def _refuse_tools(calls: Sequence[PreparedCall]) -> None:
    if any(call.tools for call in calls):
        raise RequestError("Functions came together with several models; only one answer can call them.")


def _returning(call: PreparedCall) -> Callable[[], PreparedCall]:
    return lambda: call


async def _merged(columns: _Columns) -> AsyncGenerator[Event]:
    waiting: asyncio.Queue[Event | Exception | None] = asyncio.Queue(maxsize=100)

    async def run(column: _Column) -> None:
        # Cancelled, it tells nobody: the queue may be full, and is not read any more.
        try:
            await _follow(column, waiting.put)
        except Exception as error:  # raised again where the events are read
            await waiting.put(error)
        else:
            await waiting.put(None)

    tasks = [asyncio.create_task(run(column)) for column in columns.columns]
    try:
        open_columns = len(tasks)
        while open_columns:
            event = await waiting.get()
            if isinstance(event, Exception):
                raise event
            if event is None:
                open_columns -= 1
            else:
                yield event
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _in_a_thread(stream: AsyncReplyStream) -> Generator[Event]:
    waiting: queue.SimpleQueue[Event | BaseException | None] = queue.SimpleQueue()
    loop = asyncio.new_event_loop()

    async def run() -> None:
        async with stream:
            async for event in stream:
                waiting.put(event)

    task = loop.create_task(run())

    def work() -> None:
        try:
            loop.run_until_complete(task)
        except asyncio.CancelledError:
            pass
        except BaseException as error:  # raised again in the thread that waits
            waiting.put(error)
        finally:
            waiting.put(None)
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()

    thread = threading.Thread(
        target=contextvars.copy_context().run, args=(work,), name="vision_magic-columns", daemon=True
    )
    thread.start()
    try:
        while (event := waiting.get()) is not None:
            if isinstance(event, BaseException):
                raise event
            yield event
    finally:
        if thread.is_alive() and not loop.is_closed():
            with contextlib.suppress(RuntimeError):  # closed just now: it is over
                loop.call_soon_threadsafe(task.cancel)
        thread.join()
