"""Questions how far the last value is from the first: the change over the whole course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["as_last_against_first"]

_VALUE: Final[dict[Language, str]] = {
    "en": r"(?: (?:reading|value|measurement|point|figure|number|one|entry|count|result)s?)?",
    "de": r"(?:e[rnms]?)?(?: (?:mess)?(?:wert|punkt|messung|stand|zahl|ablesung|eintrag)\w*)?",
    "fr": r"(?: (?:mesure|valeur|relevé|point|chiffre))?",
    "es": r"(?: (?:medición|medida|valor|lectura|dato|punto))?",
    "ko": r" ?(?:번째 ?)?(?:측정 ?)?(?:값|수치|측정|기록|데이터)?",
    "zh": r"(?:一?[次个])?的?(?:读数|数值|测量值?|值|数据|记录)?",
}
_LAST: Final[dict[Language, str]] = {
    "en": r"\b(?:last|final|latest|most recent)V\b",
    "de": r"\b(?:letzt|jüngst)V\b",
    "fr": r"\b(?:dernière?V|V finale?)\b",
    "es": r"\b(?:últim[oa]V|V final)\b",
    "ko": r"(?:마지막|최종|최근)V",
    "zh": r"(?:最后|最终|最近)V",
}
_FIRST: Final[dict[Language, str]] = {
    "en": r"\b(?:firstV|initialV|the (?:very )?(?:start|beginning))\b",
    "de": r"\b(?:erstV|anfangswert|beginn|anfang)\b",
    "fr": r"\b(?:premi(?:er|ère)V|V initiale?|(?:le |au )?début|départ)\b",
    "es": r"\b(?:primer[oa]?V|V inicial|(?:el |al )?(?:principio|inicio|comienzo))\b",
    "ko": r"(?:첫|최초|맨 ?처음|처음)V",
    "zh": r"(?:第一|最初|最开始|开始)V",
}
_SINCE: Final[dict[Language, str]] = {
    "en": r"\b(?:compared (?:to|with)|relative to|versus|since|from|than at|below|above) the (?:very )?"
    r"(?:start|beginning|outset)\b|\bsince (?:it|they|we) (?:started|began)\b",
    "de": r"\b(?:seit|gegenüber|verglichen mit|im vergleich zu\w?) (?:dem |der |zum )?(?:beginn|anfang|start)\b|"
    r"\bals (?:am|zu) (?:beginn|anfang)\b",
    "fr": r"\b(?:depuis|par rapport a?u|comparé au) (?:le )?(?:tout )?(?:début|départ|commencement)\b|"
    r"\bqu['’]au début\b",
    "es": r"\b(?:desde|respecto a(?:l)?|comparado con|en comparación con) (?:el )?(?:principio|inicio|comienzo)\b|"
    r"\bque al (?:principio|inicio)\b",
    "ko": r"(?:처음|시작)(?:보다|에 ?비해|과 ?비교|부터|이후|할 때보다)|시작한 ?(?:이후|뒤)",
    "zh": r"(?:比|与|和|跟|相比|从|自)(?:一|最)?(?:开始|初)(?:时|的时候)?(?:相比|以来|比|低|高|少|多|到)",
}
_AMOUNT: Final[dict[Language, str]] = {
    "en": r"\bhow (?:much|many|far)\b|\bwhat(?:['’]s| is| was) the (?:difference|change|drop|rise|gap)\b",
    "de": r"\bwie ?viele?\b|\bwie (?:weit|stark|sehr)\b|\b(?:unterschied|differenz|veränderung)\b",
    "fr": r"\b(?:de )?combien\b|\b(?:différence|écart|variation)\b",
    "es": r"\bcu[aá]nt[oa]s?\b|\b(?:diferencia|variación)\b",
    "ko": r"얼마나|얼마|몇|차이",
    "zh": r"多少|几|差|变化",
}
_OTHER: Final = (
    r"%|percent|prozent|pour ?cent|por ?ciento|퍼센트|百分|\btimes\b|\bfois\b|\bveces\b|\bmal so\b|fach|배|倍|"
    r"\b(?:when|wann|quand|cuándo)\b|언제|什么时候|"
    r"\b(?:how many|wie ?viele?|combien d[e'’]|cu[aá]nt[oa]s) ?(?:days?|weeks?|months?|years?|hours?|minutes?|seconds?|"
    r"readings?|measurements?|values?|points?|tagen?|wochen?|monaten?|jahren?|stunden?|minuten?|sekunden?|messwerten?|"
    r"werten?|jours?|semaines?|mois|années?|ans|heures?|mesures?|valeurs?|días?|semanas?|meses|años?|horas?|minutos?|"
    r"mediciones|valores)\b|"
    r"며칠|몇 ?(?:일|주|달|개월|년|해|시간|분|개|번)|(?:多少|几)个?(?:天|日|周|月|年|小时|分钟|次)"
)
"""Words of questions for a share, for how many times, for a place, or for a number of places."""


def as_last_against_first(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "by how much is the last reading below the first" as a question for the change over the whole course.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn = drawn_series(panels)
    of_one = len(drawn) == 1 or len(query.series) == 1
    course = bool(drawn) and all(one.kind not in ("box plot", "histogram", "pie", "points") for one in drawn)
    kept = query.threshold or query.bounds or query.groups or query.then or query.top or len(query.places) > 1
    if (
        not of_one
        or not course
        or kept
        or query.operations == ("trend",)
        or not _is_asked(text.lower(), query.language)
    ):
        return query
    words: frozenset[Operation] = query.words | frozenset(_TREND)
    query = replace(query, operations=_TREND, words=words, places=(), amounts=(), unheard="")
    return replace(query, yes_no=False, statistic="", firm=True)


_TREND: Final[tuple[Operation, ...]] = ("trend",)


def _is_asked(text: str, language: Language) -> bool:
    def has(words: dict[Language, str]) -> bool:
        return re.search(words[language].replace("V", _VALUE[language]), text) is not None

    return has(_AMOUNT) and ((has(_LAST) and has(_FIRST)) or has(_SINCE)) and re.search(_OTHER, text) is None
