"""Lines of text without the coloured curves and bars behind them."""

from __future__ import annotations

from typing import Any, Final

from PIL import Image as PILImage

from vision_magic.engine.colours import commonest

__all__ = ["without_colours"]

_VIVID: Final = 60
"""Letters are darker or lighter than their ground in all channels alike; what differs more among them is a mark."""

_STANDS_OUT: Final = 52
_SHARE: Final = (0.03, 0.6)
"""Share of vivid ink in a line that a curve crosses; where more is vivid, the letters are coloured."""


def without_colours(line: PILImage.Image) -> PILImage.Image | None:
    """Return a line of text in which coloured marks are painted over with the ground; None if there are none."""
    import numpy as np

    pixels = np.asarray(line.convert("RGB"))
    ground = np.array(commonest(pixels), np.int16)
    away = pixels.astype(np.int16) - ground
    ink = np.abs(away).max(axis=2) > _STANDS_OUT
    vivid = away.max(axis=2) - away.min(axis=2) > _VIVID
    share = float((ink & vivid).sum() / max(1, ink.sum()))
    if not _SHARE[0] < share < _SHARE[1]:
        return None
    cleaned: Any = pixels.copy()
    cleaned[vivid] = ground.astype(np.uint8)
    return PILImage.fromarray(cleaned)
