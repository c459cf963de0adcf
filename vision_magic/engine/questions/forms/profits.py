"""Profits where income and costs are drawn: what they leave is the difference of the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.operations import values_at
from vision_magic.engine.questions.patterns import compiled
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["as_profit", "with_profit_as_difference"]

_INCOME: Final = compiled(
    r"(?:total |net )?(?:revenues?|sales|turnover|income|receipts|earnings|takings)|einnahmen?|erlöse?|umsätze?|umsatz|"
    r"recettes|revenus?|chiffre d['’]affaires|ingresos|facturación|수입|매출(?:액)?|收入|营收|营业额|销售额",
    ignore_case=True,
)
_COSTS: Final = compiled(
    r"(?:total |operating )?(?:costs?|expenses?|expenditures?|spending|outgoings)|kosten|ausgaben|aufwand|dépenses|"
    r"coûts?|charges|gastos|cost[eo]s|비용|지출|成本|支出|费用",
    ignore_case=True,
)
_PROFIT: Final[dict[Language, str]] = {
    "en": r"\b(?:net |operating )?(?:profits?|surplus|balance|margin)\b",
    "de": r"\b(?:(?:rein|netto)?gewinn|überschuss)e?s?\b",
    "fr": r"\b(?:bénéfices?|profits?|excédent)(?: nets?)?\b",
    "es": r"\b(?:beneficios?|ganancias?|superávit)(?: net[oa]s?)?\b",
    "ko": r"(?:순)?이익|흑자",
    "zh": r"净?利润|盈利|盈余",
}
_DIFFERENCE: Final[dict[Language, str]] = {
    "en": "difference between {} and {}",
    "de": "Unterschied zwischen {} und {}",
    "fr": "écart entre {} et {}",
    "es": "diferencia entre {} y {}",
    "ko": "{}와 {}의 차이",
    "zh": "{}和{}的差",
}
_NOT_ONE_DIFFERENCE: Final[dict[Language, str]] = {
    "en": r"%|\bpercent|\bprofit margin|"
    r"\b(?:develop|evolv|grow|grew|growth|increas|decreas|ris|rose|fall|fell|chang|trend|declin)\w*",
    "de": r"%|\bprozent|gewinn(?:marge|spanne)|\b(?:entwick|wuchs|wächst|wachs|stieg|steig|gestieg|sank|sink|gesunk|"
    r"fiel|fäll|gefall|verlauf)\w*",
    "fr": r"%|\bpour ?cent|\bmarge|\b(?:évolu|augment|diminu|baiss|progress|croî|croiss|mont)\w*",
    "es": r"%|\bpor ciento|\bmargen|\b(?:evolu|aument|disminu|baj|sub|crec|cay)\w*",
    "ko": r"%|퍼센트|률|늘|줄|증가|감소|변화|추세",
    "zh": r"%|百分|率|增|减|涨|跌|变化|趋势",
}
"""Words for the course of a profit, or for its share, which one difference does not tell."""
_TURN: Final = (
    r"\bwhen (?:did|do|does|will) (?:we|they|it|the (?:company|firm|shop)) "
    r"(?:become|turn|get|start being|start to be) profitable\b|"
    r"\bwhen (?:did|do|does) (?:we|they|it) (?:break even|(?:start to )?make a profit)\b"
)
_TOLD: Final[frozenset[Operation]] = frozenset(("difference", "compare", "sides"))


def with_profit_as_difference(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question with the difference of income and costs for the profit, if these two are drawn.

    Parameters
    ----------
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        The language of the question.
    """
    drawn = _income_and_costs(panels)
    if drawn is None or re.search(_NOT_ONE_DIFFERENCE[language], text, re.IGNORECASE):
        return text
    income, costs = (one.name for one in drawn)
    if language == "en":
        text = re.sub(_TURN, f"When did {income} overtake {costs}", text, flags=re.IGNORECASE)
    return re.sub(_PROFIT[language], _DIFFERENCE[language].format(income, costs), text, flags=re.IGNORECASE)


def as_profit(query: Query, panels: Sequence[ChartPanel]) -> Query:
    """Return a query for the difference that was put for a profit as one that needs no other reading.

    Parameters
    ----------
    query : Query
        What was read of the question in these words.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn = _income_and_costs(panels)
    if drawn is None:
        return query
    if query.operations == ("gap",) and not _is_profit_at(query, *drawn):
        return replace(query, operations=("cannot",), firm=True)
    one = len(query.places) == 1 or "sum" in query.words
    return replace(query, firm=True) if set(query.operations) <= _TOLD and one else query


def _is_profit_at(query: Query, income: Series, costs: Series) -> bool:
    """Return whether the two are apart by a profit where a question asks for it, and not by a loss."""
    pairs = [(a, b) for place in income.x for a in values_at(income, place)[:1] for b in values_at(costs, place)[:1]]
    if query.words & {"gap", "minimum"}:
        return all(a >= b for a, b in pairs)
    return bool(pairs) and max((abs(a - b), a > b) for a, b in pairs)[1]


def _income_and_costs(panels: Sequence[ChartPanel]) -> tuple[Series, Series] | None:
    drawn = [one for one in drawn_series(panels) if one.name]
    income, costs = _only(drawn, _INCOME), _only(drawn, _COSTS)
    return (income, costs) if len(panels) == 1 and len(drawn) == 2 and income and costs else None


def _only(drawn: Sequence[Series], words: re.Pattern[str]) -> Series | None:
    found = [one for one in drawn if words.fullmatch(one.name)]
    return found[0] if len(found) == 1 else None
