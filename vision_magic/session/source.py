"""The source of an answer: a server, a recording or a kept answer; and the recording of new answers."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import Any

from vision_magic.chat.reply import Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.errors import RecordingError
from vision_magic.session.endpoints import endpoint, timeouts
from vision_magic.session.prepare import PreparedCall
from vision_magic.session.state import SessionState
from vision_magic.session.store.matching import Match
from vision_magic.wire.endpoint import Endpoint, OnChunk
from vision_magic.wire.replay import AsyncReplayTransport, ReplayTransport

__all__ = ["Source"]

_NOWHERE = "http://recording.invalid/v1"  # never contacted: the transport replays the recording


class Source:
    """The source of the answers to the requests of one call.

    Raises
    ------
    SettingsError
        A setting is wrong or the key is missing, and no recording is replayed.
    """

    def __init__(self, call: PreparedCall, state: SessionState, *, asynchronous: bool) -> None:
        self._call = call
        self._state = state
        self._asynchronous = asynchronous
        chosen = state.recordings.active()
        self._recording = chosen or state.cache.active()
        self._server: Endpoint | None = None
        if chosen is None or not chosen.replays:
            self._server = self._connect()  # a wrong setting is an error at once
        self._chunks: list[tuple[float, Mapping[str, Any]]] | None = None
        self._is_asked = False

    @property
    def costs(self) -> bool:
        """Whether the current request costs tokens. Recordings, kept answers and the embedded reader are free."""
        return self._is_asked and not self._call.settings.embedded

    def endpoint(self, request: ChatRequest) -> Endpoint:
        """Return the endpoint that answers a request: a recording, a kept answer, or else the server."""
        self._chunks, self._is_asked = None, False
        if self._recording is not None:
            match = self._recording.find(
                request,
                host=self._call.settings.host,
                cell=self._call.cell.id,
                fresh=bool(self._call.call_options.get("fresh")),
            )
            if match is not None:
                return self._player(match, self._recording.speed)
            self._chunks = []
        self._is_asked = True
        if self._server is None:
            self._server = self._connect()
        return self._server

    def on_chunk(self, request: ChatRequest) -> OnChunk | None:
        """Return the function that receives each chunk of the current reply, for a recording and for a wire trace."""
        chunks, trace = self._chunks, self._call.call_options.get("trace")
        if trace is not None:
            trace.on_request(request)
        if chunks is None:
            return trace.on_chunk if trace is not None else None

        def keep(chunk: Mapping[str, Any], at: float) -> None:
            chunks.append((at, chunk))
            if trace is not None:
                trace.on_chunk(chunk, at)

        return keep

    def end(self, reply: Reply, *, failed: bool) -> None:
        """Log the reply if a server was asked, even if nothing arrived; record or keep it if it is a whole answer.

        A complete reply without anything in it is not kept: asked again, the model may answer.
        """
        cell, chunks = self._call.cell, self._chunks
        self._chunks = None
        if self._is_asked:
            _attempt(lambda: self._state.log.add(reply, cell=cell.label, failed=failed))
        recording, request = self._recording, reply.request
        whole = reply.state == "complete" and not all(choice.is_empty for choice in reply.choices)
        if recording is not None and chunks is not None and request is not None and whole:
            _attempt(lambda: recording.add(request, chunks, host=reply.host, cell=cell.id))

    def _connect(self) -> Endpoint:
        call = self._call
        return endpoint(call.settings, call.call_options, self._state, asynchronous=self._asynchronous)

    def _player(self, match: Match, speed: float) -> Endpoint:
        transport = AsyncReplayTransport if self._asynchronous else ReplayTransport
        return Endpoint(
            _NOWHERE,
            transport=transport(match.exchange.chunks, speed),
            host=match.origin,
            timeouts=timeouts(self._call.settings, loopback=True),  # the longer ones: a pause was no silence then
            reproducible=True,
            notes=(match.note,) if match.note else (),
        )


def _attempt(add: Callable[[], None]) -> None:
    """Add an answer to a file; warn if that fails, since the answer itself has arrived."""
    try:
        add()
    except RecordingError as error:
        warnings.warn(f"vision_magic: {error}", stacklevel=3)
