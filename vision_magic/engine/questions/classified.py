"""A question whose words no rule understands, as the classifier understands it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import Chart
from vision_magic.engine.classifier.inputs import inputs_of
from vision_magic.engine.classifier.network import network
from vision_magic.engine.questions.labelled import as_labelled
from vision_magic.engine.questions.parse import found_in
from vision_magic.engine.questions.query import Query

__all__ = ["classified"]

_SURE: Final = 0.7
"""How probable a label must be, so that a question is answered; else it is declined."""


def classified(text: str, charts: Sequence[Chart]) -> Query | None:
    """Return what a question asks for; None if the classifier is not sure, or nothing can be made of its label.

    Parameters
    ----------
    text : str
        The question, in any of the languages.
    charts : sequence of Chart
        The charts that it is about.
    """
    panels = [panel for chart in charts for panel in chart.panels]
    known = network()
    if known is None or not panels:
        return None
    found, marked = found_in(text, panels)
    label, chance = next(iter(known.chances(inputs_of(marked, found.language, panels)).items()))
    return as_labelled(label, found, charts) if chance >= _SURE else None
