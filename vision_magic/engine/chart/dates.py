"""Dates of tick labels, in the formats of plotting libraries, as days since 1970-01-01."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final, Literal

__all__ = [
    "Dates",
    "Unit",
    "are_months",
    "date_readings",
    "dates_of",
    "has_month_and_year",
    "is_date",
    "iso_of",
    "names_month_or_year",
    "printed_like",
]

Unit = Literal["year", "month", "day", "hour"]

_EPOCH: Final = date(1970, 1, 1)
_MONTHS: Final = (
    "jan(?:uary|uar)?",
    "feb(?:ruary|ruar)?",
    "mar(?:ch)?|märz?|mrz",
    "apr(?:il)?",
    "may|mai",
    "jun[ei]?",
    "jul[yi]?",
    "aug(?:ust)?",
    "sept?(?:ember)?",
    "o[ck]t(?:ober)?",
    "nov(?:ember)?",
    "de[cz](?:ember)?",
)
"""The names of the months in English and German, from January on."""

_NAME: Final = f"(?P<month>{'|'.join(_MONTHS)})\\.?"
_TIME: Final = r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?)?"
_CLOCK: Final = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?"
_DAY: Final = r"(?P<day>\d{1,2})"
_YEAR: Final = r"(?P<year>\d{4})"
_WEEKDAY: Final = r"(?:(?:mon|tue|wed|thu|fri|sat|sun),? )?"
_FORMATS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}[-/.](?P<m>\d{{1,2}})[-/.]{_DAY}(?:[T ]{_TIME})?",
        rf"{_YEAR}[-/.](?P<m>\d{{1,2}})",
        rf"(?P<m>\d{{1,2}})-{_DAY}(?: {_TIME})?",
        rf"{_DAY}\.(?P<m>\d{{1,2}})\.{_YEAR}?",
        rf"(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})(?:/{_YEAR})?",
        rf"{_DAY} {_CLOCK}",
        r"(?P<day>\d{2})(?P<hour>\d{2}):(?P<minute>\d{2})",  # OCR loses the space between them
        r"(?P<m>\d{2})-(?P<day>\d{2})(?P<hour>\d{2})",
        _CLOCK,
        rf"{_NAME}[ -]?(?P<apostrophe>')?(?P<number>\d{{1,2}})",
        rf"{_NAME}(?:[ -]?{_YEAR})?",
        rf"{_WEEKDAY}{_NAME}[ -]{_DAY}(?:,? {_YEAR})?(?: {_TIME})?",
        rf"{_WEEKDAY}{_DAY}\.?[ -]?{_NAME}(?:[ -]{_YEAR})?",
        rf"{_YEAR}[ -]{_NAME}(?:[ -]{_DAY})?",
        rf"{_CLOCK} {_DAY}[ -]{_NAME}(?:[ -]{_YEAR})?",
        rf"{_CLOCK} {_NAME} {_DAY}(?:, {_YEAR})?",
        rf"{_YEAR}년(?: ?(?P<m>\d{{1,2}})월(?: ?{_DAY}일)?)?",
        rf"(?P<m>\d{{1,2}})월(?: ?{_DAY}일)?",
        _YEAR,
        r"(?P<day>0[1-9]|[12]\d|3[01]|[1-9])",
    )
)

_Parts = dict[str, int]
_UNITS: Final[tuple[tuple[Unit, str, int], ...]] = (
    ("year", "year", 0),
    ("month", "m", 5),
    ("day", "day", 8),
    ("hour", "hour", 11),
)
"""The units from large to small: the name of each, that of its part, and where it begins in ISO 8601."""

_SOME_YEARS: Final = (2001, 2000)
"""Dates without a year are counted in an ordinary year, or in a leap year if they then stand better at their places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Labels as days since 1970-01-01; None for one that is not a date.

    `largest` is the largest unit that is printed. What is larger is not known: the year is 2001 or 2000, the month is
    January, and the day is the first.
    """

    days: tuple[float | None, ...]
    largest: Unit = "year"

    @property
    def year_known(self) -> bool:
        """Whether the year of the dates is printed."""
        return self.largest == "year"


def dates_of(labels: Sequence[str], printed_at_end: str = "") -> Dates | None:
    """Return the dates of the labels of an axis in the first way in which they can be read; see `date_readings`."""
    return next(date_readings(labels, printed_at_end), None)


def date_readings(labels: Sequence[str], printed_at_end: str = "") -> Iterator[Dates]:
    """Yield the dates of the labels of an axis, in each way in which they can be read.

    A label without a year, month or day takes it from its neighbours, whose dates are before and after its own. In
    ``04/05`` the month may be the first number or the second, and ``Jan 21`` may be a day or a month of 2021. Years
    alone are numbers, and so are days alone, unless their month is printed at the end of the axis. Nothing if fewer
    than three labels, or than half of them, are dates.

    Parameters
    ----------
    labels : sequence of str
        In the order of time.
    printed_at_end : str
        What is printed at the end of the axis, such as the year or the month: it is that of the last label.
    """
    hint = _parts(printed_at_end) or {}
    for parts in _ways([_parts(label) for label in labels]):
        if _are_dates(parts, hint):
            yield from _dated(parts, hint)


def _ways(parts: Sequence[_Parts | None]) -> Iterator[list[_Parts | None]]:
    """Yield the parts of labels with the two numbers of ``04/05``, and with the number of ``Jan 21``, told apart."""
    named = [part for part in parts if part and "number" in part]
    if named:
        if not _are_years(named):
            yield [_with_number(part, "day") for part in parts]
        numbers = {part["number"] for part in named}
        if _are_years(named) or (len(named) > 1 and len(numbers) == 1 and numbers != {1}):
            yield [_with_number(part, "year") for part in parts]
        return
    yield [_ordered(part, month_first=True) for part in parts]
    if any("first" in part for part in parts if part):
        yield [_ordered(part, month_first=False) for part in parts]


def _are_years(parts: Sequence[_Parts]) -> bool:
    """Return whether the numbers beside months are years: with an apostrophe, or one higher when the year begins."""
    turns = [(after["number"] - before["number"], after["m"] < before["m"]) for before, after in pairwise(parts)]
    in_turn = all(step == (1 if turn else 0) for step, turn in turns)
    return any("apostrophe" in part for part in parts) or (in_turn and any(turn for _, turn in turns))


def _with_number(part: _Parts | None, name: str) -> _Parts | None:
    """Return parts in which the number beside a month is a day, or the last two digits of a year."""
    if part is None or "number" not in part:
        return part
    number = part["number"]
    if name == "year":
        number += 1900 if number >= 70 else 2000
    return {"m": part["m"], name: number}


def _are_dates(parts: Sequence[_Parts | None], hint: _Parts) -> bool:
    known = [part for part in parts if part is not None]
    if len(known) < max(3, len(parts) / 2):
        return False
    dates = sum(not set(part) <= {"year"} and (set(part) != {"day"} or "m" in hint) for part in known)
    return dates >= 1


def _dated(parts: Sequence[_Parts | None], hint: _Parts) -> Iterator[Dates]:
    """Yield the dates of labels: one way if their year is known, otherwise in each of two years."""
    if not any("year" in part for part in parts if part) and hint:
        last = max(number for number, part in enumerate(parts) if part)
        # What the last label itself says is more exact than what is printed at the end of the axis.
        parts = [{**hint, **(part or {})} if number == last else part for number, part in enumerate(parts)]
    found = [part for part in parts if part]
    largest, name, _ = next(unit for unit in _UNITS if any(unit[1] in part for part in found))
    anchor = next(number for number, part in enumerate(parts) if part and name in part)
    for year in _SOME_YEARS if largest != "year" else _SOME_YEARS[:1]:
        start = _exact({"year": year, "m": 1, "day": 1, **(parts[anchor] or {})})
        before = list(_in_turn(reversed(parts[:anchor]), start, -1))[::-1]
        moments = [*before, start, *_in_turn(parts[anchor + 1 :], start, 1)]
        yield Dates(days=tuple(None if moment is None else _days(moment) for moment in moments), largest=largest)


def _in_turn(parts: Iterable[_Parts | None], start: datetime | None, direction: int) -> Iterator[datetime | None]:
    """Yield the dates of labels, each the nearest to the one before it in one direction of time."""
    last = start
    for part in parts:
        moment = None if part is None or last is None else _nearest(part, last, direction)
        yield moment
        last = moment or last


def _nearest(part: _Parts, last: datetime, direction: int) -> datetime | None:
    """Return the date with the parts of a label that is nearest to another date, before or after it."""
    if "year" in part:
        return _exact(part)
    candidates = (_exact({**_larger(part, last, direction * steps), **part}) for steps in (0, 1, 2))
    return next((moment for moment in candidates if moment and (moment - last) * direction > timedelta(0)), None)


def _larger(part: _Parts, last: datetime, steps: int) -> _Parts:
    """Return year, month and day, as far as a label does not tell them, some years, months or days away."""
    if "m" in part:
        return {"year": last.year + steps}
    if "day" in part:
        months = 12 * last.year + last.month - 1 + steps
        return {"year": months // 12, "m": months % 12 + 1}
    day = last + timedelta(days=steps)
    return {"year": day.year, "m": day.month, "day": day.day}


def _exact(part: _Parts) -> datetime | None:
    hour = part.get("hour", 0)
    if hour > 24:
        return None
    try:
        day = datetime(part["year"], part.get("m", 1), part.get("day", 1), 0, part.get("minute", 0))
    except ValueError:
        return None
    return day + timedelta(hours=hour)


def _ordered(part: _Parts | None, *, month_first: bool) -> _Parts | None:
    """Return parts in which the month of ``04/05`` is one of the two numbers."""
    if part is None or "first" not in part:
        return part
    rest = {name: value for name, value in part.items() if name not in ("first", "second")}
    month, day = (part["first"], part["second"]) if month_first else (part["second"], part["first"])
    return {**rest, "m": month, "day": day} if 1 <= month <= 12 and 1 <= day <= 31 else None


def are_months(labels: Sequence[str]) -> bool:
    """Return whether all labels are names of months, without a day: they may be names of bars as well."""
    found = [set(_parts(label) or {}) for label in labels]
    return all("m" in parts and parts <= {"m", "year"} for parts in found)


def has_month_and_year(text: str) -> bool:
    """Return whether a text is a date with the name or the number of a month and its year."""
    return {"year", "m"} <= set(_parts(text) or {})


def names_month_or_year(text: str) -> bool:
    """Return whether a text is the name of a month or a year, as in the second line of labels of days or months."""
    parts = set(_parts(text) or {})
    return bool(parts & {"m", "year"}) and "hour" not in parts


def is_date(label: str) -> bool:
    """Return whether a label is a date, a time or a part of one."""
    return _parts(label) is not None


def printed_like(labels: Sequence[str], days: float) -> str:
    """Return a date as matplotlib prints it beside other labels; empty if their format is not one of its own."""
    if not _EARLIEST < days < _LATEST:
        return ""
    for pattern, form, unit in _PRINTED:
        if sum(re.fullmatch(pattern, label) is not None for label in labels) >= len(labels) / 3:
            moment = datetime.combine(_EPOCH, time()) + timedelta(minutes=round(days * 1440))
            return (moment + unit / 2).strftime(form)
    return ""


_EARLIEST, _LATEST = -719000.0, 2.9e6
"""Days that can be written as a date: the years 1 to 9909."""

_PRINTED: Final = (
    (r"\d{3,4}-\d\d", "%Y-%m", timedelta(days=30)),
    (r"\d{3,4}-\d\d-\d\d", "%Y-%m-%d", timedelta(days=1)),
    (r"\d\d-\d\d ?\d\d", "%m-%d %H", timedelta(hours=1)),
    (r"\d\d ?\d\d:\d\d", "%d %H:%M", timedelta(minutes=1)),
)
"""The formats of `matplotlib.dates.AutoDateFormatter`, and to which unit their dates are rounded."""


def iso_of(days: float, *, largest: Unit = "year") -> str:
    """Return days since 1970-01-01 as ``2024-05-03``, with the time if it is not midnight.

    What is larger than the largest known unit is left out: ``05-03`` without a year, ``18:30`` without a day.
    """
    moment = datetime.combine(_EPOCH, time()) + timedelta(seconds=round(max(_EARLIEST, min(days, _LATEST)) * 86400))
    text = moment.isoformat(sep=" ", timespec="minutes")
    start = next(start for unit, _, start in _UNITS if unit == largest)
    return text[start:] if largest in ("day", "hour") else text[start:].removesuffix(" 00:00")


_FIRST_DIGIT_LOST: Final = re.compile(r"^(?=0\d\d-\d\d(?:-\d\d)?$)")


def _parts(label: str) -> _Parts | None:
    label = _FIRST_DIGIT_LOST.sub("2", label.strip())
    for pattern in _FORMATS:
        found = pattern.fullmatch(label)
        if found is not None:
            parts = {name: value for name, value in found.groupdict().items() if value}
            month = parts.pop("month", "")
            numbers = {name: int(value.replace("'", "1")) for name, value in parts.items()}
            if month:
                numbers["m"] = next(m for m, name in enumerate(_MONTHS, 1) if re.fullmatch(name, month, re.IGNORECASE))
            return numbers
    return None


def _days(moment: datetime) -> float:
    return (moment - datetime.combine(_EPOCH, time())).total_seconds() / 86400
