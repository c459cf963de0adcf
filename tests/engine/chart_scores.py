"""How well a chart was read: its series and values against the true ones of a drawn figure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

import numpy as np

from tests.engine.charts import Drawn, TrueSeries
from vision_magic.engine.chart.calibrate import Calibration
from vision_magic.engine.chart.data import Chart, Series

CONTINUOUS = {"line", "step", "area"}
RIGHT = 2.0
"""A value is right when it is off by no more (% of the axis)."""

UNSEEN = 1.0
"""A bar that is not longer cannot be seen (% of the axis)."""

LOST = 10.0
"""A series is found when the median error of its values is no more (% of the axis)."""


@dataclass(slots=True)
class Score:
    """Counts of one or more figures; `errors` in % of the axis, each with whether its value was said to be sure."""

    series: int = 0
    found: int = 0
    kinds: int = 0
    values: int = 0
    stated: int = 0
    right: int = 0
    errors: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __iadd__(self, other: Score) -> Score:
        for name in ("series", "found", "kinds", "values", "stated", "right", "errors", "wrong"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self

    def quantile(self, share: float) -> float:
        """Return a quantile of the errors; NaN if there are none."""
        return float(np.quantile(self.errors, share)) if self.errors else math.nan


def score(drawn: Drawn, chart: Chart) -> Score:
    """Compare a chart that was read with the truth."""
    pairs, spare = _matched(drawn, chart.series)
    total = Score(series=len(drawn.series))
    for true, read in pairs:
        errors, stray = _errors(drawn, true, read) if read is not None else ([], 0)
        total.values += len(errors) or len(true.y)
        if read is None:
            continue
        if errors and np.median(errors) <= LOST:
            total.found += 1
            total.kinds += read.kind == true.kind
        total.errors += [error for error in errors if math.isfinite(error)]
        if read.sure:
            # Of markers that lie on each other some may be missing, and nothing is stated about these.
            stated = (
                [error for error in errors if math.isfinite(error)] if read.sampled and not read.is_course else errors
            )
            _state(total, stated, stray, f"{true.kind} {true.name}")
    for read in spare:
        if read.sure and read.y:
            _state(total, [], len(read.y), f"invented {read.kind} {read.name} {read.rgb}")
    return total


def _state(total: Score, errors: Sequence[float], stray: int, what: str) -> None:
    right = sum(error <= RIGHT for error in errors)
    total.stated += len(errors) + stray
    total.right += right
    if right < len(errors) + stray:
        total.wrong.append(f"{what}: {len(errors) - right} of {len(errors)} wrong, {stray} invented")


def _matched(drawn: Drawn, read: Sequence[Series]) -> tuple[list[tuple[TrueSeries, Series | None]], list[Series]]:
    """Pair true series with read ones: by name, or by colour, kind and error."""
    costs = sorted(
        (_cost(drawn, true, one), place, number)
        for place, true in enumerate(drawn.series)
        for number, one in enumerate(read)
    )
    partner: dict[int, int] = {}
    for cost, place, number in costs:
        if cost < 6 and place not in partner and number not in partner.values():
            partner[place] = number
    pairs = [(true, read[partner[place]] if place in partner else None) for place, true in enumerate(drawn.series)]
    return pairs, [one for number, one in enumerate(read) if number not in partner.values()]


def _cost(drawn: Drawn, true: TrueSeries, read: Series) -> float:
    if true.name and true.name == read.name:
        return 0.0
    colour = math.dist(true.rgb, read.rgb) / 100 if read.rgb is not None else 1.0
    errors, _ = _errors(drawn, true, read)
    error = float(np.median(errors)) if errors else 100.0
    return 0.5 + min(colour, 1.5) + (read.kind != true.kind) + min(error, 30) / 10 + 2 * bool(true.name and read.name)


def _errors(drawn: Drawn, true: TrueSeries, read: Series) -> tuple[list[float], int]:
    """Return the error of each true value, in % of the axis, and the number of points that were invented."""
    if not read.y:
        return [], 0
    if true.kind in {"pie", "heat map"}:
        span = 100.0 if true.kind == "pie" else max(y for one in drawn.series for y in one.y) or 1.0
        found = dict(zip(read.x, read.y, strict=True))
        return [abs(found.get(x, math.inf) - y) / span * 100 for x, y in zip(true.x, true.y, strict=True)], len(
            set(found) - set(true.x)
        )
    if true.kind == "reference line":
        scale = drawn.panel.y.calibration
        return [_off(scale, read.y[0], true.y[0], drawn.panel.frame.height)], 0
    if true.kind in CONTINUOUS:
        return list(_along(drawn, true, read)), 0
    return _pointwise(drawn, true, read)


def _off(scale: Calibration | None, a: float, b: float, length: float) -> float:
    """Return the distance of two values in % of the axis."""
    assert scale is not None
    distance = abs(scale.pixel(a) - scale.pixel(b)) / length * 100
    return distance if math.isfinite(distance) else math.inf


def _along(drawn: Drawn, true: TrueSeries, read: Series) -> Iterator[float]:
    """Yield the error of a line at each true place, and of its extremes; places may be off by 0.4 % of the axis."""
    scale, frame = drawn.panel.y.calibration, drawn.panel.frame
    x, y = _pixels(drawn, read.x, read.y)
    keep = [n for n in range(len(x)) if math.isfinite(x[n]) and math.isfinite(y[n])]
    x, y = [x[n] for n in keep], [y[n] for n in keep]
    tx, ty = _pixels(drawn, true.x, true.y)
    shift = 0.004 * frame.width
    for px, py in zip(tx, ty, strict=True):
        if math.isfinite(py) and x:
            yield _from_polygon(x, y, px, py, shift) / frame.height * 100
    extremes = [(read.summary.high, max), (read.summary.low, min)]
    for value, choose in extremes:
        if value is not None:
            yield _off(scale, value, choose(one for one in true.y if math.isfinite(one)), frame.height)


def _from_polygon(x: Sequence[float], y: Sequence[float], px: float, py: float, shift: float) -> float:
    """Return how far a point is above or below a polygon, which may be moved a little sideways."""
    best = math.inf
    if px < x[0] or px > x[-1]:
        near = 0 if px < x[0] else -1
        return abs(y[near] - py) if abs(x[near] - px) <= 4 * shift else math.inf
    for (ax, ay), (bx, by) in pairwise(zip(x, y, strict=True)):
        low, high = max(ax, px - shift), min(bx, px + shift)
        if low > high:
            continue
        ends = [
            ay + (by - ay) * (place - ax) / (bx - ax) if bx > ax else other for place, other in ((low, ay), (high, by))
        ]
        inside = min(ends) <= py <= max(ends)
        best = min(best, 0.0 if inside else min(abs(end - py) for end in ends))
    exact = float(np.interp(px, x, y)) - py
    # Where the line is not steep, the plain difference counts.
    return abs(exact) if abs(exact) < 2 * shift else best


def _pixels(drawn: Drawn, x: Sequence[Any], y: Sequence[float]) -> tuple[list[float], list[float]]:
    horizontal, vertical = drawn.panel.x.calibration, drawn.panel.y.calibration
    assert horizontal is not None
    assert vertical is not None
    dates = horizontal.scale == "date"
    return [horizontal.pixel(_number(one, dates=dates)) for one in x], [vertical.pixel(one) for one in y]


def _number(place: Any, *, dates: bool = False) -> float:
    """Return a place as a number; of an axis of dates as days, where labels of years are read as numbers."""
    if isinstance(place, str):
        try:
            return (datetime.fromisoformat(place) - datetime(1970, 1, 1)).total_seconds() / 86400
        except ValueError:
            return math.nan
    return (float(place) - 1970) * 365.2425 if dates and 1000 < place < 2500 else float(place)


def _pointwise(drawn: Drawn, true: TrueSeries, read: Series) -> tuple[list[float], int]:
    frame = drawn.panel.frame
    lying = true.kind == "horizontal bars"
    scale, length = (drawn.panel.x.calibration, frame.width) if lying else (drawn.panel.y.calibration, frame.height)
    partners = _partners(drawn, true, read)
    errors = []
    for place, number in enumerate(partners):
        if number is None:
            if true.kind == "points" or _off(scale, true.y[place], 0.0, length) > UNSEEN:
                errors.append(math.inf)
            continue
        off = [_off(scale, read.y[number], true.y[place], length)]
        for name, values in true.extra.items():
            got = read.extra.get(name)
            zero = (true.y[place], read.y[number]) if name == "error" else (0.0, 0.0)
            off.append(math.inf if got is None else _off(scale, got[number] + zero[1], values[place] + zero[0], length))
        errors += off
    return errors, len(read.y) - sum(number is not None for number in partners)


def _partners(drawn: Drawn, true: TrueSeries, read: Series) -> list[int | None]:
    """Return the number of the read point for each true one: of the same name, or the nearest at the same place."""
    if any(isinstance(x, str) for x in true.x):
        return [read.x.index(x) if x in read.x else None for x in true.x]
    scale = drawn.panel.x.calibration
    if scale is None or any(isinstance(x, str) for x in read.x):
        return [None] * len(true.x)
    tx, rx = [scale.pixel(x) for x in true.x], [scale.pixel(_number(x)) for x in read.x]
    ty, ry = [drawn.panel.y.calibration.pixel(y) for y in true.y], [drawn.panel.y.calibration.pixel(y) for y in read.y]  # type: ignore[union-attr]
    reach = 0.02 * drawn.panel.frame.width
    order = sorted(
        (abs(a - b) + 0.2 * abs(c - d), i, j)
        for i, (a, c) in enumerate(zip(tx, ty, strict=True))
        for j, (b, d) in enumerate(zip(rx, ry, strict=True))
        if abs(a - b) <= reach
    )
    found: dict[int, int] = {}
    for _, i, j in order:
        if i not in found and j not in found.values():
            found[i] = j
    return [found.get(i) for i in range(len(tx))]
