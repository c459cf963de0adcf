"""Values printed at the points of lines: each stands above or below its point, and tells it exactly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any, Final

from vision_magic.engine.chart.data import Kind, Place, Series, WhyNot
from vision_magic.engine.chart.plot import Axis, Panel
from vision_magic.engine.chart.printed import Number
from vision_magic.engine.chart.ticks import number_of
from vision_magic.engine.colours import chroma
from vision_magic.engine.pixels import Box

__all__ = ["with_printed_points"]

_LINES: Final[tuple[Kind, ...]] = ("line", "points")

_ASIDE: Final = 3
"""Where a label stands is known to so many pixels; a steep line rises much in them."""

_NEAR: Final = 3
_STEEP: Final = 8.0
"""A line that rises more around a place is too steep to be measured there (pixels)."""

_SAME: Final = 60
"""A pixel has the colour of a line when no channel differs by more."""

_OFF: Final = 5.0
"""A printed and a measured value agree when they differ by no more (pixels of the axis)."""

_REACH: Final = 2.2
"""A number stands at most this far above or below its point (line heights)."""

_SPREAD: Final = 3.0
"""Uncertainty of a value measured between printed ones (pixels)."""

_FEWEST: Final = 3
_MOST: Final = 0.5
"""The numbers in the axes are the values of lines if at least this share of them stands at one."""


@dataclass(frozen=True, slots=True)
class _Point:
    """A number at a line, the place that it stands at, and that place in pixels."""

    place: Place
    along: float
    value: float


def with_printed_points(
    series: Sequence[Series], panel: Panel, numbers: Sequence[Number], written: Sequence[Box], pixels: Any
) -> list[Series]:
    """Return series with the values that are printed at the points of lines.

    A line whose points all have a number is read from these alone. Otherwise the numbers take the place of measured
    values at the same places.

    Parameters
    ----------
    series : sequence of Series
        The series of a panel, as measured.
    panel : Panel
        The axes.
    numbers : sequence of Number
        The numbers printed inside the axes.
    written : sequence of Box
        The boxes of all texts, which hide what is below them.
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    """
    line = float(median(number.box[3] - number.box[1] for number in numbers))
    found: dict[int, list[_Point]] = {}
    for number in numbers:
        nearest = min(
            (
                (off, index, point)
                for index, one in enumerate(series)
                if one.kind in _LINES and (match := _point(one, panel, number, line)) is not None
                for off, point in [match]
            ),
            key=lambda match: match[0],
            default=None,
        )
        if nearest is not None:
            found.setdefault(nearest[1], []).append(nearest[2])
    if sum(map(len, found.values())) < max(_FEWEST, _MOST * len(numbers)):
        return list(series)
    kept = []
    for index, one in enumerate(series):
        points = found.get(index, [])
        if len(points) >= _FEWEST:
            kept.append(_printed(one, panel, sorted(points, key=lambda point: point.along), written, pixels))
        elif not _is_remnant(one, series, found):
            kept.append(one)
    return kept


def _is_remnant(one: Series, series: Sequence[Series], found: dict[int, list[_Point]]) -> bool:
    """Return whether a line in the colour of the texts is what was left of numbers that were not read."""
    grey = one.rgb is not None and chroma(one.rgb) < 12 and not one.name and one.kind in (*_LINES, "other", "step")
    return grey and any(len(points) >= _FEWEST and series[index] is not one for index, points in found.items())


def _point(one: Series, panel: Panel, number: Number, line: float) -> tuple[float, _Point] | None:
    """Return how far a number is off a line, and the point that it tells; None if it is not printed at the line."""
    scale = panel.y.calibration
    if scale is None or scale.scale != "linear" or not one.x:
        return None
    x, y = number.centre
    place = _place_at(panel.x, x)
    if place is None:
        return None
    low, high = _heights_at(one, panel, place[1])
    if math.isnan(low) or max(low - y, y - high) > _REACH * line:
        return None
    printed = scale.pixel(number.value)
    off = max(low - printed, printed - high, 0.0)
    if off > _OFF + number.half_unit / abs(scale.slope):
        return None
    return off, _Point(place[0], place[1], number.value)


def _place_at(axis: Axis, x: float) -> tuple[Place, float] | None:
    """Return the place on the axis nearest to a number above it: a label, or a whole number between years."""
    if axis.calibration is None or axis.calibration.scale == "date":
        spacing = min((b - a for a, b in pairwise(sorted(place for _, place in axis.names))), default=0.0)
        nearest = min(axis.names, key=lambda name: abs(name[1] - x), default=None)
        return nearest if nearest is not None and abs(nearest[1] - x) <= 0.25 * spacing else None
    scale = axis.calibration
    numbers = [number_of(label) for label in axis.ticks]
    whole = all(number is not None and number == round(number) for number in numbers)
    if scale.scale != "linear" or not whole or abs(scale.slope) > 0.15 or axis.offset:
        return None
    value = round(scale.value(x))
    pixel = scale.pixel(float(value))
    return (float(value), pixel) if abs(pixel - x) <= max(3.0, 0.25 / abs(scale.slope)) else None


def _heights_at(one: Series, panel: Panel, x: float) -> tuple[float, float]:
    """Return the lowest and the highest pixel of a line around a place, which is not known exactly; NaN without it."""
    heights = [_height_at(one, panel, x + step) for step in range(-_ASIDE, _ASIDE + 1)]
    known = [height for height in heights if math.isfinite(height)]
    return (min(known), max(known)) if known else (math.nan, math.nan)


def _height_at(one: Series, panel: Panel, x: float) -> float:
    """Return the height of a line at a place (pixels); NaN where it is not drawn."""
    scale = panel.y.calibration
    assert scale is not None
    corners = [
        (px, scale.pixel(value))
        for place, value in zip(one.x, one.y, strict=True)
        if (px := _pixel(panel.x, place)) is not None and math.isfinite(value)
    ]
    for (ax, ay), (bx, by) in pairwise(corners):
        if ax - 4 <= x <= bx + 4:
            share = min(max((x - ax) / (bx - ax), 0.0), 1.0) if bx > ax else 0.0
            return ay + (by - ay) * share
    return math.nan


def _pixel(axis: Axis, place: Place) -> float | None:
    if isinstance(place, str):
        return axis.places[axis.ticks.index(place)] if place in axis.ticks else None
    return None if axis.calibration is None else float(axis.calibration.pixel(place))


def _printed(one: Series, panel: Panel, points: Sequence[_Point], written: Sequence[Box], pixels: Any) -> Series:
    """Return a line with its values at every label or whole number: the printed ones, and measured ones between."""
    known = {point.place: point for point in points}
    places = _places(one, panel)
    measured = {place: _height_at(one, panel, along) for place, along in places}
    places = [(place, along) for place, along in places if place in known or math.isfinite(measured[place])]
    if len(known) < max(_FEWEST, _MOST * len(places)) or not set(known) <= {place for place, _ in places}:
        return one
    scale = panel.y.calibration
    assert scale is not None
    others = [(place, along) for place, along in places if place not in known]
    clear = all(_is_seen(one, panel, along, written, pixels) for _, along in others)
    # That so many printed values agree with the line proves the measured ones between them.
    return replace(
        one,
        kind="line",
        x=tuple(place for place, _ in places),
        y=tuple(known[place].value if place in known else float(scale.value(measured[place])) for place, _ in places),
        sigma=_SPREAD * abs(scale.slope) if others else 0.0,
        source="pixels" if others else "printed",
        sure=clear,
        why_not="" if clear else WhyNot.BELOW_TEXT,
        places=(),
    )


def _is_seen(one: Series, panel: Panel, along: float, written: Sequence[Box], pixels: Any) -> bool:
    """Return whether a line can be measured at a place: it is not steep or hidden there, and its colour is seen."""
    import numpy as np

    low, high = _heights_at(one, panel, along)
    x, y = round(along), round(_height_at(one, panel, along))
    if not high - low <= 2 * _STEEP or one.rgb is None or along > max(panel.frame.right, pixels.shape[1] - 1):
        return False
    if any(
        left - _NEAR <= x <= right + _NEAR and top - _NEAR <= y <= bottom + _NEAR
        for left, top, right, bottom in written
    ):
        return False
    near = pixels[max(0, y - 2) : y + 3, max(0, x - 2) : x + 3].astype(np.int16)
    return bool((np.abs(near - np.array(one.rgb, np.int16)).max(axis=2) <= _SAME).any())


def _places(one: Series, panel: Panel) -> list[tuple[Place, float]]:
    """Return the places at which a line has points: the labels, or the whole numbers between its ends."""
    scale = panel.x.calibration
    if scale is None or scale.scale == "date":
        return list(zip(panel.x.ticks, panel.x.places, strict=True))
    numbers = [place for place in one.x if isinstance(place, int | float)]
    first, last = math.floor(min(numbers) + 0.5), math.ceil(max(numbers) - 0.5)
    return [(float(value), scale.pixel(float(value))) for value in range(first, last + 1)]
