"""Rendering of matplotlib figures, subfigures and axes to pixels, as a notebook shows them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from vision_magic.errors import ImageError
from vision_magic.images.decode import check_size, decode_image
from vision_magic.images.lazy_types import is_instance

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["render_figure"]


def render_figure(target: Any) -> PILImage.Image:
    """Render a figure, or the part of it that a subfigure or axes covers.

    Parameters
    ----------
    target : matplotlib Figure, SubFigure or Axes
        It is rendered at its own resolution and is not changed. Figures that pyplot has closed are supported.

    Returns
    -------
    PIL.Image.Image
        The pixels, of mode RGB or RGBA.

    Raises
    ------
    ImageError
        The figure is empty or too large or cannot be drawn, or the axes is invisible.
    """
    figure = target.figure
    if figure is None:
        raise ImageError("The axes was removed from its figure; expected axes that are part of a figure.")
    while not hasattr(figure, "savefig"):  # a subfigure, which cannot be saved by itself
        figure = figure.figure
    if _is_empty(figure):
        raise ImageError("The figure is empty: it has no axes and no text. Plot something in it first.")
    check_size(
        _size_in_pixels(figure), fix=lambda step: f"Use a lower resolution: figure.set_dpi({figure.dpi / step:.0f})."
    )
    try:
        return _from_canvas(target) or _draw(target, figure)
    except ImageError:
        raise
    except Exception as error:  # such as invalid mathtext in a title
        reason = " ".join(str(error).split())
        raise ImageError(
            f"matplotlib cannot draw the figure ({type(error).__name__}: {reason}). Check that figure.savefig(…) works."
        ) from error


def _size_in_pixels(figure: Any) -> tuple[int, int]:
    width, height = figure.get_size_inches() * figure.dpi
    return int(width), int(height)


def _from_canvas(figure: Any) -> PILImage.Image | None:
    """Return the pixels of a figure's canvas if they are up to date, to avoid drawing twice."""
    if getattr(figure, "stale", True) or not is_instance(figure, "matplotlib.figure.Figure"):
        return None
    renderer: Any = getattr(figure.canvas, "renderer", None)
    if not is_instance(renderer, "matplotlib.backends.backend_agg.RendererAgg"):
        return None
    width, height = round(renderer.width), round(renderer.height)
    if (width, height) != _size_in_pixels(figure):
        return None  # the last drawing had another size, such as a saved file
    from PIL import Image as PILImage

    canvas = figure.canvas.buffer_rgba()
    return PILImage.frombuffer(
        "RGBA", (width, height), canvas, "raw", "RGBA", 0, 1
    )  # no copy is needed, because it is encoded immediately


def _draw(target: Any, figure: Any) -> PILImage.Image:
    if target is figure:
        return _save(figure, "tight")
    figure.draw_without_rendering()  # layout engines place the axes only when the figure is drawn
    parts = _parts_of(target, figure)
    box = _box_in_inches(parts, figure)
    with _others_hidden(parts, target, figure):
        return _save(figure, box)


def _save(figure: Any, box: Any) -> PILImage.Image:
    buffer = io.BytesIO()
    # The figure's own colours, as in a notebook; by default matplotlib takes savefig.facecolor from the rcParams.
    own = {"facecolor": figure.get_facecolor(), "edgecolor": figure.get_edgecolor(), "transparent": False}
    # Uncompressed TIFF: PNG would be compressed here and decompressed below.
    figure.savefig(buffer, format="tiff", dpi=figure.dpi, bbox_inches=box, **own)
    return decode_image(buffer.getvalue())[0]


def _is_empty(figure: Any) -> bool:
    return all(child is figure.patch for child in figure.get_children())


def _parts_of(target: Any, figure: Any) -> list[Any]:
    """Return an axes with its twins (axes at the same position) and colour bars; a subfigure alone."""
    if not is_instance(target, "matplotlib.axes.Axes"):
        return [target]
    position = target.get_window_extent().bounds  # in pixels; get_position() is relative to a subfigure
    twins = [axes for axes in figure.axes if axes is not target and axes.get_window_extent().bounds == position]
    bars = [axes for axes in figure.axes if _mapped_axes(axes) is target]
    return [target, *twins, *bars]


def _mapped_axes(axes: Any) -> Any:
    """Return the axes that a colour bar belongs to; None if `axes` is not a colour bar."""
    bar = getattr(axes, "_colorbar", None)
    return getattr(getattr(bar, "mappable", None), "axes", None)


def _box_in_inches(parts: list[Any], figure: Any) -> Any:
    boxes = [box for part in parts if (box := part.get_tightbbox()) is not None]
    if not boxes:
        raise ImageError("The axes is invisible; expected visible axes.")
    return boxes[0].union(boxes).transformed(figure.dpi_scale_trans.inverted()).padded(0.05)


@contextmanager
def _others_hidden(parts: list[Any], target: Any, figure: Any) -> Iterator[None]:
    """Hide the other axes temporarily: in a crowded figure, a neighbour can extend into the rendered part."""
    others = [axes for axes in figure.axes if axes.get_visible() and not _is_within(axes, parts)]
    engine, stale = figure.get_layout_engine(), figure.stale
    others = others if is_instance(target, "matplotlib.axes.Axes") else []
    try:
        figure.set_layout_engine("none")  # it would fill the space of hidden axes
        for axes in others:
            axes.set_visible(False)
        yield
    finally:
        for axes in others:
            axes.set_visible(True)
        figure.set_layout_engine(engine)
        figure.stale = stale


def _is_within(axes: Any, parts: list[Any]) -> bool:
    children = [child for part in parts for child in getattr(part, "child_axes", ())]
    return any(axes is part for part in (*parts, *children))
