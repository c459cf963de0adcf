"""Questions whether there are values that tie, or series in which one place is above another, and which."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Place, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.comparing import two_needed
from vision_magic.engine.questions.answers.task import Item, Task, join
from vision_magic.engine.questions.checks.accounts import own_words
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.usual_names import in_any_language
from vision_magic.engine.questions.operations import known_points, values_at
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.words import search_whole

__all__ = ["as_equal_at", "as_existing", "as_of_both", "higher_series", "ties"]

_TIED: Final[dict[Language, str]] = {
    "en": r"tied|a (?:dead heat|draw|tie)|neck and neck|level pegging|"
    r"(?:have|has|share|shares|had|got|get) (?:exactly |precisely )?the same (?:value|share|number|score|"
    r"percentage|amount|height)|"
    r"(?:exactly |precisely )?equally (?:high|large|big|many|much)",
    "de": r"gleichauf|im gleichstand|unentschieden|(?:genau |exakt )?gleich (?:hoch|groß|viele?|stark|oft|häufig)|"
    r"(?:genau |exakt )?(?:den|die|das)?(?: ?gleichen?| ?selben?|denselben|dieselbe|dasselbe) "
    r"(?:wert|anteil|zahl|anzahl|punktzahl|menge)",
    "fr": r"(?:font|fait|faisaient|sont|est|étaient) (?:jeu égal|(?:à|ex) (?:égalité|aequo)|au coude à coude|"
    r"exactement égaux|égaux|égales)|à égalité|ex[ -]aequo|"
    r"(?:ont|font|avaient|affichent) (?:exactement )?(?:la|le) même (?:valeur|part|nombre|score|pourcentage|chiffre)",
}
_WHICH: Final = r"\b(?:two|any|which|who|zwei|beide|welche\w*|wer|irgendwelche|deux|quel\w*|lesquel\w*|certain\w*)\b"
_ASKS_WHICH: Final = r"\W*(?:which|who|how many|welche\w*|wer|wie ?viele|quel\w*|lesquel\w*|combien)\b"
_EXISTS: Final[dict[Language, str]] = {
    "en": r"^\W*(?:is|are|was|were) there (?:any|some|an?|one|anything)\b",
    "de": r"^\W*(?:gibt|gab) es (?:irgend\w+|ein\w*|etwas|\w+,)",
    "fr": r"(?:\by a-t-il|\best-ce qu['’]il y a|\bexiste-t-il) (?:un|une|des|quelque)\b",
}


def as_existing(query: Query, written: str, panels: Sequence[ChartPanel]) -> tuple[Query, str] | None:
    """Return a question whether there is a tie, or a series in which one of two places is higher, and its text.

    Parameters
    ----------
    query : Query
        What was read of the question.
    written : str
        The question, with one letter of Unicode's private use area for each name and number.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn = drawn_series(panels)
    where = _where_above(query, written)
    if where is not None:
        return where, written
    if len(panels) != 1 or not drawn or query.threshold or query.bounds or query.groups or query.amounts:
        return None
    words = _TIED.get(query.language, "(?!)")
    tied = search_whole(words, query.language, written)
    if tied is not None and len(query.series) < 2 and len(query.places) < 2 and re.search(_WHICH, written.lower()):
        asks = re.match(_ASKS_WHICH, written, re.IGNORECASE) is None
        rest = f"{written[: tied.start()]} {written[tied.end() :]}"
        return replace(query, operations=("ties",), yes_no=asks), rest
    exists = re.search(_EXISTS.get(query.language, "(?!)"), written, re.IGNORECASE)
    compares = query.operations in (("compare",), ("difference",)) and (query.has("more") or query.has("less"))
    if exists and compares and len(query.places) == 2 and len(drawn) > 1 and not query.series:
        return replace(query, operations=("higher series",), yes_no=True), written
    return None


_WHERE: Final[dict[Language, str]] = {
    "en": r"\b(?:is|are|was|were) there (?:any |some |an? )?\w+ (?:when|where|in which|on which) ",
    "de": r"\b(?:gibt|gab) es (?:auch |irgend\w* |ein\w* )?\w+, (?:in|an|bei) den?e?[nmr]? |\b(?:gibt|gab) es \w+, wo ",
    "fr": r"(?:\by a-t-il|\best-ce qu['’]il y a|\bexiste-t-il) (?:des|un|une|certaine?s) \w+ (?:où|dont|pour l\w+) ",
}
_EVER: Final[dict[Language, str]] = {"en": "ever", "de": "jemals", "fr": "quelque part"}
_FIRST_OF_TWO: Final = re.compile("[\ue400-\ue7ff]")


def _where_above(query: Query, written: str) -> Query | None:
    """Return "are there months in which A gets more (than B)" as a question where the first is above the other."""
    match = re.search(_WHERE.get(query.language, "(?!)"), written, re.IGNORECASE)
    more, less = query.has("more") or "maximum" in query.words, query.has("less") or "minimum" in query.words
    if match is None or len(query.series) != 2 or query.threshold or query.places or more == less:
        return None
    letters = _FIRST_OF_TWO.findall(query.text)
    inside = _FIRST_OF_TWO.search(written, match.end())
    if inside is None or inside[0] not in letters:
        return None
    first = query.series if letters[0] == inside[0] else query.series[::-1]
    text = f"{query.text} {_EVER[query.language]}"
    return replace(
        query, text=text, operations=("higher at",), series=first, yes_no=True, statistic="", of_series=False
    )


_ON: Final = r"(?:on|in|at|for|with|auf|in|an|bei|um|mit|zu|von|für|sur|dans|à|pour|en|chez|avec)"
_BOTH: Final = re.compile(
    rf"\b(?:when|where|who|wann|wo|wer|quand|où|qui|(?:which|what|welche\w*|quel(?:le)?s?) [^\W\d]+) (?:and|und|et) "
    rf"(?:{_ON} )?(?:when|where|which|what|who|wann|wo|wer|wem|welche\w*|quand|où|qui|quel(?:le)?s?)\b",
    re.IGNORECASE,
)


def as_of_both(query: Query, written: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "when and on which line is it longest" as a question for one value of all, not for a row or a column."""
    rows = len(panels) == 1 and len(drawn_series(panels)) > 1 and not (query.series or query.places)
    extreme = bool(query.operations) and set(query.operations) <= {"maximum", "minimum"}
    if not rows or not extreme or "sum" in query.words or "mean" in query.words or _BOTH.search(written) is None:
        return query
    return replace(query, statistic="", of_series=False)


_EQUAL: Final[dict[Language, str]] = {
    "en": r"\bthe same\b|\bequal\b|\bidentical\b|\bas (?:many|much)\b.*\bas\b",
    "de": r"\bgleich(?: ?(?:viele?|hoch|groß|oft|stark))?\b|\b(?:denselben|dieselben?|dasselbe|identisch)\b|"
    r"\bgleichen?\b|\bgenauso ?(?:viele?|hoch|oft)\b.*\bwie\b",
    "fr": r"\bautant\b.*\bqu|\b(?:le|la|les) mêmes?\b|\bidentiques?\b|\bégale?s?\b|\bégaux\b",
    "es": r"\b(?:el|la|los|las) mism[oa]s?\b|\bigual(?:es)?\b|\btant[oa]s?\b.*\bcomo\b|\bidéntic\w+",
    "ko": r"같[은았]|동일[하한했]",
    "zh": r"一样[多高大]?|相同|相等|同样[多高大]|持平",
}
_ASKS_WHERE: Final[dict[Language, str]] = {
    "en": r"\b(?:who|whose|which|where|when|what|how many)\b",
    "de": r"\b(?:wer|wem|wessen|welche\w*|wo|wann|wie ?vielen?)\b",
    "fr": r"\b(?:qui|quel(?:le)?s?|lequel|laquelle|où|quand|combien)\b",
    "es": r"\b(?:quién|qué|cuál|dónde|cuándo|cuánt[oa]s)\b",
    "ko": r"누구|누가|어느|어떤|언제|어디|몇|[은는]\W*$",
    "zh": r"谁|哪|什么时候|几|多少",
}
_OF_BOTH: Final[dict[Language, str]] = {
    "en": r"\b(?:both|two)\b",
    "de": r"\b(?:beiden?|zwei)\b",
    "fr": r"\bdeux\b",
    "es": r"\b(?:amb[oa]s|dos)\b",
    "ko": r"둘 ?다|두 |양쪽",
    "zh": r"两|都",
}
_NOT_EQUAL: Final = (
    r"\b(?:not|twice|half|times|at least|about|nearly|almost|nicht|doppelt|halb|mindestens|fast|etwa|pas|fois|moitié|"
    r"au moins|presque|no|doble|mitad|veces|al menos|casi|most)\b|n['’]t\b|"
    r"않|아닌|배|절반|거의|비슷|不|没|倍|一半|几乎|差不多|至少"
)
"""Words with which an equality is denied, or is none."""


_OF_WHAT: Final = (
    r"\bwhose (?:own )?(\w+)|\bthe same (\w+)(?: of (?:the )?(\w+))?|\bas (?:many|much) (?!as\b)(\w+)|"
    r"\b(?:denselben|dieselben?|dasselbe|gleiche[ns]?|gleich viele?|genauso viele?) (\w+)(?: (?:an|von) (\w+))?|"
    r"\bwessen (\w+)|\bmêmes? (\w+)(?: (?:de |d['’])(\w+))?|\bautant (?:de |d['’])(\w+)|\bdont (?:le|la|les) (\w+)|"
    r"\bmism[oa]s? (\w+)(?: de (\w+))?|\btant[oa]s? (?!como\b)(\w+)|\bcuy[oa]s? (\w+)"
)
"""What is equal, in a word beside that for it."""
_PLAIN_AMOUNT: Final = re.compile(
    r"number|numbers|amount|amounts|value|values|score|scores|scored|count|total|result|results|in|at|for|on|both|as|"
    r"zahl|anzahl|menge|wert|werte|ergebnis|in|im|an|bei|wie|nombre|chiffre|quantité|valeur|résultat|dans|à|en|"
    r"número|cantidad|valor|resultado|cifra|en"
)


def _is_known(noun: str, own: str) -> bool:
    """Return whether a noun means any amount, or is a word of the chart in any language."""
    words = (noun, *in_any_language(noun.removesuffix("s")))
    return _PLAIN_AMOUNT.fullmatch(noun) is not None or any(word[: max(4, len(word) - 2)] in own for word in words)


def as_equal_at(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "who had the same number in both terms" as a question for the places where two series are equal.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn, text, language = drawn_series(panels), text.lower(), query.language
    two = len(panels) == 1 and len(drawn) == 2 and len({(one.kind, one.right) for one in drawn}) == 1
    kept = query.places or query.threshold or query.bounds or query.groups or query.then or query.statistic
    if not two or kept or query.yes_no or drawn[0].kind in ("points", "box plot", "histogram"):
        return query
    equal = re.search(_EQUAL[language], text)
    named = len(query.series) == 2 or (not query.series and re.search(_OF_BOTH[language], text))
    if equal is None or not named or not re.search(_ASKS_WHERE[language], text) or re.search(_NOT_EQUAL, text):
        return query
    if "unheard" in query.operations and query.unheard.lower() not in equal[0]:
        return query
    own = own_words(panels, [])
    if not all(_is_known(noun, own) for nouns in re.findall(_OF_WHAT, text) for noun in nouns if noun):
        return query
    series = tuple(one.name for one in drawn)
    return replace(query, operations=("equal at",), series=series, unheard="", direction="", firm=True)


def ties(task: Task) -> Iterator[str]:
    """Yield the names, or the places, that share a value."""
    place = task.query.places[0] if task.query.places else None
    if place is not None:
        values = [(value, task.name(item), item) for item in task.items for value in values_at(item.series, place)[:1]]
    else:
        item = task.items[0]
        values = [(point.value, item.place(point.place), item) for point in known_points(item.series)]
    if len(values) < 2 or (place is None and len(task.items) > 1):
        yield two_needed(task)
        return
    values.sort(key=lambda one: one[0], reverse=True)
    shared = [list(group) for _, group in groupby(values, key=lambda one: round(one[0], 9))]
    shared = [group for group in shared if len(group) > 1]
    if task.query.yes_no:
        yield task.say("yes" if shared else "no")
    at = f" ({task.items[0].place(place)})" if place is not None else ""
    for group in shared:
        names = join([name for _, name, _ in group], task.language)
        yield task.say("tied", names=names, value=group[0][2].value(group[0][0]), at=at)
    if not shared:
        yield task.say("tied nowhere", at=at)


def higher_series(task: Task) -> Iterator[str]:
    """Yield the series in which the first of two places is above, or below, the second."""
    if len(task.query.places) != 2:
        yield two_needed(task)
        return
    first, second = task.query.places
    known = [
        (item, ours, others) for item in task.items if (pair := _values(item, first, second)) for ours, others in [pair]
    ]
    if not known:
        return
    less = task.query.has("less")
    found = [one for one in known if (one[1] < one[2] if less else one[1] > one[2])]
    yield task.say("yes" if found else "no")
    names = {"a": known[0][0].place(first), "b": known[0][0].place(second)}
    if not found:
        yield task.say("lower in none" if less else "higher in none", **names)
        return
    shown = [f"{task.name(item)} ({item.value(ours)}, {item.value(others)})" for item, ours, others in found]
    yield task.say("lower in some" if less else "higher in some", **names, series=join(shown, task.language))


def _values(item: Item, first: Place, second: Place) -> tuple[float, float] | None:
    ours, others = values_at(item.series, first)[:1], values_at(item.series, second)[:1]
    known = ours and others and math.isfinite(ours[0]) and math.isfinite(others[0])
    return (ours[0], others[0]) if known else None
