"""The words of a Korean question that nothing accounts for, told by their particles and endings.

A word is known if it is one of the chart (also in another language, or in Korean letters), or one by which questions
ask. What is left matters by its role: a verb changes nothing where something else says what is asked, a noun that is
measured can only mean the one quantity that is drawn, and whatever limits, compares, or describes is a reason to
decline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from vision_magic.engine.chart.data import WITHOUT_DATA, ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.roles import SOME_PEOPLE, Setting
from vision_magic.engine.questions.checks.roles_in_korean import CHANGES, PACES, RANKED, KoreanRole, role_in_korean
from vision_magic.engine.questions.names.loanwords import is_loanword
from vision_magic.engine.questions.names.quantities import words_for
from vision_magic.engine.questions.names.usual_names import in_any_language
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.korean_words import (
    ENDING,
    FILLERS,
    HIGH,
    LOW,
    NOUNS,
    PARTICLE,
    QUANTITY,
    STEMS,
)
from vision_magic.engine.questions.vocabulary.words import COLOUR_WORDS, CONTEXT_WORDS, OPERATION_WORDS, search

__all__ = ["has_one_quantity", "unaccounted_in_korean"]

_MARK: Final = re.compile("[\ue000-\uf8ff]")
_HANGUL: Final = re.compile("[\uac00-\ud7a3]+")
_UNITS: Final = re.compile(
    r"(?:[munkMGT]?(?:Hz|V|A|W|Wh|m|g|s|L|l|Pa|J|b|B|eV)|dB|kg|km|cm|mm|nm|µm|h|min|ms|ppm|bpm|pH|%p|p|C|F|x|y|X|Y|vs|VS|USD|EUR|KRW|TWh|GWh|MWh|kWh|"
    r"top|TOP|ok|OK)"
)


@dataclass(frozen=True, slots=True)
class _Words:
    """What is known: the words of the charts, patterns of what their axes measure, and Korean names of things.

    A word for the same as a label is known, but not one for the same as a name: black tea is no green tea.
    """

    own: str
    latin: tuple[str, ...]
    measures: tuple[re.Pattern[str], ...]
    meant: re.Pattern[str]
    names: frozenset[str]

    def is_of_chart(self, word: str) -> bool:
        """Return whether a word is one of the charts, a translation of one, or one in Korean letters."""
        if len(word) > 1 and word in self.own:
            return True
        if any(_is_in(one.lower(), self.own) for one in in_any_language(word) if one not in self.names):
            return True
        return any(is_loanword(word, one) for one in self.latin)

    def is_measure(self, word: str) -> bool:
        """Return whether a word names what the charts measure, or the kind of their names."""
        named = self.meant.fullmatch(word) or self.meant.fullmatch(PARTICLE.sub("", word))
        return named is not None or any(words.search(word) for words in self.measures)


def _is_in(word: str, own: str) -> bool:
    start, end = (r"(?<![a-z])", r"(?![a-z])") if word.isascii() else ("", "")
    return len(word) > 1 and re.search(rf"{start}{re.escape(word)}{end}", own) is not None


def unaccounted_in_korean(
    query: Query, text: str, own: str, panels: Sequence[ChartPanel], setting: Setting, meant: re.Pattern[str]
) -> str:
    """Return the first word of a Korean question that changes what is asked and that nothing accounts for.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question, with one letter of Unicode's private use area for each name and number.
    own : str
        The words of its charts in lower case.
    panels : sequence of ChartPanel
        The panels that it is about.
    setting : Setting
        What else the question says, and what its charts have.
    meant : re.Pattern
        The words that are known for what the charts have, such as kinds of names.
    """
    axes = [axis for panel in panels for axis in (panel.x, panel.y, panel.right, panel.colour_bar) if axis is not None]
    measures = tuple(known for axis in axes if (known := words_for(axis, "ko")) is not None)
    latin = dict.fromkeys(form for word in re.findall("[a-z]{3,}", own) for form in (word, word.removesuffix("s")))
    drawn = [one for panel in panels for one in panel.series]
    korean = frozenset(name for one in drawn for name in (one.name, *map(str, one.x[:200])) if _HANGUL.search(name))
    words = _Words(own, tuple(latin), measures, meant, korean)
    text = re.sub(
        r"(?:^[\uac00-\ud7a3]+ (?:있는|가진|둔|딸린) )?[\uac00-\ud7a3]+ ?\((?=[\ue000-\uf8ff]\))", "(", text
    )  # "at lunch (1 pm)"
    tokens = [re.sub(r"[?.,!？!~·:;()\"'“”‘’…]+", "", token) for token in text.split()]
    tokens = [token for token in tokens if token]
    one = has_one_quantity(query, panels)
    for number, token in enumerate(tokens):
        stray = _pace(tokens, number, words) or _each(token, own) or _some_people(token, own)
        if stray:
            return stray
        for name in re.findall(r"(?<![\ue000-\uf8ffA-Za-z])[A-Za-z][A-Za-z-]+", token):
            if not (name.lower() in own or _UNITS.fullmatch(name)):
                return str(name)
        pieces = _MARK.split(token)
        for position, piece in enumerate(pieces):
            word = "".join(_HANGUL.findall(piece))
            if not word or (position and (PARTICLE.fullmatch(word) or _is_counter(word))):
                continue
            if _is_known(word, words):
                continue
            if re.fullmatch(r"[가-힣]+[a-zA-Z]{3,}[가-힣]{0,2}", piece) and _names_own(piece, own):
                continue  # "날개(flipper)"
            alone = len(pieces) == 1
            role = role_in_korean(tokens, number, word, words.is_of_chart) if alone else "beside"
            topic = role == "measured" and not number and re.search("[은는]$", word) is not None
            if topic or not _can_be_left(role, word, query, setting, one):
                return re.sub("[은는이가을를]$", "", word) if role in ("measured", "bare") else word
    return ""


def _some_people(token: str, own: str) -> str:
    """Return the word in a token for some of all people, such as "여학생", of whom the charts do not speak."""
    for piece in _MARK.split(token):
        some = re.match(SOME_PEOPLE["ko"], piece)
        if some is not None and not any(_is_in(one.lower(), own) for one in (some[0], *in_any_language(some[0]))):
            return PARTICLE.sub("", piece)
    return ""


def _names_own(piece: str, own: str) -> bool:
    """Return whether a Korean word has one of the chart in its brackets."""
    return any(name.lower() in own for name in re.findall("[a-zA-Z]{3,}", piece))


def _pace(tokens: Sequence[str], number: int, words: _Words) -> str:
    """Return "빨리" of "which finishes earliest", of what is no time, and where nothing is said to change."""
    token, after = tokens[number], tokens[number + 1] if number + 1 < len(tokens) else ""
    if token not in PACES or not number or tokens[number - 1] not in RANKED or words.is_measure(token):
        return ""
    return "" if re.match(CHANGES, after) else token


def _each(token: str, own: str) -> str:
    """Return "인당" of "for each person" where values are for something else, such as each match."""
    found = re.search(r"[\ue000-\uf8ff]([가-힣]{1,3}당)$", token)
    return found[1] if found is not None and found[1] not in own else ""


def _is_counter(word: str) -> bool:
    stem = PARTICLE.sub("", word)
    return len(stem) < 2 or _is_plain(word) or (QUANTITY.search(stem) is None and len(stem) < 3)


def _is_known(word: str, words: _Words) -> bool:
    if _is_plain(word) or words.is_measure(word):
        return True
    stems = {word, PARTICLE.sub("", word), re.sub(r"(?:[은는이가을를의도만]|에서|에|로|으로)$", "", word)}
    if any(words.is_of_chart(stem) for stem in stems if stem):
        return True
    # A compound of two words that are known: "평균기온", "판매순위".
    for end in range(len(word) - 1, 0, -1):
        first, rest = word[:end], word[end:]
        known = (end > 1 and words.is_of_chart(first)) or first in _HEADS or (end > 1 and first in _nouns())
        if known and (
            _is_plain(rest)
            or _AMOUNT.fullmatch(rest)
            or (ENDING.fullmatch(rest) and end > 1)
            or (_FEE.fullmatch(rest) and _OF_FEES.search(words.own))
            or words.is_of_chart(PARTICLE.sub("", rest))
        ):
            return True
    return False


_AMOUNT: Final = re.compile(r"(?:[량수액값치건]|시간|기간)(?:[은는이가을를의도에]|에서|로)?")
"""What may follow a noun without another meaning: "판매량" is "판매"."""

_FEE: Final = re.compile(r"(?:료|비|세|값|요금)(?:[은는이가을를의도만]|로|에|으로)?")
_OF_FEES: Final = re.compile(r"요금|비용|이용료|금액|지출|가격|납부|청구")
"""What is paid for a thing, and labels of what is paid: "전기료" is known of a chart of "전기요금"."""

_HEADS: Final = frozenset(["총", "매", "연", "월", "각", "첫", "전", "최", "두", "한", "몇", "그", "이", "양", "순"])
"""Words of one syllable before a noun, as in "총판매량"."""


@cache
def _nouns() -> frozenset[str]:
    return frozenset(NOUNS) | frozenset(FILLERS)


@cache
def _stems() -> re.Pattern[str]:
    return re.compile("|".join(STEMS))


@cache
def _is_plain(word: str) -> bool:
    """Return whether a word is one by which questions ask, in any form."""
    stems = {word, PARTICLE.sub("", word), re.sub(r"[은는이가을를의도에로]$", "", word)}
    if stems & _nouns() or PARTICLE.fullmatch(word) or len(PARTICLE.sub("", word)) == 0:
        return True
    copula = re.sub(
        r"(?:이|였|이었|인|일)?(?:[요야까지냐니고며]|예요|에요|여요|세요|었어요?|였어요?|입니까|인가요?|인가|인지|인데|이죠|죠|지요|래요?|었지|었나요?|였나요?|였죠|였더라|더라|던가요?)$",
        "",
        word,
    )
    if PARTICLE.sub("", copula) in _nouns() or copula in _nouns():
        return True
    verb = _stems().match(word)
    if verb is not None and ENDING.fullmatch(word[verb.end() :]):
        return True
    if re.match(rf"(?:{HIGH}|{LOW})", word) and ENDING.fullmatch(re.sub(rf"^(?:{HIGH}|{LOW})", "", word)):
        return True
    groups = (
        *(words for name, words in OPERATION_WORDS.items() if name != "cannot"),
        *CONTEXT_WORDS.values(),
        *COLOUR_WORDS.values(),
    )
    for known in groups:
        match = search(known["ko"], "ko", word)
        if (
            match is not None
            and not match.start()
            and len(match[0]) > 1
            and ENDING.fullmatch(re.sub("^색", "", word[match.end() :]))
        ):
            return True
    return False


_NEGATIVE: Final = re.compile(
    r"[못않안]|없|실패|불합격|취소|결석|빠뜨|놓[치친]|버[리린]|잃|망[하한]|고장|사망|죽|거절|반품|환불|폐기|절약|줄이"
)


def _can_be_left(role: KoreanRole, word: str, query: Query, setting: Setting, one: bool) -> bool:
    """Return whether an answer is the same whatever a word means that has this role."""
    if _NEGATIVE.search(word) or re.search(SOME_PEOPLE["ko"], word):
        return False
    quantity = QUANTITY.search(PARTICLE.sub("", word)) is not None
    if setting.open and _ANY_AMOUNT.match(word):
        return role in ("measured", "bare")
    told = setting.told or bool(_TOLD & set(query.operations))
    if role == "verb":
        return told and not quantity
    if role == "adverb":
        return True
    if role == "beside":
        return len(PARTICLE.sub("", word)) < 3 and not quantity
    if role == "counted":
        return not quantity
    if role == "both":
        return setting.two
    if role == "thing":
        return setting.things
    if role == "measured":
        return one and not quantity and told
    return False


_TOLD: Final = frozenset(("outlier", "spread", "overlap", "correlation", "sides", "sums", "table", "sort", "compare"))
"""More operations that a question names outright."""

_ANY_AMOUNT: Final = re.compile(r"(?:판매량?|수량|물량|규모|인원|건수|총량|분량)")
"""Nouns for an amount, of charts that leave open what it is."""

_OVER_SERIES: Final = frozenset(("growth", "table", "totals"))


def has_one_quantity(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether only one quantity of one series, or of those among which the answer is, can be meant."""
    drawn = [(one, panel.axis_of(one)) for panel in panels for one in panel.series]
    drawn = [(one, axis) for one, axis in drawn if one.kind not in WITHOUT_DATA]
    asked = [(one, axis) for one, axis in drawn if not query.series or one.name in query.series]
    if len({(axis.label, axis.unit) for _, axis in asked}) != 1:
        return False
    if len(drawn) == 1 or query.series or query.of_series or all(one.kind == "heat map" for one, _ in drawn):
        return True
    at_place = bool(query.places) and bool({"maximum", "minimum"} & set(query.operations))
    return at_place or query.statistic == "sum" or bool(_OVER_SERIES & set(query.operations))
