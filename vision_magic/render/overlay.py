"""Pictures with marks drawn over them, as data URIs.

The marks are part of the pixels: JupyterLab removes SVG from the outputs of a notebook that it does not trust, and
other viewers of notebooks do so always.
"""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from vision_magic.images.image import Image

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["Overlay", "Ring", "Stroke", "overlay_uri"]

Point = tuple[float, float]
RGB = tuple[int, int, int]

MAX_SIDE: Final = 900
"""Longest side of the picture as it is embedded (pixels)."""

_LARGE: Final = 150_000  # bytes of a PNG
_FADED: Final = 0.55  # share of the ground's colour that is mixed into the picture
_FINE: Final = 3  # the marks are drawn this much larger, and reduced, so that their edges are smooth
_WIDTH: Final = 1.6  # of a stroke, in pixels of the result
_HALO: Final = 1.4  # on either side of a stroke
_RADIUS: Final = 4.0  # of a ring
_DASH: Final = (6.0, 4.0)  # length of a dash, and of the gap after it


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points (pixels of the picture; the centre of a pixel is a whole number)."""

    points: tuple[Point, ...]
    rgb: RGB
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Ring:
    """A small ring around a point; a dashed one is thinner."""

    point: Point
    rgb: RGB
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Overlay:
    """The marks over a picture."""

    strokes: Sequence[Stroke] = ()
    rings: Sequence[Ring] = ()


def overlay_uri(image: Image, overlay: Overlay) -> tuple[str, tuple[int, int]]:
    """Return a picture with marks over it, and faded below them: a data URI, and its width and height (pixels).

    Raises
    ------
    OSError, ValueError
        The data of the image cannot be decoded.
    """
    from PIL import Image as PILImage

    picture = image.to_pil().convert("RGB")
    scale = min(1.0, MAX_SIDE / max(picture.size))
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    ground = _ground(picture)
    small = picture.resize(size, PILImage.Resampling.LANCZOS) if size != picture.size else picture
    marked = bool(overlay.strokes or overlay.rings)
    faded = PILImage.blend(small, PILImage.new("RGB", size, ground), _FADED if marked else 0.0)
    marks = _drawn(overlay, size, scale, halo=(0, 0, 0) if sum(ground) < 384 else (255, 255, 255))
    faded.paste(marks.convert("RGB"), mask=marks.getchannel("A"))
    return _data_uri(faded), size


def _data_uri(picture: PILImage.Image) -> str:
    """Return a picture as PNG, or as JPEG if it is a photograph, whose PNG would be large."""
    for media_type, options in (("png", {"optimize": True}), ("jpeg", {"quality": 85})):
        buffer = io.BytesIO()
        picture.save(buffer, media_type, **options)
        if buffer.tell() <= _LARGE:
            break
    return f"data:image/{media_type};base64,{base64.b64encode(buffer.getvalue()).decode('ascii')}"


def _ground(picture: PILImage.Image) -> RGB:
    """Return the most common colour of the first and the last row."""
    from PIL import Image as PILImage

    rows = PILImage.new("RGB", (picture.width, 2))
    rows.paste(picture.crop((0, 0, picture.width, 1)), (0, 0))
    rows.paste(picture.crop((0, picture.height - 1, picture.width, picture.height)), (0, 1))
    _, colour = max(rows.getcolors(2 * picture.width) or [(0, (255, 255, 255))])
    return colour  # type: ignore[return-value]  # of an RGB image


def _drawn(overlay: Overlay, size: tuple[int, int], scale: float, *, halo: RGB) -> PILImage.Image:
    """Return the marks on a transparent ground: first all halos, so that none covers another mark."""
    from PIL import Image as PILImage, ImageDraw

    # Transparent pixels have the colour of the halo, which the edges are mixed with.
    canvas = PILImage.new("RGBA", (size[0] * _FINE, size[1] * _FINE), (*halo, 0))
    draw = ImageDraw.Draw(canvas)
    for width, colour in ((_WIDTH + 2 * _HALO, halo), (_WIDTH, None)):
        for stroke in overlay.strokes:
            points = [_on_canvas(point, scale) for point in stroke.points]
            for piece in _dashes(points) if stroke.dashed else [points] if len(points) > 1 else ():
                draw.line(piece, fill=(*(colour or stroke.rgb), 255), width=round(width * _FINE), joint="curve")
        for ring in overlay.rings:
            _draw_ring(draw, ring, scale, width, (*(colour or ring.rgb), 255))
    return canvas.resize(size, PILImage.Resampling.BOX)


def _on_canvas(point: Point, scale: float) -> Point:
    return (point[0] + 0.5) * scale * _FINE, (point[1] + 0.5) * scale * _FINE


def _draw_ring(draw: Any, ring: Ring, scale: float, width: float, colour: tuple[int, ...]) -> None:
    x, y = _on_canvas(ring.point, scale)
    radius = (_RADIUS + width / 2) * _FINE
    box = (x - radius, y - radius, x + radius, y + radius)
    line = round(width * _FINE)
    if not ring.dashed:
        draw.ellipse(box, outline=colour, width=line)
        return
    for start in range(0, 360, 90):
        draw.arc(box, start, start + 50, fill=colour, width=line)


def _dashes(points: Sequence[Point]) -> Iterator[list[Point]]:
    """Yield the dashes along a line."""
    on, period = _DASH[0] * _FINE, sum(_DASH) * _FINE
    walked = 0.0
    for (ax, ay), (bx, by) in pairwise(points):
        length = math.hypot(bx - ax, by - ay)
        start = -(walked % period)
        while start < length:
            low, high = max(start, 0.0), min(start + on, length)
            if high > low:
                yield [(ax + (bx - ax) * at / length, ay + (by - ay) * at / length) for at in (low, high)]
            start += period
        walked += length
