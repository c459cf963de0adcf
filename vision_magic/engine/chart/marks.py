"""The marks inside a pair of axes as series: the kind of each layer follows from the shape of what is drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import Any, Final

from vision_magic.engine.chart.areas import find_area
from vision_magic.engine.chart.arms import Arms, are_at, are_joined, find_arms
from vision_magic.engine.chart.bars import find_bars
from vision_magic.engine.chart.blobs import Markers, find_markers
from vision_magic.engine.chart.corners import Point
from vision_magic.engine.chart.curves import Curve, crowding, trace_curve
from vision_magic.engine.chart.data import Kind, Place, Series, WhyNot
from vision_magic.engine.chart.dates import iso_of
from vision_magic.engine.chart.lattice import even_step
from vision_magic.engine.chart.layers import Inside, Layer
from vision_magic.engine.chart.low_bins import with_low_bins
from vision_magic.engine.chart.marked_lines import find_crossed_points, find_marked_line
from vision_magic.engine.chart.outlines import bins_of_outline
from vision_magic.engine.chart.palette import is_mixture
from vision_magic.engine.chart.plot import Axis, Panel
from vision_magic.engine.chart.rectangles import Rectangle, find_rectangles
from vision_magic.engine.chart.steps import Steps, find_steps, level_pieces
from vision_magic.engine.chart.strokes import stroke_width
from vision_magic.engine.chart.transparent import with_overlaps
from vision_magic.engine.chart.violins import are_violins
from vision_magic.engine.colours import chroma

__all__ = ["series_of"]

_LEVEL: Final = 1.5
"""A reference line is no further from level (pixels)."""

_THIN: Final = 0.08
"""Stems cover less of the axes."""

_CROWDED_AREA: Final = 0.04
"""As large a share of the turns of an area may be close together: its line shows less of them than a thin one."""

_OUTLINE: Final = 2.0
"""Lines around markers are at most this thick (pixels)."""

_MOST_LEFT: Final = 0.15
"""The points of a series are known if no larger share of its markers cannot be told apart."""

_MANY_COLOURS: Final = 3
"""Markers may have a colour each if there are as many colours."""

_STRONG: Final = 60
"""What is drawn differs from the ground by more (of 255)."""

_LIKE: Final = 120.0
"""Colours that differ by less may be of markers that were taken for one series (RGB)."""

_READ: Final[tuple[Kind, ...]] = ("line", "points", "stems", "step")
"""What is surely one of these is not made of bars that cannot be told apart."""

_NEAR_LINE, _FOLLOWED = 11, 0.6
"""A line from marker to marker has as large a share of what is drawn in a band at least so wide (pixels)."""

_BEYOND: Final = 24
"""A line goes on beyond its last marker by more (pixels, beside the size of a marker)."""

_BLOCK: Final = 5
"""Rectangles that are bars are at least this wide and high (pixels)."""

_HATCH: Final = 0.12
"""The lines of a hatch cover at least this share of what they are drawn on."""

_HATCHED: Final = 9
"""A hatch leaves pieces that are smaller (pixels)."""

_BESIDE: Final = 0.25
"""A mark is not farther from the name that it belongs to (parts of the distance of two names)."""

_NEAR_CORNER: Final = 3
"""A corner of a curve is found no further from where it was drawn (pixels)."""

_TIP: Final = 7
"""The tip of a sharp corner reaches no further beyond it (pixels)."""

_RIM: Final = 4
"""It ends no further from the sides of the axes (pixels)."""

_RIM_DASHED: Final = 0.03
"""Nor does it if it is dashed (share of the width)."""


def series_of(inside: Inside, layers: Sequence[Layer], panel: Panel) -> list[Series]:
    """Return the series of a pair of axes with Cartesian marks."""
    spread = with_overlaps(inside, layers)
    if len(spread) < len(layers):
        bars = find_bars(_rectangles(inside, spread), spread, panel.frame, panel.x, panel.y)
        if bars and all(one.sure for one in bars):
            return bars
    rectangles = _rectangles(inside, layers)
    readings = [
        _Reading(
            inside, layer, layers, panel, blocks=_is_of_blocks(layer, [one for one in rectangles if one.layer == n])
        )
        for n, layer in enumerate(layers)
        if not layer.outline
    ]
    if (points := _in_many_colours(inside, layers, panel)) is not None:
        return [points]
    bars = []
    if not any(reading.has_stems() for reading in readings):
        bars = find_bars(rectangles, layers, panel.frame, panel.x, panel.y)
    if len(bars) == 1 and bars[0].kind == "histogram":
        bars = [with_low_bins(bars[0], inside, layers, panel)]
    if bars and all(one.why_not != WhyNot.BARS_UNCLEAR for one in bars):
        return bars
    found = [(reading.layer, series) for reading in readings if (series := reading.series()) is not None]
    taken = [reading.taken for reading in readings if reading.taken is not None]
    found = [(layer, series) for layer, series in found if not any(layer is one for one in taken)]
    if bars and not any(series.kind == "area" or (series.sure and series.kind in _READ) for _, series in found):
        return bars
    return _sorted_out(_areas_with_lines(found, inside))


def _rectangles(inside: Inside, layers: Sequence[Layer]) -> list[Rectangle]:
    return [
        one
        for number, layer in enumerate(layers)
        if layer.solid and not layer.outline
        for one in find_rectangles(inside, layers, number)
    ]


def _in_many_colours(inside: Inside, layers: Sequence[Layer], panel: Panel) -> Series | None:
    """Return markers that have a colour each, as in a scatter plot with a colour bar; None if there are none."""
    import numpy as np

    if sum(layer.solid for layer in layers) < _MANY_COLOURS or any(layer.name for layer in layers):
        return None
    away = np.abs(inside.pixels - np.array(inside.face, np.int16)).max(axis=2)
    mask = (away > _STRONG) & ~inside.ground & ~inside.hidden
    largest = max(layers, key=lambda layer: int(layer.mask.sum()))
    whole = replace(largest, mask=mask, coverage=mask.astype(np.float32))
    markers = find_markers(inside, whole, inside.hidden)
    if markers is None or markers.line or len(markers.points) < len(layers):
        return None
    if panel.colour_bar is None and all(find_markers(inside, layer, inside.hidden) for layer in layers):
        return None  # groups, each in its colour
    series = _Reading(inside, whole, [whole], panel).series()
    return replace(series, rgb=None) if series is not None and series.kind == "points" else None


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
        self.taken: Layer | None = None

    def series(self) -> Series | None:
        """Return the series; None if there is nothing that can be read."""
        x, y = self.panel.x, self.panel.y
        if y.calibration is None or (x.calibration is None and x.kind != "labels"):
            return self._made("line", (), (), WhyNot.AXIS_UNREAD) if self.layer.mask.sum() > 30 else None
        markers = self.markers
        blocks = self.blocks and self.panel.x.kind == "labels" and (markers is None or markers.line)
        if blocks or self._is_hatched():
            return self._made("other", (), (), WhyNot.NO_SHAPE)
        if self.layer.solid and are_violins(self.layer.mask):
            return self._made("violins", (), (), WhyNot.NO_SHAPE)
        if self.layer.solid and (area := self._area()) is not None:
            return self._along("area", [*area], self._hidden_doubt() or crowding([area], 12.0, share=_CROWDED_AREA))
        if self.layer.shade:
            return None
        if (marked := self._marked()) is not None:
            return marked
        if (stepped := self._stepped()) is not None:
            return stepped
        if self.curve is not None:
            return self._of_curve(self.curve)
        return self._made("other", (), (), WhyNot.NO_SHAPE) if self.layer.solid else None

    def _stepped(self) -> Series | None:
        """Return the series of a line of level and upright pieces; None if there is none."""
        ground, width = self._ground(), stroke_width(self.layer.mask)
        levels = level_pieces(self.inside, self.layer, width)
        if (bins := bins_of_outline(self.inside, self.layer, ground, levels, width)) is not None:
            return self._pointwise("histogram", bins, self._hidden_doubt())
        steps = find_steps(self.inside, self.layer, ground, levels, width)
        return None if steps is None else self._of_steps(steps)

    def _marked(self) -> Series | None:
        """Return the series of markers, with a line through them or alone; None if there are none."""
        markers = self.markers
        marked = find_marked_line(self.inside, self.layer, self.others)
        if marked is not None and (_is_upright(marked.points) or not self._follows(marked.points, markers)):
            marked = None
        if markers is not None and markers.line and not self._is_through(markers):
            markers = None
        if marked is not None and not marked.hidden:
            return self._pointwise("line", marked.points, "")
        on_line = marked is not None and markers is not None and markers.line and self.arms is None
        if markers is not None and not on_line and self._are_points(markers):
            return self._crossed(markers) or self._of_markers(markers)
        if markers is None and (crossed := find_crossed_points(self.inside, self.layer, self.others)):
            return self._pointwise("points", crossed, "")
        return None if marked is None else self._pointwise("line", marked.points, WhyNot.PART_HIDDEN)

    def _is_through(self, markers: Markers) -> bool:
        """Return whether the line on which markers lie ends with these, and goes straight from one to the next."""
        if self.arms is not None:
            return self.arms.base is not None or not self._goes_on(markers)
        return self._follows(markers.points, markers) and not self._goes_on(markers)

    def _goes_on(self, markers: Markers) -> bool:
        """Return whether a line goes on far beyond its first and its last marker: its corners were taken for these."""
        import numpy as np

        columns = np.flatnonzero(self.layer.mask.any(axis=0)) + self.inside.left
        places = [x for x, _ in markers.points]
        reach = max(markers.size, _NEAR_LINE) + _BEYOND
        return bool(len(columns) and max(min(places) - columns[0], columns[-1] - max(places)) > reach)

    def _follows(self, points: Sequence[Point], markers: Markers | None) -> bool:
        """Return whether most of what is drawn is near the straight lines from point to point."""
        import cv2
        import numpy as np

        near = np.zeros(self.layer.mask.shape, np.uint8)
        known = [
            [(round(x - self.inside.left), round(y - self.inside.top)) for x, y in pair]
            for pair in pairwise(points)
            if not math.isnan(pair[0][1] + pair[1][1])
        ]
        wide = max(_NEAR_LINE, round(1.3 * markers.size) if markers is not None else 0)
        for a, b in known:
            cv2.line(near, a, b, 1, wide)
        return bool((near[self.layer.mask] > 0).mean() >= _FOLLOWED) if known and self.layer.mask.any() else True

    def _is_hatched(self) -> bool:
        """Return whether a layer fills areas that the lines of a hatch cut into small pieces."""
        import cv2
        import numpy as np

        mine = self.layer.mask.astype(np.uint8)
        whole = self.layer.mask | self.inside.hidden
        for other in self.layers:
            if other.outline:
                whole |= other.mask
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
        return self.markers is not None and self.markers.line and self.arms is not None and self.arms.base is not None

    def _shares_colour(self) -> bool:
        """Return whether the legend names another series of a like colour that was not found."""
        names = {other.name for other in self.layers}
        lost = [entry.rgb for entry in self.panel.legend if entry.rgb is not None and entry.text not in names]
        return any(math.dist(rgb, self.layer.rgb) <= _LIKE for rgb in lost)

    @cached_property
    def markers(self) -> Markers | None:
        """The markers of the layer; None if there are none."""
        return find_markers(self.inside, self.layer, self.others)

    @cached_property
    def arms(self) -> Arms | None:
        """The error bars or stems on its markers, in its own colour; None if there are none."""
        if self.markers is None:
            return None
        rim = _OUTLINE if any(other.outline for other in self.layers) else 0.0
        return find_arms(self.inside, self._with_outlines(), self.markers, rim)

    @cached_property
    def curve(self) -> Curve | None:
        """The line through the layer; None if it is none."""
        return trace_curve(self.inside, self.layer, self.others)

    def _arms_of_other_colour(self, markers: Markers) -> Arms | None:
        """Return the error bars on markers that are drawn in a colour of their own; None if there are none."""
        for other in self.layers:
            if other is self.layer or other.name or other.outline or not are_at(self.inside, other, markers):
                continue
            arms = find_arms(self.inside, self._together_with([other]), markers)
            if arms is not None and arms.base is None:
                self.taken = other
                return arms
        return None

    def _area(self) -> list[Point] | None:
        import numpy as np

        outline = np.zeros(self.layer.mask.shape, bool)
        for other in self.layers:
            if other.outline:
                outline |= other.mask
        return find_area(self.inside, self.layer, self._ground(), outline, self.others)

    def _with_outlines(self) -> Layer:
        """Return the layer together with the lines around its marks."""
        return self._together_with([other for other in self.layers if other.outline])

    def _together_with(self, others: Sequence[Layer]) -> Layer:
        """Return the layer with what is drawn in other colours, and with the pixels in which these mix."""
        import cv2
        import numpy as np

        if not others:
            return self.layer
        coverage = np.max([self.layer.coverage, *(other.coverage for other in others)], axis=0)
        coverage = cv2.morphologyEx(coverage, cv2.MORPH_CLOSE, np.ones((3, 1), np.uint8))
        return replace(self.layer, coverage=coverage, mask=coverage > 0.5)

    @cached_property
    def others(self) -> Any:
        """The pixels of other marks, and those below texts and legends."""
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
        """Return whether a line goes straight from marker to marker; else its thick corners look like markers."""
        if not markers.line or self.arms is not None:
            return True
        if self.curve is None:
            return False
        corners = [corner for corner in self.curve.corners if not math.isnan(corner[1])]
        reach = 0.75 * markers.size + 2
        astray = sum(all(math.dist(corner, point) > reach for point in markers.points) for corner in corners)
        return astray <= max(1, 0.15 * len(corners))

    def _crossed(self, markers: Markers) -> Series | None:
        """Return the points of markers without a line that other lines cross; None if some were not found."""
        if markers.line or not (markers.touching or markers.left):
            return None
        points = find_crossed_points(self.inside, self.layer, self.others)
        return self._pointwise("points", points, "") if points else None

    def _of_markers(self, markers: Markers) -> Series:
        arms = self.arms or self._arms_of_other_colour(markers)
        why_not = WhyNot.MARKERS_OVERLAP if _may_be_beyond(markers) else WhyNot.PART_HIDDEN if markers.cut else ""
        if markers.touching and (arms is None or arms.base is None):
            why_not = why_not or WhyNot.MARKERS_TOUCHED
        if self._shares_colour():
            why_not = why_not or WhyNot.NO_SHAPE
        kind: Kind = "line" if markers.line else "points"
        if arms is not None:
            return self._of_arms(markers, arms, why_not)
        if markers.line and not are_joined(self.inside, self.layer, markers):
            why_not = why_not or WhyNot.UNPROVED
        series = self._pointwise(kind, markers.points, why_not)
        if self.panel.x.calibration is None and len(set(series.x)) < len(series.x):  # several points at a name
            series = replace(series, sure=False, why_not=series.why_not or WhyNot.UNPROVED)
        return replace(series, sampled=markers.divided > 0 or len(markers.left) > 0)

    def _of_arms(self, markers: Markers, arms: Arms, why_not: str) -> Series:
        if arms.base is not None:
            return self._pointwise("stems", markers.points, why_not)
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
        sides = self.inside.left, self.inside.left + self.layer.mask.shape[1]
        cut = min(abs(corners[0][0] - sides[0]), abs(corners[-1][0] - sides[1])) <= _RIM
        # The last piece goes up or down along the spine, where it is not seen.
        why_not = WhyNot.NARROW_STEPS if steps.spikes else WhyNot.END_HIDDEN if cut else ""
        return self._along("step", corners, why_not or self._hidden_doubt())

    def _of_outline(self, steps: Steps) -> Series:
        """Return the histogram whose outline is drawn: a value in each bin."""
        edges = [edge for left, right, _ in steps.levels for edge in (left, right)]
        edges[0], edges[-1] = edges[0] + steps.width / 2, edges[-1] - steps.width / 2
        narrowest = min(right - left for left, right, _ in steps.levels)
        step = even_step(edges, max(2.0, 0.6 * narrowest))
        uneven = WhyNot.NARROW_STEPS if steps.spikes else "" if step is not None else WhyNot.UNEVEN_BINS
        why_not = self._hidden_doubt() or uneven
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
            named = [point for _, place in axis.names if (point := _at(corners, place)) is not None]
            bent = any(_is_off(named, corner) for corner in corners)
            return self._pointwise(kind, named, why_not or (WhyNot.BETWEEN_NAMES if bent else ""))
        return replace(self._pointwise(kind, corners, why_not), sampled=kind != "reference line")

    def _pointwise(self, kind: Kind, points: Sequence[tuple[float, float]], why_not: str, extra: Any = None) -> Series:
        calibration = self.panel.y.calibration
        assert calibration is not None
        if not why_not and _are_between_names(self.panel.x, [px for px, _ in points]):
            why_not = WhyNot.BETWEEN_NAMES
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


def _is_upright(points: Sequence[Point]) -> bool:
    """Return whether many points are above each other, as the pieces of a hatch are, but not the markers of a line."""
    return sum(b[0] - a[0] <= 1 for a, b in pairwise(points)) > _MOST_LEFT * len(points)


def _may_be_beyond(markers: Markers) -> bool:
    """Return whether markers that cannot be told apart may lie beyond all others, or are many."""
    if not markers.left:
        return False
    if markers.line or len(markers.left) > _MOST_LEFT * len(markers.points):
        return True
    return any(
        not min(known) <= place <= max(known)
        for known, places in zip(zip(*markers.points, strict=True), zip(*markers.left, strict=True), strict=True)
        for place in places
    )


def _are_between_names(axis: Axis, places: Sequence[float]) -> bool:
    """Return whether a place is that of no name of the axis, because not every name is printed."""
    if axis.calibration is not None or len(axis.names) < 2:
        return False
    spacing = min(abs(b - a) for (_, a), (_, b) in pairwise(axis.names))
    return any(min(abs(known - place) for _, known in axis.names) > _BESIDE * spacing for place in places)


def _place(axis: Axis, px: float) -> Place:
    """Return the place of a pixel on the axis of positions: a number, a date or the name of a category."""
    if axis.calibration is None:
        return min(axis.names, key=lambda name: abs(name[1] - px))[0]
    value = float(axis.calibration.value(px))
    if axis.calibration.scale != "date":
        return value
    largest = axis.calibration.largest
    moment = iso_of(value, largest=largest)
    return moment if abs(axis.calibration.slope) < 0.5 or largest == "hour" else moment.partition(" ")[0]


def _is_off(corners: Sequence[tuple[float, float]], point: tuple[float, float]) -> bool:
    """Return whether a point is far from a polygon; a corner may be a few pixels beside where it was drawn."""
    beside = [one for step in (-_NEAR_CORNER, 0, _NEAR_CORNER) if (one := _at(corners, point[0] + step)) is not None]
    near = [y for x, y in (*beside, *corners) if abs(x - point[0]) <= _NEAR_CORNER]
    return bool(near) and max(min(near) - point[1], point[1] - max(near)) > _TIP


def _at(corners: Sequence[tuple[float, float]], place: float) -> tuple[float, float] | None:
    """Return the point of a polygon at a place; None beyond its ends or in a gap."""
    for (ax, ay), (bx, by) in pairwise(corners):
        if ax - 4 <= place <= bx + 4 and not math.isnan(ay + by):
            share = min(max((place - ax) / (bx - ax), 0.0), 1.0) if bx > ax else 0.0
            return place, ay + (by - ay) * share
    return None
