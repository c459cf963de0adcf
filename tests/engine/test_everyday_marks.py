"""Bars, points, error bars, boxes and cells as matplotlib, pandas and seaborn draw them by default."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from tests.engine.charts import draw, panel_of
from vision_magic.engine.chart.data import Chart, Series
from vision_magic.engine.chart.plot import LegendEntry, Plot
from vision_magic.engine.chart.read import chart_of_image
from vision_magic.engine.pixels import Box
from vision_magic.engine.texts import Text

pytestmark = pytest.mark.slow  # each test draws a picture and measures it

FRUIT = ("apples", "pears", "plums", "figs", "limes")


class Drawing:
    """A figure of one pair of axes, and what is read in it with true scales and given texts."""

    def __init__(self, plot: Callable[[Any], object]) -> None:
        self.figure = Figure(figsize=(6.4, 4.8), dpi=100, layout="constrained")
        self.canvas = FigureCanvasAgg(self.figure)
        self.axes = self.figure.add_subplot()
        plot(self.axes)
        self.canvas.draw()
        self.image = Image.fromarray(np.asarray(self.canvas.buffer_rgba())[:, :, :3].copy())

    def read(self, texts: Sequence[Text] = (), legend: Sequence[LegendEntry] = ()) -> tuple[Series, ...]:
        """Return the series that are read."""
        panel = panel_of(self.figure, self.axes, [])
        if legend:
            panel = type(panel)(frame=panel.frame, x=panel.x, y=panel.y, legend=tuple(legend))
        return chart_of_image(self.image, Plot(panels=(panel,)), texts).series

    def read_without_axes(self) -> Chart:
        """Return what is read from all true texts where no axes were found."""
        artists = [*self.axes.texts, *(label for axes in self.figure.axes for label in _labels(axes))]
        texts = [Text(text=one.get_text(), box=self.box(one), rotated=one.get_rotation() > 45) for one in artists]
        return chart_of_image(self.image, None, texts)

    def box(self, artist: Any) -> Box:
        """Return the box of a drawn text (pixels)."""
        extent = artist.get_window_extent()
        height = self.image.height
        return round(extent.x0), round(height - extent.y1), round(extent.x1), round(height - extent.y0)

    def around(self, x: float, low: float, high: float) -> Box:
        """Return a box around an error bar (pixels)."""
        (left, bottom), (_, top) = self.axes.transData.transform([(x, low), (x, high)])
        height = self.image.height
        return round(left) - 7, round(height - top) - 2, round(left) + 8, round(height - bottom) + 2


def _labels(axes: Any) -> list[Any]:
    found = [*axes.get_xticklabels(), *axes.get_yticklabels()]
    low, high = axes.get_ylim()
    return [one for one in found if one.get_text() and min(low, high) <= one.get_position()[1] <= max(low, high)]


def near(values: Sequence[float], within: float) -> Any:
    return pytest.approx(list(values), abs=within)


# --- error bars and stems -----------------------------------------------------------------------------------------

DOSE, RESPONSE = np.arange(1.0, 9.0), np.array([5.6, 8.6, 3.0, 8.7, 4.2, 5.0, 7.8, 4.9])
ERROR = np.array([0.7, 0.4, 0.8, 0.6, 0.5, 0.9, 0.5, 0.6])


def test_error_bars_that_were_read_as_letters_are_points() -> None:
    drawing = Drawing(lambda axes: axes.errorbar(DOSE, RESPONSE, yerr=ERROR, fmt="o", capsize=3))
    letters = [
        Text(text="TOI" if number % 2 else "T", box=drawing.around(x, y - e, y + e), rotated=bool(number % 2))
        for number, (x, y, e) in enumerate(zip(DOSE, RESPONSE, ERROR, strict=True))
    ]
    (series,) = drawing.read(letters)
    assert (series.kind, series.sure) == ("points", True)
    assert list(series.y) == near(RESPONSE, 0.05)
    assert list(series.extra["error"]) == near(ERROR, 0.05)


def test_error_bars_in_a_colour_of_their_own_belong_to_their_points() -> None:
    (series,) = Drawing(
        lambda axes: axes.errorbar(DOSE, RESPONSE, yerr=ERROR, fmt="s", ecolor="gray", markersize=5)
    ).read()
    assert (series.kind, series.sure) == ("points", True)
    assert list(series.extra["error"]) == near(ERROR, 0.05)


def test_an_error_bar_below_its_marker_leaves_the_others_sure() -> None:
    errors = [*ERROR[:-1], 0.05]
    (series,) = Drawing(lambda axes: axes.errorbar(DOSE, RESPONSE, yerr=errors, fmt="o", capsize=3)).read()
    assert series.sure
    assert list(series.extra["error"][:-1]) == near(errors[:-1], 0.05)
    assert np.isnan(series.extra["error"][-1])


def test_a_base_line_of_its_own_colour_is_not_a_line_between_stems() -> None:
    y = np.cos(0.6 * np.arange(16))
    (series,) = Drawing(lambda axes: axes.stem(np.arange(16), y)).read()
    assert (series.kind, series.sure) == ("stems", True)
    assert list(series.y) == near(y, 0.02)


# --- scatter ------------------------------------------------------------------------------------------------------


def distance_to(x: Sequence[Any], y: Sequence[float], true: Any) -> list[float]:
    """Return how far each point that was read is from the nearest true one."""
    return [float(np.hypot(*(true - (a, b)).T).min()) for a, b in zip(x, y, strict=True)]


@pytest.mark.parametrize("options", [{}, {"alpha": 0.5}, {"edgecolor": "white", "linewidth": 0.6}])
def test_markers_on_each_other_are_told_apart(options: dict[str, Any]) -> None:
    points = np.random.default_rng(3).normal(size=(60, 2))
    (series,) = Drawing(lambda axes: axes.scatter(*points.T, **options)).read()
    assert series.sure
    assert series.sampled
    assert 54 <= len(series.x) <= 60
    assert max(distance_to(series.x, series.y, points)) < 0.05


def test_points_of_groups_that_lie_on_each_other_are_stated() -> None:
    rng = np.random.default_rng(5)
    groups = {name: rng.normal(centre, 0.35, (40, 2)) for name, centre in (("one", (5, 3)), ("two", (5.6, 3.4)))}

    def draw(axes: Any) -> None:
        for points in groups.values():
            axes.scatter(*points.T)

    legend = [LegendEntry(text="one", rgb=(31, 119, 180)), LegendEntry(text="two", rgb=(255, 127, 14))]
    found = Drawing(draw).read(legend=legend)
    assert [series.name for series in found] == list(groups)
    for series in found:
        assert series.sure
        assert len(series.x) >= 35
        assert max(distance_to(series.x, series.y, groups[series.name])) < 0.05


def test_groups_of_one_colour_are_not_said_to_be_one() -> None:
    def draw(axes: Any) -> None:
        axes.scatter([1, 2, 3, 4], [1, 3, 2, 4], color="black", marker="s")
        axes.scatter([1, 2, 3, 4], [5, 7, 6, 8], color="black")

    legend = [LegendEntry(text=name, rgb=(0, 0, 0)) for name in ("low", "high")]
    assert not any(series.sure for series in Drawing(draw).read(legend=legend))


def test_markers_with_a_colour_each_are_one_series() -> None:
    points = np.random.default_rng(8).uniform(size=(40, 2))
    (series,) = Drawing(lambda axes: axes.scatter(*points.T, c=points[:, 0])).read()
    assert (series.kind, series.sure) == ("points", True)
    assert len(series.x) >= 37
    assert max(distance_to(series.x, series.y, points)) < 0.01


def test_a_marker_that_a_side_cuts_makes_stems_unsure() -> None:
    def draw(axes: Any) -> None:
        axes.stem(np.arange(1, 9), [3, 5, 2, 6, 4, 7, 3, 5])
        axes.set_xlim(1, 9)

    (series,) = Drawing(draw).read()
    assert not series.sure


def test_points_above_names_are_read() -> None:
    (series,) = Drawing(lambda axes: axes.scatter(FRUIT, [4.1, 6.3, 5.2, 7.7, 3.3])).read()
    assert (series.x, series.sure) == (FRUIT, True)
    assert list(series.y) == near([4.1, 6.3, 5.2, 7.7, 3.3], 0.03)


# --- bars ---------------------------------------------------------------------------------------------------------


def test_transparent_histograms_that_lie_on_each_other_are_read() -> None:
    rng, bins = np.random.default_rng(2), np.linspace(-4, 6, 21)
    samples = rng.normal(0, 1, 200), rng.normal(2, 1, 200)

    def draw(axes: Any) -> None:
        for sample in samples:
            axes.hist(sample, bins, alpha=0.5)

    found = Drawing(draw).read()
    assert [(series.kind, series.sure) for series in found] == [("histogram", True)] * 2
    for series, sample in zip(found, samples, strict=True):
        counts = dict(zip(np.round((bins[1:] + bins[:-1]) / 2, 2), np.histogram(sample, bins)[0], strict=True))
        known = {
            min(counts, key=lambda place, x=float(x): abs(place - x)): y
            for x, y in zip(series.x, series.y, strict=True)
        }
        assert all(abs(known.get(place, 0) - count) < 0.4 for place, count in counts.items())


def test_a_line_over_a_histogram_does_not_divide_its_bars() -> None:
    sample = np.random.default_rng(4).normal(20, 4, 300)

    def draw(axes: Any) -> None:
        axes.hist(sample, bins=15)
        axes.axvline(sample.mean(), color="red", linestyle="--")

    series = next(series for series in Drawing(draw).read() if series.kind == "histogram")
    assert series.sure
    assert list(series.y) == near(np.histogram(sample, 15)[0], 0.4)


@pytest.mark.parametrize("seed", [1001, 1034, 1099])
def test_histograms_with_grids_hatches_or_edges_are_read_as_what_they_are(seed: int) -> None:
    drawn = draw("histogram", seed)
    (series,) = chart_of_image(drawn.image, drawn.plot, drawn.texts).series
    if series.sure:
        assert series.kind == "histogram"
        assert list(series.y) == near(drawn.series[0].y, 0.01 * max(drawn.series[0].y))


def test_bins_that_are_hardly_higher_than_the_lines_around_them_are_read() -> None:
    counts = [104, 52, 17, 14, 4, 3, 3, 2, 0, 2]

    def draw(axes: Any) -> None:
        axes.hist(np.repeat(np.arange(10) + 0.5, counts), np.arange(11), edgecolor="black", linewidth=2)
        axes.set_ylim(0, 250)

    (series,) = Drawing(draw).read()
    assert (series.kind, series.sure, len(series.y)) == ("histogram", True, 10)
    assert list(series.y) == near(counts, 0.8)


def test_a_level_line_below_narrow_bars_makes_them_stems() -> None:
    y = [5, 9, 3, 7, 8, 4, 6, 2]

    def draw(axes: Any) -> None:
        axes.vlines(range(1, 9), 0, y, linewidth=4, color="#008fd5")
        axes.hlines(0, 1, 8, linewidth=5, color="#6d904f")
        axes.set_ylim(-0.5, 10)

    (series,) = Drawing(draw).read()
    assert series.kind == "stems"
    assert list(series.y) == near(y, 0.1)


def test_thick_lines_around_stacked_bars_are_halved() -> None:
    low, high = [9.9, 9.7, 1.4], [8.5, 0.6, 8.4]

    def draw(axes: Any) -> None:
        axes.bar(FRUIT[:3], low, edgecolor="black", linewidth=2)
        axes.bar(FRUIT[:3], high, bottom=low, edgecolor="black", linewidth=2)

    found = Drawing(draw).read()
    assert [(series.kind, series.sure) for series in found] == [("stacked bars", True)] * 2
    assert [list(series.y) for series in found] == [near(low, 0.08), near(high, 0.12)]


def test_colours_of_single_bars_add_no_zeros() -> None:
    colours = ["tab:red", "tab:blue", "tab:red", "tab:orange"]
    legend = [LegendEntry(text="red", rgb=(214, 39, 40)), LegendEntry(text="blue", rgb=(31, 119, 180))]
    found = Drawing(lambda axes: axes.bar(FRUIT[:4], [40, 100, 30, 55], color=colours)).read(legend=legend)
    assert all(min(series.y) > 20 for series in found)


# --- boxes and cells ----------------------------------------------------------------------------------------------


def test_a_median_in_the_colour_of_the_grid_is_not_taken_for_it() -> None:
    data = [np.random.default_rng(seed).normal(middle, 4 * seed, 60) for seed, middle in ((1, 30), (2, 50), (3, 40))]

    def draw(axes: Any) -> None:
        axes.boxplot(data, tick_labels=FRUIT[:3], medianprops={"color": "#b0b0b0", "linewidth": 1})
        axes.grid(True)

    (series,) = Drawing(draw).read()
    assert series.kind == "box plot"
    assert list(series.y) == near([np.median(values) for values in data], 0.4)


VALUES = np.array([[12, 0, 0, 1], [0, 9, 8, 0], [0, 0, 8, 1]])


def test_equal_neighbours_of_a_printed_heat_map_are_cells_of_their_own() -> None:
    def draw(axes: Any) -> None:
        axes.imshow(VALUES, cmap="Blues")
        axes.set_xticks(range(4), FRUIT[:4])
        axes.set_yticks(range(3), FRUIT[:3])
        for row, column in np.ndindex(VALUES.shape):
            axes.text(column, row, VALUES[row, column], ha="center", va="center", color="red")

    drawing = Drawing(draw)
    found = drawing.read([Text(text=one.get_text(), box=drawing.box(one)) for one in drawing.axes.texts])
    assert [(series.name, series.source, series.sure) for series in found] == [
        (name, "printed", True) for name in FRUIT[:3]
    ]
    assert [list(series.y) for series in found] == VALUES.tolist()


@pytest.mark.parametrize("lines", [0.0, 2.0], ids=["cells", "cells with lines between them"])
def test_cells_without_axes_are_read_with_the_texts_beside_them(lines: float) -> None:
    values = np.random.default_rng(9).uniform(0, 10, (4, 5))

    def draw(axes: Any) -> None:
        cells = axes.pcolormesh(values, edgecolors="white" if lines else "none", linewidth=lines)
        axes.set_xticks(np.arange(5) + 0.5, FRUIT)
        axes.set_yticks(np.arange(4) + 0.5, ["north", "south", "east", "west"], rotation=90, va="center")
        axes.spines[:].set_visible(False)
        bar = axes.figure.colorbar(cells)
        bar.outline.set_visible(False)

    (panel,) = Drawing(draw).read_without_axes().panels
    assert [series.name for series in panel.series] == ["west", "east", "south", "north"]
    for series, row in zip(panel.series, values[::-1], strict=True):
        assert (series.x, series.sure) == (FRUIT, True)
        assert list(series.y) == near(row, 0.15)


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep")
TREES = ("ash", "beech", "cedar", "elm", "fir", "hazel", "larch", "oak", "pine")
HEIGHTS = (12, 30, 18, 41, 25, 33, 52, 20, 47)


@pytest.mark.parametrize("marker", ["o", None])
@pytest.mark.parametrize(
    ("names", "step", "highest"),
    [(TREES, 1, "larch"), (TREES, 2, None), (TREES, 3, None), (MONTHS, 2, "Jul"), (MONTHS, 3, "Jul")],
)
def test_a_point_between_two_printed_names_has_the_name_between_them_or_none(
    names: Sequence[str], step: int, highest: str | None, marker: str | None
) -> None:
    def plot(axes: Any) -> None:
        axes.plot(range(9), HEIGHTS, marker=marker)
        axes.set_xticks(range(0, 9, step), names[::step])

    (series,) = Drawing(plot).read()
    assert series.sure == (highest is not None)
    if highest is not None:
        assert len(series.x) == 9
        assert series.x[series.y.index(max(series.y))] == highest


@pytest.mark.parametrize("seed", [pytest.param(501, id="level"), pytest.param(504, id="sloping")])
def test_an_area_behind_a_grid_is_not_cut_into_bins(seed: int) -> None:
    """Grid lines shine through a transparent area, and their pieces were bins that were said to be sure."""
    drawn = draw("area", seed)
    series = chart_of_image(drawn.image, drawn.plot, drawn.texts).series
    assert [one.kind for one in series if one.kind in ("area", "histogram", "bars")] == ["area"]


def test_bars_beside_a_line_at_zero_and_grid_lines_are_no_area() -> None:
    """The crossings of grid lines are small pieces that stand on bars."""
    drawn = draw("negative bars", 9600)
    (bars,) = chart_of_image(drawn.image, drawn.plot, drawn.texts).series
    assert bars.kind == "bars"


def test_triangles_that_are_read_as_letters_are_markers() -> None:
    """Forty of sixty were left out as texts, and the others said to be all: seed 503."""
    places = [(x, 7 * x % 10) for x in range(10)]
    drawing = Drawing(lambda axes: axes.scatter(*zip(*places, strict=True), marker="^", color="tab:blue"))
    texts = []
    for number, place in enumerate(places[:9]):
        x, y = drawing.axes.transData.transform(place)
        box = round(x) - 5, round(drawing.image.height - y) - 5, round(x) + 5, round(drawing.image.height - y) + 5
        texts.append(Text(text="cA4"[number % 3], box=box, confidence=0.9))
    (points,) = drawing.read(texts)
    assert points.kind == "points"
    assert len(points.y) == len(places)
