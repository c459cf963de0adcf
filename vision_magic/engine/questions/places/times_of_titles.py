"""Times that the title of a chart says of all that is drawn: a question about sales "in March 2024" names no place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Place
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import LANGUAGES, Language
from vision_magic.engine.questions.names.usual_names import translated
from vision_magic.engine.questions.numbers import is_date, month_of
from vision_magic.engine.questions.vocabulary.words import MONTHS

__all__ = ["with_whole_season", "without_times_of_title"]

# The month M, the year Y, and the day D of a title in a question, with what stands before and after them.
_SAID: Final[dict[Language, str]] = {
    "en": r",? ?\b(?:(?:in|for|of|during|on|over) )?(?:the )?"
    r"(?:D(?:st|nd|rd|th)? (?:of )?)?M(?: D(?:st|nd|rd|th)?)?(?:,? Y)?\b",
    "de": r",? ?\b(?:(?:im|am|für|vom|des|den) )?(?:monat )?(?:D\. )?M(?: Y)?\b",
    "fr": r",? ?(?:\b(?:en|au|le|du|pour|pendant|au mois de) |\bd['’])?(?:mois d(?:e |['’]))?(?:D(?:er)? )?M(?: Y)?\b",
    "es": r",? ?(?:\b(?:en|el|del?|para|durante) )?(?:mes de )?(?:D de )?M(?:(?: de| del)? Y)?\b",
    "ko": r"(?:Y년 ?)?M(?: ?D일)?(?: ?한 ?달)?(?: ?동안)?(?:에는|에|의|은|는)?",
    "zh": r"(?:Y年)?M(?:份|D[日号])?(?:里|中|的)?",
}


def without_times_of_title(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question without the month that the title names, where no place or name is a time.

    Parameters
    ----------
    text : str
        The question.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        Its language.
    """
    titles = " ".join(panel.title for panel in panels)
    months = _months_in(titles)
    if len(panels) != 1 or len(months) != 1 or any(map(_is_time, _places(panels[0]))):
        return text
    years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", titles))
    days = set(re.findall(r"(?<!\d)(\d{1,2})(?=\.? (?:de |of )?[^\W\d_]|(?:st|nd|rd|th)\b|[일日号])", titles))
    said = _SAID[language].replace("M", f"(?:{_named(min(months), language)})")
    for letter, known in (("Y", years), ("D", days)):
        said = said.replace(letter, f"(?:{'|'.join(sorted(known)) or '(?!)'})")
    end = "" if language in ("ko", "zh") else r"(?! ?\d)"
    return " ".join(re.sub(f"{said}{end}", " ", text, flags=re.IGNORECASE).split())


_SEASON: Final[dict[Language, tuple[str, str]]] = {
    "en": (r"\b(?:over|in|during|across|throughout|for) the (?:whole|entire|full) (?:{})\b", "in total"),
    "de": (
        r"(?<!\w)(?:im|über den|während des|in diesem|den) (?:ganzen|gesamten) (?:{})s?(?!\w)|übern? (?:{}) hinweg",
        "insgesamt",
    ),
    "fr": (
        r"\b(?:sur|pendant|durant|de) (?:tout |l['’]ensemble d[eu] ?|la totalité d[eu] ?)(?:l['’]|le |"
        r"cet )?(?:{})(?!\w)",
        "au total",
    ),
    "es": (r"\b(?:en|durante|a lo largo de) (?:tod[oa] (?:el|la)|el conjunto del?(?: la)?) (?:{})(?!\w)", "en total"),
    "ko": (r"(?:{}) ?(?:내내|전체)", "통틀어"),
    "zh": (r"整个(?:{})", "总共"),
}
"""The whole of a season, and how it is said of all that is drawn."""
_SEASONS: Final = ("winter", "spring", "summer", "autumn")


def with_whole_season(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question with "in total" for "over the whole winter", if that is what the title says of all months."""
    for season in _seasons_in(" ".join(panel.title for panel in panels).lower()):
        said, total = _SEASON[language]
        own = "|".join(map(re.escape, (*translated(season, language), season)))
        text = re.sub(said.replace("{}", own), total, text, flags=re.IGNORECASE)
    return text


@lru_cache(maxsize=64)
def _seasons_in(title: str) -> tuple[str, ...]:
    """Return the seasons of which a title speaks, in any language."""
    words = {season: {word for name in LANGUAGES for word in translated(season, name)} for season in _SEASONS}
    said = {season: [season, *(word for word in known if len(word) > 1)] for season, known in words.items()}
    return tuple(
        season
        for season, known in said.items()
        if any(word in title and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", title) for word in known)
    )


def _named(month: int, language: Language) -> str:
    """Return a pattern of a month in a language; that of a figure in Korean and Chinese."""
    if language in ("ko", "zh"):
        return rf"(?<!\d){month}[월月](?![\d일日])|(?<!\d){month}[월月](?= ?\d)"
    return rf"(?<![^\W\d_]){MONTHS[language][month - 1]}(?![^\W\d_])"


@lru_cache(maxsize=64)
def _months_in(titles: str) -> frozenset[int]:
    found = {int(number) for number in re.findall(r"(?<!\d)(1[0-2]|[1-9]) ?[월月]", titles)}
    for language in LANGUAGES:
        for number, name in enumerate(MONTHS[language], 1):
            if name.isalpha() and re.search(rf"(?<![^\W\d_]){name}(?![^\W\d_])", titles, re.IGNORECASE):
                found.add(number)
    return frozenset(found)


def _places(panel: ChartPanel) -> Iterator[Place]:
    for one in panel.series:
        yield from (one.name, *one.x[:60])
    yield from (*panel.x.categories, *panel.y.categories)


def _is_time(place: Place) -> bool:
    """Return whether a place is a month, a date or a year, or a number that may be one of a month."""
    if not isinstance(place, str):
        return 1 <= place <= 12 or 1800 <= place <= 2100
    return bool(month_of(place)) or is_date(place) or re.search(r"(?:19|20)\d\d|\d ?[월月]", place) is not None
