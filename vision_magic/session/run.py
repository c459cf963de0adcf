"""The stream of one answer: its rounds, their sources, their cost, and what happens at the end.

The logic is a generator without I/O. Two thin drivers carry out its steps: `Run` for synchronous code, `AsyncRun` for
asyncio. The steps of the wire's exchanges are among them, so each event passes through one generator only.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import anyio
import anyio.to_thread

from vision_magic.chat.events import Event, Finished, ReasoningDelta, RefusalDelta, TextDelta, ToolCallDelta
from vision_magic.chat.reply import Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.drive import Emit, adrive, drive
from vision_magic.errors import Interrupted, SpendingCapReached, VisionError, WireError
from vision_magic.session.approval import adenial_reason, denial_reason, refuse_async
from vision_magic.session.prepare import PreparedCall
from vision_magic.session.source import Source
from vision_magic.session.state import SessionState
from vision_magic.session.stream import AsyncReplyStream, ReplyStream
from vision_magic.session.tool_call import acall_tool, call_tool
from vision_magic.session.tool_loop import AskApproval, CallTool, ToolLoop
from vision_magic.wire.endpoint import Endpoint
from vision_magic.wire.exchange import Exchange, ignore_events

if TYPE_CHECKING:
    from vision_magic.session.usage import Reservation
    from vision_magic.wire.connection import AsyncConnection, Connection
    from vision_magic.wire.open_connections import OpenConnections

__all__ = ["AsyncRun", "Run"]

T = TypeVar("T")

_NO_ANSWER = Reply(state="interrupted")


@dataclass(frozen=True, slots=True)
class _Connect:
    """Close the connection and open one to an endpoint, or none if it is None."""

    endpoint: Endpoint | None


@dataclass(frozen=True, slots=True)
class _Block:
    """Call a function that may block, as on a disk or while it encodes images; the outcome is its result."""

    function: Callable[[], Any]


class _Steps:
    """The steps of one answer, without I/O, and the reply so far.

    Parameters
    ----------
    prepare : callable
        Returns the call; it may read and encode the pictures.
    state : SessionState
        State of the session.
    on_end : callable or None
        Called once with the reply: before the last event if it is complete, or else when the answer ends early.
    asynchronous : bool
        Whether the transport must be asynchronous.
    """

    def __init__(
        self,
        prepare: Callable[[], PreparedCall],
        state: SessionState,
        on_end: Callable[[Reply], None] | None,
        *,
        asynchronous: bool,
    ) -> None:
        self._prepare = prepare
        self._state = state
        self._asynchronous = asynchronous
        self._on_end = on_end
        self._loop: ToolLoop | None = None
        self._call: PreparedCall | None = None
        self._exchange: Exchange | None = None
        self._ended: Reply | None = None  # a round that has ended and that the tool loop does not have
        self._reservation: Reservation | None = None
        self._failed = False
        self._reply: Reply | None = None

    @property
    def reply(self) -> Reply:
        """The reply so far."""
        if self._reply is not None:
            return self._reply
        if self._loop is None:
            return _NO_ANSWER
        return self._unfinished(self._exchange.reply if self._exchange is not None else self._ended)

    @property
    def call(self) -> PreparedCall:
        """The call, once it is prepared."""
        assert self._call is not None
        return self._call

    def steps(self) -> Generator[Any, Any, None]:
        """Yield every step of the answer."""
        try:
            yield from self._all()
        except KeyboardInterrupt as error:
            raise self._interrupted(error) from None
        except VisionError as error:
            self._add_partial(error)
            raise
        finally:
            try:
                self._end_round()
            finally:
                self._end()

    def _all(self) -> Generator[Any, Any, None]:
        self._source: Source = yield _Block(self._begin)
        call = self.call
        self._loop = ToolLoop(call.request, call.tools, call.schema, call.limits)
        self._reply = yield from self._loop.steps(self._round)
        yield from self._use_files(self._source.record)
        self._end()  # before the last event: its listener may ask the next question
        yield Emit([Finished(self._reply)])

    def _begin(self) -> Source:
        self._call = self._prepare()
        return Source(self._call, self._state, asynchronous=self._asynchronous)

    def _use_files(self, function: Callable[[], T]) -> Generator[_Block, T, T]:
        """Call a function, as a step that may block if it reads or writes files: a step in a thread takes 0.1 ms."""
        return (yield _Block(function)) if self._source.uses_files else function()

    def _round(self, request: ChatRequest) -> Generator[Any, Any, Reply]:
        """Yield the steps of one round, and return its reply."""
        endpoint = yield from self._use_files(lambda: self._source.endpoint(request))
        if self._source.costs:
            settings = self.call.settings
            self._reservation = self._state.ledger.reserve(request, settings.max_tokens_total, host=settings.host)
        count = self._count if self._reservation is not None else ignore_events
        self._exchange = endpoint.exchange(
            self._source.sent,
            on_chunk=self._source.on_chunk(request),
            on_events=count,
            notes=self.call.picture_notes,
        )
        yield _Connect(endpoint)
        yield from self._exchange.steps()
        yield _Connect(None)  # before the functions run, which may take long
        reply = yield from self._use_files(self._end_round)
        assert reply is not None
        self._ended = None  # from here on the tool loop has it
        return reply

    def _count(self, events: list[Event]) -> None:
        """Count the tokens that arrive, and stop before they exceed the spending cap."""
        assert self._reservation is not None
        assert self._exchange is not None
        try:
            for event in events:
                if isinstance(event, TextDelta | ReasoningDelta | RefusalDelta):
                    self._state.ledger.count(self._reservation, len(event.text) / 4)
                elif isinstance(event, ToolCallDelta):
                    self._state.ledger.count(self._reservation, len(event.arguments) / 4)
        except SpendingCapReached as error:
            error.partial = self._exchange.reply
            raise

    def _end_round(self) -> Reply | None:
        """Add the round that was being read, complete or not, to usage and log; return its reply."""
        reservation, self._reservation = self._reservation, None
        try:
            if self._exchange is None:
                return None
            # In this order: another thread may ask for the reply meanwhile.
            reply = self._ended = self._exchange.reply
            self._exchange = None
            arrived = reply.state == "complete" or reply.timing.time_to_first_token is not None
            if arrived:
                self._state.ledger.add(reply, self.call.cell.label)
            self._source.end(reply, failed=self._failed and not arrived)
            return reply
        finally:
            if reservation is not None:
                self._state.ledger.release(reservation)

    def _end(self) -> None:
        on_end, self._on_end = self._on_end, None
        if on_end is not None:
            on_end(self.reply)

    def _add_partial(self, error: VisionError) -> None:
        """Set the partial reply of an error to everything that has arrived, in this round and those before it."""
        self._failed = True
        if isinstance(error, WireError) and self._loop is not None and (error.partial or self._loop.begun):
            error.partial = self._loop.so_far(error.partial)

    def _interrupted(self, error: KeyboardInterrupt) -> Interrupted:
        """Return the error for an interrupt, which may arrive during the call, in a function or at a question."""
        if isinstance(error, Interrupted):
            stopped = error
        elif self._exchange is not None:
            seconds = self._exchange.elapsed()
            stopped = Interrupted(
                f"Interrupted after {seconds:.1f} s; the connection is closed and what arrived is kept."
            )
            stopped.partial = self._exchange.interrupt()
        else:
            stopped = Interrupted("Interrupted; what arrived is kept in .partial.")
        if self._reply is not None:
            stopped.partial = self._reply  # the answer is complete; what was interrupted came after it
        elif self._loop is not None:
            stopped.partial = self._unfinished(stopped.partial or self._ended)
        return stopped

    def _unfinished(self, last_round: Reply | None) -> Reply:
        """Return the reply up to a round. It is interrupted, unless that round has ended and no other one follows."""
        assert self._loop is not None
        reply = self._loop.so_far(last_round)
        if reply.state != "complete" or (last_round is not None and last_round is self._last_ended()):
            return reply
        return replace(reply, state="interrupted")

    def _last_ended(self) -> Reply | None:
        """Return the round that has ended, if the answer ends with it; what follows is only writing it to files."""
        assert self._loop is not None
        return self._ended if self._ended is not None and not self._loop.continues_after(self._ended) else None


_SESSION_STEPS = (_Connect, _Block, CallTool, AskApproval)
"""The steps that a driver performs itself; a connection performs the others."""


class _Driver:
    """Performs the steps of an answer, for synchronous code.

    It does not know the stream that is read: a stream that nobody holds any more is closed at once, and with it the
    connection.
    """

    def __init__(self, steps: _Steps) -> None:
        self._steps = steps
        self._connection: Connection | None = None

    def events(self) -> Generator[Event]:
        """Yield the events of the answer."""
        __tracebackhide__ = True
        try:
            yield from drive(self._steps.steps(), self._perform)
        finally:
            self.connect(None)

    def _perform(self, step: Any) -> Any:
        if not isinstance(step, _SESSION_STEPS):
            assert self._connection is not None
            return self._connection.perform(step)
        if isinstance(step, _Connect):
            return self.connect(step.endpoint)
        if isinstance(step, _Block):
            return step.function()
        if isinstance(step, CallTool):
            return call_tool(self._steps.call, step)
        return denial_reason(step.call, self._steps.call.approve)

    def connect(self, endpoint: Endpoint | None) -> None:
        """Connect to an endpoint, or to none, in place of the connection before."""
        if self._connection is not None:
            self._connection.close()
        self._connection = endpoint.connect() if endpoint is not None else None


class Run(ReplyStream):
    """The events of one answer as they arrive, for synchronous code; parameters as for `_Steps`."""

    def __init__(self, call: PreparedCall, state: SessionState, on_end: Callable[[Reply], None] | None = None) -> None:
        if call.tools:
            refuse_async(call.approve)  # before anything is sent
        self._steps = _Steps(lambda: call, state, on_end, asynchronous=False)
        self._driver = _Driver(self._steps)
        super().__init__(self._driver.events())

    @property
    def reply(self) -> Reply:
        """The reply so far."""
        return self._steps.reply

    def close(self) -> None:
        """End the call if it is still running."""
        self._driver.connect(None)  # first, so that the server stops before anything is written to files
        super().close()


class _AsyncDriver:
    """Performs the steps of an answer, for asynchronous code; what may block runs in a thread."""

    def __init__(self, steps: _Steps, connections: OpenConnections) -> None:
        self._steps = steps
        self._connections = connections
        self._connection: AsyncConnection | None = None

    async def events(self) -> AsyncGenerator[Event]:
        """Yield the events of the answer."""
        __tracebackhide__ = True
        async with self._connections.during_call():
            try:
                async with aclosing(adrive(self._steps.steps(), self._perform)) as events:
                    async for event in events:
                        yield event
            finally:
                with anyio.CancelScope(shield=True):
                    await self.connect(None)

    async def _perform(self, step: Any) -> Any:
        if not isinstance(step, _SESSION_STEPS):
            assert self._connection is not None
            return await self._connection.perform(step)
        if isinstance(step, _Connect):
            return await self.connect(step.endpoint)
        if isinstance(step, _Block):
            return await anyio.to_thread.run_sync(step.function)
        if isinstance(step, CallTool):
            return await acall_tool(self._steps.call, step)
        return await adenial_reason(step.call, self._steps.call.approve)

    async def connect(self, endpoint: Endpoint | None) -> None:
        """Connect to an endpoint, or to none, in place of the connection before."""
        if self._connection is not None:
            await self._connection.close()
        self._connection = endpoint.aconnect() if endpoint is not None else None


class AsyncRun(AsyncReplyStream):
    """The events of one answer as they arrive, for asynchronous code; parameters as for `_Steps`."""

    def __init__(
        self,
        prepare: Callable[[], PreparedCall],
        state: SessionState,
        on_end: Callable[[Reply], None] | None = None,
    ) -> None:
        self._steps = _Steps(prepare, state, on_end, asynchronous=True)
        super().__init__(_AsyncDriver(self._steps, state.connections).events())

    @property
    def reply(self) -> Reply:
        """The reply so far."""
        return self._steps.reply
