"""The HTTP client of a server: its creation, its signed requests, and the rule for closing it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from vision_magic.errors import SettingsError
from vision_magic.secrets import Secret
from vision_magic.settings import is_loopback
from vision_magic.wire.steps import Send
from vision_magic.wire.timeouts import Timeouts
from vision_magic.wire.tls import no_tls, tls

__all__ = ["ClientFactory"]

# No compression, because a compressed stream can arrive in one piece. The event stream comes first, because gateways
# choose the framing by the first type that they know (decolua/9router#2070).
_HEADERS: Final = {"Accept": "text/event-stream, application/json", "Accept-Encoding": "identity"}
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
    client : httpx.Client, httpx.AsyncClient or None
        An existing client, of httpx or httpx2. It is used unchanged and left open.
    transport : httpx.BaseTransport, httpx.AsyncBaseTransport or None
        The transport of the requests; the network by default.
    timeouts : Timeouts
        Time limits for the parts of a call.
    """

    def __init__(
        self,
        base_url: str,
        *,
        key: Secret | None,
        key_header: str,
        query: Mapping[str, str],
        client: Any,
        transport: Any,
        timeouts: Timeouts,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._key = key
        self._key_header = key_header
        self._query = dict(query) or None
        self._client = client
        self._transport = transport
        self._timeouts = timeouts

    def new(self, kind: Any) -> Any:
        """Return a new client of the class `kind`, or the existing one."""
        if self._client is not None:
            return self._client
        try:
            return kind(
                transport=self._transport,
                follow_redirects=False,
                trust_env=not is_loopback(self.base_url),  # a proxy would see data that must stay on this machine
                verify=tls() if self.base_url.startswith("https:") else no_tls(),
            )
        except (ImportError, ValueError) as error:
            raise SettingsError(
                f"The proxy settings of the environment cannot be used ({error}). "
                "Install httpx[socks] for a SOCKS proxy, or unset ALL_PROXY."
            ) from None

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
        return client.build_request(
            send.method,
            self._url(send.path),
            params=self._query,
            content=content,
            headers=headers,
            timeout=self._transport_timeouts(send.until),
            extensions=dict(extensions),
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
        """Add the key to a request. This is the only place where it becomes a header."""
        if self._key is not None:
            if not self._key.fits_header:  # the transport's own error would contain the key
                raise SettingsError(
                    f"The key from {self._key.source} holds a line break or a character that no header can carry; "
                    "copy it again."
                )
            bearer = "Bearer " if self._key_header == "Authorization" else ""
            request.headers[self._key_header] = f"{bearer}{self._key.reveal()}"
        return request
