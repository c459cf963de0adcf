"""The words of questions in German, French, Spanish, Korean and Chinese that nothing accounts for.

Every word of such a question must be one of the reader (an operation, a number, a time), one of the chart (a name, a
label, a unit, or a translation of one), or one that changes nothing, such as an article. Any other is a reason to
decline: "Wie viele Lieferanten haben mehr als 1000 Mitarbeiter?" must not be answered with what is above 1000.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from vision_magic.engine.chart.data import Chart, ChartAxis, ChartPanel
from vision_magic.engine.questions.accents import folded
from vision_magic.engine.questions.accounts import are_from_figures, own_words
from vision_magic.engine.questions.forms_in_languages import BACK
from vision_magic.engine.questions.language import Language, is_common
from vision_magic.engine.questions.names import in_any_language, kind_of_names
from vision_magic.engine.questions.numbers import period_of
from vision_magic.engine.questions.plain_words import (
    CLASSES,
    COSTS,
    COUNTED,
    COUNTS,
    GLUE,
    LOSSES,
    MEASURES,
    PEOPLE,
    PER,
    PER_LABEL,
    PRICES,
    PROFITS,
)
from vision_magic.engine.questions.quantities import words_for
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.words import (
    COLOUR_WORDS,
    CONTEXT_WORDS,
    MONTHS,
    NUMBER_WORDS,
    OPERATION_WORDS,
    WHOLE_CHART,
    search,
)

__all__ = ["accounted_in"]

_SHORTEST: Final[dict[Language, int]] = {"de": 3, "fr": 3, "es": 3, "ko": 2, "zh": 2}
_MARKS: Final = "\ue000-\uf8ff"
_EAST: Final[tuple[Language, ...]] = ("ko", "zh")


def accounted_in(query: Query, written: str, charts: Sequence[Chart]) -> Query:
    """Return a query as it is, or one that says which of its words is not understood."""
    if not query.operations or set(query.operations) <= WHOLE_CHART:
        return query
    if not are_from_figures(panel for chart in charts for panel in chart.panels):
        return query
    word = _unaccounted(query.language, written, charts)
    return replace(query, operations=("unheard",), unheard=word) if word else query


def _unaccounted(language: Language, text: str, charts: Sequence[Chart]) -> str:
    """Return the first word of a question that nothing accounts for.

    Parameters
    ----------
    language : Language
        The language of the question, not English.
    text : str
        The question as it was written, with one letter of Unicode's private use area for each name and number.
    charts : sequence of Chart
        The charts that it is about.
    """
    panels = [panel for chart in charts for panel in chart.panels]
    own = own_words(panels, [chart.title for chart in charts])
    if not own:
        return ""
    rate = re.search(PER[language], text, re.IGNORECASE)
    if rate is not None and re.search(PER_LABEL, own) is None:
        return rate[0].strip()
    counted = _counted_in_title(text, panels, language)
    if counted:
        return counted
    text = re.sub(BACK, " ", text, flags=re.IGNORECASE)
    left = _runs_left(text, own, panels, language) if language in _EAST else _words_left(text, own, panels, language)
    return next(left, "")


def _has_names(panels: Sequence[ChartPanel]) -> bool:
    """Return whether charts have names of things: those of series, or places that are no times."""
    names = [[one.name for one in panel.series if one.name] for panel in panels]
    places = [[place for place in one.x if isinstance(place, str)] for panel in panels for one in panel.series[:1]]
    return any(known and not period_of(known) and not kind_of_names(known) for known in (*names, *places))


def _axes(panels: Sequence[ChartPanel]) -> Iterator[ChartAxis]:
    for panel in panels:
        yield from (axis for axis in (panel.x, panel.y, panel.right) if axis is not None)


def _counted_in_title(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return "clients" of "le plus de clients" where only the title names them, and the values are something else."""
    if any(one.kind == "points" for panel in panels for one in panel.series):
        return ""
    labels = folded(" ".join(f"{axis.label} {axis.unit}" for axis in _axes(panels)))
    names = folded(" ".join(str(name) for panel in panels for one in panel.series for name in (one.name, *one.x)))
    if not any(axis.label for axis in _axes(panels)) or re.search(COUNTS, labels):
        return ""
    for match in re.finditer(rf"(?<!\w){COUNTED[language]}", text.lower().replace("’", "'")):
        price = re.fullmatch(COSTS[language], folded(match[1])) is not None  # "más cara"
        if not price and _is_measure(match[1], language) and not _is_of_chart(match[1], f"{labels} {names}", language):
            return match[1]
    return ""


# --- languages that are written with spaces between words ------------------------------------------------------


def _words_left(text: str, own: str, panels: Sequence[ChartPanel], language: Language) -> Iterator[str]:
    plain = folded(own)
    meant = _meant(own, panels, language)
    quantities = [words for axis in _axes(panels) if (words := words_for(axis, language)) is not None]
    for match in re.finditer(rf"(?<![\w{_MARKS}-])[^\W\d_]+(?![\w{_MARKS}])", text.replace("’", "'")):
        word = match[0].lower()
        if len(word) < _SHORTEST[language] or _is_of_chart(word, plain, language):
            continue
        if any(words.search(word) for words in quantities) or re.fullmatch(meant, folded(word)):
            continue
        if _is_measure(word, language) or not _is_plain(word, language):
            yield match[0]


_MONEY: Final = re.compile(r"[€$£¥₩원元]|\beuros?\b|\busd\b|\beur\b")


def _meant(own: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a pattern of the words that are known for what a chart has: names of things, a unit of money, a count."""
    points = all(one.kind == "points" for panel in panels for one in panel.series)
    known = [CLASSES[language]] if points or _has_names(panels) else []
    if (_MONEY.search(own) or re.search(PRICES, folded(own))) and (
        re.search(COSTS[language], folded(own)) or not re.search(MEASURES[language], folded(own))
    ):
        known.append(COSTS[language])
    if re.search(COUNTS, folded(own)):
        known.append(PEOPLE[language])
    if re.search(PROFITS, folded(own)):
        known.append(LOSSES)
    return "|".join(known) or "(?!)"


def _is_measure(word: str, language: Language) -> bool:
    return re.match(MEASURES[language], folded(word)) is not None


@cache
def _is_plain(word: str, language: Language) -> bool:
    """Return whether a word changes nothing, or is one by which questions say what they ask for."""
    if language == "de" and re.match(r"(?:zweit|dritt|viert)\w+ste[nrs]?$", word):
        word = re.sub("^(?:zweit|dritt|viert)", "", word)
    if is_common(word, language) or folded(word) in _glue(language) or word in MONTHS[language]:
        return True
    context = (words for name, words in CONTEXT_WORDS.items() if name != "picture")
    groups = (*OPERATION_WORDS.values(), *context, *COLOUR_WORDS.values())
    return any(
        (match := search(words[language], language, word)) is not None and len(match[0]) == len(word)
        for words in groups
    )


@cache
def _glue(language: Language) -> frozenset[str]:
    return frozenset(folded(GLUE[language]).split())


def _is_of_chart(word: str, own: str, language: Language) -> bool:
    """Return whether a word is one of the chart in another form, as part of a compound, or translated."""
    word = folded(word)
    if any(folded(one) in own for one in in_any_language(word) if len(one) > 1):
        return True
    stem = _stem(word)
    known = re.findall(r"[^\W\d_]{3,}", own)
    if any(one.startswith(stem) or (len(one) > 3 and word.startswith(_stem(one))) for one in known):
        return True
    return language == "de" and any(
        (len(one) > 4 and _stem(one) in word) or (len(stem) > 4 and stem in one) for one in known
    )


def _stem(word: str) -> str:
    short = re.sub(r"(?:iones|ionen|aux|eur|euse|en|er|es|em|ern|as|os|s|e|n|a|o|x)$", "", word)
    return short if len(short) > 3 else word


# --- languages that are not ------------------------------------------------------------------------------------


def _runs_left(text: str, own: str, panels: Sequence[ChartPanel], language: Language) -> Iterator[str]:
    left = text.lower()
    for axis in _axes(panels):
        words = words_for(axis, language)
        left = words.sub(" ", left) if words is not None else left
    names = {
        name.lower() for panel in panels for one in panel.series for name in (one.name, *one.x) if isinstance(name, str)
    }
    for known in sorted({*re.findall(r"[^\W\d_]+", own), *names}, key=len, reverse=True):
        left = left.replace(known, " ") if len(known) > 1 else left
        for one in sorted(in_any_language(known), key=len, reverse=True):
            if language == "ko" and len(one) == 1 and not one.isascii():
                left = re.sub(rf"(?<![\uac00-\ud7a3]){one}[은는이가와과의를을]?(?![\uac00-\ud7a3])", " ", left)
            left = left.replace(one, " ") if not one.isascii() and len(one) > 1 else left
    left = re.sub(_meant(own, panels, language), " ", left)
    measure = re.search(MEASURES[language], left)
    if measure is not None:
        yield measure[0]
    left = _plain_east(language).sub(" ", left)
    runs = re.findall("[\uac00-\ud7a3]{2,}" if language == "ko" else "[\u4e00-\u9fff]{2,}", left)
    runs = [run for run in runs if language != "ko" or _ENDING.match(run) is None]  # endings of verbs
    yield from (run for run in runs if run not in own and _PARTICLE.sub("", run) not in own)


_PARTICLE: Final = re.compile("(?:이야|인가요?|이에요|에서|으로|로|은|는|이|가|을|를|의|와|과|도|에)$")

_ENDING: Final = re.compile(
    r"[았었였했]|(?:이야|인가요?|입니까|이에요|을수록|수록|째로|건[이수은을]\w*)$|(?:은|는|이|가)[데지]"
)
"""Endings of Korean words, left where their beginning was known."""


@cache
def _plain_east(language: Language) -> re.Pattern[str]:
    """Return a pattern of the parts of words that are known; longer ones first."""
    groups = (*OPERATION_WORDS.values(), *CONTEXT_WORDS.values(), *COLOUR_WORDS.values())
    known = {part for words in groups for part in _alternatives(words[language]) if _HAS_WILDS.search(part) is None}
    words = {*GLUE[language].split(), *known, *NUMBER_WORDS[language][0], *NUMBER_WORDS[language][1]}
    ordered = sorted(words, key=len, reverse=True)
    if language == "ko":  # "원" is no part of "회원"
        ordered = [
            word if re.match("[\uac00-\ud7a3]{2}", word) else f"(?<![\uac00-\ud7a3])(?:{word})" for word in ordered
        ]
    return re.compile("|".join(ordered))


_HAS_WILDS: Final = re.compile(r"\\w|\.\{|\.\*|\.\+|\\S|N|P|S|E|\$|\^")


def _alternatives(pattern: str) -> Iterator[str]:
    """Yield the alternatives of a pattern that are not within brackets."""
    depth, start = 0, 0
    for position, letter in enumerate(f"{pattern}|"):
        depth += (letter in "([") - (letter in ")]")
        if letter == "|" and not depth:
            yield pattern[start:position]
            start = position + 1
