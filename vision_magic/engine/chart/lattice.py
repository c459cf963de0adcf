"""Even spacing: the step of which all distances between places are multiples, as between the edges of bins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

__all__ = ["even_step"]

_OFF: Final = 1.8
"""Places are evenly spaced when each is at most this far from where it would be (pixels)."""

_MOST: Final = 500


def even_step(places: Sequence[float], smallest: float) -> float | None:
    """Return the largest step of which all distances between places are multiples; None if there is none."""
    first, last = min(places), max(places)
    for count in range(1, min(_MOST, int((last - first) / max(smallest, 1.0))) + 1):
        step = (last - first) / count
        allowed = min(_OFF, 0.2 * step)
        if all(abs((place - first) / step - round((place - first) / step)) * step <= allowed for place in places):
            return step
    return None
