"""One amount against another, each made of what a side of the question names: "is A's best month above B's?".

A side is a set of series and places, with what is made of their values: the sum of several places or series, their
mean, or the highest of them. What one side leaves out it has from the other: "more in May than in June" of one series.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from vision_magic.engine.chart.data import WITHOUT_DATA, ChartPanel, Place, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.comparing import difference_of, sides_of, two_needed
from vision_magic.engine.questions.answers.task import Item, Task, join
from vision_magic.engine.questions.marked import Marked, is_place
from vision_magic.engine.questions.numbers import format_derived
from vision_magic.engine.questions.operations import mean, total, values_at
from vision_magic.engine.questions.query import Query, Side

__all__ = ["as_choice", "as_two_sides", "choose", "compare_sides"]

_COMPARATIVE: Final = (
    r"(?!other|rather|together|number|over|after|under|whether|ever|later|earlier|faster|slower|longer|shorter|older|younger|"
    r"quarter|summer|winter)[a-z]{3,}er|more|above|less|fewer"
)
_THAN: Final = (
    rf"(?<!\w)(?P<cmp>{_COMPARATIVE})(?P<noun>) than (?P<right>.+)",
    r"(?<!\w)(?P<cmp>more|less|fewer|higher|lower|larger|greater|bigger|smaller)"
    r"(?P<noun>(?: [^\s,;?]+){1,10}?) than (?P<right>.+)",
)
_LESS: Final = re.compile(r"less|fewer|lower|smaller|quieter|weaker|cheaper|calmer|cooler|colder|drier|lighter|poorer")
_MORE: Final = re.compile(
    r"more|higher|larger|greater|bigger|busier|stronger|dearer|taller|heavier|warmer|hotter|wetter|richer|pricier"
)
_ASKS: Final = re.compile(r"\W*(?:(?:so|and|but|then),? )?(?:is|are|was|were|do|does|did|has|have|had)\b(?P<left>.*)")
_HOW: Final = re.compile(
    r"(?:by )?how (?P<what>many times|much|many|far)\b(?P<left>.*)|by what (?:factor|margin|amount)\b(?P<other>.*)"
)
_STATISTICS: Final = (
    ("mean", r"average|mean|typical\w*|on average"),
    ("median", r"median"),
    ("sum", r"total|combined|together|put together|altogether|in all|overall|sum|as a whole|whole"),
    ("highest", r"best|highest|maximum|max|peak|top|record|busiest|strongest|largest|biggest|hottest|warmest|wettest"),
    ("lowest", r"worst|lowest|minimum|min|weakest|quietest|smallest|coldest|coolest|driest"),
    ("last", r"final|in the end|at the end|by the end|last|eventually"),
    ("first", r"at the start|at the beginning|initially|at first|first"),
)


def as_two_sides(query: Query, marked: Marked, panels: Sequence[ChartPanel]) -> Query | None:
    """Return a query that compares what stands before "than" with what stands after it; None if it is no such one.

    Only where a side is made of several values: the comparison of two of them is that of `comparing`.
    """
    text = marked.written.lower()
    drawn = drawn_series(panels)
    than = next((found for words in _THAN if (found := re.search(words, text))), None)
    if than is None or not drawn or len({one.right for one in drawn}) > 1 or len(panels) > 1:
        return None
    up = _direction(than["cmp"], panels)
    asks, how = _ASKS.match(text[: than.start()]), _HOW.search(text[: than.start()])
    if up is None or (asks is None and how is None) or query.threshold or query.groups or query.without:
        return None
    left = text[: than.start()] + (than["noun"] or "")
    two = _side(left, marked), _side(than["right"], marked)
    if re.search(_CHANGES, left) is not None and _are_single(two):
        names = (*two[0].series, *two[1].series)
        down = re.search(_LOSES, left) is not None
        return replace(
            query,
            operations=("growth",),
            places=(),
            series=names,
            yes_no=asks is not None,
            direction="down" if down else "up",
        )
    sides = _completed(*_with_rest(*two, than["right"], drawn))
    if sides is None or not _is_made(sides):
        return None
    kind = "ratio" if how is not None and (how["what"] == "many times" or "factor" in how[0]) else "difference"
    return replace(
        query,
        operations=("sides",),
        sides=sides,
        direction="up" if up else "down",
        statistic="",
        words=frozenset({kind}),  # type: ignore[arg-type]
        series=(),
        places=(),
        bounds=None,
        yes_no=asks is not None,
        negated=query.negated,
    )


_OR: Final = (
    r"([\ue000-\ue3ff\uec00-\uefff],? or (?:\w+ ){0,2}?[\ue000-\ue3ff\uec00-\uefff]|"
    r"[\ue400-\ue7ff](?: \w+)?,? or (?:\w+ ){0,2}?[\ue400-\ue7ff])"
)


def as_choice(query: Query, marked: Marked, panels: Sequence[ChartPanel]) -> Query | None:
    """Return a query for "which has more, A or B" as one for the higher, or the lower, of two; None if it is not."""
    text = marked.written.lower()
    drawn = drawn_series(panels)
    asked = re.search(r"\b(?:who|which|what|where|when|is|are|was|were|does|do|did|has|have)\b", text)
    if query.language != "en" or query.threshold or query.groups or len(panels) != 1 or not asked:
        return None
    if query.operations == ("spread",):  # of two boxes or lines, and not which of them is higher
        return None
    whole = re.search(r"\bthan\b|\boverall\b|\bin total\b|\bin all\b|\baltogether\b|\bon average\b|\btotal\b", text)
    if re.search(_OR, text) is None or whole or len({one.right for one in drawn}) > 1:
        return None
    one_of = (len(query.places) == 2 and (len(drawn) == 1 or len(query.series) == 1), len(query.series) == 2)
    words = [
        word
        for word in re.findall(r"[a-z]+", text)
        if word == "better" or _LESS.fullmatch(word) or _MORE.fullmatch(word)
    ]
    up = _direction(words[-1], panels) if words else None
    if sum(one_of) != 1 or up is None or (one_of[1] and len(query.places) > 1):
        return None
    return replace(query, operations=("choice",), direction="up" if up else "down", yes_no=False, statistic="")


_LOSES: Final = r"\b(?:lose|lost|fall|fell|drop(?:ped)?|decline[d]?|decrease[d]?|shrink|shrunk|shrank)\b"
_CHANGES: Final = rf"\b(?:gain(?:ed)?|grow|grew|grown|rise|rose|risen|increase[d]?|climb(?:ed)?|add(?:ed)?)\b|{_LOSES}"


def _are_single(two: tuple[Side, Side]) -> bool:
    """Return whether each side is one series, of which the other side is another."""
    return all(len(side.series) == 1 and not side.statistic for side in two) and two[0].series != two[1].series


def _with_rest(left: Side, right: Side, text: str, drawn: Sequence[Series]) -> tuple[Side, Side]:
    """Return both sides, with all other names for "the rest"."""
    rest = re.search(r"\b(?:the (?:rest|others|other \w+|remaining \w+)|everything else|all (?:the )?others?)\b", text)
    if rest is None or right.places or right.series or not left.places or len(drawn) != 1:
        return left, right
    others = tuple(place for place in drawn[0].x if place not in left.places)
    return replace(left, statistic="sum"), replace(right, places=others, statistic="sum")


def _direction(word: str, panels: Sequence[ChartPanel]) -> bool | None:
    """Return whether a comparative means more of what is drawn; None if that is not known."""
    if word == "better":
        from vision_magic.engine.questions.vocabulary.judging import is_better_higher

        return is_better_higher("better", panels)
    return False if _LESS.fullmatch(word) else True if _MORE.fullmatch(word) or word == "above" else None


def _side(text: str, marked: Marked) -> Side:
    series = Marked(text, series=marked.series).named_series()
    places = tuple(dict.fromkeys(marked.place_of(letter) for letter in text if is_place(letter)))
    statistic = next((name for name, words in _STATISTICS if re.search(rf"(?<!\w)(?:{words})(?!\w)", text)), "")
    return Side(series=series, places=places, statistic=statistic)  # type: ignore[arg-type]


def _completed(left: Side, right: Side) -> tuple[Side, Side] | None:
    """Return both sides with what one has from the other; None if they do not differ, or one names nothing."""
    if left.series and right.series and not right.places:
        right = replace(right, places=left.places)
    elif left.places and right.places and not right.series:
        right = replace(right, series=left.series)
    if left.series and right.series and not left.places:
        left = replace(left, places=right.places)
    if left.places and right.places and not left.series:
        left = replace(left, series=right.series)
    if left.statistic and not right.statistic and len(right.series) < 2 and len(right.places) < 2:
        right = replace(right, statistic=left.statistic)
    if right.statistic in ("mean", "median", "first", "last") and not left.statistic:
        left = replace(left, statistic=right.statistic)
    if right.statistic == "sum" and not left.statistic and not left.places:
        left = replace(left, statistic="sum")
    named = (left.series or left.places) and (right.series or right.places)
    return (left, right) if named and left != right else None


def _is_made(sides: tuple[Side, Side]) -> bool:
    return any(side.statistic or len(side.series) > 1 or len(side.places) > 1 for side in sides)


# --- answers ----------------------------------------------------------------------------------------------------


def choose(task: Task) -> Iterator[str]:
    """Yield which of two is the higher, or the lower, and by how much."""
    sides = sides_of(task)
    if sides is None:
        yield two_needed(task)
        return
    first, second = sides.a, sides.b
    up = task.query.direction == "up"
    if (first.value < second.value) if up else (first.value > second.value):
        first, second = second, first
    if len(task.query.series) == 2 and len(task.query.places) == 1:
        names = [task.name(one.item) for one in (first, second)]
        at = task.say("name at", name=names[0], at=first.item.at(task.query.places[0]))
        first, second = replace(first, name=at), replace(second, name=names[1])
    yield difference_of(task, replace(sides, a=first, b=second))


_OF: Final[dict[str, Callable[[Sequence[float]], float]]] = {
    "sum": total,
    "mean": mean,
    "median": median,
    "highest": max,
    "lowest": min,
    "first": lambda values: values[0],
    "last": lambda values: values[-1],
    "": total,
}


@dataclass(frozen=True, slots=True)
class _Amount:
    value: float
    name: str
    item: Item
    derived: bool

    @property
    def shown(self) -> str:
        return self.item.value(self.value, derived=self.derived)


def compare_sides(task: Task) -> Iterator[str]:
    """Yield whether one side is more than the other, and by how much or how many times."""
    amounts = [_amount(task, side) for side in task.query.sides]
    a, b = amounts if len(amounts) == 2 else (None, None)
    if a is None or b is None:
        yield task.say("unknown", of="")
        return
    more = a.value > b.value
    if task.query.yes_no:
        yield task.say("yes" if (more if task.query.direction == "up" else a.value < b.value) else "no")
    names = {"a": a.name[:1].upper() + a.name[1:], "b": b.name, "a_value": a.shown, "b_value": b.shown}
    if math.isclose(a.value, b.value, rel_tol=1e-12):
        yield task.say("equal", a=names["a"], b=b.name, value=a.shown)
    elif "ratio" in task.query.words and b.value:
        yield task.say("ratio", **names, value=format_derived(float(f"{a.value / b.value:.3g}")))
    else:
        change = a.item.change(abs(a.value - b.value), derived=a.derived or b.derived)
        yield task.say("difference", **names, value=change, more=task.say("more" if more else "less"))


def _amount(task: Task, side: Side) -> _Amount | None:
    items = [item for item in task.items if item.series.kind not in WITHOUT_DATA]
    items = [item for item in items if not side.series or item.series.name in side.series]
    statistic = side.statistic
    if side.places:
        found = [value for item in items for place in side.places for value in values_at(item.series, place)[:1]]
        if len(found) < len(items) * len(side.places):
            return None
        if len(found) == 1:
            statistic = ""
    else:
        found = [value for item in items for value in item.series.y if math.isfinite(value)]
    if not found or (not statistic and not side.places) or (statistic in ("first", "last") and len(items) > 1):
        return None
    return _Amount(
        _OF[statistic](found), _name(task, items, side, statistic), items[0], statistic in ("mean", "median")
    )


def _name(task: Task, items: Sequence[Item], side: Side, statistic: str) -> str:
    """Return what a side is called: "the highest of “A”", "“A” + “B” in May"."""
    names = [task.name(item) for item in items] if side.series or not side.places else []
    places: list[Place] = list(side.places)
    shown = [items[0].place(place) for place in places]
    if names and shown:
        whole = task.say("name at", name=_joined(task, names), at=join([items[0].at(p) for p in places], task.language))
    else:
        whole = _joined(task, names or shown)
    key = statistic if statistic in ("mean", "median", "highest", "lowest", "first", "last") else ""
    key = key or ("sum" if statistic == "sum" and not places and len(names) < 2 else "")
    return task.say(f"side {key}", of=whole) if key else whole


def _joined(task: Task, names: Sequence[str]) -> str:
    return " + ".join(names) if len(names) > 1 else join(names, task.language)
