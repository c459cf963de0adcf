"""Operations that follow from the parts of a question in any language: from the first to the last, against the mean."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import Chart, Place, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query, Side
from vision_magic.engine.questions.topics.moves import is_ordered
from vision_magic.engine.questions.vocabulary.words import Operation, search_whole

__all__ = ["as_completed"]

_DOUBLED: Final[dict[Language, str]] = {
    "de": r"verdoppel\w*",
    "fr": r"doubl(?:e|é|er|ent|ait)e?s?",
    "es": r"(?:se )?(?:ha )?duplic\w*",
    "ko": "두 ?배|2배|\ue3ff배|갑절",
    "zh": "翻了?一?[倍番]|翻番|增长一倍|两倍",
}


def as_completed(query: Query, charts: Sequence[Chart]) -> Query:
    """Return a query with the operation that its parts make of it; as it is where they make no other."""
    panels = [panel for chart in charts for panel in chart.panels]
    query = _without_fits(query, drawn_series(panels))
    drawn = [one for one in drawn_series(panels) if not query.series or one.name in query.series]
    if not drawn or len({one.right for one in drawn}) > 1 or len(panels) != 1:
        return query
    forms = (_of_base, _since_extreme, _of_ends, _against_mean, _nearest_to, _every_time, _of_doubling)
    return next((found for form in forms if (found := form(query, drawn)) is not None), query)


_BASE: Final[dict[Language, str]] = {
    "de": r"(?:so|mal) \w+ wie (?:\w+ ){0,2}?P.*P",
    "fr": r"par rapport à (?:\w+ ){0,2}?P.*P",
    "es": r"(?:respecto a|en comparación con) (?:\w+ ){0,2}?P.*P",
}
"""Where the amount with which another is compared is named first: "as long as in A is it in B"."""


_FIT: Final = re.compile(r"fit|trend|regress|tendan|tendenc|ausgleich|gerade|추세|회귀|拟合|趋势|回归", re.IGNORECASE)
_OF_POINTS: Final[frozenset[Operation]] = frozenset(
    ("threshold", "maximum", "minimum", "mean", "sum", "median", "sort")
)


def _without_fits(query: Query, drawn: Sequence[Series]) -> Query:
    """Return a question about points without the lines through them, of which nothing is counted or ranked."""
    points = tuple(one.name for one in drawn if one.kind == "points")
    lines = [one for one in drawn if one.kind == "line"]
    fits = bool(lines) and all(len(one.x) == 2 or _FIT.search(one.name) for one in lines)
    alone = points and all(points) and len(points) + len(lines) == len(drawn)
    if not fits or not alone or query.series or query.language == "en" or not set(query.operations) <= _OF_POINTS:
        return query
    return replace(query, series=points) if query.operations else query


def _of_base(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return how many times one value is another, where the other is named first, in the order of the answer."""
    words = _BASE.get(query.language, "(?!)").replace("P", "[\ue000-\ue7ff\uec00-\uefff]")
    first = query.operations == ("ratio",) and len(query.places) == 2 and re.search(words, query.text) is not None
    return replace(query, places=query.places[::-1], operations=("ratio",)) if first else None


_SINCE: Final[dict[Language, str]] = {
    "de": r"(?:vom|seit (?:dem|seinem|ihrem)|nach (?:dem|seinem|ihrem)|ab dem) "
    r"(?:höchst(?:wert|stand|punkt)|gipfel|hoch|maximum|scheitel|rekord|(?P<low>tief\w*|minimum|niedrigst\w*))",
    "fr": r"(?:depuis|après|à partir d[eu]|du) (?:le |son |l['’])?(?:pic|sommet|maximum|point culminant|"
    r"(?P<low>creux|minimum))",
    "es": r"(?:desde|tras|después del?) (?:el |su )?(?:pico|máximo|cima|(?P<low>mínimo|suelo))",
    "ko": "(?:정점|최고점|최고치|고점|(?P<low>최저점|저점|바닥))(?:에서|부터| ?대비| ?이후)",
    "zh": "从?(?:顶点|峰值|最高点|高点|(?P<low>最低点|低点|谷底))(?:到|至|以来|以后|之后)",
}


def _since_extreme(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return "how much has it fallen since its peak" as a question for the change from the extreme to the end."""
    since = search_whole(_SINCE[query.language], query.language, query.text) if query.language in _SINCE else None
    if since is None or len(drawn) != 1 or query.places or query.groups or query.yes_no or query.threshold:
        return None
    if not query.words & {"trend", "difference", "percent"} or (query.bounds and query.bounds.low is not None):
        return None
    return replace(query, operations=("since extreme",), bounds=None, direction="up" if since["low"] else "down")


def _of_ends(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return "the difference between the first and the last value" as a question for the change between them."""
    ends = query.operations == ("difference",) and {"first", "last"} <= query.words and len(drawn) == 1
    if not ends or _is_kept(query):
        return None
    return replace(query, operations=("trend",) if is_ordered(drawn[0].x) else ("range",))


def _against_mean(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return "how much higher is A than the average" as a comparison of one value with the mean of all."""
    if len(drawn) != 1 or len(query.places) != 1 or query.yes_no or query.bounds or query.groups:
        return None
    told = query.statistic or ("mean" if query.threshold is not None and math.isnan(query.threshold.limit) else "")
    asked = query.has("margin") or query.operations in (("difference",), ("crossing",))
    if told not in ("mean", "median") or not asked or "maximum" in query.words or "minimum" in query.words:
        return None
    return replace(
        query,
        operations=("sides",),
        sides=(Side(places=query.places), Side(statistic=told)),
        words=frozenset({"difference"}),
        places=(),
        series=(),
        threshold=None,
        statistic="",
    )


def _nearest_to(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return "which is closest to 30" as a question for a value near a number, not for two series near each other."""
    numbers: tuple[Place, ...] = (*query.amounts, *query.places)
    near = query.operations == ("gap",) and "difference" not in query.words and len(numbers) == 1
    if not near or isinstance(numbers[0], str) or len(query.series) > 1 or numbers[0] in drawn[0].x:
        return None
    return replace(query, operations=("nearest",), amounts=(float(numbers[0]),), places=())


def _every_time(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return "does it fall every year" as a question for the course, not for the slope of a line through it."""
    every = query.operations == ("slope",) and query.yes_no and query.has("always") and bool(query.direction)
    return replace(query, operations=("trend",)) if every else None


def _of_doubling(query: Query, drawn: Sequence[Series]) -> Query | None:
    """Return "has it doubled" as a question how many times the later value is the earlier one."""
    if (
        not query.yes_no
        or query.language == "en"
        or len(drawn) != 1
        or not search_whole(_DOUBLED[query.language], query.language, query.text)
    ):
        return None
    if query.operations in (("ratio",), ("compare",)) and len(query.places) == 2:
        return None
    bounds = (query.bounds.low, query.bounds.high) if query.bounds is not None else ()
    told = [place for place in (*query.places, *bounds) if place is not None]
    ends = told or [drawn[0].x[0], drawn[0].x[-1]]
    if len(ends) != 2 or query.groups or any(map(_is_name, ends)):
        return None
    first, last = ends
    return replace(query, operations=("ratio",), places=(last, first), bounds=None, threshold=None)


def _is_name(place: Place) -> bool:
    return isinstance(place, str) and re.search(r"\d", place) is None


def _is_kept(query: Query) -> bool:
    return bool(query.places or query.bounds or query.groups or query.threshold)
