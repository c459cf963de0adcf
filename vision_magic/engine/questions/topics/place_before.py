"""A place against the one before it along the axis: "how much less was it in 2024 than the year before?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Place, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.numbers import period_of
from vision_magic.engine.questions.operations import in_order
from vision_magic.engine.questions.places.groups import have_order
from vision_magic.engine.questions.places.year_before import HOW_MUCH, IN_PERCENT, SIDES
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.moves import is_ordered
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["BEFORE", "as_against_previous", "as_moves_against_previous"]

_P: Final = r"(?:year|season|month|week|day|quarter|winter|summer)"
BEFORE: Final[dict[Language, str]] = {
    "en": rf"\b(?:than|below|above|to|with|from|vs\.?|versus|against|over|on) (?:(?:in|that of|what it was(?: in)?) )?"
    rf"(?:(?:the|a) )?(?:(?:previous|preceding|prior) {_P}|{_P} (?:before|earlier|prior)\b(?! \w)|"
    rf"(?<!on the )(?<!to the )(?<!over the )last {_P})",
    "de": r"\b(?:als|wie|unter|über|gegenüber|zu|zum|mit|im vergleich zu[mr]?) (?:(?:im|in der|am|dem|der|noch) )*"
    r"(?:vor(?:jahr|monat|woche|tag|quartal)\w*|"
    r"(?:(?:jahr|monat|woche|tag|quartal|winter|saison) (?:davor|zuvor|vorher))|"
    r"(?:vorherig|vorig|vorangegangen|letzt|vergangen)\w* (?:jahr|monat|woche|tag|quartal|winter|saison)\w*)",
    "fr": r"(?:\bqu['’]|\bque |\bpar rapport (?:à |au )|\bcontre |\bface à |\bà (?=celle|celui))"
    r"(?:(?:celle|celui) d[eu] ?)?(?:(?:en|à|le|la|l['’]) ?)*"
    r"(?:(?:année|an|mois|semaine|jour|trimestre|hiver|saison) (?:précédente?|d['’]avant|d['’]auparavant|derni[eè]re?|"
    r"passée?)|veille)",
    "es": r"\b(?:que|con|respecto a(?:l)?|frente a(?:l)?|comparado con|a) "
    r"(?:l[oa]s? (?=del? ))?(?:(?:en|el|la|al|del?) )*"
    r"(?:año|mes|semana|día|trimestre|invierno|temporada) (?:anterior|previ[oa]|de antes|pasad[oa])",
    "ko": r"(?:전년|전년도|전해|전월|전달|전주|전분기|전날|전일|"
    r"(?:그 ?)?(?:바로 ?)?(?:전|이전|직전) ?(?:해|년도?|달|월|주|분기|날))"
    r" ?(?:보다|에 ?비해|대비|과 ?비교|와 ?비교)",
    "zh": r"(?:比|与|和|跟|较)(?:前一|上一|上|前)个?(?:年度?|月|周|天|日|季度?|冬天)",
}
_UNITS: Final = (
    ("year", r"year|jahr|ann[ée]e|\ban\b|año|년|해|年"),
    ("month", r"month|monat|mois|\bmes\b|달|월|月"),
    ("day", r"\bday\b|tag|jour|veille|día|날|전일|天|日"),
    ("quarter", r"quarter|quartal|trimestre|분기|季"),
)


def as_against_previous(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "than the year before" as a comparison with the place before the only one that a question names.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    said = re.search(BEFORE[query.language], text.lower())
    drawn = [one for one in drawn_series(panels) if not query.series or one.name in query.series]
    places = tuple(place for place in query.places if any(place in one.x for one in drawn))
    firm = query.firm and query.operations not in (("cannot",), ("unheard",))
    if said is None or len(places) != 1 or query.then is not None or query.threshold or firm or not drawn:
        return query
    before = _previous(places[0], [point.place for point in in_order(drawn[0])])
    if before is None or not _is_of(said[0], [point.place for point in in_order(drawn[0])]):
        return replace(query, operations=("unheard",), unheard=said[0].strip(), firm=True)
    asked: Operation = "percent" if re.search(IN_PERCENT, text.lower()) else "difference"
    compared = query.yes_no and re.search(HOW_MUCH, text.lower()) is None
    plain = replace(query, places=(places[0], before), bounds=None, amounts=(), unheard="", rank=1, top=0, firm=True)
    if compared:
        return replace(plain, operations=("compare",))
    return replace(plain, operations=(asked,), yes_no=False, words=query.words | {asked})


def as_moves_against_previous(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "when did it drop compared with the month before" as a question for all places at which it did.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    said = re.search(BEFORE[query.language], text.lower())
    drawn = [one for one in drawn_series(panels) if not query.series or one.name in query.series]
    kept = query.places or query.bounds or query.groups or query.threshold or query.then or query.amounts or query.firm
    if said is None or kept or len(panels) != 1 or not 0 < len(drawn) <= _MOST_SERIES:
        return query
    more, less = (re.search(side, text.lower()) is not None for side in SIDES[query.language])
    direction = query.direction or ("" if more == less else "up" if more else "down")
    asks = (
        query.has("stretch") or query.has("when") or re.search(_PERIODS, text.lower()) is not None
    ) and not query.words & {"maximum", "minimum", "rate", "mean"}
    heard = not query.unheard or query.unheard.lower() in said[0]
    ordered = all(is_ordered(one.x) and len(one.x) > 2 for one in drawn)
    if not (direction and asks and heard and ordered):
        return query
    if not _are_of_unit(said[0], [point.place for point in in_order(drawn[0])]):
        return replace(query, operations=("unheard",), unheard=said[0].strip(), firm=True)
    plain = replace(query, operations=("moves",), direction=direction, unheard="", yes_no=False, firm=True)
    return replace(plain, words=frozenset(("trend",)), statistic="", of_series=False)


_MOST_SERIES: Final = 6
_PERIODS: Final = r"哪几个?[年月周天季]|几月|哪些[年月]"


def _are_of_unit(said: str, places: Sequence[Place]) -> bool:
    """Return whether the places are years, months or quarters where a question speaks of the one before."""
    names = [place for place in places if isinstance(place, str)]
    years = all(isinstance(place, float | int) and 1800 <= place <= 2100 for place in places)
    period = "year" if years else period_of(names).removesuffix(" of a year")
    asked = next((unit for unit, words in _UNITS if re.search(words, said)), "")
    return not (asked and period in [unit for unit, _ in _UNITS]) or asked == period


def _previous(place: Place, ordered: Sequence[Place]) -> Place | None:
    """Return the place before another one along the axis; None for the first."""
    number = ordered.index(place) if place in ordered else 0
    return ordered[number - 1] if number > 0 else None


def _is_of(said: str, places: Sequence[Place]) -> bool:
    """Return whether the places are the years, or the months, of which a question speaks, and no plain names."""
    if not (is_ordered(places) or have_order(places)):
        return False
    period = period_of([place for place in places if isinstance(place, str)])
    asked = next((unit for unit, words in _UNITS if re.search(words, said)), "")
    return period != "month" or asked in ("", "month")
