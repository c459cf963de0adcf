"""Lines of text without the coloured curves and bars behind them."""

from __future__ import annotations

from typing import Any, Final

from PIL import Image as PILImage

from vision_magic.engine.colours import commonest

__all__ = ["without_colours"]

_VIVID: Final = 60
"""Letters are darker or lighter than their ground in all channels alike; what differs more among them is a mark."""

_PALE: Final = (30, 0.7)
"""A pale mark differs less among its channels, but by most of what it differs from its ground: letters do not."""

_EDGE: Final = 20
"""The edge of a mark differs at least as much among its channels, within `_EDGE_WIDTH` pixels of it."""

_EDGE_WIDTH: Final = 3
_STANDS_OUT: Final = 52
_SHARE: Final = (0.03, 0.6)
"""Share of vivid ink in a line that a curve crosses; where more is vivid, the letters are coloured."""


def without_colours(line: PILImage.Image) -> PILImage.Image | None:
    """Return a line of text in which coloured marks are painted over with the ground; None if there are none."""
    import numpy as np

    pixels = np.asarray(line.convert("RGB"))
    ground = np.array(commonest(pixels), np.int16)
    away = pixels.astype(np.int16) - ground
    strength, colour = np.abs(away).max(axis=2), away.max(axis=2) - away.min(axis=2)
    vivid = (colour > _VIVID) | (colour > _PALE[0]) & (colour > _PALE[1] * strength)
    share = float(vivid.sum() / max(1, (vivid | (strength > _STANDS_OUT)).sum()))
    if not _SHARE[0] < share < _SHARE[1]:
        return None
    cleaned: Any = pixels.copy()
    cleaned[_grown(vivid) & (colour > _EDGE)] = ground.astype(np.uint8)
    return PILImage.fromarray(cleaned)


def _grown(mask: Any) -> Any:
    """Return a mask with what is within `_EDGE_WIDTH` pixels of it."""
    mask = mask.copy()
    for _ in range(_EDGE_WIDTH):
        before = mask.copy()
        mask[1:] |= before[:-1]
        mask[:-1] |= before[1:]
        mask[:, 1:] |= before[:, :-1]
        mask[:, :-1] |= before[:, 1:]
    return mask
