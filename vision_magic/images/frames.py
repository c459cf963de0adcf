"""Frames of a stack, an animation or a video, evenly spaced, as images or on one contact sheet."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Literal, overload

from vision_magic.errors import ImageError
from vision_magic.images.contact_sheet import contact_sheet
from vision_magic.images.converters.arrays import is_array_like
from vision_magic.images.converters.encoded import open_file, read_file
from vision_magic.images.decode import FORMATS, check_size
from vision_magic.images.encode import encode_whole
from vision_magic.images.file_formats import format_of
from vision_magic.images.image import Image
from vision_magic.images.lazy_types import is_instance, type_name
from vision_magic.images.options import ImageOptions
from vision_magic.images.registry import ConvertedImage, convert_object, reason_of
from vision_magic.images.video import VIDEO_FORMATS, Frame, evenly, video_frames
from vision_magic.reprs import short_repr
from vision_magic.text import one_line

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["frames"]

_MAX_FRAMES: Final = 64  # of one call, as many as one request may have pictures
_MAX_WORK: Final = 2_000_000_000  # pixels of an animation up to the last frame wanted, each of which is decoded
_MAX_DRAWN: Final = 1000  # frames of a matplotlib animation, each of which is drawn
_HEAD: Final = 2000  # bytes that tell the format of data
_LABEL: Final = 20  # integers from -1 to this are labels in every frame
_FILES: Final = "expected a GIF, WebP, APNG, TIFF, MP4, MOV, WebM, Matroska or AVI file"
_EXPECTED: Final = (
    "expected an array (T, H, W) or (T, H, W, C), a list of pictures, an animation, or the path of a GIF, WebP, APNG, "
    "TIFF or video file"
)


@overload
def frames(
    source: object,
    n: int = ...,
    *,
    sheet: Literal[False] = ...,
    fps: float | None = ...,
    range: tuple[float, float] | None = ...,
    cmap: str | Callable[..., Any] | None = ...,
) -> list[Image]: ...


@overload
def frames(
    source: object,
    n: int = ...,
    *,
    sheet: Literal[True],
    fps: float | None = ...,
    range: tuple[float, float] | None = ...,
    cmap: str | Callable[..., Any] | None = ...,
) -> Image: ...


def frames(
    source: object,
    n: int = 8,
    *,
    sheet: bool = False,
    fps: float | None = None,
    range: tuple[float, float] | None = None,
    cmap: str | Callable[..., Any] | None = None,
) -> list[Image] | Image:
    """Return frames at even distances, from the first to the last, to be used like any other pictures.

    Parameters
    ----------
    source : object
        - an array of shape (T, H, W) or (T, H, W, C), of any library; only the chosen frames are read;
        - a list of pictures of any kind;
        - an animated Pillow image, or a matplotlib animation, which is drawn;
        - the path of a GIF, WebP, APNG or TIFF file, or its bytes, or a file opened for reading bytes;
        - likewise an MP4, MOV, WebM, Matroska or AVI video, with PyAV: ``pip install "vision-magic[video]"``.
    n : int
        Number of frames (1 to 64). If there are fewer, all are returned.
    sheet : bool
        Return one image with all frames and their names instead: one picture costs fewer tokens than several.
    fps : float, optional
        Frames per second of what states no times itself, such as a stack or a list.
    range : (float, float), optional
        Array values that are shown as black and white; by default the same for all frames, from their least value to
        their greatest where a single array would be scaled.
    cmap : str or callable, optional
        Matplotlib colour map for frames of shape (H, W).

    Returns
    -------
    list of Image, or Image
        `Image.source` is the name of the frame: ``"frame 25 of 240 at 1.00 s"``.

    Raises
    ------
    ImageError
        The source has no frames or cannot be read.

    Examples
    --------
    >>> import numpy as np
    >>> import vision_magic as vm
    >>> stack = np.zeros((100, 48, 64), np.uint8)
    >>> [image.source for image in vm.frames(stack, 3, fps=10)]
    ['frame 1 of 100 at 0.00 s', 'frame 51 of 100 at 5.00 s', 'frame 100 of 100 at 9.90 s']
    """
    if isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= _MAX_FRAMES:
        raise ImageError(f"n got {short_repr(n)}; expected a number of frames from 1 to {_MAX_FRAMES}.")
    if fps is not None and (isinstance(fps, bool) or not isinstance(fps, int | float) or not 0 < fps < 1e6):
        raise ImageError(f"fps got {short_repr(fps)}; expected frames per second, such as 25.")
    options = ImageOptions(range=range, cmap=cmap)
    found, file = _frames_of(source, n)
    if not found:
        raise ImageError("The source has no frames; expected at least one.")
    if fps is not None:
        found = [frame if frame.time is not None else replace(frame, time=frame.number / fps) for frame in found]
    converted = [_converted(frame) for frame in found]
    if options.range is None and (common := _common_range([one.pixels for one in converted])):
        options = replace(options, range=common)
    images = [_encoded(one, options) for one in converted]
    if sheet:
        return contact_sheet(images, f"contact sheet of {len(images)} frames{file}")
    return [replace(image, source=f"{image.source}{file}") for image in images]


def _frames_of(source: Any, n: int) -> tuple[list[Frame], str]:
    """Return the chosen frames, and the end of their names if they are of a file."""
    kind = type(source)
    if issubclass(kind, str | Path):
        path = Path(source)
        with open_file(path) as file:
            return _in_file(file, n, str(path)), f", file {one_line(path.name)}"
    if issubclass(kind, bytes | bytearray):
        return _in_file(io.BytesIO(source), n, "frames"), ""
    if issubclass(kind, io.IOBase) and not issubclass(kind, io.TextIOBase):
        return _in_file(source, n, "frames"), ""
    if is_instance(source, "PIL.Image.Image"):
        return _in_animation(source, n), ""
    if is_instance(source, "matplotlib.animation.Animation"):
        return _drawn(source, n), ""
    if issubclass(kind, list | tuple) or (is_array_like(source) and _checked_stack(source)):
        return [Frame(source[at], at, len(source)) for at in evenly(n, len(source))], ""
    raise ImageError(f"frames got {type_name(source)}; {_EXPECTED}.")


def _checked_stack(array: Any) -> bool:
    """Return True; raise `ImageError` if an array is not a stack of frames by its shape."""
    shape = tuple(int(side) for side in array.shape)
    if len(shape) == 3 and shape[2] in (3, 4) and shape[0] > 4:
        raise ImageError(f"frames got an array of shape {shape}, which is one picture; {_EXPECTED}.")
    if len(shape) not in (3, 4):
        raise ImageError(f"frames got an array of shape {shape}; {_EXPECTED}.")
    return True


def _converted(frame: Frame) -> ConvertedImage:
    name = frame.name
    try:
        one = convert_object(frame.pixels)
    except ImageError as error:
        raise ImageError(f"{name}: {error}") from None
    return ConvertedImage(pixels=one.pixels, source=name, notes=one.notes)


def _encoded(frame: ConvertedImage, options: ImageOptions) -> Image:
    try:
        return encode_whole(frame, options)
    except ImageError as error:
        raise ImageError(f"{frame.source}: {error}") from None


def _common_range(arrays: Sequence[Any]) -> tuple[float, float] | None:
    """Return the values that are black and white in all frames, where each array alone would be scaled by its own.

    Frames that are scaled one by one cannot be compared.
    """
    if not all(is_instance(one, "numpy.ndarray") and one.ndim == 2 and _is_scaled(one.dtype) for one in arrays):
        return None
    import numpy as np

    values = [found for one in arrays if (found := np.ma.masked_invalid(one).compressed()).size]
    if not values:
        return None
    low, high = min(float(found.min()) for found in values), max(float(found.max()) for found in values)
    if all(one.dtype.kind == "f" for one in arrays):
        kept = low >= 0 and high <= 1
    else:
        kept = low >= -1 and high <= _LABEL
        low, high = (0, 255) if low >= 0 and high <= 255 else (low, high)
    return None if kept or low == high else (low, high)


def _is_scaled(dtype: Any) -> bool:
    return dtype.kind in "iuf" and str(dtype.newbyteorder("=")) not in ("uint8", "uint16")


# -- files and animations --------------------------------------------------------------------------------------


def _in_file(file: BinaryIO, n: int, name: str) -> list[Frame]:
    """Return frames of an open file by its format; a video is not read whole."""
    try:
        file.seek(0)
        found = format_of(file.read(_HEAD))
        file.seek(0)
    except (OSError, ValueError) as error:
        raise ImageError(f"{name}: The file cannot be read ({error}). Check that it is open.") from None
    if found is not None and found.name in VIDEO_FORMATS:
        return video_frames(file, VIDEO_FORMATS[found.name], n, name)
    from PIL import Image as PILImage

    try:
        image = PILImage.open(io.BytesIO(read_file(file)), formats=FORMATS)
    except ImageError:
        raise
    except Exception as error:  # Pillow's decoders raise many kinds of exceptions for damaged data
        known, advice = (f" in the format {found.name}", f" {found.advice}") if found else ("", "")
        raise ImageError(f"{name}: data{known} could not be read ({type(error).__name__}); {_FILES}.{advice}") from None
    with image:
        return _in_animation(image, n)


def _in_animation(image: PILImage.Image, n: int) -> list[Frame]:
    """Return frames of an animated Pillow image, which stays at its frame. Each frame builds on those before it."""
    check_size(image.size)
    before = image.tell()
    try:
        count = getattr(image, "n_frames", 1)
        if count * image.width * image.height > _MAX_WORK:
            raise ImageError(
                f"The animation has {count:,} frames of {image.width}×{image.height} pixels, too many to decode. Cut "
                "it, or pass a list of some frames."
            )
        return _decoded(image, evenly(n, count), count)
    except ImageError:
        raise
    except Exception as error:  # as above
        raise ImageError(f"The animation is damaged ({reason_of(error)}). Save or download it again.") from None
    finally:
        with contextlib.suppress(Exception):
            image.seek(before)


def _decoded(image: PILImage.Image, picked: Sequence[int], count: int) -> list[Frame]:
    found: list[Frame] = []
    time, timed = 0.0, False
    for at in range(picked[-1] + 1):
        image.seek(at)
        check_size(image.size)
        image.load()
        duration = image.info.get("duration")
        timed = timed or bool(duration)
        if at in picked:
            found.append(Frame(image.copy(), at, count, time))
        time += float(duration or 0) / 1000
    return found if timed else [replace(frame, time=None) for frame in found]


def _drawn(animation: Any, n: int) -> list[Frame]:
    """Return frames of a matplotlib animation, which is drawn from its beginning."""
    from matplotlib.animation import AbstractMovieWriter

    pictures: list[bytes] = []

    class Grabber(AbstractMovieWriter):
        def setup(self, fig: Any, outfile: Any, dpi: Any = None) -> None:
            self.fig, self.dpi = fig, fig.dpi

        def grab_frame(self, **options: Any) -> None:
            if len(pictures) >= _MAX_DRAWN:
                raise ImageError(f"The animation has more than {_MAX_DRAWN} frames; give it fewer with save_count=….")
            data = io.BytesIO()
            self.fig.savefig(data, format="png", dpi=self.dpi)
            pictures.append(data.getvalue())

        def finish(self) -> None:
            pass

    interval = getattr(animation.event_source, "interval", None)
    animation.save("frames", writer=Grabber())
    count = len(pictures)
    return [Frame(pictures[at], at, count, at * interval / 1000 if interval else None) for at in evenly(n, count)]
