"""Questions about the areas in a picture that stand out: how many there are, and how large they are.

A word that changes what is asked, and that nothing here explains, is named and the question declined: "how many cells
are dividing" is not the question how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from vision_magic.engine.blobs import Side
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language, language_of
from vision_magic.engine.questions.vocabulary.words_of_areas import AREA_WORDS, UNIT, AreaWords

__all__ = ["AreaQuestion", "Region", "area_question"]

Region = tuple[str, str]
"""The side in each direction: ``("left", "upper")``; empty for both sides."""

_TOKEN: Final = re.compile(r"[\w'’/%.²-]*\w[²%]?")
_LIVING: Final = re.compile(
    r"(?<!\w)(?:person\w*|menschen|leute|frauen|männer|kinder|gesichter|katzen?|hunde?|tiere?|vögel|autos?|bäume|häuser|"
    r"gens|personnes?|hommes?|femmes?|enfants?|visages?|chats?|chiens?|animaux|oiseaux|voitures?|arbres?|maisons?|"
    r"gente|hombres?|mujeres?|niñ[oa]s?|caras?|gat[oa]s?|perr[oa]s?|animales|pájaros|coches?|árboles|casas?)(?!\w)|"
    r"사람|얼굴|고양이|강아지|동물|자동차|나무|人|脸|猫|狗|动物|鸟|汽车|树",
    re.IGNORECASE,
)
"""Nouns that only a vision model finds. Those of English are known to `parse_question`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaQuestion:
    """What is asked about the areas in a picture.

    Attributes
    ----------
    asked : {"count", "size", "pixel"}
        How many there are, how large they are, or how large a pixel is in reality.
    language : Language
        The language of the question.
    side : {"", "brighter", "darker"}
        Which areas are meant.
    region : (str, str)
        The part of the picture in which they are.
    rank : {"", "largest", "smallest"}
        The one of them that is meant.
    unit : str
        A unit of length, which pixels do not have.
    unexplained : tuple of str
        Words of the question that change what is asked, and that are not understood.
    """

    asked: Literal["count", "size", "pixel"]
    language: Language
    side: Side = ""
    region: Region = ("", "")
    rank: Literal["", "largest", "smallest"] = ""
    unit: str = ""
    unexplained: tuple[str, ...] = ()


def area_question(text: str) -> AreaQuestion | None:
    """Return what a question asks about areas; None if it is about something else."""
    language = language_of(text)
    words = AREA_WORDS[language]
    if words.pixel.search(text):
        return AreaQuestion(asked="pixel", language=language)
    frame = words.count.search(text) or words.size.search(text)
    if frame is None:
        return None
    asked: Literal["count", "size"] = "count" if words.count.search(text) else "size"
    rest = _Rest(text)
    for each in (*words.count.finditer(text), *words.size.finditer(text)):
        rest.explain(each.span())
    bright, dark = rest.take(words.bright), rest.take(words.dark)
    largest, smallest = rest.take(words.largest), rest.take(words.smallest)
    unit = rest.take(UNIT) if asked == "size" else []
    if asked == "size":
        rest.take(_MEAN)
    region, wrong = _region(rest, words)
    if words.others.fullmatch(_head(text, frame.span(), language)):
        return None
    rest.take(words.filler)
    noun = _noun(rest, frame.span(), words, language)
    if (noun and words.others.fullmatch(noun)) or (asked == "size" and not noun):
        return None
    unexplained = [*wrong, *rest.runs()]
    if _LIVING.search(noun):
        unexplained.insert(0, noun)
    if bright and dark:
        unexplained.extend((*bright, *dark))
    unexplained.extend(_unused_ranks(asked, largest, smallest))
    if asked == "size" and not _is_of_area(frame[0]):
        unexplained.insert(0, frame[0])
    return AreaQuestion(
        asked=asked,
        language=language,
        side="brighter" if bright else "darker" if dark else "",
        region=region,
        rank="largest" if largest else "smallest" if smallest else "",
        unit=unit[0] if unit else "",
        unexplained=tuple(dict.fromkeys(unexplained)),
    )


_MEAN: Final = re.compile(
    r"\b(?:on average|im mittel|im schnitt|durchschnittlich|en moyenne|en promedio)\b|평균|平均", re.IGNORECASE
)
"""Words for the average, which is said with the sizes of several areas."""
_LENGTH: Final = re.compile(
    r"\b(?:wide|tall|long|high|thick|small|breit|hoch|lang|largeur|hauteur|longueur|ancho|anchura|altura|longitud)\b",
    re.IGNORECASE,
)


def _is_of_area(frame: str) -> bool:
    """Whether a size is the area: a width or a length of areas is not measured."""
    return _LENGTH.search(frame) is None


def _unused_ranks(asked: str, largest: list[str], smallest: list[str]) -> list[str]:
    """Return the words for the largest and the smallest area where not one of them is meant."""
    one = bool(largest) != bool(smallest)
    return [] if asked == "size" and one else [*largest, *smallest]


class _Rest:
    """The part of a question that is not explained yet."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._explained = [False] * len(text)

    def explain(self, span: tuple[int, int]) -> None:
        start, end = span
        self._explained[start:end] = [True] * (end - start)

    def take(self, words: re.Pattern[str]) -> list[str]:
        """Explain the words that match and are not explained yet, and return them."""
        found = [match for match in words.finditer(self.text) if not any(self._explained[slice(*match.span())])]
        for match in found:
            self.explain(match.span())
        return [match[0] for match in found]

    def tokens(self) -> Iterator[tuple[int, int]]:
        """Yield the spans of the words that are not explained."""
        masked = "".join(" " if done else char for char, done in zip(self.text, self._explained, strict=True))
        yield from (match.span() for match in _TOKEN.finditer(masked))

    def runs(self) -> list[str]:
        """Return the words that are not explained; those next to each other as one."""
        found: list[tuple[int, int]] = []
        for start, end in self.tokens():
            if found and not self.text[found[-1][1] : start].strip():
                found[-1] = found[-1][0], end
            else:
                found.append((start, end))
        return [self.text[slice(*span)] for span in found]


def _region(rest: _Rest, words: AreaWords) -> tuple[Region, list[str]]:
    """Return the region of a question, and the words of one that is not a half, a quarter or a corner."""
    across = {name: rest.take(pattern) for name, pattern in (("left", words.left), ("right", words.right))}
    down = {name: rest.take(pattern) for name, pattern in (("upper", words.upper), ("lower", words.lower))}
    half, quarter = rest.take(words.half), rest.take(words.quarter)
    sides = [[name for name, found in each.items() if found] for each in (across, down)]
    said = [word for each in (across, down) for found in each.values() for word in found]
    count = len(sides[0]) + len(sides[1])
    apart = all(len(each) < 2 for each in sides)
    fits = count == 1 if half else count == 2 if quarter or said else count == 0
    if (half and quarter) or not fits or not apart or len(half) + len(quarter) > 1:
        return ("", ""), [" ".join((*said, *half, *quarter))]
    return (sides[0][0] if sides[0] else "", sides[1][0] if sides[1] else ""), []


_ARTICLES: Final = (
    r"\W*(?:(?:the|an?|of|this|these|is|are|de[rnms]|die|das|dies\w*|ist|sind|hat|la|les?|los|las|el|du|des?|del|est[ae]?|"
    r"cette|fait|a|son|es|tiene)\s+|[ld]['’])*"
)
_HEAD: Final = re.compile(rf"{_ARTICLES}([\w-]*)", re.IGNORECASE)


def _head(text: str, frame: tuple[int, int], language: Language) -> str:
    """Return the word next to the words that ask, without articles."""
    before = text[: frame[0]].split() if language in ("ko", "zh") else []
    if before:
        return before[-1]
    found = _HEAD.match(text[frame[1] :])
    return found[1] if found else ""


def _noun(rest: _Rest, frame: tuple[int, int], words: AreaWords, language: Language) -> str:
    """Return the noun that is counted, and explain it; empty if there is none next to the words that ask."""
    before = language == "ko" or (language == "zh" and not re.search(r"[^\W的]", rest.text[frame[1] :]))
    tokens = [span for span in rest.tokens() if (span[1] <= frame[0] if before else span[0] >= frame[1])]
    if not tokens:
        return ""
    run = tokens[-1:] if before else tokens[:1] if words.noun_first else _first_run(rest.text, tokens, words)
    nouns = [span for span in run if _MARKED[language].search(rest.text[slice(*span)])] if len(run) > 1 else []
    span = (nouns or run)[-1]
    if language == "zh" and "的" in rest.text[slice(*span)].rstrip("的"):
        span = rest.text.rindex("的", span[0], span[1]) + 1, span[1]
    rest.explain(span)
    return rest.text[slice(*span)]


_MARKED: Final[dict[Language, re.Pattern[str]]] = {"en": re.compile(r"s$"), "de": re.compile(r"^[A-ZÄÖÜ]")}
"""What tells a noun from the verb after it: its plural in English, its capital letter in German."""


def _first_run(text: str, tokens: Sequence[tuple[int, int]], words: AreaWords) -> list[tuple[int, int]]:
    """Return the words up to the first one that is explained and not an adjective, or to a punctuation mark."""
    for adjective in (words.bright, words.dark, words.largest, words.smallest):
        text = adjective.sub(lambda match: " " * len(match[0]), text)
    run = [tokens[0]]
    for span in tokens[1:]:
        if text[run[-1][1] : span[0]].strip(" -"):
            break
        run.append(span)
    return run
