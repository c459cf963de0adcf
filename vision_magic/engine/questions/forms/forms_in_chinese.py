"""Forms of Chinese questions that follow from how their words stand together, and from what a chart has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.marked import Marked
from vision_magic.engine.questions.query import Query

__all__ = ["as_chinese"]

_LESS: Final = r"少于|低于|不及|不如|小于|少|低|小|差"
_FIRST: Final = r"一开始|最初|开头|第一[天年个月]|首[日年]"
_LAST: Final = r"最后|末|最终|结束时"


def as_chinese(query: Query, marked: Marked, panels: Sequence[ChartPanel]) -> Query | None:
    """Return what a Chinese question asks for where its words stand in one of these forms; None if in none.

    Parameters
    ----------
    query : Query
        What was read of the question.
    marked : Marked
        The question with its names and numbers marked.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    if query.language != "zh" or len(panels) != 1:
        return None
    drawn = drawn_series(panels)
    drawn = [one for one in drawn if not query.series or one.name in query.series]
    text = marked.written.lower()
    if len(drawn) == 1 and re.search(_OF_GROWTH, f"{panels[0].axis_of(drawn[0]).label}{drawn[0].name}"):
        return _of_growth_itself(query, text)
    forms = (_of_part, _where_higher, _of_two_means, _of_end_of_two, _of_two_sums)
    return next((found for form in forms if (found := form(query, text, drawn)) is not None), None)


_OF_GROWTH: Final = r"增速|增长率|涨幅|增幅|同比|环比"


def _of_growth_itself(query: Query, text: str) -> Query | None:
    """Return "in which year did it grow slowest" of rates of growth as one about the lowest of them."""
    most = re.search(r"最(?P<low>慢|少|小|低)?", text)
    if (
        most is None
        or query.places
        or query.threshold
        or not set(query.operations) & {"rate", "step", "trend", "growth", "maximum", "minimum"}
    ):
        return None
    return replace(query, operations=("minimum" if most["low"] else "maximum",), direction="", yes_no=False)


def _of_part(query: Query, text: str, drawn: Sequence[Series]) -> Query | None:
    """Return "what percentage of B is A" as a question how many times B it is."""
    part = re.search(r"(?:相当于|等于|是|占)[\ue000-\ue7ff]的(?:百分之|几成|几分之)", text)
    two = (len(query.places) == 2 and len(drawn) == 1) or (len(query.series) == 2 and len(query.places) < 2)
    return replace(query, operations=("ratio",), yes_no=False) if part is not None and two else None


def _where_higher(query: Query, text: str, drawn: Sequence[Series]) -> Query | None:
    """Return "in how many sections is A mentioned more than B" as one about the places where A is higher."""
    than = re.search(
        r"[\ue400-\ue7ff][^\ue400-\ue7ff]{0,8}(?:多过|高过|超过|胜过|多于|高于|大于|少于|低于|小于|不及|不如|比)"
        r"[^\ue400-\ue7ff]{0,3}[\ue400-\ue7ff]",
        text,
    )
    asked = re.search(
        r"哪几?(?:个|些|段|天|年|月|次|季度|站|周|场|种)|几(?:个|段|天|年|月|次|季度|站|周|场)|多少(?:个|天|年|次)",
        text,
    )
    if than is None or asked is None or len(query.series) != 2 or query.places or query.threshold or query.yes_no:
        return None
    if re.search(r"多多少|少多少|差多少|高多少|低多少|几倍|首次|第一次|开始", text):
        return None
    rest = than[0] + text[than.end() : than.end() + 6]
    pair = query.series[::-1] if re.search(_LESS, rest) else query.series
    return replace(query, operations=("higher at",), series=pair, direction="", text=re.sub(_LESS, " ", query.text))


def _of_two_means(query: Query, text: str, drawn: Sequence[Series]) -> Query | None:
    """Return "which of both has the higher mean" as a comparison of the means."""
    asked = re.search(r"更|哪|谁|比|还是", text)
    plain = not (query.places or query.threshold) and not set(query.operations) & {"trend", "sum", "crossing"}
    if query.statistic != "mean" or len(drawn) != 2 or not asked or not plain:
        return None
    return replace(query, operations=("mean",), words=query.words | {"compare"})


def _of_end_of_two(query: Query, text: str, drawn: Sequence[Series]) -> Query | None:
    """Return "on the last day, is A above B" as their difference there."""
    side = -1 if re.search(_LAST, text) else 0 if re.search(_FIRST, text) else None
    compared = re.search(r"上[方面]|下[方面]|高|低|多|少|大|小|领先|落后|差", text)
    shared = [place for place in drawn[0].x if all(place in one.x for one in drawn)] if drawn else []
    if len(query.series) != 2 or side is None or not compared or query.places or query.threshold or not shared:
        return None
    if {"crossing", "maximum", "minimum", "trend"} & set(query.operations):
        return None
    return replace(query, operations=("difference",), places=(shared[side],), statistic="", yes_no=False)


def _of_two_sums(query: Query, text: str, drawn: Sequence[Series]) -> Query | None:
    """Return "which of A and B has more in all" as one about their sums."""
    asked = re.search(r"哪|谁|更[多少高低]|还是", text)
    if len(query.series) == 2 and query.statistic == "sum" and asked and not query.places:
        return replace(query, operations=("totals",), yes_no=False)
    return None
