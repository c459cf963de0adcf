"""What is lost between two series of which one is before and the other after: colonies before winter and in spring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query

__all__ = ["as_lost_between"]

_LOST: Final[dict[Language, str]] = {
    "en": r"\b(?:los[et]s?|losing|losses|loss|died?|dead|deaths?|perished|gone)\b",
    "de": r"(?:\w*verlust\w*|\bverlor\w*|\bverlier\w*|\bgestorben|\bstarben|\beingegangen|\btote?\b|\babgestorben)",
    "fr": r"\b(?:perd\w*|pertes?|morte?s?|mourir)\b",
    "es": r"\b(?:perd\w*|pérdidas?|muri\w*|muert[oa]s?)\b",
    "ko": r"죽|잃|손실|폐사|사라",
    "zh": r"损失|失去|死|丢",
}
_BEFORE: Final = (
    r"\b(?:before|start|initial|previous)\b|\bvor\b|vorher|anfang|\bavant\b|début|\bantes\b|inicio|이전|"
    r"(?<=\s)전$|之前|前$"
)
_AFTER: Final = (
    r"\b(?:after|alive|left|remaining|surviv\w*|end|final)\b|\bnach\b|nachher|ende\b|überlebt|\baprès\b|restant|"
    r"vivante?s|"
    r"después|\bviv[oa]s\b|이후|(?<=\s)후$|생존|之后|后$|存活"
)
_HOW_MANY: Final = r"\bhow (?:many|much)\b|\bwie ?viele?\b|\bcombien\b|\bcu[aá]nt[oa]s\b|몇|얼마|多少|几"
_IN_PERCENT: Final = r"%|per ?cent|prozent|pour ?cent|por ?ciento|퍼센트|百分|share|anteil"


def as_lost_between(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "how many did I lose in 2021" as a question for the difference of both series; other losses are declined.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    names = [one.name for one in drawn_series(panels)]
    before = [name for name in names if re.search(_BEFORE, name.lower())]
    after = [name for name in names if re.search(_AFTER, name.lower())]
    lost = re.search(_LOST[query.language], text.lower())
    if len(names) != 2 or len(before) != 1 or len(after) != 1 or before == after or lost is None:
        return query
    if lost[0] in " ".join(names).lower():
        return query
    plain = replace(query, bounds=None, amounts=(), threshold=None, yes_no=False, firm=True, then=None)
    asked = re.search(_HOW_MANY, text.lower()) and not re.search(_IN_PERCENT, text.lower())
    if asked and len(query.places) == 1 and query.threshold is None and not query.words & {"maximum", "minimum"}:
        return replace(plain, operations=("difference",), series=(before[0], after[0]), unheard="")
    return replace(plain, operations=("unheard",), unheard=lost[0])
