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
    # A rollback journal, not WAL: of two kernels that turn a new file to WAL at once, one is refused without a wait.
    # And one transaction from the first look on, so that SQLite waits for the other kernel wherever it has to.
    connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            _bring_up_to(connection, tables, version, path.name)
            yield connection
        except BaseException:
            if connection.in_transaction:  # a full disk has ended it already
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    finally:
        connection.close()


def _bring_up_to(connection: sqlite3.Connection, tables: str, version: int, name: str) -> None:
    """Make the tables where they are missing, in the transaction that is open."""
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    if found > version:
        raise sqlite3.DatabaseError(f"{name} was written by a later vision_magic")
    if found < version:
        for statement in tables.split(";"):  # executescript would end the transaction
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {version}")
