"""The source of an answer: a server, a recording or a kept answer; and the recording of new answers."""

from __future__ import annotations

import functools
import sys
import warnings
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from vision_magic.chat.reply import Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.errors import VisionError
from vision_magic.session.endpoints import endpoint, timeouts
from vision_magic.session.paths import reason
from vision_magic.session.prepare import PreparedCall
from vision_magic.session.state import SessionState
from vision_magic.session.store.exchange import without_default_facts
from vision_magic.session.store.matching import Match
from vision_magic.session.store.recording import Recording
from vision_magic.text import clean_text
from vision_magic.wire.endpoint import Endpoint, OnChunk
from vision_magic.wire.replay import AsyncReplayTransport, ReplayTransport

__all__ = ["Source", "attempt"]

T = TypeVar("T")

_NOWHERE = "http://recording.invalid/v1"  # never contacted: the transport replays the recording


_Round = tuple[Reply, list[tuple[float, Mapping[str, Any]]], Mapping[str, Any] | None]
"""A reply, its chunks and the canonical form of its request."""


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
        self._recording = chosen or attempt(state.cache.active)
        self._must_play = chosen is not None
        self._server: Endpoint | None = None
        if chosen is None or not chosen.replays:
            self._server = self._connect()  # a wrong setting is an error at once
        self._chunks: list[tuple[float, Mapping[str, Any]]] | None = None
        self._rounds: list[_Round] = []  # of this answer, to be recorded
        self._is_asked = False
        self._sent: ChatRequest | None = None
        self._canonical: tuple[ChatRequest, Mapping[str, Any]] | None = None  # of the latest request

    @property
    def costs(self) -> bool:
        """Whether the current request costs tokens. Recordings, kept answers and the embedded reader are free."""
        return self._is_asked and not self._call.settings.embedded

    @property
    def uses_files(self) -> bool:
        """Whether a file is read or written for each request: a recording, the kept answers or the log."""
        return self._recording is not None or self._state.log.is_on

    def endpoint(self, request: ChatRequest) -> Endpoint:
        """Return the endpoint that answers a request: a recording, a kept answer, or else the server."""
        self._chunks, self._is_asked, self._sent = None, False, request
        if self._recording is not None:
            match = self._match(self._recording, request)
            if match is not None:
                if not _is_same_model(match, request):
                    # The recorded model got no facts, and counts tokens in its own way.
                    self._sent = replace(without_default_facts(request), model=_model_of(match) or request.model)
                return self._player(match, request, self._recording.speed)
            if self._must_play and self._call.settings.embedded:
                self._recording.check_reader(request)
            self._chunks = []
        self._is_asked = True
        if self._server is None:
            self._server = self._connect()
        return self._server

    @property
    def sent(self) -> ChatRequest:
        """The current request as the one who answers got it; `endpoint` sets it."""
        assert self._sent is not None
        return self._sent

    def _match(self, recording: Recording, request: ChatRequest) -> Match | None:
        def find() -> Match | None:
            if recording.replays:
                self._canonical = (request, recording.canonical(request))
            return recording.find(
                request,
                host=self._call.settings.host,
                cell=self._call.cell.id,
                fresh=bool(self._call.call_options.get("fresh")),
                sample=self._call.call_options.get("sample", 0),
                canonical=self._canonical_of(request),
            )

        return find() if self._must_play else attempt(find)  # a kept answer is only a convenience

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
            attempt(lambda: self._state.log.add(reply, cell=cell.label, failed=failed))
        if chunks is not None:
            self._rounds.append((reply, chunks, self._canonical_of(reply.request)))

    def record(self) -> None:
        """Record or keep the rounds of an answer that ended well.

        An answer that ended in an error is not stored, even if its last round was read to the end: one of the wrong
        shape, for example, would be given again without asking anyone.
        """
        recording, rounds, self._rounds = self._recording, self._rounds, []
        if recording is None or not all(_is_good(reply) for reply, *_ in rounds):
            return
        for reply, chunks, canonical in rounds:
            assert reply.request is not None
            add = functools.partial(recording.add, reply.request, chunks, canonical=canonical)
            attempt(functools.partial(add, host=reply.host, cell=self._call.cell.id))

    def _canonical_of(self, request: ChatRequest | None) -> Mapping[str, Any] | None:
        return self._canonical[1] if self._canonical is not None and self._canonical[0] is request else None

    def _connect(self) -> Endpoint:
        call = self._call
        return endpoint(call.settings, call.call_options, self._state, asynchronous=self._asynchronous)

    def _player(self, match: Match, request: ChatRequest, speed: float) -> Endpoint:
        exchange = match.exchange
        transport = AsyncReplayTransport if self._asynchronous else ReplayTransport
        return Endpoint(
            _NOWHERE,
            transport=transport(exchange.chunks, speed),
            host=match.origin,
            timeouts=timeouts(self._call.settings, loopback=True),  # the longer ones: a pause was no silence then
            reproducible=True,
            notes=(match.note,) if match.note else (),
            server=exchange.host if _is_same_model(match, request) else "",
        )


def _is_same_model(match: Match, request: ChatRequest) -> bool:
    return _model_of(match) == request.model


def _model_of(match: Match) -> str:
    return str(match.exchange.request.get("model", ""))


def _is_good(reply: Reply) -> bool:
    return (
        reply.state == "complete"
        and reply.request is not None
        and not all(choice.is_empty for choice in reply.choices)
        and not any(choice.error for choice in reply.choices)
    )


def attempt(use: Callable[[], T]) -> T | None:
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
