"""Contact sheets: several images in rows, each with its name below it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from vision_magic.images.encode import encode_whole
from vision_magic.images.image import Image
from vision_magic.images.options import MAX_SIDE
from vision_magic.images.registry import ConvertedImage

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["contact_sheet"]

_GAP: Final = 8  # pixels between the images
_TEXT: Final = 16  # pixels, height of the letters
_LINE: Final = 24  # pixels below each image, for its name
_NARROW: Final = 200  # pixels, room for a name
_MOST_ROWS: Final = 24  # of flat images; more would leave no room for them beside their names
_SHAPE: Final = 1.4  # width of the sheet in relation to its height, about


def contact_sheet(images: Sequence[Image], source: str) -> Image:
    """Return one image that shows all of them with their names, on white, as large as one image that is sent."""
    from PIL import Image as PILImage, ImageDraw, ImageFont

    widest, highest = max(one.width for one in images), max(one.height for one in images)
    columns = max(1, round(math.sqrt(len(images) * highest / widest * _SHAPE)))
    columns = min(max(columns, math.ceil(len(images) / _MOST_ROWS)), len(images), (MAX_SIDE - _GAP) // (_NARROW + _GAP))
    rows = math.ceil(len(images) / columns)
    scale = min(
        1.0,
        (MAX_SIDE - _GAP * (columns + 1)) / columns / widest,
        (MAX_SIDE - _GAP - (_GAP + _LINE) * rows) / rows / highest,
    )
    cell = max(_NARROW, round(widest * scale)), max(1, round(highest * scale))
    size = _GAP + columns * (cell[0] + _GAP), _GAP + rows * (cell[1] + _LINE + _GAP)
    sheet = PILImage.new("RGB", size, "white")
    drawing, font = ImageDraw.Draw(sheet), ImageFont.load_default(_TEXT)
    for place, one in enumerate(images):
        left = _GAP + place % columns * (cell[0] + _GAP)
        top = _GAP + place // columns * (cell[1] + _LINE + _GAP)
        _paste(sheet, one, scale, (left, top))
        drawing.text((left, top + cell[1] + 2), _fitting(one.source, font, cell[0]), fill="black", font=font)
    notes = (f"{images[0].source} to {images[-1].source}", images[0].note)
    return encode_whole(ConvertedImage(pixels=sheet, source=source, notes=tuple(note for note in notes if note)))


def _paste(sheet: PILImage.Image, image: Image, scale: float, place: tuple[int, int]) -> None:
    pixels = image.to_pil()
    if scale < 1:
        pixels = pixels.resize((max(1, round(pixels.width * scale)), max(1, round(pixels.height * scale))))
    sheet.paste(pixels, place, pixels if pixels.mode == "RGBA" else None)


def _fitting(name: str, font: Any, width: int) -> str:
    """Return a name that fits below its image: if it is too long, without the number of all frames."""
    return name if font.getlength(name) <= width else re.sub(r" of \d+", "", name)
