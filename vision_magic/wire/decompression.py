"""What is inside a compressed response? Asked not to, some servers compress: unpacked in bounded pieces.

httpx unpacks a whole piece at once: 199 kB of gzip became one event of 200 MB.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from vision_magic.errors import BrokenReply

__all__ = ["Decompressor"]

_PIECE: Final = 256 * 1024


class Decompressor:
    """Undoes the ``Content-Encoding`` of a response; pieces come out no larger than they can be handled.

    Parameters
    ----------
    encoding : str
        The header's value; empty and ``identity`` pass everything through.
    """

    def __init__(self, encoding: str) -> None:
        name = encoding.strip().lower()
        if name not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise BrokenReply(f"The server compressed its answer with {encoding!r}, which was not asked for.")
        # 47: a gzip or a zlib header, whichever comes.
        self._inner = zlib.decompressobj(47) if name not in ("", "identity") else None

    @property
    def passes(self) -> bool:
        """Whether there is nothing to undo."""
        return self._inner is None

    def unpack(self, data: bytes) -> Iterator[bytes]:
        """Yield what the next bytes hold."""
        if self._inner is None:
            yield data
            return
        try:
            while data:
                yield self._inner.decompress(data, _PIECE)
                data = self._inner.unconsumed_tail
        except zlib.error as error:
            raise BrokenReply(f"The server's compressed answer is damaged ({error}).") from None
