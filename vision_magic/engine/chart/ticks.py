"""Tick labels as numbers, checked against their positions along the axis."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

__all__ = ["Scale", "TickFit", "fit_ticks", "number_of", "strip_misread_mark"]

Scale = Literal["linear", "log"]

TOLERANCE = 0.03
"""A label agrees when its position is off by at most this share of the axis."""

MIN_AGREEING = 3
"""Fewer agreeing labels are not a fit, since a line goes through any two numbers."""

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻º°", "0123456789-00")
_POWER = re.compile(r"^(?P<sign>-?)(?:(?P<factor>\d+(?:\.\d+)?)\s*[×x·]\s*)?10\^?(?P<power>-?\d{1,2})$")
_PLAIN = re.compile(
    r"^[$€£]?\s*(?P<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)\s*(?P<unit>%|[kKMGB]|°C?|[$€£])?$"
)
_FOOTNOTE = re.compile(r"(?<=\d)\s*[*†‡]+$|(?<=^\d{4})[º°]$")
"""The mark of a footnote, as of a year with a forecast: ``2026*``; a small asterisk is read as a degree."""
_FACTORS = {"k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "B": 1e9}
_INNER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class TickFit:
    """The numbers of tick labels that agree with their positions.

    Attributes
    ----------
    scale : {"linear", "log"}
        The scale that fits best.
    values : tuple of float or None
        The number of each label; None for a label that does not agree.
    """

    scale: Scale
    values: tuple[float | None, ...]

    @property
    def agreeing(self) -> int:
        """The number of labels that agree."""
        return sum(value is not None for value in self.values)


def number_of(label: str) -> float | None:
    """Return the number of a tick label such as ``"1,000"``, ``"40%"``, ``"2.5k"`` or ``"10⁴"``, or None."""
    label = _FOOTNOTE.sub("", label)
    if any(character in label for character in "⁰¹²³⁴⁵⁶⁷⁸⁹⁻º"):
        return _power_of_ten(label.translate(_SUPERSCRIPTS))
    plain = re.sub(r"(?<=\d)[, ](?=\d{3}(?:\D|$))", "", label.strip())
    match = _PLAIN.match(plain)
    if match is None:
        return None
    return float(match["number"]) * _FACTORS.get(match["unit"] or "", 1.0)


def strip_misread_mark(label: str) -> str:
    """Return the digits of a label without the sign or letter before them: ``"0.20"`` for ``"F0.20"``."""
    inner = _INNER.search(label)
    return inner[0].removeprefix("-") if inner is not None else label


def _number_without_sign(label: str) -> float | None:
    """Return the number of a label, or of the digits in it if the label is negative or not a number."""
    number = number_of(label)
    inner = _INNER.search(label)
    return abs(float(inner[0])) if inner is not None and (number is None or number < 0) else number


def _power_of_ten(label: str) -> float | None:
    match = _POWER.match(label.replace(" ", ""))
    if match is None:
        return None
    value = float(match["factor"] or 1) * 10.0 ** int(match["power"])
    return -value if match["sign"] else value


def fit_ticks(labels: Sequence[str], positions: Sequence[float]) -> TickFit | None:
    """Fit the numbers of tick labels to their positions, linear or logarithmic.

    OCR may read a tick mark as part of its label (``"-0.4"`` for ``"0.4"``), so the digits alone are tried as well.

    Parameters
    ----------
    labels : sequence of str
        The labels as OCR read them.
    positions : sequence of float
        The position of each along the axis (pixels).

    Returns
    -------
    TickFit or None
        None if fewer than three labels, or fewer than 60 %, agree.
    """
    as_read = [number_of(label) for label in labels]
    if sum(number is not None for number in as_read) < 0.5 * len(labels):  # Q1, Q2, Q3 are names
        return None
    readings = (as_read, [_number_without_sign(label) for label in labels])
    scales: tuple[Scale, ...] = ("linear", "log")
    fits = [_fit(labels, numbers, positions, scale) for numbers in readings for scale in scales]
    fit = max(fits, key=lambda fit: fit.agreeing)  # among equal fits the first: as read, linear
    enough = fit.agreeing >= MIN_AGREEING and fit.agreeing >= 0.6 * len(labels)
    return fit if enough else None


def _fit(labels: Sequence[str], numbers: Sequence[float | None], positions: Sequence[float], scale: Scale) -> TickFit:
    points = [
        (position, value)
        for position, number in zip(positions, numbers, strict=True)
        if (value := _on_scale(number, scale)) is not None
    ]
    line = _robust_line(points)
    if line is None:
        return TickFit(scale=scale, values=(None,) * len(labels))
    slope, offset = line
    tolerance = abs(slope) * (max(positions) - min(positions)) * TOLERANCE
    values = tuple(
        _agreeing_number(label, number, slope * position + offset, tolerance, scale)
        for label, number, position in zip(labels, numbers, positions, strict=True)
    )
    return TickFit(scale=scale, values=values)


def _on_scale(number: float | None, scale: Scale) -> float | None:
    if number is None or scale == "linear":
        return number
    return math.log10(number) if number > 0 else None


def _robust_line(points: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """Return slope and offset as the median of all slopes (Theil–Sen), which a misread label does not distort."""
    slopes = [
        (b_value - a_value) / (b_position - a_position)
        for index, (a_position, a_value) in enumerate(points)
        for b_position, b_value in points[index + 1 :]
        if abs(b_position - a_position) > 1
    ]
    if not slopes:
        return None
    slope = median(slopes)
    if slope == 0:
        return None
    return slope, median(value - slope * position for position, value in points)


def _agreeing_number(label: str, number: float | None, expected: float, tolerance: float, scale: Scale) -> float | None:
    """Return the number of a label that agrees with the expected value; None if none does."""
    inner = _INNER.search(label)
    candidates = [number]
    if inner is not None:
        candidates += [float(inner[0]), abs(float(inner[0]))]
    for candidate in candidates:
        value = _on_scale(candidate, scale)
        if value is not None and abs(value - expected) <= tolerance:
            return candidate
    return None
