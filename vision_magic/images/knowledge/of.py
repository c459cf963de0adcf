"""What does this object know of itself? The facts of a figure, by its library."""

from __future__ import annotations

from vision_magic.errors import PictureError
from vision_magic.images.knowledge.values import Facts
from vision_magic.images.lazy_types import is_of, name_of

__all__ = ["facts"]


def facts(figure: object) -> Facts:
    """Return what a figure object knows: titles, labels, units, scales, limits, legends, and each series' numbers.

    Parameters
    ----------
    figure : object
        A figure, axes or artist of matplotlib or seaborn, a plotly figure, an Altair chart. Nothing is drawn, and
        nothing about it changes.

    Returns
    -------
    Facts
        ``print`` shows it as text of at most 4,000 characters; ``to_dict()`` gives plain values.

    Raises
    ------
    PictureError
        The object is no such figure.
    """
    if is_of(figure, "seaborn.axisgrid._BaseGrid"):
        figure = figure.figure  # type: ignore[attr-defined]
    if is_of(figure, "matplotlib.artist.Artist") or is_of(figure, "matplotlib.container.Container"):
        from vision_magic.images.knowledge import matplotlib

        return matplotlib.facts(figure)
    if is_of(figure, "plotly.basedatatypes.BaseFigure"):
        from vision_magic.images.knowledge import plotly

        return plotly.facts(figure)
    if is_of(figure, "altair.TopLevelMixin"):
        from vision_magic.images.knowledge import altair

        return altair.facts(figure)
    raise PictureError(
        f"facts got {name_of(figure)}; expected a figure of matplotlib, seaborn, plotly or Altair: other pictures are "
        "pixels, and know nothing of themselves."
    )
