"""Numbers that cover each other: what is left of their labels, and the even steps between them, tell which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from vision_magic.engine.chart.covered_dates import clearest

__all__ = ["uncovered_numbers"]

_FEWEST: Final = 4
_UNEVEN: Final = 2.0
"""Distances of tick marks on a linear scale differ by no more (pixels)."""

_MOST_DECIMALS: Final = 3
_STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500)
"""The steps between labels, in units of their last digit."""

_RESEMBLES: Final = 0.6
"""How much of the labels is as it was printed."""


def uncovered_numbers(labels: Sequence[str], marks: Sequence[float]) -> list[str] | None:
    """Return the numbers of labels, each of which covers the ends of its neighbours; None if not certain.

    Parameters
    ----------
    labels : sequence of str
        The labels as they were read, from left to right.
    marks : sequence of float
        The tick mark of each (pixels).
    """
    gaps = [after - before for before, after in pairwise(marks)]
    if len(labels) < _FEWEST or max(gaps) - min(gaps) > _UNEVEN:
        return None
    rated = [(_likeness(labels, printed), printed) for printed in _progressions(labels) if _has_ends(labels, printed)]
    return clearest(rated, _RESEMBLES)


def _progressions(labels: Sequence[str]) -> Iterator[list[str]]:
    """Yield the numbers at even steps of which one label or another may be part, as matplotlib prints them."""
    whole = max((len(found[0]) for label in labels for found in re.finditer(r"\d+(?=\.|$)", label)), default=1)
    seen: set[tuple[int, int, int]] = set()
    for decimals in range(_MOST_DECIMALS + 1):
        for place, label in enumerate(labels):
            for found in re.finditer(rf"(?=(\d{{{whole}}}(?:\.\d{{0,{decimals}}})?))", label):
                units = round(float(found[1]) * 10**decimals)
                for step in _STEPS:
                    start = round(units / step) * step - place * step
                    if (decimals, start, step) not in seen and start >= 0 and (not decimals or step % 10):
                        seen.add((decimals, start, step))
                        numbers = (start + step * number for number in range(len(labels)))
                        yield [f"{number / 10**decimals:.{decimals}f}" for number in numbers]


def _has_ends(labels: Sequence[str], printed: Sequence[str]) -> bool:
    """Return whether the first number begins and the last one ends as it was read: nothing covers these ends."""
    return labels[0][:1] == printed[0][:1] and labels[-1][-1:] == printed[-1][-1:]


def _likeness(labels: Sequence[str], printed: Sequence[str]) -> float:
    """Return how much of the labels is like numbers, without the first and the last character, which may be covered."""
    pairs = zip(labels, printed, strict=True)
    return sum(SequenceMatcher(None, label[1:-1], number).ratio() for label, number in pairs) / len(labels)
