"""Letters whose small and capital forms have one shape, told by their height."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median
from typing import Any, Final

__all__ = ["in_their_case", "may_be_told"]

_ONE_SHAPE: Final = re.compile(r"[cosuvwxzCOSUVWXZ]+")
_DIGITS: Final = re.compile(r"[\d.\s−-]*\d[\d.\s−-]*")
_TALL: Final = re.compile(r"[^gjpqy,;()\[\]/|_$@{}]*[A-Zbdfhklt\d][^gjpqy,;()\[\]/|_$@{}]*")
"""Texts as high as digits of their size: with a tall letter, and none that reaches below the line."""

_SMALL: Final = (0.67, 0.92)
"""Heights of small letters, as parts of that of digits, of the same size or of labels that are 1.2 times as large."""

_CAPITAL: Final = (0.95, 1.26)
_SEVERAL_SIZES: Final = (0.6, 0.88)
"""If other text is as low as this, as a part of the digits, letters of several sizes are in the image. What is lower
still is not a letter: a tick mark is read as 1."""

_INK: Final = 70
"""Ink differs more from the commonest level of its box (0 to 255)."""


def may_be_told(texts: Sequence[str]) -> bool:
    """Return whether there are such letters, and digits with which to compare them."""
    return any(map(_ONE_SHAPE.fullmatch, texts)) and sum(_DIGITS.fullmatch(text) is not None for text in texts) > 1


def in_their_case(texts: Sequence[str], boxes: Sequence[Any]) -> list[str]:
    """Return texts of such letters in the case that their heights tell, and all others as they are.

    Parameters
    ----------
    texts : sequence of str
        The texts of an image as they were read.
    boxes : sequence of array of int
        The grey pixels of each, with the axes (y, x).
    """
    heights = [_ink_height(box) for box in boxes]
    digits = [height for text, height in zip(texts, heights, strict=True) if height and _DIGITS.fullmatch(text)]
    if not digits:
        return list(texts)
    whole = median(digits)
    tall = [height for text, height in zip(texts, heights, strict=True) if height and _is_tall(text)]
    if any(_SEVERAL_SIZES[0] <= height / whole < _SEVERAL_SIZES[1] for height in tall):
        return list(texts)
    return [_cased(text, height / whole) for text, height in zip(texts, heights, strict=True)]


def _is_tall(text: str) -> bool:
    return _TALL.fullmatch(text) is not None and _ONE_SHAPE.fullmatch(text) is None


def _cased(text: str, ratio: float) -> str:
    if _ONE_SHAPE.fullmatch(text) is None:
        return text
    if _SMALL[0] <= ratio <= _SMALL[1]:
        return text.lower()
    return text.upper() if len(text) == 1 and _CAPITAL[0] <= ratio <= _CAPITAL[1] else text


def _ink_height(box: Any) -> float:
    """Return the height of the ink in a box, to parts of a pixel; 0 if there is none."""
    import numpy as np

    if box.size == 0:
        return 0.0
    ground = int(np.bincount(box.ravel(), minlength=256).argmax())
    strength = np.abs(box.astype(np.int16) - ground).max(axis=1)
    rows = np.flatnonzero(strength > _INK)
    if not rows.size:
        return 0.0
    # A tick mark may stand above the letters or below them.
    run = max(np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1), key=len)
    first, last = int(run[0]), int(run[-1])
    whole = float(np.median(strength[first : last + 1]))
    # The rows at the edges are covered in part, and so may be those beside them.
    edges = [row for row in (first - 1, first, last, last + 1) if 0 <= row < len(strength)]
    return max(0, last - first - 1) + float(np.minimum(strength[edges] / whole, 1.0).sum())
