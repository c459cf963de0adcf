"""Levels of detail at which a model reads an image."""

from __future__ import annotations

import re
from typing import Any, Final

from vision_magic.naming import near_miss

__all__ = ["DETAILS", "detail_expected", "is_known"]

DETAILS: Final = ("auto", "low", "high", "original")
"""The levels of OpenAI; ``original`` since GPT-5.4."""

_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,31}")


def is_known(detail: str) -> bool:
    """Whether a level is one of `DETAILS`; servers may have others."""
    return detail in DETAILS


def detail_expected(value: Any) -> str | None:
    """Return what was expected in place of a value; None for a level that can be sent.

    That is a known level or another word that a server may know, unless it is a misspelled known one. A word with a
    known level inside, such as ``xhigh``, is not.
    """
    expected = f"one of {', '.join(DETAILS)}, or another level that the server has"
    if not isinstance(value, str) or not _WORD.fullmatch(value):
        return expected
    if any(level in value for level in DETAILS):
        return None
    hint = near_miss(value.lower(), DETAILS)
    return f"{expected}{hint}" if hint else None
