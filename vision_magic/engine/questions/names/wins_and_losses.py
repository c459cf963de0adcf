"""Wins and losses as what is drawn: "how many did the Foxes lose" asks for the series "Lost"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query

__all__ = ["as_rate_of_wins", "with_results_named"]

_Result = Literal["won", "lost", "drawn"]

_NAMES: Final[dict[_Result, str]] = {
    "won": r"won|wins?|victories|matches won|games won|siege?|gewonnen|gewonnene spiele|victoires?|gagnée?s?|"
    r"victorias?|ganad[oa]s?|승리?|이긴 경기|[胜赢](?:场|局|利)?(?:数)?",
    "lost": r"lost|losses|defeats?|matches lost|games lost|niederlagen?|verloren|verlorene spiele|défaites?|perdue?s?|"
    r"derrotas?|perdid[oa]s?|패배?|진 경기|[负輸输败](?:场|局)?(?:数)?",
    "drawn": r"draws?|drawn|ties?|tied|unentschieden|remis|nuls?|matchs nuls|égalités?|empates?|empatad[oa]s?|"
    r"무(?:승부)?|平(?:局|场)?(?:数)?",
}
"""Names of series of results, in all languages."""
_SAID: Final[dict[Language, dict[_Result, str]]] = {
    "en": {
        "won": r"\b(?:won|wins?|victor(?:y|ies))\b(?! (?:rate|ratio|percentage|share))",
        "lost": r"\b(?:lost|loses?|loss(?:es)?|defeats?)\b(?! (?:to|against|rate)\b)",
        "drawn": r"\b(?:drew|draws?|drawn|ties|tied)\b",
    },
    "de": {
        "won": r"\b(?:gewonnen\w*|gewann(?:en)?|siege?n?|siegten?)\b",
        "lost": r"\b(?:verloren\w*|verlor|niederlagen?)\b",
        "drawn": r"\b(?:unentschieden|remis)\b",
    },
    "fr": {
        "won": r"\b(?:gagnée?s?|gagnent|gagne|victoires?|remportée?s?)\b",
        "lost": r"\b(?:perdue?s?|perdent|défaites?)\b",
        "drawn": r"\b(?:matchs? nuls?|nuls?)\b",
    },
    "es": {
        "won": r"\b(?:ganó|ganaron|ganad[oa]s?|victorias?|triunfos?)(?!\w)",
        "lost": r"\b(?:perdió|perdieron|perdid[oa]s?|derrotas?)(?!\w)",
        "drawn": r"\b(?:empat(?:ó|aron|ad[oa]s?|es?))(?!\w)",
    },
    "ko": {
        "won": r"승리(?:한|했)?|이[긴겼]",
        "lost": r"패배(?:한|했)?|(?<![가-힣])(?:진(?= )|졌)",
        "drawn": r"무승부|비[긴겼]",
    },
    "zh": {
        "won": r"胜场数?|胜利|获胜|赢得?了?|胜了",
        "lost": r"负场数?|输掉?得?了?|败场数?|负了",
        "drawn": r"平局数?|打平|平了",
    },
}
_RATE: Final[dict[Language, tuple[str, str]]] = {
    "en": (r"\bwin(?:ning)? (?:rate|ratio|percentage)\b", "share of {}"),
    "de": (r"\b(?:sieg|gewinn)(?:es)?quote\b", "anteil von {}"),
    "fr": (r"\b(?:taux|pourcentage) de victoires?\b", "part de {}"),
    "es": (r"\b(?:tasa|porcentaje) de victorias?\b", "porcentaje de {}"),
    "ko": (r"승률", "{} 비율"),
    "zh": (r"胜率|胜场率", "{}的占比"),
}
"""The share that wins have of all results."""
_AGAINST: Final = re.compile(
    r"\b(?:lost?|loses?|losing) (?:to|against)\b|\b(?:against|gegen|contre|contra)\b|상대로|에게|한테|对阵|赢了谁|输给",
    re.IGNORECASE,
)
"""Whom somebody won against is no number of wins."""


def with_results_named(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question with the names of series of wins and losses in place of other words for these.

    Parameters
    ----------
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        The language of the question.
    """
    kinds = _results(panels)
    if kinds is None or _AGAINST.search(text):
        return text
    rate, share = _RATE[language]
    places = {str(place).lower() for one in drawn_series(panels) for place in one.x}
    if re.search(rate, text, re.IGNORECASE) and not any(place in text.lower() for place in places):
        return text  # the highest of all rates
    text = re.sub(rate, share.format(kinds["won"][0]), text, flags=re.IGNORECASE)
    for kind, words in _SAID[language].items():
        if len(kinds[kind]) == 1:
            text = re.sub(
                words, f" {kinds[kind][0]} " if language in ("ko", "zh") else kinds[kind][0], text, flags=re.IGNORECASE
            )
    return text


def as_rate_of_wins(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question for the highest rate of wins as one that cannot be answered: it is not that of most wins.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    rate = re.search(_RATE[query.language][0], text, re.IGNORECASE)
    if rate is None or _results(panels) is None:
        return query
    return replace(query, operations=("unheard",), unheard=rate[0], then=None, firm=True)


def _results(panels: Sequence[ChartPanel]) -> dict[_Result, list[str]] | None:
    """Return the names of the series of each result; None where wins and losses are not drawn."""
    names = {one.name for one in drawn_series(panels)}
    kinds: dict[_Result, list[str]] = {
        kind: [name for name in names if re.fullmatch(words, name.strip().lower())] for kind, words in _NAMES.items()
    }
    return kinds if len(kinds["won"]) == len(kinds["lost"]) == 1 else None
