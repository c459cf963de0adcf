"""The end of an axis in a question: the highest dose is the last number along an axis of doses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.quantities import words_for
from vision_magic.engine.questions.names.usual_names import in_any_language
from vision_magic.engine.questions.vocabulary.accents import folded

__all__ = ["AxisEnd", "find_axis_end"]

_AT_END: Final[dict[Language, str]] = {
    "de": r"\b(?:bei|zu|in|an) (?:der |dem )?(?P<side>höchst|größt|stärkst|niedrigst|kleinst|geringst|tiefst)e[rnm]? "
    r"(?P<noun>\w+)",
    "fr": r"\b(?:à|pour|dans) (?:la |le |l['’])?plus (?P<side>haute?|grande?|forte?|élevée?|basse?|faible|petite?) "
    r"(?P<noun>\w+)",
    "es": r"\b(?:a|en|con|para) (?:la |el )(?P<side>mayor|menor|máxim[oa]|mínim[oa]) (?P<noun>\w+)",
    "ko": r"(?:가장|제일) ?(?P<side>높은|큰|센|낮은|작은) (?P<noun>[가-힣]+?)(?=에서|일 ?때)",
    "zh": r"最(?P<side>高|大|低|小)的?(?P<noun>[\u4e00-\u9fff]{2,4}?)(?=下|时|处)",
}
_LOW: Final = re.compile(r"niedrig|klein|gering|tief|bas|faible|petit|menor|mínim|낮|작|低|小")


@dataclass(frozen=True, slots=True)
class AxisEnd:
    """Where a question names the end of an axis of numbers, and the number there."""

    start: int
    end: int
    value: float


def find_axis_end(text: str, panels: Sequence[ChartPanel], language: Language) -> AxisEnd | None:
    """Return where a question names the highest, or lowest, place of its only axis of numbers; None if it does not."""
    match = re.search(_AT_END.get(language, "(?!)"), text, re.IGNORECASE)
    places = [place for one in drawn_series(panels) for place in one.x]
    numbers = [float(place) for place in places if not isinstance(place, str)]
    if match is None or len(panels) != 1 or not numbers or len(numbers) < len(places):
        return None
    label = folded(panels[0].x.label)
    words = words_for(panels[0].x, language)
    same = any(
        len(one) > 1 and folded(one) in label for one in (match["noun"], *in_any_language(match["noun"].lower()))
    )
    if not same and (words is None or words.search(match["noun"].lower()) is None):
        return None
    value = min(numbers) if _LOW.search(match["side"].lower()) else max(numbers)
    return AxisEnd(match.start(), match.end(), value)
