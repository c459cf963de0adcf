"""The whole of an axis as a number of its places: "over the 12 weeks" of a chart of twelve weeks is all of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re

__all__ = ["with_whole_span"]

_NUMBERS: Final[dict[int, str]] = {
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
        r"(?:whole |full |entire )?{} (?:days|weeks|months|quarters|years|hours|minutes|sessions|readings)\b",
        "over the whole period",
    ),
    (
        r"\b(?:über|in|während|innerhalb) (?:die|den|der|diesen|allen|dieser) (?:ganzen |gesamten )?{} "
        r"(?:tagen?|wochen|monaten?|quartalen?|jahren?|stunden|minuten)\b",
        "über den ganzen Zeitraum",
    ),
    (
        r"\b(?:sur|pendant|durant|au cours de|dans) (?:les|ces|nos|toutes les|tous les) {} "
        r"(?:jours|semaines|mois|trimestres|années|ans|heures|minutes)\b",
        "sur toute la période",
    ),
    (
        r"\b(?:en|durante|a lo largo de) (?:los|las|estos|estas|todos los|todas las) {} "
        r"(?:días|semanas|meses|trimestres|años|horas|minutos)\b",
        "en todo el período",
    ),
    (r"{} ?(?:일|주|개월|달|분기|년|시간) ?(?:동안|내내|간|(?=평균|합계|총))", "전체 기간 동안 "),
    (r"(?:在|这|這)?(?:这|這)?{}(?:天|周|週|个月|個月|个季度|年|小时)(?:里|内|內|间|間|期间)", "整个期间"),
)


def with_whole_span(text: str, panels: Sequence[ChartPanel]) -> str:
    """Return a question with words for the whole axis in the place of the number of its places, in any language."""
    counts = {len(one.x) for one in drawn_series(panels)}
    if len(counts) != 1:
        return text
    count = counts.pop()
    number = f"(?:{count}{'|' + _NUMBERS[count] if count in _NUMBERS else ''})"
    for span, whole in _SPANS:
        text = re.sub(span.replace("{}", number), whole, text, flags=re.IGNORECASE)
    return text
