"""How is a request sent? Endpoint: one ChatRequest to a stream of events; closed on every path."""

from __future__ import annotations

import functools
import json
import ssl
import time
from collections.abc import Generator, Iterator
from typing import Any, Self
from urllib.parse import urlsplit

import httpx

from vision_magic.chat.events import Event, Finished
from vision_magic.chat.reply import Reply, ReplyBuilder
from vision_magic.chat.request import ChatRequest
from vision_magic.errors import BrokenReply, ConnectionFailed, Interrupted, SettingsError, WireError
from vision_magic.secrets import Secret, redact
from vision_magic.settings import is_loopback
from vision_magic.wire import failures
from vision_magic.wire.incoming import Incoming, keep_partial

__all__ = ["Endpoint", "ReplyStream"]

_TIMEOUT = httpx.Timeout(connect=10, read=600, write=60, pool=10)  # seconds

# Event streams are never compressed: a compressed one arrives all at once. Gateways choose by the first type.
_HEADERS = {"Accept": "text/event-stream, application/json", "Accept-Encoding": "identity"}


class Endpoint:
    """A server that speaks Chat Completions.

    Parameters
    ----------
    base_url : str
        Its address without ``/chat/completions``.
    key : Secret, optional
        Sent as ``Authorization: Bearer``; to this address only.
    transport : httpx.BaseTransport, optional
        What carries the request; the network where it is not given.
    reproducible : bool
        Whether the same request always gives the same reply.
    """

    def __init__(
        self,
        base_url: str,
        *,
        key: Secret | None = None,
        transport: httpx.BaseTransport | None = None,
        host: str = "",
        reproducible: bool = False,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._key = key
        self._transport = transport
        self._reproducible = reproducible
        self.host = host or urlsplit(base_url).netloc

    def stream(self, request: ChatRequest) -> ReplyStream:
        """Return the stream of a reply; nothing is sent before it is read."""
        known = Reply(
            model=request.model,
            host=self.host,
            images=tuple(image for message in request.messages for image in message.images),
            reproducible=self._reproducible,
        )
        builder = ReplyBuilder(known, choices=request.n or 1)
        return ReplyStream(self._events(request, builder), builder)

    def _events(self, request: ChatRequest, builder: ReplyBuilder) -> Generator[Event]:
        """Send and read; every way out closes the connection, every failure is one of ours."""
        __tracebackhide__ = True
        incoming = Incoming(builder, host=self.host)
        started = time.monotonic()

        def elapsed() -> float:
            return time.monotonic() - started

        try:
            with self._client() as client:
                yield from self._exchange(client, request, incoming, elapsed)
        except KeyboardInterrupt:
            stopped = Interrupted(f"Interrupted after {elapsed():.1f} s; the connection is closed.")
            stopped.partial = builder.snapshot("interrupted", elapsed())
            raise stopped from None
        except WireError as error:
            raise keep_partial(error, incoming, elapsed()) from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
            raise keep_partial(self._failed(error), incoming, elapsed()) from None

    def _exchange(
        self, client: httpx.Client, request: ChatRequest, incoming: Incoming, elapsed: Any
    ) -> Generator[Event]:
        response = client.send(self._build(client, request), stream=True)
        try:
            if not response.is_success:
                raise failures.from_response(
                    response.status_code,
                    _start_of_body(response),
                    host=self.host,
                    location=response.headers.get("location", ""),
                )
            cause = None
            try:
                for data in response.iter_bytes():
                    yield from incoming.feed(data, elapsed())
                    if incoming.done:
                        break
            except httpx.HTTPError as error:
                cause = error
            yield from incoming.end(elapsed(), cause)
        finally:
            response.close()

    def _build(self, client: httpx.Client, request: ChatRequest) -> httpx.Request:
        # Made in a helper that has returned, so that no frame of a traceback holds the body.
        body = json.dumps(request.to_wire(), separators=(",", ":")).encode("ascii")
        headers = {**_HEADERS, "Content-Type": "application/json"}
        return client.build_request("POST", f"{self._base_url}/chat/completions", content=body, headers=headers)

    def _client(self) -> httpx.Client:
        loopback = is_loopback(self._base_url)
        try:
            return httpx.Client(
                transport=self._transport,
                auth=_Bearer(self._key) if self._key else None,
                timeout=_TIMEOUT,
                follow_redirects=False,
                trust_env=not loopback,  # a proxy would see what is meant for this machine only
                verify=_tls() if self._base_url.startswith("https:") else _no_tls(),
            )
        except (ImportError, ValueError) as error:
            raise SettingsError(
                f"The proxy settings of the environment cannot be used ({error}). "
                "Install httpx[socks] for a SOCKS proxy, or unset ALL_PROXY."
            ) from None

    def _failed(self, error: Exception) -> WireError:
        words = redact(str(error)) or type(error).__name__
        if isinstance(error, httpx.TimeoutException):
            return ConnectionFailed(f"{self.host} did not answer in time ({type(error).__name__}). Run the cell again.")
        if isinstance(error, httpx.ConnectError):
            return ConnectionFailed(
                f"{self.host} could not be reached ({words}). Is the server running, and is the base URL right?"
            )
        if isinstance(error, httpx.RemoteProtocolError | httpx.DecodingError):
            return BrokenReply(f"{self.host} sent no proper answer ({words}). Check the base URL.")
        return ConnectionFailed(f"The call to {self.host} failed ({words}). Run the cell again.")


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


class _Bearer(httpx.Auth):
    """The one place where a key becomes a header."""

    def __init__(self, key: Secret) -> None:
        self._key = key

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        request.headers["Authorization"] = f"Bearer {self._key.reveal()}"
        yield request


def _start_of_body(response: httpx.Response) -> bytes:
    body = b""
    try:
        for data in response.iter_bytes():
            body += data
            if len(body) >= failures.MAX_BODY:
                break
    except httpx.HTTPError:
        pass  # the status is the news; a body that breaks off says no more
    return body


@functools.cache
def _tls() -> ssl.SSLContext:
    # Made once: loading the certificates takes about 35 ms.
    return httpx.create_ssl_context()


@functools.cache
def _no_tls() -> ssl.SSLContext:
    # For http: a context that trusts nobody and costs nothing.
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
