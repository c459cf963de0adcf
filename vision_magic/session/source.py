"""Where an answer comes from: the server, or a recording of what it once answered; and what is recorded of it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import Any

from vision_magic.chat.reply import Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.errors import RecordingError
from vision_magic.session import cache, log, recordings
from vision_magic.session.prepare import PreparedCall
from vision_magic.session.servers import endpoint
from vision_magic.session.state import SessionState
from vision_magic.session.store.matching import Match
from vision_magic.wire.endpoint import Endpoint, OnChunk
from vision_magic.wire.replay import AsyncReplayTransport, ReplayTransport
from vision_magic.wire.timeouts import Timeouts

__all__ = ["Source"]

_NO_TIMEOUTS = Timeouts(first_token=None, idle=None)
_NOWHERE = "http://recording.invalid/v1"  # a transport without a network answers for it


class Source:
    """What answers the requests of one call, each from where it can.

    Raises
    ------
    SettingsError
        A key is missing that is needed, whatever the recording holds.
    """

    def __init__(self, call: PreparedCall, state: SessionState, *, asynchronous: bool) -> None:
        self._call = call
        self._state = state
        self._asynchronous = asynchronous
        chosen = recordings.active()
        self._recording = chosen or cache.active()
        self._server: Endpoint | None = None
        if chosen is None or not chosen.replays:
            self._server = self._connect()  # what is wrong with the settings is said at once
        self._chunks: list[tuple[float, Mapping[str, Any]]] | None = None
        self._is_asked = False

    @property
    def costs(self) -> bool:
        """Whether the current request is sent to a server: recordings, kept answers and the reader are free."""
        return self._is_asked and not self._call.settings.embedded

    def endpoint(self, request: ChatRequest) -> Endpoint:
        """Return what answers a request: a recording, a kept answer, else the server."""
        self._chunks, self._is_asked = None, False
        if self._recording is not None:
            match = self._recording.find(
                request,
                host=self._call.settings.host,
                cell=self._call.cell.id,
                fresh=bool(self._call.beside.get("fresh")),
            )
            if match is not None:
                return self._player(match, self._recording.speed)
            self._chunks = []
        self._is_asked = True
        if self._server is None:
            self._server = self._connect()
        return self._server

    def on_chunk(self, request: ChatRequest) -> OnChunk | None:
        """Return what takes each chunk of the current request, for a recording and for a trace of the wire."""
        chunks, trace = self._chunks, self._call.beside.get("witness")
        if trace is not None:
            trace.sent(request)
        if chunks is None:
            return trace.heard if trace is not None else None

        def keep(chunk: Mapping[str, Any], at: float) -> None:
            chunks.append((at, chunk))
            if trace is not None:
                trace.heard(chunk, at)

        return keep

    def end(self, reply: Reply, *, failed: bool) -> None:
        """Log a reply of a server, also where nothing came; record or keep it where it is complete."""
        if self._is_asked:
            _warn_of(lambda: log.add(reply, cell=self._call.cell.label, failed=failed))
        recording, chunks, request = self._recording, self._chunks, reply.request
        self._chunks = None
        if recording is None or chunks is None or request is None or reply.state != "complete":
            return
        _warn_of(lambda: recording.add(request, chunks, host=reply.host, cell=self._call.cell.id))

    def _connect(self) -> Endpoint:
        call = self._call
        return endpoint(call.settings, call.beside, self._state, asynchronous=self._asynchronous)

    def _player(self, match: Match, speed: float) -> Endpoint:
        transport = AsyncReplayTransport if self._asynchronous else ReplayTransport
        return Endpoint(
            _NOWHERE,
            transport=transport(match.exchange.chunks, speed),
            host=match.origin,
            timeouts=_NO_TIMEOUTS,  # a recording may pause for any time
            reproducible=True,
            notes=(match.note,) if match.note else (),
        )


def _warn_of(add: Callable[[], None]) -> None:
    """Add an answer to a file, and warn if that fails: the answer itself has arrived."""
    try:
        add()
    except RecordingError as error:
        warnings.warn(f"vision_magic: {error}", stacklevel=2)
