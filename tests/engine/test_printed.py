"""Charts of other libraries and of the press: values printed at marks, few lines around them, names in two lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from matplotlib.figure import Figure
from PIL import Image

from tests.engine.other_charts import CHARTS, draw, picture_of
from vision_magic.engine.chart.data import Chart, Series
from vision_magic.engine.facts import Facts
from vision_magic.engine.reading import _split_words

NAMES = ("plums", "pears", "apples", "figs")


def chart_of(figure: Figure) -> Chart:
    return Facts(picture_of(figure)).chart


def points_of(series: Series) -> dict[Any, float]:
    return dict(zip(series.x, series.y, strict=True))


BARS = [key for key in CHARTS if "bars" in key[1]]


@pytest.mark.slow
@pytest.mark.parametrize(("library", "kind"), BARS, ids=[" ".join(key) for key in BARS])
def test_bars_of_other_libraries_are_read(library: str, kind: str) -> None:
    drawn = draw(library, kind, 1003)
    chart = Facts(drawn.image).chart
    panel = chart.panels[0]
    assert (panel.title, panel.x.label, panel.y.label) == (drawn.title, drawn.x_label, drawn.y_label)
    assert {series.name for series in panel.series} == set(drawn.series)
    for series in panel.series:
        assert series.sure, series.why_not
        assert series.kind == drawn.kind
        assert points_of(series) == pytest.approx(dict(drawn.series[series.name]), abs=0.6)
        if series.source == "printed":
            assert points_of(series) == dict(drawn.series[series.name])


def press(values: dict[str, float], *, labels: list[str] | None = None) -> Figure:
    """Return bars as newspapers draw them: one line below them, pale bands behind them, their values above them."""
    figure = Figure(figsize=(7, 4.4))
    axes = figure.add_subplot()
    bars = axes.bar(range(len(values)), list(values.values()), width=0.7, zorder=3)
    axes.bar_label(bars, labels or [str(value) for value in values.values()], padding=2, fontweight="bold", fontsize=9)
    axes.set_xticks(range(len(values)), labels=list(values))
    axes.spines[["left", "top", "right"]].set_visible(False)
    axes.tick_params(length=0)
    axes.grid(axis="y", color="0.9", linestyle=":")
    axes.set_ylabel("Attendance in thousands")
    axes.set_ylim(0, 1.15 * max(values.values()))
    for place in range(0, len(values), 2):
        axes.axvspan(place - 0.5, place + 0.5, color="0.985", zorder=0)
    return figure


def test_years_of_which_one_is_left_out_keep_their_values() -> None:
    values = {"2014": 21.31, "2015": 22.38, "2016": 25.61, "2018": 30.04, "2019": 31.16, "2020": 28.5}
    (series,) = chart_of(press(values))
    assert points_of(series) == {float(year): value for year, value in values.items()}
    assert (series.source, series.sigma, series.sure) == ("printed", 0.0, True)


@pytest.mark.slow
@pytest.mark.ocr
def test_the_mark_of_a_footnote_is_not_part_of_a_year() -> None:
    values = {"2021": 430.8, "2022": 453.2, "2023*": 476.8, "2024*": 501.6, "2025*": 527.6}
    (series,) = chart_of(press(values))
    assert points_of(series) == {2021.0: 430.8, 2022.0: 453.2, 2023.0: 476.8, 2024.0: 501.6, 2025.0: 527.6}


@pytest.mark.slow
@pytest.mark.ocr
def test_numbers_above_bars_that_are_not_their_values_do_not_replace_them() -> None:
    (series,) = chart_of(press(dict(zip(NAMES, (40.0, 25.0, 31.0, 12.0), strict=True)), labels=["7", "90", "55", "3"]))
    assert points_of(series) == pytest.approx({"plums": 40, "pears": 25, "apples": 31, "figs": 12}, abs=0.4)
    assert series.source == "pixels"


def test_names_in_two_lines_are_one_name() -> None:
    figure = Figure(figsize=(7, 4), layout="tight")
    axes = figure.add_subplot()
    names = ["Thailand,\nAugust 2011", "China,\nJuly 1998", "India,\nSeptember 2014", "Germany,\nMay 2013"]
    bars = axes.barh(names, [40.0, 30.0, 16.0, 12.9])
    axes.bar_label(bars, padding=3)
    axes.invert_yaxis()
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    (series,) = chart_of(figure)
    assert points_of(series) == {name.replace("\n", " "): v for name, v in zip(names, (40, 30, 16, 12.9), strict=True)}


def test_a_line_is_read_from_the_values_at_its_points() -> None:
    years, values = list(range(2012, 2021)), [31.4, 32.5, 35.3, 38.5, 40.4, 40.1, 41.5, 43.3, 42.1]
    figure = Figure(figsize=(7, 4.4))
    axes = figure.add_subplot()
    axes.plot(years, values, marker="o", linewidth=2)
    axes.set_ylim(29, 46)
    for year, value in zip(years, values, strict=True):
        axes.annotate(f"{value}", (year, value), (0, 9), textcoords="offset points", ha="center", fontweight="bold")
    (series,) = chart_of(figure)
    assert points_of(series) == pytest.approx({float(a): b for a, b in zip(years, values, strict=True)}, abs=0.1)
    assert sum(points_of(series)[float(a)] == b for a, b in zip(years, values, strict=True)) >= 8  # as printed
    assert series.sure


def test_a_bar_that_reaches_the_end_of_the_axes_is_not_sure() -> None:
    figure = Figure(figsize=(6, 4))
    axes = figure.add_subplot()
    axes.bar(NAMES, [12, 55, 31, 20])
    axes.set_ylim(0, 44)
    (series,) = chart_of(figure)
    assert not series.sure


def pie(**options: Any) -> tuple[Figure, Any]:
    figure = Figure(figsize=(6, 4.5))
    axes = figure.add_subplot()
    wedges = axes.pie([41, 27, 19.5, 12.5], **options)
    axes.set_title("Harvest of the year")
    return figure, wedges[0]


def legend_pie() -> Figure:
    figure, wedges = pie(autopct="%.1f%%")
    figure.axes[0].legend(wedges, NAMES, loc="center left", bbox_to_anchor=(1, 0.5))
    return figure


PIES: dict[str, Callable[[], Figure]] = {
    "names in a legend": legend_pie,
    "names with their shares": lambda: pie(labels=["plums (41 %)", "pears (27 %)", "apples (19.5 %)", "figs: 12.5 %"])[
        0
    ],
    "shares outside": lambda: pie(labels=NAMES, autopct="%.1f%%", pctdistance=1.25, labeldistance=0.5)[0],
}


@pytest.mark.parametrize("name", PIES)
def test_printed_shares_of_a_pie_are_exact(name: str) -> None:
    (panel,) = chart_of(PIES[name]()).panels
    (series,) = panel.series
    assert points_of(series) == {"plums": 41.0, "pears": 27.0, "apples": 19.5, "figs": 12.5}
    assert (series.source, series.sure, panel.title) == ("printed", True, "Harvest of the year")


def test_an_arrow_and_the_frame_of_a_note_are_not_series() -> None:
    figure = Figure(figsize=(7, 4.5))
    axes = figure.add_subplot()
    axes.plot(range(12), [0, 4, 7, 9, 10, 9, 7, 5, 4, 3, 3, 2])
    axes.annotate("first peak", (4, 10), (7, 9.5), arrowprops={"arrowstyle": "->"})
    axes.text(1, 1, "cooled to 20 °C", bbox={"boxstyle": "round", "facecolor": "wheat"})
    assert len(chart_of(figure)) == 1


def test_values_are_not_sure_where_other_axes_are_drawn_inside() -> None:
    figure = Figure(figsize=(6.4, 4.8))
    axes = figure.add_subplot()
    axes.plot(range(20), [1 / (1 + x) for x in range(20)])
    inset = axes.inset_axes((0.45, 0.45, 0.5, 0.45))
    inset.plot(range(5), [0, 3, 1, 4, 2], color="red")
    assert not any(series.sure for series in chart_of(figure))


def test_values_of_stacked_areas_are_not_sure() -> None:
    figure = Figure(figsize=(6.4, 4.8))
    figure.add_subplot().stackplot([1, 2, 3], [1, 2, 3], [4, 5, 6])
    assert not any(series.sure for series in chart_of(figure))


def test_a_right_axis_with_negative_numbers_is_found() -> None:
    figure = Figure(figsize=(6.4, 4.5))
    axes = figure.add_subplot()
    axes.plot(range(10), [x**2 for x in range(10)], color="tab:red")
    axes.twinx().plot(range(10), [1, 0, -1, 0, 1, 0, -1, 0, 1, 0], color="tab:blue")
    chart = chart_of(figure)
    assert not any(series.sure for series in chart)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("8.11 8.118.08", ["8.11", "8.11", "8.08"]),
        ("7.797.95", ["7.79", "7.95"]),
        ("1.2.3", ["1.2.3"]),
        ("2023.002023.25", ["2023.00", "2023.25"]),
        ("192.168.0.1", ["192.168.0.1"]),
    ],
)
def test_numbers_that_touch_are_split(text: str, words: list[str]) -> None:
    assert _split_words(text) == words


def test_a_number_with_spaces_between_thousands_is_one_number() -> None:
    values = dict(zip(NAMES, (1_175_300, 820_500, 2_204_600, 1_496_200), strict=True))
    figure = press(values, labels=[f"{value:,}".replace(",", " ") for value in values.values()])
    (series,) = chart_of(figure)
    assert points_of(series) == values


def test_a_picture_of_shades_has_no_series() -> None:
    assert len(Facts(Image.radial_gradient("L").convert("RGB")).chart) == 0
