"""Answers to everyday questions: which grew most, what happened at a place, what is nearest to the mean, and groups."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import isfinite
from statistics import median
from typing import Final

from vision_magic.engine.chart.data import Place
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.comparing import higher_at, two_needed
from vision_magic.engine.questions.answers.courses import course
from vision_magic.engine.questions.answers.task import Item, Task, join
from vision_magic.engine.questions.forms.everyday import MOST_WORDS, are_plain_names, are_times
from vision_magic.engine.questions.numbers import format_derived, is_date, quoted
from vision_magic.engine.questions.operations import between, in_order, known_points, mean, total, values_at
from vision_magic.engine.questions.places.groups import Group
from vision_magic.engine.questions.places.periods import added_up, can_be_added, of_year

__all__ = [
    "ahead_from",
    "change_at",
    "from_limit",
    "group",
    "groups",
    "growth",
    "happened",
    "higher",
    "nearest",
    "pair",
    "reference",
    "related",
    "since_extreme",
    "to_extreme",
    "totals",
]

_Change = tuple[str, Item, float, float, str, str]


def growth(task: Task) -> Iterator[str]:
    """Yield which series, or which name that two series share, changed most from first to last."""
    found = list(_between_times(task) or _from_first_to_last(task))
    if len(found) < 2:
        yield task.say("too few", of="")
        return
    sign = -1.0 if task.query.direction == "down" else 1.0
    compared = len(task.query.series) == 2
    ranked = bool(task.query.words & {"maximum", "minimum", "rate"}) or re.search(
        rf"\b(?:{MOST_WORDS})\b", task.query.text
    )
    if task.query.direction and not compared and (task.query.yes_no or not ranked):
        yield from _any_changed(task, found, sign)
        return
    least = any(word in task.query.text for word in ("least", "slowest", "smallest", "weakest"))
    relative = any(word in task.query.text for word in ("fastest", "faster", "percent", "relative", "%", "rate"))

    def change(entry: _Change) -> float:
        difference = entry[3] - entry[2]
        part = difference / abs(entry[2]) if relative and entry[2] else difference
        return abs(part) if not task.query.direction else sign * part

    found.sort(key=change, reverse=not least)
    best = found[0]
    if task.query.yes_no and compared:  # did the first change more than the second?
        yield task.say("yes" if best[1].series.name == task.query.series[0] else "no")
    if change(best) <= 0 and not least:
        yield task.say("grew none", direction=task.say("word rise" if sign > 0 else "word fall"))
        return
    key = "changed least" if least else "grew most" if best[3] >= best[2] else "fell most"
    others = join([f"{entry[0]} {_signed(entry)}" for entry in found[1:7]], task.language)
    first, last = (f"{best[1].value(value)} ({at})" for value, at in ((best[2], best[4]), (best[3], best[5])))
    yield task.say(key, name=best[0], change=_amount(best), first=first, last=last, others=others)
    if not relative and all(entry[2] > 0 for entry in found) and best[1].unit != "%":
        top = max(found, key=lambda entry: sign * (entry[3] / entry[2]))
        if top is not best and not least:
            yield task.say("grew most in percent", name=top[0], value=_percent(top))


def ahead_from(task: Task) -> Iterator[str]:
    """Yield from which place on the first of two series stays above the second; where it does not, all such places."""
    if len(task.items) != 2:
        yield two_needed(task)
        return
    first, second = task.items
    order = {place: number for number, place in enumerate(point.place for point in in_order(first.series))}
    shared = sorted(between(first.series, second.series), key=lambda entry: order.get(entry[0], 0))
    behind = [number for number, (_, a, b) in enumerate(shared) if a <= b]
    start = behind[-1] + 1 if behind else 0
    stays = start < len(shared)
    ahead = shared[start:] if stays else [entry for entry in shared if entry[1] > entry[2]]
    for place, a, b in ahead[:1]:
        names = {"a": task.name(first), "b": task.name(second), "a_value": first.value(a), "b_value": second.value(b)}
        yield task.say("ahead from" if stays else "first ahead", **names, at=first.at(place))
    if not stays:
        yield from higher_at(task, first, second, means=False)


def _any_changed(task: Task, found: list[_Change], sign: float) -> Iterator[str]:
    """Yield whether any of them rose, or fell, and those that did."""
    chosen = [entry for entry in found if sign * (entry[3] - entry[2]) > 0]
    if task.query.yes_no:
        yield task.say("yes" if chosen else "no")
    for entry in chosen[:6]:
        ends = {"first": entry[1].value(entry[2]), "last": entry[1].value(entry[3])}
        places = {"first_at": entry[4], "last_at": entry[5]}
        yield task.say("rises" if sign > 0 else "falls", series=entry[0], **ends, **places, change=_amount(entry))
    if not chosen:
        yield task.say("grew none", direction=task.say("word rise" if sign > 0 else "word fall"))


def _between_times(task: Task, *, named: bool = False) -> list[_Change]:
    """Return the changes of names from one to the other of two series that are times, such as 2019 and 2024.

    Series that a question names as such, "from the first round to the second", need no names of times.
    """
    if len(task.items) < 2 or not (named or are_times([item.series.name for item in task.items])):
        return []
    first, last = task.items[0], task.items[-1]
    names = [place for place in first.series.x if isinstance(place, str) and not is_date(place)]
    found = [(place, values_at(first.series, place), values_at(last.series, place)) for place in names]
    at = task.name(first), task.name(last)
    return [(first.place(place), first, a[0], b[0], *at) for place, a, b in found if a and b]


def _from_first_to_last(task: Task) -> Iterator[_Change]:
    if are_plain_names(task.panels):  # names have no order along which values could rise
        return
    for item in task.items:
        points = in_order(item.series)
        if len(points) > 1:
            a, b = points[0], points[-1]
            yield task.name(item), item, a.value, b.value, item.place(a.place), item.place(b.place)


def _percent(entry: _Change) -> str:
    return f"{format_derived(float(f'{100 * abs(entry[3] / entry[2] - 1):.3g}'))} %"


def _amount(entry: _Change) -> str:
    """Return a change without its sign, with its part of the first value in percent."""
    shown = entry[1].change(abs(entry[3] - entry[2]), derived=True)
    return f"{shown} ({_percent(entry)})" if entry[2] > 0 and entry[1].unit != "%" else shown


def _signed(entry: _Change) -> str:
    return f"{'+' if entry[3] >= entry[2] else '−'}{_amount(entry)}"


def happened(task: Task) -> Iterator[str]:
    """Yield the value of each series at a place, its change from the place before, and its rank."""
    if not task.query.places:
        yield from _happened_within(task)
        return
    place = task.query.places[0]
    for item in _that_moved(task, place)[:6]:
        points = in_order(item.series)
        number = next((number for number, point in enumerate(points) if point.place == place), None)
        if number is None:
            yield from _not_there(task, item, place)
            continue
        here = points[number]
        rank = 1 + sum(point.value > here.value for point in points)
        said = {"at": item.at(place), "value": item.value(here.value), "rank": rank, "total": len(points)}
        if number == 0:
            yield task.say("was", series=task.name(item), **said)
            continue
        before = points[number - 1]
        if task.query.yes_no and task.query.direction and len(task.items) == 1:
            up = task.query.direction == "up"
            yield task.say("yes" if (here.value > before.value if up else here.value < before.value) else "no")
        entry = ("", item, before.value, here.value, "", "")
        key = "was more" if here.value > before.value else "was less" if here.value < before.value else "was same"
        change = {} if key == "was same" else {"change": _amount(entry)}
        yield task.say(key, series=task.name(item), **said, before=item.at(before.place), **change)


def _that_moved(task: Task, place: Place) -> Sequence[Item]:
    """Return the series of which "which department was growing in 2024" asks: those that did; all if none did."""
    which = re.match(_WHICH_OF_THEM, task.query.text) is not None and task.query.direction and len(task.items) > 1
    up = task.query.direction == "up"
    moved = []
    for item in task.items if which else []:
        points = in_order(item.series)
        pairs = [(a.value, b.value) for a, b in pairwise(points) if b.place == place]
        if any(after > before if up else after < before for before, after in pairs):
            moved.append(item)
    return moved or task.items


_WHICH_OF_THEM: Final = (
    r"\W*(?:(?:which|what) [a-z]+|who|welche[rsn]? \w+|wer|quel(?:le)?s? \w+|qui|qué \w+|quién(?:es)?)\b"
)


def _happened_within(task: Task) -> Iterator[str]:
    """Yield the course of each series within a year, and its sum or mean against that of the year before."""
    bounds = task.query.bounds
    year = bounds.low if bounds is not None and bounds.low == bounds.high else None
    for item in task.items[:4]:
        values = [point.value for point in known_points(item.series)]
        if len(values) < 2:
            yield task.say("unknown", of=task.of(item))
            continue
        yield from course(task, item)
        own = next((one for one in item.panel.series if one.name == item.series.name), item.series)
        before = str(int(year) - 1) if isinstance(year, str) and len(year) == 4 else ""
        earlier = of_year(replace(item, series=own), before)
        if len(earlier) != len(values):
            continue
        statistic = "sum" if can_be_added(item) else "mean"
        function = total if statistic == "sum" else mean
        now, then = (item.value(function(ones), derived=statistic == "mean") for ones in (values, earlier))
        word = task.say(f"word {statistic}")
        yield task.say(
            "against before", statistic=word, of=task.of(item), year=year, value=now, before=before, then=then
        )


def change_at(task: Task) -> Iterator[str]:
    """Yield how the value at a place changes from one to the other of two series that are times."""
    places = [task.items[0].place(place) for place in task.query.places[:1]]
    entry = next(
        (entry for entry in _between_times(task, named=len(task.query.series) == 2) if entry[0] in places), None
    )
    if entry is None:
        yield task.say("too few", of="")
        return
    name, item, before, after, first_at, last_at = entry
    if task.query.yes_no and task.query.direction:
        yield task.say("yes" if (after > before) == (task.query.direction == "up") and after != before else "no")
    ends = {"first": item.value(before), "last": item.value(after), "first_at": first_at, "last_at": last_at}
    key = "stays" if before == after else "rises" if after > before else "falls"
    yield task.say(key, series=name, **ends, **({} if before == after else {"change": _amount(entry)}))


def higher(task: Task) -> Iterator[str]:
    """Yield at which places the first of two series is higher than the second."""
    if len(task.items) == 2:
        yield from higher_at(task, *task.items, means=False)
    else:
        yield two_needed(task)


def totals(task: Task) -> Iterator[str]:
    """Yield which of two series has the higher, or the lower, sum; of more the highest and the next."""
    found = [(total([point.value for point in known_points(item.series)]), item) for item in task.items]
    if len(found) < 2 or task.several_panels():
        yield two_needed(task)
        return
    less = task.query.direction == "down" if task.query.firm else task.query.asks_less
    found.sort(key=lambda pair: pair[0], reverse=not less)
    (one, first), (other, second) = found[:2]
    said = {"name": task.name(first), "other": task.name(second), "change": first.change(abs(one - other))}
    key = "lower total" if less else "higher total"
    yield task.say(key, **said, value=first.value(one), other_value=second.value(other))


def from_limit(task: Task) -> Iterator[str]:
    """Yield how far values at places are above or below a line of reference."""
    if not task.query.amounts:
        yield task.say("unknown", of="")
        return
    limit = task.query.amounts[0]
    for item in task.items[:6]:
        for place in task.query.places[:6]:
            for value in values_at(item.series, place)[:1]:
                key = "above" if value > limit else "below"
                than = task.say(key, limit=item.value(limit))
                shown = {"at": item.at(place), "value": item.value(value), "change": item.change(abs(value - limit))}
                yield task.say("from limit", series=task.name(item), **shown, than=than)


def times_limit(task: Task) -> Iterator[str]:
    """Yield how many times a line of reference values at places are."""
    if not (task.query.amounts and task.query.limits):
        yield task.say("unknown", of="")
        return
    limit = task.query.amounts[0]
    name = quoted(task.query.limits[0], task.language)
    for item in task.items[:6]:
        for place in task.query.places[:6]:
            for value in values_at(item.series, place)[:1]:
                shown = {"a_value": item.value(value), "b_value": item.value(limit)}
                if not limit:
                    yield task.say("by zero", b=name)
                    continue
                times = format_derived(float(f"{value / limit:.3g}"))
                yield task.say("ratio", a=item.place(place), b=name, **shown, value=times)


def since_extreme(task: Task) -> Iterator[str]:
    """Yield how values change from their highest, or their lowest, to the last."""
    for item in task.items[:6]:
        points = in_order(item.series)
        if len(points) < 2:
            yield task.say("too few", of=task.of(item))
            continue
        choose = min if task.query.direction == "up" else max
        start, last = choose(points, key=lambda point: point.value), points[-1]
        ends = {"first": item.value(start.value), "first_at": item.place(start.place)}
        ends |= {"last": item.value(last.value), "last_at": item.place(last.place)}
        key = "stays" if start.value == last.value else "rises" if last.value > start.value else "falls"
        change = {} if key == "stays" else {"change": _amount(("", item, start.value, last.value, "", ""))}
        yield task.say(key, series=task.name(item), **ends, **change)


def to_extreme(task: Task) -> Iterator[str]:
    """Yield how values change from the first within bounds to the highest, or the lowest, after it."""
    for item in task.items[:6]:
        points = in_order(item.series)
        if len(points) < 2:
            yield task.say("too few", of=task.of(item))
            continue
        choose = max if task.query.direction == "up" else min
        start, best = points[0], choose(points, key=lambda point: point.value)
        ends = {"first": item.value(start.value), "first_at": item.place(start.place)}
        ends |= {"last": item.value(best.value), "last_at": item.place(best.place)}
        key = "stays" if start.value == best.value else "rises" if best.value > start.value else "falls"
        change = {} if key == "stays" else {"change": _amount(("", item, start.value, best.value, "", ""))}
        yield task.say(key, series=task.name(item), **ends, **change)


def pair(task: Task) -> Iterator[str]:
    """Yield which two values are closest to each other."""
    for item in task.items[:6]:
        points = sorted(known_points(item.series), key=lambda point: point.value)
        if len(points) < 2:
            yield task.say("too few", of=task.of(item))
            continue
        a, b = min(pairwise(points), key=lambda two: two[1].value - two[0].value)
        shown = {
            "a_value": item.value(a.value),
            "b_value": item.value(b.value),
            "change": item.change(b.value - a.value),
        }
        yield task.say("closest pair", of=task.of(item), a=item.place(a.place), b=item.place(b.place), **shown)


def related(task: Task) -> Iterator[str]:
    """Yield which two variables of a matrix are related most, apart from each with itself; of one, which other."""
    rows = task.items
    if len(task.query.series) == 2:
        yield from _related_pair(task)
        return
    found = [
        (point.value, item.series.name, str(point.place))
        for item in rows
        for point in known_points(item.series)
        if point.place != item.series.name
    ]
    sign = {"up": 1.0, "down": -1.0}.get(task.query.direction)
    if sign is not None:
        found = [entry for entry in found if sign * entry[0] > 0]
    if not found:
        yield task.say("too few", of="")
        return
    least = re.search(r"\b(?:least|weak\w*|lowest|smallest)\b", task.query.text) is not None
    least = "minimum" in task.query.words if task.query.firm else least
    value, a, b = (min if least else max)(found, key=lambda entry: abs(entry[0]))
    names = {"a": quoted(a, task.language), "b": quoted(b, task.language)}
    yield task.say("related least" if least else "related most", value=format_derived(value), **names)


def _related_pair(task: Task) -> Iterator[str]:
    """Yield the correlation of two variables of a matrix, and whether it is one of the sign that is asked for."""
    names = task.query.series
    cells = [(item, name) for item in task.items for name in names if item.series.name != name]
    values = [value for item, name in cells for value in values_at(item.series, name)[:1] if math.isfinite(value)]
    if not values:
        yield task.say("too few", of="")
        return
    value = values[0]
    if task.query.yes_no:
        yield task.say("yes" if (value < 0) == (task.query.direction == "down") else "no")
    a, b = (quoted(name, task.language) for name in names)
    key = "related hardly" if abs(value) < _HARDLY else "related alike" if value > 0 else "related inversely"
    yield task.say(key, a=a, b=b, value=format_derived(value))


_HARDLY: Final = 0.1
"""Below this, a correlation tells hardly anything."""


def _not_there(task: Task, item: Item, place: Place) -> Iterator[str]:
    points = in_order(item.series)
    if points:
        ends = {"first": item.without_name(points[0].place), "last": item.without_name(points[-1].place)}
        yield task.say("no place", of=task.of(item), at=item.at(place), **ends)
    else:
        yield task.say("unknown", of=task.of(item))


def nearest(task: Task) -> Iterator[str]:
    """Yield which value is nearest to the mean or the median, or to a number that the question names."""
    for item in task.items[:6]:
        points = known_points(item.series)
        if len(points) < 2:
            yield task.say("too few", of=task.of(item))
            continue
        values = [point.value for point in points]
        amount = task.query.amounts[0] if task.query.amounts else None
        statistic = median(values) if task.query.statistic == "median" else mean(values)
        goal = amount if amount is not None else statistic
        best = min(points, key=lambda point: abs(point.value - goal))
        word = "" if amount is not None else task.say(f"word {task.query.statistic or 'mean'}")
        shown = item.value(goal, derived=True)
        shown = task.say("goal", word=word, value=shown) if word else shown
        yield task.say("nearest", of=task.of(item), goal=shown, at=item.at(best.place), value=item.value(best.value))


# --- groups of places -------------------------------------------------------------------------------------------


def group(task: Task) -> Iterator[str]:
    """Yield the values of a group of places, their sum where they can be added, and their mean."""
    for item in task.items[:6]:
        points = known_points(item.series)
        if not points:
            yield task.say("nothing in bounds", of=task.of(item))
            continue
        values = [point.value for point in points]
        if len(points) == 1:
            yield task.say("value", of=task.of(item), at=item.at(points[0].place), value=item.value(values[0]))
            continue
        if len(points) <= 4 and len(points) > 1:
            shown = join([f"{item.place(point.place)} {item.value(point.value)}" for point in points], task.language)
            yield task.say("group values", of=task.of(item), values=shown)
        yield added_up(task, item, values)


def groups(task: Task) -> Iterator[str]:
    """Yield how the means of groups of places compare, for each series."""
    for item in task.items[:6]:
        found = [(one, [v for p in one.places for v in values_at(item.series, p)]) for one in task.query.groups]
        known = [(one, values) for one, values in found if values]
        for (a, first), (b, second) in pairwise(known[:2]):
            if _are_at_odds(task, item, first, second):
                for summed in (True, False):
                    of = total if summed else mean
                    yield _compared(
                        replace(task, query=replace(task.query, yes_no=False)),
                        item,
                        (a, of(first)),
                        (b, of(second)),
                        summed=summed,
                    )
                continue
            summed = task.query.statistic == "sum" or (len(first) == len(second) and _may_be_added(task, item))
            of = total if summed else mean
            yield _compared(task, item, (a, of(first)), (b, of(second)), summed=summed)


def _are_at_odds(task: Task, item: Item, first: list[float], second: list[float]) -> bool:
    """Return whether one group has more in all and the other more on average, of what can be added."""
    open_ = can_be_added(item) and not task.query.statistic and task.query.yes_no
    return open_ and (total(first) > total(second)) != (mean(first) > mean(second))


def _may_be_added(task: Task, item: Item) -> bool:
    """Return whether groups are compared by their sums: of what can be added, unless their means are asked for."""
    return can_be_added(item) and not task.query.statistic and len(task.query.groups[0].places) > 2


def _compared(task: Task, item: Item, a: tuple[Group, float], b: tuple[Group, float], *, summed: bool) -> str:
    low, high = sorted((a, b), key=lambda pair: pair[1])
    yes = ""
    if task.query.yes_no:
        asks_less = task.query.asks_less
        yes = task.say("yes" if (a[1] < b[1] if asks_less else a[1] > b[1]) else "no") + " "
    shown = {"a_value": item.value(high[1], derived=True), "b_value": item.value(low[1], derived=True)}
    change = item.change(high[1] - low[1], derived=True)
    key = "group more in all" if summed else "group more"
    return yes + task.say(key, of=task.of(item), a=high[0].name, b=low[0].name, change=change, **shown)


def reference(task: Task) -> Iterator[str]:
    """Yield at which value a line of reference is drawn."""
    item = task.items[0]
    for series in (one for panel in task.panels for one in panel.series if one.kind == "reference line"):
        if len(series.y) == 1 and isfinite(series.y[0]):
            name = series.name if series.name in task.query.limits or not task.query.limits else task.query.limits[0]
            yield task.say("line at", name=quoted(name, task.language), value=item.value(series.y[0]))
