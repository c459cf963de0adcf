"""Places counted from an end of the axis, or from a year: "2 km before the end", "ten years after 2012"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.numbers import is_date
from vision_magic.engine.questions.places.first_and_last import UNITS, unit_of_axis
from vision_magic.engine.questions.places.times_along_axes import NUMBERS, number_of
from vision_magic.engine.questions.places.units_of_axes import words_of_unit

__all__ = ["with_places_from_ends"]

_NOUN: Final = r"(?P<noun>[^\W\d_]{1,12})"
_NOUN_EAST: Final = r"(?P<noun>km|m|킬로미터|미터|초|분|시간|일|주|개월|년|公里|千米|米|秒|分钟|个?小时|天|周|个月|年)"
_FORMS: Final[dict[Language, tuple[str, str, str, str]]] = {
    "en": (
        "(?:before|from|short of) (?:the )?(?:very )?(?:end|finish)",
        "(?:after|from) (?:the )?(?:very )?(?:start|beginning)",
        "(?:after|from)",
        "at {n} {noun}",
    ),
    "de": ("vor (?:dem )?(?:ende|ziel|schluss)", "nach (?:dem )?(?:start|beginn|anfang)", "nach", "bei {n} {noun}"),
    "fr": ("avant (?:la fin|l['’]arrivée)", "après le (?:début|départ)", "après", "à {n} {noun}"),
    "es": ("antes del? (?:final|fin)", "después del? (?:inicio|principio|comienzo)", "después de", "a {n} {noun}"),
}
"""After an amount, what says that it is counted back from the end, on from the start, or from a year."""
_BEFORE_IT: Final[dict[Language, tuple[str, str, str]]] = {
    "ko": ("(?:끝|종료|도착)(?:나기|하기)? ?{} ?전", "(?:시작|출발) ?(?:후|하고)? ?{} ?(?:후|뒤)", "{n} {noun}"),
    "zh": ("(?:结束|终点|到达)之?前{}", "(?:开始|出发|起点)之?后{}", "{n}{noun}"),
}
"""The same in Korean and Chinese, around an amount."""
_IN_YEAR: Final[dict[Language, str]] = {"en": "in", "de": "im Jahr", "fr": "en", "es": "en"}
_DAYS: Final[dict[str, int]] = {"day": 1, "week": 7}


def with_places_from_ends(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question with the place itself, where it counts from an end of the axis in the unit of that axis.

    Parameters
    ----------
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        Its language.
    """
    places = list(dict.fromkeys(place for one in drawn_series(panels) for place in one.x))
    if len(panels) != 1 or len(places) < 2:
        return text
    noun = _NOUN_EAST if language in _BEFORE_IT else _NOUN
    amount = rf"(?P<n>\d{{1,4}}|{'|'.join(NUMBERS[language].split())}) ?{noun}"
    if language in _BEFORE_IT:
        *framed, plain = _BEFORE_IT[language]
        forms = [form.replace("{}", amount) for form in framed]
    else:
        end, start, after, plain = _FORMS[language]
        forms = [rf"(?<!\w)(?:at |bei |à |a )?{amount} {words}(?!\w)" for words in (end, start)]
        years = rf"(?<!\w){amount} {after} (?P<year>(?:1[5-9]|20)\d\d)(?!\w)"
        text = re.sub(years, lambda found: _year(found, places, language), text, flags=re.IGNORECASE)
    for form, back in zip(forms, (True, False), strict=True):

        def said(found: re.Match[str], back: bool = back) -> str:
            number = number_of(found["n"], language)
            at = _counted(number, found["noun"], places, panels[0], back=back)
            if at is None:
                return found[0]
            return f"{at}" if isinstance(at, str) else plain.format(n=f"{at:g}", noun=found["noun"])

        text = re.sub(form, said, text, flags=re.IGNORECASE)
    return text


def _year(found: re.Match[str], places: Sequence[object], language: Language) -> str:
    """Return "in 2022" for "ten years after 2012", where the places are years."""
    unit = next((unit for unit, words in UNITS if re.fullmatch(words, found["noun"].lower())), "")
    drawn = unit == "year" and float(found["year"]) in places
    year = int(found["year"]) + number_of(found["n"], language)
    return f"{_IN_YEAR[language]} {year}" if drawn else found[0]


def _counted(number: int, noun: str, places: Sequence[object], panel: ChartPanel, *, back: bool) -> float | str | None:
    """Return the place that is so far from the last, or from the first; None if the noun is no unit of the axis."""
    unit = next((unit for unit, words in UNITS if re.fullmatch(words, noun.lower())), None)
    dates = [place for place in places if isinstance(place, str) and is_date(place)]
    if len(dates) == len(places) and unit in _DAYS and all(len(day) == len("2024-05-13") for day in dates):
        step = timedelta(days=number * _DAYS[unit])
        return str(date.fromisoformat(max(dates)) - step if back else date.fromisoformat(min(dates)) + step)
    numbers = [float(place) for place in places if isinstance(place, float | int)]
    own = unit is not None and unit == unit_of_axis(panel.x)
    own = own or (bool(panel.x.unit) and re.fullmatch(words_of_unit(panel.x.unit), noun.lower()) is not None)
    if len(numbers) < len(places) or not own or min(numbers) > _CALENDAR:
        return None
    return max(numbers) - number if back else min(numbers) + number


_CALENDAR: Final = 1500
"""Greater numbers are years of a calendar."""
