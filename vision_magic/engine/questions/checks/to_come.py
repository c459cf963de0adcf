"""The time to come in a question: "next Saturday" is in no chart of what has been, though it has a Saturday."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.accounts import own_words
from vision_magic.engine.questions.language import Language

__all__ = ["is_foreseen", "time_to_come"]

_TO_COME: Final[dict[Language, str]] = {
    "en": r"(?<!the )(?:next|upcoming|coming) (?:day|week|month|quarter|year|season|spring|summer|autumn|winter|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|time)s?\b|\btomorrow\b",
    "de": r"\bnächste[nrs]? (?:woche|monat|quartal|\w+tag|jahr)\b",
    "fr": r"\bqui vient\b|\bprochaine?s?\b",
    "es": r"\bque viene\b|\bpróxim[oa]s?\b",
    "ko": r"내년|내일|(?<!나)(?:다가)?오는 ?(?:\w요일|주말)",
    "zh": r"预计|预测|下(?:个?(?:星期|礼拜)|周)|下个?月|明年|明天",
}
"""Of the other languages, these words are known to nothing, so that they are named anyway."""
_FORESEEN: Final = re.compile(
    r"forecast|predict|project(?:ed|ion)|expected|planned|outlook|prognos|vorhersage|geplant|erwartet|prévi|prévu|"
    r"pronóst|previ[st]|예측|전망|예상|예보|预测|预计|预报",
    re.IGNORECASE,
)
"""What a chart of the time to come has among its words."""


def time_to_come(text: str, language: Language, panels: Sequence[ChartPanel]) -> str:
    """Return the words of a question for a time that is still to come; empty if there are none, or the chart has it.

    Parameters
    ----------
    text : str
        The question.
    language : Language
        Its language.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    found = re.search(_TO_COME.get(language, "(?!)"), text, re.IGNORECASE)
    return found[0] if found is not None and not is_foreseen(panels) else ""


def is_foreseen(panels: Sequence[ChartPanel]) -> bool:
    """Return whether a chart is one of the time to come, by its own words."""
    return _FORESEEN.search(own_words(panels, [])) is not None
