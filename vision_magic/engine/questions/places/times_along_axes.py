"""Times in the unit that an axis of numbers counts: along days, "two weeks" are 14 days and "the first week" are 7."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import FLAT, ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.places.first_and_last import UNITS, Unit, times_in, unit_of_axis
from vision_magic.engine.questions.places.units_of_axes import is_of_day
from vision_magic.engine.questions.query import Query

__all__ = ["NUMBERS", "as_time_of_other_unit", "number_of", "with_times_of_axis"]

_PLURALS: Final[dict[Language, str]] = {
    "en": "seconds minutes hours days weeks months quarters years decades",
    "de": "Sekunden Minuten Stunden Tagen Wochen Monaten Quartalen Jahren Jahrzehnten",
    "fr": "secondes minutes heures jours semaines mois trimestres ans décennies",
    "es": "segundos minutos horas días semanas meses trimestres años décadas",
    "ko": "초 분 시간 일 주 개월 분기 년 0년",
    "zh": "秒 分钟 小时 天 周 个月 个季度 年 0年",
}
"""Units in the order of `UNITS`, as they stand behind a number."""
_UNITS: Final[dict[Language, str]] = {
    "en": r"(?P<second>seconds?)|(?P<minute>minutes?)|(?P<hour>hours?)|(?P<day>days?)|(?P<week>weeks?)|"
    r"(?P<month>months?)|(?P<year>years?)|(?P<decade>decades?)",
    "de": r"(?P<second>sekunden?)|(?P<minute>minuten?)|(?P<hour>stunden?)|(?P<day>tage?n?)|(?P<week>wochen?)|"
    r"(?P<month>monate?n?)|(?P<year>jahre?n?)|(?P<decade>jahrzehnte?n?)",
    "fr": r"(?P<second>secondes?)|(?P<minute>minutes?)|(?P<hour>heures?)|(?P<day>jours?)|(?P<week>semaines?)|"
    r"(?P<month>mois)|(?P<year>ans?|années?)|(?P<decade>décennies?)",
    "es": r"(?P<second>segundos?)|(?P<minute>minutos?)|(?P<hour>horas?)|(?P<day>días?)|(?P<week>semanas?)|"
    r"(?P<month>mes(?:es)?)|(?P<year>años?)|(?P<decade>décadas?)",
    "ko": r"(?P<hour>시간)|(?P<day>일)(?= ?(?:후|뒤|만에|동안|간|이? ?지))|(?P<week>주일?)(?![차말])|"
    r"(?P<month>개월|달)|(?P<year>년)(?!도)",
    "zh": r"(?P<hour>个?小时)|(?P<day>天)|(?P<week>个?星期|周)(?!末)|(?P<month>个月)|(?P<year>年)(?![代级])",
}
NUMBERS: Final[dict[Language, str]] = {
    "en": "two three four five six seven eight nine ten eleven twelve",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "ko": "두|이 세|삼 네|사 다섯|오 여섯|육 일곱|칠 여덟|팔 아홉|구 열|십",
    "zh": "两|二|兩 三 四 五 六 七 八 九 十",
}
"""The numbers from two on."""
_ONE: Final[dict[Language, str]] = {
    "en": r"(?<=after )(?:an?|one)|(?<=within )(?:an?|one)|(?<=than )(?:an?|one)|"
    r"(?:an?|one)(?= \w+ (?:in|later|on|before)\b)",
    "de": r"(?<=nach )eine[mr]?|(?<=als )eine?n?|(?<=binnen )eine[mr]?|(?<=innerhalb )eine[mrs]",
    "fr": r"(?<=après )une?|(?<=bout d['’])une?|(?<=plus d['’])une?|(?<=moins d['’])une?",
    "es": r"(?<=después de )una?|(?<=tras )una?|(?<=cabo de )una?|(?<=más de )una?|(?<=menos de )una?",
    "ko": r"(?:일|한 ?|1)(?=[가-힣]{1,2} ?(?:후|뒤|만에|이? ?지나|이상|이? ?넘|보다|미만|이내))",
    "zh": r"一(?=个?[周年天月小星][时期]?(?:之后|以后|过后|后|內|内|以上|以内))|(?<=[过過])一",
}
"""Words for one before a unit where it is an amount, unlike "a week" for each week."""
_WHOLE: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "en": (
        ("(?:a|one) fortnight", "2 weeks"),
        ("half a year", "6 months"),
        ("a year and a half", "18 months"),
        ("the first half[- ]hour", "the first 30 minutes"),
    ),
    "de": (
        ("(?:einem |ein )?halbe[ns]? jahr", "6 Monaten"),
        ("(?:anderthalb|eineinhalb) jahren?", "18 Monaten"),
        ("(?:der|die) ersten? halben? stunde", "den ersten 30 Minuten"),
    ),
    "fr": (("une? an(?:née)? et demie?", "18 mois"), ("la première demi-heure", "les 30 premières minutes")),
    "es": (
        ("medio año", "6 meses"),
        ("(?:un )?año y medio", "18 meses"),
        ("la primera media hora", "los primeros 30 minutos"),
    ),
    "ko": (("반 ?년", "6개월"), ("보름(?= ?(?:후|뒤|만에|동안))", "15일")),
    "zh": (("半年", "6个月"), ("[前头]半(?:个)?小时", "前30分钟")),
}
"""Amounts of time in one word, or with a half."""
_ORDINALS: Final[dict[Language, str]] = {
    "en": "first|1st second|2nd third|3rd fourth|4th fifth|5th sixth|6th",
    "de": r"erste[nr]?|1\. zweite[nr]?|2\. dritte[nr]?|3\. vierte[nr]?|4\. fünfte[nr]?|5\. sechste[nr]?|6\.",
    "fr": "premi[eè]re?|1[eè]?re? deuxième|seconde?|2e troisième|3e quatrième|4e cinquième|5e sixième|6e",
    "es": "primera?|primer|1ª segund[ao]|2ª tercera?|3ª cuart[ao]|4ª quint[ao]|5ª sext[ao]|6ª",
    "ko": "(?:첫|1)(?:_?번째|째)?|1 둘째|(?:두|2)_?번째 셋째|(?:세|3)_?번째 넷째|(?:네|4)_?번째",
    "zh": "第[一1]个?|头一?个? 第[二2]个? 第[三3]个? 第[四4]个? 第[五5]个? 第[六6]个?",
}
_PARTS: Final[dict[Language, tuple[str, str, str]]] = {
    "en": ("(?:(?:in|during|over) )?(?:the )?(?:{o}) (?:{t})", "in the first {n} {t}", "between {a} and {b} {t}"),
    "de": (
        "(?:(?:in|während) )?(?:de[rmns] |die |das )?(?:{o}) (?:{t})",
        "in den ersten {n} {t}",
        "von {a} bis {b} {t}",
    ),
    "fr": (
        "(?:(?:pendant|durant|dans|de) )?(?:l[ae] |l['’])?(?:{o}) (?:{t})",
        "les {n} premiers {t}",
        "de {a} à {b} {t}",
    ),
    "es": ("(?:(?:en|durante) )?(?:l[ae] |el )?(?:{o}) (?:{t})", "en los primeros {n} {t}", "entre {a} y {b} {t}"),
    "ko": ("(?:{o}) ?(?:{t})(?:에는|에)?", "첫 {n}{t} 동안", "{a}{t}부터 {b}{t}까지"),
    "zh": ("(?:在)?(?:{o})(?:{t})", "前{n}{t}", "从第{a}{t}到第{b}{t}"),
}
"""One of several units in a row; what is said for the first, and for another one."""
_LAST: Final[dict[Language, tuple[str, str]]] = {
    "en": (r"the (?:last|final) (?:{t})(?! of)", "the last {n} {t}"),
    "de": ("(?:de[rm]|die|das) letzten? (?:{t})", "den letzten {n} {t}"),
    "fr": ("(?:la |le |l['’])derni[eè]re? (?:{t})", "les {n} derniers {t}"),
    "es": ("(?:la|el) últim[ao] (?:{t})", "los últimos {n} {t}"),
    "ko": ("마지막 ?(?:한 ?)?(?:{t})(?:에는|에)?", "마지막 {n}{t} 동안"),
    "zh": ("最后一个?(?:{t})", "最后{n}{t}"),
}
_ENDS: Final[dict[Language, tuple[str, str, str]]] = {
    "en": (r"(?:at |by )?(?:the )?end of ", "", "after {n} {t}"),
    "de": (r"(?:am |zum )?ende (?:de[rs] )?", "", "nach {n} {t}"),
    "fr": (r"à la fin (?:de |du )?", "", "après {n} {t}"),
    "es": (r"al? (?:el )?final (?:de |del )?", "", "después de {n} {t}"),
    "ko": ("", "의? ?(?:끝|말)(?:에는|에)?", "{n}{t} 후"),
    "zh": ("", "的?(?:末|结束时?)", "{n}{t}后"),
}
"""What stands before and behind a unit of which the end is meant, and what is said for it."""
_OF_DATES: Final = r"\bdates?\b|datum|fecha|날짜|日期"
"""Labels of days that are numbered within a month, of which none is the start."""
_DAYS_OF_MONTH: Final = 30
"""The place that "a month" is read as along days."""
_MOST: Final = 500
"""A greater number is a year of a calendar."""


def with_times_of_axis(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question with times in the unit of the axis of places, if its label says one.

    Parameters
    ----------
    text : str
        The question.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        Its language.
    """
    own = _own_unit(panels)
    if own is None:
        return text
    places = [float(place) for one in drawn_series(panels) for place in one.x if not isinstance(place, str)]
    for words, plain in _WHOLE[language]:
        text = re.sub(_as_words(words, language), plain, text, flags=re.IGNORECASE)
    text = _with_parts(text, own, (min(places), max(places)), language)
    return _with_amounts(text, own, language)


def as_time_of_other_unit(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question for a time in a unit that the axis cannot count, "two months" of days, as one that names it.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    own = _own_unit(panels)
    values = {unit_of_axis(panel.axis_of(one)) for panel in panels for one in panel.series}
    if own is None or values != {None}:
        return query
    beyond = next((number for number in query.amounts if _is_counted(number, own, text)), None)
    if beyond is not None and query.threshold is None:  # a place that is not drawn, and no value
        return replace(query, operations=("value",), places=(beyond,), amounts=(), then=None, firm=True)
    if not (query.places or query.bounds or query.threshold):
        return query
    for found in re.finditer(_amount(query.language), text, re.IGNORECASE):
        unit = _unit_in(found)
        month = (unit, own) == ("month", "day") and _DAYS_OF_MONTH in query.places
        if unit != own and not month and not _is_whole(times_in(unit, own)):
            return replace(query, operations=("unheard",), unheard=found[0], then=None, firm=True)
    return query


def _is_counted(number: float, own: Unit, text: str) -> bool:
    """Return whether a number has the unit of the axis before or behind it: "35 days", "week 14"."""
    words = dict(UNITS)[own]
    return re.search(rf"(?<![\d.,]){number:g} ?(?:{words})|(?:{words}) {number:g}(?![\d.,])", text.lower()) is not None


def _own_unit(panels: Sequence[ChartPanel]) -> Unit | None:
    """Return the unit of time of the only axis of places, if it has numbers that are no years of a calendar."""
    drawn = drawn_series(panels)
    if len(panels) != 1 or not drawn or any(one.kind in FLAT for one in drawn) or is_of_day(panels[0].x):
        return None
    if re.search(_OF_DATES, panels[0].x.label, re.IGNORECASE):
        return None
    counted = all(not isinstance(place, str) and place <= _MOST for one in drawn for place in one.x)
    return unit_of_axis(panels[0].x) if counted and any(one.x for one in drawn) else None


def _with_amounts(text: str, own: Unit, language: Language) -> str:
    """Return a question with "14 days" for "two weeks"; what is no whole number of the unit stays."""

    def said(found: re.Match[str]) -> str:
        number = number_of(found["n"] or "1", language) * times_in(_unit_in(found), own)
        plain = "{n}{t}" if language in ("ko", "zh") else "{n} {t}"
        return _filled(plain, number, own, language) if _unit_in(found) != own and _is_whole(number) else found[0]

    return re.sub(_amount(language), said, text, flags=re.IGNORECASE)


def _with_parts(text: str, own: Unit, ends: tuple[float, float], language: Language) -> str:
    """Return a question with days for "the first week", "the second week", "the last week", and for the end of one."""
    part, first, between = _PARTS[language]
    before, behind, after = _ENDS[language]
    frames = [
        (pattern.format(o=ordinal.replace("_", " "), t=_UNITS[language]), plain, number)
        for number, ordinal in enumerate(_ORDINALS[language].split(), 1)
        for pattern, plain in ((f"{before}{part}{behind}", after), (part, first if number == 1 else between))
    ]
    frames.append((_LAST[language][0].format(t=_UNITS[language]), _LAST[language][1], 1))
    for pattern, plain, number in frames:

        def said(found: re.Match[str], plain: str = plain, number: int = number) -> str:
            times = times_in(_unit_in(found), own)
            known = _is_whole(times) and times > 1 and number * times <= ends[1]
            start = (number - 1) * times + (ends[0] == 1)  # the first of days that are numbered from 1 on
            return _filled(plain, number * times, own, language, start) if known else found[0]

        text = re.sub(_as_words(pattern, language), said, text, flags=re.IGNORECASE)
    return text


def _filled(plain: str, number: float, own: Unit, language: Language, start: float = 0.0) -> str:
    units = dict(zip((unit for unit, _ in UNITS), _PLURALS[language].split(), strict=True))
    return plain.format(n=f"{number:.0f}", a=f"{start:.0f}", b=f"{number:.0f}", t=units[own])


def _amount(language: Language) -> str:
    """Return a pattern of a number, or a word for one, and a unit of time."""
    words = "|".join(NUMBERS[language].split())
    number = rf"(?:(?P<n>(?<!\d)\d{{1,3}}|{words}) ?|(?P<one>{_ONE[language]}) ?)"
    pattern = rf"(?<![.,第-]){number}(?:{_UNITS[language]})"
    return _as_words(pattern, language)


def _as_words(pattern: str, language: Language) -> str:
    return pattern if language in ("ko", "zh") else rf"(?<!\w)(?:{pattern})(?!\w)"


def number_of(said: str, language: Language) -> int:
    """Return a number that is written in figures, or as one of `NUMBERS`."""
    if said.isdigit():
        return int(said)
    return next(n for n, words in enumerate(NUMBERS[language].split(), 2) if said.lower() in words.split("|"))


def _unit_in(found: re.Match[str]) -> Unit:
    return next(unit for unit, _ in UNITS if found.groupdict().get(unit))


def _is_whole(number: float) -> bool:
    return number > 0 and number == round(number)
