"""Where an answer comes from: the server, or a recording of what it once answered; and what is recorded of it."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

from vision_magic.chat.reply import Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.errors import RecordingError, RecordingMiss
from vision_magic.session import cache, log, recordings
from vision_magic.session.prepare import PreparedCall
from vision_magic.session.servers import endpoint
from vision_magic.session.state import SessionState
from vision_magic.wire.cassette import (
    AsyncReplayTransport,
    Match,
    Recorded,
    ReplayTransport,
    asked_of,
    today,
)
from vision_magic.wire.endpoint import Endpoint, OnChunk
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
        self._tape = recordings.active()
        self._server: Endpoint | None = None
        if self._tape is None or not self._tape.plays:
            self._server = self._connect()  # what is wrong with the settings is said at once
        self._chunks: list[tuple[float, Mapping[str, Any]]] | None = None
        self._is_asked = False
        self._keeps = self._tape is None and cache.is_on()

    @property
    def costs(self) -> bool:
        """Whether the current request is sent to a server: recordings, kept answers and the reader are free."""
        return self._is_asked and not self._call.settings.embedded

    def endpoint(self, request: ChatRequest) -> Endpoint:
        """Return what answers a request: a recording, a kept answer, else the server."""
        tape, self._chunks, self._is_asked = self._tape, None, False
        if tape is not None and tape.plays:
            try:
                return self._player(tape.cassette.find(request, any_model=not tape.records), tape.speed)
            except RecordingMiss:
                if not tape.records:
                    raise
        elif self._keeps and not self._call.beside.get("fresh"):
            kept = cache.find(asked_of(request), self._call.settings.host, self._call.cell.id)
            if kept is not None:
                match = Match(recorded=kept.recorded, note=kept.note)
                return self._player(match, 0.0, kept.recorded.host)
        if tape is not None or self._keeps:
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
            _warn(log.note(reply, self._call.cell.label, failed=failed))
        heard, self._chunks = self._chunks, None
        if heard is None or reply.request is None or reply.state != "complete":
            return
        asked = asked_of(reply.request, pictures=self._tape is not None and self._tape.pictures)
        delays = [at - before for (at, _), before in zip(heard, [0.0, *(at for at, _ in heard)], strict=False)]
        chunks = [(max(0.0, delay), chunk) for delay, (_, chunk) in zip(delays, heard, strict=True)]
        recorded = Recorded(asked=asked, chunks=chunks, host=reply.host, when=today())
        if self._tape is not None:
            try:
                self._tape.cassette.add(recorded)
            except RecordingError as error:
                _warn(str(error))
        elif self._keeps:
            _warn(cache.store(recorded, self._call.cell.id))

    def _connect(self) -> Endpoint:
        call = self._call
        return endpoint(call.settings, call.beside, self._state, asynchronous=self._asynchronous)

    def _player(self, match: Match, speed: float, host: str = "") -> Endpoint:
        transport = AsyncReplayTransport if self._asynchronous else ReplayTransport
        return Endpoint(
            _NOWHERE,
            transport=transport(match.recorded, speed),
            host=host or match.recorded.said,
            timeouts=_NO_TIMEOUTS,  # the rhythm of the recording may hold any pause
            reproducible=True,
            notes=(match.note,) if match.note else (),
        )


def _warn(words: str) -> None:
    """Warn of what went wrong beside an answer that is there all the same."""
    if words:
        warnings.warn(f"vision_magic: {words}", stacklevel=2)
