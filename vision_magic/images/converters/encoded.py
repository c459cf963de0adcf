"""Converters for encoded data, files, and the image classes of Pillow, IPython and ipywidgets."""

from __future__ import annotations

import io
import itertools
import math
import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from vision_magic.errors import ImageError
from vision_magic.images.decode import MAX_BYTES, apply_orientation, check_size, decode_image, to_srgb
from vision_magic.images.image import Image, RemoteImage
from vision_magic.images.registry import ConvertedImage, converts
from vision_magic.naming import near_miss
from vision_magic.text import format_bytes, one_line

if TYPE_CHECKING:
    from PIL import Image as PILImage

PICTURE_SUFFIXES: Final = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff")
_MAX_NAMES: Final = 10_000  # files of a folder in which a similar name is looked for


@converts("PIL.Image.Image")
def _from_pil(image: PILImage.Image) -> ConvertedImage:
    if 0 in image.size:
        raise ImageError(f"The Pillow image is {image.width}×{image.height}; expected at least 1×1.")
    check_size(image.size, fix=lambda step: f"Shrink it first: image.reduce({step}).")
    try:
        frames = getattr(image, "n_frames", 1)
        image.load()  # Pillow reads an opened file only now
        pixels, orientation = apply_orientation(image)
        pixels, colour = to_srgb(pixels)
    except Exception as error:  # Pillow's decoders raise many kinds of exceptions for damaged data
        raise ImageError(
            f"The Pillow image cannot be read ({type(error).__name__}: {error}). "
            "Check that its file is complete and still open."
        ) from error
    notes = (f"frame {image.tell() + 1} of {frames}",) if frames > 1 else ()
    return ConvertedImage(pixels=pixels, source="Pillow image", notes=notes + orientation + colour)


@converts(f"{Image.__module__}.{Image.__qualname__}")
def _from_image(image: Image) -> ConvertedImage:
    return ConvertedImage(pixels=image.to_pil(), source=image.source, notes=(image.note,) if image.note else ())


@converts(f"{RemoteImage.__module__}.{RemoteImage.__qualname__}")
def _from_remote_image(image: RemoteImage) -> object:
    raise ImageError(
        f"{image!r} is only an address, which the server fetches; its pixels are not available here. "
        "To fetch them here, use vision_magic.url(…, fetch=True)."
    )


@converts("builtins.bytearray")
@converts("builtins.bytes")
def _from_bytes(data: bytes | bytearray) -> ConvertedImage:
    pixels, notes = decode_image(bytes(data))
    return ConvertedImage(pixels=pixels, source=f"{pixels.format or 'encoded'} bytes", notes=notes)


@converts("pathlib.Path")
def _from_path(path: Path) -> ConvertedImage:
    try:
        pixels, notes = decode_image(_read_path(_with_home(path)))
    except ImageError as error:
        raise ImageError(f"{path}: {error}") from None
    return ConvertedImage(pixels=pixels, source=f"file {one_line(path.name)}", notes=notes)


def read_path(path: Path) -> bytes:
    """Return the bytes of a file; ``~`` is the home folder.

    Raises
    ------
    ImageError
        It cannot be read, is not a file, or has more than `MAX_BYTES` bytes.
    """
    try:
        return _read_path(_with_home(path))
    except ImageError as error:
        raise ImageError(f"{path}: {error}") from None


def open_file(path: Path) -> BinaryIO:
    """Open a file of any size for reading bytes; parameters and errors as for `read_path`."""
    try:
        return _opened(_with_home(path))
    except ImageError as error:
        raise ImageError(f"{path}: {error}") from None


def _with_home(path: Path) -> Path:
    """Return a path whose ``~`` or ``~user`` is replaced by the home folder, as a shell does."""
    try:
        return path if os.path.lexists(path) else path.expanduser()  # a file may have such a name
    except ValueError:  # a NUL, which is an error when it is read
        return path
    except RuntimeError:
        raise ImageError("It begins with the home folder of a user who is not known here; write it out.") from None


def _read_path(path: Path) -> bytes:
    with _opened(path, MAX_BYTES) as file:
        try:
            return file.read(MAX_BYTES + 1)  # not more, since it may grow, and files of /proc state no size
        except OSError as error:
            raise ImageError(f"It cannot be read: {error.strerror}.") from None


def _opened(path: Path, limit: float = math.inf) -> BinaryIO:
    """Open a file that has at most `limit` bytes."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ImageError(f"It is a directory; expected a file{_pictures_in(path)}.")
        if not stat.S_ISREG(status.st_mode):
            raise ImageError("It is a device or a pipe, which may be endless; read it yourself and pass the bytes.")
        if status.st_size > limit:
            raise ImageError(
                f"The file has {format_bytes(status.st_size)}; the limit is {format_bytes(MAX_BYTES)}. "
                "Save it at a smaller size."
            )
        return path.open("rb")
    except FileNotFoundError as error:
        raise ImageError(f"It cannot be read: {error.strerror}{_nearest(path)}.") from None
    except OSError as error:
        raise ImageError(
            f"It cannot be read: {error.strerror}. Check the path, relative to {_working_directory()}."
        ) from None
    except ImageError:
        raise
    except ValueError as error:  # an impossible path, such as one with a NUL
        raise ImageError(f"It cannot be read: {error}. Check the path.") from None


def _nearest(path: Path) -> str:
    """Return the end of a message on a missing file: a file with a similar name, or what is missing."""
    if address := re.match(r"(https?):/+", str(path)):
        rest = str(path)[address.end() :]
        return f". It is an address, not a file: vision_magic.url({f'{address[1]}://{rest}'!r})"
    check = f". Check the path, relative to {_working_directory()}"
    folder = next((parent for parent in path.parents if _is_folder(parent)), None)
    if folder is not None and folder != path.parent:
        return f"; the folder {path.relative_to(folder).parts[0]!r} does not exist in {folder}{check}"
    close = near_miss(path.name, _names_in(path.parent))
    return f"{close}{check}"


def _pictures_in(folder: Path) -> str:
    """Return an example of a picture in a folder."""
    names = sorted(name for name in _names_in(folder) if Path(name).suffix.lower() in PICTURE_SUFFIXES)
    return f", such as {(folder / names[0]).as_posix()!r}" if names else ""


def _names_in(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in itertools.islice(entries, _MAX_NAMES)]
    except OSError:
        return []


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _working_directory() -> str:
    try:
        return str(Path.cwd())
    except OSError:  # it was deleted
        return "a working directory that no longer exists"


@converts("tempfile._TemporaryFileWrapper")
@converts("io.IOBase")
def _from_open_file(file: Any) -> ConvertedImage:
    """Read an open file from the beginning, and restore its position."""
    if isinstance(file, io.TextIOBase) or "b" not in getattr(file, "mode", "b"):
        raise ImageError("The file is open in text mode; expected binary mode: open(path, 'rb').")
    pixels, notes = decode_image(read_file(file))
    return ConvertedImage(pixels=pixels, source="open file", notes=notes)


def read_file(file: Any) -> bytes:
    """Return the content of an open file from its beginning, and restore its position."""
    try:
        position = file.tell() if file.seekable() else None
        if position is not None:
            file.seek(0)
        data = file.read(MAX_BYTES + 1)  # one byte over the limit is enough to refuse it
        if position is not None:
            file.seek(position)
    except (OSError, ValueError) as error:
        raise ImageError(
            f"The open file cannot be read ({error}). Check that it is not closed, and open for reading."
        ) from None
    return bytes(data or b"")


@converts("IPython.core.display.Image")
def _from_ipython(image: Any) -> ConvertedImage:
    """Decode the data of an IPython image; an image with only an address is fetched by the browser, not here."""
    data = image.data
    if not data:
        raise ImageError(
            f"The IPython image has only an address, {str(image.url)[:100]}; its pixels are not available here. "
            "Expected one with embed=True, or use vision_magic.url(…, fetch=True)."
        )
    pixels, notes = decode_image(data.encode("latin-1", "replace") if isinstance(data, str) else bytes(data))
    return ConvertedImage(pixels=pixels, source="IPython image", notes=notes)


@converts("ipywidgets.widgets.widget_media.Image")
def _from_widget(widget: Any) -> ConvertedImage:
    if str(widget.format).lower() == "url":
        raise ImageError(
            "The Image widget has an address and no pixels. Expected one with data, or use "
            "vision_magic.url(…, fetch=True)."
        )
    pixels, notes = decode_image(bytes(widget.value))
    return ConvertedImage(pixels=pixels, source="Image widget", notes=notes)
