"""Which numbers do tick labels stand for, and do they agree with where they stand?"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

__all__ = ["Fit", "Scale", "digits_of", "fit_ticks", "number_of"]

Scale = Literal["linear", "log"]

TOLERANCE = 0.03
"""A tick label agrees when it is at most this part of the axis away from where its number should stand."""

MIN_AGREEING = 3
"""With fewer labels that agree, nothing is claimed: two numbers lie on every line."""

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻º°", "0123456789-00")
_POWER = re.compile(r"^(?P<sign>-?)(?:(?P<factor>\d+(?:\.\d+)?)\s*[×x·]\s*)?10\^?(?P<power>-?\d{1,2})$")
_PLAIN = re.compile(
    r"^[$€£]?\s*(?P<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)\s*(?P<unit>%|[kKMGB]|°C?|[$€£])?$"
)
_FACTORS = {"k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "B": 1e9}
_INNER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How tick labels agree with their places.

    Attributes
    ----------
    scale : {"linear", "log"}
        What fits best.
    values : tuple of float or None
        The number of each label; None where a label does not agree.
    """

    scale: Scale
    values: tuple[float | None, ...]

    @property
    def agreeing(self) -> int:
        """How many labels agree."""
        return sum(value is not None for value in self.values)


def number_of(label: str) -> float | None:
    """Return the number that a tick label shows, or None: ``"1,000"``, ``"40%"``, ``"2.5k"``, ``"10⁴"``."""
    if any(character in label for character in "⁰¹²³⁴⁵⁶⁷⁸⁹⁻º"):
        return _power_of_ten(label.translate(_SUPERSCRIPTS))
    plain = re.sub(r"(?<=\d)[, ](?=\d{3}(?:\D|$))", "", label.strip())
    match = _PLAIN.match(plain)
    if match is None:
        return None
    return float(match["number"]) * _FACTORS.get(match["unit"] or "", 1.0)


def digits_of(label: str) -> str:
    """Return the number inside a label, without the sign or letter in front of it: ``"F0.20"`` gives ``"0.20"``."""
    inner = _INNER.search(label)
    return inner[0].removeprefix("-") if inner is not None else label


def _digits_alone(label: str) -> float | None:
    number = number_of(label)
    inner = _INNER.search(label)
    return abs(float(inner[0])) if inner is not None and (number is None or number < 0) else number


def _power_of_ten(label: str) -> float | None:
    match = _POWER.match(label.replace(" ", ""))
    if match is None:
        return None
    value = float(match["factor"] or 1) * 10.0 ** int(match["power"])
    return -value if match["sign"] else value


def fit_ticks(labels: Sequence[str], places: Sequence[float]) -> Fit | None:
    """Fit the numbers of tick labels to their places, linear or logarithmic.

    A label that does not fit may be a misreading with a tick mark stuck to it (``"-0.4"`` for ``"0.4"``): where the
    digits alone fit, they are taken.

    Parameters
    ----------
    labels : sequence of str
        As read.
    places : sequence of float
        Where each stands along the axis (pixels).

    Returns
    -------
    Fit or None
        None where fewer than three labels, or fewer than 60 %, agree.
    """
    plain = [number_of(label) for label in labels]
    if sum(number is not None for number in plain) < 0.5 * len(labels):  # Q1, Q2, Q3 are names
        return None
    readings = (plain, [_digits_alone(label) for label in labels])
    scales: tuple[Scale, ...] = ("linear", "log")
    fits = [_fit(labels, numbers, places, scale) for numbers in readings for scale in scales]
    fit = max(fits, key=lambda fit: fit.agreeing)  # the first of equals: as read, linear
    enough = fit.agreeing >= MIN_AGREEING and fit.agreeing >= 0.6 * len(labels)
    return fit if enough else None


def _fit(labels: Sequence[str], numbers: Sequence[float | None], places: Sequence[float], scale: Scale) -> Fit:
    points = [
        (place, level)
        for place, number in zip(places, numbers, strict=True)
        if (level := _level(number, scale)) is not None
    ]
    line = _robust_line(points)
    if line is None:
        return Fit(scale=scale, values=(None,) * len(labels))
    slope, offset = line
    reach = abs(slope) * (max(places) - min(places)) * TOLERANCE
    values = tuple(
        _agreeing(label, number, slope * place + offset, reach, scale)
        for label, number, place in zip(labels, numbers, places, strict=True)
    )
    return Fit(scale=scale, values=values)


def _level(number: float | None, scale: Scale) -> float | None:
    if number is None or scale == "linear":
        return number
    return math.log10(number) if number > 0 else None


def _robust_line(points: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """Return slope and offset by the median of all slopes (Theil and Sen): a misread label does not pull it."""
    slopes = [
        (b_level - a_level) / (b_place - a_place)
        for index, (a_place, a_level) in enumerate(points)
        for b_place, b_level in points[index + 1 :]
        if abs(b_place - a_place) > 1
    ]
    if not slopes:
        return None
    slope = median(slopes)
    if slope == 0:
        return None
    return slope, median(level - slope * place for place, level in points)


def _agreeing(label: str, number: float | None, expected: float, reach: float, scale: Scale) -> float | None:
    inner = _INNER.search(label)
    candidates = [number]
    if inner is not None:
        candidates += [float(inner[0]), abs(float(inner[0]))]
    for candidate in candidates:
        level = _level(candidate, scale)
        if level is not None and abs(level - expected) <= reach:
            return candidate
    return None
