"""The source of an answer: a server, a recording or a kept answer; and the recording of new answers."""

from __future__ import annotations

import functools
import sys
import warnings
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from vision_magic.chat.reply import Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.errors import VisionError
from vision_magic.session.endpoints import endpoint, timeouts
from vision_magic.session.paths import reason
from vision_magic.session.prepare import PreparedCall
from vision_magic.session.state import SessionState
from vision_magic.session.store.matching import Match
from vision_magic.session.store.recording import Recording
from vision_magic.text import clean_text
from vision_magic.wire.endpoint import Endpoint, OnChunk
from vision_magic.wire.replay import AsyncReplayTransport, ReplayTransport

__all__ = ["Source"]

T = TypeVar("T")

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
        self._recording = chosen or _attempt(state.cache.active)
        self._must_play = chosen is not None
        self._server: Endpoint | None = None
        if chosen is None or not chosen.replays:
            self._server = self._connect()  # a wrong setting is an error at once
        self._chunks: list[tuple[float, Mapping[str, Any]]] | None = None
        self._rounds: list[tuple[Reply, list[tuple[float, Mapping[str, Any]]]]] = []  # of this answer, to be recorded
        self._is_asked = False

    @property
    def costs(self) -> bool:
        """Whether the current request costs tokens. Recordings, kept answers and the embedded reader are free."""
        return self._is_asked and not self._call.settings.embedded

    def endpoint(self, request: ChatRequest) -> Endpoint:
        """Return the endpoint that answers a request: a recording, a kept answer, or else the server."""
        self._chunks, self._is_asked = None, False
        if self._recording is not None:
            match = self._match(self._recording, request)
            if match is not None:
                return self._player(match, request, self._recording.speed)
            self._chunks = []
        self._is_asked = True
        if self._server is None:
            self._server = self._connect()
        return self._server

    def _match(self, recording: Recording, request: ChatRequest) -> Match | None:
        def find() -> Match | None:
            return recording.find(
                request,
                host=self._call.settings.host,
                cell=self._call.cell.id,
                fresh=bool(self._call.call_options.get("fresh")),
                sample=self._call.call_options.get("sample", 0),
            )

        return find() if self._must_play else _attempt(find)  # a kept answer is only a convenience

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
        """Log the reply of a round if a server was asked, even if nothing arrived."""
        cell, chunks = self._call.cell, self._chunks
        self._chunks = None
        if self._is_asked:
            _attempt(lambda: self._state.log.add(reply, cell=cell.label, failed=failed))
        if chunks is not None:
            self._rounds.append((reply, chunks))

    def record(self) -> None:
        """Record or keep the rounds of an answer that ended well.

        An answer that ended in an error is not stored, even if its last round was read to the end: one of the wrong
        shape, for example, would be given again without asking anyone.
        """
        recording, rounds, self._rounds = self._recording, self._rounds, []
        if recording is None or not all(_is_good(reply) for reply, _ in rounds):
            return
        for reply, chunks in rounds:
            assert reply.request is not None
            _attempt(functools.partial(recording.add, reply.request, chunks, host=reply.host, cell=self._call.cell.id))

    def _connect(self) -> Endpoint:
        call = self._call
        return endpoint(call.settings, call.call_options, self._state, asynchronous=self._asynchronous)

    def _player(self, match: Match, request: ChatRequest, speed: float) -> Endpoint:
        exchange = match.exchange
        is_same_model = exchange.request.get("model") == request.model
        transport = AsyncReplayTransport if self._asynchronous else ReplayTransport
        return Endpoint(
            _NOWHERE,
            transport=transport(exchange.chunks, speed),
            host=match.origin,
            timeouts=timeouts(self._call.settings, loopback=True),  # the longer ones: a pause was no silence then
            reproducible=True,
            notes=(match.note,) if match.note else (),
            server=exchange.host if is_same_model else "",
        )


def _is_good(reply: Reply) -> bool:
    return (
        reply.state == "complete"
        and reply.request is not None
        and not all(choice.is_empty for choice in reply.choices)
        and not any(choice.error for choice in reply.choices)
    )


def _attempt(use: Callable[[], T]) -> T | None:
    """Use a file of the session, and return the outcome; warn in one line if that fails: the answer is what counts."""
    try:
        return use()
    except Exception as error:  # whatever the disk, the file and the system do
        name = "" if isinstance(error, VisionError) else f"{type(error).__name__}: "
        _warn(f"vision_magic: {name}{reason(error)}")
    return None


def _warn(message: str) -> None:
    try:
        # With a place of its own: usually the line of code that warns is printed too, and each warning only once.
        warnings.warn_explicit(clean_text(message), UserWarning, "vision_magic", 1)
    except UserWarning:  # warnings are errors here
        sys.stderr.write(f"{clean_text(message)}\n")
