"""Names of a legend that detection missed: a colour sample stands there, in line with those of other names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from vision_magic.engine.chart.legend_checks import colour_of_letters, is_sample_row
from vision_magic.engine.chart.masks import runs_of
from vision_magic.engine.chart.samples import EM, Sample, find_sample, find_stroke
from vision_magic.engine.colours import commonest
from vision_magic.engine.pixels import Box

if TYPE_CHECKING:
    from vision_magic.engine.texts import Text

__all__ = ["Missed", "missed_names"]

_LENGTH: Final = (1.3, 2.7)
"""Length of the sample of a line or a patch (em); what is shorter may be a marker inside the axes."""

_ALIGNED: Final = 2
"""Samples of a column begin at the same place, up to so many pixels."""

_DOWN: Final = (0.8, 1.7)
"""Distance between two lines of a legend, as shares of the height of a text's box."""

_WHOLE: Final = 0.75
"""A text that is lower than this part of the others was detected in part."""

_LIKE_LETTERS: Final = 100
"""The middle of a stroke differs at most this much from the colour of other letters (of 255)."""

_SPACE: Final = 0.6
_LONGEST: Final = 15.0
_FIRST: Final = 0.8
"""Widths of a space and of a name, and the distance of its first letter from the left end of its box, at most (em)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A place where a name of a legend stands that was not read.

    Attributes
    ----------
    box : tuple of int
        Left, top, right, bottom in pixels.
    parts : tuple of Text
        What was read of it, from a piece that is not as high.
    """

    box: Box
    parts: tuple[Text, ...] = ()


def missed_names(pixels: Any, texts: Sequence[Text]) -> Iterator[Missed]:
    """Yield the names above and below those of a legend that have a sample in line, and no text.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    texts : sequence of Text
        The texts that were read, with boxes in the same pixels.
    """
    named = [(text, sample) for text in texts if (sample := _sample_of(pixels, text)) is not None]
    seen: list[float] = []
    for text, sample in named:
        height = round(median(other.height for other, its in named if abs(its.start - sample.start) <= _ALIGNED))
        for middle in _samples_in_line(pixels, text, sample, height):
            there = tuple(other for other in texts if _is_at(other, text.box[0], middle, height))
            box = _box_of_letters(pixels, text, middle, height)
            known = any(abs(middle - other) <= _ALIGNED for other in seen)
            if box is not None and not known and all(other.height < _WHOLE * height for other in there):
                seen.append(middle)
                yield Missed(box=box, parts=there)


def _sample_of(pixels: Any, text: Text) -> Sample | None:
    """Return the sample of a line or a patch left of a level text of letters, or None."""
    em = EM * text.height
    if text.rotated or text.slant or sum(map(str.isalpha, text.text)) < len(text.text) / 2:
        return None
    sample = find_sample(pixels, text, em) or find_stroke(pixels, text, em)
    fits = sample is not None and sample.level and _LENGTH[0] * em <= sample.end - sample.start <= _LENGTH[1] * em
    return sample if fits else None


def _samples_in_line(pixels: Any, text: Text, sample: Sample, height: int) -> Iterator[float]:
    """Yield the middles of the samples that stand in the lines above and below a text."""
    left, top, right, bottom = text.box
    ground, span = commonest(pixels[top:bottom, left:right]), (sample.start, sample.end)
    for sign in (-1, 1):
        rows = [round(text.centre[1] + sign * share * height) for share in _DOWN]
        first, last = max(0, min(rows)), min(len(pixels), max(rows))
        runs = runs_of([is_sample_row(pixels[y], span, ground) for y in range(first, last)])
        if runs:
            start, end = max(runs, key=lambda run: run[1] - run[0])
            yield first + (start + end - 1) / 2


def _is_at(text: Text, left: int, middle: float, height: int) -> bool:
    """Return whether a text stands in a line, where a name begins."""
    begins = text.box[0] - height <= left <= text.box[2] - 0.3 * height
    return not text.rotated and begins and text.box[1] <= middle <= text.box[3]


def _box_of_letters(pixels: Any, model: Text, middle: float, height: int) -> Box | None:
    """Return the box of the letters in a line below those of another name, or None if there are none."""
    import numpy as np

    ink, em = colour_of_letters(pixels, model), EM * height
    left, top = model.box[0], round(middle - height / 2)
    rows = slice(max(0, top + height // 5), top + height - height // 5)
    part = pixels[rows, left : left + round(_LONGEST * em)].astype(np.int16)
    if ink is None or part.size == 0:
        return None
    letters = runs_of((np.abs(part - ink).max(axis=2) <= _LIKE_LETTERS).any(axis=0))
    end = 0
    for start, stop in letters:
        if start - end > (_SPACE if end else _FIRST) * em:
            break
        end = stop
    right = left + end + (letters[0][0] if letters else 0)  # as much room behind the letters as before them
    return (left, max(0, top), min(right, pixels.shape[1]), min(top + height, len(pixels))) if end > em / 2 else None
