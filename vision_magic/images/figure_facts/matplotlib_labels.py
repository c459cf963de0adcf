"""Texts in axes of matplotlib: those that name points, with the places of these, and the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from vision_magic.images.figure_facts.labels import PointLabel, named_points, short_label
from vision_magic.images.figure_facts.matplotlib_axis import Coordinates
from vision_magic.images.figure_facts.summaries import MAX_VALUES, as_floats
from vision_magic.images.lazy_types import is_instance

__all__ = ["texts_in"]

_MOST_POINTS: Final = 2000
_TRIED: Final = 20
_REACH: Final = 0.05
"""How far from a point its name may be anchored: a part of the width and height of the axes."""
_UNMARKED: Final = ("None", "none", "", " ", None, "|", "_")
"""Markers of lines that are no points: none at all, and the caps of error bars."""


def texts_in(axes: Any, x: Coordinates, y: Coordinates) -> tuple[tuple[PointLabel, ...], tuple[str, ...]]:
    """Return the labels of points, and the other texts in axes."""
    texts = [(text, label) for text in axes.texts if text.get_visible() and (label := short_label(text.get_text()))]
    try:
        points = _points(axes) if axes.name == "rectilinear" and x.known and y.known else []
        places = _labelled(axes, [text for text, _ in texts[:MAX_VALUES]], points)
    except Exception:  # artists of another library, or units that cannot be converted
        places = {}
    labels = named_points(
        (texts[number][1], (x.place_at(at[0]), y.place_at(at[1]))) for number, at in sorted(places.items())
    )
    names = [name for name, _ in labels]
    return labels, tuple(label for _, label in texts if label not in names)


def _points(axes: Any) -> list[tuple[float, float]]:
    """Return the coordinates of the points in axes, and of the markers of lines."""
    found = [pair for xs, ys in _drawn(axes) for pair in zip(as_floats(xs), as_floats(ys), strict=True)]
    return list(dict.fromkeys(found)) if len(found) <= _MOST_POINTS else []


def _drawn(axes: Any) -> Iterator[tuple[Any, Any]]:
    data = axes.transData
    for one in axes.collections:
        if one.get_visible() and is_instance(one, "matplotlib.collections.PathCollection"):
            offsets = one.get_offsets()
            if one.get_offset_transform() == data and len(offsets):
                yield offsets[:, 0], offsets[:, 1]
    for line in axes.lines:
        if line.get_visible() and line.get_marker() not in _UNMARKED and line.get_transform() == data:
            yield line.get_xdata(orig=False), line.get_ydata(orig=False)


def _labelled(axes: Any, texts: Sequence[Any], points: Sequence[tuple[float, float]]) -> dict[int, tuple[float, float]]:
    """Return the number of each text that labels a point, with the point: the nearest pairs first, each once."""
    import numpy as np

    anchors = {number: at for number, text in enumerate(texts) if (at := _anchor(axes, text)) is not None}
    if len(anchors) < 2 or len(points) < 2:
        return {}
    within = axes.transData - axes.transAxes
    at = within.transform(np.array([axes.transData.inverted().transform(one) for one in anchors.values()]))
    to = within.transform(np.array(points))
    apart = at[:, None, :] - to[None, :, :]
    far = np.hypot(apart[..., 0], apart[..., 1])
    near = np.argwhere(far <= _REACH)
    shift = _common_shift(apart, far)
    order = sorted(near.tolist(), key=lambda pair: float(np.hypot(*(apart[tuple(pair)] - shift))))
    found: dict[int, int] = {}
    for text, point in order:
        if text not in found and point not in found.values():
            found[text] = point
    numbers = list(anchors)
    return {numbers[text]: points[point] for text, point in found.items()}


def _common_shift(apart: Any, far: Any) -> Any:
    """Return how far most names are from their points, as after ``ax.text(x + 1, y, name)``; zero if that differs."""
    import numpy as np

    near = far <= _REACH
    shifts = [np.zeros(2), *apart[near][:_TRIED]]
    fitting = [int((np.abs(apart - shift).max(axis=2) < 1e-6).any(axis=1).sum()) for shift in shifts]
    best = fitting.index(max(fitting))
    return shifts[best] if 2 * fitting[best] > int(near.any(axis=1).sum()) else shifts[0]


def _anchor(axes: Any, text: Any) -> tuple[float, float] | None:
    """Return where a text is anchored on the display; None if that is no place in the coordinates of the axes."""
    if is_instance(text, "matplotlib.text.Annotation"):
        return axes.transData.transform(_numbers(axes, text.xy)) if text.xycoords in ("data", axes.transData) else None
    moved = text.get_transform() == axes.transData
    return axes.transData.transform(text.get_unitless_position()) if moved else None


def _numbers(axes: Any, place: Sequence[Any]) -> tuple[float, float]:
    """Return a place in numbers: it may hold dates."""
    return float(axes.convert_xunits(place[0])), float(axes.convert_yunits(place[1]))
