"""How is a file of SQLite opened? For its owner alone, shared by kernels, never at the price of an answer."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

__all__ = ["opened"]

_WAIT: Final = 3.0  # seconds for another kernel to finish writing


@contextmanager
def opened(path: Path, tables: str, version: int) -> Iterator[sqlite3.Connection]:
    """Open a database, made where it is not there; what is done inside is one transaction.

    Parameters
    ----------
    path : Path
        The file.
    tables : str
        The statements that make its tables, each with ``IF NOT EXISTS``.
    version : int
        Of the tables; a file of a later version is left alone.

    Raises
    ------
    sqlite3.Error, OSError
        It cannot be used: a full disk, a damaged file, a later version. Nothing in it is changed then.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # Made before SQLite does, so that it is never readable by others, not even for a moment.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    try:
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found > version:
            raise sqlite3.DatabaseError(f"{path.name} was written by a later vision_magic")
        connection.execute("PRAGMA journal_mode = WAL")
        if found < version:
            connection.executescript(f"{tables}; PRAGMA user_version = {version}")
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    finally:
        connection.close()
