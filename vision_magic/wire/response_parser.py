"""Parser of a response, from bytes to events, with the rule that decides whether a reply is complete.

No I/O and no clock. Servers end a stream in many ways, so the rule is::

    a finish reason was seen                          complete
    [DONE] was seen and the transport ended cleanly   complete, finish reason unknown (Snowflake Cortex)
    neither, or [DONE] and then a transport error     truncated (llama-cpp-python)
    nothing at all                                    empty, which is an error
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any, Final

from vision_magic.chat.events import Event
from vision_magic.chat.reply_builder import ReplyBuilder
from vision_magic.errors import BrokenReply, TruncatedReply, WireError
from vision_magic.wire import failures
from vision_magic.wire.server_json import loads
from vision_magic.wire.sse import Decoder, ServerSentEvent

__all__ = ["ResponseParser"]

_DONE: Final = "[DONE]"
_BOM: Final = b"\xef\xbb\xbf"
_MAX_BLANK: Final = 1024  # whitespace before a reply that is held (bytes)
_MAX_BODY: Final = 256 * 1024 * 1024  # a reply that is JSON instead of a stream (bytes)


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
        self._body_size = 0
        self._streaming = False
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
            if self._body is not None:
                self._extend_body(data)
            elif data:
                for event in self._decoder.feed(data):
                    if self.done:
                        break  # ignore what follows [DONE] (opencode-copilot-chat#170)
                    events += self._add_event(event, at)
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
            events.extend(self._add_body(at, cause))
        elif not self.done and not cause:
            self._add_last_event(at, events)
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
        return data

    def _extend_body(self, data: bytes) -> None:
        self._body_size += len(data)
        if self._body_size > _MAX_BODY:
            raise BrokenReply(f"{self._host} sent a reply of more than {_MAX_BODY} bytes; expected a chat completion.")
        if self._body is not None:
            self._body.append(data)

    def _add_event(self, event: ServerSentEvent, at: float) -> list[Event]:
        data = event.data
        if not data.startswith("{"):  # nearly every event is a JSON object, and needs no cleaning
            data = _unwrapped(data)
            if data.startswith(_DONE):
                self.done = True
                return []
            if not data or data[0] == ":":  # a gateway sends comments as data (llm-gateway#2053)
                return []
        return self._add_chunk(self._parse(data), event.name, at)

    def _parse(self, data: str) -> Any:
        with contextlib.suppress(ValueError):
            return loads(data)
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

    def _add_chunk(self, chunk: object, name: str, at: float) -> list[Event]:
        if name == "error" or not isinstance(chunk, dict) or chunk.get("error") or "choices" not in chunk:
            error = failures.error_in(chunk)  # takes precedence over choices in the same chunk (OpenRouter)
            if error is None and name == "error":
                error = chunk
            if error is not None:
                raise failures.from_error(error, host=self._host)
            if not isinstance(chunk, dict):
                return []
        self._chunks += 1
        return self._builder.add(chunk, at)

    def _add_last_event(self, at: float, events: list[Event]) -> None:
        """Add an event that has no blank line after it, if it is complete: ``data: [DONE]`` or an error."""
        for event in self._decoder.flush():
            data = _unwrapped(event.data)
            try:
                chunk = None if data.startswith(_DONE) else self._parse(data)
            except BrokenReply:
                return  # a part of a chunk; `_check_complete` decides what that means
            if chunk is None:
                self.done = True
            else:
                events += self._add_chunk(chunk, event.name, at)

    def _add_body(self, at: float, cause: str) -> Iterator[Event]:
        text = self._body_text()
        documents = _documents(text)
        if documents is None and cause:
            return  # cut off; `_check_complete` raises
        if documents is None:
            content, _ = failures.describe(text[: failures.MAX_BODY])
            raise BrokenReply(
                f"{self._host} sent {content or 'nothing readable'}; expected a reply. "
                "Check the base URL (it usually ends in /v1)."
            )
        for document in documents:
            if not isinstance(document, Mapping) or "choices" not in document:
                raise failures.from_error(failures.error_in(document) or document, host=self._host)
            yield from self._add_chunk(document, "message", at)
        self.done = not cause

    def _body_text(self) -> str:
        return b"".join(self._body or []).decode("utf-8", errors="replace").removeprefix("\ufeff")

    def _check_complete(self, cause: str) -> None:
        if self._builder.finished or (self.done and not cause and self._chunks):
            return
        if not self._chunks and not cause:
            raise BrokenReply(
                f"{self._host} answered with an empty stream. Some servers do this when the pictures and the question "
                "do not fit into the model's context: try a smaller --max-side."
            )
        raise TruncatedReply(
            f"The stream from {self._host} ended early{f' ({cause})' if cause else ''}, without a finish reason. "
            "What arrived is kept; run the cell again for the complete answer."
        )


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
