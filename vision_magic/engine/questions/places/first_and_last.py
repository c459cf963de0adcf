"""The first or the last of an axis: "the first ten minutes" of an axis in steps of five minutes are three places."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartAxis, Place
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.names.usual_names import day_of
from vision_magic.engine.questions.numbers import is_date, month_of, period_of
from vision_magic.engine.questions.places.units_of_axes import words_of_unit

__all__ = ["UNITS", "Unit", "places_at_end", "times_in", "unit_of_axis"]

Unit = Literal["second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade"]
UNITS: Final[tuple[tuple[Unit, str], ...]] = (
    ("second", r"seconds?|sekunden?|secondes?|segundos?|초(?:간|동안)?|秒钟?"),
    ("minute", r"minutes?|minuten?|minutos?|분(?:간|동안)?|分钟"),
    ("hour", r"hours?|stunden?|heures?|horas?|시간(?:동안)?|个?(?:小时|钟头)"),
    ("day", r"days?|tagen?|jours?|días?|일(?:간|동안)?|天"),
    ("week", r"weeks?|wochen?|semaines?|semanas?|주(?:간|일)?|周"),
    ("month", r"months?|monaten?|monate|mois|meses|mes|개월간|개월|달|个月"),
    ("quarter", r"quarters?|quartalen?|quartale|trimestres?|분기|个?季度"),
    ("year", r"years?|seasons?|jahren?|jahre|saisons?|années?|ans?|años?|temporadas?|개년|년간|년|해|年"),
    ("decade", r"decades?|jahrzehnten?|jahrzehnte|décennies|décadas"),
)
"""Units of time, as they are counted in six languages."""
_SECONDS: Final[dict[Unit, float]] = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_MONTHS: Final[dict[Unit, int]] = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_SHORT: Final[dict[str, Unit]] = {
    "s": "second", "sec": "second", "min": "minute", "h": "hour", "hr": "hour", "d": "day", "wk": "week",
    "초": "second", "분": "minute", "시간": "hour", "일": "day", "주": "week", "주차": "week", "개월": "month",
    "년": "year", "秒": "second", "分": "minute", "分钟": "minute", "小时": "hour", "天": "day", "周": "week",
    "月": "month", "年": "year",
}  # fmt: skip
"""Units of axes."""


def places_at_end(
    places: Sequence[Place], axis: ChartAxis, number: int, noun: str, *, first: bool
) -> tuple[Place, ...]:
    """Return the places of the first or last minutes, weeks, years, … of an axis; nothing where it has none of these.

    Parameters
    ----------
    places : sequence of Place
        All places along the axis, in order.
    axis : ChartAxis
        The axis, whose unit or label says what its numbers are.
    number : int
        How many of them, at least 2.
    noun : str
        What is counted, in any of the languages. What is no time, such as values, means places.
    first : bool
        Whether it is the first of them, and not the last.
    """
    plain = tuple(places[:number] if first else places[-number:])
    unit = _unit_of(noun)
    if unit is None:
        return _of_lengths(places, axis, number, noun, plain, first=first)
    if all(isinstance(place, float | int) for place in places):
        return _of_numbers([float(place) for place in places], axis, number, unit, plain, first=first)
    names = [place for place in places if isinstance(place, str)]
    if all(map(is_date, names)):
        return _of_dates(names, number, unit, plain, first=first)
    own = _unit_of_names(names) or unit_of_axis(axis)
    if own is None or own == unit:
        return plain
    times = _MONTHS[unit] / _MONTHS[own] if unit in _MONTHS and own in _MONTHS else 0.0
    count = round(times * number)
    return tuple(names[:count] if first else names[-count:]) if count >= 1 and count == times * number else ()


_OF_LENGTHS: Final = r"k?m|mi|miles?|.*(?:meter|metre|mètre|metro|킬로|미터|公里|千米|米)\w*"
"""Nouns for lengths, of which there may be more between two places than one."""


def _of_lengths(
    places: Sequence[Place], axis: ChartAxis, number: int, noun: str, plain: tuple[Place, ...], *, first: bool
) -> tuple[Place, ...]:
    """Return the places within a length of an end, if the axis has its unit; so many places for what is no length."""
    if not re.fullmatch(_OF_LENGTHS, noun.strip().lower()):
        return plain
    numbers = [float(place) for place in places if not isinstance(place, str)]
    if len(numbers) < len(places) or not re.fullmatch(words_of_unit(axis.unit), noun.strip().lower()):
        return ()
    start, end = (min(numbers), min(numbers) + number) if first else (max(numbers) - number, max(numbers))
    return tuple(place for place in numbers if start <= place <= end)


def _unit_of(noun: str) -> Unit | None:
    noun = noun.strip().lower()
    return next((unit for unit, words in UNITS if re.fullmatch(words, noun)), None)


def _unit_of_names(names: Sequence[str]) -> Unit | None:
    period = period_of(names).removesuffix(" of a year")
    if period in ("month", "quarter", "year", "week", "day"):
        return next(unit for unit, _ in UNITS if unit == period)
    if all(month_of(name) for name in names):
        return "month"
    if all(re.match(r"[QT][1-4](?!\d)|[1-4] ?분기", name) for name in names):
        return "quarter"
    return "day" if all(day_of(name) >= 0 for name in names) else None


def _of_numbers(
    places: list[float], axis: ChartAxis, number: int, unit: Unit, plain: tuple[Place, ...], *, first: bool
) -> tuple[Place, ...]:
    """Return the numbers within an amount of time of an end; of years and of weeks from 1 on, so many."""
    own = unit_of_axis(axis)
    if all(1800 <= place <= 2100 for place in places):
        return plain if unit == "year" else ()
    if own is None:
        return plain
    if unit in _SECONDS and own in _SECONDS:
        amount = number * _SECONDS[unit] / _SECONDS[own]
    elif unit in _MONTHS and own in _MONTHS:
        amount = number * _MONTHS[unit] / _MONTHS[own]
    else:
        return ()
    steps = {b - a for a, b in pairwise(places)}
    if steps == {1.0} and places[0] != 0 and amount == number:
        return plain
    if first:
        return tuple(place for place in places if place <= amount)
    return tuple(place for place in places if place >= places[-1] - amount)


def times_in(unit: Unit, other: Unit) -> float:
    """Return how many of another unit one unit has; 0 if that differs, as the days of a month do."""
    for sizes in (_SECONDS, _MONTHS):
        if unit in sizes and other in sizes:
            return sizes[unit] / sizes[other]
    return 52.0 if (unit, other) == ("year", "week") else 0.0


def unit_of_axis(axis: ChartAxis) -> Unit | None:
    """Return the unit of time in which an axis counts, by its unit or its label; None for another axis."""
    if axis.unit.lower() in _SHORT:
        return _SHORT[axis.unit.lower()]
    words = re.findall(r"[^\W\d_]+", f"{axis.unit} {axis.label}".lower())
    return next((unit for word in words if (unit := _SHORT.get(word) or _unit_of(word)) is not None), None)


def _of_dates(
    names: Sequence[str], number: int, unit: Unit, plain: tuple[Place, ...], *, first: bool
) -> tuple[Place, ...]:
    """Return the dates within so many hours, days, weeks, months or years of the first, or of the last."""
    times = [datetime.fromisoformat(name if len(name) > 7 else f"{name}-01").replace(tzinfo=None) for name in names]
    start, end = min(times), max(times)
    if unit in _MONTHS:
        months = number * _MONTHS[unit]
        near = [_months(start, time) < months if first else _months(time, end) < months for time in times]
    else:
        finest = min(map(len, names))
        if finest <= 7 or (finest <= 10 and unit in ("second", "minute", "hour")):
            return ()
        steps = [b - a for a, b in pairwise(times)]
        span = timedelta(seconds=number * _SECONDS[unit])
        if steps and min(steps) == max(steps) == timedelta(seconds=_SECONDS[unit]):
            return plain
        near = [time < start + span if first else time > end - span for time in times]
    return tuple(name for name, kept in zip(names, near, strict=True) if kept)


def _months(a: datetime, b: datetime) -> int:
    """Return the number of whole months from one time to a later one."""
    return 12 * (b.year - a.year) + b.month - a.month - (b.day < a.day)
