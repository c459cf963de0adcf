"""Korean particles, whose form follows from the last syllable before them, and verbs for one or for several."""

from __future__ import annotations

import unicodedata
from typing import Final

from vision_magic.engine.questions import patterns as re

__all__ = ["Noun"]

# Digits by how they end when they are read: 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구.
_CLOSED_DIGITS: Final = frozenset("013678")
_CLOSED_ENDS: Final = re.compile(r"(?:[lmn]|ng|[aeiou][bckpt])$", re.IGNORECASE)
_CLOSED_LETTERS: Final = frozenset("LMNR")


class Noun(str):
    """A text with what fits to it in formats.

    ``{name:은는}`` adds the particle that fits, ``{name:-은는}`` is the particle alone, and ``{count:is|are}`` the verb
    for one or for several.
    """

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        """Return the text with a particle, or as it is; or the verb that fits."""
        if not spec:
            return str(self)
        if "|" in spec:
            one, several = spec.split("|")
            return one if self == "1" else several
        after_vowel, after_consonant = spec[-1], spec[-2]
        if spec.endswith("와과"):
            after_vowel, after_consonant = "와", "과"
        particle = after_consonant if _ends_in_consonant(self) else after_vowel
        return particle if spec.startswith("-") else f"{self}{particle}"


def _ends_in_consonant(text: str) -> bool:
    words = re.sub(r"\([^()]*\)\s*[”’\"']?$", "", text[-80:])
    last = next((character for character in reversed(words) if character.isalnum()), "")
    if "가" <= last <= "힣":
        return (ord(last) - ord("가")) % 28 > 0
    if last.isdigit():
        return unicodedata.normalize("NFKC", last) in _CLOSED_DIGITS
    word = re.search(r"([A-Za-z]+)[^A-Za-z]*$", words)
    if word is None:
        return False
    return word[1] in _CLOSED_LETTERS if len(word[1]) == 1 else _CLOSED_ENDS.search(word[1]) is not None
