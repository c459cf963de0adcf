"""Times of a clock along an axis of hours that are numbers: "at half past six" is 6.5, and "18시 15분" is 18.25."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Place, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.forms.rewordings import with_hours
from vision_magic.engine.questions.language import Language

__all__ = ["with_clock_times", "with_hours_of_names"]

_HOURS: Final[dict[Language, str]] = {
    "en": "one two three four five six seven eight nine ten eleven twelve",
    "de": "eins|ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
    "siebzehn achtzehn neunzehn zwanzig einundzwanzig zweiundzwanzig dreiundzwanzig",
    "fr": "une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf vingt vingt[-_]et[-_]une vingt-deux vingt-trois",
    "es": "una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve veinte veintiuna veintidós veintitrés",
    "ko": "한 두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두",
    "zh": "一 二|两 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 二十一 二十二 二十三",
}
_MINUTES: Final[dict[Language, dict[str, int]]] = {
    "en": {"five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "twenty[- ]five": 25, "thirty": 30, "forty-five": 45},
    "de": {"fünf": 5, "zehn": 10, "fünfzehn": 15, "zwanzig": 20, "dreißig": 30, "fünfundvierzig": 45},
    "fr": {"cinq": 5, "dix": 10, "quinze": 15, "vingt": 20, "vingt-cinq": 25, "trente": 30, "quarante-cinq": 45},
    "es": {"cinco": 5, "diez": 10, "quince": 15, "veinte": 20, "veinticinco": 25, "treinta": 30},
    "ko": {"오": 5, "십": 10, "십오": 15, "이십": 20, "삼십": 30, "사십": 40, "사십오": 45},
    "zh": {"五": 5, "十": 10, "十五": 15, "二十": 20, "三十": 30, "四十": 40, "四十五": 45},
}
_H: Final = r"(?P<h>\d{1,2}|H)"
_N: Final = r"(?P<n>[0-5]?\d|N)"
_TIMES: Final[dict[Language, tuple[tuple[str, int], ...]]] = {
    "en": (
        (rf"(?:a )?quarter (?:past|after) {_H}", 15),
        (rf"half past {_H}", 30),
        (rf"(?<=\bat )half {_H}(?! (?:of|as))", 30),
        (rf"(?:a )?quarter (?:to|before) {_H}", -15),
        (rf"{_N}(?: minutes?)? past {_H}", 1),
        (rf"(?<=\bat ){_N}(?: minutes?)? to {_H}", -1),
        (rf"(?<=\bat )(?P<h>H) {_N}(?! (?:to|or|and)\b)", 1),
    ),
    "de": (
        (rf"viertel nach {_H}", 15),
        (rf"viertel vor {_H}", -15),
        (rf"dreiviertel {_H}", -15),
        (rf"(?:fünf|5) vor halb {_H}", -35),
        (rf"(?:fünf|5) nach halb {_H}", -25),
        (rf"halb {_H}", -30),
        (rf"(?:(?<=\bum )|(?<=\bgegen )){_N}(?: minuten)? nach {_H}", 1),
        (rf"(?:(?<=\bum )|(?<=\bgegen )){_N}(?: minuten)? vor {_H}", -1),
        (rf"{_H} uhr {_N}(?! (?:prozent|grad))", 1),
    ),
    "fr": (
        (rf"{_H} ?h(?:eures?)? et (?:quart|1/4)", 15),
        (rf"{_H} ?h(?:eures?)? et demie?", 30),
        (rf"{_H} ?h(?:eures?)? moins (?:le )?quart", -15),
        (rf"{_H} ?h(?:eures?)? moins {_N}", -1),
        (rf"(?<!en )(?<!pendant )(?<!durant ){_H} ?h(?:eures?)? ?{_N}", 1),
    ),
    "es": (
        (rf"(?:(?<=\blas )|(?<=\bla )){_H} y cuarto", 15),
        (rf"(?:(?<=\blas )|(?<=\bla )){_H} y media", 30),
        (rf"(?:(?<=\blas )|(?<=\bla )){_H} menos cuarto", -15),
        (rf"(?:(?<=\blas )|(?<=\bla )){_H} menos {_N}", -1),
        (r"(?<=\ba las )(?P<h>H) y (?P<n>N)", 1),
    ),
    "ko": ((rf"{_H} ?시 ?반", 30), (rf"{_H} ?시 ?{_N} ?분(?! ?전)", 1), (rf"{_H} ?시 ?{_N} ?분 ?전", -1)),
    "zh": (
        (rf"差一刻(?:到)?{_H}[点點时]", -15),
        (rf"{_H}[点點时](?:钟)?半", 30),
        (rf"{_H}[点點]过?一刻", 15),
        (rf"{_H}[点點]过?三刻", 45),
        (rf"{_H}[点點时]过?{_N}分", 1),
    ),
}
"""Times in words, and the minutes after the hour (before it if negative); with 1 and -1 the minutes are said."""
_AT_H_MM: Final = r"(?P<h>[01]?\d|2[0-4]):(?P<n>[0-5]\d)(?: ?(?:uhr|h|horas)\b)?"
_HALVES: Final[dict[Language, tuple[str, str]]] = {
    "en": (r" ?(?:a\.?m\b\.?|in the morning)", r" ?(?:p\.?m\b\.?|in the (?:afternoon|evening)|at night)"),
    "de": (
        r" (?:morgens|vormittags|früh|am (?:morgen|vormittag))",
        r" (?:nachmittags|abends|am (?:abend|nachmittag))",
    ),
    "fr": (r" du matin", r" (?:du soir|de l['’]après-midi)"),
    "es": (r" (?:de la (?:mañana|madrugada)|a\. ?m\.)", r" (?:de la (?:tarde|noche)|p\. ?m\.)"),
    "ko": (r"(?:오전|아침|새벽)(?:에)? ?", r"(?:오후|저녁|밤)(?:에)? ?"),
    "zh": (r"(?:上午|早上|早晨|凌晨|清晨)", r"(?:下午|晚上|傍晚|夜里)"),
}
"""The forenoon and the afternoon, said beside a time."""
_WHOLE: Final[dict[Language, str]] = {
    "en": rf"{_H}(?: o['’]?clock)?",
    "de": rf"{_H}(?: uhr)?",
    "fr": rf"{_H} ?h(?:eures?)?",
    "es": rf"(?:(?<=\blas )|(?<=\bla )){_H}",
    "ko": rf"{_H} ?시(?!간)",
    "zh": rf"{_H}[点點时](?![间段])",
}
"""A whole hour, where the half of the day is said beside it: "seven in the evening"."""
_OF_DAY: Final = re.compile(
    r"\b(?:hours?|time|clock|o['’]clock|time of day)\b|uhr|stunde|tageszeit|\bzeit\b|\bheures?\b|\bhoras?\b|시각|시간|"
    r"(?<!\d)시|时间|時間|时刻|钟点|小时|点",
    re.IGNORECASE,
)
_ELAPSED: Final = re.compile(
    r"\b(?:after|since|from|elapsed|until|before|into|of (?:study|sleep|work|practice|training))\b|\bnach\b|\bseit\b|"
    r"dauer|\baprès\b|\bdepuis\b|\bdurée\b|écoul|\bdespués\b|\bdesde\b|\btras\b|duración|transcurr|경과|이후|부터|[걸소]요|"
    r"用时|时长|经过|之后|以来|\b(?:min|minutes?|minuten|minutos?|s|seconds?|days)\b|[分秒]",
    re.IGNORECASE,
)
"""What makes an axis one of spans of time and not of the clock."""
_PM: Final = re.compile(
    r"\bp\.?m\b|afternoon|evening|nachmittag|abend|soir|après-midi|tarde|noche|오후|저녁|下午|晚上", re.IGNORECASE
)


def with_clock_times(text: str, panels: Sequence[ChartPanel], language: Language, of: Callable[[Place], str]) -> str:
    """Return a question with a letter for each time of a clock that it names with minutes or with the half of the day.

    Parameters
    ----------
    text : str
        The question.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        The language of the question.
    of : callable
        Returns a letter for a place along an axis of numbers.
    """
    places = _hours_along(panels)
    if not places:
        return text
    forenoon, afternoon = _HALVES[language]
    before = language in ("ko", "zh")
    half = rf"(?:(?P<am>{forenoon})|(?P<pm>{afternoon}))"
    is_late = any(_PM.search(panel.x.label) for panel in panels)
    for said, minutes in (*_TIMES[language], (_AT_H_MM, 1), (_WHOLE[language], 0)):
        spelled = said.replace("H", _choice(_numbers_of(language))).replace("N", _choice(_MINUTES[language]))
        beside = f"{half}?" if minutes else half
        whole = f"{beside}(?:{spelled})" if before else rf"(?<![\w.,:])(?:{spelled})(?![\w:]){beside}"

        def letter(found: re.Match[str], minutes: int = minutes) -> str:
            at = _time(found, minutes, language)
            return found[0] if at is None else of(_along(at, places, is_late))

        text = re.sub(whole, letter, text, flags=re.IGNORECASE)
    return text


def _choice(words: Iterable[str]) -> str:
    """Return a pattern for one of some words, the longest first."""
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


def _numbers_of(language: Language) -> dict[str, int]:
    """Return the hours in words, each with its number."""
    known = enumerate(_HOURS[language].split(), 1)
    return {word: number for number, same in known for word in same.split("|")}


def _time(found: re.Match[str], minutes: int, language: Language) -> float | None:
    """Return the hours from midnight on to a time that was said; None where there is no such time."""
    hour = _number(found["h"], _numbers_of(language))
    said = found.groupdict().get("n")
    if said is not None:
        minutes *= _number(said, _MINUTES[language])
    if not 0 <= hour <= 24 or abs(minutes) >= 60:
        return None
    if found["pm"] and hour < 12:
        hour += 12
    return hour % 24 + minutes / 60 if found["am"] and hour == 12 else hour + minutes / 60


def _number(said: str, words: dict[str, int]) -> int:
    if said.isdecimal():
        return int(said)
    return next(number for word, number in words.items() if re.fullmatch(word, said, flags=re.IGNORECASE))


def _along(at: float, places: Sequence[float], late: bool) -> float:
    """Return a time as a place along an axis: 7:30 is 19.5 where only the evening is drawn."""
    first, last = min(places), max(places)
    others = (at, at + 12, *((at - 12,) if late else ()))
    return round(next((one for one in others if first <= one <= last), at), 4)


def _hours_along(panels: Sequence[ChartPanel]) -> list[float]:
    """Return the places of an axis of hours of the day that are numbers; none along another axis."""
    drawn = [(panel, one) for panel in panels for one in drawn_series([panel])]
    clock = all(_OF_DAY.search(panel.x.label) and not _ELAPSED.search(panel.x.label) for panel, _ in drawn)
    places = [place for _, one in drawn for place in one.x]
    hours = [float(place) for place in places if isinstance(place, float | int) and 0 <= place <= _LATEST]
    return hours if clock and len(hours) == len(places) else []


_LATEST: Final = 30
"""A night may go on after midnight: 26 is two o'clock."""


_OF_HOURS: Final = re.compile(
    r"\bhours?\b|time of day|stunde|uhrzeit|\bheures?\b|\bhoras?\b|시간대|시각|小时|时[间刻段]"
)
_NOON_NUMBER: Final = 12


def with_hours_of_names(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question with "at 16" for "at 4 pm", where the names along an axis of hours are numbers up to 24.

    Parameters
    ----------
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        Its language.
    """
    drawn = drawn_series(panels)
    if len(panels) != 1 or not drawn:
        return text
    rows, columns = [one.name for one in drawn], [str(place) for place in drawn[0].x if isinstance(place, str)]
    sides = ((panels[0].x.label, columns), (panels[0].y.label if drawn[0].kind == "heat map" else "", rows))
    for label, names in sides:
        numbers = [int(name) for name in names if re.fullmatch(r"\d{1,2}", name)]
        hours = len(numbers) == len(names) > 1 and _NOON_NUMBER < max(numbers) <= 2 * _NOON_NUMBER
        if hours and _OF_HOURS.search(label.lower()):
            said = with_hours(text, language)
            return re.sub(r"\b(before|after|until|till|from|since|to|than) at (?=\d)", r"\1 ", said)
    return text
