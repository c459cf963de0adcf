"""Charts read from pixels: the axes, then the marks inside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from vision_magic.engine.chart.boxes import find_boxes
from vision_magic.engine.chart.cells import find_cells
from vision_magic.engine.chart.data import BARS, FLAT, Chart, ChartAxis, ChartPanel, Scale, Series, WhyNot
from vision_magic.engine.chart.doubts import with_doubts
from vision_magic.engine.chart.heatmaps import HeatMap, find_heat_map
from vision_magic.engine.chart.layers import find_layers, look_inside
from vision_magic.engine.chart.lookalikes import without_marks
from vision_magic.engine.chart.marks import series_of
from vision_magic.engine.chart.pies import find_pie
from vision_magic.engine.chart.plot import Axis, Panel, Plot
from vision_magic.engine.chart.printed import printed_numbers, with_printed
from vision_magic.engine.chart.printed_points import with_printed_points
from vision_magic.engine.chart.scaling import fitting
from vision_magic.engine.chart.second_axis import by_axis
from vision_magic.engine.chart.tick_agreement import agreeing_ticks
from vision_magic.engine.texts import Text

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["chart_of_image"]

_SMALLEST: Final = 24
"""Axes with a shorter side cannot be measured (pixels)."""


def chart_of_image(image: PILImage.Image, plot: Plot | None, texts: Sequence[Text]) -> Chart:
    """Return the data of a plot, measured in its pixels.

    Parameters
    ----------
    image : PIL.Image.Image
        An RGB image.
    plot : Plot
        Its axes and texts.
    texts : sequence of Text
        Every line of text that was read, which hides what is below it.
    """
    import numpy as np

    pixels = np.asarray(image)
    if plot is None:
        if (pie := find_pie(image, texts)) is not None:
            return Chart(panels=(pie,))
        cells = find_cells(image, texts)
        return Chart(panels=(_panel(pixels, cells, texts),)) if cells is not None else Chart()
    panels = [_with_shared_labels(panel, plot) for panel in plot.panels]
    return Chart(
        title=plot.title,
        panels=tuple(_panel(pixels, panel, texts) for panel in panels),
        notes=tuple(plot.other),
    )


def _with_shared_labels(panel: Panel, plot: Plot) -> Panel:
    """Return a panel with the labels that all panels share, where it has none of its own."""
    x, y = (
        axis if axis.label else replace(axis, label=label)
        for axis, label in ((panel.x, plot.x_label), (panel.y, plot.y_label))
    )
    return replace(panel, x=x, y=y)


def _panel(pixels: Any, whole: Panel, texts: Sequence[Text]) -> ChartPanel:
    texts, whole = without_marks(texts, whole, pixels)
    image, panel, smaller = fitting(pixels, whole, texts)
    series: tuple[Series, ...] = ()
    if min(panel.frame.width, panel.frame.height) >= _SMALLEST:
        cells = find_heat_map(image, panel, smaller)
        if cells is not None:
            series, whole = cells.series, _with_axes_of(cells, panel, whole)
        else:
            marks = _with_printed(_marks(image, panel, smaller), panel, smaller, image)
            series = tuple(_with_names(one, panel) for one in with_doubts(marks, panel, smaller))
    if len(series) > _MOST_UNKNOWN and not any(one.sure or one.name for one in series):
        series = ()  # a picture, or cells without a colour bar
    if whole.right is not None or whole.top is not None:
        # Values do not change with the size of the image, so the axes of the whole image tell those on the right.
        sides = by_axis(pixels, whole, series, texts) if whole.top is None else None
        left, right = sides if sides is not None else ([_doubted(one) for one in series], [])
        series = (*left, *(replace(one, right=True) for one in right))
    return _chart_panel(whole, series)


def _chart_panel(panel: Panel, series: tuple[Series, ...]) -> ChartPanel:
    return ChartPanel(
        title=panel.title,
        x=_axis(panel.x, series),
        y=_axis(panel.y),
        right=None if panel.right is None else _axis(panel.right),
        top=None if panel.top is None else _axis(panel.top),
        colour_bar=None if panel.colour_bar is None else _axis(panel.colour_bar),
        series=series,
        legend=panel.legend,
        legend_title=panel.legend_title,
        legend_complete=panel.legend_complete,
        notes=panel.notes,
        box=panel.frame.sides,
    )


def _with_axes_of(cells: HeatMap, panel: Panel, whole: Panel) -> Panel:
    """Return a panel with the names of a heat map's cells where its axes had others."""
    if (cells.x, cells.y) == (panel.x, panel.y):
        return whole
    return replace(whole, x=cells.x, y=cells.y)


_MOST_UNKNOWN: Final = 4
"""More series without a name, none of which can be read, are no series."""


def _with_names(series: Series, panel: Panel) -> Series:
    """Return bars without labels as not sure: which of them is which is not known, and one of zero is not seen."""
    places = panel.y if series.kind in FLAT else panel.x
    if series.kind not in BARS or places.ticks or places.calibration is not None:
        return series
    return replace(series, sure=False, why_not=series.why_not or WhyNot.AXIS_UNREAD)


def _doubted(series: Series) -> Series:
    """Return a series of a panel with more axes than two, of which it is not known which one it is drawn against."""
    return replace(series, sure=False, why_not=series.why_not or WhyNot.SECOND_AXIS)


def _marks(pixels: Any, panel: Panel, texts: Sequence[Text]) -> list[Series]:
    """Return the series of axes that hold no cells."""
    written = [text.box for text in texts if panel.frame.contains(*text.centre)]
    hidden = [panel.legend_box] if panel.legend_box is not None else []
    inside = look_inside(pixels, panel.frame, hidden, (panel.x.places, panel.y.places), written)
    boxes = find_boxes(inside, panel)
    if boxes is not None:
        return [boxes]
    return series_of(inside, find_layers(inside, panel.legend), panel)


def _with_printed(series: list[Series], panel: Panel, texts: Sequence[Text], pixels: Any) -> list[Series]:
    """Return series with the values that are printed at their marks."""
    numbers = printed_numbers(panel, texts, lying=any(one.kind in FLAT for one in series))
    if len(numbers) < 2:
        return series
    boxes = [text.box for text in texts]
    return with_printed_points(with_printed(series, panel, numbers), panel, numbers, boxes, pixels)


def _axis(axis: Axis, series: Sequence[Series] = ()) -> ChartAxis:
    found = axis.calibration
    drawn = {place for one in series for place in one.x} | set(axis.ticks)
    names = tuple(name for name, _ in axis.names if name in drawn) if axis.kind == "labels" and found is None else ()
    return ChartAxis(
        label=axis.label,
        unit=axis.unit,
        scale=_scale(axis),
        categories=names,
        ticks=axis.ticks,
        offset=axis.offset,
        complete=axis.complete,
        agreeing=found.agreeing if found is not None else 0,
        labels=found.labels if found is not None else len(axis.ticks),
        calibration=found,
        places=axis.places,
        agrees=agreeing_ticks(axis),
        why_not=found.why_not if found is not None else "" if names else "its tick labels could not be read",
    )


def _scale(axis: Axis) -> Scale:
    if axis.calibration is not None:
        return axis.calibration.scale
    if axis.kind == "labels":
        return "categories"
    return "log" if axis.kind == "log" else "none"
