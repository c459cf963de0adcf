"""From one row of a table to another, "Monday to Friday": all rows between them are meant, and not these two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.names.usual_names import kind_of_names
from vision_magic.engine.questions.numbers import period_of
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.words import SERIES, Operation

__all__ = ["with_rows_between"]

_TO: Final = re.compile(
    rf"{SERIES}(?:요일)? ?(?:到|至|~|–|-|부터|에서|bis|to|through|thru|until|till|al?|à|au|jusqu['’]?(?:au?|à)|hasta)"
    rf"(?: (?:el|la|le|zum))? ?{SERIES}"
)
_BETWEEN: Final = re.compile(r"differen|unterschied|écart|diferencia|차이|相差|差")
"""How far the two rows are apart."""


def with_rows_between(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question from one time of several series to another as one about all of these.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    names = [one.name for one in drawn_series(panels)]
    ends = _ends_in(query)
    if len(ends) != 2 or not set(ends) <= set(names):
        return query
    if _BETWEEN.search(text.lower()) or query.direction or not (kind_of_names(names) or period_of(names)):
        return query
    first, last = (names.index(name) for name in ends)
    if last - first < 2:
        return query
    query = replace(query, series=tuple(names[first : last + 1]), bounds=None, firm=True)
    which = query.operations in (("totals",), ("maximum",), ("compare",)) or query.of_series
    if not which:
        return query
    side: Operation = "minimum" if "minimum" in query.words else "maximum"
    places = query.places or tuple(place for group in query.groups for place in group.places)
    statistic = "" if places else query.statistic
    return replace(query, operations=(side,), places=places, groups=(), statistic=statistic, of_series=True)


def _ends_in(query: Query) -> tuple[str, ...]:
    """Return the first and the last of the rows that a question names, as series or as the bounds of an axis."""
    if query.bounds is not None and isinstance(query.bounds.low, str) and isinstance(query.bounds.high, str):
        return query.bounds.low, query.bounds.high
    return query.series if _TO.search(query.text) else ()
