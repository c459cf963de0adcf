"""What a table reads from the file of a run: selected rows, counts and sums, by queries that load no other rows."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from vision_magic.each.pictures.keys import encode_key
from vision_magic.each.row import Key, Row, State
from vision_magic.each.run_file.row_columns import COLUMNS, from_columns
from vision_magic.each.run_file.run_file import RunFile

__all__ = ["RunRows", "Totals"]

_PAGE: Final = 500  # rows that are read at once
_KEY, _REPEAT = COLUMNS.index("key"), COLUMNS.index("repeat")
_NAMES: Final = ", ".join(f"rows.{name}" for name in COLUMNS)
_ALL: Final = "pictures CROSS JOIN rows ON rows.key = pictures.key"  # in this order: that of the pictures
_OF_CHOSEN: Final = "CROSS JOIN rows USING (key, repeat) CROSS JOIN pictures ON pictures.key = rows.key"
_SUMS: Final = (
    "state",
    "model",
    "rows",
    "prompt_tokens",
    "completion_tokens",
    "cached_tokens",
    "seconds",
    "tries",
    "estimated",
)
_ORDER: Final = "ORDER BY position, pictures.key, rows.repeat"
_BACKWARDS: Final = "ORDER BY position DESC, pictures.key DESC, rows.repeat DESC"

# The rows that a person should look at: without an answer, with a doubt, or of a picture with answers that differ.
_PROBLEMS: Final = (
    "SELECT key, repeat FROM rows WHERE state <> 'done' AND state IN ('failed', 'refused')",
    "SELECT key, repeat FROM rows WHERE doubt <> ''",
)
_DIFFERENT: Final = (
    "SELECT key, repeat FROM rows WHERE state = 'done' AND key IN (SELECT key FROM rows WHERE state = 'done' "
    "GROUP BY key HAVING COUNT(DISTINCT COALESCE(value, text)) > 1)"
)


_OF_KEYS: Final = "SELECT key, repeat FROM rows WHERE key IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums over the rows of one state and one model."""

    state: State
    model: str
    rows: int
    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int
    seconds: float
    tries: int
    estimated: bool  # of any of them


class RunRows:
    """The rows and labels in the file of a run, in the order of the pictures, each picture's by its repeats."""

    def __init__(self, run: RunFile) -> None:
        self._run = run

    @property
    def path(self) -> Path:
        """The file."""
        return self._run.path

    @property
    def mark(self) -> Mapping[str, Any]:
        """What identifies the run: its question, its schema and its model."""
        return self._run.mark

    @property
    def key_names(self) -> tuple[str, ...]:
        """The names of the index or column that the keys come from; empty if they have none."""
        return tuple(getattr(self._run, "key_names", ()))

    @property
    def has_repeats(self) -> bool:
        """Whether a picture was asked about several times."""
        return bool(self._query("SELECT EXISTS (SELECT 1 FROM sums WHERE repeat > 0 AND rows > 0)")[0][0])

    def rows(
        self,
        *,
        states: Collection[State] | None = None,
        doubtful: bool = False,
        keys: Sequence[str] | None = None,
        start: int = 0,
        stop: int | None = None,
    ) -> Iterator[Row]:
        """Yield the rows that are selected, from one position to another among them.

        They are read little by little. Rows that are added meanwhile are yielded if they stand behind the last one.
        """
        chosen, values = self._chosen(states, doubtful, keys)
        last: tuple[Any, ...] = (-1, "", -1)
        if start:
            found = self._place(chosen, values, start, self.count(states=states, doubtful=doubtful, keys=keys))
            if found is None:
                return
            last = found
        left = None if stop is None else stop - start
        while left is None or left > 0:
            size = _PAGE if left is None else min(_PAGE, left)
            page = self._page(chosen, values, last, size)
            yield from (row for row, _ in page)
            if len(page) < size:
                return
            last = page[-1][1]
            left = None if left is None else left - size

    def _place(self, chosen: str, values: Sequence[Any], start: int, count: int) -> tuple[Any, ...] | None:
        """Return the place of the row before a position, counted from the nearer end; None if there is none."""
        behind = count - start
        order, offset = (_ORDER, start - 1) if start <= behind else (_BACKWARDS, behind)
        if offset < 0:
            return None
        query = f"SELECT position, pictures.key, rows.repeat FROM {chosen} {order} LIMIT 1 OFFSET ?"
        found = self._query(query, (*values, offset))
        return found[0] if found else None

    def _page(
        self, chosen: str, values: Sequence[Any], last: tuple[Any, ...], size: int
    ) -> list[tuple[Row, tuple[Any, ...]]]:
        """Return the rows behind a place, each with its own place."""
        query = (  # the first comparison is for the index, the second for the place within a picture's repeats
            f"SELECT position, {_NAMES} FROM {chosen} AND position >= ? "
            f"AND (position, pictures.key, rows.repeat) > (?, ?, ?) {_ORDER} LIMIT ?"
        )
        found = self._query(query, (*values, last[0], *last, size))
        with self._run._damage():
            rows = [(columns[0], columns[1:]) for columns in found]
            return [(from_columns(row), (position, row[_KEY], row[_REPEAT])) for position, row in rows]

    def _chosen(
        self, states: Collection[State] | None, doubtful: bool, keys: Sequence[str] | None
    ) -> tuple[str, tuple[Any, ...]]:
        """Return the tables and the condition of the selected rows, and its values."""
        if keys is not None:
            return f"({_OF_KEYS}) AS chosen {_OF_CHOSEN} WHERE 1", (json.dumps(keys),)
        if doubtful:
            return f"({self._doubtful()}) AS chosen {_OF_CHOSEN} WHERE 1", ()
        if states is None:
            return f"{_ALL} WHERE 1", ()
        marks = ", ".join("?" * len(states))
        if "done" in states:
            return f"{_ALL} WHERE rows.state IN ({marks})", tuple(states)
        few = f"SELECT key, repeat FROM rows WHERE state <> 'done' AND state IN ({marks})"
        return f"({few}) AS chosen {_OF_CHOSEN} WHERE 1", tuple(states)

    def _doubtful(self) -> str:
        parts = [*_PROBLEMS, _DIFFERENT] if self.has_repeats else _PROBLEMS
        return " UNION ".join(parts)

    def count(
        self,
        *,
        states: Collection[State] | None = None,
        doubtful: bool = False,
        keys: Sequence[str] | None = None,
    ) -> int:
        """Return the number of rows that are selected: of some states, doubtful ones, or those of the texts of keys."""
        if keys is not None:
            return int(self._query(f"SELECT COUNT(*) FROM ({_OF_KEYS})", (json.dumps(keys),))[0][0])
        if doubtful:
            return int(self._query(f"SELECT COUNT(*) FROM ({self._doubtful()})")[0][0])
        return sum(sums.rows for sums in self.totals() if states is None or sums.state in states)

    def labelled_in_doubt(self) -> list[Row]:
        """Return the doubtful rows that have a label."""
        labelled = "rows.key IN (SELECT key FROM labels)"
        found = self._query(f"SELECT {_NAMES} FROM ({self._doubtful()}) AS chosen {_OF_CHOSEN} WHERE {labelled}")
        with self._run._damage():
            return [from_columns(columns) for columns in found]

    def key_texts(self) -> Iterator[str]:
        """Yield the texts of the keys of all pictures that have a row, sorted."""
        last = ""
        while found := self._query("SELECT DISTINCT key FROM rows WHERE key > ? ORDER BY key LIMIT 10000", (last,)):
            yield from (text for (text,) in found)
            last = found[-1][0]

    def pictures(self) -> int:
        """Return the number of pictures that have a row."""
        if not self.has_repeats:
            return self.count()
        return int(self._query("SELECT COUNT(DISTINCT key) FROM rows")[0][0])

    def totals(self) -> list[Totals]:
        """Return the sums for each state and model."""
        found = self._query(
            "SELECT state, model, SUM(rows), SUM(prompt_tokens), SUM(completion_tokens), SUM(cached_tokens), "
            "SUM(seconds), SUM(tries), SUM(estimated) > 0 FROM sums WHERE rows > 0 GROUP BY state, model"
        )
        return [Totals(**dict(zip(_SUMS, sums, strict=True))) for sums in found]

    def row(self, key: Key, repeat: int = 0) -> Row | None:
        """Return a row; None if there is none yet."""
        return self._run.row(key, repeat)

    def repeats(self, key: Key) -> list[Row]:
        """Return all rows of a picture."""
        found = self._query(f"SELECT {_NAMES} FROM rows WHERE key = ? ORDER BY repeat", (encode_key(key),))
        with self._run._damage():
            return [from_columns(columns) for columns in found]

    @property
    def labels(self) -> dict[Key, Any]:
        """The labels by key, the oldest first."""
        return {key: label.label for key, label in self._run.labels.items()}

    def label(self, key: Key) -> Any:
        """Return the label of a picture; None if it has none."""
        found = self._query("SELECT label FROM labels WHERE key = ?", (encode_key(key),))
        with self._run._damage():
            return json.loads(found[0][0]) if found else None

    def set_label(self, key: Key, label: Any, labelled_by: str = "") -> None:
        """Set the label of a picture; None removes it."""
        self._run.set_label(key, label, labelled_by)

    def close(self) -> None:
        """Close the file."""
        self._run.close()

    def _query(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._run._query(query, values)
