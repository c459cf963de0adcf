"""What is known of a figure? Values that show themselves as short text, for a model or a person to read."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

__all__ = ["HEAD", "AxesFacts", "AxisFacts", "Facts", "SeriesFacts", "Span", "line_of", "span_of"]

HEAD: Final = "Facts read from the figure object itself, not from its pixels:"
"""The first line of the text, by which a reader tells facts from a question."""

_MOST_CHARACTERS: Final = 4000
_MOST_AXES: Final = 12
_MOST_SERIES: Final = 20
_MOST_WORDS: Final = 80  # characters of one name
_UNIT: Final = re.compile(r"[(\[]([^()\[\]]{1,20})[)\]]\s*$|\s/\s(\S{1,12})\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What is said of a series' numbers: how they lie, and where they begin and end.

    Attributes
    ----------
    count, missing : int
        How many numbers there are; how many of them are not finite.
    low, high, first, last, mean : float or str
        Of the finite ones. Times are ISO texts; the mean of texts is left out.
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
    """One series: what it is called, how it is drawn, and its numbers along each axis."""

    name: str = ""
    kind: str = "line"
    count: int = 0
    x: Span | None = None
    y: Span | None = None

    def __str__(self) -> str:
        named = f"{line_of(self.name)}: " if self.name else ""
        along = [f"{axis} {span}" for axis, span in (("x", self.x), ("y", self.y)) if span and str(span)]
        return named + "; ".join([f"{self.kind}, {self.count} values" if self.count else self.kind, *along])


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisFacts:
    """One axis: its label, the unit in it, its scale, and its limits in the order in which they are drawn."""

    label: str = ""
    scale: str = "linear"
    limits: tuple[float | str, float | str] | None = None

    @property
    def unit(self) -> str:
        """The unit that the label names, such as ``m`` in ``Depth (m)``; empty where it names none."""
        found = _UNIT.search(self.label)
        return (found[1] or found[2] or "").strip() if found else ""

    def __str__(self) -> str:
        label = f"“{line_of(self.label)}”" if self.label else "no label"
        unit = f"unit {self.unit}" if self.unit else ""
        limits = f"{_number(self.limits[0])} to {_number(self.limits[1])}" if self.limits else ""
        return ", ".join(part for part in (label, unit, self.scale, limits) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class AxesFacts:
    """One pair of axes with what is drawn on it; `more` counts series that are left out, `notes` its texts."""

    title: str = ""
    x: AxisFacts | None = None
    y: AxisFacts | None = None
    z: AxisFacts | None = None
    legend: tuple[str, ...] = ()
    series: tuple[SeriesFacts, ...] = ()
    notes: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """Yield what there is to say, a line each."""
        if self.title:
            yield f"title: “{line_of(self.title)}”"
        for name, axis in (("x", self.x), ("y", self.y), ("z", self.z)):
            if axis is not None:
                yield f"{name} axis: {axis}"
        if self.legend:
            yield f"legend: {_listed(self.legend)}"
        for series in self.series[:_MOST_SERIES]:
            yield f"- {series}"
        if len(self.series) > _MOST_SERIES:
            yield f"- and {len(self.series) - _MOST_SERIES} more series"
        if self.notes:
            yield f"texts: {_listed(self.notes)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a figure object knows; ``str()`` gives it as compact text of at most 4,000 characters.

    Attributes
    ----------
    kind : str
        The library: ``matplotlib``, ``plotly``, ``altair``.
    title : str
        Of the whole figure.
    axes : tuple of AxesFacts
        Each pair of axes, in the order in which it was made.
    """

    kind: str
    title: str = ""
    axes: tuple[AxesFacts, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the same as plain JSON values."""
        return _plain(asdict(self))  # type: ignore[no-any-return]

    def __str__(self) -> str:
        lines = [HEAD, *([f"figure title: “{line_of(self.title)}”"] if self.title else [])]
        for number, axes in enumerate(self.axes[:_MOST_AXES], 1):
            if len(self.axes) > 1:
                lines.append(f"axes {number} of {len(self.axes)}")
            lines.extend(axes.lines())
        if len(self.axes) > _MOST_AXES:
            lines.append(f"and {len(self.axes) - _MOST_AXES} more axes")
        return _bounded(lines)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Show a notebook the text."""
        printer.text(str(self))


def _bounded(lines: list[str]) -> str:
    text = "\n".join(lines)
    if len(text) <= _MOST_CHARACTERS:
        return text
    kept = text[: _MOST_CHARACTERS - 40].rpartition("\n")[0]
    return f"{kept}\n({len(lines) - kept.count(chr(10)) - 1} more lines left out)"


def span_of(values: Any) -> Span | None:
    """Return what is to be said of numbers, times or names; None where there is nothing to say."""
    import numpy as np

    try:
        found = np.ma.asarray(values).ravel()
    except (ValueError, TypeError):
        return None
    if found.dtype.kind == "M":
        return _span_of_times(found)
    if found.dtype.kind in "OSU":
        found = _as_numbers(found)
    if found is None or found.dtype.kind not in "buif" or found.size == 0:
        return None
    numbers = np.ma.filled(found.astype(np.float64), np.nan)
    finite = numbers[np.isfinite(numbers)]
    missing = int(numbers.size - finite.size)
    if finite.size == 0:
        return Span(count=int(numbers.size), missing=missing)
    with np.errstate(over="ignore"):
        mean = float(finite.mean())  # of the largest floats there is none
    return Span(
        count=int(numbers.size),
        missing=missing,
        low=float(finite.min()),
        high=float(finite.max()),
        first=float(finite[0]),
        last=float(finite[-1]),
        mean=mean if math.isfinite(mean) else None,
    )


def _as_numbers(found: Any) -> Any:
    """Return objects as numbers, such as Decimals or numbers and None; None where they are words."""
    import numpy as np

    if found.size > 200_000 or any(isinstance(item, str) for item in found[:50]):
        return None
    try:
        return np.array([math.nan if item is None else float(item) for item in found], dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        return None


def _span_of_times(times: Any) -> Span | None:
    import numpy as np

    plain = np.asarray(times).astype("datetime64[us]")
    known = plain[~np.isnat(plain)]
    if known.size == 0:
        return None
    low, high, first, last = (_iso(moment) for moment in (known.min(), known.max(), known[0], known[-1]))
    missing = int(plain.size - known.size)
    return Span(count=int(plain.size), missing=missing, low=low, high=high, first=first, last=last)


def _iso(moment: Any) -> str:
    """Return a time without what is zero in it: a day where it is midnight."""
    text = str(moment)
    return re.sub(r"\.0+$", "", text).removesuffix("T00:00:00")


def iso_of(moment: datetime) -> str:
    """Return a time of the standard library as `Span` shows it."""
    return _iso(moment.replace(tzinfo=None).isoformat())


def _number(value: float | str | None) -> str:
    if isinstance(value, str):
        return line_of(value)
    return "" if value is None else f"{value:.6g}"


def line_of(text: object, most: int = _MOST_WORDS) -> str:
    """Return a name as one short line without control characters; whatever has no text is left empty."""
    try:
        words = " ".join("".join(char if char.isprintable() else " " for char in str(text)).split())
    except Exception:  # a user's own class
        return ""
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_SERIES} more" if len(names) > _MOST_SERIES else ""
    return ", ".join(f"“{line_of(name)}”" for name in names[:_MOST_SERIES]) + more


def names_of(texts: Iterable[object]) -> tuple[str, ...]:
    """Return texts that say something, each as one line."""
    return tuple(words for words in map(line_of, texts) if words)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
