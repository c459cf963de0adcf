"""Filled rectangles of a layer, with the exact places of their sides: the bars of bar charts and histograms."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, permutations
from statistics import median
from typing import Any, Final

from vision_magic.engine.chart.layers import Inside, Layer

__all__ = ["Rectangle", "find_rectangles"]

_THINNEST: Final = 2
"""Shorter sides are lines and markers (pixels)."""

_FULL: Final = 0.88
"""Share of its box that a rectangle fills."""

_FEWEST: Final = 3
"""Fewer rectangles do not show how wide bars are."""

_SAME: Final = 1.6
"""Sides are at the same place when they differ by no more (pixels)."""

_GAP: Final = 4.5
"""A grid line across a bar is at most this thick (pixels)."""

_SLIVER: Final = 5.0
"""So is a line along it."""

_USUAL: Final = 1.12
"""Both halves of a divided bar are no wider than this times another bar."""

_STROKE: Final = 4
"""The line around a bar is at most this thick (pixels)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectangle:
    """A filled rectangle; its sides in pixels of the image, where the centre of a pixel is a whole number.

    Attributes
    ----------
    layer : int
        The number of the layer.
    hidden : tuple of str
        The sides that a text or the legend hides.
    """

    layer: int
    left: float
    top: float
    right: float
    bottom: float
    hidden: tuple[str, ...] = ()

    @property
    def width(self) -> float:
        """Width (pixels)."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height (pixels)."""
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        """The middle: x, y (pixels)."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def find_rectangles(inside: Inside, layers: Sequence[Layer], number: int) -> list[Rectangle]:
    """Return the filled rectangles of a layer; a skyline of touching ones is cut where its height changes.

    Texts and the lines of hatches and outlines interrupt a rectangle, but do not end it.
    """
    import cv2
    import numpy as np

    layer = layers[number]
    areas = np.zeros(layer.mask.shape, bool)
    for other in layers:
        if other.solid and not other.outline:
            areas |= other.mask
    unknown = (~inside.ground | inside.rows | inside.columns | inside.hidden) & ~areas
    mask = (layer.mask | _interrupted(inside, layer.mask, unknown)).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    found: list[Rectangle] = []
    for index, (left, top, width, height, area) in enumerate(stats.tolist()):
        if index == 0 or width < _THINNEST or height < 1:
            continue
        part = labels[top : top + height, left : left + width] == index
        if area >= _FULL * width * height:
            pieces = [(0, 0, width, height)]
        else:
            pieces = _skyline(part) or [(y, x, h, w) for x, y, w, h in _skyline(part.T)]
        for x, y, w, h in pieces:
            if w >= _THINNEST and h >= 1:
                found.append(_exact(inside, layer, number, (left + x, top + y, left + x + w, top + y + h), areas))
    if _are_lying(found):
        return found
    return [] if _are_of_area(found) else _mended(found, _grid_places(inside))


def _are_of_area(found: Sequence[Rectangle]) -> bool:
    """Return whether rectangles are the pieces into which grid lines cut an area.

    Some stand on others that are wider, as the pieces of a bar do not, or all columns are as high.
    """
    wide = [one for one in found if one.width > 2 * _STROKE]  # grid lines cross in smaller pieces
    on_others = sum(
        abs(a.bottom - b.top) <= 1
        and min(a.right, b.right) - max(a.left, b.left) > min(a.width, b.width) / 2
        and abs(a.width - b.width) > 2 * _STROKE
        for a, b in permutations(wide, 2)
    )
    return on_others >= _FEWEST or _are_level(found)


def _are_level(found: Sequence[Rectangle]) -> bool:
    """Return whether the columns that rectangles make up touch each other and end at the same heights."""
    columns: dict[int, list[Rectangle]] = {}
    for one in found:
        columns.setdefault(round(one.left), []).append(one)
    ends = [
        (min(one.top for one in column), max(one.bottom for one in column), left, column[0].right)
        for left, column in sorted(columns.items())
    ]
    return len(ends) >= _FEWEST and all(
        abs(a[0] - b[0]) <= _SAME and abs(a[1] - b[1]) <= _SAME and abs(b[2] - a[3]) <= _GAP for a, b in pairwise(ends)
    )


def _grid_places(inside: Inside) -> frozenset[int]:
    """Return the columns of the image in which upright grid lines are drawn."""
    import numpy as np

    places = (inside.left + np.flatnonzero(inside.columns.any(axis=0))).tolist()
    return frozenset(place + beside for place in places for beside in (-1, 0, 1))


def _are_lying(found: Sequence[Rectangle]) -> bool:
    """Return whether most rectangles begin at one upright line, as level bars do, which no line divides."""
    sides = [side for one in found for side in (one.left, one.right)]
    most = max((sum(abs(side - other) <= 2 for other in sides) for side in sides), default=0)
    rows = {round(one.top / 4) for one in found}
    return most >= 0.6 * len(found) and len(rows) >= 0.6 * len(found)


def _mended(found: Sequence[Rectangle], grid: frozenset[int]) -> list[Rectangle]:
    """Return rectangles that a line across or along them does not divide; a wide one is cut below a narrow one.

    `grid` holds the columns of grid lines.
    """
    if len(found) < _FEWEST:
        return list(found)
    upright = _joined([piece for one in found for piece in _cut_below(one, found)])
    wide = [one.width for one in upright if one.width > _SLIVER]
    usual = median(wide) if wide else 0.0
    bars = [one for one in upright if not _is_sliver(one, upright)]
    ordered = sorted(bars, key=lambda one: (one.left, one.top))
    mended: list[Rectangle] = []
    for one in ordered:
        before = next((other for other in reversed(mended) if _are_halves(other, one, usual, grid)), None)
        if before is None:
            mended.append(one)
        else:
            mended[mended.index(before)] = replace(before, right=one.right)
    return mended


def _joined(pieces: Sequence[Rectangle]) -> list[Rectangle]:
    """Return rectangles with those joined that stand on each other."""
    joined: list[Rectangle] = []
    for one in sorted(pieces, key=lambda one: one.top):
        below = next(
            (
                other
                for other in joined
                if -1 <= one.top - other.bottom <= _GAP
                and abs(one.left - other.left) <= _SAME
                and abs(one.right - other.right) <= _SAME
            ),
            None,
        )
        if below is None:
            joined.append(one)
        else:
            hidden = tuple(side for side in below.hidden if side != "bottom") + tuple(
                side for side in one.hidden if side == "bottom"
            )
            joined[joined.index(below)] = replace(below, bottom=one.bottom, hidden=hidden)
    return joined


def _cut_below(one: Rectangle, found: Sequence[Rectangle]) -> list[Rectangle]:
    """Return a rectangle in two parts if a narrower one stands on one end of it."""
    for other in found:
        if -1 <= one.top - other.bottom <= _GAP and _SLIVER < other.width < one.width - _SLIVER:
            if abs(one.left - other.left) <= _SAME:
                return [replace(one, right=other.right), replace(one, left=other.right)]
            if abs(one.right - other.right) <= _SAME:
                return [replace(one, right=other.left), replace(one, left=other.left)]
    return [one]


def _is_sliver(one: Rectangle, found: Sequence[Rectangle]) -> bool:
    """Return whether a narrow piece lies between the halves of a bar that an upright line divides."""
    if one.width > _SLIVER:
        return False
    before = [other for other in found if abs(other.right - one.left) <= _SAME]
    after = [other for other in found if abs(other.left - one.right) <= _SAME]
    return any(
        abs(a.top - b.top) <= _SAME and abs(a.bottom - b.bottom) <= _SAME and a.top - _SAME <= one.top
        for a in before
        for b in after
    )


def _are_halves(one: Rectangle, other: Rectangle, usual: float, grid: frozenset[int]) -> bool:
    """Return whether two rectangles side by side are one bar of the usual width, or divided by a grid line."""
    level = abs(one.top - other.top) <= _SAME and abs(one.bottom - other.bottom) <= _SAME
    beside = -1 <= other.left - one.right <= _SLIVER + _SAME
    between = range(math.ceil(one.right), math.floor(other.left) + 1)
    if level and beside and between and all(column in grid for column in between):
        return True
    return level and beside and other.right - one.left <= _USUAL * usual and min(one.width, other.width) < usual - 1


def _interrupted(inside: Inside, mask: Any, unknown: Any) -> Any:
    """Return the unknown pixels that belong to a mark on all sides, such as below a number printed in a bar.

    Grid lines over a mark go on beyond it, so only what is on both sides of them counts.
    """
    import cv2
    import numpy as np

    reached = []
    for axis, backwards in ((0, False), (0, True), (1, False), (1, True)):
        view, known = (np.flip(one, axis) if backwards else one for one in (mask, ~unknown))
        numbers = np.arange(mask.shape[axis], dtype=np.int32).reshape((-1, 1) if axis == 0 else (1, -1))
        last = np.maximum.accumulate(np.where(known, numbers, -1), axis=axis)
        here = np.take_along_axis(view, np.clip(last, 0, None), axis=axis) & (last >= 0)
        reached.append(np.flip(here, axis) if backwards else here)
    upright, level = reached[0] & reached[1], reached[2] & reached[3]
    rows = cv2.dilate(inside.rows.astype(np.uint8), np.ones((3, 1), np.uint8)) > 0
    columns = cv2.dilate(inside.columns.astype(np.uint8), np.ones((1, 3), np.uint8)) > 0
    return unknown & ((upright & level) | (rows & upright) | (columns & level))


def _skyline(part: Any) -> list[tuple[int, int, int, int]]:
    """Return the boxes (x, y, width, height) of columns of equal extent; empty if they are not a few rectangles."""
    import numpy as np

    tops = part.argmax(axis=0)
    ends = part.shape[0] - part[::-1].argmax(axis=0)
    if (part.sum(axis=0) < 0.9 * (ends - tops)).mean() > 0.1:
        return []
    steps = np.flatnonzero((np.abs(np.diff(tops)) > 1) | (np.abs(np.diff(ends)) > 1)) + 1
    bounds = [0, *steps.tolist(), part.shape[1]]
    boxes = []
    for start, stop in pairwise(bounds):
        if stop - start >= _THINNEST:
            top, end = int(np.median(tops[start:stop])), int(np.median(ends[start:stop]))
            boxes.append((start, top, stop - start, end - top))
    return boxes if sum(width for _, _, width, _ in boxes) >= 0.9 * part.shape[1] else []


def _exact(inside: Inside, layer: Layer, number: int, box: tuple[int, int, int, int], areas: Any) -> Rectangle:
    """Return a rectangle with its sides between pixels, from how much of the next pixels is covered or stroked.

    `areas` are the filled marks of all layers.
    """
    left, top, right, bottom = box
    middle_rows = slice(top + (bottom - top) // 4, max(top + 1, bottom - (bottom - top) // 4))
    middle_columns = slice(left + (right - left) // 4, max(left + 1, right - (right - left) // 4))
    height, width = layer.mask.shape
    sides = {
        "left": left - _beyond(inside, layer, areas, middle_rows, range(left - 1, -1, -1), across=True),
        "right": right + _beyond(inside, layer, areas, middle_rows, range(right, width), across=True),
        "top": top - _beyond(inside, layer, areas, middle_columns, range(top - 1, -1, -1), across=False),
        "bottom": bottom + _beyond(inside, layer, areas, middle_columns, range(bottom, height), across=False),
    }
    return Rectangle(
        layer=number,
        left=inside.left + sides["left"] - 0.5,
        right=inside.left + sides["right"] - 0.5,
        top=inside.top + sides["top"] - 0.5,
        bottom=inside.top + sides["bottom"] - 0.5,
        hidden=tuple(_hidden_sides(inside.hidden & ~layer.mask, box)),
    )


def _hidden_sides(hidden: Any, box: tuple[int, int, int, int]) -> Iterator[str]:
    """Yield the sides most of which cannot be seen."""
    left, top, right, bottom = box
    for side, part in (
        ("top", hidden[max(0, top - 2) : top, left:right]),
        ("bottom", hidden[bottom : bottom + 2, left:right]),
        ("left", hidden[top:bottom, max(0, left - 2) : left]),
        ("right", hidden[top:bottom, right : right + 2]),
    ):
        if part.size and part.mean() > 0.6:
            yield side


def _beyond(inside: Inside, layer: Layer, areas: Any, along: slice, places: range, *, across: bool) -> float:
    """Return how far a side lies beyond the last full pixel: a covered part of one, or half of a line around it."""
    import numpy as np

    stroke = 0
    for step, place in enumerate(places):
        index = (along, place) if across else (place, along)
        covered = float(np.median(layer.coverage[index]))
        if step == 0 and 0.05 < covered < 0.5:
            return covered
        other = bool((~inside.ground[index] & (layer.coverage[index] < 0.05) & ~areas[index]).mean() > 0.8)
        if not other or step > _STROKE:
            break
        stroke += 1
    return stroke / 2 if 0 < stroke <= _STROKE else 0.0
