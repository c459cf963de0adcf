"""Logarithmic axes whose labels do not agree among themselves: minor tick marks show where one decade begins."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, product
from typing import Final

from vision_magic.engine.chart.calibrate import Calibration
from vision_magic.engine.chart.superscripts import as_raised, exponent_of

__all__ = ["decades_between", "power_at"]

_AT_MARK: Final = 1.6
"""A minor tick mark is at most this far from its place (pixels)."""

_ENOUGH: Final = 7
"""So many of the eight minor marks between two powers of ten are found."""

_SHORTEST: Final = 14.0
"""The minor marks of a shorter decade cannot be told apart (pixels)."""

_OFF_PLACE: Final = 0.2
"""A label is at most this far from the mark of its power (decades): exponents move the middle of their labels."""

_FEWEST_VOTES: Final = 2
_MOST_DECADES: Final = 3


def decades_between(
    labels: Sequence[str], places: Sequence[float], marks: Sequence[float], near: float
) -> Calibration | None:
    """Return the logarithmic scale of an axis with minor tick marks; None unless two of its powers of ten agree.

    Parameters
    ----------
    labels : sequence of str
        Its labels; powers as ``10³``. One of them may be misread.
    places : sequence of float
        The place of each label along the axis (pixels).
    marks : sequence of float
        The places of all tick marks, major and minor (pixels).
    near : float
        How far a label may be from its mark (pixels).
    """
    powers = [
        (place, power) for label, place in zip(labels, places, strict=True) if (power := exponent_of(label)) is not None
    ]
    for (first, _), (second, _) in pairwise(powers):
        ends = [
            sorted((mark for mark in marks if abs(mark - place) <= near), key=lambda mark: abs(mark - place))
            for place in (first, second)
        ]
        for start, stop in product(*ends):
            decade = _decade(start, stop, marks)
            if decade is not None:
                return _scale(powers, start, decade, len(labels))
    return None


def _decade(first: float, second: float, marks: Sequence[float]) -> float | None:
    """Return how long a decade is between two labels (pixels), negative where values fall along the axis."""
    for count in range(1, _MOST_DECADES + 1):
        length = (second - first) / count
        if abs(length) <= _SHORTEST:
            return None
        if _has_minor_marks(first, length, count, marks):
            return length
        if _has_minor_marks(second, -length, count, marks):
            return -length
    return None


def _has_minor_marks(start: float, length: float, count: int, marks: Sequence[float]) -> bool:
    """Return whether all decades from a place on have minor marks at 2, 3, ... 9 times the power before them."""
    for number in range(count):
        expected = [start + (number + math.log10(digit)) * length for digit in range(2, 10)]
        if sum(any(abs(place - mark) <= _AT_MARK for mark in marks) for place in expected) < _ENOUGH:
            return False
    return True


def _scale(powers: Sequence[tuple[float, int]], start: float, decade: float, labels: int) -> Calibration | None:
    """Return the scale on which most powers agree."""
    steps = [(place - start) / decade for place, _ in powers]
    votes = Counter(power - round(step) for (_, power), step in zip(powers, steps, strict=True)).most_common(2)
    first, agreeing = votes[0]
    if agreeing < _FEWEST_VOTES or (len(votes) > 1 and votes[1][1] >= agreeing):
        return None
    off = max(abs(step - round(step)) for step in steps)
    even = off <= _OFF_PLACE and 2 * agreeing > labels
    return Calibration(
        scale="log",
        slope=1 / decade,
        offset=first - start / decade,
        agreeing=agreeing,
        labels=labels,
        misfit=0.5,
        why_not="" if even else "its powers of ten are not at even distances",
    )


def power_at(scale: Calibration, place: float) -> str:
    """Return the power of ten at a place as a label; empty where it is not a whole power."""
    power = scale.slope * place + scale.offset
    return "10" + as_raised(str(round(power))) if abs(power - round(power)) <= _OFF_PLACE else ""
