"""The panel, or the series along one axis, of which a question speaks in a part of its name or in a unit."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import WITHOUT_DATA, ChartAxis, ChartPanel, Series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.names.usual_names import in_any_language
from vision_magic.engine.questions.numbers import label_without_unit
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.accents import folded
from vision_magic.engine.questions.vocabulary.kinds_of_units import is_of_unit
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["of_named_part"]

_OF_VALUES: Final[frozenset[Operation]] = frozenset(
    ("maximum", "minimum", "mean", "median", "sum", "range", "trend", "first", "last", "threshold", "reach", "step")
)


def of_named_part(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question about values as one about the series that it means by a unit, or a part of a panel's name.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    chosen = query.series or query.panels or query.colours or query.then
    if chosen or not query.operations or not set(query.operations) <= _OF_VALUES:
        return query
    return _of_unit(query, text, panels) or _of_name(query, text, panels) or query


# --- units ------------------------------------------------------------------------------------------------------

_UNITS: Final = (
    (r"°?c\b|degrees?|grad\b|degrés?|grados?|도(?![가-힣]{2})|度|°", r"°"),
    (r"mm\b|millimet\w+|millimèt\w+|milímet\w+|밀리|毫米", r"\bmm\b"),
    (r"%|percent\b|per cent|prozent\w*|pour ?cent\w*|por ?ciento|퍼센트|프로", r"%"),
)
"""Units that are said in other words than those that `kinds_of_units` has, and what an axis of them has."""


def _of_unit(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return a limit with a unit as one of the only axis of values that has it."""
    limit = query.threshold.limit if query.threshold is not None else math.nan
    if not math.isfinite(limit):
        return None
    written = next((found for found in re.finditer(r"(\d+(?:[.,]\d+)?) ?", text) if _is_number(found[1], limit)), None)
    sides = _sides(panels)
    if written is None or len(sides) < 2:
        return None
    said = text[written.end() :].lower()
    fitting = [(number, right) for (number, right) in sides if _has_unit(said, _axis(panels[number], right=right))]
    return _of_side(query, fitting[0], sides, panels) if len(fitting) == 1 else None


def _is_number(written: str, limit: float) -> bool:
    return math.isclose(float(written.replace(",", ".")), limit)


def _has_unit(said: str, axis: ChartAxis) -> bool:
    """Return whether words that follow a number begin with the unit of an axis."""
    if not axis.unit:
        return False
    own = rf"{re.escape(axis.unit.lower())}(?![a-z])"
    if re.match(own, said) or any(re.match(words, said) and re.search(has, axis.unit) for words, has in _UNITS):
        return True
    word = re.match(r"[^\W\d_]{2,}", said)
    return word is not None and len(word[0]) > len(axis.unit) and is_of_unit(word[0], axis.unit)


_Side = tuple[int, bool]


def _sides(panels: Sequence[ChartPanel]) -> dict[_Side, list[Series]]:
    """Return the series along each axis of values."""
    sides: dict[_Side, list[Series]] = {}
    for number, panel in enumerate(panels):
        for one in panel.series:
            if one.kind not in WITHOUT_DATA:
                sides.setdefault((number, one.right), []).append(one)
    return sides


def _axis(panel: ChartPanel, *, right: bool) -> ChartAxis:
    return panel.right if right and panel.right is not None else panel.y


def _of_side(query: Query, side: _Side, sides: dict[_Side, list[Series]], panels: Sequence[ChartPanel]) -> Query | None:
    if len(panels) > 1:
        return replace(query, panels=(side[0],)) if sum(number == side[0] for number, _ in sides) == 1 else None
    names = tuple(one.name for one in sides[side])
    return replace(query, series=names) if all(names) else None


# --- names ------------------------------------------------------------------------------------------------------

_PLAIN: Final = re.compile(
    r"average|mean|median|total|monthly|weekly|daily|yearly|annual|rate|number|count|of|the|per|in|and|"
    r"mittlere\w?|durchschnittliche\w?|moyenne?|taux|media|medio|tasa|de|du|des|la|le|el"
)
"""Words of a name that a question leaves out."""
_STEM: Final = 6


def _of_name(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return a question about several panels as one about the only one of which it has all telling words."""
    if len(panels) < 2 or len({panel.y.label for panel in panels}) < len(panels):
        return None
    words = [folded(word) for word in re.findall(r"[^\W\d_]{2,}", text)]
    named = [number for number, panel in enumerate(panels) if any(_are_in(name, words) for name in _names(panel))]
    return replace(query, panels=(named[0],)) if len(named) == 1 else None


def _names(panel: ChartPanel) -> Iterator[list[str]]:
    """Yield the telling words of each name of a panel."""
    for name in (panel.title, label_without_unit(panel.y)):
        telling = [word for word in re.findall(r"[^\W\d_]{2,}", folded(name)) if not _PLAIN.fullmatch(word)]
        if any(len(word) > 3 or not word.isascii() for word in telling):
            yield telling


def _are_in(name: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(_is_same(one, word) for word in words) for one in name)


def _is_same(one: str, word: str) -> bool:
    """Return whether two words are the same, or begin alike, or mean the same in two languages."""
    alike = min(len(one), len(word)) >= _STEM and one[:_STEM] == word[:_STEM] and abs(len(one) - len(word)) < 4
    return (
        alike or one in (word, word.removesuffix("s")) or any(folded(other) == word for other in in_any_language(one))
    )
