"""Names with numbers that a question says by an ordinal: "the third floor" for "3rd floor", "quinto" for "5.º".

An ordinal stands for a name before the noun of it, or where it can be no rank: "al segundo", "in der fünften". Korean
and Chinese questions may write the number as a word: "삼층" is "3층", and "三楼" is "3楼".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import LANGUAGES, Language
from vision_magic.engine.questions.places.places_in_words import NOT_RANKED, ORDINALS, RANKED

__all__ = ["find_undrawn", "with_noun_of_both", "with_ordinals_as_names"]

_NUMBERED: Final = re.compile(
    r"(?P<before>[^\W\d_]+ )?(?P<number>\d{1,2})(?P<mark>\.?[ºª°]|st|nd|rd|th|\.|er|re|e|ème|ᵉ|)"
    r"(?P<after> ?[^\W\d_][^\d]*)?"
)
_FAMILIES: Final[tuple[dict[Language, str], ...]] = (
    {
        "en": "floors?|stor(?:e?y|ies|eys)",
        "de": r"stock|stockwerke?s?|etagen?|obergeschoss\w*",
        "fr": "étages?",
        "es": "plantas?|pisos?",
        "ko": "층",
        "zh": "楼层?|层",
    },
    {
        "en": "grades?|graders?|year groups?",
        "de": r"klassen?|klässler\w*|jahrgangs?(?:stufen?)?|schuljahre?s?",
        "fr": "classes?|années?",
        "es": "cursos?|grados?|clases?",
        "ko": "학년",
        "zh": "年级",
    },
    {
        "en": "rounds?|laps?|heats?",
        "de": r"runden?|durchg[aä]ng\w*|läufe?",
        "fr": "manches?|tours?|rounds?",
        "es": "rondas?|vueltas?|mangas?|rounds?",
        "ko": "라운드",
        "zh": "轮",
    },
    {"en": "groups?", "de": "gruppen?", "fr": "groupes?", "es": "grupos?", "ko": "반", "zh": "班"},
)
"""Nouns of what is numbered, in each language."""
_BETWEEN: Final = (
    r"(?:,|and|or|than|to|until|through|versus|vs\.?|und|oder|als|bis|zum|et|ou|que|jusqu['’]|au|y|o|hasta|al)"
    r"(?: ?(?:on|in|at|from|the|im|am|der|dem|den|die|das|vom|au|à|du|le|la|el|en|los|las|de|del|a|al|zum|bis)\b){0,3}"
)
"""What stands between two ordinals of which the second one has the noun: "the second and the fourth floor"."""
_ALONE: Final[dict[Language, str]] = {
    "en": r"\b(?:on|from) the (?P<ordinal>{})(?=\W*$|[,;]| (?:than|and|or|in|as)\b)",
    "de": r"(?<!\w)(?:im|in der|aus der|aus dem|vom|von der) (?P<ordinal>{})(?=\W*$|[,;]| (?:als|und|oder|im|in|am)\b)",
    "fr": r"(?<!\w)(?:au|du|en|les|des|aux) (?P<ordinal>{})s?(?=\W*$|[,;]| (?:que|qu['’]|et|ou|en|au|à)\b)",
    "es": r"(?<!\w)(?:al|del|en|en el|en la|para el|de|los de|l[ao]s alumn[oa]s de|que|sac[oó]|ley[oó]|tuvo|hizo|"
    r"(?:más|menos) [^\W\d_]+) (?P<ordinal>{})"
    r"(?=\W*$|[,;]| (?:que|y|o|en|de|más que|menos que)\b)",
}
"""Where an ordinal without a noun is a name, and no rank."""
_ANOTHER: Final = (
    r"(?<!\w)(?:die|der|dem|den|das|la|el|le|les|los|the) (?P<ordinal>{})"
    r"(?=\W*$|[,;]| (?:im|in|am|on|en|au|dans|als|than|que|y|und|and|et)\b)"
)
"""Where an ordinal is a name beside another one: "did the third floor have more than the fourth?"."""
_HAN: Final = "一二三四五六七八九十"
_HANGUL: Final = "일이삼사오육칠팔구십"


def with_ordinals_as_names(text: str, names: Sequence[str], labels: str, language: Language) -> str:
    """Return a question with the names for which its ordinals stand.

    Parameters
    ----------
    text : str
        The question.
    names : sequence of str
        The names of series and of categories.
    labels : str
        The titles and the labels of axes.
    language : Language
        Its language.
    """
    replaced = _with_numerals if language in ("ko", "zh") else _with_ordinals
    for numbers, nouns in _kinds(names, labels, language):
        text = replaced(text, numbers, nouns, language)
    return text


_QUARTERS: Final[dict[Language, str]] = {
    "en": "quarters?",
    "de": r"quartale?s?",
    "fr": "trimestres?",
    "es": "trimestres?",
}


def with_noun_of_both(text: str, language: Language) -> str:
    """Return a question with "the first quarter and the third quarter" for "the first and the third quarter"."""
    if language not in _QUARTERS:
        return text
    ordinals = "|".join(ORDINALS[language].split()[:4])
    noun = rf"(?P<noun>{_QUARTERS[language]})(?!\w)"
    shared = rf"(?<!\w)(?P<first>{ordinals})(?P<between>,? {_BETWEEN} )(?P<second>{ordinals}) {noun}"
    for _ in range(2):
        text = re.sub(shared, r"\g<first> \g<noun>\g<between>\g<second> \g<noun>", text, flags=re.IGNORECASE)
    than = rf"(?P<one>(?<!\w)(?:{ordinals}) {noun}.*\b(?:than|als|que|qu['’]) ?{_IN}(?:{ordinals}))(?=\W*$)"
    return re.sub(than, r"\g<one> \g<noun>", text, flags=re.IGNORECASE)


_IN: Final = r"(?:(?:in|im|au|en|el|the|dem|le) ){0,2}"


def find_undrawn(text: str, names: Sequence[str], labels: str, language: Language) -> re.Match[str] | None:
    """Return where a question says an ordinal before the noun of names that none of them has: "the ninth floor"."""
    if language in ("ko", "zh"):
        return None
    for numbers, nouns in _kinds(names, labels, language):
        for number, words in enumerate(ORDINALS[language].split(), 1):
            said = rf"{RANKED}(?<!\w)(?:{words}) (?:{nouns})(?!\w){NOT_RANKED}"
            found = re.search(said, text, re.IGNORECASE) if number > 1 and number not in numbers else None
            if found is not None:
                return found
    return None


def _kinds(names: Sequence[str], labels: str, language: Language) -> Iterator[tuple[dict[int, str], str]]:
    """Yield names by their numbers, those of one noun together, with a pattern for it."""
    kinds: dict[tuple[str, str], dict[int, str]] = {}
    marked = set()
    for name in dict.fromkeys(names):
        found = _NUMBERED.fullmatch(name.strip())
        if found is not None:
            kind = (found["before"] or "", found["after"] or "")
            kinds.setdefault(kind, {})[int(found["number"])] = name
            marked |= {kind} if found["mark"] else set()
    for kind, numbers in kinds.items():
        if len(numbers) > 1 and ("".join(kind) or kind in marked):
            yield numbers, "|".join(_nouns("".join(kind).strip(), labels, language)) or "(?!)"


def _nouns(own: str, labels: str, language: Language) -> Iterator[str]:
    """Yield patterns for what the names are called: their own words, and those of their family in a language."""
    if own:
        yield re.escape(own.lower().removeprefix("de "))
        yield re.escape(own.lower())
    for words in _FAMILIES:
        if any(_is_in(words[one], text, one) for one in LANGUAGES for text in (own, labels)):
            yield words[language]


def _is_in(words: str, text: str, language: Language) -> bool:
    whole = words if language in ("ko", "zh") else rf"(?<!\w)(?:{words})(?!\w)"
    return re.search(whole, text, re.IGNORECASE) is not None


def _with_ordinals(text: str, numbers: dict[int, str], nouns: str, language: Language) -> str:
    """Return a question in Latin letters with names for ordinals before nouns, and for those that stand alone."""
    ordinals = [rf"(?:{words}|{number}\.?[ºª°])" for number, words in enumerate(ORDINALS[language].split(), 1)]
    of_any = "|".join(ordinals)
    noun = rf"(?P<noun>{nouns})(?!\w)"
    shared = rf"(?<!\w)(?P<first>{of_any})(?P<between>,? {_BETWEEN} )(?P<second>{of_any}) {noun}"
    for _ in range(3):
        text = re.sub(shared, r"\g<first> \g<noun>\g<between>\g<second> \g<noun>", text, flags=re.IGNORECASE)
    patterns = [rf"{RANKED}(?<!\w)(?P<ordinal>{{}}) {noun}{NOT_RANKED}", _ALONE[language]]
    for pattern in (*patterns, _ANOTHER):
        if pattern == _ANOTHER and not any(name in text for name in numbers.values()):
            continue
        for number, words in reversed(list(enumerate(ordinals, 1))):
            name = numbers.get(number, "")
            said = re.search(pattern.replace("{}", words), text, re.IGNORECASE) if name else None
            text = text if said is None else f"{text[: said.start('ordinal')]}{name}{text[said.end() :]}"
    return text


def _with_numerals(text: str, numbers: dict[int, str], nouns: str, language: Language) -> str:
    """Return a Korean or Chinese question with names for numbers in words before their noun."""
    for number, name in sorted(numbers.items(), reverse=True):
        if not 0 < number < 20:
            continue
        word = _numeral(number, _HANGUL if language == "ko" else _HAN)
        before = "가-힣" if language == "ko" else f"{_HAN}哪每这同任几"
        digits = rf"|(?<!\d){number}" if language == "zh" else ""
        said = rf"(?:(?<![{before}])第?{word}{digits})(?:{nouns})(?![일间간])"
        text = re.sub(said, name, text)
    return text


def _numeral(number: int, ones: str) -> str:
    """Return a number below twenty in the numerals of a language, which has ten as its last."""
    tens, rest = divmod(number, 10)
    return f"{ones[-1] if tens else ''}{ones[rest - 1] if rest else ''}"
