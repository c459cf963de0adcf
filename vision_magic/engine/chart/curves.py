"""Curves of a layer: the line through a thin mask, as the corners of a polygon with sub-pixel places."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, Final

from vision_magic.engine.chart.corners import Point, find_corners
from vision_magic.engine.chart.data import WhyNot
from vision_magic.engine.chart.ground import SPINE
from vision_magic.engine.chart.layers import Inside, Layer
from vision_magic.engine.chart.strokes import Run, clean_runs, line_path, stroke_width, without_dashes

__all__ = ["Curve", "crowding", "trace_curve"]

_JUMP: Final = 0.12
"""A jump over more than this share of the height is not one line."""

_THICKEST: Final = 13
"""Lines are thinner (pixels)."""

_LEAPS: Final = 2
_SEEN: Final = 0.8
"""Share of the columns between its ends in which a line must be seen."""

_WHOLE: Final = 0.7
"""Share of the columns from end to end in which a line with gaps must be seen."""

_SPARE: Final = 0.72
"""Share of the pixels of a layer that its line must explain."""

_MOST_CROSSES: Final = 3
"""A line crossed by as many upright ones has error bars that were not told apart from it (columns)."""

_LONGEST_GAP: Final = 6
"""Gaps between dashes are at most this many times as long as a line is thick."""

_DASH: Final = 3.0
"""A dash is at least so many times as long as a line is thick: between two of them a turn is not seen."""

_CROWDED: Final = 0.2
"""A line is crowded when more of its turns are closer together than its thickness lets us see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A line through a layer.

    Attributes
    ----------
    pieces : tuple of tuple of Point
        The corners of each piece between gaps, from left to right (pixels of the image).
    width : float
        Its thickness (pixels).
    dashed : bool
        Whether it is made of dashes or dots.
    why_not : str
        Why its places cannot be trusted, as a clause; empty if they can.
    """

    pieces: tuple[tuple[Point, ...], ...]
    width: float
    dashed: bool = False
    why_not: str = ""

    @property
    def corners(self) -> tuple[Point, ...]:
        """The corners of all pieces, with a point of NaN in the middle of each gap."""
        corners = list(self.pieces[0])
        for before, after in pairwise(self.pieces):
            corners += [((before[-1][0] + after[0][0]) / 2, math.nan), *after]
        return tuple(corners)


def trace_curve(inside: Inside, layer: Layer, others: Any) -> Curve | None:
    """Return the line through a layer; None if too little of it is seen.

    Parameters
    ----------
    inside, layer
        The inside of the axes, and the layer.
    others : ndarray of bool
        The pixels of other marks, and those below texts and legends.
    """
    width = stroke_width(layer.mask)
    mask, dashed = without_dashes(layer.mask, width, others)
    columns = clean_runs(inside, layer, mask, others)
    if len(columns) < 4 or _is_filled(mask):
        return None
    path = line_path(columns)
    gap = _usual_gap(path, _LONGEST_GAP * width + 6)
    dashed = dashed or gap > 0
    stretches = _stretches(path, max(2.5 * width + 4, 2 * gap + 3), others)
    pieces = [find_corners(runs, width, cap=not dashed, size=layer.mask.shape, dashed=dashed) for runs in stretches]
    pieces = _to_edges([piece for piece in pieces if len(piece) > 1], layer.mask.shape[1], 2 + (gap if dashed else 0))
    moved = tuple(tuple((inside.left + x, inside.top + y) for x, y in piece) for piece in pieces)
    if not moved:
        return None
    widest = max(8.0, 3 * width, 2 * gap + 3)
    why_not = _doubt(path, stretches, mask, others, widest, width=width, dashed=dashed) or crowding(
        moved, _DASH * width if dashed else width, least=max(1.5, 0.35 * width) if dashed else 1.0
    )
    return Curve(pieces=moved, width=width, dashed=dashed, why_not=why_not)


def _to_edges(pieces: list[list[Point]], width: int, near: float) -> list[list[Point]]:
    """Return pieces of which those that go to the rim of what is seen go on to the sides of the axes."""
    if pieces and pieces[0][0][0] <= near:
        pieces[0].insert(0, _ahead(pieces[0][1], pieces[0][0], -float(SPINE)))
    if pieces and pieces[-1][-1][0] >= width - 1 - near:
        pieces[-1].append(_ahead(pieces[-1][-2], pieces[-1][-1], width - 1.0 + SPINE))
    return pieces


def _ahead(before: Point, end: Point, x: float) -> Point:
    """Return where a line goes on to beyond its end; hardly steeply, since it may have turned there."""
    slope = (end[1] - before[1]) / (end[0] - before[0]) if end[0] != before[0] else 0.0
    return x, end[1] + min(max(slope * (x - end[0]), -4.0), 4.0)


def _is_filled(mask: Any) -> bool:
    """Return whether a mask is made of areas, not of lines."""
    import cv2
    import numpy as np

    inner = cv2.erode(mask.astype(np.uint8), np.ones((_THICKEST, _THICKEST), np.uint8))
    return bool(inner.sum() > 0.04 * mask.sum())


def _usual_gap(path: Sequence[Run], longest: float) -> float:
    """Return the length of the gaps between dashes; 0 if there are only a few, or too long ones."""
    gaps = sorted(b.column - a.column - 1 for a, b in pairwise(path) if b.column - a.column > 2)
    usual = float(gaps[int(0.8 * len(gaps))]) if len(gaps) >= 6 else 0.0
    return usual if usual <= longest else 0.0


def _stretches(path: Sequence[Run], widest: float, others: Any) -> list[list[Run]]:
    """Return the parts of a path between gaps in which nothing but the ground is seen."""
    stretches = [[path[0]]]
    for a, b in pairwise(path):
        gap = b.column - a.column - 1
        if gap > widest and not _is_covered(a, b, others):
            stretches.append([])
        stretches[-1].append(b)
    longest = max(len(one) for one in stretches)
    return [one for one in stretches if len(one) >= max(2, min(6, 0.2 * longest))]


def _is_covered(a: Run, b: Run, others: Any) -> bool:
    """Return whether other marks or texts are where a line is not seen."""
    columns = range(a.column + 1, b.column)
    hidden = 0
    for number, column in enumerate(columns, 1):
        y = a.middle + (b.middle - a.middle) * number / (len(columns) + 1)
        low = max(0, round(y) - 4)
        hidden += bool(others[low : round(y) + 5, column].any())
    return hidden >= 0.5 * len(columns)


def _between_dashes(path: Sequence[Run], gap: float, others: Any) -> int:
    """Return the number of columns between dashes in which the ground is seen."""
    pairs = [(a, b) for a, b in pairwise(path) if 1 < b.column - a.column <= gap + 1]
    return sum(b.column - a.column - 1 for a, b in pairs if not _is_covered(a, b, others))


def _doubt(
    path: Sequence[Run],
    stretches: Sequence[Sequence[Run]],
    mask: Any,
    others: Any,
    gap: float,
    *,
    width: float,
    dashed: bool,
) -> str:
    """Return why a path cannot be trusted; empty if it can. `gap` is the widest between dashes (pixels)."""
    shape = mask.shape
    leaps = sum(
        max(b.top - a.bottom, a.top - b.bottom) > max(_JUMP * shape[0], 6) and b.column - a.column <= 12
        for runs in stretches
        for a, b in pairwise(runs)
    )
    if leaps > _LEAPS or sum(run.length for run in path) < _SPARE * float(mask.sum()):
        return WhyNot.LIKE_COLOURS
    seen = sum(len(one) + (_between_dashes(one, gap, others) if dashed else 0) for one in stretches)
    span = sum(one[-1].column - one[0].column + 1 for one in stretches)
    widest = max((b.column - a.column - 1 for runs in stretches for a, b in pairwise(runs)), default=0)
    if seen < _SEEN * span or widest > max(gap, 0.025 * shape[1]):
        return WhyNot.PART_HIDDEN
    if len(stretches) > 1 and seen < _WHOLE * (path[-1].column - path[0].column + 1):
        return WhyNot.BROKEN
    if _ends_hidden(path, others):
        return WhyNot.END_HIDDEN
    return WhyNot.NO_SHAPE if _crosses(path, width) >= _MOST_CROSSES else ""


def _crosses(path: Sequence[Run], width: float) -> int:
    """Return the number of columns in which ink goes beyond the line both up and down, as error bars do."""
    runs = {run.column: run for run in path}
    aside, count = round(width) + 2, 0
    for run in path:
        left, right = runs.get(run.column - aside), runs.get(run.column + aside)
        if left is None or right is None or run.length <= 3 * width + 2:
            continue
        up, down = min(left.top, right.top) - run.top, run.bottom - max(left.bottom, right.bottom)
        count += min(up, down) > width + 1
    return count


def _is_sliver(runs: Sequence[Run], others: Any) -> bool:
    """Return whether only a sliver is seen of the first of some runs, and something is near that may hide the rest."""
    first = runs[0]
    usual = median(run.length for run in runs)
    rows = slice(max(0, int(first.top) - _NEAR_END), int(first.bottom) + _NEAR_END)
    near = others[rows, max(0, first.column - 1) : first.column + 2].any()
    # The first column of a line is cut by its end, but the second one is whole.
    cut = len(runs) > 1 and (runs[1].length < _WHOLE_RUN * usual or abs(runs[1].column - first.column) > 1)
    return bool(near) and cut and first.length < _SLIVER * usual


_SLIVER: Final = 0.35
_WHOLE_RUN: Final = 0.7
_NEAR_END: Final = 12


def _ends_hidden(path: Sequence[Run], others: Any) -> bool:
    """Return whether a line ends where something else begins, as at the frame of a legend or below another line."""
    if _is_sliver(path[:10], others) or _is_sliver(path[:-11:-1], others):
        return True
    width = others.shape[1]
    for run, ahead in (
        (path[0], range(path[0].column - 4, path[0].column)),
        (path[-1], range(path[-1].column + 1, path[-1].column + 5)),
    ):
        rows = slice(max(0, int(run.top) - 1), int(run.bottom) + 2)
        columns = [column for column in ahead if 0 <= column < width]
        if len(columns) == 4 and others[rows, columns[0] : columns[-1] + 1].any(axis=0).sum() >= 3:
            return True
    return False


def crowding(pieces: Sequence[Sequence[Point]], width: float, *, least: float = 1.0, share: float = _CROWDED) -> str:
    """Return why corners cannot be trusted where a line turns too often; empty if it does not.

    Turns count if the line comes back by more than `least` (pixels); `share` of them may be close together.
    """
    turns = close = 0
    for piece in pieces:
        turning = [
            b[0]
            for a, b, c in zip(piece, piece[1:], piece[2:], strict=False)
            if (b[1] - a[1]) * (c[1] - b[1]) < 0 and min(abs(b[1] - a[1]), abs(c[1] - b[1])) > least
        ]
        places = [piece[0][0], *turning, piece[-1][0]]
        turns += len(places) - 1
        close += sum(b - a < width + 1 for a, b in pairwise(places))
    return WhyNot.CROWDED if close > share * turns else ""
