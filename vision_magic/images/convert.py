"""How does any Python object become an Image? One open registry, one small converter per kind of object."""

from __future__ import annotations

import operator
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, SupportsIndex

from vision_magic.errors import PictureError
from vision_magic.images.image import Image, readable_bytes
from vision_magic.images.lazy_types import is_of
from vision_magic.images.safe import MAX_BYTES, open_picture, upright

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["Picture", "as_image", "converts", "is_picture"]

MAX_SIDE = 2048
"""Longest side of a picture that is sent where nothing else was asked for (pixels): providers keep no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What a converter makes of an object: pixels, where they come from, and what was decided on the way."""

    pixels: PILImage.Image
    source: str
    notes: tuple[str, ...] = ()


Converter = Callable[[Any], Picture]

_converters: dict[str, Converter] = {}


def converts(path: str) -> Callable[[Converter], Converter]:
    """Register a converter for the class at `path`, such as ``"torch.Tensor"``.

    The library is not imported: the class is looked up when an object comes that may be of it. A later
    registration goes before earlier ones.
    """

    def register(converter: Converter) -> Converter:
        _converters[path] = converter
        return converter

    return register


def as_image(obj: object, *, max_side: int | None = None) -> Image:
    """Return any picture in memory as an `Image`, ready to be sent.

    Parameters
    ----------
    obj : object
        A Pillow image; a NumPy array of shape (H, W), (H, W, 3) or (H, W, 4), bool, integer or float;
        a matplotlib figure or axes; encoded ``bytes``; a ``pathlib.Path``. A ``str`` is never taken for a path.
    max_side : int, optional
        Shrink until no side is longer (pixels); `MAX_SIDE` where not given. Nothing is ever enlarged.

    Returns
    -------
    Image
        Re-encoded pixels without metadata; ``note`` states every rule that was applied.

    Raises
    ------
    PictureError
        The object is no picture, or `max_side` no size; the message says what arrived and what is accepted.
    """
    if isinstance(obj, Image):
        return obj
    converter = _converter_for(obj)
    if converter is None:
        raise PictureError(_refusal(obj))
    from vision_magic.images.shrink import encode

    return encode(converter(obj), max_side=MAX_SIDE if max_side is None else _checked_side(max_side))


def _checked_side(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, SupportsIndex) or operator.index(value) < 1:
        raise PictureError(f"max_side got {value!r}; expected a whole number of pixels from 1 up.")
    return operator.index(value)


def is_picture(obj: object) -> bool:
    """Whether an object in a prompt stands for a picture, and not for its text."""
    if is_of(obj, "numpy.ndarray"):
        return getattr(obj, "ndim", 0) in (2, 3)
    if isinstance(obj, bytes):
        return obj.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")) or obj[8:12] == b"WEBP"
    return isinstance(obj, Image) or _converter_for(obj) is not None


def _converter_for(obj: object) -> Converter | None:
    for path in reversed(_converters):
        if is_of(obj, path):
            return _converters[path]
    return None


def _refusal(obj: object) -> str:
    if isinstance(obj, str):
        return (
            f"as_image got the text {obj[:60]!r}; a text is never taken for a file or an address. "
            "Expected a picture: pathlib.Path(…) names a file."
        )
    kind = f"{type(obj).__module__}.{type(obj).__qualname__}".removeprefix("builtins.")
    return (
        f"as_image got {kind}; expected a figure, axes, Pillow image, NumPy array, bytes or pathlib.Path. "
        "Other kinds can be registered with vision_magic.converts."
    )


@converts("PIL.Image.Image")
def _from_pil(picture: PILImage.Image) -> Picture:
    if 0 in picture.size:
        raise PictureError(f"The Pillow image is {picture.width}×{picture.height}; expected at least 1×1.")
    try:
        frames = getattr(picture, "n_frames", 1)
        picture.load()  # an opened file is read only now
        pixels, turned = upright(picture)
    except Exception as error:  # Pillow's decoders raise many kinds for damaged data
        raise PictureError(
            f"The Pillow image cannot be read ({type(error).__name__}: {error}). Is its file whole, and still open?"
        ) from error
    notes = (f"one of {frames} frames",) if frames > 1 else ()
    return Picture(pixels=pixels, source="Pillow image", notes=notes + turned)


@converts("builtins.bytes")
def _from_bytes(data: bytes) -> Picture:
    pixels, notes = open_picture(data)
    return Picture(pixels=pixels, source=f"{pixels.format or 'encoded'} bytes", notes=notes)


@converts("pathlib.Path")
def _from_path(path: Path) -> Picture:
    try:
        pixels, notes = open_picture(_contents(path))
    except PictureError as error:
        raise PictureError(f"{path}: {error}") from None
    return Picture(pixels=pixels, source=f"file {path.name}", notes=notes)


def _contents(path: Path) -> bytes:
    try:
        found = path.stat()
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
            raise PictureError("It is no file but a device or a pipe, which may never end; read it and pass the bytes.")
        if found.st_size > MAX_BYTES:
            raise PictureError(f"It holds {readable_bytes(found.st_size)}; the limit is {readable_bytes(MAX_BYTES)}.")
        return path.read_bytes()
    except OSError as error:
        raise PictureError(f"It cannot be read: {error.strerror}. Is the path right, from {Path.cwd()}?") from None
    except PictureError:
        raise
    except ValueError as error:  # a path that no system has, such as one with a NUL
        raise PictureError(f"It cannot be read: {error}.") from None


@converts("numpy.ndarray")
def _from_array(array: Any) -> Picture:
    from vision_magic.images.pixels import from_array

    pixels, notes = from_array(array)
    return Picture(pixels=pixels, source=f"array {array.shape} {array.dtype}", notes=notes)


@converts("matplotlib.figure.Figure")
def _from_figure(figure: Any) -> Picture:
    from vision_magic.images.figures import render

    return Picture(pixels=render(figure), source="matplotlib figure")


@converts("matplotlib.axes.Axes")
def _from_axes(axes: Any) -> Picture:
    from vision_magic.images.figures import render

    return Picture(pixels=render(axes), source="matplotlib axes")
