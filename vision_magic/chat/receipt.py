"""The receipt of a call: what was sent, to which server, and at what cost, in the order of a reviewer's questions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from vision_magic.chat.detail import is_known
from vision_magic.chat.display import mime_bundle
from vision_magic.chat.messages import FactsPart, ImagePart, Message, TextPart, ToolCall
from vision_magic.images.image import Image, RemoteImage
from vision_magic.images.tokens import Estimate, estimate
from vision_magic.secrets import redact
from vision_magic.text import clean_text, format_bytes, one_line

if TYPE_CHECKING:
    from vision_magic.chat.request import ChatRequest
    from vision_magic.chat.usage import Timing, Usage

__all__ = ["Receipt", "SentImage", "receipt_of_request"]

_FILLED: Final = 40  # characters of a value that was filled in
_TINY: Final = 28  # pixels; models cut images into patches of about this size


@dataclass(frozen=True, slots=True, kw_only=True)
class SentImage:
    """One image as it was sent.

    Attributes
    ----------
    image : Image or RemoteImage
        The encoded image that was sent, or the address from which the server fetched it.
    detail : str or None
        The level of detail that was requested.
    facts : str
        The facts of the figure that were sent with it; empty if none were.
    tokens : Estimate or None
        The estimated cost in tokens; None for an address, since the image's size is unknown here.
    """

    image: Image | RemoteImage
    detail: str | None = None
    facts: str = ""
    tokens: Estimate | None = None

    def rows(self) -> list[tuple[str, str]]:
        """Return the rows of the receipt that describe this image, as pairs of label and text."""
        return [(label, text) for label, text in self._rows() if text]

    def _rows(self) -> Iterator[tuple[str, str]]:
        image = self.image
        if isinstance(image, RemoteImage):
            yield "sent", f"the address {image.address.partition('?')[0]}; the server fetches it"
        else:
            yield "picture", image.source
            yield "sent", _size(image)
            yield "format", f"{_format(image)}, {format_bytes(len(image.data))}"
            yield "rule", image.note or "pixels unchanged"
        yield "detail", _detail(self.detail) if self.detail else ""
        yield "facts", f"{len(self.facts):,} characters of facts sent with it" if self.facts else "no facts sent"
        yield "estimate", str(self.tokens) if self.tokens and self.tokens.tokens else ""

    def to_dict(self) -> dict[str, Any]:
        """Return the same as plain JSON values, with the SHA-256 of the encoded image in place of its bytes."""
        image = self.image
        if isinstance(image, RemoteImage):
            about: dict[str, Any] = {"address": image.address}
        else:
            about = {
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
        return about | {
            "detail": self.detail,
            "facts": self.facts or None,
            "estimated_tokens": self.tokens.tokens if self.tokens else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was sent, to which server, and at what cost. A notebook shows it as a table, a terminal as text.

    Attributes
    ----------
    images : tuple of SentImage
        The images of the request, in order.
    model, host : str
        The model and server that answered; before sending, those that would be asked.
    usage : Usage or None
        Tokens as counted by the server.
    timing : Timing or None
        Times in seconds; None before sending, and for a reproducible reply.
    finish_reasons : tuple of str
        The finish reason of each choice that has one.
    state : {"complete", "interrupted", "truncated", "not sent"}
        Whether the reply is complete.
    notes : tuple of str
        The changes to the request that this server required.
    response_format : str
        The response format that was requested, such as ``json_schema: Peaks``; empty for free text.
    calls : tuple of ToolCall
        The functions that the model called.
    requests : int
        The number of requests that were sent for the reply.
    headers : tuple of str
        The headers that were added by a setting: ``X-Title: My lab``, or only the name and its variable.
    filled : tuple of (str, str)
        The name of each value that was filled into the question, and the beginning of its text.
    """

    images: tuple[SentImage, ...] = ()
    model: str = ""
    host: str = ""
    usage: Usage | None = None
    timing: Timing | None = None
    finish_reasons: tuple[str, ...] = ()
    state: str = "not sent"
    notes: tuple[str, ...] = field(default=())
    response_format: str = ""
    calls: tuple[ToolCall, ...] = ()
    requests: int = 1
    headers: tuple[str, ...] = ()
    filled: tuple[tuple[str, str], ...] = ()

    @property
    def summary(self) -> str:
        """The images in a few words: ``1 picture, 640×480, 34 kB``."""
        if not self.images:
            return "no picture"
        local = [sent.image for sent in self.images if isinstance(sent.image, Image)]
        parts = ["1 picture" if len(self.images) == 1 else f"{len(self.images)} pictures"]
        if len(local) == len(self.images) == 1:
            parts.append(f"{local[0].width}×{local[0].height}")
        if local:
            parts.append(format_bytes(sum(len(image.data) for image in local)))
        return ", ".join(parts)

    def rows(self) -> list[tuple[str, str]]:
        """Return the receipt as pairs of label and text: the images first, then the call."""
        if len(self.images) == 1:
            images = self.images[0].rows()
        else:
            joined = (" · ".join(text for _, text in sent.rows()) for sent in self.images)
            images = [(f"picture {number}", text) for number, text in enumerate(joined, 1)]
        return [*images, *((label, text) for label, text in self._call_rows() if text)]

    def _call_rows(self) -> Iterator[tuple[str, str]]:
        estimated = sum(sent.tokens.tokens for sent in self.images if sent.tokens)
        yield "estimate", f"about {estimated:,} tokens for all pictures" if len(self.images) > 1 and estimated else ""
        yield "filled in", "; ".join(f"{{{name}}}: {text}" for name, text in self.filled)
        yield "shape", self.response_format
        yield "functions", _called(self.calls)
        yield "requests", str(self.requests) if self.requests > 1 else ""
        yield "headers", "; ".join(self.headers)
        yield "counted", _counted(self.usage) if self.usage else ""
        yield "time", _times(self.timing) if self.timing else ""
        ended = ", ".join(dict.fromkeys(self.finish_reasons)) if self.state == "complete" else self.state
        yield ("state" if self.state == "not sent" else "ended"), ended
        yield "notes", "; ".join(self.notes)
        yield "model", one_line(" · ".join(part for part in (self.model, self.host) if part), 400)

    def to_dict(self) -> dict[str, Any]:
        """Return the receipt as plain JSON values, as in the metadata of a notebook output."""
        timing = self.timing
        return {
            "images": [sent.to_dict() for sent in self.images],
            "model": self.model,
            "host": self.host,
            "state": self.state,
            "finish_reasons": list(self.finish_reasons),
            "usage": dict(self.usage.raw) if self.usage else None,
            "seconds": {"time_to_first_token": timing.time_to_first_token, "total": timing.total} if timing else None,
            "notes": list(self.notes),
            "response_format": self.response_format or None,
            "functions": [{"name": call.name, "outcome": call.outcome} for call in self.calls],
            "requests": self.requests,
            "headers": list(self.headers),
            **({"filled": dict(self.filled)} if self.filled else {}),
        }

    def __str__(self) -> str:
        return clean_text("\n".join(f"{label:<10} {text}" for label, text in self.rows()))

    def __repr__(self) -> str:
        return f"<Receipt: {self.summary}, {self.state}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return mime_bundle(self)


def receipt_of_request(request: ChatRequest, host: str = "") -> Receipt:
    """Return the receipt of a request that has not been sent."""
    return Receipt(
        images=tuple(_sent_images(request)),
        model=request.model,
        host=host,
        response_format=_response_format(request),
        filled=_filled(request),
    )


def _filled(request: ChatRequest) -> tuple[tuple[str, str], ...]:
    """Return what was filled into the question, with the beginning of each value."""
    content = _question(request.messages).content
    parts = () if isinstance(content, str) else content
    values = dict(value for part in parts if isinstance(part, TextPart) for value in part.filled)
    return tuple((name, clean_text(one_line(redact(text), _FILLED))) for name, text in values.items())


def _question(messages: Sequence[Message]) -> Message:
    """Return the question of a request; behind it may be calls of functions with their pictures, and a repair."""
    for before, message in zip(reversed((None, *messages[:-1])), reversed(messages), strict=True):
        is_result = before is not None and before.role == "tool"
        if message.role == "user" and not isinstance(message.content, str) and not is_result:
            return message
    return messages[-1]


def _sent_images(request: ChatRequest) -> Iterator[SentImage]:
    for message in request.messages:
        parts = () if isinstance(message.content, str) else message.content
        for part, after in zip(parts, (*parts[1:], None), strict=False):
            if isinstance(part, ImagePart):
                yield _sent_image(part, after.text if isinstance(after, FactsPart) else "", request.model)


def _sent_image(part: ImagePart, facts: str, model: str) -> SentImage:
    image = part.image
    tokens = None
    if isinstance(image, Image):
        tokens = estimate(image.width, image.height, model=model, detail=part.detail)
    return SentImage(image=image, detail=part.detail, facts=facts, tokens=tokens)


def _response_format(request: ChatRequest) -> str:
    wanted = request.response_format
    if not isinstance(wanted, Mapping) or wanted.get("type") == "text":
        return ""
    schema = wanted.get("json_schema")
    name = f": {schema.get('name')}" if isinstance(schema, Mapping) else ""
    return f"{wanted.get('type')}{name}"


def _called(calls: tuple[ToolCall, ...]) -> str:
    """Return how often each function was called, and how many of these calls failed or were refused."""
    outcomes: dict[str, list[str]] = {}
    for call in calls:
        outcomes.setdefault(call.name, []).append(call.outcome)
    return ", ".join(_called_one(name, of_name) for name, of_name in outcomes.items())


def _called_one(name: str, outcomes: list[str]) -> str:
    times = f" {len(outcomes)} times" if len(outcomes) > 1 else ""
    others = ", ".join(f"{outcomes.count(one)} {one}" for one in ("failed", "refused") if one in outcomes)
    return f"{name}{times}{f' ({others})' if others else ''}"


def _detail(detail: str) -> str:
    return detail if is_known(detail) else f"{detail}, sent as it is: vision_magic does not know this level"


def _size(image: Image) -> str:
    size = f"{image.width}×{image.height} pixels"
    if image.original != (image.width, image.height):
        size += f", from {image.original[0]}×{image.original[1]}"
    return size + (": so small that a model sees little of it" if min(image.width, image.height) < _TINY else "")


def _format(image: Image) -> str:
    return "PNG" if image.quality is None else "JPEG"


def _counted(usage: Usage) -> str:
    apart = usage.counts_reasoning_apart
    counts = (
        (usage.prompt_tokens, "prompt", usage.cached_tokens, "cached"),
        (usage.completion_tokens, "completion", 0 if apart else usage.reasoning_tokens, "reasoning"),
        (usage.reasoning_tokens if apart else None, "reasoning", 0, ""),
    )
    words = [
        f"{count:,} {kind}{f' ({part:,} {part_kind})' if part else ''}"
        for count, kind, part, part_kind in counts
        if count is not None
    ]
    return f"{', '.join(words)} tokens" if words else ""


def _times(timing: Timing) -> str:
    first = f"first token after {timing.time_to_first_token:.1f} s, " if timing.time_to_first_token is not None else ""
    return f"{first}{timing.total:.1f} s in total"
