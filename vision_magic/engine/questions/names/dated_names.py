"""Names that are months or quarters of a year, "nov. 22" and "Q3/23", as a question writes them: "novembre 2022"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.numbers import month_of
from vision_magic.engine.questions.vocabulary.accents import without_accents
from vision_magic.engine.questions.vocabulary.words import MONTHS

__all__ = ["with_dated_names"]

_MONTH: Final = re.compile(r"(?P<month>[^\W\d_]{3,})\.?[ ’'/-]{1,2}(?P<year>(?:19|20)?\d\d)")
_QUARTER: Final = re.compile(
    r"[QT](?P<a>[1-4])[ /-]?(?:’|')?(?P<b>(?:19|20)?\d\d)|(?P<c>(?:19|20)?\d\d)[ /-]?[QT](?P<d>[1-4])"
)
_ORDINALS: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("first|1st", "second|2nd", "third|3rd", "fourth|4th|last"),
    "de": ("erste[nmrs]?|1\\.", "zweite[nmrs]?|2\\.", "dritte[nmrs]?|3\\.", "vierte[nmrs]?|4\\."),
    "fr": ("premier|1er", "deuxième|second|2e", "troisième|3e", "quatrième|4e"),
    "es": ("primer", "segundo", "tercer", "cuarto"),
}
_NOUN: Final = r"(?:quarters?|quartals?|trimestre)"
_OF: Final = r"(?:,? (?:of |de |del |des jahres |in |von )?)"


def with_dated_names(text: str, names: Iterable[str], language: Language) -> str:
    """Return a question with such names as they are drawn.

    Parameters
    ----------
    text : str
        The question.
    names : iterable of str
        The names of series and of categories.
    language : Language
        Its language.
    """
    for name in dict.fromkeys(names):
        found = _dated(name)
        if found is None or name.lower() in text.lower():
            continue
        kind, number, year = found
        said = _month(number, language) if kind == "month" else _quarter(number, language)
        years = rf"(?:['’]?{year % 100:02}|{year})"
        before = rf"(?<!\w){said}{_OF}{years}(?![\d%€])"
        after = rf"(?<!\d){year}(?:년|年)? ?{said}" if language in ("ko", "zh") else "(?!)"
        text = re.sub(rf"{before}|{after}", name, text, flags=re.IGNORECASE)
    return text


def _dated(name: str) -> tuple[Literal["month", "quarter"], int, int] | None:
    """Return whether a name is a month or a quarter, its number, and the year; None for other names."""
    month = _MONTH.fullmatch(name.strip())
    if month is not None and month_of(month["month"]):
        return "month", month_of(month["month"]), _whole(month["year"])
    quarter = _QUARTER.fullmatch(name.strip())
    if quarter is None:
        return None
    return "quarter", int(quarter["a"] or quarter["d"]), _whole(quarter["b"] or quarter["c"])


def _whole(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _month(number: int, language: Language) -> str:
    name = MONTHS[language][number - 1]
    if language in ("ko", "zh"):
        return name
    short = name[:4] if language == "fr" else name[:3]
    return rf"(?:{without_accents(name)}|{without_accents(short)}t?\.?)"


def _quarter(number: int, language: Language) -> str:
    if language in ("ko", "zh"):
        return rf"(?:第?{number}(?:분기|季度)|[QT]{number})"
    return rf"(?:[QT]{number}|(?:{_ORDINALS[language][number - 1]}) {_NOUN}|{number}e?r?\.? {_NOUN})"
