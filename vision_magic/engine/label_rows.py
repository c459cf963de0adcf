"""Rows of labels that were detected as one line: the tick labels of a crowded axis, cut apart before they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import Any

from PIL import Image as PILImage

from vision_magic.engine.pixels import Box
from vision_magic.engine.quads import Quad, bounding_box, box_quad, rise_of, slice_quad

__all__ = ["split_between_marks", "split_label_rows", "split_touching_names"]

_GAPS = (0.45, 0.35, 0.25, 0.17)
"""Gaps between labels of a crowded axis, as shares of a line's height; letters are half as far apart as the last."""

_FEWEST_EVEN = 5
"""As many words at even distances are no sentence."""

_FEWEST_MARKS = 3
"""A line below as many tick marks at even distances is a row of labels."""

_UNEVEN = 0.2
"""Distances between labels differ by at most this share of a line's height, by the shapes of their letters."""

Span = tuple[int, int]
"""First and last column with ink, from the left end of a line (pixels)."""


def split_label_rows(image: PILImage.Image, quads: Sequence[Quad]) -> list[Quad]:
    """Split the level lines that are rows of labels: of words at even distances, or below tick marks.

    Parameters
    ----------
    image : PIL.Image.Image
        The image in which the lines were detected.
    quads : sequence of Quad
        The corners of each line.
    """
    parts = {quad: [quad] for quad in quads}
    for row in _rows([quad for quad in quads if _is_level(quad)]):
        by_marks = {quad: _split_by_marks(image, quad) for quad in row}
        at_marks = any(len(found) > 1 for found in by_marks.values())
        parts |= by_marks if at_marks else _split_by_distances(image, row)
    return [part for quad in quads for part in parts[quad]]


def split_between_marks(image: PILImage.Image, quad: Quad) -> list[Quad]:
    """Return the parts of a line of labels that touch, cut in the middle between the tick marks above them."""
    marks: Sequence[float] = _marks_above(image, quad)
    if len(marks) < _FEWEST_MARKS:
        marks = _without_sides(_grid_lines_above(image, quad))
    width = _width(quad)
    if len(marks) < 2 or min(after - before for before, after in pairwise(marks)) < 1.5 * _height(quad):
        return [quad]
    edges = [0.0, *((before + after) / 2 for before, after in pairwise(marks)), float(width)]
    return [slice_quad(quad, start / width, end / width) for start, end in pairwise(edges)]


def _without_sides(lines: Sequence[float]) -> Sequence[float]:
    """Return grid lines without the sides of the axes, which are nearer to a grid line than others are."""
    if len(lines) <= _FEWEST_MARKS:
        return lines
    near = _SIDE * median(after - before for before, after in pairwise(lines))
    start = 1 if lines[1] - lines[0] < near else 0
    return lines[start:-1] if lines[-1] - lines[-2] < near else lines[start:]


_SIDE = 0.85


def _is_level(quad: Quad) -> bool:
    return not rise_of(quad) and _height(quad) >= 6 and _width(quad) > 0.5 * _height(quad)


def _rows(quads: Sequence[Quad]) -> list[list[Quad]]:
    """Return the lines that stand beside each other, of those rows that have a line of several words."""
    rows: list[list[Quad]] = []
    for quad in quads:
        row = next((row for row in rows if abs(_middle(row[0]) - _middle(quad)) < 0.3 * _height(quad)), None)
        if row is None:
            rows.append([quad])
        else:
            row.append(quad)
    return [row for row in rows if any(_width(quad) > 3 * _height(quad) for quad in row)]


def _height(quad: Quad) -> int:
    _, top, _, bottom = bounding_box(quad)
    return bottom - top


def _width(quad: Quad) -> int:
    left, _, right, _ = bounding_box(quad)
    return right - left


def _middle(quad: Quad) -> float:
    _, top, _, bottom = bounding_box(quad)
    return (top + bottom) / 2


# --- words at even distances ------------------------------------------------------------------------------------


def _split_by_distances(image: PILImage.Image, row: Sequence[Quad]) -> dict[Quad, list[Quad]]:
    """Return the parts of the lines of a row, if words stand at even distances; else nothing.

    The words of a sentence have even gaps, and so uneven distances between their middles. A label may have a space,
    so wider gaps are tried first.
    """
    height = median(_height(quad) for quad in row)
    inked = {quad: _inked_columns(image, quad) for quad in row}
    for gap in _GAPS:
        groups = {quad: _groups(columns, gap * height) for quad, columns in inked.items()}
        middles = sorted(_middles(groups))
        if len(middles) >= _FEWEST_EVEN and _are_even(middles, height):
            return {quad: _cut(quad, groups[quad]) for quad in row}
    return {}


def _middles(groups: Mapping[Quad, Sequence[Span]]) -> Iterator[float]:
    for quad, spans in groups.items():
        left = bounding_box(quad)[0]
        yield from (left + (start + end) / 2 for start, end in spans)


def _are_even(places: Sequence[float], height: float) -> bool:
    gaps = [after - before for before, after in pairwise(places)]
    return max(gaps) - min(gaps) <= max(4.0, _UNEVEN * height)


def _inked_columns(image: PILImage.Image, quad: Quad) -> list[int]:
    """Return the columns of a line, from its left end, in which letters are; tick marks may run along its edges."""
    left, top, right, bottom = bounding_box(quad)
    inset = (bottom - top) // 5
    ink = _ink(image, (left, top + inset, right, bottom - inset), _ground(image, quad))
    return [int(x) for x in ink.any(axis=0).nonzero()[0]]


def _ground(image: PILImage.Image, quad: Quad) -> int:
    """Return the commonest shade of grey behind a line."""
    shades = image.crop(bounding_box(quad)).convert("L").histogram()
    return shades.index(max(shades))


def _ink(image: PILImage.Image, box: Box, ground: int) -> Any:
    """Return which pixels of a part of the image differ from the ground."""
    import numpy as np

    return np.abs(np.asarray(image.crop(box).convert("L"), np.int16) - ground) > 60


def _groups(inked: Sequence[int], gap: float) -> list[Span]:
    """Return the groups of inked columns that are no more than `gap` apart."""
    cuts = [index for index, (before, after) in enumerate(pairwise(inked), 1) if after - before > gap]
    return [(inked[start], inked[end - 1]) for start, end in pairwise([0, *cuts, len(inked)])] if inked else []


def _cut(quad: Quad, groups: Sequence[Span]) -> list[Quad]:
    """Return the parts of a line, cut in the middle between groups of letters."""
    cuts = [(before + after) / 2 for (_, before), (after, _) in pairwise(groups)]
    edges = [0.0, *cuts, float(_width(quad))]
    return [slice_quad(quad, start / edges[-1], end / edges[-1]) for start, end in pairwise(edges)]


# --- labels below tick marks ------------------------------------------------------------------------------------


def _split_by_marks(image: PILImage.Image, quad: Quad) -> list[Quad]:
    """Return the parts of a line below tick marks, each of which is in the middle of its label."""
    height = _height(quad)
    if _width(quad) < 3 * height:
        return [quad]
    marks, inked = _marks_above(image, quad), _inked_columns(image, quad)
    if len(marks) < _FEWEST_MARKS or not inked or not _are_even(marks, height) or marks[1] - marks[0] < height:
        return [quad]
    return _cut(quad, _labels_around(marks, inked, height) or [(0, 0)])


def _marks_above(image: PILImage.Image, quad: Quad) -> list[float]:
    """Return the places of the tick marks right above a line, from its left end: below the axis, or else above it."""
    import numpy as np

    left, top, right, _ = bounding_box(quad)
    height = _height(quad)
    ink = _ink(image, (left, max(0, top - height), right, top), _ground(image, quad))
    axis = np.flatnonzero(ink.mean(axis=1) >= _THIN)
    sides = (ink[axis[-1] + 1 :], ink[: axis[0]]) if axis.size else (ink,)
    found = [_alike_marks(side, height) for side in sides]
    return found[0] if len(found[0]) >= _FEWEST_MARKS else max(found, key=len)


def _grid_lines_above(image: PILImage.Image, quad: Quad) -> list[float]:
    """Return the places of the grid lines, or of tick marks, inside the axes above a line, whose ground may differ."""
    import numpy as np

    left, top, right, _ = bounding_box(quad)
    height = _height(quad)
    strip = np.asarray(image.crop((left, max(0, top - 3 * height), right, top)).convert("L"), np.int16)
    away = np.abs(strip - np.median(strip, axis=1, keepdims=True))
    lines = np.flatnonzero((away[: 2 * height] > _FAINT).mean(axis=0) >= 0.8).tolist()
    grid = [(start + end) / 2 for start, end in _groups(lines, 2) if end - start < 0.3 * height]
    return max(grid, _alike_marks(away > 40, height), key=len)


_FAINT = 6
"""A grid line differs at least as much from what is beside it (of 255)."""


def _alike_marks(ink: Any, height: float) -> list[float]:
    """Return the middles of thin marks of one length; empty if there are several others."""
    import numpy as np

    marked = np.flatnonzero(ink.sum(axis=0) >= 0.1 * height).tolist()
    marks = {(start, end): int(ink[:, start : end + 1].sum(axis=0).max()) for start, end in _groups(marked, 2)}
    usual = median(marks.values()) if marks else 0
    alike = [mark for mark, length in marks.items() if abs(length - usual) <= 2 and mark[1] - mark[0] < 0.2 * height]
    # The sides of the frame are higher than the marks, and the line that was read may have a letter above it.
    return [sum(mark) / 2 for mark in alike] if len(marks) - len(alike) <= _OTHERS else []


_OTHERS = 2
_THIN = 0.35
"""Tick marks are a smaller share of a row of pixels; axis lines, bars and areas are a larger one."""


def _labels_around(marks: Sequence[float], inked: Sequence[int], height: float) -> list[Span]:
    """Return the labels, from left to right, each as wide on both sides of its mark; empty if they do not fit."""
    labels: list[Span] = []
    start: int | None = inked[0]
    for mark in marks:
        if start is None or start >= mark:
            return []
        expected = 2 * mark - start
        end = _end_of_label(inked, expected)
        if abs(end - expected) > 1.5 * _UNEVEN * height:
            return []
        labels.append((start, end))
        start = next((x for x in inked if x > end), None)
    return labels if start is None else []


def _end_of_label(inked: Sequence[int], expected: float) -> int:
    """Return the last column of ink before a gap between letters, next to the place where a label should end."""
    ends = [before for before, after in pairwise(inked) if after - before > 1] + [inked[-1]]
    return min(ends, key=lambda end: abs(end - expected))


# --- names that touch -------------------------------------------------------------------------------------------


def split_touching_names(image: PILImage.Image, quad: Quad) -> list[tuple[Quad, bool]]:
    """Return the names in a line below an axis that touch or cover each other, and whether each stands apart.

    No gap tells where such names end, but what they name does: a tick mark, a grid line or a bar is above the middle
    of each. Half of a name tells where the other half ends.
    """
    inked, height = _inked_columns(image, quad), _height(quad)
    places = _places_above(image, quad, inked) if inked else []
    if len(places) < 2:
        return []
    halves: list[list[float]] = [[] for _ in places]
    halves[0].append(places[0] - inked[0])
    halves[-1].append(inked[-1] - places[-1])
    for before, after in pairwise(inked):
        number = sum(place < (before + after) / 2 for place in places)
        if after - before > _GAPS[-1] * height and 0 < number < len(places):
            halves[number - 1].append(before - places[number - 1])
            halves[number].append(places[number] - after)
    step = (places[-1] - places[0]) / (len(places) - 1)
    return [
        (
            _around(quad, place, max(known, default=step / 2)),
            len(known) > 1 and abs(known[0] - known[1]) < _UNEVEN * height,
        )
        for place, known in zip(places, halves, strict=True)
    ]


def _around(quad: Quad, place: float, half: float) -> Quad:
    """Return the part of a line that reaches equally far to both sides of a place."""
    width = _width(quad)
    return slice_quad(quad, (place - half) / width, (place + half + 1) / width)


def _places_above(image: PILImage.Image, quad: Quad, inked: Sequence[int]) -> Sequence[float]:
    """Return the places of what the names in a line stand for: at even distances, three of them or more seen.

    The line may be a part of the row, so its places may be few. The gaps between bars may look like grid lines: the
    first name and the last one reach about equally far.
    """
    left, top, right, bottom = bounding_box(quad)
    if places := _even_places(image, quad, inked):
        return places
    row = _even_places(image, box_quad(0, top, image.width, bottom), [left + column for column in inked])
    return [place - left for place in row if left < place < right]


def _even_places(image: PILImage.Image, quad: Quad, inked: Sequence[int]) -> Sequence[float]:
    """Return the places of tick marks, or else of bars, cells or grid lines above a line."""
    width, height = _width(quad), _height(quad)
    ways = []
    for find in (_marks_above, _bars_above, _cells_above, _grid_lines_above):
        seen = _without_sides(find(image, quad)) if find is not _cells_above else find(image, quad)
        places = _with_missing(seen, width, height) if len(seen) >= _FEWEST_MARKS else []
        if places and _are_even(places, height):
            ways.append(places)
        if ways and find is _marks_above:
            break
    return min(ways, key=lambda places: abs(places[0] - inked[0] + places[-1] - inked[-1]), default=[])


def _with_missing(places: Sequence[float], width: float, height: float) -> list[float]:
    """Return places with those between them, and before and after them, where something is missing: a bar of zero."""
    step = min(after - before for before, after in pairwise(places))
    if step < height:
        return []
    parts = [(before, after, round((after - before) / step)) for before, after in pairwise(places)]
    found = [before + (after - before) * part / count for before, after, count in parts for part in range(count)]
    found.append(places[-1])
    step = (found[-1] - found[0]) / (len(found) - 1)
    before = min(_MISSING, int(max(0.0, found[0] - height / 2) / step))
    after = min(_MISSING, int(max(0.0, width - height / 2 - found[-1]) / step))
    return [found[0] + step * number for number in range(-before, len(found) + after)]


_MISSING = 1
"""So many of the first, or of the last, may have nothing above them; the names beside axes have nothing either."""


def _bars_above(image: PILImage.Image, quad: Quad) -> list[float]:
    """Return the middles of the bars above a line: columns of one colour and one width."""
    import numpy as np

    left, top, right, _ = bounding_box(quad)
    strip = np.asarray(image.crop((left, max(0, top - _HIGH * _height(quad)), right, top)), np.int32)
    colours = strip @ np.array((65536, 256, 1))
    found: list[float] = []
    values, counts = np.unique(colours, return_counts=True)
    for colour in values[np.argsort(-counts)][:_COLOURS]:
        columns = np.flatnonzero((colours == colour).sum(axis=0) > 1).tolist()
        bars = [(start, end) for start, end in _groups(columns, 1) if end - start > 2]
        widths = [end - start for start, end in bars]
        if len(bars) > len(found) and max(widths) - min(widths) <= 2 + 0.1 * max(widths):
            found = [(start + end) / 2 for start, end in bars]
    return found


def _cells_above(image: PILImage.Image, quad: Quad) -> list[float]:
    """Return the middles of the cells of a heat map above a line: between edges that most of its rows have."""
    import numpy as np

    left, top, right, _ = bounding_box(quad)
    strip = np.asarray(image.crop((left, max(0, top - _HIGH * _height(quad)), right, top)), np.int16)
    away = np.abs(strip[:, 2:] - strip[:, :-2]).max(axis=2) > _EDGE
    edges = [1 + (start + end) / 2 for start, end in _groups(np.flatnonzero(away.mean(axis=0) > 0.5).tolist(), 2)]
    return [(before + after) / 2 for before, after in pairwise(edges)]


_EDGE = 8
_HIGH, _COLOURS = 15, 3
"""Bars are looked for so many heights of a line above it; they have one of so many commonest colours."""
