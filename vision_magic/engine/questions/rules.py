"""Rules that tell from the words of a question what it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vision_magic.engine.chart.data import Kind
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.patterns import compiled
from vision_magic.engine.questions.vocabulary.words import COLOUR_WORDS, CONTEXT_WORDS, Operation, Word, search

__all__ = ["Clues", "operations_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What was found in a question, from which follows what it asks for."""

    found: set[Operation]
    language: Language
    text: str
    named: int
    places: int
    several: bool
    bounds: bool
    threshold: bool
    labels: Sequence[str]
    measures: Sequence[str] = ()
    colours: bool = False
    of_names: bool = False
    of_points: bool = False
    amounts: int = 0
    panels: int = 1
    duration: bool = False
    counted: bool = False
    all_of_them: bool = True
    of_places: bool = False
    joined: bool = False
    ordered: bool = False
    errors: bool = False
    kinds: frozenset[Kind] = frozenset()

    def has(self, word: Word) -> bool:
        """Return whether words of a group are in the question."""
        return search(CONTEXT_WORDS[word][self.language], self.language, self.text) is not None

    def counts(self) -> bool:
        """Return whether "how many" is said of things that are drawn, not of values."""
        if "count" not in self.found:
            return False
        return self.has("countable") or any(label and _stem(label) in self.text for label in self.labels)


def _stem(label: str) -> str:
    return label[:-1] if len(label) > 4 else label


def operations_of(clues: Clues) -> tuple[Operation, ...]:
    """Return what a question asks for: the first rule that applies tells; nothing if none does."""
    for rule in _RULES:
        operations = rule(clues)
        if operations is not None:
            return operations
    return ("colour",) if clues.colours and "count" not in clues.found else ()


_DATA: Final[frozenset[Operation]] = frozenset(
    (
        "outlier",
        "correlation",
        "ratio",
        "share",
        "difference",
        "sum",
        "median",
        "mean",
        "maximum",
        "minimum",
        "range",
        "trend",
        "crossing",
        "compare",
        "table",
    )
)
"""Operations on values that a word names outright."""


def _about_the_whole(clues: Clues) -> tuple[Operation, ...] | None:
    found = clues.found
    if "alt" in found:
        return ("alt",)
    if clues.has("or beyond"):
        return ("cannot",)
    # What a person is called, and what a forecast is, may stand on the axis.
    told = clues.places > 0 or (clues.of_names and bool(found & {"maximum", "minimum"}))
    if "cannot" in found and (clues.has("why") or not told):
        return ("cannot",)
    for operation in ("kind", "title", "legend"):
        if operation in found and not (found & {"maximum", "minimum"} and operation == "title"):
            return (operation,)
    for operation in ("size", "text", "colour"):
        if operation in found and not found & _DATA and not clues.threshold:
            return (operation,)
    told = bool(found & _DATA) or clues.places > 0 or clues.threshold
    if "describe" in found and not told and not clues.named and not clues.colours and not clues.has("axis"):
        return ("describe",)
    return None


def _about_axes(clues: Clues) -> tuple[Operation, ...] | None:
    if "scale" in clues.found and clues.joined and clues.has("straight"):
        return ("slope",)  # is it linear on a logarithmic scale?
    if "scale" in clues.found:
        return ("scale",)
    if clues.has("axis"):
        return ("limits",) if "limits" in clues.found else ("axis",)
    return ("axis",) if "axis" in clues.found and not clues.threshold else None  # "fewer than 300 units"


def _about_changes(clues: Clues) -> tuple[Operation, ...] | None:
    found = clues.found
    if "overlap" in found:
        return ("overlap",) if clues.errors else ("cannot",)
    for operation in ("sort", "error"):
        if operation in found:
            return (operation,)
    if "spread" in found:
        return ("spread",)
    two_shares = "share" in found and clues.kinds == {"pie"} and clues.places == 2 and not clues.threshold
    if two_shares and found & {"compare", "difference"} and not (clues.has("together") or "ratio" in found):
        return ("difference",)
    if "share" in found and _compares(clues) and not clues.has("part of"):
        return ("percent",)
    several = re.search(r"\b(?:which|what) (?:times|hours|days|weeks|months|years|dates)\b", clues.text) is not None
    if clues.threshold and clues.has("when") and _is_event(clues) and not several:
        return ("reach",)
    return _about_rates(clues)


def _is_event(clues: Clues) -> bool:
    """Return whether it asks when a limit is passed, not at which values they are beyond it."""
    return clues.has("again") or clues.has("from") or not clues.has("state")


def _compares(clues: Clues) -> bool:
    """Return whether "percent" is said of a difference or a change, not of a part of the whole."""
    found = clues.found
    two = clues.named > 1 or clues.places > 1 or (clues.several and not clues.named and clues.places)
    changes = "trend" in found and (clues.has("up") or clues.has("down"))
    return ("difference" in found and bool(two)) or ("compare" in found and bool(two)) or changes


def _about_rates(clues: Clues) -> tuple[Operation, ...] | None:
    found = clues.found
    alone = not clues.several or clues.named == 1
    crosses = "crossing" in found and clues.named == 2
    if "step" in found and not (found & {"gap", "outlier"} or crosses) and (alone or clues.joined) and not clues.places:
        return ("step",)
    if "rate" in found and clues.ordered and not clues.places and ("trend" in found or not clues.duration):
        return ("step",) if alone and found & {"maximum", "minimum"} else ("rate",) if not alone else None
    if _is_step(clues, alone=alone):
        return ("step",)
    if "slope" in found and not clues.places and not clues.of_names:
        return ("slope",)
    return None


_EXTREMES: Final[frozenset[Operation]] = frozenset(("maximum", "minimum", "share"))


def _is_step(clues: Clues, *, alone: bool) -> bool:
    """Return whether "when did it grow most" asks for two neighbouring points of one series."""
    found = clues.found
    grows = {"trend", "maximum"} <= found and not found & {"outlier", "correlation", "difference"}
    return grows and alone and "points" not in clues.kinds and not clues.has("series") and not clues.places


def _about_cells(clues: Clues) -> tuple[Operation, ...] | None:
    """Read a matrix of correlations, which has them as its values."""
    cells = clues.kinds == {"heat map"} and bool(clues.places or clues.named)
    return ("value",) if cells and "correlation" in clues.found else None


def _about_one_place(clues: Clues) -> tuple[Operation, ...] | None:
    """Compare two series at the place where "does A exceed B in May?" has them."""
    passing = "crossing" in clues.found and not clues.threshold
    if passing and clues.places > 1 and not clues.named:
        return ("difference",)
    return ("compare",) if passing and clues.places == 1 and clues.several else None


def _about_whole_change(clues: Clues) -> tuple[Operation, ...] | None:
    """Tell a course where "how much did it grow in total" speaks of the whole of it, not of a sum."""
    found = clues.found
    changes = {"sum", "trend"} <= found and not found & {"maximum", "minimum", "share", "mean"}
    joined = clues.joined or "line" in clues.kinds
    return ("trend",) if changes and joined and not clues.places and not clues.threshold else None


def _about_two(clues: Clues) -> tuple[Operation, ...] | None:
    found = clues.found
    for operation in ("outlier", "correlation", "ratio", "share", "table"):
        if operation in found and not (operation in ("table", "share") and found & (_EXTREMES - {operation})):
            return (operation,)
    if "difference" in found and clues.places and (clues.named > 1 or clues.places > 1):
        return ("difference",)
    if "maximum" in found and found & {"crossing", "compare"} and clues.named == 2 and not clues.places:
        return ("gap",)
    if "gap" in found or ("difference" in found and len(found & {"maximum", "minimum"}) == 1 and not clues.places):
        return ("gap",)
    if {"maximum", "minimum"} <= found and "difference" in found:
        return ("range",)
    if clues.threshold or "crossing" in found:
        return ("threshold",) if clues.threshold else ("crossing",)
    if "trend" in found and (clues.bounds or clues.has("margin")) and "difference" not in found - {"trend"}:
        return ("trend",)
    if "difference" in found and not found & {"maximum", "minimum"}:
        return ("difference",)
    return None


def _about_extremes(clues: Clues) -> tuple[Operation, ...] | None:
    found = clues.found
    extremes = tuple(operation for operation in ("maximum", "minimum") if operation in found)
    if extremes:
        return extremes
    if _is_higher_statistic(clues):
        return (_side_of_statistic(clues),)
    if "compare" in found and clues.places > 1:
        return ("compare",)
    if clues.amounts and not clues.places and not found & {"sum", "mean", "median"}:
        return ("lookup",)
    if _counts(clues):
        return ("count",)
    if "count" in found and clues.kinds == {"histogram"} and not clues.places:
        return ("count",) if clues.has("bins") else ("sum",)
    named = clues.counted or any(label and _stem(label) in clues.text for label in clues.measures)
    if "count" in found and not clues.places and named and clues.all_of_them:
        return ("sum",)  # how many people are there, of an axis of people
    for operation in ("sum", "median", "mean", "range"):
        if operation in found:
            return (operation,)
    return None


def _is_higher_statistic(clues: Clues) -> bool:
    """Return whether it asks which series has the higher mean, median or sum."""
    found = clues.found
    asked = bool(found & {"mean", "median", "sum"}) and "compare" in found and clues.has("which")
    return asked and clues.several and not clues.named and not clues.places


def _side(clues: Clues) -> Operation:
    """Return which extreme a comparison asks for."""
    return "minimum" if clues.has("less") and not clues.has("more") else "maximum"


def _side_of_statistic(clues: Clues) -> Operation:
    """Return which extreme "more" and "less" ask for; "cleaner" does not say of what there is less."""
    if clues.language == "en" and not (clues.has("less") or clues.has("more")):
        return "cannot"
    return "minimum" if clues.has("less") else "maximum"


def _counts(clues: Clues) -> bool:
    """Return whether panels, series or points are counted."""
    if "count" in clues.found and clues.panels > 1 and clues.has("panel"):
        return True
    if clues.found & {"sum", "mean", "median"}:  # "how many months are shown in total"
        return clues.of_places and not clues.places and not clues.found & {"mean", "median", "trend", "compare"}
    if clues.counts() and (not clues.places or clues.bounds):
        return True
    return "count" in clues.found and not clues.places and bool(clues.of_points)


def _is_which(clues: Clues) -> bool:
    """Return whether it asks which one has a colour, with which it ends: "which is red?"."""
    if clues.found or clues.places or not clues.has("which"):
        return False
    words = "|".join(words[clues.language] for words in COLOUR_WORDS.values())
    return compiled(rf"(?:{words})\W*$").search(clues.text) is not None


def _about_values(clues: Clues) -> tuple[Operation, ...] | None:
    found = clues.found
    one = clues.has("series") or clues.named or _is_which(clues)
    if clues.colours and one and "count" not in found:
        return ("colour",)  # which line is orange? is north blue?
    if "compare" in found and clues.has("when") and clues.several and clues.joined and not clues.places:
        return ("crossing",)
    if "compare" in found and (clues.named > 1 or clues.places > 1 or (clues.several and not clues.named)):
        return ("compare",) if not (clues.places == 1 and clues.named < 2) else (_side(clues),)
    if "compare" in found and clues.named == 1 and clues.several and not clues.places and not clues.amounts:
        return ("compare",)
    asks_value = "value" in found or not clues.has("asks")
    if "trend" in found and not (clues.places and asks_value):
        return ("trend",)
    if clues.places:
        return ("value",) if "value" in found or not clues.has("picture") else ()
    for operation in ("first", "last", "value"):
        if operation in found and not clues.has("picture"):
            return (operation,)
    named = clues.named or clues.colours or clues.bounds or "describe" in found
    return ("trend",) if named and not clues.has("picture") else None


_RULES: Final = (
    _about_the_whole,
    _about_axes,
    _about_changes,
    _about_cells,
    _about_one_place,
    _about_whole_change,
    _about_two,
    _about_extremes,
    _about_values,
)
