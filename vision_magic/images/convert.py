"""How does any Python object become an Image? Pixels by its kind's converter, then packed for sending."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from vision_magic.errors import ImageError
from vision_magic.images import converters
from vision_magic.images.displayed import Displayed
from vision_magic.images.image import Image, RemoteImage
from vision_magic.images.lazy_types import is_of, name_of
from vision_magic.images.options import ImageOptions
from vision_magic.images.registry import converter_for, picture_of

__all__ = ["as_image", "images_in", "is_image"]

_MOST = 64  # pictures in one question; providers take fewer still

_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")


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
    """Return any picture in memory as an `Image`, ready to be sent.

    Parameters
    ----------
    obj : object
        A matplotlib figure, axes or artist, or a figure of seaborn, plotly, altair, bokeh, HoloViews; a Pillow image;
        an array of NumPy, PyTorch, JAX, CuPy, xarray, dask of shape (H, W), (H, W, 3) or (H, W, 4), PyTorch's also
        (3, H, W), bool, integer or float; encoded ``bytes``; a ``pathlib.Path`` or file open for reading; IPython's
        and ipywidgets' ``Image``; what has a method ``__vision_image__`` or shows itself as PNG or JPEG.
        A ``str`` is never taken for a path.
    max_side : int, optional
        Shrink until no side is longer (pixels); `MAX_SIDE` where not given. Nothing is ever enlarged.
    max_bytes : int, optional
        Pack until it takes no more (bytes); `MAX_BYTES_SENT` where not given.
    max_image_tokens : int, optional
        Shrink until the estimate is no higher, by the rule for ``model`` and ``detail``.
    range : (float, float), optional
        The values of an array that are shown black and white; what lies beyond is cut.
    percentile : (float, float) or float, optional
        The same by percentiles (0 to 100); 2 stands for (2, 98).
    cmap : str or callable, optional
        A colour map of matplotlib for an array of shape (H, W).
    model, detail : str, optional
        Whose rule `max_image_tokens` is counted by.

    Returns
    -------
    Image
        Re-encoded pixels without metadata; ``note`` states every rule that was applied.

    Raises
    ------
    ImageError
        The object is no picture, or an option no such value; the message says what arrived and what is accepted.
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
    if isinstance(obj, Image) and not _asks_for_change(obj, chosen):
        return obj
    if isinstance(obj, Displayed) and (image := obj.as_it_stands(chosen)) is not None:
        return image
    from vision_magic.images.shrink import encode

    return encode(picture_of(obj), chosen, original=obj.original if isinstance(obj, Image) else None)


def _asks_for_change(image: Image, options: ImageOptions) -> bool:
    from vision_magic.images.shrink import fits

    return bool(options.about_arrays) or not fits(image, options)


def is_image(obj: object) -> bool:
    """Whether an object in a prompt stands for a picture, and not for its text."""
    if isinstance(obj, Image | RemoteImage):
        return True
    if converters.tables.is_table(obj):
        return False
    if is_of(obj, "numpy.ndarray") or converters.arrays.gives_array(obj):
        return len(getattr(obj, "shape", ())) in (2, 3) and not _holds_objects(obj)
    if isinstance(obj, bytes | bytearray):
        return bytes(obj[:4]).startswith(_STARTS) or obj[8:12] == b"WEBP"
    if is_of(obj, "io.IOBase"):
        return False
    found = converter_for(obj)
    return found is not None and found is not converters.shown.from_bundle


def images_in(obj: object) -> list[object]:
    """Return the pictures that an object stands for: itself, or those in a list, a tuple, a column or a grid of axes.

    Raises
    ------
    ImageError
        Something in it is no picture, or there are too many of them.
    """
    items = _items(obj)
    if items is None:
        return [obj]
    found: list[object] = []
    for item in items:
        found.extend(images_in(item))
        if len(found) > _MOST:
            raise ImageError(f"There are more than {_MOST} pictures in the {name_of(obj)}; ask about fewer: x[:8].")
    if not found:
        raise ImageError(f"The {name_of(obj)} is empty; expected at least one picture in it.")
    return found


def _items(obj: object) -> Iterator[object] | None:
    """Return what is in a collection of pictures; None where it is none. What pyplot returns is one too."""
    if is_of(obj, "matplotlib.container.Container"):
        return None
    if isinstance(obj, list | tuple):
        artists = [item for item in obj if _is_drawn(item)]
        others = [item for item in obj if not _is_drawn(item)]
        # plt.plot(…) gives lines, plt.hist(…) counts, edges and bars: all of it is one figure. Nothing else is dropped.
        numbers = isinstance(obj, tuple) and all(_is_list_of_numbers(item) for item in others)
        return iter(_whole(artists) if artists and (numbers or not others) else obj)
    if _holds_objects(obj):
        inside = list(getattr(obj, "flat", obj))  # type: ignore[call-overload]  # an array or a Series
        return iter(_whole(inside) if inside and all(map(_is_drawn, inside)) else inside)
    return None


def _holds_objects(obj: object) -> bool:
    """Whether an array or a column holds Python objects, such as axes or pictures."""
    return getattr(getattr(obj, "dtype", None), "kind", "") == "O" and (
        is_of(obj, "numpy.ndarray") or is_of(obj, "pandas.Series")
    )


def _is_list_of_numbers(obj: object) -> bool:
    return is_of(obj, "numpy.ndarray") and not is_image(obj)


def _is_drawn(obj: object) -> bool:
    return is_of(obj, "matplotlib.artist.Artist") or is_of(obj, "matplotlib.container.Container")


def _whole(drawn: list[Any]) -> list[object]:
    """Return the figures that several drawn things are in; one alone stands for itself."""
    if len(drawn) == 1:
        return drawn
    figures = {id(figure): figure for figure in map(converters.drawn.figure_of, drawn)}
    return list(figures.values())
