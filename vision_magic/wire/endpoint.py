"""How is a request sent? Endpoint: one ChatRequest to a stream of events; closed on every path.

What happens when is decided in `exchange`; here are the two drivers that do it, one for threads, one for asyncio.
"""

from __future__ import annotations

import contextlib
import functools
import socket
import ssl
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator, Mapping
from typing import Any, Final, Self
from urllib.parse import urlsplit

import anyio
import httpx

from vision_magic.chat.events import Event, Finished
from vision_magic.chat.reply import Reply, ReplyBuilder
from vision_magic.chat.request import ChatRequest
from vision_magic.errors import Interrupted, SettingsError, VisionError
from vision_magic.secrets import Secret
from vision_magic.settings import is_loopback
from vision_magic.wire.exchange import Emit, Exchange, Head, Lost, Read, Send
from vision_magic.wire.habits import habits_of
from vision_magic.wire.patience import Clocks, clocks_for
from vision_magic.wire.unpack import Unpacker

__all__ = ["AsyncReplyStream", "Endpoint", "ReplyStream"]

# Event streams are never compressed: a compressed one arrives all at once. Gateways choose the framing by the first
# type that they know (decolua/9router#2070).
_HEADERS: Final = {"Accept": "text/event-stream, application/json", "Accept-Encoding": "identity"}
_WRITE: Final = 60.0  # seconds without a byte of the request going out

Answer = Head | Lost | bytes | None


class Endpoint:
    """A server that speaks Chat Completions.

    Parameters
    ----------
    base_url : str
        Its address without ``/chat/completions``.
    key : Secret, optional
        Sent to this address only, in one header.
    key_header : str
        ``Authorization`` carries ``Bearer KEY``; any other name carries the key alone (Azure: ``api-key``).
    query : mapping
        What follows the address, such as Azure's ``api-version``.
    client : httpx.Client or httpx.AsyncClient, optional
        A ready-made client, also of httpx2; it is used as it is and left open.
    transport : httpx.BaseTransport or httpx.AsyncBaseTransport, optional
        What carries the request; the network where it is not given.
    clocks : Clocks, optional
        How long each part may take.
    host : str
        The server's name in words; the address's host where it is not given.
    reproducible : bool
        Whether the same request always gives the same reply.
    """

    def __init__(
        self,
        base_url: str,
        *,
        key: Secret | None = None,
        key_header: str = "Authorization",
        query: Mapping[str, str] | None = None,
        client: Any = None,
        transport: Any = None,
        clocks: Clocks | None = None,
        host: str = "",
        reproducible: bool = False,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._key = key
        self._key_header = key_header
        self._query = dict(query or {})
        self._client = client
        self._transport = transport
        self._clocks = clocks or clocks_for(loopback=is_loopback(base_url))
        self._reproducible = reproducible
        self.host = host or urlsplit(base_url).netloc

    def stream(self, request: ChatRequest) -> ReplyStream:
        """Return the stream of a reply; nothing is sent before it is read."""
        builder = self._builder(request)
        return ReplyStream(self._events(request, builder), builder)

    def astream(self, request: ChatRequest) -> AsyncReplyStream:
        """Return the stream of a reply for asynchronous code; nothing is sent before it is read."""
        builder = self._builder(request)
        return AsyncReplyStream(self._async_events(request, builder), builder)

    def _builder(self, request: ChatRequest) -> ReplyBuilder:
        known = Reply(
            model=request.model,
            host=self.host,
            images=tuple(image for message in request.messages for image in message.images),
            reproducible=self._reproducible,
        )
        return ReplyBuilder(known, choices=request.n or 1)

    def _exchange(self, request: ChatRequest, builder: ReplyBuilder) -> Exchange:
        return Exchange(
            request,
            builder,
            host=self.host,
            base_url=self._base_url,
            clocks=self._clocks,
            habits=habits_of(self._base_url, request.model),
            clock=time.monotonic,
        )

    def _events(self, request: ChatRequest, builder: ReplyBuilder) -> Generator[Event]:
        __tracebackhide__ = True
        exchange = self._exchange(request, builder)
        steps = exchange.steps()
        line = _Line(self)
        answer: Answer = None
        try:
            while True:
                try:
                    step = steps.send(answer)
                except StopIteration:
                    return
                answer = None
                if isinstance(step, Read):
                    answer = line.read(step)
                elif isinstance(step, Emit):
                    yield from step.events
                elif isinstance(step, Send):
                    answer = line.send(step)
                else:
                    time.sleep(step.seconds)
        except KeyboardInterrupt as error:
            if isinstance(error, Interrupted):
                raise
            raise _interrupted(builder, exchange.elapsed()) from None
        except VisionError as error:
            answer = None  # its last bytes may repeat the key, and a verbose traceback shows every frame's values
            raise error.with_traceback(None) from None
        finally:
            line.close()

    async def _async_events(self, request: ChatRequest, builder: ReplyBuilder) -> AsyncGenerator[Event]:
        __tracebackhide__ = True
        steps = self._exchange(request, builder).steps()
        line = _AsyncLine(self)
        answer: Answer = None
        try:
            while True:
                try:
                    step = steps.send(answer)
                except StopIteration:
                    return
                answer = None
                if isinstance(step, Read):
                    answer = await line.read(step)
                elif isinstance(step, Emit):
                    for event in step.events:
                        yield event
                elif isinstance(step, Send):
                    answer = await line.send(step)
                else:
                    await anyio.sleep(step.seconds)
        except VisionError as error:
            answer = None
            raise error.with_traceback(None) from None
        finally:
            with anyio.CancelScope(shield=True):
                await line.close()

    # -- what both drivers make of a step ------------------------------------------------------------------

    def new_client(self, kind: Any) -> Any:
        """Return a client of a kind for one call, or the ready-made one."""
        if self._client is not None:
            return self._client
        try:
            return kind(
                transport=self._transport,
                follow_redirects=False,
                trust_env=not is_loopback(self._base_url),  # a proxy would see what is meant for this machine only
                verify=_tls() if self._base_url.startswith("https:") else _no_tls(),
            )
        except (ImportError, ValueError) as error:
            raise SettingsError(
                f"The proxy settings of the environment cannot be used ({error}). "
                "Install httpx[socks] for a SOCKS proxy, or unset ALL_PROXY."
            ) from None

    def owns(self, client: Any) -> bool:
        """Whether a client was made here, and is ours to close."""
        return client is not self._client

    def build(self, client: Any, send: Send, content: Any) -> Any:
        """Return a step's request. Made in a helper that has returned: no frame of a traceback holds the body."""
        headers = dict(_HEADERS)
        if send.body is not None:
            headers |= {"Content-Type": "application/json", "Content-Length": str(len(send.body))}
        return client.build_request(
            send.method,
            f"{self._base_url}{send.path}",
            params=self._query or None,
            content=content,
            headers=headers,
            timeout=(self._clocks.connect, self._clocks.first_token, _WRITE, self._clocks.connect),
        )

    def sign(self, request: Any) -> Any:
        """Put the key into a request: the one place where it becomes a header."""
        if self._key is not None:
            bearer = "Bearer " if self._key_header == "Authorization" else ""
            request.headers[self._key_header] = f"{bearer}{self._key.reveal()}"
        return request


class _Line:
    """The connection of one call, one response after another; every trouble of the transport becomes `Lost`."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._client: Any = None
        self._response: Any = None
        self._blocks: Iterator[bytes] = iter(())
        self._watchdog: _Watchdog | None = None

    def send(self, send: Send) -> Head | Lost:
        self._hang_up()
        try:
            if self._client is None:
                self._client = self._endpoint.new_client(httpx.Client)
            request = self._endpoint.build(self._client, send, send.body)
            self._response = self._client.send(request, stream=True, auth=self._endpoint.sign, follow_redirects=False)
            self._blocks = _unpacked(self._response)
            self._watchdog = _watchdog(self._response)
            return _head(self._response)
        except VisionError:
            raise
        except Exception as error:
            return _lost(error)

    def read(self, read: Read) -> bytes | Lost | None:
        if self._watchdog is not None:
            self._watchdog.until(read.until)
        try:
            data = next(self._blocks, None)
        except VisionError:
            raise
        except Exception as error:
            return Lost("timeout", "") if self._late() else _lost(error)
        return Lost("timeout", "") if data is None and self._late() else data

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
        try:
            self._hang_up()
        finally:
            if self._client is not None and self._endpoint.owns(self._client):
                self._client.close()


class _AsyncLine:
    """As `_Line`, for asynchronous code: there a deadline needs no watchdog."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._client: Any = None
        self._response: Any = None
        self._blocks: AsyncIterator[bytes] | None = None

    async def send(self, send: Send) -> Head | Lost:
        await self._hang_up()
        try:
            if self._client is None:
                self._client = self._endpoint.new_client(httpx.AsyncClient)
            content = send.body.asynchronous() if send.body is not None else None
            request = self._endpoint.build(self._client, send, content)
            self._response = await self._client.send(
                request, stream=True, auth=self._endpoint.sign, follow_redirects=False
            )
            self._blocks = _async_unpacked(self._response)
            return _head(self._response)
        except VisionError:
            raise
        except Exception as error:
            return _lost(error)

    async def read(self, read: Read) -> bytes | Lost | None:
        if self._blocks is None:
            return None
        wait = float("inf") if read.until is None else max(0.0, read.until - time.monotonic())
        data: bytes | None = None
        with anyio.move_on_after(wait) as scope:
            try:
                data = await anext(self._blocks, None)
            except VisionError:
                raise
            except Exception as error:
                return _lost(error)
        return Lost("timeout", "") if scope.cancelled_caught else data

    async def _hang_up(self) -> None:
        if self._response is not None:
            await self._response.aclose()
            self._response = None

    async def close(self) -> None:
        try:
            await self._hang_up()
        finally:
            if self._client is not None and self._endpoint.owns(self._client):
                await self._client.aclose()


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
        self.bit = False

    def until(self, moment: float | None) -> None:
        """Hang up at this moment (monotonic seconds), not at an earlier one."""
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
                if wait is not None and wait <= 0:
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


class ReplyStream(Iterator[Event]):
    """The events of one reply as they arrive; the last is `Finished`.

    Close it, or leave its ``with`` block, to end the call early: the connection is closed at once.
    """

    def __init__(self, events: Generator[Event], builder: ReplyBuilder) -> None:
        self._events = events
        self._builder = builder
        self._reply: Reply | None = None

    @property
    def reply(self) -> Reply:
        """The reply as far as it has come."""
        return self._reply or self._builder.snapshot("interrupted")

    def __next__(self) -> Event:
        event = next(self._events)
        if isinstance(event, Finished):
            self._reply = event.reply
        return event

    def close(self) -> None:
        """End the call, if it has not ended."""
        self._events.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class AsyncReplyStream(AsyncIterator[Event]):
    """As `ReplyStream`, with ``async for`` and ``async with``; cancelling its task closes the connection."""

    def __init__(self, events: AsyncGenerator[Event], builder: ReplyBuilder) -> None:
        self._events = events
        self._builder = builder
        self._reply: Reply | None = None

    @property
    def reply(self) -> Reply:
        """The reply as far as it has come."""
        return self._reply or self._builder.snapshot("interrupted")

    async def __anext__(self) -> Event:
        event = await anext(self._events)
        if isinstance(event, Finished):
            self._reply = event.reply
        return event

    async def aclose(self) -> None:
        """End the call, if it has not ended."""
        await self._events.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.aclose()


def _interrupted(builder: ReplyBuilder, elapsed: float) -> Interrupted:
    stopped = Interrupted(f"Interrupted after {elapsed:.1f} s; the connection is closed and what arrived is kept.")
    stopped.partial = builder.snapshot("interrupted", elapsed)
    return stopped


def _head(response: Any) -> Head:
    return Head(response.status_code, {name.lower(): value for name, value in response.headers.items()})


def _unpacked(response: Any) -> Iterator[bytes]:
    if response.is_stream_consumed:  # a transport that answers from memory: httpx has read and unpacked it
        yield response.content
        return
    unpacker = Unpacker(response.headers.get("content-encoding", ""))
    for data in response.iter_raw():
        yield from unpacker.unpack(data)


async def _async_unpacked(response: Any) -> AsyncIterator[bytes]:
    if response.is_stream_consumed:
        yield response.content
        return
    unpacker = Unpacker(response.headers.get("content-encoding", ""))
    async for data in response.aiter_raw():
        for piece in unpacker.unpack(data):
            yield piece


def _watchdog(response: Any) -> _Watchdog | None:
    """Return the watchdog of a response that comes over a socket; others cannot block for long."""
    stream = response.extensions.get("network_stream")
    connection = stream.get_extra_info("socket") if stream is not None else None
    return _Watchdog(connection) if connection is not None else None


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


def _lost(error: Exception) -> Lost:
    """Return what a transport's exception means."""
    words = str(error) or type(error).__name__
    if "disconnected" in words or "closed connection" in words or "incomplete chunked read" in words:
        return Lost("cut", words)
    kinds = (_KINDS[base.__name__] for base in type(error).__mro__ if base.__name__ in _KINDS)
    return Lost(next(kinds, "garbled"), words)


@functools.cache
def _tls() -> ssl.SSLContext:
    # Made once: loading the certificates takes about 35 ms.
    return httpx.create_ssl_context()


@functools.cache
def _no_tls() -> ssl.SSLContext:
    # For http: a context that trusts nobody and costs nothing.
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
