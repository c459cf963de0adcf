"""What does this object know of itself? The facts of a figure, by its library."""

from __future__ import annotations

from collections.abc import Iterator

from vision_magic.errors import ImageError
from vision_magic.images.converters.drawn import figure_of
from vision_magic.images.figure_facts.values import Facts
from vision_magic.images.lazy_types import is_of, name_of

__all__ = ["facts"]


def facts(figure: object) -> Facts:
    """Return what a figure object knows: titles, labels, units, scales, limits, legends, and each series' numbers.

    Parameters
    ----------
    figure : object
        A figure, axes or artist of matplotlib or seaborn, or what its drawing functions return, such as a list of
        lines; a plotly figure, an Altair chart. Nothing is drawn, and nothing about it changes.

    Returns
    -------
    Facts
        A notebook and ``print`` show it as text of at most 4,000 characters; ``to_dict()`` gives plain values.

    Raises
    ------
    ImageError
        The object is no such figure.
    """
    figure = _one_drawn(figure)
    if is_of(figure, "seaborn.axisgrid._BaseGrid"):
        figure = figure.figure  # type: ignore[attr-defined]
    if _is_drawn(figure):
        from vision_magic.images.figure_facts import matplotlib

        return matplotlib.facts(figure)
    if is_of(figure, "plotly.basedatatypes.BaseFigure"):
        from vision_magic.images.figure_facts import plotly

        return plotly.facts(figure)
    if is_of(figure, "altair.TopLevelMixin"):
        from vision_magic.images.figure_facts import altair

        return altair.facts(figure)
    raise ImageError(
        f"facts got {name_of(figure)}; expected a figure of matplotlib, seaborn, plotly or Altair: other pictures are "
        "pixels, and know nothing of themselves."
    )


def _one_drawn(obj: object) -> object:
    """Return the figure that drawn things are in: ``plt.hist(…)`` gives counts, edges and bars, a box plot a dict."""
    if is_of(obj, "matplotlib.container.PieContainer"):  # since 3.11; it is no Container
        obj = obj[:]  # type: ignore[index]
    if _is_drawn(obj) or not isinstance(obj, list | tuple | dict):
        return obj
    drawn = list(_drawn_in(obj))
    if len(drawn) == 1:
        return drawn[0]
    figures = {id(figure): figure for figure in map(figure_of, drawn)}
    return next(iter(figures.values())) if len(figures) == 1 else obj


def _drawn_in(obj: object) -> Iterator[object]:
    if _is_drawn(obj):
        yield obj
    elif isinstance(obj, list | tuple | dict):
        for item in obj.values() if isinstance(obj, dict) else obj:
            yield from _drawn_in(item)


def _is_drawn(obj: object) -> bool:
    return is_of(obj, "matplotlib.artist.Artist") or is_of(obj, "matplotlib.container.Container")
