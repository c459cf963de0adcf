"""Corners of a path: the ends of the straight lines that it is made of, to a fraction of a pixel."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from vision_magic.engine.chart.strokes import Run

__all__ = ["Point", "find_corners"]

Point = tuple[float, float]
"""x and y in pixels; the centre of a pixel is a whole number."""

_STRAIGHT: Final = 0.75
"""A corner is kept where the curve is further than this from a straight line (pixels)."""


def find_corners(path: Sequence[Run], width: float, *, cap: bool, size: tuple[int, int]) -> list[Point]:
    """Return the corners of a path, from left to right.

    Parameters
    ----------
    path : sequence of Run
        One run in each column.
    width : float
        The thickness of the line (pixels).
    cap : bool
        Whether the ends of the line stand out by half its thickness.
    size : tuple of int
        Height and width of the inside of the axes, where lines are cut off.
    """
    points = _points(path, width)
    corners = _refined(points, _corners(points, width), width)
    if cap and len(corners) >= 2:
        corners[0] = _shortened(corners[0], corners[1], width, size)
        corners[-1] = _shortened(corners[-1], corners[-2], width, size)
    return corners


def _shortened(end: Point, other: Point, width: float, size: tuple[int, int]) -> Point:
    """Return the end of a line without its cap, which stands out by half the thickness, unless it is cut off."""
    length = math.dist(end, other)
    if length <= width or not (2 < end[0] < size[1] - 3 and 2 < end[1] < size[0] - 3):
        return end
    share = (width / 2 - 0.5) / length
    return end[0] + (other[0] - end[0]) * share, end[1] + (other[1] - end[1]) * share


def _points(path: Sequence[Run], width: float) -> list[Point]:
    """Return the middle line of a path.

    The middle of a run lies on a straight line however steep it is. Where a steep line turns back within a column, the
    end of the run is the peak.
    """
    points: list[Point] = []
    for number, run in enumerate(path):
        around = [other for other in path[max(0, number - 1) : number + 2] if other is not run]
        top, bottom = run.top + width / 2 - 0.5, run.bottom - width / 2 - 0.5
        y = run.middle
        if len(around) == 2 and bottom - top > 0.7 * width and all(abs(one.column - run.column) == 1 for one in around):
            middle = (top + bottom) / 2
            if min(one.middle for one in around) > middle + 0.2 and min(one.top for one in around) > run.top + 0.5:
                y = top
            elif (
                max(one.middle for one in around) < middle - 0.2
                and max(one.bottom for one in around) < run.bottom - 0.5
            ):
                y = bottom
        points.append((float(run.column), y))
    return points


def _corners(points: Sequence[Point], width: float) -> list[int]:
    """Return the numbers of the corners (Ramer, Douglas and Peucker)."""
    straight = max(_STRAIGHT, 0.12 * width)
    kept = {0, len(points) - 1}
    open_spans = [(0, len(points) - 1)]
    while open_spans:
        start, stop = open_spans.pop()
        if stop - start < 2:
            continue
        far, distance = max(
            ((number, _distance(points[number], points[start], points[stop])) for number in range(start + 1, stop)),
            key=lambda pair: pair[1],
        )
        if distance > straight:
            kept.add(far)
            open_spans += [(start, far), (far, stop)]
    return sorted(kept)


def _distance(point: Point, start: Point, stop: Point) -> float:
    length = math.dist(start, stop)
    if not length:
        return math.dist(point, start)
    cross = (stop[0] - start[0]) * (start[1] - point[1]) - (start[0] - point[0]) * (stop[1] - start[1])
    return abs(cross) / length


def _refined(points: Sequence[Point], corners: Sequence[int], width: float) -> list[Point]:
    """Return the corners where the straight lines on both sides meet: thick lines round their corners off.

    Short pieces between two long ones are such a rounding, and are left out.
    """
    pieces = [(start, stop, _line(points[start : stop + 1])) for start, stop in pairwise(corners)]
    long = [piece for piece in pieces if math.dist(points[piece[0]], points[piece[1]]) >= 1.6 * width + 2]
    if not long:
        return [points[number] for number in corners]
    refined = [points[number] for number in corners if number <= long[0][0]]
    for (_, stop, before), (start, _, after) in pairwise(long):
        gap = [points[number] for number in corners if stop <= number <= start]
        meeting = _meeting(before, after, gap, width)
        refined += [meeting] if meeting is not None else gap
    return refined + [points[number] for number in corners if number >= long[-1][1]]


Line = tuple[Point, Point] | None
"""A point on a line, and its direction."""


def _line(points: Sequence[Point]) -> Line:
    """Return the line through points by total least squares, without their rounded ends."""
    import numpy as np

    trim = min(3, (len(points) - 3) // 2)
    inner = np.array(points[trim : len(points) - trim] if trim > 0 else points, float)
    if len(inner) < 3:
        return None
    middle = inner.mean(axis=0)
    _, _, directions = np.linalg.svd(inner - middle, full_matrices=False)
    return (float(middle[0]), float(middle[1])), (float(directions[0][0]), float(directions[0][1]))


def _meeting(before: Line, after: Line, gap: Sequence[Point], width: float) -> Point | None:
    """Return where two lines meet; None if that is not near all corners between them."""
    if before is None or after is None:
        return None
    (px, py), (dx, dy) = before
    (qx, qy), (ex, ey) = after
    cross = dx * ey - dy * ex
    if abs(cross) < 0.03:
        return None
    along = ((qx - px) * ey - (qy - py) * ex) / cross
    meeting = (px + along * dx, py + along * dy)
    return meeting if all(math.dist(meeting, corner) <= 1.5 * width + 3 for corner in gap) else None
