"""Images and coloured grids of matplotlib: their values, and the label of their colour bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from vision_magic.images.figure_facts.labels import short_label
from vision_magic.images.figure_facts.matplotlib_axis import Coordinates
from vision_magic.images.figure_facts.notation import Place, Value
from vision_magic.images.figure_facts.summaries import MAX_VALUES, as_values, summarize
from vision_magic.images.figure_facts.values import SeriesFacts

__all__ = ["colour_bar", "image_facts"]


def colour_bar(mappable: Any) -> str:
    """Return the label of a colour bar in words; empty if there is none."""
    bar = getattr(mappable, "colorbar", None)
    label = short_label(bar.ax.get_ylabel() or bar.ax.get_xlabel()) if bar is not None else ""
    return f", colour bar “{label}”" if label else ""


def image_facts(mappable: Any, kind: str, x: Coordinates, y: Coordinates) -> SeriesFacts:
    """Summarize the values of an image or a mesh; of a small one, state each value."""
    values = mappable.get_array()
    shape = "×".join(map(str, values.shape))
    if values.ndim == 3 and values.shape[2] in (3, 4):
        return SeriesFacts(kind=f"{kind} of {shape}, colours")
    low, high = mappable.get_clim()
    reach = f" from {low:.6g} to {high:.6g}" if low is not None and high is not None else ""
    words = f"{kind} of {shape}, colours {short_label(mappable.get_cmap().name)}{reach}{colour_bar(mappable)}"
    summary = summarize(values)
    columns, rows = _cells(mappable, values, x, y)
    return SeriesFacts(
        kind=words,
        z=replace(summary, first=None, last=None) if summary is not None else None,
        columns=columns,
        rows=rows,
    )


def _cells(
    mappable: Any, values: Any, x: Coordinates, y: Coordinates
) -> tuple[tuple[Place, ...], tuple[tuple[Place, tuple[Value, ...]], ...]]:
    if values.ndim != 2 or not 0 < values.size <= MAX_VALUES:
        return (), ()
    try:
        across, down = _centres(mappable, values.shape)
    except (TypeError, ValueError, AttributeError):  # a mesh that is not a grid
        return (), ()
    columns = tuple(map(x.place_at, across))
    rows = tuple((y.place_at(at), as_values(row)) for at, row in zip(down, values, strict=True))
    known = None not in columns and None not in (place for place, _ in rows)
    return (columns, rows) if known else ((), ())


def _centres(mappable: Any, shape: Sequence[int]) -> tuple[Iterator[float], Iterator[float]]:
    """Return where the columns and the rows of the values are."""
    if hasattr(mappable, "get_extent"):
        left, right, bottom, top = mappable.get_extent()
        first, last = (top, bottom) if mappable.origin == "upper" else (bottom, top)
        return _middles(left, right, shape[1]), _middles(first, last, shape[0])
    corners = mappable.get_coordinates()
    if corners.shape[:2] != (shape[0] + 1, shape[1] + 1):
        raise ValueError(corners.shape)
    across, down = corners[0, :, 0], corners[:, 0, 1]
    return iter((across[:-1] + across[1:]) / 2), iter((down[:-1] + down[1:]) / 2)


def _middles(start: float, end: float, count: int) -> Iterator[float]:
    return (start + (end - start) * (number + 0.5) / count for number in range(count))
