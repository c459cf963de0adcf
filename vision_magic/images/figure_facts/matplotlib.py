"""Facts of matplotlib figures, read from their axes and the data of their artists."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from itertools import islice
from typing import Any

from vision_magic.images.converters.matplotlib import figure_of
from vision_magic.images.figure_facts.labels import labels_of, short_label
from vision_magic.images.figure_facts.matplotlib_axis import UNKNOWN, Coordinates, axis_facts, polar_angles, read_axis
from vision_magic.images.figure_facts.matplotlib_labels import texts_in
from vision_magic.images.figure_facts.matplotlib_series import read_series
from vision_magic.images.figure_facts.values import AxesFacts, AxisFacts, Facts
from vision_magic.images.lazy_types import is_instance

__all__ = ["facts"]

_MAX_AXES = 100
_MAX_TEXTS = 10


def facts(target: Any) -> Facts:
    """Read facts from a figure, subfigure, axes or other artist."""
    if is_instance(target, "matplotlib.axes.Axes"):
        return Facts(kind="matplotlib", axes=_all_axes([target, *_at_the_same_place(target)], named=target))
    if not is_instance(target, "matplotlib.figure.FigureBase"):
        target = figure_of(target)
    title = getattr(target, "_suptitle", None)
    return Facts(kind="matplotlib", title=short_label(title.get_text()) if title else "", axes=_all_axes(target.axes))


def _at_the_same_place(target: Any) -> list[Any]:
    """Return the twins of an axes, and others at its place: they are in its picture, which is cut out of the figure."""
    if target.figure is None:
        return []
    place = target.get_window_extent().bounds
    return [one for one in target.figure.axes if one is not target and one.get_window_extent().bounds == place]


def _all_axes(axes: list[Any], named: Any = None) -> tuple[AxesFacts, ...]:
    """Read axes, each followed by its insets and secondary axes; colour bars belong to what they explain."""
    numbers: dict[int, int] = {}
    found = []
    for one, parent in islice(_drawn(axes, named), _MAX_AXES):
        found.append(_axes(one, _role(one, parent, numbers)))
        numbers[id(one)] = len(found)
    return tuple(found)


def _drawn(axes: Iterable[Any], named: Any, parent: Any = None) -> Iterator[tuple[Any, Any]]:
    """Yield visible axes with the axes that they are inside of, which is None for most."""
    for one in axes:
        if one is named or (one.get_visible() and getattr(one, "_colorbar", None) is None):
            yield one, parent
            yield from _drawn([*getattr(one, "child_axes", ()), *getattr(one, "parasites", ())], named, one)


def _role(axes: Any, parent: Any, numbers: dict[int, int]) -> str:
    """Return in words how axes belong to others that were read before; empty if they stand alone."""
    if _is_secondary(axes):
        return f"secondary {axes._orientation} axis of axes {numbers[id(parent)]}"
    if parent is not None:
        inset = axes in parent.child_axes
        return f"{'inset in' if inset else 'twin of'} axes {numbers[id(parent)]}"
    grouper = getattr(axes, "_twinned_axes", None)
    siblings = grouper.get_siblings(axes) if grouper is not None else ()
    first = min((numbers[id(one)] for one in siblings if id(one) in numbers), default=0)
    return f"twin of axes {first}" if first else ""


def _is_secondary(axes: Any) -> bool:
    return is_instance(axes, "matplotlib.axes._secondary_axes.SecondaryAxis")


def _axes(axes: Any, role: str) -> AxesFacts:
    if _is_secondary(axes):
        return _secondary(axes, role)
    x, y, z = _coordinates(axes)
    series, unread = read_series(axes, x, y, z)
    legend = axes.get_legend()
    title = next(filter(None, (axes.get_title(loc) for loc in ("center", "left", "right"))), "")
    point_labels, texts = texts_in(axes, x, y)
    return AxesFacts(
        title=short_label(title),
        role=role,
        x=_axis(axes, "x", x),
        y=_axis(axes, "y", y),
        z=_axis(axes, "z", z) if z is not None else None,
        legend=labels_of(text.get_text() for text in legend.get_texts()) if legend and legend.get_visible() else (),
        legend_title=_legend_title(axes, {one.name for one in series}),
        series=series,
        unread=unread,
        point_labels=point_labels,
        notes=texts[:_MAX_TEXTS],
    )


def _legend_title(axes: Any, names: Set[str]) -> str:
    """Return the title of the legend of axes, or of a legend of the figure with their series, as seaborn draws it."""
    for legend in (axes.get_legend(), *axes.figure.legends):
        own = legend is not None and legend is axes.get_legend()
        if legend is None or not legend.get_visible():
            continue
        if own or names & set(labels_of(text.get_text() for text in legend.get_texts())):
            return short_label(legend.get_title().get_text())
    return ""


def _coordinates(axes: Any) -> tuple[Coordinates, Coordinates, Coordinates | None]:
    """Return how coordinates are stated along x, y and z; of other projections, only the radius of a polar plot."""
    if axes.name in ("rectilinear", "3d"):
        x, y = read_axis(axes.xaxis), read_axis(axes.yaxis)
        return x, y, read_axis(axes.zaxis) if axes.name == "3d" else None
    if axes.name == "polar":
        return polar_angles(axes.xaxis), read_axis(axes.yaxis), None
    return replace(UNKNOWN, scale=axes.name), UNKNOWN, None


def _axis(axes: Any, name: str, coordinates: Coordinates) -> AxisFacts | None:
    label = getattr(axes, f"get_{name}label")()
    drawn = getattr(axes, f"{name}axis").get_visible() and getattr(axes, "_axis3don", axes.axison)
    drawn = drawn and not _has_no_scale(axes)
    if (not drawn and not label) or (name == "y" and not coordinates.scale and not label):
        return None
    return axis_facts(getattr(axes, f"{name}axis"), coordinates)


def _has_no_scale(axes: Any) -> bool:
    """Whether axes are drawn without a frame and ticks, as around a pie."""
    ticks = (getattr(axis.get_major_locator(), "locs", None) for axis in (axes.xaxis, axes.yaxis))
    return (
        axes.name == "rectilinear"
        and not axes.get_frame_on()
        and all(locs is not None and len(locs) == 0 for locs in ticks)
    )


def _secondary(axes: Any, role: str) -> AxesFacts:
    """Read a secondary axis. Its limits are set when it is drawn, so they are computed from those of its axes."""
    name = axes._orientation
    axis = axes.xaxis if name == "x" else axes.yaxis
    found = axis_facts(axis, read_axis(axis))
    if found.limits and not any(isinstance(limit, str) for limit in found.limits):
        found = replace(found, limits=_secondary_limits(axes, name))
    return AxesFacts(role=role, x=found if name == "x" else None, y=found if name == "y" else None)


def _secondary_limits(axes: Any, name: str) -> tuple[float, float] | None:
    import numpy as np

    try:
        limits = axes._functions[0](np.array(getattr(axes._parent, f"get_{name}lim")(), dtype=float))
        start, end = (float(limit) for limit in limits)
    except Exception:  # a function of the user's
        return None
    return (start, end) if math.isfinite(start) and math.isfinite(end) else None
