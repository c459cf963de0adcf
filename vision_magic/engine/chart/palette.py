"""The colours of series: those that are drawn inside the axes, without the mixtures at their edges."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from vision_magic.engine.chart.ground import SAME, Inside
from vision_magic.engine.colours import codes_of, rgb_of
from vision_magic.engine.pixels import RGB

__all__ = ["MIXED", "Ink", "find_inks", "is_mixture"]

MIXED: Final = 28.0
"""A pixel is an edge of a colour when it is at most this far from the line between the ground and that colour."""

_FEWEST: Final = 14
"""A colour with fewer pixels, or with less than `_LEAST` of the axes, is not a series."""

_LEAST: Final = 0.00025
_WIDE: Final = 0.6
"""So large a share of an area has the same colour all around."""

_MOST: Final = 16
_CANDIDATES: Final = 60
"""As many of the most frequent colours are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """A colour that is drawn.

    Attributes
    ----------
    rgb : tuple of int
        The colour.
    solid : int
        Number of its pixels that have the same colour all around; 0 for thin lines.
    deeper : tuple of int or None
        The colour where its marks lie on each other, if they are transparent.
    shade : bool
        Whether it is a paler colour of another ink that fills an area, such as the area below a line.
    """

    rgb: RGB
    solid: int = 0
    deeper: RGB | None = None
    shade: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    rgb: RGB
    mask: Any
    solid: int


def find_inks(inside: Inside, drawn: Any) -> list[Ink]:
    """Return the colours of series.

    Parameters
    ----------
    inside : Inside
        The inside of the axes.
    drawn : ndarray of bool
        The pixels that are neither ground nor hidden.
    """
    fewest = max(_FEWEST, _LEAST * drawn.size)
    found = _frequent(inside, drawn, fewest)
    found = [one for one in found if not _is_paler_part(one, found, inside.face)]
    inks = _inks(found, inside.face)
    thin = _thin_colours(inside, drawn, [ink.rgb for ink in inks], fewest)
    return (inks + [Ink(rgb=rgb) for rgb in thin])[:_MOST]


def _frequent(inside: Inside, drawn: Any, fewest: float) -> list[_Found]:
    """Return the most frequent colours that are not edges between others."""
    import numpy as np

    codes = np.where(drawn, codes_of(inside.pixels), -1)
    values, counts = np.unique(codes[drawn], return_counts=True)
    order = counts.argsort()[::-1][:_CANDIDATES]
    found: list[_Found] = []
    for code, count in zip(values[order].tolist(), counts[order].tolist(), strict=True):
        rgb = rgb_of(code)
        if count < fewest or len(found) == _MOST:
            break
        if any(_is_same(rgb, other.rgb) for other in found):
            continue
        new = _looked_at(rgb, codes == code)
        if not _is_edge(new, found, inside.face):
            found = [other for other in found if not _is_edge(other, [new], inside.face)] + [new]
    return found


def _looked_at(rgb: RGB, mask: Any) -> _Found:
    import cv2
    import numpy as np

    image = mask.astype(np.uint8)
    return _Found(rgb, image, int(cv2.erode(image, np.ones((3, 3), np.uint8)).sum()))


def _is_edge(one: _Found, others: Sequence[_Found], face: RGB) -> bool:
    """Return whether a colour lies between two others in the image, as it does between them in colour."""
    import cv2
    import numpy as np

    total = int(one.mask.sum())
    if one.solid > 0.25 * total:
        return False
    alone: list[tuple[_Found, _Found | None]] = [(other, None) for other in others]
    for a, b in [*alone, *combinations(others, 2)]:
        if not is_mixture(one.rgb, a.rgb, face if b is None else b.rgb):
            continue
        ends = a.mask if b is None else np.maximum(a.mask, b.mask)
        near = cv2.dilate(ends, np.ones((3, 3), np.uint8))
        if int((one.mask & near).sum()) >= 0.55 * total:
            return True
    return False


def is_mixture(rgb: RGB, a: RGB, b: RGB) -> bool:
    """Return whether a colour is on the line between two others."""
    span = [q - p for p, q in zip(a, b, strict=True)]
    length = sum(step * step for step in span)
    if not length:
        return False
    share = sum((c - p) * s for c, p, s in zip(rgb, a, span, strict=True)) / length
    miss = math.dist(rgb, [p + share * s for p, s in zip(a, span, strict=True)])
    return 0.02 < share < 0.98 and miss <= 10


def _is_paler_part(one: _Found, others: Sequence[_Found], face: RGB) -> bool:
    """Return whether a thin colour is a paler part of another one: a line between two rows of pixels."""
    if one.solid > 0.05 * one.mask.sum():
        return False
    return any(other is not one and is_mixture(one.rgb, face, other.rgb) for other in others)


def _inks(found: Sequence[_Found], face: RGB) -> list[Ink]:
    """Return inks, with the deeper colours of transparent marks and the pale areas of lines told apart."""
    inks: list[Ink] = []
    deeper: dict[int, RGB] = {}
    skipped: set[int] = set()
    shades: set[int] = set()
    for number, pale in enumerate(found):
        for other, deep in enumerate(found):
            if number == other or not is_mixture(pale.rgb, face, deep.rgb) or not pale.solid:
                continue
            near = math.dist(deep.rgb, face) < 1.95 * math.dist(pale.rgb, face)
            if near and (_lies_on(deep, pale) or not _is_wide(pale)):
                deeper[number] = max(deep.rgb, deeper.get(number, deep.rgb), key=lambda rgb: math.dist(rgb, face))
                skipped.add(other)
            else:
                shades.add(number)
    for number, one in enumerate(found):
        if number not in skipped:
            inks.append(
                Ink(rgb=one.rgb, solid=one.solid, deeper=deeper.get(number), shade=number in shades - set(deeper))
            )
    return inks


def _is_wide(one: _Found) -> bool:
    """Return whether a colour fills areas, which markers are too small for."""
    return one.solid >= _WIDE * int(one.mask.sum())


def _lies_on(deep: _Found, pale: _Found) -> bool:
    """Return whether a colour is seen only on another one: where marks overlap, or along their edges."""
    import cv2
    import numpy as np

    near = cv2.dilate(pale.mask, np.ones((7, 7), np.uint8))
    return int((deep.mask & near).sum()) >= 0.75 * int(deep.mask.sum())


def _thin_colours(inside: Inside, drawn: Any, found: Sequence[RGB], fewest: float) -> list[RGB]:
    """Return the colours of lines so thin that hardly a pixel has them: their pixels are mixtures with the ground."""
    import numpy as np

    face = np.array(inside.face, np.float32)
    values = inside.pixels[drawn].astype(np.float32) - face
    strength = np.linalg.norm(values, axis=1)
    values, strength = values[strength > 40], strength[strength > 40]
    for rgb in found:
        ray = np.array(rgb, np.float32) - face
        along = values @ ray / max(1.0, float(ray @ ray))
        free = np.linalg.norm(values - along[:, None] * ray, axis=1) > MIXED
        values, strength = values[free], strength[free]
    values, strength = _unmixed(values, strength, [np.array(rgb, np.float32) - face for rgb in found])
    colours: list[RGB] = []
    while len(values) >= 2 * fewest and len(colours) < _MOST:
        seed = values[strength.argmax()]
        strongest = values[np.abs(values - seed).max(axis=1) <= 2 * SAME].mean(axis=0)
        along = values @ strongest / float(strongest @ strongest)
        mine = np.linalg.norm(values - along[:, None] * strongest, axis=1) <= MIXED
        if mine.sum() >= 2 * fewest:
            red, green, blue = np.clip(np.rint(face + strongest), 0, 255).astype(int).tolist()
            colours.append((red, green, blue))
        if not mine.any():
            break
        values, strength = values[~mine], strength[~mine]
    return colours


def _unmixed(values: Any, strength: Any, rays: Sequence[Any]) -> tuple[Any, Any]:
    """Return the pixels that are no mixtures of two known colours."""
    import numpy as np

    for number, a in enumerate(rays):
        for b in rays[number + 1 :]:
            span = b - a
            share = np.clip((values - a) @ span / max(1.0, float(span @ span)), 0, 1)
            free = np.linalg.norm(values - a - share[:, None] * span, axis=1) > MIXED
            values, strength = values[free], strength[free]
    return values, strength


def _is_same(a: RGB, b: RGB) -> bool:
    return all(abs(x - y) <= SAME for x, y in zip(a, b, strict=True))
