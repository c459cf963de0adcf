"""Answers about the highest and lowest values, ranks, thresholds and ranges."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import Final

from vision_magic.engine.chart.data import STACKED, Place
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.boxes import (
    are_boxes_of_figures,
    asks_for_single_values,
    ends_of_boxes,
    extreme_of_boxes,
)
from vision_magic.engine.questions.answers.courses import counted_mean_of, value
from vision_magic.engine.questions.answers.lookups import in_bins, is_over_places
from vision_magic.engine.questions.answers.task import Item, Task, has_points, join, row_name
from vision_magic.engine.questions.numbers import at_name, format_value
from vision_magic.engine.questions.operations import Located, in_order, known_points, mean, ranked, total, values_at
from vision_magic.engine.questions.phrases.sentences import PHRASES
from vision_magic.engine.questions.places.periods import yearly
from vision_magic.engine.questions.query import Threshold
from vision_magic.engine.questions.vocabulary.judging import is_better_lower
from vision_magic.engine.questions.vocabulary.quantifiers import Quantifier, holds_for
from vision_magic.engine.questions.vocabulary.words import HOW_MANY, OPERATION_WORDS, Operation, search

__all__ = ["always_within", "extreme", "place_of_extreme", "span", "threshold"]

_MOST_PLACES: Final = 12
_MOST_LISTED: Final = 40
"""Of more values beyond a limit, only how many each series has are told."""
_PLATEAU: Final = 3  # neighbouring points that are equally high
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
    if re.search(_ONE_OF_THEM, query.text) and not re.search(_OF_PLACES, query.text):
        return False  # "which material" asks for one of the lines
    lines = 1 < len(drawn) < 4 and all(one.kind == "line" and one.name.isascii() and one.name for one in drawn)
    return lines and query.language != "en" and not told and query.rank == 1 and not query.yes_no


_ONE_OF_THEM: Final = (
    r"^\W*(?:(?:mit|bei|in|à|en|con|de|von|für|avec) )?(?:wer|qui|quién|quien|welche\w* \w+|"
    r"quel(?:le)?s? (?!est|était)\w+|qué \w+|"
    r"lequel|laquelle|cuál de)\b"
)
_OF_PLACES: Final = (
    r"^\W*(?:\w+ )?(?:welche\w*|quel(?:le)?s?|qué) (?:\w*(?:jahr|monat|woche|tag|quartal|stunde|zeit|temperatur|"
    r"stelle|punkt|"
    r"wert|epoche|dosis|tiefe|höhe|frequenz|wellenlänge|ort)\w*|année|mois|semaine|jour|trimestre|heure|moment|valeur|époque|"
    r"endroit|température|profondeur|fréquence|point|epoch|ann?o|año|mes|semana|día|trimestre|hora|momento|valor|época|punto|"
    r"temperatura|profundidad|frecuencia)\b"
)


def _extreme(task: Task, whole: Task, *, highest: bool) -> Iterator[str]:
    query = task.query
    if asks_for_single_values(task):
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


def _is_of_each(task: Task) -> bool:
    """Return whether it asks whether one place is the highest of each series."""
    asks = len(task.query.places) == 1 and task.query.yes_no
    return asks and re.search(r"\b(?:both|each|every|all)\b", task.query.text) is not None


def _in_each(task: Task, *, highest: bool) -> Iterator[str]:
    best = [ranked(item.series, highest=highest) for item in task.items]
    tops = [[point.place for point in found if point.value == found[0].value] for found in best if found]
    yield task.say("yes" if all(task.query.places[0] in places for places in tops) else "no")
    for item in task.items[:6]:
        yield from _highest_of(_plain(task), task, [item], highest=highest)


def _plain(task: Task) -> Task:
    return replace(task, query=replace(task.query, yes_no=False))


def _is_stack(task: Task) -> bool:
    """Return whether the highest of stacked bars is asked for, which is that of their sums."""
    stacked = len(task.items) > 1 and all(item.series.kind in STACKED for item in task.items)
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
    tops = [(one, _equal(one, located, first)) for first, one in best]
    at = join([place for one, points in tops for place in _all_at(task, points, one, item)], task.language)
    bins = join([item.bin_at(place) for place, one in where if one is item], task.language)
    yield whole.say(_key(key, item), of=whole.of(item), value=item.value(located.value), at=at, bin=bins)
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


def _all_at(task: Task, points: Sequence[Located], item: Item, named: Item) -> Iterator[str]:
    """Yield the places of points that are equally high; of a plateau, where it begins and ends."""
    order = {point: number for number, point in enumerate(in_order(item.series))}
    runs: list[list[Located]] = []
    for point in points:
        if runs and order[point] == order[runs[-1][-1]] + 1:
            runs[-1].append(point)
        else:
            runs.append([point])
    for run in runs:
        if len(run) < _PLATEAU:
            yield from (_at(task, point.place, item, named) for point in run)
        else:
            ends = task.say("through", first=item.place(run[0].place), last=item.place(run[-1].place))
            yield ends if item is named else f"{ends} ({task.name(item)})"


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
        at = {"at": item.at(place), "bin": item.bin_at(place)}
        yield task.say(_key(key, item), of=task.of(item), value=item.value(value), **at)


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
    if _is_of_each(task):
        yield from _in_each(task, highest=highest)
        return
    for place in task.query.places[:6]:
        found = [(at[0], item) for item in task.items if (at := item.value_at(place)) is not None]
        if not found:
            yield _missing(task, place)
            continue
        found.sort(key=lambda pair: -pair[0] if highest else pair[0])
        if task.query.rank > 1:
            yield _rank_at(task, place, found, highest=highest)
            continue
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


def _rank_at(task: Task, place: Place, found: Sequence[tuple[float, Item]], *, highest: bool) -> str:
    """Return which series is the second or third at a place, among those that are ordered there."""
    rank = task.query.rank
    if rank > len(found):
        return task.say("no rank", of="", count=len(found))
    value, item = found[rank - 1]
    nth = _NTH[rank] if task.language == "en" and rank < len(_NTH) else rank
    key = "ranked highest at" if highest else "ranked lowest at"
    return task.say(key, nth=nth, name=task.name(item), at=item.at(place), value=item.value(value))


def _missing(task: Task, place: Place) -> str:
    item = task.items[0]
    points = known_points(item.series)
    if not points:
        return task.say("unknown", of="")
    first, last = item.without_name(points[0].place), item.without_name(points[-1].place)
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
    counted = [(mean, item) for item in task.items if (mean := counted_mean_of(item)) is not None]
    if statistic == "mean" and len(counted) == len(task.items) > 1:
        value, item = (max if highest else min)(counted, key=lambda pair: pair[0])
        shown = format_value(value, item.places.unit, derived=True)
        yield task.say(
            "highest of" if highest else "lowest of",
            name=task.name(item),
            statistic=f"{task.say('word mean')}, {item.places.label}",
            value=shown,
        )
        return
    if not names and len(task.items) > 1:
        for item in filter(has_points, task.items):
            value = function([point.value for point in known_points(item.series)])
            found.append((value, task.name(item), item))
    if found:
        found.sort(key=lambda entry: -entry[0] if highest else entry[0])
        if task.query.rank > 1:
            yield _rank_of_statistic(task, found, highest=highest)
            return
        value, name, item = found[0]
        if statistic == "sum" and item.series.kind == "heat map":
            count = len(task.items) if names else len(known_points(item.series))
            both = {"value": item.value(value), "mean": item.value(value / count, derived=True)}
            yield task.say("highest of both" if highest else "lowest of both", name=name, **both)
            return
        key = "highest of" if highest else "lowest of"
        shown = item.value(value, derived=statistic == "mean")
        yield task.say(key, name=name, statistic=task.say(f"word {statistic}"), value=shown)


def _rank_of_statistic(task: Task, found: Sequence[tuple[float, str, Item]], *, highest: bool) -> str:
    """Return what has the second or third highest mean or sum, of those that are ordered by it."""
    rank, statistic, language = task.query.rank, task.query.statistic, task.language
    if rank > len(found):
        return task.say("no rank", of="", count=len(found))
    value, name, item = found[rank - 1]
    word = f"({task.say(f'word {statistic}')})"
    return task.say(
        "ranked maximum" if highest else "ranked minimum",
        nth=_NTH[rank] if language == "en" and rank < len(_NTH) else rank,
        of=f"{word} " if language in ("ko", "zh") else f" {word}",
        value=item.value(value, derived=statistic == "mean"),
        at=at_name(name, language),
    )


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
    if limit.kind == "at least" and _is_reached_from_above(task, limit):
        limit = replace(limit, kind="at most")
    single = task.query.yes_no and (task.query.has("ever") or asks_for_single_values(task))
    if single and are_boxes_of_figures(task) and not math.isnan(limit.limit):
        highest = limit.kind in ("above", "at least")
        yield task.say("yes" if any(map(limit.holds, ends_of_boxes(task, highest=highest))) else "no")
        yield from extreme_of_boxes(task, highest=highest)
        return
    if task.query.yes_no and (len(task.items) == 1 or task.query.places):
        yield from _is_beyond(task, limit)
    elif task.query.yes_no and not math.isnan(limit.limit) and not task.several_panels():
        task = yield from _is_any_beyond(task, limit)
    yield from _of_each_beyond(task, limit)


def _is_any_beyond(task: Task, limit: Threshold) -> Generator[str, None, Task]:
    """Yield whether values of any, or of all, of several series are beyond a limit; return the task of those."""
    held = [any(limit.holds(point.value) for point in known_points(item.series)) for item in task.items]
    beyond = [item for item, holds in zip(task.items, held, strict=True) if holds]
    quantifier = _quantifier(task, limit)
    if not beyond or (quantifier != "any" and (quantifier != "all" or not all(held))):
        yield task.say("yes" if holds_for(quantifier, held) else "no")
        return task
    if task.query.has("always") or task.query.has("state"):
        yield from _is_beyond(task, limit)
        return task
    yield task.say("yes")
    return replace(task, query=replace(task.query, series=tuple(item.series.name for item in beyond)), items=beyond)


def _quantifier(task: Task, limit: Threshold) -> Quantifier:
    """Return of how many a question asks whether they are beyond a limit: none above it is all at most it."""
    return "all" if task.query.quantifier == "none" and limit.turned else task.query.quantifier


def _of_each_beyond(task: Task, limit: Threshold) -> Iterator[str]:
    """Yield where values are above or below a limit: at the places that are named, at the last, or at all."""
    if task.query.places:
        counted = _at_one_place(task, limit)
        yield from [counted] if counted else value(task)
        return
    most = task.query.yes_no and _quantifier(task, limit) == "most"
    if task.query.words & {"maximum", "minimum"} and not most and _asks_for_end_of_places(task):
        yield from _end_of_places(task, limit)
        return
    if "last" in task.query.words and not {"count", "maximum", "minimum"} & task.query.words and not task.query.yes_no:
        yield from _last_beyond(task, limit)
        return
    several = len(task.items) > 1 and not task.several_panels() and not math.isnan(limit.limit)
    if several and (_are_counted_together(task) or _is_for_empty_cells(task, limit)):
        yield _in_all(task, limit)
        return
    yield from _beyond(task, limit)


def _at_one_place(task: Task, limit: Threshold) -> str:
    """Return which of several series are beyond a limit at one place; nothing where one of them has no value there."""
    several = len(task.items) > 1 and len(task.query.places) == 1 and not task.several_panels()
    if not several or math.isnan(limit.limit):
        return ""
    place = task.query.places[0]
    found = [(item, values_at(item.series, place)) for item in task.items]
    if any(len(values) != 1 for _, values in found):
        return ""
    beyond = [(item, value) for item, (value,) in found if limit.holds(value)]
    shown = join([f"{task.name(item)} ({item.value(value)})" for item, value in beyond], task.language)
    first = task.items[0]
    return task.say(
        "threshold at",
        count=len(beyond),
        total=len(found),
        at=first.at(place),
        than=task.say(limit.kind, limit=format_value(limit.limit, first.unit, derived=True)),
        places=f": {shown}" if beyond else "",
    )


def _beyond(task: Task, limit: Threshold) -> Iterator[str]:
    """Yield which values of each series are beyond a limit."""
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
        if not found and not task.several_panels():
            low, high = (item.value(one(point.value for point in points)) for one in (min, max))
            yield task.say("never beyond", series=task.name(item), than=than, low=low, high=high)
            continue
        yield task.say("threshold", count=len(found), total=len(points), of=task.of(item), than=than, places=places)


def always_within(task: Task) -> Iterator[str]:
    """Yield which series are within a limit at all places; where none is, how often each is beyond it."""
    limit = task.query.threshold
    if limit is None:
        return
    found = [
        item for item in task.items if (points := known_points(item.series)) and all(map(limit.holds, _values(points)))
    ]
    for item in found:
        values = _values(known_points(item.series))
        than = task.say(limit.kind, limit=format_value(limit.limit, item.unit, derived=True))
        low, high = item.value(min(values)), item.value(max(values))
        yield task.say("always beyond", series=task.name(item), than=than, low=low, high=high)
    if not found:
        yield from _beyond(task, limit.denied() if limit.turned else limit)


def _values(points: Sequence[Located]) -> list[float]:
    return [point.value for point in points]


def _is_reached_from_above(task: Task, limit: Threshold) -> bool:
    """Return whether to reach a limit is to fall to it: a line of reference below values of which less is better."""
    values = [point.value for item in task.items for point in known_points(item.series)]
    above = bool(task.query.limits) and bool(values) and min(values) > limit.limit
    return above and is_better_lower(task.panels) and not limit.turned


def _are_counted_together(task: Task) -> bool:
    query = task.query
    counted = "count" in query.words or search(HOW_MANY[query.spoken], query.spoken, query.text) is not None
    return not query.series and (counted or "sum" in query.words or query.has("together"))


def _is_for_empty_cells(task: Task, limit: Threshold) -> bool:
    """Return whether it asks when there is nothing, of all cells of a heat map."""
    nothing = limit.limit == 0 and limit.kind == "at most"
    return nothing and not task.query.series and all(item.series.kind == "heat map" for item in task.items)


def _in_all(task: Task, limit: Threshold) -> str:
    """Return how many values of all series are above or below a limit, and of which series they are."""
    than = task.say(limit.kind, limit=format_value(limit.limit, task.items[0].unit, derived=True))
    known = [(item, known_points(item.series)) for item in task.items]
    values = [point.value for _, points in known for point in points]
    found = [(item, [point for point in points if limit.holds(point.value)], len(points)) for item, points in known]
    count = sum(len(beyond) for _, beyond, _ in found)
    if values and not count:
        low, high = (task.items[0].value(one(values)) for one in (min, max))
        return task.say("none in all", total=len(values), than=than, low=low, high=high)
    parts = [
        PHRASES["part in all"][task.language].format(  # not `say`, which would put numbers into the language twice
            series=task.name(item),
            count=len(beyond),
            total=whole,
            places=_listed(task, item, beyond) if count <= _MOST_LISTED else "",
        )
        for item, beyond, whole in found
        if beyond
    ]
    places = f": {'; '.join(parts[:_MOST_PLACES])}{' …' if len(parts) > _MOST_PLACES else ''}" if parts else ""
    return task.say("threshold in all", count=count, total=len(values), than=than, places=places)


def _listed(task: Task, item: Item, points: Sequence[Located]) -> str:
    """Return points in brackets, each with its value."""
    shown = [f"{item.place(point.place)}: {item.value(point.value)}" for point in points]
    return f" ({join(shown, task.language, longest=_MOST_PLACES)})"


def _asks_for_end_of_places(task: Task) -> bool:
    """Return whether "the largest batch below 100 ms" asks for a place: a superlative stands before the axis' name."""
    item = task.items[0]
    numbers = all(isinstance(place, float | int) for place in item.series.x)
    stems = [word[:5] for word in re.findall(r"[^\W\d_]{4,}", item.places.label.lower())]
    sides: tuple[Operation, ...] = ("maximum", "minimum")
    for side in sides:
        match = search(OPERATION_WORDS[side][task.language], task.language, task.query.text)
        if match is not None and numbers and item.places.label:
            after = re.findall(r"\w+", task.query.text[match.start() :])[:4]
            return any(word.startswith(stem) for word in after for stem in stems)
    return False


def _end_of_places(task: Task, limit: Threshold) -> Iterator[str]:
    """Yield the highest, or the lowest, place at which values are above or below a limit, and the next beyond it."""
    highest = "maximum" in task.query.words
    for item in task.items[:6]:
        points = in_order(item.series)
        points = points if highest else points[::-1]
        holds = [number for number, point in enumerate(points) if limit.holds(point.value)]
        than = task.say(limit.kind, limit=format_value(limit.limit, item.unit, derived=True))
        if not holds:
            low, high = (item.value(one(point.value for point in points)) for one in (min, max))
            yield task.say("never beyond", series=task.name(item), than=than, low=low, high=high)
            continue
        found = points[holds[-1]]
        key = "highest place" if highest else "lowest place"
        shown = {"at": item.place(found.place), "value": item.value(found.value)}
        yield task.say(key, series=task.name(item), than=than, **shown)
        if holds[-1] + 1 < len(points):
            after = points[holds[-1] + 1]
            yield task.say("value", of="", at=item.at(after.place), value=item.value(after.value))


def _last_beyond(task: Task, limit: Threshold) -> Iterator[str]:
    """Yield the last place at which values are above or below a limit, and the value after it."""
    for item in task.items[:6]:
        points = in_order(item.series)
        bound = mean([point.value for point in points]) if math.isnan(limit.limit) else limit.limit
        beyond = [number for number, point in enumerate(points) if replace(limit, limit=bound).holds(point.value)]
        than = task.say(limit.kind, limit=format_value(bound, item.unit, derived=True))
        if not beyond:
            low, high = (item.value(one(point.value for point in points)) for one in (min, max))
            yield task.say("never beyond", series=task.name(item), than=than, low=low, high=high)
            continue
        last = points[beyond[-1]]
        shown = {"at": item.at(last.place), "value": item.value(last.value)}
        yield task.say("last beyond", series=task.name(item), than=than, **shown)
        if beyond[-1] + 1 < len(points):
            after = points[beyond[-1] + 1]
            yield task.say("value", of="", at=item.at(after.place), value=item.value(after.value))


def _is_beyond(task: Task, limit: Threshold) -> Iterator[str]:
    """Yield yes or no: whether the values that are asked for are beyond a limit, all of them or, if so asked, any."""
    points = [point for item in task.items for point in known_points(item.at_places(task.query.places).series)]
    if not points:
        return
    bound = mean([point.value for point in points]) if math.isnan(limit.limit) else limit.limit
    beyond = [replace(limit, limit=bound).holds(point.value) for point in points]
    quantifier = _quantifier(task, limit)
    if quantifier != "any":
        yield task.say("yes" if holds_for(quantifier, beyond) else "no")
        return
    lasting = task.query.has("always") or task.query.has("state")
    any_counts = not task.query.negated and (task.query.has("ever") or not lasting)
    if all(beyond) or (any(beyond) and any_counts):
        yield task.say("yes")
    else:
        yield task.say("in part" if any(beyond) and not task.query.has("always") else "no")


def span(task: Task) -> Iterator[str]:
    """Yield from where to where values range; of a box, from its lowest to its highest value, or else its quartiles."""
    if len(task.query.places) == 1 and are_boxes_of_figures(task):
        lowest, highest = (ends_of_boxes(task, highest=side) for side in (False, True))
        if lowest and highest:
            item, place = task.items[0], task.items[0].place(task.query.places[0])
            ends = {
                "low": item.value(min(lowest)),
                "high": item.value(max(highest)),
                "span": item.change(max(highest) - min(lowest)),
            }
            yield task.say("range", of=task.say("of name", name=place), **ends)
            return
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
            first, last = item.without_name(points[0].place), item.without_name(points[-1].place)
            yield task.say("range of x", of=task.of(item), first=first, last=last)
        else:
            yield task.say("unknown", of=task.of(item))
