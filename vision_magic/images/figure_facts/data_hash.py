"""The hash of a figure's data, by which a recording tells whether they have changed without storing them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from vision_magic.images.figure_facts.values import AxesFacts, Facts

__all__ = ["data_hash"]

_STYLE: Final = ("kind", "colour")  # of a series: another style sheet changes them
_DIGITS: Final = 9  # relative to the largest number beside it; the last digits differ between machines


def data_hash(facts: Facts) -> str:
    """Return a hash of the values that a figure shows, not of how it is drawn; empty if no values are known."""
    axes = [_data(each) for each in facts.axes if each.series]
    return hashlib.sha256(json.dumps(axes).encode("ascii")).hexdigest() if axes else ""


def _data(axes: AxesFacts) -> list[Any]:
    series = [asdict(one) for one in axes.series]
    values = [[_rounded(value) for name, value in one.items() if name not in _STYLE] for one in series]
    return [[list(axis.names) for axis in (axes.x, axes.y) if axis is not None], values]


def _rounded(value: object) -> list[object]:
    """Return everything in a value, with rounded numbers."""
    items = list(_flat(value))
    largest = max((abs(item) for item in items if isinstance(item, int | float)), default=0) or 1
    return [
        [round(item / largest, _DIGITS) + 0.0, f"{largest:.{_DIGITS}g}"] if isinstance(item, int | float) else item
        for item in items
    ]


def _flat(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            yield from _flat(item)
    else:
        yield value if isinstance(value, str | int | float | None) else str(value)
