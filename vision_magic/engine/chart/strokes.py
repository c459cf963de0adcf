"""Strokes: the columns of a thin mask, cleaned of what other marks hide, and the path of one line through them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, Final

from vision_magic.engine.chart.layers import Inside, Layer

__all__ = ["Run", "clean_runs", "line_path", "stroke_width", "without_dashes"]

_WHOLE: Final = 0.8
"""A run that touches another mark counts only if it is about as long as its neighbours."""

_CROSSED: Final = 12
"""Marks that cross a steep line are at most this thick (pixels)."""

_AROUND: Final = 12
"""Neighbours of a run are at most as many columns away."""


@dataclass(frozen=True, slots=True)
class Run:
    """A vertical run of pixels in one column.

    Attributes
    ----------
    column : int
        The column.
    top, bottom : float
        Its ends between pixels: 3.0 is the upper side of the third row.
    middle : float
        The centre of its ink, where the middle of a row is a whole number.
    touched : bool
        Whether another mark or a text is next to it.
    """

    column: int
    top: float
    bottom: float
    middle: float
    touched: bool = False

    @property
    def length(self) -> float:
        """Its length (pixels)."""
        return self.bottom - self.top


def stroke_width(mask: Any) -> float:
    """Return the thickness of the lines of a mask (pixels)."""
    import cv2
    import numpy as np

    padded = np.pad(mask.astype(np.uint8), 1)
    distance = cv2.distanceTransform(padded, cv2.DIST_L2, 3)
    ridge = distance[(distance > 0) & (distance >= cv2.dilate(distance, np.ones((3, 3), np.uint8)) - 0.01)]
    if not len(ridge):
        return 0.0
    return float(max(1.0, 2 * np.median(ridge) - 0.7))


def without_dashes(mask: Any, width: float, others: Any) -> tuple[Any, bool]:
    """Return a mask in which the gaps between pieces are closed, and whether the ground is seen in most gaps."""
    import cv2
    import numpy as np

    image = mask.astype(np.uint8)
    count, pieces = cv2.connectedComponents(image, connectivity=8)
    if count - 1 < 5:
        return mask, False
    for reach in (0, 2, 4):
        size = (round(1.8 * width + 2.5) | 1) + reach
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
        padded = np.pad(image, size)
        closed = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, kernel)[size:-size, size:-size]
        if cv2.connectedComponents(closed, connectivity=8)[0] - 1 <= max(2, 0.3 * (count - 1)):
            break
    if cv2.connectedComponents(closed, connectivity=8)[0] - 1 > 0.5 * (count - 1):
        return mask, False
    bridges = _bridges((closed > 0) & ~mask, pieces)
    return mask | bridges, bool((bridges & ~others).sum() > 0.5 * bridges.sum())


def _bridges(added: Any, pieces: Any) -> Any:
    """Return the parts that join two pieces; others only fill the corners of one."""
    import cv2
    import numpy as np

    count, parts = cv2.connectedComponents(added.astype(np.uint8), connectivity=8)
    far = int(pieces.max()) + 1
    highest = cv2.dilate(pieces.astype(np.float32), np.ones((3, 3), np.uint8))
    lowest = cv2.erode(np.where(pieces > 0, pieces, far).astype(np.float32), np.ones((3, 3), np.uint8))
    most, least = np.zeros(count), np.full(count, float(far))
    np.maximum.at(most, parts.ravel(), highest.ravel())
    np.minimum.at(least, parts.ravel(), lowest.ravel())
    joins = most > least
    joins[0] = False
    return joins[parts]


def clean_runs(inside: Inside, layer: Layer, mask: Any, others: Any) -> list[list[Run]]:
    """Return the runs of each column of a mask that has any, without those that other marks hide in part.

    Parameters
    ----------
    inside, layer
        The inside of the axes, and the layer.
    mask : ndarray of bool
        The pixels of the line.
    others : ndarray of bool
        The pixels of other marks and texts.
    """
    import numpy as np

    change = np.diff(np.pad(mask.astype(np.int8), ((1, 1), (0, 0))), axis=0)
    covered = np.where(mask & (layer.coverage == 0), 1.0, layer.coverage)
    columns = []
    for column in np.flatnonzero(mask.any(axis=0)).tolist():
        starts = np.flatnonzero(change[:, column] == 1).tolist()
        stops = np.flatnonzero(change[:, column] == -1).tolist()
        weights, near = covered[:, column], others[:, column]
        joined = _joined(starts, stops, inside.ground[:, column])
        columns.append([_run(weights, near, column, a, b) for a, b in joined])
    return _without_hidden(columns)


def _joined(starts: Sequence[int], stops: Sequence[int], ground: Any) -> list[tuple[int, int]]:
    """Return the runs of a column, in which those with nothing but a thin other mark between them are one."""
    runs = [(starts[0], stops[0])]
    for start, stop in zip(starts[1:], stops[1:], strict=True):
        gap = slice(runs[-1][1], start)
        if start - runs[-1][1] <= _CROSSED and not ground[gap].any():
            runs[-1] = (runs[-1][0], stop)
        else:
            runs.append((start, stop))
    return runs


def _run(weights: Any, near: Any, column: int, start: int, stop: int) -> Run:
    low, high = max(0, start - 1), min(len(weights), stop + 1)
    ink = weights[low:high].tolist()
    total = math.fsum(ink)
    middle = math.fsum(weight * place for place, weight in enumerate(ink, low)) / total if total else float(start)
    above = float(weights[start - 1]) if start else 0.0
    below = float(weights[stop]) if stop < len(weights) else 0.0
    top = start - above + (1 - float(weights[start]))
    bottom = stop + below - (1 - float(weights[stop - 1]))
    touched = bool(near[max(0, start - 2) : start].any() or near[stop : stop + 2].any())
    return Run(column, top, bottom, middle, touched)


def _without_hidden(columns: Sequence[list[Run]]) -> list[list[Run]]:
    """Return columns without the runs that are shorter than their neighbours because something lies on them."""
    usual = [[run.length for run in runs if not run.touched] for runs in columns]
    cleaned = []
    for number, runs in enumerate(columns):
        if not any(run.touched for run in runs):
            cleaned.append(runs)
            continue
        around = [length for one in usual[max(0, number - _AROUND) : number + _AROUND + 1] for length in one]
        typical = median(around) if around else 0.0
        cleaned.append([run for run in runs if not run.touched or run.length >= _WHOLE * typical])
    return [runs for runs in cleaned if runs]


def line_path(columns: Sequence[Sequence[Run]]) -> list[Run]:
    """Return the run of each column that a single line goes through: the path with the shortest leaps."""
    costs: list[list[float]] = [[0.0] * len(columns[0])]
    before: list[list[int]] = [[0] * len(columns[0])]
    for previous, here in pairwise(columns):
        row, links = [], []
        for run in here:
            options = [(costs[-1][number] + _leap(other, run), number) for number, other in enumerate(previous)]
            cost, number = min(options)
            row.append(cost)
            links.append(number)
        costs.append(row)
        before.append(links)
    place = min(range(len(costs[-1])), key=lambda number: costs[-1][number])
    path = []
    for runs, links in zip(reversed(columns), reversed(before), strict=True):
        path.append(runs[place])
        place = links[place]
    return path[::-1]


def _leap(a: Run, b: Run) -> float:
    """Return the cost of going from one run to the next: the gap between them, and a little for each pixel."""
    gap = max(0.0, b.top - a.bottom, a.top - b.bottom)
    return gap * math.sqrt(gap) + 0.05 * abs(a.middle - b.middle)
