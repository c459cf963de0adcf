"""Questions for the names that a chart has, in Korean and Chinese: "역 이름을 알려 주세요", "图里有哪些车站"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query

__all__ = ["as_names_asked"]

_ASKED: Final[dict[Language, str]] = {
    "ko": r"(?:이름|명칭)들?(?:을|은|이|를)? ?(?:모두 |전부 |다 |각각 )?"
    r"(?:알려|말해|나열|적어|써|뭐|뭔|무엇|어떻게|가르쳐)|"
    r"(?:그래프|차트|그림|도표)에 ?(?:나오|나온|있|표시된|나타난)\S* "
    r"[가-힣]{1,6}[은는이가]? ?(?:뭐|무엇|어디|누구)\S*$",
    "zh": r"叫什么名字?|名字(?:都)?(?:是|有)?(?:什么|哪些)|(?:列出|说出|告诉我)[^,,最]{0,8}(?:名字|名称)|"
    r"(?:图|圖)(?:里|中|上|表)?(?:里|中|上)?(?:显示|画|包括|比较|出现|列出)?了?(?:有|的是)?(?:都)?(?:有)?"
    r"哪(?:些|几[个种条只家位座])[\u4e00-\u9fff]{1,5}\W*$",
}
"""That names are asked for, and nothing about the values."""


def as_names_asked(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question for the names of what is drawn as one for the legend, or for the places along the axis.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    asked = re.search(_ASKED[query.language], query.text.strip()) if query.language in _ASKED else None
    kept = query.series or query.places or query.threshold or query.bounds or query.groups or query.statistic
    if asked is None or kept or len(panels) != 1 or {"maximum", "minimum"} & query.words:
        return query
    drawn = drawn_series(panels)
    if len([one for one in drawn if one.name]) > 1:
        return replace(query, operations=("legend",), firm=True, unheard="", then=None)
    named = len(drawn) == 1 and all(isinstance(place, str) for place in drawn[0].x)
    return replace(query, operations=("count",), firm=True, unheard="", then=None) if named else query
