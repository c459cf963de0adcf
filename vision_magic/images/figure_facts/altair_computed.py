"""What an Altair chart computes from its rows before it draws them: sums and means by name, boxes, shares, cells.

Vega-Lite computes these in the browser by simple rules, which are those of `statistics` and of numpy's quantiles. What
it bins, or takes from times, stays unknown.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from vision_magic.images.figure_facts.labels import short_label
from vision_magic.images.figure_facts.notation import Place, Value
from vision_magic.images.figure_facts.summaries import box_of

__all__ = ["VALUE", "aggregated", "boxes_of", "cells_of", "shares_of"]

VALUE: Final = "\0value"
"""The field of a computed number: the name of no column."""

_AGGREGATES: Final[Mapping[str, Callable[[list[float]], float]]] = {
    "sum": math.fsum,
    "mean": statistics.fmean,
    "average": statistics.fmean,
    "median": statistics.median,
    "min": min,
    "max": max,
}
_DRAWN: Final = ("x", "y", "theta", "color")
_MORE: Final = ("bin", "timeUnit", "impute")

Spec = Mapping[str, Any]
Rows = Sequence[Spec]


def aggregated(rows: Rows, encoding: Spec) -> tuple[list[Spec], dict[str, Any]] | None:
    """Return the rows that are drawn where one channel has an aggregate, and the encoding of these; None for others.

    The rows are grouped by the fields of all other channels, as Vega-Lite does.
    """
    channels = {name: one for name, one in encoding.items() if isinstance(one, Mapping)}
    computed = [name for name, one in channels.items() if one.get("aggregate")]
    if not rows or len(channels) < len(encoding) or len(computed) != 1 or _has_more(channels.values()):
        return None
    (name,) = computed
    if name not in _DRAWN:
        return None
    fields = dict.fromkeys(one["field"] for key, one in channels.items() if key != name and one.get("field"))
    found: list[Spec] = [
        {**dict(zip(fields, key, strict=True)), VALUE: value}
        for key, group in _groups(rows, list(fields)).items()
        if (value := _aggregate(group, channels[name])) is not None
    ]
    channel = {**channels[name], "field": VALUE}
    del channel["aggregate"]
    return (found, {**encoding, name: channel}) if found else None


def _has_more(channels: Iterable[Spec]) -> bool:
    """Whether a channel computes more than an aggregate."""
    return any(one.get(name) for one in channels for name in _MORE) or any(
        one.get("stack") in ("normalize", "center") for one in channels
    )


def _groups(rows: Rows, fields: Sequence[str]) -> dict[tuple[Any, ...], list[Spec]]:
    groups: dict[tuple[Any, ...], list[Spec]] = {}
    for row in rows:
        key = tuple(value if isinstance(value := row.get(name), str | int | float) else None for name in fields)
        groups.setdefault(key, []).append(row)
    return groups


def _aggregate(rows: Rows, channel: Spec) -> float | None:
    if channel["aggregate"] == "count":
        return float(len(rows))
    compute = _AGGREGATES.get(str(channel["aggregate"]))
    values = _numbers(rows, channel.get("field"))
    return compute(values) if compute is not None and values else None


def _numbers(rows: Rows, name: Any) -> list[float]:
    values = (row.get(name) for row in rows)
    return [
        float(value)
        for value in values
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    ]


def shares_of(groups: Mapping[str, Rows], theta: Any) -> tuple[tuple[str, Value], ...]:
    """Return the share of each group in a pie, in percent; empty if it cannot be told."""
    name = theta.get("field") if isinstance(theta, Mapping) else None
    totals = {group: math.fsum(_numbers(rows, name)) for group, rows in groups.items()}
    whole = math.fsum(totals.values())
    if not name or whole <= 0 or min(totals.values()) < 0:
        return ()
    return tuple((group, float(f"{100 * total / whole:.5g}")) for group, total in totals.items())


def cells_of(
    rows: Rows, x: str, y: str, colour: str
) -> tuple[tuple[Place, ...], tuple[tuple[Place, tuple[Value, ...]], ...]]:
    """Return the columns and the rows of a heat map of names; empty if a cell has several values."""
    cells = {(short_label(row.get(x)), short_label(row.get(y))): row.get(colour) for row in rows}
    numbers = all(isinstance(value, int | float) for value in cells.values())
    if not numbers or len(cells) < len(rows) or not cells:
        return (), ()
    columns, places = dict.fromkeys(column for column, _ in cells), dict.fromkeys(place for _, place in cells)
    return tuple(columns), tuple((place, tuple(cells.get((one, place)) for one in columns)) for place in places)


def boxes_of(rows: Rows, names: str, numbers: str, extent: Any) -> tuple[tuple[Place, tuple[Value, ...]], ...]:
    """Return the whiskers, quartiles and median for each name; `extent` is that of the mark: 1.5 or ``"min-max"``."""
    reach = math.inf if extent == "min-max" else float(extent)
    groups = _groups(rows, [names]).items()
    boxes = ((short_label(name), box_of(_numbers(group, numbers), reach=reach)) for (name,), group in groups)
    return tuple((name, box) for name, box in boxes if box)
