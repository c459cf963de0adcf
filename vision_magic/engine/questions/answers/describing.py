"""Descriptions of charts: what a person would say of them first, and their alternative text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import Chart, ChartPanel, Kind
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.about import (
    axes_asked,
    axis_runs,
    axis_sentences,
    from_figure,
    is_pie,
    kind_sentence,
    legend_entries,
    legend_sentence,
    titled,
)
from vision_magic.engine.questions.answers.courses import all_values, course, tendency
from vision_magic.engine.questions.answers.task import Item, Task, join, row_name, source_of, task_of
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.numbers import (
    format_value,
    quoted,
)
from vision_magic.engine.questions.operations import between, correlation, crossings, known_points
from vision_magic.engine.questions.phrases.sentences import say
from vision_magic.engine.questions.query import Query

__all__ = ["alt_text", "describe"]

_MOST_SERIES: Final = 6
_MOST_PANELS: Final = 6
_ENOUGH: Final = 8
"""Of fewer points, a description states no tendency."""
_ORDERED: Final[tuple[Kind, ...]] = ("line", "step", "area", "stems")


def describe(charts: Sequence[Chart], language: Language) -> Iterator[str]:
    """Yield what a person would say of charts: kind and title, axes, the course of each series, then what is unread.

    Parameters
    ----------
    charts : sequence of Chart
        The charts, in order.
    language : Language
        The language of the sentences.
    """
    for chart in charts:
        yield from _whole(chart, language)
        for heading, task, panel in _described(chart, language):
            yield from filter(None, (" ".join((*heading, *_around(task, panel))), _listed(task), _rest(task, panel)))
        yield from _also(chart, language)


def alt_text(charts: Sequence[Chart], language: Language) -> str:
    """Return a description of charts in one paragraph, for people who do not see them.

    Parameters
    ----------
    charts : sequence of Chart
        The charts, in order.
    language : Language
        The language of the paragraph.
    """
    sentences: list[str] = []
    for chart in charts:
        sentences += _whole(chart, language)
        for heading, task, panel in _described(chart, language):
            sentences += [*heading, *_around(task, panel), *_courses(task), _rest(task, panel)]
    return " ".join(filter(None, sentences))


def _whole(chart: Chart, language: Language) -> Iterator[str]:
    if len(chart.panels) > 1:
        yield say("these are", language, title=titled(chart.title, language), count=len(chart.panels))


def _described(chart: Chart, language: Language) -> Iterator[tuple[list[str], Task, ChartPanel]]:
    """Yield the first sentence about each panel, a task that keeps to it, and the panel."""
    several = len(chart.panels) > 1
    for number, panel in enumerate(chart.panels[:_MOST_PANELS], 1):
        title = panel.title if several else chart.title or panel.title
        task = task_of(Query(text="", language=language), [replace(chart, panels=(panel,))])
        if not panel.series and from_figure([panel]):
            if not several:
                yield [say("nothing drawn", language)], task, panel
            continue
        yield list(kind_sentence(panel, number if several else 0, title, language)), task, panel


def _around(task: Task, panel: ChartPanel) -> Iterator[str]:
    """Yield what stands around the data: axes and legend."""
    if not is_pie(panel):
        for name, axis, _ in axes_asked(task):
            if from_figure([panel]) and not (axis.label or axis.limits or axis.categories):
                continue
            if axis.label or axis.limits is None or axis.scale == "categories":
                yield from axis_sentences(task, name, axis, limits=axis.scale != "categories")
            elif not all(series.kind == "heat map" for series in panel.series):
                yield axis_runs(task, name, axis.limits, "", axis.scale)
    if len(legend_entries(panel)) > 1 and (panel.legend or not from_figure([panel])):
        yield legend_sentence(task, panel)


def _listed(task: Task) -> str:
    """Return the courses of the series below their source, as a list if there are several."""
    sentences = list(_courses(task))
    if not sentences:
        return ""
    source = source_of(task, task.sure)
    if len(sentences) == 1:
        return f"{source} {sentences[0]}"
    return "\n".join((f"{source}\n", *(f"- {sentence}" for sentence in sentences)))


def _courses(task: Task) -> Iterator[str]:
    sure = replace(task, items=task.sure)
    if len(sure.items) > 1 and all(item.series.kind == "heat map" for item in task.items):
        yield task.say("cells", rows=len(task.items), columns=len(task.items[0].series.x))
        if len(sure.items) == len(task.items):
            yield from _extreme_cells(sure)
        return
    for item in sure.items[:_MOST_SERIES]:
        yield from filter(None, [" ".join((*_course(sure, item), *_errors(sure, item)))])
    yield from _meetings(sure)
    yield from _lines_at(sure)


def _errors(task: Task, item: Item) -> Iterator[str]:
    """Yield from where to where the error bars of a series go."""
    errors = sorted(error for error in item.series.extra.get("error", ()) if math.isfinite(error))
    if errors:
        low, high = (item.change(error).removeprefix("≈ ") for error in (errors[0], errors[-1]))
        key = "with error bars" if low != high else "with equal error bars"
        yield task.say(key, low=low, high=high)


def _lines_at(task: Task) -> Iterator[str]:
    """Yield the values at which lines of reference are drawn, such as targets."""
    for item in task.items[:1]:
        for line in item.panel.series:
            if line.kind == "reference line" and len(line.y) == 1 and math.isfinite(line.y[0]) and line.y[0]:
                value = item.value(line.y[0])
                named = bool(line.name)
                name = quoted(line.name, task.language)
                yield task.say("line at", name=name, value=value) if named else task.say("unnamed line at", value=value)


def _extreme_cells(task: Task) -> Iterator[str]:
    """Yield the highest and the lowest value of a heat map, with the names of their rows and columns."""
    cells = [(point.value, item, point.place) for item in task.items for point in known_points(item.series)]
    if not cells:
        return
    said: dict[str, str] = {}
    for key, value in (("high", max(value for value, *_ in cells)), ("low", min(value for value, *_ in cells))):
        found = [(item, place) for each, item, place in cells if each == value]
        at = [task.say("cell", row=row_name(item), column=item.place(place)) for item, place in found]
        said[key] = cells[0][1].value(value)
        said[f"{key}_at"] = at[0] if len(at) == 1 else task.say("cells many", count=len(at))
    yield task.say("cells extremes", **said)


def _rest(task: Task, panel: ChartPanel) -> str:
    """Return what is written inside, and what could not be read."""
    told = {str(place) for item in task.items for place in item.series.x}
    values = [value for item in task.items for value in item.series.y if math.isfinite(value)]
    written = [note for note in panel.notes if note.rstrip(" %") not in told and not _is_rounded(note, values)]
    notes = join([quoted(note, task.language) for note in written], task.language)
    return " ".join((*([task.say("notes", texts=notes)] if notes else ()), *task.unsure(), *panel.unread))


def _is_rounded(note: str, values: Sequence[float]) -> bool:
    """Return whether a text is one of some values, with as many decimals as it has."""
    number = re.fullmatch(r"[-−]?\d+(?:[.,](\d+))?\s*%?", note)
    if number is None:
        return False
    stated = float(note.rstrip(" %").replace("−", "-").replace(",", "."))
    return any(round(value, len(number[1] or "")) == stated for value in values)


def _also(chart: Chart, language: Language) -> Iterator[str]:
    if chart.notes:
        yield say("other texts", language, texts=join([quoted(note, language) for note in chart.notes], language))
    yield from chart.unread


def _course(task: Task, item: Item) -> Iterator[str]:
    """Yield the course of a series; of bars and other names without order, the highest and the lowest."""
    points = known_points(item.series)
    if item.series.kind == "points" or not points:
        yield from _statistics(task, item)
        found = correlation(item.series) if len(points) >= _ENOUGH else None
        if found is not None:
            yield tendency(task, item, found)
    elif item.series.kind in _ORDERED:
        yield from course(task, item)
    elif item.series.kind == "histogram" and _has(item, "left", "right"):
        yield _bins(task, item)
    elif item.series.kind == "box plot" and _has(item, "q1", "q3") and len(points) <= _MOST_BOXES:
        yield _medians(task, item)
    else:
        yield from all_values(task, item)


def _has(item: Item, *names: str) -> bool:
    """Return whether each value of a series has these numbers beside it."""
    finite = all(map(math.isfinite, item.series.y))
    return finite and all(len(item.series.extra.get(name, ())) == len(item.series.y) > 0 for name in names)


def _statistics(task: Task, item: Item) -> Iterator[str]:
    """Yield how many values there are, from where to where, and of a line, where the highest is."""
    summary = item.series.summary
    if summary.low is None or summary.high is None:
        return
    shown = {"low": item.value(summary.low), "high": item.value(summary.high)}
    if not summary.count:
        yield task.say("values reach", **shown)
        return
    yield task.say("statistics", series=task.name(item), count=summary.count - summary.missing, **shown)
    if item.series.kind in _ORDERED and summary.high_at is not None:
        yield task.say("maximum", of="", value=shown["high"], at=item.at(summary.high_at))


def _bins(task: Task, item: Item) -> str:
    """Return how many bins a histogram has, from where to where, and which is the highest."""
    left, right, heights = item.series.extra["left"], item.series.extra["right"], item.series.y
    counted = item.series.source == "figure" and all(height.is_integer() for height in heights)
    number = max(range(len(heights)), key=lambda number: heights[number])
    ends = {"first": min(left), "last": max(right), "low": left[number], "high": right[number]}
    unit = item.places.unit
    return task.say(
        "bins",
        of=task.of(item),
        count=len(heights),
        sum=task.say("in all", total=f"{sum(heights):g}") if counted else "",
        value=item.value(heights[number]),
        **{name: format_value(end, unit, derived=True) for name, end in ends.items()},
    )


_MOST_BOXES: Final = 8


def _medians(task: Task, item: Item) -> str:
    """Return the medians of a box plot, with the quartiles of each."""
    boxes = zip(item.series.x, item.series.y, item.series.extra["q1"], item.series.extra["q3"], strict=True)
    told = [
        f"{item.place(place)} "
        + task.say(
            "with quartiles",
            **{key: item.value(one, derived=True) for key, one in zip(("value", "q1", "q3"), numbers, strict=True)},
        )
        for place, *numbers in boxes
    ]
    return task.say("medians are", of=task.of(item), values=join(told, task.language))


_MOST_CROSSINGS: Final = 3


def _meetings(task: Task) -> Iterator[str]:
    """Yield where the first two lines cross."""
    from vision_magic.engine.questions.answers.comparing import crossing

    lines = [item for item in task.items if item.series.kind == "line"]
    if len(lines) != 2 or lines[0].series.right != lines[1].series.right:
        return
    a, b = (item.series for item in lines)
    often = len(list(crossings(a, b)))
    if often > _MOST_CROSSINGS:
        yield task.say("crossing often", a=task.name(lines[0]), b=task.name(lines[1]), count=often)
    elif between(a, b):
        yield " ".join(crossing(replace(task, items=lines)))
