"""What does a matplotlib figure know of itself? Asked of its own objects, without drawing."""

from __future__ import annotations

import math
import sys
import warnings
from collections.abc import Iterator
from typing import Any

from vision_magic.images.facts.matplotlib_series import named_by_legend, series_in
from vision_magic.images.facts.measured import Reader, attempt, ticks_of
from vision_magic.images.facts.text import unit_of, words
from vision_magic.images.facts.values import AxesFacts, AxisFacts, Facts, Value
from vision_magic.images.lazy_types import is_of, path_of

__all__ = ["facts"]

_MOST_AXES = 50  # that are read; text tells fewer
_MOST_SERIES = 100
_TEXTS = 10


def facts(drawn: Any) -> Facts:
    """Return what a matplotlib Figure, SubFigure or Axes knows of itself; it is neither drawn nor changed."""
    whole = not is_of(drawn, "matplotlib.axes.Axes")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # such as limits that a logarithmic axis cannot have
        axes = list(_panels(drawn)) if whole else [drawn]
        known = [_axes_facts(each, axes[:at]) for at, each in enumerate(axes[:_MOST_AXES])]
    return Facts(
        kind="matplotlib",
        title=words(attempt(lambda: drawn.get_suptitle()), 200) if whole else "",
        axes=tuple(known),
        legend=_figure_legend(drawn) if whole else (),
        more=max(len(axes) - _MOST_AXES, 0),
    )


def _panels(figure: Any) -> Iterator[Any]:
    """Yield the axes that can be seen, with those set into them; a colour bar belongs to its image."""
    for axes in figure.axes:
        if axes.get_visible() and getattr(axes, "_colorbar", None) is None:
            yield axes
            yield from (child for child in axes.child_axes if is_of(child, "matplotlib.axes.Axes"))


def _axes_facts(axes: Any, earlier: list[Any]) -> AxesFacts:
    x, y = _reader(axes, axes.xaxis), _reader(axes, axes.yaxis)
    series, legend = attempt(lambda: series_in(axes, (x, y, None)), []), attempt(lambda: axes.get_legend())
    series = attempt(lambda: named_by_legend(series, legend), [facts for _, facts in series])
    zaxis = getattr(axes, "zaxis", None)
    projection = words(getattr(axes, "name", ""))
    return AxesFacts(
        title=_title(axes),
        x=_axis_facts(axes, axes.xaxis, x),
        y=_axis_facts(axes, axes.yaxis, y),
        z=None if zaxis is None else _axis_facts(axes, zaxis, None),
        legend=_entries(legend),
        series=tuple(series[:_MOST_SERIES]),
        more=max(len(series) - _MOST_SERIES, 0),
        projection="" if projection == "rectilinear" else projection,
        texts=tuple(attempt(lambda: _texts(axes), ())),
        note=attempt(lambda: _twin_note(axes, earlier), ""),
    )


def _title(axes: Any) -> str:
    titles = [words(attempt(lambda loc=loc: axes.get_title(loc=loc)), 200) for loc in ("left", "center", "right")]
    return " | ".join(title for title in titles if title)


def _texts(axes: Any) -> list[str]:
    shown = (words(text.get_text()) for text in axes.texts if text.get_visible())
    return [text for text in shown if text][:_TEXTS]


def _entries(legend: Any) -> tuple[str, ...]:
    if legend is None:
        return ()
    return tuple(attempt(lambda: [words(text.get_text()) for text in legend.get_texts()], ()))


def _figure_legend(figure: Any) -> tuple[str, ...]:
    return tuple(entry for legend in getattr(figure, "legends", ()) for entry in _entries(legend))


def _twin_note(axes: Any, earlier: list[Any]) -> str:
    """Say whose place an axes shares: a curve belongs to the scale of its own."""
    for at, other in enumerate(earlier, 1):
        if other.get_position().bounds == axes.get_position().bounds and other.figure is axes.figure:
            shared = [
                name
                for name, group in (("x", axes.get_shared_x_axes()), ("y", axes.get_shared_y_axes()))
                if group.joined(axes, other)
            ]
            return f"on the same place as axes {at}" + (f", same {' and '.join(shared)} axis" if shared else "")
    return ""


def _axis_facts(axes: Any, axis: Any, reader: Reader | None) -> AxisFacts:
    label = words(attempt(lambda: axis.label.get_text())) or _shared_label(axes, axis)
    names = attempt(lambda: _categories(axis), None)
    ticks, more = ticks_of(names or attempt(lambda: _fixed_labels(axis), []))
    limits: Any = attempt(lambda: [float(end) for end in getattr(axes, f"get_{axis.axis_name}lim")()])
    if limits is not None and not all(math.isfinite(end) for end in limits):
        limits = None
    return AxisFacts(
        label=label,
        unit=unit_of(label),
        scale=_scale(axis, reader),
        limits=attempt(lambda: _told(limits, reader, names)),
        inverted=limits is not None and limits[0] > limits[1],
        ticks=ticks,
        more=more,
    )


def _shared_label(axes: Any, axis: Any) -> str:
    """Return the label that a figure writes once for all its axes."""
    ask = getattr(axes.figure, f"get_sup{axis.axis_name}label", None)
    return words(attempt(ask)) if ask else ""


def _scale(axis: Any, reader: Reader | None) -> str:
    if reader is not None:
        return "category" if reader.names else "date"
    return words(attempt(lambda: axis.get_scale(), "linear"))


def _told(limits: Any, reader: Reader | None, names: list[str] | None) -> tuple[Any, Any] | None:
    """Return limits as this axis shows them: numbers, dates, or the first and last category within."""
    if limits is None or reader is None:
        return None if limits is None else tuple(limits)
    if not names:
        return reader.tell(limits[0]), reader.tell(limits[1])
    inward = (math.ceil, math.floor) if limits[0] <= limits[1] else (math.floor, math.ceil)
    ends = [min(max(to(end), 0), len(names) - 1) for to, end in zip(inward, limits, strict=True)]
    return words(names[ends[0]]), words(names[ends[1]])


def _converter(axis: Any) -> Any:
    ask = getattr(axis, "get_converter", None)  # matplotlib 3.10; an attribute before
    return ask() if ask else axis.converter


def _reader(axes: Any, axis: Any) -> Reader | None:
    """Return what numbers on an axis stand for, where it is not numbers; told by the converter of the axis."""
    converter = attempt(lambda: path_of(type(_converter(axis))), "")
    if converter.startswith("matplotlib.category."):
        names = attempt(lambda: _categories(axis)) or []
        return Reader(lambda at: _category(at, names), names=True)
    if converter.startswith("pandas.plotting.") and converter.endswith("PeriodConverter"):
        return Reader(lambda at: _period(at, axes.freq))
    if converter.startswith(("matplotlib.dates.", "pandas.plotting.")):
        return Reader(_date)
    return None


def _categories(axis: Any) -> list[str] | None:
    """Return the categories in their places; matplotlib numbers them in the order in which they come."""
    mapping = getattr(axis.units, "_mapping", None)
    return list(mapping) if mapping else None


def _category(at: float, names: list[str]) -> Value:
    near = round(at)  # bars of several series stand beside their category
    return words(names[near]) if 0 <= near < len(names) else at


def _date(days: float) -> Value:
    """Return a date as ISO; matplotlib counts days, and says since when."""
    moment = sys.modules["matplotlib.dates"].num2date(days)
    # Days are floats: near today they are exact to some microseconds, which no axis shows.
    text = moment.replace(microsecond=0, tzinfo=None) if moment.microsecond < 500 else moment.replace(tzinfo=None)
    return str(text.isoformat(timespec="auto")).removesuffix("T00:00:00")


def _period(at: float, freq: Any) -> Value:
    """Return a period of pandas, which plots regular dates by their number, as the date when it begins."""
    period = sys.modules["pandas"].Period(ordinal=math.floor(at), freq=freq)
    return str(period.start_time.isoformat()).removesuffix("T00:00:00")


def _fixed_labels(axis: Any) -> list[str]:
    """Return labels that were written in place of numbers; what a formatter would make is known when drawing."""
    locator, formatter = axis.get_major_locator(), axis.get_major_formatter()
    if not is_of(locator, "matplotlib.ticker.FixedLocator"):
        return []
    if is_of(formatter, "matplotlib.ticker.FixedFormatter"):
        return [words(label) for label in formatter.seq if words(label)]
    if is_of(formatter, "matplotlib.ticker.FuncFormatter"):
        return [words(formatter(place, at)) for at, place in enumerate(locator.locs)]
    return []
