"""The connection of one call, which performs the steps of an exchange with httpx.

There is one class for threads and one for asyncio. Every error of any transport becomes a `TransportFailure`.
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
from vision_magic.wire.server_json import loads
from vision_magic.wire.steps import Outcome, Pause, Read, ResponseHead, Send, Step, TransportFailure
from vision_magic.wire.unreachable import as_failure

__all__ = ["DEADLINE", "AsyncConnection", "Connection", "get_json", "status_of"]

DEADLINE: Final = "vision_magic.deadline"
"""Extension of a request: a function that returns when the next bytes must arrive (monotonic seconds), or None.

A transport that waits without a socket ends its wait by then; one that waits for a socket is ended.
"""

_GET_SECONDS: Final = 5.0  # for a list of models
_GET_BYTES: Final = 16 * 1024 * 1024
# The steps of httpcore and httpcore2 after which there is a new socket, or the same one with TLS.
_NEW_SOCKET: Final = ("connect_tcp.complete", "connect_unix_socket.complete", "start_tls.complete")

_RECHECK: Final = 0.1  # seconds until the watchdog checks again whether a read is in progress
_BLOCKED: Final = 0.0005  # seconds; a read that took longer has waited for the network
_ABANDON: Final = 1.0  # seconds for closing a connection that is given up
_DONE: Final = b"[DONE]"
_END: Final = 0.01  # seconds for the end of the response after it; usually it is there already
_GATHER: Final = 0.02  # seconds for which tokens are gathered, too short to be noticed


class Connection:
    """The connection of one call; its responses are read one after another."""

    def __init__(self, clients: ClientFactory) -> None:
        self._clients = clients
        self._client: Any = None
        self._response: Any = None
        self._blocks: Iterator[bytes] = iter(())
        self._socket: Any = None  # the latest: a further request may use it again
        self._watchdog: _Watchdog | None = None
        self._until: float | None = None  # when the head of the response, or its next bytes, must be there
        self._pace = _Pace()

    def perform(self, step: Step) -> Outcome:
        """Perform a step of an exchange and return its outcome."""
        if type(step) is Read:
            return self._read(step)
        if type(step) is Send:
            return self._send(step)
        assert isinstance(step, Pause)
        time.sleep(step.seconds)
        return None

    def _send(self, send: Send) -> ResponseHead | TransportFailure:
        """Send a request and return the head of its response."""
        self._hang_up()
        self._until = send.until
        try:
            if self._client is None:
                self._client = self._clients.new(httpx.Client)
            self._watch(self._socket)
            extensions = {"trace": self._on_trace, DEADLINE: lambda: self._until}
            request = self._clients.build(self._client, send, send.body, extensions)
            self._response = self._client.send(request, stream=True, auth=self._clients.sign, follow_redirects=False)
            self._blocks = _decompressed(self._response)
            self._watch(_socket(self._response))
            return TransportFailure("timeout", "") if self._timed_out() else _head(self._response)
        except VisionError:
            raise
        except Exception as error:
            return TransportFailure("timeout", "") if self._timed_out() else as_failure(error, self._clients.proxy)
        finally:
            if self._watchdog is not None:
                self._watchdog.armed = False

    def _on_trace(self, name: str, info: Mapping[str, Any]) -> None:
        """Watch each socket from the moment it is open: a server can send interim responses without end."""
        if name.endswith(_NEW_SOCKET):
            self._watch(info["return_value"].get_extra_info("socket"))

    def _watch(self, connection: Any) -> None:
        """Let the deadline of the request end reads of a socket; without a socket, nothing can block for long."""
        if connection is None:
            return
        self._socket = connection
        if self._watchdog is None:
            self._watchdog = _Watchdog(connection)
            self._watchdog.armed = True
            self._watchdog.until(self._until)
        else:
            self._watchdog.watch(connection)

    def _read(self, read: Read) -> bytes | TransportFailure | None:
        """Return the next bytes of the response; None at its end."""
        self._until = read.until
        watchdog = self._watchdog
        if watchdog is not None:
            if self._pace.resting:
                time.sleep(self._pace.rest(read.until))
            watchdog.until(read.until)
            watchdog.armed = True
        begun = time.monotonic()
        try:
            data = next(self._blocks, None)
        except VisionError:
            raise
        except Exception as error:
            return TransportFailure("timeout", "") if self._timed_out() else as_failure(error, self._clients.proxy)
        finally:
            if time.monotonic() - begun > _BLOCKED:
                self._pace.waited()
            if watchdog is not None:
                watchdog.armed = False
        return TransportFailure("timeout", "") if data is None and self._timed_out() else data

    def _timed_out(self) -> bool:
        return self._watchdog is not None and self._watchdog.fired

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
    """`Connection` for asynchronous code, in which a deadline needs no watchdog."""

    def __init__(self, clients: ClientFactory) -> None:
        self._clients = clients
        self._client: Any = None
        self._response: Any = None
        self._stream: Any = None  # the network stream that was opened last
        self._blocks: AsyncIterator[bytes] | None = None
        self._latest = b""
        self._pace = _Pace()

    async def perform(self, step: Step) -> Outcome:
        """Perform a step of an exchange and return its outcome."""
        if type(step) is Read:
            return await self._read(step)
        if type(step) is Send:
            return await self._send(step)
        assert isinstance(step, Pause)
        await anyio.sleep(step.seconds)
        return None

    async def _send(self, send: Send) -> ResponseHead | TransportFailure:
        """Send a request and return the head of its response."""
        await self._hang_up()
        with anyio.move_on_after(_seconds_until(send.until)) as scope:
            try:
                if self._client is None:
                    self._client = self._clients.new(httpx.AsyncClient)
                content = send.body.asynchronous() if send.body is not None else None
                traced = {} if self._stream else {"trace": self._on_trace}  # twelve steps; only to open a connection
                request = self._clients.build(self._client, send, content, traced)
                self._response = await self._client.send(
                    request, stream=True, auth=self._clients.sign, follow_redirects=False
                )
                self._blocks = _async_decompressed(self._response)
                return _head(self._response)
            except VisionError:
                raise
            except Exception as error:
                return as_failure(error, self._clients.proxy)
        assert scope.cancelled_caught
        await self._abandon()
        return TransportFailure("timeout", "")

    async def _on_trace(self, name: str, info: Mapping[str, Any]) -> None:
        if name.endswith(_NEW_SOCKET):
            self._stream = info["return_value"]

    async def _abandon(self) -> None:
        """Close a connection on which sending was cancelled; httpcore leaves it open during a TLS handshake."""
        if self._stream is not None:
            with anyio.move_on_after(_ABANDON, shield=True), contextlib.suppress(Exception):
                await self._stream.aclose()
            self._stream = None

    async def _read(self, read: Read) -> bytes | TransportFailure | None:
        """Return the next bytes of the response; None at its end."""
        if self._blocks is None:
            return None
        if self._pace.resting and _socket(self._response) is not None:
            await anyio.sleep(self._pace.rest(read.until))
        begun = time.monotonic()
        data: bytes | None = None
        with anyio.move_on_after(_seconds_until(read.until)) as scope:
            try:
                data = await anext(self._blocks, None)
            except VisionError:
                raise
            except Exception as error:
                return as_failure(error, self._clients.proxy)
            finally:
                if time.monotonic() - begun > _BLOCKED:
                    self._pace.waited()
        self._latest = data or b""
        return TransportFailure("timeout", "") if scope.cancelled_caught else data

    async def _hang_up(self) -> None:
        if self._response is not None:
            await self._response.aclose()
            self._response = None

    async def _read_end(self) -> None:
        """Read the end of a stream that has said that it is done, so that its connection can serve another call."""
        if self._blocks is not None and self._clients.passes_on and self._latest.rstrip().endswith(_DONE):
            with anyio.move_on_after(_END), contextlib.suppress(Exception):
                await anext(self._blocks, None)

    async def close(self) -> None:
        """Hang up, and close the client if it was made for this call."""
        try:
            await self._read_end()
            await self._hang_up()
        finally:
            if self._client is not None and self._clients.owns(self._client):
                await self._client.aclose()


class _Pace:
    """Delays reads of a fast stream so that tokens gather: waking up for a token costs more than reading it.

    A read is delayed only if the two reads before it have waited for the network in quick succession. The first word
    is therefore never held back, and data that arrives in bulk is read without delay.
    """

    def __init__(self) -> None:
        self.resting = False
        self._waited = float("-inf")

    def waited(self) -> None:
        """Record that a read has waited for the network."""
        now = time.monotonic()
        self.resting = now - self._waited < 2 * _GATHER
        self._waited = now

    def rest(self, deadline: float | None) -> float:
        """Return the delay before the next read (seconds), which never exceeds the deadline."""
        self.resting = False
        until = self._waited + _GATHER
        return max(0.0, (until if deadline is None else min(until, deadline)) - time.monotonic())


class _Watchdog:
    """Hangs up at a deadline that can be moved.

    httpx's read timeout starts again with every byte, so comments that keep a connection open defeat it. Shutting down
    the socket from another thread ends a blocked read.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._changed = threading.Condition()
        self._until: float | None = None
        self._thread: threading.Thread | None = None
        self._stopped = False
        self.armed = False  # only during a read: a listener may take as long as it likes over an event
        self.fired = False

    def watch(self, connection: socket.socket) -> None:
        """Watch another socket instead; it is shut down at once if the deadline has passed."""
        with self._changed:
            self._connection = connection
            if self.fired:
                self._shut_down()

    def until(self, moment: float | None) -> None:
        """Move the deadline to this moment (monotonic seconds)."""
        if moment == self._until:
            return
        earlier = moment is not None and (self._until is None or moment < self._until)
        self._until = moment
        if not earlier:
            return  # the thread wakes at the old moment, and checks the new one
        if self._thread is None:
            self._thread = threading.Thread(target=self._watch, name="vision_magic-clock", daemon=True)
            self._thread.start()
        with self._changed:
            self._changed.notify()

    def _watch(self) -> None:
        with self._changed:
            while not self._stopped:
                wait = None if self._until is None else self._until - time.monotonic()
                if wait is not None and wait <= 0 and not self.armed:
                    wait = _RECHECK
                elif wait is not None and wait <= 0:
                    self.fired = True
                    self._shut_down()
                    return
                self._changed.wait(wait)

    def _shut_down(self) -> None:
        with contextlib.suppress(OSError):  # it may be closed already
            self._connection.shutdown(socket.SHUT_RDWR)

    def stop(self) -> None:
        """End the thread and leave the connection open."""
        with self._changed:
            self._stopped = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()


def _head(response: Any) -> ResponseHead:
    return ResponseHead(response.status_code, {name.lower(): value for name, value in response.headers.items()})


def _decompressed(response: Any) -> Iterator[bytes]:
    if response.is_stream_consumed:  # a transport that answers from memory: httpx has read and decompressed it
        return iter([response.content])
    decompressor = Decompressor(response.headers.get("content-encoding", ""))
    if decompressor.is_identity:
        return iter(response.stream)  # faster than `iter_raw`, which checks each piece again
    return (piece for data in response.iter_raw() for piece in decompressor.decompress(data))


def _async_decompressed(response: Any) -> AsyncIterator[bytes]:
    encoding = "" if response.is_stream_consumed else response.headers.get("content-encoding", "")
    if response.is_stream_consumed or not Decompressor(encoding).is_identity:
        return _async_pieces(response, Decompressor(encoding))
    return aiter(response.stream)  # as above


async def _async_pieces(response: Any, decompressor: Decompressor) -> AsyncIterator[bytes]:
    if response.is_stream_consumed:
        yield response.content
        return
    async for data in response.aiter_raw():
        for piece in decompressor.decompress(data):
            yield piece


def _seconds_until(moment: float | None) -> float:
    return float("inf") if moment is None else max(0.0, moment - time.monotonic())


def _socket(response: Any) -> Any:
    stream = response.extensions.get("network_stream")
    return stream.get_extra_info("socket") if stream is not None else None


def get_json(clients: ClientFactory, path: str) -> Any:
    """Return the JSON at a path of a server, or None if it does not arrive within 5 seconds and 16 MiB."""
    until = time.monotonic() + _GET_SECONDS
    connection = Connection(clients)
    body = bytearray()
    try:
        head = connection.perform(Send("GET", path, until=until))
        if not isinstance(head, ResponseHead) or not 200 <= head.status < 300:
            return None
        while isinstance(data := connection.perform(Read(until)), bytes):
            body += data
            if len(body) > _GET_BYTES or time.monotonic() >= until:
                return None
        return None if isinstance(data, TransportFailure) else loads(bytes(body))
    except (VisionError, ValueError):
        return None  # the answer is optional, so an error is treated like a missing one
    finally:
        connection.close()


def status_of(clients: ClientFactory, path: str, seconds: float) -> int | None:
    """Return the status with which a server answers a GET request; None if it does not within some seconds."""
    connection = Connection(clients)
    try:
        head = connection.perform(Send("GET", path, until=time.monotonic() + seconds))
        return head.status if isinstance(head, ResponseHead) else None
    finally:
        connection.close()
