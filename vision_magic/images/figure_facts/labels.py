"""Labels of figures as short lines, and names along their axes and of their points."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from vision_magic.images.figure_facts.notation import Place

__all__ = ["PointLabel", "labels_of", "named_points", "names_on", "short_label", "ticks_on"]

PointLabel = tuple[str, tuple[Place, Place]]
"""The name of a point, and its place along x and y."""

_MAX_LABEL: Final = 80  # characters
_MAX_NAMES: Final = 40
_MAX_TICKS: Final = 12


def short_label(text: object, max_length: int = _MAX_LABEL) -> str:
    """Format a label as one short line without control characters; empty if ``str()`` fails."""
    try:
        start = str(text)[: 100 * max_length]  # a label may be a whole file
        words = " ".join("".join(char if char.isprintable() else " " for char in start).split())
    except Exception:  # str() of a user's class may raise anything
        return ""
    return words if len(words) <= max_length else f"{words[: max_length - 1]}…"


def labels_of(texts: Iterable[object]) -> tuple[str, ...]:
    """Format labels with `short_label`, and drop the empty ones."""
    return tuple(words for words in map(short_label, texts) if words)


def names_on(names: Iterable[object]) -> dict[str, Any]:
    """Return the fields of an axis of names: its scale, the first of the names, and how many others there are."""
    words = tuple(map(short_label, names))
    return {"scale": "categories", "names": words[:_MAX_NAMES], "more": max(0, len(words) - _MAX_NAMES)}


def ticks_on(ticks: Iterable[tuple[Place, object]]) -> dict[str, Any]:
    """Return the fields of an axis with texts at some positions of its scale."""
    found = tuple((place, short_label(text, 40)) for place, text in ticks)
    return {"ticks": found[:_MAX_TICKS], "more": max(0, len(found) - _MAX_TICKS)}


def named_points(texts: Iterable[tuple[str, tuple[Place, Place]]]) -> tuple[PointLabel, ...]:
    """Return the texts that name points; none if they are values, as above bars, or if there is only one."""
    found = tuple((text, place) for text, place in texts if text and None not in place)
    values = [_VALUE.fullmatch(text) for text, _ in found]
    units = {value[1] for value in values if value is not None}
    if len(units) == 1:  # "7a" and "8b" are classes, "7 g" and "8 g" weights
        found = tuple(one for one, value in zip(found, values, strict=True) if value is None)
    return found if len(found) > 1 else ()


_VALUE: Final = re.compile(r"[^\w]*\d[\d.,\s%  ]*([^\W\d]*)\W*")
"""A number, with its unit."""
