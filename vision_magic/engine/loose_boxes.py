"""Boxes that detection drew around more than a name: a curve or the sample of a legend beside its letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from vision_magic.engine.chart.legend_checks import colour_of_letters
from vision_magic.engine.chart.masks import runs_of

if TYPE_CHECKING:
    from vision_magic.engine.pixels import Box
    from vision_magic.engine.texts import Text

__all__ = ["cut_to_letters"]

_FEWEST: Final = 3
"""A name has so many letters."""

_INK: Final = 100
"""Letters differ at most this much from their colour (of 255)."""

_BESIDE, _HIGHER = 0.5, 1.8
"""A loose box has so much beside its letters, or is so much higher than others (heights of the other boxes)."""

_MARGIN: Final = 0.15
"""What is left beside the letters (heights of the other boxes)."""


def cut_to_letters(pixels: Any, texts: Sequence[Text]) -> list[Text]:
    """Return texts with the loose boxes of level names cut to their letters.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    texts : sequence of Text
        The texts that were read, with boxes in the same pixels.
    """
    level = [text for text in texts if not (text.rotated or text.slant)]
    height = median(text.height for text in level) if level else 0
    return [_cut(pixels, text, height) if any(text is each for each in level) else text for text in texts]


def _cut(pixels: Any, text: Text, height: float) -> Text:
    tight = _box_of_letters(pixels, text) if sum(map(str.isalpha, text.text)) >= _FEWEST else None
    if tight is None:
        return text
    margin = round(_MARGIN * height)
    left, top, right, bottom = text.box
    if tight[0] - left > _BESIDE * height:
        left = tight[0] - margin
    if right - tight[2] > _BESIDE * height:
        right = tight[2] + margin
    if text.height > _HIGHER * height:
        top, bottom = max(top, tight[1] - margin), min(bottom, tight[3] + margin)
    return replace(text, box=(left, top, right, bottom))


def _box_of_letters(pixels: Any, text: Text) -> Box | None:
    """Return the box of the rows of letters in the box of a text; None where they have no colour of their own."""
    import numpy as np

    ink = colour_of_letters(pixels, text)
    if ink is None:
        return None
    left, top, right, bottom = text.box
    letters = np.abs(pixels[top:bottom, left:right].astype(np.int16) - ink).max(axis=2) <= _INK
    start, stop = max(runs_of(letters.any(axis=1)), key=lambda run: run[1] - run[0])
    columns = np.flatnonzero(letters[start:stop].any(axis=0))
    return left + int(columns[0]), top + start, left + int(columns[-1]) + 1, top + stop
