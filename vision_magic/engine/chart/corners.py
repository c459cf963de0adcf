"""Corners of a path: the ends of the straight lines that it is made of, to a fraction of a pixel."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from vision_magic.engine.chart.strokes import Run

__all__ = ["Point", "find_corners"]

Point = tuple[float, float]
"""x and y in pixels; the centre of a pixel is a whole number."""

_STRAIGHT: Final = 0.75
"""A corner is kept where the curve is further than this from a straight line (pixels)."""

_TURN: Final = 0.8
"""A line turns where it comes back by more (pixels)."""

_ROUGH: Final = 0.2
"""The middle of a dashed line goes up and down by as much of its thickness."""

_ALIKE: Final = 0.25
"""Columns are part of the same turn when their ends differ by less (pixels)."""

_LEG: Final = 10
"""As many columns beside a gap show in which direction a line goes."""

_LEVEL: Final = 0.35
"""The thickness of a line is taken where it is not steeper."""


def find_corners(
    path: Sequence[Run], width: float, *, cap: bool, size: tuple[int, int], dashed: bool = False
) -> list[Point]:
    """Return the corners of a path, from left to right.

    Where a line turns back, the end of its ink shows how far it went. Between its turns, corners are where the straight
    lines on both sides meet.

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
    dashed : bool
        Whether the line is made of dashes or dots, whose edges are not straight.
    """
    rough = max(1.2, _ROUGH * width) if dashed else 0.0
    width = _thickness(path, width)
    turns = [_end(path, width, 0), *_turns(path, width, max(_TURN, rough)), _end(path, width, len(path) - 1)]
    if cap:
        turns[0] = _without_cap(turns[0], 1, width, size)
        turns[-1] = _without_cap(turns[-1], -1, width, size)
    corners: list[Point] = [(turns[0].x, turns[0].y)]
    for a, b in pairwise(turns):
        corners += [*_between(path, a, b, width, max(_STRAIGHT, 0.12 * width, rough)), (b.x, b.y)]
    return _with_hidden(corners, path)


def _thickness(path: Sequence[Run], width: float) -> float:
    """Return the thickness of a line, from where it is about level; `width` if it is nowhere."""
    lengths = []
    for a, run, b in zip(path, path[1:], path[2:], strict=False):
        slope = abs(b.middle - a.middle) / (b.column - a.column)
        if slope < _LEVEL and not run.touched:
            lengths.append(run.length / math.hypot(1.0, slope))
    return median(lengths) if len(lengths) >= 5 and median(lengths) <= 1.5 * width + 1 else width


# --- turns ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Turn:
    """Where a path turns back, or ends: the number of its run, and its place."""

    number: int
    x: float
    y: float


def _upper(run: Run, width: float) -> float:
    return run.top + width / 2 - 0.5


def _lower(run: Run, width: float) -> float:
    return run.bottom - width / 2 - 0.5


def _turns(path: Sequence[Run], width: float, back: float) -> list[_Turn]:
    """Return the highest and lowest places of a path, in turn, from left to right.

    Next to a turn the ink of its steep sides hides how far a line goes, so the next turn is looked for beyond it.
    """
    upper, lower = [_upper(run, width) for run in path], [-_lower(run, width) for run in path]
    rising = _begins_rising(upper, lower, width)
    if rising is None:
        return []
    turns: list[_Turn] = []
    best, free = None, float(path[0].column)
    number = 0
    while number < len(path):
        ends = upper if rising else lower
        if path[number].column < free:
            number += 1
            continue
        if best is None or ends[number] <= ends[best]:
            best = number
        elif ends[number] > ends[best] + back:
            turns.append(_turn(path, ends, best, downwards=not rising))
            rising, free = not rising, path[best].column + width / 2 + 0.5
            number, best = best, None
        number += 1
    return turns


def _begins_rising(upper: Sequence[float], lower: Sequence[float], width: float) -> bool | None:
    """Return whether a line goes up at first; None if it is level from end to end. Smaller is further, of both."""
    high, low = upper[0], lower[0]
    for number, (top, bottom) in enumerate(zip(upper, lower, strict=True)):
        high, low = min(high, top), min(low, bottom)
        if max(top - high, bottom - low) > _TURN:  # a thick steep line begins with both, so the larger counts
            ahead = min(len(upper) - 1, number + round(width) + 1)
            return lower[ahead] - min(lower[: ahead + 1]) > upper[ahead] - min(upper[: ahead + 1])
    return None


def _turn(path: Sequence[Run], ends: Sequence[float], number: int, *, downwards: bool) -> _Turn:
    """Return a turn in the middle of the columns that go about equally far."""
    first = last = number
    while first > 0 and abs(ends[first - 1] - ends[number]) < _ALIKE and _is_next(path[first - 1], path[first]):
        first -= 1
    while last < len(path) - 1 and abs(ends[last + 1] - ends[number]) < _ALIKE and _is_next(path[last], path[last + 1]):
        last += 1
    x = (path[first].column + path[last].column) / 2
    return _Turn((first + last) // 2, x, -ends[number] if downwards else ends[number])


def _is_next(a: Run, b: Run) -> bool:
    return b.column - a.column == 1


def _end(path: Sequence[Run], width: float, number: int) -> _Turn:
    """Return an end of a path: the middle of its ink, or the far end of it where the line is steep."""
    run = path[number]
    beyond = path[min(len(path) - 1, round(width) + 1)] if number == 0 else path[max(0, len(path) - 2 - round(width))]
    y = run.middle
    if run.length > 1.6 * width + 1:
        y = _upper(run, width) if beyond.middle > run.middle else _lower(run, width)
    return _Turn(number, float(run.column), y)


def _without_cap(end: _Turn, towards: int, width: float, size: tuple[int, int]) -> _Turn:
    """Return an end without its cap, which stands out by half the thickness, unless the axes cut it off."""
    if not (2 < end.x < size[1] - 3 and 2 < end.y < size[0] - 3):
        return end
    return _Turn(end.number, end.x + towards * max(0.0, width / 2 - 0.5), end.y)


# --- between turns ----------------------------------------------------------------------------------------------


def _between(path: Sequence[Run], a: _Turn, b: _Turn, width: float, straight: float) -> list[Point]:
    """Return the corners between two turns; near a turn, the ink of both sides is one."""
    reach = width / 2 + 0.5
    low, high = sorted((a.y, b.y))
    gentle = [
        (float(run.column), min(max(run.middle, low), high))
        for run in path[a.number + 1 : b.number]
        if a.x + reach < run.column < b.x - reach
    ]
    steep = _rows(path, a, b, reach)
    heights = {round(y) for _, y in steep}
    points = [point for point in gentle if round(point[1]) not in heights] + steep
    down = 1 if b.y >= a.y else -1
    points.sort(key=lambda point: point[0] + down * point[1])
    points = [(a.x, a.y), *points, (b.x, b.y)]
    return _refined(points, _corners(points, straight), width)[1:-1]


def _rows(path: Sequence[Run], a: _Turn, b: _Turn, reach: float) -> list[Point]:
    """Return the middle of a line in each row in which it is steep: not as wide as it is high."""
    import numpy as np

    near = [
        run
        for run in path[max(0, a.number - 12) : b.number + 13]
        if a.x - 2 * reach - 2 <= run.column <= b.x + 2 * reach + 2
    ]
    low, high = sorted((a.y, b.y))
    rows = np.arange(math.ceil(low + reach), math.floor(high - reach) + 1)
    if not len(rows) or len(near) < 2:
        return []
    tops, ends = np.array([run.top - 0.5 for run in near]), np.array([run.bottom - 0.5 for run in near])
    columns = np.array([run.column for run in near])
    inked = (tops <= rows[:, None]) & (rows[:, None] <= ends)
    first, last = inked.argmax(axis=1), inked.shape[1] - 1 - inked[:, ::-1].argmax(axis=1)
    wide = columns[last] - columns[first] + 1
    whole = (inked.sum(axis=1) == wide) & (columns[first] >= a.x - reach) & (columns[last] <= b.x + reach)
    middle = np.minimum((first + last) // 2, len(near) - 1)
    steep = whole & (wide < 0.7 * (ends - tops)[middle])
    return [
        (float(columns[first[row]] + columns[last[row]]) / 2, float(rows[row]))
        for row in np.flatnonzero(steep).tolist()
    ]


def _corners(points: Sequence[Point], straight: float) -> list[int]:
    """Return the numbers of the corners (Ramer, Douglas and Peucker)."""
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
    meeting = _crossing(before, after)
    if meeting is None:
        return None
    return meeting if all(math.dist(meeting, corner) <= 1.5 * width + 3 for corner in gap) else None


def _crossing(before: Line, after: Line) -> Point | None:
    """Return where two lines cross; None if they are nearly parallel."""
    if before is None or after is None:
        return None
    (px, py), (dx, dy) = before
    (qx, qy), (ex, ey) = after
    cross = dx * ey - dy * ex
    if abs(cross) < 0.03:
        return None
    along = ((qx - px) * ey - (qy - py) * ex) / cross
    return px + along * dx, py + along * dy


# --- gaps -------------------------------------------------------------------------------------------------------


def _with_hidden(corners: Sequence[Point], path: Sequence[Run]) -> list[Point]:
    """Return corners with those that lie in gaps, where the straight lines on both sides meet."""
    found = list(corners)
    for number, (a, b) in enumerate(pairwise(path)):
        if b.column - a.column <= 2:
            continue
        meeting = _crossing(_leg(path[: number + 1][-_LEG:]), _leg(path[number + 1 :][:_LEG]))
        if meeting is None or not a.column <= meeting[0] <= b.column:
            continue
        low, high = sorted((a.middle, b.middle))
        room = 2.0 * (b.column - a.column) + 0.5 * (high - low)
        if not low - room <= meeting[1] <= high + room:
            continue
        # A turn beside the gap is only where the line was seen last.
        found = [one for one in found if not a.column - 1 < one[0] < b.column + 1 or _is_end(one, corners)]
        found.append(meeting)
    return sorted(found, key=lambda one: one[0])


def _is_end(corner: Point, corners: Sequence[Point]) -> bool:
    return corner in (corners[0], corners[-1])


def _leg(runs: Sequence[Run]) -> Line:
    """Return the straight line of the runs beside a gap; None if they are not on one."""
    points = [(float(run.column), run.middle) for run in runs if not run.touched]
    if len(points) < 4 or points[-1][0] - points[0][0] > 2 * _LEG:
        return None
    line = _line(points)
    if line is None or any(_distance(point, line[0], _ahead(line)) > 0.6 for point in points):
        return None
    return line


def _ahead(line: tuple[Point, Point]) -> Point:
    return line[0][0] + line[1][0], line[0][1] + line[1][1]
