"""Box plots of matplotlib, pandas and seaborn, whose quartiles are told from the lines and areas that draw them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from vision_magic.images.figure_facts.matplotlib_colours import colour_of
from vision_magic.images.lazy_types import is_instance

__all__ = ["Box", "find_boxes"]

_SAME: Final = 1e-9
"""Coordinates of one place differ by no more than this part of the largest."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box: where it is along the axis of names, its whiskers, quartiles, median and outliers, and its artist."""

    at: float
    low: float
    q1: float
    median: float
    q3: float
    high: float
    outliers: tuple[float, ...]
    colour: str
    artist: Any

    @property
    def values(self) -> tuple[float, ...]:
        """The numbers from the lowest to the highest."""
        return self.low, self.q1, self.median, self.q3, self.high


@dataclass(frozen=True, slots=True)
class _Outline:
    """A rectangle, with or without a notch: its reach along two axes."""

    along: tuple[float, float]
    across: tuple[float, float]
    artist: Any

    @property
    def middle(self) -> float:
        return (self.along[0] + self.along[1]) / 2


@dataclass(frozen=True, slots=True)
class _Segment:
    """A straight line: its constant coordinate, and its reach along the other axis."""

    at: float
    reach: tuple[float, float]

    @property
    def middle(self) -> float:
        return (self.reach[0] + self.reach[1]) / 2


def find_boxes(axes: Any, *, upright: bool) -> list[Box]:
    """Return the boxes whose values run along y if `upright`, else along x; none without whiskers.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    upright : bool
    """
    outlines = [one for artist in (*axes.lines, *axes.patches) if (one := _outline(artist, upright)) is not None]
    if not outlines:
        return []
    levels, whiskers = _segments(axes.lines, upright)
    found = [box for outline in outlines if (box := _box(outline, levels, whiskers)) is not None]
    points = [drawn for line in axes.lines if (drawn := _markers(line, upright)) is not None]
    boxes = [replace(box, outliers=_beyond(box, points)) for box in found]
    return sorted(boxes, key=lambda box: box.at)


def _markers(line: Any, upright: bool) -> tuple[float, tuple[float, ...]] | None:
    """Return the place of points that are not joined and stand above each other, and their values; None for others."""
    points = _points(line) if str(line.get_linestyle()).lower() in ("none", "", " ") else None
    if points is None or not len(points):
        return None
    along, across = (points[:, 0], points[:, 1]) if upright else (points[:, 1], points[:, 0])
    alike = (along == along[0]).all()
    return (float(along[0]), tuple(sorted(map(float, across)))) if alike else None


def _beyond(box: Box, points: Sequence[tuple[float, tuple[float, ...]]]) -> tuple[float, ...]:
    """Return the values at the place of a box that lie beyond its whiskers."""
    size = max(abs(box.at), abs(box.high), abs(box.low), 1.0)
    own = (value for at, values in points if _near(at, box.at, size) for value in values)
    return tuple(value for value in own if not box.low <= value <= box.high)


def _points(artist: Any) -> Any:
    """Return the points of a line or the outline of a patch in the coordinates of the data; None for others."""
    try:
        if is_instance(artist, "matplotlib.lines.Line2D"):
            inside = artist.get_transform() == artist.axes.transData
            return artist.get_xydata() if inside else None
        inside = is_instance(artist, "matplotlib.patches.PathPatch")
        return artist.get_path().vertices if inside and artist.get_data_transform() == artist.axes.transData else None
    except Exception:  # an artist of another library
        return None


def _outline(artist: Any, upright: bool) -> _Outline | None:
    """Return the rectangle that an artist draws, with a notch or without; None for others."""
    points = _points(artist)
    if points is None or len(points) not in (5, 6, 11, 12) or not _close(points[0], points[-1], points):
        return None
    along, across = (points[:, 0], points[:, 1]) if upright else (points[:, 1], points[:, 0])
    # A notch may reach beyond the quartiles, at which its first and its sixth point are.
    quartiles = across[[0, 5]] if len(points) > 6 else across
    return _Outline(_reach(along), _reach(quartiles), artist)


def _segments(lines: Iterable[Any], upright: bool) -> tuple[list[_Segment], list[_Segment]]:
    """Return the lines of one value, such as medians and caps, and those at one place, such as whiskers."""
    levels, whiskers = [], []
    for line in lines:
        points = _points(line)
        if points is None or len(points) != 2:
            continue
        along, across = (points[:, 0], points[:, 1]) if upright else (points[:, 1], points[:, 0])
        if along[0] == along[1]:  # one without length as well, where the quartile is the last value within reach
            whiskers.append(_Segment(float(along[0]), _reach(across)))
        elif across[0] == across[1]:
            levels.append(_Segment(float(across[0]), _reach(along)))
    return levels, whiskers


def _box(outline: _Outline, levels: Sequence[_Segment], whiskers: Sequence[_Segment]) -> Box | None:
    """Return the box of an outline with whiskers and a median; None for another outline."""
    q1, q3 = outline.across
    size = max(map(abs, (*outline.along, q1, q3)))
    own = [one for one in whiskers if _near(one.at, outline.middle, size)]
    below = [one.reach[0] for one in own if _near(one.reach[1], q1, size)]
    above = [one.reach[1] for one in own if _near(one.reach[0], q3, size)]
    medians = list(_medians(outline, levels, size))
    if not (below or above) or not medians:
        return None
    low, high = min(below, default=q1), max(above, default=q3)
    # Caps are shorter than medians, and a mean is drawn after the median.
    median = max(medians, key=lambda one: one.reach[1] - one.reach[0])
    return Box(outline.middle, low, q1, median.at, q3, high, (), colour_of(outline.artist), outline.artist)


def _medians(outline: _Outline, levels: Iterable[_Segment], size: float) -> Iterator[_Segment]:
    slack = _SAME * size
    for one in levels:
        within = outline.along[0] - slack <= one.reach[0] and one.reach[1] <= outline.along[1] + slack
        if within and _near(one.middle, outline.middle, size) and outline.across[0] <= one.at <= outline.across[1]:
            yield one


def _reach(values: Any) -> tuple[float, float]:
    return float(values.min()), float(values.max())


def _near(one: float, other: float, size: float) -> bool:
    return abs(one - other) <= _SAME * size


def _close(one: Any, other: Any, points: Any) -> bool:
    return bool((abs(one - other) <= _SAME * abs(points).max()).all())
