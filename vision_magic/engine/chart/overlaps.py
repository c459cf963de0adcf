"""Markers that lie on each other: each is where its outline fits what is seen of the edges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

__all__ = ["Overlaps", "find_overlapping"]

Point = tuple[float, float]

_LEAST: Final = 0.3
"""A marker is where at least this share of its outline is seen."""

_BESIDE: Final = 0.5
"""An edge next to another colour counts less: it may be that of the other mark."""

_LEFT: Final = 0.15
"""What is left of a mark, when the markers on it are found, is none if it is a smaller share of a marker."""

_MOST: Final = 600


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Markers that were found by their outlines, and the middles of what is left (pixels inside the axes)."""

    points: tuple[Point, ...]
    left: tuple[Point, ...]


def find_overlapping(mask: Any, others: Any, marker: Any) -> Overlaps:
    """Return the markers that cover a mask.

    Parameters
    ----------
    mask : ndarray of bool, (height, width)
        What is drawn in one colour, without the markers that stand alone.
    others : ndarray of bool, (height, width)
        What other marks and texts may hide.
    marker : ndarray of uint8, (size, size)
        A marker that stands alone, with a margin of one pixel or more; both sides are odd.
    """
    import cv2
    import numpy as np

    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    whole = mask.astype(np.uint8)
    # Thin pale lines around markers, and the pixels in which two colours mix, are no gaps.
    allowed = cv2.morphologyEx(whole | others.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    fits = cv2.erode(allowed, cv2.erode(marker, cross), borderValue=1) > 0
    edge = (mask & (cv2.erode(whole, cross, borderValue=1) == 0)).astype(np.float32)
    edge[cv2.dilate(others.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0] *= _BESIDE
    ring = marker - cv2.erode(marker, cross)
    search = _Search(edge, fits, ring.astype(np.float32))
    points, covered = [], np.zeros(mask.shape, np.uint8)
    for x, y, row, column in search:
        points.append((x, y))
        _stamp(covered, cv2.dilate(marker, np.ones((3, 3), np.uint8)), row, column)
    return Overlaps(tuple(points), tuple(_rest(whole & (1 - covered), _LEFT * float(marker.sum()))))


class _Search:
    """Yields the best place of a marker, again and again, each time without the edges that are explained."""

    def __init__(self, edge: Any, fits: Any, ring: Any) -> None:
        import cv2
        import numpy as np

        self.edge, self.fits, self.ring = edge, fits, ring
        near = cv2.dilate(ring, np.ones((3, 3), np.uint8))
        self.weights = np.maximum(ring, 0.5 * near)
        self.explained = cv2.dilate(near, np.ones((3, 3), np.uint8)) > 0
        self.votes = self._votes(edge) * fits

    def _votes(self, edge: Any) -> Any:
        import cv2

        return cv2.filter2D(edge, cv2.CV_32F, self.weights, borderType=cv2.BORDER_CONSTANT)

    def __iter__(self) -> Iterator[tuple[float, float, int, int]]:
        """Yield the middle of each marker, x and y, and the row and the column nearest to it."""
        import numpy as np

        least = _LEAST * float(self.ring.sum())
        for _ in range(_MOST):
            row, column = np.unravel_index(int(self.votes.argmax()), self.votes.shape)
            if self.votes[row, column] < least:
                return
            yield (*self._middle(int(row), int(column)), int(row), int(column))
            self._explain(int(row), int(column))

    def _middle(self, row: int, column: int) -> Point:
        """Return the place between pixels, from the votes around the best one."""
        import numpy as np

        top, left = max(0, row - 1), max(0, column - 1)
        part = self.votes[top : row + 2, left : column + 2]
        weights = np.maximum(part - 0.8 * part.max(), 0.0)
        total = float(weights.sum())
        x = float((weights.sum(axis=0) * np.arange(weights.shape[1])).sum()) / total
        y = float((weights.sum(axis=1) * np.arange(weights.shape[0])).sum()) / total
        return left + x, top + y

    def _explain(self, row: int, column: int) -> None:
        size = self.ring.shape[0]
        _stamp(self.edge, self.explained, row, column, clear=True)
        top, left = max(0, row - size), max(0, column - size)
        far_top, far_left = max(0, top - size), max(0, left - size)
        part = self.edge[far_top : row + 2 * size + 1, far_left : column + 2 * size + 1]
        bottom, right = min(self.edge.shape[0], row + size + 1), min(self.edge.shape[1], column + size + 1)
        new = self._votes(part)[top - far_top : bottom - far_top, left - far_left : right - far_left]
        self.votes[top:bottom, left:right] = new * self.fits[top:bottom, left:right]


def _stamp(image: Any, shape: Any, row: int, column: int, *, clear: bool = False) -> None:
    """Set an image, or clear it, where a shape around a place is."""
    half = shape.shape[0] // 2
    top, left = row - half, column - half
    y0, x0 = max(0, top), max(0, left)
    y1, x1 = min(image.shape[0], row + half + 1), min(image.shape[1], column + half + 1)
    part = shape[y0 - top : y1 - top, x0 - left : x1 - left] > 0
    image[y0:y1, x0:x1][part] = 0 if clear else 1


def _rest(left: Any, least: float) -> Iterator[Point]:
    """Yield the middles of the parts of a mask that are not small."""
    import cv2

    count, _, stats, middles = cv2.connectedComponentsWithStats(left, connectivity=8)
    for number in range(1, count):
        if stats[number][4] >= least:
            yield float(middles[number][0]), float(middles[number][1])
