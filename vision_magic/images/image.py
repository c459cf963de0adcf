"""Encoded images and remote image addresses."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from vision_magic.errors import ImageError
from vision_magic.reprs import short_repr
from vision_magic.text import clean_text, format_bytes

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["Image", "MediaType", "RemoteImage", "WholeImage"]

MediaType = Literal["image/png", "image/jpeg"]

_SUFFIXES: Final = {"image/png": (".png",), "image/jpeg": (".jpg", ".jpeg")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An encoded image, ready to be sent in a request.

    Attributes
    ----------
    data : bytes
        The encoded image, without metadata: no EXIF, GPS position, comments or colour profile.
    media_type : {"image/png", "image/jpeg"}
        PNG for images with flat colours (figures, screenshots), JPEG for photographs.
    width, height : int
        Size of the encoded image (pixels).
    source : str
        The kind of object the image was made from, such as ``"matplotlib figure"``.
    note : str
        The rules that turned the object into these pixels; empty if no decision was needed.
    original : (int, int)
        Width and height before the image was shrunk (pixels).
    quality : int or None
        JPEG quality, 1 to 95; None for lossless PNG.

    Examples
    --------
    >>> import vision_magic as vm
    >>> from PIL import Image
    >>> image = vm.as_image(Image.new("RGB", (4000, 1000), "navy"))
    >>> image.width, image.height, image.media_type
    (2048, 512, 'image/png')
    >>> image.to_original(1024, 256)
    (2000.0, 500.0)
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
        # They hold what others wrote, such as the name of a file, which need not be valid Unicode.
        object.__setattr__(self, "source", clean_text(self.source))
        object.__setattr__(self, "note", clean_text(self.note))
        if self.original == (0, 0):
            object.__setattr__(self, "original", (self.width, self.height))

    @property
    def data_uri(self) -> str:
        """The image as ``data:image/png;base64,…``: standard alphabet, padded, no line breaks."""
        return f"data:{self.media_type};base64,{base64.b64encode(self.data).decode('ascii')}"

    def save(self, path: str | Path) -> Path:
        """Write the encoded image to a file, and return its path.

        Parameters
        ----------
        path : str or Path
            The file, replaced if it exists; a name without a suffix gets the one of the image's format.

        Raises
        ------
        ImageError
            The suffix is that of another format, or the file cannot be written.
        """
        if not isinstance(path, str | Path) or not Path(path).name:
            raise ImageError(f"save got {short_repr(path)}; expected the path of a file, such as 'answer.png'.")
        file, suffixes = Path(path).expanduser(), _SUFFIXES[self.media_type]
        file = file if file.suffix else file.with_suffix(suffixes[0])
        if file.suffix.lower() not in suffixes:
            raise ImageError(
                f"save got {file.name!r}, and the image is {self.media_type}; expected a name that ends in "
                f"{suffixes[0]}. To write another format: image.to_pil().save(path)."
            )
        try:
            file.write_bytes(self.data)
        except (OSError, ValueError) as error:
            raise ImageError(f"{file} could not be written ({error}). Check that its folder exists.") from None
        return file

    def to_pil(self) -> PILImage.Image:
        """Decode the image to a Pillow image."""
        from PIL import Image as PILImage

        image = PILImage.open(io.BytesIO(self.data))
        image.load()
        return image

    def thumbnail(self, height: int = 64) -> str:
        """Return a small JPEG copy as a data URI.

        Parameters
        ----------
        height : int
            Height at which it is displayed (CSS pixels). The copy is twice as high, for high-density screens.
        """
        from PIL import Image as PILImage

        small = self.to_pil().convert("RGB")
        small.thumbnail((8 * height, 2 * height), PILImage.Resampling.BOX, reducing_gap=2.0)
        buffer = io.BytesIO()
        small.save(buffer, "JPEG", quality=80)
        return f"data:image/jpeg;base64,{base64.b64encode(buffer.getvalue()).decode('ascii')}"

    def to_original(self, x: float, y: float) -> tuple[float, float]:
        """Map a point of the encoded image to the image before it was shrunk.

        Parameters
        ----------
        x, y : float
            Position in pixels from the top left corner; 0 and `width` are the outer edges.

        Returns
        -------
        (float, float)
            Position in pixels of the original, which is upright.
        """
        return x * self.original[0] / self.width, y * self.original[1] / self.height

    def __str__(self) -> str:
        kind = self.media_type.removeprefix("image/").upper()
        return f"{self.source}, {self.width}×{self.height} {kind}, {format_bytes(len(self.data))}"

    def __repr__(self) -> str:
        return f"<Image: {self}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, object]:
        return {self.media_type: self.data, "text/plain": repr(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeImage(Image):
    """An image in its full size, such as one that a model made; it is prepared like any picture before it is sent."""

    __repr__ = Image.__repr__  # a dataclass would make another one


@dataclass(frozen=True, slots=True)
class RemoteImage:
    """An image that the server fetches itself: only its address is sent.

    Attributes
    ----------
    address : str
        ``https://…``
    """

    address: str

    def __repr__(self) -> str:
        return f"<RemoteImage: {self.address.partition('?')[0][:100]}>"
