"""Frames: rectangles of long straight edges that may be the axes of a plot, with Pillow only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, product

from PIL import Image as PILImage, ImageChops

from vision_magic.engine.pixels import largest_channel

__all__ = ["Edge", "Frame", "find_edges", "find_frames"]

EDGE = 9
"""A larger step than this between neighbouring pixels is an edge (of 255). Grey plot backgrounds differ by only 20."""

MIN_SIDE = 0.07
"""Edges shorter than this share of the image's side are ignored."""

NEAR = 4
"""Ends of edges meet when they are at most this far apart (pixels)."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Frame:
    """A rectangle in pixels: the spines of a plot, the border of its background, or any other rectangle."""

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

    def contains(self, x: float, y: float) -> bool:
        """Return whether a point is inside the frame."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def is_near(self, other: Frame) -> bool:
        """Return whether all four sides agree within `NEAR` pixels."""
        return all(abs(a - b) <= NEAR for a, b in zip(self.sides, other.sides, strict=True))

    @property
    def sides(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        return self.left, self.top, self.right, self.bottom


_TICK = 14
"""Tick marks are shorter (pixels)."""

Edge = tuple[int, int, int]
"""Position across, start and end along the edge (pixels)."""

MAX_FRAMES = 400
"""A table or a heat map has hundreds of cells; the plots are among the largest frames."""


def find_frames(image: PILImage.Image) -> tuple[Frame, ...]:
    """Find rectangles that may be axes: two edges meet in a lower corner, or grid lines end together.

    Parameters
    ----------
    image : PIL.Image.Image
        An RGB image.

    Returns
    -------
    tuple of Frame
        The largest first; only one of several frames that are nearly equal. Those of the latest images are kept, since
        the reading of words and of marks both ask for them.
    """
    return _frames(image.size, image.tobytes())


@lru_cache(maxsize=2)
def _frames(size: tuple[int, int], pixels: bytes) -> tuple[Frame, ...]:
    image = PILImage.frombytes("RGB", size, pixels)
    across = image.transpose(PILImage.Transpose.TRANSPOSE)
    horizontal, vertical = _horizontal_edges(image), _horizontal_edges(across)
    frames: list[Frame] = []
    joined = _joined(horizontal, image), _joined(vertical, across)
    candidates = [
        *_frames_from_corners(horizontal, vertical),
        *_frames_from_corners(*joined),
        *_frames_from_tops(*joined),
        *_frames_from_grids(horizontal, vertical),
        *_frames_from_grids(*joined),
        *_frames_from_horizontal_lines(horizontal, vertical),
    ]
    candidates = [_without_tick_marks(frame, horizontal, vertical) for frame in candidates]
    for frame in sorted(candidates, key=lambda frame: (-frame.area, frame)):
        if not any(frame.is_near(other) for other in frames):
            frames.append(frame)
        if len(frames) == MAX_FRAMES:
            break
    return tuple(frames)


def find_edges(image: PILImage.Image) -> tuple[list[Edge], list[Edge]]:
    """Return the long level and upright edges of an image."""
    return _horizontal_edges(image), _horizontal_edges(image.transpose(PILImage.Transpose.TRANSPOSE))


def _horizontal_edges(image: PILImage.Image) -> list[Edge]:
    """Return the long horizontal edges; the same edge in neighbouring rows is returned once."""
    shortest = max(24, round(MIN_SIDE * image.width))
    mask = _edge_mask(image)
    data, width = mask.tobytes(), mask.width
    # Tick marks and curves interrupt an edge for a few pixels; a letter beyond its end must not lengthen it.
    run = re.compile(rb"(?:\xff{6,}\x00{1,2})?\xff{16,}(?:\x00{1,2}\xff{2,}|\x00{1,7}\xff{16,})*")
    edges: list[Edge] = []
    for row in range(mask.height):
        for match in run.finditer(data, row * width, (row + 1) * width):
            if match.end() - match.start() >= shortest:
                _add_edge(edges, (row + 1, match.start() - row * width, match.end() - row * width))
    return edges


def _edge_mask(image: PILImage.Image) -> PILImage.Image:
    """Return a mask of the pixels that differ from the pixel below."""
    width, height = image.size
    step = ImageChops.difference(image.crop((0, 0, width, height - 1)), image.crop((0, 1, width, height)))
    return largest_channel(step).point(lambda value: 255 if value > EDGE else 0)


def _add_edge(edges: list[Edge], edge: Edge) -> None:
    """Add an edge, or merge it into the one just above it (the two sides of a spine)."""
    position, start, end = edge
    for index in range(len(edges) - 1, max(-1, len(edges) - 8), -1):
        other, other_start, other_end = edges[index]
        if position - other <= 3 and abs(other_start - start) <= NEAR and abs(other_end - end) <= NEAR:
            edges[index] = (position, min(start, other_start), max(end, other_end))
            return
    edges.append(edge)


def _joined(edges: list[Edge], image: PILImage.Image) -> list[Edge]:
    """Return the edges, those joined that are pieces of one grid line with a bar or a curve in front of it."""
    grounds = _grounds(image)
    joined: list[Edge] = []

    def add(edge: Edge) -> None:
        joined.append(_lengthened(edge, image, grounds))

    for line in _lines(edges):
        position, start, end = line[0]
        for _, next_start, next_end in line[1:]:
            if next_start <= end or _is_covered(image, (end, next_start), position, grounds):
                end = max(end, next_end)
            else:
                add((position, start, end))
                start, end = next_start, next_end
        add((position, start, end))
    return joined


def _lengthened(edge: Edge, image: PILImage.Image, grounds: set[int]) -> Edge:
    """Return a grid line with what is left of it beyond a bar in front of its end."""
    position, start, end = edge
    drawn = bytes(all(abs(shade - ground) > EDGE for ground in grounds) for shade in range(256))
    for row in range(max(0, position - 1), min(position + 2, image.height)):
        line = image.crop((0, row, image.width, row + 1)).convert("L").tobytes().translate(drawn)
        if line[start + 2 : end - 2].count(0) <= 0.1 * (end - start):
            beyond = line.find(0, end - 1)
            end = max(end, beyond if beyond >= 0 else image.width)
            start = min(start, line.rfind(0, 0, start + 1) + 1)
    return position, start, end


def _lines(edges: list[Edge]) -> Iterator[list[Edge]]:
    """Yield the edges that are at the same position but for the thickness of a line, in order of their starts."""
    line: list[Edge] = []
    for edge in sorted(edges):
        if line and edge[0] - line[0][0] > 3:
            yield sorted(line, key=lambda each: each[1])
            line = []
        line.append(edge)
    if line:
        yield sorted(line, key=lambda each: each[1])


def _grounds(image: PILImage.Image) -> set[int]:
    """Return the commonest shades of grey, of the whole image and of its first row: inside and around the axes."""
    parts = (image.convert("L").histogram(), image.crop((0, 0, image.width, 1)).convert("L").histogram())
    return {shades.index(max(shades)) for shades in parts}


def _is_covered(image: PILImage.Image, gap: tuple[int, int], row: int, grounds: set[int]) -> bool:
    """Return whether something other than the ground is drawn in the gap between two edges."""
    start, stop = gap
    if stop - start < 3:
        return True
    rows = (image.crop((start, y, stop, y + 1)).convert("L").tobytes() for y in range(max(0, row - 2), row + 2))
    drawn = bytes(all(abs(shade - ground) > EDGE for ground in grounds) for shade in range(256))
    return any(sum(shades.translate(drawn)) >= 0.9 * len(shades) for shades in rows)


def _frames_from_corners(horizontal: list[Edge], vertical: list[Edge]) -> Iterator[Frame]:
    """Yield a frame for each lower left and each lower right corner."""
    if len(horizontal) * len(vertical) > 250_000:  # a photograph of a fence, not a plot
        return
    for y, left, right in horizontal:
        for x, top, bottom in vertical:
            # A tick mark in the corner lengthens a spine beyond the other one.
            if -NEAR <= bottom - y <= _TICK and y - top > NEAR:
                if min(abs(x - left), abs(x - right)) <= NEAR:
                    yield Frame(left=left, top=top, right=right, bottom=y)
                elif 0 < x - left <= _TICK:
                    yield Frame(left=x, top=top, right=right, bottom=y)


def _frames_from_tops(horizontal: list[Edge], vertical: list[Edge]) -> Iterator[Frame]:
    """Yield a frame for each upper edge from whose ends two others run down as far: bars may hide the lower one."""
    starts: dict[int, list[Edge]] = {}
    for edge in vertical:
        starts.setdefault(edge[1] // NEAR, []).append(edge)
    for y, left, right in horizontal:
        below = [edge for group in range(y // NEAR - 1, y // NEAR + 2) for edge in starts.get(group, ())]
        ends = {
            side: [bottom for x, top, bottom in below if abs(x - side) <= NEAR and abs(top - y) <= NEAR]
            for side in (left, right)
        }
        for foot, other in product(ends[left], ends[right]):
            bottom = min(foot, other)  # a tick mark in the corner lengthens one of them
            if abs(foot - other) <= _TICK and bottom - y > 4 * NEAR:
                yield Frame(left=left, top=y, right=right, bottom=bottom if abs(foot - other) > NEAR else foot)


def _frames_from_grids(horizontal: list[Edge], vertical: list[Edge]) -> Iterator[Frame]:
    """Yield a frame for lines that cross and end together: the grid of a plot without spines."""
    for left, right, rows in _bundles(horizontal):
        for top, bottom, columns in _bundles(vertical):
            inside_rows = [y for y in rows if top - NEAR <= y <= bottom + NEAR]
            inside_columns = [x for x in columns if left - NEAR <= x <= right + NEAR]
            if len(inside_rows) > 1 and len(inside_columns) > 1:
                foot = _side_before_ticks(horizontal, bottom, left, right)
                side = -_side_before_ticks([(-x, start, end) for x, start, end in vertical], -left, top, foot)
                yield Frame(left=side, top=top, right=right, bottom=foot)


def _side_before_ticks(edges: list[Edge], side: int, start: int, end: int) -> int:
    """Return the last line from end to end before a side, where only tick marks go on from grid lines."""
    lines = [
        position
        for position, first, last in edges
        # The tick marks of the other axis make grid lines begin earlier than the last line.
        if side - _TICK <= position <= side + NEAR and first <= start + _TICK and last >= end - NEAR
    ]
    return max(lines, default=side)


def _without_tick_marks(frame: Frame, horizontal: list[Edge], vertical: list[Edge]) -> Frame:
    """Return a frame that begins where a ground does, if only tick marks go on from the grid lines to its left."""
    sides = [
        x
        for x, top, bottom in vertical
        if x - frame.left <= _TICK and x >= frame.left - NEAR and max(top - frame.top, frame.bottom - bottom) <= NEAR
    ]
    side = min(sides, default=frame.left)
    is_start = any(abs(start - side) <= NEAR and abs(end - frame.right) <= NEAR for _, start, end in horizontal)
    return replace(frame, left=side) if side - frame.left > NEAR and is_start else frame


def _frames_from_horizontal_lines(horizontal: list[Edge], vertical: list[Edge]) -> Iterator[Frame]:
    """Yield a frame for three or more horizontal lines that end together; crossing vertical edges give its height."""
    for left, right, rows in _bundles(horizontal):
        if len(rows) < 3 or not _is_evenly_spaced(rows):
            continue
        near = [edge for edge in vertical if left - NEAR <= edge[0] <= right + NEAR]
        crossing = [edge for edge in near if any(edge[1] < row < edge[2] for row in (rows[0], rows[-1]))]
        top = min([rows[0], *(start for _, start, _ in crossing)])
        bottom = max([rows[-1], *(end for _, _, end in crossing)])
        yield Frame(left=left, top=top, right=right, bottom=_side_before_ticks(horizontal, bottom, left, right))


def _is_evenly_spaced(rows: list[int]) -> bool:
    """Return whether the gaps between lines are equal (the outermost may be smaller): a grid, not stacked panels."""
    gaps = [after - before for before, after in pairwise(rows)]
    usual = sorted(gaps)[len(gaps) // 2]
    return max(gaps) <= 1.2 * usual + 3 and all(gap >= 0.8 * usual - 3 for gap in gaps[1:-1])


def _bundles(edges: list[Edge]) -> list[tuple[int, int, list[int]]]:
    """Return start, end and positions of the edges that start and end together, for two or more of them."""
    bundles: list[tuple[int, int, list[int]]] = []
    for position, start, end in edges:
        for first, last, positions in bundles:
            if abs(first - start) <= NEAR and abs(last - end) <= NEAR:
                positions.append(position)
                break
        else:
            bundles.append((start, end, [position]))
    return [bundle for bundle in bundles if len(bundle[2]) > 1][:60]
