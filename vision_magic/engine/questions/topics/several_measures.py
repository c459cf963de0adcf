"""Questions for one of several measures of which none was chosen, so that an answer would tell all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.closed_classes import is_of_closed_class
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["undecided_measure"]

_TOLD: Final[frozenset[Operation]] = frozenset(("value", "maximum", "minimum", "mean", "median", "sum", "range"))
_PREPOSITIONS: Final = frozenset(
    ("with", "from", "into", "between", "under", "over", "after", "before", "during", "without", "among")
)
_SEVERAL: Final = r"\b(?:each|both|every|all|and|or)\b"


def undecided_measure(text: str, query: Query, answer: str, panels: Sequence[ChartPanel]) -> str:
    """Return "order" of "the average order value" where one panel shows visits, and the other visits with an order.

    It is a word that some panels have and others do not, of a question that chooses none of them or all. It is empty
    if the answer speaks of one panel, or if nothing tells the panels apart.
    """
    chosen = query.series or query.colours or query.groups or (query.panels and len(set(query.panels)) < len(panels))
    if query.language != "en" or len(panels) < 2 or chosen or query.then is not None:
        return ""
    labels = {panel.y.label for panel in panels}
    told = sum(name in answer.replace("\\", "") for panel in panels if (name := panel.title or panel.y.label))
    if not set(query.operations) <= _TOLD or told < 2 or len(labels) < len(panels) or re.search(_SEVERAL, text.lower()):
        return ""
    own = [_words(f"{panel.title} {panel.y.label}") for panel in panels]
    asked = [word for word in re.findall(r"[^\W\d_]{4,}", text) if _words(word)]
    return next((word for word in asked if 0 < sum(word.lower() in words for words in own) < len(panels)), "")


def _words(text: str) -> set[str]:
    """Return the words of a text that may say what is measured."""
    words = re.findall(r"[^\W\d_]{4,}", text.lower())
    return {word for word in words if not (word in _PREPOSITIONS or is_of_closed_class(word, "en"))}
