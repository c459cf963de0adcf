"""Short representations of any value, for messages."""

from __future__ import annotations

import reprlib
from typing import Final

__all__ = ["short_repr"]

_LEVELS: Final = 3  # of nested values; deeper ones become …
_ITEMS: Final = 10


def short_repr(value: object, max_length: int = 80) -> str:
    """Return a representation on one line that never fails, for values that are huge, circular, or fail themselves."""
    try:
        text = " ".join(_shortener(max_length).repr(value).split())
    except Exception:  # the representation is the user's code
        text = f"a {type(value).__name__}"
    return text if len(text) <= max_length else text[: max_length - 1] + "…"


def _shortener(max_length: int) -> reprlib.Repr:
    made = reprlib.Repr()
    made.maxlevel = _LEVELS
    made.maxlist = made.maxtuple = made.maxset = made.maxdict = _ITEMS
    made.maxstring = made.maxother = max_length
    return made
