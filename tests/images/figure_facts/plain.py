"""Series without single values, places and colours, so that a test compares only statistics."""

from __future__ import annotations

from dataclasses import replace

from vision_magic.images.figure_facts.values import AxesFacts, SeriesFacts, Summary

_VALUES = ("points", "errors", "edges", "heights", "columns", "rows", "percent", "boxes", "outliers")


def plain(series: SeriesFacts) -> SeriesFacts:
    along = {axis: _plain(getattr(series, axis)) for axis in "xyz"}
    return replace(series, colour="", **along, **dict.fromkeys(_VALUES, ()))


def _plain(summary: Summary | None) -> Summary | None:
    return replace(summary, low_at=None, high_at=None) if summary is not None else None


def plain_axes(axes: AxesFacts) -> AxesFacts:
    return replace(axes, series=tuple(map(plain, axes.series)))
