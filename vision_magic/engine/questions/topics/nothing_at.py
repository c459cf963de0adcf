"""Places at which there is nothing, or already something: "in which week did I write nothing?", "what ripens now?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import BARS, ChartPanel, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.operations import values_at
from vision_magic.engine.questions.query import Query, Threshold
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["as_nothing_at", "as_something_at"]

_ASKED: Final[dict[Language, str]] = {
    "en": r"\b(?:which|what|when|any|how many|was there|were there|is there|are there|did (?:i|we|it|he|she|"
    r"they) (?:ever )?have)\b",
    "de": r"\b(?:welche[mnrs]?|wann|wie ?vielen?|gab es|gibt es|war(?:en)?|irgendein\w*)\b",
    "fr": r"\b(?:quel(?:le)?s?|quand|combien|y a-t-il|y avait-il|il y a|est-ce qu)",
    "es": r"\b(?:qué|cuál|cuándo|cuánt[oa]s|hay|hubo|había|algún|alguna)\b",
    "ko": r"있(?:어|었|나|니|을|는)|(?:때|시간|날|요일|달)[은는]\W*$|언제|어느|어떤|몇|무슨",
    "zh": r"哪|几|多少|什么时候|有没有|是否有|有.{0,20}吗",
}
_NOTHING: Final[dict[Language, str]] = {
    "en": r"\b(?:nothing|nobody|no[- ]one|none at all|not? (?:\w+ ){1,3}at all|not a single)\b|"
    r"n['’]t (?:\w+ ){1,3}at all\b|"
    r"\b(?:at|was|were|is|are|stayed|stood at) zero\b(?! (?:degrees|[°%]))",
    "de": r"\b(?:nichts|niemand|gar nicht\w*|überhaupt nicht\w*|kein einzige\w*|keinerlei|"
    r"(?:bei|auf|gleich|war(?:en)?) null)\b(?! (?:grad|uhr))",
    "fr": r"\brien\b|\bn(?:e\b|['’]).{1,40}\bpersonne\b|\bpersonne n(?:e\b|['’])|\bpas du tout\b|"
    r"\bpas un seul\b|\bà zéro\b(?! degré)",
    "es": r"\bnada\b|\bnadie\b|\bni un[oa]? sol[oa]\b|"
    r"\b(?:a|en|fue|era|es|igual a) cero\b(?! grados)",
    "ko": r"하나도 ?\S{0,3} ?(?:안|못|없)|전혀 ?\S{0,3} ?(?:안|못|없)|한 ?\S{1,2}도 ?(?:안|못|없)|아무(?:것|도|"
    r"도 ?안)\S* ?(?:안|못|없)|"
    r"(?<!\d)0\S{0,3}(?:인|이었|일)",
    "zh": r"(?:一\S{0,2}(?:也|都)|完全|什么(?:也|都))(?:没|不)|没有任何|为零|是零|为0|是0",
}
_WITHOUT: Final[dict[Language, str]] = {
    "en": r"\b(?:without|no|with zero|had zero|with 0)\b (?:any )?(?P<noun>\w+)",
    "de": r"\b(?:ohne|mit null|mit 0|kein\w*)\b (?P<noun>\w+)",
    "fr": r"\b(?:sans|aucune?|zéro|avec 0) (?:d['’])?(?P<noun>\w+)",
    "es": r"\b(?:sin|ning[uú]na?|cero|con 0) (?P<noun>\w+)",
    "ko": r"(?P<noun>[가-힣]{1,6}?)(?:이|가|을|를)? ?없(?:는|었던|던|이)",
    "zh": r"没有(?P<noun>[\u4e00-\u9fff]{1,4}?)的",
}
_STEM: Final = 4
_KINDS: Final = ("line", "area", "step", "heat map", *BARS)


def as_nothing_at(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "was there a week without writing" as a question for values of zero.

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
    counted = len(panels) == 1 and bool(drawn) and all(one.kind in _KINDS for one in drawn)
    kept = (
        query.then is not None
        or query.operations == ("equal neighbours",)
        or 0.0 in query.places
        or query.threshold
        or query.bounds
        or query.top
        or query.rank > 1
        or query.limits
    )
    chosen = [one for one in drawn if not query.series or one.name in query.series]
    several = len(chosen) > 1 and drawn[0].kind != "heat map"
    if not counted or kept or several or re.search(_ASKED[language], text) is None:
        return query
    ranked = query.without or query.words & {"maximum", "minimum"}
    if not re.search(_NOTHING[language], text) and (ranked or not _is_without(text, language, panels)):
        return query
    if any(value < 0 for one in chosen for value in one.y):
        return query
    words: frozenset[Operation] = frozenset(("threshold",))
    query = replace(query, operations=("threshold",), words=words, threshold=Threshold(limit=0.0, kind="at most"))
    column = query.places if drawn[0].kind == "heat map" and not query.series else ()
    query = replace(query, unheard="", places=column, without=(), amounts=(), statistic="", negated=False, firm=True)
    return replace(query, text="ever", asked_in="en") if query.yes_no else query


_SOMETHING: Final[dict[Language, str]] = {
    "en": r"\b(?:already|anything|something|any|at all)\b(?! (?:more|less|other|given|one)\b)",
    "de": r"\b(?:schon|bereits|irgendetwas|irgendwelche\w*|etwas|überhaupt)\b(?! (?:mehr|weniger)\b)",
    "fr": r"\bdéjà\b|\bquelque chose\b",
    "es": r"\bya\b|\balgo\b(?! (?:más|menos)\b)|\balgun[oa]s?\b",
    "ko": r"이미|벌써|조금이라도|하나라도|뭐라도",
    "zh": r"已经?(?=有|开始|能|可)|就有|任何",
}
"""That there is more than nothing, of what is nothing elsewhere."""
_WHICH: Final[dict[Language, str]] = {
    "en": r"\b(?:which|what|how many|who)\b",
    "de": r"\b(?:welche\w*|was|wie ?viele|wer)\b",
    "fr": r"\b(?:quel(?:le)?s?|combien|qui|lesquel(?:le)?s)\b",
    "es": r"\b(?:qué|cuál(?:es)?|cuánt[oa]s|quién(?:es)?)\b",
    "ko": r"어느|어떤|무슨|무엇|뭐|누구|누가|몇",
    "zh": r"哪|什么|谁|几|多少",
}


def as_something_at(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "what is already picked in May" as a question for values above zero, where there are some and none.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    text, drawn = text.lower(), drawn_series(panels)
    table = len(panels) == 1 and len(drawn) > 1 and all(one.kind in ("heat map", *BARS) for one in drawn)
    one = len(query.series) + len(query.places) == 1
    kept = query.then or query.threshold or query.bounds or query.top or query.rank > 1 or query.limits or query.groups
    told = query.words & {"maximum", "minimum", "difference", "compare", "trend", "mean", "ratio"}
    if not table or not one or kept or told or query.yes_no or query.firm:
        return query
    if not (re.search(_SOMETHING[query.language], text) and re.search(_WHICH[query.language], text)):
        return query
    values = [value for row in drawn if not query.series or row.name in query.series for value in _asked_of(row, query)]
    if not values or min(values) != 0 or max(values) <= 0:
        return query
    words: frozenset[Operation] = frozenset(("threshold",))
    query = replace(query, operations=("threshold",), words=words, threshold=Threshold(limit=0.0, kind="above"))
    return replace(query, unheard="", statistic="", firm=True)


def _asked_of(row: Series, query: Query) -> Sequence[float]:
    return [value for place in query.places for value in values_at(row, place)] if query.places else row.y


def _is_without(text: str, language: Language, panels: Sequence[ChartPanel]) -> bool:
    """Return whether a question denies what is measured, in a word of the chart: "without rain" of rainfall."""
    match = re.search(_WITHOUT[language], text)
    if match is None:
        return False
    labels = [(panel.title, panel.y.label, panel.x.label) for panel in panels]
    bars = [panel.colour_bar.label for panel in panels if panel.colour_bar is not None]
    own = " ".join((*(part for parts in labels for part in parts), *bars)).lower()
    noun = match["noun"]
    stem = noun[: max(_STEM, len(noun) - 3)] if language not in ("ko", "zh") else noun
    return len(noun) > 1 and re.search(rf"(?<![^\W\d_]){re.escape(stem)}", own) is not None
