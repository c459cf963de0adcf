"""Answers about error bars and bands: whether, and where, those of two have values in common."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, takewhile

from vision_magic.engine.chart.data import Place
from vision_magic.engine.questions.answers.comparing import two_needed
from vision_magic.engine.questions.answers.error_bars import has_error_bars
from vision_magic.engine.questions.answers.task import Item, Task, join
from vision_magic.engine.questions.vocabulary.words import search
from vision_magic.engine.questions.vocabulary.words_of_marks import NO_LONGER

__all__ = ["overlap", "with_intervals"]


@dataclass(frozen=True, slots=True)
class _Interval:
    """An error bar: of which series, where, and from where to where."""

    item: Item
    place: Place
    low: float
    high: float

    def meets(self, other: _Interval) -> bool:
        """Return whether two intervals have a value in common; to touch is enough."""
        near = 1e-9 * max(abs(self.high), abs(other.high), abs(self.low), abs(other.low))
        return self.low <= other.high + near and other.low <= self.high + near


_Pair = tuple[_Interval, _Interval]


def overlap(task: Task) -> Iterator[str]:
    """Yield whether two error bars overlap; of two series, where they do."""
    items = [item for item in task.items if has_error_bars(item)]
    if not items:
        yield task.say("no error bars", of="")
    elif len(items) == 1:
        yield from _at_places(task, items[0])
    elif task.query.places:
        yield from _of_series(task, items)
    elif len(items) == 2:
        yield from _along(task, *items)
    else:
        yield two_needed(task)


def with_intervals(answer: Callable[[Task], Iterator[str]], task: Task) -> Iterator[str]:
    """Yield an answer; of a question whether a difference is significant, also whether both error bars overlap."""
    if not task.query.has("significant"):
        yield from answer(task)
        return
    yield from answer(replace(task, query=replace(task.query, yes_no=False)))
    known = [(item, place, _intervals(item)) for item in task.items for place in task.query.places]
    found = [intervals[place] for _, place, intervals in known if place in intervals]
    if len(found) == 2:
        first, second = (
            one.item.place(one.place)
            if len(task.items) == 1
            else task.say("name at", name=task.name(one.item), at=one.item.at(one.place))
            for one in found
        )
        yield _both(task, first, second, (found[0], found[1]))
        yield task.say("these overlap" if found[0].meets(found[1]) else "these are apart")
    yield task.say("significance")


def _intervals(item: Item) -> dict[Place, _Interval]:
    bars = zip(item.series.x, item.series.y, item.series.extra.get("error", ()), strict=False)
    return {x: _Interval(item, x, y - error, y + error) for x, y, error in bars if math.isfinite(y - error)}


def _at_places(task: Task, item: Item) -> Iterator[str]:
    """Yield whether those at two places overlap, of a series that has one at each."""
    known = _intervals(item)
    named = [known[place] for place in task.query.places or known if place in known]
    if len(named) != 2:
        yield two_needed(task)
        return
    yield task.say("yes" if named[0].meets(named[1]) else "no")
    yield _both(task, named[0].item.place(named[0].place), named[1].item.place(named[1].place), (named[0], named[1]))


def _of_series(task: Task, items: Sequence[Item]) -> Iterator[str]:
    """Yield whether those of two series overlap at a place; of more series, which of them do."""
    for place in task.query.places[:4]:
        found = [known[place] for item in items if place in (known := _intervals(item))]
        pairs = list(combinations(found, 2))
        if len(pairs) == 1:
            yield task.say("yes" if found[0].meets(found[1]) else "no")
            first = task.say("name at", name=task.name(found[0].item), at=found[0].item.at(place))
            yield _both(task, first, task.name(found[1].item), (found[0], found[1]))
        elif pairs:
            meeting = [f"{task.name(a.item)}/{task.name(b.item)}" for a, b in pairs if a.meets(b)]
            yield task.say("yes" if len(meeting) == len(pairs) else "in part" if meeting else "no")
            if meeting:
                yield task.say("overlapping", at=items[0].at(place), pairs=join(meeting, task.language))
        else:
            yield two_needed(task)


def _along(task: Task, first: Item, second: Item) -> Iterator[str]:
    """Yield at which of the places that two series share those of both overlap, or from where on they do not."""
    ours, others = _intervals(first), _intervals(second)
    pairs = [(ours[place], others[place]) for place in ours if place in others]
    if not pairs:
        yield two_needed(task)
        return
    apart = [not a.meets(b) for a, b in pairs]
    asks_apart = search(NO_LONGER[task.language], task.language, task.query.text) is not None
    if task.query.has("from"):
        yield from _from_where(task, pairs, apart if asks_apart else [not one for one in apart], apart=asks_apart)
        return
    if task.query.yes_no:
        asked = [one == asks_apart for one in apart]
        yield task.say("yes" if all(asked) else "in part" if any(asked) else "no")
    chosen = [pair for pair, one in zip(pairs, apart, strict=True) if one == asks_apart]
    key = "apart at" if asks_apart else "overlap at"
    if not chosen:
        yield task.say(f"{key} none", total=len(pairs))
        return
    places = join([a.item.place(a.place) for a, _ in chosen], task.language)
    yield task.say(f"{key} some", count=len(chosen), total=len(pairs), places=places)


def _from_where(task: Task, pairs: Sequence[_Pair], holds: Sequence[bool], *, apart: bool) -> Iterator[str]:
    """Yield the first place from which on it holds to the end."""
    lasting = len(list(takewhile(bool, reversed(holds))))
    if not lasting:
        key = "apart at" if apart else "overlap at"
        yield task.say(f"{key} none" if not any(holds) else "not at the end", total=len(pairs))
        return
    a, b = pairs[len(pairs) - lasting]
    yield task.say("apart from" if apart else "overlap from", at=a.item.place(a.place))
    yield _both(task, task.say("name at", name=task.name(a.item), at=a.item.at(a.place)), task.name(b.item), (a, b))


def _both(task: Task, first: str, second: str, pair: _Pair) -> str:
    ends = {
        f"{letter}_{end}": one.item.value(value, derived=True)
        for letter, one in zip("ab", pair, strict=True)
        for end, value in (("low", one.low), ("high", one.high))
    }
    return task.say("intervals", a=first, b=second, **ends)
