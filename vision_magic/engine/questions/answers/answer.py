"""Answers to questions about the data of charts, in the language of the question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from vision_magic.engine.chart.data import Chart, ChartPanel, drawn_series
from vision_magic.engine.questions.answers import comparing, courses, everyday_answers, extremes, lookups, rates
from vision_magic.engine.questions.answers.about import (
    about_axes,
    about_colours,
    about_kind,
    about_legend,
    about_title,
    about_unheard,
    count,
    is_logarithmic,
)
from vision_magic.engine.questions.answers.boxes import quartiles
from vision_magic.engine.questions.answers.describing import alt_text, describe
from vision_magic.engine.questions.answers.error_bars import error_bars
from vision_magic.engine.questions.answers.task import Item, Task, join, source_of, task_of
from vision_magic.engine.questions.forms import forms_of_time
from vision_magic.engine.questions.language import localised
from vision_magic.engine.questions.names.named_points import names_at
from vision_magic.engine.questions.names.usual_names import kind_of_names
from vision_magic.engine.questions.names.words_of_axes import axis_meant
from vision_magic.engine.questions.numbers import escape, format_number, label_without_unit, measured_place, period_of
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics import (
    against,
    asked_of_bins,
    beyond,
    confusion,
    ends_of_bins,
    ends_of_boxes,
    equal_neighbours,
    existing,
    gaps_at,
    lasting,
    leading,
    movers,
    multiples,
    overlapping,
    parts_of_boxes,
    places_within,
    ranks,
    summed,
    turns,
    two_sides,
    two_times,
)
from vision_magic.engine.questions.topics.always_moving import always_moved
from vision_magic.engine.questions.topics.amounts_of_whole import amount_of_whole
from vision_magic.engine.questions.topics.moves import moved_all, moved_any, moves, moves_of_spans
from vision_magic.engine.questions.topics.numbers_of_points import numbers
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["alt_text", "answer_query", "asks_for_another_measure", "describe"]

_MAX_SENTENCES: Final = 8
_MAX_ROWS: Final = 60


def answer_query(query: Query, charts: Sequence[Chart]) -> Iterator[str]:
    """Yield the sentences that answer a question, each beginning with its source; nothing if no operation is asked for.

    Parameters
    ----------
    query : Query
        The question.
    charts : sequence of Chart
        The charts that it is about, in order.
    """
    if not any(chart.panels for chart in charts):
        return
    sentences = list(_part(query, charts))
    if query.then is not None and query.operations != ("unheard",) and not _tells_both_quantities(query, charts):
        sentences = _joined(sentences, list(_part(_at_answer(query.then, query, charts), charts)))
    yield from sentences


def _tells_both_quantities(query: Query, charts: Sequence[Chart]) -> bool:
    """Return whether the second part of a question asks for a quantity of a point that the first names with both."""
    then = query.then
    drawn = drawn_series([panel for chart in charts for panel in chart.panels])
    points = len(drawn) == 1 and drawn[0].kind == "points"
    if not points or then is None or then.places or then.threshold is not None:
        return False
    panel = next(panel for chart in charts for panel in chart.panels if drawn_series([panel]))
    plain = then.refers_back and re.match(r"\W*how many (?:was|were|is|are)\b", then.text) is not None
    counted = plain or axis_meant(then.text, panel, query.language) != ""  # and not how many points there are
    asked = then.operations == ("value",) or (then.operations == ("count",) and counted)
    return asked and query.operations in (("maximum",), ("minimum",))


def _at_answer(second: Query, first: Query, charts: Sequence[Chart]) -> Query:
    """Return the second part of a question at the place that the first asked for, if it refers back to it."""
    passed = set(first.operations) & {"reach", "lookup"}
    alone = second.operations == ("value",) and not (second.series or second.bounds or second.groups or second.amounts)
    if (
        not (second.refers_back or alone)
        or second.places
        or not (passed or {"maximum", "minimum"} & set(first.operations))
    ):
        return second
    task = task_of(first, charts)
    highest = "maximum" in first.operations
    found = lookups.place_of_passing(task) if passed else extremes.place_of_extreme(task, highest=highest)
    if found is None:
        return second
    told = set(second.operations) & {"trend", "happened", "maximum", "minimum", "count", "sum"}
    operations: tuple[Operation, ...] = ("value",) if told else second.operations
    return replace(second, operations=operations, places=(found,), bounds=None, groups=())


def _joined(first: list[str], second: list[str]) -> list[str]:
    """Return the sentences of both parts, with the source of the second only if it differs."""
    if len(first) != 1 or len(second) != 1:
        return [*first, *(sentence for sentence in second if sentence not in first)]
    source, colon, rest = second[0].partition(": ")
    told = colon and first[0].startswith(f"{source}: ")
    return [first[0] if told and rest in first[0] else f"{first[0]} {rest if told else second[0]}"]


def _part(query: Query, charts: Sequence[Chart]) -> Iterator[str]:
    task = task_of(query, charts)
    for operation in query.operations:
        if operation == "describe":
            yield from describe(charts, query.language)
        elif operation == "alt":
            yield alt_text(charts, query.language)
        elif operation == "count" and lookups.is_over_places(task):
            yield from _answered(task, operation)
        elif operation in _WHOLE:
            sentences = " ".join(_WHOLE[operation](task, charts))
            if sentences:
                yield sentences
        elif operation in _OPERATIONS:
            yield from _answered(task, operation) if task.items else [task.say("no data")]


def asks_for_another_measure(query: Query, charts: Sequence[Chart]) -> bool:
    """Return whether a question asks for money or for a duration where charts measure something else."""
    told = set(query.operations) - _WITHOUT_MEASURE
    task = task_of(query, charts) if told else None
    return task is not None and (_is_of_money(task) or _is_of_time(task))


_MONEY: Final = re.compile(
    r"\b(?:euros?|dollars?|usd|eur|(?<!pour )(?<!per )cents?)\b|"
    r"[€$]|유로|달러|(?:얼마|몇|만|천|억|\d) ?\(?원|한 ?[가-힣]{1,2}에 ?얼마|"
    r"欧元|歐元|美元|多少钱|几块钱",
    re.IGNORECASE,
)


_IN_MONEY: Final = re.compile(
    rf"{_MONEY.pattern}|[£¥₩元円块]|(?<![가-힣])원(?![가-힣])|\b(?:won|krw|yuan|rmb|cny|yen|jpy|pounds?|gbp|francs?|chf)\b",
    re.IGNORECASE,
)
"""Units of money, of which some are other words in a question: "won"."""


def _is_of_money(task: Task) -> bool:
    """Return whether money is asked for where all values have another unit, such as kWh."""
    units = {item.unit for item in task.items}
    written = " ".join(text for panel in task.panels for text in (panel.title, panel.x.label, panel.y.label))
    asked = _MONEY.search(task.query.text) is not None and _IN_MONEY.search(written) is None
    return asked and bool(units) and all(unit and _IN_MONEY.search(unit) is None for unit in units)


_HOW_LONG: Final = re.compile(
    r"\bhow long (?:do|does|did|will|on average)\b|\bwie lange\b|\bcombien de temps\b|\bcu[aá]nto tiempo\b|"
    r"\bcu[aá]nto (?:dura|(?:se )?tarda)n?\b|"
    r"얼마나 (?:오래|걸[리렸])|多久|多长时间",
    re.IGNORECASE,
)
_PER_TIME: Final = re.compile(r"/ ?\w+")
_HOW_MANY: Final = re.compile(
    r"\bhow many (?:years|months|weeks|days|hours|minutes)\b|"
    r"\bwie ?viele (?:jahre|monate|wochen|tage|stunden|minuten)\b|"
    r"\bcombien d(?:e |['’])(?:ans|années|mois|semaines|jours|heures|minutes)\b|"
    r"\bcu[aá]nt[oa]s (?:años|meses|semanas|días|horas|minutos)\b|(?:多少|几)(?:年(?![级代度])|天|个月|个?小时|分钟)",
    re.IGNORECASE,
)
"""A number of years, days or hours, which are counted along an axis of times, or are what is measured."""
_OF_TIME: Final = re.compile(
    r"\b(?:ms|s|sec|min|h|hrs?|d|std|ans|años)\b|time|hour|minute|second|day|week|month|year|dura|age|zeit|dauer|"
    r"stunde|tag|"
    r"woche|monat|jahr|alter|temps|durée|heure|jour|semaine|mois|année|âge|tiempo|hora|día|semana|mes|año|edad|시간|"
    r"기간|"
    r"나이|\([분초일]\)|时间|时长|小时|分钟|秒|天数|龄",
    re.IGNORECASE,
)


def _is_of_time(task: Task) -> bool:
    """Return whether a duration is asked for where nothing that is drawn is measured in time.

    The hours of a day along the other axis are no duration of which there is a mean.
    """
    axes = [axis for panel in task.panels for axis in (panel.x, panel.y, panel.right, panel.colour_bar) if axis]
    titles = tuple(panel.title for panel in task.panels)
    at_name = set(task.query.operations) <= {"value", "group"} and any(
        isinstance(one, str) for one in task.query.places
    )
    if at_name and not any(item.series.kind == "points" for item in task.items):
        of_values = (panel.colour_bar or panel.axis_of(one) for panel in task.panels for one in panel.series)
        axes, titles = list(of_values), ()
    if set(task.query.operations) == {"mean"} and all(item.series.kind == "heat map" for item in task.items):
        axes = [panel.colour_bar for panel in task.panels if panel.colour_bar]
        titles = ()
    labels = " ".join((*titles, *(f"{axis.label} ({axis.unit})" for axis in axes)))
    labels = _PER_TIME.sub(" ", labels)  # a speed in km/h is no time
    counted = _HOW_MANY.search(task.query.text) is not None and not any(map(_is_along_times, task.items))
    asked = counted or _HOW_LONG.search(task.query.text) is not None
    return asked and bool(task.items) and _OF_TIME.search(labels) is None


def _is_along_times(item: Item) -> bool:
    """Return whether the places or the other series are dates, years, months or days."""
    names = [[str(place) for place in item.series.x], [one.name for one in item.panel.series]]
    years = all(isinstance(place, float | int) and 1800 <= place <= 2100 for place in item.series.x)
    numbers = all(isinstance(place, float | int) for place in item.series.x)
    if numbers and _ALONG_TIMES.search(label_without_unit(item.panel.x)):
        return True
    return years or any(bool(period_of(one) or kind_of_names(one)) or any(map(_TIMED.search, one)) for one in names)


_ALONG_TIMES: Final = re.compile(
    r"\b(?:days?|dates?|weeks?|months?|years?|hours?|minutes?|time)\b|(?:tage?|datum|woche|monate?|jahre?|stunden?|uhrzeit|"
    r"zeit)\b|\b(?:jours?|semaines?|mois|années?|ans|heures?|temps|días?|fecha|semanas?|mes(?:es)?|años?|horas?|tiempo)\b|"
    r"날짜|일차|주차|개월|시각|시간|^[월년일주]|日期|天|周|月|年|时间|小时",
    re.IGNORECASE,
)
"""Labels of an axis of numbers that are times."""
_TIMED: Final = re.compile(r"(?:19|20)\d\d|\d ?[:h시时点]|\d{4}-\d\d")


def _answered(task: Task, operation: Operation) -> Iterator[str]:
    """Yield the sentences of an operation below their source, or why there are none."""
    sure = task.sure
    yield from task.unsure()
    if len(sure) < len(task.items) and operation in _OF_ALL:  # the highest of some series is not the highest of all
        task = replace(task, query=replace(task.query, series=tuple(item.series.name for item in sure)))
        sure = [item for item in sure if item.name]
    if not sure:
        return
    chosen = replace(task, items=sure)
    if operation in _OF_TWO and len(sure) == 2 and not comparing.are_alike(*sure):
        yield f"{source_of(task, sure)} {comparing.two_needed(chosen)}"
        return
    chosen = summed.with_sum_of_rows(chosen, operation)
    counts = operation in ("sum", "count", "value", "threshold", "share") and lookups.is_over_places(chosen)
    sentences = list((lookups.in_bins if counts else _OPERATIONS[operation])(chosen))[:_MAX_SENTENCES]
    if sentences:
        yield f"{source_of(task, sure)} {' '.join(sentences)}"


_OF_ALL: Final[frozenset[Operation]] = frozenset(("maximum", "minimum"))
_OF_TWO: Final[frozenset[Operation]] = frozenset(
    ("higher at", "ahead from", "first ahead", "equal at", "leads", "gaps at")
)
"""Operations that compare two series, whose values must be along one axis."""


def _table(task: Task) -> Iterator[str]:
    """Yield a Markdown table for each panel: a row for each place, a column for each series."""
    for panel in task.panels:
        items = [item for item in task.items if item.panel is panel and item.series.x]
        if items:
            yield "\n\n" + localised("\n".join(_rows(items[:8], panel)), task.language) + "\n\n"
            if any(item.series.is_course for item in items):
                yield task.say("along its course")
        else:
            yield from (task.say("unknown", of=task.of(item)) for item in task.items[:3] if item.panel is panel)


def _rows(items: Sequence[Item], panel: ChartPanel) -> Iterator[str]:
    axis = items[0].places
    # Two series are rarely measured at exactly the same place.
    columns = [
        {measured_place(place, axis): value for place, value in zip(item.series.x, item.series.y, strict=True)}
        for item in items
    ]
    places = list(dict.fromkeys(place for column in columns for place in column))
    if not any(isinstance(place, str) for place in places) and len(items) > 1:
        places.sort()
    first = axis.label or ("" if any(isinstance(place, str) for place in places) else "x")
    names = {place: join(names_at(panel, place), items[0].language) for place in places}
    named = [""] if any(names.values()) else []
    head = [*named, first, *(item.name or item.values.label or panel.title or "y" for item in items)]
    yield _row([escape(title) for title in head])
    yield _row(["---"] * len(head))
    for place in places[:_MAX_ROWS]:
        cells = [
            item.value(column[place]) if place in column else "" for item, column in zip(items, columns, strict=True)
        ]
        told = [escape(names[place])] if named else []
        yield _row([*told, escape(place) if isinstance(place, str) else format_number(place), *cells])
    if len(places) > _MAX_ROWS:
        yield _row([f"… {len(places) - _MAX_ROWS}", *[""] * (len(head) - 1)])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


_WHOLE: Final[dict[Operation, Callable[[Task, Sequence[Chart]], Iterator[str]]]] = {
    "cannot": lambda task, charts: iter([task.say("cannot")]),
    "unheard": lambda task, charts: about_unheard(task),
    "kind": lambda task, charts: about_kind(task),
    "title": about_title,
    "legend": lambda task, charts: about_legend(task),
    "colour": lambda task, charts: about_colours(task),
    "axis": lambda task, charts: about_axes(task, limits=False),
    "limits": lambda task, charts: about_axes(task, limits=True),
    "scale": lambda task, charts: is_logarithmic(task),
    "count": lambda task, charts: count(task),
}

_WITHOUT_MEASURE: Final[frozenset[Operation]] = frozenset(
    ("describe", "alt", "amount of whole", "bin widths", "parts of boxes", *_WHOLE)
) - {"unheard"}
"""What is asked of a whole chart, whatever it measures, or of what its title names."""

_OPERATIONS: Final[dict[Operation, Callable[[Task], Iterator[str]]]] = {
    "maximum": lambda task: extremes.extreme(task, highest=True),
    "minimum": lambda task: extremes.extreme(task, highest=False),
    "threshold": extremes.threshold,
    "range": extremes.span,
    "mean": comparing.mean_of,
    "median": courses.median_of,
    "sum": courses.sum_of,
    "outlier": courses.find_outliers,
    "correlation": courses.correlate,
    "trend": courses.trend,
    "first": lambda task: courses.end(task, first=True),
    "last": lambda task: courses.end(task, first=False),
    "value": courses.value,
    "gap": comparing.gap,
    "difference": partial(overlapping.with_intervals, comparing.difference),
    "ratio": comparing.ratio,
    "share": comparing.share,
    "compare": partial(overlapping.with_intervals, comparing.compare),
    "crossing": comparing.crossing,
    "table": _table,
    "sort": lookups.sort,
    "error": error_bars,
    "spread": lookups.spread,
    "reach": lookups.reach,
    "lookup": lookups.lookup,
    "slope": rates.slopes,
    "rate": rates.rate,
    "step": rates.step,
    "percent": rates.percent,
    "growth": everyday_answers.growth,
    "group": everyday_answers.group,
    "groups": everyday_answers.groups,
    "happened": everyday_answers.happened,
    "change at": everyday_answers.change_at,
    "equal at": comparing.equal_at,
    "from limit": everyday_answers.from_limit,
    "times limit": everyday_answers.times_limit,
    "since extreme": everyday_answers.since_extreme,
    "totals": everyday_answers.totals,
    "higher at": everyday_answers.higher,
    "leads": leading.leads,
    "nearest": everyday_answers.nearest,
    "overlap": overlapping.overlap,
    "against": against.against,
    "confusion": confusion.confusion,
    "pair": everyday_answers.pair,
    "related": everyday_answers.related,
    "reference": everyday_answers.reference,
    "change beyond": beyond.change_beyond,
    "sum beyond": beyond.sum_beyond,
    "moves": moves,
    "all moved": moved_all,
    "any moved": moved_any,
    "always moved": always_moved,
    "moves of spans": moves_of_spans,
    "always within": extremes.always_within,
    "amount of whole": amount_of_whole,
    "bin widths": asked_of_bins.widths_of_bins,
    "bars counted": asked_of_bins.bars_counted,
    "end of bins": ends_of_bins.end_of_bins,
    "empty bins": ends_of_bins.empty_bins,
    "skew": asked_of_bins.skew_of,
    "stretches": asked_of_bins.compare_stretches,
    "parts of boxes": parts_of_boxes.parts_of_boxes,
    "part of box": parts_of_boxes.part_of_box,
    "ends of boxes": ends_of_boxes.compare_ends,
    "next box": ends_of_boxes.next_to_box,
    "multiple": multiples.multiple,
    "choice": two_sides.choose,
    "place within": places_within.place_within,
    "peaks": places_within.peaks,
    "to extreme": everyday_answers.to_extreme,
    "rank at": ranks.rank_at,
    "ahead from": everyday_answers.ahead_from,
    "sums": summed.sums,
    "same place": forms_of_time.same_place,
    "first ahead": forms_of_time.first_ahead,
    "sides": two_sides.compare_sides,
    "ties": existing.ties,
    "turns": turns.turns,
    "flattens": turns.flattens,
    "recovers": turns.recovers,
    "pace": turns.pace,
    "gap trend": turns.gap_trend,
    "numbers": numbers,
    "quartiles": quartiles,
    "gaps at": gaps_at.gaps_at,
    "movers": movers.movers,
    "steady movers": movers.steady_movers,
    "changed things": two_times.changed_things,
    "higher series": existing.higher_series,
    "lasts": lasting.lasts,
    "jumps at": lasting.jumps_at,
    "levels": lasting.all_levels,
    "equal neighbours": equal_neighbours.equal_neighbours,
}
