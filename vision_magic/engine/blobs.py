"""Blobs: connected areas of an image that stand out from its background."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from PIL import Image as PILImage, ImageChops

from vision_magic.engine.pixels import RGB, Box, colour_counts, largest_channel, on_white

__all__ = ["Blobs", "Side", "connected_components", "count_blobs"]

Side = Literal["", "brighter", "darker"]
"""Which areas are meant: those of any other colour than the background, or only the brighter or the darker ones."""

BLOB_SIDE = 640
"""Blobs are counted in an image whose longer side has at most this many pixels."""

SPECK = 12
"""Blobs with a smaller area than this are specks (pixels of the reduced image)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blobs:
    """Separate areas that stand out from the background.

    Attributes
    ----------
    count : int
        Number of areas; areas that touch count as one.
    specks : int
        Number of smaller areas that were left out.
    background : tuple of int
        The colour from which they stand out: red, green, blue, 0 to 255.
    share : float
        Share of the pixels that they cover, 0 to 1.
    areas : tuple of (int, Box)
        The number of pixels and the box of each area, in the reduced image.
    size : (int, int)
        Width and height of the reduced image.
    """

    count: int
    specks: int
    background: RGB
    share: float
    areas: tuple[tuple[int, Box], ...] = ()
    size: tuple[int, int] = (1, 1)


def count_blobs(image: PILImage.Image, side: Side = "") -> Blobs:
    """Count the separate areas that stand out from the background.

    The background is the most common colour of the outermost pixels. A pixel stands out when it differs from the
    background by more than Otsu's threshold. The count is exact for separate blobs; those that touch count as one.

    Parameters
    ----------
    image : PIL.Image.Image
        An image of any mode.
    side : {"", "brighter", "darker"}
        Which areas are counted.

    Returns
    -------
    Blobs
    """
    rgb = _reduce(on_white(image), BLOB_SIDE)
    background = _border_colour(rgb)
    distance = _distance(rgb, PILImage.new("RGB", rgb.size, background), side)
    threshold = _otsu_threshold(distance.histogram())
    mask = distance.point(lambda value: 255 if value > threshold else 0)
    areas = connected_components(mask)
    smallest = max(SPECK, 0.02 * max((area for area, _ in areas), default=0))
    blobs = tuple((area, box) for area, box in areas if area >= smallest)
    return Blobs(
        count=len(blobs),
        specks=len(areas) - len(blobs),
        background=background,
        share=sum(area for area, _ in blobs) / (rgb.width * rgb.height),
        areas=blobs,
        size=rgb.size,
    )


def _distance(image: PILImage.Image, background: PILImage.Image, side: Side) -> PILImage.Image:
    """Return how far each pixel is from the background; on one side of it only, in brightness."""
    if not side:
        return largest_channel(ImageChops.difference(image, background))
    grey, ground = image.convert("L"), background.convert("L")
    return ImageChops.subtract(grey, ground) if side == "brighter" else ImageChops.subtract(ground, grey)


def _reduce(image: PILImage.Image, side: int) -> PILImage.Image:
    """Return the image with sides of at most `side` pixels; the original is not changed."""
    if max(image.size) <= side:
        return image
    small = image.copy()
    small.thumbnail((side, side), PILImage.Resampling.BOX)
    return small


def _border_colour(image: PILImage.Image) -> RGB:
    """Return the most common colour of the outermost pixels, of the step of 8 that most of them are in.

    The steps are there so that noise does not split a background. Its colour is one that the image has.
    """
    width, height = image.size
    edges = [(0, 0, width, 1), (0, height - 1, width, height), (0, 0, 1, height), (width - 1, 0, width, height)]
    colours: Counter[RGB] = Counter()
    for edge in edges:
        for count, colour in colour_counts(image.crop(edge)):
            colours[colour] += count
    steps: Counter[RGB] = Counter()
    for colour, count in colours.items():
        steps[_step(colour)] += count
    step = max(steps, key=lambda rgb: (steps[rgb], rgb))
    return max((colour for colour in colours if _step(colour) == step), key=lambda rgb: (colours[rgb], rgb))


def _step(colour: RGB) -> RGB:
    red, green, blue = colour
    return red & 0xF8, green & 0xF8, blue & 0xF8


def _otsu_threshold(histogram: list[int]) -> int:
    """Return the level with the largest variance between the two classes it separates, and at least 24."""
    total, weighted = sum(histogram), sum(level * count for level, count in enumerate(histogram))
    best_variance, best_level, below, weighted_below = -1.0, 24, 0, 0
    for level, count in enumerate(histogram):
        below += count
        weighted_below += level * count
        if 0 < below < total:
            gap = weighted_below / below - (weighted - weighted_below) / (total - below)
            variance = below * (total - below) * gap * gap
            if variance > best_variance:
                best_variance, best_level = variance, level
    return max(best_level, 24)


# --- connected components ---------------------------------------------------------------------------------------

_RUN = re.compile(rb"\xff+")


def connected_components(mask: PILImage.Image) -> list[tuple[int, Box]]:
    """Return the area and the box of each connected area of 255 in an 8-bit mask; corners connect.

    The runs of each row are joined with the touching runs of the row above (union-find), so the work grows with the
    number of runs and not with the number of pixels.
    """
    width, data = mask.width, mask.tobytes()
    parents: list[int] = []
    runs: list[tuple[int, int, int]] = []
    above: list[int] = []
    for row in range(mask.height):
        current = []
        for match in _RUN.finditer(data, row * width, (row + 1) * width):
            runs.append((row, match.start() - row * width, match.end() - row * width))
            parents.append(len(parents))
            current.append(len(parents) - 1)
        _join_rows(runs, parents, above, current)
        above = current
    return _merge_runs(runs, parents)


def _join_rows(runs: list[tuple[int, int, int]], parents: list[int], above: list[int], current: list[int]) -> None:
    """Join the touching runs of two neighbouring rows; both lists are sorted from left to right."""
    i = j = 0
    while i < len(above) and j < len(current):
        _, a_start, a_end = runs[above[i]]
        _, b_start, b_end = runs[current[j]]
        if a_start <= b_end and b_start <= a_end:
            parents[_root(parents, current[j])] = _root(parents, above[i])
        if a_end < b_end:
            i += 1
        else:
            j += 1


def _root(parents: list[int], run: int) -> int:
    while parents[run] != run:
        parents[run] = parents[parents[run]]
        run = parents[run]
    return run


def _merge_runs(runs: list[tuple[int, int, int]], parents: list[int]) -> list[tuple[int, Box]]:
    merged: dict[int, tuple[int, Box]] = {}
    for run, (row, start, end) in enumerate(runs):
        root = _root(parents, run)
        area, (left, top, right, bottom) = merged.get(root, (0, (start, row, end, row + 1)))
        merged[root] = (area + end - start, (min(left, start), top, max(right, end), max(bottom, row + 1)))
    return list(merged.values())
