"""Units of axes, by which a question tells values from places, also where they are written out or those of a clock."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from vision_magic.engine.chart.data import FLAT, ChartAxis, ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.numbers import label_without_unit
from vision_magic.engine.questions.places.scales_of_axes import unscaled

__all__ = ["UNIT_WORDS", "is_of_day", "units_of", "without_time", "words_of_unit"]

UNIT_WORDS: Final[dict[str, str]] = {
    "%": "percent|per cent|prozent|pour ?cent|por ?ciento|퍼센트|百分点",
    "°C": "degrees? celsius|degrees?|celsius|grad celsius|grad|degrés?|grados?|도|摄氏度|度|°",
    "°F": "degrees? fahrenheit|degrees?|fahrenheit|grad|degrés?|grados?|도|华氏度|度|°",
    "€": "euros?|eur|유로|欧元|歐元",
    "$": "dollars?|bucks|usd|dólares?|달러|美元|美金",
    "£": "pounds?|quid|gbp|pfund|livres?|libras?|파운드|英镑|英鎊",
    "s": "seconds?|secs?|sekunden?|secondes?|segundos?|초|秒",
    "min": "minutes?|mins?|minuten?|minutos?|분|分钟|分",
    "h": "hours?|hrs?|stunden?|heures?|horas?|시간|小时",
    "ms": "milliseconds?|millisekunden?|millisecondes?|milisegundos?|밀리초|毫秒",
    "m²": "square met(?:er|re)s?|quadratmetern?|mètres? carrés?|metros? cuadrados?|제곱미터|평방미터|平方米|平米",
    "m³": "cubic met(?:er|re)s?|kubikmetern?|mètres? cubes?|metros? cúbicos?|세제곱미터|立方米",
    "cm": "centimet(?:er|re)s?|zentimetern?|centímetros?|센티미터|厘米",
    "mm": "millimet(?:er|re)s?|millimetern?|milímetros?|밀리미터|毫米",
    "m": "met(?:er|re)s?|metern?|mètres?|metros?|미터|米",
    "km": "kilomet(?:er|re)s?|kilometern?|kilomètres?|kilómetros?|킬로미터|公里|千米",
    "t": "tons?|tonnes?|tonnen?|toneladas?|톤|吨|噸",
    "kg": "kilograms?|kilos?|kilogramms?|kilogrammes?|kilogramos?|킬로그램|킬로|公斤|千克",
    "g": "grams?|gramm|grammes?|gramos?|그램|克",
    **dict.fromkeys(("l", "L", "litres", "liters"), "lit(?:re|er)s?|litern?|litros?|리터|升"),
    "kWh": "kilowatt-?hours?|kilowattstunden?|kilowatt-?heures?|kilovatios?[- ]hora|킬로와트시|千瓦时|度电",
    "Wh": "watt-?hours?|wattstunden?|watt-?heures?|vatios?[- ]hora|와트시|瓦时",
    "MWh": "megawatt-?hours?|megawattstunden?|mégawatt-?heures?|megavatios?[- ]hora|메가와트시|兆瓦时",
    "GWh": "gigawatt-?hours?|gigawattstunden?|gigawatt-?heures?|gigavatios?[- ]hora|기가와트시|吉瓦时",
    "TWh": "terawatt-?hours?|terawattstunden?|térawatt-?heures?|teravatios?[- ]hora|테라와트시|太瓦时",
    "W": "watts?(?![- ]?h)|vatios?(?![- ]h)|와트(?!시)|瓦(?:特)?(?!时)",
    "kW": "kilowatts?(?![- ]?h)|kilovatios?(?![- ]h)|킬로와트(?!시)|千瓦(?!时)",
    "MW": "megawatts?(?![- ]?h)|mégawatts?(?![- ]?h)|megavatios?(?![- ]h)|메가와트(?!시)|兆瓦(?!时)",
    "GW": "gigawatts?(?![- ]?h)|gigavatios?(?![- ]h)|기가와트(?!시)|吉瓦(?!时)",
    "ha": "hectares?|hektar|hectáreas?|헥타르|公顷",
    "dB": "decibels?|dezibel|décibels?|decibelios?|데시벨|分贝",
    "hPa": "hectopascals?|hektopascal|헥토파스칼|百帕",
    "kcal": "kilocalories?|calories?|(?:kilo)?kalorien?|kilocalorías?|calorías?|킬로칼로리|칼로리|千卡|大卡|卡路里",
    "Hz": "hertz|헤르츠|赫兹|赫",
    "kHz": "kilohertz|킬로헤르츠|千赫兹?",
    "MHz": "megahertz|메가헤르츠|兆赫兹?",
    "GHz": "gigahertz|기가헤르츠|吉赫兹?",
    "µg/m³": r"(?:micrograms?|mikrogramm|microgrammes?|microgramos?)(?: (?:per|pro|par|por) cubic met(?:er|re))?|"
    r"µg|μg|마이크로그램|微克(?:每立方米)?",
    "mV": "millivolts?|밀리볼트|毫伏",
    "V": "volts?|볼트|伏特?",
}
"""Units, and the words for them in all languages."""

_CLOCK: Final = "clock"
"""What stands for the unit of an axis of the hours of a day: "at 8 h" is a place of it, "8 hours" may be a value."""

_WORDS_OF_CLOCK: Final = "h|uhr|o['’]?clock|시(?!간)|[点點时時](?![间間])"
_OF_HOURS: Final = re.compile(
    r"\bhour\b|\btime of day\b|uhrzeit|\bheure\b|\bhora\b|시각|시간대|时刻|时段|钟点", re.IGNORECASE
)
"""Labels of an axis that has the hours of a day, or those that passed."""


_PER_TIME: Final = re.compile(
    r"(?: ?/ ?| (?:per|pro|je|par|por|al|a la) )(?:years?|months?|weeks?|days?|jahr|monat|woche|tag|ans?|année|mois|"
    r"semaine|jour|año|mes|semana|día|yr|a|d|년|월|일|年|月|天)$",
    re.IGNORECASE,
)


def without_time(unit: str) -> str:
    """Return a unit without the time of one value: each year of "m per year" has so many metres."""
    return _PER_TIME.sub("", unit)


def is_of_day(axis: ChartAxis) -> bool:
    """Return whether an axis has the hours of a day, by its label."""
    return _OF_HOURS.search(axis.label) is not None


def words_of_unit(unit: str) -> str:
    """Return a pattern of a unit and the words for it."""
    if unit == _CLOCK:
        return _WORDS_OF_CLOCK
    word = rf"|{re.escape(unit.removesuffix('s'))}(?:s|n)?" if len(unit) > 2 and unit.isalpha() else ""  # "in 7 Tagen"
    return "|".join(filter(None, (re.escape(unit) + word, UNIT_WORDS.get(unit, ""))))


def units_of(panel: ChartPanel) -> tuple[set[str], set[str]]:
    """Return the units of the values of a panel, of which a second axis has others, and that of its places."""
    if panel.series and all(series.kind == "pie" for series in panel.series):
        return {"%"}, set()
    flat = bool(panel.series) and all(series.kind in FLAT for series in panel.series)
    values = {_unit_of(panel.axis_of(series)) for series in panel.series} or {_unit_of(panel.y)}
    places = panel.y if flat else panel.x
    of_day = not places.unit and places.scale == "linear" and is_of_day(places)
    return _with_plain(values), _with_plain({_CLOCK if of_day else _unit_of(places)})


def _unit_of(axis: ChartAxis) -> str:
    """Return the unit of an axis as it is abbreviated: that in its label, or the label that is nothing but a unit."""
    return _abbreviated(axis.unit) if axis.unit else _abbreviated(label_without_unit(axis), alone=True)


_SINGULAR: Final = re.compile(r"hour|stunde|heure|hora|시간|小时|分|도|度|점", re.IGNORECASE)
"""Words that may be something else than the unit where they are the whole label of an axis."""


@lru_cache(maxsize=1024)
def _abbreviated(unit: str, *, alone: bool = False) -> str:
    """Return "h" for "hours" and "Stunden"; another unit as it is, but nothing if it is a whole label (`alone`)."""
    words = unit.strip().removeprefix("in ")
    if alone and (len(words) == 1 or _SINGULAR.fullmatch(words)):
        return ""
    if unit in UNIT_WORDS:
        return unit
    found = (name for name, said in UNIT_WORDS.items() if re.fullmatch(said, words, re.IGNORECASE))
    return next(found, "" if alone else unit)


def _with_plain(units: set[str]) -> set[str]:
    """Return units, and "%" for one such as "% of control", and "€" for "thousands of €"."""
    plain = {first for unit in units if (first := unit.split(" ")[0]) in UNIT_WORDS}
    return units | plain | {_abbreviated(rest) for unit in units if (rest := unscaled(unit))}
