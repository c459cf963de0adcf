"""A comparison that stands as a statement before a question: "Ada sold more than Ben. Did she earn more too?"."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.vocabulary.words import CONTEXT_WORDS, search

__all__ = ["question_behind_statement"]

_PARTS: Final = re.compile(
    r"(?P<said>[^?？]*[^\W\d_]{2,})(?:[.!] +|[。！] *)(?P<asked>[^?？.。]{6,}[?？]\W*|[^?？.。]{4,}[吗嗎]\W*)"
)
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
    found = _PARTS.fullmatch(text.strip())
    if found is None or search(CONTEXT_WORDS["asks"][language], language, found["said"].lower()) is not None:
        return ""
    return found["asked"] if re.search(_COMPARES[language], found["said"].lower()) is not None else ""
