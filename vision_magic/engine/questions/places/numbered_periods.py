"""Places of axes of days, weeks and the like by their number, where names have numbers too: "week 10" of "10 mg"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Place, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language

__all__ = ["with_numbered_periods"]

_OF_AXES: Final[dict[str, str]] = {
    "day": r"\bdays?\b|\btage?n?\b|\bjours?\b|\bd[ií]as?\b|(?<![가-힣])일(?![가-힣])|일수|일차|天|日",
    "week": r"\bweeks?\b|\bwochen?\b|\bsemaines?\b|\bsemanas?\b|(?<![가-힣])주(?![가-힣])|주차|周|星期",
    "month": r"\bmonths?\b|\bmonate?n?\b|\bmois\b|\bmes(?:es)?\b|개월|(?<![가-힣])[달월](?![가-힣])|月",
    "year": r"\byears?\b|\bjahre?n?\b|\bann?[ée]es?\b|\bans\b|\baños?\b|(?<![가-힣])[년해](?![가-힣])|년차|年",
    "hour": r"\bhours?\b|\bstunden?\b|\bheures?\b|\bhoras?\b|시간|小时",
    "minute": r"\bminut\w*|(?<![가-힣])분(?![가-힣])|分钟",
}
"""Labels and units of axes along which periods are counted."""
_SAID: Final[dict[str, dict[Language, str]]] = {
    "day": {"en": "day", "de": "tag", "fr": "jour", "es": "día", "ko": "일 ?(?:째|차)|일", "zh": "[天日]"},
    "week": {
        "en": "week",
        "de": "woche",
        "fr": "semaine",
        "es": "semana",
        "ko": "주 ?(?:째|차)|주",
        "zh": "周|个?星期",
    },
    "month": {"en": "month", "de": "monat", "fr": "mois", "es": "mes", "ko": "(?:개월|달) ?(?:째|차)", "zh": "个月"},
    "year": {"en": "year", "de": "jahr", "fr": "an(?:née)?", "es": "año", "ko": "[년해] ?(?:째|차)", "zh": "年"},
    "hour": {"en": "hour", "de": "stunde", "fr": "heure", "es": "hora", "ko": "시간 ?(?:째|차)", "zh": "个?小时"},
    "minute": {"en": "minute", "de": "minute", "fr": "minute", "es": "minuto", "ko": "분 ?(?:째|차)", "zh": "分钟?"},
}
"""What stands beside the number of a period."""
_ORDINALS: Final[dict[Language, str]] = {
    "en": r"(?P<number>\d+)(?:st|nd|rd|th) (?={0}\b)",
    "de": r"(?P<number>\d+)\. (?={0})",
    "fr": r"(?P<number>\d+)(?:e|er|ère|re|ème) (?={0}\b)",
    "es": r"(?P<number>\d+)\.?[ºªoa] (?={0}\b)",
}
_HAN: Final = "一二三四五六七八九"


def with_numbered_periods(
    text: str, panels: Sequence[ChartPanel], language: Language, letter_of: Callable[[Place], str]
) -> str:
    """Return a question with letters for the numbers of days, weeks and the like that are no part of a name.

    Parameters
    ----------
    text : str
        The question.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        Its language.
    letter_of : callable
        Returns the letter that stands for a place.
    """
    axis, drawn = " ".join(f"{one.x.label} {one.x.unit}" for one in panels).lower(), drawn_series(panels)
    if not drawn or any(isinstance(place, str) for one in drawn for place in one.x):
        return text
    numbers = {number for one in drawn for number in re.findall(r"\d+", one.name)}
    for period in (period for period, words in _OF_AXES.items() if re.search(words, axis)):
        noun = _SAID[period][language]
        if language == "zh":
            text = re.sub(rf"第([{_HAN}]?十[{_HAN}]?|[{_HAN}])(?={noun})", _in_figures, text)
        for pattern in _patterns(noun, language):
            for said in reversed(list(re.finditer(pattern, text, re.IGNORECASE))):
                if said["number"] in numbers:
                    text = f"{text[: said.start()]}{_said(said, language, letter_of)}{text[said.end() :]}"
    return text


def _patterns(noun: str, language: Language) -> tuple[str, ...]:
    if language == "ko":
        return (rf"(?<![\d.,])(?:제 ?)?(?P<number>\d+)(?:{noun})(?![가-힣]?간|동안)(?=[에의은는이가엔 ,?.]|$)",)
    if language == "zh":
        return (rf"第(?P<number>\d+)(?:{noun})",)
    plain = rf"\b(?:{noun}) (?P<number>\d+)(?![\w%°]|[.,]\d)"
    return (plain, rf"(?<![\d.,])(?:{_ORDINALS[language].format(noun)})")


def _said(said: re.Match[str], language: Language, letter_of: Callable[[Place], str]) -> str:
    letter = letter_of(float(said["number"]))
    if language in ("ko", "zh"):
        return letter
    return said[0].replace(said["number"], letter) if said[0].endswith(said["number"]) else f"{letter} "


def _in_figures(said: re.Match[str]) -> str:
    """Return "第20" for "第二十"."""
    tens, ten, ones = said[1].rpartition("十")
    number = 10 * (_HAN.index(tens) + 1 if tens else 1) * bool(ten) + (_HAN.index(ones) + 1 if ones else 0)
    return f"第{number}"
