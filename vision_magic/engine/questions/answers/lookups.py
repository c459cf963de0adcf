"""Answers from a value to its place, and about the order and the spread of values."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from vision_magic.engine.chart.data import Place
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.boxes import has_quartiles, spread_of_boxes
from vision_magic.engine.questions.answers.task import Item, Task, join
from vision_magic.engine.questions.checks.fitting import LASTING
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.names_of_numbers import are_in_order
from vision_magic.engine.questions.names.usual_names import kind_of_names
from vision_magic.engine.questions.numbers import format_derived, format_value, is_date
from vision_magic.engine.questions.operations import (
    Bounds,
    Located,
    Pass,
    has_jumps,
    in_order,
    is_joined,
    known_points,
    levels,
    mean,
    passes,
    position_of,
    ranked,
    total,
)
from vision_magic.engine.questions.query import Threshold
from vision_magic.engine.questions.vocabulary.judging import judged
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["in_bins", "is_over_places", "lookup", "reach", "sort", "spread"]

_MOST: Final = 4
_ROUNDED: Final = 0.005
"""How far a value may be from the one that a question states, which is rounded."""


# --- from a value to its place ----------------------------------------------------------------------------------


def lookup(task: Task) -> Iterator[str]:
    """Yield where the values are that a question states; of a line, where it reaches them between its points."""
    for amount in task.query.amounts[:3]:
        exact = [
            (point, item) for item in task.items for point in known_points(item.series) if _is(item, point, amount)
        ]
        if exact:
            if task.query.yes_no:
                yield task.say("yes")
            places = [_placed(task, item, point) for point, item in exact]
            shown = format_value(amount, exact[0][1].unit)
            key = "found times" if task.query.firm and "count" in task.query.words else "found"
            yield task.say(key, value=shown, at=join(places, task.language), count=len(places))
            continue
        lines = [item for item in task.items if is_joined(item.series)]
        sentences = [sentence for item in lines for sentence in _passing(task, item, amount, up=None)]
        if sentences and not task.query.yes_no:
            yield from sentences
        else:
            yield from _nearest(task, amount)


def _placed(task: Task, item: Item, point: Located) -> str:
    return f"{item.at(point.place)} ({task.name(item)})" if len(task.items) > 1 else item.at(point.place)


def _is(item: Item, point: Located, amount: float) -> bool:
    """Return whether a value is the one that is stated, as far as it is known or stated."""
    if math.isclose(point.value, amount, rel_tol=1e-9, abs_tol=1e-12):
        return True
    digits = len(f"{amount:g}".partition(".")[2])
    rounded = digits > 0 and round(point.value, digits) == amount
    near = abs(point.value - amount) <= _ROUNDED * abs(amount)  # 0.46 is not 0.5
    return abs(point.value - amount) <= max(item.sigma(point.value), 0.0) or (rounded and near)


def _nearest(task: Task, amount: float) -> Iterator[str]:
    points = [(point, item) for item in task.items for point in known_points(item.series)]
    if not points:
        yield task.say("unknown", of="")
        return
    if task.query.yes_no:
        yield task.say("no")
    point, item = min(points, key=lambda pair: abs(pair[0].value - amount))
    shown = format_value(amount, item.unit)
    yield task.say("not found", value=shown, nearest=item.value(point.value), at=_placed(task, item, point))


# --- where a limit is passed ------------------------------------------------------------------------------------


def reach(task: Task) -> Iterator[str]:
    """Yield where values pass a limit: on a line between its points, of other marks at the first beyond it."""
    limit = task.query.threshold
    if limit is None:
        return
    for item in map(_by_levels, task.items[:6]):
        points = in_order(item.series)
        if not points:
            yield task.say("unknown", of=task.of(item))
            continue
        bound = mean([point.value for point in points]) if math.isnan(limit.limit) else limit.limit
        up = limit.kind in ("above", "at least")
        if limit.kind == "at least" and points[0].value > bound and task.query.direction != "up":
            up = False  # what begins above a value reaches it from above
        first = limit.holds(points[0].value) if not math.isnan(limit.limit) else points[0].value > bound
        in_time = bool(item.period) or (item.place(points[0].place).isdigit() and is_joined(item.series))
        stepped = _are_steps(item) and (task.query.has("from") or in_time)
        if stepped and not task.query.has("again") and not first:
            yield from _first_beyond(task, item, points, bound, up=up)
            continue
        joined = is_joined(item.series) and position_of(points[0].place) is not None
        sentences = list(_passing(task, item, bound, up=up)) if joined else []
        if re.search(LASTING, task.query.text):
            sentences = sentences[-1:]
        elif task.query.has("from") and not task.query.has("again"):  # "when did it first"
            sentences = sentences[:1]
        if sentences and _is_drawn_beyond(limit, points, bound, up=up):
            yield from _start(task, item, points[0], bound, up=up)
            drawn = list(_first_drawn(task, item, points, bound, up=up))
            yield from drawn
            yield from [] if drawn and item.series.steps else sentences  # a step passes it where it is first beyond
        else:
            yield from _first_beyond(task, item, points, bound, up=up)


def _by_levels(item: Item) -> Item:
    """Return a line of steps with each value at the place from which it holds, or as points where these count."""
    if item.series.kind != "step":
        return item
    if not has_jumps(item.series):
        return replace(item, series=replace(item.series, steps=""))
    parts = levels(item.series)
    x, y = tuple(part.start for part in parts), tuple(part.value for part in parts)
    return replace(item, series=replace(item.series, x=x, y=y, extra={}, known=None, steps="post"))


_MOST_DRAWN: Final = 60
"""Of a line of more points, the place between two of them is as good as a point."""


def _is_drawn_beyond(limit: Threshold, points: Sequence[Located], bound: float, *, up: bool) -> bool:
    """Return whether a point of a line is beyond a limit, which the line may only touch."""
    return limit.kind in ("at least", "at most") or any(p.value > bound if up else p.value < bound for p in points)


def _first_drawn(task: Task, item: Item, points: Sequence[Located], bound: float, *, up: bool) -> Iterator[str]:
    """Yield the first point of a line that is beyond a limit after one that is not, which people read off."""
    limit = task.query.threshold
    if limit is None or len(points) > _MOST_DRAWN or re.search(LASTING, task.query.text) or task.query.has("again"):
        return
    if (limit.kind in ("above", "at least")) != up:  # from which side it is reached was guessed
        return
    strict = limit.kind in ("above", "below")
    values = [point.value if up else -point.value for point in points]
    edge = bound if up else -bound
    held = [value > edge if strict else value >= edge for value in values]
    first = next((number for number, is_beyond in enumerate(held) if is_beyond), 0)
    if first == 0 or values[first] == edge:  # that it is reached there is said anyway
        return
    kind = ("above" if strict else "at least") if up else ("below" if strict else "at most")
    than = task.say(kind, limit=format_value(bound, item.unit, derived=True))
    point = points[first]
    shown = {"at": item.at(point.place), "value": item.value(point.value)}
    yield task.say("first beyond", series=task.name(item), than=than, **shown)


def place_of_passing(task: Task) -> Place | None:
    """Return the first place at which values are beyond a limit, or have passed a value; None if none is."""
    limit = task.query.threshold
    points = in_order(task.items[0].series) if task.items else []
    if limit is not None:
        return next((point.place for point in points if limit.holds(point.value)), None)
    if not task.query.amounts or not points:
        return None
    wanted = task.query.amounts[0]
    up = points[0].value < wanted
    return next((one.place for one in points if (one.value >= wanted if up else one.value <= wanted)), None)


def _are_steps(item: Item) -> bool:
    """Return whether places are whole steps, such as years and weeks, of which the first beyond a limit is meant."""
    numbers = [place for place in item.series.x if not isinstance(place, str)]
    return bool(item.period) or (
        len(numbers) == len(item.series.x) > 2 and all(b - a == 1 for a, b in pairwise(sorted(numbers)))
    )


def _start(task: Task, item: Item, first: Located, bound: float, *, up: bool) -> Iterator[str]:
    """Yield that values begin beyond the limit, unless the question asks where they are there again."""
    if (first.value > bound if up else first.value < bound) and not (task.query.has("again") or task.query.direction):
        yield task.say("begins beyond", series=task.name(item), at=item.at(first.place), value=item.value(first.value))


def _passing(task: Task, item: Item, bound: float, *, up: bool | None) -> Iterator[str]:
    """Yield where the line of a series passes a limit, in one direction or in both."""
    log_x, log_y = item.places.scale == "log", item.values.scale == "log"
    found = [one for one in passes(item.series, bound, log_x=log_x, log_y=log_y) if up is None or one.up == up]
    shown = format_value(bound, item.unit, derived=True)
    for one in found[:_MOST]:
        key = f"passes {'up' if one.up else 'down'}"
        ends = {"left": item.place(one.left), "right": item.place(one.right)}
        if one.at == one.right:
            yield task.say(f"{key} at", series=task.name(item), value=shown, at=item.at(one.at))
            continue
        crossed = item.at(_rounded(item, one))
        # Between means of months a day says too much, and between the readings of two days the day says nothing.
        of_an_end = isinstance(one.left, str) and crossed in (item.at(one.left), item.at(one.right))
        if of_an_end or item.period == "month of a year":
            at = task.say("crossing between", **ends)
            yield task.say(f"{key} there", series=task.name(item), value=shown, at=at)
            continue
        yield task.say(
            key,
            series=task.name(item),
            value=shown,
            at=crossed,
            **ends,
        )


def _rounded(item: Item, one: Pass) -> Place:
    """Return where a limit is passed, to a hundredth of the distance of the two points."""
    if isinstance(one.left, str):
        from vision_magic.engine.chart.dates import iso_of

        return iso_of(float(one.at))[: len("2024-05-13T08:30") if item.period == "time of day" else len("2024-05-13")]
    step = abs(float(one.right) - float(one.left))
    digits = 2 - math.floor(math.log10(step)) if step else 6
    return round(float(one.at), digits)


def _first_beyond(task: Task, item: Item, points: Sequence[Located], bound: float, *, up: bool) -> Iterator[str]:
    kind = task.query.threshold.kind if task.query.threshold is not None else "above"
    limit = replace(task.query.threshold, limit=bound) if task.query.threshold is not None else None
    found = [point for point in points if limit is not None and limit.holds(point.value)]
    than = task.say(kind, limit=format_value(bound, item.unit, derived=True))
    low, high = min(point.value for point in points), max(point.value for point in points)
    if not found:
        yield task.say("never beyond", series=task.name(item), than=than, low=item.value(low), high=item.value(high))
        return
    if not _have_order(item) or not task.query.has("from"):
        shown = [f"{item.place(point.place)} ({item.value(point.value)})" for point in found]
        places = f": {join(shown, task.language)}"
        yield task.say("threshold", count=len(found), total=len(points), of=task.of(item), than=than, places=places)
        return
    first = found[0]
    yield task.say(
        "first beyond", series=task.name(item), than=than, at=item.at(first.place), value=item.value(first.value)
    )


def _have_order(item: Item) -> bool:
    """Return whether places come one after the other: numbers, dates, months and years, unlike names."""
    names = [place for place in item.series.x if isinstance(place, str)]
    plain = any(not is_date(name) for name in names)
    return bool(item.period) or not plain or bool(kind_of_names(names)) or are_in_order(names)


# --- bins -------------------------------------------------------------------------------------------------------


def is_over_places(task: Task) -> bool:
    """Return whether a limit or bounds cut a histogram along its places: the counts beyond them are asked for."""
    item = task.items[0] if len(task.items) == 1 else None
    if item is None or item.series.kind != "histogram" or not item.series.extra.get("left"):
        return False
    limit, (low, high) = task.query.threshold, ends_of(task.query.bounds)
    if limit is not None and limit.of_values:
        return False
    left, right = item.series.extra["left"][0], item.series.extra["right"][-1]
    cuts = limit is not None and (left <= limit.limit <= right or _is_near_bins(item, limit.limit))
    return cuts or low is not None or high is not None


def _is_near_bins(item: Item, limit: float) -> bool:
    """Return whether a limit that is far from all counts lies beside the bins, no further than they reach."""
    left, right = item.series.extra["left"][0], item.series.extra["right"][-1]
    near = left - (right - left) <= limit <= right + (right - left)
    return near and limit > 2 * max(item.series.y)


def ends_of(bounds: Bounds | None) -> tuple[float | None, float | None]:
    """Return the ends of bounds that are numbers."""
    ends = (bounds.low, bounds.high) if bounds is not None else (None, None)
    low, high = (float(end) if isinstance(end, float | int) else None for end in ends)
    return low, high


def in_bins(task: Task) -> Iterator[str]:
    """Yield how many of what a histogram counts lie beyond a limit or in bounds: from, to if these cut bins."""
    limit, item = task.query.threshold, task.items[0]
    low, high = ends_of(task.query.bounds)
    if limit is not None:
        low, high = (limit.limit, None) if limit.kind in ("above", "at least") else (None, limit.limit)
    bins = list(zip(item.series.extra["left"], item.series.extra["right"], item.series.y, strict=False))
    near = 1e-9 * abs(bins[-1][1] - bins[0][0])
    said = (low, high)
    low, high = _between_whole(bins, limit, low, high)
    first, last = (-math.inf if low is None else low - near), (math.inf if high is None else high + near)
    inside = [y for a, b, y in bins if a >= first and b <= last]
    cut = [
        (a, b, y)
        for a, b, y in bins
        if y and b > first + 2 * near and a < last - 2 * near and not (a >= first and b <= last)
    ]
    than = (
        task.say(limit.kind, limit=_with_unit(item, limit.limit)) if limit is not None else _within(task, item, *said)
    )
    whole, sure = total([y for _, _, y in bins]), total(inside)
    counter = "" if item.unit else _COUNTERS.get(task.language, "")
    if task.query.yes_no and (limit is not None or task.query.operations == ("sum",)):
        yield from _verdict_on_bins(task, whole, sure, sure + total([y for _, _, y in cut]))
    if not cut:
        key = "share in bins" if "share" in task.query.words else "in bins"
        known = {"count": item.value(sure) + counter, "total": item.value(whole) + counter}
        yield task.say(key, share=_percent(sure, whole), than=than, **known)
        return
    most = sure + total([y for _, _, y in cut])
    unit = f" {item.places.unit}" if item.places.unit else ""
    cuts = [f"{format_derived(a)}–{format_derived(b)}{unit}" for a, b, _ in cut]
    counts = {"low": item.value(sure), "high": item.value(most) + counter, "total": item.value(whole) + counter}
    share = f"{_percent(sure, whole).removesuffix(' %')}–{_percent(most, whole)}"
    yield task.say("in bins about", than=than, share=share, bin=join(cuts, task.language), **counts)


def _verdict_on_bins(task: Task, whole: float, sure: float, most: float) -> Iterator[str]:
    """Yield whether as much of what a histogram counts as asked is beyond a limit, where that is sure.

    `sure` lies beyond it, and `most` includes the counts of the bin that the limit cuts. A number with which the count
    is compared takes the place of one.
    """
    if task.query.number is not None:
        verdicts = {task.query.number.holds(sure), task.query.number.holds(most)}
        if len(verdicts) == 1:
            yield task.say("yes" if verdicts.pop() else "no")
        return
    quantifier = task.query.quantifier
    least = {"all": whole, "most": math.floor(whole / 2) + 1}.get(quantifier, 1)
    if quantifier == "none":
        key = "yes" if not most else "no" if sure else ""
    elif quantifier == "one":
        key = ("yes" if sure == 1 else "no") if sure == most else ""
    else:
        key = "yes" if sure >= least else "no" if most < least else ""
    if key:
        yield task.say(key)


_COUNTERS: Final = {"ko": "개", "zh": " 个"}
"""What stands after a number that has no unit."""


def _percent(part: float, whole: float) -> str:
    return f"{format_derived(float(f'{100 * part / whole:.3g}'))} %" if whole else "0 %"


def _between_whole(
    bins: Sequence[tuple[float, float, float]], limit: Threshold | None, low: float | None, high: float | None
) -> tuple[float | None, float | None]:
    """Return limits between whole numbers where each bin has just one: "at most 3" takes all from 2.5 to 3.5."""
    single = all(b - a == 1 and a % 1 == 0.5 for a, b, _ in bins)
    if not single or any(end is not None and end % 1 for end in (low, high)):
        return low, high
    above, below = (limit is not None and limit.kind == kind for kind in ("above", "below"))
    low = None if low is None else low + 0.5 if above else low - 0.5
    return low, None if high is None else high - 0.5 if below else high + 0.5


def _with_unit(item: Item, value: float) -> str:
    return format_value(value, item.places.unit, derived=True)


def _within(task: Task, item: Item, low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return task.say("in between", low=_with_unit(item, low), high=_with_unit(item, high))
    kind, end = ("at least", low) if low is not None else ("at most", high)
    return task.say(kind, limit=_with_unit(item, end or 0.0))


# --- order, spread ----------------------------------------------------------------------------------------------


def sort(task: Task) -> Iterator[str]:
    """Yield the values in order, from the highest down, or from the lowest up if that is asked for."""
    first = _first_in_order(task)
    rising = first == {"minimum"} if first else task.query.rises
    for item in task.items[:6]:
        points = ranked(item.series, highest=not rising)
        if not points:
            yield task.say("unknown", of=task.of(item))
            continue
        shown = [f"{item.place(point.place)} ({item.value(point.value)})" for point in points]
        key = "sorted up" if rising else "sorted down"
        yield task.say(key, of=task.of(item), places=join(shown, task.language, longest=20))


_TO: Final[dict[Language, str]] = {
    "en": r" (?:down |up )?to (?!rank|order|sort)",
    "de": r" (?:bis )?zu[mr]? | nach (?=\w+st)",
    "fr": r" (?:à|aux?) (?=plus|moins|la|l['’])",
    "es": r" al? (?=más|menos|la|peor|mejor)",
    "ko": r"에서|부터| ?순",
    "zh": r"[到至]",
}
"""What stands between the first and the last of an order."""


def _first_in_order(task: Task) -> set[Operation]:
    """Return the side from which an order goes "from the fastest to the slowest"; empty where it does not say so."""
    parts = re.split(_TO[task.query.spoken], task.query.text, maxsplit=1)
    return judged(parts[0], task.panels, task.query.spoken) if len(parts) > 1 else set()


def spread(task: Task) -> Iterator[str]:
    """Yield how far values are spread: of boxes the distance of their quartiles, of others that of their extremes."""
    if has_quartiles(task):
        yield from spread_of_boxes(task)
        return
    spans = [
        (high - low, item, low, high)
        for item in task.items
        if (low := item.series.summary.low) is not None and (high := item.series.summary.high) is not None
    ]
    if not spans:
        yield task.say("unknown", of="")
        return
    spans.sort(key=lambda entry: entry[0] if task.query.has("steady") or task.query.asks_less else -entry[0])
    each = len(task.query.series) == len(spans) or task.several_panels()
    if len(spans) > 1 and not task.several_panels() and not task.query.series:
        span, item, low, high = spans.pop(0)
        key = "varies least" if task.query.has("steady") or task.query.asks_less else "varies most"
        yield task.say(key, name=task.name(item), low=item.value(low), high=item.value(high), span=item.change(span))
        each = len(spans) == 1
        spans = spans if each else []
    for span, item, low, high in spans[:6] if each else spans[:1]:
        shown = {"low": item.value(low), "high": item.value(high), "span": item.change(span)}
        yield task.say("range", of=task.of(item), **shown)
