"""Numbers, places and names in words: stated numbers exactly, derived ones with four digits, measured ones with ±."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from typing import Final

from vision_magic.engine.chart.data import ChartAxis, Place
from vision_magic.engine.questions.colour_words import colour_of_code
from vision_magic.engine.questions.language import Language
from vision_magic.engine.wording import quote

__all__ = [
    "escape",
    "format_at",
    "format_derived",
    "format_number",
    "format_place",
    "format_value",
    "is_date",
    "label_without_unit",
    "measured_place",
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

_IN_TIME: Final[dict[Language, tuple[str, str, str]]] = {  # on a day, in a month, in a year
    "en": ("on {}", "in {}", "in {}"),
    "de": ("am {}", "in {}", "im Jahr {}"),
    "fr": ("le {}", "en {}", "en {}"),
    "es": ("el {}", "en {}", "en {}"),
    "ko": ("{}에", "{}에", "{}년에"),
    "zh": ("在 {} ", "在 {} ", "在 {} 年"),
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


def _trimmed(text: str) -> str:
    short = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if short == "-0" else short


def format_value(value: float, unit: str = "", sigma: float = 0.0, *, derived: bool = False) -> str:
    """Return a value with its unit; with an uncertainty, both rounded to it: ``≈ 48 ± 0.2 t``."""
    shown = escape(unit)
    tail = f" {shown}" if unit and unit not in ("%", "°") else shown
    if unit == "%":
        tail = " %"
    if not sigma or not math.isfinite(sigma) or not math.isfinite(value):
        return f"{(format_derived if derived else format_number)(value)}{tail}"
    digits = (1 if f"{sigma:.1e}"[0] == "1" else 0) - _magnitude(sigma)
    return f"≈ {_rounded(value, digits)} ± {_rounded(sigma, digits)}{tail}"


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


def format_place(place: Place | None, axis: ChartAxis, language: Language, *, letter: str = "x") -> str:
    """Return a place: a category in quotation marks, a date or year as it is, a number as ``Hour 3`` or ``x = 3``."""
    if place is None:
        return "?"
    place = measured_place(place, axis)
    if isinstance(place, str):
        return place if is_date(place) else quoted(place, language)
    if _is_year(place, axis):
        return f"{place:.0f}"
    label = label_without_unit(axis)
    tail = f" {escape(axis.unit)}" if axis.unit else ""
    start = f"{escape(label)} " if label and len(label) <= 20 and not label[-1].isdigit() else f"{letter} = "
    return f"{start}{format_number(float(place))}{tail}"


def format_at(place: Place | None, axis: ChartAxis, language: Language, *, letter: str = "x") -> str:
    """Return a place with the word before or after it: ``in 2020``, ``bei „Juli“``."""
    text = format_place(place, axis, language, letter=letter)
    place = "" if place is None else measured_place(place, axis)
    if isinstance(place, str) and is_date(place):
        return _IN_TIME[language][0 if len(place) >= 10 else 1].format(text)
    if isinstance(place, float | int) and _is_year(place, axis):
        return _IN_TIME[language][2].format(text)
    return _AT[language].format(text)


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


def _is_year(place: float, axis: ChartAxis) -> bool:
    if not math.isfinite(place) or place != int(place):
        return False
    unlabelled = not axis.label.strip() and len(axis.ticks) > 1 and all(map(_YEAR.fullmatch, axis.ticks))
    return axis.label.strip().casefold() in _YEARS or unlabelled


def label_without_unit(axis: ChartAxis) -> str:
    """Return the label of an axis without the unit in brackets at its end."""
    if not axis.unit:
        return axis.label.strip()
    unit = re.escape(axis.unit)
    return re.sub(rf"\s*(?:[(\[]\s*{unit}\s*[)\]]|[/,]\s*{unit}|\bin {unit})\s*$", "", axis.label).strip()


def is_date(place: str) -> bool:
    """Return whether a place is a date in ISO 8601, at least a year and a month."""
    return re.match(r"\d{4}-\d{2}(?:-\d{2}(?:[T ][\d:.+Z-]+)?)?$", place) is not None
