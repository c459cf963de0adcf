"""Axes: frames with tick labels below them and on their left.

A frame alone is not enough: tables, boxes and photographs have frames as well. Distances are measured in line heights
of the text, so the size of the figure does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from statistics import median

from vision_magic.engine.chart.frames import Frame
from vision_magic.engine.chart.superscripts import is_like_power
from vision_magic.engine.chart.ticks import TickFit, fit_ticks, number_of
from vision_magic.engine.texts import Text

__all__ = ["Axes", "TextPool", "column_right_of", "find_axes", "fit_tick_texts", "row_above", "tick_position"]


@dataclass(slots=True)
class TextPool:
    """The lines of text without a role; each gets only one role.

    Attributes
    ----------
    free : list of Text
        The lines of text without a role.
    line_height : float
        The usual height of a line of text (pixels).
    everything : tuple of Text
        All that was read.
    """

    free: list[Text]
    line_height: float
    everything: tuple[Text, ...] = ()

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
        numeric = self.x_fit is not None or self.y_fit is not None or self._has_powers
        return fewest >= 2 and (numeric or fewest >= 3 or labels >= 7)

    @property
    def _has_powers(self) -> bool:
        """Whether all labels may be powers of ten: whether their digits are raised is seen later."""
        return self.labels > MIN_NUMBERS and all(is_like_power(text.text) for text in (*self.x_ticks, *self.y_ticks))

    @property
    def labels(self) -> int:
        """The number of tick labels."""
        return len(self.x_ticks) + len(self.y_ticks)

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Whether it is a plot, the number of tick labels, and the area of the frame."""
        return self.is_plot, self.labels, self.frame.area

    @property
    def ticks_bottom(self) -> int:
        """The lower end of the tick labels below the frame (pixels)."""
        return max((text.box[3] for text in self.x_ticks), default=self.frame.bottom)

    @property
    def ticks_left(self) -> int:
        """The left end of the tick labels on the left of the frame (pixels)."""
        return min((text.box[0] for text in self.y_ticks), default=self.frame.left)


def find_axes(frames: Sequence[Frame], pool: TextPool) -> list[Axes]:
    """Return the frames that are axes of a plot, and their siblings of the same size, in reading order.

    Frames that only the tick labels span compete with those that are drawn: the ends of bars may look like a frame.
    """
    drawn = [_with_ticks(frame, pool) for frame in frames]
    spanned = [_with_ticks(frame, pool) for frame in frames_from_ticks(pool)]
    chosen = _chosen(drawn, pool)
    labels = sum(axes.labels for axes in chosen if axes.is_plot or axes.labels >= MIN_NUMBERS)
    better = [
        axes
        for axes in spanned
        if axes.is_plot
        and not _begins_again(axes.x_ticks)
        and (axes.labels > _CLEARLY_MORE * labels or (len(chosen) == 1 and _goes_on(axes, chosen[0])))
    ]
    if better:
        chosen = [max(better, key=lambda axes: axes.rank)]
    chosen = chosen or _with_one_scale(drawn, pool)
    return _in_reading_order(chosen, 2 * pool.line_height)


def _begins_again(ticks: Sequence[Text]) -> bool:
    """Return whether numbers are those of two panels: they begin again, and run in the same direction."""
    numbers = [number for text in ticks if (number := number_of(text.text)) is not None]
    first = next((n for n, number in enumerate(numbers) if number in numbers[:n]), 0)
    begin = numbers.index(numbers[first]) if first else 0
    period, again = first - begin, numbers[first:]
    if period < 2 or len(set(again) & set(numbers[:first])) < MIN_NUMBERS:
        return False
    return (again[1] > again[0]) == (numbers[begin + 1] > numbers[begin])


def _in_reading_order(all_axes: Sequence[Axes], apart: float) -> list[Axes]:
    """Return the axes row by row; those of a row have their upper ends less than `apart` pixels from each other."""
    rows: list[list[Axes]] = []
    for axes in sorted(all_axes, key=lambda axes: axes.frame.top):
        if rows and axes.frame.top - rows[-1][0].frame.top < apart:
            rows[-1].append(axes)
        else:
            rows.append([axes])
    return [axes for row in rows for axes in sorted(row, key=lambda axes: axes.frame.left)]


def _goes_on(axes: Axes, drawn: Axes) -> bool:
    """Return whether the scale on the left goes on beyond a frame: its upper side is the end of a bar."""
    if axes.y_fit is None or drawn.y_fit is None or axes.y_fit.agreeing < len(axes.y_ticks):
        return False
    return set(axes.y_ticks) > set(drawn.y_ticks) and set(axes.x_ticks) >= set(drawn.x_ticks)


def _with_one_scale(drawn: Sequence[Axes], pool: TextPool) -> list[Axes]:
    """Return the axes with a scale on the left whose labels below were not read one by one."""
    candidates = [
        axes
        for axes in drawn
        if axes.y_fit is not None
        and axes.y_fit.agreeing == len(axes.y_ticks) >= _ENOUGH_ALONE
        and _has_line_below(axes.frame, pool)
    ]
    return [max(candidates, key=lambda axes: axes.rank)] if candidates else []


_ENOUGH_ALONE = 4
"""A scale on the left with so many numbers makes a frame axes, even if the labels below were not read."""


def _has_line_below(frame: Frame, pool: TextPool) -> bool:
    line = pool.line_height
    return any(
        -0.25 * line <= text.box[1] - frame.bottom <= 2.2 * line
        and (text.slant != 0 or text.box[2] - text.box[0] > 0.5 * frame.width)
        for text in pool.free
    )


_CLEARLY_MORE = 1.2
"""A frame that only labels span has to have so many times as many labels as the drawn ones together."""


def _with_true_top(axes: Axes, others: Sequence[Axes], pool: TextPool) -> Axes:
    """Return the axes without what a tick mark, a digit or a title adds to the upper end of one of its sides."""
    titles = [text.box[3] - axes.frame.top for text in pool.free if _is_across_top(text, axes.frame)]
    reach = max([0.5 * pool.line_height, *(end + 0.35 * pool.line_height for end in titles)])  # a bar may end below
    lower = [
        other
        for other in others
        if other.labels == axes.labels
        and max(abs(a - b) for a, b in zip(other.frame.sides[::2], axes.frame.sides[::2], strict=True)) <= 5
        and abs(other.frame.bottom - axes.frame.bottom) <= 3
        and axes.frame.top < other.frame.top < axes.frame.top + reach
        and not _is_top_of_bar(other.frame, others)
    ]
    return max(lower, key=lambda other: other.frame.top, default=axes)


def _is_top_of_bar(frame: Frame, others: Sequence[Axes]) -> bool:
    """Return whether the top of a frame is that of a narrow one inside it."""
    return any(
        abs(other.frame.top - frame.top) <= 2
        and other.frame.width < 0.5 * frame.width
        and frame.left - 2 <= other.frame.left <= other.frame.right <= frame.right + 2
        for other in others
    )


def _is_across_top(text: Text, frame: Frame) -> bool:
    """Return whether a text of several letters stands on both sides of the upper end of a frame."""
    inside = frame.left < text.centre[0] < frame.right and not text.rotated and len(text.text) > 2
    return inside and text.box[1] < frame.top < text.box[3] - 0.2 * text.height


def _chosen(axes_of_frames: Sequence[Axes], pool: TextPool) -> list[Axes]:
    def rank(axes: Axes) -> tuple[bool, int, int, int]:
        panels = sum(_are_siblings(axes.frame, other.frame) for other in level)
        is_plot, labels, area = axes.rank
        return is_plot, labels, panels, area

    level = [axes for axes in axes_of_frames if len(axes.x_ticks) >= MIN_NUMBERS]
    candidates = sorted(axes_of_frames, key=rank, reverse=True)
    chosen: list[Axes] = []
    for axes in candidates:
        if (
            axes.is_plot
            and not (_begins_again(axes.x_ticks) or _begins_again(axes.y_ticks))
            and not _is_around_panels(axes, candidates)
            and not any(_overlap(axes.frame, other.frame) for other in chosen)
        ):
            chosen.append(_with_true_top(axes, candidates, pool))
    for axes in candidates:  # panels that share the tick labels of a neighbour
        sibling = any(_are_siblings(axes.frame, other.frame) for other in chosen)
        if sibling and not any(_overlap(axes.frame, other.frame) for other in chosen):
            chosen.append(axes)
    return chosen


def _is_around_panels(axes: Axes, others: Sequence[Axes]) -> bool:
    """Return whether the labels of a side are no scale, and those of two frames inside it are one each."""
    if axes.x_fit is not None and axes.y_fit is not None:
        return False
    inner = [
        other
        for other in others
        if other.is_plot and other.labels < axes.labels and other.x_fit is not None and other.y_fit is not None
        if axes.frame.contains(*other.frame.sides[:2]) and axes.frame.contains(*other.frame.sides[2:])
    ]
    return any(not _overlap(one.frame, other.frame) for one, other in combinations(inner, 2))


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
    if len(y_ticks) > 1 and x_ticks and _goes_on_beside(x_ticks, y_ticks, pool):
        x_ticks = ()  # the row is printed inside the axes
    return Axes(
        frame=frame,
        x_ticks=x_ticks,
        y_ticks=y_ticks,
        x_fit=fit_tick_texts(x_ticks, 0),
        y_fit=fit_tick_texts(y_ticks, 1),
    )


def _goes_on_beside(row: Sequence[Text], column: Sequence[Text], pool: TextPool) -> bool:
    """Return whether the next label of a column stands at its place beside a row."""
    line = pool.line_height
    centres = [text.centre[1] for text in column]
    spacing = median(before - after for before, after in pairwise(centres))
    edge, level = max(text.box[2] for text in column), median(text.centre[1] for text in row)
    return abs(level - max(centres) - spacing) <= 0.4 * line and any(
        text not in row
        and not text.rotated
        and abs(text.box[2] - edge) <= 0.6 * line
        and abs(text.centre[1] - level) <= 0.4 * line
        for text in pool.free
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
        and text.box[1] - frame.bottom <= 2.2 * line
        # The box of a label in the corner may reach up to one of the other axis.
        and (text.box[1] - frame.bottom >= -0.25 * line or text.centre[1] - frame.bottom >= 0.35 * line)
        and any(
            frame.left - 0.8 * line <= place <= frame.right + 0.8 * line
            for place in (tick_position(text, line), text.centre[0])
        )
    ]
    return _row(near, line, lambda text: text.box[1])


def row_above(frame: Frame, pool: TextPool) -> tuple[Text, ...]:
    """Return the numbers of the first row above a frame, from left to right: the labels of a top axis."""
    line = pool.line_height
    near = [
        text
        for text in pool.free
        if not text.rotated
        and -0.35 * line <= frame.top - text.box[3] <= 1.6 * line
        and frame.left - 0.8 * line <= text.centre[0] <= frame.right + 0.8 * line
        and number_of(text.text) is not None
    ]
    row = _row(near, line, lambda text: -text.box[3])
    return row if len(row) >= MIN_NUMBERS and fit_tick_texts(row, 0) is not None else ()


MIN_NUMBERS = 3
"""An axis on the right or above has at least this many numbers."""


def _row(near: list[Text], line: float, edge: Callable[[Text], float]) -> tuple[Text, ...]:
    if not near:
        return ()
    near.sort(key=edge)  # of two rows with the same number of texts, the one next to the frame is chosen
    row = _without_words(largest_aligned(near, edge, 0.55 * line))
    lone = len(row) == 1 and number_of(row[0].text) is None
    return () if lone else tuple(sorted(row, key=lambda text: text.centre[0]))


def _without_words(row: list[Text]) -> list[Text]:
    """Return a row of numbers without an axis label that is close to them."""
    numbers = [text for text in row if number_of(text.text) is not None]
    if len(numbers) < MIN_NUMBERS or len(numbers) < 0.7 * len(row):
        return row
    return [text for text in row if sum(letter.isalpha() for letter in text.text) < 4 or text in numbers]


def tick_position(text: Text, line_height: float) -> float:
    """Return the x position that a tick label marks: its middle, or the upper end of a slanted one."""
    if text.slant:
        return text.box[2] if text.slant > 0 else text.box[0]
    slanted = not text.rotated and text.lines == 1 and text.box[3] - text.box[1] > 1.8 * line_height
    return text.box[2] if slanted else text.centre[0]


def _column_beside(frame: Frame, pool: TextPool) -> tuple[Text, ...]:
    """Return the texts of the first column on the left of a frame, from the bottom up."""
    line = pool.line_height
    near = [
        text
        for text in pool.free
        if not text.rotated
        and not text.slant
        and -0.6 * line <= frame.left - text.box[2] <= 2.2 * line
        and frame.top - 0.6 * line <= text.centre[1] <= frame.bottom + 0.45 * line
        and not _is_beyond_corner(text, frame, line)
    ]
    if not near:
        return ()
    edge = max(text.box[2] for text in near)
    column = [text for text in near if edge - text.box[2] <= 0.9 * line]
    lone = len(column) == 1 and number_of(column[0].text) is None
    return () if lone else tuple(sorted(column, key=lambda text: -text.centre[1]))


def _is_beyond_corner(text: Text, frame: Frame, line: float) -> bool:
    """Return whether a text stands below or above a left corner: the first label of another axis."""
    beyond = text.centre[1] > frame.bottom + 0.2 * line or text.centre[1] < frame.top - 0.2 * line
    return beyond and text.box[2] > frame.left - 0.1 * line


def column_right_of(frame: Frame, pool: TextPool, reach: float) -> tuple[Text, ...]:
    """Return the column of numbers on the right of a frame, at most `reach` pixels away, from the bottom up."""
    line = pool.line_height
    near = [
        text
        for text in pool.free
        if -0.4 * line <= text.box[0] - frame.right <= reach
        and not text.rotated
        and not text.slant
        and frame.top - line <= text.centre[1] <= frame.bottom + 0.6 * line
        and number_of(text.text.lstrip("-–—_ ")) is not None
    ]
    column = largest_aligned(near, lambda text: text.box[0], 0.8 * line)
    return tuple(sorted(column, key=lambda text: -text.centre[1]))


def frames_from_ticks(pool: TextPool) -> list[Frame]:
    """Return the frames that a column and a row of labels span, one of them numbers, for plots without axis lines."""
    line = pool.line_height
    level = [text for text in pool.free if not text.rotated]
    numbers = [text for text in level if number_of(text.text) is not None]
    frames = []
    names = [text for text in level if text not in numbers]
    for columns, rows in ((numbers, pool.free), (names, numbers)):
        row, column = _row_and_column(rows, columns, line)
        if not row:
            continue
        left = max(text.box[2] for text in column) + round(0.4 * line)
        bottom = min(text.box[1] for text in row) - round(0.2 * line)
        top = round(min(text.centre[1] for text in column)) - (0 if columns is numbers else round(0.8 * line))
        places = sorted(tick_position(text, line) for text in row)
        right = round(places[-1] + _room_beyond(places, left))
        frame = Frame(left=left, top=max(0, top), right=right, bottom=bottom)
        if frame.width > 4 * line and frame.height > 4 * line:
            frames.append(frame)
    return frames


def _row_and_column(rows: Sequence[Text], columns: Sequence[Text], line: float) -> tuple[list[Text], list[Text]]:
    """Return the highest row of labels with a column of others on its left; empty if there is none.

    A row beside or above a label of the column is inside the axes: values printed at bars.
    """
    left = list(rows)
    found: list[tuple[list[Text], list[Text]]] = []
    while len(left) >= 2:
        group = largest_aligned(left, lambda text: text.box[1], 0.5 * line)
        left = [text for text in left if text not in group]
        row = _level_with(group, line)
        if len(row) < 2 or (found and len(row) < MIN_NUMBERS):
            continue
        column = _column_left_of(row, columns, line)
        enough = len(column) >= (MIN_NUMBERS if len(row) >= MIN_NUMBERS else _ENOUGH_ALONE)
        is_axis = enough and not _is_inside(row, column, columns, line) and _is_at_end(row, column, line)
        if is_axis and not _is_row_of_table(row, [*rows, *columns], line):
            found.append((row, column))
    # A legend may stand below the labels, and values printed at bars above them.
    return min(found, key=lambda pair: (not _has_scale(*pair), pair[0][0].box[1]), default=([], []))


def _has_scale(row: Sequence[Text], column: Sequence[Text]) -> bool:
    """Return whether nearly all of the numbers of a row or a column agree with their places."""
    fits = ((fit_tick_texts(column, 1), len(column)), (fit_tick_texts(row, 0), len(row)))
    return any(fit is not None and fit.agreeing >= 0.8 * count for fit, count in fits)


def _column_left_of(row: Sequence[Text], columns: Sequence[Text], line: float) -> list[Text]:
    """Return the longest column of labels above a row on its left; the first text of a row may be something else."""
    column: list[Text] = []
    middle = median(text.centre[1] for text in row)
    for centre in sorted(text.centre[0] for text in row)[:2]:
        if len(column) < MIN_NUMBERS:
            # The label of zero stands below the axis, which the names beside it nearly touch.
            end = centre + 0.25 * line
            on_left = [text for text in columns if text.box[2] < end and text.centre[1] < middle - 0.3 * line]
            column = largest_aligned(on_left, lambda text: text.box[2], 0.6 * line)
    return column


def _is_row_of_table(row: Sequence[Text], texts: Sequence[Text], line: float) -> bool:
    """Return whether nearly every text of a row of numbers has another one right above it."""

    def has_above(text: Text) -> bool:
        return any(
            abs(other.centre[0] - text.centre[0]) <= 0.8 * line and 0 < text.box[1] - other.box[1] <= 2.5 * line
            for other in texts
        )

    numbers = sum(number_of(text.text) is not None for text in row)
    return numbers > 0.5 * len(row) and sum(map(has_above, row)) >= 0.8 * len(row)


def _level_with(row: Sequence[Text], line: float) -> list[Text]:
    """Return the texts of a row without those that only begin at the same height."""
    middle = median(text.centre[1] for text in row)
    return [text for text in row if abs(text.centre[1] - middle) <= 0.4 * line]


def _is_at_end(row: Sequence[Text], column: Sequence[Text], line: float) -> bool:
    """Return whether a row is next to the lowest label of a column, or that of one or two unread ones."""
    centres = sorted(text.centre[1] for text in column)
    spacing = median(after - before for before, after in pairwise(centres))
    return min(text.box[1] for text in row) - centres[-1] <= max(3 * line, 2.3 * spacing)


def _is_inside(row: Sequence[Text], column: Sequence[Text], columns: Sequence[Text], line: float) -> bool:
    """Return whether a column of labels goes on beside a row or below it."""
    centres = sorted(text.centre[1] for text in column)
    spacing = median(after - before for before, after in pairwise(centres))
    edge = max(text.box[2] for text in column)
    return any(
        text not in column
        and abs(text.box[2] - edge) <= 0.6 * line
        and 0 < text.centre[1] - centres[-1] <= 1.5 * spacing
        and text.centre[1] >= median(other.centre[1] for other in row) - 0.3 * line
        for text in columns
    )


def _room_beyond(places: Sequence[float], left: float) -> float:
    """Return how far axes reach beyond the last label: as far as before the first, at most half of a step."""
    step = (places[-1] - places[0]) / (len(places) - 1)
    return max(0.0, min(places[0] - left, step / 2))


def largest_aligned(texts: Sequence[Text], edge: Callable[[Text], float], tolerance: float) -> list[Text]:
    """Return the largest group of texts whose edges agree within a tolerance (pixels)."""
    groups = [[text for text in texts if abs(edge(text) - edge(first)) <= tolerance] for first in texts]
    return max(groups, key=len, default=[])
