"""Token counts and times of a reply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

__all__ = ["Timing", "Usage", "usage_of"]

_MAX_COUNT: Final = 10**15  # tokens; a larger number is a mistake of the server
_MAX_FIELDS: Final = 64
_MAX_TEXT: Final = 200  # characters
_MAX_DEPTH: Final = 4


_COUNTS: Final = ("prompt_tokens", "completion_tokens", "total_tokens", "cached_tokens", "reasoning_tokens")

# Where servers count a part of the tokens. Gateways repeat it under several names, and leave some of them empty.
_CACHED: Final = (
    ("prompt_tokens_details", "cached_tokens"),  # OpenAI, xAI, Gemini, OpenRouter, vLLM
    ("input_tokens_details", "cached_tokens"),
    ("prompt_cache_hit_tokens",),  # DeepSeek
    ("cache_read_input_tokens",),  # gateways before Anthropic
    ("cached_tokens",),  # Moonshot
)
_REASONING: Final = (
    ("completion_tokens_details", "reasoning_tokens"),
    ("output_tokens_details", "reasoning_tokens"),
    ("reasoning_tokens",),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens as counted by the server, never estimated; None for a count that it did not send.

    Attributes
    ----------
    prompt_tokens, completion_tokens, total_tokens : int or None
        The counts of the request, of the answer, and of both.
    cached_tokens : int or None
        How many of the prompt tokens the server had in its cache, which costs less.
    reasoning_tokens : int or None
        The tokens that were spent on reasoning: a part of those of the answer, unless the server counts them apart.
    raw : mapping
        The whole ``usage`` object, as the server sent it, without values that are no JSON or very long.
    """

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    total_tokens: int | None = None
    cached_tokens: int | None = None
    reasoning_tokens: int | None = None
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def counts_reasoning_apart(self) -> bool:
        """Whether the reasoning is not among the tokens of the answer (xAI), as the total shows."""
        parts = (self.prompt_tokens, self.completion_tokens, self.reasoning_tokens)
        known = [count for count in parts if count is not None]
        return len(known) == len(parts) and bool(self.reasoning_tokens) and self.total_tokens == sum(known)

    @property
    def written_tokens(self) -> int | None:
        """All tokens that the model wrote, its reasoning included; they are priced alike."""
        if self.completion_tokens is None or not self.counts_reasoning_apart:
            return self.completion_tokens
        return self.completion_tokens + (self.reasoning_tokens or 0)

    def __add__(self, other: Usage) -> Usage:
        """Return the sum of both; a count that one of them lacks is None."""
        pairs = {name: (getattr(self, name), getattr(other, name)) for name in _COUNTS}
        sums = {name: None if None in pair else sum(pair) for name, pair in pairs.items()}
        return Usage(**sums, raw={name: count for name, count in sums.items() if count is not None})


def usage_of(raw: Mapping[str, Any]) -> Usage:
    """Return the usage that a server sent; a count that is not a number of tokens is None.

    A part that is larger than what it is a part of is not believed.
    """
    prompt, completion, total = (_count(raw.get(name)) for name in _COUNTS[:3])
    usage = Usage(
        prompt_tokens=prompt,
        completion_tokens=completion,
        total_tokens=total,
        cached_tokens=_up_to(prompt, _largest(raw, _CACHED)),
        reasoning_tokens=_largest(raw, _REASONING),
        raw=_plain(raw),
    )
    if usage.reasoning_tokens is None or usage.counts_reasoning_apart:
        return usage
    return replace(usage, reasoning_tokens=_up_to(completion, usage.reasoning_tokens))


def _largest(raw: Mapping[str, Any], places: Iterable[tuple[str, ...]]) -> int | None:
    """Return the largest of the counts at several places, each a path of names; None if there is none."""
    return max((count for place in places if (count := _count_at(raw, place)) is not None), default=None)


def _count_at(raw: object, place: tuple[str, ...]) -> int | None:
    for name in place:
        raw = raw.get(name) if isinstance(raw, Mapping) else None
    return _count(raw)


def _up_to(whole: int | None, part: int | None) -> int | None:
    return None if part is not None and whole is not None and part > whole else part


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
