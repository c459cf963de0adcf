"""Agreement of what was measured in a picture with what its figure object knows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from vision_magic.engine.chart.data import WITHOUT_DATA, Chart, ChartPanel, Series, Summary

__all__ = ["agrees", "completed", "has_numbers"]


def has_numbers(series: Series) -> bool:
    """Whether the values of a series are known one by one, or it is none of data."""
    return bool(series.x) or series.kind in WITHOUT_DATA


def agrees(measured: Chart, known: Chart) -> bool:
    """Whether measurements agree with what the figure object knows: how series are drawn, and their statistics."""
    kinds = ({one.kind for one in chart.series if one.kind not in WITHOUT_DATA} for chart in (measured, known))
    if len({frozenset(found) for found in kinds}) > 1:
        return False
    for one in known.series:
        same = [other for other in measured.series if other.name == one.name and other.x]
        if one.known is not None and len(same) == 1 and not _is_near(same[0], one.known):
            return False
    return True


def _is_near(measured: Series, known: Summary) -> bool:
    found = measured.summary
    values = (known.low, known.high), (found.low, found.high)
    places = (known.first_at, known.last_at), (found.first_at, found.last_at)
    return all(_are_near(*ends) for ends in (values, places))


def _are_near(known: tuple[Any, Any], found: tuple[Any, Any]) -> bool:
    """Whether two ends are within a twentieth of their distance; those that are not numbers are not compared."""
    if not all(isinstance(end, float | int) for end in (*known, *found)):
        return True
    most = abs(known[1] - known[0]) / 20
    return all(abs(a - b) <= most for a, b in zip(known, found, strict=True))


def completed(known: Chart, measured: Chart) -> Chart:
    """Return what a figure object knows, and for series whose values it does not hold, those that were measured."""
    if len(known.panels) != len(measured.panels) or not agrees(measured, known):
        return known
    pairs = zip(known.panels, measured.panels, strict=True)
    return replace(known, panels=tuple(_completed(panel, found) for panel, found in pairs))


def _completed(panel: ChartPanel, measured: ChartPanel) -> ChartPanel:
    drawn = [one for one in panel.series if one.kind not in WITHOUT_DATA]
    series = tuple(one if has_numbers(one) else _found(one, drawn, measured) for one in panel.series)
    # The uncertainty of places comes from the calibration of the axis along which they were measured.
    x, y = (
        replace(axis, calibration=found.calibration) for axis, found in ((panel.x, measured.x), (panel.y, measured.y))
    )
    return replace(panel, x=x, y=y, series=series)


def _found(one: Series, drawn: list[Series], measured: ChartPanel) -> Series:
    """Return a series with the points that were measured, if only one can be meant."""
    same = [other for other in measured.series if (other.name, other.kind) == (one.name, one.kind)]
    if len(same) != 1 or [other.name for other in drawn].count(one.name) != 1:
        return one
    return replace(same[0], known=one.known, rgb=one.rgb or same[0].rgb)
