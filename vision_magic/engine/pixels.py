"""Pixel operations that several measurements share, with Pillow only."""

from __future__ import annotations

from typing import Any

from PIL import Image as PILImage, ImageChops

__all__ = ["RGB", "Box", "colour_counts", "has_alpha", "largest_channel", "on_white"]

RGB = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom are outside."""


def on_white(image: PILImage.Image) -> PILImage.Image:
    """Return the image as RGB, its transparent parts on white, as a notebook shows it."""
    if image.mode == "RGB":
        return image
    if image.mode in ("I", "F", "I;16"):
        return _as_8_bit(image).convert("RGB")
    if not has_alpha(image):
        return image.convert("RGB")
    rgba = image.convert("RGBA")
    background = PILImage.new("RGBA", rgba.size, (255, 255, 255, 255))
    return PILImage.alpha_composite(background, rgba).convert("RGB")


def _as_8_bit(image: PILImage.Image) -> PILImage.Image:
    """Return 16-bit grey as 8-bit grey, scaled by its range: Pillow alone would clip everything above 255."""
    lowest, highest = _extrema(image)
    scale = 255.0 / max(highest - lowest, 1e-9)
    return image.convert("F").point(lambda value: value * scale - lowest * scale).convert("L")


def _extrema(image: PILImage.Image) -> tuple[float, float]:
    extrema: Any = image.getextrema()
    return float(extrema[0]), float(extrema[1])


def has_alpha(image: PILImage.Image) -> bool:
    """Return whether the image can have transparent pixels."""
    return "A" in image.getbands() or "transparency" in image.info


def colour_counts(image: PILImage.Image) -> list[tuple[int, RGB]]:
    """Return the number of pixels of each colour, the most common first; ties are sorted by colour."""
    counts: Any = image.getcolors(image.width * image.height) or []
    return sorted(counts, key=lambda pair: (-pair[0], pair[1]))


def largest_channel(image: PILImage.Image) -> PILImage.Image:
    """Return an 8-bit image with the largest of red, green and blue at each pixel."""
    red, green, blue = image.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)
