"""What is a picture that a notebook has displayed? Its bytes as they were shown, and the object behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pybase64

from vision_magic.errors import ImageError
from vision_magic.images.image import Image
from vision_magic.images.lazy_types import is_of, name_of
from vision_magic.images.options import MAX_BYTES_SENT, MAX_SIDE, ImageOptions
from vision_magic.images.png import bare_png
from vision_magic.images.registry import ConvertedImage, picture_of
from vision_magic.images.safe import open_image

__all__ = ["Displayed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Displayed:
    """A picture as a notebook has displayed it; a picture like any other to `as_image`.

    Attributes
    ----------
    payload : bytes or str
        The PNG or JPEG, or its Base64.
    obj : object
        What was displayed; None where it is gone.
    redraw : bool
        Whether the object is asked for a picture first, and the displayed one serves where it gives none.
    """

    payload: bytes | str = field(repr=False)
    obj: object = None
    redraw: bool = False

    @property
    def source(self) -> str:
        """What it is, in words."""
        kinds = {"matplotlib.figure.Figure": "matplotlib figure", "PIL.Image.Image": "Pillow image"}
        found = next((words for path, words in kinds.items() if is_of(self.obj, path)), "")
        return f"{found or ('picture' if self.obj is None else name_of(self.obj))}, as shown"

    def __vision_image__(self) -> ConvertedImage:
        if self.redraw:
            try:
                return picture_of(self.obj)
            except ImageError:
                pass  # its library has no exporter here: what was shown serves
        pixels, notes = open_image(self._data())
        return ConvertedImage(pixels=pixels, source=self.source, notes=notes)

    def as_it_stands(self, options: ImageOptions) -> Image | None:
        """Return the picture without decoding it; None where something is to be done to its pixels.

        Only of what matplotlib has drawn in this process: such a PNG is pixels and a few words, which are left out.
        """
        if self.redraw or options.about_arrays or options.max_image_tokens or not self._opaque():
            return None
        bare = bare_png(self._data())
        if bare is None or max(bare[1]) > (options.max_side or MAX_SIDE):
            return None
        data, (width, height) = bare
        if len(data) > (options.max_bytes or MAX_BYTES_SENT):
            return None
        return Image(data=data, media_type="image/png", width=width, height=height, source=self.source)

    def _opaque(self) -> bool:
        figure: Any = self.obj
        return (
            is_of(figure, "matplotlib.figure.Figure") and figure.get_facecolor()[3] == 1 and figure.patch.get_visible()
        )

    def _data(self) -> bytes:
        return pybase64.b64decode(self.payload) if isinstance(self.payload, str) else self.payload
