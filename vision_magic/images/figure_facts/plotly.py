"""Facts of plotly figures, read from their traces and layout."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from vision_magic.images.figure_facts.css_colours import hex_colour
from vision_magic.images.figure_facts.labels import PointLabel, labels_of, named_points, names_on, short_label, ticks_on
from vision_magic.images.figure_facts.notation import Place, Value
from vision_magic.images.figure_facts.summaries import (
    MAX_VALUES,
    as_values,
    box_of,
    iso_place,
    located_among,
    outside,
    paired,
    summarize,
    summarize_times,
    values_by_name,
)
from vision_magic.images.figure_facts.values import AxesFacts, AxisFacts, Facts, SeriesFacts, Summary

__all__ = ["facts"]

_MAX_NAMES: Final = 12
_MAX_SERIES: Final = 200
_MAX_WORDS: Final = 100_000
_TURN: Final = "colour in turn"  # added to traces; no attribute of plotly has this name
_ZONE: Final = re.compile(r"(?<=\d)(Z|[+-]\d\d:?\d\d)$")

Trace = Mapping[str, Any]


def facts(figure: Any) -> Facts:
    """Read facts from a plotly figure; traces are grouped by the names of their axes, such as ``x2`` and ``y2``."""
    content = figure.to_plotly_json()
    layout = _mapping(content.get("layout"))
    groups: dict[tuple[str, str], list[Trace]] = {}
    for trace in _in_turn(layout, content.get("data") or ()):
        if trace.get("visible") is not False:
            groups.setdefault(_place(trace), []).append(trace)
    axes = tuple(
        _with_role(_axes(layout, names, traces), layout, names, list(groups)) for names, traces in groups.items()
    )
    return Facts(kind="plotly", title=_text(layout.get("title")), axes=axes)


def _with_role(axes: AxesFacts, layout: Trace, names: tuple[str, str], groups: Sequence[tuple[str, str]]) -> AxesFacts:
    """Return axes with their role if they only add a y axis to others, over which they are drawn."""
    x, y = names
    below = (x, str(_mapping(layout.get(f"yaxis{y[1:]}")).get("overlaying") or ""))
    return replace(axes, role=f"twin of axes {groups.index(below) + 1}", x=None) if below in groups else axes


def _place(trace: Trace) -> tuple[str, str]:
    """Return the names of the axes of a trace, or twice that of its scene, which has axes of its own."""
    if trace.get("scene") or trace.get("type") in ("scatter3d", "surface", "mesh3d"):
        scene = str(trace.get("scene") or "scene")
        return scene, scene
    return str(trace.get("xaxis") or "x"), str(trace.get("yaxis") or "y")


def _axes(layout: Trace, names: tuple[str, str], traces: list[Trace]) -> AxesFacts:
    drawn = [trace for trace in traces if trace.get("visible") != "legendonly"]
    flat = any(trace.get(name) is not None for trace in traces for name in "xyz")
    deep = names[0].startswith("scene")
    around = _mapping(layout.get(names[0])) if deep else layout
    x, y = ("x", "y") if deep else names
    shown = [trace for trace in traces if trace.get("showlegend", len(traces) > 1) and trace.get("name")]
    legend = labels_of(trace["name"] for trace in shown) if layout.get("showlegend") is not False else ()
    around_names = _mapping(layout.get(str(shown[0].get("legend") or "legend"))) if legend else {}
    return AxesFacts(
        x=_axis(around, "x", x, drawn) if flat else None,
        y=_axis(around, "y", y, drawn) if flat else None,
        z=_axis(around, "z", "z", drawn) if flat and deep else None,
        legend=legend,
        legend_title=_text(around_names.get("title")),
        series=tuple(_series(trace, layout) for trace in drawn[:_MAX_SERIES]),
        point_labels=named_points(label for trace in drawn[:_MAX_SERIES] for label in _point_labels(trace)),
        unread=max(0, len(drawn) - _MAX_SERIES),
    )


def _point_labels(trace: Trace) -> list[PointLabel]:
    """Return the texts at the points of a trace, or else those that the browser shows where the pointer is."""
    points = trace.get("type") in (None, "scatter", "scattergl") and trace.get("z") is None
    if not points or not re.search("markers|text", str(trace.get("mode") or "")):
        return []
    try:
        texts = _listed(trace.get("text")) or _listed(trace.get("hovertext"))
        xs, ys = (_places(trace.get(axis)) for axis in "xy")
        named = any(_are_names(_listed(trace.get(axis))) for axis in "xy")
    except (TypeError, ValueError):  # values of a kind that plotly does not check
        return []
    if named or not len(texts) == len(xs) == len(ys):
        return []
    return [(short_label(text), (x, y)) for text, x, y in zip(texts, xs, ys, strict=True) if text is not None]


# --- axes -------------------------------------------------------------------------------------------------------


def _axis(layout: Trace, kind: str, name: str, traces: list[Trace]) -> AxisFacts:
    axis = _mapping(layout.get(f"{kind}axis{name[1:]}"))
    label = _text(axis.get("title"))
    values = [item for trace in traces[:_MAX_SERIES] for item in _listed(trace.get(kind))]
    if axis.get("type") == "category" or (axis.get("type") in (None, "-") and _are_names(values)):
        return AxisFacts(label=label, **names_on(dict.fromkeys(values)))
    scale = str(axis.get("type") or "-").replace("-", "date" if _are_times(values) else "linear")
    texts, places = _listed(axis.get("ticktext")), _listed(axis.get("tickvals"))
    ticks = ticks_on(_at(places, texts))
    return AxisFacts(label=label, scale=short_label(scale), limits=_limits(axis.get("range"), scale), **ticks)


def _at(places: Sequence[Any], texts: Sequence[Any]) -> Iterator[tuple[float | str, Any]]:
    for place, text in zip(places, texts, strict=False):
        yield float(place) if isinstance(place, int | float) else short_label(place), text


def _are_times(values: Sequence[Any]) -> bool:
    return summarize_times(_wall_times(values[:200])) is not None


def _are_names(values: Sequence[Any]) -> bool:
    """Whether plotly takes values for the names of categories: strings that are neither numbers nor times."""
    words = [item for item in values if isinstance(item, str)]
    return any(not _is_number(word) for word in words[:200]) and not _are_times(words)


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def _limits(given: Any, scale: str) -> tuple[float | str, float | str] | None:
    """Return limits in data units: plotly stores those of a logarithmic axis as exponents of ten."""
    if not isinstance(given, list | tuple) or len(given) != 2 or None in given:
        return None
    try:
        if scale == "log":
            return 10.0 ** float(given[0]), 10.0 ** float(given[1])
        low, high = (item if isinstance(item, str) else float(item) for item in given)
    except (TypeError, ValueError, OverflowError):
        return None
    return low, high


# --- traces -----------------------------------------------------------------------------------------------------


def _series(trace: Trace, layout: Trace) -> SeriesFacts:
    """State the numbers of traces that are drawn as they are. The browser counts, sums or sorts those of others."""
    kind, name = str(trace.get("type") or "scatter"), short_label(trace.get("name") or "")
    try:
        return _READERS.get(kind, _kind_only)(trace, layout, kind, name)
    except Exception:  # values of a kind that plotly does not check
        return SeriesFacts(name=name, kind=short_label(kind))


def _kind_only(trace: Trace, layout: Trace, kind: str, name: str) -> SeriesFacts:
    labels = tuple(dict.fromkeys(labels_of(_listed(trace.get("labels")))))
    words = {"box": "boxes", "violin": "violins"}.get(kind, short_label(kind))
    return SeriesFacts(name=name, kind=f"{words} of {', '.join(labels[:_MAX_NAMES])}" if labels else words)


def _points(trace: Trace, layout: Trace, kind: str, name: str) -> SeriesFacts:
    x, y, z = (_values(trace.get(axis)) for axis in "xyz")
    if kind == "bar":
        words = _bars_kind(trace, layout)
    else:
        mode = str(trace.get("mode") or "lines")
        area = trace.get("fill") not in (None, "none") or trace.get("stackgroup")
        steps = _STEPS.get(str(_mapping(trace.get("line")).get("shape")), "") if area or "lines" in mode else ""
        words = "area" if area else "steps" if steps else "line" if "lines" in mode else "points"
        words += f", {'steps ' if area else ''}{steps}" if steps else ""
        words += ", stacked" if trace.get("stackgroup") else ""
    if trace.get("transforms") or trace.get("groupnorm") or (kind == "bar" and layout.get("barnorm")):
        return SeriesFacts(name=name, kind=words)
    count = max((len(item) for item in (x, y) if item is not None), default=0)
    named = _by_name(trace.get("x"), y) or _by_name(trace.get("y"), x)
    flat = trace.get("orientation") == "h" and kind == "bar"
    xs, ys = _places(trace.get("x")), _places(trace.get("y"))
    along_x, along_y = _summary(x), _summary(y)
    return SeriesFacts(
        name=name,
        kind=words,
        count=count,
        x=located_among(along_x, xs, ys) if flat else along_x,
        y=along_y if flat else located_among(along_y, ys, xs),
        z=_summary(z),
        colour=_colour(trace),
        named=named,
        points=() if named or z is not None or not (along_x and along_y) else paired(xs, ys),
    )


_STEPS: Final = {"hv": "post", "vh": "pre", "hvh": "mid"}
"""Where each value holds on a line of such a shape: after, before or around its place."""


def _colour(trace: Trace) -> str:
    """Return the colour of a trace: its own, or the one that its number gets from the colourway of the layout."""
    for part in ("line", "marker"):
        given = _mapping(trace.get(part)).get("color")
        if given is not None and (part == "marker" or not _is_plain_points(trace)):
            return hex_colour(given)
    return hex_colour(trace.get(_TURN))


def _is_plain_points(trace: Trace) -> bool:
    """Whether a trace is drawn without a line, so that the colour of its line is not seen."""
    return trace.get("type") in (None, "scatter", "scattergl") and "lines" not in str(trace.get("mode") or "lines")


def _in_turn(layout: Trace, traces: Sequence[Trace]) -> list[Trace]:
    """Return traces with the colour that the browser chooses for those that state none: one after the other."""
    template = _mapping(_mapping(layout.get("template")).get("layout"))
    colours = layout.get("colorway") or template.get("colorway") or ()
    if not isinstance(colours, list | tuple) or not colours:
        return list(traces)
    return [{**trace, _TURN: colours[number % len(colours)]} for number, trace in enumerate(traces)]


def _places(given: Any) -> list[Place]:
    """Return the values of a short trace one by one: numbers, and times or names as strings."""
    values = _listed(given)
    if not 0 < len(values) <= MAX_VALUES:
        return []
    if _are_names(values):
        return [short_label(value) for value in values]
    if summarize_times(_wall_times(values)) is not None:
        return list(map(iso_place, _wall_times(values)))
    return list(as_values(values))


def _bars_kind(trace: Trace, layout: Trace) -> str:
    words = "bars, horizontal" if trace.get("orientation") == "h" else "bars"
    floating = trace.get("base") is not None
    return f"{words}, stacked or floating" if floating or layout.get("barmode") == "stack" else words


def _by_name(names: Any, values: Any) -> tuple[tuple[str, float], ...]:
    names = _listed(names)
    return values_by_name(names, values) if _are_names(names) and values is not None else ()


def _grid(trace: Trace, layout: Trace, kind: str, name: str) -> SeriesFacts:
    z = _values(trace.get("z"))
    shape = "×".join(map(str, getattr(z, "shape", ())))
    summary = summarize(z)
    columns, rows = _cells(trace, z)
    return SeriesFacts(
        name=name,
        kind=f"{kind} of {shape}" if shape else kind,
        z=replace(summary, first=None, last=None) if summary is not None else None,
        columns=columns,
        rows=rows,
    )


def _cells(trace: Trace, z: Any) -> tuple[tuple[Place, ...], tuple[tuple[Place, tuple[Value, ...]], ...]]:
    if z is None or z.ndim != 2 or not 0 < z.size <= MAX_VALUES:
        return (), ()
    columns = _places(trace.get("x")) or [float(number) for number in range(z.shape[1])]
    down = _places(trace.get("y")) or [float(number) for number in range(z.shape[0])]
    if (len(down), len(columns)) != z.shape:
        return (), ()
    return tuple(columns), tuple((at, as_values(row)) for at, row in zip(down, z, strict=True))


def _boxes(trace: Trace, layout: Trace, kind: str, name: str) -> SeriesFacts:
    """State the quartiles of a box plot, as plotly computes them from its values."""
    upright = trace.get("orientation") != "h"
    names, values = (trace.get("x"), trace.get("y")) if upright else (trace.get("y"), trace.get("x"))
    method = _METHODS.get(str(trace.get("quartilemethod") or "linear"))
    numbers, places = _values(values), _listed(names)
    if method is None or numbers is None or numbers.dtype.kind not in "buif" or (places and not _are_names(places)):
        return _kind_only(trace, layout, kind, name)
    groups: dict[str, list[Any]] = {}
    for place, value in zip(places or [name] * len(numbers), numbers.tolist(), strict=False):
        groups.setdefault(short_label(place), []).append(value)
    boxes = tuple((place, box) for place, group in groups.items() if (box := box_of(group, method=method)))
    if not 0 < len(boxes) <= MAX_VALUES // 5:
        return _kind_only(trace, layout, kind, name)
    words = "boxes" if upright else "boxes, horizontal"
    beyond = tuple(
        (place, far) for place, box in boxes if 0 < len(far := outside(groups[place], box)) <= MAX_VALUES // 5
    )
    return SeriesFacts(name=name if places else "", kind=words, colour=_colour(trace), boxes=boxes, outliers=beyond)


_METHODS: Final = {"linear": "hazen"}
"""Names of numpy for the ways in which plotly computes quartiles; the others depend on whether the count is even."""


def _pie(trace: Trace, layout: Trace, kind: str, name: str) -> SeriesFacts:
    """State the values of a pie; those of equal labels are added by the browser."""
    labels, values = _listed(trace.get("labels")), _values(trace.get("values"))
    found = _kind_only(trace, layout, kind, name)
    if values is None or len(set(map(str, labels))) < len(labels):
        return found
    named = values_by_name(labels, values)
    total = math.fsum(value for _, value in named if value is not None)
    percent = tuple((label, float(f"{100 * (value or 0) / total:.5g}")) for label, value in named) if total else ()
    return SeriesFacts(name=name, kind=found.kind, count=len(values), y=_summary(values), named=named, percent=percent)


_READERS: Final = {
    "scatter": _points,
    "scattergl": _points,
    "scatter3d": _points,
    "bar": _points,
    "heatmap": _grid,
    "contour": _grid,
    "surface": _grid,
    "box": _boxes,
    "pie": _pie,
    "funnelarea": _pie,
}


# --- values -----------------------------------------------------------------------------------------------------


def _summary(values: Any) -> Summary | None:
    if values is None:
        return None
    return summarize(values) or (summarize_times(_wall_times(values)) if values.size <= _MAX_WORDS else None)


def _wall_times(values: Any) -> list[Any]:
    """Return times as strings without their zones: plotly draws the local time and ignores the zone."""
    texts = (item.isoformat() if hasattr(item, "isoformat") else item for item in values)
    return [_ZONE.sub("", text) if isinstance(text, str) else text for text in texts]


def _listed(values: Any) -> list[Any]:
    found = _values(values)
    if found is None or not found.ndim:
        return []
    first = found[:_MAX_WORDS]
    return list((first.astype("datetime64[us]") if first.dtype.kind == "M" else first).tolist())


def _values(values: Any) -> Any:
    """Return values as an array; plotly encodes long arrays as Base64 with their dtype and shape."""
    import numpy as np

    if values is None or isinstance(values, str | bytes):
        return None
    if isinstance(values, Mapping):
        try:
            packed = np.frombuffer(base64.b64decode(values["bdata"]), dtype=str(values["dtype"]))
            shape = values.get("shape")
            return packed.reshape([int(side) for side in str(shape).split(",")]) if shape else packed
        except (KeyError, ValueError, TypeError):
            return None
    try:
        return np.asarray(values)
    except (ValueError, TypeError):
        return None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(title: Any) -> str:
    words = title.get("text") if isinstance(title, Mapping) else title
    return short_label(words) if words else ""
