"""Facts of Altair charts, read from their Vega-Lite specification and the data in it.

The data in a specification is that before its transforms, which the browser applies. Numbers and the names of
categories are therefore stated only where a chart draws its data as it is, or after the simple computations of
`altair_computed`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from vision_magic.images.figure_facts.altair_colours import colours_of_groups
from vision_magic.images.figure_facts.altair_computed import aggregated, boxes_of, cells_of, shares_of
from vision_magic.images.figure_facts.labels import PointLabel, labels_of, named_points, names_on, short_label
from vision_magic.images.figure_facts.notation import Place
from vision_magic.images.figure_facts.summaries import (
    MAX_VALUES,
    as_values,
    iso_place,
    located_among,
    paired,
    summarize,
    summarize_times,
    values_by_name,
)
from vision_magic.images.figure_facts.values import AxesFacts, AxisFacts, Facts, SeriesFacts, Summary

__all__ = ["facts"]

_TYPES: Final = {"quantitative": "linear", "temporal": "date", "nominal": "categories", "ordinal": "categories"}
_PARTS: Final = ("layer", "hconcat", "vconcat", "concat")
_DRAWN_AS_DATA: Final = frozenset(
    ("area", "bar", "circle", "line", "point", "rect", "rule", "square", "text", "tick", "trail")
)
_COMPUTED: Final = ("aggregate", "bin", "timeUnit", "impute")
_SPLITTING: Final = ("row", "column", "facet")
_MAX_AXES: Final = 100
_MAX_SERIES: Final = 200

Spec = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Above:
    """What a view inherits from the charts around it."""

    data: Any = None
    encoding: Spec = field(default_factory=dict)
    changed: bool = False
    """Whether the data is not drawn as it is: it is transformed, or split into the panels of a facet."""


def facts(chart: Any) -> Facts:
    """Read facts from a chart; without numbers where the data is elsewhere, or is transformed before it is drawn."""
    spec = _specification(chart)
    units = tuple(_units({**spec, "title": None}, spec, _Above()))[:_MAX_AXES]
    return Facts(kind="altair", title=_text(spec.get("title")), axes=units)


def _specification(chart: Any) -> Spec:
    import altair

    # Others write files, or refuse long data. The facts are short even if the data is long.
    with altair.data_transformers.enable("default", max_rows=None):
        spec: Spec = chart.to_dict()
    return spec


def _units(spec: Spec, whole: Spec, above: _Above) -> Iterator[AxesFacts]:
    """Yield the single views of a chart; those in layers, concatenations and facets inherit data and encodings."""
    here = _Above(
        data=spec.get("data") or above.data,
        encoding={**above.encoding, **_mapping(spec.get("encoding"))},
        changed=above.changed or any(spec.get(name) for name in ("transform", "facet", "repeat")),
    )
    inside = [part for name in _PARTS for part in spec.get(name) or ()]
    inside += [spec["spec"]] if isinstance(spec.get("spec"), Mapping) else []
    if not inside:
        yield _axes(spec, here.encoding, [] if here.changed else _rows(here.data, whole), whole)
    if "layer" in spec and not _mapping(spec.get("resolve")).get("scale"):
        yield from _layered([axes for part in inside for axes in _units(part, whole, here)])
        return
    for part in inside:
        yield from _units(part, whole, here)


def _layered(layers: Sequence[AxesFacts]) -> Iterator[AxesFacts]:
    """Yield the views of layers as one where they have the same axes; texts that are drawn on others are no series."""
    merged: dict[tuple[AxisFacts | None, AxisFacts | None], list[AxesFacts]] = {}
    for layer in layers:
        merged.setdefault((layer.x, layer.y), []).append(layer)
    for same in merged.values():
        series = [one for layer in same for one in layer.series]
        points = {point for one in series if one.kind != "text" for point in one.points}
        yield replace(
            same[0],
            title=next((layer.title for layer in same if layer.title), ""),
            legend=tuple(dict.fromkeys(name for layer in same for name in layer.legend)),
            legend_title=next((layer.legend_title for layer in same if layer.legend_title), ""),
            series=tuple(one for one in series if one.kind != "text" or len(same) == 1)[:_MAX_SERIES],
            point_labels=tuple(
                label for layer in same for label in layer.point_labels if len(same) == 1 or label[1] in points
            ),
            unread=sum(layer.unread for layer in same),
        )


def _is_computed(spec: Spec, encoding: Spec) -> bool:
    """Whether a view draws something else than its rows. An aggregate in any channel aggregates all of them."""
    channels = [one for channel in encoding.values() for one in (channel if isinstance(channel, list) else [channel])]
    return (
        _mark(spec) not in _DRAWN_AS_DATA
        or any(encoding.get(name) for name in _SPLITTING)
        or any(map(_is_computed_channel, channels))
        or any(_mapping(encoding.get(axis)).get("stack") in ("normalize", "center") for axis in "xy")
    )


def _is_computed_channel(channel: Any) -> bool:
    return any(_mapping(channel).get(name) for name in _COMPUTED)


def _mark(spec: Spec) -> str:
    mark = spec.get("mark")
    return str(mark.get("type") if isinstance(mark, Mapping) else mark or "mark")


_STEPS: Final = {"step": "mid", "step-before": "pre", "step-after": "post"}
"""Where each value holds on a line that is joined in such a way: around, before or after its place."""


def _kind_of(spec: Spec) -> str:
    """Return how a view is drawn: its mark, and of a line or an area of steps, where each value holds."""
    kind = short_label(_mark(spec))
    steps = _STEPS.get(str(_mapping(spec.get("mark")).get("interpolate")), "")
    if not steps or kind not in ("line", "area"):
        return kind
    return f"steps, {steps}" if kind == "line" else f"area, steps {steps}"


def _rows(data: Any, whole: Spec) -> list[Spec]:
    """Return the rows in a specification; none if they are elsewhere, or are text that the browser reads."""
    if not isinstance(data, Mapping) or data.get("format"):
        return []
    values = data.get("values") or _mapping(whole.get("datasets")).get(str(data.get("name"))) or ()
    return [row for row in values if isinstance(row, Mapping)] if isinstance(values, list) else []


# --- one view ---------------------------------------------------------------------------------------------------


def _axes(spec: Spec, encoding: Spec, rows: list[Spec], whole: Spec) -> AxesFacts:
    if (drawn := aggregated(rows, encoding)) is not None:
        labels = {axis: {"title": _title_of(encoding.get(axis))} for axis in "xy" if _mapping(encoding.get(axis))}
        rows, encoding = drawn[0], {**drawn[1], **{axis: {**drawn[1][axis], **labels[axis]} for axis in labels}}
    kind, colour = _kind_of(spec), _mapping(encoding.get("color"))
    grouping = "" if _is_computed_channel(colour) or _scale(colour) != "categories" else _field(colour)
    groups = _grouped(rows, grouping)
    has_legend = bool(grouping) and colour.get("legend", True) is not None
    known = _computed_series(spec, encoding, rows, groups)
    read = {name: [] for name in groups} if known is not None or _is_computed(spec, encoding) else groups
    colours = colours_of_groups(spec, encoding, [_first(group, grouping) for group in groups.values()], whole)
    return AxesFacts(
        title=_text(spec.get("title")),
        x=_axis(encoding.get("x"), rows),
        y=_axis(encoding.get("y"), rows),
        legend=labels_of(groups) if has_legend else (),
        legend_title=_legend_title(colour) if has_legend else "",
        series=(known,)
        if known is not None
        else tuple(
            replace(_series(kind, name, group, encoding), colour=colour)
            for (name, group), colour in list(zip(read.items(), colours, strict=True))[:_MAX_SERIES]
        ),
        point_labels=() if known is not None or _is_computed(spec, encoding) else _point_labels(kind, rows, encoding),
        unread=max(0, len(groups) - _MAX_SERIES),
    )


def _point_labels(kind: str, rows: list[Spec], encoding: Spec) -> tuple[PointLabel, ...]:
    """Return the texts of a layer of texts, with their places."""
    channels, text = [encoding.get(axis) for axis in "xy"], _field(encoding.get("text"))
    if kind != "text" or not text or any(_scale(channel) == "categories" for channel in channels):
        return ()
    places = zip(*(_places(rows, channel) for channel in channels), strict=True)
    return named_points((short_label(row.get(text)), place) for row, place in zip(rows, places, strict=False))


def _computed_series(
    spec: Spec, encoding: Spec, rows: list[Spec], groups: Mapping[str, list[Spec]]
) -> SeriesFacts | None:
    """Return the series of a pie, a heat map of names or a box plot; None for others, or if it has too many values."""
    mark, x, y = _mark(spec), encoding.get("x"), encoding.get("y")
    if not rows or any(encoding.get(name) for name in _SPLITTING):
        return None
    if mark == "arc":
        percent = shares_of(groups, encoding.get("theta")) if len(groups) <= MAX_VALUES else ()
        return SeriesFacts(kind="pie", count=len(percent), percent=percent) if percent else None
    names, numbers = (x, y) if _scale(x) == "categories" else (y, x)
    if mark == "boxplot" and _scale(names) == "categories" and _scale(numbers) == "linear" and len(groups) == 1:
        extent = _mapping(spec.get("mark")).get("extent", 1.5)
        boxes = boxes_of(rows, _field(names), _field(numbers), extent) if isinstance(extent, int | float | str) else ()
        kind = "boxes" if names is x else "boxes, horizontal"
        return SeriesFacts(kind=kind, boxes=boxes) if 0 < len(boxes) <= MAX_VALUES // 5 else None
    if mark == "rect" and len(rows) <= MAX_VALUES and _scale(x) == _scale(y) == "categories":
        columns, cells = cells_of(rows, _field(x), _field(y), _field(encoding.get("color")))
        found = summarize([value for _, values in cells for value in values if value is not None]) if cells else None
        z = replace(found, first=None, last=None) if found is not None else None
        return SeriesFacts(kind="rect", z=z, columns=columns, rows=cells) if cells else None
    return None


def _first(rows: list[Spec], name: str) -> Any:
    return rows[0].get(name) if rows and name else None


def _field(channel: Any) -> str:
    name = channel.get("field") if isinstance(channel, Mapping) else ""
    return name if isinstance(name, str) else ""


def _grouped(rows: list[Spec], name: str) -> dict[str, list[Spec]]:
    groups: dict[str, list[Spec]] = {}
    for row in rows:
        groups.setdefault(short_label(row.get(name)) if name else "", []).append(row)
    return groups or {"": []}


def _series(kind: str, name: str, rows: list[Spec], encoding: Spec) -> SeriesFacts:
    x, y = encoding.get("x"), encoding.get("y")
    from_to = "x2" in encoding or "y2" in encoding  # a bar between two values, neither of which is its length
    named = () if from_to else _by_name(x, y, rows) or _by_name(y, x, rows)
    along_x, along_y = _column(rows, x), _column(rows, y)
    xs, ys = (_places(rows, channel) for channel in (x, y))
    flat = along_y is None
    return SeriesFacts(
        name=name,
        kind=kind,
        count=len(rows),
        x=located_among(along_x, xs, ys) if flat else along_x,
        y=along_y if flat else located_among(along_y, ys, xs),
        named=named,
        points=() if named or from_to or not (along_x and along_y) else paired(xs, ys),
    )


def _places(rows: list[Spec], channel: Any) -> list[Place]:
    """Return the values of a short series one by one: numbers, and times or names as strings."""
    scale, values = _scale(channel), [row.get(_field(channel)) for row in rows]
    if not _field(channel) or not 0 < len(values) <= MAX_VALUES:
        return []
    if scale == "categories":
        return [short_label(value) for value in values]
    return list(map(iso_place, values)) if scale == "date" else list(as_values(values))


def _by_name(names: Any, numbers: Any, rows: Sequence[Spec]) -> tuple[tuple[str, float], ...]:
    if _scale(names) != "categories" or _scale(numbers) in ("categories", "date"):
        return ()
    return values_by_name([row.get(_field(names)) for row in rows], [row.get(_field(numbers)) for row in rows])


def _column(rows: list[Spec], channel: Any) -> Summary | None:
    """Summarize a field; None along an axis of names, and for times whose zone the browser chooses."""
    name, scale = _field(channel), _scale(channel)
    if scale == "categories" or not any(name in row for row in rows):
        return None
    values = [row.get(name) for row in rows]
    return summarize_times([value or "" for value in values]) if scale == "date" else summarize(values)


def _scale(channel: Any) -> str:
    channel = _mapping(channel)
    given = _mapping(channel.get("scale")).get("type")
    return short_label(given or _TYPES.get(str(channel.get("type")), "linear"))


def _axis(channel: Any, rows: list[Spec]) -> AxisFacts | None:
    if not isinstance(channel, Mapping):
        return None
    label = _title_of(channel)
    scale = _scale(channel)
    if scale == "categories":
        rows = [] if _is_computed_channel(channel) else rows
        return AxisFacts(label=label, **names_on(dict.fromkeys(row.get(_field(channel)) for row in rows)))
    return AxisFacts(label=label, scale=scale, limits=_limits(_mapping(channel.get("scale")).get("domain")))


def _title_of(channel: Any) -> str:
    channel = _mapping(channel)
    return _text(channel.get("title")) or _text(_mapping(channel.get("axis")).get("title")) or _label(channel)


def _legend_title(channel: Spec) -> str:
    """Return the title of the legend of a field: its own, which may be none, or else the name of the field."""
    for given in (_mapping(channel.get("legend")), channel):
        if "title" in given:
            return _text(given["title"])
    return _label(channel)


def _limits(domain: Any) -> tuple[float | str, float | str] | None:
    if isinstance(domain, list) and len(domain) == 2 and all(isinstance(item, int | float | str) for item in domain):
        return domain[0], domain[1]
    return None


def _mapping(value: Any) -> Spec:
    return value if isinstance(value, Mapping) else {}


def _label(channel: Spec) -> str:
    """Return the default label of a field, such as ``Mean of price`` or ``Count of Records``."""
    name, aggregate = _field(channel), channel.get("aggregate")
    if isinstance(aggregate, str):
        return f"{aggregate.capitalize()} of {short_label(name) or 'Records'}"
    if isinstance(unit := channel.get("timeUnit"), str):
        return f"{short_label(name)}, {short_label(unit)}"
    return f"{short_label(name)}, binned" if channel.get("bin") is True else short_label(name)


def _text(title: Any) -> str:
    words = title.get("text") if isinstance(title, Mapping) else title
    return short_label(" ".join(map(str, words)) if isinstance(words, list) else words) if words else ""
