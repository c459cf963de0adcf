"""Colours of specifications, as CSS writes them."""

from __future__ import annotations

__all__ = ["hex_colour"]


def hex_colour(given: object) -> str:
    """Return a colour of CSS as ``#1f77b4``; empty for a transparent one, and for what is not a colour."""
    from PIL import ImageColor

    if not isinstance(given, str):
        return ""
    try:
        red, green, blue, *alpha = ImageColor.getrgb(given.strip())
    except ValueError:
        return ""
    return "" if alpha == [0] else f"#{red:02x}{green:02x}{blue:02x}"
