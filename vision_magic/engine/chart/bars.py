"""Bars: rectangles that stand on a common line or on each other, as series with the values of their ends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final

from vision_magic.engine.chart.calibrate import Calibration
from vision_magic.engine.chart.data import Kind, Place, Series, WhyNot
from vision_magic.engine.chart.frames import Frame
from vision_magic.engine.chart.lattice import even_step
from vision_magic.engine.chart.layers import Layer
from vision_magic.engine.chart.plot import Axis
from vision_magic.engine.chart.rectangles import Rectangle
from vision_magic.engine.chart.ticks import number_of

__all__ = ["find_bars"]

_NEAR: Final = 2.5
"""Sides are at the same place when they differ by no more (pixels)."""

_CUT: Final = 4.0
"""A bar that ends no further from the sides of the axes may go on beyond them (pixels)."""

_SMALL_PART: Final = 0.08
"""Places are whole numbers, such as years, only where a pixel is less of one."""

_HALF: Final = 0.45
_FEWEST: Final = 2
_FILLED: Final = 0.85
"""Share of a layer that its bars fill."""

_TOUCH: Final = 1.2
"""Bars touch when the gap between them is no wider (pixels)."""

_EDGE, _EDGE_SHARE = 3.2, 0.108
"""So wide is the line around bars that touch, at most (pixels, and as a share of a bar; bars leave wider gaps)."""

_FEW_STEMS, _STEM, _BASE = 5, 0.05, 0.8
"""So many stems there are at least, so narrow they are, and so long is their base line (shares of their extent)."""

_SHORTEST: Final = 3
"""A series whose bars are all shorter is a seam between others (pixels)."""


@dataclass(frozen=True, slots=True)
class _Bar:
    """A rectangle seen so that bars stand up: along is the axis of places, end and base are on the axis of values."""

    layer: int
    start: float
    stop: float
    base: float
    end: float
    base_hidden: bool
    end_hidden: bool

    @property
    def middle(self) -> float:
        return (self.start + self.stop) / 2

    @property
    def width(self) -> float:
        return self.stop - self.start

    @property
    def length(self) -> float:
        return abs(self.end - self.base)


def find_bars(rectangles: Sequence[Rectangle], layers: Sequence[Layer], frame: Frame, x: Axis, y: Axis) -> list[Series]:
    """Return the bars among rectangles as series; none if the rectangles are no bars.

    Parameters
    ----------
    rectangles : sequence of Rectangle
        Those of all layers.
    layers : sequence of Layer
        The layers, for their names and colours.
    frame : Frame
        The axes.
    x, y : Axis
        The axes with their calibrations.
    """
    upright = _standing([_upright(one) for one in rectangles], frame, y, frame.bottom)
    lying = _standing([_lying(one) for one in rectangles], frame, x, frame.left)
    upright = _filling(upright, rectangles, layers)
    lying = _filling(lying, rectangles, layers)
    horizontal = _rank(lying, y, x) > _rank(upright, x, y)
    bars, places, values = (lying, y, x) if horizontal else (upright, x, y)
    if len(bars) < _FEWEST or (places.kind != "labels" and horizontal and not _are_alike(bars)):
        return []
    one_place = len({round(bar.middle) for bar in bars}) == 1  # bands of an area
    if places.kind != "labels" and (one_place or len({bar.layer for bar in bars}) == len(bars)):
        return []  # or an area and the line along it
    base = None if horizontal else _base_line(bars)
    bars = _as_one([bar for bar in bars if bar is not base], layers)
    found = _series(bars, layers, places, values, frame.left if horizontal else frame.bottom, horizontal=horizontal)
    if any(one.why_not == WhyNot.BARS_UNCLEAR for one in found):  # what is left may belong to these
        found = [replace(one, sure=False, why_not=one.why_not or WhyNot.BARS_UNCLEAR) for one in found]
    return [_not_cut(_as_stems(one) if base is not None else one, frame, values) for one in found]


def _base_line(bars: Sequence[_Bar]) -> _Bar | None:
    """Return the level line on which narrow bars stand, which are stems then; None if there is none."""
    if len(bars) < _FEW_STEMS:
        return None
    widest = max(bars, key=lambda bar: bar.width)
    others = [bar for bar in bars if bar.layer != widest.layer]
    reach = max(bar.stop for bar in bars) - min(bar.start for bar in bars)
    thin = max((bar.width for bar in others), default=reach) < _STEM * reach
    return widest if len(others) == len(bars) - 1 and thin and widest.width >= _BASE * reach else None


def _as_stems(one: Series) -> Series:
    """Return bars as stems, without those that were put where nothing is seen."""
    if one.kind != "bars":
        return one
    keep = [number for number, value in enumerate(one.y) if value]
    places = tuple(one.places[number] for number in keep)
    stems = replace(one, kind="stems", x=tuple(one.x[n] for n in keep), y=tuple(one.y[n] for n in keep), places=places)
    steps = [b[0] - a[0] for a, b in pairwise(places)]
    if steps and min(steps) < 0.6 * median(steps):  # parts of markers
        return replace(stems, sure=False, why_not=stems.why_not or WhyNot.BARS_UNCLEAR)
    return stems


def _not_cut(one: Series, frame: Frame, values: Axis) -> Series:
    """Return a series that is not sure if one of its bars ends where the axes do, unless a label stands there."""
    lying = one.kind == "horizontal bars"
    first, last = (frame.right, frame.left) if lying else (frame.top, frame.bottom)
    zero = values.calibration.pixel(0.0) if values.calibration is not None else math.nan
    # Negative bars end at the other side, if zero is not there.
    sides = (first, last) if abs(zero - last) > 2 * _CUT else (first,)
    ends = [place[0] if lying else place[1] for place, value in zip(one.places, one.y, strict=False) if value]
    cut = [end for end in ends if any(abs(end - side) <= _CUT for side in sides)]
    labelled = all(any(abs(end - place) <= _NEAR for place in values.places) for end in cut)
    if not cut or not one.sure or (labelled and one.kind in ("stacked bars", "histogram")):
        return one
    return replace(one, sure=False, why_not=WhyNot.END_HIDDEN)


def _as_one(bars: list[_Bar], layers: Sequence[Layer]) -> list[_Bar]:
    """Return bars of one series in the layer of most of them: colours without names may only tell single bars apart."""
    seen = [bar.layer for bar in bars]
    ordered = sorted(bars, key=lambda bar: bar.middle)
    apart = all(b.middle - a.middle > 0.6 * max(a.width, b.width) for a, b in pairwise(ordered))
    if len(set(seen)) < 2 or not apart or any(layers[number].name for number in seen) or not _are_even(ordered):
        return bars
    commonest = max(set(seen), key=seen.count)
    return [replace(bar, layer=commonest) for bar in ordered]


def _are_even(ordered: Sequence[_Bar]) -> bool:
    """Return whether bars are of one width and no two groups of them can be told apart."""
    widths = [bar.width for bar in ordered]
    steps = [b.middle - a.middle for a, b in pairwise(ordered)]
    return max(widths) <= 1.1 * min(widths) + 2 and max(steps) <= 1.15 * min(steps) + 2


def _are_alike(bars: Sequence[_Bar]) -> bool:
    """Return whether there are several bars of one width: pieces of lines are not."""
    widths = [bar.width for bar in bars]
    layers = [bar.layer for bar in bars]
    return (
        len(bars) >= 3 and len(set(layers)) < len(layers) and min(widths) >= 4 and max(widths) <= 1.3 * min(widths) + 2
    )


def _upright(one: Rectangle) -> _Bar:
    return _Bar(one.layer, one.left, one.right, one.bottom, one.top, "bottom" in one.hidden, "top" in one.hidden)


def _lying(one: Rectangle) -> _Bar:
    return _Bar(one.layer, one.top, one.bottom, one.left, one.right, "left" in one.hidden, "right" in one.hidden)


def _filling(bars: Sequence[_Bar], rectangles: Sequence[Rectangle], layers: Sequence[Layer]) -> list[_Bar]:
    """Return the bars of layers that are hardly anything else; a piece of a line is a rectangle, too."""
    filling = set()
    for number in {bar.layer for bar in bars}:
        whole = _FILLED * float(layers[number].mask.sum())
        area = sum(one.width * one.height for one in rectangles if one.layer == number and one.height >= 1)
        if area >= whole and sum(bar.width * bar.length for bar in bars if bar.layer == number) >= 0.8 * whole:
            filling.add(number)
    return [bar for bar in bars if bar.layer in filling]


def _rank(bars: Sequence[_Bar], places: Axis, values: Axis) -> tuple[bool, bool, int]:
    """Return how well bars fit the axes: values can be read along their length, and there are many of them."""
    return bool(bars) and values.calibration is not None and values.kind != "labels", places.kind == "labels", len(bars)


def _standing(bars: list[_Bar], frame: Frame, values: Axis, edge: float) -> list[_Bar]:
    """Return the bars that stand on the line of zero, on the edge of the axes, or on each other."""
    zero = values.calibration.pixel(0.0) if values.calibration is not None else edge
    grounds = [edge] if math.isnan(zero) else [zero, edge]
    longest = {bar.layer: max(other.length for other in bars if other.layer == bar.layer) for bar in bars}
    bars = [bar for bar in bars if bar.width >= 2 and bar.length >= 1 and longest[bar.layer] >= _SHORTEST]
    ends = [side for bar in bars for side in (bar.base, bar.end)]
    if ends and values.calibration is None:  # where most of them begin, even if nothing says where zero is
        common = max(ends, key=lambda side: sum(abs(side - other) <= _NEAR for other in ends))
        if sum(abs(common - other) <= _NEAR for other in ends) >= max(3, 0.5 * len(bars)):
            grounds.append(common)
    standing: list[_Bar] = []
    waiting = [_towards(bar, grounds) for bar in bars]
    while True:
        new = [bar for bar in waiting if _stands(bar, grounds, standing)]
        if not new:
            return sorted(standing, key=lambda bar: bar.middle)
        standing += new
        waiting = [bar for bar in waiting if bar not in new]


def _towards(bar: _Bar, grounds: Sequence[float]) -> _Bar:
    """Return a bar whose base is the side nearest to the ground, as that of a negative value is its upper one."""
    distance = {side: min(abs(side - ground) for ground in grounds) for side in (bar.base, bar.end)}
    if distance[bar.end] < distance[bar.base]:
        return _Bar(bar.layer, bar.start, bar.stop, bar.end, bar.base, bar.end_hidden, bar.base_hidden)
    return bar


def _stands(bar: _Bar, grounds: Sequence[float], others: Sequence[_Bar]) -> bool:
    on_ground = any(abs(bar.base - ground) <= _NEAR + 1 for ground in grounds)
    return on_ground or any(_is_on(bar, other) for other in others)


def _is_on(bar: _Bar, other: _Bar) -> bool:
    same_place = abs(bar.start - other.start) <= _NEAR and abs(bar.stop - other.stop) <= _NEAR
    return same_place and abs(bar.base - other.end) <= _NEAR and bar.layer != other.layer


def _series(
    bars: Sequence[_Bar], layers: Sequence[Layer], places: Axis, values: Axis, edge: float, *, horizontal: bool
) -> list[Series]:
    stacked = any(_is_on(bar, other) for bar in bars for other in bars)
    kind = _kind(bars, places, stacked=stacked, horizontal=horizontal)
    one_each = len({bar.layer for bar in bars}) > 1 and _is_one_at_each_name(bars, places)
    found = []
    for number, layer in enumerate(layers):
        mine = [bar for bar in bars if bar.layer == number]
        if mine:
            if kind == "histogram":
                bins = _filled(_divided(mine), values)
                mine = bins if len(bins) <= 2.5 * len(mine) + 3 else mine
            elif not stacked and not one_each:
                mine = _filled(mine, values, places)
            found.append(_one_series(mine, bars, layer, places, values.calibration, kind, edge))
    return found


def _is_one_at_each_name(bars: Sequence[_Bar], places: Axis) -> bool:
    """Return whether one bar stands on each name, so that colours tell bars of one series apart."""
    if places.kind != "labels" or len(bars) != len(places.places):
        return False
    names = {min(range(len(bars)), key=lambda n: abs(places.places[n] - bar.middle)) for bar in bars}
    off = [min(abs(place - bar.middle) for place in places.places) for bar in bars]
    return len(names) == len(bars) and max(off) <= _NEAR


def _kind(bars: Sequence[_Bar], places: Axis, *, stacked: bool, horizontal: bool) -> Kind:
    if horizontal:
        return "horizontal bars"
    numeric = places.calibration is not None and places.kind != "labels"
    if stacked or not numeric:
        return "stacked bars" if stacked else "bars"
    mine = [[bar for bar in bars if bar.layer == number] for number in {bar.layer for bar in bars}]
    touching = sum(_touch(a, b) for one in mine for a, b in pairwise(one))
    apart = sum(len(one) - 1 for one in mine) - touching
    # Empty bins leave gaps; bars leave a gap after each.
    return "histogram" if touching >= 2 and touching >= 0.4 * (touching + apart) else "bars"


def _touch(a: _Bar, b: _Bar) -> bool:
    """Return whether nothing but a line in the colour of the ground is between two bars."""
    return abs(a.stop - b.start) <= max(_TOUCH, min(_EDGE, _EDGE_SHARE * min(a.width, b.width)))


def _divided(bars: Sequence[_Bar]) -> list[_Bar]:
    """Return bins of one width: neighbours of equal height were seen as one."""
    smallest = max(2.0, 0.6 * min(bar.width for bar in bars))
    unit = even_step([side for bar in bars for side in (bar.start, bar.stop)], smallest)
    if unit is None:
        return list(bars)
    divided = []
    for bar in bars:
        count = max(1, round(bar.width / unit))
        step = bar.width / count
        divided += [
            replace(bar, start=bar.start + number * step, stop=bar.start + (number + 1) * step)
            for number in range(count)
        ]
    return divided


def _filled(bars: Sequence[_Bar], values: Axis, places: Axis | None = None) -> list[_Bar]:
    """Return bars with those between them that are too short to be seen."""
    base = median(bar.base for bar in bars)
    width = median(bar.width for bar in bars)
    middles = [bar.middle for bar in bars]
    if places is not None and places.kind == "labels" and len(places.places) >= 2:
        shift = median(min((bar.middle - place for place in places.places), key=abs) for bar in bars)
        wanted = [place + shift for place in places.places]
    elif len(bars) >= 3:
        step = even_step(middles, 0.9 * min(b - a for a, b in pairwise(middles)))
        if step is None:
            return list(bars)
        count = round((middles[-1] - middles[0]) / step)
        wanted = [middles[0] + step * number for number in range(count + 1)]
    else:
        return list(bars)
    reach = max(3.0, 0.5 * width)
    missing = [place for place in wanted if all(abs(place - middle) > reach for middle in middles)]
    if len(missing) > len(bars) * (1 if places is not None else 5):
        return list(bars)
    layer = bars[0].layer
    empty = [_Bar(layer, place - width / 2, place + width / 2, base, base, False, False) for place in missing]
    return sorted([*bars, *empty], key=lambda bar: bar.middle)


def _one_series(
    mine: Sequence[_Bar],
    bars: Sequence[_Bar],
    layer: Layer,
    places: Axis,
    scale: Calibration | None,
    kind: Kind,
    edge: float,
) -> Series:
    xs = _whole([_place(bar, bars, places) for bar in mine], places.calibration)
    if scale is None:
        return Series(name=layer.name, kind=kind, rgb=layer.rgb, sure=False, why_not=WhyNot.VALUES_UNREAD)
    ys = tuple(_value(bar, bars, scale) for bar in mine)
    why_not = scale.why_not or _doubt(mine, xs, places) or _floating(mine, bars, layer, scale, edge)
    if kind == "stacked bars" and _has_free_name(bars, places):
        why_not = why_not or WhyNot.SOME_BARS_UNCLEAR
    return Series(
        name=layer.name,
        kind=kind,
        x=xs,
        y=ys,
        sigma=scale.sigma * (1.5 if any(_is_upper(bar, bars) for bar in mine) else 1.0),
        sure=not why_not,
        why_not=why_not,
        rgb=layer.rgb,
        places=tuple((bar.end, bar.middle) if kind == "horizontal bars" else (bar.middle, bar.end) for bar in mine),
    )


def _has_free_name(bars: Sequence[_Bar], places: Axis) -> bool:
    """Return whether no bar stands on one of the names."""
    if places.kind != "labels":
        return False
    return any(all(abs(bar.middle - place) > 0.5 * bar.width for bar in bars) for place in places.places)


def _value(bar: _Bar, bars: Sequence[_Bar], scale: Calibration) -> float:
    if not bar.length and scale.scale != "log":
        return 0.0
    return float(scale.value(bar.end) - (scale.value(bar.base) if _is_upper(bar, bars) else 0.0))


def _doubt(mine: Sequence[_Bar], xs: Sequence[Place], places: Axis) -> str:
    """Return why the bars of a series cannot be trusted; empty if they can."""
    if any(bar.end_hidden for bar in mine):
        return WhyNot.BAR_END_HIDDEN
    widths = [bar.width for bar in mine]
    if len(set(xs)) < len(xs) or max(widths) > 1.5 * min(widths) + 2:
        return WhyNot.BARS_UNCLEAR
    if places.calibration is not None and places.kind != "labels" and not _are_labels(xs, places):
        return places.calibration.why_not
    return ""


def _are_labels(xs: Sequence[Place], places: Axis) -> bool:
    """Return whether there is one bar at each label."""
    return set(xs) == {number_of(label) for label in places.ticks}


def _floating(mine: Sequence[_Bar], bars: Sequence[_Bar], layer: Layer, scale: Calibration, edge: float) -> str:
    """Return why it is not known where bars begin; empty if they begin at zero, at the edge or on others."""
    zero = scale.pixel(0.0)
    for bar in mine:
        begins = [edge] if math.isnan(zero) else [zero, edge]
        if all(abs(bar.base - one) > _NEAR + 1 for one in begins) and not _is_upper(bar, bars):
            return WhyNot.FLOATING_BARS
    starts = {round(bar.middle / 4) for bar in bars}
    stacked = any(_is_upper(bar, bars) for bar in bars)
    if stacked and any(all(abs(4 * start - bar.middle) > 6 for bar in mine) for start in starts):
        return WhyNot.SOME_BARS_UNCLEAR
    if sum(bar.width * bar.length for bar in mine) < 0.9 * float(layer.mask.sum()):
        return WhyNot.SOME_BARS_UNCLEAR
    return ""


def _is_upper(bar: _Bar, bars: Sequence[_Bar]) -> bool:
    return any(_is_on(bar, other) for other in bars)


def _place(bar: _Bar, bars: Sequence[_Bar], places: Axis) -> Place:
    """Return the name below a bar, or the number at its middle; of grouped bars, the name below the group."""
    if places.kind == "labels" and places.places:
        nearest = min(range(len(places.places)), key=lambda number: abs(places.places[number] - bar.middle))
        return places.ticks[nearest]
    label = _label_at(bar.middle, places)
    if label is not None:
        return label
    if places.calibration is not None:
        return _rounded(float(places.calibration.value(bar.middle)), places.calibration)
    return float(sorted(bars, key=lambda other: other.middle).index(bar) + 1) if bar in bars else math.nan


def _label_at(middle: float, places: Axis) -> float | None:
    """Return the number printed below a bar: years stand at even distances even where some are left out."""
    scale = places.calibration
    if places.offset or (scale is not None and scale.scale != "linear"):
        return None
    numbers = [number_of(label) for label in places.ticks]
    known = [number for number in numbers if number is not None]
    steps = [after - before for before, after in pairwise(known)]
    near = [number for number, place in zip(numbers, places.places, strict=True) if abs(place - middle) <= _NEAR]
    if len(known) < len(numbers) or len(near) != 1 or near[0] is None or min(steps, default=0) <= 0:
        return None
    misread = scale is not None and scale.sure and abs(near[0] - float(scale.value(middle))) > 2.5 * median(steps)
    return None if misread else near[0]


def _whole(xs: Sequence[Place], scale: Calibration | None) -> tuple[Place, ...]:
    """Return places as whole numbers, such as years, if a pixel is a small part of one and all are near one."""
    if scale is None or scale.scale != "linear" or abs(scale.slope) > _SMALL_PART:
        return tuple(xs)
    numbers = [x for x in xs if isinstance(x, float)]
    off = [x - round(x) for x in numbers]
    # The ends of slanted labels are less exact, but then all bars are off by the same.
    alike = len(off) > 1 and max(off) - min(off) <= 2 * _NEAR * abs(scale.slope) and max(map(abs, off)) < _HALF
    in_steps = alike and all(round(after - before) >= 1 for before, after in pairwise(numbers))
    near = all(abs(one) <= _NEAR * abs(scale.slope) for one in off)
    return tuple(float(round(x)) for x in numbers) if (near or in_steps) and len(numbers) == len(xs) else tuple(xs)


def _rounded(value: float, scale: Calibration) -> float:
    """Return a place without the digits that a pixel cannot tell."""
    step = abs(scale.slope) if scale.scale != "log" else abs(value) * scale.sigma
    if not step:
        return value
    digits = -math.floor(math.log10(step))
    nearest = round(value)
    return float(nearest) if abs(value - nearest) < 0.5 * step else round(value, digits)
