"""Nouns that a question says once for two of their ordinals: "in the first half than in the second"."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language

__all__ = ["with_repeated_nouns"]

_ORDINALS: Final[dict[Language, str]] = {
    "de": r"(?:erste|zweite|dritte|vierte|fünfte|letzte)[nrsm]?",
    "fr": r"(?:premi[eè]re?|deuxième|seconde?|troisième|quatrième|cinquième|derni[eè]re?)",
    "es": r"(?:primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|últim[oa])",
}
_BETWEEN: Final[dict[Language, str]] = {
    "de": r"(?:als|oder|und|wie) (?:(?:im|in de[rmn]|am|an|das|die|der|dem|den) )?",
    "fr": r"(?:qu['’]|(?:que|ou|et) )(?:(?:à|pendant|dans|lors de) )?(?:au |à la |la |le |du |de la )?",
    "es": r"(?:que|o|y) (?:(?:en|durante) )?(?:el |la )?",
}
_NOUNS: Final[dict[Language, str]] = {
    "de": r"[A-ZÄÖÜ][\wäöüß]{2,}",
    "fr": r"[a-zà-ÿ]{3,}",
    "es": r"[a-zà-ÿ]{3,}",
}


def with_repeated_nouns(text: str, language: Language) -> str:
    """Return a question with the noun of the first ordinal behind the last one too.

    Parameters
    ----------
    text : str
        The question as it was written.
    language : Language
        Its language; in English, Korean and Chinese it needs no completion.
    """
    if language not in _ORDINALS:
        return text
    ordinal = _ORDINALS[language]
    first, last = rf"{ordinal} (?P<noun>{_NOUNS[language]})", rf"(?P<last>{_BETWEEN[language]}{ordinal})"
    found = re.search(rf"(?<!\w){first}\W(?:.*\W)?{last}(?=\W*$)", text)
    return text if found is None else f"{text[: found.end('last')]} {found['noun']}{text[found.end('last') :]}"
