"""What is said in a conversation? Messages, and the parts in the order in which the user wrote them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from vision_magic.errors import RequestError
from vision_magic.images.image import Image, RemoteImage

__all__ = ["Detail", "FactsPart", "ImagePart", "Message", "Part", "Role", "TextPart", "ToolCall", "user_message"]

Role = Literal["system", "developer", "user", "assistant", "tool"]
Detail = Literal["auto", "low", "high"]
Outcome = Literal["", "done", "failed", "refused"]

DataUri = Callable[[Image], str]
"""What stands for a picture on the wire, where it is not the picture itself."""

ROLES = ("system", "developer", "user", "assistant", "tool")
DETAILS: tuple[Detail, ...] = ("auto", "low", "high")


@dataclass(frozen=True, slots=True)
class TextPart:
    """Text."""

    text: str

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            raise RequestError(f"A message got a {type(self.text).__name__}; expected texts and pictures.")

    def to_wire(self, data_uri: DataUri | None = None) -> dict[str, Any]:
        """Return the part as JSON."""
        return {"type": "text", "text": self.text}


@dataclass(frozen=True, slots=True)
class FactsPart(TextPart):
    """What a figure object knows of itself, sent as text beside its picture."""


@dataclass(frozen=True, slots=True)
class ImagePart:
    """A picture, and how closely the model should look at it.

    Attributes
    ----------
    image : Image or RemoteImage
        What is sent, as a data URI; or its address, where it stays where it is.
    detail : {"auto", "low", "high"} or None
        Sent only where it was set.
    """

    image: Image | RemoteImage
    detail: Detail | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.image, Image | RemoteImage):
            raise RequestError(f"A message got a {type(self.image).__name__} as a picture; expected as_image(…) of it.")
        if self.detail is not None and self.detail not in DETAILS:
            raise RequestError(f"detail got {self.detail!r}; expected one of auto, low, high.")

    def to_wire(self, data_uri: DataUri | None = None) -> dict[str, Any]:
        """Return the part as JSON; the picture is in it whole, or as `data_uri` says."""
        image_url = {"url": self._url(data_uri)}
        if self.detail is not None:
            image_url["detail"] = self.detail
        return {"type": "image_url", "image_url": image_url}

    def _url(self, data_uri: DataUri | None) -> str:
        if isinstance(self.image, RemoteImage):
            return self.image.address
        return data_uri(self.image) if data_uri else self.image.data_uri


Part = TextPart | ImagePart


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolCall:
    """A function that the model wants called.

    Attributes
    ----------
    id : str
        The server's name for this call; empty where it gave none.
    name : str
        The function.
    arguments : str
        JSON as the model wrote it, unchecked; perhaps incomplete while it streams.
    outcome : {"", "done", "failed", "refused"}
        What came of it: empty where it was not run, refused where its arguments or a person stood against it.
    result : str
        What the model was told: what the function gave, or why not.
    images : tuple of Image
        The pictures that the function gave; the model saw them.
    """

    id: str = ""
    name: str = ""
    arguments: str = ""
    outcome: Outcome = ""
    result: str = field(default="", repr=False)
    images: tuple[Image | RemoteImage, ...] = field(default=(), repr=False)

    def to_wire(self) -> dict[str, Any]:
        """Return the call as it stands in an assistant's message."""
        return {
            "id": self.id,
            "type": "function",
            "function": {"name": self.name, "arguments": self.arguments or "{}"},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a conversation.

    Attributes
    ----------
    role : {"system", "developer", "user", "assistant", "tool"}
        Who speaks. Only a user's message may hold pictures.
    content : str or tuple of TextPart and ImagePart
        What is said, in order.
    tool_calls : tuple of ToolCall
        What an assistant asked for.
    tool_call_id : str
        Which call a tool's message answers.
    """

    role: Role
    content: str | tuple[Part, ...] = ""
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str = ""

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise RequestError(f"role got {self.role!r}; expected one of {', '.join(ROLES)}.")
        if not isinstance(self.content, str):
            # No parts are no list: an empty one is refused by the specification.
            object.__setattr__(self, "content", _checked_parts(self.content) or "")
        object.__setattr__(self, "tool_calls", _checked_calls(self.tool_calls))
        if self.role != "user" and self.images:
            raise RequestError(f"A {self.role} message got a picture; only a user's message can hold one.")
        if not self.content and not self.tool_calls and self.role != "assistant":
            raise RequestError(f"A {self.role} message got no content; expected text or a picture.")

    @property
    def images(self) -> tuple[Image | RemoteImage, ...]:
        """The pictures in the message, in order."""
        if isinstance(self.content, str):
            return ()
        return tuple(part.image for part in self.content if isinstance(part, ImagePart))

    def to_wire(self, data_uri: DataUri | None = None) -> dict[str, Any]:
        """Return the message as JSON, each picture as `data_uri` says."""
        content: object = self.content
        if not isinstance(self.content, str):
            content = [part.to_wire(data_uri) for part in self.content]
        wire: dict[str, Any] = {"role": self.role, "content": content}
        if self.tool_calls:
            wire["tool_calls"] = [call.to_wire() for call in self.tool_calls]
        if self.tool_call_id:
            wire["tool_call_id"] = self.tool_call_id
        return wire


def _checked_parts(parts: object) -> tuple[Part, ...]:
    made = tuple(parts) if isinstance(parts, Iterable) else (parts,)
    for part in made:
        if not isinstance(part, TextPart | ImagePart):
            raise RequestError(f"A message got a {type(part).__name__}; expected texts and pictures.")
    return made


def _checked_calls(calls: object) -> tuple[ToolCall, ...]:
    made = tuple(calls) if isinstance(calls, Iterable) else (calls,)
    for call in made:
        if not isinstance(call, ToolCall):
            raise RequestError(f"tool_calls got a {type(call).__name__}; expected ToolCall values.")
    return made


def user_message(*parts: str | Image | RemoteImage, detail: Detail | None = None) -> Message:
    """Return a user's message of texts and pictures, in the order given.

    Empty texts are left out: servers refuse them.
    """
    made: list[Part] = []
    for part in parts:
        if isinstance(part, Image | RemoteImage):
            made.append(ImagePart(part, detail))
        elif part or not isinstance(part, str):
            made.append(TextPart(part))
    return Message(role="user", content=tuple(made))
