"""A second axis on the right: which series is drawn against it, by colours, names and labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, Literal

from vision_magic.engine.chart.data import Series, WhyNot
from vision_magic.engine.chart.plot import Axis, Panel
from vision_magic.engine.colours import chroma, commonest
from vision_magic.engine.pixels import RGB
from vision_magic.engine.texts import Text

__all__ = ["by_axis"]

AxisSide = Literal["left", "right"]

_HUE: Final = 25.0
"""People call a colour with more chroma by its hue."""

_LIKE: Final = 56
"""The colour of an axis and that of its series differ by at most so much in each channel: letters are thin."""

_AT_RIGHT: Final = re.compile(r"[(\[]\s*right\s*[)\]]$", re.IGNORECASE)
"""pandas adds this to the names of series on the second axis."""

_BY_POSITION: Final = {"line", "step", "points", "bars"}
"""Kinds whose values are positions on the axis, and not lengths that were added up."""


def by_axis(
    pixels: Any, panel: Panel, series: Sequence[Series], texts: Sequence[Text]
) -> tuple[list[Series], list[Series]] | None:
    """Return the series of the left axis and those of the right one, with their values on it.

    A series belongs to the axis whose label or tick labels have its colour, whose label has its name, or that its name
    says. Those that cannot be told stay on the left, as not sure. None if not both axes have a series.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    panel : Panel
        The axes, which have one on the right.
    series : sequence of Series
        What is drawn in them, with values on the left axis.
    texts : sequence of Text
        The texts that were read.
    """
    if panel.right is None or panel.y.calibration is None or panel.right.calibration is None:
        return None
    sides = _by_names(panel, series)
    if None in sides:
        sides = _by_colours(pixels, panel, series, texts)
    if not {"left", "right"} <= set(sides):
        return None
    left = [
        one if side == "left" else replace(one, sure=False, why_not=one.why_not or WhyNot.SECOND_AXIS)
        for one, side in zip(series, sides, strict=True)
        if side != "right"
    ]
    right = [_on(panel.right, panel.y, one) for one, side in zip(series, sides, strict=True) if side == "right"]
    return left, right


def _by_names(panel: Panel, series: Sequence[Series]) -> list[AxisSide | None]:
    """Return the axis of each series as its name tells; None where it does not."""
    if any(_AT_RIGHT.search(one.name) for one in series):
        return ["right" if _AT_RIGHT.search(one.name) else "left" for one in series]
    labels = panel.y.label.casefold(), "" if panel.right is None else panel.right.label.casefold()
    sides: list[AxisSide | None] = []
    for one in series:
        name = one.name.casefold().strip()
        at_left, at_right = (bool(name) and re.search(rf"\b{re.escape(name)}\b", label) is not None for label in labels)
        sides.append(None if at_left == at_right else "left" if at_left else "right")
    return sides


def _by_colours(pixels: Any, panel: Panel, series: Sequence[Series], texts: Sequence[Text]) -> list[AxisSide | None]:
    """Return the axis of each series whose colour its texts have; where one axis is black, the others belong to it."""
    left, right = (_colour_beside(pixels, panel, texts, side) for side in ("left", "right"))
    if left is None and right is None:
        return [None] * len(series)
    sides: list[AxisSide | None] = []
    for one in series:
        at_left, at_right = _are_alike(one.rgb, left), _are_alike(one.rgb, right)
        if at_left == at_right:
            black: AxisSide | None = "left" if left is None else "right" if right is None else None
            sides.append(None if at_left else black)
        else:
            sides.append("left" if at_left else "right")
    return sides


def _are_alike(a: RGB | None, b: RGB | None) -> bool:
    return a is not None and b is not None and max(abs(x - y) for x, y in zip(a, b, strict=True)) <= _LIKE


def _colour_beside(pixels: Any, panel: Panel, texts: Sequence[Text], side: str) -> RGB | None:
    """Return the colour of the texts on one side of the axes; None if they are black or grey."""
    frame = panel.frame
    beside = [
        text
        for text in texts
        if frame.top <= text.centre[1] <= frame.bottom
        and (text.box[2] <= frame.left + 3 if side == "left" else text.box[0] >= frame.right - 3)
    ]
    colours = [colour for text in beside if (colour := _ink_colour(pixels, text)) is not None]
    return max(colours, key=lambda colour: sum(_are_alike(colour, other) for other in colours), default=None)


def _ink_colour(pixels: Any, text: Text) -> RGB | None:
    """Return the commonest colour of the strokes of a text; None if it has no hue."""
    import numpy as np

    left, top, right, bottom = text.box
    part = pixels[top:bottom, left:right].reshape(-1, 3).astype(np.int16)
    if not len(part):
        return None
    away = np.abs(part - np.median(part, axis=0)).max(axis=1)
    strokes = part[away >= 0.9 * away.max()].astype(np.uint8)
    colour = commonest(strokes)
    return colour if chroma(colour) > _HUE else None


def _on(right: Axis, left: Axis, one: Series) -> Series:
    """Return a series with its values on the right axis."""
    old, new = left.calibration, right.calibration
    if old is None or new is None or one.kind not in _BY_POSITION or one.extra:
        return replace(one, sure=False, why_not=one.why_not or WhyNot.ON_SECOND_AXIS)
    return replace(
        one,
        y=tuple(new.value(old.pixel(value)) for value in one.y),
        sigma=one.sigma * new.sigma / old.sigma,
        sure=one.sure and new.sure,
        why_not=one.why_not or new.why_not,
    )
