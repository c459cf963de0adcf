"""The body of a request: JSON in pieces, with pictures encoded block by block while they are sent.

A picture of 20 MB is 27 MB of Base64, and building the JSON at once would hold it four times. Here the JSON is written
with a placeholder for each picture and split at the placeholders; each picture is encoded while it is sent.
"""

from __future__ import annotations

import functools
import json
import secrets
from collections.abc import AsyncIterator, Collection, Iterator, Mapping
from typing import Any, Final

import pybase64

from vision_magic.chat.request import ChatRequest
from vision_magic.images.image import Image

__all__ = ["Body"]

_BLOCK: Final = 3 * 128 * 1024  # bytes of a picture encoded at a time; a multiple of 3, so that none needs padding
_LARGEST: Final = 4 * 128 * 1024  # bytes that are sent at a time: sending a block takes longer than joining small ones


class Body:
    """The bytes of one request, in blocks. It can be iterated over more than once, to send the request again.

    Parameters
    ----------
    request : ChatRequest
        The request.
    changes : mapping
        Fields that this server needs with another value, or not at all (None).
    suffix : str
        Text to append to the last message of the user.
    server : str
        The server, which gets its own fields of earlier answers back.
    left_out : collection of str
        The names of those fields that it does not take back.
    """

    def __init__(
        self,
        request: ChatRequest,
        changes: Mapping[str, Any] | None = None,
        suffix: str = "",
        *,
        server: str = "",
        left_out: Collection[str] = (),
    ) -> None:
        token = _token()
        images: list[Image] = []

        def placeholder(image: Image) -> str:
            images.append(image)
            return f"{token}{len(images) - 1:04d}{token}"

        wire = request.to_wire(data_uri=placeholder, server=server)
        for part in (part for message in wire["messages"] for part in (message, *message.get("tool_calls", ()))):
            for name in left_out:
                part.pop(name, None)
        for name, value in (changes or {}).items():
            wire.pop(name, None)
            if value is not None:
                wire[name] = value
        if suffix:
            _append(wire["messages"], suffix)
        # ASCII, since UTF-8 cannot encode a lone surrogate in the user's text.
        pieces = json.dumps(wire, separators=(",", ":")).encode("ascii").split(token.encode())
        self._pieces: list[bytes | Image] = [
            images[int(piece)] if number % 2 else piece for number, piece in enumerate(pieces)
        ]

    def __len__(self) -> int:
        return sum(len(piece) if isinstance(piece, bytes) else _encoded_length(piece) for piece in self._pieces)

    def __iter__(self) -> Iterator[bytes]:
        block = b""
        for piece in self._small_blocks():
            if len(block) + len(piece) > _LARGEST:
                yield block
                block = piece
            else:
                block = block + piece if block else piece
        yield block

    def _small_blocks(self) -> Iterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, bytes):
                yield piece
            else:
                yield from _encoded(piece)

    async def asynchronous(self) -> AsyncIterator[bytes]:
        """Yield the same blocks for an asynchronous client, which rejects a body that is also a plain iterable."""
        for block in self:
            yield block


@functools.cache
def _token() -> str:
    """Return what no text contains: it is random and never leaves this process."""
    return secrets.token_hex(16)


def _append(messages: list[dict[str, Any]], text: str) -> None:
    """Append text to the last message of the user."""
    last = next(message for message in reversed(messages) if message["role"] == "user")
    if isinstance(last["content"], str):
        last["content"] += f"\n\n{text}"
    else:
        last["content"] = [*last["content"], {"type": "text", "text": text}]


def _encoded(image: Image) -> Iterator[bytes]:
    yield _prefix(image)
    data = memoryview(image.data)
    for start in range(0, len(data), _BLOCK):
        yield pybase64.b64encode(data[start : start + _BLOCK])


def _prefix(image: Image) -> bytes:
    return f"data:{image.media_type};base64,".encode("ascii")


def _encoded_length(image: Image) -> int:
    return len(_prefix(image)) + (len(image.data) + 2) // 3 * 4
