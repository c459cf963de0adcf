"""Was this very question answered before? Answers kept while nothing that made them has changed.

Off until it is asked for: ``%vision keep on``, ``vm.keep(True)`` or ``VISION_MAGIC_KEEP=on``. An answer is kept for its
texts, options, model, server and the pixels of its pictures, as a recording, in one file of the user's cache.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from vision_magic.errors import SettingsError
from vision_magic.session.database import opened
from vision_magic.wire.cassette import Recorded

__all__ = ["Kept", "clear", "find", "is_on", "keep", "path", "status", "store"]

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS kept (
    question TEXT NOT NULL, pictures TEXT NOT NULL, cell TEXT NOT NULL, at REAL NOT NULL, line TEXT NOT NULL,
    PRIMARY KEY (question, pictures));
CREATE INDEX IF NOT EXISTS kept_of_cell ON kept (cell, question, at)
"""
_VERSION: Final = 1
_MOST: Final = 64 * 1024 * 1024  # bytes of answers; the oldest go first

_on: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer that was kept.

    Attributes
    ----------
    recorded : Recorded
        The exchange.
    at : float
        When it was answered, in seconds since 1970.
    changed : bool
        Whether the pictures of its cell are others by now.
    """

    recorded: Recorded
    at: float
    changed: bool = False

    @property
    def note(self) -> str:
        """What is to be said of it."""
        if self.changed:
            return "the figure has changed since this answer; --fresh asks again"
        return f"kept answer of {time.strftime('%Y-%m-%d', time.localtime(self.at))}; --fresh asks again"


def keep(on: bool | None = True) -> bool:
    """Keep answers from now on, or no longer; None leaves it to ``VISION_MAGIC_KEEP``. Return what holds."""
    global _on
    if on not in (True, False, None):
        raise SettingsError(f"keep got {on!r}; expected True, False, or None for what the environment says.")
    _on = on
    return is_on()


def is_on() -> bool:
    """Whether answers are kept."""
    return os.environ.get("VISION_MAGIC_KEEP", "").strip().lower() in ("on", "1", "true") if _on is None else _on


def path() -> Path:
    """Return where answers are kept."""
    from platformdirs import user_cache_path

    return user_cache_path("vision_magic") / "answers.sqlite"


def find(asked: Mapping[str, Any], host: str, cell: str = "") -> Kept | None:
    """Return the kept answer to a question; the cell's last one to the same words, where its pictures have changed."""
    question, pictures = _keys(asked, host)
    try:
        with opened(path(), _TABLES, _VERSION) as database:
            row = database.execute(
                "SELECT line, at, pictures FROM kept "
                "WHERE question = ? AND (pictures = ? OR (cell = ? AND cell != '')) "
                "ORDER BY pictures = ? DESC, at DESC LIMIT 1",
                (question, pictures, cell, pictures),
            ).fetchone()
        return None if row is None else Kept(recorded=Recorded.from_line(row[0]), at=row[1], changed=row[2] != pictures)
    except (sqlite3.Error, OSError, ValueError, TypeError, KeyError):
        return None  # what cannot be read is asked again


def store(recorded: Recorded, cell: str = "") -> str:
    """Keep an answer; return why that was not possible, or nothing."""
    question, pictures = _keys(recorded.asked, recorded.host)
    line = recorded.to_line().encode("utf-8", "replace").decode("utf-8")
    try:
        with opened(path(), _TABLES, _VERSION) as database:
            database.execute(
                "INSERT OR REPLACE INTO kept (question, pictures, cell, at, line) VALUES (?, ?, ?, ?, ?)",
                (question, pictures, cell, time.time(), line),
            )
            total = database.execute("SELECT COALESCE(SUM(LENGTH(line)), 0) FROM kept").fetchone()[0]
            if total > _MOST:
                # A tenth more than needed, so that not every answer pays for it.
                _forget_oldest(database, total - int(0.9 * _MOST))
    except (sqlite3.Error, OSError) as error:
        return f"the answer could not be kept in {path()} ({error})"
    return ""


def _forget_oldest(database: sqlite3.Connection, excess: int) -> None:
    for question, pictures, size in database.execute(
        "SELECT question, pictures, LENGTH(line) FROM kept ORDER BY at"
    ).fetchall():
        if excess <= 0:
            return
        database.execute("DELETE FROM kept WHERE question = ? AND pictures = ?", (question, pictures))
        excess -= size


def clear() -> int:
    """Forget every kept answer; return how many there were. Raise SettingsError where the file cannot be used."""
    if not path().exists():
        return 0
    try:
        with opened(path(), _TABLES, _VERSION) as database:
            count: int = database.execute("SELECT COUNT(*) FROM kept").fetchone()[0]
            database.execute("DELETE FROM kept")
    except (sqlite3.Error, OSError) as error:
        raise SettingsError(f"{path()} cannot be used ({error}); delete that file to begin anew.") from None
    return count


def status() -> str:
    """Return whether answers are kept, how many there are, and where."""
    words = "on" if is_on() else "off"
    if not path().exists():
        return f"keep is {words}; no answer is kept"
    try:
        with opened(path(), _TABLES, _VERSION) as database:
            count, size = database.execute("SELECT COUNT(*), COALESCE(SUM(LENGTH(line)), 0) FROM kept").fetchone()
    except (sqlite3.Error, OSError) as error:
        return f"keep is {words}; {path()} cannot be used ({error})"
    return f"keep is {words}; {count:,} answers, {size / 1e6:.1f} MB, in {path()}"


def _keys(asked: Mapping[str, Any], host: str) -> tuple[str, str]:
    """Return the hash of what was asked of whom, and that of the pictures' pixels."""
    words = {name: value for name, value in asked.items() if name != "pictures"}
    pixels = [picture.get("pixels") for picture in asked.get("pictures", ())]
    return _hash([words, host]), _hash(pixels)


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=True).encode("ascii")).hexdigest()
