"""The messages of a conversation, and their parts in the order in which the user wrote them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from vision_magic.chat.detail import detail_expected
from vision_magic.chat.provider_fields import ProviderFields
from vision_magic.errors import RequestError
from vision_magic.images.image import Image, RemoteImage
from vision_magic.reprs import short_repr

__all__ = [
    "FactsPart",
    "FilledText",
    "ImagePart",
    "Message",
    "Part",
    "Role",
    "TextPart",
    "ToolCall",
    "user_message",
]

Role = Literal["system", "developer", "user", "assistant", "tool"]
Outcome = Literal["", "done", "failed", "refused"]

DataUri = Callable[[Image], str]
"""Returns the URL that a request carries for an image; by default the image's data URI."""

ROLES = ("system", "developer", "user", "assistant", "tool")


class FilledText(str):
    """Text with values of variables in it, and in `filled` the name and the text of each value."""

    filled: tuple[tuple[str, str], ...]

    def __new__(cls, text: str, filled: tuple[tuple[str, str], ...] = ()) -> FilledText:
        """Return the text."""
        made = super().__new__(cls, text)
        made.filled = filled
        return made


@dataclass(frozen=True, slots=True)
class TextPart:
    """Text in a message.

    Attributes
    ----------
    text : str
        The text.
    filled : tuple of (str, str)
        The name and the text of each value that was filled in, for the receipt.
    """

    text: str
    filled: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            raise RequestError(f"A message got {type(self.text).__name__}; expected strings and images.")

    def to_wire(self, data_uri: DataUri | None = None) -> dict[str, Any]:
        """Return the part as JSON."""
        return {"type": "text", "text": self.text}


@dataclass(frozen=True, slots=True)
class FactsPart(TextPart):
    """The facts of a figure object (labels, limits, series), sent as text next to its image.

    Attributes
    ----------
    by_default : bool
        Whether nobody asked for them. They are then not part of what a recorded question is recognised by: the
        recording may be of a server that did not get them.
    """

    by_default: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class ImagePart:
    """An image in a message.

    Attributes
    ----------
    image : Image or RemoteImage
        An image that is sent as a data URI, or an address from which the server fetches it.
    detail : str or None
        Detail level at which the model reads the image, such as ``"high"``; not sent if None.
    data_hash : str
        A hash of the data of the figure object that the image shows, for recordings; empty if there is none.
    """

    image: Image | RemoteImage
    detail: str | None = None
    data_hash: str = field(default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        if not isinstance(self.image, Image | RemoteImage):
            raise RequestError(
                f"A message got {type(self.image).__name__} as an image; expected the result of as_image(…)."
            )
        expected = None if self.detail is None else detail_expected(self.detail)
        if expected is not None:
            raise RequestError(f"detail got {short_repr(self.detail)}; expected {expected}.")

    def to_wire(self, data_uri: DataUri | None = None) -> dict[str, Any]:
        """Return the part as JSON; `data_uri` may give another URL for the image."""
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
    """A call of a function that the model requests.

    Attributes
    ----------
    id : str
        The server's id of the call; empty if it sent none.
    name : str
        The name of the function.
    arguments : str
        The arguments as JSON. As the model wrote them, unchecked and incomplete while they stream; once they are
        checked, what the function gets.
    outcome : {"", "done", "failed", "refused"}
        ``"failed"`` if the function raised an error, ``"refused"`` if it was not run because of its arguments, a
        limit or the user's decision; empty while that is open.
    result : str
        The result sent to the model, or the reason why there is none.
    images : tuple of Image
        The images that the function returned; the model sees them.
    """

    id: str = ""
    name: str = ""
    arguments: str = ""
    outcome: Outcome = ""
    result: str = field(default="", repr=False)
    images: tuple[Image | RemoteImage, ...] = field(default=(), repr=False)

    def to_wire(self) -> dict[str, Any]:
        """Return the call as JSON, for the message of an assistant."""
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
        The author. Only a user message may hold images.
    content : str or tuple of TextPart and ImagePart
        Text, or parts in order.
    tool_calls : tuple of ToolCall
        The calls that an assistant requests.
    tool_call_id : str
        The id of the call that a tool message answers.
    provider_fields : ProviderFields or None
        Fields of an assistant's message that only the server and the model that wrote it get back.
    """

    role: Role
    content: str | tuple[Part, ...] = ""
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str = ""
    provider_fields: ProviderFields | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not isinstance(self.role, str) or self.role not in ROLES:
            raise RequestError(f"role got {short_repr(self.role)}; expected one of {', '.join(ROLES)}.")
        if not isinstance(self.content, str):
            # The specification does not allow an empty list of parts.
            object.__setattr__(self, "content", _checked_parts(self.content) or "")
        object.__setattr__(self, "tool_calls", _checked_calls(self.tool_calls))
        if self.role != "user" and self.images:
            raise RequestError(f"A message with role {self.role!r} got an image; only user messages hold images.")
        if not self.content and not self.tool_calls and self.role != "assistant":
            raise RequestError(f"A message with role {self.role!r} got no content; expected text or an image.")

    @property
    def images(self) -> tuple[Image | RemoteImage, ...]:
        """The images in the message, in order."""
        if isinstance(self.content, str):
            return ()
        return tuple(part.image for part in self.content if isinstance(part, ImagePart))

    def to_wire(self, data_uri: DataUri | None = None, *, server: str = "", model: str = "") -> dict[str, Any]:
        """Return the message as JSON.

        Parameters
        ----------
        data_uri : callable, optional
            Returns the URL that is sent for an image; by default its data URI.
        server, model : str
            The server and the model that it is sent to; empty if it is sent to none.
        """
        content: object = self.content
        if not isinstance(self.content, str):
            content = [part.to_wire(data_uri) for part in self.content]
        wire: dict[str, Any] = {"role": self.role, "content": content}
        if self.tool_calls:
            wire["tool_calls"] = [call.to_wire() for call in self.tool_calls]
        if self.tool_call_id:
            wire["tool_call_id"] = self.tool_call_id
        return wire if self.provider_fields is None else self.provider_fields.add_to(wire, server, model)


def _checked_parts(parts: object) -> tuple[Part, ...]:
    result = _items(parts)
    for part in result:
        if not isinstance(part, TextPart | ImagePart):
            raise RequestError(f"A message got {type(part).__name__}; expected strings and images.")
    return result


def _items(values: Any) -> tuple[Any, ...]:
    try:
        return tuple(values)
    except TypeError:  # not a collection, and then one of a wrong type
        return (values,)


def _checked_calls(calls: object) -> tuple[ToolCall, ...]:
    result = _items(calls)
    for call in result:
        if not isinstance(call, ToolCall):
            raise RequestError(f"tool_calls got {type(call).__name__}; expected ToolCall values.")
    return result


def user_message(*parts: str | Image | RemoteImage, detail: str | None = None) -> Message:
    """Return a user message with strings and images in the order given.

    Empty strings are left out, since servers refuse them.
    """
    content: list[Part] = []
    for part in parts:
        if isinstance(part, Image | RemoteImage):
            content.append(ImagePart(part, detail))
        elif part or not isinstance(part, str):
            content.append(TextPart(part))
    return Message(role="user", content=tuple(content))
