"""Pies as they are drawn without names, or apart."""

from __future__ import annotations

from typing import Any

import matplotlib.colors
import matplotlib.style
import numpy as np
import pytest
from matplotlib.figure import Figure

from tests.engine.other_charts import picture_of
from vision_magic.engine.chart.pies import find_pie
from vision_magic.engine.chart.sectors import find_sectors


def pie(values: list[float], style: str = "default", dpi: int = 100, **options: Any) -> tuple[Any, dict[str, float]]:
    """Return the pixels of a pie, and the share of each colour in percent."""
    with matplotlib.style.context(style):
        figure = Figure(figsize=(5, 4))
        axes = figure.add_subplot()
        wedges = axes.pie(values, **options)[0]
        image = picture_of(figure, dpi)
    colours = [matplotlib.colors.to_hex(wedge.get_facecolor()) for wedge in wedges]
    return image, {colour: 100 * value / sum(values) for colour, value in zip(colours, values, strict=True)}


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({"explode": (0, 0.1, 0, 0)}, id="one"),
        pytest.param({"explode": (0.05, 0.05, 0.2, 0), "startangle": 90}, id="three"),
        pytest.param({"explode": (0, 0.1, 0, 0), "shadow": True, "startangle": 140}, id="with a shadow"),
        pytest.param({"explode": (0.05,) * 4, "style": "dark_background", "dpi": 72}, id="on black"),
        pytest.param({"explode": (0.1,) * 4, "autopct": "%.0f%%"}, id="with numbers"),
    ],
)
def test_the_wedges_of_an_exploded_pie_are_measured_by_their_areas(options: dict[str, Any]) -> None:
    image, shares = pie([15, 30, 45, 10], **options)
    panel = find_pie(image, ())
    assert panel is not None
    (series,) = panel.series
    assert dict(zip(series.x, series.y, strict=True)) == pytest.approx(shares, abs=0.4)
    assert series.sure


def test_a_pie_without_names_is_named_by_its_colours() -> None:
    image, shares = pie([1, 2, 3])
    panel = find_pie(image, ())
    assert panel is not None
    assert dict(zip(panel.series[0].x, panel.series[0].y, strict=True)) == pytest.approx(shares, abs=0.2)


def test_areas_of_other_shapes_are_no_sectors() -> None:
    pixels = np.full((200, 300, 3), 255, np.uint8)
    pixels[20:120, 20:90] = (31, 119, 180)
    pixels[60:180, 120:280] = (255, 127, 14)
    assert find_sectors(pixels, np.array([255, 255, 255])) == []


def test_a_pie_with_a_missing_wedge_is_not_measured() -> None:
    """The other wedges would have too large shares."""
    image, _ = pie([15, 30, 45, 10], explode=(0.1,) * 4)
    pixels = np.asarray(image).copy()
    red = np.all(np.abs(pixels.astype(int) - (0x1F, 0x77, 0xB4)) < 30, axis=2)
    pixels[red] = 255
    assert find_sectors(pixels, np.array([255, 255, 255])) == []
