"""Names of colours, and distances between colours as people see them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from vision_magic.engine.pixels import RGB

__all__ = ["chroma", "codes_of", "colour_distance", "colour_name", "commonest", "hex_of", "rgb_of"]

# The nearest anchor in CIE Lab gives the name; several anchors may share one. Most of the saturated ones are default
# colours of plotting libraries, so that they get the names that people use for them.
_ANCHORS: tuple[tuple[str, int], ...] = (
    ("white", 0xFFFFFF),
    ("light grey", 0xD3D3D3),
    ("light grey", 0xEAEAF2),
    ("light grey", 0xE5E5E5),
    ("grey", 0x9A9A9A),
    ("grey", 0x7F7F7F),
    ("dark grey", 0x4A4A4A),
    ("black", 0x000000),
    ("black", 0x151515),
    ("red", 0xFF0000),
    ("red", 0xD62728),
    ("dark red", 0x8B0000),
    ("light red", 0xFF9896),
    ("orange", 0xFF7F0E),
    ("orange", 0xFFA500),
    ("light orange", 0xFFBB78),
    ("brown", 0x8C564B),
    ("brown", 0x7B4A12),
    ("beige", 0xE8D9B5),
    ("yellow", 0xFFFF00),
    ("yellow", 0xFDE725),
    ("gold", 0xE0B020),
    ("olive", 0xBCBD22),
    ("olive", 0x808000),
    ("green", 0x2CA02C),
    ("green", 0x00A000),
    ("green", 0x55A868),
    ("dark green", 0x0B5A0B),
    ("light green", 0x98DF8A),
    ("light green", 0x00FF00),
    ("teal", 0x008080),
    ("teal", 0x21918C),
    ("cyan", 0x17BECF),
    ("cyan", 0x00FFFF),
    ("light blue", 0xAEC7E8),
    ("light blue", 0x87CEEB),
    ("blue", 0x1F77B4),
    ("blue", 0x0000FF),
    ("blue", 0x4C72B0),
    ("blue", 0x3B82F6),
    ("dark blue", 0x00008B),
    ("dark blue", 0x14213D),
    ("purple", 0x9467BD),
    ("purple", 0x800080),
    ("purple", 0x8172B2),
    ("dark purple", 0x440154),
    ("light purple", 0xC5B0D5),
    ("magenta", 0xFF00FF),
    ("pink", 0xE377C2),
    ("pink", 0xFFC0CB),
)


def hex_of(rgb: RGB) -> str:
    """Return a colour as ``#1f77b4``."""
    return "#{:02x}{:02x}{:02x}".format(*rgb)


def codes_of(colours: Any) -> Any:
    """Return each colour of an array (…, 3) as one number, red in its highest byte."""
    import numpy as np

    values = colours.astype(np.int32)
    return (values[..., 0] << 16) | (values[..., 1] << 8) | values[..., 2]


def rgb_of(code: Any) -> tuple[Any, Any, Any]:
    """Return red, green and blue of a number of `codes_of`, or of an array of them."""
    return code >> 16, code >> 8 & 255, code & 255


def commonest(colours: Any) -> RGB:
    """Return the commonest colour of an array (…, 3); white if it is empty."""
    import numpy as np

    if colours.size == 0:
        return (255, 255, 255)
    values, counts = np.unique(codes_of(colours), return_counts=True)
    return rgb_of(int(values[counts.argmax()]))


@lru_cache(maxsize=4096)
def colour_name(rgb: RGB) -> str:
    """Return the plain English name that is nearest to a colour."""
    lab = _to_lab(rgb)
    return min(_anchors_in_lab(), key=lambda anchor: _squared_distance(anchor[1], lab))[0]


@lru_cache(maxsize=1)
def _anchors_in_lab() -> tuple[tuple[str, tuple[float, float, float]], ...]:
    return tuple((name, _to_lab(rgb_of(code))) for name, code in _ANCHORS)


@lru_cache(maxsize=4096)
def _to_lab(rgb: RGB) -> tuple[float, float, float]:
    """Return an sRGB colour in CIE Lab (D65), in which equal distances look about equally large."""
    red, green, blue = (_to_linear(channel / 255) for channel in rgb)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _to_linear(channel: float) -> float:
    return float(((channel + 0.055) / 1.055) ** 2.4) if channel > 0.04045 else channel / 12.92


def _squared_distance(a: Iterable[float], b: Iterable[float]) -> float:
    return sum((left - right) ** 2 for left, right in zip(a, b, strict=True))


def colour_distance(a: RGB, b: RGB) -> float:
    """Return the CIE Lab distance of two colours: about 2 is just visible, 100 is black from white."""
    return float(_squared_distance(_to_lab(a), _to_lab(b)) ** 0.5)


def chroma(rgb: RGB) -> float:
    """Return the distance of a colour from grey (CIE Lab): 0 for grey; above 25, people call it by its hue."""
    _, a, b = _to_lab(rgb)
    return float((a * a + b * b) ** 0.5)
