"""The file of a run: one SQLite database with a row for each picture, written as the answers come.

The tables are plain and can be read with SQLite's shell, pandas or Datasette, also while the run goes on. Each row is
committed on its own: if the kernel is killed, all rows that `RunFile.add` has returned from are in the file. A power
failure may cost the rows of the last seconds, and never damages the file.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from vision_magic.each.pictures.keys import decode_key, encode_key
from vision_magic.each.row import Key, Row, State
from vision_magic.each.run_file.batches import Batches
from vision_magic.each.run_file.database import OTHER_NAME, RunDatabase
from vision_magic.each.run_file.lock import RunLock, RunLocked
from vision_magic.each.run_file.mark import differences
from vision_magic.each.run_file.row_columns import COLUMNS, from_columns, storable, to_columns, to_json
from vision_magic.errors import RunError
from vision_magic.reprs import short_repr
from vision_magic.secrets import without_keys, without_keys_in
from vision_magic.session.paths import as_path, reason, user_folder

__all__ = ["OTHER_NAME", "Batches", "Label", "RunFile", "path_of"]

_SUFFIX: Final = ".vision.sqlite"
_DATABASES: Final = (".sqlite", ".sqlite3", ".db")
_PAGE: Final = 500  # rows that are read at once
_KEY: Final = COLUMNS.index("key")
_PLACES: Final = 1000  # positions that are written at once

_NAMES: Final = ", ".join(COLUMNS)
_ADD: Final = f"INSERT INTO answers ({_NAMES}, position) VALUES ({', '.join('?' * len(COLUMNS))}, ?)"
_PLACE: Final = (
    "INSERT INTO pictures (key, position) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET position = excluded.position "
    "WHERE position <> excluded.position"
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a person says of a picture.

    Attributes
    ----------
    key : Key
        The picture.
    label : JSON values
        The right value.
    labelled_by : str
        Who says so.
    at : float
        When (seconds since 1970).
    """

    key: Key
    label: Any
    labelled_by: str = ""
    at: float = 0.0


class RunFile:
    """The rows of a run in a file; made by `open` or `read`. It can be used by several threads.

    Attributes
    ----------
    path : Path
        The file.
    mark : dict of str to JSON values
        What identifies the run: the question, the schema, the model, …
    """

    def __init__(self, database: RunDatabase, lock: RunLock | None = None) -> None:
        self.path = database.path
        self._database = database
        self._run_lock = lock
        self._guard = threading.RLock()
        self._places: dict[str, int] = {}  # of pictures, which are not written yet
        self.mark: dict[str, Any] = self._meta("mark") or {}
        self.batches = Batches(database)

    @classmethod
    def open(cls, path: Path, mark: Mapping[str, Any]) -> Self:
        """Open the file of a run to write it, and create it if it does not exist.

        Until `release` or `close`, no other kernel can open the run; it can read it.

        Parameters
        ----------
        path : Path
            The file, see `path_of`.
        mark : mapping of str to JSON values
            What identifies the run by name. Keys in it are replaced.

        Raises
        ------
        RunError
            The file belongs to a run with another mark, is written by another kernel, is not a run's file, was written
            by another version, or cannot be used.
        """
        mark = without_keys_in(dict(mark))
        lock = _locked(path)
        try:
            run = cls._of(RunDatabase.create(path, mark), lock)
        except BaseException:
            lock.release()
            raise
        if changed := differences(run.mark, mark):
            run.close()
            raise RunError(_mismatch(path, changed))
        return run

    @classmethod
    def read(cls, path: Path) -> Self:
        """Open the file of a run that exists, also while another kernel writes it.

        Rows, labels and batches can be added; the run itself does not become this kernel's.

        Raises
        ------
        RunError
            There is no such file, or it cannot be used.
        """
        return cls._of(RunDatabase.open(path), None)

    @classmethod
    def _of(cls, database: RunDatabase, lock: RunLock | None) -> Self:
        try:
            return cls(database, lock)
        except BaseException:
            database.close()
            raise

    # -- rows --------------------------------------------------------------------------------------------------------

    def add(self, row: Row, position: int | None = None) -> None:
        """Write a row and commit it; it replaces a row of the same key and repeat.

        Parameters
        ----------
        row : Row
            The row.
        position : int, optional
            The position of its picture among the others, from 0. By default the one that it has, as `set_order` said,
            or else the last.

        Raises
        ------
        RunError
            It cannot be written, such as on a full disk; the rows before it are kept.
        """
        values = to_columns(row)
        with self._guard:
            self._database.write("The row", _ADD, (*values, self._place(values[_KEY], position)))

    def add_all(self, rows: Iterable[tuple[Row, int | None]]) -> None:
        """Write rows in one commit, each with its position or None; errors as for `add`."""
        rows = list(rows)
        if len(rows) == 1:  # in half the time of a transaction
            self.add(*rows[0])
            return
        found = [(to_columns(row), position) for row, position in rows]
        with self._guard, self._database.transaction("The rows") as database:
            database.executemany(_ADD, [(*row, self._place(row[_KEY], position)) for row, position in found])

    def _place(self, key: str, position: int | None) -> int | None:
        place = self._places.pop(key, None) if self._places else None
        return place if position is None else position

    def set_order(self, key: Key, position: int) -> None:
        """Say where a picture stands among the others; it is written with its row, or before rows are read.

        Parameters
        ----------
        key : Key
            The picture; it may have no row yet.
        position : int
            Its position, from 0.
        """
        with self._guard:
            self._places[encode_key(key)] = position
            if len(self._places) >= _PLACES:
                self._write_order()

    def finished(self) -> set[tuple[str, int]]:
        """Return the texts of the keys and the repeats that are not asked again: done and refused ones."""
        return set(self._query("SELECT key, repeat FROM rows WHERE state IN ('done', 'refused')"))

    def doubtful(self) -> set[tuple[str, int]]:
        """Return the texts of the keys and the repeats of the answers with a doubt."""
        return set(self._query("SELECT key, repeat FROM rows WHERE doubt <> '' AND state = 'done'"))

    def pictures(self) -> dict[tuple[str, int], str]:
        """Return the hash of the pixels of each finished row, by the text of its key and its repeat."""
        found = self._query("SELECT key, repeat, picture FROM rows WHERE state IN ('done', 'refused')")
        return {(key, repeat): picture for key, repeat, picture in found}

    def counts(self) -> dict[State, int]:
        """Return the number of rows of each state."""
        return dict(self._query("SELECT state, SUM(rows) FROM sums GROUP BY state HAVING SUM(rows) > 0"))

    def __len__(self) -> int:
        return int(self._query("SELECT COALESCE(SUM(rows), 0) FROM sums")[0][0])

    def rows(self, *states: State) -> Iterator[Row]:
        """Yield the rows, or those of some states, in the order of the pictures, those of each by its repeats.

        They are read little by little. Rows that are added meanwhile are yielded if they stand behind the last one.
        """
        chosen = f"AND state IN ({', '.join('?' * len(states))})" if states else ""
        names = ", ".join(f"rows.{name}" for name in COLUMNS)
        query = (  # the first condition is for the index, the second for the place within a picture's repeats
            f"SELECT {names}, position FROM pictures CROSS JOIN rows ON rows.key = pictures.key "
            f"WHERE position >= ? AND (position, pictures.key, repeat) > (?, ?, ?) {chosen} "
            f"ORDER BY position, pictures.key, repeat LIMIT {_PAGE}"
        )
        last: tuple[Any, ...] = (-1, "", -1)
        while page := self._query(query, (last[0], *last, *states)):
            with self._damage():
                found = [from_columns(columns[:-1]) for columns in page]
            yield from found
            columns = dict(zip(COLUMNS, page[-1], strict=False))
            last = (page[-1][-1], columns["key"], columns["repeat"])

    def row(self, key: Key, repeat: int = 0) -> Row | None:
        """Return the row of a picture, or None if there is none."""
        found = self._query(f"SELECT {_NAMES} FROM rows WHERE key = ? AND repeat = ?", (encode_key(key), repeat))
        with self._damage():
            return from_columns(found[0]) if found else None

    # -- labels ------------------------------------------------------------------------------------------------------

    @property
    def labels(self) -> dict[Key, Label]:
        """The labels by the keys of their pictures, the oldest first."""
        found = self._query("SELECT key, label, labelled_by, at FROM labels ORDER BY at, key")
        with self._damage():
            labels = [Label(decode_key(key), json.loads(label), by, at) for key, label, by, at in found]
        return {label.key: label for label in labels}

    def set_label(self, key: Key, label: object, labelled_by: str = "") -> None:
        """Store what a person says of a picture in place of what was said before; None takes it back.

        Parameters
        ----------
        key : Key
            The picture; it may have no row yet.
        label : JSON values
            The right value.
        labelled_by : str
            Who says so.

        Raises
        ------
        RunError
            It cannot be written.
        """
        text = encode_key(key)
        values = (text, without_keys(to_json(label)), storable(without_keys(labelled_by)), time.time())
        with self._database.transaction(f"The label of {short_repr(key)}") as database:
            database.execute("DELETE FROM labels WHERE key = ?", (text,))
            if label is not None:
                database.execute("INSERT INTO labels (key, label, labelled_by, at) VALUES (?, ?, ?, ?)", values)

    # -- the run -----------------------------------------------------------------------------------------------------

    @property
    def created(self) -> float:
        """When the run began (seconds since 1970)."""
        return float(self._meta("created") or 0.0)

    @property
    def key_names(self) -> tuple[str, ...]:
        """The names of the index or column that the keys come from; empty if they have none."""
        return tuple(self._meta("key_names") or ())

    @key_names.setter
    def key_names(self, names: Sequence[str]) -> None:
        if tuple(names) != self.key_names:
            values = ("key_names", to_json(list(names)))
            self._database.write("The names of the keys", "INSERT OR REPLACE INTO meta VALUES (?, ?)", values)

    @property
    def version(self) -> str:
        """The version of vision_magic that began the run."""
        return str(self._meta("version") or "")

    def release(self) -> None:
        """Let other kernels write the run. Here, rows can still be read and labels be added. It may be called twice."""
        with self._guard:
            try:
                self._write_order()
            finally:
                lock, self._run_lock = self._run_lock, None
                if lock is not None:
                    self._database.settle()
                    lock.release()

    def close(self) -> None:
        """Close the file; may be called twice."""
        with self._guard:
            try:
                self.release()
            finally:
                self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def __reduce__(self) -> tuple[Any, ...]:
        return RunFile.read, (self.path,)

    def __repr__(self) -> str:
        return f"<RunFile {self.path.name}>"

    def _meta(self, name: str) -> Any:
        found = self._database.query("SELECT value FROM meta WHERE name = ?", (name,))
        with self._damage():
            return json.loads(found[0][0]) if found else None

    def _query(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        self._write_order()
        return self._database.query(statement, values)

    def _write_order(self) -> None:
        with self._guard:
            if self._places:
                with self._database.transaction("The order of the pictures") as database:
                    database.executemany(_PLACE, list(self._places.items()))
                self._places.clear()

    @contextlib.contextmanager
    def _damage(self) -> Iterator[None]:
        """Say in words that what was read is not what was written."""
        try:
            yield
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise RunError(f"{self.path} is damaged ({reason(error)}); delete it to start again.") from None


def path_of(run: str | Path | None) -> Path:
    """Return the path of the file of a run.

    Parameters
    ----------
    run : str, Path or None
        ``"moths"`` is ``moths.vision.sqlite`` in the working folder; a path may have a folder, which must be there, and
        a suffix of a database. None is a new file in the user's data folder.

    Raises
    ------
    RunError
        It cannot be a path.
    """
    if run is None:
        name = f"{time.strftime('%Y-%m-%d_%H-%M-%S')}-{time.time_ns() % 1_000_000_000:09}"
        return user_folder("data", RunError) / "runs" / f"{name}{_SUFFIX}"
    path = as_path(run, "run", "moths", RunError)
    if not path.parent.is_dir():
        raise RunError(
            f"run got {short_repr(run)}, and there is no folder {str(path.parent)!r}; make it first: "
            f"pathlib.Path({str(path.parent)!r}).mkdir(parents=True). The name alone is a file in the working folder."
        )
    if path.suffix.lower() in _DATABASES:
        return path
    if not path.name or str(run).endswith((".", "/", os.sep)):  # a folder may have the name of a run
        raise RunError(f"run got {short_repr(run)}, which is a folder; expected the name of a run, such as 'moths'.")
    return path.with_name(f"{path.name}{_SUFFIX}")


def _locked(path: Path) -> RunLock:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return RunLock(path.with_name(f"{path.name}.lock"))
    except RunLocked as error:
        raise RunError(
            f"{path} is written by {error.holder}. Wait until its run has ended, or interrupt it there; or give this "
            f"one another name: {OTHER_NAME}."
        ) from None
    except OSError as error:
        raise RunError(f"{path} cannot be written ({reason(error)}); name another: {OTHER_NAME}.") from None


def _mismatch(path: Path, changed: Sequence[str]) -> str:
    lines = "".join(f"\n  {line}" for line in changed)
    return (
        f"{path} holds the answers to another question. What differs:{lines}\n"
        f"Give this run another name, {OTHER_NAME}, set these back to continue the old one, or delete the file."
    )
