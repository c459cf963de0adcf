"""English questions in the words that the rules read."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["plain_spoken"]

_SPOKEN: Final = (
    (r"\bexceed(?:s|ed|ing)?\b|\b(?:go|goes|went|rose|climbed|got) (?:above|over|past)\b", "above"),
    (
        r"\b(?:miss(?:es|ed)?|f[ae]ll(?:s)? short of|fell under|stay(?:s|ed)? (?:below|under))\b"
        r"(?= (?:the|our|its|N|\d))",
        "below",
    ),
    (r"\bas opposed to\b|\brather than\b|\bin comparison (?:to|with)\b|\bcompared (?:to|with)\b", "versus"),
    (
        r"\bexcluding the\b|\bif (?:we|you|i) (?:exclude|ignore|leave out|remove|drop|omit)\b|"
        r"\b(?:ignoring|disregarding|other than)\b",
        "excluding",
    ),
    (r"\bhow come\b", "why"),
    (r"\bwhats\b|\bwhat['’]s\b", "what is"),
    (r"\bhows\b", "how is"),
    (r"\bwheres\b", "where is"),
    (r"\bmore than (?:twice|double)\b", "twice"),
)
"""Other words for what the rules read."""


_ORDINALS: Final = (
    r"(?:first|second|third|fourth|last) (?P<noun>week|half|quarter)\b(?=.*\bthan\b).*\bthan (?:in |during |for )?the "
    r"(?:first|second|third|fourth|last)(?! (?:week|half|quarter))\b"
)
"""The second half "than the first", which is a half as well."""


def plain_spoken(text: str) -> str:
    """Return an English question with the words that the rules read in the place of others for the same."""
    text = re.sub(_ORDINALS, r"\g<0> \g<noun>", text, flags=re.IGNORECASE)
    for words, plain in _SPOKEN:
        text = re.sub(words, plain, text, flags=re.IGNORECASE)
    return text
