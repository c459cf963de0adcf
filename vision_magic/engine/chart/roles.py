"""Roles of the texts in a plot: title, labels, ticks, legend and notes, found by position alone.

An image is a plot only if a frame has aligned tick labels below it and on its left. Distances are measured in line
heights of the text, so the size of the figure does not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from PIL import Image as PILImage

from vision_magic.engine.chart.axes import (
    Axes,
    TextPool,
    find_axes,
    fit_tick_texts,
    frames_from_ticks,
    largest_aligned,
)
from vision_magic.engine.chart.frames import Frame, find_frames
from vision_magic.engine.chart.legend import Legend, find_legends
from vision_magic.engine.chart.plot import Axis, LegendEntry, Panel, Plot
from vision_magic.engine.chart.ticks import TickFit, number_of, strip_misread_mark
from vision_magic.engine.reading import Text

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
    heights = [text.height for text in texts if not text.rotated]
    if len(heights) < 4:
        return None
    line_height = float(median(heights))
    pool = TextPool(free=[text for text in texts if not _is_tick_mark(text, line_height)], line_height=line_height)
    frames = [frame for frame in find_frames(image) if frame.area > 0.01 * image.width * image.height]
    axes = find_axes(frames, pool) or find_axes(frames_from_ticks(pool), pool)
    return _plot(image, axes, pool) if axes else None


def _is_tick_mark(text: Text, line_height: float) -> bool:
    """Return whether a text is a tick mark that was read as a letter: thin, and much smaller than a line."""
    return text.text in ("1", "l", "I", "i", "T", "t") and text.height < 0.65 * line_height


def _plot(image: PILImage.Image, all_axes: list[Axes], pool: TextPool) -> Plot:
    """Return the plot. The order matters: a text that was given one role is not a candidate for the next."""
    for axes in all_axes:
        pool.take(text for text in (*axes.x_ticks, *axes.y_ticks) if text in pool.free)
    bars = [_take_colour_bar(axes, pool) for axes in all_axes]
    offsets = [_take_offset(axes, pool) for axes in all_axes]
    legends = _take_legends(image, all_axes, pool)
    titles = [_take_title(axes, all_axes, pool) for axes in all_axes]
    panels = tuple(
        _panel(axes, title, legend, bar, offset, pool)
        for axes, title, legend, bar, offset in zip(all_axes, titles, legends, bars, offsets, strict=True)
    )
    return _with_shared_texts(panels, pool)


def _panel(axes: Axes, title: str, legend: Legend | None, bar: Axis | None, offset: str, pool: TextPool) -> Panel:
    x_label, y_label = _take_x_label(axes, pool), _take_y_label(axes, pool)
    notes = [text for text in pool.free if axes.frame.contains(*text.centre)]
    pool.take(notes)
    return Panel(
        frame=axes.frame,
        title=title,
        x=_axis(axes.x_ticks, axes.x_fit, x_label),
        y=replace(_axis(axes.y_ticks, axes.y_fit, y_label), offset=offset),
        legend=tuple(LegendEntry(text=entry.text.text, rgb=entry.rgb) for entry in legend.entries) if legend else (),
        legend_title=legend.title.text if legend and legend.title else "",
        colour_bar=bar,
        # A single letter inside the axes may as well be a marker that was read as a letter.
        notes=tuple(text.text for text in notes if len(text.text) > 1 or text.confidence > 0.95),
    )


# --- axes -------------------------------------------------------------------------------------------------------


def _axis(ticks: Sequence[Text], fit: TickFit | None, label: str) -> Axis:
    if not ticks:
        return Axis(label=label)
    texts = tuple(text.text for text in ticks)
    if fit is None:
        return Axis(label=label, ticks=texts, kind="labels")
    return Axis(label=label, ticks=_corrected_ticks(texts, fit), kind=fit.scale)


def _corrected_ticks(texts: Sequence[str], fit: TickFit) -> tuple[str, ...]:
    """Return the tick labels without tick marks that were read as part of them."""
    return tuple(
        text if value is None or value == number_of(text) else strip_misread_mark(text)
        for text, value in zip(texts, fit.values, strict=True)
    )


def _take_colour_bar(axes: Axes, pool: TextPool) -> Axis | None:
    """Return the column of numbers on the right of a frame, with its label."""
    frame, line = axes.frame, pool.line_height
    near = [
        text
        for text in pool.free
        if 0 < text.box[0] - frame.right <= 0.35 * frame.width
        and not text.rotated
        and frame.top - line <= text.centre[1] <= frame.bottom + line
        and any(letter.isdigit() for letter in text.text)
    ]
    column = sorted(largest_aligned(near, lambda text: text.box[0], 0.8 * line), key=lambda text: -text.centre[1])
    fit = fit_tick_texts(column, 1)
    if fit is None:
        return None
    pool.take(column)
    edge = max(text.box[2] for text in column)
    labels = [
        text
        for text in pool.free
        if text.rotated and -line <= text.box[0] - edge <= 2 * line and frame.contains(frame.left, text.centre[1])
    ]
    pool.take(labels[:1])
    return _axis(column, fit, labels[0].text if labels else "")


def _take_offset(axes: Axes, pool: TextPool) -> str:
    """Return the factor printed above the left end of a frame, such as ``1e6``; empty if there is none."""
    frame, line = axes.frame, pool.line_height
    for text in pool.free:
        above = -0.5 * line <= frame.top - text.box[3] <= line and abs(text.box[0] - frame.left) <= line
        if above and text.text[:2].lower() in ("1e", "x1", "×1"):
            pool.take([text])
            return text.text
    return ""


def _take_x_label(axes: Axes, pool: TextPool) -> str:
    frame, line = axes.frame, pool.line_height
    middle = (frame.left + frame.right) / 2
    below = [
        text
        for text in pool.free
        if not text.rotated
        and -0.4 * line <= text.box[1] - axes.ticks_bottom <= 2.2 * line
        and abs(text.centre[0] - middle) <= max(1.5 * line, 0.12 * frame.width)
    ]
    return _take_text(min(below, key=lambda text: text.box[1], default=None), pool)


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


# --- legends and titles -----------------------------------------------------------------------------------------


def _take_legends(image: PILImage.Image, all_axes: list[Axes], pool: TextPool) -> list[Legend | None]:
    """Return for each of the axes the legend inside the frame, or the nearest one outside."""
    legends: list[Legend | None] = [None] * len(all_axes)
    for legend in find_legends(image, pool.free, pool.line_height):
        x, y = legend.entries[0].text.centre
        nearest = min(range(len(all_axes)), key=lambda index: _distance(all_axes[index].frame, x, y))
        if legends[nearest] is None:
            top = all_axes[nearest].frame.top
            if y > top and legend.title is not None and legend.title.centre[1] < top:
                legend = replace(legend, title=None)  # the title of the axes, directly above a legend at their top
            legends[nearest] = legend
            pool.take([entry.text for entry in legend.entries] + ([legend.title] if legend.title else []))
    return legends


def _distance(frame: Frame, x: float, y: float) -> float:
    return max(frame.left - x, x - frame.right, 0) + max(frame.top - y, y - frame.bottom, 0)


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
    if not above:
        return ""
    lines = [max(above, key=lambda text: text.box[3])]
    while (upper := _line_above(lines[0], pool)) is not None and not _is_label_of_axes_above(upper, frame, all_axes):
        lines.insert(0, upper)
    pool.take(lines)
    return " ".join(text.text for text in lines)


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
    """Return the line above a line of a title, or None."""
    for other in pool.free:
        gap = text.box[1] - other.box[3]
        same_height = abs(other.height - text.height) <= 0.2 * text.height
        stacked = abs(other.centre[0] - text.centre[0]) <= pool.line_height or abs(other.box[0] - text.box[0]) <= 4
        near = -0.5 * pool.line_height <= gap <= 0.35 * pool.line_height
        if other is not text and not other.rotated and same_height and stacked and near:
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
    candidates = [
        text
        for text in pool.free
        if not text.rotated
        and text.box[3] <= outline.top + 0.5 * pool.line_height
        and abs(text.centre[0] - middle) <= max(2 * pool.line_height, 0.15 * outline.width)
    ]
    return max(candidates, key=lambda text: text.height, default=None)


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
