"""Parser of a response, from bytes to events, with the rule that decides whether a reply is complete.

No I/O and no clock. Servers end a stream in many ways, so the rule is::

    a finish reason was seen                          complete
    [DONE] was seen and the transport ended cleanly   complete, finish reason unknown (Snowflake Cortex)
    neither, or [DONE] and then a transport error     truncated (llama-cpp-python)
    no choice at all                                  not a reply, which is an error
    a finish reason that means a failure              the server's error

A reply without text is complete only if the server says so: by a finish reason, or by `[DONE]` and a count of tokens.
"""

from __future__ import annotations

import contextlib
import re
from typing import Any, Final

from vision_magic.chat.events import Event
from vision_magic.chat.reply_builder import ReplyBuilder
from vision_magic.errors import BrokenReply, ServerError, TruncatedReply, WireError
from vision_magic.wire import failures
from vision_magic.wire.server_json import loads
from vision_magic.wire.sse import Decoder, ServerSentEvent

__all__ = ["ResponseParser"]

_DONE: Final = "[DONE]"
_BOM: Final = b"\xef\xbb\xbf"
_MAX_BLANK: Final = 1024  # whitespace before a reply that is held (bytes)
_MAX_BODY: Final = 64 * 1024 * 1024  # a reply that is JSON instead of a stream (bytes)
_MAX_STREAM: Final = 256 * 1024 * 1024  # a whole stream (bytes, decompressed)
_MAX_EVENTS: Final = 500_000  # of a stream
_CHECK: Final = 64 * 1024  # bytes after which the size of the answer is checked
_START: Final = 400  # bytes at the start of a response that are quoted if it is not a reply
_IS_FIELD: Final = re.compile(r"(?:data|event|id|retry)?:")
_DOCUMENT: Final = "Check the base URL (it usually ends in /v1)."


class ResponseParser:
    """Parser of one response: feed it the bytes, then call `end`.

    Parameters
    ----------
    builder : ReplyBuilder
        Receives the chunks.
    host : str
        Name of the server, for error messages.

    Attributes
    ----------
    done : bool
        Whether the server has said that the reply is complete: no more bytes are needed.
    failure : WireError or None
        The error in the response, to be raised after the events that were returned.
    """

    def __init__(self, builder: ReplyBuilder, *, host: str) -> None:
        self._builder = builder
        self._host = host
        self._decoder = Decoder()
        self._head = b""  # the first bytes, held until they show what the body is
        self._body: list[bytes] | None = None  # pieces of a body that is JSON and not a stream
        self._size = 0  # bytes
        self._next_check = _CHECK
        self._streaming = False
        self._start = b""  # of the stream
        self._first: object = None  # the first chunk
        self._chunks = 0
        self.done = False
        self.failure: WireError | None = None

    @property
    def begun(self) -> bool:
        """Whether anything of a reply has arrived: a chunk, or a whole JSON document."""
        return self._chunks > 0 or (self._body is not None and _documents(self._body_text()) is not None)

    def feed(self, data: bytes, at: float) -> list[Event]:
        """Process the next bytes, which arrived `at` seconds after the request, and return their events."""
        events: list[Event] = []
        try:
            if not self._streaming:
                data = self._sniff(data)
            self._size += len(data)
            if self._body is not None:
                self._extend_body(data)
            elif data:
                for event in self._decoder.feed(data):
                    if self.done:
                        break  # ignore what follows [DONE] (opencode-copilot-chat#170)
                    self._add_event(event, at, events)
            if self._size >= self._next_check:
                self._check_size()
        except WireError as error:
            self.failure = error
        return events

    def end(self, at: float, cause: str = "") -> list[Event]:
        """Process the end of the response, and return the remaining events.

        Parameters
        ----------
        at : float
            Seconds since the request.
        cause : str
            The transport error that ended the stream; empty for a clean end.
        """
        events: list[Event] = []
        try:
            self._end(at, cause, events)
        except WireError as error:
            self.failure = error
        return events

    def _end(self, at: float, cause: str, events: list[Event]) -> None:
        if not self._streaming and self._body is None and self._head:
            self._streaming = True
            events += self.feed(self._head, at)
            if self.failure is not None:
                return
        if self._body is not None:
            self._add_body(at, cause, events)
        elif not self.done and not cause:
            self._add_last_event(at, events)
        self._check_size()
        events += self._builder.end()
        self._check_complete(cause)

    def _sniff(self, data: bytes) -> bytes:
        """Hold the first bytes until they show whether the body is a stream; then return all of them.

        The content type cannot be trusted: servers send streams as text/plain (openclaw#97474), JSON although a stream
        was requested (mistral-vibe#619), and HTML pages with status 200.
        """
        if self._body is not None:
            return data
        self._head += data
        start = self._head.removeprefix(_BOM).lstrip()
        if not start and len(self._head) > _MAX_BLANK:
            self._head = self._head[-1:]  # some servers keep a connection alive with whitespace
        if not start or _BOM.startswith(self._head):
            return b""
        data, self._head = self._head, b""
        if start[:1] in b"{[<":
            self._body = []
        else:
            self._streaming = True
            self._start = data[:_START]
        return data

    def _extend_body(self, data: bytes) -> None:
        if self._size > _MAX_BODY:
            raise BrokenReply(f"{self._host} sent a reply of more than {_MAX_BODY} bytes; expected a chat completion.")
        if self._body is not None:
            self._body.append(data)

    def _check_size(self) -> None:
        """Raise an error if the answer is larger than any model's: a server may never end it."""
        self._next_check = self._size + _CHECK
        excess = self._builder.excess()
        if not excess and self._chunks > _MAX_EVENTS:
            excess = f"{_MAX_EVENTS:,} events"
        if not excess and self._size > _MAX_STREAM:
            excess = f"{_MAX_STREAM:,} bytes"
        if excess:
            raise BrokenReply(
                f"The answer from {self._host} was stopped, since it is longer than {excess}. What arrived is kept; "
                "limit it with max_tokens."
            )

    def _add_event(self, event: ServerSentEvent, at: float, events: list[Event]) -> None:
        data = event.data
        if not data.startswith("{"):  # nearly every event is a JSON object, and needs no cleaning
            data = _unwrapped(data)
            if data.startswith(_DONE):
                self.done = True
                return
            if not data or data[0] == ":":  # a gateway sends comments as data (llm-gateway#2053)
                return
        self._add_chunk(self._parse(data, event.name), event.name, at, events)

    def _parse(self, data: str, name: str = "message") -> Any:
        """Return the value of an event. Every chunk of a stream becomes a value here."""
        with contextlib.suppress(ValueError):
            return loads(data)
        if name == "error":
            return data
        # One event was cut off by the next (opencode#23442): parse the last one.
        before, _, last = data.rpartition("data:")
        with contextlib.suppress(ValueError):
            chunk = loads(last)
            if isinstance(chunk, dict):  # the end of a broken string may be a number
                return chunk
        raise BrokenReply(
            f"{self._host} sent an event that is not JSON: {failures.excerpt(before or data)!r}. "
            "What arrived before it is kept."
        )

    def _add_chunk(self, chunk: object, name: str, at: float, events: list[Event]) -> None:
        """Add a chunk to the reply. If it reports an error, the error is raised, after its text was added."""
        if self._first is None:
            self._first = chunk
        error: object = None
        if name == "error" or not isinstance(chunk, dict) or chunk.get("error") or not chunk.get("choices"):
            error = failures.error_in(chunk)  # takes precedence over choices in the same chunk (OpenRouter)
            if error is None and name == "error":
                error = chunk
        if isinstance(chunk, dict):
            self._chunks += 1
            events += self._builder.add(chunk, at)
        if error or self._builder.errors:
            raise failures.from_error(error or self._builder.errors[0], host=self._host)

    def _add_last_event(self, at: float, events: list[Event]) -> None:
        """Add an event that has no blank line after it, if it is complete: ``data: [DONE]`` or an error."""
        for event in self._decoder.flush():
            data = _unwrapped(event.data)
            try:
                chunk = None if data.startswith(_DONE) else self._parse(data, event.name)
            except BrokenReply:
                return  # a part of a chunk; `_check_complete` decides what that means
            if chunk is None:
                self.done = True
            else:
                self._add_chunk(chunk, event.name, at, events)

    def _add_body(self, at: float, cause: str, events: list[Event]) -> None:
        text = self._body_text()
        documents = _documents(text)
        if documents is None and cause:
            return  # cut off; `_check_complete` raises
        if documents is None:
            content, _ = failures.describe(text[: failures.MAX_BODY])
            raise BrokenReply(f"{self._host} sent {content or 'nothing readable'}; expected a reply. {_DOCUMENT}")
        for document in documents:
            self._add_chunk(document, "message", at, events)
        self.done = not cause

    def _body_text(self) -> str:
        return b"".join(self._body or []).decode("utf-8", errors="replace").removeprefix("\ufeff")

    def _check_complete(self, cause: str) -> None:
        builder = self._builder
        if reason := builder.error_reason:
            words = failures.excerpt(reason)
            raise ServerError(
                f"{self._host} ended its answer with the finish reason {words!r}, which means that it failed. "
                "What arrived is kept; run the cell again.",
                code=words,
                server_message=words,
            )
        if builder.finished or (
            self.done and not cause and (builder.length or (builder.has_choice and builder.has_usage))
        ):
            return
        if not cause and not builder.length and (self.done or not builder.has_choice):
            raise self._not_a_reply()
        raise TruncatedReply(
            f"The stream from {self._host} ended early{f' ({cause})' if cause else ''}, without a finish reason. "
            "What arrived is kept; run the cell again for the complete answer."
        )

    def _not_a_reply(self) -> BrokenReply:
        """Return the error for a response that ends without anything of an answer: it says what came."""
        came = self._first
        if came is None:
            lines = self._start.decode("utf-8", "replace").splitlines()
            came = " ".join(line for line in lines if not _IS_FIELD.match(line)).strip() or None
        if came is None:
            return BrokenReply(
                f"{self._host} answered with an empty stream. Some servers do this when the pictures and the question "
                "do not fit into the model's context: try a smaller --max-side."
            )
        words = failures.excerpt((came if isinstance(came, str) else failures.dumps(came))[: failures.MAX_BODY])
        words = words or "an empty string"
        return BrokenReply(f"{self._host} sent {words}, without an answer; expected a chat completion. {_DOCUMENT}")


def _unwrapped(data: str) -> str:
    data = data.strip()
    while data.startswith("data:"):  # a gateway writes it twice, even before [DONE] (openclaw#97474)
        data = data[5:].lstrip()
    return data


def _documents(text: str) -> list[Any] | None:
    """Return the JSON documents in a body, or None if it is not JSON.

    There is one, or one per line: some gateways remove the framing of a stream.
    """
    try:
        return [loads(text)]
    except ValueError:
        pass
    lines = [line for line in text.split("\n") if line.strip()]  # not splitlines: JSON may contain U+2028
    if lines and lines[-1].strip() == _DONE:
        lines.pop()
    try:
        return [loads(line) for line in lines]
    except ValueError:
        return None
