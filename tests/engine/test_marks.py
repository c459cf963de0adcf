"""The data of charts from their pixels, with true axes and texts in place of OCR."""

from __future__ import annotations

import pytest
from PIL import Image

from tests.engine.chart_scores import Score, score
from tests.engine.charts import KINDS, draw
from tests.engine.pictures import dots, noise
from vision_magic.engine.chart.calibrate import Calibration
from vision_magic.engine.chart.frames import Frame
from vision_magic.engine.chart.plot import Axis, Panel, Plot
from vision_magic.engine.chart.read import chart_of_image

FIGURES = range(20, 24)


@pytest.mark.parametrize("kind", KINDS)
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
        noise(),
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


@pytest.mark.ocr
def test_bars_are_read_from_nothing_but_the_image() -> None:
    from vision_magic.engine.chart.roles import find_plot
    from vision_magic.engine.reading import read_text

    drawn = draw("negative bars", 22)
    texts = read_text(drawn.image)
    total = score(drawn, chart_of_image(drawn.image, find_plot(drawn.image, texts), texts))
    assert total.found == total.series
    assert total.right == total.stated
