"""Questions for the value, or the place, at the turning point of a course, which no other word of them names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query

__all__ = ["as_turning_point"]

_POINT: Final[dict[Language, str]] = {
    "en": r"\bturning[ -]point\b|\bturn-?around\b|\bpoint (?:where|at which) (?:it|he|she|the \w+) turn(?:s|ed)\b",
    "de": r"\b(?:wende|umkehr)punkt\w*",
    "fr": r"\bpoint (?:de retournement|de bascule|tournant)\b|\btournant\b",
    "es": r"\bpunto de (?:giro|retorno|inflexión|inflexion)\b",
    "ko": r"전환점|변곡점|반환점|터닝 ?포인트",
    "zh": r"转折点|拐点|转捩点",
}


def as_turning_point(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "how cold was it at the turning point" as a question for where the only course that is meant turns.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    said = re.search(_POINT[query.language], text.lower())
    lines = len(panels) == 1 and all(one.kind in ("line", "area", "step") for one in drawn_series(panels))
    kept = query.places or query.bounds or query.groups or query.threshold or query.amounts or query.then
    if said is None or not lines or kept or query.has("why"):
        return query
    if "unheard" in query.operations and query.unheard.lower() not in said[0]:
        return query
    one = len(query.series) == 1 or len(drawn_series(panels)) == 1
    query = replace(query, unheard="", yes_no=False, statistic="", direction="", firm=True)
    return replace(query, operations=("turns",) if one else ("cannot",))
