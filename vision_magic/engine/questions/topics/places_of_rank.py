"""At which places one series is the highest or lowest of all: "in how many countries is oil the largest source?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.ranks import rank_query, ranked_series
from vision_magic.engine.questions.vocabulary.words import NUMBER_WORDS

__all__ = ["as_places_of_rank"]

_AT_HOW_MANY: Final[dict[Language, str]] = {
    "en": r"\b(?:in|at|on|for|during) how many\b|\bhow often\b|\bhow many times\b",
    "de": r"\b(?:in|an|bei|zu|für) wie ?vielen?\b|\bwie oft\b|\bwie viele male\b",
    "fr": r"\b(?:dans|en|à|pour|chez) combien\b|\bcombien de fois\b",
    "es": r"\b(?:en|para|a) cu[aá]nt[oa]s\b|\bcu[aá]ntas veces\b",
    "ko": r"몇 ?(?:번|차례)|몇 ?\S{1,4}에서|얼마나 자주",
    "zh": r"在(?:几|多少)|(?:几|多少)次",
}
_OF_ALL: Final[dict[Language, str]] = {
    "en": r"\b(?:of|among) (?:the|these|those|all) (?:N)\b",
    "de": r"\b(?:der|von den|unter den|dieser|aller|von allen) (?:N)\b",
    "fr": r"\b(?:des|parmi les|de ces|de tous les|de toutes les) (?:N)\b",
    "es": r"\b(?:de|entre) (?:l[oa]s|est[oa]s) (?:N)\b",
    "ko": r"(?:N) ?\S{0,6} ?(?:중|가운데)",
    "zh": r"(?:N)[个种类者]?.{0,4}[中里]",
}
"""That the extreme is one of all series, where N is how many there are."""
_WHERE: Final[dict[Language, str]] = {
    "en": r"\b(?:which|what|where|when)\b",
    "de": r"\b(?:welche\w*|wo|wann)\b",
    "fr": r"\b(?:quel(?:le)?s?|où|quand)\b",
    "es": r"\b(?:qué|cu[aá]l(?:es)?|dónde|cuándo)\b",
    "ko": r"어느|어떤|어디|언제|몇",
    "zh": r"哪|什么时候|何时",
}


def as_places_of_rank(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "in how many countries is oil the largest source" as a question where a series is the highest of all.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn, text = ranked_series(panels), text.lower()
    kept = query.places or query.bounds or query.threshold or query.groups or query.then or query.statistic
    one = len(query.series) == 1 and len(drawn) > 2 and query.rank == 1
    if not one or kept or query.operations not in (("maximum",), ("minimum",)):
        return query
    numbers = NUMBER_WORDS[query.language][0]
    count = numbers[len(drawn) - 2] if len(drawn) - 2 < len(numbers) else str(len(drawn))
    of_all = re.search(_OF_ALL[query.language].replace("N", f"{count}|{len(drawn)}"), text) is not None
    where = of_all and re.search(_WHERE[query.language], text) is not None
    if not where and re.search(_AT_HOW_MANY[query.language], text) is None:
        return query
    low = query.operations == ("minimum",)
    ranked = rank_query(query, low=False, amounts=(-1.0 if low else 1.0,), places=(), yes_no=False)
    return replace(ranked, firm=True, unheard="")
