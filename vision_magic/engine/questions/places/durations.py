"""Durations in the unit of the chart: "1h45" and "two and a quarter hours" are minutes where the axis has these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.patterns import compiled

__all__ = ["with_durations"]

_HOURS: Final = r"h|hrs?|hours?|std\.?|stunden?|heures?|horas?|시간|小时"
_MINUTES: Final = r"m|min\.?|minutes?|minuten?|minutos?|분|分钟?"
_AND: Final = r"(?: (?:and|und|et|y) | ?)"
_CLOCK: Final = re.compile(
    rf"(?<![\w.,:])(?P<hours>\d{{1,2}}) ?(?:{_HOURS}){_AND}(?P<minutes>[0-5]?\d)(?! ?(?:{_HOURS})(?!\w))"
    rf"(?: ?(?:{_MINUTES}))?(?!\w|[.,:]\d)",
    re.IGNORECASE,
)
_HALVES: Final[tuple[tuple[str, float], ...]] = (
    (
        r"(?:half an hour|(?:the )?half[- ]hour(?= mark)|(?:einer? |die |der )?halben? stunde|une demi-heure|"
        r"(?:la )?demi-heure|media hora|(?<!\d)30분)",
        0.5,
    ),
    (r"(?:a )?quarter of an hour|(?:einer? |die )?viertelstunde|un quart d['’]heure|un cuarto de hora", 0.25),
    (r"three quarters of an hour|(?:einer )?dreiviertelstunde|trois quarts d['’]heure|tres cuartos de hora", 0.75),
    (r"(?:an|one) hour and a half|(?:anderthalb|eineinhalb) stunden|une heure et demie|(?:una )?hora y media", 1.5),
    (r"two hours and a half|two and a half hours|zweieinhalb stunden|deux heures et demie|dos horas y media", 2.5),
)
_FIRST: Final[dict[Language, str]] = {
    "en": r"(?:within|in|during) the first (?P<n>\w+ )?(?P<unit>hours?|minutes?|days?|weeks?|months?|years?)\b",
    "de": r"(?:innerhalb|in|während) der ersten (?P<n>\w+ )?(?P<unit>stunden?|minuten?|tage?n?|wochen?|jahre?n?)\b",
    "fr": r"(?:dans|pendant|durant) (?:la première|les (?P<n>\w+ )?premi[eè]re?s) "
    r"(?P<unit>heures?|minutes?|semaines?|années?)\b",
    "es": r"(?:en|durante|dentro de) (?:la primera|las (?P<n>\w+ )?primeras) (?P<unit>horas?|semanas?)\b",
}
_LESS: Final[dict[Language, str]] = {"en": "less than", "de": "weniger als", "fr": "moins de", "es": "menos de"}
_ONES: Final[dict[Language, str]] = {
    "en": "an?/one two three four five six seven eight nine ten eleven twelve",
    "de": "eine?[mrsn]? zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "une? deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "una?/un dos tres cuatro cinco seis siete ocho nueve diez once doce",
}
_UNITS: Final = (
    r"(?:hours?|minutes?|seconds?|days?|weeks?|months?|years?|degrees?|kilometers?|kilometres?|metres?|percent|"
    r"stunden?|minuten?|sekunden?|tage?n?|wochen?|monate?n?|jahre?n?|grad|kilometer|meter|prozent|"
    r"heures?|secondes?|jours?|semaines?|mois|ans|années|degrés?|kilomètres?|mètres?|pour ?cent|"
    r"horas?|minutos?|segundos?|días?|semanas?|meses|años?|grados?|kilómetros?|metros?|por ?ciento)"
)


def with_durations(text: str, language: Language, panels: Sequence[ChartPanel]) -> str:
    """Return a question with figures for small numbers before units, and with durations in the unit of the chart.

    "Within the first hour" of a histogram of times is "less than 1 hour".
    """
    bins = any(one.kind == "histogram" for panel in panels for one in panel.series)
    if bins and language in _FIRST:
        text = re.sub(_FIRST[language], lambda match: _within(match, language), text, flags=re.IGNORECASE)
    units = {axis.unit for panel in panels for axis in (panel.x, panel.y) if axis.unit}
    per_hour = {"min": 60.0, "h": 1.0}
    names = {"min": _MINUTES, "h": _HOURS}
    own = next(
        (one for one in per_hour for unit in units if unit not in "mM" and re.fullmatch(names[one], unit.lower())), ""
    )
    if own:
        text = _CLOCK.sub(lambda match: f"{_hours(match) * per_hour[own]:.12g} {own}", text)
        for words, hours in _HALVES:
            text = re.sub(rf"(?<!\w)(?:{words})(?!\w)", f"{hours * per_hour[own]:g} {own}", text, flags=re.IGNORECASE)
        text = _in_east(text, own, per_hour[own])
    return _with_ones(text, language)


_CHINESE: Final = re.compile(
    r"(?<![一二两三四五六七八九十百第每\d])"
    r"(?:(?P<n>[一二两三四五六七八九]|十[一二]?)个?(?P<and>半)?|(?P<half>半)个?)(?:小时|钟头)(?P<rest>半)?(?!内的?平均)|"
    r"(?<![一二两三四五六七八九十\d])(?P<quarters>[一三])刻钟"
)
_KOREAN: Final = re.compile(
    r"(?<![가-힣\d])(?P<n>한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|\d{1,2}) ?시간(?P<and> ?반)?"
    r"(?! ?\d{1,2} ?분)(?=[ 을를이은는도만에]|$)"
)
_HAN: Final = "一二三四五六七八九十"
_NATIVE: Final = ["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열"]
"""Hours in words, with a half behind them."""


def _in_east(text: str, own: str, per_hour: float) -> str:
    """Return a Korean or Chinese question with hours in words in the unit of the chart, in figures."""

    def chinese(said: re.Match[str]) -> str:
        if said["quarters"]:
            hours = 0.25 * (_HAN.index(said["quarters"]) + 1)
        else:
            number = sum(_HAN.index(one) + 1 for one in (said["n"] or "").replace("两", "二"))
            hours = number + 0.5 * bool(said["half"] or said["and"] or said["rest"])
        return f"{hours * per_hour:g}{'分钟' if own == 'min' else '小时'}"

    def korean(said: re.Match[str]) -> str:
        number = int(said["n"]) if said["n"].isdigit() else _NATIVE.index(said["n"]) + 1
        return f"{(number + 0.5 * bool(said['and'])) * per_hour:g}{'분' if own == 'min' else '시간'}"

    return _KOREAN.sub(korean, _CHINESE.sub(chinese, text))


def _within(match: re.Match[str], language: Language) -> str:
    return f"{_LESS[language]} {(match['n'] or '1 ').strip()} {match['unit']}"


def _hours(match: re.Match[str]) -> float:
    return int(match["hours"]) + int(match["minutes"]) / 60


_COMPARED: Final[dict[Language, str]] = {
    "en": r"(?:than|above|over|below|under|least|most|after|within|up to) ",
    "de": r"(?:als|über|unter|mindestens|höchstens|nach|binnen|von|bis zu) ",
    "fr": r"(?:(?:de|sous|dépass\w+|après|moins|plus|atteint) |\bd['’])",
    "es": r"(?:de|supera\w*|tras|menos|más|bajo) ",
}


def _with_ones(text: str, language: Language) -> str:
    """Return a question with figures for "six" of "less than six hours"."""
    if compiled(f" {_UNITS}", ignore_case=True).search(text) is None:
        return text
    for number, words in enumerate(_ONES.get(language, "").split(), 1):
        one = rf"(?:{words.replace('/', '|')})(?= {_UNITS}(?!\w)(?! (?:et|and|und|y) )(?! {_NEXT}))"
        pattern = rf"(?<!\w)(?P<before>{_COMPARED[language]}){one}"
        text = compiled(pattern, ignore_case=True).sub(rf"\g<before>{number}", text)
        beyond = rf"(?<!\w)(?:{words.replace('/', '|')})(?= {_UNITS} {_OR_MORE})"
        text = compiled(beyond, ignore_case=True).sub(f"{number}", text)
    return text


_NEXT: Final = r"(?:to the next|auf (?:den|die|das) (?:ander|nächst)|(?:à|sur) l['’]autre|al? (?:otr|siguiente))"
"""After "from one day": no amount of days."""
_OR_MORE: Final = (
    r"(?:or|oder|ou|o) (?:more|longer|less|mehr|länger|weniger|kürzer|plus|davantage|moins|más|menos)(?!\w)"
)
