"""Colour samples of a legend: a piece of a line, a marker or a patch beside a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from vision_magic.engine.chart.masks import runs_of
from vision_magic.engine.colours import codes_of, commonest, rgb_of
from vision_magic.engine.pixels import RGB

if TYPE_CHECKING:
    from vision_magic.engine.chart.frames import Frame
    from vision_magic.engine.texts import Text

__all__ = ["EM", "Sample", "colour_within", "drawn_colour", "find_patch", "find_sample", "find_stroke"]

STANDS_OUT: Final = 52
"""A pixel belongs to a sample when a channel differs from the legend's background by more than this (of 255).

matplotlib's legends let a fifth of the colour of a line behind them through, which is 51 at most.
"""

EM: Final = 0.72
"""Font size as a share of the height of the box that OCR gives."""

_FILLED: Final = 0.4
"""Share of the place of a sample that a pale marker of one colour fills."""

_ENOUGH_VIVID: Final = 0.3
"""The colour of a sample is a vivid one if it has at least this share of it; the rest is its border."""

_BLACK: Final = 40
_VIVID_IN_BLACK, _VIVID_IN_GREY, _DARK = 0.12, 0.15, 0.08
"""Share of vivid pixels in a marker with a border, whose colour, or its mixture with the ground, is the commonest.

Such a mixture is grey; then there are dark pixels as well.
"""

_SAME_RAY: Final = 14.0
"""A colour is a mixture of the ground and another one when it is at most this far from the line between them."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Colour, start and end (pixels from left to right) of a sample."""

    rgb: RGB
    start: int
    end: int
    level: bool = True
    """Whether it is at the same height at both ends."""


def find_sample(pixels: Any, text: Text, em: float, *, mirrored: bool = False) -> Sample | None:
    """Return the sample left of a text, or right of it where `mirrored`; None if there is none.

    There is clear background on both sides of a sample.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    text : Text
        A line of text.
    em : float
        Its font size (pixels).
    mirrored : bool
        Whether to look on the right.
    """
    import numpy as np

    width = pixels.shape[1]
    if mirrored:
        pixels = pixels[:, ::-1]
    edge = width - text.box[2] if mirrored else text.box[0]
    edge += _sample_in_box(pixels, text, em, edge)
    start, end = max(0, round(edge - _ROOM * em)), round(edge + 0.1 * em)  # the box has a margin of about 0.4 em
    strip = _strip(pixels, text, em, start, end)
    if em < 4 or end - start < em or strip.shape[0] < 3:
        return None
    ground = np.array(commonest(strip[:, -3:]), np.int16)
    away = abs(strip - ground).max(axis=2)
    span = _sample_span((away > STANDS_OUT).any(axis=0).tolist(), em)
    if span is None:
        return None
    rgb = _sample_colour(strip[:, span[0] : span[1]], ground)
    first, last = start + span[0], start + span[1]
    level = _is_level(away[:, span[0] : span[1]] > STANDS_OUT)
    return Sample(rgb, width - last, width - first, level) if mirrored else Sample(rgb, first, last, level)


_ROOM: Final = 3.7
"""Distance from a text within which its sample ends, with some ground beyond it (em): three points need the most."""


def find_patch(pixels: Any, text: Text, em: float) -> Sample | None:
    """Return the patch left of a text in a legend without a frame that stands on other marks; None if there is none.

    A bar behind it may hide its ends, but its upper and lower edges show on part of its length.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    text : Text
        A line of text.
    em : float
        Its font size (pixels).
    """
    import numpy as np

    middle, half = round(text.centre[1]), round(em)
    left, right, beyond = (round(text.box[0] - times * em) for times in (*_INNER_OF_PATCH, _BEYOND_PATCH))
    if em < 6 or beyond < 0 or middle < half or middle + half >= len(pixels):
        return None
    part = pixels[middle - half : middle + half + 1, beyond:right].astype(np.int16)
    colour = np.median(part[half, left - beyond :], axis=0)
    away = np.abs(part - colour).max(axis=2)
    rows = _rows_of_patch(away[:, left - beyond :] <= _ONE_COLOUR, em)
    if rows is None:
        return None
    outer = away[[rows.start - 1, rows.stop]]
    edge = outer[:, left - beyond :]
    apart = bool(edge[edge > _ONE_COLOUR].mean() > STANDS_OUT)
    bar = (away[rows, 0] <= _ONE_COLOUR).all() and (outer[:, 0] > _ONE_COLOUR).all()  # it goes on to the left
    ends = round(text.box[0] - 2.5 * em), round(text.box[0] - 0.5 * em)
    return Sample(_rgb(colour), *ends) if apart and not bar else None


def _rows_of_patch(same: Any, em: float) -> slice | None:
    """Return the rows of a patch around the middle row, by the edges that most of its columns have in common."""
    import numpy as np

    half = len(same) // 2
    above, below = (~same[half::-1]).argmax(axis=0), (~same[half:]).argmax(axis=0)
    heights = (above + below - 1) / em
    fitting = (np.minimum(above, below) > 1) & (heights >= _HEIGHT_OF_PATCH[0]) & (heights <= _HEIGHT_OF_PATCH[1])
    if fitting.sum() < _SEEN_OF_EDGES * same.shape[1]:
        return None
    edges, counts = np.unique(np.stack([above, below])[:, fitting], axis=1, return_counts=True)
    top, bottom = (int(edge) for edge in edges[:, counts.argmax()])
    rows = slice(half - top + 1, half + bottom)
    seen = counts.max() >= _SEEN_OF_EDGES * same.shape[1]
    return rows if seen and rows.start > 0 and same[rows].all() else None


_INNER_OF_PATCH: Final = (2.2, 0.8)
"""Left and right end of what is certainly inside a patch: distances from the box of its text (em)."""

_BEYOND_PATCH: Final = 3.2
"""Distance from the text at which a patch has ended (em)."""

_HEIGHT_OF_PATCH: Final = (0.5, 0.9)
_SEEN_OF_EDGES: Final = 0.15
_ONE_COLOUR: Final = 8
_HUE: Final = 40
"""The channels of a vivid colour differ by more than this; the ground of a legend is grey, or nearly."""


def find_stroke(pixels: Any, text: Text, em: float) -> Sample | None:
    """Return the piece of a line left of a text, as long and as far away as matplotlib prints it; None without one.

    It is found where something else is drawn beside it, as in a legend without a frame, and where its colour is pale.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    text : Text
        A line of text.
    em : float
        Its font size (pixels).
    """
    import numpy as np

    start, end = round(text.box[0] - 3.7 * em), text.box[0]
    if em < 6 or start < 0:
        return None
    strip = _strip(pixels, text, 0.8 * em, start, end)
    ground = np.array(commonest(strip), np.int16)
    spans = [_stroke_in(row, ground, em) for row in strip]
    rows = runs_of([span is not None for span in spans])
    if len(rows) != 1 or rows[0][0] == 0 or rows[0][1] == len(strip):
        return None  # it goes on above or below, as a bar does
    at = max(range(*rows[0]), key=lambda y: np.abs(strip[y, round(-1.6 * em)] - ground).max())
    first, last = spans[at] or (0, 0)
    return Sample(_rgb(np.median(strip[at, first:last], axis=0)), start + first, start + last)


def _stroke_in(row: Any, ground: Any, em: float) -> tuple[int, int] | None:
    """Return start and end of a piece of one colour in a row of pixels that ends beside a text, with ground around."""
    import numpy as np

    inside = row[len(row) - round(2.0 * em) : len(row) - round(1.3 * em)]
    colour = np.median(inside, axis=0)
    if np.abs(colour - ground).max() <= _PALE:
        return None
    runs = runs_of(np.abs(row - colour).max(axis=1) <= _ALIKE_IN_STROKE)
    first, last = max(_joined(runs, _CROSSING * em), key=lambda run: run[1] - run[0], default=(0, 0))
    around = row[max(0, first - 4) : max(0, first - 1)], row[last + 1 : last + 4]
    # A curve or a grid line may run close beside it, but leaves some of the ground in between.
    apart = first >= 4 and all((np.abs(part - ground).max(axis=1) <= _ALIKE_IN_STROKE).any() for part in around)
    fits = _STROKE[0] * em <= last - first <= _STROKE[1] * em and 0.1 * em <= len(row) - last <= 1.1 * em
    return (first, last) if apart and fits else None


def _joined(runs: Sequence[tuple[int, int]], gap: float) -> list[tuple[int, int]]:
    """Return runs joined where a gap between them is no wider than a curve that crosses."""
    joined: list[tuple[int, int]] = []
    for start, end in runs:
        if joined and start - joined[-1][1] <= gap:
            start = joined.pop()[0]
        joined.append((start, end))
    return joined


_CROSSING: Final = 0.5
"""A curve that crosses a sample hides no more of its length (em)."""

_PALE: Final = 24
_ALIKE_IN_STROKE: Final = 14
_STROKE: Final = (1.6, 2.5)
"""Length of the piece of a line (em)."""


def _sample_in_box(pixels: Any, text: Text, em: float, edge: int) -> int:
    """Return how far the middle of the gap between sample and text is inside the box of the text (pixels)."""
    import numpy as np

    before = min(edge, round(0.5 * em))
    strip = _strip(pixels, text, em, edge - before, round(edge + 0.9 * em))
    if strip.size == 0:
        return 0
    ground = np.array(commonest(strip), np.int16)
    runs = runs_of((abs(strip - ground).max(axis=2) > STANDS_OUT).any(axis=0))
    gaps = ((end, start) for (_, end), (start, _) in pairwise(runs) if start - end >= _GAP_BEHIND * em)
    middle = next(((end + start) // 2 for end, start in gaps), 0)
    return max(0, middle - before)


_GAP_BEHIND: Final = 0.3
"""Behind a sample is a gap that is wider than between letters (em)."""


def _is_level(ink: Any) -> bool:
    """Return whether the ink of a sample is as high at its left end as at its right end, and between them."""
    import numpy as np

    third = max(1, ink.shape[1] // 3)
    middles = [
        float(np.flatnonzero(part.any(axis=1)).mean()) for part in (ink[:, :third], ink[:, -third:]) if part.any()
    ]
    return max(middles) - min(middles) <= max(1.0, 0.12 * ink.shape[0]) if middles else False


def colour_within(pixels: Any, text: Text, span: tuple[int, int], face: RGB | None = None) -> RGB | None:
    """Return the colour of the sample that stands in a known span beside a text; None if there is only ground.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    text : Text
        A line of text.
    span : tuple of int
        Start and end of the sample (pixels).
    face : tuple of int, optional
        The ground of the axes, which is the colour of no sample.
    """
    import numpy as np

    em = EM * text.height
    strip = _strip(pixels, text, 0.5 * em, max(0, span[0]), span[1])  # another curve may cross its corners
    if strip.size == 0:
        return None
    flat = strip.reshape(-1, 3)
    left, top, right, bottom = text.box
    edge = left if left >= span[1] else right
    beside = pixels[round(text.centre[1] - 0.3 * em) : round(text.centre[1] + 0.3 * em), max(0, edge - 2) : edge + 2]
    for part in (beside, pixels[top:bottom, left:right], strip):  # a curve may cross the gap beside the text
        if part.size == 0:
            continue
        ground = np.array(commonest(part), np.int16)
        drawn = flat[abs(flat - ground).max(axis=1) > STANDS_OUT]
        if len(drawn) < 0.5 * (span[1] - span[0]):
            pale = flat[abs(flat - ground).max(axis=1) > STANDS_OUT / 2]
            filling = commonest(pale)
            if (pale == filling).all(axis=1).sum() >= _FILLED * len(flat):
                return filling  # a pale marker that fills its place
            continue
        colour = _sample_colour(strip, ground)
        if face is None or max(abs(a - b) for a, b in zip(colour, face, strict=True)) > _ONE_COLOUR:
            return colour
    return _colour_of_area(flat, face)


def _colour_of_area(flat: Any, face: RGB | None) -> RGB | None:
    """Return the one colour of the place of a sample that stands on an area of its own colour, with a hue; or None."""
    colour = commonest(flat)
    hue = max(colour) - min(colour) > _HUE and face is not None and colour != face
    return colour if hue and (abs(flat - colour).max(axis=1) <= _ONE_COLOUR).all() else None


def _strip(pixels: Any, text: Text, em: float, start: int, end: int) -> Any:
    import numpy as np

    middle = text.centre[1]
    return pixels[max(0, round(middle - 0.55 * em)) : round(middle + 0.55 * em), start:end].astype(np.int16)


def _sample_span(occupied: list[bool], em: float) -> tuple[int, int] | None:
    """Return start and end of the sample, or None if there is none with clear background on both sides."""
    edge = len(occupied)
    while edge > len(occupied) - 0.4 * em and edge > 0 and occupied[edge - 1]:
        edge -= 1  # the first letter, if the box is tight
    end = edge
    while end > 0 and not occupied[end - 1]:
        end -= 1
    if end == 0 or edge - end < 0.12 * em:
        return None
    start = _sample_start(runs_of(occupied[:end])[::-1], em)
    clear = start > 0.12 * em and not any(occupied[max(0, start - 2) : start])
    return (start, end) if clear and 0.25 * em <= end - start <= 2.6 * em else None


def _sample_start(runs: list[tuple[int, int]], em: float) -> int:
    """Return where the sample starts: its dashes are near each other, and the border of the legend is thin.

    The runs of occupied columns are in order from right to left.
    """
    members = [runs[0]]
    for run in runs[1:]:
        if members[-1][0] - run[1] > max(_BETWEEN_DOTS, 0.34 * em):
            break
        members.append(run)
    thin = members[-1][1] - members[-1][0] <= max(2.0, 0.12 * em)
    return members[-2][0] if thin and len(members) > 1 else members[-1][0]


_BETWEEN_DOTS: Final = 4.0
"""Distance between dots in small print, of which those that lie between two pixels are too pale to be seen."""


def _sample_colour(strip: Any, ground: Any) -> RGB:
    """Return the colour of a sample: of the commonest one, preferring vivid ones, its purest shade.

    A patch has a border and a line has a marker: the vivid part gives the colour, unless there is very little of it.
    The pixels of a thin line are mixtures with the ground; those farthest from it are the least mixed.
    """
    import numpy as np

    drawn = abs(strip - ground).max(axis=2) > STANDS_OUT
    values, counts = np.unique(strip[drawn], axis=0, return_counts=True)
    vivid = values.max(axis=1) - values.min(axis=1) > _HUE
    mostly = counts[vivid].sum() >= _ENOUGH_VIVID * counts.sum()
    weights = counts * np.where(vivid, 1.5, 0.0 if mostly else 1.0)
    best = np.argsort(-weights, kind="stable")[: _CANDIDATES if mostly else 1]
    best = best[weights[best] > 0]
    if mostly and not vivid.all() and values.max(axis=1).min() > _BORDER:  # a grey line that a vivid curve crosses
        best = np.append(best, np.where(vivid, 0, counts).argmax())
    rivals = best[values[best].max(axis=1) > _BORDER]  # not mixtures with a black border
    chosen = _along(strip, values[rivals], ground) if best[0] in rivals else values[best[0]]
    inner = values[(np.ptp(values, axis=1) * np.minimum(counts, 3)).argmax()]
    share = counts[vivid].sum() / counts.sum()
    if chosen.max() < _BLACK and share >= _VIVID_IN_BLACK:
        chosen = inner  # a small marker in a black border
    on_ray, strength = _on_ray(values, chosen, ground)
    purer = on_ray & (strength > 1.02) & (counts >= 2)
    if purer.any():
        chosen = values[np.where(purer, strength * np.minimum(counts, 3), 0).argmax()]
    dark = counts[values.max(axis=1) < _BORDER].sum() / counts.sum()
    if np.ptp(chosen) <= _BORDER and dark >= _DARK and share >= _VIVID_IN_GREY:
        chosen = inner  # a border so thin that most of it is grey
    return _rgb(chosen)


def _along(strip: Any, candidates: Any, ground: Any) -> Any:
    """Return the first of the colours, or that of a far longer row of pixels in the middle: a curve crosses the sample.

    A curve is nowhere level for long, and what is drawn above or below a sample is not in its middle.
    """
    rows = len(strip)
    inset = min(rows // 4, max(0, (rows - _FEWEST_ROWS) // 2))
    middle = strip[inset : rows - inset]

    def longest(colour: Any) -> int:
        on_ray, strength = _on_ray(middle.reshape(-1, 3), colour, ground)
        return int((on_ray & (strength > _LEAST_STRENGTH)).reshape(middle.shape[:2]).sum(axis=1).max())

    best = max(candidates, key=longest)
    far_longer = longest(best) > _FAR_LONGER * longest(candidates[0])
    return best if far_longer and strip.shape[1] >= _SMALL_MARKER else candidates[0]


_FEWEST_ROWS: Final = 7
_SMALL_MARKER: Final = 10
"""The rows of a narrower sample are too short to be compared (pixels)."""

_FAR_LONGER: Final = 1.4
_BORDER: Final = 64
_CANDIDATES: Final = 6
_LEAST_STRENGTH: Final = 0.4
"""How many of the commonest colours of a sample are compared, and their least share in a mixture with the ground."""


def _on_ray(values: Any, chosen: Any, ground: Any) -> tuple[Any, Any]:
    """Return which colours lie on the line from the ground through one, and how far along it, as its multiple."""
    import numpy as np

    away, ray = values.astype(np.float64) - ground, chosen.astype(np.float64) - ground
    strength = away @ ray / max(1.0, float(ray @ ray))
    misses = np.linalg.norm(away - strength[:, None] * ray, axis=1)
    return misses <= _SAME_RAY * np.maximum(1.0, strength), strength


def drawn_colour(pixels: Any, frame: Frame, rgb: RGB, below: RGB) -> RGB:
    """Return the colour inside the axes of what a sample stands for: the sample may be thin, and so paler.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    frame : Frame
        The axes.
    rgb : tuple of int
        The colour of the sample.
    below : tuple of int
        The background of the legend, which is another one than that of the axes where the legend is outside.
    """
    import numpy as np

    inside = pixels[frame.top + 3 : frame.bottom - 3, frame.left + 3 : frame.right - 3].reshape(-1, 3)
    if len(inside) == 0:
        return rgb
    codes, counts = np.unique(codes_of(inside), return_counts=True)
    values = np.stack(rgb_of(codes), axis=1)
    grounds = [values[counts.argmax()], np.array(below)]
    drawn = (counts >= 12) & (np.abs(values - grounds[0].astype(np.int16)).max(axis=1) > STANDS_OUT / 2)
    if _within_border(rgb):
        on_ray, strength = _on_ray(values, np.array(rgb), np.zeros(3))
        purer = on_ray & (strength > 1.7) & (np.ptp(values, axis=1) > _VIVID_MARK)
        if counts[purer].max(initial=0) >= max(12, counts[(values == rgb).all(axis=1)].max(initial=0)):
            return _rgb(values[np.where(purer, counts, 0).argmax()])
    for ground in grounds:
        on_ray, strength = _on_ray(values, np.array(rgb), ground)
        near = drawn & on_ray & (strength > 0.95) & (strength < 1.6)
        near &= counts >= 0.2 * counts[near].max(initial=0)
        if near.any():
            return _rgb(values[np.where(near, strength, 0).argmax()])
    for ground in grounds:
        on_ray, strength = _on_ray(values, np.array(rgb), ground)
        shades = on_ray & (strength > 1) & (strength < 1.6)
        pure = _purest(strength[shades], counts[shades])
        if pure is not None:
            return _rgb(values[shades][pure])
    return rgb


def _purest(strength: Any, counts: Any) -> int | None:
    """Return which shade of a colour is the purest with enough pixels of its like, or None.

    A thin line of dots has a few pixels of each of many shades.
    """
    import numpy as np

    order = np.argsort(-strength, kind="stable")
    alike = [int(counts[(strength <= strength[n]) & (strength > strength[n] - _ALIKE)].sum()) for n in order]
    return next((int(n) for n, count in zip(order, alike, strict=True) if counts[n] > 1 and count >= 12), None)


_ALIKE: Final = 0.06


_VIVID_MARK: Final = 180


def _within_border(rgb: RGB) -> bool:
    """Return whether a colour is dark, but not grey, as that of a small marker below its black border."""
    return max(rgb) < 140 and max(rgb) - min(rgb) > 20


def _rgb(colour: Any) -> RGB:
    red, green, blue = (int(channel) for channel in colour)
    return red, green, blue
