"""Changes between a place and an extreme: "how much did it lose from 2018 to the low point?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Place, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.operations import Bounds
from vision_magic.engine.questions.query import Query

__all__ = ["as_change_to_extreme"]

_LOW: Final[dict[Language, str]] = {
    "en": r"(?:low(?:est)? (?:point|value|level|mark)|low(?:est)?\b(?! (?!to\b|until\b|and\b|in\b|on\b)\w)|trough|"
    r"bottom|minimum)",
    "de": r"(?:tief(?:st)?(?:punkt|stand|wert)|tief\b|minimum|talsohle|niedrigste[nrm]? (?:punkt|wert|stand))",
    "fr": r"(?:creux|minimum|(?:point|niveau) le plus bas|plus bas\b)",
    "es": r"(?:mínimo|punto más bajo|nivel más bajo|valor más bajo)",
    "ko": r"(?:최저점|최저치|최솟값|저점|바닥|제일 ?낮았을 ?때|가장 ?낮았을 ?때)",
    "zh": r"(?:最低点|最低值|最小值|低点|谷底)",
}
_HIGH: Final[dict[Language, str]] = {
    "en": r"(?:high(?:est)? (?:point|value|level|mark)|high(?:est)?\b(?! (?!to\b|until\b|and\b|in\b|on\b)\w)|peak|"
    r"top|maximum|record)",
    "de": r"(?:höchst(?:punkt|stand|wert)|höhepunkt|gipfel|hoch\b|maximum|höchste[nrm]? (?:punkt|wert|stand))",
    "fr": r"(?:pic|sommet|maximum|(?:point|niveau) le plus haut|plus haut\b)",
    "es": r"(?:máximo|pico|punto más alto|nivel más alto|valor más alto)",
    "ko": r"(?:최고점|최고치|최댓값|고점|정점)",
    "zh": r"(?:最高点|最高值|最大值|高点|峰值|顶点)",
}
_FROM: Final[dict[Language, str]] = {
    "en": r"\b(?:from|since|after) (?:(?:its|the|their|that|very) ){0,2}X",
    "de": r"\b(?:vo[nm]|seit|nach|ab) (?:(?:de[mnr]|seinem|ihrem|seiner|ihrer) )?X",
    "fr": r"(?:\b(?:depuis|après|de|du|à partir d[eu])|\bd['’]) ?(?:(?:le|la|son|sa) )?X",
    "es": r"\b(?:desde|después del?|tras|del?) (?:(?:el|la|su) )?X",
    "ko": r"X ?(?:에서|부터|이후|대비|보다)",
    "zh": r"(?:从|自)X|X(?:以来|以后|之后|到|至)",
}
_TO: Final[dict[Language, str]] = {
    "en": r"\b(?:to|until|till|and|down to|up to) (?:(?:its|the|their|that|very) ){0,2}X",
    "de": r"\b(?:bis|und) (?:zu[mr]? )?(?:(?:de[mnr]|seinem|ihrem) )?X",
    "fr": r"(?:\b(?:et|jusqu['’]au?|au|à)) ?(?:(?:le|la|son|sa) )?X",
    "es": r"\b(?:hasta|y|al?) (?:(?:el|la|su) )?X",
    "ko": r"X ?(?:까지|사이)",
    "zh": r"(?:到|至|和|与)X",
}
_CHANGED: Final[dict[Language, str]] = {
    "en": r"\bhow (?:much|far|many)\b.*\b(?:los[et]|fall|fell|drop|declin|decreas|gain|ris[ei]|rose|grow|grew|"
    r"recover|climb|"
    r"increas|improv|chang|shrink|come back|go(?:ne)? (?:up|down)|differ|add)",
    "de": r"\bwie (?:viele?|weit|stark)\b.*(?:verlor|verlier|gefallen|fiel|fällt|gesunken|sank|gestiegen|stieg|"
    r"gewonnen|"
    r"gewachsen|wuchs|erhol|zugelegt|zugenommen|abgenommen|verändert|eingebüßt)",
    "fr": r"\bcombien\b.*(?:perd|baiss|chut|recul|diminu|gagn|augment|mont|remont|progress|récupér|pris)",
    "es": r"\bcu[aá]nto\b.*(?:perd|cay|caíd|baj|disminu|gan|sub|aument|creci|recuper)",
    "ko": r"(?:얼마나|얼마|몇).*(?:줄|감소|떨어|내려|잃|늘|증가|올라|올랐|회복|변)|(?:줄|감소|떨어|늘|증가|올라|"
    r"회복).*(?:얼마|몇)",
    "zh": r"(?:减少|下降|跌|降|损失|增加|上升|涨|回升|恢复|增长).*(?:多少|几)|(?:多少|几).*(?:减少|下降|跌|增加|上升|"
    r"涨)",
}


def as_change_to_extreme(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "how much did it lose between 2018 and the low point" as a question for the change between these two.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn, text, language = drawn_series(panels), text.lower(), query.language
    of_one = len(drawn) == 1 or len(query.series) == 1
    if not of_one or query.then is not None or query.threshold or re.search(_CHANGED[language], text) is None:
        return query
    if any(one.kind in ("box plot", "histogram", "pie", "points", "heat map") for one in drawn):
        return query
    low, high = (re.search(words[language], text) is not None for words in (_LOW, _HIGH))
    places = _ends(query)
    if low == high or len(places) > 1:
        return query
    extreme = (_LOW if low else _HIGH)[language]
    since, to = (re.search(words[language].replace("X", extreme), text) is not None for words in (_FROM, _TO))
    plain = replace(query, places=(), amounts=(), rank=1, top=0, statistic="", unheard="", yes_no=False, firm=True)
    if since:
        kept = Bounds(high=places[0]) if places else None
        return replace(plain, operations=("since extreme",), bounds=kept, direction="up" if low else "down")
    if to and places:
        kept = Bounds(low=places[0])
        return replace(plain, operations=("to extreme",), bounds=kept, direction="down" if low else "up")
    return query


def _ends(query: Query) -> tuple[Place, ...]:
    """Return the places that a question names, also as ends of a part of the axis."""
    ends = () if query.bounds is None else (query.bounds.low, query.bounds.high)
    return tuple(dict.fromkeys((*query.places, *(end for end in ends if end is not None))))
