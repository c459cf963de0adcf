"""Parts of names in Latin letters that stand for the whole: "Rüben" for "Zuckerrüben", "bean" for "Beans to take home".

A part counts only if no other name has it, and no title or label.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language, is_common
from vision_magic.engine.questions.names.usual_names import is_another
from vision_magic.engine.questions.vocabulary.accents import folded
from vision_magic.engine.questions.vocabulary.closed_classes import is_of_closed_class

__all__ = [
    "find_cognate",
    "find_first_word",
    "find_head",
    "find_own_word",
    "find_tail",
    "find_written_out",
    "has_tail_of",
]

_SHORTEST: Final = 4
_ENDING: Final = re.compile(r"(?:en|er|es|n|e|s)$")
_WORD: Final = re.compile(r"[^\W\d_]{4,}")


def find_tail(text: str, name: str, names: Sequence[str], labels: str) -> re.Match[str] | None:
    """Return where a German question has the last part of a compound name, in the singular or the plural.

    Parameters
    ----------
    text : str
        The question, in which names that were found are letters of Unicode's private use area.
    name : str
        The name.
    names : sequence of str
        All names of the chart.
    labels : str
        The titles and labels of the chart, whose words mean no single name.
    """
    if not name.isalpha():
        return None
    others = [folded(one) for one in names if one != name]
    for match in _WORD.finditer(text):
        word = folded(match[0])
        general = word in folded(labels) or _MEASURES.match(word) or _WHICH.search(text[: match.start()])
        if general or not match[0][0].isupper():
            continue
        ends = [one for one in {word, _stem(word)} if len(one) >= _SHORTEST - (one != word)]
        if any(_ends_with(folded(name), end) for end in ends) and not any(end in one for end in ends for one in others):
            return match
    return None


_WHICH: Final = re.compile(r"\bwelche[rsnm]? $", re.IGNORECASE)
_MEASURES: Final = re.compile(
    r"(?:kosten|zahl|wert|anteil|menge|umsatz|preis|ausgabe|einnahme|verbrauch|temperatur|gruppe|klasse|stufe|art|tag|"
    r"woche|monat|jahr|stunde|minute|zeit|punkt|linie|balken|kurve|saule)"
)
"""Last parts of compounds that say how something is measured, or what is drawn."""


def _stem(word: str) -> str:
    return _ENDING.sub("", word)


def _ends_with(name: str, end: str) -> bool:
    """Return whether a longer name ends with a word, up to an ending of the plural or the singular."""
    at = name.rfind(end)
    return at > 2 and _ENDING.sub("", name[at + len(end) :] or "e") == ""


def find_head(text: str, name: str, names: Sequence[str], labels: str) -> re.Match[str] | None:
    """Return where a German question has the first part of a compound name with another last part of the chart.

    "Biomüll" is "Bioabfall" beside "Restmüll", or below a title with "Müll".
    """
    if not name.isalpha():
        return None
    known, others = folded(name), [folded(one) for one in names if one != name]
    general = [*_WORD.findall(folded(labels)), *others]
    for match in _WORD.finditer(text):
        word = folded(match[0])
        head = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, known, strict=False)))
        tail = word[head:]
        alone = not any(one.startswith(word[:head]) for one in others)
        shared = any(one.endswith(tail) or one.startswith(tail) for one in general)
        if (
            _SHORT_HEAD <= head < len(known) - 2
            and len(tail) >= _SHORTEST
            and alone
            and shared
            and match[0][0].isupper()
        ):
            return match
    return None


_SHORT_HEAD: Final = 3


def has_tail_of(word: str, names: Sequence[str]) -> bool:
    """Return whether a German word ends with the last part of a name: "Plastikmüll" is not "Restmüll"."""
    ends = (folded(word)[-number:] for number in range(_SHORTEST, len(word) - _SHORT_HEAD + 1))
    return any(len(name) > len(end) + 2 and folded(name).endswith(end) for end in ends for name in names)


def find_first_word(
    text: str, name: str, names: Sequence[str], labels: str, language: Language
) -> re.Match[str] | None:
    """Return where a question has the first word of a name, in the singular or the plural, that no other name has."""
    words = re.match(r"[^\W\d_]{3,}", name.strip())
    first = words[0] if words is not None else ""
    rest = name.strip()[len(first) :]
    alone = first and rest and not (is_common(first.lower(), language) or is_of_closed_class(first.lower(), language))
    if language == "en" and not (first.endswith("s") or _BEHIND.match(rest)):  # "High school" is a school
        return None
    if not alone or any(_stem(folded(first)) in folded(one) for one in (*(n for n in names if n != name), labels)):
        return None
    forms = "|".join(sorted(map(re.escape, _forms(first)), key=len, reverse=True))
    found = re.finditer(rf"(?<![\w'’-])(?:{forms})(?![\w-])", text, re.IGNORECASE)
    nouns = (one for one in found if not _MORE.search(text[: one.start()]))
    return next((one for one in nouns if language != "de" or one[0][0].isupper()), None)


_BEHIND: Final = re.compile(r" (?:to|of|with|without|for|in|from|at|on|by|and)\b|,| ?\(")
"""What follows the word that an English name is about, where it does not end with it."""

_MORE: Final = re.compile(r"\b(?:plus|moins|más|menos|muy|très|more|less|most|least|very) $", re.IGNORECASE)
"""Words before an adjective, as "grandes" of "Grandes surfaces" is."""


def _forms(word: str) -> Iterator[str]:
    """Yield a word with and without the "s" of a plural."""
    yield from (word, f"{word}s")
    if word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]


def find_own_word(text: str, name: str, names: Sequence[str], labels: str, language: Language) -> re.Match[str] | None:
    """Return where a question has any word of the name of a series that no other name and no label has.

    "Library" and "study" mean "Studying in the library". The words of the question may have other endings.
    """
    words = [folded(word) for word in _WORD.findall(name) if not is_common(word.lower(), language)]
    if len(words) < 2:
        return None
    others = folded(" ".join((*(one for one in names if one != name), labels)))
    own = {_root(word) for word in words if not is_of_closed_class(word, language)}
    own = {root for root in own if len(root) >= _SHORTEST and root not in others}
    found = (one for one in _WORD.finditer(text) if _root(folded(one[0])) in own)
    return next((one for one in found if not _MORE.search(text[: one.start()])), None)


def _root(word: str) -> str:
    """Return a word in lower case without its ending."""
    return re.sub(r"(?:ying|y|ies|ing|ed|en|er|es|e|s)$", "", word) if len(word) > _SHORTEST else word


_SHARED: Final = 5
_SHARED_PART: Final = 0.55
"""How many letters, and which part of the longer word, cognates have in common at their beginning."""


def find_cognate(text: str, name: str, names: Sequence[str], labels: str, language: Language) -> re.Match[str] | None:
    """Return where a question has a word of its language that is like an English name: "comedia" for "Comedy"."""
    if not name.isascii() or not name.isalpha() or len(name) < _SHARED:
        return None
    known, others = _spelt_alike(name), [_spelt_alike(one) for one in (*(n for n in names if n != name), labels)]
    for match in _WORD.finditer(text):
        word = _spelt_alike(match[0])
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, known, strict=False)))
        alike = shared >= max(_SHARED, _SHARED_PART * max(len(word), len(known)))
        alike = alike and not is_another(match[0], name, language)
        if alike and not is_common(match[0].lower(), language) and not any(word[:shared] in one for one in others):
            return match
    return None


def _spelt_alike(word: str) -> str:
    """Return a word without accents, and with one letter for those that languages write differently."""
    return folded(word).replace("ph", "f").replace("tz", "z").replace("k", "c").replace("z", "c").replace("y", "i")


_DAYS: Final = {
    "mon": "monday", "tue": "tuesday", "tues": "tuesday", "wed": "wednesday", "thu": "thursday", "thurs": "thursday",
    "fri": "friday", "sat": "saturday", "sun": "sunday",
}  # fmt: skip


def find_written_out(text: str, name: str) -> re.Match[str] | None:
    """Return where a question writes out the weekday of an English name: "Sunday long run" for "Sun long run"."""
    first, _, rest = name.partition(" ")
    day = _DAYS.get(first.lower())
    if day is None or not rest:
        return None
    return re.search(rf"(?<!\w){day}(?:['’]?s)? {re.escape(rest)}(?!\w)", text, re.IGNORECASE)
