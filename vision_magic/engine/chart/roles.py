"""Roles of the texts in a plot: title, labels, ticks, legend and notes, found by position alone.

An image is a plot only if a frame has aligned tick labels below it and on its left. Distances are measured in line
heights of the text, so the size of the figure does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Any, Final

from PIL import Image as PILImage

from vision_magic.engine.chart.axes import Axes, TextPool, find_axes
from vision_magic.engine.chart.calibrate import Side
from vision_magic.engine.chart.frames import Frame, find_frames
from vision_magic.engine.chart.legend import Legend, take_legends
from vision_magic.engine.chart.names import join_pieces, with_whole_names
from vision_magic.engine.chart.plot import Axis, LegendEntry, Panel, Plot
from vision_magic.engine.chart.scales import read_axis
from vision_magic.engine.chart.sides import End, OtherSides, take_ends, take_other_sides
from vision_magic.engine.chart.spines import on_spines
from vision_magic.engine.chart.ticks import number_of
from vision_magic.engine.texts import Text

__all__ = ["find_plot"]


def find_plot(image: PILImage.Image, texts: Sequence[Text]) -> Plot | None:
    """Find the axes in an image and give each text its role.

    Parameters
    ----------
    image : PIL.Image.Image
        An RGB image.
    texts : sequence of Text
        The lines of text that were read in it.

    Returns
    -------
    Plot or None
        None if no axes were found.
    """
    level = [text for text in texts if not text.rotated]
    if len(level) < 4:
        return None
    # Markers of a scatter plot are read as single letters, which are smaller than any text.
    line_height = float(median([text.height for text in level if not _may_be_marker(text)] or [level[0].height]))
    pool = TextPool(
        free=[text for text in texts if not _is_tick_mark(text, line_height) and not _is_curve(text, line_height)],
        line_height=line_height,
        everything=tuple(texts),
    )
    frames = [frame for frame in find_frames(image) if frame.area > 0.01 * image.width * image.height]
    axes = on_spines(image, find_axes(frames, pool), frames, line_height)
    axes = [with_whole_names(each, pool) for each in axes]
    return _plot(image, axes, pool, set(frames)) if axes else None


def _may_be_marker(text: Text) -> bool:
    return len(text.text) == 1 and not text.text.isdigit()


def _is_tick_mark(text: Text, line_height: float) -> bool:
    """Return whether a text is a tick mark that was read as a letter: thin, and much smaller than a line."""
    return text.text in ("1", "l", "I", "i", "T", "t") and text.height < 0.65 * line_height


def _is_curve(text: Text, line_height: float) -> bool:
    """Return whether a text is a curve that was read as letters: many times higher than a line."""
    return not text.rotated and text.height > _CURVE * line_height


_CURVE: Final = 5.0
"""No title is so many times higher than the usual line."""


def _plot(image: PILImage.Image, all_axes: list[Axes], pool: TextPool, drawn: set[Frame]) -> Plot:
    """Return the plot. The order matters: a text that was given one role is not a candidate for the next."""
    import numpy as np

    pixels = np.asarray(image)
    for axes in all_axes:
        pool.take(text for text in (*axes.x_ticks, *axes.y_ticks) if text in pool.free)
    ends = [take_ends(axes, pool, pixels, drawn=axes.frame in drawn) for axes in all_axes]
    others = [take_other_sides(axes, all_axes, pool, pixels) for axes in all_axes]
    join_pieces(pool)
    legends = take_legends(image, [axes.frame for axes in all_axes], pool)
    titles = [_take_title(axes, all_axes, pool) for axes in all_axes]
    panels = tuple(
        _panel(axes, title, legend, end, other, pool, pixels)
        for axes, title, legend, end, other in zip(all_axes, titles, legends, ends, others, strict=True)
    )
    return _with_shared_texts(panels, pool)


def _panel(
    axes: Axes,
    title: str,
    legend: Legend | None,
    ends: tuple[End, End],
    others: OtherSides,
    pool: TextPool,
    pixels: Any,
) -> Panel:
    x_label, y_label = _take_x_label(axes, pool), _take_y_label(axes, pool)
    notes = [text for text in pool.free if axes.frame.contains(*text.centre)]
    pool.take(notes)
    frame, line = axes.frame, pool.line_height

    def axis(side: Side, ticks: Sequence[Text], label: str, end: End) -> Axis:
        return read_axis(
            pixels,
            frame,
            side,
            ticks,
            line,
            label=label,
            offset=end.offset,
            unread_at_end=end.unread,
            goes_on=end.goes_on,
        )

    return Panel(
        frame=frame,
        title=title,
        x=axis("bottom", axes.x_ticks, x_label, ends[0]),
        y=axis("left", axes.y_ticks, y_label, ends[1]),
        right=others.right,
        top=others.top,
        colour_bar=others.bar,
        colour_bar_box=others.bar_box,
        legend=tuple(LegendEntry(text=entry.text.text, rgb=entry.rgb) for entry in legend.entries) if legend else (),
        legend_title=legend.title.text if legend and legend.title else "",
        legend_complete=legend is None
        or (
            legend.complete
            and not any(legend.may_have(text) for text in notes)
            and not any(legend.may_go_on(text) for text in pool.free)
        ),
        legend_box=legend.box(line) if legend else None,
        # A single letter inside the axes may as well be a marker that was read as a letter.
        notes=tuple(text.text for text in notes if len(text.text) > 1 or _is_letter(text)),
    )


def _is_letter(text: Text) -> bool:
    """Return whether a single character is a text rather than a marker, or an error bar that looks like an I."""
    return text.confidence > 0.95 and text.text not in "IlTH"


# --- axis labels ------------------------------------------------------------------------------------------------


def _take_x_label(axes: Axes, pool: TextPool) -> str:
    frame, line = axes.frame, pool.line_height
    middle = (frame.left + frame.right) / 2
    below = [
        text
        for text in pool.free
        if not text.rotated
        and -0.4 * line <= text.box[1] - axes.ticks_bottom <= (2.2 if axes.x_ticks else 4.5) * line
        and abs(text.centre[0] - middle) <= max(1.5 * line, 0.12 * frame.width)
        and number_of(text.text) is None
        and not _has_neighbours(text, frame, pool)
        and not _is_row_of_ticks(text, frame, has_ticks=bool(axes.x_ticks))
    ]
    return _take_text(min(below, key=lambda text: text.box[1], default=None), pool)


def _is_row_of_ticks(text: Text, frame: Frame, *, has_ticks: bool) -> bool:
    """Return whether a text is a row of tick labels that were read as one line."""
    wide = text.box[2] - text.box[0] > 0.5 * frame.width
    in_their_place = not has_ticks and text.box[1] - frame.bottom < 1.2 * text.height
    return wide and (in_their_place or sum(letter.isdigit() for letter in text.text) > 7)


def _has_neighbours(text: Text, frame: Frame, pool: TextPool) -> bool:
    """Return whether other texts stand beside a text below the axes: the entries of a legend, not an axis label."""
    return any(
        abs(other.centre[1] - text.centre[1]) <= 0.4 * pool.line_height
        and frame.left - pool.line_height <= other.centre[0] <= frame.right + pool.line_height
        and number_of(other.text) is None
        for other in pool.free
        if other is not text and not other.rotated
    )


def _take_y_label(axes: Axes, pool: TextPool) -> str:
    frame, line = axes.frame, pool.line_height
    middle = (frame.top + frame.bottom) / 2
    beside = [
        text
        for text in pool.free
        if -0.4 * line <= axes.ticks_left - text.box[2] <= 2.2 * line
        and abs(text.centre[1] - middle) <= max(1.5 * line, 0.12 * frame.height)
    ]
    candidates = [text for text in beside if text.rotated] or beside
    return _take_text(max(candidates, key=lambda text: text.box[2], default=None), pool)


def _take_text(text: Text | None, pool: TextPool) -> str:
    if text is None:
        return ""
    pool.take([text])
    return text.text


# --- titles -----------------------------------------------------------------------------------------------------


def _take_title(axes: Axes, all_axes: list[Axes], pool: TextPool) -> str:
    """Return the text above a frame, centred or at its left or right end; several lines are joined."""
    frame, line = axes.frame, pool.line_height
    above = [
        text
        for text in pool.free
        if not text.rotated
        and -0.5 * line <= frame.top - text.box[3] <= 2.0 * line
        and _is_centred_or_flush(text, frame, line)
        and not _is_label_of_axes_above(text, frame, all_axes)
    ]
    words = [text for text in above if number_of(text.text) is None and any(map(str.isalpha, text.text))]
    words = [text for text in words if len(text.text) > 1 or text.box[3] <= frame.top]  # a marker at the upper side
    above = words or [text for text in above if _YEAR.fullmatch(text.text)]  # other numbers are printed at bars
    if not above:
        return ""
    lines = [max(above, key=lambda text: text.box[3])]
    while (upper := _line_above(lines[0], pool)) is not None and not _is_label_of_axes_above(upper, frame, all_axes):
        lines.insert(0, upper)
    pool.take(lines)
    return " ".join(text.text for text in lines)


_YEAR: Final = re.compile(r"(?:1[89]|20)\d\d")


def _is_centred_or_flush(text: Text, frame: Frame, line_height: float) -> bool:
    middle = abs(text.centre[0] - (frame.left + frame.right) / 2) <= max(1.2 * line_height, 0.05 * frame.width)
    flush_left = abs(text.box[0] - frame.left) <= 0.8 * line_height
    return middle or flush_left or abs(text.box[2] - frame.right) <= 0.8 * line_height


def _is_label_of_axes_above(text: Text, frame: Frame, all_axes: list[Axes]) -> bool:
    """Return whether a text above one frame is nearer to the tick labels of another one above it."""
    gaps = [
        text.box[1] - other.ticks_bottom
        for other in all_axes
        if other.frame.bottom < frame.top and other.frame.left < text.centre[0] < other.frame.right
    ]
    return bool(gaps) and min(gaps) < frame.top - text.box[3]


def _line_above(text: Text, pool: TextPool) -> Text | None:
    """Return the line above a line of a title, or None. The height of a line varies with its letters."""
    for other in pool.free:
        gap = text.box[1] - other.box[3]
        smaller, larger = sorted((other.height, text.height))
        stacked = (
            abs(other.centre[0] - text.centre[0]) <= 0.6 * larger
            or abs(other.box[0] - text.box[0]) <= 0.4 * larger
            or abs(other.box[2] - text.box[2]) <= 0.4 * larger
        )
        near = -0.5 * larger <= gap <= 0.35 * smaller
        if other is not text and not other.rotated and smaller >= 0.68 * larger and stacked and near:
            return other
    return None


# --- texts that panels share ------------------------------------------------------------------------------------


def _with_shared_texts(panels: tuple[Panel, ...], pool: TextPool) -> Plot:
    """Return the plot with the texts around all of its panels."""
    frames = [panel.frame for panel in panels]
    outline = Frame(
        left=min(frame.left for frame in frames),
        top=min(frame.top for frame in frames),
        right=max(frame.right for frame in frames),
        bottom=max(frame.bottom for frame in frames),
    )
    title = _take_text(_text_above(outline, pool), pool)
    several = len(panels) > 1
    x_label = _take_text(_text_below(outline, pool), pool) if several else ""
    y_label = _take_text(_text_left_of(outline, pool), pool) if several else ""
    if not several and not panels[0].title:
        panels, title = (replace(panels[0], title=title),), ""
    other = tuple(text.text for text in pool.free)
    return Plot(panels=panels, title=title, x_label=x_label, y_label=y_label, other=other)


def _text_above(outline: Frame, pool: TextPool) -> Text | None:
    middle = (outline.left + outline.right) / 2
    line = pool.line_height
    above = [
        text
        for text in pool.free
        if not text.rotated
        and text.box[3] <= outline.top + 0.5 * line
        and sum(letter.isalpha() for letter in text.text) > 2
    ]
    centred = [text for text in above if abs(text.centre[0] - middle) <= max(2 * line, 0.15 * outline.width)]
    at_edge = [text for text in above if text.box[0] <= outline.left + line and text.height >= 0.9 * line]
    return max(centred or at_edge, key=lambda text: text.height, default=None)


def _text_below(outline: Frame, pool: TextPool) -> Text | None:
    middle = (outline.left + outline.right) / 2
    candidates = [
        text
        for text in pool.free
        if not text.rotated and text.box[1] >= outline.bottom and abs(text.centre[0] - middle) <= 0.15 * outline.width
    ]
    return min(candidates, key=lambda text: text.box[1], default=None)


def _text_left_of(outline: Frame, pool: TextPool) -> Text | None:
    middle = (outline.top + outline.bottom) / 2
    candidates = [
        text
        for text in pool.free
        if text.rotated and text.box[2] <= outline.left and abs(text.centre[1] - middle) <= 0.15 * outline.height
    ]
    return max(candidates, key=lambda text: text.box[2], default=None)
