"""Tick labels that detection missed: something is printed at a tick mark, in line with the labels of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, Final, Literal

from vision_magic.engine.chart.calibrate import tick_marks
from vision_magic.engine.chart.masks import runs_of
from vision_magic.engine.pixels import Box

if TYPE_CHECKING:
    from vision_magic.engine.chart.frames import Frame
    from vision_magic.engine.texts import Text

__all__ = ["missed_labels"]

_FEWEST: Final = 4
"""Where there are fewer labels, others may be missing."""

_BETWEEN, _AT_END = 1.45, 0.96
"""A label may be missing where there is so much room, as a share of the smallest distance between two of them."""

_EVEN, _NEAR = 0.15, 0.2
"""Steps between labels differ by less, and labels are no nearer to a tick mark of their own (shares of a step)."""

_BESIDE: Final = 2.2
_IN_LINE: Final = 0.9
"""Labels begin so near the axes, and end so near the line that the others end at (heights of a line)."""

_GAP: Final = 0.6
_LETTER: Final = (0.35, 1.3)
"""Gaps inside a label, and the height of its letters (heights of a line)."""

_INK: Final = 60
"""Ink differs so much from the ground (of 255)."""


def missed_labels(pixels: Any, axes: Frame, texts: Sequence[Text]) -> Iterator[Box]:
    """Yield the boxes of the labels on the left of axes and below them that were not read.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    axes : Frame
        The axes.
    texts : sequence of Text
        The texts that were read.
    """
    sides: tuple[Literal["left", "bottom"], ...] = ("left", "bottom")
    for side in sides:
        known = _labels_on(side, axes, texts)
        along = 1 if side == "left" else 0
        places = sorted(text.centre[along] for text in known)
        ends = (axes.top, axes.bottom) if side == "left" else (axes.left, axes.right)
        if not known or not _may_miss(places, ends):
            continue
        height = median(text.height for text in known)
        first = min(text.box[0] for text in known)
        label = max((text.box[2] for text in texts if text.rotated and text.centre[0] < first), default=0)
        marks = tick_marks(pixels, axes, side)
        for mark in [*marks, *_marks_in_step(places, marks, ends)]:
            box = _box_at(pixels, mark, side, known, height, (label, axes.left))
            if box is not None and not any(_overlap(box, text.box, 0.3 * height) for text in texts):
                yield box


def _labels_on(side: str, axes: Frame, texts: Sequence[Text]) -> list[Text]:
    """Return the level texts next to one side of axes."""
    level = [text for text in texts if not (text.rotated or text.slant)]
    if side == "left":
        near = [
            text
            for text in level
            if -0.6 * text.height <= axes.left - text.box[2] <= _BESIDE * text.height
            and axes.top - text.height <= text.centre[1] <= axes.bottom + 0.5 * text.height
        ]
        edge = max((text.box[2] for text in near), default=0)
        return [text for text in near if edge - text.box[2] <= _IN_LINE * text.height]
    near = [
        text
        for text in level
        if -0.25 * text.height <= text.box[1] - axes.bottom <= _BESIDE * text.height
        and axes.left - text.height <= text.centre[0] <= axes.right + text.height
    ]
    edge = min((text.box[1] for text in near), default=0)
    return [text for text in near if text.box[1] - edge <= 0.5 * text.height]


def _may_miss(places: Sequence[float], ends: tuple[int, int]) -> bool:
    """Return whether there are few labels, or there is room for one between two of them or at an end."""
    if len(places) < _FEWEST:
        return True
    gaps = [after - before for before, after in pairwise(places)]
    at_ends = max(places[0] - ends[0], ends[1] - places[-1])
    return max(gaps) > _BETWEEN * min(gaps) or at_ends > _AT_END * min(gaps)


def _marks_in_step(places: Sequence[float], marks: Sequence[float], ends: tuple[int, int]) -> list[float]:
    """Return where labels would stand that go on in the steps of others: bars hide the grid lines above them."""
    gaps = [after - before for before, after in pairwise(places)]
    if len(gaps) < 2 or max(gaps) - min(gaps) > _EVEN * min(gaps):
        return []
    step = (places[-1] - places[0]) / len(gaps)
    more = [places[0] - step, places[-1] + step]
    return [
        place
        for place in more
        if ends[0] <= place <= ends[1] and all(abs(place - mark) > _NEAR * step for mark in marks)
    ]


def _box_at(
    pixels: Any, mark: float, side: str, known: Sequence[Text], height: float, between: tuple[int, int]
) -> Box | None:
    """Return the box of what is printed at a tick mark, as large as a label; None if there is nothing.

    Labels on the left are `between` the end of the label of their axis and the axes.
    """
    reach = round(0.9 * height)
    if side == "left":
        right = min(max(text.box[2] for text in known) + 1, between[1] - 1)
        left = max(between[0], min(text.box[0] for text in known) - 2 * reach)
        top, bottom = max(0, round(mark) - reach), round(mark) + reach + 1
    else:
        top, bottom = min(text.box[1] for text in known), max(text.box[3] for text in known)
        left, right = _between(known, mark, pixels.shape[1])
    ink = _ink(pixels[top:bottom, left:right])
    if ink is None:
        return None
    columns = _around(ink.any(axis=0), None if side == "left" else mark - left, _GAP * height)
    if columns is None:
        return None
    rows = _around(ink[:, columns[0] : columns[1]].any(axis=1), (mark - top) if side == "left" else len(ink) / 2, 2.0)
    if rows is None or not _LETTER[0] * height <= rows[1] - rows[0] <= _LETTER[1] * height:
        return None
    middle = (rows[0] + rows[1]) / 2 - (mark - top) if side == "left" else sum(columns) / 2 - (mark - left)
    if abs(middle) > 0.4 * height or (side == "left" and right - left - columns[1] > height):
        return None
    room = max(2, round(0.2 * (rows[1] - rows[0])))
    sides = (left + columns[0] - room, top + rows[0] - room, left + columns[1] + room, top + rows[1] + room)
    return max(0, sides[0]), max(0, sides[1]), min(pixels.shape[1], sides[2]), min(len(pixels), sides[3])


def _between(known: Sequence[Text], mark: float, width: int) -> tuple[int, int]:
    """Return from where to where there is room between the labels before and after a tick mark."""
    before = [text.box[2] for text in known if text.centre[0] < mark]
    after = [text.box[0] for text in known if text.centre[0] >= mark]
    return max(before, default=0), min(after, default=width)


def _ink(part: Any) -> Any:
    """Return which pixels of a part of an image differ from its commonest colour; None if it is too small."""
    import numpy as np

    if min(part.shape[:2]) < 4:
        return None
    part = part.astype(np.int16)
    return np.abs(part - np.median(part.reshape(-1, 3), axis=0)).max(axis=2) > _INK


def _around(inked: Any, place: float | None, gap: float) -> tuple[int, int] | None:
    """Return start and end of the group of inked lines around a place, or else of the last group; None without any."""
    groups: list[tuple[int, int]] = []
    for start, stop in runs_of(inked):
        if groups and start - groups[-1][1] <= gap:
            groups[-1] = (groups[-1][0], stop)
        else:
            groups.append((start, stop))
    if place is not None:
        groups = [group for group in groups if group[0] - gap <= place <= group[1] + gap]
    return groups[-1] if groups else None


def _overlap(a: Box, b: Box, edge: float) -> bool:
    """Return whether boxes overlap by more than their edges, which reach beyond the letters."""
    return min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) - max(a[1], b[1]) > edge
