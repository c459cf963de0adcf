"""Which of two series is ahead "and by how much": the question for the higher one is one for the difference as well."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query

__all__ = ["as_margin"]

_MARGIN: Final[dict[Language, str]] = {
    "en": r"(?:,| and),? (?:by how (?:much|many|far)|how (?:much|many)(?: \w+)? (?:more|less|fewer|higher|lower))\b",
    "de": r"(?:,| und),? (?:um wie ?viel\w*|wie ?viele?(?: \w+)? (?:mehr|weniger|höher|niedriger))\b",
    "fr": r"(?:,| et),? (?:de|par) combien\b|(?:,| et),? combien(?: d['’e] ?\w+)? de (?:plus|moins)\b",
    "es": r"(?:,| y),? (?:por|en) cuánt\w+|(?:,| y),? cuánt\w+(?: \w+)? (?:más|menos)\b",
    "ko": r"얼마나 ?(?:더|덜|차이)|몇 ?\S{1,3} ?(?:더|덜|차이)",
    "zh": r"(?:多|高|少|低|差)了?多少",
}
_WHICH: Final[dict[Language, str]] = {
    "en": r"\b(?:which|who|what|where)\b",
    "de": r"\b(?:welche[rsnm]?|wer|wo|was)\b",
    "fr": r"\b(?:qui|quel(?:le)?s?|lequel|laquelle|où)\b",
    "es": r"\b(?:qué|cuál|quién|dónde)\b",
    "ko": r"어느|어떤|누가|어디",
    "zh": r"哪|谁",
}


def as_margin(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question which of two series has more, "and by how much", as one for their difference.

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
    pair = len(panels) == 1 and len(drawn) == 2 and all(one.name for one in drawn) and not query.series
    beyond = query.threshold or query.bounds or query.groups or query.limits or query.rank > 1 or query.top
    apart = query.then is None or query.then.operations == ("difference",)
    if not pair or beyond or not apart or query.operations not in (("maximum",), ("minimum",), ("gap",)):
        return query
    asked = (re.search(words[query.language], text) for words in (_WHICH, _MARGIN))
    if not all(asked):
        return query
    if query.statistic == "sum" and not query.places:
        return replace(query, operations=("totals",), direction="up", of_series=True, then=None, firm=True)
    names = tuple(one.name for one in sorted(drawn, key=lambda one: -_amount(one, query)))
    named = query.statistic == "mean" or len(query.places) == 1
    apart_at = replace(query, operations=("difference",), series=names, of_series=False, then=None, firm=True)
    return apart_at if named else query


def _amount(series: Series, query: Query) -> float:
    """Return the value of a series at the place of a question, or else its mean, by which the higher one is told."""
    at = [value for place, value in zip(series.x, series.y, strict=False) if place in query.places]
    values = [value for value in at or series.y if math.isfinite(value)]
    return fmean(values) if values else 0.0
