"""The rows of a run that a table shows: all of them, or those of a state or of a slice."""

from __future__ import annotations

import copy
import difflib
import hashlib
import heapq
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any, Final, Self, overload

from vision_magic.each.row import Key, Row, State
from vision_magic.each.run_file.rows import RunRows
from vision_magic.each.run_file.run_file import RunFile
from vision_magic.each.table.usage import TableUsage, usage_of_rows
from vision_magic.errors import RunError
from vision_magic.reprs import short_repr

__all__ = ["SelectedRows"]

_LOOKED_AT: Final = 2_000  # keys, for one that is like another


@dataclass(frozen=True, slots=True)
class _Selection:
    """Which rows of a run a table shows."""

    states: frozenset[State] | None = None
    doubtful: bool = False
    keys: tuple[str, ...] | None = None  # their texts
    span: range | None = None  # positions among the rows that the rest selects

    @property
    def is_whole(self) -> bool:
        return self == _Selection()

    @property
    def options(self) -> dict[str, Any]:
        return {"states": self.states, "doubtful": self.doubtful, "keys": self.keys}


class SelectedRows:
    """Rows of a run, which are read from its file when they are needed.

    Parameters
    ----------
    run : RunFile
        The file of the run.
    total : int, optional
        The number of rows that the run will have; None if that is unknown.
    prices : mapping, optional
        The prices of the settings.
    """

    def __init__(self, run: RunFile, total: int | None = None, prices: Mapping[str, Any] | None = None) -> None:
        self._run = RunRows(run)
        self._total = total
        self._prices = dict(prices or {})
        self._selection = _Selection()

    # -- rows --------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        chosen = self._selection
        if chosen.span is not None:
            return len(chosen.span)
        return self._run.count(**chosen.options)

    def __iter__(self) -> Iterator[Row]:
        chosen = self._selection
        span = chosen.span
        if span is None:
            return self._labelled(self._run.rows(**chosen.options))
        rows = self._run.rows(**chosen.options, start=span.start, stop=span.stop)
        return self._labelled(itertools.islice(rows, 0, None, span.step))

    def _labelled(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield rows with what people said of them."""
        labels = self._run.labels
        for row in rows:
            yield replace(row, label=labels[row.key]) if row.key in labels else row

    def __contains__(self, key: object) -> bool:
        return self._found(key) is not None

    @overload
    def __getitem__(self, key: slice) -> Self: ...
    @overload
    def __getitem__(self, key: Key) -> Row: ...
    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, slice):
            return self._slice(key)
        row = self._found(key)
        if row is None:
            raise KeyError(f"{self._no_row(key)}, or a slice of positions.")
        return row

    def _no_row(self, key: object) -> str:
        """Return that no row has a key, with one that is like it or another example."""
        keys = [row.key for row in itertools.islice(self, _LOOKED_AT)]
        near = next((one for one in keys if str(one) == str(key) or _file_name(one) == _file_name(key)), None)
        if near is None:  # by their names alone: a suffix that all have makes any two alike
            names = {_file_name(one) or str(one): one for one in keys}
            close = difflib.get_close_matches(_file_name(key) or str(key), names, n=1)
            near = names[close[0]] if close else None
        hint = f" (did you mean {short_repr(near)}?)" if near is not None else ""
        example = f" such as {short_repr(keys[0])}" if keys and near is None else ""
        return f"No row has the key {short_repr(key)}{hint}; expected the key of a row{example}"

    def _found(self, key: Key) -> Row | None:
        if self.is_whole:
            row = self._run.row(key)
            return row and replace(row, label=self._run.label(key))
        return next((row for row in self if row.key == key), None)

    def _slice(self, positions: slice) -> Self:
        if positions.step is not None and positions.step < 1:
            raise RunError(f"rows got a slice with the step {positions.step}; expected a step of 1 or more.")
        span = range(len(self)) if self._selection.span is None else self._selection.span
        return self._part(replace(self._selection, span=span[positions]))

    def _part(self, selection: _Selection) -> Self:
        part = copy.copy(self)
        part._selection = selection
        return part

    def _only(self, **changes: Any) -> Self:
        if self.is_whole:
            return self._part(_Selection(**changes))
        raise RunError("This table is a part of another one; select from the whole table, as in rows.failed[:10].")

    @property
    def done(self) -> Self:
        """The rows that have an answer."""
        return self._only(states=frozenset({"done"}))

    @property
    def failed(self) -> Self:
        """The rows that have no answer because something went wrong; each has its reason in ``error``."""
        return self._only(states=frozenset({"failed"}))

    @property
    def doubtful(self) -> Self:
        """The rows that a person should look at.

        These are the failed and refused ones, those with a `Row.doubt`, such as an answer that was repaired, and those
        of a picture that was asked about several times and answered differently.
        """
        return self._only(doubtful=True)

    def sample(self, n: int, seed: int = 0) -> Self:
        """Return the rows of pictures that are chosen at random, in order of the pictures, such as for labels.

        Which ones depends on the seed and their keys alone: the same ones are chosen again, and if more pictures were
        asked about in the meantime, most of them.

        Parameters
        ----------
        n : int
            The number of pictures; all if there are not more.
        seed : int
            Chooses others.
        """
        if n < 1:
            raise RunError(f"sample got {n}; expected the number of pictures, 1 or more.")
        chosen = heapq.nsmallest(n, self._run.key_texts(), key=lambda text: _lot(text, seed))
        return self._only(keys=tuple(chosen))

    def answers(self, key: Key) -> list[Row]:
        """Return all rows of a picture: several if it was asked about several times."""
        label = self._run.label(key)
        return [replace(row, label=label) for row in self._run.repeats(key)]

    @property
    def values(self) -> list[Any]:
        """The typed answers as JSON values, in order; None for a row without one."""
        return [row.value for row in self]

    @property
    def is_whole(self) -> bool:
        """Whether these are all rows of the run, rather than a part of them."""
        return self._selection.is_whole

    @property
    def _is_doubtful(self) -> bool:
        """Whether these are all doubtful rows of the run."""
        return self._selection == _Selection(doubtful=True)

    def close(self) -> None:
        """Close the file of the run; its rows cannot be read here any more. It may be called twice."""
        self._run.close()

    @property
    def path(self) -> Path:
        """The file of the run."""
        return self._run.path

    @property
    def pictures(self) -> int:
        """The number of pictures that have a row; fewer than the rows if they were asked about several times."""
        return self._run.pictures() if self.is_whole else len({row.key for row in self})

    @property
    def model(self) -> str:
        """The model that was asked, as it was named in the request; empty for the default of the server."""
        return str(self._run.mark.get("model", ""))

    # -- counts ------------------------------------------------------------------------------------------------

    @property
    def total(self) -> int | None:
        """The number of rows that there will be; None if it is unknown."""
        return self._total if self.is_whole else len(self)

    @property
    def counts(self) -> dict[State, int]:
        """The number of rows of each state that occurs."""
        found: dict[State, int] = {}
        for state, number in self._states():
            found[state] = found.get(state, 0) + number
        order: tuple[State, ...] = ("done", "failed", "refused", "stopped")
        return {state: found[state] for state in order if found.get(state)}

    def _states(self) -> Iterator[tuple[State, int]]:
        if self.is_whole:
            return ((sums.state, sums.rows) for sums in self._run.totals())
        return ((row.state, 1) for row in self)

    def _in_doubt(self, counts: Mapping[State, int]) -> int:
        """Return the number of doubtful rows that have an answer."""
        return self._run.count(doubtful=True) - counts.get("failed", 0) - counts.get("refused", 0)

    def _labelled_in_doubt(self) -> Iterator[Row]:
        """Yield the doubtful rows of which a person said something."""
        return self._labelled(self._run.labelled_in_doubt())

    @property
    def usage(self) -> TableUsage:
        """The tokens of the rows, what they cost, and the time of the answers."""
        parts = self._run.totals() if self.is_whole else self
        return usage_of_rows(parts, self._prices, self.model)


def _file_name(key: object) -> str:
    """Return the last part of a key without its suffix: ``a`` of ``moths/a.png``."""
    return PurePath(key).stem.casefold() if isinstance(key, str | PurePath) else ""


def _lot(text: str, seed: int) -> bytes:
    """Return what decides at random whether a picture is chosen."""
    return hashlib.sha256(f"{seed} {text}".encode("utf-8", "surrogatepass")).digest()
