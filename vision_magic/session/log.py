"""What was asked, when, and what came back? Every exchange in a database, where somebody asked for that.

Off until it is asked for: ``%vision log on``, ``vm.log(True)`` or ``VISION_MAGIC_LOG=FILE``. Plain tables, for SQLite's
own shell, pandas or Datasette; no keys, and of pictures only their hash.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import sqlite3
from pathlib import Path
from typing import Any, Final

from vision_magic.chat.messages import Message, TextPart
from vision_magic.chat.reply import Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.images.image import Image
from vision_magic.secrets import redact
from vision_magic.session.database import opened

__all__ = ["active", "log", "note", "status"]

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS exchanges (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, cell TEXT NOT NULL, model TEXT NOT NULL, host TEXT NOT NULL,
    state TEXT NOT NULL, finish_reason TEXT, system TEXT, question TEXT NOT NULL, answer TEXT NOT NULL, reasoning TEXT,
    options TEXT NOT NULL, tool_calls TEXT, prompt_tokens INTEGER, completion_tokens INTEGER,
    time_to_first_token REAL, seconds REAL, messages INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS pictures (
    hash TEXT PRIMARY KEY, width INTEGER NOT NULL, height INTEGER NOT NULL, media_type TEXT NOT NULL,
    bytes INTEGER NOT NULL, source TEXT NOT NULL, note TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS exchange_pictures (
    exchange INTEGER NOT NULL REFERENCES exchanges (id), place INTEGER NOT NULL,
    picture TEXT NOT NULL REFERENCES pictures (hash), PRIMARY KEY (exchange, place))
"""
_VERSION: Final = 1

_chosen: Path | bool | None = None


def log(where: str | Path | bool | None = True) -> Path | None:
    """Log every exchange from now on.

    Parameters
    ----------
    where : str, Path, bool or None
        The file; True for the usual one, False for none, None for what ``VISION_MAGIC_LOG`` names.

    Returns
    -------
    Path or None
        Where it is logged.
    """
    global _chosen
    _chosen = where if where is None or isinstance(where, bool) else Path(where).expanduser().absolute()
    return active()


def active() -> Path | None:
    """Return the file, or None where nothing is logged."""
    named = os.environ.get("VISION_MAGIC_LOG", "").strip()
    chosen = Path(named).expanduser() if _chosen is None and named else _chosen
    if not chosen:
        return None
    return _usual() if chosen is True else chosen


def _usual() -> Path:
    from platformdirs import user_data_path

    return user_data_path("vision_magic") / "log.sqlite"


def note(reply: Reply, cell: str = "", *, failed: bool = False) -> str:
    """Log one exchange, whole or not, where that was asked for; return why it was not possible, or nothing.

    Parameters
    ----------
    reply : Reply
        As far as it came.
    failed : bool
        Whether nothing came of it: an error ended it before.
    """
    path, request = active(), reply.request
    if path is None or request is None:
        return ""
    try:
        with opened(path, _TABLES, _VERSION) as database:
            row = _row(reply, request, cell) | ({"state": "failed"} if failed else {})
            marks = ", ".join("?" for _ in row)
            made = database.execute(f"INSERT INTO exchanges ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
            for place, image in enumerate(request.images):
                if isinstance(image, Image):
                    _note_picture(database, made.lastrowid or 0, place, image)
    except (sqlite3.Error, OSError) as error:
        return f"the exchange could not be logged in {path} ({error})"
    return ""


def _row(reply: Reply, request: ChatRequest, cell: str) -> dict[str, Any]:
    choice, usage = reply.choices[0], reply.usage
    said = {message.role: message for message in request.messages}
    wire = request.to_wire(data_uri=lambda image: "picture")
    options = {name: value for name, value in wire.items() if name not in ("messages", "model", "stream")}
    calls = [{"name": call.name, "arguments": call.arguments} for call in choice.tool_calls]
    texts = {
        "cell": cell,
        "model": reply.model or request.model,
        "host": reply.host,
        "state": reply.state,
        "finish_reason": choice.finish_reason,
        "system": _text(said.get("system")),
        "question": _text(said.get("user")),
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
    """Return text without keys, and without the halves of letters, which no database takes."""
    return redact(text).encode("utf-8", "replace").decode("utf-8")


def _note_picture(database: sqlite3.Connection, exchange: int, place: int, image: Image) -> None:
    digest = hashlib.sha256(image.data).hexdigest()
    database.execute(
        "INSERT OR IGNORE INTO pictures VALUES (?, ?, ?, ?, ?, ?, ?)",
        (digest, image.width, image.height, image.media_type, len(image.data), image.source, image.note),
    )
    database.execute("INSERT INTO exchange_pictures VALUES (?, ?, ?)", (exchange, place, digest))


def _text(message: Message | None) -> str:
    if message is None:
        return ""
    if isinstance(message.content, str):
        return message.content
    return "\n".join(part.text for part in message.content if isinstance(part, TextPart))


def status() -> str:
    """Return whether exchanges are logged, how many there are, and where."""
    path = active()
    if path is None:
        return "log is off"
    try:
        with opened(path, _TABLES, _VERSION) as database:
            count = database.execute("SELECT COUNT(*) FROM exchanges").fetchone()[0]
    except (sqlite3.Error, OSError) as error:
        return f"log is on, but {path} cannot be used ({error})"
    return f"log is on; {count:,} exchanges in {path}"
