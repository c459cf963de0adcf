"""Values of one quantity at the place where another passes a limit: "what was the loss when accuracy reached 70 %?"."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language

__all__ = ["CONDITIONS", "value_when"]

CONDITIONS: Final[dict[Language, str]] = {
    "en": r"\b(?:when|whenever|if|as|once|while)\b",
    "de": r"\b(?:wenn|sobald|falls)\b",
    "fr": r"\b(?:quand\b|lorsqu(?:e\b|')|si\b|à mesure qu(?:e\b|')|au fur et à mesure qu(?:e\b|'))",
    "es": r"\b(?:cuando|si|a medida que|conforme|según)\b",
    "ko": r"(?<=[가-힣])면(?=[ ,])|(?<=[할질]) ?때|(?<=[가-힣])수록|에 ?따라",
    "zh": r"的?时候?[,,]?|后[,,]|之后[,,]?|[,,]",
}
"""What stands between a condition and what is asked, or before the condition."""
_WHEN: Final[dict[Language, str]] = {
    "en": r"(?:by the time|when|once|as soon as|the (?:first )?(?:moment|time)|"
    r"at the (?:point|moment|time|\w+) (?:when|where|that|at which|in which))",
    "de": r"(?:als|sobald|wenn|nachdem)",
    "fr": r"(?:quand|lorsqu(?:e|['’])|dès qu(?:e|['’])|au moment où|une fois qu(?:e|['’])|le jour où|à l['’]\w+ où)",
}
_ASKS: Final[dict[Language, str]] = {
    "en": r"(?:and |so )?(?:what|how (?:much|many|high|low|big|large|small|good|bad|warm|cold|hot|far|fast|strong))\b",
    "de": r"(?:und )?(?:wie (?:viele?|hoch|niedrig|tief|groß|klein|gut|schlecht|warm|kalt|stark|schnell)|"
    r"was|welchen? )",
    "fr": r"(?:et )?(?:quel(?:le)?s? |combien|à combien|de combien|que val|où en)",
}
_WHEN_ASKED: Final[dict[Language, str]] = {"en": "when did", "de": "wann", "fr": "quand"}


def value_when(text: str, language: Language) -> tuple[str, str] | None:
    """Return the question for the place, and that for the value there; None if a question has no such two parts."""
    if language not in _WHEN:
        return None
    asked, when = _ASKS[language], _WHEN[language]
    joint = ", " if language == "de" else r",? "  # without a comma, "als" compares
    last = rf"\W*(?P<main>{asked}.{{3,80}}?){joint}{when}(?<=[\w'’]) ?(?P<at>.{{5,}})"
    first = rf"\W*{when}(?<=[\w'’]) ?(?P<at>[^,]{{5,80}}), (?P<main>{asked}.+)"
    match = re.fullmatch(last, text, re.IGNORECASE) or re.fullmatch(first, text, re.IGNORECASE)
    if match is None:
        return None
    return f"{_WHEN_ASKED[language]} {match['at'].strip(' ?.')}?", f"{match['main'].strip()}?"
