"""Converters for objects that hold a picture: a matplotlib figure in an attribute, or a method that returns it."""

from __future__ import annotations

import inspect
import io
import types
from collections.abc import Callable
from typing import Any, Final

from vision_magic.errors import ImageError
from vision_magic.images.converters.displayable import displayed_data
from vision_magic.images.converters.matplotlib import figure_of
from vision_magic.images.decode import decode_image
from vision_magic.images.lazy_types import is_instance, type_name
from vision_magic.images.registry import ConvertedImage, converts, converts_if

__all__ = ["figure_behind", "held_figure"]

_FIGURE: Final = "matplotlib.figure.Figure"

# Classes whose figure is found by an artist or a figure in the attribute.
_ATTRIBUTES: Final = {
    "matplotlib.animation.Animation": "_fig",
    "matplotlib.axes._axes._GroupedBarReturn": "bar_containers",
    "matplotlib.backend_bases.FigureManagerBase": "canvas",
    "matplotlib.colorbar.Colorbar": "ax",
    "matplotlib.container.PieContainer": "wedges",
    "matplotlib.streamplot.StreamplotSet": "lines",
    "seaborn.axisgrid._BaseGrid": "figure",
    "yellowbrick.base.Visualizer": "fig",  # a property
}

# Where other classes keep a figure: xarray's FacetGrid, scikit-learn's displays, the canvas of ipympl.
_FIGURE_NAMES: Final = ("figure", "fig", "figure_")

_METHODS: Final = ("to_image", "to_pil", "to_png")
_NOT_HOLDERS: Final = (type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.MethodType)


def figure_behind(obj: Any) -> object | None:
    """Return the matplotlib figure that an object is, is part of or holds; None if there is none."""
    if is_instance(obj, _FIGURE):
        return obj  # type: ignore[no-any-return]
    if is_instance(obj, "matplotlib.artist.Artist") or is_instance(obj, "matplotlib.container.Container"):
        return _figure_of(lambda: obj)
    attribute = next((_ATTRIBUTES[path] for path in _ATTRIBUTES if is_instance(obj, path)), "")
    return _figure_of(lambda: getattr(obj, attribute)) if attribute else held_figure(obj)


def _figure_of(get: Callable[[], Any]) -> object | None:
    try:
        held = get()
        return held if is_instance(held, _FIGURE) else held_figure(held) or figure_of(held)
    except Exception:  # an artist that was removed from its figure, or a property of another library that fails
        return None


def held_figure(obj: Any) -> object | None:
    """Return the matplotlib figure that is stored in an attribute of an object, without running code of its class."""
    if issubclass(type(obj), _NOT_HOLDERS):
        return None
    stored = (_stored(obj, name) for name in _FIGURE_NAMES)
    return next((value for value in stored if is_instance(value, _FIGURE)), None)


def _stored(obj: Any, name: str) -> object:
    """Return a stored attribute: properties and ``__getattr__`` do not count, by which a mock has every attribute."""
    value = inspect.getattr_static(obj, name, None)
    return getattr(obj, name, None) if isinstance(value, types.MemberDescriptorType) else value


def _from_holder(obj: Any) -> object:
    figure = figure_behind(obj)
    if figure is None:
        raise ImageError(f"The {type_name(obj)} has no figure any more; pass the figure itself.")
    return figure


for _path in _ATTRIBUTES:
    converts(_path)(_from_holder)
converts_if(lambda obj: held_figure(obj) is not None)(_from_holder)


def picture_method(obj: Any) -> str:
    """Return the name of a method of an object's class that returns a picture and needs no arguments, or ""."""
    return next((name for name in _METHODS if _needs_no_arguments(inspect.getattr_static(type(obj), name, None))), "")


def _needs_no_arguments(method: object) -> bool:
    """Whether a method can be called with nothing else than its object."""
    if not isinstance(method, types.FunctionType):
        return False
    parameters = list(inspect.signature(method).parameters.values())
    required = [each for each in parameters if each.default is each.empty and each.kind not in (2, 4)]
    return len(required) == 1 and required[0] is parameters[0]


@converts_if(lambda obj: bool(picture_method(obj)), maker=lambda obj: f"{type_name(obj)}.{picture_method(obj)}")
def _from_method(obj: Any) -> object:
    return getattr(obj, picture_method(obj))()


@converts("lets_plot.plot.core.PlotSpec")
@converts("lets_plot.plot.subplots.SupPlotsSpec")
def _from_lets_plot(plot: Any) -> ConvertedImage:
    buffer = io.BytesIO()
    plot.to_png(buffer)
    return ConvertedImage(pixels=decode_image(buffer.getvalue())[0], source="lets-plot figure")


@converts("plotnine.ggplot.ggplot")
def _from_plotnine(plot: Any) -> ConvertedImage:
    """Take the picture that a notebook shows; save it as PNG if the notebook shows another format."""
    data = displayed_data(plot)
    if not data:
        buffer = io.BytesIO()
        plot.save(buffer, format="png", verbose=False)
        data = buffer.getvalue()
    return ConvertedImage(pixels=decode_image(data)[0], source="plotnine figure")


@converts("folium.folium.Map")
def _from_folium(chart: Any) -> object:
    """Take the screenshot that folium makes if it was asked to (`png_enabled`), since this starts a browser."""
    if getattr(chart, "png_enabled", False):
        return chart._repr_png_()
    raise ImageError(
        "A folium map is drawn by the browser and has no pixels here. Pass a screenshot: the bytes of map._to_png(), "
        "which needs selenium and Firefox."
    )


def _has_pixel_array(obj: Any) -> bool:
    if not isinstance(inspect.getattr_static(type(obj), "pixel_array", None), property):
        return False
    # A DICOM data set may be a report or a plan, without pixels.
    return not is_instance(obj, "pydicom.dataset.Dataset") or any(
        f"{kind}PixelData" in obj for kind in ("", "Float", "DoubleFloat")
    )


@converts_if(_has_pixel_array, maker=lambda obj: f"{type_name(obj)}.pixel_array")
def _from_pixel_array(obj: Any) -> ConvertedImage:
    inverted = getattr(obj, "PhotometricInterpretation", "") == "MONOCHROME1"
    note = "stored values, of which the lowest stands for white" if inverted else "stored values"
    return ConvertedImage(pixels=obj.pixel_array, source=f"{type_name(obj)} pixel array", notes=(note,))
