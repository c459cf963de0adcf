"""Areas of a layer: filled from a common level line up or down to a curve."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from vision_magic.engine.chart.corners import Point, find_corners
from vision_magic.engine.chart.layers import Inside, Layer
from vision_magic.engine.chart.strokes import Run

__all__ = ["find_area"]

_MOST: Final = 0.9
_NEAR: Final = 3.5
"""An area begins at most this far from its ground line (pixels)."""


def find_area(inside: Inside, layer: Layer, ground: float) -> list[Point] | None:
    """Return the corners of the curve above or below an area; None if a layer is no area.

    Parameters
    ----------
    inside, layer
        The inside of the axes, and the layer.
    ground : float
        Where zero is, or the lower edge of the axes (pixels of the image).
    """
    import cv2
    import numpy as np

    mask = layer.mask | (inside.rows | inside.columns | inside.hidden) & (
        cv2.dilate(layer.mask.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    )
    columns = np.flatnonzero(mask.any(axis=0))
    if len(columns) < 10:
        return None
    level = min(max(ground - inside.top, 0.0), mask.shape[0] - 1.0)
    tops = mask.argmax(axis=0)[columns]
    ends = mask.shape[0] - mask[::-1].argmax(axis=0)[columns]
    full = mask.sum(axis=0)[columns] >= 0.9 * (ends - tops)
    down, up = np.abs(ends - 0.5 - level) <= _NEAR, np.abs(tops - 0.5 - level) <= _NEAR
    fits = full & (down | up)
    if fits.mean() < _MOST or np.median(ends - tops) < 5 or (ends - tops).max() < 12:
        return None
    path = [
        _edge(layer, int(column), int(top), int(end), from_below=bool(below))
        for column, top, end, below, fit in zip(columns, tops, ends, down, fits, strict=True)
        if fit
    ]
    path = path[1:-1]  # the outermost columns are covered in part
    if len(path) < 8 or _is_level(path):
        return None
    corners = find_corners(path, 0.0, cap=False, size=mask.shape)
    return [(inside.left + x, inside.top + y) for x, y in corners]


def _is_level(path: Sequence[Run]) -> bool:
    """Return whether a curve is made of level pieces, as the tops of bars are."""
    steps = [abs(a.middle - b.middle) for a, b in pairwise(path)]
    level = sum(step < 0.3 for step in steps) >= 0.85 * len(steps)
    places = [run.middle for run in path]
    gentle = sum(step for step in steps if step < 2)
    return level and (max(places) - min(places) < 1.5 or (max(steps) >= 3 and gentle < 0.1 * sum(steps)))


def _edge(layer: Layer, column: int, top: int, end: int, *, from_below: bool) -> Run:
    """Return the free end of an area in one column, as a run without thickness."""
    weights = layer.coverage[:, column]
    if from_below:
        place = top - (float(weights[top - 1]) if top else 0.0) - 0.5
    else:
        place = end + (float(weights[end]) if end < len(weights) else 0.0) - 0.5
    return Run(column, place + 0.5, place + 0.5, place)
