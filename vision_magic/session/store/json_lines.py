"""Recorded exchanges in a JSON Lines file, which people can read, edit and share."""

from __future__ import annotations

import json
import os
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from vision_magic.errors import RecordingError
from vision_magic.session.paths import read_file, reason
from vision_magic.session.store.exchange import RecordedExchange, digest
from vision_magic.session.store.matching import same_question

__all__ = ["JsonLinesStore"]

_BEGINNING: Final = b'{"vision_magic":"exchange"'
_MAX_LINE: Final = 64 * 1024 * 1024  # bytes
_MALFORMED: Final = (ValueError, TypeError, KeyError, RecursionError, OverflowError)


class JsonLinesStore:
    """A file of exchanges, one per line, which is read once, when the object is created.

    Parameters
    ----------
    path : Path
        The file; it does not have to exist.

    Raises
    ------
    RecordingError
        The file exists and cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._is_replaced = False  # by the next exchange
        self._lock = threading.Lock()
        self._exchanges: list[RecordedExchange] = []
        self._by_question: dict[str, list[RecordedExchange]] = {}
        for question, exchange in _read(path):
            self._enter(question, exchange)

    def __iter__(self) -> Iterator[RecordedExchange]:
        """Iterate over all exchanges, oldest first."""
        with self._lock:
            return iter(list(self._exchanges))

    def count(self) -> int:
        """Return the number of exchanges."""
        return len(self._exchanges)

    def candidates(self, request: Mapping[str, Any], *, host: str = "", cell: str = "") -> Sequence[RecordedExchange]:
        """Return the exchanges with the same question, newest first, and those with its exact words before others.

        Lines do not store the cell.
        """
        with self._lock:
            found = self._by_question.get(_question(request), [])[::-1]
        return sorted(found, key=lambda one: one.request.get("messages") != request.get("messages"))

    def add(self, exchange: RecordedExchange, *, cell: str = "") -> None:
        """Append an exchange in one write, so that a crash damages at most the last line.

        Raises
        ------
        RecordingError
            The file cannot be written.
        """
        with self._lock:
            try:
                line = exchange.to_line()
                as_read = RecordedExchange.from_line(line)  # the same answer now as when the file is read again
                self._enter(_question(as_read.request), as_read)
                self._append(line.encode("utf-8"))
            except (OSError, *_MALFORMED) as error:
                raise RecordingError(f"The answer could not be recorded in {self.path} ({reason(error)}).") from None

    def clear(self) -> int:
        """Forget all exchanges and return how many there were; the next exchange replaces the file.

        Until then the file stays, so that nothing is lost if no server answers.
        """
        with self._lock:
            count = len(self._exchanges)
            self._exchanges.clear()
            self._by_question.clear()
            self._is_replaced = True
            return count

    def _enter(self, question: str, exchange: RecordedExchange) -> None:
        self._exchanges.append(exchange)
        self._by_question.setdefault(question, []).append(exchange)

    def _append(self, line: bytes) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self._is_replaced:
            self._replace(line)
            return
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            content = _missing_line_end(self.path) + line + b"\n"
            if os.write(handle, content) < len(content):
                raise OSError("the disk is full")
        finally:
            os.close(handle)

    def _replace(self, line: bytes) -> None:
        """Write a new file beside the old one, which it replaces when it is complete."""
        path = self.path.resolve()  # a link stays a link
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(line + b"\n")
            Path(beside).replace(path)
        except OSError:
            Path(beside).unlink()
            raise
        self._is_replaced = False


def _question(request: Mapping[str, Any]) -> str:
    return digest(same_question(request))


def _missing_line_end(path: Path) -> bytes:
    """Return the line end that is missing after a crash, so that the next exchange begins a new line."""
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return b""
        file.seek(-1, os.SEEK_END)
        return b"" if file.read(1) == b"\n" else b"\n"


def _read(path: Path) -> Iterator[tuple[str, RecordedExchange]]:
    """Yield the exchanges of a file, each with the hash of its question."""
    try:
        content = read_file(path)
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise RecordingError(f"{path} could not be read as a recording ({reason(error)}).") from None
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            if len(line) > _MAX_LINE:
                raise ValueError("it is longer than any exchange")
            exchange = RecordedExchange.from_line(line.decode("utf-8"))
            yield _question(exchange.request), exchange
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            if not _BEGINNING.startswith(line[: len(_BEGINNING)]):
                raise RecordingError(f"{path}, line {number}: not an exchange ({error}).") from None
            # Otherwise, a crash cut off the line while it was being written. All other lines are complete.
        except _MALFORMED as error:
            raise RecordingError(f"{path}, line {number}: not an exchange ({error}).") from None
