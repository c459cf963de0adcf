"""A server that speaks Chat Completions: its address, its key, and the exchanges with it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from vision_magic.addresses import is_loopback
from vision_magic.chat.reply import Reply
from vision_magic.chat.reply_builder import ReplyBuilder
from vision_magic.chat.request import ChatRequest
from vision_magic.secrets import Secret
from vision_magic.wire.body import Body
from vision_magic.wire.client import ClientFactory
from vision_magic.wire.connection import AsyncConnection, Connection, get_json, status_of
from vision_magic.wire.exchange import Exchange, OnEvents, ignore_events
from vision_magic.wire.files import FileServer
from vision_magic.wire.open_connections import OpenConnections
from vision_magic.wire.quirks import QuirkBook
from vision_magic.wire.retry import MAX_RETRIES
from vision_magic.wire.timeouts import Timeouts, timeouts_for

if TYPE_CHECKING:
    from vision_magic.wire.discovery import Model

__all__ = ["Endpoint", "OnChunk"]

OnChunk = Callable[[Mapping[str, Any], float], None]
"""Called with each chunk and its time in seconds since the request."""


class Endpoint:
    """A server that speaks Chat Completions.

    Parameters
    ----------
    base_url : str
        Its address without ``/chat/completions``.
    key, key_header, query, headers, client, transport, key_left
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
    connections : OpenConnections, optional
        The connections that asynchronous calls pass on; by default, each opens its own.
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
        connections: OpenConnections | None = None,
        key_left: str = "",
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
            connections=connections,
            key_left=key_left,
        )

    def exchange(
        self,
        request: ChatRequest,
        *,
        on_chunk: OnChunk | None = None,
        on_events: OnEvents = ignore_events,
        retries: int = MAX_RETRIES,
        notes: tuple[str, ...] = (),
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
        retries : int
            How often a call that failed is tried again; 0 leaves that to the caller.
        notes : tuple of str
            Notes on the reply about this request.
        """
        notes = (*self._notes, *notes)
        known = Reply(
            model=request.model,
            host=self.host,
            request=request,
            reproducible=self._reproducible,
            notes=notes,
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
            notes=notes,
            on_events=on_events,
            server=self._server,
            retries=retries,
            key_note=self._clients.key_note,
        )

    def connect(self) -> Connection:
        """Return a connection for the steps of exchanges."""
        return Connection(self._clients)

    def aconnect(self) -> AsyncConnection:
        """Return an asynchronous connection for the steps of exchanges."""
        return AsyncConnection(self._clients)

    def body(self, request: ChatRequest) -> Body:
        """Return the body of a request in the form that this server is known to need, for a line of a batch."""
        form = self._quirks.of(self._clients.base_url, request.model).form(request)
        changes = {**form.changes, "stream": None}  # a line is answered in one piece
        return Body(request, changes, form.schema_prompt, server=self._server, left_out=form.left_out)

    def files(self) -> FileServer:
        """Return the files and batches of the server."""
        return FileServer(self._clients, host=self.host)

    def models(self) -> tuple[Model, ...]:
        """Return the models that the server lists, those that accept images first; empty if its list is empty."""
        from vision_magic.wire.discovery import listed_models  # no question needs it

        return listed_models(self.get, self._clients, self.host)

    def status(self, seconds: float) -> int | None:
        """Return the status of the server's answer at ``/models``, with its key; None if there is none in time."""
        return status_of(self._clients, "/models", seconds)

    def get(self, path: str) -> Any:
        """Return the JSON at a path below the base URL, or at ``//path`` of the same server; None if there is none.

        The key is sent too, as with every request to this host: Ollama and LM Studio may want it for both. Nothing is
        asked at ``//path`` if the base URL has another path than ``/v1``, since somebody else may answer there.
        """
        if path.startswith("//") and urlsplit(self._clients.base_url).path not in ("", "/v1"):
            return None
        return get_json(self._clients, path)
