"""The progress of a run in words, for every kind of view."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from vision_magic.text import clean_text, one_line

if TYPE_CHECKING:
    from vision_magic.each.progress.progress import Counts
    from vision_magic.each.row import Key, Row

__all__ = [
    "answer_words",
    "end_words",
    "in_words",
    "key_words",
    "left_out_words",
    "pace_words",
    "pause_words",
    "rows_words",
    "seconds_words",
]

_EXACT: Final = 100_000  # tokens that are shown to the last digit
_UNITS: Final = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))


def rows_words(counts: Counts) -> str:
    """Return how many rows there are, and how many of them have no answer: ``1,204 of 10,000 rows · 3 failed``."""
    known = counts.total is not None and counts.finished != counts.total
    said = f"{counts.finished:,} of {counts.total:,} rows" if known else _rows(counts.finished)
    return " · ".join((said, *_ends(counts)))


def pace_words(counts: Counts) -> str:
    """Return how fast it goes, how long it will take, and what it has used so far."""
    return " · ".join(_pace(counts))


def pause_words(counts: Counts) -> str:
    """Return for how long no request is sent, and why; empty if requests are sent."""
    if counts.pause <= 0:
        return ""
    return clean_text(f"paused for {seconds_words(counts.pause)}: {counts.pause_reason}".removesuffix(": "))


def left_out_words(counts: Counts) -> str:
    """Return what of a folder is no picture of the run; empty if everything is."""
    return clean_text(one_line(counts.left_out, 200))


def in_words(counts: Counts) -> str:
    """Return everything on one line, a pause before the pace that it explains."""
    parts = (rows_words(counts), pause_words(counts), pace_words(counts), left_out_words(counts))
    return " · ".join(filter(None, parts))


def end_words(counts: Counts) -> str:
    """Return the line that stays after a run. It has no times, so that it is the same if the run is repeated."""
    known = counts.total is not None and counts.finished != counts.total
    said = f"{counts.finished:,} of {counts.total:,} rows" if known else _rows(counts.finished)
    asked = counts.finished - counts.kept
    kept = f"{counts.kept:,} were there, {f'{asked:,}' if asked else 'none'} asked" if counts.kept else ""
    failed = f"{counts.failed:,} failed" if counts.failed else ""
    doubtful = f"{counts.doubtful:,} doubtful -> rows.doubtful" if counts.doubtful else ""
    ended, left_out = clean_text(counts.ended or "interrupted"), left_out_words(counts)
    return " · ".join(filter(None, (ended, said, kept, failed, doubtful, left_out)))


def answer_words(row: Row, max_length: int = 60, *, names: bool = True) -> str:
    """Return the answer of a row on one line, its fields with or without their names; without an answer, the reason."""
    if row.state != "done":
        said = row.error or row.text or row.state
    elif isinstance(row.value, dict):
        fields = row.value.items()
        said = " · ".join(f"{name} {_plain(item)}" if names else _plain(item) for name, item in fields)
    else:
        said = row.text if row.value is None else _plain(row.value)
    return clean_text(one_line(said, max_length))


def key_words(key: Key, max_length: int = 60) -> str:
    """Return a key on one line: of a path only its last part, and the parts of a tuple one after another."""
    parts = key if isinstance(key, tuple) else (key,)
    said = " · ".join(part.name if isinstance(part, PurePath) else str(part) for part in parts)
    return clean_text(one_line(said, max_length))


def seconds_words(seconds: float) -> str:
    """Return a time in its two largest units: ``12 s``, ``3 min 32 s``, ``2 h 10 min``."""
    rest = max(1, round(seconds))
    said: list[tuple[int, str]] = []
    for unit, size in _UNITS:
        if rest >= size or said:
            said.append((rest // size, unit))
            rest %= size
    return " ".join(f"{number}\u00a0{unit}" for number, unit in said[:2] if number)


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _rows(number: int) -> str:
    return f"{number:,} row{'' if number == 1 else 's'}"


def _ends(counts: Counts) -> Iterator[str]:
    if counts.kept:
        yield f"{counts.kept:,} kept"
    if counts.failed:
        yield f"{counts.failed:,} failed"
    if counts.refused:
        yield f"{counts.refused:,} refused"
    if counts.doubtful:
        yield f"{counts.doubtful:,} doubtful"


def _pace(counts: Counts) -> Iterator[str]:
    if counts.rate:
        pace, unit = (counts.rate, "s") if counts.rate >= 1 else (60 * counts.rate, "min")
        yield f"{pace:,.{0 if pace >= 10 else 1}f}\u00a0rows/{unit}"
    if counts.seconds_left:
        yield f"{seconds_words(counts.seconds_left)} left"
    if tokens := counts.prompt_tokens + counts.completion_tokens:
        yield f"{tokens:,} tokens" if tokens < _EXACT else f"{tokens / 1e6:,.2f}\u00a0M tokens"
    if counts.cost is not None:
        yield f"{counts.cost:,.{2 if counts.cost >= 0.1 else 4}f} at your prices"
    if counts.in_flight:
        yield f"{counts.in_flight:,} in flight"
