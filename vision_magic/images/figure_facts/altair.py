"""Facts of Altair charts, read from their Vega-Lite specification and the data in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vision_magic.images.figure_facts.plotly import summarize_times
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

_TYPES = {"quantitative": "linear", "temporal": "date", "nominal": "categories", "ordinal": "categories"}
_PARTS = ("layer", "hconcat", "vconcat", "concat")
_MAX_NAMES = 12

Rows = Sequence[Mapping[str, Any]]


def facts(chart: Any) -> Facts:
    """Read facts from a chart; without statistics if the chart refers to its data only by URL."""
    spec = _specification(chart)
    units = tuple(_units({**spec, "title": None}, spec, {}))
    return Facts(kind="altair", title=_text(spec.get("title")), axes=units)


def _specification(chart: Any) -> Mapping[str, Any]:
    import altair

    with altair.data_transformers.disable_max_rows():  # the facts are short even if the data is long
        spec: Mapping[str, Any] = chart.to_dict()
    return spec


def _units(spec: Mapping[str, Any], whole: Mapping[str, Any], above: Mapping[str, Any]) -> Iterator[AxesFacts]:
    """Yield the single views of a chart; those in layers, concatenations and facets inherit data and encodings."""
    shared: dict[str, Any] = {
        "data": spec.get("data") or above.get("data"),
        "encoding": {**(above.get("encoding") or {}), **(spec.get("encoding") or {})},
    }
    inside = [part for name in _PARTS for part in spec.get(name) or ()]
    inside += [spec["spec"]] if isinstance(spec.get("spec"), Mapping) else []
    if inside:
        for part in inside:
            yield from _units(part, whole, shared)
    else:
        yield _axes(spec, shared["encoding"], _rows(shared["data"], whole))


def _rows(data: Any, whole: Mapping[str, Any]) -> Rows:
    if not isinstance(data, Mapping):
        return ()
    values = data.get("values") or (whole.get("datasets") or {}).get(data.get("name")) or ()
    return [row for row in values if isinstance(row, Mapping)] if isinstance(values, list) else ()


def _axes(spec: Mapping[str, Any], encoding: Mapping[str, Any], rows: Rows) -> AxesFacts:
    mark = spec.get("mark")
    kind = str(mark.get("type") if isinstance(mark, Mapping) else mark or "mark")
    colour = _field(encoding.get("color"))
    groups = _grouped(rows, colour)
    return AxesFacts(
        title=_text(spec.get("title")),
        x=_axis(encoding.get("x"), rows),
        y=_axis(encoding.get("y"), rows),
        legend=labels_of(groups) if colour else (),
        series=tuple(_series(kind, name, group, encoding) for name, group in groups.items()),
    )


def _field(channel: Any) -> str:
    return str(channel.get("field") or "") if isinstance(channel, Mapping) else ""


def _grouped(rows: Rows, field: str) -> dict[str, list[Mapping[str, Any]]]:
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        groups.setdefault(short_label(row.get(field)) if field else "", []).append(row)
    return groups or {"": []}


def _series(kind: str, name: str, rows: Rows, encoding: Mapping[str, Any]) -> SeriesFacts:
    x, y = (_column(rows, encoding.get(axis)) for axis in ("x", "y"))
    return SeriesFacts(name=name, kind=kind, count=len(rows), x=x, y=y)


def _column(rows: Rows, channel: Any) -> Summary | None:
    """Summarize a field; None for values that the chart computes itself, such as a mean or a count."""
    field = _field(channel)
    if not field or (isinstance(channel, Mapping) and (channel.get("aggregate") or channel.get("bin"))):
        return None
    values = [row.get(field) for row in rows]
    if any(isinstance(value, str) for value in values[:50]):
        return summarize_times(values)
    return summarize(values)


def _axis(channel: Any, rows: Rows) -> AxisFacts | None:
    if not isinstance(channel, Mapping):
        return None
    axis, scale = _mapping(channel.get("axis")), _mapping(channel.get("scale"))
    label = _text(channel.get("title")) or _text(axis.get("title")) or _label(channel)
    kind = str(scale.get("type") or _TYPES.get(str(channel.get("type")), "linear"))
    if kind == "categories":
        names = list(dict.fromkeys(short_label(row.get(_field(channel))) for row in rows))
        more = " …" if len(names) > _MAX_NAMES else ""
        return AxisFacts(label=label, scale=f"categories {', '.join(names[:_MAX_NAMES])}{more}".strip())
    return AxisFacts(label=label, scale=kind, limits=_limits(scale.get("domain")))


def _limits(domain: Any) -> tuple[float | str, float | str] | None:
    if isinstance(domain, list) and len(domain) == 2 and all(isinstance(item, int | float | str) for item in domain):
        return domain[0], domain[1]
    return None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _label(channel: Mapping[str, Any]) -> str:
    """Return the default label of a field, such as ``Mean of price`` or ``Count of Records``."""
    field, aggregate = _field(channel), channel.get("aggregate")
    if isinstance(aggregate, str):
        return f"{aggregate.capitalize()} of {short_label(field) or 'Records'}"
    return short_label(field)


def _text(title: Any) -> str:
    words = title.get("text") if isinstance(title, Mapping) else title
    return short_label(" ".join(map(str, words)) if isinstance(words, list) else words) if words else ""
