"""Opening of SQLite files, which are readable only by their owner, and which several kernels can share."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

__all__ = ["UNUSABLE", "opened"]

UNUSABLE: Final = (sqlite3.Error, OSError, ValueError, TypeError, KeyError, RecursionError, OverflowError)
"""The errors of a database that cannot be used, or whose tables or rows are damaged."""

_LOCK_TIMEOUT: Final = 3.0  # seconds for another kernel to finish writing


@contextmanager
def opened(path: Path, schema: Sequence[str], version: int) -> Iterator[sqlite3.Connection]:
    """Open a database, and create it if it does not exist; the block is one transaction.

    Parameters
    ----------
    path : Path
        The file.
    schema : sequence of str
        The statements that create its tables, each with ``IF NOT EXISTS``.
    version : int
        The version of the schema; a file with another version is not changed.

    Raises
    ------
    sqlite3.Error, OSError
        The file cannot be used, such as on a full disk, or if it is damaged or has another version. It is unchanged.
    """
    if path.exists() and not path.is_file():
        raise OSError(f"{path.name} is a folder, a device or a pipe")
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # Created before SQLite opens it, so that other users can never read it, even briefly.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    # A rollback journal, not WAL: if two kernels switch a new file to WAL at the same time, one fails immediately.
    # The transaction starts before the first query, so that SQLite waits for the other kernel.
    connection = sqlite3.connect(path, timeout=_LOCK_TIMEOUT, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            _create_tables(connection, schema, version, path.name)
            yield connection
        except BaseException:
            if connection.in_transaction:  # a full disk has ended it already
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    finally:
        connection.close()


def _create_tables(connection: sqlite3.Connection, schema: Sequence[str], version: int, name: str) -> None:
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    if found > version or 0 < found < version:
        when = "a later" if found > version else "an earlier"
        raise sqlite3.DatabaseError(f"{name} was written by {when} vision_magic; delete it or use another file")
    if found < version:
        for statement in schema:  # executescript would end the transaction
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {version}")
