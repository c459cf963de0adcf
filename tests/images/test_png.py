"""The PNG encoder, read back by Pillow, and the removal of metadata."""

from __future__ import annotations

import io
import struct
import sys
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image as PILImage
from PIL.PngImagePlugin import PngInfo

from vision_magic.images.png import encode_png, strip_png_metadata


def read(data: bytes) -> PILImage.Image:
    image = PILImage.open(io.BytesIO(data), formats=["PNG"])
    image.load()
    return image


@given(
    st.sampled_from([(1,), (3,)]).flatmap(
        lambda bands: arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9), *map(st.just, bands)))
    )
)
def test_every_pixel_comes_back(values: np.ndarray) -> None:  # type: ignore[type-arg]
    values = values[..., 0] if values.shape[2] == 1 else values
    made = PILImage.fromarray(values)
    assert np.array_equal(np.asarray(read(encode_png(made))), values)


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_it_is_as_small_as_pillows_on_a_figure_and_holds_only_pixels(mode: str) -> None:
    made = PILImage.new(mode, (600, 400), "white")
    made.paste(PILImage.effect_noise((100, 100), 50).convert(mode), (50, 50))
    buffer = io.BytesIO()
    made.save(buffer, "PNG")
    data = encode_png(made)
    assert len(data) < 1.4 * len(buffer.getvalue())
    assert read(data).info == {}


def test_without_the_fast_compressor_the_pixels_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    made = PILImage.effect_noise((50, 40), 90)
    fast = encode_png(made)
    monkeypatch.setitem(sys.modules, "isal", None)
    slow = encode_png(made)
    assert read(fast).tobytes() == read(slow).tobytes() == made.tobytes()


def saved(image: PILImage.Image, **more: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", **more)
    return buffer.getvalue()


def test_words_beside_the_pixels_are_left_out_without_decoding() -> None:
    words = PngInfo()
    words.add_text("Software", "matplotlib, in a folder of mine")
    words.add_itxt("Comment", "x")
    image = PILImage.effect_noise((40, 30), 90).convert("RGBA")
    data = saved(image, pnginfo=words, dpi=(100, 100), exif=b"Exif\0\0", icc_profile=b"profile")
    found = strip_png_metadata(data)
    assert found is not None
    bare, size = found
    assert size == (40, 30)
    assert b"matplotlib" not in bare
    assert read(bare).info == {}
    assert read(bare).tobytes() == image.tobytes()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\xff\xd8\xff", id="a JPEG"),
        pytest.param(saved(PILImage.new("L", (3, 3)))[:-4], id="cut off"),
        pytest.param(saved(PILImage.new("1", (3, 3))), id="one bit"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 2**31) + b"IHDR", id="a length beyond the end"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sI", 0, b"IEND", zlib.crc32(b"IEND")), id="no header"),
    ],
)
def test_what_is_no_whole_png_of_eight_bits_is_not_passed_on(data: bytes) -> None:
    assert strip_png_metadata(data) is None
