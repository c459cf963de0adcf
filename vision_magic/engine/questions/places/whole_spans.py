"""The whole of an axis as a number of its places: "over the 12 weeks" of a chart of twelve weeks is all of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re

__all__ = ["with_whole_span", "without_measured_length"]

_NUMBERS: Final[dict[int, str]] = {
    2: "two|zwei|deux|dos|두|两|兩",
    3: "three|drei|trois|tres|세|三",
    4: "four|vier|quatre|cuatro|네|四",
    5: "five|fünf|cinq|cinco|다섯|五",
    6: "six|sechs|seis|여섯|六",
    7: "seven|sieben|sept|siete|일곱|七",
    8: "eight|acht|huit|ocho|여덟|八",
    9: "nine|neun|neuf|nueve|아홉|九",
    10: "ten|zehn|dix|diez|열|十",
    12: "twelve|zwölf|douze|doce|열두|十二",
}
_SPANS: Final = (
    (
        r"\b(?:over|in|during|across|within|throughout|for) (?:the|these|those|all|all the|all of the|our) "
        r"(?:whole |full |entire )?{} (?:days|weeks|months|quarters|years|hours|minutes|sessions|readings)\b"
        r"(?P<all> (?:all |taken |put )*(?:together|combined)\b)?",
        "over the whole period",
    ),
    (
        r"\b(?:über|in|während|innerhalb) (?:die|den|der|diesen|allen|dieser) (?:ganzen |gesamten )?{} "
        r"(?:tagen?|wochen|monaten?|quartalen?|jahren?|stunden|minuten)\b"
        r"(?P<all> zusammen(?:genommen|gerechnet)?\b)?",
        "über den ganzen Zeitraum",
    ),
    (
        r"\b(?:sur|pendant|durant|au cours de|dans) (?:les|ces|nos|toutes les|tous les) {} "
        r"(?:jours|semaines|mois|trimestres|années|ans|heures|minutes)\b(?P<all> (?:réuni|confondu|cumulé)e?s\b)?",
        "sur toute la période",
    ),
    (
        r"\b(?:en|durante|a lo largo de) (?:los|las|estos|estas|todos los|todas las) {} "
        r"(?:días|semanas|meses|trimestres|años|horas|minutos)\b(?P<all> (?:juntos|juntas|en conjunto|sumad[oa]s)\b)?",
        "en todo el período",
    ),
    (r"(?:이 ?)?{} ?(?:일|주|개월|달|분기|년|시간) ?(?:동안|내내|간|(?=평균|합계|총))", "전체 기간 동안 "),
    (r"(?<![가-힣])이 ?{} ?(?:일|주|개월|달|분기|년|시간)(?:의|에|은|는)?(?= )", "전체 기간 동안 "),
    (r"(?:在|这|這)?(?:这|這)?{}(?:天|周|週|个月|個月|个季度|年|小时)(?:里|内|內|间|間|期间)", "整个期间"),
    (r"(?:在)?[这這]{}(?:天|周|週|个月|個月|个季度|年|小时)(?:以来|中)?", "整个期间"),
)


_OF_EVENT: Final = (
    r"\bof the (?:whole|entire) (?:race|run|ride|match|game|competition|tour|trip|hike|event|season)\b|"
    r"\b(?:des|der) (?:ganzen|gesamten) (?:rennens|laufs|spiels|wettkampfs|wettbewerbs|tour|fahrt|wanderung|saison)\b|"
    r"\bde tout(?:e la|e l['’]| le) ?(?:course|épreuve|match|compétition|parcours|étape|saison|randonnée)\b|"
    r"\bde tod[oa] (?:la|el) (?:carrera|prueba|partido|competición|recorrido|temporada|excursión)\b"
)
"""The whole of an event, among the values of which one is the highest: "the slowest lap of the whole race"."""
_SINGLE: Final = (
    r"\b(?!(?:most|who|which|what)\b)\w+(?:est|ste[rsnm]?) \w+ (?=(?:of|des|der)\b)|"
    r"(?:\b(?:el|la|le)|\bl['’]) ?\w+ (?:le |la )?(?:más|menos|plus|moins) \w+ (?=de\b)"
)


def with_whole_span(text: str, panels: Sequence[ChartPanel]) -> str:
    """Return a question with words for the whole axis in the place of the number of its places, in any language."""
    event = re.search(_OF_EVENT, text.lower())
    if event is not None and re.search(_SINGLE, text.lower()) is not None:
        text = f"{text[: event.start()].rstrip()} {text[event.end() :].lstrip()}".replace(" ,", ",").replace(" ?", "?")
    counts = {len(one.x) for one in drawn_series(panels)}
    if len(counts) != 1:
        return text
    count = counts.pop()
    for span, whole in _SPANS if _says(text, count) else ():
        text = _with_whole(text, span.replace("{}", _said(count)), whole)
    weeks = _weeks(panels)
    for span, whole in _SPANS if weeks and _says(text, weeks) else ():
        of_weeks = _PERIODS.sub(lambda found: f"(?:{found['weeks']})", span)
        text = _with_whole(text, of_weeks.replace("{}", _said(weeks)), whole)
    return text


def _says(text: str, number: int) -> bool:
    """Return whether a question may have a number, in figures or in words of any language."""
    return re.search(_said(number), text, re.IGNORECASE) is not None


_IN_TOTAL: Final = {"over": "in total", "über": "insgesamt", "sur": "au total", "en": "en total"}
"""What takes the place of "together" behind a number of places, by the first word for the whole of them."""


def _with_whole(text: str, span: str, whole: str) -> str:
    """Return a question with words for the whole axis for a number of its places, and for "together" behind it."""

    def said(found: re.Match[str]) -> str:
        return f"{whole} {_IN_TOTAL[whole.split()[0]]}" if found.groupdict().get("all") else whole

    return re.sub(span, said, text, flags=re.IGNORECASE)


_PERIODS: Final = re.compile(r"\(\?:[^()]*?(?P<weeks>weeks|wochen|semaines|semanas|주|周\|週)[^()]*\)")
"""Words for periods in a pattern, of which some are for weeks."""


_OF_DAYS: Final = re.compile(r"\b(?:days?|date|tage?|datum|jours?|días?|fecha)\b|날짜|일자|일차|日期|天", re.IGNORECASE)
"""Labels of an axis of numbers that are days."""


def _said(number: int) -> str:
    return f"(?:{number}{'|' + _NUMBERS[number] if number in _NUMBERS else ''})"


def _weeks(panels: Sequence[ChartPanel]) -> int:
    """Return of how many whole weeks there is each day, at least two; else zero."""
    numbers = [place for one in drawn_series(panels)[:1] for place in one.x if not isinstance(place, str)]
    if _OF_DAYS.search(" ".join(panel.x.label for panel in panels)) and len(numbers) >= 14 and not len(numbers) % 7:
        each = all(b - a == 1 for a, b in pairwise(numbers))
        return len(numbers) // 7 if each else 0
    days = [place for one in drawn_series(panels)[:1] for place in one.x if isinstance(place, str)]
    if len(days) < 14 or len(days) % 7 or not all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days):
        return 0
    whole = date.fromisoformat(days[-1]) - date.fromisoformat(days[0]) == timedelta(days=len(days) - 1)
    return len(days) // 7 if whole else 0


_LENGTH: Final = re.compile(
    r"(?<![\d.,])(\d{1,4})[ -]?(km|kilometres?|kilometers?|m|metres?|meters?|miles?)\b", re.IGNORECASE
)
_CALLED: Final[dict[str, str]] = {
    "k": r"k\b|km|kilomet\w*|kilómet\w*|킬로(?:미터)?|公里|千米",
    "m": r"m\b|met\w*|mètres?|미터|米",
}
_CHOOSES: Final = (
    r"\b(?:[a-z]{3,}est|first|last|final|[a-zäöüß]{3,}st(?:en?|er)|letzten?|ersten?|(?:derni|premi)[eè]re?s|últimos|primeros)|"
    r"(?:가장|제일) ?[가-힣]+|마지막|첫|처음|最[一-龥]的?|最后的?|第一个?"
)
_OVER: Final = (
    r"(?<!\w)(?:(?:for|over|on|in|run|runs|ran|finish\w*) (?:the )?|the |(?:über |auf |für )?die |auf |"
    r"(?:sur|pour|en|dans) (?:les )?|les |(?:en|sobre|para|de) (?:los )?|los )"
)
"""What stands before such a length where it is named: "the average over 10 km"."""
_CHOSEN: Final = r"(?:les )?(?:plus|moins) \w+|más \w+|menos \w+"


def without_measured_length(text: str, panels: Sequence[ChartPanel]) -> str:
    """Return a question with "the fastest" for "the fastest 5 km", where each value is of 5 km by a title."""
    titles = " ".join(f"{panel.title} {panel.y.label}" for panel in panels)
    for length in _LENGTH.finditer(titles):
        said = rf"{length[1]} ?(?:{_CALLED[length[2][0].lower()]})"
        text = re.sub(rf"({_CHOOSES}) {said}", r"\1", text, flags=re.IGNORECASE)
        text = re.sub(rf"{said} ({_CHOSEN})", r"\1", text, flags=re.IGNORECASE)
        text = re.sub(rf"{_OVER}{said}(?!\w|[.,]\d)", "", text, flags=re.IGNORECASE)
    return text
