"""The HTTP client of a server: how it is made, how its requests are built and signed, and who closes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from vision_magic.errors import SettingsError
from vision_magic.secrets import Secret
from vision_magic.settings import is_loopback
from vision_magic.wire.steps import Send
from vision_magic.wire.timeouts import Timeouts
from vision_magic.wire.tls import no_tls, tls

__all__ = ["ClientFactory"]

# Event streams are never compressed: a compressed one arrives all at once. Gateways choose the framing by the first
# type that they know (decolua/9router#2070).
_HEADERS: Final = {"Accept": "text/event-stream, application/json", "Accept-Encoding": "identity"}
_WRITE: Final = 60.0  # seconds without a byte of the request going out
_GET: Final = 5.0  # seconds for a list of models


class ClientFactory:
    """Makes the clients for one server, and the signed requests that they send.

    Parameters
    ----------
    base_url : str
        The server's address without ``/chat/completions``.
    key : Secret or None
        Sent to this address only, in one header.
    key_header : str
        ``Authorization`` carries ``Bearer KEY``; any other header carries the key alone (Azure: ``api-key``).
    query : mapping
        Parameters that follow every address, such as Azure's ``api-version``.
    client : httpx.Client, httpx.AsyncClient or None
        A ready-made client, also of httpx2. It is used as it is and left open.
    transport : httpx.BaseTransport, httpx.AsyncBaseTransport or None
        What carries the requests; the network by default.
    timeouts : Timeouts
        How long each part of a call may take.
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
        """Return a client of a class for one call, or the ready-made one."""
        if self._client is not None:
            return self._client
        try:
            return kind(
                transport=self._transport,
                follow_redirects=False,
                trust_env=not is_loopback(self.base_url),  # a proxy would see what is meant for this machine only
                verify=tls() if self.base_url.startswith("https:") else no_tls(),
            )
        except (ImportError, ValueError) as error:
            raise SettingsError(
                f"The proxy settings of the environment cannot be used ({error}). "
                "Install httpx[socks] for a SOCKS proxy, or unset ALL_PROXY."
            ) from None

    def owns(self, client: Any) -> bool:
        """Whether a client was made here, and must be closed here."""
        return client is not self._client

    def build(self, client: Any, send: Send, content: Any) -> Any:
        """Return the request of a step. It is made in a function that has returned: no traceback's frame holds it."""
        headers = dict(_HEADERS)
        if send.body is not None:
            headers |= {"Content-Type": "application/json", "Content-Length": str(len(send.body))}
        connect = self._timeouts.connect
        return client.build_request(
            send.method,
            f"{self.base_url}{send.path}",
            params=self._query,
            content=content,
            headers=headers,
            timeout=(connect, self._timeouts.first_token, _WRITE, connect),
        )

    def sign(self, request: Any) -> Any:
        """Put the key into a request: the one place where it becomes a header."""
        if self._key is not None:
            if not self._key.fits_header:  # the transport's own error would repeat it
                raise SettingsError(
                    f"The key from {self._key.source} holds a line break or a character that no header can carry; "
                    "copy it again."
                )
            bearer = "Bearer " if self._key_header == "Authorization" else ""
            request.headers[self._key_header] = f"{bearer}{self._key.reveal()}"
        return request

    def get(self, path: str) -> Any:
        """Return the JSON at a path below the base URL, or at ``//path`` of the same server; None where there is none.

        The key goes along, as with every request to this address.
        """
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(self.base_url))
        url = origin + path[1:] if path.startswith("//") else self.base_url + path
        client = self.new(httpx.Client)
        try:
            request = client.build_request("GET", url, params=self._query, timeout=_GET)
            response = client.send(request, auth=self.sign, follow_redirects=False)
            return response.json() if response.is_success else None
        except Exception:
            return None  # an answer that cannot be read is no answer: these are questions beside the call
        finally:
            if self.owns(client):
                client.close()
