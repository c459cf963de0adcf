"""Units in which a question asks for an answer: "how many kilometres" has none in a chart of minutes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.accounts import own_words
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.topics.amounts_of_whole import total_of
from vision_magic.engine.questions.vocabulary.kinds_of_units import UNIT_KINDS

__all__ = ["unit_not_drawn"]

_ASKED: Final[dict[Language, str]] = {
    "en": r"\bhow many (?P<unit>[a-z]+)",
    "de": r"\bwie ?viele? (?P<unit>[^\W\d_]+)",
    "fr": r"\bcombien d(?:e |['’])(?P<unit>[^\W\d_]+)",
    "es": r"\bcuánt[oa]s (?P<unit>[^\W\d_]+)",
    "ko": r"몇 ?(?P<unit>킬로칼로리|칼로리|킬로미터|킬로그램|킬로(?!와트)|미터|센티|리터|달러|유로|kcal|km|kg)",
    "zh": r"(?:多少|几)(?P<unit>大卡|卡路里|千卡|公里|千米|公斤|千克|厘米|美元|欧元|升|吨)",
}

_OF_ONE: Final = re.compile(r"[(\[](?:(?:je|à|of) \d[^()\[\]]*|\d[^()\[\]]* each)[)\]]")
"""How much one of what is counted holds, as in "crates (15 kg each)"; it is no unit of values."""


_WHOLE: Final = re.compile(
    r"(?:total|gesamt|insgesamt|en tout|overall|합계|총|总).{0,12}?(?:"
    r"[€$£¥] ?\d|\d ?(?:[€$£¥]|원|元|(?:euros?|dollars?|kg|t|[kMG]Wh|l|km|ha|litres?|tonn?es?)\b))",
    re.IGNORECASE,
)
"""An amount in a title, which is that of the whole."""


def unit_not_drawn(text: str, language: Language, panels: Sequence[ChartPanel]) -> str:
    """Return the unit in which a question asks for an amount, if no words of the charts are of its kind.

    Parameters
    ----------
    text : str
        The question.
    language : Language
        Its language.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    asked = re.search(_ASKED.get(language, "(?!)"), text.lower())
    own = _OF_ONE.sub(" ", own_words([panel for panel in panels if not _has_shares(panel)], []))
    for words, drawn in UNIT_KINDS:
        if asked is not None and re.fullmatch(words, asked["unit"]):
            return "" if re.search(drawn, own, re.IGNORECASE) else asked["unit"]
    return ""


def _has_shares(panel: ChartPanel) -> bool:
    """Return whether all values are percentages, of a whole of which the title does not say how much it is."""
    whole = (
        _WHOLE.search(panel.title) is not None or total_of(panel) is not None
    )  # "total: 1800 €", of which a share is asked for in euros
    return (
        bool(panel.series)
        and not whole
        and all(one.kind == "pie" or panel.axis_of(one).unit == "%" for one in panel.series)
    )
