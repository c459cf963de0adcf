"""Where a series rises or falls from one place to the next: "in which quarter did tea drop?", "did it ever shrink?"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartPanel, Place, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.task import Task, join
from vision_magic.engine.questions.labelled import MEAN
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.quantities import is_quantity
from vision_magic.engine.questions.names.usual_names import are_names_of_times
from vision_magic.engine.questions.operations import in_order, within
from vision_magic.engine.questions.query import Query

__all__ = [
    "are_in_a_row",
    "as_all_moved",
    "as_moves",
    "as_moves_between",
    "as_moves_of_spans",
    "is_course",
    "is_ordered",
    "moved_all",
    "moved_any",
    "moves",
    "moves_of_spans",
]

_PERIODS: Final = r"(?:years?|months?|quarters?|weeks?|days?|hours?|seasons?|decades?|periods?|time|times)"
_AUXILIARY: Final = "(?:did|do|does|was|were|is|are|has|have)"
_WHERE: Final = re.compile(
    rf"^\W*(?:(?:in|on|at|during|over|from|between) )?(?:which|what) {_PERIODS} {_AUXILIARY}\b|"
    rf"^\W*(?:in )?how many {_PERIODS} {_AUXILIARY}\b|^\W*when did\b"
)
_PLACES: Final = re.compile(
    r"\b(?:which|what|how many) (?:years|months|quarters|weeks|days|hours|seasons|decades|times)\b"
)
"""What asks for each of the places where something rises, and not for the one where it rises most."""
_EVER: Final = re.compile(rf"\b(?:ever|anywhere|at any (?:point|time)|in any {_PERIODS}|any {_PERIODS})\b")
_OTHERWISE: Final = re.compile(
    r"\b(?:first|last|again|start\w*|begin\w*|began|stop\w*|most|fast\w*|row|consecutive|steep\w*|sharp\w*|"
    r"back|below|above|under|over (?:the|a)|than|by)\b"
)
"""Words with which a question asks for one place among these, or for a limit."""
_MOST: Final = 60


def as_moves(query: Query, written: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return an English question where a series rises or falls as one about its steps; None for another."""
    told = query.operations in (("trend",), ("count",)) and "trend" in query.words and bool(query.direction)
    kept = query.places or query.groups or query.threshold or query.limits or query.panels
    if query.language != "en" or not told or kept or len(panels) != 1 or query.words & {"maximum", "minimum", "rate"}:
        return None
    drawn = [one for one in drawn_series(panels) if not query.series or one.name in query.series]
    if not drawn or len(drawn) > 3 or not all(2 < len(one.x) <= _MOST and is_ordered(one.x) for one in drawn):
        return None
    if query.bounds is not None and any(len(within(one, query.bounds).x) < 2 for one in drawn):
        return None  # "when did it go from 0.7 € to 0.8 €" names values
    text = written.lower()
    ever = query.yes_no and _EVER.search(text) is not None
    if _OTHERWISE.search(text) or not (ever or _WHERE.search(text)):
        return None
    places = _PLACES.search(text) is not None
    return replace(query, operations=("moves",), text=_EVER.sub(" ", query.text), firm=query.firm or places)


_IN_BETWEEN: Final[dict[Language, str]] = {
    "en": r"\b(?:in[- ]between|at (?:some|any) (?:point|time|stage)|along the way|meanwhile|temporarily|for a while|"
    r"ever|anywhere)\b",
    "de": r"\b(?:zwischendurch|zwischenzeitlich|zwischendrin|irgendwann|vorübergehend|zeitweise|mittendrin|jemals|"
    r"irgendwo)\b",
    "fr": r"\b(?:entre[- ]temps|à un (?:moment|instant)|en cours de route|temporairement|par moments|quelque part)\b",
    "es": r"\b(?:en algún (?:momento|punto)|entretanto|entre ?medias|por el camino|temporalmente|mientras tanto|"
    r"alguna vez)\b",
    "ko": r"중간에|도중에|한 ?번이라도|잠시|한때|일시적으로|적이? ?있",
    "zh": r"中途|期间|中间|一度|曾经?|暂时|有没有.{0,8}过|过吗",
}
"""Words for any time between the first and the last."""
_UP_AGAIN: Final = (
    r"\bremont(?:e|ent|é|ée|és|ées|er|ait)\b|\bréaugment\w*|\bregrimp\w*|(?:^|\W)(?:wieder )?(?:an|hoch)gestiegen\b|"
    r"\brebot\w+|\brepunt\w+|오른|올라|올랐|늘었|늘어|증가|반등|回升|反弹"
)
_DOWN_AGAIN: Final = (
    r"\bredescend\w*|\brebaiss\w*|\bretomb\w*|(?:^|\W)(?:wieder )?(?:ab|zurück)gefallen\b|\brecay\w*|"
    r"내린|내려|내렸|줄었|줄어|감소|떨어|回落"
)
"""Verbs of rising and falling that the words for directions do not have."""
_ONCE_MORE: Final = (
    r"\bagain\b|\bwieder\b|\bà nouveau\b|\bde nouveau\b|\bre(?:mont|descend|baiss|tomb|augment|grimp)\w+|\bvolv\w+ a\b|"
    r"\bde nuevo\b|\botra vez\b|다시|又|再|回升|回落|反弹"
)


def as_moves_between(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "did it fall in between" as a question for the steps of a course, and not for the whole of it.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    text = text.lower()
    direction = query.direction or _direction(text)
    of_means = query.operations in (("mean",), ("share",)) and "mean" in query.words and _are_means(panels)
    told = query.operations in (("trend",), ("growth",), ("moves",)) or of_means
    kept = query.places or query.groups or query.threshold or query.bounds or query.then
    if not (told and direction) or kept or len(panels) != 1 or not re.search(_IN_BETWEEN[query.language], text):
        return query
    drawn = [one for one in drawn_series(panels) if not query.series or one.name in query.series]
    if not drawn or not all(2 < len(one.x) <= _MOST and is_ordered(one.x) and is_course(one) for one in drawn):
        return query
    if re.search(_ONCE_MORE, text) and any(_begins(one, direction) for one in drawn):
        return query  # what rises from the start on must fall before it rises again
    return replace(query, operations=("moves",), direction=direction, yes_no=True, statistic="", firm=True)


_ALL: Final[dict[Language, str]] = {
    "en": r"\b(?:all|every|each|both)\b",
    "de": r"\b(?:alle[rn]?|jede[rsnm]?|beide|sämtliche)\b",
    "fr": r"\b(?:tous|toutes|chaque|les deux)\b",
    "es": r"\b(?:tod[ao]s|cada|amb[ao]s|l[oa]s dos)\b",
    "ko": r"모두|모든|전부|다(?= )|둘 ?다",
    "zh": r"都|所有|全部|各",
}


_ANY: Final[dict[Language, str]] = {
    "en": r"\b(?:any|at least one|some|either|one of|(?P<none>none|no|neither))\b",
    "de": r"\b(?:irgend\w*|mindestens eine?|(?P<none>keine?[rsnm]?))\b",
    "fr": r"\b(?:au moins une?|l['’]une? (?:des|d['’])|une? (?:des|d['’])|(?P<none>aucune?))\b",
    "es": r"\b(?:algun[oa]s?|algún|al menos un[oa]?|(?P<none>ningun[oa]|ningún))\b",
    "ko": r"하나라도|어느 (?:곳|도시|것)이라도|(?:곳|것|도시|사람|가게|나라)[이가] 있|(?P<none>아무 ?\S*도|하나도)",
    "zh": r"有没有|任何|有哪?[个座]?\S{0,4}[吗么]|至少|(?P<none>没有[一任])",
}
"""That one of several series moves, or none."""


def as_all_moved(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "did all shops fall from May to June" as a question for the change of each series between two places.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    text, ends, drawn = text.lower(), query.bounds, drawn_series(panels)
    direction = query.direction or _direction(text)
    told = query.operations in (("trend",), ("growth",), ("happened",)) and bool(direction)
    between = ends is not None and ends.low is not None and ends.high is not None and ends.low != ends.high
    kept = query.series or query.places or query.groups or query.threshold or query.then or query.colours
    several = len(panels) == 1 and len(drawn) > 1 and not any(one.kind in ("points", "box plot") for one in drawn)
    every, some = (re.search(words[query.language], text) for words in (_ALL, _ANY))
    if not (told and between and several) or kept or (every is None and (some is None or not query.yes_no)):
        return query
    if ends is None or not all(end in one.x for one in drawn for end in (ends.low, ends.high)):
        return query
    query = replace(query, direction=direction, statistic="", firm=True)
    if every is None and some is not None:
        return replace(query, operations=("any moved",), negated=bool(some["none"]))
    return replace(query, operations=("all moved",))


def moved_all(task: Task) -> Iterator[str]:
    """Yield whether all series rise, or fall, between two places, and how each of them does."""
    moved, told = _moved(task)
    if task.query.yes_no:
        yield task.say("yes" if all(moved) else "no")
    yield from told


def moved_any(task: Task) -> Iterator[str]:
    """Yield whether any of several series rises, or falls, between two places, or none, and how each of them does."""
    moved, told = _moved(task)
    yield task.say("yes" if any(moved) != task.query.negated else "no")
    yield from told


def _moved(task: Task) -> tuple[list[bool], list[str]]:
    """Return of each series whether it moves as is asked, and how it does."""
    up, moved, told = task.query.direction == "up", [], []
    ends = [(item, points[0], points[-1]) for item in task.items if len(points := in_order(item.series)) > 1]
    for item, a, b in ends:
        moved.append(b.value > a.value if up else b.value < a.value)
        shown = {"first": item.value(a.value), "first_at": item.place(a.place)}
        shown |= {"last": item.value(b.value), "last_at": item.place(b.place)}
        key = "stays" if a.value == b.value else "rises" if b.value > a.value else "falls"
        change = {} if key == "stays" else {"change": item.change(abs(b.value - a.value), derived=True)}
        told.append(task.say(key, series=task.name(item), **shown, **change))
    return moved, told


def as_moves_of_spans(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "did it rise more from 1 to 3 or from 5 to 9" as a question for the changes over these two spans.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    told = query.operations in ((), ("groups",), ("trend",), ("growth",), ("happened",), ("compare",))
    spans = [group for group in query.groups if re.search(_OF_SPAN, group.name.lower()) and len(group.places) > 1]
    moved = query.direction or _direction(text.lower())
    if not (told and moved) or len(spans) != 2 or len(query.groups) != 2 or query.threshold or query.then:
        return query
    drawn = [one for one in drawn_series(panels) if not query.series or one.name in query.series]
    if any(is_quantity("rain", panel.axis_of(one), one.name) for panel in panels for one in panel.series):
        return query  # rain falls, however much of it there is
    if len(panels) != 1 or len(drawn) != 1 or not is_course(drawn[0]):
        return replace(query, operations=("cannot",))
    if not all(are_in_a_row(group.places, drawn[0].x) for group in spans):
        return query
    plain = replace(query, operations=("moves of spans",), direction=moved, bounds=None, places=(), statistic="")
    return replace(plain, firm=True)


_OF_SPAN: Final = (
    r"–|\d|^(?:first|last|final|past|ersten|letzten|primer|últim|처음|첫|마지막|최근|[前后最])|premi|derni"
)
"""Names of groups that are spans of an axis, unlike seasons and weekends."""


def are_in_a_row(chosen: Sequence[Place], places: Sequence[Place]) -> bool:
    """Return whether some places, at least two, follow each other among all."""
    at = sorted(places.index(place) for place in chosen if place in places)
    return len(at) == len(chosen) > 1 and at[-1] - at[0] == len(at) - 1


def moves_of_spans(task: Task) -> Iterator[str]:
    """Yield how a series changes over each of two spans, first the one with the greater change as it is asked for."""
    item = task.items[0]
    changes = []
    for group in task.query.groups:
        points = [point for point in in_order(item.series) if point.place in group.places]
        if len(points) > 1:
            changes.append((points[-1].value - points[0].value, points[0], points[-1]))
    if task.query.yes_no and len(changes) == 2:
        sign = (1 if task.query.direction == "up" else -1) * (-1 if task.query.asks_less else 1)
        yield task.say("yes" if changes[0][0] * sign > changes[1][0] * sign else "no")
    for change, a, b in sorted(changes, key=lambda one: one[0], reverse=task.query.direction == "up"):
        key = "stays" if not change else "rises" if change > 0 else "falls"
        shown = {"first": item.value(a.value), "first_at": item.place(a.place)}
        shown |= {"last": item.value(b.value), "last_at": item.place(b.place)}
        shown |= {} if key == "stays" else {"change": item.change(abs(change), derived=True)}
        yield task.say(key, series=task.name(item), **shown)


def _direction(text: str) -> Literal["up", "down", ""]:
    up, down = (re.search(words, text) is not None for words in (_UP_AGAIN, _DOWN_AGAIN))
    return "" if up == down else "up" if up else "down"


def _are_means(panels: Sequence[ChartPanel]) -> bool:
    """Return whether the values are means, as their labels say or their error bars tell."""
    drawn = [(panel, one) for panel in panels for one in drawn_series([panel])]
    labels = (f"{panel.title} {panel.axis_of(one).label} {one.name}" for panel, one in drawn)
    return any(MEAN.search(label.lower()) for label in labels) or any("error" in one.extra for _, one in drawn)


def is_course(series: Series) -> bool:
    """Return whether values follow each other, unlike points of which several may be at one place."""
    return series.kind not in ("points", "box plot", "histogram", "pie") and len(set(series.x)) == len(series.x)


def _begins(series: Series, direction: str) -> bool:
    points = [point.value for point in in_order(series)]
    changes = (b - a for a, b in pairwise(points) if b != a)
    first = next(changes, 0.0)
    return first > 0 if direction == "up" else first < 0


def is_ordered(places: Sequence[object]) -> bool:
    """Return whether places come one after the other: numbers, dates, months and the like, unlike names."""
    names = [place for place in places if isinstance(place, str)]
    return are_names_of_times(names)


def moves(task: Task) -> Iterator[str]:
    """Yield the places at which values are higher, or lower, than at the place before."""
    up = task.query.direction == "up"
    found = []
    for item in task.items:
        steps = [(a, b) for a, b in pairwise(in_order(item.series)) if (b.value > a.value if up else b.value < a.value)]
        found.append((item, steps))
    if task.query.yes_no:
        yield task.say("yes" if any(steps for _, steps in found) else "no")
    for item, steps in found:
        shown = [f"{item.place(b.place)} ({item.value(a.value)} → {item.value(b.value)})" for a, b in steps]
        total = max(len(item.series.x) - 1, 1)
        series, places = task.name(item), join(shown, task.language, longest=12)
        if steps:
            yield task.say(
                "moves up" if up else "moves down", series=series, count=len(steps), total=total, places=places
            )
        else:
            yield task.say("moves never up" if up else "moves never down", series=series)
