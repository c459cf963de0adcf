"""What is lost: between two series, such as colonies before winter and in spring, or as what a chart measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query

__all__ = ["as_lost_between", "with_lost_as_there"]

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


_MEASURES_LOSS: Final = re.compile(
    r"downtime|\blost\b|\bloss|\bwaste|\bstop(?:s|page|pages|ped)?\b|outage|\bdelay|\bidle|ausf[aä]ll|stillst[aä]nd|"
    r"verlust|verschwend|\barrêts?\b|\bpertes?\b|\bpannes?\b|\bretards?\b|gaspill|\bparadas?\b|\bpérdidas?\b|"
    r"\bretrasos?\b|desperdici|정지|손실|중단|지연|낭비|폐기|停机|停工|损失|延误|浪费",
    re.IGNORECASE,
)
_LOSING: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "en": (
        (
            r"\b(how (?:many|much)\b.{0,40}?) (?:do|did|does|have|has) (?:we|i|you|they|it|one) "
            r"(?:lose|lost|waste|wasted)\b",
            r"\1 are there",
        ),
        (
            r"\b(how (?:many|much)\b.{0,40}?) (?:is|are|was|were|gets?|got|go|went) (?:being )?(?:lost|wasted)\b",
            r"\1 are there",
        ),
    ),
    "de": (
        (
            r"\b(wie ?viele?\b.{0,30}?) (?:verlier(?:en|t)|verlor(?:en)?|verschwende\w*) (?:wir|man|sie|ich)\b",
            r"\1 gibt es",
        ),
        (
            r"\b(wie ?viele?\b.{0,30}?) (?:gehen|gingen|geht|ging|haben wir|hat man|wurden)\b(.{0,60}?) ?"
            r"(?:verloren|verschwendet)\b",
            r"\1 gibt es\2",
        ),
    ),
    "fr": (
        (
            r"\b(combien d.{0,40}?) (?:perd(?:-on|ons-nous|ez-vous)|(?:a-t-on|avons-nous) perdue?s?|"
            r"(?:sont|ont été|est|a été) perdue?s?)(?!\w)",
            r"\1 y a-t-il",
        ),
    ),
    "es": (
        (
            r"(cu[aá]nt[oa]s?\b.{0,30}?) (?:se )?(?:pierden?|perdi(?:ó|eron|mos)|perdemos|(?:han|hemos) perdido)(?!\w)",
            r"\1 hay",
        ),
    ),
    "ko": ((r"(몇 ?\S{1,3}?|얼마)(?:[을를이가])? ?(?:잃|허비|낭비|손실)\S*", r"\1 있어?"),),
    "zh": ((r"(?:损失|浪费|耽误)了?(?=多少|几)", "有"),),
}
"""Verbs of losing in questions for an amount."""


def with_lost_as_there(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return "how many hours do we lose" as "how many hours are there", where what is measured is what is lost.

    Hours of downtime do not become less as they are lost, unlike those of sleep.
    """
    labels = " ".join(f"{panel.title} {panel.axis_of(one).label}" for panel in panels for one in drawn_series([panel]))
    if _MEASURES_LOSS.search(labels) is None:
        return text
    for losing, there in _LOSING[language]:
        if re.search(losing, text, re.IGNORECASE):
            text = re.sub(
                _BECAUSE[0], _BECAUSE[1], re.sub(losing, there, text, flags=re.IGNORECASE), flags=re.IGNORECASE
            )
    return text


_BECAUSE: Final = (
    r"\bà cause d(?:es?|u)\b|\bbecause of\b|\bwegen\b|\baufgrund (?:von|der|des)\b|\bdebido al?\b|\ba causa del?\b",
    "/",
)
"""Words for a cause that only names what the hours were lost to."""
