"""A fast PNG encoder, and removal of PNG metadata without decoding.

Pillow tries five filters for every row. Figures have large flat areas, which the filter "Up" (difference from the row
above) compresses as well; with one filter for all rows and a fast compressor, encoding takes a tenth of the time.
Specification: https://www.w3.org/TR/png-3/
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image as PILImage

__all__ = ["encode_png", "strip_png_metadata"]

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_COLOUR_TYPE: Final = {"L": 0, "RGB": 2, "RGBA": 6}
_UP: Final = b"\x02"
_BAND: Final = 64  # rows at a time: they stay in the CPU cache, and the whole image is never copied
_KEPT_CHUNKS: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})


def encode_png(pixels: PILImage.Image) -> bytes:
    """Encode an image of mode L, RGB or RGBA as PNG with the chunks IHDR, IDAT and IEND only."""
    width, height = pixels.size
    header = b"".join(
        [width.to_bytes(4, "big"), height.to_bytes(4, "big"), bytes([8, _COLOUR_TYPE[pixels.mode], 0, 0, 0])]
    )
    compressor = _compressor()
    compressed = [compressor.compress(band) for band in _filtered(pixels)]
    data = b"".join([*compressed, compressor.flush()])
    return b"".join([_SIGNATURE, _chunk(b"IHDR", header), _chunk(b"IDAT", data), _chunk(b"IEND", b"")])


def _filtered(pixels: PILImage.Image) -> Iterator[bytes]:
    """Yield bands of filtered rows: each row is the filter type, then the difference from the row above."""
    from PIL import ImageChops

    row = pixels.width * len(pixels.getbands())
    for top in range(0, pixels.height, _BAND):
        bottom = min(top + _BAND, pixels.height)
        band = pixels.crop((0, top, pixels.width, bottom))
        above = pixels.crop((0, top - 1, pixels.width, bottom - 1))  # the row above the first one is all zeros
        data = ImageChops.subtract_modulo(band, above).tobytes()
        yield b"".join([piece for start in range(0, len(data), row) for piece in (_UP, data[start : start + row])])


def _compressor() -> Any:
    try:
        from isal import isal_zlib
    except ImportError:  # not every platform has a wheel
        return zlib.compressobj(1)
    return isal_zlib.compressobj(1)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return b"".join([len(data).to_bytes(4, "big"), kind, data, zlib.crc32(data, zlib.crc32(kind)).to_bytes(4, "big")])


def strip_png_metadata(data: bytes) -> tuple[bytes, tuple[int, int]] | None:
    """Remove all chunks from a PNG except those that define its pixels, without decoding it.

    Use it only for a PNG that this process has drawn. Data from elsewhere must be decoded and encoded again, because
    chunks can carry hidden content.

    Returns
    -------
    (bytes, (int, int)) or None
        The PNG with its width and height (pixels); None if it is incomplete or does not have 8 bits per channel.
    """
    chunks = [_SIGNATURE]
    size, ended = (0, 0), False
    for kind, start, end in _chunks(data):
        if kind == b"IHDR":
            size = (
                int.from_bytes(data[start + 8 : start + 12], "big"),
                int.from_bytes(data[start + 12 : start + 16], "big"),
            )
            if data[start + 16] != 8:
                return None
        if kind in _KEPT_CHUNKS:
            chunks.append(data[start:end])
        ended = kind == b"IEND"
    return (b"".join(chunks), size) if ended and 0 not in size else None


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield type, start and end of each complete chunk."""
    place = len(_SIGNATURE) if data.startswith(_SIGNATURE) else len(data)
    while place + 12 <= len(data):
        end = place + 12 + int.from_bytes(data[place : place + 4], "big")
        if end > len(data):
            return
        yield data[place + 4 : place + 8], place, end
        place = end
