"""How is a PNG written in a tenth of the usual time? One filter for all rows, and a fast compressor.

Pillow tries five filters for every row. A figure is flat: "as the row above" serves it as well, at once.
https://www.w3.org/TR/png-3/
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image as PILImage

__all__ = ["bare_png", "write_png"]

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_COLOUR_TYPE: Final = {"L": 0, "RGB": 2}
_UP: Final = b"\x02"
_BAND: Final = 64  # rows at a time: they stay in the cache, and no copy of the picture is made
_PIXELS: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})


def write_png(pixels: PILImage.Image) -> bytes:
    """Return an image of mode L or RGB as PNG: header, pixels, end, and nothing else."""
    width, height = pixels.size
    header = b"".join(
        [width.to_bytes(4, "big"), height.to_bytes(4, "big"), bytes([8, _COLOUR_TYPE[pixels.mode], 0, 0, 0])]
    )
    packer = _packer()
    packed = [packer.compress(band) for band in _filtered(pixels)]
    data = b"".join([*packed, packer.flush()])
    return b"".join([_SIGNATURE, _chunk(b"IHDR", header), _chunk(b"IDAT", data), _chunk(b"IEND", b"")])


def _filtered(pixels: PILImage.Image) -> Iterator[bytes]:
    """Yield bands of rows, each row as its difference from the row above, the filter's number before it."""
    from PIL import ImageChops

    row = pixels.width * len(pixels.getbands())
    for top in range(0, pixels.height, _BAND):
        bottom = min(top + _BAND, pixels.height)
        band = pixels.crop((0, top, pixels.width, bottom))
        above = pixels.crop((0, top - 1, pixels.width, bottom - 1))  # above the first row are zeros
        data = ImageChops.subtract_modulo(band, above).tobytes()
        yield b"".join([piece for start in range(0, len(data), row) for piece in (_UP, data[start : start + row])])


def _packer() -> Any:
    try:
        from isal import isal_zlib
    except ImportError:  # there are machines without a wheel of it
        return zlib.compressobj(1)
    return isal_zlib.compressobj(1)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return b"".join([len(data).to_bytes(4, "big"), kind, data, zlib.crc32(data, zlib.crc32(kind)).to_bytes(4, "big")])


def bare_png(data: bytes) -> tuple[bytes, tuple[int, int]] | None:
    """Return a PNG with nothing but its pixels, and its size, without decoding it.

    For what this process has just drawn itself: of a stranger's bytes, only the pixels may travel, so those are
    decoded and written anew. None where it is not whole, or not one of 8 bits.
    """
    kept = [_SIGNATURE]
    size, ended = (0, 0), False
    for kind, start, end in _chunks(data):
        if kind == b"IHDR":
            size = (
                int.from_bytes(data[start + 8 : start + 12], "big"),
                int.from_bytes(data[start + 12 : start + 16], "big"),
            )
            if data[start + 16] != 8:
                return None
        if kind in _PIXELS:
            kept.append(data[start:end])
        ended = kind == b"IEND"
    return (b"".join(kept), size) if ended and 0 not in size else None


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield the kind, start and end of each whole chunk."""
    place = len(_SIGNATURE) if data.startswith(_SIGNATURE) else len(data)
    while place + 12 <= len(data):
        end = place + 12 + int.from_bytes(data[place : place + 4], "big")
        if end > len(data):
            return
        yield data[place + 4 : place + 8], place, end
        place = end
