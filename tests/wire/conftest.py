"""Mock servers for each client: httpx, its asynchronous client, and httpx2."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import Any

import httpx
import httpx2
import pytest
from PIL import Image as PILImage

from tests.wire.held import AsyncHeld, Held
from vision_magic.chat.events import Event, Finished
from vision_magic.chat.messages import user_message
from vision_magic.chat.reply import Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.images.convert import as_image
from vision_magic.wire.endpoint import Endpoint
from vision_magic.wire.quirks import QuirkBook

BASE_URL = "http://127.0.0.1:9/v1"
IMAGE = as_image(PILImage.new("RGB", (8, 8), "navy"))
EVENT_STREAM = {"content-type": "text/event-stream"}


def request(**fields: Any) -> ChatRequest:
    return ChatRequest(**{"model": "model-1", "messages": (user_message("Hi", IMAGE),), **fields})


@pytest.fixture
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait next to nothing before another attempt."""
    monkeypatch.setattr("vision_magic.wire.retry._FIRST_PAUSE", 0.01)


class Pieces(httpx.SyncByteStream, httpx.AsyncByteStream, httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A response body that yields pieces, raises an exception among them, and records whether it was closed."""

    def __init__(self, pieces: Iterable[bytes | BaseException]) -> None:
        self._pieces = pieces
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, BaseException):
                raise piece
            yield piece

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True


class Carrier:
    """A client of one kind, which sends one question to a mock server.

    A call takes the responses to send, one for each request, as (status, headers, pieces). The last one is repeated.
    """

    def __init__(self, name: str) -> None:
        self.family: Any = httpx2 if name == "httpx2" else httpx
        self._async = name == "async"
        self.requests: list[Any] = []
        self.bodies: list[bytes] = []
        self.streams: list[Pieces] = []
        self.events: list[Event] = []
        self.quirks = QuirkBook()

    def __call__(
        self, *answers: tuple[int, dict[str, str], Iterable[Any]], endpoint: dict[str, Any] | None = None, **fields: Any
    ) -> Reply:
        """Return the reply, or raise the error of the endpoint."""
        waiting = list(answers)

        def handler(sent: Any) -> Any:
            self.requests.append(sent)
            self.bodies.append(sent.content)
            status, headers, pieces = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            self.streams.append(Pieces(pieces))
            return self.family.Response(status, headers=headers, stream=self.streams[-1])

        return self._collect(self.family.MockTransport(handler), endpoint or {}, fields)

    def _collect(self, transport: Any, endpoint: dict[str, Any], fields: dict[str, Any]) -> Reply:
        if self.family is httpx:
            made = Endpoint(BASE_URL, transport=transport, quirks=self.quirks, **endpoint)
        else:
            made = Endpoint(BASE_URL, client=self.family.Client(transport=transport), quirks=self.quirks, **endpoint)
        if self._async:
            asyncio.run(self._read_async(made, fields))
        else:
            self._read(made, fields)
        assert isinstance(self.events[-1], Finished)
        return self.events[-1].reply

    def _read(self, made: Endpoint, fields: dict[str, Any]) -> None:
        with Held(made, request(**fields)) as events:
            self.events.extend(events)

    async def _read_async(self, made: Endpoint, fields: dict[str, Any]) -> None:
        async with AsyncHeld(made, request(**fields)) as events:
            async for event in events:
                self.events.append(event)


@pytest.fixture(params=["httpx", "async", "httpx2"])
def carry(request: pytest.FixtureRequest) -> Carrier:
    return Carrier(request.param)


Says = Callable[..., tuple[int, dict[str, str], list[Any]]]


@pytest.fixture
def says() -> Says:
    """Return a function that makes a response from pieces, by default an event stream with status 200."""

    def answer(*pieces: Any, status: int = 200, headers: dict[str, str] | None = None) -> Any:
        return status, EVENT_STREAM if headers is None else headers, list(pieces)

    return answer
