"""Where the course of a series changes: where it turns, flattens or is back, its pace, and whether a gap grows.

No rule reads these from words: the classifier asks for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from vision_magic.engine.questions.answers.comparing import are_alike, two_needed
from vision_magic.engine.questions.answers.rates import each
from vision_magic.engine.questions.answers.task import Item, Task
from vision_magic.engine.questions.operations import Located, between, in_order
from vision_magic.engine.questions.topics.moves import is_ordered

__all__ = ["flattens", "gap_trend", "pace", "recovers", "turns"]

_FLAT: Final = 0.05
"""How far from the last value a curve that has flattened is at most, in parts of its span."""
_FEWEST: Final = 3
"""How many points a flat end has at least."""
_MOST: Final = 6


def _ordered(task: Task) -> Iterator[tuple[Item, list[Located]]]:
    """Yield each series that has a course, with its points in order."""
    for item in task.items[:_MOST]:
        points = in_order(item.series)
        if len(points) >= _FEWEST and is_ordered(item.series.x):
            yield item, points


def _or_cannot(task: Task, sentences: Sequence[str]) -> Iterator[str]:
    yield from sentences or [task.say("cannot")]


def turns(task: Task) -> Iterator[str]:
    """Yield at which place within its course each series turns from rising to falling, or the other way."""
    yield from _or_cannot(task, [_turn(task, item, points) for item, points in _ordered(task)])


def _turn(task: Task, item: Item, points: Sequence[Located]) -> str:
    first, last = points[0].value, points[-1].value
    high = max(points, key=lambda point: point.value)
    low = min(points, key=lambda point: point.value)
    rise, fall = high.value - max(first, last), min(first, last) - low.value  # both 0 of a course without a turn
    up = task.query.direction == "up" if task.query.direction and min(rise, fall) > 0 else fall > rise
    point = low if up else high
    if (fall if up else rise) <= 0:
        return task.say("turns nowhere", series=task.name(item))
    key = "turns up" if up else "turns down"
    return task.say(key, series=task.name(item), at=item.at(point.place), value=item.value(point.value))


def flattens(task: Task) -> Iterator[str]:
    """Yield from which place on the values of each series stay close to the last one."""
    yield from _or_cannot(task, [_flat_end(task, item, points) for item, points in _ordered(task)])


def _flat_end(task: Task, item: Item, points: Sequence[Located]) -> str:
    values = [point.value for point in points]
    near = _FLAT * (max(values) - min(values))
    start = len(values)
    while start and abs(values[start - 1] - values[-1]) <= near:
        start -= 1
    if len(values) - start < _FEWEST:
        return task.say("flattens nowhere", series=task.name(item))
    kept = values[start:]
    return task.say(
        "flattens",
        series=task.name(item),
        place=item.place(points[start].place),
        low=item.value(min(kept)),
        high=item.value(max(kept)),
    )


def recovers(task: Task) -> Iterator[str]:
    """Yield at which place each series is back at its first value after its lowest, or highest, one."""
    yield from _or_cannot(task, [_return(task, item, points) for item, points in _ordered(task)])


def _return(task: Task, item: Item, points: Sequence[Located]) -> str:
    first = points[0]
    far = max(range(len(points)), key=lambda number: abs(points[number].value - first.value))
    below = points[far].value < first.value
    back = next(
        (point for point in points[far:] if (point.value >= first.value if below else point.value <= first.value)),
        None,
    )
    words = {"series": task.name(item), "first": item.value(first.value), "far": item.value(points[far].value)}
    words |= {"far_at": item.place(points[far].place), "first_at": item.place(first.place)}
    if back is None:
        return task.say("not back", **words, last=item.value(points[-1].value))
    return task.say("back", **words, at=item.at(back.place), value=item.value(back.value))


def pace(task: Task) -> Iterator[str]:
    """Yield by how much each series rises or falls on average, for each unit along the axis of places."""
    courses = [(item, points) for item, points in _ordered(task) if points[0].place != points[-1].place]
    yield from _or_cannot(task, [_pace(task, item, points) for item, points in courses])


def _pace(task: Task, item: Item, points: Sequence[Located]) -> str:
    first, last = points[0], points[-1]
    numbered = not isinstance(first.place, str) and not isinstance(last.place, str)
    steps = float(last.place) - float(first.place) if numbered else float(len(points) - 1)
    change = (last.value - first.value) / steps
    unit = each(task, item) if numbered else task.say("step of places")
    return task.say(
        "pace up" if change >= 0 else "pace down",
        series=task.name(item),
        value=item.change(abs(change), derived=True),
        unit=unit,
        first=item.value(first.value),
        last=item.value(last.value),
        first_at=item.place(first.place),
        last_at=item.place(last.place),
    )


def gap_trend(task: Task) -> Iterator[str]:
    """Yield whether the distance of two series grows from the first to the last place that they share."""
    shared = between(task.items[0].series, task.items[1].series) if len(task.items) == 2 else []
    if len(shared) < 2 or not are_alike(*task.items):
        yield two_needed(task)
        return
    first, second = task.items
    (left, a, b), (right, c, d) = shared[0], shared[-1]
    before, after = abs(a - b), abs(c - d)
    key = "gap same" if before == after else "gap grows" if after > before else "gap shrinks"
    yield task.say(
        key,
        a=task.name(first),
        b=task.name(second),
        left=first.place(left),
        right=first.place(right),
        before=first.change(before),
        after=first.change(after),
    )
