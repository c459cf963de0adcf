"""Which tick labels agree with the scale of their axis."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.chart.calibrate import parse_offset
from vision_magic.engine.chart.dates import date_readings
from vision_magic.engine.chart.plot import Axis
from vision_magic.engine.chart.ticks import number_of

__all__ = ["agreeing_ticks"]

_NEAR: Final = 6.0
"""A label agrees if its middle is at most this far from the place of its value (pixels)."""


def agreeing_ticks(axis: Axis) -> tuple[bool, ...]:
    """Return whether each tick label is where its value belongs; names, which have no scale, always are."""
    found = axis.calibration
    if found is None:
        return (axis.kind == "labels",) * len(axis.ticks)
    if found.scale == "date":
        readings = [dates.days for dates in date_readings(axis.ticks, axis.offset)]
    else:
        factor, shift = (parse_offset(axis.offset) or (1.0, 0.0)) if axis.offset else (1.0, 0.0)
        numbers = map(number_of, axis.ticks)
        readings = [tuple(None if number is None else number * factor + shift for number in numbers)]
    ways = [
        tuple(
            value is not None and abs(found.pixel(value) - place) <= _NEAR
            for value, place in zip(values, axis.places, strict=False)
        )
        for values in readings
    ]
    return max(ways, key=sum, default=(False,) * len(axis.ticks))
