"""Suggestions for misspelled names."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

__all__ = ["near_miss"]


def near_miss(name: str, known: Iterable[str]) -> str:
    """Return ``" (did you mean 'fig'?)"`` if a known name is similar to `name`, otherwise an empty string."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""
