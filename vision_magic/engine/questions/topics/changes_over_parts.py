"""Changes over a part of an axis: "how much did it grow in the first week", "how much did it fall in March"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.numbers import is_date
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.moves import are_in_a_row, is_course

__all__ = ["as_change_over_part"]

_HOW_MUCH: Final[dict[Language, str]] = {
    "en": r"\bhow (?:much|many \w+|far) (?:did|do|does|has|have)\b|\bby how (?:much|many)\b",
    "de": r"\bum wie ?viele?\b|\bwie (?:stark|sehr)\b|\bwie viel (?:ist|sind|hat|haben)\b",
    "fr": r"\bde combien\b|\bcombien (?:a|ont)\b",
    "es": r"\bcuánto (?:ha |han )?\w+(?:ó|ió|eron|aron|do)\b|\ben cuánto\b",
    "ko": r"얼마나|얼마(?=\S* ?(?:올|내|늘|줄|증|감|상|하))|몇 ?\S{1,4}(?:이나)? ?(?=올|내|늘|줄|증|감|상|하)",
    "zh": r"了多少|多少(?=\W*$)",
}
"""Questions for the amount of a change, and not for what fell, such as rain."""


def as_change_over_part(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "how much did it grow in the first week" as a question that needs no second reading.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn = [one for one in drawn_series(panels) if not query.series or one.name in query.series]
    kept = query.threshold or query.bounds or query.then or query.without or query.statistic or query.top
    if len(panels) != 1 or not drawn or not all(map(is_course, drawn)) or kept or "trend" not in query.words:
        return query
    if query.words & {"maximum", "minimum", "rate", "step", "count"}:
        return query
    if query.operations == ("trend",) and len(query.groups) == 1 and not query.places:
        run = len(query.groups[0].places) > 2 and all(are_in_a_row(query.groups[0].places, one.x) for one in drawn)
        return replace(query, firm=query.firm or run)
    asked = query.operations in (("value",), ("sum",)) and re.search(_HOW_MUCH[query.language], text.lower())
    return replace(query, operations=("value",), firm=True) if asked and _is_of_period(query, drawn) else query


def _is_of_period(query: Query, drawn: Sequence[Series]) -> bool:
    """Return whether the only place of a question is a month or a year of several dates that are drawn."""
    if len(query.places) != 1 or query.groups or not isinstance(query.places[0], str):
        return False
    period = query.places[0]
    dates = [place for one in drawn for place in one.x if isinstance(place, str)]
    return is_date(period) and any(place.startswith(period) and len(place) > len(period) for place in dates)
