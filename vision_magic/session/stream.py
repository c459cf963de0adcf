"""Reply streams: the events of an answer as they arrive, and the reply so far."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from typing import Self

from vision_magic.chat.events import Event
from vision_magic.chat.reply import Reply
from vision_magic.errors import Interrupted

__all__ = ["AsyncReplyStream", "ReplyStream", "acollect", "collect"]


class ReplyStream(Iterator[Event]):
    """The events of an answer as they arrive; the last is `Finished`.

    To end the call early, close the stream or leave its ``with`` block. The connection is then closed at once.
    """

    def __init__(self, events: Generator[Event]) -> None:
        self._events = events

    @property
    @abstractmethod
    def reply(self) -> Reply:
        """The reply so far."""

    def __iter__(self) -> Generator[Event]:  # the generator itself, which saves a call for each event
        return self._events

    def __next__(self) -> Event:
        return next(self._events)

    def close(self) -> None:
        """End the call if it is still running."""
        self._events.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class AsyncReplyStream(AsyncIterator[Event]):
    """As `ReplyStream`, with ``async for`` and ``async with``; cancelling its task closes the connection."""

    def __init__(self, events: AsyncGenerator[Event]) -> None:
        self._events = events

    @property
    @abstractmethod
    def reply(self) -> Reply:
        """The reply so far."""

    def __aiter__(self) -> AsyncGenerator[Event]:  # the generator itself, as above
        return self._events

    async def __anext__(self) -> Event:
        return await anext(self._events)

    async def aclose(self) -> None:
        """End the call if it is still running."""
        await self._events.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.aclose()


def collect(events: ReplyStream) -> Reply:
    """Read a stream to its end and return the reply."""
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
    """Read a stream to its end from asynchronous code and return the reply."""
    async with events:
        async for _ in events:
            pass
        return events.reply
