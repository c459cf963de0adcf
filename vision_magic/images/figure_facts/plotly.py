"""Facts of plotly figures, read from their traces and layout."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from vision_magic.images.figure_facts.values import (
    AxesFacts,
    AxisFacts,
    Facts,
    SeriesFacts,
    Summary,
    labels_of,
    short_label,
    summarize,
)

__all__ = ["facts"]

_MAX_NAMES = 12


def facts(figure: Any) -> Facts:
    """Read facts from a plotly figure; traces are grouped by the names of their axes, such as ``x2`` and ``y2``."""
    content = figure.to_plotly_json()
    layout = content.get("layout") or {}
    layout = layout if isinstance(layout, Mapping) else {}
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for trace in content.get("data") or ():
        groups.setdefault((str(trace.get("xaxis") or "x"), str(trace.get("yaxis") or "y")), []).append(trace)
    axes = tuple(_axes(layout, names, traces) for names, traces in groups.items())
    return Facts(kind="plotly", title=_text(layout.get("title")), axes=axes)


def _axes(layout: Mapping[str, Any], names: tuple[str, str], traces: list[Mapping[str, Any]]) -> AxesFacts:
    flat = any(
        trace.get("x") is not None or trace.get("y") is not None or trace.get("z") is not None for trace in traces
    )
    shown = [trace.get("name") for trace in traces if trace.get("showlegend", len(traces) > 1)]
    return AxesFacts(
        x=_axis(layout, "x", names[0], traces) if flat else None,
        y=_axis(layout, "y", names[1], traces) if flat else None,
        legend=labels_of(name for name in shown if name),
        series=tuple(series for trace in traces for series in _series(trace)),
    )


def _axis(layout: Mapping[str, Any], kind: str, name: str, traces: list[Mapping[str, Any]]) -> AxisFacts:
    axis = layout.get(f"{kind}axis{name[1:]}") or {}
    label, given = _text(axis.get("title")), axis.get("range")
    values = [item for trace in traces for item in _first_values(trace.get(kind))]
    words = [item for item in values if isinstance(item, str) and summarize_times([item]) is None]
    if words and axis.get("type") in (None, "-", "category"):
        different = list(dict.fromkeys(words))
        more = " …" if len(different) > _MAX_NAMES else ""
        return AxisFacts(label=label, scale=f"categories {', '.join(map(short_label, different[:_MAX_NAMES]))}{more}")
    scale = str(axis.get("type") or "linear").replace("-", "linear")
    return AxisFacts(label=label, scale=scale, limits=_limits(given, scale))


def _limits(given: Any, scale: str) -> tuple[float | str, float | str] | None:
    """Return limits in data units: plotly stores those of a logarithmic axis as exponents of ten."""
    if not isinstance(given, list | tuple) or len(given) != 2 or None in given:
        return None
    if scale == "log":
        return 10.0 ** float(given[0]), 10.0 ** float(given[1])
    low, high = (item if isinstance(item, str) else float(item) for item in given)
    return low, high


def _first_values(values: Any) -> list[Any]:
    found = _values(values)
    return list(found[:200]) if found is not None else []


def _series(trace: Mapping[str, Any]) -> Iterator[SeriesFacts]:
    kind, name = str(trace.get("type") or "scatter"), short_label(trace.get("name") or "")
    if kind in ("pie", "funnelarea", "sunburst", "treemap"):
        labels = labels_of(_first_values(trace.get("labels")))
        yield SeriesFacts(
            name=name, kind=f"{kind} of {', '.join(labels[:_MAX_NAMES])}", y=_summary(trace.get("values"))
        )
        return
    if trace.get("z") is not None:
        z = _values(trace["z"])
        shape = "×".join(map(str, getattr(z, "shape", ())))
        summary = summarize(z)
        reach = f", values {summary}" if summary else ""
        yield SeriesFacts(name=name, kind=f"{kind} of {shape}{reach}" if shape else f"{kind}{reach}")
        return
    x, y = _values(trace.get("x")), _values(trace.get("y"))
    count = max((len(item) for item in (x, y) if item is not None), default=0)
    yield SeriesFacts(name=name, kind=_trace_kind(trace, kind), count=count, x=_summary(x), y=_summary(y))


def _trace_kind(trace: Mapping[str, Any], kind: str) -> str:
    if kind in ("scatter", "scattergl"):
        mode = str(trace.get("mode") or "lines")
        return "area" if trace.get("fill") not in (None, "none") else ("line" if "lines" in mode else "points")
    bars = "bars, horizontal" if trace.get("orientation") == "h" else "bars"
    return {"bar": bars, "box": "boxes", "violin": "violins"}.get(kind, kind)


def _summary(values: Any) -> Summary | None:
    found = _values(values)
    if found is None:
        return None
    return summarize(found) or summarize_times(list(found[:100_000]))


def summarize_times(values: list[Any]) -> Summary | None:
    """Summarize times given as ISO strings; None if the strings are not times."""
    import numpy as np

    if not values or not all(isinstance(item, str) and item[:4].isdigit() and "-" in item for item in values[:50]):
        return None
    try:
        summary = summarize(np.array(values, dtype="datetime64[us]"))
    except ValueError:
        return None
    return replace(summary, count=len(values)) if summary else None


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


def _text(title: Any) -> str:
    words = title.get("text") if isinstance(title, Mapping) else title
    return short_label(words) if words else ""
