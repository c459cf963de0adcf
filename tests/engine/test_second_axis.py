"""Series of figures with a second axis: each on the axis that its colour or its name tells."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from vision_magic.engine.chart.calibrate import Calibration
from vision_magic.engine.chart.data import Series
from vision_magic.engine.chart.frames import Frame
from vision_magic.engine.chart.plot import Axis, Panel
from vision_magic.engine.chart.second_axis import by_axis
from vision_magic.engine.texts import Text

RED, BLUE, GREEN = (214, 39, 40), (31, 119, 180), (44, 160, 44)


def _figure(left: str, right: str) -> tuple[Any, Panel, list[Text]]:
    """Return a figure with 0 to 10 on the left and 0 to 500 on the right, with labels in two colours."""
    figure = Figure(dpi=100)
    axes = figure.add_subplot()
    axes.set_ylim(0, 10)
    other = axes.twinx()
    other.set_ylim(0, 500)
    for one, colour, label in ((axes, left, "temperature (°C)"), (other, right, "rain (mm)")):
        one.tick_params(axis="y", labelcolor=colour)
        one.set_ylabel(label, color=colour)
    file = io.BytesIO()
    figure.savefig(file, format="png")
    image = Image.open(file).convert("RGB")
    box = axes.get_window_extent()
    height = image.height
    frame = Frame(left=round(box.x0), top=round(height - box.y1), right=round(box.x1), bottom=round(height - box.y0))
    texts = [
        Text(
            text=one.get_text(),
            box=(round(e.x0), round(height - e.y1), round(e.x1), round(height - e.y0)),
        )
        for each in (axes, other)
        for one in (*each.get_yticklabels(), each.yaxis.label)
        for e in [one.get_window_extent()]
    ]
    scales = [
        Calibration(
            scale="linear", slope=-top / frame.height, offset=top * frame.bottom / frame.height,
            agreeing=6, labels=6, misfit=0.2,
        )
        for top in (10.0, 500.0)
    ]  # fmt: skip
    panel = Panel(
        frame=frame,
        y=Axis(label="temperature (°C)", calibration=scales[0]),
        right=Axis(label="rain (mm)", calibration=scales[1]),
    )
    return np.asarray(image), panel, texts


def _series(name: str, rgb: tuple[int, int, int]) -> Series:
    return Series(name=name, rgb=rgb, x=(1.0, 2.0), y=(2.0, 4.0), sigma=0.03)


def _split(left: str, right: str, *series: Series) -> Any:
    pixels, panel, texts = _figure(left, right)
    found = by_axis(pixels, panel, series, texts)
    return found and tuple([(one.name, one.sure) for one in side] for side in found)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("tab:red", "tab:blue", id="both in colour"),
        pytest.param("black", "tab:blue", id="the left one black"),
        pytest.param("tab:red", "black", id="the right one black"),
    ],
)
def test_a_series_belongs_to_the_axis_with_its_colour(left: str, right: str) -> None:
    found = _split(left, right, _series("a", RED), _series("b", BLUE))
    assert found == ([("a", True)], [("b", True)])


def test_values_are_those_of_the_right_axis() -> None:
    pixels, panel, texts = _figure("tab:red", "tab:blue")
    found = by_axis(pixels, panel, [_series("a", RED), _series("b", BLUE)], texts)
    assert found is not None
    assert found[1][0].y == pytest.approx((100, 200))
    assert found[1][0].sigma == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("temperature", "rain", id="the labels of the axes"),
        pytest.param("price", "volume (right)", id="pandas says it"),
    ],
)
def test_a_series_belongs_to_the_axis_that_its_name_tells(first: str, second: str) -> None:
    assert _split("black", "black", _series(first, RED), _series(second, BLUE)) == ([(first, True)], [(second, True)])


def test_nothing_is_told_where_nothing_tells() -> None:
    assert _split("black", "black", _series("a", RED), _series("b", BLUE)) is None


def test_a_colour_of_neither_axis_is_not_sure() -> None:
    found = _split("tab:red", "tab:blue", _series("a", RED), _series("b", BLUE), _series("c", GREEN))
    assert found == ([("a", True), ("c", False)], [("b", True)])
