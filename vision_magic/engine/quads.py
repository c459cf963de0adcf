"""Quadrilaterals around lines of text: their bounding boxes, their pixels, and joining of the parts of a line."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from PIL import Image as PILImage

from vision_magic.engine.pixels import Box

__all__ = [
    "Quad",
    "bounding_box",
    "box_quad",
    "crop_quad",
    "ink_projection",
    "join_upward_lines",
    "rise_of",
    "slice_quad",
    "split_at_gaps",
    "split_letters_below_each_other",
    "widened",
    "without_overlap",
]

Quad = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
"""Corners of a line of text in pixels: top left, top right, bottom right, bottom left, as the text is read."""


def bounding_box(quad: Quad) -> Box:
    """Return the smallest upright box around a quadrilateral."""
    xs, ys = [x for x, _ in quad], [y for _, y in quad]
    return int(min(xs)), int(min(ys)), int(max(xs)) + 1, int(max(ys)) + 1


def crop_quad(image: PILImage.Image, quad: Quad) -> PILImage.Image:
    """Return the pixels inside the four corners as an upright rectangle."""
    top_left, top_right, bottom_right, bottom_left = quad
    width = max(_distance(top_left, top_right), _distance(bottom_left, bottom_right), 1)
    height = max(_distance(top_left, bottom_left), _distance(top_right, bottom_right), 1)
    corners = (*top_left, *bottom_left, *bottom_right, *top_right)
    return image.transform((round(width), round(height)), PILImage.Transform.QUAD, corners, PILImage.Resampling.BICUBIC)


def rise_of(quad: Quad) -> float:
    """Return how steeply a line of text rises (degrees); 0 if it is level but for the rounding of its corners."""
    (left, left_y), (right, right_y), *_ = quad
    degrees = math.degrees(math.atan2(left_y - right_y, right - left))
    return round(degrees, 1) if 10 < abs(degrees) < 80 else 0.0


def _distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)


def ink_projection(grey: PILImage.Image) -> tuple[list[int], list[int]]:
    """Return for each column and each row of a grey image whether it has ink: what differs from its commonest shade."""
    shades = grey.histogram()
    ground = shades.index(max(shades))
    return grey.point(lambda shade: 255 if abs(shade - ground) > 60 else 0).getprojection()


def split_at_gaps(image: PILImage.Image, quad: Quad) -> list[Quad]:
    """Return the parts of a level line between gaps far wider than a space: tick labels are often detected together."""
    left, top, right, bottom = bounding_box(quad)
    height = bottom - top
    if right - left < 4 * height or rise_of(quad) or height < 6:
        return [quad]
    middle = image.crop((left, top + height // 5, right, bottom - height // 5)).convert("L")
    columns, _ = ink_projection(middle)
    inked = [x for x, ink in enumerate(columns) if ink]
    cuts = [(before + after) / 2 for before, after in pairwise(inked) if after - before > _WIDE_GAP * height]
    if not cuts:
        return [quad]
    edges = [0.0, *cuts, float(right - left)]
    return [slice_quad(quad, start / edges[-1], end / edges[-1]) for start, end in pairwise(edges)]


_WIDE_GAP = 0.62
"""A gap that is wider than this share of a line's height is no space between words."""


def split_letters_below_each_other(image: PILImage.Image, quad: Quad) -> list[Quad]:
    """Return single upright letters that were detected as one line that runs upwards, such as names in a legend."""
    left, top, right, bottom = bounding_box(quad)
    width, height = right - left, bottom - top
    if height < 2 * width or rise_of(quad) or width < 6:
        return [quad]
    runs = _runs_of_rows(image.crop((left, top, right, bottom)).convert("L"))
    gaps = [after[0] - before[1] for before, after in pairwise(runs)]
    letters = [end - start for start, end in runs]
    if len(runs) < 2 or min(letters) < 0.25 * width or min(gaps) < _WIDE_GAP * max(letters):
        return [quad]
    boxes = [(max(0, start - gaps[0] // 3), end + gaps[0] // 3) for start, end in runs]
    return [box_quad(left, top + start, right, top + min(end, height)) for start, end in boxes]


def _runs_of_rows(grey: PILImage.Image) -> list[tuple[int, int]]:
    """Return from where to where rows have ink."""
    _, rows = ink_projection(grey)
    edges = [row for row, (before, now) in enumerate(pairwise([0, *rows, 0])) if before != now]
    return list(zip(edges[::2], edges[1::2], strict=True))


def box_quad(left: float, top: float, right: float, bottom: float) -> Quad:
    """Return the quadrilateral of a level box."""
    return (left, top), (right, top), (right, bottom), (left, bottom)


def slice_quad(quad: Quad, start: float, end: float) -> Quad:
    """Return the part of a line between two shares of its length."""
    a, b, c, d = quad

    def between(first: tuple[float, float], last: tuple[float, float], share: float) -> tuple[float, float]:
        return first[0] + share * (last[0] - first[0]), first[1] + share * (last[1] - first[1])

    return between(a, b, start), between(a, b, end), between(d, c, end), between(d, c, start)


def widened(quad: Quad, share: float) -> Quad:
    """Return a line that is longer at both ends by a share of its height."""
    a, b, _, d = quad
    part = share * _distance(a, d) / max(1.0, _distance(a, b))
    return slice_quad(quad, -part, 1 + part)


def without_overlap(quads: Sequence[Quad], known: Iterable[Quad]) -> list[Quad]:
    """Return the quadrilaterals that do not overlap a known one."""
    boxes = [bounding_box(quad) for quad in known]
    return [quad for quad in quads if not any(_overlap(bounding_box(quad), box) for box in boxes)]


def _overlap(a: Box, b: Box) -> bool:
    return min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) > max(a[1], b[1])


def join_upward_lines(quads: Sequence[Quad]) -> list[Quad]:
    """Join the parts of each line that runs upwards, since text detection splits them at spaces and brackets."""
    lines: list[Quad] = []
    for quad in sorted(quads, key=lambda quad: -bounding_box(quad)[3]):
        lower = next((line for line in lines if _continues(bounding_box(line), bounding_box(quad))), None)
        if lower is None:
            lines.append(quad)
        else:
            lines[lines.index(lower)] = _union(bounding_box(lower), bounding_box(quad))
    return lines


def _continues(lower: Box, upper: Box) -> bool:
    """Return whether the upper box continues an upward line: as wide, straight above, and nearer than a wide space.

    The boxes of two letters that run upwards overlap, and those of letters below each other do not.
    """
    (left, top, right, bottom), (other_left, other_top, other_right, other_bottom) = lower, upper
    width = max(right - left, other_right - other_left)
    gap = top - other_bottom
    if not abs(left - other_left) <= 0.25 * width or not abs(right - other_right) <= 0.25 * width:
        return False
    if max(bottom - top, other_bottom - other_top) > 1.4 * width:
        return -0.6 * width <= gap <= 0.6 * width
    return _is_square(lower) and _is_square(upper) and -0.6 * width <= gap <= -0.25 * width


def _is_square(box: Box) -> bool:
    """Return whether a box is that of a single letter."""
    sides = sorted((box[2] - box[0], box[3] - box[1]))
    return sides[1] <= 1.5 * sides[0]


def _union(a: Box, b: Box) -> Quad:
    return box_quad(min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))
