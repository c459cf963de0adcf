"""Transports that replay recorded chunks in place of a server."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import anyio
import httpx

from vision_magic.wire.connection import DEADLINE

__all__ = ["AsyncReplayTransport", "Chunks", "ReplayTransport"]

Chunks = Sequence[tuple[float, Mapping[str, Any]]]
"""Chunks of a reply, each with the seconds since the one before."""

_HEADERS: Final = {"content-type": "text/event-stream"}
_LONGEST_PAUSE: Final = 1e8  # seconds; three years, which every clock can hold


class ReplayTransport(httpx.BaseTransport):
    """Answers every request with the same recorded chunks, without a network.

    Parameters
    ----------
    chunks : sequence of (float, mapping)
        Seconds since the chunk before, and the chunk.
    speed : float
        1 keeps the recorded pace, 2 is twice as fast, 0 does not wait.
    """

    def __init__(self, chunks: Chunks, speed: float = 1.0) -> None:
        self._chunks, self._speed = chunks, speed

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer with the chunks, each after its delay."""
        deadline = request.extensions.get(DEADLINE, lambda: None)
        return httpx.Response(200, headers=_HEADERS, stream=_Stream(_events(self._chunks, self._speed), deadline))


class AsyncReplayTransport(httpx.AsyncBaseTransport):
    """`ReplayTransport` for asynchronous code."""

    def __init__(self, chunks: Chunks, speed: float = 1.0) -> None:
        self._chunks, self._speed = chunks, speed

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer with the chunks, each after its delay."""
        return httpx.Response(200, headers=_HEADERS, stream=_AsyncStream(_events(self._chunks, self._speed)))


def _events(chunks: Chunks, speed: float) -> Iterator[tuple[float, bytes]]:
    """Yield each event of the stream with the seconds to wait before it."""
    for delay, chunk in chunks:
        data = json.dumps(chunk, ensure_ascii=False).encode("utf-8", "replace")
        yield (min(delay / speed, _LONGEST_PAUSE) if speed > 0 else 0.0), b"data: " + data + b"\n\n"
    yield 0.0, b"data: [DONE]\n\n"


class _Stream(httpx.SyncByteStream):
    def __init__(self, events: Iterator[tuple[float, bytes]], deadline: Callable[[], float | None]) -> None:
        self._events = events
        self._deadline = deadline

    def __iter__(self) -> Iterator[bytes]:
        for delay, event in self._events:
            if delay:
                self._wait(delay)
            yield event

    def _wait(self, delay: float) -> None:
        """Wait before an event, but not longer than until the deadline; an interrupt ends the wait."""
        until = self._deadline()
        left = delay if until is None else max(0.0, until - time.monotonic())
        time.sleep(min(delay, left))
        if left < delay:
            raise httpx.ReadTimeout("The recorded pause is longer than the time limit.")


class _AsyncStream(httpx.AsyncByteStream):
    def __init__(self, events: Iterator[tuple[float, bytes]]) -> None:
        self._events = events

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for delay, event in self._events:
            if delay:
                await anyio.sleep(delay)
            yield event
