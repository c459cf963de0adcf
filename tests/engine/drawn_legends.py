"""Legends as matplotlib draws them, with the boxes of their texts as OCR gives them, with small margins."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from PIL import Image

from vision_magic.engine.texts import Text


def pixels_of(figure: Figure) -> Any:
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3].copy()


def image_of(pixels: Any) -> Image.Image:
    return Image.fromarray(np.ascontiguousarray(pixels))


def figure_with_axes(**options: Any) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(6, 4), dpi=120)
    return figure, figure.add_subplot(**options)


def texts_of(legend: Legend) -> list[Text]:
    """Return the texts of the entries; the margins are a fifth of the height of the letters."""
    figure: Any = legend.get_figure()
    height = round(figure.bbox.height)
    texts = []
    for artist in legend.get_texts():
        box = artist.get_window_extent(figure.canvas.get_renderer())
        margin = 0.2 * box.height
        sides = (box.x0 - margin, height - box.y1 - margin, box.x1 + margin, height - box.y0 + margin)
        left, top, right, bottom = (round(side) for side in sides)
        texts.append(Text(text=artist.get_text(), box=(left, top, right, bottom)))
    return texts
