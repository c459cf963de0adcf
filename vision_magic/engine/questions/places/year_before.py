"""Two series of years in a row, of which one is "the year before": "which months were worse than then?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.judging import is_better_lower
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["HOW_MUCH", "IN_PERCENT", "SIDES", "as_year_before"]

_BEFORE: Final[dict[Language, str]] = {
    "en": r"\b(?:the year (?:before|earlier)|a year (?:before|earlier)|(?:the )?(?:previous|prior|last) year)\b",
    "de": r"\b(?:vorjahr\w*|(?:das|dem|im) jahr (?:davor|zuvor)|(?:im )?letzten jahr)\b",
    "fr": r"l['’]année (?:précédente|d['’]avant|dernière)|l['’]an (?:dernier|passé)|un an (?:plus tôt|avant)",
    "es": r"\b(?:el|del) año (?:anterior|pasado)\b|\bun año antes\b",
    "ko": r"전년|작년|지난해|전 ?해|한 해 전|1년 전",
    "zh": r"前一年|上一年|去年|上年",
}
_JUDGED: Final[dict[Language, tuple[str, str]]] = {
    "en": (r"\bbetter\b", r"\bworse\b"),
    "de": (r"\bbesser\w*\b", r"\bschlechter\w*\b"),
    "fr": (r"\b(?:meilleure?s?|mieux)\b", r"\b(?:pires?|moins bons?|moins bien)\b"),
    "es": (r"\bmejor(?:es)?\b", r"\bpeor(?:es)?\b"),
    "ko": (r"나은|나았|좋은|좋았", r"나쁜|나빴|못했|못한"),
    "zh": (r"好", r"差|坏"),
}
"""Better and worse, of which it depends on what is measured whether it is more."""
SIDES: Final[dict[Language, tuple[str, str]]] = {
    "en": (
        r"\b(?:more|higher|busier|bigger|larger|above|up)\b",
        r"\b(?:less|fewer|lower|slower|quieter|smaller|below|down)\b",
    ),
    "de": (r"\b(?:mehr|höher\w*|größer\w*|über)\b", r"\b(?:weniger|niedriger\w*|geringer\w*|ruhiger\w*|unter)\b"),
    "fr": (r"\b(?:plus(?! tôt)|supérieur\w*)\b", r"\b(?:moins|inférieur\w*)\b"),
    "es": (r"\b(?:más|superior\w*)\b", r"\b(?:menos|inferior\w*)\b"),
    "ko": (r"많|높|늘", r"적[은었던]|낮|줄"),
    "zh": (r"多|高", r"少|低"),
}
"""More and less."""
HOW_MUCH: Final = (
    r"\bhow (?:much|many|far)\b|\bwie ?viele?\b|\bcombien\b|\bcu[aá]nt[oa]s?\b|얼마|몇|多少|几|difference|unterschied|"
    r"différence|diferencia|차이"
)
IN_PERCENT: Final = r"%|per ?cent|prozent|pour ?cent|por ?ciento|퍼센트|百分"
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def as_year_before(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "which months were worse than the year before" as a question for where one year is above the other.

    "How much more did A sell than the year before" asks for the difference of both at one place.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    text, language, drawn = text.lower(), query.language, drawn_series(panels)
    years = sorted((int(found[1]), one.name) for one in drawn if (found := _YEAR.search(one.name)))
    follows = len(panels) == 1 and len(drawn) == len(years) == 2 and years[0][0] + 1 == years[1][0]
    kept = bool(query.bounds or query.groups or query.threshold or query.then or query.has("why"))
    if follows and not kept and len(query.places) == 1 and re.search(_BEFORE[language], text):
        return _at_place(query, text, (years[1][1], years[0][1]))
    kept = kept or bool(query.places)
    if not follows or kept or re.search(_BEFORE[language], text) is None or len(query.series) > 1:
        return query
    said = _found(SIDES, text, language)
    judged = _found(_JUDGED, text, language)
    more, less = said if any(said) or not any(judged) else judged[:: -1 if is_better_lower(panels) else 1]
    words = " ".join((*(found[0] for found in (*said, *judged) if found), *re.findall(_BEFORE[language], text)))
    heard = "unheard" not in query.operations or query.unheard.lower() in words
    asks = query.has("which") or query.has("when") or query.has("asks")
    if (more is None) == (less is None) or not heard or not (asks or query.yes_no):
        return query
    before, after = years[0][1], years[1][1]
    series = (before, after) if less else (after, before)
    return replace(query, operations=("higher at",), series=series, text="", unheard="", statistic="", firm=True)


def _at_place(query: Query, text: str, series: tuple[str, str]) -> Query:
    """Return how much more or less one year has than the one before at a place, or whether it has."""
    asked: tuple[Operation, ...] = ("percent",) if re.search(IN_PERCENT, text) else ("difference",)
    if re.search(HOW_MUCH, text) is None:
        if not query.yes_no:
            return query
        asked = ("compare",)
    return replace(query, operations=asked, series=series, unheard="", amounts=(), statistic="", firm=True)


def _found(words: dict[Language, tuple[str, str]], text: str, language: Language) -> list[re.Match[str] | None]:
    return [re.search(side, text) for side in words[language]]
