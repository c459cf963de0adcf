"""Colour samples of a legend: a piece of a line, a marker or a patch beside a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from vision_magic.engine.chart.frames import Frame
from vision_magic.engine.chart.masks import runs_of
from vision_magic.engine.colours import codes_of, commonest, rgb_of
from vision_magic.engine.pixels import RGB
from vision_magic.engine.reading import Text

__all__ = ["EM", "Sample", "colour_within", "drawn_colour", "find_sample"]

STANDS_OUT: Final = 52
"""A pixel belongs to a sample when a channel differs from the legend's background by more than this (of 255).

matplotlib's legends let a fifth of the colour of a line behind them through, which is 51 at most.
"""

EM: Final = 0.72
"""Font size as a share of the height of the box that OCR gives."""

_SAME_RAY: Final = 14.0
"""A colour is a mixture of the ground and another one when it is at most this far from the line between them."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Colour, start and end (pixels from left to right) of a sample."""

    rgb: RGB
    start: int
    end: int


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
    width = pixels.shape[1]
    if mirrored:
        pixels = pixels[:, ::-1]
    edge = width - text.box[2] if mirrored else text.box[0]
    found = _sample_before(pixels, text, em, edge + 0.1 * em)  # the box has a margin of about 0.4 em
    if found is None:  # the margin may reach over the end of the sample
        found = _sample_before(pixels, text, em, edge + 0.45 * em)
        if found is not None and not (found.start < edge - em and abs(found.end - edge) <= 0.2 * em):
            return None
    if found is None or not mirrored:
        return found
    return Sample(found.rgb, width - found.end, width - found.start)


def _sample_before(pixels: Any, text: Text, em: float, before: float) -> Sample | None:
    """Return the sample that ends before a column; None if there is none."""
    import numpy as np

    start, end = max(0, round(before - 3.6 * em)), round(before)
    strip = _strip(pixels, text, em, start, end)
    if em < 4 or end - start < em or strip.shape[0] < 3:
        return None
    ground = np.array(commonest(strip[:, -3:]), np.int16)
    away = abs(strip - ground).max(axis=2)
    span = _sample_span((away > STANDS_OUT).any(axis=0).tolist(), em)
    if span is None:
        return None
    return Sample(_sample_colour(strip[:, span[0] : span[1]].reshape(-1, 3), ground), start + span[0], start + span[1])


def colour_within(pixels: Any, text: Text, span: tuple[int, int]) -> RGB | None:
    """Return the colour of the sample that stands in a known span beside a text; None if there is only ground."""
    import numpy as np

    em = EM * text.height
    strip = _strip(pixels, text, 0.5 * em, max(0, span[0]), span[1])  # another curve may cross its corners
    if strip.size == 0:
        return None
    ground = np.array(commonest(strip), np.int16)
    flat = strip.reshape(-1, 3)
    edge = text.box[0] if text.box[0] >= span[1] else text.box[2]
    beside = pixels[round(text.centre[1] - 0.3 * em) : round(text.centre[1] + 0.3 * em), max(0, edge - 2) : edge + 2]
    if beside.size:
        ground = np.array(commonest(beside), np.int16)
    drawn = flat[abs(flat - ground).max(axis=1) > STANDS_OUT]
    return _sample_colour(flat, ground) if len(drawn) >= 0.5 * (span[1] - span[0]) else None


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
        if members[-1][0] - run[1] > 0.34 * em:
            break
        members.append(run)
    thin = members[-1][1] - members[-1][0] <= max(2.0, 0.12 * em)
    return members[-2][0] if thin and len(members) > 1 else members[-1][0]


def _sample_colour(colours: Any, ground: Any) -> RGB:
    """Return the colour of a sample: of the commonest one, preferring vivid ones, its purest shade.

    A patch has a border and a line has a marker: the vivid part gives the colour, unless there is very little of it.
    The pixels of a thin line are mixtures with the ground; those farthest from it are the least mixed.
    """
    import numpy as np

    drawn = colours[abs(colours - ground).max(axis=1) > STANDS_OUT]
    values, counts = np.unique(drawn, axis=0, return_counts=True)
    vivid = values.max(axis=1) - values.min(axis=1) > 40
    chosen = values[(counts * np.where(vivid, 1.5, 1.0)).argmax()]
    on_ray, strength = _on_ray(values, chosen, ground)
    purer = on_ray & (strength > 1.02) & (counts >= 2)
    if purer.any():
        chosen = values[np.where(purer, strength * np.minimum(counts, 3), 0).argmax()]
    return _rgb(chosen)


def _on_ray(values: Any, chosen: Any, ground: Any) -> tuple[Any, Any]:
    """Return which colours lie on the line from the ground through one, and how far along it, as its multiple."""
    import numpy as np

    away, ray = values.astype(np.float64) - ground, chosen.astype(np.float64) - ground
    strength = away @ ray / max(1.0, float(ray @ ray))
    misses = np.linalg.norm(away - strength[:, None] * ray, axis=1)
    return misses <= _SAME_RAY, strength


def drawn_colour(pixels: Any, frame: Frame, rgb: RGB) -> RGB:
    """Return the colour inside the axes of what a sample stands for: the sample may be thin, and so paler.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    frame : Frame
        The axes.
    rgb : tuple of int
        The colour of the sample.
    """
    import numpy as np

    inside = pixels[frame.top + 3 : frame.bottom - 3, frame.left + 3 : frame.right - 3].reshape(-1, 3)
    if len(inside) == 0:
        return rgb
    codes, counts = np.unique(codes_of(inside), return_counts=True)
    values = np.stack(rgb_of(codes), axis=1)
    ground = values[counts.argmax()]
    on_ray, strength = _on_ray(values, np.array(rgb), ground)
    near = on_ray & (strength > 0.95) & (strength < 1.6) & (counts >= 12)
    return _rgb(values[np.where(near, counts * strength, 0).argmax()]) if near.any() else rgb


def _rgb(colour: Any) -> RGB:
    red, green, blue = (int(channel) for channel in colour)
    return red, green, blue
