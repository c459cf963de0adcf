"""Facts of a chart by name: its series, their points and statistics, for JSON and for schemas.

A number that did not pass every check is never given: the fact is then a `SchemaMismatch` with the reason, and JSON has
an empty list beside the reason.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from vision_magic.engine.chart.data import Chart, ChartAxis, ChartPanel, Place, Series
from vision_magic.engine.colours import colour_name, hex_of
from vision_magic.engine.errors import SchemaMismatch
from vision_magic.engine.wording import quote

__all__ = [
    "CHART_FACTS",
    "Measured",
    "named_values",
    "only_panel",
    "only_series",
    "places_of",
    "series_row",
    "sure_series",
    "values_of",
]

_CORNERS: Final = ("line", "step", "area")
"""Kinds whose measured points are the corners of a course, and not the data."""


class Measured(float):
    """A measured number, rounded to the digits that its uncertainty leaves.

    Attributes
    ----------
    sigma : float
        Its uncertainty; 0 if it is exact.
    """

    sigma: float

    def __new__(cls, value: float, sigma: float = 0.0) -> Measured:
        """Round a number to the digits that its uncertainty leaves."""
        known = sigma > 0 and math.isfinite(sigma) and math.isfinite(value)
        # Of an uncertainty from 0.10 to 0.19 two digits are kept, so that rounding adds little to it.
        digits = math.ceil(-math.log10(sigma / 2)) if known else 0
        made = super().__new__(cls, round(value, digits) + 0.0 if known else value)
        made.sigma = sigma
        return made

    def as_integer(self) -> int | None:
        """Return the nearest integer, if it lies within twice the uncertainty; otherwise None."""
        if not math.isfinite(self):
            return None
        nearest = round(float(self))
        return nearest if abs(self - nearest) <= 2 * self.sigma else None


def values_of(series: Series, panel: ChartPanel) -> list[Measured | None]:
    """Return the values of a series with their uncertainty; None for one that is missing."""
    axis = panel.x if series.kind == "horizontal bars" else panel.y
    return [_measured(value, series.sigma, axis) if math.isfinite(value) else None for value in series.y]


def places_of(series: Series, panel: ChartPanel) -> list[str | float]:
    """Return the places of a series: names and dates as they are, numbers to the digits that a pixel leaves."""
    axis = panel.y if series.kind == "horizontal bars" else panel.x
    sigma = axis.calibration.sigma if axis.calibration is not None else 0.0
    return [place if isinstance(place, str) else _measured(place, sigma, axis) for place in series.x]


def _measured(value: float, sigma: float, axis: ChartAxis) -> Measured:
    return Measured(value, abs(value) * sigma if axis.scale == "log" else sigma)


# --- which series is meant --------------------------------------------------------------------------------------


def only_panel(chart: Chart) -> ChartPanel:
    """Return the panel of a chart that has one."""
    if len(chart.panels) > 1:
        raise SchemaMismatch(f"the figure has {len(chart.panels)} pairs of axes; ask for `panels`, a list of records")
    return chart.panels[0]


def sure_series(chart: Chart) -> list[Series]:
    """Return the series of a chart with one panel, each of which passed every check."""
    panel = only_panel(chart)
    if not panel.series:
        reason = f" ({panel.unread[0].rstrip('.')})" if panel.unread else ""
        raise SchemaMismatch(f"no series was found between the axes{reason}")
    for series in panel.series:
        _check_sure(series)
    return list(panel.series)


def _check_sure(series: Series) -> None:
    """Raise `SchemaMismatch` if the numbers of a series did not pass every check."""
    if not series.sure:
        name = f"the series {quote(series.name)}" if series.name else "the series"
        raise SchemaMismatch(f"{name} could not be read with certainty: {series.why_not or 'it was not checked'}")


def only_series(chart: Chart) -> Series:
    """Return the series of a chart that has one."""
    found = sure_series(chart)
    if len(found) > 1:
        raise SchemaMismatch(
            f"the chart has {len(found)} series; ask for `series`, a list of records with name, x and y"
        )
    return found[0]


# --- statistics -------------------------------------------------------------------------------------------------


def _extreme(chart: Chart, choose: Callable[..., Any]) -> tuple[Measured, Place]:
    """Return the lowest or highest value of all series, and its place."""
    panel = only_panel(chart)
    pairs = [
        (value, place)
        for series in sure_series(chart)
        for value, place in zip(values_of(series, panel), places_of(series, panel), strict=True)
        if value is not None
    ]
    if not pairs:
        raise SchemaMismatch("the series has no values")
    best: tuple[Measured, Place] = choose(pairs, key=lambda pair: pair[0])
    return best


def _all_values(chart: Chart) -> list[Measured]:
    """Return the values of the only series, if they are those of the data."""
    series = only_series(chart)
    if series.source == "pixels" and series.kind in _CORNERS:
        raise SchemaMismatch("the points that were measured on a line are its corners, and not those of the data")
    values = [value for value in values_of(series, only_panel(chart)) if value is not None]
    if not values:
        raise SchemaMismatch("the series has no values")
    return values


def _total(chart: Chart) -> Measured:
    values = _all_values(chart)
    return Measured(math.fsum(values), math.hypot(*(value.sigma for value in values)))


def _mean(chart: Chart) -> Measured:
    values = _all_values(chart)
    return Measured(
        math.fsum(values) / len(values), math.hypot(*(value.sigma for value in values)) / math.sqrt(len(values))
    )


def _end(chart: Chart, number: int) -> Measured | None:
    return values_of(only_series(chart), only_panel(chart))[number]


def _kind(chart: Chart) -> str:
    kinds = dict.fromkeys(series.kind for panel in chart.panels for series in panel.series)
    if not kinds:
        raise SchemaMismatch("no series was found between the axes")
    return " and ".join(kinds)


CHART_FACTS: Final[Mapping[str, Callable[[Chart], Any]]] = {
    "chart_kind": _kind,
    "x": lambda chart: places_of(only_series(chart), only_panel(chart)),
    "y": lambda chart: values_of(only_series(chart), only_panel(chart)),
    "highest": lambda chart: _extreme(chart, max)[0],
    "highest_at": lambda chart: _extreme(chart, max)[1],
    "lowest": lambda chart: _extreme(chart, min)[0],
    "lowest_at": lambda chart: _extreme(chart, min)[1],
    "first_value": lambda chart: _end(chart, 0),
    "last_value": lambda chart: _end(chart, -1),
    "mean": _mean,
    "total": _total,
    "point_count": lambda chart: len(_all_values(chart)),
}
"""The facts of a chart with axes, each a function."""


# --- series as records ------------------------------------------------------------------------------------------


def series_row(series: Series, panel: ChartPanel) -> dict[str, Any]:
    """Return a series as a record for JSON; without points if it did not pass every check.

    The points are tuples: a schema that wants a string gets the names in a list, but never all points in one string.
    """
    return {
        "name": series.name,
        "kind": series.kind,
        "colour": colour_name(series.rgb) if series.rgb is not None else None,
        "hex": hex_of(series.rgb) if series.rgb is not None else None,
        "x": tuple(places_of(series, panel)) if series.sure else (),
        "y": tuple(values_of(series, panel)) if series.sure else (),
        "sigma": Measured(series.sigma, series.sigma / 10),
        "source": series.source,
        "sure": series.sure,
        "why_not": series.why_not,
    }


def named_values(chart: Chart, name: str, letters: Callable[[str], str]) -> Callable[[], Any] | None:
    """Return a function for a name that the chart itself gives: the values of a series, or the value of a category.

    Parameters
    ----------
    chart : Chart
        The chart.
    name : str
        The name of a property.
    letters : callable
        Reduces a name to what is compared.
    """
    if len(chart.panels) != 1:
        return None
    panel = chart.panels[0]
    wanted = letters(name)
    series = [each for each in panel.series if wanted and letters(each.name) == wanted]
    if len(series) == 1:
        return lambda: _checked_values(series[0], panel)
    places = [str(place) for each in panel.series[:1] for place in each.x if isinstance(place, str)]
    if len(panel.series) == 1 and [letters(place) for place in places].count(wanted) == 1 and wanted:
        number = [letters(place) for place in places].index(wanted)
        return lambda: _checked_values(panel.series[0], panel)[number]
    return None


def _checked_values(series: Series, panel: ChartPanel) -> list[Measured | None]:
    _check_sure(series)
    return values_of(series, panel)
