"""Token counts and times of a reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Timing", "Usage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens as counted by the server, never estimated; None for a count that it did not send.

    Attributes
    ----------
    prompt_tokens, completion_tokens, total_tokens : int or None
        The counts of the request, of the answer, and of both.
    raw : mapping
        The whole ``usage`` object, as the server sent it.
    """

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    total_tokens: int | None = None
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def __add__(self, other: Usage) -> Usage:
        """Return the sum of both; a count that one of them lacks is None."""
        names = ("prompt_tokens", "completion_tokens", "total_tokens")
        pairs = {name: (getattr(self, name), getattr(other, name)) for name in names}
        sums = {name: None if None in pair else sum(pair) for name, pair in pairs.items()}
        return Usage(**sums, raw={name: count for name, count in sums.items() if count is not None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Times of a reply, in seconds since the request was sent.

    Attributes
    ----------
    time_to_first_token : float or None
        The time until the first text, reasoning, refusal or tool call; None if nothing arrived.
    total : float
        The time until the last chunk.
    tokens_per_second : float or None
        Completion tokens divided by the time from the first token to the last; None if the server did not count.
    """

    time_to_first_token: float | None = None
    total: float = 0.0
    tokens_per_second: float | None = None
