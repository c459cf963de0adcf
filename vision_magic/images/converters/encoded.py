"""How are encoded pictures opened: bytes, files, Pillow's own, and what IPython and ipywidgets hold?"""

from __future__ import annotations

import io
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vision_magic.errors import ImageError
from vision_magic.images.image import Image, RemoteImage, readable_bytes
from vision_magic.images.registry import ConvertedImage, converts
from vision_magic.images.safe import MAX_BYTES, check_size, in_srgb, open_image, upright

if TYPE_CHECKING:
    from PIL import Image as PILImage


@converts("PIL.Image.Image")
def _from_pil(picture: PILImage.Image) -> ConvertedImage:
    if 0 in picture.size:
        raise ImageError(f"The Pillow image is {picture.width}×{picture.height}; expected at least 1×1.")
    check_size(picture.size, fix=lambda step: f"Shrink it first: image.reduce({step}).")
    try:
        frames = getattr(picture, "n_frames", 1)
        picture.load()  # an opened file is read only now
        pixels, turned = upright(picture)
        pixels, coloured = in_srgb(pixels)
    except Exception as error:  # Pillow's decoders raise many kinds for damaged data
        raise ImageError(
            f"The Pillow image cannot be read ({type(error).__name__}: {error}). Is its file whole, and still open?"
        ) from error
    notes = (f"frame {picture.tell() + 1} of {frames}",) if frames > 1 else ()
    return ConvertedImage(pixels=pixels, source="Pillow image", notes=notes + turned + coloured)


@converts(f"{Image.__module__}.{Image.__qualname__}")
def _from_image(image: Image) -> ConvertedImage:
    return ConvertedImage(pixels=image.to_pil(), source=image.source, notes=(image.note,) if image.note else ())


@converts(f"{RemoteImage.__module__}.{RemoteImage.__qualname__}")
def _from_address(image: RemoteImage) -> object:
    raise ImageError(
        f"{image!r} is an address, which is sent as it is: its pixels are not here. To have them: "
        "vision_magic.url(…, fetch=True)."
    )


@converts("builtins.bytearray")
@converts("builtins.bytes")
def _from_bytes(data: bytes | bytearray) -> ConvertedImage:
    pixels, notes = open_image(bytes(data))
    return ConvertedImage(pixels=pixels, source=f"{pixels.format or 'encoded'} bytes", notes=notes)


@converts("pathlib.Path")
def _from_path(path: Path) -> ConvertedImage:
    try:
        pixels, notes = open_image(_contents(path))
    except ImageError as error:
        raise ImageError(f"{path}: {error}") from None
    return ConvertedImage(pixels=pixels, source=f"file {path.name}", notes=notes)


def _contents(path: Path) -> bytes:
    try:
        found = path.stat()
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
            raise ImageError("It is no file but a device or a pipe, which may never end; read it and pass the bytes.")
        if found.st_size > MAX_BYTES:
            raise ImageError(f"It holds {readable_bytes(found.st_size)}; the limit is {readable_bytes(MAX_BYTES)}.")
        return path.read_bytes()
    except OSError as error:
        raise ImageError(f"It cannot be read: {error.strerror}. Is the path right, from {Path.cwd()}?") from None
    except ImageError:
        raise
    except ValueError as error:  # a path that no system has, such as one with a NUL
        raise ImageError(f"It cannot be read: {error}.") from None


@converts("tempfile._TemporaryFileWrapper")
@converts("io.IOBase")
def _from_open_file(file: Any) -> ConvertedImage:
    """Read an open file from its beginning and leave it where it stood."""
    if isinstance(file, io.TextIOBase) or "b" not in getattr(file, "mode", "b"):
        raise ImageError("The file is open as text; expected one opened as bytes: open(path, 'rb').")
    pixels, notes = open_image(_read(file))
    return ConvertedImage(pixels=pixels, source="open file", notes=notes)


def _read(file: Any) -> bytes:
    try:
        place = file.tell() if file.seekable() else None
        if place is not None:
            file.seek(0)
        data = file.read(MAX_BYTES + 1)  # more than the cap is enough to refuse it
        if place is not None:
            file.seek(place)
    except (OSError, ValueError) as error:
        raise ImageError(f"The open file cannot be read ({error}). Is it closed, or open for writing?") from None
    return bytes(data or b"")


@converts("IPython.core.display.Image")
def _from_ipython(image: Any) -> ConvertedImage:
    """Take the bytes that IPython holds; what it shows by its address, only the browser fetches."""
    data = image.data
    if not data:
        raise ImageError(
            f"The IPython image is shown from an address, {str(image.url)[:100]}, and its pixels are not here. "
            "Expected one with embed=True, or name the address: vision_magic.url(…, fetch=True)."
        )
    pixels, notes = open_image(data.encode("latin-1", "replace") if isinstance(data, str) else bytes(data))
    return ConvertedImage(pixels=pixels, source="IPython image", notes=notes)


@converts("ipywidgets.widgets.widget_media.Image")
def _from_widget(widget: Any) -> ConvertedImage:
    if str(widget.format).lower() == "url":
        raise ImageError(
            "The Image widget holds an address and no pixels; expected one with the picture itself, or "
            "vision_magic.url(…, fetch=True)."
        )
    pixels, notes = open_image(bytes(widget.value))
    return ConvertedImage(pixels=pixels, source="Image widget", notes=notes)
