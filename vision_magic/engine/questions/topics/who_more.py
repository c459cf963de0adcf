"""Which of all series has more or less at a place, or in a part of the axis: "who used less from June to August?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.task import Item
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.places.periods import can_be_added
from vision_magic.engine.questions.query import Query

__all__ = ["as_who_more", "compares_series"]

_WHO: Final[dict[Language, str]] = {
    "en": r"\b(?:who|which|what)\b",
    "de": r"\b(?:wer|welche[rs]?)\b",
    "fr": r"\b(?:qui|lequel|laquelle|quel(?:le)?)\b",
    "es": r"\b(?:quién|quien|cuál|qué)\b",
    "ko": r"누가|누구|어느|어떤",
    "zh": r"谁|哪",
}


def as_who_more(query: Query, panels: Sequence[ChartPanel]) -> Query:
    """Return a query as one for the higher or lower of all series, or for the sum of a part of the axis, if it is one.

    "How much did A use from June to August" asks for what is in this part, and not for its course.
    """
    unclear = set(query.operations) <= {"value", "trend", "compare"} and "trend" not in query.words
    if not unclear or query.direction or query.threshold or query.sides or not query.operations:
        return query
    who = re.search(_WHO[query.language], query.text) is not None and not query.has("when")
    if who and not query.series and compares_series(query, panels):
        if query.bounds is not None and not query.places:
            return replace(query, operations=("totals",))
        if len(query.places) == 1 and query.bounds is None:
            return replace(query, operations=("minimum" if query.asks_less else "maximum",))
    ends = query.bounds
    ranged = ends is not None and ends.low is not None and ends.high is not None and ends.low != ends.high
    if query.operations == ("value",) and ranged and "value" in query.words and all(map(can_be_added, _items(panels))):
        return replace(query, operations=("group",), firm=not re.search(_APART, query.text))
    return query


_APART: Final = (
    r"\b(?:is|are|was|were|lies?|lay|lieg\w*|lag(?:en)?|ist|sind|war(?:en)?|y a-t-il|sépare\w*|hay|había|separa\w*|"
    r"different\w*|differ\w*|unterschied\w*|improv\w*|verbesser\w*|amélior\w*|mejor\w*|better|besser|mieux|"
    r"faster|slower|schneller|langsamer)\b|차이|빨라|느려|나아|差|提高|进步|改善"
)
"""Words by which an amount between two places is how far they are apart: "how much lies between May and June"."""


def compares_series(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether it asks for more or less, of all series or of two whose values can be added up."""
    drawn = drawn_series(panels)
    if len(panels) != 1 or len(drawn) < 2 or len(query.series) not in (0, 2):
        return False
    if not all(map(can_be_added, _items(panels))) or query.yes_no or query.statistic:
        return False
    return query.has("more") != query.has("less")


def _items(panels: Sequence[ChartPanel]) -> list[Item]:
    return [Item(one, panel, one.name, "en") for panel in panels for one in drawn_series([panel])]
