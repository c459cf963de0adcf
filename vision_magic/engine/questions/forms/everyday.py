"""Everyday forms of English questions: groups of places, growth, what happened, what is nearest, and negations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import BARS, STACKED, WITHOUT_DATA, Chart, ChartPanel, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.comparing import is_funnel
from vision_magic.engine.questions.checks.accounts import PEOPLE, are_from_figures, stems_of, unaccounted
from vision_magic.engine.questions.checks.weighing import counts_something_else, setting_of
from vision_magic.engine.questions.marked import Marked
from vision_magic.engine.questions.names.names_of_numbers import are_in_order
from vision_magic.engine.questions.names.stages import are_stages
from vision_magic.engine.questions.names.usual_names import kind_of_names
from vision_magic.engine.questions.numbers import is_date, period_of
from vision_magic.engine.questions.operations import Bounds, ranked
from vision_magic.engine.questions.query import Query, Threshold
from vision_magic.engine.questions.topics.against import as_against, without_words_of_against
from vision_magic.engine.questions.topics.beyond import as_beyond
from vision_magic.engine.questions.topics.confusion import as_confusion
from vision_magic.engine.questions.topics.moves import as_moves
from vision_magic.engine.questions.topics.places_within import as_peaks, as_place_within
from vision_magic.engine.questions.topics.ranks import as_rank, without_words_of_ranks
from vision_magic.engine.questions.topics.the_more import of_things
from vision_magic.engine.questions.topics.two_sides import as_choice, as_two_sides
from vision_magic.engine.questions.topics.who_more import compares_series
from vision_magic.engine.questions.vocabulary.judging import is_better_higher, is_known_which_is_better
from vision_magic.engine.questions.vocabulary.words import LEARNT, OPERATION_WORDS, WHOLE_CHART, Operation, search
from vision_magic.engine.questions.vocabulary.words_of_marks import BANDS

__all__ = ["MOST_WORDS", "are_plain_names", "are_times", "as_everyday", "has_no_course", "of_groups"]

_UNGATED: Final = WHOLE_CHART - {"legend", "limits", "scale", "axis"}
"""Operations whose questions may have any words: they are not about something that a chart may lack."""

_HAPPENED: Final = r"what (?:has )?(?:happened|changed|was going on|is special|was special)\b|what about\b"
_NEAREST: Final = (
    r"(?:closest|nearest|most similar) to (?:the |its |this |their )?"
    r"(?P<to>mean|average|median|it\b|that\b|[\uec00-\uefff])"
)
_ROSE: Final = (
    r"grow\w*|grew|growth|increas\w*|ris(?:e|es|en|ing)|rose|gain\w*|climb\w*|improv\w*|expand\w*|jump\w*|"
    r"soar\w*|surg(?:e|es|ed|ing)|boost\w*|rocket\w*|add(?:s|ed|ing)?|rais(?:e|es|ed|ing)|go(?:ne|es|ing)? up|went up"
)
_FELL: Final = (
    r"fall(?:s|en|ing)?|fell|declin\w*|decreas\w*|drop\w*|shr[iau]nk\w*|lost|los(?:e|es|ing)|slash\w*|cuts?|cutting|"
    r"reduc\w*|shed(?:s|ding)?|trim\w*|halv\w*|slump\w*|plung\w*|plummet\w*|s[aui]nk\w*|tumbl\w*|lowered|"
    r"go(?:ne|es|ing)? down|went down"
)
_GROWN: Final = rf"{_ROSE}|{_FELL}|chang\w*"
MOST_WORDS: Final = (
    r"most|fastest|biggest|largest|strongest|highest|greatest|"
    r"least|slowest|smallest|weakest|quickest|steepest|more|faster"
)
_PERIODS: Final = r"years?|months?|days?|quarters?|weeks?|when|hours?|between which|decades?"


def as_everyday(
    query: Query, marked: Marked, panels: Sequence[ChartPanel], charts: Sequence[Chart], text: str
) -> Query:
    """Return what an English question asks for where its words stand in one of these forms, or cannot be answered."""
    query = _in_own_unit(replace(query, limits=marked.limits), text, panels)
    if _limits_places(query, panels, marked.written.lower()):
        query = replace(query, of_places=True)
    if query.yes_no and re.search(r"[\ue000-\ue7ff] or (?:\w+ ){0,2}[\ue000-\ue7ff]", marked.text):
        query = replace(query, yes_no=False)
    pairs = (
        (query if set(query.operations) & LEARNT else None)
        or as_confusion(query, marked, panels)
        or as_beyond(query, marked, panels, text)
        or as_place_within(query, marked.written, panels)
        or as_peaks(query, marked.written, panels)
        or as_moves(query, marked.written, panels)
        or as_rank(query, marked, panels)
        or as_two_sides(query, marked, panels)
        or as_choice(query, marked, panels)
        or as_against(query, marked, panels)
    )
    if pairs is not None:
        query = pairs
    else:
        query = _of_negation(of_groups(_of_forms(query, panels, marked.written.lower()), marked, panels), panels)
    if query.operations == ("confusion",):
        return query
    asked = query.operations or (("value",) if _asks_for_data(marked.written) else ())
    if not asked or set(asked) <= _UNGATED:
        return query
    if not are_from_figures(panels):
        return query
    points = all(one.kind == "points" for panel in panels for one in panel.series)
    if _is_other_than_growth(query, panels):
        return replace(query, operations=("cannot",))
    word = unaccounted(
        _without_answered(query, _without_judged(query, marked.written, panels), panels),
        charts,
        negated=query.negated,
        each=_period(panels),
        guessed=_is_guessed(query),
        things=points,
        setting=setting_of(query, marked.written, panels, guessed=_is_guessed(query)),
    )
    word = word or counts_something_else(query, marked.written, panels)
    if word:
        return replace(query, operations=("unheard",), unheard=word)
    drawn = [one for panel in panels for one in panel.series]
    if has_no_course(query, panels):
        return replace(query, operations=("cannot",))
    unanswered = (
        _is_not_answered_by_a_value(query, boxes=all(one.kind in ("box plot", "violins") for one in drawn))
        or _is_of_rates(query, panels, marked.written)
        or _adds_percentages(query, panels, marked.written)
        or _is_of_ages(query, panels)
        or _asks_for_a_person(query, panels)
    )
    return replace(query, operations=("cannot",)) if unanswered else query


def has_no_course(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether a course was read of bars along names, which have no order along which values could rise."""
    drawn = drawn_series(panels)
    bars = all(one.kind in BARS for one in drawn)
    if not (drawn and bars and are_plain_names(panels)) or is_funnel(panels):
        return False
    told = set(query.operations)
    if told == {"percent"}:
        return "trend" in query.words and bool(query.direction) and len(query.places) < 2
    named = query.yes_no or query.of_series or bool(query.places or query.series)
    if _are_of_times(panels) and query.direction and not named and told == {"trend"}:
        return False  # "which fruit fell?" from one time to the other
    return bool(told) and (told <= {"step", "rate", "slope"} or (told == {"trend"} and len(drawn) > 1))


def _is_not_answered_by_a_value(query: Query, *, boxes: bool) -> bool:
    """Return whether a question asks for yes or no where only a value was read: "is it back to normal?"."""
    if query.operations == ("value",) and re.match(r"\W*who\b", query.text):
        return True
    if boxes and query.operations == ("value",) and re.match(r"\W*how many\b", query.text):
        return True
    asks = re.match(r"(?:is|are|was|were|does|do|did|has|have)\b", query.text) is not None
    limited = query.threshold is not None or query.amounts or query.limits or query.direction
    return asks and query.yes_no and not limited and set(query.operations) <= {"value", "first", "last"}


def _adds_percentages(query: Query, panels: Sequence[ChartPanel], written: str) -> bool:
    """Return whether percentages would be added up, or sums compared that are all the same, such as 100 %."""
    drawn = drawn_series(panels)
    percent = bool(drawn) and all(panel.axis_of(one).unit == "%" for panel in panels for one in panel.series)
    if percent and query.operations == ("sum",) and re.search(r"\bhow many (?!percent|%)", written.lower()):
        return not query.places
    stacked = all(one.kind in STACKED for one in drawn) and not (query.series or query.places)
    summed = set(query.operations) <= {"maximum", "minimum"} and (query.statistic == "sum" or stacked)
    if not summed or query.of_series or len(drawn) < 2 or len({one.x for one in drawn}) > 1:
        return False
    sums = [sum(values) for values in zip(*(one.y for one in drawn), strict=True)]
    return len(sums) > 1 and max(sums) - min(sums) <= 1e-9 * max(map(abs, sums))


def _is_of_ages(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether "how many of them are over 65" speaks of persons, as no value lies on one side of the limit."""
    limit = query.threshold
    persons = re.search(r"\bhow many (?:of (?:them|the people)|people|persons) (?:are|were|is)\b", query.text)
    if limit is None or persons is None or set(query.operations) != {"threshold"}:
        return False
    values = [value for panel in panels for one in panel.series if one.kind not in WITHOUT_DATA for value in one.y]
    held = [limit.holds(value) for value in values]
    plain = all(one.kind not in ("histogram", "points", "box plot") for panel in panels for one in panel.series)
    return plain and bool(held) and (all(held) or not any(held))


def _is_of_rates(query: Query, panels: Sequence[ChartPanel], written: str) -> bool:
    """Return whether an extreme of amounts was read where a question says "rate" or "share", which they are not."""
    told = bool(set(query.operations) & {"maximum", "minimum"}) and not query.statistic
    said = re.search(r"\w (?:rates?|ratio|percentage|proportion)\b(?! of\b)", written.lower()) is not None
    labels = " ".join(
        f"{panel.title} {panel.x.label} {panel.y.label} {one.name}" for panel in panels for one in panel.series
    )
    return told and said and re.search(r"rate|ratio|percent|share|proportion|%|per\b|/", labels.lower()) is None


def _asks_for_a_person(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether "who" is asked where only times and numbers, or one series, could answer."""
    asks = re.match(r"\W*who\b", query.text) is not None and {"maximum", "minimum"} & set(query.operations)
    names = {one.name for panel in panels for one in panel.series if one.name}
    drawn = [one for panel in panels for one in panel.series]
    named = any(one.names or isinstance(place, str) for one in drawn for place in one.x[:1])
    return bool(asks) and len(names) < 2 and (bool(_period(panels)) or not named)


def _without_judged(query: Query, text: str, panels: Sequence[ChartPanel]) -> str:
    """Return a question without "worse", where the axis tells whether that is the highest or the lowest."""
    read = query.operations in (("maximum",), ("minimum",)) and is_known_which_is_better(panels, text.lower())
    return re.sub(r"\bworse\b", " ", text, flags=re.IGNORECASE) if read else text


def _without_answered(query: Query, text: str, panels: Sequence[ChartPanel]) -> str:
    """Return a question without the words that only one answer understands, where this is the one that it gets."""
    if query.operations == ("against",):
        return without_words_of_against(query, text)
    if query.operations == ("moves",):
        return re.sub(r"\banywhere\b", " ", text, flags=re.IGNORECASE)
    if query.operations == ("rank at",):
        return without_words_of_ranks(text)
    if query.operations == ("place within",):
        text = re.sub(r"\b(?:i|we|you|one) can (?:\w+ and )?(?:still )?\w+\b", " ", text, flags=re.IGNORECASE)
    if set(query.operations) <= {"maximum", "minimum"} and "maximum" in query.words:
        text = re.sub(r"\bbefore (?:it|they) \w+\b", " ", text)
    if query.operations == ("correlation",) and (things := of_things(text.lower())):
        text = re.sub(rf"\b{things}\b", " ", text, flags=re.IGNORECASE)
    if query.operations == ("overlap",):
        return re.sub(BANDS["en"], " ", text, flags=re.IGNORECASE)
    if panels and all(one.kind == "histogram" for panel in panels for one in panel.series):
        text = re.sub(rf"\b(?:which|what) (?:\w+ ){{0,3}}{_BIN}\b", "which bin", text, flags=re.IGNORECASE)
    if query.operations == ("share",) and is_funnel(panels):
        return re.sub(r"\bconversion\b", " ", text, flags=re.IGNORECASE)
    return text


_BIN: Final = "(?:bins?|brackets?|bands?|class(?:es)?|intervals?|buckets?)"
"""What the places of a histogram are called."""

_OF_PICTURE: Final = (
    r"\b(?:pictures?|images?|photos?|screenshots?|pixels?|megapixels?|text|texts|written|writing|letters?|words?|colou?rs?|"
    r"size|resolution|file|format|width|height|wide|aspect|bright\w*|dark\w*|blurr?\w*|sharp\w*|people|faces?|objects?|"
    r"logo|font|table|code|caption|alt|chart|plot|figure|graph|diagram)\b"
)


def _asks_for_data(text: str) -> bool:
    """Return whether a question of which no operation was read asks for something in data, not for the picture."""
    asks = re.match(r"\W*(?:is|are|was|were|does|do|did|what|which|who|when|where|how)\b", text, re.IGNORECASE)
    return asks is not None and re.search(_OF_PICTURE, text.lower()) is None


def _is_other_than_growth(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether a highest value was read where the question says "grew", of charts that do not measure growth."""
    told = set(query.operations) <= {"maximum", "minimum"} and len(panels) > 1
    grew = re.search(r"\b(?:grew|grown|growing|shrank|shrunk|shrinking)\b", query.text) is not None
    return told and grew and not _is_label(r"grow|increas|change", panels)


def _is_guessed(query: Query) -> bool:
    """Return whether no word of a question says outright what it asks for, so that each of its words may."""
    told = set(query.operations)
    if told == {"count"} or (told == {"trend"} and "trend" not in query.words):
        return True
    return told == {"value"} and query.yes_no


def _period(panels: Sequence[ChartPanel]) -> str:
    """Return what the places of charts are: months, years, or days."""
    places = [place for panel in panels for one in panel.series[:1] for place in one.x[:400]]
    names = [f"{place:g}" if isinstance(place, float) else str(place) for place in places]
    kind = period_of(names) or kind_of_names(names) or ("day" if names and all(map(_DAY.match, names)) else "")
    return kind.removesuffix(" of a year")


_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def _of_forms(query: Query, panels: Sequence[ChartPanel], written: str) -> Query:
    """Return a query as the first form tells that its words have; as it is if they have none."""
    surviving = _of_survival(query, panels)
    if surviving is not None:
        return surviving
    percent = all(panel.y.unit == "%" for panel in panels)
    if query.operations == ("share",) and percent and "trend" in query.words and not query.places:
        query = replace(query, operations=("trend",))
    if query.operations == ("sum",) and "trend" in query.words and re.match(r"(?:by )?how much\b", query.text):
        query = replace(query, operations=("trend",))
    if query.operations == ("value",) and len(query.places) > 1 and query.has("together"):
        query = replace(query, operations=("sum",))
    if query.operations == ("share",) and _is_label(r"\bshares? ", panels):
        query = replace(query, operations=("value",))
    forms = (
        _about_tops,
        _about_matrices,
        _about_limits,
        _about_lines_after,
        _about_values,
        _about_one_of_bars,
        _about_sums,
        _about_two,
        _about_the_other,
        _about_cells,
        _between_two_times,
        _about_movers,
        _from_series_to_series,
        _about_changes,
    )
    found = (form(query, panels, written) for form in forms)
    return next((changed for changed in found if changed is not None), query)


def _of_survival(query: Query, panels: Sequence[ChartPanel]) -> Query | None:
    """Read the median survival as the time at which half are left, of curves of survival, not as a median of values."""
    drawn = drawn_series(panels)
    falling = all(one.kind == "step" and list(one.y) == sorted(one.y, reverse=True) and one.y for one in drawn)
    if query.operations != ("median",) or not drawn or not falling or query.places:
        return None
    whole = max(one.y[0] for one in drawn)
    half = Threshold(limit=whole / 2, kind="at most")
    return replace(query, operations=("reach",), threshold=half, statistic="", text=f"{query.text} from when")


def _about_tops(query: Query, panels: Sequence[ChartPanel], written: str) -> Query | None:
    """Read the share of the highest together, the fullest bin, who won, and the series of which the sum is highest."""
    text, told = query.text, set(query.operations)
    drawn = drawn_series(panels)
    if not drawn:
        return None
    if is_funnel(panels) and re.search(r"\bconversion\b", text):
        places = sorted(zip(drawn[0].y, drawn[0].x, strict=True))
        ends = tuple(place for place in query.places if place in drawn[0].x) or (places[0][1],)
        return replace(query, operations=("share",), places=ends)
    if all(one.kind == "histogram" for one in drawn) and re.search(_MOST_FALL, text):
        return replace(query, operations=("maximum",), direction="")
    if not told and re.search(r"\b(?:which|what) \w+ (?:has |have )?(?:won|wins|came first)\b|\bwho won\b", text):
        return replace(query, operations=("maximum",))
    named = len(drawn) == 1 and all(isinstance(place, str) for place in drawn[0].x)
    of_reasons = told == {"cannot"} and re.search(r"\b(?:reasons?|causes?)\b", text) and not re.search(r"\bwhy\b", text)
    if of_reasons and not query.top and {"maximum", "minimum"} & query.words:
        return replace(query, operations=("minimum",) if "minimum" in query.words else ("maximum",))
    if query.top and named and (told & {"threshold", "share", "cannot", "sum"} or "share" in query.words):
        return _of_top(query, drawn[0])
    if len(drawn) > 1 and told <= {"maximum", "minimum"} and told and _asks_for_series(query, panels):
        bars = all(one.kind in BARS for one in drawn)
        summed = bars and len(panels) == 1 and not (query.statistic or query.places or query.bounds or query.groups)
        return replace(query, of_series=True, statistic="sum" if summed else query.statistic)
    return None


_MOST_FALL: Final = r"\bmost \w+ (?:fall|lie|are|were|belong|sit)\b|\bmost of the \w+ (?:fall|lie|are|were)\b"


def _limits_places(query: Query, panels: Sequence[ChartPanel], written: str) -> bool:
    """Return whether a limit of points is one of what the x axis measures: "more than 1000 employees"."""
    limit = query.threshold
    if limit is None or limit.of_values or len(panels) != 1 or any(one.kind != "points" for one in panels[0].series):
        return False
    unit = re.search(r"(?:than|over|above|below|under|least|most) [\ue000-\uf8ff] (?:\w+ )?(\w+)", written)
    named = stems_of(unit[0][unit[0].index(" ") :]) if unit is not None else set()
    ours, others = stems_of(panels[0].x.label), stems_of(panels[0].y.label)
    return bool(named & ours) and not named & others


def _of_top(query: Query, series: Series) -> Query | None:
    """Return a query about the highest, or lowest, that it counts: which they are, or what their share is together."""
    highest = "minimum" not in query.words
    share = "share" in query.words or (query.threshold is not None and query.yes_no)
    if not share:
        side: Operation = "maximum" if highest else "minimum"
        return replace(query, operations=(side,)) if query.operations == ("cannot",) else None
    places = tuple(point.place for point in ranked(series, highest=highest)[: query.top])
    return replace(query, operations=("share",), places=places, top=0, text=f"{query.text} together")


def _asks_for_series(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether "which channel" asks for a series, as the places are times and the names of the series are not."""
    asked = re.search(r"\b(?:which|what) (?:of the |two )?\s*([a-z]+)", query.text)
    if re.search(rf"(?<!\w)(?:{_GROWN})(?!\w)", query.text):
        return False
    panel = panels[0]
    names = [one.name for one in panel.series if one.kind != "reference line"]
    if asked is None or len(panels) != 1 or query.series or not all(names) or are_times(names):
        return False
    noun = asked[1]
    if re.fullmatch(_PERIODS + r"|times?|dates?|quarter|is|was|are|were|had|has|did", noun):
        return False
    if stems_of(noun) & (stems_of(panel.x.label) | stems_of(panel.y.label)):
        return False
    return bool(_period([panel]))


def _about_matrices(query: Query, panels: Sequence[ChartPanel], written: str) -> Query | None:
    """Read which two variables of a matrix, or which one for a variable that is named, are related most."""
    drawn = [one for panel in panels for one in panel.series]
    names = [one.name for one in drawn]
    if len(panels) != 1 or any(one.kind != "heat map" for one in drawn) or len(drawn) < 3:
        return None
    if any(set(one.x) != set(names) for one in drawn) or query.places or len(query.series) > 1:
        return None
    related = re.search(r"correlat|relat|associat|linked|connected|depend", query.text)
    if related is None or not re.search(rf"\b(?:{MOST_WORDS}|strongly|closely|weakly|weak|strong)\b", query.text):
        return None
    negative = re.search(r"\bnegative|\binverse|\bopposite", query.text)
    positive = re.search(r"\bpositive", query.text)
    return replace(query, operations=("related",), direction="down" if negative else "up" if positive else "")


def _about_limits(query: Query, panels: Sequence[ChartPanel], written: str) -> Query | None:
    """Read how far values are from a line of reference, and from one extreme or end to the other."""
    text = query.text
    far = re.search(r"\bhow (?:much|far|many)\b", text) and re.search(_APART, written)
    limit = query.amounts or ((query.threshold.limit,) if query.threshold is not None else ())
    if query.limits and limit and far and query.places:
        return replace(query, operations=("from limit",), threshold=None, amounts=limit)
    if query.limits and limit and far and {"maximum", "minimum"} & query.words:
        return _of_extreme_from_limit(query, panels, limit)
    if query.limits and re.search(r"\bby (?:the )?(?:\w+est|most|least)\b|\b(?:narrow|wid)est margin\b", text):
        return replace(query, operations=("cannot",))
    to = re.search(_UP_TO, text)
    if to is not None and query.bounds is not None and query.bounds.low is not None and not query.places:
        return replace(query, operations=("to extreme",), direction="down" if _LOW.search(to["to"]) else "up")
    ends = re.search(_FROM_TO, text)
    if ends is not None and not query.places and "sort" not in query.words:
        return replace(query, operations=("since extreme",), direction="up" if _LOW.search(ends["from"]) else "down")
    if re.search(r"\bhow long\b.*\b(?:take|took|until|before)\b", text) and set(query.operations) <= {
        "trend",
        "value",
        "ratio",
    }:
        duration = any(panel.y.scale == "log" for panel in panels) or any(
            panel.y.unit in ("s", "min", "h", "ms") or "time" in panel.y.label.lower() for panel in panels
        )
        return None if duration else replace(query, operations=("cannot",))
    if query.bounds is not None and are_plain_names(panels) and query.bounds.low != query.bounds.high:
        rest = re.search(r"\bleft\b|\bremain\w*|\brest\b", text)
        named = tuple(place for place in (query.bounds.low, query.bounds.high) if place is not None)
        if rest and len(panels) == 1 and len(panels[0].series) == 1:
            others = tuple(
                p for p in panels[0].series[0].x if p not in named and p not in query.places and p not in query.without
            )
            return replace(query, bounds=None, operations=("share",), places=others, text=f"{text} together")
        return replace(query, operations=("cannot",))
    return None


def _of_extreme_from_limit(query: Query, panels: Sequence[ChartPanel], limit: tuple[float, ...]) -> Query:
    """Return "how far above the target was the best week" as a question about this week."""
    drawn = drawn_series(panels)
    sides = {"maximum", "minimum"} & query.words
    found = ranked(drawn[0], highest=sides == {"maximum"}) if len(drawn) == 1 and len(sides) == 1 else []
    if not found or query.bounds or query.groups:
        return replace(query, operations=("cannot",))
    return replace(query, operations=("from limit",), threshold=None, amounts=limit, places=(found[0].place,))


_APART: Final = r"missing|short|away|far|below|above|left|to go|over|under|gap|difference|exceed|beyond|more|less|from"
_FROM_TO: Final = (
    r"(?:from|since|after) (?:the |its |their )?"
    r"(?P<from>peak|maximum|top|high|highest \w+|low|lowest \w+|minimum|bottom|trough)"
)
_UP_TO: Final = (
    r"\b(?:to|until|till|up to|and) (?:the |its |their )?"
    r"(?P<to>peak|maximum|top|high(?:est \w+)?|low(?:est \w+)?|minimum|bottom|trough)\b"
)
_LOW: Final = re.compile(r"low|min|bottom|trough")


def are_plain_names(panels: Sequence[ChartPanel]) -> bool:
    """Return whether all places are names without an order, such as fruits."""
    places = [place for panel in panels for one in panel.series for place in one.x]
    names = [place for place in dict.fromkeys(places) if isinstance(place, str)]
    if not names or len(names) < len(set(places)) or period_of(names) or kind_of_names(names) or are_in_order(names):
        return False
    return not any(re.search(r"\d", name) for name in names)


def _about_sums(query: Query, panels: Sequence[ChartPanel], written: str) -> Query | None:
    """Read "which country has the most medals overall" as one about sums, and counts of what is measured."""
    drawn = drawn_series(panels)
    text, told = query.text, set(query.operations)
    bars = len(panels) == 1 and all(one.kind in BARS for one in drawn)
    if len(panels) != 1 or query.rank > 1 or query.top:
        return None
    measure = stems_of(panels[0].y.label)
    counted = re.search(r"(?:how many|most|fewest|least) (?P<first>\w+)(?: (?P<second>\w+))?", text)
    measured = counted is not None and any(stems_of(word) & measure for word in counted.groups() if word)
    persons = re.search(rf"\b(?:{PEOPLE})\b", panels[0].y.label.lower()) is not None
    measured |= persons and counted is not None and counted["first"] in ("people", "persons")
    if _is_of_all(query, panels, measure, measured=measured):
        return replace(query, operations=("sum",))
    whole = re.search(r"\boverall\b|\bin total\b|\baltogether\b|\bcombined\b|\btotal\b|\bin all\b", text) is not None
    if (
        told & {"maximum", "minimum"}
        and bars
        and len(drawn) > 1
        and not query.series
        and not query.places
        and (whole or measured)
    ):
        return replace(query, statistic="sum", of_series=query.of_series and not _names_places(text, panels))
    two = len(query.series) == 2 and not query.places
    if (whole or query.groups) and _compares_totals(query):
        return replace(query, operations=("totals",), yes_no=False)
    doubled = re.search(r"\b(?:twice|double|times|half)\b", text) is not None
    if two and not doubled and re.search(r"\bas (?:many|much)\b|\bequal|\bsame (?:number|amount)|\btied\b", text):
        return replace(query, operations=("equal at",))
    if told == {"value"} and len(query.places) == 1 and len(drawn) > 1 and not query.series and measured:
        stacked = all(one.kind in STACKED for one in drawn)
        return replace(query, operations=("sum",)) if stacked else None
    asked = re.search(r"\bhow (?:many|much)\b", text) is not None and "trend" not in query.words
    if asked and query.bounds is not None and told <= {"value", "trend", "count"} and drawn[0].kind != "histogram":
        return replace(query, operations=("group",))
    return None


def _is_of_all(query: Query, panels: Sequence[ChartPanel], measure: set[str], *, measured: bool) -> bool:
    """Return whether "how many" asks for all that is drawn, or all of a row, as no place is named."""
    text, told = query.text, set(query.operations)
    drawn = drawn_series(panels[:1])
    if query.places:
        return False
    if all(one.kind == "heat map" for one in drawn) and len(query.series) == 1:
        return told <= {"value", "count", "trend"} and "how many" in text
    plain = len(drawn) == 1 and drawn[0].kind != "points"
    if plain and ((told == {"count"} and measured) or (told == {"value"} and _counts_by_verb(query, measure))):
        return True
    whole = re.search(r"\bhow (?:many|much)\b.*\b(?:whole|entire) \w+", text) is not None
    return whole and told <= {"value", "count"} and "trend" not in query.words


def _counts_by_verb(query: Query, measure: set[str]) -> bool:
    """Return whether "how many people voted" asks for all votes, as it names no place and has no other verb."""
    counted = re.fullmatch(
        r"how many (?:people|of them|in all|\w+) (?:have )?(?P<verb>\w+)(?: in total| overall)?\W*", query.text
    )
    return counted is not None and bool(stems_of(counted["verb"]) & measure) and not query.places


def _compares_totals(query: Query) -> bool:
    """Return whether two series are compared, along all places or within one year."""
    told = set(query.operations)
    apart = told <= {"difference", "gap", "compare"}
    year = len(query.places) == 1 and re.fullmatch(r"\d{4}", str(query.places[0])) is not None and apart
    kinds = {"difference", "compare", "sum", "maximum", "minimum", "crossing", "gap"}
    return len(query.series) == 2 and (not query.places or year) and told <= kinds and (query.has("more") or apart)


def _about_one_of_bars(query: Query, panels: Sequence[ChartPanel], written: str) -> Query | None:
    """Read "how many customers did email bring" of bars as the sum of a series along its names."""
    told = set(query.operations)
    drawn = drawn_series(panels)
    if len(panels) != 1 or not told or not told <= {"value", "count"} or len(query.series) != 1 or len(drawn) < 2:
        return None
    bars = all(one.kind in BARS for one in drawn)
    listed = all(isinstance(place, str) for one in drawn for place in one.x)
    counted = re.search(r"how many (?P<noun>\w+)", query.text)
    measured = counted is not None and bool(stems_of(counted["noun"]) & stems_of(panels[0].y.label))
    whole = not (query.places or query.bounds or query.threshold or query.groups)
    return replace(query, operations=("sum",)) if bars and listed and measured and whole else None


def _names_places(text: str, panels: Sequence[ChartPanel]) -> bool:
    """Return whether "which country" names what stands along the axis, as far as its label or title says so."""
    asked = re.search(r"(?:which|what) (\w+)", text)
    legend = stems_of(panels[0].legend_title)
    kind = kind_of_names([one.name for one in panels[0].series])
    return asked is not None and asked[1] != kind and not (stems_of(asked[1]) & legend)


def _about_values(query: Query, panels: Sequence[ChartPanel], written: str) -> Query | None:
    text = query.text
    if query.limits and re.match(_WHERE_IS, " ".join(text.split())):
        return replace(query, operations=("reference",))
    nearest = re.search(_NEAREST, text)
    if nearest is not None and len(query.series) < 2:
        return replace(query, operations=("nearest",), statistic="median" if nearest["to"] == "median" else "mean")
    in_year = re.search(r"\bin (?:a|one|the) (?:whole )?(?:year|week)\b|\b(?:a|per) year\b", text) is not None
    parts = bool(_period(panels)) and _period(panels) != "year" and re.search(r"\bhow (?:much|many)\b", text)
    if (
        (re.search(_ALL_OF_IT, text) or (in_year and parts))
        and set(query.operations) <= {"value", "count"}
        and not query.places
    ):
        return replace(query, operations=("sum",))
    after = (
        query.bounds.low if query.bounds is not None and query.bounds.high is None and query.bounds.open_low else None
    )
    if isinstance(after, float) and not _in_years(panels) and _is_line(panels):
        perfect = re.search(r"\b(?:has|have|had)\b", text) and query.direction and "trend" in query.words
        if perfect and set(query.operations) <= {"value", "count", "trend", "share"}:
            return replace(query, bounds=Bounds(high=after), operations=("trend",))
        if set(query.operations) <= {"value", "count", "trend"}:
            return replace(query, bounds=None, places=(after,), operations=("value",))
        if set(query.operations) <= {"difference", "ratio", "compare"} and not query.places:
            return replace(query, bounds=None, places=(after,))
    if _is_of_end(query, panels):
        return replace(query, operations=("last",))
    if set(query.operations) & {"maximum", "minimum", "trend", "value"} and _is_at_extreme(text, panels):
        sides: tuple[Operation, ...] = ("maximum", "minimum")
        asked = tuple(side for side in sides if search(OPERATION_WORDS[side]["en"], "en", text))
        return replace(query, operations=asked or query.operations, of_places=True)
    return None


def _about_lines_after(query: Query, panels: Sequence[ChartPanel], written: str) -> Query | None:
    """Read "which cup is hottest after an hour" of lines as one about this place, and not about all after it."""
    after = query.bounds
    extreme = query.operations in (("maximum",), ("minimum",)) and _is_line(panels) and not _in_years(panels)
    if not extreme or after is None or after.high is not None or not after.open_low or after.low is None:
        return None
    asked = not query.places and _asks_for_a_line(query, panels)
    return replace(query, bounds=None, places=(after.low,), of_series=True) if asked else None


def _asks_for_a_line(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether "which container" asks for one of several lines, as no axis is called so, and it is no time."""
    asked = re.search(r"\b(?:which|what) (?:of the )?([a-z]{3,})", query.text)
    if asked is None or len(panels) != 1 or len(drawn_series(panels)) < 2 or query.series or query.statistic:
        return False
    axes = stems_of(f"{panels[0].x.label} {panels[0].y.label}")
    other = rf"{_PERIODS}|times?|dates?|points?|moment|value|is|was|are|were|had|has|did"
    return re.fullmatch(other, asked[1]) is None and not stems_of(asked[1]) & axes


_ALL_OF_IT: Final = (
    r"how (?:much|many)\b.*\b(?:whole|entire|full|all|over the) (?:week|year|month|day|period|time|term|season)"
)


def _in_years(panels: Sequence[ChartPanel]) -> bool:
    places = [place for panel in panels for one in panel.series for place in one.x[:40]]
    return bool(places) and all(isinstance(place, float | int) and 1500 <= place <= 2200 for place in places)


def _is_line(panels: Sequence[ChartPanel]) -> bool:
    drawn = drawn_series(panels)
    return all(one.kind == "line" and all(isinstance(place, float | int) for place in one.x) for one in drawn)


_WHERE_IS: Final = (
    r"(?:what|where)(?:['’]s| is| was)?\W*$|(?:how high|at (?:what|which) \w+) (?:is|was)\W*$|"
    r"what (?:does|do|did) (?:stand for|mean|represent|show|mark|indicate|signify|denote)\W*$"
)


def _about_two(query: Query, panels: Sequence[ChartPanel], written: str) -> Query | None:
    text = query.text
    if query.operations == ("share",) and "difference" in query.words and len(query.places) == 2:
        return replace(query, operations=("difference",))
    if re.search(_PAIR, written) and sum(len(panel.series) for panel in panels) > 1 and _asks_for_series(query, panels):
        return replace(query, operations=("cannot",))
    if re.search(_PAIR, written) and not query.series:
        return replace(query, operations=("pair",))
    if query.operations == ("ratio",) and re.search(rf"\b(?:when|(?:which|what) (?:{_PERIODS}))\b", text):
        return replace(query, operations=("cannot",))
    if re.search(r"\bhow (?:many|much|far)\b.*\b(?:ahead|behind)\b", text):
        both = len(query.series) == 2 or (len(query.places) == 2 and not query.series)
        return replace(query, operations=("difference",) if both else ("cannot",))
    two = len(query.series) == 2 and not (query.places or query.bounds or query.threshold or query.groups)
    if two and re.search(r"(?:^|\W)(?:who|which)\b.*\b(?:more|less|fewer)\b.*\bor\b", written):
        return replace(query, operations=("difference",))
    other = _other_of_two(query, panels)
    from_on = re.search(r"\bfrom (?:\w+ )?(?:where|when|which|what)\b(?: \w+)?(?: on(?:wards?)?)?\b", text)
    beats = re.search(rf"\b(?:{_BEATS})\b", text)
    lines = all(one.kind in ("line", "points", "area") for panel in panels for one in panel.series)
    ends = re.search(_ENDS_IN_COMPARATIVE, text)
    if from_on and ends and lines and other and not query.threshold:
        names = (other, query.series[0]) if ends["less"] else (query.series[0], other)
        return replace(query, operations=("ahead from",), series=names, yes_no=False, firm=True)
    if from_on and beats and lines and (other or len(query.series) == 2) and not query.threshold:
        names = query.series if len(query.series) == 2 else (query.series[0], other)
        return replace(query, operations=("ahead from",), series=names, yes_no=False)
    if other and re.search(r"\b(?:when|where|which|what)\b", text) and re.search(r"\b(?:better|worse)\W*$", text):
        ahead = is_better_higher("better", panels) == ("better" in text)
        pair = (query.series[0], other) if ahead else (other, query.series[0])
        return replace(query, operations=("higher at",), series=pair)
    return replace(query, operations=("higher at",)) if _asks_where_higher(query) else None


_WINNER: Final = r"[\ue000-\ue3ff] (?:or|vs\.?|versus) (?:the )?[\ue000-\ue3ff].*\b(?:winner|wins?|better|best|ahead)\b"


def _about_the_other(query: Query, panels: Sequence[ChartPanel], written: str) -> Query | None:
    """Read "A or B, which wins?" as a comparison, and "is A better at 10 mg?" as one with the only other series."""
    if query.operations == ("value",) and len(query.places) == 2 and re.search(_WINNER, query.text):
        clear = re.search(r"\bclear", query.text) is not None
        return replace(query, operations=("compare",), text=f"{query.text} significant" if clear else query.text)
    compared = query.yes_no and "compare" in query.words and query.operations == ("value",)
    others = [one.name for one in drawn_series(panels) if one.name not in query.series]
    if compared and len(query.places) == len(query.series) == len(others) == len(panels) == 1:
        return replace(query, operations=("compare",), series=(*query.series, *others))
    return None


_ENDS_IN_COMPARATIVE: Final = (
    r"\b(?:(?P<less>colder|cooler|lower|smaller|shorter|cheaper|lighter|drier|fewer|less)|"
    r"warmer|hotter|higher|bigger|larger|longer|taller|dearer|heavier|wetter|more)\W*$"
)
_BEATS: Final = (
    r"outperform\w*|outstrip\w*|outsell\w*|outsold|overtak\w+|overtook|surpass\w*|exceed\w*|beats?|higher than|above|"
    r"better than|ahead of|more \w+ than|more than"
)


def _other_of_two(query: Query, panels: Sequence[ChartPanel]) -> str:
    """Return the name of the other of two series of which one is named; nothing for more of them, or at a place."""
    drawn = drawn_series(panels)
    others = [one.name for one in drawn if one.name not in query.series]
    alone = len(panels) == 1 and len(drawn) == 2 and len(query.series) == 1 and not (query.places or query.bounds)
    return others[0] if alone and len(others) == 1 else ""


_PAIR: Final = r"(?:which|what) (?:two|2|pair)\b.*\b(?:close|closest|similar|nearest|alike)\b"


def _about_cells(query: Query, panels: Sequence[ChartPanel], written: str) -> Query | None:
    """Read "which day was the quietest" of cells or stacks as the day with the lowest sum."""
    drawn = [one for panel in panels for one in panel.series]
    if len(panels) != 1 or not drawn or any(one.kind not in ("heat map", *STACKED) for one in drawn):
        return None
    along = kind_of_names([str(place) for place in drawn[0].x])
    extreme = {"maximum", "minimum"} & set(query.operations)
    asked = along and re.search(rf"(?:which|what) (?:week)?{along}\b", query.text)
    rows = _asks_for_rows_of_cells(query, panels[0], drawn)
    whole = re.search(r"\boverall\b|\bin total\b|\b(?:al)?together\b|\bcombined\b|\bin all\b", query.text)
    if rows and extreme and not (query.series or query.places or query.statistic or query.rank > 1 or query.top):
        return replace(query, statistic="sum", of_series=True)
    if not asked and whole and extreme and drawn[0].kind == "heat map" and not (query.series or query.places):
        return replace(query, operations=("cannot",))  # a sum of rows, or of columns
    if not asked or not extreme or query.series or query.places or query.statistic or query.rank > 1 or query.top:
        return None
    return replace(query, statistic="sum", of_series=False)


def _asks_for_rows_of_cells(query: Query, panel: ChartPanel, drawn: Sequence[Series]) -> bool:
    """Return whether "which shop" asks for a row of counts, as the names of all rows, or the y axis, say "shop"."""
    asked = re.search(r"\b(?:which|what) ([a-z]+)", query.text)
    if asked is None or drawn[0].kind != "heat map" or _shares_or_means(panel):
        return False
    noun = re.sub(r"s$", "", asked[1])
    of_rows = all(re.match(rf"{noun}\b", one.name.lower()) for one in drawn) or noun in panel.y.label.lower()
    return len(noun) > 2 and of_rows and noun not in panel.x.label.lower()


def _shares_or_means(panel: ChartPanel) -> bool:
    label = panel.colour_bar.label.lower() if panel.colour_bar is not None else ""
    said = f"{panel.title} {label}".lower()
    return re.search(r"%|°|mean|average|median|rate|share|correl|index|score|temperature|per\b", said) is not None


_JUMP: Final = (
    r"(?:biggest|largest|greatest|highest|strongest|sharpest|steepest|smallest|most) "
    r"(?:single |overnight |one-(?:day|week|month|year) |(?:hour|dai|week|month|quarter|year)ly |annual |day-to-day )?"
    r"(?P<jump>jump|leap|increase|rise|gain|growth|drop|fall|decline|decrease|loss|change|swing|dip|tumble|plunge|slump|crash|collapse|"
    r"slide|surge|climb|spike)"
)


_LASTING: Final = r"\b(?:keep\w*|kept|always|steadily|constantly|still|continu\w*|every|each)\b"


def _about_movers(query: Query, panels: Sequence[ChartPanel], written: str) -> Query | None:
    """Read "which countries fell?" as a question for those series that are lower at the end than at the beginning."""
    which = re.match(r"\W*(?:(?:which|what) [a-z]+|who) ", query.text) and not re.search(_LASTING, query.text)
    told = query.operations == ("trend",) and query.direction and not {"maximum", "minimum", "rate"} & query.words
    if not (which and told) or len(panels) != 1 or query.series or query.places or _are_of_times(panels):
        return None
    return replace(query, operations=("growth",)) if len(drawn_series(panels)) > 1 else None


def _about_changes(query: Query, panels: Sequence[ChartPanel], written: str) -> Query | None:
    text, trend = query.text, query.operations == ("trend",)
    if _compares_growth(query, panels):
        return replace(query, operations=("growth",), direction="")
    drawn = [one for panel in panels for one in panel.series if one.kind not in ("reference line", "other", "points")]
    jump = re.search(_JUMP, text)
    of_one = bool(drawn) and drawn[0].kind != "pie" and 1 in (len(drawn), len(query.series))
    if jump is not None and of_one and not query.places:
        return _of_jump(query, jump["jump"])
    until = _changes_until(query, drawn_series(panels))
    if until is not None:
        return replace(query, operations=("trend",), places=(), bounds=until)
    if re.search(_HAPPENED, text) and len(query.places) == 1:
        return replace(query, operations=("happened",))
    one_of = re.match(r"\W*(?:did|has|have|is|are|does|do|was|were)\b.*\b(?:any|anyone|anybody|some|one of)\b", text)
    if trend and one_of and query.direction and len(drawn) > 1 and not (query.series or query.places):
        return replace(query, operations=("growth",))
    if trend and _are_of_times(panels) and query.of_series and not query.places:
        return replace(query, operations=("growth",), direction=_direction(text))
    if _are_of_several_times(panels) and _is_of_growth(query, panels):
        return replace(query, operations=("growth",), direction=_direction(text))
    told = bool(query.direction) and query.operations == ("value",) and _are_of_times(panels)
    if (trend or told) and len(query.places) == 1 and query.bounds is None:
        return replace(query, operations=("change at",) if _are_of_times(panels) else ("happened",))
    if query.operations not in (("rate",), ("step",)) and _is_of_growth(query, panels):
        return replace(query, operations=("growth",), direction=_direction(text))
    return None


_FROM_SERIES_TO: Final = r"\bfrom (?:the )?[\ue400-\ue7ff](?: \w+)? to (?:the )?[\ue400-\ue7ff]"
"""Two series that are times, such as terms, from one of which to the other values change."""
_OF_CHANGES: Final[frozenset[Operation]] = frozenset(("trend", "value", "difference", "compare", "percent", "happened"))


def _from_series_to_series(query: Query, panels: Sequence[ChartPanel], written: str) -> Query | None:
    """Read "how much did A drop from spring to summer", where these are series, as one about the change of A."""
    said = len(query.series) == 2 and len(query.places) == 1 and re.search(_FROM_SERIES_TO, written) is not None
    told = bool(query.direction) and bool(query.operations) and set(query.operations) <= _OF_CHANGES
    return replace(query, operations=("change at",), bounds=None) if said and told else None


def _between_two_times(query: Query, panels: Sequence[ChartPanel], written: str) -> Query | None:
    """Read "which crop lost most since 2023" of bars for 2023 and 2024 as one about the change of each crop."""
    if not (_are_of_times(panels) and are_plain_names(panels)) or query.bounds or query.threshold:
        return None
    drawn = [one.name for one in panels[0].series]
    told, changes = set(query.operations), bool(query.direction) and "trend" in query.words
    later = re.search(r"\b(?:than|to|with|since|from|versus|vs|before|previous|earlier)\b", written.lower()) is not None
    if changes and len(query.places) == 1 and told <= {"trend", "value", "percent", "step", "growth"}:
        return replace(query, operations=("change at",), series=())
    alone = not query.places and len(query.series) < 2
    most = re.search(rf"(?<!\w)(?:{MOST_WORDS})(?!\w)", query.text)
    which = re.match(r"\W*(?:which|what|who)\b", query.text)
    if alone and changes and which and most and (later or not query.series) and told <= {"trend", "step", "rate"}:
        return replace(query, operations=("growth",), series=())
    counted = re.match(r"\W*(?:in )?(?:how many|which|what)\b", query.text) is not None and "compare" in query.words
    if alone and counted and later and query.series == (drawn[-1],) and told <= {"count", "value", "maximum", "trend"}:
        return replace(query, operations=("higher at",), series=(drawn[-1], drawn[0]), yes_no=False)
    return None


def _changes_until(query: Query, drawn: Sequence[Series]) -> Bounds | None:
    """Return the part of the axis up to the place of "how much did it rise by week 8?"."""
    asked = re.search(r"\bhow (?:much|many)\b.*\b(?:did|has|have|had)\b", query.text) is not None
    until = re.search(r"\b(?:by|until|till|up to|after)(?: \w+){0,4} [\ue000-\ue3ff\uec00-\uefff]", query.text)
    told = (
        query.operations in (("value",), ("trend",))
        and "trend" in query.words
        and query.direction
        and len(query.places) == 1
    )
    ordered = all(not isinstance(place, str) or is_date(place) for one in drawn for place in one.x)
    return Bounds(high=query.places[0]) if asked and until and told and ordered and drawn else None


def _compares_growth(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether it compares how much series grow: "compare the growth of revenue and costs"."""
    drawn = [one for panel in panels for one in panel.series if one.kind in ("line", "area", "bars", "step")]
    if len(panels) != 1 or len(drawn) < 2 or len(query.series) == 1 or query.places or query.threshold:
        return False
    grown = re.search(rf"(?<!\w)(?:{_GROWN})(?!\w)", query.text)
    compares = query.operations == ("compare",) or (
        query.operations == ("rate",)
        and re.search(r"\b(?:which|what|who)\b.*\b(?:faster|fastest|slower|slowest)\b", query.text)
    )
    named = all(isinstance(place, str) for one in drawn for place in one.x)
    return grown is not None and bool(compares) and named and bool(_period(panels))


def _of_jump(query: Query, word: str) -> Query:
    """Return a query about the step that a word such as "jump" or "drop" means."""
    if word in ("change", "swing"):
        return replace(query, operations=("step",), direction="", text=f"{query.text} change")
    down = re.match("drop|fall|decl|decr|loss|dip|tumb|plun|slum|cras|coll|slid", word) is not None
    return replace(query, operations=("step",), direction="down" if down else "up")


def _direction(text: str) -> Literal["", "up", "down"]:
    down = re.search(rf"(?<!\w)(?:{_FELL})(?!\w)", text)
    return "down" if down is not None else "" if re.search(r"chang", text) else "up"


def _is_of_growth(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether it asks which of several series or names changed most between the ends of an axis of time."""
    drawn = drawn_series(panels)
    text = query.text
    if len(drawn) < 2 or len(query.series) == 1 or len(panels) > 1 or query.places or query.threshold:
        return False
    if any(one.kind in ("histogram", "pie", "heat map", "box plot") for one in drawn):
        return False
    if any(one.kind == "points" and (one.x != drawn[0].x or len(set(one.x)) < len(one.x)) for one in drawn):
        return False
    grown = re.search(rf"(?<!\w)(?:{_GROWN})(?!\w)", text)
    most = re.search(rf"(?<!\w)(?:{MOST_WORDS})(?!\w)", text)
    return grown is not None and most is not None and re.search(rf"\b(?:{_PERIODS})\b", text) is None


def _is_at_extreme(text: str, panels: Sequence[ChartPanel]) -> bool:
    """Return whether it asks for the value at an extreme of x: what the student who studied longest scored."""
    if len(panels) != 1 or any(one.kind != "points" for one in panels[0].series):
        return False
    side = "|".join((OPERATION_WORDS["maximum"]["en"], OPERATION_WORDS["minimum"]["en"]))
    extreme = search(side, "en", text)
    ours, others = (stems_of(axis.label) - stems_of(other.label) for axis, other in _both_ways(panels[0]))
    if extreme is None or not ours:
        return False
    before, after = (re.findall(r"\w+", part) for part in (text[: extreme.start()], text[extreme.end() :]))
    near = [*before[-2:], *after[:2]]
    placed = [word for word in near if stems_of(word) & ours]
    valued = any(stems_of(word) & others for word in (*before[:-2], *after[1:])) or re.match(r"how \w+|what did", text)
    closest = [word for word in (*before[-1:], *after[:1]) if stems_of(word) & others]
    return bool(placed) and bool(valued) and not (closest and stems_of(before[-1] if before else "") & others)


def _is_label(words: str, panels: Sequence[ChartPanel]) -> bool:
    labels = " ".join(f"{panel.title} {panel.x.label} {panel.y.label}".lower() for panel in panels)
    return re.search(words, labels) is not None and "%" not in labels


def _in_own_unit(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a query kept to the series in whose unit its limit is stated, if others have another unit."""
    if query.threshold is None or query.series:
        return query
    drawn = [(one, panel.axis_of(one).unit) for panel in panels for one in panel.series if one.kind != "reference line"]
    own = [one.name for one, unit in drawn if unit and re.search(rf"\d ?{re.escape(unit)}(?!\w)", text)]
    return replace(query, series=tuple(own)) if 0 < len(own) < len(drawn) and all(own) else query


def _is_of_end(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether it asks for the value at the end of a line: "how many points did they have in the end."""
    end = re.search(
        r"\b(?:at|by|in) the (?:very )?end\b(?! of (?:the )?[\ue000-\uf8ff])|\bfinally\b|\bended up\b", query.text
    )
    lines = all(one.kind in ("line", "area", "step") for panel in panels for one in panel.series)
    asked = set(query.operations) <= {"count", "sum", "value", "trend"}
    asked = asked and re.search(r"\b(?:ahead|behind)\b", query.text) is None
    return end is not None and lines and asked and not query.places and "difference" not in query.words


def _are_of_times(panels: Sequence[ChartPanel]) -> bool:
    """Return whether there are two series, that of one time and that of a later one."""
    drawn = [one for panel in panels for one in panel.series]
    return len(drawn) == 2 and len(panels) == 1 and are_times([one.name for one in drawn])


def _are_of_several_times(panels: Sequence[ChartPanel]) -> bool:
    drawn = [one for panel in panels for one in panel.series]
    return len(drawn) > 2 and len(panels) == 1 and are_times([one.name for one in drawn]) and are_plain_names(panels)


_PASSED: Final = (
    r"\bwhen (?:did|does|do)\b.*\b(?:fall|drop|sink|slip|dip|rise|climb|go|move|get) (?:below|above|past)\b"
)
"""When one series passed another, which is one place, and no list of those where it is lower."""


def _asks_where_higher(query: Query) -> bool:
    """Return whether it asks at which places one of two series is higher: when did we close more than we opened."""
    who = re.search(r"\bwho\b", query.text)
    where = who or re.search(
        r"(?:which|what|how many) (?:years?|months?|days?|quarters?|weeks?|seasons?|"
        r"\w+s? (?:is|was|are|were|did|do|does|has|have|had|with|where))|when\b",
        query.text,
    )
    compared = {"difference", "compare", "crossing"} & set(query.operations) and (
        query.has("more") or query.has("less")
    )
    if "crossing" in query.operations and re.search(_PASSED, query.text):
        return False
    return where is not None and bool(compared) and len(query.series) == 2 and not query.places


def _both_ways(panel: ChartPanel):  # type: ignore[no-untyped-def]
    return ((panel.x, panel.y), (panel.y, panel.x))


# --- groups of places -------------------------------------------------------------------------------------------


def of_groups(query: Query, marked: Marked, panels: Sequence[ChartPanel]) -> Query:
    """Return a question that names groups of places, such as the summer, as one about these, or without them."""
    groups = marked.groups
    if not groups or (query.operations and set(query.operations) <= WHOLE_CHART):
        return query
    left_out = re.search(r"excluding|without|except|leaving out|not counting", marked.written.lower())
    if left_out is not None and len(groups) == 1:
        text = marked.written.lower()
        return replace(query, without=(*query.without, *groups[0].places), text=text.replace(left_out[0], " "))
    if len(groups) > 1 and not query.places:
        return replace(query, groups=groups, operations=("groups",), firm=query.firm or "difference" in query.words)
    if "share" in query.operations:
        return replace(query, places=groups[0].places, text=f"{query.text} together")
    asked: tuple[Operation, ...] = query.operations
    if (
        not asked
        or set(asked) & {"value", "first", "last", "count", "lookup", "compare"}
        or (asked == ("trend",) and not query.direction and "trend" not in query.words)
    ):
        asked = ("totals",) if compares_series(query, panels) else ("group",)
    return replace(query, groups=groups, operations=asked)


# --- negations --------------------------------------------------------------------------------------------------

_NOT: Final = r"(?<!\w)(?:not|(?:do|does|did|is|are|was|were|have|has)n[’']t)(?!\w)"


def _of_negation(query: Query, panels: Sequence[ChartPanel]) -> Query:
    """Return a query with what is denied turned into what is left: "which are not above 50", "who doesn't walk"."""
    match = re.search(_NOT, query.text)
    if match is None:
        return query
    if match.start() == 0 or "outlier" in query.operations:  # "isn't it highest in May?"
        return replace(query, negated=True)
    if query.threshold is not None:
        return replace(query, threshold=query.threshold.denied(), negated=True)
    names = {place for panel in panels for one in panel.series for place in one.x}
    if query.operations == ("share",) and query.places and len(panels) == 1 and len(panels[0].series) == 1:
        others = tuple(place for place in panels[0].series[0].x if place not in query.places)
        return replace(query, places=others, negated=bool(names), text=f"{query.text} together")
    return query


def are_times(names: Sequence[str]) -> bool:
    """Return whether all names are those of times: years, months, days, before and after, or tests."""
    return (
        are_stages(names)
        or bool(period_of(names))
        or bool(kind_of_names(names))
        or all(re.search(r"(?<!\w)(?:19|20)\d\d(?![A-Za-z\d])", n) for n in names)
    )
