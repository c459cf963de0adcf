"""Doubts about the series of a panel as a whole: notes and their arrows, axes inside axes, more colours than series."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from vision_magic.engine.chart.axes import MIN_NUMBERS, fit_tick_texts, largest_aligned
from vision_magic.engine.chart.data import Kind, Series, WhyNot
from vision_magic.engine.chart.plot import Panel
from vision_magic.engine.chart.ticks import number_of
from vision_magic.engine.colours import chroma
from vision_magic.engine.texts import GUESSED, Text

__all__ = ["with_doubts"]

_STROKES: Final[tuple[Kind, ...]] = ("line", "step", "other", "points")
_DIGIT: Final = re.compile(r"\d")
_MANY: Final = 5
_TOO_MANY: Final = 9
_SHORT: Final = 0.35
"""An arrow or the frame of a note covers a smaller share of the width of the axes."""


def with_doubts(series: Sequence[Series], panel: Panel, texts: Sequence[Text]) -> list[Series]:
    """Return series without those that are parts of notes, and unsure where something else is drawn in the axes.

    Parameters
    ----------
    series : sequence of Series
        The series of a panel.
    panel : Panel
        The axes.
    texts : sequence of Text
        The texts that were read.
    """
    inside = [text for text in texts if panel.frame.contains(*text.centre) and not _is_in_legend(text, panel)]
    if any(sum(map(str.isalpha, text.text)) >= 3 for text in inside):
        series = [one for one in series if not _is_part_of_note(one, series, panel)]
    if _has_axes_inside(inside):
        return [_doubted(one, WhyNot.SECOND_AXIS) for one in series]
    if _are_run_together(panel, texts):
        return [_doubted(one, WhyNot.AXIS_UNREAD) for one in series]
    if any(one.kind == "other" for one in series):  # which may stand on an area, or the area on it
        series = [_doubted(one, WhyNot.NO_SHAPE) if one.kind == "area" else one for one in series]
    unnamed = [one for one in series if not one.name and one.kind in _STROKES]
    unsure = [one for one in unnamed if not one.sure]
    if len(unnamed) >= _TOO_MANY or (len(unnamed) >= _MANY and len(unsure) > len(unnamed) / 2):
        why_not = WhyNot.NO_SHAPE
        series = [_doubted(one, why_not) if one in unnamed else one for one in series]
        if len(unnamed) >= _TOO_MANY:  # a picture, contours or shades, of which each would be called a series
            others = [one for one in series if one.name or one.kind not in _STROKES]
            return [*others, Series(kind="other", sure=False, why_not=why_not)]
    return list(series)


def _are_run_together(panel: Panel, texts: Sequence[Text]) -> bool:
    """Return whether tick labels overlap, and were cut apart at wrong places: those with digits, and guessed ones."""
    if panel.x.kind != "labels" or panel.x.calibration is not None:
        return False
    ticks = set(panel.x.ticks)
    below = sorted((text for text in texts if text.text in ticks and text.box[1] > panel.frame.bottom), key=_left)
    return any(text.confidence <= GUESSED for text in below) or any(
        b.box[0] - a.box[2] <= 1 and abs(a.box[1] - b.box[1]) < a.height and _DIGIT.search(a.text + b.text)
        for a, b in pairwise(below)
    )


def _left(text: Text) -> float:
    return text.box[0]


def _is_in_legend(text: Text, panel: Panel) -> bool:
    if panel.legend_box is None:
        return False
    left, top, right, bottom = panel.legend_box
    x, y = text.centre
    return left <= x <= right and top <= y <= bottom


def _doubted(one: Series, why_not: str) -> Series:
    return replace(one, sure=False, why_not=one.why_not or why_not)


def _has_axes_inside(inside: Sequence[Text]) -> bool:
    """Return whether a row and a column of numbers inside the axes are scales of their own."""
    numbers = [text for text in inside if number_of(text.text) is not None]
    if len(numbers) < 2 * MIN_NUMBERS - 1:
        return False
    line = float(sorted(text.height for text in numbers)[len(numbers) // 2])
    row = largest_aligned(numbers, lambda text: text.box[1], 0.4 * line)
    column = largest_aligned(numbers, lambda text: text.box[2], 0.4 * line)
    return fit_tick_texts(row, 0) is not None and fit_tick_texts(column, 1) is not None


def _is_part_of_note(one: Series, series: Sequence[Series], panel: Panel) -> bool:
    """Return whether a line is an arrow or the frame of a text beside a longer series."""
    if one.name or one.kind not in ("line", "step", "other"):
        return False
    width = _width(one, panel)
    longest = max((_width(other, panel) for other in series if other is not one), default=0.0)
    grey = one.rgb is not None and chroma(one.rgb) < 12
    share = _SHORT * panel.frame.width
    return longest > max(width, share) and (width < share or (grey and not one.sure))


def _width(one: Series, panel: Panel) -> float:
    """Return how far a series reaches from left to right (pixels)."""
    places = list(_pixels(one, panel))
    return max(places) - min(places) if places else 0.0


def _pixels(one: Series, panel: Panel) -> Iterator[float]:
    axis = panel.x
    for x in one.x:
        if isinstance(x, str):
            if x in axis.ticks:
                yield axis.places[axis.ticks.index(x)]
        elif axis.calibration is not None:
            yield float(axis.calibration.pixel(x))
