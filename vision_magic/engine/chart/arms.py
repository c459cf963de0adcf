"""Lines that stand on markers: error bars on both sides, or stems down to a common line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, Final

from vision_magic.engine.chart.blobs import Markers
from vision_magic.engine.chart.layers import Inside, Layer

__all__ = ["Arms", "are_at", "are_joined", "find_arms"]

_MOST: Final = 0.7
"""Share of the markers that must have them."""

_EVEN: Final = 2.5
"""Both sides of an error bar differ by no more (pixels)."""

_WIDEST: Final = 9.0
"""Half of a cap is no longer (pixels)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arms:
    """The lines on the markers of a layer.

    Attributes
    ----------
    halves : tuple of float
        Half the length of the error bar of each marker (pixels), NaN for one that is no longer than its marker or not
        even; empty if the lines are stems.
    base : float or None
        Where the stems begin (pixels of the image); None if the lines are error bars.
    joined : bool
        Whether a line goes from marker to marker.
    """

    halves: tuple[float, ...] = ()
    base: float | None = None
    joined: bool = False


def find_arms(inside: Inside, layer: Layer, markers: Markers, rim: float = 0.0) -> Arms | None:
    """Return the lines that stand on markers, which have a line of thickness `rim` around them; None without them."""
    radius = markers.size / 2 + rim
    ends = [_ends(inside, layer, point, radius) for point in markers.points]
    centres = [y for _, y in markers.points]
    up = [y - top for y, (top, _) in zip(centres, ends, strict=True)]
    down = [bottom - y for y, (_, bottom) in zip(centres, ends, strict=True)]
    beyond = radius + 1.5
    both = [a > beyond and b > beyond and abs(a - b) <= _EVEN for a, b in zip(up, down, strict=True)]
    joined = are_joined(inside, layer, markers)
    if sum(both) >= _MOST * len(centres):
        caps = _cap(inside, layer, markers, ends)
        halves = tuple((a + b) / 2 - caps / 2 if seen else math.nan for a, b, seen in zip(up, down, both, strict=True))
        return Arms(halves=halves, joined=joined)
    if joined:
        return None
    far = [top if a > b else bottom for a, b, (top, bottom) in zip(up, down, ends, strict=True) if max(a, b) > beyond]
    if len(far) < _MOST * len(centres) or not far:
        return None
    base = median(far)
    if sum(abs(one - base) <= 4 for one in far) >= 0.9 * len(far):
        return Arms(base=base)
    return None


def are_at(inside: Inside, layer: Layer, markers: Markers) -> bool:
    """Return whether a layer of thin lines stands at markers alone, as error bars in a colour of their own do."""
    import numpy as np

    columns = layer.mask.sum(axis=0)
    near = np.zeros(columns.shape, bool)
    reach = max(_WIDEST, markers.size)
    for x, _ in markers.points:
        place = round(x) - inside.left
        near[max(0, place - round(reach)) : max(0, place + round(reach) + 1)] = True
    return not near.all() and bool(columns.sum()) and float(columns[near].sum()) >= 0.9 * float(columns.sum())


def _ends(inside: Inside, layer: Layer, point: tuple[float, float], radius: float) -> tuple[float, float]:
    """Return the upper and lower ends of the upright line through a marker (pixels of the image)."""
    column, row = round(point[0]) - inside.left, round(point[1]) - inside.top
    best = (0.0, 0.0)
    height, width = layer.mask.shape
    for x in range(max(0, column - 1), min(width, column + 2)):
        ink = layer.coverage[:, x]
        top = bottom = min(max(row, 0), height - 1)
        while top > 0 and ink[top - 1] > 0.35:
            top -= 1
        while bottom < height - 1 and ink[bottom + 1] > 0.35:
            bottom += 1
        if bottom - top >= best[1] - best[0]:
            best = (float(top), float(bottom))
    return inside.top + best[0] - 0.5, inside.top + best[1] + 0.5


def _cap(inside: Inside, layer: Layer, markers: Markers, ends: Sequence[tuple[float, float]]) -> float:
    """Return the thickness of the caps at the ends of error bars; 0 if they have none."""
    heights: list[int] = []
    for (x, _), (top, _) in zip(markers.points, ends, strict=True):
        row, column = round(top + 0.5) - inside.top, round(x) - inside.left
        side = column + max(2, round(markers.lines / 2 + 1))
        if side >= layer.mask.shape[1]:
            continue
        part: Any = layer.coverage[row : row + 8, side]
        high = 0
        while high < len(part) and part[high] > 0.35:
            high += 1
        heights.append(high)
    usual = median(heights) if heights else 0
    return float(usual) if 0 < usual <= 5 else 0.0


def are_joined(inside: Inside, layer: Layer, markers: Markers) -> bool:
    """Return whether there is ink midway between neighbours."""
    height, width = layer.mask.shape
    reach = round(markers.size / 2) + 2
    seen = []
    for (ax, ay), (bx, by) in pairwise(markers.points):
        column, row = round((ax + bx) / 2) - inside.left, round((ay + by) / 2) - inside.top
        if bx - ax > markers.size * 2.4 and 0 <= column < width and 0 <= row < height:
            seen.append(bool(layer.mask[max(0, row - reach) : row + reach + 1, column].any()))
    return bool(seen) and sum(seen) >= 0.6 * len(seen)
