"""Places of points that have names, such as those of the dogs in a scatter plot of their weights and rations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from vision_magic.engine.chart.data import ChartPanel, Place, Series
from vision_magic.engine.questions import patterns as re

__all__ = ["NamedPlace", "name_of_place", "names_at", "point_names", "with_named_places", "without_names"]


class NamedPlace(float):
    """The place of a point that has a name: it differs from the place of a point of another name at the same number.

    Attributes
    ----------
    name : str
        The name of the point.
    """

    name: str

    def __new__(cls, value: float, name: str) -> NamedPlace:
        """Return a place with the name of its point."""
        made = super().__new__(cls, value)
        made.name = name
        return made

    def __eq__(self, other: object) -> bool:
        return float(self) == other and (not isinstance(other, NamedPlace) or self.name == other.name)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = float.__hash__

    def __getnewargs__(self) -> tuple[Any, ...]:
        """Return what a copy is made of."""
        return float(self), self.name


def name_of_place(place: Place | None) -> str:
    """Return the name of the point at a place; empty if it has none."""
    return place.name if isinstance(place, NamedPlace) else ""


def with_named_places(series: Series) -> Series:
    """Return a series whose points have their names in their places; dates stay as they are."""
    pairs = zip(series.x, series.names, strict=True) if series.names else ()
    places = tuple(NamedPlace(x, name) if name and not isinstance(x, str) else x for x, name in pairs)
    return replace(series, x=places, names=()) if places else series


def names_at(panel: ChartPanel, place: Place | None) -> tuple[str, ...]:
    """Return the names of all points of a panel at a place, or that of the only one that is meant."""
    own = name_of_place(place)
    found = [name for one in panel.series for x, name in zip(one.x, one.names, strict=False) if name and x == place]
    return (own,) if own else tuple(dict.fromkeys(found))


def point_names(panels: Sequence[ChartPanel]) -> dict[str, Place]:
    """Return the places of named points by their names, without names that several points have."""
    named = [
        (name, place)
        for panel in panels
        for one in panel.series
        for place, name in zip(with_named_places(one).x, one.names, strict=False)
        if name
    ]
    counts = Counter(name for name, _ in set(named))
    return {name: place for name, place in named if counts[name] == 1}


def without_names(text: str, panels: Sequence[ChartPanel]) -> str:
    """Return a question in lower case without the names of points and series, of which one may be "Max"."""
    names = [*point_names(panels), *(one.name for panel in panels for one in panel.series if len(one.name) > 2)]
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<![a-zß-ÿ]){re.escape(name.lower())}s?(?![a-zß-ÿ])", " ", text)
    return text
