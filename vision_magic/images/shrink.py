"""How are pixels packed? Fitted under a size, laid on a ground, and encoded as PNG or JPEG with nothing but pixels."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from vision_magic.errors import ImageError
from vision_magic.images.image import Image, readable_bytes
from vision_magic.images.lazy_types import is_of
from vision_magic.images.options import MAX_BYTES_SENT, MAX_SIDE, ImageOptions
from vision_magic.images.png import write_png
from vision_magic.images.tokens import estimate

if TYPE_CHECKING:
    from PIL import Image as PILImage

    from vision_magic.images.registry import ConvertedImage

__all__ = ["encode", "fits"]

_QUALITY: Final = 85
_LEAST_QUALITY: Final = 60  # below it, letters in a screenshot get hard to read: fewer pixels serve better
_SMALL: Final = 256 * 256  # below this many pixels JPEG saves nothing worth having
_SAMPLE: Final = 64
_LARGE: Final = 4_000_000  # pixels; of smaller arrays a copy is no matter
_BAND: Final = 256  # rows
_LIGHT: Final = 200  # what is brighter than that is hardly seen on white


def encode(picture: ConvertedImage, options: ImageOptions, *, original: tuple[int, int] | None = None) -> Image:
    """Return a picture encoded for sending.

    Parameters
    ----------
    picture : Picture
        A Pillow image of any mode, or an array.
    options : ImageOptions
        How large it may be, and how numbers become brightness.
    original : (int, int), optional
        Width and height that coordinates are mapped back to; the picture's own where not given.
    """
    found, rules = _eight_bits(picture, options)
    size = (found.shape[1], found.shape[0]) if is_of(found, "numpy.ndarray") else found.size
    side = _side_for_tokens(size, options.max_side or MAX_SIDE, options)
    pixels = _fitted_array(found, side) if is_of(found, "numpy.ndarray") else _fitted(_plain_mode(found), side)
    pixels, grounded = _on_ground(pixels)
    pixels, packed = _packed(_bare(pixels, picture.pixels), options.max_bytes or MAX_BYTES_SENT)
    shrunk = f"shrunk from {size[0]}×{size[1]}" if pixels.size != size else ""
    notes = (*picture.notes, *rules, grounded, shrunk, packed.note)
    return Image(
        data=packed.data,
        media_type="image/png" if packed.quality is None else "image/jpeg",
        width=pixels.width,
        height=pixels.height,
        source=picture.source,
        note="; ".join(note for note in notes if note),
        original=original or size,
        quality=packed.quality,
    )


def fits(image: Image, options: ImageOptions) -> bool:
    """Whether an encoded picture is already within what was asked for."""
    return (
        max(image.width, image.height) <= (options.max_side or math.inf)
        and len(image.data) <= (options.max_bytes or math.inf)
        and _cost((image.width, image.height), options) <= (options.max_image_tokens or math.inf)
    )


def _eight_bits(picture: ConvertedImage, options: ImageOptions) -> tuple[Any, tuple[str, ...]]:
    """Return pixels of at most 8 bits, an array or a Pillow image, with the rules that were applied."""
    pixels: Any = picture.pixels
    deep = not is_of(pixels, "numpy.ndarray") and (pixels.mode in ("I", "F") or pixels.mode.startswith("I;16"))
    if deep:
        pixels = _numbers_of(pixels)
    if is_of(pixels, "numpy.ndarray"):
        from vision_magic.images.pixels import from_array

        return from_array(pixels, options)
    if options.about_arrays:
        raise ImageError(
            f"{options.about_arrays[0]} came with a {picture.source}; it means something for arrays of numbers only."
        )
    return pixels, ()


def _numbers_of(pixels: PILImage.Image) -> Any:
    """Return more than 8 bits a pixel as an array, whose rules then hold for them."""
    try:
        import numpy as np
    except ImportError:
        raise ImageError(
            f"The picture has more than 8 bits a pixel (mode {pixels.mode}); to show them, NumPy is needed: "
            "pip install numpy"
        ) from None
    return np.asarray(pixels)


def _plain_mode(pixels: PILImage.Image) -> PILImage.Image:
    """Return the pixels as greys or colours that can be shrunk, with their transparency where they have any."""
    if pixels.mode == "RGBA":
        return pixels
    if pixels.has_transparency_data:
        # Pillow has no way from La, the one with its alpha multiplied in, but by LA.
        return (pixels.convert("LA") if pixels.mode == "La" else pixels).convert("RGBA")
    if pixels.mode in ("L", "RGB"):
        return pixels
    return pixels.convert("L" if pixels.mode == "1" else "RGB")


def _fitted(pixels: PILImage.Image, side: int) -> PILImage.Image:
    from PIL import Image as PILImage

    longest = max(pixels.size)
    if longest <= side:
        return pixels
    width, height = (max(1, round(length * side / longest)) for length in pixels.size)
    # The gap lets a picture of many times the size be averaged first: 52 dB from doing without, in half the time.
    return pixels.resize((width, height), PILImage.Resampling.LANCZOS, reducing_gap=1.5)


def _fitted_array(values: Any, side: int) -> PILImage.Image:
    """Return an array fitted under a size; a large one in bands, since Pillow takes 4 bytes a pixel for its copy."""
    from PIL import Image as PILImage

    height, width = values.shape[:2]
    if max(width, height) <= side or width * height < _LARGE or values.ndim != 3 or values.shape[2] != 3:
        return _fitted(PILImage.fromarray(values), side)
    size = _scaled((width, height), side)
    narrow = PILImage.new("RGB", (size[0], height))
    for top in range(0, height, _BAND):
        band = PILImage.fromarray(values[top : top + _BAND])
        narrow.paste(band.resize((size[0], band.height), PILImage.Resampling.LANCZOS), (0, top))
    # Across, then down: what Pillow does with the whole picture too.
    return narrow.resize(size, PILImage.Resampling.LANCZOS)


def _side_for_tokens(size: tuple[int, int], side: int, options: ImageOptions) -> int:
    """Return the longest side, at most `side`, whose estimate is within the budget."""
    budget = options.max_image_tokens
    if budget is None or _cost(_scaled(size, side), options) <= budget:
        return side
    low, high = 1, min(side, max(size))
    if _cost(_scaled(size, low), options) > budget:
        least = estimate(1, 1, model=options.model, detail=options.detail)
        raise ImageError(
            f"max_image_tokens got {budget}; a picture of any size costs {least} here. detail='low' costs least."
        )
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _cost(_scaled(size, middle), options) <= budget else (low, middle)
    return low


def _scaled(size: tuple[int, int], side: int) -> tuple[int, int]:
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _cost(size: tuple[int, int], options: ImageOptions) -> int:
    return estimate(*size, model=options.model, detail=options.detail).tokens


def _on_ground(pixels: PILImage.Image) -> tuple[PILImage.Image, str]:
    """Return the pixels without transparency, laid on white, or on black where they would not be seen on white."""
    from PIL import Image as PILImage

    if pixels.mode != "RGBA":
        return pixels, ""
    alpha = pixels.getchannel("A")
    if alpha.getextrema() == (255, 255):
        return pixels.convert("RGB"), ""
    ground = "black" if _lost_on_white(pixels, alpha) else "white"
    laid = PILImage.new("RGB", pixels.size, ground)
    laid.paste(pixels, mask=alpha)
    return laid, f"transparency shown on {ground}"


def _lost_on_white(pixels: PILImage.Image, alpha: PILImage.Image) -> bool:
    """Whether what can be seen is light throughout: dark letters anywhere would be lost on black instead."""
    visible = alpha.point(lambda value: 255 if value >= 128 else 0)
    brightness = pixels.convert("L").histogram(visible)
    return sum(brightness) > 0 and sum(brightness[:_LIGHT]) < 0.005 * sum(brightness)


def _bare(pixels: PILImage.Image, given: object) -> PILImage.Image:
    """Return the pixels with nothing beside them: what an image carries along would be written into the file."""
    if pixels is given:
        pixels = pixels.copy()  # the user's own stays as it is
    pixels.info = {}
    return pixels


@dataclass(frozen=True, slots=True)
class _Packed:
    data: bytes
    quality: int | None = None

    @property
    def note(self) -> str:
        return "" if self.quality is None else f"JPEG quality {self.quality}"


def _packed(pixels: PILImage.Image, budget: int) -> tuple[PILImage.Image, _Packed]:
    """Return the pixels encoded within a number of bytes: losing nothing, else by JPEG, else with fewer pixels."""
    packed = _jpeg(pixels, _QUALITY) if _is_photograph(pixels) else _Packed(write_png(pixels))
    while len(packed.data) > budget:
        if packed.quality is None or packed.quality > _LEAST_QUALITY:
            packed = _jpeg(pixels, _QUALITY if packed.quality is None else max(_LEAST_QUALITY, packed.quality - 10))
            continue
        side = int(max(pixels.size) * min(0.9, math.sqrt(budget / len(packed.data))))
        if side < 1:
            raise ImageError(
                f"max_bytes got {budget}; a single pixel of the picture takes {readable_bytes(len(packed.data))}."
            )
        pixels = _fitted(pixels, side)
        packed = _jpeg(pixels, _LEAST_QUALITY)
    return pixels, packed


def _is_photograph(pixels: PILImage.Image) -> bool:
    """Whether neighbouring pixels hardly ever share a colour, as in a photograph and in no figure.

    Greys are mostly data, and stay as they are.
    """
    from PIL import Image as PILImage

    if pixels.width * pixels.height <= _SMALL or pixels.mode == "L":
        return False
    sample = pixels.resize((_SAMPLE, _SAMPLE), PILImage.Resampling.NEAREST)
    colours = sample.getcolors(_SAMPLE * _SAMPLE) or []
    return len(colours) > _SAMPLE * _SAMPLE // 4


def _jpeg(pixels: PILImage.Image, quality: int) -> _Packed:
    buffer = io.BytesIO()
    pixels.save(buffer, "JPEG", quality=quality)
    return _Packed(buffer.getvalue(), quality)
