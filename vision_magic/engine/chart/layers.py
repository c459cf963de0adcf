"""Layers of a plot: what is drawn inside its axes in one colour each, apart from the ground, the grid and the texts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from vision_magic.engine.chart.ground import Inside, look_inside
from vision_magic.engine.chart.masks import opened
from vision_magic.engine.chart.palette import MIXED, Ink, find_inks
from vision_magic.engine.chart.plot import LegendEntry
from vision_magic.engine.colours import chroma
from vision_magic.engine.pixels import RGB

__all__ = ["Inside", "Layer", "find_layers", "look_inside"]

_BLOCK: Final = 1 << 20
"""As many pixels are separated at a time, which bounds the memory."""

_OUTLINE: Final = 0.6
"""A colour is the outline of others when as much of it touches their solid areas."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """What is drawn in one colour.

    Attributes
    ----------
    rgb : tuple of int
        The colour inside the axes.
    name : str
        The legend's text for it; empty if there is none.
    mask : ndarray of bool, (height, width)
        Pixels of this colour, as seen inside the spines.
    coverage : ndarray of float, (height, width)
        How much of each pixel it covers, 0 to 1; edges are in between.
    like_axes : bool
        Whether it is nearly black, white or grey, as spines and texts are.
    solid : bool
        Whether it fills areas.
    outline : bool
        Whether it is only seen along the edges of other layers, as the lines around bars are.
    shade : bool
        Whether it is a paler area of another layer's colour.
    """

    rgb: RGB
    name: str = ""
    mask: Any
    coverage: Any
    like_axes: bool = False
    solid: bool = False
    outline: bool = False
    shade: bool = False


def find_layers(inside: Inside, legend: Sequence[LegendEntry] = ()) -> tuple[Layer, ...]:
    """Return what is drawn inside a pair of axes, a layer for each colour; those of the legend first, in its order.

    Parameters
    ----------
    inside : Inside
        The inside of the axes.
    legend : sequence of LegendEntry
        The entries of the legend, whose colours are looked for.
    """
    import numpy as np

    drawn = ~inside.ground & ~inside.hidden
    if not drawn.any():
        return ()
    inks = _named(find_inks(inside, drawn), legend)
    if not inks:
        return ()
    for ink, _ in inks:  # a text does not hide what is seen between its letters
        if ink.solid and inside.written.any():
            drawn |= inside.written & opened(np.abs(inside.pixels - np.array(ink.rgb, np.int16)).max(axis=2) <= 6)
    coverages = _separated(inside, drawn, [ink for ink, _ in inks])
    layers = [
        Layer(
            rgb=ink.rgb,
            name=name,
            mask=coverage > 0.5,
            coverage=coverage,
            like_axes=chroma(ink.rgb) < 12,
            solid=ink.solid > 0,
            shade=ink.shade,
        )
        for (ink, name), coverage in zip(inks, coverages, strict=True)
    ]
    return tuple(_with_outline(layer, layers) for layer in layers)


def _separated(inside: Inside, drawn: Any, inks: Sequence[Ink]) -> list[Any]:
    """Return how much of each pixel each ink covers."""
    import numpy as np

    coverages = [np.zeros(drawn.shape, np.float32) for _ in inks]
    places = np.flatnonzero(drawn)
    pixels = inside.pixels.reshape(-1, 3)
    for start in range(0, len(places), _BLOCK):
        block = places[start : start + _BLOCK]
        values = pixels[block].astype(np.float32) - np.array(inside.face, np.float32)
        nearest, along, misses = _shares(values, inks, inside.face)
        for number, coverage in enumerate(coverages):
            mine = (nearest == number) & (misses <= MIXED)
            coverage.ravel()[block[mine]] = np.clip(along[mine], 0.0, 1.0)
    return coverages


def _shares(values: Any, inks: Sequence[Ink], face: RGB) -> tuple[Any, Any, Any]:
    """Return for each pixel the ink nearest in colour, the share of it, and how far it is from its mixtures."""
    import numpy as np

    nearest = np.zeros(len(values), np.int16)
    best_along = np.zeros(len(values), np.float32)
    best = np.full(len(values), np.inf, np.float32)
    for number, ink in enumerate(inks):
        ray = np.array(ink.rgb, np.float32) - np.array(face, np.float32)
        length = float(np.linalg.norm(ray)) or 1.0
        along = values @ ray / length**2
        misses = np.linalg.norm(values - along[:, None] * ray, axis=1)
        if ink.deeper is not None:
            along_deep = np.clip(along, 0, math.dist(ink.deeper, face) / length)
            misses += np.maximum(along - along_deep, 0) * length
        else:
            misses += np.maximum(along - 1.0, 0) * length  # beyond the colour is another, darker one
        if ink.shade:  # its edges are like those of the deeper colour, so only the area itself is taken
            misses = np.where(np.abs(values - ray).max(axis=1) <= 6, -1.0, np.inf)
        better = misses < best
        nearest[better], best_along[better], best[better] = number, along[better], misses[better]
    return nearest, best_along, best


def _with_outline(layer: Layer, layers: Sequence[Layer]) -> Layer:
    """Return a layer with its `outline` set."""
    from dataclasses import replace

    import cv2
    import numpy as np

    if layer.name or layer.shade or any(other.shade and _is_deeper(layer, other) for other in layers):
        return layer
    mask = layer.mask.astype(np.uint8)
    total = int(mask.sum())
    if not total or cv2.erode(mask, np.ones((5, 5), np.uint8)).sum() > 0.1 * total:
        return layer
    near = np.zeros(mask.shape, np.uint8)
    for other in layers:
        if other is not layer and other.solid and other.mask.sum() > total * 0.7:
            near |= other.mask
    near = cv2.dilate(near.astype(np.uint8), np.ones((7, 7), np.uint8))
    return replace(layer, outline=int((mask & near).sum()) >= _OUTLINE * total)


def _is_deeper(layer: Layer, shade: Layer) -> bool:
    """Return whether a shade is a paler colour of a layer, rather than one that has nothing to do with it."""
    return max(abs(a - b) for a, b in zip(layer.rgb, shade.rgb, strict=True)) > 20 and bool(
        layer.mask.any() and layer.solid
    )


def _named(inks: Sequence[Ink], legend: Sequence[LegendEntry]) -> list[tuple[Ink, str]]:
    """Give each entry of the legend the nearest colour; a sample is often paler than what it stands for."""
    pairs = sorted(
        (math.dist(entry.rgb, ink.rgb), place, number)
        for place, entry in enumerate(legend)
        for number, ink in enumerate(inks)
        if entry.rgb is not None
    )
    names: dict[int, int] = {}
    for distance, place, number in pairs:
        if distance <= 90 and number not in names and place not in names.values():
            names[number] = place
    in_order = sorted(names.items(), key=lambda pair: pair[1])
    named = [(inks[number], legend[place].text) for number, place in in_order]
    return named + [(ink, "") for number, ink in enumerate(inks) if number not in names]
