"""Times that a question asks for: "on which weekday" has no answer in a chart of offices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
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
    asked = re.search(_ASKED[language], text.lower())
    if asked is None or any(map(has_times, panels)):
        return ""
    return next(word for word in asked.groups() if word)


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
