"""A single value of a box that a question calls odd: "that one really long fracture, how many minutes was it?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.words import PLACE

__all__ = ["as_single_outlier"]

_ODD: Final[dict[Language, str]] = {
    "en": r"\b(?:that|the|this) (?:one|single|lone|odd|stray|weird|strange|crazy|freak|extreme)\b (?!of|with|in|at|"
    r"that|who)"
    r"|\b(?:way|far|all the way) (?:up|down|out|above|below)(?: \w+)?\b|\b(?:dot|circle|stray point)\b",
    "de": r"\b(?:der|die|das|den|dem|diese[rsnm]?|jene[rsnm]?) ein(?:e|en|er|zelne\w*)?\b|\bganz (?:weit )?(?:oben|"
    r"unten)\b|"
    r"\bweit (?:oben|unten|draußen|drüber|darüber|darunter)\b|\b(?:verrückte|komische|seltsame|krasse|extreme)\w* \w+",
    "fr": r"\b(?:ce(?:t|tte)?|le|la) (?:\w+ ){0,3}(?:bizarre|étrange|extrême|isolée?)\b|\btout (?:en haut|en bas|"
    r"là-haut)\b|"
    r"\b(?:très|vraiment|super) (?:longtemps|longue?|haut\w*|élevée?|basse?)\b",
    "es": r"\b(?:ese|esa|aquel|aquella) (?:\w+ ){0,3}(?:rar[oa]|extrañ[oa]|extrem[oa]|aislad[oa])\b|"
    r"\b(?:allá|muy) (?:arriba|abajo)\b|\btan (?:larg|alt|baj)[oa]\b",
    "ko": r"유난히|유독|혼자|뚝 ?떨어진|저 ?위에|저 ?아래|동떨어|이상한 ?(?:값|점|것)|튀는",
    "zh": r"特别(?:长|高|低|大|小|久)的(?:那|一)|那[一个]*(?:异常|离群|特别|奇怪)|远远(?:高|低)",
}
_SINGLE: Final[dict[Language, str]] = {
    "en": rf"\bhow \w+ (?:is|was) (?:the )?\w+est (?:single )?{PLACE}",
    "de": rf"\bwie \w+ (?:ist|war|wiegt) (?:der|die|das) \w+ste\w? (?:einzelne\w? )?{PLACE}",
    "fr": rf"\bcombien \w+ (?:le |la |l['’])?{PLACE} (?:le|la) (?:plus|moins) \w+",
    "es": rf"\bcuánto \w+ (?:el |la )?{PLACE} (?:más|menos) \w+",
    "ko": rf"(?:가장|제일) ?\w+ {PLACE}\w*[은는이가]? ?(?:몇|얼마)",
    "zh": rf"最[重轻大小长短高矮贵老快慢](?:的|的那[一]?)?[只个条位头匹棵株名辆]?{PLACE}\w{{0,2}}(?:有|是)?(?:多|几)",
}
"""How heavy the heaviest one of a box is."""
_MADE_OF_ALL: Final = r"median|average|typical|usual|\bmean\b|durchschnitt|moyenne|mediana?|중앙|평균|中位|平均"

_VERDICT: Final = r"\W*(?:is|are|was|were|do|does|did|has|have|ist|war|hat|est-ce|es|fue)\b"


def as_single_outlier(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question for one odd value of a box that is named as one for the values beyond its whiskers.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn, text = drawn_series(panels), text.lower()
    boxes = bool(drawn) and all(one.kind == "box plot" for one in drawn)
    kept = query.threshold or query.then is not None or query.top or query.has("why") or re.match(_VERDICT, text)
    if not boxes or kept or len(query.places) != 1 or re.search(_MADE_OF_ALL, text):
        return query
    if query.operations == ("outlier",) and not query.unheard:
        return replace(query, firm=True)
    if query.operations in (("maximum",), ("minimum",)) and re.search(_SINGLE[query.language], query.text):
        return replace(query, unheard="", statistic="", yes_no=False, firm=True)
    if re.search(_ODD[query.language], text) is None:
        return query
    return replace(query, operations=("outlier",), unheard="", statistic="", yes_no=False, firm=True)
