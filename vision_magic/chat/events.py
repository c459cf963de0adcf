"""The events of a stream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vision_magic.chat.messages import ToolCall
    from vision_magic.chat.reply import Reply
    from vision_magic.images.image import Image

__all__ = [
    "Event",
    "Finished",
    "ImageReceived",
    "ReasoningDelta",
    "RefusalDelta",
    "RetryScheduled",
    "RetryStarted",
    "TextDelta",
    "ToolCallDelta",
    "ToolFinished",
    "ToolStarted",
]


@dataclass(frozen=True, slots=True)
class TextDelta:
    """More text of a choice."""

    text: str
    choice: int = 0


@dataclass(frozen=True, slots=True)
class ReasoningDelta:
    """More reasoning of a choice, from a server that sends it."""

    text: str
    choice: int = 0


@dataclass(frozen=True, slots=True)
class RefusalDelta:
    """More of a refusal, which some models send instead of text."""

    text: str
    choice: int = 0


@dataclass(frozen=True, slots=True)
class ImageReceived:
    """An image that the model made, complete."""

    image: Image
    choice: int = 0


@dataclass(frozen=True, slots=True)
class ToolCallDelta:
    """A fragment of a tool call. `call` is the number of the call within its choice, from 0."""

    call: int
    name: str = ""
    arguments: str = ""
    choice: int = 0


@dataclass(frozen=True, slots=True)
class ToolStarted:
    """A function is about to run; the user may be asked for approval first."""

    call: ToolCall


@dataclass(frozen=True, slots=True)
class ToolFinished:
    """A function has ended, or was not run; `call` holds the outcome and the result."""

    call: ToolCall


@dataclass(frozen=True, slots=True)
class RetryScheduled:
    """The request failed and is sent again after a pause.

    Attributes
    ----------
    seconds : float
        The length of the pause.
    reason : str
        Why the request failed.
    """

    seconds: float
    reason: str


@dataclass(frozen=True, slots=True)
class RetryStarted:
    """The pause is over; the request is sent again."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The reply is complete. Always the last event."""

    reply: Reply


Event = (
    TextDelta
    | ReasoningDelta
    | RefusalDelta
    | ImageReceived
    | ToolCallDelta
    | ToolStarted
    | ToolFinished
    | RetryScheduled
    | RetryStarted
    | Finished
)
