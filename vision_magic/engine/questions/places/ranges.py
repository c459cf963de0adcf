"""Ranges of numbers or dates in a question, "20-40 and 80-100": bins of a histogram, or groups of places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Place, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.numbers import format_place, is_date
from vision_magic.engine.questions.places.groups import Group

__all__ = ["range_of_name", "with_ranges", "words_of_range"]

_NAME: Final = re.compile(r"(?P<low>\d{1,4}) ?[-–—~] ?(?P<high>\d{1,4})(?P<unit>(?: ?[^\W\d][^\d]*)?)")
_TO: Final = r"(?:-(?= ))?(?: ?[-–—~至到] ?| (?:to|till|bis|à|al?) )"
_TO_DATE: Final = (
    r"(?:(?: ?[-–—~至到] ?|부터 ?|에서 ?)|"
    r" (?:to|till|until|through|bis(?: zu[mr]?)?|à|au|jusqu['’]au|al?|hasta(?: el)?) )"
)
_AND: Final = r"(?:and|und|et|y)"
_COUNTED: Final = (
    r"(?:days?|weeks?|months?|years?|hours?|minutes?|km|tag|woche|monat|jahr|jour|semaine|mois|día|semana|mes|año)"
)
"""What stands before the number of a place: "from day 1 to day 3"."""
_RANGE: Final = re.compile(
    rf"(?:(?:between|from|zwischen|von|entre|de|du|del|desde) (?:{_COUNTED} )?)?(?P<low>[\uec00-\uefff])"
    rf"(?:{_TO}| (?P<and>{_AND}) )(?:{_COUNTED} )?(?P<high>[\uec00-\uefff])",
    re.IGNORECASE,
)
_RANGE_OF_DATES: Final = re.compile(
    rf"(?:(?:between|from|zwischen|vo[nm]|entre(?: le| el)?|de|du|del|desde(?: el)?) |从)?"
    rf"(?P<low>[\uec00-\uefff])(?:{_TO_DATE}| (?P<and>{_AND})(?: le| el| dem)? )(?P<high>[\uec00-\uefff])"
    r"(?:까지| ?사이)?",
    re.IGNORECASE,
)
_OF_HOURS: Final = "[点點时時]钟?"
_FROM_KO: Final = " ?(?:부터|에서|와|과) ?"
_BETWEEN_EAST: Final = " ?사이|之间"
_OF_ENDS: Final = ("between", "zwischen", "entre")


def range_of_name(name: str) -> tuple[int, int] | None:
    """Return the ends of a name such as "20-29" or "20–29 years"; None for other names, such as "2-1"."""
    found = _NAME.fullmatch(name.strip())
    low, high = (int(found["low"]), int(found["high"])) if found is not None else (0, 0)
    return (low, high) if low < high else None


def words_of_range(name: str) -> str:
    """Return a pattern of what a question may call a range of a name: "60- bis 69", "60 to 69"; or nothing."""
    found = _NAME.fullmatch(name.strip())
    if found is None or range_of_name(name) is None:
        return ""
    said = found["unit"].strip()
    unit = rf"(?: ?{_OF_HOURS if re.fullmatch(_OF_HOURS, said) else re.escape(said)})?" if said else ""
    low, high = f"{found['low']}{unit}", f"{found['high']}{unit}"
    ends = rf"(?:{low}(?:{_TO}|{_FROM_KO}){high}|(?:between|zwischen|entre) {low} {_AND} {high})"
    return rf"{ends}(?:까지|{_BETWEEN_EAST})?['’]?s?(?![A-Za-zÀ-ɏ0-9]|[.,]\d)"


def with_ranges(
    text: str,
    panels: Sequence[ChartPanel],
    language: Language,
    number: Callable[[str], Place],
    known: Callable[[Place], str],
) -> tuple[str, tuple[Group, ...]]:
    """Return a question with the bins that its ranges are, or without several ranges that are groups of places.

    Parameters
    ----------
    text : str
        The question, in which numbers are letters.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        The language of the question.
    number : callable
        The number of a letter.
    known : callable
        A new letter for a place.
    """
    drawn = drawn_series(panels)
    if len({one.x for one in drawn}) != 1:
        return text, ()
    dated = all(isinstance(place, str) and is_date(place) for place in drawn[0].x)
    said = (_RANGE_OF_DATES if dated else _RANGE).finditer(text)
    found = [match for match in said if not match["and"] or match[0].lower().startswith(_OF_ENDS)]
    if len(found) < 2:
        return text, ()
    ends = [(number(match["low"]), number(match["high"])) for match in found]
    chosen = [_places_in(drawn[0], low, high) for low, high in ends]
    if not all(chosen):
        return text, ()
    bins = drawn[0].kind == "histogram" and all(len(places) == 1 for places in chosen)
    for match, places in reversed(list(zip(found, chosen, strict=True))):
        text = f"{text[: match.start()]}{known(places[0]) if bins else ' '}{text[match.end() :]}"
    if bins:
        return text, ()
    names = (
        f"{low:g}–{high:g}"
        if isinstance(low, float) and isinstance(high, float)
        else " – ".join(format_place(end, panels[0].x, language) for end in (low, high))
        for low, high in ends
    )
    return text, tuple(Group(name, places) for name, places in zip(names, chosen, strict=True))


def _places_in(series: Series, low: Place, high: Place) -> tuple[Place, ...]:
    """Return the places of a series from a number or a date to another; of a histogram, the bins with these edges."""
    if isinstance(low, str) and isinstance(high, str) and all(len(str(place)) == len(low) for place in series.x):
        return tuple(place for place in series.x if low <= str(place) <= high)
    if isinstance(low, str) or isinstance(high, str) or any(isinstance(place, str) for place in series.x):
        return ()
    if series.kind != "histogram":
        return tuple(place for place in series.x if low <= float(place) <= high)
    left, right = _edges_of(series)
    if low not in left or high not in right:
        return ()
    return tuple(place for place, a, b in zip(series.x, left, right, strict=False) if low <= a and b <= high)


def _edges_of(series: Series) -> tuple[Sequence[float], Sequence[float]]:
    """Return the left and the right edges of the bins of a histogram, of which the places may be the left ones."""
    numbers = [float(place) for place in series.x]
    return series.extra.get("left") or numbers, series.extra.get("right") or numbers[1:]
