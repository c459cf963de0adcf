"""Steps from one place to the next, said in more words than are needed.

"Between which two weeks in a row did it jump most", "from which month to which month did it grow most" and "which day
rose most over the day before" ask for the two neighbouring places between which values change most. This is what
"between which two weeks", and "which day rose most", mean by themselves.
"""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.topics.place_before import BEFORE
from vision_magic.engine.questions.vocabulary.words import CONTEXT_WORDS, OPERATION_WORDS, search

__all__ = ["without_neighbours"]

_PERIODS: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "year": "years?",
        "month": "months?",
        "week": "weeks?",
        "day": "days?",
        "quarter": "quarters?",
        "hour": "hours?",
        "season": "seasons?|winters?|summers?",
    },
    "de": {
        "year": r"\w*jahr(?:e[ns]?|s)?",
        "month": r"\w*monat(?:e[ns]?|s)?",
        "week": r"\w*wochen?",
        "day": r"\w*tag(?:e[ns]?|s)?",
        "quarter": r"\w*quartal(?:e[ns]?|s)?",
        "hour": r"stunden?",
        "season": r"saisons?|winter\w?|sommer\w?",
    },
    "fr": {
        "year": "ans?|années?",
        "month": "mois",
        "week": "semaines?",
        "day": "jours?|journées?|veille",
        "quarter": "trimestres?",
        "hour": "heures?",
        "season": "saisons?|hivers?|étés?",
    },
    "es": {
        "year": "años?",
        "month": "mes(?:es)?",
        "week": "semanas?",
        "day": "días?|víspera",
        "quarter": "trimestres?",
        "hour": "horas?",
        "season": "temporadas?|inviernos?|veranos?",
    },
    "ko": {"year": "년|해", "month": "달|월", "week": "주", "day": "날|일", "quarter": "분기", "hour": "시간?"},
    "zh": {"year": "年", "month": "月", "week": "周|星期", "day": "天|日", "quarter": "季度?", "hour": "小时|点"},
}
_IN_A_ROW: Final[dict[Language, tuple[str, str]]] = {
    "en": (
        r"(?:directly )?(?:consecutive|successive|adjacent|neighbou?ring|back-to-back) ",
        r" (?:in a row|in succession|next to each other)\b",
    ),
    "de": (r"(?:direkt |unmittelbar )?(?:aufeinander ?folgend|benachbart)\w* ", r" (?:hintereinander|in folge)\b"),
    "fr": (
        "(?!)",
        r" (?:consécuti(?:f|ve)s?|successi(?:f|ve)s?|voisine?s?|de suite|qui se suivent|d['’]affilée)(?!\w)",
    ),
    "es": ("(?!)", r" (?:consecutiv|seguid|sucesiv|contigu)[oa]s\b"),
    "ko": (r"(?:연속(?:된|하는|한)?|연이은|이웃한|이웃하는|인접한|붙어 ?있는) ?", "(?!)"),
    "zh": (r"(?:连续|相邻|挨着|相连)的?", "(?!)"),
}
"""What says of places that they follow each other, before and after them."""
_FROM_WHICH: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "en": (
        (
            r"\bfrom (?:which|what) (?:P )?to (?:(?:which|what)(?: other)? )?(?P<noun>P)(?! before)",
            r"between which \g<noun>",
        ),
    ),
    "de": (
        (
            r"\bvo[nm] welche[mr] (?:P )?(?:auf|zu[mr]?|bis(?: zu[mr]?)?|in) welche\w? (?P<noun>P)",
            r"zwischen welchen \g<noun>",
        ),
    ),
    "fr": (
        (
            r"\b(?:de|depuis) quel(?:le)? (?P<noun>P) (?:à|jusqu['’]à) quel(?:le)? (?:P|autre)(?! ?plus)",
            r"entre quels \g<noun>",
        ),
    ),
    "es": (
        (
            r"(?:\bde|\bdesde) (?:qué|cuál) (?P<noun>P) (?:a|hasta) (?:qué|cuál)(?: otr[oa])?(?: P)?",
            r"entre qué \g<noun>",
        ),
        (
            r"(?:\ben )?qué (?P<noun>P)(?= (?:se )?(?:sub|baj|cre[cs]|ca[eyí]|aument|disminu|descend|cambi)\w* más\b"
            r"(?! (?:alt|baj|rápid|lent|de))(?!.*\bo\b))",
            r"entre qué \g<noun>",
        ),
    ),
    "ko": (),
    "zh": (("哪一(?P<noun>[天日])", r"哪\g<noun>"),),
}
"""Both ends of a step, each with a question word; in Spanish, also the place where it ends."""
_BETWEEN: Final[dict[Language, str]] = {
    "en": r"\bbetween (?:which|what)\b|\b(?:which|what) (?:two|pair)\b",
    "de": r"\bzwischen welche[nr]\b|\bwelche (?:zwei|beiden)\b",
    "fr": r"\bentre quel(?:le)?s?\b|\bquel(?:le)?s (?:deux|sont les deux)\b",
    "es": r"\bentre (?:qué|cuáles)\b|(?:qué|cuáles) (?:son l[oa]s )?dos\b",
    "ko": r"사이|두 ?(?:달|주|날|해|분기)|(?:에서|부터) ?(?:어느|몇|무슨)",
    "zh": r"两个?[年月周天日星季]|之间",
}
_WHICH: Final[dict[Language, str]] = {
    "en": r"\b(?:which|what) (?P<noun>P)\b",
    "de": r"\bwelche[mnrs]? (?P<noun>P)\b",
    "fr": r"\bquel(?:le)?s? (?P<noun>P)\b",
    "es": r"(?:\bqué|\bcuál fue (?:el|la)) (?P<noun>P)\b",
    "ko": r"(?:어느|어떤|무슨|몇) ?(?P<noun>P)|[가-힣] (?P<other>P)[은는이]",
    "zh": r"(?:哪|几)一?个?(?P<noun>P)",
}
_COMPARED: Final[dict[Language, str]] = {
    "en": r"(?:as )?(?:compared|relative|in comparison|measured) (?=to|with|against)",
    "de": r"(?:verglichen|im vergleich) (?=mit|zu)",
    "fr": r"(?:comparée? |en comparaison )(?=à)",
    "es": r"(?:en comparación|comparado|con) (?=con|respecto)",
    "ko": "(?!)",
    "zh": r"相?(?=比|较)",
}
"""What may stand before "with the day before"."""
_CHANGES: Final[dict[Language, str]] = {
    "en": r"\b(?:jump|leap|surg|soar|plung|plummet|slump|chang|increas|gain|loss|growth|swing|spik|tumbl)\w*",
    "de": r"\b(?:sprang|sprung|gesprungen|stürzt\w*|änder\w+|veränder\w+|anstieg|ansteig|einbruch|stieg|fiel)",
    "fr": r"\b(?:bondi\w*|bond|saut\w*|chang\w+|vari\w+|hausse|chute\w*|perdu\w*|gagn\w+)",
    "es": r"\b(?:salt\w+|cambi\w+|vari\w+|dispar\w+|desplom\w+|subi\w+|baj\w+)",
    "ko": r"뛰|변화|변했|바뀌|급증|급감|떨어|빠[졌진지]",
    "zh": r"变化|变动|跳|涨|跌|升|降|增|减",
}
"""Changes beside those of the words for "up" and "down"."""
_MOST: Final[dict[Language, str]] = {"es": r"más|mayor(?:es)?", "zh": "最[多大快猛]|最厉害|最明显"}
"""Words for the most of a change, where they are not those for the highest value."""


def without_neighbours(text: str, language: Language) -> str:
    """Return a question for the largest step without the words that say that its ends are neighbours.

    Parameters
    ----------
    text : str
        The question, as it was written.
    language : Language
        Its language.
    """
    lowered = text.lower()
    if not _is_of_largest_change(lowered, language):
        return text
    for pattern, plain in _FROM_WHICH[language]:
        text = re.sub(_with_periods(pattern, language), plain, text, flags=re.IGNORECASE)
    if re.search(_BETWEEN[language], text.lower()) is not None:
        text = _without_row(text, language)
    lowered = text.lower()
    before = re.search(rf"(?:{_COMPARED[language]})?(?:{BEFORE[language]})(?:相比)?", lowered)
    which = re.search(_with_periods(_WHICH[language], language), lowered)
    if before is None or which is None or _period(which[0], language) != _period(before[0], language):
        return text
    if len(lowered) != len(text):
        return text
    space = "" if language == "zh" else " "
    return f"{text[: before.start()].rstrip()}{space}{text[before.end() :].lstrip()}".strip()


def _without_row(text: str, language: Language) -> str:
    """Return a question without "consecutive" before, or "in a row" after, the places that it says this of."""
    before, after = _IN_A_ROW[language]
    start = "" if language in ("ko", "zh") else r"\b"
    text = re.sub(f"{start}{before}", "", text, flags=re.IGNORECASE)
    return re.sub(rf"(?<=\w){after}", "", text, flags=re.IGNORECASE)


def _is_of_largest_change(text: str, language: Language) -> bool:
    """Return whether a question has a word for a change, and one for the most."""
    sides = (search(CONTEXT_WORDS[side][language], language, text) for side in ("up", "down"))
    changes = any(sides) or re.search(_CHANGES[language], text) is not None
    most = _MOST.get(language, OPERATION_WORDS["maximum"][language])
    return changes and search(most, language, text) is not None


def _with_periods(pattern: str, language: Language) -> str:
    words = f"(?:{'|'.join(_PERIODS[language].values())})"
    return re.sub(r"P(?!<)", lambda _: words, pattern)


def _period(text: str, language: Language) -> str:
    """Return the last period that a phrase speaks of; empty if it speaks of none."""
    ends = r"(?!\w)" if language not in ("ko", "zh") else ""
    starts = r"(?<!\w)" if language not in ("ko", "zh") else ""
    found = [
        (match.start(), period)
        for period, words in _PERIODS[language].items()
        for match in re.finditer(f"{starts}(?:{words}){ends}", text)
    ]
    return max(found, default=(0, ""))[1]
