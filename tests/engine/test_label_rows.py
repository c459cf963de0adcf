"""Rows of labels that OCR detects as one line."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from vision_magic.engine.label_rows import split_label_rows
from vision_magic.engine.quads import Quad, bounding_box

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
CITIES = ("Berlin", "Madrid", "Oslo", "Lima", "Quito", "Cairo", "Paris", "London")


def quad_of(left: float, top: float, right: float, bottom: float) -> Quad:
    return (left, top), (right, top), (right, bottom), (left, bottom)


def line_of_labels(names: tuple[str, ...], width: float) -> tuple[Image.Image, Quad, list[float]]:
    """Return a bar chart, the line of its labels, and the middle of each of them."""
    figure = Figure(figsize=(width, 3), dpi=200)
    axes = figure.add_subplot()
    axes.bar(names, range(3, 3 + len(names)))
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
