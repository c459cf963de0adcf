"""Words for what charts of energy or water show: "verbraucht" of kilowatt-hours that nothing says were produced."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions.language import Language

__all__ = ["CONSUMED", "is_electricity", "is_of_consumption", "words_for_electricity"]

CONSUMED: Final[dict[Language, str]] = {
    "en": "(?!)",
    "de": r"\b(?:jahres|monats|tages|gesamt|energie|end)?verbr(?:auch\w*|äuche\w*)",
    "fr": r"\bconsomm\w+|\bdépens(?:e|ent|ée?s?|ait|aient|er)\b(?=.*\b(?:énergie|électricité|courant|eau|gaz|kwh)\b)",
    "es": r"\bconsum\w+|\bgast(?:o|ó|a|an|aron|ado|aba|aban)\b",
    "ko": r"(?:에너지 ?)?(?:사용|소비)(?:량|했|한|하는|된)?[가-힣]{0,3}|썼\w*|쓴|쓰는|쓰나요",
    "zh": r"用(?:电|能|水)?量|消耗量?|消费量?|用了|使用了?|耗(?:电|能)量?",
}
"""Words for what was used; English has "use", which every chart may be said to show."""
_ENERGY: Final = re.compile(r"[kMGT]?Wh|[kMG]?J|kcal|therms?")
_OTHER: Final = re.compile(
    r"produ[ck]|produz|generat|erzeug|génér|gener|solar|wind|photovolt|\bpv\b|feed|export|einspeis|생산|발전|发电|产量|"
    r"stor|speicher|capacity|kapazität"
)
_SAID: Final = re.compile(r"\bus(?:e|es|ed|age)\b|consum|consomm|verbr(?:auch|äuch)|사용|소비|用量|用电|用水|消耗|耗电")


def is_of_consumption(own: str, panels: Sequence[ChartPanel]) -> bool:
    """Return whether the values of charts are what was used: of energy, unless their words say that it was made.

    Parameters
    ----------
    own : str
        The words of the charts in lower case.
    panels : sequence of ChartPanel
        Their panels.
    """
    labels = [axis for panel in panels for one in panel.series for axis in (panel.axis_of(one),)]
    units = {axis.unit or axis.label for axis in labels}
    if _OTHER.search(own) is not None:
        return False
    energy = bool(units) and all(_ENERGY.fullmatch(unit) for unit in units)
    return energy or (len(units) == 1 and _SAID.search(own) is not None)


_ELECTRICITY: Final[dict[Language, str]] = {
    "en": "electricity energy power",
    "de": "strom energie elektrizität",
    "fr": "électricité énergie courant",
    "es": "electricidad energía corriente",
    "ko": "전기 전력 에너지",
    "zh": "电量 电力 电能 能量 发电量",
}
_WATT_HOURS: Final = re.compile(r"[kMGT]?Wh")
_HEAT: Final = re.compile(
    r"\bgas\b|gaz\b|heat|wärme|heiz|chaleur|chauff|calor|calef|\boil\b|\böl|pellet|\bwood|holz|fuel|brennstoff|"
    r"hydrogen|wasserstoff|가스|난방|열|연료|수소|煤气|天然气|燃|热|供暖|氢"
)
"""Words for energy that is no electricity, though it is measured in the same units."""


def words_for_electricity(own: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return the words for what kilowatt-hours are of, unless the words of the charts speak of heat or a fuel.

    Parameters
    ----------
    own : str
        The words of the charts in lower case.
    panels : sequence of ChartPanel
        Their panels.
    language : Language
        The language of the words.
    """
    units = {panel.axis_of(one).unit for panel in panels for one in panel.series}
    electric = bool(units) and all(map(_WATT_HOURS.fullmatch, units)) and _HEAT.search(own) is None
    return _ELECTRICITY[language] if electric else ""


def is_electricity(noun: str, unit: str) -> bool:
    """Return whether a noun is a word for what a unit such as kWh measures, if the charts do not speak of heat."""
    words = (word for known in _ELECTRICITY.values() for word in known.split())
    return _WATT_HOURS.fullmatch(unit) is not None and noun in words
