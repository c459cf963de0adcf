"""Data classes for the facts of a figure, each with a short text for models and people."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

__all__ = ["FACTS_HEADER", "AxesFacts", "AxisFacts", "Facts", "SeriesFacts", "Summary", "short_label", "summarize"]

FACTS_HEADER: Final = "Facts read from the figure object itself, not from its pixels:"
"""First line of the text; the embedded reader uses it to tell facts from a question."""

_MAX_CHARACTERS: Final = 4000
_MAX_AXES: Final = 12
_MAX_SERIES: Final = 20
_MAX_LABEL: Final = 80  # characters
_UNIT: Final = re.compile(r"[(\[]([^()\[\]]{1,20})[)\]]\s*$|\s/\s(\S{1,12})\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Summary statistics of the values of a series along one axis.

    Attributes
    ----------
    count, missing : int
        Number of values; number of those that are not finite.
    low, high, first, last : float, str or None
        Minimum, maximum, first and last of the finite values; times are ISO 8601 strings.
    mean : float or None
        Mean of the finite values; None for times.
    """

    count: int
    missing: int = 0
    low: float | str | None = None
    high: float | str | None = None
    first: float | str | None = None
    last: float | str | None = None
    mean: float | None = None

    def __str__(self) -> str:
        if self.low is None:
            return ""
        ends = f"{_number(self.first)} first, {_number(self.last)} last" if self.count > 1 else ""
        mean = f"mean {_number(self.mean)}" if self.mean is not None and self.count > 1 else ""
        missing = f"{self.missing} not finite" if self.missing else ""
        reach = f"{_number(self.low)} to {_number(self.high)}" if self.low != self.high else _number(self.low)
        return ", ".join(part for part in (reach, ends, mean, missing) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesFacts:
    """One series: its name, how it is drawn, and its values along each axis."""

    name: str = ""
    kind: str = "line"
    count: int = 0
    x: Summary | None = None
    y: Summary | None = None

    def __str__(self) -> str:
        named = f"{short_label(self.name)}: " if self.name else ""
        along = [f"{axis} {values}" for axis, values in (("x", self.x), ("y", self.y)) if values and str(values)]
        return named + "; ".join([f"{self.kind}, {self.count} values" if self.count else self.kind, *along])


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisFacts:
    """One axis: its label with the unit, its scale, and its limits in drawing order (reversed if inverted)."""

    label: str = ""
    scale: str = "linear"
    limits: tuple[float | str, float | str] | None = None

    @property
    def unit(self) -> str:
        """The unit in the label, such as ``m`` in ``Depth (m)``; empty if there is none."""
        found = _UNIT.search(self.label)
        return (found[1] or found[2] or "").strip() if found else ""

    def __str__(self) -> str:
        label = f"“{short_label(self.label)}”" if self.label else "no label"
        unit = f"unit {self.unit}" if self.unit else ""
        limits = f"{_number(self.limits[0])} to {_number(self.limits[1])}" if self.limits else ""
        return ", ".join(part for part in (label, unit, self.scale, limits) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class AxesFacts:
    """One axes object (subplot): its axes, legend entries, series, and text annotations in `notes`."""

    title: str = ""
    x: AxisFacts | None = None
    y: AxisFacts | None = None
    z: AxisFacts | None = None
    legend: tuple[str, ...] = ()
    series: tuple[SeriesFacts, ...] = ()
    notes: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """Yield the facts line by line."""
        if self.title:
            yield f"title: “{short_label(self.title)}”"
        for name, axis in (("x", self.x), ("y", self.y), ("z", self.z)):
            if axis is not None:
                yield f"{name} axis: {axis}"
        if self.legend:
            yield f"legend: {_listed(self.legend)}"
        for series in self.series[:_MAX_SERIES]:
            yield f"- {series}"
        if len(self.series) > _MAX_SERIES:
            yield f"- and {len(self.series) - _MAX_SERIES} more series"
        if self.notes:
            yield f"texts: {_listed(self.notes)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Facts of a figure; ``str()`` returns them as compact text of at most 4,000 characters.

    Attributes
    ----------
    kind : str
        The library: ``"matplotlib"``, ``"plotly"`` or ``"altair"``.
    title : str
        Title of the whole figure.
    axes : tuple of AxesFacts
        All axes objects (subplots), in the order in which they were created.
    """

    kind: str
    title: str = ""
    axes: tuple[AxesFacts, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the facts as plain JSON values; non-finite numbers become None."""
        return _plain(asdict(self))  # type: ignore[no-any-return]

    def __str__(self) -> str:
        lines = [FACTS_HEADER, *([f"figure title: “{short_label(self.title)}”"] if self.title else [])]
        for number, axes in enumerate(self.axes[:_MAX_AXES], 1):
            if len(self.axes) > 1:
                lines.append(f"axes {number} of {len(self.axes)}")
            lines.extend(axes.lines())
        if len(self.axes) > _MAX_AXES:
            lines.append(f"and {len(self.axes) - _MAX_AXES} more axes")
        return _bounded(lines)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Show the text in a notebook."""
        printer.text(str(self))


def _bounded(lines: list[str]) -> str:
    text = "\n".join(lines)
    if len(text) <= _MAX_CHARACTERS:
        return text
    kept = text[: _MAX_CHARACTERS - 40].rpartition("\n")[0]
    return f"{kept}\n({len(lines) - kept.count(chr(10)) - 1} more lines left out)"


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
        mean=mean if math.isfinite(mean) else None,
    )


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
    """Format a time without a fraction of zero, and midnight as a date."""
    text = str(moment)
    return re.sub(r"\.0+$", "", text).removesuffix("T00:00:00")


def iso_time(moment: datetime) -> str:
    """Format a ``datetime`` as `Summary` does."""
    return _iso(moment.replace(tzinfo=None).isoformat())


def _number(value: float | str | None) -> str:
    if isinstance(value, str):
        return short_label(value)
    return "" if value is None else f"{value:.6g}"


def short_label(text: object, max_length: int = _MAX_LABEL) -> str:
    """Format a label as one short line without control characters; empty if ``str()`` fails."""
    try:
        words = " ".join("".join(char if char.isprintable() else " " for char in str(text)).split())
    except Exception:  # str() of a user's class may raise anything
        return ""
    return words if len(words) <= max_length else f"{words[: max_length - 1]}…"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MAX_SERIES} more" if len(names) > _MAX_SERIES else ""
    return ", ".join(f"“{short_label(name)}”" for name in names[:_MAX_SERIES]) + more


def labels_of(texts: Iterable[object]) -> tuple[str, ...]:
    """Format labels with `short_label`, and drop the empty ones."""
    return tuple(words for words in map(short_label, texts) if words)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
