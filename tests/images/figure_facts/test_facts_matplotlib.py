"""Facts of matplotlib figures, checked against their data and their pixels."""

from __future__ import annotations

import datetime
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

import vision_magic as vm
from tests.images.figure_facts.plain import plain
from vision_magic.errors import ImageError
from vision_magic.images.figure_facts.summaries import summarize
from vision_magic.images.figure_facts.values import FACTS_HEADER, AxisFacts, Facts, SeriesFacts, Summary


def axes(**more: Any) -> Any:
    return Figure(figsize=(4, 3), dpi=100).add_subplot(**more)


def series(one: Any) -> tuple[SeriesFacts, ...]:
    return tuple(map(plain, vm.facts(one).axes[0].series))


def test_a_line_is_told_with_its_numbers_and_names() -> None:
    one = axes(title="Peaks", xlabel="Depth (m)", ylabel="T / K")
    one.plot([1, 2, 4], [3.5, -1, 2], label="north")
    one.legend()
    one.figure.suptitle("All")
    found = vm.facts(one.figure)
    assert (found.kind, found.title, found.axes[0].title) == ("matplotlib", "All", "Peaks")
    assert (found.axes[0].x.unit, found.axes[0].y.unit) == ("m", "K")  # type: ignore[union-attr]
    assert found.axes[0].legend == ("north",)
    assert tuple(map(plain, found.axes[0].series)) == (
        SeriesFacts(
            name="north",
            kind="line",
            count=3,
            x=Summary(count=3, low=1, high=4, first=1, last=4, mean=2.33333333333),
            y=Summary(count=3, low=-1, high=3.5, first=3.5, last=2, mean=1.5),
        ),
    )
    text = str(found)
    assert text.startswith(FACTS_HEADER)
    assert "x axis: “Depth (m)”, unit m, linear, 0.85 to 4.15" in text
    assert (
        "- north: line, 3 values; x 1 to 4, 1 first, 4 last, mean 2.33333333333; y -1 to 3.5, lowest at 2, "
        "highest at 1, 3.5 first, 2 last, mean 1.5; colour #1f77b4; points (1, 3.5), (2, -1), (4, 2)"
    ) in text


@pytest.mark.parametrize(
    ("draw", "kind", "count"),
    [
        pytest.param(lambda a: a.plot([1, 2], "o"), "points", 2, id="markers alone"),
        pytest.param(lambda a: a.scatter([1, 2], [1, 2]), "points", 2, id="scatter"),
        pytest.param(lambda a: a.bar([1, 2, 4], [1, 2, 3]), "bars", 3, id="bars"),
        pytest.param(lambda a: a.barh([1, 2], [1, 2]), "bars, horizontal", 2, id="level bars"),
        pytest.param(lambda a: a.hist(np.arange(100), bins=10), "histogram", 10, id="histogram"),
        pytest.param(lambda a: a.hist([5, 20, 50], bins=[0, 15, 30, 60]), "histogram", 3, id="few bins"),
        pytest.param(lambda a: a.bar([2021, 2022, 2023], [1, 2, 3], 1), "bars", 3, id="bars of years that touch"),
        pytest.param(
            lambda a: a.errorbar([1, 2], [1, 2], yerr=1, fmt="o"), "points with error bars", 2, id="error bars"
        ),
        pytest.param(lambda a: a.errorbar([1, 2], [1, 2], yerr=1, fmt="o-"), "line with error bars", 2, id="joined"),
        pytest.param(lambda a: (a.plot([1, 2]), a.fill_between([0, 1], [1, 2])), "line", 2, id="filled below"),
        pytest.param(lambda a: a.stem([1, 2], [1, 2]), "stems", 2, id="stems"),
        pytest.param(lambda a: a.fill_between([1, 2], [1, 2]), "filled area", 2, id="area"),
        pytest.param(lambda a: a.axhline(2.5), "reference line at y = 2.5", 0, id="level line"),
        pytest.param(lambda a: a.axvline(1.5), "reference line at x = 1.5", 0, id="upright line"),
        pytest.param(lambda a: a.pie([1, 3]), "pie", 2, id="pie"),
        pytest.param(
            lambda a: a.imshow(np.eye(3)),
            "image of 3×3, colours viridis from 0 to 1",
            0,
            id="image",
        ),
        pytest.param(lambda a: a.imshow(np.zeros((2, 2, 3))), "image of 2×2×3, colours", 0, id="colour image"),
    ],
)
def test_each_kind_of_drawing_is_told(draw: Any, kind: str, count: int) -> None:
    one = axes()
    draw(one)
    assert (series(one)[0].kind, series(one)[0].count) == (kind, count)


def test_a_colour_bar_is_part_of_its_image_and_no_axes() -> None:
    one = axes()
    one.figure.colorbar(one.imshow([[250.0, 300.0]]), label="T [K]")
    found = vm.facts(one.figure)
    assert len(found.axes) == 1
    assert "colour bar “T [K]”; z 250 to 300" in str(found.axes[0].series[0])


def test_scales_times_names_and_directions_are_told() -> None:
    one = axes(xscale="log", yscale="symlog")
    assert (vm.facts(one).axes[0].x.scale, vm.facts(one).axes[0].y.scale) == ("log", "symlog")  # type: ignore[union-attr]
    one = axes()
    one.bar(["pear", "plum"], [1, 2])
    assert vm.facts(one).axes[0].x == AxisFacts(scale="categories", names=("pear", "plum"))
    assert series(one)[0].x is None
    one = axes()
    one.plot([datetime.datetime(2024, 1, 1), datetime.datetime(2024, 2, 1, 12)], [1, 2])
    assert series(one)[0].x == Summary(
        count=2, low="2024-01-01", high="2024-02-01T12:00:00", first="2024-01-01", last="2024-02-01T12:00:00"
    )
    assert vm.facts(one).axes[0].x.scale == "date"  # type: ignore[union-attr]
    one = axes()
    one.set_ylim(5, -1)
    assert vm.facts(one).axes[0].y.limits == (5, -1)  # type: ignore[union-attr]
    assert vm.facts(axes(projection="3d", zlabel="up")).axes[0].z.label == "up"  # type: ignore[union-attr]
    assert vm.facts(axes(projection="polar")).axes[0].x.scale == "polar"  # type: ignore[union-attr]


def test_nothing_is_drawn_and_nothing_changes() -> None:
    one = axes()
    one.plot([1, 2])
    FigureCanvasAgg(one.figure).draw()
    assert not one.figure.stale
    vm.facts(one.figure)
    assert not one.figure.stale


def test_missing_numbers_are_counted_and_left_out_of_the_rest() -> None:
    one = axes()
    one.plot(np.ma.masked_greater([1.0, np.nan, 3.0, np.inf, 9.0], 8))
    found = series(one)[0].y
    assert found == Summary(count=5, missing=3, low=1, high=3, first=1, last=3, mean=2)
    one = axes()
    one.plot([np.nan, np.nan])
    assert series(one)[0].y == Summary(count=2, missing=2)


def test_the_text_is_bounded_and_says_what_is_left_out() -> None:
    one = axes(title="t" * 500)
    for number in range(60):
        one.plot([number], label=f"{number}\n\x1b[31m" * 40)
    text = str(vm.facts(one))
    assert len(text) <= 4000
    assert "more" in text
    assert "\x1b" not in text
    many = Figure()
    many.subplots(5, 5)
    assert "and 13 more axes" in str(vm.facts(many))


def test_the_facts_are_plain_json() -> None:
    one = axes()
    one.plot([1.0, np.nan])
    told = json.dumps(vm.facts(one).to_dict(), allow_nan=False)
    assert json.loads(told)["axes"][0]["series"][0]["y"]["missing"] == 1


@pytest.mark.parametrize("scale", ["linear", "log"])
@pytest.mark.parametrize(("x", "y"), [(2.0, 30.0), (7.5, 4.0)])
def test_facts_and_pixels_agree(scale: str, x: float, y: float) -> None:
    """Find a red dot in the pixels, and map it back to data values by the stated axis limits."""
    one = axes(xlim=(1, 10), ylim=(1, 100), xscale=scale, yscale=scale)
    one.plot([x], [y], "s", color="red", markersize=6, markeredgewidth=0, clip_on=False)
    FigureCanvasAgg(one.figure).draw()
    image = vm.as_image(one.figure)
    pixels = np.asarray(image.to_pil()).astype(int)
    assert (image.width, image.height) == (400, 300)
    rows, columns = np.nonzero((pixels[..., 0] > 200) & (pixels[..., 1] < 80))
    place = columns.mean() + 0.5, 300 - (rows.mean() + 0.5)
    found = vm.facts(one).axes[0]
    box = one.get_window_extent()
    for axis, at, start, length, told in (
        (found.x, place[0], box.x0, box.width, found.series[0].x),
        (found.y, place[1], box.y0, box.height, found.series[0].y),
    ):
        assert axis is not None
        assert axis.limits is not None
        assert told is not None
        low, high = (np.log10(end) if scale == "log" else end for end in axis.limits)  # type: ignore[arg-type]
        here = low + (high - low) * (at - start) / length
        stated = np.log10(told.first) if scale == "log" else told.first  # type: ignore[arg-type]
        assert abs(here - stated) <= 1.5 * (high - low) / length  # within 1.5 pixels


@given(arrays(np.float64, st.integers(1, 30), elements=st.floats(allow_nan=True, allow_infinity=True)))
def test_any_numbers_are_told_as_they_are(values: Any) -> None:
    span = summarize(values)
    assert span is not None
    finite = values[np.isfinite(values)]
    assert span.missing == len(values) - len(finite)
    if len(finite):
        assert (span.low, span.high, span.first, span.last) == (finite.min(), finite.max(), finite[0], finite[-1])
        assert span.mean is None or span.mean == pytest.approx(np.clip(span.mean, span.low, span.high))


class _Odd:
    def __repr__(self) -> str:
        return "odd"

    def __str__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize(
    "values",
    [["a", "b"], [_Odd(), _Odd()], [1 + 2j], [], [None, 1], [[1], [2, 3]], "text", None, [10**400], {"a": 1}],
    ids=repr,
)
def test_what_is_no_list_of_numbers_is_left_out(values: Any) -> None:
    span = summarize(values)
    assert span is None or isinstance(span.low, float | None)


def test_large_data_are_read_at_once() -> None:
    one = axes()
    one.plot(np.arange(3_000_000, dtype=np.float32))
    assert series(one)[0].y == Summary(count=3_000_000, low=0, high=2999999, first=0, last=2999999, mean=1499999.5)


@pytest.mark.parametrize("other", ["text", 5, None, np.zeros((3, 3))], ids=str)
def test_what_is_no_figure_is_refused(other: Any) -> None:
    with pytest.raises(ImageError, match="expected a figure of matplotlib, seaborn, plotly or Altair"):
        vm.facts(other)


def test_a_line_and_a_grid_of_seaborns_stand_for_their_figures() -> None:
    one = axes(title="Here")
    (line,) = one.plot([1, 2])
    assert vm.facts(line).axes[0].title == "Here"
    seaborn = pytest.importorskip("seaborn")
    assert isinstance(vm.facts(seaborn.JointGrid(x=[1, 2], y=[1, 2])), Facts)
    from matplotlib import pyplot as plt

    plt.close("all")


@pytest.mark.parametrize(
    "draw",
    [
        pytest.param(lambda one: one.plot([1, 2], [3, 4]), id="one line"),
        pytest.param(lambda one: one.plot([1, 2], [3, 4], [1, 2], [5, 6]), id="two lines"),
        pytest.param(lambda one: one.hist([1, 2, 2]), id="histogram"),
        pytest.param(lambda one: one.hist([[1, 2], [2, 3]]), id="two histograms"),
        pytest.param(lambda one: one.pie([1, 2], labels=["a", "b"]), id="pie"),
        pytest.param(lambda one: one.boxplot([1, 2, 3]), id="box plot"),
        pytest.param(lambda one: (one.figure, one), id="figure and axes"),
    ],
)
def test_what_a_drawing_function_returns_stands_for_its_figure(draw: Any) -> None:
    assert vm.facts(draw(axes(title="Here"))).axes[0].title == "Here"


def test_things_from_two_figures_are_no_figure() -> None:
    with pytest.raises(ImageError, match="facts got list"):
        vm.facts([axes(), axes()])


def test_a_notebook_shows_the_facts_as_their_text() -> None:
    from IPython.lib.pretty import pretty

    found = vm.facts(axes(title="Here"))
    assert pretty(found) == str(found)


def test_f5_twins_and_secondary_axes_of_a_named_axes_are_in_its_picture_and_in_its_facts() -> None:
    one, other = Figure().subplots(1, 2)
    one.set(xlabel="day", ylabel="°C", ylim=(0, 100))
    other.set_title("elsewhere")
    twin = one.twinx()
    twin.plot([1, 2], [300, 400])
    twin.set_ylabel("hPa")
    one.secondary_yaxis("right", functions=(lambda y: y * 1.8 + 32, lambda y: (y - 32) / 1.8)).set_ylabel("°F")
    found = vm.facts(one).axes
    assert [(part.role, part.y and part.y.label) for part in found] == [
        ("", "°C"),
        ("secondary y axis of axes 1", "°F"),
        ("twin of axes 1", "hPa"),
    ]
    assert (found[1].x, found[1].y and found[1].y.limits) == (None, (32, 212))
    assert found[2].series[0].points == ((1, 300), (2, 400))
    text = str(vm.facts(one))
    assert "axes 2 of 3, secondary y axis of axes 1\ny axis: “°F”" in text
    assert "elsewhere" not in text
    assert [part.role for part in vm.facts(one.figure).axes] == [*(part.role for part in found[:2]), "", found[2].role]


def test_f5_a_secondary_axis_has_its_limits_before_and_after_it_is_drawn() -> None:
    one = axes(xlim=(2, 1))
    one.secondary_xaxis("top", functions=(lambda x: -x, lambda x: -x))
    before = vm.facts(one).axes[1].x
    FigureCanvasAgg(one.figure).draw()
    assert before == vm.facts(one).axes[1].x
    assert before is not None
    assert before.limits == (-2, -1)


def test_f5_twins_of_twins_and_axes_at_the_same_place() -> None:
    one = axes()
    one.twiny().twinx()
    assert [part.role for part in vm.facts(one).axes] == ["", "twin of axes 1", "twin of axes 1"]
    one = axes()
    one.figure.add_axes(one.get_position(), frameon=False).plot([1, 2])
    assert len(vm.facts(one).axes) == 2
    hidden = one.twinx()
    hidden.set_visible(False)
    assert len(vm.facts(one).axes) == 2


def test_f5_insets_are_told_and_colour_bars_are_not_axes() -> None:
    one = axes()
    image = one.imshow(np.eye(2))
    one.figure.colorbar(image, cax=one.inset_axes([1.05, 0, 0.05, 1]), label="share")
    one.inset_axes([0.5, 0.5, 0.4, 0.4]).plot([5, 6])
    for target in (one, one.figure):
        first, second = vm.facts(target).axes
        assert "colour bar “share”" in first.series[0].kind
        assert (second.role, second.series[0].y and second.series[0].y.low) == ("inset in axes 1", 5)


def test_f5_shared_axes_are_not_twins() -> None:
    one, other = Figure().subplots(1, 2, sharey=True)
    other.plot([1, 2])
    assert len(vm.facts(one).axes) == 1
    assert [part.role for part in vm.facts(one.figure).axes] == ["", ""]


def test_axes_that_are_not_drawn_have_no_axis() -> None:
    one = axes()
    one.imshow(np.eye(2))
    one.axis("off")
    assert (vm.facts(one).axes[0].x, vm.facts(one).axes[0].y) == (None, None)


# --- names of points --------------------------------------------------------------------------------------------


NAMES, X, Y = ("A1", "B2", "C3", "D4"), (1.0, 1.2, 1.4, 10.0), (5.0, 5.1, 5.2, 9.0)
LABELS = tuple(zip(NAMES, zip(X, Y, strict=True), strict=True))


def points_with(texts: Any, *, marker: str = "o", line: str = "", texts_at: Any = None, log: bool = False) -> Facts:
    one = axes()
    if log:
        one.set_xscale("log")
    one.plot(X, Y, marker=marker, linestyle=line or "none")
    for text, x, y in zip(texts, *(texts_at or (X, Y)), strict=True):
        one.text(x, y, text)
    found = vm.facts(one.figure)
    assert Facts.read(str(found)) == found
    return found


def labels_in(found: Facts) -> tuple[Any, tuple[str, ...]]:
    return found.axes[0].point_labels, found.axes[0].notes


def test_texts_at_points_are_their_labels() -> None:
    found = points_with(NAMES)
    assert labels_in(found) == (LABELS, ())
    assert "point labels: “A1” at (1, 5), “B2” at (1.2, 5.1)," in str(found)
    assert found.to_dict()["axes"][0]["point_labels"][0] == ["A1", [1.0, 5.0]]
    assert labels_in(points_with(NAMES, line="-")) == (LABELS, ())


def test_annotations_label_the_points_that_they_point_to() -> None:
    one = axes()
    one.scatter(X, Y)
    for name, x, y in zip(NAMES, X, Y, strict=True):
        one.annotate(name, (x, y), xytext=(30, 40), textcoords="offset points")
    one.annotate("on the whole", (0.5, 0.5), xycoords="axes fraction")
    assert labels_in(vm.facts(one)) == (LABELS, ("on the whole",))


@pytest.mark.parametrize("log", [False, True])
def test_labels_that_are_all_moved_alike_belong_to_their_own_points(log: bool) -> None:
    """Those of the first points are nearer to the next ones."""
    moved = ([x * 1.1 if log else x + 0.19 for x in X], [y + 0.09 for y in Y])
    assert labels_in(points_with(NAMES, texts_at=moved, log=log)) == (LABELS, ())


def test_a_remark_among_the_names_stays_a_note() -> None:
    moved = ([*(x + 0.19 for x in X), 9.0], [*(y + 0.09 for y in Y), 6.0])
    assert labels_in(points_with((*NAMES, "a remark"), texts_at=moved)) == (LABELS, ("a remark",))


@pytest.mark.parametrize(
    "texts", [("5", "5.1", "5.2", "9"), ("5 kg", "5.1 kg", "5.2 kg", "9 kg"), ("5 %", "5.1 %", "5.2 %", "9 %")]
)
def test_values_at_points_are_not_their_names(texts: tuple[str, ...]) -> None:
    assert labels_in(points_with(texts)) == ((), texts)


def test_classes_are_names_although_they_begin_with_numbers() -> None:
    assert [name for name, _ in labels_in(points_with(("7a", "7b", "8a", "8b")))[0]] == ["7a", "7b", "8a", "8b"]


def test_what_stands_beside_no_points_stays_a_note() -> None:
    assert labels_in(points_with(NAMES, marker="", line="-")) == ((), NAMES)
    assert labels_in(points_with(("one",), texts_at=([1.0], [5.0]))) == ((), ("one",))
    assert labels_in(points_with(NAMES[:2], texts_at=([4.0, 6.0], [8.0, 6.0]))) == ((), NAMES[:2])


def test_labels_of_points_in_time_have_dates() -> None:
    one, days = axes(), [datetime.date(2024, month, 1) for month in (1, 2, 3, 4)]
    one.scatter(days, Y)
    for name, day, y in zip(NAMES, days, Y, strict=True):
        one.annotate(name, (day, y))
    assert vm.facts(one).axes[0].point_labels[1] == ("B2", ("2024-02-01", 5.1))


def test_the_places_of_many_labels_are_left_out_of_a_short_text() -> None:
    one = axes()
    one.scatter(range(50), range(50))
    for number in range(50):
        one.annotate(f"P{number}x", (number, number))
    found = vm.facts(one)
    assert len(found.axes[0].point_labels) == 50
    assert "point labels: “P0x”, “P1x”" in str(found)
    assert Facts.read(str(found)).axes[0].point_labels == ()
    assert Facts.read(found.to_text(values=500, characters=60_000)) == found
