"""Recorded exchanges: a request in canonical form, the chunks of its answer, and the line of JSON that stores both.

A line stores only the fields listed here: no headers, no keys, only the host of the address, and only hashes and mean
colours of the images, unless the images themselves are recorded too. Two requests are compared in canonical form, which
has a hash for each string of which it leaves something out.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from vision_magic.chat.citations import CHUNK_FIELDS as CITATION_FIELDS
from vision_magic.chat.messages import FactsPart, ImagePart
from vision_magic.chat.output_images import MAX_OUTPUT_BYTES, map_data_uris
from vision_magic.chat.provider_fields import SIGNED_FIELDS
from vision_magic.chat.request import ChatRequest
from vision_magic.images.image import Image
from vision_magic.reprs import short_repr
from vision_magic.secrets import map_strings, redact, redact_in, redact_keys, without_keys

__all__ = ["DHASH_BITS", "RecordedExchange", "canonical_request", "digest", "pixel_hashes", "without_default_facts"]

_VERSION: Final = 2
_GRID: Final = 16  # the difference hash compares neighbours on a grid of this many rows and columns
_CELLS: Final = 4  # mean colours are kept for a grid of this many rows and columns

DHASH_BITS: Final = _GRID * _GRID
"""Number of bits in the difference hash of an image."""

_REFERENCE: Final = "answer-image:"  # and the hash of an image, in place of its data
_MAX_URI: Final = MAX_OUTPUT_BYTES * 4 // 3 + 1000  # characters

# The fields of a chunk from which a reply is built.
_CHUNK_FIELDS: Final = ("model", "system_fingerprint", "choices", "usage", "x_groq", *CITATION_FIELDS)
# Fields of a request that concern its transport, or that the canonical form stores separately.
_NOT_OPTIONS: Final = ("stream", "stream_options", "user", "messages", "model")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedExchange:
    """One request and its answer.

    Attributes
    ----------
    request : mapping
        The request in canonical form, see `canonical_request`.
    chunks : sequence of (float, mapping)
        Each chunk, preceded by the seconds since the previous one.
    host : str
        The server that answered.
    date : str
        The day of the answer, such as ``2026-11-23``.
    """

    request: Mapping[str, Any] = field(repr=False)
    chunks: Sequence[tuple[float, Mapping[str, Any]]] = field(repr=False)
    host: str = ""
    date: str = ""

    def to_line(self) -> str:
        """Return the exchange as one line of JSON, without keys and lone surrogates."""
        # The request is in canonical form, which is redacted; a second time could take one of its hashes for a key.
        request = {
            name: value if name == "images" else map_strings(value, without_keys)
            for name, value in self.request.items()
        }
        images: dict[str, str] = {}
        chunks = [(delay, _with_references(_reduced(chunk), images)) for delay, chunk in self.chunks]
        content = {
            "vision_magic": "exchange",
            "version": _VERSION,
            "date": self.date,
            "host": self.host,
            "request": request,
            "chunks": [[round(delay, 3), _redacted(chunk)] for delay, chunk in chunks],
        }
        if images:
            content["answer_images"] = images
        line = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return line.encode("utf-8", "replace").decode("utf-8")

    @classmethod
    def from_line(cls, line: str) -> RecordedExchange:
        """Read a line.

        Raises
        ------
        ValueError, TypeError, KeyError, RecursionError, OverflowError
            The line is not an exchange.
        """
        content = json.loads(line)
        if not isinstance(content, dict) or content.get("vision_magic") != "exchange":
            raise ValueError("it was not written by vision_magic")
        if content.get("version") != _VERSION:
            raise ValueError(
                f"version {content.get('version')!r}; this vision_magic reads version {_VERSION}: "
                "delete it and record again"
            )
        request, chunks, images = content.get("request"), content.get("chunks"), content.get("answer_images", {})
        if not isinstance(request, dict) or not isinstance(chunks, list):
            raise ValueError("the request or the answer is missing")
        if not isinstance(images, dict):
            raise ValueError(f"answer_images is {short_repr(images)}; expected an object")
        _check_request(request)
        return cls(
            request=request,
            chunks=[_checked_chunk(chunk, images) for chunk in chunks],
            host=str(content.get("host", "")),
            date=str(content.get("date", "")),
        )


def _check_request(request: Mapping[str, Any]) -> None:
    """Check the types of what a request is compared by; a file may be edited, or made by something else."""
    for name, kind in (("model", str), ("messages", list), ("options", dict), ("images", list)):
        if name in request and not isinstance(request[name], kind):
            raise ValueError(f"{name} is {short_repr(request[name])}; expected a {kind.__name__}")
    for image in request.get("images", ()):
        if not isinstance(image, dict):
            raise ValueError(f"an image is {short_repr(image)}; expected an object")
    for message in request.get("messages", ()):
        content = message.get("content") if isinstance(message, dict) else None
        if not isinstance(content, str | list | None):
            raise ValueError(f"a message has the content {short_repr(content)}; expected text or parts")


def _checked_chunk(entry: Any, images: Mapping[str, Any]) -> tuple[float, dict[str, Any]]:
    if not isinstance(entry, list) or len(entry) != 2:
        raise ValueError(f"a chunk is {short_repr(entry)}; expected a pause in seconds and an object")
    pause, chunk = entry
    is_number = isinstance(pause, int | float) and not isinstance(pause, bool)
    if not is_number or not math.isfinite(pause) or not isinstance(chunk, dict):
        raise ValueError(f"a chunk is {short_repr(entry)}; expected a pause in seconds and an object")
    return max(0.0, float(pause)), _with_images(chunk, images)


def canonical_request(request: ChatRequest, *, images: bool = False) -> dict[str, Any]:
    """Return a request in canonical form: its text and options, and hashes and mean colours of its images.

    Keys, encoded data, and the facts that the embedded reader gets by default are left out. Other requests that differ
    have different forms, unless only a key of this process differs.

    Parameters
    ----------
    request : ChatRequest
        The request.
    images : bool
        Whether the encoded images themselves are included.
    """
    described: list[dict[str, Any]] = []

    def reference(image: Image) -> str:
        described.append(_description(image, with_data=images))
        return f"image:{len(described)}"

    wire = without_default_facts(request).to_wire(data_uri=reference)
    options = {name: value for name, value in wire.items() if name not in _NOT_OPTIONS}
    asked = {"model": wire["model"], "messages": wire["messages"], "options": options}
    for image, data_hash in zip(described, _data_hashes(request), strict=True):
        image.update({"data_hash": data_hash} if data_hash else {})
    return {**map_strings(asked, _canonical_text), "images": described}


def _data_hashes(request: ChatRequest) -> Iterator[str]:
    """Yield the hash of the data of each image of a request, in the order in which they are sent."""
    for message in request.messages:
        for part in message.content:
            if isinstance(part, ImagePart) and isinstance(part.image, Image):
                yield part.data_hash


def without_default_facts(request: ChatRequest) -> ChatRequest:
    """Return a request without the facts that only the embedded reader gets."""
    messages = tuple(
        replace(message, content=tuple(part for part in message.content if not _is_default_facts(part)))
        if not isinstance(message.content, str)
        else message
        for message in request.messages
    )
    return replace(request, messages=messages)


def _is_default_facts(part: object) -> bool:
    return isinstance(part, FactsPart) and part.by_default


def digest(value: Any) -> str:
    """Return a hash of JSON values; equal numbers, such as 1 and 1.0, have the same hash."""
    text = json.dumps(_with_plain_numbers(value), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def pixel_hashes(request: Mapping[str, Any]) -> list[Any]:
    """Return the hash of each image's pixels; two images with the same hash look exactly alike."""
    return [image.get("pixels") for image in request.get("images", ())]


def _description(image: Image, *, with_data: bool) -> dict[str, Any]:
    from PIL import Image as PILImage

    opened = image.to_pil().convert("RGB")
    small = opened.convert("L").resize((_GRID + 1, _GRID), PILImage.Resampling.BOX)
    rows = [small.crop((0, y, _GRID + 1, y + 1)).tobytes() for y in range(_GRID)]
    bits = "".join("1" if row[x] > row[x + 1] else "0" for row in rows for x in range(_GRID))
    colours = opened.resize((_CELLS, _CELLS), PILImage.Resampling.BOX).tobytes()
    described = {
        "pixels": hashlib.sha256(repr(opened.size).encode() + opened.tobytes()).hexdigest(),
        "size": list(opened.size),
        "dhash": f"{int(bits, 2):064x}",
        "colours": colours.hex(),
    }
    return described | ({"data": base64.b64encode(image.data).decode("ascii")} if with_data else {})


def _reduced(chunk: Mapping[str, Any]) -> dict[str, Any]:
    return {name: chunk[name] for name in _CHUNK_FIELDS if name in chunk}


def _with_references(chunk: Mapping[str, Any], images: dict[str, str]) -> Any:
    """Return a chunk in which its images are named by their hashes, and add the images to `images`, each once.

    What is longer than an image that would be shown is left out, as any other encoded data is.
    """

    def reference(uri: str) -> str:
        if uri[:5].lower() != "data:" or len(uri) > _MAX_URI:
            return uri
        digest = hashlib.sha256(uri.encode("utf-8", "replace")).hexdigest()
        images[digest] = uri
        return f"{_REFERENCE}{digest}"

    return map_data_uris(chunk, reference)


def _with_images(chunk: dict[str, Any], images: Mapping[str, Any]) -> dict[str, Any]:
    """Return a chunk in which the hashes of images are replaced by the images."""
    if not images:
        return chunk

    def image(url: str) -> str:
        return str(images.get(url.removeprefix(_REFERENCE), url)) if url.startswith(_REFERENCE) else url

    made: dict[str, Any] = map_data_uris(chunk, image)
    return made


def _redacted(value: Any) -> Any:
    """Return a chunk as a file holds it: redacted, except for what its server wants back, which only has no keys."""
    return _with_signatures(redact_in(value), value)


def _with_signatures(redacted: Any, value: Any) -> Any:
    if isinstance(value, Mapping) and value.keys() == redacted.keys():
        return {
            name: map_strings(item, redact_keys) if name in SIGNED_FIELDS else _with_signatures(redacted[name], item)
            for name, item in value.items()
        }
    if isinstance(value, list) and len(value) == len(redacted):
        return [_with_signatures(*pair) for pair in zip(redacted, value, strict=True)]
    return redacted


def _canonical_text(text: str) -> str:
    """Return a string as a file can hold it: redacted, and with a hash if anything but a known key was left out.

    The hash is of the string without the keys of this process, so it tells nothing about them.
    """
    hidden = without_keys(text)
    shown = redact(text).encode("utf-8", "replace").decode("utf-8")
    if shown == hidden:
        return shown
    return f"{shown} #{_slow_hash(hashlib.sha256(hidden.encode('utf-8', 'surrogatepass')).digest())}"


@functools.lru_cache(maxsize=1024)
def _slow_hash(digest: bytes) -> str:
    """Return a hash that takes long to guess from: what looks like a key may be one, and a short one."""
    return hashlib.scrypt(digest, salt=b"vision_magic", n=2**14, r=8, p=1, dklen=16).hex()


def _with_plain_numbers(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {name: _with_plain_numbers(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_with_plain_numbers(item) for item in value]
    return value
