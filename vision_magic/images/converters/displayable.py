"""Converters for objects that a notebook displays as PNG or JPEG."""

from __future__ import annotations

import base64
import binascii
from typing import Any, Final

from vision_magic.errors import ImageError
from vision_magic.images.decode import decode_image
from vision_magic.images.lazy_types import type_name
from vision_magic.images.registry import ConvertedImage, converts_if

_REPR_METHODS: Final = {"image/png": "_repr_png_", "image/jpeg": "_repr_jpeg_"}


def has_image_repr(obj: Any) -> bool:
    """Whether an object's class has a method that returns PNG or JPEG."""
    # Looked up on the class: mocks and proxies have every attribute.
    return any(callable(getattr(type(obj), method, None)) for method in _REPR_METHODS.values())


def has_mimebundle(obj: Any) -> bool:
    """Whether an object's class has a method that returns a MIME bundle, which most often holds only text or HTML."""
    return callable(getattr(type(obj), "_repr_mimebundle_", None))


@converts_if(has_image_repr)
def from_image_repr(obj: Any) -> ConvertedImage:
    """Convert an object by the PNG or JPEG that it displays as."""
    if data := displayed_data(obj):
        return _decode(obj, data)
    if wrong := _wrong_type(obj):
        raise ImageError(f"{type_name(obj)}.{wrong}; expected the bytes of a PNG or JPEG file, or None.")
    raise ImageError(
        f"{type_name(obj)} can display as PNG or JPEG, but returned no data this time. "
        "Check what it displays in a cell."
    )


def from_mimebundle(obj: Any) -> ConvertedImage:
    """Convert an object by its MIME bundle. The package registers it last, since any object may have one."""
    if data := displayed_data(obj):
        return _decode(obj, data)
    raise ImageError(
        f"{type_name(obj)} does not display as PNG or JPEG, so it has no pixels. "
        "Expected a figure, a Pillow image, an array or encoded bytes."
    )


def displayed_data(obj: Any) -> bytes:
    """Return the PNG or JPEG data that an object displays as; empty if there is none."""
    for method in _REPR_METHODS.values():
        if callable(getattr(type(obj), method, None)) and (data := _bytes(_without_metadata(getattr(obj, method)()))):
            return data
    bundle = None
    if has_mimebundle(obj):
        bundle = _without_metadata(obj._repr_mimebundle_(include=list(_REPR_METHODS), exclude=[]))
    if not isinstance(bundle, dict):
        return b""
    return next((data for media_type in _REPR_METHODS if (data := _bytes(bundle.get(media_type)))), b"")


def _wrong_type(obj: Any) -> str:
    """Return the method that returned something else than data, and what it returned."""
    for method in _REPR_METHODS.values():
        result = getattr(obj, method)() if callable(getattr(type(obj), method, None)) else None
        if not isinstance(result, bytes | bytearray | memoryview | str | tuple | None):
            return f"{method} returned {type_name(result)}"
    return ""


def _without_metadata(result: Any) -> Any:
    """Return the data of a display method's result, which may be a pair of data and metadata."""
    return result[0] if isinstance(result, tuple) and result else result


def _bytes(data: Any) -> bytes:
    if isinstance(data, str):
        try:
            return base64.b64decode(data, validate=False)
        except (binascii.Error, ValueError):
            return b""
    return bytes(data) if isinstance(data, bytes | bytearray | memoryview) else b""


def _decode(obj: Any, data: bytes) -> ConvertedImage:
    try:
        pixels, notes = decode_image(data)
    except ImageError as error:
        raise ImageError(f"{type_name(obj)} displays as data that is not sent as a picture: {error}") from None
    return ConvertedImage(pixels=pixels, source=f"{type_name(obj)}, as displayed", notes=notes)
