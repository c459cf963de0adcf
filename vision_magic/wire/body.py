"""How is a request written as bytes? Once, in pieces; a picture's Base64 is made block by block while it is sent.

A picture of 20 MB is 27 MB of Base64: building the JSON in one go holds it four times over. Here the JSON is
written with a token where each picture stands, cut at the tokens, and the pictures are encoded as they leave.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

import pybase64

from vision_magic.chat.request import ChatRequest
from vision_magic.images.image import Image

__all__ = ["Body"]

_BLOCK = 3 * 128 * 1024  # bytes of a picture encoded at a time: a multiple of 3, so that blocks join without padding


class Body:
    """The bytes of one request: iterable, as often as it must be sent.

    Parameters
    ----------
    request : ChatRequest
        What is asked.
    changes : mapping
        Fields to send under another value, or not at all (None): what this server is known to want.
    words : str
        What is added to the last message of the user.
    """

    def __init__(self, request: ChatRequest, changes: Mapping[str, Any] | None = None, words: str = "") -> None:
        token = secrets.token_hex(16)  # fresh, so that no text of the user's can contain it
        images: list[Image] = []

        def stand_in(image: Image) -> str:
            images.append(image)
            return f"{token}{len(images) - 1:04d}{token}"

        wire = request.to_wire(data_uri=stand_in)
        for name, value in (changes or {}).items():
            wire.pop(name, None)
            if value is not None:
                wire[name] = value
        if words:
            _add_words(wire["messages"], words)
        # ASCII: a lone surrogate in the user's text would not survive UTF-8.
        pieces = json.dumps(wire, separators=(",", ":")).encode("ascii").split(token.encode())
        self._pieces: list[bytes | Image] = [
            images[int(piece)] if number % 2 else piece for number, piece in enumerate(pieces)
        ]

    def __len__(self) -> int:
        return sum(len(piece) if isinstance(piece, bytes) else _encoded_length(piece) for piece in self._pieces)

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, bytes):
                yield piece
            else:
                yield from _encoded(piece)

    async def asynchronous(self) -> AsyncIterator[bytes]:
        """Yield the same blocks to an asynchronous client, which takes nothing that is iterable both ways."""
        for block in self:
            yield block


def _add_words(messages: list[dict[str, Any]], words: str) -> None:
    said = next(message for message in reversed(messages) if message["role"] == "user")
    if isinstance(said["content"], str):
        said["content"] += f"\n\n{words}"
    else:
        said["content"] = [*said["content"], {"type": "text", "text": words}]


def _encoded(image: Image) -> Iterator[bytes]:
    yield _prefix(image)
    data = memoryview(image.data)
    for start in range(0, len(data), _BLOCK):
        yield pybase64.b64encode(data[start : start + _BLOCK])


def _prefix(image: Image) -> bytes:
    return f"data:{image.media_type};base64,".encode("ascii")


def _encoded_length(image: Image) -> int:
    return len(_prefix(image)) + (len(image.data) + 2) // 3 * 4
