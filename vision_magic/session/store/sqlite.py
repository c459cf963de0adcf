"""Recorded exchanges in an SQLite file of limited size, with the cell that asked."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from vision_magic.errors import RecordingError, SettingsError
from vision_magic.session.paths import reason
from vision_magic.session.store.database import UNUSABLE, Database
from vision_magic.session.store.exchange import RecordedExchange, digest, pixel_hashes

__all__ = ["SqliteStore"]

# Triggers maintain the totals, so that adding an answer and showing the status do not read the whole table.
_SCHEMA: Final = (
    """CREATE TABLE IF NOT EXISTS answers (
        question TEXT NOT NULL, images TEXT NOT NULL, cell TEXT NOT NULL, at REAL NOT NULL, line TEXT NOT NULL,
        PRIMARY KEY (question, images))""",
    "CREATE INDEX IF NOT EXISTS answers_by_cell ON answers (cell, question, at)",
    "CREATE INDEX IF NOT EXISTS answers_by_age ON answers (at)",
    "CREATE TABLE IF NOT EXISTS totals (answers INTEGER NOT NULL, bytes INTEGER NOT NULL)",
    "INSERT INTO totals SELECT 0, 0 WHERE NOT EXISTS (SELECT * FROM totals)",
    """CREATE TRIGGER IF NOT EXISTS answer_added AFTER INSERT ON answers BEGIN
        UPDATE totals SET answers = answers + 1, bytes = bytes + LENGTH(CAST(new.line AS BLOB)); END""",
    """CREATE TRIGGER IF NOT EXISTS answer_deleted AFTER DELETE ON answers BEGIN
        UPDATE totals SET answers = answers - 1, bytes = bytes - LENGTH(CAST(old.line AS BLOB)); END""",
)
_VERSION: Final = 2


class SqliteStore:
    """A database of exchanges, with only the last one for each request and server.

    Parameters
    ----------
    path : Path
        The file; it does not have to exist.
    max_bytes : int
        Largest total size of the exchanges (bytes); the oldest are deleted first.
    """

    def __init__(self, path: Path, max_bytes: int) -> None:
        self.path = path
        self._max_bytes = max_bytes
        # A loss of power may damage the file, which is only a cache: what is read is checked, and may be asked again.
        self._database = Database(path, _SCHEMA, _VERSION, waits_for_disk=False)

    def __iter__(self) -> Iterator[RecordedExchange]:
        """Iterate over all exchanges, oldest first."""
        with self._database.transaction() as database:
            lines = database.execute("SELECT line FROM answers ORDER BY at").fetchall()
        return (RecordedExchange.from_line(line) for (line,) in lines)

    def count(self) -> int:
        """Return the number of exchanges."""
        return self.totals()[0]

    def totals(self) -> tuple[int, int]:
        """Return the number of exchanges and their size in bytes.

        Raises
        ------
        sqlite3.Error, OSError
            The file cannot be used.
        """
        with self._database.transaction() as database:
            count, size = database.execute("SELECT answers, bytes FROM totals").fetchone()
        return count, size

    def candidates(self, request: Mapping[str, Any], *, host: str = "", cell: str = "") -> Sequence[RecordedExchange]:
        """Return the exchange with this request and host, otherwise the last one of this cell with different images.

        An entry that cannot be read is not a candidate; the server is then asked again.
        """
        question, images = _keys(request, host)
        try:
            with self._database.transaction(write=False) as database:
                row = database.execute(
                    "SELECT line FROM answers WHERE question = ? AND images = ?", (question, images)
                ).fetchone()
                if row is None and cell:
                    row = database.execute(
                        "SELECT line FROM answers WHERE cell = ? AND question = ? ORDER BY at DESC LIMIT 1",
                        (cell, question),
                    ).fetchone()
            found = [] if row is None else [RecordedExchange.from_line(row[0])]
            asked = _keys(json.loads(json.dumps(request)), host)[
                0
            ]  # as a line holds it: names are strings, for example
            return [one for one in found if _keys(one.request, one.host)[0] == asked]
        except UNUSABLE:
            return []

    def add(self, exchange: RecordedExchange, *, cell: str = "") -> None:
        """Store an exchange, and delete the oldest ones if the file is too large.

        Raises
        ------
        RecordingError
            The file cannot be written.
        """
        try:
            row = (*_keys(exchange.request, exchange.host), cell, time.time(), exchange.to_line())
            with self._database.transaction() as database:
                database.execute("DELETE FROM answers WHERE question = ? AND images = ?", row[:2])
                database.execute("INSERT INTO answers (question, images, cell, at, line) VALUES (?, ?, ?, ?, ?)", row)
                size = database.execute("SELECT bytes FROM totals").fetchone()[0]
                if size > self._max_bytes:
                    # A tenth more than needed, so that not every new answer has to delete old ones.
                    _delete_oldest(database, size - int(0.9 * self._max_bytes))
        except UNUSABLE as error:
            raise RecordingError(f"The answer could not be kept in {self.path} ({reason(error)}).") from None

    def clear(self) -> int:
        """Delete all exchanges and return how many there were.

        Raises
        ------
        SettingsError
            The file cannot be used.
        """
        try:
            if not self.path.exists():
                return 0
            with self._database.transaction() as database:
                return database.execute("DELETE FROM answers").rowcount
        except UNUSABLE as error:
            raise SettingsError(
                f"{self.path} cannot be used ({reason(error)}); delete the file to start again."
            ) from None


def _keys(request: Mapping[str, Any], host: str) -> tuple[str, str]:
    """Return the hash of a question with its model and server, and the hash of its images' pixels."""
    question = {name: value for name, value in request.items() if name != "images"}
    return digest([question, host]), digest(pixel_hashes(request))


def _delete_oldest(database: sqlite3.Connection, excess: int) -> None:
    last = 0.0
    for at, size in database.execute("SELECT at, LENGTH(CAST(line AS BLOB)) FROM answers ORDER BY at"):
        if excess <= 0:
            break
        last, excess = at, excess - size
    database.execute("DELETE FROM answers WHERE at <= ?", (last,))
