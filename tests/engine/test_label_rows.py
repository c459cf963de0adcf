"""Rows of labels that OCR detects as one line."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from tests.engine.test_everyday_marks import FRUIT, Drawing
from vision_magic.engine.label_rows import split_label_rows, split_touching_names
from vision_magic.engine.quads import Quad, bounding_box
from vision_magic.engine.reading import _is_below_labels, _read_touching_names
from vision_magic.engine.texts import GUESSED, Text

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
CITIES = ("Berlin", "Madrid", "Oslo", "Lima", "Quito", "Cairo", "Paris", "London")


def quad_of(left: float, top: float, right: float, bottom: float) -> Quad:
    return (left, top), (right, top), (right, bottom), (left, bottom)


def line_of_labels(names: tuple[str, ...], width: float, **ticks: int) -> tuple[Image.Image, Quad, list[float]]:
    """Return a bar chart, the line of its labels, and the middle of each of them."""
    figure = Figure(figsize=(width, 3), dpi=200)
    axes = figure.add_subplot()
    axes.bar(names, range(3, 3 + len(names)))
    axes.tick_params(**ticks)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3].copy())
    boxes = [label.get_window_extent(canvas.get_renderer()) for label in axes.get_xticklabels()]
    height = picture.height
    top, bottom = height - max(box.y1 for box in boxes) - 5, height - min(box.y0 for box in boxes) + 5
    line = quad_of(boxes[0].x0 - 5, top, boxes[-1].x1 + 5, bottom)
    return picture, line, [(box.x0 + box.x1) / 2 for box in boxes]


@pytest.mark.parametrize(
    ("names", "width"),
    [
        pytest.param(MONTHS, 6.4, id="gaps between the names"),
        pytest.param(MONTHS, 4.5, id="names nearly touch: tick marks tell them apart"),
        pytest.param(CITIES, 5.2, id="names of different lengths"),
    ],
)
def test_each_name_of_a_crowded_axis_is_a_line_of_its_own(names: tuple[str, ...], width: float) -> None:
    picture, line, middles = line_of_labels(names, width)
    parts = split_label_rows(picture, [line])
    assert len(parts) == len(names)
    boxes = [bounding_box(part) for part in parts]
    assert [(box[0] + box[2]) / 2 for box in boxes] == pytest.approx(middles, abs=8)


@pytest.mark.parametrize("ticks", [pytest.param({}, id="marks"), pytest.param({"length": 0}, id="bars alone")])
def test_names_that_cover_each_other_are_told_apart_by_what_they_name(ticks: dict[str, int]) -> None:
    """They were read as one word, and the values of all bars were lost: seeds 9511, 9514 and 9515."""
    picture, line, middles = line_of_labels(CITIES, 3.4, **ticks)
    assert split_label_rows(picture, [line]) == [line]
    parts = split_touching_names(picture, line)
    boxes = [bounding_box(part) for part, _ in parts]
    assert [(box[0] + box[2]) / 2 for box in boxes] == pytest.approx(middles, abs=4)
    assert not any(apart for _, apart in parts)


def test_two_names_of_a_row_are_told_apart_by_what_stands_above_the_whole_row() -> None:
    picture, line, middles = line_of_labels(CITIES, 3.4)
    _, top, right, bottom = bounding_box(line)
    part = quad_of((middles[-3] + middles[-2]) / 2, top, right, bottom)
    found = [bounding_box(quad) for quad, _ in split_touching_names(picture, part)]
    assert [(box[0] + box[2]) / 2 for box in found] == pytest.approx(middles[-2:], abs=4)


def test_names_below_the_cells_of_a_heat_map_are_told_apart() -> None:
    """Without bars or tick marks, nothing told where the names were: seeds 504 and 9605."""
    figure = Figure(figsize=(3.4, 3), dpi=200)
    axes = figure.add_subplot()
    axes.imshow(np.arange(40).reshape(5, 8) * 7 % 11, aspect="auto")
    axes.set_xticks(range(8), CITIES, fontsize=9)
    axes.tick_params(length=0)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3].copy())
    boxes = [label.get_window_extent() for label in axes.get_xticklabels()]
    top, bottom = picture.height - boxes[0].y1 - 5, picture.height - boxes[0].y0 + 5
    parts = split_touching_names(picture, quad_of(boxes[0].x0 - 5, top, boxes[-1].x1 + 5, bottom))
    middles = [sum(bounding_box(part)[::2]) / 2 for part, _ in parts]
    assert middles == pytest.approx([(box.x0 + box.x1) / 2 for box in boxes], abs=5)


class Recognising:
    """A recogniser of text that returns one word after the other, in the given order."""

    def __init__(self, *words: str) -> None:
        self.words = list(words)

    def recognise(self, line: Image.Image) -> tuple[str, float]:
        return self.words.pop(0), 1.0


@pytest.mark.parametrize(
    ("words", "count"),
    [
        pytest.param(CITIES, len(CITIES), id="the same words, with small gaps"),
        pytest.param(("Berl", "in Ma", "drid", *CITIES[3:]), 1, id="a sentence that was cut elsewhere"),
    ],
)
def test_names_with_small_gaps_are_taken_apart_if_they_are_the_same(words: tuple[str, ...], count: int) -> None:
    """Four names were one label, to which three bars belonged: seed 503."""
    picture, line, _ = line_of_labels(CITIES, 3.4)
    row = Text(text=" ".join(CITIES), box=bounding_box(line))
    read = _read_touching_names(picture, row, [row], Recognising(*words))  # type: ignore[arg-type]
    assert len(read) == count
    assert all(text is not None and text.confidence == 1.0 for text in read)


@pytest.mark.parametrize(
    ("above", "found"),
    [
        pytest.param([], len(CITIES), id="the names of an axis"),
        pytest.param(["0 10 20"], 1, id="the label of an axis, below its names"),
    ],
)
def test_names_that_touch_are_guessed_where_nothing_is_between_them_and_the_axis(above: list[str], found: int) -> None:
    picture, line, _ = line_of_labels(CITIES, 3.4)
    left, top, right, bottom = box = bounding_box(line)
    row = Text(text="".join(CITIES), box=box)
    others = [row, *(Text(text=text, box=(left, top - 40, right, bottom - 45)) for text in above)]
    read = _read_touching_names(picture, row, others, Recognising(*CITIES))  # type: ignore[arg-type]
    assert len(read) == found
    assert any(text is not None and text.confidence == GUESSED for text in read) == (found > 1)


def test_the_label_of_an_axis_is_below_its_names_also_where_none_is_right_above_it() -> None:
    label = (200, 286, 260, 302)
    names = [(79, 273, 110, 289), (150, 273, 180, 289), (270, 273, 300, 289)]
    assert _is_below_labels(label, names)
    assert _is_below_labels(label, [(190, 273, 270, 289)])
    assert not _is_below_labels(label, names[:2])
    assert not _is_below_labels(label, [(79, 286, 110, 302), (270, 286, 300, 302)])  # in its own row


@pytest.mark.parametrize(("confidence", "sure"), [(1.0, True), (GUESSED, False)])
def test_bars_whose_names_are_guessed_are_not_sure(confidence: float, sure: bool) -> None:
    drawing = Drawing(lambda axes: axes.bar(FRUIT, range(3, 8)))
    names = [
        Text(text=label.get_text(), box=drawing.box(label), confidence=confidence)
        for label in drawing.axes.get_xticklabels()
    ]
    (bars,) = drawing.read(names)
    assert bars.x == FRUIT
    assert bars.sure is sure


@pytest.mark.parametrize("text", ["Effect of weight on supply", "Growth in the northern and southern valleys"])
def test_a_sentence_stays_whole(text: str) -> None:
    figure = Figure(figsize=(6, 2), dpi=200)
    artist = figure.text(0.1, 0.5, text)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3].copy())
    box = artist.get_window_extent(canvas.get_renderer())
    line = quad_of(box.x0 - 5, picture.height - box.y1 - 5, box.x1 + 5, picture.height - box.y0 + 5)
    assert split_label_rows(picture, [line]) == [line]
