"""Where a rate or a speed is highest: "when did the reaction go fastest", of values in mL/min, asks for no slope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Place, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.judging import CHANGES, is_better_lower, is_known_which_is_better
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["as_fastest_rate"]

_RATE: Final = re.compile(
    r"(?:/|\bper |\bpro |\bpar |\bpor |每) ?(?:s|sec|seconds?|min|minutes?|h|hr|hours?|d|days?|sekunde|stunde|tag|"
    r"secondes?|"
    r"heures?|jours?|segundos?|minutos?|horas?|día|초|분|시간|일|秒|分钟?|小时|天|日)(?![^\W\d_])|\bmph\b|\brpm\b|\bknots?\b|"
    r"\b(?:min|s|h)[⁻-](?:1|¹)|(?:초|분|시간)당",
    re.IGNORECASE,
)
"""Units of rates."""
_SPEED: Final = re.compile(
    r"\bspeed|velocit|reaction rate|flow rate|geschwindigkeit|\btempo\b|durchfluss|vitesse|débit|velocidad|caudal|"
    r"속도|속력|유량|"
    r"速度|速率|流量",
    re.IGNORECASE,
)
"""Labels of rates."""
_FASTEST: Final[dict[Language, tuple[str, str]]] = {
    "en": (r"\b(?:fastest|quickest|most (?:quickly|rapidly|swiftly))\b", r"\b(?:slowest|most slowly)\b"),
    "de": (r"\b(?:am )?(?:schnellsten?|raschesten?|zügigsten)\b", r"\b(?:am )?langsamsten?\b"),
    "fr": (
        r"\b(?:le|la|les) plus (?:vite|rapide(?:ment|s)?)\b",
        r"\b(?:le|la|les) (?:plus lente?(?:ment|s)?|moins vite)\b",
    ),
    "es": (r"\bmás (?:rápid[oa]s?|rápidamente|deprisa|veloz)\b", r"\bmás (?:lent[oa]s?|lentamente|despacio)\b"),
    "ko": (r"(?:가장|제일|최고로) ?[빠빨]\S*", r"(?:가장|제일) ?느[리렸린]\S*"),
    "zh": (r"最快", r"最慢"),
}
_GROWTH: Final = re.compile(r"grow|wachs|croiss|crec|성장|생장|生长|增长", re.IGNORECASE)


def as_fastest_rate(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "when was it fastest" of a rate as a question for its highest value, and not for its steepest part.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    at_place = _fastest_at_place(query, text.lower(), panels)
    if at_place is not None:
        return at_place
    drawn = drawn_series(panels)
    alone = len(panels) == 1 and len(drawn) == 1 and len(drawn[0].x) > 1
    kept = query.places or query.threshold or query.groups or query.then or query.yes_no or query.amounts
    if not alone or kept or drawn[0].kind in ("pie", "heat map", "box plot", "histogram"):
        return query
    along = f"{panels[0].x.label} {panels[0].x.unit}"
    if is_known_which_is_better(panels) or query.of_places or _RATE.search(along) or _SPEED.search(along):
        return query  # of paces in min/km, the fastest is the lowest, and of speeds along x, it is a place
    axis, text = panels[0].axis_of(drawn[0]), text.lower()
    label = f"{axis.label} {axis.unit}"
    sides = [re.search(words, text) for words in _FASTEST[query.language]]
    changes = CHANGES.search(text) is not None and _GROWTH.search(label) is None
    if not (_RATE.search(label) or _SPEED.search(axis.label)) or changes or (sides[0] is None) == (sides[1] is None):
        return query
    operation: Operation = "maximum" if sides[0] is not None else "minimum"
    plain = replace(query, operations=(operation,), words=query.words | {operation}, unheard="", statistic="")
    return replace(plain, direction="", of_series=False, firm=True)


def _fastest_at_place(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return "which is fastest at the end" of several speeds as a question for the highest there; None for another."""
    drawn = drawn_series(panels)
    lines = len(panels) == 1 and len(drawn) > 1 and all(one.kind in ("line", "step", "points") for one in drawn)
    kept = query.series or query.threshold or query.groups or query.then or query.yes_no or len(query.places) > 1
    if not lines or kept or query.has("when") or not set(query.operations) <= {"rate", "maximum", "minimum", "unheard"}:
        return None
    axes = {panels[0].axis_of(one) for one in drawn}
    rates = all(_RATE.search(f"{axis.label} {axis.unit}") or _SPEED.search(axis.label) for axis in axes)
    sides = [re.search(words, text) for words in _FASTEST[query.language]]
    changes = CHANGES.search(text) is not None or any(_GROWTH.search(axis.label) for axis in axes)
    paces = any(re.match(r"(?:s|min|h)(?: ?/| per )", axis.unit) for axis in axes)
    known = paces or is_better_lower(panels) or (sides[0] is None) == (sides[1] is None)
    place = None if known or changes or not rates else _place_asked(query, drawn)
    if place is None:
        return None
    operation: Operation = "maximum" if sides[0] is not None else "minimum"
    plain = replace(query, operations=(operation,), words=query.words | {operation}, unheard="", statistic="")
    return replace(plain, places=(place,), bounds=None, direction="", of_series=True, firm=True)


def _place_asked(query: Query, drawn: Sequence[Series]) -> Place | None:
    """Return the only place that a question names, or the first or last of all, if every series has it."""
    shared = [place for place in drawn[0].x if all(place in one.x for one in drawn)]
    if query.places:
        found: Place | None = query.places[0]
    elif query.bounds is not None:  # "after 30 minutes"
        found = query.bounds.low if query.bounds.high is None else None
    else:
        ends = [end for word, end in (("first", 0), ("last", -1)) if word in query.words]
        found = drawn[0].x[ends[0]] if len(ends) == 1 and drawn[0].x else None
    return found if found in shared else None
