"""Conversion of Python objects to images."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from vision_magic.errors import ImageError
from vision_magic.images import converters
from vision_magic.images.displayed import DisplayedImage
from vision_magic.images.file_formats import format_of
from vision_magic.images.image import Image, RemoteImage
from vision_magic.images.lazy_types import is_instance, type_name
from vision_magic.images.options import ImageOptions
from vision_magic.images.registry import convert_object, converter_for

__all__ = ["as_image", "images_in", "is_image"]

_MAX_IMAGES = 64  # in one request; providers accept even fewer

_START = 2000  # bytes that tell the format of data


def as_image(
    obj: object,
    *,
    max_side: int | None = None,
    max_bytes: int | None = None,
    max_image_tokens: int | None = None,
    range: tuple[float, float] | None = None,
    percentile: tuple[float, float] | float | None = None,
    cmap: str | Callable[..., Any] | None = None,
    model: str = "",
    detail: str | None = None,
) -> Image:
    """Convert an object to an `Image`, ready to be sent.

    Parameters
    ----------
    obj : object
        - a matplotlib figure, axes or artist, or a figure of seaborn, plotly, Altair, bokeh or HoloViews;
        - a Pillow image;
        - an array of NumPy, PyTorch, JAX, CuPy, xarray or dask, bool, integer or float, of shape (H, W), (H, W, 3) or
          (H, W, 4); a PyTorch tensor also of shape (3, H, W) or (4, H, W);
        - encoded ``bytes``, a ``pathlib.Path``, or a file opened for reading bytes;
        - an ``Image`` of IPython or ipywidgets;
        - an object with a method ``__vision_image__``, or one that a notebook displays as PNG or JPEG.

        A ``str`` is never read as a path.
    max_side : int, optional
        Shrink the image until no side is longer (pixels); 2048 by default. Images are never enlarged.
    max_bytes : int, optional
        Compress or shrink the image until it is no larger (bytes); 5,000,000 by default.
    max_image_tokens : int, optional
        Shrink the image until its estimated cost is no higher (tokens), by the rule for `model` and `detail`.
    range : (float, float), optional
        Array values that are shown as black and white; values outside are clipped.
    percentile : (float, float) or float, optional
        The same as percentiles (0 to 100); 2 is short for (2, 98).
    cmap : str or callable, optional
        Matplotlib colour map for an array of shape (H, W).
    model, detail : str, optional
        Model and detail level that determine how the cost in tokens is estimated.

    Returns
    -------
    Image
        Re-encoded pixels without metadata; ``note`` states every rule that was applied.

    Raises
    ------
    ImageError
        The object cannot be converted, or an option has an invalid value.
    """
    chosen = ImageOptions(
        max_side=max_side,
        max_bytes=max_bytes,
        max_image_tokens=max_image_tokens,
        range=range,
        percentile=percentile,
        cmap=cmap,
        model=model,
        detail=detail,
    )
    if isinstance(obj, Image) and not _needs_change(obj, chosen):
        return obj
    if isinstance(obj, DisplayedImage) and (image := obj.passthrough(chosen)) is not None:
        return image
    from vision_magic.images.encode import encode

    return encode(convert_object(obj), chosen, original=obj.original if isinstance(obj, Image) else None)


def _needs_change(image: Image, options: ImageOptions) -> bool:
    from vision_magic.images.encode import fits

    return bool(options.array_options) or not fits(image, options)


def is_image(obj: object) -> bool:
    """Whether an object in a prompt is sent as an image rather than as text."""
    if isinstance(obj, Image | RemoteImage):
        return True
    if converters.tables.is_table(obj):
        return False
    if is_instance(obj, "numpy.ndarray") or converters.arrays.is_array_like(obj):
        return len(getattr(obj, "shape", ())) in (2, 3) and not _holds_objects(obj)
    if isinstance(obj, bytes | bytearray):
        # Also of formats that are not decoded: the message on them helps more than their bytes as text.
        found = format_of(bytes(obj[:_START]))
        return found is not None and found.is_picture
    if is_instance(obj, "io.IOBase"):
        return False
    converter = converter_for(obj)
    return converter is not None and converter is not converters.displayable.from_mimebundle


def images_in(obj: object) -> list[object]:
    """Return the objects to convert for one argument: the object itself, or the items of a collection.

    A collection is a list, a tuple, an array or Series of objects, or what a pyplot function returns. It may be nested.

    Raises
    ------
    ImageError
        The collection is empty, or has more than 64 items.
    """
    items = _items(obj)
    if items is None:
        return [obj]
    found: list[object] = []
    for item in items:
        found.extend(images_in(item))
        if len(found) > _MAX_IMAGES:
            raise ImageError(f"The {type_name(obj)} has more than {_MAX_IMAGES} pictures; pass fewer, such as x[:8].")
    if not found:
        raise ImageError(f"The {type_name(obj)} is empty; expected at least one picture.")
    return found


def _items(obj: object) -> Iterator[object] | None:
    """Return the items of a collection, or None if the object is not a collection."""
    if is_instance(obj, "matplotlib.container.Container"):
        return None
    if isinstance(obj, list | tuple):
        artists = [item for item in obj if _is_artist(item)]
        others = [item for item in obj if not _is_artist(item)]
        # The lines that plt.plot(…) returns, and the counts, edges and bars of plt.hist(…), stand for one figure. In
        # any other collection, no item is dropped.
        numbers = isinstance(obj, tuple) and all(_is_list_of_numbers(item) for item in others)
        return iter(_figures_of(artists) if artists and (numbers or not others) else obj)
    if _holds_objects(obj):
        items = list(getattr(obj, "flat", obj))  # type: ignore[call-overload]  # an array or a Series
        return iter(_figures_of(items) if items and all(map(_is_artist, items)) else items)
    return None


def _holds_objects(obj: object) -> bool:
    """Whether an array or a Series holds Python objects, such as axes or images."""
    return getattr(getattr(obj, "dtype", None), "kind", "") == "O" and (
        is_instance(obj, "numpy.ndarray") or is_instance(obj, "pandas.Series")
    )


def _is_list_of_numbers(obj: object) -> bool:
    return is_instance(obj, "numpy.ndarray") and not is_image(obj)


def _is_artist(obj: object) -> bool:
    return is_instance(obj, "matplotlib.artist.Artist") or is_instance(obj, "matplotlib.container.Container")


def _figures_of(artists: list[Any]) -> list[object]:
    """Return the figures of several artists, each once; a single artist is returned as it is."""
    if len(artists) == 1:
        return artists
    figures = {id(figure): figure for figure in map(converters.matplotlib.figure_of, artists)}
    return list(figures.values())
