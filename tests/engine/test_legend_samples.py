"""Samples of a legend that are hard to see: beside curves, pale, crossed, in large letters; and what is no sample."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import matplotlib.style
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.legend import Legend as Drawn

from tests.engine.drawn_legends import figure_with_axes, image_of, pixels_of, texts_of
from vision_magic.engine.chart.legend import Legend, find_legends
from vision_magic.engine.chart.legend_checks import has_unread_sample, is_doubtful, is_sample_row, without_faint_marker
from vision_magic.engine.chart.samples import EM, colour_within, find_sample, find_stroke
from vision_magic.engine.texts import Text

NAMES = ("wheat", "maize", "Oslo")


def lines(axes: Axes, colours: tuple[str, ...] = ("C0", "C1", "C2"), **options: Any) -> Drawn:
    for number, (name, colour) in enumerate(zip(NAMES, colours, strict=True)):
        axes.plot([0, 1], [number, number + 1], color=colour, label=name)
    axes.set_ylim(0, 40)
    return axes.legend(loc="upper center", **options)


def beside_text(text: Text, share: float) -> int:
    """Return the place at a share of the way from where a sample ends to the letters."""
    return round(text.box[0] - 0.45 * EM * text.height * (1 - share))


def names_and_colours(legends: tuple[Legend, ...]) -> dict[str, tuple[int, int, int]]:
    return {entry.text.text: entry.rgb for legend in legends for entry in legend.entries}


@pytest.mark.parametrize("share", [-6.5, 0.9], ids=["left of the sample", "between sample and text"])
def test_lines_of_a_legend_are_found_where_a_curve_runs_beside_each_of_them(share: float) -> None:
    figure, axes = figure_with_axes()
    legend = lines(axes, frameon=False)
    pixels = pixels_of(figure)
    texts = texts_of(legend)
    x = beside_text(texts[0], share)
    pixels[:, x - 1 : x + 2] = (148, 103, 189)
    found = names_and_colours(find_legends(image_of(pixels), texts, texts[0].height))
    assert found == {"wheat": (31, 119, 180), "maize": (255, 127, 14), "Oslo": (44, 160, 44)}


@pytest.mark.parametrize("style", ["--", "-.", ":", "-"])
def test_the_box_of_a_legend_holds_all_dashes_of_its_samples(style: str) -> None:
    """Only the last dash was found, and the others were ends of the lines that they stand for: seed 9514."""
    figure, axes = figure_with_axes()
    for number, name in enumerate(NAMES):
        axes.plot([0, 1], [number, number + 1], linestyle=style, linewidth=2.5, label=name)
    legend = axes.legend(loc="upper center")
    pixels, texts = pixels_of(figure), texts_of(legend)
    (found,) = find_legends(image_of(pixels), texts, texts[0].height)
    left = min(handle.get_window_extent().x0 for handle in legend.legend_handles)
    assert left - 30 <= found.box(texts[0].height)[0] <= left


def test_a_pale_sample_is_found() -> None:
    figure, axes = figure_with_axes(facecolor="#eaeaf2")
    legend = lines(axes, ("C0", "#bebada", "C2"), facecolor="#eaeaf2", framealpha=1)
    pixels, texts = pixels_of(figure), texts_of(legend)
    assert set(names_and_colours(find_legends(image_of(pixels), texts, texts[0].height))) == set(NAMES)


def test_the_upper_end_of_a_bar_beside_a_number_is_no_sample() -> None:
    figure, axes = figure_with_axes()
    legend = lines(axes, frameon=False)
    pixels, text = pixels_of(figure), texts_of(legend)[2]
    em = EM * text.height
    assert find_stroke(pixels, text, em) is not None
    left, right = (round(text.box[0] - times * em) for times in (2.5, 0.5))
    pixels[round(text.centre[1]) : 300, left:right] = (44, 160, 44)
    assert find_stroke(pixels, text, em) is None


def test_a_curve_across_a_name_that_makes_its_box_higher_leaves_it_in_line() -> None:
    figure, axes = figure_with_axes()
    for number, name in enumerate(NAMES):
        axes.plot([0, 1], [number, number + 1], "o", color=f"C{number}", label=name)
    axes.set_ylim(0, 40)
    legend = axes.legend(loc="upper center", frameon=False)
    pixels, texts = pixels_of(figure), texts_of(legend)
    left, top, right, bottom = texts[1].box
    texts[1] = replace(texts[1], box=(left - 6, top - 6, right, bottom + 8))
    pixels[top - 2 : bottom, left - 12 : left + 2] = (148, 103, 189)  # something hides the gap beside the name
    found = find_legends(image_of(pixels), texts, texts[0].height)
    assert set(names_and_colours(found)) == set(NAMES)


def test_a_sample_of_error_bars_is_found_where_the_legend_is_larger_than_other_text() -> None:
    with matplotlib.style.context("classic"):
        figure, axes = figure_with_axes()
        for number, name in enumerate(NAMES):
            axes.errorbar([0, 1], [number, number + 1], yerr=0.5, fmt="none", color="b", capsize=3, label=name)
        axes.set_ylim(0, 40)
        legend = axes.legend(loc="upper center", markerfirst=False)
    pixels, texts = pixels_of(figure), texts_of(legend)
    assert set(names_and_colours(find_legends(image_of(pixels), texts, 0.74 * texts[0].height))) == set(NAMES)


def test_a_sample_that_a_curve_crosses_is_noticed_if_its_name_was_not_read() -> None:
    figure, axes = figure_with_axes()
    legend = lines(axes, frameon=False)
    pixels, texts = pixels_of(figure), texts_of(legend)
    (found,) = find_legends(image_of(pixels), texts, texts[0].height)
    start, end = found.entries[0].sample
    for y in range(texts[0].box[1], texts[2].box[3]):
        x = (start + end) // 2 + (y - texts[1].box[1]) // 8
        pixels[y, x - 1 : x + 2] = (214, 39, 40)
    pairs = [(entry.text, entry.sample) for entry in found.entries]
    assert not has_unread_sample(pixels, pairs)
    assert has_unread_sample(pixels, pairs[:2])


def test_a_line_that_goes_on_is_no_sample() -> None:
    row = np.full((120, 3), 255, np.uint8)
    row[30:70] = (31, 119, 180)
    assert is_sample_row(row, (30, 70), (255, 255, 255))
    row[48:54] = (214, 39, 40)
    assert is_sample_row(row, (30, 70), (255, 255, 255))
    row[70:110] = (31, 119, 180)
    assert not is_sample_row(row, (30, 70), (255, 255, 255))


def test_a_bar_behind_the_border_of_a_legend_makes_no_name_doubtful() -> None:
    with matplotlib.style.context("classic"):
        figure, axes = figure_with_axes()
        axes.barh([1, 2, 3], [50, 50, 50], height=0.25, color="red")
        for name in NAMES:
            axes.barh([0], [0], label=name)
        axes.set_ylim(0, 3.2)
        legend = axes.legend(loc="upper right")
    pixels, texts = pixels_of(figure), texts_of(legend)
    border = round(legend.get_frame().get_window_extent().x1)
    beyond = pixels[:, border + 4]
    crossed = next(text for text in texts if (beyond[text.box[1] : text.box[3]] == (255, 0, 0)).all(1).any())
    tight = replace(crossed, box=(*crossed.box[:2], border - 3, crossed.box[3]))
    assert not is_doubtful(pixels, tight, [other for other in texts if other is not crossed])


def test_a_name_on_bars_of_two_colours_is_sure_where_its_box_holds_all_of_it() -> None:
    """White between the bars is farther from their colours than black letters are."""
    figure, axes = figure_with_axes()
    legend = lines(axes, frameon=False)
    pixels, texts = pixels_of(figure), texts_of(legend)
    text = texts[1]
    left, top, right, bottom = text.box
    above = top + round(0.3 * text.height)
    part = pixels[above:bottom, left - 20 : right + 20]
    on_bars = np.where((part.max(axis=2) < 140)[..., None], part, np.array((255, 127, 14), np.uint8))
    most = 2 * len(part) // 3
    on_bars[:most][part[:most].max(axis=2) >= 140] = (44, 160, 44)
    part[:] = on_bars
    others = [other for other in texts if other is not text]
    assert not is_doubtful(pixels, text, others)
    assert is_doubtful(pixels, replace(text, box=(left, top, (left + right) // 2, bottom)), others)


def test_a_grey_line_that_a_vivid_curve_crosses_is_grey() -> None:
    figure, axes = figure_with_axes()
    legend = lines(axes, ("C0", "#ababab", "C2"), frameon=False)
    pixels, texts = pixels_of(figure), texts_of(legend)
    text = texts[1]
    end = text.box[0] - round(0.9 * EM * text.height)
    for y in range(text.box[1] - 4, text.box[3] + 4):
        for x in (end - 28 + (y - text.box[1]) // 3, end - 8 - (y - text.box[1]) // 3):
            pixels[y, x : x + 5] = (0, 107, 164)
    found = find_sample(pixels, text, EM * text.height)
    assert found is not None
    assert found.rgb == pytest.approx((171, 171, 171), abs=8)


def test_dots_in_small_print_are_one_sample() -> None:
    """A dot between two pixels is too pale to be seen, and leaves a gap of four."""
    pixels = np.full((90, 120, 3), 255, np.uint8)
    text = Text(text="west", box=(39, 51, 72, 67))
    pixels[58:60, [77, 82, 86, 87, 91, 95]] = 185
    found = find_sample(pixels, text, EM * 16, mirrored=True)
    assert found is not None
    assert found.start == 77
    assert found.end > 91


@pytest.mark.parametrize(
    ("place", "colour"), [(55, (255, 255, 255)), (104, (76, 114, 176))], ids=["grid line", "curve"]
)
def test_a_line_of_a_legend_is_found_where_something_runs_close_beside_it(
    place: int, colour: tuple[int, int, int]
) -> None:
    pixels = np.full((60, 180, 3), (234, 234, 242), np.uint8)
    pixels[:, place : place + 3] = colour
    pixels[28:32, 60:102] = (196, 78, 82)
    pixels[28:32, [59, 102]] = (208, 129, 134)
    found = find_stroke(pixels, Text(text="Quito", box=(112, 15, 170, 45)), 20.0)
    assert found is not None
    assert (found.start, found.end, found.rgb) == (60, 102, (196, 78, 82))


def test_a_name_whose_box_is_cut_where_a_bar_begins_is_as_wide_as_its_letters() -> None:
    figure, axes = figure_with_axes()
    legend = lines(axes, frameon=False)
    pixels, texts = pixels_of(figure), texts_of(legend)
    text = texts[1]
    left, top, right, bottom = text.box
    ground = pixels[top:bottom, left:right].min(axis=2) == 255
    ground[:, : 4 * (right - left) // 5] = False
    pixels[top:bottom, left:right][ground] = (255, 190, 170)
    tight = replace(text, box=(left + 5, top, right - 5, bottom))
    others = [other for other in texts if other is not text]
    assert not is_doubtful(pixels, tight, others)
    assert is_doubtful(pixels, replace(tight, text="ma"), others)


@pytest.mark.parametrize("dpi", [72, 80, 100])
def test_names_in_small_print_are_as_wide_as_their_letters(dpi: int) -> None:
    """The ends of thin letters are pale, and were left out of the width of some names, but not of others."""
    figure, axes = figure_with_axes()
    figure.set_dpi(dpi)
    for name in ("Berlin", "steel", "barley", "wheat"):
        axes.plot([0, 1], [0, 1], label=name)
    axes.set_ylim(0, 40)
    legend = axes.legend(loc="upper center", frameon=False)
    pixels, texts = pixels_of(figure), texts_of(legend)
    for left, _, right, bottom in (text.box for text in texts):
        pixels[bottom - 7 : bottom - 5, left + 4 : (left + right) // 2] = (0, 107, 164)
    doubted = [is_doubtful(pixels, text, [other for other in texts if other is not text]) for text in texts]
    assert doubted == [False] * 4
    assert is_doubtful(pixels, replace(texts[0], text="Ber"), texts[1:])


def test_three_points_on_the_right_of_a_name_are_one_sample() -> None:
    pixels = np.full((60, 200, 3), 255, np.uint8)
    pixels[20:35, 10:58:3] = 0  # letters
    for start in (82, 103, 124):
        pixels[22:37, start : start + 15] = (0, 0, 255)
    sample = find_sample(pixels, Text(text="maize", box=(4, 12, 60, 47)), 23, mirrored=True)
    assert sample is not None
    assert (sample.start, sample.end, sample.rgb) == (82, 139, (0, 0, 255))


def test_a_marker_that_shows_through_a_legend_is_no_letter_of_a_name() -> None:
    figure, axes = figure_with_axes()
    legend = lines(axes, framealpha=1)
    pixels, text = pixels_of(figure), texts_of(legend)[0]
    left, top, right, bottom = text.box
    pixels[top:bottom, left - 10 : left] = 255
    pixels[top + 8 : bottom - 8, left - 8 : left - 1] = (220, 235, 235)
    wider = replace(text, text=f"×{text.text}", box=(left - 10, top, right, bottom))
    assert without_faint_marker(pixels, wider).text == text.text
    assert abs(without_faint_marker(pixels, wider).box[0] - left) <= 3
    assert without_faint_marker(pixels, replace(text, text="×2")) == replace(text, text="×2")


def test_the_columns_of_a_legend_are_one_though_a_sample_of_the_first_is_narrow() -> None:
    figure, axes = figure_with_axes()
    axes.errorbar([0, 1], [0, 1], 0.1, fmt="none", label="wheat")
    axes.errorbar([0, 1], [1, 2], 0.1, fmt="o-", label="maize")
    axes.errorbar([0, 1], [3, 2], 0.1, fmt="o", label="Oslo")
    axes.set_ylim(0, 40)
    legend = axes.legend(loc="upper center", ncols=2)
    pixels, texts = pixels_of(figure), texts_of(legend)
    (found,) = find_legends(image_of(pixels), texts, texts[0].height)
    assert [entry.text.text for entry in found.entries] == list(NAMES)


@pytest.mark.parametrize("hidden", [9, 12])
def test_a_name_whose_first_letter_is_hidden_stays_in_line_with_its_sample(hidden: int) -> None:
    figure, axes = figure_with_axes()
    legend = lines(axes, frameon=False)
    pixels, texts = pixels_of(figure), texts_of(legend)
    left, top, right, bottom = texts[2].box
    texts[2] = replace(texts[2], box=(left + hidden, top, right, bottom))
    pixels[top:bottom, left : left + hidden] = 255
    (found,) = find_legends(image_of(pixels), texts, texts[0].height)
    assert [entry.text.text for entry in found.entries] == list(NAMES)


def test_the_sample_of_an_area_behind_the_legend_has_the_colour_of_the_area() -> None:
    pixels = np.full((60, 200, 3), (76, 114, 176), np.uint8)
    text = Text(text="Oslo", box=(80, 18, 130, 42))
    assert colour_within(pixels, text, (40, 70), (234, 234, 242)) == (76, 114, 176)
    assert colour_within(pixels, text, (40, 70), (76, 114, 176)) is None  # the ground of the axes
    pixels[:] = 255  # the ground of the legend
    assert colour_within(pixels, text, (40, 70), (234, 234, 242)) is None


def test_a_marker_between_a_sample_and_its_name_is_no_entry() -> None:
    figure, axes = figure_with_axes()
    legend = lines(axes, framealpha=1)
    pixels, texts = pixels_of(figure), texts_of(legend)
    left, top, _, bottom = texts[1].box
    marker = Text(text="x", box=(left - 6, top + 4, left + 2, bottom - 4))
    (found,) = find_legends(image_of(pixels), [*texts, marker], texts[0].height)
    assert [entry.text.text for entry in found.entries] == list(NAMES)


def test_a_curve_that_passes_all_names_on_their_right_is_not_their_samples() -> None:
    """All names had the colour of the curve, since other curves touch their own samples: seed 18404 of the axes."""
    figure, axes = figure_with_axes()
    legend = lines(axes, frameon=False)
    pixels, texts = pixels_of(figure), texts_of(legend)
    for text in texts:
        left, top, right, bottom = text.box
        middle = (top + bottom) // 2
        pixels[middle - 1 : middle + 2, right + 6 : right + 26] = (148, 103, 189)
        for columns in (slice(left - 60, left - 50), slice(left - 16, left - 2)):
            pixels[top:middle, columns] = (188, 189, 34)
    found = names_and_colours(find_legends(image_of(pixels), texts, texts[0].height))
    assert found == {"wheat": (31, 119, 180), "maize": (255, 127, 14), "Oslo": (44, 160, 44)}
