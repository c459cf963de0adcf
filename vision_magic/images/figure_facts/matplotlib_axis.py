"""How coordinates along an axis of matplotlib are stated: as numbers, as times, or by the names on the ticks."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from functools import partial
from itertools import pairwise
from typing import Any, Final

from vision_magic.images.figure_facts.labels import names_on, short_label, ticks_on
from vision_magic.images.figure_facts.notation import Place
from vision_magic.images.figure_facts.summaries import iso_time, summarize
from vision_magic.images.figure_facts.values import AxisFacts, Summary
from vision_magic.images.lazy_types import is_instance

__all__ = ["UNKNOWN", "Coordinates", "axis_facts", "polar_angles", "read_axis"]

_MAX_TICKS: Final = 10_000

Tell = Callable[[float], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinates:
    """How coordinates along one axis are stated.

    Attributes
    ----------
    scale : str
        The scale, as in `AxisFacts`.
    known : bool
        Whether a coordinate is stated at all: False for names, and for units of an unknown library.
    tell : callable or None
        Formats a coordinate that is a time.
    names : dict
        The names on the ticks by their positions; empty if the ticks show numbers or times.
    ticks : tuple of (float, str)
        Texts at some positions of a scale of numbers.
    zone : str
        The time zone of times, if it is stated.
    """

    scale: str = "linear"
    known: bool = True
    tell: Tell | None = None
    names: dict[float, str] = field(default_factory=dict)
    ticks: tuple[tuple[float, str], ...] = ()
    zone: str = ""

    @property
    def plain(self) -> bool:
        """Whether coordinates are numbers."""
        return self.known and self.tell is None

    def summarize(self, values: Any) -> Summary | None:
        """Summarize coordinates; None if they are not stated."""
        summary = summarize(values) if self.known else None
        if summary is None or self.tell is None or summary.low is None:
            return summary
        tell = self.tell
        try:
            low, high, first, last = (
                None if value is None else tell(float(value))
                for value in (summary.low, summary.high, summary.first, summary.last)
            )
        except Exception:  # a time that the calendar does not have, or a zone of the user's
            return None
        return replace(summary, mean=None, low=low, high=high, first=first, last=last)

    def place_at(self, position: Any) -> Place:
        """Return the number, time or name at a coordinate; None if it has none."""
        try:
            at = float(position)  # a masked one is NaN
            if not math.isfinite(at):
                return None
            if self.names:
                return self.name_at(at)
            return None if not self.known else at if self.tell is None else self.tell(at)
        except Exception:  # a time that the calendar does not have, or a zone of the user's
            return None

    def name_at(self, position: float) -> str | None:
        """Return the name at a position; None if no tick is nearer than half a step."""
        nearest = min(self.names, key=lambda at: abs(at - position), default=None)
        return self.names[nearest] if nearest is not None and abs(nearest - position) < 0.5 else None


UNKNOWN: Final = Coordinates(scale="", known=False)
"""Of axes that do not show the coordinates of their artists, such as the angles of a polar plot in degrees."""


def read_axis(axis: Any) -> Coordinates:
    """Find how coordinates along an axis are stated; `UNKNOWN` if the axis cannot be read."""
    try:
        return _read_axis(axis)
    except Exception:  # formatters, locators and units may be the user's
        return UNKNOWN


def _read_axis(axis: Any) -> Coordinates:
    low, high = sorted(axis.get_view_interval())
    shown, own = _names_on_ticks(axis), _categories(axis)
    if own or _stand_for_categories(shown, low, high):
        return Coordinates(scale="categories", known=False, names=shown or own)
    if (tell := _period(axis)) is not None:
        return Coordinates(scale="date", tell=tell)
    formatter, converter = axis.get_major_formatter(), _converter(axis)
    if _is_one_of(converter, _DATE_CONVERTERS) or _is_one_of(formatter, _DATE_FORMATTERS):
        zone, stated = _zone(axis, formatter)
        tell = partial(_time, zone=zone, stated=stated)
        return Coordinates(scale="date", zone=_zone_name(zone, tell(low)) if stated else "", tell=tell)
    scale = short_label(axis.get_scale())
    known = not _is_one_of(formatter, _FORMATTERS_OF_UNITS) and (
        converter is None
        or _is_one_of(converter, ("matplotlib.units.DecimalConverter",))
        or _is_one_of(formatter, _FORMATTERS_OF_NUMBERS)
    )
    seen = tuple((position, text) for position, text in shown.items() if low <= position <= high)
    return Coordinates(scale=scale, ticks=seen, known=known)


def polar_angles(axis: Any) -> Coordinates:
    """Return the angles of a polar plot, of which only the names on them are stated, as on a radar chart."""
    try:
        names = _names_on_ticks(axis)
    except Exception:  # formatters and locators may be the user's
        names = {}
    return Coordinates(scale="polar", known=False, names=names)


def axis_facts(axis: Any, coordinates: Coordinates) -> AxisFacts:
    """State the label, the scale and the limits of an axis."""
    label = short_label(axis.get_label_text())
    if coordinates.names:
        return AxisFacts(label=label, **(names_on(coordinates.names.values()) | {"scale": coordinates.scale}))
    limits = _limits(axis, coordinates)
    return AxisFacts(
        label=label, scale=coordinates.scale, limits=limits, zone=coordinates.zone, **ticks_on(coordinates.ticks)
    )


def _limits(axis: Any, coordinates: Coordinates) -> tuple[float | str, float | str] | None:
    if not coordinates.known:
        return None
    low, high = sorted(map(float, axis.get_view_interval()))
    if axis.get_inverted():
        low, high = high, low
    if coordinates.tell is None:
        return float(f"{low:.12g}"), float(f"{high:.12g}")  # 0.85, not 0.8500000000000001
    try:
        return coordinates.tell(low), coordinates.tell(high)
    except Exception:  # a view beyond the calendar, such as that of an empty axis
        return None


# --- names ------------------------------------------------------------------------------------------------------


def _categories(axis: Any) -> dict[float, str]:
    """Return the categories of matplotlib, which are units of the axis; twins have them only in their formatter."""
    for mapping in (getattr(axis.units, "_mapping", None), getattr(axis.get_major_formatter(), "_units", None)):
        if isinstance(mapping, dict):
            return {float(position): short_label(name) for name, position in mapping.items()}
    return {}


def _names_on_ticks(axis: Any) -> dict[float, str]:
    """Return fixed names of ticks by their positions; empty if they only repeat the numbers at their positions."""
    names = {
        float(position): words
        for position, text in _fixed_ticks(axis)
        if math.isfinite(position) and (words := short_label(text))
    }
    if all(_is_number(words, position) for position, words in names.items()):
        return {}
    return dict(sorted(names.items()))


def _fixed_ticks(axis: Any) -> Iterator[tuple[Any, Any]]:
    """Yield positions and texts that were set; formatters are not called, because they may be the user's."""
    formatter, locator = axis.get_major_formatter(), axis.get_major_locator()
    if is_instance(formatter, "matplotlib.ticker.FixedFormatter"):
        if is_instance(locator, "matplotlib.ticker.FixedLocator"):
            yield from zip(locator.locs[:_MAX_TICKS], formatter.seq, strict=False)
        return
    function = getattr(formatter, "func", None)  # `set_ticklabels` makes a partial of a private function and a dict
    if not is_instance(formatter, "matplotlib.ticker.FuncFormatter"):
        return
    if isinstance(function, partial) and function.args and isinstance(function.args[0], dict):
        yield from list(function.args[0].items())[:_MAX_TICKS]
    elif not axis.get_figure().stale:  # what the user's function returned when the figure was drawn
        yield from _drawn_words(axis)


def _drawn_words(axis: Any) -> Iterator[tuple[Any, str]]:
    """Yield the texts of ticks as they were drawn; none if one is a number in another form, such as ``20 %``."""
    low, high = sorted(axis.get_view_interval())
    ticks = [tick for tick in axis.majorTicks[:_MAX_TICKS] if low <= tick.get_loc() <= high]
    texts = [short_label(tick.label1.get_text()) for tick in ticks]
    if not any(re.match(r"\W*\d", text) for text in texts):
        yield from zip((tick.get_loc() for tick in ticks), texts, strict=True)


def _is_number(text: str, position: float) -> bool:
    """Whether a text is the number at its position."""
    plain = text.replace("\N{MINUS SIGN}", "-").replace(",", "")
    try:
        return math.isclose(float(plain), position, rel_tol=1e-3, abs_tol=1e-12)
    except ValueError:
        return False


def _stand_for_categories(names: dict[float, str], low: float, high: float) -> bool:
    """Whether names stand at each step of 1 in the whole view, as below bars, boxes and the columns of a heat map."""
    places = list(names)
    steps = all(math.isclose(after - before, 1, abs_tol=1e-6) for before, after in pairwise(places))
    return bool(places) and steps and -1e-6 <= places[0] - low <= 1.001 and -1e-6 <= high - places[-1] <= 1.001


# --- times ------------------------------------------------------------------------------------------------------

_DATE_CONVERTERS: Final = ("matplotlib.dates.DateConverter", "matplotlib.dates._SwitchableDateConverter")
_DATE_FORMATTERS: Final = (
    "matplotlib.dates.DateFormatter",
    "matplotlib.dates.AutoDateFormatter",
    "matplotlib.dates.ConciseDateFormatter",
)
# Their ticks show something else than the coordinate, which cannot be stated without them.
_FORMATTERS_OF_UNITS: Final = (
    "pandas.plotting._matplotlib.converter.TimeSeries_DateFormatter",
    "pandas.plotting._matplotlib.converter.TimeSeries_TimedeltaFormatter",
    "pandas.plotting._matplotlib.converter.TimeFormatter",
)
_FORMATTERS_OF_NUMBERS: Final = ("matplotlib.ticker.ScalarFormatter", "matplotlib.ticker.LogFormatter")


def _is_one_of(obj: object, paths: tuple[str, ...]) -> bool:
    return any(is_instance(obj, path) for path in paths)


def _converter(axis: Any) -> Any:
    # matplotlib before 3.10 has the attribute, later ones the method.
    return axis.get_converter() if hasattr(axis, "get_converter") else axis.converter


def _period(axis: Any) -> Tell | None:
    """Return how to state the ordinals of periods, which pandas draws for series of regular times; None for others."""
    formatter = axis.get_major_formatter()
    shows_periods = is_instance(formatter, "pandas.plotting._matplotlib.converter.TimeSeries_DateFormatter")
    is_period = is_instance(_converter(axis), "pandas.plotting._matplotlib.converter.PeriodConverter")
    if not (shows_periods or is_period):
        return None
    freq = getattr(formatter, "freq", None) if shows_periods else getattr(axis, "freq", None)
    if freq is None:
        return None
    code = str(getattr(freq, "rule_code", freq))
    return _business_day if code == "B" else partial(_start_of_period, freq=freq)


def _start_of_period(ordinal: float, freq: Any) -> str:
    """Return a period as pandas writes it, such as ``2024Q1``; one within a day as the time of its start."""
    period = sys.modules["pandas"].Period(ordinal=math.floor(ordinal), freq=freq)
    text = str(period)
    return iso_time(period.start_time) if ":" in text else text


def _business_day(ordinal: float) -> str:
    """Return the date of a business day; pandas warns of such periods, which it will no longer have."""
    import numpy as np

    return str(np.busday_offset(np.datetime64("1970-01-01", "D"), math.floor(ordinal)))


def _zone(axis: Any, formatter: Any) -> tuple[tzinfo, bool]:
    """Return the zone of the tick labels, and whether to state it: times without a zone are drawn as UTC."""
    from matplotlib.dates import num2date

    usual: tzinfo = num2date(0).tzinfo  # type: ignore[no-untyped-call]  # of the rcParams
    shown = next((zone for name in ("tz", "_tz") if isinstance(zone := getattr(formatter, name, None), tzinfo)), None)
    units = axis.units if isinstance(axis.units, tzinfo) else None
    if shown is None:  # a date formatter without a zone has the usual one; any other formatter has none
        shown = usual if _is_one_of(formatter, _DATE_FORMATTERS) else units or usual
    return shown, units is not None or shown != UTC


def _time(days: float, *, zone: tzinfo, stated: bool) -> str:
    from matplotlib.dates import num2date

    moment: datetime = num2date(days, zone)  # type: ignore[no-untyped-call]
    return iso_time(moment if stated else moment.replace(tzinfo=None))


def _zone_name(zone: tzinfo, moment: str) -> str:
    """Return ``Europe/Berlin`` for a zone of a standard or a known library, and otherwise ``UTC+01:00`` of a time."""
    for name in ("key", "zone"):
        if isinstance(found := getattr(zone, name, None), str):
            return short_label(found)
    offset = moment[-6:]
    return "UTC" if offset == "+00:00" else f"UTC{offset}"
