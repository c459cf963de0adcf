"""Values printed at marks: a number at the end of a bar, inside it, or at a point of a line is the value itself.

What was measured only checks it: a number that does not agree with the length of its bar belongs to something else, or
was misread, and the measured value stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final

from vision_magic.engine.chart.calibrate import Calibration
from vision_magic.engine.chart.data import BARS, FLAT, Series, WhyNot
from vision_magic.engine.chart.plot import Axis, Panel
from vision_magic.engine.chart.ticks import number_of
from vision_magic.engine.pixels import Box
from vision_magic.engine.texts import Text

__all__ = ["Number", "printed_numbers", "with_printed"]

_OFF: Final = 3.5
"""Printed and measured values agree when they differ by no more (pixels of the axis)..."""

_SHARE: Final = 0.01
"""...or by this share of the value."""

_REACH: Final = 1.7
"""A number is printed at most this far beyond the end of its bar (line heights)."""

_MOST: Final = 0.6
"""The numbers of a series are its values if at least this share of its bars have one."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number printed inside the axes; `half_unit` is half of what its last digit stands for."""

    value: float
    half_unit: float
    box: Box

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of its box: x, y (pixels)."""
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


@dataclass(frozen=True, slots=True)
class _Bar:
    """A measured bar: along is the axis of positions, base and end are on that of values (pixels)."""

    series: int
    point: int
    middle: float
    base: float
    end: float
    value: float

    def beyond(self, place: float) -> float:
        """Return how far a place is beyond the ends of the bar."""
        low, high = sorted((self.base, self.end))
        return max(low - place, place - high, 0.0)


def with_printed(series: Sequence[Series], panel: Panel, numbers: Sequence[Number]) -> list[Series]:
    """Return series with the values that are printed at their bars.

    Parameters
    ----------
    series : sequence of Series
        The series of a panel, as measured.
    panel : Panel
        The axes.
    numbers : sequence of Number
        The numbers printed inside the axes.
    """
    lying = any(one.kind in FLAT for one in series)
    values = panel.x if lying else panel.y
    bars = _bars(series, values, lying=lying)
    if len(numbers) < 2 or len(bars) < 2 or values.calibration is None:
        return list(series)
    line = float(median(number.box[3] - number.box[1] for number in numbers))
    found = _pairs(bars, numbers, values.calibration, line, lying=lying)
    strays = len(numbers) - len(found)
    return [
        _printed(one, {bar.point: number for bar, number in found if bar.series == index}, strays)
        for index, one in enumerate(series)
    ]


def printed_numbers(panel: Panel, texts: Sequence[Text], *, lying: bool = False) -> list[Number]:
    """Return the numbers printed inside the axes, or just beyond them where bars end; `lying` if those are level."""
    frame, found = panel.frame, []
    for text in texts:
        x, y = text.centre
        beyond = 3.0 * text.height
        inside = frame.left < x <= frame.right + (beyond if lying else 0) and frame.top - beyond <= y < frame.bottom
        value = number_of(text.text) if inside and not text.rotated else None
        if value is not None:
            found.append(Number(value, 0.5 * _unit(text.text), text.box))
    return found


def _unit(text: str) -> float:
    """Return the value of the last digit of a number."""
    digits = text.rstrip("% kKMGB")
    decimals = len(digits.rpartition(".")[2]) if "." in digits else 0
    factor = {"k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "B": 1e9}.get(text.strip()[-1], 1.0)
    return float(10.0**-decimals * factor)


def _bars(series: Sequence[Series], values: Axis, *, lying: bool) -> list[_Bar]:
    scale = values.calibration
    if scale is None or scale.scale != "linear":
        return []
    bars = []
    for index, one in enumerate(series):
        if one.kind not in BARS or len(one.places) != len(one.y):
            continue
        for point, ((x, y), value) in enumerate(zip(one.places, one.y, strict=True)):
            middle, end = (y, x) if lying else (x, y)
            base = scale.pixel(float(scale.value(end)) - value)
            bars.append(_Bar(index, point, middle, base, end, value))
    return bars


def _pairs(
    bars: Sequence[_Bar], numbers: Sequence[Number], scale: Calibration, line: float, *, lying: bool
) -> list[tuple[_Bar, Number]]:
    """Return each bar with the number at it that agrees with its length, those next to each other first."""
    apart = _apart(bars)
    pairs = []
    for bar in bars:
        for number in numbers:
            x, y = number.centre
            aside = abs((y if lying else x) - bar.middle)
            half = (number.box[2] - number.box[0]) / 2
            beyond = max(0.0, bar.beyond(x if lying else y) - (half if lying else 0.0))
            if aside <= 0.6 * apart and beyond <= _REACH * line and _agree(number, bar.value, scale):
                pairs.append((aside / apart + beyond / line, bar, number))
    found: list[tuple[_Bar, Number]] = []
    for _, bar, number in sorted(pairs, key=lambda pair: pair[0]):
        if all(bar is not other and number is not taken for other, taken in found):
            found.append((bar, number))
    return found


def _apart(bars: Sequence[_Bar]) -> float:
    """Return the least distance between neighbouring bars that do not stand on each other."""
    middles = sorted(bar.middle for bar in bars)
    return min((b - a for a, b in pairwise(middles) if b - a > 3), default=40.0)


def _agree(number: Number, measured: float, scale: Calibration) -> bool:
    most = max(_OFF * abs(scale.slope), _SHARE * abs(measured)) + number.half_unit
    return abs(number.value - measured) <= most


def _printed(one: Series, numbers: dict[int, Number], strays: int) -> Series:
    """Return a series with its printed values in place of the measured ones."""
    if not numbers or len(numbers) < _MOST * len(one.y):
        return one
    y = tuple(numbers[point].value if point in numbers else value for point, value in enumerate(one.y))
    if len(numbers) < len(one.y):
        return replace(one, y=y)
    doubt = one.why_not if _remains(one, strays) else ""
    return replace(one, y=y, sigma=0.0, source="printed", sure=not doubt, why_not=doubt)


def _remains(one: Series, strays: int) -> bool:
    """Return whether a doubt about measured bars remains when each of them has its number."""
    if len(set(one.x)) < len(one.x):
        return True
    return strays > 0 and one.why_not in (WhyNot.BARS_UNCLEAR, WhyNot.SOME_BARS_UNCLEAR)
