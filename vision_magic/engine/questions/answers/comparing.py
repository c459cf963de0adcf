"""Answers about two of them: differences, ratios, shares, comparisons and crossings."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from vision_magic.engine.chart.data import STACKED, ChartPanel, Place, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers import courses
from vision_magic.engine.questions.answers.courses import value
from vision_magic.engine.questions.answers.task import Item, Task, join
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.usual_names import are_names_of_times, kind_of_names
from vision_magic.engine.questions.numbers import format_derived, is_date, period_of, quoted
from vision_magic.engine.questions.operations import (
    between,
    crossings,
    in_order,
    is_joined,
    known_points,
    mean,
    total,
    values_at,
)
from vision_magic.engine.questions.places.periods import can_be_added, of_year
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.judging import is_better_higher, is_low_first
from vision_magic.engine.questions.vocabulary.words import PLACE, SERIES, Word
from vision_magic.engine.wording import format_percent

__all__ = [
    "are_alike",
    "compare",
    "crossing",
    "difference",
    "difference_of",
    "equal_at",
    "gap",
    "higher_at",
    "is_funnel",
    "mean_of",
    "ratio",
    "ratio_of",
    "share",
    "sides_of",
    "spread_at",
    "two_needed",
]


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a comparison: what it is called, its value, and the series that has it."""

    name: str
    value: float
    item: Item

    @property
    def shown(self) -> str:
        return self.item.value(self.value)


@dataclass(frozen=True, slots=True)
class _Sides:
    a: _Side
    b: _Side
    of_means: bool = False


def sides_of(task: Task) -> _Sides | None:
    """Return the two values that a question compares: two places, two series at a place, or their means."""
    places, items = task.query.places, list(task.items)
    if len(places) >= 2 and len(items) >= 2 and len(task.query.series) == 2:
        if not are_alike(*items[:2]):
            return None
        pairs = zip(items[:2], places[:2], strict=True)
        sides = [_side_at(task, item, place, named=True) for item, place in pairs]
        return _Sides(sides[0], sides[1]) if sides[0] and sides[1] else None
    if len(places) >= 2:
        return _two_places(task, items, places)
    if len(items) != 2 or not are_alike(*items):
        return None
    if places:
        sides = [_side_at(task, item, places[0], named=True) for item in items]
        same = replace(sides[1], name=task.name(items[1])) if sides[1] else None  # the place is said once
        return _Sides(sides[0], same) if sides[0] and same else None
    values = [[point.value for point in known_points(item.series)] for item in items]
    if len(task.query.series) != 2 and not task.query.has("both"):
        return None
    if not all(values) or any(item.series.kind == "histogram" for item in items):
        return None
    if all(len(known) == 1 for known in values):
        a, b = (_Side(task.name(item), known[0], item) for item, known in zip(items, values, strict=True))
        return _Sides(a, b)
    a, b = (_Side(task.name(item), mean(known), item) for item, known in zip(items, values, strict=True))
    return _Sides(a, b, of_means=True)


def _two_places(task: Task, items: list[Item], places: tuple[Place, ...]) -> _Sides | None:
    """Return the values at two places of the only series; of several, their sums if they are bars."""
    if len(items) == 1:
        sides = [_side_at(task, items[0], place, named=False) for place in places[:2]]
        return _Sides(sides[0], sides[1]) if sides[0] and sides[1] else None
    return None


def _side_at(task: Task, item: Item, place: Place, *, named: bool) -> _Side | None:
    year = of_year(item, place)
    at = item.value_at(place) if not year else ((total if can_be_added(item) else mean)(year), False)
    if at is None:
        return None
    shown = item.place(place)
    name = task.say("name at", name=task.name(item), at=item.at(place)) if named else shown
    return _Side(name, at[0], item)


def difference(task: Task) -> Iterator[str]:
    """Yield by how much one value is higher than the other."""
    spread = spread_at(task)
    sides = sides_of(task) if task.query.yes_no and _is_asked(task) else None
    more, less = (task.query.has(word) for word in _SIDES)
    better = is_better_higher(task.query.text, task.panels) or _OUTDOES.search(task.query.text) is not None
    more = more or better or _AHEAD.search(task.query.text) is not None
    if sides is not None and more != less:
        a, b = sides.a.value, sides.b.value
        yield task.say("yes" if (a > b if more else a < b) else "no")
    elif task.query.asserted and (two := sides_of(task)) is not None:
        a, b = two.a.value, two.b.value
        yield task.say("yes" if (a > b if task.query.asserted == "up" else a < b) else "no")
    yield from _of_two(task, difference_of) if spread is None else [spread]


def spread_at(task: Task) -> str | None:
    """Return the highest and the lowest of more than two series at one place, and their distance; None of others."""
    alike = all(are_alike(task.items[0], item) for item in task.items[1:])
    if len(task.items) < 3 or len(task.query.places) != 1 or len(task.query.series) in (1, 2) or not alike:
        return None
    place = task.query.places[0]
    sides = [side for item in task.items if (side := _side_at(task, item, place, named=False)) is not None]
    if len(sides) < len(task.items):
        return None
    high, low = max(sides, key=lambda side: side.value), min(sides, key=lambda side: side.value)
    return task.say(
        "apart at",
        at=high.item.at(place),
        a=task.name(high.item),
        b=task.name(low.item),
        a_value=high.shown,
        b_value=low.shown,
        value=high.item.change(high.value - low.value),
    )


_OUTDOES: Final = re.compile(r"\b(?:out(?:sell|sold|perform\w*|number\w*)|beat|beats|surpass\w*|overt[ao][ok]\w*)\b")
_AHEAD: Final = re.compile(r"\b(?:vor|devant|por delante|ahead)\b")
_SIDES: Final[tuple[Word, Word]] = ("more", "less")
_IF_SO: Final = re.compile(r"\b(?:wenn|falls|si|if) (?:ja|oui|s[ií]|so)\b")


def _is_asked(task: Task) -> bool:
    """Return whether yes or no answers a question, not the size of a difference."""
    if _IF_SO.search(task.query.text):
        return True
    words = re.search(r"differ|gap\b|how (?:much|many)|by how", task.query.text)
    return words is None if task.language == "en" else "difference" not in task.query.words


def gap(task: Task) -> Iterator[str]:
    """Yield where two series are farthest apart, or closest together."""
    places = _shared_pair(task)
    if places is not None and len(task.query.series) < 2:
        yield from _gap_of_places(task, *places)
        return
    if (
        len(task.items) != 2
        or not are_alike(*task.items)
        or not (shared := between(task.items[0].series, task.items[1].series))
    ):
        yield two_needed(task)
        return
    first, second = task.items
    gaps = [(abs(a - b), place) for place, a, b in shared]
    closest = bool(task.query.words & {"gap", "minimum"})
    apart, place = min(gaps, key=lambda pair: pair[0]) if closest else max(gaps, key=lambda pair: pair[0])
    key = "closest" if closest else "farthest"
    yield task.say(key, a=task.name(first), b=task.name(second), at=first.at(place), value=first.change(apart))


def _shared_pair(task: Task) -> tuple[Place, Place] | None:
    """Return the only two places of three or more series that can be compared: "female" and "male" of species."""
    places = {tuple(item.series.x) for item in task.items}
    alike = all(are_alike(task.items[0], item) for item in task.items)
    only = next(iter(places)) if len(places) == 1 and len(task.items) > 2 and alike else ()
    return (only[0], only[1]) if len(only) == 2 and all(isinstance(place, str) for place in only) else None


def _gap_of_places(task: Task, first: Place, second: Place) -> Iterator[str]:
    """Yield in which series the values at two places are farthest apart, or closest together."""
    closest = bool(task.query.words & {"gap", "minimum"})
    found = [(_side_at(task, item, first, named=True), _side_at(task, item, second, named=True)) for item in task.items]
    sides = [(a, b) for a, b in found if a is not None and b is not None]
    if not sides:
        yield two_needed(task)
        return
    a, b = (min if closest else max)(sides, key=lambda pair: abs(pair[0].value - pair[1].value))
    yield task.say(
        "closest places" if closest else "farthest places",
        name=task.name(a.item),
        a=a.item.place(first),
        b=b.item.place(second),
        value=a.item.change(abs(a.value - b.value)),
        a_value=a.shown,
        b_value=b.shown,
    )


def _of_two(task: Task, compared: Callable[[Task, _Sides], str]) -> Iterator[str]:
    """Yield the comparison of two sides, or of two places for each series."""
    if len(task.query.places) >= 2 and len(task.items) > 1 and len(task.query.series) < 2:
        yield from _each_series(task, compared)
        return
    sides = sides_of(task)
    yield compared(task, sides) if sides is not None else two_needed(task)


def _each_series(task: Task, compared: Callable[[Task, _Sides], str]) -> Iterator[str]:
    """Yield the comparison of two places for each series."""
    found = False
    for item in task.items[:6]:
        sides = [_side_at(task, item, place, named=True) for place in task.query.places[:2]]
        if sides[0] and sides[1]:
            found = True
            yield compared(task, _Sides(sides[0], sides[1]))
    if not found:
        yield two_needed(task)


def difference_of(task: Task, sides: _Sides) -> str:
    """Return by how much one side is higher, or lower, than the other."""
    a, b = sides.a, sides.b
    if a.value == b.value:
        return task.say("equal", a=a.name, b=b.name, value=a.shown)
    more = task.say("more" if a.value > b.value else "less")
    derived = sides.of_means
    return task.say(
        "difference of means" if sides.of_means else "difference",
        value=a.item.change(abs(a.value - b.value), derived=derived),
        a=a.name,
        b=b.name,
        a_value=a.item.value(a.value, derived=derived),
        b_value=b.item.value(b.value, derived=derived),
        more=more,
    )


def ratio(task: Task) -> Iterator[str]:
    """Yield how many times one value is the other."""
    sides = sides_of(task) if task.query.yes_no else None
    if sides is not None and sides.b.value and _TWICE.search(task.query.text):
        yield task.say("yes" if sides.a.value / sides.b.value >= 2 else "no")
    yield from _of_two(task, ratio_of)


_TWICE: Final = re.compile(
    r"\btwice|\bdoubl|\bdoppelt|\bverdoppel|\bzweimal|\bdoble|\bduplic|두 ?배|갑절|两倍|兩倍|一倍|翻番|翻倍|翻一番"
)


def ratio_of(task: Task, sides: _Sides) -> str:
    """Return how many times one side is the other."""
    a, b = sides.a, sides.b
    if b.value == 0:
        return task.say("by zero", b=b.name)
    return task.say(
        "ratio of means" if sides.of_means else "ratio",
        a=a.name,
        b=b.name,
        a_value=a.item.value(a.value, derived=sides.of_means),
        b_value=b.item.value(b.value, derived=sides.of_means),
        value=format_derived(float(f"{a.value / b.value:.3g}")),
    )


def mean_of(task: Task) -> Iterator[str]:
    """Yield the mean of each series; of two that are compared, which mean is higher and by how much."""
    query = task.query
    compared = len(task.items) == 2 and "compare" in query.words and not (query.places or query.groups)
    named = replace(task, query=replace(query, series=tuple(item.series.name for item in task.items)))
    sides = sides_of(named) if compared else None
    if sides is None or not sides.of_means:
        yield from courses.mean_of(task)
        return
    more, less = (query.has(word) for word in _SIDES)
    if query.yes_no and more != less:
        a, b = sides.a.value, sides.b.value
        yield task.say("yes" if (a > b if more else a < b) else "no")
    yield difference_of(named, sides)


def two_needed(task: Task) -> str:
    """Return that two series or places are needed, with those that there are."""
    if len(task.items) > 1 and not any(True for _ in _pairs(task)):
        a, b = task.items[:2]
        return task.say("other axes", a=task.name(a), b=task.name(b), a_axis=_axis_of(a), b_axis=_axis_of(b))
    names = [task.name(item) for item in task.items if item.name]
    places = [item.place(place) for item in task.items[:1] for place in item.series.x[:20]]
    return task.say("two needed", names=join(names if len(names) > 1 else places, task.language) or "–")


def _axis_of(item: Item) -> str:
    return quoted(item.values.label or item.unit or "y", item.language)


# --- shares -----------------------------------------------------------------------------------------------------


def share(task: Task) -> Iterator[str]:
    """Yield the share of one series in another at a place, or what `_share_of` yields."""
    whole = _whole_of(task)
    if whole is not None:
        task = replace(task, items=[whole, *task.items])
    yield from _share_of_one_in_the_other(task) if whole or _is_of_one_in_the_other(task) else _share_of(task)


def _whole_of(task: Task) -> Item | None:
    """Return the other one of two series of bars side by side, if the series that is asked for is a part of it.

    "What percentage of the bicycles that came in got fixed" names only those that were fixed. A part is nowhere more
    than its whole, has a participle as its name, and does not deny it, as "unsold" does. "Balcony" and "stalls" are
    parts of all, and so is what is asked of a day.
    """
    query = task.query
    one = len(task.items) == 1 and len(query.places) == 1 and _is_whole_of_place(query)
    if not one or query.has("together") or "sum" in query.words or _are_times(task.items[0]):
        return None
    part = task.items[0]
    others = [item for item in _in_panel(part) if item.series.name != part.series.name]
    if part.series.kind != "bars" or len(others) != 1 or not are_alike(part, others[0]):
        return None
    shared = between(part.series, others[0].series)
    apart = any(_DENIED.search(item.series.name) for item in (part, others[0]))
    within = len(shared) > 1 and all(a <= b for _, a, b in shared)
    done = _PARTICIPLE.search(part.series.name.lower()) is not None
    return others[0] if within and done and not apart else None


_PARTICIPLE: Final = re.compile(
    r"\w{2,}ed\b|\bsold\b|\b(?:ab|auf|aus|ein|mit|weg|zu|zurück)?ge\w{2,}(?:t|en)\b|\b(?:be|ver|er|zer|re)\w{3,}t\b|"
    r"\w{3,}(?:ée?s?|ues?)\b|\w{2,}[ai]d[oa]s?\b"
)
"""What is done to the things of which a part is told."""


def _are_times(item: Item) -> bool:
    names = [place for place in item.series.x if isinstance(place, str)]
    return len(names) < len(item.series.x) or are_names_of_times(names)


_DENIED: Final = re.compile(
    r"\b(?:not|no|non|un\w+|without|missed|failed|lost|nicht|kein\w*|ohne|pas|sans|sin|perdid\w*)\b|안|못|미|비|未|不|没|非|无",
    re.IGNORECASE,
)


def _share_of(task: Task) -> Iterator[str]:
    """Yield the share of a place in the sum of its series, or of a series in the sum of all."""
    query = task.query
    if _is_of_range(task):
        yield from _share_of_range(task)
        return
    if len(task.items) == 1 and is_funnel([item.panel for item in task.items]) and query.places:
        yield from _share_of_first(task, task.items[0])
        return
    if query.series and not query.places and len(query.series) == 1:
        yield from _share_of_series(task)
        return
    if len(query.series) > 1 and len(query.places) == 1 and query.has("together"):
        yield from _share_of_several(task)
        return
    if len(query.series) == 1 and query.places and _is_part(query, task.items[0]):
        yield from _share_in_stack(task, task.items[0])
        return
    if query.places and all(_are_shares(item) and not _is_of_whole(task, item) for item in task.items):
        yield from value(task)
        return
    yield from _share_in_sums(task)


_OWN_WHOLE: Final[dict[Language, str]] = {
    "en": r"(?:%|percent\w*|share|fraction|proportion|part|portion) of (?:(?!did|was|were|is|are|had|has)\S+ ){0,3}?"
    r"\S*§.*?\b(?:f[ae]ll(?:s|en)?|is|are|was|were|did|do|does|c[ao]mes?|occur\w*|happen\w*|land\w*|used)\b",
    "de": r"(?:prozent|anteil\w*|%) (?:(?!hat|hatte|ist|war|macht)\S+ ){0,4}?§.*?"
    r"\b(?:(?:ent)?f(?:ällt|allen|iel|ielen)|ist|sind|war|waren|lag|liegt|kam|kommt|macht|machte|machen)\b",
    "fr": r"(?:parts?|pourcentages?|proportion) d(?:e|es|u) (?:(?!a|ont|est|sont)\S+ ){0,4}?\S*§.*?"
    r"\b(?:tomb\w+|correspond\w*|revien\w+|est|sont|était|a|ont)\b",
    "es": r"(?:parte|porcentaje|proporción) del? (?:(?!tiene|es|son|fue)\S+ ){0,4}?§.*?"
    r"\b(?:ca(?:e|en|yó|yeron)|correspond\w*|es|son|fue|fueron|se)\b",
    "ko": r"§\S*(?: \S+){0,3} ?(?:중|가운데|에서)",
    "zh": r"§.{0,10}中|占§",
}
"""Where a question for the share of a part of the axis names the series of which it is a part."""


def _is_of_range(task: Task) -> bool:
    """Return whether it asks which part of a series is in a part of the axis, and not for one series among others."""
    query = task.query
    if (query.bounds is None and len(query.groups) != 1) or query.places or not all(map(can_be_added, task.items)):
        return False
    return len(query.series) != 1 or _is_whole_named(query)


def _is_whole_named(query: Query) -> bool:
    return re.search(_OWN_WHOLE[query.language].replace("§", SERIES), query.text) is not None


def _share_of_range(task: Task) -> Iterator[str]:
    """Yield the share that a part of the axis has in the sum of each series."""
    for item in task.items:
        points = known_points(item.series)
        drawn = next((one for one in item.panel.series if one.name == item.series.name), item.series)
        values = [point.value for point in known_points(drawn)]
        whole, part = total(values), total([point.value for point in points])
        if not points or whole <= 0 or min(values) < 0 or not math.isfinite(whole):
            yield task.say("no shares", of=task.of(item))
            continue
        places = [item.place(point.place) for point in points]
        ends = task.say("places from to", first=places[0], last=places[-1])
        yield task.say(
            "share",
            name=ends if task.query.bounds is not None and len(places) > 1 else join(places, task.language),
            of=task.of(item),
            value=format_percent(part / whole),
            part=item.value(part),
            total=item.value(whole),
        )


def _share_in_sums(task: Task) -> Iterator[str]:
    """Yield the share of places in the sum of each series."""
    query = task.query
    for item in _stacks(task):
        points = known_points(item.series)
        whole = total([point.value for point in points])
        if not points:
            yield task.say("unknown", of=task.of(item))
        elif whole <= 0 or not math.isfinite(whole) or any(point.value < 0 for point in points):
            yield task.say("no shares", of=task.of(item))
        elif query.places:
            yield from _share_of_places(task, item, whole)
        elif query.has("each"):
            shown = [f"{item.place(point.place)} {format_percent(point.value / whole)}" for point in points]
            yield task.say("shares", of=task.of(item), parts=join(shown, task.language))
        else:
            yield task.say("which", names=join([item.place(point.place) for point in points], task.language))
            return


def _stacks(task: Task) -> list[Item]:
    """Return stacked bars as one series of their sums, where no series is named; else all that is asked about."""
    query, first = task.query, task.items[0]
    stacked = len(task.items) > 1 and all(item.series.kind in STACKED for item in task.items)
    each = (
        query.has("each")
        or query.series
        or not query.places
        or any(item.series.x != first.series.x for item in task.items)
    )
    if not stacked or each:
        return list(task.items)
    columns = zip(*(item.series.y for item in task.items), strict=True)
    y = tuple(total([value for value in column if math.isfinite(value)]) for column in columns)
    return [replace(first, series=replace(first.series, name="", y=y, extra={}, known=None), name="")]


def _share_of_several(task: Task) -> Iterator[str]:
    """Yield the share of several series together in the sum of all at a place."""
    place, panel = task.query.places[0], task.items[0].panel
    whole = [value for one in drawn_series([panel]) for value in values_at(one, place)[:1]]
    parts = [(item, value) for item in task.items for value in values_at(item.series, place)[:1]]
    alike = all(are_alike(task.items[0], item) for item in _in_panel(task.items[0]))
    if not alike or len(parts) < len(task.items) or min(whole) < 0 or total(whole) <= 0:
        yield task.say("no shares", of="")
        return
    item, part = parts[0][0], total([value for _, value in parts])
    yield task.say(
        "share together",
        names=join([task.name(one) for one, _ in parts], task.language),
        of=f" {item.at(place)}",
        value=format_percent(part / total(whole)),
        part=item.value(part),
        total=item.value(total(whole)),
    )


_WHOLE: Final = re.compile(
    r"annual|total|whole|overall|year['’]s|full year|entire|\bgesamt\w*|jahres\w*|\btotale?\b|annuel\w*|anual\w*|"
    r"연간|전체|총|全年|总"
)


def _is_of_whole(task: Task, item: Item) -> bool:
    """Return whether the share of a month in the sum of a year is asked for, of what can be added."""
    return can_be_added(item) and task.query.has("part of") and _WHOLE.search(task.query.text) is not None


def _is_of_one_in_the_other(task: Task) -> bool:
    """Return whether it asks "what share of the planned trees was planted", of two series at one place."""
    query = task.query
    two = len(task.items) == 2 and len(query.series) == 2 and len(query.places) == 1 and not query.has("together")
    said = re.search(_OF_ONE[query.language].replace("§", SERIES).replace("P", PLACE), query.text)
    return two and said is not None and are_alike(*task.items)


_OF_ONE: Final[dict[Language, str]] = {
    "en": r"(?:share|percent\w*|%|fraction|part|proportion) of (?:\w+ )?(?:P\S* (?:\w+ )?)?§(?! and\b)",
    "de": r"(?:prozent|%|anteil|teil) (?:de[rs]|von|aller) (?:\w+ )?(?:P\S* (?:\w+ )?)?§(?! und\b)",
    "fr": r"(?:pourcentage|proportion|part|%) d(?:e|es|u)(?: l[ae]| l['’])? ?(?:\w+ )?(?:P\S* (?:\w+ )?)?§(?! et\b)",
    "es": r"(?:porcentaje|proporción|parte|%) del?(?: l[ao]s?)? ?(?:\w+ )?(?:P\S* (?:\w+ )?)?§(?! y\b)",
    "ko": r"§\S*(?: \S+){0,2} ?(?:중|가운데)(?:에서?)? .*(?:퍼센트|%|비율|비중)",
    "zh": r"§.{0,6}(?:中|里).*(?:百分|%|比例|占)",
}
"""Where the first of two series is the whole of which the other one is a part."""


def _share_of_one_in_the_other(task: Task) -> Iterator[str]:
    whole, part = task.items
    place = task.query.places[0]
    sides = [_side_at(task, item, place, named=True) for item in (whole, part)]
    if sides[0] is None or sides[1] is None or sides[0].value <= 0:
        yield two_needed(task)
        return
    share = format_percent(sides[1].value / sides[0].value)
    names = {"name": sides[1].name, "other": sides[0].name}
    yield task.say("part of", **names, value=share, part=sides[1].shown, whole=sides[0].shown)


def is_funnel(panels: Sequence[ChartPanel]) -> bool:
    """Return whether bars are steps of which each is a part of the one before, as their title or label says."""
    said = " ".join(part for panel in panels for part in (panel.title, panel.x.label, panel.y.label)).lower()
    drawn = [one for panel in panels for one in panel.series]
    values = list(drawn[0].y) if len(drawn) == 1 and drawn[0].kind in ("bars", "horizontal bars") else []
    falls = len(values) > 1 and (values == sorted(values) or values == sorted(values, reverse=True))
    return falls and re.search(r"\bfunnel\b|\bstages?\b", said) is not None


def _share_of_first(task: Task, item: Item) -> Iterator[str]:
    """Yield the part of the first step of a funnel, or of the one that is named before, that reaches another."""
    points = sorted(known_points(item.series), key=lambda point: -point.value)
    named = sorted((point for point in points if point.place in task.query.places), key=lambda point: -point.value)
    whole, part = (named[0] if len(named) > 1 else points[0]), (named or points)[-1]
    if whole.value > 0:
        shown = {"value": format_percent(part.value / whole.value), "part": item.value(part.value)}
        names = {"name": item.place(part.place), "other": item.place(whole.place)}
        yield task.say("part of", **names, **shown, whole=item.value(whole.value))


_PERCENT: Final = re.compile(
    r"%|percent|share|proportion|prozent|anteil|pourcentage|porcentaje|proporción|비율|백분율|비중|占比|百分|比例",
    re.IGNORECASE,
)


def _are_shares(item: Item) -> bool:
    """Whether values are percentages by themselves, or of one thing in several years, and not parts of their sum."""
    if item.series.kind == "pie":
        return False
    if item.unit == "%" or _PERCENT.search(f"{item.values.label} {item.panel.title}"):
        return True
    return bool(item.series.x) and all(isinstance(place, float | int) or is_date(place) for place in item.series.x)


def _is_part(query: Query, item: Item) -> bool:
    """Return whether a series is a part of the whole at a place: of a stack, or one of the kinds "on Monday"."""
    stacked = item.series.kind in STACKED
    if (stacked or can_be_added(item)) and _is_whole_named(query) and not _is_whole_of_place(query):
        return False
    if stacked:
        return True
    alike = [other for other in _in_panel(item) if are_alike(item, other)]
    own = all(other.series.kind == item.series.kind for other in alike)
    if len(alike) > 1 and own and item.unit != "%" and item.series.kind == "area":
        return True
    places, names = (tuple(map(str, ones)) for ones in (item.series.x, (one.name for one in item.panel.series)))
    several = len(names) > 1 and not (period_of(names) or kind_of_names(names))
    in_years = all(isinstance(place, float | int) and 1800 <= place <= 2100 for place in item.series.x)
    in_times = in_years or bool(period_of(places) or kind_of_names(places))
    told = (
        query.has("at place") or _is_whole_of_place(query) or (in_years and query.language != "en" and item.unit != "%")
    )
    named = _is_whole_of_place(query) and item.series.kind == "bars" and item.unit != "%" and len(names) > 1
    return (told and item.series.kind in ("bars", "line") and several and in_times) or named


def _is_whole_of_place(query: Query) -> bool:
    """Return whether a place is named before the series: "what percentage of patients in the West were vaccinated"."""
    words = _WHOLE_OF_PLACE.get(query.language, "(?!)").replace("§", SERIES).replace("P", PLACE)
    return re.search(words, query.text) is not None


_WHOLE_OF_PLACE: Final[dict[Language, str]] = {
    "en": r"(?:percent\w*|share|fraction|proportion|%) of\b.*P.*§|"
    r"^\W*of (?:all )?(?:the )?(?:\w+ ){0,3}P.*(?:percent|share|fraction|proportion|%).*§",
    "de": r"(?:prozent|%|anteil|teil) (?:de[rs]|von)\b.*P.*(?<!\b[ia][nm] )(?<!\bder )(?<!\bvon )§|"
    r"^\W*von (?:allen |den )?(?:\w+ ){0,3}P.*(?:prozent|anteil|%).*§",
    "fr": r"(?:pourcentage|proportion|part|%) d(?:e|es|u)\b.*P.*(?<!\bdans )(?<!\bdans l[ae] )(?<!\ben )(?<!\bde )§|"
    r"^\W*(?:sur|parmi|de) (?:tous )?(?:les )?(?:\w+ ){0,3}P.*(?:pourcentage|proportion|part|%).*§",
    "es": r"(?:porcentaje|proporción|parte|%) del?\b.*P.*(?<!\ben )(?<!\ben el )(?<!\ben la )(?<!\bde )§|"
    r"^\W*de (?:tod[oa]s )?(?:l[oa]s )?(?:\w+ ){0,3}P.*(?:porcentaje|proporción|parte|%).*§",
    "ko": r"P\S*(?: \S+){0,2} ?(?:중|가운데)\S*(?: \S+){0,2} ?§",
    "zh": r"P的?[^§P]{0,6}(?:里|中|当中)[^P]{0,4}§",
}
"""A whole that is named by its place, before the series that is a part of it."""


def _share_in_stack(task: Task, item: Item) -> Iterator[str]:
    """Yield the share of a series in the stacks at the places that are named."""
    for place in task.query.places[:6]:
        stack = [value for series in item.panel.series for value in values_at(series, place)[:1]]
        part, whole = values_at(item.series, place), total(stack)
        if not part or min(stack) < 0 or whole <= 0 or not math.isfinite(whole):
            yield task.say("no shares", of=task.of(item))
            continue
        shown = {"value": format_percent(part[0] / whole), "part": item.value(part[0]), "total": item.value(whole)}
        yield task.say("share at", name=task.name(item), at=item.at(place), **shown)


def _share_of_places(task: Task, item: Item, whole: float, *, added: bool = False) -> Iterator[str]:
    parts = [(place, values[0]) for place in task.query.places if (values := values_at(item.series, place))]
    limit = task.query.threshold if task.query.yes_no else None
    limit = limit if limit is not None and math.isfinite(limit.limit) else None
    if len(parts) > 1 and (added or limit is not None or task.query.has("together")):
        part = total([value for _, value in parts])
        if limit is not None:
            yield task.say("yes" if limit.holds(100 * part / whole) else "no")
        shown = {"value": format_percent(part / whole), "part": item.value(part), "total": item.value(whole)}
        names = join([item.place(place) for place, _ in parts], task.language)
        pie = item.series.kind == "pie"
        key = "share together pie" if pie else "share together"
        if pie and math.isclose(whole, 100, rel_tol=1e-3):
            shown["value"] = item.value(float(f"{part:.3g}"))
        yield task.say(key, names=names, of=task.of(item), **shown)
        return
    if len(parts) > 1 and not re.search(_EACH, task.query.text):
        yield from _share_of_places(task, item, whole, added=True)
        if len(parts) > 2:
            return
    for place in task.query.places[:6]:
        values = values_at(item.series, place)
        if not values:
            continue
        pie = item.series.kind == "pie"
        key = "share pie" if pie else "share"
        part = total(values)
        if limit is not None:
            yield task.say("yes" if limit.holds(100 * part / whole) else "no")
        told = pie and math.isclose(whole, 100, rel_tol=1e-3)
        yield task.say(
            key,
            name=item.place(place),
            of=task.of(item),
            value=item.value(float(f"{part:.3g}")) if told else format_percent(part / whole),
            part=item.value(part),
            total=item.value(whole),
        )


_EACH: Final = (
    r"shares|each|respectively|percentages|\bor\b|anteile|jeweils|\boder\b|pourcentages|chacune?|\bou\b|porcentajes|"
    r"\bcada\b|각각|分别|还是"
)


def _in_panel(item: Item) -> list[Item]:
    return [Item(series, item.panel, series.name, item.language) for series in item.panel.series]


def _share_of_series(task: Task) -> Iterator[str]:
    item = task.items[0]
    others = [other for other in _in_panel(item) if are_alike(item, other)]
    if task.query.bounds is not None or task.query.groups:
        others = [other.at_places(item.series.x) for other in others]
    sums = [total([point.value for point in known_points(other.series)]) for other in others]
    part, whole = total([point.value for point in known_points(item.series)]), total(sums)
    if len(others) < 2:
        yield two_needed(replace(task, items=_in_panel(item)))
        return
    if whole <= 0 or min(sums) < 0 or not math.isfinite(whole):
        yield task.say("no shares", of=task.of(item))
        return
    yield task.say(
        "share",
        name=task.name(item),
        of="",
        value=format_percent(part / whole),
        part=item.value(part),
        total=item.value(whole),
    )


# --- courses of two series --------------------------------------------------------------------------------------


def compare(task: Task) -> Iterator[str]:
    """Yield which of two places or series is higher, and where."""
    if len(task.query.places) >= 2 or (task.query.places and len(task.items) == 2):
        yield from difference(task)
        return
    pairs = list(_pairs(task)) or list(_with_the_other(task))
    if not pairs:
        yield two_needed(task)
    for first, second in pairs:
        yield from higher_at(task, first, second)


def _with_the_other(task: Task) -> Iterator[tuple[Item, Item]]:
    """Yield the only series that is named, and the only other one: "is it always warmer in Rome?"."""
    if len(task.items) == 1:
        others = [one for one in _in_panel(task.items[0]) if one.series is not task.items[0].series]
        if len(others) == 1 and are_alike(task.items[0], others[0]):
            yield task.items[0], others[0]


def are_alike(first: Item, second: Item) -> bool:
    """Return whether values of two series can be compared: along one axis, or in the same unit below the same label."""
    if first.panel is second.panel and first.series.right == second.series.right:
        return True
    if first.panel is second.panel and not (first.panel.right and (first.values.label or first.unit)):
        return False  # nothing says that the axis on the right has the same values
    return (first.values.label, first.unit) == (second.values.label, second.unit)


def _pairs(task: Task) -> Iterator[tuple[Item, Item]]:
    """Yield the series that can be compared, two by two: those in one panel, or with the same unit and label."""
    items = task.items[:4]
    for number, first in enumerate(items):
        for second in items[number + 1 :]:
            if are_alike(first, second):
                yield first, second


def higher_at(task: Task, first: Item, second: Item, *, means: bool = True) -> Iterator[str]:
    """Yield at which of the places that two series share the first is higher."""
    shared = between(first.series, second.series)
    if not shared:
        sides = sides_of(task)
        yield difference_of(task, sides) if sides is not None else two_needed(task)
        return
    less = task.query.asks_less
    below = task.query.direction == "down" or task.query.has("below") or less
    if below:
        first, second = second, first
        shared = [(place, b, a) for place, a, b in shared]
    higher = [place for place, a, b in shared if a > b]
    if task.query.yes_no:
        lines_cross = any(True for _ in _crossings(first, second))
        some = task.query.has("ever") and bool(higher)
        yield task.say("yes" if some or (len(higher) == len(shared) and not lines_cross) else "no")
    if not higher and any(a < b for _, a, b in shared) and not task.query.yes_no:
        first, second = second, first
        higher = [place for place, a, b in shared if a < b]
    key = "all" if len(higher) == len(shared) else "some" if higher else "none"
    places = join([first.place(place) for place in higher], task.language)
    fields = {"count": len(higher), "places": places} if key == "some" else {}
    if all(a == b for _, a, b in shared):
        yield task.say("same values", a=task.name(first), b=task.name(second), total=len(shared))
        return
    if task.query.has("same") and not (task.query.has("more") or task.query.has("less")):
        yield from _equal_of(task, first, second)
        return
    yield task.say(f"higher at {key}", a=task.name(first), b=task.name(second), total=len(shared), **fields)
    if means and not task.query.yes_no and len(task.items) == 2:
        sides = sides_of(task)
        if sides is not None:
            yield difference_of(task, sides)


def equal_at(task: Task) -> Iterator[str]:
    """Yield at which places two series have the same value."""
    if len(task.items) != 2:
        yield two_needed(task)
        return
    yield from _equal_of(task, *task.items)


def _equal_of(task: Task, first: Item, second: Item) -> Iterator[str]:
    names = {"a": task.name(first), "b": task.name(second)}
    same = [
        f"{first.place(place)} ({first.value(a)})" for place, a, b in between(first.series, second.series) if a == b
    ]
    yield (
        task.say("equal at", **names, places=join(same, task.language)) if same else task.say("equal nowhere", **names)
    )


def crossing(task: Task) -> Iterator[str]:
    """Yield where lines cross; of marks that are not joined, where one is higher than the other."""
    pairs = list(_pairs(task))
    if not pairs:
        yield two_needed(task)
    for first, second in pairs:
        touching = any(a == b for _, a, b in between(first.series, second.series))
        if touching and not _crossings(first, second):
            yield from _equal_of(task, first, second)  # they meet, and part on the same side
        elif is_joined(first.series) and is_joined(second.series):
            yield from _crossing_of(task, first, second)
        else:
            yield from higher_at(task, first, second, means=False)


def _crossings(first: Item, second: Item) -> list[tuple[str, float]]:
    """Return where two drawn lines cross, in words, and the value there."""
    if not (is_joined(first.series) and is_joined(second.series)):
        return []
    found = []
    # On a logarithmic axis the drawn lines are straight in powers, so that between two points only these are sure.
    log = "log" in (first.places.scale, first.values.scale)
    for left, right, at, height in crossings(first.series, second.series):
        named = isinstance(left, str) and not is_date(left)
        years = isinstance(left, float) and first.place(left) == f"{left:.0f}"  # between 2022 and 2023, not in 2022.78
        if named or log or (years and at not in (left, right)):
            ends = {"left": first.place(left), "right": first.place(right)}
            found.append((_between(first, ends), height))
        elif isinstance(left, str):
            found.append((first.at(_as_date(at, timed="T" in f"{left}{right}")), height))
        else:
            step = abs(float(right) - float(left))
            digits = 2 - math.floor(math.log10(step)) if step else 6  # a hundredth of the distance of two points
            found.append((first.at(round(at, digits)), height))
    return found


def _between(item: Item, ends: dict[str, str]) -> str:
    from vision_magic.engine.questions.phrases.sentences import say

    return say("crossing between", item.language, **ends)


def _crossing_of(task: Task, first: Item, second: Item) -> Iterator[str]:
    a, b = task.name(first), task.name(second)
    found = _crossings(first, second)
    once = len(found) == 1
    if _OVERTAKES.search(task.query.text) and len(task.query.series) == 2:
        if task.query.series[0] != first.series.name:
            first, second, a, b = second, first, b, a
        low = is_low_first(first.panel, first.series)
        found = (_upwards(second, first, found) if low else _upwards(first, second, found)) or found
    if re.search(r"\bfirst\b", task.query.text):
        found = found[:1]
    if re.search(r"\bfor good\b|\bpermanently\b|\bfor the last time\b", task.query.text):
        found = found[-1:]
    if task.query.yes_no:
        yield task.say("yes" if found else "no")
    if not found:
        if not between(first.series, second.series):
            yield task.say("unknown", of="")
            return
        yield task.say("no crossing", a=a, b=b)
        higher = [a > b for _, a, b in between(first.series, second.series)]
        if all(higher) or not any(higher):
            fields = {"a": a, "b": b} if all(higher) else {"a": b, "b": a}
            yield task.say("higher at all", total=len(higher), **fields)
        return
    places = [f"{at} ({first.value(value, derived=True)})" if "log" not in at else at for at, value in found]
    yield task.say("crossing", a=a, b=b, places=join(places, task.language, longest=6))
    ends = _at_end(first, second) if once and first.places.scale != "categories" else None
    if ends is not None and ends[0] != ends[1]:
        yield task.say("after crossing", a=a if ends[0] > ends[1] else b)
    yield from _first_drawn_ahead(task, first, second)


_MOST_DRAWN: Final = 60
"""Of lines of more points, where they cross is as good as a point."""


_PASSES: Final = re.compile(
    r"overt[ao][ok]|surpass|outperf|outstr|outs[eo]l|outrun|\bpass(?:es|ed)?\b|\babove\b|ahead|exceed|\bbeat|overhaul|"
    r"\b(?:higher|more|larger)\b|überhol|übertr|vorbei|\büber\b|\bmehr\b|höher|dépass|doubl[eé]|devant|au-dessus|"
    r"\bbat\b|\bplus\b|supér|super[aóo]|adelant|sobrepas|por encima|\bmás\b|추월|넘어|넘[은는]|앞[서지질섰]|높|많|"
    r"超|赶上|高于|多于"
)
"""Words by which one of two is said to get above the other, unlike those by which they cross."""


def _first_drawn_ahead(task: Task, first: Item, second: Item) -> Iterator[str]:
    """Yield the first place after a crossing at which both lines have a point, which people who ask read off."""
    asked = "crossing" in task.query.operations and not is_low_first(first.panel, first.series)
    position = {point.place: number for number, point in enumerate(in_order(first.series))}
    shared = sorted(between(first.series, second.series), key=lambda entry: position.get(entry[0], 0))
    if len(shared) > _MOST_DRAWN or not asked:
        return
    both = len(task.query.series) == 2 and len(set(re.findall(SERIES, task.query.text))) == 2
    signs = [a > b for _, a, b in shared if a != b]
    if not both and sum(one != other for one, other in pairwise(signs)) > 1:
        return  # nothing says which of them is meant
    if both and _PASSES.search(task.query.text):
        own = task.query.pair_from_above[0] == first.series.name
        shared = shared[next((n for n, (_, a, b) in enumerate(shared) if (a < b if own else b < a)), 0) :]
    apart = [(place, a, b) for place, a, b in shared if a != b]
    passed = next(((place, a, b) for place, a, b in apart if (a > b) != (apart[0][1] > apart[0][2])), None)
    if passed is None:
        return
    place, a, b = passed
    (high, value), (low, other) = ((first, a), (second, b)) if a > b else ((second, b), (first, a))
    said = {"a": task.name(high), "b": task.name(low), "a_value": high.value(value), "b_value": low.value(other)}
    yield task.say("first ahead", **said, at=first.at(place))


_OVERTAKES: Final = re.compile(
    r"[\ue400-\ue7ff].*\b(?:overtak\w+|overtook|surpass\w*|outperform\w*|outstrip\w*|outsell\w*|outsold|pass(?:es|ed)?|"
    r"(?:above|ahead of|exceed\w*|beat|beats|overhaul\w*))\b.*[\ue400-\ue7ff]"
)


def _upwards(first: Item, second: Item, found: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Return those of the crossings at which the first line gets above the second: every other one."""
    shared = [a - b for _, a, b in between(first.series, second.series) if a != b]
    return found if not shared else found[0::2] if shared[0] < 0 else found[1::2]


def _at_end(first: Item, second: Item) -> tuple[float, float] | None:
    """Return the values of two lines at the last place that both reach."""
    for one, other in ((first, second), (second, first)):
        points = in_order(one.series)
        found = other.value_at(points[-1].place) if points else None
        if found is not None:
            return (points[-1].value, found[0]) if one is first else (found[0], points[-1].value)
    return None


def _as_date(days: float, *, timed: bool) -> str:
    from vision_magic.engine.chart.dates import iso_of

    try:
        return iso_of(days).replace(" ", "T") if timed else iso_of(days)[:10]
    except (OverflowError, ValueError):
        return "?"
