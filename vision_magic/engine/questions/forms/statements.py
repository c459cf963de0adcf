"""A comparison that stands as a statement before a question: "Ada sold more than Ben. Did she earn more too?"."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.vocabulary.words import CONTEXT_WORDS, search

__all__ = ["question_behind_statement"]

_END: Final = re.compile(r"[.!] +|[。！] *")
"""The end of a sentence, before another one."""
_ASKS: Final = ("?", "？", "吗", "嗎")
_SHORTEST: Final = 4
"""Letters of a question."""
_COMPARES: Final[dict[Language, str]] = {
    "en": r"\b(?:\w+er|more|less|worse|fewer)\b.*\bthan\b",
    "de": r"\b(?:\w+er\w*|mehr|weniger)\b.*\bals\b",
    "fr": r"\b(?:plus|moins|meilleur\w*|mieux|pire)\b.*\bqu(?:e\b|['’])",
    "es": r"\b(?:más|menos|mayor|menor|mejor|peor)\b.*\bque\b",
    "ko": "보다",
    "zh": "比",
}


def question_behind_statement(text: str, language: Language) -> str:
    """Return the question behind a statement that compares; empty if there is no such statement.

    Parameters
    ----------
    text : str
        The question as it was written.
    language : Language
        Its language.
    """
    last = max((match.span() for match in _END.finditer(text.strip())), default=(0, 0))
    said, asked = text.strip()[: last[0]], text.strip()[last[1] :]
    plain = said[-2:].isalpha() and not any(mark in said for mark in _ASKS[:2])
    if not plain or len(asked) < _SHORTEST or not asked.rstrip(" )\"'»”“").endswith(_ASKS):
        return ""
    if search(CONTEXT_WORDS["asks"][language], language, said.lower()) is not None:
        return ""
    return asked if re.search(_COMPARES[language], said.lower()) is not None else ""
