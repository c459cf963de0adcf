"""A series of a chart with its axes: its points and statistics, as numbers that carry their uncertainty.

A number that did not pass every check is never given, but a `SchemaMismatch` with the reason.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, Final

from vision_magic.engine.chart.data import BARS, FLAT, WITHOUT_DATA, ChartAxis, ChartPanel, Place, Series
from vision_magic.engine.colours import colour_name, hex_of
from vision_magic.engine.errors import SchemaMismatch
from vision_magic.engine.questions.numbers import measured_place
from vision_magic.engine.questions.operations import correlation
from vision_magic.engine.wording import quote

__all__ = ["DATE_WORDS", "Drawn", "Measured", "calendar_words", "sigma_of", "without_sigma"]

_CORNERS: Final = ("line", "step", "area")
"""Kinds whose measured points are the corners of a course, and not the data."""

_MONTHS: Final = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
_WEEKDAYS: Final = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
_WITHOUT_FIRST: Final[Mapping[str, str]] = {
    "stacked horizontal bars": "the first of horizontal bars could be the top one or the bottom one",
    "horizontal bars": "the first of horizontal bars could be the top one or the bottom one",
    "pie": "a picture does not tell which wedge of a pie is the first",
}
_FROM_ZERO: Final = (*BARS, "histogram")
_BOXES: Final = "box plot"
_NOT_SINGLE: Final = (
    "a box plot does not show each value; ask for `median`, `q1`, `q3`, `whisker_low` and `whisker_high`"
)

DATE_WORDS: Final = {"date", "datetime", "timestamp", "time", "day", "month", "week"}
"""Words for the places of dates."""


class Measured(float):
    """A measured number, rounded to the digits that its uncertainty leaves.

    Attributes
    ----------
    sigma : float
        Its uncertainty; 0 if it is exact.
    """

    sigma: float

    def __new__(cls, value: float, sigma: float = 0.0) -> Measured:
        """Round a number to the digits that its uncertainty leaves."""
        known = sigma > 0 and math.isfinite(sigma) and math.isfinite(value)
        # Of an uncertainty from 0.10 to 0.19 two digits are kept, so that rounding adds little to it.
        digits = math.ceil(-math.log10(sigma / 2)) if known else 0
        made = super().__new__(cls, round(value, digits) + 0.0 if known else value)
        made.sigma = sigma
        return made

    def as_integer(self) -> int | None:
        """Return the nearest integer, if it lies within twice the uncertainty; otherwise None."""
        if not math.isfinite(self):
            return None
        nearest = round(float(self))
        return nearest if abs(self - nearest) <= 2 * self.sigma else None


_SIGMA: Final = re.compile(r"(.+?)[\W_]*(?:sigma|uncertainty)", re.IGNORECASE)


def without_sigma(name: str) -> str:
    """Return the name of the number whose uncertainty has a name: ``highest`` of ``highest_sigma``; else nothing."""
    match = _SIGMA.fullmatch(name)
    return match[1] if match else ""


def sigma_of(value: Any) -> Any:
    """Return the uncertainty of a number or of each in a list: 0 for exact ones, None for None."""
    if isinstance(value, list | tuple):
        return [sigma_of(each) for each in value]
    if isinstance(value, Measured):
        return Measured(value.sigma, value.sigma / 10)
    if value is not None and (not isinstance(value, int | float) or isinstance(value, bool)):
        raise SchemaMismatch("only a number has an uncertainty")
    return None if value is None else 0.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A series with the panel in which it is drawn, and the titles above both."""

    series: Series
    panel: ChartPanel
    title: str = ""

    @property
    def name(self) -> str:
        """Its name for messages."""
        return f"the series {quote(self.series.name)}" if self.series.name else "the series"

    @property
    def axis(self) -> ChartAxis:
        """The axis of its values."""
        return self.panel.axis_of(self.series)

    @property
    def colour(self) -> str | None:
        """The name of the colour in which it is drawn, if it is known."""
        return colour_name(self.series.rgb) if self.series.rgb is not None else None

    @property
    def hex(self) -> str | None:
        """The colour in which it is drawn as ``#1f77b4``, if it is known."""
        return hex_of(self.series.rgb) if self.series.rgb is not None else None

    @property
    def _places_axis(self) -> ChartAxis:
        return self.panel.y if self.series.kind in FLAT else self.panel.x

    @property
    def values(self) -> list[Measured | None]:
        """Its values with their uncertainty; None for one that is missing."""
        self.check()
        one = self.series
        return [_measured(value, one.sigma, self.axis) if math.isfinite(value) else None for value in one.y]

    @property
    def places(self) -> list[Place]:
        """Its places: names and dates as they are, numbers to the digits that a pixel leaves."""
        self.check()
        axis = self._places_axis
        exact = axis.calibration is None or self.series.source == "figure"
        sigma = 0.0 if exact or axis.calibration is None else axis.calibration.sigma
        return [place if isinstance(place, str) else _measured(place, sigma, axis) for place in self.series.x]

    def check(self) -> None:
        """Raise `SchemaMismatch` if the points are not known, or did not pass every check."""
        if not self.series.sure:
            why = self.series.why_not or "it was not checked"
            raise SchemaMismatch(f"{self.name} could not be read with certainty: {why}")
        if not self.series.x and self.series.known is not None:
            raise SchemaMismatch(f"of {self.name}, the figure object holds the statistics, but not the single values")

    @property
    def single_values(self) -> list[Measured | None]:
        """Its values; not of a box plot, whose `values` are the medians of many."""
        if self.series.kind == _BOXES:
            raise SchemaMismatch(_NOT_SINGLE)
        return self.values

    def extra(self, name: str) -> list[Measured | None]:
        """Return more numbers of each place, such as the quartiles of a box plot."""
        self.check()
        if name not in self.series.extra:
            raise SchemaMismatch(f"{self.name} has no `{name}`")
        values = self.series.extra[name]
        return [_measured(value, self.series.sigma, self.axis) if math.isfinite(value) else None for value in values]

    def medians(self) -> list[Measured | None]:
        """Return the medians of a box plot."""
        if self.series.kind != _BOXES:
            raise SchemaMismatch(f"{self.name} is not a box plot, and its medians are not drawn")
        return self.values

    def extreme(self, choose: Callable[..., Any]) -> tuple[Measured, Place | None]:
        """Return the lowest or highest value and its place."""
        if self.series.kind == _BOXES:
            return self._extreme_of_boxes(choose)
        known = self.series.known
        if known is not None:
            low = choose is min
            value, place = (known.low, known.low_at) if low else (known.high, known.high_at)
            if value is None:
                raise SchemaMismatch(f"{self.name} has no values")
            return Measured(value), place
        if choose is min:
            self._check_whole()
        pairs = [(value, at) for value, at in zip(self.values, self.places, strict=True) if value is not None]
        if not pairs:
            raise SchemaMismatch(f"{self.name} has no values")
        value, place = choose(pairs, key=lambda pair: pair[0])
        return value, self._as_read(place)

    def _as_read(self, place: Place) -> Place:
        """Return a place as the answers in words have it: of numbers within a pixel the shortest, 2024 for 2024.02."""
        if not isinstance(place, Measured) or not place.sigma:
            return place
        read = measured_place(float(place), self._places_axis)
        return read if isinstance(read, str) else Measured(read, place.sigma)

    def _extreme_of_boxes(self, choose: Callable[..., Any]) -> tuple[Measured, Place | None]:
        """Return the end of a whisker or the point beyond it that is lowest or highest of all."""
        name = "whisker_low" if choose is min else "whisker_high"
        if self.series.source != "figure":
            raise SchemaMismatch(f"the points beyond the whiskers of a box plot are not read; ask for `{name}`")
        places, extra = self.places, self.series.extra
        found = list(zip(extra.get(name, ()), places, strict=False))
        beyond = zip(extra.get("outliers", ()), extra.get("outlier_of", ()), strict=False)
        found += [(value, places[int(box)]) for value, box in beyond]
        pairs = [(value, place) for value, place in found if math.isfinite(value)]
        if not pairs:
            raise SchemaMismatch(f"{self.name} has no values")
        value, at = choose(pairs, key=lambda pair: pair[0])
        return Measured(value), at

    def end(self, number: int) -> Measured | None:
        """Return the first value (0) or the last one (-1)."""
        self._check_single()
        known = self.series.known
        if known is not None:
            value = known.last if number else known.first
            return None if value is None else Measured(value)
        if self.series.kind in _WITHOUT_FIRST:
            raise SchemaMismatch(_WITHOUT_FIRST[self.series.kind])
        self._check_whole()
        places = [place for place in self.places if not isinstance(place, str)]
        if places != sorted(places) and places != sorted(places, reverse=True):
            raise SchemaMismatch("its points are not in the order of their places, so that none is the first")
        values = self.values
        return values[number] if values else None

    def data(self) -> list[Measured]:
        """Return the values, if they are those of the data."""
        self._check_data()
        if self.series.kind == _BOXES:
            raise SchemaMismatch(_NOT_SINGLE)
        if self.series.source == "pixels" and self.series.kind in _CORNERS:
            raise SchemaMismatch("the points that were measured on a line are its corners, and not those of the data")
        if self.series.sampled:
            raise SchemaMismatch("markers that lie on each other may be missing")
        values = [value for value in self.values if value is not None]
        if not values:
            raise SchemaMismatch(f"{self.name} has no values")
        return values

    def _check_single(self) -> None:
        """Raise `SchemaMismatch` if what is drawn stands for many values that are not known."""
        if self.series.kind == _BOXES:
            raise SchemaMismatch(_NOT_SINGLE)
        if self.series.kind == "histogram":
            raise SchemaMismatch("the bars of a histogram are counts, and the values that they count are not known")

    def _check_data(self) -> None:
        if self.series.kind in WITHOUT_DATA:
            raise SchemaMismatch(f"{self.name} is not data, but drawn beside it")

    def _check_whole(self) -> None:
        """Raise `SchemaMismatch` if bars of zero, which are not seen in a picture, may be missing."""
        one = self.series
        if one.source == "figure" or one.kind not in _FROM_ZERO:
            return
        if one.kind == "histogram":
            raise SchemaMismatch("bins of few values are too low to be seen")
        names = [name for name in self._places_axis.categories if name not in one.x]
        if names:
            raise SchemaMismatch(f"no bar was found at {quote(names[0])}, where one of zero would not be seen")
        if _have_gap([place for place in one.x if not isinstance(place, str)]):
            raise SchemaMismatch("there is a gap between the bars, where one of zero would not be seen")

    def count(self) -> int:
        """Return the number of values; not of a histogram, whose bins are not what it counts."""
        if self.series.kind == "histogram":
            raise SchemaMismatch("a histogram counts in its bins; `total` is their sum, `points` has a row for each")
        self._check_single()
        known = self.series.known
        if known is not None:
            return known.count - known.missing
        self._check_whole()
        return len(self.data())

    def total(self) -> Measured:
        """Return the sum of the values; of a histogram, of its counts."""
        known = self.series.known
        if known is not None:
            return Measured(self.mean() * self.count(), abs(self.mean() * self.count()) * 1e-11)
        values = self.data()
        return Measured(math.fsum(values), math.hypot(*(value.sigma for value in values)))

    def mean(self) -> Measured:
        """Return the mean of the values."""
        self._check_single()
        known = self.series.known
        if known is not None:
            if known.mean is None:
                raise SchemaMismatch(f"the figure object does not hold the mean of {self.name}")
            return Measured(known.mean)
        self._check_whole()
        values = self.data()
        return Measured(
            math.fsum(values) / len(values), math.hypot(*(value.sigma for value in values)) / math.sqrt(len(values))
        )

    def trend(self) -> str:
        """Return whether the values rise or fall from place to place; "mixed" if they do both."""
        pairs = [(at, value) for at, value in zip(self.places, self.values, strict=True) if value is not None]
        places = [at for at, _ in pairs]
        self._check_data()
        if not _are_ordered(places) or len(pairs) < 2:
            raise SchemaMismatch(f"the places of {self.name} have no order, so that it has no trend")
        if not any(isinstance(place, str) for place in places):
            pairs.sort()
        values = [value for _, value in pairs]
        rises, falls = _rise(values), _rise([Measured(-value, value.sigma) for value in values])
        if rises and falls:
            tendency = correlation(self.series) if self.series.kind == "points" else None
            return "mixed" if tendency is None or abs(tendency) < 0.5 else "rising" if tendency > 0 else "falling"
        return "rising" if rises else "falling" if falls else "constant"


def _rise(values: Sequence[Measured]) -> bool:
    """Whether a value is higher than the lowest one before it, by more than what both are uncertain by."""
    lows = accumulate(values, min)
    return any(value - low > 2 * math.hypot(value.sigma, low.sigma) for value, low in zip(values, lows, strict=True))


def _have_gap(places: Sequence[float]) -> bool:
    """Whether some places are much farther from each other than others."""
    steps = [b - a for a, b in pairwise(sorted(places))]
    return bool(steps) and max(steps) > 1.6 * min(steps)


def _measured(value: float, sigma: float, axis: ChartAxis) -> Measured:
    return Measured(value, abs(value) * sigma if axis.scale == "log" else sigma)


def _are_ordered(places: Sequence[Place]) -> bool:
    return all(not isinstance(place, str) for place in places) or bool(calendar_words(places))


def calendar_words(places: Sequence[Place]) -> set[str]:
    """Return the words for what places are, if they are parts of a calendar."""
    texts = [str(place).strip().lower() for place in places]
    if all(re.fullmatch(r"[a-z]+\.?", text) for text in texts):
        short = {text[:3] for text in texts}
        return {"month"} if short <= _MONTHS else {"day", "weekday"} if short <= _WEEKDAYS else set()
    if all(re.fullmatch(r"q[1-4]", text) for text in texts):
        return {"quarter"}
    if all(re.fullmatch(r"\d{4}-\d\d(-\d\d.*)?", text) for text in texts):
        return DATE_WORDS
    if all(re.fullmatch(r"(1[5-9]|2[01])\d\d(\.\d*)?", text) for text in texts):
        return {"year"}
    return set()
