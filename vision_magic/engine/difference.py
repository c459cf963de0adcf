"""The difference between two images, in pixels, regions and colours."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image as PILImage, ImageChops

from vision_magic.engine.blobs import connected_components
from vision_magic.engine.colours import colour_distance
from vision_magic.engine.measure import SAME_COLOUR, Colour, measure
from vision_magic.engine.pixels import Box, largest_channel, on_white
from vision_magic.engine.places import place_of_box

__all__ = ["DIFFERENCE_THRESHOLD", "Difference", "Region", "compare"]

DIFFERENCE_THRESHOLD = 16
"""Pixels differ when one of their channels differs by more than this (of 255)."""

MAX_REGIONS = 5
"""Regions that are listed; smaller ones are only counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A part of an image: its box in pixels and its place in words."""

    box: Box
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The difference between two images.

    Attributes
    ----------
    same_size : bool
        Whether the sizes are equal; if not, the second image was scaled to the size of the first before the comparison.
    identical : bool
        Whether every pixel is the same.
    share : float
        Share of the pixels that differ by more than `DIFFERENCE_THRESHOLD` in a channel, 0 to 1.
    regions : tuple of Region
        Regions in which they differ, the largest first, in pixels of the first image.
    more_regions : int
        Number of smaller regions that are not listed.
    only_first, only_second : tuple of Colour
        Main colours that the other image does not have.
    """

    same_size: bool
    identical: bool
    share: float
    regions: tuple[Region, ...]
    more_regions: int
    only_first: tuple[Colour, ...]
    only_second: tuple[Colour, ...]


def compare(first: PILImage.Image, second: PILImage.Image) -> Difference:
    """Measure how two images differ.

    Parameters
    ----------
    first, second : PIL.Image.Image
        Images of any mode and size. If the sizes differ, the second is scaled to the size of the first.

    Returns
    -------
    Difference
    """
    a, b = on_white(first), on_white(second)
    same_size = a.size == b.size
    scaled = b if same_size else b.resize(a.size, PILImage.Resampling.BICUBIC)
    distance = largest_channel(ImageChops.difference(a, scaled))
    mask = distance.point(lambda value: 255 if value > DIFFERENCE_THRESHOLD else 0)
    regions = _regions(mask)
    palettes = measure(a).palette, measure(b).palette
    return Difference(
        same_size=same_size,
        identical=same_size and distance.getbbox() is None,
        share=mask.histogram()[255] / (a.width * a.height),
        regions=regions[:MAX_REGIONS],
        more_regions=max(0, len(regions) - MAX_REGIONS),
        only_first=_missing_colours(palettes[0], palettes[1]),
        only_second=_missing_colours(palettes[1], palettes[0]),
    )


def _regions(mask: PILImage.Image) -> tuple[Region, ...]:
    """Return the regions where the mask is set; spots less than about 3 % of the side apart are one region."""
    block = max(1, max(mask.size) // 32)
    coarse = mask.reduce(block).point(lambda value: 255 if value > 0 else 0)
    boxes = []
    for _, (left, top, right, bottom) in connected_components(coarse):
        area = (left * block, top * block, min(right * block, mask.width), min(bottom * block, mask.height))
        inner = mask.crop(area).getbbox()
        if inner is not None:
            boxes.append((area[0] + inner[0], area[1] + inner[1], area[0] + inner[2], area[1] + inner[3]))
    boxes.sort(key=lambda box: (-(box[2] - box[0]) * (box[3] - box[1]), box))
    return tuple(Region(box=box, place=place_of_box(box, mask.size)) for box in boxes)


def _missing_colours(palette: tuple[Colour, ...], other: tuple[Colour, ...]) -> tuple[Colour, ...]:
    """Return the colours that have no similar colour in the other palette."""
    return tuple(
        colour
        for colour in palette
        if all(colour_distance(colour.rgb, another.rgb) > 2 * SAME_COLOUR for another in other)
    )
