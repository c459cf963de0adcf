"""Decoder of server-sent events, from bytes to events, without I/O.

The rules are those of the HTML standard, section 9.2.6; each leniency names the server that needs it. Line iterators
of HTTP clients also split on U+2028 and U+0085, which occur unescaped inside JSON, and httpx-sse loses the first event
after a byte order mark, trusts the charset of the header and has no size limit.
"""

from __future__ import annotations

from dataclasses import dataclass

from vision_magic.errors import BrokenReply

__all__ = ["MAX_EVENT", "Decoder", "ServerSentEvent"]

MAX_EVENT = 64 * 1024 * 1024
"""Size of the largest event that is read (bytes)."""

_BOM = b"\xef\xbb\xbf"


@dataclass(slots=True)  # not frozen: there is one for each chunk
class ServerSentEvent:
    """One event: its data, and its name (``message`` if the stream gives none)."""

    data: str
    name: str = "message"


class Decoder:
    """Decoder of a stream in pieces that may be cut anywhere; its time is linear in the input.

    Parameters
    ----------
    max_event : int
        Size of the largest event that is read (bytes); a larger one raises `BrokenReply`.
    """

    def __init__(self, max_event: int = MAX_EVENT) -> None:
        self._max_event = max_event
        self._line: list[bytes] = []  # pieces of the line that has not ended; joined once, when it ends
        self._data: list[bytes] = []
        self._name = ""
        self._size = 0
        self._skip_lf = False
        self._start = b""  # the first bytes, held until they cannot be a byte order mark
        self._started = False

    def feed(self, data: bytes) -> list[ServerSentEvent]:
        """Take the next bytes and return the events that they complete."""
        if not self._started:
            data = self._without_bom(data)
        if self._skip_lf and data:
            # A CR LF was cut in two: the CR has already ended the line.
            self._skip_lf = False
            data = data.removeprefix(b"\n")
        if not data:
            return []
        lines = data.splitlines()  # of bytes: at LF, CR and CR LF only
        self._skip_lf = data.endswith(b"\r")
        usual = len(lines) == 2 and not lines[1] and lines[0].startswith(b"data: ") and len(lines[0]) <= self._max_event
        if usual and not (self._line or self._data or self._name):
            # Exactly one event, as most servers send them: nothing has to be stored.
            return [ServerSentEvent(_decode(lines[0][6:]))]
        unfinished = b"" if data.endswith((b"\n", b"\r")) else lines.pop()
        events: list[ServerSentEvent] = []
        for line in lines:
            self._grow(len(line))
            if self._line:
                self._line.append(line)
                line = b"".join(self._line)
                self._line.clear()
            if line:
                self._add_field(line)
            elif event := self._end_event():
                events.append(event)
        if unfinished:
            self._grow(len(unfinished))
            self._line.append(unfinished)
        return events

    def flush(self) -> list[ServerSentEvent]:
        """Return the event that the end of the stream cut off, if any.

        The standard drops it, but some servers end with ``data: [DONE]`` and no blank line.
        """
        if not self._started:
            self._line, self._started = [self._start], True
        if line := b"".join(self._line):
            self._add_field(line)
        self._line.clear()
        event = self._end_event()
        return [event] if event else []

    def _without_bom(self, data: bytes) -> bytes:
        self._start += data
        if len(self._start) < len(_BOM) and _BOM.startswith(self._start):
            return b""
        self._started = True
        return self._start.removeprefix(_BOM)

    def _grow(self, count: int) -> None:
        self._size += count
        if self._size > self._max_event:
            raise BrokenReply(
                f"The server sent one event of more than {self._max_event} bytes; expected a chunk of a reply."
            )

    def _add_field(self, line: bytes) -> None:
        if line.startswith(b"data: "):
            self._data.append(line[6:])
            return
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if name == b"data":
            self._data.append(value)
        elif name == b"error":
            # llama.cpp until September 2025 wrote "error: {…}" (ggml-org/llama.cpp#16109).
            self._data.append(value)
            self._name = "error"
        elif line.startswith(b"{") and not self._data:
            # A proxy forwards its backend's error without framing (lemonade-sdk/lemonade#2975).
            self._data.append(line)
        elif name == b"event":
            self._name = _decode(value)
        elif not self._data and not self._name:
            self._size = 0  # a comment or an unknown field between events is not part of one

    def _end_event(self) -> ServerSentEvent | None:
        """Return the event that a blank line ends, if there is one, and start the next event."""
        lines, name = self._data, self._name
        self._data, self._name, self._size = [], "", 0
        return ServerSentEvent(_decode(b"\n".join(lines)), name or "message") if lines else None


def _decode(data: bytes) -> str:
    # Invalid UTF-8 becomes U+FFFD instead of an error: the rest of the answer is still useful.
    return data.decode("utf-8", "replace")
