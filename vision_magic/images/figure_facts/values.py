"""Data classes for the facts of a figure, each with a short text for models and people."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

__all__ = [
    "FACTS_HEADER",
    "AxesFacts",
    "AxisFacts",
    "Facts",
    "SeriesFacts",
    "Summary",
    "iso_time",
    "labels_of",
    "names_scale",
    "short_label",
    "summarize",
    "summarize_times",
    "ticks_words",
    "values_by_name",
]

FACTS_HEADER: Final = "Facts read from the figure object itself, not from its pixels:"
"""First line of the text; the embedded reader uses it to tell facts from a question."""

_MAX_CHARACTERS: Final = 4000
_MAX_AXES: Final = 12
_MAX_SERIES: Final = 20
_MAX_NAMES: Final = 12
_MAX_TICKS: Final = 6
_MAX_LABEL: Final = 80  # characters
_ISO_TIME: Final = re.compile(r"\d{4}-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?)?")
_UNIT: Final = re.compile(r"[(\[]([^()\[\]]{1,20})[)\]]\s*$|\s/\s(\S{1,12})\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Summary statistics of the values of a series along one axis.

    Attributes
    ----------
    count, missing : int
        Number of values; number of those that are not finite.
    low, high, first, last : float, str or None
        Minimum, maximum, first and last of the finite values; times are ISO 8601 strings, in the zone of the tick
        labels. `first` and `last` are None for the edges of bins.
    mean : float or None
        Mean of the finite values; None for times and for the edges of bins.
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
        ends = (
            f"{_number(self.first)} first, {_number(self.last)} last"
            if self.count > 1 and self.first is not None
            else ""
        )
        mean = f"mean {_number(self.mean)}" if self.mean is not None and self.count > 1 else ""
        missing = f"{self.missing} not finite" if self.missing else ""
        reach = f"{_number(self.low)} to {_number(self.high)}" if self.low != self.high else _number(self.low)
        return ", ".join(part for part in (reach, ends, mean, missing) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesFacts:
    """One series: its name, how it is drawn, and its values along each axis.

    Attributes
    ----------
    name, kind : str
        Its name in the legend, and how it is drawn, such as ``"line"`` or ``"bars"``.
    count : int
        Number of values; 0 if they are unknown.
    x, y, z : Summary or None
        Its values along each axis. None along an axis of names, and if what is drawn is not the data itself: the
        quartiles of a box plot, the sums of a stacked area, the bins of a histogram that a browser counts.
    named : tuple of (str, float)
        Its values by the names on the other axis, if there are at most 12.
    """

    name: str = ""
    kind: str = "line"
    count: int = 0
    x: Summary | None = None
    y: Summary | None = None
    z: Summary | None = None
    named: tuple[tuple[str, float], ...] = ()

    def __str__(self) -> str:
        title = f"{short_label(self.name)}: " if self.name else ""
        ways = (("x", self.x), ("y", self.y), ("z", self.z))
        along = [f"{axis} {values}" for axis, values in ways if values and str(values)]
        if self.named:
            along.append(", ".join(f"{short_label(name, 40)} {_number(value)}" for name, value in self.named))
        return title + "; ".join([f"{self.kind}, {self.count} values" if self.count else self.kind, *along])


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
    """One axes object (subplot).

    Attributes
    ----------
    title, role : str
        Its title, and how it belongs to other axes, such as ``"twin of axes 1"``.
    x, y, z : AxisFacts or None
        Its axes; None for those that are not drawn.
    legend, notes : tuple of str
        The entries of its legend, and the texts in it.
    series : tuple of SeriesFacts
        What is drawn in it.
    unread : int
        Number of further series, which were not read because there are so many.
    """

    title: str = ""
    role: str = ""
    x: AxisFacts | None = None
    y: AxisFacts | None = None
    z: AxisFacts | None = None
    legend: tuple[str, ...] = ()
    series: tuple[SeriesFacts, ...] = ()
    notes: tuple[str, ...] = ()
    unread: int = 0

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
        if more := max(0, len(self.series) - _MAX_SERIES) + self.unread:
            yield f"- and {more} more series"
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
                lines.append(f"axes {number} of {len(self.axes)}" + (f", {axes.role}" if axes.role else ""))
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


def _number(value: float | str | None) -> str:
    if isinstance(value, str):
        return short_label(value)
    return "" if value is None else f"{value:.6g}"


def short_label(text: object, max_length: int = _MAX_LABEL) -> str:
    """Format a label as one short line without control characters; empty if ``str()`` fails."""
    try:
        start = str(text)[: 100 * max_length]  # a label may be a whole file
        words = " ".join("".join(char if char.isprintable() else " " for char in start).split())
    except Exception:  # str() of a user's class may raise anything
        return ""
    return words if len(words) <= max_length else f"{words[: max_length - 1]}…"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MAX_SERIES} more" if len(names) > _MAX_SERIES else ""
    return ", ".join(f"“{short_label(name)}”" for name in names[:_MAX_SERIES]) + more


def names_scale(names: Iterable[object]) -> str:
    """Return the scale of an axis of names, such as ``categories pear, plum``."""
    words = list(map(short_label, names))
    more = f" and {len(words) - _MAX_NAMES} more" if len(words) > _MAX_NAMES else ""
    return f"categories {', '.join(words[:_MAX_NAMES])}{more}".strip()


def ticks_words(ticks: Iterable[tuple[float | str, object]]) -> str:
    """Return the texts that stand at some positions of a scale, such as ``ticks “π” at 3.14159``."""
    told = [f"“{short_label(text, 40)}” at {_number(at)}" for at, text in ticks]
    more = f" and {len(told) - _MAX_TICKS} more" if len(told) > _MAX_TICKS else ""
    return f"ticks {', '.join(told[:_MAX_TICKS])}{more}"


def values_by_name(names: Sequence[object], values: Iterable[Any]) -> tuple[tuple[str, float], ...]:
    """Pair values with their names; empty if there are too many, if a name repeats, or if a value is not a number."""
    if not 0 < len(names) <= _MAX_NAMES:
        return ()
    try:
        pairs = {short_label(name): float(value) for name, value in zip(names, values, strict=True)}
    except (TypeError, ValueError):
        return ()
    known = len(pairs) == len(names) and all(pairs) and all(map(math.isfinite, pairs.values()))
    return tuple(pairs.items()) if known else ()


def labels_of(texts: Iterable[object]) -> tuple[str, ...]:
    """Format labels with `short_label`, and drop the empty ones."""
    return tuple(words for words in map(short_label, texts) if words)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
