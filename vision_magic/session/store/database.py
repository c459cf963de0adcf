"""SQLite files, which are readable only by their owner, and which several kernels and the threads of each can share."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

__all__ = ["UNUSABLE", "Database"]

UNUSABLE: Final = (sqlite3.Error, OSError, ValueError, TypeError, KeyError, RecursionError, OverflowError)
"""The errors of a database that cannot be used, or whose tables or rows are damaged."""

_LOCK_TIMEOUT: Final = 3.0  # seconds for another kernel to finish writing


class Database:
    """An SQLite file, created when it is first written to.

    Threads that wait for it take turns on one connection, and the last one closes it. So they do not wait for the
    locks of the file, which are polled; and between two uses nothing is open: the file can be moved or deleted, and a
    forked process inherits no connection, which SQLite does not allow.

    Parameters
    ----------
    path : Path
        The file.
    schema : sequence of str
        The statements that create its tables, each with ``IF NOT EXISTS``.
    version : int
        The version of the schema; a file with another version is not changed.
    waits_for_disk : bool
        Whether a transaction ends when the disk has it, so that the file survives a loss of power, and not only the end
        of the process. It takes 1 to 20 ms.
    """

    def __init__(self, path: Path, schema: Sequence[str], version: int, *, waits_for_disk: bool = True) -> None:
        self.path = path
        self._schema = schema
        self._version = version
        self._waits_for_disk = waits_for_disk
        self._begin()

    def _begin(self) -> None:
        self._process = os.getpid()
        self._turn = threading.Lock()
        self._counting = threading.Lock()
        self._users = 0
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None  # the device and the number of the file that is open

    @contextmanager
    def transaction(self, *, write: bool = True) -> Iterator[sqlite3.Connection]:
        """Open the file, and create it if it does not exist; the block is one transaction.

        Parameters
        ----------
        write : bool
            Whether the block may write. If not, the file must exist, and other kernels can read it at the same time.

        Raises
        ------
        sqlite3.Error, OSError
            The file cannot be used, such as on a full disk, or it is damaged or of another version. It is unchanged.
        """
        with self._connected_while_used(), self._turn:
            try:
                connection = self._opened(write)
                # The transaction starts before the first query, so that SQLite waits for the other kernel.
                connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
                if write:
                    _create_tables(connection, self._schema, self._version, self.path.name)
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                self._close()
                raise

    @contextmanager
    def _connected_while_used(self) -> Iterator[None]:
        if self._process != os.getpid():
            # Inherited from a thread that does not exist here, as its lock is. SQLite forbids closing it.
            self._inherited = self._connection
            self._begin()
        with self._counting:
            self._users += 1
        try:
            yield
        finally:
            with self._counting:
                self._users -= 1
            if not self._users:
                with self._turn:
                    if not self._users:  # still
                        self._close()

    def _opened(self, write: bool) -> sqlite3.Connection:
        if self.path.exists() and not self.path.is_file():
            raise OSError(f"{self.path.name} is a folder, a device or a pipe")
        if write and not self.path.exists():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # Created before SQLite opens it, so that other users can never read it, even briefly.
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        status = self.path.stat()
        file = (status.st_dev, status.st_ino)
        if file != self._file:  # deleted or replaced while others waited
            self._close()
        if self._connection is None:
            self._connection, self._file = _connected(self.path, self._waits_for_disk), file
        return self._connection

    def _close(self) -> None:
        """Close the connection, which undoes a transaction that has not ended."""
        connection, self._connection, self._file = self._connection, None, None
        if connection is not None:
            connection.close()


def _connected(path: Path, waits_for_disk: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_LOCK_TIMEOUT, isolation_level=None, check_same_thread=False)
    # A rollback journal, not WAL: if two kernels switch a new file to WAL at the same time, one fails immediately, and
    # on a network drive WAL damages the file. A journal that is only emptied, and one wait for the disk less, halve the
    # time of a transaction; the file still survives a crash.
    with contextlib.suppress(sqlite3.OperationalError):  # somebody else chose WAL, and uses the file
        connection.execute("PRAGMA journal_mode = TRUNCATE").fetchall()
    connection.execute(f"PRAGMA synchronous = {'NORMAL' if waits_for_disk else 'OFF'}")
    return connection


def _create_tables(connection: sqlite3.Connection, schema: Sequence[str], version: int, name: str) -> None:
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    if found > version or 0 < found < version:
        when = "a later" if found > version else "an earlier"
        raise sqlite3.DatabaseError(f"{name} was written by {when} vision_magic; delete it or use another file")
    if found < version:
        for statement in schema:  # executescript would end the transaction
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {version}")
