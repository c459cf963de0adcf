"""Places in an image in words: the cells and thirds of a 3 × 3 grid, halves, and edges."""

from __future__ import annotations

from collections.abc import Sequence

from vision_magic.engine.pixels import Box

__all__ = ["place_of_box", "place_of_counts"]

_NEARLY_ALL = 0.9
"""If a place holds a smaller share of the pixels than this, they are "mostly" there."""

_CELLS = (
    "upper left",
    "upper middle",
    "upper right",
    "left",
    "centre",
    "right",
    "lower left",
    "lower middle",
    "lower right",
)
_THIRDS = {
    (0, 1, 2): "upper third",
    (3, 4, 5): "middle, from left to right",
    (6, 7, 8): "lower third",
    (0, 3, 6): "left third",
    (1, 4, 7): "middle, from top to bottom",
    (2, 5, 8): "right third",
}


def place_of_counts(counts: Sequence[int], areas: Sequence[int]) -> str:
    """Return where most of some pixels are, in words.

    Parameters
    ----------
    counts : sequence of int
        Number of these pixels in each cell of the 3 × 3 grid, row by row.
    areas : sequence of int
        Number of all pixels in each cell.

    Returns
    -------
    str
        Such as ``"lower left"``, ``"mostly in the upper third"`` or ``"throughout"``.
    """
    total = sum(counts)
    if total == 0 or len(counts) != 9:
        return "throughout"
    densities = [count / max(area, 1) for count, area in zip(counts, areas, strict=True)]
    if min(densities) > 0.35 * max(densities):
        return "throughout"
    largest = max(counts) / total
    if largest >= 0.6:
        return _with_share(_CELLS[counts.index(max(counts))], largest)
    shares = {third: sum(counts[cell] for cell in cells) / total for cells, third in _THIRDS.items()}
    third = max(shares, key=lambda each: shares[each])
    return _with_share(third, shares[third]) if shares[third] >= 0.8 else _edge_or_half(counts, total)


def _with_share(place: str, share: float) -> str:
    if share >= _NEARLY_ALL:
        return place
    return f"mostly {'on' if place in ('left', 'right') else 'in'} the {place}"


def _edge_or_half(counts: Sequence[int], total: int) -> str:
    """Return the place of pixels that are in several thirds: the edges, one half, or throughout."""
    if counts[4] < 0.02 * total:
        return "around the edges"
    top, bottom = sum(counts[:3]), sum(counts[6:])
    left, right = sum(counts[0::3]), sum(counts[2::3])
    halves = {"upper half": top - bottom, "lower half": bottom - top}
    halves |= {"left half": left - right, "right half": right - left}
    half, excess = max(halves.items(), key=lambda item: item[1])
    return f"mostly in the {half}" if excess > 0.4 * total else "throughout"


def place_of_box(box: Box, size: tuple[int, int]) -> str:
    """Return where a box lies in an image of this size (pixels): ``"upper left"``, ``"along the top"``."""
    left, top, right, bottom = box
    width, height = size
    wide, high = (right - left) > 0.7 * width, (bottom - top) > 0.7 * height
    if wide and high:
        return "across the picture"
    column = 1 if wide else min(2, int(3 * (left + right) / 2 / width))
    row = 1 if high else min(2, int(3 * (top + bottom) / 2 / height))
    if wide:
        return ("along the top", "across the middle", "along the bottom")[row]
    if high:
        return ("along the left side", "down the middle", "along the right side")[column]
    return _CELLS[3 * row + column]
