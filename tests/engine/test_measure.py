"""Measurements of size, colours, areas and differences."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from tests.engine.pictures import dots, noise, two_lines
from vision_magic.engine.blobs import count_blobs
from vision_magic.engine.colours import colour_name
from vision_magic.engine.difference import compare
from vision_magic.engine.measure import measure
from vision_magic.engine.pixels import on_white
from vision_magic.engine.places import place_of_box


@pytest.mark.parametrize(
    ("rgb", "name"),
    [
        pytest.param((255, 255, 255), "white", id="white"),
        pytest.param((0, 0, 0), "black", id="black"),
        pytest.param((128, 128, 128), "grey", id="grey"),
        pytest.param((31, 119, 180), "blue", id="first of matplotlib"),
        pytest.param((255, 127, 14), "orange", id="second of matplotlib"),
        pytest.param((44, 160, 44), "green", id="third of matplotlib"),
        pytest.param((214, 39, 40), "red", id="fourth of matplotlib"),
        pytest.param((148, 103, 189), "purple", id="fifth of matplotlib"),
        pytest.param((140, 86, 75), "brown", id="sixth of matplotlib"),
        pytest.param((227, 119, 194), "pink", id="seventh of matplotlib"),
        pytest.param((250, 235, 20), "yellow", id="yellow"),
        pytest.param((10, 10, 120), "dark blue", id="navy"),
    ],
)
def test_colours_have_the_names_that_people_use(rgb: tuple[int, int, int], name: str) -> None:
    assert colour_name(rgb) == name


def test_a_flat_picture_lists_its_colours_with_share_and_place() -> None:
    picture = Image.new("RGB", (200, 100), "white")
    picture.paste((255, 0, 0), (0, 50, 50, 100))
    found = measure(picture)
    assert found.kind == "flat"
    assert [(each.name, each.hex, each.place) for each in found.palette] == [
        ("white", "#ffffff", "throughout"),
        ("red", "#ff0000", "mostly in the lower left"),  # two thirds of it; the rest is above
    ]
    assert found.palette[1].share == pytest.approx(0.125)


@pytest.mark.parametrize(
    ("box", "place"),
    [
        ((0, 70, 60, 100), "lower left"),
        ((0, 70, 200, 100), "lower third"),
        ((0, 59, 200, 100), "mostly in the lower third"),
        ((10, 10, 50, 95), "left third"),
        ((20, 10, 75, 95), "mostly in the left third"),
    ],
)
def test_a_place_without_a_word_before_it_holds_nearly_all_of_a_colour(
    box: tuple[int, int, int, int], place: str
) -> None:
    picture = Image.new("RGB", (200, 100), "white")
    picture.paste((255, 0, 0), box)
    assert measure(picture).palette[1].place == place


def test_the_place_of_a_colour_is_that_of_all_its_shades() -> None:
    picture = Image.new("RGB", (300, 200), "white")
    picture.paste((0, 0, 0), (20, 20, 121, 121))
    picture.paste((4, 4, 4), (180, 20, 281, 121))
    assert [(colour.name, colour.place) for colour in measure(picture).palette[1:]] == [
        ("black", "mostly in the upper half")
    ]


def test_thin_lines_of_a_plot_are_among_its_colours() -> None:
    assert [colour.name for colour in measure(two_lines()).palette] == ["white", "black", "blue", "orange"]


@pytest.mark.parametrize(
    ("picture", "kind"),
    [
        pytest.param(noise(), "photograph-like", id="noise"),
        pytest.param(two_lines(), "flat", id="plot"),
        pytest.param(Image.new("RGB", (1, 1)), "flat", id="one pixel"),
        pytest.param(Image.new("L", (5, 900), 7), "flat", id="narrow grey"),
        pytest.param(Image.new("1", (9, 9)), "flat", id="bits"),
    ],
)
def test_kinds_of_pictures_are_told_apart(picture: Image.Image, kind: str) -> None:
    assert measure(picture).kind == kind


def test_transparency_is_measured_and_put_on_white() -> None:
    picture = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    picture.paste((255, 0, 0, 128), (0, 0, 10, 5))
    found = measure(picture)
    assert (found.transparent, found.translucent) == (0.5, 0.5)
    assert on_white(picture).getpixel((5, 9)) == (255, 255, 255)


def test_sixteen_bit_grey_is_shown_by_its_range_and_not_cut() -> None:
    picture = Image.new("I", (2, 1))
    picture.putpixel((0, 0), 1000)
    picture.putpixel((1, 0), 60000)
    assert [on_white(picture).getpixel((x, 0)) for x in (0, 1)] == [(0, 0, 0), (255, 255, 255)]


@pytest.mark.parametrize(
    ("picture", "count"),
    [
        pytest.param(dots(12), 12, id="dark on white"),
        pytest.param(dots(7, "yellow"), 7, id="as bright as the background"),
        pytest.param(dots(9, "white", "black"), 9, id="white on black"),
        pytest.param(dots(24).resize((1600, 1200)), 24, id="large picture"),
        pytest.param(Image.new("RGB", (50, 50), "white"), 0, id="nothing"),
    ],
)
def test_separate_blobs_are_counted_exactly(picture: Image.Image, count: int) -> None:
    before = picture.size
    assert count_blobs(picture).count == count
    assert picture.size == before


@pytest.mark.parametrize("background", [(0, 0, 0), (255, 255, 255), (250, 251, 249), (30, 60, 140)])
def test_n7_the_background_has_the_colour_that_the_picture_has(background: tuple[int, int, int]) -> None:
    picture = Image.new("RGB", (80, 60), background)
    picture.paste((200, 20, 20), (20, 20, 40, 40))
    assert count_blobs(picture).background == background


def test_a_blob_with_arms_that_join_late_is_one() -> None:
    picture = Image.new("RGB", (60, 60), "white")
    draw = ImageDraw.Draw(picture)
    draw.line([(10, 10), (10, 50), (50, 50), (50, 10)], fill="black", width=3)
    draw.line([(30, 10), (30, 50)], fill="black", width=3)
    assert count_blobs(picture).count == 1


def test_specks_are_left_out_and_said() -> None:
    picture = dots(3)
    for x in range(5, 100, 10):
        picture.putpixel((x, 290), (0, 0, 0))
    blobs = count_blobs(picture)
    assert (blobs.count, blobs.specks) == (3, 10)


def test_equal_pictures_are_identical() -> None:
    found = compare(dots(), dots())
    assert found.identical
    assert found.share == 0
    assert found.regions == ()


def test_a_difference_is_found_where_it_is() -> None:
    changed = dots()
    changed.paste((0, 128, 0), (300, 200, 380, 280))
    found = compare(dots(), changed)
    assert not found.identical
    assert [region.box for region in found.regions] == [(300, 200, 380, 280)]
    assert found.regions[0].place == "lower right"
    assert found.share == pytest.approx(80 * 80 / (400 * 300), rel=0.01)
    assert [colour.name for colour in found.only_second] == ["green"]


def test_pictures_of_two_sizes_are_compared_after_scaling() -> None:
    found = compare(dots(), dots().resize((200, 150)))
    assert not found.same_size
    assert not found.identical


@pytest.mark.parametrize(
    ("box", "words"),
    [
        pytest.param((0, 0, 10, 10), "upper left", id="corner"),
        pytest.param((45, 45, 55, 55), "centre", id="centre"),
        pytest.param((0, 90, 100, 100), "along the bottom", id="bottom"),
        pytest.param((90, 0, 100, 100), "along the right side", id="right side"),
        pytest.param((0, 0, 100, 100), "across the picture", id="all"),
    ],
)
def test_boxes_have_a_place_of_box(box: tuple[int, int, int, int], words: str) -> None:
    assert place_of_box(box, (100, 100)) == words
