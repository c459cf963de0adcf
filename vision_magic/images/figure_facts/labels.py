"""Labels of figures as short lines, and names along their axes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from vision_magic.images.figure_facts.notation import Place

__all__ = ["labels_of", "names_on", "short_label", "ticks_on"]

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
