"""Dates of tick labels, in the formats of plotting libraries, as days since 1970-01-01."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

__all__ = ["Dates", "are_months", "dates_of", "iso_of"]

_EPOCH: Final = date(1970, 1, 1)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME: Final = "(?P<month>" + "|".join(_MONTHS) + r")[a-z]*\.?"
_MINUTE: Final = r"(?::(?P<minute>\d{2})(?::\d{2})?)?"
_FORMATS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<day>\d{1,2})(?:[T ](?P<hour>\d{1,2})" + _MINUTE + ")?",
        r"(?P<year>\d{4})[-/.](?P<m>\d{1,2})",
        r"(?P<m>\d{1,2})-(?P<day>\d{1,2})(?: (?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?)?",
        r"(?P<day>\d{1,2}) (?P<hour>\d{1,2}):(?P<minute>\d{2})",
        r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?",
        _NAME + r"(?:[ -]?'?(?P<year>\d{4}))?",
        _NAME + r" (?P<day>\d{1,2})(?:,? (?P<year>\d{4}))?",
        r"(?P<day>\d{1,2})[ -]" + _NAME + r"(?:[ -](?P<year>\d{4}))?",
        r"(?P<year>\d{4})[ -]" + _NAME + r"(?:[ -](?P<day>\d{1,2}))?",
        r"(?P<year>\d{4})",
        r"(?P<day>0[1-9]|[12]\d|3[01]|[1-9])",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Labels as days since 1970-01-01; None for one that is no date. Without a year they are counted in 2001."""

    days: tuple[float | None, ...]
    year_known: bool = True


def dates_of(labels: Sequence[str], printed_at_end: str = "") -> Dates | None:
    """Return the dates of the labels of an axis.

    A label without a year, month or day takes it from the one before; when the month goes back, the next year begins.
    Years alone are numbers. None if fewer than three labels, or than two thirds of them, are dates.

    Parameters
    ----------
    labels : sequence of str
        In the order of time.
    printed_at_end : str
        What is printed at the end of the axis, such as the year.
    """
    parts = [_parts(label) for label in labels]
    dates = sum(part is not None and not set(part) <= {"year"} and set(part) != {"day"} for part in parts)
    if dates < 2 and not (dates and sum(part is not None for part in parts) >= 3):
        return None
    hint = (_parts(printed_at_end) or {}).get("year")
    year, known = _first_year(parts, hint)
    moments = _moments(parts, datetime(year, 1, 1))
    enough = sum(moment is not None for moment in moments) >= max(3, 2 * len(labels) / 3)
    days = tuple(None if moment is None else _days(moment) for moment in moments)
    return Dates(days=days, year_known=known) if enough else None


def are_months(labels: Sequence[str]) -> bool:
    """Return whether all labels are names of months, without a day or a year: they may be names of bars as well."""
    return all((_parts(label) or {}).keys() == {"m"} for label in labels)


def _first_year(parts: Sequence[dict[str, int] | None], hint: int | None) -> tuple[int, bool]:
    """Return the year of the first label, counted back from the first one with a year, or from the end of the axis."""
    turns, month = 0, 0
    for part in parts:
        if part is None:
            continue
        now = part.get("m", 1 if "year" in part else month)
        turns += now < month
        month = now
        if "year" in part:
            return part["year"] - turns, True
    return (hint - turns, True) if hint is not None else (_SOME_YEAR, False)


_SOME_YEAR: Final = 2001


def _moments(parts: Sequence[dict[str, int] | None], start: datetime) -> list[datetime | None]:
    moments: list[datetime | None] = []
    last: datetime | None = None
    for part in parts:
        moment = None if part is None else _moment(part, last, start)
        moments.append(moment)
        last = moment or last
    return moments


def iso_of(days: float, *, year_known: bool = True) -> str:
    """Return days since 1970-01-01 as ``2024-05-03``, with the time if it is not midnight.

    Without a known year: month and day, ``05-03``.
    """
    moment = datetime.combine(_EPOCH, time()) + timedelta(seconds=round(max(-719000.0, min(days, 2.9e6)) * 86400))
    text = moment.isoformat(sep=" ", timespec="minutes").removesuffix(" 00:00")
    return text if year_known else text[5:]


def _parts(label: str) -> dict[str, int] | None:
    for pattern in _FORMATS:
        found = pattern.fullmatch(label.strip())
        if found is not None:
            parts = {name: value for name, value in found.groupdict().items() if value}
            if "month" in parts:
                parts["m"] = str(1 + _MONTHS.index(parts.pop("month").lower()))
            return {name: int(value) for name, value in parts.items()}
    return None


def _moment(parts: dict[str, int], last: datetime | None, start: datetime) -> datetime | None:
    """Return the date of a label, completed by the one before it, which is never later."""
    known = last or start
    if set(parts) <= {"hour", "minute"}:
        return _after(known.replace(hour=0, minute=0), parts, last, step_days=1)
    year = parts.get("year", known.year)
    month = parts.get("m", known.month if "year" not in parts else 1)
    day = parts.get("day", 1)
    try:
        moment = datetime(year, month, day, parts.get("hour", 0), parts.get("minute", 0))
    except ValueError:
        return None
    if last is None or moment >= last or "year" in parts:
        return moment
    if "m" in parts:
        return moment.replace(year=moment.year + 1) if (month, day) != (2, 29) else None
    try:
        return moment.replace(month=month + 1) if month < 12 else moment.replace(year=year + 1, month=1)
    except ValueError:
        return None


def _after(base: datetime, parts: dict[str, int], last: datetime | None, *, step_days: int) -> datetime | None:
    if parts["hour"] > 24 or parts.get("minute", 0) > 59:
        return None
    moment = base + timedelta(hours=parts["hour"], minutes=parts.get("minute", 0))
    return moment + timedelta(days=step_days) if last is not None and moment < last else moment


def _days(moment: datetime) -> float:
    return (moment - datetime.combine(_EPOCH, time())).total_seconds() / 86400
