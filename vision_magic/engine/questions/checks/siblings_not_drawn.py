"""Things of the sort of those that are drawn, in Korean and Chinese: "재무부" beside "영업부".

Their names end alike, without a space or a capital letter that would tell them from other words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.accounts import own_words
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query

__all__ = ["as_sibling_not_drawn"]

_FEWEST: Final = 3
"""So many names end alike where this is their sort."""

_SORT: Final = re.compile(
    "(?![点點时時月日年周天次个個人分秒元岁度号시월일년주명개인분초원세대회차])[가-힣\u4e00-\u9fff]"
)
"""What names of one sort end with; numbers with a unit are times and amounts."""

_STEM: Final[dict[Language, str]] = {
    "ko": r"(?<![가-힣\w])(?P<name>(?:[가-힣]{{2,5}}|\d{{1,3}}(?:호|번)?|[a-z])(?:{}))"
    r"(?=의|은|는|이[ ,?]|가 |에|도 |만 |과 |와 |하고|을|를|보다|랑|[\s,?]|$)",
    "zh": r"(?P<name>(?:[\u4e00-\u9fff]{{2}}|\d{{1,3}}号?|[a-z])(?:{}))(?![\u4e00-\u9fff]?名|长|员|里有)",
}
_NO_NAME: Final[dict[Language, str]] = {
    "ko": r"^(?:어느|어떤|어디|모든|다른|여러|전체|각각|우리|두 ?번|이번|지난|같은|차이|문제|공통|중간|최고|최저|전환|"
    r"가장|제일|얼마|나머지|상위|하위|대부|모두|일부|전부|첫|마지막|그|이|저|각|한|두|세|네|몇)",
    "zh": r"[哪每几各家这那两三四五六七八九十个其别总全名称的和与比到是在有了最多少第一些所同共]",
}


def as_sibling_not_drawn(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question about a thing that is named like the others, and is not drawn, as one that names it.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    if query.language not in _STEM or query.operations == ("cannot",):
        return query
    name = next(_siblings(text.lower(), query.language, panels), "")
    return replace(query, operations=("unheard",), unheard=name, then=None, firm=True) if name else query


def _siblings(text: str, language: Language, panels: Sequence[ChartPanel]) -> Iterator[str]:
    drawn, own = drawn_series(panels), own_words(panels, [])
    for names in ({one.name for one in drawn}, {str(place) for one in drawn for place in one.x[:100]}):
        known = {name.strip().lower() for name in names if len(name.strip()) > 1}
        ends = {name[-1] for name in known}
        if len(known) < _FEWEST or len(ends) > 1 or not _SORT.fullmatch(min(ends)):
            continue
        for match in re.finditer(_STEM[language].format(min(ends)), text):
            name = match["name"]
            told = any(name in one or one.endswith(name) or name.endswith(one) for one in known) or name in own
            if not told and not re.search(_NO_NAME[language], name[:-1]):
                yield name
