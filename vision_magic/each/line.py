"""The line of one worker to whoever answers: a server over a connection that stays open, or a recording."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from vision_magic.chat.reply import Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.drive import Emit
from vision_magic.errors import VisionError
from vision_magic.session.endpoints import endpoint
from vision_magic.session.source import Source, attempt
from vision_magic.session.state import SessionState

if TYPE_CHECKING:
    from vision_magic.each.plan import Plan
    from vision_magic.session.prepare import PreparedCall
    from vision_magic.wire.connection import AsyncConnection
    from vision_magic.wire.endpoint import Endpoint
    from vision_magic.wire.exchange import Exchange

__all__ = ["Line", "Lines", "RecordedLine", "ServerLine"]


class Line(Protocol):
    """What answers the requests of one worker, one after another."""

    async def ask(self, call: PreparedCall, request: ChatRequest) -> Reply:
        """Send a request of a call once, and return its complete reply; raise `VisionError` if there is none."""

    async def end(self, call: PreparedCall, *, good: bool) -> None:
        """Say that a call has ended, and whether its answer is one."""

    async def close(self) -> None:
        """Close the connection."""


class Lines:
    """Makes the lines of a run's workers.

    Parameters
    ----------
    plan : Plan
        What is asked.
    state : SessionState
        The session. Its recording is used if there is one; kept answers are not, since the file of the run keeps them.

    Raises
    ------
    SettingsError
        The key of the server is missing, or a setting is wrong.
    """

    def __init__(self, plan: Plan, state: SessionState) -> None:
        self._state = state
        self._recorded = state.recordings.active() is not None
        self._logged = not self._recorded and state.log.path is not None
        self._endpoint: Endpoint | None = None
        if not self._recorded:
            self._endpoint = endpoint(plan.settings, plan.call_options, state, asynchronous=True)

    def new(self) -> Line:
        """Return a line with a connection of its own, opened with the first request."""
        if self._endpoint is None:
            return RecordedLine(self._state)
        return ServerLine(self._endpoint, self._state, logged=self._logged)


class ServerLine:
    """A line to a server. Its client is kept, so that the connection is opened once."""

    def __init__(self, endpoint: Endpoint, state: SessionState, *, logged: bool) -> None:
        self._endpoint = endpoint
        self._state = state
        self._logged = logged
        self._connection = endpoint.aconnect()

    async def ask(self, call: PreparedCall, request: ChatRequest) -> Reply:
        """Send a request once, and return its complete reply; raise `VisionError` if there is none."""
        exchange = self._endpoint.exchange(request, retries=0)
        ended = False
        try:
            await _perform(exchange, self._connection)
            ended = True
        finally:
            reply = exchange.reply
            if ended or reply.timing.time_to_first_token is not None:
                self._state.ledger.add(reply, call.cell.label)
            if self._logged:
                await _in_thread(lambda: attempt(lambda: self._log(call, reply, failed=not ended)))
        return reply

    def _log(self, call: PreparedCall, reply: Reply, *, failed: bool) -> None:
        self._state.log.add(reply, cell=call.cell.label, failed=failed)

    async def end(self, call: PreparedCall, *, good: bool) -> None:
        """Do nothing: each reply was logged on its own."""

    async def close(self) -> None:
        """Close the connection."""
        await self._connection.close()


class RecordedLine:
    """A line to the recording of the session, which may ask a server for what it does not have."""

    def __init__(self, state: SessionState) -> None:
        self._state = state
        self._source: Source | None = None

    async def ask(self, call: PreparedCall, request: ChatRequest) -> Reply:
        """Return the recorded reply, or ask for it; raise `VisionError` if there is none."""
        if self._source is None:
            self._source = await _in_thread(lambda: Source(call, self._state, asynchronous=True))
        source: Source = self._source
        answerer = await _in_thread(lambda: source.endpoint(request))
        connection = answerer.aconnect()
        exchange = answerer.exchange(request, on_chunk=source.on_chunk(request), retries=0)
        ended = False
        try:
            await _perform(exchange, connection)
            ended = True
        finally:
            reply: Reply = exchange.reply
            await connection.close()
            if ended or reply.timing.time_to_first_token is not None:
                self._state.ledger.add(reply, call.cell.label)
            await _in_thread(lambda: source.end(reply, failed=not ended))
        return reply

    async def end(self, call: PreparedCall, *, good: bool) -> None:
        """Record the answer if it is one."""
        source, self._source = self._source, None
        if good and source is not None:
            await _in_thread(source.record)

    async def close(self) -> None:
        """Do nothing: each connection was closed after its answer."""
        self._source = None


async def _in_thread(function: Any) -> Any:
    import anyio.to_thread

    return await anyio.to_thread.run_sync(function)


async def _perform(exchange: Exchange, connection: AsyncConnection) -> None:
    """Perform the steps of an exchange; nobody listens to its events."""
    steps = exchange.steps()
    outcome: Any = None
    error: Exception | None = None
    try:
        while True:
            step = steps.send(outcome) if error is None else steps.throw(error)
            outcome = error = None
            if type(step) is Emit:
                continue
            try:
                outcome = await connection.perform(step)
            except VisionError as caught:
                error = caught
    except StopIteration:
        return
    except VisionError as failure:
        # Without the traceback, since the frames of the steps hold bytes that may contain a key.
        raise failure.with_traceback(None) from None
    finally:
        steps.close()
