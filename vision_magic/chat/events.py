"""What does a stream tell a listener? One small value per thing that happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vision_magic.chat.messages import ToolCall
    from vision_magic.chat.reply import Reply

__all__ = [
    "Event",
    "Finished",
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
    """More of the answer of one choice."""

    text: str
    choice: int = 0


@dataclass(frozen=True, slots=True)
class ReasoningDelta:
    """More of what the model thinks before it answers, where the server tells."""

    text: str
    choice: int = 0


@dataclass(frozen=True, slots=True)
class RefusalDelta:
    """More of the words with which the model declines."""

    text: str
    choice: int = 0


@dataclass(frozen=True, slots=True)
class ToolCallDelta:
    """A fragment of a tool call; `call` counts the calls of one choice from 0."""

    call: int
    name: str = ""
    arguments: str = ""
    choice: int = 0


@dataclass(frozen=True, slots=True)
class ToolStarted:
    """A function is being called, or a person asked whether it may be."""

    call: ToolCall


@dataclass(frozen=True, slots=True)
class ToolFinished:
    """It has ended; `call` holds what came of it."""

    call: ToolCall


@dataclass(frozen=True, slots=True)
class RetryScheduled:
    """The call is tried again after a pause.

    Attributes
    ----------
    seconds : float
        How long the pause is.
    reason : str
        What went wrong before.
    """

    seconds: float
    reason: str


@dataclass(frozen=True, slots=True)
class RetryStarted:
    """The pause is over: the question goes out again."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The reply is complete. Always the last event."""

    reply: Reply


Event = (
    TextDelta
    | ReasoningDelta
    | RefusalDelta
    | ToolCallDelta
    | ToolStarted
    | ToolFinished
    | RetryScheduled
    | RetryStarted
    | Finished
)
