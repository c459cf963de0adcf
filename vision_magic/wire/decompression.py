"""Decompression of responses in pieces of bounded size.

Some servers compress although they are asked not to. httpx decompresses each piece as a whole: 199 kB of gzip became
one event of 200 MB.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from vision_magic.errors import BrokenReply

__all__ = ["Decompressor"]

_PIECE: Final = 256 * 1024  # bytes


class Decompressor:
    """Decompressor of a response, in pieces of at most 256 KiB.

    Parameters
    ----------
    encoding : str
        Value of the header ``Content-Encoding``; empty or ``identity`` means that nothing is compressed.

    Raises
    ------
    BrokenReply
        The encoding is not supported.
    """

    def __init__(self, encoding: str) -> None:
        name = encoding.strip().lower()
        if name not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise BrokenReply(f"The server compressed its answer with {encoding!r}; expected no compression.")
        # 32 + 15: with a gzip or a zlib header, and the largest window.
        self._inner = zlib.decompressobj(32 + 15) if name not in ("", "identity") else None

    @property
    def is_identity(self) -> bool:
        """Whether the response is not compressed."""
        return self._inner is None

    def decompress(self, data: bytes) -> Iterator[bytes]:
        """Yield the decompressed pieces of the next bytes."""
        if self._inner is None:
            yield data
            return
        try:
            while data:
                yield self._inner.decompress(data, _PIECE)
                data = self._inner.unconsumed_tail
        except zlib.error as error:
            raise BrokenReply(f"The server's compressed answer is damaged ({error}).") from None
