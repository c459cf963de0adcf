"""Marks that OCR takes for letters: error bars with caps look like T and I, and markers like O."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from vision_magic.engine.chart.plot import Panel
from vision_magic.engine.chart.ticks import number_of
from vision_magic.engine.colours import chroma, commonest
from vision_magic.engine.texts import Text

__all__ = ["without_marks"]

_LIKE_MARKS: Final = re.compile(r"[TIOQoDl0-1368Xx+×●○•◆■▲·.|/\-_⊥⊤工]{1,5}")
_CIRCLES: Final = re.compile(r"[oO0Q8°●○•]{1,2}")
_CROWD: Final = 5
"""So many texts that look like circles are markers, whatever their colour."""

_TALL: Final = 2.4
"""A letter is not so many times higher than wide."""

_STRONG: Final = 60
"""Ink differs from what is around it by more (of 255)."""

_COLOURED: Final = 20.0
_AROUND: Final = 5
"""Lines that go on beyond a text are seen so far beyond its box (pixels)."""

_LETTERS: Final = 3
"""Strings of more coloured letters are words."""


def without_marks(texts: Sequence[Text], panel: Panel, pixels: Any) -> tuple[list[Text], Panel]:
    """Return texts without those that are marks inside the axes, and the panel without notes and legends of them.

    Parameters
    ----------
    texts : sequence of Text
        The texts that were read.
    panel : Panel
        The axes.
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    """
    names = [entry.text for entry in panel.legend]
    if len(set(names)) < len(names) and all(_LIKE_MARKS.fullmatch(name) for name in names):
        panel = replace(panel, legend=(), legend_box=None, legend_title="", legend_complete=True)
    inside = [text for text in texts if _is_beside_legend(text, panel)]
    numbers = [text for text in inside if any(map(str.isdigit, text.text)) and not text.rotated]
    circles = [text for text in inside if _CIRCLES.fullmatch(text.text) is not None]
    if sum(number_of(text.text) is None for text in circles) < _CROWD:
        circles = []
    circles += _of_one_colour(inside, pixels)
    marks = [text for text in inside if text in circles or _is_mark(text, pixels, alone=len(numbers) == 1)]
    read = {text.text for text in marks}
    kept = [text for text in texts if text not in marks]
    return kept, replace(panel, notes=tuple(note for note in panel.notes if note not in read))


def _of_one_colour(texts: Sequence[Text], pixels: Any) -> list[Text]:
    """Return single letters or two that are many and have one vivid colour: triangles look like c, A and 4."""
    letters = [text for text in texts if len(text.text.replace(" ", "")) <= _PAIR]
    if len(letters) < _MANY:
        return []
    colours = {id(text): _ink_around(text, pixels)[2] for text in letters}
    vivid = [text for text in letters if chroma(colours[id(text)]) > _COLOURED]
    groups = [[text for text in vivid if math.dist(colours[id(text)], colours[id(one)]) < _ALIKE] for one in vivid]
    group = max(groups, key=len, default=[])
    return group if len(group) >= _MANY else []


_PAIR: Final = 2
_MANY: Final = 8
_ALIKE: Final = 30.0
"""So many texts of so few letters are markers, if their colours are no farther apart."""


def _is_beside_legend(text: Text, panel: Panel) -> bool:
    """Return whether a text stands inside the axes, and not in the legend."""
    x, y = text.centre
    if panel.legend_box is not None:
        left, top, right, bottom = panel.legend_box
        if left <= x <= right and top <= y <= bottom:
            return False
    return panel.frame.contains(x, y)


def _is_mark(text: Text, pixels: Any, *, alone: bool) -> bool:
    """Return whether a text is a mark; a number among others that are printed is none because of its colour."""
    letters = text.text.replace(" ", "")
    alike = _LIKE_MARKS.fullmatch(letters) is not None
    left, top, right, bottom = text.box
    if alike and (text.rotated or (len(letters) == 1 and bottom - top > _TALL * (right - left))):
        return True
    if not alike and len(letters) > _LETTERS:
        return False
    ink, inside, rgb = _ink_around(text, pixels)
    most = _LETTERS if not any(map(str.isdigit, letters)) else int(alone)
    coloured = alike and len(letters) <= most and chroma(rgb) > _COLOURED
    return coloured or _goes_on(ink, inside)


def _ink_around(text: Text, pixels: Any) -> tuple[Any, Any, tuple[int, int, int]]:
    """Return where ink is in a text's box and around it, where the box is in that, and the colour of the ink."""
    import numpy as np

    left, top, right, bottom = text.box
    x, y = max(0, left - _AROUND), max(0, top - _AROUND)
    part = pixels[y : bottom + _AROUND + 1, x : right + _AROUND + 1].astype(np.int16)
    inside = np.zeros(part.shape[:2], bool)
    inside[top - y : bottom + 1 - y, left - x : right + 1 - x] = True
    face = np.array(commonest(part[inside]), np.int16)
    ink = np.abs(part - face).max(axis=2) > _STRONG
    return ink, inside, commonest(part[ink & inside])


def _goes_on(ink: Any, inside: Any) -> bool:
    """Return whether nearly all the ink of a text belongs to lines that go on beyond its box."""
    import cv2
    import numpy as np

    count, labels = cv2.connectedComponents(ink.astype(np.uint8), connectivity=8)
    rim = np.ones(ink.shape, bool)
    rim[1:-1, 1:-1] = False
    beyond = np.isin(labels, np.unique(labels[rim & ink])) & ink & inside
    return count > 1 and bool((ink & inside).any()) and float(beyond.sum()) >= 0.8 * float((ink & inside).sum())
