"""Operations on masks that several measurements share."""

from __future__ import annotations

from typing import Any

__all__ = ["opened", "runs_of"]


def opened(mask: Any) -> Any:
    """Return a mask without what is thinner than three pixels."""
    import cv2
    import numpy as np

    return cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)) > 0


def runs_of(marked: Any) -> list[tuple[int, int]]:
    """Return start and stop of each run of marked places, an array of bool or a list; the stop is outside."""
    import numpy as np

    edges = np.flatnonzero(np.diff(np.concatenate([[0], np.asarray(marked, np.int8), [0]]))).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))
