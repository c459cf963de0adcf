"""One question to several models: each has a stream of its own, and their answers are the choices of one reply."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import queue
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Sequence
from contextlib import aclosing
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

_MAX_QUEUED = 100  # events; a slow listener holds up the models


@dataclass(slots=True)
class _ModelStream:
    """The stream of one model, and the error that ended it early."""

    call: PreparedCall
    first_choice: int  # number of its first choice among those of all models
    stream: AsyncReplyStream
    error: VisionError | None = None

    @property
    def reply(self) -> Reply:
        """The reply of the model so far."""
        partial = self.error.partial if isinstance(self.error, WireError) else None
        return partial or self.stream.reply

    @property
    def choices(self) -> list[Choice]:
        """The choices so far, as many as were asked for, each with the model; the first has the usage of all."""
        reply, count = self.reply, self.call.request.n or 1
        choices = [*reply.choices, *[Choice()] * count][:count]
        error = str(self.error) if self.error else ""
        return [
            replace(choice, model=self.call.request.model, usage=reply.usage if number == 0 else None, error=error)
            for number, choice in enumerate(choices)
        ]


class _ModelStreams:
    """The streams of all models, and the one reply that they make up."""

    def __init__(self, calls: Sequence[PreparedCall], state: SessionState) -> None:
        _refuse_tools(calls)
        self.calls = calls
        self.streams: list[_ModelStream] = []
        first_choice = 0
        for call in calls:
            self.streams.append(_ModelStream(call, first_choice, AsyncRun(_constant(call), state)))
            first_choice += call.request.n or 1

    def snapshot(self) -> Reply:
        """Return the reply so far."""
        replies = [stream.reply for stream in self.streams]
        usages = [reply.usage for reply in replies]
        known = [usage for usage in usages if usage is not None]
        firsts = [reply.timing.time_to_first_token for reply in replies if reply.timing.time_to_first_token is not None]
        ended = all(
            stream.error or reply.state == "complete" for stream, reply in zip(self.streams, replies, strict=True)
        )
        complete = ended and not all(stream.error for stream in self.streams)
        return Reply(
            choices=tuple(choice for stream in self.streams for choice in stream.choices),
            model=", ".join(dict.fromkeys(call.request.model for call in self.calls)),
            host=replies[0].host or self.calls[0].settings.host,
            state="complete" if complete else "interrupted",
            request=self.calls[0].request,
            usage=sum(known[1:], known[0]) if known and len(known) == len(usages) else None,
            timing=Timing(
                time_to_first_token=min(firsts, default=None), total=max(reply.timing.total for reply in replies)
            ),
            reproducible=all(reply.reproducible for reply in replies),
            notes=tuple(dict.fromkeys(note for reply in replies for note in reply.notes)),
            schema=self.calls[0].schema,
            headers=replies[0].headers,
        )

    def finish(self) -> Finished:
        """Return the last event; raise the first error if all models failed."""
        errors = [stream.error for stream in self.streams]
        first = errors[0]
        if first is not None and all(errors):
            if isinstance(first, WireError):
                first.partial = self.snapshot()
            raise first
        return Finished(self.snapshot())


class _Models:
    """The answers of several models without the stream that is read: what is known so far, and the events."""

    def __init__(
        self,
        prepare: Callable[[], Sequence[PreparedCall]],
        state: SessionState,
        on_end: Callable[[Reply], None] | None,
    ) -> None:
        self._prepare = prepare
        self._state = state
        self._on_end = on_end
        self._streams: _ModelStreams | None = None

    @property
    def reply(self) -> Reply:
        return self._streams.snapshot() if self._streams is not None else Reply(state="interrupted")

    async def events(self) -> AsyncGenerator[Event]:
        try:
            self._streams = _ModelStreams(await anyio.to_thread.run_sync(self._prepare), self._state)
            async with aclosing(_merge(self._streams.streams)) as events:
                async for event in events:
                    yield event
            finished = self._streams.finish()
            self._end()  # before the last event: its listener may ask the next question
            yield finished
        finally:
            self._end()

    def _end(self) -> None:
        on_end, self._on_end = self._on_end, None
        if on_end is not None:
            on_end(self.reply)


class AsyncMultiModelRun(AsyncReplyStream):
    """The events of several models as they arrive; the number of a choice says which model it belongs to.

    Parameters
    ----------
    prepare : callable
        Returns the calls, one for each model; called in a thread.
    state : SessionState
        State of the session.
    on_end : callable, optional
        Called once with the reply, complete or not.
    """

    def __init__(
        self,
        prepare: Callable[[], Sequence[PreparedCall]],
        state: SessionState,
        on_end: Callable[[Reply], None] | None = None,
    ) -> None:
        self._models = _Models(prepare, state, on_end)
        super().__init__(self._models.events())

    @property
    def reply(self) -> Reply:
        """The reply so far, with the choices of all models."""
        return self._models.reply


class MultiModelRun(ReplyStream):
    """As `AsyncMultiModelRun`, for synchronous code: an event loop in another thread asks the models.

    An interrupt in the calling thread ends all of them.
    """

    def __init__(
        self,
        calls: Sequence[PreparedCall],
        state: SessionState,
        on_end: Callable[[Reply], None] | None = None,
    ) -> None:
        _refuse_tools(calls)  # here, so that the caller sees the error before it reads the first event
        self._inner = AsyncMultiModelRun(lambda: calls, state, on_end)
        super().__init__(_run_in_thread(self._inner))

    @property
    def reply(self) -> Reply:
        """The reply so far, with the choices of all models."""
        return self._inner.reply


def _refuse_tools(calls: Sequence[PreparedCall]) -> None:
    if any(call.tools for call in calls):
        raise RequestError(
            "Functions and several models exclude each other, since only a single answer can call functions. "
            "Name one model, or leave the functions out."
        )


def _constant(call: PreparedCall) -> Callable[[], PreparedCall]:
    return lambda: call


async def _merge(streams: Sequence[_ModelStream]) -> AsyncGenerator[Event]:
    """Yield the events of all streams in the order in which they arrive."""
    events: asyncio.Queue[Event | Exception | None] = asyncio.Queue(maxsize=_MAX_QUEUED)

    async def forward(stream: _ModelStream) -> None:
        # A cancelled task puts nothing: nobody reads the queue any more, and it may be full.
        try:
            await _forward_events(stream, events.put)
        except Exception as error:  # raised again where the events are read
            await events.put(error)
        else:
            await events.put(None)

    tasks = [asyncio.create_task(forward(stream)) for stream in streams]
    try:
        running = len(tasks)
        while running:
            event = await events.get()
            if isinstance(event, Exception):
                raise event
            if event is None:
                running -= 1
            else:
                yield event
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _forward_events(stream: _ModelStream, put: Callable[[Event], Awaitable[None]]) -> None:
    """Forward the events of one model. An error ends this model's stream alone."""
    try:
        async with stream.stream as events:
            async for event in events:
                if not isinstance(event, Finished | RetryScheduled | RetryStarted):
                    await put(_renumbered(event, stream.first_choice))
    except VisionError as error:
        stream.error = error


def _renumbered(event: Any, first_choice: int) -> Event:
    """Return an event with the number that its choice has among those of all models."""
    if first_choice and hasattr(event, "choice"):
        event = replace(event, choice=event.choice + first_choice)
    return event  # type: ignore[no-any-return]  # not every event has a choice


def _run_in_thread(stream: AsyncReplyStream) -> Generator[Event]:
    """Yield the events of a stream that an event loop reads in another thread."""
    events: queue.SimpleQueue[Event | BaseException | None] = queue.SimpleQueue()
    loop = asyncio.new_event_loop()

    async def read() -> None:
        async with stream:
            async for event in stream:
                events.put(event)

    task = loop.create_task(read())

    def run() -> None:
        try:
            loop.run_until_complete(task)
        except asyncio.CancelledError:
            pass
        except BaseException as error:  # raised again in the thread that waits
            events.put(error)
        finally:
            events.put(None)
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()

    thread = threading.Thread(
        target=contextvars.copy_context().run, args=(run,), name="vision_magic-models", daemon=True
    )
    thread.start()
    try:
        while (event := events.get()) is not None:
            if isinstance(event, BaseException):
                raise event
            yield event
    finally:
        if thread.is_alive() and not loop.is_closed():
            with contextlib.suppress(RuntimeError):  # the loop was closed meanwhile: there is nothing to cancel
                loop.call_soon_threadsafe(task.cancel)
        thread.join()
