"""Raised digits in tick labels, found by the shapes of their glyphs: OCR reads 10³ as "103" or "10°"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from vision_magic.engine.chart.masks import runs_of

if TYPE_CHECKING:
    from vision_magic.engine.texts import Text

__all__ = ["as_raised", "exponent_of", "is_like_power", "with_powers"]

_RAISED: Final = 0.18
"""The last glyph ends at least this share of the first one's height above it."""

_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻º°", "0123456789-00")
_RAISED_DIGITS: Final = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_POWER: Final = re.compile(
    r"(?P<sign>[-−]?)(?:(?P<factor>\d(?:\.\d+)?)[×xX·])?1[0oO][\^{(\[]*(?P<power>[-−]?[0-9oOlI]{1,3})"
)


def with_powers(pixels: Any, texts: Sequence[Text]) -> list[str]:
    """Return the labels of an axis, powers of ten as ``10³``.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    texts : sequence of Text
        The tick labels of one axis.
    """
    labels = [text.text for text in texts]
    powers = [_as_power(label) for label in labels]
    marked = sum(_is_marked(label) for label in labels)
    candidates = [number for number, power in enumerate(powers) if power]
    if len(candidates) < 2 or len(candidates) < 0.6 * len(labels):
        return labels
    raised = sum(_ends_raised(pixels, texts[number]) for number in candidates)
    if marked < 2 and not (marked and raised) and raised < max(2, 0.5 * len(candidates)):
        return labels
    return [power or label for label, power in zip(labels, powers, strict=True)]


def _is_marked(label: str) -> bool:
    """Return whether a label was read as a power: with a raised digit, or with a minus sign between two numbers."""
    return "^" in label or label != label.translate(_SUPERSCRIPTS) or _SIGN_INSIDE.fullmatch(label) is not None


_SIGN_INSIDE: Final = re.compile(r"10[-−]\d{1,2}")


def is_like_power(label: str) -> bool:
    """Return whether a label may be a power of ten whose raised digits were read as others."""
    return bool(_as_power(label))


def _as_power(label: str) -> str:
    """Return a label that may be a power of ten as ``10³``; empty for another label."""
    found = _POWER.fullmatch(re.sub(r"\s", "", label).translate(_SUPERSCRIPTS))
    if found is None:
        return ""
    power = found["power"].replace("−", "-").translate(str.maketrans("oOlI", "0011"))
    factor = f"{found['factor']}×" if found["factor"] else ""
    return f"{'-' if found['sign'] else ''}{factor}10{power.translate(_RAISED_DIGITS)}"


def _ends_raised(pixels: Any, text: Text) -> bool:
    """Return whether the last glyph of a text is higher up than the first."""
    import numpy as np

    left, top, right, bottom = text.box
    crop = pixels[max(0, top) : bottom, max(0, left) : right].astype(np.int16)
    if crop.shape[0] < 6 or crop.shape[1] < 6:
        return False
    ground = np.median(crop.reshape(-1, 3), axis=0)
    ink = np.abs(crop - ground).max(axis=2) > 90
    ink = _largest_band(ink)
    runs = runs_of(ink.any(axis=0))
    heights = [
        (rows[0], rows[-1] + 1) for start, stop in runs if (rows := np.flatnonzero(ink[:, start:stop].any(axis=1))).size
    ]
    tallest = max((end - top for top, end in heights), default=0)
    glyphs = [(top, end) for top, end in heights if end - top > 0.4 * tallest]  # a tick mark is much smaller
    if len(glyphs) < 2:
        return False
    first_top, first_end = glyphs[0]
    return bool(first_end - glyphs[-1][1] >= _RAISED * (first_end - first_top))


def _largest_band(ink: Any) -> Any:
    """Return the highest band of rows with ink: the text, without the spine and the tick mark at the box's edge."""
    filled = ink.any(axis=1) & (ink.mean(axis=1) < 0.7)
    start, stop = max(runs_of(filled), key=lambda band: band[1] - band[0], default=(0, 0))
    return ink[start:stop]


def as_raised(digits: str) -> str:
    """Return digits and a minus sign as superscripts."""
    return digits.translate(_RAISED_DIGITS)


def exponent_of(label: str) -> int | None:
    """Return the exponent of a label such as ``10³``; None for another label."""
    found = re.fullmatch(r"10(?P<power>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})", label)
    if found is None:
        return None
    plain = found["power"].translate(_SUPERSCRIPTS)
    return int(plain) if re.fullmatch(r"-?\d{1,3}", plain) else None
