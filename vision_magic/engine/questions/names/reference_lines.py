"""Lines of reference in a question, such as a target, as the numbers at which they are drawn."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Series
from vision_magic.engine.colours import colour_name
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language, is_common
from vision_magic.engine.questions.vocabulary.accents import without_accents
from vision_magic.engine.questions.vocabulary.words import COLOUR_WORDS

__all__ = ["Limit", "find_limit"]

_LIMITS: Final[dict[Language, str]] = {
    "en": r"target|goal|limit|threshold|guideline|benchmark|norm|cap|quota|aim|ceiling|"
    r"(?:warning|alarm|alert|danger|critical|legal|safety|safe|flood) (?:mark|line|level|value)|"
    r"(?:dashed|dotted|horizontal|reference) line|recommend(?:ed|ation)(?: \w+)?",
    "de": r"(?:\w[\w-]*)?(?:grenzwert|zielwert|sollwert|richtwert|schwelle|grenze|limit)\w*|"
    r"(?:\w[\w-]*)?ziel(?:s|e|marke|linie)?|(?-i:Soll)|vorgabe|"
    r"(?:gestrichelte|gepunktete|waagerechte|waagrechte)n? linie",
    "fr": r"limite|seuil|objectif|cible|norme|plafond|ligne (?:pointillée|horizontale|en pointillés)",
    "es": r"límite|umbral|objetivo|meta|norma|tope|línea (?:discontinua|punteada|horizontal)",
    "ko": r"(?:(?:허용|안전|법정|법적|권장|권고|관리|규제|환경) ?)?(?:목표(?:선|치|값)?|기준(?:선|치|값)?|"
    r"한계(?:선|치)?|한도|경보선?|점선)",
    "zh": "目标(?:线|值)?|警戒线|上限|阈值|虚线|标准线?",
}
_LINE: Final[dict[Language, str]] = {
    "en": "line",
    "de": "linie",
    "fr": "ligne|trait",
    "es": "línea",
    "ko": "선",
    "zh": "线",
}
_LEVEL: Final[dict[Language, str]] = {
    "en": r"line|level|value|mark|threshold|limit|target",
    "de": r"linie|wert|niveau|marke|schwelle|grenze|ziel",
    "fr": r"ligne|niveau|seuil|limite",
    "es": r"línea|nivel|umbral|límite",
    "ko": r"선|값|치",
    "zh": r"线|值",
}
_BEFORE: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    # Articles, and what is left of those that hold a preposition.
    "en": ((r"(?:the|our|its|this|that|their|his|her) ", ""),),
    "de": (
        ("unterm ", "unter "),
        ("überm ", "über "),
        (r"(?:de[rnms]|die|das|ein\w*|unser\w*|ihr\w*|sein\w*) ", ""),
    ),
    "fr": (("du ", "de "), ("au ", "à "), (r"(?:l['’]|l[ae] |cette |notre |son |sa |leur )", "")),
    "es": (("del ", "de "), ("al ", "a "), (r"(?:el|la|nuestr[oa]|su) ", "")),
    "ko": (),
    "zh": (),
}
"""What stands before a line's name; a preposition that is one word with the article stays."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A line of reference in a question: where its words are, what it is called, its value, and what stays of them."""

    start: int
    end: int
    name: str
    value: float
    left: str


def find_limit(text: str, panels: Sequence[ChartPanel], language: Language) -> Limit | None:
    """Return the line of reference across the values of which a question speaks; None if it speaks of none.

    It is named by its name in the legend or by the words of it that nothing else has, by its colour, or, if it is the
    only one, as a target, a limit and the like.
    """
    lines = [one for panel in panels for one in panel.series if _is_limit(one)]
    if not lines or re.search(r"colou?rs?\b|farbe\b|couleur|color(?:es)?\b|색[은이]|颜色", text, re.IGNORECASE):
        return None
    for line, words in _words(lines, panels, language):
        match = _search(words, text, language)
        if match is not None:
            start, left = _article(text, match.start(), language)
            return Limit(start, match.end(), line.name or match[0], line.y[0], left)
    return None


def _is_limit(series: Series) -> bool:
    return series.kind == "reference line" and len(series.y) == 1 and math.isfinite(series.y[0])


def _words(lines: Sequence[Series], panels: Sequence[ChartPanel], language: Language) -> Iterator[tuple[Series, str]]:
    """Yield patterns of the words for each line, those that say most first."""
    level = rf"(?:[ -]?(?:{_LEVEL[language]}))?"
    for line in lines:
        bare = re.sub(r"[\d(=:].*", "", line.name).strip()
        names = sorted({re.escape(name) for name in (line.name, bare) if len(name) > 1}, key=len, reverse=True)
        patterns = [*map(_case, names), *([_in_short(bare.split())] if " " in bare else [])]
        yield from ((line, f"{pattern}{level}") for pattern in patterns)
        stem = _without_label(bare, panels)
        if stem and not any(stem in name for name in _names(panels)):
            yield line, f"{re.escape(stem)}{level}"
    values = [f"{line.y[0]:g}" for line in lines]
    for line, value in zip(lines, values, strict=True):
        if values.count(value) == 1:  # "the 2 % line"
            yield line, rf"{re.escape(value)}(?: ?%| ?[^\W\d_]{{1,4}})?[ -](?:{_LEVEL[language]})"
    taken = " ".join(_names(panels)).casefold()
    for line in lines:
        head = re.split(r"\b(?:per|each|je|pro|par|por|cada)\b", line.name)[0]  # "places per station" is no station
        own = [word for word in re.findall(r"[^\W\d_]{4,}", head) if not is_common(word.lower(), language)]
        others = " ".join(other.name for other in lines if other is not line).casefold()
        for word in own:
            if word.casefold() in others:
                continue
            needed = word.casefold() in taken  # "inhibition" is what is measured, and "inhibition line" the limit
            yield line, rf"(?:\w+-)?{re.escape(word)}" + (rf"[ -]?(?:{_LEVEL[language]})" if needed else level)
    yield from _by_colour(lines, panels, language)
    if len(lines) == 1:
        yield lines[0], f"(?:{without_accents(_LIMITS[language])}){level}"


_MEANS: Final = r"mean|average|durchschnitt|mittel(?:wert)?|moyenne|media|promedio|평균"


def _in_short(parts: Sequence[str]) -> str:
    """Return a pattern of a name without words in its middle: "long-term average" of "Long-term monthly mean"."""
    first, *middle, last = map(re.escape, parts)
    last = f"(?:{_MEANS})" if re.fullmatch(_MEANS, last, re.IGNORECASE) else last
    return first + (f"(?: (?:{'|'.join(middle)}))*" if middle else "") + f" {last}"


def _without_label(name: str, panels: Sequence[ChartPanel]) -> str:
    """Return what the name of a line says beside what is measured: "汛限" of "汛限水位" where "水位" is drawn."""
    labels = [re.sub(r"[(（\[].*", "", panel.y.label).strip() for panel in panels]
    ends = [name.removesuffix(label) for label in labels if label and name.endswith(label)]
    return next((end for end in ends if len(end) > 1 and not end.isascii()), "")


def _case(name: str) -> str:
    """Return a pattern of a name; of a short one, such as "Soll" or "UL", only as it is written."""
    return f"(?-i:{name})" if len(name) < 5 else without_accents(name)


def _names(panels: Sequence[ChartPanel]) -> Iterator[str]:
    for panel in panels:
        yield from (panel.x.label, panel.y.label)
        for one in panel.series:
            if one.kind != "reference line":
                yield one.name
                yield from (place for place in one.x[:200] if isinstance(place, str))


def _by_colour(
    lines: Sequence[Series], panels: Sequence[ChartPanel], language: Language
) -> Iterator[tuple[Series, str]]:
    """Yield the line that is the only thing drawn in its colour: "the red line"."""
    drawn = [_colour(one) for panel in panels for one in panel.series]
    for line in lines:
        colour = _colour(line)
        if colour in COLOUR_WORDS and drawn.count(colour) == 1:
            word, noun = without_accents(COLOUR_WORDS[colour][language]), without_accents(_LINE[language])
            yield line, rf"(?:{word}) ?(?:\w+ )?(?:{noun})|(?:{noun}) (?:{word})"


def _colour(series: Series) -> str:
    return colour_name(series.rgb).split()[-1] if series.rgb is not None else ""


def _search(words: str, text: str, language: Language) -> re.Match[str] | None:
    if language in ("ko", "zh"):  # a Korean word may be the second part of another: "환경기준"
        return re.search(rf"[\uac00-\ud7a3]*(?:{words})" if language == "ko" else words, text, re.IGNORECASE)
    return re.search(rf"(?<![\w-])(?:{words})(?!\w)", text, re.IGNORECASE)


def _article(text: str, start: int, language: Language) -> tuple[int, str]:
    """Return where a line's words begin with the article before them, and what stays of it."""
    for words, left in _BEFORE[language]:
        match = re.search(rf"(?<!\w)(?:{words})$", text[:start], re.IGNORECASE)
        if match is not None:
            return match.start(), left
    return start, ""
