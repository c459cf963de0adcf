"""A question whose label the classifier found: what it asks for, about the names and numbers that were found in it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from vision_magic.engine.chart.data import STACKED, Chart, Place, Series, drawn_series
from vision_magic.engine.classifier.labels import Label
from vision_magic.engine.questions.operations import Bounds, in_order
from vision_magic.engine.questions.places.turned import are_periods
from vision_magic.engine.questions.query import Query, Threshold
from vision_magic.engine.questions.topics.numbers_of_points import adds_what_is_measured
from vision_magic.engine.questions.topics.the_more import is_of_little
from vision_magic.engine.questions.vocabulary.words import HOW_MANY, NUMBER_WORDS, Operation, search, search_whole

__all__ = ["LABELLED", "MEAN", "as_labelled", "labels_of"]

Slot = Literal["series", "places", "bounds", "groups", "number", "rank", "colours", "without"]
"""A kind of what was found in a question."""

_WHERE: Final[tuple[Slot, ...]] = ("bounds", "groups", "without")


@dataclass(frozen=True, slots=True)
class _Rule:
    """How a query follows from a label.

    Attributes
    ----------
    operation : Operation
        What it asks for.
    takes : tuple of Slot
        What the answer makes use of. A question with anything else is about something else.
    words : str
        English words that stand in the place of those of the question, for the operation that looks at them.
    changes : dict
        Attributes of the query.
    make : callable or None
        What else has to be made of the query; it returns None where something is missing.
    """

    operation: Operation
    takes: tuple[Slot, ...] = ()
    words: str = ""
    changes: dict[str, Any] | None = None
    make: Callable[[Query, Sequence[Series]], Query | None] | None = None


def as_labelled(label: Label, found: Query, charts: Sequence[Chart]) -> Query | None:
    """Return the query of a label; None if it needs what the question has not, or leaves out what it has.

    Parameters
    ----------
    label : Label
        What the question asks for.
    found : Query
        The names, places and numbers in the question.
    charts : sequence of Chart
        The charts that it is about.
    """
    panels = [panel for chart in charts for panel in chart.panels]
    drawn = drawn_series(panels)
    rule = _RULES.get(_as_said(label, found, drawn))
    if rule is not None and rule.operation == "sum" and adds_what_is_measured(found, panels):
        return None
    if rule is None or (set(_slots(found)) - set(rule.takes)):
        return None
    query = replace(
        found,
        text=rule.words,
        asked_in="en",
        operations=(rule.operation,),
        words=frozenset((rule.operation,)),
        statistic="",
        direction="",
        axis="",
        yes_no=False,
        of_places=False,
        negated=False,
        unheard="",
        then=None,
        sides=(),
        firm=False,
    )
    less = found.asks_less or found.has("below") or is_of_little(_WORSE.sub(" ", found.text), found.language)
    if rule.operation == "higher at" and less and len(found.series) == 2:
        query = replace(query, series=found.series[::-1])  # "A below B" is B above A
    names = [one.name for one in drawn]
    if rule.operation == "higher at" and found.direction and are_periods(names) and len(found.series) == 2:
        early, late = sorted(found.series, key=names.index)  # what rises from A to B is higher at B
        query = replace(query, series=(late, early) if found.direction == "up" else (early, late))
    if rule.operation in ("maximum", "minimum") and drawn and all(one.kind == "box plot" for one in drawn):
        query = replace(query, text=found.text, asked_in=None)  # it says whether medians or single values are meant
    if rule.make is _top:
        query = replace(query, top=found.top or _counted(found))
    query = replace(query, **(rule.changes or {}))
    if label == "always_rising" and found.yes_no and (found.has("always") or _EACH.search(found.text)):
        falls = found.has("down") and not found.has("up")
        query = replace(query, operations=("always moved",), direction="down" if falls else "up")
    if rule.operation == "threshold" and _counts(found):
        query = replace(query, words=query.words | {"count"})
    if rule.make is _pair_or_all and len(drawn) > 2 and not found.series and THAN.search(found.text):
        return None  # it compares two that it names in words that are not known
    made = query if rule.make is None else rule.make(query, drawn)
    made = None if made is None else _with_statistic(made, found, drawn)
    return None if made is not None and _is_open(made, drawn) else made


_EACH: Final = re.compile(r"\beach\b|\btou(?:s|tes) les\b|\ball[ea]n? |해마다|매[년월주일]|逐")
"""Words for every step that the words for "always" do not have."""


def _with_statistic(made: Query, found: Query, drawn: Sequence[Series]) -> Query:
    """Return a query with the statistic of the question: of a table, or the sum by which series are ranked."""
    table = bool(made.statistic and found.statistic) and _is_table(drawn)
    ranked = made.of_series and made.operations in (("maximum",), ("minimum",)) and found.statistic == "sum"
    return replace(made, statistic=found.statistic) if table or ranked else made


MEAN: Final = re.compile(
    r"\b(?:means?|averages?|on average)\b|durchschnitt|mittelwert|im mittel|im schnitt|\bmoyen|\bpromedio|"
    r"\bmedi[ao]s?\b(?! hora)|평균|平均|均值",
    re.IGNORECASE,
)
_MEDIAN: Final = re.compile(r"median|médian|zentralwert|\bmiddle\b|\bmitte\b|중앙값|중위|中位", re.IGNORECASE)
_CHANGES: Final = re.compile(
    r"\b(?:chang|ris|rose|grow|grew|gain|increas|los[est]|fall|fell|drop|declin|decreas|climb|up\b|down\b|faster|pace|speed)|"
    r"zunahm|zunehm|nahm|nimmt|genommen|wachs|wuchs|gewachs|steig|stieg|sink|sank|änder|abnahm|verlier|verlor|"
    r"augment|progress|croi|croî|baiss|diminu|perd|gagn|évolu|monte|sub[eií]|crec|aument|baj|disminu|pierd|gan[aó]|"
    r"늘|증가|자라|자랐|자란|오르|올라|올랐|줄|감소|떨어|내려|변|增|涨|升|长|减|降|跌|变",
    re.IGNORECASE,
)
_LARGEST: Final[dict[Label, Label]] = {
    "max_total": "max",
    "max_series": "max",
    "max_mean_series": "max",
    "min_total": "min",
    "min_series": "min",
    "min_mean_series": "min",
}


_MOST: Final = re.compile(
    r"\b(?:most|widest|le plus|la plus|les plus|más|am (?:stärksten|meisten|weitesten))\b|가장|제일|最"
)
_COMPARES: Final[tuple[Label, ...]] = ("compare_places", "compare_series")
_FIRST_OF: Final[dict[Label, Label]] = {"first_above": "above", "first_below": "below", "last_above": "above"}
_TIMES: Final = re.compile(
    r"\btimes\b|ratio|factor|twice|doubl|tripl|quadrupl|\bhal[fv]|quotient|proportion|\bmal\b|\w+mal\b|\w+fach|"
    r"doppel|hälfte|verhältnis|\bfois\b|moitié|rapport|\bvez\b|\bveces\b|doble|mitad|relación|proporción|"
    r"[\d두세네몇배] ?배|곱절|비율|절반|倍|一半|比例|比值|分之",
    re.IGNORECASE,
)


def _counts(query: Query) -> bool:
    """Return whether a question asks how many there are."""
    return search(HOW_MANY[query.language], query.language, query.text) is not None


_REACHED: Final = re.compile(
    r"\b(?:reach\w*|hits?|got|gets?|peak(?:s|ed)|climb(?:s|ed)|dropp?(?:s|ed)|fell|dipp?(?:s|ed)|record(?:s|ed)|"
    r"ever)\b|"
    r"\b(?:erreich\w*|wurde|wird|stieg|fiel|sank|kletter\w*|jemals)\b|"
    r"\b(?:attein\w*|mont\w*|descend\w*|tomb\w*)\b|"
    r"\b(?:alcanz\w*|lleg\w*|subió|bajó|cayó)\b|도달|이르|찍[은었]|올라간|올랐|내려간|떨어[진졌]|达到|升到|降到|跌到",
    re.IGNORECASE,
)
"""Verbs for a value that a course has at one of its places, which is not its mean."""
_OF_SPREAD: Final[tuple[Label, ...]] = ("most_variable_series", "steadiest_series")
_PLAINLY_MOST: Final = re.compile(r"最[大高多]|(?:가장|제일) ?(?:많|높|큰)")
_VARIES: Final = re.compile("波|变|稳|动|差异|幅|起伏|변|편차|들쭉|차이|폭|고르|안정|일정")


def _is_table(drawn: Sequence[Series]) -> bool:
    return len(drawn) > 1 and all(one.kind == "heat map" for one in drawn)


def _as_said(label: Label, found: Query, drawn: Sequence[Series]) -> Label:
    """Return a label as the chart and the words of a statistic in the question have it.

    A chart of one series has no highest series. In a heat map, the words for rows, columns and sums say which of these
    is the highest (`as_row_or_column`), and where there are none, a cell is. What has a word for a mean is no median.
    """
    if len(drawn) == 1:
        label = _OF_ONE.get(label, label)
    if _is_of_single_values(label, found, drawn):
        label = _LARGEST.get(label, label)
    one = len(found.places) + len(found.series) == 1
    if label in _COMPARES and one and found.threshold is not None:  # "is A more than half?"
        return "any_above" if found.threshold.kind in ("above", "at least") else "any_below"
    ahead = label in ("ever_ahead", "always_ahead") and len(found.series) == 1 and not THAN.search(found.text)
    if ahead and _CHANGES.search(found.text):  # "did A ever lose weight?"
        return "always_rising"
    boxes = bool(drawn) and all(one.kind == "box plot" for one in drawn)
    if label in ("spread", "range") and boxes and not found.places and _MOST.search(found.text):
        return "most_variable_series"
    if label == "ratio" and found.text and not _TIMES.search(found.text):
        return "diff_series" if len(found.series) == 2 else "difference"
    if label in _FIRST_OF and _counts(found):
        return _FIRST_OF[label]
    if label in _OF_SPREAD and _PLAINLY_MOST.search(found.text) and not _VARIES.search(found.text):
        return "max_series"
    mean = MEAN.search(found.text) is not None and _MEDIAN.search(found.text) is None
    if mean and (label == "median" or (label == "rate" and _CHANGES.search(found.text) is None)):
        return "mean"
    return label


def _is_of_single_values(label: Label, found: Query, drawn: Sequence[Series]) -> bool:
    """Return whether the highest is a cell of a table, or the value that one of several lines reached."""
    if _is_table(drawn):
        return not (found.series or found.places or found.statistic or found.groups or found.bounds)
    courses = len(drawn) > 1 and all(one.kind == "line" for one in drawn)
    ranked = label in ("max_series", "min_series") and not found.places
    return courses and ranked and _REACHED.search(found.text) is not None


_WORSE: Final = re.compile(r"worse|poorer|schlechter\w*|\bpires?\b|\bpeor\w*|나쁘|나쁜|나빠|못|差|坏", re.IGNORECASE)
"""Comparatives of which what is measured tells whether they mean less."""
_OF_ONE_SERIES: Final[frozenset[Operation]] = frozenset(
    ("value", "difference", "percent", "step", "first", "last", "reach", "lookup", "nearest", "ratio")
)
"""Operations that tell something of each series."""


def _is_open(query: Query, drawn: Sequence[Series]) -> bool:
    """Return whether one of several series seems to be meant, under a name that was not found."""
    told = set(query.operations) <= _OF_ONE_SERIES
    return told and len(drawn) > 1 and not (query.series or query.panels or query.colours)


def _slots(query: Query) -> list[Slot]:
    """Return the kinds of what was found in a question."""
    held: dict[Slot, bool] = {
        "series": bool(query.series),
        "places": bool(query.places),
        "bounds": query.bounds is not None,
        "groups": bool(query.groups),
        "number": bool(query.amounts) or query.threshold is not None,
        "rank": query.rank > 1 or query.top > 0,
        "colours": bool(query.colours),
        "without": bool(query.without),
    }
    return [slot for slot, present in held.items() if present]


# --- what is missing --------------------------------------------------------------------------------------------


def _pair(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return a query about two series: those that it names, or the only two."""
    names = tuple(one.name for one in drawn)
    if len(query.series) == 2:
        return query
    if len(drawn) != 2 or not all(names):
        return None
    others = tuple(name for name in names if name not in query.series)
    return replace(query, series=(*query.series, *others))


THAN: Final = re.compile(r"\bthan\b|\bals\b|\bqu['’e]|\bque\b|보다|比")


def _pair_or_all(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return a query about two series, or about how far apart all of them are at one place."""
    all_of_them = len(drawn) > 2 and len(query.series) not in (1, 2) and len(query.places) == 1
    if not all_of_them or query.bounds or not all(one.name for one in drawn):
        return _pair(query, drawn)
    return replace(query, series=query.series or tuple(one.name for one in drawn))


def _correlated(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return a query about how both axes of points go together, or two series that it names."""
    points = all(one.kind == "points" for one in drawn)
    return query if points or len(query.series) == 2 or len(drawn) == 1 else None


def _named_pair(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return a query about two series of which it names at least one, so that it is known which comes first."""
    return _pair(query, drawn) if query.series else None


def _named(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return a query about the series of a chart that has several."""
    return query if len(drawn) > 1 and all(one.name for one in drawn) else None


def _several(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return a query about which of several series is the highest: of all of them, or of those that it names."""
    return _named(query, drawn) if len(query.series) != 1 else None


_FEW: Final = 4


def _few(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return a query about the course of each series, where that is said in a few sentences."""
    return query if len(query.series or drawn) <= _FEW else None


def _at_one(query: Query, drawn: Sequence[Series]) -> Query | None:
    return query if len(query.places) == 1 else None


def _at_two(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return a query about two places, which may be the ends of a part of the axis, of one series or of each."""
    query = query if any(one.kind == "histogram" for one in drawn) else _between(query)
    return query if len(query.places) == 2 and len(query.series) < 2 and query.bounds is None else None


def _at_some(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return a query about places, or bins of a histogram; of "after three hours", about the third."""
    ends = query.bounds
    if ends is not None and not query.places and all(one.kind == "histogram" for one in drawn):
        return replace(query, operations=("sum",))
    if ends is not None and not query.places and None in (ends.low, ends.high):
        end = ends.low if ends.high is None else ends.high
        return None if end is None else replace(query, places=(end,), bounds=None)
    return query if query.places and ends is None else None


def _numbered(query: Query) -> float | None:
    """Return the only number in a question that is a value."""
    if query.threshold is not None and math.isfinite(query.threshold.limit):
        return None if query.amounts else query.threshold.limit
    return query.amounts[0] if len(set(query.amounts)) == 1 else None


def _with_limit(kind: str, *, any_place: bool = True) -> Callable[[Query, Sequence[Series]], Query | None]:
    """Return a maker of queries with a limit on one side."""

    def make(query: Query, drawn: Sequence[Series]) -> Query | None:
        known = query.threshold
        places = query.places
        limit = _numbered(query)
        if limit is None and known is None:  # "did we crack 20?" where 20 could be a place as well
            numbers = [place for place in places if isinstance(place, float | int)]
            if len(numbers) != 1 or any(numbers[0] in one.x for one in drawn):
                return None
            limit, places = float(numbers[0]), tuple(place for place in places if place != numbers[0])
        if limit is None or (places and not any_place) or (known is not None and known.of_places):
            return None
        denied = known is not None and known.turned  # the words of a limit that is denied have the other side
        same = known is not None and (denied or kind[:5] in (known.kind[:5], _LIKE[known.kind][:5]))
        made = replace(known, limit=limit) if same and known is not None else Threshold(limit=limit, kind=kind)  # type: ignore[arg-type]
        return replace(query, threshold=made, amounts=(), places=places)

    return make


_LIKE: Final = {"at least": "above", "above": "at least", "at most": "below", "below": "at most"}


def _of_mean(kind: Literal["above", "below"]) -> dict[str, Any]:
    return {"threshold": Threshold(limit=math.nan, kind=kind)}


def _amount(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return a query for a value; of a line of reference, for what it is."""
    if query.limits:
        return replace(query, operations=("reference",), threshold=None, amounts=())
    number = _numbered(query)
    return None if number is None else replace(query, amounts=(number,), threshold=None)


def _looked_up(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return a query for where a value is: that of its number, which may be one along the axis of places as well."""
    place = query.places[0] if len(query.places) == 1 else ""
    if not isinstance(place, str) and not query.amounts and query.threshold is None:
        query = replace(query, amounts=(float(place),), places=())
    return None if query.places else _amount(query, drawn)


_BOTH: Final = re.compile(r"\b(?:both|pair|couple|beiden|ambos|ambas)\b|둘|두 |两|兩|倆|俩")


def _counted(found: Query) -> int:
    """Return how many a question asks for in words; 0 if it does not say."""
    words = NUMBER_WORDS[found.language][0]
    said = (number for number, word in enumerate(words, 2) if search_whole(word, found.language, found.text))
    return next(said, 2 if _BOTH.search(found.text) else 0)


def _top(query: Query, drawn: Sequence[Series]) -> Query | None:
    few = [int(number) for number in (*query.amounts, *query.places) if number in range(2, 21)]
    if query.rank > 1 or query.top == 1 or len(few) > 1 or (query.places and not few):
        return None
    return replace(query, top=query.top or (few[0] if few else 3), amounts=(), places=())


def _share(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return a query for a share; of a part of a histogram, for its sum, which is told with its share."""
    if query.bounds is None:
        return query
    counted = all(one.kind == "histogram" for one in drawn)
    return replace(query, operations=("sum",), text="") if counted and not query.places else None


def _rank(query: Query, drawn: Sequence[Series]) -> Query | None:
    if query.top or (len(drawn) > 1 and not query.series and not query.places):
        return None
    return replace(query, rank=max(query.rank, 2))


def _of_stack(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return a query about the sums of several series at each place."""
    shared = len(drawn) > 1 and all(one.x == drawn[0].x and one.kind == drawn[0].kind for one in drawn)
    if shared and _adds_up_to_the_same(drawn):
        return None
    of_series = query.of_series and drawn[0].kind == "heat map"
    return replace(query, statistic="sum", of_series=of_series) if shared and drawn[0].kind != "line" else None


def _adds_up_to_the_same(drawn: Sequence[Series]) -> bool:
    """Return whether series are parts of the same whole at each place, such as 100 %."""
    sums = [math.fsum(values) for values in zip(*(one.y for one in drawn), strict=False)]
    return bool(sums) and max(sums) - min(sums) <= _ROUNDED * abs(max(sums))


_ROUNDED: Final = 0.025
"""Parts of a whole that were rounded differ by about as much."""


def _of_all_series(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return a query about which series is the highest: at places, or on average."""
    if _several(query, drawn) is None:
        return None
    if query.places or (query.bounds is not None and query.bounds.low == query.bounds.high):
        return query
    added = all(one.kind in ("bars", "area", *STACKED) for one in drawn)
    return replace(query, statistic="sum" if added else "mean", of_series=True)


def _highest(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return a query about the highest value, of a stack about its sum; at a place, about the highest series."""
    stack = len(drawn) > 1 and not query.series and all(one.kind in STACKED for one in drawn)
    if stack and _adds_up_to_the_same(drawn):
        return None
    return query if not query.places or (len(drawn) > 1 and not query.series) else None


def _grew(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return a query about which of several series grew most: of all, or of those that it names."""
    return query if len(drawn) > 1 and len(query.series) != 1 else None


def _spread(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return a query about which series varies most, or which box."""
    boxes = bool(drawn) and all(one.kind == "box plot" for one in drawn)
    return query if boxes else _grew(query, drawn)


def _course(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return a query about the course between two places, or since the first or up to the last place."""
    query = _between(query)
    if len(query.places) < 2:
        ends = {points[number].place for one in drawn if (points := in_order(one)) for number in (0, -1)}
        return replace(query, places=()) if set(query.places) <= ends else None
    if query.bounds is not None or len(query.places) > 2:
        return None
    return replace(query, places=(), bounds=_from_to(query.places, drawn))


def _from_to(places: Sequence[Place], drawn: Sequence[Series]) -> Bounds | None:
    """Return the part of the axis between two places, in the order of the axis."""
    along = list(drawn[0].x)
    if not all(place in along for place in places):
        return None
    low, high = sorted(places, key=along.index)
    return Bounds(low=low, high=high)


def _between(query: Query) -> Query:
    """Return a query with the ends of a part of the axis as two places."""
    ends = query.bounds
    if ends is None or ends.low is None or ends.high is None or query.places:
        return query
    return replace(query, places=(ends.low, ends.high), bounds=None)


def _changed(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return a query for the change of a series in percent, in the direction in which it went."""
    query = _between(query)
    if len(query.places) == 1:
        query = _course(query, drawn) or query
    if len(query.places) not in (0, 2):
        return None
    chosen = [one for one in drawn if not query.series or one.name in query.series]
    if len(chosen) != 1:
        return None
    points = in_order(chosen[0])
    up = bool(points) and points[-1].value >= points[0].value
    return replace(query, words=frozenset(("percent", "trend")), direction="up" if up else "down")


def _line(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return a query against the line of reference that is named."""
    number = _numbered(query)
    if not query.limits or number is None:
        return None
    return replace(query, threshold=query.threshold or Threshold(limit=number, kind="at least"), amounts=())


def _two_groups(query: Query, drawn: Sequence[Series]) -> Query | None:
    return query if len(query.groups) == 2 else None


_OF_ONE: Final[dict[Label, Label]] = {
    "max_series": "max",
    "min_series": "min",
    "max_total": "max",
    "min_total": "min",
    "max_mean_series": "max",
    "min_mean_series": "min",
    "total_at": "value",
    "diff_series": "difference",
    "compare_series": "compare_places",
}
"""What labels about several series mean where there is only one."""

_ALL: Final[tuple[Slot, ...]] = ("series", "places", *_WHERE)
_COURSE: Final[tuple[Slot, ...]] = ("series", *_WHERE)

_RULES: Final[dict[Label, _Rule]] = {
    "max": _Rule("maximum", _ALL, make=_highest),
    "min": _Rule("minimum", _ALL, make=_highest),
    "max_series": _Rule("maximum", _ALL, make=_of_all_series),
    "min_series": _Rule("minimum", _ALL, make=_of_all_series),
    "max_mean_series": _Rule("maximum", _COURSE, changes={"statistic": "mean", "of_series": True}, make=_several),
    "min_mean_series": _Rule("minimum", _COURSE, changes={"statistic": "mean", "of_series": True}, make=_several),
    "max_total": _Rule("maximum", _WHERE, make=_of_stack),
    "min_total": _Rule("minimum", _WHERE, make=_of_stack),
    "top": _Rule("maximum", (*_COURSE, "rank", "number", "places"), make=_top),
    "bottom": _Rule("minimum", (*_COURSE, "rank", "number", "places"), make=_top),
    "rank": _Rule("maximum", (*_ALL, "rank"), make=_rank),
    "rank_low": _Rule("minimum", (*_ALL, "rank"), make=_rank),
    "rank_of": _Rule("value", ("series", "places"), "what rank", make=_at_one),
    "sort": _Rule("sort", _COURSE),
    "value": _Rule("value", ("series", "places", "bounds"), make=_at_some),
    "lookup": _Rule("lookup", ("series", "places", "number"), make=_looked_up),
    "first_value": _Rule("first", ("series",)),
    "last_value": _Rule("last", ("series",)),
    "sum": _Rule("sum", _ALL),
    "sum_of": _Rule("sum", _ALL),
    "total_at": _Rule("sum", ("places",), make=_at_one),
    "mean": _Rule("mean", _ALL),
    "duration_above": _Rule("threshold", ("series", "number", *_WHERE), make=_with_limit("above", any_place=False)),
    "median": _Rule("median", _COURSE),
    "range": _Rule("range", _COURSE),
    "spread": _Rule("range", _COURSE),
    "nearest": _Rule("nearest", ("series", "places", "number"), make=_looked_up),
    "difference": _Rule("difference", ("series", "places", "bounds"), make=_at_two),
    "percent_change": _Rule("percent", ("series", "places", "bounds"), make=_changed),
    "ratio": _Rule("ratio", ("series", "places")),
    "diff_series": _Rule("difference", ("series", "places", *_WHERE), make=_pair_or_all),
    "compare_places": _Rule("difference", ("series", "places", "bounds"), make=_at_two),
    "compare_series": _Rule("compare", ("series", "places", *_WHERE), make=_pair),
    "share": _Rule("share", ("series", "places", "bounds"), "share", make=_share),
    "share_together": _Rule("share", ("series", "places", "bounds", "groups"), "share together", make=_share),
    "change": _Rule("trend", _ALL, make=_course),
    "change_percent": _Rule("percent", _ALL, make=_changed),
    "above": _Rule("threshold", ("series", "number", *_WHERE), make=_with_limit("above", any_place=False)),
    "below": _Rule("threshold", ("series", "number", *_WHERE), make=_with_limit("below", any_place=False)),
    "any_above": _Rule(
        "threshold", ("series", "places", "number", *_WHERE), "ever", {"yes_no": True}, make=_with_limit("at least")
    ),
    "any_below": _Rule(
        "threshold", ("series", "places", "number", *_WHERE), "ever", {"yes_no": True}, make=_with_limit("below")
    ),
    "all_above": _Rule(
        "threshold", ("series", "number", *_WHERE), "always", {"yes_no": True}, make=_with_limit("at least")
    ),
    "all_below": _Rule(
        "threshold", ("series", "number", *_WHERE), "always", {"yes_no": True}, make=_with_limit("below")
    ),
    "first_above": _Rule("reach", ("series", "number"), "first", make=_with_limit("at least")),
    "first_below": _Rule("reach", ("series", "number"), "first", make=_with_limit("below")),
    "last_above": _Rule(
        "threshold", ("series", "number"), changes={"words": frozenset(("last",))}, make=_with_limit("above")
    ),
    "above_mean": _Rule("threshold", _COURSE, changes=_of_mean("above")),
    "below_mean": _Rule("threshold", _COURSE, changes=_of_mean("below")),
    "equal": _Rule("ties", ("series", "places")),
    "to_reference": _Rule("threshold", ("series", "number"), make=_line),
    "trend": _Rule("trend", _ALL, make=_course),
    "steepest_rise": _Rule("step", _COURSE, changes={"direction": "up"}),
    "steepest_fall": _Rule("step", _COURSE, changes={"direction": "down"}),
    "biggest_jump": _Rule("step", _COURSE, "change"),
    "series_rose_most": _Rule(
        "growth", ("series", "bounds"), changes={"direction": "up", "words": frozenset(("maximum",))}, make=_grew
    ),
    "series_fell_most": _Rule(
        "growth", ("series", "bounds"), changes={"direction": "down", "words": frozenset(("maximum",))}, make=_grew
    ),
    "steadiest_series": _Rule("spread", ("bounds",), "least", make=_spread),
    "most_variable_series": _Rule("spread", ("bounds",), make=_spread),
    "always_rising": _Rule("moves", ("series",), changes={"direction": "down"}, make=_few),
    "peaks": _Rule("peaks", ("series", "bounds"), make=_few),
    "turning": _Rule("turns", ("series",), make=_few),
    "plateau": _Rule("flattens", ("series",), make=_few),
    "recovered": _Rule("recovers", ("series",), make=_few),
    "rate": _Rule("pace", ("series", "bounds")),
    "gap_trend": _Rule("gap trend", ("series", "bounds"), make=_pair),
    "outlier": _Rule("outlier", ("series", "places")),
    "correlation": _Rule("correlation", ("series",), make=_correlated),
    "crossing": _Rule("crossing", ("series",), make=_pair),
    "ever_ahead": _Rule("higher at", ("series",), "ever", {"yes_no": True}, make=_named_pair),
    "always_ahead": _Rule("higher at", ("series",), "", {"yes_no": True}, make=_named_pair),
    "count_ahead": _Rule("higher at", ("series", *_WHERE), make=_named_pair),
    "gap_max": _Rule("gap", ("series", *_WHERE), changes={"words": frozenset()}, make=_pair),
    "gap_min": _Rule("gap", ("series", *_WHERE), make=_pair),
    "compare_groups": _Rule("groups", ("series", "groups"), make=_two_groups),
    "group_mean": _Rule("mean", _ALL),
    "group_sum": _Rule("sum", _ALL),
    "kind": _Rule("kind"),
    "title": _Rule("title"),
    "x_axis": _Rule("axis", changes={"axis": "x"}),
    "y_axis": _Rule("axis", changes={"axis": "y"}),
    "series_names": _Rule("legend", ("colours",)),
    "series_of_colour": _Rule("legend", ("colours",)),
    "count_series": _Rule("count", words="lines"),
    "count_places": _Rule("count", ("series",)),
    "colour_of": _Rule("colour", ("series",), make=_named),
    "is_log": _Rule("scale", changes={"yes_no": True}),
    "y_range": _Rule("limits", changes={"axis": "y"}),
    "x_range": _Rule("range", ("series",), changes={"axis": "x"}),
    "describe": _Rule("describe"),
    "alt": _Rule("alt"),
    "table": _Rule("table", ("series",)),
}

LABELLED: Final[frozenset[Operation]] = frozenset(rule.operation for rule in _RULES.values())
"""Operations for which there are labels."""


def labels_of(operation: Operation) -> tuple[Label, ...]:
    """Return the labels whose queries have an operation."""
    return tuple(label for label, rule in _RULES.items() if rule.operation == operation)
