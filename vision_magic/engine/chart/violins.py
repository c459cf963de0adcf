"""Violins: areas that are as wide on both sides of a place. Their outlines are densities, which are not read."""

from __future__ import annotations

from typing import Any, Final

__all__ = ["are_violins"]

_SMALLEST: Final = 20
"""A violin is at least this wide and high (pixels)."""

_WAVES: Final = 0.25
"""Its width changes by at least this part of its largest."""

_EVEN: Final = 1.5
_SHARE: Final = 0.97
"""In nearly all rows its middle is where it is in the others (pixels)."""


def are_violins(mask: Any) -> bool:
    """Return whether all larger areas of a layer are violins beside each other, upright or lying.

    Parameters
    ----------
    mask : array of bool, (height, width)
        The pixels of the layer. Lines inside, such as a small box, may divide an area.
    """
    return _are_upright(mask) or _are_upright(mask.T)


def _are_upright(mask: Any) -> bool:
    import cv2
    import numpy as np

    closed = cv2.morphologyEx(np.ascontiguousarray(mask).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((1, 15), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    large = [number for number in range(1, count) if min(stats[number, 2:4]) >= _SMALLEST]
    covered = sum(int(stats[number, 4]) for number in large)
    if len(large) < 2 or covered < 0.9 * int(closed.sum()):
        return False
    centres: list[float] = []
    for number in large:
        left, top, width, height, _ = stats[number].tolist()
        part = labels[top : top + height, left : left + width] == number
        first, last = part.argmax(axis=1), width - 1 - part[:, ::-1].argmax(axis=1)
        middles, widths = (first + last) / 2, last - first
        even = np.abs(middles - np.median(middles)) <= _EVEN
        if even.mean() < _SHARE or widths.max() - np.quantile(widths, 0.1) < _WAVES * widths.max():
            return False
        if part.sum() < 0.9 * (widths + 1).sum():
            return False
        centres.append(left + float(np.median(middles)))
    # The pieces of a band that is narrow in places lie on one line.
    return bool(np.ptp(centres) > stats[large, 2].max() / 2)
