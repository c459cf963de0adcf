"""Frames of stacks, animations and videos: which are chosen, what they are called, and what is refused."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from matplotlib.animation import FuncAnimation
from matplotlib.figure import Figure
from PIL import Image as PILImage

import vision_magic as vm
from vision_magic.errors import ImageError
from vision_magic.images import frames as module, video

COUNT = 30
STACK = np.stack([np.full((48, 64), 8 * number, np.uint8) for number in range(COUNT)])


def animation(kind: str, durations: Any = 100) -> bytes:
    """Return an animation whose frames have the brightness of those of `STACK`."""
    first, *others = (PILImage.fromarray(frame).convert("RGB") for frame in STACK)
    data = io.BytesIO()
    lossless = {"lossless": True} if kind == "WEBP" else {}
    first.save(data, kind, save_all=True, append_images=others, duration=durations, **lossless)
    return data.getvalue()


def movie(container: str = "mp4", pictures: list[PILImage.Image] | None = None) -> bytes:
    data = io.BytesIO()
    with av.open(data, "w", format=container) as opened:
        stream: Any = opened.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for picture in pictures or [PILImage.fromarray(frame).convert("RGB") for frame in STACK]:
            opened.mux(stream.encode(av.VideoFrame.from_image(picture)))
        opened.mux(stream.encode())
    return data.getvalue()


def numbers(images: list[vm.Image]) -> list[int]:
    """Return the places of frames by their brightness."""
    levels: list[Any] = [image.to_pil().convert("L").getpixel((5, 5)) for image in images]
    return [round(level / 8) for level in levels]


# Which frames


@pytest.mark.parametrize(
    ("n", "count", "places"),
    [
        (1, 30, [15]),
        (2, 30, [0, 29]),
        (3, 31, [0, 15, 30]),
        (4, 4, [0, 1, 2, 3]),
        (8, 3, [0, 1, 2]),
        (5, 6, [0, 1, 3, 4, 5]),
        (64, 1, [0]),
        (3, 0, []),
    ],
)
def test_places_are_even_and_never_twice(n: int, count: int, places: list[int]) -> None:
    assert video.evenly(n, count) == places


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(STACK, id="an array"),
        pytest.param(STACK[..., None].repeat(3, axis=3), id="colours"),
        pytest.param(list(STACK), id="a list of arrays"),
        pytest.param([PILImage.fromarray(frame) for frame in STACK], id="a list of Pillow images"),
        pytest.param(animation("GIF"), id="GIF"),
        pytest.param(animation("WEBP"), id="WebP"),
        pytest.param(animation("PNG"), id="APNG"),
        pytest.param(animation("TIFF"), id="TIFF"),
        pytest.param(PILImage.open(io.BytesIO(animation("GIF"))), id="a Pillow image"),
        pytest.param(movie("mp4"), id="MP4"),
        pytest.param(movie("mov"), id="MOV"),
        pytest.param(movie("matroska"), id="Matroska"),
        pytest.param(movie("avi"), id="AVI"),
        pytest.param(io.BytesIO(movie("mp4")), id="an open file"),
    ],
)
def test_every_kind_of_source_gives_the_same_frames(source: Any) -> None:
    found = numbers(vm.frames(source, 4))
    assert all(abs(one - other) <= 1 for one, other in zip(found, [0, 10, 19, 29], strict=True)), found
    assert len(vm.frames(source, 64)) == COUNT


@pytest.mark.parametrize("container", ["mp4", "matroska"])
def test_a_long_video_is_sought_in(container: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video, "_SHORT", 0)
    found = numbers(vm.frames(movie(container), 4))
    assert all(abs(one - other) <= 1 for one, other in zip(found, [0, 10, 19, 29], strict=True)), found


# Names and times


def test_a_name_has_the_place_and_the_time_of_its_frame(tmp_path: Path) -> None:
    (tmp_path / "cells.gif").write_bytes(animation("GIF", [100, 200, *[50] * (COUNT - 2)]))
    (tmp_path / "cells.mp4").write_bytes(movie())
    for file, names in (
        ("cells.gif", ["frame 1 of 30 at 0.00 s", "frame 16 of 30 at 0.95 s", "frame 30 of 30 at 1.65 s"]),
        ("cells.mp4", ["frame at 0.00 s", "frame at 1.50 s", "frame at 2.90 s"]),
    ):
        for path in (tmp_path / file, str(tmp_path / file)):
            assert [one.source for one in vm.frames(path, 3)] == [f"{name}, file {file}" for name in names]


@pytest.mark.parametrize(
    ("source", "fps", "name"),
    [
        pytest.param(STACK, None, "frame 30 of 30", id="a stack has no times"),
        pytest.param(STACK, 10, "frame 30 of 30 at 2.90 s", id="unless they are given"),
        pytest.param(STACK, 0.1, "frame 30 of 30 at 4:50.00", id="in minutes"),
        pytest.param(STACK, 0.001, "frame 30 of 30 at 8:03:20.00", id="in hours"),
        pytest.param(animation("TIFF"), 10, "frame 30 of 30 at 2.90 s", id="a TIFF has none"),
        pytest.param(animation("GIF"), 99, "frame 30 of 30 at 2.90 s", id="those of a file count"),
    ],
)
def test_times_are_those_of_the_source_or_given(source: Any, fps: float | None, name: str) -> None:
    assert vm.frames(source, 2, fps=fps)[-1].source == name


def test_a_video_of_a_phone_is_turned_upright() -> None:
    """Phones record sideways, and state in the track how far players turn it: here by a quarter, clockwise."""
    picture = PILImage.new("RGB", (64, 48))
    picture.paste("white", (0, 0, 32, 48))  # the left half, which becomes the upper one
    data = movie("mp4", [picture] * 3)
    one, minus = b"\0\1\0\0", b"\xff\xff\0\0"
    place = data.index(b"tkhd") + 4 + 40
    assert data[place : place + 4] == one
    matrix = bytes(4) + one + bytes(4) + minus + bytes(8)
    [turned] = vm.frames(data[:place] + matrix + data[place + 24 :], 1)
    assert (turned.width, turned.height) == (48, 64)
    levels: list[Any] = [turned.to_pil().convert("L").getpixel((24, y)) for y in (8, 56)]
    assert levels[0] > 200 > 50 > levels[1]


def test_a_pillow_image_stays_at_its_frame() -> None:
    image = PILImage.open(io.BytesIO(animation("GIF")))
    image.seek(7)
    vm.frames(image, 3)
    assert image.tell() == 7


def test_a_matplotlib_animation_is_drawn() -> None:
    figure = Figure(figsize=(2, 1))
    bar = figure.add_axes((0, 0, 1, 1)).axhspan(0, 1, color="black")
    moving = FuncAnimation(figure, lambda number: bar.set_alpha(number / 10) or [bar], frames=11, interval=200)
    found = vm.frames(moving, 3)
    assert [one.source for one in found] == [
        "frame 1 of 11 at 0.00 s",
        "frame 6 of 11 at 1.00 s",
        "frame 11 of 11 at 2.00 s",
    ]
    levels: list[Any] = [one.to_pil().convert("L").getpixel((90, 50)) for one in found]
    assert levels[0] > levels[1] > levels[2]


# Honest pixels


def test_frames_of_numbers_share_one_range() -> None:
    """Scaled one by one, all of them looked alike."""
    dark, light = vm.frames(np.stack([np.linspace(0, 5, 64).reshape(8, 8), np.linspace(5, 10, 64).reshape(8, 8)]), 2)
    assert {one.note for one in (dark, light)} == {"0 to 10 shown as black to white"}
    assert dark.to_pil().getextrema() == (0, 128)
    assert light.to_pil().getextrema() == (128, 255)


@pytest.mark.parametrize(
    ("stack", "extrema"),
    [
        pytest.param(np.full((2, 8, 8), 0.5), (128, 128), id="floats of 0 to 1 stay"),
        pytest.param(np.full((2, 8, 8), 100, np.int64), (100, 100), id="integers of a byte stay"),
        pytest.param(np.stack([np.full((8, 8), 10), np.full((8, 8), 200)]), (10, 10), id="and are no labels alone"),
        pytest.param(np.full((2, 8, 8), 7.0), None, id="constant"),
    ],
)
def test_values_that_mean_brightness_stay(stack: Any, extrema: tuple[int, int] | None) -> None:
    first, _ = vm.frames(stack, 2)
    assert extrema is None or first.to_pil().convert("L").getextrema() == extrema


def test_a_range_of_the_users_is_kept() -> None:
    [one] = vm.frames(np.full((1, 8, 8), 5.0), 1, range=(0, 10))
    assert one.to_pil().getextrema() == (128, 128)


def test_only_the_chosen_frames_of_an_array_are_read() -> None:
    class Lazy:
        shape, dtype, read = (1_000_000, 8, 8), np.dtype("uint8"), 0

        def __len__(self) -> int:
            return self.shape[0]

        def __array__(self) -> Any:
            raise AssertionError("the whole stack was read")

        def __getitem__(self, at: int) -> Any:
            self.read += 1
            return np.zeros((8, 8), np.uint8)

    lazy = Lazy()
    assert len(vm.frames(lazy, 8)) == 8
    assert lazy.read == 8


# The sheet


def test_a_sheet_is_one_picture_of_all_frames() -> None:
    sheet = vm.frames(STACK, 6, sheet=True, fps=10)
    assert sheet.source == "contact sheet of 6 frames"
    assert sheet.note == "frame 1 of 30 at 0.00 s to frame 30 of 30 at 2.90 s"
    found = sheet.to_pil().convert("L")
    assert found.getpixel((0, 0)) == 255, "white between them"
    colours = {level for _, level in found.getcolors() or ()}
    assert {8 * place for place in video.evenly(6, COUNT)} <= colours


@pytest.mark.parametrize(("n", "shape"), [(1, (5, 4000, 10)), (64, (64, 30, 4000)), (64, (64, 1000, 10))])
def test_a_sheet_is_no_larger_than_what_is_sent(n: int, shape: tuple[int, ...]) -> None:
    sheet = vm.frames(np.zeros(shape, np.uint8), n, sheet=True)
    assert max(sheet.width, sheet.height) <= 2048


# What is refused


def damaged(data: bytes) -> bytes:
    return data[: len(data) // 2]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        pytest.param(STACK[0], "shape (48, 64); expected an array (T, H, W)", id="a matrix"),
        pytest.param(np.zeros((48, 64, 3)), "which is one picture", id="a picture"),
        pytest.param(np.zeros((2, 2, 2, 2, 2)), "expected an array (T, H, W)", id="five dimensions"),
        pytest.param(np.zeros((0, 8, 8)), "has no frames", id="an empty stack"),
        pytest.param([], "has no frames", id="an empty list"),
        pytest.param(np.full((2, 8, 8), np.nan), "frame 1 of 2: as_image got", id="no values"),
        pytest.param(["a.png"], "frame 1 of 1: as_image got the string", id="a list of strings"),
        pytest.param(np.full((2, 8, 8, 3), 9.0), "frame 1 of 2: as_image got a colour array", id="colours beyond 1"),
        pytest.param(7, "frames got int; expected an array", id="a number"),
        pytest.param(None, "frames got NoneType", id="None"),
        pytest.param(Path("nowhere.mp4"), "nowhere.mp4: It cannot be read", id="a missing file"),
        pytest.param("nowhere.mp4", "nowhere.mp4: It cannot be read", id="its name"),
        pytest.param(b"", "expected a GIF, WebP", id="nothing"),
        pytest.param(b"%PDF-1.4", "vision_magic.pages(path, 1)", id="a PDF"),
        pytest.param(damaged(animation("GIF")), "The animation is damaged", id="half a GIF"),
        pytest.param(damaged(movie("mp4")), "The video cannot be decoded", id="half an MP4"),
        pytest.param(b"\x1aE\xdf\xa3" + bytes(500), "The video cannot be decoded", id="zeros"),
        pytest.param(b"\0\0\1\xba" + bytes(500), "MPEG video could not be read", id="MPEG"),
    ],
)
def test_what_has_no_frames_is_said_with_the_next_step(source: Any, said: str) -> None:
    with pytest.raises(ImageError) as error:
        vm.frames(source, 4)
    assert said in str(error.value)


@pytest.mark.parametrize("n", [0, -1, 65, 2.0, True, "8"])
def test_a_number_of_frames_is_checked(n: Any) -> None:
    with pytest.raises(ImageError, match="expected a number of frames from 1 to 64"):
        vm.frames(STACK, n)


@pytest.mark.parametrize("fps", [0, -1, True, "25", float("nan")])
def test_a_rate_is_checked(fps: Any) -> None:
    with pytest.raises(ImageError, match="expected frames per second"):
        vm.frames(STACK, fps=fps)


def test_a_playlist_that_calls_itself_a_video_opens_no_other_file(tmp_path: Path) -> None:
    """FFmpeg reads the files and addresses that a playlist names: the container is fixed by the first bytes."""
    (tmp_path / "other.mp4").write_bytes(movie())
    for start in (b"\0\0\0\x18ftypmp42", b"\x1aE\xdf\xa3", b"RIFF\0\0\0\0AVI "):
        listed = start + f"\n#EXTM3U\n#EXTINF:3,\n{tmp_path / 'other.mp4'}\n#EXT-X-ENDLIST\n".encode()
        with pytest.raises(ImageError, match=r"cannot be decoded|no frame|no pictures"):
            vm.frames(listed, 2)
    with pytest.raises(ImageError, match="expected a GIF"):
        vm.frames(b"#EXTM3U\n", 2)


def test_an_animation_that_would_take_very_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MAX_WORK", 10_000)
    with pytest.raises(ImageError, match="30 frames of 64×48 pixels, too many to decode"):
        vm.frames(animation("GIF"), 2)


def test_without_the_library_it_says_what_to_install() -> None:
    program = (
        "import sys; sys.modules['av'] = None\n"
        "import vision_magic as vm\n"
        "try: vm.frames(b'\\x1aE\\xdf\\xa3')\n"
        "except vm.ImageError as error: print(error)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == 'The frames of a video need PyAV: pip install "vision-magic[video]"\n'
