"""Options of `as_image`: size limits, and how array values map to brightness."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import array_dtypes, array_shapes, arrays, boolean_dtypes, floating_dtypes, integer_dtypes
from matplotlib.figure import Figure
from PIL import Image as PILImage

from vision_magic.errors import ImageError
from vision_magic.images.convert import as_image
from vision_magic.images.image import Image


def noise(width: int, height: int) -> PILImage.Image:
    return PILImage.merge("RGB", [PILImage.effect_noise((width, height), 90) for _ in range(3)])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"range": (5, 1)}, "the smaller first, such as (0, 4095)"),
        ({"range": (0, np.inf)}, "range got"),
        ({"range": 5}, "range got 5"),
        ({"range": "05"}, "range got '05'"),
        ({"percentile": (2, 200)}, "between 0 and 100"),
        ({"percentile": 50}, "percentile got"),
        ({"percentile": "2"}, "percentile got '2'"),
        ({"range": (0, 1), "percentile": 2}, "expected at most one of them"),
        ({"cmap": 5}, "cmap got 5"),
        ({"cmap": "viridsi"}, "did you mean 'viridis'?"),
        ({"max_bytes": 10}, "max_bytes got 10; expected a whole number of bytes, at least 1000"),
        ({"max_image_tokens": 0}, "max_image_tokens got 0"),
    ],
)
def test_an_option_of_no_such_value_is_refused(options: dict[str, Any], said: str) -> None:
    with pytest.raises(ImageError) as caught:
        as_image(np.zeros((4, 4)), **options)
    assert said in str(caught.value)


def shown(array: Any, **options: Any) -> tuple[list[Any], str]:
    image = as_image(np.array(array), **options)
    return list(image.to_pil().get_flattened_data()), image.note


@pytest.mark.parametrize(
    ("array", "options", "values", "note"),
    [
        ([[0, 50, 100]], {"range": (0, 100)}, [0, 128, 255], "0 to 100 shown as black to white"),
        (
            [[-5, 50, 999]],
            {"range": (0, 100)},
            [0, 128, 255],
            "0 to 100 shown as black to white; 2 values outside this range clipped",
        ),
        ([[0.0, np.nan, 1.0]], {"range": (0, 1)}, [0, 0, 255], "1 non-finite value shown as black"),
        ([list(range(101))], {"percentile": (0, 100)}, None, "percentiles 0 to 100, 0 to 100, shown as black to white"),
        ([list(range(101))], {"percentile": 10}, None, "percentiles 10 to 90, 10 to 90, shown as black to white"),
        ([[5, 5]], {"percentile": 2}, [128, 128], "percentiles 2 to 98, 5 to 5,"),
        ([[5, 5]], {"cmap": "gray"}, [(128,) * 3] * 2, "5 to 5 shown with the colour map gray"),
        ([[0, 1]], {"cmap": "gray"}, [(0, 0, 0), (255, 255, 255)], "0 to 1 shown with the colour map gray"),
        ([[0.0, np.inf, 1.0]], {"cmap": "gray"}, [(0,) * 3, (128,) * 3, (255,) * 3], "non-finite value shown as grey"),
        ([[2, 4]], {"cmap": "gray", "range": (0, 4)}, [(128,) * 3, (255,) * 3], "0 to 4 shown with the colour map"),
    ],
)
def test_what_was_asked_for_goes_before_the_rules_and_is_stated(
    array: Any, options: dict[str, Any], values: list[Any] | None, note: str
) -> None:
    found, said = shown(array, **options)
    assert values is None or found == values
    assert note in said


def test_a_colour_map_may_be_any_function() -> None:
    def reds(place: Any) -> Any:
        return np.stack([place, place * 0, place * 0], axis=-1)

    assert shown([[0, 1]], cmap=reds)[0] == [(0, 0, 0), (255, 0, 0)]
    with pytest.raises(ImageError, match="expected colours"):
        as_image(np.eye(3), cmap=np.sin)


@pytest.mark.parametrize(
    ("obj", "options", "said"),
    [
        (Figure(), {"range": (0, 1)}, None),
        (PILImage.new("RGB", (30, 30)), {"cmap": "gray"}, "cmap was given for a Pillow image"),
        (np.zeros((4, 4, 3)), {"cmap": "gray"}, r"expected \(H, W\)"),
        (np.zeros((4, 4, 4)), {"range": (0, 1)}, r"use a\[..., :3\]"),
        (np.full((4, 4), np.nan), {"range": (0, 1)}, "with no finite value"),
    ],
)
def test_an_option_that_means_nothing_for_the_picture_is_refused(
    obj: Any, options: dict[str, Any], said: str | None
) -> None:
    with pytest.raises(ImageError, match=said):
        as_image(obj, **options)


def test_labels_get_a_colour_each_and_a_mask_is_black_and_white() -> None:
    labels = np.repeat(np.arange(-1, 5), 10).reshape(6, 10)
    image = as_image(labels)
    assert image.note == "6 labels (-1, 0, 1, 2, 3, 4), one colour each, 0 black"
    colours = {image.to_pil().getpixel((0, row)) for row in range(6)}
    assert len(colours) == 6
    assert image.to_pil().getpixel((0, 1)) == (0, 0, 0)
    mask = as_image(np.eye(8, dtype=int))
    assert mask.note == "0 is black, 1 is white"
    assert as_image(np.arange(256).reshape(16, 16)).note == "0 to 255 used unchanged"


def test_values_that_are_nearly_all_black_are_said_to_be() -> None:
    image = as_image(np.arange(64, dtype=np.uint8).reshape(8, 8) % 6)
    assert "values reach only 5 of 255 " in image.note
    assert image.note.endswith("the range 0 to 5 shows more")
    deep = as_image(np.arange(64, dtype=np.uint16).reshape(8, 8) * 65)
    assert deep.note.endswith("the range 0 to 4095 shows more")


def test_colours_a_little_beyond_are_cut_and_it_is_said() -> None:
    array = np.linspace(0, 1.0001, 4 * 4 * 3).reshape(4, 4, 3)
    assert as_image(array).note == "0 to 1 shown as black to white, data from 0 to 1.0001 clipped"


def test_a_byte_budget_is_kept_and_every_step_stated() -> None:
    original = noise(600, 400)
    for budget in (100_000, 20_000, 3000):
        image = as_image(original, max_bytes=budget)
        assert len(image.data) <= budget
        assert f"JPEG quality {image.quality}" in image.note
        assert image.original == (600, 400)
    assert "shrunk from 600×400" in image.note
    grey = as_image(PILImage.effect_noise((600, 400), 90), max_bytes=50_000)
    assert grey.media_type == "image/jpeg"


def test_a_token_budget_is_kept_by_the_models_rule() -> None:
    original = PILImage.new("RGB", (3000, 2000))
    image = as_image(original, max_image_tokens=500, model="claude-sonnet-4")
    assert 480 < image.width * image.height / 28**2 <= 500
    tiled = as_image(original, max_image_tokens=500, model="gpt-4o")
    assert tiled.width <= 1024
    with pytest.raises(ImageError, match="even the smallest picture costs about 255 tokens"):
        as_image(original, max_image_tokens=100, model="gpt-4o")
    assert as_image(original, max_image_tokens=100, model="gpt-4o", detail="low").width == 512


def test_an_image_is_packed_again_only_where_it_must_be() -> None:
    image = as_image(noise(600, 400))
    assert as_image(image, max_side=600) is image
    small = as_image(image, max_side=300)
    assert (small.width, small.height, small.original) == (300, 200, (600, 400))
    assert small.source == image.source
    assert "shrunk from 600×400" in small.note
    assert as_image(image, max_bytes=5000).width <= 600


def test_a_point_is_mapped_back_to_the_original() -> None:
    original = PILImage.new("RGB", (4000, 1000), "white")
    original.paste("red", (3000, 500, 3020, 520))
    image = as_image(original, max_side=1000)
    pixels = np.asarray(image.to_pil()).astype(int)
    rows, columns = np.nonzero(pixels[..., 1] < 100)
    x, y = image.to_original(float(columns.mean()) + 0.5, float(rows.mean()) + 0.5)
    assert abs(x - 3010) < 4
    assert abs(y - 510) < 4


def attempt(array: Any, options: dict[str, Any]) -> tuple[Image | None, str]:
    try:
        return as_image(array, **options), ""
    except ImageError as error:
        return None, str(error)


@given(
    arrays(
        st.one_of(boolean_dtypes(), integer_dtypes(), floating_dtypes(), array_dtypes(max_size=2)),
        array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=6),
    ),
    st.sampled_from([{}, {"range": (0, 9)}, {"percentile": 5}, {"cmap": "gray"}]),
)
def test_any_array_gives_a_picture_with_its_rule_or_a_clear_error(array: Any, options: dict[str, Any]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        image, refusal = attempt(array, options)
    if image is None:
        assert "expected" in refusal or "finite" in refusal
        return
    height, width = array.shape[:2]
    assert (image.width, image.height) == (width, height)
    assert image.note or array.dtype == np.uint8
