"""The log of exchanges: a database with a row for each request that was sent.

It is off by default; ``%vision log on``, ``vm.log(True)`` or ``VISION_MAGIC_LOG=FILE`` turns it on. Its plain tables
can be read with SQLite's shell, pandas or Datasette. They hold no keys, and only a hash and a description of images.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from vision_magic.chat.messages import Message, TextPart
from vision_magic.chat.reply import Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.errors import RecordingError
from vision_magic.images.image import Image, RemoteImage
from vision_magic.secrets import redact
from vision_magic.session.paths import as_path, reason, user_folder
from vision_magic.session.store.database import UNUSABLE, Database

__all__ = ["ExchangeLog"]

_SCHEMA: Final = (
    """CREATE TABLE IF NOT EXISTS exchanges (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, cell TEXT NOT NULL, model TEXT NOT NULL, host TEXT NOT NULL,
        state TEXT NOT NULL, finish_reason TEXT, system TEXT, question TEXT NOT NULL, answer TEXT NOT NULL,
        reasoning TEXT, options TEXT NOT NULL, tool_calls TEXT, prompt_tokens INTEGER, completion_tokens INTEGER,
        time_to_first_token REAL, seconds REAL, messages INTEGER NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS images (
        hash TEXT PRIMARY KEY, width INTEGER NOT NULL, height INTEGER NOT NULL, media_type TEXT NOT NULL,
        bytes INTEGER NOT NULL, source TEXT NOT NULL, note TEXT NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS exchange_images (
        exchange INTEGER NOT NULL REFERENCES exchanges (id), place INTEGER NOT NULL,
        image TEXT NOT NULL REFERENCES images (hash), PRIMARY KEY (exchange, place))""",
    """CREATE TABLE IF NOT EXISTS answer_images (
        exchange INTEGER NOT NULL REFERENCES exchanges (id), place INTEGER NOT NULL,
        image TEXT NOT NULL REFERENCES images (hash), PRIMARY KEY (exchange, place))""",
)
_VERSION: Final = 3
_NOT_OPTIONS: Final = ("messages", "model", "stream", "stream_options")  # fields that have columns, or concern the wire


class ExchangeLog:
    """The log of exchanges.

    Parameters
    ----------
    usual_path : Path, optional
        The file that is used if none is named; by default ``log.sqlite`` in the user's data folder.
    """

    def __init__(self, usual_path: Path | None = None) -> None:
        self._usual_path = usual_path
        self._chosen: Path | bool | None = None
        self._opened: Database | None = None

    @property
    def is_on(self) -> bool:
        """Whether exchanges are logged, or would be if the file that is named could be one."""
        return bool(_named() if self._chosen is None else self._chosen)

    @property
    def path(self) -> Path | None:
        """The file, or None if nothing is logged."""
        named = _named()
        is_named = self._chosen is None and bool(named)
        chosen = as_path(named, "VISION_MAGIC_LOG", "log.sqlite", RecordingError) if is_named else self._chosen
        if not chosen:
            return None
        return self._usual() if chosen is True else chosen

    def use(self, where: str | Path | bool | None = True) -> Path | None:
        """Log every exchange from now on, or stop logging.

        Parameters
        ----------
        where : str, Path, bool or None
            The file; True for the default file, False to stop, None for the file that ``VISION_MAGIC_LOG`` names.

        Returns
        -------
        Path or None
            The file, or None if nothing is logged now.

        Raises
        ------
        RecordingError
            `where` cannot be a path.
        """
        is_switch = where is None or isinstance(where, bool)
        self._chosen = where if is_switch else as_path(where, "log", "log.sqlite", RecordingError)  # type: ignore[assignment]
        return self.path

    def add(self, reply: Reply, *, cell: str = "", failed: bool = False) -> None:
        """Log one exchange, complete or not; no effect if the log is off.

        Parameters
        ----------
        reply : Reply
            The reply as received so far.
        cell : str
            The label of the cell that asked, such as ``In [3]``.
        failed : bool
            Whether the request failed before any part of the reply arrived.

        Raises
        ------
        RecordingError
            The file cannot be written.
        """
        path, request = self.path, reply.request
        if path is None or request is None:
            return
        try:
            row = _row(reply, request) | {"cell": _storable(cell)} | ({"state": "failed"} if failed else {})
            with self._database(path).transaction() as database:
                marks = ", ".join("?" for _ in row)
                made = database.execute(
                    f"INSERT INTO exchanges ({', '.join(row)}) VALUES ({marks})", tuple(row.values())
                )
                _add_images(database, "exchange_images", made.lastrowid or 0, request.images)
                _add_images(database, "answer_images", made.lastrowid or 0, reply.output_images)
        except UNUSABLE as error:
            raise RecordingError(f"The exchange could not be logged in {path} ({reason(error)}).") from None

    def status(self) -> str:
        """Return whether exchanges are logged, how many there are, and where."""
        try:
            path = self.path
        except RecordingError as error:
            return f"Exchanges are to be logged, but {error}"
        if path is None:
            return "Nothing is logged."
        try:
            with self._database(path).transaction() as database:
                count = database.execute("SELECT COUNT(*) FROM exchanges").fetchone()[0]
        except UNUSABLE as error:
            return f"Exchanges are to be logged, but {path} cannot be used ({reason(error)})"
        return f"Exchanges are logged in {path} ({count:,} so far)."

    def _database(self, path: Path) -> Database:
        """Return the database of the file, the same for all threads, so that they take turns."""
        database = self._opened
        if database is None or database.path != path:
            database = self._opened = Database(path, _SCHEMA, _VERSION)
        return database

    def _usual(self) -> Path:
        return self._usual_path or user_folder("data", RecordingError) / "log.sqlite"


def _named() -> str:
    return os.environ.get("VISION_MAGIC_LOG", "").strip()


def _row(reply: Reply, request: ChatRequest) -> dict[str, Any]:
    choice, usage = reply.choices[0], reply.usage
    last = {message.role: message for message in request.messages}
    wire = request.to_wire(data_uri=lambda image: "image")
    options = {name: value for name, value in wire.items() if name not in _NOT_OPTIONS}
    calls = [{"name": call.name, "arguments": call.arguments} for call in choice.tool_calls]
    texts = {
        "model": reply.model or request.model,
        "host": reply.host,
        "state": reply.state,
        "finish_reason": choice.finish_reason,
        "system": _text(last.get("system")),
        "question": _text(last.get("user")),
        "answer": "\n\n".join(choice.text for choice in reply.choices),
        "reasoning": choice.reasoning or None,
        "options": json.dumps(options, ensure_ascii=False),
        "tool_calls": json.dumps(calls, ensure_ascii=False) if calls else None,
    }
    return {
        "at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        **{name: _storable(text) if isinstance(text, str) else text for name, text in texts.items()},
        "prompt_tokens": usage.prompt_tokens if usage else None,
        "completion_tokens": usage.completion_tokens if usage else None,
        "time_to_first_token": reply.timing.time_to_first_token,
        "seconds": reply.timing.total,
        "messages": len(request.messages),
    }


def _storable(text: str) -> str:
    """Return a string without keys and lone surrogates, which a database cannot store."""
    return redact(text).encode("utf-8", "replace").decode("utf-8")


def _add_images(database: sqlite3.Connection, table: str, exchange: int, images: Sequence[Image | RemoteImage]) -> None:
    for place, image in enumerate(images):
        if isinstance(image, Image):
            row = (exchange, place, _add_image(database, image))
            database.execute(f"INSERT INTO {table} VALUES (?, ?, ?)", row)


def _add_image(database: sqlite3.Connection, image: Image) -> str:
    """Add the description of an image, unless it is there already, and return its hash."""
    digest = hashlib.sha256(image.data).hexdigest()
    database.execute(
        "INSERT OR IGNORE INTO images VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            *(digest, image.width, image.height, image.media_type, len(image.data)),
            *(_storable(image.source), _storable(image.note)),
        ),
    )
    return digest


def _text(message: Message | None) -> str:
    if message is None:
        return ""
    if isinstance(message.content, str):
        return message.content
    return "\n".join(part.text for part in message.content if isinstance(part, TextPart))
