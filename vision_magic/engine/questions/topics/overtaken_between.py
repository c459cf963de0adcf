"""Between which places one line overtakes another: "between which full hours did A get faster than B?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query

__all__ = ["as_overtaken_between"]

_BETWEEN: Final[dict[Language, str]] = {
    "en": r"\bbetween (?:which|what)\b",
    "de": r"\bzwischen welche\w*\b",
    "fr": r"\bentre quel(?:le)?s\b",
    "es": r"\bentre (?:qué|cu[aá]les)\b",
    "ko": r"(?:어느|어떤|몇|무슨).{1,24}사이",
    "zh": r"(?:哪|几).{0,12}之?间",
}
_PASSES: Final[dict[Language, str]] = {
    "en": r"\b(?:became|becomes?|got|gets?|turn(?:ed|s)?|over(?:took|tak\w+)|surpass\w*|pass(?:ed|es)?|outsold|"
    r"outsells?|(?:went|goes|rose|rises|climbed|moved|pulled) (?:above|past|ahead|over))\b",
    "de": r"\b(?:wurden?|wird|werden|überhol\w*|überstieg\w*|übersteig\w*|übertr[aie]f\w*|vorbei\w*)\b",
    "fr": r"\b(?:devien\w*|devenue?s?|devin\w*|dépass\w*|doubl\w*|surpass\w*|pass\w* (?:devant|au-dessus))",
    "es": r"\b(?:se (?:volvi\w+|vuelve\w*|hizo|hicieron|hace\w*)|pas\w+ a ser|super[aóo]\w*|adelant\w*|sobrepas\w*|"
    r"rebas\w*)",
    "ko": r"추월|앞질|앞서기 시작|넘어[섰서]|보다.{1,8}(?:해졌|아졌|어졌|해지|아지|어지|라졌|라지|졌|게 되)",
    "zh": r"超过|超越|反超|赶超|追上|变得|变[快高大多贵长]",
}
"""Words for getting above another, and not for being there."""


def as_overtaken_between(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "between which hours did A get faster than B" of lines as a question where A gets above B.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    lines = [one for one in drawn_series(panels) if one.name in query.series and one.kind in ("line", "area")]
    compared = set(query.operations) & {"higher at", "compare", "crossing", "step", "gap"}
    kept = query.places or query.bounds or query.threshold or query.groups or query.then or query.yes_no
    if len(query.series) != 2 or len(lines) != 2 or not compared or kept:
        return query
    words = (_BETWEEN[query.language], _PASSES[query.language])
    if not all(re.search(word, text.lower()) for word in words):
        return query
    # Of "higher at", the one that is above already stands first.
    pair = query.series if query.operations == ("higher at",) else query.pair_from_above
    pair = pair[::-1] if query.has("slower") and not query.asks_less else pair
    return replace(
        query,
        operations=("crossing",),
        series=pair,
        text="\ue400 overtakes \ue401",
        asked_in="en",
        statistic="",
        direction="",
        firm=True,
    )
