"""Days of one month, which is said once: "from 1 to 7 or from 8 to 14 July", "7월 6일과 7일"."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.numbers import month_of
from vision_magic.engine.questions.vocabulary.words import MONTHS

__all__ = ["with_month_at_each_day", "without_month_of_axis"]

_DAY: Final[dict[Language, str]] = {
    "en": r"\d{1,2}(?:st|nd|rd|th)?",
    "de": r"\d{1,2}\.?",
    "fr": r"\d{1,2}(?:er)?",
    "es": r"\d{1,2}",
}
_JOINT: Final[dict[Language, str]] = {
    "en": r"(?: (?:to|and|or|until|through|than)(?: (?:on|from|between))?(?: the)? | ?[-–] ?)",
    "de": r"(?: (?:bis|auf|zum|und|oder|als)(?: (?:am|vom|zum|de[mn]|an|zwischen))* | ?[-–] ?)",
    "fr": r"(?: (?:au|et|ou|que|à)(?: (?:les?|du|au|entre))* | ?[-–] ?)",
    "es": r"(?: (?:al?|y|o|que|hasta)(?: (?:el|los|del?|al|entre))* | ?[-–] ?)",
}
"""What joins two days of which the second has the month beside it."""
_RANGE: Final[dict[Language, str]] = {
    "en": r"(?:from|between) D (?:to|and) D",
    "de": r"(?:vom|zwischen dem) D (?:bis|und)(?: zum| dem)? D",
    "fr": r"(?:du|entre le) D (?:au|et le) D",
    "es": r"(?:del|entre el) D (?:al|y el) D",
}
"""A second range of days at the end of a question, of the month of the first."""
_OF: Final[dict[Language, str]] = {"en": "(?: of)? ", "de": r" ", "fr": " ", "es": " de "}
_DAY_EAST: Final[dict[Language, str]] = {
    "ko": r"(?P<day>\d{1,2})일(?! ?(?:동안|간|째|만에|평균|이동|치|이내|후|전))",
    "zh": r"(?P<day>\d{1,2})[日号]",
}
"""A day without its month; in Korean, so many days are written alike."""


_FOR_DAYS: Final[dict[Language, str]] = {
    "ko": r"일부터 ?(?P<n>\d{1,2})일 ?(?:동안|간)",
    "zh": r"[日号](?:起|开始)的?(?:连续)?(?P<n>\d{1,2})天",
}
"""Behind the first day, how many days there are from it on."""


def with_month_at_each_day(text: str, month: str, number: int, language: Language, drawn: Container[str]) -> str:
    """Return a question in which each of several days of a month has its month beside it.

    Parameters
    ----------
    text : str
        The question.
    month : str
        A pattern of the name of the month.
    number : int
        Its number.
    language : Language
        The language of the question.
    drawn : container of str
        The days of months that are drawn, such as "07-04".
    """
    if language in ("ko", "zh"):
        return _in_east(text, number, language, drawn)
    day, joint, of = _DAY[language], _JOINT[language], _OF[language]
    behind = rf"(?<![\w.,:])(?:{day}{joint})+(?={day}{of}(?P<month>{month})(?!\w))"
    text = re.sub(behind, lambda days: _each(days[0], days["month"], language), text, flags=re.IGNORECASE)
    if language == "en":
        ahead = rf"(?<!\w)(?P<month>{month}) (?P<days>{day}(?:{joint}{day})+)(?![\w:]|{of}{month})"
        text = re.sub(ahead, lambda days: _each(days["days"], days["month"], language), text, flags=re.IGNORECASE)
    first = rf"(?<![\w.,:])(?P<first>{day}{of}(?P<month>{month})(?!\w)[^\d]+)"
    second = rf"(?P<days>{_RANGE[language].replace('D', day)})(?=\W*$)"
    found = re.search(first + second, text, re.IGNORECASE)
    if found is not None and all(f"{number:02}-{int(one):02}" in drawn for one in re.findall(r"\d+", found["days"])):
        text = text[: found.start("days")] + _each(found["days"], found["month"], language) + text[found.end("days") :]
    return text


def without_month_of_axis(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question with "the 7th" for "7 November", where the days along an axis are labelled as of November."""
    for month in {month_of(panel.x.unit) for panel in panels} - {0}:
        name = MONTHS[language][month - 1]
        if language in ("ko", "zh"):
            text = re.sub(rf"(?<!\d){name}份? ?(?=\d{{1,2}} ?[日号일])", "", text)
            continue
        day = rf"(?<![\w.,])(?P<day>{_DAY[language]}){_OF[language]}{name}(?!\w)"
        text = re.sub(day, r"\g<day>", text, flags=re.IGNORECASE)
        text = re.sub(rf"(?<!\w){name} (?={_DAY[language]}(?!\w))", "", text, flags=re.IGNORECASE)
    return text


def _each(days: str, month: str, language: Language) -> str:
    """Return days, each with its month as it is written in a language."""
    written = {"de": rf"\1. {month}", "es": rf"\1 de {month}"}.get(language, rf"\1 {month}")
    return re.sub(r"(\d{1,2})(?:st|nd|rd|th|er|\.)?", written, days)


def _in_east(text: str, number: int, language: Language, drawn: Container[str]) -> str:
    """Return a question in Korean or Chinese in which days after one of a month are of the same one."""
    month = {"ko": "월", "zh": "月"}[language]

    def with_month(day: re.Match[str]) -> str:
        known = f"{number:02}-{int(day['day']):02}" in drawn
        return f"{number}{month}{day[0]}" if known else day[0]

    def of_month(said: re.Match[str]) -> str:
        return said["first"] + re.sub(rf"(?<!\d){_DAY_EAST[language]}", with_month, said["rest"])

    def until(span: re.Match[str]) -> str:
        last = int(span["first"]) + int(span["n"]) - 1
        joint, end = {"ko": ("부터", "일까지"), "zh": ("到", "日")}[language]
        whole = f"{number}{month} {span['first']}{end[0]}{joint} {number}{month} {last}{end}"
        return whole if f"{number:02}-{last:02}" in drawn else span[0]

    text = re.sub(rf"(?<!\d){number}{month} ?(?P<first>\d{{1,2}}){_FOR_DAYS[language]}", until, text)
    first = rf"(?P<first>(?<!\d){number}{month} ?\d{{1,2}}(?:[일日号]|(?=[-~到至]\d)))"
    return re.sub(rf"{first}(?P<rest>(?:(?!\d{{1,2}}{month}).)*)", of_month, text)
