"""Decoding of untrusted image data: size limits, an allow-list of formats, EXIF orientation, conversion to sRGB."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from vision_magic.errors import ImageError
from vision_magic.images.file_formats import format_of
from vision_magic.text import format_bytes

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["FORMATS", "MAX_BYTES", "MAX_PIXELS", "apply_orientation", "check_size", "decode_image", "to_srgb"]

MAX_BYTES = 160_000_000
"""Largest encoded image that is decoded (bytes): about `MAX_PIXELS` of uncompressed 8-bit RGB."""

MAX_PIXELS = 50_000_000
"""Largest image that is decoded (pixels). A PNG of 258 kB can expand to 88 million pixels."""

_MAX_COUNTED = 8_000_000  # bytes; the frames of a larger GIF are not counted, because that reads the whole file

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
"""Formats that are decoded. Pillow supports more than forty, some with a history of vulnerabilities."""


def decode_image(data: bytes) -> tuple[PILImage.Image, tuple[str, ...]]:
    """Decode image data.

    Parameters
    ----------
    data : bytes
        An encoded image in one of `FORMATS`, at most `MAX_BYTES` bytes and `MAX_PIXELS` pixels.

    Returns
    -------
    image : PIL.Image.Image
        The first frame, upright, in sRGB if it had another colour profile.
    notes : tuple of str
        The decisions that were made, such as ``("first of 12 frames", "turned upright")``.

    Raises
    ------
    ImageError
        The data cannot be decoded, or exceeds a limit.
    """
    from PIL import Image as PILImage

    if not data:
        raise ImageError("The picture has 0 bytes; expected PNG, JPEG, WebP, GIF, BMP or TIFF data.")
    if len(data) > MAX_BYTES:
        raise ImageError(
            f"The picture has {format_bytes(len(data))}; the limit is {format_bytes(MAX_BYTES)}. "
            "Save it at a smaller size, or open it with Pillow and pass that object."
        )
    try:
        image = PILImage.open(io.BytesIO(data), formats=FORMATS)
        # Checked on the header, before decoding: Pillow's own limit is higher, and up to twice that it only warns.
        check_size(image.size)
        return _decode_first_frame(image)
    except ImageError:
        raise
    except (PILImage.DecompressionBombError, PILImage.DecompressionBombWarning) as error:
        raise ImageError(
            f"The picture is too large ({error}); the limit is {MAX_PIXELS / 1e6:.0f} million pixels. Shrink it first."
        ) from None
    except Exception as error:  # Pillow's decoders raise many kinds of exceptions for damaged data
        raise ImageError(_undecodable(data, error)) from error


def _undecodable(data: bytes, error: Exception) -> str:
    """Return the message on data that is not decoded, with its format if that is known."""
    found, size, expected = format_of(data), format_bytes(len(data)), "expected PNG, JPEG, WebP, GIF, BMP or TIFF"
    if found is None:
        return (
            f"{size} of data starting with {data[:8]!r} could not be decoded as a picture "
            f"({type(error).__name__}); {expected}."
        )
    return f"{size} of data in the format {found.name} could not be decoded as a picture; {expected}. {found.advice}"


def check_size(size: tuple[int, int], *, fix: Callable[[int], str] | None = None) -> None:
    """Raise `ImageError` if an image has more than `MAX_PIXELS` pixels.

    Parameters
    ----------
    size : (int, int)
        Width and height in pixels.
    fix : callable, optional
        Function from the factor by which each side should shrink to advice for the message.
    """
    width, height = size
    if width * height > MAX_PIXELS:
        advice = fix(math.ceil(math.sqrt(width * height / MAX_PIXELS))) if fix else "Shrink it first."
        raise ImageError(
            f"The picture is {width}×{height}, {width * height / 1e6:.0f} million pixels; "
            f"the limit is {MAX_PIXELS / 1e6:.0f} million. {advice}"
        )


def _decode_first_frame(image: PILImage.Image) -> tuple[PILImage.Image, tuple[str, ...]]:
    frames = _select_first_frame(image)
    image.load()
    file_format = image.format
    pixels, orientation = apply_orientation(image)
    pixels, colour = to_srgb(pixels)
    pixels.format = file_format  # copies lose it
    return pixels, frames + orientation + colour


def _select_first_frame(image: PILImage.Image) -> tuple[str, ...]:
    """Seek to the first frame of an animation and return the note about it."""
    if not getattr(image, "is_animated", False):
        return ()
    count = getattr(image, "n_frames", 0) if image.format != "GIF" or _length(image) < _MAX_COUNTED else 0
    image.seek(0)
    return (f"first of {count or 'many'} frames",)


def _length(image: PILImage.Image) -> int:
    opened = getattr(image, "fp", None)
    return opened.getbuffer().nbytes if isinstance(opened, io.BytesIO) else 0


def to_srgb(image: PILImage.Image) -> tuple[PILImage.Image, tuple[str, ...]]:
    """Convert an image with an embedded colour profile to sRGB, and return the note about it.

    Phones and cameras write profiles wider than sRGB. The profile itself is not sent, so it has to be applied.
    """
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "CMYK"):
        return image, ()
    from PIL import ImageCms

    try:
        embedded = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(embedded):
            return image, ()
        converted = ImageCms.profileToProfile(image, embedded, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image, ("damaged colour profile ignored",)
    return (image if converted is None else converted), ("colours converted to sRGB",)


def apply_orientation(image: PILImage.Image) -> tuple[PILImage.Image, tuple[str, ...]]:
    """Turn an image upright by its EXIF orientation, and return the note about it.

    Only the orientations 2 to 8 change an image; cameras also write 0, for "unknown".
    """
    from PIL import ImageOps

    turned = image.getexif().get(0x0112, 1) in range(2, 9)
    return ImageOps.exif_transpose(image), ("turned upright",) if turned else ()
