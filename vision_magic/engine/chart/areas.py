"""Areas of a layer: filled from a common level line up or down to a curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Any, Final

from vision_magic.engine.chart.corners import Point, find_corners
from vision_magic.engine.chart.layers import Inside, Layer
from vision_magic.engine.chart.strokes import Run

__all__ = ["find_area"]

_MOST: Final = 0.9
_GRID: Final = 5
"""Grid lines seen through an area are thinner (pixels)."""

_WIGGLE: Final = 5
"""The edge of an area is smoothed over as many columns on either side to see whether it is level."""

_NEAR: Final = 3.5
"""An area begins at most this far from its ground line (pixels)."""

_LEG: Final = 6
"""As many columns show in which direction a curve begins."""

_FAR: Final = 8
"""The ends of an area are at most as far from where its height is measured (pixels)."""

_STEEP: Final = 0.5
"""A line that is less steep is not followed to where it meets the ground."""


def find_area(inside: Inside, layer: Layer, ground: float, outline: Any, others: Any) -> list[Point] | None:
    """Return the corners of the curve above or below an area; None if a layer is no area.

    Parameters
    ----------
    inside, layer
        The inside of the axes, and the layer.
    ground : float
        Where zero is, or the lower edge of the axes (pixels of the image).
    outline : ndarray of bool
        The pixels of lines around areas.
    others : ndarray of bool
        The pixels of other marks and texts.
    """
    import numpy as np

    columns = np.flatnonzero(layer.mask.any(axis=0))
    if len(columns) < 10:
        return None
    level = min(max(ground - inside.top, 0.0), layer.mask.shape[0] - 1.0)
    whole = _whole(inside, layer.mask, others if layer.shade else None)
    down = _standing(layer.mask, whole, level)
    up = _standing(layer.mask[::-1], whole[::-1], layer.mask.shape[0] - 1 - level)[::-1]
    mask = down | up
    tall = mask.sum(axis=0)[columns]
    fits = tall >= _MOST * layer.mask.sum(axis=0)[columns]
    if fits.mean() < _MOST or np.median(tall) < 5 or tall.max() < 12:
        return None
    columns = columns[fits]
    path = _edges(replace(layer, mask=mask), outline, columns, down.sum(axis=0)[columns] >= up.sum(axis=0)[columns])
    path = path[1:-1]  # the outermost columns are covered in part
    if len(path) < 8 or (_is_level(path) and not layer.shade):
        return None
    corners = find_corners(path, 0.0, cap=False, size=mask.shape)
    first, last = _ink_ends(layer.coverage)
    corners = _to_end([(run.column, run.middle) for run in path[::-1]], corners[::-1], last, level)[::-1]
    corners = _to_end([(run.column, run.middle) for run in path], corners, first, level)
    corners = corners if up.sum(axis=0).max() > 2 * _NEAR + 1 else _above(corners, level)
    return [(inside.left + x, inside.top + y) for x, y in corners]


def _above(corners: Sequence[Point], level: float) -> list[Point]:
    """Return corners with the ground in place of those below it, at which lines meet where nothing is seen."""
    found = []
    for number, (x, y) in enumerate(corners):
        if y <= level + _NEAR:
            found.append((x, min(y, level)))
            continue
        for other in (*corners[max(0, number - 1) : number], *corners[number + 1 : number + 2]):
            if other[1] < level:
                found.append((x + (other[0] - x) * (y - level) / (y - other[1]), level))
    return found


def _ink_ends(coverage: Any) -> tuple[float, float]:
    """Return where the ink of an area begins and ends, from left to right (between pixels of the inside)."""
    import numpy as np

    most = coverage.max(axis=0)
    columns = np.flatnonzero(most > 0.1)
    first, last = int(columns[0]), int(columns[-1])
    return first + 0.5 - float(most[first]), last - 0.5 + float(most[last])


def _to_end(path: Sequence[Point], corners: list[Point], end: float, level: float) -> list[Point]:
    """Return corners with an end to which their first line goes on: where it meets the level, or the ink ends."""
    import numpy as np

    near = np.array(path[:_LEG])
    slope, start = np.polyfit(near[:, 0], near[:, 1], 1)
    if len(near) < _LEG or np.abs(near[:, 1] - start - slope * near[:, 0]).max() > 1 or abs(path[0][0] - end) > _FAR:
        return corners
    meeting = (level - start) / slope if abs(slope) > _STEEP else end
    inner, outer = sorted((path[0][0], end))
    if not inner - 2 <= meeting <= outer + 2:
        meeting = end
    return [(float(meeting), float(start + slope * meeting)), *corners]


def _whole(inside: Inside, mask: Any, others: Any | None) -> Any:
    """Return an area without the gaps that grid lines, texts and other marks make in it."""
    import cv2
    import numpy as np

    covered = inside.rows | inside.columns | inside.hidden
    if others is not None:
        covered = covered | others
    closed = cv2.morphologyEx((mask | covered).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((_GRID, _GRID), np.uint8))
    return closed > 0


def _standing(mask: Any, whole: Any, level: float) -> Any:
    """Return the pixels of a mask that stand on a level, with nothing but gaps that are filled between."""
    import numpy as np

    base = round(level)
    foot = slice(max(0, round(level - _NEAR)), base + 1)
    above = whole[: base + 1].copy()
    above[foot] |= mask[foot.start : base + 1 + round(_NEAR)].any(axis=0)
    joined = np.zeros(mask.shape, bool)
    joined[: base + 1] = np.logical_and.accumulate(above[::-1], axis=0)[::-1] & mask[: base + 1]
    return joined


def _is_level(path: Sequence[Run]) -> bool:
    """Return whether a curve is made of level pieces, as the tops of bars are."""
    heights = [run.middle for run in path]
    # Grid lines over the marks shift the edge by a pixel where they cross it.
    places = [median(heights[max(0, number - _WIGGLE) : number + _WIGGLE + 1]) for number in range(len(heights))]
    steps = [abs(a - b) for a, b in pairwise(places)]
    level = sum(step < 0.3 for step in steps) >= 0.85 * len(steps)
    gentle = sum(step for step in steps if step < 2)
    return level and (max(places) - min(places) < 1.5 or (max(steps) >= 3 and gentle < 0.1 * sum(steps)))


def _edges(layer: Layer, outline: Any, columns: Any, down: Any) -> list[Run]:
    """Return the free end of an area in each column, as a run without thickness: the middle of the line around it."""
    import numpy as np

    strokes, ends = [], []
    for column, below in zip(columns.tolist(), down.tolist(), strict=True):
        filled = np.flatnonzero(layer.mask[:, column])
        seen = np.flatnonzero(layer.mask[:, column] | outline[:, column])
        if not len(filled):
            continue
        weights = layer.coverage[:, column]
        if below:
            stroke, inner, outer, step = int(filled[0] - seen[0]), int(filled[0]), int(seen[0]), -1
        else:
            stroke, inner, outer, step = int(seen[-1] - filled[-1]), int(filled[-1]), int(seen[-1]), 1
        beyond = inner + step
        part = float(weights[beyond]) if 0 <= beyond < len(weights) else 0.0
        strokes.append(stroke)
        ends.append((column, inner + step * (0.5 + part), outer + 0.5 * step, step))
    usual = median(strokes) if strokes else 0
    places = [(column, outer - step * usual / 2 if usual else inner) for column, inner, outer, step in ends]
    return [Run(column, place + 0.5, place + 0.5, place) for column, place in places]
