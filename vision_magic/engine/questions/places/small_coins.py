"""Amounts in the hundredth of a currency: "60 cents" are 0.6 € along an axis of €."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.marked import texts_of

__all__ = ["with_whole_currency"]

_COINS: Final[dict[str, str]] = {
    "€": r"(?:euro ?)?cents?|ct|céntimos?|centimes?|유로 ?센트|센트|欧分",
    "$": r"cents?|ct|centavos?|센트|美分",
    "£": r"pence|pennies|p|penique?s?|펜스|便士",
}
"""What a hundredth of each currency is called."""
_AMOUNT: Final = r"\d+(?:[.,]\d+)?"


def with_whole_currency(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question with amounts in the currency of all values, where it has them in cents.

    Parameters
    ----------
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        Its language.
    """
    units = {panel.axis_of(one).unit for panel in panels for one in drawn_series([panel])}
    unit = units.pop() if len(units) == 1 else ""
    if unit not in _COINS or re.search(rf"(?<!\w)(?:{_COINS[unit]})(?!\w)", texts_of(panels).lower()):
        return text

    def said(found: re.Match[str]) -> str:
        amount = f"{float(found['amount'].replace(',', '.')) / 100:g}"
        return f"{amount.replace('.', ',') if language in ('de', 'fr', 'es') else amount} {unit}"

    end = "" if language in ("ko", "zh") else r"(?!\w)"
    coins = rf"[ -]?(?:{_COINS[unit]}){end}"
    if re.search(rf"{_AMOUNT} (?:to|and|auf|bis|und|à|et|a|y) {_AMOUNT}{coins}", text, re.IGNORECASE):
        return text  # a span of values, which would be taken for one of places
    return re.sub(rf"(?<![A-Za-z\d.,])(?P<amount>{_AMOUNT}){coins}", said, text, flags=re.IGNORECASE)
