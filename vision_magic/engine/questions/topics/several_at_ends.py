"""Which of several series is highest at one end of their axis, and how many series there are.

"Which runner was fastest at the end?" asks for a series, as a legend titled "Runner" says, or as the axis is one of
times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import BARS, ChartPanel, Place, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.numbers import label_without_unit
from vision_magic.engine.questions.operations import Bounds, in_order
from vision_magic.engine.questions.places.rows_and_columns import counts_series, lists_series, names_series
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.moves import is_ordered
from vision_magic.engine.questions.vocabulary.judging import is_better_lower, is_known_which_is_better
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["as_improvement", "as_number_of_series", "as_series_at_end", "as_sum_of_first"]

_AT_END: Final[dict[Language, str]] = {
    "en": r"\b(?:(?:at|by|in) the (?:very )?end\b(?! of\b)|at the finish\b|on the (?:very )?last (?:day|date)\b)",
    "de": r"\b(?:(?:am|zum) (?:ende|schluss)\b(?! (?:de[rs]|von)\b)|zuletzt\b|am letzten tag\b)",
    "fr": r"(?<!\w)(?:à la (?:toute )?fin\b(?! d)|le dernier jour\b|en fin de (?:course|période)\b)",
    "es": r"\b(?:al final\b(?! de)|el último día\b)",
    "ko": r"마지막에(?:는|도)?|끝에(?:는|서는)?|마지막 ?날",
    "zh": r"最后(?!一?[次个名位])|最终|末尾",
}
_AT_START: Final[dict[Language, str]] = {
    "en": r"\b(?:at the (?:very )?(?:start|beginning|outset)\b(?! of\b)|on the first (?:day|date)\b|initially\b)",
    "de": r"\b(?:am anfang\b(?! (?:de[rs]|von)\b)|zu (?:beginn|anfang)\b(?! (?:de[rs]|von)\b)|anfangs\b|"
    r"am ersten tag\b)",
    "fr": r"(?<!\w)(?:au (?:tout )?(?:début|départ)\b(?! d)|le premier jour\b)",
    "es": r"\b(?:al (?:principio|inicio|comienzo)\b(?! de)|el primer día\b)",
    "ko": r"처음에(?:는|도)?|첫날",
    "zh": r"一?开始(?!.{0,3}[增减上下涨跌升降])时?|最初|第一天",
}
_ASKS: Final[dict[Language, str]] = {
    "en": r"\bwho\b|\b(?:which|what)(?: one)? of the\b",
    "de": r"\bwer\b|\bwelche[rsmn]? (?:von|der) ",
    "fr": r"\bqui\b|\bl(?:e|a|es)quel",
    "es": r"\bquién|\bcuál",
    "ko": r"누가|누구|중 ?(?:어느|어디)",
    "zh": r"谁",
}
"""Words that ask for a series without saying what series are."""
_ALONG: Final = ("line", "area", "step", *BARS)


def as_series_at_end(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "which runner was fastest at the end" as a question for the series that is lowest at the last place.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn = drawn_series(panels)
    sides: tuple[Operation, ...] = tuple(one for one in ("maximum", "minimum") if one in query.operations)
    kept = query.places or query.bounds or query.groups or query.top or query.rank > 1 or query.yes_no
    if kept or query.series or not _are_along_times(panels, drawn):
        return query
    beyond = query.operations in (("threshold",), ("reach",), ("place within",)) and query.threshold is not None
    extreme = len(sides) == 1 and query.operations == sides and query.threshold is None
    if not (beyond or extreme):
        return query
    place = _end_in(text.lower(), query.language, drawn[0])
    if place is None:
        place = _end_of_axis(text.lower(), panels[0], drawn[0], query.language)
    if place is None or not all(place in one.x for one in drawn):
        return query
    if not _asks_for_series(query, text, panels[0], drawn):
        return query
    if beyond:
        return replace(query, operations=("threshold",), places=(place,), of_series=True, statistic="", firm=True)
    return replace(query, places=(place,), of_series=True, statistic="", firm=True)


_FIRST: Final[dict[Language, str]] = {
    "en": r"\b(?:first|initial) {} ?",
    "de": r"\b(?:ersten|anfänglichen) {} ?",
    "fr": r"\b(?:premiers?|premières?) {} ?|\b{} (?:premiers|premières)\b",
    "es": r"\b(?:primer[oa]s) {} ?",
    "ko": r"(?:처음|첫|최초) ?{} ?",
    "zh": r"(?:前|最初|头){} ?",
}


def as_sum_of_first(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "how long did A take for the first 10 km in total" as a question for the sum up to that place.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn, place = drawn_series(panels), query.places[0] if len(query.places) == 1 else None
    kept = query.bounds or query.groups or query.threshold or query.then or "mean" in query.words
    summed = query.operations == ("sum",) and "sum" in query.words
    if kept or not summed or isinstance(place, str) or place is None or not _are_along_numbers(panels, drawn):
        return query
    if re.search(_FIRST[query.language].replace("{}", f"{place:g}"), text.lower()) is None:
        return query
    return replace(query, places=(), bounds=Bounds(high=place), statistic="sum", firm=True)


def _are_along_numbers(panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> bool:
    numbers = all(isinstance(place, float | int) for one in drawn for place in one.x)
    return len(panels) == 1 and numbers and all(one.kind in _ALONG for one in drawn)


def _are_along_times(panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> bool:
    """Return whether several series run along numbers or times, so that they have a first and a last place."""
    several = len(panels) == 1 and len(drawn) > 1 and all(one.kind in _ALONG and one.name for one in drawn)
    return several and len({one.right for one in drawn}) == 1 and all(is_ordered(one.x) and one.x for one in drawn)


def _end_in(text: str, language: Language, series: Series) -> Place | None:
    """Return the last or the first place of a series, whichever of them a question names; None if it names both."""
    end, start = (re.search(words[language], text) is not None for words in (_AT_END, _AT_START))
    points = in_order(series)
    return None if end == start or not points else points[-1 if end else 0].place


_IMPROVED: Final[dict[Language, str]] = {
    "en": r"\bimprov(?:e|es|ed|ing)\b",
    "de": r"\b(?:verbesser(?:t|te|ten|n)\b|besser geworden\b)",
    "fr": r"\b(?:amélior(?:e|é|ée|er|és|ées|ent|ait)|progress(?:é|e|er|ent))\b",
    "es": r"\bmejor(?:ó|aron|ado|a|an|ando)\b(?! (?:de|del|en)\b)",
    "ko": r"나아[졌진지]|개선|향상|좋아[졌진지]|단축",
    "zh": r"改善|改进|进步|变好",
}
_WORSENED: Final[dict[Language, str]] = {
    "en": r"\b(?:worsen(?:s|ed|ing)?|deteriorat(?:e|es|ed|ing))\b",
    "de": r"\b(?:verschlechter(?:t|te|ten|n)\b|schlechter geworden\b)",
    "fr": r"\b(?:empir(?:e|é|er|ent)|(?:dé|dété)(?:grad|rior)(?:e|é|ée|er|és|ées|ent|ait))\b",
    "es": r"\b(?:empeor(?:ó|aron|ado|a|an|ando)|deterior(?:ó|aron|ado))\b",
    "ko": r"나빠[졌진지]|악화",
    "zh": r"恶化|变差|退步",
}
_MOST: Final[dict[Language, str]] = {
    "en": r"\bmost\b|\bmore than (?:any|the other)",
    "de": r"\bam (?:meisten|stärksten|deutlichsten)\b",
    "fr": r"\ble plus\b",
    "es": r"\bmás\b",
    "ko": r"가장|제일",
    "zh": r"最",
}


def as_improvement(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "who improved most" of times as a question for what fell most, and of scores for what rose most.

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
    better, worse = (re.search(words[language], text) is not None for words in (_IMPROVED, _WORSENED))
    if better == worse or not drawn or not is_known_which_is_better(panels, text):
        return query
    direction: Literal["up", "down"] = "up" if better != is_better_lower(panels) else "down"
    if query.operations in (("growth",), ("trend",), ("movers",), ("moves",), ("steady movers",)):
        return replace(query, direction=direction)
    kept = query.series or query.places or query.bounds or query.groups or query.threshold or query.yes_no
    asked = not kept and _are_along_times(panels, drawn) and _asks_for_series(query, text, panels[0], drawn)
    if not asked or query.has("when"):
        return query
    plain: Query = replace(query, direction=direction, words=frozenset(("trend",)), statistic="", unheard="", firm=True)
    if re.search(_MOST[language], text):
        return replace(plain, operations=("growth",), then=None)
    ends = in_order(drawn[0])
    return replace(plain, operations=("movers",), places=(ends[0].place, ends[-1].place))


def _asks_for_series(query: Query, text: str, panel: ChartPanel, drawn: Sequence[Series]) -> bool:
    return names_series(query, text, panel, drawn) or re.search(_ASKS[query.language], text.lower()) is not None


_OF_AXIS: Final[dict[Language, str]] = {
    "en": r"\b(?:at|for|under|with) the (?P<side>highest|largest|greatest|longest|lowest|smallest|shortest) "
    r"(?P<noun>\w+)",
    "de": r"\b(?:bei|unter|in) de[rnm] (?P<side>höchst|größt|längst|niedrigst|kleinst|kürzest)e[nrm] (?P<noun>\w+)",
    "fr": r"\b(?:à|avec|pour|sous) l[ae] plus (?P<side>haute?|grande?|forte?|longue?|basse?|faible|petite?) "
    r"(?P<noun>\w+)",
    "es": r"\b(?:a|con|en|para) (?:la |el )(?P<side>mayor|máxim[oa]|menor|mínim[oa]) (?P<noun>\w+)",
    "ko": r"(?:가장|제일) ?(?P<side>높은|큰|긴|낮은|작은|짧은) (?P<noun>[가-힣]+?)(?=에서|일 ?때)",
    "zh": r"最(?P<side>高|大|长|低|小|短)的?(?P<noun>[一-龥]{2,4}?)(?=下|时|处)",
}
_LOW_SIDE: Final = re.compile(r"low|small|short|niedrig|klein|kürz|bas|faible|petit|menor|mínim|낮|작|짧|低|小|短")


def _end_of_axis(text: str, panel: ChartPanel, series: Series, language: Language) -> Place | None:
    """Return the end of an axis of numbers that a question names by its label: "at the highest load"."""
    found = re.search(_OF_AXIS[language], text)
    numbers = [place for place in series.x if not isinstance(place, str)]
    if found is None or not numbers or found["noun"][:_STEM] not in label_without_unit(panel.x).lower():
        return None
    return min(numbers) if _LOW_SIDE.search(found["side"]) else max(numbers)


_STEM: Final = 6
"""Letters of a noun that its label has as well, in the singular or in the plural."""


def as_number_of_series(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "how many runners are there", or which, as a question for the series, if their legend calls them so.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn, told = drawn_series(panels), set(query.operations)
    kept = query.series or query.places or query.bounds or query.groups or query.threshold or query.limits or query.then
    plain = len(panels) == 1 and len(drawn) > 1 and all(one.name for one in drawn)
    if kept or not plain or not told <= _COUNTS or query.words & {"maximum", "minimum", "mean"}:
        return query
    if lists_series(text, panels[0], drawn, query.language):
        return replace(query, operations=("legend",), statistic="", unheard="", firm=True)
    if not counts_series(text, panels[0], drawn, query.language):
        return query
    return replace(query, operations=("count",), of_series=True, of_places=False, statistic="", unheard="", firm=True)


_COUNTS: Final[frozenset[Operation]] = frozenset(("count", "value", "sum", "compare", "unheard", "cannot"))
