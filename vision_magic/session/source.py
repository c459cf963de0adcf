"""Where does an answer come from? The server, or a recording of what it once answered; and what is recorded of it."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from vision_magic.chat.reply import Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.errors import RecordingError, RecordingMiss
from vision_magic.session import cache, log, recordings
from vision_magic.session.prepare import PreparedCall
from vision_magic.wire.cassette import (
    AsyncReplayTransport,
    Match,
    Recorded,
    ReplayTransport,
    asked_of,
    today,
)
from vision_magic.wire.endpoint import Endpoint
from vision_magic.wire.timeouts import Timeouts

if TYPE_CHECKING:
    from vision_magic.wire.endpoint import AsyncReplyStream, ReplyStream

__all__ = ["Source"]

_NO_TIMEOUTS = Timeouts(first_token=None, idle=None)
_NOWHERE = "http://recording.invalid/v1"  # a transport without a network answers for it


class Source:
    """What answers the requests of one call, each from where it can.

    Raises
    ------
    SettingsError
        A key is missing that is needed, whatever the recording says.
    """

    def __init__(self, call: PreparedCall, *, asynchronous: bool = False) -> None:
        self._call = call
        self._asynchronous = asynchronous
        self._tape = recordings.active()
        self._server: Endpoint | None = None
        if self._tape is None or not self._tape.plays:
            self._server = call.endpoint(asynchronous=asynchronous)  # what is wrong with the settings is said at once
        self._heard: list[tuple[float, Mapping[str, Any]]] | None = None
        self._is_asked = False
        self._keeps = self._tape is None and cache.is_on()

    @property
    def costs(self) -> bool:
        """Whether what is asked just now is asked of a server: recordings, kept answers and the reader are free."""
        return self._is_asked and not self._call.settings.embedded

    def stream(self, request: ChatRequest) -> ReplyStream:
        """Return the stream of a reply; nothing is sent before it is read."""
        endpoint = self._endpoint(request)
        return endpoint.stream(request, self._on_chunk(request))

    def astream(self, request: ChatRequest) -> AsyncReplyStream:
        """Return the same for asynchronous code."""
        endpoint = self._endpoint(request)
        return endpoint.astream(request, self._on_chunk(request))

    def ended(self, reply: Reply, *, failed: bool = False) -> None:
        """Log a reply that was asked for, also where nothing came; record or keep it where it has come whole."""
        if self._is_asked:
            _warn(log.note(reply, failed=failed))
        heard, self._heard = self._heard, None
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
            _warn(cache.store(recorded))

    def _endpoint(self, request: ChatRequest) -> Endpoint:
        tape, self._heard, self._is_asked = self._tape, None, False
        if tape is not None and tape.plays:
            try:
                return self._player(tape.cassette.find(request, any_model=not tape.records), tape.speed)
            except RecordingMiss:
                if not tape.records:
                    raise
        elif self._keeps and not self._call.beside.get("fresh"):
            kept = cache.find(asked_of(request), self._call.settings.host)
            if kept is not None:
                match = Match(recorded=kept.recorded, note=kept.note)
                return self._player(match, 0.0, kept.recorded.host)
        if tape is not None or self._keeps:
            self._heard = []
        self._is_asked = True
        if self._server is None:
            self._server = self._call.endpoint(asynchronous=self._asynchronous)
        return self._server

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

    def _on_chunk(self, request: ChatRequest) -> Any:
        """Return what sees each chunk: what is recorded or kept, and a view of the wire."""
        heard, trace = self._heard, self._call.beside.get("trace")
        if trace is not None:
            trace.on_request(request)
        if heard is None and trace is None:
            return None

        def see(chunk: Mapping[str, Any], at: float) -> None:
            if heard is not None:
                heard.append((at, chunk))
            if trace is not None:
                trace.on_chunk(chunk, at)

        return see


def _warn(words: str) -> None:
    """Say what went wrong beside an answer that is there all the same."""
    if words:
        warnings.warn(f"vision_magic: {words}", stacklevel=2)
