"""Groups of places that a question names in one word: seasons, weekends, halves of a year, decades, the last three."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from vision_magic.engine.chart.data import FLAT, ChartPanel, Place
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.names.usual_names import day_of
from vision_magic.engine.questions.numbers import month_of, period_of
from vision_magic.engine.questions.places.first_and_last import places_at_end

__all__ = ["Group", "axis_at_end", "groups_in", "have_order", "in_months", "month_in_year", "months_of", "weekday_of"]


@dataclass(frozen=True, slots=True)
class Group:
    """The places of a group, and what a question calls it."""

    name: str
    places: tuple[Place, ...]


_SEASONS: Final[dict[str, tuple[int, ...]]] = {
    "spring": (3, 4, 5),
    "summer": (6, 7, 8),
    "autumn": (9, 10, 11),
    "fall": (9, 10, 11),
}
_QUARTERS: Final = ("first|1st", "second|2nd", "third|3rd", "fourth|last|final|4th")
_NUMBERS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER: Final = rf"\d{{1,2}}|{'|'.join(_NUMBERS)}"
_ORDERED: Final = (
    r"months?|years?|days?|weeks?|quarters?|values?|points?|bars?|readings?|measurements?|hours?|minutes?|seconds?|"
    r"semesters?|seasons?|decades?|kilomet(?:er|re)s?|km|met(?:er|re)s?|m|miles?"
)
_START: Final = r"(?:(?:in|on|at|over|during|for|of|across|throughout|within) )?(?:the )?"


def groups_in(text: str, panels: Sequence[ChartPanel]) -> tuple[str, tuple[Group, ...]]:
    """Return an English question with a space in the place of the groups that it names, and the groups, in its order.

    A group of which the charts have no places stays in the text: nothing is known of it.
    """
    places = list(dict.fromkeys(place for panel in panels for series in panel.series for place in series.x))
    found: list[tuple[int, Group]] = []
    for words, holds in _named(text, places):
        match = re.search(rf"(?<!\w){_START}(?P<name>{words})(?!\w)", text, re.IGNORECASE)
        chosen = tuple(place for place in places if holds(place)) if match is not None else ()
        if match is not None and len(chosen) > 0:
            found.append((match.start(), Group(match["name"], chosen)))
            text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    for match in re.finditer(_ENDS, text, re.IGNORECASE):
        number = _NUMBERS.index(match["n"].lower()) + 1 if match["n"].lower() in _NUMBERS else int(match["n"])
        first = match["end"].lower() == "first"
        chosen = axis_at_end(places, panels, number, match["noun"], first=first)
        if chosen:
            found.append((match.start(), Group(match["name"].lower(), chosen)))
            text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    return " ".join(text.split()), tuple(group for _, group in sorted(found, key=lambda pair: pair[0]))


_ENDS: Final = rf"(?<!\w){_START}(?P<name>(?P<end>first|last|past|final) (?P<n>{_NUMBER}) (?P<noun>{_ORDERED}))(?!\w)"


def _named(text: str, places: Sequence[Place]) -> Iterator[tuple[str, Callable[[Place], bool]]]:
    """Yield the words of each kind of group, and whether a place belongs to it."""
    lowered = text.lower()
    for match in re.finditer(r"(first|second|last|1st|2nd) half of (\w+)", lowered):
        if number := month_of(match[2]):
            yield re.escape(match[0]), _in_half_of_month(number, first=match[1] in ("first", "1st"))
    for number, ordinal in enumerate(("first|1st", "second|2nd", "third|3rd", "fourth|4th")):
        yield rf"(?:{ordinal}) week", _in_days(places, 7 * number, 7 * number + 7)
    yield r"last week(?! of)", _in_days(places, -7, 0)
    yield r"(?:first|1st) half(?: of (?:the |this )?year)?", in_months(range(1, 7))
    yield r"(?:second|last|2nd) half(?: of (?:the |this )?year)?", in_months(range(7, 13))
    for number, ordinal in enumerate(_QUARTERS):
        short = f"q{number + 1}"
        yield (
            rf"(?:{short}|(?:{ordinal}) quarter)(?: of (?:the )?year)?",
            in_months(range(3 * number + 1, 3 * number + 4)),
        )
    for season, months in _SEASONS.items():
        if season != "fall" or re.search(r"\b(?:in|during|for|over|this) (?:the )?fall\b|\bfall months", lowered):
            yield rf"{season}(?:time| months| season)?", in_months(months)
    yield r"winter(?:time| months| season)?", in_months((12, 1, 2))
    if period_of(places) == "month":  # "mar." is a Tuesday too
        yield from _decades(lowered)
        return
    yield r"week-?ends?(?: days?)?", lambda place: weekday_of(place) in (5, 6)
    yield (
        r"(?:(?<!which )(?<!what )(?<!each )(?<!every )week-?days?|working days?|work days?|workweek|working week)",
        lambda place: 0 <= weekday_of(place) <= 4,
    )
    yield from _decades(lowered)


def _decades(lowered: str) -> Iterator[tuple[str, Callable[[Place], bool]]]:
    for match in re.finditer(
        r"\b(?:(\d{2})?(\d)0['’]?s|(twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies)\b", lowered
    ):
        yield re.escape(match[0]), _in_decade(match)


def axis_at_end(
    places: Sequence[Place], panels: Sequence[ChartPanel], number: int, noun: str, *, first: bool
) -> tuple[Place, ...]:
    """Return the first or last places of charts with an order; nothing if these are all, or none.

    Parameters
    ----------
    places : sequence of Place
        All places of the charts.
    panels : sequence of ChartPanel
        The panels, of which the first has the axis.
    number : int
        How many of what the noun says.
    noun : str
        What is counted, such as "weeks".
    first : bool
        Whether they are the first, and not the last.
    """
    if number < 2 or not places or not have_order(places):
        return ()
    flat = any(one.kind in FLAT for one in panels[0].series)
    chosen = places_at_end(places, panels[0].y if flat else panels[0].x, number, noun, first=first)
    return chosen if len(chosen) < len(places) else ()


def have_order(places: Sequence[Place]) -> bool:
    """Return whether places come one after the other: numbers, dates, months, days."""
    return all(
        not isinstance(place, str)
        or month_in_year(place)
        or months_of(place)
        or weekday_of(place) >= 0
        or place[:1].isdigit()
        or place[-1:].isdigit()
        for place in places
    )


def _date(place: Place) -> date | None:
    found = re.match(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?:$|T)", place) if isinstance(place, str) else None
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1)) if found else None
    except ValueError:
        return None


def month_in_year(place: Place) -> int:
    """Return the number of the month of a place; 0 if it has none."""
    day = _date(place)
    return day.month if day is not None else month_of(place) if isinstance(place, str) else 0


def weekday_of(place: Place) -> int:
    """Return the day of the week, 0 for Monday; -1 if a place has none."""
    day = _date(place) if isinstance(place, str) and len(place) >= 10 else None
    return day.weekday() if day is not None else day_of(place) if isinstance(place, str) else -1


def _in_days(places: Sequence[Place], first: int, last: int) -> Callable[[Place], bool]:
    """Return whether a place is one of some days in a row, counted from the first, or from the end."""
    days = sorted(day for place in places if (day := _date(place)) is not None and len(str(place)) >= 10)
    if not days or (days[-1] - days[0]).days > 62 or len(days) < 7:
        return lambda place: False
    start = days[0] if first >= 0 else days[-1] + timedelta(days=1)

    def holds(place: Place) -> bool:
        day = _date(place)
        return day is not None and first <= (day - start).days < last

    return holds


def in_months(months: Sequence[int]) -> Callable[[Place], bool]:
    """Return whether a place is one of some months, or a part of a year, such as "Apr–Jun", most of which they are."""

    def holds(place: Place) -> bool:
        own = (month_in_year(place),) if month_in_year(place) else months_of(place)
        return 2 * sum(month in months for month in own) > len(own)

    return holds


_FROM_TO: Final = re.compile(
    r"([^\W\d_]{3,}\.?|\d{1,2}[월月]) ?(?:[-–—~/至到]|to|bis|à|a) ?([^\W\d_]{3,}\.?|\d{1,2}[월月])"
)
_QUARTER: Final = re.compile(
    r"[QT]([1-4])|([1-4])\. ?(?:Quartal|Q)|([1-4])분기|([1-4])(?:st|nd|rd|th) quarter|([1-4])e?r? trim\w*",
    re.IGNORECASE,
)


def months_of(place: Place) -> tuple[int, ...]:
    """Return the months of a part of a year: of "Apr–Jun", or of "Q2"."""
    text = place.strip() if isinstance(place, str) else ""
    quarter, ends = _QUARTER.fullmatch(text), _FROM_TO.fullmatch(text)
    if quarter is not None:
        first = 3 * int(next(filter(None, quarter.groups()))) - 2
        return (first, first + 1, first + 2)
    first, last = (month_of(ends[1]), month_of(ends[2])) if ends is not None else (0, 0)
    if not first or not last:
        return ()
    return tuple((first - 1 + number) % 12 + 1 for number in range((last - first) % 12 + 1))


def _in_half_of_month(number: int, *, first: bool) -> Callable[[Place], bool]:
    def holds(place: Place) -> bool:
        day = _date(place)
        return day is not None and day.month == number and (day.day <= 15) == first

    return holds


def _in_decade(match: re.Match[str]) -> Callable[[Place], bool]:
    tens = ("", "", "twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet")
    ten = tens.index(match[3]) if match[3] else int(match[2])

    def holds(place: Place) -> bool:
        year = re.match(r"\d{4}(?!\d)", place if isinstance(place, str) else f"{place:.0f}")
        if year is None or not 1800 <= int(year[0]) <= 2100:
            return False
        return year[0][2] == str(ten) and (not match[1] or year[0][:2] == match[1])

    return holds
