"""The data of charts from their pixels, with true axes and texts in place of OCR."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.engine.chart_scores import Score, score
from tests.engine.charts import KINDS, draw
from tests.engine.drawn import read_of
from tests.engine.pictures import dots, noise, quick_and_slow
from vision_magic.engine.chart.calibrate import Calibration
from vision_magic.engine.chart.frames import Frame
from vision_magic.engine.chart.plot import Axis, Panel, Plot
from vision_magic.engine.chart.read import chart_of_image

FIGURES = range(20, 24)


@pytest.mark.parametrize("kind", quick_and_slow(KINDS))
def test_a_kind_of_chart_is_read(kind: str) -> None:
    total = Score()
    for seed in FIGURES:
        drawn = draw(kind, seed)
        total += score(drawn, chart_of_image(drawn.image, drawn.plot, drawn.texts))
    # matplotlib before 3.10 draws areas in other pixels, of which fewer are found.
    assert total.found >= (0.5 if kind == "area" else 0.75) * total.series, total
    # Pale areas below lines are still taken for lines alone.
    assert total.kinds >= (0.3 if kind == "area" else 0.75) * total.found, total
    assert total.quantile(0.5) <= 1.0, total.errors
    assert total.right >= 0.9 * total.stated, total.wrong


def linear(low: float, high: float, start: int, stop: int) -> Axis:
    slope = (high - low) / (stop - start)
    scale = Calibration(scale="linear", slope=slope, offset=low - slope * start, agreeing=5, labels=5, misfit=0.1)
    return Axis(kind="linear", calibration=scale)


def plot_of(image: Image.Image) -> Plot:
    """Return axes around a whole picture."""
    width, height = image.size
    frame = Frame(left=0, top=0, right=width - 1, bottom=height - 1)
    return Plot(panels=(Panel(frame=frame, x=linear(0, 1, 0, width), y=linear(0, 1, height, 0)),))


@pytest.mark.parametrize(
    "image",
    [
        noise(96, 72),
        dots(),
        Image.new("RGB", (200, 100), "white"),
        Image.new("RGB", (200, 100), "black"),
        Image.new("RGB", (1, 1)),
        Image.new("RGB", (7, 7), "red"),
        Image.linear_gradient("L").convert("RGB"),
    ],
    ids=["noise", "dots", "white", "black", "one pixel", "tiny", "gradient"],
)
def test_a_picture_that_is_no_chart_does_not_raise(image: Image.Image) -> None:
    assert len(chart_of_image(image, plot_of(image), ()).panels) == 1
    chart_of_image(image, None, ())


@pytest.mark.slow
def test_large_axes_are_measured_at_a_smaller_size() -> None:
    drawn = draw("lines with legend", 21)
    times = 5
    large = drawn.image.resize((drawn.image.width * times, drawn.image.height * times), Image.Resampling.NEAREST)
    left, top, right, bottom = (side * times for side in drawn.panel.frame.sides)
    scale = drawn.panel.y.calibration
    assert scale is not None

    def axis(one: Axis) -> Axis:
        found = one.calibration
        assert found is not None
        slope = found.slope / times
        larger = Calibration(
            scale="linear",
            slope=slope,
            offset=found.offset - slope * (times - 1) / 2,
            agreeing=5,
            labels=5,
            misfit=0.2,
        )
        return Axis(kind="linear", calibration=larger)

    panel = Panel(
        frame=Frame(left=left, top=top, right=right, bottom=bottom),
        x=axis(drawn.panel.x),
        y=axis(drawn.panel.y),
        legend=drawn.panel.legend,
        legend_box=tuple(side * times for side in drawn.panel.legend_box or (0, 0, 0, 0)),  # type: ignore[arg-type]
    )
    total = score(drawn, chart_of_image(large, Plot(panels=(panel,)), ()))
    assert total.found >= 0.75 * total.series
    assert total.quantile(0.5) < 0.5


YEARS = np.arange(2000, 2021)
ZIGZAG = 10 + YEARS % 7 + 0.5 * (YEARS - 2000)


@pytest.mark.parametrize(("dashes", "width"), [("-", 1.0), ("-", 1.5), ("-", 4.0), ("--", 1.0), ("--", 1.5)])
def test_a_zigzag_is_read_at_its_turns(dashes: str, width: float) -> None:
    (series,) = read_of(lambda axes: axes.plot(YEARS, ZIGZAG, dashes, linewidth=width))
    assert series.sure
    assert series.sampled
    known = series.summary
    assert known.high == pytest.approx(ZIGZAG.max(), abs=0.15)
    assert known.low == pytest.approx(ZIGZAG.min(), abs=0.15)
    assert known.high_at == pytest.approx(YEARS[ZIGZAG.argmax()], abs=0.15)


def test_a_straight_line_has_a_mean_along_its_course() -> None:
    (series,) = read_of(lambda axes: axes.plot([0, 1, 10], [0, 2, 20]))
    assert series.sure
    assert series.summary.mean == pytest.approx(10, abs=0.1)


def test_a_peak_above_a_line_that_crosses_it_is_seen() -> None:
    def plot(axes: Any) -> None:
        axes.plot(range(20), [1.0] * 9 + [9.0] + [1.0] * 10, color="tab:blue")
        axes.axhline(7, color="crimson")

    line = next(series for series in read_of(plot) if series.kind == "line")
    assert line.summary.high == pytest.approx(9, abs=0.15)


def test_markers_that_lie_on_each_other_are_divided() -> None:
    x, y = [1.0, 1.1, 3.0, 5.0, 7.0, 8.0, 9.0], [2.0, 2.1, 4.0, 1.0, 6.0, 3.0, 7.0]
    (series,) = read_of(lambda axes: axes.scatter(x, y, s=60))
    assert series.sure
    assert series.sampled
    assert list(series.x) == pytest.approx(x, abs=0.03)
    assert list(series.y) == pytest.approx(y, abs=0.03)


def test_bars_below_grid_lines_are_whole() -> None:
    def plot(axes: Any) -> None:
        axes.bar([1, 2, 3], [5.5, 3.2, 8.1], width=0.9)
        axes.grid(True, color="0.8")

    (series,) = read_of(plot)
    assert series.sure
    assert list(series.y) == pytest.approx([5.5, 3.2, 8.1], abs=0.06)


def test_error_bars_are_not_read_as_the_course_of_a_line() -> None:
    y = [3.0, 5.0, 4.0, 6.0, 5.5, 7.0]
    found = read_of(lambda axes: axes.errorbar(range(6), y, yerr=1.0, linewidth=5, markersize=2, fmt="o-"))
    assert not any(series.sure and (series.summary.high or 0) > 7.5 for series in found)


def test_the_ends_of_a_colour_bar_longer_than_the_axes_are_read() -> None:
    values = np.linspace(0, 1, 30).reshape(5, 6)

    def plot(axes: Any) -> None:
        axes.figure.colorbar(axes.imshow(values))

    found = read_of(plot)
    assert [series.sure for series in found] == [True] * 5
    assert [list(series.y) for series in found] == [pytest.approx(list(row), abs=0.02) for row in values]


def test_a_start_below_other_lines_is_not_said() -> None:
    x = np.linspace(0, 10, 100)

    def draw(axes: Any) -> None:
        for number in range(1, 6):
            axes.plot(x, np.exp(-x / number))

    for one in read_of(draw):
        assert not one.sure or one.y[0] == pytest.approx(1, abs=0.01)


def test_bars_without_anything_read_below_them_are_not_sure() -> None:
    drawn = next(drawn for seed in FIGURES if (drawn := draw("bars", seed)).plot.panels)
    unread = replace(drawn.plot.panels[0], x=Axis())
    series = chart_of_image(drawn.image, replace(drawn.plot, panels=(unread,)), drawn.texts).series
    assert [one.sure for one in series if one.kind == "bars"] == [False]


@pytest.mark.slow
@pytest.mark.ocr
def test_bars_are_read_from_nothing_but_the_image() -> None:
    from vision_magic.engine.chart.roles import find_plot
    from vision_magic.engine.reading import read_text

    drawn = draw("negative bars", 22)
    texts = read_text(drawn.image)
    total = score(drawn, chart_of_image(drawn.image, find_plot(drawn.image, texts), texts))
    assert total.found == total.series
    assert total.right == total.stated


@pytest.mark.parametrize(("points", "sure"), [(30, True), (50, False)])
def test_a_dashed_line_that_turns_between_its_dashes_is_not_sure(points: int, sure: bool) -> None:
    """A tip in a gap is not seen: of the wrong values that were said to be sure, most were those of dashed lines."""
    values = np.cumsum(np.random.default_rng(points).normal(size=points))
    (line,) = read_of(lambda axes: axes.plot(range(points), values, "--", linewidth=2.5))
    assert line.kind == "line"
    assert line.sure is sure
