"""Numbers of a question in the unit of the chart: 4 kg are 4000 g where the axis is in grams."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re

__all__ = ["UNITS", "in_celsius", "in_units_of"]

UNITS: Final[tuple[dict[str, float], ...]] = (
    {"g": 1.0, "kg": 1e3, "t": 1e6},
    {"mm": 1e-3, "cm": 1e-2, "m": 1.0, "km": 1e3},
    {"ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0},
    {"Wh": 1.0, "kWh": 1e3, "MWh": 1e6, "GWh": 1e9, "TWh": 1e12},
    {"W": 1.0, "kW": 1e3, "MW": 1e6, "GW": 1e9},
    {"Hz": 1.0, "kHz": 1e3, "MHz": 1e6, "GHz": 1e9},
    {"mV": 1e-3, "V": 1.0},
    {"ml": 1e-3, "l": 1.0, "hl": 100.0},
    {"MB": 1e6, "GB": 1e9, "TB": 1e12},
)
"""Units of one dimension, each with its size."""

_WORDS: Final[dict[str, str]] = {
    "g": r"g|grams?|grammes?",
    "kg": r"kg|kilos?|kilograms?|kilogrammes?",
    "t": r"t|tons?|tonnes?",
    "mm": r"mm|millimet(?:er|re)s?",
    "cm": r"cm|centimet(?:er|re)s?",
    "m": r"m|met(?:er|re)s?",
    "km": r"km|kilomet(?:er|re)s?",
    "ms": r"ms|milliseconds?",
    "s": r"s|secs?|seconds?",
    "min": r"min|mins|minutes?",
    "h": r"h|hrs?|hours?",
    "l": r"l|lit(?:er|re)s?",
}


def in_units_of(text: str, panels: Sequence[ChartPanel]) -> str:
    """Return an English question with its numbers in the only unit of their dimension that the charts have."""
    axes = [axis for panel in panels for axis in (panel.x, panel.y, panel.right) if axis is not None]
    own = {axis.unit or _unit_of(axis.label) for axis in axes} - {""}
    hours = (panel.x for panel in panels if re.search(r"\bhours?\b|\btime of day\b", panel.x.label.lower()))
    if any(axis.scale != "categories" for axis in hours):
        text = _CLOCK.sub(_hours, text)
    if any(axis.unit == "°C" for axis in axes):
        text = re.sub(r"\b(above|below|under|over) (?:the )?freezing(?: point)?", r"\1 0 °C", text, flags=re.IGNORECASE)
    text = _named_ranges(text, panels)
    for sizes in UNITS:
        known = own & set(sizes)
        if len(known) != 1:
            continue
        unit = known.pop()
        others = {name: size / sizes[unit] for name, size in sizes.items() if name != unit}
        for name, factor in others.items():
            pattern = rf"(?<![\w.])(\d+(?:\.\d+)?) ?(?:{_WORDS.get(name, name)})(?!\w)"
            text = re.sub(pattern, partial(_converted, factor=factor, unit=unit), text)
    return text


_FAHRENHEIT: Final = re.compile(
    r"(?<![\w.])(\d+(?:\.\d+)?) ?(?:° ?f|(?:degrees?|grad|degrés|grados) f|"
    r"(?:degrees?|grad|degrés|grados)? ?fahrenheit)\b",
    re.IGNORECASE,
)


def in_celsius(text: str, panels: Sequence[ChartPanel]) -> str:
    """Return a question with degrees Celsius for degrees Fahrenheit, where that is the only unit of temperatures drawn.

    Parameters
    ----------
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    units = {axis.unit for panel in panels for axis in (panel.x, panel.y, panel.right) if axis is not None}
    if "°C" not in units or "°F" in units:
        return text
    return _FAHRENHEIT.sub(lambda found: f"{(float(found[1]) - 32) / 1.8:.4g} °C", text)


def _named_ranges(text: str, panels: Sequence[ChartPanel]) -> str:
    """Return a text with "12-14" for "between 12 and 14", where this is the name of a place."""
    drawn = [series for panel in panels for series in panel.series]
    names = {name for series in drawn for name in (series.name, *series.x[:200]) if isinstance(name, str)}
    for name in names:
        ends = re.fullmatch(r"(\d+) ?[-–] ?(\d+)", name)
        if ends is not None:
            text = re.sub(rf"\b(?:between {ends[1]} and|from {ends[1]} to|{ends[1]} to) {ends[2]}\b", name, text)
    return text


_CLOCK: Final = re.compile(
    r"(?<![\w.])(?P<hour>\d{1,2})(?::00)? ?(?P<half>[ap])\.?m\b\.?|(?<!\d)(?P<full>\d{1,2}):00(?!\d)", re.IGNORECASE
)


def _hours(match: re.Match[str]) -> str:
    if match["full"]:
        return str(int(match["full"]))
    return str(int(match["hour"]) % 12 + 12 * (match["half"].lower() == "p"))


def _unit_of(label: str) -> str:
    """Return the unit of a label that is nothing but its name: "minutes"."""
    return next((unit for unit, words in _WORDS.items() if re.fullmatch(words, label.strip().lower())), "")


def _converted(match: re.Match[str], *, factor: float, unit: str) -> str:
    return f"{float(match[1]) * factor:.12g} {unit}"
