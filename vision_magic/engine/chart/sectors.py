"""Sectors of circles that stand apart, as the wedges of an exploded pie do.

Each is an area of one colour. With those of all colours it has the radius that their areas give, so a wedge that was
missed, or an area of another shape, is found out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from statistics import mean
from typing import Any, Final

from vision_magic.engine.colours import codes_of, rgb_of
from vision_magic.engine.pixels import RGB

__all__ = ["Sector", "find_sectors"]

_LEAST: Final = 0.0015
"""A colour with a smaller share of the picture is a line or a letter."""

_MOST: Final = 40
_FLAT: Final = 0.7
"""The common colours of a drawing are no more, and cover at least this part of it."""

_NEAR: Final = 12
"""Channels of pixels of one colour differ by no more."""

_SHADOW: Final = 0.08
"""Areas of other shapes are together no larger than this part of the sectors: the shadows of a pie."""

_MOST_WEDGES: Final = 24
_FITS: Final = 0.97
_STEP: Final = 2
"""Directions are tried in steps of so many degrees, and then in steps of a quarter."""

_LIKE_BEST: Final = 0.002

_POINTS: Final = 3000


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector: its apex and radius (pixels), where it starts and how long it is, in turns upwards, and its colour."""

    x: float
    y: float
    radius: float
    start: float
    length: float
    rgb: RGB


@dataclass(frozen=True, slots=True)
class _Area:
    """An area: its colour, its pixels, and its size with the parts of pixels at its edge."""

    rgb: RGB
    mask: Any
    size: float


def find_sectors(pixels: Any, face: Any) -> list[Sector]:
    """Return the sectors of a whole circle that stand apart, by their directions; none if the areas are no sectors.

    Parameters
    ----------
    pixels : array of shape (height, width, 3)
    face : array of shape (3,)
        The colour around them.
    """
    areas = sorted(_areas(pixels, face), key=lambda area: -area.size)
    for count in range(min(len(areas), _MOST_WEDGES), 1, -1):
        total = sum(area.size for area in areas[:count])
        if sum(area.size for area in areas[count:]) > _SHADOW * total:
            return []
        fitted = (_fitted(area, total) for area in areas[:count])
        found = list(takewhile(lambda sector: sector is not None, fitted))
        if len(found) == count:
            return sorted(filter(None, found), key=lambda sector: sector.start)
    return []


def _areas(pixels: Any, face: Any) -> Iterator[_Area]:
    """Yield the largest area of each colour, with what is written in it."""
    import cv2
    import numpy as np

    values, counts = np.unique(codes_of(pixels), return_counts=True)
    common = values[counts >= _LEAST * pixels[..., 0].size].tolist()
    covered = counts[counts >= _LEAST * pixels[..., 0].size].sum() / pixels[..., 0].size
    if len(common) > _MOST or covered < _FLAT:  # a photograph
        return
    for code in common:
        rgb = rgb_of(code)
        if np.abs(np.array(rgb) - face).max() <= _NEAR:
            continue
        mask = (np.abs(pixels.astype(np.int16) - np.array(rgb, np.int16)).max(axis=2) <= _NEAR).astype(np.uint8)
        outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        largest = max(outlines, key=cv2.contourArea)
        filled = cv2.drawContours(np.zeros_like(mask), [largest], -1, 1, cv2.FILLED)
        if filled.sum() >= _LEAST * mask.size:
            size = float(filled.sum()) + 0.5 * cv2.arcLength(largest, True)
            yield _Area((int(rgb[0]), int(rgb[1]), int(rgb[2])), filled.astype(bool), size)


def _fitted(area: _Area, total: float) -> Sector | None:
    """Return the sector that an area is, given the area of the whole circle; None if none fits."""
    import numpy as np

    rows, columns = np.nonzero(area.mask)
    share = area.size / total
    if share > 0.98:
        return None
    angle, radius = 2 * math.pi * share, math.sqrt(total / math.pi)
    # The centroid of a sector lies on its middle line, this far from its apex.
    distance = 4 * radius * math.sin(angle / 2) / (3 * angle)
    centre = (float(columns.mean()), float(rows.mean()))
    step = max(1, len(rows) // _POINTS)
    points = np.stack([columns[::step], rows[::step]]).astype(np.float32)

    def fits(degree: float) -> float:
        return _part_inside(points, centre, distance, math.radians(degree), radius, angle)

    coarse = max(range(0, 360, _STEP), key=fits)
    fine = {coarse + step / 4: fits(coarse + step / 4) for step in range(-4 * _STEP, 4 * _STEP + 1)}
    best = max(fine.values())
    if best < _FITS:
        return None
    middle = math.radians(mean(degree for degree, part in fine.items() if part >= best - _LIKE_BEST))
    apex = (centre[0] - distance * math.cos(middle), centre[1] + distance * math.sin(middle))
    return Sector(*apex, radius, (middle - angle / 2) / (2 * math.pi) % 1.0, share, area.rgb)


def _part_inside(
    points: Any, centre: tuple[float, float], distance: float, middle: float, radius: float, angle: float
) -> float:
    """Return which part of the points lies in the sector whose middle line has a direction."""
    import numpy as np

    across = points[0] - (centre[0] - distance * math.cos(middle))
    up = (centre[1] + distance * math.sin(middle)) - points[1]
    off = np.abs((np.arctan2(up, across) - middle + math.pi) % (2 * math.pi) - math.pi)
    away = np.hypot(across, up)
    return float(((away <= radius + 1) & ((off - angle / 2) * away <= 1)).mean())
