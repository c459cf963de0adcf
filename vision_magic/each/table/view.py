"""How a table is shown: the line that sums it up, and its first rows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any, Final

from vision_magic.each.row import Row, State
from vision_magic.each.table.columns import Field, Fields, cells_of, given_by, with_found
from vision_magic.each.table.doubts import is_corrected
from vision_magic.each.table.usage import Rest, TableUsage
from vision_magic.images.image import Image
from vision_magic.render.rows_table import RowCells, RowsView

__all__ = ["next_step", "summary_of", "view_of", "with_images"]

_FIELDS: Final = 20  # columns
_UNITS: Final = ((1e12, " T"), (1e9, " G"), (1e6, " M"))


def view_of(
    rows: Sequence[Row],
    fields: Fields,
    key_names: Sequence[str],
    summary: str,
    more: int,
) -> RowsView:
    """Return what is shown of rows.

    No times and dates of single rows are among it, so that a notebook that runs again has the same output.

    Parameters
    ----------
    rows : sequence of Row
        The rows that are shown. A label stands in the place of the model's value, and beside it what was changed.
    fields : Fields
        The fields of the schema.
    key_names : sequence of str
        The names of the keys.
    summary : str
        The line above the rows.
    more : int
        The number of rows that are not shown.
    """
    found = with_found(fields, (row.value for row in rows if row.value is not None)).known
    shown = found[:_FIELDS]
    names = [field.name for field in shown] or ["text"]
    labelled = any(row.label is not None for row in rows)
    repeated = any(row.repeat for row in rows)
    cells = []
    for row in rows:
        corrected = cells_of(row, found, corrected=True)
        settled = is_corrected(row, found)
        cells.append(
            RowCells(
                key=_key(row.key) + (f" · {row.repeat + 1}" if repeated else ""),
                cells=[*(_shown(corrected[name]) for name in names), *[_label(row, found)] * labelled],
                problem="" if settled else _problem(row),
                doubt="" if settled else row.doubt,
            )
        )
    return RowsView(
        summary=summary,
        key_name=" · ".join(key_names) or "key",
        headings=[*names, *["label"] * labelled],
        numeric=frozenset(at for at, field in enumerate(shown) if _is_numeric(field, rows)),
        rows=cells,
        more=more,
        hidden=len(found) - len(shown),
    )


def with_images(view: RowsView, images: Sequence[Image | None]) -> RowsView:
    """Return the view with a picture for each row that has one."""
    pairs = zip_longest(view.rows, images[: len(view.rows)])
    return replace(view, rows=[replace(row, image=image) for row, image in pairs])


def _is_numeric(field: Field, rows: Sequence[Row]) -> bool:
    values = [value for row in rows if (value := field.of(row.value)) is not None]
    return bool(values) and all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def _label(row: Row, fields: Sequence[Field]) -> str:
    """Return what a person said: what was changed with the model's value before it, ``stage: pro → ana``."""
    given, cells = given_by(row.label, fields), cells_of(row, fields)
    changes = {
        name: _shown(value) if cells[name] == value else f"{_shown(cells[name]) or '–'} → {_shown(value)}"
        for name, value in given.items()
    }
    if not isinstance(row.label, Mapping):
        return "".join(changes.values()) or _shown(row.label)
    return ", ".join(f"{name}: {change}" for name, change in changes.items())


def _problem(row: Row) -> str:
    """Return why a row has no answer; an empty string if it has one."""
    if row.state == "done":
        return ""
    return f"{row.state}: {row.error or row.text}" if row.error or row.text else row.state


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _key(key: Any) -> str:
    return " · ".join(map(str, key)) if isinstance(key, tuple) else str(key)


def summary_of(
    rows: int,
    total: int | None,
    counts: Mapping[State, int],
    doubtful: int,
    usage: TableUsage,
    left_out: str = "",
    more: str = "",
    *,
    corrected: int = 0,
) -> str:
    """Return what a table holds on one line.

    Parameters
    ----------
    rows, total, counts, usage
        The rows so far, those of the whole run, those of each state, and what they took.
    doubtful : int
        The number of answers with a doubt.
    left_out : str
        What of a folder is no picture of the run, in words.
    more : str
        What `next_step` returns.
    corrected : int
        The number of those with a doubt that a person has corrected.
    """
    of = f" of {total:,}" if total is not None and total > rows else ""
    parts = [f"{rows:,}{of} row{'' if rows == 1 and not of else 's'}"]
    parts += [f"{number:,} {state}" for state, number in counts.items() if state != "done"]
    if doubtful:
        parts.append(doubtful_words(doubtful, corrected))
    elif corrected:
        parts.append(f"{corrected:,} corrected")
    if usage.tokens:
        parts.append(f"{'about ' if usage.estimated else ''}{usage.tokens:,} tokens")
    if usage.cost:
        parts.append(_money(usage.cost))
    if left_out:
        parts.append(left_out)
    return " · ".join(parts) + more


def doubtful_words(doubtful: int, corrected: int) -> str:
    """Return how many answers are in doubt, how many of them a person has corrected, and where the others are."""
    if corrected >= doubtful:
        return f"{doubtful:,} doubtful, corrected"
    return f"{doubtful:,} doubtful{f', {corrected:,} corrected' if corrected else ''} -> rows.doubtful"


def next_step(
    rows: int, total: int | None, counts: Mapping[State, int], rest: Rest | None, *, again: bool = True
) -> str:
    """Return what the rest of a run will take, or what to do about failed rows; empty without either.

    Parameters
    ----------
    rows, total, counts, rest
        The rows so far, those of the whole run, and what the others will take.
    again : bool
        Whether a failed row may be answered if it is asked again.
    """
    if total is None or total > rows:
        if rest is None:
            return "; the rest -> rows.go_on()"
        parts = [f"{_rounded(rest.tokens)} tokens"] if rest.tokens else []
        parts += [_duration(rest.seconds)] if rest.seconds else []
        parts += [_money(rest.cost)] if rest.cost else []
        takes = f": about {', '.join(parts)}" if parts else ""
        return f"; {'the rest' if rest.rows is not None else 'each of the rest'}{takes} -> rows.go_on()"
    if not counts.get("failed"):
        return ""
    return "; the failed ones again -> rows.go_on()" if again else "; why they failed -> rows.failed"


def _money(cost: float) -> str:
    return f"{cost:,.{2 if cost >= 0.1 else 4}f} at your prices"


def _rounded(number: float) -> str:
    """Return a number with two digits for people: ``830``, ``12,000``, ``1.2 M``."""
    for size, unit in _UNITS:
        if number >= size:
            return f"{number / size:.1f}{unit}"
    digits = max(0, len(str(int(number))) - 2)
    return f"{round(number, -digits):,.0f}"


def _duration(seconds: float) -> str:
    """Return a time for people: ``40 s``, ``12 min``, ``2 h 10``, ``3 days``."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if minutes < 90:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60:02d}"
    return f"{round(minutes / 1440)} days"
