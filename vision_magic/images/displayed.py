"""Images that a notebook has displayed, with the objects they were made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pybase64

from vision_magic.errors import ImageError
from vision_magic.images.converters import displayable
from vision_magic.images.decode import decode_image
from vision_magic.images.image import Image
from vision_magic.images.lazy_types import is_instance, type_name
from vision_magic.images.options import MAX_BYTES_SENT, ImageOptions
from vision_magic.images.png import strip_png_metadata
from vision_magic.images.registry import ConvertedImage, convert_object, converter_for, reason_of
from vision_magic.images.tokens import side_limit

__all__ = ["DisplayedImage", "displayed_picture", "is_known_by_display"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayedImage:
    """An image as it was displayed in a notebook; `as_image` accepts it.

    Attributes
    ----------
    payload : bytes or str
        The PNG or JPEG data, or its Base64.
    obj : object
        The object that was displayed, or None if it no longer exists.
    redraw : bool
        Convert `obj` first, and fall back on `payload` if that fails.
    """

    payload: bytes | str = field(repr=False)
    obj: object = None
    redraw: bool = False

    @property
    def source(self) -> str:
        """The kind of object that was displayed."""
        kinds = {"matplotlib.figure.Figure": "matplotlib figure", "PIL.Image.Image": "Pillow image"}
        found = next((kind for path, kind in kinds.items() if is_instance(self.obj, path)), "")
        return f"{found or ('picture' if self.obj is None else type_name(self.obj))}, as shown"

    def __vision_image__(self) -> ConvertedImage:
        if self.redraw:
            try:
                return convert_object(self.obj)
            except ImageError:
                pass  # the exporter of its library is not installed
        pixels, notes = decode_image(self._data())
        return ConvertedImage(pixels=pixels, source=self.source, notes=notes)

    def passthrough(self, options: ImageOptions) -> Image | None:
        """Return the displayed PNG without decoding it, or None if its pixels have to be changed or checked.

        Only for opaque matplotlib figures: their PNG was drawn in this process, so removing its text chunks is enough.
        """
        if self.redraw or options.array_options or options.max_image_tokens or not self._is_opaque_figure():
            return None
        stripped = strip_png_metadata(self._data())
        if stripped is None:
            return None
        data, (width, height) = stripped
        if max(width, height) > side_limit((width, height), options)[0]:
            return None
        if len(data) > (options.max_bytes or MAX_BYTES_SENT):
            return None
        return Image(data=data, media_type="image/png", width=width, height=height, source=self.source)

    def _is_opaque_figure(self) -> bool:
        figure: Any = self.obj
        if not is_instance(figure, "matplotlib.figure.Figure"):
            return False
        return bool(figure.get_facecolor()[3] == 1 and figure.patch.get_visible())

    def _data(self) -> bytes:
        return pybase64.b64decode(self.payload) if isinstance(self.payload, str) else self.payload


def displayed_picture(obj: object) -> DisplayedImage | None:
    """Return the picture that an object displays as, if only its display tells whether it is one; otherwise None.

    Raises
    ------
    ImageError
        The object's method failed, so that nobody knows.
    """
    if not is_known_by_display(obj):
        return None
    try:
        data = displayable.displayed_data(obj)
    except NotImplementedError:  # by which IPython's formatters understand "not this time"
        return None
    except Exception as error:  # third-party code may raise anything
        raise ImageError(
            f"{type_name(obj)} could not be displayed ({reason_of(error)}), so it is not known whether it is a "
            "picture. Pass a picture that was made of it, or its text."
        ) from error
    return DisplayedImage(payload=data, obj=obj) if data else None


def is_known_by_display(obj: object) -> bool:
    """Whether nothing but its display tells if an object is a picture: many objects have such methods."""
    return converter_for(obj) in (displayable.from_image_repr, displayable.from_mimebundle)
