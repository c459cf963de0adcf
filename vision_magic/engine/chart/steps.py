"""Steps of a layer: level pieces joined by upright ones, as step lines and outlines of histograms have."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from vision_magic.engine.chart.layers import Inside, Layer

__all__ = ["Steps", "find_steps", "level_pieces"]

_FEWEST: Final = 3
_LEVEL: Final = 0.85
"""Share of the columns in which a level piece must be seen."""

_PURE: Final = 0.85
"""Share of the pixels that must belong to level and upright pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The steps of a line.

    Attributes
    ----------
    levels : tuple of (left, right, y)
        The level pieces (pixels of the image).
    ends : tuple of float or None
        Where the upright pieces at the start and the end of the line end; None where there is none.
    to_ground : bool
        Whether the line comes up from the lower edge at its start and goes back to it at its end.
    width : float
        Its thickness (pixels).
    spikes : bool
        Whether some level pieces are too narrow to be seen.
    """

    levels: tuple[tuple[float, float, float], ...]
    ends: tuple[float | None, ...]
    to_ground: bool
    width: float
    spikes: bool = False


def find_steps(
    inside: Inside, layer: Layer, ground: float, found: Sequence[tuple[float, float, float]], width: float
) -> Steps | None:
    """Return the steps of a layer; None if it has none.

    Parameters
    ----------
    inside, layer
        The inside of the axes, and the layer.
    ground : float
        Where zero is, or the lower edge of the axes (pixels of the image).
    found : sequence of tuple of float
        The level pieces of the layer.
    width : float
        The thickness of its line (pixels).
    """
    import numpy as np

    image = layer.mask.astype(np.uint8)
    inked = np.flatnonzero(image.any(axis=0))
    wide = sum(right - left for left, right, _ in found)
    if len(found) < _FEWEST or wide < 0.7 * (inked[-1] - inked[0]) or not _are_joined(found, image, inside, width):
        return None
    ends = tuple(_end(image, inside, found[end], end, width) for end in (0, -1))
    lowest = [found[0][2] if ends[0] is None else ends[0], found[-1][2] if ends[1] is None else ends[1]]
    cut = found[0][0] - inside.left <= 3, inside.left + image.shape[1] - found[-1][1] <= 3  # by the sides of the axes
    down = all(end >= ground - 2 * width - 4 or off for end, off in zip(lowest, cut, strict=True)) and not all(cut)
    to_ground = down and all(y <= ground + 2 for _, _, y in found)
    return Steps(
        levels=tuple(_joined(found)),
        ends=ends,
        to_ground=to_ground,
        width=width,
        spikes=_has_spikes(found, image, inside, width) or _lacks_levels(found, inked + inside.left, width),
    )


def level_pieces(inside: Inside, layer: Layer, width: float) -> list[tuple[float, float, float]]:
    """Return the level pieces of a layer that has hardly anything but level and upright ones; else nothing."""
    import cv2
    import numpy as np

    image = layer.mask.astype(np.uint8)
    long = max(5, int(2.2 * width + 2)) | 1
    level = cv2.morphologyEx(image, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    upright = cv2.morphologyEx(image, cv2.MORPH_OPEN, np.ones((long, 1), np.uint8))
    columns = int(image.any(axis=0).sum())
    both = int(np.maximum(level, upright).sum())
    if columns < 8 or level.any(axis=0).sum() < _LEVEL * columns or both < _PURE * image.sum():
        return []
    return _levels(inside, layer, level & ~_thick(level, width), width)


def _thick(level: Any, width: float) -> Any:
    """Return what is thicker than a line."""
    import cv2
    import numpy as np

    tall = int(1.6 * width + 3)
    return cv2.morphologyEx(level, cv2.MORPH_OPEN, np.ones((tall, 1), np.uint8))


def _levels(inside: Inside, layer: Layer, level: Any, width: float) -> list[tuple[float, float, float]]:
    """Return the level pieces, from left to right."""
    import cv2
    import numpy as np

    count, _, stats, _ = cv2.connectedComponentsWithStats(level, connectivity=4)
    found = []
    for number in range(1, count):
        left, top, wide, high, _ = stats[number].tolist()
        if high > 1.3 * width + 1.6 or wide < 2:
            continue
        rows = slice(max(0, top - 1), top + high + 1)
        trim = min(int(width) + 1, (wide - 1) // 2)
        weights = layer.coverage[rows, left + trim : left + wide - trim].mean(axis=1)
        total = float(weights.sum())
        if total > 0:
            y = float((weights * np.arange(rows.start, rows.start + len(weights))).sum()) / total
            found.append((inside.left + left - 0.5, inside.left + left + wide - 0.5, inside.top + y))
    return sorted(found)


def _are_joined(found: Sequence[tuple[float, float, float]], image: Any, inside: Inside, width: float) -> bool:
    """Return whether most neighbours are joined by ink at one place; dashes and the tops of bars are not."""
    joined = jumps = pairs = 0
    for a, b in pairwise(found):
        if abs(a[1] - b[0]) > 3 * width + 3:
            continue
        pairs += 1
        jumps += abs(a[2] - b[2]) > width + 1
        column = round((a[1] + b[0]) / 2 - inside.left)
        low, high = sorted((round(a[2] - inside.top), round(b[2] - inside.top)))
        part = image[low : high + 1, max(0, column - int(width) - 2) : column + int(width) + 3]
        joined += bool(part.size and part.any(axis=1).mean() > 0.9)
    return pairs >= 2 and joined >= 0.7 * pairs and jumps >= max(2, 0.4 * pairs)


def _has_spikes(found: Sequence[tuple[float, float, float]], image: Any, inside: Inside, width: float) -> bool:
    """Return whether an upright piece goes beyond both of its level pieces: one between them is too narrow."""
    for a, b in pairwise(found):
        low, high = sorted((round(a[2] - inside.top), round(b[2] - inside.top)))
        start, stop = sorted((round(a[1] - inside.left), round(b[0] - inside.left)))
        for column in range(max(0, start - 1), min(image.shape[1], stop + 2)):
            beyond = max(low - _run(image, low, column, -1), _run(image, high, column, 1) - high)
            if beyond > width + 2:
                return True
    return False


def _run(image: Any, row: int, column: int, step: int) -> int:
    """Return the last row of the ink that goes on from a row of a column."""
    while 0 <= row + step < image.shape[0] and image[row + step, column]:
        row += step
    return row


def _lacks_levels(found: Sequence[tuple[float, float, float]], inked: Any, width: float) -> bool:
    """Return whether there are columns of ink without a level piece, as where steps are lower than a line is thick."""
    most = 3 * width + 3
    between = any(b[0] - a[1] > most for a, b in pairwise(found))
    return between or bool(found[0][0] - inked[0] > most or inked[-1] - found[-1][1] > most)


def _end(image: Any, inside: Inside, level: tuple[float, float, float], end: int, width: float) -> float | None:
    """Return the far end of an upright piece at the end of a level piece; None if there is none."""
    side = round((level[0] + width / 2 if end == 0 else level[1] - width / 2) - inside.left)
    row = min(max(round(level[2] - inside.top), 0), image.shape[0] - 1)
    best = float(row)
    for column in range(max(0, side - 1), min(image.shape[1], side + 2)):
        for step, stop in ((-1, -1), (1, image.shape[0])):
            place = row
            while place + step != stop and image[place + step, column]:
                place += step
            if abs(place - row) > abs(best - row):
                best = float(place)
    if abs(best - row) <= 1.2 * width + 1:
        return None
    return inside.top + best - math.copysign(width / 2 - 0.5, best - row)


def _joined(found: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Return level pieces that meet in the middle of the upright ones between them."""
    levels = [list(one) for one in found]
    for a, b in pairwise(levels):
        if abs(a[1] - b[0]) <= 12:
            a[1] = b[0] = (a[1] + b[0]) / 2
    return [(left, right, y) for left, right, y in levels if right > left]
