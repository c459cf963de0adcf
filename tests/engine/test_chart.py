"""Plots: frames, axes, ticks, legends, and the roles of text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import matplotlib.style
import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image, ImageDraw

from tests.engine.pictures import as_picture, noise
from vision_magic.engine.chart.plot import Plot
from vision_magic.engine.chart.roles import find_plot
from vision_magic.engine.chart.ticks import fit_ticks, number_of
from vision_magic.engine.colours import colour_name
from vision_magic.engine.reading import read_text
from vision_magic.engine.texts import Text

X = np.linspace(0, 10, 40)


def plot_of(draw: Callable[[Figure], object], style: str = "default", dpi: int = 100) -> Plot | None:
    # The font that matplotlib brings along: a style's own choice depends on what is installed.
    with matplotlib.style.context([style, {"font.family": "DejaVu Sans"}]):
        figure = Figure()
        draw(figure)
        picture = as_picture(figure, dpi)
    return find_plot(picture, read_text(picture))


def lines(figure: Figure) -> None:
    axes = figure.add_subplot()
    for number, name in enumerate(("alpha", "beta", "gamma")):
        axes.plot(X, X * (number + 1), label=name)
    axes.set(title="Growth of colonies", xlabel="Time (h)", ylabel="Area (mm2)")
    axes.legend(title="Strain")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("style", "dpi"),
    [
        pytest.param("default", 72, id="inline default"),
        pytest.param("default", 150, id="fine"),
        pytest.param("dark_background", 100, id="dark"),
        pytest.param("ggplot", 100, id="grey face", marks=pytest.mark.ocr),
        pytest.param("seaborn-v0_8-darkgrid", 100, id="no spines, white grid"),
        pytest.param("seaborn-v0_8-whitegrid", 100, id="grey spines"),
    ],
)
def test_every_part_of_a_plot_is_found_in_many_styles(style: str, dpi: int) -> None:
    plot = plot_of(lines, style, dpi)
    assert plot is not None
    (panel,) = plot.panels
    assert panel.title == "Growth of colonies"
    assert (panel.x.label, panel.y.label) == ("Time (h)", "Area (mm2)")
    assert (panel.x.ticks, panel.x.kind) == (("0", "2", "4", "6", "8", "10"), "linear")
    assert panel.y.ticks == ("0", "5", "10", "15", "20", "25", "30")
    assert [entry.text for entry in panel.legend] == ["alpha", "beta", "gamma"]
    assert panel.legend_title == "Strain"


def test_the_colours_of_a_legend_are_those_of_its_samples() -> None:
    plot = plot_of(lines)
    assert plot is not None
    assert [colour_name(entry.rgb) for entry in plot.panels[0].legend] == ["blue", "orange", "green"]


@pytest.mark.slow
@pytest.mark.ocr
def test_a_title_above_a_legend_stays_that_of_the_axes_and_a_line_may_shine_through() -> None:
    def draw(figure: Figure) -> None:
        figure.set_size_inches(6, 3.2)
        axes = figure.add_subplot()
        axes.plot(X, 40 + 2.1 * X, label="heat pumps")
        axes.plot(X, 70 - 3.0 * X, label="gas boilers")
        axes.plot(X, np.full(len(X), 18.0), label="district heating")
        axes.set(title="New heating systems", xlabel="year", ylabel="share (%)")
        axes.legend(loc="upper center")

    plot = plot_of(draw, dpi=88)
    assert plot is not None
    (panel,) = plot.panels
    assert panel.title == "New heating systems"
    assert panel.legend_title == ""
    assert [entry.text for entry in panel.legend] == ["heat pumps", "gas boilers", "district heating"]


def test_a_legend_outside_of_the_axes_belongs_to_them() -> None:
    def draw(figure: Figure) -> None:
        axes = figure.add_subplot(title="Outside")
        for name in ("north", "south"):
            axes.plot(X, X, label=name)
        axes.legend(bbox_to_anchor=(1.02, 1), loc="upper left")

    plot = plot_of(draw)
    assert plot is not None
    assert [entry.text for entry in plot.panels[0].legend] == ["north", "south"]


def test_names_along_an_axis_are_labels() -> None:
    plot = plot_of(lambda figure: figure.add_subplot().bar(["apples", "pears", "plums"], [3, 7, 5]))
    assert plot is not None
    assert plot.panels[0].x.kind == "labels"
    assert plot.panels[0].x.ticks == ("apples", "pears", "plums")


@pytest.mark.slow
@pytest.mark.ocr
def test_a_logarithmic_axis_is_known_by_its_numbers() -> None:
    plot = plot_of(lambda figure: figure.add_subplot(ylabel="Counts").semilogy(X, np.exp(X)))
    assert plot is not None
    assert plot.panels[0].y.kind == "log"
    assert plot.panels[0].y.label == "Counts"


@pytest.mark.slow
@pytest.mark.ocr
def test_slanted_dates_are_ticks() -> None:
    def draw(figure: Figure) -> None:
        days = [dt.date(2024, 1, 1) + dt.timedelta(days=7 * week) for week in range(30)]
        figure.add_subplot(title="Level").plot(days, range(30))  # type: ignore[arg-type]
        figure.autofmt_xdate()

    plot = plot_of(draw)
    assert plot is not None
    assert plot.panels[0].x.ticks[0] == "2024-01"


@pytest.mark.slow
@pytest.mark.ocr
def test_a_colour_bar_is_an_axis_of_its_own() -> None:
    def draw(figure: Figure) -> None:
        axes = figure.add_subplot(title="Load")
        figure.colorbar(axes.imshow(np.arange(36).reshape(6, 6)), label="Power (kW)")

    plot = plot_of(draw)
    assert plot is not None
    bar = plot.panels[0].colour_bar
    assert bar is not None
    assert bar.label == "Power (kW)"
    assert bar.kind == "linear"


@pytest.mark.slow
@pytest.mark.ocr
def test_a_grid_of_panels_is_read_in_order_with_its_shared_title() -> None:
    def draw(figure: Figure) -> None:
        figure.set_size_inches(9, 7)
        for number, axes in enumerate(figure.subplots(2, 2).flat, start=1):
            axes.plot(X, X * number)
            axes.set(title=f"Site {number}", xlabel="Time (s)")
        figure.suptitle("All of the sites", fontsize=16)
        figure.tight_layout()

    plot = plot_of(draw)
    assert plot is not None
    assert [panel.title for panel in plot.panels] == ["Site 1", "Site 2", "Site 3", "Site 4"]
    assert [panel.x.label for panel in plot.panels] == ["Time (s)"] * 4
    assert plot.title == "All of the sites"


def test_a_note_inside_the_axes_is_no_legend() -> None:
    def draw(figure: Figure) -> None:
        axes = figure.add_subplot()
        axes.plot(X, np.sin(X))
        axes.annotate("first peak", (1.57, 1), (4, 0.9), arrowprops={"arrowstyle": "->"})

    plot = plot_of(draw)
    assert plot is not None
    assert plot.panels[0].notes == ("first peak",)
    assert plot.panels[0].legend == ()


def table() -> Image.Image:
    picture = Image.new("RGB", (600, 300), "white")
    draw = ImageDraw.Draw(picture)
    for row in range(6):
        draw.line([(20, 20 + 50 * row), (580, 20 + 50 * row)], fill="black")
        for column in range(4):
            if row < 5:
                draw.text((40 + 140 * column, 32 + 50 * row), f"{row * 7 + column}.5", fill="black", font_size=20)
    for column in range(5):
        draw.line([(20 + 140 * column, 20), (20 + 140 * column, 270)], fill="black")
    return picture


@pytest.mark.parametrize("picture", [pytest.param(table(), id="table"), pytest.param(noise(), id="noise")])
def test_other_pictures_are_not_called_plots(picture: Image.Image) -> None:
    assert find_plot(picture, read_text(picture)) is None


@pytest.mark.parametrize(
    ("label", "number"),
    [
        pytest.param("-0.25", -0.25, id="negative"),
        pytest.param("1,000", 1000, id="thousands"),
        pytest.param("12 500", 12500, id="thousands with a space"),
        pytest.param("40%", 40, id="percent"),
        pytest.param("$5", 5, id="money"),
        pytest.param("2.5k", 2500, id="kilo"),
        pytest.param("3M", 3e6, id="mega"),
        pytest.param("1e6", 1e6, id="exponent"),
        pytest.param("10⁴", 1e4, id="power of ten"),
        pytest.param("10º", 1, id="power of ten, as misread"),
        pytest.param("10⁻²", 0.01, id="negative power"),
        pytest.param("6×10²", 600, id="factor and power"),
        pytest.param("Q1", None, id="name"),
        pytest.param("2024-01", None, id="date"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_tick_labels_stand_for_numbers(label: str, number: float | None) -> None:
    assert number_of(label) == (None if number is None else pytest.approx(number))


@pytest.mark.parametrize(
    ("labels", "values"),
    [
        pytest.param(["0", "5", "10", "15"], (0, 5, 10, 15), id="linear"),
        pytest.param(["1", "10", "100", "1000"], (1, 10, 100, 1000), id="logarithmic"),
        pytest.param(["0.2", "-0.4", "0.6", "0.8"], (0.2, 0.4, 0.6, 0.8), id="a tick mark read as a minus"),
        pytest.param(["0.2", "F0.4", "0.6", "0.8"], (0.2, 0.4, 0.6, 0.8), id="a tick mark read as a letter"),
        pytest.param(["0", "5", "70", "15"], (0, 5, None, 15), id="a misreading is left out"),
        pytest.param(["5", "1", "9", "2"], None, id="numbers without order"),
        pytest.param(["Q1", "Q2", "Q3", "Q4"], None, id="names with digits"),
        pytest.param(["1", "2"], None, id="too few"),
    ],
)
def test_tick_labels_agree_with_their_places(labels: Sequence[str], values: tuple[float | None, ...] | None) -> None:
    fit = fit_ticks(labels, [100 + 50 * index for index in range(len(labels))])
    assert (fit.values if fit else None) == values


def test_parts_are_found_by_place_alone() -> None:
    """No reader: texts with boxes, a drawn frame."""
    picture = Image.new("RGB", (400, 300), "white")
    ImageDraw.Draw(picture).rectangle((60, 40, 380, 240), outline="black")

    def text(words: str, x: int, y: int, *, rotated: bool = False) -> Text:
        half, high = (6, 30) if rotated else (4 * len(words), 7)
        return Text(text=words, box=(x - half, y - high, x + half, y + high), rotated=rotated)

    ticks = [text(str(number), 60 + 80 * number, 253) for number in range(5)]
    ticks += [text(str(10 * number), 46, 240 - 50 * number) for number in range(5)]
    plot = find_plot(
        picture, [*ticks, text("Title", 220, 28), text("time", 220, 270), text("load", 20, 140, rotated=True)]
    )
    assert plot is not None
    (panel,) = plot.panels
    assert (panel.title, panel.x.label, panel.y.label) == ("Title", "time", "load")
    assert panel.y.ticks == ("0", "10", "20", "30", "40")
