"""What a batch job shows: one line in words, and a table of its parts."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Final

from vision_magic.each.batch.parts import Part
from vision_magic.render.markup import plain_html
from vision_magic.render.rows_table import RowCells, RowsView, rows_html
from vision_magic.render.theme import ERROR, SMALL
from vision_magic.text import clean_text, format_bytes, one_line

__all__ = ["html_of", "line_of", "state_of"]

_MAX_ERROR: Final = 300  # characters


def line_of(name: str, parts: Sequence[Part], error: str) -> str:
    """Return the display of a job in one line.

    Parameters
    ----------
    name : str
        The name of the run.
    parts : sequence of Part
        Its parts.
    error : str
        What is wrong; empty if nothing is.
    """
    sent = [part for part in parts if part.state != "dropped"]
    ids = [part.batch for part in sent if part.batch]
    started = [part.started for part in sent if part.started]
    words = [
        clean_text(name),
        _ids_in_words(ids),
        state_of(parts),
        f"{len(sent)} file{'' if len(sent) == 1 else 's'}" if ids else "",
        f"started {_clock(min(started))}" if started else "",
        "uploaded files deleted" if sent and all(part.deleted for part in sent) else "",
        one_line(error, _MAX_ERROR),
    ]
    return " · ".join(filter(None, words))


def html_of(name: str, parts: Sequence[Part], error: str, words: str) -> str:
    """Return the display of a job as HTML: its line, a table of its parts if there are several, and what is wrong.

    Parameters
    ----------
    name, parts, error
        As for `line_of`.
    words : str
        What it costs.
    """
    several = parts if len(parts) > 1 else ()
    view = RowsView(
        summary=line_of(name, parts, ""),
        key_name="batch",
        headings=("state", "answered", "failed", "lines", "size", "note"),
        numeric=frozenset({1, 2, 3}),
        rows=[RowCells(key=part.batch, cells=_cells(part)) for part in several],
    )
    trouble = f'<div style="{ERROR}">{plain_html(one_line(clean_text(error), _MAX_ERROR))}</div>' if error else ""
    return f'{rows_html(view)}{trouble}<div style="{SMALL}">{plain_html(words)}</div>'


def state_of(parts: Sequence[Part]) -> str:
    """Return what a job does, with counts: ``in progress 4,120 of 10,000``."""
    parts = [part for part in parts if part.state != "dropped"]
    total = sum(part.count for part in parts)
    if not parts:
        return "nothing sent"
    if all(part.state == "written" for part in parts):
        return f"{total:,} lines written to a file"
    answered = sum(part.completed for part in parts)
    if all(part.is_over for part in parts):
        failed = total - answered
        return f"{_final(parts)} {answered:,} of {total:,}" + (f", {failed:,} failed" if failed else "")
    return f"{_doing(parts)} {answered:,} of {total:,}"


_WORDS: Final[Mapping[str, str]] = {
    "uploading": "uploading",
    "uploaded": "uploaded, not started",
    "creating": "uploaded, perhaps started",
    "waiting": "waiting for room at the server",
    "ended": "to be downloaded",
    "written": "written to a file",
    "dropped": "given up",
}


def _words_of(part: Part) -> str:
    shown = part.status if part.state in ("created", "collected") else _WORDS[part.state]
    return clean_text(shown.replace("_", " "))


def _doing(parts: Sequence[Part]) -> str:
    """Return what the least advanced part does."""
    order = ("uploading", "uploaded", "creating", "waiting", "created", "ended", "written", "collected")
    return _words_of(min(parts, key=lambda part: order.index(part.state)))


def _final(parts: Sequence[Part]) -> str:
    """Return how a job ended: as its parts did, or the worst of them."""
    found = {part.status for part in parts}
    return next((status for status in ("failed", "expired", "cancelled") if status in found), "completed")


def _ids_in_words(ids: Sequence[str]) -> str:
    return "" if not ids else clean_text(ids[0]) + (f" and {len(ids) - 1} more" if len(ids) > 1 else "")


def _clock(moment: float) -> str:
    """Return a time as ``14:02``, or with the date if it was not today."""
    then = time.localtime(moment)
    today = time.strftime("%Y-%m-%d", then) == time.strftime("%Y-%m-%d")
    return time.strftime("%H:%M" if today else "%Y-%m-%d %H:%M", then)


def _cells(part: Part) -> tuple[str, ...]:
    deleted = "uploaded file deleted" if part.deleted else ""
    notes = "; ".join(filter(None, (one_line(part.error, _MAX_ERROR), deleted)))
    return (
        _words_of(part),
        f"{part.completed:,}",
        f"{part.failed:,}",
        f"{part.count:,}",
        format_bytes(part.size),
        notes,
    )
