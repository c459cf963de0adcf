"""What one unit costs, where values are said of each: "pro Quadratmeter" of "€ pro m²", "a kilo of pears"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.usual_names import translated
from vision_magic.engine.questions.places.units_of_axes import UNIT_WORDS, words_of_unit

__all__ = ["asks_for_several_units", "without_unit_of_rate"]

_RATE: Final = re.compile(
    r"(?:/|\b(?:per|pro|je|par|por)\b) ?(?P<of>[^\W\d][^/()]*)$|(?:(?<=\s)|^)(?P<ko>[^\W\d]\S*)당|每(?P<zh>[^\W\d]\w*)|"
    r"/(?P<east>[^\W\d]\w*)$"
)
"""The end of a unit that says of each of what the values are said."""
_EACH: Final[dict[Language, str]] = {
    "en": r" ?\b(?:per|for (?:each|every|one)) (?:{0})\b(?! of\b)",
    "de": r" ?\b(?:pro|je|per|für jede[ns]?) (?:{0})(?!\w)",
    "fr": r" ?\b(?:par|pour chaque) (?:{0})(?!\w)",
    "es": r" ?\b(?:por|por cada) (?:{0})(?!\w)",
    "ko": r"(?:(?<=\s)|^)(?:1 ?|한 ?)?(?:{0})(?:당|마다|에)(?:의)? ?",
    "zh": r"(?:每|一|(?<![\d.])1)个? ?(?:{0})(?:的)?",
}
"""That it is said of each."""
_THE: Final[dict[Language, str]] = {
    "en": r" ?\b(?:an?|the) (?:{0})\b(?! of\b)",
    "de": r" ?\b(?:de[rn]|das) (?:{0})(?!\w)",
    "fr": r" ?(?:\b(?:l[ae]|au) |\bl['’])(?:{0})(?!\w)",
    "es": r" ?\b(?:al|a la|el|la) (?:{0})(?!\w)",
    "ko": "(?!)",
    "zh": "(?!)",
}
"""Said with an article, as units are that are no times: "el metro cuadrado", but not "el día"."""
_TIMES: Final = re.compile(
    r"(?:h|d|min|s|hours?|days?|weeks?|months?|years?|nights?|stunden?|tage?|wochen?|monate?|jahre?|nacht|heures?|jours?|"
    r"semaines?|mois|ans?|nuits?|horas?|d[ií]as?|semanas?|mes(?:es)?|años?|noches?)",
    re.IGNORECASE,
)
_ONE_OF: Final[dict[Language, str]] = {
    "en": r"\b(?:an?|one) (?:{0})(?: each)? of (?:the )?",
    "de": r"\b(?:je )?(?:ein(?:en?)?|1) (?:{0})(?!\w) (?=[A-ZÄÖÜ])",
    "fr": r"\b(?:une?|1) (?:{0}) (?:de |d['’])(?:chaque |l[ae]s? )?",
    "es": r"\b(?:una?|1) (?:{0}) de (?:cada )?",
    "ko": r"(?<=\s)(?:1 ?|한 ?)(?:{0})(?=[은는이가의]? )",
    "zh": r"(?:一|(?<![\d.])1) ?(?:{0})(?:的)?",
}
"""One unit of something that is named behind it."""
_SEVERAL: Final[dict[Language, str]] = {
    "en": r"\b(?:two|three|four|five|six|ten|half a|half an|\d[\d.,]*) ?(?:{0})(?= of\b)",
    "de": r"\b(?:zwei|drei|vier|fünf|sechs|zehn|ein halbes|\d[\d.,]*) ?(?:{0})(?= [A-ZÄÖÜ])",
    "fr": r"\b(?:deux|trois|quatre|cinq|six|dix|un demi|\d[\d.,]*) ?-?(?:{0})(?= (?:de |d['’]))",
    "es": r"\b(?:dos|tres|cuatro|cinco|seis|diez|medio|\d[\d.,]*) ?(?:{0})(?= de )",
    "ko": r"(?:두|세|네|다섯|반|(?<![\d.])(?!1\D)\d[\d.]*) ?(?:{0})(?!당)",
    "zh": r"(?:两|三|四|五|半|(?<![\d.])(?!1\D)\d[\d.]*) ?(?:{0})",
}
"""Another number of units, of which no value is told."""
_NO_NOUN: Final = 2


def without_unit_of_rate(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question without the unit of which each value is said, as all values are.

    Parameters
    ----------
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        The language of the question.
    """
    words = _unit_of_rate(panels, language)
    if not words:
        return text
    article = "die " if language == "de" else ""
    text = re.sub(_ONE_OF[language].format(words), article, text, flags=re.IGNORECASE)
    left = re.sub(_EACH[language].format(words), "", text, flags=re.IGNORECASE)
    if not any(map(_TIMES.fullmatch, words.split("|"))):
        left = re.sub(_THE[language].format(words), "", left, flags=re.IGNORECASE)
    return left if len(re.findall(r"\w+", left)) > _NO_NOUN or language in ("ko", "zh") else text


def asks_for_several_units(text: str, panels: Sequence[ChartPanel], language: Language) -> bool:
    """Return whether a question asks for two kilos, or half a one, where the values are those of one."""
    words = _unit_of_rate(panels, language)
    return bool(words) and re.search(_SEVERAL[language].format(words), text, re.IGNORECASE) is not None


def _unit_of_rate(panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a pattern of the words for what each value is said of, if no place is called so; or nothing."""
    drawn = [(panel, one) for panel in panels for one in drawn_series([panel])]
    units = {panel.axis_of(one).unit for panel, one in drawn}
    rates = [_RATE.search(unit.strip()) for unit in units]
    if not rates or len(units) != 1 or rates[0] is None:
        return ""
    of = next(part for part in rates[0].groups() if part)
    words = "|".join(sorted(set(_words(of.strip(), language)), key=len, reverse=True))
    places = " ".join({str(place).lower() for _, one in drawn for place in one.x})
    return words if re.search(rf"(?<!\w)(?:{words})(?!\w)", places) is None else ""


def _words(unit: str, language: Language) -> Iterator[str]:
    """Yield patterns of the words for a unit: those of its abbreviation, and the noun in the language."""
    known = next((one for one, words in UNIT_WORDS.items() if unit == one or re.fullmatch(words, unit.lower())), unit)
    yield words_of_unit(known)
    for noun in {unit.lower(), unit.lower().removesuffix("s")}:
        yield re.escape(noun)
        yield from (re.escape(word) for word in translated(noun, language))
