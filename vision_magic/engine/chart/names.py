"""Names that were read in parts: tick labels printed in several lines, and lines of other texts with a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Final

from vision_magic.engine.chart.axes import Axes, TextPool
from vision_magic.engine.chart.dates import are_months, dates_of, has_month_and_year, names_month_or_year
from vision_magic.engine.chart.sequences import with_unread
from vision_magic.engine.chart.ticks import number_of
from vision_magic.engine.texts import Text

__all__ = ["join_pieces", "with_whole_names"]

_MOST_LINES: Final = 4


def with_whole_names(axes: Axes, pool: TextPool) -> Axes:
    """Return axes with the lines of each name joined.

    Parameters
    ----------
    axes : Axes
        The axes, whose labels are still free.
    pool : TextPool
        The texts without a role; the lines that are joined are taken from it.
    """
    axes = replace(axes, x_ticks=_with_dates_below(axes, pool))
    y_ticks, x_ticks = _joined_column(axes.y_ticks, pool.line_height), _with_lines_below(axes, pool)
    for ticks, joined in ((axes.y_ticks, y_ticks), (axes.x_ticks, x_ticks)):
        if joined != ticks:
            pool.take(text for text in ticks if text in pool.free and text not in joined)
    return replace(axes, x_ticks=with_unread(x_ticks, 0), y_ticks=with_unread(y_ticks, 1))


def join_pieces(pool: TextPool) -> None:
    """Join the texts without a role that are pieces of one line: the second begins where the first ends.

    Parameters
    ----------
    pool : TextPool
        The texts without a role. A sample of a legend that was read as a letter or two is no piece.
    """
    for first in sorted(pool.free, key=lambda text: text.box[0]):
        if first in pool.free and (second := _rest_of(first, pool)) is not None:
            pool.take([first, second])
            pool.free.append(_joined([first, second]))


def _rest_of(first: Text, pool: TextPool) -> Text | None:
    if first.rotated or first.slant or sum(map(str.isalpha, first.text)) < _FEWEST_LETTERS:
        return None
    for text in pool.free:
        gap = text.box[0] - first.box[2]
        level = abs(text.centre[1] - first.centre[1]) <= _LEVEL * first.height and not (text.rotated or text.slant)
        beside = text.box[0] > first.centre[0] and -_OVERLAP * first.height <= gap <= _SPACE * first.height
        if text is not first and level and beside and number_of(text.text) is None:
            return text
    return None


_FEWEST_LETTERS: Final = 3
_LEVEL, _OVERLAP, _SPACE = 0.25, 0.6, 0.2
"""Pieces of a line stand at one level, overlap by so much or have so much between them (heights of the line)."""


def _is_name(text: Text) -> bool:
    return number_of(text.text) is None and not text.slant and not text.rotated


def _joined(lines: Sequence[Text]) -> Text:
    """Return the lines of a name, from top to bottom, as one text."""
    boxes = [text.box for text in lines]
    return replace(
        lines[0],
        text=" ".join(text.text for text in lines),
        box=(
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        ),
        confidence=min(text.confidence for text in lines),
        lines=sum(text.lines for text in lines),
    )


def _joined_column(ticks: tuple[Text, ...], line: float) -> tuple[Text, ...]:
    """Return names beside an axis, from the bottom up, with close lines joined if the names then stand evenly."""
    if len(ticks) < 3 or not all(map(_is_name, ticks)):
        return ticks
    from_top = ticks[::-1]
    groups = [[from_top[0]]]
    for before, after in pairwise(from_top):
        if after.box[1] - before.box[3] <= 0.15 * line and after.centre[1] - before.centre[1] <= 1.2 * line:
            groups[-1].append(after)
        else:
            groups.append([after])
    names = [_joined(group) if len(group) > 1 else group[0] for group in groups]
    gaps = [after.centre[1] - before.centre[1] for before, after in pairwise(names)]
    even = len(gaps) > 0 and max(gaps) <= 1.25 * min(gaps) + 3
    return tuple(names[::-1]) if even and max(map(len, groups)) <= _MOST_LINES else ticks


def _with_dates_below(axes: Axes, pool: TextPool) -> tuple[Text, ...]:
    """Return the labels of days, hours or months with the months and years that are printed below them.

    A month that stands below no label, as pandas prints it, is a label of its own.
    """
    ticks, line, frame = axes.x_ticks, pool.line_height, axes.frame
    if len(ticks) < 2 or any(text.slant or text.rotated for text in ticks):
        return ticks
    row = median(text.centre[1] for text in ticks)
    below = sorted(
        (
            text
            for text in pool.free
            if 0.6 * line < text.centre[1] - row <= _DATES_BELOW * line
            and frame.left - line <= text.centre[0] <= frame.right + line
            and not text.slant
            and not text.rotated
            and names_month_or_year(text.text)
            and not (has_month_and_year(text.text) and text.box[2] > frame.right - line)  # that of the last label
        ),
        key=lambda text: text.box[1],
    )
    labels = {tick: [tick] for tick in ticks}
    for text in below:
        nearest = min(labels, key=lambda tick: abs(tick.centre[0] - text.centre[0]))
        if abs(nearest.centre[0] - text.centre[0]) <= max(4.0, 0.5 * line):
            labels[nearest].append(text)
        elif are_months([text.text]):
            labels[text] = [text]
    joined = [_joined(lines) if len(lines) > 1 else lines[0] for lines in labels.values()]
    joined.sort(key=lambda text: text.centre[0])
    if dates_of([text.text for text in joined]) is None:
        return ticks
    pool.take(text for lines in labels.values() for text in lines if text in pool.free and len(lines) > 1)
    return tuple(joined)


_DATES_BELOW: Final = 5.0
"""Months and years stand at most so many lines below the days: pandas leaves two lines free."""


def _with_lines_below(axes: Axes, pool: TextPool) -> tuple[Text, ...]:
    """Return names below an axis with the lines below them, if two names or more have one."""
    ticks, line = axes.x_ticks, pool.line_height
    for fewest in (2, 1, 1):  # where two names have a second line, a single one may have a third
        if len(ticks) < 2 or not any(map(_is_name, ticks)):
            break
        below = {tick: text for tick in ticks if (text := _line_below(tick, ticks, pool, line)) is not None}
        if len(below) < fewest or len(set(below.values())) < len(below):
            break
        pool.take(below.values())
        pool.take(tick for tick in below if tick in pool.free)
        ticks = tuple(_joined([tick, below[tick]]) if tick in below else tick for tick in ticks)
    return ticks


def _line_below(tick: Text, ticks: Sequence[Text], pool: TextPool, line: float) -> Text | None:
    spacing = min(after.centre[0] - before.centre[0] for before, after in pairwise(ticks))
    for text in pool.free:
        close = -0.5 * line <= text.box[1] - tick.box[3] <= 0.3 * line
        centred = abs(text.centre[0] - tick.centre[0]) <= max(3.0, 0.35 * line)
        narrow = text.box[2] - text.box[0] <= 1.1 * spacing
        if text not in ticks and close and centred and narrow and _is_name(text) and _is_name(tick):
            return text
    return None
