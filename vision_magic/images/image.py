"""What is an Image? Encoded pixels with their kind, size and the rule that made them; or a picture's address."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["Image", "MediaType", "RemoteImage"]

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
    original : (int, int)
        Width and height before it was shrunk (pixels).
    quality : int or None
        Of a JPEG, 1 to 95; None where nothing was lost.
    """

    data: bytes = field(repr=False)
    media_type: MediaType
    width: int
    height: int
    source: str = "picture"
    note: str = ""
    original: tuple[int, int] = (0, 0)
    quality: int | None = None

    def __post_init__(self) -> None:
        if self.original == (0, 0):
            object.__setattr__(self, "original", (self.width, self.height))

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

    def thumbnail(self, height: int = 64) -> str:
        """Return a small copy as a data URI, twice as sharp as `height` (pixels), for screens that show it so."""
        from PIL import Image as PILImage

        small = self.to_pil().convert("RGB")
        small.thumbnail((8 * height, 2 * height), PILImage.Resampling.BOX, reducing_gap=2.0)
        buffer = io.BytesIO()
        small.save(buffer, "JPEG", quality=80)
        return f"data:image/jpeg;base64,{base64.b64encode(buffer.getvalue()).decode('ascii')}"

    def to_original(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the picture as sent lies in the picture before it was shrunk.

        Parameters
        ----------
        x, y : float
            In pixels from the top left corner; 0 and `width` are the outer edges.

        Returns
        -------
        (float, float)
            In pixels of the original, upright.
        """
        return x * self.original[0] / self.width, y * self.original[1] / self.height

    def __str__(self) -> str:
        kind = self.media_type.removeprefix("image/").upper()
        return f"{self.source}, {self.width}×{self.height} {kind}, {readable_bytes(len(self.data))}"

    def __repr__(self) -> str:
        return f"<Image: {self}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, object]:
        return {self.media_type: self.data, "text/plain": repr(self)}


@dataclass(frozen=True, slots=True)
class RemoteImage:
    """A picture that stays where it is: its address is sent, and the server fetches it.

    Attributes
    ----------
    address : str
        ``https://…``
    """

    address: str

    def __repr__(self) -> str:
        return f"<RemoteImage: {self.address.partition('?')[0][:100]}>"


def readable_bytes(count: int) -> str:
    """Return a number of bytes as people read it: ``812 B``, ``34 kB``, ``1.3 MB``."""
    if count < 1000:
        return f"{count} B"
    if count < 999_500:
        return f"{count / 1000:.0f} kB"
    return f"{count / 1_000_000:.1f} MB"
