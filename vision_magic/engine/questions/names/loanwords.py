"""English words in Korean letters: "필터" is "filter", "런던" is London.

Hangul keeps the consonants of a loanword, and most of its vowels. Both words are put into classes of consonants that
Hangul does not tell apart (p and f, b and v, l and r); they are the same word if these and the first vowel agree.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from vision_magic.engine.questions import patterns as re

__all__ = ["is_loanword", "loanword_in", "original_in"]
from vision_magic.engine.questions.vocabulary.accents import folded

_LEADS: Final = ("K", "K", "N", "T", "T", "L", "M", "P", "P", "S", "S", "", "S", "S", "S", "K", "T", "P", "H")
_VOWELS: Final = (
    "a",
    "e",
    "-",
    "-",
    "u",
    "e",
    "-",
    "e",
    "o",
    "a",
    "e",
    "-",
    "-",
    "o",
    "a",
    "e",
    "i",
    "u",
    "",
    "-",
    "i",
)
"""Of each Korean vowel its class; the vowel that only parts consonants has none, and "-" is that of few loanwords."""

_ENDS: Final = {1: "K", 4: "N", 7: "T", 8: "L", 16: "M", 17: "P", 19: "T", 21: "N"}
_HANGUL: Final = re.compile("[\uac00-\ud7a3]+")


def loanword_in(text: str, words: str) -> re.Match[str] | None:
    """Return where an English word stands in a Korean text in Korean letters, at the beginning of a word."""
    for match in _HANGUL.finditer(text):
        for length in range(len(match[0]), 1, -1):
            if is_loanword(match[0][:length], words):
                return re.compile(re.escape(match[0][:length])).search(text, match.start())
    return None


_FEWEST: Final = 3
"""The consonants of a word in Latin letters that is looked for by its sound among all others of a question."""


def original_in(text: str, name: str) -> re.Match[str] | None:
    """Return where a word stands in Latin letters that a Korean name has as a loanword: "latte" of "라떼"."""
    for match in re.finditer(r"(?<![\w'’-])[A-Za-zÀ-ɏ]{5,}(?![\w'’-])", text):
        plain = folded(match[0])
        longer = plain.removesuffix("s"), plain.removesuffix("e"), plain
        heard = any(is_loanword(name, word) for word in longer if word.isascii())
        if heard and len(_sounds_of_korean(name)[0]) >= _FEWEST:
            return match
    return None


@lru_cache(maxsize=4096)
def is_loanword(korean: str, word: str) -> bool:
    """Return whether a Korean word is an English one as it is heard."""
    if not (_HANGUL.fullmatch(korean) and re.fullmatch("[A-Za-z]{3,}", word)):
        return False
    sounds, vowel = _sounds_of_korean(korean)
    known, first = _sounds_of_english(word.lower())
    return len(sounds) > 1 and sounds in known and (not vowel or vowel in _NEAR.get(first, vowel))


_NEAR: Final = {"a": "aeo", "e": "eiu", "i": "iy", "o": "oau", "u": "uao", "y": "iy"}
"""The classes of Korean vowels that may stand for an English one."""


def _sounds_of_korean(word: str) -> tuple[str, str]:
    """Return the consonants of a word and its first vowel, which is "y" in "라이", of "rider"."""
    sounds, first = "", ""
    for syllable, after in zip(word, f"{word[1:]} ", strict=True):
        number = ord(syllable) - 0xAC00
        lead, vowel, end = _LEADS[number // 588], _VOWELS[number % 588 // 28], _ENDS.get(number % 28, "")
        first = first or ("y" if vowel == "a" and not number % 28 and after == "이" else vowel)
        sounds += (lead if lead != "L" or not sounds.endswith("L!") else "") + end + "!" * (end == "L")
    return sounds.replace("!", ""), first


_SPELT: Final = (
    (r"tion|sion", "SN"),
    (r"ph", "P"),
    (r"sch|sh|th", "S"),
    (r"ck|qu|q", "K"),
    (r"c(?=[eiy])", "S"),
    (r"gh(?=t|$)", ""),
    (r"kn|gn(?=$)", "N"),
    (r"x", "KS"),
    (r"ng(?=$|[^aeiou])", "N"),
    (r"[pbfv]", "P"),
    (r"[td]", "T"),
    (r"[cgk]", "K"),
    (r"[szj]", "S"),
    (r"l", "L"),
    (r"m", "M"),
    (r"n", "N"),
    (r"(?<![a-zA-Z])h", "H"),
)


def _sounds_of_english(word: str) -> tuple[frozenset[str], str]:
    """Return the ways in which the consonants of a word may be heard, and its first vowel."""
    found: set[str] = set()
    for ch in ("S", "K"):
        for soft in (False, True):
            text = word.replace("tch", "S").replace("ch", ch)
            text = re.sub(r"^g(?=[ei])|g(?=e$)", "S", text) if soft else text
            for sounds, heard in _SPELT:
                text = re.sub(sounds, heard, text)
            silent = re.sub(r"r(?![aeiouy])|r(?=e$)", "", text)  # "sensor" is heard without its last letter
            single = (re.sub(r"([A-Zr])\1", r"\1", one).replace("r", "L") for one in (text, silent))
            found |= {re.sub("[^A-Z]", "", one) for one in single}
    vowel = re.search("[aeiouy]", word)
    return frozenset(found), vowel[0] if vowel is not None else ""
