"""Relations that a question states with a comparative on both sides: "people who run more are faster, right?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import Chart, ChartAxis, ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.accounts import unaccounted
from vision_magic.engine.questions.checks.accounts_in_languages import accounted_in
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.quantities import words_for
from vision_magic.engine.questions.numbers import label_without_unit
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.extreme_points import comparatives_of
from vision_magic.engine.questions.topics.paces import is_of_pace
from vision_magic.engine.questions.topics.the_more import is_of_little
from vision_magic.engine.questions.vocabulary.words import CONTEXT_WORDS, Word, search

__all__ = ["as_stated_relation"]

_EN: Final = (
    r"(?:more|less|fewer|better|worse|(?!other|over|after|under|never|ever|rather|whether|runner|number|water|paper|"
    r"power|"
    r"summer|winter|quarter|order|cent|however|together|further)\w{3,}er)"
)
_DE: Final = (
    r"(?:mehr|weniger|öfter|besser\w*|schlechter\w*|(?:schnell|langsam|größ|klein|läng|kürz|höh|niedrig|schwer|"
    r"leicht|teur|"
    r"billig|ält|jüng|wärm|kält|heiß|stärk|schwäch|breit|schmal|dick|dünn|tief|hell|dunkl|laut|leis|reich|ärm|trocken|"
    r"gesünd)er(?:e[nrs]?)?)"
)
_STATED: Final[dict[Language, str]] = {
    "en": rf"\b(?:who|that|which|with)\b(?P<a>[^,?]{{0,30}}?\b{_EN}\b[^,?]{{0,30}}?),? (?:\w+ ){{0,3}}(?P<b>{_EN})\b",
    "de": rf"\b(?:wer|die|der|das|mit)\b (?P<a>(?:\w+ ){{0,2}}{_DE}\b[^,?]{{0,30}}?),? (?:\w+ ){{0,3}}(?P<b>{_DE})\b",
    "fr": r"\bqui (?P<a>[^,?]{1,30}?\b(?:plus|moins)\b[^,?]{0,30}?),? (?:\w+ ){0,3}?(?P<b>(?:plus|moins|mieux) [^,?]+)",
    "es": r"\b(?:los|las|el|la|quien(?:es)?) (?:que )?(?P<a>[^,?]{1,30}?\b(?:más|"
    r"menos)\b(?: \w+)?[^,?]{0,30}?),? (?:\w+ ){0,3}?"
    r"(?P<b>(?:más|menos|mejor\w*|peor\w*)\b[^,?]*)",
    "ko": r"(?P<a>(?:더|많이|적게|오래|자주) ?\S+[는은]) ?(?:사람|개|차|것)\S* (?P<b>(?:더 ?)?\S+)",
    "zh": r"(?P<a>\S{1,8}[多少高低大小长短快慢重轻贵冷热])的\S{0,3}?(?P<b>更\S+)",
}
_WHEN: Final[dict[Language, str]] = {
    "en": rf"\b(?P<b>{_EN})\b [^,?]{{0,20}}?(?:when|if|while|as) (?P<a>[^,?]*\b{_EN})\b",
    "de": rf"\b(?P<b>{_DE})\b,? [^,?]{{0,20}}?(?:wenn|sobald) (?P<a>[^,?]*\b{_DE})\b",
    "fr": r"\b(?P<b>plus \w+) [^,?]{0,20}?(?:quand|si|lorsqu[e'’]) ?(?P<a>[^,?]*\bplus \w+)",
    "es": r"\b(?P<b>más \w+) [^,?]{0,20}?(?:cuando|si) (?P<a>[^,?]*\bmás \w+)",
    "ko": "(?!)",
    "zh": "(?!)",
}
_THAN: Final[dict[Language, str]] = {
    "en": r"\bthan\b|^\W*(?:which|who|what|how|when|where)\b",
    "de": r"\bals\b|^\W*(?:welche\w*|wie|wann|wo)\b",
    "fr": r"\b(?:plus|moins) [^,?]{1,20}\bqu(?:e\b|['’])|^\W*(?:quel|lequel|combien|quand)",
    "es": r"\b(?:más|menos) [^,?]{1,20}\bque\b(?! (?:más|menos))|^\W*¿?(?:qué|cuál|cuánt|cuándo)",
    "ko": r"보다|누가|누구|어디|어느|몇|얼마",
    "zh": r"比|谁|哪|多少|几",
}
_FAST: Final = r"fast|quick|slow|schnell|rasch|langsam|rapide|vite|lent|rápid|despacio|빠|빨|느|快|慢"
_MOVING: Final = (
    r"r[au]n\w*|train\w*|courent|courir|entraînent|corren|entrenan|laufen|läuft|trainier\w*|뛰\S*|달리\S*|跑\S*"
)
_MOVED: Final = r"distance|training|run|\bkm\b|strecke|lauf|course|entraînement|distancia|거리|훈련|距离|训练"
_OF_AGE: Final[dict[Language, str]] = {
    "en": r"\b(?:old|older|elderly|young|younger)\b(?! (?:than|one))",
    "de": r"\b(?:alte|ältere|junge|jüngere)[nrs]?\b",
    "fr": r"\b(?:vieux|vieilles?|âgée?s|jeunes)\b",
    "es": r"\b(?:viej[oa]s|jóvenes|mayores)\b",
    "ko": r"노견|늙은|나이 ?(?:든|많은)|어린|젊은",
    "zh": r"年老|老年|年轻|年幼",
}
_TAG: Final = re.compile(r",? (?:do|are|is|does|wo)n['’]t (?:they|it|he|she|i|you|we)\W*$")
"""What asks for agreement at the end of a statement."""
_AGES: Final = r"\bages?\b|\byears?\b|\bold|alter\b|jahre|\bâge|\bans\b|edad|años|나이|연령|년|年龄|岁"


def as_stated_relation(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "people who run more are faster" of points as a question whether values rise or fall together.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    typed, text, language, drawn = text, text.lower(), query.language, drawn_series(panels)
    points = len(panels) == 1 and bool(drawn) and all(one.kind == "points" for one in drawn)
    if not points or query.threshold is not None or query.places or query.top or query.then is not None:
        return query
    axes = (panels[0].x, panels[0].y)
    aged = re.search(_OF_AGE[language], text)
    if aged is not None and not query.series and not any(re.search(_AGES, axis.label.lower()) for axis in axes):
        return replace(query, operations=("unheard",), unheard=aged[0], firm=True)
    dearer = _price_not_drawn(query, text, panels)
    if dearer:
        return replace(query, operations=("unheard",), unheard=dearer, firm=True)
    sign = _sign_of_adjectives(query, text, panels) or _sign_of_courses(query, typed, panels)
    if sign:
        return _as_correlation(query, sign)
    match = re.search(_STATED[language], text) or re.search(_WHEN[language], text)
    if match is None or re.search(_THAN[language], text) or not _is_of_axes(query, panels):
        return query
    sides = (match["a"], match["b"])
    timed = any(map(is_of_pace, axes))
    turned = sum(timed and re.search(_FAST, side) is not None for side in sides)
    return _as_correlation(query, (-1) ** (sum(is_of_little(side, language) for side in sides) + turned))


def _as_correlation(query: Query, sign: int) -> Query:
    """Return a question whether values rise together, or one falls where the other rises."""
    direction: Literal["up", "down"] = "up" if sign > 0 else "down"
    query = replace(query, operations=("correlation",), words=query.words | {"correlation"}, direction=direction)
    return replace(query, yes_no=True, bounds=None, of_places=False, rank=1, unheard="", statistic="", firm=True)


def _price_not_drawn(query: Query, text: str, panels: Sequence[ChartPanel]) -> str:
    """Return "dearer" of "are denser woods dearer", where one axis measures density, and none what something costs."""
    labels = f"{panels[0].title} {panels[0].x.label} {panels[0].y.label}"
    if not query.yes_no or any(comparatives_of(labels, query.language, only="price")):
        return ""
    told = (words for words, _ in comparatives_of(labels, query.language))
    matches = (re.search(words, text) for words, _ in comparatives_of("price", query.language))
    dearer = next((match[0] for match in matches if match is not None), "")
    return dearer if dearer and any(re.search(words, text) for words in told) else ""


def _sign_of_adjectives(query: Query, text: str, panels: Sequence[ChartPanel]) -> int:
    """Return 1 for "are denser woods harder", said of what both axes measure, -1 for "softer", 0 for another one."""
    language = query.language
    if not query.yes_no or query.series or re.search(_THAN[language], text):
        return 0
    sign, left = 1, text
    for axis in (panels[0].x, panels[0].y):
        found = [
            (match, more)
            for words, more in comparatives_of(axis.label, language, unit=axis.unit)
            if (match := re.search(words, left))
        ]
        if len(found) != 1:
            return 0
        match, more = found[0]
        sign *= 1 if more else -1
        left = f"{left[: match.start()]} {left[match.end() :]}"
    return sign if _is_understood(query, left, panels) else 0


_IF: Final[dict[Language, str]] = {
    "en": r"\b(?:when|whenever|if|as)\b",
    "de": r"\b(?:wenn|sobald|falls)\b",
    "fr": r"\b(?:quand\b|lorsqu(?:e\b|['’])|si\b)",
    "es": r"\b(?:cuando|si)\b",
    "ko": r"(?<=[가-힣])면(?= )|(?<=[할질]) ?때",
    "zh": r"的?时候?[,,]?",
}
_TENDS: Final = (
    r"\b(?:tends?|tendency|tendenziell|neigt|neigen|dazu|tendance|tendent|tend|tienden?|tendencia|suelen?|also|too|auch|"
    r"aussi|également|también|es que|est-ce que|when|if|as)\b|也会?|경향이|^当|^随着"
)


def _sign_of_courses(query: Query, text: str, panels: Sequence[ChartPanel]) -> int:
    """Return 1 for "does A rise when B rises", where the axes measure A and B, -1 if one falls, 0 for another one."""
    language = query.language
    if query.series or query.bounds:
        return 0
    parts = _parts_of_condition(text.lower(), language)
    if parts is None or search(CONTEXT_WORDS["asks"][language], language, parts[0]) is not None:
        return 0
    sides = [_side(part, language) for part in parts]
    axes = [[axis for axis in (panels[0].x, panels[0].y) if _names(axis, part, language)] for part in parts]
    named = all(len(found) == 1 for found in axes) and axes[0] != axes[1]
    left = re.sub(f"{_IF[language]}|{_TENDS}", " ", text, flags=re.IGNORECASE)
    if not named or 0 in sides or not _is_understood(query, left, panels):
        return 0
    return sides[0] * sides[1]


def _parts_of_condition(text: str, language: Language) -> tuple[str, str] | None:
    """Return what is asked and its condition, in this order: "does A rise", "B rises"."""
    found = re.search(_IF[language], text)
    if found is None:
        return None
    before, after = text[: found.start()], text[found.end() :]
    if language in ("ko", "zh"):
        return after, before
    if before.strip(" ¿"):
        return before, after
    condition, comma, asked = after.partition(",")
    return (asked, condition) if comma else None


def _side(part: str, language: Language) -> int:
    """Return 1 if a part of a question has a word for rising, -1 for falling, 0 for neither or both."""
    up, down = (search(CONTEXT_WORDS[word][language], language, part) is not None for word in _DIRECTIONS)
    return up - down


_DIRECTIONS: Final[tuple[Word, Word]] = ("up", "down")


def _names(axis: ChartAxis, part: str, language: Language) -> bool:
    """Return whether a part of a question names what an axis measures."""
    label, words = label_without_unit(axis).lower(), words_for(axis, language)
    if words is not None and words.search(part) is not None:
        return True
    if language in ("ko", "zh"):
        return bool(label) and label in part
    own, said = re.findall(r"[^\W\d_]{4,}", label), re.findall(r"[^\W\d_]{5,}", part)
    tails = language == "de" and any(word.endswith(noun) for word in own for noun in said)  # "Härte" of "Vickershärte"
    return tails or any(word[: max(4, len(word) - 2)] in part for word in own)


def _is_understood(query: Query, left: str, panels: Sequence[ChartPanel]) -> bool:
    """Return whether the words that are left of a question change nothing of it."""
    charts = [Chart(panels=tuple(panels))]
    if query.language == "en":
        return not unaccounted(left, charts, guessed=False, things=True)
    return accounted_in(replace(query, operations=("correlation",)), left, charts).operations == ("correlation",)


def _is_of_axes(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether each word of a question is known, or one for moving where distances are drawn."""
    labels = " ".join((panels[0].title, panels[0].x.label, panels[0].y.label)).lower()
    charts = [Chart(panels=tuple(panels))]
    english = query.language == "en" and not query.unheard
    unknown = (
        unaccounted(_TAG.sub("", query.text), charts, guessed=True, things=True) if english else query.unheard.lower()
    )
    moving = re.fullmatch(_MOVING, unknown) is not None and re.search(_MOVED, labels) is not None
    return not unknown or moving
