"""Of how many a question asks whether something holds: of all, of none, of most, of just one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language

__all__ = ["Quantifier", "all_or_any", "holds_for", "in_plain_quantifiers"]

Quantifier = Literal["any", "all", "none", "most", "one"]

_PLAIN: Final[dict[Language, tuple[tuple[Quantifier, str, str], ...]]] = {
    "en": (
        ("most", r"(?<!at )(?<!the )\bmost\b(?= (?:of )?(?:the |them|[^\W\d_]{2,}s\b|people|children))", "all"),
        ("most", r"\b(?:more than half|the majority) of\b", "all of"),
        ("one", r"\b(?:only|just|exactly) one\b", "any"),
        ("none", r"\b(?:none|neither)\b(?= of)|(?:(?<=^did )|(?<=^do )|(?<=^does )|(?<=^have )|(?<=^has ))no\b", "any"),
        ("none", r"\b(?:nobody|no[- ]one)\b", "anyone"),
    ),
    "de": (
        ("most", r"\bdie meisten\b|\bdie mehrheit de[rs]\b|\bmehr als die hälfte de[rs]\b", "alle"),
        ("most", r"\bden meisten\b", "allen"),
        ("one", r"\b(?:nur|genau|bloß) (?=eine?[rsnm]?\b)", "irgend"),
        ("none", r"\bk(?=eine?[rsnm]?\b)", "irgend"),
        ("none", r"\bniemand\b", "jemand"),
    ),
    "fr": (
        ("most", r"\b(?:la plupart|la majorité|plus de la moitié) des\b", "toutes les"),
        ("one", r"\b(?P<one>une?) seule?\b(?! fois)|\b(?:seulement|exactement) (?P<only>une?)\b", r"\g<one>\g<only>"),
        ("none", r"\bauc(?=une?\b)", ""),
    ),
    "es": (
        ("most", r"\b(?:la mayoría|la mayor parte|más de la mitad) de l[oa]s\b", "todas las"),
        ("one", r"\b(?:s[oó]lo|solamente|exactamente|únicamente) (?P<un>una?)\b(?! vez)", "alg\\g<un>"),
        ("none", r"\bning(?=una?\b|ún\b)", "alg"),
    ),
    "ko": (("most", r"(?:대부분|대다수|절반 ?이상)의? ?", "모든 "),),
    "zh": (("most", r"(?:大多数|大部分|多数)的?", "所有"),),
}
"""Words for how many, with the plain ones in their place, which every rule knows."""
_ALL: Final[dict[Language, str]] = {
    "en": r"(?<!at )(?<!in )(?<!not )(?<!after )\ball\b|(?<=\bin )all\b(?! all\b|\W*$)|"
    r"\b(?:every|each|everyone|everybody|both)\b",
    "de": r"(?<!nicht )\b(?:alle[rnsm]?|sämtliche\w*|jede[rsmn]?|beide[rn]?)\b(?<!vor allem)",
    "fr": r"(?<!pas )\b(?:tous|toutes|chacune?|chaque|les deux)\b",
    "es": r"(?<!no )\b(?:tod[ao]s|cada|amb[ao]s)\b",
    "ko": r"모든|모두|전부|둘 ?다|각각|(?<!보)다 (?=\S*(?:넘|이상|이하|낮|높|많|적))",
    "zh": r"(?<!不是)(?:所有|全部|全都|每)|(?<![哪谁])都(?!没|不)",
}


def in_plain_quantifiers(text: str, language: Language) -> tuple[str, Quantifier]:
    """Return a question with "all" or "any" for what says otherwise of how many, and of how many that is.

    Parameters
    ----------
    text : str
        The question as it was written.
    language : Language
        Its language.
    """
    for quantifier, words, plain in _PLAIN[language]:
        if re.search(words, text, re.IGNORECASE):
            return re.sub(words, plain, text, flags=re.IGNORECASE), quantifier
    return text, "any"


def all_or_any(text: str, language: Language) -> Quantifier:
    """Return whether a question for yes or no asks of all of several; of any where it does not say."""
    return "all" if re.search(_ALL[language], text, re.IGNORECASE) else "any"


def holds_for(quantifier: Quantifier, held: Sequence[bool]) -> bool:
    """Return whether something that holds or does not for each of several does for as many as asked."""
    count = sum(held)
    return {
        "any": count > 0,
        "all": count == len(held),
        "none": count == 0,
        "most": count > len(held) / 2,
        "one": count == 1,
    }[quantifier]
