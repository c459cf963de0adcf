"""What do the bytes of an event stream say? Server-sent events: bytes in, events out, no I/O.

Our own, since line iterators split on U+2028 and U+0085, which occur raw inside JSON, and since the helper
library loses the first event behind a byte order mark, believes the charset of the header, and has no cap.
The rules are those of the HTML standard, section 9.2.6, with the leniencies named beside them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from vision_magic.errors import BrokenReply

__all__ = ["MAX_EVENT", "Decoder", "ServerSentEvent"]

MAX_EVENT = 64 * 1024 * 1024
"""Largest event that is read (bytes)."""

_BOM = b"\xef\xbb\xbf"
_LINE_ENDS = re.compile(rb"\r\n|\r|\n")


class ServerSentEvent(NamedTuple):
    """One event: its name (``message`` where the stream gave none) and its data."""

    data: str
    name: str = "message"


class Decoder:
    """Decodes a stream that arrives in pieces, however they are cut; time is linear in the input.

    Parameters
    ----------
    max_event : int
        Largest event that is read (bytes); a larger one raises `BrokenReply`.
    """

    def __init__(self, max_event: int = MAX_EVENT) -> None:
        self._max_event = max_event
        self._line: list[bytes] = []  # pieces of the line that has not ended
        self._data: list[bytes] = []
        self._name = ""
        self._size = 0
        self._skip_lf = False
        self._clean = False  # between two events, with nothing held back
        self._start = b""  # the first bytes, held until they can be told from a byte order mark
        self._started = False

    def feed(self, data: bytes) -> list[ServerSentEvent]:
        """Take the next bytes and return the events that they completed."""
        if self._clean and _is_one_event(data) and len(data) <= self._max_event:
            return [ServerSentEvent(_decode(data[6:-2]))]
        data = self._after_bom(data)
        self._clean = False
        if self._skip_lf and data:
            # CR LF cut in two: the CR has already ended its line, without waiting for the LF.
            self._skip_lf = False
            data = data.removeprefix(b"\n")
        if not data:
            return []
        self._skip_lf = data.endswith(b"\r")
        first, *rest = _LINE_ENDS.split(data) if b"\r" in data else data.split(b"\n")
        self._grow(len(data) if not rest else len(first))
        self._line.append(first)
        events: list[ServerSentEvent] = []
        if rest:
            self._end_line(b"".join(self._line), events)
            for line in rest[:-1]:
                self._grow(len(line))
                self._end_line(line, events)
            self._line = [rest[-1]]
            self._grow(len(rest[-1]))
            self._clean = not (rest[-1] or self._data or self._name or self._skip_lf)
        return events

    def flush(self) -> list[ServerSentEvent]:
        """Return the event that the end of the stream cut off, if any.

        The standard drops it; servers end with ``data: [DONE]`` and no blank line.
        """
        events: list[ServerSentEvent] = []
        if not self._started:
            self._line, self._started = [self._start], True
        self._end_line(b"".join(self._line), events)
        self._line = []
        self._end_line(b"", events)
        return events

    def _after_bom(self, data: bytes) -> bytes:
        if self._started:
            return data
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

    def _end_line(self, line: bytes, events: list[ServerSentEvent]) -> None:
        if not line:
            self._dispatch(events)
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
            self._size = 0  # comments and unknown fields between events keep nothing

    def _dispatch(self, events: list[ServerSentEvent]) -> None:
        if self._data:
            # Invalid UTF-8 is shown as U+FFFD, not raised: the rest of the answer is worth having.
            events.append(ServerSentEvent(_decode(b"\n".join(self._data)), self._name or "message"))
        self._data = []
        self._name = ""
        self._size = 0


def _is_one_event(data: bytes) -> bool:
    """Whether a read is what nearly every read is: one whole event of one line."""
    return data.startswith(b"data: ") and data.endswith(b"\n\n") and data.count(b"\n") == 2 and b"\r" not in data


def _decode(data: bytes) -> str:
    return data.decode("utf-8", errors="replace")
