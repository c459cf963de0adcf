"""Ages of persons or things that a question speaks of and a chart does not have: "how many members are under 18".

A limit in years of age is no limit of the number of members.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.accounts import PEOPLE, own_words
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query

__all__ = ["as_age_not_drawn"]

_AGED: Final[dict[Language, str]] = {
    "en": r"\b(?:aged? (?:over |under |above |below |between |from )?\d+|\d+ years? old|\d+[- ]year[- ]olds?|"
    r"(?:older|younger) than \d+(?! (?:days|weeks|months|hours|minutes))|(?:over|under|above|below) the age of \d+)\b",
    "de": r"\b(?:\d+ jahren? alt|\d+-?jährig\w*|(?:älter|jünger) als \d+|(?:unter|über) \d+ jahren?)\b",
    "fr": r"\b(?:plus de|moins de|de plus de|de moins de|âgée?s? de|ont|avaient|a|avait) \d+ ans\b",
    "es": r"\b(?:(?:menores|mayores) de \d+|(?:más|menos) de \d+ años|tienen? \d+ años)\b",
    "ko": r"\d+ ?(?:세|살) ?(?:이상|미만|이하|초과|넘|보다|인|의)",
    "zh": r"\d+ ?岁",
}
"""An age in words that mean nothing else."""
_PERSONS: Final[dict[Language, str]] = {
    "en": PEOPLE,
    "de": r"leute|personen|menschen|mitglieder|gäste|kunden|besucher|schüler|teilnehmer|mitarbeiter|spieler|patienten|"
    r"fahrgäste|einwohner|nutzer|wähler|läufer|leser|zuschauer",
}
_LIMITED: Final[dict[Language, str]] = {
    "en": r"\bhow many (?:of (?:the |our )?)?(?P<who>{}) (?:(?:are|were|is|was) )?(?P<age>(?:under|over|below|"
    r"above) \d\d?)\W*$",
    "de": r"\bwie ?viele (?:der )?(?P<who>{}) (?:sind|waren) (?P<age>(?:unter|über) \d\d?)\W*$",
}
"""A limit without a unit, said of persons, which is one of their age where the values are their number."""
_OF_AGES: Final = (
    r"(?<![a-z])ages?\b|\bold\b|alter(?!n)|jährig|(?<![a-zé])âge|edad|나이|연령|세\b|살|年龄|年齡|岁|"
    r"\byears\b|\byrs?\b|jahren?\b(?<!jahr)|\bans\b|\baños\b|\(년\)|\(年\)|life|lifespan|leben|vie\b|vida|수명|寿命|"
    r"durée|dauer|duration|duración|기간|时长|birth|geburt|naissance|nacim|출생|出生|\bu ?\d\d\b|generation"
)
"""What a chart of ages, or of other durations in years, has among its words."""


def as_age_not_drawn(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question with an age that a chart does not have as one that names it, and is not answered.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    told = query.operations not in ((), ("cannot",)) and not (query.operations == ("unheard",) and query.firm)
    own = own_words(panels, [])
    if not panels or not told or re.search(_OF_AGES, own):
        return query
    word = _age(query, text.lower(), panels)
    if any(number in own for number in re.findall(r"\d+", word)):
        return query  # one of the names is of this age
    return replace(query, operations=("unheard",), unheard=word, then=None, firm=True) if word else query


def _age(query: Query, text: str, panels: Sequence[ChartPanel]) -> str:
    aged = re.search(_AGED[query.language], text)
    if aged is not None:
        return aged[0]
    if query.language not in _LIMITED:
        return ""
    limited = re.search(_LIMITED[query.language].replace("{}", _PERSONS[query.language]), text)
    labels = " ".join(panel.axis_of(one).label for panel in panels for one in panel.series).lower()
    counted = limited is not None and re.search("|".join(_PERSONS.values()), labels)
    return limited["age"] if limited is not None and counted else ""
