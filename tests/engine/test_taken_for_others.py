"""What is taken for something else: bars with their values for a legend, tick marks for signs, borders for colours."""

from __future__ import annotations

from typing import Any

import matplotlib.style
import numpy as np

from tests.engine.drawn_legends import figure_with_axes, image_of, pixels_of, texts_of
from vision_magic.engine.chart.axes import TextPool
from vision_magic.engine.chart.frames import Frame
from vision_magic.engine.chart.legend import find_legends, take_legends
from vision_magic.engine.chart.samples import find_sample
from vision_magic.engine.chart.signs import without_marks
from vision_magic.engine.texts import Text

BLUE = (47, 105, 191)


def picture(**blocks: tuple[tuple[int, int, int, int], tuple[int, int, int]]) -> Any:
    """Return a white picture with blocks of a colour: left, top, right, bottom."""
    pixels = np.full((200, 300, 3), 255, np.uint8)
    for (left, top, right, bottom), colour in blocks.values():
        pixels[top:bottom, left:right] = colour
    return pixels


def test_bars_with_their_values_are_no_legend() -> None:
    pixels = picture(upper=((60, 20, 92, 40), BLUE), lower=((60, 60, 90, 80), BLUE))
    texts = [Text(text="610", box=(98, 18, 134, 42)), Text(text="571", box=(97, 58, 133, 82))]
    assert find_legends(image_of(pixels), texts, 24.0) == ()
    pixels[60:80, 60:90] = (214, 39, 40)  # unlike groups that are called by their numbers
    assert [entry.text.text for legend in find_legends(image_of(pixels), texts, 24.0) for entry in legend.entries]


def test_the_rest_of_a_word_is_no_sample() -> None:
    pixels = picture(rest=((138, 22, 166, 32), (0, 0, 0)))
    first, rest = Text(text="Compass bu", box=(40, 16, 136, 36)), Text(text="dget", box=(136, 17, 169, 36))
    alone = find_legends(image_of(pixels), [first], 20.0)
    assert [entry.text for legend in alone for entry in legend.entries] == [first]
    assert find_legends(image_of(pixels), [first, rest], 20.0) == ()


def test_an_error_bar_beside_a_text_above_the_axes_is_a_legend() -> None:
    figure, axes = figure_with_axes()
    axes.errorbar([0, 1], [0, 1], 0.1, fmt="none", capsize=4, elinewidth=3, label="mean ± s.d.")
    legend = axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), fontsize="large")
    image, texts = image_of(pixels_of(figure)), texts_of(legend)
    pool = TextPool(free=texts, line_height=texts[0].height)
    frame = Frame(left=90, top=58, right=648, bottom=427)
    (found,) = take_legends(image, [frame], pool)
    assert found is not None
    assert [entry.text.text for entry in found.entries] == ["mean ± s.d."]


def test_the_colour_of_a_small_marker_is_not_that_of_its_border() -> None:
    with matplotlib.style.context(["classic", {"font.family": "DejaVu Sans"}]):
        figure, axes = figure_with_axes()
        figure.set_dpi(80)
        axes.scatter([0, 1], [0, 1], 12, marker="^", color="b", edgecolor="black", label="plums")
        legend = axes.legend(loc="upper right")
        pixels, text = pixels_of(figure), texts_of(legend)[0]
    sample = find_sample(pixels, text, 0.72 * text.height)
    assert sample is not None
    assert sample.rgb[2] - sample.rgb[0] > 60


def test_tick_marks_beside_all_labels_are_no_signs() -> None:
    blank = np.full((300, 100, 3), 255, np.uint8)
    labels = [Text(text=f"-{number}", box=(40, top, 70, top + 16)) for number, top in ((50, 20), (40, 80), (30, 140))]
    assert [text.text for text in without_marks(blank, labels, "right")] == ["50", "40", "30"]
    depths = [Text(text=text.text, box=(40, 160 - text.box[1], 70, 176 - text.box[1])) for text in labels]
    assert [text.text for text in without_marks(blank, depths, "right")] == ["-50", "-40", "-30"]


def test_tick_marks_at_the_side_of_the_axes_are_no_samples() -> None:
    line = ((60, 52, 96, 55), BLUE)
    marks = [((272, top, 284, top + 2), (0, 0, 0)) for top in (21, 53)]
    pixels = picture(line=line, upper=marks[0], lower=marks[1], side=((284, 0, 286, 200), (0, 0, 0)))
    frame = Frame(left=10, top=2, right=285, bottom=190)
    title, name = Text(text="Harvest", box=(150, 10, 240, 34)), Text(text="paper", box=(108, 42, 240, 66))
    (found,) = find_legends(image_of(pixels), [title, name], 24.0, [frame])
    assert [(entry.text.text, entry.rgb) for entry in found.entries] == [("paper", BLUE)]
