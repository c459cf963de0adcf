"""Checks of legends: markers read as letters, texts that a curve crosses, and samples whose text was not read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from vision_magic.engine.chart.masks import runs_of
from vision_magic.engine.chart.samples import EM, STANDS_OUT
from vision_magic.engine.colours import commonest
from vision_magic.engine.pixels import RGB

if TYPE_CHECKING:
    from vision_magic.engine.texts import Text

__all__ = [
    "Span",
    "colour_of_letters",
    "has_unread_sample",
    "is_doubtful",
    "is_marker",
    "is_sample_row",
    "start_of_letters",
    "without_faint_marker",
]

_VIVID: Final = 60
"""Text is darker or lighter than its ground in all channels alike; what differs more among them is a mark."""

_CROSSED: Final = (0.04, 0.5)
"""Share of vivid ink in a text that a curve crosses; where more is vivid, letters or ground are coloured."""

_UNIFORM: Final = 14
"""The pixels of a row of a sample differ at most this much."""

Span = tuple[int, int]
"""Start and end of a sample from left to right (pixels)."""


def is_marker(pixels: Any, text: Text) -> bool:
    """Return whether a text of a letter or two is a coloured marker: legends are printed in one plain colour."""
    return len(text.text) <= 2 and _vivid_share(pixels, text) > 0.5


def start_of_letters(pixels: Any, text: Text) -> int:
    """Return where the letters of a level text begin (pixels from the left): its box may have a coloured sample in it.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    text : Text
        A text that may be an entry of a legend.
    """
    import numpy as np

    left, top, right, bottom = text.box
    part = pixels[top:bottom, left:right].astype(np.int16)
    if text.rotated or text.slant or part.size == 0:
        return left
    away = part - np.array(commonest(part), np.int16)
    ink = np.abs(away).max(axis=2) > STANDS_OUT
    vivid = np.flatnonzero((ink & (away.max(axis=2) - away.min(axis=2) > _VIVID)).any(axis=0))
    em = EM * text.height
    if not len(vivid) or vivid[-1] > 0.7 * part.shape[1] or vivid[-1] < 0.8 * em:
        return left
    behind = np.flatnonzero(ink[:, vivid[-1] + 1 :].any(axis=0)) + vivid[-1] + 1
    apart = len(behind) > 0 and behind[0] - vivid[-1] >= 0.4 * em
    return left + int(behind[0]) - round(0.25 * em) if apart else left


_READ_FROM_MARKERS: Final = "×xX+*•·"


def without_faint_marker(pixels: Any, text: Text) -> Text:
    """Return a text without its first letter where this is a marker behind the legend, which shows through it.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    text : Text
        A text that may be an entry of a legend.
    """
    import numpy as np

    left, top, right, bottom = text.box
    part = pixels[top:bottom, left:right].astype(np.int16)
    if text.rotated or text.slant or text.text[0] not in _READ_FROM_MARKERS or len(text.text) < 3 or part.size == 0:
        return text
    away = np.abs(part - np.array(commonest(part), np.int16)).max(axis=2)
    letters = np.flatnonzero((away > STANDS_OUT).any(axis=0))
    faint = np.flatnonzero((away > _FAINT).any(axis=0))
    if not len(letters) or letters[0] - faint[0] < 0.4 * EM * text.height:
        return text
    start = left + int(letters[0]) - round(0.25 * EM * text.height)
    return replace(text, text=text.text[1:].strip(), box=(start, top, right, bottom))


_FAINT: Final = 12
"""A pixel of what shows through a legend differs from its background by more than this (of 255)."""


def is_doubtful(pixels: Any, text: Text, others: Sequence[Text], *, mirrored: bool = False) -> bool:
    """Return whether letters of a text may be misread or lost: a curve crosses it, or the edge of the image cuts it.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    text : Text
        The text of an entry, or the title.
    others : sequence of Text
        The other texts of the legend, whose letters are as wide.
    mirrored : bool
        Whether the sample is on the right of the text.
    """
    if text.box[0] <= 0 or text.box[2] >= pixels.shape[1]:
        return True  # it is cut off
    em = EM * text.height
    pixels = pixels[:, : _end_of_legend(pixels, text)]
    vivid = _vivid_share(pixels, text, beyond=0 if mirrored else round(0.7 * em))
    crossed = vivid > _CROSSED[0]
    if _is_illegible(text, alone=not crossed and _is_alone(pixels, text)):
        return True
    inks = [ink for other in others if (ink := colour_of_letters(pixels, other)) is not None]
    if crossed and _goes_on(pixels, text, max(3, round(_NEXT_LETTER * em)), inks):
        return True
    if not _CROSSED[0] < vivid < _CROSSED[1]:
        return False
    usual = median([_width_of_letters(pixels, other) for other in others] or [_width_of_letters(pixels, text)])
    fits = abs(_width_of_letters(pixels, text) - usual) <= _OTHER_WIDTH * usual
    return _uncertain_letters(text) > _MOST_UNCERTAIN or not fits


def _end_of_legend(pixels: Any, text: Text) -> int:
    """Return the column of the border right of a text, behind which nothing belongs to it; else that of the image."""
    import numpy as np

    left, top, right, bottom = text.box
    more = round(0.3 * text.height)
    ground = np.array(commonest(pixels[top:bottom, left:right]), np.int16)
    for rows in (slice(max(0, top - more), bottom), slice(top, bottom + more)):  # the first line is near its corner
        part = pixels[rows, right : right + text.height].astype(np.int16)
        apart = np.abs(part - ground).max(axis=2).min(axis=0) > _UNIFORM
        lines = runs_of(apart & (np.ptp(part, axis=0).max(axis=1) <= _UNIFORM))
        thin = [start for start, end in lines if end - start <= max(2.0, _BORDER * text.height)]
        if thin:
            return right + int(thin[0])
    return int(pixels.shape[1])


_BORDER: Final = 0.1
"""Width of the border of a legend, at most (as a share of the height of a text)."""

_LEGIBLE: Final = 0.95
_LEGIBLE_ALONE: Final = 0.85
_SHORT: Final = 3
"""The confidence in names of so few letters is low even where they are well printed and right."""

_MOST_UNCERTAIN: Final = 0.125
"""A text that a curve crosses has fewer uncertain letters than this; a misread letter costs more confidence."""

_OTHER_WIDTH: Final = 0.18

_NEXT_LETTER: Final = 0.25
"""The next letter of a word begins at most so far behind the box of those that were read (em)."""


def _uncertain_letters(text: Text) -> float:
    """Return how many letters are uncertain: the confidence is the mean of those of the letters."""
    return (1 - text.confidence) * len(text.text)


def _is_illegible(text: Text, *, alone: bool) -> bool:
    """Return whether letters may be misread: the confidence is low, and lower than usual where nothing crosses them."""
    if any(letter.isalpha() and not letter.isascii() for letter in unicodedata.normalize("NFC", text.text)):
        return text.confidence < _SURE_ACCENT  # spots beside a letter are read as its accent
    if not alone:
        return text.confidence < _LEGIBLE
    return len(text.text) > _SHORT and text.confidence < _LEGIBLE_ALONE


_SURE_ACCENT: Final = 0.97


def _is_alone(pixels: Any, text: Text) -> bool:
    """Return whether nothing is drawn around a text: a curve of the colour of the letters would leave their box."""
    import numpy as np

    left, top, right, bottom = text.box
    ground = np.array(commonest(pixels[top:bottom, left:right]), np.int16)
    sides = (pixels[top:bottom, max(0, left - 1)], pixels[top:bottom, min(right, pixels.shape[1] - 1)])
    return all(bool((np.abs(side.astype(np.int16) - ground).max(axis=1) <= STANDS_OUT).all()) for side in sides)


_NARROW: Final = "iljtfrI.,:;'!|()[] "
_WIDE: Final = "mwMW@%"


def _width_of_letters(pixels: Any, text: Text) -> float:
    """Return the width of an average letter (pixels), by the letters that were read."""
    units = sum(0.37 if letter in _NARROW else 0.9 if letter in _WIDE else 0.61 for letter in text.text)
    return _width_of_ink(pixels, text) / max(0.3, units)


def _width_of_ink(pixels: Any, text: Text) -> float:
    """Return the width of the letters of a text (pixels): its box may cut the first or last one where bars begin."""
    import numpy as np

    left, top, right, bottom = text.box
    ink, more = colour_of_letters(pixels, text), round(_NEXT_LETTER * EM * text.height)
    if ink is None:
        return right - left - 0.3 * text.height
    part = pixels[top:bottom, max(0, left - more) : right + more].astype(np.int16)
    strong = np.abs(np.array(commonest(part)) - ink).max() / 2
    letters = (np.abs(part - ink).max(axis=2) <= strong) & (np.ptp(part, axis=2) <= _VIVID)
    columns = np.flatnonzero(letters.any(axis=0))
    return float(np.ptp(columns)) + 1 if len(columns) else 0.0


def _goes_on(pixels: Any, text: Text, beyond: int, inks: Sequence[Any]) -> bool:
    """Return whether there are more letters before or after a text: ink as dark or light as its own at its ends.

    Its own ink is that of one of the other texts of the legend, or else what is farthest from the ground.
    """
    import numpy as np

    left, top, right, bottom = text.box
    rows = slice(top, bottom)
    own = pixels[rows, left:right].astype(np.int16)
    if own.size == 0 or left < beyond:
        return False
    beside = (pixels[rows, right + 1 : right + 1 + beyond], pixels[rows, left - 1 - beyond : left - 1])
    ends = [end.astype(np.int16) for end in beside if end.size]
    grounds = [np.array(commonest(part), np.int16) for part in (*ends, own)]  # bars may end below the text
    # Letters differ from the ground in all channels alike, and a curve that crosses them in some as much.
    away = np.min([np.abs(own - ground).sum(axis=2) for ground in grounds], axis=0)
    flat = own.reshape(-1, 3)
    known = [ink for ink in inks if np.abs(flat - ink).max(axis=1).min() <= _SAME_INK]
    ink = known[0] if known else flat[away.argmax()]
    return any(_has_letters(_is_ink(end - ground, ink - ground)) for end, ground in zip(ends, grounds, strict=False))


_SAME_INK: Final = 30


def colour_of_letters(pixels: Any, text: Text) -> Any:
    """Return the colour of the letters of a level text: the farthest from the ground without a hue; None without one.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    text : Text
        A text with a box in these pixels.
    """
    import numpy as np

    left, top, right, bottom = text.box
    own = pixels[top:bottom, left:right].reshape(-1, 3).astype(np.int16)
    grey = own[np.ptp(own, axis=1) <= _VIVID]
    if not len(grey):
        return None
    away = np.abs(grey - np.array(commonest(own), np.int16)).max(axis=1)
    return grey[away.argmax()] if away.max() > _STRONG_INK else None


_STRONG_INK: Final = 80
"""Letters differ more from their ground (of 255)."""


def _is_ink(away: Any, ink: Any) -> Any:
    """Return which pixels are half as far from the ground as ink, or farther, in the same direction."""
    import numpy as np

    strength = (away @ ink.astype(float)) / max(1.0, float(ink @ ink.astype(float)))
    beside = np.abs(away - strength[..., None] * ink).max(axis=2)
    return (strength >= 0.5) & (beside <= STANDS_OUT / 2)


def _has_letters(ink: Any) -> bool:
    """Return whether a column of ink is as high as a stroke of a letter; the border of a legend is higher."""
    heights = ink.sum(axis=0)
    return bool(((heights >= 0.2 * ink.shape[0]) & (heights < 0.9 * ink.shape[0])).any())


def _vivid_share(pixels: Any, text: Text, *, beyond: int = 0) -> float:
    """Return how much of the ink in the box of a text has a colour, as a share."""
    import numpy as np

    left, top, right, bottom = text.box
    inset = round(0.15 * (bottom - top))
    part = pixels[top + inset : bottom - inset, left : right + beyond].astype(np.int16)
    if part.size == 0:
        return 0.0
    away = part - np.array(commonest(part), np.int16)
    ink = np.abs(away).max(axis=2) > STANDS_OUT
    vivid = away.max(axis=2) - away.min(axis=2) > _VIVID
    return float((ink & vivid).sum() / max(1, ink.sum()))


def has_unread_sample(pixels: Any, entries: Iterable[tuple[Text, Span]]) -> bool:
    """Return whether there is another sample in line with those of a legend, and as long, but without a text.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    entries : iterable of (Text, tuple of int)
        The text of each entry, with start and end of its sample.
    """
    listed = list(entries)
    known = [(text.centre[1], text.height, span) for text, span in listed]
    left, top, right, bottom = listed[0][0].box
    ground = commonest(pixels[top:bottom, left:right])
    return _has_another_in_row(pixels, known, ground) or any(
        is_sample_row(pixels[y], span, ground) or _is_dashed_row(pixels[y], span, ground)
        for span in {span for _, _, span in known}
        for y in _free_rows([(middle, height) for middle, height, other in known if _overlap(span, other)])
        if 0 <= y < len(pixels)
    )


def _has_another_in_row(pixels: Any, known: Sequence[tuple[float, int, Span]], ground: RGB) -> bool:
    """Return whether a sample as long as the known ones stands beside one of them."""
    spans = [span for _, _, span in known]
    length = spans[0][1] - spans[0][0]
    for middle, height, _ in known:
        row = pixels[round(middle) - 1]
        reach = range(max(4, min(spans)[0] - 10 * height), min(len(row) - length - 4, max(spans)[1] + 10 * height))
        free = (x for x in reach if not any(_overlap((x, x + length), span) for span in spans))
        if any(_is_sample_row(row, (x, x + length), ground) for x in free):
            return True
    return False


def _overlap(a: Span, b: Span) -> bool:
    return min(a[1], b[1]) > max(a[0], b[0])


def _free_rows(lines: Sequence[tuple[float, int]]) -> list[int]:
    """Return the rows of pixels in which another line of a column may stand: between the lines, above and below."""
    height = max(height for _, height in lines)
    top, bottom = min(middle for middle, _ in lines), max(middle for middle, _ in lines)
    rows = range(round(top - 1.8 * height), round(bottom + 1.8 * height))
    return [row for row in rows if all(abs(row - middle) > 0.55 * height for middle, _ in lines)]


def is_sample_row(row: Any, span: Span, ground: RGB) -> bool:
    """Return whether a row of pixels crosses a sample between two known places.

    Parameters
    ----------
    row : ndarray of uint8, (width, 3)
        A row of the image.
    span : tuple of int
        Start and end of the samples of the legend.
    ground : tuple of int
        The background of the legend.
    """
    return _is_sample_row(row, span, ground) or _is_crossed_row(row, span, ground)


def _is_sample_row(row: Any, span: Span, ground: RGB) -> bool:
    """Return whether a row of pixels has one colour from start to end of a span, and another one on both sides."""
    import numpy as np

    start, end = span
    inner = row[start + 2 : end - 2].astype(np.int16)
    if start < 4 or end + 4 > len(row) or len(inner) < 8 or np.ptp(inner, axis=0).max() > _UNIFORM:
        return False
    colour = np.median(inner, axis=0)
    if np.abs(colour - np.array(ground)).max() <= STANDS_OUT:
        return False  # a gap between bars
    sides = np.concatenate([row[start - 4 : start - 1], row[end + 1 : end + 4]]).astype(np.int16)
    return bool((np.abs(sides - colour).max(axis=1) > STANDS_OUT).all())


def _is_crossed_row(row: Any, span: Span, ground: RGB) -> bool:
    """Return whether a row of pixels has one colour in most of a span, at both ends, and ground beside it."""
    import numpy as np

    start, end = span
    inner = row[start + 2 : end - 2].astype(np.int16)
    if start < 4 or end + 4 > len(row) or len(inner) < 8:
        return False
    colour = np.median(inner, axis=0)
    same = np.abs(inner - colour).max(axis=1) <= _UNIFORM
    beside = np.concatenate([row[start - 4 : start - 1], row[end + 1 : end + 4]]).astype(np.int16) - np.array(ground)
    at_ends = bool(same[:2].all() and same[-2:].all() and np.abs(beside).max() <= _UNIFORM)
    return at_ends and bool(np.abs(colour - np.array(ground)).max() > STANDS_OUT and same.mean() >= _NOT_CROSSED)


_NOT_CROSSED: Final = 0.6
"""A curve that crosses a sample leaves so much of it, as a share of its length."""


def _is_dashed_row(row: Any, span: Span, ground: RGB) -> bool:
    """Return whether a row of pixels has dashes of one vivid colour from start to end of a span, and ground beside."""
    import numpy as np

    start, end = span
    if start < 3 or end + 3 > len(row) or end - start < 12:
        return False
    away = row[start - 3 : end + 3].astype(np.int16) - np.array(ground, np.int16)
    strength = np.abs(away).max(axis=1)
    ink = runs_of(strength > STANDS_OUT)
    if len(ink) < 2 or max(*strength[:2], *strength[-2:]) > _UNIFORM:
        return False
    colour = away[strength.argmax()]
    mixed = np.abs(away - (strength / strength.max())[:, None] * colour).max(axis=1) <= _UNIFORM
    longest = max(right[0] - left[1] for left, right in pairwise(ink))
    at_ends = ink[0][0] <= 5 and len(away) - 3 - ink[-1][1] <= longest + 2
    drawn = colour + np.array(ground, np.int16)
    return bool(mixed.all() and at_ends and longest <= 0.3 * (end - start) and np.ptp(drawn) > _VIVID)
