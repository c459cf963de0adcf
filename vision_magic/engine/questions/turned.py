"""Charts whose series and places change sides, where the series are the periods in which a place has its course.

"Has wheat grown every year?" of bars that stand beside each other at crops, one for each year, asks of a crop what
other questions ask of a series: so the chart is given with the crops as its series along the years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import Chart, ChartAxis, Place, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.names import kind_of_names
from vision_magic.engine.questions.numbers import period_of
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.words import Operation

__all__ = ["are_periods", "as_turned", "turned", "with_rows_as_places"]

_COURSES: Final[frozenset[Operation]] = frozenset(("trend", "moves", "step", "growth", "pace", "happened", "value"))
_TURNED: Final = frozenset(("bars", "horizontal bars", "stacked bars", "heat map"))


_EACH: Final = re.compile(
    r"\b(?:every|each|from \w+ to) (?:year|month|quarter|day|week)|\bjede[sn]? (?:jahr|monat|quartal|tag|woche)|"
    r"\bchaque (?:année|mois|jour|semaine)|\bcada (?:año|mes|día|semana)|해마다|매년|매달|매월|每年|逐年|每个?月",
    re.IGNORECASE,
)


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
    course = bool(query.direction) or bool({"trend", "happened", "moves"} & set(query.operations))
    told = set(query.operations) <= _COURSES or _EACH.search(query.text) is not None
    alone = bool(query.places) and not (query.series or query.bounds or query.threshold or query.groups)
    if len(chart.panels) != 1 or len(drawn) < 2 or not (course and alone and told):
        return chart
    alike = all(one.kind in _TURNED for one in drawn)
    if not alike or not are_periods([one.name for one in drawn]) or are_periods(list(drawn[0].x)):
        return chart
    return turned(chart)


def turned(chart: Chart) -> Chart:
    """Return a chart whose places are its series; as it is, unless its only panel has several alike ones."""
    drawn = drawn_series(chart.panels)
    alike = all(one.x == drawn[0].x and one.kind == drawn[0].kind and one.source == "figure" for one in drawn)
    if len(chart.panels) != 1 or len(drawn) < 2 or not alike:
        return chart
    panel, names = chart.panels[0], [one.name for one in drawn]
    flat = drawn[0].kind == "horizontal bars"
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
    """Return whether names are those of years, months, quarters, weekdays, … in their order."""
    texts = [name for name in names if isinstance(name, str)]
    if len(texts) < len(names):  # numbers along the axis
        return True
    years = len(names) > 1 and all(name.isdigit() and len(name) == 4 for name in texts)
    return (years and texts == sorted(texts)) or bool(period_of(texts)) or bool(kind_of_names(texts))
