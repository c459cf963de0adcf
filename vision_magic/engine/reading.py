"""Reading of the text in an image: detection and recognition of lines, each with its box.

Small images are enlarged and large ones reduced before detection; boxes are in pixels of the original.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
import threading
import warnings
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, cached_property
from itertools import accumulate, pairwise
from typing import Any

from PIL import Image as PILImage

from vision_magic.engine.chart.frames import Frame, find_frames
from vision_magic.engine.chart.masks import runs_of
from vision_magic.engine.label_rows import split_between_marks, split_label_rows, split_touching_names
from vision_magic.engine.letter_case import in_their_case, may_be_told
from vision_magic.engine.loose_boxes import cut_to_letters
from vision_magic.engine.missed_labels import missed_labels
from vision_magic.engine.missed_names import missed_names
from vision_magic.engine.ocr import LINE_HEIGHT, MAX_CANVAS, Backend, load_backend
from vision_magic.engine.pixels import RGB, Box, colour_counts
from vision_magic.engine.plain_text import without_colours
from vision_magic.engine.quads import (
    Quad,
    bounding_box,
    box_quad,
    crop_quad,
    ink_projection,
    join_upward_lines,
    rise_of,
    split_at_gaps,
    split_letters_below_each_other,
    widened,
    without_overlap,
)
from vision_magic.engine.texts import GUESSED, Text
from vision_magic.errors import ReadingError

__all__ = ["ReadingError", "TextReader", "available", "read_text"]

MIN_CONFIDENCE = 0.6
"""Texts with a lower confidence are dropped: most of them are curves and markers mistaken for letters."""

BORDER = 32
"""Margin around the image for detection (pixels), without which text at the edge would be missed."""

MIN_SIDE, MAX_SIDE, MAX_SCALE = 736, MAX_CANVAS - 3 * BORDER, 3.0
"""Small images are enlarged until the shorter side has `MIN_SIDE`, large ones reduced to `MAX_SIDE` (pixels)."""

MOST_DETECTED, REDUCED = 1_700_000, 1_400_000
"""Lines are detected in an image of at most this size (pixels), and read at its full size. A larger one is reduced to
`REDUCED`, for which detection takes 150 MB less; small pictures that were enlarged need the full size."""

MIN_READ = 8
"""Images with a shorter side than this have no text (pixels)."""

TALL = 1.3
"""A box that is this many times higher than wide is read sideways, such as the label of a vertical axis."""

KEPT_READINGS = 16
"""Number of images whose texts are kept, so that a second question about a figure does not read it again."""


def available() -> bool:
    """Return whether the libraries of the extra ``reader`` are installed; nothing is imported."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def read_text(image: PILImage.Image) -> tuple[Text, ...]:
    """Read the text in an image.

    Parameters
    ----------
    image : PIL.Image.Image
        An image of any mode; put transparent images on white first.

    Returns
    -------
    tuple of Text
        From top to bottom. The results of the latest `KEPT_READINGS` images are kept.

    Raises
    ------
    ReadingError
        The extra ``reader`` is not installed, or the OCR library failed.
    """
    if not available():
        raise ReadingError('I cannot read text here: `pip install "vision-magic[reader]"`.')
    return _shared_reader().read(image)


@cache
def _shared_reader() -> TextReader:
    return TextReader()


class TextReader:
    """Reads text in images, one at a time, and keeps the latest results.

    Parameters
    ----------
    kept : int
        Number of images whose texts are kept.
    """

    def __init__(self, *, kept: int = KEPT_READINGS) -> None:
        self._kept = kept
        self._readings: OrderedDict[str, tuple[Text, ...]] = OrderedDict()
        # The lock also guards the OCR, since the library stores the options of a call in its instance. A second thread
        # with the same image then finds the texts that the first one has read.
        self._lock = threading.Lock()

    @cached_property
    def backend(self) -> Backend:
        """The OCR library, loaded at its first use."""
        return load_backend()

    def read(self, image: PILImage.Image) -> tuple[Text, ...]:
        """Return the texts of an image, from top to bottom; see `read_text`."""
        rgb = image if image.mode == "RGB" else image.convert("RGB")
        key = hashlib.sha256(repr(rgb.size).encode() + rgb.tobytes()).hexdigest()
        with self._lock:
            if key not in self._readings:
                self._readings[key] = self._read_with_ocr(rgb)
                while len(self._readings) > self._kept:
                    self._readings.popitem(last=False)
            self._readings.move_to_end(key)
            return self._readings[key]

    def _read_with_ocr(self, image: PILImage.Image) -> tuple[Text, ...]:
        if min(image.size) < MIN_READ:
            return ()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return _read(image, self.backend)
        except (
            Exception
        ) as error:  # native code may raise anything on unusual pixels; the answer continues without text
            raise ReadingError(
                f"I could not read the text: the OCR library failed ({type(error).__name__})."
            ) from error


def _read(image: PILImage.Image, backend: Backend) -> tuple[Text, ...]:
    """Enlarge, add a margin, detect and read the lines, and return their boxes in pixels of the image."""
    scale = _scale(image.size)
    canvas = _with_margin(image, scale)
    lines = _read_lines(canvas, backend)
    texts = [
        replace(
            text, box=_to_image_pixels(text.box, scale, image.size), thickness=round(text.thickness / max(scale, 1e-9))
        )
        for text in lines
        if text is not None
    ]
    texts = _cut_to_letters(texts, image, canvas, scale, backend)
    texts = _with_missed_names(texts, image, canvas, scale, backend)
    texts = _with_missed_labels(texts, image, canvas, scale, backend)
    parts = [part for text in texts for part in _split_numbers(text, image)]
    return tuple(sorted(_with_case(parts, image), key=lambda text: (text.box[1], text.box[0])))


def _cut_to_letters(
    texts: list[Text], image: PILImage.Image, canvas: PILImage.Image, scale: float, backend: Backend
) -> list[Text]:
    """Return texts whose boxes end at their letters: what is cut off at their ends may have been read as a letter."""
    cut = cut_to_letters(_pixels(image), texts)
    return [
        text if text.box[::2] == whole.box[::2] else _read_missed(text.box, canvas, scale, backend) or text
        for text, whole in zip(cut, texts, strict=True)
    ]


def _pixels(image: PILImage.Image) -> Any:
    import numpy as np

    return np.asarray(image)


def _with_missed_names(
    texts: list[Text], image: PILImage.Image, canvas: PILImage.Image, scale: float, backend: Backend
) -> list[Text]:
    """Return texts with the names of a legend that detection missed, as far as they are read with certainty."""
    for missed in missed_names(_pixels(image), texts):
        line = _read_missed(missed.box, canvas, scale, backend)
        if line is not None:
            texts = [text for text in texts if text not in missed.parts] + [line]
    return texts


def _with_missed_labels(
    texts: list[Text], image: PILImage.Image, canvas: PILImage.Image, scale: float, backend: Backend
) -> list[Text]:
    """Return texts with the tick labels that detection missed, as far as they are read with certainty."""
    axes = _largest_frame(image) if texts else None
    if axes is None:
        return texts
    others = [text for text in texts if not (text.rotated and _COLUMN_OF_NUMBERS.fullmatch(text.text))]
    boxes = missed_labels(_pixels(image), axes, others)
    found = [line for box in boxes if (line := _read_missed(box, canvas, scale, backend)) is not None]
    return [*(others if len(others) == len(texts) or len(found) >= _FEWEST_IN_COLUMN else texts), *found]


_COLUMN_OF_NUMBERS = re.compile(r"[-−]?\d[\d.,]*(?:\s+[-−]?\d[\d.,]*){2,}")
"""Labels above each other that detection took for one line that is turned."""

_FEWEST_IN_COLUMN = 3


def _read_missed(box: Box, canvas: PILImage.Image, scale: float, backend: Backend) -> Text | None:
    """Return what is surely printed in a box of the image; None if it is no text, or not level."""
    left, top, right, bottom = (round(side * scale) + BORDER for side in box)
    line = _read_line(canvas, box_quad(left, top, right, bottom), backend)
    return None if line is None or line.confidence < _SURE or line.rotated else replace(line, box=box)


def _with_case(texts: list[Text], image: PILImage.Image) -> list[Text]:
    """Return texts with small letters where their height tells that a capital of the same shape was read."""
    level = [text for text in texts if not text.rotated and not text.slant]
    words = [text.text for text in level]
    if not may_be_told(words):
        return texts
    import numpy as np

    grey = np.asarray(image.convert("L"))
    told = in_their_case(words, [grey[top:bottom, left:right] for left, top, right, bottom in (t.box for t in level)])
    mended = {id(text): replace(text, text=word) for text, word in zip(level, told, strict=True)}
    return [mended.get(id(text), text) for text in texts]


def _read_lines(canvas: PILImage.Image, backend: Backend) -> list[Text | None]:
    """Return the text of each detected line, or None. Detection is repeated with bars that hide words painted over."""
    detected = _detect(canvas, backend)
    whole = split_label_rows(canvas, detected)
    level = [part for quad in whole for part in split_at_gaps(canvas, quad)]
    found = [part for quad in level for part in split_letters_below_each_other(canvas, quad)]
    lines = {quad: _read_line(canvas, quad, backend) for quad in join_upward_lines(found)}
    for quad in (each for each in detected if each not in whole):
        lines = _with_whole_words(lines, quad, canvas, backend)
    bars = [bounding_box(quad) for quad, text in lines.items() if text is None and _is_bar(bounding_box(quad))]
    if bars:
        quads = join_upward_lines(_detect_in_small(_paint_over(canvas, bars), backend))
        lines |= {quad: _read_line(canvas, quad, backend) for quad in without_overlap(quads, lines)}
    labels = [part for quad, text in lines.items() for part in _read_between_marks(canvas, quad, text, backend)]
    return [part for text in labels for part in _read_touching_names(canvas, text, labels, backend)]


def _with_whole_words(
    lines: dict[Quad, Text | None], quad: Quad, canvas: PILImage.Image, backend: Backend
) -> dict[Quad, Text | None]:
    """Return the lines with a title in one piece that was cut as if it were a row of labels: inside of its words."""
    parts = {part: text for part, text in lines.items() if _is_within(part, bounding_box(quad))}
    texts = [text.text for part, text in sorted(parts.items()) if text is not None]
    if not texts or not all(re.fullmatch("[^\\W\\d_]+", text) for text in texts):
        return lines
    line = _read_line(canvas, quad, backend)
    if line is None or line.confidence < _SENTENCE or not _cuts_words(line.text, texts):
        return lines
    return {part: text for part, text in lines.items() if part not in parts} | {quad: line}


def _cuts_words(sentence: str, parts: Sequence[str]) -> bool:
    """Return whether parts of a sentence begin inside of its words, and there with a small letter: names may touch."""
    words, starts = sentence.split(), list(accumulate(map(len, parts), initial=0))[:-1]
    if "".join(words) != "".join(parts) or len(words) < 2:
        return False
    begins = set(accumulate(map(len, words), initial=0))
    inside = [part for part, start in zip(parts, starts, strict=True) if start not in begins]
    return bool(inside) and all(part[0].islower() for part in inside)


_SENTENCE = 0.97


def _detect(canvas: PILImage.Image, backend: Backend) -> list[Quad]:
    """Return the lines of text in an image; those beside a picture or a heat map as if it were not there.

    Detection misses small labels next to a large area of many colours.
    """
    found, picture = _detect_in_small(canvas, backend), _picture_in(canvas)
    if picture is None:
        return _with_hidden_labels(found, canvas, backend)
    inside = [quad for quad in found if _is_within(quad, picture) and not _is_bar(bounding_box(quad))]
    beside = without_overlap(_detect_in_small(_paint_over(canvas, [picture]), backend), inside)
    return inside + beside


def _with_hidden_labels(found: list[Quad], canvas: PILImage.Image, backend: Backend) -> list[Quad]:
    """Return lines with the labels that large bars hide from detection, where one side of the axes has hardly any."""
    axes = _largest_frame(canvas) if found and _has_large_marks(canvas) else None
    if axes is None or min(_lines_beside(axes.sides, found)) >= _FEWEST_BESIDE:
        return found
    again = _detect_in_small(_paint_over(canvas, [axes.sides]), backend)
    beside = [quad for quad in again if not _is_within(quad, axes.sides)]
    return beside + without_overlap(found, beside)


def _has_large_marks(canvas: PILImage.Image) -> bool:
    """Return whether one vivid colour fills much of an image, as bars do."""
    import numpy as np

    pixels = np.asarray(canvas)[::_COARSE, ::_COARSE].reshape(-1, 3).astype(np.int32)
    vivid = pixels[np.ptp(pixels, axis=1) > _VIVID]
    if len(vivid) < _LARGE * len(pixels):
        return False
    _, counts = np.unique(vivid @ np.array((65536, 256, 1)), return_counts=True)
    return bool(counts.max() >= _LARGE * len(pixels))


_VIVID, _LARGE = 60, 0.1
"""The channels of a vivid colour differ more than this; large marks fill such a share of the image."""


def _largest_frame(canvas: PILImage.Image) -> Frame | None:
    """Return the largest rectangle that may be the axes of a chart that fills an image; None if there is none."""
    area = canvas.width * canvas.height
    return next((frame for frame in find_frames(canvas) if _AXES[0] * area < frame.area < _AXES[1] * area), None)


def _lines_beside(axes: Box, lines: Sequence[Quad]) -> tuple[int, int]:
    """Return how many lines stand on the left of axes, without one that runs upwards, and how many below them."""
    boxes = [bounding_box(quad) for quad in lines]
    level = [box for box in boxes if box[3] - box[1] <= TALL * (box[2] - box[0])]
    return sum(box[0] + box[2] < 2 * axes[0] for box in level), sum(box[1] + box[3] > 2 * axes[3] for box in boxes)


_FEWEST_BESIDE = 3
"""Most axes have so many labels along each side, or more."""

_AXES = (0.25, 0.9)
"""Axes with labels around them fill a share of the image between these."""


def _detect_in_small(canvas: PILImage.Image, backend: Backend) -> list[Quad]:
    """Return the lines of text in an image, found in a smaller copy if it is large: detection needs much memory."""
    width, height = canvas.size
    if width * height <= MOST_DETECTED:
        return backend.detect(canvas)
    share = (REDUCED / (width * height)) ** 0.5
    small = tuple(max(32, round(side * share / 32) * 32) for side in canvas.size)
    copy = canvas.resize((small[0], small[1]), PILImage.Resampling.LANCZOS)
    across, down = width / small[0], height / small[1]
    return [_scaled(quad, across, down) for quad in backend.detect(copy)]


def _scaled(quad: Quad, across: float, down: float) -> Quad:
    a, b, c, d = ((x * across, y * down) for x, y in quad)
    return a, b, c, d


def _is_within(quad: Quad, box: Box) -> bool:
    left, top, right, bottom = bounding_box(quad)
    return box[0] <= (left + right) / 2 <= box[2] and box[1] <= (top + bottom) / 2 <= box[3]


def _picture_in(canvas: PILImage.Image) -> Box | None:
    """Return the rectangle that a picture or the cells of a heat map fill; None if there is none.

    The ground of axes has one colour in most places, and a picture does not.
    """
    import numpy as np

    pixels = np.asarray(canvas)[::_COARSE, ::_COARSE].astype(np.int16)
    drawn = np.abs(pixels - np.array(_background(canvas))).max(axis=2) > 24
    columns = runs_of(drawn.mean(axis=0) > _FILLED / 2)
    left, right = max(columns, key=lambda run: run[1] - run[0], default=(0, 0))
    rows = runs_of(drawn[:, left:right].mean(axis=1) > _FILLED) if right > left else []
    top, bottom = max(rows, key=lambda run: run[1] - run[0], default=(0, 0))
    if (right - left) * (bottom - top) < _LEAST_PICTURE * drawn.size:
        return None
    inside = drawn[top:bottom, left:right]
    if min(side.mean() for side in (inside[0], inside[-1], inside[:, 0], inside[:, -1])) < _FILLED_SIDE:
        return None  # a pie, whose names stand in the corners
    part = pixels[top:bottom, left:right].reshape(-1, 3) // 8
    codes = part[:, 0] * 1024 + part[:, 1] * 32 + part[:, 2]
    if np.bincount(codes).max() > _ONE_COLOUR * len(codes):
        return None
    return _COARSE * left - _COARSE, _COARSE * top - _COARSE, _COARSE * right + 2, _COARSE * bottom + 2


_COARSE = 4
_FILLED = 0.6
_FILLED_SIDE = 0.72
_LEAST_PICTURE = 0.15
_ONE_COLOUR = 0.4
"""How a picture is told from other axes: shares of its rows and sides, of the image, and of its pixels."""


def _read_between_marks(canvas: PILImage.Image, quad: Quad, text: Text | None, backend: Backend) -> list[Text | None]:
    """Return a line of text, or the parts of a line of dates that touch each other, each read again by itself."""
    if text is None or text.rotated or text.slant or not _TOUCHING_DATES.fullmatch(text.text):
        return [text]
    parts = split_between_marks(canvas, quad)
    return [text] if len(parts) < 2 else [_read_line(canvas, part, backend) for part in parts]


_TOUCHING_DATES = re.compile(
    r"(?=(?:.*\d){12})[\w:./ -]*\d{3}[\w:./ -]*|(?=(?:.*[-:./]){2})(?=(?:.*\d){9})[\w:./ -]*\d{3}[\w:./ -]*"
    r"|[\d' ]*(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[\d' ]*){3,}"
)
"""More digits than a single date and time have, more dashes and colons without a gap, or several names of months."""


def _read_touching_names(
    canvas: PILImage.Image, text: Text | None, others: Sequence[Text | None], backend: Backend
) -> list[Text | None]:
    """Return a line of text, or the names of an axis that touch each other, each read again by itself.

    Those that do not stand apart are guessed: letters of their neighbours may be among theirs.
    """
    if text is None or text.rotated or text.slant or not _TOUCHING_NAMES.search(text.text):
        return [text]
    if _is_below_labels(text.box, [other.box for other in others if other is not None]):
        return [text]  # below the labels of an axis is its own label
    words = text.text.split()
    parts = split_touching_names(canvas, box_quad(*text.box))
    if len(parts) < max(2, len(words)):
        return [text]
    names = [(_read_line(canvas, quad, backend), apart) for quad, apart in parts]
    if [name.text for name, _ in names if name is not None] == words:
        return [name for name, _ in names]
    if len(parts) == len(words) or not all(name is not None and any(map(str.isalpha, name.text)) for name, _ in names):
        return [text]
    return [name if apart or name is None else replace(name, confidence=GUESSED) for name, apart in names]


_TOUCHING_NAMES = re.compile(r"[^\W\d_]{9}|[^\W\d_] [^\W\d_]")
"""Several names without a gap are a long word, and those with small gaps are several words."""


def _is_below_labels(box: Box, others: Sequence[Box]) -> bool:
    """Return whether a line is right below another one of about its height, or between two of the row above."""
    height, middle = box[3] - box[1], (box[0] + box[2]) / 2
    above = [
        other
        for other in others
        if other[1] < box[1] < other[3] + height and other[3] - other[1] < 2 * height and other[3] < box[3]
    ]
    beside = [(other[0] + other[2]) / 2 < middle for other in above]
    return any(other[0] < middle < other[2] for other in above) or (True in beside and False in beside)


def _is_bar(box: Box) -> bool:
    """Return whether a box is too large for a line of text: a bar of a chart, which hides the words next to it."""
    return min(box[2] - box[0], box[3] - box[1]) > 1.6 * LINE_HEIGHT


def _paint_over(canvas: PILImage.Image, boxes: Sequence[Box]) -> PILImage.Image:
    painted, background = canvas.copy(), _background(canvas)
    for box in boxes:
        painted.paste(background, box)
    return painted


# --- scale and margin -------------------------------------------------------------------------------------------


def _scale(size: tuple[int, int]) -> float:
    enlarged = min(max(1.0, MIN_SIDE / min(size)), MAX_SCALE)
    return min(enlarged, MAX_SIDE / max(size))


def _with_margin(image: PILImage.Image, scale: float) -> PILImage.Image:
    """Return the scaled image with a margin in its background colour, in a size that the model does not resize."""
    width, height = (max(1, round(side * scale)) for side in image.size)
    scaled = image.resize((width, height), PILImage.Resampling.BICUBIC) if scale != 1.0 else image
    sides = tuple(-(-(side + 2 * BORDER) // 32) * 32 for side in (width, height))
    canvas = PILImage.new("RGB", (sides[0], sides[1]), _background(image))
    canvas.paste(scaled, (BORDER, BORDER))
    return canvas


def _background(image: PILImage.Image) -> RGB:
    """Return the most common colour of the first and the last row."""
    width, height = image.size
    rows = PILImage.new("RGB", (width, 2))
    rows.paste(image.crop((0, 0, width, 1)), (0, 0))
    rows.paste(image.crop((0, height - 1, width, height)), (0, 1))
    return max(colour_counts(rows))[1]


def _to_image_pixels(box: Box, scale: float, size: tuple[int, int]) -> Box:
    left, top, right, bottom = ((side - BORDER) / scale for side in box)
    width, height = size
    return (
        min(max(0, round(left)), width - 1),
        min(max(0, round(top)), height - 1),
        max(1, min(round(right), width)),
        max(1, min(round(bottom), height)),
    )


# --- one line ---------------------------------------------------------------------------------------------------


def _read_line(canvas: PILImage.Image, quad: Quad, backend: Backend) -> Text | None:
    """Return the text inside a quadrilateral, or None if it is not text."""
    line = crop_quad(canvas, quad)
    rotated = line.height > TALL * line.width
    text, confidence = _recognise_best(_orientations(line, rotated), backend)
    if confidence < _CERTAIN and not rotated:
        text, confidence = _read_again(canvas, quad, line, (text, confidence), backend)
    if confidence < _READ_UPWARDS and not rotated and line.width < _NEARLY_SQUARE * line.height:
        upwards = _recognise_best(iter([line.transpose(PILImage.Transpose.ROTATE_270)]), backend)
        if len(upwards[0]) > 1 and upwards[1] > max(confidence, _READ_UPWARDS):
            (text, confidence), rotated = upwards, True
    if MIN_CONFIDENCE <= confidence < _CERTAIN and _has_words(text) and not rise_of(quad):
        text, confidence = _read_with_room(canvas, quad, (text, confidence), rotated, backend)
    if confidence < MIN_CONFIDENCE or not _is_text(text):
        return None
    text = text if rotated else _without_tick_mark(text, line, backend)
    slant = 0.0 if rotated or len(text) < 3 else rise_of(quad)
    if len(text) < 5 and abs(slant) < _LEAST_SLANT:  # the exponent of 10⁵ makes its box rise
        slant = 0.0
    return Text(
        text=text,
        box=bounding_box(quad),
        confidence=round(confidence, 3),
        rotated=rotated and len(text) > 1,
        slant=slant,
        thickness=line.height if slant else 0,
    )


def _read_again(
    canvas: PILImage.Image, quad: Quad, line: PILImage.Image, first: tuple[str, float], backend: Backend
) -> tuple[str, float]:
    """Return the surest of several readings: without the coloured marks across the line, and with room at its ends."""
    readings, plain = [first], without_colours(line)
    if plain is not None:
        readings.append(_recognise_best(iter([plain]), backend))
    if first[1] < _DOUBTFUL:
        wide = crop_quad(canvas, widened(quad if rise_of(quad) else box_quad(*bounding_box(quad)), _ROOM))
        again = _recognise_best(iter([without_colours(wide) or wide]), backend)
        readings += [again] if _may_replace(again, first) else []
    return max(readings, key=lambda reading: reading[1])


def _has_words(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= _WORD


def _read_with_room(
    canvas: PILImage.Image, quad: Quad, first: tuple[str, float], rotated: bool, backend: Backend
) -> tuple[str, float]:
    """Return words as they are read with room on all sides, if that is surer: letters that are alike are told apart.

    A letter is rather lost than made up: a word with one more is better than a surer one, except for what is like a
    line beside it, and one with fewer letters or spaces is not taken.
    """
    left, top, right, bottom = bounding_box(quad)
    room = round(_ROOM * min(right - left, bottom - top))
    wide = crop_quad(canvas, box_quad(left - room, top - room, right + room, bottom + room))
    wide = wide.transpose(PILImage.Transpose.ROTATE_270) if rotated else without_colours(wide) or wide
    again = _recognise_best(iter([wide]), backend)
    if len(again[0]) < len(first[0]):
        return first
    return again if again[1] > first[1] or (again[1] > _DOUBTFUL and _has_one_more(again[0], first[0])) else first


def _has_one_more(text: str, other: str) -> bool:
    """Return whether a text is another one with one more letter, which is not like a line."""
    more = [letter for place, letter in enumerate(text) if text[:place] + text[place + 1 :] == other]
    return bool(more) and more[0].isalpha() and more[0] not in "lIi"


def _may_replace(again: tuple[str, float], first: tuple[str, float]) -> bool:
    """Return whether a second reading may be better than the first.

    One that lacks a letter at an end is not: the edge of the image cuts it. What is hardly text, such as a marker or
    a minus sign beside its number, is text only if both readings are the same and the second is sure.
    """
    text, before = again[0], first[0]
    if first[1] < MIN_CONFIDENCE or not _is_text(before):
        return text == before and again[1] >= _SURE
    cut = (before.startswith(text) and before[-1].isalnum()) or (before.endswith(text) and before[0].isalnum())
    return not cut or len(text) >= len(before)


def _without_tick_mark(text: str, line: PILImage.Image, backend: Backend) -> str:
    """Return a text without the last letter if that is a tick mark or the axis to its right, which are read as 1.

    The line is read again without the mark, since a label may end with a 1 and have a mark beside it.
    """
    if _MARKED.search(text) is None:
        return text
    import numpy as np

    grey = np.asarray(line.convert("L")).astype(np.int16)
    ink = np.abs(grey - int(np.bincount(grey.ravel()).argmax())) > _INK
    columns = np.flatnonzero(ink.any(axis=0))
    parts = np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1)
    if len(parts) < 2:
        return text
    heights = [int(np.ptp(np.flatnonzero(ink[:, part].any(axis=1)))) + 1 for part in parts]
    *letters, mark = heights
    is_tick, is_axis = mark <= _MARK * max(letters), mark >= len(ink) - 1 and max(letters) < _LETTERS * len(ink)
    if not (is_tick or is_axis):
        return text
    unmarked = line.crop((0, 0, int(parts[-2][-1]) + 2, line.height))
    return text if _recognise_best(iter([unmarked]), backend)[0] == text else text[:-1].rstrip()


_MARKED = re.compile(r"(?:[\d\s]|^.)[1Il|\-–—_']$")
"""Labels whose last letter may be a tick mark: numbers, single letters, and what has a space before it."""

_INK = 60
"""Ink differs more from the commonest level of its line (0 to 255)."""

_MARK = 0.3
"""A tick mark is no higher than this part of the letters beside it."""

_LETTERS = 0.85
"""Letters are lower than this part of their line, across which an axis runs."""

_CERTAIN = 0.9995
"""A line with a lower confidence is read again without the coloured curves across it."""

_DOUBTFUL, _ROOM = 0.985, 0.25
"""A line with a lower confidence is read again with more room at its ends, as a share of its height."""

_WORD = 3
"""A text with so many letters has a word."""

_SURE = 0.95
"""A second reading is at least as sure where the first is dropped."""

_READ_UPWARDS, _NEARLY_SQUARE = 0.9, 1.1
"""A line with a lower confidence that is hardly wider than high may be two letters that run upwards."""


_LEAST_SLANT = 20.0
"""Labels of a few letters are slanted if they rise as steeply as this (degrees)."""


def _is_text(text: str) -> bool:
    """Return whether a string is text and not only a plot marker, which OCR reads as ●, à or 一."""
    if len(text) == 1:
        return (text.isascii() and text.isalnum()) or "α" <= text.lower() <= "ω" or text in "µ°%"
    return any(letter.isalnum() for letter in text)


def _orientations(line: PILImage.Image, rotated: bool) -> Iterator[PILImage.Image]:
    """Yield the line in the orientations it may have, the most likely first."""
    if not rotated:
        yield line
        return
    if line.height < 2.2 * line.width:  # a single digit is higher than wide as well
        yield line
    yield line.transpose(PILImage.Transpose.ROTATE_270)
    yield line.transpose(PILImage.Transpose.ROTATE_90)


def _recognise_best(orientations: Iterator[PILImage.Image], backend: Backend) -> tuple[str, float]:
    """Return text and confidence of the best orientation."""
    best = ("", 0.0)
    for line in orientations:
        text, confidence = backend.recognise(_at_line_height(line))
        text = _clean(text)
        if text and confidence > best[1]:
            best = (text, confidence)
        if best[1] > 0.9:
            break
    return best


def _at_line_height(line: PILImage.Image) -> PILImage.Image:
    width = max(1, round(line.width * LINE_HEIGHT / line.height))
    return line.resize((min(width, MAX_SIDE), LINE_HEIGHT), PILImage.Resampling.BICUBIC)


_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_TICK_MARK = re.compile(r"^(-?\d[\d.,]*)\s*[-–—_]+$|(?<=\w)\s+[-–—_]$")
_MINUS = re.compile(r"(?<![\w.])\s*[−–—﹣]\s*(?=[\d.])")

_OPEN_QUOTE = re.compile(r"^(['`´‘’\"“”„])(?=[A-Za-z]{3})(?!.*['`´‘’\"“”„])")
"""A mark before a word that is not closed: the end of something that is drawn beside the word."""

_FACTOR = re.compile(r"^[lI|](?=e[-+]?\d{1,3}$)")
"""The 1 of the factor of an axis, such as 1e-6, that is read as a letter."""


def _clean(text: str) -> str:
    """Return the text with full-width letters replaced by ASCII letters, and minus signs by hyphens."""
    plain = _OPEN_QUOTE.sub("", _MINUS.sub("-", text.translate(_FULL_WIDTH)).strip())
    plain = _FACTOR.sub("1", plain)
    return _TICK_MARK.sub(lambda mark: mark[1] or "", plain)  # the tick mark right of a tick label is read as a dash


# --- several numbers in one line --------------------------------------------------------------------------------

_IN_THOUSANDS = re.compile(r"[-+]?[$€£]?\d{1,3}(?: \d{3}){2,}(?:[.,]\d+)?%?")
_NUMBER = re.compile(r"[-+]?[$€£]?\d[\d.,]*[%kKMG]?")


def _split_numbers(text: Text, image: PILImage.Image) -> list[Text]:
    """Return a line of three or more numbers, or of two that touch, as one text each: OCR joins them in small plots."""
    words = _split_words(text.text)
    joined = len(words) > len(text.text.split())
    if text.rotated or len(words) < (2 if joined else 3) or not all(_NUMBER.fullmatch(word) for word in words):
        return [text]
    left, top, right, bottom = text.box
    spans = _word_spans(image.crop(text.box), len(words))
    gaps = [after[0] - before[1] for before, after in pairwise(spans)]
    if _IN_THOUSANDS.fullmatch(text.text) and max(gaps, default=0) < 0.5 * text.height:
        return [text]
    if text.text.isdecimal() or (_grow_evenly(words) and not _are_even(spans, bottom - top)):
        spans = _even_spans(words, right - left)
        text = replace(text, confidence=GUESSED)
    return [
        replace(text, text=word, box=(left + start, top, left + end, bottom))
        for word, (start, end) in zip(words, spans, strict=False)
    ] or [text]


def _split_words(text: str) -> list[str]:
    """Return the words of a line; numbers that touch are split by their decimals: ``2023.002023.25``.

    Whole numbers are split where they grow by even steps: ``100020003000``.
    """
    return _even_numbers(text) or [number for word in text.split() for number in _touching_numbers(word)]


def _touching_numbers(word: str) -> list[str]:
    for decimals in (1, 2, 3):
        number = rf"-?\d+\.\d{{{decimals}}}"
        if word.count(".") > 1 and re.fullmatch(rf"(?:{number}){{2,}}", word):
            return re.findall(number, word)
    return [word]


def _even_numbers(digits: str) -> list[str]:
    """Return the numbers of even steps that digits are made of, one after the other; empty unless they are four."""
    if not re.fullmatch(r"[1-9][0-9]+", digits):
        return []
    for first in range(1, len(digits) // 4 + 1):
        for second in (first, first + 1):
            start, step = int(digits[:first]), int(digits[first : first + second]) - int(digits[:first])
            count = 2 if step > 0 else 0
            joined = digits[: first + second]
            while count and len(joined) < len(digits):
                joined += str(start + count * step)
                count += 1
            if count >= _FEWEST_JOINED and joined == digits and len(digits) >= 2 * _FEWEST_JOINED:
                return [str(start + number * step) for number in range(count)]
    return []


_FEWEST_JOINED = 4


def _grow_evenly(words: Sequence[str]) -> bool:
    """Return whether numbers, of which the first or the last one may be cut, differ by the same step."""
    numbers = [float(word) for word in words if re.fullmatch(r"-?\d+(?:\.\d+)?", word)]
    steps = [after - before for before, after in pairwise(numbers)][1:-1]
    return len(numbers) == len(words) >= _FEWEST_JOINED and max(steps) - min(steps) < 1e-6 < max(steps)


def _are_even(spans: Sequence[tuple[int, int]], height: int) -> bool:
    """Return whether the middles of words are at about even distances."""
    gaps = [(after[0] + after[1] - before[0] - before[1]) / 2 for before, after in pairwise(spans)]
    return bool(gaps) and max(gaps) - min(gaps) <= 0.5 * height


def _even_spans(words: Sequence[str], width: int) -> list[tuple[int, int]]:
    """Return start and end of numbers that touch, whose middles are at even distances (pixels)."""
    digit = width / sum(map(len, words))
    pitch = (width - digit * (len(words[0]) + len(words[-1])) / 2) / (len(words) - 1)
    middles = [digit * len(words[0]) / 2 + number * pitch for number in range(len(words))]
    halves = [digit * len(word) / 2 for word in words]
    return [(round(middle - half), round(middle + half)) for middle, half in zip(middles, halves, strict=True)]


def _word_spans(line: PILImage.Image, count: int) -> list[tuple[int, int]]:
    """Return start and end of each of `count` words (pixels), split at the widest gaps; empty without enough gaps."""
    middle = (0, round(0.2 * line.height), line.width, max(1, round(0.8 * line.height)))
    grey = line.crop(middle).convert("L")  # tick marks and axis lines may run along the edges of a box
    columns, _ = ink_projection(grey)
    inked = [x for x, ink in enumerate(columns) if ink]
    gaps = sorted(((after - before, before, after) for before, after in pairwise(inked)), reverse=True)[: count - 1]
    if len(gaps) < count - 1:
        return []
    cuts = sorted((before, after) for _, before, after in gaps)
    starts = [inked[0], *(after for _, after in cuts)]
    ends = [*(before for before, _ in cuts), inked[-1]]
    return [(start, end + 1) for start, end in zip(starts, ends, strict=True)]
