"""Large pictures made smaller before their marks are measured, which bounds time and memory."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from vision_magic.engine.chart.calibrate import Calibration
from vision_magic.engine.chart.frames import Frame
from vision_magic.engine.chart.plot import Axis, Panel
from vision_magic.engine.pixels import Box
from vision_magic.engine.texts import Text

__all__ = ["fitting"]

_LARGEST: Final = 3_000_000
"""Axes with more pixels are made smaller."""


def fitting(pixels: Any, panel: Panel, texts: Sequence[Text]) -> tuple[Any, Panel, Sequence[Text]]:
    """Return an image, a panel and the texts at a size that can be measured: as they are, or some times smaller."""
    import numpy as np

    times = math.ceil(math.sqrt(panel.frame.area / _LARGEST))
    if times <= 1:
        return pixels, panel, texts
    rows, columns = (size // times * times for size in pixels.shape[:2])
    total = np.zeros((rows // times, columns // times, 3), np.uint16)
    for y in range(times):
        for x in range(times):
            total += pixels[y:rows:times, x:columns:times]
    left, top, right, bottom = (side // times for side in panel.frame.sides)
    bar = panel.colour_bar
    smaller = replace(
        panel,
        frame=Frame(left=left, top=top, right=right, bottom=bottom),
        x=_axis(panel.x, times),
        y=_axis(panel.y, times),
        legend_box=None if panel.legend_box is None else _box(panel.legend_box, times),
        colour_bar=None if bar is None else _axis(bar, times),
    )
    return (total // times**2).astype(np.uint8), smaller, [replace(text, box=_box(text.box, times)) for text in texts]


def _axis(axis: Axis, times: int) -> Axis:
    shift = (times - 1) / 2
    found = axis.calibration
    if found is not None:
        found = _calibration(found, times, shift)
    return replace(axis, places=tuple((place - shift) / times for place in axis.places), calibration=found)


def _calibration(found: Calibration, times: int, shift: float) -> Calibration:
    return replace(
        found, slope=found.slope * times, offset=found.offset + found.slope * shift, misfit=found.misfit / times
    )


def _box(box: Box, times: int) -> Box:
    left, top, right, bottom = box
    return left // times, top // times, -(-right // times), -(-bottom // times)
