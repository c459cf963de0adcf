"""Questions how long it took until a limit was passed: "how many days until it fell below 38 °C?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.judging import is_of_durations

__all__ = ["as_time_until"]

_HOW_LONG: Final[dict[Language, str]] = {
    "en": r"\bhow (?:many|long)\b",
    "de": r"\bwie ?(?:viele[nr]?|lange)\b",
    "fr": r"\bcombien (?:de|d['’])",
    "es": r"\bcu[aá]nt[oa]s?\b",
    "ko": r"몇|며칠|얼마나",
    "zh": r"多少|几|多久|多长时间",
}
_UNTIL: Final[dict[Language, str]] = {
    "en": r"\b(?:did|does|do|will) (?:it|(?:\S+ ){1,4})? ?(?:take|need)\b|\bit (?:took|takes)\b|"
    r"\b(?:until|till|before)\b",
    "de": r"\bgedauert\b|\bdauerte?\b|\bbis\b|\bbrauch\w* .*\bum\b",
    "fr": r"\bfallu\b|\bfaut-il\b|\b(?:a|ont)(?:-t-(?:il|elle)|-ils|-elles)? mis\b|\bmet(?:tent)?\b|\bavant (?:que|d)|"
    r"\bjusqu['’]à ce qu",
    "es": r"\btard(?:ó|o|a|an|aron)\b|\b(?:hicieron|hizo|hacen?) falta\b|\bhasta que\b|\bantes de que\b",
    "ko": r"걸[리렸려린]|(?:때|기)까지",
    "zh": r"(?:用|花)(?:了|费)?(?:多少|几|多久|多长)|(?:多少|几).{1,3}才|才[降升达低高跌涨]|"
    r"(?:需要?|经过|过了)(?:多少|几|多久|多长)",
}
_KINDS: Final = ("line", "area", "step", "bars", "stacked bars")


def as_time_until(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "how many days until it fell below 38" as a question for the first place beyond the limit.

    Of values that are durations themselves, "did it take" may be said of each.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn = [one for one in drawn_series(panels) if not query.series or one.name in query.series]
    alone = len(panels) == 1 and len(drawn) == 1 and drawn[0].kind in _KINDS and not is_of_durations(panels)
    limited = query.threshold is not None and set(query.operations) <= {"threshold", "reach", "unheard"}
    kept = query.places or query.bounds or query.groups or query.then or query.yes_no
    if not alone or not limited or kept:
        return query
    lowered = text.lower()
    if not all(re.search(words[query.language], lowered) for words in (_HOW_LONG, _UNTIL)):
        return query
    return replace(query, operations=("reach",), unheard="", statistic="", negated=False, firm=True)
