"""Everyday forms of English questions: groups of places, growth, what happened, what is nearest, and negations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import Chart, ChartPanel, Series
from vision_magic.engine.questions.accounts import are_from_figures, stems_of, unaccounted
from vision_magic.engine.questions.comparing import is_funnel
from vision_magic.engine.questions.marked import Marked
from vision_magic.engine.questions.names import kind_of_names
from vision_magic.engine.questions.numbers import period_of
from vision_magic.engine.questions.operations import ranked
from vision_magic.engine.questions.query import Query, Threshold
from vision_magic.engine.questions.words import OPERATION_WORDS, WHOLE_CHART, Operation, search

__all__ = ["are_plain_names", "are_times", "as_everyday"]

_UNGATED: Final = WHOLE_CHART - {"legend", "limits", "scale", "axis"}
"""Operations whose questions may have any words: they are not about something that a chart may lack."""

_HAPPENED: Final = r"what (?:has )?(?:happened|changed|was going on|is special|was special)\b|what about\b"
_NEAREST: Final = (
    r"(?:closest|nearest|most similar) to (?:the |its |this |their )?"
    r"(?P<to>mean|average|median|it\b|that\b|[\uec00-\uefff])"
)
_GROWN: Final = (
    r"grow\w*|grew|growth|increas\w*|ris(?:e|es|en|ing)|rose|gain\w*|climb\w*|improv\w*|expand\w*|"
    r"fall(?:s|en|ing)?|fell|declin\w*|decreas\w*|drop\w*|shr[iau]nk\w*|lost|los(?:e|es|ing)|chang\w*"
)
_MOST: Final = (
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
    query = _of_negation(_of_groups(_of_forms(query, panels, marked.written.lower()), marked), panels)
    asked = query.operations or (("value",) if _asks_for_data(marked.written) else ())
    if not asked or set(asked) <= _UNGATED:
        return query
    if not are_from_figures(panels):
        return query
    points = all(one.kind == "points" for panel in panels for one in panel.series)
    if _is_other_than_growth(query, panels):
        return replace(query, operations=("cannot",))
    word = unaccounted(
        _without_answered(query, marked.written, panels),
        charts,
        negated=query.negated,
        each=_period(panels),
        guessed=_is_guessed(query),
        things=points,
    )
    return replace(query, operations=("unheard",), unheard=word) if word else query


def _without_answered(query: Query, text: str, panels: Sequence[ChartPanel]) -> str:
    """Return a question without the words that only one answer understands, where this is the one that it gets."""
    if query.operations == ("overlap",):
        return re.sub(r"\boverlap\w*", " ", text)
    if query.operations == ("share",) and is_funnel(panels):
        return re.sub(r"\bconversion\b", " ", text, flags=re.IGNORECASE)
    return text


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
    names = [str(place) for place in places]
    kind = period_of(names) or kind_of_names(names) or ("day" if names and all(map(_DAY.match, names)) else "")
    return kind.removesuffix(" of a year")


_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def _of_forms(query: Query, panels: Sequence[ChartPanel], written: str) -> Query:
    """Return a query as the first form tells that its words have; as it is if they have none."""
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
        _about_values,
        _about_one_of_bars,
        _about_sums,
        _about_two,
        _about_cells,
        _about_changes,
    )
    found = (form(query, panels, written) for form in forms)
    return next((changed for changed in found if changed is not None), query)


def _about_tops(query: Query, panels: Sequence[ChartPanel], written: str) -> Query | None:
    """Read the share of the highest together, the fullest bin, who won, and the series of which the sum is highest."""
    text, told = query.text, set(query.operations)
    drawn = [one for panel in panels for one in panel.series if one.kind not in ("reference line", "other")]
    if not drawn:
        return None
    if is_funnel(panels) and re.search(r"\bconversion\b", text):
        places = sorted(zip(drawn[0].y, drawn[0].x, strict=True))
        ends = tuple(place for place in query.places if place in drawn[0].x) or (places[0][1],)
        return replace(query, operations=("share",), places=ends)
    if any(one.extra.get("error") for one in drawn) and re.search(r"\boverlap", text):
        return replace(query, operations=("overlap",))
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
        bars = all(one.kind in ("bars", "stacked bars", "horizontal bars") for one in drawn)
        summed = bars and len(panels) == 1 and not (query.statistic or query.places or query.bounds or query.groups)
        return replace(query, of_series=True, statistic="sum" if summed else query.statistic)
    return None


_MOST_FALL: Final = r"\bmost \w+ (?:fall|lie|are|were|belong|sit)\b|\bmost of the \w+ (?:fall|lie|are|were)\b"


def _limits_places(query: Query, panels: Sequence[ChartPanel], written: str) -> bool:
    """Return whether a limit of points is one of what the x axis measures: "more than 1000 employees"."""
    if query.threshold is None or len(panels) != 1 or any(one.kind != "points" for one in panels[0].series):
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
    if related is None or not re.search(rf"\b(?:{_MOST}|strongly|closely|weakly|weak|strong)\b", query.text):
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
    ends = re.search(_FROM_TO, text)
    if ends is not None and not query.places:
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


_APART: Final = r"missing|short|away|far|below|above|left|to go|over|under|gap|difference|exceed|beyond|more|less|from"
_FROM_TO: Final = (
    r"(?:from|since|after) (?:the |its |their )?"
    r"(?P<from>peak|maximum|top|high|highest \w+|low|lowest \w+|minimum|bottom|trough)"
)
_LOW: Final = re.compile(r"low|min|bottom|trough")


def are_plain_names(panels: Sequence[ChartPanel]) -> bool:
    """Return whether all places are names without an order, such as fruits."""
    places = [place for panel in panels for one in panel.series for place in one.x]
    names = [place for place in dict.fromkeys(places) if isinstance(place, str)]
    if not names or len(names) < len(set(places)) or period_of(names) or kind_of_names(names):
        return False
    return not any(re.search(r"\d", name) for name in names)


def _about_sums(query: Query, panels: Sequence[ChartPanel], written: str) -> Query | None:
    """Read "which country has the most medals overall" as one about sums, and counts of what is measured."""
    drawn = [one for panel in panels for one in panel.series if one.kind not in ("reference line", "other")]
    text, told = query.text, set(query.operations)
    bars = len(panels) == 1 and all(one.kind in ("bars", "stacked bars", "horizontal bars") for one in drawn)
    if len(panels) != 1 or query.rank > 1 or query.top:
        return None
    measure = stems_of(panels[0].y.label)
    counted = re.search(r"(?:how many|most|fewest|least) (?P<first>\w+)(?: (?P<second>\w+))?", text)
    measured = counted is not None and any(stems_of(word) & measure for word in counted.groups() if word)
    cells = all(one.kind == "heat map" for one in drawn) and len(query.series) == 1 and not query.places
    if cells and told <= {"value", "count", "trend"} and "how many" in text:
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
        stacked = all(one.kind == "stacked bars" for one in drawn)
        return replace(query, operations=("sum",)) if stacked else None
    if told == {"count"} and len(drawn) == 1 and measured and drawn[0].kind != "points" and not query.places:
        return replace(query, operations=("sum",))
    asked = re.search(r"\bhow (?:many|much)\b", text) is not None and "trend" not in query.words
    if asked and query.bounds is not None and told <= {"value", "trend", "count"} and drawn[0].kind != "histogram":
        return replace(query, operations=("group",))
    return None


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
    drawn = [one for panel in panels for one in panel.series if one.kind not in ("reference line", "other")]
    if len(panels) != 1 or not told or not told <= {"value", "count"} or len(query.series) != 1 or len(drawn) < 2:
        return None
    bars = all(one.kind in ("bars", "stacked bars", "horizontal bars") for one in drawn)
    listed = all(isinstance(place, str) for one in drawn for place in one.x)
    counted = re.search(r"how many (?P<noun>\w+)", query.text)
    measured = counted is not None and bool(stems_of(counted["noun"]) & stems_of(panels[0].y.label))
    whole = not (query.places or query.bounds or query.threshold or query.groups)
    return replace(query, operations=("sum",)) if bars and listed and measured and whole else None


def _names_places(text: str, panels: Sequence[ChartPanel]) -> bool:
    """Return whether "which country" names what stands along the axis, as far as its label or title says so."""
    asked = re.search(r"(?:which|what) (\w+)", text)
    legend = stems_of(panels[0].legend_title)
    return asked is not None and not (stems_of(asked[1]) & legend)


def _about_values(query: Query, panels: Sequence[ChartPanel], written: str) -> Query | None:
    text = query.text
    if query.limits and re.match(_WHERE_IS, text):
        return replace(query, operations=("reference",))
    nearest = re.search(_NEAREST, text)
    if nearest is not None and len(query.series) < 2:
        return replace(query, operations=("nearest",), statistic="median" if nearest["to"] == "median" else "mean")
    if re.search(_ALL_OF_IT, text) and set(query.operations) <= {"value", "count"} and not query.places:
        return replace(query, operations=("sum",))
    after = (
        query.bounds.low if query.bounds is not None and query.bounds.high is None and query.bounds.open_low else None
    )
    if (
        isinstance(after, float)
        and after < 1000
        and set(query.operations) <= {"value", "count", "trend"}
        and _is_line(panels)
    ):
        return replace(query, bounds=None, places=(after,), operations=("value",))
    if _is_of_end(query, panels):
        return replace(query, operations=("last",))
    if set(query.operations) & {"maximum", "minimum", "trend", "value"} and _is_at_extreme(text, panels):
        sides: tuple[Operation, ...] = ("maximum", "minimum")
        asked = tuple(side for side in sides if search(OPERATION_WORDS[side]["en"], "en", text))
        return replace(query, operations=asked or query.operations, of_places=True)
    return None


_ALL_OF_IT: Final = (
    r"how (?:much|many)\b.*\b(?:whole|entire|full|all|over the) (?:week|year|month|day|period|time|term|season)"
)


def _is_line(panels: Sequence[ChartPanel]) -> bool:
    drawn = [one for panel in panels for one in panel.series]
    return all(one.kind == "line" and all(isinstance(place, float | int) for place in one.x) for one in drawn)


_WHERE_IS: Final = r"(?:what|where)(?:['’]s| is| was)?\W*$|(?:how high|at (?:what|which) \w+) (?:is|was)\W*$"


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
    if re.search(r"\bhow (?:many|much)\b.*\b(?:ahead|behind)\b", text):
        return replace(query, operations=("difference",) if len(query.series) == 2 else ("cannot",))
    two = len(query.series) == 2 and not (query.places or query.bounds or query.threshold or query.groups)
    if two and re.search(r"(?:^|\W)(?:who|which)\b.*\b(?:more|less|fewer)\b.*\bor\b", written):
        return replace(query, operations=("difference",))
    if _asks_where_higher(query):
        less = query.has("less") and not query.has("more")
        return replace(query, operations=("higher at",), series=query.series[::-1] if less else query.series)
    return None


_PAIR: Final = r"(?:which|what) (?:two|2|pair)\b.*\b(?:close|closest|similar|nearest|alike)\b"


def _about_cells(query: Query, panels: Sequence[ChartPanel], written: str) -> Query | None:
    """Read "which day was the quietest" of cells or stacks as the day with the lowest sum."""
    drawn = [one for panel in panels for one in panel.series]
    if len(panels) != 1 or not drawn or any(one.kind not in ("heat map", "stacked bars") for one in drawn):
        return None
    along = kind_of_names([str(place) for place in drawn[0].x])
    extreme = {"maximum", "minimum"} & set(query.operations)
    asked = along and re.search(rf"(?:which|what) {along}\b", query.text)
    if not asked or not extreme or query.series or query.places or query.statistic or query.rank > 1 or query.top:
        return None
    return replace(query, statistic="sum", of_series=False)


_JUMP: Final = (
    r"(?:biggest|largest|greatest|highest|strongest|sharpest|steepest|smallest|most) "
    r"(?:single |one-year |yearly |annual |monthly )?"
    r"(?P<jump>jump|leap|increase|rise|gain|growth|drop|fall|decline|decrease|loss|change|swing|dip)"
)


def _about_changes(query: Query, panels: Sequence[ChartPanel], written: str) -> Query | None:
    text, trend = query.text, query.operations == ("trend",)
    if _compares_growth(query, panels):
        return replace(query, operations=("growth",), direction="")
    drawn = [one for panel in panels for one in panel.series if one.kind not in ("reference line", "other", "points")]
    jump = re.search(_JUMP, text)
    if jump is not None and (len(drawn) == 1 or len(query.series) == 1) and not query.places and drawn[0].kind != "pie":
        return _of_jump(query, jump["jump"])
    if re.search(_HAPPENED, text) and len(query.places) == 1:
        return replace(query, operations=("happened",))
    if trend and _are_of_times(panels) and query.of_series and not query.places:
        return replace(query, operations=("growth",), direction=_direction(text))
    if trend and len(query.places) == 1 and query.bounds is None:
        return replace(query, operations=("change at",) if _are_of_times(panels) else ("happened",))
    if query.operations not in (("rate",), ("step",)) and _is_of_growth(query, panels):
        return replace(query, operations=("growth",), direction=_direction(text))
    return None


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
    return grown is not None and bool(compares) and bool(_period(panels))


def _of_jump(query: Query, word: str) -> Query:
    """Return a query about the step that a word such as "jump" or "drop" means."""
    if word in ("change", "swing"):
        return replace(query, operations=("step",), direction="", text=f"{query.text} change")
    down = re.match("drop|fall|decl|decr|loss|dip", word) is not None
    return replace(query, operations=("step",), direction="down" if down else "up")


def _direction(text: str) -> Literal["", "up", "down"]:
    down = re.search(r"fall|fell|declin|decreas|drop|shr[iau]nk|lost|los[ei]", text)
    return "down" if down is not None else "" if re.search(r"chang", text) else "up"


def _is_of_growth(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether it asks which of several series or names changed most between the ends of an axis of time."""
    drawn = [one for panel in panels for one in panel.series if one.kind not in ("reference line", "other")]
    text = query.text
    if len(drawn) < 2 or len(query.series) == 1 or len(panels) > 1 or query.places or query.threshold:
        return False
    if any(one.kind in ("points", "histogram", "pie", "heat map", "box plot") for one in drawn):
        return False
    grown = re.search(rf"(?<!\w)(?:{_GROWN})(?!\w)", text)
    most = re.search(rf"(?<!\w)(?:{_MOST})(?!\w)", text)
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


def _asks_where_higher(query: Query) -> bool:
    """Return whether it asks at which places one of two series is higher: when did we close more than we opened."""
    who = re.search(r"\bwho\b", query.text)
    where = who or re.search(
        r"(?:which|what|how many) (?:years?|months?|days?|quarters?|weeks?|seasons?|"
        r"\w+s (?:is|was|are|were|did|do|does))|when\b",
        query.text,
    )
    compared = {"difference", "compare", "crossing"} & set(query.operations) and (
        query.has("more") or query.has("less")
    )
    return where is not None and bool(compared) and len(query.series) == 2 and not query.places


def _both_ways(panel: ChartPanel):  # type: ignore[no-untyped-def]
    return ((panel.x, panel.y), (panel.y, panel.x))


# --- groups of places -------------------------------------------------------------------------------------------


def _of_groups(query: Query, marked: Marked) -> Query:
    groups = marked.groups
    if not groups or (query.operations and set(query.operations) <= WHOLE_CHART):
        return query
    left_out = re.search(r"excluding|without|except|leaving out|not counting", marked.written.lower())
    if left_out is not None and len(groups) == 1:
        text = marked.written.lower()
        return replace(query, without=(*query.without, *groups[0].places), text=text.replace(left_out[0], " "))
    if len(groups) > 1 and not query.places:
        return replace(query, groups=groups, operations=("groups",))
    if "share" in query.operations:
        return replace(query, places=groups[0].places, text=f"{query.text} together")
    asked: tuple[Operation, ...] = query.operations
    if (
        not asked
        or set(asked) & {"value", "first", "last", "count", "lookup", "compare"}
        or (asked == ("trend",) and not query.direction and "trend" not in query.words)
    ):
        asked = ("group",)
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
        return replace(query, threshold=_denied(query.threshold), negated=True)
    names = {place for panel in panels for one in panel.series for place in one.x}
    if query.operations == ("share",) and query.places and len(panels) == 1 and len(panels[0].series) == 1:
        others = tuple(place for place in panels[0].series[0].x if place not in query.places)
        return replace(query, places=others, negated=bool(names), text=f"{query.text} together")
    return query


_DENIED: Final = {"above": "at most", "below": "at least", "at least": "below", "at most": "above"}


def _denied(threshold: Threshold) -> Threshold:
    return replace(threshold, kind=_DENIED[threshold.kind])  # type: ignore[arg-type]


def are_times(names: Sequence[str]) -> bool:
    """Return whether all names are those of times: years, months, days, or before and after."""
    known = all(re.fullmatch(r"before|after|then|now|start|end|baseline|pre|post", name.lower()) for name in names)
    return (
        known
        or bool(period_of(names))
        or bool(kind_of_names(names))
        or all(re.search(r"(?<!\w)(?:19|20)\d\d(?![A-Za-z\d])", n) for n in names)
    )
