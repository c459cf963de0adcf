"""People by the decade of their age, "in their thirties", "die Vierziger", "30대", as the places of an axis of ages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Place, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.ranges import range_of_name

__all__ = ["with_ages"]

_OF_AGES: Final = re.compile(
    r"(?<![a-z])age|alter(?!n)|(?<![a-zé])âge|(?<![a-z])edad|나이|연령|세\b|年龄|年齡|岁", re.IGNORECASE
)
_TENS: Final[dict[Language, str]] = {
    "en": "twent thirt fort fift sixt sevent eight ninet",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "fr": "vicenaires? trentenaires? quadragénaires? quinquagénaires? sexagénaires? septuagénaires? octogénaires? "
    "nonagénaires?",
    "es": "veinteañer[oa]s? treintañer[oa]s? cuarentañer[oa]s? cincuentañer[oa]s? sesentañer[oa]s? setentañer[oa]s? "
    "ochentañer[oa]s? noventañer[oa]s?",
}
_IN_DECADE: Final[dict[Language, str]] = {
    "en": r"(?:(?:people |those )?in (?:their|the) |the )?(?:{word}ies|{tens}['’]?s)(?:-somethings?)?",
    "de": r"(?:leute |personen |menschen )?(?:in den |die |der |den )?(?:{word}ern?|{tens}ern?)",
    "fr": r"(?:les |des )?(?:{word})",
    "es": r"(?:los |las )?(?:{word})",
    "ko": r"{tens}대",
    "zh": r"{tens}(?:多|几)岁(?:的人)?",
}
_BEYOND: Final[dict[Language, tuple[str, str]]] = {
    "en": (
        r"(?:over[- ](?P<age>\d\d)['’]?s|(?:those|people|anyone) (?:aged )?(?:over|from) (?P<from>\d\d)|"
        r"(?:aged )?(?P<and>\d\d)s? (?:and|or) (?:over|older|above|up))",
        r"(?:under[- ](?P<age>\d\d)['’]?s|(?:those|people|anyone) (?:aged )?(?:under|below) (?P<from>\d\d))",
    ),
    "de": (
        r"(?:über[- ](?P<age>\d\d)-?jährigen?|(?:menschen|leute|personen) (?:über|ab) (?P<from>\d\d)(?: jahren?)?)",
        r"(?:unter[- ](?P<age>\d\d)-?jährigen?|(?:menschen|leute|personen) unter (?P<from>\d\d)(?: jahren?)?)",
    ),
    "fr": (r"(?:plus de (?P<age>\d\d) ans|(?P<and>\d\d) ans et plus)", r"moins de (?P<age>\d\d) ans"),
    "es": (
        r"(?:mayores de (?P<age>\d\d)(?: años)?|(?P<and>\d\d)(?: años)? (?:o|y) más(?: años)?)",
        r"menores de (?P<age>\d\d)(?: años)?",
    ),
    "ko": (r"(?P<age>\d\d)세 ?(?:이상|넘는|초과)", r"(?P<age>\d\d)세 ?(?:미만|이하)"),
    "zh": (r"(?P<age>\d\d)岁(?:及|或)?以上", r"(?P<age>\d\d)岁以下"),
}


def with_ages(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question with the names, or the ends, of the ages that it says in words.

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
    if not drawn or not any(_OF_AGES.search(f"{panel.x.label} {panel.y.label}") for panel in panels):
        return text
    places = list(dict.fromkeys((*drawn[0].x, *(one.name for one in drawn))))
    for words, low in _decades(language):
        place = _decade_in(places, low)
        if place:
            text = re.sub(rf"(?<!\w)(?:{words})(?![A-Za-zÀ-ɏ0-9])", place, text, flags=re.IGNORECASE)
    for side, words in enumerate(_BEYOND[language]):
        for said in re.finditer(rf"(?<!\w)(?:{words})(?![A-Za-zÀ-ɏ0-9])", text, re.IGNORECASE):
            age = next(number for number in said.groups() if number)
            name = _beyond_in(places, int(age), above=side == 0)
            text = text.replace(said[0], name) if name else text
    return text


def _decades(language: Language) -> Iterator[tuple[str, int]]:
    """Yield the words for each decade of an age, and its first year."""
    words = _TENS.get(language, "").split() or ["(?!)"] * 8
    for number, word in enumerate(words, 2):
        yield _IN_DECADE[language].format(word=word, tens=10 * number), 10 * number


def _decade_in(places: Sequence[Place], low: int) -> str:
    """Return the name of a decade among places, or its ends where both are drawn as numbers; or nothing."""
    for place in places:
        ends = range_of_name(place) if isinstance(place, str) else None
        if ends is not None and ends[0] == low and ends[1] in (low + 9, low + 10):
            return str(place)
    return f"{low}-{low + 10}" if low in places and low + 10 in places else ""


def _beyond_in(places: Sequence[Place], age: int, *, above: bool) -> str:
    """Return the only name of the ages from one on, such as "80+", or up to it."""
    names = [place for place in places if isinstance(place, str)]
    if above:
        return next((name for name in names if re.fullmatch(_FROM.format(age=age), name.strip(), re.IGNORECASE)), "")
    ranges = {name: ends for name in names if (ends := range_of_name(name))}
    lowest = min((low for low, _ in ranges.values()), default=0)
    return next((name for name, (low, high) in ranges.items() if low == lowest and high in (age - 1, age)), "")


_FROM: Final = (
    r"{age}(?: ?(?:years?|jahre|ans|años|세|岁))? ?(?:\+|(?:and|or|und|oder|et|ou|o|y) "
    r"(?:over|older|above|up|älter|mehr|plus|más|mayores)|이상|及?以上)|"
    r"(?:over|über|ab|plus de|más de) {age}|>=? ?{age}"
)
"""Names of the ages from one on: "65+", "65 and over", "65 o más"."""
