"""Axes: frames with tick labels below them and on their left.

A frame alone is not enough: tables, boxes and photographs have frames as well. Distances are measured in line heights
of the text, so the size of the figure does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from vision_magic.engine.chart.frames import Frame
from vision_magic.engine.chart.ticks import TickFit, fit_ticks, number_of
from vision_magic.engine.reading import Text

__all__ = ["Axes", "TextPool", "find_axes", "fit_tick_texts", "frames_from_ticks", "largest_aligned"]


@dataclass(slots=True)
class TextPool:
    """The lines of text without a role; each gets only one role.

    Attributes
    ----------
    free : list of Text
        The lines of text without a role.
    line_height : float
        The usual height of a line of text (pixels).
    """

    free: list[Text]
    line_height: float

    def take(self, texts: Iterable[Text]) -> None:
        """Remove lines of text that were given a role."""
        for text in texts:
            self.free.remove(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """A frame, and the tick labels found below it and on its left."""

    frame: Frame
    x_ticks: tuple[Text, ...]
    y_ticks: tuple[Text, ...]
    x_fit: TickFit | None = None
    y_fit: TickFit | None = None

    @property
    def is_plot(self) -> bool:
        """Whether there are labels on both sides, and either numbers that agree or enough labels."""
        fewest, labels = min(len(self.x_ticks), len(self.y_ticks)), len(self.x_ticks) + len(self.y_ticks)
        numeric = self.x_fit is not None or self.y_fit is not None
        return fewest >= 2 and (numeric or fewest >= 3 or labels >= 7)

    @property
    def rank(self) -> tuple[int, int]:
        """The number of tick labels, then the area of the frame."""
        return len(self.x_ticks) + len(self.y_ticks), self.frame.area

    @property
    def ticks_bottom(self) -> int:
        """The lower end of the tick labels below the frame (pixels)."""
        return max((text.box[3] for text in self.x_ticks), default=self.frame.bottom)

    @property
    def ticks_left(self) -> int:
        """The left end of the tick labels on the left of the frame (pixels)."""
        return min((text.box[0] for text in self.y_ticks), default=self.frame.left)


def find_axes(frames: Sequence[Frame], pool: TextPool) -> list[Axes]:
    """Return the frames that are axes of a plot, and their siblings of the same size, in reading order."""
    candidates = sorted((_with_ticks(frame, pool) for frame in frames), key=lambda axes: axes.rank, reverse=True)
    chosen: list[Axes] = []
    for axes in candidates:
        if axes.is_plot and not any(_overlap(axes.frame, other.frame) for other in chosen):
            chosen.append(axes)
    for axes in candidates:  # panels that share the tick labels of a neighbour
        sibling = any(_are_siblings(axes.frame, other.frame) for other in chosen)
        if sibling and not any(_overlap(axes.frame, other.frame) for other in chosen):
            chosen.append(axes)
    return sorted(chosen, key=lambda axes: (round(axes.frame.top / (2 * pool.line_height)), axes.frame.left))


def _overlap(a: Frame, b: Frame) -> bool:
    across = min(a.right, b.right) - max(a.left, b.left)
    down = min(a.bottom, b.bottom) - max(a.top, b.top)
    return across > 0 and down > 0 and across * down > 0.1 * min(a.area, b.area)


def _are_siblings(a: Frame, b: Frame) -> bool:
    same_size = abs(a.width - b.width) <= 5 and abs(a.height - b.height) <= 5
    across = max(a.left, b.left) - min(a.right, b.right)
    down = max(a.top, b.top) - min(a.bottom, b.bottom)
    apart = max(across, down) > 8  # the cells of a grid touch, panels do not
    return same_size and apart and (abs(a.top - b.top) <= 5 or abs(a.left - b.left) <= 5)


def _with_ticks(frame: Frame, pool: TextPool) -> Axes:
    y_ticks = _column_beside(frame, pool)
    x_ticks = _row_below(frame, pool, y_ticks)
    return Axes(
        frame=frame,
        x_ticks=x_ticks,
        y_ticks=y_ticks,
        x_fit=fit_tick_texts(x_ticks, 0),
        y_fit=fit_tick_texts(y_ticks, 1),
    )


def fit_tick_texts(ticks: Sequence[Text], coordinate: int) -> TickFit | None:
    """Fit the numbers of tick labels to their centres: `coordinate` 0 is x, 1 is y."""
    return fit_ticks([text.text for text in ticks], [text.centre[coordinate] for text in ticks]) if ticks else None


def _row_below(frame: Frame, pool: TextPool, y_ticks: Sequence[Text]) -> tuple[Text, ...]:
    """Return the texts of the first row below a frame, from left to right."""
    line = pool.line_height
    near = [
        text
        for text in pool.free
        if text not in y_ticks
        and -0.25 * line <= text.box[1] - frame.bottom <= 2.2 * line
        and frame.left - 0.8 * line <= _tick_position(text, line) <= frame.right + 0.8 * line
    ]
    if not near:
        return ()
    near.sort(key=lambda text: text.box[1])  # of two rows with the same number of texts, the upper one is chosen
    row = largest_aligned(near, lambda text: text.box[1], 0.55 * line)
    lone = len(row) == 1 and number_of(row[0].text) is None
    return () if lone else tuple(sorted(row, key=lambda text: text.centre[0]))


def _tick_position(text: Text, line_height: float) -> float:
    """Return the x position that a tick label marks: its middle, or the right end of a slanted one."""
    slanted = not text.rotated and text.box[3] - text.box[1] > 1.8 * line_height
    return text.box[2] if slanted else text.centre[0]


def _column_beside(frame: Frame, pool: TextPool) -> tuple[Text, ...]:
    """Return the texts of the first column on the left of a frame, from the bottom up."""
    line = pool.line_height
    near = [
        text
        for text in pool.free
        if not text.rotated
        and -0.6 * line <= frame.left - text.box[2] <= 2.2 * line
        and frame.top - 0.6 * line <= text.centre[1] <= frame.bottom + 0.45 * line
    ]
    if not near:
        return ()
    edge = max(text.box[2] for text in near)
    column = [text for text in near if edge - text.box[2] <= 0.9 * line]
    lone = len(column) == 1 and number_of(column[0].text) is None
    return () if lone else tuple(sorted(column, key=lambda text: -text.centre[1]))


def frames_from_ticks(pool: TextPool) -> list[Frame]:
    """Return the frame that a column of numbers and a row of texts span, for plots without axis lines."""
    line = pool.line_height
    numbers = [text for text in pool.free if not text.rotated and number_of(text.text) is not None]
    column = largest_aligned(numbers, lambda text: text.box[2], 0.6 * line)
    row = largest_aligned([text for text in pool.free if text not in column], lambda text: text.box[1], 0.5 * line)
    if min(len(column), len(row)) < 3:
        return []
    left = max(text.box[2] for text in column) + round(0.4 * line)
    bottom = min(text.box[1] for text in row) - round(0.4 * line)
    top = round(min(text.centre[1] for text in column))
    right = round(max(text.centre[0] for text in row))
    frame = Frame(left=left, top=top, right=right, bottom=bottom)
    return [frame] if frame.width > 0 and frame.height > 0 else []


def largest_aligned(texts: Sequence[Text], edge: Callable[[Text], float], tolerance: float) -> list[Text]:
    """Return the largest group of texts whose edges agree within a tolerance (pixels)."""
    groups = [[text for text in texts if abs(edge(text) - edge(first)) <= tolerance] for first in texts]
    return max(groups, key=len, default=[])
