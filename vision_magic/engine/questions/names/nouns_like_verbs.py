"""Nouns that only begin as words of questions do: "chauffage" is heating, though "chauffer" is to become warmer."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.usual_names import EVERYDAY_NAMES
from vision_magic.engine.questions.vocabulary.words import CONTEXT_WORDS, OPERATION_WORDS, search

__all__ = ["is_noun_like_verb"]

_BEFORE: Final[dict[Language, str]] = {
    "en": r"\b(?:the|an?|our|their|its|my|your|of|for|in|on|to|by|with|many|than|and|or) $",
    "de": r"(?!)",
    "fr": r"(?:\b(?:l[ae]s?|une?|du|des?|aux?|en|par|que|et|ou|notre|leur|combien de) |\b[ldn]['’])$",
    "es": r"\b(?:el|l[ao]s?|una?|del?|al?|en|por|que|[yeou]|cuánt[oa]s?|nuestr[oa]s?|sus?) $",
}
"""What stands before a noun; a German one is known by its capital letter."""
_WILD: Final = re.compile(r"\\[wS](?:[*+?]|\{[^}]*\})*")
_OF_MEASURES: Final = re.compile(r"(?:durchschnitts|gesamt|höchst|mindest|mittel|spitzen)\w+", re.IGNORECASE)
"""German compounds whose first part says which of the values is asked for."""
_NAMES_TOO: Final[dict[Language, tuple[str, ...]]] = {"fr": ("finale", "finales")}
"""Nouns that are written as an adjective of questions: "la finale" of "Final"."""
_OF_NAMES: Final = ("duration", "day", "season", "time of day", "quarter", "period", "which thing", "picture")


def is_noun_like_verb(text: str, start: int, word: str, language: Language) -> bool:
    """Return whether a word stands as a noun that only begins as one by which questions say what they ask for.

    Parameters
    ----------
    text : str
        The question, with its capitals.
    start : int
        Where the word begins.
    word : str
        The word, in lower case.
    language : Language
        The language of the question.
    """
    if language not in _BEFORE or not _is_known_noun(word, language):
        return False
    if language == "de":
        return start > 0 and text[start].isupper()
    return re.search(_BEFORE[language], text[:start].lower()) is not None


@lru_cache(maxsize=1024)
def _is_known_noun(word: str, language: Language) -> bool:
    if word in _NAMES_TOO.get(language, ()):
        return True
    if word not in _words(language) or _OF_MEASURES.fullmatch(word):
        return False
    tables = [*OPERATION_WORDS.values(), *(words for name, words in CONTEXT_WORDS.items() if name not in _OF_NAMES)]
    if any(_is_whole(_WILD.sub("", words[language]), word, language) for words in tables):
        return False
    english = {one for row in EVERYDAY_NAMES if word in map(str.casefold, row[language]) for one in row["en"]}
    return "distance" not in english and not any(
        _is_whole(words["en"], one, "en") for one in english for words in tables
    )  # "Wachstum" is growth


def _is_whole(words: str, word: str, language: Language) -> bool:
    match = search(words, language, word)
    return match is not None and len(match[0]) == len(word)


@cache
def _words(language: Language) -> frozenset[str]:
    return frozenset(word.casefold() for row in EVERYDAY_NAMES for word in row[language] if len(word) > 3)
