"""Times that are not drawn: those counted from today, "five years ago", and days of which others are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.accounts import own_words
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.named_days import undrawn_day
from vision_magic.engine.questions.names.named_points import name_of_place
from vision_magic.engine.questions.numbers import is_date
from vision_magic.engine.questions.query import Query

__all__ = ["as_day_not_drawn", "as_time_ago"]

_AGO: Final[dict[Language, str]] = {
    "en": r"\b(?:(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|fifty|"
    r"a hundred|some|several|"
    r"a few|a couple of|many|\d+) )?"
    r"(?:day|week|month|year|season|decade)s? ago\b|\bin the old days\b",
    "de": r"\bvor (?:ein(?:em|er|igen)|ein paar|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|fünfzehn|"
    r"zwanzig|dreißig|"
    r"fünfzig|hundert|vielen|wenigen|\d+) "
    r"(?:tag(?:en)?|wochen?|monat(?:en)?|jahr(?:en)?|jahrzehnt(?:en)?)\b|\bfrüher einmal\b",
    "fr": r"(?<!combien )\bil y a (?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt|trente|"
    r"cinquante|cent|quelques|plusieurs|\d+) "
    r"(?:ans?|années?|mois|semaines?|jours?|décennies?)\b(?! (?:où|qui|avec|dans|au|en|de|pendant|durant))|"
    r"\bautrefois\b|\bjadis\b",
    "es": r"\bhace (?:una?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte|treinta|"
    r"cincuenta|cien|un[oa]s(?: cuant[oa]s)?|algun[oa]s|much[oa]s|\d+) "
    r"(?:años?|meses|mes|semanas?|días?|décadas?)\b|\bantiguamente\b",
    "ko": r"(?:(?<![\d월])(?<!월 )\d{1,2}|몇|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|십|이십|삼십|오십|백) ?(?:년|달|"
    r"개월|주일?|일|해) ?전(?![년월체반])",
    "zh": r"(?<!第)(?:(?<!\d)\d{1,2}|几|一|两|三|四|五|六|七|八|九|十|二十|三十|五十|一百|半) ?(?:年|个月|周|个?星期|"
    r"天)(?:之|以)?前",
}
"""A number of years, months or days before today."""
_PERIODS: Final[dict[Language, str]] = {
    "en": r"\b(?:last|the previous) (?:season|term|semester|school year|decade|century)\b",
    "de": r"\b(?:letzte|vorige|vergangene)[nrs]? (?:saison|schuljahr|semester|spielzeit|jahrhundert|"
    r"jahrzehnt)\w{0,2}\b",
    "fr": r"\b(?:la saison|le semestre|le siècle|l['’]année scolaire) (?:dernière?|précédente?|passée?)\b",
    "es": r"\b(?:el curso|la temporada|el semestre|el siglo|la década) (?:pasad[oa]|anterior)\b",
    "ko": r"지난 ?(?:시즌|학기|학년|세기)",
    "zh": r"上(?:个?赛季|个?学期|学年|个?世纪)",
}
_YEARS: Final[dict[Language, str]] = {
    "en": r"\blast year\b",
    "de": r"\b(?:letzte|vergangene|vorige)[ns]? jahr(?:es)?\b",
    "fr": r"\bl['’]an(?:née)? (?:dernier|dernière|passée?)\b",
    "es": r"\baño (?:pasado|anterior)\b",
    "ko": r"작년|지난해",
    "zh": r"去年",
}
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def as_time_ago(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question about a time before today as one that names it, where no name in the chart does.

    The year before this one is known where years are drawn, as are the changes from one time to an earlier one.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    known = query.operations in ((), ("cannot",), ("describe",)) or "unheard" in query.operations
    known |= query.firm and not any(map(name_of_place, query.places))
    if not panels or known or query.then is not None:
        return query
    lowered, own = text.lower(), own_words(panels, [])
    tables = (_AGO, _PERIODS, *([] if _has_years(panels) else [_YEARS]))
    found = (re.search(table[query.language], lowered) for table in tables)
    word = next((match[0].strip() for match in found if match is not None and match[0].strip() not in own), "")
    return replace(query, operations=("unheard",), unheard=word, then=None, firm=True) if word else query


def as_day_not_drawn(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "on 16 January" as a day that is not drawn, where names have other days: its number is no place."""
    drawn = drawn_series(panels)
    names = [name for one in drawn for name in (one.name, *one.x) if isinstance(name, str)]
    dated = any(is_date(name) for name in names)
    word = "" if dated else undrawn_day(text, names, query.language)
    return replace(query, operations=("unheard",), unheard=word, then=None, firm=True) if word else query


def _has_years(panels: Sequence[ChartPanel]) -> bool:
    """Return whether the names of series, or the places, are of several years; that of a title is the only one."""
    drawn = drawn_series(panels)
    names = [str(name) for one in drawn for name in (one.name, *one.x)]
    return len({match[0] for name in names for match in [_YEAR.search(name)] if match is not None}) > 1
