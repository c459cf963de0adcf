"""The colour in which an artist of matplotlib is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vision_magic.images.figure_facts.labels import short_label

__all__ = ["colour_of", "colours_of_points", "names_by_colour", "names_in_legends"]


def colour_of(artist: Any) -> str:
    """Return the only colour of an artist or container, such as ``#1f77b4``; empty if there are several, or none."""
    try:
        colours = _colours(artist)
        return next(iter(colours)) if len(colours) == 1 else ""
    except Exception:  # an artist of another library, or a colour that matplotlib does not know
        return ""


def colours_of_points(points: Any) -> list[str]:
    """Return the colour of each point of a scatter plot; empty if its points have one colour, or a scale of colours."""
    from matplotlib.colors import to_hex

    try:
        faces = points.get_facecolor()
        several = points.get_array() is None and len(faces) == len(points.get_offsets()) > 1
        return [to_hex(face) for face in faces] if several else []
    except Exception:  # an artist of another library
        return []


def names_by_colour(artists: Iterable[Any]) -> dict[str, str]:
    """Return the names of artists that draw nothing, by colours: seaborn has them stand for others in the legend."""
    return _unambiguous([(colour_of(one), str(one.get_label())) for one in artists if _is_stand_in(one)])


def names_in_legends(axes: Any) -> dict[str, str]:
    """Return the entries of the legends of axes and figure by colours: ``legend(["A"])`` labels no artist."""
    legends = [one for one in (axes.get_legend(), *axes.figure.legends) if one is not None and one.get_visible()]
    pairs = [pair for one in legends for pair in zip(one.legend_handles, one.get_texts(), strict=False)]
    return _unambiguous([(colour_of(handle), text.get_text()) for handle, text in pairs if handle is not None])


def _unambiguous(named: list[tuple[str, str]]) -> dict[str, str]:
    colours = [colour for colour, _ in named]
    return {colour: short_label(name) for colour, name in named if colour and colours.count(colour) == 1}


def _is_stand_in(artist: Any) -> bool:
    try:
        if str(artist.get_label() or "_").startswith("_"):
            return False
        if hasattr(artist, "get_xdata"):
            return len(artist.get_xdata()) == 0
        if hasattr(artist, "get_offsets"):
            return len(artist.get_offsets()) == 0
        return bool(artist.get_width() == artist.get_height() == 0)
    except Exception:  # an artist of another library
        return False


def _colours(artist: Any) -> set[str]:
    from matplotlib.colors import to_hex, to_rgba_array

    if isinstance(artist, tuple):  # a container, whose first artist has the colour: a line, or each of the bars
        parts = artist.patches if hasattr(artist, "patches") else artist[:1]
        return {colour for part in parts for colour in _colours(part)}
    if getattr(artist, "get_array", None) is not None and artist.get_array() is not None:
        return set()  # a colour for each value
    if hasattr(artist, "get_markerfacecolor"):
        faces, edges = artist.get_markerfacecolor(), artist.get_markeredgecolor()
        found = (artist.get_color(),) if artist.get_linestyle() not in ("None", "") else (faces, edges)
    else:
        found = (artist.get_facecolor(), artist.get_edgecolor())
    # What is not filled is seen by its edges.
    seen = ({to_hex(colour) for colour in to_rgba_array(each) if colour[3] > 0} for each in found)
    return next((colours for colours in seen if colours), set())
