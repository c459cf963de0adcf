"""Charts whose places are put together to the quarters, seasons, … that a question asks for.

"In which quarter was the use lowest?" asks of quarters what other questions ask of the months that are drawn: so the
chart is given with the sums, or else the means, of its quarters in the place of the months.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Literal

from vision_magic.engine.chart.data import BARS, FLAT, Chart, ChartPanel, Place, Series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.task import Item
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.usual_names import days_in, kind_of_names
from vision_magic.engine.questions.numbers import period_of
from vision_magic.engine.questions.operations import mean, total
from vision_magic.engine.questions.phrases.sentences import say
from vision_magic.engine.questions.places.groups import month_in_year
from vision_magic.engine.questions.places.periods import HALVES, QUARTERS, can_be_added
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.words import MONTHS

__all__ = ["as_extreme", "by_period", "unread_period"]

Period = Literal["quarter", "season", "half", "month", "week", "day", "year"]

_WHICH: Final[dict[Language, str]] = {
    "en": r"\b(?:which|what)(?: of the)?(?: \w+)? (?P<noun>{})\b(?!-? ?days?\b)",
    "de": r"\bwelche[mnrs]? (?P<noun>{})\b",
    "fr": r"\bquel(?:le)?s? (?:est (?:le |la |l['’]))?(?P<noun>{})\b",
    "es": r"\b(?:qué|que|cuál (?:es|fue) (?:el|la)) (?P<noun>{})\b",
    "ko": r"(?:어느|몇|무슨|어떤) ?(?P<noun>{})",
    "zh": r"(?:哪一?个?|第几个?|几) ?(?P<noun>{})",
}
_NOUNS: Final[dict[Period, dict[Language, str]]] = {
    "quarter": {
        "en": "quarters?",
        "de": "quartale?n?|vierteljahre?n?",
        "fr": "trimestres?",
        "es": "trimestres?",
        "ko": "분기",
        "zh": "季度",
    },
    "season": {
        "en": "seasons?(?: of the year)?",
        "de": "jahreszeite?n?",
        "fr": "saisons?",
        "es": "estaci(?:ón|ones)",
        "ko": "계절",
        "zh": "季节",
    },
    "half": {
        "en": "hal(?:f|ves)(?: of the year)?|half-years?",
        "de": "halbjahre?n?|jahreshälften?",
        "fr": r"semestres?|moitiés?(?: de l['’]année)?",
        "es": r"semestres?|mitad(?:es)?(?: del año)?",
        "ko": "반기",
        "zh": "半年",
    },
    "week": {"en": "weeks?", "de": "wochen?", "fr": "semaines?", "es": "semanas?", "ko": "주", "zh": "周|星期(?!几)"},
    "day": {"en": "days?", "de": "tage?n?", "fr": "jours?", "es": "días?", "ko": "날|요일", "zh": "天|日"},
    "month": {"en": "months?", "de": "monate?n?", "fr": "mois", "es": "mes(?:es)?", "ko": "달|월", "zh": "个?月"},
    "year": {"en": "years?", "de": "jahre?n?", "fr": "années?", "es": "años?", "ko": "해|연도", "zh": "年"},
}
_COARSER: Final[dict[str, tuple[Period, ...]]] = {
    "month": ("quarter", "season", "half"),
    "month of a year": ("quarter", "season", "half", "year"),
    "day": ("week", "month", "quarter", "season", "half", "year"),
}
"""What is longer than the periods along an axis."""
_SEASONS: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("winter", "spring", "summer", "autumn"),
    "de": ("Winter", "Frühling", "Sommer", "Herbst"),
    "fr": ("hiver", "printemps", "été", "automne"),
    "es": ("invierno", "primavera", "verano", "otoño"),
    "ko": ("겨울", "봄", "여름", "가을"),
    "zh": ("冬季", "春季", "夏季", "秋季"),
}
_PLAIN: Final = frozenset(("line", "area", "step", *BARS))
_UNEVEN: Final = 1.15
"""How many times as many values the largest group may have as the smallest, for their sums to be compared."""


def _asked_period(text: str, panels: Sequence[ChartPanel], language: Language) -> tuple[Period, str] | None:
    """Return the period that a question asks for and its word for it, if it is longer than those along the axis."""
    series = [one for panel in panels for one in panel.series]
    finer = _period_of([place for one in series[:1] for place in one.x])
    if kind_of_names([one.name for one in series]) in _NOUNS:
        return None
    for period in _COARSER.get(finer, ()):
        found = re.search(_WHICH[language].format(_NOUNS[period][language]), text, re.IGNORECASE)
        if found is not None and not _is_of_rows(found["noun"], panels):
            return period, found["noun"]
    return None


def _is_of_rows(noun: str, panels: Sequence[ChartPanel]) -> bool:
    """Return whether the series are what a noun says, and no periods: the "estación" of stations."""
    labels = (
        panel.y.label if one.kind == "heat map" else panel.legend_title for panel in panels for one in panel.series
    )
    return any(label.casefold().startswith(noun.casefold()[:_STEM]) for label in labels)


_STEM: Final = 6
"""How many letters of a noun are the same in the plural: "estaciones"."""


def unread_period(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return the word for a period that a question asks for, if values along the axis do not tell it by themselves."""
    asked = _asked_period(text, panels, language)
    if asked is not None:
        return asked[1] if asked[0] not in ("month", "year") else ""
    series = [one for panel in panels for one in panel.series]
    places = [place for one in series[:1] for place in one.x]
    days = kind_of_names(list(map(str, places))) == "day"
    others: tuple[Period, ...] = ("week", "month", "quarter", "season") if days else ("week", "day")
    known = days or _period_of(places) in ("month", "month of a year")
    if not known or kind_of_names([one.name for one in series]) in others:
        return ""
    if not days:
        words = "|".join(word for _, names in days_in(language) for word in names if len(word) > 3)
        day = re.search(rf"(?<!\w)(?:{words})(?!\w)", text, re.IGNORECASE) if words else None
        if day is not None:
            return day[0]
    nouns = "|".join(_NOUNS[one][language] for one in others)
    found = re.search(_WHICH[language].format(nouns), text, re.IGNORECASE)
    return found["noun"] if found is not None and not _is_of_rows(found["noun"], panels) else ""


def _period_of(places: Sequence[Place]) -> str:
    if len(places) < 4:
        return ""
    days = [date.fromisoformat(str(place)) for place in places if re.fullmatch(r"\d{4}-\d\d-\d\d", str(place))]
    gaps = {(after - before).days for before, after in pairwise(days)}
    return "day" if len(days) == len(places) and gaps <= {1, 2, 3, 4} else period_of(places)


def by_period(chart: Chart, text: str, language: Language) -> tuple[Chart, str]:
    """Return a chart of the periods that a question asks for, and which sums or means it has, in words.

    It is returned as it is, with an empty text, if the question asks for none, or nothing is known of it.
    """
    asked = _asked_period(text, chart.panels, language) if len(chart.panels) == 1 else None
    panel = chart.panels[0] if chart.panels else ChartPanel()
    alike = bool(panel.series) and all(one.kind in _PLAIN and one.x == panel.series[0].x for one in panel.series)
    if asked is None or not alike or any(one.source != "figure" for one in panel.series):
        return chart, ""
    period, noun = asked
    groups: dict[Place, list[int]] = {}
    for number, place in enumerate(panel.series[0].x):
        groups.setdefault(_name(place, period, language), []).append(number)
    sizes = [len(numbers) for numbers in groups.values()]
    added = all(_is_amount(panel, one) for one in panel.series) and max(sizes) <= _UNEVEN * min(sizes)
    if len(groups) < 2 or (period in ("month", "year") and not added):
        return chart, ""
    flat = panel.series[0].kind in FLAT
    made = replace(
        panel,
        x=panel.x if flat else replace(panel.x, label=noun, scale="categories", categories=(), limits=None),
        y=replace(panel.y, label=noun, scale="categories", categories=(), limits=None) if flat else panel.y,
        series=tuple(_grouped(one, groups, added=added) for one in panel.series),
    )
    return replace(chart, panels=(made,)), say("by period sums" if added else "by period means", language)


def as_extreme(query: Query) -> Query:
    """Return "in which half did they use more" as a question for the highest of two."""
    if (
        query.has("more") == query.has("less")
        or "trend" in query.words
        or set(query.operations) - {"cannot", "value", "compare", "lookup", "trend"}
    ):
        return query
    return replace(query, operations=("maximum" if query.has("more") else "minimum",))


def _grouped(series: Series, groups: dict[Place, list[int]], *, added: bool) -> Series:
    made = total if added else mean
    values = tuple(made([series.y[number] for number in numbers]) for numbers in groups.values())
    return replace(series, x=tuple(groups), y=values, names=(), extra={}, known=None)


def _is_amount(panel: ChartPanel, series: Series) -> bool:
    return can_be_added(Item(series, panel, series.name, "en"))


def _name(place: Place, period: Period, language: Language) -> Place:
    """Return the name of the period in which a month or a day is; one with a year where the place has one."""
    text, month = str(place), month_in_year(place)
    year = text[:4] if text[:4].isdigit() else ""
    if period == "year":
        return year
    if period == "month":
        return text[:7]
    if period == "week":
        day = date.fromisoformat(text)
        return (day - timedelta(days=day.weekday())).isoformat()
    if period == "season":
        return f"{_SEASONS[language][month % 12 // 3]}{_months(month // 3 * 3 or 12, 3, language)}"
    months = 3 if period == "quarter" else 6
    number = (month - 1) // months
    name = (QUARTERS if months == 3 else HALVES)[language][number]
    if not year:
        return f"{name}{_months(number * months + 1, months, language)}"
    return f"{year}년 {name}" if language == "ko" else f"{year}年{name}" if language == "zh" else f"{name} {year}"


def _months(first: int, count: int, language: Language) -> str:
    """Return the first and the last month of a period, in brackets."""
    names = [MONTHS[language][(number - 1) % 12] for number in (first, first + count - 1)]
    names = [name.capitalize() if language in ("en", "de") else name for name in names]
    return f" ({say('places from to', language, first=names[0], last=names[1])})"
