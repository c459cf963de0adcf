"""Box plots: boxes with a line at the median and whiskers, one above each name of the axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any, Final

from vision_magic.engine.chart.data import Place, Series, WhyNot
from vision_magic.engine.chart.layers import Inside
from vision_magic.engine.chart.masks import runs_of
from vision_magic.engine.chart.plot import Panel

__all__ = ["find_boxes"]

_FEWEST: Final = 2
_NEAR: Final = 3.0
"""A box stands at most this far from its tick mark (pixels)."""

_DASH: Final = 16
"""Gaps between the dashes of a whisker are shorter (pixels)."""

_MANY: Final = 4
"""So many boxes are those of a box plot, even if they do not stand on the names."""

_WIDE: Final = 0.6
"""A box has at least this share of the width of the widest."""

_THICKEST: Final = 8
"""Lines around boxes are thinner (pixels)."""

_FAINT: Final = 18
"""Lines differ from what is inside a box by more (of 255)."""

_UNLIKE: Final = 40
"""A median on a grid line differs from it by more, if it has another colour (of 255)."""

_GRID: Final = 0.5
"""Grid lines are seen along at least this share of the axes."""

_ASIDE: Final = 0.38
"""Between caps and sides of a box, as a share of its width from its middle."""


@dataclass(frozen=True, slots=True)
class _Box:
    """One box: its middle and width, and its five numbers (rows inside the axes)."""

    x: float
    width: int
    high: float
    q3: float
    middle: float
    q1: float
    low: float
    clear: bool


def find_boxes(inside: Inside, panel: Panel) -> Series | None:
    """Return the boxes of a box plot: the medians, with quartiles and whiskers; None if there are none."""
    if panel.y.calibration is None or len(panel.x.places) < _FEWEST:
        return _lying(inside, panel)
    found = _boxes(inside)
    named = panel.x.kind == "labels"
    if found is None or (not named and any(math.isnan(box.middle) for box in found)):
        return None
    places = [place - inside.left for place in panel.x.places]
    boxes = [box for box in found if min(abs(box.x - place) for place in places) <= _NEAR]
    if len(boxes) == len(found) and len(boxes) >= max(_FEWEST, 0.6 * len(places)):
        return _series(boxes, inside, panel)
    # Several boxes beside each name, in a colour each.
    return _untold(WhyNot.BOXES_UNCLEAR) if named and len(found) >= max(len(places), _MANY) else None


def _boxes(inside: Inside) -> list[_Box] | None:
    """Return the boxes inside the axes, from left to right; None if there are too few, or they are something else."""
    import cv2
    import numpy as np

    ink = ~inside.ground & ~inside.hidden
    image = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((17, 1), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(image, connectivity=8)
    boxes = []
    for left, top, width, height, _ in stats[1:count].tolist():
        box = _box(inside, ink, left, top, width, height) if width >= 8 and height >= 10 else None
        if box is not None:
            boxes.append(box)
    widest = max((box.width for box in boxes), default=0)
    boxes = [box for box in boxes if box.width >= _WIDE * widest]  # markers of outliers are narrower
    if len(boxes) < _FEWEST:
        return None
    usual = median(box.width for box in boxes)
    if any(abs(box.width - usual) > 3 for box in boxes) or _are_markers(boxes, usual):
        return None
    return sorted(boxes, key=lambda box: box.x)


def _lying(inside: Inside, panel: Panel) -> Series | None:
    """Return lying boxes, whose values are not stated; None if there are none."""
    if panel.x.calibration is None or panel.y.kind != "labels" or len(panel.y.places) < _FEWEST:
        return None
    turned = replace(
        inside,
        pixels=inside.pixels.transpose(1, 0, 2),
        ground=inside.ground.T,
        rows=inside.columns.T,
        columns=inside.rows.T,
        hidden=inside.hidden.T,
        written=inside.written.T,
    )
    found = _boxes(turned)
    places = [place - inside.top for place in panel.y.places]
    if found is None or any(min(abs(box.x - place) for place in places) > _NEAR for box in found):
        return None
    return _untold(WhyNot.UNPROVED)


def _untold(why_not: WhyNot) -> Series:
    return Series(kind="box plot", sure=False, why_not=why_not)


def _are_markers(boxes: Sequence[_Box], width: float) -> bool:
    """Return whether boxes are all alike and about as high as wide, as the markers of error bars are."""
    heights = [box.q1 - box.q3 for box in boxes]
    return len(boxes) >= 3 and max(heights) - min(heights) <= 2 and max(heights) <= 1.3 * width


def _box(inside: Inside, ink: Any, left: int, top: int, width: int, height: int) -> _Box | None:
    """Return the five numbers of a component; None if it is no box with a median."""
    import numpy as np

    x = left + (width - 1) / 2
    columns = [round(x - _ASIDE * width), round(x + _ASIDE * width)]
    inked = ink[top : top + height, columns].all(axis=1)
    rows = np.flatnonzero(inked)
    if len(rows) < 2 or int(rows[-1] - rows[0]) < 5:
        return None
    first, last = top + int(rows[0]), top + int(rows[-1])
    side = inside.pixels[first : last + 1, columns[0]]
    (top_line, top_depth), (bottom_line, bottom_depth) = _edge(side), _edge(side[::-1])
    inner = slice(first + top_depth, max(first + top_depth, last + 1 - bottom_depth))
    middle, at_grid = _median_line(inside, inner, slice(columns[0], columns[1] + 1))
    high = _whisker(ink, x, width, range(first - 1, -1, -1))
    low = _whisker(ink, x, width, range(last + 1, len(ink)))
    if high is None and low is None:
        return None
    if middle is None and (high is None or low is None):
        return None
    if middle is None:  # drawn in the colour of the box
        middle = math.nan
    q3, q1 = first + top_line, last - bottom_line
    clear = high is not None and low is not None and not at_grid
    return _Box(x, width, q3 if high is None else high, q3, inner.start + middle, q1, q1 if low is None else low, clear)


def _whisker(ink: Any, x: float, width: int, rows: range) -> float | None:
    """Return the row of the cap at the end of a whisker: the first line across it; None if there is none."""
    across = slice(round(x - 0.18 * width), round(x + 0.18 * width) + 1)
    centre = slice(max(0, round(x) - 1), round(x) + 2)
    blank = 0
    cap: list[int] = []
    for row in rows:
        if ink[row, across].mean() > 0.9:
            cap.append(row)
        elif cap:
            return sum(cap) / len(cap)
        blank = 0 if ink[row, centre].any() else blank + 1
        if blank > _DASH:
            return None
    return sum(cap) / len(cap) if cap else None


def _edge(column: Any) -> tuple[float, int]:
    """Return where the line around a box has its middle in a column that begins with it, and where it ends."""
    import numpy as np

    within = np.median(column[len(column) // 4 : max(len(column) // 4 + 1, 3 * len(column) // 4)], axis=0)
    away = np.abs(column[:_THICKEST].astype(np.float32) - within).max(axis=1)
    runs = runs_of(away > _FAINT)
    if not runs or runs[0][0] > 2:
        return 0.0, 1
    start, stop = runs[0]
    return float((away[start:stop] * np.arange(start, stop)).sum() / away[start:stop].sum()), stop


def _median_line(inside: Inside, rows: slice, across: slice) -> tuple[float | None, bool]:
    """Return the row of the median inside a box, and whether it may be a grid line; None if none stands out."""
    import numpy as np

    # A grid line is as long as the axes; the median may have its colour.
    grid = inside.rows[rows].mean(axis=1) > _GRID
    box = inside.pixels[rows, across]
    middle = _median(box, grid)
    if middle is not None or not grid.any():
        return middle, False
    middle = _median(box, np.zeros_like(grid))
    if middle is None:
        return None, True
    row = rows.start + round(middle)
    of_grid = np.median(inside.pixels[row][inside.rows[row]], axis=0) if inside.rows[row].any() else inside.face
    unlike = np.abs(np.median(inside.pixels[row, across], axis=0) - of_grid).max()
    return middle, bool(unlike <= _UNLIKE)


def _median(box: Any, grid: Any) -> float | None:
    """Return the row of the line at the median, without grid lines; None if none stands out."""
    import numpy as np

    inner = box.astype(np.float32)
    if len(inner) < 3:
        return None
    usual = np.median(inner.reshape(-1, 3), axis=0)
    away = np.abs(inner - usual).max(axis=2).mean(axis=1)
    away[grid] = 0.0
    peak = int(away.argmax())
    if away[peak] < _FAINT or np.median(away) > 0.4 * away[peak]:
        return None
    rows = slice(max(0, peak - 3), peak + 4)
    weights = np.where(away[rows] > 0.2 * away[peak], away[rows], 0.0)
    return float((weights * np.arange(rows.start, rows.start + len(weights))).sum() / weights.sum())


def _series(boxes: Sequence[_Box], inside: Inside, panel: Panel) -> Series:
    calibration = panel.y.calibration
    assert calibration is not None

    def values(name: str) -> tuple[float, ...]:
        return tuple(float(calibration.value(getattr(box, name) + inside.top)) for box in boxes)

    x = tuple(_place(panel, box.x + inside.left) for box in boxes)
    why_not = calibration.why_not
    if any(math.isnan(box.middle) for box in boxes):
        why_not = why_not or WhyNot.PART_HIDDEN
    if not all(box.clear for box in boxes):
        why_not = why_not or WhyNot.WHISKERS_UNCLEAR
    if len(set(x)) < len(x):
        why_not = why_not or WhyNot.BOXES_UNCLEAR
    return Series(
        kind="box plot",
        x=x,
        y=values("middle"),
        sigma=calibration.sigma,
        extra={"q1": values("q1"), "q3": values("q3"), "whisker_low": values("low"), "whisker_high": values("high")},
        sure=not why_not,
        why_not=why_not,
    )


def _place(panel: Panel, px: float) -> Place:
    axis = panel.x
    if axis.kind != "labels" and axis.calibration is not None:
        value = float(axis.calibration.value(px))
        return float(round(value)) if math.isclose(value, round(value), abs_tol=0.1) else value
    return axis.ticks[min(range(len(axis.places)), key=lambda number: abs(axis.places[number] - px))]
