"""Outlines of histograms: level pieces above bins of one width, of which the lowest are hidden by the edge of the axes.

Steps that are lower than the line is thick have no level pieces of their own, and an empty bin has none at all: once
the width of the bins is known, each is measured in its middle.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from vision_magic.engine.chart.lattice import even_step
from vision_magic.engine.chart.layers import Inside, Layer

__all__ = ["bins_of_outline"]

_FEWEST: Final = 2
"""So many places have to be seen where two level pieces meet."""

_ENDS: Final = 2.5
_FLAT: Final = 0.8
"""How far the ends of an outline may be from edges of bins, and the middle of a bin from level (pixels)."""

_MIDDLE: Final = 0.25
"""The part of a bin on both sides of its middle in which its height is measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outline:
    """A layer with the thickness of its line, and where the lower edge of the axes is (pixels of the image)."""

    inside: Inside
    layer: Layer
    width: float
    edge: float

    @property
    def sides(self) -> tuple[float, float]:
        """Where the axes begin and end (pixels of the image)."""
        return float(self.inside.left), float(self.inside.left + self.layer.mask.shape[1])

    def is_low(self, y: float) -> bool:
        """Return whether a height is so near the edge that a line from it to the edge cannot be seen."""
        return self.edge - y <= 2 * self.width + 4

    def comes_down(self, x: float, y: float) -> bool:
        """Return whether an upright line runs from a place to the lower edge of the axes."""
        column, row = round(x - self.inside.left), max(0, round(y - self.inside.top))
        around = self.layer.mask[row:, max(0, column - 2 - int(self.width)) : column + 3 + int(self.width)]
        return self.is_low(y) or bool(around.size and around.any(axis=1).mean() > 0.9)


def bins_of_outline(
    inside: Inside, layer: Layer, ground: float, levels: Sequence[tuple[float, float, float]], width: float
) -> list[tuple[float, float]] | None:
    """Return the middle of each bin and its height, the ground for an empty one; None if it is no such outline.

    Parameters
    ----------
    inside, layer
        The inside of the axes, and the layer.
    ground : float
        Where zero is (pixels of the image): at the lower edge of the axes.
    levels : sequence of tuple of float
        The level pieces of the layer.
    width : float
        The thickness of its line (pixels).
    """
    outline = _Outline(inside=inside, layer=layer, width=width, edge=float(inside.top + layer.mask.shape[0]))
    if abs(outline.edge - ground) > 2 * width + 4:
        return None
    edges = _edges(outline, levels)
    if edges is None:
        return None
    heights = [_height(outline, left, right) for left, right in pairwise(edges)]
    if any(height is not None and math.isnan(height) for height in heights):
        return None
    if not _goes_down(outline, edges, heights):
        return None
    middles = [(left + right) / 2 for left, right in pairwise(edges)]
    return [(x, ground if y is None else y) for x, y in zip(middles, heights, strict=True)]


def _edges(outline: _Outline, levels: Sequence[tuple[float, float, float]]) -> list[float] | None:
    """Return the edges of all bins; None if the level pieces are not above bins of one width."""
    import numpy as np

    near = 3 * outline.width + 3
    joints = [(a[1] + b[0]) / 2 for a, b in pairwise(levels) if abs(a[1] - b[0]) <= near]
    step = even_step(joints, 0.6 * min(b - a for a, b in pairwise(joints))) if len(joints) >= _FEWEST else None
    if step is None or step < 2 * outline.width + 4:
        return None
    columns = np.flatnonzero(outline.layer.mask.any(axis=0)) + outline.inside.left
    half = (outline.width - 1) / 2
    ends = [float(columns[0]) + half, float(columns[-1]) - half]
    # At a side of the axes, the spine hides the end of the line.
    seen = [end for end, side in zip(ends, outline.sides, strict=True) if abs(end - side) > _SIDE]
    places = sorted([*joints, *seen])
    step = (places[-1] - places[0]) / max(1, round((places[-1] - places[0]) / step))
    numbers = [(place - places[0]) / step for place in places]
    if max(abs(number - round(number)) for number in numbers) * step > _ENDS:
        return None
    first, last = (round((end - places[0]) / step) for end in ends)
    return [places[0] + number * step for number in range(first, last + 1)]


def _height(outline: _Outline, left: float, right: float) -> float | None:
    """Return the height of the line in the middle of a bin; None if there is none, NaN if it is not level."""
    import numpy as np

    reach, middle = _MIDDLE * (right - left), (left + right) / 2 - outline.inside.left
    part = outline.layer.coverage[:, max(0, round(middle - reach)) : round(middle + reach) + 1]
    total = part.sum(axis=0)
    if (total < 0.25).mean() > 0.8:
        return None
    if (total < 0.25).any():
        return math.nan
    rows = (part * np.arange(len(part))[:, None]).sum(axis=0) / total
    return outline.inside.top + float(np.median(rows)) if np.ptp(rows) <= 2 * _FLAT else math.nan


def _goes_down(outline: _Outline, edges: Sequence[float], heights: Sequence[float | None]) -> bool:
    """Return whether the line comes up from the edge of the axes at its start, and before and after empty bins.

    Where a side of the axes is its start or its end, the line along it is not seen.
    """
    cut = [abs(edge - side) <= _SIDE for edge, side in zip((edges[0], edges[-1]), outline.sides, strict=True)]
    ends = [(edges[end], heights[end]) for end, off in zip((0, -1), cut, strict=True) if not off]
    for number, (a, b) in enumerate(pairwise(heights), 1):
        if (a is None) != (b is None):
            ends.append((edges[number], a if b is None else b))
    return not all(cut) and all(y is None or outline.comes_down(x, y) for x, y in ends)


_SIDE: Final = 6.0
"""The line at the side of the axes is hidden by their spine (pixels)."""
