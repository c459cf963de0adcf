"""Transparent bars that lie on each other: the colour of both belongs to either."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

from vision_magic.engine.chart.layers import Inside, Layer
from vision_magic.engine.pixels import RGB

__all__ = ["with_overlaps"]

_OFF: Final = 14.0
"""The colour of both is no further from what the two colours make together (RGB)."""

_LEAST, _MOST = 0.1, 0.95
"""So much of the lower colour shines through the upper one."""


def with_overlaps(inside: Inside, layers: Sequence[Layer]) -> list[Layer]:
    """Return layers in which those that are made by two others are parts of both.

    Parameters
    ----------
    inside : Inside
        The inside of the axes.
    layers : sequence of Layer
        Its layers.
    """
    areas = [layer for layer in layers if layer.solid and not layer.outline]
    whole = {id(layer): layer for layer in layers}
    gone = set()
    for mixed in (layer for layer in areas if not layer.name):
        others = [layer for layer in areas if layer is not mixed and id(layer) not in gone]
        pair = next(
            (pair for pair in combinations(others, 2) if _are_mixed(mixed.rgb, pair[0].rgb, pair[1].rgb, inside.face)),
            None,
        )
        if pair is None:
            continue
        gone.add(id(mixed))
        for one in pair:
            known = whole[id(one)]
            whole[id(one)] = replace(
                known, mask=known.mask | mixed.mask, coverage=known.coverage.clip(mixed.coverage, None)
            )
    return [whole[id(layer)] for layer in layers if id(layer) not in gone]


def _are_mixed(mixed: RGB, a: RGB, b: RGB, face: RGB) -> bool:
    """Return whether a colour is that of two transparent ones on each other."""
    import numpy as np

    ground = np.array(face, float)
    whole, first, second = (np.array(rgb, float) - ground for rgb in (mixed, a, b))
    for upper, lower in ((first, second), (second, first)):
        share = float((whole - upper) @ lower) / max(1.0, float(lower @ lower))
        if _LEAST <= share <= _MOST and np.linalg.norm(whole - upper - share * lower) <= _OFF:
            return True
    return False
