"""Numbers, places and names in words: stated numbers exactly, derived ones with four digits, measured ones with ±."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartAxis, Place
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.phrases.colour_words import colour_of_code
from vision_magic.engine.questions.vocabulary.words import MONTHS
from vision_magic.engine.wording import quote

__all__ = [
    "Period",
    "are_times_of_day",
    "at_name",
    "escape",
    "format_at",
    "format_derived",
    "format_number",
    "format_place",
    "format_value",
    "is_date",
    "is_year_label",
    "label_without_unit",
    "measured_place",
    "month_of",
    "period_of",
    "quoted",
]

_MARKS: Final[dict[Language, tuple[str, str]]] = {
    "en": ("“", "”"),
    "de": ("„", "“"),
    "fr": ("« ", " »"),
    "es": ("«", "»"),
    "ko": ("“", "”"),
    "zh": ("“", "”"),
}

_YEAR_WORDS: Final = "year years jahr jahre année annee an ano año años 년 연도 년도 年 年份 年度"
_YEARS: Final = frozenset(_YEAR_WORDS.split())
_YEAR: Final = re.compile(r"(?:1[5-9]|20|21)\d\d\*{0,2}")

Period = Literal["", "month", "month of a year", "quarter of a year", "year", "time of day"]
"""What the places of a series are, if all of them are months, quarters, years or times that are names or dates."""

_IN_TIME: Final[dict[Language, tuple[str, str, str]]] = {  # on a day, in a month, in a year
    "en": ("on {}", "in {}", "in {}"),
    "de": ("am {}", "im {}", "im Jahr {}"),
    "fr": ("le {}", "en {}", "en {}"),
    "es": ("el {}", "en {}", "en {}"),
    "ko": ("{}에", "{}에", "{}년에"),
    "zh": ("在 {} ", "在{}", "在 {} 年"),
}
_MONTH_OF_A_YEAR: Final[dict[Language, str]] = {
    "en": "{month} {year}",
    "de": "{month} {year}",
    "fr": "{month} {year}",
    "es": "{month} de {year}",
    "ko": "{year}년 {month}",
    "zh": "{year}年{month}",
}
_QUARTER_OF_A_YEAR: Final[dict[Language, str]] = {
    "en": "Q{quarter} {year}",
    "de": "{quarter}. Quartal {year}",
    "fr": "T{quarter} {year}",
    "es": "T{quarter} de {year}",
    "ko": "{year}년 {quarter}분기",
    "zh": "{year}年第{quarter}季度",
}
_AT_TIME: Final[dict[Language, str]] = {
    "en": "at {}",
    "de": "um {}",
    "fr": "à {}",
    "es": "a las {}",
    "ko": "{}에",
    "zh": "在 {} ",
}
_AT: Final[dict[Language, str]] = {
    "en": "at {}",
    "de": "bei {}",
    "fr": "à {}",
    "es": "en {}",
    "ko": "{}에서",
    "zh": "在{}",
}


def format_number(value: float) -> str:
    """Return a number with at most six digits and all those before the point, without a fraction of zero."""
    if not math.isfinite(value):
        return str(float(value))
    if value and not 1e-4 <= abs(value) < 1e15:
        return f"{value:.6g}"
    return _trimmed(f"{value:.{max(0, 5 - _magnitude(value))}f}")


def format_derived(value: float) -> str:
    """Return a number that was computed, with four digits and all those before the point."""
    if not math.isfinite(value):
        return str(float(value))
    if value and not 1e-4 <= abs(value) < 1e15:
        return f"{value:.4g}"
    return _trimmed(f"{value:.{max(0, 3 - _magnitude(value))}f}")


def _shown(value: float) -> str:
    """Return a stated number: exactly if six digits hold it, or else with four, as nobody wants more of a long one."""
    short = math.isfinite(value) and math.isclose(value, float(f"{value:.6g}"), rel_tol=1e-9)
    return format_number(value) if short else format_derived(value)


def _trimmed(text: str) -> str:
    short = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if short == "-0" else short


def format_value(value: float, unit: str = "", sigma: float = 0.0, *, derived: bool = False) -> str:
    """Return a value with its unit; with an uncertainty, both rounded to it: ``≈ 48 ± 0.2 t``."""
    shown = escape(re.sub(r"^(?:in|en) (?=\w)", "", unit))
    tail = f" {shown}" if unit and unit not in ("%", "°") else shown
    if unit == "%":
        tail = " %"
    if not sigma or not math.isfinite(sigma) or not math.isfinite(value):
        return f"{_grouped((format_derived if derived else _shown)(value))}{tail}"
    digits = (1 if f"{sigma:.1e}"[0] == "1" else 0) - _magnitude(sigma)
    return f"≈ {_grouped(_rounded(value, digits))} ± {_grouped(_rounded(sigma, digits))}{tail}"


def _grouped(text: str) -> str:
    """Return a number with commas between its thousands, if it has five digits or more before its point."""
    return _THOUSANDS.sub(",", text) if _LONG.match(text) else text


_LONG: Final = re.compile(r"[-−]?\d{5,}(?:\.\d+)?$")
_THOUSANDS: Final = re.compile(r"(?<=\d)(?=(?:\d{3})+(?:\.|$))(?<!\.\d)(?<!\.\d\d)(?<!\.\d{3})")


def _rounded(value: float, digits: int) -> str:
    if abs(value) >= 1e15 or not -300 < digits <= 12:
        return f"{value:.4g}"
    rounded = round(value, digits) + 0.0
    return f"{rounded:.{max(digits, 0)}f}"


def _magnitude(value: float) -> int:
    return math.floor(math.log10(abs(value))) if value else 0


def escape(text: str) -> str:
    """Return a text of the chart on one line, as plain text in Markdown."""
    return quote(text)[1:-1] if text else ""


def quoted(text: str, language: Language) -> str:
    """Return a text of the chart in the quotation marks of a language; a colour that stands for a name in words."""
    if colour := colour_of_code(text, language):
        return colour
    before, after = _MARKS[language]
    return f"{before}{escape(text)}{after}"


def format_place(
    place: Place | None,
    axis: ChartAxis,
    language: Language,
    *,
    letter: str = "x",
    period: Period = "",
    longest: int = 20,
) -> str:
    """Return a place: a category in quotation marks, a month or year in words, a number as ``Hour 3`` or ``x = 3``."""
    if place is None:
        return "?"
    place = measured_place(place, axis)
    if isinstance(place, str):
        between = _between_names(place, language)
        return _in_words(place, period, language) or _day(place, language) or between or quoted(place, language)
    if _is_year(place, axis):
        return f"{place:.0f}"
    if _is_day_of_month(place, axis):
        month = _month_name(month_of(axis.unit), language)
        return _DAY_OF_MONTH[language].format(day=f"{place:.0f}", month=month)
    label = label_without_unit(axis)
    tail = f" {escape(axis.unit)}" if axis.unit else ""
    is_said = label and len(label) <= longest and not label[-1].isdigit()
    is_counted = is_said and (len(label) > 1 or not label.isascii()) and not axis.unit  # "Week 5", but "Area = 80 m²"
    start = f"{escape(label) if is_said else letter} {'' if is_counted else '= '}"
    return f"{start}{_shown(float(place))}{tail}"


def format_at(
    place: Place | None, axis: ChartAxis, language: Language, *, letter: str = "x", period: Period = ""
) -> str:
    """Return a place with the word before or after it: ``in 2020``, ``im Juli``, ``bei „north“``."""
    text = format_place(place, axis, language, letter=letter, period=period)
    place = "" if place is None else measured_place(place, axis)
    if isinstance(place, str) and period == "time of day" and is_date(place):
        return _AT_TIME[language].format(text)
    if isinstance(place, str) and _in_words(place, period, language):
        return _IN_TIME[language][2 if period == "year" else 1].format(text)
    if isinstance(place, str) and is_date(place):
        return _IN_TIME[language][0 if len(place) >= 10 else 1].format(text)
    if _is_day_of_month(place, axis):
        return _IN_TIME[language][0].format(text)
    if isinstance(place, float | int) and _is_year(place, axis):
        return _IN_TIME[language][2].format(text)
    if isinstance(place, str) and _between_names(place, language):
        return text
    return _AT[language].format(text)


def at_name(name: str, language: Language) -> str:
    """Return the name of a place with the word before or after it."""
    return _AT[language].format(name)


_UNNAMED: Final = re.compile(r"(.*) …+ (.*)")
"""A place without a label, as `chart_of_facts` calls it: the labels before and after it."""
_BETWEEN: Final[dict[Language, tuple[str, str, str]]] = {
    "en": ("between {} and {}", "after {}", "before {}"),
    "de": ("zwischen {} und {}", "nach {}", "vor {}"),
    "fr": ("entre {} et {}", "après {}", "avant {}"),
    "es": ("entre {} y {}", "después de {}", "antes de {}"),
    "ko": ("{}와(과) {} 사이", "{} 다음", "{} 앞"),
    "zh": ("{}与{}之间", "{}之后", "{}之前"),
}


def _between_names(place: str, language: Language) -> str:
    """Return between which labels a place without a label is; empty for a name."""
    found = _UNNAMED.fullmatch(place)
    if found is None:
        return ""
    between, after, before = _BETWEEN[language]
    ends = [quoted(name, language) for name in found.groups() if name]
    return (between if len(ends) == 2 else after if found[1] else before).format(*ends)


# --- months and years -------------------------------------------------------------------------------------------

_HAN_MONTHS: Final = tuple(
    f"{number}月" for number in ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
)
"""Months in numerals, as a Chinese chart may name them."""


@lru_cache(maxsize=2048)
def month_of(name: str) -> int:
    """Return the number of a month that a category names, in any language, in whole or by its first letters; or 0."""
    short = name.casefold().strip().rstrip(".")
    if short in _HAN_MONTHS:
        return _HAN_MONTHS.index(short) + 1
    if not short or (short[0].isdigit() and short[-1] not in "월月"):
        return 0
    for number in range(1, 13):
        names = {months[number - 1] for months in MONTHS.values()}
        if short in names or (len(short) >= 3 and any(name.startswith(short) for name in names)):
            return number
    return 0


def period_of(places: Sequence[Place]) -> Period:
    """Return whether all places are names of months, first days of months or quarters in a row, or names of years."""
    first = places[0] if len(places) > 1 else None
    if not isinstance(first, str):
        return ""
    if month_of(first):
        return "month" if all(isinstance(place, str) and month_of(place) for place in places) else ""
    if _YEAR.fullmatch(first):
        return "year" if all(isinstance(place, str) and _YEAR.fullmatch(place) for place in places) else ""
    step = _months_between(places)
    if step == 3 and len(places) > 3 and int(first[5:7]) % 3 == 1:
        return "quarter of a year"
    return "month of a year" if step == 1 or (step in (3, 6) and len(places) > 2) else ""


def _months_between(places: Sequence[Place]) -> int:
    """Return the number of months from each place to the next; 0 unless all are first days of months, equally far."""
    months: list[int] = []
    for place in places:
        found = re.fullmatch(r"(\d{4})-(\d{2})(?:-01)?", place) if isinstance(place, str) else None
        if found is None:
            return 0
        months.append(int(found[1]) * 12 + int(found[2]))
    steps = {b - a for a, b in pairwise(months)}
    return steps.pop() if len(steps) == 1 else 0


def _in_words(place: str, period: Period, language: Language) -> str:
    """Return a month or a year in words; empty if the place is neither."""
    if period == "month" and (number := month_of(place)):
        return place if language == "zh" and place in _HAN_MONTHS else _month_name(number, language)
    if period == "year" and _YEAR.fullmatch(place):
        return place
    if period == "month of a year" and (found := re.match(r"(\d{4})-(\d{2})(?:-01)?$", place)):
        return _MONTH_OF_A_YEAR[language].format(month=_month_name(int(found[2]), language), year=found[1])
    if period == "quarter of a year" and (found := re.match(r"(\d{4})-(\d{2})(?:-01)?$", place)):
        return _QUARTER_OF_A_YEAR[language].format(quarter=int(found[2]) // 3 + 1, year=found[1])
    return _time(place, language) if period == "time of day" and is_date(place) else ""


def _time(moment: str, language: Language) -> str:
    """Return the time of a date in words, of which a whole minute has no seconds."""
    time = (moment[11:].removesuffix(":00") if moment[11:].count(":") > 1 else moment[11:]) or "00:00"
    if language == "fr":
        hours, minutes, *seconds = time.split(":")
        return time if seconds else f"{int(hours)} h {minutes}".removesuffix(" 00")
    return f"{time} Uhr" if language == "de" else time


def are_times_of_day(places: Sequence[Place]) -> bool:
    """Return whether places are moments of less than 24 hours, so that the time of day tells each from all others."""
    moments = [_moment(place) for place in places if isinstance(place, str) and _MOMENT.fullmatch(place)]
    timed = any(isinstance(place, str) and len(place) > _DATE_ONLY for place in places)
    known = timed and len(moments) == len(places)
    return known and max(moments) - min(moments) < timedelta(days=1)


_DATE_ONLY: Final = len("2024-05-13")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?")


@lru_cache(maxsize=4096)
def _moment(place: str) -> datetime:
    return datetime.fromisoformat(place)


_DAY: Final[dict[Language, str]] = {
    "de": "{day}. {month} {year}",
    "fr": "{day} {month} {year}",
    "es": "{day} de {month} de {year}",
    "ko": "{year}년 {month} {day}일",
    "zh": "{year}年{month}{day}日",
}


_DAY_OF_MONTH: Final[dict[Language, str]] = {
    "en": "{day} {month}",
    "de": "{day}. {month}",
    "fr": "{day} {month}",
    "es": "{day} de {month}",
    "ko": "{month} {day}일",
    "zh": "{month}{day}日",
}


def _is_day_of_month(place: Place, axis: ChartAxis) -> bool:
    """Return whether a place is a day of the month that a label has for its unit: "Date (November)"."""
    return place in range(1, 32) and month_of(axis.unit) > 0


_DAY_WITH_TIME: Final[dict[Language, str]] = {
    "en": "{day} {time}",
    "de": "{day}, {time}",
    "fr": "{day} à {time}",
    "es": "{day} a las {time}",
    "ko": "{day} {time}",
    "zh": "{day}{time}",
}


def _day(place: str, language: Language) -> str:
    """Return a date in words, with its time, or as it is where it has no day; nothing if it is none."""
    if _MOMENT.fullmatch(place) is None:
        return place if is_date(place) else ""
    day = place[:_DATE_ONLY]
    if language in _DAY:
        month = _month_name(int(day[5:7]), language)
        number = "1er" if language == "fr" and day.endswith("-01") else str(int(day[8:]))
        day = _DAY[language].format(day=number, month=month, year=day[:4])
    timed = len(place) > _DATE_ONLY
    return _DAY_WITH_TIME[language].format(day=day, time=_time(place, language)) if timed else day


def _month_name(number: int, language: Language) -> str:
    name = MONTHS[language][number - 1]
    return name.capitalize() if language in ("en", "de") else name


_REACH: Final = 1.5
"""The end of a line lies up to half its width beyond its last point (pixels)."""


def measured_place(place: Place, axis: ChartAxis) -> Place:
    """Return a place that was measured as the shortest number or date near it; any other as it is."""
    scale, pixel = axis.calibration, axis.pixel(place)
    if scale is None or pixel is None:
        return place
    ends = [scale.value(pixel + side) for side in (-_REACH, _REACH)]
    if isinstance(place, str):
        return _shortest_date(min(ends), max(ends)) or place if is_date(place) else place
    reach = max(abs(place - end) for end in ends)
    digits = range(-max(_magnitude(place), 0), 16)
    return next((short for count in digits if abs((short := round(place, count)) - place) <= reach), place)


def _shortest_date(first: float, last: float) -> str:
    """Return the first day of a year, or else of a month, or else the middle day between two days since 1970."""
    days = [date(1970, 1, 1) + timedelta(days=day) for day in range(math.ceil(first), math.floor(last) + 1)[:1000]]
    whole = [day for day in days if (day.month, day.day) == (1, 1)] or [day for day in days if day.day == 1]
    found = whole or days[len(days) // 2 :]
    return found[0].isoformat() if found else ""


def is_year_label(label: str) -> bool:
    """Return whether the label of an axis says that it has years."""
    return label.strip().casefold() in _YEARS


def _is_year(place: float, axis: ChartAxis) -> bool:
    if not math.isfinite(place) or place != int(place):
        return False
    unlabelled = not axis.label.strip() and len(axis.ticks) > 1 and all(map(_YEAR.fullmatch, axis.ticks))
    return axis.label.strip().casefold() in _YEARS or unlabelled


_RANGE: Final = r"\d[\d.,]*\s?[-–—]\s?\d[\d.,]*"


def label_without_unit(axis: ChartAxis) -> str:
    """Return the label of an axis without the unit, what its values mean, or their range, in brackets at its end."""
    return _without_unit(axis.label, axis.unit)


@lru_cache(maxsize=512)
def _without_unit(label: str, unit: str) -> str:
    if not unit:
        return re.sub(rf"\s*[(（\[](?:[^()（）\[\]]*=[^()（）\[\]]*|{_RANGE})[)）\]]\s*$", "", label).strip()
    unit = re.escape(unit)
    return re.sub(rf"\s*(?:[(（\[]\s*{unit}\s*[)）\]]|[/,]\s*{unit}|\bin {unit})\s*$", "", label).strip()


@lru_cache(maxsize=4096)
def is_date(place: str) -> bool:
    """Return whether a place is a date in ISO 8601, at least a year and a month."""
    return re.match(r"\d{4}-\d{2}(?:-\d{2}(?:[T ][\d:.+Z-]+)?)?$", place) is not None
