"""Texts that the edge of an image cuts: what is read of them may be another word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from PIL import Image as PILImage

    from vision_magic.engine.texts import Text

__all__ = ["without_cut_texts"]

_INK: Final = 0.5
"""Ink of a letter differs from the ground by this part of the strongest ink of its text."""

_GAP: Final = 2
"""Pixels between two letters: a text that ends so close to the edge may go on behind it."""

_LEGIBLE: Final = 0.97
"""Letters without their upper or lower ends are read with less confidence than this."""

_NUMBER: Final = re.compile(r"[-+]?[\d.,]+")
"""Numbers are left to the scale, with which a cut one does not agree."""


def without_cut_texts(texts: Sequence[Text], image: PILImage.Image) -> tuple[Text, ...]:
    """Return the texts that no edge of the image cuts.

    In an image without a margin, letters that are whole reach the edge too: if all texts at an edge that lies along
    them were read well, none of them is cut there.
    """
    import numpy as np

    grey = np.asarray(image.convert("L")).astype(np.int16)
    cut: set[int] = set()
    along: dict[str, list[Text]] = {}
    for text in texts:
        for side in _sides_at(text, grey):
            if text.rotated == (side in ("left", "right")):
                along.setdefault(side, []).append(text)
            elif _NUMBER.fullmatch(text.text) is None:
                cut.add(id(text))
    for cut_as_deep in along.values():
        if min(text.confidence for text in cut_as_deep) < _LEGIBLE:
            cut.update(map(id, cut_as_deep))
    return tuple(text for text in texts if id(text) not in cut)


def _sides_at(text: Text, grey: Any) -> list[str]:
    """Return the sides of an image that the ink of a text reaches, or nearly so in the direction of reading."""
    import numpy as np

    height, width = grey.shape
    left, top, right, bottom = text.box
    if left > _GAP and top > _GAP and right < width - _GAP and bottom < height - _GAP:
        return []
    part = grey[top:bottom, left:right]
    ink = np.abs(part - int(np.bincount(part.ravel()).argmax()))
    rows, columns = (np.flatnonzero((ink > _INK * ink.max()).any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return []
    beside, above = (0, _GAP) if text.rotated else (_GAP, 0)
    distances = {
        "left": left + columns[0] - beside,
        "right": width - 1 - left - columns[-1] - beside,
        "top": top + rows[0] - above,
        "bottom": height - 1 - top - rows[-1] - above,
    }
    return [side for side, distance in distances.items() if distance <= 0]
