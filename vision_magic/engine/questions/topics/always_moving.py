"""Whether a course rises, or falls, at every step: "did it grow every year?", "has it always fallen?"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.task import Item, Task, join
from vision_magic.engine.questions.operations import Located, in_order
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.movers import EVERY, PERIOD
from vision_magic.engine.questions.topics.moves import is_course, is_ordered
from vision_magic.engine.questions.vocabulary.words import Operation, search_whole

__all__ = ["always_moved", "as_always_moving"]


def as_always_moving(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "did it grow every year" as a question whether each step goes in this direction.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    told = query.operations in _READ and query.yes_no and bool(query.direction)
    kept = query.places or query.groups or query.threshold or query.without or query.then or query.limits
    drawn = [one for one in drawn_series(panels) if not query.series or one.name in query.series]
    if not told or kept or len(panels) != 1 or query.words & {"maximum", "minimum", "rate"}:
        return query
    if not drawn or not all(is_course(one) and len(one.x) > 2 and is_ordered(one.x) for one in drawn):
        return query
    every = EVERY[query.language].replace("P", PERIOD.get(query.language, "(?!)"))
    found = search_whole(every, query.language, text.lower())
    if found is None or _EACH.search(found[0]) is None:  # "more and more popular" is a course, and no count of steps
        return query
    return replace(query, operations=("always moved",), statistic="", firm=True)


_EACH: Final = re.compile(
    r"every|each|jede|chaque|cada|tou(?:te)?s l|tod[oa]s l|always|toujours|siempre|매|마다|항상|언제나|每|逐|一直"
)
"""What is said of each step by itself."""
_READ: Final[tuple[tuple[Operation, ...], ...]] = ((), ("trend",), ("growth",), ("moves",), ("slope",), ("table",))
"""What the words of such questions alone ask for: "each year" is that of a table, "cada año" that of a slope."""


def always_moved(task: Task) -> Iterator[str]:
    """Yield whether all steps go in the direction that is asked for, and else which do not."""
    sign = 1 if task.query.direction == "up" else -1
    steps = [(item, list(pairwise(in_order(item.series)))) for item in task.items]
    yield task.say("yes" if all((b.value - a.value) * sign > 0 for _, own in steps for a, b in own) else "no")
    for item, own in steps:
        against = [(a, b) for a, b in own if (b.value - a.value) * sign < 0]
        equal = any(a.value == b.value for a, b in own)
        if against or not equal:
            yield _told(task, item, against, len(own), "down" if sign > 0 else "up")
        else:
            along = [(a, b) for a, b in own if (b.value - a.value) * sign > 0]
            yield _told(task, item, along, len(own), "up" if sign > 0 else "down")


def _told(task: Task, item: Item, steps: Sequence[tuple[Located, Located]], total: int, direction: str) -> str:
    if not steps:
        return task.say(f"moves never {direction}", series=task.name(item))
    shown = [f"{item.place(b.place)} ({item.value(a.value)} → {item.value(b.value)})" for a, b in steps]
    places = join(shown, task.language, longest=12)
    return task.say(f"moves {direction}", series=task.name(item), count=len(steps), total=total, places=places)
