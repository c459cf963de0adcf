"""How does what matplotlib drew become a picture? A figure whole, an axes or a part of a figure cut out of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from vision_magic.errors import ImageError
from vision_magic.images.registry import ConvertedImage, converts


@converts("matplotlib.artist.Artist")
def _from_artist(artist: Any) -> object:
    """Take the figure that a line or an image is in: ``plt.plot(…)`` returns lines."""
    return figure_of(artist)


@converts("matplotlib.container.Container")
def _from_container(container: Iterable[Any]) -> object:
    """Bars, error bars and stems are kept in tuples of artists."""
    return figure_of(container)


def _artists(items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        if isinstance(item, tuple | list):
            yield from _artists(item)
        elif getattr(item, "figure", None) is not None:
            yield item


def figure_of(drawn: Any) -> object:
    """Return the whole figure that something drawn is in."""
    artist = next(_artists(drawn), None) if isinstance(drawn, tuple) else drawn
    figure = getattr(artist, "figure", None)
    if figure is None:
        raise ImageError(f"The {type(drawn).__name__} is in no figure any more; expected one that is drawn.")
    while not hasattr(figure, "savefig"):  # a part of a figure
        figure = figure.figure
    return figure


@converts("matplotlib.figure.SubFigure")
def _from_part(part: Any) -> ConvertedImage:
    return _rendered(part, "part of a matplotlib figure")


@converts("matplotlib.axes.Axes")
def _from_axes(axes: Any) -> ConvertedImage:
    return _rendered(axes, "matplotlib axes")


@converts("matplotlib.figure.Figure")
def _from_figure(figure: Any) -> ConvertedImage:
    return _rendered(figure, "matplotlib figure")


def _rendered(drawn: Any, source: str) -> ConvertedImage:
    from vision_magic.images.figures import render

    return ConvertedImage(pixels=render(drawn), source=source)


@converts("seaborn.axisgrid._BaseGrid")
def _from_grid(grid: Any) -> object:
    """FacetGrid, PairGrid, JointGrid."""
    return grid.figure
