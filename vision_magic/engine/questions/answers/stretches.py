"""Answers about where a course rises or falls: "in which years did it go up?"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from vision_magic.engine.questions.answers.task import Task, join
from vision_magic.engine.questions.operations import in_order

__all__ = ["stretches"]

_ORDERED: Final = ("line", "area", "bars", "stacked bars")
_MOST: Final = 60


def stretches(task: Task) -> Iterator[str]:
    """Yield the places at which the only series is higher, or lower, than before; nothing where it always is."""
    query = task.query
    asked = query.direction and query.has("stretch") and not (query.has("margin") or query.has("always"))
    if not asked or query.bounds is not None or len(task.items) != 1 or query.words & {"maximum", "minimum", "share"}:
        return
    item = task.items[0]
    points = in_order(item.series)
    if item.series.kind not in _ORDERED or not 2 < len(points) <= _MOST:
        return
    sign = 1 if query.direction == "up" else -1
    steps = [(a, b) for a, b in pairwise(points) if (b.value - a.value) * sign > 0]
    if len(steps) == len(points) - 1:
        return
    if query.yes_no:
        yield task.say("yes" if steps else "no")
    if not steps:
        yield task.say(f"no stretch {query.direction}", series=task.name(item))
        return
    shown = [f"{item.place(b.place)} ({item.value(a.value)} → {item.value(b.value)})" for a, b in steps]
    yield task.say(f"stretches {query.direction}", series=task.name(item), places=join(shown, task.language))
