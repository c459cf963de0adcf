"""Where a series rises or falls from one place to the next: "in which quarter did tea drop?", "did it ever shrink?"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names import kind_of_names
from vision_magic.engine.questions.numbers import is_date, period_of
from vision_magic.engine.questions.operations import in_order
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.task import Task, join

__all__ = ["as_moves", "as_moves_between", "is_ordered", "moves"]

_PERIODS: Final = r"(?:years?|months?|quarters?|weeks?|days?|hours?|seasons?|decades?|periods?|time|times)"
_AUXILIARY: Final = "(?:did|do|does|was|were|is|are|has|have)"
_WHERE: Final = re.compile(
    rf"^\W*(?:(?:in|on|at|during|over|from|between) )?(?:which|what) {_PERIODS} {_AUXILIARY}\b|"
    rf"^\W*(?:in )?how many {_PERIODS} {_AUXILIARY}\b|^\W*when did\b"
)
_EVER: Final = re.compile(rf"\b(?:ever|anywhere|at any (?:point|time)|in any {_PERIODS}|any {_PERIODS})\b")
_OTHERWISE: Final = re.compile(
    r"\b(?:first|last|again|start\w*|begin\w*|began|stop\w*|most|fast\w*|row|consecutive|steep\w*|sharp\w*|"
    r"back|below|above|under|over (?:the|a)|than|by)\b"
)
"""Words with which a question asks for one place among these, or for a limit."""
_MOST: Final = 60


def as_moves(query: Query, written: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return an English question where a series rises or falls as one about its steps; None for another."""
    told = query.operations in (("trend",), ("count",)) and "trend" in query.words and bool(query.direction)
    kept = query.places or query.groups or query.threshold or query.limits or query.panels
    if query.language != "en" or not told or kept or len(panels) != 1 or query.words & {"maximum", "minimum", "rate"}:
        return None
    drawn = [one for one in drawn_series(panels) if not query.series or one.name in query.series]
    if not drawn or len(drawn) > 3 or not all(2 < len(one.x) <= _MOST and is_ordered(one.x) for one in drawn):
        return None
    text = written.lower()
    ever = query.yes_no and _EVER.search(text) is not None
    if _OTHERWISE.search(text) or not (ever or _WHERE.search(text)):
        return None
    return replace(query, operations=("moves",), text=_EVER.sub(" ", query.text))


_IN_BETWEEN: Final[dict[Language, str]] = {
    "en": r"\b(?:in[- ]between|at (?:some|any) (?:point|time|stage)|along the way|meanwhile|temporarily|for a while)\b",
    "de": r"\b(?:zwischendurch|zwischenzeitlich|zwischendrin|irgendwann|vorübergehend|zeitweise|mittendrin)\b",
    "fr": r"\b(?:entre[- ]temps|à un (?:moment|instant)|en cours de route|temporairement|par moments)\b",
    "es": r"\b(?:en algún momento|entretanto|entre ?medias|por el camino|temporalmente|mientras tanto)\b",
    "ko": r"중간에|도중에|한 ?번이라도|잠시|한때|일시적으로",
    "zh": r"中途|期间|中间|一度|曾经?|暂时",
}
"""Words for any time between the first and the last."""


def as_moves_between(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "did it fall in between" as a question for the steps of a course, and not for the whole of it.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    told = query.operations in (("trend",), ("growth",), ("moves",)) and bool(query.direction)
    kept = query.places or query.groups or query.threshold or query.bounds or query.then
    if not told or kept or len(panels) != 1 or re.search(_IN_BETWEEN[query.language], text.lower()) is None:
        return query
    drawn = [one for one in drawn_series(panels) if not query.series or one.name in query.series]
    if not drawn or not all(2 < len(one.x) <= _MOST and is_ordered(one.x) for one in drawn):
        return query
    return replace(query, operations=("moves",), yes_no=True, statistic="", firm=True)


def is_ordered(places: Sequence[object]) -> bool:
    """Return whether places come one after the other: numbers, dates, months and the like, unlike names."""
    names = [place for place in places if isinstance(place, str)]
    return not names or all(map(is_date, names)) or bool(period_of(names) or kind_of_names(names))


def moves(task: Task) -> Iterator[str]:
    """Yield the places at which values are higher, or lower, than at the place before."""
    up = task.query.direction == "up"
    found = []
    for item in task.items:
        steps = [(a, b) for a, b in pairwise(in_order(item.series)) if (b.value > a.value if up else b.value < a.value)]
        found.append((item, steps))
    if task.query.yes_no:
        yield task.say("yes" if any(steps for _, steps in found) else "no")
    for item, steps in found:
        shown = [f"{item.place(b.place)} ({item.value(a.value)} → {item.value(b.value)})" for a, b in steps]
        total = max(len(item.series.x) - 1, 1)
        series, places = task.name(item), join(shown, task.language, longest=12)
        if steps:
            yield task.say(
                "moves up" if up else "moves down", series=series, count=len(steps), total=total, places=places
            )
        else:
            yield task.say("moves never up" if up else "moves never down", series=series)
