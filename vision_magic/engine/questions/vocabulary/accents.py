"""Accents that a question leaves out: "temperature mediane", "cuanto", "groesste"."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["folded", "may_have", "without_accents"]

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


def may_have(text: str, words: str) -> bool:
    """Return quickly whether words could be in a text, in capitals or without their accents.

    A pattern of words that cannot be there need not be compiled, which takes a hundred times as long.
    """
    known = _plain_letters(text)
    return all(run in known for run in _runs_of(words))


@lru_cache(maxsize=64)
def _plain_letters(text: str) -> str:
    """Return a text in which what a pattern takes for a plain letter, whatever its case, is that letter: ı for i."""
    return text.casefold().replace("ı", "i").replace("\u0307", "")


@lru_cache(maxsize=4096)
def _runs_of(words: str) -> tuple[str, ...]:
    """Return the runs of plain letters and figures in words, of which accents may be left out."""
    return tuple(re.findall(r"[a-z0-9]+", words.casefold()))


@lru_cache(maxsize=4096)  # a question is compared with the same words of charts again and again
def folded(text: str) -> str:
    """Return a text in lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", plain)  # the syllables of Korean are letters of their own
