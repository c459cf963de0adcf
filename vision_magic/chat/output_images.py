"""Images in a reply: data URIs, which are decoded under limits, and addresses, which are never loaded.

OpenRouter, LiteLLM and Vercel's gateway send them in a field `images` of the delta or message
(https://openrouter.ai/docs/features/multimodal/image-generation); others as parts of the content.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import pybase64

from vision_magic.errors import ImageError
from vision_magic.images.image import WholeImage
from vision_magic.text import clean_text, format_bytes

__all__ = ["MAX_OUTPUT_BYTES", "OutputImages", "OutputLimits", "host_of", "map_data_uris"]

MAX_OUTPUT_BYTES: Final = 32_000_000
"""Largest encoded image of a reply that is decoded (bytes); a photograph of 4096×4096 pixels as PNG has some 25 MB."""

_MAX_IMAGES: Final = 16
_MAX_TOTAL_BYTES: Final = 40_000_000  # so that a line of a recording can hold them in Base64
_MAX_TOTAL_PIXELS: Final = 100_000_000
_MAX_ADDRESS: Final = 4_000  # characters
_MAX_NOTES: Final = 4

_TYPES: Final = frozenset({"image_url", "image", "output_image", "image_file"})
_DATA_URI: Final = re.compile(r"data:(?:image/[\w.+-]+|application/octet-stream)?(?:;[\w.+-]+=[\w.+-]*)*;base64,", re.I)


@dataclass(slots=True)
class OutputLimits:
    """What all choices of a reply together may still hold."""

    images: int = _MAX_IMAGES
    size: int = _MAX_TOTAL_BYTES
    pixels: int = _MAX_TOTAL_PIXELS


class OutputImages:
    """The images of one choice while it is being written.

    Attributes
    ----------
    images : list of WholeImage
        The images that were decoded.
    addresses : list of str
        The addresses of images that the server did not send itself.
    count : int
        The number of different images that have arrived, with those that were refused.
    """

    def __init__(self, limits: OutputLimits) -> None:
        self.images: list[WholeImage] = []
        self.addresses: list[str] = []
        self.count = 0
        self._limits = limits
        self._notes: list[str] = []
        self._seen: set[bytes] = set()  # some servers repeat the images of the deltas in a last message

    def add(self, content: Mapping[str, Any]) -> None:
        """Add the images of a delta or message."""
        for url in _urls(content):
            self._add_url(url)

    def take_embedded(self, uri: str) -> bool:
        """Add the image of a data URI that the text has; return whether it is one, or is known already."""
        digest = _digest(uri)
        if digest not in self._seen:
            try:
                self.images.append(self._decode(uri))
            except ImageError:
                return False
            self._seen.add(digest)
            self.count += 1
        return True

    def note_cut_off(self) -> None:
        """Note that an image in the text did not arrive whole."""
        self._notes.append("a picture in the text was cut off")

    def notes(self) -> Iterator[str]:
        """Yield a note on each image that is not shown."""
        yield from self._notes[:_MAX_NOTES]
        if len(self._notes) > _MAX_NOTES:
            yield f"{len(self._notes) - _MAX_NOTES} more pictures were refused"

    def _add_url(self, url: str) -> None:
        digest = _digest(url)
        if digest in self._seen:
            return
        self._seen.add(digest)
        self.count += 1
        try:
            if host := host_of(url):
                self._add_address(url, host)
            else:
                self.images.append(self._decode(url))
        except ImageError as error:
            # What the user could do about a file of their own is of no use here.
            reason = str(error).partition(". ")[0].partition("; expected")[0].removesuffix(".")
            self._notes.append(f"picture {self.count} of the answer was refused: {reason}")

    def _add_address(self, url: str, host: str) -> None:
        if len(url) > _MAX_ADDRESS or len(self.addresses) >= _MAX_IMAGES:
            raise ImageError("it is an address that is too long, or one too many")
        self.addresses.append(url)
        self._notes.append(clean_text(f"a picture was given by its address at {host}, which was not loaded"))

    def _decode(self, url: str) -> WholeImage:
        from vision_magic.images.decode import decode_image
        from vision_magic.images.encode import encode_whole
        from vision_magic.images.registry import ConvertedImage

        limits = self._limits
        data = _data_of(url)
        if limits.images <= 0 or len(data) > limits.size or limits.pixels <= 0:
            raise ImageError(
                f"an answer keeps at most {_MAX_IMAGES} pictures, {format_bytes(_MAX_TOTAL_BYTES)} and "
                f"{_MAX_TOTAL_PIXELS // 1_000_000} million pixels"
            )
        limits.images -= 1
        limits.size -= len(data)
        pixels, notes = decode_image(data)
        limits.pixels -= pixels.width * pixels.height
        return encode_whole(ConvertedImage(pixels=pixels, source="picture of an answer", notes=notes))


def _digest(url: str) -> bytes:
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).digest()


def host_of(url: str) -> str:
    """Return the host of an ``http`` or ``https`` address; empty for anything else."""
    if url[:5].lower() == "data:":
        return ""
    try:
        address = urlsplit(url)
    except ValueError:  # such as http://[
        return ""
    return (address.hostname or "")[:100] if address.scheme.lower() in ("http", "https") else ""


def _urls(content: Mapping[str, Any]) -> Iterator[str]:
    """Yield the address or data URI of each image; an empty string for an image without one."""
    images = content.get("images")
    for item in images if isinstance(images, list) else [images] if images else []:
        yield _url(item)
    parts = content.get("content")
    for part in parts if isinstance(parts, list) else []:
        if isinstance(part, dict) and isinstance(part.get("type"), str) and part["type"] in _TYPES:
            yield _url(part)


def _url(item: object) -> str:
    """Return the URL of an image: the item itself, or its ``image_url`` or ``url``, which may be nested once."""
    for _ in range(3):
        if isinstance(item, dict):
            item = item.get("image_url") or item.get("url")
    return item if isinstance(item, str) else ""


def _data_of(url: str) -> bytes:
    start = _DATA_URI.match(url[:200])
    if start is None:
        raise ImageError("it is neither a data URI of an image nor an address")
    size = (len(url) - start.end()) * 3 // 4
    if size > MAX_OUTPUT_BYTES:
        raise ImageError(f"it has {format_bytes(size)}; the limit is {format_bytes(MAX_OUTPUT_BYTES)}")
    try:
        return pybase64.b64decode("".join(url[start.end() :].split()).encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise ImageError("its Base64 is damaged") from None


def map_data_uris(value: Any, function: Callable[[str], str]) -> Any:
    """Return a chunk in which a function has replaced the data URI of each image."""
    if isinstance(value, list):
        return [map_data_uris(item, function) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: function(item)
        if isinstance(item, str) and name in ("url", "image_url")
        else map_data_uris(item, function)
        for name, item in value.items()
    }
