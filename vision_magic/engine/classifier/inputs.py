"""What the classifier sees of a question: its words without the names and numbers in it, and what the chart shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions.language import LANGUAGES, Language
from vision_magic.engine.questions.marked import Marked
from vision_magic.engine.questions.names import kind_of_names
from vision_magic.engine.questions.numbers import is_date, period_of

__all__ = ["FEATURES", "Inputs", "inputs_of"]

PRIVATE: Final = ("\ue000", "\ue400", "\ue800", "\uec00")
"""The first of the letters by which `Marked` replaces places, series, panels and numbers; it stands for all of them."""

_KINDS: Final = ("bars", "line", "points", "histogram", "pie", "heat map", "box plot", "area", "stacked bars")
_ALONG: Final = ("numbers", "years", "dates", "period", "names")
_MOST: Final = 3
FEATURES: Final = 5 * (_MOST + 1) + 2 + len(_KINDS) + len(_ALONG) + len(LANGUAGES)
"""How many numbers describe the chart and what the question names of it."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the classifier sees.

    Attributes
    ----------
    words : str
        The question, with private pieces in the place of names and numbers.
    labels : str
        What the axes measure.
    features : tuple of float
        `FEATURES` zeros and ones.
    """

    words: str
    labels: str
    features: tuple[float, ...]


def inputs_of(marked: Marked, language: Language, panels: Sequence[ChartPanel]) -> Inputs:
    """Return what the classifier sees of a question whose names are marked.

    Parameters
    ----------
    marked : Marked
        The question.
    language : Language
        Its language.
    panels : sequence of ChartPanel
        The panels that it is about; at least one.
    """
    words = marked.written
    counts = []
    for first in PRIVATE:
        letters = f"[{first}-{chr(ord(first) + 0x3FF)}]"
        counts.append(len(set(re.findall(letters, words))))
        words = re.sub(letters, f" {first} ", words)
    panel = panels[0]
    drawn = drawn_series(panels)
    kinds = {"bars" if one.kind == "horizontal bars" else "line" if one.kind == "step" else one.kind for one in drawn}
    features = [
        *_count(counts[0]),
        *_count(counts[1]),
        *_count(counts[3]),
        *_count(len(marked.groups)),
        *_count(len(drawn)),
        float(bool(marked.limits)),
        float(len(panels) > 1),
        *(float(kind in kinds) for kind in _KINDS),
        *(float(_along(drawn[0].x if drawn else ()) == kind) for kind in _ALONG),
        *(float(one == language) for one in LANGUAGES),
    ]
    flat = bool(drawn) and all(one.kind == "horizontal bars" for one in drawn)
    measured, places = (panel.x, panel.y) if flat else (panel.y, panel.x)
    return Inputs(" ".join(words.split()), f"{measured.label} · {places.label}", tuple(features))


def _count(number: int) -> list[float]:
    """Return a number up to `_MOST` as that many zeros and a one."""
    return [float(min(number, _MOST) == one) for one in range(_MOST + 1)]


def _along(places: Sequence[object]) -> str:
    """Return what stands along the axis of places."""
    names = [place for place in places if isinstance(place, str)]
    if len(names) < len(places):
        numbers = [place for place in places if isinstance(place, float | int)]
        return "years" if all(1800 <= place <= 2100 and place == int(place) for place in numbers) else "numbers"
    if names and all(map(is_date, names)):
        return "dates"
    return "period" if period_of(names) or kind_of_names(names) else "names"
