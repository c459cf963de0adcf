"""Accents that a question leaves out: "temperature mediane", "cuanto", "groesste"."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["folded", "without_accents"]

_TELLING: Final = frozenset(("où", "à", "dès", "dû", "qué", "él", "sí", "está", "cómo", "sólo", "añ"))
"""Words that are others without their accent."""

_SPELT: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}

_PART: Final = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|\(\?<[=!](?:\\.|[^()])*\)|[^\W\d_]+|.", re.DOTALL)
"""A letter with a backslash, a set of letters, a look behind, a run of letters, or any other character."""


@lru_cache(maxsize=2048)
def without_accents(pattern: str) -> str:
    """Return a regular expression that matches its words with and without their accents as well."""
    return "".join(_with_plain_letters(part) for part in _PART.findall(pattern))


def _with_plain_letters(part: str) -> str:
    if part.isascii() or part in _TELLING or part[0] in "\\(":
        return part
    if part[0] == "[":
        return f"{part[:-1]}{''.join(letter for letter in folded(part) if letter.isalpha() and letter not in part)}]"
    return "".join(_either(letter) for letter in part)


def _either(letter: str) -> str:
    if letter in _SPELT:
        return f"(?:{letter}|{_SPELT[letter]})"
    plain = folded(letter)
    return f"[{letter}{plain}]" if plain != letter and len(plain) == 1 else letter


@lru_cache(maxsize=4096)  # a question is compared with the same words of charts again and again
def folded(text: str) -> str:
    """Return a text in lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", plain)  # the syllables of Korean are letters of their own
