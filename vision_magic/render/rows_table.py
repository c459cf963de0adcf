"""Rendering of the rows of many pictures: a line that sums them up, and a table of the first ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Final

from vision_magic.images.image import Image
from vision_magic.render.markup import plain_html
from vision_magic.render.theme import BORDER, ERROR, SMALL, TEXT
from vision_magic.render.thumbnails import thumbnails_html
from vision_magic.text import clean_text, one_line

__all__ = ["RowCells", "RowsView", "rows_html", "rows_text"]

_WIDE: Final = 200  # characters of a cell in HTML
_NARROW: Final = 36  # in text
_PROBLEM: Final = 600  # characters of a reason, which may end with what to do
_LINE: Final = 118  # characters of a line in text; the columns that do not fit are left out
_CELL: Final = f"padding:3px 14px 3px 0;text-align:left;vertical-align:top;border:0;border-bottom:1px solid {BORDER}"
_NUMBER: Final = ";text-align:right;font-variant-numeric:tabular-nums"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCells:
    """The cells of one row.

    Attributes
    ----------
    key : str
        Its name.
    cells : sequence of str
        A string for each heading; untrusted.
    problem : str
        Why there is no answer; empty if there is one.
    doubt : str
        Why the answer should be looked at.
    image : Image or None
        The picture, if it is shown.
    """

    key: str
    cells: Sequence[str] = ()
    problem: str = ""
    doubt: str = ""
    image: Image | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsView:
    """What is shown of a table.

    Attributes
    ----------
    summary : str
        The line above it.
    key_name : str
        The heading of the keys.
    headings : sequence of str
        The headings of the cells.
    numeric : frozenset of int
        The positions of the columns of numbers.
    rows : sequence of RowCells
        The first rows.
    more, hidden : int
        The numbers of rows and of columns that are not among them.
    """

    summary: str
    key_name: str = "key"
    headings: Sequence[str] = ()
    numeric: frozenset[int] = frozenset()
    rows: Sequence[RowCells] = field(default=(), repr=False)
    more: int = 0
    hidden: int = 0


def rows_html(view: RowsView) -> str:
    """Return a table as HTML: the summary, small and grey, then the rows with thumbnails and with problems in red."""
    summary = f'<div style="{SMALL}">{plain_html(clean_text(view.summary))}</div>'
    if not view.rows:
        return f"<div>{summary}</div>"
    pictures = any(row.image is not None for row in view.rows)
    doubts = any(row.doubt and not row.problem for row in view.rows)
    headings = [view.key_name, *([""] if pictures else []), *view.headings, *(["doubt"] if doubts else [])]
    first = 2 if pictures else 1
    head = "".join(_html(name, "th", right=at - first in view.numeric) for at, name in enumerate(headings))
    body = "".join(_row_html(view, row, pictures, doubts) for row in view.rows)
    left_out = _left_out(view.more, view.hidden)
    more = f'<div style="{SMALL}">{left_out}</div>' if left_out else ""
    return (
        f'<div>{summary}<div style="overflow-x:auto"><table style="{TEXT};border-collapse:collapse;margin:6px 0">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{more}</div>"
    )


def _row_html(view: RowsView, row: RowCells, pictures: bool, doubts: bool) -> str:
    cells = [_html(row.key)]
    if pictures:
        cells.append(f'<td style="{_CELL}">{thumbnails_html([row.image]) if row.image is not None else ""}</td>')
    if row.problem:
        span = len(view.headings) + doubts
        text = plain_html(one_line(clean_text(row.problem), _PROBLEM))
        cells.append(f'<td colspan="{max(1, span)}" style="{_CELL};{ERROR}">{text}</td>')
    else:
        cells += [_html(cell, right=at in view.numeric) for at, cell in enumerate(row.cells)]
        cells += [f'<td style="{_CELL}">{plain_html(one_line(clean_text(row.doubt), _PROBLEM))}</td>'] if doubts else []
    return f"<tr>{''.join(cells)}</tr>"


def _html(text: str, tag: str = "td", *, right: bool = False) -> str:
    words = plain_html(one_line(clean_text(text), _WIDE))
    return f'<{tag} style="{_CELL}{_NUMBER if right else ""}">{words}</{tag}>'


def rows_text(view: RowsView) -> str:
    """Return a table as text: the summary, then the rows in aligned columns."""
    summary = one_line(clean_text(view.summary), 400)
    if not view.rows:
        return summary
    columns = [_column(view.key_name, (row.key for row in view.rows))]
    for at, name in enumerate(view.headings):
        cells = ("" if row.problem else row.cells[at] for row in view.rows)
        columns.append(_column(name, cells, right=at in view.numeric))
    kept, hidden = _fitting(columns)
    notes = [one_line(clean_text(row.problem or row.doubt), _PROBLEM) for row in view.rows]
    room = _LINE - sum(len(column[0]) + 2 for column in kept)
    beside = any(notes) and max(map(len, notes)) <= room  # else below, in full and once: no column is hidden for it
    if beside:
        kept.append(_column("error or doubt", notes, room))
    lines = [summary, *("  ".join(cells).rstrip() for cells in zip_longest(*kept, fillvalue=""))]
    if left_out := _left_out(view.more, view.hidden + hidden):
        lines.append(left_out)
    return "\n".join(lines if beside else [*lines, *_below(view.rows, notes)])


def _below(rows: Sequence[RowCells], notes: Sequence[str]) -> list[str]:
    """Return each error or doubt once, with the keys of its rows."""
    keys: dict[str, list[str]] = {}
    for row, note in zip(rows, notes, strict=True):
        if note:
            keys.setdefault(note, []).append(one_line(clean_text(row.key), _NARROW))
    return [f"{', '.join(names)}: {note}" for note, names in keys.items()]


def _left_out(rows: int, columns: int) -> str:
    """Return how many rows and columns are not shown; empty if all are."""
    counts = ((rows, "row"), (columns, "column"))
    words = [f"{number:,} more {what}{'s' * (number != 1)}" for number, what in counts if number]
    return f"and {', '.join(words)}" if words else ""


def _column(name: str, cells: Iterable[str], longest: int = _NARROW, *, right: bool = False) -> list[str]:
    words = [one_line(clean_text(text), longest) for text in (name, *cells)]
    width = max(map(len, words))
    return [f"{word:{'>' if right else '<'}{width}}" for word in words]


def _fitting(columns: list[list[str]]) -> tuple[list[list[str]], int]:
    """Return the first columns that fit on a line, and how many are left out; the key and one more always stay."""
    kept, used = columns[:2], sum(len(column[0]) + 2 for column in columns[:2])
    for column in columns[2:]:
        used += len(column[0]) + 2
        if used > _LINE:
            break
        kept.append(column)
    return kept, len(columns) - len(kept)
