"""Sums of some places: "how many do A and B sell together", "does A sell more than B and C combined"."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import BARS, ChartPanel, Place, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.task import Item, Task, join
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.marked import Marked
from vision_magic.engine.questions.operations import mean, total, values_at
from vision_magic.engine.questions.places.periods import can_be_added
from vision_magic.engine.questions.query import Query, Side
from vision_magic.engine.questions.vocabulary.words import SERIES, Operation

__all__ = [
    "AMOUNT",
    "IN_ALL",
    "as_difference_of_sums",
    "as_more_in_all",
    "as_sum",
    "names_together",
    "sums",
    "with_sum_of_rows",
]

_OR: Final[dict[Language, str]] = {
    "en": "or",
    "de": "oder",
    "fr": "ou",
    "es": "o",
    "ko": "이?나|또는|혹은|아니면",
    "zh": "或者?",
}


def as_sum(query: Query, marked: Marked, panels: Sequence[ChartPanel]) -> Query | None:
    """Return a question about several places together as one about their sum.

    Parameters
    ----------
    query : Query
        What was read of the question.
    marked : Marked
        The question with its names and numbers marked.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    told = set(query.operations)
    pie = all(one.kind == "pie" for one in drawn_series(panels))
    if query.threshold and pie and len(query.places) > 1 and query.has("together") and told == {"threshold"}:
        return replace(query, operations=("share",), firm=True)  # "are A and B together more than half?"
    if query.threshold or query.bounds or len(panels) != 1:
        return None
    either = _are_either(query)
    share = query.language == "en" and "share" in query.words and not either
    if len(query.places) == 1 and told and told <= {"value", "count", "share", "sum"} and not (query.yes_no or share):
        return _of_series(query, marked, panels)
    if len(query.places) < 2:
        return None
    if told <= {"value", "count"} and (query.has("together") or _are_alternatives(query)):
        return replace(query, operations=("sum",), words=query.words | {"sum"}, firm=True)
    return None


def _of_series(query: Query, marked: Marked, panels: Sequence[ChartPanel]) -> Query | None:
    """Return "how many are fairly or very satisfied with pay" as a question for the sum of series at a place.

    "How many are satisfied" is one for those whose names end so, if those of others end otherwise.
    """
    names = query.series if len(query.series) > 1 else () if query.series else _with_head(marked.written, panels)
    either = _are_either(query)
    if len(names) < 2 or (query.series and not (either or query.has("together"))):
        return None
    bars = all(one.kind in _BARS for panel in panels for one in panel.series)
    amount = "share" in query.words or re.search(AMOUNT[query.language], query.text) is not None
    firm = either and bars and amount  # of those who do one or the other
    return replace(query, operations=("sum",), series=names, words=query.words | {"sum"}, statistic="", firm=firm)


def _are_either(query: Query) -> bool:
    """Return whether a question names one series or another, "A or B", and does not ask which of them is more."""
    if query.has("more") or query.has("less") or re.search(_COMPARED, query.text) is not None:
        return False
    space = " ?" if query.language in ("ko", "zh") else " "
    return re.search(rf"{SERIES}{space}(?:{_OR[query.language]}){space}{SERIES}", query.text) is not None


IN_ALL: Final[dict[Language, str]] = {
    "en": r"\b(?:in total|in all|all in all|altogether|overall|taken together|"
    r"(?:over|in|for|across) the (?:whole|entire|full) \w+|"
    r"(?:over|across) all \w+|all year(?: long)?)\b",
    "de": r"\b(?:insgesamt|alles in allem|in summe|aufs? (?:ganze )?jahr|über das (?:ganze |gesamte )?jahr|"
    r"(?:im|übers|über (?:den|die|das)|das) (?:ganzen?|gesamten?) \w+|übers jahr)\b",
    "fr": r"\bau total\b|\ben tout\b|\b(?:sur|pendant|dans) (?:toute )?l['’](?:année|ensemble|période)\b|"
    r"\btoute l['’]année\b|\b(?:sur|pendant|dans) (?:toute )?la (?:période|durée|saison)\b",
    "es": r"\ben total\b|\b(?:en|durante) tod[oa] (?:el|la) \w+|\ba lo largo del año\b|\ben conjunto\b",
    "ko": r"(?:일|1|한) ?(?:년|해) ?(?:동안|내내|전체)|연간|총(?= ?\w)|전체|통틀어|합쳐|모두 ?합",
    "zh": r"全年|整年|整个(?:赛季|期间|学期|星期|月|周)|一年(?:里|中|下来)?|总共|一共|总计|合计|加起来",
}
"""Words for all places together."""
AMOUNT: Final[dict[Language, str]] = {
    "en": r"\bhow (?:many|much)\b|\bby how\b|\bdifference\b",
    "de": r"(?<!in )\bwie ?viele?\b|\bdifferenz\b|\bunterschied\b",
    "fr": r"\b(?:de )?combien\b(?! de (?:fois|mois|jours|semaines|ans|années|trimestres))|\bdifférence\b|\bécart\b",
    "es": r"\bcu[aá]nt[oa]s?\b(?! (?:veces|meses|días|semanas|años|trimestres))|\bdiferencia\b",
    "ko": r"얼마나|몇 ?(?!번|달|개월|월|주|년|일|분기)|차이",
    "zh": r"多少|几(?!个?[月年周天季])|差",
}
"""Words for an amount, and not for a number of places."""


def as_more_in_all(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "did A or B see more in total" of two places as a question for their difference, and not for their sum."""
    summed = query.statistic == "sum" and query.operations in (("maximum",), ("minimum",))
    either = (query.operations == ("sum",) or summed) and len(query.places) == 2 and query.has("or")
    kept = query.bounds or query.groups or query.threshold or query.then
    compared = query.has("more") != query.has("less") and re.search(AMOUNT[query.language], text.lower()) is None
    if not either or kept or not compared or not panels:
        return query
    words: frozenset[Operation] = frozenset(("difference",))
    return replace(query, operations=("difference",), words=words, statistic="", yes_no=False, firm=True)


def as_difference_of_sums(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "how many more A than B in the whole year" as a question for how far their sums are apart.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    text, language = text.lower(), query.language
    two = len(query.series) == 2 and len(panels) == 1 and "unheard" not in query.operations
    kept = query.places or query.bounds or query.groups or query.threshold or query.then or query.sides
    more, less = (query.has("more"), query.has("less")) if two else (False, False)
    said = all(re.search(words[language], text) for words in (IN_ALL, AMOUNT))
    if not two or kept or not said or not (more or less or "difference" in query.words):
        return query
    drawn = [one for one in drawn_series(panels) if one.name in query.series]
    added = all(can_be_added(Item(one, panels[0], one.name, language)) and len(one.x) > 1 for one in drawn)
    if not added or query.operations == ("multiple",):
        return query
    first, second = query.pair
    sides = Side(series=(first,), statistic="sum"), Side(series=(second,), statistic="sum")
    query = replace(query, operations=("sides",), sides=sides, direction="down" if less and not more else "up")
    words: frozenset[Operation] = frozenset(("difference",))
    return replace(query, words=words, series=(), statistic="", yes_no=False, amounts=(), unheard="", firm=True)


_COMPARED: Final = (
    r"\b(?:better|worse|best|worst|besser|schlechter|mieux|meilleure?|pire|mejor|peor|which|welche[rs]?|lequel|laquelle|"
    r"cuál)\b|더|나[은았]|[못잘] |更|比|哪"
)
_BARS: Final = ("area", *BARS)


def _with_head(text: str, panels: Sequence[ChartPanel]) -> tuple[str, ...]:
    """Return the names of stacked series that end with a word of a question; none if all do, or only one."""
    drawn = [one.name for panel in panels for one in panel.series if one.kind in _BARS]
    heads = {name: name.split()[-1].lower() for name in drawn if len(name.split()) > 1}
    found = [name for name, head in heads.items() if len(head) > 4 and re.search(rf"(?<!\w){head}(?!\w)", text.lower())]
    return tuple(found) if 1 < len(found) < len(drawn) and len({heads[name] for name in found}) == 1 else ()


def _are_alternatives(query: Query) -> bool:
    """Return whether "how many" is asked of one place "or" another: all that are at one of them."""
    east = query.language in ("ko", "zh")
    words = rf" ?(?:{_OR[query.language]}) ?" if east else rf" (?:{_OR[query.language]}) (?:\w+ )?"
    joined = re.search(rf"[\ue000-\ue3ff\uec00-\uefff]{words}[\ue000-\ue3ff\uec00-\uefff]", query.text)
    return joined is not None and "count" in query.words


def names_together(task: Task, item: Item, places: Sequence[Place]) -> str:
    """Return ““A” and “B” together” for places; of one place, its name."""
    names = join([item.place(place) for place in places], task.language)
    return task.say("together", names=names) if len(places) > 1 else names


def with_sum_of_rows(task: Task, operation: Operation) -> Task:
    """Return a question for a sum or a share of a heat map of which it names no row as one about all rows together."""
    items, first = task.items, task.items[0]
    table = len(items) > 1 and all(one.series.kind == "heat map" and one.series.x == first.series.x for one in items)
    asked = operation in ("sum", "share", "group", "groups") and not (task.query.series or task.query.of_series)
    each = re.search(_EACH, task.query.text) is not None
    if not table or not asked or each or len({id(one.panel) for one in items}) > 1:
        return task
    columns = zip(*(one.series.y for one in items), strict=True)
    made = total if operation == "share" or task.query.statistic == "sum" or can_be_added(first) else mean
    y = tuple(made([value for value in column if math.isfinite(value)]) for column in columns)
    series = replace(first.series, name="", y=y, extra={}, known=None)
    panel = replace(first.panel, series=(replace(_of_all_columns(first, task), name=""),))
    return replace(task, items=[replace(first, series=series, name="", panel=panel)])


_EACH: Final = r"\b(?:each|every|per|jede\w*|pro|je|chaque|par|cada|por)\b|각|마다|별로|每"


def _of_all_columns(item: Item, task: Task) -> Series:
    """Return the sums of all columns, of which a question may ask for some."""
    rows = drawn_series([item.panel])
    columns = zip(*(one.y for one in rows), strict=True)
    return replace(rows[0], y=tuple(total([value for value in column if math.isfinite(value)]) for column in columns))


def sums(task: Task) -> Iterator[str]:
    """Yield whether the sum of some places is higher, or lower, than that of others."""
    sides = task.query.places[: task.query.top], task.query.places[task.query.top :]
    for item in task.items[:4]:
        known = [[value for place in side for value in values_at(item.series, place)[:1]] for side in sides]
        if [*map(len, known)] != [*map(len, sides)]:
            yield task.say("unknown", of=task.of(item))
            continue
        a, b = map(total, known)
        less = task.query.asks_less
        if task.query.yes_no:
            yield task.say("yes" if (a < b if less else a > b) else "no")
        names = dict(zip("ab", (names_together(task, item, side) for side in sides), strict=True))
        if a == b:
            yield task.say("equal", **names, value=item.value(a))
            continue
        shown = {"value": item.change(abs(a - b)), "a_value": item.value(a), "b_value": item.value(b)}
        yield task.say("difference", **names, **shown, more=task.say("more" if a > b else "less"))
