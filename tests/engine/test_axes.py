"""Texts, axes and legends of figures whose content is known: what is said is right, what is not read is not said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import matplotlib.style
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from benchmarks.axes import MAX_OFF, axis_errors
from tests.engine.known_axes import KINDS, figure_of
from tests.engine.pictures import as_picture, quick_and_slow
from vision_magic.engine.chart.calibrate import calibrate, parse_offset
from vision_magic.engine.chart.dates import dates_of, iso_of
from vision_magic.engine.chart.decades import decades_between
from vision_magic.engine.chart.frames import find_frames
from vision_magic.engine.chart.numbered import with_letters
from vision_magic.engine.chart.plot import Panel
from vision_magic.engine.chart.read import chart_of_image
from vision_magic.engine.chart.roles import find_plot
from vision_magic.engine.chart.superscripts import with_powers
from vision_magic.engine.reading import read_text
from vision_magic.engine.texts import Text

pytestmark = pytest.mark.slow  # most tests draw a picture and measure it

Draw = Callable[[Axes], object]


def panel_of(draw: Draw, style: str = "default", dpi: int = 100) -> Panel:
    with matplotlib.style.context([style, {"font.family": "DejaVu Sans"}]):
        figure = Figure()
        draw(figure.add_subplot())
        picture = as_picture(figure, dpi)
    plot = find_plot(picture, read_text(picture))
    assert plot is not None
    assert len(plot.panels) == 1
    return plot.panels[0]


@pytest.mark.parametrize("name", quick_and_slow(KINDS))
def test_an_axis_that_is_called_sure_is_right(name: str) -> None:
    """One figure of each kind; `benchmarks/axes.py` measures hundreds."""
    figure = figure_of(2 * len(KINDS) + list(KINDS).index(name))
    plot = find_plot(figure.picture, read_text(figure.picture))
    if plot is None or len(plot.panels) != len(figure.panels):
        return  # the share of figures that are found is measured by the benchmark
    for panel, known in zip(plot.panels, figure.panels, strict=True):
        pairs = ((panel.x, known.x), (panel.y, known.y), (panel.right, known.right), (panel.top, known.top))
        for axis, truth in (*pairs, (panel.colour_bar, known.bar)):
            sure = axis is not None and axis.calibration is not None and axis.calibration.sure
            if axis is not None and truth is not None and sure and truth.scale not in ("other", "labels"):
                assert max(axis_errors(axis, truth)) <= MAX_OFF


@pytest.mark.parametrize("style", ["default", "ggplot", "dark_background", "seaborn-v0_8-whitegrid"])
@pytest.mark.parametrize(
    "dpi", [pytest.param(72, marks=pytest.mark.slow), 100, pytest.param(150, marks=pytest.mark.slow)]
)
def test_powers_of_ten_make_an_axis_logarithmic(style: str, dpi: int) -> None:
    panel = panel_of(lambda axes: axes.loglog([1, 10, 100, 1000], [2, 15, 180, 2100]), style, dpi)
    assert (panel.x.kind, panel.x.ticks) == ("log", ("10⁰", "10¹", "10²", "10³"))
    assert panel.y.kind == "log"


@pytest.mark.slow
@pytest.mark.ocr
@pytest.mark.parametrize("loc", ["left", "center", "right"])
def test_a_title_of_two_lines_is_one_title(loc: str) -> None:
    panel = panel_of(lambda axes: axes.set_title("Effect of weight on supply\nin Golf trials", loc=loc))  # type: ignore[arg-type]
    assert panel.title == "Effect of weight on supply in Golf trials"


def test_values_printed_at_bars_are_no_legend() -> None:
    def draw(axes: Axes) -> None:
        axes.bar_label(axes.bar(range(2004, 2020), np.linspace(31, 29, 16).round(1)), fontweight="bold", fontsize=7)

    panel = panel_of(draw)
    assert (panel.legend, panel.title) == ((), "")


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({}, id="inside"),
        pytest.param({"markerfirst": False}, id="sample on the right of the text"),
        pytest.param({"bbox_to_anchor": (0.5, -0.12), "loc": "upper center", "ncols": 3}, id="below the axes"),
        pytest.param({"bbox_to_anchor": (1.02, 1), "loc": "upper left", "frameon": False}, id="outside"),
    ],
)
def test_every_entry_of_a_legend_is_found(options: dict[str, object]) -> None:
    def draw(axes: Axes) -> None:
        for number, name in enumerate(("alpha", "beta", "gamma")):
            axes.plot([0, 5, 10], [number, 9 - number, 2 * number], label=name)
        axes.legend(**options)  # type: ignore[arg-type]

    panel = panel_of(draw)
    assert sorted(entry.text for entry in panel.legend) == ["alpha", "beta", "gamma"]
    assert {entry.text: entry.rgb for entry in panel.legend}["alpha"] == (31, 119, 180)
    assert panel.x.label == ""


def test_a_curve_behind_a_legend_hides_no_entry() -> None:
    def draw(axes: Axes) -> None:
        for number, name in enumerate(("sierra", "echo", "kilo")):
            axes.plot([0, 4, 9], [2 + number, 6, 8.9 - 3 * number], label=name)
        axes.set_ylim(0, 10)
        axes.legend(loc="upper right")

    assert [entry.text for entry in panel_of(draw, dpi=150).legend] == ["sierra", "echo", "kilo"]


def test_short_names_in_an_ordinary_legend_are_entries() -> None:
    def draw(axes: Axes) -> None:
        x = np.linspace(0, 10, 200)
        axes.plot(x, np.sin(x), label="sin")
        axes.plot(x, np.cos(x), "--", label="cos")
        axes.legend()

    panel = panel_of(draw)
    assert [entry.text for entry in panel.legend] == ["sin", "cos"]
    assert panel.legend_complete


def test_samples_in_a_legend_of_single_letters_are_no_points() -> None:
    def draw(axes: Axes) -> None:
        values = np.random.default_rng(0)
        for name in "abc":
            axes.scatter(values.normal(size=15), values.normal(size=15), label=name)
        axes.legend()

    picture = as_picture(_figure(draw), 100)
    read = read_text(picture)
    panel = chart_of_image(picture, find_plot(picture, read), read).panels[0]
    assert [entry.text for entry in panel.legend] == ["a", "b", "c"]
    assert panel.legend_complete
    assert max(len(series.y) for series in panel.series) <= 15


def test_a_legend_with_a_dashed_sample_whose_name_was_not_read_is_not_complete() -> None:
    def draw(axes: Axes) -> None:
        x = np.linspace(0, 10, 200)
        axes.plot(x, np.sin(x), label="u")
        axes.plot(x, np.cos(x), "--", label="v")
        axes.legend()

    picture = as_picture(_figure(draw), 100)
    plot = find_plot(picture, [text for text in read_text(picture) if text.text.casefold() != "v"])
    assert plot is not None
    assert [entry.text for entry in plot.panels[0].legend] == ["u"]
    assert not plot.panels[0].legend_complete


@pytest.mark.parametrize("hidden", [1, 2])
def test_entries_that_may_be_misread_are_kept_back_but_take_up_room(hidden: int) -> None:
    def draw(axes: Axes) -> None:
        for number, name in enumerate(("sierra", "echo", "kilo")):
            axes.plot([0, 1], [number, number + 1], label=name)
        axes.legend(loc="upper left")

    picture = as_picture(_figure(draw), 100)
    read = read_text(picture)
    doubtful = [replace(text, confidence=0.7) if text.text in ("sierra", "echo")[:hidden] else text for text in read]
    whole, part = find_plot(picture, read), find_plot(picture, doubtful)
    assert whole is not None
    assert part is not None
    assert part.panels[0].legend_box == whole.panels[0].legend_box
    assert [entry.text for entry in part.panels[0].legend] == (["echo", "kilo"] if hidden == 1 else [])
    assert not part.panels[0].legend_complete


@pytest.mark.ocr
def test_patches_of_a_legend_without_a_frame_are_found_on_bars() -> None:
    def draw(axes: Axes) -> None:
        for number, name in enumerate(("signal", "valley")):
            axes.bar(np.arange(4) + 0.25 * number, [4 + 9 * number, 6 + 12 * number, 16, 40], 0.25, label=name)
        axes.legend(loc="lower right", frameon=False)

    legend = panel_of(draw, dpi=120).legend
    assert {entry.text: entry.rgb for entry in legend} == {"signal": (31, 119, 180), "valley": (255, 127, 14)}


def test_the_title_of_a_legend_below_the_axes_is_not_the_label_of_the_axis() -> None:
    def draw(axes: Axes) -> None:
        axes.plot([0, 200, 500], [3, 9, 1], label="south")
        axes.legend(title="Valley", loc="upper center", bbox_to_anchor=(0.5, -0.12))

    panel = panel_of(draw)
    assert (panel.x.label, panel.legend_title) == ("", "Valley")


def test_the_background_of_a_legend_outside_does_not_change_its_colours() -> None:
    def draw(axes: Axes) -> None:
        axes.set_facecolor("#e5ecf6")
        for number, name in enumerate(("glass", "maize", "steel")):
            axes.plot([0, 1, 2], [number, 3 - number, number], linewidth=1.5, label=name)
        axes.legend(loc="upper left", bbox_to_anchor=(1.02, 1))

    legend = panel_of(draw, "dark_background", dpi=80).legend
    assert [entry.rgb for entry in legend] == [(141, 211, 199), (254, 255, 179), (191, 187, 217)]


def _figure(draw: Draw) -> Figure:
    figure = Figure()
    draw(figure.add_subplot())
    return figure


def test_an_error_bar_is_the_sample_of_a_legend() -> None:
    def draw(axes: Axes) -> None:
        axes.errorbar(range(6), [3, 5, 2, 8, 6, 7], yerr=0.6, fmt="o", label="mean ± s.d.")
        axes.legend(loc="upper left")

    assert [entry.text for entry in panel_of(draw).legend] == ["mean ± s.d."]


def test_thin_dashed_samples_have_the_colour_of_the_line() -> None:
    def draw(axes: Axes) -> None:
        axes.plot([0, 5, 10], [1, 4, 2], "--", linewidth=1.2, color="#ff7f0e", label="dashed")
        axes.plot([0, 5, 10], [3, 2, 5], label="full")
        axes.legend()

    rgb = next(entry.rgb for entry in panel_of(draw, dpi=72).legend)
    assert rgb == pytest.approx((255, 127, 14), abs=8)


def test_an_axis_on_the_right_is_an_axis_of_its_own() -> None:
    def draw(axes: Axes) -> None:
        axes.plot([0, 10], [0, 3])
        other = axes.twinx()
        other.plot([0, 10], [200, 700], color="C1")
        other.set_ylabel("Load (kW)")

    panel = panel_of(draw)
    assert panel.right is not None
    assert (panel.right.label, panel.right.unit, panel.right.ticks[0]) == ("Load (kW)", "kW", "200")
    assert panel.right.calibration is not None
    assert panel.right.calibration.sure
    assert (panel.legend, panel.colour_bar) == ((), None)


@pytest.mark.parametrize(
    ("values", "scale", "first", "kind"),
    [
        pytest.param([-12, -10, 9, 3], "linear", "-10", "linear", id="negative numbers"),
        pytest.param([12, 100, 9000, 300000], "log", "10¹", "log", id="powers of ten"),
    ],
)
def test_signs_and_powers_on_the_right_are_read(values: list[float], scale: str, first: str, kind: str) -> None:
    def draw(axes: Axes) -> None:
        axes.bar(["Jan", "Feb", "Mar", "Apr"], [2, 8, 30, 90])
        other = axes.twinx()
        other.set_yscale(scale)
        other.plot(range(4), values, color="C1")

    right = panel_of(draw).right
    assert right is not None
    assert right.calibration is not None
    assert (right.ticks[0], right.kind, right.calibration.sure) == (first, kind, True)


def test_an_axis_of_two_powers_is_calibrated_by_its_minor_marks() -> None:
    panel = panel_of(lambda axes: axes.semilogy([1, 2, 3, 4], [2, 8, 30, 90]))
    assert panel.y.calibration is not None
    assert (panel.y.ticks, panel.y.calibration.sure) == (("10¹", "10²"), True)
    assert panel.y.calibration.value(panel.y.places[0]) == pytest.approx(10, rel=0.05)


def test_bars_in_front_of_the_grid_are_one_panel() -> None:
    def draw(axes: Axes) -> None:
        axes.hist(np.repeat([250, 300, 350, 400, 450, 500, 550], [10, 44, 80, 120, 78, 39, 16]), bins=7)
        axes.set_title("Glacier winter")

    panel = panel_of(draw, "fivethirtyeight")
    assert (panel.title, panel.y.ticks[0], panel.y.ticks[-1]) == ("Glacier winter", "0", "120")


def test_a_colour_bar_is_calibrated_and_its_strip_is_known() -> None:
    panel = panel_of(lambda axes: axes.figure.colorbar(axes.imshow(np.arange(36.0).reshape(6, 6)), label="Power (kW)"))
    assert panel.colour_bar is not None
    assert panel.colour_bar_box is not None
    assert panel.colour_bar.calibration is not None
    _, top, _, bottom = panel.colour_bar_box
    assert panel.colour_bar.calibration.value(top) == pytest.approx(35, abs=0.4)
    assert panel.colour_bar.calibration.value(bottom - 1) == pytest.approx(0, abs=0.4)


@pytest.mark.parametrize("axis", ["x", "y"])
@pytest.mark.parametrize("scale", [1e6, 1e-5, 1e8])
def test_a_factor_at_the_end_of_an_axis_counts(axis: str, scale: float) -> None:
    values, others = np.linspace(0, 6, 7) * scale, np.linspace(0, 9, 7)
    panel = panel_of(lambda axes: axes.plot(*((values, others) if axis == "x" else (others, values))))
    found = panel.x if axis == "x" else panel.y
    assert found.calibration is not None
    assert found.calibration.value(found.places[-1]) == pytest.approx(6 * scale, rel=0.05)


def test_names_of_horizontal_bars_are_the_ticks_and_their_values_are_not() -> None:
    def draw(axes: Axes) -> None:
        bars = axes.barh(["Karl Malone", "Kobe Bryant", "Larry Bird"], [3792, 3836, 2120])
        axes.bar_label(bars, ["3 792", "3 836", "2 120"])
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0)

    panel = panel_of(draw)
    assert panel.y.ticks == ("Karl Malone", "Kobe Bryant", "Larry Bird")
    assert panel.x.ticks[0] == "0"
    assert panel.title == ""


@pytest.mark.parametrize("style", ["classic", "default", "bmh"])
def test_the_label_in_the_corner_is_not_lost(style: str) -> None:
    panel = panel_of(lambda axes: axes.hist([100, 200, 200, 300], range=(0, 800), bins=8), style)
    assert (panel.x.ticks[0], panel.x.ticks[-1]) == ("0", "800")
    assert panel.y.ticks[0] in ("0", "0.0", "0.00")


@pytest.mark.slow
@pytest.mark.ocr
@pytest.mark.parametrize("names", ["ABC", "xyz"])
def test_single_letters_below_each_other_are_names_and_not_one_upward_line(names: str) -> None:
    def draw(axes: Axes) -> None:
        for number, name in enumerate(names):
            axes.plot([1, 2, 3], [number, number + 1, 2 * number], label=name)
        axes.legend()

    assert "".join(entry.text for entry in panel_of(draw).legend).lower() == names.lower()


# --- without pictures -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1e6", (1e6, 0)),
        ("le6", (1e6, 0)),
        ("1e-5", (1e-5, 0)),
        ("×10⁶", (1e6, 0)),
        ("x10⁻³", (1e-3, 0)),
        ("×10-⁶", (1e-6, 0)),
        ("×106", (1e6, 0)),
        ("+2e3", (1, 2000)),
        ("1e-5+3", (1e-5, 3)),
        ("+4.3el", (1, 43)),
        ("+.5", (1, 0.5)),
        ("16", None),
        ("100", None),
        ("hello", None),
        ("1e99999", None),
    ],
)
def test_factors_are_read_in_the_ways_they_are_printed(text: str, expected: tuple[float, float] | None) -> None:
    found = parse_offset(text)
    assert found == (pytest.approx(expected) if expected else None)


@pytest.mark.parametrize(
    ("labels", "end", "first", "year_known"),
    [
        (["Jan 01", "Feb 01", "Mar 01"], "", "01-01", False),
        (["Nov", "Dec", "2024", "Feb"], "", "2023-11-01", True),
        (["Mar", "08", "15", "22"], "2021-Mar", "2021-03-01", True),
        (["2012-05", "2012-09", "2013-01"], "", "2012-05-01", True),
    ],
)
def test_no_year_is_invented(labels: Sequence[str], end: str, first: str, year_known: bool) -> None:
    found = dates_of(labels, end)
    assert found is not None
    assert found.year_known is year_known
    assert found.days[0] is not None
    assert iso_of(found.days[0], largest=found.largest) == first


@pytest.mark.slow
@pytest.mark.ocr
@pytest.mark.parametrize(
    ("start", "days", "first"),
    [
        pytest.param("2022-08-20", 300, "2022-09", id="months that touch"),
        pytest.param("2023-11-10", 120, "2023-11-15", id="days that cover each other"),
    ],
)
def test_crowded_dates_are_read_between_their_tick_marks(start: str, days: int, first: str) -> None:
    dates = np.datetime64(start) + np.arange(days)
    panel = panel_of(lambda axes: axes.plot(dates, np.sin(np.arange(days) / 20)))
    found = panel.x.calibration
    assert (panel.x.ticks[0], found is not None and found.sure) == (first, True)
    assert found is not None
    ends = [found.value(panel.frame.left + share * panel.frame.width) for share in (1 / 22, 21 / 22)]  # its margins
    assert ends == pytest.approx([float(date.astype(float)) for date in dates[[0, -1]]], abs=days / 100)


def test_months_and_years_below_the_days_are_parts_of_dates() -> None:
    """So pandas prints them, the month below no label of a day."""

    def draw(axes: Axes) -> None:
        axes.plot(range(19737, 19782), np.arange(45) ** 0.5)  # from 2024-01-15 on
        axes.set_xticks(
            [19737, 19744, 19751, 19754, 19758, 19765, 19772, 19779],
            ["15", "22", "29", "\n\nFeb\n2024", "05", "12", "19", "26"],
        )

    axis = panel_of(draw).x
    assert axis.ticks == ("15", "22", "29", "Feb 2024", "05", "12", "19", "26")
    assert axis.calibration is not None
    assert (axis.calibration.sure, axis.calibration.place(axis.places[0])[:10]) == (True, "2024-01-15")  # type: ignore[index]


@pytest.mark.slow
@pytest.mark.ocr
def test_small_labels_beside_a_heat_map_are_read() -> None:
    names = ["plums", "pears", "apples", "figs", "dates", "limes"]
    cells = np.array([[5, 9, 7, 2, 4, 3], [4, 0, 1, 8, 5, 1], [7, 5, 5, 1, 2, 8], [6, 5, 3, 9, 5, 3]])
    figure = Figure(figsize=(6.4, 3.6), layout="tight")
    axes = figure.add_subplot()
    image = axes.imshow(cells, cmap="Blues", aspect="auto")
    axes.set_xticks(range(6), names, fontsize=7)
    axes.set_yticks(range(4), ["north a", "south a", "east a", "west a"], fontsize=7)
    figure.colorbar(image).ax.tick_params(labelsize=7)
    words = {text.text for text in read_text(as_picture(figure, 100))}
    assert words >= {*names, "west a", "2", "4", "6", "8"}


def test_the_top_of_a_bar_is_not_that_of_its_axes() -> None:
    """The tick mark of zero lengthens the lower spine."""

    def draw(axes: Axes) -> None:
        axes.bar(["plums", "pears", "figs"], [5700, 8300, 300], width=0.4)
        axes.spines[["top", "right"]].set_visible(False)
        axes.set_ylim(0, 8700)

    panel = panel_of(draw)
    assert panel.y.calibration is not None
    assert panel.y.calibration.value(panel.frame.top) == pytest.approx(8700, abs=60)


@pytest.mark.parametrize(
    ("labels", "end", "dates"),
    [
        pytest.param(
            ["06:00", "18:00", "06:00"], "2024-Mar-06", ["2024-03-05 06:00", "2024-03-05 18:00"], id="concise"
        ),
        pytest.param(["03", "05", "07"], "2024-May", ["2024-05-03", "2024-05-05"], id="days of a month"),
        pytest.param(["22", "29", "Feb 2024", "05"], "", ["2024-01-22", "2024-01-29", "2024-02-01"], id="pandas"),
        pytest.param(
            ["00:00 05-Mar 2024", "12:00", "00:00 06-Mar"], "", ["2024-03-05", "2024-03-05 12:00"], id="hours"
        ),
        pytest.param(["01.04.2023", "15.04.2023", "01.05.2023"], "", ["2023-04-01", "2023-04-15"], id="German"),
        pytest.param(["04/01/2023", "04/15/2023", "05/01/2023"], "", ["2023-04-01", "2023-04-15"], id="American"),
        pytest.param(["Jan '21", "Apr '21", "Jul 21"], "", ["2021-01-01", "2021-04-01"], id="short years"),
        pytest.param(["Oct 21", "Jan 22", "Apr 22"], "", ["2021-10-01", "2022-01-01"], id="years that grow"),
        pytest.param(["05 10:00", "05 10:05", "0510:10"], "", ["05 10:00", "05 10:05", "05 10:10"], id="no month"),
        pytest.param(["10:00", "10:05", "10:10"], "", ["10:00", "10:05"], id="times of a day"),
    ],
)
def test_labels_take_what_they_lack_from_their_neighbours(labels: list[str], end: str, dates: list[str]) -> None:
    found = dates_of(labels, end)
    assert found is not None
    days = [day for day in found.days if day is not None]
    assert [iso_of(day, largest=found.largest) for day in days][: len(dates)] == dates


@pytest.mark.parametrize(
    ("labels", "days", "sure"),
    [
        pytest.param(["04/01", "05/01", "06/01", "07/01"], [0, 30, 60.5, 91], False, id="months first or days first"),
        pytest.param(["04/01", "04/15", "04/29", "05/13"], [0, 14, 28, 42], True, id="only months first"),
        pytest.param(["00:00", "12:00", "00:00", "12:00"], [0, 30, 60, 90], False, id="days not printed"),
        pytest.param(["Jan 21", "Feb 21", "Mar 21", "Apr 21"], [0, 31, 59, 90], False, id="days or years"),
    ],
)
def test_dates_that_can_be_read_in_two_ways_are_not_sure(labels: list[str], days: list[float], sure: bool) -> None:
    places = [80.0 + 1.2 * day for day in days]
    found = calibrate(labels, places, places)
    assert (found is not None and found.scale == "date" and found.sure) is sure


@pytest.mark.parametrize(
    ("days", "scale"),
    [
        pytest.param([0, 31, 59, 90, 120, 151, 181], "date", id="days of the year"),
        pytest.param([0, 30, 60, 90, 120, 150, 180], None, id="even distances are names of bars"),
    ],
)
def test_months_are_dates_only_where_they_differ_in_length(days: list[int], scale: str | None) -> None:
    places = [80 + 3.0 * day for day in days]
    found = calibrate(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul"], places, places)
    assert (found.scale if found is not None else None) == scale


def test_a_lost_sign_does_not_hide_the_scale() -> None:
    places = [90.0, 165, 321, 399]
    found = calibrate(["20", "-10", "10", "20"], places, places)
    assert found is not None
    assert (found.agreeing, found.sure) == (3, False)
    assert found.value(243) == pytest.approx(0, abs=0.1)


def test_lost_signs_that_leave_two_directions_give_no_scale() -> None:
    places = [100.0, 200, 300, 400, 500]
    assert calibrate(["20", "10", "0", "10", "20"], places, places) is None


@pytest.mark.parametrize("powers", [("10⁰", "10²", "10²"), ("10⁰", "10¹"), ("10⁰", "10¹", "10⁷")])
def test_minor_marks_outvote_a_misread_power(powers: Sequence[str]) -> None:
    places = [400.0 - 100 * number for number in range(len(powers))]
    marks = [400 - 100 * (decade + np.log10(digit)) for decade in range(len(powers)) for digit in range(1, 10)]
    found = decades_between(powers, places, marks, near=6)
    assert found is not None
    assert [found.value(place) for place in places] == pytest.approx([10.0**n for n in range(len(powers))])


def test_powers_without_minor_marks_are_not_a_scale() -> None:
    assert decades_between(("10⁰", "10²", "10²"), (400.0, 300.0, 200.0), (400.0, 300.0, 200.0), near=6) is None


def test_numbered_names_are_put_right_where_their_numbers_are_even() -> None:
    found = with_letters(("Q1", "Q2", "03", "Q5"), (10.0, 20.0, 30.0, 50.0), (40.0,))
    assert sorted(found, key=lambda pair: pair[1]) == [(f"Q{n}", 10.0 * n) for n in range(1, 6)]


def test_years_are_on_a_linear_scale() -> None:
    found = calibrate([str(year) for year in range(1992, 1998)], [100 + 40 * n for n in range(6)], ())
    assert found is not None
    assert found.scale == "linear"


def test_plain_hundreds_are_no_powers() -> None:
    texts = [Text(text=str(100 + n), box=(10 + 40 * n, 10, 40 + 40 * n, 24)) for n in range(4)]
    assert with_powers(np.full((40, 200, 3), 255, np.uint8), texts) == ["100", "101", "102", "103"]


@pytest.mark.parametrize("size", [(9, 9), (400, 12), (60, 60)])
def test_no_picture_raises(size: tuple[int, int]) -> None:
    rng = np.random.default_rng(3)
    picture = Image.fromarray(rng.integers(0, 255, (size[1], size[0], 3), np.uint8))
    for count in (0, 5, 30):
        boxes = rng.integers(0, max(size), (count, 2))
        words = ("1", "10³", "2024-05", "abc", "-3", "1e6", "×10⁹", "0")
        texts = [
            Text(text=words[n % 8], box=(int(x), int(y), int(x) + 8, int(y) + 9), slant=30.0 * (n % 2))
            for n, (x, y) in enumerate(boxes)
        ]
        find_plot(picture, texts)


def test_axes_end_where_their_ground_does_and_not_at_the_longest_bar() -> None:
    """A tick mark goes on from the left side, the right side ends at the ground, and grid lines break the lower one."""
    assert find_frames(figure_of(18005).picture)[0].sides == pytest.approx((116, 9, 730, 404), abs=2)
