"""Limits in words: "more than five times", "an der halben Stunde", "d'une seconde", "스무 그루 넘는" as figures.

A small number is a limit after a comparison and before a unit, a word for the values or the end of a clause: "more
than two others" counts what is compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.usual_names import in_any_language
from vision_magic.engine.questions.places.conversions import UNITS
from vision_magic.engine.questions.places.units_of_axes import UNIT_WORDS, units_of
from vision_magic.engine.questions.vocabulary.accents import folded, may_have

__all__ = ["with_limits_in_words"]

_ONES: Final[dict[Language, str]] = {
    "en": "one two three four five six seven eight nine",
    "de": "eine?[mrsn]? zwei drei vier fünf sechs sieben acht neun",
    "fr": "une? deux trois quatre cinq six sept huit neuf",
    "es": "una? dos tres cuatro cinco seis siete ocho nueve",
}
_MORE: Final[dict[Language, str]] = {
    "en": "10=ten 11=eleven 12=twelve|a.dozen 13=thirteen 14=fourteen 15=fifteen 16=sixteen 17=seventeen 18=eighteen "
    "19=nineteen 20=twenty 30=thirty 40=forty 50=fifty 60=sixty 70=seventy 80=eighty 90=ninety "
    "100=(?:(?:an?|one|the).)?hundred 1000=(?:(?:an?|one|the).)?(?:thousand|grand) 1e6=(?:an?|one|the).million",
    "de": "10=zehn 11=elf 12=zwölf|einem?.dutzend 13=dreizehn 14=vierzehn 15=fünfzehn 16=sechzehn 17=siebzehn "
    "18=achtzehn 19=neunzehn 20=zwanzig 30=dreißig 40=vierzig 50=fünfzig 60=sechzig 70=siebzig 80=achtzig 90=neunzig "
    "100=(?:ein|die.)?hundert 1000=(?:ein|die.)?tausend 1e6=(?:einer?|der|die).million "
    "5e5=(?:einer?|der|die).halben?.million",
    "fr": "10=dix|(?:une|la).dizaine 11=onze 12=douze|(?:une|la).douzaine 13=treize 14=quatorze 15=quinze 16=seize "
    "20=vingt|(?:une|la).vingtaine 30=trente|(?:une|la).trentaine 40=quarante|(?:une|la).quarantaine "
    "50=cinquante|(?:une|la).cinquantaine 60=soixante 100=cent|(?:une|la).centaine 1000=mille|(?:un|le).millier "
    "1e6=(?:un|le).million",
    "es": "10=diez|(?:una|la).decena 11=once 12=doce|(?:una|la).docena 13=trece 14=catorce 15=quince "
    "20=veinte|(?:una|la).veintena 30=treinta 40=cuarenta 50=cincuenta 60=sesenta 70=setenta 80=ochenta 90=noventa "
    "100=cien|(?:una|la).centena 1000=(?:el.)?mil|(?:un|el).millar 1e6=(?:un|el).millón",
}
"""Numbers from ten on, in words between which a dot is a space."""

_HALVES: Final[dict[Language, str]] = {
    "en": r"half (?:an?|the) |(?:the )?half[- ](?=hour)",
    "de": r"(?:einer?|die|der)[nm]? halben? ",
    "fr": r"(?:une?|la|le) demie?[- ]",
    "es": r"(?:la )?medi[ao] ",
}
_QUARTERS: Final[dict[Language, str]] = {
    "en": r"(?:an?|the) quarter of an ",
    "de": r"(?:einer?|die|der) viertel(?=stunde)",
    "fr": r"(?:un|le) quart d['’]",
    "es": r"(?:un|el) cuarto de ",
}
_SINGLE: Final[dict[Language, str]] = {
    "en": r"(?:an?|the) ",
    "de": r"(?:eine?[mrsn]?|de[rmn]|die|das) ",
    "fr": r"(?:une? |l['’])",
    "es": r"(?:una?|la) ",
}
_COMPARED: Final[dict[Language, str]] = {
    "en": r"(?:than|above|over|below|under|beyond|exceed\w*|(?<!quarter )(?<!half )past|pass\w*|reach\w*|crack\w*|"
    r"top(?:ped)?|inside|within|"
    r"at least|at most|no more than|nearest(?: to)?|closest to|close to|near|bre?ak|broke|hit|made?|make|exactly) ",
    "de": r"(?:als|über|unter|mindestens|höchstens|wenigstens|überschr\w+|übersteig\w*|unterschr\w+|erreich\w*|"
    r"knack\w*|genau|exakt|nächsten an|nah an|binnen) ",
    "fr": r"(?:(?:plus|moins|près|proche|dessus|dessous|autour|delà) d(?:e |['’])|(?:sous|d[ée]pass[\w-]+|"
    r"atteint|atteindre|exactement|au moins|au plus|passe(?:-t-\w+)?|franchi\w*) |proche des )",
    "es": r"(?:(?:más|menos|cerca|encima|debajo|alrededor) de|supera\w*|super[oó]|alcanz\w+|exactamente|justo|al menos|"
    r"como mínimo|por lo menos|llega\w* a) ",
}
_EXACTLY: Final = re.compile(r"(?:exactly|genau|exakt|exactement|exactamente|justo) $", re.IGNORECASE)
_ARTICLE: Final[dict[Language, str]] = {
    "en": "(?:the )?",
    "de": "(?:die |den |der )?",
    "fr": "(?:les )?",
    "es": "(?:los |las )?",
}
_TIMES: Final[dict[Language, str]] = {
    "en": r" times(?! (?:as|more|less|the|higher|lower|larger|bigger|faster|what|that)\b)",
    "de": r"[- ]?mal(?:e)?\b(?! (?:so|mehr|höher|größer))",
    "fr": r" fois(?! (?:plus|moins|la|le|les|celle|celui)\b)",
    "es": r" veces(?! (?:más|menos|la|el|lo|mayor)\b)",
}
_END: Final = (
    r" ?(?:[?!.,;:)]|$)| (?:or|oder|ou|o|and|und|et|y|but|aber|mais|pero|at|on|for|per|in a(?! row)|pro|par|por|"
    r"overall|in total|\w+ (?:mark|marke|barre))\b| (?:in|im|am|en) \w+ ?\??$"
)
"""What follows a limit without a noun: the end of a clause, or where or when it is passed."""

_AND_MORE: Final = (
    r"(?! (?:et|and|y|und) (?:quart|demie|an? |media|cuarto|half)| \d|"
    rf" (?:{_ONES['en'].replace(' ', '|')}|ten|twenty)\b)"
)
"""What does not follow a unit whose amount is whole: "two minutes ten"."""


def with_limits_in_words(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question with figures for numbers in words that are limits.

    Parameters
    ----------
    text : str
        The question, in which names that were found are letters.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        Its language.
    """
    if language in _NATIVE:
        return _with_native(text)
    if language not in _ONES or not re.search(rf"(?<!\w){_COMPARED[language]}", text, re.IGNORECASE):
        return text
    units = _units(panels)
    before = rf"(?<!\w)(?P<before>{_COMPARED[language]})"
    unit = rf"(?={units}(?!\w){_AND_MORE})"
    for amount, parts in (("0.5", _HALVES), ("0.25", _QUARTERS), ("1", _SINGLE)):
        text = re.sub(rf"{before}(?:{parts[language]}){unit}", rf"\g<before>{amount} ", text, flags=re.IGNORECASE)
    numbers = [(str(one), words) for one, words in enumerate(_ONES[language].split(), 1)]
    more = (pair.partition("=")[::2] for pair in _MORE[language].split())
    for figure, words in (*numbers, *((figure, words.replace(".", " ")) for figure, words in more)):
        if words.isalpha() and not may_have(text, words):
            continue
        pattern = rf"{before}(?P<article>{_ARTICLE[language]})(?:{words})(?P<times>{_TIMES[language]})?(?![\wäöüß-])"
        text = re.sub(
            pattern, partial(_as_figure, figure=figure, panels=panels, units=units), text, flags=re.IGNORECASE
        )
    return text


def _as_figure(said: re.Match[str], *, figure: str, panels: Sequence[ChartPanel], units: str) -> str:
    """Return a limit with its number in figures; as it is where the number may count something else."""
    rest = said.string[said.end() :]
    if re.match(rf" {units}(?!\w)", rest, re.IGNORECASE):
        whole = re.match(rf" {units}(?!\w){_AND_MORE}", rest, re.IGNORECASE) is not None
    elif float(figure) < 10:
        alone = figure != "1" and (said["times"] or re.match(_END, rest, re.IGNORECASE))
        exactly = _EXACTLY.search(said["before"])
        whole = not said["article"] and bool(alone or exactly or (not said["times"] and _is_of_values(rest, panels)))
    else:
        whole = True
    return f"{said['before']}{float(figure):.12g}" if whole else said[0]


def _is_of_values(rest: str, panels: Sequence[ChartPanel]) -> bool:
    """Return whether the next word is the name of a series, or of what the values count and the places do not."""
    if re.match(" [\ue400-\ue7ff]", rest):
        return True
    word = re.match(r" ([^\W\d_]{3,})", rest)
    stem = folded(word[1])[: max(4, len(word[1]) - 2)] if word is not None else ""
    counted = folded(" ".join(panel.axis_of(one).label for panel in panels for one in panel.series[:1]))
    along = folded(" ".join(panel.x.label for panel in panels))
    said = (
        [stem, *(folded(one) for one in in_any_language(word[1].lower()) if len(one) > 2)] if word is not None else []
    )
    return any(one in counted and one not in along for one in said if one)


def _units(panels: Sequence[ChartPanel]) -> str:
    """Return a pattern of the units of values, and of those of the same dimension."""
    own = {unit for panel in panels for unit in units_of(panel)[0]}
    same = {name for kind in UNITS if own & set(kind) for name in kind}
    words = [UNIT_WORDS[unit] for unit in sorted(own | same) if unit in UNIT_WORDS]
    return rf"(?:{'|'.join(words)})" if words else "(?!)"


_NATIVE: Final[dict[Language, str]] = {"ko": "한 두 세 네 다섯 여섯 일곱 여덟 아홉 열 스무=20 서른=30 마흔=40 쉰=50"}
_COUNTER: Final = (
    "시간|분|초|명|사람|개|건|권|대|잔|그루|골|마리|점|원|가구|송이|상자|킬로|리터|미터|톤|쌍|표|병|장|벌|켤레|박스"
)
_PASSED: Final = (
    r"(?=(?:은|는|을|를|이|도|만|에)? ?(?:넘|이상|이하|미만|못 |안 되|안되|밑|아래|"
    r"초과|채 안|가장 가까|제일 가까))"
)


def _with_native(text: str) -> str:
    """Return a Korean question with figures for native numbers before a counter and a limit: "스무 그루 넘는"."""
    for number, pair in enumerate(_NATIVE["ko"].split(), 1):
        word, _, figure = pair.partition("=")
        text = re.sub(rf"(?<![\uac00-\ud7a3]){word} ?(?P<of>{_COUNTER}){_PASSED}", rf"{figure or number}\g<of>", text)
    return text
