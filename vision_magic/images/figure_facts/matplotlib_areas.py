"""Filled areas of matplotlib whose values are told from their outlines: those on a base line of zero, and stacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from vision_magic.images.lazy_types import is_instance

__all__ = ["Area", "find_areas", "half_heights", "is_violin"]

_SAME: Final = 1e-9
"""Coordinates of one place differ by no more than this part of the largest."""


@dataclass(frozen=True, slots=True)
class Area:
    """An area: the places and heights of its upper edge, whether it lies on another area, and of which steps it is."""

    x: Any
    heights: Any
    stacked: bool
    steps: str = ""


@dataclass(frozen=True, slots=True)
class _Edge:
    """An edge of an area."""

    x: Any
    y: Any

    def is_like(self, other: _Edge) -> bool:
        """Whether two edges are one."""
        if len(self.x) != len(other.x) or (self.x != other.x).any():
            return False
        return bool((abs(self.y - other.y) <= _SAME * abs(self.y).max()).all())


def find_areas(collections: Iterable[Any]) -> dict[int, Area]:
    """Return the areas among collections by their ids. Each lies on zero, or on the area before it.

    An area between two other edges, such as a band of confidence, has no values of its own.
    """
    found: dict[int, Area] = {}
    tops: list[_Edge] = []
    for collection in collections:
        for base, top in _edges(collection):
            below = [one for one in tops if one.is_like(base)]
            if below or not base.y.any():
                found[id(collection)] = _without_corners(base.x, top.y - base.y, stacked=bool(below))
                tops = [one for one in tops if one is not next(iter(below), None)] + [top]
                break
    return found


def _without_corners(x: Any, heights: Any, *, stacked: bool) -> Area:
    """Return an area, one of steps without the corners that matplotlib adds between their places."""
    after, before = slice(2, None, 2), slice(0, -2, 2)
    if len(x) > 2 and len(x) % 2:
        for steps, same, level in (("post", after, before), ("pre", before, after)):
            if (x[1::2] == x[same]).all() and (heights[1::2] == heights[level]).all():
                return Area(x[::2], heights[::2], stacked, steps)
    return Area(x, heights, stacked)


def half_heights(collections: Iterable[Any], x: Any, y: Any) -> Any:
    """Return half the heights of the band around a line, which is as far below it as above; None without one."""
    import numpy as np

    line = _Edge(np.asarray(x), np.asarray(y))
    for collection in collections:
        for low, high in _edges(collection):
            if _Edge(low.x, (low.y + high.y) / 2).is_like(line) and (high.y > low.y).any():
                return abs(high.y - low.y) / 2
    return None


def _outline(collection: Any) -> Any:
    """Return the only outline of a filled area in the coordinates of the data; None for others."""
    try:
        whole = is_instance(collection, "matplotlib.collections.PolyCollection") and collection.get_array() is None
        paths = collection.get_paths() if whole and len(collection.get_offsets()) <= 1 else []
        known = len(paths) == 1 and collection.get_transform() == collection.axes.transData
        return paths[0].vertices if known else None
    except Exception:  # a collection of another library
        return None


def _edges(collection: Any) -> Iterator[tuple[_Edge, _Edge]]:
    """Yield the two edges of an area along x, and once more the other way round; none if it has another shape."""
    import numpy as np

    points: Any = _outline(collection)
    # Its first point, one edge forwards, a last point, the other edge backwards, and the first point once more.
    count = 0 if points is None else (len(points) - 3) // 2
    if count < 1 or len(points) != 2 * count + 3 or not np.isfinite(points).all():
        return
    there, back = points[1 : count + 1], points[count + 2 : 2 * count + 2][::-1]
    if (there[:, 0] == back[:, 0]).all():
        edges = _Edge(there[:, 0], there[:, 1]), _Edge(back[:, 0], back[:, 1])
        yield edges
        yield edges[::-1]


def is_violin(collection: Any) -> bool:
    """Whether an area is as wide on both sides of a place along x, or along y."""
    points = _outline(collection)
    if points is None or len(points) < 20:
        return False
    count = (len(points) - 3) // 2
    there, back = points[1 : count + 1], points[count + 2 : 2 * count + 2][::-1]
    if len(there) != len(back):
        return False
    for axis in (0, 1):
        middle, other = (there[:, axis] + back[:, axis]) / 2, abs(there[:, 1 - axis] - back[:, 1 - axis])
        size = abs(there).max() or 1.0
        if (abs(middle - middle[0]) <= _SAME * size).all() and other.max() <= _SAME * size:
            return bool((there[:, axis] != back[:, axis]).any())
    return False
