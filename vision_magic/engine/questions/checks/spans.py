"""The words of a question that stand in what the reader understood of it, such as "below" in "is below"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.vocabulary.accents import folded
from vision_magic.engine.questions.vocabulary.words import CONTEXT_WORDS, OPERATION_WORDS, search

__all__ = ["words_taken", "words_understood"]


@lru_cache(maxsize=64)
def words_understood(text: str, language: Language) -> frozenset[str]:
    """Return the words of a question in lower case that are written out in a pattern that it matches."""
    return frozenset(_in_patterns(text, language))


def _in_patterns(text: str, language: Language) -> Iterator[str]:
    context = (words for name, words in CONTEXT_WORDS.items() if name != "picture")
    operations = (words for name, words in OPERATION_WORDS.items() if name != "cannot")
    for words in (*operations, *context):
        match = search(words[language], language, text)
        if match is None:
            continue
        literal = folded(re.sub(r"\\[a-zA-Z]", " ", words[language]))
        for word in re.findall(r"[^\W\d_]{3,}", match[0]):
            if re.search(rf"(?<![^\W\d_]){re.escape(folded(word)[: max(4, len(word) - 2)])}", literal):
                yield word


def words_taken(written: str, left: str) -> frozenset[str]:
    """Return the words of a question that are no longer in it after its limits and its idioms were read."""
    words, others = (set(re.findall(r"[^\W\d_]{3,}", text.lower())) for text in (written, left))
    return frozenset(words - others)
