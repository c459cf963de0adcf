"""Where could the axes of a plot be? Rectangles from long straight edges, with Pillow only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image as PILImage
from PIL import ImageChops

__all__ = ["Frame", "find_frames"]

EDGE = 9
"""A step of more than this between neighbouring pixels is an edge (of 255): the grey face of a plot is only 20."""

MIN_SIDE = 0.07
"""Frames with a side below this part of the picture's are not looked for."""

NEAR = 4
"""Ends of edges this near to each other meet (pixels)."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Frame:
    """A rectangle in pixels: the spines of a plot, the border of its face, or of anything else."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Height in pixels."""
        return self.bottom - self.top

    @property
    def area(self) -> int:
        """Area in pixels."""
        return self.width * self.height

    def holds(self, x: float, y: float, margin: float = 0) -> bool:
        """Return whether a point is inside, or outside by at most a margin (pixels)."""
        across = self.left - margin <= x <= self.right + margin
        return across and self.top - margin <= y <= self.bottom + margin

    def near(self, other: Frame, margin: int = NEAR) -> bool:
        """Return whether all four sides agree within a margin (pixels)."""
        pairs = zip(self.sides, other.sides, strict=True)
        return all(abs(a - b) <= margin for a, b in pairs)

    @property
    def sides(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        return self.left, self.top, self.right, self.bottom


Line = tuple[int, int, int]
"""Position across, start and end along (pixels)."""


def find_frames(picture: PILImage.Image) -> tuple[Frame, ...]:
    """Find rectangles that may be axes: two edges meet in a lower corner, or grid lines end together.

    Parameters
    ----------
    picture : PIL.Image.Image
        RGB.

    Returns
    -------
    tuple of Frame
        The largest first; near ones are given once.
    """
    level = _lines(picture)
    upright = _lines(picture.transpose(PILImage.Transpose.TRANSPOSE))
    found: list[Frame] = []
    candidates = [*_corners(level, upright), *_grids(level, upright), *_ladders(level, upright)]
    for frame in sorted(candidates, key=lambda frame: (-frame.area, frame)):
        if not any(frame.near(seen) for seen in found):
            found.append(frame)
        if len(found) == 400:  # a table or a heatmap has hundreds of cells; the plots are among the largest
            break
    return tuple(found)


def _lines(picture: PILImage.Image) -> list[Line]:
    """Return the long level edges; neighbouring rows that carry the same edge give one."""
    shortest = max(24, round(MIN_SIDE * picture.width))
    mask = _edges(picture)
    data, width = mask.tobytes(), mask.width
    # Tick marks and curves interrupt an edge for a few pixels; a letter beyond its end must not lengthen it.
    run = re.compile(rb"\xff{16,}(?:\x00{1,2}\xff{2,}|\x00{1,7}\xff{16,})*")
    lines: list[Line] = []
    for row in range(mask.height):
        for match in run.finditer(data, row * width, (row + 1) * width):
            if match.end() - match.start() >= shortest:
                _add(lines, (row + 1, match.start() - row * width, match.end() - row * width))
    return lines


def _edges(picture: PILImage.Image) -> PILImage.Image:
    """Return a mask of the pixels that differ from the one below."""
    width, height = picture.size
    apart = ImageChops.difference(picture.crop((0, 0, width, height - 1)), picture.crop((0, 1, width, height)))
    red, green, blue = apart.split()
    largest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return largest.point(lambda value: 255 if value > EDGE else 0)


def _add(lines: list[Line], line: Line) -> None:
    """Add an edge, or lengthen the one just above it that it continues (the two sides of a spine)."""
    position, start, end = line
    for index in range(len(lines) - 1, max(-1, len(lines) - 8), -1):
        seen, seen_start, seen_end = lines[index]
        if position - seen <= 3 and abs(seen_start - start) <= NEAR and abs(seen_end - end) <= NEAR:
            lines[index] = (position, min(start, seen_start), max(end, seen_end))
            return
    lines.append(line)


def _corners(level: list[Line], upright: list[Line]) -> Iterator[Frame]:
    """Yield a frame for every lower left corner, and for every lower right one."""
    if len(level) * len(upright) > 250_000:  # a photograph of a fence, not a plot
        return
    for y, left, right in level:
        for x, top, bottom in upright:
            if abs(bottom - y) <= NEAR and y - top > NEAR and min(abs(x - left), abs(x - right)) <= NEAR:
                yield Frame(left=left, top=top, right=right, bottom=y)


def _grids(level: list[Line], upright: list[Line]) -> Iterator[Frame]:
    """Yield a frame for lines that cross and end together: the grid of a plot that draws no spines."""
    for left, right, rows in _bundles(level):
        for top, bottom, columns in _bundles(upright):
            inside_rows = [y for y in rows if top - NEAR <= y <= bottom + NEAR]
            inside_columns = [x for x in columns if left - NEAR <= x <= right + NEAR]
            if len(inside_rows) > 1 and len(inside_columns) > 1:
                yield Frame(left=left, top=top, right=right, bottom=bottom)


def _ladders(level: list[Line], upright: list[Line]) -> Iterator[Frame]:
    """Yield a frame for three level lines or more that start and end together, as far as upright ones reach there."""
    for left, right, rows in _bundles(level):
        if len(rows) < 3 or not _even(rows):
            continue
        crossing = [line for line in upright if left - NEAR <= line[0] <= right + NEAR and line[1] < rows[-1] < line[2]]
        crossing += [line for line in upright if left - NEAR <= line[0] <= right + NEAR and line[1] < rows[0] < line[2]]
        top = min([rows[0], *(start for _, start, _ in crossing)])
        bottom = max([rows[-1], *(end for _, _, end in crossing)])
        yield Frame(left=left, top=top, right=right, bottom=bottom)


def _even(rows: list[int]) -> bool:
    """Return whether lines have equal gaps, the outermost perhaps smaller ones: a grid, not panels over each other."""
    gaps = [after - before for before, after in pairwise(rows)]
    usual = sorted(gaps)[len(gaps) // 2]
    return max(gaps) <= 1.2 * usual + 3 and all(gap >= 0.8 * usual - 3 for gap in gaps[1:-1])


def _bundles(lines: list[Line]) -> list[tuple[int, int, list[int]]]:
    """Return start, end and positions of the lines that start and end together, if there are two or more."""
    bundles: list[tuple[int, int, list[int]]] = []
    for position, start, end in lines:
        for first, last, positions in bundles:
            if abs(first - start) <= NEAR and abs(last - end) <= NEAR:
                positions.append(position)
                break
        else:
            bundles.append((start, end, [position]))
    return [bundle for bundle in bundles if len(bundle[2]) > 1][:60]
