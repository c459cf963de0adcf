"""How does a figure object become pixels? Drawn by its own library, as the notebook would show it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from vision_magic.errors import ImageError
from vision_magic.images.lazy_types import is_of
from vision_magic.images.safe import check_size, open_image

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["render"]


def render(drawn: Any) -> PILImage.Image:
    """Return a matplotlib figure, or the part of it that one axes or subfigure covers, as pixels.

    Parameters
    ----------
    drawn : matplotlib Figure, SubFigure or Axes
        It is drawn at its own resolution and left as it was, also where pyplot has closed it.

    Raises
    ------
    ImageError
        The figure is empty or cannot be drawn, or the axes cannot be seen.
    """
    figure = drawn.figure
    if figure is None:
        raise ImageError("The axes was removed from its figure; expected one that is drawn.")
    while not hasattr(figure, "savefig"):  # a part of a figure, which cannot draw itself
        figure = figure.figure
    if _is_empty(figure):
        raise ImageError("The figure is empty: it has no axes and no text. Draw something in it first.")
    check_size(
        _pixels(figure), fix=lambda step: f"Draw it at fewer dots per inch: figure.set_dpi({figure.dpi / step:.0f})."
    )
    try:
        return _on_canvas(drawn) or _drawn(drawn, figure)
    except ImageError:
        raise
    except Exception as error:  # such as a formula in a title that is none
        reason = " ".join(str(error).split())
        raise ImageError(
            f"matplotlib cannot draw the figure ({type(error).__name__}: {reason}). It must be one that it can save."
        ) from error


def _pixels(figure: Any) -> tuple[int, int]:
    width, height = figure.get_size_inches() * figure.dpi
    return int(width), int(height)


def _on_canvas(figure: Any) -> PILImage.Image | None:
    """Return what a figure's canvas shows, where nothing has changed since it was drawn: no second drawing."""
    if getattr(figure, "stale", True) or not is_of(figure, "matplotlib.figure.Figure"):
        return None
    renderer: Any = getattr(figure.canvas, "renderer", None)
    if not is_of(renderer, "matplotlib.backends.backend_agg.RendererAgg"):
        return None
    width, height = round(renderer.width), round(renderer.height)
    if (width, height) != _pixels(figure):
        return None  # what was drawn last was another size, such as a file
    from PIL import Image as PILImage

    canvas = figure.canvas.buffer_rgba()
    return PILImage.frombuffer("RGBA", (width, height), canvas, "raw", "RGBA", 0, 1)  # no copy: it is packed at once


def _drawn(drawn: Any, figure: Any) -> PILImage.Image:
    if drawn is figure:
        return _saved(figure, "tight")
    figure.draw_without_rendering()  # a layout engine places the axes only when its figure is drawn
    parts = _belonging(drawn, figure)
    box = _box_in_inches(parts, figure)
    with _alone(parts, drawn, figure):
        return _saved(figure, box)


def _saved(figure: Any, box: Any) -> PILImage.Image:
    buffer = io.BytesIO()
    # The figure's own colours, as notebooks show it: without them, savefig.facecolor of the user's settings is taken.
    own = {"facecolor": figure.get_facecolor(), "edgecolor": figure.get_edgecolor(), "transparent": False}
    # TIFF: its pixels lie there as they are, where PNG would be packed here and unpacked below.
    figure.savefig(buffer, format="tiff", dpi=figure.dpi, bbox_inches=box, **own)
    return open_image(buffer.getvalue())[0]


def _is_empty(figure: Any) -> bool:
    return all(child is figure.patch for child in figure.get_children())


def _belonging(drawn: Any, figure: Any) -> list[Any]:
    """Return what is to be seen of an axes: itself, those on the same place (a twin), and its colour bars."""
    if not is_of(drawn, "matplotlib.axes.Axes"):
        return [drawn]
    place = drawn.get_window_extent().bounds  # in pixels: positions are relative to parts of a figure
    twins = [axes for axes in figure.axes if axes is not drawn and axes.get_window_extent().bounds == place]
    bars = [axes for axes in figure.axes if _mapped_by(axes) is drawn]
    return [drawn, *twins, *bars]


def _mapped_by(axes: Any) -> Any:
    """Return the axes whose colours a colour bar explains."""
    bar = getattr(axes, "_colorbar", None)
    return getattr(getattr(bar, "mappable", None), "axes", None)


def _box_in_inches(parts: list[Any], figure: Any) -> Any:
    boxes = [box for part in parts if (box := part.get_tightbbox()) is not None]
    if not boxes:
        raise ImageError("The axes is invisible; expected one that is drawn.")
    return boxes[0].union(boxes).transformed(figure.dpi_scale_trans.inverted()).padded(0.05)


@contextmanager
def _alone(parts: list[Any], drawn: Any, figure: Any) -> Iterator[None]:
    """Hide the other axes meanwhile: in a crowded figure a sliver of a neighbour would reach into the picture."""
    others = [axes for axes in figure.axes if axes.get_visible() and not _within(axes, parts)]
    engine, stale = figure.get_layout_engine(), figure.stale
    others = others if is_of(drawn, "matplotlib.axes.Axes") else []
    try:
        figure.set_layout_engine("none")  # it would fill the room of what is hidden
        for axes in others:
            axes.set_visible(False)
        yield
    finally:
        for axes in others:
            axes.set_visible(True)
        figure.set_layout_engine(engine)
        figure.stale = stale


def _within(axes: Any, parts: list[Any]) -> bool:
    inside = [child for part in parts for child in getattr(part, "child_axes", ())]
    return any(axes is part for part in (*parts, *inside))
