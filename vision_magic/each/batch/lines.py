"""The lines of a batch: requests in files within the limits of servers, and answers that are joined by their ids."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, Protocol

from vision_magic.wire.server_json import loads

__all__ = [
    "MAX_BYTES",
    "MAX_LINES",
    "Answer",
    "LineFile",
    "SentLine",
    "answers_in",
    "halves",
    "line_files",
    "number_in",
]

MAX_LINES: Final = 50_000
"""Most lines of one file that OpenAI allows."""

MAX_BYTES: Final = 190_000_000
"""Largest file (bytes). OpenAI and Azure allow 200 MB, and gateways count the frame of the upload too."""

_LONGEST: Final = 64 * 1024 * 1024  # bytes of a line of answers that is read

_ID: Final = re.compile(r"([0-9a-f]{12})-(\d{1,9})")


class _Body(Protocol):
    """The JSON of a request in blocks."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[bytes]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLine:
    """What is known of a line before it is sent, so that its row has it when the answer comes.

    Attributes
    ----------
    number : int
        Its number in the job, from 0.
    key : str
        The key of the picture as text.
    repeat : int
        Which time this picture is asked.
    position : int
        The position of the picture among the others, from 0.
    picture, width, height, note
        As for `Row`.
    """

    number: int
    key: str
    repeat: int = 0
    position: int = 0
    picture: str = ""
    width: int = 0
    height: int = 0
    note: str = ""

    def to_json(self) -> list[Any]:
        """Return the line as JSON values."""
        return [getattr(self, name) for name in self.__slots__]

    @classmethod
    def from_json(cls, values: Sequence[Any]) -> SentLine:
        """Return the line that `to_json` has written."""
        return cls(**dict(zip(cls.__slots__, values, strict=True)))


@dataclass(frozen=True, slots=True)
class LineFile:
    """A file of lines.

    Attributes
    ----------
    path : Path
        The file.
    lines : tuple of SentLine
        Its lines, in order.
    size : int
        Its size (bytes).
    """

    path: Path
    lines: tuple[SentLine, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A line of an output or error file.

    Attributes
    ----------
    custom_id : str
        The id of the line that it answers; empty if it has none.
    status : int
        The HTTP status of this line; 0 if there is none.
    body : JSON value
        The reply; None if there is none.
    error : JSON value
        The error beside the reply; None if there is none.
    """

    custom_id: str
    status: int
    body: Any
    error: Any

    @property
    def is_reply(self) -> bool:
        """Whether it holds a reply. Some engines leave the status of a good answer out."""
        has_choices = isinstance(self.body, dict) and bool(self.body.get("choices"))
        return not self.error and has_choices and (200 <= self.status < 300 or self.status == 0)


def custom_id(token: str, number: int) -> str:
    """Return the id of a line: no key, which may say more than the server must know."""
    return f"{token}-{number}"


def number_in(found: str, token: str) -> int | None:
    """Return the number of a line of a job from its id; None if the id is of another job, or not one of ours."""
    match = _ID.fullmatch(found)
    return int(match[2]) if match is not None and match[1] == token else None


def write_line(file: IO[bytes], line_id: str, url: str, body: Iterable[bytes]) -> int:
    """Write a line to a file, the body block by block; return its size (bytes)."""
    size = 0
    for block in itertools.chain((_head(line_id, url),), body, (_TAIL,)):
        size += file.write(block)
    return size


_TAIL: Final = b"}\n"


def _head(line_id: str, url: str) -> bytes:
    head = {"custom_id": line_id, "method": "POST", "url": url}
    return json.dumps(head, separators=(",", ":")).encode()[:-1] + b',"body":'


def line_files(
    requests: Iterable[tuple[SentLine, _Body]],
    folder: Path,
    token: str,
    url: str,
    *,
    max_lines: int = MAX_LINES,
    max_bytes: int = MAX_BYTES,
) -> Iterator[LineFile]:
    """Write requests to files and yield each file when it is full; it is deleted when the next one is asked for.

    Memory holds one picture, and the disk one file.

    Parameters
    ----------
    requests : iterable of (SentLine, body)
        The requests.
    folder : Path
        Where the files are written.
    token : str
        What the ids of the lines begin with: 12 hexadecimal digits.
    url : str
        The path of each request, such as ``/v1/chat/completions``.
    max_lines, max_bytes : int
        Limits of a file. A single request may be larger than `max_bytes`; it gets a file of its own.
    """
    waiting = iter(requests)
    held: tuple[SentLine, _Body] | None = next(waiting, None)
    for number in itertools.count():
        if held is None:
            return
        path = folder / f"{number}.jsonl"
        lines: list[SentLine] = []
        size = 0
        try:
            with path.open("wb") as file:
                while held is not None and len(lines) < max_lines:
                    line, body = held
                    line_id = custom_id(token, line.number)
                    if lines and size + len(_head(line_id, url)) + len(body) + len(_TAIL) > max_bytes:
                        break
                    size += write_line(file, line_id, url, body)
                    lines.append(line)
                    held = body = None  # type: ignore[assignment]  # the picture is not held while the next is loaded
                    held = next(waiting, None)
            yield LineFile(path, tuple(lines), size)
        finally:
            path.unlink(missing_ok=True)


def halves(whole: LineFile) -> tuple[LineFile, LineFile]:
    """Split a file of two or more lines into two beside it, for a server whose limits are lower."""
    middle = len(whole.lines) // 2
    paths = [whole.path.with_name(f"{whole.path.stem}{letter}.jsonl") for letter in "ab"]
    with whole.path.open("rb") as source, paths[0].open("wb") as first, paths[1].open("wb") as second:
        sizes = [0, 0]
        for number, line in enumerate(source):
            half = 0 if number < middle else 1
            sizes[half] += (first, second)[half].write(line)
    return (
        LineFile(paths[0], whole.lines[:middle], sizes[0]),
        LineFile(paths[1], whole.lines[middle:], sizes[1]),
    )


def answers_in(path: Path) -> Iterator[Answer]:
    """Yield the answers in a file; a line that is damaged or longer than 64 MiB is one without an id."""
    with path.open("rb") as file:
        while line := file.readline(_LONGEST):
            if not line.endswith(b"\n") and len(line) == _LONGEST:
                _skip(file)
                yield _UNREADABLE
            elif line.strip():
                yield _answer(line)


def _skip(file: IO[bytes]) -> None:
    """Skip the rest of a line."""
    while (more := file.readline(_LONGEST)) and not more.endswith(b"\n"):
        pass


def _answer(line: bytes) -> Answer:
    try:
        found = loads(line)
    except ValueError:
        return _UNREADABLE
    if not isinstance(found, dict):
        return _UNREADABLE
    line_id = found.get("custom_id")
    response = found.get("response")
    response = response if isinstance(response, dict) else {}
    status = response.get("status_code")
    return Answer(
        line_id if isinstance(line_id, str) else "",
        status if isinstance(status, int) and 0 <= status < 1000 else 0,
        response.get("body"),
        found.get("error"),
    )


_UNREADABLE: Final = Answer("", 0, None, None)
