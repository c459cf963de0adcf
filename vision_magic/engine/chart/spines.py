"""Axes without a frame, placed on the one line that is drawn below or beside their labels.

Many charts for readers have no spines but the line that bars stand on. Where tick labels alone span the axes, that line
says where they begin and end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from PIL import Image as PILImage

from vision_magic.engine.chart.axes import Axes
from vision_magic.engine.chart.frames import Edge, Frame, find_edges

__all__ = ["on_spines"]

_VIVID: Final = 40
"""The channels of a colour differ by more; those of texts and grid lines by less."""

_ROOM: Final = 6
"""Between the highest mark and the top of the axes (pixels)."""


def on_spines(image: PILImage.Image, all_axes: Sequence[Axes], frames: Iterable[Frame], line: float) -> list[Axes]:
    """Return axes with the frames that only labels span moved onto the lines that are drawn.

    Parameters
    ----------
    image : PIL.Image.Image
        An RGB image.
    all_axes : sequence of Axes
        The axes that were found.
    frames : iterable of Frame
        The frames that are drawn; axes with one of these stay as they are.
    line : float
        The usual height of a line of text (pixels).
    """
    drawn = set(frames)
    if all(axes.frame in drawn for axes in all_axes):
        return list(all_axes)
    level, upright = find_edges(image)
    return [
        axes if axes.frame in drawn else _up_to_marks(_moved(axes, level, upright, line), image) for axes in all_axes
    ]


def _up_to_marks(axes: Axes, image: PILImage.Image) -> Axes:
    """Return axes with bars and lines that go on beyond the last label, by less than a step."""
    import numpy as np

    frame, pixels = axes.frame, np.asarray(image)
    steps_up = sorted(text.centre[1] for text in axes.y_ticks)[:2]
    steps_right = sorted(text.centre[0] for text in axes.x_ticks)[-2:]
    if axes.y_fit is not None and len(steps_up) == 2:
        highest = max(0, round(frame.top - (steps_up[1] - steps_up[0])))
        rise = _coloured(pixels[highest : frame.top + 1, frame.left : frame.right][::-1])
        frame = replace(frame, top=frame.top - rise)
    if axes.x_fit is not None and axes.y_fit is None and len(steps_right) == 2:
        last = round(frame.right + (steps_right[1] - steps_right[0]))
        rise = _coloured(pixels[frame.top : frame.bottom, frame.right : last].transpose(1, 0, 2))
        frame = replace(frame, right=min(frame.right + rise, pixels.shape[1] - 1))
    return replace(axes, frame=frame)


def _coloured(lines: Any) -> int:
    """Return how far axes have to reach so that they hold the lines of pixels with a colour, from the first one on."""
    import numpy as np

    coloured = (np.ptp(lines.astype(np.int16), axis=2) > _VIVID).any(axis=1).tolist()
    count = coloured.index(False) if False in coloured else 0
    return count + _ROOM if count > 1 else 0


def _moved(axes: Axes, level: Sequence[Edge], upright: Sequence[Edge], line: float) -> Axes:
    frame = axes.frame
    places = [text.centre[0] for text in axes.x_ticks]
    below = _spine(level, frame.bottom, places, line) or _grid_line(level, frame, places, line)
    if below is not None:
        bottom, left, right = below
        frame = replace(frame, left=left if _is_near(left, frame.left, line) else frame.left)
        frame = replace(frame, bottom=bottom if _is_near(bottom, frame.bottom, line) else frame.bottom)
        frame = replace(frame, right=max(frame.right, right))
    beside = _spine(upright, frame.left, [text.centre[1] for text in axes.y_ticks], line)
    if beside is not None:
        left, top, bottom = beside
        frame = replace(frame, left=left, top=min(frame.top, top))
        frame = replace(
            frame, bottom=bottom if below is None and _is_near(bottom, frame.bottom, line) else frame.bottom
        )
    return replace(axes, frame=frame)


def _grid_line(edges: Sequence[Edge], frame: Frame, places: Sequence[float], line: float) -> Edge | None:
    """Return a line across the axes, such as that of zero; None if there is none."""
    inside = [edge for edge in edges if frame.top - line <= edge[0] <= frame.bottom]
    found = [spine for edge in inside if (spine := _spine([edge], edge[0], places, line)) is not None]
    return max(found, key=lambda edge: edge[0], default=None)


def _spine(edges: Sequence[Edge], side: int, places: Sequence[float], line: float) -> Edge | None:
    """Return the line nearest to a side that runs along all labels; None if there is none."""
    if not places:
        return None
    along = [
        edge
        for edge in edges
        if _is_near(edge[0], side, line)
        and edge[1] <= min(places)
        and edge[2] >= max(places)
        and edge[2] - edge[1] <= 1.8 * (max(places) - min(places)) + 2 * line
    ]
    return min(along, key=lambda edge: abs(edge[0] - side), default=None)


def _is_near(a: float, b: float, line: float) -> bool:
    return abs(a - b) <= 1.2 * line
