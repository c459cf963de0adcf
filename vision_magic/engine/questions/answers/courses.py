"""Answers about single values, statistics and the course of a series."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from statistics import median
from typing import Final

from vision_magic.engine.chart.data import Kind, Place
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.boxes import outliers_of_boxes
from vision_magic.engine.questions.answers.stretches import stretches
from vision_magic.engine.questions.answers.task import Item, Task, join
from vision_magic.engine.questions.names.usual_names import are_names_of_times
from vision_magic.engine.questions.numbers import format_value, is_date, label_without_unit, quoted
from vision_magic.engine.questions.operations import (
    Bounds,
    Located,
    between,
    correlation,
    counted_mean,
    in_order,
    known_points,
    mean,
    outliers,
    residuals,
    total,
    values_at,
    within,
)
from vision_magic.engine.questions.places.periods import added_up, of_year
from vision_magic.engine.questions.vocabulary.accents import folded
from vision_magic.engine.questions.vocabulary.judging import is_of_means
from vision_magic.engine.questions.vocabulary.plain_words import COUNTS

__all__ = [
    "all_values",
    "correlate",
    "counted_mean_of",
    "course",
    "end",
    "find_outliers",
    "mean_of",
    "median_of",
    "sum_of",
    "tendency",
    "trend",
    "value",
]


# --- single values ----------------------------------------------------------------------------------------------


def value(task: Task) -> Iterator[str]:
    """Yield the values at the places that are named."""
    if not task.query.places:
        yield from _without_place(task)
        return
    if task.query.has("rank") and len(task.items) == 1:
        yield from _rank_of(task, task.items[0])
        return
    stepped = _step_to(task) if task.query.direction and "trend" in task.query.words else None
    if stepped is not None:
        yield from course(task, stepped)
        return
    for place in task.query.places[:8]:
        sentences = [sentence for item in task.items if (sentence := _value_at(task, item, place)) is not None]
        if sentences:
            yield from sentences
        elif task.items:
            yield _no_place(task, task.items[0], place)


def _step_to(task: Task) -> Item | None:
    """Return the only series at the one place that is named and at the one before: "how much did it rise in May?"."""
    item, places = task.items[0] if len(task.items) == 1 else None, task.query.places
    along = [point.place for point in in_order(item.series)] if item is not None else []
    if (
        item is None
        or len(places) != 1
        or places[0] not in along[1:]
        or item.series.kind not in ("line", "area", "step")
    ):
        return None
    number = along.index(places[0])
    return item.at_places(along[number - 1 : number + 1])


def _rank_of(task: Task, item: Item) -> Iterator[str]:
    for place in task.query.places[:8]:
        found = values_at(item.series, place)
        if not found:
            yield _no_place(task, item, place)
            continue
        values = [point.value for point in known_points(item.series)]
        rank = 1 + sum(value > found[0] for value in values)
        yield task.say("rank", name=item.place(place), rank=rank, total=len(values), value=item.value(found[0]))


def _without_place(task: Task) -> Iterator[str]:
    """Yield the only value there is, the course within bounds, or that no place is named."""
    bounds = task.query.bounds
    changes = bool(task.query.direction) or "trend" in task.query.words
    if bounds is not None and bounds.low is not None and bounds.low == bounds.high and not changes:
        found = [(item, [point.value for point in known_points(item.series)]) for item in task.items]
        yield from (added_up(task, item, values) for item, values in found[:6] if values)
        return
    if bounds is not None:
        yield from trend(task)
        return
    points = [(point, item) for item in task.items for point in known_points(item.series)]
    if points and _VALUES.search(task.query.text):
        for item in task.items[:6]:
            yield from all_values(task, item, most=_MOST_LISTED)
        return
    if len(points) == 1:
        point, item = points[0]
        yield task.say("value", of=task.of(item), at=item.at(point.place), value=item.value(point.value))
    elif points:
        yield _which(task, points[0][1])
    else:
        yield task.say("unknown", of="")


_VALUES: Final = re.compile(r"\bvalues\b|\bwerte\b|\bvaleurs\b|\bvalores\b|값들|각각|各.{0,4}值|数值")
"""Words for all values, where no place says which of them."""


def _which(task: Task, item: Item) -> str:
    points = in_order(item.series)
    if len(points) <= _FEW and not item.series.extra.get("left"):
        return task.say("which", names=join([item.place(point.place) for point in points], task.language))
    return task.say("which place", first=item.without_name(points[0].place), last=item.without_name(points[-1].place))


def _value_at(task: Task, item: Item, place: Place) -> str | None:
    known = values_at(item.series, place)
    at = item.at(place)
    if len(set(known)) > 1:
        shown = join([item.value(value) for value in known], task.language)
        return task.say("values", count=len(known), of=task.of(item), at=at, values=shown)
    if len(of_year(item, place)) > 1 and not task.query.direction:
        return added_up(task, item, of_year(item, place), at)
    if not known and isinstance(place, str) and len(place) in (4, 7):
        return _within_date(task, item, place)
    found = item.value_at(place)
    if found is None:
        return None
    if item.series.kind == "box plot":
        return _box_at(task, item, place)
    key = "between" if found[1] else "value bin" if item.series.kind == "histogram" else "value"
    return task.say(key, of=task.of(item), value=item.value(found[0], derived=found[1]), at=at)


def _within_date(task: Task, item: Item, place: str) -> str | None:
    """Return the values in a year or a month."""
    points = known_points(within(item.series, Bounds(low=place, high=place)))
    if not points:
        return None
    if len(points) == 1:
        at = item.at(points[0].place)
        return task.say("value", of=task.of(item), at=at, value=item.value(points[0].value))
    shown = [f"{item.place(point.place)}: {item.value(point.value)}" for point in points]
    values = join(shown, task.language)
    return task.say("values", count=len(points), of=task.of(item), at=item.at(place), values=values)


def _box_at(task: Task, item: Item, place: Place) -> str:
    index = item.series.x.index(place) if place in item.series.x else -1
    quartiles = [item.series.extra.get(name, ()) for name in ("q1", "q3")]
    at, middle = item.at(place), item.value(item.series.y[index])
    if index < 0 or any(len(values) <= index for values in quartiles):
        return task.say("value", of=task.of(item), at=at, value=middle)
    q1, q3 = (item.value(values[index]) for values in quartiles)
    return task.say("value median", of=task.of(item), at=at, value=middle, q1=q1, q3=q3)


def _no_place(task: Task, item: Item, place: Place) -> str:
    points = in_order(item.series)
    if not points:
        return task.say("unknown", of="")
    first, last = item.without_name(points[0].place), item.without_name(points[-1].place)
    return task.say("no place", of="", at=item.at(place), first=first, last=last)


def end(task: Task, *, first: bool) -> Iterator[str]:
    """Yield the first or the last value."""
    for item in task.items:
        points = in_order(item.series)
        known = item.series.summary
        value, place = (known.first, known.first_at) if first else (known.last, known.last_at)
        if points:
            value, place = points[0 if first else -1]
        if value is None or place is None:
            yield task.say("unknown", of=task.of(item))
        else:
            yield task.say("value", of=task.of(item), value=item.value(value), at=item.at(place))


# --- statistics -------------------------------------------------------------------------------------------------


def _statistic(task: Task, key: str, function: Callable[[Sequence[float]], float]) -> Iterator[str]:
    places = task.query.places
    if key == "sum" and _are_numbers_among_names(task):
        places = ()  # "do they add up to 100?"
    if len(places) == 1:
        yield from value(task)
        return
    for item in (item.at_places(places) for item in task.items):
        values = [point.value for point in known_points(item.series)]
        known = item.series.summary
        if item.series.is_course:
            yield _along(task, item, key)
            continue
        counted = counted_mean_of(item) if key == "mean" and not places else None
        if counted is not None:
            shown = format_value(counted, item.places.unit, derived=True)
            yield task.say("mean counted", label=label_without_unit(item.places), of=task.of(item), value=shown)
            continue
        if item.series.kind in ("histogram", "box plot") and key != "sum":
            binned = item.series.kind == "histogram"
            yield from _estimated(task, item, key) if binned else [task.say("unknown", of=task.of(item))]
            continue
        if not values and key == "mean" and known.mean is not None and task.query.bounds is None:
            values, result = [], known.mean
        elif values:
            result = function(values)
        else:
            yield task.say("nothing in bounds" if task.query.bounds is not None else "unknown", of=task.of(item))
            continue
        # An error of the whole scale shifts a sum as often as it has values; single errors cancel in the mean.
        sigma = item.sigma(result) * (math.sqrt(len(values)) if key == "sum" else 1.0)
        shown = format_value(result, item.unit, sigma, derived=key != "sum")
        if key == "sum" and 1 < len(places) == len(values) < 7:
            yield from _reaches(task, result)
            yield _together(task, item, places, shown)
            continue
        yield task.say(key, of=task.of(item), value=shown, count=len(values) or known.count)


def _reaches(task: Task, result: float) -> Iterator[str]:
    """Yield whether a sum reaches the amount of which a question asks whether it does."""
    if task.query.yes_no and len(task.query.amounts) == 1:
        less = task.query.asks_less
        yield task.say("yes" if (result < task.query.amounts[0] if less else result >= task.query.amounts[0]) else "no")


def counted_mean_of(item: Item) -> float | None:
    """Return the mean of what bars count, where the axis says that they do, and what is along the other."""
    counts = re.search(COUNTS, folded(item.values.label)) is not None and bool(label_without_unit(item.places))
    return counted_mean(item.series) if counts else None


def _together(task: Task, item: Item, places: Sequence[Place], shown: str) -> str:
    """Return the sum of the values at some places, with each of them."""
    parts = " + ".join(item.value(value) for place in places for value in values_at(item.series, place)[:1])
    names = join([item.place(place) for place in places], task.language)
    return task.say("sum of places", names=names, of=task.of(item), value=shown, parts=parts)


def _along(task: Task, item: Item, key: str) -> str:
    """Return the mean along a course; other statistics are those of points that are not known."""
    mean_along = item.series.summary.mean
    if key != "mean" or mean_along is None:
        return task.say("course only", of=task.of(item))
    return task.say("mean along", of=task.of(item), value=item.value(mean_along, derived=True))


def _are_numbers_among_names(task: Task) -> bool:
    numbers = all(isinstance(place, float | int) for place in task.query.places)
    return numbers and all(isinstance(place, str) for item in task.items for place in item.series.x)


def _estimated(task: Task, item: Item, key: str) -> Iterator[str]:
    """Yield the mean or median of what a histogram counts, which lies within half a bin of that of its bins.

    A question whether it is beyond a limit has a verdict where the whole half bin is on one side of it.
    """
    middles = [place for place in item.series.x if isinstance(place, float | int)]
    counts = [max(count, 0.0) if math.isfinite(count) else 0.0 for count in item.series.y]
    whole = total(counts)
    if len(middles) != len(counts) or len(counts) < 2 or not whole:
        yield task.say("binned", of=task.of(item))
        return
    if key == "mean":
        result = total([place * count for place, count in zip(middles, counts, strict=True)]) / whole
    else:
        below = [total(counts[: number + 1]) for number in range(len(counts))]
        result = next(place for place, count in zip(middles, below, strict=True) if count >= whole / 2)
    sigma = max(b - a for a, b in pairwise(middles)) / 2
    limit = task.query.number
    sides = {limit.holds(result - sigma), limit.holds(result + sigma)} if limit is not None else set()
    if len(sides) == 1:
        yield task.say("yes" if sides.pop() else "no")
    shown = format_value(result, item.places.unit, sigma)
    yield task.say("estimated", statistic=task.say(f"word {key}"), of=task.of(item), value=shown)


def mean_of(task: Task) -> Iterator[str]:
    """Yield the mean of each series, or at the places that are named; at one place, that of all series."""
    at_place = None if is_of_means(task.panels) else _over_series(task, "mean at", mean)
    yield from _statistic(task, "mean", mean) if at_place is None else [at_place]


def _over_series(task: Task, key: str, made: Callable[[Sequence[float]], float]) -> str | None:
    """Return the sum or the mean of all series at the only place that is named, with each of them; None for others."""
    places = task.query.places
    if len(places) != 1 or len(task.items) < 2 or task.several_panels():
        return None
    found = [(at[0], item) for item in task.items if (at := item.value_at(places[0])) is not None]
    if not found or (key == "mean at" and len(found) < 2):
        return None
    parts = join([f"{task.name(item)} {item.value(value)}" for value, item in found], task.language)
    whole = found[0][1].value(made([value for value, _ in found]), derived=key == "mean at")
    return task.say(key, at=found[0][1].at(places[0]), value=whole, parts=parts)


def median_of(task: Task) -> Iterator[str]:
    """Yield the median of each series; of a box plot, that of the box that is named."""
    if task.query.places and all(item.series.kind == "box plot" for item in task.items):
        yield from value(task)
    elif any(item.series.kind == "box plot" for item in task.items):
        for item in task.items:
            shown = [f"{item.place(point.place)}: {item.value(point.value)}" for point in known_points(item.series)]
            yield task.say("all values", series=task.say("word median"), values=join(shown, task.language))
    else:
        yield from _statistic(task, "median", median)


def sum_of(task: Task) -> Iterator[str]:
    """Yield the sum of each series, and of all; at a place, that of all series."""
    places = task.query.places
    at_place = _over_series(task, "sum at", total)
    if at_place is not None:
        yield at_place
        return
    yield from _statistic(task, "sum", total)
    if places:
        return
    known = [[point.value for point in known_points(item.series)] for item in task.items]
    if (
        len(known) > 1
        and all(known)
        and not task.several_panels()
        and not any(item.series.sigma for item in task.items)
    ):
        yield task.say("sum of all", value=task.items[0].value(total([value for one in known for value in one])))


def find_outliers(task: Task) -> Iterator[str]:
    """Yield the values that are far from the others."""
    several = len(task.items) > 1 and not any(
        item.series.kind == "box plot" or item.series.is_course for item in task.items
    )
    far = [item for item in task.items if several and outliers(item.series)]
    if far and task.query.yes_no:
        yield task.say("yes")
    for item in far or task.items:
        points = known_points(item.series)
        if item.series.is_course:
            yield task.say("course only", of=task.of(item))
            continue
        if item.series.kind == "box plot":
            yield from outliers_of_boxes(task, item)
            continue
        if len(points) < 5:
            yield task.say("too few" if points else "unknown", of=task.of(item))
            continue
        middle = item.value(median(point.value for point in points))
        found = outliers(item.series)
        if task.query.yes_no and len(task.items) == 1:
            yield task.say("yes" if found else "no")
        if "maximum" in task.query.words and item.series.kind == "points":
            yield _off_line(task, item)
            continue
        if not found:
            yield task.say("no outliers", of=task.of(item), median=middle)
            continue
        listed = join([f"{item.value(point.value)} ({item.place(point.place)})" for point in found], task.language)
        yield task.say("outliers", of=task.of(item), places=listed, median=middle)


def _off_line(task: Task, item: Item) -> str:
    points, rest = known_points(item.series), residuals(item.series)
    if len(points) != len(rest):
        return task.say("too few", of=task.of(item))
    middle = median(rest)
    point, _ = max(zip(points, rest, strict=True), key=lambda pair: abs(pair[1] - middle))
    return task.say("off line", of=task.of(item), value=item.value(point.value), at=item.at(point.place))


def correlate(task: Task) -> Iterator[str]:
    """Yield the correlation of places and values; that of points, if a line was fitted to them."""
    points = [Item(one, panel, one.name, task.language) for panel in task.panels for one in panel.series]
    points = [item for item in points if item.series.kind == "points" and item.series.sure]
    fitted = len(task.panels) == 1 and len(points) == 1 and not any(item.series.kind == "points" for item in task.items)
    if not points and len(task.items) == 2 and not any(item.series.is_course for item in task.items):
        yield from _of_two_series(task)
        return
    asked = points if fitted else [item for item in task.items if item.series.kind == "points"]
    known = [one for item in asked if (one := correlation(item.series)) is not None]
    joined = _pooled(task, asked)
    if joined is not None:
        yield from _held_by_all(task, joined, known)
        return
    if len(known) == len(asked):
        yield from _is_so(task, known)
    for item in points if fitted else [item for item in task.items if item.series.kind == "points"] or task.items:
        found = correlation(item.series)
        if item.series.is_course:
            yield from course(task, item)
        elif found is None:
            yield task.say("too few" if known_points(item.series) else "unknown", of=task.of(item))
        else:
            count = len(known_points(item.series))
            if task.query.yes_no:
                if len(task.items) == 1 and not task.query.direction:
                    yield task.say("yes" if abs(found) >= _CLEAR else "no")
                yield tendency(task, item, found)
                continue
            yield task.say("correlation", of=task.of(item), value=f"{found:.2f}", count=count)
            if abs(found) >= _CLEAR and label_without_unit(item.places):
                yield tendency(task, item, found)


def _is_so(task: Task, known: Sequence[float]) -> Iterator[str]:
    """Yield whether the correlations of all groups are clear, in the direction that is expected."""
    direction = task.query.direction
    if not task.query.yes_no or not known or (len(known) == 1 and not direction):
        return
    signs = {"up": 1.0, "down": -1.0}
    held = [signs[direction] * one >= _CLEAR if direction else abs(one) >= _CLEAR for one in known]
    yield task.say("yes" if all(held) else "partly" if any(held) else "no")


def _pooled(task: Task, items: Sequence[Item]) -> Item | None:
    """Return the points of all groups as one series, where the question names none of them, and expects a direction."""
    groups = len(items) > 1 and len({(id(item.panel), item.series.right) for item in items}) == 1
    if not groups or not task.query.direction or not task.query.yes_no or task.query.series:
        return None
    x = tuple(place for item in items for place in item.series.x)
    y = tuple(value for item in items for value in item.series.y)
    return replace(items[0], series=replace(items[0].series, name="", x=x, y=y, extra={}, known=None), name="")


def _held_by_all(task: Task, joined: Item, groups: Sequence[float]) -> Iterator[str]:
    """Yield whether the points of all groups together rise, or fall, and of how many groups the opposite is true."""
    found = correlation(joined.series)
    if found is None:
        yield task.say("too few", of="")
        return
    sign = 1 if task.query.direction == "up" else -1
    against = [one for one in groups if one * found < 0 and abs(one) >= _CLEAR]
    held = found * sign >= _CLEAR
    yield task.say("partly" if held and against else "yes" if held else "no")
    yield tendency(task, joined, found)


def _of_two_series(task: Task) -> Iterator[str]:
    """Yield whether the values of two series rise and fall together, at the places that they share."""
    first, second = task.items
    shared = between(first.series, second.series)
    both = replace(second.series, x=tuple(a for _, a, _ in shared), y=tuple(b for _, _, b in shared), extra={})
    found = correlation(both)
    if found is None:
        yield task.say("too few", of="")
        return
    if task.query.yes_no:
        yield task.say("yes" if abs(found) >= _CLEAR else "no")
    if abs(found) < _CLEAR:
        yield task.say("not related", a=task.name(first), b=task.name(second), value=f"{found:.2f}")
        return
    key = "tends up" if found > 0 else "tends down"
    yield task.say(key, series=task.name(second), x=task.name(first), value=f"{found:.2f}")


_CLEAR: Final = 0.5
"""A correlation above it is called a tendency."""


def tendency(task: Task, item: Item, found: float) -> str:
    """Return whether values tend to rise or fall along the axis of places, for a correlation."""
    if abs(found) < _CLEAR:
        return task.say("no tendency", series=task.name(item), value=f"{found:.2f}")
    label = label_without_unit(item.places)
    places = quoted(label, task.language) if label else "y" if item.flat else "x"
    key = "tends up" if found > 0 else "tends down"
    return task.say(key, series=task.name(item), x=places, value=f"{found:.2f}")


# --- courses ----------------------------------------------------------------------------------------------------


def trend(task: Task) -> Iterator[str]:
    """Yield the course of each series: from, to, and between which values."""
    task = _lately(task)
    told = list(filter(None, [_changes(task)])) or list(stretches(task))
    if told:
        yield from told
        return
    compared = task.query.of_series or task.query.words & {"compare", "maximum"}
    if task.query.direction and len(task.items) > 1 and compared and not (task.query.yes_no or task.several_panels()):
        yield from _most_changed(task)
    yield from _all_of_them(task)
    for item in _that_change(task):
        if item.series.kind == "points" and not item.series.extra.get("error"):
            yield from _trend_of_points(task, item)
            continue
        if item.series.kind in _UNORDERED and not _is_row_between_times(task, item):
            yield from all_values(task, item)
            continue
        if task.query.yes_no and task.query.direction:
            answer = _yes_or_no(task, item)
            if answer and len(task.items) == 1:
                yield task.say(answer)
        yield from course(task, item)


def _all_of_them(task: Task) -> Iterator[str]:
    """Yield whether all series that are named go in the direction that is asked for."""
    query = task.query
    if not (query.yes_no and query.direction) or not 1 < len(task.items) == len(query.series):
        return
    if all(item.series.kind not in ("points", *_UNORDERED) for item in task.items):
        told = {_yes_or_no(task, item) for item in task.items}
        yield task.say("no" if "no" in told else "yes" if told == {"yes"} else "partly")


def _lately(task: Task) -> Task:
    """Return the last two values only where a question asks whether it rose lately."""
    if not task.query.has("lately") or not task.query.direction or task.query.bounds is not None:
        return task
    lines = all(item.series.kind in ("line", "area", "bars") and len(item.series.x) > 1 for item in task.items)
    items = [item.at_places([point.place for point in in_order(item.series)[-2:]]) for item in task.items]
    return replace(task, items=items) if lines else task


def _that_change(task: Task) -> Sequence[Item]:
    """Return the series that go in the direction that is asked for, of "which city is growing?"; or else all."""
    query = task.query
    if len(task.items) < 2 or not query.direction or query.yes_no or query.series or not query.has("which"):
        return task.items
    sign = 1 if query.direction == "up" else -1
    ends = [(item, points[0].value, points[-1].value) for item in task.items if (points := in_order(item.series))]
    return [item for item, first, last in ends if (last - first) * sign > 0] or task.items


def _most_changed(task: Task) -> Iterator[str]:
    """Yield which series rises, or falls, most from its first to its last value."""
    up = task.query.direction != "down"
    found = []
    for item in task.items:
        points = in_order(item.series)
        if len(points) > 1:
            found.append(((points[-1].value - points[0].value) * (1 if up else -1), item))
    if not found:
        return
    change, item = max(found, key=lambda pair: pair[0])
    if change > 0 and len(_that_change(task)) > 1:
        yield task.say("rises most" if up else "falls most", name=task.name(item), change=item.change(change))


def _changes(task: Task) -> str:
    """Return at which names the second of two groups of bars is higher, or lower, than the first, if that is asked."""
    query = task.query
    if len(task.items) != 2 or not query.direction or query.yes_no or query.of_series or query.places or query.series:
        return ""
    first, last = task.items
    names = [place for place in first.series.x if isinstance(place, str)]
    if not names or task.several_panels() or list(last.series.x) != names or first.series.kind == "line":
        return ""
    pairs = [(name, a, b) for name, a, b in zip(names, first.series.y, last.series.y, strict=True) if a != b]
    found = [(name, a, b) for name, a, b in pairs if (b > a) == (query.direction == "up")]
    shown = [f"{first.place(name)} ({first.value(a)} → {last.value(b)})" for name, a, b in found]
    ends = {"first": task.name(first), "last": task.name(last)}
    if not shown:
        return task.say("changes nowhere", **ends)
    return task.say("rises at" if query.direction == "up" else "falls at", places=join(shown, task.language), **ends)


def _is_row_between_times(task: Task, item: Item) -> bool:
    """Return whether a row of a heat map is alone, or asked about from one time to another, as a line would be."""
    if item.series.kind != "heat map" or not (item.period or _are_in_turn(item.series.x)):
        return False
    ends = task.query.bounds
    return len(task.items) == 1 or (ends is not None and None not in (ends.low, ends.high))


def _are_in_turn(places: Sequence[Place]) -> bool:
    """Return whether names are those of times, or numbered in their order: "Week 1", "Week 2"."""
    names = [place for place in places if isinstance(place, str)]
    numbered = [match for name in names if (match := re.fullmatch(r"(\D*?) ?(\d{1,3})", name.strip())) is not None]
    rising = all(int(a[2]) < int(b[2]) for a, b in pairwise(numbered))
    alike = len(numbered) == len(names) > 1 and len({match[1] for match in numbered}) == 1
    return (alike and rising) or (len(names) > 1 and are_names_of_times(names))


_UNORDERED: Final[tuple[Kind, ...]] = ("pie", "histogram", "heat map", "box plot")
"""Kinds whose values have no course from first to last."""


def all_values(task: Task, item: Item, most: int = 6) -> Iterator[str]:
    """Yield the values of a series if they are few, or else its lowest and its highest."""
    points = known_points(item.series)
    if not points:
        yield from _course_of_statistics(task, item)
    elif len(points) <= most:
        shown = [_beside(item, point) for point in points]
        key = "all values" if item.name else "values are"
        series = {"series": task.name(item)} if item.name else {}
        yield task.say(key, values=join(shown, task.language, longest=most), **series)
    else:
        low, high = min(points, key=lambda point: point.value), max(points, key=lambda point: point.value)
        ends = {"low": item.value(low.value), "high": item.value(high.value)}
        places = {"low_at": item.place(low.place), "high_at": item.place(high.place)}
        yield task.say("extremes of", series=task.name(item), **ends, **places)


def _beside(item: Item, point: Located) -> str:
    name = isinstance(point.place, str) and not is_date(point.place)
    return f"{item.place(point.place)}{'' if name else ':'} {item.value(point.value)}"


_MOST_LISTED: Final = 24
_FEW: Final = 6
"""As many values are all stated."""


def _trend_of_points(task: Task, item: Item) -> Iterator[str]:
    found = correlation(item.series)
    if task.query.bounds is not None and known_points(item.series):
        yield from course(task, item)
        return
    if found is None:
        yield task.say("too few", of=task.of(item))
        return
    if task.query.yes_no and task.query.direction and task.query.has("always"):
        yield task.say(_yes_or_no(task, item) or "no")
    elif task.query.yes_no and task.query.direction and abs(found) >= _CLEAR:
        yield task.say("yes" if (found > 0) == (task.query.direction == "up") else "no")
    yield tendency(task, item, found)


def _yes_or_no(task: Task, item: Item) -> str:
    """Return whether a series goes in the direction that is asked for: once, always, or from its first to its last."""
    values = [point.value for point in in_order(item.series)]
    if len(values) < 2:
        return ""
    if task.query.direction == "down":
        values = [-value for value in values]
    if task.query.has("ever"):
        return "yes" if any(a < b for a, b in pairwise(values)) else "no"
    if all(a <= b for a, b in pairwise(values)) and values[0] < values[-1]:
        return "yes"
    if task.query.has("always") or values[-1] <= values[0]:
        return "no"
    return "partly"


def course(task: Task, item: Item) -> Iterator[str]:
    """Yield the course of a series: from, to, by how much, and its extremes where they are not its ends."""
    points = in_order(item.series)
    if not points:
        yield from _course_of_statistics(task, item)
        return
    first, last = points[0], points[-1]
    low, high = min(points, key=lambda point: point.value), max(points, key=lambda point: point.value)
    if len(points) == 1:
        yield task.say("value", of=task.of(item), at=item.at(first.place), value=item.value(first.value))
        return
    slack = 2 * item.sigma(high.value)
    if high.value - low.value <= slack:
        yield task.say("constant", series=task.name(item), value=item.value(low.value))
        return
    change = last.value - first.value
    key = _kind_of_course([point.value for point in points], slack)
    fields = {
        "series": task.name(item),
        "first": item.value(first.value),
        "last": item.value(last.value),
        "first_at": item.place(first.place),
        "last_at": item.place(last.place),
    }
    if key == "stays":
        yield task.say(key, **fields)
    else:
        yield task.say(key, **fields, change=item.change(abs(change)))
    if key not in ("rises", "falls"):
        yield from _extremes(task, item, low, high, (first, last))


def _extremes(task: Task, item: Item, low: Located, high: Located, ends: tuple[Located, Located]) -> Iterator[str]:
    """Yield the lowest and the highest value, as far as they are not the ends."""
    values = [end.value for end in ends]
    lowest = {"value": item.value(low.value), "at": item.at(low.place)}
    highest = {"value": item.value(high.value), "at": item.at(high.place)}
    if low.value not in values and high.value not in values:
        shown = {"low": lowest["value"], "low_at": lowest["at"], "high": highest["value"], "high_at": highest["at"]}
        yield task.say("extremes", **shown)
    elif low.value not in values:
        yield task.say("minimum", of="", **lowest)
    elif high.value not in values:
        yield task.say("maximum", of="", **highest)


_MOSTLY: Final = 0.6
"""What changes by this part of its span from first to last rises or falls, whatever it does in between."""


def _kind_of_course(values: Sequence[float], slack: float) -> str:
    """Return the phrase for a course; less than `slack` may be an error of measurement."""
    change, span = values[-1] - values[0], max(values) - min(values)
    if not change:
        return "stays"
    direction = "rises" if change > 0 else "falls"
    if _is_steady(values, slack):
        return direction
    return f"{direction} mostly" if abs(change) >= _MOSTLY * span else f"{direction} overall"


def _is_steady(values: Sequence[float], slack: float) -> bool:
    """Whether values only rise, or only fall, but for what may be an error of measurement."""
    rises = all(value >= before - slack for before, value in zip(accumulate(values, max), values, strict=True))
    falls = all(value <= before + slack for before, value in zip(accumulate(values, min), values, strict=True))
    return rises or falls


def _course_of_statistics(task: Task, item: Item) -> Iterator[str]:
    known = item.series.summary
    if known.low is None or known.high is None or task.query.bounds is not None:
        yield task.say("nothing in bounds" if task.query.bounds is not None else "unknown", of=task.of(item))
        return
    shown = {"low": item.value(known.low), "high": item.value(known.high)}
    yield task.say("statistics", series=task.name(item), count=known.count, **shown)
