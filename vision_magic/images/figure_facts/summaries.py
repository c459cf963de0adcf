"""Numbers and times of a series: their statistics, where the lowest and highest are, and the values of short ones."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from vision_magic.images.figure_facts.labels import short_label
from vision_magic.images.figure_facts.notation import Place, Value
from vision_magic.images.figure_facts.values import Summary

__all__ = [
    "MAX_VALUES",
    "as_floats",
    "as_values",
    "box_of",
    "iso_place",
    "iso_time",
    "located",
    "located_among",
    "outside",
    "paired",
    "summarize",
    "summarize_times",
    "values_by_name",
]

MAX_VALUES: Final = 500
"""Largest number of values of a series that facts hold one by one."""

_ISO_TIME: Final = re.compile(r"\d{4}-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?)?")


def summarize(values: Any) -> Summary | None:
    """Summarize numbers or times; None if the values are neither, or empty."""
    import numpy as np

    try:
        found = np.ma.asarray(values).ravel()
    except (ValueError, TypeError):
        return None
    if found.dtype.kind == "M":
        return _summarize_times(found)
    if found.dtype.kind in "OSU":
        found = _as_numbers(found)
    if found is None or found.dtype.kind not in "buif" or found.size == 0:
        return None
    numbers = np.ma.filled(found.astype(np.float64), np.nan)
    finite = numbers[np.isfinite(numbers)]
    missing = int(numbers.size - finite.size)
    if finite.size == 0:
        return Summary(count=int(numbers.size), missing=missing)
    with np.errstate(over="ignore"):
        mean = float(finite.mean())  # the sum of very large floats overflows
    return Summary(
        count=int(numbers.size),
        missing=missing,
        low=float(finite.min()),
        high=float(finite.max()),
        first=float(finite[0]),
        last=float(finite[-1]),
        mean=float(f"{mean:.12g}") if math.isfinite(mean) else None,  # more digits would only be noise
    )


def summarize_times(values: Any) -> Summary | None:
    """Summarize times that are ISO 8601 strings; None if they are not times, or have a zone."""
    import numpy as np

    try:
        texts = np.asarray(values).ravel().tolist()
        if not texts or not all(isinstance(text, str) and _ISO_TIME.fullmatch(text) for text in texts if text):
            return None
        return _summarize_times(np.array([text or "NaT" for text in texts], dtype="datetime64[us]"))
    except (ValueError, TypeError):
        return None


def _as_numbers(found: Any) -> Any:
    """Convert an object array to floats, such as Decimals or numbers with None; None if that is impossible."""
    import numpy as np

    if found.size > 200_000 or any(isinstance(item, str) for item in found[:50]):
        return None
    try:
        return np.array([math.nan if item is None else float(item) for item in found], dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        return None


def _summarize_times(times: Any) -> Summary | None:
    import numpy as np

    plain = np.asarray(times).astype("datetime64[us]")
    known = plain[~np.isnat(plain)]
    if known.size == 0:
        return None
    low, high, first, last = (_iso(moment) for moment in (known.min(), known.max(), known[0], known[-1]))
    missing = int(plain.size - known.size)
    return Summary(count=int(plain.size), missing=missing, low=low, high=high, first=first, last=last)


def _iso(moment: Any) -> str:
    """Format a time without a fraction of zero, and midnight without a zone as a date."""
    text = str(moment)
    return re.sub(r"\.0+$", "", text).removesuffix("T00:00:00")


def iso_time(moment: datetime) -> str:
    """Format a ``datetime`` as `Summary` does; one with a zone keeps its offset, such as ``+01:00``."""
    return _iso(moment.isoformat())


def iso_place(text: Any) -> Place:
    """Format an ISO 8601 string as `Summary` does; None if it is not one, or has a zone."""
    found = summarize_times([text]) if text else None
    return found.low if found is not None else None


def as_floats(values: Any) -> Any:
    """Return values as an array of floats; NaN for each that is masked, missing or not finite."""
    import numpy as np

    numbers = np.ma.filled(np.ma.asarray(values, dtype=np.float64).ravel(), np.nan)
    return np.where(np.isfinite(numbers), numbers, np.nan)


def as_values(values: Any) -> tuple[Value, ...]:
    """Return numbers as they are; None for each that is masked, missing or not finite."""
    return tuple(None if math.isnan(number) else number for number in as_floats(values).tolist())


def box_of(values: Any, *, method: str = "linear", reach: float = 1.5) -> tuple[float, ...]:
    """Return lower whisker, lower quartile, median, upper quartile and upper whisker; empty without numbers.

    Parameters
    ----------
    values : array of float
    method : str
        How quantiles are computed, as `numpy.quantile` calls it.
    reach : float
        Whiskers end at the last value within so many distances between the quartiles.
    """
    import numpy as np

    numbers = as_floats(values)
    known = numbers[np.isfinite(numbers)]
    if not known.size:
        return ()
    q1, median, q3 = (float(value) for value in np.quantile(known, (0.25, 0.5, 0.75), method=method))  # type: ignore[call-overload]
    limit = reach * (q3 - q1) if q3 > q1 else 0.0
    inside = known[(known >= q1 - limit) & (known <= q3 + limit)]
    return float(min(inside.min(initial=q1), q1)), q1, median, q3, float(max(inside.max(initial=q3), q3))


def outside(values: Sequence[Any], box: Sequence[float]) -> tuple[float, ...]:
    """Return the values beyond the whiskers of a box, from the lowest up."""
    known = (float(value) for value in values if value is not None and math.isfinite(value))
    return tuple(sorted(value for value in known if not box[0] <= value <= box[-1]))


def paired(x: Sequence[Place], y: Sequence[Place]) -> tuple[tuple[Place, Place], ...]:
    """Return the points of a series; empty if there are none, or too many."""
    return tuple(zip(x, y, strict=True)) if 0 < len(x) == len(y) <= MAX_VALUES else ()


def located(summary: Summary | None, values: Any, place_at: Any) -> Summary | None:
    """Add to a summary where the lowest and the highest value are.

    Parameters
    ----------
    summary : Summary or None
        The summary of the values.
    values : array of float
        The values.
    place_at : callable
        Returns the place of the value with an index; None if it has none.
    """
    import numpy as np

    if summary is None or summary.low is None:
        return summary
    numbers = as_floats(values)
    return replace(summary, low_at=place_at(int(np.nanargmin(numbers))), high_at=place_at(int(np.nanargmax(numbers))))


def located_among(summary: Summary | None, values: Sequence[Place], places: Sequence[Place]) -> Summary | None:
    """Add where the lowest and the highest of a few listed values are; unchanged without a place for each number."""
    if not values or len(values) != len(places) or not all(isinstance(value, float | None) for value in values):
        return summary
    return located(summary, [math.nan if value is None else value for value in values], lambda n: places[n])


def values_by_name(names: Sequence[object], values: Iterable[Any]) -> tuple[tuple[str, float], ...]:
    """Pair values with their names; empty if there are too many, if a name repeats, or if a value is not a number."""
    if not 0 < len(names) <= MAX_VALUES:
        return ()
    try:
        pairs = {short_label(name): float(value) for name, value in zip(names, values, strict=True)}
    except (TypeError, ValueError):
        return ()
    known = len(pairs) == len(names) and all(pairs) and all(map(math.isfinite, pairs.values()))
    return tuple(pairs.items()) if known else ()
