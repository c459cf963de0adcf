"""Tone of an image: whether it is so dark, so light or so even that little can be told apart in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PIL import Image as PILImage

from vision_magic.engine.pixels import on_white

__all__ = ["Tone", "find_tone"]

DARK, LIGHT = 32, 223
"""A picture is dark if its values are below the first of these levels, and light if they are above the second."""

EVEN = 24
"""Values of an even picture differ by less than this: the smallest difference by which an area stands out."""

FEW = 12
"""So many pixels, or one in a thousand, are left out at each end: hot pixels, dust, a cursor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """What a picture of little contrast is like.

    Attributes
    ----------
    kind : {"dark", "light", "even"}
    low, high : int
        The values between which nearly all of its pixels lie, 0 to 255.
    """

    kind: Literal["dark", "light", "even"]
    low: int
    high: int


def find_tone(image: PILImage.Image) -> Tone | None:
    """Find the tone of an image of any mode; None if it has contrast."""
    rgb = on_white(image)
    few = min(max(FEW, rgb.width * rgb.height // 1000), rgb.width * rgb.height // 20)
    ranges = [_range_of_most(band.histogram(), few) for band in rgb.split()]
    low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
    if high < DARK:
        return Tone(kind="dark", low=low, high=high)
    if low > LIGHT:
        return Tone(kind="light", low=low, high=high)
    even = all(high - low < EVEN for low, high in ranges)
    return Tone(kind="even", low=low, high=high) if even else None


def _range_of_most(histogram: list[int], few: int) -> tuple[int, int]:
    """Return the lowest and the highest level without those of a few pixels at each end."""
    return _first_above(histogram, few), len(histogram) - 1 - _first_above(histogram[::-1], few)


def _first_above(histogram: list[int], few: int) -> int:
    seen = 0
    for level, count in enumerate(histogram):
        seen += count
        if seen > few:
            return level
    return 0
