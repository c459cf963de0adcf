"""Where does an answer come from? The server, or a recording of what it once answered; and what is recorded of it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from vision_magic.chat.reply import Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.errors import RecordingError
from vision_magic.session import cache, log, recordings
from vision_magic.session.prepare import PreparedCall
from vision_magic.session.store.matching import Match
from vision_magic.session.usage import CELL
from vision_magic.wire.endpoint import Endpoint
from vision_magic.wire.replay import AsyncReplayTransport, ReplayTransport
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
        chosen = recordings.active()
        self._recording = chosen or cache.active()
        self._server: Endpoint | None = None
        if chosen is None or not chosen.replays:
            self._server = call.endpoint(asynchronous=asynchronous)  # what is wrong with the settings is said at once
        self._heard: list[tuple[float, Mapping[str, Any]]] | None = None
        self._is_asked = False

    @property
    def costs(self) -> bool:
        """Whether what is asked just now is asked of a server: recordings, kept answers and the reader are free."""
        return self._is_asked and not self._call.settings.embedded

    def stream(self, request: ChatRequest) -> ReplyStream:
        """Return the stream of a reply; nothing is sent before it is read."""
        endpoint = self._endpoint(request)
        return endpoint.stream(request, self._witness(request))

    def astream(self, request: ChatRequest) -> AsyncReplyStream:
        """Return the same for asynchronous code."""
        endpoint = self._endpoint(request)
        return endpoint.astream(request, self._witness(request))

    def ended(self, reply: Reply, *, failed: bool = False) -> None:
        """Log a reply that was asked for, also where nothing came; record or keep it where it has come whole."""
        if self._is_asked:
            _attempt(lambda: log.add(reply, cell=CELL.get(), failed=failed))
        recording, heard, request = self._recording, self._heard, reply.request
        self._heard = None
        if recording is None or heard is None or request is None or reply.state != "complete":
            return
        _attempt(lambda: recording.add(request, heard, host=reply.host, cell=cache.CELL_KEY.get()))

    def _endpoint(self, request: ChatRequest) -> Endpoint:
        self._heard, self._is_asked = None, False
        if self._recording is not None:
            match = self._recording.find(
                request,
                host=self._call.settings.host,
                cell=cache.CELL_KEY.get(),
                fresh=bool(self._call.beside.get("fresh")),
            )
            if match is not None:
                return self._player(match, self._recording.speed)
            self._heard = []
        self._is_asked = True
        if self._server is None:
            self._server = self._call.endpoint(asynchronous=self._asynchronous)
        return self._server

    def _player(self, match: Match, speed: float) -> Endpoint:
        transport = AsyncReplayTransport if self._asynchronous else ReplayTransport
        return Endpoint(
            _NOWHERE,
            transport=transport(match.exchange.chunks, speed),
            host=match.origin,
            timeouts=_NO_TIMEOUTS,  # the rhythm of the recording may hold any pause
            reproducible=True,
            notes=(match.note,) if match.note else (),
        )

    def _witness(self, request: ChatRequest) -> Any:
        """Return what sees each chunk: what is recorded or kept, and a view of the wire."""
        heard, watched = self._heard, self._call.beside.get("witness")
        if watched is not None:
            watched.sent(request)
        if heard is None and watched is None:
            return None

        def see(chunk: Mapping[str, Any], at: float) -> None:
            if heard is not None:
                heard.append((at, chunk))
            if watched is not None:
                watched.heard(chunk, at)

        return see


def _attempt(add: Callable[[], None]) -> None:
    """Add an answer to a file; warn if that fails, since the answer itself has arrived."""
    try:
        add()
    except RecordingError as error:
        warnings.warn(f"vision_magic: {error}", stacklevel=2)
