"""Sentences about a chart as a whole: its kind, title, axes, legend, colours and counts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import BARS, Chart, ChartAxis, ChartPanel, Place
from vision_magic.engine.colours import hex_of
from vision_magic.engine.pixels import RGB
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.task import Task, join
from vision_magic.engine.questions.checks.accounts import are_from_figures
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.numbers import (
    escape,
    format_number,
    is_date,
    label_without_unit,
    quoted,
)
from vision_magic.engine.questions.operations import known_points
from vision_magic.engine.questions.phrases.colour_words import colour_in
from vision_magic.engine.questions.phrases.sentences import say
from vision_magic.engine.questions.topics.numbers_of_points import count_in_all

__all__ = [
    "about_axes",
    "about_colours",
    "about_kind",
    "about_legend",
    "about_title",
    "about_unheard",
    "axes_asked",
    "axis_runs",
    "axis_sentences",
    "count",
    "from_figure",
    "is_logarithmic",
    "is_pie",
    "kind_sentence",
    "legend_entries",
    "legend_sentence",
    "titled",
]

_MOST_SERIES: Final = 6
_MOST_PANELS: Final = 6


# --- kind, title, legend ----------------------------------------------------------------------------------------


def kind_of(panel: ChartPanel, language: Language) -> str:
    """Return the kind of a panel in words; empty if a figure object draws nothing."""
    read = not from_figure([panel])
    drawn = [series for series in panel.series if series.kind != "reference line"]
    kinds = list(dict.fromkeys(series.kind for series in drawn))
    if read or len(kinds) > 1:  # what is not known beside what is may be a detail, such as an error bar
        kinds = [kind for kind in kinds if kind != "other"]
    if not kinds:
        return say("kind unknown", language) if read else ""
    kinds = sorted(kinds, key=lambda kind: kind == "line")  # a line through points or bars is not the chart's kind
    if "violins" in kinds:  # which have small boxes inside
        kinds = [kind for kind in kinds if kind != "box plot"]
    bars = [series for series in panel.series if series.kind == "bars"]
    shared = [series for series in bars if set(series.x) & set(bars[0].x)]
    words = [
        say("kind grouped bars" if kind == "bars" and len(shared) > 1 else f"kind {kind}", language)
        for kind in kinds[:2]
    ]
    return words[0] if len(words) < 2 else say("kinds and", language, a=words[0], b=words[1])


def titled(title: str, language: Language) -> str:
    """Return a title as the end of a sentence; empty without one."""
    return say("titled", language, title=quoted(title, language)) if title else ""


def about_kind(task: Task) -> Iterator[str]:
    """Yield the kind of each panel."""
    if len(task.panels) > 1:
        yield task.say("these are", title="", count=len(task.panels))
    for number, panel in enumerate(task.panels[:_MOST_PANELS], 1):
        title = panel.title if len(task.panels) > 1 else ""
        yield from kind_sentence(panel, number if len(task.panels) > 1 else 0, title, task.language)


def kind_sentence(panel: ChartPanel, number: int, title: str, language: Language) -> Iterator[str]:
    """Yield the kind of a panel and its title; nothing if a figure object draws nothing in it."""
    kind, ending = kind_of(panel, language), titled(title, language)
    if kind and number:
        yield say("panel is", language, number=number, kind=kind, title=ending)
    elif kind:
        yield say("this is", language, kind=kind, title=ending)


def about_title(task: Task, charts: Sequence[Chart]) -> Iterator[str]:
    """Yield the titles; that there is none only of a figure object, which would know it."""
    titles = [chart.title for chart in charts if chart.title] if not task.query.panels else []
    titles += [panel.title for panel in task.panels if panel.title and panel.title not in titles]
    if titles:
        yield task.say("title is", title=join([quoted(title, task.language) for title in titles], task.language))
    else:
        yield task.say("no title" if from_figure(task.panels) else "title unread")


def about_unheard(task: Task) -> Iterator[str]:
    """Yield which word of the question is not understood, and what the figure shows."""
    panel = task.panels[0]
    measures = [axis.label for axis in (panel.y, panel.right, panel.colour_bar) if axis is not None and axis.label]
    flat = all(item.flat for item in task.items)
    values, places = ([panel.x.label], panel.y.label) if flat else (measures, panel.x.label)
    names = [item.series.name for item in task.items if item.series.name] if len(task.items) > 1 else []
    shown = [*values, *([] if not places else [places]), *names] or [panel.title]
    shown = list(filter(None, shown)) or [one.name for one in panel.series] or [task.say("the values")]
    yield task.say(
        "unheard",
        word=quoted(task.query.unheard, task.language),
        shown=join([quoted(one, task.language) for one in dict.fromkeys(filter(None, shown))][:8], task.language),
    )


def from_figure(panels: Sequence[ChartPanel]) -> bool:
    """Whether everything about panels comes from a figure object, which knows what is there and what is not."""
    return are_from_figures(panels) and all(panel.box is None for panel in panels)


# --- legend and colours -----------------------------------------------------------------------------------------


def about_legend(task: Task) -> Iterator[str]:
    """Yield the names of series, with their colours."""
    found = [sentence for panel in task.panels if (sentence := legend_sentence(task, panel))]
    bars = [panel.colour_bar for panel in task.panels if panel.colour_bar is not None and panel.colour_bar.label]
    for bar in bars if not found else ():
        found += axis_sentences(task, task.say("axis colour"), bar, limits=False)
    yield from found or [task.say("no legend" if from_figure(task.panels) else "legend unread")]


def legend_sentence(task: Task, panel: ChartPanel) -> str:
    """Return the entries of a legend, with their colours; empty without any."""
    entries = legend_entries(panel)
    if not entries:
        return ""
    title = say("legend title", task.language, title=quoted(panel.legend_title, task.language))
    names = join([_drawn(name, rgb, task.language) for name, rgb in entries], task.language)
    if not panel.legend and from_figure([panel]):  # named, but without a legend
        return task.say("series are", names=names)
    key = "legend" if panel.legend_complete else "legend some"
    return task.say(key, title=title if panel.legend_title else "", names=names)


def legend_entries(panel: ChartPanel) -> list[tuple[str, RGB | None]]:
    """Return the names of series and their colours, as the legend has them, or else as the series have."""
    if panel.legend:
        return [(entry.text, entry.rgb) for entry in panel.legend]
    return [(one.name, one.rgb) for one in panel.series if one.name and one.kind not in ("heat map", "pie")]


def _drawn(name: str, rgb: RGB | None, language: Language) -> str:
    colour = colour_in(rgb, language) if rgb is not None else ""
    return say("drawn as", language, name=quoted(name, language), colour=colour) if colour else quoted(name, language)


def about_colours(task: Task) -> Iterator[str]:
    """Yield the colours of the series that are asked for."""
    chosen = [item for item in task.items if item.series.rgb is not None and (item.series.name or item.measure)]
    asked = [say(f"colour {colour}", task.language) for colour in task.query.colours]
    if asked and chosen and not any(item.colour in task.query.colours for item in chosen):
        if task.query.yes_no:
            yield task.say("no")
        elif not task.query.series:
            yield task.say("no such colour", colours=join(asked, task.language))
    elif asked and task.query.yes_no:
        yield task.say("yes")
    for item in chosen[:_MOST_SERIES]:
        rgb = item.series.rgb
        if rgb is not None and (colour := colour_in(rgb, task.language)):
            yield task.say("colour is", name=task.name(item), colour=colour, code=hex_of(rgb))


# --- axes -------------------------------------------------------------------------------------------------------


def axes_asked(task: Task) -> Iterator[tuple[str, ChartAxis, ChartPanel]]:
    """Yield the axes that are asked for, each with its name in the language of the question."""
    for panel in task.panels[:_MOST_PANELS]:
        for key, axis in _axes_of(panel):
            if axis is not None and task.query.axis in ("", key):
                yield task.say(f"axis {key}"), axis, panel


def _axes_of(panel: ChartPanel) -> tuple[tuple[str, ChartAxis | None], ...]:
    return (
        ("x", panel.x),
        ("y", panel.y),
        ("right", panel.right),
        ("top", panel.top),
        ("colour", panel.colour_bar),
    )


def about_axes(task: Task, *, limits: bool) -> Iterator[str]:
    """Yield the labels and units of the axes that are asked for, or their limits."""
    if task.panels and all(is_pie(panel) for panel in task.panels):
        yield task.say("no axes")
        return
    for panel in task.panels[:_MOST_PANELS]:
        found = list(_about_axes_of(replace(task, panels=[panel]), limits=limits))
        if found and len(task.panels) > 1:
            number = task.panels.index(panel) + 1
            found[0] = f"{_panel_named(panel, number, task.language)}: {found[0]}"
        yield from found


def _panel_named(panel: ChartPanel, number: int, language: Language) -> str:
    return quoted(panel.title, language) if panel.title else say("panel number", language, number=number)


def _about_axes_of(task: Task, *, limits: bool) -> Iterator[str]:
    for name, axis, _ in axes_asked(task):
        if limits and axis.scale != "categories" and axis.limits is not None:
            yield from _from_zero(task, axis.limits)
            yield axis_runs(task, name, axis.limits, axis.unit, axis.scale)
        else:
            yield from axis_sentences(task, name, axis, limits="axis" not in task.query.words)


_ZERO: Final = re.compile(
    r"(?:start|begin|begun)\w* (?:at|from) (?:zero|0|[\uec00-\uefff])|includ\w* (?:zero|0)|"
    r"(?:beginnt|startet|fängt) .{0,30}(?:bei|mit) (?:null|0|[\uec00-\uefff])|"
    r"(?:commence|part|démarre)\S* .{0,20}(?:à|de) (?:zéro|0|[\uec00-\uefff])|"
    r"(?:empieza|comienza|parte) .{0,20}(?:en|desde|de) (?:cero|0|[\uec00-\uefff])|"
    r"(?:0|영|[\uec00-\uefff])(?:에서|부터) ?시작|从 ?(?:0|零|[\uec00-\uefff]) ?开始"
)


def _from_zero(task: Task, limits: tuple[Place, Place]) -> Iterator[str]:
    """Yield yes or no where a question asks whether an axis starts at zero."""
    first = limits[0]
    if task.query.axis and _ZERO.search(task.query.text) and isinstance(first, float | int):
        yield task.say("yes" if first == 0 else "no")


def axis_runs(task: Task, name: str, limits: tuple[Place, Place], unit: str, scale: str = "linear") -> str:
    """Return from where to where an axis goes."""
    first, last = map(_end, _round_limits(*limits) if scale == "linear" else limits)
    shown = task.say("in unit", unit=escape(unit)) if unit else ""
    return task.say("axis runs", axis=name, first=first, last=last, unit=shown)


def is_pie(panel: ChartPanel) -> bool:
    """Whether a panel has no axes since it is a pie."""
    return {series.kind for series in panel.series} in ({"pie"}, {"pie", "other"})  # its shadow is drawn with it


def _end(place: Place) -> str:
    return escape(place) if isinstance(place, str) else format_number(float(place))


def axis_sentences(task: Task, name: str, axis: ChartAxis, *, limits: bool) -> Iterator[str]:
    """Yield what an axis shows, and with `limits` from where to where, or its names."""
    language = task.language
    ticks = _ticks(axis, language) if limits and axis.limits is None else ""
    extent = _extent(axis, language) if limits else ""
    if axis.label:
        named = label_without_unit(axis) or axis.label
        unit = say("in unit", language, unit=escape(axis.unit)) if axis.unit and axis.unit != named else ""
        label = quoted(named, language)
        extent = say("with ticks", language, ticks=ticks) if ticks else extent
        yield say("axis shows", language, axis=name, label=label, unit=unit, limits=extent)
    elif ticks:
        yield say("axis has", language, axis=name, ticks=ticks)
    elif not axis.categories or extent:
        key = "axis unlabelled" if from_figure(task.panels) else "axis unread"
        yield say(key, language, axis=name, limits=extent)
    if axis.categories and limits:
        names = join([quoted(category, language) for category in axis.categories], language)
        yield say("axis names", language, axis=name, count=len(axis.categories), names=names)


def _extent(axis: ChartAxis, language: Language) -> str:
    """Return from where to where an axis goes, if its limits are known."""
    if axis.scale == "categories" or axis.limits is None:
        return ""
    first, last = map(_end, _round_limits(*axis.limits) if axis.scale == "linear" else axis.limits)
    return say("from to", language, first=first, last=last) + _scale(axis, language)


def _round_limits(first: Place, last: Place) -> tuple[Place, Place]:
    """Return the limits of an axis to a few thousandths of its length: margins beyond the data mean nothing."""
    if isinstance(first, str) or isinstance(last, str) or not 0 < abs(last - first) < math.inf:
        return first, last
    digits = 2 - math.floor(math.log10(abs(last - first)))
    try:
        return round(first, digits), round(last, digits)
    except OverflowError:  # the largest of all numbers, rounded up
        return first, last


def _scale(axis: ChartAxis, language: Language) -> str:
    return say("log scale", language) if axis.scale == "log" else ""


def _ticks(axis: ChartAxis, language: Language) -> str:
    """Return what the tick labels of an axis tell of its extent, with their factor."""
    if axis.scale == "categories" or not axis.ticks:
        return ""
    if axis.complete and len(axis.ticks) > 1:
        ticks = say("ticks from to", language, first=escape(axis.ticks[0]), last=escape(axis.ticks[-1]))
    else:
        ticks = say("ticks such as", language, ticks=join([escape(tick) for tick in axis.ticks], language))
    factor = say("times", language, factor=escape(axis.offset)) if axis.offset else ""
    return ticks + factor + _scale(axis, language)


def is_logarithmic(task: Task) -> Iterator[str]:
    """Yield whether axes are logarithmic, or linear if it asks for that."""
    if task.panels and all(is_pie(panel) for panel in task.panels):
        yield task.say("no axes")
        return
    linear = any(word in task.query.text for word in ("linea", "linéa", "선형", "일반", "线性", "線性", "普通"))
    if linear and any(word in task.query.text for word in ("로그", "对数", "對數")):  # "is it linear or logarithmic"
        task = replace(task, query=replace(task.query, yes_no=False))
    scales = {axis.scale for _, axis, _ in axes_asked(task)}
    if task.query.yes_no and not task.query.axis and len(scales) == 1 and scales & {"log", "linear"}:
        yield task.say("yes" if ("log" in scales) != linear else "no")
    for name, axis, _ in axes_asked(task):
        if axis.scale == "log":
            if task.query.axis and task.query.yes_no:
                yield task.say("no" if linear else "yes")
            yield task.say("log", axis=name)
        elif axis.scale in ("linear", "date", "categories") and not axis.why_not:
            if task.query.axis and task.query.yes_no:
                yield task.say("yes" if linear and axis.scale == "linear" else "no")
            known = linear and axis.scale == "linear"
            yield task.say("is linear", axis=name) if known else _not_log(task, name, axis)
        else:
            yield task.say("scale unread", axis=name)


def _not_log(task: Task, name: str, axis: ChartAxis) -> str:
    return task.say("not log", axis=name, scale=task.say(axis.scale))


# --- counts -----------------------------------------------------------------------------------------------------

_PANELS: Final = r"panel|subplot|teildiagramm|panneau|sous-graph|subgráfico|패널|서브플롯|子图|子圖"
_LINES: Final = (
    r"series|serien?\b|lines?\b|curves?|linien|kurven|reihen|courbes|lignes|séries|l[ií]neas|curvas|계열|곡선|"
    r"선[이은의 ]|系列|曲线|线|線|条|條|组|組"
)
_BAR_WORDS: Final = r"\bbars?\b|balken|säule|barres?\b|barras?\b|막대|柱"


def count(task: Task) -> Iterator[str]:
    """Yield how many panels, series, bars, categories or points there are."""
    text = task.query.text
    bars = [item for item in task.items if item.series.kind in BARS and known_points(item.series)]
    names = _names(task)
    if re.search(_PANELS, text) or (len(task.panels) > 1 and task.query.has("panel")):
        yield task.say("count panels", count=len(task.panels))
    elif [item.series.kind for item in task.items] == ["histogram"] and known_points(task.items[0].series):
        yield task.say("count bins", count=len(known_points(task.items[0].series)))
    elif re.search(_LINES, text) or (task.query.firm and task.query.of_series):
        shown = [task.name(item) for item in task.items if item.name]
        yield task.say("count series", count=len(task.items), names=join(shown, task.language) or "–")
    elif bars and re.search(_BAR_WORDS, text):
        yield task.say("count bars", count=sum(len(known_points(item.series)) for item in bars))
    elif names and not re.search(r"points?\b|punkt|puntos|점|点|點", text):
        shown = [quoted(name, task.language) for name in names]
        yield task.say("count categories", count=len(names), names=join(shown, task.language))
    elif len(task.items) > 1 and all(item.series.kind == "points" and known_points(item.series) for item in task.items):
        yield from count_in_all(task)
    else:
        for item in task.items[:_MOST_SERIES]:
            number = len(known_points(item.series)) or item.series.summary.count
            if item.series.is_course:
                yield task.say("course only", of=task.of(item))
            else:
                key = "count about" if item.series.sampled else "count points"
                yield task.say(key, of=task.of(item), count=number)


def _names(task: Task) -> list[str]:
    """Return the categories of the series, without dates."""
    names = [place for item in task.items for place in item.series.x if isinstance(place, str) and not is_date(place)]
    if not names and not any(item.series.x for item in task.items):
        names = [name for panel in task.panels for name in panel.x.categories or panel.y.categories]
    return list(dict.fromkeys(names))
