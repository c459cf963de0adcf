"""What was sent, and what did it take? A receipt of one call, in the order in which a reviewer would ask."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from vision_magic.chat.display import mime_bundle
from vision_magic.chat.messages import FactsPart, ImagePart, ToolCall
from vision_magic.images.image import Image, RemoteImage
from vision_magic.images.tokens import Estimate, estimate
from vision_magic.text import clean_text, format_bytes

if TYPE_CHECKING:
    from vision_magic.chat.request import ChatRequest
    from vision_magic.chat.usage import Timing, Usage

__all__ = ["Receipt", "Sent", "receipt_of_request"]

_TINY: Final = 28  # pixels; models cut pictures into patches of about this size


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One picture as it was sent.

    Attributes
    ----------
    image : Image or RemoteImage
        The very bytes that were sent; or the address, where the server fetched it.
    detail : {"auto", "low", "high"} or None
        As sent.
    facts : str
        What the figure knew of itself and was sent beside it; empty where nothing was.
    tokens : Estimate or None
        What it is likely to cost; None for an address, whose size is not known here.
    """

    image: Image | RemoteImage
    detail: str | None = None
    facts: str = ""
    tokens: Estimate | None = None

    def rows(self) -> Iterator[tuple[str, str]]:
        """Yield what there is to say, as name and words."""
        image = self.image
        if isinstance(image, RemoteImage):
            yield "sent", f"the address {image.address.partition('?')[0]}; the server fetches it"
        else:
            yield "picture", image.source
            yield "sent", _size(image)
            yield "as", f"{_kind(image)}, {format_bytes(len(image.data))}"
            yield "rule", image.note or "pixels as they were"
        yield "detail", self.detail or ""
        yield "facts", f"facts sent beside it, {len(self.facts):,} characters" if self.facts else "no facts sent"
        yield "estimate", str(self.tokens) if self.tokens and self.tokens.tokens else ""

    def to_dict(self) -> dict[str, Any]:
        """Return the same as plain JSON values; of the pixels only their SHA-256."""
        image = self.image
        if isinstance(image, RemoteImage):
            told: dict[str, Any] = {"address": image.address}
        else:
            told = {
                "source": image.source,
                "width": image.width,
                "height": image.height,
                "original": list(image.original),
                "media_type": image.media_type,
                "bytes": len(image.data),
                "sha256": hashlib.sha256(image.data).hexdigest(),
                "quality": image.quality,
                "note": image.note,
            }
        return told | {
            "detail": self.detail,
            "facts": self.facts or None,
            "estimated_tokens": self.tokens.tokens if self.tokens else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was sent to whom, and what it took; shows itself as text and as a table.

    Attributes
    ----------
    pictures : tuple of Sent
        In the order sent.
    model, host : str
        Who answered, or would answer.
    usage : Usage or None
        Tokens as the server counted them.
    timing : Timing or None
        First token and total, in seconds; None before it was sent, and where times are no part of the reply.
    finish_reasons : tuple of str
        Why each choice ended.
    state : str
        ``complete``, ``interrupted``, ``truncated``; ``not sent``.
    notes : tuple of str
        What was sent otherwise for this server.
    shape : str
        Which shape the answer was to have; empty where none was asked for.
    calls : tuple of ToolCall
        The functions that the model called.
    requests : int
        How many requests it took.
    """

    pictures: tuple[Sent, ...] = ()
    model: str = ""
    host: str = ""
    usage: Usage | None = None
    timing: Timing | None = None
    finish_reasons: tuple[str, ...] = ()
    state: str = "not sent"
    notes: tuple[str, ...] = field(default=())
    shape: str = ""
    calls: tuple[ToolCall, ...] = ()
    requests: int = 1

    @property
    def summary(self) -> str:
        """The receipt in a few words: ``1 picture, 640×480, 34 kB``."""
        images = [sent.image for sent in self.pictures]
        held = [image for image in images if isinstance(image, Image)]
        if not images:
            return "no picture"
        count = "1 picture" if len(images) == 1 else f"{len(images)} pictures"
        size = f", {held[0].width}×{held[0].height}" if len(held) == len(images) == 1 else ""
        return f"{count}{size}, {format_bytes(sum(len(image.data) for image in held))}" if held else count

    def rows(self) -> Iterator[tuple[str, str]]:
        """Yield what there is to say of the whole call, as name and words."""
        cost = sum(sent.tokens.tokens for sent in self.pictures if sent.tokens)
        yield "estimate", f"about {cost:,} tokens for all pictures" if len(self.pictures) > 1 and cost else ""
        yield "shape", self.shape
        yield "functions", _called(self.calls)
        yield "requests", str(self.requests) if self.requests > 1 else ""
        yield "counted", _counted(self.usage) if self.usage else ""
        yield "time", _times(self.timing) if self.timing else ""
        ended = ", ".join(dict.fromkeys(self.finish_reasons)) if self.state == "complete" else self.state
        yield ("state" if self.state == "not sent" else "ended"), ended
        yield "changed", "; ".join(self.notes)
        yield "asked", " · ".join(part for part in (self.model, self.host) if part)

    def table_rows(self) -> list[tuple[str, str]]:
        """Return every row that says something: of the pictures first, then of the call."""
        if len(self.pictures) == 1:
            sent = list(self.pictures[0].rows())
        else:
            joined = (" · ".join(words for _, words in one.rows() if words) for one in self.pictures)
            sent = [(f"picture {number}", words) for number, words in enumerate(joined, 1)]
        return [(name, words) for name, words in (*sent, *self.rows()) if words]

    def to_dict(self) -> dict[str, Any]:
        """Return the receipt as plain JSON values, as it stands in a notebook's output metadata."""
        timing = self.timing
        return {
            "pictures": [sent.to_dict() for sent in self.pictures],
            "model": self.model,
            "host": self.host,
            "state": self.state,
            "finish_reasons": list(self.finish_reasons),
            "usage": dict(self.usage.raw) if self.usage else None,
            "seconds": {"time_to_first_token": timing.time_to_first_token, "total": timing.total} if timing else None,
            "notes": list(self.notes),
            "shape": self.shape or None,
            "functions": [{"name": call.name, "outcome": call.outcome} for call in self.calls],
            "requests": self.requests,
        }

    def __str__(self) -> str:
        return clean_text("\n".join(f"{name:<10} {words}" for name, words in self.table_rows()))

    def __repr__(self) -> str:
        return f"<Receipt: {self.summary}, {self.state}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return mime_bundle(self)


def receipt_of_request(request: ChatRequest, host: str = "") -> Receipt:
    """Return the receipt of what would be sent."""
    return Receipt(pictures=_sent(request), model=request.model, host=host, shape=_shape(request))


def _sent(request: ChatRequest) -> tuple[Sent, ...]:
    found: list[Sent] = []
    for message in request.messages:
        parts = () if isinstance(message.content, str) else message.content
        for place, part in enumerate(parts):
            if isinstance(part, ImagePart):
                after = parts[place + 1] if place + 1 < len(parts) else None
                found.append(_one(part, after.text if isinstance(after, FactsPart) else "", request.model))
    return tuple(found)


def _one(part: ImagePart, facts: str, model: str) -> Sent:
    image = part.image
    tokens = None
    if isinstance(image, Image):
        tokens = estimate(image.width, image.height, model=model, detail=part.detail)
    return Sent(image=image, detail=part.detail, facts=facts, tokens=tokens)


def _shape(request: ChatRequest | None) -> str:
    wanted = request.response_format if request else None
    if not isinstance(wanted, Mapping) or wanted.get("type") == "text":
        return ""
    schema = wanted.get("json_schema")
    named = f": {schema.get('name')}" if isinstance(schema, Mapping) else ""
    return f"{wanted.get('type')}{named}"


def _called(calls: tuple[ToolCall, ...]) -> str:
    """Return how often each function was called, and how often it was not run or failed."""
    counts: dict[str, list[str]] = {}
    for call in calls:
        counts.setdefault(call.name, []).append(call.outcome)
    words = []
    for name, outcomes in counts.items():
        others = [f"{outcomes.count(one)} {one}" for one in ("failed", "refused") if one in outcomes]
        times = f" {len(outcomes)} times" if len(outcomes) > 1 else ""
        beside = f" ({', '.join(others)})" if others else ""
        words.append(f"{name}{times}{beside}")
    return ", ".join(words)


def _size(image: Image) -> str:
    words = f"{image.width}×{image.height} pixels"
    if image.original != (image.width, image.height):
        words += f", from {image.original[0]}×{image.original[1]}"
    return words + (": a model sees little of so small a picture" if min(image.width, image.height) < _TINY else "")


def _kind(image: Image) -> str:
    return "PNG" if image.quality is None else "JPEG"


def _counted(usage: Usage) -> str:
    counts = ((usage.prompt_tokens, "asked"), (usage.completion_tokens, "answered"))
    words = [f"{count:,} {what}" for count, what in counts if count is not None]
    return f"{', '.join(words)} tokens" if words else ""


def _times(timing: Timing) -> str:
    first = f"first token after {timing.time_to_first_token:.1f} s, " if timing.time_to_first_token is not None else ""
    return f"{first}{timing.total:.1f} s in all"
