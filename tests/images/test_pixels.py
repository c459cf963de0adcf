"""Mapping of arrays to 8-bit pixels, with a note on each rule."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from vision_magic.errors import ImageError
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
        pytest.param(np.array([[0, 7, 255]]), [0, 7, 255], "0 to 255 used unchanged", id="int64 in range"),
        pytest.param(np.array([[-10, 0, 10]]), [0, 128, 255], "-10 to 10 shown", id="int64 beyond"),
        pytest.param(np.array([[0.0, 0.5, 1.0]]), [0, 128, 255], "0 to 1 shown", id="float in 0 to 1"),
        pytest.param(np.array([[0.2, 0.4]]), [51, 102], "0 to 1 shown", id="float is not stretched within 0 to 1"),
        pytest.param(np.array([[-1.0, 0.0, 3.0]]), [0, 64, 255], "-1 to 3 shown", id="float beyond"),
        pytest.param(np.array([[0.0, np.nan, 1.0]]), [0, 0, 255], "1 non-finite value", id="NaN"),
        pytest.param(np.array([[np.inf, 0.0, -np.inf, 1.0]]), [0, 0, 0, 255], "2 non-finite values", id="infinite"),
        pytest.param(np.array([[5.0, 5.0]]), [128, 128], "every value is 5, shown as grey", id="constant"),
        pytest.param(np.array([[0, 500]], np.int16).astype(">i2"), [0, 255], "0 to 500 shown", id="big-endian"),
        pytest.param(np.arange(6, dtype=np.uint8).reshape(1, 6)[:, ::2], [0, 2, 4], "", id="not contiguous"),
        pytest.param(np.array([[0, 1]], np.float16), [0, 255], "0 to 1 shown", id="float16"),
        pytest.param(np.array([[0, 256, 65535]], ">u2"), [0, 1, 255], "0 to 65535 shown", id="big-endian uint16"),
        pytest.param(np.array([[0, 0.5, 1]], ">f4"), [0, 128, 255], "0 to 1 shown", id="big-endian float"),
        pytest.param(np.array([[-128, 127]], np.int8), [0, 255], "-128 to 127 shown", id="int8"),
        pytest.param(np.array([[0, 2**64 - 1]], np.uint64), [0, 255], "0 to 1.84467e+19 shown", id="uint64"),
        pytest.param(np.array([[-(2**63), 0, 2**63 - 1]]), [0, 128, 255], "e+18 shown", id="the whole of int64"),
        pytest.param(np.array([[-3.0, -2.0]]), [0, 255], "-3 to -2 shown", id="negative only"),
        pytest.param(np.array([[0.0, 128.0, 255.0]]), [0, 128, 255], "0 to 255 shown", id="float to 255"),
        pytest.param(np.array([[-1e308, 0, 1e308]]), [0, 128, 255], "-1e+308 to 1e+308", id="a range beyond floats"),
        pytest.param(np.array([[-5e-324, 0.0]]), [0, 255], "-4.94066e-324 to 0", id="the smallest range"),
        pytest.param(np.array([[-7, -7]]), [128, 128], "every value is -7, shown as grey", id="constant and negative"),
        pytest.param(np.array([[3, 3]]), [3, 3], "0 to 255 used unchanged", id="constant in range"),
        pytest.param(np.array([[np.nan, -5.0, 5.0]]), [0, 0, 255], "-5 to 5 shown", id="NaN beside a range"),
        pytest.param(np.array([[np.nan, 7.0]]), [0, 128], "1 non-finite value", id="NaN beside a constant"),
        pytest.param(np.zeros((1, 1)), [0], "0 to 1 shown", id="one pixel"),
        pytest.param(np.arange(3, dtype=np.uint8)[None, ::-1], [2, 1, 0], "", id="backwards"),
        pytest.param(np.asfortranarray(np.arange(4, dtype=np.uint8).reshape(2, 2)), [0, 1, 2, 3], "", id="by columns"),
        pytest.param(np.broadcast_to(np.uint8(5), (1, 3)), [5, 5, 5], "", id="one value repeated"),
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


@pytest.mark.parametrize(
    ("array", "pixel", "rule"),
    [
        pytest.param(np.array([[[255, 0, 7]]], np.uint8), (255, 0, 7), "", id="uint8"),
        pytest.param(np.array([[[True, False, True]]]), (255, 0, 255), "True is white", id="bool"),
        pytest.param(np.array([[[65535, 0, 256]]], np.uint16), (255, 0, 1), "0 to 65535", id="uint16"),
        pytest.param(np.array([[[65535, 0, 256]]], ">u2"), (255, 0, 1), "0 to 65535", id="big-endian uint16"),
        pytest.param(np.array([[[255, 0, 1]]]), (255, 0, 1), "used unchanged", id="int64"),
        pytest.param(np.array([[[0, np.nan, 1]]]), (0, 0, 255), "1 non-finite value", id="NaN"),
        pytest.param(np.array([[[1, 0, 0, 1.0]]]), (255, 0, 0), "0 to 1", id="float, opaque"),
        pytest.param(np.array([[[0, 0, 0, 51]]], np.uint8), (204, 204, 204), "transparency", id="a fifth opaque"),
        pytest.param(np.moveaxis(np.eye(3)[:, None], 0, -1), (255, 0, 0), "0 to 1", id="channels moved to the end"),
    ],
)
def test_the_first_pixel_in_colour(array: Any, pixel: tuple[int, int, int], rule: str) -> None:
    image = as_image(array)
    assert image.to_pil().getpixel((0, 0)) == pixel
    assert rule in image.note
    assert bool(rule) == bool(image.note)


def test_rows_go_down_and_columns_to_the_right() -> None:
    array = np.arange(6, dtype=np.uint8).reshape(2, 3)
    image = as_image(array)
    assert (image.width, image.height) == (3, 2)
    assert np.array_equal(np.asarray(image.to_pil()), array)


def test_what_is_made_of_an_array_is_no_view_of_it() -> None:
    array = np.zeros((2, 2), np.uint8)
    image = as_image(array)
    array[:] = 255
    assert np.asarray(image.to_pil()).max() == 0


def test_the_source_says_shape_and_kind() -> None:
    assert as_image(np.zeros((2, 3), np.float32)).source == "array (2, 3) float32"


@given(
    arrays(
        dtype=st.sampled_from(
            ["?", "u1", "i1", ">i2", "u2", ">u2", "i8", "u8", "f2", "f4", ">f8", "c8", "M8[s]", "S1"]
        ),
        shape=array_shapes(min_dims=1, max_dims=4, min_side=0, max_side=5),
    )
)
def test_any_array_is_a_picture_or_refused(array: Any) -> None:
    try:
        image = as_image(array)
    except ImageError:
        return
    assert (image.height, image.width) == array.shape[:2]


def test_an_array_is_not_changed() -> None:
    array = np.array([[0.0, np.nan, 2.0]])
    before = array.copy()
    array.setflags(write=False)
    as_image(array)
    assert np.array_equal(array, before, equal_nan=True)


@pytest.mark.parametrize(
    ("array", "said"),
    [
        pytest.param(np.zeros((3, 5, 6)), "use np.moveaxis(a, 0, -1)", id="channels first"),
        pytest.param(np.zeros((5, 6, 1)), "use a[..., 0]", id="one channel"),
        pytest.param(np.zeros((5, 6, 2)), "select one channel, a[..., 0]", id="two channels"),
        pytest.param(np.zeros((5, 6, 5)), "shape (5, 6, 5)", id="five channels"),
        pytest.param(np.zeros((2, 5, 6, 3)), "select one picture of the batch", id="a batch"),
        pytest.param(np.zeros(5), "shape (5,)", id="one dimension"),
        pytest.param(np.array(5.0), "shape ()", id="no dimension"),
        pytest.param(np.zeros((0, 6)), "has no pixels", id="empty"),
        pytest.param(np.zeros((5, 0, 3)), "has no pixels", id="empty colours"),
        pytest.param(np.zeros((4, 5, 6)), "use np.moveaxis(a, 0, -1)", id="four channels first"),
        pytest.param(np.zeros((5, 6), "S3"), "dtype |S3", id="bytes"),
        pytest.param(np.zeros((5, 6), "m8[s]"), "timedelta64", id="spans of time"),
        pytest.param(np.zeros((5, 6), [("a", "u1")]), "expected bool, integer or float", id="records"),
        pytest.param(np.full((5, 6), np.inf), "with no finite value", id="nothing but infinite"),
        pytest.param(np.full((5, 6, 3), -0.5), "expected 0 to 1", id="negative colours"),
        pytest.param(np.zeros((5, 6), complex), "use np.abs(a)", id="complex"),
        pytest.param(np.zeros((5, 6), object), "dtype object", id="objects"),
        pytest.param(np.zeros((5, 6), "U3"), "dtype <U3", id="texts"),
        pytest.param(np.zeros((5, 6), "M8[D]"), "datetime64", id="dates"),
        pytest.param(np.full((5, 6), np.nan), "with no finite value", id="nothing but NaN"),
        pytest.param(
            np.full((5, 6, 3), 7.0),
            "expected 0 to 1. Scale it, such as a / 7, or pass range=(0, 7).",
            id="colours beyond",
        ),
        pytest.param(np.full((5, 6, 3), 300), "expected 0 to 255", id="whole colours beyond"),
    ],
)
def test_a_shape_or_kind_that_is_no_picture_is_refused_with_the_fix(array: Any, said: str) -> None:
    with pytest.raises(ImageError) as caught:
        as_image(array)
    assert said in str(caught.value)


@pytest.mark.parametrize("order", ["<", ">"], ids=["little", "big"])
@pytest.mark.parametrize("kind", ["u2", "i2", "i4", "u8", "f4", "f8"])
def test_the_order_of_bytes_changes_no_rule(kind: str, order: str) -> None:
    """FITS and many TIFF files are big-endian: they once got another rule for uint16."""
    native = np.array([[1, 1000, 2000]], kind)
    assert grey(native.astype(order + kind)) == grey(native)


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.int64, np.float64, np.bool_])
def test_masked_values_are_never_shown_as_if_they_were_there(kind: Any) -> None:
    array = np.ma.array(np.array([[0, 1, 1]], kind), mask=[[False, False, True]])
    with pytest.raises(ImageError, match=r"masked values; .* use a\.filled\(0\)"):
        as_image(array)
    assert grey(array.filled(0)) == grey(np.array([[0, 1, 0]], kind))


def test_a_masked_array_without_a_masked_value_is_an_array() -> None:
    assert grey(np.ma.array(np.array([[0, 255]], np.uint8), mask=False))[0] == [0, 255]


@pytest.mark.parametrize("transform", [np.transpose, np.flipud, lambda a: a[::2, ::3]], ids=["T", "flip", "step"])
def test_a_view_is_shown_as_it_looks(transform: Any) -> None:
    array = transform(np.arange(48, dtype=np.uint8).reshape(6, 8))
    image = as_image(array)
    assert (image.height, image.width) == array.shape
    assert grey(array)[0] == array.ravel().tolist()
