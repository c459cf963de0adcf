"""Markers of a layer: blobs of one size, alone or on a line, with the lines that stand on them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any, Final, TypeAlias

from vision_magic.engine.chart.ground import SPINE
from vision_magic.engine.chart.layers import Inside, Layer
from vision_magic.engine.chart.masks import runs_of
from vision_magic.engine.chart.overlaps import find_overlapping

__all__ = ["Markers", "blobs_alone", "blobs_on_line", "find_markers"]

Point = tuple[float, float]

_FEWEST: Final = 3
_SMALLEST: Final = 3
"""Markers are at least this wide (pixels)."""

_LARGEST: Final = 0.09
"""Markers are at most this share of the shorter side of the axes."""

_RIM: Final = 6
"""Markers that are cut by a side are seen so near to it (pixels)."""

_SAME: Final = 40
"""A pixel has the colour of a layer when no channel differs by more."""

_ALIKE: Final = 1.5
"""The sides of markers differ by no more (pixels)."""

_MOST_ALONE, _FEW_ALONE = 0.6, 0.2
"""Markers without a line cover so much of what is drawn if few lie on each other, or if many do."""

_FEW_LEFT: Final = 0.1
"""If many do, no larger share of them cannot be told apart."""

_DOTS_APART: Final = 4.5
"""The dots of a line are at most as many times their width apart."""

_LESS, _MORE = 0.72, 1.25
"""A blob of a smaller or larger share of the usual area is a part of a marker, or several markers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Markers:
    """The markers of a layer.

    Attributes
    ----------
    points : tuple of Point
        The middles of the markers that stand alone, from left to right (pixels of the image).
    left : tuple of Point
        Where more is drawn in which no single marker can be told.
    cut : tuple of Point
        Where markers are that the sides of the axes cut.
    divided : int
        How many of the points are of markers that lie on each other or below other marks.
    size : float
        The usual diameter (pixels).
    line : bool
        Whether a line goes through them.
    touching : bool
        Whether other marks lie on or at some of them.
    lines : float
        The thickness of the lines between and on them; 0 if there are none.
    """

    points: tuple[Point, ...]
    left: tuple[Point, ...] = ()
    size: float
    cut: tuple[Point, ...] = ()
    divided: int = 0
    line: bool = False
    touching: bool = False
    lines: float = 0.0


@dataclass(frozen=True, slots=True)
class _Blob:
    left: int
    top: int
    width: int
    height: int
    area: int
    label: int

    @property
    def round(self) -> bool:
        """Whether it is about as wide as high."""
        return max(self.width, self.height) <= 1.7 * min(self.width, self.height) + 1

    @property
    def centre(self) -> Point:
        """The middle of its box."""
        return self.left + (self.width - 1) / 2, self.top + (self.height - 1) / 2

    def is_like(self, other: _Blob) -> bool:
        """Return whether it has the size of another one."""
        return abs(self.width - other.width) <= _ALIKE and abs(self.height - other.height) <= _ALIKE


Found: TypeAlias = tuple[list[_Blob], list[_Blob], Any]
"""The blobs that are single markers, the others, and the labels of all."""


def find_markers(inside: Inside, layer: Layer, others: Any) -> Markers | None:
    """Return the markers of a layer; None if it is not made of blobs of one size.

    Parameters
    ----------
    inside, layer
        The inside of the axes, and the layer.
    others : ndarray of bool
        The pixels of other marks, and those below texts and legends.
    """
    markers = _markers(inside, layer, others)
    return None if markers is None else replace(markers, cut=tuple(_cut_by_sides(inside, layer, markers)))


def _cut_by_sides(inside: Inside, layer: Layer, markers: Markers) -> Iterator[Point]:
    """Yield the places at the sides of the axes where more than a line ends, and no marker was found."""
    import numpy as np

    least = max(_SMALLEST, 0.5 * markers.size, 2 * markers.lines)
    mask, margin = layer.mask, 0
    if not layer.like_axes:  # the part of a marker that is seen may lie on the spine
        mask = np.abs(inside.whole.astype(np.int16) - np.array(layer.rgb, np.int16)).max(axis=2) <= _SAME
        margin = SPINE
    height, width = mask.shape
    left, top = inside.left - margin, inside.top - margin
    for seen, size, upright in ((mask, height, False), (mask.T, width, True)):
        for strip, side in ((seen[1:_RIM], 0), (seen[-_RIM:-1], size - 1)):
            for start, stop in runs_of(strip.any(axis=0)):
                along = (start + stop - 1) / 2
                x, y = (side, along) if upright else (along, side)
                there = (left + x, top + y)
                known = any(math.dist(there, point) <= markers.size + SPINE for point in markers.points)
                if stop - start >= least and not known:
                    yield there


def _markers(inside: Inside, layer: Layer, others: Any) -> Markers | None:
    """Return the markers of a layer, without those that are cut."""
    import numpy as np

    image = layer.mask.astype(np.uint8)
    total = int(image.sum())
    largest = max(9.0, _LARGEST * min(image.shape))
    alone = _fitting(image, image, largest)
    if alone is not None and (share := sum(blob.area for blob in alone[0]) / total) >= _FEW_ALONE:
        if share >= _MOST_ALONE and _is_dotted([*alone[0], *alone[1]]):
            return None
        found = _scattered(inside, layer, others, alone)
        if share >= _MOST_ALONE or len(found.left) <= _FEW_LEFT * len(found.points):
            return found
    on_line = blobs_on_line(layer.mask)
    return None if on_line is None else _on_line(inside, layer, others, *on_line)


def blobs_on_line(mask: Any) -> tuple[Found, float] | None:
    """Return the blobs of one shape on the lines of a mask, and the thickness of the lines; None if there are none."""
    import numpy as np

    image = mask.astype(np.uint8)
    largest = max(9.0, _LARGEST * min(image.shape))
    for size in range(3, int(largest), 2):
        opened = _opened(image, size)
        if not opened.any():
            return None
        found = _fitting(opened, image, largest)
        if found is None:
            continue
        thick = _thickness(image, opened)
        inscribed = _inscribed(opened)
        alike = _are_alike(found[0], found[1])
        if alike and thick and inscribed >= 1.5 * thick + 0.5 and opened.sum() <= 0.93 * image.sum():
            return found, thick
    return None


def blobs_alone(mask: Any) -> list[_Blob]:
    """Return the blobs of a mask that are single markers; empty if they are dots of a line."""
    import numpy as np

    image = mask.astype(np.uint8)
    found = _fitting(image, image, max(9.0, _LARGEST * min(image.shape)))
    return found[0] if found is not None and not _is_dotted([*found[0], *found[1]]) else []


def _opened(image: Any, size: int) -> Any:
    import cv2

    return cv2.morphologyEx(image, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))


def _fitting(image: Any, whole: Any, largest: float) -> Found | None:
    """Return the blobs that are single markers, the others, and the labels; None if there are hardly any."""
    import cv2

    count, labels, stats, _ = cv2.connectedComponentsWithStats(image, connectivity=8)
    blobs = [_blob(stats[number].tolist(), number) for number in range(1, count)]
    blobs = [blob for blob in blobs if min(blob.width, blob.height) >= _SMALLEST and blob.area >= 7]
    round_ones = [blob for blob in blobs if blob.round and max(blob.width, blob.height) <= largest]
    if len(round_ones) < _FEWEST:
        return None
    area = _usual([blob.area for blob in round_ones])
    alone = [blob for blob in round_ones if _LESS * area <= blob.area <= _MORE * area + 1]
    if len(alone) < max(_FEWEST, 0.5 * len(round_ones)) or len(alone) * area < 0.25 * sum(b.area for b in blobs):
        return None
    rest = [blob for blob in blobs if blob not in alone and blob.area > 0.12 * area]
    return alone, rest, labels


def _blob(box: list[int], label: int) -> _Blob:
    left, top, width, height, area = box
    return _Blob(left, top, width, height, area, label)


def _are_alike(alone: Sequence[_Blob], rest: Sequence[_Blob]) -> bool:
    """Return whether blobs on a line have one shape: thick corners of a line do not."""
    wide, high = (median(getattr(blob, side) for blob in alone) for side in ("width", "height"))
    alike = sum(abs(blob.width - wide) <= _ALIKE and abs(blob.height - high) <= _ALIKE for blob in alone)
    large = sum(blob.area >= 0.5 * median(one.area for one in alone) for blob in rest)
    return alike >= 0.75 * len(alone) and large <= 0.34 * len(alone)


def _usual(areas: Sequence[int]) -> float:
    """Return the commonest area: that with the most others near it."""
    counts = {area: sum(0.85 * area <= other <= 1.15 * area for other in areas) for area in set(areas)}
    most = max(counts.values())
    return float(median([area for area in areas if counts[area] == most]))


def _is_dotted(blobs: Sequence[_Blob]) -> bool:
    """Return whether blobs are the dots of a line: small and evenly spaced, each near the next."""
    size = median(max(blob.width, blob.height) for blob in blobs)
    centres = [(blob.left + blob.width / 2, blob.top + blob.height / 2) for blob in blobs]
    if len(centres) < 12 or len(centres) > 3000:
        return False
    import numpy as np

    places = np.array(centres)
    nearest = []
    for place in places:
        distance = np.hypot(*(places - place).T)
        nearest.append(float(np.partition(distance, 1)[1]))
    usual = median(nearest)
    even = sum(abs(one - usual) <= 0.25 * usual + 0.5 for one in nearest)
    return usual <= _DOTS_APART * size and even >= 0.75 * len(nearest)


def _thickness(image: Any, opened: Any) -> float:
    """Return the thickness of what an opening took away; 0 if that is hardly anything."""
    import cv2
    import numpy as np

    from vision_magic.engine.chart.strokes import stroke_width

    rest = ((image > 0) & (cv2.dilate(opened, np.ones((3, 3), np.uint8)) == 0)).astype(np.uint8)
    return stroke_width(rest) if rest.sum() >= max(8, 0.04 * image.sum()) else 0.0


def _inscribed(opened: Any) -> float:
    """Return the usual diameter of the largest discs in blobs."""
    import cv2
    import numpy as np

    count, labels = cv2.connectedComponents(opened, connectivity=8)
    distance = cv2.distanceTransform(np.pad(opened, 1), cv2.DIST_L2, 3)[1:-1, 1:-1]
    peaks = np.zeros(count)
    np.maximum.at(peaks, labels.ravel(), distance.ravel())
    return float(2 * np.median(peaks[1:]) - 1)


def _on_line(inside: Inside, layer: Layer, others: Any, found: Found, thick: float) -> Markers:
    """Return markers that a line goes through."""
    alone, rest, labels = found
    area = _usual([blob.area for blob in alone])
    # What is small is a corner of the line, unless something hides the rest of a marker.
    rest = [blob for blob in rest if blob.area >= 0.5 * area or _touches(others, blob)]
    return Markers(
        points=tuple(sorted(_middle(inside, layer, labels, blob, weighted=False) for blob in alone)),
        left=tuple((inside.left + x, inside.top + y) for x, y in (blob.centre for blob in rest)),
        size=math.sqrt(4 * area / math.pi),
        line=True,
        touching=any(_touches(others, blob) for blob in [*alone, *rest]),
        lines=thick,
    )


def _scattered(inside: Inside, layer: Layer, others: Any, found: Found) -> Markers:
    """Return markers without a line, also those that lie on each other or below other marks."""
    import numpy as np

    alone, _, labels = found
    area = _usual([blob.area for blob in alone])
    usual = min(alone, key=lambda blob: (_touches(others, blob), abs(blob.area - area)))
    clear = [blob for blob in alone if blob.is_like(usual) and not _touches(others, blob)]
    points = [_middle(inside, layer, labels, blob, weighted=True) for blob in clear]
    mixed = layer.mask & ~np.isin(labels, [blob.label for blob in clear])
    marker, (x, y) = _cut_out(labels, usual)
    middle = _middle(inside, layer, labels, usual, weighted=True)
    overlaps = find_overlapping(mixed, others, marker)
    divided = [(middle[0] - x + px, middle[1] - y + py) for px, py in overlaps.points]
    return Markers(
        points=tuple(sorted([*points, *divided])),
        left=tuple((inside.left + x, inside.top + y) for x, y in overlaps.left),
        divided=len(divided),
        size=math.sqrt(4 * area / math.pi),
    )


def _cut_out(labels: Any, blob: _Blob) -> tuple[Any, Point]:
    """Return a blob in the middle of a square with odd sides, and where the middle of that is."""
    import numpy as np

    part = labels[blob.top : blob.top + blob.height, blob.left : blob.left + blob.width] == blob.label
    size = max(blob.width, blob.height) // 2 * 2 + 5
    whole = np.zeros((size, size), np.uint8)
    top, left = (size - blob.height) // 2, (size - blob.width) // 2
    whole[top : top + blob.height, left : left + blob.width] = part
    return whole, (blob.left - left + size // 2, blob.top - top + size // 2)


def _touches(others: Any, blob: _Blob) -> bool:
    part = others[max(0, blob.top - 1) : blob.top + blob.height + 1, max(0, blob.left - 1) : blob.left + blob.width + 1]
    return bool(part.sum() > 2)


def _middle(inside: Inside, layer: Layer, labels: Any, blob: _Blob, *, weighted: bool) -> Point:
    import numpy as np

    grow = 1 if weighted else 0
    top, left = max(0, blob.top - grow), max(0, blob.left - grow)
    rows, columns = slice(top, blob.top + blob.height + grow), slice(left, blob.left + blob.width + grow)
    mine = labels[rows, columns]
    if weighted:
        weights = np.where((mine == blob.label) | (mine == 0), layer.coverage[rows, columns], 0.0)
    else:
        weights = (mine == blob.label).astype(float)
    total = float(weights.sum())
    x = float((weights.sum(axis=0) * np.arange(weights.shape[1])).sum()) / total
    y = float((weights.sum(axis=1) * np.arange(weights.shape[0])).sum()) / total
    return inside.left + left + x, inside.top + top + y
