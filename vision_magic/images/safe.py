"""How are foreign bytes opened? Under caps, from a list of formats, upright, and without their metadata."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from vision_magic.errors import ImageError
from vision_magic.images.image import readable_bytes

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["FORMATS", "MAX_BYTES", "MAX_PIXELS", "check_size", "in_srgb", "open_image", "upright"]

MAX_BYTES = 160_000_000
"""Largest encoded picture that is opened (bytes): `MAX_PIXELS` in 8-bit RGB, not packed at all."""

MAX_PIXELS = 50_000_000
"""Largest picture that is decoded (pixels): a 258 kB PNG can claim 88 million of them."""

_COUNTED = 8_000_000  # bytes of a GIF whose frames are counted

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
"""Formats that are opened; Pillow knows more than forty, some of them with a history of trouble."""


def open_image(data: bytes) -> tuple[PILImage.Image, tuple[str, ...]]:
    """Decode a picture from bytes.

    Parameters
    ----------
    data : bytes
        An encoded picture, at most `MAX_BYTES` long and `MAX_PIXELS` large, in one of `FORMATS`.

    Returns
    -------
    picture : PIL.Image.Image
        The decoded first frame, turned upright.
    notes : tuple of str
        What was decided on the way: ``("turned upright", "first of 12 frames")``.

    Raises
    ------
    ImageError
        The bytes are no such picture, or over a cap.
    """
    from PIL import Image as PILImage

    if not data:
        raise ImageError("The picture holds 0 bytes; expected an encoded PNG, JPEG, WebP, GIF, BMP or TIFF.")
    if len(data) > MAX_BYTES:
        raise ImageError(
            f"The picture holds {readable_bytes(len(data))}; the limit is {readable_bytes(MAX_BYTES)}. "
            "Save it smaller, or open it with PIL and pass the object."
        )
    try:
        picture = PILImage.open(io.BytesIO(data), formats=FORMATS)
        # From the header, before anything is decoded: Pillow's own limit is higher, and at first it only warns.
        check_size(picture.size)
        return _first_frame_upright(picture)
    except ImageError:
        raise
    except (PILImage.DecompressionBombError, PILImage.DecompressionBombWarning) as error:
        raise ImageError(
            f"The picture is too large ({error}); the limit is {MAX_PIXELS / 1e6:.0f} million pixels. "
            "Shrink it before passing it."
        ) from None
    except Exception as error:  # Pillow's decoders raise many kinds for damaged data
        raise ImageError(
            f"{readable_bytes(len(data))} starting with {data[:8]!r} are not a picture that can be opened "
            f"({type(error).__name__}); expected PNG, JPEG, WebP, GIF, BMP or TIFF."
        ) from error


def check_size(size: tuple[int, int], *, fix: Callable[[int], str] | None = None) -> None:
    """Refuse a picture of more than `MAX_PIXELS`, before anything is made of it.

    Parameters
    ----------
    size : (int, int)
        Width and height in pixels.
    fix : callable, optional
        Takes the factor by which it should be smaller on each side and says how.
    """
    width, height = size
    if width * height > MAX_PIXELS:
        advice = fix(math.ceil(math.sqrt(width * height / MAX_PIXELS))) if fix else "Shrink it before passing it."
        raise ImageError(
            f"The picture is {width}×{height}, {width * height / 1e6:.0f} million pixels; "
            f"the limit is {MAX_PIXELS / 1e6:.0f} million. {advice}"
        )


def _first_frame_upright(picture: PILImage.Image) -> tuple[PILImage.Image, tuple[str, ...]]:
    frames = _frames(picture)
    picture.load()
    kind = picture.format
    pixels, turned = upright(picture)
    pixels, coloured = in_srgb(pixels)
    pixels.format = kind  # a copy has lost it
    return pixels, frames + turned + coloured


def _frames(picture: PILImage.Image) -> tuple[str, ...]:
    """Return the note on an animation, and stand at its first frame; counting goes through the whole file."""
    if not getattr(picture, "is_animated", False):
        return ()
    count = getattr(picture, "n_frames", 0) if picture.format != "GIF" or _length(picture) < _COUNTED else 0
    picture.seek(0)
    return (f"first of {count or 'many'} frames",)


def _length(picture: PILImage.Image) -> int:
    opened = getattr(picture, "fp", None)
    return opened.getbuffer().nbytes if isinstance(opened, io.BytesIO) else 0


def in_srgb(picture: PILImage.Image) -> tuple[PILImage.Image, tuple[str, ...]]:
    """Return a picture with its colours as every screen shows them, and the note that goes with it.

    The colour profile does not travel, so what it says is applied: phones and cameras write wider ones than sRGB.
    """
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "CMYK"):
        return picture, ()
    from PIL import ImageCms

    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(own):
            return picture, ()
        made = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return picture, ("its colour profile is damaged and was left out",)
    return (picture if made is None else made), ("colours converted to sRGB",)


def upright(picture: PILImage.Image) -> tuple[PILImage.Image, tuple[str, ...]]:
    """Return a picture turned as its camera says, and the note that goes with it.

    Cameras also write 0, for "unknown": only 2 to 8 turn anything.
    """
    from PIL import ImageOps

    turned = picture.getexif().get(0x0112, 1) in range(2, 9)
    return ImageOps.exif_transpose(picture), ("turned upright",) if turned else ()
