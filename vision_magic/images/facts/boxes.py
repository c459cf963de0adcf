"""Which lines of a matplotlib axes are a box plot? Whiskers, caps and medians that fit together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from vision_magic.images.facts.measured import Reader, series_of
from vision_magic.images.facts.text import number
from vision_magic.images.facts.values import SeriesFacts

__all__ = ["Boxes", "boxes_in"]

_LISTED = 8  # boxes whose numbers are told
_MOST_LINES = 2000


@dataclass
class Boxes:
    """The facts of the boxes, and the lines they consist of."""

    facts: list[SeriesFacts] = field(default_factory=list)
    claimed: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Box:
    """One box: where it stands and its five numbers."""

    lying: bool
    at: float
    low: float
    lower: float
    median: float
    upper: float
    high: float


def boxes_in(lines: Iterator[Any], read: Sequence[Reader | None]) -> Boxes:
    """Return the box plots among lines; matplotlib keeps no record of them but the order in which it draws."""
    kept = list(islice(lines, _MOST_LINES))
    points = [_points(line) for line in kept]
    boxes, found = Boxes(), []
    at = 0
    while at + 5 <= len(kept):
        box = _box(points[at : at + 5])
        if box is None:
            at += 1
            continue
        found.append(box)
        start = at - 1 if at and _is_outline(points[at - 1]) else at
        end = at + 5
        while end < len(kept) and _stands_at(kept[end], points[end], box):
            end += 1  # the outliers and the mean
        boxes.claimed.update(id(line) for line in kept[start:end])
        at = end
    boxes.facts = [_facts(group, read) for group in _by_direction(found)]
    return boxes


def _points(line: Any) -> list[tuple[float, float]]:
    x, y = line.get_data(orig=False)
    return [] if len(x) > 5 else [(float(a), float(b)) for a, b in zip(x, y, strict=True)]


def _box(five: list[list[tuple[float, float]]]) -> _Box | None:
    """Return the box of two whiskers, two caps and a median, if that is what these are."""
    if any(len(points) != 2 for points in five):
        return None
    return _standing(five, lying=False) or _standing([[(y, x) for x, y in points] for points in five], lying=True)


def _standing(five: list[list[tuple[float, float]]], *, lying: bool) -> _Box | None:
    (from_lower, to_low), (from_upper, to_high) = five[0], five[1]
    low, high, median = five[2], five[3], five[4]
    upright = from_lower[0] == to_low[0] == from_upper[0] == to_high[0]
    level = all(points[0][1] == points[1][1] for points in (low, high, median))
    if not (upright and level and low[0][1] == to_low[1] and high[0][1] == to_high[1]):
        return None
    if not to_low[1] <= from_lower[1] <= median[0][1] <= from_upper[1] <= to_high[1]:
        return None
    return _Box(lying, to_low[0], to_low[1], from_lower[1], median[0][1], from_upper[1], to_high[1])


def _is_outline(points: list[tuple[float, float]]) -> bool:
    return len(points) == 5 and points[0] == points[-1]


def _stands_at(line: Any, points: list[tuple[float, float]], box: _Box) -> bool:
    """Whether a line has only markers above or below a box, or is its mean, drawn across."""
    x, y = line.get_data(orig=False)
    along = y if box.lying else x
    if line.get_linestyle() in ("None", "none", " ", ""):
        return bool((along == box.at).all())
    return (
        line.get_label() == "_nolegend_" and len(points) == 2 and points[0][not box.lying] == points[1][not box.lying]
    )


def _by_direction(found: list[_Box]) -> Iterator[list[_Box]]:
    for lying in (False, True):
        if group := [box for box in found if box.lying is lying]:
            yield group


def _facts(group: list[_Box], read: Sequence[Reader | None]) -> SeriesFacts:
    places, medians = [box.at for box in group], [box.median for box in group]
    names, told = read[1 if group[0].lying else 0], []
    for box in group[:_LISTED]:
        five = "/".join(number(value) for value in (box.low, box.lower, box.median, box.upper, box.high))
        told.append(f"{number(names.tell(box.at) if names else box.at)}: {five}")
    note = f"low/quartile/median/quartile/high {', '.join(told)}"
    x, y = (medians, places) if group[0].lying else (places, medians)
    return series_of("boxes", x, y, note=note, read=read)
