"""Mapping of arrays to 8-bit pixels, with a note on each rule."""

from __future__ import annotations

import re
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from vision_magic.errors import ImageError
from vision_magic.images.array_hints import shown_better
from vision_magic.images.convert import as_image, images_in


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


def spread(*shape: int) -> Any:
    """Return numbers from -2 to 2, as a normalised picture for a network has them."""
    return np.linspace(-2, 2, int(np.prod(shape))).reshape(shape)


def suggested(message: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the expressions that a message suggests, each with the options that it names."""
    text = message.partition("expected")[2].partition(":")[2].rstrip(".")
    found: list[tuple[str, dict[str, Any]]] = []
    for piece in re.split(r", or (?:one, |one of them, |their maximum, |use )?| or (?=np)|(?:use|select) ", text):
        words = re.sub(r"^.*?(?:picture of the batch|slices|channels?|array), (?:a\[\.\.\., 0\], )?", "", piece.strip())
        expression, _, option = words.partition(" with range=")
        if re.match(r"\(?a\b|np\.|plt\.", expression):
            found.append((expression, {"range": eval(option)} if option else {}))
    return found


@pytest.mark.parametrize(
    "array",
    [
        pytest.param(np.zeros((1, 20, 30)), id="F16 (1, H, W)"),
        pytest.param(spread(1, 20, 30), id="(1, H, W) beyond 0 to 1"),
        pytest.param(np.zeros((20, 30, 1)), id="(H, W, 1)"),
        pytest.param(np.zeros((3, 20, 30)), id="(3, H, W)"),
        pytest.param(spread(3, 20, 30), id="(3, H, W) from -2 to 2"),
        pytest.param(spread(4, 20, 30), id="(4, H, W) from -2 to 2"),
        pytest.param(spread(20, 30, 2), id="two channels"),
        pytest.param(spread(20, 30, 7), id="seven channels"),
        pytest.param(np.zeros((20, 30, 7), np.uint16), id="seven deep channels"),
        pytest.param(spread(30, 30, 64), id="a spectrum for each pixel of a square"),
        pytest.param(spread(12, 20, 30), id="F16 a stack"),
        pytest.param(spread(64, 20, 20), id="a stack of squares that is higher than wide"),
        pytest.param(spread(2, 20, 30), id="a stack of two"),
        pytest.param(np.zeros((8, 20, 30, 3)), id="F16 (N, H, W, C)"),
        pytest.param(spread(8, 20, 30, 3), id="(N, H, W, C) from -2 to 2"),
        pytest.param(spread(8, 20, 30, 4), id="(N, H, W, 4) from -2 to 2"),
        pytest.param(spread(8, 20, 30, 1), id="(N, H, W, 1)"),
        pytest.param(np.zeros((8, 3, 20, 30)), id="(N, C, H, W)"),
        pytest.param(spread(8, 5, 20, 30), id="(N, Z, H, W)"),
        pytest.param(spread(2, 3, 3, 20, 30), id="five dimensions"),
        pytest.param(np.zeros(784), id="a flattened picture"),
        pytest.param(np.zeros(7), id="a row"),
        pytest.param(np.zeros((5, 6), complex), id="F16 complex"),
        pytest.param(spread(5, 6, 3) * 1j, id="complex colours"),
        pytest.param(spread(3, 20, 30) * 1j, id="complex, channels first"),
        pytest.param(np.array([[1, 2], [3, 4]], object), id="F16 numbers as objects"),
        pytest.param(np.array([["1", "2"], ["3", "4"]]), id="numbers as strings"),
        pytest.param(np.zeros((5, 6), [("height", "f4"), ("kind", "u1")]), id="F16 records"),
        pytest.param(np.zeros((5, 6), [("when", "M8[s]")]), id="records of times"),
        pytest.param(np.zeros((5, 6), "M8[D]"), id="F16 dates"),
        pytest.param(np.zeros((5, 6), "m8[ms]"), id="spans of time"),
        pytest.param(np.ma.masked_less(spread(3, 20, 30), -1), id="masked, channels first"),
    ],
)
def test_f16_what_a_message_suggests_works_as_it_stands(array: Any) -> None:
    with pytest.raises(ImageError) as caught:
        as_image(array)
    suggestions = suggested(str(caught.value))
    assert suggestions, str(caught.value)
    for expression, options in suggestions:
        image = as_image(images_in(eval(expression, {"a": array, "np": np, "plt": plt}))[0], **options)
        shape = array.shape[-2:] if array.ndim > 2 and array.shape[-1] > 7 else array.shape[-3:-1]
        assert array.ndim <= 2 or (image.height, image.width) in (shape, array.shape[:2]), expression
    plt.close("all")


@pytest.mark.parametrize(
    ("array", "said"),
    [
        pytest.param(spread(20, 30, 3), "Pass range=(-2, 2).", id="F16 from -2 to 2"),
        pytest.param(spread(20, 30, 4), "Pass a[..., :3] with range=(-2, 2).", id="with transparency"),
        pytest.param(spread(20, 30, 3) + 3, "Scale it, such as a / 5, or pass range=(0, 5).", id="from 1 to 5"),
        pytest.param(spread(20, 30, 3) * 200, "Pass range=(-400, 400).", id="floats from -400 to 400"),
        pytest.param((spread(20, 30, 3) * 200).astype(int), "Pass range=(-400, 400).", id="integers"),
        pytest.param(np.full((5, 6, 3), -0.5), "Pass range=(-0.5, 0).", id="one negative value"),
        pytest.param(np.array([[[1e6 + 0.25, 1e6 + 0.5, 1e6 + 0.125]]]), "", id="values that six digits do not tell"),
    ],
)
def test_f16_colours_beyond_the_range_are_refused_with_a_range_that_works(array: Any, said: str) -> None:
    with pytest.raises(ImageError) as caught:
        as_image(array)
    assert said in str(caught.value)
    option = re.search(r"range=(\(.*\))\.$", str(caught.value))
    assert option is not None
    assert as_image(array[..., :3], range=eval(option[1])).note
    if scaled := re.search(r"such as (a / [^,]*),", str(caught.value)):
        assert as_image(eval(scaled[1], {"a": array})).note


NOISE = np.random.default_rng(0).integers(0, 4000, (100, 100))


def with_one(value: float, array: Any) -> Any:
    array = array.copy()
    array.flat[5] = value
    return array


@pytest.mark.parametrize(
    ("array", "said"),
    [
        pytest.param(with_one(65535, NOISE.astype(np.uint16)), "nearly black", id="F17 a hot pixel"),
        pytest.param((NOISE * 1.25).astype(np.uint16), "values reach only 49", id="F17 values to 5,000"),
        pytest.param(with_one(65535, NOISE.astype(">u2")), "nearly black", id="a hot pixel, big-endian"),
        pytest.param(with_one(1, NOISE / 65535), "nearly black", id="a hot pixel in 0 to 1"),
        pytest.param(NOISE / 65535, "values reach only 0.06", id="dark floats"),
        pytest.param(with_one(1e6, NOISE.astype(float)), "nearly black", id="a hot pixel in minimum to maximum"),
        pytest.param(with_one(-1e6, NOISE.astype(float)), "nearly white", id="a value for nothing"),
        pytest.param(with_one(10**6, NOISE), "nearly black", id="a hot pixel in integers"),
        pytest.param(with_one(255, NOISE.astype(np.uint8) // 16), "nearly black", id="a hot pixel in 8 bits"),
        pytest.param(with_one(65535, np.full((40, 40), 300, np.uint16)), "values are 300", id="one level and a pixel"),
        pytest.param(with_one(65535, NOISE[:8, :8].astype(np.uint16)), "nearly black", id="a small picture"),
        pytest.param(0.5 + NOISE / 1e6, "nearly one grey", id="F17 nearly constant floats"),
        pytest.param(
            np.stack([with_one(65535, NOISE.astype(np.uint16))] * 3, -1), "nearly black", id="a hot pixel in colours"
        ),
        pytest.param(
            np.ma.masked_equal(with_one(1, NOISE / 65535), 1), "values reach only 0.06", id="a hot pixel that is masked"
        ),
    ],
)
def test_f17_a_picture_that_uses_little_of_its_range_says_so(array: Any, said: str) -> None:
    image = as_image(array)
    assert said in image.note
    assert "of the range is in use" in image.note
    advice = re.search(r"^nearly [a-z ]+: range=(\(.*\)) shows more$", shown_better(image.note, cell=False))
    if "values are" in said:
        assert advice is None
        return
    assert advice is not None
    shown = as_image(array, range=eval(advice[1]))
    assert 80 < np.asarray(shown.to_pil()).mean() < 180
    assert shown_better(shown.note, cell=False) == ""


def test_the_range_for_a_few_bright_spots_on_a_dark_ground_keeps_them() -> None:
    cells = 300 + NOISE.astype(np.uint16) // 200
    for corner in (10, 50, 80):
        cells[corner : corner + 4, corner : corner + 4] = 4000
    hot = with_one(65535, cells)
    for array in (cells, hot):
        low, high = map(float, re.findall(r"range=\((\S+), (\S+)\)", shown_better(as_image(array).note, cell=False))[0])
        assert low <= 300
        assert high == 4000
    assert shown_better(as_image(cells).note, cell=True) == "nearly black: --range 0,4000 shows more"
    large = np.random.default_rng(1).normal(300, 10, (500, 600)).astype(np.uint16)
    large[100:104, 100:104] = 4000
    assert shown_better(as_image(with_one(65535, large)).note, cell=True).endswith(",4000 shows more")


def test_a_range_for_values_that_were_scaled_before_is_nearly_black() -> None:
    cells = np.full((60, 80), 300, np.uint16)
    cells[10:14, 10:14] = 3900
    scaled = (cells / 4095 * 255).astype(np.uint8)
    assert shown_better(as_image(cells, range=(0, 4095)).note, cell=True) == ""
    assert shown_better(as_image(scaled, range=(0, 4095)).note, cell=True) == "nearly black: --range 0,242 shows more"


def test_a_range_that_would_show_nothing_but_noise_is_not_named() -> None:
    noise = np.random.default_rng(1).normal(300, 10, (500, 600)).astype(np.uint16)
    structure = noise + np.linspace(0, 2000, 600).astype(np.uint16)
    for array in (noise, structure):
        array[100:110, 100:110] = 60_000
    assert "nearly black" in as_image(noise).note
    assert shown_better(as_image(noise).note, cell=False) == ""
    assert "shows more" in shown_better(as_image(structure).note, cell=False)


def test_a_range_is_named_in_the_words_of_a_picture_with_transparency() -> None:
    cells = (NOISE // 8).astype(np.uint16)
    four = np.dstack([cells] * 4)
    assert shown_better(as_image(four).note, cell=True) == "nearly black: a[...,:3] with --range 0,499 shows more"


@pytest.mark.parametrize(
    "array",
    [
        pytest.param(NOISE.astype(np.uint16) * 16, id="the whole range"),
        pytest.param((NOISE * 4).astype(np.uint16), id="a quarter of the range"),
        pytest.param(np.eye(200), id="a thin line"),
        pytest.param(np.eye(200, dtype=np.uint8) * 255, id="a thin line in 8 bits"),
        pytest.param(np.zeros((50, 50)), id="black"),
        pytest.param(np.ones((50, 50)), id="white"),
        pytest.param(np.full((50, 50), 0.3), id="one grey"),
        pytest.param(NOISE - 2000.0, id="a field"),
        pytest.param(0.4 + NOISE / 20_000, id="from 0.4 to 0.6"),
        pytest.param(NOISE.astype(np.uint8) // 64 + 200, id="a light page in 8 bits"),
        pytest.param(NOISE > 2000, id="bool"),
        pytest.param(NOISE % 4, id="labels"),
    ],
)
def test_f17_other_pictures_get_no_such_note(array: Any) -> None:
    assert "of the range" not in as_image(array).note


def test_f17_the_note_stretches_nothing() -> None:
    hot = with_one(65535, NOISE.astype(np.uint16))
    assert np.array_equal(np.asarray(as_image(hot).to_pil()), hot >> 8)


@pytest.mark.parametrize("order", ["<", ">"], ids=["little", "big"])
@pytest.mark.parametrize("kind", ["u2", "i2", "i4", "u8", "f4", "f8"])
def test_the_order_of_bytes_changes_no_rule(kind: str, order: str) -> None:
    """FITS and many TIFF files are big-endian: they once got another rule for uint16."""
    native = np.array([[1, 1000, 2000]], kind)
    assert grey(native.astype(order + kind)) == grey(native)


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.int64, np.float64, np.bool_])
def test_f16_masked_values_are_black_and_stated_and_change_no_rule(kind: Any) -> None:
    array = np.ma.array(np.array([[0, 1, 1]], kind), mask=[[False, False, True]])
    values, note = grey(array)
    shown, rule = grey(np.array([[0, 1]], kind))
    assert values == [*shown, 0]
    assert note == "; ".join(filter(None, (rule, "1 masked value shown as black")))


@pytest.mark.parametrize(
    ("array", "values", "note"),
    [
        pytest.param(
            np.ma.masked_equal([[0.0, 9999.0, 1.0]], 9999), [0, 0, 255], "0 to 1 shown as black to white", id="float"
        ),
        pytest.param(np.ma.masked_equal([[-5, 9999, 5]], 9999), [0, 0, 255], "-5 to 5 shown", id="beyond the range"),
        pytest.param(np.ma.masked_equal([[0, 1, 9]], 9), [0, 255, 0], "0 is black, 1 is white", id="two labels"),
        pytest.param(
            np.ma.masked_invalid([[0.0, np.nan, 1.0]]), [0, 0, 255], "1 masked value", id="NaN that is masked"
        ),
        pytest.param(
            np.ma.array([[0.0, np.nan, 1.0]], mask=[[True, False, False]]), [0, 0, 255], "1 non-finite", id="and NaN"
        ),
    ],
)
def test_f16_a_masked_value_has_no_part_in_the_range(array: Any, values: list[int], note: str) -> None:
    found, said = grey(array)
    assert found == values
    assert note in said
    assert "1 masked value shown as black" in said


def test_f16_masked_labels_colours_and_transparency_are_black() -> None:
    labels = as_image(np.ma.masked_equal([[0, 1, 5, 9]], 9))
    assert labels.note == "3 labels (0, 1, 5), one colour each, 0 black; 1 masked value shown as black"
    assert labels.to_pil().getpixel((3, 0)) == (0, 0, 0)
    clear = as_image(np.ma.array([[[0.1, 0.2, 0.3, 0.9]]], mask=[[[False, False, False, True]]]))
    assert clear.to_pil().getpixel((0, 0)) == (0, 0, 0)
    mapped = as_image(np.ma.masked_equal([[0.0, 1.0, 9999.0]], 9999), cmap="gray")
    assert mapped.to_pil().getpixel((2, 0)) == (128, 128, 128)
    assert mapped.note == "0 to 1 shown with the colour map gray; 1 masked value shown as grey"


def test_f16_an_array_of_masked_values_only_is_refused() -> None:
    with pytest.raises(ImageError, match="every value masked or not finite"):
        as_image(np.ma.masked_all((3, 3), np.uint8))


def test_a_masked_array_without_a_masked_value_is_an_array() -> None:
    assert grey(np.ma.array(np.array([[0, 255]], np.uint8), mask=False))[0] == [0, 255]


@pytest.mark.parametrize("transform", [np.transpose, np.flipud, lambda a: a[::2, ::3]], ids=["T", "flip", "step"])
def test_a_view_is_shown_as_it_looks(transform: Any) -> None:
    array = transform(np.arange(48, dtype=np.uint8).reshape(6, 8))
    image = as_image(array)
    assert (image.height, image.width) == array.shape
    assert grey(array)[0] == array.ravel().tolist()
