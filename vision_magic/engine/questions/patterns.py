"""Regular expressions that are built of parts and needed for every question, compiled once.

The cache of `re` holds 512 patterns, fewer than one question needs, so that most were compiled again each time.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["compiled"]


@lru_cache(maxsize=2048)
def compiled(pattern: str, *, ignore_case: bool = False) -> re.Pattern[str]:
    """Return a compiled pattern."""
    return re.compile(pattern, re.IGNORECASE if ignore_case else 0)
