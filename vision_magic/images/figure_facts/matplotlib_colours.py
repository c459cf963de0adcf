"""The colour in which an artist of matplotlib is drawn."""

from __future__ import annotations

from typing import Any

__all__ = ["colour_of"]


def colour_of(artist: Any) -> str:
    """Return the only colour of an artist or container, such as ``#1f77b4``; empty if there are several, or none."""
    try:
        colours = _colours(artist)
        return next(iter(colours)) if len(colours) == 1 else ""
    except Exception:  # an artist of another library, or a colour that matplotlib does not know
        return ""


def _colours(artist: Any) -> set[str]:
    from matplotlib.colors import to_hex, to_rgba_array

    if isinstance(artist, tuple):  # a container, whose first artist has the colour: a line, or each of the bars
        parts = artist.patches if hasattr(artist, "patches") else artist[:1]
        return {colour for part in parts for colour in _colours(part)}
    if getattr(artist, "get_array", None) is not None and artist.get_array() is not None:
        return set()  # a colour for each value
    if hasattr(artist, "get_markerfacecolor"):
        found = artist.get_color() if artist.get_linestyle() not in ("None", "") else artist.get_markerfacecolor()
    else:
        found = artist.get_facecolor()
    return {to_hex(colour) for colour in to_rgba_array(found) if colour[3] > 0}
