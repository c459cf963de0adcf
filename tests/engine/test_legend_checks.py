"""Texts of a legend that may be misread, and samples whose text was not read."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from vision_magic.engine.chart.legend_checks import has_unread_sample, is_doubtful, is_marker
from vision_magic.engine.pixels import Box
from vision_magic.engine.texts import Text


def drawn(figure: Figure) -> tuple[np.ndarray, FigureCanvasAgg]:
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3], canvas


def with_text(text: str = "wheat", *, crossed: bool = False) -> tuple[np.ndarray, Box]:
    """Return the pixels of a figure with a text in its middle, and the box of the text with a margin as of OCR."""
    figure = Figure(figsize=(3, 2))
    artist = figure.text(0.4, 0.5, text)
    pixels, canvas = drawn(figure)
    if crossed:
        figure.add_artist(Line2D([0.38, 0.6], [0.4, 0.62], color="C3"))
        pixels, canvas = drawn(figure)
    box = artist.get_window_extent(canvas.get_renderer())
    height = pixels.shape[0]
    return pixels, (int(box.x0) - 3, height - int(box.y1) - 3, int(box.x1) + 4, height - int(box.y0) + 3)


def test_a_text_without_a_curve_is_sure() -> None:
    pixels, box = with_text()
    assert not is_doubtful(pixels, Text(text="wheat", box=box, confidence=0.99), ())


def test_a_text_that_a_curve_crosses_is_doubtful_unless_read_with_ease() -> None:
    pixels, box = with_text(crossed=True)
    assert is_doubtful(pixels, Text(text="wheot", box=box, confidence=0.97), ())
    assert not is_doubtful(pixels, Text(text="wheat", box=box, confidence=1.0), ())


def test_a_text_with_more_letters_beside_its_box_is_doubtful() -> None:
    pixels, (left, top, right, bottom) = with_text("cherries", crossed=True)
    middle = (left + right) // 2
    assert is_doubtful(pixels, Text(text="cher", box=(left, top, middle, bottom)), ())
    assert is_doubtful(pixels, Text(text="ries", box=(middle, top, right, bottom)), ())


def test_letters_beside_a_box_are_noticed_where_a_pure_colour_crosses_the_text() -> None:
    """Pure cyan is as far from white in one channel as black is."""
    pixels, (left, top, right, bottom) = with_text("apples")
    pixels = pixels.copy()
    cut = right - (right - left) // 7  # within the last letter
    pixels[top + 1 : bottom - 1, cut - 12 : cut - 9] = (0, 191, 191)
    text = Text(text="apple", box=(left, top, cut, bottom))
    others = [Text(text="wood", box=(left, top - 30, left + 40, bottom - 30))]
    assert is_doubtful(pixels, text, others)


def test_the_ground_beside_a_bar_below_a_text_is_no_letter() -> None:
    figure = Figure(figsize=(3, 2))
    figure.add_artist(Rectangle((0.2, 0.1), 0.33, 0.8, color="C0"))
    figure.add_artist(Rectangle((0.34, 0.48), 0.03, 0.05, color="white"))
    artist = figure.text(0.4, 0.5, "radar")
    pixels, canvas = drawn(figure)
    box, height = artist.get_window_extent(canvas.get_renderer()), pixels.shape[0]
    read = (int(box.x0) - 3, height - int(box.y1) - 3, int(box.x1) + 4, height - int(box.y0) + 3)
    assert not is_doubtful(pixels, Text(text="radar", box=read), ())
    left, top, right, bottom = read
    assert is_doubtful(pixels, Text(text="rad", box=(left, top, (left + right) // 2, bottom)), ())


@pytest.mark.parametrize(("text", "confidence", "expected"), [("w", 0.64, False), ("Quitó", 0.93, True)])
def test_a_short_name_is_sure_and_a_doubtful_accent_is_not(text: str, confidence: float, expected: bool) -> None:
    pixels, box = with_text(text)
    assert is_doubtful(pixels, Text(text=text, box=box, confidence=confidence), ()) is expected


@pytest.mark.parametrize(("colour", "expected"), [("C1", True), ("black", False)])
def test_a_coloured_letter_is_a_marker(colour: str, expected: bool) -> None:
    figure = Figure(figsize=(2, 2))
    figure.text(0.5, 0.5, "x", color=colour, weight="bold")
    pixels, _ = drawn(figure)
    assert is_marker(pixels, Text(text="x", box=(95, 85, 112, 105))) is expected


@pytest.mark.parametrize("columns", [1, 3])
def test_a_sample_without_a_text_is_noticed(columns: int) -> None:
    figure = Figure(figsize=(5, 3))
    axes = figure.add_subplot()
    for number, name in enumerate(("alpha", "beta", "gamma")):
        axes.bar([number], [1], label=name)
    legend = axes.legend(loc="upper right", ncols=columns)
    pixels, canvas = drawn(figure)
    entries = []
    for text, patch in zip(legend.get_texts(), legend.get_patches(), strict=True):
        box, sample = text.get_window_extent(canvas.get_renderer()), patch.get_window_extent(canvas.get_renderer())
        top, bottom = pixels.shape[0] - int(box.y1) - 3, pixels.shape[0] - int(box.y0) + 3
        read = Text(text=text.get_text(), box=(int(box.x0) - 3, top, int(box.x1) + 3, bottom))
        entries.append((read, (round(sample.x0), round(sample.x1))))
    assert not has_unread_sample(pixels, entries)
    assert has_unread_sample(pixels, entries[:2])
