"""What can be computed from the series of a chart: each operation as a function from values to values."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from vision_magic.engine.chart.data import Place, Series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.names.named_points import name_of_place

__all__ = [
    "Bounds",
    "Level",
    "Located",
    "Pass",
    "between",
    "correlation",
    "counted_mean",
    "crossings",
    "has_jumps",
    "in_order",
    "is_joined",
    "known_points",
    "levels",
    "mean",
    "outliers",
    "passes",
    "position_of",
    "ranked",
    "residuals",
    "slope",
    "slope_of_logs",
    "total",
    "value_between",
    "values_at",
    "within",
]

_ROBUST: float = 1.4826
"""The median of distances from the median, times this, is the standard deviation of a normal distribution."""

_FAR: float = 3.5
"""An outlier is further from the median than this many of them (Iglewicz and Hoaglin)."""

_EPOCH = datetime(1970, 1, 1)


class Located(tuple[float, Place]):
    """A value and where it is."""

    __slots__ = ()

    @property
    def value(self) -> float:
        """The value."""
        return self[0]

    @property
    def place(self) -> Place:
        """Where it is."""
        return self[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """A part of the axis of places; None where it has no end. `open_low` and `open_high` leave out the end itself."""

    low: Place | None = None
    high: Place | None = None
    open_low: bool = False
    open_high: bool = False


def known_points(series: Series) -> list[Located]:
    """Return the values of a series that are numbers, with their places."""
    return [Located((y, x)) for x, y in zip(series.x, series.y, strict=True) if math.isfinite(y)]


def ranked(series: Series, *, highest: bool) -> list[Located]:
    """Return the values of a series from the highest down, or from the lowest up; equal ones in their order."""
    return sorted(known_points(series), key=lambda point: -point.value if highest else point.value)


def total(values: Sequence[float]) -> float:
    """Return the sum of finite values; infinite if it is too large for a float."""
    try:
        return math.fsum(values)
    except OverflowError:
        return sum(values)


def mean(values: Sequence[float]) -> float:
    """Return the mean of finite values."""
    whole = total(values)
    return whole / len(values) if math.isfinite(whole) else total([value / len(values) for value in values])


def counted_mean(series: Series) -> float | None:
    """Return the mean of the places of bars that count how often each comes, such as grades; None for others."""
    points = known_points(series)
    numbers = [(float(place), value) for value, place in points if not isinstance(place, str)]
    years = any(1800 <= place <= 2100 for place, _ in numbers)
    whole = total([value for _, value in numbers])
    bars = series.kind in ("bars", "stacked bars") and len(numbers) == len(points) > 2
    if not bars or years or whole <= 0 or min(value for _, value in numbers) < 0:
        return None
    return total([place * value for place, value in numbers]) / whole


# --- places -----------------------------------------------------------------------------------------------------


def position_of(place: Place) -> float | None:
    """Return a place as a number: the days of a date since 1970; None for a name."""
    if isinstance(place, float | int):
        return float(place) if math.isfinite(place) else None
    span = _span_of(place)
    return span[0] if span is not None else None


def _span_of(date: str) -> tuple[float, float] | None:
    """Return the first and the last moment of a year, month or day, in days since 1970."""
    found = re.match(r"(\d{4})(?:-(\d{2}))?$", date)
    try:
        if found is None:
            start = datetime.fromisoformat(date).replace(tzinfo=None)
            end = start + timedelta(days=1) if len(date) == 10 else start
        elif found[2]:
            start = datetime(int(found[1]), int(found[2]), 1)
            end = (start + timedelta(days=31)).replace(day=1)
        else:
            start, end = datetime(int(found[1]), 1, 1), datetime(int(found[1]) + 1, 1, 1)
    except (ValueError, OverflowError):
        return None
    return (start - _EPOCH).total_seconds() / 86400, (end - _EPOCH).total_seconds() / 86400


Position = Callable[[Place], float | None]


def _positions(*series: Series) -> Position:
    """Return a function from places to numbers; names stand in the order in which they come."""
    order: dict[Place, float] = {}
    for place in (place for one in series for place in one.x):
        if isinstance(place, str) and position_of(place) is None:
            order.setdefault(place, float(len(order)))
    return lambda place: order[place] if place in order else position_of(place)


def in_order(series: Series) -> list[Located]:
    """Return the known points from left to right; names stay in their order."""
    position = _positions(series)
    points = known_points(series)
    placed = [(at, point) for point in points if (at := position(point.place)) is not None]
    return [point for _, point in sorted(placed, key=lambda pair: pair[0])] if len(placed) == len(points) else points


def within(series: Series, bounds: Bounds) -> Series:
    """Return the part of a series that lies in bounds."""
    position = _positions(series)
    low = _edge(bounds.low, position, last=bounds.open_low)
    high = _edge(bounds.high, position, last=not bounds.open_high)
    kept = []
    for number, place in enumerate(series.x):
        at = position(place)
        if at is not None and _inside(at, low, high, bounds):
            kept.append(number)
    return replace(
        series,
        x=tuple(series.x[number] for number in kept),
        y=tuple(series.y[number] for number in kept),
        extra=_kept(series.extra, kept),
        known=None,
    )


def _edge(place: Place | None, position: Position, *, last: bool) -> float | None:
    span = _span_of(place) if isinstance(place, str) else None
    if place is None:
        return None
    if span is None:
        return position(place)
    return math.nextafter(span[1], -math.inf) if last and span[1] > span[0] else span[0]


def _inside(at: float, low: float | None, high: float | None, bounds: Bounds) -> bool:
    after = low is None or at > low or (at == low and not bounds.open_low)
    before = high is None or at < high or (at == high and not bounds.open_high)
    return after and before


def _kept(extra: Mapping[str, tuple[float, ...]], kept: Sequence[int]) -> dict[str, tuple[float, ...]]:
    return {
        name: tuple(values[number] for number in kept)
        for name, values in extra.items()
        if not kept or kept[-1] < len(values)
    }


def values_at(series: Series, place: Place) -> list[float]:
    """Return the values of a series at a place: several if it comes more than once."""
    points = known_points(series)
    exact = [value for value, known in points if known == place]
    wanted = position_of(place)
    if exact or wanted is None:
        return exact
    if name := name_of_place(place):
        return [value for value, known in points if name_of_place(known) == name]
    placed = [(at, value) for value, known in points if (at := position_of(known)) is not None]
    span = max((at for at, _ in placed), default=0.0) - min((at for at, _ in placed), default=0.0)
    near = 1e-9 * (span or 1.0)
    return [value for at, value in placed if math.isclose(at, wanted, rel_tol=1e-9, abs_tol=near)]


def value_between(series: Series, place: Place, *, log_x: bool = False, log_y: bool = False) -> float | None:
    """Return the value of a drawn line between its points; None outside it, and for marks that are not joined."""
    wanted = position_of(place)
    if wanted is None or not is_joined(series):
        return None
    if series.steps:
        return _on_level(levels(series), wanted)
    points = sorted(_pairs(series))
    right = bisect_left(points, (wanted, -math.inf))
    if not 0 < right < len(points):
        return None
    corners = (points[right - 1], points[right])
    try:
        (x0, y0), (x1, y1) = ((_scaled(x, log_x), _scaled(y, log_y)) for x, y in corners)
        value = y0 + (y1 - y0) * (_scaled(wanted, log_x) - x0) / (x1 - x0)
        return 10**value if log_y else value
    except (ValueError, ZeroDivisionError, OverflowError):
        return None


def is_joined(series: Series) -> bool:
    """Return whether a series is drawn as one course, so that it has a value between its points too."""
    return series.kind in ("line", "area") or (series.kind == "step" and bool(series.steps or series.sampled))


def has_jumps(series: Series) -> bool:
    """Return whether the places where a line of steps jumps are those that people read off.

    Where places are counted, such as weeks, a value is that of its place, wherever the line is drawn around it; so is
    one in the middle of its level.
    """
    places = sorted(position for place in series.x if (position := position_of(place)) is not None)
    counted = {round(b - a, 9) for a, b in pairwise(places)} == {1.0}
    jumps_there = series.steps == "post" or (series.steps == "pre" and not counted)
    return series.kind == "step" and jumps_there


@dataclass(frozen=True, slots=True)
class Level:
    """A level part of a line of steps: from where to where it holds its value."""

    start: Place
    end: Place
    value: float


def levels(series: Series) -> list[Level]:
    """Return the level parts of a line of steps from left to right, equal neighbours as one."""
    points = in_order(series)
    if not points:
        return []
    places = [point.place for point in points]
    ends = [*places[1:], _right_end(series, places)]
    if series.steps == "pre":
        starts, ends = [*places[:1], *places[:-1]], places
    elif series.steps == "mid":
        ends = [*(_middle(a, b) for a, b in pairwise(places)), *places[-1:]]
        starts = [*places[:1], *ends[:-1]]
    else:
        starts = places
    found: list[Level] = []
    for start, end, point in zip(starts, ends, points, strict=True):
        if found and found[-1].value == point.value:
            found[-1] = replace(found[-1], end=end)
        else:
            found.append(Level(start, end, point.value))
    return found


def _right_end(series: Series, places: Sequence[Place]) -> Place:
    """Return where the last level ends: of stairs at their last edge, of a line at its last place."""
    edges = series.extra.get("right", ())
    return edges[-1] if len(edges) == len(places) > 0 else places[-1] if places else math.nan


def _middle(a: Place, b: Place) -> Place:
    """Return the place in the middle of two; of names, which have none, the second."""
    left, right = position_of(a), position_of(b)
    if left is None or right is None:
        return b
    middle = (left + right) / 2
    return middle if not isinstance(a, str) else (_EPOCH + timedelta(days=middle)).isoformat(timespec="seconds")


def _on_level(parts: Sequence[Level], wanted: float) -> float | None:
    """Return the value of the level on which a place lies."""
    for part in parts:
        start, end = position_of(part.start), position_of(part.end)
        if start is not None and end is not None and start <= wanted <= end:
            return part.value
    return None


def _scaled(value: float, log: bool) -> float:
    return math.log10(value) if log else value


# --- statistics -------------------------------------------------------------------------------------------------


def slope(series: Series) -> float | None:
    """Return the slope of the least-squares line through a series; None without three numbered places."""
    moments = _moments(_pairs(series))
    return moments[1] / moments[0] if moments is not None and moments[0] > 0 and math.isfinite(moments[1]) else None


def slope_of_logs(series: Series, *, log_x: bool) -> float | None:
    """Return the slope of the logarithms of values: against those of places, or else against the places themselves.

    With `log_x` it is the exponent of a power law; without, values grow by ``10 ** slope`` for each unit of x.
    """
    pairs = [(x, y) for x, y in _pairs(series) if y > 0 and (x > 0 or not log_x)]
    moments = _moments([(math.log10(x) if log_x else x, math.log10(y)) for x, y in pairs])
    return moments[1] / moments[0] if moments is not None and moments[0] > 0 else None


def passes(series: Series, limit: float, *, log_x: bool = False, log_y: bool = False) -> Iterator[Pass]:
    """Yield where the line through the points of a series passes a limit, from left to right."""
    if series.steps:
        yield from _jumps_past(series, limit)
        return
    points = [(at, value, place) for value, place in in_order(series) if (at := position_of(place)) is not None]
    for (x0, y0, left), (x1, y1, right) in pairwise(points):
        if y1 == limit != y0:
            yield Pass(left, right, right, up=y1 > y0)
        elif (y0 - limit) * (y1 - limit) < 0:
            try:
                share = (_scaled(limit, log_y) - _scaled(y0, log_y)) / (_scaled(y1, log_y) - _scaled(y0, log_y))
                at = _scaled(x0, log_x) + share * (_scaled(x1, log_x) - _scaled(x0, log_x))
                yield Pass(left, right, 10**at if log_x else at, up=y1 > y0)
            except (ValueError, ZeroDivisionError, OverflowError):
                continue


def _jumps_past(series: Series, limit: float) -> Iterator[Pass]:
    """Yield where a line of steps jumps past a limit, or to it."""
    for before, after in pairwise(levels(series)):
        if after.value == limit or (before.value - limit) * (after.value - limit) < 0:
            yield Pass(before.end, before.end, before.end, up=after.value > before.value)


@dataclass(frozen=True, slots=True)
class Pass:
    """Where a line passes a limit: the points left and right of it, and its place; a point itself if it lies on it."""

    left: Place
    right: Place
    at: Place
    up: bool


def correlation(series: Series) -> float | None:
    """Return Pearson's correlation of places and values; None without three pairs, or if either is constant."""
    moments = _moments(_pairs(series))
    if moments is None:
        return None
    xx, xy, yy = moments
    scale = math.sqrt(xx) * math.sqrt(yy)
    return max(-1.0, min(1.0, xy / scale)) if 0 < scale < math.inf else None


def _moments(pairs: Sequence[tuple[float, float]]) -> tuple[float, float, float] | None:
    if len(pairs) < 3:
        return None
    mean_x, mean_y = mean([x for x, _ in pairs]), mean([y for _, y in pairs])
    apart = [(x - mean_x, y - mean_y) for x, y in pairs]
    sums = (sum(x * x for x, _ in apart), sum(x * y for x, y in apart), sum(y * y for _, y in apart))
    return sums if all(math.isfinite(value) for value in sums) else None


def _pairs(series: Series) -> list[tuple[float, float]]:
    return [(position, value) for value, place in known_points(series) if (position := position_of(place)) is not None]


def outliers(series: Series) -> list[Located]:
    """Return the values far from the median; of points that lie on a slope, those far from their line."""
    points = known_points(series)
    rest = residuals(series) if series.kind == "points" else [point.value for point in points]
    if len(rest) < 5 or len(rest) != len(points):
        return []
    middle = median(rest)
    scale = _ROBUST * median(abs(value - middle) for value in rest)
    if not 0 < scale < math.inf:
        return []
    found = [point for point, value in zip(points, rest, strict=True) if abs(value - middle) > _FAR * scale]
    return found or (_spikes(series) if series.kind in ("line", "area") else [])


def _spikes(series: Series) -> list[Located]:
    """Return the points of a course that are far from both of their neighbours, on the same side, unlike the others."""
    points = in_order(series)
    apart = [
        (point, (point.value - before.value, point.value - after.value))
        for before, point, after in zip(points, points[1:], points[2:], strict=False)
    ]
    steps = [abs(b.value - a.value) for a, b in pairwise(points)]
    usual = _ROBUST * median(steps) if len(steps) > 3 else 0.0
    far = [(point, pair) for point, pair in apart if min(map(abs, pair)) > _FAR * usual and pair[0] * pair[1] > 0]
    return [point for point, _ in far] if 0 < usual < math.inf else []


def residuals(series: Series) -> list[float]:
    """Return the distances of points from a robust line through them (Theil and Sen, on at most 60 of them)."""
    pairs = _pairs(series)
    few = pairs[:: max(1, len(pairs) // 60)]
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for n, a in enumerate(few) for b in few[n + 1 :] if b[0] != a[0]]
    rise = median(slopes) if slopes else 0.0
    return [y - rise * x for x, y in pairs]


# --- two series -------------------------------------------------------------------------------------------------


def between(a: Series, b: Series) -> list[tuple[Place, float, float]]:
    """Return the places that two series share, with the values of both."""
    others = dict(zip(b.x, b.y, strict=True))
    return [
        (place, value, others[place])
        for value, place in known_points(a)
        if place in others and math.isfinite(others[place])
    ]


def crossings(a: Series, b: Series) -> Iterator[tuple[Place, Place, float, float]]:
    """Yield where two lines cross: the places left and right of it, its position, and the value there."""
    position = _positions(a, b)
    first, second = _line(a, position), _line(b, position)
    if len(first) < 2 or len(second) < 2:
        return
    low, high = max(first[0][0], second[0][0]), min(first[-1][0], second[-1][0])
    names = {at: place for one in (a, b) for place in one.x if (at := position(place)) is not None}
    places = sorted({x for x, _ in (*first, *second) if low <= x <= high})
    gaps = [
        (x, value(first, x, left=left) - other(second, x, left=left))
        for x in places
        for left in (True, False)
        for value, other in [(_course_of(a), _course_of(b))]
    ]
    sign = 0.0
    for (left, before), (right, after) in pairwise(gaps):
        sign = math.copysign(1, before) if before else sign
        if after == 0 or sign * after >= 0:
            continue
        share = before / (before - after) if math.isfinite(before - after) else 0.5
        at = left + (right - left) * share
        yield names[left], names[right], at, _course_of(a)(first, at, left=False)


def _line(series: Series, position: Position) -> list[tuple[float, float]]:
    points = known_points(series)
    return sorted((at, value) for value, place in points if (at := position(place)) is not None)


def _course_of(series: Series) -> Callable[..., float]:
    """Return what tells the value of a series at a place from its points, before a jump at it (`left`) or after it."""
    ends = {"post": _before, "pre": _after}
    return ends.get(series.steps, _on_line)


def _before(points: Sequence[tuple[float, float]], x: float, *, left: bool) -> float:
    """Return the value of steps that hold until the next place."""
    number = bisect_left(points, (x, -math.inf)) if left else bisect_left(points, (x, math.inf))
    return points[max(number - 1, 0)][1]


def _after(points: Sequence[tuple[float, float]], x: float, *, left: bool) -> float:
    """Return the value of steps that hold from the place before."""
    number = bisect_left(points, (x, -math.inf)) if left else bisect_left(points, (x, math.inf))
    return points[min(number, len(points) - 1)][1]


def _on_line(points: Sequence[tuple[float, float]], x: float, *, left: bool = True) -> float:
    right = bisect_left(points, (x, -math.inf))
    if right == len(points):
        return points[-1][1]
    x1, y1 = points[right]
    if x1 == x or right == 0:
        return y1
    x0, y0 = points[right - 1]
    return y0 + (y1 - y0) * ((x - x0) / (x1 - x0))
