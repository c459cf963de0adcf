"""A question whose words no rule understands, as the classifier understands it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from vision_magic.engine.chart.data import Chart, ChartPanel, Place, drawn_series
from vision_magic.engine.classifier.inputs import inputs_of
from vision_magic.engine.classifier.labels import Label
from vision_magic.engine.classifier.network import network
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.to_come import is_foreseen
from vision_magic.engine.questions.forms.everyday import are_plain_names, has_no_course
from vision_magic.engine.questions.labelled import THAN, as_labelled
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.marked import Marked
from vision_magic.engine.questions.names.nouns_of_places import asks_for_place
from vision_magic.engine.questions.operations import in_order
from vision_magic.engine.questions.parse import found_in, parse_query
from vision_magic.engine.questions.places.rows_and_columns import as_row_or_column
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.paces import in_plain_amounts
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["Understood", "classified"]

_LIKELY: Final = 0.4
"""How probable what is asked for must be, so that it is answered."""
_SURE: Final = 0.7
"""How probable it must be among what the chart could be asked, and that it cannot answer."""
_RARE: Final = 0.01
"""Labels that are less probable are not looked at."""


@dataclass(frozen=True, slots=True)
class Understood:
    """How the classifier understands a question.

    Attributes
    ----------
    best : Query or None
        What it most probably asks for; None if nothing can be made of its labels.
    chance : float
        The probability of that, from 0 to 1.
    sure : bool
        Whether that is probable enough to be answered.
    none : float
        The probability that the charts cannot answer it, from 0 to 1.
    chances : mapping of Label to float
        The probability of each label; empty where there is no classifier, or no chart.
    """

    best: Query | None = None
    chance: float = 0.0
    sure: bool = False
    none: float = 0.0
    chances: Mapping[Label, float] = field(default_factory=dict)


def classified(text: str, charts: Sequence[Chart], read: Query | None = None) -> Understood:
    """Return what a question asks for. Labels of which the same query is made count together.

    Parameters
    ----------
    text : str
        The question, in any of the languages.
    charts : sequence of Chart
        The charts that it is about.
    read : Query, optional
        What the rules make of the question, where that is known.
    """
    panels = [panel for chart in charts for panel in chart.panels]
    known = network()
    if known is None or not panels:
        return Understood()
    read = read or parse_query(text, charts)
    found, marked = found_in(in_plain_amounts(text, panels, read.language), panels)
    found = _with_parts(_at_end(found, marked.written, panels), read)
    chances = known.chances(inputs_of(marked, found, read, panels))
    meant: dict[Query, float] = {}
    of_places = _asks_for_place(marked.written, found.language, panels)
    for label, chance in chances.items():
        possible = chance > _RARE and not (of_places and label in _SERIES)
        possible = possible and not (label == "lookup" and _are_places(found.places, marked))
        query = as_labelled(label, found, charts) if possible else None
        query = query and as_row_or_column(query, text, panels)
        if query is not None and label in _TOTALS and read.of_series and set(read.operations) <= _EXTREMES:
            query = replace(query, of_series=True)  # the noun after "which" is one for series, and not for places
        if query is not None and not _leaves_out(query, found, panels, chance):
            meant[query] = meant.get(query, 0.0) + chance
    none = 0.0 if is_foreseen(panels) else chances["none"]  # of what is foreseen, the time to come may be asked
    best = max(meant, key=meant.__getitem__, default=None)
    chance = 0.0 if best is None else meant[best]
    sure = chance >= max(_LIKELY, _SURE * (sum(meant.values()) + none))
    return Understood(best, chance, sure, none, chances)


_SERIES: Final[tuple[Label, ...]] = (
    "max_series", "min_series", "max_mean_series", "min_mean_series", "series_rose_most", "series_fell_most",
    "steadiest_series", "most_variable_series",
)  # fmt: skip
"""Labels whose answer is a series."""


_TOTALS: Final[tuple[Label, ...]] = ("max_total", "min_total")


def _are_places(places: tuple[Place, ...], marked: Marked) -> bool:
    """Return whether numbers have the unit of places, so that no value is looked up: "the price at 6 years"."""
    told = {marked.numbers[number] for number in marked.positions}
    return bool(places) and told.issuperset(places)


def _asks_for_place(text: str, language: Language, panels: Sequence[ChartPanel]) -> bool:
    """Return whether a question about several series asks which place: "in which month"."""
    drawn = drawn_series(panels)
    return len(drawn) > 1 and len(panels) == 1 and asks_for_place(text, panels[0], drawn[0], language)


_WITHOUT_EXTREMES: Final[frozenset[Operation]] = frozenset(
    ("threshold", "reach", "value", "sum", "mean", "lookup", "first", "last", "count")
)
"""Operations that choose none of several values."""
_EXTREMES: Final[frozenset[Operation]] = frozenset(("maximum", "minimum"))
_WHO: Final = re.compile(r"\b(?:who|wer|wen|qui|quién|quien)\b|누가|누구|谁|誰", re.IGNORECASE)
"""Persons, of whom a histogram has none."""
_BESIDE: Final = re.compile(
    r"\b(?:above|below|over|under|inside|outside|within|between|über|unter|oberhalb|unterhalb|innerhalb|außerhalb|"
    r"zwischen|au-dessus|au-dessous|en dessous|sous|hors|entre|dépasse\w*|encima|debajo|dentro|fuera|supera\w*)\b|"
    r"[위밑]에|아래에|안에|밖에|사이에|넘|벗어|以上|以下|之上|之下|之间|之内|超[过出]|低于|高于"
)
"""Words for where values lie, which no name in a legend tells."""
_BOXES_COUNTED: Final = re.compile(r"\W*how many\b")


_CERTAIN: Final = 0.85
"""A label that is as probable as that is believed though the question has a word of speed, slope or spread."""


def _leaves_out(query: Query, found: Query, panels: Sequence[ChartPanel], chance: float) -> bool:
    """Return whether a query ignores a superlative of its question, or takes for values what has none."""
    told = set(query.operations)
    if found.words & _EXTREMES and told <= _WITHOUT_EXTREMES:
        return True
    if found.words & {"rate", "slope", "spread", "error"} and told <= _EXTREMES and chance < _CERTAIN:
        return True  # what grows fastest is not what is highest
    if "spread" in found.words and told <= _OF_TWO and _have_spread(panels):
        return True  # "by how much does A vary more than B"
    if told == {"trend"} and _names_one_of_two(found):
        return True  # "how much warmer is A than the other one"
    if told == {"trend"} and len(found.groups) == 1 and found.yes_no:
        return True  # "does it drop at the weekend?" compares it with the other days
    if told <= {"moves", "peaks"} and are_plain_names(panels):
        return True
    if told <= {"legend", "colour"} and _BESIDE.search(found.text):
        return True  # "above the green band"
    if "last" in found.words and query.rank > 1:
        return True  # "second to last"
    histogram = any(one.kind == "histogram" for panel in panels for one in panel.series)
    if histogram and told <= _EXTREMES and _WHO.search(found.text):
        return True
    boxes = any(one.kind == "box plot" for panel in panels for one in panel.series)
    return has_no_course(query, panels) or (boxes and told == {"value"} and bool(_BOXES_COUNTED.match(found.text)))


_OF_TWO: Final[frozenset[Operation]] = frozenset(("difference", "compare", "ratio", "percent"))


def _have_spread(panels: Sequence[ChartPanel]) -> bool:
    """Return whether what is drawn has error bars or boxes, of which the lengths may be compared."""
    return any(one.extra.get("error") or one.kind == "box plot" for panel in panels for one in panel.series)


def _names_one_of_two(found: Query) -> bool:
    """Return whether a comparison names a series and not what it is compared with: an end, a place or a limit."""
    compared = "compare" in found.words and "difference" in found.words and THAN.search(found.text) is not None
    told = found.threshold or found.bounds or found.groups or len(found.places) > 1
    return compared and len(found.series) == 1 and not told and not found.words >= {"first", "last"}


def _with_parts(found: Query, read: Query) -> Query:
    """Return a question with the parts of the axis, and the denial of a limit, that only the rules read."""
    if read.threshold is not None and read.threshold.turned and found.threshold is not None:
        found = replace(found, threshold=read.threshold)
    if found.places or found.bounds or found.groups:
        return found
    return replace(found, bounds=read.bounds, groups=read.groups, without=found.without or read.without)


_END: Final[dict[Language, str]] = {
    "en": r"\b(?:at|by|in) the (?:very )?end\b|\bend(?:s|ed)? up\b|\bfinish(?:es|ed)\b",
    "de": r"\bam ende\b|\bzum schluss\b|\bzuletzt\b|\bschließlich\b",
    "fr": r"\bà la (?:toute )?fin\b|\bau final\b|\bfinissent?\b|\btermine(?:nt)?\b",
    "es": r"\bal final\b",
    "ko": "마지막에|끝에|결국",
    "zh": "最后|最後|到头来",
}
"""Words for the last place of several series."""
_ENDS_UP: Final[dict[Language, str]] = {
    "en": r"\bfinish\b",
    "de": r"\bendet\w*\b|\blandet\w*\b",
    "fr": r"\bfini[tr]\b|\btermine\w*\b|\bà l['’]arrivée\b",
    "es": r"\b(?:termin|acab)\w+\b",
    "ko": "끝나|끝날 ?때|마칠 ?때",
    "zh": "结束时|收尾",
}
"""Further verbs for it, where one is the highest or the lowest: "which one will finish hottest?"."""
_STARTS: Final[dict[Language, str]] = {
    "en": r"\bstart(?:s|ed)? (?:out|off)\b|\b(?:at|in) the (?:very )?(?:start|beginning)\b",
    "de": r"\b(?:am|zu) (?:anfang|beginn)\b|\banfangs\b",
    "fr": r"\bau (?:tout )?début\b|\bau départ\b|\bcommence\w*\b",
    "es": r"\bal (?:principio|inicio|comienzo)\b|\bempie\w+\b|\bcomienz\w+\b",
    "ko": "처음에|시작할 ?때",
    "zh": "一开始|最初|开始时",
}
"""Words for the first place, where one of several series is the highest or the lowest."""


def _at_end(found: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question about several series "at the end" as one about the last place that they share."""
    drawn = drawn_series(panels)
    told = found.places or found.bounds or found.groups or len(drawn) < 2
    extreme = bool(found.words & _EXTREMES) and not found.series

    def has(words: dict[Language, str]) -> bool:
        return re.search(words[found.language], text, re.IGNORECASE) is not None

    at_end = has(_END) or (extreme and has(_ENDS_UP))
    at_start = extreme and has(_STARTS)
    if told or at_end == at_start:
        return found
    ends = {points[-1 if at_end else 0].place for one in drawn if (points := in_order(one))}
    return replace(found, places=(ends.pop(),)) if len(ends) == 1 else found
