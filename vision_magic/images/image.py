"""What is an Image? Encoded pixels with their kind, size and the rule that made them."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["Image", "MediaType"]

MediaType = Literal["image/png", "image/jpeg"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """One picture, ready to travel in a request: re-encoded pixels and nothing else.

    Attributes
    ----------
    data : bytes
        The encoded picture. No metadata: no EXIF, GPS, comments or profiles.
    media_type : {"image/png", "image/jpeg"}
        PNG for flat pictures (figures, screenshots), JPEG for photographs.
    width, height : int
        Size in pixels of what is sent.
    source : str
        The kind of object it came from, in words: ``"matplotlib figure"``.
    note : str
        The rules that turned the object into these pixels, in words; empty where nothing was decided.
    """

    data: bytes = field(repr=False)
    media_type: MediaType
    width: int
    height: int
    source: str = "picture"
    note: str = ""

    @property
    def data_uri(self) -> str:
        """The picture as ``data:image/png;base64,…``: standard alphabet, padded, no line breaks."""
        return f"data:{self.media_type};base64,{base64.b64encode(self.data).decode('ascii')}"

    def to_pil(self) -> PILImage.Image:
        """Return the decoded picture as a Pillow image."""
        from PIL import Image as PILImage

        picture = PILImage.open(io.BytesIO(self.data))
        picture.load()
        return picture

    def __str__(self) -> str:
        kind = self.media_type.removeprefix("image/").upper()
        return f"{self.source}, {self.width}×{self.height} {kind}, {readable_bytes(len(self.data))}"

    def __repr__(self) -> str:
        return f"<Image: {self}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, object]:
        return {self.media_type: self.data, "text/plain": repr(self)}


def readable_bytes(count: int) -> str:
    """Return a number of bytes as people read it: ``812 B``, ``34 kB``, ``1.3 MB``."""
    if count < 1000:
        return f"{count} B"
    if count < 999_500:
        return f"{count / 1000:.0f} kB"
    return f"{count / 1_000_000:.1f} MB"
