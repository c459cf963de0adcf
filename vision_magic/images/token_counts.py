"""Ways in which models count the tokens of an image, and the size to which they shrink a large one before.

Each way is a value with two methods. `kept` returns the width and height that are left of an image; `tokens` counts
the tokens of an image of that size.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Area", "Count", "Crops", "Flat", "Limit", "Merged", "Patches", "Size", "Tiles", "fit_whole", "most_patches"]

Size = tuple[int, int]
"""Width and height in pixels."""

Fit = Callable[[Size, int, int], Size]
"""Shrinks a size to at most so many patches of a side, if it has more: size, side, patches."""


class Count(Protocol):
    """A way to count the tokens of an image."""

    def kept(self, size: Size, detail: str) -> Size:
        """Return the size that a model keeps of an image, for a level of detail (empty: none was sent)."""

    def tokens(self, kept: Size, detail: str) -> float:
        """Return the number of tokens of an image of the size that was kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The largest image at a level of detail: its longer side (pixels) and its patches; None for no limit."""

    side: int | None = None
    patches: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Patches:
    """Square patches, each of which costs the same.

    Attributes
    ----------
    side : int
        Side of a patch (pixels).
    limits : mapping of str to Limit
        The largest image at each level of detail.
    level : str
        The level that counts if none was sent, or one that is not in `limits`, such as ``auto``.
    fit : callable
        Shrinks an image to a number of patches, as the provider does.
    factor : float
        Tokens for each patch.
    """

    side: int
    limits: Mapping[str, Limit]
    level: str
    fit: Fit
    factor: float = 1.0

    def kept(self, size: Size, detail: str) -> Size:
        """Return the size within the limits of the level."""
        limit = self.limits.get(detail, self.limits[self.level])
        size = _within_side(size, limit.side)
        return size if limit.patches is None else self.fit(size, self.side, limit.patches)

    def tokens(self, kept: Size, detail: str) -> float:
        """Return the number of patches that cover the image, times the factor."""
        return self.factor * _patches(kept, self.side)


@dataclass(frozen=True, slots=True)
class Tiles:
    """OpenAI's older rule: shrink to 2048×2048, then the shorter side to 768, and count tiles of 512×512."""

    base: int
    tile: int

    def kept(self, size: Size, detail: str) -> Size:
        """Return the size after both steps; at the level ``low``, the image fits in one tile."""
        if detail == "low":
            return _within_side(size, 512)
        size = _within_side(size, 2048)
        return _scaled(size, min(1.0, 768 / min(size)))

    def tokens(self, kept: Size, detail: str) -> float:
        """Return the tokens of all tiles; at the level ``low`` only the base."""
        return self.base + (0 if detail == "low" else self.tile * _patches(kept, 512))


@dataclass(frozen=True, slots=True)
class Crops:
    """Gemini's older rule: small images cost one tile; others are cropped to tiles of at most 768 pixels."""

    tile: int

    def kept(self, size: Size, detail: str) -> Size:
        """Return the size itself: nothing is shrunk."""
        return size

    def tokens(self, kept: Size, detail: str) -> float:
        """Return the tokens of all tiles, whose side follows from the shorter side of the image."""
        if max(kept) <= 384:
            return self.tile
        return self.tile * _patches(kept, min(768, max(256, int(min(kept) / 1.5))))


@dataclass(frozen=True, slots=True)
class Merged:
    """Qwen's rule: each side is rounded to whole patches, and the image is scaled into a range of patches."""

    side: int
    least: int
    most: int

    def kept(self, size: Size, detail: str) -> Size:
        """Return the size with at most `most` patches."""
        return _scaled(size, min(1.0, self.side * math.sqrt(self.most / (size[0] * size[1]))))

    def tokens(self, kept: Size, detail: str) -> float:
        """Return the number of patches, within the range."""
        columns, rows = (max(1, round(length / self.side)) for length in kept)
        return min(self.most, max(self.least, columns * rows))


@dataclass(frozen=True, slots=True)
class Flat:
    """The same number of tokens for every image, by its level of detail; ``""`` is any other level."""

    levels: Mapping[str, int]

    def kept(self, size: Size, detail: str) -> Size:
        """Return the size itself, since nothing is known about shrinking."""
        return size

    def tokens(self, kept: Size, detail: str) -> float:
        """Return the number for the level of detail."""
        return self.levels.get(detail, self.levels[""])


@dataclass(frozen=True, slots=True)
class Area:
    """A number of pixels for each token."""

    pixels: int

    def kept(self, size: Size, detail: str) -> Size:
        """Return the size itself."""
        return size

    def tokens(self, kept: Size, detail: str) -> float:
        """Return the number of pixels, divided."""
        return kept[0] * kept[1] / self.pixels


def fit_whole(size: Size, side: int, most: int) -> Size:
    """Shrink an image to at most so many patches, by OpenAI's published formula, which rounds down to whole ones."""
    if _patches(size, side) <= most:
        return size
    scale = side * math.sqrt(most / (size[0] * size[1]))
    columns, rows = (length * scale / side for length in size)
    whole = min(max(1, math.floor(number)) / number for number in (columns, rows))
    return _scaled(size, scale * min(1.0, whole))


def most_patches(size: Size, side: int, most: int) -> Size:
    """Shrink an image no further than to at most so many patches, as Anthropic does."""
    if _patches(size, side) <= most:
        return size
    longest = max(size)
    low, high = 1, longest
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _patches(_scaled(size, middle / longest), side) <= most else (low, middle)
    return _scaled(size, low / longest)


def _within_side(size: Size, longest: int | None) -> Size:
    return size if longest is None else _scaled(size, min(1.0, longest / max(size)))


def _scaled(size: Size, scale: float) -> Size:
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _patches(size: Size, side: int) -> int:
    return math.ceil(size[0] / side) * math.ceil(size[1] / side)
