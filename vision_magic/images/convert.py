"""Conversion of Python objects to images."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vision_magic.images import converters
from vision_magic.images.displayed import DisplayedImage
from vision_magic.images.file_formats import format_of
from vision_magic.images.image import Image, RemoteImage, WholeImage
from vision_magic.images.image_collection import images_in, is_collection
from vision_magic.images.lazy_types import is_instance
from vision_magic.images.options import ImageOptions
from vision_magic.images.registry import convert_object, converter_for

__all__ = ["as_image", "image_of", "images_in", "is_image"]

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
        Shrink the image until no side is longer (pixels). By default, 2048, 6000 if `detail` is ``"original"``, or
        fewer if `model` keeps no more. Images are never enlarged.
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
        Model and detail level that determine how the cost in tokens is estimated, and how many pixels are of use.

    Returns
    -------
    Image
        Re-encoded pixels without metadata; ``note`` states every rule that was applied.

    Raises
    ------
    ImageError
        The object cannot be converted, or an option has an invalid value.

    Examples
    --------
    >>> import numpy as np
    >>> import vision_magic as vm
    >>> field = np.array([[-3.1, 0.0], [12.5, 40.0]])
    >>> vm.as_image(field).note
    '-3.1 to 40 shown as black to white'
    >>> vm.as_image(field, range=(0, 40)).note
    '0 to 40 shown as black to white; 1 value outside this range clipped'
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
    return image_of(obj, chosen)


def image_of(obj: object, options: ImageOptions) -> Image:
    """Convert an object to an `Image`; as `as_image`, with options that were checked before.

    Raises
    ------
    ImageError
        The object cannot be converted.
    """
    known: Any = obj
    # isinstance would use the object's own __class__, which may fail
    own = issubclass(type(obj), Image) and not issubclass(type(obj), WholeImage)
    if own and not _needs_change(known, options):
        return known  # type: ignore[no-any-return]
    if issubclass(type(obj), DisplayedImage) and (image := known.passthrough(options)) is not None:
        return image  # type: ignore[no-any-return]
    from vision_magic.images.encode import encode

    return encode(convert_object(obj), options, original=known.original if own else None)


def _needs_change(image: Image, options: ImageOptions) -> bool:
    from vision_magic.images.encode import fits

    return bool(options.array_options) or not fits(image, options)


def is_image(obj: Any) -> bool:
    """Whether an object in a prompt is sent as an image rather than as text."""
    kind = type(obj)
    if issubclass(kind, Image | RemoteImage):
        return True
    if converters.tables.is_table(obj):
        return False
    if is_instance(obj, "numpy.ndarray") or converters.arrays.is_array_like(obj):
        return len(getattr(obj, "shape", ())) in (2, 3) and not is_collection(obj)
    if issubclass(kind, bytes | bytearray):
        # Also of formats that are not decoded: the message on them helps more than their bytes as text.
        found = format_of(bytes(obj[:_START]))
        return found is not None and found.is_picture
    if is_instance(obj, "io.IOBase"):
        return False
    converter = converter_for(obj)
    return converter is not None and converter is not converters.displayable.from_mimebundle
