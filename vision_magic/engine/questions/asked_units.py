"""Units in which a question asks for an answer: "how many kilometres" has none in a chart of minutes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions.accounts import own_words
from vision_magic.engine.questions.language import Language

__all__ = ["unit_not_drawn"]

_ASKED: Final[dict[Language, str]] = {
    "en": r"\bhow many (?P<unit>[a-z]+)",
    "de": r"\bwie ?viele? (?P<unit>[^\W\d_]+)",
    "fr": r"\bcombien d(?:e |['’])(?P<unit>[^\W\d_]+)",
    "es": r"\bcuánt[oa]s (?P<unit>[^\W\d_]+)",
    "ko": r"몇 ?(?P<unit>킬로칼로리|칼로리|킬로미터|킬로그램|킬로|미터|센티|리터|달러|유로|kcal|km|kg)",
    "zh": r"(?:多少|几)(?P<unit>大卡|卡路里|千卡|公里|千米|公斤|千克|厘米|美元|欧元|升|吨)",
}
_UNITS: Final[tuple[tuple[str, str], ...]] = (
    (
        r"kilomet(?:er|re)\w*|kilom[eè]tres?|kil[oó]metros?|km|킬로미터|公里|千米",
        r"\bkm\b|kilom|distan|公里|千米|킬로미터",
    ),
    (
        r"(?:kilo)?kalorien?|calories?|calor[ií]as?|kcal|킬로칼로리|칼로리|大卡|卡路里|千卡",
        r"kcal|calor|kalor|칼로리|卡",
    ),
    (
        r"kilos?|kilogramm\w*|kilogrammes?|kilogramos?|kg|킬로그램|킬로|公斤|千克",
        r"\bk?g\b|kilo|weight|mass|公斤|千克|킬로",
    ),
    (r"litern?|liters?|litres?|litros?|리터|升", r"\b[mch]?l\b|lit(?:er|re|ro)|\bm³|볼륨|升|리터"),
    (r"tonnen?|tonnes?|tons|toneladas?|吨", r"\b[kMG]?t\b|tonn?e|tonelad|吨|톤"),
    (r"dollars?|dólares?|달러|美元", r"\$|usd|dol+ar|달러|美元"),
    (r"euros?|유로|欧元", r"€|eur|유로|欧元"),
    (r"hektar\w*|hectares?|hectáreas?|acres?|헥타르|公顷", r"\bha\b|km²|m²|he[ck]t[aá]r|acre|헥타르|公顷"),
    (r"zentimetern?|centim[eè]tres?|cent[ií]metros?|센티|厘米", r"\bc?m\b|centim|zentim|厘米|센티"),
)
"""Words for a unit, and what a chart of it, or of the same kind, has among its words."""


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
    own = own_words([panel for panel in panels if not _has_shares(panel)], [])
    for words, drawn in _UNITS:
        if asked is not None and re.fullmatch(words, asked["unit"]):
            return "" if re.search(drawn, own, re.IGNORECASE) else asked["unit"]
    return ""


def _has_shares(panel: ChartPanel) -> bool:
    """Return whether all values are percentages, whatever the title says that they are parts of."""
    return bool(panel.series) and all(one.kind == "pie" or panel.axis_of(one).unit == "%" for one in panel.series)
