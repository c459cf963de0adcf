"""Dates that cover each other: what is left of their labels, and the distances of their tick marks, tell which."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import cache
from typing import Any, Final

__all__ = ["clearest", "uncovered", "uncovered_by_ends"]

_FIRST_YEAR, _LAST_YEAR = 1970, 2060
_FEWEST: Final = 4
_OFF_MARK: Final = 1.2
"""A date is at most this far from its tick mark (pixels)."""

_MOST_COMPARED: Final = 1500
_RESEMBLES, _ENDS_RESEMBLE = 0.6, 0.4
_CLEARLY: Final = 0.04
"""How much of the labels is as it was printed, and by how much others resemble them less."""

_OTHER_LENGTH: Final = 0.25
"""Share by which the number of letters that the width tells may be wrong; the two formats differ more."""

_FIRST: Final = re.compile(r"(?:19|20)\d\d")
_YEAR: Final = re.compile(r"(?:[12]?[09])(\d\d)[-.]")


def uncovered(labels: Sequence[str], marks: Sequence[float], letters: float | None = None) -> list[str] | None:
    """Return the dates of labels in the formats of matplotlib, ``2024-05`` or ``2024-05-03``; None if not certain.

    Parameters
    ----------
    labels : sequence of str
        The labels as they were read.
    marks : sequence of float
        The tick mark of each (pixels).
    letters : float, optional
        How many letters a whole label has, as far as its width tells.
    """
    return clearest(_rated(labels, marks, letters), _RESEMBLES)


def uncovered_by_ends(labels: Sequence[str], marks: Sequence[float], letters: float | None = None) -> list[str] | None:
    """Return the dates of which the first begins and the last ends as it was read: nothing covers these ends.

    Of the others too little may be left to be certain. The parameters are those of `uncovered`.
    """
    rated = [
        (rating, dates)
        for rating, dates in _rated(labels, marks, letters)
        if dates[0].startswith(labels[0][:_WHOLE_YEAR]) and dates[-1].endswith(labels[-1][-_WHOLE_DAY:])
    ]
    return clearest(rated, _ENDS_RESEMBLE)


_WHOLE_YEAR, _WHOLE_DAY = 4, 2
"""Digits of a year, with which dates begin, and of a month or a day, with which they end."""


def _rated(labels: Sequence[str], marks: Sequence[float], letters: float | None) -> list[tuple[float, list[str]]]:
    """Return the dates that fit the tick marks, with how much they resemble the labels."""
    years = Counter(year for label in labels for year in _years(label))
    years.update(int(found[0]) for found in [_FIRST.match(labels[0])] if found)
    if len(labels) < _FEWEST or not years:
        return []
    near = {year + step for year in years for step in (-1, 0, 1)}
    rated: list[tuple[float, list[str]]] = []
    for form, days in (("%Y-%m", _MONTHS), ("%Y-%m-%d", (*_MONTHS, *_DAYS))):
        length = len(date(2000, 1, 1).strftime(form))
        if letters is not None and abs(letters - length) > _OTHER_LENGTH * length:
            continue
        if sum(0.6 * length <= len(label) <= length + 1 for label in labels) < 0.6 * len(labels):
            continue
        printed = [[day.strftime(form) for day in found] for rule in days for found in _at_marks(rule, marks, near)]
        if len(printed) > _MOST_COMPARED:
            return []
        rated += [(_likeness(labels, dates), dates) for dates in printed]
    return rated


def clearest(rated: Sequence[tuple[float, list[str]]], least: float) -> list[str] | None:
    """Return what resembles the labels so much at least, and clearly more than anything else; None without it."""
    best, first = max(rated, default=(0.0, []))
    clear = all(rating <= best - _CLEARLY for rating, printed in rated if printed != first)
    return first if best >= least and clear else None


def _years(label: str) -> Iterator[int]:
    for found in _YEAR.finditer(label):
        yield (1900 if "9" in found[0][:2] else 2000) + int(found[1])


def _likeness(labels: Sequence[str], dates: Sequence[str]) -> float:
    pairs = zip(labels, dates, strict=True)
    return sum(SequenceMatcher(None, label, day).ratio() for label, day in pairs) / len(labels)


_MONTHS: Final = tuple((step, (1,)) for step in (1, 2, 3, 4, 6))
_DAYS: Final = tuple((1, days) for days in ((1, 15), (1, 8, 15, 22), tuple(range(1, 32, 3)), tuple(range(1, 32, 2))))
"""The rules of `matplotlib.dates.AutoDateLocator`: every so many months, and on which days."""


@cache
def _all_days(step: int, days: tuple[int, ...]) -> Any:
    """Return all days of a rule since 1970-01-01."""
    import numpy as np

    epoch, found = date(1970, 1, 1), []
    for year in range(_FIRST_YEAR, _LAST_YEAR):
        for month in range(1, 13, step):
            length = ((date(year, month, 28) + timedelta(days=4)).replace(day=1) - date(year, month, 1)).days
            found += [(date(year, month, day) - epoch).days for day in days if day <= length]
    return np.array(found, np.float64)


def _at_marks(rule: tuple[int, tuple[int, ...]], marks: Sequence[float], years: set[int]) -> Iterator[list[date]]:
    """Yield the dates of a rule, one after the other, whose distances are those of the marks."""
    import numpy as np

    windows = np.lib.stride_tricks.sliding_window_view(_all_days(*rule), len(marks))
    places = np.asarray(marks, np.float64)
    days = windows - windows.mean(axis=1, keepdims=True)
    offsets = places - places.mean()
    slopes = (days @ offsets) / (days**2).sum(axis=1)
    off = np.abs(offsets - slopes[:, None] * days).max(axis=1)
    epoch = date(1970, 1, 1)
    for row in np.flatnonzero(off <= _OFF_MARK):
        found = [epoch + timedelta(days=int(day)) for day in windows[row]]
        if found[0].year in years:
            yield found
