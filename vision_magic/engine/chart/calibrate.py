"""Calibration of axes: from pixels to the values of an axis, fitted to tick labels and tick marks.

A label names a value and a mark shows its exact place, so labels are moved to the marks beside them. An axis is sure
only if several labels agree with one scale to within a pixel.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from statistics import median
from typing import TYPE_CHECKING, Any, Final, Literal

from vision_magic.engine.chart.dates import Unit, are_months, date_readings, iso_of
from vision_magic.engine.chart.masks import runs_of
from vision_magic.engine.chart.ticks import number_of

if TYPE_CHECKING:
    from vision_magic.engine.chart.frames import Frame

__all__ = ["MISREAD_DIGITS", "Calibration", "Side", "all_marks", "calibrate", "parse_offset", "tick_marks"]

Side = Literal["bottom", "left", "top", "right"]

MIN_AGREEING: Final = 3
MIN_SHARE: Final = 0.8
"""Of the labels, as many must agree with the scale before it is sure."""

MAX_MISFIT: Final = 1.0
"""Largest root mean square distance between labels and scale of a sure axis (pixels)."""

_NEAR: Final = 6.0
"""A label belongs to a mark at most this far from its middle (pixels)."""

_AGREES: Final = 2.0
"""A label agrees with the scale if it is at most this far from its place (pixels)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The scale of an axis: the value at each pixel.

    Attributes
    ----------
    scale : {"linear", "log", "date"}
        Dates are days since 1970-01-01.
    slope, offset : float
        ``slope * pixel + offset`` is the value, or its decimal logarithm on a logarithmic scale.
    agreeing, labels : int
        How many labels agree, of how many.
    misfit : float
        Root mean square distance of the agreeing labels from their places (pixels).
    why_not : str
        Why values cannot be trusted, as a clause; empty if they can.
    largest : {"year", "month", "day", "hour"}
        The largest unit of dates that is printed: what is larger is not known.
    """

    scale: Literal["linear", "log", "date"]
    slope: float
    offset: float
    agreeing: int
    labels: int
    misfit: float
    why_not: str = ""
    largest: Unit = "year"

    @property
    def sure(self) -> bool:
        """Whether values along this axis can be trusted."""
        return not self.why_not

    def value(self, pixel: float) -> float:
        """Return the value at a pixel; its centre is a whole number."""
        value = self.slope * pixel + self.offset
        return 10.0 ** min(value, 300.0) if self.scale == "log" else value

    def place(self, pixel: float) -> float | str:
        """Return the value at a pixel: a number, or a date in ISO 8601 without what is not known, such as the year."""
        value = self.value(pixel)
        return iso_of(value, largest=self.largest) if self.scale == "date" else value

    def pixel(self, value: float) -> float:
        """Return the pixel of a value; NaN for a value that a logarithmic scale does not have."""
        if self.scale == "log":
            if value <= 0:
                return math.nan
            value = math.log10(value)
        return (value - self.offset) / self.slope

    @property
    def sigma(self) -> float:
        """Uncertainty of a value at one pixel; relative on a logarithmic scale (0.02 is 2 %)."""
        step = abs(self.slope) * math.hypot(1.0, self.misfit)
        return 10.0**step - 1 if self.scale == "log" else step


@dataclass(frozen=True, slots=True)
class _Label:
    """A label: its text, the middle of its box, and the mark beside it, if there is one (pixels)."""

    text: str
    middle: float
    mark: float | None

    @property
    def place(self) -> float:
        return self.middle if self.mark is None else self.mark


Numbers = Sequence[float | None]


def calibrate(
    labels: Sequence[str],
    middles: Sequence[float],
    marks: Sequence[float],
    *,
    factor: float = 1.0,
    shift: float = 0.0,
    near: float = _NEAR,
    printed_at_end: str = "",
) -> Calibration | None:
    """Fit a scale to the labels of an axis.

    Parameters
    ----------
    labels : sequence of str
        The labels as they were read; powers as ``10³``.
    middles : sequence of float
        The place of each label along the axis (pixels).
    marks : sequence of float
        The places of the tick marks, or of the grid lines (pixels).
    factor, shift : float
        The offset printed at the end of the axis: values are ``label * factor + shift``.
    near : float
        How far a label may be from its mark (pixels).
    printed_at_end : str
        What is printed at the end of the axis, such as the year of its dates.

    Returns
    -------
    Calibration or None
        None if no three labels agree with a scale.
    """
    ticks = [_Label(text, middle, _nearest(middle, marks, near)) for text, middle in zip(labels, middles, strict=True)]
    fits = [fit for scale, numbers in _readings(labels) if (fit := _fit(ticks, numbers, scale)) is not None]
    best = max([*fits, *_as_dates(ticks, printed_at_end)], key=_merit, default=None)
    if best is None or best.agreeing < MIN_AGREEING:
        return None
    if best.scale == "linear":
        return replace(best, slope=best.slope * factor, offset=best.offset * factor + shift)
    if best.scale == "log":
        return replace(best, offset=best.offset + math.log10(factor)) if factor > 0 else None
    return best


def _as_dates(ticks: Sequence[_Label], printed_at_end: str) -> Iterator[Calibration]:
    """Yield the scales of dates through labels; not sure where they can be read as other dates as well."""
    labels = [tick.text for tick in ticks]
    fits = [
        replace(fit, largest=dates.largest)
        for dates in date_readings(labels, printed_at_end)
        if (fit := _fit(ticks, dates.days, "date")) is not None and not _are_at_even_places(ticks, fit)
    ]
    for fit in fits:
        others = [
            other
            for other in fits
            if other.largest != fit.largest or abs(other.slope - fit.slope) > 0.1 * abs(fit.slope)
        ]
        rivals = [other for other in others if other.agreeing >= fit.agreeing and other.misfit <= fit.misfit + _CLEARLY]
        span = abs(fit.slope) * (max(tick.place for tick in ticks) - min(tick.place for tick in ticks))
        doubt = _TWO_WAYS if rivals else _NOT_PRINTED if span > _LONGEST.get(fit.largest, math.inf) else ""
        yield replace(fit, why_not=fit.why_not or doubt)


_TWO_WAYS: Final = "its dates can be read in two ways"
_NOT_PRINTED: Final = "the days of its times, or the months of its days, are not printed"
_LONGEST: Final = {"hour": 1.0, "day": 28.0}
"""How many days an axis may be long if the largest unit of its labels is so small."""

_CLEARLY: Final = 0.4
"""One of two scales fits clearly better if its misfit is smaller by so much (pixels)."""


def _are_at_even_places(ticks: Sequence[_Label], as_dates: Calibration) -> bool:
    """Return whether months are at even distances and so names, such as those of bars: months differ in length."""
    labels = [tick.text for tick in ticks]
    if not are_months(labels):
        return False
    as_names = _fit(ticks, [float(number) for number in range(len(ticks))], "date")
    if as_names is None or as_names.agreeing < MIN_SHARE * len(ticks):
        return False
    clearly = _CLEARLY if any(character.isdigit() for label in labels for character in label) else 0.0
    return (as_names.agreeing, -as_names.misfit - clearly) > (as_dates.agreeing, -as_dates.misfit)


def _merit(fit: Calibration) -> tuple[int, float]:
    """Return how good a fit is. Years agree with a logarithmic scale as well: it has to be better by a pixel.

    Days of a month agree with a linear scale, too: they are dates.
    """
    return fit.agreeing, {"date": 1.0, "linear": 0.0, "log": -1.0}[fit.scale] - fit.misfit


def _nearest(place: float, marks: Sequence[float], near: float) -> float | None:
    mark = min(marks, key=lambda mark: abs(mark - place), default=None)
    return mark if mark is not None and abs(mark - place) <= near else None


def _readings(labels: Sequence[str]) -> Iterator[tuple[Literal["linear", "log", "date"], Numbers]]:
    """Yield the two ways in which numbers can be read: on a linear and on a logarithmic scale."""
    numbers = [number_of(label) for label in labels]
    if sum(number is not None for number in numbers) >= MIN_AGREEING:
        yield "linear", numbers
        yield "log", [math.log10(number) if number is not None and number > 0 else None for number in numbers]


def _fit(ticks: Sequence[_Label], numbers: Numbers, scale: Literal["linear", "log", "date"]) -> Calibration | None:
    points = [(tick.place, number) for tick, number in zip(ticks, numbers, strict=True) if number is not None]
    line = _line_through(points)
    if line is None:
        return None
    slope, offset, chosen = line
    misses = [(slope * place + offset - number) / slope for place, number in chosen]
    misfit = math.sqrt(math.fsum(miss * miss for miss in misses) / len(misses))
    at_marks = sum(tick.mark is not None for tick in ticks)
    return Calibration(
        scale=scale,
        slope=slope,
        offset=offset,
        agreeing=len(chosen),
        labels=len(ticks),
        misfit=misfit,
        why_not=_doubt(len(chosen), len(ticks), misfit) or _doubt_without_marks(at_marks, len(chosen), misfit),
    )


_NO_MARKS: Final = "no tick marks show the exact places of its labels"


def _doubt_without_marks(at_marks: int, agreeing: int, misfit: float) -> str:
    """Return why labels without marks cannot be trusted: three may agree by chance, and a few be off together."""
    return "" if 2 * at_marks > agreeing or (agreeing > MIN_AGREEING and misfit <= 0.8) else _NO_MARKS


def _doubt(agreeing: int, labels: int, misfit: float) -> str:
    if agreeing < MIN_AGREEING:
        return f"only {agreeing} tick labels agree with a scale"
    if agreeing < MIN_SHARE * labels:
        return f"only {agreeing} of {labels} tick labels agree with one scale"
    return f"its tick labels are {misfit:.1f} pixels off their places" if misfit > MAX_MISFIT else ""


def _line_through(points: Sequence[tuple[float, float]]) -> tuple[float, float, list[tuple[float, float]]] | None:
    """Return slope, offset and the points that agree with them.

    It starts from the median of all slopes (Theil-Sen), or from the line on which most points lie.
    """
    start = _median_line(points)
    if start is None or len(_near(points, *start, 3 * _AGREES)) < MIN_SHARE * len(points):
        start = _commonest_line(points[:_MOST_COMPARED])
    if start is None:
        return None
    slope, offset = start
    chosen: list[tuple[float, float]] = []
    for reach in (3 * _AGREES, _AGREES, _AGREES):
        chosen = _near(points, slope, offset, reach)
        line = _least_squares(chosen)
        if line is None:
            return None
        slope, offset = line
    return slope, offset, chosen


_MOST_COMPARED: Final = 24


def _median_line(points: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    slopes = [
        (b_value - a_value) / (b_place - a_place)
        for (a_place, a_value), (b_place, b_value) in combinations(points, 2)
        if abs(b_place - a_place) > 1
    ]
    if not slopes or (slope := median(slopes)) == 0:
        return None
    return slope, median(value - slope * place for place, value in points)


def _commonest_line(points: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """Return the line through two points on which most of the others lie; None where two lines have as many."""
    lines: list[tuple[int, float, float]] = []
    for (a_place, a_value), (b_place, b_value) in combinations(points, 2):
        if abs(b_place - a_place) > 1 and a_value != b_value:
            slope = (b_value - a_value) / (b_place - a_place)
            offset = a_value - slope * a_place
            lines.append((len(_near(points, slope, offset, 1.5 * _AGREES)), slope, offset))
    most, slope, offset = max(lines, default=(0, 0.0, 0.0))
    rivals = [other for count, other, _ in lines if count == most and abs(other - slope) > 0.1 * abs(slope)]
    return (slope, offset) if most >= MIN_AGREEING and not rivals else None


def _near(
    points: Sequence[tuple[float, float]], slope: float, offset: float, reach: float
) -> list[tuple[float, float]]:
    """Return the points at most `reach` pixels from a line."""
    return [(place, value) for place, value in points if abs(slope * place + offset - value) <= abs(slope) * reach]


def _least_squares(points: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    if len(points) < 2:
        return None
    mean_place = math.fsum(place for place, _ in points) / len(points)
    mean_value = math.fsum(value for _, value in points) / len(points)
    spread = math.fsum((place - mean_place) ** 2 for place, _ in points)
    if spread == 0:
        return None
    slope = math.fsum((place - mean_place) * (value - mean_value) for place, value in points) / spread
    return (slope, mean_value - slope * mean_place) if slope else None


# --- offsets ----------------------------------------------------------------------------------------------------


_RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−–", "0123456789---")
MISREAD_DIGITS: Final = str.maketrans("lIi|Oo", "111100")
"""Letters that OCR reads in place of digits, where only digits can be."""


def parse_offset(text: str) -> tuple[float, float] | None:
    """Return factor and shift of the offset at the end of an axis: ``1e6``, ``×10⁶``, ``+2.5e4``, ``1e-5+3``.

    OCR reads a digit as a letter at times ("le6", "+4.3el"), and the cross as x. None if it is not an offset.
    """
    plain = re.sub(r"\s", "", text)
    power = re.match(r"[x×X*]?1[0oO](?=[⁰¹²³⁴⁵⁶⁷⁸⁹⁻^])|[x×X*]1[0oO](?=[−–-]?[\d⁰¹²³⁴⁵⁶⁷⁸⁹])", plain)
    if power is not None:
        plain = "1e" + plain[power.end() :].lstrip("^")
    plain = plain.translate(_RAISED)
    found = re.fullmatch(
        r"(?:[1lIi|]e(?P<power>[+-]?[0-9lIOo]{1,3}))?(?P<shift>[+-](?:\d[0-9.]*|\.\d+)(?:e[+-]?[0-9lIOo]{1,3})?)?",
        plain,
    )
    if found is None or not plain:
        return None
    try:
        exponent = int((found["power"] or "0").translate(MISREAD_DIGITS))
        return 10.0 ** max(-300, min(exponent, 300)), float((found["shift"] or "0").translate(MISREAD_DIGITS))
    except ValueError:
        return None


# --- tick marks and grid lines ----------------------------------------------------------------------------------


def tick_marks(pixels: Any, frame: Frame, side: Side) -> list[float]:
    """Return the places of the tick marks on one side of a frame, or else of the grid lines.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    frame : Frame
        The axes.
    side : {"bottom", "left", "top", "right"}
        Where the labels are.

    Returns
    -------
    list of float
        The middle of each mark along the axis (pixels; the centre of a pixel is a whole number), in order.
    """
    band, start = _side_view(pixels, frame, side)
    outside = _marks_in(band, _SPINE)
    inside, _ = _side_view(pixels, frame, side, inwards=True)
    found = max((outside, _marks_in(inside, _SPINE), _grid_lines(inside)), key=_usable)
    return [start + place for place in found]


def all_marks(pixels: Any, frame: Frame, side: Side) -> list[float]:
    """Return the places of all tick marks on one side of a frame, minor ones as well; see `tick_marks`."""
    found: list[list[float]] = []
    for inwards in (False, True):
        rows, start = _side_view(pixels, frame, side, inwards=inwards)
        found.append([start + place for place in _marks_in(rows, _SPINE, rows_seen=1)])
    return max(found, key=len)


_SPINE: Final = 4
"""A spine is at most this many pixels thick on either side of the frame's edge."""

_STRIP: Final = 14
"""How far from the frame marks are looked for (pixels)."""


def _usable(marks: Sequence[float]) -> int:
    """Return how many marks there are, if they are not so many that they are something else."""
    return len(marks) if 2 <= len(marks) <= 60 else 0


def _side_view(pixels: Any, frame: Frame, side: Side, *, inwards: bool = False) -> tuple[Any, int]:
    """Return the image seen from one side of a frame: row 0 is at the edge; also where its first column is."""
    image = pixels if side in ("bottom", "top") else pixels.transpose(1, 0, 2)
    low, high = (frame.left, frame.right) if side in ("bottom", "top") else (frame.top, frame.bottom)
    start, stop = max(0, low - _SPINE), min(image.shape[1], high + _SPINE + 1)
    edge = {"bottom": frame.bottom, "top": frame.top, "left": frame.left, "right": frame.right}[side]
    downwards = (side in ("bottom", "right")) is not inwards
    length = _STRIP if not inwards else (frame.height if side in ("bottom", "top") else frame.width)
    rows = image[edge : edge + length] if downwards else image[max(0, edge - length) : edge][::-1]
    return rows[:, start:stop], start


def _marks_in(rows: Any, skip: int, *, rows_seen: int = 3) -> list[float]:
    """Return the columns in which a thin mark leaves the edge: unlike the ground for the first rows of it.

    In three rows are only the long ones; in the first row minor marks are as well.
    """
    import numpy as np

    strip = rows[:_STRIP].astype(np.int16)
    if strip.shape[0] < skip + 3 or strip.shape[1] < 3:
        return []
    row_colours = np.median(strip, axis=1)
    ground = np.median(row_colours, axis=0)
    is_ground = (np.abs(row_colours - ground) <= 12).all(axis=1)
    first = next((row for row in range(skip + 1) if is_ground[row : row + 3].all()), None)
    if first is None:
        return []
    away = np.abs(strip[first:] - ground).max(axis=2)
    marked = (away[:rows_seen] > 24).all(axis=0)
    if rows_seen == 3:
        marked &= _is_long(away > 24, marked)
    return _centres(marked, away[:rows_seen].sum(axis=0))


def _is_long(away: Any, marked: Any) -> Any:
    """Return which columns have marks as long as the longest: minor marks are shorter."""
    import numpy as np

    lengths = np.where(away.all(axis=0), len(away), (~away).argmax(axis=0))
    longest = int(lengths[marked].max()) if marked.any() else 0
    if longest == len(away):  # a line of the axes, not a mark
        return np.ones(marked.shape, bool)
    return lengths >= 0.8 * longest - 0.5


def _grid_lines(rows: Any) -> list[float]:
    """Return the columns of lines that run through most of the axes in one colour other than the ground's."""
    import numpy as np

    inner = rows[_SPINE:-_SPINE].astype(np.int16)
    if inner.shape[0] < 8:
        return []
    ground = np.median(inner.reshape(-1, 3), axis=0)
    away = np.abs(inner - ground).max(axis=2)
    share = (away > 8).mean(axis=0)
    return _centres(share > 0.6, np.where(away > 8, away, 0).sum(axis=0))


def _centres(marked: Any, weights: Any, widest: int = 6) -> list[float]:
    """Return the middle of each run of marked columns that is not too wide; faint neighbours count too.

    Libraries move lines to whole pixels: those of an odd width by half a pixel to the right and down, on average.
    """
    import numpy as np

    centres = []
    for start, stop in runs_of(marked):
        if stop - start > widest:
            continue
        low, high = max(0, start - 1), min(len(weights), stop + 1)
        part = weights[low:high].astype(float)
        centres.append(float((part * np.arange(low, high)).sum() / part.sum()) - 0.5 * ((stop - start) % 2))
    return centres
