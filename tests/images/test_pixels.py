"""Numbers become 8-bit pixels by stated rules."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from vision_magic.errors import PictureError
from vision_magic.images.convert import as_image


def grey(array: Any) -> tuple[list[int], str]:
    image = as_image(array)
    assert image.to_pil().mode == "L"
    return list(image.to_pil().get_flattened_data()), image.note


@pytest.mark.parametrize(
    ("array", "values", "rule"),
    [
        pytest.param(np.array([[0, 7, 255]], np.uint8), [0, 7, 255], "", id="uint8"),
        pytest.param(np.array([[False, True]]), [0, 255], "False is black, True is white", id="bool"),
        pytest.param(np.array([[0, 256, 65535]], np.uint16), [0, 1, 255], "0 to 65535 shown", id="uint16"),
        pytest.param(np.array([[0, 7, 255]]), [0, 7, 255], "0 to 255 taken as they are", id="int64 in range"),
        pytest.param(np.array([[-10, 0, 10]]), [0, 128, 255], "-10 to 10 shown", id="int64 beyond"),
        pytest.param(np.array([[0.0, 0.5, 1.0]]), [0, 128, 255], "0 to 1 shown", id="float in 0 to 1"),
        pytest.param(np.array([[0.2, 0.4]]), [51, 102], "0 to 1 shown", id="float is not stretched within 0 to 1"),
        pytest.param(np.array([[-1.0, 0.0, 3.0]]), [0, 64, 255], "-1 to 3 shown", id="float beyond"),
        pytest.param(np.array([[0.0, np.nan, 1.0]]), [0, 0, 255], "1 values that are not finite", id="NaN"),
        pytest.param(np.array([[np.inf, 0.0, -np.inf, 1.0]]), [0, 0, 0, 255], "2 values that", id="infinite"),
        pytest.param(np.array([[5.0, 5.0]]), [128, 128], "every value is 5, shown grey", id="constant"),
        pytest.param(np.array([[0, 500]], np.int16).astype(">i2"), [0, 255], "0 to 500 shown", id="big-endian"),
        pytest.param(np.arange(6, dtype=np.uint8).reshape(1, 6)[:, ::2], [0, 2, 4], "", id="not contiguous"),
        pytest.param(np.array([[0, 1]], np.float16), [0, 255], "0 to 1 shown", id="float16"),
    ],
)
def test_one_channel(array: Any, values: list[int], rule: str) -> None:
    found, note = grey(array)
    assert found == values
    assert rule in note
    assert bool(rule) == bool(note)


def test_colours_keep_their_channels_in_order() -> None:
    array = np.array([[[1.0, 0.5, 0.0]]])
    assert as_image(array).to_pil().getpixel((0, 0)) == (255, 128, 0)
    clear = np.array([[[255, 0, 0, 0]]], np.uint8)
    assert as_image(clear).to_pil().getpixel((0, 0)) == (255, 255, 255)
    assert as_image(clear).note == "transparency shown on white"


def test_an_array_is_not_changed() -> None:
    array = np.array([[0.0, np.nan, 2.0]])
    before = array.copy()
    array.setflags(write=False)
    as_image(array)
    assert np.array_equal(array, before, equal_nan=True)


@pytest.mark.parametrize(
    ("array", "said"),
    [
        pytest.param(np.zeros((3, 5, 6)), "take np.moveaxis(a, 0, -1)", id="channels first"),
        pytest.param(np.zeros((5, 6, 1)), "take a[..., 0]", id="one channel"),
        pytest.param(np.zeros((5, 6, 2)), "expected (H, W), (H, W, 3) or (H, W, 4).", id="two channels"),
        pytest.param(np.zeros((5, 6, 5)), "shape (5, 6, 5)", id="five channels"),
        pytest.param(np.zeros((2, 5, 6, 3)), "name one picture of the batch", id="a batch"),
        pytest.param(np.zeros(5), "shape (5,)", id="one dimension"),
        pytest.param(np.array(5.0), "shape ()", id="no dimension"),
        pytest.param(np.zeros((0, 6)), "holds no pixels", id="empty"),
        pytest.param(np.zeros((5, 6), complex), "take np.abs(a)", id="complex"),
        pytest.param(np.zeros((5, 6), object), "type object", id="objects"),
        pytest.param(np.zeros((5, 6), "U3"), "type <U3", id="texts"),
        pytest.param(np.zeros((5, 6), "M8[D]"), "datetime64", id="dates"),
        pytest.param(np.full((5, 6), np.nan), "without a single finite value", id="nothing but NaN"),
        pytest.param(np.full((5, 6, 3), 7.0), "expected 0 to 1. Scale it, such as a / 7.", id="colours beyond"),
        pytest.param(np.full((5, 6, 3), 300), "expected 0 to 255", id="whole colours beyond"),
    ],
)
def test_a_shape_or_kind_that_is_no_picture_is_refused_with_the_fix(array: Any, said: str) -> None:
    with pytest.raises(PictureError) as caught:
        as_image(array)
    assert said in str(caught.value)
