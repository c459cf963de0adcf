"""Which of several series stays within a limit at all places: "which class never exceeded 1000?"."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.places.rows_and_columns import names_series
from vision_magic.engine.questions.query import Query

__all__ = ["as_always_within"]

_NEVER: Final[dict[Language, str]] = {
    "en": r"\b(?:never|not once|at no (?:time|point)|not (?:even )?once)\b",
    "de": r"\b(?:nie|niemals|kein einziges mal|zu keine[mr] \w+|nicht ein(?:mal| einziges mal))\b",
    "fr": r"\b(?:jamais|à aucun (?:moment|instant)|pas une (?:seule )?fois)\b",
    "es": r"\b(?:nunca|jamás|en ningún momento|ni una (?:sola )?vez)\b",
    "ko": r"한 ?번도|결코|절대로?|전혀",
    "zh": r"从未|从来没有?|从不|不曾|(?:都|一次也|一直|始终)没有?|没有?(?=超过|低于|高于|达到)",
}
_ALWAYS: Final[dict[Language, str]] = {
    "en": r"\b(?:always|constantly|throughout|all (?:the )?(?:day|week|year|month|time|along)|at all times|"
    r"the (?:whole|entire) (?:day|week|month|year|time|period)|stay(?:s|ed)?|remain(?:s|ed)?)\b",
    "de": r"\b(?:immer|stets|durchgehend|durchwegs?|jederzeit|ständig|"
    r"(?:den|die|das) ganzen? (?:tag|woche|monat|jahr|zeit)(?: über| lang)?)\b",
    "fr": r"\b(?:toujours|constamment|en permanence|tout le temps|"
    r"toute (?:la|l['’]) ?(?:journée|semaine|année|période)|rest(?:e|ée?s?|ait))(?!\w)",
    "es": r"\b(?:siempre|constantemente|en todo momento|tod[oa] (?:el|la) (?:día|tiempo|año|semana|mes)|"
    r"se mantuvo|permaneció)\b",
    "ko": r"(?:하루|온) ?종일|내내|항상|언제나|줄곧|계속",
    "zh": r"一?整天|全天|一直|始终|总是|全程|全年|一整[年周月]|从头到尾",
}


def as_always_within(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "which class never exceeded 1000" as a question for the series of which all values are within a limit.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    text, drawn, limit = text.lower(), drawn_series(panels), query.threshold
    several = len(panels) == 1 and len(drawn) > 1 and all(len(one.x) > 1 for one in drawn)
    kept = query.series or query.places or query.bounds or query.groups or query.then or query.top or query.without
    if limit is None or not math.isfinite(limit.limit) or limit.of_places or not several or kept or query.firm:
        return query
    never = re.search(_NEVER[query.language], text)
    said = " ".join(match[0] for words in (_NEVER, _ALWAYS) for match in re.finditer(words[query.language], text))
    understood = "unheard" not in query.operations or (bool(query.unheard) and query.unheard.lower() in said)
    if not said or not understood or not names_series(query, text, panels[0], drawn):
        return query
    if limit.turned and never is None:
        return query  # "which was not always below"
    limit = limit.denied() if never is not None and not limit.turned else limit
    query = replace(query, operations=("always within",), threshold=limit, unheard="", negated=False, yes_no=False)
    return replace(query, firm=True, statistic="")
