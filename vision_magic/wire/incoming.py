"""What does a response say? Its bytes in, events out, and the rule by which a stream counts as complete.

No I/O and no clock: the driver in `endpoint` brings the bytes and the time. The rule (research: real servers
end in every way there is)::

    a finish reason was seen                          complete
    [DONE] was seen and the transport ended cleanly   complete, finish reason unknown
    neither, or [DONE] and then a transport error     truncated
    nothing at all                                    an empty reply, which is an error
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from vision_magic.chat.events import Event, Finished
from vision_magic.chat.reply import Reply, ReplyBuilder, State
from vision_magic.errors import BrokenReply, TruncatedReply, WireError
from vision_magic.wire import failures
from vision_magic.wire.sse import Decoder, ServerSentEvent

__all__ = ["Incoming"]

_DONE = "[DONE]"
_BOM = b"\xef\xbb\xbf"
_MAX_WHOLE = 256 * 1024 * 1024  # a reply that is one JSON body (bytes)


class Incoming:
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

    def feed(self, data: bytes, at: float) -> Iterator[Event]:
        """Take the next bytes, `at` seconds after the request; yield what they told."""
        data = self._sniffed(data)
        if self._whole is not None:
            self._keep(data)
            return
        for event in self._decoder.feed(data) if data else ():
            if self.done:
                return
            yield from self._take(event, at)

    def end(self, at: float, cause: Exception | None = None) -> Iterator[Event]:
        """Say that the bytes have ended, by themselves or by a transport error; yield what is left.

        Raises
        ------
        BrokenReply
            The reply is not complete; ``.partial`` keeps what arrived.
        """
        if not self._streaming and self._whole is None and self._head:
            self._streaming = True
            yield from self._events(self._decoder.feed(self._head), at)
        if self._whole is not None:
            yield from self._take_whole(at)
        elif not self.done and cause is None:
            yield from self._events(self._decoder.flush(), at)
        self._check_complete(at, cause)
        yield Finished(self._builder.snapshot(at=at))

    def snapshot(self, state: State, at: float) -> Reply | None:
        """Return what has arrived, or None where nothing has."""
        return self._builder.snapshot(state, at) if self._builder.started else None

    def _sniffed(self, data: bytes) -> bytes:
        """Hold back the first bytes until they tell a stream from one JSON document.

        The header cannot be trusted: servers answer a stream as text/plain, and JSON to a request for a stream.
        """
        if self._streaming or self._whole is not None:
            return data
        self._head += data
        start = self._head.removeprefix(_BOM).lstrip()
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
            raise BrokenReply(f"{self._host} sent a reply of more than {_MAX_WHOLE} bytes.")
        if self._whole is not None:
            self._whole.append(data)

    def _events(self, events: list[ServerSentEvent], at: float) -> Iterator[Event]:
        for event in events:
            yield from self._take(event, at)

    def _take(self, event: ServerSentEvent, at: float) -> Iterator[Event]:
        data = event.data.strip()
        if data == _DONE:
            self.done = True
        elif data and not data.startswith(":"):  # a gateway wraps comments as data
            yield from self._take_chunk(self._parsed(data), event.name, at)

    def _parsed(self, data: str) -> Any:
        try:
            return json.loads(data)
        except ValueError:
            raise BrokenReply(
                f"{self._host} sent an event that is no JSON: {failures.excerpt(data)!r}. What came before is kept."
            ) from None

    def _take_chunk(self, chunk: object, name: str, at: float) -> Iterator[Event]:
        error = failures.error_in(chunk)
        if error is None and name == "error":
            error = chunk
        if error is not None:
            raise failures.from_error(error, host=self._host)
        if isinstance(chunk, Mapping):
            self._chunks += 1
            yield from self._builder.add(chunk, at)

    def _take_whole(self, at: float) -> Iterator[Event]:
        text = b"".join(self._whole or []).decode("utf-8", errors="replace").removeprefix("\ufeff")
        try:
            body = json.loads(text)
        except ValueError:
            words, _ = failures.describe(text)
            raise BrokenReply(
                f"{self._host} sent {words or 'nothing readable'}; expected a reply. "
                "Check the base URL (it usually ends in /v1)."
            ) from None
        if not isinstance(body, Mapping) or "choices" not in body:
            raise failures.from_error(failures.error_in(body) or body, host=self._host)
        yield from self._take_chunk(body, "message", at)
        self.done = True

    def _check_complete(self, at: float, cause: Exception | None) -> None:
        if self._builder.finished or (self.done and cause is None and self._chunks):
            return
        if not self._chunks and cause is None:
            raise BrokenReply(
                f"{self._host} answered with an empty stream. Some servers do so when the pictures and the prompt "
                "do not fit into the model's context: try a smaller --max-side."
            )
        raise TruncatedReply(
            f"The stream from {self._host} ended early{_because(cause)}, without a finish reason. "
            "What arrived is kept; run the cell again for the whole answer."
        )


def _because(cause: Exception | None) -> str:
    return f" ({type(cause).__name__})" if cause is not None else ""


def keep_partial(error: WireError, incoming: Incoming, at: float) -> WireError:
    """Return the error with what had arrived before it."""
    if error.partial is None:
        error.partial = incoming.snapshot("truncated", at)
    return error
