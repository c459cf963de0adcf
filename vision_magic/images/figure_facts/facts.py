"""Facts of any supported figure, read by the module for its library."""

from __future__ import annotations

from collections.abc import Iterator

from vision_magic.errors import ImageError, VisionError
from vision_magic.images.converters.matplotlib import figure_of
from vision_magic.images.figure_facts.labels import short_label
from vision_magic.images.figure_facts.values import Facts
from vision_magic.images.lazy_types import is_instance, type_name

__all__ = ["facts"]


def facts(figure: object) -> Facts:
    """Read facts from a figure object: titles, labels, units, scales, limits, legends, and statistics of each series.

    Parameters
    ----------
    figure : object
        A figure, axes or artist of matplotlib or seaborn; the return value of a plotting function, such as a list of
        lines; a plotly figure or an Altair chart. It is neither drawn nor changed.

    Returns
    -------
    Facts
        ``str()`` and notebooks show it as text of at most 4,000 characters;
        ``to_text()`` has other lengths, and ``to_dict()`` returns plain values.

    Raises
    ------
    ImageError
        The object is not such a figure, or it cannot be read.

    Examples
    --------
    >>> import vision_magic as vm
    >>> from matplotlib.figure import Figure
    >>> figure = Figure()
    >>> _ = figure.subplots().plot(["Jan", "Feb", "Mar"], [90, 71, 80], label="rain")
    >>> print(vm.facts(figure))
    Facts read from the figure object itself, not from its pixels:
    library: matplotlib
    x axis: no label, categories Jan, Feb, Mar
    y axis: no label, linear, 70.05 to 90.95
    - rain: line, 3 values; y 71 to 90, lowest at “Feb”, highest at “Jan”, 90 first, 80 last, mean ...
    """
    try:
        return _facts(figure)
    except VisionError:
        raise
    except Exception as error:  # figures hold objects of any library: labels, scales, units
        raise ImageError(
            f"facts cannot read {type_name(figure)} ({type(error).__name__}: {short_label(error)}). "
            "Leave facts out, or check the labels and units of the figure."
        ) from error


def _facts(figure: object) -> Facts:
    figure = _find_figure(figure)
    if is_instance(figure, "seaborn.axisgrid._BaseGrid"):
        figure = figure.figure  # type: ignore[attr-defined]
    if _is_artist(figure):
        from vision_magic.images.figure_facts import matplotlib

        return matplotlib.facts(figure)
    if is_instance(figure, "plotly.basedatatypes.BaseFigure"):
        from vision_magic.images.figure_facts import plotly

        return plotly.facts(figure)
    if is_instance(figure, "altair.TopLevelMixin"):
        from vision_magic.images.figure_facts import altair

        return altair.facts(figure)
    raise ImageError(
        f"facts got {type_name(figure)}; expected a figure of matplotlib, seaborn, plotly or Altair. "
        "Other pictures have only pixels, from which no facts can be read."
    )


def _find_figure(obj: object) -> object:
    """Return the figure of a plotting function's return value, such as a tuple (``hist``) or dict (``boxplot``)."""
    if is_instance(obj, "matplotlib.container.PieContainer"):  # new in matplotlib 3.11, and not a Container
        obj = obj[:]  # type: ignore[index]
    if _is_artist(obj) or not isinstance(obj, list | tuple | dict):
        return obj
    artists = list(_artists_in(obj))
    if len(artists) == 1:
        return artists[0]
    figures = {id(figure): figure for figure in map(figure_of, artists)}
    return next(iter(figures.values())) if len(figures) == 1 else obj


def _artists_in(obj: object) -> Iterator[object]:
    if _is_artist(obj):
        yield obj
    elif isinstance(obj, list | tuple | dict):
        for item in obj.values() if isinstance(obj, dict) else obj:
            yield from _artists_in(item)


def _is_artist(obj: object) -> bool:
    return is_instance(obj, "matplotlib.artist.Artist") or is_instance(obj, "matplotlib.container.Container")
