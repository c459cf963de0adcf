"""Questions for one of several measures of which none was chosen, so that an answer would tell all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions.accounts import stems_of
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.words import Operation

__all__ = ["undecided_measure"]

_TOLD: Final[frozenset[Operation]] = frozenset(("value", "maximum", "minimum", "mean", "median", "sum", "range"))


def undecided_measure(query: Query, answer: str, panels: Sequence[ChartPanel]) -> str:
    """Return "order" of "the average order value" where one panel shows visits, and the other visits with an order.

    It is a word that some panels have and others do not, of a question that chooses none of them or all. It is empty
    if the answer speaks of one panel, or if nothing tells the panels apart.
    """
    chosen = query.series or query.colours or query.groups or (query.panels and len(set(query.panels)) < len(panels))
    if query.language != "en" or len(panels) < 2 or chosen or not query.operations or query.then is not None:
        return ""
    names = [panel.title or panel.y.label for panel in panels]
    labels = {panel.y.label for panel in panels}
    told = sum(name.replace("\\", "") in answer.replace("\\", "") for name in names if name)
    if not set(query.operations) <= _TOLD or told < 2 or len(labels) < len(panels) or re.search(_BOTH, query.text):
        return ""
    own = [stems_of(" ".join((panel.title, panel.y.label, *_names(panel)))) for panel in panels]
    apart = set.union(*own) - set.intersection(*own)
    words = re.findall(r"[^\W\d_]{3,}", query.text)
    return next((word for word in words if stems_of(word) & apart), "")


_BOTH: Final = r"\b(?:each|both|every|all|and)\b"


def _names(panel: ChartPanel) -> list[str]:
    return [one.name for one in drawn_series([panel])]
