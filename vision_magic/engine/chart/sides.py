"""What stands around a pair of axes: factors at the ends, axes on the right and above, colour bars."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any, Final

from vision_magic.engine.chart.axes import MIN_NUMBERS, Axes, TextPool, column_right_of, fit_tick_texts, row_above
from vision_magic.engine.chart.calibrate import MISREAD_DIGITS, parse_offset
from vision_magic.engine.chart.dates import dates_of, has_month_and_year, names_month_or_year
from vision_magic.engine.chart.frames import Frame
from vision_magic.engine.chart.plot import Axis
from vision_magic.engine.chart.scales import is_speck, read_axis
from vision_magic.engine.chart.superscripts import with_powers
from vision_magic.engine.pixels import Box
from vision_magic.engine.texts import Text

__all__ = ["End", "OtherSides", "take_ends", "take_other_sides"]

_FAR: Final = 0.35
"""A colour bar is at most this share of the axes' width away from them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """What is printed at the end of an axis, such as ``1e6``, and whether something there was not read.

    An axis goes on where something is printed in the place of a further label.
    """

    offset: str = ""
    unread: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherSides:
    """The axes on the right and above, and the colour bar with its strip."""

    right: Axis | None = None
    top: Axis | None = None
    bar: Axis | None = None
    bar_box: Box | None = None


# --- factors at the ends ----------------------------------------------------------------------------------------


def take_ends(axes: Axes, pool: TextPool, pixels: Any, *, drawn: bool = True) -> tuple[End, End]:
    """Return the ends of the lower axis and of the left one: what is printed below its right end, and above it.

    Axes whose frame is not `drawn` are as long as their labels.
    """
    frame, line = axes.frame, pool.line_height
    above = (round(frame.left - 1.5 * line), round(frame.top - 1.9 * line), round(frame.left + 4 * line), frame.top - 2)
    x_end = (
        round(frame.right - 3.5 * line),
        axes.ticks_bottom - 1,
        round(frame.right + 2.5 * line),
        round(axes.ticks_bottom + 1.3 * line),
    )
    y = _take_offset(above, pool) or _take_offset_before_title(above, pool) or _take_offset_after_label(above, pool)
    x = _take_offset(x_end, pool) or _take_year(axes, x_end, pool)

    def is_unread(box: Box) -> bool:
        return _is_misread(box, pool) or _is_overprinted(box, pool) or _has_unread(pixels, box, pool)

    return (
        End(
            offset=x,
            unread=not x and bool(axes.x_fit) and is_unread(x_end),
            goes_on=_goes_on(axes.x_ticks, 0, pool, pixels, drawn=drawn),
        ),
        End(
            offset=y,
            unread=not y and bool(axes.y_fit) and is_unread(above),
            goes_on=_goes_on(axes.y_ticks, 1, pool, pixels, drawn=drawn),
        ),
    )


def _goes_on(ticks: Sequence[Text], axis: int, pool: TextPool, pixels: Any, *, drawn: bool) -> bool:
    """Return whether something unread is printed where a label before the first or behind the last one would stand.

    Axes without lines are as long as their labels that were read. Beyond drawn ones may be the samples of a legend,
    which do not stand right in the place of a label.
    """
    if len(ticks) < 2 or any(text.slant for text in ticks):
        return False
    centres = sorted(text.centre[axis] for text in ticks)
    step = median(after - before for before, after in pairwise(centres))
    across = 1 - axis
    low, high = min(text.box[across] for text in ticks), max(text.box[across + 2] for text in ticks)
    longest = max(text.box[axis + 2] - text.box[axis] for text in ticks)
    reach = 0.5 * longest if drawn else max(0.35 * step, 0.5 * pool.line_height)
    for place in (centres[0] - step, centres[-1] + step):
        start, stop = round(place - reach), round(place + reach)
        ink = _unread_ink(pixels, (start, low, stop, high) if axis == 0 else (low, start, high, stop), pool)
        if ink is None:
            continue
        ink = _without_lines(ink)
        if _is_text_like(ink, pool.line_height, _DIGIT) and (
            not drawn or _off_middle(ink, axis) <= _EXACT * pool.line_height
        ):
            return True
    return False


def _without_lines(ink: Any) -> Any:
    """Return ink without what runs from side to side: lines, and the end of a bar."""
    return ink & (ink.mean(axis=0) <= _ACROSS)[None, :] & (ink.mean(axis=1) <= _ACROSS)[:, None]


_ACROSS: Final = 0.9
"""A line, or the end of a bar, fills more than this part of a row or a column."""


def _off_middle(ink: Any, axis: int) -> float:
    """Return how far the middle of ink is from that of its box (pixels along an axis)."""
    import numpy as np

    places = np.flatnonzero(ink.any(axis=axis))
    return float(abs((places[0] + places[-1]) / 2 - (ink.shape[1 - axis] - 1) / 2))


_EXACT: Final = 0.25
"""The middle of a label is at most so far from its place (heights of a line)."""

_DIGIT: Final = 0.2
_TWO_DIGITS: Final = 0.8
"""One digit, or two, are at least so wide (parts of the height of a line)."""


def _is_misread(box: Box, pool: TextPool) -> bool:
    """Return whether a text in the place of a factor begins like one, such as ``"+4.3eI1"``, and goes on otherwise."""
    return any(_inside(text, box) and re.match(r"[+−-]\s*\d|[\d.]+e|[×x]\s*1", text.text) for text in pool.free)


def _is_overprinted(box: Box, pool: TextPool) -> bool:
    """Return whether a text reaches into the place of a factor and a letter of it is hard to read, as if one was."""
    return any(
        (1 - text.confidence) * len(text.text) > _UNCERTAIN
        and min(text.box[2], box[2]) - max(text.box[0], box[0]) > text.height
        and min(text.box[3], box[3]) - max(text.box[1], box[1]) > 0.5 * text.height
        for text in pool.free
        if not text.rotated
    )


_UNCERTAIN: Final = 0.6
"""More uncertain letters than this are in a text over which something else is printed; its confidence is their mean."""


def _inside(text: Text, box: Box) -> bool:
    x, y = text.centre
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _take_offset(box: Box, pool: TextPool) -> str:
    found = next((text for text in pool.free if _inside(text, box) and _is_offset(text.text)), None)
    if found is None:
        return ""
    pool.take([found])
    return found.text.translate(MISREAD_DIGITS)


def _take_offset_before_title(box: Box, pool: TextPool) -> str:
    """Return the factor that was read together with the title beside it; the title stays."""
    for index, text in enumerate(pool.free):
        first, _, rest = text.text.partition(" ")
        if rest and box[0] <= text.box[0] <= box[2] and box[1] <= text.box[3] - 0.7 * text.height <= box[3] + 4:
            factor = parse_offset(first)
            if factor is not None and first[:2].lower() in ("1e", "le", "×1", "x1"):
                share = (len(first) + 1) / len(text.text)
                left, top, right, bottom = text.box
                pool.free[index] = replace(
                    text, text=rest, box=(round(left + share * (right - left)), top, right, bottom)
                )
                return first
    return ""


def _take_offset_after_label(box: Box, pool: TextPool) -> str:
    """Return the factor that was read together with the label at the end of the axis, which is left out."""
    for text in pool.free:
        found = re.fullmatch(r"-?[\d.]+?\s*(?P<offset>[1lI]e[+-]?\d{1,2})", text.text)
        if found is not None and text.box[0] <= box[2] and text.box[2] >= box[0] and box[1] <= text.centre[1] <= box[3]:
            pool.take([text])
            return found["offset"]
    return ""


def _is_offset(text: str) -> bool:
    """Return whether a text is a factor or a shift; a plain number is neither."""
    return parse_offset(text) is not None


def _take_year(axes: Axes, box: Box, pool: TextPool) -> str:
    """Return the date at the end of an axis whose labels are parts of dates."""
    labels = [text.text for text in axes.x_ticks]
    found = next((text for text in pool.free if _inside(text, box) and names_month_or_year(text.text)), None)
    if found is None or dates_of(labels, found.text) is None:
        return ""
    if axes.x_fit is not None and not has_month_and_year(found.text):
        return ""  # a year beside numbers
    pool.take([found])
    return found.text


def _has_unread(pixels: Any, box: Box, pool: TextPool) -> bool:
    """Return whether something as large as two digits is printed in a box that no text covers."""
    ink = _unread_ink(pixels, box, pool)
    return ink is not None and _is_text_like(ink, pool.line_height, _TWO_DIGITS)


def _unread_ink(pixels: Any, box: Box, pool: TextPool) -> Any:
    """Return where ink is in a box that no text covers; None where the box is hardly inside the image."""
    import numpy as np

    height, width = pixels.shape[:2]
    left, top, right, bottom = max(0, box[0]), max(0, box[1]), min(width, box[2]), min(height, box[3])
    if right - left < 4 or bottom - top < 5:
        return None
    part = pixels[top:bottom, left:right].astype(np.int16)
    ink = np.abs(part - np.median(part.reshape(-1, 3), axis=0)).max(axis=2) > 90
    around, over = round(0.4 * pool.line_height), round(0.25 * pool.line_height)
    for text in pool.everything:
        x0, y0, x1, y1 = text.box
        rows = slice(max(0, y0 - top - over), max(0, y1 - top + over))
        ink[rows, max(0, x0 - left - around) : max(0, x1 - left + around)] = False
    return ink


def _is_text_like(ink: Any, line: float, narrowest: float) -> bool:
    """Return whether ink is as high, as wide and as dense as letters."""
    import numpy as np

    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if len(rows) < 0.35 * line or len(columns) < narrowest * line:
        return False
    share = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].mean()
    return bool(0.08 < share < 0.75 and rows[-1] - rows[0] < 1.2 * line)


# --- axes on the right and above, colour bars -------------------------------------------------------------------


def take_other_sides(axes: Axes, all_axes: Sequence[Axes], pool: TextPool, pixels: Any) -> OtherSides:
    """Return the axes on the right and above, and the colour bar, with their labels."""
    top = _take_top(axes, all_axes, pool, pixels)
    column = _without_specks(column_right_of(axes.frame, pool, _FAR * axes.frame.width))
    if len(column) < 2 or (len(column) > 2 and not _has_scale(column, pixels)):
        return OtherSides(top=top)
    strip = _strip(pixels, axes.frame, column)
    near = column[0].box[0] - axes.frame.right <= 2.2 * pool.line_height
    if strip is None and (len(column) < MIN_NUMBERS or not near):
        return OtherSides(top=top)
    pool.take(column)
    label = _take_right_label(axes.frame, column, pool)
    if strip is None:
        offset = _take_offset(_above_right(axes.frame, pool.line_height), pool)
        right = read_axis(pixels, axes.frame, "right", column, pool.line_height, label=label, offset=offset)
        return OtherSides(right=right, top=top)
    frame = Frame(left=strip[0], top=strip[1], right=strip[2] - 1, bottom=strip[3] - 1)
    offset = _take_offset(_above_right(frame, pool.line_height), pool)
    bar = read_axis(pixels, frame, "right", column, pool.line_height, label=label, offset=offset)
    return OtherSides(top=top, bar=bar, bar_box=strip)


def _without_specks(column: tuple[Text, ...]) -> tuple[Text, ...]:
    """Return the numbers without single digits that were hard to read and are not on the scale of the others."""
    sure = tuple(text for text in column if not is_speck(text))
    return sure if len(sure) >= MIN_NUMBERS and fit_tick_texts(_without_dashes(sure), 1) is not None else column


def _has_scale(column: Sequence[Text], pixels: Any) -> bool:
    """Return whether the numbers of a column are at the places of a scale: as read, without marks, or as powers."""
    powers = [replace(text, text=label) for text, label in zip(column, with_powers(pixels, column), strict=True)]
    return any(fit_tick_texts(texts, 1) is not None for texts in (column, _without_dashes(column), powers))


def _without_dashes(column: Sequence[Text]) -> list[Text]:
    return [replace(text, text=text.text.lstrip("-–—_ ")) for text in column]


def _above_right(frame: Frame, line: float) -> Box:
    return (round(frame.right - 3 * line), round(frame.top - 1.9 * line), round(frame.right + 4 * line), frame.top - 1)


def _take_right_label(frame: Frame, column: Sequence[Text], pool: TextPool) -> str:
    line, edge = pool.line_height, max(text.box[2] for text in column)
    labels = [
        text
        for text in pool.free
        if (text.rotated or (len(text.text) == 1 and text.text.isalpha()))
        and -line <= text.box[0] - edge <= 2 * line
        and frame.top - line <= text.centre[1] <= frame.bottom + line
    ]
    pool.take(labels[:1])
    return labels[0].text if labels else ""


def _take_top(axes: Axes, all_axes: Sequence[Axes], pool: TextPool, pixels: Any) -> Axis | None:
    frame, line = axes.frame, pool.line_height
    row = row_above(frame, pool)
    if not row or any(other.frame.bottom < frame.top and other is not axes for other in all_axes):
        return None
    pool.take(row)
    edge, middle = min(text.box[1] for text in row), (frame.left + frame.right) / 2
    labels = [
        text
        for text in pool.free
        if not text.rotated and -0.6 * line <= edge - text.box[3] <= line and abs(text.centre[0] - middle) <= 1.5 * line
    ]
    lowest = max(labels, key=lambda text: text.box[3], default=None)
    if lowest is not None:
        pool.take([lowest])
    return read_axis(pixels, frame, "top", row, line, label=lowest.text if lowest else "")


def _strip(pixels: Any, frame: Frame, column: Sequence[Text]) -> Box | None:
    """Return the strip of colours between a pair of axes and a column of numbers; None if there is none."""
    import numpy as np

    left, right = frame.right + 4, min(text.box[0] for text in column) + 2
    top, bottom = max(0, round(column[-1].centre[1])), round(column[0].centre[1])
    if right - left < 8 or bottom - top < 16:
        return None
    part = pixels[top:bottom, left:right].astype(np.int16)
    ground = np.median(pixels[top:bottom, frame.right + 2 : frame.right + 6].reshape(-1, 3), axis=0)
    full = np.flatnonzero((np.abs(part - ground).max(axis=2) > 24).mean(axis=0) > 0.85)
    if len(full) < 5:
        return None
    x0, x1 = left + int(full[0]), left + int(full[-1]) + 1
    middle = pixels[:, (x0 + x1) // 2].astype(np.int16)
    if _few_colours(middle[top:bottom]):
        return None
    y0, y1 = _run_around(np.abs(middle - ground).max(axis=1) > 24, top, bottom)
    return x0, y0, x1, y1


def _run_around(drawn: Any, start: int, stop: int) -> tuple[int, int]:
    """Return a span, lengthened while what is beyond it is drawn."""
    while start > 0 and drawn[start - 1]:
        start -= 1
    while stop < len(drawn) and drawn[stop]:
        stop += 1
    return start, stop


def _few_colours(line: Any) -> bool:
    """Return whether a column of pixels has few colours: a spine or a bar, not a scale of colours."""
    import numpy as np

    return len(np.unique(line, axis=0)) < 4
