"""A server that speaks Chat Completions: its address, its key, and the exchanges with it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from vision_magic.addresses import is_loopback
from vision_magic.chat.reply import Reply
from vision_magic.chat.reply_builder import ReplyBuilder
from vision_magic.chat.request import ChatRequest
from vision_magic.secrets import Secret
from vision_magic.wire.client import ClientFactory
from vision_magic.wire.connection import AsyncConnection, Connection, get_json
from vision_magic.wire.exchange import Exchange, OnEvents, ignore_events
from vision_magic.wire.quirks import QuirkBook
from vision_magic.wire.timeouts import Timeouts, timeouts_for

__all__ = ["Endpoint", "OnChunk"]

OnChunk = Callable[[Mapping[str, Any], float], None]
"""Called with each chunk and its time in seconds since the request."""


class Endpoint:
    """A server that speaks Chat Completions.

    Parameters
    ----------
    base_url : str
        Its address without ``/chat/completions``.
    key, key_header, query, headers, client, transport
        As for `ClientFactory`.
    timeouts : Timeouts, optional
        Time limits for the parts of a call.
    host : str
        The server's name in messages; by default the host of the address.
    reproducible : bool
        Whether the same request always gives the same reply.
    notes : tuple of str
        Notes that are added to each reply.
    quirks : QuirkBook, optional
        The known quirks of servers, to which this endpoint adds those that it learns.
    shown_headers : tuple of str
        The headers as the receipt shows them.
    server : str
        The name by which the server gets its own fields of earlier answers back; by default the host of the address.
    """

    def __init__(
        self,
        base_url: str,
        *,
        key: Secret | None = None,
        key_header: str = "Authorization",
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str | Secret] | None = None,
        client: Any = None,
        transport: Any = None,
        timeouts: Timeouts | None = None,
        host: str = "",
        reproducible: bool = False,
        notes: tuple[str, ...] = (),
        quirks: QuirkBook | None = None,
        shown_headers: tuple[str, ...] = (),
        server: str | None = None,
    ) -> None:
        self._server = urlsplit(base_url).netloc if server is None else server
        self._shown_headers = shown_headers
        self.host = host or urlsplit(base_url).netloc
        self._timeouts = timeouts or timeouts_for(loopback=is_loopback(base_url))
        self._reproducible = reproducible
        self._notes = notes
        self._quirks = QuirkBook() if quirks is None else quirks
        self._clients = ClientFactory(
            base_url,
            key=key,
            key_header=key_header,
            query=query or {},
            headers=headers or {},
            client=client,
            transport=transport,
            timeouts=self._timeouts,
        )

    def exchange(
        self, request: ChatRequest, *, on_chunk: OnChunk | None = None, on_events: OnEvents = ignore_events
    ) -> Exchange:
        """Return the exchange for a request; nothing is sent until its steps are performed.

        Parameters
        ----------
        request : ChatRequest
            The request.
        on_chunk : callable, optional
            Called with each chunk before it is added to the reply.
        on_events : callable, optional
            Called with the events when the listener has taken them; an error that it raises ends the exchange.
        """
        known = Reply(
            model=request.model,
            host=self.host,
            request=request,
            reproducible=self._reproducible,
            notes=self._notes,
            headers=self._shown_headers,
        )
        return Exchange(
            request,
            ReplyBuilder(known, choices=request.n or 1, on_chunk=on_chunk, server=self._server),
            host=self.host,
            base_url=self._clients.base_url,
            timeouts=self._timeouts,
            quirks=self._quirks.of(self._clients.base_url, request.model),
            clock=time.monotonic,
            notes=self._notes,
            on_events=on_events,
            server=self._server,
        )

    def connect(self) -> Connection:
        """Return a connection for the steps of exchanges."""
        return Connection(self._clients)

    def aconnect(self) -> AsyncConnection:
        """Return an asynchronous connection for the steps of exchanges."""
        return AsyncConnection(self._clients)

    def get(self, path: str) -> Any:
        """Return the JSON at a path below the base URL, or at ``//path`` of the same server; None if there is none.

        The key is sent too, as with every request to this address.
        """
        return get_json(self._clients, path)
