"""The HTTP client of a server: its creation, its signed requests, and the rule for closing it."""

from __future__ import annotations

import functools
import time
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from vision_magic.errors import RequestError, SettingsError
from vision_magic.secrets import Secret
from vision_magic.wire.open_connections import IDLE_SECONDS, OpenConnections
from vision_magic.wire.proxies import Proxy, proxy_for
from vision_magic.wire.steps import Send
from vision_magic.wire.timeouts import Timeouts
from vision_magic.wire.tls import no_tls, tls

__all__ = ["ClientFactory"]

# No compression, because a compressed stream can arrive in one piece. The event stream comes first, because gateways
# choose the framing by the first type that they know (decolua/9router#2070).
_HEADERS: Final = {"Accept": "text/event-stream, application/json", "Accept-Encoding": "identity"}
_USER_AGENT: Final = f"python-httpx/{httpx.__version__}"  # as httpx's own clients
_TIMEOUTS: Final = ("connect", "read", "write", "pool")
_WRITE_TIMEOUT: Final = 60.0  # seconds without progress in sending the request


class ClientFactory:
    """Makes the clients for one server, and the signed requests that they send.

    Parameters
    ----------
    base_url : str
        The server's address without ``/chat/completions``.
    key : Secret or None
        The key, which is sent to this address only, in one header.
    key_header : str
        ``Authorization`` carries ``Bearer KEY``; any other header carries the key alone (Azure: ``api-key``).
    query : mapping
        Query parameters that are added to every address, such as Azure's ``api-version``.
    headers : mapping of str to str or Secret
        Headers that are added to every request.
    client : httpx.Client, httpx.AsyncClient or None
        An existing client, of httpx or httpx2. It is used unchanged and left open.
    transport : httpx.BaseTransport, httpx.AsyncBaseTransport or None
        The transport of the requests; the network by default.
    timeouts : Timeouts
        Time limits for the parts of a call.
    connections : OpenConnections or None
        The connections that asynchronous calls pass on; if None, each call opens its own.
    key_left : str
        Why a key of the settings is not sent, as a clause; empty if there is none.
    """

    def __init__(
        self,
        base_url: str,
        *,
        key: Secret | None,
        key_header: str,
        query: Mapping[str, str],
        headers: Mapping[str, str | Secret],
        client: Any,
        transport: Any,
        timeouts: Timeouts,
        connections: OpenConnections | None = None,
        key_left: str = "",
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._key = key
        self._key_header = key_header
        self._query = dict(query) or None
        self._headers = headers
        self._client = client
        self._transport = transport
        self._timeouts = timeouts
        self._connections = connections
        self._key_left = key_left
        self.proxy: Proxy | None = None
        """The proxy of the last client that was made."""

    def new(self, kind: Any) -> Any:
        """Return a new client of the class `kind`, or the existing one.

        Raises
        ------
        RequestError
            The client or the transport of the call is for the other kind of code: asynchronous in `ask`, or not so in
            `aask`.
        """
        self._check_kind(kind)
        if self._client is not None:
            return self._client
        self.proxy = proxy_for(self.base_url) if self._transport is None else None
        try:
            # The variables of the environment are read here, and anew for each call.
            network: dict[str, Any] = {"proxy": _for_httpx(self.proxy), "trust_env": False}
            network["verify"] = tls() if self.base_url.startswith("https:") else no_tls()
            if self.passes_on and self._connections is not None and kind is httpx.AsyncClient:
                server = (httpx.URL(self.base_url).netloc, self.proxy, network["verify"])
                make = functools.partial(
                    httpx.AsyncHTTPTransport, limits=httpx.Limits(keepalive_expiry=IDLE_SECONDS), **network
                )
                return _PlainClient(self._connections.transport(server, make))
            return kind(transport=self._transport, follow_redirects=False, **network)
        except SettingsError:
            raise
        except (ImportError, ValueError):  # httpx before 0.28 does not know socks5h
            raise SettingsError(
                f"{self.proxy} is a SOCKS proxy, which needs another package: pip install 'httpx[socks]', or unset the "
                "variable."
            ) from None

    @property
    def passes_on(self) -> bool:
        """Whether a call passes its connection on."""
        return self._connections is not None and self._client is None and self._transport is None

    @property
    def key_note(self) -> str:
        """Which key is sent, for the error of a server that refuses it; empty if a client or header may hold one."""
        if self._key is not None:
            return f"the one from {self._key.source} was refused"
        if self._client is not None or any(isinstance(value, Secret) for value in self._headers.values()):
            return ""
        left = f"; {self._key_left}" if self._key_left else ""
        return f"none was sent{left}. Name its environment variable with --key-env NAME, or type it at %vision login"

    def _check_kind(self, kind: Any) -> None:
        is_async = hasattr(kind, "aclose")
        close, handle = ("aclose", "handle_async_request") if is_async else ("close", "handle_request")
        if self._client is not None and not hasattr(self._client, close):
            wanted = "an httpx.AsyncClient" if is_async else "an httpx.Client"
            raise RequestError(f"client got {type(self._client).__name__}; this call is one for {wanted}.")
        if self._transport is not None and not (hasattr(self._transport, handle) and hasattr(self._transport, close)):
            wanted = "aask and astream" if is_async else "ask and stream"
            raise RequestError(f"transport got {type(self._transport).__name__}; {wanted} need one with {handle}.")

    def owns(self, client: Any) -> bool:
        """Whether a client was made by this factory, and must be closed after the call."""
        return client is not self._client

    def build(self, client: Any, send: Send, content: Any, extensions: Mapping[str, Any]) -> Any:
        """Return the request for a step.

        It is built in a function of its own, so that the frames of a later traceback do not hold its parts.

        Parameters
        ----------
        client : httpx.Client or httpx.AsyncClient
            The client that will send it.
        send : Send
            The step.
        content : bytes, iterable or None
            The body.
        extensions : mapping
            Extensions of the request, for its transport.
        """
        headers = dict(_HEADERS)
        if send.body is not None:
            headers |= {"Content-Type": "application/json", "Content-Length": str(len(send.body))}
        else:
            headers["Accept"] = "application/json"
        timeouts = self._transport_timeouts(send.until)
        if not self.owns(client):  # it may have a base address, headers and parameters of its own
            return client.build_request(
                send.method,
                self._url(send.path),
                params=self._query,
                content=content,
                headers=headers,
                timeout=timeouts,
                extensions=dict(extensions),
            )
        return httpx.Request(
            send.method,
            _parsed(self._url(send.path), tuple((self._query or {}).items())),
            headers=headers | {"User-Agent": _USER_AGENT},
            content=content,
            extensions={"timeout": dict(zip(_TIMEOUTS, timeouts, strict=True)), **extensions},
        )

    @property
    def connect_timeout(self) -> float:
        """The longest time for opening a connection (seconds)."""
        return self._timeouts.connect

    def plain(
        self, client: Any, method: str, path: str, params: Mapping[str, str], timeout: Any, **content: Any
    ) -> Any:
        """Return an unsigned request that is not a question, as for a file of the server.

        Parameters
        ----------
        client : httpx.Client
            The client that will send it.
        method, path : str
            The method, and the path below the base URL.
        params : mapping of str to str
            Query parameters, in addition to those of the settings.
        timeout : tuple of four floats
            Limits for connecting, each read, each write, and a place in the pool (seconds).
        **content
            The body, as for ``httpx.Client.build_request``; ``headers`` are added.
        """
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", **content.pop("headers", {})}
        params = {**(self._query or {}), **params}
        return client.build_request(
            method, self._url(path), params=params or None, headers=headers, timeout=timeout, **content
        )

    def _url(self, path: str) -> str:
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(self.base_url))
        return origin + path[1:] if path.startswith("//") else self.base_url + path

    def _transport_timeouts(self, until: float | None) -> tuple[float, float | None, float, float]:
        """Return the transport's own limits: for connecting, each read, each write, and a place in the pool.

        None of the first and the last two exceeds the deadline. Reads have deadlines of their own; the transport's
        limit only counts where these cannot end a read.
        """
        left = float("inf") if until is None else max(0.001, until - time.monotonic())
        limits = (self._timeouts.first_token, self._timeouts.idle)
        read = None if None in limits else max(limit for limit in limits if limit is not None)
        connect = min(self._timeouts.connect, left)
        return connect, read, min(_WRITE_TIMEOUT, left), connect

    def sign(self, request: Any) -> Any:
        """Add the key and the headers of the settings to a request. Only here does a secret become a header."""
        for name, value in self._headers.items():
            request.headers[name] = _revealed(value) if isinstance(value, Secret) else value
        if self._key is not None:
            value = _revealed(self._key)
            if self._key_header.lower() == "authorization":
                value = f"Bearer {self._key.reveal_token()}"
            request.headers[self._key_header] = value
        return request


@functools.lru_cache(maxsize=64)
def _parsed(url: str, query: tuple[tuple[str, str], ...]) -> httpx.URL:
    """Return an address as httpx needs it; parsing takes as long as the rest of a request."""
    return httpx.URL(url, params=dict(query)) if query else httpx.URL(url)


def _for_httpx(proxy: Proxy | None) -> httpx.Proxy | None:
    if proxy is None:
        return None
    return httpx.Proxy(proxy.url, auth=proxy.auth, ssl_context=tls() if proxy.url.startswith("https:") else None)


class _PlainClient:
    """What a call needs of `httpx.AsyncClient`, which makes cookies, redirects and hooks possible for 0.3 ms more."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport

    async def send(self, request: Any, *, stream: bool, auth: Any, follow_redirects: bool) -> Any:
        """Sign and send a request, and return the response, whose body is not read."""
        assert stream
        assert not follow_redirects
        response = await self._transport.handle_async_request(auth(request))
        response.request = request
        return response

    async def aclose(self) -> None:
        """Close the transport."""
        await self._transport.aclose()


def _revealed(secret: Secret) -> str:
    if not secret.fits_header:  # the transport's own error would contain it
        raise SettingsError(
            f"The key from {secret.source} holds a line break or a character that no header can carry; copy it again."
        )
    return secret.reveal()
