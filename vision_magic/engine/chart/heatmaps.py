"""Heat maps: an even grid of cells of one colour each, read from printed numbers or against the colour bar."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from vision_magic.engine.chart.calibrate import Calibration
from vision_magic.engine.chart.data import Series, WhyNot
from vision_magic.engine.chart.plot import Axis, Panel
from vision_magic.engine.chart.ticks import number_of
from vision_magic.engine.colours import codes_of, rgb_of
from vision_magic.engine.reading import Text

__all__ = ["find_heat_map"]

_MOST_CELLS: Final = 60
_UNIFORM: Final = 0.35
"""The commonest colour of a cell covers at least this share of it; the rest is a number."""

_CLOSE: Final = 8.0
"""A colour belongs to the colour bar when it is no further from the nearest one in it."""


_OUTLINE: Final = 5
"""The outline of a colour bar hides at most as many of its rows."""

_OFF: Final = 0.06
"""The edges between cells are so far from their places at most (cells): the frame is found on its outline."""

_SLOPE: Final = 8
"""As many rows show how the colour changes at an end of the colour bar."""


def find_heat_map(pixels: Any, panel: Panel, texts: Sequence[Text]) -> list[Series]:
    """Return the rows of a heat map as series; none if the axes hold no cells.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    panel : Panel
        The axes.
    texts : sequence of Text
        The texts that were read.
    """
    frame = panel.frame
    columns = _count(pixels, panel, along_x=True)
    rows = _count(pixels, panel, along_x=False)
    if not columns or not rows or columns * rows < 4:
        return []
    cells = _cells(pixels, panel, rows, columns)
    if cells is None:
        return []
    numbers = _numbers(panel, texts, rows, columns)
    calibration = panel.colour_bar.calibration if panel.colour_bar is not None else None
    bar = _bar(pixels, panel) if calibration is not None else None
    names = [_name(panel.y, frame.top + (row + 0.5) * frame.height / rows, row) for row in range(rows)]
    places = [_name(panel.x, frame.left + (c + 0.5) * frame.width / columns, c) for c in range(columns)]
    # Two names that were read as one would be given to a single column.
    unclear = any(axis.kind == "labels" and not axis.complete for axis in (panel.x, panel.y))
    found = []
    for row in range(rows):
        printed = [numbers.get((row, column)) for column in range(columns)]
        y: list[float]
        if all(value is not None for value in printed):
            y, source, why_not, sigma = [float(value or 0.0) for value in printed], "printed", "", 0.0
        elif bar is not None and calibration is not None:
            y = [_value(cells[row, column], bar, calibration) for column in range(columns)]
            source, sigma = "pixels", 2 * calibration.sigma
            why_not = calibration.why_not or (WhyNot.COLOUR_UNKNOWN if any(map(math.isnan, y)) else "")
        else:
            y, source, sigma = [math.nan] * columns, "pixels", 0.0
            why_not = WhyNot.COLOUR_BAR_UNREAD
        if unclear or len(set(places)) < columns or len(set(names)) < rows:
            why_not = why_not or WhyNot.CELLS_UNCLEAR
        found.append(
            Series(
                name=names[row],
                kind="heat map",
                x=tuple(places),
                y=tuple(y),
                sigma=sigma,
                source="printed" if source == "printed" else "pixels",
                sure=not why_not,
                why_not=why_not,
            )
        )
    return found


def _count(pixels: Any, panel: Panel, *, along_x: bool) -> int:
    """Return the number of cells along an axis, by the edges between them; 0 if there is no even grid."""
    import numpy as np

    frame = panel.frame
    part = pixels[frame.top + 3 : frame.bottom - 2, frame.left + 3 : frame.right - 2].astype(np.int16)
    if not along_x:
        part = part.transpose(1, 0, 2)
    if part.shape[1] < 12 or part.shape[0] < 4:
        return 0
    step = (np.abs(np.diff(part, axis=1)).max(axis=2) > 5).mean(axis=0)
    length = frame.width if along_x else frame.height
    edges = np.flatnonzero(step > 0.6)
    edges = edges[(edges > 3) & (edges < len(step) - 4)]
    if not len(edges):
        return 0
    for count in range(2, _MOST_CELLS):
        size = length / count
        if size < 5:
            break
        places = (edges + 3.5) / size
        fits = np.abs(places - np.rint(places)) * size <= max(2.0, min(4.0, _OFF * size))
        seen = {round(place) for place in places[fits].tolist()} & set(range(1, count))
        if fits.mean() >= 0.9 and len(seen) >= 0.75 * (count - 1):
            return count
    return 0


def _cells(pixels: Any, panel: Panel, rows: int, columns: int) -> Any:
    """Return the colour of each cell; None if they are not of one colour each, or all of few colours."""
    import numpy as np

    frame = panel.frame
    colours = np.zeros((rows, columns, 3), np.float32)
    uniform = 0
    for row in range(rows):
        for column in range(columns):
            top, bottom = (frame.top + (row + share) * frame.height / rows for share in (0.15, 0.85))
            left, right = (frame.left + (column + share) * frame.width / columns for share in (0.15, 0.85))
            part = pixels[round(top) : round(bottom) + 1, round(left) : round(right) + 1]
            values, counts = np.unique(codes_of(part), return_counts=True)
            colours[row, column] = rgb_of(int(values[counts.argmax()]))
            uniform += counts.max() >= _UNIFORM * counts.sum()
    distinct = len(np.unique(colours.reshape(-1, 3), axis=0))
    if uniform < 0.9 * rows * columns or distinct < max(3, 0.25 * rows * columns):
        return None
    return colours


def _numbers(panel: Panel, texts: Sequence[Text], rows: int, columns: int) -> dict[tuple[int, int], float]:
    """Return the number printed in each cell that has one."""
    frame = panel.frame
    found: dict[tuple[int, int], float] = {}
    for text in texts:
        x, y = text.centre
        if not frame.contains(x, y):
            continue
        value = number_of(text.text)
        if value is not None:
            row = min(rows - 1, int((y - frame.top) / frame.height * rows))
            column = min(columns - 1, int((x - frame.left) / frame.width * columns))
            found[row, column] = float(value)
    return found


def _name(axis: Axis, place: float, number: int) -> str:
    """Return the tick label of a cell, or its number."""
    if axis.places:
        nearest = min(range(len(axis.places)), key=lambda one: abs(axis.places[one] - place))
        spacing = abs(axis.places[-1] - axis.places[0]) / max(1, len(axis.places) - 1) or 50.0
        if abs(axis.places[nearest] - place) <= 0.35 * spacing:
            return axis.ticks[nearest]
    return str(number + 1)


def _bar(pixels: Any, panel: Panel) -> tuple[Any, Any] | None:
    """Return the colours of the colour bar and their rows; None if it is not found on the right of the axes."""
    import numpy as np

    frame = panel.frame
    part = pixels[frame.top : frame.bottom + 1, frame.right + 4 :].astype(np.int16)
    if part.shape[1] < 4:
        return None
    codes = codes_of(part)
    counts = np.array([len(np.unique(codes[:, column])) for column in range(codes.shape[1])])
    same = (codes[:, 1:] == codes[:, :-1]).mean(axis=0)  # neighbouring columns of a colour bar are alike
    good = np.flatnonzero((counts[1:] >= 20) & (same > 0.9))
    if not len(good):
        return None
    runs = np.split(good, np.flatnonzero(np.diff(good) > 1) + 1)
    widest = max(runs, key=len)
    # The bar may be longer than the axes, whose cells are square.
    column = pixels[:, frame.right + 4 + int(widest[len(widest) // 2]) + 1].astype(np.int16)
    smooth = np.flatnonzero(np.abs(np.diff(column, axis=0)).max(axis=1) > 40)
    # Borders of the bar are large steps; the bar is the part between them that is longest beside the axes.
    bounds = [-1, *smooth.tolist(), len(column) - 1]
    start, stop = max(pairwise(bounds), key=lambda pair: min(pair[1], frame.bottom) - max(pair[0], frame.top - 1))
    rows = np.arange(start + 1, stop + 1)
    return column[rows].astype(np.float32), rows


def _value(colour: Any, bar: tuple[Any, Any], calibration: Calibration) -> float:
    """Return the value of a colour; NaN if it is not in the colour bar."""
    import numpy as np

    colours, rows = bar
    distance = np.linalg.norm(colours - colour, axis=1)
    nearest = float(distance.min())
    beyond = _beyond(colour, bar, calibration) if nearest > 1 else math.nan
    if nearest <= _CLOSE and math.isnan(beyond):
        return float(calibration.value(float(rows[distance <= nearest + 0.5].mean())))
    return beyond


def _beyond(colour: Any, bar: tuple[Any, Any], calibration: Calibration) -> float:
    """Return the value of a colour that lies below the outline at an end of the colour bar; NaN if it does not."""
    import numpy as np

    colours, rows = bar
    for end, inner, step in ((0, _SLOPE, -1), (-1, -1 - _SLOPE, 1)):
        if len(colours) <= 2 * _SLOPE:
            break
        change = (colours[end] - colours[inner]) / _SLOPE
        length = float(np.linalg.norm(change))
        ahead = float((colour - colours[end]) @ change) / max(1e-9, length**2)
        miss = float(np.linalg.norm(colour - colours[end] - ahead * change))
        if 0 < ahead <= _OUTLINE and miss <= _CLOSE:
            return float(calibration.value(float(rows[end]) + step * ahead))
    return math.nan
