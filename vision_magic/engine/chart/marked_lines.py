"""Straight lines from marker to marker: where each marker is, also where other marks hide a part of it.

All markers of a series have one shape, so the shape that they have in common is found first, and then every place where
it fits. Where straight lines between these places explain all the ink, they are the points that were drawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, Final

from vision_magic.engine.chart.blobs import blobs_alone, blobs_on_line
from vision_magic.engine.chart.ground import SPINE
from vision_magic.engine.chart.layers import Inside, Layer
from vision_magic.engine.chart.shapes import Shape, common_shape

__all__ = ["MarkedLine", "find_crossed_points", "find_marked_line"]

Point = tuple[float, float]

_FITS: Final = 0.96
"""Share of a marker that must be seen, or be hidden by other marks."""

_VISIBLE: Final = 0.2
"""Share of a marker that must be seen."""

_PLAIN: Final = 0.75
"""As large a share of a marker shows where it is, whatever hides the rest."""

_JOINED: Final = 0.25
"""Share of the way between neighbours on which a line is seen at least: dots are seen on less than half of it."""

_ALIKE: Final = 0.6
"""Between two neighbours as large a part of the usual share is seen, unless there is a gap."""

_SOLID: Final = 0.3
"""As much more of it if the line is solid."""

_TIE: Final = 0.02
"""Places are as good if their lines are seen on shares that differ by no more."""

_SPLIT: Final = 0.1
"""A line with a smaller share is not seen between two neighbours."""

_ASTRAY: Final = 0.35
"""A piece of ink of this share of a marker must be explained."""

_UNKNOWN: Final = 0.2
"""Where a larger share of the ink is unexplained, it is no line from marker to marker."""

_WIDER: Final = 1.35
"""Markers are as many times as wide as the line."""

_CROSSED: Final = 7
"""Lines that cross markers are thinner (pixels)."""

_APART: Final = 1.8
"""The middles of markers that do not lie on each other are as many times half their width apart."""

_MOST: Final = 200
_PLACES: Final = 600
_BEND: Final = 3
"""Places of a hidden marker that are as good are at most this far apart (pixels)."""

_HOLE: Final = 16
"""The inside of a hollow marker is at most as wide and high (pixels)."""

_AROUND_HOLE: Final = 0.6
"""As much of what is around it is of the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedLine:
    """A line with markers.

    Attributes
    ----------
    points : tuple of Point
        The middles of the markers, from left to right, with a point of NaN in each gap (pixels of the image).
    hidden : bool
        Whether a marker may be hidden that was not found.
    """

    points: tuple[Point, ...]
    hidden: bool = False


def find_marked_line(inside: Inside, layer: Layer, others: Any) -> MarkedLine | None:
    """Return the markers of a line; None if straight lines between markers do not explain what is drawn.

    Parameters
    ----------
    inside, layer
        The inside of the axes, and the layer.
    others : ndarray of bool
        The pixels of other marks, and those below texts and legends.
    """
    holes, mine = _holes(layer.mask, others)
    blobs = blobs_on_line(layer.mask | mine)
    if blobs is None:
        return None
    (alone, _, _), thick = blobs
    tracing = _tracing(inside, layer, others, holes, mine, alone, thick)
    points = tracing.points() if tracing is not None else None
    if tracing is None or points is None:
        return None
    hidden = not tracing.whole or tracing.may_hide(points)
    return MarkedLine(points=tuple(tracing.in_image(inside, points)), hidden=hidden)


def find_crossed_points(inside: Inside, layer: Layer, others: Any) -> tuple[Point, ...]:
    """Return the markers of a layer that lines of others cross; empty if they lie on each other or are no markers.

    Parameters
    ----------
    inside, layer
        The inside of the axes, and the layer.
    others : ndarray of bool
        The pixels of other marks, and those below texts and legends.
    """
    import cv2
    import numpy as np

    near = cv2.morphologyEx(layer.mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((_CROSSED, _CROSSED), np.uint8)) > 0
    whole = layer.mask | (others & near)
    holes, mine = _holes(whole, others)
    alone = blobs_alone(whole | mine)
    tracing = _tracing(inside, layer, others, holes, mine, alone, 0.0) if alone else None
    points = tracing.points_alone() if tracing is not None else None
    if tracing is None or points is None or len(points) != len(alone):
        return ()
    if tracing.overlap(points) or tracing.can_hide(others & ~inside.hidden):
        return ()
    return tuple(tracing.in_image(inside, points))


def _tracing(
    inside: Inside, layer: Layer, others: Any, holes: Any, mine: Any, alone: Sequence[Any], thick: float
) -> _Tracing | None:
    """Return the search for the markers whose shape some blobs have; None if they have none in common."""
    import numpy as np

    middles = [blob.centre for blob in alone]
    size = median(blob.width for blob in alone), median(blob.height for blob in alone)
    shape = common_shape(np.where(mine, 1.0, layer.coverage), others, middles, size, thick)
    if shape is None:
        return None
    return _Tracing(layer.mask | mine, ~inside.ground | others | holes, shape, thick)


def _holes(mask: Any, others: Any) -> tuple[Any, Any]:
    """Return the small pieces of ground that marks enclose, and those of them that are inside hollow markers."""
    import cv2
    import numpy as np

    count, parts, stats, _ = cv2.connectedComponentsWithStats((~(mask | others)).astype(np.uint8), connectivity=4)
    holes, mine = np.zeros(mask.shape, bool), np.zeros(mask.shape, bool)
    for number in range(1, count):
        left, top, wide, high, _ = stats[number].tolist()
        if max(wide, high) > _HOLE:
            continue
        part = slice(max(0, top - 1), top + high + 1), slice(max(0, left - 1), left + wide + 1)
        hole = parts[part] == number
        around = (cv2.dilate(hole.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0) & ~hole
        holes[part] |= hole
        if mask[part][around].mean() >= _AROUND_HOLE:
            mine[part] |= hole
    return holes, mine


class _Tracing:
    """The search for the markers of one line.

    Parameters
    ----------
    mask : ndarray of bool
        The pixels of the line.
    possible : ndarray of bool
        The pixels where it may be: all but those in which the ground is seen.
    shape : Shape
        The shape of its markers.
    thick : float
        The thickness of the line (pixels).
    """

    def __init__(self, mask: Any, possible: Any, shape: Shape, thick: float) -> None:
        import cv2
        import numpy as np

        self.shape = shape
        self.thick = thick
        self.pad = shape.reach + SPINE + 1
        self.mask = np.pad(mask, self.pad)
        self.possible = np.pad(possible, self.pad, constant_values=True) | self.mask
        self.ink = shape.count(self.mask)
        self.fits = (shape.count(self.possible) >= _FITS * shape.area) & (self.ink + shape.around(self.mask) > 0)
        rim = self.pad - SPINE
        for side in (self.fits[:rim], self.fits[-rim:], self.fits[:, :rim], self.fits[:, -rim:]):
            side[:] = False
        self.near = cv2.dilate(self.mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        self.hidden = self.possible & ~self.near
        self.usual = 1.0
        self.whole = True

    def points(self) -> list[Point] | None:
        """Return the markers from left to right, and NaN in gaps; None if they do not explain the line."""
        found = list(self._places())
        plain = sorted(place for place, seen in found if seen)
        points = self._line_through(plain)
        unexplained = self._unexplained(points)
        for place, seen in found:  # a marker of which little is seen may as well be ink of the line
            if seen or not unexplained:
                continue
            more = self._line_through(sorted([*plain, place]))
            if (left := self._unexplained(more)) < unexplained:
                plain, points, unexplained = sorted([*plain, place]), more, left
        if not points or unexplained > _UNKNOWN * float(self.mask.sum()) or self._are_corners(points):
            return None
        self.whole = not unexplained
        return [(x - self.pad, y - self.pad) for x, y in self._with_regular(points)]

    def points_alone(self) -> list[Point] | None:
        """Return the markers from left to right; None if they do not explain the ink."""
        found = list(self._places())
        if not found or not all(seen for _, seen in found):
            return None
        gaps = [(math.nan, math.nan)] * (2 * len(found))
        gaps[::2] = sorted(place for place, _ in found)
        return None if self._unexplained(gaps) else [(x - self.pad, y - self.pad) for x, y in gaps[::2]]

    def overlap(self, points: Sequence[Point]) -> bool:
        """Return whether some of the markers, from left to right, lie on each other, so that others may be hidden."""
        least = _APART * self.shape.radius
        return any(
            math.dist(a, b) < least
            for number, a in enumerate(points)
            for b in points[number + 1 : number + 9]
            if b[0] - a[0] < least
        )

    def can_hide(self, others: Any) -> bool:
        """Return whether other marks are so large that one may hide a whole marker."""
        return bool((self.shape.count(others) >= _FITS * self.shape.area).any())

    def in_image(self, inside: Inside, points: Sequence[Point]) -> list[Point]:
        """Return points in pixels of the image."""
        dx, dy = inside.left + self.shape.centre[0], inside.top + self.shape.centre[1]
        return [(dx + x, dy + y) for x, y in points]

    def _line_through(self, places: Sequence[Point]) -> list[Point]:
        """Return places on a line, with those between them and at its ends that are hidden; empty if it is none."""
        if len(places) < 3:
            return []
        shares = [self._share(a, b) for a, b in pairwise(places)]
        known = [share for share in shares if share is not None]
        self.usual = median(known) if known else 0.0
        if self.usual < _JOINED:
            return []
        points = [*self._beyond(places[0], -1), places[0]]
        for a, b, share in zip(places, places[1:], shares, strict=False):
            points += [*self._between(a, b, share), b]
        return points + self._beyond(places[-1], 1)

    def _places(self) -> Iterator[tuple[Point, bool]]:
        """Yield where markers are, those that are seen best first, and whether most of each is seen."""
        import numpy as np

        shape = self.shape
        left = self.mask.copy()
        gain = np.where(self.fits, shape.count(left) - 0.5 * shape.around(left), -1.0)
        for _ in range(_MOST):
            row, column = (int(one) for one in np.unravel_index(gain.argmax(), gain.shape))
            best = float(gain[row, column])
            if best < _VISIBLE * shape.area:
                return
            whole = float((self.mask & ~self.hidden)[self._window(column, row)][shape.inner > 0].mean())
            place = (float(column), float(row)) if whole >= _PLAIN else self._middle(gain, column, row)
            shape.stamp(left, column, row, value=False)
            self._update(gain, left, column, row)
            if place is not None:
                yield place, whole >= _PLAIN

    def _update(self, gain: Any, left: Any, column: int, row: int) -> None:
        """Compute what markers explain anew around a place, where less is left."""
        import numpy as np

        far = 2 * self.shape.reach + 1
        top, start = max(0, row - 2 * far), max(0, column - 2 * far)
        part = left[top : row + 2 * far, start : column + 2 * far]
        new = self.shape.count(part) - 0.5 * self.shape.around(part)
        rows, columns = slice(max(0, row - far), row + far), slice(max(0, column - far), column + far)
        inner = slice(rows.start - top, rows.stop - top), slice(columns.start - start, columns.stop - start)
        gain[rows, columns] = np.where(self.fits[rows, columns], new[inner], -1.0)

    def _window(self, column: int, row: int) -> tuple[slice, slice]:
        reach = self.shape.reach
        return slice(row - reach, row + reach + 1), slice(column - reach, column + reach + 1)

    def _middle(self, gain: Any, column: int, row: int) -> Point | None:
        """Return the middle of the places that are as good; None if they are far apart."""
        import numpy as np

        near = gain[self._window(column, row)]
        rows, columns = np.nonzero(near >= gain[row, column] - 2)
        if max(np.ptp(rows), np.ptp(columns)) > _BEND:
            return None
        return column - self.shape.reach + float(columns.mean()), row - self.shape.reach + float(rows.mean())

    def _way(self, a: Point, b: Point) -> tuple[Any, Any]:
        """Return the rows and columns of the pixels on the straight line between two markers."""
        import numpy as np

        length = math.dist(a, b)
        reach = self.shape.radius + 1
        along = np.arange(reach, length - reach + 0.5) / max(length, 1.0)
        dx, dy = self.shape.centre
        rows = np.rint(dy + a[1] + (b[1] - a[1]) * along).astype(int)
        columns = np.rint(dx + a[0] + (b[0] - a[0]) * along).astype(int)
        return np.clip(rows, 0, self.mask.shape[0] - 1), np.clip(columns, 0, self.mask.shape[1] - 1)

    def _share(self, a: Point, b: Point) -> float | None:
        """Return on which share of the straight line between two markers it is seen; None if too much is hidden."""
        rows, columns = self._way(a, b)
        free = ~self.hidden[rows, columns]
        if free.sum() < 3:
            return None
        return float(self.near[rows, columns][free].mean())

    def _between(self, a: Point, b: Point, share: float | None) -> list[Point]:
        """Return what is between two neighbours on the line: nothing, a marker that is hidden, or a gap."""
        if share is None or share >= self._needed():
            return []
        corner = self._corner(a, b)
        if corner is not None:
            return [corner]
        return [((a[0] + b[0]) / 2, math.nan)] if share < _SPLIT else []

    def _corner(self, a: Point, b: Point) -> Point | None:
        """Return the hidden marker at which the lines from two others meet; None if there is none, or no single one."""
        places = self._fitting(round(a[0]) + 1, round(b[0]))
        return self._best(places, [min(self._joins(a, one), self._joins(one, b)) for one in places])

    def _beyond(self, end: Point, towards: int) -> list[Point]:
        """Return the hidden marker to which a line goes on beyond the last one that is seen; empty if it ends there."""
        import numpy as np

        inked = np.flatnonzero(self.mask.any(axis=0))
        last = int(inked[-1] if towards > 0 else inked[0])
        reach = self.shape.radius + 3
        if (last - end[0]) * towards <= reach:
            return []
        first, stop = sorted((last - round(reach), last + round(reach)))
        places = [one for one in self._fitting(first, stop + 1) if (one[0] - end[0]) * towards > reach]
        found = self._best(places, [self._joins(end, one) for one in places])
        return [found] if found is not None else []

    def _fitting(self, first: int, stop: int) -> list[Point]:
        """Return the places in some columns where a marker may be; empty if there are too many."""
        import numpy as np

        first = max(first, 0)
        rows, columns = np.nonzero(self.fits[:, first : max(first, stop)])
        if len(rows) > _PLACES:
            return []
        return list(zip((columns + first).astype(float).tolist(), rows.astype(float).tolist(), strict=True))

    def _best(self, places: Sequence[Point], scores: Sequence[float]) -> Point | None:
        """Return the middle of the places with the best scores; None if they are not good, or far apart."""
        highest = max(scores, default=0.0)
        good = [place for place, score in zip(places, scores, strict=True) if score >= highest - _TIE]
        if highest < self._needed():
            return None
        inks = [int(self.ink[round(y), round(x)]) for x, y in good]
        good = [place for place, ink in zip(good, inks, strict=True) if ink >= max(inks) - 1]
        if any(math.dist(good[0], one) > 2 * _BEND for one in good):
            return None
        return sum(x for x, _ in good) / len(good), sum(y for _, y in good) / len(good)

    def _needed(self) -> float:
        """Return on which share of its way a line must be seen."""
        return _ALIKE * self.usual + (_SOLID if self.usual > 1 - _SPLIT / 2 else 0.0)

    def _joins(self, a: Point, b: Point) -> float:
        share = self._share(a, b)
        return 0.0 if share is None else share

    def _unexplained(self, points: Sequence[Point]) -> int:
        """Return how much ink neither markers nor the lines between them explain (pixels)."""
        import cv2
        import numpy as np

        drawn = np.zeros(self.mask.shape, np.uint8)
        dx, dy = self.shape.centre
        for a, b in pairwise(points):
            if not math.isnan(a[1] + b[1]):
                ends = [(round(16 * (x + dx)), round(16 * (y + dy))) for x, y in (a, b)]
                cv2.line(drawn, ends[0], ends[1], 1, round(self.thick + 3), shift=4)
        explained = drawn > 0
        for x, y in points:
            if not math.isnan(y):
                self.shape.stamp(explained, round(x), round(y), value=True)
        _, _, stats, _ = cv2.connectedComponentsWithStats((self.mask & ~explained).astype(np.uint8), connectivity=8)
        return int(stats[1:, 4][stats[1:, 4] >= _ASTRAY * self.shape.area].sum())

    def _are_corners(self, points: Sequence[Point]) -> bool:
        """Return whether markers are hardly wider than the line, as its thick corners are."""
        import numpy as np

        stamped = np.zeros(self.mask.shape, bool)
        for x, y in points:
            if not math.isnan(y):
                self.shape.stamp(stamped, round(x), round(y), value=True)
        seen = sum(float(self.near[self._way(a, b)].sum()) for a, b in pairwise(points) if not math.isnan(a[1] + b[1]))
        thick = float((self.mask & ~stamped).sum()) / max(seen, 1.0)
        return math.sqrt(4 * self.shape.area / math.pi) < _WIDER * thick + 0.5

    def _with_regular(self, points: Sequence[Point]) -> list[Point]:
        """Return points with those of an even series that lie hidden on a straight line."""
        steps = [b[0] - a[0] for a, b in pairwise(points)]
        step = median(steps)
        if step <= 0 or any(abs(one / step - round(one / step)) * step > 2 for one in steps):
            return list(points)
        found = [points[0]]
        for a, b in pairwise(points):
            count = round((b[0] - a[0]) / step)
            between = [
                (a[0] + (b[0] - a[0]) * number / count, a[1] + (b[1] - a[1]) * number / count)
                for number in range(1, count)
            ]
            if not math.isnan(a[1] + b[1]) and all(self.fits[round(y), round(x)] for x, y in between):
                found += between
            found.append(b)
        return found

    def may_hide(self, points: Sequence[Point]) -> bool:
        """Return whether so much is hidden between two markers that one more may be there, or beyond the ends."""
        import numpy as np

        inked = np.flatnonzero(self.mask.any(axis=0)) - self.pad
        beyond = self.shape.radius + 4
        if points[0][0] - inked[0] > beyond or inked[-1] - points[-1][0] > beyond:
            return True
        for a, b in pairwise((x + self.pad, y + self.pad) for x, y in points):
            if math.isnan(a[1] + b[1]):
                continue
            rows, columns = self._way(a, b)
            if self.hidden[rows, columns].sum() > max(4 * self.shape.radius, 0.5 * len(rows)):
                return True
        return False
