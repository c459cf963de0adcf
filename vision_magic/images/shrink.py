"""How are pixels packed? Fitted under a size, flattened, and encoded as PNG or JPEG with nothing but pixels."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING

from vision_magic.errors import PictureError
from vision_magic.images.image import Image, MediaType

if TYPE_CHECKING:
    from PIL import Image as PILImage

    from vision_magic.images.convert import Picture

__all__ = ["encode"]

_QUALITY = 85
_SMALL = 256 * 256  # below this many pixels JPEG saves nothing worth having
_SAMPLE = 64


def encode(picture: Picture, *, max_side: int) -> Image:
    """Return a picture encoded for sending.

    Parameters
    ----------
    picture : Picture
        Pixels of any Pillow mode.
    max_side : int
        Longest side of the result (pixels); never enlarged.
    """
    pixels, flattened = _flatten(picture.pixels)
    pixels, shrunk = _shrink(pixels, max_side)
    media_type: MediaType = "image/jpeg" if _is_photograph(pixels) else "image/png"
    packed = f"JPEG quality {_QUALITY}" if media_type == "image/jpeg" else ""
    return Image(
        data=_pack(pixels, media_type),
        media_type=media_type,
        width=pixels.width,
        height=pixels.height,
        source=picture.source,
        note="; ".join(note for note in (*picture.notes, flattened, shrunk, packed) if note),
    )


def _flatten(pixels: PILImage.Image) -> tuple[PILImage.Image, str]:
    """Return the pixels as RGB or greys, transparency laid on white."""
    from PIL import Image as PILImage

    if pixels.mode in ("RGB", "L") and not pixels.has_transparency_data:
        # A new image: the old one's metadata would be written too.
        return PILImage.frombytes(pixels.mode, pixels.size, pixels.tobytes()), ""
    if pixels.mode == "1" and not pixels.has_transparency_data:
        return pixels.convert("L"), ""
    if pixels.mode in ("I", "F") or pixels.mode.startswith("I;16"):
        return _from_deep(pixels)
    if not pixels.has_transparency_data:
        return _bare(pixels.convert("RGB")), ""
    # Pillow has no way from La, the one with its alpha multiplied in, but by LA.
    layer = (pixels.convert("LA") if pixels.mode == "La" else pixels).convert("RGBA")
    if layer.getchannel("A").getextrema() == (255, 255):
        return _bare(layer.convert("RGB")), ""
    ground = PILImage.new("RGB", layer.size, "white")
    ground.paste(layer, mask=layer.getchannel("A"))
    return ground, "transparency shown on white"


def _bare(pixels: PILImage.Image) -> PILImage.Image:
    from PIL import Image as PILImage

    return PILImage.frombytes(pixels.mode, pixels.size, pixels.tobytes())


def _from_deep(pixels: PILImage.Image) -> tuple[PILImage.Image, str]:
    """Map more than 8 bits a pixel from their own range, and say so."""
    from PIL import Image as PILImage

    # Through F, since Pillow's own conversion from I;16 to L cuts off instead of scaling.
    deep = pixels.convert("F")
    if not math.isfinite(_mean(deep)):
        raise PictureError(
            "The Pillow image holds values that are not finite; expected numbers. Pass numpy.asarray(image) instead: "
            "as an array, they are shown black and counted."
        )
    low, high = deep.getextrema()
    if not isinstance(low, float) or not isinstance(high, float) or low == high:
        return PILImage.new("L", pixels.size, 128), "every value is the same, shown grey"
    scale = 255 / (high - low)
    grey = deep.point(lambda value: value * scale + (-low * scale)).convert("L")
    return grey, f"{low:g} to {high:g} shown as black to white"


def _mean(deep: PILImage.Image) -> float:
    """Return the mean of all values: one that is not finite makes it so, which the extremes do not show."""
    from PIL import Image as PILImage

    value = deep.resize((1, 1), PILImage.Resampling.BOX).getpixel((0, 0))
    return value if isinstance(value, float) else 0.0


def _shrink(pixels: PILImage.Image, max_side: int) -> tuple[PILImage.Image, str]:
    from PIL import Image as PILImage

    longest = max(pixels.size)
    if longest <= max_side:
        return pixels, ""
    width, height = (max(1, round(side * max_side / longest)) for side in pixels.size)
    small = pixels.resize((width, height), PILImage.Resampling.LANCZOS, reducing_gap=2.0)
    return small, f"shrunk from {pixels.width}×{pixels.height}"


def _is_photograph(pixels: PILImage.Image) -> bool:
    """Whether neighbouring pixels hardly ever share a colour, as in a photograph and in no figure."""
    from PIL import Image as PILImage

    if pixels.width * pixels.height <= _SMALL or pixels.mode == "L":
        return False
    sample = pixels.resize((_SAMPLE, _SAMPLE), PILImage.Resampling.NEAREST)
    colours = sample.getcolors(_SAMPLE * _SAMPLE) or []
    return len(colours) > _SAMPLE * _SAMPLE // 4


def _pack(pixels: PILImage.Image, media_type: MediaType) -> bytes:
    buffer = io.BytesIO()
    if media_type == "image/png":
        pixels.save(buffer, "PNG")
    else:
        pixels.save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()
