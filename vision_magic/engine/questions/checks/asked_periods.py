"""Times that a question asks for: "on which weekday" has no answer in a chart of offices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.names_of_numbers import hour_of
from vision_magic.engine.questions.names.usual_names import kind_of_names
from vision_magic.engine.questions.numbers import is_date, month_of, period_of

__all__ = ["has_times", "period_not_drawn"]

_ASKED: Final[dict[Language, str]] = {
    "en": r"\b(?:which|what) (?P<noun>weekday|day of the week|day|month|year|quarter|season|week|hour|"
    r"time of (?:the )?day)\b|"
    r"\b(?:at )?what (?P<time>time)\b(?! did)|\bat what (?P<at>time) did\b",
    "de": r"\bwelche\w* (?P<noun>wochentag|tag|monat|jahr|quartal|jahreszeit|woche|stunde|uhrzeit)\w{0,2}\b|"
    r"\bum (?P<time>wie ?viel uhr)\b",
    "fr": r"\bquel(?:le)?s? (?P<noun>jour|mois|année|trimestre|saison|semaine|heure)s?\b",
    "es": r"\bqué (?P<noun>día|mes|año|trimestre|estación|semana|hora)\b",
    "ko": r"(?:무슨|어느|어떤) (?P<noun>요일|달|해|계절|분기|시간대)|(?P<time>몇 ?(?:월|요일|년도))",
    "zh": r"(?P<noun>星期几|周几|几月|哪[一个]*(?:月|年|天|季度?))",
}
_HOUR: Final[dict[Language, str]] = {
    "en": r"\b(?:at |around )?what time\b(?! of (?:the )?(?:year|month|week|season))|\bwhat hour\b",
    "de": r"\bum wie ?viel uhr\b|\bzu welcher uhrzeit\b",
    "fr": r"\b(?:à|vers) quelle heure\b",
    "es": r"\ba qué hora\b",
    "ko": r"몇 ?시(?!간)",
    "zh": r"几点(?!半?[间間])",
}
"""What asks for an hour of a day."""
_OF_HOURS: Final = re.compile(
    r"\btimes?\b(?! (?:asleep|awake|spent|taken))|\bhour|clock|uhr|zeit\b|stunde|heure|\bhora|시각|시간|时刻|时间|"
    r"时段|小时|钟",
    re.IGNORECASE,
)
"""Labels that may be those of hours of a day."""
_TIME: Final = re.compile(
    r"day|date|week|month|year|hour|time|season|quarter|age\b|when|since|tag|dat[ue]m|woche|monat|jahr|stunde|uhr|zeit|"
    r"quartal|saison|jour|semaine|mois|année|heure|temps|trimestre|día|fecha|semana|\bmes|año|hora|tiempo|estación|"
    r"요일|날|주|월|년|연도|시간|시각|분기|계절|일자|기간|日|周|月|年|时|時|季|星期|(?:19|20)\d\d|\d:\d\d|"
    r"\b\d{1,2} ?[ap]m\b",
    re.IGNORECASE,
)
"""What a chart of times has among its names and labels."""


def period_not_drawn(text: str, language: Language, panels: Sequence[ChartPanel]) -> str:
    """Return the time for which a question asks, if nothing in the charts is one.

    Parameters
    ----------
    text : str
        The question.
    language : Language
        Its language.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    hour = re.search(_HOUR[language], text.lower())
    if hour is not None and panels and all(map(_has_only_days, panels)):
        return hour[0].strip()
    asked = re.search(_ASKED[language], text.lower())
    if asked is None or any(map(has_times, panels)):
        return ""
    return next(word for word in asked.groups() if word)


def _has_only_days(panel: ChartPanel) -> bool:
    """Return whether all places are days or longer periods, and no name or value is an hour of a day."""
    places = [str(place) for one in panel.series for place in one.x]
    days = all(is_date(place) and len(place) <= len("2024-01-31") for place in places)
    periods = days or bool(kind_of_names(places) in ("day", "season", "quarter") or period_of(places))
    values = [panel.axis_of(one) for one in panel.series]
    names = [one.name for one in panel.series]
    clock = any(not axis.unit and _OF_HOURS.search(axis.label) for axis in values)
    return bool(places) and periods and not clock and not any(hour_of(name) is not None for name in names)


def has_times(panel: ChartPanel) -> bool:
    """Return whether names, or the label of an axis of numbers, may be those of times.

    Parameters
    ----------
    panel : ChartPanel
        The panel.
    """
    places = [place for one in panel.series for place in one.x[:60] if isinstance(place, str)]
    series = [one.name for one in panel.series if one.name]
    if any(month_of(name) or is_date(name) or _TIME.search(name) for name in (*places, *series)):
        return True
    if any(kind_of_names(names) or period_of(names) for names in (places, series)):
        return True
    numbers = not places and not panel.x.label
    return numbers or _TIME.search(f"{panel.x.label} {panel.legend_title}") is not None
