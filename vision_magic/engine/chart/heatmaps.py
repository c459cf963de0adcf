"""Heat maps: an even grid of cells of one colour each, read from printed numbers or against the colour bar."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

from vision_magic.engine.chart.calibrate import Calibration
from vision_magic.engine.chart.data import Kind, Series, WhyNot
from vision_magic.engine.chart.frames import Frame
from vision_magic.engine.chart.plot import Axis, Panel
from vision_magic.engine.chart.ticks import number_of
from vision_magic.engine.colours import codes_of, commonest, rgb_of
from vision_magic.engine.texts import Text

__all__ = ["HeatMap", "find_heat_map"]

_MOST_CELLS: Final = 60
_UNIFORM: Final = 0.35
"""The commonest colour of a cell covers at least this share of it; the rest is a number."""

_CLOSE: Final = 8.0
"""A colour belongs to the colour bar when it is no further from the nearest one in it."""


_OUTLINE: Final = 5
"""The outline of a colour bar hides at most as many of its rows."""

_OFF_SIDE: Final = 5.0
_OFF_SHARE: Final = 0.15
"""The frame may be as much larger or smaller than the cells: tick marks are taken for its side (pixels, cells)."""

_CHANGES: Final = (0.6, 0.3)
"""At an edge between cells the colour changes along at least so much of it; many neighbours may be equal."""

_LINE: Final = 6
"""Lines between cells are at most this thick (pixels)."""

_OFF_EDGE: Final = 1.5
"""The edges of cells are no further from where they would be in an even grid (pixels)."""

_JOINED: Final = 0.7
"""Names of cells that were read as one text are as wide as this share of all cells."""

_AWAY: Final = 2.5
"""Names stand at most so far beside the cells (line heights)."""

_SLOPE: Final = 8
"""As many rows show how the colour changes at an end of the colour bar."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """The cells along an axis: where the first one begins, their size (pixels), and their number."""

    start: float
    size: float
    count: int

    @property
    def stop(self) -> float:
        return self.start + self.size * self.count

    def edge(self, number: float) -> float:
        """Return where the cell of a number begins; parts of cells are parts of a number."""
        return self.start + self.size * number

    def at(self, place: float) -> int | None:
        """Return the number of the cell at a place; None outside."""
        number = math.floor((place - self.start) / self.size)
        return number if 0 <= number < self.count else None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """A heat map: its rows, its cells' frame, and the axes with the names of the cells if these were not theirs."""

    series: tuple[Series, ...]
    frame: Frame
    x: Axis
    y: Axis


def find_heat_map(pixels: Any, panel: Panel, texts: Sequence[Text]) -> HeatMap | None:
    """Return the rows of a heat map as series; None if the axes hold no cells.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    panel : Panel
        The axes.
    texts : sequence of Text
        The texts that were read.
    """
    inner_columns, inner_rows = (_grid(pixels, panel, along_x=along_x) for along_x in (True, False))
    if inner_columns is None or inner_rows is None or inner_columns.count * inner_rows.count < 4:
        return None
    columns, rows = _grown(pixels, inner_columns, inner_rows)
    cells = _cells(pixels, rows, columns)
    if cells is None:
        return None
    # The frame of a map without spines may be a part of its cells, whose numbers were then taken for labels.
    x, y = panel.x, panel.y
    is_whole = (rows, columns) == (inner_rows, inner_columns)
    if not is_whole or not x.ticks:
        x = _axis_of_names(texts, columns, x, below=rows.stop)
        x = x if x.ticks else _axis_of_names(texts, columns, x, above=rows.start)
    if not is_whole or not y.ticks:
        y = _axis_of_names(texts, rows, y, left=columns.start)
    names = [_name(y, rows.edge(row + 0.5), row) for row in range(rows.count)]
    places = [_name(x, columns.edge(column + 0.5), column) for column in range(columns.count)]
    unclear = len(set(places)) < columns.count or len(set(names)) < rows.count
    # Two names that were read as one would be given to a single cell.
    some = any(
        axis.kind == "labels" and (not axis.complete or 0 < len(axis.ticks) < grid.count)
        for axis, grid in ((x, columns), (y, rows))
    )
    joined = not x.ticks and _has_joined_names(texts, columns, rows)
    why_not = WhyNot.CELLS_UNCLEAR if unclear or some or joined else ""
    numbers = _numbers(texts, rows, columns)
    calibration = panel.colour_bar.calibration if panel.colour_bar is not None else None
    bar = _bar(pixels, panel) if calibration is not None else None
    printed = [[numbers.get((row, column)) for column in range(columns.count)] for row in range(rows.count)]
    series = [
        replace(_row(printed[row], cells[row], bar, calibration), name=names[row], x=tuple(places))
        for row in range(rows.count)
    ]
    doubted = tuple(replace(one, sure=not (one.why_not or why_not), why_not=one.why_not or why_not) for one in series)
    sides = (columns.start, columns.stop, rows.start, rows.stop)
    left, right, top, bottom = map(round, sides)
    return HeatMap(series=doubted, x=x, y=y, frame=Frame(left=left, right=right, top=top, bottom=bottom))


def _row(printed: Sequence[float | None], cells: Any, bar: Any, scale: Calibration | None) -> Series:
    """Return the values of a row without their names: the printed ones, or those of the colour bar."""
    numbers = [value for value in printed if value is not None]
    kind: Kind = "heat map"
    x = tuple(str(number) for number in range(len(printed)))
    if len(numbers) == len(printed):
        return Series(kind=kind, x=x, y=tuple(numbers), source="printed")
    if bar is None or scale is None:
        y = tuple(math.nan if value is None else value for value in printed)
        return Series(kind=kind, x=x, y=y, sure=False, why_not=WhyNot.COLOUR_BAR_UNREAD)
    y = tuple(_value(cell, bar, scale) for cell in cells)
    why_not = scale.why_not or (WhyNot.COLOUR_UNKNOWN if any(map(math.isnan, y)) else "")
    return Series(kind=kind, x=x, y=y, sigma=2 * scale.sigma, sure=not why_not, why_not=why_not)


def _grid(pixels: Any, panel: Panel, *, along_x: bool) -> _Grid | None:
    """Return the cells along an axis, by the edges between them; None if there is no even grid."""
    import numpy as np

    frame = panel.frame
    part = pixels[frame.top + 3 : frame.bottom - 2, frame.left + 3 : frame.right - 2].astype(np.int16)
    if not along_x:
        part = part.transpose(1, 0, 2)
    if part.shape[1] < 12 or part.shape[0] < 4:
        return None
    step = (np.abs(np.diff(part, axis=1)).max(axis=2) > 5).mean(axis=0)
    first, last = (frame.left, frame.right) if along_x else (frame.top, frame.bottom)
    for least in _CHANGES:
        steep = np.flatnonzero(step > least)
        edges = _middles(steep[(steep > 3) & (steep < len(step) - 4)]) + first + 3.5
        if len(edges) and (found := _even(edges, first, last)) is not None:
            return found
    return None


def _even(edges: Any, first: float, last: float) -> _Grid | None:
    """Return the fewest cells between both sides that have these edges; None if they are not even."""
    import numpy as np

    for count in range(2, _MOST_CELLS):
        size = (last - first) / count
        if size < 5:
            break
        numbers = np.rint((edges - first) / size)
        seen = set(numbers.tolist()) & set(range(1, count))
        if len(seen) >= 0.75 * (count - 1) and (found := _fitted(edges, numbers, first, size)) is not None:
            start, size = found
            off = max(_OFF_SIDE, min(2 * _OFF_SIDE, _OFF_SHARE * size))
            if abs(start - first) <= off and abs(start + size * count - last) <= off:
                return _Grid(start, size, count)
    return None


def _middles(edges: Any) -> Any:
    """Return the middles of lines between cells in place of both of their sides."""
    import numpy as np

    gaps = np.diff(edges)
    if not len(gaps) or gaps.max() < 4 * _LINE:
        return edges.astype(float)
    groups = np.split(edges, np.flatnonzero(gaps > _LINE) + 1)
    return np.array([group.mean() for group in groups])


def _fitted(edges: Any, numbers: Any, first: float, size: float) -> tuple[float, float] | None:
    """Return start and size of the cells whose edges fit best; None if more than a few do not fit."""
    import numpy as np

    start = first
    if len(np.unique(numbers)) > 1:
        size, start = np.polyfit(numbers, edges, 1)
    fits = np.abs(edges - start - size * numbers) <= _OFF_EDGE
    return (float(start), float(size)) if fits.mean() >= 0.9 else None


def _grown(pixels: Any, columns: _Grid, rows: _Grid) -> tuple[_Grid, _Grid]:
    """Return the cells with those beyond the frame, which are as large and of one colour each."""
    height, width = pixels.shape[:2]

    def grown(grid: _Grid, across: _Grid, length: int, *, along_x: bool) -> _Grid:
        while grid.count < _MOST_CELLS:
            before, after = (
                place >= 0 and place + grid.size < length and _is_of_cells(pixels, place, grid.size, across, along_x)
                for place in (grid.start - grid.size, grid.stop)
            )
            if not before and not after:
                break
            grid = _Grid(grid.start - before * grid.size, grid.size, grid.count + before + after)
        return grid

    columns = grown(columns, rows, width, along_x=True)
    return columns, grown(rows, columns, height, along_x=False)


def _is_of_cells(pixels: Any, place: float, size: float, across: _Grid, along_x: bool) -> bool:
    """Return whether there is one more row or column of cells at a place, none of them in the colour of the rim."""
    import numpy as np

    rim = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    ground = np.array(commonest(rim), np.int16)
    colours = []
    for number in range(across.count):
        a, b = (round(place + share * size) for share in (0.12, 0.88))
        c, d = (round(across.edge(number + share)) for share in (0.12, 0.88))
        cell = pixels[c : d + 1, a : b + 1] if along_x else pixels[a : b + 1, c : d + 1]
        if not cell.size:
            return False
        colour = commonest(cell)
        same = (np.abs(cell.astype(np.int16) - np.array(colour, np.int16)).max(axis=2) <= 3).mean()
        if same < _UNIFORM or np.abs(ground - np.array(colour, np.int16)).max() <= 3:
            return False
        colours.append(colour)
    return len(set(colours)) > 1


def _axis_of_names(
    texts: Sequence[Text],
    cells: _Grid,
    axis: Axis,
    *,
    left: float | None = None,
    above: float | None = None,
    below: float | None = None,
) -> Axis:
    """Return the axis with the texts at one side of its cells as labels; those on the left from the bottom up."""
    found: dict[int, tuple[float, str, float]] = {}
    for text in texts:
        _, y0, x1, y1 = text.box
        place = text.centre[0] if left is None else text.centre[1]
        away = left - x1 if left is not None else above - y1 if above is not None else y0 - (below or 0.0)
        number = cells.at(place)
        if number is None or not -2 <= away <= _AWAY * text.height:
            continue
        if abs(cells.edge(number + 0.5) - place) <= 0.35 * cells.size and away < found.get(number, (math.inf,))[0]:
            found[number] = (away, text.text, place)
    order = sorted(found, reverse=left is not None)
    names, places = tuple(found[one][1] for one in order), tuple(found[one][2] for one in order)
    label = "" if axis.label in names else axis.label
    return replace(axis, label=label, ticks=names, places=places, kind="labels", calibration=None, complete=True)


def _has_joined_names(texts: Sequence[Text], columns: _Grid, rows: _Grid) -> bool:
    """Return whether a text that is nearly as wide as all cells lies next to them: their names, read as one."""
    for text in texts:
        x0, y0, x1, y1 = text.box
        away = min(abs(y0 - rows.stop), abs(rows.start - y1))
        if away <= 1.5 * text.height and x1 - x0 >= _JOINED * (columns.stop - columns.start):
            return True
    return False


def _cells(pixels: Any, rows: _Grid, columns: _Grid) -> Any:
    """Return the colour of each cell; None if they are not of one colour each, or all of few colours."""
    import numpy as np

    colours = np.zeros((rows.count, columns.count, 3), np.float32)
    uniform, count = 0, rows.count * columns.count
    for row in range(rows.count):
        for column in range(columns.count):
            top, bottom = (round(rows.edge(row + share)) for share in (0.15, 0.85))
            left, right = (round(columns.edge(column + share)) for share in (0.15, 0.85))
            part = pixels[top : bottom + 1, left : right + 1]
            values, counts = np.unique(codes_of(part), return_counts=True)
            colours[row, column] = rgb_of(int(values[counts.argmax()]))
            uniform += counts.max() >= _UNIFORM * counts.sum()
    distinct = len(np.unique(colours.reshape(-1, 3), axis=0))
    return None if uniform < 0.9 * count or distinct < max(3, 0.25 * count) else colours


def _numbers(texts: Sequence[Text], rows: _Grid, columns: _Grid) -> dict[tuple[int, int], float]:
    """Return the number printed in each cell that has one."""
    found: dict[tuple[int, int], float] = {}
    for text in texts:
        x, y = text.centre
        row, column, value = rows.at(y), columns.at(x), number_of(text.text)
        if row is not None and column is not None and value is not None:
            found[row, column] = float(value)
    return found


def _name(axis: Axis, place: float, number: int) -> str:
    """Return the tick label of a cell, or its number."""
    if axis.places:
        nearest = min(range(len(axis.places)), key=lambda one: abs(axis.places[one] - place))
        spacing = abs(axis.places[-1] - axis.places[0]) / max(1, len(axis.places) - 1) or 50.0
        if abs(axis.places[nearest] - place) <= 0.35 * spacing:
            return axis.ticks[nearest]
    if axis.calibration is not None and axis.calibration.scale == "linear":
        return f"{round(axis.calibration.value(place), 2):g}"
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
