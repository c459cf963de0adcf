"""Foreign bytes are opened under caps, and lose everything but their pixels."""

from __future__ import annotations

import io
import random
import struct
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as PILImage
from PIL import ImageCms, PngImagePlugin

from vision_magic.errors import PictureError
from vision_magic.images import safe
from vision_magic.images.convert import as_image
from vision_magic.images.safe import open_picture


def saved(picture: PILImage.Image, kind: str, **more: Any) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **more)
    return buffer.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """Return a few bytes that say they are a huge picture."""

    def block(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + block(b"IHDR", header) + block(b"IDAT", zlib.compress(b"\0")) + block(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(png_that_claims(10_000, 8_800), "88 million pixels; the limit is 50 million", id="88 megapixels"),
        pytest.param(saved(PILImage.new("L", (99, 99)), "PNG")[:60], "not a picture that can be opened", id="cut off"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture", id="SVG"),
        pytest.param(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not a picture", id="EPS"),
        pytest.param(saved(PILImage.new("RGB", (16, 16)), "ICO"), "not a picture", id="ICO"),
        pytest.param(saved(PILImage.new("RGB", (16, 16)), "PPM"), "not a picture", id="PPM"),
    ],
)
def test_what_could_do_harm_is_refused_before_it_is_decoded(data: bytes, said: str) -> None:
    with pytest.raises(PictureError) as caught:
        open_picture(data)
    assert said in str(caught.value)


def test_too_many_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe, "MAX_BYTES", 10)
    with pytest.raises(PictureError, match="the limit is 10 B"):
        open_picture(saved(PILImage.new("L", (9, 9)), "PNG"))


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_of_pillows(data: bytes) -> None:
    with pytest.raises(PictureError):
        open_picture(b"\x89PNG\r\n\x1a\n" + data)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_damaged_pictures_are_pictures_or_refused(kind: str) -> None:
    chance = random.Random(7)
    whole = bytearray(saved(PILImage.effect_mandelbrot((40, 30), (-2, -1.5, 1, 1.5), 60).convert("RGB"), kind))
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            open_picture(bytes(data))
        except PictureError:
            continue


def photograph_with_everything() -> bytes:
    """Return a JPEG on its side with a place, a comment, a profile and a description."""
    exif = PILImage.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010E] = "SECRET description"
    exif.get_ifd(0x8825)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    upper_left_red = PILImage.new("RGB", (40, 20), "blue")
    upper_left_red.paste("red", (0, 0, 20, 10))
    return saved(
        upper_left_red, "JPEG", quality=95, exif=exif, comment=b"SECRET comment", icc_profile=profile, xmp=b"SECRET xmp"
    )


def test_what_leaves_is_pixels_only_and_upright() -> None:
    image = as_image(photograph_with_everything())
    sent = image.to_pil()
    assert (sent.width, sent.height) == (20, 40)
    red, _, blue = sent.getpixel((15, 5))  # the upper left corner of what lay on its side is now at the right
    assert red > 200 > 60 > blue
    assert image.note == "turned upright"
    assert b"SECRET" not in image.data
    assert not sent.getexif()
    assert not {"icc_profile", "comment", "exif", "xmp", "Description"} & set(sent.info)


@pytest.mark.parametrize("size", [(30, 30), (600, 400)], ids=["as PNG", "as JPEG"])
def test_texts_and_profiles_of_a_png_and_a_pillow_image_are_left_behind(size: tuple[int, int]) -> None:
    noise = PILImage.merge("RGB", [PILImage.effect_noise(size, 90) for _ in range(3)])
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "SECRET")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(noise, "PNG", pnginfo=texts, icc_profile=profile)
    for obj in (data, PILImage.open(io.BytesIO(data))):
        image = as_image(obj)
        assert b"SECRET" not in image.data
        assert not {"icc_profile", "Comment"} & set(image.to_pil().info)


def test_of_an_animation_the_first_frame_is_taken_and_it_is_said() -> None:
    frames = [PILImage.new("RGB", (9, 9), colour) for colour in ("red", "blue", "lime")]
    image = as_image(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert image.to_pil().getpixel((4, 4)) == (255, 0, 0)
    assert image.note == "first of 3 frames"


def test_pillows_own_limits_are_left_as_they_are() -> None:
    before = PILImage.MAX_IMAGE_PIXELS
    with pytest.raises(PictureError):
        open_picture(png_that_claims(10_000, 8_800))
    assert before == PILImage.MAX_IMAGE_PIXELS
