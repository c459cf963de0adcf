"""Answers about how fast values change: slopes, exponents, the steepest step, and changes in percent."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from vision_magic.engine.chart.data import Series
from vision_magic.engine.questions.answers.comparing import sides_of, two_needed
from vision_magic.engine.questions.answers.courses import course
from vision_magic.engine.questions.answers.task import Item, Task, join
from vision_magic.engine.questions.numbers import escape, format_derived, is_date, is_year_label, label_without_unit
from vision_magic.engine.questions.operations import (
    Located,
    correlation,
    has_jumps,
    in_order,
    levels,
    slope,
    slope_of_logs,
)

__all__ = ["each", "percent", "rate", "slope_sentence", "slopes", "step"]


def _logs(item: Item) -> tuple[bool, bool]:
    return item.places.scale == "log", item.values.scale == "log"


def _pace(item: Item) -> float | None:
    """Return how fast values change: for each unit of x, or in powers of it where the axes are logarithmic."""
    log_x, log_y = _logs(item)
    if log_y:
        return slope_of_logs(item.series, log_x=log_x)
    return None if log_x else slope(_by_year(item.series) if item.period == "year" else item.series)


def _by_year(series: Series) -> Series:
    """Return a series whose places are names of years with these as numbers."""
    return replace(series, x=tuple(float(str(place)[:4]) for place in series.x))


_DAYS: Final = frozenset(("day", "days", "tag", "tage", "jour", "jours", "día", "días", "일", "天", "日"))


def each(task: Task, item: Item, *, several: bool = False) -> str:
    """Return the unit of places, as what one step along x is: "min", "day", or "1 of “Hours of study”"."""
    place = item.series.x[0] if item.series.x else 0.0
    if isinstance(place, str) and is_date(place):
        return task.say("days" if several else "day")
    if item.places.unit:
        return escape(item.places.unit)
    label = label_without_unit(item.places)
    if label.casefold() in _DAYS:
        return task.say("days" if several else "day")
    if is_year_label(label) or item.period == "year":
        return task.say("years" if several else "year")
    return task.say("units of" if several else "unit of", label=escape(label) if label else "x")


def _in_words(task: Task, item: Item, pace: float) -> str:
    """Return a pace with its units."""
    log_x, log_y = _logs(item)
    if log_x and log_y:
        return task.say("exponent", value=_short(pace))
    if log_y:
        return task.say("growth", value=_short(100 * (10**pace - 1)), unit=each(task, item))
    return task.say("per unit", value=item.change(pace, derived=True), unit=each(task, item))


def _short(value: float) -> str:
    return format_derived(float(f"{value:.3g}")) if math.isfinite(value) else str(value)


def slope_sentence(task: Task, item: Item) -> Iterator[str]:
    """Yield the slope of the straight line through a series; on logarithmic axes, the power or the rate of growth."""
    pace = _pace(item)
    if pace is None or abs(pace) > 300:
        return
    log_x, log_y = _logs(item)
    yield task.say("slope", series=task.name(item), value=_in_words(task, item, pace))
    if log_y and not log_x and pace:
        time = math.log10(2) / abs(pace)
        key = "doubles" if pace > 0 else "halves"
        yield task.say(key, value=_short(time), unit=each(task, item, several=_short(time) != "1"))


def _doubling(task: Task, item: Item) -> Iterator[str]:
    """Yield how long a series takes to double: on a linear axis, only if its logarithms are along a straight line."""
    points = in_order(item.series)
    if len(points) < 3 or any(point.value <= 0 for point in points):
        return
    logs = [math.log10(point.value) for point in points]
    line = replace(item.series, x=tuple(p.place for p in points), y=tuple(logs))
    pace = slope(line)
    fit = correlation(line)
    if pace and fit is not None and fit**2 > _STRAIGHT:
        time = math.log10(2) / abs(pace)
        unit = each(task, item, several=_short(time) != "1")
        yield task.say("doubles" if pace > 0 else "halves", value=_short(time), unit=unit)


_STRAIGHT: Final = 0.98
"""How much of the variance of logarithms a straight line explains where growth is exponential."""
_DOUBLING: Final = re.compile(
    r"doubl\w*|halv\w*|half-?li\w*|verdopp\w*|halbier\w*|halbwert\w*|demi-vie|duplic\w*|"
    r"두 ?배|배가|반감|翻倍|倍增|半衰"
)


def slopes(task: Task) -> Iterator[str]:
    """Yield the slope of each series, or how long it takes to double."""
    for item in task.items[:6]:
        doubling = item.values.scale != "log" and _DOUBLING.search(task.query.text) is not None
        sentences = list((_doubling if doubling else slope_sentence)(task, item))
        if doubling and not sentences:
            yield task.say("no doubling", series=task.name(item))
        elif sentences:
            yield from sentences
        else:
            yield from course(task, item)


def rate(task: Task) -> Iterator[str]:
    """Yield which series changes fastest, or slowest."""
    if task.several_panels():
        yield two_needed(task)
        return
    found = [(pace, item) for item in task.items if (pace := _pace(item)) is not None and abs(pace) <= 300]
    if len(found) < 2 or len({_logs(item) for _, item in found}) > 1:
        yield two_needed(task)
        return
    down = task.query.direction == "down"
    found.sort(key=lambda pair: pair[0] if down else -pair[0])
    if not task.query.direction and all(pace < 0 for pace, _ in found):
        found.reverse()
    if task.query.has("slower"):
        found.reverse()
    pace, item = found[0]
    others = join([f"{task.name(other)}: {_in_words(task, other, known)}" for known, other in found[1:]], task.language)
    key = "slowest" if task.query.has("slower") else "fastest"
    if task.query.yes_no and len(task.query.series) == 2:
        yield task.say("yes" if item.series.name == task.query.series[0] else "no")
    yield task.say(key, name=task.name(item), value=_in_words(task, item, pace), others=others)


def step(task: Task) -> Iterator[str]:
    """Yield between which neighbouring points values change most."""
    for item in task.items[:6]:
        points = in_order(item.series)
        if len(points) < 2:
            yield task.say("unknown", of=task.of(item))
            continue
        parts = levels(item.series) if has_jumps(item.series) else []
        if parts:  # a step is at one place, and not between two
            points = [Located((part.value, part.start)) for part in parts]
        pairs = [(b.value - a.value, a, b) for a, b in pairwise(points)]
        falls = all(change <= 0 for change, _, _ in pairs)  # "cooled fastest" of what only falls
        down = task.query.direction == "down" or (not task.query.direction and falls)
        if task.query.direction or not task.query.has("change"):
            change, a, b = (min if down else max)(pairs, key=lambda pair: pair[0])
        else:
            change, a, b = max(pairs, key=lambda pair: abs(pair[0]))
        if (change >= 0 and down) or (change <= 0 and not down and not task.query.has("change")):
            yield task.say("no step", series=task.name(item))
            continue
        if parts:
            key = "jumps down most" if change < 0 else "jumps up most"
            ends = {"first": item.value(a.value), "last": item.value(b.value)}
            yield task.say(key, series=task.name(item), at=item.at(b.place), change=item.change(abs(change)), **ends)
            continue
        yield task.say(
            "step down" if change < 0 else "step up",
            series=task.name(item),
            left=item.place(a.place),
            right=item.place(b.place),
            change=item.change(abs(change)),
            first=item.value(a.value),
            last=item.value(b.value),
        )


def percent(task: Task) -> Iterator[str]:
    """Yield by how many percent one value is higher than the other, or a series changes from first to last."""
    query = task.query
    if "trend" in query.words and query.direction and len(query.places) < 2 and not query.words & {"difference"}:
        for item in task.items[:6]:
            points = in_order(item.series)
            yield _change_of(task, item) if len(points) > 1 else task.say("unknown", of=task.of(item))
        return
    if "trend" in query.words and len(query.places) == 2 and len(task.items) == 1:
        item = task.items[0]
        yield _change_of(task, item.at_places([place for place in item.series.x if place in query.places]))
        return
    if len(query.places) >= 2 and len(task.items) > 1 and len(query.series) < 2:
        groups = [replace(task, items=[item]) for item in task.items[:6]]
    else:
        groups = [task]
    for group in groups:
        sides = sides_of(group)
        if sides is None:
            yield two_needed(task)
            continue
        a, b = sides.a, sides.b
        if not b.value or a.item.unit == "%":
            from vision_magic.engine.questions.answers.comparing import difference

            yield from difference(group)
            continue
        part = a.value / b.value - 1
        yield task.say(
            "percent more" if part >= 0 else "percent less",
            a=a.name,
            b=b.name,
            value=f"{_short(100 * abs(part))} %",
            a_value=a.item.value(a.value, derived=sides.of_means),
            b_value=b.item.value(b.value, derived=sides.of_means),
        )


def _change_of(task: Task, item: Item) -> str:
    points = in_order(item.series)
    first, last = points[0], points[-1]
    if not first.value or item.unit == "%":
        return " ".join(course(task, item))
    part = last.value / first.value - 1
    return task.say(
        "percent up" if part >= 0 else "percent down",
        series=task.name(item),
        value=f"{_short(100 * abs(part))} %",
        first=item.value(first.value),
        last=item.value(last.value),
        first_at=item.place(first.place),
        last_at=item.place(last.place),
    )
