"""What does a response say? Its bytes in, events out, and the rule by which a stream counts as complete.

No I/O and no clock. The rule, since real servers end in every way there is::

    a finish reason was seen                          complete
    [DONE] was seen and the transport ended cleanly   complete, finish reason unknown (Snowflake Cortex)
    neither, or [DONE] and then a transport error     truncated (llama-cpp-python)
    nothing at all                                    an empty reply, which is an error
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from vision_magic.chat.events import Event
from vision_magic.chat.reply_builder import ReplyBuilder
from vision_magic.errors import BrokenReply, TruncatedReply
from vision_magic.wire import failures
from vision_magic.wire.sse import Decoder, ServerSentEvent

_fast_loads: Callable[[str], Any] | None = None
with contextlib.suppress(ImportError):  # the extra [fast]
    from orjson import loads as _fast_loads

__all__ = ["ResponseParser"]

_DONE: Final = "[DONE]"
_BOM: Final = b"\xef\xbb\xbf"
_MAX_BLANK: Final = 1024  # blanks before a reply that are kept (bytes)
_MAX_WHOLE: Final = 256 * 1024 * 1024  # a reply that is one JSON body (bytes)


class ResponseParser:
    """Reads one response. Feed it the bytes, then call `end`.

    Parameters
    ----------
    builder : ReplyBuilder
        What the chunks are folded into.
    host : str
        Who answers, for errors.
    """

    def __init__(self, builder: ReplyBuilder, *, host: str) -> None:
        self._builder = builder
        self._host = host
        self._decoder = Decoder()
        self._head = b""
        self._whole: list[bytes] | None = None  # the body, where it is one JSON document and no stream
        self._whole_size = 0
        self._streaming = False
        self._chunks = 0
        self.done = False

    @property
    def begun(self) -> bool:
        """Whether anything of a reply has arrived: a chunk, or a whole JSON document."""
        return self._chunks > 0 or (self._whole is not None and _documents(self._text()) is not None)

    def feed(self, data: bytes, at: float) -> Iterator[Event]:
        """Take the next bytes, `at` seconds after the request; yield what they told."""
        data = self._sniffed(data)
        if self._whole is not None:
            self._keep(data)
        elif data:
            for event in self._decoder.feed(data):
                if self.done:
                    return  # what follows [DONE] is not ours (opencode-copilot-chat#170)
                yield from self._take(event, at)

    def end(self, at: float, cause: str = "") -> Iterator[Event]:
        """Say that the bytes have ended, by themselves or because of a transport's trouble; yield what is left.

        Raises
        ------
        BrokenReply
            The reply is not complete.
        """
        if not self._streaming and self._whole is None and self._head:
            self._streaming = True
            yield from self.feed(self._head, at)
        if self._whole is not None:
            yield from self._take_whole(at, cause)
        elif not self.done and not cause:
            yield from self._take_rest(at)
        yield from self._builder.end()
        self._check_complete(cause)

    def _sniffed(self, data: bytes) -> bytes:
        """Hold back the first bytes until they tell a stream from one JSON document.

        The header cannot be trusted: servers send a stream as text/plain (openclaw#97474), JSON in answer to a
        request for a stream (mistral-vibe#619), and pages of HTML with status 200.
        """
        if self._streaming or self._whole is not None:
            return data
        self._head += data
        start = self._head.removeprefix(_BOM).lstrip()
        if not start and len(self._head) > _MAX_BLANK:
            self._head = self._head[-1:]  # some keep a connection open with blanks, and a flood of them is not held
        if not start or _BOM.startswith(self._head):
            return b""
        data, self._head = self._head, b""
        if start[:1] in b"{[<":
            self._whole = []
        else:
            self._streaming = True
        return data

    def _keep(self, data: bytes) -> None:
        self._whole_size += len(data)
        if self._whole_size > _MAX_WHOLE:
            raise BrokenReply(f"{self._host} sent a reply of more than {_MAX_WHOLE} bytes; expected a chat completion.")
        if self._whole is not None:
            self._whole.append(data)

    def _take(self, event: ServerSentEvent, at: float) -> list[Event]:
        data = _data_of(event)
        if data.startswith(_DONE):
            self.done = True
        elif data and data[0] != ":":  # a gateway wraps comments as data (llm-gateway#2053)
            return self._take_chunk(self._parsed(data), event.name, at)
        return []

    def _parsed(self, data: str) -> Any:
        try:
            return _loads(data)
        except ValueError:
            pass
        # A frame cut off by the next one (opencode#23442): try the last.
        before, _, last = data.rpartition("data:")
        with contextlib.suppress(ValueError):
            found = _loads(last)
            if isinstance(found, dict):  # the end of a broken text may be a number
                return found
        raise BrokenReply(
            f"{self._host} sent an event that is no JSON: {failures.excerpt(before or data)!r}. "
            "What came before is kept."
        )

    def _take_chunk(self, chunk: object, name: str, at: float) -> list[Event]:
        error = failures.error_in(chunk)  # wins over choices in the same chunk (OpenRouter)
        if error is None and name == "error":
            error = chunk
        if error is not None:
            raise failures.from_error(error, host=self._host)
        if not isinstance(chunk, dict):
            return []
        self._chunks += 1
        return self._builder.add(chunk, at)

    def _take_rest(self, at: float) -> Iterator[Event]:
        """Take the event that the end cut off, where it is whole: ``data: [DONE]`` and errors come so."""
        for event in self._decoder.flush():
            data = _data_of(event)
            try:
                chunk = None if data.startswith(_DONE) else self._parsed(data)
            except BrokenReply:
                return  # it is a part of a chunk: the rule for the end says what that means
            if chunk is None:
                self.done = True
            else:
                yield from self._take_chunk(chunk, event.name, at)

    def _take_whole(self, at: float, cause: str) -> Iterator[Event]:
        text = self._text()
        bodies = _documents(text)
        if bodies is None and cause:
            return  # cut off: truncated, by the rule
        if bodies is None:
            words, _ = failures.describe(text[: failures.MAX_BODY])
            raise BrokenReply(
                f"{self._host} sent {words or 'nothing readable'}; expected a reply. "
                "Check the base URL (it usually ends in /v1)."
            )
        for body in bodies:
            if not isinstance(body, Mapping) or "choices" not in body:
                raise failures.from_error(failures.error_in(body) or body, host=self._host)
            yield from self._take_chunk(body, "message", at)
        self.done = not cause

    def _text(self) -> str:
        return b"".join(self._whole or []).decode("utf-8", errors="replace").removeprefix("\ufeff")

    def _check_complete(self, cause: str) -> None:
        if self._builder.finished or (self.done and not cause and self._chunks):
            return
        if not self._chunks and not cause:
            raise BrokenReply(
                f"{self._host} answered with an empty stream. Some servers do so when the pictures and the question "
                "do not fit into the model's context: try a smaller --max-side."
            )
        raise TruncatedReply(
            f"The stream from {self._host} ended early{f' ({cause})' if cause else ''}, without a finish reason. "
            "What arrived is kept; run the cell again for the whole answer."
        )


def _loads(data: str) -> Any:
    """Parse a chunk; by orjson where it is installed, which knows no lone surrogates, so json has the last word."""
    if _fast_loads is not None:
        with contextlib.suppress(ValueError):
            return _fast_loads(data)
    return failures.loads(data)


def _data_of(event: ServerSentEvent) -> str:
    data = event.data.strip()
    while data.startswith("data:"):  # written twice by a gateway, before [DONE] too (openclaw#97474)
        data = data[5:].lstrip()
    return data


def _documents(text: str) -> list[Any] | None:
    """Return the JSON documents in a body: one, or one a line, as some gateways strip the framing of a stream."""
    try:
        return [failures.loads(text)]
    except ValueError:
        pass
    lines = [line for line in text.split("\n") if line.strip()]  # not splitlines: U+2028 stands raw inside JSON
    if lines and lines[-1].strip() == _DONE:
        lines.pop()
    try:
        return [failures.loads(line) for line in lines]
    except ValueError:
        return None
