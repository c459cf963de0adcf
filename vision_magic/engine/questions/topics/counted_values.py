"""How often a value comes: "how many tens were there" asks where the value is 10, and not for the sum of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query

__all__ = ["as_count_of_value"]

_NOUNS: Final[dict[Language, str]] = {
    "en": "zero(?:e?s) ones twos threes fours fives sixes sevens eights nines tens",
    "de": "nullen einsen zweien dreien vieren fünfen sechsen siebenen achten neunen zehnen",
    "fr": "zéros (?!) (?!) (?!) (?!) (?!) (?!) (?!) (?!) (?!) (?!)",
    "es": "ceros unos doses treses cuatros cincos seises sietes ochos nueves dieces",
    "ko": "",
    "zh": "",
}
"""Nouns for values, from zero on."""
_HOW_MANY: Final[dict[Language, str]] = {
    "en": r"\bhow many (?P<n>N)(?=\W*$| (?:were|are|did|do|does|has|have|in|was|is)\b)|"
    r"\bhow (?:many times|often) .*\b(?:scored?|get|got|gets|had|have|"
    r"earn(?:ed)?) (?:an? )?(?P<m>\d+)(?= \w+\W*$|\W*$)",
    "de": r"\bwie ?viele (?P<n>N)(?=\W*$| (?:gab|gibt|waren|sind|wurden|hat|haben|hatte|hatten)\b)|"
    r"\bwie oft .*\b(?P<m>\d+)(?: punkte?)? (?:vergeben|erreicht|erzielt|geholt)\W*$",
    "fr": r"\bcombien de (?:notes? de )?(?P<n>N)(?=\W*$| (?:y|ont|a)\b)|"
    r"\bcombien de fois .*\b(?:eu|obtenu|marqué|fait) (?:un )?(?P<m>\d+)(?= \w+\W*$|\W*$)",
    "es": r"\bcu[aá]ntos (?P<n>N)(?=\W*$| (?:hubo|hay|había|sac\w+|tiene\w*|tuv\w+|en)\b)|"
    r"\bcu[aá]ntas veces .*\b(?:sac\w+|tuv\w+|logr\w+|obtuv\w+) (?:un )?(?P<m>\d+)(?= \w+\W*$|\W*$)",
    "ko": r"(?<![\d.])(?P<n>\d+) ?점(?:은|이|을|짜리는?)? ?(?:모두 |전부 |총 )?(?:몇 ?(?:번|개|칸|회)|얼마나 자주)",
    "zh": r"(?:几|多少)[个次](?P<n>\d+) ?分|(?<![\d.])(?P<m>\d+) ?分(?:的)?(?:一共)?(?:出现了?|有|得了?)?(?:几|"
    r"多少)[次个]",
}
"""How many N there are, and how often there was one."""


def as_count_of_value(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return how often a whole number comes among values as a question for where it is.

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
    kept = query.places or query.bounds or query.groups or query.threshold or query.then
    places = {place for one in drawn for place in one.x}
    named = all(isinstance(place, str) for place in places) and not any(one.kind == "histogram" for one in drawn)
    whole = all(float(value).is_integer() for one in drawn for value in one.y)
    if len(panels) != 1 or not drawn or not (named and whole) or kept:
        return query
    nouns = _NOUNS[language].split()
    found = re.search(_HOW_MANY[language].replace("N", "|".join((*nouns, r"\d+"))), text.lower())
    said = next(filter(None, found.groupdict().values()), "") if found is not None else ""
    if not said or said in {str(place).lower() for place in places}:
        return query
    number = said if said.isdigit() else next(n for n, word in enumerate(nouns) if re.fullmatch(word, said))
    query = replace(
        query, operations=("lookup",), amounts=(float(number),), words=query.words | {"count"}, statistic=""
    )
    return replace(query, unheard="", of_series=False, yes_no=False, firm=True)
