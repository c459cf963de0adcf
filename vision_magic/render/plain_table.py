"""Rendering of rows of strings as a table, in HTML and in aligned columns of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Final

from vision_magic.render.markup import plain_html
from vision_magic.render.theme import BORDER, TEXT
from vision_magic.text import clean_text

__all__ = ["table_html", "table_text"]

_CELL: Final = f"padding:3px 16px 3px 0;text-align:left;vertical-align:top;border:0;border-bottom:1px solid {BORDER}"
_NUMBER: Final = ";text-align:right;font-variant-numeric:tabular-nums"
_CODE: Final = "white-space:nowrap"  # the page scrolls a table that is too wide


def table_html(
    rows: Iterable[Sequence[str]],
    headings: Sequence[str] = (),
    *,
    numeric: frozenset[int] = frozenset(),
    code: frozenset[int] = frozenset(),
) -> str:
    """Return rows as an HTML table; every cell is shown literally.

    Parameters
    ----------
    rows : iterable of sequence of str
        The cells of each row; untrusted.
    headings : sequence of str
        The headings; empty for none.
    numeric, code : frozenset of int
        The positions of the columns of numbers, and of what is typed.
    """

    def row_html(row: Sequence[str], tag: str = "td") -> str:
        return "".join(
            f'<{tag} style="{_CELL}{_NUMBER if at in numeric else ""}">'
            f"{_cell_html(cell, at in code and tag == 'td')}</{tag}>"
            for at, cell in enumerate(row)
        )

    head = f"<thead><tr>{row_html(headings, 'th')}</tr></thead>" if headings else ""
    body = "".join(f"<tr>{row_html(row)}</tr>" for row in rows)
    return (
        f'<div style="overflow-x:auto"><table style="{TEXT};border-collapse:collapse;margin:6px 0">'
        f"{head}<tbody>{body}</tbody></table></div>"
    )


def _cell_html(text: str, is_code: bool) -> str:
    shown = plain_html(clean_text(text))
    return f'<code style="{_CODE}">{shown}</code>' if is_code and text else shown


def table_text(rows: Iterable[Sequence[str]], *, numeric: frozenset[int] = frozenset()) -> str:
    """Return rows as lines of text with aligned columns."""
    columns = [
        _aligned([clean_text(cell) for cell in cells], ">" if at in numeric else "<")
        for at, cells in enumerate(zip_longest(*rows, fillvalue=""))
    ]
    return "\n".join("  ".join(cells).rstrip() for cells in zip(*columns, strict=True))


def _aligned(cells: Sequence[str], side: str) -> list[str]:
    width = max(map(len, cells))
    return [f"{cell:{side}{width}}" for cell in cells]
