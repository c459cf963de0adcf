"""Log probabilities of tokens, as servers send them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

__all__ = ["token_of"]


def token_of(token: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the log probability of a token with values of the right types; what has another type is left out."""
    right = {name: value for name, value in token.items() if name in _TOKEN and _TOKEN[name](value)}
    if "top_logprobs" in right:
        others = [
            {k: v for k, v in one.items() if k in _TOKEN} for one in right["top_logprobs"] if isinstance(one, dict)
        ]
        right["top_logprobs"] = [{k: v for k, v in one.items() if _TOKEN[k](v)} for one in others]
    return right


def _is_number(value: object) -> bool:
    return type(value) in (int, float) and -1e9 < value < 1e9  # type: ignore[operator]  # and no NaN


def _is_bytes(value: object) -> bool:
    return value is None or (isinstance(value, list) and all(type(one) is int and 0 <= one < 256 for one in value))


_TOKEN: Final[Mapping[str, Callable[[Any], bool]]] = {
    "token": lambda value: isinstance(value, str),
    "logprob": _is_number,
    "bytes": _is_bytes,
    "top_logprobs": lambda value: isinstance(value, list),
}
