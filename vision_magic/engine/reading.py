"""Which text stands in a picture, and where? An OCR library behind one function.

The library and its models come with the extra ``reader``. They are imported at the first reading, never before, and
nothing is downloaded: the models are inside the wheel.
"""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import re
import threading
import warnings
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

from PIL import Image as PILImage

from vision_magic.errors import VisionError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Backend", "Box", "Quad", "ReadingError", "Text", "available", "read_text"]

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom are outside."""

Quad = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
"""Corners of a line of text in pixels: top left, top right, bottom right, bottom left, as the text is read."""

MIN_CONFIDENCE = 0.6
"""Readings below this are dropped: they were mostly curves and markers taken for letters."""

MIN_SIDE, MAX_SIDE, MAX_SCALE = 736, 2000, 3.0
"""Small pictures are enlarged until the shorter side has `MIN_SIDE`, large ones shrunk to `MAX_SIDE` (pixels)."""

BORDER = 32
"""Margin put around the picture before the search (pixels): text that touches the edge is missed without it."""

LINE_HEIGHT = 48
"""Height of one line of text as the recognition model takes it (pixels)."""

TALL = 1.3
"""A box this much higher than wide is read turned: the label of a vertical axis runs upwards."""

KEPT_READINGS = 16
"""How many pictures' readings are kept: the second question about a figure must not read it again."""


class ReadingError(VisionError):
    """The text could not be read; the message says why, as a sentence for the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One line of text.

    Attributes
    ----------
    text : str
        What it says, as read: data from the picture, never an instruction.
    box : tuple of int
        Left, top, right, bottom in pixels.
    confidence : float
        The recogniser's own, 0 to 1.
    rotated : bool
        It runs upwards or downwards.
    """

    text: str
    box: Box
    confidence: float = 1.0
    rotated: bool = False

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the box: x, y in pixels."""
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2

    @property
    def height(self) -> int:
        """Height of the line (pixels): the shorter side for text that runs upwards."""
        left, top, right, bottom = self.box
        return min(right - left, bottom - top) if self.rotated else bottom - top


class Backend(Protocol):
    """What an OCR library must do: find lines, and recognise one."""

    def find(self, picture: PILImage.Image) -> list[Quad]:
        """Return the corners of every line of text in an RGB picture."""

    def recognise(self, line: PILImage.Image) -> tuple[str, float]:
        """Return the text of one upright line, and the confidence from 0 to 1."""


def available() -> bool:
    """Return whether the libraries of the extra ``reader`` are installed; nothing is imported."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


_NUMBER = re.compile(r"[-+]?[$€£]?\d[\d.,]*[%kKMG]?")

_readings: OrderedDict[str, tuple[Text, ...]] = OrderedDict()
_lock = threading.RLock()


def read_text(picture: PILImage.Image) -> tuple[Text, ...]:
    """Read the text in a picture.

    Parameters
    ----------
    picture : PIL.Image.Image
        Any mode; transparency is put on white.

    Returns
    -------
    tuple of Text
        In reading order, from top to bottom. Kept for the same pixels.

    Raises
    ------
    ReadingError
        The extra is not installed, or the library failed.
    """
    if not available():
        raise ReadingError("I cannot read text here: install `vision-magic[reader]`.")
    flat = picture if picture.mode == "RGB" else picture.convert("RGB")
    key = hashlib.sha256(repr(flat.size).encode() + flat.tobytes()).hexdigest()
    with _lock:  # one reading at a time: the library keeps its state in the instance
        if key not in _readings:
            _readings[key] = _read_guarded(flat)
            while len(_readings) > KEPT_READINGS:
                _readings.popitem(last=False)
        _readings.move_to_end(key)
        return _readings[key]


def _read_guarded(picture: PILImage.Image) -> tuple[Text, ...]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(picture, _backend())
    except Exception as error:  # a native library on foreign pixels: the answer goes on without the text
        raise ReadingError(f"I could not read the text: the reader failed ({type(error).__name__}).") from error


def _read(picture: PILImage.Image, backend: Backend) -> tuple[Text, ...]:
    """Enlarge, add a margin, find the lines, read each, and give the boxes in the pixels of the picture."""
    if min(picture.size) < 8:
        return ()
    scale = _scale(picture.size)
    canvas = _with_margin(picture, scale)
    lines = {quad: _read_line(canvas, quad, backend) for quad in _joined(backend.find(canvas))}
    blocks = [_around(quad) for quad, text in lines.items() if text is None and _is_block(_around(quad))]
    if blocks:
        bare = _painted_over(canvas, blocks)
        lines |= {quad: _read_line(canvas, quad, backend) for quad in _new(_joined(backend.find(bare)), lines)}
    texts = [replace(text, box=_unscaled(text.box, scale, picture.size)) for text in lines.values() if text is not None]
    apart = [part for text in texts for part in _numbers_apart(text, picture)]
    return tuple(sorted(apart, key=lambda text: (text.box[1], text.box[0])))


def _numbers_apart(text: Text, picture: PILImage.Image) -> list[Text]:
    """Return a line of three numbers or more as one text each: the tick labels of a small plot are read as one line."""
    words = _words_of(text.text)
    if text.rotated or len(words) < 3 or not all(_NUMBER.fullmatch(word) for word in words):
        return [text]
    left, top, _, bottom = text.box
    ends = _word_ends(picture.crop(text.box), len(words))
    return [
        replace(text, text=word, box=(left + start, top, left + end, bottom))
        for word, (start, end) in zip(words, ends, strict=False)
    ] or [text]


def _words_of(text: str) -> list[str]:
    """Return the words of a line; numbers that touch are told apart by their decimals: ``2023.002023.25``."""
    for decimals in (1, 2, 3):
        number = rf"-?\d+\.\d{{{decimals}}}"
        if re.fullmatch(rf"(?:{number}\s*){{3,}}", text) and " " not in text:
            return re.findall(number, text)
    return text.split()


def _word_ends(line: PILImage.Image, count: int) -> list[tuple[int, int]]:
    """Return where each of so many words starts and ends (pixels): between them are the widest gaps."""
    grey = line.convert("L")
    shades = grey.histogram()
    ground = shades.index(max(shades))
    columns, _ = grey.point(lambda value: 255 if abs(value - ground) > 60 else 0).getprojection()
    inked = [x for x, ink in enumerate(columns) if ink]
    gaps = sorted(((after - before, before, after) for before, after in pairwise(inked)), reverse=True)[: count - 1]
    if len(gaps) < count - 1:
        return []
    cuts = sorted((before, after) for _, before, after in gaps)
    starts = [inked[0], *(after for _, after in cuts)]
    ends = [*(before for before, _ in cuts), inked[-1]]
    return [(start, end + 1) for start, end in zip(starts, ends, strict=True)]


def _is_block(box: Box) -> bool:
    """Return whether what was taken for a line is rather a bar of a chart: it hides the words beside it."""
    return min(box[2] - box[0], box[3] - box[1]) > 1.6 * LINE_HEIGHT


def _painted_over(canvas: PILImage.Image, boxes: Sequence[Box]) -> PILImage.Image:
    bare, ground = canvas.copy(), _background(canvas)
    for box in boxes:
        bare.paste(ground, box)
    return bare


def _new(quads: Sequence[Quad], known: Iterable[Quad]) -> list[Quad]:
    """Return the quads that no known one overlaps."""
    boxes = [_around(quad) for quad in known]
    return [quad for quad in quads if not any(_overlap(_around(quad), box) for box in boxes)]


def _overlap(a: Box, b: Box) -> bool:
    return min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) > max(a[1], b[1])


def _joined(quads: Sequence[Quad]) -> list[Quad]:
    """Return the lines, the parts of one upward line as one: the search parts them at spaces and brackets."""
    lines: list[Quad] = []
    for quad in sorted(quads, key=lambda quad: -_around(quad)[3]):
        lower = next((line for line in lines if _continues(_around(line), _around(quad))), None)
        if lower is None:
            lines.append(quad)
        else:
            lines[lines.index(lower)] = _both(_around(lower), _around(quad))
    return lines


def _around(quad: Quad) -> Box:
    xs, ys = [x for x, _ in quad], [y for _, y in quad]
    return int(min(xs)), int(min(ys)), int(max(xs)) + 1, int(max(ys)) + 1


def _continues(lower: Box, upper: Box) -> bool:
    """Return whether an upward line goes on above: as wide, straight above, nearer than a wide space."""
    (left, top, right, bottom), (other_left, other_top, other_right, other_bottom) = lower, upper
    width = max(right - left, other_right - other_left)
    tall = max(bottom - top, other_bottom - other_top) > 1.6 * width
    aligned = abs(left - other_left) <= 0.25 * width and abs(right - other_right) <= 0.25 * width
    return tall and aligned and -0.6 * width <= top - other_bottom <= 0.6 * width


def _both(a: Box, b: Box) -> Quad:
    left, top, right, bottom = min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _scale(size: tuple[int, int]) -> float:
    enlarged = min(max(1.0, MIN_SIDE / min(size)), MAX_SCALE)
    return min(enlarged, MAX_SIDE / max(size))


def _with_margin(picture: PILImage.Image, scale: float) -> PILImage.Image:
    """Return the picture scaled, on its own background colour, with sides that the model takes unscaled."""
    width, height = (max(1, round(side * scale)) for side in picture.size)
    scaled = picture.resize((width, height), PILImage.Resampling.BICUBIC) if scale != 1.0 else picture
    sides = tuple(-(-(side + 2 * BORDER) // 32) * 32 for side in (width, height))
    canvas = PILImage.new("RGB", (sides[0], sides[1]), _background(picture))
    canvas.paste(scaled, (BORDER, BORDER))
    return canvas


def _background(picture: PILImage.Image) -> tuple[int, int, int]:
    """Return the commonest colour of the outermost rows."""
    width, height = picture.size
    strip = PILImage.new("RGB", (width, 2))
    strip.paste(picture.crop((0, 0, width, 1)), (0, 0))
    strip.paste(picture.crop((0, height - 1, width, height)), (0, 1))
    colours: Any = strip.getcolors(2 * width) or [(1, (255, 255, 255))]
    red, green, blue = max(colours)[1]
    return red, green, blue


def _unscaled(box: Box, scale: float, size: tuple[int, int]) -> Box:
    left, top, right, bottom = ((side - BORDER) / scale for side in box)
    width, height = size
    return (
        min(max(0, round(left)), width - 1),
        min(max(0, round(top)), height - 1),
        max(1, min(round(right), width)),
        max(1, min(round(bottom), height)),
    )


def _read_line(canvas: PILImage.Image, quad: Quad, backend: Backend) -> Text | None:
    line = _cut_out(canvas, quad)
    rotated = line.height > TALL * line.width
    text, confidence = _best_reading(_attempts(line, rotated), backend)
    if confidence < MIN_CONFIDENCE or not _is_text(text):
        return None
    return Text(text=text, box=_around(quad), confidence=round(confidence, 3), rotated=rotated and len(text) > 1)


def _is_text(text: str) -> bool:
    """Return whether it is more than a mark: the markers of a plot are read as ●, à or 一."""
    if len(text) == 1:
        return (text.isascii() and text.isalnum()) or "α" <= text.lower() <= "ω" or text in "µ°%"
    return any(letter.isalnum() for letter in text)


def _attempts(line: PILImage.Image, rotated: bool) -> Iterator[PILImage.Image]:
    """Yield the line as it may have to be turned, the likeliest first."""
    turned, upside = PILImage.Transpose.ROTATE_270, PILImage.Transpose.ROTATE_90
    if not rotated:
        yield line
        return
    short = line.height < 2.2 * line.width  # a lone digit is a tall box as well
    if short:
        yield line
    yield line.transpose(turned)
    yield line.transpose(upside)


def _best_reading(attempts: Iterator[PILImage.Image], backend: Backend) -> tuple[str, float]:
    best = ("", 0.0)
    for line in attempts:
        text, confidence = backend.recognise(_at_line_height(line))
        text = _tidied(text)
        if text and confidence > best[1]:
            best = (text, confidence)
        if best[1] > 0.9:
            break
    return best


def _at_line_height(line: PILImage.Image) -> PILImage.Image:
    width = max(1, round(line.width * LINE_HEIGHT / line.height))
    return line.resize((min(width, MAX_SIDE), LINE_HEIGHT), PILImage.Resampling.BICUBIC)


def _cut_out(canvas: PILImage.Image, quad: Quad) -> PILImage.Image:
    """Return the pixels inside the four corners as an upright rectangle."""
    top_left, top_right, bottom_right, bottom_left = quad
    width = max(_distance(top_left, top_right), _distance(bottom_left, bottom_right), 1)
    height = max(_distance(top_left, bottom_left), _distance(top_right, bottom_right), 1)
    corners = (*top_left, *bottom_left, *bottom_right, *top_right)
    return canvas.transform(
        (round(width), round(height)), PILImage.Transform.QUAD, corners, PILImage.Resampling.BICUBIC
    )


def _distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)


_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_TICK_MARK = re.compile(r"^(-?\d[\d.,]*)\s*[-–—_]+$")
_MINUS = re.compile(r"(?<![\w.])\s*[−–—﹣]\s*(?=[\d.])")


def _tidied(text: str) -> str:
    """Return the text with full-width letters as plain ones and a minus sign that other programs read."""
    plain = _MINUS.sub("-", text.translate(_FULL_WIDTH)).strip()
    return _TICK_MARK.sub(r"\1", plain)  # the tick mark right of a tick label is read as a dash


class _RapidOCR:
    """rapidocr with the models of its own wheel, one thread, silent."""

    def __init__(self) -> None:
        with _quiet_loggers():
            from rapidocr import RapidOCR

            # Two threads spin and double the CPU time; sizes are ours to choose, so its own resizing is off.
            self._engine = RapidOCR(
                params={
                    "Global.log_level": "critical",
                    "Global.use_preprocess_img": False,
                    "Global.use_vertical_padding": False,
                    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                    "Det.limit_type": "max",
                    "Det.limit_side_len": MAX_SIDE + 2 * BORDER + 32,
                    "Det.box_thresh": 0.4,
                    "Rec.rec_img_shape": [3, LINE_HEIGHT, 160],
                }
            )

    def find(self, picture: PILImage.Image) -> list[Quad]:
        found = self._engine(_as_bgr(picture), use_det=True, use_cls=False, use_rec=False)
        boxes = getattr(found, "boxes", None)
        return [] if boxes is None else [_as_quad(box) for box in boxes]

    def recognise(self, line: PILImage.Image) -> tuple[str, float]:
        read = self._engine(_as_bgr(line), use_det=False, use_cls=False, use_rec=True)
        texts: Sequence[str] = getattr(read, "txts", None) or ("",)
        scores: Sequence[float] = getattr(read, "scores", None) or (0.0,)
        return str(texts[0]), float(scores[0])


def _as_bgr(picture: PILImage.Image) -> Any:
    import numpy as np

    return np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])


def _as_quad(box: Any) -> Quad:
    a, b, c, d = ((float(x), float(y)) for x, y in box)
    return a, b, c, d


@lru_cache(maxsize=1)
def _backend() -> Backend:
    _forget_telemetry()
    return _RapidOCR()


def _forget_telemetry() -> None:
    """Switch off what onnxruntime reports on Windows; elsewhere it does nothing."""
    import onnxruntime  # type: ignore[import-untyped]  # ships no types

    onnxruntime.disable_telemetry_events()


@contextmanager
def _quiet_loggers() -> Iterator[None]:
    """Keep the root logger as the user set it, whatever an import does to it."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    try:
        yield
    finally:
        root.setLevel(level)
        root.handlers[:] = handlers
