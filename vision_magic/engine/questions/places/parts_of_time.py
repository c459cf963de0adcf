"""Places that are parts of a year or of a day, such as "Apr–Jun" and "0–6 h", by the times that a question names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Place, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.names_of_numbers import hour_of
from vision_magic.engine.questions.places.groups import Group

__all__ = ["hours_in", "hours_not_drawn", "span_of_day"]

_HOUR: Final = r"(\d{1,2})(?:[:.]00)? ?(?:h|uhr|시|点|點|时|時)?"
_FROM_TO: Final = re.compile(rf"{_HOUR} ?(?:[-–—~至到]|to|bis|à|a) ?{_HOUR}", re.IGNORECASE)
_OF_HOURS: Final = re.compile(
    r"\d ?h\b|\d:00|uhr|\d ?[시点點时時]|\btimes?\b|\bhours?\b|zeit|stunde|heure|\bhoras?\b|시간|시각|时间|时段|小时",
    re.IGNORECASE,
)
"""Names of columns, or their label, that say that they are hours, and not ages."""


def _hours_of(place: Place) -> range | None:
    """Return the hours of a day that a name such as "18–24 h" or "9 am" has; None for other names."""
    hour = hour_of(place) if isinstance(place, str) else None
    if hour is not None:
        return range(hour, hour + 1)
    found = _FROM_TO.fullmatch(place.strip()) if isinstance(place, str) else None
    if found is None:
        return None
    first, last = int(found[1]), int(found[2]) or 24
    return range(first, last) if first < last <= 24 else None


_CLOCK: Final[dict[Language, dict[str, int]]] = {
    "en": {"midnight": 0, "noon": 12, "midday": 12, "six": 6, "twelve": 12, "eighteen": 18},
    "de": {"mitternacht": 0, "mittag": 12, "sechs": 6, "zwölf": 12, "achtzehn": 18},
    "fr": {"minuit": 0, "midi": 12, "six heures": 6},
    "es": {"medianoche": 0, "mediodía": 12, "seis": 6},
    "ko": {"자정": 0, "정오": 12, "여섯 시": 6},
    "zh": {"午夜": 0, "零点": 0, "正午": 12, "中午": 12, "六点": 6},
}
_SPANS: Final[dict[Language, tuple[str, ...]]] = {
    "en": (
        r"(?:from |between )?(?P<from>H) ?(?:to|until|till|and|through|-|–) ?(?P<to>H)",
        r"(?:after|since|from) (?P<from>H)(?: on(?:wards?)?)?",
        r"(?:before|until|till|by) (?P<to>H)",
    ),
    "de": (
        r"(?:von |zwischen )?(?P<from>H) ?(?:bis|und|-|–) ?(?P<to>H)",
        r"(?:nach|ab|seit) (?P<from>H)",
        r"(?:vor|bis) (?P<to>H)",
    ),
    "fr": (
        r"(?:de |entre )(?P<from>H) (?:à|et) (?P<to>H)",
        r"(?:après|à partir de|dès) (?P<from>H)",
        r"(?:avant|jusqu['’]à) (?P<to>H)",
    ),
    "es": (
        r"(?:de |entre )(?:las? )?(?P<from>H) (?:a|y) (?:las? )?(?P<to>H)",
        r"(?:después de|a partir de|desde) (?:las? )?(?P<from>H)",
        r"(?:antes de|hasta) (?:las? )?(?P<to>H)",
    ),
    "ko": (
        r"(?P<from>H) ?(?:부터|에서|~|-|–) ?(?P<to>H)(?: ?까지)?(?: ?사이)?",
        r"(?P<from>H) ?(?:이후|부터|넘어서|지나서)",
        r"(?P<to>H) ?(?:이전|전|까지)",
    ),
    "zh": (
        r"(?:从)?(?P<from>H) ?(?:到|至|-|–) ?(?P<to>H)",
        r"(?P<from>H) ?(?:以后|之后|后)",
        r"(?P<to>H) ?(?:以前|之前|前)",
    ),
}
_PARTS: Final[dict[Language, tuple[tuple[str, range], ...]]] = {
    "en": (
        (r"(?:at night|(?:(?:in|during) the )?nights?)", range(-2, 6)),
        (r"(?:in the |during the )?mornings?", range(6, 12)),
        (r"(?:in the |during the )?afternoons?", range(12, 18)),
        (r"(?:in the |during the )?evenings?", range(18, 23)),
    ),
    "de": (
        (r"nachts|(?:in der )?nacht", range(-2, 6)),
        (r"(?:vor)?morgens|vormittags?|am (?:vormittag|morgen)", range(6, 12)),
        (r"nachmittags?|am nachmittag", range(12, 18)),
        (r"abends|(?:am )?abend", range(18, 23)),
    ),
    "fr": (
        (r"(?:(?:de|la|pendant la) )?nuit|nocturnes?", range(-2, 6)),
        (r"(?:(?:le|du) )?matin|matinée", range(6, 12)),
        (r"(?:(?:de )?l['’])?après-midi", range(12, 18)),
        (r"(?:(?:le|du) )?soir|soirée", range(18, 23)),
    ),
    "es": (
        (r"(?:de |la |por la )?madrugada", range(6)),
        (r"(?:de la |por la )mañana", range(6, 12)),
        (r"(?:de la |por la )tarde", range(12, 20)),
        (r"(?:de la |por la )noche", range(20, 24)),
    ),
    "ko": (
        (r"새벽|심야|한밤", range(-2, 6)),
        (r"아침|오전", range(6, 12)),
        (r"오후", range(12, 18)),
        (r"저녁", range(18, 23)),
    ),
    "zh": (
        (r"夜里|半夜|深夜|凌晨", range(-2, 6)),
        (r"早上|早晨|上午", range(6, 12)),
        (r"下午", range(12, 18)),
        (r"晚上|傍晚", range(18, 24)),
    ),
}
_AFTER: Final[dict[Language, str]] = {"ko": "(?:에는|에|의)?", "zh": "的?"}


def hours_in(text: str, panels: Sequence[ChartPanel], language: Language) -> tuple[str, tuple[Group, ...]]:
    """Return a question without the hours and parts of the day that it names, and the places of a day that these are.

    Hours that are not exactly some of the places, and parts of the day that are none of them, stay in the text.
    """
    hours = _hours_along(panels)
    if not hours:
        return _with_parts(text, _hours_of_numbers(panels), language)
    if any(str(place).lower() in text.lower() for place in hours):
        return text, ()
    found: dict[tuple[Place, ...], str] = {}
    for words, chosen in _named(text, hours, language):
        found.setdefault(chosen, words)
        text = text.replace(words, " ", 1)
    for whole in [one for one in found if any(set(part) < set(one) for part in found)]:
        del found[whole]  # "in the morning, 7 to 9"
    return " ".join(text.split()), tuple(Group(name.strip(), chosen) for chosen, name in found.items())


def hours_not_drawn(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return the words of a question for hours before the first, or after the last, that is drawn; empty without any.

    The last of the hours of a day, "18–20 h", ends where "after 8 pm" begins.
    """
    drawn = span_of_day(panels)
    if not drawn or re.search(r":(?!00)\d\d", text) is not None:
        return ""  # times in minutes are no hours
    start, end = drawn.start, drawn.stop
    for match in _spans_in(text, language):
        first, last = (_hour(match.groupdict().get(side), language) for side in ("from", "to"))
        if (first is not None and first >= end) or (last is not None and first is None and last <= start):
            return match[0].strip()
    return ""


def span_of_day(panels: Sequence[ChartPanel]) -> range:
    """Return the hours from the first to the last part of a day that is drawn along the axis, or as series."""
    named = [_hours_of(one.name) for panel in panels for one in panel.series]
    spans = list(_hours_along(panels).values()) or [span for span in named if span is not None]
    if len(spans) < 2 or (None in named and any(span in named for span in spans)):
        return range(0)
    return range(min(span.start for span in spans), max(span.stop for span in spans))


def _hours_along(panels: Sequence[ChartPanel]) -> dict[Place, range]:
    """Return the hours of each place where all places are parts of a day; nothing otherwise."""
    places = list(dict.fromkeys(place for panel in panels for one in panel.series for place in one.x))
    hours = {place: span for place in places if (span := _hours_of(place)) is not None}
    said = " ".join((*map(str, places), *(panel.x.label for panel in panels)))
    alone = len(hours) < 2 or len(hours) < len(places)
    return {} if alone or _OF_HOURS.search(said) is None else hours


def _named(text: str, hours: dict[Place, range], language: Language) -> Iterator[tuple[str, tuple[Place, ...]]]:
    """Yield the words for hours and parts of the day in a question, and their places."""
    for match in _spans_in(text, language):
        first, last = (_hour(match.groupdict().get(end), language) for end in ("from", "to"))
        start, end = min(span.start for span in hours.values()), max(span.stop for span in hours.values())
        asked = range(start if first is None else first, end if last is None else last or 24)
        if not asked:
            return  # after the last hour that is drawn, which no part of the day makes good
        chosen = tuple(place for place, span in hours.items() if set(span) <= set(asked))
        if sum(len(hours[place]) for place in chosen) == len(asked):
            yield match[0], chosen
            text = text.replace(match[0], " ", 1)
    yield from _parts_named(text, hours, language)


def _parts_named(text: str, hours: dict[Place, range], language: Language) -> Iterator[tuple[str, tuple[Place, ...]]]:
    """Yield the words for parts of the day in a question, and their places; not those beside an hour: "3 am"."""
    for words, part in _PARTS[language]:
        found = _search(f"(?:{words}){_AFTER.get(language, '')}", text, language)
        asked_for = {hour % 24 for hour in part}
        chosen = tuple(place for place, span in hours.items() if 2 * len(asked_for & set(span)) > len(span))
        if found is not None and chosen and not _is_of_hour(text[: found.start()], text[found.end() :]):
            yield found[0], chosen


def _is_of_hour(before: str, after: str) -> bool:
    """Return whether a part of the day is said of an hour beside it: "8 in the morning", "오전 8시"."""
    return _BEFORE_PART.search(before) is not None or _AFTER_PART.match(after) is not None


_BEFORE_PART: Final = re.compile(
    r"\d ?(?:h|heures?|horas?|uhr|o['’]clock)?\.?,? (?:(?:in|of|on|de|du|por|la|the|am|l['’]) ?)*$", re.IGNORECASE
)
_AFTER_PART: Final = re.compile(
    r" ?(?:(?:um|gegen|at|à|a las) )?(?:\d{1,2}|[一二三四五六七八九十两]{1,2}) ?(?:[시点點时時]|uhr|h\b)", re.IGNORECASE
)


def _with_parts(text: str, hours: dict[Place, range], language: Language) -> tuple[str, tuple[Group, ...]]:
    """Return a question without the part of the day that it names, and the numbers or moments of an axis that it is."""
    found = list(_parts_named(text, hours, language)) if len(hours) > 2 else []
    for words, _ in found:
        text = text.replace(words, " ", 1)
    return " ".join(text.split()), tuple(Group(words.strip(), chosen) for words, chosen in found)


def _hours_of_numbers(panels: Sequence[ChartPanel]) -> dict[Place, range]:
    """Return the hour of each place of an axis of hours of the day, as numbers, or of moments; nothing otherwise."""
    places = list(dict.fromkeys(place for panel in panels for one in drawn_series([panel]) for place in one.x))
    numbers = [place for place in places if isinstance(place, float | int) and 0 <= place <= 24]
    labels = " ".join(f"{panel.x.label} {panel.title}" for panel in panels)
    if places and len(numbers) == len(places) and _OF_DAY.search(labels) and not _OF_COURSE.search(labels):
        return {place: range(int(place), int(place) + 1) for place in numbers}
    moments = [place for place in places if isinstance(place, str) and _MOMENT.match(place)]
    if len(moments) < 2 or any(len(str(place)) < _LENGTH_OF_DAY for place in places) or len(moments) < len(places) / 2:
        return {}
    clock = {place: int(str(place)[11:13] or 0) for place in places}
    return {place: range(hour, hour + 1) for place, hour in clock.items()}


_LENGTH_OF_DAY: Final = len("2026-03-01")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d")
_OF_DAY: Final = re.compile(
    r"hours? of (?:the )?day|time of (?:the )?day|^hours?\b|\bhour\b|o['’]clock|clock time|uhrzeit|tageszeit|"
    r"stunde des tages|"
    r"\buhr\b|heures? (?:de la journée|du jour)|^heure\b|horas? del día|^hora\b|시각|시간대|하루|몇 ?시|时刻|时段|"
    r"钟点|几点|一天",
    re.IGNORECASE,
)
"""Labels of an axis of the hours of a day."""
_OF_COURSE: Final = re.compile(
    r"since|after|elapsed|duration|per hour|seit|nach |dauer|depuis|après|durée|desde|después|duración|경과|동안|"
    r"이후|之后|以来|时长",
    re.IGNORECASE,
)
"""Labels of hours that are counted from an event, and not from midnight."""


def _spans_in(text: str, language: Language) -> Iterator[re.Match[str]]:
    known = "|".join(_CLOCK[language])
    hour = rf"(?:{known}|\d{{1,2}}(?::00| ?(?:h|uhr|heures?|horas?|시|点|點|时|[ap]\.?m\.?|o['’]clock))*)"
    for words in _SPANS[language]:
        match = _search(words.replace("H", hour), text, language)
        if match is not None:
            yield match
            return


def _search(words: str, text: str, language: Language) -> re.Match[str] | None:
    whole = words if language in ("ko", "zh") else rf"(?<![\w–-])(?:{words})(?![\w–])"
    return re.search(whole, text, re.IGNORECASE)


def _hour(text: str | None, language: Language) -> int | None:
    """Return the hour of a text such as "6 pm" or "midnight"; None without a text."""
    if text is None:
        return None
    known = _CLOCK[language].get(text.lower())
    if known is not None:
        return known
    number = int(re.match(r"\d+", text)[0])  # type: ignore[index]
    afternoon = re.search(r"p\.?m", text, re.IGNORECASE) is not None
    return number % 12 + 12 if afternoon else number
