"""Names with numbers that a question says in another form: "at 8" for "08:00", "2 and 4 mg/L", "on the 4th"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language

__all__ = ["are_in_order", "hour_of", "with_names_of_numbers"]

_CLOCK: Final[dict[Language, str]] = {
    "en": r"(?:\bat (?=\d)|\b(?=\d{1,2}(?::00)? ?[ap]m\b))"
    r"(?P<hour>\d{1,2})(?::00)?(?: ?(?P<half>am|pm)| ?(?:h|o['’]?clock))?(?![\w:.])",
    "de": r"(?:\bum (?=\d)|(?<![\w:.,-])(?=\d{1,2}(?::00)? ?uhr))"
    r"(?P<hour>\d{1,2})(?::00)?(?: ?uhr| ?h)?(?P<half>)(?![\w:.,])",
    "fr": r"(?:\bà (?=\d)|(?<![\w:.,-])(?=\d{1,2} ?h(?!\w)))"
    r"(?P<hour>\d{1,2})(?::00| ?h(?:eures?)?)(?P<half>)(?![\w:.,])",
    "es": r"\ba las (?P<hour>\d{1,2})(?::00| ?h(?:oras?)?)?(?P<half>)(?![\w:.,])",
    "ko": r"(?<![\d:])(?P<hour>\d{1,2}) ?시(?P<half>)(?!간)",
    "zh": r"(?<![\d:])(?P<hour>\d{1,2}) ?[点點时](?P<half>)(?![间間])",
}
_NAMED_HOUR: Final = re.compile(
    r"(?P<hour>\d{1,2})(?::[0-5]\d|(?::[0-5]\d)? ?(?:(?P<half>am|pm)|h|uhr|시|点|點|时))", re.IGNORECASE
)
_MINUTES: Final = re.compile(r":0[1-9]|:[1-5]\d")
_TWELVE: Final[dict[Language, tuple[str, str]]] = {
    "en": (r"\b(?:12 )?noon\b|\bmidday\b", r"\bmidnight\b"),
    "de": (r"\bmittags?\b|\b12 uhr mittags\b", r"\bmitternachts?\b"),
    "fr": (r"\bmidi\b", r"\bminuit\b"),
    "es": (r"\b(?:al )?mediodía\b", r"\b(?:la )?medianoche\b"),
    "ko": ("(?:정오|낮) ?12시|정오", "자정(?: ?0시)?"),
    "zh": ("(?:正午|中午) ?(?:12|十二)[点點时]|正午|中午", "(?:午夜|半夜) ?(?:0|12|零|十二)[点點时]|午夜|零点"),
}
"""Noon and midnight."""
_DAY: Final = re.compile(r"\bon the (\d{1,2})(?:st|nd|rd|th)\b(?! \w+ (?:place|rank))", re.IGNORECASE)
_OF_DAYS: Final = re.compile(r"\bday\b|\bdate\b", re.IGNORECASE)
_AND: Final = (
    r"(?<![\d.,–-])(?P<a>\d+(?:[.,]\d+)?) (?P<and>and|or|vs\.?|versus|und|oder|gegen|et|ou|y|o) "
    r"(?P<b>\d+(?:[.,]\d+)?)(?![–-]\d)"
)


def with_names_of_numbers(text: str, names: Iterable[str], panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question with such names as they are drawn.

    Parameters
    ----------
    text : str
        The question.
    names : iterable of str
        The names of series and of categories.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        Its language.
    """
    known = [name for name in names if name]
    hours = {hour: name for name in known if not _MINUTES.search(name) and (hour := hour_of(name)) is not None}
    if hours:
        for words, number in zip(_TWELVE[language], (12, 0), strict=True):
            text = re.sub(words, hours[number], text, flags=re.IGNORECASE) if number in hours else text
        text = re.sub(_CLOCK[language], lambda said: _hour(said, hours), text, flags=re.IGNORECASE)
    text = _with_times(text, known, hours)
    text = _with_measured(_with_numbered(text, known, panels), known, panels)
    text = re.sub(_AND, lambda said: _with_unit(said, text, known), text, flags=re.IGNORECASE)
    if any(_OF_DAYS.search(panel.x.label) and panel.x.scale == "linear" for panel in panels):
        text = _DAY.sub(r"at \1", text)
    return text


def _with_times(text: str, names: Sequence[str], hours: dict[int, str]) -> str:
    """Return "09:30" for "9:30", and "10:00" for the other end of "between 9:30 and 10", where these are names."""
    times = {(int(found[1]), found[2]): name for name in names if (found := re.fullmatch(r"(\d{1,2}):(\d\d)", name))}
    if not times:
        return text
    said = re.compile(r"(?<![\d:])(\d{1,2}):(\d\d)(?![\d:])")
    text = said.sub(lambda found: times.get((int(found[1]), found[2]), found[0]), text)
    other = re.compile(
        r"(?P<before>\d\d:\d\d(?: ?Uhr| ?h)? (?:and|to|until|und|bis|et|à|y|a) )"
        r"(?P<hour>\d{1,2})(?![\d:.,]\d|\d)",
        re.IGNORECASE,
    )
    return other.sub(lambda found: f"{found['before']}{hours.get(int(found['hour']), found['hour'])}", text)


_LIMITS: Final = ("than", "above", "over", "below", "under", "als", "über", "unter", "que", "de", "à", "a")
_NO_LIMIT: Final = "".join(rf"(?<!{word} )" for word in _LIMITS)
"""Words before a number that is an amount."""


def _with_numbered(text: str, names: Sequence[str], panels: Sequence[ChartPanel]) -> str:
    """Return "Room 204" for "204", where this is the number of one name of several that have one."""
    numbered = {found[1]: name for name in names if (found := re.fullmatch(r"[^\W\d_]+ (\d{3,4})", name))}
    if len(numbered) < 2:
        return text
    for number, name in numbered.items():
        if name.lower() not in text.lower():
            said = rf"(?<![\w.,])(?:room |raum |salle |sala |aula )?{number}(?:教室|号|호)?"
            unit = "|".join(re.escape(axis.unit) for panel in panels for axis in (panel.x, panel.y) if axis.unit)
            text = re.sub(
                rf"{_NO_LIMIT}{said}(?![\d.,]\d|\d| ?(?:{unit or '%'}))", name, text, count=1, flags=re.IGNORECASE
            )
    return text


_LENGTH: Final = re.compile(r"(?<![\w.,])(?P<number>\d+(?:[.,]\d+)?) ?(?P<unit>[cmk]?m)(?![\w²³/^])")
_LENGTHS: Final[dict[str, str]] = {
    "mm": r"(?:mm|millim(?:et(?:re|er)s?|etern?|ètres?)|milímetros?)(?!\w)|밀리미터|毫米",
    "cm": r"(?:cm|centimet(?:re|er)s?|zentimetern?|centimètres?|centímetros?)(?!\w)|센티미터|센티|厘米",
    "m": r"(?:m|met(?:re|er)s?|metern?|mètres?|metros?)(?![\w²³])|미터|米",
    "km": r"(?:km|kilomet(?:re|er)s?|kilometern?|kilomètres?|kilómetros?)(?!\w)|킬로미터|公里",
}
"""Units of length, as they are drawn and as they are said."""


def _with_measured(text: str, names: Sequence[str], panels: Sequence[ChartPanel]) -> str:
    """Return "1 m depth" for "1 m" and for "a depth of 1 m", where one name has this length, and no axis its unit."""
    found = [(name, match["number"], match["unit"]) for name in set(names) if (match := _LENGTH.search(name))]
    axes = {axis.unit for panel in panels for axis in (panel.x, panel.y, panel.right) if axis is not None}
    for name, number, unit in found:
        alone = sum((number, unit) == (other, of) for _, other, of in found) == 1
        if not alone or unit in axes or name.lower() in text.lower():
            continue
        other = "|".join(re.escape(word) for word in re.findall(r"[^\W\d_]{2,}", _LENGTH.sub(" ", name))) or "(?!)"
        before = rf"(?:(?:\b(?:an?|the|einer|der|une|la|una) )?(?:{other})(?: (?:of|von|de))? ?)?"
        said = rf"{before}(?<![\d.,]){re.escape(number)} ?(?:{_LENGTHS[unit]})(?: ?(?:{other}))?"
        text = re.sub(said, lambda _, drawn=name: drawn, text, count=1, flags=re.IGNORECASE)  # type: ignore[misc]
    return text


def hour_of(name: str) -> int | None:
    """Return the hour of a name such as "08:30", "2 pm" or "9시"; None for another name."""
    found = _NAMED_HOUR.fullmatch(name.strip())
    return _number(found) if found is not None else None


_HAN: Final = "一二三四五六七八九十"
_NUMBERED: Final = re.compile(rf"(?P<before>\D*?)(?P<number>\d+|[{_HAN}])(?P<after>\D*)")


def are_in_order(names: Sequence[str]) -> bool:
    """Return whether names are times of a day, or are numbered one after the other: "Week 1", "二年级"."""
    if len(names) < 2:
        return False
    if None not in map(hour_of, names):
        return True
    found = [_NUMBERED.fullmatch(name) for name in names]
    known = [one for one in found if one is not None]
    if len(known) < len(found) or len({(one["before"], one["after"]) for one in known}) > 1:
        return False
    numbers = [int(one["number"]) if one["number"].isdigit() else _HAN.index(one["number"]) + 1 for one in known]
    return all(a < b for a, b in pairwise(numbers))


def _number(said: re.Match[str]) -> int:
    """Return the hour of a clock of 24 hours."""
    number = int(said["hour"])
    return number % 12 + 12 * (said["half"].lower() == "pm") if said["half"] else number


def _hour(said: re.Match[str], hours: dict[int, str]) -> str:
    """Return the name of an hour in its place, or the words as they are."""
    number = _number(said)
    return f"{said[0][: said.start('hour') - said.start()]}{hours[number]}" if number in hours else said[0]


def _with_unit(said: re.Match[str], text: str, names: Sequence[str]) -> str:
    """Return "2 mg/L and 4" for "2 and 4" before a unit, where both are names of it."""
    rest = text[said.end() :]
    units = (name[len(said["b"]) :] for name in names if name.startswith(said["b"]))
    unit = next((unit for unit in units if unit.strip() and rest.lower().startswith(unit.lower())), "")
    both = unit and f"{said['a']}{unit}" in names
    return f"{said['a']}{unit} {said['and']} {said['b']}" if both else said[0]
