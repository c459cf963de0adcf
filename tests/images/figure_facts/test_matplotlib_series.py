"""What is drawn in axes: numbers of the data that was passed in, or no numbers at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra.numpy import arrays
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

import vision_magic as vm
from tests.images.figure_facts.plain import plain
from vision_magic.images.figure_facts.values import SeriesFacts, Summary


def axes(**more: Any) -> Any:
    return Figure(figsize=(4, 3), dpi=100).add_subplot(**more)


def series(one: Any) -> tuple[SeriesFacts, ...]:
    return tuple(map(plain, vm.facts(one).axes[0].series))


# --- the data, or no numbers ------------------------------------------------------------------------------------

NUMBERS = arrays(np.float64, st.integers(1, 12), elements=st.floats(-1e6, 1e6, allow_subnormal=False), unique=True)
Draw = Callable[[Any, Any, Any], object]


def _counts(x: Any, y: Any) -> tuple[Any, Any]:
    return None, np.histogram(y, bins=7)[0]


def _as_passed(x: Any, y: Any) -> tuple[Any, Any]:
    return x, y


def _only_y(x: Any, y: Any) -> tuple[Any, Any]:
    return None, y


def _swapped(x: Any, y: Any) -> tuple[Any, Any]:
    return y, x


LEVEL = {"orientation": "horizontal"} if mpl.__version_info__ >= (3, 10) else {"vert": False}

DATA: list[tuple[str, Draw, Callable[[Any, Any], tuple[Any, Any]]]] = [
    ("line", lambda a, x, y: a.plot(x, y), _as_passed),
    ("points", lambda a, x, y: a.plot(x, y, "o"), _as_passed),
    ("steps", lambda a, x, y: a.step(x, y), _as_passed),
    ("scatter", lambda a, x, y: a.scatter(x, y, c=y), _as_passed),
    ("bars", lambda a, x, y: a.bar(x, y), _as_passed),
    ("level bars", lambda a, x, y: a.barh(x, y), _swapped),
    ("bars on others", lambda a, x, y: a.bar(x, y, bottom=np.abs(y) + 1), _as_passed),
    ("error bars", lambda a, x, y: a.errorbar(x, y, yerr=1), _as_passed),
    ("stems", lambda a, x, y: a.stem(x, y), _as_passed),
    ("level stems", lambda a, x, y: a.stem(x, y, orientation="horizontal"), _swapped),
    ("area", lambda a, x, y: a.fill_between(x, y, label="3"), _as_passed),
    ("stairs", lambda a, x, y: a.stairs(y), _only_y),
    ("histogram", lambda a, x, y: a.hist(y, bins=7), _counts),
    ("symlog", lambda a, x, y: (a.plot(x, y), a.set_xscale("symlog"), a.set_yscale("symlog")), _as_passed),
    ("inverted", lambda a, x, y: (a.plot(x, y), a.invert_yaxis()), _as_passed),
    ("names", lambda a, x, y: a.bar([f"name {n}" for n in range(len(y))], y), _only_y),
    ("masked", lambda a, x, y: a.plot(x, np.ma.masked_less(y, y.max())), lambda x, y: (x, y[y == y.max()])),
]
NO_DATA: list[tuple[str, Draw]] = [
    ("band", lambda a, x, y: a.fill_between(x, y, y + 1, label="3")),
    ("fan", lambda a, x, y: [a.fill_between(x, n * y, (n + 1) * y) for n in (1, 2)]),
    ("fill_betweenx", lambda a, x, y: a.fill_betweenx(x, y)),
    ("fill", lambda a, x, y: a.fill(x, y)),
    ("stack around zero", lambda a, x, y: a.stackplot(x, y, 2 * y, y, baseline="sym")),
    ("box plot", lambda a, x, y: a.boxplot([x, y])),
    ("box plot without caps", lambda a, x, y: a.boxplot([x, y], showcaps=False, notch=True)),
    ("level box plot", lambda a, x, y: a.boxplot([x, y], **LEVEL)),
    ("filled box plot", lambda a, x, y: a.boxplot([x, y], patch_artist=True, showmeans=True)),
    ("violins", lambda a, x, y: a.violinplot([x, y], showmedians=True)),
    ("events", lambda a, x, y: a.eventplot([x, y])),
    ("outline", lambda a, x, y: a.hist(y, histtype="step", label="outline")),
    ("filled outline", lambda a, x, y: a.hist(y, histtype="stepfilled")),
    ("triangles", lambda a, x, y: a.tripcolor([0, 1, 0], [0, 0, 1], [1, 2, 3])),
    ("arrows", lambda a, x, y: a.quiver(x, y, x, y)),
    ("barbs", lambda a, x, y: a.barbs(x, y, x, y)),
    ("streams", lambda a, x, y: a.streamplot(np.arange(3), np.arange(3), np.ones((3, 3)), np.ones((3, 3)))),
    ("hlines", lambda a, x, y: a.hlines(y, 0, x)),
    ("vlines", lambda a, x, y: a.vlines(x, 0, y)),
    ("broken bars", lambda a, x, y: a.broken_barh([(1, 2)], (0, 1))),
    ("axline", lambda a, x, y: a.axline((0, 0), (1, 1))),
    ("axvspan", lambda a, x, y: a.axvspan(1, 2)),
    ("patch", lambda a, x, y: a.add_patch(Rectangle((1, 2), 3, 4))),
    ("lines", lambda a, x, y: a.add_collection(LineCollection([np.c_[x, y]]))),
    ("coordinates of the axes", lambda a, x, y: a.plot(x, y, transform=a.transAxes)),
    ("points in them", lambda a, x, y: a.scatter(x, y, transform=a.transAxes)),
    ("bars in them", lambda a, x, y: a.bar(x, y, transform=a.transAxes)),
    ("mixed coordinates", lambda a, x, y: a.plot(x, y, transform=a.get_xaxis_transform())),
    ("error bars alone", lambda a, x, y: a.errorbar(x, y, yerr=1, fmt="none")),
    ("table", lambda a, x, y: a.table([["1", "2"]])),
]


def statistics(values: Any) -> tuple[float, ...]:
    return float(np.min(values)), float(np.max(values)), float(values[0]), float(values[-1]), float(np.mean(values))


def stated(summary: Summary) -> tuple[float, ...]:
    return summary.low, summary.high, summary.first, summary.last, summary.mean  # type: ignore[return-value]


def drawn(draw: Draw, x: Any, y: Any, **more: Any) -> tuple[SeriesFacts, ...]:
    one = axes(**more)
    with np.errstate(all="ignore"):
        draw(one, x, y)
        return series(one)


@pytest.mark.parametrize(("draw", "passed"), [pytest.param(draw, passed, id=name) for name, draw, passed in DATA])
@settings(max_examples=max(1, settings.default.max_examples // 12))  # each draws a figure
@given(values=NUMBERS, seed=st.integers(0, 9))
def test_f3_numbers_are_the_statistics_of_the_data_that_was_passed(
    draw: Draw, passed: Any, values: Any, seed: int
) -> None:
    x = np.random.default_rng(seed).permutation(len(values)) * 3.0
    found = drawn(draw, x, values)
    assert len(found) == 1 or found[0].kind in ("error bars", "points with error bars")
    for summary, data in zip((found[0].x, found[0].y), passed(x, values), strict=True):
        if data is not None:
            assert summary is not None
            assert stated(summary) == pytest.approx(statistics(data), rel=1e-9, abs=1e-6)
        elif summary is not None:  # the edges of bins, which are those of the axis
            assert (summary.first, summary.last, summary.mean) == (None, None, None)
    for (_, value), given_value in zip(found[0].named, values, strict=False):
        assert value == given_value


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("draw", [pytest.param(draw, id=name) for name, draw in NO_DATA])
@settings(max_examples=max(1, settings.default.max_examples // 25))
@given(values=arrays(np.float64, st.integers(4, 9), elements=st.floats(1, 1e3), unique=True))
def test_f3_what_is_not_drawn_as_data_has_its_kind_and_no_numbers(draw: Draw, values: Any) -> None:
    for one in drawn(draw, np.arange(float(len(values))), values):
        assert one.kind
        assert (one.count, one.x, one.y, one.z, one.named) == (0, None, None, None, ())
        assert not re.search(r"\d", re.sub(r"^\d+ (?=straight|other|table)", "", one.kind))


def test_f3_a_stack_has_the_heights_that_were_passed() -> None:
    """10, 20 and 60 were told as "last 10": the last corner of the polygon."""
    one = axes()
    one.stackplot([1, 2, 3], [10, 20, 60], [3, 2, 1], labels=["sold", "left"])
    sold, left = vm.facts(one).axes[0].series
    assert (sold.name, sold.kind, sold.points) == ("sold", "filled area", ((1, 10), (2, 20), (3, 60)))
    assert (left.name, left.kind, left.points) == ("left", "filled area, stacked", ((1, 3), (2, 2), (3, 1)))


@pytest.mark.parametrize("how", ["contour", "contourf", "hexbin"])
def test_contours_and_hexagons_have_the_reach_of_their_values(how: str) -> None:
    one = axes()
    if how == "hexbin":
        one.hexbin([0, 0, 1], [0, 0, 1], gridsize=2)
    else:
        getattr(one, how)([[0, 1], [2, 5]])
    (found,) = series(one)
    assert found.kind == ("hexagons" if how == "hexbin" else "contours")
    assert found.z is not None
    assert (found.z.low, found.z.high) == ((0, 2) if how == "hexbin" else (0, 5))


DATA_OF_BOXES = [[1.0, 2, 3, 4, 5, 30], [6.0, 7, 7, 8, 9]]
BOXES = (1, 2.25, 3.5, 4.75, 5), (6, 7, 7, 8, 9)


@pytest.mark.parametrize(
    "draw",
    [
        pytest.param(lambda a: a.boxplot(DATA_OF_BOXES), id="lines"),
        pytest.param(lambda a: a.boxplot(DATA_OF_BOXES, patch_artist=True, showmeans=True, meanline=True), id="filled"),
        pytest.param(lambda a: a.boxplot(DATA_OF_BOXES, notch=True, showcaps=False), id="notches"),
        pytest.param(lambda a: a.boxplot(DATA_OF_BOXES, **LEVEL), id="level"),
    ],
)
def test_quartiles_are_those_of_the_data(draw: Callable[[Any], object]) -> None:
    one = axes()
    draw(one)
    (found,) = vm.facts(one).axes[0].series
    assert [values for _, values in found.boxes] == [pytest.approx(values) for values in BOXES]
    assert [place for place, _ in found.boxes] in ([1, 2], ["1", "2"])
    assert [values for _, values in found.outliers] == [(30,)]


@pytest.mark.filterwarnings("ignore")  # seaborn's own
def test_boxes_of_seaborn_and_pandas_have_the_names_on_the_ticks_and_in_the_legend() -> None:
    seaborn, pandas = pytest.importorskip("seaborn"), pytest.importorskip("pandas")
    table = pandas.DataFrame({"a": DATA_OF_BOXES[0], "b": [*DATA_OF_BOXES[1], None]})
    one = axes()
    table.plot.box(ax=one)
    (found,) = vm.facts(one).axes[0].series
    assert [place for place, _ in found.boxes] == ["a", "b"]
    one = axes()
    long = pandas.DataFrame({"day": ["Sat", "Sun"] * 6, "who": ["x", "x", "y", "y"] * 3, "tip": range(12)})
    seaborn.boxplot(long, x="day", y="tip", hue="who", ax=one)
    assert [(each.name, [place for place, _ in each.boxes]) for each in vm.facts(one).axes[0].series] == [
        ("x", ["Sat", "Sun"]),
        ("y", ["Sat", "Sun"]),
    ]


@pytest.mark.parametrize("how", ["area", "line"])
def test_f3_stacked_areas_and_lines_of_pandas_are_drawn_on_sums(how: str) -> None:
    pandas = pytest.importorskip("pandas")
    one = axes()
    pandas.DataFrame({"a": [1, 2, 3], "b": [10, 20, 30]}).plot(kind=how, stacked=True, ax=one)
    assert [found.name for found in series(one)] == ["a", "b"]
    assert [found.y and found.y.last for found in series(one)] == ([3, 30] if how == "area" else [None, None])
    one = axes()
    pandas.DataFrame({"a": [1, 2, 3], "b": [10, 20, 30]}).plot.area(stacked=False, ax=one)
    assert [found.y.last for found in series(one) if found.y] == [3, 30]


@pytest.mark.parametrize(
    "how", ["boxplot", "violinplot", "boxenplot", "barplot", "pointplot", "stripplot", "kdeplot", "histplot"]
)
@pytest.mark.filterwarnings("ignore")  # seaborn's own
def test_f3_plots_of_seaborn_have_only_numbers_that_are_drawn_as_they_are(how: str) -> None:
    seaborn, pandas = pytest.importorskip("seaborn"), pytest.importorskip("pandas")
    values = np.random.default_rng(0).normal(size=60)
    table = pandas.DataFrame({"group": list("ab") * 30, "value": values})
    one = axes()
    names = {} if how in ("kdeplot", "histplot") else {"y": "value"}
    getattr(seaborn, how)(table, x="group" if names else "value", ax=one, **names)
    halves = values[::2], values[1::2]
    allowed = {
        "barplot": [tuple(map(np.mean, halves))],
        "pointplot": [tuple(map(np.mean, halves))],
        "stripplot": halves,
        "histplot": [np.histogram(values, bins="auto")[0]],
    }.get(how, [])
    for found in series(one):
        if found.y is not None and how != "kdeplot":
            assert any(stated(found.y) == pytest.approx(statistics(data)) for data in allowed)


def test_f3_lines_of_other_projections_have_only_what_their_axes_show() -> None:
    polar = axes(projection="polar")
    polar.plot([0, 1, 2], [5, 6, 7])
    assert series(polar) == (
        SeriesFacts(kind="line", count=3, y=Summary(count=3, low=5, high=7, first=5, last=7, mean=6)),
    )
    globe = axes(projection="hammer")
    globe.plot([0, 1], [0.1, 0.2])
    assert series(globe) == (SeriesFacts(kind="line", count=2),)


def test_f3_numbers_in_space_are_those_before_the_projection() -> None:
    one = axes(projection="3d")
    one.plot([0, 1], [1, 2], [3, 4])
    one.scatter([0, 1], [1, 2], [5, 9])
    one.bar3d(0, 0, 0, 1, 1, 1)
    one.plot_surface(*np.meshgrid([1, 2], [1, 2]), np.eye(2))
    FigureCanvasAgg(one.figure).draw()
    line, points, *faces = series(one)
    assert [span and (span.low, span.high) for span in (line.x, line.y, line.z)] == [(0, 1), (1, 2), (3, 4)]
    assert points.z == Summary(count=2, low=5, high=9, first=5, last=9, mean=7)
    assert faces == [SeriesFacts(kind="faces")] * 2


def test_a_histogram_has_its_edges_and_its_counts() -> None:
    one = axes()
    one.hist(np.arange(100), bins=8)
    one.hist(np.arange(100), bins=8, orientation="horizontal")
    upright, level = series(one)
    assert (upright.kind, level.kind) == ("histogram", "histogram, horizontal")
    assert upright.x == level.y == Summary(count=9, low=0, high=99)
    assert upright.y == level.x == Summary(count=8, low=12, high=13, first=13, last=13, mean=12.5)
    assert "histogram, 8 values; x 0 to 99, 9 values; y 12 to 13, 13 first" in str(upright)


def test_f3_the_length_of_a_bar_of_times_is_not_a_time() -> None:
    one = axes()
    one.barh(["a"], [np.timedelta64(1, "D")], left=[np.datetime64("2024-01-01")])
    assert series(one) == (SeriesFacts(kind="bars, horizontal, stacked or floating", count=1),)


def test_what_is_not_shown_is_not_told() -> None:
    one = axes()
    one.plot([1, 2], visible=False)
    one.plot([1, 2], alpha=0)
    one.plot([1, 2], linestyle="none")
    one.scatter([1], [2], alpha=0)
    one.imshow([[1]], visible=False)
    one.bar([1], [2], visible=False)
    one.text(0, 0, "hidden", visible=False)
    one.plot([1, 2], label="a")
    one.legend().set_visible(False)
    found = vm.facts(one).axes[0]
    assert [line.name for line in found.series] == ["a"]
    assert (found.legend, found.notes) == ((), ())


def test_parts_that_were_removed_are_not_told() -> None:
    one = axes()
    one.bar([0, 1, 2], [5, 6, 700])[2].remove()
    bars = one.errorbar([1, 2], [3, 4], yerr=1)
    bars.lines[0].remove()
    found = {told.kind: told for told in series(one)}
    assert found["bars"].y == Summary(count=2, low=5, high=6, first=5, last=6, mean=5.5)
    assert found["error bars"].y is None


def test_two_ends_of_one_line_are_data_and_those_of_many_are_not() -> None:
    one = axes()
    one.plot([1, 1], [0, 5])
    assert series(one)[0].y is not None
    one.plot([2, 2], [0, 5])
    assert series(one) == (SeriesFacts(kind="2 straight segments"),)
    one.plot([3, 3], [0, 5], label="limit")
    assert series(one)[0].name == "limit"
    assert series(one)[0].y is not None


def test_the_label_of_a_colour_bar_is_told_with_what_it_explains() -> None:
    one = axes()
    one.figure.colorbar(one.scatter([1, 2], [3, 4], c=[5, 6]), label="T [K]")
    one.figure.colorbar(one.contourf(np.eye(3)), label="depth")
    assert [told.kind for told in series(one)] == ["points, colour bar “T [K]”", "contours, colour bar “depth”"]


# --- hostile objects --------------------------------------------------------------------------------------------


class _Failing(Line2D):
    """A line of another library, which fails once it is part of its axes."""

    def get_linestyle(self) -> Any:
        raise RuntimeError

    def get_visible(self) -> Any:
        raise RuntimeError


class _Label:
    def __str__(self) -> str:
        raise RuntimeError

    __repr__ = __str__


def _fail(*_: Any) -> Any:
    raise RuntimeError


def _failing_label(one: Any) -> None:
    one.plot([1, 2])[0]._label = _Label()


def _huge_labels(one: Any) -> None:
    one.set_title("x" * 3_000_000)
    one.plot([1, 2], label="y\n\r\x1b[2J\u202e" * 300_000)


def _failing_data(one: Any) -> None:
    one.plot([1, 2])[0].get_xdata = _fail


def _failing_axis(one: Any) -> None:
    one.plot([1, 2])
    one.xaxis.units = _Label()
    one.xaxis.get_major_formatter = _fail


def _failing_limits(one: Any) -> None:
    one.plot([1, 2])
    one.xaxis.get_view_interval = _fail


def _nothing(one: Any) -> None:
    one.plot([], [])
    one.scatter([], [])
    one.bar([], [])
    one.stairs([np.nan, np.nan])
    one.plot([np.nan, np.inf], [np.nan, -np.inf])


def _failing_secondary(one: Any) -> None:
    one.secondary_xaxis("top")._functions = (_fail, _fail)


HOSTILE = {
    "artist": lambda one: one.add_line(_Failing([1, 2], [3, 4])),
    "label": _failing_label,
    "huge labels": _huge_labels,
    "data": _failing_data,
    "axis": _failing_axis,
    "limits": _failing_limits,
    "image of nothing": lambda one: one.imshow(np.ma.masked_all((2, 2))),
    "nothing to summarize": _nothing,
    "secondary axis": _failing_secondary,
}


@pytest.mark.parametrize("make", list(HOSTILE.values()), ids=list(HOSTILE))
def test_objects_that_fail_are_left_out(make: Any) -> None:
    one = axes()
    make(one)
    one.plot([1, 2, 3], label="data")
    for target in (one, one.figure):
        text = str(vm.facts(target))
        assert "- data: line, 3 values" in text
        assert len(text) <= 4000
        assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", text)


def test_one_that_fails_does_not_hide_the_others() -> None:
    one = axes()
    one.plot([1, 2], label="a")
    one.add_line(_Failing([1, 2], [3, 4]))
    one.plot([1, 2], label="b")
    assert [(told.kind, told.name) for told in series(one)] == [("line", "a"), ("_Failing", ""), ("line", "b")]


def test_a_figure_that_fails_as_a_whole_is_refused_in_our_words() -> None:
    figure = Figure()
    figure.add_subplot().get_legend = _fail
    with pytest.raises(vm.ImageError, match=r"facts cannot read matplotlib.figure.Figure \(RuntimeError: \)"):
        vm.facts(figure)


def test_of_thousands_of_artists_only_the_first_are_read() -> None:
    one = axes()
    read: list[int] = []

    class Counted(Line2D):
        def get_drawstyle(self) -> Any:
            read.append(id(self))
            return super().get_drawstyle()

    for number in range(700):
        one.add_line(Counted([0, 1, 2], [number, 1, 2]))
    read.clear()
    found = vm.facts(one).axes[0]
    assert len(set(read)) == len(found.series) == 200
    assert found.unread == 500
    assert "- and 680 more series" in str(vm.facts(one))


# --- nothing changes --------------------------------------------------------------------------------------------


def _everything() -> Figure:
    figure = Figure(figsize=(6, 4))
    one, other = figure.subplots(1, 2)
    one.plot([1, 2, 3], [4, 5, 6], label="a")
    one.bar(["p", "q"], [1, 2])
    one.twinx().errorbar([0, 1], [100, 200], yerr=3)
    one.secondary_yaxis("right", functions=(lambda y: y * 2, lambda y: y / 2))
    one.inset_axes([0.6, 0.6, 0.3, 0.3]).scatter([1, 2], [3, 4])
    one.legend()
    figure.colorbar(other.imshow(np.eye(3)))
    other.set_xticks([0, 1, 2], list("abc"))
    return figure


def _picture(figure: Figure) -> bytes:
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return bytes(canvas.buffer_rgba())


@pytest.mark.parametrize("first", ["drawn before", "not yet drawn"])
def test_facts_change_nothing_in_the_picture(first: str) -> None:
    plain, told = _everything(), _everything()
    if first == "drawn before":
        assert _picture(told) == _picture(plain)
    for target in (told, *told.axes):
        vm.facts(target)
    assert told.stale == (first == "not yet drawn")
    assert _picture(told) == _picture(plain)


@pytest.mark.parametrize(("how", "kind"), [("lineplot", "line"), ("barplot", "bars"), ("scatterplot", "points")])
def test_groups_of_seaborn_have_the_names_and_colours_of_their_legend(how: str, kind: str) -> None:
    """It draws them without names, and beside them empty artists for the legend."""
    seaborn, pandas = pytest.importorskip("seaborn"), pytest.importorskip("pandas")
    table = pandas.DataFrame({"x": [1, 2, 1, 2], "y": [1, 2, 3, 4], "k": ["n", "n", "s", "s"]})
    one = axes()
    more = {"saturation": 1} if how == "barplot" else {}
    getattr(seaborn, how)(table, x="x", y="y", hue="k", palette=["#1f77b4", "#ff7f0e"], ax=one, **more)
    found = [each for each in vm.facts(one).axes[0].series if each.count]
    assert [(each.name, each.kind, each.colour, each.y and (each.y.low, each.y.high)) for each in found] == [
        ("n", kind, "#1f77b4", (1, 2)),
        ("s", kind, "#ff7f0e", (3, 4)),
    ]
    assert not [each for each in vm.facts(one).axes[0].series if each.name and not each.count]


def test_points_that_are_not_filled_have_the_colour_of_their_edges() -> None:
    one = axes()
    one.plot([1, 2], [1, 2], "o", mfc="none", mec="green", label="a")
    one.scatter([1, 2], [1, 2], facecolors="none", edgecolors="red", label="b")
    assert [each.colour for each in vm.facts(one).axes[0].series] == ["#008000", "#ff0000"]


# --- names that only the legend has -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "draw",
    [
        pytest.param(lambda a: (a.plot([1, 2], [3, 4]), a.plot([1, 2], [4, 1])), id="lines"),
        pytest.param(lambda a: (a.bar([1, 2], [3, 4]), a.bar([1, 2], [4, 1], bottom=[3, 4])), id="bars"),
        pytest.param(lambda a: (a.scatter([1, 2], [3, 4]), a.scatter([1, 2], [4, 1])), id="points"),
    ],
)
@pytest.mark.parametrize("of", ["axes", "figure"])
def test_series_have_the_names_that_were_given_to_the_legend(draw: Callable[[Any], object], of: str) -> None:
    """`legend(["first", "second"])` gives the artists no label."""
    one = axes()
    draw(one)
    (one if of == "axes" else one.figure).legend(["first", "second"])
    assert [each.name for each in series(one)] == ["first", "second"]


@pytest.mark.parametrize("of", ["axes", "figure"])
def test_the_title_of_a_legend_is_told(of: str) -> None:
    one = axes()
    one.plot([1, 2], [3, 4], label="n")
    (one if of == "axes" else one.figure).legend(title="Station: “x”, y")
    found = vm.facts(one.figure)
    assert found.axes[0].legend_title == "Station: “x”, y"
    assert vm.Facts.read(str(found)) == found
    assert found.to_dict()["axes"][0]["legend_title"] == "Station: “x”, y"


def test_a_legend_has_no_title_where_none_is_seen() -> None:
    one = axes()
    one.plot([1, 2], [3, 4], label="n")
    one.figure.legend([one.lines[0]], ["another"], title="Other")
    assert vm.facts(one).axes[0].legend_title == ""  # the series of these axes are not in it
    one.legend(title="Station").set_visible(False)
    assert vm.facts(one).axes[0].legend_title == ""


def test_pandas_and_seaborn_title_the_legend_by_the_column() -> None:
    seaborn, pandas = pytest.importorskip("seaborn"), pytest.importorskip("pandas")
    table = pandas.DataFrame({"x": [1, 2, 1, 2], "y": [1, 2, 3, 4], "station": ["n", "n", "s", "s"]})
    one = axes()
    table.pivot(index="x", columns="station", values="y").plot(ax=one)
    assert vm.facts(one).axes[0].legend_title == "station"
    grid = seaborn.relplot(table, x="x", y="y", hue="station", kind="line")
    assert vm.facts(grid).axes[0].legend_title == "station"


def test_a_legend_whose_entries_have_one_colour_names_nothing() -> None:
    one = axes()
    one.plot([1, 2], [3, 4], "k-")
    one.plot([1, 2], [4, 1], "k--")
    one.legend(["first", "second"])
    assert [each.name for each in series(one)] == ["", ""]


def test_wedges_have_the_names_of_the_legend_or_their_colours() -> None:
    one = axes()
    one.pie([1, 3])
    assert vm.facts(one).axes[0].series[0].percent == (("#1f77b4", 25.0), ("#ff7f0e", 75.0))
    one.legend(["rent", "food"])
    assert vm.facts(one).axes[0].series[0].percent == (("rent", 25.0), ("food", 75.0))


def test_a_pie_has_no_axes() -> None:
    one = axes()
    one.pie([1, 3], shadow=True, explode=(0.1, 0))
    (found,) = vm.facts(one).axes
    assert (found.x, found.y) == (None, None)


@pytest.mark.parametrize(
    ("draw", "kind"),
    [
        (lambda a: a.step([1, 2, 3], [3, 5, 4]), "steps, pre"),
        (lambda a: a.step([1, 2, 3], [3, 5, 4], where="post"), "steps, post"),
        (lambda a: a.plot([1, 2, 3], [3, 5, 4], drawstyle="steps-mid"), "steps, mid"),
        (lambda a: a.plot([1, 2, 3], [3, 5, 4], drawstyle="steps"), "steps, pre"),
        (lambda a: a.fill_between([1, 2, 3], [3, 5, 4], step="post"), "filled area, steps post"),
        (lambda a: a.fill_between([1, 2, 3], [3, 5, 4], step="pre"), "filled area, steps pre"),
    ],
)
def test_where_the_values_of_steps_hold(draw: Any, kind: str) -> None:
    one = axes()
    draw(one)
    (found,) = series(one)
    assert found.y is not None
    assert (found.kind, found.count, found.y.first, found.y.last) == (kind, 3, 3, 4)
    assert SeriesFacts.read(str(found)) == found


def test_an_area_of_steps_below_their_line_is_no_series() -> None:
    one = axes()
    one.step([1, 2, 3], [3, 5, 4], where="post")
    one.fill_between([1, 2, 3], [3, 5, 4], step="post")
    assert [found.kind for found in series(one)] == ["steps, post"]
