"""Who is where among several series at one place: "who was third at the end", "who was in front at 20 km".

First is the highest, or the lowest where the values are ranks, times, or how far each is behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import BARS, ChartPanel, Place, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.comparing import two_needed
from vision_magic.engine.questions.answers.task import Item, Task, join
from vision_magic.engine.questions.marked import Marked
from vision_magic.engine.questions.operations import in_order, values_at
from vision_magic.engine.questions.places.turned import are_periods
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.judging import is_low_first
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["as_rank", "rank_at", "rank_query", "ranked_series", "without_words_of_ranks"]

_ORDINALS: Final = ("first|1st", "second|2nd|runner-up", "third|3rd", "fourth|4th", "fifth|5th", "sixth|6th")
_NTH: Final = "|".join((*_ORDINALS, "last"))
_BE: Final = (
    r"(?:is|was|were|are|came|comes|come|finish(?:ed|es)?|ranked|ranks|ended(?: up)?|placed|lay|lies|stood|stands)"
)
_FRONT: Final = (
    r"in front|in the lead|leading|led\b(?! to)|in pole position|at the top|on top|at the head|"
    r"ahead of (?:everyone|all|"
    r"everybody|the others|the rest|the field|the pack)|won\b|wins\b|the winner|the leader|"
    r"crossed the (?:finish(?:ing)? )?"
    r"line first|finished first"
)
_REAR: Final = r"at the back|in the rear|bringing up the rear|at the bottom|the loser|crossed the (?:finish )?line last"
_PLACED: Final = (
    rf"(?:in |took |takes |held |holds |on |at )?(?:the )?(?P<nth>{_NTH}|\d+th) (?:place|position|spot|rank)"
)
_RANKED: Final = (
    rf"\b{_PLACED}\b|\b{_BE} (?:the )?(?P<nth2>{_NTH})\b(?! (?:time|\w+est|most|to|half|week|quarter|year))"
)
_APART: Final = (
    rf"(?P<a>{_NTH}|winner|leader)(?: place| position)? (?:and|from|to|ahead of) (?:the )?(?P<b>{_NTH})"
    r"(?: place| position)?"
)
_HOW_FAR: Final = (
    r"\bhow (?:much|many|far|big|large)\b|\bby how\b|\bwhat\b.*\b(?:gap|difference|margin|distance)\b|\bgap\b"
)
_END: Final = re.compile(
    r"\b(?:at|in|by) the (?:very )?(?:end|finish)\b|\bfinally\b|\bended\b|\bfinish\w*\b|\bcame\b|\bwon\b|\bwinner\b|"
    r"\bfinish(?:ing)? line\b|\bline\b"
)
_START: Final = re.compile(r"\b(?:at|in) the (?:very )?(?:start|beginning)\b|\binitially\b|\bat first\b")


def as_rank(query: Query, marked: Marked, panels: Sequence[ChartPanel]) -> Query | None:
    """Return a query about the series of a rank at a place, or about the places where a series has it."""
    single = _of_names(query, marked.written.lower(), panels)
    if single is not None:
        return single
    drawn = ranked_series(panels)
    if query.language != "en" or len(drawn) < 2 or query.threshold or query.groups or query.statistic:
        return None
    text = marked.written.lower()
    place = _place(query, text, drawn)
    low = is_low_first(panels[0], drawn[0])
    apart = re.search(_APART, text)
    if apart is not None and re.search(_HOW_FAR, text) and not query.series and place is not None:
        ranks = tuple(float(_number(apart[side])) for side in ("a", "b"))
        return rank_query(query, low, amounts=ranks, places=(place,))
    behind = re.search(r"\b(?:furthest|farthest|most|farther|further) (?:behind|back|adrift|off the pace)\b", text)
    if behind is not None and low and re.match(r"\W*(?:who|which|what)\b", text) and not query.series:
        text = re.sub(r",? (?:and )?by how (?:much|many|far)\b.*", "", query.text)
        return replace(query, operations=("maximum",), direction="", rank=1, top=0, yes_no=False, text=text)
    rank = _rank_in(text)
    if rank is None:
        return None
    if not query.series and re.match(r"\W*(?:so |and )?(?:who|which|what|whose)\b", text) and place is not None:
        return rank_query(query, low, amounts=(float(rank),), places=(place,))
    where = re.search(r"\b(?:how many|how often|when|which|what|where)\b", text)
    within = re.search(
        r"\b(?:for|in|of|among|by|with) (?:the )?[\ue400-\ue7ff]", text
    )  # "second for pretzels" is a place
    of_series = len(query.series) == 1 and within is None and not are_periods([one.name for one in drawn])
    if of_series and not query.places and where is not None:
        return rank_query(query, low, amounts=(float(rank),), places=(), yes_no=False)
    if len(query.series) == 1 and not query.places and query.yes_no and place is None:
        return rank_query(query, low, amounts=(float(rank),), places=())
    if len(query.series) == 1 and place is not None and query.yes_no:
        return rank_query(query, low, amounts=(float(rank),), places=(place,))
    return None


def _of_names(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return a query for "who comes second" of the names of one series as one for the second highest value."""
    drawn = drawn_series(panels)
    rank = (
        _rank_in(text) if query.language == "en" and len(drawn) == 1 and re.match(r"\W*(?:who|which)\b", text) else None
    )
    named = rank is not None and all(isinstance(place, str) for place in drawn[0].x)
    if rank is None or not named or query.places or query.threshold or query.operations in (("maximum",), ("minimum",)):
        return None
    low = is_low_first(panels[0], drawn[0]) != (rank < 0)
    side: Operation = "minimum" if low else "maximum"
    return replace(query, operations=(side,), rank=abs(rank), top=0, words=query.words | {side})


def rank_query(
    query: Query,
    low: bool,
    *,
    amounts: tuple[float, ...],
    places: tuple[Place, ...],
    yes_no: bool | None = None,
) -> Query:
    """Return a query about the series that have some ranks at some places."""
    return replace(
        query,
        operations=("rank at",),
        amounts=amounts,
        places=places,
        direction="down" if low else "up",
        rank=1,
        top=0,
        yes_no=query.yes_no if yes_no is None else yes_no,
    )


def ranked_series(panels: Sequence[ChartPanel]) -> list[Series]:
    """Return the series of the only panel that have values at the same places; none if they differ."""
    drawn = drawn_series(panels)
    plain = all(one.kind in ("line", "step", "points", "area", *BARS) and one.name for one in drawn)
    alike = all(one.x == drawn[0].x and one.right == drawn[0].right for one in drawn)
    several = bool(drawn) and len(drawn[0].x) > 1 and len(set(drawn[0].x)) == len(drawn[0].x)
    return drawn if len(panels) == 1 and plain and alike and several else []


def _place(query: Query, text: str, drawn: Sequence[Series]) -> Place | None:
    if len(query.places) == 1:
        return query.places[0]
    points = in_order(drawn[0])
    if query.places or not points or (any(isinstance(p.place, str) for p in points) and not _END.search(text)):
        return None
    if _START.search(text):
        return points[0].place
    return points[-1].place if _END.search(text) else None


def _number(word: str) -> int:
    if word in ("winner", "leader"):
        return 1
    if word == "last":
        return -1
    return next(
        (number for number, words in enumerate(_ORDINALS, 1) if re.fullmatch(words, word)),
        int(re.sub(r"\D", "", word) or 1),
    )


def _rank_in(text: str) -> int | None:
    ever = re.search(
        r"\bever (?:been )?(?:the )?(?:(?P<low>lowest|smallest|shortest|weakest|coldest)|[a-z]{3,}est)\b", text
    )
    if ever is not None:
        return -1 if ever["low"] else 1
    ranked = re.search(_RANKED, text)
    if ranked is not None:
        return _number(ranked["nth"] or ranked["nth2"])
    return 1 if re.search(rf"\b(?:{_FRONT})", text) else -1 if re.search(rf"\b(?:{_REAR})", text) else None


def without_words_of_ranks(text: str) -> str:
    """Return a question without the words that only this answer understands."""
    for words in (_APART, _RANKED, rf"\b(?:{_FRONT}|{_REAR})", r"\bseparat\w*", _END.pattern):
        text = re.sub(words, " ", text, flags=re.IGNORECASE)
    return text


# --- answers ----------------------------------------------------------------------------------------------------


def rank_at(task: Task) -> Iterator[str]:
    """Yield which series has a rank at a place, how far two ranks are apart, or where a series has a rank."""
    items = [Item(one, task.panels[0], one.name, task.language) for one in ranked_series(task.panels)]
    if len(items) < 2 or not task.query.amounts:
        yield two_needed(task)
        return
    if not task.query.places:
        yield from _where(task, items)
        return
    place = task.query.places[0]
    order = _order(task, items, place)
    ranks = [int(rank) if rank > 0 else len(order) for rank in task.query.amounts]
    if not order or max(ranks) > len(order):
        yield task.say("no rank", of="", count=len(order))
        return
    if len(ranks) == 2:
        yield _apart(task, order[ranks[0] - 1], order[ranks[1] - 1], place)
        return
    found = [(value, item) for value, item in order if value == order[ranks[0] - 1][0]]
    if task.query.yes_no and task.query.series:
        yield task.say("yes" if any(item.series.name in task.query.series for _, item in found) else "no")
    item = found[0][1]
    names = join([task.name(one) for _, one in found], task.language)
    said = {"at": item.at(place), "value": item.value(found[0][0])}
    yield task.say("rank at", name=names, rank=ranks[0], total=len(order), **said)


def _order(task: Task, items: Sequence[Item], place: Place) -> list[tuple[float, Item]]:
    known = [(found[0], item) for item in items if (found := item.value_at(place)) is not None]
    return sorted(known, key=lambda pair: pair[0] if task.query.direction == "down" else -pair[0])


def _apart(task: Task, a: tuple[float, Item], b: tuple[float, Item], place: Place) -> str:
    more = task.say("more" if a[0] > b[0] else "less")
    names = {"a": task.say("name at", name=task.name(a[1]), at=a[1].at(place)), "b": task.name(b[1])}
    values = {"a_value": a[1].value(a[0]), "b_value": b[1].value(b[0])}
    return task.say("difference", **names, **values, value=a[1].change(abs(a[0] - b[0])), more=more)


def _where(task: Task, items: Sequence[Item]) -> Iterator[str]:
    chosen = next((item for item in items if item.series.name in task.query.series), None)
    if chosen is None:
        yield two_needed(task)
        return
    rank = int(task.query.amounts[0])
    places = []
    for point in in_order(chosen.series):
        order = _order(task, items, point.place)
        wanted = order[(rank if rank > 0 else len(order)) - 1][0] if len(order) >= abs(rank) else None
        if values_at(chosen.series, point.place)[:1] == [wanted]:
            places.append(chosen.place(point.place))
    shown = f": {join(places, task.language, longest=20)}" if places else ""
    total, told = len(chosen.series.x), rank if rank > 0 else len(items)
    if task.query.yes_no:
        yield task.say("yes" if places else "no")
    yield task.say("rank where", name=task.name(chosen), rank=told, count=len(places), total=total, places=shown)
