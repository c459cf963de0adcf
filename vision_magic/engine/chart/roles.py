"""Which text of a plot plays which part? Title, labels, ticks, legend and notes, from places alone.

A plot is claimed only where a frame is found with aligned tick labels below it and left of it. Distances are measured
in heights of a line of text, so the size of the figure does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from PIL import Image as PILImage

from vision_magic.engine.chart.frames import Frame, find_frames
from vision_magic.engine.chart.legend import Legend, find_legends
from vision_magic.engine.chart.ticks import Fit, digits_of, fit_ticks, number_of
from vision_magic.engine.measure import RGB
from vision_magic.engine.reading import Text

__all__ = ["Axis", "LegendEntry", "Panel", "Plot", "find_plot"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One axis: what stands beside it, as read.

    Attributes
    ----------
    label : str
        Empty where none was found.
    ticks : tuple of str
        The tick labels along the axis: from left to right, or from the bottom up.
    kind : {"linear", "log", "labels", "none"}
        Numbers that agree with their places, other labels, or no labels.
    offset : str
        What the numbers are to be multiplied with, as printed beside the axis: ``"1e6"``.
    """

    label: str = ""
    ticks: tuple[str, ...] = ()
    kind: str = "none"
    offset: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendEntry:
    """One entry of a legend: its text, and the colour of its sample."""

    text: str
    rgb: RGB


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One pair of axes and the texts that belong to it."""

    frame: Frame
    title: str = ""
    x: Axis = field(default_factory=Axis)
    y: Axis = field(default_factory=Axis)
    legend: tuple[LegendEntry, ...] = ()
    legend_title: str = ""
    colour_bar: Axis | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A picture of a plot.

    Attributes
    ----------
    panels : tuple of Panel
        One or more pairs of axes, in reading order.
    title : str
        A title over several panels; empty where there is none.
    x_label, y_label : str
        Labels that several panels share.
    other : tuple of str
        Texts that belong to no panel.
    """

    panels: tuple[Panel, ...]
    title: str = ""
    x_label: str = ""
    y_label: str = ""
    other: tuple[str, ...] = ()


@dataclass(slots=True)
class _Desk:
    """The texts that have no part yet. Each is given out once."""

    free: list[Text]
    line: float

    def take(self, texts: Iterable[Text]) -> None:
        for text in texts:
            self.free.remove(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seat:
    """A frame with the tick labels found at it."""

    frame: Frame
    below: tuple[Text, ...]
    beside: tuple[Text, ...]
    x_fit: Fit | None = None
    y_fit: Fit | None = None

    @property
    def is_plot(self) -> bool:
        """Whether it passes the gate: labels on two sides, and numbers that agree or enough labels."""
        fewest, labels = min(len(self.below), len(self.beside)), len(self.below) + len(self.beside)
        numeric = self.x_fit is not None or self.y_fit is not None
        return fewest >= 2 and (numeric or fewest >= 3 or labels >= 7)

    @property
    def weight(self) -> tuple[int, int]:
        return len(self.below) + len(self.beside), self.frame.area

    @property
    def floor(self) -> int:
        """Where the tick labels below end (pixels)."""
        return max((text.box[3] for text in self.below), default=self.frame.bottom)

    @property
    def wall(self) -> int:
        """Where the tick labels beside start (pixels)."""
        return min((text.box[0] for text in self.beside), default=self.frame.left)


def find_plot(picture: PILImage.Image, texts: Sequence[Text]) -> Plot | None:
    """Find the axes in a picture and give each text its part.

    Parameters
    ----------
    picture : PIL.Image.Image
        RGB.
    texts : sequence of Text
        What was read in it.

    Returns
    -------
    Plot or None
        None where no axes were found.
    """
    level = [text.height for text in texts if not text.rotated]
    if len(level) < 4:
        return None
    line = float(median(level))
    desk = _Desk(free=[text for text in texts if not _tick_mark(text, line)], line=line)
    frames = [frame for frame in find_frames(picture) if frame.area > 0.01 * picture.width * picture.height]
    seats = _seated(frames, desk) or _seated(_frames_from_ticks(desk), desk)
    if not seats:
        return None
    return _plot(picture, seats, desk)


def _tick_mark(text: Text, line: float) -> bool:
    """Return whether it is a tick mark that was read as a letter: thin, and much smaller than a line."""
    return text.text in ("1", "l", "I", "i", "T", "t") and text.height < 0.65 * line


def _seated(frames: Sequence[Frame], desk: _Desk) -> list[_Seat]:
    """Return the frames that are plots, and those of the same size beside them, in reading order."""
    seats = sorted((_seat(frame, desk) for frame in frames), key=lambda seat: seat.weight, reverse=True)
    chosen: list[_Seat] = []
    for seat in seats:
        if seat.is_plot and not any(_overlap(seat.frame, other.frame) for other in chosen):
            chosen.append(seat)
    for seat in seats:  # panels that share the tick labels of a neighbour
        sibling = any(_siblings(seat.frame, other.frame) for other in chosen)
        if sibling and not any(_overlap(seat.frame, other.frame) for other in chosen):
            chosen.append(seat)
    return sorted(chosen, key=lambda seat: (round(seat.frame.top / (2 * desk.line)), seat.frame.left))


def _overlap(a: Frame, b: Frame) -> bool:
    across = min(a.right, b.right) - max(a.left, b.left)
    down = min(a.bottom, b.bottom) - max(a.top, b.top)
    return across > 0 and down > 0 and across * down > 0.1 * min(a.area, b.area)


def _siblings(a: Frame, b: Frame) -> bool:
    same_size = abs(a.width - b.width) <= 5 and abs(a.height - b.height) <= 5
    across = max(a.left, b.left) - min(a.right, b.right)
    down = max(a.top, b.top) - min(a.bottom, b.bottom)
    apart = max(across, down) > 8  # the cells of a grid touch, panels do not
    return same_size and apart and (abs(a.top - b.top) <= 5 or abs(a.left - b.left) <= 5)


def _seat(frame: Frame, desk: _Desk) -> _Seat:
    beside = _column_beside(frame, desk)
    below = _row_below(frame, desk, beside)
    return _Seat(
        frame=frame,
        below=below,
        beside=beside,
        x_fit=_fit(below, 0),
        y_fit=_fit(beside, 1),
    )


def _fit(ticks: Sequence[Text], axis: int) -> Fit | None:
    return fit_ticks([text.text for text in ticks], [text.centre[axis] for text in ticks]) if ticks else None


def _row_below(frame: Frame, desk: _Desk, beside: Sequence[Text]) -> tuple[Text, ...]:
    """Return the texts of the first row under a frame, from left to right."""
    line = desk.line
    near = [
        text
        for text in desk.free
        if text not in beside
        and -0.25 * line <= text.box[1] - frame.bottom <= 2.2 * line
        and frame.left - 0.8 * line <= _foot(text, line) <= frame.right + 0.8 * line
    ]
    if not near:
        return ()
    near.sort(key=lambda text: text.box[1])  # of two rows with as many texts the upper one counts
    row = _largest_aligned(near, lambda text: text.box[1], 0.55 * line)
    lone = len(row) == 1 and number_of(row[0].text) is None
    return () if lone else tuple(sorted(row, key=lambda text: text.centre[0]))


def _foot(text: Text, line: float) -> float:
    """Return where a tick label points to: its middle, or the right end of a slanted one."""
    slanted = not text.rotated and text.box[3] - text.box[1] > 1.8 * line
    return text.box[2] if slanted else text.centre[0]


def _column_beside(frame: Frame, desk: _Desk) -> tuple[Text, ...]:
    """Return the texts of the first column left of a frame, from the bottom up."""
    line = desk.line
    near = [
        text
        for text in desk.free
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


def _frames_from_ticks(desk: _Desk) -> list[Frame]:
    """Return the frame that a column and a row of numbers span, for plots that draw no axes lines."""
    numbers = [text for text in desk.free if not text.rotated and number_of(text.text) is not None]
    column = _largest_aligned(numbers, lambda text: text.box[2], 0.6 * desk.line)
    row = _largest_aligned(
        [text for text in desk.free if text not in column], lambda text: text.box[1], 0.5 * desk.line
    )
    if min(len(column), len(row)) < 3:
        return []
    left = max(text.box[2] for text in column) + round(0.4 * desk.line)
    bottom = min(text.box[1] for text in row) - round(0.4 * desk.line)
    top = round(min(text.centre[1] for text in column))
    right = round(max(text.centre[0] for text in row))
    frame = Frame(left=left, top=top, right=right, bottom=bottom)
    return [frame] if frame.width > 0 and frame.height > 0 else []


def _largest_aligned(texts: Sequence[Text], edge: object, reach: float) -> list[Text]:
    assert callable(edge)
    groups = [[text for text in texts if abs(edge(text) - edge(first)) <= reach] for first in texts]
    return max(groups, key=len, default=[])


def _plot(picture: PILImage.Image, seats: list[_Seat], desk: _Desk) -> Plot:
    for seat in seats:
        desk.take(text for text in (*seat.below, *seat.beside) if text in desk.free)
    bars = [_take_colour_bar(seat, desk) for seat in seats]
    offsets = [_take_offset(seat, desk) for seat in seats]
    legends = _take_legends(picture, seats, desk)
    titles = [_take_title(seat, seats, desk) for seat in seats]
    panels = tuple(
        _panel(seat, title, legend, bar, offset, desk)
        for seat, title, legend, bar, offset in zip(seats, titles, legends, bars, offsets, strict=True)
    )
    return _with_shared(panels, [seat.frame for seat in seats], desk)


def _panel(seat: _Seat, title: str, legend: Legend | None, bar: Axis | None, offset: str, desk: _Desk) -> Panel:
    x_label, y_label = _take_x_label(seat, desk), _take_y_label(seat, desk)
    notes = [text for text in desk.free if seat.frame.holds(*text.centre)]
    desk.take(notes)
    return Panel(
        frame=seat.frame,
        title=title,
        x=_axis(seat.below, seat.x_fit, x_label),
        y=replace(_axis(seat.beside, seat.y_fit, y_label), offset=offset),
        legend=tuple(LegendEntry(text=e.text.text, rgb=e.rgb) for e in legend.entries) if legend else (),
        legend_title=legend.title.text if legend and legend.title else "",
        colour_bar=bar,
        # A lone letter inside the axes is a marker as often as a note.
        notes=tuple(text.text for text in notes if len(text.text) > 1 or text.confidence > 0.95),
    )


def _axis(ticks: Sequence[Text], fit: Fit | None, label: str) -> Axis:
    if not ticks:
        return Axis(label=label)
    texts = tuple(text.text for text in ticks)
    if fit is None:
        return Axis(label=label, ticks=texts, kind="labels")
    return Axis(label=label, ticks=_repaired(texts, fit), kind=fit.scale)


def _repaired(texts: Sequence[str], fit: Fit) -> tuple[str, ...]:
    """Return the labels, where one had a tick mark stuck to it without that mark."""
    return tuple(
        text if value is None or value == number_of(text) else digits_of(text)
        for text, value in zip(texts, fit.values, strict=True)
    )


def _take_colour_bar(seat: _Seat, desk: _Desk) -> Axis | None:
    """Return the column of numbers at the right of a frame, with its label."""
    frame, line = seat.frame, desk.line
    near = [
        text
        for text in desk.free
        if 0 < text.box[0] - frame.right <= 0.35 * frame.width
        and not text.rotated
        and frame.top - line <= text.centre[1] <= frame.bottom + line
        and any(letter.isdigit() for letter in text.text)
    ]
    column = sorted(_largest_aligned(near, lambda text: text.box[0], 0.8 * line), key=lambda text: -text.centre[1])
    fit = _fit(column, 1)
    if fit is None:
        return None
    desk.take(column)
    edge = max(text.box[2] for text in column)
    labels = [
        text
        for text in desk.free
        if text.rotated and -line <= text.box[0] - edge <= 2 * line and frame.holds(frame.left, text.centre[1])
    ]
    desk.take(labels[:1])
    return _axis(column, fit, labels[0].text if labels else "")


def _take_offset(seat: _Seat, desk: _Desk) -> str:
    """Return ``1e6`` or the like, printed over the left end of a frame."""
    frame, line = seat.frame, desk.line
    for text in desk.free:
        above = -0.5 * line <= frame.top - text.box[3] <= line and abs(text.box[0] - frame.left) <= line
        if above and text.text[:2].lower() in ("1e", "x1", "×1"):
            desk.take([text])
            return text.text
    return ""


def _take_legends(picture: PILImage.Image, seats: list[_Seat], desk: _Desk) -> list[Legend | None]:
    """Return for each frame the legend inside it, or the nearest outside."""
    legends: list[Legend | None] = [None] * len(seats)
    for legend in find_legends(picture, desk.free, desk.line):
        x, y = legend.entries[0].text.centre
        nearest = min(range(len(seats)), key=lambda index: _distance(seats[index].frame, x, y))
        if legends[nearest] is None:
            top = seats[nearest].frame.top
            if y > top and legend.title is not None and legend.title.centre[1] < top:
                legend = replace(legend, title=None)  # that of the axes, which a legend below it stands close to
            legends[nearest] = legend
            desk.take([entry.text for entry in legend.entries] + ([legend.title] if legend.title else []))
    return legends


def _distance(frame: Frame, x: float, y: float) -> float:
    return max(frame.left - x, x - frame.right, 0) + max(frame.top - y, y - frame.bottom, 0)


def _take_title(seat: _Seat, seats: list[_Seat], desk: _Desk) -> str:
    """Return the text over a frame: in its middle, or at its left or right end; more lines are joined."""
    frame, line = seat.frame, desk.line
    above = [
        text
        for text in desk.free
        if not text.rotated
        and -0.5 * line <= frame.top - text.box[3] <= 2.0 * line
        and _centred_or_flush(text, frame, line)
        and not _nearer_to_ticks(text, frame, seats)
    ]
    if not above:
        return ""
    lines = [max(above, key=lambda text: text.box[3])]
    while (upper := _line_above(lines[0], desk)) is not None and not _nearer_to_ticks(upper, frame, seats):
        lines.insert(0, upper)
    desk.take(lines)
    return " ".join(text.text for text in lines)


def _centred_or_flush(text: Text, frame: Frame, line: float) -> bool:
    middle = abs(text.centre[0] - (frame.left + frame.right) / 2) <= max(1.2 * line, 0.05 * frame.width)
    return middle or abs(text.box[0] - frame.left) <= 0.8 * line or abs(text.box[2] - frame.right) <= 0.8 * line


def _nearer_to_ticks(text: Text, frame: Frame, seats: list[_Seat]) -> bool:
    """Return whether a text over one frame is rather the axis label of the frame above it."""
    floors = [
        text.box[1] - other.floor
        for other in seats
        if other.frame.bottom < frame.top and other.frame.left < text.centre[0] < other.frame.right
    ]
    return bool(floors) and min(floors) < frame.top - text.box[3]


def _line_above(text: Text, desk: _Desk) -> Text | None:
    for other in desk.free:
        gap = text.box[1] - other.box[3]
        alike = abs(other.height - text.height) <= 0.2 * text.height
        stacked = abs(other.centre[0] - text.centre[0]) <= desk.line or abs(other.box[0] - text.box[0]) <= 4
        if (
            other is not text
            and not other.rotated
            and alike
            and stacked
            and -0.5 * desk.line <= gap <= 0.35 * desk.line
        ):
            return other
    return None


def _take_x_label(seat: _Seat, desk: _Desk) -> str:
    frame, line = seat.frame, desk.line
    middle = (frame.left + frame.right) / 2
    below = [
        text
        for text in desk.free
        if not text.rotated
        and -0.4 * line <= text.box[1] - seat.floor <= 2.2 * line
        and abs(text.centre[0] - middle) <= max(1.5 * line, 0.12 * frame.width)
    ]
    return _taken(min(below, key=lambda text: text.box[1], default=None), desk)


def _take_y_label(seat: _Seat, desk: _Desk) -> str:
    frame, line = seat.frame, desk.line
    middle = (frame.top + frame.bottom) / 2
    beside = [
        text
        for text in desk.free
        if -0.4 * line <= seat.wall - text.box[2] <= 2.2 * line
        and abs(text.centre[1] - middle) <= max(1.5 * line, 0.12 * frame.height)
    ]
    turned = [text for text in beside if text.rotated] or beside
    return _taken(max(turned, key=lambda text: text.box[2], default=None), desk)


def _taken(text: Text | None, desk: _Desk) -> str:
    if text is None:
        return ""
    desk.take([text])
    return text.text


def _with_shared(panels: tuple[Panel, ...], frames: list[Frame], desk: _Desk) -> Plot:
    """Return the plot with the texts around all of its panels."""
    around = Frame(
        left=min(frame.left for frame in frames),
        top=min(frame.top for frame in frames),
        right=max(frame.right for frame in frames),
        bottom=max(frame.bottom for frame in frames),
    )
    over = _taken(_over(around, desk), desk)
    several = len(panels) > 1
    x_label = _taken(_under(around, desk), desk) if several else ""
    y_label = _taken(_left_of(around, desk), desk) if several else ""
    if not several and not panels[0].title:
        panels, over = (replace(panels[0], title=over),), ""
    other = tuple(text.text for text in desk.free)
    return Plot(panels=panels, title=over, x_label=x_label, y_label=y_label, other=other)


def _over(around: Frame, desk: _Desk) -> Text | None:
    middle = (around.left + around.right) / 2
    found = [
        text
        for text in desk.free
        if not text.rotated
        and text.box[3] <= around.top + 0.5 * desk.line
        and abs(text.centre[0] - middle) <= max(2 * desk.line, 0.15 * around.width)
    ]
    return max(found, key=lambda text: text.height, default=None)


def _under(around: Frame, desk: _Desk) -> Text | None:
    middle = (around.left + around.right) / 2
    found = [
        text
        for text in desk.free
        if not text.rotated and text.box[1] >= around.bottom and abs(text.centre[0] - middle) <= 0.15 * around.width
    ]
    return min(found, key=lambda text: text.box[1], default=None)


def _left_of(around: Frame, desk: _Desk) -> Text | None:
    middle = (around.top + around.bottom) / 2
    found = [
        text
        for text in desk.free
        if text.rotated and text.box[2] <= around.left and abs(text.centre[1] - middle) <= 0.15 * around.height
    ]
    return max(found, key=lambda text: text.box[2], default=None)
