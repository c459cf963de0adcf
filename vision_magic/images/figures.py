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
        The figure is empty or cannot be drawn, or the axes cannot be seen.
    """
    from vision_magic.images.safe import open_picture

    figure = drawn.figure
    if figure is None:
        raise PictureError("The axes was removed from its figure; expected one that is drawn.")
    while not hasattr(figure, "savefig"):  # a part of a figure, which cannot draw itself
        figure = figure.figure
    if _is_empty(figure):
        raise PictureError("The figure is empty: it has no axes and no text. Draw something in it first.")
    try:
        data = _draw(drawn, figure)
    except PictureError:
        raise
    except Exception as error:  # such as a formula in a title that is none
        reason = " ".join(str(error).split())
        raise PictureError(
            f"matplotlib cannot draw the figure ({type(error).__name__}: {reason}). It must be one that it can save."
        ) from error
    return open_picture(data)[0]


def _draw(drawn: Any, figure: Any) -> bytes:
    if drawn is not figure:
        figure.draw_without_rendering()  # a layout engine places the axes only when its figure is drawn
    box: Any = "tight" if drawn is figure else _box_in_inches(drawn, figure)
    buffer = io.BytesIO()
    # The figure's own colours, as notebooks show it: without them, savefig.facecolor of the user's settings is taken.
    own = {"facecolor": figure.get_facecolor(), "edgecolor": figure.get_edgecolor(), "transparent": False}
    figure.savefig(buffer, format="png", dpi=figure.dpi, bbox_inches=box, **own)
    return buffer.getvalue()


def _is_empty(figure: Any) -> bool:
    return all(child is figure.patch for child in figure.get_children())


def _box_in_inches(axes: Any, figure: Any) -> Any:
    box = axes.get_tightbbox()
    if box is None:
        raise PictureError("The axes is invisible; expected one that is drawn.")
    return box.transformed(figure.dpi_scale_trans.inverted()).padded(0.05)
