"""The connection of one call: what a step of the exchange asks for, done over httpx.

One class for threads and one for asyncio. Every error of a transport becomes a `TransportFailure`, whichever library
raised it.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, Final

import anyio
import httpx

from vision_magic.errors import VisionError
from vision_magic.wire.client import ClientFactory
from vision_magic.wire.decompression import Decompressor
from vision_magic.wire.steps import Outcome, Pause, Read, ResponseHead, Send, Step, TransportFailure

__all__ = ["AsyncConnection", "Connection"]

_NAP: Final = 0.1  # seconds between two looks at whether a read is under way again
_BLOCKED: Final = 0.0005  # seconds; a read that took longer has waited for the network
_GATHER: Final = 0.02  # seconds in which tokens gather: less than anybody sees


class Connection:
    """The connection of one call, one response after another."""

    def __init__(self, clients: ClientFactory) -> None:
        self._clients = clients
        self._client: Any = None
        self._response: Any = None
        self._blocks: Iterator[bytes] = iter(())
        self._watchdog: _Watchdog | None = None
        self._pace = _Pace()

    def perform(self, step: Step) -> Outcome:
        """Perform a step of an exchange and return what came of it."""
        if type(step) is Read:
            return self._read(step)
        if type(step) is Send:
            return self._send(step)
        assert isinstance(step, Pause)
        time.sleep(step.seconds)
        return None

    def _send(self, send: Send) -> ResponseHead | TransportFailure:
        """Send a request and return what its response begins with."""
        self._hang_up()
        try:
            if self._client is None:
                self._client = self._clients.new(httpx.Client)
            request = self._clients.build(self._client, send, send.body)
            self._response = self._client.send(request, stream=True, auth=self._clients.sign, follow_redirects=False)
            self._blocks = _unpacked(self._response)
            self._watchdog = _watchdog(self._response)
            return _head(self._response)
        except VisionError:
            raise
        except Exception as error:
            return _lost(error)

    def _read(self, read: Read) -> bytes | TransportFailure | None:
        """Return the next bytes of the response; None at its end."""
        if self._watchdog is not None:
            if self._pace.resting:
                time.sleep(self._pace.rest(read.until))
            self._watchdog.until(read.until)
            self._watchdog.awake = True
        begun = time.monotonic()
        try:
            data = next(self._blocks, None)
        except VisionError:
            raise
        except Exception as error:
            return TransportFailure("timeout", "") if self._late() else _lost(error)
        finally:
            if time.monotonic() - begun > _BLOCKED:
                self._pace.waited()
            if self._watchdog is not None:
                self._watchdog.awake = False
        return TransportFailure("timeout", "") if data is None and self._late() else data

    def _late(self) -> bool:
        return self._watchdog is not None and self._watchdog.bit

    def _hang_up(self) -> None:
        if self._watchdog is not None:
            self._watchdog.stop()
            self._watchdog = None
        if self._response is not None:
            self._response.close()
            self._response = None

    def close(self) -> None:
        """Hang up, and close the client if it was made for this call."""
        try:
            self._hang_up()
        finally:
            if self._client is not None and self._clients.owns(self._client):
                self._client.close()


class AsyncConnection:
    """As `Connection`, for asynchronous code: there a deadline needs no watchdog."""

    def __init__(self, clients: ClientFactory) -> None:
        self._clients = clients
        self._client: Any = None
        self._response: Any = None
        self._blocks: AsyncIterator[bytes] | None = None
        self._pace = _Pace()

    async def perform(self, step: Step) -> Outcome:
        """Perform a step of an exchange and return what came of it."""
        if type(step) is Read:
            return await self._read(step)
        if type(step) is Send:
            return await self._send(step)
        assert isinstance(step, Pause)
        await anyio.sleep(step.seconds)
        return None

    async def _send(self, send: Send) -> ResponseHead | TransportFailure:
        """Send a request and return what its response begins with."""
        await self._hang_up()
        try:
            if self._client is None:
                self._client = self._clients.new(httpx.AsyncClient)
            content = send.body.asynchronous() if send.body is not None else None
            request = self._clients.build(self._client, send, content)
            self._response = await self._client.send(
                request, stream=True, auth=self._clients.sign, follow_redirects=False
            )
            self._blocks = _async_unpacked(self._response)
            return _head(self._response)
        except VisionError:
            raise
        except Exception as error:
            return _lost(error)

    async def _read(self, read: Read) -> bytes | TransportFailure | None:
        """Return the next bytes of the response; None at its end."""
        if self._blocks is None:
            return None
        if self._pace.resting and _socket(self._response) is not None:
            await anyio.sleep(self._pace.rest(read.until))
        begun = time.monotonic()
        wait = float("inf") if read.until is None else max(0.0, read.until - begun)
        data: bytes | None = None
        with anyio.move_on_after(wait) as scope:
            try:
                data = await anext(self._blocks, None)
            except VisionError:
                raise
            except Exception as error:
                return _lost(error)
            finally:
                if time.monotonic() - begun > _BLOCKED:
                    self._pace.waited()
        return TransportFailure("timeout", "") if scope.cancelled_caught else data

    async def _hang_up(self) -> None:
        if self._response is not None:
            await self._response.aclose()
            self._response = None

    async def close(self) -> None:
        """Hang up, and close the client if it was made for this call."""
        try:
            await self._hang_up()
        finally:
            if self._client is not None and self._clients.owns(self._client):
                await self._client.aclose()


class _Pace:
    """Lets the tokens of a fast stream gather: waking up for each of them costs more than reading it does.

    Only where one read after the other has waited for the network: a first word is never held back, and what comes
    in bulk is read as it comes.
    """

    def __init__(self) -> None:
        self.resting = False
        self._waited = float("-inf")

    def waited(self) -> None:
        """Take note of a read that has waited for the network."""
        now = time.monotonic()
        self.resting = now - self._waited < 2 * _GATHER
        self._waited = now

    def rest(self, deadline: float | None) -> float:
        """Return for how long the next read is put off, in seconds, and never beyond the deadline."""
        self.resting = False
        until = self._waited + _GATHER
        return max(0.0, (until if deadline is None else min(until, deadline)) - time.monotonic())


class _Watchdog:
    """Hangs up at a deadline that moves.

    httpx's read time-out starts again with every byte, so comments that keep a connection open defeat it. A
    blocked read ends when its socket is shut down from another thread.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._changed = threading.Condition()
        self._until: float | None = None
        self._thread: threading.Thread | None = None
        self._stopped = False
        self.awake = False  # while a read is under way: a listener may hold an event as long as it likes
        self.bit = False

    def until(self, moment: float | None) -> None:
        """Hang up at this moment (monotonic seconds), not at an earlier one."""
        if moment == self._until:
            return
        earlier = moment is not None and (self._until is None or moment < self._until)
        self._until = moment
        if not earlier:
            return  # the thread wakes at the old moment, and looks again
        if self._thread is None:
            self._thread = threading.Thread(target=self._watch, name="vision_magic-clock", daemon=True)
            self._thread.start()
        with self._changed:
            self._changed.notify()

    def _watch(self) -> None:
        with self._changed:
            while not self._stopped:
                wait = None if self._until is None else self._until - time.monotonic()
                if wait is not None and wait <= 0 and not self.awake:
                    wait = _NAP
                elif wait is not None and wait <= 0:
                    self.bit = True
                    self._shut_down()
                    return
                self._changed.wait(wait)

    def _shut_down(self) -> None:
        with contextlib.suppress(OSError):  # it may be closed already
            self._connection.shutdown(socket.SHUT_RDWR)

    def stop(self) -> None:
        """Let the connection be."""
        with self._changed:
            self._stopped = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()


def _head(response: Any) -> ResponseHead:
    return ResponseHead(response.status_code, {name.lower(): value for name, value in response.headers.items()})


def _unpacked(response: Any) -> Iterator[bytes]:
    if response.is_stream_consumed:  # a transport that answers from memory: httpx has read and unpacked it
        return iter([response.content])
    unpacker = Decompressor(response.headers.get("content-encoding", ""))
    if unpacker.passes:
        return iter(response.stream)  # `iter_raw` without its second look at each piece
    return (piece for data in response.iter_raw() for piece in unpacker.unpack(data))


async def _async_unpacked(response: Any) -> AsyncIterator[bytes]:
    if response.is_stream_consumed:
        yield response.content
        return
    unpacker = Decompressor(response.headers.get("content-encoding", ""))
    async for data in response.aiter_raw():
        for piece in unpacker.unpack(data):
            yield piece


def _watchdog(response: Any) -> _Watchdog | None:
    """Return the watchdog of a response that comes over a socket; others cannot block for long."""
    connection = _socket(response)
    return _Watchdog(connection) if connection is not None else None


def _socket(response: Any) -> Any:
    stream = response.extensions.get("network_stream")
    return stream.get_extra_info("socket") if stream is not None else None


_KINDS: Final[Mapping[str, Any]] = {
    # By name, since httpx and httpx2 have the same errors under other roofs; the nearest base class decides.
    "ConnectError": "connect",
    "ConnectTimeout": "connect",
    "PoolTimeout": "connect",
    "ProxyError": "connect",
    "TimeoutException": "timeout",
    "NetworkError": "cut",
    "StreamError": "cut",
    "OSError": "cut",
}


def _lost(error: Exception) -> TransportFailure:
    """Return what a transport's exception means."""
    words = str(error) or type(error).__name__
    if "disconnected" in words or "closed connection" in words or "incomplete chunked read" in words:
        return TransportFailure("cut", words)
    kinds = (_KINDS[base.__name__] for base in type(error).__mro__ if base.__name__ in _KINDS)
    return TransportFailure(next(kinds, "garbled"), words)
