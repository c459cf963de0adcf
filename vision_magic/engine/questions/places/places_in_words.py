"""Places of an axis of numbers that a question says in words: "day nine", "in der dritten Woche", "at seven", "T2".

Only a number that is drawn is a place, and none where "second" ranks or "two weeks" is how long something took.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import LANGUAGES, Language
from vision_magic.engine.questions.names.nouns_of_places import noun_of_places
from vision_magic.engine.questions.vocabulary.accents import may_have

__all__ = ["NOT_RANKED", "ORDINALS", "RANKED", "nouns_of_numbers", "with_places_in_words"]

_CARDINALS: Final[dict[Language, str]] = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty",
    "de": "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
    "achtzehn neunzehn zwanzig",
    "fr": "une? deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "es": "un[oa]? dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince",
}
ORDINALS: Final[dict[Language, str]] = {
    "en": "first|1st second|2nd third|3rd fourth|4th fifth|5th sixth|6th seventh|7th eighth|8th ninth|9th tenth|10th "
    "eleventh|11th twelfth|12th",
    "de": "erste[nrsm]?|1\\. zweite[nrsm]?|2\\. dritte[nrsm]?|3\\. vierte[nrsm]?|4\\. fünfte[nrsm]?|5\\. "
    "sechste[nrsm]?|6\\. siebte[nrsm]?|7\\. achte[nrsm]?|8\\. neunte[nrsm]?|9\\. zehnte[nrsm]?|10\\. "
    "elfte[nrsm]?|11\\. zwölfte[nrsm]?|12\\.",
    "fr": "premi(?:er|ère)|1[eè]?re?|1er deuxième|seconde?|2(?:e|ème) troisième|3(?:e|ème) quatrième|4(?:e|ème) "
    "cinquième|5(?:e|ème) sixième|6(?:e|ème) septième|7(?:e|ème) huitième|8(?:e|ème) neuvième|9(?:e|ème) "
    "dixième|10(?:e|ème) onzième|11(?:e|ème) douzième|12(?:e|ème)",
    "es": "primer[oa]? segund[oa] tercer[oa]? cuart[oa] quint[oa] sext[oa] séptim[oa] octav[oa] noven[oa] décim[oa]",
    "ko": "첫째|첫.번째 둘째|두.번째 셋째|세.번째 넷째|네.번째 다섯째|다섯.번째 여섯째|여섯.번째 일곱째|일곱.번째 "
    "여덟째|여덟.번째 아홉째|아홉.번째 열째|열.번째",
    "zh": "第一 第二 第三 第四 第五 第六 第七 第八 第九 第十 第十一 第十二",
}
"""Ordinals from the first on, in which a dot between two words of Korean is a space."""

_FAMILIES: Final[tuple[dict[Language, str], ...]] = (
    {"en": "weeks?", "de": "wochen?", "fr": "semaines?", "es": "semanas?", "ko": "주차?", "zh": "[周週]"},
    {"en": "months?", "de": "monate?[ns]?", "fr": "mois", "es": "mes(?:es)?", "ko": "개월|달", "zh": "个?月"},
    {"en": "days?", "de": "tage?[ns]?", "fr": "jours?", "es": "días?", "ko": "일차?|날", "zh": "天|日"},
    {"en": "quarters?", "de": "quartale?[ns]?", "fr": "trimestres?", "es": "trimestres?", "ko": "분기", "zh": "季度"},
    {"en": "years?", "de": "jahre?[ns]?", "fr": "ans?|années?", "es": "años?", "ko": "년|살", "zh": "年|岁"},
)
"""Words for the same stretch of time in each language."""

_AGED: Final = re.compile(r"\bage\b|\bâge\b|\balter\b|\bedad\b", re.IGNORECASE)
_OF_DAY: Final = re.compile(r"\bhour\b|\btime\b|uhrzeit|\bheure\b|\bhora\b", re.IGNORECASE)
RANKED: Final = (
    r"(?<!every )(?<!each )(?<!jede )(?<!jeder )(?<!jedes )(?<!jeden )(?<!chaque )(?<!cada )(?<!which )(?<!what )"
)
NOT_RANKED: Final = (
    r"(?! (?:(?:la|le|les|el|lo|l[ao]s) )?(?:plus|moins|más|menos|mejor|peor|pire|meilleure?)\b)"
    r"(?! (?:with|by|mit|nach|avec|con|par) )"
)
_AT: Final[dict[Language, str]] = {
    "en": r"\b(?:at|after|aged?|by) ",
    "de": r"\b(?:nach|mit|um|ab|bei) ",
    "fr": r"(?<!\w)(?:à|après|dès) ",
    "es": r"\b(?:a l[ao]s?|tras|después de) ",
}
_OLD: Final[dict[Language, str]] = {
    "en": r"(?:-| )year(?:s)?[- ]olds?",
    "de": r"-?jährige[rsnm]?",
    "fr": r" ans",
    "es": r" años",
}
_EVENING: Final[dict[Language, str]] = {
    "en": r"(?: (?:in the (?:evening|afternoon)|p\.?m\.?|at night))",
    "de": r"(?: uhr (?:abends|nachmittags))",
    "fr": r"(?: heures (?:du soir|de l['’]après-midi))",
    "es": r"(?: de la (?:tarde|noche))",
}
_CLOCK: Final[dict[Language, str]] = {
    "en": r"(?: (?:o['’]?clock|in the morning|a\.?m\.?))?(?! [a-z]+s\b| (?:least|most))",
    "de": r" uhr",
    "fr": r" heures?",
    "es": "",
}


def with_places_in_words(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question with figures for the places that it says in words.

    Parameters
    ----------
    text : str
        The question.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        Its language.
    """
    drawn = drawn_series(panels)
    if len(panels) != 1 or not drawn:
        return text
    panel = panels[0]
    text = _with_names(text, [one.name for one in drawn], "", language, first=True)
    places = drawn[0].x
    hours = {int(place[:-3]) for place in map(str, places) if re.fullmatch(r"\d{1,2}:00", place)}
    if hours and language in _CARDINALS:
        return _with_cardinals(text, hours, panel, language)
    if all(isinstance(place, str) for place in places):
        nouns = nouns_of_numbers(panel, language)
        return _with_names(text, [str(place) for place in places], nouns, language, first=False)
    numbers = {int(place) for place in places if isinstance(place, float | int) and place == int(place)}
    text = _with_ordinals(text, numbers, nouns_of_numbers(panel, language), language)
    return _with_cardinals(text, numbers, panel, language) if language in _CARDINALS else text


def nouns_of_numbers(panel: ChartPanel, language: Language) -> str:
    """Return a pattern of what the places are called in a language."""
    own = noun_of_places(panel, panel.series[0], language) if panel.series else "(?!)"
    same = (words[language] for words in _FAMILIES if any(_is_in(words[one], panel.x.label, one) for one in LANGUAGES))
    return "|".join((own, *same))


def _is_in(words: str, label: str, language: Language) -> bool:
    whole = words if language in ("ko", "zh") else rf"(?<!\w)(?:{words})(?!\w)"
    return re.search(whole, label, re.IGNORECASE) is not None


def _with_ordinals(text: str, numbers: set[int], nouns: str, language: Language) -> str:
    """Return a question with "week 3" for "the third week"; the first alone stays in words: it may be the beginning."""
    said = text
    for number, words in reversed(list(enumerate(ORDINALS[language].split(), 1))):
        if number not in numbers or (number == 1 and text == said):
            continue
        figure = rf" {number}\g<noun>" if language in ("ko", "zh") else rf"\g<noun> {number}"
        text = re.sub(_ordinal(words, nouns, language), figure, text, flags=re.IGNORECASE)
    return text


def _ordinal(words: str, nouns: str, language: Language) -> str:
    """Return a pattern for an ordinal with the noun behind it, which is the place and not a rank."""
    if language in ("ko", "zh"):
        said = words.replace(".", " ?") if language == "ko" else words
        return rf"(?:{said}) ?(?P<noun>{nouns})"
    return rf"{RANKED}(?<!\w)(?:{words}) (?P<noun>{nouns})(?!\w){NOT_RANKED}"


def _with_cardinals(text: str, numbers: set[int], panel: ChartPanel, language: Language) -> str:
    """Return a question with figures for "day nine", "at seven" and "nach zwölf Wochen"."""
    nouns = nouns_of_numbers(panel, language)
    aged, of_day = _AGED.search(panel.x.label) is not None, _OF_DAY.search(panel.x.label) is not None
    for number, word in enumerate(_CARDINALS[language].split(), 1):
        if word.isalpha() and not may_have(text, word):
            continue
        hour = number if number in numbers else number + 12
        for pattern, place in _said(word, hour, nouns, language, aged=aged, of_day=of_day):
            if place in numbers:
                figure = rf"\g<before>{place}\g<after>"
                text = re.sub(pattern, figure, text, flags=re.IGNORECASE)
    return text


def _said(
    word: str, hour: int, nouns: str, language: Language, *, aged: bool, of_day: bool
) -> Iterator[tuple[str, int]]:
    """Yield patterns for a place with the words before and after it, and the number, or the hour, that it is."""
    at = _AT[language]
    number = 1 + _CARDINALS[language].split().index(word)
    if number > 1:
        yield rf"(?<!\w)(?P<before>(?:{nouns}) ){word}(?P<after>)(?![\w-])", number
        yield rf"(?P<before>{at}){word}(?P<after>[- ](?:{nouns}))(?!\w)", number
    if aged:
        yield rf"(?<!\w)(?P<before>){word}{_OLD[language]}(?P<after>)(?!\w)", number
        yield rf"(?P<before>{_AGED_AT}){word}(?P<after>)(?= ?[,?.!]|$)", number
    if of_day:
        yield rf"(?P<before>{at}){word}{_EVENING[language]}(?P<after>)(?!\w)", number % 12 + 12
        yield rf"(?P<before>{at}){word}(?!{_EVENING[language]}){_CLOCK[language]}(?P<after>)(?![\w-])", hour


_AGED_AT: Final = r"(?:\bat |\baged? |\bwhen \w+ were |(?<!\w)à |\bmit |\bcon )"


_NUMBERED: Final = re.compile(r"(?P<before>[^\W\d_]*)[ .-]?(?P<number>\d{1,2})(?P<after>[^\W\d_]*)")


def _with_names(text: str, names: Sequence[str], nouns: str, language: Language, *, first: bool) -> str:
    """Return a question with "Trimestre 2" for "T2" and "deuxième trimestre", where names are numbers of one noun."""
    found = {name: match for name in names if (match := _NUMBERED.fullmatch(name))}
    words = {(match["before"] or match["after"]).lower() for match in found.values()}
    if len(found) < max(2, len(set(names))) or len(words) != 1:
        return text
    word = words.pop()
    known = "|".join(filter(None, (re.escape(word), nouns, *_same(word, language))))
    ordinals, said = ORDINALS[language].split(), text
    for number, name in sorted(((int(match["number"]), name) for name, match in found.items()), reverse=True):
        match = found[name]
        if len(match["before"]) > 3:
            initial = re.escape(match["before"][0].upper())
            text = re.sub(rf"(?<!\w){initial}{number}(?!\w)", name, text)
        if not known or number > len(ordinals) or (number == 1 and text == said and not first):
            continue
        text = re.sub(_ordinal(ordinals[number - 1], known, language), name, text, flags=re.IGNORECASE)
        if language in _CARDINALS and number <= len(_CARDINALS[language].split()):
            cardinal = _CARDINALS[language].split()[number - 1]
            text = re.sub(rf"(?<!\w)(?:{known}) {cardinal}(?![\w-])", name, text, flags=re.IGNORECASE)
    return text


def _same(word: str, language: Language) -> Iterator[str]:
    """Yield the words of a language for the stretch of time that a word, or the initial of a quarter, means."""
    if word in ("q", "t"):
        yield _FAMILIES[3][language]
    for words in _FAMILIES:
        if word and any(_is_whole(words[one], word) for one in LANGUAGES):
            yield words[language]


def _is_whole(words: str, word: str) -> bool:
    return re.fullmatch(words, word, re.IGNORECASE) is not None
