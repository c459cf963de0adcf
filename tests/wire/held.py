"""Exchanges that run with the wire's own drivers and connections, without a session."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator

import anyio

from vision_magic.chat.events import Event, Finished
from vision_magic.chat.reply import Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.drive import adrive, drive
from vision_magic.session.stream import AsyncReplyStream, ReplyStream
from vision_magic.wire.endpoint import Endpoint

__all__ = ["AsyncHeld", "Held"]


class Held(ReplyStream):
    """The events of one exchange, then `Finished`, as a stream."""

    def __init__(self, endpoint: Endpoint, request: ChatRequest) -> None:
        self._exchange = endpoint.exchange(request)
        self._connection = endpoint.connect()
        super().__init__(self._drive())

    @property
    def reply(self) -> Reply:
        return self._exchange.reply

    def _drive(self) -> Generator[Event]:
        try:
            yield from drive(self._exchange.steps(), self._connection.perform)
            yield Finished(self.reply)
        finally:
            self._connection.close()


class AsyncHeld(AsyncReplyStream):
    """The same stream in asynchronous code."""

    def __init__(self, endpoint: Endpoint, request: ChatRequest) -> None:
        self._exchange = endpoint.exchange(request)
        self._connection = endpoint.aconnect()
        super().__init__(self._drive())

    @property
    def reply(self) -> Reply:
        return self._exchange.reply

    async def _drive(self) -> AsyncGenerator[Event]:
        try:
            async for event in adrive(self._exchange.steps(), self._connection.perform):
                yield event
            yield Finished(self.reply)
        finally:
            with anyio.CancelScope(shield=True):
                await self._connection.close()
