"""Groups of places that a question in another language than English names: seasons, weekends, the last three years."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Place
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.forms.rewordings import PARTS_OF_YEAR
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.numbers import period_of
from vision_magic.engine.questions.places.groups import Group, axis_at_end, in_months, weekday_of
from vision_magic.engine.questions.places.periods import HALVES, QUARTERS

__all__ = ["groups_in_language"]

_SEASONS: Final[dict[Language, tuple[tuple[str, tuple[int, ...]], ...]]] = {
    "de": (
        (r"frühlings?|frühjahrs?", (3, 4, 5)),
        (r"sommers?|sommermonaten?", (6, 7, 8)),
        (r"herbste?s?|herbstmonaten?", (9, 10, 11)),
        (r"winters?|wintermonaten?", (12, 1, 2)),
    ),
    "fr": (
        ("printemps", (3, 4, 5)),
        (r"(?<=en )été|(?<=cet )été|(?<=l['’])été|(?<=d['’])été", (6, 7, 8)),
        ("automne", (9, 10, 11)),
        ("hiver", (12, 1, 2)),
    ),
    "es": (("primavera", (3, 4, 5)), ("verano", (6, 7, 8)), ("otoño", (9, 10, 11)), ("invierno", (12, 1, 2))),
    "ko": (
        ("봄철?", (3, 4, 5)),
        ("여름철?", (6, 7, 8)),
        ("가을철?", (9, 10, 11)),
        ("겨울철?", (12, 1, 2)),
    ),
    "zh": (
        ("春(?:天|季)", (3, 4, 5)),
        ("夏(?:天|季)", (6, 7, 8)),
        ("秋(?:天|季)", (9, 10, 11)),
        ("冬(?:天|季)", (12, 1, 2)),
    ),
}
_WEEKENDS: Final[dict[Language, str]] = {
    "de": r"wochenenden?",
    "fr": r"week-?ends?",
    "es": r"fin(?:es)? de semana",
    "ko": "주말",
    "zh": "周末|週末",
}
_WORKING_DAYS: Final[dict[Language, str]] = {
    # A "Wochentag" is any day of the week; only "an Wochentagen" it is none of the weekend.
    "de": r"(?:werk|arbeits)tage?n?|wochentags|(?<=an )wochentagen|(?<=den )wochentagen|unter der woche",
    "fr": r"jours (?:ouvrés|ouvrables|de semaine)|en semaine",
    "es": r"días (?:laborables|hábiles|de diario)|entre semana",
    "ko": "평일",
    "zh": "工作日|平日",
}
_BEFORE: Final[dict[Language, str]] = {
    "de": r"(?:(?:im|am|an|in|während|über|des|der|den|dem|das|die|letzten) ){0,2}",
    "fr": r"(?:(?:en|au|le|la|les|pendant|durant|à|dans|sur|de|cet|cette) |l['’]|d['’]){0,2}",
    "es": r"(?:(?:en|el|la|los|las|durante|de|del|este) ){0,2}",
    "ko": "",
    "zh": "(?:在)?",
}
_AFTER: Final[dict[Language, str]] = {"de": "", "fr": "", "es": "", "ko": "(?:에는|에|의)?", "zh": "(?:里|的时候)?"}
_PERIODS: Final[dict[Language, str]] = {
    "de": r"jahren?|monaten?|tagen?|wochen|quartalen?|werten?|messungen|saisons|stunden|minuten|sekunden|"
    r"kilometern?|km|metern?",
    "fr": r"années|ans|mois|jours|semaines|trimestres|valeurs|mesures|saisons|heures|minutes|secondes|"
    r"kilomètres|km|mètres",
    "es": r"años|meses|días|semanas|trimestres|valores|mediciones|temporadas|horas|minutos|segundos|"
    r"kilómetros|km|metros",
    "ko": "개년|년간|년|개월간|개월|달|주간|주|일간|일|분기|해|시간|분간|분|초|킬로미터|km|미터",
    "zh": "年|个月|周|天|个?季度|次|个?小时|分钟|秒|公里|千米|km|米",
}
_NUMBERS: Final[dict[Language, tuple[str, ...]]] = {
    "de": ("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"),
    "fr": ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    "es": ("dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"),
    "ko": ("두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열"),
    "zh": ("两", "三", "四", "五", "六", "七", "八", "九", "十"),
}


def groups_in_language(text: str, panels: Sequence[ChartPanel], language: Language) -> tuple[str, tuple[Group, ...]]:
    """Return a question with a space in the place of the groups that it names, and the groups, in its order.

    A group of which the charts have no places stays in the text: nothing is known of it.
    """
    if language not in _SEASONS:
        return text, ()
    places = list(dict.fromkeys(place for panel in panels for series in panel.series for place in series.x))
    found: list[tuple[int, Group]] = []
    named = [(words, chosen, "") for words, chosen in _named(places, language)]
    for words, chosen, name in (*named, *_parts_of_year(text, places, language)):
        match = _search(words, text, language) if chosen else None
        if match is not None:
            found.append((match.start(), Group(name or match["name"], chosen)))
            text = _without(match, text)
    for match in _ends(text, language):
        number, first = _count(match["n"], language), match["first"] is not None
        chosen = axis_at_end(places, panels, number, match["noun"], first=first)
        if chosen:
            found.append((match.start(), Group(match["name"].strip().lower(), chosen)))
            text = _without(match, text)
    return " ".join(text.split()), tuple(group for _, group in sorted(found, key=lambda pair: pair[0]))


def _named(places: Sequence[Place], language: Language) -> Iterator[tuple[str, tuple[Place, ...]]]:
    """Yield the words for each group, with its places."""

    def those(holds: Callable[[Place], bool]) -> tuple[Place, ...]:
        chosen = tuple(place for place in places if holds(place))
        return chosen if len(chosen) < len(places) else ()

    for words, months in _SEASONS[language]:
        yield words, those(in_months(months))
    if period_of(places) == "month":  # "mar." is a Tuesday too
        return
    yield _WEEKENDS[language], those(lambda place: weekday_of(place) in (5, 6))
    yield _WORKING_DAYS[language], those(lambda place: 0 <= weekday_of(place) <= 4)


def _parts_of_year(
    text: str, places: Sequence[Place], language: Language
) -> Iterator[tuple[str, tuple[Place, ...], str]]:
    """Yield the words for halves or quarters of a year, their places and names, where a question names two of them.

    The only one that a question names is a span.
    """
    halves, quarters, _ = PARTS_OF_YEAR[language]
    for parts, names in ((halves, HALVES[language]), (quarters, QUARTERS[language])):
        if sum(_search(words, text, language) is not None for words in parts) < 2:
            continue
        length = 12 // len(parts)
        for number, words in enumerate(parts):
            holds = in_months(range(length * number + 1, length * number + length + 1))
            yield words, tuple(place for place in places if holds(place)), names[number]


def _search(words: str, text: str, language: Language) -> re.Match[str] | None:
    pattern = rf"{_BEFORE[language]}(?P<name>{words}){_AFTER[language]}"
    pattern = pattern if language in ("ko", "zh") else rf"(?<!\w)(?:{pattern})(?!\w)"
    return re.search(pattern, text, re.IGNORECASE)


def _ends(text: str, language: Language) -> Iterator[re.Match[str]]:
    """Yield where a question says "the last three years", in the order of its language."""
    number = rf"(?P<n>\d{{1,2}}|{'|'.join(_NUMBERS[language])})"
    noun = rf"(?P<noun>{_PERIODS[language]})"
    patterns: dict[str, str] = {
        "de": rf"(?:(?P<first>ersten)|letzten|vergangenen) {number} {noun}",
        "fr": rf"{number} (?:(?P<first>premi[eè]r\w*)|derni[eè]r\w*) {noun}",
        "es": rf"(?:(?P<first>primer[oa]s)|últim[oa]s) {number} {noun}",
        "ko": rf"(?:(?P<first>처음|첫)|최근|지난|마지막) ?{number} ?{noun}",
        "zh": rf"(?:(?P<first>最初|开头|头|前)|最近|最后|过去)的?{number}{noun}",
    }
    whole = rf"{_BEFORE[language]}(?P<name>{patterns[language]}){_AFTER[language]}"
    yield from re.finditer(whole if language in ("ko", "zh") else rf"(?<!\w)(?:{whole})(?!\w)", text, re.IGNORECASE)


def _count(word: str, language: Language) -> int:
    words = _NUMBERS[language]
    return words.index(word.lower()) + 2 if word.lower() in words else int(word)


def _without(match: re.Match[str], text: str) -> str:
    return text[: match.start()] + " " * len(match[0]) + text[match.end() :]
