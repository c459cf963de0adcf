"""Charts as data: panels with their axes and series, and how sure each number is.

The same values hold what a figure object knows, what is printed in an image, and what was measured in its pixels; each
series names its source.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

from vision_magic.chat.display import mime_bundle
from vision_magic.engine.chart.calibrate import Calibration
from vision_magic.engine.chart.frame import frame_of_rows
from vision_magic.engine.chart.plot import LegendEntry
from vision_magic.engine.colours import hex_of
from vision_magic.naming import near_miss
from vision_magic.text import clean_text, one_line

if TYPE_CHECKING:
    from vision_magic.images.image import Image

__all__ = [
    "BARS",
    "FLAT",
    "STACKED",
    "WITHOUT_DATA",
    "Chart",
    "ChartAxis",
    "ChartPanel",
    "Kind",
    "Place",
    "Scale",
    "Series",
    "Source",
    "Steps",
    "Summary",
    "WhyNot",
    "drawn_series",
]

Kind = Literal[
    "line",
    "step",
    "points",
    "bars",
    "horizontal bars",
    "stacked bars",
    "stacked horizontal bars",
    "histogram",
    "area",
    "stems",
    "pie",
    "heat map",
    "box plot",
    "violins",
    "contours",
    "hexagons",
    "arrows",
    "surface",
    "reference line",
    "other",
]
"""How a series is drawn."""

BARS: Final[tuple[Kind, ...]] = ("bars", "horizontal bars", "stacked bars", "stacked horizontal bars")

FLAT: Final[tuple[Kind, ...]] = ("horizontal bars", "stacked horizontal bars")
"""Kinds of bars whose values run along the x axis."""

STACKED: Final[tuple[Kind, ...]] = ("stacked bars", "stacked horizontal bars")
"""Kinds of bars that stand on each other."""

WITHOUT_DATA: Final[tuple[Kind, ...]] = ("reference line", "other")
"""Kinds of what is drawn beside the data."""

Source = Literal["figure", "printed", "pixels"]
"""Where numbers come from: the figure object, numbers printed in the image, or measurements of its pixels."""

Steps = Literal["", "pre", "mid", "post"]

Scale = Literal["linear", "log", "date", "categories", "other", "none"]


class WhyNot(StrEnum):
    """What hinders the reading of a series, as English clauses; `WhyNot.of` finds the member of a clause."""

    AXIS = "the scale of an axis is not certain"
    AXIS_UNREAD = "an axis could not be read"
    VALUES_UNREAD = "the axis of values could not be read"
    SECOND_AXIS = "it may belong to the second axis"
    ON_SECOND_AXIS = "it is drawn against the second axis"
    NO_NUMBERS = "the figure object does not hold its numbers"
    PART_HIDDEN = "a part of it is hidden"
    BELOW_TEXT = "a text or the legend hides a part of it"
    END_HIDDEN = "an end of it is hidden"
    BAR_END_HIDDEN = "a text or the legend hides the end of a bar"
    ERROR_BAR_HIDDEN = "an error bar is hidden by its marker"
    LIKE_COLOURS = "lines of similar colours cross"
    BROKEN = "it is broken into pieces"
    CROWDED = "its points lie too close together"
    MARKERS_OVERLAP = "its markers overlap"
    MARKERS_TOUCHED = "other marks touch its markers"
    GREY = "it is drawn in the colour of the axes"
    BETWEEN_NAMES = "its points lie between the names on the axis"
    TOO_LITTLE = "too little of it is visible"
    NO_SHAPE = "its shapes could not be told apart"
    NARROW_STEPS = "some steps are too narrow"
    UNEVEN_BINS = "its bins differ in width"
    UNPROVED = "marks of this kind cannot be read reliably yet"
    BARS_UNCLEAR = "bars cannot be told apart"
    SOME_BARS_UNCLEAR = "some bars could not be told apart"
    FLOATING_BARS = "some bars do not begin at zero"
    BOXES_UNCLEAR = "boxes cannot be told apart"
    WHISKERS_UNCLEAR = "the ends of its whiskers are not clear"
    WEDGES_UNCLEAR = "the names of its wedges could not be told apart"
    SHARES_DIFFER = "printed and measured shares differ"
    CELLS_UNCLEAR = "the names of its cells could not be told apart"
    COLOUR_BAR_UNREAD = "the colour bar could not be read"
    COLOUR_UNKNOWN = "a colour is not in the colour bar"

    @classmethod
    def of(cls, clause: str) -> WhyNot:
        """Return the member of a clause; `AXIS` for any other, since the clauses of axes name numbers of labels."""
        return next((one for one in cls if one == clause), cls.AXIS)


Place = float | str
"""A place along the axis of positions: a number, the name of a category, or a date in ISO 8601."""

Point = tuple[float, float]

_EPOCH: Final = datetime(1970, 1, 1)
_MAX_NAME: Final = 40  # characters of a name in a representation


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartAxis:
    """One axis.

    Attributes
    ----------
    label, unit : str
        The label, and the unit in it; empty if there is none.
    scale : {"linear", "log", "date", "categories", "other", "none"}
        "none" if nothing about it is known.
    limits : tuple of Place or None
        First and last value in the order in which they are drawn.
    categories : tuple of str
        The names, in the order in which they are drawn.
    ticks : tuple of str
        The tick labels, if they were read in an image.
    offset : str
        The factor of the tick labels, as printed at the end of the axis, such as ``"1e6"``.
    complete : bool
        Whether no tick label is left unread, as far as the pixels tell.
    agreeing, labels : int
        How many tick labels agree with their positions, of how many; both 0 for a figure object.
    why_not : str
        Why numbers along this axis cannot be trusted, as a clause; empty if they can.
    calibration : Calibration or None
        The value at each pixel of the image; None for a figure object, and for names.
    places : tuple of float
        Where each tick label is along the axis (pixels of the image).
    agrees : tuple of bool
        Whether each tick label agrees with the scale.
    """

    label: str = ""
    unit: str = ""
    scale: Scale = "none"
    limits: tuple[Place, Place] | None = None
    categories: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ()
    offset: str = ""
    complete: bool = True
    agreeing: int = 0
    labels: int = 0
    why_not: str = ""
    calibration: Calibration | None = field(default=None, repr=False)
    places: tuple[float, ...] = field(default=(), repr=False)
    agrees: tuple[bool, ...] = field(default=(), repr=False)

    @property
    def sigma(self) -> float:
        """The uncertainty of a place along it, in days for dates and relative on a logarithmic scale; 0 for names."""
        return self.calibration.sigma if self.calibration is not None else 0.0

    def pixel(self, place: Place) -> float | None:
        """Return where a place is along the axis (pixels of the image); None if that is not known."""
        if self.calibration is None:
            found = self.ticks.index(place) if place in self.ticks else -1
            return self.places[found] if 0 <= found < len(self.places) else None
        value = _days_of_iso(place) if isinstance(place, str) else place
        pixel = math.nan if value is None else self.calibration.pixel(value)
        return pixel if math.isfinite(pixel) else None

    def to_dict(self) -> dict[str, Any]:
        """Return the axis as plain values for JSON."""
        return {
            "label": self.label,
            "unit": self.unit,
            "scale": self.scale,
            "limits": None if self.limits is None else list(self.limits),
            "categories": list(self.categories),
            "ticks": list(self.ticks),
            "offset": self.offset,
            "complete": self.complete,
            "agreeing": self.agreeing,
            "labels": self.labels,
            "why_not": self.why_not,
        }


def _days_of_iso(text: str) -> float | None:
    """Return a date as days since 1970-01-01; None for another string."""
    try:
        return (datetime.fromisoformat(text) - _EPOCH).total_seconds() / 86400
    except (TypeError, ValueError):  # a time zone, or not a date
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Statistics of the values of a series.

    Attributes
    ----------
    count, missing : int
        Number of values; number of those that are not finite.
    low, high, first, last, mean : float or None
        None if it is not known.
    low_at, high_at, first_at, last_at : Place or None
        Where these values are; None if it is not known.
    """

    count: int = 0
    missing: int = 0
    low: float | None = None
    high: float | None = None
    first: float | None = None
    last: float | None = None
    mean: float | None = None
    low_at: Place | None = None
    high_at: Place | None = None
    first_at: Place | None = None
    last_at: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Series:
    """One series of a panel.

    Of horizontal bars, too, `x` has the positions or names, and `y` the lengths. A pie has the names of its wedges in
    `x` and their shares in percent in `y`. Each row of a heat map is a series.

    Attributes
    ----------
    name : str
        The name in the legend; empty if there is none.
    kind : Kind
        How it is drawn.
    x : tuple of Place
        Positions; empty if only statistics are known.
    y : tuple of float
        Values, as many as `x`; NaN where one is missing.
    names : tuple of str
        Names of the points, as many as `x`, as texts beside them tell them; empty for a point without one, and without
        any if no point has one.
    sigma : float
        Uncertainty of the values: 0 for exact ones. Half a pixel or more of the axis for measured ones; on a
        logarithmic axis it is relative (0.02 is 2 %).
    extra : mapping of str to tuple of float
        More numbers for each point: "error" (half the length of an error bar), or "q1", "q3", "whisker_low" and
        "whisker_high" of a box plot, whose `y` are the medians, with the values of its "outliers" and the number of
        the box "outlier_of" which each is one.
    source : {"figure", "printed", "pixels"}
        Where the numbers come from.
    sure : bool
        Whether the numbers passed every check.
    why_not : str
        Why they did not, as a clause: one of `WhyNot`, or what hinders its axes; empty if they did.
    rgb : tuple of int or None
        The colour in which it is drawn.
    known : Summary or None
        Statistics of a series whose values are not all known.
    places : tuple of (float, float)
        Where each point was found: x and y in pixels of the image; empty if that is not known.
    right : bool
        Whether its values run along the axis on the right.
    sampled : bool
        Whether the points are not those that were drawn. Those of a line, an area or steps are then places along its
        course, straight between them, and how many points it was drawn from is not known. Markers that lie on each
        other may be missing, so there are about as many as were found, or more.
    steps : {"", "pre", "mid", "post"}
        Where the values of a line or an area of steps hold: from the place before to their own, around it, or from it
        to the next one. Empty of what has no steps, and where this is not known. `extra` may have the "right" ends.
    """

    name: str = ""
    kind: Kind = "line"
    x: tuple[Place, ...] = ()
    y: tuple[float, ...] = ()
    names: tuple[str, ...] = ()
    sigma: float = 0.0
    extra: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    source: Source = "pixels"
    sure: bool = True
    why_not: str = ""
    rgb: tuple[int, int, int] | None = None
    known: Summary | None = None
    places: tuple[Point, ...] = ()
    right: bool = False
    sampled: bool = False
    steps: Steps = ""

    def __post_init__(self) -> None:
        if len(self.x) != len(self.y):
            raise ValueError(f"x has {len(self.x)} values and y {len(self.y)}; expected as many of both.")
        if self.names and len(self.names) != len(self.x):
            raise ValueError(
                f"x has {len(self.x)} values and names {len(self.names)}; expected as many of both, or none."
            )

    def __repr__(self) -> str:
        return f"<Series: {self._words()}>"

    def _words(self) -> str:
        count = f"{len(self.y)} point{'' if len(self.y) == 1 else 's'}{' of its course' if self.is_course else ''}"
        state = "" if self.sure else f", not sure: {one_line(clean_text(self.why_not), 80)}"
        return f"{_named(self.name)} {self.kind}, {count}{state}".strip()

    def to_dict(self) -> dict[str, Any]:
        """Return the series as plain values for JSON; None stands for a missing value."""
        return {
            "name": self.name,
            "kind": self.kind,
            "x": list(self.x),
            "y": _finite(self.y),
            "names": list(self.names),
            "sigma": self.sigma,
            "sure": self.sure,
            "why_not": str(self.why_not),
            "right": self.right,
            "sampled": self.sampled,
            "steps": self.steps,
            "source": self.source,
            "colour": hex_of(self.rgb) if self.rgb is not None else None,
            "extra": {name: _finite(values) for name, values in self.extra.items()},
        }

    @property
    def is_course(self) -> bool:
        """Whether the points are places along a line, of whose own points nothing is known."""
        return self.sampled and self.kind != "points"

    @property
    def summary(self) -> Summary:
        """Statistics of the values; the mean of a course is that along it."""
        return self.known if self.known is not None else _summary(self.x, self.y, along=self.is_course)


def _named(name: str) -> str:
    return f"“{one_line(clean_text(name), _MAX_NAME)}”" if name else ""


def _finite(values: Sequence[float]) -> list[float | None]:
    return [value if math.isfinite(value) else None for value in values]


def _summary(x: Sequence[Place], y: Sequence[float], *, along: bool = False) -> Summary:
    finite = [(value, place) for place, value in zip(x, y, strict=True) if math.isfinite(value)]
    if not finite:
        return Summary(count=len(y), missing=len(y))
    (low, low_at), (high, high_at) = (choose(finite, key=lambda pair: pair[0]) for choose in (min, max))
    return Summary(
        count=len(y),
        missing=len(y) - len(finite),
        low=low,
        high=high,
        first=finite[0][0],
        last=finite[-1][0],
        mean=_mean_along(x, y) if along else _mean([value for value, _ in finite]),
        low_at=low_at,
        high_at=high_at,
        first_at=finite[0][1],
        last_at=finite[-1][1],
    )


def _mean_along(x: Sequence[Place], y: Sequence[float]) -> float | None:
    """Return the mean of the straight lines between points, without gaps; None if their places are names."""
    places = [_days_of_iso(place) if isinstance(place, str) else place for place in x]
    length, area = 0.0, 0.0
    for a, b, left, right in zip(places, places[1:], y, y[1:], strict=False):
        if a is None or b is None:
            return None
        if math.isfinite(left + right) and b > a:
            length += b - a
            area += (b - a) * (left + right) / 2
    return area / length if length else None


def _mean(values: Sequence[float]) -> float:
    try:
        return math.fsum(values) / len(values)
    except OverflowError:  # the sum is too large for a float
        return math.fsum(value / len(values) for value in values)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPanel:
    """One pair of axes with its series.

    Attributes
    ----------
    title : str
        The title; empty if there is none.
    x, y : ChartAxis
        The axis of positions and the axis of values of vertical marks; as drawn, so horizontal bars have values on x.
    right, top, colour_bar : ChartAxis or None
        Further axes on these sides, and the colour bar, if they were read in an image.
    series : tuple of Series
        In the order of the legend, or in that in which they were found.
    legend : tuple of LegendEntry
        The entries of the legend and the colours of their samples, if they were read in an image.
    legend_title : str
        The title of the legend.
    legend_complete : bool
        Whether no entry of the legend is left unread, as far as the pixels tell.
    notes : tuple of str
        Texts inside the axes.
    box : tuple of int or None
        Left, top, right, bottom of the axes in the image (pixels).
    unread : tuple of str
        What could not be read, as sentences.
    """

    title: str = ""
    x: ChartAxis = field(default_factory=ChartAxis)
    y: ChartAxis = field(default_factory=ChartAxis)
    right: ChartAxis | None = None
    top: ChartAxis | None = None
    colour_bar: ChartAxis | None = None
    series: tuple[Series, ...] = ()
    legend: tuple[LegendEntry, ...] = ()
    legend_title: str = ""
    legend_complete: bool = True
    notes: tuple[str, ...] = ()
    box: tuple[int, int, int, int] | None = None
    unread: tuple[str, ...] = ()

    def __getitem__(self, name: str | int) -> Series:
        """Return a series by its name, or by its number from 0."""
        return _find(self.series, name)

    def axis_of(self, series: Series) -> ChartAxis:
        """Return the axis along which the values of a series run; for a row of a heat map, its scale of colours."""
        if series.kind == "heat map":
            return self.colour_bar or ChartAxis()
        if series.kind in FLAT:
            return self.x
        return self.right if series.right and self.right is not None else self.y

    def to_dict(self) -> dict[str, Any]:
        """Return the panel as plain values for JSON."""
        return {
            "title": self.title,
            "x": self.x.to_dict(),
            "y": self.y.to_dict(),
            "right": None if self.right is None else self.right.to_dict(),
            "top": None if self.top is None else self.top.to_dict(),
            "colour_bar": None if self.colour_bar is None else self.colour_bar.to_dict(),
            "series": [series.to_dict() for series in self.series],
            "legend": [
                {"text": one.text, "colour": None if one.rgb is None else hex_of(one.rgb)} for one in self.legend
            ],
            "legend_title": self.legend_title,
            "legend_complete": self.legend_complete,
            "notes": list(self.notes),
            "box": None if self.box is None else list(self.box),
            "unread": list(self.unread),
        }


def drawn_series(panels: Sequence[ChartPanel]) -> list[Series]:
    """Return the series of panels that have data, without lines of reference and the like."""
    return [one for panel in panels for one in panel.series if one.kind not in WITHOUT_DATA]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Chart:
    """The data of a chart: its panels, and in them its series.

    ``chart["north"]`` is a series by its name; iterating yields every series. In a notebook, a chart shows what was
    read, drawn over its picture.

    Attributes
    ----------
    panels : tuple of ChartPanel
        In reading order; empty if no axes were found.
    title : str
        The title of the whole figure if it has several panels, or one of its own.
    notes : tuple of str
        Texts that belong to no panel.
    unread : tuple of str
        What could not be read, as sentences.
    image : Image or None
        The image that was read.
    """

    panels: tuple[ChartPanel, ...] = ()
    title: str = ""
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    image: Image | None = field(default=None, compare=False)

    RENDERER: ClassVar[str] = "vision_magic.engine.chart.view"

    @property
    def series(self) -> tuple[Series, ...]:
        """The series of all panels."""
        return tuple(series for panel in self.panels for series in panel.series)

    def __getitem__(self, name: str | int) -> Series:
        """Return a series by its name, or by its number from 0."""
        return _find(self.series, name)

    def __iter__(self) -> Iterator[Series]:
        return iter(self.series)

    def __len__(self) -> int:
        return len(self.series)

    def __contains__(self, name: object) -> bool:
        return any(name in (series, series.name) for series in self.series)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield each point as a record: panel, series, kind, x, y, sigma, x_sigma, sure, source, and more."""
        titles = [panel.title for panel in self.panels]
        for number, panel in enumerate(self.panels, 1):
            title = panel.title if titles.count(panel.title) == 1 else ""
            for series in panel.series:
                places = panel.y if series.kind in FLAT else panel.x
                x_sigma = 0.0 if series.source == "figure" else places.sigma
                for place, (x, y) in enumerate(zip(series.x, series.y, strict=True)):
                    yield {
                        "panel": title or str(number),
                        "series": series.name,
                        "kind": series.kind,
                        "x": x,
                        "y": y,
                        "sigma": series.sigma,
                        "x_sigma": x_sigma,
                        "sure": series.sure,
                        "source": series.source,
                        **({"name": series.names[place]} if series.names else {}),
                        **{name: values[place] for name, values in series.extra.items()},
                    }

    def to_frame(self) -> Any:
        """Return a pandas ``DataFrame`` with a row for each point.

        Its columns are panel, series, kind, x, y, sigma, x_sigma, sure and source, then name if points have names, and
        those of `Series.extra`.
        ``sigma`` and ``x_sigma`` are the uncertainties of y and x; that of a date is in days. ``x`` has numbers, or
        dates if every place is one, or else a categorical with the names in the order in which they are
        drawn. ``frame[frame.sure]`` are the points that passed every check. pandas must be installed.
        """
        names = (name for panel in self.panels for axis in (panel.x, panel.y) for name in axis.categories)
        return frame_of_rows(list(self.rows()), order=tuple(dict.fromkeys(names)))

    def to_dict(self) -> dict[str, Any]:
        """Return the chart as plain values for JSON, without its image."""
        return {
            "title": self.title,
            "panels": [panel.to_dict() for panel in self.panels],
            "notes": list(self.notes),
            "unread": list(self.unread),
        }

    def __repr__(self) -> str:
        return f"<Chart: {self._words()}>"

    def __str__(self) -> str:
        lines = [f"Chart: {self._words()}"]
        for panel in self.panels:
            lines += [f"  {series._words()}" for series in panel.series[:_MAX_SERIES]]
            lines += [f"  {clean_text(sentence)}" for sentence in panel.unread]
        return "\n".join([*lines, *(f"  {clean_text(sentence)}" for sentence in self.unread)])

    def _words(self) -> str:
        if not self.panels:
            return "no axes were found"
        title = _named(self.title or self.panels[0].title)
        panels = f"{len(self.panels)} panel{'' if len(self.panels) == 1 else 's'}"
        sure = sum(series.sure for series in self.series)
        state = f", {'all' if sure == len(self) else sure or 'none'} of them sure" if len(self) else ""
        return f"{title} {panels}, {len(self)} series{state}".strip()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return mime_bundle(self)


_MAX_SERIES: Final = 40  # series of a panel that are listed as text


def _find(series: Sequence[Series], name: str | int) -> Series:
    if isinstance(name, int):
        return series[name]
    found = [each for each in series if each.name == name]
    if len(found) == 1:
        return found[0]
    if found:
        raise KeyError(f"{len(found)} series are called {name!r}; choose a panel first: chart.panels[0][{name!r}].")
    names = [each.name for each in series if each.name]
    known = f"there are {', '.join(map(repr, names[:12]))}" if names else "none has a name; use a number, from 0"
    raise KeyError(f"No series is called {name!r}{near_miss(name, names)}; {known}.")
