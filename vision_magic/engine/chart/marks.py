"""The marks inside a pair of axes as series: the kind of each layer follows from the shape of what is drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Any, Final

from vision_magic.engine.chart.areas import find_area
from vision_magic.engine.chart.arms import Arms, are_joined, find_arms
from vision_magic.engine.chart.bars import find_bars
from vision_magic.engine.chart.blobs import Markers, find_markers
from vision_magic.engine.chart.corners import Point
from vision_magic.engine.chart.curves import Curve, crowding, trace_curve
from vision_magic.engine.chart.data import Kind, Place, Series, WhyNot
from vision_magic.engine.chart.dates import iso_of
from vision_magic.engine.chart.lattice import even_step
from vision_magic.engine.chart.layers import Inside, Layer
from vision_magic.engine.chart.marked_lines import find_crossed_points, find_marked_line
from vision_magic.engine.chart.palette import is_mixture
from vision_magic.engine.chart.plot import Axis, Panel
from vision_magic.engine.chart.rectangles import Rectangle, find_rectangles
from vision_magic.engine.chart.steps import Steps, find_steps
from vision_magic.engine.colours import chroma

__all__ = ["series_of"]

_LEVEL: Final = 1.5
"""A reference line is no further from level (pixels)."""

_THIN: Final = 0.08
"""Stems cover less of the axes."""

_CROWDED_AREA: Final = 0.04
"""As large a share of the turns of an area may be close together: its line shows less of them than a thin one."""

_BLOCK: Final = 5
"""Rectangles that are bars are at least this wide and high (pixels)."""

_HATCH: Final = 0.12
"""The lines of a hatch cover at least this share of what they are drawn on."""

_HATCHED: Final = 9
"""A hatch leaves pieces that are smaller (pixels)."""

_RIM: Final = 4
"""It ends no further from the sides of the axes (pixels)."""

_RIM_DASHED: Final = 0.03
"""Nor does it if it is dashed (share of the width)."""


def series_of(inside: Inside, layers: Sequence[Layer], panel: Panel) -> list[Series]:
    """Return the series of a pair of axes with Cartesian marks."""
    rectangles = [
        one
        for number, layer in enumerate(layers)
        if layer.solid and not layer.outline
        for one in find_rectangles(inside, layers, number)
    ]
    readings = [
        _Reading(
            inside, layer, layers, panel, blocks=_is_of_blocks(layer, [one for one in rectangles if one.layer == n])
        )
        for n, layer in enumerate(layers)
        if not layer.outline
    ]
    bars: list[Series] = []
    if not any(reading.has_stems() for reading in readings):
        bars = find_bars(rectangles, layers, panel.frame, panel.x, panel.y)
    if bars and all(one.why_not != WhyNot.BARS_UNCLEAR for one in bars):
        return bars
    found = [(reading.layer, series) for reading in readings if (series := reading.series()) is not None]
    if bars and not any(series.kind == "area" for _, series in found):
        return bars
    return _sorted_out(_areas_with_lines(found, inside))


def _is_of_blocks(layer: Layer, rectangles: Sequence[Rectangle]) -> bool:
    """Return whether a layer is made of a few rectangles, as bars are that could not be told apart."""
    area = sum(one.width * one.height for one in rectangles if min(one.width, one.height) >= _BLOCK)
    return len(rectangles) >= 2 and area >= 0.9 * float(layer.mask.sum())


def _areas_with_lines(found: Sequence[tuple[Layer, Series]], inside: Inside) -> list[Series]:
    """Return series in which an area and the line along it, in the same colour, are one."""
    kept = []
    lines = [(layer, series) for layer, series in found if series.kind in {"line", "step"}]
    areas = [layer for layer, series in found if layer.shade and series.kind == "area"]

    def belongs(area: Layer, line: Layer) -> bool:
        return is_mixture(area.rgb, inside.face, line.rgb)

    for layer, series in found:
        if layer.shade and any(belongs(layer, line) for line, _ in lines):
            continue
        if series.kind == "line" and any(belongs(area, layer) for area in areas):
            series = replace(series, kind="area")
        kept.append(series)
    return kept


def _sorted_out(found: list[Series]) -> list[Series]:
    """Return series without those that belong to others: the base line of stems, and areas below lines."""
    if any(series.kind == "stems" for series in found):
        return [series for series in found if series.kind == "stems" or series.name]
    if len(found) == 1 and found[0].kind == "reference line":
        return [replace(found[0], kind="line")]
    named = any(series.name for series in found)
    # Beside named series a grey one is a remnant of the grid or of a text.
    return [series for series in found if series.sure or series.name or not (named and _is_grey(series))]


def _is_grey(series: Series) -> bool:
    return series.rgb is not None and chroma(series.rgb) < 12


class _Reading:
    """One layer and what is around it, from which its series is read."""

    def __init__(
        self, inside: Inside, layer: Layer, layers: Sequence[Layer], panel: Panel, *, blocks: bool = False
    ) -> None:
        self.inside = inside
        self.layer = layer
        self.layers = layers
        self.panel = panel
        self.blocks = blocks

    def series(self) -> Series | None:
        """Return the series; None if there is nothing that can be read."""
        x, y = self.panel.x, self.panel.y
        if y.calibration is None or (x.calibration is None and x.kind != "labels"):
            return self._made("line", (), (), WhyNot.AXIS_UNREAD) if self.layer.mask.sum() > 30 else None
        others = self._others()
        if (self.blocks and self.panel.x.kind == "labels") or self._is_hatched():
            return self._made("other", (), (), WhyNot.NO_SHAPE)
        if self.layer.solid and (area := self._area()) is not None:
            return self._along("area", [*area], self._hidden_doubt() or crowding([area], 12.0, share=_CROWDED_AREA))
        if self.layer.shade:
            return None
        if (marked := self._marked(others)) is not None:
            return marked
        if (steps := find_steps(self.inside, self.layer, self._ground())) is not None:
            return self._of_steps(steps)
        curve = trace_curve(self.inside, self.layer, others)
        if curve is not None:
            return self._of_curve(curve)
        return self._made("other", (), (), WhyNot.NO_SHAPE) if self.layer.solid else None

    def _marked(self, others: Any) -> Series | None:
        """Return the series of markers, with a line through them or alone; None if there are none."""
        marked = find_marked_line(self.inside, self.layer, others)
        if marked is not None and not marked.hidden:
            return self._pointwise("line", marked.points, "")
        markers = find_markers(self.inside, self.layer, others)
        if markers is not None and self._are_points(markers):
            return self._crossed(markers, others) or self._of_markers(markers)
        if markers is None and (crossed := find_crossed_points(self.inside, self.layer, others)):
            return self._pointwise("points", crossed, "")
        if marked is not None:
            return self._pointwise("line", marked.points, WhyNot.PART_HIDDEN)
        return None

    def _is_hatched(self) -> bool:
        """Return whether a layer fills areas that the lines of a hatch cut into small pieces."""
        import cv2
        import numpy as np

        mine = self.layer.mask.astype(np.uint8)
        whole = self._with_outlines().mask | self.inside.hidden
        lines = int(whole.sum()) - int((self.layer.mask | self.inside.hidden).sum())
        if not self.layer.solid or lines < _HATCH * mine.sum():
            return False
        kernel = np.ones((_HATCHED, _HATCHED), np.uint8)
        inner = cv2.morphologyEx(whole.astype(np.uint8), cv2.MORPH_OPEN, kernel)
        own = cv2.morphologyEx(mine, cv2.MORPH_OPEN, kernel)
        return bool((inner & mine).sum() > 0.8 * mine.sum() and own.sum() < 0.5 * mine.sum())

    def has_stems(self) -> bool:
        """Return whether markers on upright lines are drawn, which may be taken for bars."""
        if self.panel.y.calibration is None or float(self.layer.mask.mean()) > _THIN:
            return False
        markers = find_markers(self.inside, self.layer, self._others())
        arms = find_arms(self.inside, self._with_outlines(), markers) if markers is not None and markers.line else None
        return arms is not None and arms.base is not None

    def _area(self) -> list[Point] | None:
        import numpy as np

        outline = np.zeros(self.layer.mask.shape, bool)
        for other in self.layers:
            if other.outline:
                outline |= other.mask
        return find_area(self.inside, self.layer, self._ground(), outline, self._others())

    def _with_outlines(self) -> Layer:
        """Return the layer together with the lines around its marks."""
        import numpy as np

        coverage = self.layer.coverage
        for other in self.layers:
            if other.outline:
                coverage = np.maximum(coverage, other.coverage)
        return replace(self.layer, coverage=coverage, mask=coverage > 0.5)

    def _others(self) -> Any:
        others = self.inside.hidden.copy()
        for other in self.layers:
            if other is not self.layer and not other.shade and not other.outline:
                others |= other.coverage > 0.3
        return others

    def _ground(self) -> float:
        assert self.panel.y.calibration is not None
        zero = self.panel.y.calibration.pixel(0.0)
        edge = float(self.panel.frame.bottom)
        return edge if math.isnan(zero) else min(max(zero, float(self.panel.frame.top)), edge)

    def _hidden_doubt(self) -> str:
        import cv2
        import numpy as np

        near = cv2.dilate(self.layer.mask.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
        return WhyNot.BELOW_TEXT if (near & self.inside.hidden).sum() > 20 else ""

    def _are_points(self, markers: Markers) -> bool:
        """Return whether markers stand alone, or have error bars or stems."""
        return not markers.line or find_arms(self.inside, self._with_outlines(), markers) is not None

    def _crossed(self, markers: Markers, others: Any) -> Series | None:
        """Return the points of markers without a line that other lines cross; None if some were not found."""
        if markers.line or not (markers.touching or markers.merged):
            return None
        points = find_crossed_points(self.inside, self.layer, others)
        return self._pointwise("points", points, "") if points else None

    def _of_markers(self, markers: Markers) -> Series:
        arms = find_arms(self.inside, self._with_outlines(), markers)
        why_not = WhyNot.MARKERS_OVERLAP if markers.merged else ""
        if markers.touching and (arms is None or arms.base is None):
            why_not = why_not or WhyNot.MARKERS_TOUCHED
        kind: Kind = "line" if markers.line else "points"
        if arms is not None:
            return self._of_arms(markers, arms, why_not)
        if markers.line and not are_joined(self.inside, self.layer, markers):
            why_not = why_not or WhyNot.UNPROVED
        return replace(self._pointwise(kind, markers.points, why_not), sampled=markers.divided > 0)

    def _of_arms(self, markers: Markers, arms: Arms, why_not: str) -> Series:
        if arms.base is not None:
            return self._pointwise("stems", markers.points, why_not)
        if arms.hidden:
            why_not = why_not or WhyNot.ERROR_BAR_HIDDEN
        calibration = self.panel.y.calibration
        assert calibration is not None
        errors = tuple(
            abs(float(calibration.value(y - half) - calibration.value(y + half))) / 2
            for (_, y), half in zip(markers.points, arms.halves, strict=True)
        )
        kind: Kind = "line" if arms.joined else "points"
        return self._pointwise(kind, markers.points, why_not, {"error": errors})

    def _of_steps(self, steps: Steps) -> Series:
        if steps.to_ground:
            return self._of_outline(steps)
        corners = [corner for left, right, y in steps.levels for corner in ((left, y), (right, y))]
        half, (start, end) = steps.width / 2, steps.ends
        corners[0] = (corners[0][0] + half, corners[0][1])
        corners[-1] = (corners[-1][0] - half, corners[-1][1])
        corners = [*([(corners[0][0], start)] if start is not None else []), *corners]
        corners += [(corners[-1][0], end)] if end is not None else []
        narrow = WhyNot.NARROW_STEPS if steps.spikes else ""
        return self._along("step", corners, narrow or self._hidden_doubt())

    def _of_outline(self, steps: Steps) -> Series:
        """Return the histogram whose outline is drawn: a value in each bin."""
        edges = [edge for left, right, _ in steps.levels for edge in (left, right)]
        edges[0], edges[-1] = edges[0] + steps.width / 2, edges[-1] - steps.width / 2
        narrowest = min(right - left for left, right, _ in steps.levels)
        step = even_step(edges, max(2.0, 0.6 * narrowest))
        why_not = self._hidden_doubt() or ("" if step is not None else WhyNot.UNEVEN_BINS)
        step = step or narrowest
        first, last = min(edges), max(edges)
        middles = [first + step * (number + 0.5) for number in range(max(1, round((last - first) / step)))]
        ground = self._ground()
        points = [
            (middle, next((y for left, right, y in steps.levels if left <= middle <= right), ground))
            for middle in middles
        ]
        return self._pointwise("histogram", points, why_not)

    def _of_curve(self, curve: Curve) -> Series:
        corners = curve.corners
        if len(curve.pieces) == 1 and (level := self._level(curve)) is not None:
            ends = [(corners[0][0], level), (corners[-1][0], level)]
            return self._along("reference line", ends, curve.why_not)
        if self.layer.mask.sum() < 30:
            return self._along("other", corners, WhyNot.TOO_LITTLE)
        return self._along("line", corners, curve.why_not)

    def _level(self, curve: Curve) -> float | None:
        """Return the height of a level line from side to side of the axes; None if a curve is none."""
        width = self.layer.mask.shape[1]
        rim = max(_RIM, _RIM_DASHED * width) if curve.dashed else _RIM
        left, right = curve.corners[0][0] - self.inside.left, curve.corners[-1][0] - self.inside.left
        level = median(y for _, y in curve.corners)
        away = sum(abs(y - level) > _LEVEL for _, y in curve.corners)
        if left > rim or right < width - 1 - rim or away > 0.1 * len(curve.corners):
            return None
        return level

    def _along(self, kind: Kind, corners: Sequence[tuple[float, float]], why_not: str) -> Series:
        """Return a series of corners, or of the values at the names of the axis."""
        axis = self.panel.x
        if axis.calibration is None:
            corners = [point for place in axis.places if (point := _at(corners, place)) is not None]
            return self._pointwise(kind, corners, why_not)
        return replace(self._pointwise(kind, corners, why_not), sampled=kind != "reference line")

    def _pointwise(self, kind: Kind, points: Sequence[tuple[float, float]], why_not: str, extra: Any = None) -> Series:
        calibration = self.panel.y.calibration
        assert calibration is not None
        x = tuple(_place(self.panel.x, px) for px, _ in points)
        y = tuple(math.nan if math.isnan(py) else float(calibration.value(py)) for _, py in points)
        return self._made(kind, x, y, why_not, extra)

    def _made(self, kind: Kind, x: Sequence[Place], y: Sequence[float], why_not: str, extra: Any = None) -> Series:
        axes = [axis.calibration for axis in (self.panel.x, self.panel.y)]
        doubts = [axis.why_not for axis in axes if axis is not None]
        grey = WhyNot.GREY if self.layer.like_axes and not self.layer.name and self._is_beside_others() else ""
        why_not = next((doubt for doubt in (*doubts, why_not, grey) if doubt), "")
        return Series(
            name=self.layer.name,
            kind=kind,
            x=tuple(x),
            y=tuple(y),
            sigma=float(axes[1].sigma) if axes[1] is not None else 0.0,
            sure=not why_not,
            why_not=why_not,
            rgb=self.layer.rgb,
            extra=extra or {},
        )

    def _is_beside_others(self) -> bool:
        """Return whether there is a larger layer, or one with a colour."""
        mine = float(self.layer.mask.sum())
        return any(
            not other.like_axes or float(other.mask.sum()) > mine
            for other in self.layers
            if other is not self.layer and not other.outline
        )


def _place(axis: Axis, px: float) -> Place:
    """Return the place of a pixel on the axis of positions: a number, a date or the name of a category."""
    if axis.calibration is None:
        nearest = min(range(len(axis.places)), key=lambda number: abs(axis.places[number] - px))
        return axis.ticks[nearest]
    value = float(axis.calibration.value(px))
    if axis.calibration.scale != "date":
        return value
    moment = iso_of(value, year_known=axis.calibration.year_known)
    return moment if abs(axis.calibration.slope) < 0.5 else moment.partition(" ")[0]


def _at(corners: Sequence[tuple[float, float]], place: float) -> tuple[float, float] | None:
    """Return the point of a polygon at a place; None beyond its ends or in a gap."""
    for (ax, ay), (bx, by) in pairwise(corners):
        if ax - 4 <= place <= bx + 4 and not math.isnan(ay + by):
            share = min(max((place - ax) / (bx - ax), 0.0), 1.0) if bx > ax else 0.0
            return place, ay + (by - ay) * share
    return None
