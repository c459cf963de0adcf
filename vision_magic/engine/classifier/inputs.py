"""What the classifier sees of a question: its words without names and numbers, what the chart shows, and the rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, get_args

from vision_magic.engine.chart.data import FLAT, ChartAxis, ChartPanel, Kind, Series, drawn_series
from vision_magic.engine.questions.language import LANGUAGES, Language
from vision_magic.engine.questions.marked import Marked
from vision_magic.engine.questions.names.nouns_of_places import noun_of_places
from vision_magic.engine.questions.names.quantities import words_for
from vision_magic.engine.questions.names.usual_names import kind_of_names, translated
from vision_magic.engine.questions.numbers import is_date, label_without_unit, period_of
from vision_magic.engine.questions.patterns import compiled
from vision_magic.engine.questions.places.units_of_axes import UNIT_WORDS
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.kinds_of_units import UNIT_KINDS
from vision_magic.engine.questions.vocabulary.words import LEARNT, Operation

__all__ = ["FEATURES", "Inputs", "inputs_of"]

_OF_NAMES: Final = ("\ue000", "\ue400", "\ue800", "\uec00")
"""The first of the letters by which `Marked` replaces places, series, panels and numbers; it stands for all of them."""
_OF_VALUES, _OF_PLACES, _OF_TITLE = "\uf000", "\uf400", "\uf700"
"""What stands before a word of the label of the values, of the places, and of the title."""
PRIVATE: Final = (*_OF_NAMES, _OF_VALUES, _OF_PLACES, _OF_TITLE)
"""The pieces that are no words."""

_KINDS: Final = ("bars", "line", "points", "histogram", "pie", "heat map", "box plot", "area", "stacked bars")
_AS_DRAWN: Final[dict[Kind, Kind]] = {
    "horizontal bars": "bars",
    "stacked horizontal bars": "stacked bars",
    "step": "line",
}
_ALONG: Final = ("numbers", "years", "dates", "period", "names")
_MOST: Final = 3
_OPERATIONS: Final[tuple[Operation, ...]] = tuple(one for one in get_args(Operation) if one not in LEARNT)
_OF_CHART: Final = 5 * (_MOST + 1) + 2 + len(_KINDS) + len(_ALONG) + len(LANGUAGES)
OF_RULES: Final = 2 * len(_OPERATIONS) + 21
"""How many of the features, the last ones, say what the rules read."""
FEATURES: Final = _OF_CHART + OF_RULES
"""How many numbers describe the chart, what the question names of it, and what the rules read."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the classifier sees.

    Attributes
    ----------
    words : str
        The question, with private pieces in the place of names and numbers.
    labels : str
        What the axes measure.
    features : tuple of float
        `FEATURES` zeros and ones.
    """

    words: str
    labels: str
    features: tuple[float, ...]


def inputs_of(marked: Marked, found: Query, read: Query, panels: Sequence[ChartPanel]) -> Inputs:
    """Return what the classifier sees of a question whose names are marked.

    Parameters
    ----------
    marked : Marked
        The question.
    found : Query
        The names and numbers in it, and the operations of which it has words.
    read : Query
        What the rules make of it.
    panels : sequence of ChartPanel
        The panels that it is about; at least one.
    """
    words = marked.written
    counts = []
    for first in _OF_NAMES:
        letters = f"[{first}-{chr(ord(first) + 0x3FF)}]"
        counts.append(len(set(re.findall(letters, words))))
        words = re.sub(letters, f" {first} ", words)
    panel = panels[0]
    drawn = drawn_series(panels)
    kinds = {_AS_DRAWN.get(one.kind, one.kind) for one in drawn}
    features = [
        *_count(counts[0]),
        *_count(counts[1]),
        *_count(counts[3]),
        *_count(len(marked.groups)),
        *_count(len(drawn)),
        float(bool(marked.limits)),
        float(len(panels) > 1),
        *(float(kind in kinds) for kind in _KINDS),
        *(float(_along(drawn[0].x if drawn else ()) == kind) for kind in _ALONG),
        *(float(one == found.language) for one in LANGUAGES),
        *_rules(found, read),
    ]
    flat = bool(drawn) and all(one.kind in FLAT for one in drawn)
    measured, places = (panel.x, panel.y) if flat else (panel.y, panel.x)
    told = (
        (_OF_VALUES, measured.label, _terms_of(measured, found.language)),
        (_OF_PLACES, places.label, _terms_of_places(panel, places, drawn, found.language)),
        (_OF_TITLE, panel.title, _NOTHING),
    )
    return Inputs(_with_labels(words, told), f"{measured.label} · {places.label}", tuple(features))


_NOTHING: Final = re.compile("(?!)")


def _terms_of(axis: ChartAxis, language: Language) -> re.Pattern[str]:
    """Return a pattern of words for what an axis measures, in the language of a question: "warm", "degrees" of °C."""
    known = words_for(axis, language)
    words = _WORD.findall(label_without_unit(axis).lower())
    others = [re.escape(one) for word in words for one in translated(word, language)]
    units = [words for words, drawn in UNIT_KINDS if axis.unit and re.search(drawn, axis.unit, re.IGNORECASE)]
    units += [UNIT_WORDS.get(axis.unit, "(?!)")]
    others += [word for word in "|".join(units).split("|") if len(word) > 1]  # "도" begins other words
    return compiled("|".join((*([] if known is None else [known.pattern]), *others)))


def _terms_of_places(
    panel: ChartPanel, axis: ChartAxis, drawn: Sequence[Series], language: Language
) -> re.Pattern[str]:
    """Return a pattern of words for what an axis of places has: "month", in the language of a question."""
    nouns = noun_of_places(panel, drawn[0], language) if drawn else "(?!)"
    ending = "" if language in ("ko", "zh") else r"\w{0,3}$"
    return compiled(rf"(?:{nouns}){ending}|{_terms_of(axis, language).pattern}")


_WORD: Final = re.compile(r"[^\W\d_]+")
_CJK: Final = re.compile(r"[\u4e00-\u9fff\uac00-\ud7a3]")
_JOINING: Final = re.compile(
    r"the|and|per|for|from|with|our|von|der|die|das|den|und|pro|mit|nach|des|les|par|avec|del|los|las|por|con|para"
)
_SHORTEST: Final = 3
_STEM: Final = 4
_LONGEST_ENDING: Final = 3


def _with_labels(words: str, labels: Sequence[tuple[str, str, re.Pattern[str]]]) -> str:
    """Return a question with a private letter before each word that a label has as well, or that means the same."""
    parts = [(letter, [word.lower() for word in _WORD.findall(label)], terms) for letter, label, terms in labels]
    told: list[str] = []
    for token in words.split():
        word = next(iter(_WORD.findall(token)), "").lower()
        letter = next((letter for letter, known, _ in parts if any(_is_the_same(word, one) for one in known)), "")
        letter = letter or next((letter for letter, _, terms in parts if word and terms.match(word)), "")
        told += [letter, token] if letter else [token]
    return " ".join(told)


def _is_the_same(word: str, other: str) -> bool:
    """Return whether two words in lower case differ by endings at most; in Korean and Chinese, one has the other."""
    if _CJK.search(other):
        return len(other) > 1 and other in word
    if _JOINING.fullmatch(word):
        return False
    if min(len(word), len(other)) < _SHORTEST:
        return word == other
    stem = max(_STEM, max(len(word), len(other)) - _LONGEST_ENDING)
    return word[:stem] == other[:stem]


def _rules(found: Query, read: Query) -> list[float]:
    """Return which operations a question has words of, which of them the rules ask for, and how."""
    limit = read.threshold.kind if read.threshold is not None else ""
    told = (
        *(one in found.words for one in _OPERATIONS),
        *(one in read.operations for one in _OPERATIONS),
        not read.operations,
        read.negated,
        read.yes_no,
        read.of_series,
        read.of_places,
        read.rank > 1,
        read.top > 0,
        read.bounds is not None,
        read.then is not None,
        bool(read.without),
        bool(read.amounts),
        *(limit == kind for kind in ("above", "at least", "below", "at most")),
        *(read.statistic == one for one in ("mean", "median", "sum")),
        *(read.direction == one for one in ("up", "down")),
        read.asks_less,
    )
    return [float(one) for one in told]


def _count(number: int) -> list[float]:
    """Return a number up to `_MOST` as that many zeros and a one."""
    return [float(min(number, _MOST) == one) for one in range(_MOST + 1)]


def _along(places: Sequence[object]) -> str:
    """Return what stands along the axis of places."""
    names = [place for place in places if isinstance(place, str)]
    if len(names) < len(places):
        numbers = [place for place in places if isinstance(place, float | int)]
        return "years" if all(1800 <= place <= 2100 and place == int(place) for place in numbers) else "numbers"
    if names and all(map(is_date, names)):
        return "dates"
    return "period" if period_of(names) or kind_of_names(names) else "names"
