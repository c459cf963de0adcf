"""Decades as places of an axis: of ages, "in their thirties" and "30대", and of bins, "in the sixties" and "60점대"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Place, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.places.ranges import range_of_name

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
    aged = any(_OF_AGES.search(f"{panel.x.label} {panel.y.label}") for panel in panels)
    if aged and language == "ko" and all(one.kind == "histogram" for one in drawn):
        text = re.sub(r"(?<![\d.,])([1-9]0)대(?![가-힣]{3})", r"\1세대", text)  # read as "60점대" is
    text = _with_decades_of_bins(text, drawn, language)
    if not drawn or not aged:
        return text
    places = list(dict.fromkeys((*drawn[0].x, *(one.name for one in drawn))))
    for words, low in _decades(language):
        place = _decade_in(places, low)
        if place:
            text = re.sub(rf"(?<!\w)(?:{words})(?![A-Za-zÀ-ɏ0-9])", place, text, flags=re.IGNORECASE)
    text = _with_ends(text, [place for place in drawn[0].x if isinstance(place, str)], language)
    for side, words in enumerate(_BEYOND[language]):
        for said in re.finditer(rf"(?<!\w)(?:{words})(?![A-Za-zÀ-ɏ0-9])", text, re.IGNORECASE):
            age = next(number for number in said.groups() if number)
            name = _beyond_in(places, int(age), above=side == 0)
            text = text.replace(said[0], name) if name else text
    return text


_TENS_ZH: Final = "二三四五六七八九"
_OF_BINS: Final[dict[Language, str]] = {
    "en": r"(?:(?:in |into )?(?:the|their) )?(?P<tens>\d*[1-9]0)['’]?s(?: range| bracket| bin)?",
    "de": r"(?:(?:in )?(?:den|die|der) )?(?P<tens>\d*[1-9]0)er(?:n|-?bereich|-?gruppe)?",
    "fr": r"dans les (?P<tens>\d*[1-9]0)(?! \w)",
    "es": r"en los (?P<tens>\d*[1-9]0)(?! \w)",
    "ko": r"(?P<tens>\d*[1-9]0)(?: ?(?:[가-힣]{1,2}|[a-zA-Z%]{1,3})|(?<=\d\d0))대"
    r"(?=[는은가이의에와과보도로만를을 ,.?!]|$)",
    "zh": r"(?P<tens>\d*[1-9]0)(?:多|几)?(?:[\u4e00-\u9fff]?段|(?<=[多几])[\u4e00-\u9fff]?)",
}
"""Figures for the decade of a bin."""
_IN_WORDS: Final[dict[Language, str]] = {
    "en": r"(?:in |into )?(?:the|their) {word}ies",
    "de": r"(?:in |bei )?(?:den|die|der) {word}ern?",
    "fr": "(?!)",
    "es": r"(?:en )?los {word}",
    "ko": "(?!)",
    "zh": r"{word}十(?:多|几)[\u4e00-\u9fff]?",
}
_WORDS_OF_TENS: Final[dict[Language, str]] = {
    "en": "twent thirt fort fift sixt sevent eight ninet",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "zh": " ".join(_TENS_ZH),
}


def _with_decades_of_bins(text: str, drawn: Sequence[Series], language: Language) -> str:
    """Return a question with "60-70" for "in the sixties" where the edges of bins are at both."""
    if len(drawn) != 1 or drawn[0].kind != "histogram":
        return text
    edges = {*drawn[0].extra.get("left", ()), *drawn[0].extra.get("right", ())}

    def said(low: int) -> str:
        high = low + next(power for power in (1000, 100, 10) if low % power == 0)
        ends = f"{low}~{high} 구간" if language == "ko" else f"{low}-{high}"
        return f" {ends} " if low in edges and high in edges else ""

    start, end = ("", "") if language == "zh" else (r"(?<![\w.,])", r"(?!\w)")
    for number, word in enumerate(_WORDS_OF_TENS.get(language, "").split(), 2):
        words = f"{start}(?:{_IN_WORDS[language].format(word=word)}){end}"
        ends = said(10 * number)
        text = re.sub(words, ends, text, flags=re.IGNORECASE) if ends else text
    figures = start + _OF_BINS[language]
    return re.sub(figures, lambda found: said(int(found["tens"])) or found[0], text, flags=re.IGNORECASE)


_GROUP: Final[dict[Language, str]] = {
    "en": r"(?:age )?(?:groups?|brackets?|bands?|cohorts?|categor(?:y|ies)|ones|people|participants|respondents)",
    "de": r"(?:alters)?(?:gruppen?|klassen?|stufen?|kohorten?)|teilnehmer\w*|personen|leuten?|menschen|befragten",
    "fr": r"(?:groupes?|tranches?|classes?|catégories?)(?: d['’]âge)?|personnes|participants",
    "es": r"(?:grupos?|franjas?|tramos?|categorías?)(?: de edad)?|personas|participantes",
    "ko": r"(?:연령)?(?:대|층|집단|그룹)|사람들?",
    "zh": r"(?:年龄)?(?:组|段|群体|层)|人群?",
}
_ENDS: Final[dict[Language, tuple[str, str, str]]] = {
    # what stands around the word for the youngest or the oldest, then these words
    "en": (r"(?:the )?{side}(?: {group})?", "youngest", "oldest|eldest"),
    "de": (r"{side}(?: {group})?", r"jüngsten?", r"ältesten?"),
    "fr": (r"(?:{group} )?(?:l[ae]s? )?plus {side}(?: {group})?", "jeunes?", r"âgée?s?|vieux|vieilles?"),
    "es": (r"(?:{group} )?(?:de )?más {side}(?: {group})?", r"j[oó]ven(?:es)?", r"mayor(?:es)?|viej[oa]s?|edad"),
    "ko": (r"(?:가장|제일) ?{side} ?{group}", r"(?:어린|젊은)", r"(?:나이 ?많은|나이 ?든|늙은|연로한)"),
    "zh": (r"最{side}的?{group}", "年轻|小", "年长|年老|老|大"),
}
_ASKED_FOR: Final = re.compile(
    r"(?<!\w)(?:who|which|what|wer|welche\w*|qui|quel\w*|quién\w*|cuál\w*|qué)(?: \w+){0,2} "
    r"(?:is|are|was|were|ist|sind|war|waren|est|sont|era|es|son)(?: (?:the|die|der|das|le|la|les|el|los|las))? $",
    re.IGNORECASE,
)
"""Before the oldest where a question asks who that is."""


def _with_ends(text: str, names: Sequence[str], language: Language) -> str:
    """Return a question with the names of the first and the last group of ages for the youngest and the oldest."""
    starts = [int(found[0]) if (found := re.search(r"\d+", name)) else -1 for name in names]
    ordered = len(names) > 1 and starts == sorted(set(starts)) and starts[0] >= 0
    aged = ordered and all(range_of_name(name) is not None for name in names[:-1])
    form, *sides = _ENDS[language]
    for words, name in zip(sides, (names[0], names[-1]), strict=True) if aged else ():
        pattern = form.format(side=f"(?:{words})", group=f"(?:{_GROUP[language]})")
        whole = pattern if language in ("ko", "zh") else rf"(?<!\w){pattern}(?!\w)"
        said = re.search(whole, text, re.IGNORECASE)
        if said is not None and _ASKED_FOR.search(text[: said.start()]) is None:
            text = f"{text[: said.start()]}{name}{text[said.end() :]}"
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
