"""Charts whose series and places change sides, where the series are the periods in which a place has its course.

"Has wheat grown every year?" of bars that stand beside each other at crops, one for each year, asks of a crop what
other questions ask of a series: so the chart is given with the crops as its series along the years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import BARS, FLAT, Chart, ChartAxis, ChartPanel, Place, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.names.stages import are_stages
from vision_magic.engine.questions.names.usual_names import kind_of_names
from vision_magic.engine.questions.numbers import period_of
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["are_periods", "as_change_between_times", "as_turned", "is_between_times", "turned", "with_rows_as_places"]

_COURSES: Final[frozenset[Operation]] = frozenset(("trend", "moves", "step", "growth", "pace", "happened", "value"))
_TURNED: Final = frozenset(("heat map", *BARS))


_EACH: Final = re.compile(
    r"\b(?:every|each|from \w+ to) (?:year|month|quarter|day|week)|\bjede[sn]? (?:jahr|monat|quartal|tag|woche)|"
    r"\bchaque (?:année|mois|jour|semaine)|\bcada (?:año|mes|día|semana)|해마다|매년|매달|매월|每年|逐年|每个?月",
    re.IGNORECASE,
)


_ROSE: Final = (
    r"\bplus\b|zuwachs|zugelegt|zugenommen|gewachsen|gestiegen|anstieg|\bgain|increas|\bgr[eo]w|growth|\brise|\brose|hausse|"
    r"progress|augment|subid|subi[óe]|aument|creci|\bclimb|\bsoar|\bjump|expand|\bgrandi|crû\b|repunt|"
    r"증가|상승|늘|增|涨|升"
)
_FELL: Final = (
    r"\bminus\b|rückgang|gesunken|abgenommen|gefallen|verlust|\bdrop|declin|decreas|\bfall|\bfell|\bloss|\blost|baiss|recul|"
    r"perte|diminu|bajad|baj[óo]|caíd|descen|disminu|shr[aiu]nk|\bslump|plung|plummet|contract|\bsank|\bsunk|"
    r"schrumpf|eingebroch|einbruch|verringer|chut[eé]|rétréc|réduit|encogi|redujo|reducid|cayó|cayeron|cay[óe]|"
    r"감소|하락|줄|减|跌|降"
)
_CHANGED: Final = re.compile(rf"{_ROSE}|{_FELL}")


def as_change_between_times(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "where was the largest drop" of two series of times as a question for the place that fell most.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn = drawn_series(panels)
    times = len(drawn) == 2 and _are_times_of_places(drawn)
    fell = re.search(_FELL, text.lower()) is not None
    if times and query.operations == ("compare",) and query.direction and not (query.series or query.places):
        return replace(query, operations=("trend",), firm=True)  # "which fell against the year before"
    asked = query.operations == ("gap",) or _is_of_largest_change(query, text.lower(), panels)
    if not asked or not times or query.places or not (fell or re.search(_ROSE, text.lower())):
        return query
    words: frozenset[Operation] = frozenset(("growth", "maximum"))
    return replace(query, operations=("growth",), words=words, direction="down" if fell else "up", series=(), firm=True)


_MOST: Final = (
    r"\b(?:most|biggest|largest|steepest|sharpest|am (?:meisten|stärksten|deutlichsten|kräftigsten)|größte\w*|"
    r"le plus|la plus (?:forte|grande)|más|mayor)\b|가장|제일|最"
)
_WHERE: Final = (
    r"\b(?:where|which|what|who|wo|welche\w*|wer|où|quel(?:le)?s?|qui|dónde|donde|qué|cuál|quién)\b|어디|어느|어떤|"
    r"[은는] ?\?|哪|谁"
)
_UNCLEAR: Final[frozenset[Operation]] = frozenset(("maximum", "minimum", "trend", "step", "growth", "rate"))


def _is_of_largest_change(query: Query, text: str, panels: Sequence[ChartPanel]) -> bool:
    """Return whether it asks where values rose, or fell, most between both times: "wo sank er am stärksten?"."""
    labels = " ".join(f"{panel.title} {panel.y.label}" for panel in panels).lower()
    most = re.search(_MOST, text) is not None and re.search(_WHERE, text) is not None
    measured = any((word := re.search(words, text)) and word[0] in labels for words in (_ROSE, _FELL))
    told = bool(query.operations) and set(query.operations) <= _UNCLEAR
    told = told and (bool(query.direction) or _CHANGED.search(re.sub(r"\b(?:plus|minus)\b", "", text)) is not None)
    return most and told and not measured and len(query.series) in (0, 2) and not (query.yes_no or query.threshold)


def is_between_times(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether a question asks where values rose or fell from one series to the other, which are times."""
    drawn = drawn_series(panels)
    alone = query.operations == ("trend",) and bool(query.direction) and not (query.series or query.places)
    return alone and len(drawn) == 2 and _are_times_of_places(drawn)


def _are_times_of_places(drawn: Sequence[Series]) -> bool:
    """Return whether series are the times in which the places have their courses, and these are no times."""
    return are_periods([one.name for one in drawn]) and not are_periods(list(drawn[0].x))


def as_turned(chart: Chart, query: Query) -> Chart:
    """Return a chart with its places as series, if a question is about the course of places over its series.

    Parameters
    ----------
    chart : Chart
        The chart.
    query : Query
        What was read of the question.
    """
    drawn = drawn_series(chart.panels)
    changed = set(query.operations) <= {"share", "percent"} and _CHANGED.search(query.text) is not None
    course = bool(query.direction) or changed or bool({"trend", "happened", "moves"} & set(query.operations))
    told = changed or set(query.operations) <= _COURSES or _EACH.search(query.text) is not None
    alone = bool(query.places) and not (query.series or query.bounds or query.threshold or query.groups)
    if len(chart.panels) != 1 or len(drawn) < 2 or not (course and alone and told):
        return chart
    alike = all(one.kind in _TURNED for one in drawn)
    if not (alike and _are_times_of_places(drawn)):
        return chart
    return turned(chart)


def turned(chart: Chart) -> Chart:
    """Return a chart whose places are its series; as it is, unless its only panel has several alike ones."""
    drawn = drawn_series(chart.panels)
    alike = all(one.x == drawn[0].x and one.kind == drawn[0].kind and one.source == "figure" for one in drawn)
    if len(chart.panels) != 1 or len(drawn) < 2 or not alike:
        return chart
    panel, names = chart.panels[0], [one.name for one in drawn]
    flat = drawn[0].kind in FLAT
    table = drawn[0].kind == "heat map"
    along = ChartAxis(label=panel.y.label if table else panel.legend_title, scale="categories", categories=tuple(names))
    values = panel.x if flat else panel.y
    series = tuple(
        Series(
            name=str(place),
            kind="heat map" if table else "bars",
            x=tuple(names),
            y=tuple(one.y[number] for one in drawn),
            source="figure",
        )
        for number, place in enumerate(drawn[0].x)
    )
    return replace(chart, panels=(replace(panel, x=along, y=panel.x if table else values, series=series),))


def with_rows_as_places(chart: Chart, query: Query) -> Chart:
    """Return a heat map with its rows as columns, if they are days or months, of which a question may ask for groups.

    "How many at the weekend?" keeps to places, and those of a heat map are its columns.
    """
    drawn = drawn_series(chart.panels)
    table = len(drawn) > 1 and all(one.kind == "heat map" for one in drawn)
    named = query.series or query.places or query.groups or query.bounds or query.threshold
    return turned(chart) if table and not named and are_periods([one.name for one in drawn]) else chart


def are_periods(names: Sequence[Place]) -> bool:
    """Return whether names are those of years, months, quarters, tests, … in their order."""
    texts = [name for name in names if isinstance(name, str)]
    if len(texts) < len(names):  # numbers along the axis
        return True
    years = len(names) > 1 and all(name.isdigit() and len(name) == 4 for name in texts)
    known = bool(period_of(texts)) or bool(kind_of_names(texts)) or are_stages(texts)
    return known or (years and texts == sorted(texts))
