"""What a question about a chart asks for: an operation, series, and places along the axis."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final, Literal

from vision_magic.engine.chart.data import STACKED, WITHOUT_DATA, Chart, ChartPanel, Place, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.accounts_in_languages import accounted_in
from vision_magic.engine.questions.checks.acts_not_drawn import as_act_not_drawn
from vision_magic.engine.questions.checks.ages_not_drawn import as_age_not_drawn
from vision_magic.engine.questions.checks.durations_not_drawn import as_duration_not_drawn
from vision_magic.engine.questions.checks.kinds_not_drawn import as_kind_not_drawn
from vision_magic.engine.questions.checks.names_not_drawn_in_east import as_name_not_drawn_in_east
from vision_magic.engine.questions.checks.persons_not_drawn import as_person_not_drawn
from vision_magic.engine.questions.checks.siblings_not_drawn import as_sibling_not_drawn
from vision_magic.engine.questions.checks.things_not_drawn import as_not_drawn
from vision_magic.engine.questions.checks.times_not_drawn import as_day_not_drawn, as_time_ago
from vision_magic.engine.questions.checks.unused import as_typed, as_used
from vision_magic.engine.questions.forms.compared_in_east import as_compared_in_east
from vision_magic.engine.questions.forms.completed import as_completed
from vision_magic.engine.questions.forms.everyday import are_plain_names, as_everyday, of_groups
from vision_magic.engine.questions.forms.fillers import without_absolutely, without_fillers
from vision_magic.engine.questions.forms.forms_in_chinese import as_chinese
from vision_magic.engine.questions.forms.forms_in_korean import as_korean, is_of_first_time
from vision_magic.engine.questions.forms.forms_in_languages import as_meant
from vision_magic.engine.questions.forms.glosses import glosses_of
from vision_magic.engine.questions.forms.misspelt import mended
from vision_magic.engine.questions.forms.negations import denies, without_denial
from vision_magic.engine.questions.forms.parts import parts_in_east, parts_in_europe, parts_of, refers_back
from vision_magic.engine.questions.forms.plainly import put_plainly
from vision_magic.engine.questions.forms.profits import as_profit, with_profit_as_difference
from vision_magic.engine.questions.forms.referred_limits import with_referred_limit
from vision_magic.engine.questions.forms.repeated_nouns import with_repeated_nouns
from vision_magic.engine.questions.forms.statements import question_behind_statement
from vision_magic.engine.questions.language import LANGUAGES, Language, language_of
from vision_magic.engine.questions.marked import Marked, is_place, mark, texts_of
from vision_magic.engine.questions.names.colours_in_names import without_colours_in_names
from vision_magic.engine.questions.names.half_named import as_half_named
from vision_magic.engine.questions.names.named_parts import of_named_part
from vision_magic.engine.questions.names.named_points import name_of_place
from vision_magic.engine.questions.names.nouns_of_places import counts_places
from vision_magic.engine.questions.names.quantities import is_quantity, quantities_in, words_for
from vision_magic.engine.questions.names.usual_names import kind_of_names
from vision_magic.engine.questions.names.wins_and_losses import as_rate_of_wins
from vision_magic.engine.questions.numbers import is_date, label_without_unit, period_of
from vision_magic.engine.questions.operations import Bounds, between, is_joined, position_of, values_at
from vision_magic.engine.questions.patterns import compiled
from vision_magic.engine.questions.places.ends_in_words import with_ends_named
from vision_magic.engine.questions.places.parts_of_months import as_part_of_month
from vision_magic.engine.questions.places.places_in_words import nouns_of_numbers
from vision_magic.engine.questions.places.ranges_of_rows import with_rows_between
from vision_magic.engine.questions.places.rows_and_columns import as_row_or_column, asks_for_row
from vision_magic.engine.questions.places.spelled import (
    with_names_in_thousands,
    with_signs_behind,
    with_whole_thousands,
)
from vision_magic.engine.questions.places.times_along_axes import as_time_of_other_unit
from vision_magic.engine.questions.places.turned import as_change_between_times
from vision_magic.engine.questions.places.whole_spans import with_whole_span, without_measured_length
from vision_magic.engine.questions.places.year_before import as_year_before
from vision_magic.engine.questions.query import Query, Threshold
from vision_magic.engine.questions.rules import Clues, operations_of
from vision_magic.engine.questions.topics.against import as_against
from vision_magic.engine.questions.topics.always_moving import as_always_moving
from vision_magic.engine.questions.topics.always_within import as_always_within
from vision_magic.engine.questions.topics.amounts_of_whole import as_amount_of_whole
from vision_magic.engine.questions.topics.asked_of_bins import (
    as_asked_of_bins,
    as_counted_between,
    as_stretches,
    with_plain_getting,
)
from vision_magic.engine.questions.topics.asked_of_boxes import as_of_boxes, as_of_error_bars
from vision_magic.engine.questions.topics.asked_of_points import of_named_points
from vision_magic.engine.questions.topics.asserted import as_asserted
from vision_magic.engine.questions.topics.at_extremes import value_at_extreme
from vision_magic.engine.questions.topics.binned import as_bins_beyond, as_commonest_bin
from vision_magic.engine.questions.topics.changes_over_parts import as_change_over_part
from vision_magic.engine.questions.topics.changing_together import as_changing_together
from vision_magic.engine.questions.topics.conditions import value_when
from vision_magic.engine.questions.topics.confusion import as_confusion
from vision_magic.engine.questions.topics.correlations import as_correlations
from vision_magic.engine.questions.topics.counted_in_bins import as_any_between, as_statistic_beyond, with_number_apart
from vision_magic.engine.questions.topics.counted_values import as_count_of_value
from vision_magic.engine.questions.topics.either_course import as_either_course
from vision_magic.engine.questions.topics.ends_of_bins import as_empty_bins, as_end_of_bins
from vision_magic.engine.questions.topics.ends_of_boxes import as_ends_of_boxes, as_next_to_box
from vision_magic.engine.questions.topics.equal_neighbours import as_equal_neighbours
from vision_magic.engine.questions.topics.existing import as_equal_at, as_existing, as_of_both
from vision_magic.engine.questions.topics.extreme_points import as_extreme_point
from vision_magic.engine.questions.topics.fastest_rates import as_fastest_rate
from vision_magic.engine.questions.topics.from_to_extremes import as_change_to_extreme
from vision_magic.engine.questions.topics.gaps_at import as_gaps_at, as_spread_at
from vision_magic.engine.questions.topics.last_and_first import as_last_against_first
from vision_magic.engine.questions.topics.lasting import as_lasting
from vision_magic.engine.questions.topics.leading import as_always_leading, as_leading
from vision_magic.engine.questions.topics.longest_errors import as_longest_error
from vision_magic.engine.questions.topics.lost_between import as_lost_between, with_lost_as_there
from vision_magic.engine.questions.topics.margins import as_margin
from vision_magic.engine.questions.topics.measured_changes import as_measured_change
from vision_magic.engine.questions.topics.movers import as_movers
from vision_magic.engine.questions.topics.moves import as_all_moved, as_moves_between, as_moves_of_spans
from vision_magic.engine.questions.topics.multiples import as_multiple, as_part_of_whole
from vision_magic.engine.questions.topics.names_asked import as_names_asked
from vision_magic.engine.questions.topics.nothing_at import as_nothing_at, as_something_at
from vision_magic.engine.questions.topics.numbers_of_points import are_all, as_number_of_points
from vision_magic.engine.questions.topics.overtaken_between import as_overtaken_between
from vision_magic.engine.questions.topics.paces import as_limit_of_pace, in_plain_amounts
from vision_magic.engine.questions.topics.parts_of_boxes import as_part_of_box, as_parts_of_boxes
from vision_magic.engine.questions.topics.place_before import as_against_previous, as_moves_against_previous
from vision_magic.engine.questions.topics.places_of_rank import as_places_of_rank
from vision_magic.engine.questions.topics.ranks_in_languages import as_rank_in, without_order_clause
from vision_magic.engine.questions.topics.several_against_several import as_several_compared
from vision_magic.engine.questions.topics.several_at_ends import (
    as_improvement,
    as_number_of_series,
    as_series_at_end,
    as_sum_of_first,
)
from vision_magic.engine.questions.topics.single_outliers import as_single_outlier
from vision_magic.engine.questions.topics.stated_relations import as_stated_relation
from vision_magic.engine.questions.topics.statistics_apart import as_statistics_apart
from vision_magic.engine.questions.topics.summed import IN_ALL, as_difference_of_sums, as_more_in_all, as_sum
from vision_magic.engine.questions.topics.surveys import as_most_chosen
from vision_magic.engine.questions.topics.the_more import as_the_more
from vision_magic.engine.questions.topics.together import (
    as_all_counted,
    as_highest_sum,
    as_mean_together,
    as_moving_alike,
    as_sum_at_each_place,
    as_sum_of_each,
    asks_how_far,
)
from vision_magic.engine.questions.topics.totals import as_busiest_place, as_whole_stack
from vision_magic.engine.questions.topics.turning_points import as_turning_point
from vision_magic.engine.questions.topics.two_quantities import is_within_limit, of_two_quantities
from vision_magic.engine.questions.topics.two_times import as_change_of_things, as_spent, shows_two_times
from vision_magic.engine.questions.topics.until_reached import as_time_until
from vision_magic.engine.questions.topics.who_more import as_who_more
from vision_magic.engine.questions.vocabulary.judging import (
    CHANGES,
    is_better_lower,
    is_known_which_is_better,
    is_of_durations,
    is_of_errors,
    is_of_losses,
    is_of_means,
    judged,
    with_plain_speed,
)
from vision_magic.engine.questions.vocabulary.quantifiers import all_or_any, in_plain_quantifiers
from vision_magic.engine.questions.vocabulary.words import (
    COLOUR_WORDS,
    CONTEXT_WORDS,
    LEARNT,
    NUMBER_WORDS,
    OPERATION_WORDS,
    PLACE,
    SERIES,
    WHOLE_CHART,
    Operation,
    Word,
    search,
    search_whole,
)

__all__ = ["found_in", "parse_query"]


_POWER: Final = re.compile(r"(?<![\d.,])10 ?(?:\^|\*\*) ?(\d{1,2})(?!\d)")
"""A power of ten as it is typed: 10^8."""


_SUM: Final = re.compile(r"(?:\D{0,12}\s)?\d[\d.,]*(?: ?(?:[+*×÷^]|(?<= )[-/](?= )) ?\d[\d.,]*)+ ?=? ?\W*")
"""A sum to be worked out, which has nothing to do with a chart."""


def parse_query(text: str, charts: Sequence[Chart]) -> Query:
    """Return what a question asks for, with the names of the charts' series and categories that it contains.

    Parameters
    ----------
    text : str
        The question, in any of the languages.
    charts : sequence of Chart
        The charts that it is about.
    """
    panels = [panel for chart in charts for panel in chart.panels]
    language = language_of(text, texts_of(panels))
    behind = question_behind_statement(text, language)
    if behind:  # without a name of its own, it asks of what the statement names, which is not known here
        asked = parse_query(behind, charts)
        named = asked.series or asked.places or asked.colours
        return asked if named else Query(text=text, language=language, operations=("cannot",), firm=True)
    text = without_fillers(_POWER.sub(lambda power: str(10 ** int(power[1])), text), language)
    text = without_absolutely(text, panels, language)
    if _SUM.fullmatch(text):
        return Query(text=text, language=language, operations=("cannot",))
    rest, number = with_number_apart(text, panels, language)
    of_any = parse_query(rest, charts) if number is not None else None
    if of_any is not None and of_any.yes_no:
        return _of_number(of_any, number)
    text = with_plain_speed(with_ends_named(text, panels, language), panels, language)
    text = with_plain_getting(in_plain_amounts(text, panels, language), panels, language)
    of_profit, text = text, with_profit_as_difference(text, panels, language)
    said = text
    text = without_order_clause(with_lost_as_there(text, panels, language), panels, language)
    query = as_used(as_completed(_whole(text, charts, language), charts), charts)
    amount = text != said and set(query.operations) <= _AMOUNTS
    query = replace(query, unheard=as_typed(query.unheard, text), firm=query.firm or amount)
    query = query if text == of_profit else as_profit(query, panels)
    if language != "en" or query.operations not in ((), ("cannot",), ("unheard",)):
        return query
    explained = (_whole(gloss, charts, "en") for gloss in glosses_of(text))
    return next((one for one in explained if set(one.operations) & _EXPLAINED), query)


def _of_number(query: Query, number: Threshold | None) -> Query:
    """Return a question whether there are any in a stretch of bins as one whether there are so many."""
    counted = query.operations in (("threshold",), ("sum",)) and (query.threshold or query.bounds)
    return replace(query, number=number, firm=True) if counted else replace(query, operations=("cannot",), firm=True)


_AMOUNTS: Final[frozenset[Operation]] = frozenset(("value", "sum", "mean", "median", "group", "maximum", "minimum"))
"""Operations that ask for an amount, as nothing else can of what is lost, or beside the order of all."""
_EXPLAINED: Final[frozenset[Operation]] = frozenset(
    ("maximum", "minimum", "threshold", "reach", "spread", "against", "higher at", "sides", "crossing", "ahead from")
)
"""Operations that an explanation inside a question can stand for; other ones may only limit it."""


def _whole(text: str, charts: Sequence[Chart], language: Language) -> Query:
    """Return what both parts of a question ask for."""
    english = language == "en"
    text = with_referred_limit(text, language)
    if english:
        text = put_plainly(text, [panel for chart in charts for panel in chart.panels])
    at_place = _at_limit(text, charts, language) or _at_extreme(text, charts, language)
    if at_place is not None:
        return at_place
    parts = parts_of if english else parts_in_east if language in ("ko", "zh") else parts_in_europe
    first, second = parts(text)
    whole = _parsed(text, charts) if second else None
    if whole is not None and is_within_limit(whole, charts):
        return whole  # "of those above 40 km, who is slowest?"
    query = _parsed(first, charts)
    then = _second(query, second, charts) if second and query.operations else None
    if query.operations == ("totals",) and asks_how_far(second, language):
        return query  # the difference is told with the sums
    of_pie = [one.kind for chart in charts for one in drawn_series(chart.panels)] == ["pie"]
    if then is not None and (
        _is_told(query, then, shares=of_pie) or (parts is parts_in_europe and not _asks_for_more(query, then))
    ):
        then = None
    if second and then is None:  # one question after all
        return _parsed(text, charts)
    return as_margin(replace(query, then=then), text, [panel for chart in charts for panel in chart.panels])


def _at_limit(text: str, charts: Sequence[Chart], language: Language) -> Query | None:
    """Return a question for the value of one series where another passes a limit, in two parts."""
    found = value_when(text, language)
    if found is None or sum(len(drawn_series(chart.panels)) for chart in charts) < 2:
        return None
    at, asked = (_parsed(part, charts) for part in found)
    passed = at.operations in (("reach",), ("lookup",)) and len(at.series) == 1
    if not passed or len(asked.series) != 1 or asked.series == at.series or "unheard" in asked.operations:
        return None
    second = replace(asked, operations=("value",), refers_back=True, places=(), bounds=None, yes_no=False)
    return replace(at, then=second, yes_no=False)


def _at_extreme(text: str, charts: Sequence[Chart], language: Language) -> Query | None:
    """Return a question for the value of one series where another is highest or lowest, in two parts."""
    found = value_at_extreme(text, language)
    if found is None or sum(len(drawn_series(chart.panels)) for chart in charts) < 2:
        return None
    at, asked = (_parsed(part, charts) for part in found)
    extreme = at.operations in (("maximum",), ("minimum",)) and _is_of_one(at)
    if not extreme or not _is_of_one(asked) or (asked.series, asked.panels) == (at.series, at.panels):
        return None
    second = replace(
        asked, operations=("value",), refers_back=True, places=(), bounds=None, yes_no=False, unheard="", statistic=""
    )
    return replace(at, then=second, yes_no=False, unheard="")


def _is_of_one(query: Query) -> bool:
    return len(query.series) == 1 or (not query.series and len(query.panels) == 1)


def _is_told(first: Query, second: Query, *, shares: bool) -> bool:
    """Return whether the first part of a question names its place with the value that the second part asks for.

    `shares`: the values are shares of a whole, so that a share is the value as well.
    """
    extremes = set(first.operations) <= {"maximum", "minimum", "outlier"}
    same = (second.series, second.panels) == (first.series, first.panels)
    value = second.refers_back and second.operations == ("value",)
    value |= shares and second.operations in (("share",), ("value",)) and not (second.places or second.threshold)
    return extremes and value and same


def _asks_for_more(first: Query, second: Query) -> bool:
    """Return whether the second part of a question asks for more than the first tells: a place and its value."""
    told = set(first.operations) | {"value", "lookup", "unheard", "first", "last", "count"}
    if first.operations in (("maximum",), ("minimum",)) and "sum" not in second.words:
        told.add("sum")  # "and how many does it have": the amount of the one that is told
    if "trend" in first.words or "trend" not in second.words:
        told.add("trend")
    understood = first.operations not in (("unheard",), ("cannot",))
    if first.top and second.operations == ("sum",):
        return False  # "which two are the largest, and how much are they together?"
    return understood and (second.refers_back or not set(second.operations) <= told)


def found_in(text: str, panels: Sequence[ChartPanel]) -> tuple[Query, Marked]:
    """Return the names, numbers and limits in a question as they stand there, and the question with these marked.

    Parameters
    ----------
    text : str
        The question, in any of the languages.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    found, marked = _last_found(text, _Panels(panels))
    return found, marked.copied()


class _Panels:
    """Panels that are the same only if they are the same objects: to compare all their values would take long."""

    __slots__ = ("panels",)

    def __init__(self, panels: Sequence[ChartPanel]) -> None:
        self.panels = tuple(panels)

    def __hash__(self) -> int:
        return hash(tuple(map(id, self.panels)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Panels) and list(map(id, self.panels)) == list(map(id, other.panels))


@lru_cache(maxsize=3)  # the rules, the classifier and the checks read the same question
def _last_found(text: str, about: _Panels) -> tuple[Query, Marked]:
    language = language_of(text, texts_of(about.panels))
    plain, quantifier = in_plain_quantifiers(text, language)
    if quantifier != "any":
        query, marked = _found(plain, about.panels, language)
        if query.yes_no and (query.threshold or query.bounds):
            return replace(query, quantifier=quantifier), marked
    query, marked = _found(text, about.panels, language)
    quantified = query.yes_no and query.threshold is not None
    return replace(query, quantifier=all_or_any(text, language)) if quantified else query, marked


def _found(text: str, panels: Sequence[ChartPanel], language: Language) -> tuple[Query, Marked]:
    plain = with_repeated_nouns(text, language)
    plain = without_measured_length(with_signs_behind(with_whole_thousands(plain)), panels)
    names = (place for panel in panels for one in panel.series for place in one.x if isinstance(place, str))
    plain = with_names_in_thousands(plain, names)
    marked, language = mark(with_whole_span(plain, panels), panels)
    own = texts_of(panels).lower()
    marked.text = mended(marked.text, language, own)
    marked.written = mended(marked.written, language, own)
    return _query(marked, panels, language, text), marked


def _parsed(text: str, charts: Sequence[Chart]) -> Query:
    """Return what one question asks for, where forms that its words alone tell overrule what was read before."""
    panels = [panel for chart in charts for panel in chart.panels]
    changed = as_change_of_things(found_in(text, panels)[0], text, panels) if shows_two_times(panels) else None
    if changed is not None:  # each word of it is known
        return changed
    query = _read(text, charts, panels)
    for form in _BY_WORDS:
        query = form(query, text, panels) if panels else query
    return query


def _as_plain_value(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "how big is A", which has no other word, as a question that needs no second reading.

    "What per cent" of a cell that is measured in per cent is its value, and no share of its row.
    """
    bar = panels[0].colour_bar
    cell = len(query.series) == len(query.places) == 1 and not query.has("part of")
    if query.operations == ("share",) and cell and bar is not None and bar.unit == "%":
        return replace(query, operations=("value",), firm=True)
    one = len(query.places) == 1 and len(drawn_series(panels)) == 1 and not query.series
    number = one and not isinstance(query.places[0], str) and panels[0].axis_of(drawn_series(panels)[0]).unit == "%"
    if query.operations == ("share",) and number and not query.has("part of"):
        return replace(query, operations=("value",), firm=True)
    plain = one and query.operations in (("value",), ("share",)) and isinstance(query.places[0], str)
    whole = re.fullmatch(_HOW_BIG[query.language].replace("P", PLACE), query.text.strip())
    return replace(query, firm=True) if plain and whole is not None else query


_HOW_BIG: Final[dict[Language, str]] = {
    "en": r"how (?:big|large|high|much|many) (?:is|are|was|were) (?:the )?P\W*",
    "de": r"wie (?:groß|hoch|viel) (?:ist|war|sind|waren) (?:die |der |das )?P\W*",
    "fr": r"combien (?:fait|vaut|représente|pèse) (?:l[ae] |l['’]|les )?P\W*",
    "es": r"\W*cu[aá]nto (?:es|vale|representa|fue) (?:el |la )?P\W*",
    "ko": r"P[은는이가]? ?(?:얼마|몇 ?(?:%|퍼센트))\S*\W*",
    "zh": r"P(?:是|有|占)?多少\W*",
}
_IN_ORDER: Final[dict[Language, str]] = {
    "en": r",? (?:from (?:the )?(?:\w+est|most|least|low|high|best|worst)\b.{0,30}\bto\b.*|"
    r"(?:in )?(?:ascending|descending|increasing|decreasing) order.*|(?:\w+est|best|worst) first.*)$",
    "de": r",? (?:vo[nm] (?:der |den )?\w+st\w+\b.{0,30}\bzu[mr]?\b.*|(?:auf|ab)steigend.*)$",
    "fr": r",? (?:(?:du|de la|des) (?:plus|moins)\b.{0,30}\b(?:au|à la|aux) (?:plus|moins)\b.*|"
    r"(?:par |en |dans l['’])ordre (?:dé)?croissant.*)$",
    "es": r",? (?:del? (?:la |los |las )?(?:\w+ )?(?:más|menos|mayor|menor)\b.{0,30}\ba(?:l| la| los| las)? "
    r"(?:más|menos|mayor|menor)\b.*|(?:en |por |de )?(?:orden |forma |manera )(?:as|des)cendente.*)$",
    "ko": r"[가-힣]+ ?순(?:서대로|으로|서로)|(?:오름|내림)차순\S*",
    "zh": r"按?[^,,按]{0,6}[从由].{1,4}[到至].{1,3}?(?=排|列|$)|[升降]序",
}
"""The order in which things are to be told, which does not say which of them are meant."""


def _as_few_in_order(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "rank the three fastest" as a question for these three, and not for the order of all."""
    drawn = drawn_series(panels)
    kept = query.places or query.groups or query.bounds or query.threshold or query.statistic
    one = len(query.series) == 1 or (len(drawn) == 1 and not query.series)
    if query.operations != ("sort",) or not query.top or not one or kept:
        return query
    rest = re.sub(_IN_ORDER[query.language], " ", text.lower().rstrip(" .!?。"))
    sides: tuple[Operation, ...] = ("maximum", "minimum")
    found = judged(rest, panels, query.language) or {
        side for side in sides if search(OPERATION_WORDS[side][query.language], query.language, rest)
    }
    return replace(query, operations=tuple(found), words=frozenset(found), firm=True) if len(found) == 1 else query


_MOST_OF: Final = (
    r"(?:the (?:most|fewest|least)|die (?:meisten|wenigsten)|den (?:meisten|wenigsten)|(?:plus|moins) d(?:e |['’])|"
    rf"más|menos) ?{SERIES}"
)


_MORE_THAN_OTHER: Final[dict[Language, str]] = {
    "en": rf"\b(?:\w+er|more|less) than (?:the |in |on |at )*{SERIES}",
    "de": rf"\b(?:\w+er|mehr) als (?:der |die |das |dem |den |in |im )*{SERIES}",
    "fr": rf"\b(?:plus|moins)\b[^?]{{0,20}} que (?:le |la |les |l['’]|à |dans )*{SERIES}",
    "es": rf"\b(?:más|menos)\b[^?]{{0,20}} que (?:el |la |los |las |en )*{SERIES}",
    "ko": f"{SERIES}보다",
    "zh": f"比{SERIES}",
}


def _as_gap_beyond(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "was A ever more than 2 °C warmer than B" as a question that no limit for the values of both answers."""
    limit = query.operations == ("threshold",) and query.threshold is not None and len(query.series) == 2
    if not limit or re.search(_MORE_THAN_OTHER[query.language], query.text) is None:
        return query
    return replace(query, operations=("cannot",), firm=True)


def _as_few_with_most(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "the three stops with the most A" as a question that needs no second reading."""
    sides = query.operations in (("maximum",), ("minimum",)) and len(query.words & {"maximum", "minimum"}) == 1
    beyond = query.places or query.bounds or query.threshold or query.groups or query.statistic or query.then
    plain = sides and query.top and len(query.series) == 1 and not beyond
    return replace(query, firm=True) if plain and re.search(_MOST_OF, query.text) else query


_REACHED: Final[dict[Language, str]] = {
    "en": r"^\W*what(?:['’]s| is| was) the (?:\w{2,}est|minimum|maximum)\b.*\b(?:dropped|fell|sank|dipped|plunged|"
    r"decreased|rose|climbed|went|got|increased)(?: down| up)? (?:to|at)\W*$",
    "de": r"\b(?:auf|bis auf|bis zu) (?:welche[ns]?|die|den|das) .*"
    r"\b(?:gefallen|gesunken|fiel|sank|stieg|gestiegen)\W*$",
    "fr": r"\b(?:à laquelle|auquel|jusqu['’]à laquelle|jusqu['’]auquel)\b.*"
    r"\b(?:descend\w*|tomb\w+|baiss\w+|mont\w+)\W*$",
    "es": r"\ba(?:l| la) que\b.*\b(?:baj|cay|descend|lleg|sub)\w+",
    "ko": r"(?:최저|최고) ?몇 ?\S{1,3}까지 ?(?:떨어|내려|내렸|올라|올랐|오르)",
    "zh": r"最[低高](?:降|跌|掉|升|涨)到",
}
"""That an extreme was reached on the way down or up, which asks for no course."""


def _as_extreme_reached(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "the lowest that A dropped to" as a question for the lowest value of A."""
    sides = query.words & {"maximum", "minimum"}
    beyond = query.places or query.bounds or query.threshold or query.groups or query.statistic or query.then
    one = len(query.series) == 1 or (len(drawn_series(panels)) == 1 and not query.series)
    if len(sides) != 1 or beyond or not one or set(query.operations) & {"unheard", "cannot"}:
        return query
    asked = re.search(_REACHED[query.language], text.lower())
    return replace(query, operations=tuple(sides), direction="", firm=True) if asked else query


def _as_range_of_one(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "how far apart are the fastest and the slowest lap of A" as a question that needs no second reading."""
    beyond = query.places or query.bounds or query.threshold or query.groups or query.then or query.yes_no
    both = {"difference", "maximum", "minimum"} <= query.words and query.operations == ("range",)
    one = len(query.series) == 1 or (len(drawn_series(panels)) == 1 and not query.series)
    return replace(query, firm=True) if both and one and not beyond else query


def _as_extreme_of_times(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "who rowed the slowest lap" of durations, which says of no change, as one that needs no second reading."""
    beyond = query.places or query.bounds or query.threshold or query.groups or query.then or query.yes_no
    sides = query.operations in (("maximum",), ("minimum",)) and "rate" in query.words and not query.statistic
    if not sides or beyond or not is_of_durations(panels) or CHANGES.search(text.lower()):
        return query
    if re.search(IN_ALL[query.language], text.lower()):
        return query
    return replace(query, firm=True) if judged(text.lower(), panels, query.language) else query


_BY_WORDS: Final = (
    _as_few_in_order,
    _as_few_with_most,
    _as_gap_beyond,
    _as_extreme_reached,
    _as_range_of_one,
    with_rows_between,
    as_compared_in_east,
    as_names_asked,
    as_last_against_first,
    as_spread_at,
    as_extreme_point,
    as_sum_of_each,
    as_sum_at_each_place,
    as_whole_stack,
    as_busiest_place,
    as_highest_sum,
    as_always_leading,
    as_mean_together,
    as_all_counted,
    as_number_of_points,
    as_bins_beyond,
    as_counted_between,
    as_moves_between,
    as_all_moved,
    as_always_moving,
    as_moves_of_spans,
    as_change_over_part,
    as_moving_alike,
    as_row_or_column,
    as_series_at_end,
    as_number_of_series,
    as_improvement,
    as_sum_of_first,
    _as_extreme_of_times,
    of_named_part,
    as_change_between_times,
    as_correlations,
    as_longest_error,
    as_turning_point,
    as_part_of_whole,
    as_multiple,
    as_difference_of_sums,
    as_more_in_all,
    as_statistics_apart,
    as_year_before,
    _as_plain_value,
    as_change_to_extreme,
    as_equal_neighbours,
    as_against_previous,
    as_moves_against_previous,
    as_nothing_at,
    as_something_at,
    as_single_outlier,
    as_lost_between,
    as_limit_of_pace,
    as_time_until,
    as_lasting,
    as_fastest_rate,
    as_either_course,
    as_margin,
    as_always_within,
    as_stated_relation,
    as_changing_together,
    as_equal_at,
    as_overtaken_between,
    as_places_of_rank,
    as_count_of_value,
    as_half_named,
    as_part_of_month,
    as_measured_change,
    as_rate_of_wins,
    of_named_points,
    of_two_quantities,
    as_not_drawn,
    as_kind_not_drawn,
    as_age_not_drawn,
    as_sibling_not_drawn,
    as_person_not_drawn,
    as_time_ago,
    as_day_not_drawn,
    as_time_of_other_unit,
    as_name_not_drawn_in_east,
    as_duration_not_drawn,
    as_act_not_drawn,
    as_ends_of_boxes,
    as_next_to_box,
    as_parts_of_boxes,
    as_part_of_box,
    as_stretches,
    as_asked_of_bins,
    as_end_of_bins,
    as_any_between,
    as_statistic_beyond,
    as_empty_bins,
    as_amount_of_whole,
    as_most_chosen,
    as_spent,
    as_asserted,
)


def _read(text: str, charts: Sequence[Chart], panels: Sequence[ChartPanel]) -> Query:
    query, marked = found_in(text, panels)
    language = query.language
    if not panels:
        return query
    query = _of_own_scale(query, panels)
    query = as_several_compared(query, marked, panels) or as_sum(query, marked, panels) or query
    if query.negated:
        marked.written = without_denial(marked.written, language)
    bins = as_commonest_bin(query, marked.written, panels)
    bins = bins or as_of_boxes(query, marked.written, panels) or as_of_error_bars(query, marked.written, panels)
    if bins is not None:
        query, marked.written = bins
    existing = as_existing(query, marked.written, panels)
    if existing is not None:
        query, marked.written = existing
    query = _at_place_after(query, panels)
    between = as_gaps_at(query, marked, panels) or as_movers(query, marked, panels)
    if between is not None:
        query, marked.written = between
    query = as_leading(query, marked.written, panels) or query
    query = as_the_more(query, marked.written, panels) or _as_order_of_series(query, panels)
    query = as_who_more(query, panels)
    if language == "en":
        return as_of_both(as_everyday(query, marked, panels, charts, text), marked.written, panels)
    query = of_groups(query, marked, panels)
    query = (
        _as_decided(query)
        or as_confusion(query, marked, panels)
        or as_korean(query, marked, panels)
        or as_chinese(query, marked, panels)
        or as_against(query, marked, panels)
        or as_rank_in(query, marked.written, panels)
        or as_meant(query, marked.written, panels)
    )
    return accounted_in(as_of_both(query, marked.written, panels), marked.written, charts)


def _at_place_after(query: Query, panels: Sequence[ChartPanel]) -> Query:
    """Return "which is the coldest after 40 minutes" of several lines as a question about this place.

    So is "after" the last place, behind which there is nothing.
    """
    ends, drawn = query.bounds, drawn_series(panels)
    after = ends.low if ends is not None and ends.high is None and ends.open_low else None
    extreme = query.operations in (("maximum",), ("minimum",)) and not (query.places or query.statistic)
    lines = len(panels) == 1 and len(drawn) > 1 and _are_joined(panels, ()) and not _are_in_years_of_calendar(drawn)
    if not (extreme and lines) or query.series or not isinstance(after, float | int):
        return query
    places = [place for one in drawn for place in one.x if not isinstance(place, str)]
    asked = query.has("which thing") and not (query.has("stretch") or query.has("when"))
    asked = asked or asks_for_row(query.text, panels[0], drawn, query.language)
    known = after in places and (asked or after == max(places))
    return replace(query, bounds=None, places=(after,), of_series=True, firm=asked) if known else query


def _are_in_years_of_calendar(drawn: Sequence[Series]) -> bool:
    numbers = [place for one in drawn for place in one.x if not isinstance(place, str)]
    return bool(numbers) and all(place in _YEARS for place in numbers)


def _as_decided(query: Query) -> Query | None:
    """Return a query of which the form of the whole question says what it asks for, which no word of it overrules."""
    return query if set(query.operations) & LEARNT else None


def _of_own_scale(query: Query, panels: Sequence[ChartPanel]) -> Query:
    """Return a query with a limit that only the series along one of several axes can reach, as one about these."""
    limit = query.threshold.limit if query.threshold is not None else math.nan
    drawn = [(panel, one) for panel in panels for one in panel.series if one.kind not in WITHOUT_DATA]
    if not math.isfinite(limit) or query.series or query.panels or query.language == "en" or len(panels) != 1:
        return query
    axes: dict[bool, list[Series]] = {}
    for _, one in drawn:
        axes.setdefault(one.right, []).append(one)
    within = [
        side
        for side, found in axes.items()
        if min((v for one in found for v in one.y), default=math.inf)
        <= limit
        <= max((v for one in found for v in one.y), default=-math.inf)
    ]
    named = all(one.name for _, one in drawn)
    return (
        replace(query, series=tuple(one.name for one in axes[within[0]]))
        if len(axes) > 1 == len(within) and named
        else query
    )


def _as_order_of_series(query: Query, panels: Sequence[ChartPanel]) -> Query:
    """Return the order of several series at one place as a question for the highest there, which names the others."""
    drawn = drawn_series(panels)
    if query.operations != ("sort",) or len(query.places) != 1 or len(drawn) < 2 or len(query.series) == 1:
        return query
    rising = query.rises or is_of_durations(panels)
    side: Operation = "minimum" if rising else "maximum"
    return replace(query, operations=(side,), words=query.words | {side}, yes_no=False, firm=True)


def _second(first: Query, text: str, charts: Sequence[Chart]) -> Query | None:
    """Return what the second part of a question asks for, with the series and the bounds of the first."""
    text, own = refers_back(text, first.language), text
    query = _parsed(text, charts)
    if not query.operations or query.operations == ("cannot",):
        return None
    elliptic = re.match(r"(?:and )?(?:who|which|what|where)\b(?: \w+)? (?:in|at|on)\b", own, re.IGNORECASE)
    if elliptic and {"maximum", "minimum"} & set(first.operations) and query.operations in (("value",), ("trend",)):
        query = replace(query, operations=first.operations)
    if not (query.series or query.colours or query.panels):
        query = replace(query, series=first.series, colours=first.colours, panels=first.panels)
    if not (query.bounds or query.places or query.groups):
        query = replace(query, bounds=first.bounds, groups=first.groups)
    open_ = query.operations in (("value",), ("unheard",)) and not query.places
    if open_ and any(map(name_of_place, first.places)):
        panels = [panel for chart in charts for panel in chart.panels]  # "and how much does she eat?"
        query = of_named_points(replace(query, places=first.places), text, panels)
    if first.axis and not query.axis:
        about = {"range": "limits", "limits": "limits", "value": "axis", "first": "axis"}
        asked: tuple[Operation, ...] = tuple(about.get(one, one) for one in query.operations)  # type: ignore[misc]
        query = replace(query, axis=first.axis, operations=tuple(dict.fromkeys(asked)))
    if query.operations == ("nearest",) and re.search(r"to (?:it|that|this)\b", own) and "median" in first.operations:
        query = replace(query, statistic="median")
    return replace(query, refers_back=text != own)


# --- what is asked for ------------------------------------------------------------------------------------------


def _query(marked: Marked, panels: Sequence[ChartPanel], language: Language, text: str) -> Query:
    without = _without(marked, language, panels)
    marked.text = without_colours_in_names(marked.text, marked.written, panels, language)
    colours = _colours(marked.text, language)
    if not colours:
        _choose_by_quantity(marked, panels, language)
    if language in ("ko", "zh"):
        _choose_by_words(marked, panels)
    series = marked.named_series()
    whole = marked.text
    threshold = _threshold(marked, language, panels, lower=is_better_lower(panels)) or _relative(marked, language)
    if threshold is not None and _are_bins(panels):
        threshold = replace(threshold, of_places=False)
    rank, top = _rank(marked, language)
    two = {name for name in _TWO if search(OPERATION_WORDS[name][language], language, marked.text)}
    whole_of = {name for name in _OF_ALL if search(OPERATION_WORDS[name][language], language, marked.text)}
    at = not whole_of or (whole_of == {"mean"} and is_of_means(panels))
    nouns = "|".join(nouns_of_numbers(panel, language) for panel in panels if panel.x.scale == "linear") if at else None
    plain = are_plain_names(panels)
    boxes = plain and all(one.kind == "box plot" for one in drawn_series(panels))
    bounds = _bounds(marked, language, bool(two), nouns, plain=plain, boxes=boxes)
    amounts = tuple(one for one in _amounts(marked, panels) if threshold is None or one != threshold.limit)
    places = _places(marked, panels)
    found = {name for name, words in OPERATION_WORDS.items() if search(words[language], language, marked.text)}
    if (rank > 1 or top) and not found & {"maximum", "minimum"}:
        found |= _extreme_of(whole)
        if rank > 1 and not found & {"maximum", "minimum"} and search(CONTEXT_WORDS["rank"][language], language, whole):
            found.add("maximum")
    chosen = [panels[number] for number in sorted(set(marked.panels))] or panels
    as_places = _that_are_places(series, chosen)
    series, places = tuple(name for name in series if name not in as_places), (*as_places, *places)
    at_one_place = len(places) == 1 and not series and len(drawn_series(chosen)) > 1
    at_one_place &= is_known_which_is_better(chosen, marked.text)
    comparing = "trend" not in found and len(series) < 2 and (not places or at_one_place)
    found = _as_measured(found, marked.text, chosen, language, comparing=comparing)
    if threshold is None and is_of_losses(marked.text, panels, language):
        found, threshold = _of_losses(found)
    if threshold is not None and bounds is None and found & _OF_ALL and not found & {"count"}:
        bounds, threshold = (_as_bounds(threshold), None) if _on_places(threshold, panels) else (None, threshold)
    found -= _in_labels(found, marked.text, language, panels) if places else set()
    found -= _of_things_named(found, marked.text, language, panels)
    if not places and len(series) == 2 and _are_rows_and_columns(panels, series):
        series, places = series[:1], series[1:]
    elif not places and len(series) < 3 and threshold is None and not _is_of_first_time(marked.text, language, series):
        started = comparing and _is_of_start(marked.text, language)
        found |= {"first"} if started else set()
        ended = comparing and threshold is None and _is_at_end(marked.text, language)
        places = _place_of_end(found, chosen, series, which=ended or started)
    series, places = _with_rows(series, places, chosen)
    of_places = not bounds and not threshold and _asks_for_places(marked.text, found, panels, language)
    clues = Clues(
        found=found,
        language=language,
        text=marked.text,
        named=len(series),
        places=len(places),
        amounts=len(amounts),
        panels=len(set(marked.panels)) or len(panels),
        duration=_is_duration(panels),
        joined=_are_joined(panels, series),
        ordered=_are_joined(panels, series) or _are_in_years(panels, series),
        errors=any(one.extra.get("error") for panel in panels for one in panel.series),
        kinds=frozenset(one.kind for panel in panels for one in panel.series),
        several=sum(len(panel.series) for panel in panels) > 1,
        bounds=bounds is not None,
        threshold=threshold is not None,
        labels=[label for panel in panels for label in _nouns(panel)],
        counted=_are_counted(marked.text, panels, language),
        all_of_them=are_all(marked.text, panels, language),
        of_places=counts_places(marked.text, panels, language),
        measures=[label_without_unit(panel.y).lower() for panel in panels],
        colours=bool(colours),
        of_points=bool(panels) and all(one.kind == "points" for panel in panels for one in panel.series),
        of_names=_are_names([place for panel in panels for series in panel.series for place in series.x]),
    )
    has = clues.has
    rows = not places and _asks_for_rows(panels, clues)
    statistics = [name for name in ("mean", "median", "sum") if name in found]
    operations = _operations(clues, threshold, marked.text)
    return Query(
        text=marked.text,
        language=language,
        operations=operations,
        words=frozenset(found),
        series=series,
        colours=colours,
        places=places,
        amounts=amounts,
        without=without,
        panels=tuple(sorted(set(marked.panels))),
        bounds=bounds,
        threshold=threshold,
        rank=rank,
        top=top,
        statistic=statistics[0] if statistics else "sum" if rows and _are_summed(panels) else "",
        axis=_axis(marked.text, language),
        direction="up" if has("up") and not has("down") else "down" if has("down") and not has("up") else "",
        yes_no=_is_yes_no(marked.text, text, has("asks"), language) and not has("or"),
        of_series=has("series") or rows,
        limits=marked.limits,
        firm="sum" in found and clues.of_places and operations == ("count",),
        negated=threshold is not None and threshold.turned,
        of_places=of_places,
    )


def _operations(clues: Clues, threshold: Threshold | None, text: str) -> tuple[Operation, ...]:
    """Return what is asked for, but not values beyond a limit of places, or those "worse than" a name."""
    found = operations_of(clues)
    lines = clues.kinds <= {"line", "area", "step"}
    if threshold is not None and threshold.of_places and lines and set(found) & {"reach", "threshold"}:
        return ("cannot",)
    beyond = {"en": r"\w(?:er|more|less|worse) than (?:an? )?P", "de": r"\w(?:er|mehr) als (?:eine )?P"}
    compared = clues.language in beyond and search(beyond[clues.language], clues.language, text) is not None
    return ("cannot",) if found == ("value",) and compared else found


def _as_measured(
    found: set[Operation], text: str, panels: Sequence[ChartPanel], language: Language, *, comparing: bool
) -> set[Operation]:
    """Return what words ask for where it follows from what is measured: the best of errors is the lowest."""
    comparing = comparing and search(CONTEXT_WORDS["which"][language], language, text) is not None
    extremes = judged(text, panels, language, comparing=comparing)
    if not extremes and comparing:
        extremes = _of_pair(text, panels, language)
    if extremes:
        found = (found - {"maximum", "minimum"}) | extremes
    return found - {"error"} if is_of_errors(panels) else found


def _of_pair(text: str, panels: Sequence[ChartPanel], language: Language) -> set[Operation]:
    """Return the extreme for "which takes longer", said of the only two bars."""
    drawn = [one for panel in panels for one in panel.series]
    if len(drawn) != 1 or len(drawn[0].x) != 2 or not isinstance(drawn[0].x[0], str):
        return set()
    more, less = (search(CONTEXT_WORDS[word][language], language, text) is not None for word in _SIDES)
    return {"maximum" if more else "minimum"} if more != less else set()


_FOR_THE_FIRST_TIME: Final = re.compile(
    r"\bfor the first time\b|\b(?:zum ersten mal|erstmals)\b|\bla première fois\b|\b(?:la|por) primera vez\b|"
    r"首次|第一次"
)
_WHEN_FIRST: Final = re.compile(r"\bwhen (?:did|was|were|do|does)\b.*\bfirst\b.*\bthan\b")


def _is_of_first_time(text: str, language: Language, series: Sequence[str]) -> bool:
    """Return whether "first" is said of a time, and not of a place: "when did I first have more than I owed"."""
    unnamed = language == "en" and not series
    said = is_of_first_time(text, language) or _FOR_THE_FIRST_TIME.search(text) is not None
    return said or (unnamed and _WHEN_FIRST.search(text) is not None)


_SIDES: Final[tuple[Word, Word]] = ("more", "less")


def _of_losses(found: set[Operation]) -> tuple[set[Operation], Threshold | None]:
    """Return the lowest for "the largest loss", and values below zero for "days with a loss"."""
    if found & {"maximum", "minimum"}:
        return (found - {"maximum", "step", "trend"}) | {"minimum"}, None
    return found, None if found & {"trend", "correlation", "sum"} else Threshold(limit=0.0, kind="below")


def _are_rows_and_columns(panels: Sequence[ChartPanel], names: Sequence[str]) -> bool:
    """Return whether two names are both those of rows and of columns, as in a matrix of correlations."""
    rows = [one for panel in panels for one in panel.series]
    return bool(rows) and all(one.kind == "heat map" and set(names) <= set(one.x) for one in rows)


def _choose_by_quantity(marked: Marked, panels: Sequence[ChartPanel], language: Language) -> None:
    """Name the series, or else the panels, of the quantity that a question means: temperature in "the coldest"."""
    names = marked.named_series()
    told = marked.panels or (names and len(panels) < 2)
    own = _quantities_of_extremes(marked.text, language) if told and not marked.panels else []
    asked = own if told else list(quantities_in(marked.text, language))
    drawn = [(number, series) for number, panel in enumerate(panels) for series in panel.series]
    for quantity in asked:
        chosen = [
            (number, one) for number, one in drawn if is_quantity(quantity, panels[number].axis_of(one), one.name)
        ]
        known = {name for _, one in chosen for name in (one.name, *one.x)}
        if own and known and known.isdisjoint(names) and _differ_in_quantity(panels, drawn):
            marked.text = re.sub(SERIES, " ", marked.text)  # "when is it coldest, and how much does it rain then?"
            names = ()
        if not (0 < len(chosen) < len(drawn) and known.issuperset(names)) or not _differ_in_quantity(panels, drawn):
            continue
        numbers = {number for number, _ in chosen}
        if len({number for number, _ in drawn}) > len(numbers):
            marked.panels.extend(sorted(numbers))
        elif not names and all(one.name for _, one in chosen):
            marked.name_series(one.name for _, one in chosen)
        return


def _choose_by_words(marked: Marked, panels: Sequence[ChartPanel]) -> None:
    """Name the only panel, or series, of which the values are called by a word of a Korean or Chinese question."""
    drawn = [
        (number, one) for number, panel in enumerate(panels) for one in panel.series if one.kind not in WITHOUT_DATA
    ]
    if marked.panels or marked.named_series() or not _differ_in_quantity(panels, drawn):
        return
    kinds: dict[tuple[int, bool], set[str]] = {}
    for number, one in drawn:
        label = f"{panels[number].axis_of(one).label} {one.name}"
        words = kinds.setdefault((number, one.right), set())
        words.update(_words_in_part(label))
        if re.search(_OF_GROWTH, label):
            words.update(("涨得", "涨了", "增长", "增速", "성장", "증가"))
    found = [
        key
        for key, words in kinds.items()
        if any(
            word in marked.text and not any(word in "".join(other) for name, other in kinds.items() if name != key)
            for word in words
        )
    ]
    if len(found) != 1:
        return
    number, right = found[0]
    if len(panels) > 1:
        marked.panels.append(number)
    else:
        marked.name_series(one.name for where, one in drawn if where == number and one.right == right and one.name)


_OF_GROWTH: Final = r"增速|增长率|涨幅|增幅|同比|环比|증가율|성장률|증감률|상승률"
"""Labels of values that are changes themselves."""


def _words_in_part(text: str) -> Iterator[str]:
    """Yield the Korean and Chinese words of a label, and the first two letters of each."""
    for word in re.findall("[\uac00-\ud7a3]{2,}|[\u4e00-\u9fff]{2,}", text):
        yield word
        yield word[:2]


def _quantities_of_extremes(text: str, language: Language) -> list[str]:
    """Return the quantities of which the highest or lowest is asked for in one word, such as "coldest"."""
    sides: tuple[Operation, ...] = ("maximum", "minimum")
    matches = (search(OPERATION_WORDS[side][language], language, text) for side in sides)
    return [quantity for match in matches if match is not None for quantity in quantities_in(match[0], language)]


def _differ_in_quantity(panels: Sequence[ChartPanel], drawn: Sequence[tuple[int, Series]]) -> bool:
    axes = [panels[number].axis_of(one) for number, one in drawn]
    return len({(axis.label, axis.unit) for axis in axes}) > 1


def _that_are_places(names: Sequence[str], panels: Sequence[ChartPanel]) -> tuple[str, ...]:
    """Return the names that are series of other panels only, and places of these."""
    drawn = [one for panel in panels for one in panel.series]
    return tuple(
        name for name in names if all(one.name != name for one in drawn) and any(name in one.x for one in drawn)
    )


def _with_rows(
    series: tuple[str, ...], places: tuple[Place, ...], panels: Sequence[ChartPanel]
) -> tuple[tuple[str, ...], tuple[Place, ...]]:
    """Return names of rows of a heat map that were taken for places, such as days of the week, as series."""
    drawn = [one for panel in panels for one in panel.series]
    rows = {one.name for one in drawn if one.kind == "heat map"} - {place for one in drawn for place in one.x}
    moved = tuple(str(place) for place in places if place in rows)
    return (*series, *moved), tuple(place for place in places if place not in rows)


def _is_at_end(text: str, language: Language) -> bool:
    words: tuple[Word, ...] = ("end", "which")
    return all(search(CONTEXT_WORDS[word][language], language, text) is not None for word in words)


_STARTED: Final[dict[Language, str]] = {
    "en": r"\b(?:start(?:s|ed)?|beg[aiu]ns?)(?: (?:out|off))?(?: (?:with|from|at|on))?\b(?! to\b)|"
    r"\b(?:at the (?:very )?(?:start|beginning|outset)(?! of)|initially|to (?:start|begin) with)\b",
    "de": r"\b(?:startete\w*|begann\w*|beginnt|(?:am|zu) (?:anfang|beginn)|anfangs|ursprünglich)\b(?!.* zu \w+en\b)",
    "fr": r"\b(?:commenç?c?\w*|débuté?\w*|partai\w+|au (?:tout )?(?:début|départ)|initialement)\b(?! à \w+[eir]r\b)",
    "es": r"\b(?:empez\w+|empieza\w*|comenz\w+|comienza\w*|part[ií]\w+|al (?:principio|inicio|comienzo)|inicialmente)\b"
    r"(?! a \w+[aei]r\b)",
    "ko": r"처음(?:에는?|엔)|시작(?:할 ?때|했을 때|점에서|부터)|초기에|출발",
    "zh": r"一?开始时?(?!.{0,3}[增减上下涨跌升降])|起初|最初|起步",
}
"""That something was so at the start, and not what began then."""


def _is_of_start(text: str, language: Language) -> bool:
    """Return whether a question asks which of several is so at the start."""
    which = search(CONTEXT_WORDS["which thing"][language], language, text) or re.search(_WHO[language], text)
    return which is not None and re.search(_STARTED[language], text) is not None


_WHO: Final[dict[Language, str]] = {
    "en": r"^\W*(?:who|which (?:one|of))\b",
    "de": r"^\W*(?:wer|welche[rs]? von)\b",
    "fr": r"^\W*(?:qui|la?quel(?:le)?|lequel)\b",
    "es": r"^\W*(?:qui[eé]n|cu[aá]l)\b",
    "ko": r"누가|누구|어느 쪽",
    "zh": r"谁|哪[一个种组条]",
}


def _place_of_end(
    found: set[Operation], panels: Sequence[ChartPanel], names: Sequence[str], *, which: bool
) -> tuple[Place, ...]:
    """Return the last, or first, place that series share, if a question compares them "at the end".

    Of more than two it may ask how far apart they are.
    """
    ends = found & {"first", "last"}
    drawn = [one for one in drawn_series(panels) if not names or one.name in names]
    compared = bool(found & {"difference", "ratio", "compare"}) and not found & _OF_ALL - {"trend"}
    final = which and bool(ends) and len(found & {"maximum", "minimum"}) == 1 and _are_joined(panels, names)
    few = len(drawn) == 2 or (len(drawn) > 2 and not names and "difference" in found)
    if len(ends) != 1 or not few or not (compared or final):
        return ()
    shared = [place for place, _, _ in between(drawn[0], drawn[1]) if all(place in one.x for one in drawn[2:])]
    return (shared[-1] if "last" in ends else shared[0],) if shared else ()


_STATISTICS: Final[tuple[Operation, ...]] = ("maximum", "minimum", "mean", "median", "range")


def _asks_for_places(text: str, found: set[Operation], panels: Sequence[ChartPanel], language: Language) -> bool:
    """Return whether a statistic of points is one of what their x axis measures: "the mean height" by weight."""
    panel = panels[0] if len(panels) == 1 else None
    if panel is None or not all(one.kind == "points" for one in panel.series):
        return False
    ours, others = words_for(panel.x, language), words_for(panel.y, language)
    wanted = [OPERATION_WORDS[name][language] for name in _STATISTICS if name in found]
    at = next((match for words in wanted if (match := search(words, language, text))), None)
    near = min((_apart(match, at) for match in ours.finditer(text)), default=None) if ours and at else None
    if near is None or at is None:
        return False
    far = min((_apart(match, at) for match in others.finditer(text)), default=None) if others else None
    if far is not None:
        return near < far
    asked = any(_ASKED_FOR.search(text[: match.start()]) for match in ours.finditer(text)) if ours else False
    return not asked  # "at which weight is it highest?" asks for a place


_ASKED_FOR: Final = re.compile(
    r"(?:\b(?:which|what|welche\w*|que(?:l|lle)s?|qué|cuál)|어느|어떤|몇|무슨|哪个?|什么|多少) ?$", re.IGNORECASE
)
"""Words before what a question asks for."""


def _apart(a: re.Match[str], b: re.Match[str]) -> int:
    """Return the number of letters between two words; 0 if they overlap."""
    return max(0, a.start() - b.end(), b.start() - a.end())


def _in_labels(found: set[Operation], text: str, language: Language, panels: Sequence[ChartPanel]) -> set[Operation]:
    """Return statistics whose words are those of a title or an axis: the average price in 2015, of average prices."""
    labels = " ".join(part for panel in panels for part in (panel.title, panel.x.label, panel.y.label)).lower()
    statistics: tuple[Operation, ...] = ("mean", "median", "sum")
    matches = ((name, search(OPERATION_WORDS[name][language], language, text)) for name in statistics if name in found)
    return {name for name, match in matches if match is not None and match[0] in labels}


def _of_things_named(
    found: set[Operation], text: str, language: Language, panels: Sequence[ChartPanel]
) -> set[Operation]:
    """Return what is asked of a whole chart by a word that belongs to a noun of a title: "unit" of "unit tests"."""
    titles = " ".join(panel.title for panel in panels).lower()
    if language in ("ko", "zh") or not titles:
        return set()
    told: set[Operation] = set()
    for name in found & WHOLE_CHART:
        match = search(OPERATION_WORDS[name][language], language, text)
        noun = None if match is None else re.match(r"[ -]([^\W\d_]{3,})", text[match.end() :])
        if match is not None and noun is not None and not re.search(r"\W", match[0]):
            stem = noun[1][: max(3, len(noun[1]) - 1)]
            if re.search(rf"(?<![^\W\d_]){re.escape(match[0])}[ -]{re.escape(stem)}", titles) is not None:
                told.add(name)
    return told


def _colours(text: str, language: Language) -> tuple[str, ...]:
    found = ((search_whole(words[language], language, text), name) for name, words in COLOUR_WORDS.items())
    return tuple(name for _, name in sorted((match.start(), name) for match, name in found if match is not None))


_TWO: Final[tuple[Operation, ...]] = ("difference", "ratio", "overlap")
_OF_ALL: Final[frozenset[Operation]] = frozenset(("mean", "median", "sum", "maximum", "minimum", "trend"))


def _extreme_of(text: str) -> set[Operation]:
    """Return the extreme of "두 번째로 높은" and "le deuxième plus grand", whose superlative is the ordinal."""
    if re.search(r"낮|적은|작은|低|小|少|plus (?:bas|petit|faible)|más (?:baj|pequeñ)", text):
        return {"minimum"}
    return {"maximum"} if re.search(r"높|많|큰|高|大|多|plus |más |\btop\b|상위|前", text) else set()


def _are_bins(panels: Sequence[ChartPanel]) -> bool:
    """Return whether places are the bins of histograms, which a limit cuts in any case."""
    drawn = drawn_series(panels)
    return bool(drawn) and all(one.kind == "histogram" for one in drawn)


def _on_places(threshold: Threshold, panels: Sequence[ChartPanel]) -> bool:
    """Return whether a limit is one of places, as in "the mean weight above 170 cm", and not of values."""
    places = [place for panel in panels for series in panel.series for place in series.x]
    values = [value for panel in panels for series in panel.series for value in series.y]
    if not places or threshold.of_values or any(isinstance(place, str) for place in places):
        return False
    numbers = [place for place in places if isinstance(place, float | int)]
    return min(numbers) <= threshold.limit <= max(numbers) and not min(values) <= threshold.limit <= max(values)


def _nouns(panel: ChartPanel) -> Iterator[str]:
    for axis in (panel.x, panel.y):
        if axis.scale == "categories" or axis.categories:
            yield label_without_unit(axis).lower()
    yield panel.legend_title.lower()


def _are_names(drawn: Sequence[Place]) -> bool:
    return bool(drawn) and all(isinstance(place, str) and not is_date(place) for place in drawn)


def _places(marked: Marked, panels: Sequence[ChartPanel]) -> tuple[Place, ...]:
    """Return the places that are left in the text, in its order; a month of several years is each of them.

    A year is left out if all places of the charts are names: it says when they were counted, as their title does.
    """
    drawn = [place for panel in panels for series in panel.series for place in series.x]
    named = _are_names(drawn)
    years = any(isinstance(place, str) and re.search(r"\b(?:19|20)\d\d\b", place) for place in drawn)
    places = [marked.place_of(letter) for letter in marked.text if is_place(letter)]
    if named and not years:
        places = [place for place in places if isinstance(place, str) or not 1800 <= place <= 2100]
    found = tuple(dict.fromkeys(places))
    than_first = len(found) == 2 and _THAN_FIRST.search(marked.text) is not None
    return found[::-1] if than_first else found


_THAN_FIRST: Final = re.compile(
    "^[^\ue000-\ue3ff\uec00-\uefff]*[\ue000-\ue3ff\uec00-\uefff](?:년도?|월|일|분기|시)?(?:에)? ?보다[^\ue000-\uefff]*"
    "[\ue000-\ue3ff\uec00-\uefff]"
)
"""The first of two places as the one compared with: in Korean, "than A" stands before "B"."""


def _amounts(marked: Marked, panels: Sequence[ChartPanel]) -> tuple[float, ...]:
    """Take the numbers that are values out of the text: by their unit, or as they are no places but could be values."""
    places = [place for panel in panels for series in panel.series for place in series.x]
    values = [value for panel in panels for series in panel.series for value in series.y if math.isfinite(value)]
    numbered = [place for place in places if isinstance(place, float | int) and math.isfinite(place)]
    decades = any(_DECADE.match(str(place)) for place in places)
    found: list[float] = []
    for letter in filter(is_place, marked.text):
        number = marked.place_of(letter)
        if isinstance(number, str) or marked.is_position(letter):
            continue
        if decades and re.search(f"{letter}대", marked.text):
            continue  # people in their seventies, who are not drawn
        may_be = bool(values) and min(values) <= number <= max(values)
        is_no_place = not min(numbered) <= number <= max(numbered) if numbered else number not in _YEARS
        if marked.is_amount(letter) or (is_no_place and may_be):
            found.append(float(number))
            marked.text = marked.text.replace(letter, " ")
    return tuple(found)


_DECADE: Final = re.compile(r"\d+대")
_YEARS: Final = range(1800, 2101)


def _without(marked: Marked, language: Language, panels: Sequence[ChartPanel]) -> tuple[Place, ...]:
    """Take "without July" out of the text; return what is left out."""
    match = search(CONTEXT_WORDS["without"][language], language, marked.text)
    match = match or (None if _is_of_box_after(marked.text, panels) else _next_after(marked, language))
    if match is None:
        return ()
    names: list[Place] = [marked.place_of(letter) for letter in match[0] if is_place(letter)]
    names += Marked(match[0], series=marked.series).named_series()
    marked.text = f"{marked.text[: match.start()]} {marked.text[match.end() :]}"
    return tuple(names)


def _is_of_box_after(text: str, panels: Sequence[ChartPanel]) -> bool:
    """Return whether "after" is said of a box, "the slowest after coffee", and not of which box is the next one."""
    boxes = all(one.kind == "box plot" for one in drawn_series(panels))
    return boxes and re.match(_WHICH_BOX, text.lower()) is None


_WHICH_BOX: Final = (
    r"\W*(?:which|who|welche\w* (?!ist|war)|quel(?:le)? (?!est|était|a été)|qué (?!es|fue)|어느|어떤|누가|哪)"
)


def _next_after(marked: Marked, language: Language) -> re.Match[str] | None:
    """Return where a question says "after rent", of a name that is no time, if it asks for the highest or lowest."""
    match = search(_NEXT[language], language, marked.text)
    sides: tuple[Operation, ...] = ("maximum", "minimum")
    ranked = any(search(OPERATION_WORDS[side][language], language, marked.text) for side in sides)
    names = [marked.place_of(letter) for letter in match[0] if is_place(letter)] if match is not None else []
    named = all(isinstance(name, str) and not is_date(name) for name in names)
    return (
        match if ranked and names and named and not (period_of(names) or kind_of_names(list(map(str, names)))) else None
    )


_NEXT: Final[dict[Language, str]] = {
    "en": r"(?:after|besides|apart from|next to|aside from) (?:the )?P",
    "de": r"(?:nach|neben|außer) (?:der |dem |den )?P",
    "fr": r"(?:après|hormis|à part) (?:l['’]|la |le |les )?P",
    "es": r"(?:después del?|tras|aparte del?|además del?) (?:el |la |los |las )?P",
    "ko": r"P ?다음(?:으로)?",
    "zh": r"(?:除了|仅次于) ?P",
}


def _is_duration(panels: Sequence[ChartPanel]) -> bool:
    """Return whether values are times, so that what is faster is lower."""
    words = CONTEXT_WORDS["duration"]
    labels = [panel.y.label.lower() for panel in panels if panel.y.unit in ("ms", "s", "µs", "ns", "min", "h", "")]
    return any(search(words[language], language, label) is not None for label in labels for language in LANGUAGES)


def _are_joined(panels: Sequence[ChartPanel], names: Sequence[str]) -> bool:
    """Return whether the series that are asked for are lines along an axis of numbers or dates."""
    asked = [one for panel in panels for one in panel.series if not names or one.name in names]
    return bool(asked) and all(
        is_joined(one) and any(isinstance(place, float | int) or is_date(place) for place in one.x[:1]) for one in asked
    )


def _are_counted(text: str, panels: Sequence[ChartPanel], language: Language) -> bool:
    """Return whether a question speaks of what the values count: of persons, of an axis of respondents."""
    words = [words_for(panel.axis_of(one), language) for panel in panels for one in panel.series[:1]]
    return any(word is not None and word.search(text) is not None for word in words)


def _are_in_years(panels: Sequence[ChartPanel], names: Sequence[str]) -> bool:
    """Return whether the series that are asked for are bars of years, which follow each other as points of a line."""
    asked = [one for panel in panels for one in panel.series if not names or one.name in names]
    return bool(asked) and all(
        one.kind in ("bars", "stacked bars") and len(one.x) > 2 and _has_years(one) for one in asked
    )


def _has_years(series: Series) -> bool:
    numbers = [place for place in series.x if not isinstance(place, str)]
    return period_of(series.x) == "year" or (
        len(numbers) == len(series.x) and all(place in _YEARS for place in numbers)
    )


def _are_summed(panels: Sequence[ChartPanel]) -> bool:
    return all(series.kind in ("heat map", *STACKED) for panel in panels for series in panel.series)


def _has_periods(panel: ChartPanel) -> bool:
    """Return whether several series share months, years, days or seasons, so that "which city" asks for one of them."""
    places = [str(place) for series in panel.series[:1] for place in series.x[:400]]
    years = any(_has_years(series) for series in panel.series[:1])
    return len(panel.series) > 1 and bool(years or period_of(places) or kind_of_names(places))


def _asks_for_rows(panels: Sequence[ChartPanel], clues: Clues) -> bool:
    """Return whether "which day" asks for a series, as their names are those of days."""
    words: dict[str, Word] = {"day": "day", "season": "season", "time of day": "time of day", "quarter": "quarter"}
    if any(_has_periods(panel) for panel in panels) and (
        (clues.has("which thing") and not clues.has("period")) or re.match(_WHAT_MOST[clues.language], clues.text)
    ):
        return True
    for panel in panels:
        kind = kind_of_names([series.name for series in panel.series])
        along = kind_of_names([str(place) for series in panel.series[:1] for place in series.x])
        if kind in words and clues.has(words[kind]) and not (along in words and clues.has(words[along])):
            return True
    return False


_WHAT_MOST: Final[dict[Language, str]] = {
    "en": r"\W*what (?!time|is|are|was|were|did|does|do|\w*day|month|year)\w+ (?:the )?(?:most|least|best|worst)\b|"
    r"\W*what (?:did|do|does) (?:\w+ ){1,3}(?:the )?(?:most|least)\b",
    "de": r"\W*was (?!ist|war)\w+ (?:[\w\ue000-\uf8ff]+ ){0,6}am (?:meisten|wenigsten|häufigsten|seltensten|"
    r"besten|schlechtesten)\b",
    "fr": r"\W*qu['’]est-ce (?:qui|qu[e'’]).*\ble (?:plus|moins)\b",
    "es": r"\W*qué se \w+ (?:más|menos)\b",
    "ko": r"(?:무엇|뭐|뭘|무얼)\S* .*(?:가장|제일)",
    "zh": r"\W*什么(?:东西)?\w{1,3}得?最[多少好差]",
}
"""That the thing is asked of which there is most, which no day or month can be."""
_LATIN: Final[tuple[Language, ...]] = ("en", "de", "fr", "es")


def _is_yes_no(marked: str, text: str, asks: bool, language: Language) -> bool:
    verb = re.match(r"(?:is|are|were|does|do|did|has|have|can|ist|sind|war|hat|gibt|steigt|sinkt)\b", marked)
    verb = verb or (re.match(r"was\b", marked) if language == "en" else None)
    if verb is not None:
        return True
    if re.match(_EXTREME_OF.get(language, "(?!)"), marked):  # "fastest of all, where was it?"
        return False
    if re.search(r"[은는] ?\?\s*$", text[-50:]):  # "the month that is above 20?"
        return False
    first = re.split(r",? (?:und|et|y|and) (?:wenn|falls|si|if) (?:ja|oui|s[ií]|so)\b", marked)
    if len(first) < 2:
        first = re.split(_AND_WHICH, marked)
    if len(first) > 1:  # "is it higher, and if so, by how much?"
        return not any(search(CONTEXT_WORDS["asks"][one], one, first[0]) for one in _LATIN)
    return not asks and re.search(r"[?？吗嗎]\s*$|[어요까지나니]\s*[?.]?\s*$", text[-50:]) is not None


_EXTREME_OF: Final[dict[Language, str]] = {
    "en": r"[\s¿¡]*(?:the |my |our )?(?:(?:[a-z]{3,}est|most \w+|least \w+|best|worst)\b)"
    r"(?!.*\b(?:is|are|was|were|do|does|did|has|have|had|can|ever)\b)",
    "de": r"[\s¿¡]*(?:de[rn] |die |das |mein\w* )?[a-zäöüß]{3,}ste[rsnm]?\b(?!.*\b(?:ist|war|sind|waren|hat|hatte)\b)",
    "fr": r"[\s¿¡]*(?:l[ae]s? |mon |ma )?(?:plus|moins|meilleure?|pire)\b(?!.*\b(?:est|était|a|avait)\b)",
    "es": r"[\s¿¡]*(?:el |la |mi )?(?:mejor|peor|[a-záéíóúñ]{3,} (?:más|menos))\b(?!.*\b(?:es|era|fue|ha|tiene)\b)",
}
"""A question that is no sentence, but names an extreme."""
_AND_WHICH: Final = (
    r",? (?:und|et|y) (?:bei |um |à |de |en |por )?(?:welch\w+|la?quel\w*|le[sq]\w*quel\w*|combien|wie ?viel\w*|"
    r"wann|quand|"
    r"cu[aá](?:l|nt|nd)\w*|qu[eé])\b"
)
"""A second part of a question that asks for more than yes or no."""

_RIGHT: Final[dict[Language, str]] = {
    "en": r"right(?:-hand)? (?:\w+ )?axis|second(?:ary)? (?:y )?axis|axis on the right",
    "de": r"rechte\w* (?:y-?)?achse|zweite\w* (?:y-?)?achse",
    "fr": r"axe (?:y )?(?:de )?droite?\b|axe secondaire|(?:second|deuxième) axe",
    "es": r"eje (?:y )?(?:derecho|secundario)|segundo eje",
    "ko": r"오른쪽 ?(?:y ?)?축|보조 ?축",
    "zh": r"右(?:侧|边)?(?:的)? ?(?:y ?)?轴|次坐标轴|副轴",
}


def _axis(text: str, language: Language) -> Literal["", "x", "y", "right"]:
    if re.search(_RIGHT[language], text):
        return "right"
    upright = {
        "en": r"vertical axis",
        "de": r"senkrechte|vertikale|ordinate",
        "fr": r"ordonnées|axe vertical",
        "es": r"vertical|ordenadas",
        "ko": r"세로 ?축|수직 ?축",
        "zh": r"纵轴|縱軸|竖轴",
    }
    flat = {
        "en": r"horizontal axis",
        "de": r"waagrechte|waagerechte|horizontale|abszisse",
        "fr": r"abscisses?|axe horizontal",
        "es": r"horizontal|abscisas",
        "ko": r"가로 ?축|수평 ?축",
        "zh": r"横轴|橫軸",
    }
    if (re.search(r"(?<![a-z])y(?![a-z])", text) and language != "es") or re.search(r"eje y\b", text):
        return "y"
    if re.search(r"(?<![a-z])x(?![a-z])", text):
        return "x"
    return "y" if re.search(upright[language], text) else "x" if re.search(flat[language], text) else ""


_ORDINAL_ENDS: Final = r"(?:e[rsnm]?|-?\w*ste?[rsnm]?)"


_NO_RANK: Final = r"方|者|产业|季(?!度)|[期集轮届册章课班组队代批版幕]|赛季| ?(?:시즌|학기|세트|라운드|회차)"
"""What an ordinal numbers without ranking it: "第三方", "第二季"."""


def _rank(marked: Marked, language: Language) -> tuple[int, int]:
    """Take "second" and "top 3" out of the text; return the rank, and how many are asked for."""
    cardinals, ordinals = NUMBER_WORDS[language]
    for rank, word in enumerate(ordinals, 2):
        start = "" if language in ("ko", "zh") else r"(?<!\w)"  # "intercuartílico"
        match = compiled(rf"(?:{start}{word}(?!{_NO_RANK})\w*|(?<!\d){rank}(?:nd|rd|th)\b)").search(marked.text)
        part_of_noun = language == "de" and not re.fullmatch(
            rf"(?:{word})(?:e[rsnm]?|-?\w*[sß]te?[rsnm]?)", match[0] if match else ""
        )
        if match is not None and not part_of_noun and not re.match(rf"(?:{word})(?:s\b)", match[0]):
            rest = re.sub(rf"^(?:{word}(?:e[rsnm]?|o|a)?|\d..)", " ", match[0])
            marked.text = marked.text[: match.start()] + rest.replace("-", " ") + marked.text[match.end() :]
            return rank, 0
    cards = "|".join(cardinals)
    for pattern in _TOPS[language]:
        match = compiled(pattern.replace("N", f"[\uec00-\uefff]|{cards}")).search(marked.text)
        number = None if match is None else _count_of(match[1], marked, cardinals)
        if match is not None and number is not None:
            letter = match.start(1)
            marked.text = f"{marked.text[:letter]} {marked.text[letter + len(match[1]) :]}"
            return 1, number
    return _korean_rank(marked) if language == "ko" else (1, 0)


def _korean_rank(marked: Marked) -> tuple[int, int]:
    match = re.search("([\uec00-\uefff])(?:번째|위)", marked.text)
    number = None if match is None else _count_of(match[1], marked, ())
    if match is None or number is None:
        return 1, 0
    marked.text = marked.text[: match.start()] + " 최고 " * ("위" in match[0]) + marked.text[match.end() :]
    return number, 0


_TOPS: Final[dict[Language, tuple[str, ...]]] = {
    "en": (
        r"(?:top|best|bottom|highest|lowest|largest|smallest|biggest) (N)(?!\w)",
        r"(?<!which of the )(?<!who of the )(?<!one of the )(?<!which of these )(?<!out of the )(?<!among the )"
        r"(?<!\w)(N) (?:\w+ ){0,3}(?:\w{3,}est|best|most|least)\b",
    ),
    "de": (r"(?:top|die|welche) (N)(?!\w)", r"(?<!\w)(N) \w+sten\b"),
    "fr": (
        r"(?:top|quels|quelles) (N)(?!\w)",
        r"(?<!à )les (N)(?= (?:\w+ ){0,2}(?:plus|moins|premi|meilleur|pire|derni|mieux))",
        r"quel(?:le)?s sont les (N)(?= (?:[\w'’]+ ){0,4}(?:plus|moins) )",
        r"les (N)(?= \w+ (?:qui|où|ayant|avec|dont) (?:[\w'’]+ ){0,4}(?:plus|moins) )",
        r"les (N)(?= plus)",
    ),
    "es": (
        r"(?:top|qué) (N)(?!\w)",
        r"cu[aá]les son (?:los|las) (N)(?= (?:\w+ ){0,5}(?:m[aá]s|menos) )",
        r"(?:los|las) (N)(?= \w+ (?:que|con|donde) (?:\w+ ){0,3}(?:m[aá]s|menos) )",
        r"(?<!\ba )(?<!cuál de )(?<!quién de )(?:los|las) (N)"
        r"(?= (?:\w+ ){0,2}(?:m[aá]s|menos|mejor|peor|mayor|menor|primer|últim))",
    ),
    "ko": (
        r"(?:상위|하위|top) ?(N)",
        r"(?:가장|제일) ?\w+ (?:\w+ )?(N) ?(?:개|곳|달|명|가지)",
        r"(?:가장|제일) ?\w+ (N) (?=\w)",
        r"(N) ?(?:개|곳|달)의? ?(?:가장|제일)",
    ),
    "zh": (r"前(N)", r"最\w{1,3}的(N)", r"(N)(?:个|個)最"),
}


def _count_of(word: str, marked: Marked, cardinals: Sequence[str]) -> int | None:
    if word in cardinals:
        return cardinals.index(word) + 2
    known = len(word) == 1 and is_place(word) and not marked.is_amount(word) and word not in marked.with_unit()
    value = marked.place_of(word) if known else None
    return int(value) if isinstance(value, float) and 1 <= value <= 50 and value == int(value) else None


_TARGET: Final = re.compile(
    r"target|goal|\baim\b|ziel|\bsoll|vorgabe|objecti|cible|objetivo|\bmeta\b|목표|目标|目標", re.IGNORECASE
)
_ATTAINED: Final = re.compile(
    r"reach|hit|attain|\bmeet|\bmet\b|achiev|miss|fail|short of|erreich|schaff|verfehl|verpass|erfüll|geknackt|attei|"
    r"rempli|manqu|\brat|alcan|cumpl|logr|fall|달성|도달|미달|达|完成"
)
"""Verbs of meeting a target and of missing it."""


def _threshold(marked: Marked, language: Language, panels: Sequence[ChartPanel], *, lower: bool) -> Threshold | None:
    """Take a limit for values out of the text; `lower`: less is better, so that a target is met from above."""
    kinds: tuple[Literal["at least", "at most", "above", "below"], ...] = ("at least", "at most", "above", "below")
    for kind in kinds:
        match = search(CONTEXT_WORDS[kind][language], language, marked.text)
        letter = None if match is None else re.search("[\uec00-\uefff]", match[0])
        if match is None or letter is None:
            continue
        limit = marked.place_of(letter[0])
        if isinstance(limit, str) or _is_end_of_span(marked, match, language, panels):
            continue
        if _is_year_compared(marked, letter[0], panels):
            continue
        in_year = _value_in_year(marked, letter[0], panels)
        if kind == "at least" and _ATTAINED.search(match[0]) and _has_own_side(match[0], language):
            continue  # "reached in less than 90 minutes"
        if kind == "at least" and _ATTAINED.search(match[0]) and _is_behind_side(marked.text, letter[0], language):
            continue  # "weniger als 10 Punkte erreicht"
        denied = denies(marked.text, match, language)
        met = lower and _ATTAINED.search(match[0]) is not None and any(map(_TARGET.search, marked.limits))
        marked.text = f"{marked.text[: match.start()]} {_between_ends(match[0])} {marked.text[match.end() :]}"
        sides = {"of_places": letter[0] in marked.with_unit(), "of_values": marked.is_amount(letter[0])}
        found = Threshold(limit=float(limit), kind=kind, **sides)
        if in_year is not None:
            found = Threshold(limit=in_year, kind=kind, of_values=True, at=limit)
        if met:
            found = replace(found, kind={"at least": "at most", "below": "above"}.get(kind, kind))  # type: ignore[arg-type]
        return found.denied() if denied else found
    return None


def _is_year_compared(marked: Marked, limit: str, panels: Sequence[ChartPanel]) -> bool:
    """Return whether a number is one of two years that are compared: "was it larger in 2018 than 2019"."""
    letters = {letter for letter in marked.text if is_place(letter)}
    return len(letters) == 2 and all(_is_year_drawn(marked, letter, panels) for letter in {*letters, limit})


def _is_year_drawn(marked: Marked, letter: str, panels: Sequence[ChartPanel]) -> bool:
    """Return whether a number is a year along the axis, and no value could be such a number."""
    drawn, year = drawn_series(panels), marked.place_of(letter)
    known = year in _YEARS and any(year in one.x for one in drawn) and not marked.is_amount(letter)
    return known and not any(value >= _YEARS[0] for one in drawn for value in one.y)


def _value_in_year(marked: Marked, letter: str, panels: Sequence[ChartPanel]) -> float | None:
    """Return the value of the only series in a year with which others are compared: "which years are above 2019"."""
    drawn = drawn_series(panels)
    alone = len(drawn) == 1 and sum(map(is_place, marked.text)) == 1
    values = values_at(drawn[0], marked.place_of(letter)) if alone and _is_year_drawn(marked, letter, panels) else []
    return values[0] if len(values) == 1 else None


def _is_end_of_span(marked: Marked, limit: re.Match[str], language: Language, panels: Sequence[ChartPanel]) -> bool:
    """Return whether a limit is the end of a way between two places: "from 40 °C up to 50 °C".

    The way of the values from one to the other has the same words; then the values are named before it.
    """
    span = search(CONTEXT_WORDS["between"][language], language, marked.text)
    if span is None or span.end() < limit.end() or span.start() > limit.end() - 1:
        return False
    ends = [letter for letter in span[0] if is_place(letter)]
    places = {place for one in drawn_series(panels) for place in one.x}
    drawn = all(marked.place_of(letter) in places and not marked.is_amount(letter) for letter in ends)
    words = (words_for(panel.axis_of(one), language) for panel in panels for one in panel.series[:1])
    before = marked.text[: span.start()]
    return drawn and not any(word is not None and word.search(before) for word in words)


def _has_own_side(limit: str, language: Language) -> bool:
    """Return whether the number after a verb of reaching has words for more, less or at most before it."""
    kinds: tuple[Word, ...] = ("below", "at most", "above")
    found = (search(CONTEXT_WORDS[kind][language], language, limit) for kind in kinds)
    return any(match is not None and match.start() > 0 and match.end() == len(limit) for match in found)


def _is_behind_side(text: str, letter: str, language: Language) -> bool:
    """Return whether the number of a limit has words for less or at most right before it, and the verb behind it."""
    kinds: tuple[Word, ...] = ("below", "at most", "above")
    found = (search(CONTEXT_WORDS[kind][language], language, text) for kind in kinds)
    return any(match is not None and match[0].endswith(letter) for match in found)


_SHORT: Final = 16
"""Of a longer way of saying a limit, what stands between the verb and the number says something else."""


def _between_ends(limit: str) -> str:
    """Return what stands between a verb and its limit: "in total" of "reached the target in total"."""
    between = limit.split()[1:-1]
    named = any(_NAME.search(word) for word in between)  # "the target in May"
    return " ".join(between) if named or len(limit) > _SHORT else ""


_NAME: Final = re.compile(f"{SERIES}|{PLACE}")


def _relative(marked: Marked, language: Language) -> Threshold | None:
    """Return "above average" as a threshold whose limit is each series' mean."""
    for word, kind in _RELATIVE:
        match = search(CONTEXT_WORDS[word][language], language, marked.text)
        if match is not None:
            marked.text = f"{marked.text[: match.start()]} {marked.text[match.end() :]}"
            return Threshold(limit=math.nan, kind=kind)
    return None


_RELATIVE: Final[tuple[tuple[Word, Literal["above", "below"]], ...]] = (
    ("above average", "above"),
    ("below average", "below"),
)


def _as_bounds(threshold: Threshold) -> Bounds:
    if threshold.kind in ("above", "at least"):
        return Bounds(low=threshold.limit, open_low=threshold.kind == "above")
    return Bounds(high=threshold.limit, open_high=threshold.kind == "below")


def _bounds(
    marked: Marked, language: Language, two: bool, nouns: str | None, *, plain: bool, boxes: bool
) -> Bounds | None:
    """Take "between 2010 and 2015" or "before May" out of the text; `two`: both are compared, so they are places.

    `nouns`: what numbers of the axis are called, where no course or statistic is asked for, so that "after 5 hours" is
    a place. `plain`: the places are plain names, so that "by bike" is one. `boxes`: they are those of boxes.
    """
    words: tuple[Word, ...] = ("between", "before", "after", "until", "since")
    both = search(CONTEXT_WORDS["between"][language], language, marked.text) if two else None
    for word in words:
        match = search(CONTEXT_WORDS[word][language], language, marked.text)
        if match is None or (word == "between" and two):
            continue
        if both is not None and both.start() < match.end() and match.start() < both.end():
            continue  # one of the two that are compared
        if plain and language == "en" and word in ("until", "since"):  # "by bike"
            continue
        if plain and language == "de" and word == "before":  # "liegt A vor B"
            continue
        if word == "after" and nouns is not None and _is_at(marked, match, nouns):
            continue
        if boxes and word in ("after", "before"):  # "the pulse after the sprint" is that of this box
            continue
        ends = [marked.place_of(letter) for letter in match[0] if is_place(letter)]
        if word in ("until", "since") and language in ("en", "de") and not _is_end(ends[0]):
            continue
        marked.text = f"{marked.text[: match.start()]} {marked.text[match.end() :]}"
        return _BOUNDS[word](ends)
    return None


def _is_at(marked: Marked, after: re.Match[str], nouns: str) -> bool:
    """Return whether "after 5" has the unit of the axis of places behind it, or what its numbers are called."""
    known = any(letter in marked.with_unit() for letter in after[0])
    return known or (bool(nouns) and re.match(rf" ?(?:{nouns})\w?(?!\w)", marked.text[after.end() :]) is not None)


def _is_end(place: Place) -> bool:
    """Return whether a place may be an end: "by 2015", but not "by 5"."""
    return isinstance(place, str) or place >= 100


def _between(ends: Sequence[Place]) -> Bounds:
    low, high = ends[0], ends[1]
    a, b = position_of(low), position_of(high)
    return Bounds(low=high, high=low) if a is not None and b is not None and a > b else Bounds(low=low, high=high)


_BOUNDS: Final[dict[Word, Callable[[Sequence[Place]], Bounds]]] = {
    "between": _between,
    "before": lambda ends: Bounds(high=ends[0], open_high=True),
    "until": lambda ends: Bounds(high=ends[0]),
    "after": lambda ends: Bounds(low=ends[0], open_low=True),
    "since": lambda ends: Bounds(low=ends[0]),
}
