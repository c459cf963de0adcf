"""What becomes of one quantity of points where the other changes: "what happens to consumption when one is faster"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartAxis, ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.spans import words_taken
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.named_points import without_names
from vision_magic.engine.questions.names.words_of_axes import speaks_of
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.conditions import CONDITIONS
from vision_magic.engine.questions.topics.the_more import is_of_little
from vision_magic.engine.questions.topics.two_quantities import nouns_of_label, stray_word
from vision_magic.engine.questions.vocabulary.dimensions import comparatives, dimensions_of
from vision_magic.engine.questions.vocabulary.words import CONTEXT_WORDS, Operation, Word, search

__all__ = ["as_changing_together"]

_EAST: Final[tuple[Language, ...]] = ("ko", "zh")
_OPEN: Final[dict[Language, str]] = {
    "en": r"\bwhat happens\b|\bhow (?:does|do|did|is|are)\b|\bwhat becomes\b|\bwhat effect\b",
    "de": r"\bwas (?:passiert|geschieht|wird aus)\b|\bwie (?:verändert|ändert|entwickelt|wirkt|verhält)\w*",
    "fr": r"\bque (?:se passe|devient|deviennent|fait|arrive)\b|\bqu'(?:arrive|advient|est-ce (?:qui|qu'il))\b|"
    r"\bcomment (?:évolue|varie|change)\w*",
    "es": r"\bqué (?:le |les )?(?:pasa|ocurre|sucede)\w*|\bcómo (?:cambia|varía|evoluciona|afecta)\w*",
    "ko": r"어떻게|어떤 변화|어떤가|어떨까",
    "zh": r"怎么样?变|怎么样|怎样|如何|会怎么|什么变化|会变成",
}
"""Questions for what happens, whatever it is."""
_EITHER: Final[dict[Language, str]] = {
    "en": r"\b(?:more or less|less or more|(?:\w+er|rise|up|increase) or (?:\w+er|fall|down|decrease)\w*)\b",
    "de": r"\b(?:mehr oder weniger|weniger oder mehr|\w+ oder (?:\w+er|sinkt|fällt|steigt|ab|zu))\b",
    "fr": r"\b(?:plus ou moins|moins ou plus)\b|-t-(?:il|elle)s? ou \w+",
    "es": r"\b(?:más o menos|menos o más|(?:sube|aumenta|crece) o (?:baja|disminuye)|(?:baja|disminuye) o (?:sube|"
    r"aumenta))\b",
    "ko": r"(?:나요|까요|아요|어요|지나|는지|나)[,?]? ?(?:아니면 )?[가-힣]+(?:나요|까요|아요|어요|지나|는지|나)\W*$",
    "zh": r"还是",
}
"""Questions which of both happens."""
_ASKS: Final[dict[Language, str]] = {
    "en": r"\b(?:what|which|who|how (?:much|many|long|far)|where|why|when did)\b",
    "de": r"\b(?:was|welche\w*|wer|wie ?viele?|wie lange?|wo|warum|wann|um wie)\b",
    "fr": r"\b(?:quel\w*|qui|combien|où|pourquoi|lequel|laquelle)\b",
    "es": r"\b(?:qué|cuál\w*|quién\w*|cuánt\w*|dónde|por qué)\b",
    "ko": r"얼마|몇|누가|누구|어느|어디|왜|언제",
    "zh": r"多少|几|谁|哪|为什么|多[高长大远重久快]",
}
"""Words of questions for something else."""
_THAN: Final[dict[Language, str]] = {
    "en": r"\bthan\b",
    "de": r"\bals\b",
    "fr": r"\b(?:plus|moins) [^,?]{1,20}\bqu(?:e\b|')(?! (?:plus|moins))",
    "es": r"\b(?:más|menos) [^,?]{1,20}\bque\b(?! (?:más|menos))",
    "ko": r"보다",
    "zh": r"比",
}


def as_changing_together(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "does A fall when B rises", and "what happens to A then", of points as questions for their relation.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn, language = drawn_series(panels), query.language
    kinds = {one.kind for one in drawn}
    numbers = all(isinstance(place, float | int) and place not in _YEARS for one in drawn for place in one.x)
    joined = kinds == {"line"} and numbers and len(drawn) == 1
    kept = query.threshold or query.bounds or query.places or query.amounts or query.then or query.top or query.without
    if len(panels) != 1 or not (kinds == {"points"} or joined) or kept:
        return query
    said = without_names(text.lower().replace("’", "'"), panels)
    for word in words_taken(said, query.text) if query.series else ():
        said = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", " ", said)
    parts = next(_parts(said, panels[0], language), None)
    if parts is None or re.search(_THAN[language], said):
        return query
    (asked, sign), (condition, cause) = parts
    opened = re.search(_OPEN[language], asked) is not None
    either = re.search(_EITHER[language], asked) is not None
    if not cause or not (opened or either or sign) or (not opened and re.search(_ASKS[language], asked)):
        return query
    direction: Literal["", "up", "down"] = "" if opened or either else "up" if sign * cause > 0 else "down"
    asks: Operation = "trend" if joined else "correlation"
    found = replace(query, operations=(asks,), words=query.words | {asks}, direction=direction)
    found = replace(found, yes_no=bool(direction), of_places=False, rank=1, unheard="")
    found = replace(found, statistic="", firm=True)
    left = " ".join(_left(part, panels[0], language) for part in (condition, asked))
    stray = stray_word(found, left, panels)
    return replace(query, operations=("unheard",), unheard=stray, firm=True) if stray else found


_Sided = tuple[str, int]
_YEARS: Final = range(1800, 2101)


def _parts(text: str, panel: ChartPanel, language: Language) -> Iterator[tuple[_Sided, _Sided]]:
    """Yield what is asked and its condition, each with 1 where it says that there is more of its axis, -1 for less.

    Both must be said of another axis.
    """
    for found in re.finditer(CONDITIONS[language], text):
        before, after = text[: found.start()], text[found.end() :]
        if language in _EAST:
            sides = [(after, before), (before, after)] if language == "zh" and "," in found[0] else [(after, before)]
        elif before.strip(" ¿"):
            sides = [(before, after)]
        else:
            condition, comma, asked = after.partition(",")
            sides = [(asked, condition)] if comma else []
        for asked, condition in sides:
            senses = [_sense(part, panel, language) for part in (asked, condition)]
            first, second = senses
            if first is not None and second is not None and first[0] is not second[0]:
                yield (asked, first[1]), (condition, second[1])


def _sense(part: str, panel: ChartPanel, language: Language) -> tuple[ChartAxis, int] | None:
    """Return of which axis a part of a question speaks, and whether of more of it, of less, or of neither."""
    axes = (panel.x, panel.y)
    told = [(axis, sign) for axis in axes for _, sign in _adjectives(part, axis, language)]
    owners = {id(axis) for axis, _ in told}
    if len(owners) == 1:
        signs = {sign for _, sign in told}
        return told[0][0], signs.pop() if len(signs) == 1 else 0
    named = [axis for axis in axes if speaks_of(axis, part, language)]
    if len(named) > 1:  # "the string is longer", where both axes may be long
        start = "" if language in _EAST else r"(?<!\w)"
        labelled = [
            axis for axis in axes if any(re.search(start + one, part) for one in nouns_of_label(axis, language))
        ]
        signs = {sign for axis, sign in told if [axis] == labelled}
        return (labelled[0], signs.pop()) if len(signs) == 1 else None
    return (named[0], _direction(part, language)) if len(named) == 1 else None


def _adjectives(part: str, axis: ChartAxis, language: Language) -> Iterator[tuple[str, int]]:
    """Yield the adjectives in a part of a question that are said of what an axis measures, with 1 for more of it."""
    for dimension in dimensions_of(axis.label, axis.unit):
        for stems, sign in ((dimension.much[language], 1), (dimension.little[language], -1)):
            match = re.search(_BARE[language].replace("W", stems), part) if language in _EAST else None
            match = match or re.search(comparatives(stems, language), part)
            if match is not None:
                yield match[0], sign


_BARE: Final[dict[Language, str]] = {"ko": r"(?<![가-힣])(?:W)", "zh": r"(?:[更越变得])(?:W)"}
"""Adjectives of conditions, which stand without "more"."""


def _direction(part: str, language: Language) -> int:
    """Return 1 if a part of a question says that something rises, or is more, -1 if it falls, 0 for neither or both."""
    for words in _DIRECTIONS:
        more, less = (search(CONTEXT_WORDS[word][language], language, part) is not None for word in words)
        if more or less:
            return more - less
    return -1 if is_of_little(part, language) else 0


_DIRECTIONS: Final[tuple[tuple[Word, Word], ...]] = (("up", "down"), ("more", "less"))


_VERBS: Final[dict[Language, str]] = {
    "en": r"\b(?:you|one|we|people|they) [a-z]+",
    "de": r"\bman\b.*?[a-zäöüß]+(?=\W*$)|^\W*[a-zäöüß]+(?= (?:der|die|das|ein|eine|man|es)\b)",
    "fr": r"\b(?:on|nous|vous) [a-zà-ÿ]+|[a-zà-ÿ]+-(?:t-)?(?:il|elle|on)s?\b",
    "es": r"\bse [a-záéíóúñ]+",
    "ko": r"[가-힣]+(?=\W*$)",
    "zh": "人们?|我们",
}
"""What anybody does, or what stands where a verb must, which says nothing of what is measured."""


_OF_SUBJECT: Final = re.compile(r"\b((?:do|does|did) +(?:the |an? |our |its )?(?:\w+ +)?\w+) +[a-z]+")
"""The verb of an English question for yes or no, behind its subject."""


def _left(part: str, panel: ChartPanel, language: Language) -> str:
    """Return a part of a question without the words for its course, and without verbs that say nothing."""
    for axis in (panel.x, panel.y):
        for said, _ in _adjectives(part, axis, language):
            part = part.replace(said, " ")
    part = re.sub(f"{CONDITIONS[language]}|{_OPEN[language]}|{_EITHER[language]}", " ", part)
    part = re.sub(_VERBS[language], " ", _OF_SUBJECT.sub(r"\1", part) if language == "en" else part)
    words = "|".join(CONTEXT_WORDS[word][language] for pair in _DIRECTIONS for word in pair)
    return re.sub(f"(?:{words})" if language in _EAST else rf"(?<!\w)(?:{words})(?!\w)", " ", part)
