"""Answers about the highest and lowest values, ranks, thresholds and ranges."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import Final

from vision_magic.engine.chart.data import Place
from vision_magic.engine.questions.boxes import asks_for_single_values, extreme_of_boxes
from vision_magic.engine.questions.courses import value
from vision_magic.engine.questions.lookups import in_bins, is_over_places
from vision_magic.engine.questions.numbers import format_value
from vision_magic.engine.questions.operations import Located, in_order, known_points, mean, ranked, total, values_at
from vision_magic.engine.questions.periods import yearly
from vision_magic.engine.questions.query import Threshold
from vision_magic.engine.questions.task import Item, Task, has_points, join, row_name

__all__ = ["extreme", "place_of_extreme", "span", "threshold"]

_MOST_PLACES: Final = 12
_NTH: Final = ("", "first", "second", "third", "fourth", "fifth")


def extreme(task: Task, *, highest: bool) -> Iterator[str]:
    """Yield the highest or lowest value: of all, of each panel, of a place, in rank, or of a statistic."""
    query = task.query
    alone = len(task.items) == 1 and not (query.places or query.top or query.rank > 1)
    sentences = list(yearly(task, task.items[0], highest=highest)) if alone else []
    if sentences:
        yield from sentences
    elif task.several_panels():
        for group in task.groups():
            yield from _extreme(group, task, highest=highest)
    elif _may_be_named_otherwise(task):
        for item in task.items:
            yield from _extreme(replace(task, items=[item]), task, highest=highest)
    else:
        yield from _extreme(task, task, highest=highest)


def place_of_extreme(task: Task, *, highest: bool) -> Place | None:
    """Return where the highest or lowest value is."""
    best = [found[0] for item in task.items if (found := ranked(item.series, highest=highest))]
    if not best:
        return None
    return (max if highest else min)(best, key=lambda point: point.value).place


def _may_be_named_otherwise(task: Task) -> bool:
    """Return whether a question may name one of two or three lines in a language that is not that of their names."""
    query = task.query
    told = query.series or query.colours or query.places or query.statistic or query.of_series or query.top
    drawn = [item.series for item in task.items]
    lines = 1 < len(drawn) < 4 and all(one.kind == "line" and one.name.isascii() and one.name for one in drawn)
    return lines and query.language != "en" and not told and query.rank == 1 and not query.yes_no


def _extreme(task: Task, whole: Task, *, highest: bool) -> Iterator[str]:
    query = task.query
    if task.language == "en" and asks_for_single_values(task):
        yield from extreme_of_boxes(task, highest=highest)
        return
    if query.statistic and (len(task.items) > 1 or query.statistic != "median"):
        sentences = list(_of_statistic(task, highest=highest))
        if sentences:
            yield from sentences
            return
    if _is_stack(task):
        whole_stack = replace(task, query=replace(query, statistic="sum"))
        sums = list(_of_statistic(whole_stack, highest=highest))
        yield from sums
        if sums and task.language == "en":
            return
    if query.places and len(task.items) > 1:
        yield from _at_places(task, highest=highest)
        return
    if query.top or query.rank > 1:
        yield from _in_rank(task, whole, highest=highest)
        return
    if len(query.places) == 1 and not query.yes_no:
        named = tuple(item.name for item in task.items) if len(whole.items) > 1 else query.series
        yield from value(replace(task, query=replace(query, series=named)))
        return
    items = [item.at_places(query.places) for item in task.items] if len(query.places) > 1 else task.items
    groups = [[item] for item in items] if len(query.series) > 1 else [items]
    for items in groups:
        yield from _highest_of(task, whole, items, highest=highest)


def _is_stack(task: Task) -> bool:
    """Return whether the highest of stacked bars is asked for, which is that of their sums."""
    stacked = len(task.items) > 1 and all(item.series.kind == "stacked bars" for item in task.items)
    query = task.query
    return stacked and not (query.series or query.places or query.statistic or query.top or query.rank > 1)


def _highest_of(task: Task, whole: Task, items: Sequence[Item], *, highest: bool) -> Iterator[str]:
    key = "maximum" if highest else "minimum"
    best = [(found[0], item) for item in items if (found := ranked(item.series, highest=highest))]
    if not best:
        yield from _nowhere(whole, items, key, highest=highest)
        return
    located, item = sorted(best, key=lambda pair: -pair[0].value if highest else pair[0].value)[0]
    where = [(point.place, one) for first, one in best for point in _equal(one, located, first)]
    if task.query.yes_no and len(task.query.places) == 1:
        yield task.say("yes" if task.query.places[0] in [place for place, _ in where] else "no")
    if len(items) > 1 and not task.query.series and all(one.series.kind == "heat map" for one in items):
        yield _cell(task, item.value(located.value), where, highest=highest)
        return
    at = join([_at(task, place, one, item) for place, one in where], task.language)
    yield whole.say(_key(key, item), of=whole.of(item), value=item.value(located.value), at=at)
    if task.query.has("margin") and len(where) == 1:
        yield from _margin(task, items, located, item, highest=highest)


def _cell(task: Task, value: str, where: Sequence[tuple[Place, Item]], *, highest: bool) -> str:
    """Return the highest or lowest value of a heat map, with the names of its rows and columns."""
    cells = [task.say("cell", row=row_name(item), column=item.place(place)) for place, item in where]
    shown = join(cells, task.language) if len(cells) <= _MOST_CELLS else task.say("cells many", count=len(cells))
    return task.say("highest cell" if highest else "lowest cell", value=value, at=shown)


_MOST_CELLS: Final = 3


def _margin(task: Task, items: Sequence[Item], best: Located, item: Item, *, highest: bool) -> Iterator[str]:
    """Yield how far the highest or lowest value is from the next."""
    others = [(point, one) for one in items for point in known_points(one.series) if point.value != best.value]
    if not others:
        return
    next_one, other = (max if highest else min)(others, key=lambda pair: pair[0].value)
    yield task.say(
        "difference",
        value=item.change(abs(best.value - next_one.value)),
        a=item.place(best.place),
        b=_at(task, next_one.place, other, item) if other is not item else other.place(next_one.place),
        a_value=item.value(best.value),
        b_value=other.value(next_one.value),
        more=task.say("more" if highest else "less"),
    )


def _equal(item: Item, located: Located, first: Located) -> list[Located]:
    """Return the points of a series that are as high as the highest."""
    if first.value != located.value:
        return []
    return [point for point in known_points(item.series) if point.value == located.value]


def _at(task: Task, place: Place, item: Item, named: Item) -> str:
    """Return a place, with the name of its series where that is not the one that is named."""
    return item.at(place) if item is named else f"{item.at(place)} ({task.name(item)})"


def _key(key: str, item: Item) -> str:
    return f"{key} {_OWN[item.series.kind]}" if item.series.kind in _OWN else key


_OWN: Final = {"box plot": "median", "histogram": "bin"}


def _nowhere(task: Task, items: Sequence[Item], key: str, *, highest: bool) -> Iterator[str]:
    """Yield the extreme of series of which only statistics are known."""
    known = []
    for item in items:
        summary = item.series.summary
        value, place = (summary.high, summary.high_at) if highest else (summary.low, summary.low_at)
        if value is not None:
            known.append((value, place, item))
    if not known:
        yield task.say("nothing in bounds" if task.query.bounds is not None else "too few", of="")
        return
    value, place, item = sorted(known, key=lambda entry: -entry[0] if highest else entry[0])[0]
    if place is None:
        yield task.say(f"{key} nowhere", of=task.of(item), value=item.value(value))
    else:
        yield task.say(_key(key, item), of=task.of(item), value=item.value(value), at=item.at(place))


def _in_rank(task: Task, whole: Task, *, highest: bool) -> Iterator[str]:
    key = "maximum" if highest else "minimum"
    points = [(point, item) for item in task.items for point in ranked(item.series, highest=highest)]
    points.sort(key=lambda pair: -pair[0].value if highest else pair[0].value)
    top, rank = task.query.top, task.query.rank
    if not points:
        yield whole.say("unknown", of="")
    elif top:
        several = len(task.items) > 1
        shown = [
            f"{f'{task.name(item)}, ' if several else ''}{item.place(point.place)} ({item.value(point.value)})"
            for point, item in points[:top]
        ]
        of = "" if several else whole.of(points[0][1])
        yield whole.say(f"top {key}", count=len(shown), of=of, places=join(shown, task.language, longest=50))
        if {"sum", "together"} & task.query.words and not several:
            values = [point.value for point, _ in points[:top]]
            yield task.say("sum", of="", value=points[0][1].value(total(values)), count=len(values))
    elif rank > len(points):
        yield whole.say("no rank", of="", count=len(points))
    else:
        point, item = points[rank - 1]
        nth = _NTH[rank] if task.language == "en" and rank < len(_NTH) else rank
        yield whole.say(
            f"ranked {key}", nth=nth, of=whole.of(item), value=item.value(point.value), at=item.at(point.place)
        )


def _at_places(task: Task, *, highest: bool) -> Iterator[str]:
    """Yield which series is the highest at each place that is named."""
    for place in task.query.places[:6]:
        found = [(at[0], item) for item in task.items if (at := item.value_at(place)) is not None]
        if not found:
            yield _missing(task, place)
            continue
        found.sort(key=lambda pair: -pair[0] if highest else pair[0])
        value, item = found[0]
        others = [f"{task.name(other)} {other.value(known)}" for known, other in found[1:]]
        if not others:
            yield task.say("value", of=task.of(item), at=item.at(place), value=item.value(value))
            continue
        yield task.say(
            "highest at" if highest else "lowest at",
            name=task.name(item),
            at=item.at(place),
            value=item.value(value),
            others=join(others, task.language),
        )


def _missing(task: Task, place: Place) -> str:
    item = task.items[0]
    points = known_points(item.series)
    if not points:
        return task.say("unknown", of="")
    first, last = item.place(points[0].place), item.place(points[-1].place)
    return task.say("no place", of="", at=item.at(place), first=first, last=last)


_STATISTICS: Final[dict[str, Callable[[Sequence[float]], float]]] = {"mean": mean, "sum": total, "median": median}


def _of_statistic(task: Task, *, highest: bool) -> Iterator[str]:
    """Yield what has the highest mean or sum: a series, or a name that all series share."""
    statistic = task.query.statistic
    function = _STATISTICS[statistic]
    found: list[tuple[float, str, Item]] = []
    names = _shared_names(task) if not task.query.of_series else []
    for name in names:
        values = [value for item in task.items for value in values_at(item.series, name)]
        if values:
            found.append((function(values), task.items[0].place(name), task.items[0]))
    if not names and len(task.items) > 1:
        for item in filter(has_points, task.items):
            value = function([point.value for point in known_points(item.series)])
            found.append((value, task.name(item), item))
    if found:
        value, name, item = sorted(found, key=lambda entry: -entry[0] if highest else entry[0])[0]
        if statistic == "sum" and item.series.kind == "heat map":
            count = len(task.items) if names else len(known_points(item.series))
            both = {"value": item.value(value), "mean": item.value(value / count, derived=True)}
            yield task.say("highest of both" if highest else "lowest of both", name=name, **both)
            return
        key = "highest of" if highest else "lowest of"
        shown = item.value(value, derived=statistic == "mean")
        yield task.say(key, name=name, statistic=task.say(f"word {statistic}"), value=shown)


def _shared_names(task: Task) -> list[str]:
    """Return the names along the axis if several series of bars share them."""
    if len(task.items) < 2 or any(item.series.kind == "line" for item in task.items):
        return []
    first = [place for place in task.items[0].series.x if isinstance(place, str)]
    return first if all(set(item.series.x) == set(first) for item in task.items) else []


def threshold(task: Task) -> Iterator[str]:
    """Yield how many values are above or below a limit, and where."""
    limit = task.query.threshold
    if limit is None:
        return
    if is_over_places(task):
        yield from in_bins(task)
        return
    if task.query.yes_no and len(task.items) == 1:
        yield from _is_beyond(task, limit)
    if task.query.places:
        yield from value(task)
        return
    for item in task.items:
        points = known_points(item.series)
        if not points:
            yield task.say("unknown", of=task.of(item))
            continue
        value_limit = mean([point.value for point in points]) if math.isnan(limit.limit) else limit.limit
        found = [point for point in points if replace(limit, limit=value_limit).holds(point.value)]
        shown = [f"{item.place(point.place)} ({item.value(point.value)})" for point in found]
        places = f": {join(shown, task.language, longest=_MOST_PLACES)}" if shown else ""
        than = task.say(limit.kind, limit=format_value(value_limit, item.unit, derived=True))
        yield task.say("threshold", count=len(found), total=len(points), of=task.of(item), than=than, places=places)


def _is_beyond(task: Task, limit: Threshold) -> Iterator[str]:
    """Yield yes or no: whether the values that are asked for are beyond a limit, all of them or, if so asked, any."""
    points = known_points(task.items[0].at_places(task.query.places).series)
    if not points:
        return
    bound = mean([point.value for point in points]) if math.isnan(limit.limit) else limit.limit
    beyond = [replace(limit, limit=bound).holds(point.value) for point in points]
    any_counts = task.query.has("ever") or (not task.query.has("always") and not task.query.has("state"))
    if all(beyond) or (any(beyond) and any_counts):
        yield task.say("yes")
    else:
        yield task.say("in part" if any(beyond) and not task.query.has("always") else "no")


def span(task: Task) -> Iterator[str]:
    """Yield from where to where values range; of a box, its quartiles."""
    if task.query.places and (
        len(task.query.places) == 1 or any(item.series.kind == "box plot" for item in task.items)
    ):
        yield from value(task)
        return
    if task.query.axis == "x":
        yield from _span_of_places(task)
        return
    for item in (item.at_places(task.query.places) for item in task.items):
        low, high = item.series.summary.low, item.series.summary.high
        if low is None or high is None:
            yield task.say("unknown", of=task.of(item))
        else:
            span = item.change(high - low)
            yield task.say("range", of=task.of(item), low=item.value(low), high=item.value(high), span=span)


def _span_of_places(task: Task) -> Iterator[str]:
    for item in task.items:
        points = in_order(item.series)
        if points:
            first, last = item.place(points[0].place), item.place(points[-1].place)
            yield task.say("range of x", of=task.of(item), first=first, last=last)
        else:
            yield task.say("unknown", of=task.of(item))
