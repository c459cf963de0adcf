"""Token counts and times of a reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

__all__ = ["Timing", "Usage", "usage_of"]

_MAX_COUNT: Final = 10**15  # tokens; a larger number is a mistake of the server
_MAX_FIELDS: Final = 64
_MAX_TEXT: Final = 200  # characters
_MAX_DEPTH: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens as counted by the server, never estimated; None for a count that it did not send.

    Attributes
    ----------
    prompt_tokens, completion_tokens, total_tokens : int or None
        The counts of the request, of the answer, and of both.
    raw : mapping
        The whole ``usage`` object, as the server sent it, without values that are no JSON or very long.
    """

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    total_tokens: int | None = None
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def reasoning_tokens(self) -> int | None:
        """The tokens of the answer that were spent on reasoning, if the server counted them."""
        details = self.raw.get("completion_tokens_details")
        return _count(details.get("reasoning_tokens")) if isinstance(details, Mapping) else None

    def __add__(self, other: Usage) -> Usage:
        """Return the sum of both; a count that one of them lacks is None."""
        names = ("prompt_tokens", "completion_tokens", "total_tokens")
        pairs = {name: (getattr(self, name), getattr(other, name)) for name in names}
        sums = {name: None if None in pair else sum(pair) for name, pair in pairs.items()}
        return Usage(**sums, raw={name: count for name, count in sums.items() if count is not None})


def usage_of(raw: Mapping[str, Any]) -> Usage:
    """Return the usage that a server sent; a count that is not a number of tokens is None."""
    names = ("prompt_tokens", "completion_tokens", "total_tokens")
    return Usage(**{name: _count(raw.get(name)) for name in names}, raw=_plain(raw))


def _count(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _MAX_COUNT:
        return None
    return int(value) if value == int(value) else None


def _plain(value: Any, depth: int = 0) -> Any:
    """Return JSON values without numbers that JSON or a database cannot hold, long strings and deep nesting."""
    if isinstance(value, Mapping):
        items = list(value.items())[:_MAX_FIELDS] if depth < _MAX_DEPTH else []
        return {str(name)[:_MAX_TEXT]: _plain(item, depth + 1) for name, item in items}
    if isinstance(value, list | tuple):
        return [_plain(item, depth + 1) for item in value[:_MAX_FIELDS]] if depth < _MAX_DEPTH else []
    if isinstance(value, str):
        return value[:_MAX_TEXT]
    if isinstance(value, bool) or value is None:
        return value
    return value if isinstance(value, int | float) and -_MAX_COUNT <= value <= _MAX_COUNT else None


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
