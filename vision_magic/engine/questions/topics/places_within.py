"""The largest or smallest place at which values are within a limit, and peaks: "the biggest batch in under 100 ms"."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.task import Task, join
from vision_magic.engine.questions.checks.accounts import stems_of
from vision_magic.engine.questions.names.quantities import is_quantity, quantities_in
from vision_magic.engine.questions.numbers import format_value
from vision_magic.engine.questions.operations import Located, in_order, position_of
from vision_magic.engine.questions.query import Query

__all__ = ["as_peaks", "as_place_within", "peaks", "place_within"]

_LARGE: Final = r"biggest|largest|highest|longest|greatest|latest|heaviest|max(?:imum)?|most"
_SMALL: Final = r"smallest|lowest|shortest|least|earliest|lightest|min(?:imum)?|fewest"
_EXTREME: Final = rf"\b(?:(?P<large>{_LARGE})|(?P<small>{_SMALL})) (?P<nouns>\w+(?: \w+)?(?: \w+)?)"
_PEAKS: Final = r"\bhow many\b.*\bpeaks?\b"
_STANDS_OUT: Final = 0.05
"""A peak is higher than the lowest points between it and higher ones by this part of the whole range."""


def as_place_within(query: Query, written: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return a query about the largest, or smallest, place at which a limit holds; None if it is no such one."""
    limit = query.threshold
    drawn = drawn_series(panels)
    numbers = all(isinstance(place, float | int) for one in drawn for place in one.x)
    if query.language != "en" or limit is None or limit.of_places or math.isnan(limit.limit) or len(panels) != 1:
        return None
    found = re.search(_EXTREME, written.lower())
    if found is None or not drawn or not numbers or query.places:
        return None
    quantities = quantities_in(found["large"] or found["small"], "en")
    along = bool(stems_of(found["nouns"]) & stems_of(panels[0].x.label))
    along = along or any(is_quantity(one, panels[0].x) for one in quantities)
    which = re.match(r"(?: \w+)? (?:at|for|with|in|from) which\b", written.lower()[found.end("nouns") :])
    within = re.search(r"\b(?:at|for|with|from) which\b", written.lower()[found.start() : found.end() + 12])
    if not (along or which or within):
        return None
    side = "up" if found["large"] else "down"
    return replace(query, operations=("place within",), direction=side, statistic="", yes_no=False)  # type: ignore[arg-type]


def place_within(task: Task) -> Iterator[str]:
    """Yield the largest, or smallest, place at which each series is within a limit."""
    limit = task.query.threshold
    if limit is None:
        return
    up = task.query.direction == "up"
    held = [(item, [one for one in in_order(item.series) if limit.holds(one.value)]) for item in task.items]
    best = [(points[-1 if up else 0], item) for item, points in held if points]
    unit = task.items[0].unit
    than = task.say(limit.kind, limit=format_value(limit.limit, unit, derived=True))
    if not best:
        for item in task.items[:4]:
            ends = {
                "low": item.value(item.series.summary.low or 0.0),
                "high": item.value(item.series.summary.high or 0.0),
            }
            yield task.say("never beyond", series=task.name(item), than=than, **ends)
        return
    point, item = (max if up else min)(best, key=lambda pair: position_of(pair[0].place) or 0.0)
    said = {"series": task.name(item), "place": item.place(point.place), "value": item.value(point.value)}
    yield task.say("largest place" if up else "smallest place", than=than, **said)


def as_peaks(query: Query, written: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return a query about the number of peaks of lines."""
    drawn = drawn_series(panels)
    lines = bool(drawn) and all(one.kind == "line" for one in drawn) and (len(drawn) == 1 or len(query.series) == 1)
    if query.language != "en" or not lines or query.places or not re.search(_PEAKS, written.lower()):
        return None
    return replace(query, operations=("peaks",), yes_no=False, direction="")


def peaks(task: Task) -> Iterator[str]:
    """Yield how many peaks a line has, and where; of those beyond a limit, if there is one."""
    for item in task.items[:4]:
        found = list(_peaks_of(in_order(item.series)))
        limit = task.query.threshold
        if limit is not None:
            found = [point for point in found if limit.holds(point.value)]
        shown = [f"{item.place(point.place)} ({item.value(point.value)})" for point in found]
        places = f": {join(shown, task.language)}" if shown else ""
        yield task.say("peaks", series=task.name(item), count=len(found), places=places)


def _peaks_of(points: Sequence[Located]) -> Iterator[Located]:
    """Yield the points that are higher than all around them, down to where a higher one begins."""
    values = [point.value for point in points]
    least = _STANDS_OUT * (max(values) - min(values)) if values else 0.0
    for number, value in enumerate(values[1:-1], 1):
        if not (values[number - 1] < value >= values[number + 1]):
            continue
        falls = [_fall(values[number::step], value) for step in (-1, 1)]
        if min(falls) >= least > 0:
            yield points[number]


def _fall(values: Sequence[float], top: float) -> float:
    """Return how far values fall below the first of them before one is higher."""
    lowest = top
    for value in values:
        if value > top:
            break
        lowest = min(lowest, value)
    return top - lowest
