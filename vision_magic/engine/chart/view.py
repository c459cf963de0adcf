"""A chart as HTML: what was read, drawn again over its picture, and a table of the series.

The marks are drawn where the values belong, by the calibration of the axes, and not where they were found: what a
person sees beside a curve or a bar is the value that the chart would give.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, TypeGuard

from vision_magic.chat.display import mime_bundle
from vision_magic.engine.chart.data import BARS, FLAT, STACKED, Chart, ChartAxis, ChartPanel, Place, Series
from vision_magic.engine.colours import hex_of
from vision_magic.engine.pixels import RGB
from vision_magic.render.markup import plain_html
from vision_magic.render.overlay import Overlay, Ring, Stroke, overlay_uri
from vision_magic.render.theme import SMALL, TEXT
from vision_magic.text import clean_text, one_line

__all__ = ["chart_bundle", "overlay_of"]

_SHOWN: Final = 640  # CSS pixels: largest width of the picture
_MAX_ROWS: Final = 60  # series in the table
_MAX_MARKS: Final = 4000  # marks of a series
_MAX_TEXT: Final = 120  # characters of a name or reason in the table
_FARTHEST: Final = 20_000.0  # pixels; what is farther away is in no picture
_TICK: Final = 7.0  # length of the mark at a tick label (pixels)
_CAP: Final = 0.36  # half the width of a mark at the end of a bar, of the distance between bars

_AGREES: Final = (0, 140, 60)
_DIFFERS: Final = (205, 0, 0)
_STROKES: Final[tuple[RGB, ...]] = (
    (225, 0, 125),
    (0, 110, 255),
    (0, 150, 75),
    (235, 110, 0),
    (125, 40, 220),
    (0, 165, 190),
    (150, 110, 0),
)
"""Colours of the marks; each series gets the one that is least like what is drawn in its panel."""

_CELL: Final = "padding:2px 14px 2px 0;text-align:left;vertical-align:top;border:0;background:none"
_COURSES: Final = ("line", "step", "area", "reference line", "other")
_COLOURED: Final = ("pie", "heat map")  # their values are not places on an axis
_BARS: Final = (*BARS, "histogram", "stems")


@mime_bundle.register
def chart_bundle(chart: Chart) -> dict[str, str]:
    """Return the MIME bundle of a chart."""
    return {"text/html": chart_html(chart), "text/plain": str(chart)}


def chart_html(chart: Chart) -> str:
    """Return a chart as HTML that loads nothing and runs nothing."""
    strokes = [_strokes_of(panel) for panel in chart.panels]
    return f'<div style="{TEXT}">{_picture(chart, strokes)}{_table(chart, strokes)}{_unread(chart)}</div>'


def _picture(chart: Chart, strokes: Sequence[Sequence[RGB]]) -> str:
    if chart.image is None:
        return ""
    try:
        source, (width, _) = overlay_uri(chart.image, overlay_of(chart, strokes))
    except (OSError, ValueError):  # an Image that the user made from invalid bytes; the table is still shown
        return ""
    alt = plain_html("The picture, and over it what was read. " + str(chart).partition("\n")[0])
    shown = min(width, _SHOWN)
    # An output that JupyterLab does not trust keeps the width, but not the style.
    return f'<img src="{source}" alt="{alt}" width="{shown}" style="max-width:100%;height:auto;display:block">'


# --- marks ------------------------------------------------------------------------------------------------------


def overlay_of(chart: Chart, colours: Sequence[Sequence[RGB]] | None = None) -> Overlay:
    """Return the marks of a chart over its picture.

    Parameters
    ----------
    chart : Chart
        A chart that was read in an image.
    colours : sequence of sequence of tuple, optional
        The colour of the marks of each series, by panel.
    """
    strokes: list[Stroke] = []
    rings: list[Ring] = []
    for panel, chosen in zip(chart.panels, colours or [_strokes_of(panel) for panel in chart.panels], strict=True):
        strokes += _tick_strokes(panel)
        half = _half_width(panel)
        for series, rgb in zip(panel.series, chosen, strict=True):
            points = _points(panel, series)
            dashed = not series.sure
            strokes += _extra_strokes(panel, series, half, rgb)
            if series.kind in _BARS:
                strokes += _bar_strokes(panel, series, points, half, rgb)
            elif series.kind in _COURSES and len(points) > 1:
                strokes.append(Stroke(tuple(points), rgb, dashed))
            if series.kind not in _BARS:
                rings += [Ring(point, rgb, dashed) for point in points]
    return Overlay(strokes, rings)


def _strokes_of(panel: ChartPanel) -> list[RGB]:
    """Return a colour for the marks of each series: far from the colours of the panel, and new as long as there are."""
    drawn = [series.rgb for series in panel.series if series.rgb is not None]
    ranked = sorted(_STROKES, key=lambda rgb: -min((math.dist(rgb, other) for other in drawn), default=0.0))
    best = ranked[: max(4, len(ranked) // 2)]
    return [best[number % len(best)] for number in range(len(panel.series))]


def _points(panel: ChartPanel, series: Series) -> list[tuple[float, float]]:
    """Return where the points of a series belong in the picture; those of which that is not known are left out."""
    if series.kind in _COLOURED:
        return list(series.places[:_MAX_MARKS])
    lying = series.kind in FLAT
    along, across = (panel.y, panel.x) if lying else (panel.x, panel.y)
    found = []
    for number, (place, value) in enumerate(zip(series.x[:_MAX_MARKS], series.y[:_MAX_MARKS], strict=True)):
        seen = series.places[number] if number < len(series.places) else None
        position = _along(along, place, None if seen is None else seen[lying], series)
        height = _across(across, value, None if seen is None else seen[not lying], series)
        if _is_near(position) and _is_near(height):
            found.append((height, position) if lying else (position, height))
    return found


def _is_near(pixel: float | None) -> TypeGuard[float]:
    return pixel is not None and abs(pixel) <= _FARTHEST


def _along(axis: ChartAxis, place: Place, seen: float | None, series: Series) -> float | None:
    """Return the pixel of a place; of grouped bars, which share a place, where each was found."""
    return seen if seen is not None and (series.kind in _BARS or axis.calibration is None) else axis.pixel(place)


def _across(axis: ChartAxis, value: float, seen: float | None, series: Series) -> float | None:
    """Return the pixel of a value; of stacked bars, whose values are lengths, where each ends."""
    stacked = series.kind in (*STACKED, "area")
    if seen is not None and (stacked or axis.calibration is None):
        return seen
    return axis.pixel(value)


def _half_width(panel: ChartPanel) -> float:
    """Return half the width of the marks at the ends of bars (pixels)."""
    places = sorted(
        point[series.kind in FLAT]
        for series in panel.series
        if series.kind in _BARS
        for point in _points(panel, series)
    )
    gaps = [b - a for a, b in pairwise(places) if b - a > 1.5]
    return min(40.0, _CAP * min(gaps)) if gaps else 12.0


def _bar_strokes(
    panel: ChartPanel, series: Series, points: Sequence[tuple[float, float]], half: float, rgb: RGB
) -> Iterator[Stroke]:
    """Yield a cap at the end of each bar, and for all but stacked ones a line from zero to it."""
    lying = series.kind in FLAT
    zero = (panel.x if lying else panel.y).pixel(0.0) if series.kind not in STACKED else None
    for x, y in points:
        cap = ((x, y - half), (x, y + half)) if lying else ((x - half, y), (x + half, y))
        yield Stroke(cap, rgb, not series.sure)
        if zero is not None:
            yield Stroke(((zero, y), (x, y)) if lying else ((x, zero), (x, y)), rgb, not series.sure)


def _extra_strokes(panel: ChartPanel, series: Series, half: float, rgb: RGB) -> Iterator[Stroke]:
    """Yield the error bars of points, and the boxes and whiskers of a box plot."""
    lying = series.kind in FLAT
    along, across = (panel.y, panel.x) if lying else (panel.x, panel.y)
    for number, (place, value) in enumerate(zip(series.x[:_MAX_MARKS], series.y[:_MAX_MARKS], strict=True)):
        seen = series.places[number][lying] if number < len(series.places) else None
        at = _along(along, place, seen, series)
        found = {name: values[number] for name, values in series.extra.items()}
        if "error" in found:
            found |= {"whisker_low": value - found["error"], "whisker_high": value + found["error"]}
        ends = {name: across.pixel(one) for name, one in found.items() if math.isfinite(one)}
        if not _is_near(at):
            continue
        for path in _paths(at, ends, half):
            points = tuple((y, x) if lying else (x, y) for x, y in path)
            yield Stroke(points, rgb, not series.sure)


def _paths(at: float, ends: Mapping[str, float | None], half: float) -> Iterator[list[tuple[float, float]]]:
    """Yield the lines of an error bar or of a box with whiskers, as they are drawn at a place of upright ones."""
    low, high, q1, q3 = (ends.get(name) for name in ("whisker_low", "whisker_high", "q1", "q3"))
    if _is_near(q1) and _is_near(q3):
        left, right = at - half, at + half
        yield [(left, q1), (right, q1), (right, q3), (left, q3), (left, q1)]
    for end, start in ((low, high if q1 is None else q1), (high, q3)):
        if _is_near(end):
            yield [(at - half / 2, end), (at + half / 2, end)]
            if _is_near(start):
                yield [(at, start), (at, end)]


def _tick_strokes(panel: ChartPanel) -> Iterator[Stroke]:
    """Yield a short line at each tick label: green where it agrees with the scale, and otherwise red and dashed."""
    if panel.box is None:
        return
    left, _, _, bottom = panel.box
    for x, agrees in zip(panel.x.places, panel.x.agrees, strict=False):
        yield Stroke(((x, bottom), (x, bottom + _TICK)), _AGREES if agrees else _DIFFERS, not agrees)
    for y, agrees in zip(panel.y.places, panel.y.agrees, strict=False):
        yield Stroke(((left - _TICK, y), (left, y)), _AGREES if agrees else _DIFFERS, not agrees)


# --- the table --------------------------------------------------------------------------------------------------


def _table(chart: Chart, strokes: Sequence[Sequence[RGB]]) -> str:
    rows: list[str] = []
    for number, (panel, colours) in enumerate(zip(chart.panels, strokes, strict=True), 1):
        if len(chart.panels) > 1:
            rows.append(f'<tr><th colspan="5" style="{_CELL}">{_text(panel.title or f"Panel {number}")}</th></tr>')
        rows += [_row(series, rgb) for series, rgb in zip(panel.series, colours, strict=True)]
        if any(series.kind != "pie" for series in panel.series) or panel.x.labels or panel.y.labels:
            rows.append(f'<tr><td colspan="5" style="{_CELL};{SMALL}">{_text(_axes(panel), 400)}</td></tr>')
    if len(rows) > _MAX_ROWS + 2 * len(chart.panels):
        rows = [*rows[:_MAX_ROWS], f'<tr><td colspan="5">and {len(rows) - _MAX_ROWS} more rows</td></tr>']
    head = "".join(f'<th style="{_CELL}">{name}</th>' for name in ("series", "kind", "points", "±", "sure"))
    table = f'<table style="border-collapse:collapse;margin:6px 0"><tr>{head}</tr>{"".join(rows)}</table>'
    return table if rows else ""


def _row(series: Series, stroke: RGB) -> str:
    own = f'<span style="color:{hex_of(series.rgb)}">■</span> ' if series.rgb is not None else ""
    mark = f'<span style="color:{hex_of(stroke)}">{"━" if series.sure else "╍"}</span> '
    uncertainty = f"{series.sigma:.2g}" if series.sigma else "0"
    cells = (
        own + mark + _text(series.name or "no name"),
        _text(series.kind),
        str(len(series.y)),
        uncertainty,
        "yes" if series.sure else f"no: {_text(series.why_not or 'it was not checked')}",
    )
    return "<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in cells) + "</tr>"


def _axes(panel: ChartPanel) -> str:
    return "; ".join(f"{name}: {_axis(axis)}" for name, axis in (("x", panel.x), ("y", panel.y)))


def _axis(axis: ChartAxis) -> str:
    label = f"“{axis.label}”, " if axis.label else ""
    if axis.scale == "categories":
        return f"{label}{len(axis.categories)} names"
    if not axis.labels:
        return f"{label}{axis.why_not or axis.scale}"
    agreeing = f"{axis.agreeing} of {axis.labels} tick labels agree"
    if axis.scale == "none":
        return f"{label}{agreeing}"
    doubt = f", but {axis.why_not}" if axis.why_not else ""
    return f"{label}{axis.scale}, {agreeing}, 1 px is {_step(axis)}{doubt}"


def _step(axis: ChartAxis) -> str:
    """Return how far one pixel reaches along an axis."""
    if axis.scale == "log":
        return f"{axis.sigma:.2g} of the value"
    if axis.scale != "date":
        return f"{axis.sigma:.2g}"
    days = axis.sigma
    units = (("days", 1.0), ("hours", 24.0), ("minutes", 1440.0), ("seconds", 86400.0))
    return next((f"{days * per:.2g} {unit}" for unit, per in units if days * per >= 0.5), f"{days * 86400:.2g} seconds")


def _unread(chart: Chart) -> str:
    sentences = [*(sentence for panel in chart.panels for sentence in panel.unread), *chart.unread]
    return "".join(f'<div style="{SMALL}">{_text(sentence, 400)}</div>' for sentence in sentences[:_MAX_ROWS])


def _text(text: str, length: int = _MAX_TEXT) -> str:
    return plain_html(one_line(clean_text(text), length))
