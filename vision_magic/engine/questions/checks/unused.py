"""What a question has and its answer does not use, such as a number: the answer is then about something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import Chart, ChartPanel, Place, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.asked_periods import period_not_drawn
from vision_magic.engine.questions.checks.asked_units import unit_not_drawn
from vision_magic.engine.questions.checks.other_times import time_not_drawn
from vision_magic.engine.questions.checks.qualifiers import (
    left_clock,
    left_time,
    other_month,
    other_period,
    other_season,
    other_weekday,
    unused_qualifier,
    weekday_of_no_date,
)
from vision_magic.engine.questions.checks.to_come import time_to_come
from vision_magic.engine.questions.checks.weighing import asks_in_unit_of_rate
from vision_magic.engine.questions.forms.everyday import has_no_course
from vision_magic.engine.questions.forms.forms_of_time import ahead_query
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.named_points import name_of_place
from vision_magic.engine.questions.names.nouns_of_places import counted_places
from vision_magic.engine.questions.names.quantities import is_quantity, quantities_in
from vision_magic.engine.questions.numbers import is_date, month_of
from vision_magic.engine.questions.operations import Bounds
from vision_magic.engine.questions.places.by_period import unread_period
from vision_magic.engine.questions.places.durations import with_durations
from vision_magic.engine.questions.places.spelled import with_joined_numbers, with_whole_thousands
from vision_magic.engine.questions.places.units_of_axes import UNIT_WORDS
from vision_magic.engine.questions.places.whole_spans import with_whole_span
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.multiples import unread_multiple
from vision_magic.engine.questions.topics.several_measures import undecided_measure
from vision_magic.engine.questions.vocabulary.words import MONTHS, OPERATION_WORDS, Operation, search

__all__ = ["as_typed", "as_used", "unused_in"]

_WITHOUT_LIMIT: Final[frozenset[Operation]] = frozenset(("step", "share", "trend"))
"""Operations that make no use of a limit, for which "falls below 90 %" and "down to 80 %" are taken too easily."""
_ABOUT_CHART: Final[frozenset[Operation]] = frozenset(
    (
        "cannot", "unheard", "describe", "alt", "table", "title", "axis", "limits", "scale", "kind", "legend", "peaks",
        "parts of boxes",
    )
)  # fmt: skip
# Not the number of an ordinal, of an hour, of a name (21/22, K87R), or of one year or month.
_NUMBER: Final = re.compile(
    r"(?<![A-Za-z\d_.,/\-–:])(?<!\dh )(?<!\d h )(?<!분의)(?<!분의 )"
    r"(?<!\d uhr )(?<!\d시)(?<!\d시 )(?<!\d[点點时時])\d+(?:[.,\u202f\u00a0']\d+)*(?!\d|[.,]\d)(?![/:])"
    r"(?!(?:st|nd|rd|th|er|e|è\w+|º|ª|\.(?= \w)|번째|위|등| ?분의|시|点|點|时| ?h\d| ?h\b| ?Uhr|"
    r" ?o'clock| ?[ap]m\b| (?:horas )?de la (?:mañana|tarde|noche|madrugada)\b| du (?:matin|soir)\b|"
    r" in the (?:morning|afternoon|evening)\b| (?:morgens|vormittags|nachmittags|abends)\b)\S*)",
    re.IGNORECASE,
)


_MEANS: Final = re.compile(
    r"bedeute\w*|\bsteht\b|stellt\b.*\bdar\b|signifi\w+|représent\w+|correspond\w*|represent\w*|뜻|의미|나타내|代表|表示|意思|"
    r"\bmeans?\b|\bstands?\b|\bdrawn\b|eingezeichnet|\btracée?\b|\bdibujada?\b|그려져|画在"
)
"""Words for what a line stands for, or where it is."""


def as_used(query: Query, charts: Sequence[Chart]) -> Query:
    """Return a query whose operation makes use of the limit, the two series or the two places that it has."""
    if query.operations == ("lookup",) and query.limits and _MEANS.search(query.text):
        return replace(query, operations=("reference",))
    limit, drawn = query.threshold, drawn_series([panel for chart in charts for panel in chart.panels])
    if limit is not None and limit.of_places and drawn and all(one.kind == "points" for one in drawn):
        return replace(query, of_places=True, threshold=replace(limit, of_places=False))
    query = _of_measures(query, charts)
    if has_no_course(query, [panel for chart in charts for panel in chart.panels]):
        return replace(query, operations=("cannot",))
    if len(query.series) == 2 and query.operations in (("difference",), ("compare",)):
        if query.operations == ("compare",) and re.match(_HOW_MANY_MORE.get(query.language, "(?!)"), query.text):
            return replace(query, operations=("difference",))
        counted = (
            "count" in query.words
            and query.operations == ("compare",)
            and not (query.places or query.yes_no or query.bounds)
        )
        return _where_higher(query) if counted else _of_two(query)
    forms = (
        _of_higher_times,
        _of_something_else,
        _of_price,
        _of_range_of_counts,
        _of_sum_of_boxes,
        _of_limit,
        _of_change,
    )
    return next((found for form in forms if (found := form(query, charts)) is not None), query)


def _of_higher_times(query: Query, charts: Sequence[Chart]) -> Query | None:
    """Return "in which years was A above B" as a question for these years, not for a crossing or an extreme."""
    than = query.operations == ("crossing",) or (_is_ranked(query) and _THAN.search(query.text) is not None)
    if than and len(query.series) == 2 and not query.places and _asks_which_times(query):
        return replace(query, operations=("higher at",))
    if query.operations == ("count",) and "compare" in query.words and len(query.series) == 2 and not query.places:
        return _where_higher(query)
    return None


def _of_something_else(query: Query, charts: Sequence[Chart]) -> Query | None:
    """Return a question for the highest or lowest as one that cannot be answered, where it is said of something else.

    "Which lost most in 2024" is not which has most then, and "the heaviest" not the commonest of bins of weights.
    """
    if not _is_ranked(query):
        return None
    changed = len(query.places) == 1 and len(query.series) != 1 and _is_of_change(query)
    compared = "compare" in query.words and _names_nothing(query, charts)
    other = changed or compared or (_are_in_bins(charts) and _is_of_bins(query, charts))
    return replace(query, operations=("cannot",)) if other else None


def _of_price(query: Query, charts: Sequence[Chart]) -> Query | None:
    """Return "how much did a bag of 20 kg cost" as a question that a value of 20 kg does not answer."""
    priced = query.operations == ("lookup",) and re.search(_PRICED[query.language], query.text) is not None
    return replace(query, operations=("cannot",), firm=True) if priced else None


_PRICED: Final[dict[Language, str]] = {
    "en": r"\bhow much (?:do|does|did)\b.*\bcost\b|\bhow much (?:is|was|are|were) an?\b",
    "de": r"\b(?:was|wie ?viel) kost(?:et|ete|en)\b",
    "fr": r"\bcombien (?:coûte|coûtait|vaut|valait)\b",
    "es": r"\bcuánto (?:cuesta|costó|costaba|vale|valía)\b",
    "ko": r"얼마(?:였|인|예|이|에)",
    "zh": r"多少钱",
}


def _of_range_of_counts(query: Query, charts: Sequence[Chart]) -> Query | None:
    """Return "the range of times" of a histogram of times as a question that its bins do not answer exactly."""
    ranged = query.operations == ("range",) and _are_in_bins(charts) and "count" not in query.words
    return replace(query, operations=("cannot",), firm=True) if ranged else None


def _of_sum_of_boxes(query: Query, charts: Sequence[Chart]) -> Query | None:
    """Return a question for the sum of what boxes sum up as one that cannot be answered: medians are not added."""
    drawn = drawn_series([panel for chart in charts for panel in chart.panels])
    boxes = bool(drawn) and all(one.kind == "box plot" for one in drawn)
    return replace(query, operations=("cannot",), firm=True) if boxes and query.operations == ("sum",) else None


def _of_limit(query: Query, charts: Sequence[Chart]) -> Query | None:
    """Return a question with a limit as one whose operation makes use of it."""
    together = len(query.places) > 1 and query.statistic == "sum"
    if query.operations == ("threshold",) and together and query.yes_no:
        return replace(query, operations=("share",))
    alone = not (query.bounds or query.places or query.top or _are_in_bins(charts))
    if query.threshold is not None and set(query.operations) & _WITHOUT_LIMIT and alone:
        return replace(query, operations=("reach",))
    return None


def _of_change(query: Query, charts: Sequence[Chart]) -> Query | None:
    """Return "by how much did it rise from 2019 to 2020" as a question for the change between these places."""
    if query.operations == ("trend",) and len(query.places) == 2 and not (query.bounds or query.yes_no):
        low, high = query.places
        return replace(query, places=(), bounds=Bounds(low=low, high=high))
    told = bool(query.operations) and set(query.operations) <= {"group", "sum", "mean", "value"}
    kept = query.bounds is not None or len(query.groups) == 1
    by_how_much = not query.firm and re.match(_BY_HOW_MUCH.get(query.language, "(?!)"), query.text) is not None
    if by_how_much and kept and (told or query.operations == ("trend",)):
        return replace(query, operations=("trend",), firm=True)
    panels = [panel for chart in charts for panel in chart.panels]
    if query.operations == ("value",) and query.places and asks_in_unit_of_rate(query, panels):
        return replace(query, direction="", words=query.words - {"trend"}, firm=True)
    if by_how_much and told:
        return replace(query, operations=("cannot",))
    two = len(query.places) == 2 and not any(isinstance(place, str) for place in query.places)
    if query.operations == ("value",) and two and query.direction and "trend" in query.words and not query.yes_no:
        return replace(query, operations=("difference",))
    return None


def _is_ranked(query: Query) -> bool:
    return bool(query.operations) and set(query.operations) <= {"maximum", "minimum"}


def _are_in_bins(charts: Sequence[Chart]) -> bool:
    return any(one.kind == "histogram" for chart in charts for one in chart.series)


_HOW_MANY_MORE: Final[dict[Language, str]] = {
    "de": r"\W*wie ?viele [\ue400-\ue7ff] (?:mehr|weniger) als\b",
    "fr": r"\W*combien de [\ue400-\ue7ff] (?:de )?(?:plus|moins) que\b",
    "es": r"\W*cu[aá]nt[oa]s [\ue400-\ue7ff] (?:más|menos) que\b",
}
"""Beginnings of questions for a difference of two series, and not for the places at which one of them is higher."""
_BY_HOW_MUCH: Final[dict[Language, str]] = {
    "de": r"\W*um wie ?viel",
    "fr": r"\W*de combien\b",
    "es": r"\W*en cu[aá]nt",
}
"""Beginnings of questions for a change, which no sum answers."""


def _is_of_change(query: Query) -> bool:
    """Return whether the most is said of a loss or a gain, in a verb."""
    return re.search(_LOSES, query.text) is not None and query.language in ("en", "de", "fr", "es")


_LOSES: Final = (
    r"\b(?:lost|loses?|gained|verlor\w*|verlier\w*|hinzugewonnen|a perdu|ont perdu|perd|"
    r"perdi[óe]\w*|pierde\w*)\b"
)


def _is_of_bins(query: Query, charts: Sequence[Chart]) -> bool:
    """Return whether "the heaviest" is one of what is counted in bins of weights, which show none of them."""
    axes = [panel.x for chart in charts for panel in chart.panels]
    sides: tuple[Operation, ...] = ("maximum", "minimum")
    found = (search(OPERATION_WORDS[side][query.language], query.language, query.text) for side in sides)
    asked = {one for match in found if match is not None for one in quantities_in(match[0], query.language)}
    return any(is_quantity(one, axis) for one in asked for axis in axes)


def _asks_which_times(query: Query) -> bool:
    """Return whether a question asks for the years in which one of two is higher, not for where this begins."""
    begins = search(_BEGINS, query.language, query.text) is not None
    told = "compare" in query.words and not query.words & {"crossing", "first", "last"}
    return (
        told and not begins and query.language in _TIMES and re.search(_TIMES[query.language], query.text) is not None
    )


_TIMES: Final[dict[Language, str]] = {
    "de": r"\b(?:in|an) welche[nmr] \w+",
    "fr": r"\b(?:en|dans|pendant|à|au cours de) quel(?:le)?s? \w+|^quel(?:le)?s \w+",
    "es": r"\b(?:en|durante) (?:qué|cuáles) \w+",
}
_BEGINS: Final = r"\bab\b|w[iu]rden?|geworden|devien\w+|devenu\w*|à partir|depuis|hizo|volvió|pasó|desde|a partir"


def _where_higher(query: Query) -> Query:
    """Return "in how many years was A above B" as a question for these years, without which is higher on average."""
    return replace(query, operations=("higher at",), series=query.pair)


def _of_two(query: Query) -> Query:
    """Return a question whether one series is beyond another anywhere, or when it is first, as one about places."""
    if not query.places and query.yes_no and query.has("ever"):
        return replace(query, operations=("higher at",), series=query.pair)
    if "first" in query.words and len(query.places) == 1 and search(_WHEN, query.language, query.text):
        return ahead_query(query, first=True)
    return query


_WHEN: Final = (
    r"when|(?:what|which) (?:year|month|week|day|quarter|season)|(?:at|in|on|during) (?:what|which) \w+|"
    r"wann|welche[mr]? \w+|quand|quelle? \w+|cuándo|qué \w+"
)


def _of_measures(query: Query, charts: Sequence[Chart]) -> Query:
    """Return a query in which a measure is not taken for a change, or for another of several measures."""
    panels = [panel for chart in charts for panel in chart.panels]
    labels = {axis.label.lower() for panel in panels for axis in (panel.y, panel.right) if axis is not None}
    if (
        query.language == "ko"
        and re.search(r"몇 ?\S*에서 몇", query.text)
        and set(query.operations) <= {"step", "value", "trend"}
    ):
        return replace(query, operations=("range",))
    if query.language == "de" and re.search(r"\bwird\b.*\b(?:sein|liegen|betragen|ausfallen)\b", query.text):
        return replace(query, operations=("cannot",))
    if query.operations != ("value",):
        return query
    changes = re.findall(r"\b(?:gain|loss|growth|drop|rise|increase|decrease)\b", query.text)
    if changes and all(any(word in label for label in labels) for word in changes):
        query = replace(query, direction="", words=query.words - {"trend"})
    counted = re.match(r"how many ([a-z]{3,})\b", query.text)
    if counted and len(labels - {""}) > 1 and not (query.series or query.panels or query.colours):
        noun = counted[1].removesuffix("s")
        if not any(noun in label for label in labels):
            return replace(query, operations=("unheard",), unheard=counted[1])
    return query


def _names_nothing(query: Query, charts: Sequence[Chart]) -> bool:
    """Return whether a comparison, "nickel is better than palladium", names none of several series or places."""
    named = query.series or query.places or query.panels or query.colours or query.groups or query.sides
    several = sum(len(panel.series) for chart in charts for panel in chart.panels) > 1
    return several and not named and not query.statistic and query.rank == 1 and bool(_THAN.search(query.text))


_THAN: Final = re.compile(r"(?:er|ere|eren|mehr|weniger) als |(?:plus|moins|más|menos) [\w’' -]{0,30}\bqu?e |보다 |比")


def as_typed(word: str, text: str) -> str:
    """Return a word of a question as it is written there, since it was read in lower case."""
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) if word else None
    return found[0] if found is not None else word


def unused_in(text: str, query: Query, sentences: Sequence[str], charts: Sequence[Chart]) -> str:
    """Return a part of a question of which its answer makes no use; empty if there is none.

    Parameters
    ----------
    text : str
        The question as it was written.
    query : Query
        How it was read.
    sentences : sequence of str
        Its answer.
    charts : sequence of Chart
        The charts that it is about.
    """
    if not sentences or set(query.operations) & _ABOUT_CHART:
        return ""
    answer = " ".join(sentences)
    stray = next(_stray_numbers(query, charts), "")
    if stray:
        return stray
    panels = [panel for chart in charts for panel in chart.panels]
    qualifier = (
        _number_among_names(query, panels)
        or unread_period(text, panels, query.language)
        or unused_qualifier(query)
        or other_period(query, panels)
        or unit_not_drawn(text, query.language, panels)
        or period_not_drawn(text, query.language, panels)
        or time_to_come(text, query.language, panels)
        or time_not_drawn(text, query.language, panels)
        or other_month(text, query.language, panels)
        or other_weekday(text, query.language, panels)
        or weekday_of_no_date(text, query)
        or other_season(text, panels)
        or undecided_measure(text, query, answer, panels)
        or unread_multiple(text, query, answer)
        or left_time(text, query, panels)
        or left_clock(text, query, panels)
        or _places_not_counted(text, query, panels)
        or _unused_limit(text, query)
    )
    if qualifier:
        return qualifier
    if query.operations == ("threshold",) and query.statistic == "sum" and len(query.places) > 1:
        return _word_of_sum(text)
    led = query.operations == ("leads",)
    series = query.series if len(query.series) > 1 and not led else ()  # of the only one all of the answer is said
    names = (*series, *(place for place in query.places if isinstance(place, str) and not place[:1].isdigit()))
    written = answer.replace("\\", "")
    both = query.operations in (("lookup",), ("reach",)) and query.then is None  # "the loss when accuracy passed 70 %"
    apart = query.operations == ("difference",) and len(query.series) > 2  # only the highest and the lowest are told
    if query.operations not in (("count",), ("leading",)) and not apart:
        for name in dict.fromkeys(names):
            several = len(names) > 2 or both
            if several and not _is_told(name, written, query.language) and _is_drawn(name, panels):
                return name
    limit: tuple[Place | None, ...] = ()
    limit += () if query.threshold is None else (query.threshold.limit, query.threshold.at)
    known = {_digits(number) for number in re.findall(r"\d[\d.,\u202f\u00a0]*", " ".join((answer, *_titles(panels))))}
    limit += () if query.number is None else (query.number.limit,)
    known |= {_digits(part) for end in (*_ends(query), *limit) for part in (f"{end}", *f"{end}".split("-"))}
    known |= {f"{month_of(name_of_place(place))}" for place in query.places}  # "9월" of a point called "Sep"
    known |= _OF_QUARTILES if query.operations in (("quartiles",), ("spread",)) else set()
    text = (
        with_joined_numbers(text.replace("同一", "同"))
        if query.language in ("ko", "zh")
        else with_whole_thousands(text)
    )
    text = with_durations(with_whole_span(text, panels), query.language, panels)
    for number in _NUMBER.finditer(text):
        digits = _digits(number[0])
        told = digits in known or not known.isdisjoint(_in_sixties(number[0], text[number.end() :]))
        if not told and number[0] != "1" and digits and int(digits) > max(query.top, query.rank):
            return number[0]
    return ""


_SIXTIES: Final = "|".join(UNIT_WORDS[unit] for unit in ("s", "min", "h"))
_TIME: Final = re.compile(rf"[ -]?(?:(?:{_SIXTIES}|[smh])(?![A-Za-zÀ-ɏ])|[个個]?小时|[个個]?钟头)", re.IGNORECASE)


def _in_sixties(number: str, rest: str) -> Iterator[str]:
    """Yield the digits of a time in the next units: an answer in minutes says 120 of "2 hours"."""
    plain = number.strip(".,").replace(",", ".")
    if _TIME.match(rest) and re.fullmatch(r"\d+(?:\.\d+)?", plain):
        yield from (_digits(f"{float(plain) * factor:.10g}") for factor in (60, 3600, 1 / 60, 1 / 3600))


def _unused_limit(text: str, query: Query) -> str:
    """Return the number of a limit of which the operation makes no use; empty if there is none."""
    if query.threshold is None or set(query.operations) & _OF_LIMIT:
        return ""
    digits = _digits(f"{query.threshold.limit}")
    return next((one[0] for one in _NUMBER.finditer(text) if _digits(one[0]) == digits), "")


def _places_not_counted(text: str, query: Query, panels: Sequence[ChartPanel]) -> str:
    """Return "how many months" of a question of which a sum is told, or all months, though it names a series.

    "How many months was there rain in Rome" are neither.
    """
    all_of_them = query.operations == ("count",) and not (query.series and len(drawn_series(panels)) > 1)
    told = query.operations == ("sum",) or query.operations == ("count",)
    return counted_places(text.lower(), panels, query.language) if told and not all_of_them else ""


_OF_LIMIT: Final[frozenset[Operation]] = frozenset(
    (
        "part of box",
        "threshold", "reach", "share", "count", "sum", "change beyond", "sum beyond", "always within", "lasts",
        "times limit", "from limit", "place within", "multiple", "lookup", "nearest", "sides", "percent",
        "growth", "moves", "reference", "changed things",
    )
)  # fmt: skip
"""Operations that make use of a limit."""
_OF_QUARTILES: Final[frozenset[str]] = frozenset(("25", "5", "75", "3"))
"""The digits of 25 %, 50 % and 75 %, and of the third quartile."""


def _number_among_names(query: Query, panels: Sequence[ChartPanel]) -> str:
    """Return a number by which a question bounds places that are plain names, such as "7–9"; empty if there is none."""
    ends = query.bounds
    drawn = drawn_series(panels)
    numbers = [] if ends is None else [end for end in (ends.low, ends.high) if isinstance(end, float | int)]
    places = [place for one in drawn for place in one.x]
    plain = bool(places) and all(isinstance(place, str) and not _IS_NUMBER.match(place) for place in places)
    return f"{numbers[0]:g}" if numbers and plain and not any(one.kind == "histogram" for one in drawn) else ""


_IS_NUMBER: Final = re.compile(r"\D{0,3}\d+(?:[.,]\d+)?\D{0,3}$|\d{4}-\d{2}")


def _word_of_sum(text: str) -> str:
    words = text.split()
    return next((word for word in words if re.search(_SUM, word)), words[-1])


_SUM: Final = "합|sum|total|togeth|zusammen|ensemble|junt|加"


def _is_told(name: str, answer: str, language: Language) -> bool:
    """Return whether an answer has a name; a month may be said in its language: "junio" of Jun."""
    month = month_of(name)
    return name in answer or (month > 0 and MONTHS[language][month - 1].casefold() in answer.casefold())


def _is_drawn(name: str, panels: Sequence[ChartPanel]) -> bool:
    return any(name == one.name or name in one.x for panel in panels for one in panel.series)


def _titles(panels: Sequence[ChartPanel]) -> Iterator[str]:
    """Yield the texts that hold for the whole of a figure: "in 2023" is said of all of its values."""
    for panel in panels:
        yield from (panel.title, panel.x.label, panel.y.label)
        yield from (one.name for one in panel.series)


def _stray_numbers(query: Query, charts: Sequence[Chart]) -> Iterator[str]:
    """Yield numbers that are no places: "60" of "60 square metres in Leipzig", where all places are names.

    Nor is "2030" one, beside the name of a point.
    """
    names = any(isinstance(place, str) for place in query.places)
    drawn = [place for chart in charts for one in chart.series for place in one.x]
    named = bool(drawn) and all(isinstance(place, str) and not is_date(place) for place in drawn)
    plain = named and not any(re.search(r"\d", str(place)) for place in drawn) and not _are_months(drawn)
    if (names and named) or plain:
        yield from (f"{place:g}" for place in query.places if not isinstance(place, str))
    points = [place for chart in charts for one in chart.series if one.names for place in one.x]
    if len(query.places) > 1 and any(place in points for place in query.places):
        yield from (f"{place:g}" for place in query.places if not isinstance(place, str) and place not in points)


def _are_months(places: Sequence[Place]) -> bool:
    """Return whether all places are months, which a number may name."""
    return all(month_of(str(place)) for place in places)


def _ends(query: Query) -> Iterator[Place]:
    """Yield the ends of what a question keeps to: "before 2021" is said of the values until 2020."""
    if query.bounds is not None:
        yield from (end for end in (query.bounds.low, query.bounds.high) if end is not None)


def _digits(number: str) -> str:
    """Return the digits that count: the same for 150, 1.5 and 0.15, since answers convert units."""
    return re.sub(r"\D", "", number.removesuffix(".0")).strip("0")
