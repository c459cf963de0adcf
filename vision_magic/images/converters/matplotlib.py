"""Converters for matplotlib figures, subfigures, axes and other artists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from vision_magic.errors import ImageError
from vision_magic.images.registry import ConvertedImage, converts


@converts("matplotlib.artist.Artist")
def _from_artist(artist: Any) -> object:
    """Convert the figure that a line or an image belongs to: ``plt.plot(…)`` returns lines."""
    return figure_of(artist)


@converts("matplotlib.container.Container")
def _from_container(container: Iterable[Any]) -> object:
    """Convert the figure of bars, error bars or stems, which are tuples of artists."""
    return figure_of(container)


def _artists(items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        if isinstance(item, tuple | list):
            yield from _artists(item)
        elif getattr(item, "figure", None) is not None:
            yield item


def figure_of(artist: Any) -> object:
    """Return the top-level figure of an artist, or of a container or list of artists."""
    first = next(_artists(artist), None) if isinstance(artist, tuple | list) else artist
    figure = getattr(first, "figure", None)
    if figure is None:
        raise ImageError(
            f"The {type(artist).__name__} is not part of a figure any more; expected an artist of a figure."
        )
    while not hasattr(figure, "savefig"):  # a subfigure
        figure = figure.figure
    return figure


@converts("matplotlib.figure.SubFigure")
def _from_subfigure(subfigure: Any) -> ConvertedImage:
    return _render(subfigure, "part of a matplotlib figure")


@converts("matplotlib.axes.Axes")
def _from_axes(axes: Any) -> ConvertedImage:
    return _render(axes, "matplotlib axes")


@converts("matplotlib.figure.Figure")
def _from_figure(figure: Any) -> ConvertedImage:
    return _render(figure, "matplotlib figure")


def _render(target: Any, source: str) -> ConvertedImage:
    from vision_magic.images.matplotlib_rendering import render_figure

    return ConvertedImage(pixels=render_figure(target), source=source)
