"""Frames of video files, by PyAV.

FFmpeg is told the container by the first bytes of the file and reads an open file, so that a playlist that calls itself
a video opens nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from vision_magic.errors import ImageError
from vision_magic.images.decode import check_size
from vision_magic.images.registry import reason_of

__all__ = ["VIDEO_FORMATS", "Frame", "evenly", "video_frames"]

VIDEO_FORMATS: Final[Mapping[str, str]] = {
    "MP4 video": "mp4",
    "Matroska or WebM video": "matroska",
    "AVI video": "avi",
}
"""FFmpeg's names of the containers that are read, by the names of their formats here."""

_SHORT: Final = 1_000  # frames; a longer video is sought in, which is not worth it for a shorter one


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame.

    Attributes
    ----------
    pixels : object
        What `as_image` accepts.
    number : int
        Its place, from 0.
    count : int
        The number of frames; 0 if it is not known.
    time : float or None
        When it is shown (seconds).
    """

    pixels: Any
    number: int
    count: int = 0
    time: float | None = None

    @property
    def name(self) -> str:
        """The name of the frame, such as ``frame 3 of 240 at 0.08 s``."""
        place = f" {self.number + 1} of {self.count}" if self.count else ""
        return f"frame{place}{'' if self.time is None else f' at {_clock(self.time)}'}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds, 2), 60)
    if not minutes:
        return f"{rest:.2f} s"
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours}:{minutes:02}:{rest:05.2f}" if hours else f"{minutes}:{rest:05.2f}"


def evenly(n: int, count: int) -> list[int]:
    """Return at most `n` places from 0 to `count` - 1 at even distances, the first and the last among them."""
    if n >= count:
        return list(range(count))
    return [math.floor(at * (count - 1) / (n - 1) + 0.5) for at in range(n)] if n > 1 else [count // 2]


def video_frames(file: BinaryIO, container: str, n: int, name: str) -> list[Frame]:
    """Return `n` frames of a video at even distances of time.

    Raises
    ------
    ImageError
        PyAV is not installed, or the file is damaged or states no length.
    """
    try:
        import av
    except ImportError:
        raise ImageError('The frames of a video need PyAV: pip install "vision-magic[video]"') from None
    try:
        with av.open(file, format=container) as opened:
            found = list(_frames(opened, n, name))
    except ImageError:
        raise
    except (av.error.FFmpegError, ValueError, OSError, MemoryError) as error:
        raise ImageError(
            f"{name}: The video cannot be decoded ({getattr(error, 'strerror', '') or reason_of(error)}). "
            "Save it again, such as with ffmpeg -i video new.mp4."
        ) from None
    if not found:
        raise ImageError(f"{name}: The video has no frame that can be decoded. Save or download it again.")
    return found


def _frames(opened: Any, n: int, name: str) -> Iterator[Frame]:
    if not opened.streams.video:
        raise ImageError(f"{name}: It has sound and no pictures; expected a video.")
    stream = opened.streams.video[0]
    check_size((stream.codec_context.width, stream.codec_context.height))
    stream.thread_type = "AUTO"
    rate = float(stream.average_rate or 25)
    start = float((stream.start_time or 0) * stream.time_base)
    length = _length(opened, stream)
    if not length:
        raise ImageError(f"{name}: The video does not state its length. Copy it: ffmpeg -i video -c copy new.mp4.")
    count = max(1, round(length * rate))
    times = [start + at / rate for at in evenly(n, count)]
    pick = _in_one_pass if count <= _SHORT else _by_seeking
    for picture, time in pick(opened, stream, times, 0.5 / rate):
        yield Frame(picture, 0, 0, max(0.0, time - start))


def _length(opened: Any, stream: Any) -> float:
    """Return the length of a video in seconds; 0 if it is not stated."""
    if stream.duration:
        return float(stream.duration * stream.time_base)
    return float(opened.duration or 0) / 1_000_000


def _in_one_pass(opened: Any, stream: Any, times: list[float], tolerance: float) -> Iterator[tuple[Any, float]]:
    """Yield the frame for each time; where the stream ends early, the last one."""
    left = list(times)
    frame = None
    for frame in opened.decode(stream):
        if left and _time(frame) >= left[0] - tolerance:
            yield _upright(frame), _time(frame)
            while left and _time(frame) >= left[0] - tolerance:
                left.pop(0)
        if not left:
            return
    if left and frame is not None:
        yield _upright(frame), _time(frame)


def _by_seeking(opened: Any, stream: Any, times: list[float], tolerance: float) -> Iterator[tuple[Any, float]]:
    shown = -1.0
    for time in times:
        opened.seek(int(time / stream.time_base), stream=stream)  # to the key frame before it
        frame = None
        for frame in opened.decode(stream):
            if _time(frame) >= time - tolerance:
                break
        if frame is not None and _time(frame) > shown:
            shown = _time(frame)
            yield _upright(frame), shown


def _time(frame: Any) -> float:
    return 0.0 if frame.time is None else float(frame.time)


def _upright(frame: Any) -> Any:
    """Return a frame as a Pillow image, turned as players do: phones record sideways."""
    check_size((frame.width, frame.height))
    picture = frame.to_image()
    angle = getattr(frame, "rotation", 0)
    return picture.rotate(angle, expand=True) if angle % 360 else picture
