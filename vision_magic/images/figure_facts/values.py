"""Data classes for the facts of a figure, each with a short text for models and people that can be read back."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from vision_magic.errors import ImageError
from vision_magic.images.figure_facts.notation import (
    Place,
    Value,
    joined,
    read_number,
    read_place,
    read_word,
    split,
    write_number,
    write_place,
    write_quoted,
    write_word,
)

__all__ = ["FACTS_HEADER", "NOT_DRAWN", "AxesFacts", "AxisFacts", "Facts", "SeriesFacts", "Summary", "unit_of"]

FACTS_HEADER: Final = "Facts read from the figure object itself, not from its pixels:"
NOT_DRAWN: Final = "This figure has no picture: "
"""Stands before the reason, and the reason above the facts, where facts are sent alone."""
"""First line of the text; the embedded reader uses it to tell facts from a question."""

_LONGEST_READ: Final = 200_000
_MAX_AXES: Final = 12
_MAX_SERIES: Final = 20
_UNIT: Final = re.compile(r"[(（\[]([^()（）\[\]]{1,20})[)）\]]\s*$|\s/\s(\S{1,12})\s*$")
_NO_UNIT: Final = re.compile(
    r"[±=]|^\d[\d.,]*\s?[-–—]\s?\d|"
    r"^(?:je|per|pro|par|por|à|of)\s(?!cent|mille?\b|100|1000|km\b)|\beach$|\b(?:higher|lower|less|more) (?:is|"
    r"means)\b|"
    r"\bis (?:better|worse|best)\b",
    re.IGNORECASE,
)
_MORE: Final = re.compile(r"and (\d+) more")


def unit_of(label: str) -> str:
    """Return the unit at the end of an axis label, such as ``m`` in ``Depth (m)``; empty if there is none.

    What error bars show, as in ``Accuracy (mean ± s.d.)``, is no unit; nor is what values mean, from where to where
    they may go, or of what each is, as in ``Grinder setting (higher = coarser)``, ``Grade (0–10)`` and ``Crates (15 kg
    each)``.
    """
    found = _UNIT.search(label)
    unit = (found[1] or found[2] or "").strip() if found else ""
    return "" if _NO_UNIT.search(unit) else unit


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
        Mean of the finite values, to 12 digits; None for times and for the edges of bins.
    low_at, high_at : float, str or None
        Where the minimum and the maximum are along the other axis, at the first of several places: a number, a time
        or a name. None if it is not known.
    """

    count: int
    missing: int = 0
    low: float | str | None = None
    high: float | str | None = None
    first: float | str | None = None
    last: float | str | None = None
    mean: float | None = None
    low_at: float | str | None = None
    high_at: float | str | None = None

    def __str__(self) -> str:
        return self.text(self.count)

    def text(self, count: int) -> str:
        """Return the text of the values of a series, which has its number of values elsewhere."""
        first, mean = _implied(self.count, self.low)
        return joined(
            (
                _write_reach(self.low, self.high),
                f"lowest at {write_place(self.low_at)}" if self.low_at is not None else "",
                f"highest at {write_place(self.high_at)}" if self.high_at is not None else "",
                f"{write_place(self.first)} first" if self.first != first else "",
                f"{write_place(self.last)} last" if self.last != first else "",
                f"mean {write_number(self.mean)}" if self.mean != mean else "",
                f"{self.missing} not finite" if self.missing else "",
                f"{self.count} values" if self.count != count else "",
            )
        )

    @classmethod
    def read(cls, text: str, count: int) -> Summary:
        """Return the summary that `text` wrote."""
        found: dict[str, Any] = {"count": count}
        for part in split(text, ", ") if text else ():
            name, value = _read_statistic(part)
            found |= value if name == "reach" else {name: value}
        first, mean = _implied(found["count"], found.get("low"))
        return cls(**{"first": first, "last": first, "mean": mean, **found})


def _implied(count: int, low: float | str | None) -> tuple[float | str | None, float | None]:
    """Return the first value and the mean of a single value, which are not written."""
    if count != 1:
        return None, None
    return low, None if isinstance(low, str) else low


def _write_reach(low: Place, high: Place) -> str:
    if low is None and high is None:
        return ""
    return write_place(low) if low == high else f"{write_place(low)} to {write_place(high)}"


def _read_statistic(part: str) -> tuple[str, Any]:
    for name, before, after, read in _STATISTICS:
        if part.startswith(before) and part.endswith(after):
            return name, read(part.removeprefix(before).removesuffix(after))
    ends = [read_place(end) for end in split(part, " to ")]
    if len(ends) > 2:
        raise ValueError(part)
    return "reach", {"low": ends[0], "high": ends[-1]}


_STATISTICS: Final[tuple[tuple[str, str, str, Callable[[str], Any]], ...]] = (
    ("low_at", "lowest at ", "", read_place),
    ("high_at", "highest at ", "", read_place),
    ("first", "", " first", read_place),
    ("last", "", " last", read_place),
    ("mean", "mean ", "", read_number),
    ("missing", "", " not finite", int),
    ("count", "", " values", int),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesFacts:
    """One series: its name, how it is drawn, and its values along each axis.

    Attributes
    ----------
    name, kind : str
        Its name in the legend, and how it is drawn, such as ``"line"`` or ``"bars"``. Of a line of steps,
        ``"steps, post"`` if each value holds from its place to the next one, ``"steps, pre"`` if it holds from the one
        before, and ``"steps, mid"`` if it holds around its place; an area of steps is ``"area, steps post"``.
    count : int
        Number of values; 0 if they are unknown.
    x, y, z : Summary or None
        Its values along each axis. None along an axis of names, and if what is drawn is not the data itself: the
        quartiles of a box plot, the sums of a stacked area, the bins of a histogram that a browser counts. `z` are
        also the values of an image or a heat map.
    colour : str
        The colour in which all of it is drawn, such as ``"#1f77b4"``; empty if there are several.
    named : tuple of (str, float or None)
        Its values by the names on the other axis, if there are at most 500.
    points : tuple of (float, str or None, float, str or None)
        Its values along x and y, if there are at most 500 and neither is a name.
    errors : tuple of float
        Half the length of each error bar of `named` or `points`, if they are as long below as above; of a line in the
        middle of a band, half the height of this.
    edges, heights : tuple
        Of a histogram with at most 500 bins, their edges, and the height of each bin.
    columns : tuple
        Of a heat map with at most 500 cells, the names or places of its columns.
    rows : tuple of (float, str or None, tuple of float)
        The name or place of each of its rows, with the values of the row.
    percent : tuple of (str, float)
        The label of each wedge of a pie, and its share in percent.
    boxes : tuple of (float, str or None, tuple of float)
        The name or place of each box of a box plot, with the lower end of its whiskers, its lower quartile, median and
        upper quartile, and the upper end of its whiskers.
    outliers : tuple of (float, str or None, tuple of float)
        The name or place of each box that has points beyond its whiskers, with their values from the lowest up.
    """

    name: str = ""
    kind: str = "line"
    count: int = 0
    x: Summary | None = None
    y: Summary | None = None
    z: Summary | None = None
    colour: str = ""
    named: tuple[tuple[str, Value], ...] = ()
    points: tuple[tuple[Place, Place], ...] = ()
    errors: tuple[Value, ...] = ()
    edges: tuple[Place, ...] = ()
    heights: tuple[Value, ...] = ()
    columns: tuple[Place, ...] = ()
    rows: tuple[tuple[Place, tuple[Value, ...]], ...] = ()
    percent: tuple[tuple[str, Value], ...] = ()
    boxes: tuple[tuple[Place, tuple[Value, ...]], ...] = ()
    outliers: tuple[tuple[Place, tuple[Value, ...]], ...] = ()

    def __str__(self) -> str:
        return "; ".join([*self._statistics(), *self._values()])

    @property
    def stated(self) -> int:
        """How many values are held one by one."""
        cells = sum(len(values) for _, values in (*self.rows, *self.boxes, *self.outliers))
        return max(map(len, (self.named, self.points, self.heights, self.percent, self.errors)), default=0) or cells

    def without_values(self) -> str:
        """Return the text without single values."""
        return "; ".join(self._statistics())

    def _statistics(self) -> Iterator[str]:
        kind = self.kind if _is_plain_kind(self.kind) else write_quoted(self.kind)
        count = f", {self.count} values" if self.count else ""
        yield f"{f'{write_word(self.name)}: ' if self.name else ''}{kind}{count}"
        for axis, summary in (("x", self.x), ("y", self.y), ("z", self.z)):
            if summary is not None:
                yield f"{axis} {summary.text(self.count)}".rstrip()
        if self.colour:
            yield f"colour {self.colour if _COLOUR.fullmatch(self.colour) else write_quoted(self.colour)}"

    def _values(self) -> Iterator[str]:
        for field, (keyword, write, _) in _VALUES.items():
            found = getattr(self, field)
            if found:
                yield f"{keyword} {write(found)}"
        for place, values in self.rows:
            yield f"row {write_place(place)}: {_write_numbers(values) or 'no values'}"

    @classmethod
    def read(cls, text: str) -> SeriesFacts:
        """Return the series that `str` wrote."""
        head, *fields = split(text, "; ")
        found = _read_series_head(head)
        for field in fields:
            word, _, rest = field.partition(" ")
            if word in ("x", "y", "z"):
                found[word] = Summary.read(rest, found["count"])
            elif word == "colour":
                found[word] = read_word(rest)
            elif word == "row":
                found["rows"] = (*found.get("rows", ()), _read_row(rest))
            else:
                name, value = _read_values(field)
                found[name] = value
        return cls(**found)


_COLOUR: Final = re.compile(r"#[0-9a-f]{6}")
_PLAIN_KIND: Final = re.compile(r"[^\s“”\\;:](?:[^“”\\;:]|“[^“”\\;:]*”)*")
_COUNTED: Final = re.compile(r"(.*), (\d+) values", re.DOTALL)


def _is_plain_kind(kind: str) -> bool:
    """Whether a kind can be written without quotation marks."""
    plain = _PLAIN_KIND.fullmatch(kind) and kind.isprintable() and not kind.endswith(" ")
    return bool(plain) and not kind.startswith("and ") and _COUNTED.fullmatch(kind) is None


def _read_series_head(head: str) -> dict[str, Any]:
    *name, kind = split(head, ": ")
    counted = _COUNTED.fullmatch(kind)
    kind = counted[1] if counted else kind
    return {
        "name": read_word(*name) if name else "",
        "kind": read_word(kind) if kind.startswith("“") else kind,
        "count": int(counted[2]) if counted else 0,
    }


def _read_row(text: str) -> tuple[Place, tuple[Value, ...]]:
    place, values = split(text, ": ")
    return read_place(place), () if values == "no values" else _read_numbers(values)


def _read_values(text: str) -> tuple[str, Any]:
    for name, (keyword, _, read) in _VALUES.items():
        if text.startswith(f"{keyword} "):
            return name, read(text.removeprefix(f"{keyword} "))
    raise ValueError(text)


def _write_named(pairs: Sequence[tuple[str, Value]]) -> str:
    return ", ".join(f"{write_word(name)} {write_number(value)}" for name, value in pairs)


def _read_named(text: str) -> tuple[tuple[str, Value], ...]:
    pairs = (part.rpartition(" ") for part in split(text, ", "))
    return tuple((read_word(name), read_number(value)) for name, _, value in pairs)


def _write_points(points: Sequence[tuple[Place, Place]]) -> str:
    return ", ".join(f"({write_place(x)}, {write_place(y)})" for x, y in points)


def _read_points(text: str) -> tuple[tuple[Place, Place], ...]:
    pairs = (split(part, ", ") for part in split(text.removeprefix("(").removesuffix(")"), "), ("))
    return tuple((read_place(x), read_place(y)) for x, y in pairs)


def _write_places(places: Sequence[Place]) -> str:
    return ", ".join(map(write_place, places))


def _read_places(text: str) -> tuple[Place, ...]:
    return tuple(map(read_place, split(text, ", ")))


def _write_numbers(values: Sequence[Value]) -> str:
    return ", ".join(map(write_number, values))


def _read_numbers(text: str) -> tuple[Value, ...]:
    return tuple(map(read_number, split(text, ", ")))


def _write_boxes(boxes: Sequence[tuple[Place, Sequence[Value]]]) -> str:
    return ", ".join(f"{write_place(place)}: {' '.join(map(write_number, values))}" for place, values in boxes)


def _read_boxes(text: str) -> tuple[tuple[Place, tuple[Value, ...]], ...]:
    pairs = (split(part, ": ") for part in split(text, ", "))
    return tuple((read_place(place), tuple(map(read_number, values.split()))) for place, values in pairs)


_VALUES: Final[Mapping[str, tuple[str, Callable[[Any], str], Callable[[str], Any]]]] = {
    "named": ("values", _write_named, _read_named),
    "points": ("points", _write_points, _read_points),
    "errors": ("error bars ±", _write_numbers, _read_numbers),
    "edges": ("edges", _write_places, _read_places),
    "heights": ("heights", _write_numbers, _read_numbers),
    "columns": ("columns", _write_places, _read_places),
    "percent": ("percent", _write_named, _read_named),
    "boxes": ("whisker, quartile, median, quartile and whisker of", _write_boxes, _read_boxes),
    "outliers": ("beyond the whiskers of", _write_boxes, _read_boxes),
}
"""The single values of a series: for each attribute its keyword, and how it is written and read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisFacts:
    """One axis.

    Attributes
    ----------
    label, scale : str
        Its label with the unit, and its scale, such as ``"linear"``, ``"log"``, ``"date"`` or ``"categories"``; the
        scale is empty if the axis does not show the coordinates of what is drawn.
    limits : tuple of (float or str) or None
        Its limits in drawing order: reversed if the axis is inverted.
    names : tuple of str
        The names of its categories.
    ticks : tuple of (float or str, str)
        The texts that stand at some positions of a scale of numbers.
    more : int
        Number of further names or ticks, which were not read because there are so many.
    zone : str
        The time zone of a scale of times, if it is stated.
    """

    label: str = ""
    scale: str = "linear"
    limits: tuple[float | str, float | str] | None = None
    names: tuple[str, ...] = ()
    ticks: tuple[tuple[Place, str], ...] = ()
    more: int = 0
    zone: str = ""

    @property
    def unit(self) -> str:
        """The unit in the label, such as ``m`` in ``Depth (m)``; empty if there is none."""
        return unit_of(self.label)

    def __str__(self) -> str:
        label = write_quoted(self.label) if self.label else "no label"
        unit = f"unit {write_word(self.unit)}" if self.unit else ""
        scale = self.scale if _PLAIN_SCALE.fullmatch(self.scale) or not self.scale else write_quoted(self.scale)
        limits = " to ".join(map(write_place, self.limits)) if self.limits else ""
        names = ", ".join(map(write_word, self.names))
        if names and scale == _CATEGORIES and not limits:
            scale, names = f"{scale} {names}", ""
        ticks = ", ".join(f"{write_quoted(text)} at {write_place(place)}" for place, text in self.ticks)
        return "; ".join(
            part
            for part in (
                joined((label, unit, scale, limits)),
                f"zone {write_word(self.zone)}" if self.zone else "",
                f"names {names}" if names else "",
                f"ticks {ticks}" if ticks else "",
                f"and {self.more} more" if self.more else "",
            )
            if part
        )

    @classmethod
    def read(cls, text: str) -> AxisFacts:
        """Return the axis that `str` wrote."""
        head, *fields = split(text, "; ")
        label, *parts = split(head, ", ")
        found: dict[str, Any] = {"label": "" if label == "no label" else read_word(label), "scale": ""}
        for number, part in enumerate(parts):
            if part.startswith("unit "):
                continue  # the label has it; it may be "0 to 10 points"
            if part.startswith(f"{_CATEGORIES} "):
                names = (part.removeprefix(f"{_CATEGORIES} "), *parts[number + 1 :])
                found |= {"scale": _CATEGORIES, "names": tuple(map(read_word, names))}
                break
            ends = split(part, " to ")
            if len(ends) == 2:
                found["limits"] = (read_place(ends[0]), read_place(ends[1]))
            else:
                found["scale"] = read_word(part)
        for field in fields:
            keyword, _, rest = field.partition(" ")
            more = _MORE.fullmatch(field)
            name, value = ("more", int(more[1])) if more else (keyword, _AXIS_READERS[keyword](rest))
            found[name] = value
        return cls(**found)


_CATEGORIES: Final = "categories"
_PLAIN_SCALE: Final = re.compile(r"[a-z0-9_]+")


def _read_ticks(text: str) -> tuple[tuple[Place, str], ...]:
    pairs = (split(part, " at ") for part in split(text, ", "))
    return tuple((read_place(place), read_word(words)) for words, place in pairs)


_AXIS_READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "zone": read_word,
    "names": lambda text: tuple(map(read_word, split(text, ", "))),
    "ticks": _read_ticks,
}


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
        The entries of its legend, and the texts in it that name no point.
    legend_title : str
        The title of its legend, which says what the entries are, such as ``"Team"``.
    series : tuple of SeriesFacts
        What is drawn in it.
    point_labels : tuple of (str, (Place, Place))
        The texts that name points of the series, each with the place of its point along x and y.
    unread : int
        Number of further series, which were not read because there are so many.
    """

    title: str = ""
    role: str = ""
    x: AxisFacts | None = None
    y: AxisFacts | None = None
    z: AxisFacts | None = None
    legend: tuple[str, ...] = ()
    legend_title: str = ""
    series: tuple[SeriesFacts, ...] = ()
    point_labels: tuple[tuple[str, tuple[Place, Place]], ...] = ()
    notes: tuple[str, ...] = ()
    unread: int = 0

    def lines(self, values: int) -> Iterator[tuple[str, str]]:
        """Yield the facts line by line, each as a whole and without single values; more than `values` are left out."""
        if self.title:
            yield _alike(f"title: {write_quoted(self.title)}")
        for name, axis in (("x", self.x), ("y", self.y), ("z", self.z)):
            if axis is not None:
                yield _alike(f"{name} axis: {axis}")
        if self.legend_title:
            yield _alike(f"legend title: {write_quoted(self.legend_title)}")
        if self.legend:
            yield _alike(f"legend: {_listed(self.legend)}")
        for series in self.series[:_MAX_SERIES]:
            short = f"- {series.without_values()}"
            yield (f"- {series}" if series.stated <= values else short), short
        if more := max(0, len(self.series) - _MAX_SERIES) + self.unread:
            yield _alike(f"- and {more} more series")
        if self.point_labels:
            whole = f"point labels: {_write_labels(self.point_labels)}"
            short = f"point labels: {_listed([name for name, _ in self.point_labels])}"
            yield (whole if len(self.point_labels) <= values else short), short
        if self.notes:
            yield _alike(f"texts: {_listed(self.notes)}")

    @classmethod
    def read(cls, lines: Sequence[str], role: str = "") -> AxesFacts:
        """Return the axes that `lines` wrote."""
        found: dict[str, Any] = {"role": role, "series": []}
        for line in lines:
            keyword, _, rest = line.partition(": ")
            if more := re.fullmatch(r"- and (\d+) more series", line):
                found["unread"] = int(more[1])
            elif line.startswith("- "):
                found["series"].append(SeriesFacts.read(line.removeprefix("- ")))
            else:
                name, read = _AXES_READERS[keyword]
                found[name] = read(rest)
        return cls(**found | {"series": tuple(found["series"])})


def _alike(line: str) -> tuple[str, str]:
    return line, line


def _listed(names: Sequence[str]) -> str:
    more = f", and {len(names) - _MAX_SERIES} more" if len(names) > _MAX_SERIES else ""
    return ", ".join(map(write_quoted, names[:_MAX_SERIES])) + more


def _read_listed(text: str) -> tuple[str, ...]:
    return tuple(read_word(part) for part in split(text, ", ") if not _MORE.fullmatch(part))


def _write_labels(labels: Sequence[tuple[str, tuple[Place, Place]]]) -> str:
    return ", ".join(f"{write_quoted(name)} at ({write_place(x)}, {write_place(y)})" for name, (x, y) in labels)


def _read_labels(text: str) -> tuple[tuple[str, tuple[Place, Place]], ...]:
    """Return names with their places; none if the text leaves out the places, for its length."""
    parts = (split(part, " at (") for part in split(text.removesuffix(")"), "), "))
    found = [(read_word(part[0]), split(part[1], ", ")) for part in parts if len(part) == 2]
    return tuple((name, (read_place(x), read_place(y))) for name, (x, y) in found)


_AXES_READERS: Final[Mapping[str, tuple[str, Callable[[str], Any]]]] = {
    "title": ("title", read_word),
    "x axis": ("x", AxisFacts.read),
    "y axis": ("y", AxisFacts.read),
    "z axis": ("z", AxisFacts.read),
    "legend title": ("legend_title", read_word),
    "legend": ("legend", _read_listed),
    "point labels": ("point_labels", _read_labels),
    "texts": ("notes", _read_listed),
}


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
    left_out : int
        Number of axes and lines that a text left out from which the facts were read.
    """

    kind: str
    title: str = ""
    axes: tuple[AxesFacts, ...] = ()
    left_out: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return the facts as plain JSON values; non-finite numbers become None."""
        return _plain(asdict(self))  # type: ignore[no-any-return]

    def __str__(self) -> str:
        return self.to_text()

    def to_text(self, *, values: int = 40, characters: int = 4000) -> str:
        """Return the facts as text.

        Parameters
        ----------
        values : int
            Single values are stated of series that have at most as many.
        characters : int
            Largest length. Single values are left out first, then whole lines.
        """
        return _bounded(list(self._lines(values)), self.left_out, characters)

    def _lines(self, values: int) -> Iterator[tuple[str, str]]:
        yield _alike(FACTS_HEADER)
        yield _alike(f"library: {write_word(self.kind)}")
        if self.title:
            yield _alike(f"figure title: {write_quoted(self.title)}")
        for number, axes in enumerate(self.axes[:_MAX_AXES], 1):
            lines = list(axes.lines(values))
            if len(self.axes) > 1 or axes.role or not lines:
                role = f", {write_word(axes.role)}" if axes.role else ""
                yield _alike(f"axes {number} of {len(self.axes)}{role}")
            yield from lines
        if len(self.axes) > _MAX_AXES:
            yield _alike(f"and {len(self.axes) - _MAX_AXES} more axes")

    @classmethod
    def read(cls, text: str) -> Facts:
        """Return the facts that ``str()`` wrote; those that it left out for length are missing.

        Raises
        ------
        ImageError
            The text is not that of facts.
        """
        try:
            return cls(**_read_facts(text))
        except (ValueError, KeyError, TypeError, StopIteration, OverflowError) as error:
            raise ImageError(f"Facts.read got other text than that of facts ({type(error).__name__}).") from None

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Show the text in a notebook."""
        printer.text(str(self))


def _read_facts(text: str) -> dict[str, Any]:
    header, library, *lines = text.split("\n")
    if header != FACTS_HEADER or not library.startswith("library: ") or len(text) > _LONGEST_READ:
        raise ValueError
    found: dict[str, Any] = {"kind": read_word(library.removeprefix("library: ")), "left_out": 0}
    if lines and lines[0].startswith("figure title: "):
        found["title"] = read_word(lines.pop(0).removeprefix("figure title: "))
    groups: list[tuple[str, list[str]]] = []
    for line in lines:
        if head := re.fullmatch(r"axes \d+ of \d+(?:, (.+))?", line):
            groups.append((read_word(head[1]) if head[1] else "", []))
        elif left_out := _LEFT_OUT.fullmatch(line):
            found["left_out"] += int(left_out[1] or left_out[2] or 0)
        else:
            groups = groups or [("", [])]
            groups[-1][1].append(line)
    return found | {"axes": tuple(AxesFacts.read(part, role) for role, part in groups)}


_LEFT_OUT: Final = re.compile(r"and (\d+) more axes|\((?:(\d+) more lines|values of \d+ series) left out\)")


def _bounded(lines: list[tuple[str, str]], left_out: int, longest: int) -> str:
    """Return lines as text. If it is too long, the longest lists of values are left out first, and then whole lines."""
    texts = [whole for whole, _ in lines]
    limit = longest - 80  # for what is said about the rest
    most = longest - len(_rest(left_out))
    excess = sum(map(len, texts)) + len(texts) - most
    dropped = 0
    for number in sorted(range(len(lines)), key=lambda n: len(lines[n][1]) - len(lines[n][0])):
        whole, short = lines[number]
        if excess + (80 if dropped else 0) <= 0 or whole == short:
            break
        texts[number], excess, dropped = short, excess - len(whole) + len(short), dropped + 1
    if dropped:
        texts.append(f"(values of {dropped} series left out)")
    text = "\n".join(texts)
    if len(text) > most:
        kept = text[:limit].rpartition("\n")[0]
        left_out += len(texts) - kept.count("\n") - 1
        text = kept
    return text + _rest(left_out)


def _rest(left_out: int) -> str:
    return f"\n({left_out} more lines left out)" if left_out else ""


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
