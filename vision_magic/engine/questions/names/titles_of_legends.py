"""What series are where their legend has no title, and that of the chart says it: "sign-ups by level and format"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import FLAT, Chart, ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.numbers import label_without_unit

__all__ = ["with_titles_of_legends"]

_BY_BOTH: Final = (
    r"(?<!\w)(?:by|per|nach|je|pro|par|selon|por|según) (?P<a>[^\W\d_][\w-]{2,30}) "
    r"(?:and|und|et|y) (?:(?:by|per|nach|je|pro|par|selon|por|según) )?(?P<b>[^\W\d_][\w-]{2,30})"
)
_ALIKE: Final = 4
"""How many letters the singular and the plural of a noun share at least."""


def with_titles_of_legends(chart: Chart) -> Chart:
    """Return a chart with the noun for its series, which its title has beside that of its places, over its legend."""
    return replace(chart, panels=tuple(map(_with_title, chart.panels)))


def _with_title(panel: ChartPanel) -> ChartPanel:
    drawn = [one for one in drawn_series([panel]) if one.name]
    found = re.search(_BY_BOTH, panel.title, re.IGNORECASE)
    if panel.legend_title or len(drawn) < 2 or found is None:
        return panel
    places = panel.y if all(one.kind in FLAT for one in drawn) else panel.x
    label = label_without_unit(places).casefold()
    others = [noun for noun, other in ((found["a"], found["b"]), (found["b"], found["a"])) if _are_alike(other, label)]
    return replace(panel, legend_title=others[0]) if len(others) == 1 else panel


def _are_alike(noun: str, label: str) -> bool:
    shared = max(_ALIKE, min(len(noun), len(label)) - 2)
    return len(label) >= _ALIKE and noun.casefold()[:shared] == label[:shared]
