"""Tokens and seconds: what one reply took."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Timing", "Usage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens as the server counted them; None where it did not. Nothing here is estimated."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    total_tokens: int | None = None
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def __add__(self, other: Usage) -> Usage:
        """Return both together; what only one of them counted is as unknown as the sum."""
        names = ("prompt_tokens", "completion_tokens", "total_tokens")
        pairs = {name: (getattr(self, name), getattr(other, name)) for name in names}
        sums = {name: None if None in pair else sum(pair) for name, pair in pairs.items()}
        return Usage(**sums, raw={name: count for name, count in sums.items() if count is not None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How long it took, in seconds from the moment of sending.

    Attributes
    ----------
    time_to_first_token : float or None
        Until the first text, reasoning, refusal or tool call; None where there was none.
    total : float
        Until the last byte.
    tokens_per_second : float or None
        Counted completion tokens over the time from first token to last; None without a count.
    """

    time_to_first_token: float | None = None
    total: float = 0.0
    tokens_per_second: float | None = None
