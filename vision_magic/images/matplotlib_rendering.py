"""Rendering of matplotlib figures, subfigures and axes to pixels, as a notebook shows them."""

from __future__ import annotations

import io
import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from vision_magic.errors import ImageError
from vision_magic.images import decode
from vision_magic.images.decode import check_size, decode_image
from vision_magic.images.lazy_types import is_instance
from vision_magic.images.options import MAX_SIDE
from vision_magic.images.registry import reason_of
from vision_magic.text import one_line

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["render_figure"]

_GROUPS: Final = (
    "matplotlib.figure.FigureBase",
    "matplotlib.axes.Axes",
    "matplotlib.axis.Axis",
    "matplotlib.axis.Tick",
)
_LARGEST_FACTOR: Final = 25  # a figure that covers less of its tight box would be unreadable if the box is shrunk


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
        raise ImageError(
            "The figure is empty: it has no axes and no text. Plot something in it first; after plt.show(), plt.gcf() "
            "is a new, empty figure."
        )
    check_size(
        _size_in_pixels(figure), fix=lambda step: f"Use a lower resolution: figure.set_dpi({figure.dpi / step:.0f})."
    )
    try:
        return _from_canvas(target) or _draw(target, figure)
    except ImageError:
        raise
    except Exception as error:  # such as invalid mathtext in a title
        raise ImageError(
            f"matplotlib cannot draw the figure ({reason_of(error)}). Check that figure.savefig(…) works."
        ) from error


def _size_in_pixels(figure: Any) -> tuple[int, int]:
    width, height = figure.get_size_inches() * figure.dpi
    return int(width), int(height)


def _from_canvas(figure: Any) -> PILImage.Image | None:
    """Return the pixels of a figure's canvas if they are up to date and whole, to avoid drawing twice."""
    if getattr(figure, "stale", True) or not is_instance(figure, "matplotlib.figure.Figure"):
        return None
    renderer: Any = getattr(figure.canvas, "renderer", None)
    if not is_instance(renderer, "matplotlib.backends.backend_agg.RendererAgg"):
        return None
    width, height = round(renderer.width), round(renderer.height)
    if (width, height) != _size_in_pixels(figure):
        return None  # the last drawing had another size, such as a saved file
    box, edges = figure.get_tightbbox(), figure.bbox_inches
    if box.x0 < edges.x0 or box.y0 < edges.y0 or box.x1 > edges.x1 or box.y1 > edges.y1:
        return None  # the notebook also shows what lies outside the canvas, such as a legend
    from PIL import Image as PILImage

    canvas = figure.canvas.buffer_rgba()
    return PILImage.frombuffer(
        "RGBA", (width, height), canvas, "raw", "RGBA", 0, 1
    )  # no copy is needed, because it is encoded immediately


def _draw(target: Any, figure: Any) -> PILImage.Image:
    """Draw the tight box of a figure or of a part, as the notebook shows it."""
    figure.draw_without_rendering()  # layout engines place the axes only when the figure is drawn
    parts = _parts_of(target, figure)
    box = _box_in_inches(parts, figure)
    _check_box(box, target, figure)
    with _others_hidden(parts, target, figure):
        return _save(figure, box)


def _check_box(box: Any, target: Any, figure: Any) -> None:
    """Refuse a box that is too large before anything is drawn: a single distant artist can make it of any size."""
    width, height = box.width * figure.dpi, box.height * figure.dpi
    pixels, own = width * height, max(figure.bbox.width * figure.bbox.height, 1)
    limit = decode.MAX_PIXELS if pixels <= _LARGEST_FACTOR * own else MAX_SIDE**2
    if pixels <= limit:  # False if not finite
        return
    raise ImageError(
        f"The figure's tight box would be {_count(width)} × {_count(height)} pixels, {_count(pixels / own)} times the "
        f"figure, since {_outermost(target, figure)} lies outside it. Move, shorten or clip it (clip_on=True), or "
        "leave it out of the box: artist.set_in_layout(False)."
    )


def _count(number: float) -> str:
    return f"{number:,.0f}" if number < 1e9 else f"{number:.0e}"


def _outermost(target: Any, figure: Any) -> str:
    """Return a name for the artist that reaches farthest beyond the edges of its figure."""
    farthest: Any = max(_single_artists(target), key=lambda artist: _overhang(artist, figure), default=None)
    if is_instance(farthest, "matplotlib.text.Text"):
        return f"the text {one_line(farthest.get_text(), 40)!r}"
    return f"the {type(farthest).__name__}" if farthest is not None else "an artist"


def _single_artists(artist: Any) -> Iterator[Any]:
    """Yield the artists in a figure or axes, those that have parts, such as a legend, as one."""
    whole = not any(is_instance(artist, path) for path in _GROUPS)
    if whole:
        yield artist
    for child in () if whole else artist.get_children():
        yield from _single_artists(child)


def _overhang(artist: Any, figure: Any) -> float:
    """Return how far an artist reaches beyond the edges of its figure, in pixels."""
    try:
        box = artist.get_tightbbox() if artist.get_visible() and artist.get_in_layout() else None
    except Exception:  # some artists need more than their figure
        return 0.0
    if box is None:
        return 0.0
    edges = (-box.x0, -box.y0, box.x1 - figure.bbox.width, box.y1 - figure.bbox.height)
    return max((float(edge) for edge in edges if not math.isnan(edge)), default=0.0)


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
    """Return an axes with its colour bars and with the axes that lie on it: twins and insets; anything else alone."""
    if not is_instance(target, "matplotlib.axes.Axes"):
        return [target]
    others = [axes for axes in figure.axes if axes is not target]
    return [target, *(axes for axes in others if _lies_on(axes, target) or target in _mapped_by(axes, figure))]


def _lies_on(axes: Any, target: Any) -> bool:
    inner, outer = (
        axes.get_window_extent(),
        target.get_window_extent(),
    )  # in pixels; positions are relative to subfigures
    inside = outer.x0 <= inner.x0 + 1 and outer.y0 <= inner.y0 + 1
    return bool(inside and inner.x1 <= outer.x1 + 1 and inner.y1 <= outer.y1 + 1)


def _mapped_by(axes: Any, figure: Any) -> list[Any]:
    """Return the axes whose colours a colour bar explains; none if `axes` is not a colour bar.

    These are the axes of its image, and those that it was placed beside. A bar in axes of its own (`cax`) may have
    neither, or be meant for other axes as well: then it explains those that have the same colours and no other bar, or
    the nearest.
    """
    if getattr(axes, "_colorbar", None) is None:
        return []
    named = _named_by(axes)
    bars = [other for other in figure.axes if getattr(other, "_colorbar", None) is not None]
    taken = [plot for bar in bars if bar is not axes for plot in _named_by(bar)]
    free = [plot for plot in figure.axes if plot not in bars and plot not in taken]
    mappable = axes._colorbar.mappable
    alike = [plot for plot in free if any(_same_colours(artist, mappable) for artist in plot.get_children())]
    if named or alike:
        return [*named, *alike]
    return sorted(free, key=lambda plot: _distance(plot, axes))[:1]


def _named_by(bar: Any) -> list[Any]:
    """Return the axes that a colour bar was made for, as far as matplotlib stores them."""
    mapped = getattr(bar._colorbar.mappable, "axes", None)  # a ScalarMappable may belong to no axes
    beside = (getattr(bar, "_colorbar_info", None) or {}).get("parents") or ()
    return [axes for axes in (mapped, *beside) if axes is not None]


def _same_colours(artist: Any, mappable: Any) -> bool:
    """Whether an artist has values that become colours in the same way as those of a colour bar."""
    if getattr(artist, "norm", None) is None or artist.get_array() is None:
        return False
    if artist.norm is mappable.norm:
        return True
    first, second = ((type(each.norm), each.norm.vmin, each.norm.vmax, each.cmap.name) for each in (artist, mappable))
    return bool(first == second)


def _distance(first: Any, second: Any) -> float:
    one, other = first.get_window_extent(), second.get_window_extent()
    across = max(one.x0 - other.x1, other.x0 - one.x1, 0)
    upwards = max(one.y0 - other.y1, other.y0 - one.y1, 0)
    return math.hypot(across, upwards)


def _box_in_inches(parts: list[Any], figure: Any) -> Any:
    if parts == [figure]:
        pad = sys.modules["matplotlib"].rcParams["savefig.pad_inches"]
        return figure.get_tightbbox().padded(pad if isinstance(pad, int | float) else 0.1)
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
    return any(axes is part or _is_within(axes, list(getattr(part, "child_axes", ()))) for part in parts)
