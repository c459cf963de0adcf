"""Times that Korean and Chinese questions name and a chart does not have: last week, its second week, a Monday, 8 pm.

Without spaces between words, or with particles behind them, such a word hides beside a name that is drawn: "上周六"
has the Saturday of a chart that is not one of last week.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.accounts import own_words
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.usual_names import day_of
from vision_magic.engine.questions.numbers import is_date, month_of
from vision_magic.engine.questions.places.parts_of_time import span_of_day

__all__ = ["time_not_drawn"]

_BEFORE: Final[dict[Language, str]] = {
    "ko": r"(?:지난|저번) ?(?:주(?![일년])|달|분기|학기|시즌|번 ?주)|그저께|그제|어제",
    "zh": r"(?<![早晚以马线网地世身])上一?个?(?:周|星期|礼拜|月|季度|学期)|昨天|前天",
}
"""Words for another time than that of a chart, which does not say where it stands in the calendar."""
_WEEK_OF_MONTH: Final[dict[Language, str]] = {
    "ko": r"(?:첫|둘|셋|넷|다섯|마지막)(?:번|째| 번째)? ?주(?=[\s에의는차말,?]|$)|\d ?주차",
    "zh": r"(?:第[一二三四五\d]|最后一)个?(?:周|星期)(?![一二三四五六日天])|[上中下]旬",
}
_DAY: Final[dict[Language, str]] = {
    "ko": r"[월화수목금토일]요일",
    "zh": r"(?<![每一两三四五六七八九十\d全本双单隔几整])(?:周|星期|礼拜)(?:[一二三四五六日天](?![共次个起直般周天]))",
}
_HOUR: Final[dict[Language, str]] = {
    "ko": r"(?P<part>새벽|아침|오전|오후|저녁|밤)?(?:에)? ?(?P<hour>(?<![\d.:])\d{1,2}) ?시"
    r"(?![간장스기도\d]| ?(?:부터|에서|이전|전|까지|이후|~|-|–))",
    "zh": r"(?P<part>凌晨|早上|早晨|上午|下午|傍晚|晚上|夜里)?的?(?P<hour>(?<![\d.:~–—到至-])\d{1,2}) ?[点點时時]"
    r"(?![间段\d]| ?(?:到|至|~|-|–|以前|之前|前|以后|之后|后))",
}
_MORNING: Final = frozenset(("새벽", "아침", "오전", "凌晨", "早上", "早晨", "上午"))
_WEEKS: Final = (
    r"주차|주별|주간|(?<![가-힣])주(?![가-힣])|周次|周数|第.周|(?<!\w)周(?!\w)|每周|week|woche|semaine|semana"
)
"""Labels of an axis of weeks."""


def time_not_drawn(text: str, language: Language, panels: Sequence[ChartPanel]) -> str:
    """Return the words of a question for a time of which its charts have nothing; empty if there are none.

    Parameters
    ----------
    text : str
        The question as it was written.
    language : Language
        Its language.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    own = own_words(panels, [])
    found = _found(text, language, panels)
    return next((words for words in found if words.replace(" ", "") not in own.replace(" ", "")), "")


def _found(text: str, language: Language, panels: Sequence[ChartPanel]) -> Iterator[str]:
    """Yield the words for times that may not be drawn."""
    names = [str(name) for panel in panels for one in panel.series for name in (one.name, *one.names, *one.x[:200])]
    dated = any(map(is_date, names))
    if not dated and not any(map(month_of, names)):
        yield from _matches(_BEFORE, text, language)
    labels = " ".join(f"{panel.x.label} {panel.y.label} {panel.legend_title}" for panel in panels)
    if not dated and not re.search(_WEEKS, f"{labels} {' '.join(names)}", re.IGNORECASE):
        yield from _matches(_WEEK_OF_MONTH, text, language)
    if not dated and not any(day_of(name) >= 0 for name in names):
        yield from _matches(_DAY, text, language)
    yield from _hours(text, language, panels)


def _matches(words: dict[Language, str], text: str, language: Language) -> Iterator[str]:
    for match in re.finditer(words.get(language, "(?!)"), text):
        yield match[0].strip()


def _hours(text: str, language: Language, panels: Sequence[ChartPanel]) -> Iterator[str]:
    """Yield hours outside of those of a day that are drawn, in the twelve hours before or after noon as well."""
    span = span_of_day(panels)
    for match in re.finditer(_HOUR.get(language, "(?!)"), text) if span else ():
        hour = int(match["hour"])
        may_be_later = match["part"] not in _MORNING and hour < 12
        if hour not in span and not (may_be_later and hour + 12 in span):
            yield match[0].strip()
