"""Pairs of which the chart has only one: "how much are the car and the rent together?" where no car is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query

__all__ = ["as_half_named"]

_NAME: Final = "[\ue000-\uf8ff]"
_PAIR: Final[dict[Language, str]] = {
    "en": r"(?:U (?:and|or|plus|&) |\b(?:and|or|plus|&) (?:\w+ ){0,2}U)",
    "de": r"(?:U (?:und|oder|plus) |\b(?:und|oder|plus) (?:\w+ ){0,2}U)",
    "fr": rf"(?:U (?:et|ou) |U plus (?:l[ae] |l['’])?{_NAME}|\b(?:et|ou|{_NAME} plus) (?:\w+ |l['’]|d['’]){{0,2}}U)",
    "es": rf"(?:U (?:y|o) |U más (?:el |la )?{_NAME}|(?:\b[yeo]|{_NAME} más) (?:\w+ ){{0,2}}U)",
    "ko": r"(?:U(?:이?랑|와|과|하고|이?나) |(?:이?랑|와|과|하고|이?나) U)",
    "zh": r"(?:U ?(?:和|与|跟|或|还是)|(?:和|与|跟|或|还是) ?U)",
}
"""How a word U stands beside another one of a pair."""
_ADDED: Final = re.compile(
    r"(?P<a>\S+?)(?:이?랑|와|과|하고) (?P<b>\S+?)(?:을|를|이|가|은|는)? ?(?:다 )?(?:합치|합쳐|합하|합해|더하|더해|"
    r"합계|같이|함께)"
)


def as_half_named(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question about two of which one is not drawn as one that names this one, and is not answered.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    if not panels or query.firm:
        return query
    added = _ADDED.search(query.text) if query.language == "ko" else None
    if added is not None:
        unknown = [word for word in (added["a"], added["b"]) if re.search(_NAME, word) is None]
        return replace(query, operations=("unheard",), unheard=unknown[0], firm=True) if len(unknown) == 1 else query
    if query.operations != ("unheard",) or not query.unheard:
        return query
    word = re.escape(query.unheard.lower())
    paired = re.search(_PAIR[query.language].replace("U", word), query.text) is not None
    return replace(query, firm=True) if paired else query
