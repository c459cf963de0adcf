"""Minus signs before the numbers of tick labels, and tick marks beside them that OCR reads as dashes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from vision_magic.engine.chart.calibrate import Side, calibrate
from vision_magic.engine.chart.masks import runs_of
from vision_magic.engine.chart.ticks import number_of
from vision_magic.engine.texts import Text

__all__ = ["has_minus", "without_marks"]

_FLAT: Final = 0.35
"""A minus sign is lower than this share of a digit, with its soft edges."""

_WIDE, _WIDE_AT_DIGIT, _WIDEST = 0.25, 0.45, 1.1
"""Width of a minus sign or a hyphen, as shares of the height of a digit; it is wider than the tip of a 4."""

_GAP, _GAP_OF_LONG, _LONG = 0.34, 0.45, 0.7
"""A sign is no farther from its digit, or one that is so long (heights of a digit); a tick mark is farther away."""


_DASH_AT_END: Final = re.compile(r"(?<=[\w%])\s*[-–—_]+$")
_DASH_AT_START: Final = re.compile(r"^[-–—_]+\s*(?=\w)")


def without_marks(pixels: Any, texts: Sequence[Text], side: Side) -> tuple[Text, ...]:
    """Return the labels without the tick marks beside them, which are read as dashes, and with signs as printed.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    texts : sequence of Text
        The tick labels of one axis.
    side : {"bottom", "left", "top", "right"}
        Where they are.
    """
    if side == "left":
        texts = [replace(text, text=_DASH_AT_END.sub("", text.text)) for text in texts]
    bare = [replace(text, text=_DASH_AT_START.sub("", text.text)) for text in texts]
    numbers = [number_of(text.text) for text in bare]
    minus = [
        None if number is None else number != 0 and has_minus(pixels, text)
        for number, text in zip(numbers, bare, strict=True)
    ]
    as_read = tuple(texts)
    signed = [
        text if sign is None else replace(plain, text=f"-{plain.text}") if sign else plain
        for text, plain, sign in zip(as_read, bare, minus, strict=True)
    ]
    ways = [as_read, tuple(signed), *([tuple(bare)] if side == "right" else [])]
    return max(ways, key=lambda way: _merit(way, minus, side)) if len(set(ways)) > 1 else as_read


def _merit(texts: Sequence[Text], minus: Sequence[bool | None], side: Side) -> tuple[int, bool, int]:
    """Return how many labels agree with a scale, whether it runs as usual, and how many have the sign that is printed.

    Tick marks beside all labels look like signs, with which the scale would run backwards.
    """
    places = [text.centre[0 if side in ("bottom", "top") else 1] for text in texts]
    fit = calibrate([text.text for text in texts], places, places, near=1.0)
    as_printed = sum(text.text.startswith("-") is sign for text, sign in zip(texts, minus, strict=True))
    signed = len(texts) > 1 and all(text.text.startswith("-") for text in texts)
    along = sorted(zip(places, texts, strict=True), key=lambda pair: pair[0], reverse=side not in ("bottom", "top"))
    first, last = (number_of(along[end][1].text) if signed else None for end in (0, -1))
    backwards = first is not None and last is not None and first > last
    return (fit.agreeing if fit is not None else 0, not backwards, as_printed)


def has_minus(pixels: Any, text: Text) -> bool | None:
    """Return whether a minus sign is printed right before the first digit of a level text; None if it cannot be told.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    text : Text
        A tick label. Its box may be without the sign.
    """
    import numpy as np

    left, top, right, bottom = text.box
    start = max(0, left - round(1.2 * text.height))
    part = pixels[top + 1 : bottom - 1, start:right].astype(np.int16)
    if part.shape[0] < 6 or part.shape[1] < 4 or text.slant or text.rotated:
        return None
    away = np.abs(part - np.median(part.reshape(-1, 3), axis=0)).max(axis=2)
    ink = away > 0.4 * away[:, left - start :].max()
    ink[ink.mean(axis=1) > 0.9] = False  # a grid line
    ink = ink[slice(*max(runs_of(ink[:, left - start :].any(axis=1)), key=_length, default=(0, 0)))]
    digit = len(ink)
    if digit < _LOWEST:
        return None
    heights = np.where(ink.any(axis=0), digit - ink.argmax(axis=0) - ink[::-1].argmax(axis=0), 0)
    tall = np.flatnonzero(heights[left - start :] > 0.5 * digit)
    if not len(tall):
        return None
    flat = _before(heights, left - start + int(tall[0]), digit)
    if flat is None:
        return False
    rows = np.flatnonzero(ink[:, flat[0] : flat[1]].any(axis=1))
    return bool(0.25 <= (rows[0] + rows[-1]) / 2 / digit <= 0.8)


_LOWEST: Final = 5
"""In lower digits a sign is not told from its surroundings (pixels)."""


def _length(run: tuple[int, int]) -> int:
    return run[1] - run[0]


def _before(heights: Any, digit_at: int, digit: int) -> tuple[int, int] | None:
    """Return start and end of the flat ink right before a digit; None if there is none as wide as a sign."""
    for start, stop in reversed(runs_of((heights[:digit_at] > 0) & (heights[:digit_at] <= max(2.0, _FLAT * digit)))):
        apart = int((heights[stop : digit_at + 1] > 0).argmax())
        if not heights[stop + apart : digit_at].all():
            return None  # something else is between them
        if start == 0 or heights[start - 1]:
            return None  # a mark that leaves a line
        if _length((start, stop)) >= (_WIDE if apart else _WIDE_AT_DIGIT) * digit:
            near = apart <= (_GAP if _length((start, stop)) < _LONG * digit else _GAP_OF_LONG) * digit
            return (start, stop) if near and _length((start, stop)) <= _WIDEST * digit else None
    return None
