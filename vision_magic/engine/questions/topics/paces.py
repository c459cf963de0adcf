"""Limits for paces and durations: "faster than 5 minutes per km" means less than 5."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartAxis, ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query, Threshold
from vision_magic.engine.questions.vocabulary.judging import CHANGES

__all__ = ["as_limit_of_pace", "in_plain_amounts", "is_of_pace"]

_FASTER: Final[dict[Language, str]] = {
    "en": r"\b(?:faster|quicker) than\b",
    "de": r"\b(?:schneller|rascher)\w* als\b",
    "fr": r"\bplus (?:rapides?|vite) que?\b",
    "es": r"\bmás (?:rápid[oa]s?|rápidamente) (?:que|de)\b",
    "ko": r"보다 ?(?:더 ?)?(?:빠|빨)",
    "zh": r"比.{1,12}快|快于",
}
_SLOWER: Final[dict[Language, str]] = {
    "en": r"\bslower than\b",
    "de": r"\blangsamer\w* als\b",
    "fr": r"\bplus (?:lente?s?|lentement) que?\b",
    "es": r"\bmás (?:lent[oa]s?|despacio) (?:que|de)\b",
    "ko": r"보다 ?(?:더 ?)?느",
    "zh": r"比.{1,12}慢|慢于",
}
_PACE: Final = re.compile(
    r"\bpace\b|\ballure\b|\britmo\b|페이스|配速|\b(?:min|s|h)\.?/ ?k?m\b|min(?:utes)? per ", re.IGNORECASE
)
_DURATION: Final = re.compile(
    r"\btimes?\b|duration|\w*zeit(?:en)?\b|dauer\b|\btemps\b|durée|tiempo|duración|시간|기록|用时|时间|耗时",
    re.IGNORECASE,
)
_UNITS: Final = re.compile(
    r"m?s|min|h|초|분|시간|秒|分钟|小时|(?:second|minute|hour)s|Sekunden|Minuten|Stunden|secondes|heures|"
    r"segundos|minutos|horas"
)


def is_of_pace(axis: ChartAxis) -> bool:
    """Return whether an axis measures paces or durations, of which the fastest are the lowest."""
    label = f"{axis.label} {axis.unit}"
    return _PACE.search(label) is not None or (
        _UNITS.fullmatch(axis.unit) is not None and _DURATION.search(label) is not None
    )


_IN_AMOUNTS: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "en": ((r"\b(?:faster|quicker) than\b", "lower than"), (r"\bslower than\b", "higher than")),
    "de": (
        (r"\b(?:schneller|rascher)\w*( \w+)? als\b", r"niedriger\1 als"),
        (r"\blangsamer\w*( \w+)? als\b", r"höher\1 als"),
    ),
    "fr": (
        (r"\bplus (?:rapides?|vite) (qu(?:e\b|['’]))", r"plus bas \1"),
        (r"\bplus (?:lente?s?|lentement) (qu(?:e\b|['’]))", r"plus élevé \1"),
    ),
    "es": (
        (r"\bmás (?:rápid[oa]s?|rápidamente|deprisa) (que|de)\b", r"más bajo \1"),
        (r"\bmás (?:lent[oa]s?|despacio) (que|de)\b", r"más alto \1"),
    ),
    "ko": (
        (r"보다 ?(?:더 ?)?빨랐", "보다 낮았"),
        (r"보다 ?(?:더 ?)?빠른", "보다 낮은"),
        (r"보다 ?(?:더 ?)?빠르", "보다 낮"),
        (r"보다 ?(?:더 ?)?느렸", "보다 높았"),
        (r"보다 ?(?:더 ?)?느린", "보다 높은"),
        (r"보다 ?(?:더 ?)?느리", "보다 높"),
    ),
    "zh": ((r"(比.{1,12})快", r"\1低"), ("快于", "低于"), (r"(比.{1,12})慢", r"\1高"), ("慢于", "高于")),
}
"""Comparisons of speed, and those of the durations or paces that a chart has in their place."""


def in_plain_amounts(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return "slower than" as "higher than" where all values are paces or durations.

    Of what rises or falls faster than something else, it stays.
    """
    axes = [panel.axis_of(one) for panel in panels for one in drawn_series([panel])]
    if not axes or not all(map(is_of_pace, axes)) or CHANGES.search(text.lower()):
        return text
    for comparison, plain in _IN_AMOUNTS[language]:
        text = re.sub(comparison, plain, text, flags=re.IGNORECASE)
    return text


def as_limit_of_pace(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question for what is faster than a pace or a duration as one for what is below it.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    text, drawn = text.lower(), drawn_series(panels)
    faster, slower = (re.search(words[query.language], text) is not None for words in (_FASTER, _SLOWER))
    if faster == slower or len(panels) != 1 or not drawn or query.then is not None:
        return query
    limit = _limit(query)
    upright = all(is_of_pace(panels[0].axis_of(one)) for one in drawn)
    kinds = {one.kind for one in drawn}
    along = kinds <= {"points", "histogram"} and is_of_pace(panels[0].x)
    if limit is None or upright == along:
        return query
    kind: Literal["above", "below"] = "below" if faster else "above"
    asked = query.operations if set(query.operations) & {"threshold", "reach"} else ("threshold",)
    query = replace(
        query, operations=asked, threshold=Threshold(limit=limit, kind=kind), of_places=kinds == {"points"} and along
    )
    return replace(query, places=(), amounts=(), words=query.words - {"maximum", "minimum"}, unheard="", firm=True)


def _limit(query: Query) -> float | None:
    """Return the only number of a question."""
    if query.threshold is not None:
        return query.threshold.limit
    numbers = [float(one) for one in (*query.amounts, *query.places) if isinstance(one, float | int)]
    return numbers[0] if len(numbers) == 1 and len(query.places) + len(query.amounts) == 1 else None
