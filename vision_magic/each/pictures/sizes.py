"""The bytes of pictures that are only in memory, which a cluster would have to send to its workers."""

from __future__ import annotations

from typing import Any, Final

from vision_magic.images.converters.holders import figure_behind
from vision_magic.images.lazy_types import is_instance

__all__ = ["size_in_memory"]

_OTHER: Final = 200  # bytes of an object that is a path, an address, or the like


def size_in_memory(picture: Any) -> int:
    """Return about how many bytes a picture has that is only in memory; little for a path or an address."""
    data = getattr(picture, "data", None)
    if isinstance(picture, bytes | bytearray):
        return len(picture)
    if isinstance(data, bytes):  # an encoded image
        return len(data)
    if isinstance(picture, dict):
        return sum(map(size_in_memory, picture.values()))
    if is_instance(picture, "PIL.Image.Image"):
        return int(picture.width * picture.height * max(1, len(picture.getbands())))
    if figure_behind(picture) is not None:
        return _size_of_figure(figure_behind(picture))
    return _nbytes(picture)


def _nbytes(picture: Any) -> int:
    if is_instance(picture, "dask.array.Array"):
        return _OTHER
    size = getattr(picture, "nbytes", None)
    return size if isinstance(size, int) else _OTHER


def _size_of_figure(figure: Any) -> int:
    """Return the bytes of the picture that a figure is drawn as; its data may have less or more."""
    try:
        width, height = figure.get_size_inches() * figure.dpi
        return int(width * height)
    except Exception:  # a figure of another library's subclass
        return _OTHER
