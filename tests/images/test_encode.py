"""Image encoding: Pillow modes, size limits, PNG or JPEG."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as PILImage
from PIL import ImageDraw

from vision_magic.images.convert import as_image
from vision_magic.images.options import MAX_SIDE


def saved(image: PILImage.Image, kind: str, **more: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **more)
    return buffer.getvalue()


def photograph(width: int, height: int) -> PILImage.Image:
    """Return an image in which neighbouring pixels never share a colour, as in a photograph."""
    values = np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return PILImage.fromarray(values)


@pytest.mark.parametrize(
    ("original", "pixel", "note"),
    [
        pytest.param(PILImage.new("RGB", (3, 3), (1, 2, 3)), (1, 2, 3), "", id="RGB"),
        pytest.param(PILImage.new("L", (3, 3), 7), 7, "", id="L"),
        pytest.param(PILImage.new("1", (3, 3), 1), 255, "", id="1"),
        pytest.param(PILImage.new("P", (3, 3)), (0, 0, 0), "", id="P"),
        pytest.param(PILImage.new("CMYK", (3, 3), (0, 255, 255, 0)), (255, 0, 0), "", id="CMYK"),
        pytest.param(PILImage.new("YCbCr", (3, 3), (255, 128, 128)), (255, 255, 255), "", id="YCbCr"),
        pytest.param(PILImage.new("RGBA", (3, 3), (9, 9, 9, 255)), (9, 9, 9), "", id="RGBA without transparency"),
        pytest.param(PILImage.new("RGBA", (3, 3), (0, 0, 0, 0)), (255, 255, 255), "on white", id="RGBA"),
        pytest.param(PILImage.new("LA", (3, 3), (0, 0)), (255, 255, 255), "on white", id="LA"),
        pytest.param(PILImage.new("LA", (3, 3), (7, 255)), (7, 7, 7), "", id="LA without transparency"),
        pytest.param(PILImage.new("LA", (3, 3), (0, 51)), (204, 204, 204), "on white", id="LA, a fifth opaque"),
        pytest.param(PILImage.new("RGBA", (3, 3), (255, 0, 0, 51)), (255, 204, 204), "on white", id="a fifth opaque"),
        pytest.param(PILImage.new("La", (3, 3), (0, 0)), (255, 255, 255), "on white", id="La"),
        pytest.param(PILImage.new("RGBa", (3, 3), (0, 0, 0, 0)), (255, 255, 255), "on white", id="RGBa"),
        pytest.param(PILImage.new("PA", (3, 3)), (255, 255, 255), "on white", id="PA"),
        pytest.param(PILImage.new("RGBX", (3, 3), (1, 2, 3, 0)), (1, 2, 3), "", id="RGBX"),
        pytest.param(PILImage.new("HSV", (3, 3), (0, 255, 255)), (255, 0, 0), "", id="HSV"),
        pytest.param(PILImage.new("1", (3, 3), 0), 0, "", id="1, black"),
        pytest.param(PILImage.new("I;16", (3, 3), 700), 2, "0 to 65535 shown", id="I;16, constant"),
        pytest.param(PILImage.new("I", (3, 3), -5), 128, "every value is -5, shown as grey", id="I, constant"),
        pytest.param(PILImage.new("F", (3, 3), 0.25), 64, "0 to 1 shown", id="F, constant"),
    ],
)
def test_every_mode_of_pillow(original: PILImage.Image, pixel: object, note: str) -> None:
    image = as_image(original)
    assert image.to_pil().getpixel((1, 1)) == pixel
    assert note in image.note
    assert bool(note) == bool(image.note)


def test_a_palette_with_a_transparent_colour_lies_on_white() -> None:
    original = PILImage.new("P", (2, 1))
    original.putpalette([0, 0, 0, 255, 0, 0])
    original.putpixel((1, 0), 1)
    original.info["transparency"] = 0
    assert list(as_image(original).to_pil().get_flattened_data()) == [(255, 255, 255), (255, 0, 0)]


def test_a_palette_from_a_file_lies_on_white() -> None:
    original = PILImage.new("P", (2, 1))
    original.putpalette([0, 0, 0, 255, 0, 0])
    original.putpixel((1, 0), 1)
    for kind, transparency in (("PNG", 0), ("GIF", 0), ("PNG", bytes([0, 255]))):
        image = as_image(saved(original, kind, transparency=transparency))
        assert list(image.to_pil().get_flattened_data()) == [(255, 255, 255), (255, 0, 0)]
        assert image.note == "transparency shown on white"


def test_the_inks_of_a_cmyk_photograph_are_colours() -> None:
    original = PILImage.new("CMYK", (8, 8), (0, 255, 255, 0))
    for obj in (original, saved(original, "TIFF"), saved(original, "JPEG", quality=100)):
        red, green, blue = as_image(obj).to_pil().getpixel((4, 4))
        assert red > 250
        assert max(green, blue) < 5


def test_more_than_eight_bits_follow_the_rules_of_arrays() -> None:
    values = np.array([[0, 256, 65535]], np.uint16)
    deep = PILImage.fromarray(values)
    for obj in (values, deep, saved(deep, "PNG"), saved(deep, "TIFF")):
        image = as_image(obj)
        assert list(image.to_pil().get_flattened_data()) == [0, 1, 255]
        assert image.note == "0 to 65535 shown as black to white"
    stretched = as_image(PILImage.fromarray(np.array([[1000, 1500, 2000]], np.uint16)), range=(1000, 2000))
    assert list(stretched.to_pil().get_flattened_data()) == [0, 128, 255]


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        pytest.param(np.array([[-10, 0, 10]], np.int32), "-10 to 10 shown", id="I"),
        pytest.param(np.array([[-0.5, 0.0, 0.5]], np.float32), "-0.5 to 0.5 shown", id="F"),
        pytest.param(np.array([[-3e38, 0, 3e38]], np.float32), "-3e+38 to 3e+38 shown", id="F, nearly all"),
    ],
)
def test_numbers_in_a_pillow_image_are_mapped_from_their_own_range(values: Any, rule: str) -> None:
    image = as_image(PILImage.fromarray(values))
    black, middle, white = image.to_pil().get_flattened_data()
    assert (black, white) == (0, 255)
    assert middle in (127, 128)
    assert rule in image.note


@pytest.mark.parametrize(
    ("size", "max_side", "expected"),
    [
        ((400, 300), None, (400, 300)),
        ((400, 300), 400, (400, 300)),
        ((400, 300), 4000, (400, 300)),
        ((400, 300), 200, (200, 150)),
        ((300, 400), 200, (150, 200)),
        ((400, 1), 100, (100, 1)),
        ((3000, 30), None, (MAX_SIDE, 20)),
    ],
)
def test_a_picture_is_shrunk_and_never_enlarged(
    size: tuple[int, int], max_side: int | None, expected: tuple[int, int]
) -> None:
    image = as_image(PILImage.new("RGB", size, "navy"), max_side=max_side)
    assert (image.width, image.height) == image.to_pil().size == expected
    assert image.note == ("" if expected == size else f"shrunk from {size[0]}×{size[1]}")


@given(width=st.integers(1, 300), height=st.integers(1, 300), max_side=st.integers(1, 400))
def test_a_shrunk_picture_keeps_its_aspect_within_a_pixel(width: int, height: int, max_side: int) -> None:
    image = as_image(PILImage.new("L", (width, height)), max_side=max_side)
    assert max(image.width, image.height) == min(max_side, max(width, height))
    scale = min(1, max_side / max(width, height))
    assert abs(image.width - width * scale) < 1
    assert abs(image.height - height * scale) < 1


def test_what_was_decided_is_said_in_the_order_in_which_it_was() -> None:
    image = as_image(PILImage.new("RGBA", (400, 200), (0, 0, 0, 0)), max_side=100)
    assert image.note == "transparency shown on white; shrunk from 400×200"


def test_a_screenshot_with_text_stays_exact() -> None:
    screen = PILImage.new("RGB", (800, 600), "white")
    draw = ImageDraw.Draw(screen)
    for line in range(20):
        draw.text((20, 20 + 28 * line), f"line {line}: the quick brown fox", fill=(line * 12, 0, 90))
    image = as_image(screen)
    assert image.media_type == "image/png"
    assert image.to_pil().tobytes() == screen.tobytes()


def test_photographs_are_jpeg_and_flat_pictures_are_png() -> None:
    image = as_image(photograph(600, 400))
    assert image.media_type == "image/jpeg"
    assert image.data.startswith(b"\xff\xd8\xff")
    assert "JPEG quality 85" in image.note
    flat = PILImage.new("RGB", (600, 400), "white")
    flat.paste("navy", (50, 50, 300, 200))
    assert as_image(flat).media_type == "image/png"
    assert as_image(flat).data.startswith(b"\x89PNG")


def test_a_small_picture_is_never_made_worse() -> None:
    small = photograph(60, 40)
    assert list(as_image(small).to_pil().get_flattened_data()) == list(small.get_flattened_data())


@pytest.mark.parametrize(
    ("mode", "colour", "transparent"),
    [
        pytest.param("RGB", (255, 0, 0), (255, 0, 0), id="RGB"),
        pytest.param("L", 7, 7, id="greys"),
        pytest.param("1", 0, 0, id="one bit"),
    ],
)
def test_a_colour_that_means_transparency_lies_on_white(mode: str, colour: object, transparent: object) -> None:
    buffer = io.BytesIO()
    PILImage.new(mode, (3, 3), colour).save(buffer, "PNG", transparency=transparent)  # type: ignore[arg-type]
    image = as_image(buffer.getvalue())
    assert image.to_pil().convert("RGB").getpixel((1, 1)) == (255, 255, 255)
    assert image.note == "transparency shown on white"


@pytest.mark.parametrize("steps", [["LA", "La"], ["RGBa"], ["LA"], []], ids=["La", "RGBa", "LA", "RGBA"])
def test_half_transparent_black_is_grey_in_every_mode(steps: list[str]) -> None:
    half = PILImage.new("RGBA", (3, 3), (0, 0, 0, 128))
    for step in steps:
        half = half.convert(step)
    shown = as_image(half).to_pil().convert("RGB").getpixel((1, 1))
    assert isinstance(shown, tuple)
    assert set(shown) <= {126, 127, 128}


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("place", [0, 1, 2, 899])
def test_values_of_pillow_that_are_not_finite_are_shown_black_and_counted(bad: float, place: int) -> None:
    """They once made an image black, with the note "nan to nan"."""
    values = np.linspace(-3, 3, 900, dtype=np.float32)
    values[place] = bad
    for made in (PILImage.fromarray(values.reshape(30, 30)), values.reshape(30, 30)):
        image = as_image(made)
        assert "1 non-finite value shown as black" in image.note
        shown = np.asarray(image.to_pil()).ravel()
        assert shown[place] == 0
        assert shown.max() == 255


@pytest.mark.parametrize("kind", [np.uint16, np.int32, np.float32])
def test_deep_pictures_keep_their_order(kind: type) -> None:
    values = np.arange(0, 30_000, 100, dtype=kind).reshape(20, 15)
    shown = np.asarray(as_image(PILImage.fromarray(values)).to_pil()).ravel().astype(int)
    assert (np.diff(shown) >= 0).all()
    assert shown.min() == 0
    assert shown.max() == (116 if kind is np.uint16 else 255)  # uint16 is shown over its whole range


def test_shrinking_keeps_what_is_where() -> None:
    quarters = PILImage.new("RGB", (400, 400), "white")
    for colour, box in {"red": (0, 0, 200, 200), "blue": (200, 200, 400, 400)}.items():
        quarters.paste(colour, box)
    small = as_image(quarters, max_side=40).to_pil()
    found = [small.getpixel(point) for point in ((10, 10), (30, 10), (10, 30), (30, 30))]
    assert found == [(255, 0, 0), (255, 255, 255), (255, 255, 255), (0, 0, 255)]


def test_a_photograph_stays_close_to_its_pixels() -> None:
    smooth = PILImage.linear_gradient("L").resize((600, 400))
    made = PILImage.merge("RGB", [smooth, smooth.rotate(180), PILImage.radial_gradient("L").resize((600, 400))])
    image = as_image(made)
    assert image.media_type == "image/jpeg"
    difference = np.abs(np.asarray(image.to_pil()).astype(int) - np.asarray(made).astype(int))
    assert difference.mean() < 4


def test_what_is_light_throughout_lies_on_black_and_all_else_on_white() -> None:
    white = PILImage.new("RGBA", (40, 40))
    white.paste((255, 255, 255, 255), (10, 10, 30, 30))
    image = as_image(white)
    assert image.note == "transparency shown on black"
    assert image.to_pil().getpixel((20, 20)) == (255, 255, 255)
    white.paste((0, 0, 0, 255), (0, 0, 3, 3))  # dark text beside a white box
    assert as_image(white).note == "transparency shown on white"
    assert as_image(PILImage.new("RGBA", (4, 4))).note == "transparency shown on white"
