"""The shape that the markers of a series have in common, and where its middle is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

__all__ = ["Shape", "common_shape"]

_LINES: Final = 0.2
"""What at most this share of the markers lack is not of their shape, but of the lines through them."""

_SHIFT: Final = 2
"""Blobs are aligned by moving them at most this far (pixels)."""

_LOPSIDED: Final = 0.115
"""The mass of a triangle is as much off the middle of its box (share of its height); that of a star is less."""

_TO_MIDDLE: Final = 0.46
"""How far the middle of a triangle is from its base, as a share of its base, with the line around it."""


_COPIED: Final = 0.06
"""The edges of copies of one marker differ by no more."""

_SNAPPED: Final = 0.5
"""matplotlib draws such copies in whole pixels, half a pixel right of and below their places on average."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The shape of a marker.

    Attributes
    ----------
    inner : ndarray of float, (2 * reach + 1, 2 * reach + 1)
        Its pixels, each 0 or 1.
    ring : ndarray of float
        The pixels around it.
    centre : tuple of float
        Where its middle is beside the middle of the array: x and y (pixels).
    reach : int
        Pixels from the middle of the array to its sides.
    """

    inner: Any
    ring: Any
    centre: tuple[float, float]
    reach: int

    @property
    def area(self) -> float:
        """The number of its pixels."""
        return float(self.inner.sum())

    @property
    def radius(self) -> float:
        """Half its larger side (pixels)."""
        return max(int(self.inner.any(axis=0).sum()), int(self.inner.any(axis=1).sum())) / 2

    def count(self, image: Any) -> Any:
        """Return how many pixels of an image are in the shape, at each place."""
        return _sums(image, self.inner)

    def around(self, image: Any) -> Any:
        """Return how many pixels of an image are around the shape, at each place."""
        return _sums(image, self.ring)

    def stamp(self, image: Any, column: int, row: int, *, value: bool) -> None:
        """Set the pixels of an image that are in or at the shape; the image reaches at least as far around."""
        reach = self.reach
        part = image[row - reach : row + reach + 1, column - reach : column + reach + 1]
        part[(self.inner + self.ring) > 0] = value


def _sums(image: Any, weights: Any) -> Any:
    import cv2
    import numpy as np

    return cv2.filter2D(image.astype(np.float32), -1, weights.astype(np.float32), borderType=cv2.BORDER_CONSTANT)


def common_shape(
    coverage: Any, hidden: Any, middles: Sequence[tuple[float, float]], size: tuple[float, float], thick: float
) -> Shape | None:
    """Return the shape that blobs have in common; None if there is none.

    Parameters
    ----------
    coverage : ndarray of float
        How much of each pixel is of the series.
    hidden : ndarray of bool
        The pixels where that is not known.
    middles : sequence of (float, float)
        The middles of the blobs: columns and rows.
    size : tuple of float
        Their usual width and height (pixels).
    thick : float
        The thickness of the lines through them (pixels).
    """
    import cv2
    import numpy as np

    reach = math.ceil(max(size) / 2) + 3
    known = np.where(hidden & (coverage <= 0.5), 2.0, coverage)
    windows = [window for middle in middles if (window := _window(known, middle, reach + _SHIFT)) is not None]
    if len(windows) < 3:
        return None
    usual = min((_centre_of(one) for one in windows), key=lambda one: float(np.abs(one).sum()))
    for _ in range(2):
        aligned = np.sort(np.stack([_aligned(one, usual) for one in windows]), axis=0)
        usual = np.minimum(aligned[int(_LINES * len(aligned))], 1.0)
    whole = (usual > 0.5).astype(np.uint8)
    count, parts = cv2.connectedComponents(_without_lines(whole, round(thick + 2.5) | 1), connectivity=8)
    if count < 2 or not parts[reach, reach]:
        return None
    inner = (parts == parts[reach, reach]).astype(np.uint8)
    ring = cv2.dilate(inner, np.ones((3, 3), np.uint8)) - inner
    near = cv2.dilate(inner, np.ones((5, 5), np.uint8))
    x, y = _middle(np.where(near > 0, usual, 0.0), whole & near)
    snapped = _SNAPPED if _are_alike(aligned) else 0.0
    centre = x - snapped, y - snapped
    return Shape(inner=inner.astype(np.float32), ring=ring.astype(np.float32), centre=centre, reach=reach)


def _without_lines(image: Any, size: int) -> Any:
    """Return an image without what is thinner than a size."""
    import cv2

    return cv2.morphologyEx(image, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))


def _are_alike(aligned: Any) -> bool:
    """Return whether the edges of aligned markers are alike, as where each is a copy of one in other pixels."""
    import numpy as np

    low, high = aligned[int(_LINES * len(aligned))], aligned[len(aligned) // 2]
    edges = (low > 0.1) & (low < 0.9)
    return not edges.any() or float(np.median((high - low)[edges])) <= _COPIED


def _window(image: Any, middle: tuple[float, float], reach: int) -> Any | None:
    column, row = round(middle[0]), round(middle[1])
    if min(column, row) < reach or column + reach >= image.shape[1] or row + reach >= image.shape[0]:
        return None
    return image[row - reach : row + reach + 1, column - reach : column + reach + 1]


def _centre_of(window: Any) -> Any:
    return window[_SHIFT:-_SHIFT, _SHIFT:-_SHIFT]


def _aligned(window: Any, usual: Any) -> Any:
    """Return the part of a window that is most like the usual one."""
    import numpy as np

    high, wide = usual.shape
    steps = range(2 * _SHIFT + 1)
    parts = [window[row : row + high, column : column + wide] for row in steps for column in steps]
    return min(parts, key=lambda part: float(np.abs(np.minimum(part, 1.0) - usual).sum()))


def _middle(usual: Any, inner: Any) -> tuple[float, float]:
    """Return the middle of a shape beside that of its array: that of its mass, but of a triangle that of its box."""
    import numpy as np

    half = usual.shape[0] // 2
    total = float(usual.sum())
    mass = [float((usual.sum(axis=axis) * (np.arange(len(usual)) - half)).sum()) / total for axis in (0, 1)]
    middle = list(mass)
    for axis in (0, 1):
        filled = np.flatnonzero(inner.any(axis=axis)) - half
        off = (mass[axis] - (filled[0] + filled[-1]) / 2) / len(filled)
        if abs(off) < _LOPSIDED:
            continue
        towards = 1 if off > 0 else -1
        across = usual.T if axis == 0 else usual  # the axis of the triangle goes down
        start, column = round(mass[axis]) + half, round(mass[1 - axis]) + half
        beam = across[start::towards, max(0, column - 1) : column + 2].mean(axis=1)
        base = start - half + towards * (float(beam.sum()) - 0.5)
        middle[axis] = base - towards * _TO_MIDDLE * math.sqrt(2 * total)
    return middle[0], middle[1]
