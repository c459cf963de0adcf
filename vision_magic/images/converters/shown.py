"""How does anything that shows itself in a notebook become a picture? By the PNG or JPEG that it gives."""

from __future__ import annotations

import base64
import binascii
from typing import Any, Final

from vision_magic.errors import ImageError
from vision_magic.images.lazy_types import name_of
from vision_magic.images.registry import ConvertedImage, converts_if
from vision_magic.images.safe import open_image

_KINDS: Final = {"image/png": "_repr_png_", "image/jpeg": "_repr_jpeg_"}


def shows_picture(obj: Any) -> bool:
    """Whether an object's class says that it shows itself as PNG or JPEG."""
    # Of the class: mocks and proxies have every attribute.
    return any(callable(getattr(type(obj), method, None)) for method in _KINDS.values())


def _shows_bundle(obj: Any) -> bool:
    return callable(getattr(type(obj), "_repr_mimebundle_", None))


@converts_if(shows_picture)
def _from_png(obj: Any) -> ConvertedImage:
    for method in _KINDS.values():
        if callable(getattr(type(obj), method, None)) and (data := _bytes(_alone(getattr(obj, method)()))):
            return _opened(obj, data)
    if _shows_bundle(obj):
        return _opened_bundle(obj)
    raise ImageError(f"{name_of(obj)} can show itself as a picture and gave none this time. Does it show one below?")


@converts_if(_shows_bundle)
def from_bundle(obj: Any) -> ConvertedImage:
    """Return the picture in what an object shows of itself; most show text or HTML only."""
    return _opened_bundle(obj)


def _opened_bundle(obj: Any) -> ConvertedImage:
    bundle = _alone(obj._repr_mimebundle_(include=list(_KINDS), exclude=[]))
    for kind in _KINDS:
        if isinstance(bundle, dict) and (data := _bytes(bundle.get(kind))):
            return _opened(obj, data)
    raise ImageError(
        f"{name_of(obj)} shows itself, and not as PNG or JPEG: it has no pixels of its own. "
        "Expected a figure, a Pillow image, an array or encoded bytes."
    )


def _alone(shown: Any) -> Any:
    """Return the data of what a display method gave, which may be a pair of data and metadata."""
    return shown[0] if isinstance(shown, tuple) and shown else shown


def _bytes(data: Any) -> bytes:
    if isinstance(data, str):
        try:
            return base64.b64decode(data, validate=False)
        except (binascii.Error, ValueError):
            return b""
    return bytes(data) if isinstance(data, bytes | bytearray | memoryview) else b""


def _opened(obj: Any, data: bytes) -> ConvertedImage:
    pixels, notes = open_image(data)
    return ConvertedImage(pixels=pixels, source=f"{name_of(obj)}, as it shows itself", notes=notes)
