"""How is a request sent? Endpoint: one ChatRequest to a stream of events; closed on every path.

What happens when is decided in `exchange`; here are the two drivers that do it, one for threads, one for asyncio.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterator, Mapping
from typing import Any, Final, Protocol, Self
from urllib.parse import urlsplit

import anyio
import httpx

from vision_magic.chat.events import Event, Finished
from vision_magic.chat.reply import Reply, State
from vision_magic.chat.reply_builder import ReplyBuilder
from vision_magic.chat.request import ChatRequest
from vision_magic.errors import Interrupted, SettingsError, VisionError
from vision_magic.secrets import Secret
from vision_magic.settings import is_loopback
from vision_magic.wire.connection import AsyncConnection, Connection
from vision_magic.wire.exchange import Emit, Exchange, Read, ResponseHead, Send, TransportFailure
from vision_magic.wire.quirks import quirks_of
from vision_magic.wire.timeouts import Timeouts, timeouts_for
from vision_magic.wire.tls import no_tls, tls

__all__ = ["AsyncReplyStream", "Endpoint", "OnChunk", "ReplyStream"]

# Event streams are never compressed: a compressed one arrives all at once. Gateways choose the framing by the first
# type that they know (decolua/9router#2070).
_HEADERS: Final = {"Accept": "text/event-stream, application/json", "Accept-Encoding": "identity"}
_WRITE: Final = 60.0  # seconds without a byte of the request going out

_GET: Final = 5.0  # seconds for a list of models

Answer = ResponseHead | TransportFailure | bytes | None

OnChunk = Callable[[Mapping[str, Any], float], None]
"""Sees each chunk, and how many seconds after the request it came."""


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
    notes : tuple of str
        What is to be said of each reply.
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
        timeouts: Timeouts | None = None,
        host: str = "",
        reproducible: bool = False,
        notes: tuple[str, ...] = (),
    ) -> None:
        self._notes = notes
        self._base_url = base_url.rstrip("/")
        self._key = key
        self._key_header = key_header
        self._query = dict(query or {})
        self._client = client
        self._transport = transport
        self._timeouts = timeouts or timeouts_for(loopback=is_loopback(base_url))
        self._reproducible = reproducible
        self.host = host or urlsplit(base_url).netloc

    def stream(self, request: ChatRequest, on_chunk: OnChunk | None = None) -> ReplyStream:
        """Return the stream of a reply; nothing is sent before it is read. `on_chunk` sees each chunk."""
        builder = self._builder(request, on_chunk)
        return ReplyStream(self._events(request, builder), builder)

    def astream(self, request: ChatRequest, on_chunk: OnChunk | None = None) -> AsyncReplyStream:
        """Return the stream of a reply for asynchronous code; nothing is sent before it is read."""
        builder = self._builder(request, on_chunk)
        return AsyncReplyStream(self._async_events(request, builder), builder)

    def get(self, path: str) -> Any:
        """Return the JSON at a path below the base URL, or at ``//path`` of the same server; None where there is none.

        The key goes along, as with every request to this address.
        """
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(self._base_url))
        url = origin + path[1:] if path.startswith("//") else self._base_url + path
        client = self.new_client(httpx.Client)
        try:
            request = client.build_request("GET", url, params=self._query or None, timeout=_GET)
            response = client.send(request, auth=self.sign, follow_redirects=False)
            return response.json() if response.is_success else None
        except Exception:
            return None  # what cannot be read is not there: these are questions beside the call
        finally:
            if self.owns(client):
                client.close()

    def _builder(self, request: ChatRequest, on_chunk: OnChunk | None) -> ReplyBuilder:
        known = Reply(
            model=request.model,
            host=self.host,
            request=request,
            reproducible=self._reproducible,
            notes=self._notes,
        )
        return ReplyBuilder(known, choices=request.n or 1, on_chunk=on_chunk)

    def _exchange(self, request: ChatRequest, builder: ReplyBuilder) -> Exchange:
        return Exchange(
            request,
            builder,
            host=self.host,
            base_url=self._base_url,
            timeouts=self._timeouts,
            quirks=quirks_of(self._base_url, request.model),
            clock=time.monotonic,
            notes=self._notes,
        )

    def _events(self, request: ChatRequest, builder: ReplyBuilder) -> Generator[Event]:
        __tracebackhide__ = True
        exchange = self._exchange(request, builder)
        steps = exchange.steps()
        line = Connection(self)
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
        line = AsyncConnection(self)
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
                verify=tls() if self._base_url.startswith("https:") else no_tls(),
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
            timeout=(self._timeouts.connect, self._timeouts.first_token, _WRITE, self._timeouts.connect),
        )

    def sign(self, request: Any) -> Any:
        """Put the key into a request: the one place where it becomes a header."""
        if self._key is not None:
            if not self._key.fits_header:  # the transport's own error would repeat it
                raise SettingsError(
                    f"The key from {self._key.source} holds a line break or a letter that no header can carry; "
                    "copy it again."
                )
            bearer = "Bearer " if self._key_header == "Authorization" else ""
            request.headers[self._key_header] = f"{bearer}{self._key.reveal()}"
        return request


class SoFar(Protocol):
    """What knows how far a reply has come."""

    def snapshot(self, state: State = "complete", at: float | None = None) -> Reply:
        """Return the reply as far as it has come."""


class ReplyStream(Iterator[Event]):
    """The events of one reply as they arrive; the last is `Finished`.

    Close it, or leave its ``with`` block, to end the call early: the connection is closed at once.
    """

    def __init__(self, events: Generator[Event], builder: SoFar) -> None:
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

    def __init__(self, events: AsyncGenerator[Event], builder: SoFar) -> None:
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
    builder.end()
    stopped.partial = builder.snapshot("interrupted", elapsed)
    return stopped
