"""Months, seasons, cities and things that a Korean or Chinese question names and that are not drawn: "九月份"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.accounts import own_words
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.marked import with_months_in_figures
from vision_magic.engine.questions.names.usual_names import CITIES_AND_COUNTRIES, are_names_of_times, in_any_language
from vision_magic.engine.questions.numbers import is_date, month_of, period_of
from vision_magic.engine.questions.query import Query

__all__ = ["as_name_not_drawn_in_east"]

_MONTH: Final[dict[Language, str]] = {
    "ko": r"(?<![\d~.-])(?P<month>1[0-2]|[1-9])월(?![가-힣]?요일|[\d~-]| ?\d{1,2} ?일|생)",
    "zh": r"(?<![\d.~至到-])(?P<month>1[0-2]|[1-9])月份?(?![\d日号~至到-])",
}
_NTH: Final[dict[Language, str]] = {
    "ko": r"(?:(?:두|세|네|다섯|여섯) ?번째|제? ?[2-9]) ?(?:시즌|학기|세트|라운드|회차|기수)|시즌 ?[2-9]",
    "zh": r"第(?:[二三四五六七八九十]|\d+)(?:季(?!度)|赛季|[期集轮届册章课班组队代批版幕])",
}
"""One of a row of things, which is no rank."""


def as_name_not_drawn_in_east(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question about one of these as one that names it, so that it is taken for nothing else.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    if query.language not in _MONTH or not panels or query.operations in ((), ("cannot",)):
        return query
    word = _month_not_drawn(text, query.language, panels) or _nth_not_drawn(query, panels)
    word = word or _homonym(query, panels) or _city_not_drawn(query, panels) or _price_of_one(query, panels)
    word = word or _counter_of_no_count(query, panels) or _abbreviation(text, query.language, panels)
    return replace(query, operations=("unheard",), unheard=word, then=None, firm=True) if word else query


def _month_not_drawn(text: str, language: Language, panels: Sequence[ChartPanel]) -> str:
    """Return a month that is none of those along an axis, or one of which a chart of plain names says nothing."""
    drawn = drawn_series(panels)
    places = [place for one in drawn for place in one.x]
    names = [one.name for one in drawn if one.name]
    if not places or not all(isinstance(place, str) for place in places) or any(map(is_date, map(str, places))):
        return ""
    of_months = any(period_of(list(dict.fromkeys(row))) == "month" for row in (places, names))
    if not of_months and are_names_of_times(list(dict.fromkeys(map(str, places)))):
        return ""
    own = with_months_in_figures(own_words(panels, []))
    months = {month_of(word) for word in re.findall(r"\d{1,2}[월月]|[^\W\d_]{3,}", own)}
    said = with_months_in_figures(text) if language == "zh" else text
    found = re.finditer(_MONTH[language], said)
    return next((match[0] for match in found if int(match["month"]) not in months and match[0] not in own), "")


_ABBREVIATION: Final[dict[Language, str]] = {
    "ko": r"(?<![A-Za-z])(?P<name>pH|BMI|GDP|CO2|NO2|PM ?2\.5|PM ?10|UV)(?= ?(?:[은는이가의]|값|농도|지수))",
    "zh": r"(?<![A-Za-z])(?P<name>pH|BMI|GDP|CO2|NO2|PM ?2\.5|PM ?10|UV)(?= ?(?:是|为|有|值|浓度|指数|最|更|比))",
}
"""Quantities that are written in Latin letters in every language."""


def _abbreviation(text: str, language: Language, panels: Sequence[ChartPanel]) -> str:
    """Return a quantity in Latin letters of which the charts do not speak, in its own letters or in words."""
    found = re.search(_ABBREVIATION[language], text)
    own = re.sub("[₂ ]", lambda one: "2" * (one[0] == "₂"), own_words(panels, []))
    words = () if found is None else (found["name"].lower().replace(" ", ""), *in_any_language(found["name"].lower()))
    return found["name"] if found is not None and not any(word.lower() in own for word in words) else ""


def _nth_not_drawn(query: Query, panels: Sequence[ChartPanel]) -> str:
    """Return one of a row of things, such as a second season, that no word of the charts has."""
    found = re.search(_NTH[query.language], query.text)
    return found[0].strip() if found is not None and found[0] not in own_words(panels, []) else ""


_HOMONYM: Final = re.compile(r"(?:^\W*|[\ue000-\uf8ff]\S{0,3}?에는? )(?P<name>가지|배|말)[은는이가을를] ")
"""A thing where a name stands that is written as a counter or a time is: an aubergine, a pear, a horse."""


def _homonym(query: Query, panels: Sequence[ChartPanel]) -> str:
    found = _HOMONYM.search(query.text) if query.language == "ko" else None
    return found["name"] if found is not None and found["name"] not in own_words(panels, []) else ""


def _city_not_drawn(query: Query, panels: Sequence[ChartPanel]) -> str:
    """Return a city or a country of which the charts do not speak, in any language."""
    own, end = own_words(panels, []), "(?![어인])" if query.language == "ko" else "(?![语人菜时])"
    for row in CITIES_AND_COUNTRIES:
        found = re.search(f"(?:{'|'.join(row[query.language])}){end}", query.text)
        if found is not None and not any(word in own for words in row.values() for word in words if len(word) > 1):
            return found[0]
    return ""


_PRICE: Final[dict[Language, str]] = {
    "ko": r"(?:한|두|[\uec00-\uefff]) ?(?:포대|상자|박스|봉지|병|캔|팩|판|망|단|마리|송이|그루|자루|켤레|벌|잔|그릇|"
    r"접시|끼|인분|개|장|권|대|명)\S{0,2} ?(?:값|가격|(?:에|당) ?얼마)|"
    r"(?:밥|끼|식사|입장|구독|회원|이용) ?(?:값|가격|료|비)[은는이가]? ?얼마",
    "zh": r"(?:一|每|[\uec00-\uefff])"
    r"(?:公斤|顿饭|[袋箱包瓶罐斤碗杯份顿餐只头棵本张件个辆束盒双])"
    r"[^??,,]{0,6}(?:多少钱|几块钱|价格|怎么卖)|(?:价格|票价|单价|售价)(?:是|要)?(?:多少|几)",
}
"""Questions for what one of something costs."""
_OF_MONEY: Final = re.compile(
    r"[€$£¥₩元円块원]|\b(?:euros?|usd|eur|won|krw|yuan|rmb|cny|yen|jpy|chf|dollars?|pounds?)\b|price|preis|prix|precio|cost|"
    r"가격|비용|요금|값|价|费",
    re.IGNORECASE,
)


def _price_of_one(query: Query, panels: Sequence[ChartPanel]) -> str:
    """Return the words for the price of one, of a chart that shows no money at all."""
    found = re.search(_PRICE[query.language], query.text)
    if found is None or query.unheard or _OF_MONEY.search(own_words(panels, [])):
        return ""
    return max(re.split("[\ue000-\uf8ff]", found[0]), key=len).strip()


_COUNTER: Final[dict[Language, str]] = {
    "ko": r"몇 ?(?:그릇|마리|송이|그루|켤레|벌|병|잔|권|판|봉지|명|사람|대|팩|캔)(?![가-힣]?째)",
    "zh": r"(?:多少|几)(?:[只头匹棵朵株碗杯瓶辆台条本册双束袋盒]|个人|名|人)(?!次)",
}
"""Words that ask for a number of things."""


def _counter_of_no_count(query: Query, panels: Sequence[ChartPanel]) -> str:
    """Return "몇 그릇" of a question for the value of one name, where all values are amounts of money."""
    found = re.search(_COUNTER[query.language], query.text)
    units = {panel.axis_of(one).unit for panel in panels for one in drawn_series([panel])}
    money = all(unit and _OF_MONEY.search(unit) for unit in units)
    asked = set(query.operations) <= {"value", "mean"} and (query.places or query.series)
    return found[0] if found is not None and money and asked and units else ""
