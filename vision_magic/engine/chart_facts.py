"""Facts of a chart by name: its axes, its series and their statistics, for JSON and for schemas.

A number that did not pass every check is never given: the fact is then a `SchemaMismatch` with the reason.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from vision_magic.engine.chart.data import STACKED, WITHOUT_DATA, Chart, ChartPanel, Place
from vision_magic.engine.drawn import Drawn, Measured
from vision_magic.engine.errors import SchemaMismatch
from vision_magic.engine.fields import Field, Table, letters
from vision_magic.engine.point_table import PointTable

__all__ = ["CHART_FIELDS", "KIND", "SERIES", "STATISTICS", "drawn_in", "named_value", "only_panel"]

_HIGHEST: Final = "maximum max largest highestvalue maximumvalue maxvalue peak"
_LOWEST: Final = "minimum min smallest lowestvalue minimumvalue minvalue"
_HIGHEST_AT: Final = "maximumat maxat highestx highestlabel highestcategory argmax peakat"
_LOWEST_AT: Final = "minimumat minat lowestx lowestlabel lowestcategory argmin"
_HIGHEST_SERIES: Final = "maximumseries maxseries serieshighest peakseries"
_LOWEST_SERIES: Final = "minimumseries minseries serieslowest"
_X: Final = "labels categories names positions dates places"
_MEAN: Final = "average meanvalue averagevalue"
_FIRST: Final = "first firstvalue startvalue start"
_LAST: Final = "last lastvalue endvalue end"
_POINTS: Final = "table data rows records datapoints bars"
_COUNT: Final = "pointcount numberofpoints"
_MEDIAN: Final = "medians"
_OF_BOXES: Final = ("q1", "q3", "whisker_low", "whisker_high")
_STACKS: Final = (*STACKED, "area")
_TWO_AXES: Final = "its series are drawn against different axes; ask for `series`, a list of records"
KIND: Final = "charttype plottype plotkind kindofchart typeofchart"

# --- which series is meant --------------------------------------------------------------------------------------


def only_panel(chart: Chart) -> ChartPanel:
    """Return the panel of a chart that has one."""
    if len(chart.panels) > 1:
        raise SchemaMismatch(f"the figure has {len(chart.panels)} pairs of axes; ask for `panels`, a list of records")
    return chart.panels[0]


def drawn_in(panel: ChartPanel, title: str = "") -> list[Drawn]:
    """Return the series of a panel."""
    return [Drawn(series, panel, f"{title} {panel.title}") for series in panel.series]


def sure_series(chart: Chart) -> list[Drawn]:
    """Return the series of a chart with one panel, reference lines aside, each of which passed every check."""
    found = _data_of(chart)
    for one in found:
        if one.series.known is None:
            one.check()
    return found


def _data_of(chart: Chart) -> list[Drawn]:
    panel = only_panel(chart)
    found = [one for one in drawn_in(panel, chart.title) if one.series.kind not in WITHOUT_DATA]
    if not found:
        reason = f" ({panel.unread[0].rstrip('.')})" if panel.unread else ""
        raise SchemaMismatch(f"no series was found between the axes{reason}")
    return found


def _only(chart: Chart) -> Drawn:
    """Return the series of a chart that has one."""
    found = sure_series(chart)
    if len(found) > 1:
        raise SchemaMismatch(
            f"the chart has {len(found)} series; ask for `series`, a list of records with name, x and y"
        )
    return found[0]


def point_table(chart: Chart) -> PointTable:
    """Return the points of all series."""
    return PointTable(only_panel(chart), sure_series(chart))


# --- facts of a whole chart -------------------------------------------------------------------------------------


def _extreme(chart: Chart, choose: Callable[..., Any]) -> tuple[Measured, Place | None]:
    """Return the lowest or highest value of all series, and its place."""
    _check_comparable(chart)
    found: tuple[Measured, Place | None] = choose(
        (one.extreme(choose) for one in sure_series(chart)), key=lambda pair: pair[0]
    )
    return found


def _check_comparable(chart: Chart) -> None:
    """Raise `SchemaMismatch` if the values of several series are not along one axis, or add up to something else."""
    series = _data_of(chart)
    if len({id(one.axis) for one in series}) > 1:
        raise SchemaMismatch(_TWO_AXES)
    if len(series) > 1 and any(one.series.kind in _STACKS for one in series):
        raise SchemaMismatch(
            "the highest part of what may be stacked is not the highest sum; ask for `series`, a list of records with "
            "name, highest and lowest"
        )


def _place_of_extreme(chart: Chart, choose: Callable[..., Any]) -> Place | None:
    """Return the place of the lowest or highest value; not in a heat map, where a place is only a column."""
    if any(one.kind == "heat map" for one in chart.series):
        raise SchemaMismatch("a cell has a row and a column; ask for `series`, a record for each row")
    return _extreme(chart, choose)[1]


def _series_of_extreme(chart: Chart, choose: Callable[..., Any]) -> str:
    """Return the name of the series that has the lowest or highest value, if it is that of one series alone."""
    value, _ = _extreme(chart, choose)
    every = sure_series(chart)
    if len(every) == 1:
        return every[0].series.name
    drawn = [one for one in every if _may_be(one.extreme(choose)[0], value)]
    if len(drawn) > 1:
        names = " and ".join(one.name.removeprefix("the series ") for one in drawn)
        raise SchemaMismatch(f"{names} have the same value within what was measured")
    if not drawn[0].series.name:
        raise SchemaMismatch("the series has no name")
    return drawn[0].series.name


def _may_be(one: Measured, other: Measured) -> bool:
    """Whether two numbers are equal within twice their uncertainty."""
    return abs(one - other) <= 2 * math.hypot(one.sigma, other.sigma)


def _kind(chart: Chart) -> str:
    series = [one for one in chart.series if one.kind not in WITHOUT_DATA] or chart.series
    kinds = dict.fromkeys(one.kind for one in series)
    if not kinds:
        raise SchemaMismatch("no series was found between the axes")
    return " and ".join(kinds)


def _shared_places(chart: Chart) -> list[Place]:
    """Return the places of the only series, or those that all series have."""
    first, *others = sure_series(chart)
    if any(one.places != first.places for one in others):
        return _only(chart).places
    return first.places


def _unit(chart: Chart) -> str:
    """Return the unit of the values."""
    units = {one.axis.unit for one in _data_of(chart)}
    if len(units) > 1:
        raise SchemaMismatch(_TWO_AXES)
    return units.pop()


def _extra_of(name: str, chart: Chart) -> list[Measured | None]:
    return _only(chart).extra(name)


def _extra(name: str, one: Drawn) -> tuple[Measured | None, ...]:
    return tuple(one.extra(name))


STATISTICS: Final[tuple[Field[Chart], ...]] = (
    Field("chart_kind", _kind, f"kind type {KIND}"),
    Field("unit", _unit, "units valueunit"),
    Field("highest", lambda chart: _extreme(chart, max)[0], _HIGHEST),
    Field("highest_at", lambda chart: _place_of_extreme(chart, max), _HIGHEST_AT),
    Field("highest_series", lambda chart: _series_of_extreme(chart, max), _HIGHEST_SERIES),
    Field("lowest", lambda chart: _extreme(chart, min)[0], _LOWEST),
    Field("lowest_at", lambda chart: _place_of_extreme(chart, min), _LOWEST_AT),
    Field("lowest_series", lambda chart: _series_of_extreme(chart, min), _LOWEST_SERIES),
    Field("first_value", lambda chart: _only(chart).end(0), _FIRST),
    Field("last_value", lambda chart: _only(chart).end(-1), _LAST),
    Field("mean", lambda chart: _only(chart).mean(), _MEAN),
    Field("total", lambda chart: _only(chart).total(), "sum"),
    Field("point_count", lambda chart: _only(chart).count(), f"{_COUNT} count"),
)
"""Facts that need no single values."""

CHART_FIELDS: Final[tuple[Field[Chart], ...]] = (
    Field("trend", lambda chart: _only(chart).trend(), "direction"),
    Field("x", _shared_places, _X),
    Field("y", lambda chart: _only(chart).values),
    Field("values", lambda chart: _only(chart).single_values),
    Field("median", lambda chart: _only(chart).medians(), _MEDIAN),
    *(Field(name, partial(_extra_of, name)) for name in _OF_BOXES),
    Field("points", point_table, _POINTS),
)
"""Facts of the single values."""


# --- a series as a record ---------------------------------------------------------------------------------------

# Lists of values are tuples: a schema that wants a string gets the names in a list, but never all points in one.
SERIES: Final = Table[Drawn](
    Field("name", lambda one: one.series.name, "series label text legend line curve"),
    Field("kind", lambda one: one.series.kind, f"type {KIND}"),
    Field("colour", lambda one: one.colour, "color"),
    Field("hex", lambda one: one.hex),
    Field("x", lambda one: tuple(one.places), _X),
    Field("y", lambda one: tuple(one.values)),
    Field("values", lambda one: tuple(one.single_values)),
    Field("median", lambda one: tuple(one.medians()), _MEDIAN),
    *(Field(name, partial(_extra, name)) for name in _OF_BOXES),
    Field("points", lambda one: PointTable(one.panel, [one]), _POINTS),
    Field("unit", lambda one: one.axis.unit, "units"),
    Field("highest", lambda one: one.extreme(max)[0], _HIGHEST),
    Field("highest_at", lambda one: one.extreme(max)[1], _HIGHEST_AT),
    Field("lowest", lambda one: one.extreme(min)[0], _LOWEST),
    Field("lowest_at", lambda one: one.extreme(min)[1], _LOWEST_AT),
    Field("first_value", lambda one: one.end(0), _FIRST),
    Field("last_value", lambda one: one.end(-1), _LAST),
    Field("mean", Drawn.mean, _MEAN),
    Field("total", Drawn.total, "sum"),
    Field("point_count", Drawn.count, _COUNT),
    Field("trend", Drawn.trend, "direction"),
    Field("sigma", lambda one: Measured(one.series.sigma, one.series.sigma / 10), "uncertainty"),
    Field("source", lambda one: one.series.source),
    Field("sure", lambda one: one.series.sure),
    Field("why_not", lambda one: one.series.why_not),
    published="name kind colour hex x y sigma source sure why_not",
)


def named_value(chart: Chart, name: str) -> Callable[[], Any] | None:
    """Return a function for a name that the chart itself gives: the values of a series, or the value of a category."""
    if len(chart.panels) != 1 or not letters(name):
        return None
    found = drawn_in(chart.panels[0])
    series = [one for one in found if letters(one.series.name) == letters(name)]
    if len(series) == 1:
        return lambda: series[0].single_values
    places = [letters(place) if isinstance(place, str) else "" for one in found[:1] for place in one.series.x]
    if len(found) == 1 and places.count(letters(name)) == 1:
        return lambda: found[0].single_values[places.index(letters(name))]
    return None
