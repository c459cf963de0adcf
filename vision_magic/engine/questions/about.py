"""Sentences about a chart as a whole: its kind, title, axes, legend and counts, its description and alt text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import Chart, ChartAxis, ChartPanel, Kind, Place, Series
from vision_magic.engine.colours import colour_name
from vision_magic.engine.questions.courses import course
from vision_magic.engine.questions.extremes import extreme
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.numbers import escape, format_number, is_date, label_without_unit, quoted
from vision_magic.engine.questions.operations import between, known_points
from vision_magic.engine.questions.parse import Query
from vision_magic.engine.questions.phrases import PHRASES, say
from vision_magic.engine.questions.task import Item, Task, join, task_of

__all__ = ["about_axes", "about_kind", "about_legend", "about_title", "alt_text", "count", "describe", "is_logarithmic"]

_MOST_SERIES: Final = 6
_MOST_PANELS: Final = 6
_BARS: Final[tuple[Kind, ...]] = ("bars", "horizontal bars", "stacked bars")
_ORDERED: Final[tuple[Kind, ...]] = ("line", "step", "area", "stems")


# --- kind, title, legend ----------------------------------------------------------------------------------------


def kind_of(panel: ChartPanel, language: Language) -> str:
    """Return the kind of a panel in words; empty if nothing is known to be drawn."""
    kinds = [kind for kind in dict.fromkeys(series.kind for series in panel.series) if kind != "reference line"]
    if not kinds:
        return ""
    bars = [series for series in panel.series if series.kind == "bars"]
    shared = [series for series in bars if set(series.x) & set(bars[0].x)]
    words = [
        say("kind grouped bars" if kind == "bars" and len(shared) > 1 else f"kind {kind}", language)
        for kind in kinds[:2]
    ]
    return words[0] if len(words) < 2 else say("kinds and", language, a=words[0], b=words[1])


def _titled(title: str, language: Language) -> str:
    return say("titled", language, title=quoted(title, language)) if title else ""


def about_kind(task: Task) -> Iterator[str]:
    """Yield the kind of each panel."""
    yield from _kinds(task.panels, "", task.language, titles=len(task.panels) > 1)


def _kinds(panels: Sequence[ChartPanel], title: str, language: Language, *, titles: bool) -> Iterator[str]:
    known = [(number, panel, kind_of(panel, language)) for number, panel in enumerate(panels, 1)]
    if len(panels) == 1 and known[0][2]:
        own = _titled(title or panels[0].title, language) if titles else ""
        yield say("this is", language, kind=known[0][2], title=own)
    elif len(panels) > 1:
        yield say("these are", language, title=_titled(title, language) if titles else "", count=len(panels))
        for number, panel, kind in known[:_MOST_PANELS]:
            if kind:
                yield say("panel is", language, number=number, kind=kind, title=_titled(panel.title, language))


def about_title(task: Task, charts: Sequence[Chart]) -> Iterator[str]:
    """Yield the titles; that there is none only of a figure object, which would know it."""
    titles = [chart.title for chart in charts if chart.title] if not task.query.panels else []
    titles += [panel.title for panel in task.panels if panel.title and panel.title not in titles]
    if titles:
        yield task.say("title is", title=join([quoted(title, task.language) for title in titles], task.language))
    elif _from_figure(task.panels):
        yield task.say("no title")


def _from_figure(panels: Sequence[ChartPanel]) -> bool:
    series = [one for panel in panels for one in panel.series]
    return bool(series) and all(one.source == "figure" for one in series)


def about_legend(task: Task) -> Iterator[str]:
    """Yield the names of series, with their colours."""
    found = False
    for panel in task.panels:
        named = [series for series in panel.series if series.name and series.kind != "heat map"]
        if not named:
            continue
        found = True
        title = say("legend title", task.language, title=quoted(panel.legend_title, task.language))
        names = join([_drawn(series, task.language) for series in named], task.language)
        yield task.say("legend", title=title if panel.legend_title else "", names=names)
    if not found and _from_figure(task.panels):
        yield task.say("no legend")


def _drawn(series: Series, language: Language) -> str:
    name = quoted(series.name, language)
    colour = _colour(series.rgb, language) if series.rgb is not None else ""
    return say("drawn as", language, name=name, colour=colour) if colour else name


def _colour(rgb: tuple[int, int, int], language: Language) -> str:
    *shade, word = colour_name(rgb).split()
    if f"colour {word}" not in PHRASES:
        return ""
    colour = say(f"colour {word}", language)
    return say(shade[0], language, colour=colour) if shade and shade[0] in PHRASES else colour


# --- axes -------------------------------------------------------------------------------------------------------


def _axes(task: Task) -> Iterator[tuple[str, ChartAxis, ChartPanel]]:
    for panel in task.panels[:_MOST_PANELS]:
        for name, axis in (("x", panel.x), ("y", panel.y)):
            if task.query.axis in ("", name):
                yield name, axis, panel


def about_axes(task: Task, *, limits: bool) -> Iterator[str]:
    """Yield the labels and units of the axes that are asked for, or their limits."""
    if task.panels and all(_is_pie(panel) for panel in task.panels):
        yield task.say("no axes")
        return
    for name, axis, _ in _axes(task):
        if limits and axis.scale != "categories" and axis.limits is not None:
            first, last = (_end(place) for place in axis.limits)
            unit = task.say("in unit", unit=escape(axis.unit)) if axis.unit else ""
            yield task.say("axis runs", axis=name, first=first, last=last, unit=unit)
        else:
            yield from _axis_sentences(task, name, axis, limits=True)


def _is_pie(panel: ChartPanel) -> bool:
    return bool(panel.series) and all(series.kind == "pie" for series in panel.series)


def _end(place: Place) -> str:
    return escape(place) if isinstance(place, str) else format_number(float(place))


def _axis_sentences(task: Task, name: str, axis: ChartAxis, *, limits: bool) -> Iterator[str]:
    language = task.language
    ends = ""
    if limits and axis.limits is not None and axis.scale != "categories":
        ends = say("from to", language, first=_end(axis.limits[0]), last=_end(axis.limits[1]))
    if axis.label:
        unit = say("in unit", language, unit=escape(axis.unit)) if axis.unit else ""
        label = quoted(label_without_unit(axis) or axis.label, language)
        yield say("axis shows", language, axis=name, label=label, unit=unit, limits=ends)
    elif _from_figure(task.panels) and not (axis.categories and not ends):
        yield say("axis unlabelled", language, axis=name, limits=ends)
    if axis.categories and limits:
        names = join([quoted(category, language) for category in axis.categories], language)
        yield say("axis names", language, axis=name, count=len(axis.categories), names=names)


def is_logarithmic(task: Task) -> Iterator[str]:
    """Yield whether axes are logarithmic, or linear if it asks for that."""
    linear = any(word in task.query.text for word in ("linea", "linéa", "선형", "线性", "線性"))
    for name, axis, _ in _axes(task):
        if axis.scale == "log":
            if task.query.axis and task.query.yes_no:
                yield task.say("no" if linear else "yes")
            yield task.say("log", axis=name)
        elif axis.scale in ("linear", "date", "categories"):
            if task.query.axis and task.query.yes_no:
                yield task.say("yes" if linear and axis.scale == "linear" else "no")
            known = linear and axis.scale == "linear"
            yield task.say("is linear", axis=name) if known else _not_log(task, name, axis)


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
    import re

    text = task.query.text
    bars = [item for item in task.items if item.series.kind in _BARS and known_points(item.series)]
    names = _names(task)
    if re.search(_PANELS, text):
        yield task.say("count panels", count=len(task.panels))
    elif re.search(_LINES, text):
        shown = [task.name(item) for item in task.items if item.name]
        yield task.say("count series", count=len(task.items), names=join(shown, task.language) or "–")
    elif bars and re.search(_BAR_WORDS, text):
        yield task.say("count bars", count=sum(len(known_points(item.series)) for item in bars))
    elif names and not re.search(r"points?\b|punkt|puntos|점|点|點", text):
        shown = [quoted(name, task.language) for name in names]
        yield task.say("count categories", count=len(names), names=join(shown, task.language))
    else:
        for item in task.items[:_MOST_SERIES]:
            number = len(known_points(item.series)) or item.series.summary.count
            yield task.say("count points", of=task.of(item), count=number)


def _names(task: Task) -> list[str]:
    """Return the categories of the series, without dates."""
    names = (place for item in task.items for place in item.series.x if isinstance(place, str) and not is_date(place))
    return list(dict.fromkeys(names))


# --- descriptions -----------------------------------------------------------------------------------------------


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
        title = chart.title if len(chart.panels) > 1 else ""
        yield from _kinds(chart.panels, title, language, titles=True)
        for panel in chart.panels[:_MOST_PANELS]:
            yield from _panel_sentences(chart, panel, language)


def _panel_sentences(chart: Chart, panel: ChartPanel, language: Language) -> Iterator[str]:
    task = task_of(Query(text="", language=language), [replace(chart, panels=(panel,))])
    axes = [] if _is_pie(panel) else list(_axes_of(task, panel))
    if axes:
        yield " ".join(axes)
    if len(task.items) > 1 and any(item.series.name for item in task.items):
        legend = list(about_legend(task))
        if legend:
            yield legend[0]
    sure = [item for item in task.items if item.series.sure]
    for item in sure[:_MOST_SERIES]:
        course_of = " ".join(_course(replace(task, items=sure), item))
        if course_of:
            yield course_of
    yield from _meetings(replace(task, items=sure))
    if panel.notes:
        yield say("notes", language, texts=join([quoted(note, language) for note in panel.notes], language))
    for item in [item for item in task.items if not item.series.sure][:3]:
        yield task.say("unsure", of=task.of(item), reason=item.series.why_not)
    yield from panel.unread


def _axes_of(task: Task, panel: ChartPanel) -> Iterator[str]:
    for name, axis in (("x", panel.x), ("y", panel.y)):
        yield from _axis_sentences(task, name, axis, limits=bool(axis.label) and axis.scale != "categories")


def _course(task: Task, item: Item) -> Iterator[str]:
    """Yield the course of a series; of bars and other names without order, the highest and the lowest."""
    points = known_points(item.series)
    if item.series.kind == "points" or not points:
        summary = item.series.summary
        if summary.low is not None and summary.high is not None:
            shown = {"low": item.value(summary.low), "high": item.value(summary.high)}
            yield task.say("statistics", series=task.name(item), count=summary.count - summary.missing, **shown)
    elif item.series.kind == "pie" or (len(points) <= 4 and item.series.kind not in _ORDERED):
        shown_values = [f"{item.place(point.place)} {item.value(point.value)}" for point in points]
        yield task.say("all values", series=task.name(item), values=join(shown_values, task.language))
    elif item.series.kind in _ORDERED:
        yield from course(task, item)
    elif len(task.items) == 1:
        yield from extreme(task, highest=True)
        yield from extreme(task, highest=False)
    else:
        low, high = min(points, key=lambda point: point.value), max(points, key=lambda point: point.value)
        ends = {"low": item.value(low.value), "high": item.value(high.value)}
        places = {"low_at": item.place(low.place), "high_at": item.place(high.place)}
        yield task.say("extremes of", series=task.name(item), **ends, **places)


def _meetings(task: Task) -> Iterator[str]:
    """Yield where the first two lines cross."""
    from vision_magic.engine.questions.comparing import crossing

    lines = [item for item in task.items if item.series.kind in ("line", "area")]
    if len(lines) == 2 and between(lines[0].series, lines[1].series):
        yield " ".join(crossing(replace(task, items=lines)))


def alt_text(charts: Sequence[Chart], language: Language) -> str:
    """Return a description of charts in one paragraph, for people who do not see them.

    Parameters
    ----------
    charts : sequence of Chart
        The charts, in order.
    language : Language
        The language of the paragraph.
    """
    return " ".join(describe(charts, language))
