"""How does a figure object become pixels? Drawn by its own library, as the notebook would show it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from vision_magic.errors import PictureError

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["render"]


def render(drawn: Any) -> PILImage.Image:
    """Return a matplotlib figure, or the part of it that one axes covers, as pixels.

    Parameters
    ----------
    drawn : matplotlib Figure or Axes
        It is drawn at its own resolution and left as it was, also where pyplot has closed it.

    Raises
    ------
    PictureError
        The figure is empty, or the axes cannot be seen.
    """
    from vision_magic.images.safe import open_picture

    figure = drawn.figure
    if figure is None:
        raise PictureError("The axes was removed from its figure; expected one that is drawn.")
    while not hasattr(figure, "savefig"):  # a part of a figure, which cannot draw itself
        figure = figure.figure
    if _is_empty(figure):
        raise PictureError("The figure is empty: it has no axes and no text. Draw something in it first.")
    if drawn is not figure:
        figure.draw_without_rendering()  # a layout engine places the axes only when its figure is drawn
    box: Any = "tight" if drawn is figure else _box_in_inches(drawn, figure)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=figure.dpi, bbox_inches=box, transparent=False)
    return open_picture(buffer.getvalue())[0]


def _is_empty(figure: Any) -> bool:
    return all(child is figure.patch for child in figure.get_children())


def _box_in_inches(axes: Any, figure: Any) -> Any:
    box = axes.get_tightbbox()
    if box is None:
        raise PictureError("The axes is invisible; expected one that is drawn.")
    return box.transformed(figure.dpi_scale_trans.inverted()).padded(0.05)
