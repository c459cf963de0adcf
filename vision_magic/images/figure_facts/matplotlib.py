"""Facts of matplotlib figures, read from their axes and the data of their artists."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from vision_magic.errors import ImageError
from vision_magic.images.converters.matplotlib import figure_of
from vision_magic.images.figure_facts.values import (
    AxesFacts,
    AxisFacts,
    Facts,
    SeriesFacts,
    Summary,
    iso_time,
    labels_of,
    short_label,
    summarize,
)
from vision_magic.images.lazy_types import is_instance

__all__ = ["facts"]

_MAX_TEXTS = 10
_MAX_NAMES = 12


def facts(target: Any) -> Facts:
    """Read facts from a figure, subfigure, axes or other artist."""
    if is_instance(target, "matplotlib.axes.Axes"):
        return Facts(kind="matplotlib", axes=(_axes(target),))
    if not is_instance(target, "matplotlib.figure.FigureBase"):
        target = figure_of(target)
    axes = [one for one in target.axes if one.get_visible() and _colour_bar(one) is None]
    title = getattr(target, "_suptitle", None)
    return Facts(kind="matplotlib", title=title.get_text() if title else "", axes=tuple(map(_axes, axes)))


def _colour_bar(axes: Any) -> Any:
    return getattr(axes, "_colorbar", None)


def _axes(axes: Any) -> AxesFacts:
    legend = axes.get_legend()
    title = next(filter(None, (axes.get_title(loc) for loc in ("center", "left", "right"))), "")
    plain = axes.name in ("rectilinear", "3d")
    return AxesFacts(
        title=short_label(title),
        x=_axis(axes.xaxis) if plain or axes.get_xlabel() else AxisFacts(scale=axes.name),
        y=_axis(axes.yaxis) if plain or axes.get_ylabel() else None,
        z=_axis(axes.zaxis) if hasattr(axes, "zaxis") else None,
        legend=labels_of(text.get_text() for text in legend.get_texts()) if legend else (),
        series=tuple(_readable_series(axes)),
        notes=labels_of(text.get_text() for text in list(axes.texts)[:_MAX_TEXTS]),
    )


def _axis(axis: Any) -> AxisFacts:
    names = _categories(axis)
    label = short_label(axis.get_label_text())
    if names:
        more = f" and {len(names) - _MAX_NAMES} more" if len(names) > _MAX_NAMES else ""
        return AxisFacts(label=label, scale=f"categories {', '.join(map(short_label, names[:_MAX_NAMES]))}{more}")
    low, high = axis.get_view_interval()
    if axis.get_inverted():
        low, high = max(low, high), min(low, high)
    if _shows_times(axis):
        return AxisFacts(label=label, scale="date", limits=(_time(low), _time(high)))
    return AxisFacts(label=label, scale=axis.get_scale(), limits=(float(low), float(high)))


def _categories(axis: Any) -> list[Any]:
    mapping = getattr(axis.units, "_mapping", None)
    return list(mapping) if isinstance(mapping, dict) else []


def _shows_times(axis: Any) -> bool:
    # matplotlib before 3.10 has the attribute, later ones the method.
    converter = axis.get_converter() if hasattr(axis, "get_converter") else axis.converter
    return is_instance(converter, "matplotlib.dates.DateConverter") or is_instance(
        converter, "matplotlib.dates._SwitchableDateConverter"
    )


def _time(days: float) -> str:
    from matplotlib.dates import num2date

    try:
        return iso_time(num2date(days))  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError):
        return f"{days:g} days"


def _readable_series(axes: Any) -> Iterator[SeriesFacts]:
    """Yield the series of an axes; artists that cannot be read are skipped, because facts are optional."""
    for read in (_lines, _containers, _collections, _images, _wedges):
        found = read(axes)
        while True:
            try:
                series = next(found, None)
            except ImageError:
                raise
            except Exception:
                break  # third-party artists, or custom units
            if series is None:
                break
            yield series


def _name(artist: Any) -> str:
    label = str(artist.get_label() or "")
    return "" if label.startswith("_") else short_label(label)


def _lines(axes: Any) -> Iterator[SeriesFacts]:
    grouped = {id(part) for container in axes.containers for part in _parts(container)}
    for line in axes.lines:
        if id(line) in grouped or not line.get_visible():
            continue
        x, y = line.get_xdata(orig=False), line.get_ydata(orig=False)
        spans_axes = line.get_transform() != axes.transData  # axhline, axvline
        if spans_axes and len(y) == 2:
            at = f"x = {x[0]:.6g}" if x[0] == x[1] else f"y = {y[0]:.6g}"
            yield SeriesFacts(name=_name(line), kind=f"reference line at {at}")
            continue
        markers_only = line.get_linestyle() in ("None", "", " ")
        yield _series(axes, _name(line), "points" if markers_only else "line", x, y)


def _series(axes: Any, name: str, kind: str, x: Any, y: Any) -> SeriesFacts:
    return SeriesFacts(name=name, kind=kind, count=len(y), x=_along(axes.xaxis, x), y=_along(axes.yaxis, y))


def _along(axis: Any, values: Any) -> Summary | None:
    """Summarize values along an axis: as times on a date axis; None on a categorical axis."""
    summary = None if _categories(axis) else summarize(values)
    if summary is None or not _shows_times(axis):
        return summary
    low, high, first, last = (
        _time(value) if isinstance(value, float) else value
        for value in (summary.low, summary.high, summary.first, summary.last)
    )
    return replace(summary, mean=None, low=low, high=high, first=first, last=last)


def _parts(container: Any) -> Iterator[Any]:
    for part in container or ():
        if isinstance(part, tuple | list):
            yield from _parts(part)
        else:
            yield part


def _containers(axes: Any) -> Iterator[SeriesFacts]:
    for container in axes.containers:
        if is_instance(container, "matplotlib.container.BarContainer"):
            yield _bars(axes, container)
        elif is_instance(container, "matplotlib.container.ErrorbarContainer"):
            line = next((part for part in _parts(container) if hasattr(part, "get_xdata")), None)
            if line is not None:
                yield _series(axes, _name(container), "points with error bars", line.get_xdata(), line.get_ydata())
        elif is_instance(container, "matplotlib.container.StemContainer"):
            line = container.markerline
            yield _series(axes, _name(container), "stems", line.get_xdata(), line.get_ydata())


def _bars(axes: Any, bars: Any) -> SeriesFacts:
    """Summarize the lengths of bars; six or more vertical bars that touch each other are a histogram."""
    patches = list(bars.patches)
    horizontal = bars.orientation == "horizontal"
    lengths = [patch.get_width() if horizontal else patch.get_height() for patch in patches]
    positions = [
        (patch.get_y() + patch.get_height() / 2) if horizontal else (patch.get_x() + patch.get_width() / 2)
        for patch in patches
    ]
    kind = "bars, horizontal" if horizontal else ("histogram" if _touch(patches) else "bars")
    x, y = (lengths, positions) if horizontal else (positions, lengths)
    return _series(axes, _name(bars), kind, x, y)


def _touch(patches: list[Any]) -> bool:
    if len(patches) < 6:
        return False
    edges = [(patch.get_x(), patch.get_x() + patch.get_width()) for patch in patches]
    return all(math.isclose(left[1], right[0], rel_tol=1e-9, abs_tol=1e-9) for left, right in pairwise(edges))


def _collections(axes: Any) -> Iterator[SeriesFacts]:
    grouped = {id(part) for container in axes.containers for part in _parts(container)}
    for collection in axes.collections:
        if id(collection) in grouped or not collection.get_visible():
            continue
        if is_instance(collection, "matplotlib.collections.PathCollection"):
            points = collection.get_offsets()
            yield _series(axes, _name(collection), "points", points[:, 0], points[:, 1])
        elif is_instance(collection, "matplotlib.collections.QuadMesh"):
            yield _coloured(collection, "coloured grid")
        elif is_instance(collection, "matplotlib.collections.PolyCollection"):
            corners = [path.vertices for path in collection.get_paths()]
            if corners:
                yield _area(axes, collection, corners)


def _area(axes: Any, collection: Any, corners: list[Any]) -> SeriesFacts:
    import numpy as np

    points = np.concatenate(corners)
    x, y = _along(axes.xaxis, points[:, 0]), _along(axes.yaxis, points[:, 1])
    return SeriesFacts(name=_name(collection), kind="filled area", x=x, y=y)


def _images(axes: Any) -> Iterator[SeriesFacts]:
    for image in axes.images:
        yield _coloured(image, "image")


def _coloured(mappable: Any, kind: str) -> SeriesFacts:
    """Summarize the values of an image or a mesh, with the label of its colour bar."""
    values = mappable.get_array()
    shape = "×".join(map(str, values.shape))
    if values.ndim == 3 and values.shape[2] in (3, 4):
        return SeriesFacts(name=_name(mappable), kind=f"{kind} of {shape}, colours")
    bar = getattr(mappable, "colorbar", None)
    label = short_label(bar.ax.get_ylabel() or bar.ax.get_xlabel()) if bar is not None else ""
    low, high = mappable.get_clim()
    summary = summarize(values)
    words = f"{kind} of {shape}, colours {mappable.get_cmap().name} from {low:.6g} to {high:.6g}"
    named = f", colour bar “{label}”" if label else ""
    numbers = (
        f", values {summary.low:.6g} to {summary.high:.6g}, mean {summary.mean:.6g}"
        if summary and summary.mean is not None
        else ""
    )
    return SeriesFacts(name=_name(mappable), kind=words + named + numbers)


def _wedges(axes: Any) -> Iterator[SeriesFacts]:
    wedges = [patch for patch in axes.patches if is_instance(patch, "matplotlib.patches.Wedge")]
    for wedge in wedges:
        share = abs(wedge.theta2 - wedge.theta1) / 360
        yield SeriesFacts(name=_name(wedge), kind=f"wedge of {share:.1%}")
    named = {id(part) for container in axes.containers for part in _parts(container)}
    boxes = [patch for patch in axes.patches if id(patch) not in named and patch not in wedges]
    if boxes:
        yield SeriesFacts(kind=f"{len(boxes)} other shapes")
