"""Negations of a limit, which turn it round: "the target was not reached", "has never exceeded 90"."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language

__all__ = ["denies", "without_denial"]

_NOT: Final[dict[Language, str]] = {
    "en": "(?!)",  # see `everyday`
    "de": r"\b(?:nicht|nie|niemals|kein\w*)\b(?! mehr als)",
    "fr": r"\bn(?:e\b|['’]).{1,40}\b(?:pas|jamais|aucun\w*|plus)\b",
    "es": r"(?<!\bo )\b(?:no|nunca|jamás|ninguna? vez)\b",
    "ko": r"",
    "zh": r"",
}
_RIGHT_AFTER: Final = re.compile(r"[은는]?지(?:도|는)? ?(?:못|않)|(?:적|때|달|날|해)[이은도]? ?없")
_RIGHT_BEFORE: Final = re.compile(r"(?:(?<!有)没有?|未曾?|从未|不曾|不)(?:能|曾)?$")
_OR_NOT: Final = re.compile(r"\b(?:oder nicht|ou non|ou pas|o no)\b")


def denies(text: str, limit: re.Match[str], language: Language) -> bool:
    """Return whether a question in lower case denies a limit that was found in it.

    A negation within the words of the limit, such as "no llega a 50", is a part of these.
    """
    before, after = text[: limit.start()], text[limit.end() :]
    if language == "ko":
        return (
            _RIGHT_AFTER.match(after) is not None
            or re.search(r"(?:못|안) ?(?:넘|채우|도달|미치)", limit[0]) is not None
        )
    if language == "zh":
        return _RIGHT_BEFORE.search(before) is not None
    if re.search(r"\b(?:sin|sans)\s*$", before):
        return True
    inside = limit[0] if language in ("de", "fr") else " \ue3ff "  # Spanish limits may hold a negation of their own
    return re.search(_NOT[language], _OR_NOT.sub(" ", f"{before}{inside}{after}")) is not None


def without_denial(text: str, language: Language) -> str:
    """Return a question without the Korean words that deny a limit, which was turned round."""
    return re.sub(r"[은는]?지(?:도|는)? ?(?:못|않)[가-힣]*", " ", text) if language == "ko" else text
