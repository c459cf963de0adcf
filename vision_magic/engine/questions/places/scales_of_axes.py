"""Numbers of a question where an axis counts in thousands or millions: 8000 steps are 8 of "Step (thousands)"."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re

__all__ = ["scaled", "scales_of", "scales_of_values", "unscaled"]

_SCALES: Final[tuple[tuple[float, str], ...]] = (
    (1e2, r"hundreds?|hundert|centaines?|cientos|centenas|백(?!만)|百(?![万萬])"),
    (
        1e3,
        r"thousands?|tausend|tsd\.?|milliers?|miles|mil|in k|k€|€k|in 1000|×? ?10³|천(?!만)|"
        r"千(?![万萬克米瓦赫卡帕升字])",
    ),
    (1e4, r"(?<![십백천])만|(?<![十百千])[万萬]"),
    (1e6, r"millions?|millionen|mio\.?|millones|백만|百[万萬]"),
    (1e8, r"(?<![십백천])억|(?<![十百千])[亿億]"),
    (1e9, r"billions?|milliarden|mrd\.?|milliards?|bn|십억|十[亿億]"),
)
_YEARS: Final = range(1500, 2101)
_FAR: Final = 10.0
"""A value that is that many times the highest one is not of its scale."""


def scaled(number: float, panels: Sequence[ChartPanel]) -> tuple[float, Literal["", "value", "place"]]:
    """Return a number as an axis counts it, and whether it is a value or a place; as it is if it needs no scale.

    Parameters
    ----------
    number : float
        The number as it is said.
    panels : sequence of ChartPanel
        The panels that the question is about.
    """
    drawn = drawn_series(panels)
    places = [float(place) for one in drawn for place in one.x if isinstance(place, float | int)]
    if number in _YEARS or (places and min(places) <= number <= max(places)):
        return number, ""
    values = [abs(value) for one in drawn for value in one.y if math.isfinite(value)]
    highest = _FAR * max(values, default=math.nan)
    for panel in panels:
        for scale in scales_of(panel.x.label):
            if number >= scale and number / scale in places:
                return number / scale, "place"
        for scale in scales_of_values(panel):
            if number >= scale and number > highest >= number / scale:
                return number / scale, "value"
    if any(one.kind == "histogram" for one in drawn) and places and number > _FAR * max(places):
        width = max(places) - min(places)
        for scale in (scale for panel in panels for scale in scales_of(panel.x.label)):
            if min(places) - width <= number / scale <= max(places) + width:
                return number / scale, "place"  # a limit between bins, or beyond them
    return number, ""


def scales_of_values(panel: ChartPanel) -> list[float]:
    """Return the scales in which the values of a panel are counted: those of axes, or of the colours of a heat map."""
    axes = [panel.axis_of(one) for one in panel.series if one.kind != "heat map"]
    axes += [panel.colour_bar] if panel.colour_bar is not None else []
    return [scale for axis in axes for scale in scales_of(axis.label)]


def unscaled(unit: str) -> str:
    """Return "€" for "thousands of €", and nothing for a unit that is only a scale or has none."""
    for _, words in _SCALES:
        found = re.match(rf"(?:{words})(?![A-Za-zÀ-ɏ]){_OF}(?P<unit>.+)", unit, re.IGNORECASE)
        if found is not None:
            return found["unit"].strip()
    return ""


_OF: Final = r"(?: (?:(?:of|de|von) |d['’]))? ?"


def scales_of(label: str) -> Iterator[float]:
    """Yield the scale of a label, or a unit, that says one."""
    for scale, words in _SCALES:
        if re.search(rf"(?<![A-Za-zÀ-ɏ])(?:{words})(?![A-Za-zÀ-ɏ])", label, re.IGNORECASE):
            yield scale
