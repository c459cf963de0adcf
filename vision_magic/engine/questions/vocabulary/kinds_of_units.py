"""Words for units, and what a chart of such a unit, or of the same kind, has among its words."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions import patterns as re

__all__ = ["UNIT_KINDS", "is_of_unit"]

UNIT_KINDS: Final[tuple[tuple[str, str], ...]] = (
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
    (r"litern?|lit(?:re|er)s?|litros?|리터|升", r"\b[mch]?l\b|lit(?:er|re|ro)|\bm³|볼륨|升|리터"),
    (r"tonn?e?[ns]?|toneladas?|吨", r"\b[kMG]?t\b|tonn?e|tonelad|吨|톤"),
    (r"dollars?|dólares?|달러|美元", r"\$|usd|dol+ar|달러|美元"),
    (r"euros?|유로|欧元", r"€|eur|유로|欧元"),
    (r"kilowatt-?(?:hours?|stunden?|heures?)|킬로와트시\S*|千瓦时|度", r"kwh\b|kilowatt-?(?:h|st)|킬로와트시|千瓦时"),
    (r"kilowatts?|킬로와트\S*|千瓦", r"kwh?\b|kilowatt|킬로와트|千瓦"),
    (r"hektar\w*|hectares?|hectáreas?|acres?|헥타르|公顷", r"\bha\b|km²|m²|he[ck]t[aá]r|acre|헥타르|公顷"),
    (r"zentimetern?|centim[eè]tres?|cent[ií]metros?|센티|厘米", r"\bc?m\b|centim|zentim|厘米|센티"),
)
"""Words for a unit, and what a chart of it, or of the same kind, has among its words."""


def is_of_unit(noun: str, unit: str) -> bool:
    """Return whether a noun is a word for a unit: "litres" for l, "kilos" for kg."""
    unit = unit.lower()
    if noun in unit:
        return True
    return any(re.fullmatch(words, noun) and re.search(drawn, unit, re.IGNORECASE) for words, drawn in UNIT_KINDS)
