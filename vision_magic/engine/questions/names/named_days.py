"""Names that have a day of a month, "Wed, 15 January" and "Jan 15", as a question says it: "on the 15th of January"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.usual_names import day_of, days_in
from vision_magic.engine.questions.numbers import month_of
from vision_magic.engine.questions.vocabulary.accents import without_accents
from vision_magic.engine.questions.vocabulary.words import MONTHS

__all__ = ["DAY_OF_MONTH", "undrawn_day", "with_named_days"]

DAY_OF_MONTH: Final[dict[Language, tuple[str, ...]]] = {
    "en": (r"M D(?:st|nd|rd|th)?", r"D(?:st|nd|rd|th)? (?:of )?M"),
    "de": (r"D\.? M",),
    "fr": (r"D(?:er)? M",),
    "es": (r"D de M",),
    "ko": (r"M ?D일",),
    "zh": (r"M ?D(?:日|号|號)?",),
}
"""A day of a month: D stands for its number, M for the name of the month."""

_Day = tuple[int, int, int]
"""A day, the number of its month, and its year, or 0."""
_DRAWN: Final = (
    re.compile(r"(?<![\d.])(?P<day>\d{1,2})(?:\.|st|nd|rd|th|er)? (?:of |de )?(?P<month>[^\W\d_]{3,})"),
    re.compile(r"(?<![^\W\d_])(?P<month>[^\W\d_]{3,})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\w.:])"),
    re.compile(r"(?<!\d)(?P<month>\d{1,2}[月월]) ?(?P<day>\d{1,2}) ?[日号號일]"),
)
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_WEEKDAY: Final[dict[Language, str]] = {
    "en": r",?(?: the)? ",
    "de": r",?(?: de[nm])? ",
    "fr": r",?(?: le)? ",
    "es": r",?(?: el| día)? ",
    "ko": r" ?",
    "zh": r" ?",
}
"""What stands between a day of the week and a date."""


def with_named_days(text: str, names: Sequence[str], language: Language) -> str:
    """Return a question with such names as they are drawn.

    Parameters
    ----------
    text : str
        The question.
    names : sequence of str
        The names of series and of categories.
    language : Language
        Its language.
    """
    drawn = _days_of(names)
    for found, day in reversed(list(_said(text, language))) if drawn else ():
        named = [name for name, own in drawn.items() if _is_same(day, own)]
        if len(named) == 1 and named[0].lower() not in text.lower():
            before = re.sub(
                rf"(?<!\w)(?:{_weekday(named[0], language)}){_WEEKDAY[language]}$", "", text[: found.start()]
            )
            text = f"{before}{named[0]}{text[found.end() :]}"
    return text


def undrawn_day(text: str, names: Sequence[str], language: Language) -> str:
    """Return a day in a question that none of the names has, where several have one; empty without any."""
    drawn = _days_of(names)
    said = _said(text, language) if drawn else ()
    return next((found[0] for found, day in said if not any(_is_same(day, own) for own in drawn.values())), "")


def _days_of(names: Sequence[str]) -> dict[str, _Day]:
    """Return the names that have a day of a month, with this, if there are several."""
    days = {name: day for name in dict.fromkeys(names) if (day := _day(name)) is not None}
    return days if len(days) > 1 else {}


def _day(name: str) -> _Day | None:
    for pattern in _DRAWN:
        for found in pattern.finditer(name):
            month, day = month_of(found["month"]), int(found["day"])
            if month and 1 <= day <= 31:
                year = _YEAR.search(name)
                return day, month, int(year[1]) if year else 0
    return None


def _is_same(said: _Day, drawn: _Day) -> bool:
    """Return whether two days are the same, as far as their years are known."""
    return said[:2] == drawn[:2] and (0 in (said[2], drawn[2]) or said[2] == drawn[2])


def _said(text: str, language: Language) -> Iterator[tuple[re.Match[str], _Day]]:
    """Yield the days of months in a question, in its order."""
    found = []
    for number, name in enumerate(MONTHS[language], 1):
        for words in DAY_OF_MONTH[language]:
            day = words.replace("M", _month(name, language)).replace("D", r"(?P<day>\d{1,2})")
            matches = re.finditer(_dated(day, language), text, re.IGNORECASE)
            found += [(one, (int(one["day"]), number, int(one["year"] or 0))) for one in matches]
    yield from sorted(found, key=lambda pair: pair[0].start())


def _month(name: str, language: Language) -> str:
    if language in ("ko", "zh"):
        return name
    short = name[: 4 if language == "fr" else 3]
    return rf"(?:{without_accents(name)}|{without_accents(short)}t?\.?)"


def _dated(day: str, language: Language) -> str:
    """Return a pattern of a day of a month with its year."""
    if language in ("ko", "zh"):
        return rf"(?<!\d)(?:(?P<year>(?:19|20)\d\d)[年년] ?)?(?<!\d){day}(?!\d)"
    return rf"(?<![\w.]){day}(?!\w|\.\d)(?:,? (?:de |del )?(?P<year>(?:19|20)\d\d)(?!\d))?"


def _weekday(name: str, language: Language) -> str:
    """Return the words of a language for the day of the week that a name has."""
    own = {day_of(word) for word in re.findall(r"[^\W\d_]{2,}", name)} - {-1}
    return "|".join(re.escape(word) for number, words in days_in(language) for word in words if number in own) or "(?!)"
