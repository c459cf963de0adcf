"""The database of a run: its tables, and how it is opened safely on disks of this machine and of others."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

from vision_magic.each.run_file.row_columns import COLUMNS
from vision_magic.errors import RunError
from vision_magic.session.paths import reason

__all__ = ["OTHER_NAME", "RunDatabase", "is_shared"]

OTHER_NAME: Final = 'run="…"'
"""How another name is given to a run in Python; a cell writes it otherwise."""


_APPLICATION: Final = 0x564D5231  # marks the file as a run's
_VERSION: Final = 2
_HEADER: Final = b"SQLite format 3\0"
_CHECKPOINT: Final = 4000  # pages of 4 kB after which the WAL is copied to the database, which waits for the disk
_TIMEOUT: Final = 5.0  # seconds for another connection to finish writing

_SCHEMA: Final = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # A picture has its place in the order before its row comes, and keeps it for all of its repeats.
    "CREATE TABLE pictures (key TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE INDEX pictures_in_order ON pictures (position, key)",
    """CREATE TABLE rows (
        key TEXT NOT NULL, repeat INTEGER NOT NULL, state TEXT NOT NULL, picture TEXT NOT NULL, value TEXT,
        text TEXT NOT NULL, error TEXT NOT NULL, doubt TEXT NOT NULL, model TEXT NOT NULL,
        system_fingerprint TEXT NOT NULL, prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL,
        cached_tokens INTEGER NOT NULL, estimated INTEGER NOT NULL, seconds REAL NOT NULL, tries INTEGER NOT NULL,
        width INTEGER NOT NULL, height INTEGER NOT NULL, note TEXT NOT NULL, at REAL NOT NULL, worker TEXT NOT NULL,
        PRIMARY KEY (key, repeat)) WITHOUT ROWID""",
    # The few rows that a person looks for among a million.
    "CREATE INDEX rows_without_answer ON rows (state, key, repeat) WHERE state <> 'done'",
    "CREATE INDEX rows_in_doubt ON rows (key, repeat) WHERE doubt <> ''",
    # Kept by the database itself, since adding up a million rows takes seconds.
    """CREATE TABLE sums (
        state TEXT NOT NULL, model TEXT NOT NULL, repeat INTEGER NOT NULL, rows INTEGER NOT NULL,
        prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL, cached_tokens INTEGER NOT NULL,
        seconds REAL NOT NULL,
        tries INTEGER NOT NULL, estimated INTEGER NOT NULL, PRIMARY KEY (state, model, repeat)) WITHOUT ROWID""",
    """CREATE TRIGGER row_added AFTER INSERT ON rows BEGIN
        INSERT INTO sums VALUES (new.state, new.model, new.repeat, 1, new.prompt_tokens, new.completion_tokens,
            new.cached_tokens, new.seconds, new.tries, new.estimated)
        ON CONFLICT DO UPDATE SET rows = rows + 1, prompt_tokens = prompt_tokens + new.prompt_tokens,
            completion_tokens = completion_tokens + new.completion_tokens,
            cached_tokens = cached_tokens + new.cached_tokens, seconds = seconds + new.seconds,
            tries = tries + new.tries, estimated = estimated + new.estimated; END""",
    """CREATE TRIGGER row_removed AFTER DELETE ON rows BEGIN
        UPDATE sums SET rows = rows - 1, prompt_tokens = prompt_tokens - old.prompt_tokens,
            completion_tokens = completion_tokens - old.completion_tokens,
            cached_tokens = cached_tokens - old.cached_tokens, seconds = seconds - old.seconds,
            tries = tries - old.tries, estimated = estimated - old.estimated
        WHERE state = old.state AND model = old.model AND repeat = old.repeat; END""",
    # Rows with their places, to be read and to be written: one statement a row, which needs no transaction of its own.
    # A picture whose place was never said stands behind the others.
    "CREATE VIEW answers AS SELECT rows.*, position FROM rows JOIN pictures USING (key)",
    f"""CREATE TRIGGER answer_added INSTEAD OF INSERT ON answers BEGIN
        INSERT INTO pictures (key, position)
        SELECT new.key, COALESCE(new.position, (SELECT MAX(position) + 1 FROM pictures), 0) WHERE 1
        ON CONFLICT (key) DO UPDATE SET position = new.position WHERE position <> new.position;
        INSERT OR REPLACE INTO rows ({", ".join(COLUMNS)}) VALUES ({", ".join(f"new.{name}" for name in COLUMNS)});
        END""",
    "CREATE TABLE labels (key TEXT PRIMARY KEY, label TEXT NOT NULL, labelled_by TEXT NOT NULL, at REAL NOT NULL)",
    "CREATE TABLE batches (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, document TEXT NOT NULL)",
)

# File systems that other machines may have mounted too: the shared memory of WAL does not work across machines.
_SHARED: Final = frozenset({
    "9p", "afs", "autofs", "beegfs", "ceph", "cifs", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "gfs2",
    "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "panfs", "pvfs2", "smb3", "smbfs",
    "virtiofs", "wekafs",
})  # fmt: skip


class RunDatabase:
    """The database of a run in use, by any thread of the process that opened it.

    Parameters
    ----------
    path : Path
        The file.
    connection : sqlite3.Connection
        Its connection, which commits each statement.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._process = os.getpid()
        self._guard = threading.RLock()

    @classmethod
    def create(cls, path: Path, mark: Mapping[str, Any]) -> Self:
        """Open the database of a run to write many rows, and create it with a mark if it does not exist.

        The caller holds the run's lock. On a disk of this machine, others can read meanwhile.

        Raises
        ------
        RunError
            The file is not a run's, has another version, or cannot be used.
        """
        try:
            if _is_new(path):
                _create(path, mark)
        except (OSError, sqlite3.Error) as error:
            raise RunError(f"{path} cannot be created ({_words(error)}); name another file: {OTHER_NAME}.") from None
        database = cls.open(path)
        try:
            if is_shared(path):
                # Without shared memory: SQLite keeps the index of the WAL to itself, and others cannot read meanwhile.
                database._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            # A commit is a write without a wait for the disk: 50 µs, where a rollback journal takes milliseconds. If
            # the mode cannot be changed, such as while another connection reads, SQLite keeps the old one.
            database._connection.execute("PRAGMA journal_mode = WAL").fetchone()
            database._connection.execute("PRAGMA synchronous = NORMAL")
            database._connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT}")
        except sqlite3.Error as error:
            database.close()
            raise RunError(_unusable(path, error)) from None
        return database

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the database of a run that exists.

        Raises
        ------
        RunError
            The file is not a run's, has another version, or cannot be read.
        """
        _check_file(path)
        try:
            connection = sqlite3.connect(path, timeout=_TIMEOUT, isolation_level=None, check_same_thread=False)
            try:
                _check_version(connection, path)
                # A row that is replaced is removed first; without this, its trigger would not know.
                connection.execute("PRAGMA recursive_triggers = ON")
            except BaseException:
                connection.close()
                raise
        except sqlite3.Error as error:
            raise RunError(_unusable(path, error)) from None
        return cls(path, connection)

    def query(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query; raise `RunError` if it fails."""
        with self._guard:
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.Error as error:
                raise RunError(_unusable(self.path, error)) from None

    @contextlib.contextmanager
    def transaction(self, what: str) -> Iterator[sqlite3.Connection]:
        """Commit what a block writes, or nothing of it.

        Parameters
        ----------
        what : str
            What is written, for the message.

        Raises
        ------
        RunError
            It cannot be written, such as on a full disk; what was committed before is kept.
        """
        with self._guard:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                    self._connection.execute("COMMIT")
                except BaseException:
                    if self._connection.in_transaction:  # a full disk has ended it already
                        self._connection.execute("ROLLBACK")
                    raise
            except sqlite3.Error as error:
                raise self._failed(what, error) from None

    def write(self, what: str, statement: str, values: Sequence[Any]) -> None:
        """Commit one statement; parameters and errors as for `transaction`.

        It costs half of a transaction, and lets other threads interrupt once instead of four times.
        """
        with self._guard:
            try:
                self._connection.execute(statement, values)
            except sqlite3.Error as error:
                raise self._failed(what, error) from None

    def _failed(self, what: str, error: sqlite3.Error) -> RunError:
        return RunError(
            f"{what} could not be written to {self.path} ({_words(error)}). What was written before is kept: once that "
            "is solved, the same call again asks only what is missing."
        )

    def settle(self) -> None:
        """Make it one plain file, which can be copied, and read in a folder that cannot be written.

        If another connection is open, its last one does that when it is closed.
        """
        with self._guard, contextlib.suppress(sqlite3.Error):
            self._connection.execute("PRAGMA busy_timeout = 0")
            self._connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            # In this order: WAL without shared memory cannot be shared. The lock is released by the next query.
            self._connection.execute("PRAGMA locking_mode = NORMAL")
            self._connection.execute("SELECT * FROM meta").fetchall()
            self._connection.execute(f"PRAGMA busy_timeout = {int(1000 * _TIMEOUT)}")

    def close(self) -> None:
        """Close it; may be called twice. In a forked process, SQLite forbids that, and it does nothing."""
        if self._process == os.getpid():
            with self._guard:
                self._connection.close()


def is_shared(path: Path) -> bool:
    """Whether a file is on a file system that other machines may have mounted too; False where that is not known."""
    if sys.platform == "win32":
        return str(path).startswith("\\\\")
    return _file_system(path, _mounts()) in _SHARED


def _mounts() -> str:
    try:
        return Path("/proc/self/mounts").read_text("utf-8", "surrogateescape")
    except OSError:  # not Linux
        return ""


def _file_system(path: Path, mounts: str) -> str:
    """Return the type of the file system of a path: that of the longest mount point above it, the last of equals."""
    real = os.path.realpath(path.parent)
    found, length = "", 0
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        is_above = point == "/" or real == point or real.startswith(f"{point}/")
        if is_above and len(point) >= length:
            found, length = fields[2], len(point)
    return found


def _is_new(path: Path) -> bool:
    """Whether a file does not exist, or is empty, as it is too when its creation was interrupted."""
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        return True
    if not path.with_name(f"{path.name}-journal").exists():
        return False
    connection = sqlite3.connect(path, timeout=_TIMEOUT)  # which undoes what was not committed
    try:
        return not connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]
    finally:
        connection.close()


def _create(path: Path, mark: Mapping[str, Any]) -> None:
    """Create a database in one transaction, readable only by its owner."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # before SQLite opens it, which lets others read it
    database = sqlite3.connect(path, timeout=_TIMEOUT, isolation_level=None)
    try:
        database.execute("BEGIN IMMEDIATE")
        for statement in _SCHEMA:  # executescript would end the transaction
            database.execute(statement)
        meta = {"mark": dict(mark), "created": time.time(), "version": _package_version()}
        values = [(name, json.dumps(value)) for name, value in meta.items()]
        database.executemany("INSERT INTO meta VALUES (?, ?)", values)
        database.execute(f"PRAGMA application_id = {_APPLICATION}")
        database.execute(f"PRAGMA user_version = {_VERSION}")
        database.execute("COMMIT")
    finally:
        database.close()


def _package_version() -> str:
    return str(sys.modules["vision_magic"].__version__)  # not imported: it is above this module


def _check_file(path: Path) -> None:
    try:
        if path.is_dir():
            raise RunError(f"{path} is a folder; expected the file of a run, such as moths.vision.sqlite.")
        if path.exists() and not path.is_file():
            raise RunError(f"{path} is a device or a pipe; expected the file of a run.")
        with path.open("rb") as file:
            header = file.read(len(_HEADER))
    except FileNotFoundError:
        raise RunError(
            f"{path} does not exist; expected the file of a run, which vision_magic.ask_each makes."
        ) from None
    except (OSError, ValueError) as error:
        raise RunError(f"{path} cannot be read ({reason(error)}).") from None
    if header != _HEADER:
        raise RunError(f"{path} is not a database, or is damaged at its beginning; delete it, or name another file.")


def _check_version(database: sqlite3.Connection, path: Path) -> None:
    application = database.execute("PRAGMA application_id").fetchone()[0]
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if application != _APPLICATION:
        raise RunError(f"{path} is a database, but not that of a run; name another file.")
    if version != _VERSION:
        when = "a later" if version > _VERSION else "an earlier"
        raise RunError(
            f"{path} was written by {when} vision_magic (version {version} of the file; this one reads {_VERSION}). "
            "Use that one, give this run another name, or delete the file."
        )


def _unusable(path: Path, error: sqlite3.Error) -> str:
    words = str(error)
    if "locked" in words:
        return f"{path} is locked by another program. Wait until it has finished, or give this run another name."
    if "not a database" in words or "malformed" in words:
        return f"{path} is damaged ({reason(error)}); delete it, or name another file."
    return f"{path} cannot be used ({_words(error)})."


def _words(error: Exception) -> str:
    """Return why a database cannot be used, with the next step where there is one."""
    words = reason(error)
    if "full" in words:
        return f"{words}: make room on it"
    if "locked" in words:
        return f"{words}: another program writes it"
    if "readonly" in words or "unable to open" in words:
        return f"{words}: it, or its folder, cannot be written by this user"
    return words
