"""Words for what charts of energy or water show: "verbraucht" of kilowatt-hours that nothing says were produced."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions.language import Language

__all__ = ["CONSUMED", "is_of_consumption"]

CONSUMED: Final[dict[Language, str]] = {
    "en": "(?!)",
    "de": r"\b(?:jahres|monats|tages|gesamt|energie|end)?verbr(?:auch\w*|äuche\w*)",
    "fr": r"\bconsomm\w+",
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
