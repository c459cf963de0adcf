"""Sentences about the facts of one image, in Markdown; each states what was measured or read and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from vision_magic.engine.facts import Facts
from vision_magic.engine.measure import Colour
from vision_magic.engine.wording import format_percent, quote

__all__ = ["all_text", "palette_lines", "pixels", "size_sentence", "transparency_sentence"]

MAX_LINES = 60
"""Largest number of lines of text that are listed; the others are only counted."""


# --- pixels -----------------------------------------------------------------------------------------------------


def pixels(facts: Facts) -> str:
    """Return the size as ``640 × 480 px``."""
    width, height = facts.size
    return f"{width} × {height} px"


def size_sentence(facts: Facts) -> str:
    """Return a sentence with the size."""
    return f"{facts.name} is {pixels(facts)}."


def palette_lines(palette: Sequence[Colour]) -> str:
    """Return a list of colours with their shares and places."""
    return "\n".join(
        f"- {colour.name} (`{colour.hex}`), {format_percent(colour.share)}, {colour.place}" for colour in palette
    )


def transparency_sentence(facts: Facts) -> str:
    """Return a sentence about transparent pixels; empty if there are none."""
    found = facts.measurements
    if not found.transparent and not found.translucent:
        return ""
    return (
        f"{format_percent(found.transparent)} of the pixels are transparent and {format_percent(found.translucent)} "
        "are partly transparent; I measured the colours on white."
    )


# --- text -------------------------------------------------------------------------------------------------------


def all_text(facts: Facts) -> str:
    """Return the text of an image as a list of lines."""
    if not facts.texts:
        return "I found no text in it."
    lines = "\n".join(f"- {quote(text.text)}" for text in facts.texts[:MAX_LINES])
    more = f"\n- and {len(facts.texts) - MAX_LINES} more" if len(facts.texts) > MAX_LINES else ""
    return f"The text, from top to bottom:\n\n{lines}{more}"
