"""Panels that show the same of several things, one thing each, taken as the series of one panel."""

from __future__ import annotations

from dataclasses import replace

from vision_magic.engine.chart.data import WITHOUT_DATA, Chart, ChartPanel, Series

__all__ = ["as_series"]

_MOST: int = 12


def as_series(chart: Chart) -> Chart:
    """Return a chart of small multiples with one panel, whose series have the titles of the panels as names.

    Its panels have one series each, of one kind, at the same places, along one axis of values: one that they share has
    its label at the outermost of them. Any other chart is returned as it is.
    """
    drawn = [(panel, one) for panel in chart.panels for one in panel.series if one.kind not in WITHOUT_DATA]
    titles = [panel.title for panel in chart.panels]
    if not 1 < len(drawn) <= _MOST or len(drawn) != len(chart.panels) or not _are_alike(drawn):
        return chart
    if not all(titles) or len(set(titles)) < len(titles):
        return chart
    series = tuple(replace(one, name=panel.title) for panel, one in drawn)
    labelled = next((panel for panel in chart.panels if panel.y.label), chart.panels[0])
    lower = next((panel for panel in reversed(chart.panels) if panel.x.label), chart.panels[-1])
    axes = {"x": replace(lower.x, label=lower.x.label), "y": labelled.y}
    limits = tuple(one for one in chart.panels[0].series if one.kind == "reference line")
    one_panel = replace(labelled, title=chart.title, series=(*series, *limits), **axes)  # type: ignore[arg-type]
    return replace(chart, panels=(one_panel,))


def _are_alike(drawn: list[tuple[ChartPanel, Series]]) -> bool:
    (first, one), *others = drawn
    labels = {panel.y.label for panel, _ in drawn} - {""}
    shared = labels and all(panel.y.label or panel.y.limits == first.y.limits for panel, _ in drawn)
    alike = all(
        other.kind == one.kind and other.x == one.x and other.source == "figure" and not other.right
        for _, other in others
    )
    return len(labels) == 1 and bool(shared) and alike and one.kind in ("bars", "line", "area", "step")
