"""The ground of a plot: its colour, grid lines and tick marks inside the axes, and what texts and legends hide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from vision_magic.engine.chart.frames import Frame
from vision_magic.engine.chart.masks import opened
from vision_magic.engine.colours import commonest
from vision_magic.engine.pixels import RGB, Box

__all__ = ["SAME", "SPINE", "Inside", "look_inside"]

SPINE: Final = 3
"""Pixels next to the frame that belong to spines and inner tick marks."""

SAME: Final = 12
"""Two colours are the same when no channel differs by more (of 255)."""

_TICK: Final = 14
"""Tick marks inside the axes are shorter (pixels), and at most `_TICK_WIDTH` wide."""

_TICK_WIDTH: Final = 4
_BESIDE: Final = 3
"""Grid lines are seen from end to end in no more than as many rows on both sides of their middle."""

_WIDE: Final = 9
"""Lines are thinner than areas (pixels)."""

_LONG: Final = 9
"""A remnant of a grid line is at least this long (pixels)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """The inside of a pair of axes.

    Attributes
    ----------
    pixels : ndarray of int16, (height, width, 3)
        The part of the image inside the spines.
    whole : ndarray of uint8, (height, width, 3)
        The same part with the spines.
    left, top : int
        Where the first pixel of `pixels` is in the image.
    face : tuple of int
        The colour of the ground.
    ground : ndarray of bool, (height, width)
        Pixels of the ground, the grid and tick marks.
    rows, columns : ndarray of bool, (height, width)
        Pixels of level and of upright grid lines.
    hidden : ndarray of bool, (height, width)
        Pixels below texts and the legend, where nothing can be measured.
    written : ndarray of bool, (height, width)
        Those of them that are below texts.
    """

    pixels: Any
    whole: Any
    left: int
    top: int
    face: RGB
    ground: Any
    rows: Any
    columns: Any
    hidden: Any
    written: Any


def look_inside(
    pixels: Any,
    frame: Frame,
    hidden: Sequence[Box] = (),
    ticks: tuple[Sequence[float], Sequence[float]] = ((), ()),
    texts: Sequence[Box] = (),
) -> Inside:
    """Return the inside of a pair of axes, with its ground and grid.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    frame : Frame
        The axes.
    hidden : sequence of Box
        Boxes that hide everything, such as the legend (pixels of the image).
    ticks : tuple of two sequences of float
        The places of the tick marks of the x and y axes, where grid lines may be (pixels of the image).
    texts : sequence of Box
        Boxes of texts, between whose letters the ground is seen (pixels of the image).
    """
    import numpy as np

    left, top = max(0, frame.left + SPINE), max(0, frame.top + SPINE)
    part = pixels[top : max(top, frame.bottom - SPINE), left : max(left, frame.right - SPINE)].astype(np.int16)
    covered, written = (_covered(part.shape[:2], left, top, boxes) for boxes in (hidden, texts))
    face = _face(part, covered | written)
    ground = np.abs(part - np.array(face, np.int16)).max(axis=2, initial=0) <= SAME
    written &= ~opened(ground)
    rows, columns = _grid(part, ground, face, ([x - left for x in ticks[0]], [y - top for y in ticks[1]]))
    ground = ground | rows | columns
    ground |= _tick_marks(ground) | _spines(part, ground)
    return Inside(
        pixels=part,
        whole=pixels[frame.top : frame.bottom + 1, frame.left : frame.right + 1],
        left=left,
        top=top,
        face=face,
        ground=ground,
        rows=rows,
        columns=columns,
        hidden=covered | written,
        written=written & ~covered,
    )


def _covered(shape: tuple[int, int], left: int, top: int, boxes: Sequence[Box]) -> Any:
    import numpy as np

    covered = np.zeros(shape, bool)
    for x0, y0, x1, y1 in boxes:
        covered[max(0, y0 - top) : max(0, y1 - top), max(0, x0 - left) : max(0, x1 - left)] = True
    return covered


def _spines(part: Any, ground: Any) -> Any:
    """Return the pixels of grey lines along the sides, which are thicker than `SPINE`."""
    import numpy as np

    marks = np.zeros(ground.shape, bool)
    for seen, free, view in (
        (part, ground, marks),
        (part[::-1], ground[::-1], marks[::-1]),
        (part.transpose(1, 0, 2), ground.T, marks.T),
        (part.transpose(1, 0, 2)[::-1], ground.T[::-1], marks.T[::-1]),
    ):
        grey = (np.ptp(seen[: _TICK // 2], axis=2) < 24) & ~free[: _TICK // 2]
        full = (grey.mean(axis=1) > 0.7).tolist()
        depth = full.index(False) if False in full else 0
        view[:depth] |= grey[:depth]
    return marks


def _face(part: Any, covered: Any) -> RGB:
    """Return the colour of the ground: the commonest along the rim, where few marks are."""
    import numpy as np

    rim = np.zeros(covered.shape, bool)
    deep = max(3, min(covered.shape) // 30)
    rim[:deep] = rim[:, :deep] = rim[:, -deep:] = True
    rim &= ~covered
    colours = part[rim] if rim.any() else part.reshape(-1, 3)
    face = commonest(colours)
    if max(face) - min(face) > 90:  # marks along the sides; the ground is rarely so bright a colour
        pale = colours[np.ptp(colours, axis=1) < 40]
        if len(pale) > 0.08 * len(colours):
            return commonest(pale)
    return face


def _grid(part: Any, ground: Any, face: RGB, ticks: tuple[Sequence[float], Sequence[float]]) -> tuple[Any, Any]:
    """Return the pixels of level and of upright grid lines, and of the pieces of them between marks."""
    import numpy as np

    rows, columns = np.zeros(ground.shape, bool), np.zeros(ground.shape, bool)
    colours = _across(part.transpose(1, 0, 2), ground.T, columns.T, ticks[0], face)
    colours += _across(part, ground, rows, ticks[1], face)
    solid = _solid(~ground)
    _over_marks(part.transpose(1, 0, 2), solid.T, columns.T, ticks[0], face)
    _over_marks(part, solid, rows, ticks[1], face)
    for colour in set(colours):
        if colours.count(colour) >= 2:
            same = (np.abs(part - np.array(colour, np.int16)) <= 4).all(axis=2)
            rows |= _pieces(same, level=True)
            columns |= _pieces(same, level=False)
    return rows, columns


def _across(seen: Any, free: Any, view: Any, ticks: Sequence[float], face: RGB) -> list[RGB]:
    """Mark the rows of grid lines in `view` and return the colour of each; a single line is a mark of its own."""
    import numpy as np

    filled = (~free).mean(axis=1)
    near_tick = np.zeros(len(filled), bool)
    for tick in ticks:
        near_tick[max(0, round(tick) - 1) : max(0, round(tick) + 2)] = True
    found: list[tuple[int, RGB, Any]] = []
    for row in np.flatnonzero((filled > 0.45) | (near_tick & (filled > 0.12))).tolist():
        colour = commonest(seen[row][~free[row]])
        same = (np.abs(seen[row] - np.array(colour, np.int16)) <= SAME).all(axis=1) & ~free[row]
        end = max(4, len(same) // 40)
        parts = np.array_split(same, 10)
        spread = sum(bool(one.any()) for one in parts) >= (7 if near_tick[row] else 9)
        # A line runs from end to end; the top of a wide bar does not.
        through = bool(same[:end].any()) and bool(same[-end:].any())
        if spread and through and _thickness(filled, row) <= 5 and same.mean() > (0.12 if near_tick[row] else 0.4):
            found.append((row, colour, same))
    lines = [group for group in _neighbours(found) if _is_grid(group, found, near_tick)]
    for group in lines:
        for row, _, same in group:
            view[row] |= same
        first, last = max(0, group[0][0] - 1), group[-1][0] + 2
        view[first:last] |= _is_pale(seen[first:last], face, group[0][1])
    return [colour for group in lines for _, colour, _ in group]


def _solid(drawn: Any) -> Any:
    """Return the areas of what is drawn that are wider and higher than lines."""
    import cv2
    import numpy as np

    return cv2.morphologyEx(drawn.astype(np.uint8), cv2.MORPH_OPEN, np.ones((_WIDE, _WIDE), np.uint8)) > 0


def _over_marks(seen: Any, solid: Any, view: Any, ticks: Sequence[float], face: RGB) -> None:
    """Mark the rows of grid lines that are drawn over marks: unlike what is on both sides of them, which is alike."""
    import numpy as np

    for tick in ticks:
        near = range(max(_BESIDE, round(tick) - 2), min(len(seen) - _BESIDE, round(tick) + 3))
        lines = [_line_over_marks(seen, solid, row, face) for row in near]
        row, line = max(zip(near, lines, strict=True), key=lambda pair: float(pair[1].mean()), default=(0, None))
        if line is None or line.mean() < 0.6:
            continue
        for other in range(row - _BESIDE + 1, row + _BESIDE):
            view[other] |= line & (np.abs(seen[other] - seen[row - _BESIDE]).max(axis=1) > SAME // 2)


def _line_over_marks(seen: Any, solid: Any, row: int, face: RGB) -> Any:
    """Return where a row is of a grid line: grey on the ground, and unlike the marks on both sides of it."""
    import numpy as np

    unlike = _unlike(seen, row)
    free = np.abs(seen[row - _BESIDE] - np.array(face, np.int16)).max(axis=1) <= SAME
    end = max(4, len(unlike) // 40)
    clear = unlike & free
    over = unlike & solid[row - _BESIDE] & solid[row + _BESIDE]
    if over.mean() < 0.05 or not (clear[:end].any() or clear[-end:].any()):
        return np.zeros(len(unlike), bool)
    colour = commonest(seen[row][clear])
    if max(colour) - min(colour) >= 60:
        return np.zeros(len(unlike), bool)
    # A narrow bar is unlike its edges, too.
    mark = seen[row - _BESIDE]
    towards = ((seen[row] - mark) * (np.array(colour, np.int16) - mark)).sum(axis=1) > 0
    over &= towards
    return over | (clear & (np.abs(seen[row] - np.array(colour, np.int16)).max(axis=1) <= SAME))


def _unlike(seen: Any, row: int) -> Any:
    """Return where a row is unlike the rows on both sides of it, which are alike."""
    import numpy as np

    above, here, below = seen[row - _BESIDE], seen[row], seen[row + _BESIDE]
    alike = np.abs(above - below).max(axis=1) <= SAME
    unlike: Any = alike & (np.abs(here - above).max(axis=1) > SAME)
    return unlike


def _is_pale(pixels: Any, face: RGB, colour: RGB) -> Any:
    """Return which pixels are the ground or mixtures of it and the colour of a grid line."""
    import numpy as np

    away = pixels - np.array(face, np.int16)
    ray = np.array(colour, np.float32) - np.array(face, np.float32)
    share = away @ ray / max(1.0, float(ray @ ray))
    return (np.abs(away - share[..., None] * ray).max(axis=-1) <= SAME) & (share > -0.1) & (share < 1.1)


def _neighbours(found: Sequence[tuple[int, RGB, Any]]) -> list[list[tuple[int, RGB, Any]]]:
    """Return groups of adjacent rows, each one line."""
    groups: list[list[tuple[int, RGB, Any]]] = []
    for one in found:
        if groups and one[0] - groups[-1][-1][0] == 1:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _is_grid(group: Sequence[tuple[int, RGB, Any]], found: Sequence[tuple[int, RGB, Any]], near_tick: Any) -> bool:
    """Return whether a line is of the grid: grey or pale at a tick mark, or of the colour of other such lines."""
    strongest = max(group, key=lambda one: float(one[2].mean()))
    colour = strongest[1]
    at_tick = any(bool(near_tick[row]) for row, _, _ in group)
    if near_tick.any():
        return at_tick and max(colour) - min(colour) < 60
    rows = {row for row, _, _ in group}
    twins = [row for row, other, _ in found if row not in rows and _is_near(colour, other)]
    return len(twins) >= 1 or max(colour) - min(colour) < 20


def _is_near(a: RGB, b: RGB) -> bool:
    return all(abs(x - y) <= SAME for x, y in zip(a, b, strict=True))


def _thickness(filled: Any, row: int) -> int:
    """Return how many neighbouring rows are about as full as this one."""
    full = filled > 0.7 * filled[row]
    start = stop = row
    while start > 0 and full[start - 1]:
        start -= 1
    while stop < len(full) - 1 and full[stop + 1]:
        stop += 1
    return int(stop - start + 1)


def _pieces(mask: Any, *, level: bool) -> Any:
    """Return the thin straight pieces of a mask, level or upright."""
    import cv2
    import numpy as np

    image = mask.astype(np.uint8)
    thick = cv2.morphologyEx(image, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    long = cv2.morphologyEx(image, cv2.MORPH_OPEN, np.ones((1, _LONG) if level else (_LONG, 1), np.uint8))
    return (long > 0) & (thick == 0)


def _tick_marks(ground: Any) -> Any:
    """Return the pixels of short strokes that stand on the sides of the axes."""
    import cv2
    import numpy as np

    marks = np.zeros(ground.shape, bool)
    for view, free in (
        (marks, ground),
        (marks[::-1], ground[::-1]),
        (marks.T, ground.T),
        (marks.T[::-1], ground.T[::-1]),
    ):
        band = np.ascontiguousarray(~free[:_TICK]).astype(np.uint8)
        if band.shape[0] < _TICK:
            continue
        count, labels, stats, _ = cv2.connectedComponentsWithStats(band, connectivity=8)
        for number in range(1, count):
            _, top, width, height, _ = stats[number].tolist()
            if top == 0 and height < _TICK and width <= _TICK_WIDTH:
                view[:_TICK] |= labels == number
    return marks
