"""Times of day along an axis of dates with times: "um 12 Uhr" and "20点" are places of the day that is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Place, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.forms.rewordings import with_hours_in_figures
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.numbers import is_date

__all__ = ["with_days_of_times", "with_times"]

_MINUTES: Final = r"(?P<m>[0-5]\d)"
_CLOCK: Final = rf"(?P<h>\d{{1,2}}):{_MINUTES}(?::00)?"
_TIMES: Final[dict[Language, tuple[str, ...]]] = {
    "en": (
        rf"(?P<h>\d{{1,2}})(?:[:.]{_MINUTES})? ?(?:(?P<am>a)|(?P<pm>p))\.?m\b\.?",
        r"(?P<h>\d{1,2}) (?:o['’]?clock )?in the (?:(?P<am>morning)|(?P<pm>afternoon|evening))",
        _CLOCK,
        r"(?P<h>\d{1,2}) ?o['’]?clock",
        r"(?<=\bat )(?P<h>\d{1,2})(?=\W*$| (?:and|or|than)\b)",
    ),
    "de": (
        r"(?:(?P<am>morgens|vormittags|früh)|(?P<pm>nachmittags|abends)) (?:um )?(?P<h>\d{1,2}) uhr",
        rf"(?P<h>\d{{1,2}})(?:[:.]{_MINUTES})? ?uhr(?: (?P<min>[0-5]\d))?"
        r"(?: (?:(?P<am>morgens|vormittags|früh|am (?:morgen|vormittag))|"
        r"(?P<pm>mittags|nachmittags|abends|am (?:abend|nachmittag))))?",
        _CLOCK,
        r"(?P<h>\d{1,2}) ?h\b",
    ),
    "fr": (
        rf"(?<!en )(?<!pendant )(?<!durant )(?<!toutes les )(?P<h>\d{{1,2}}) ?h(?:eures?)?(?: ?{_MINUTES})?\b"
        r"(?: (?:(?P<am>du matin)|(?P<pm>du soir|de l['’]après-midi)))?",
        _CLOCK,
    ),
    "es": (
        rf"(?P<h>\d{{1,2}})(?:[:.]{_MINUTES})?(?: ?h(?:oras)?\b\.?)? "
        r"de la (?:(?P<am>mañana|madrugada)|(?P<pm>tarde|noche))",
        rf"{_CLOCK}(?: ?h(?:oras)?\b\.?)?",
        r"(?<!en )(?<!durante )(?<!cada )(?P<h>\d{1,2}) ?h\b\.?",
        r"(?<=[ay] las )(?P<h>\d{1,2})(?: horas)?(?![\d.,]*\d| [^\W\d_]+s\b)",
        r"(?<=(?:sde|sta|tre|cia) las )(?P<h>\d{1,2})(?: horas)?(?![\d.,]*\d)",
        r"(?<=\bde las )(?P<h>\d{1,2})(?= a las \d)",
    ),
    "ko": (
        r"(?:(?P<am>오전|아침|새벽)|(?P<pm>오후|저녁|밤|낮))? ?(?P<h>\d{1,2})시(?!간)"
        r"(?: ?(?P<m>[0-5]?\d)분|(?P<half> ?반))?",
        _CLOCK,
    ),
    "zh": (
        r"(?:(?P<am>上午|早上|早晨|凌晨|清晨)|(?P<pm>下午|晚上|傍晚|夜里))?(?P<h>\d{1,2})[点點时時](?![间段數数])"
        r"(?:(?P<m>[0-5]?\d)分|(?P<half>半)|整|钟)?",
        _CLOCK,
    ),
}
_NOON: Final[dict[Language, tuple[str, str]]] = {
    "en": (r"(?:12 )?(?:noon|midday)", r"(?:12 )?midnight"),
    "de": (r"(?:um )?(?:12 Uhr )?(?:mittags|am mittag)", r"(?:um )?mitternacht"),
    "fr": (r"midi", r"minuit"),
    "es": (r"(?:al |el )?mediodía", r"(?:a )?(?:la )?medianoche"),
    "ko": (r"(?:정오|낮) ?12시|정오", r"자정(?: ?0시)?"),
    "zh": (r"(?:中午|正午)(?: ?12[点點时])?", r"午夜|零点"),
}
"""Noon and midnight."""
_BEFORE: Final[dict[Language, tuple[str, str]]] = {
    "en": (r"\bat (?=T)", "on "),
    "de": (r"\b(?:um|gegen) (?=T)", "am "),
    "fr": (r"(?<!T )\b(?:à|vers) (?=T)", "le "),
    "es": (r"(?<!T )\b(?:a|sobre|hacia) (?:las? )?(?=T)|(?<!\w)las? (?=T)", ""),
    "ko": ("(?!)", ""),
    "zh": ("(?!)", ""),
}
"""Words before a time, and those before a day."""


_HOUR: Final = r"(?<![\d.:,])\d{1,2}"
_FIRST_OF_TWO: Final[dict[Language, tuple[str, str]]] = {
    "en": (rf"(?:(?<=from )|(?<=between )){_HOUR}(?= ?(?:and|to|-|–) ?\d{{1,2}} ?([ap])\.?m\b)", r"\g<0> \1m"),
    "de": (rf"{_HOUR}(?= ?(?:bis|und|oder|-|–) ?\d{{1,2}} ?uhr\b)", r"\g<0> Uhr"),
    "fr": (rf"{_HOUR}(?= ?(?:à|et|ou|-|–) ?\d{{1,2}} ?h)", r"\g<0> h"),
    "es": (rf"{_HOUR}(?= ?(?:a|y|o|-|–) ?(?:las )?\d{{1,2}} ?h)", r"\g<0> h"),
    "ko": (rf"{_HOUR}(?= ?[~–-] ?\d{{1,2}}시(?!간))", r"\g<0>시"),
    "zh": (rf"{_HOUR}(?= ?[到至~–-] ?\d{{1,2}}[点點时時](?!间))", r"\g<0>点"),
}
"""The first of two times, of which only the second is called so: "zwischen 8 und 10 Uhr"."""


def with_times(text: str, panels: Sequence[ChartPanel], language: Language, letter_of: Callable[[str], str]) -> str:
    """Return a question with a letter for each time of day that it names, where the places are moments.

    Parameters
    ----------
    text : str
        The question.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        The language of the question.
    letter_of : callable
        Returns a letter for a moment in ISO 8601; for a time that several of the days have, for the time alone, with
        which `with_days_of_times` goes on.
    """
    moments = sorted(_moments(panels))
    if all(moment.time() == time() for moment in moments):
        return text
    plain = re.sub(*_FIRST_OF_TWO[language], with_hours_in_figures(text, language), flags=re.IGNORECASE)
    if len({moment.date() for moment in moments}) == 1:
        plain = _with_bare_hours(plain, range(moments[0].hour, moments[-1].hour + 1), panels)
    for hour, words in zip((12, 0), _NOON[language], strict=True):
        plain = re.sub(_whole(words, language), f"{hour}:00", plain, flags=re.IGNORECASE)
    letters: list[str] = []

    def letter(said: re.Match[str]) -> str:
        at = _time_of(said.groupdict())
        if at is None:
            return said[0]
        letters.append(letter_of(_moment_at(at, moments)))
        return letters[-1]

    for words in _TIMES[language]:
        plain = re.sub(_whole(words, language), letter, plain, flags=re.IGNORECASE)
    if not letters:
        return text
    words, instead = _BEFORE[language]
    return re.sub(words.replace("T", f"[{''.join(letters)}]"), instead, plain, flags=re.IGNORECASE)


_TWO_HOURS: Final = (
    r"(?<!\w)(?P<before>between|from|zwischen|von|entre|de|desde) (?:las? )?(?P<low>\d{1,2})"
    r"(?P<and> (?:and|to|und|bis|et|à|y|a)) (?:las? )?(?P<high>\d{1,2})"
    r"(?:(?= ?(?:o['’]clock|uhr|h)\b)|(?![\w:]|[.,]\d))"
)


def _with_bare_hours(text: str, hours: range, panels: Sequence[ChartPanel]) -> str:
    """Return "between 8:00 and 10:00" for "between 8 and 10", where hours of one day and no values are such numbers."""
    values = [value for one in drawn_series(panels) for value in one.y]

    def said(found: re.Match[str]) -> str:
        low, high = int(found["low"]), int(found["high"])
        known = low in hours and high in hours and not min(values, default=0) <= high <= max(values, default=0)
        return f"{found['before']} {low}:00{found['and']} {high}:00" if known else found[0]

    return re.sub(_TWO_HOURS, said, text, flags=re.IGNORECASE)


def with_days_of_times(
    text: str, panels: Sequence[ChartPanel], place_of: Callable[[str], Place], letter_of: Callable[[str], str]
) -> str:
    """Return a question in which each time that several days have is that of the day beside it, or of every day.

    Parameters
    ----------
    text : str
        The question, with letters for times and days.
    panels : sequence of ChartPanel
        The panels that it is about.
    place_of, letter_of : callable
        Return the place of a letter, and a letter for a place.
    """
    moments = sorted(_moments(panels))

    def moment(both: re.Match[str]) -> str:
        ends = [str(place_of(both[1])), str(place_of(both[2]))]
        day, at = sorted(ends, key=len, reverse=True)
        whole = re.fullmatch(r"\d{4}-\d\d-\d\d", day) and re.fullmatch(r"\d\d:\d\d", at)
        return letter_of(f"{day}T{at}:00".removesuffix("T00:00:00")) if whole else both[0]

    def of_each_day(letter: re.Match[str]) -> str:
        at = str(place_of(letter[0]))
        if not re.fullmatch(r"\d\d:\d\d", at):
            return letter[0]
        same = [one for one in moments if one.time().isoformat("minutes") == at]
        return "".join(letter_of(_iso(one)) for one in same) or letter[0]

    text = re.sub(rf"({_NUMBER})(?:,? ?[^\W\d]{{0,5}}){{0,2}},? ?({_NUMBER})", moment, text) if moments else text
    return re.sub(_NUMBER, of_each_day, text) if moments else text


_NUMBER: Final = "[\uec00-\uefff]"
"""The letter of a number or a date."""


def _iso(moment: datetime) -> str:
    return moment.isoformat().removesuffix("T00:00:00")


def _moments(panels: Sequence[ChartPanel]) -> Iterator[datetime]:
    """Yield the dates and times along the axis; none where some of the places are no dates."""
    places = list(dict.fromkeys(place for panel in panels for one in drawn_series([panel]) for place in one.x))
    dates = [place for place in places if isinstance(place, str) and is_date(place) and len(place) >= _DAY]
    if len(dates) == len(places):
        yield from (datetime.fromisoformat(place).replace(tzinfo=None) for place in dates)


_DAY: Final = len("2024-05-13")


def _whole(words: str, language: Language) -> str:
    if language in ("ko", "zh"):
        return rf"(?<![\d.:]){words}"
    return rf"(?<![\w.,:])(?:{words})(?![\d:])"


def _time_of(said: dict[str, str | None]) -> time | None:
    """Return the time of a day that the parts of a clock's time are; None if there is none."""
    hour, minute = int(said["h"] or 0), int(said.get("m") or said.get("min") or 0)
    if said.get("half"):
        minute = 30
    if said.get("pm") and hour < 12:
        hour += 12
    if said.get("am") and hour == 12:
        hour = 0
    return time(hour % 24, minute) if hour <= 24 and minute < 60 else None


def _moment_at(at: time, moments: Sequence[datetime]) -> str:
    """Return the only moment of the span of an axis at a time of day; the time alone if there are several."""
    days = {(moment + timedelta(days=more)).date() for moment in (moments[0], moments[-1]) for more in (0, 1)}
    known = sorted(datetime.combine(day, at) for day in days | {moment.date() for moment in moments})
    within = [moment for moment in known if moments[0] <= moment <= moments[-1]]
    if len(within) > 1:
        return at.isoformat("minutes")
    return _iso((within or known)[0])
