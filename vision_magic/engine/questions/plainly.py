"""English questions put into words that the reader knows, where the chart says what they mean.

"When did we become profitable?" of lines of revenue and costs asks when one crosses the other, "the uplift of B" how
much higher it is, and "B" stands for the bar "B (new button)".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Series

__all__ = ["put_plainly"]

_SPREADS: Final = (
    (
        r"\b(?:least (?:predictable|consistent|reliable|steady)|"
        r"most (?:unpredictable|inconsistent|unreliable|erratic))\b",
        "most variable",
    ),
    (r"\b(?:most (?:predictable|reliable|steady)|least (?:unpredictable|erratic))\b", "most stable"),
)
_UPLIFT: Final = (
    r"\b(?:how (?:big|large|high|much) (?:is|was)|what(?:['’]s| is| was)) the (?:relative )?(?:uplift|lift) "
    r"(?:of|for|from) (?P<a>.+?) (?:over|against|versus|vs\.?|compared (?:to|with)|relative to) (?:the )?(?P<b>[^,?]+)"
)
_INCOME: Final = re.compile(r"(?:total |net )?(?:revenues?|sales|turnover|income|receipts|earnings)", re.IGNORECASE)
_COSTS: Final = re.compile(
    r"(?:total |operating )?(?:costs?|expenses?|expenditures?|spending|outgoings)", re.IGNORECASE
)
_PROFIT: Final = r"(?:net |operating )?(?:profits?|surplus|balance|margin)"
_NOT_ONE_DIFFERENCE: Final = (
    r"%|\bpercent|\bprofit margin|"
    r"\b(?:develop|evolv|grow|grew|growth|increas|decreas|ris|rose|fall|fell|chang|trend|declin)\w*"
)
_TURN: Final = (
    r"\bwhen (?:did|do|does|will) (?:we|they|it|the (?:company|firm|shop)) "
    r"(?:become|turn|get|start being|start to be) profitable\b|"
    r"\bwhen (?:did|do|does) (?:we|they|it) (?:break even|(?:start to )?make a profit)\b"
)


def put_plainly(text: str, panels: Sequence[ChartPanel]) -> str:
    """Return a question with what its chart says about some of its words in their place."""
    for words, plain in _SPREADS:
        text = re.sub(words, plain, text, flags=re.IGNORECASE)
    text = _with_whole_names(text, panels)
    text = re.sub(_UPLIFT, r"How much higher is \g<a> than \g<b>", text, flags=re.IGNORECASE)
    return _without_profit(text, panels)


def _with_whole_names(text: str, panels: Sequence[ChartPanel]) -> str:
    """Return a question with "B (new button)" for "B", where every name begins with a letter of its own."""
    places = [place for panel in panels for one in panel.series for place in one.x]
    names = {found[1]: found[0] for place in places if (found := re.match(r"([A-Z]) \(.+\)$", str(place)))}
    if len(names) < 2 or len(names) < len(set(places)):
        return text
    for letter, name in names.items():
        text = re.sub(rf"(?<=\w )(?:variant |version |group )?{letter}(?![\w’'(-])(?! \()", lambda _, n=name: n, text)  # type: ignore[misc]
    return text


def _without_profit(text: str, panels: Sequence[ChartPanel]) -> str:
    """Return a question with the difference of income and costs for the profit, which is what they leave."""
    drawn = [one for panel in panels for one in panel.series if one.name]
    income, costs = _only(drawn, _INCOME), _only(drawn, _COSTS)
    if len(panels) != 1 or len(drawn) != 2 or income is None or costs is None:
        return text
    if re.search(_NOT_ONE_DIFFERENCE, text, re.IGNORECASE):
        return text
    text = re.sub(_TURN, f"When did {income.name} overtake {costs.name}", text, flags=re.IGNORECASE)
    difference = f"difference between {income.name} and {costs.name}"
    return re.sub(rf"\b{_PROFIT}\b", difference, text, flags=re.IGNORECASE)


def _only(drawn: Sequence[Series], words: re.Pattern[str]) -> Series | None:
    found = [one for one in drawn if words.fullmatch(one.name)]
    return found[0] if len(found) == 1 else None
