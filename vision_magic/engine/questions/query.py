"""A question about the data of a chart, as its words were read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from vision_magic.engine.chart.data import Place
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.operations import Bounds
from vision_magic.engine.questions.places.groups import Group
from vision_magic.engine.questions.vocabulary.quantifiers import Quantifier
from vision_magic.engine.questions.vocabulary.words import CONTEXT_WORDS, OPERATION_WORDS, Operation, Word, search

__all__ = ["Query", "Side", "Threshold"]

_SERIES: Final = "\ue400-\ue7ff"
_THAN_FIRST: Final = re.compile(f"^[^{_SERIES}]*[{_SERIES}][^{_SERIES}]*?보다.*[{_SERIES}]")
"""The first of two names marked as the one compared with: in Korean, "than A" stands before "B"."""

_ENDS: Final[tuple[Operation, ...]] = ("minimum", "maximum")


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A value with which values are compared; NaN stands for the mean of the series."""

    limit: float
    kind: Literal["above", "at least", "below", "at most"]
    of_places: bool = False
    """Whether it has the unit of the places, such as degrees where values are depths."""
    of_values: bool = False
    """Whether it has the unit of the values, so that no places are compared with it."""
    turned: bool = False
    """Whether it was denied: "not above 50"."""
    at: Place | None = None
    """The place of which it is the value: "above 2019"."""

    def denied(self) -> Threshold:
        """Return the limit for all values that are not beyond this one."""
        kinds: dict[str, Literal["above", "at least", "below", "at most"]]
        kinds = {"above": "at most", "below": "at least", "at least": "below", "at most": "above"}
        return replace(self, kind=kinds[self.kind], turned=not self.turned)

    def holds(self, value: float) -> bool:
        """Return whether a value is on the side that is asked for."""
        if self.kind in ("above", "below"):
            return value > self.limit if self.kind == "above" else value < self.limit
        return value >= self.limit if self.kind == "at least" else value <= self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a comparison: series and places, and what is made of their values."""

    series: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    statistic: Literal["", "sum", "mean", "median", "highest", "lowest", "first", "last"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question about the data of a chart.

    Attributes
    ----------
    text : str
        The question in lower case, without the names and numbers that were found in it.
    language : Language
        The language of the question.
    operations : tuple of Operation
        What it asks for; empty if no word says so.
    words : frozenset of Operation
        All operations of which it has words.
    series : tuple of str
        Names of series in the question, in its order.
    colours : tuple of str
        Colours of series in the question: "the blue line".
    places : tuple of Place
        Categories, numbers and dates in the question, in its order.
    amounts : tuple of float
        Numbers in the question that are values, not places: "which month had 48?".
    without : tuple of Place
        Places and names of series that it leaves out: "the mean without July".
    panels : tuple of int
        Panels that it names by their titles, the labels of their axes, or their order.
    bounds : Bounds or None
        The part of the axis to which it keeps: "between 2010 and 2015", "before May".
    threshold : Threshold or None
        A value with which it compares values: "above 50".
    number : Threshold or None
        A number with which it compares how many lie there, "more than five below 700", or the mean of bins.
    rank : int
        2 for the second highest, and so on.
    top : int
        3 for "the three highest"; 0 if it asks for one. Of two sums of places, how many of these the first has.
    statistic : {"", "mean", "median", "sum"}
        Of what it asks for the highest or lowest: "the highest mean".
    axis : {"", "x", "y"}
        The axis that it names.
    direction : {"", "up", "down"}
        The direction that it names: "is it growing?"
    yes_no : bool
        Whether it asks for yes or no.
    of_series : bool
        Whether it asks for a series ("which line"), not for a place.
    of_places : bool
        Whether the values that it asks about are those along the axis of places: "the range of heights" of points.
    groups : tuple of Group
        Groups of places to which it keeps, or which it compares: "in summer", "weekdays or weekends".
    limits : tuple of str
        What it calls a line of reference: "the target".
    sides : tuple of Side
        Both sides of a comparison, if one of them is made of several values.
    negated : bool
        Whether it denies something, which the other attributes take into account.
    unheard : str
        A word that changes what is asked, and of which nothing is known.
    then : Query or None
        What the question asks for besides: "which is highest, and what is the mean?"
    refers_back : bool
        Whether it is about the place that the part before it asked for: "how much does it rain then?"
    grouped : str
        In words, what was made of the values along the axis: the sums of quarters, where it asks for a quarter.
    named_otherwise : bool
        Whether it calls what is drawn by a word that the charts do not have, so that the answer says what was read.
    quantifier : {"any", "all", "none", "most", "one"}
        Of how many of several it asks whether something holds: "did everyone improve?"
    asserted : {"", "up", "down"}
        Of two things, whether it says that the first one is more, or less: "was it later on Monday than on Tuesday?"
    firm : bool
        Whether the form of the whole question says what it asks for, and not single words of it.
    asked_in : Language or None
        The language of `text`, where others have taken the place of the question's own words; None where they have not.
    """

    text: str
    language: Language
    operations: tuple[Operation, ...] = ()
    words: frozenset[Operation] = frozenset()
    series: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    amounts: tuple[float, ...] = ()
    without: tuple[Place, ...] = ()
    panels: tuple[int, ...] = ()
    bounds: Bounds | None = None
    threshold: Threshold | None = None
    number: Threshold | None = None
    rank: int = 1
    top: int = 0
    statistic: Literal["", "mean", "median", "sum"] = ""
    axis: Literal["", "x", "y", "right"] = ""
    direction: Literal["", "up", "down"] = ""
    yes_no: bool = False
    of_series: bool = False
    of_places: bool = False
    groups: tuple[Group, ...] = ()
    limits: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()
    negated: bool = False
    unheard: str = ""
    then: Query | None = None
    refers_back: bool = False
    grouped: str = ""
    named_otherwise: bool = False
    quantifier: Quantifier = "any"
    asserted: Literal["", "up", "down"] = ""
    firm: bool = False
    asked_in: Language | None = None

    @property
    def asks_less(self) -> bool:
        """Whether it asks for less of something, and not for more."""
        return self.has("less") and not self.has("more")

    @property
    def rises(self) -> bool:
        """Whether an order begins with the lowest: "ascending", "the lightest first", or "the heaviest last"."""
        low, high = "minimum" in self.words, "maximum" in self.words
        ends = [search(OPERATION_WORDS[side][self.spoken], self.spoken, self.text) for side in _ENDS]
        if ends[0] is not None and ends[1] is not None and ends[0].start() != ends[1].start():
            return ends[0].start() < ends[1].start()  # "from the one with the least to the one with the most"
        first, last = "first" in self.words, "last" in self.words
        one_end = low != high and first != last
        return self.has("rising") or (one_end and low == first)

    @property
    def pair(self) -> tuple[str, ...]:
        """The series, the one of which something is said before the one with which it is compared."""
        return self.series[::-1] if len(self.series) == 2 and _THAN_FIRST.search(self.text) else self.series

    @property
    def pair_from_above(self) -> tuple[str, ...]:
        """The series, the one that is said to be above the other first."""
        return self.pair[::-1] if self.asks_less else self.pair

    @property
    def spoken(self) -> Language:
        """The language of `text`."""
        return self.asked_in or self.language

    def has(self, word: Word) -> bool:
        """Return whether words of a group of `CONTEXT_WORDS` are in the question."""
        return search(CONTEXT_WORDS[word][self.spoken], self.spoken, self.text) is not None
