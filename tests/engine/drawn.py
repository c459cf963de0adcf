"""What is read in axes that a function draws on, with their true scales."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from tests.engine.charts import panel_of
from vision_magic.engine.chart.data import Series
from vision_magic.engine.chart.plot import Plot
from vision_magic.engine.chart.read import chart_of_image

__all__ = ["read_of"]


def read_of(plot: Callable[[Any], object], *, size: tuple[float, float] = (6.4, 4.8)) -> tuple[Series, ...]:
    """Return what is read in axes that `plot` draws on, with their true scales."""
    figure = Figure(figsize=size, dpi=100, layout="constrained")
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    plot(axes)
    canvas.draw()
    image = Image.fromarray(np.asarray(canvas.buffer_rgba())[:, :, :3].copy())
    return chart_of_image(image, Plot(panels=(panel_of(figure, axes, []),)), ()).series
