"""What is happening to an answer, in words, from the events that have arrived."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from vision_magic.chat.events import (
    Finished,
    ReasoningDelta,
    RefusalDelta,
    RetryScheduled,
    RetryStarted,
    TextDelta,
    ToolCallDelta,
    ToolFinished,
    ToolStarted,
)
from vision_magic.notebook.views.base import format_retry
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from vision_magic.chat.events import Event

__all__ = ["Activity"]

_TOKENS: Final = (TextDelta, RefusalDelta, ToolCallDelta)  # each about one token


class Activity:
    """The current activity, for the status line. It counts once per token; the words are composed when they are shown.

    Attributes
    ----------
    sent : bool
        Whether the request has been sent.
    """

    def __init__(self) -> None:
        self.sent = False
        self._last: Event | None = None
        self._first_token: float | None = None  # when it arrived
        self._tokens = 0

    def note(self, event: Event) -> None:
        """Note an event."""
        if isinstance(event, _TOKENS):
            self._tokens += 1
            if self._first_token is None:
                self._first_token = time.monotonic()
        if not isinstance(event, Finished):
            self._last = event

    def __str__(self) -> str:
        """Describe the current activity, from the last event; empty before the first one."""
        event = self._last
        if isinstance(event, RetryScheduled | RetryStarted):
            return format_retry(event)
        if isinstance(event, ReasoningDelta):
            return "reasoning"
        if isinstance(event, ToolStarted):
            return f"calling {clean_text(event.call.name)}"
        if isinstance(event, _TOKENS) and self._first_token is not None:
            elapsed = time.monotonic() - self._first_token
            return f"≈ {self._tokens / elapsed:.0f} tokens/s" if elapsed > 1 else "answering"
        return "answering" if isinstance(event, ToolFinished) else ""

    def waiting(self) -> str:
        """Describe what is waited for before the first event."""
        return "waiting for the first token" if self.sent else "reading the picture"
