"""Bins of a histogram that are hardly higher than the line around them, so that their filling is not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Any, Final

from vision_magic.engine.chart.data import Series, WhyNot
from vision_magic.engine.chart.ground import SPINE
from vision_magic.engine.chart.layers import Inside, Layer
from vision_magic.engine.chart.plot import Panel
from vision_magic.engine.chart.strokes import stroke_width

__all__ = ["with_low_bins"]

_SEEN: Final = 0.5
"""A pixel is inked when it is covered by as much."""

_WIDE: Final = 0.6
"""A low bin is inked over as large a share of its width."""

_EVEN: Final = 1.5
"""Bins are of one width when their middles are no further from even (pixels)."""

_LIKE: Final = 40
"""Pixels beside the spine are of a layer when they differ from its colour by no more (of 255)."""

_MARGIN: Final = 0.04
"""The spine is seen without bars in this part of the width at either end."""

_SPINE_SEEN: Final = 3
"""It is known from at least as many columns."""

_LOW: Final = 12
"""Higher bins show their filling (pixels)."""


def with_low_bins(series: Series, inside: Inside, layers: Sequence[Layer], panel: Panel) -> Series:
    """Return a histogram with the bins of which only the outline is seen; not sure if something else is beside it.

    Parameters
    ----------
    series : Series
        A histogram; its places are the middles of its tops.
    inside, layers, panel
        The inside of the axes, its layers, and the axes.
    """
    x, y = panel.x.calibration, panel.y.calibration
    middles = [place[0] for place in series.places]
    if x is None or y is None or len(middles) < 3 or y.scale == "log":
        return series
    steps = [b - a for a, b in pairwise(middles)]
    step = (middles[-1] - middles[0]) / len(steps)
    if max(abs(one - step) for one in steps) > _EVEN:
        return series
    inked = _ink(inside, layers)
    heights = _heights(inked)
    seen = dict(zip(range(len(middles)), zip(middles, series.x, series.y, series.places, strict=True), strict=True))
    ground = float(y.pixel(0.0))
    first, last = (int((edge - middles[0]) / step) for edge in (inside.left, inside.left + len(heights)))
    added = False
    for number in range(first, last + 1):
        known = seen.get(number)
        if known is not None and known[2]:
            continue
        middle = middles[0] + step * number
        low = _height(heights, middle - inside.left, step)
        if low is None:
            continue
        end = inside.top + inked.shape[0] - low - 0.5
        if low > _LOW or end > ground + 1:
            return replace(series, sure=False, why_not=series.why_not or WhyNot.SOME_BARS_UNCLEAR)
        end = min(ground, end + _stroke(layers) / 2)
        seen[number] = (middle, float(x.value(middle)), max(0.0, float(y.value(end))), (middle, end))
        added = True
    return _made(series, seen) if added else series


def _made(series: Series, seen: dict[int, Any]) -> Series:
    """Return a series with the bins that were seen, and with empty ones between them."""
    width = (seen[max(seen)][0] - seen[min(seen)][0]) / (max(seen) - min(seen))
    per = (float(seen[max(seen)][1]) - float(seen[min(seen)][1])) / (max(seen) - min(seen))
    start, ground = min(seen), max(place[3][1] for place in seen.values())
    middle, x = seen[start][:2]
    bins = [
        seen.get(
            number,
            (
                middle + width * (number - start),
                float(x) + per * (number - start),
                0.0,
                (middle + width * (number - start), ground),
            ),
        )
        for number in range(start, max(seen) + 1)
    ]
    return replace(
        series,
        x=tuple(one[1] for one in bins),
        y=tuple(one[2] for one in bins),
        places=tuple(one[3] for one in bins),
    )


def _ink(inside: Inside, layers: Sequence[Layer]) -> Any:
    """Return which pixels are drawn on, with the rows beside the lower spine as far as they can be told from it."""
    import numpy as np

    inked = np.max([layer.coverage for layer in layers], axis=0) >= _SEEN
    inked |= ~inside.ground & ~inside.hidden
    colours = [np.array(layer.rgb, np.int16) for layer in layers if layer.solid or layer.outline]
    for number in range(SPINE - 1):
        empty = np.flatnonzero(~inked[-3:].any(axis=0))
        ends = [one for one in empty if min(one, inked.shape[1] - 1 - one) < _MARGIN * inked.shape[1]]
        row = inside.whole[SPINE + inside.ground.shape[0] + number, SPINE : SPINE + inked.shape[1]].astype(np.int16)
        if len(ends) < _SPINE_SEEN:
            break
        spine = np.median(row[ends], axis=0)
        far = np.abs(row - spine).max(axis=1) > _LIKE
        near = [np.abs(row - rgb).max(axis=1) <= _LIKE for rgb in colours]
        inked = np.concatenate([inked, (far & np.any(near, axis=0))[None]])
    return inked


def _heights(inked: Any) -> Any:
    """Return how high ink reaches up from the lower edge, by column."""
    import numpy as np

    return np.logical_and.accumulate(inked[::-1], axis=0).sum(axis=0)


def _height(heights: Any, middle: float, step: float) -> float | None:
    """Return how high the ink of a bin is; None if there is none."""
    import numpy as np

    start, stop = max(0, round(middle - step / 2) + 1), round(middle + step / 2)
    part = heights[start:stop]
    inked = part[part > 0]
    return float(np.median(inked)) if len(part) >= 2 and len(inked) >= _WIDE * len(part) else None


def _stroke(layers: Sequence[Layer]) -> float:
    """Return how thick the lines around bars are; 0 if there are none."""
    return median([stroke_width(layer.mask) for layer in layers if layer.outline] or [0.0])
