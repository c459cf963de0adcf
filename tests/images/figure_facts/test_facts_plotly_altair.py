"""Facts of plotly figures and Altair charts, read from their specifications."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import vision_magic as vm
from tests.images.figure_facts.plain import plain_axes
from vision_magic.images.figure_facts.values import AxisFacts, Facts, SeriesFacts, Summary


def told(figure: Any) -> Facts:
    found = vm.facts(figure)
    return replace(found, axes=tuple(map(plain_axes, found.axes)))


@pytest.fixture
def table() -> Any:
    pandas = pytest.importorskip("pandas")
    return pandas.DataFrame(
        {
            "day": pandas.date_range("2024-01-01", periods=6),
            "value": [1.0, 2.0, 3.0, 4.0, 5.0, np.nan],
            "kind": list("ababab"),
        }
    )


B = Summary(count=3, missing=1, low=2, high=4, first=2, last=4, mean=3)


def test_a_plotly_figure(table: Any) -> None:
    express = pytest.importorskip("plotly.express")
    figure = express.line(table, x="day", y="value", color="kind", title="Growth", log_y=True)
    figure.update_layout(yaxis_range=[0, 2], yaxis_title="value (mm)")
    found = told(figure)
    axes = found.axes[0]
    assert (found.kind, found.title, axes.legend) == ("plotly", "Growth", ("a", "b"))
    assert axes.legend_title == "kind"
    assert axes.y == AxisFacts(label="value (mm)", scale="log", limits=(1, 100))
    assert axes.y.unit == "mm"
    assert axes.series[1].y == B
    assert axes.series[1].x is not None
    assert (axes.series[1].x.first, axes.series[1].x.last) == ("2024-01-02", "2024-01-06")


def test_kinds_of_plotlys_traces(table: Any) -> None:
    express = pytest.importorskip("plotly.express")
    objects = pytest.importorskip("plotly.graph_objects")
    bars = told(express.bar(table, x="kind", y="value")).axes[0]
    assert bars.x == AxisFacts(label="kind", scale="categories", names=("a", "b"))
    assert bars.series[0].kind == "bars"
    assert "heatmap of 3×3" in told(express.imshow(np.eye(3))).axes[0].series[0].kind
    pie = told(express.pie(names=["pear", "plum"], values=[1, 3]))
    assert "pie of pear, plum" in str(pie)
    assert told(express.scatter(x=[1], y=[2])).axes[0].series[0].kind == "points"
    assert told(objects.Figure()).axes == ()
    from plotly.subplots import make_subplots

    grid = make_subplots(rows=1, cols=2)
    grid.add_scatter(y=[1, 2], row=1, col=1)
    grid.add_scatter(y=[3, 4], row=1, col=2)
    assert [axes.series[0].y.first for axes in told(grid).axes] == [1, 3]  # type: ignore[union-attr]


def test_an_altair_chart(table: Any) -> None:
    altair = pytest.importorskip("altair")
    chart = altair.Chart(table, title="Growth").mark_line()
    found = told(chart.encode(x="day:T", y=altair.Y("value:Q", title="value (mm)"), color="kind:N"))
    axes = found.axes[0]
    assert (found.kind, found.title, axes.title, axes.legend) == ("altair", "Growth", "", ("a", "b"))
    assert axes.legend_title == "kind"
    assert axes.y == AxisFacts(label="value (mm)")
    assert axes.x == AxisFacts(label="day", scale="date")
    assert axes.series[1].kind == "line"
    assert axes.series[1].y == B
    assert axes.series[1].x is not None
    assert axes.series[1].x.first == "2024-01-02"


@pytest.mark.parametrize(
    ("more", "title"),
    [
        ({"title": "Sort of tea"}, "Sort of tea"),
        ({"legend": {"title": "Tea"}}, "Tea"),
        ({"legend": {"title": None}}, ""),
        ({"legend": None}, ""),
    ],
)
def test_the_legend_of_an_altair_chart_has_its_own_title(table: Any, more: Any, title: str) -> None:
    altair = pytest.importorskip("altair")
    chart = altair.Chart(table).mark_line().encode(x="day:T", y="value:Q", color=altair.Color("kind:N", **more))
    assert told(chart).axes[0].legend_title == title


def test_charts_in_an_altair_chart_are_axes(table: Any) -> None:
    altair = pytest.importorskip("altair")
    points = altair.Chart(table).mark_point().encode(x="value:Q", y="value:Q")
    means = altair.Chart(table).mark_bar().encode(x="kind:N", y="mean(value):Q")
    found = told(points | (means + points))
    assert [axes.series[0].kind for axes in found.axes] == ["point", "bar", "point"]
    assert found.axes[1].y == AxisFacts(label="Mean of value")
    assert found.axes[1].series[0].count == 2


def test_long_and_absent_data_of_altair_are_no_trouble() -> None:
    altair = pytest.importorskip("altair")
    pandas = pytest.importorskip("pandas")
    long = pandas.DataFrame({"a": range(20_000)})
    found = told(altair.Chart(long).mark_point().encode(x="a:Q"))
    assert found.axes[0].series[0].x == Summary(count=20_000, low=0, high=19_999, first=0, last=19_999, mean=9999.5)
    named = told(altair.Chart("https://example.org/data.csv").mark_point().encode(x="a:Q"))
    assert named.axes[0].series == (SeriesFacts(kind="point"),)


# --- F6: only what is drawn -------------------------------------------------------------------------------------


def _altair_views(chart: Any, altair: Any) -> dict[str, Any]:
    bars = chart.mark_bar().encode(x="kind:N", y="value:Q")
    points = chart.mark_point().encode(x="day:T", y="value:Q")
    return {
        "filter": bars.transform_filter("datum.value < 3"),
        "calculate": bars.transform_calculate(value="datum.value * 2"),
        "aggregate": bars.transform_aggregate(value="mean(value)", groupby=["kind"]),
        "fold": bars.transform_fold(["value"]),
        "selection": bars.transform_filter(altair.selection_point()),
        "filter below": (points + points).transform_filter("datum.value < 3"),
        "count": chart.mark_bar().encode(x=altair.X("value:Q", bin=True), y="count()"),
        "time unit": chart.mark_bar().encode(x="yearmonth(day):T", y="value:Q"),
        "aggregate in a tooltip": bars.encode(tooltip="count()"),
        "normalized": bars.encode(y=altair.Y("value:Q", stack="normalize")),
        "error bars": chart.mark_errorbar().encode(x="kind:N", y="value:Q"),
        "facet": points.facet("kind:N"),
        "row": points.encode(row="kind:N"),
        "repeat": points.encode(y=altair.Y(altair.repeat("row"), type="quantitative")).repeat(row=["value"]),
        "concatenated": points.transform_filter("datum.value < 3") | points.transform_sample(2),
    }


def test_f6_a_chart_that_is_transformed_has_its_kind_its_titles_and_no_numbers(table: Any) -> None:
    altair = pytest.importorskip("altair")
    chart = altair.Chart(table)
    for name, view in _altair_views(chart, altair).items():
        for axes in told(view).axes:
            for series in axes.series:
                assert series.kind, name
                assert (series.count, series.x, series.y, series.named) == (0, None, None, ()), name
    labels = told(_altair_views(chart, altair)["filter"]).axes[0]
    assert (labels.x, labels.y) == (AxisFacts(label="kind", scale="categories"), AxisFacts(label="value"))


def test_f6_only_the_transformed_layer_loses_its_numbers(table: Any) -> None:
    altair = pytest.importorskip("altair")
    points = altair.Chart(table).mark_point().encode(x="day:T", y="value:Q")
    (layers,) = told(points + points.transform_filter("datum.value < 3").mark_line()).axes
    plain, filtered = layers.series
    assert plain.y == Summary(count=6, missing=1, low=1, high=5, first=1, last=5, mean=3)
    assert filtered == SeriesFacts(kind="line")
    moving = told(points.interactive()).axes[0]
    assert moving.series == (plain,)


@pytest.mark.parametrize(
    ("how", "values"),
    [("mean", (2, 6)), ("sum", (6, 12)), ("count", (3, 3)), ("max", (3, 8)), ("min", (1, 4)), ("median", (2, 6))],
)
def test_aggregates_of_altair_are_computed_by_name(how: str, values: tuple[float, ...]) -> None:
    altair, pandas = pytest.importorskip("altair"), pytest.importorskip("pandas")
    table = pandas.DataFrame({"kind": list("aaabbb"), "value": [1, 2, 3, 4, 8, None]})
    y = "count()" if how == "count" else f"{how}(value):Q"
    (axes,) = told(altair.Chart(table).mark_bar().encode(x="kind:N", y=y)).axes
    assert axes.series[0].named == (("a", values[0]), ("b", values[1]))
    assert axes.y is not None
    assert axes.y.label == ("Count of Records" if how == "count" else f"{how.capitalize()} of value")


def test_boxes_shares_and_cells_of_altair_are_computed() -> None:
    altair, pandas = pytest.importorskip("altair"), pytest.importorskip("pandas")
    table = pandas.DataFrame({"kind": list("aaaaab"), "which": list("pqrstp"), "value": [1, 2, 3, 4, 50, 40]})
    chart = altair.Chart(table)
    (boxes,) = vm.facts(chart.mark_boxplot().encode(x="kind:N", y="value:Q")).axes[0].series
    assert boxes.boxes == (("a", (1, 2, 3, 4, 4)), ("b", (40, 40, 40, 40, 40)))
    (whole,) = vm.facts(chart.mark_boxplot(extent="min-max").encode(x="kind:N", y="value:Q")).axes[0].series
    assert whole.boxes[0] == ("a", (1, 2, 3, 4, 50))
    (pie,) = vm.facts(chart.mark_arc().encode(theta="sum(value):Q", color="kind:N")).axes[0].series
    assert (pie.kind, pie.percent) == ("pie", (("a", 60), ("b", 40)))
    (cells,) = vm.facts(chart.mark_rect().encode(x="which:N", y="kind:N", color="value:Q")).axes[0].series
    assert (cells.columns, cells.rows[1]) == (("p", "q", "r", "s", "t"), ("b", (40, None, None, None, None)))


def test_layers_with_the_same_axes_are_one_view_and_their_texts_no_series() -> None:
    altair, pandas = pytest.importorskip("altair"), pytest.importorskip("pandas")
    bars = altair.Chart(pandas.DataFrame({"kind": ["a"], "value": [1]})).mark_bar().encode(x="kind:N", y="value:Q")
    (axes,) = told(bars + bars.mark_text()).axes
    assert [one.kind for one in axes.series] == ["bar"]
    apart = altair.layer(bars, bars.mark_line()).resolve_scale(y="independent")
    assert len(told(apart).axes) == 2


def test_f6_names_and_zones_of_altair(table: Any) -> None:
    altair = pytest.importorskip("altair")
    chart = altair.Chart(table.iloc[:2])
    bars = told(chart.mark_bar().encode(x="kind:N", y="value:Q")).axes[0]
    assert bars.x == AxisFacts(label="kind", scale="categories", names=("a", "b"))
    assert bars.series[0].named == (("a", 1), ("b", 2))
    ordinal = told(chart.mark_bar().encode(x="value:O", y="value:Q")).axes[0]
    assert ordinal.series[0].x is None
    zoned = altair.Chart(table.assign(day=table.day.dt.tz_localize("Asia/Tokyo")))
    assert told(zoned.mark_line().encode(x="day:T", y="value:Q")).axes[0].series[0].x is None
    colours = told(chart.mark_point().encode(x="day:T", y="value:Q", color="value:Q")).axes[0]
    assert (len(colours.series), colours.legend) == (1, ())


@pytest.mark.parametrize("transformer", ["json", "csv", "default"])
def test_f6_the_data_transformer_of_altair_is_neither_used_nor_changed(
    transformer: str, table: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    altair = pytest.importorskip("altair")
    monkeypatch.chdir(tmp_path)
    with altair.data_transformers.enable(transformer):
        found = told(altair.Chart(table).mark_bar().encode(x="kind:N", y="value:Q"))
        assert altair.data_transformers.active == transformer
    assert found.axes[0].series[0].y == Summary(count=6, missing=1, low=1, high=5, first=1, last=5, mean=3)
    assert not list(tmp_path.iterdir())


def _plotly_figures(express: Any, objects: Any, table: Any) -> dict[str, Any]:
    return {
        "histogram": express.histogram(table, x="value"),
        "histogram of sums": express.histogram(table, x="kind", y="value"),
        "box": express.box(table, x="kind", y="value"),
        "violin": express.violin(table, y="value"),
        "density": express.density_heatmap(table, x="value", y="value"),
        "contours": express.density_contour(table, x="value", y="value"),
        "polar": express.scatter_polar(table, r="value", theta="value"),
        "sunburst": express.sunburst(table.dropna(), path=["kind"], values="value"),
        "repeated labels": express.pie(table, names="kind", values="value"),
        "candles": objects.Figure(objects.Candlestick(x=[1], open=[1], high=[3], low=[0], close=[2])),
        "waterfall": objects.Figure(objects.Waterfall(x=["a"], y=[1])),
        "percent": objects.Figure(objects.Bar(x=["a"], y=[3]), layout={"barnorm": "percent"}),
        "percent of an area": objects.Figure(objects.Scatter(y=[3], stackgroup="a", groupnorm="percent")),
    }


def test_f6_what_the_browser_counts_has_its_kind_and_no_numbers(table: Any) -> None:
    express = pytest.importorskip("plotly.express")
    objects = pytest.importorskip("plotly.graph_objects")
    for name, figure in _plotly_figures(express, objects, table).items():
        for series in told(figure).axes[0].series:
            assert series.kind, name
            assert (series.count, series.x, series.y, series.named) == (0, None, None, ()), name


def test_f6_traces_that_are_not_shown_are_not_told() -> None:
    objects = pytest.importorskip("plotly.graph_objects")
    figure = objects.Figure(
        [
            objects.Scatter(y=[1, 2], name="a"),
            objects.Scatter(y=[100], name="b", visible="legendonly"),
            objects.Scatter(y=[900], name="c", visible=False),
        ]
    )
    axes = told(figure).axes[0]
    assert ([series.name for series in axes.series], axes.legend) == (["a"], ("a", "b"))


def test_f6_a_figure_with_frames_is_told_as_it_starts(table: Any) -> None:
    express = pytest.importorskip("plotly.express")
    moving = express.scatter(table.dropna(), x="value", y="value", animation_frame="kind")
    assert told(moving).axes[0].series[0].y == Summary(count=3, low=1, high=5, first=1, last=5, mean=3)


def test_f6_encoded_arrays_and_stacks_of_plotly_are_the_data(table: Any) -> None:
    express = pytest.importorskip("plotly.express")
    objects = pytest.importorskip("plotly.graph_objects")
    values = np.arange(50, dtype=np.int16)
    packed = told(objects.Figure(objects.Scatter(y=values))).axes[0].series[0]
    assert packed.y == Summary(count=50, low=0, high=49, first=0, last=49, mean=24.5)
    stacked = told(express.area(table.dropna(), x="day", y="value", color="kind")).axes[0].series[0]
    assert (stacked.kind, stacked.y) == ("area, stacked", Summary(count=3, low=1, high=5, first=1, last=5, mean=3))
    space = told(express.scatter_3d(table, x="value", y="value", z="value")).axes[0]
    assert space.z == AxisFacts(label="value")
    assert space.series[0].z == space.series[0].y


def test_f2_zoned_times_of_plotly_are_those_of_its_ticks(table: Any) -> None:
    """plotly.js draws the local time and ignores the zone."""
    express = pytest.importorskip("plotly.express")
    objects = pytest.importorskip("plotly.graph_objects")
    zoned = table.assign(day=table.day.dt.tz_localize("Asia/Tokyo"))
    texts = ["2024-01-01T00:00:00+09:00", "2024-01-06T00:00:00+09:00"]
    for figure in (express.line(zoned, x="day", y="value"), objects.Figure(objects.Scatter(x=texts, y=[1, 2]))):
        axes = told(figure).axes[0]
        assert axes.series[0].x is not None
        assert (axes.series[0].x.first, axes.series[0].x.last) == ("2024-01-01", "2024-01-06")
        assert axes.x is not None
        assert axes.x.scale == "date"


def test_f4_names_of_plotlys_categories_and_ticks() -> None:
    express = pytest.importorskip("plotly.express")
    objects = pytest.importorskip("plotly.graph_objects")
    bars = told(objects.Figure(objects.Bar(x=["cat", "dog"], y=[3, 4]))).axes[0]
    assert bars.series[0].named == (("cat", 3), ("dog", 4))
    level = told(objects.Figure(objects.Bar(y=["cat", "dog"], x=[3, 4], orientation="h"))).axes[0]
    assert (level.y, level.series[0].named) == (
        AxisFacts(scale="categories", names=("cat", "dog")),
        (("cat", 3), ("dog", 4)),
    )
    heat = told(express.imshow([[1, 2], [3, 4]], x=["cat", "dog"], y=["r", "s"])).axes[0]
    assert (heat.x, heat.y) == (
        AxisFacts(scale="categories", names=("cat", "dog")),
        AxisFacts(scale="categories", names=("r", "s")),
    )
    years = objects.Figure(objects.Bar(x=[2019, 2020], y=[1, 2]), layout={"xaxis": {"type": "category"}})
    assert told(years).axes[0].x == AxisFacts(scale="categories", names=("2019", "2020"))
    ticks = {"tickvals": [0, 1], "ticktext": ["low", "high"]}
    named = told(objects.Figure(objects.Scatter(y=[1, 2]), layout={"xaxis": ticks})).axes[0]
    assert named.x == AxisFacts(ticks=((0, "low"), (1, "high")))


def test_specifications_with_odd_values_do_not_fail() -> None:
    objects = pytest.importorskip("plotly.graph_objects")
    figure = objects.Figure([objects.Bar(x=[["a", "b"], ["c", "d"]], y=[1, 2]), objects.Scatter(y=["x", None, 3])])
    figure.update_layout(xaxis={"range": [0, 400], "type": "log"})
    assert len(told(figure).axes[0].series) == 2
    many = told(objects.Figure([objects.Scatter(y=[number]) for number in range(300)])).axes[0]
    assert (len(many.series), many.unread) == (200, 100)


def test_values_colours_cells_and_shares_are_told_and_read_back(table: Any) -> None:
    express = pytest.importorskip("plotly.express")
    altair = pytest.importorskip("altair")
    chart = altair.Chart(table)
    cells = express.imshow([[1, 2], [3, 4]], x=["c", "d"], y=["r", "s"])
    shares = express.pie(names=["p", "q"], values=[1, 3])
    line = express.line(table, x="day", y="value")
    points = chart.mark_line().encode(x="day:T", y="value:Q")
    bars = altair.Chart(table[:2]).mark_bar().encode(y="kind:N", x="value:Q")
    found = [vm.facts(figure) for figure in (cells, shares, line, points, bars)]
    assert [Facts.read(str(one)) for one in found] == found
    heat, pie, drawn, dated, level = (one.axes[0].series[0] for one in found)
    assert (heat.columns, heat.rows) == (("c", "d"), (("r", (1, 2)), ("s", (3, 4))))
    assert pie.percent == (("p", 25), ("q", 75))
    assert drawn.points[::5] == dated.points[::5] == (("2024-01-01", 1), ("2024-01-06", None))
    assert drawn.colour == "#636efa"
    assert drawn.y is not None
    assert drawn.y.high_at == "2024-01-05"
    assert level.x is not None
    assert (level.named, level.x.high_at) == ((("a", 1), ("b", 2)), "b")


@pytest.mark.parametrize(
    ("draw", "colours"),
    [
        pytest.param(lambda a, c: c.mark_line().encode(x="x", y="y", color="k"), ["#f58518", "#4c78a8"], id="names"),
        pytest.param(lambda a, c: c.mark_bar().encode(x="x:O", y="y"), ["#4c78a8"], id="no field"),
        pytest.param(lambda a, c: c.mark_bar(color="firebrick").encode(x="x:O", y="y"), ["#b22222"], id="of the mark"),
        pytest.param(lambda a, c: c.mark_line().encode(x="x", y="y", color="x:O"), ["", ""], id="a scheme"),
        pytest.param(
            lambda a, c: c.mark_line().encode(
                x="x", y="y", color=a.Color("k", scale=a.Scale(domain=["s", "n"], range=["red", "#00ff00"]))
            ),
            ["#ff0000", "#00ff00"],
            id="a range",
        ),
        pytest.param(
            lambda a, c: a.layer(c.mark_line().encode(x="x", y="y", color="k")), ["", ""], id="a scale of several views"
        ),
        pytest.param(
            lambda a, c: c.mark_bar().encode(x="x", y="y").configure_mark(color="red"), [""], id="with a theme"
        ),
    ],
)
def test_the_colours_of_altair_are_those_that_its_specification_decides(draw: Any, colours: list[str]) -> None:
    altair, pandas = pytest.importorskip("altair"), pytest.importorskip("pandas")
    table = pandas.DataFrame({"x": [1, 2, 1, 2], "y": [1, 2, 3, 4], "k": ["s", "s", "n", "n"]})
    assert [one.colour for one in vm.facts(draw(altair, altair.Chart(table))).axes[0].series] == colours


def test_the_traces_of_plotly_take_the_colours_of_the_colourway_in_turn() -> None:
    objects = pytest.importorskip("plotly.graph_objects")
    traces = [
        objects.Scatter(y=[1, 2], name="first"),
        objects.Scatter(y=[2, 3], name="own", line_color="green"),
        objects.Bar(y=[1, 2], name="third"),
        objects.Scatter(y=[1, 2], mode="markers", marker_color=[1, 2], name="a scale"),
    ]
    series = vm.facts(objects.Figure(traces, layout_template="plotly")).axes[0].series
    assert [one.colour for one in series] == ["#636efa", "#008000", "#00cc96", ""]
    own = objects.Figure(traces[:1], layout={"colorway": ["rgb(1, 2, 3)"]})
    assert vm.facts(own).axes[0].series[0].colour == "#010203"


def test_boxes_of_plotly_have_the_quartiles_that_it_computes() -> None:
    """Its method "linear" interpolates at n · p + 0.5; for 1 to 5 that is 1.75 and 4.25."""
    objects = pytest.importorskip("plotly.graph_objects")
    (boxes,) = vm.facts(objects.Figure(objects.Box(y=[1, 2, 3, 4, 5], name="a"))).axes[0].series
    assert boxes.boxes == (("a", (1, 1.75, 3, 4.25, 5)),)
    trace = objects.Box(x=[1, 2, 3, 40, 7], y=["p", "p", "p", "p", "q"], orientation="h")
    (level,) = vm.facts(objects.Figure(trace)).axes[0].series
    assert (level.kind, [place for place, _ in level.boxes]) == ("boxes, horizontal", ["p", "q"])
    other = objects.Figure(objects.Box(y=[1, 2, 3], quartilemethod="exclusive"))
    assert vm.facts(other).axes[0].series[0].boxes == ()


def test_a_second_y_axis_of_plotly_is_that_of_a_twin() -> None:
    objects = pytest.importorskip("plotly.graph_objects")
    traces = [objects.Scatter(x=[1, 2], y=[3, 4]), objects.Bar(x=[1, 2], y=[30, 40], yaxis="y2")]
    figure = objects.Figure(traces, layout={"yaxis2": {"overlaying": "y", "side": "right"}})
    left, right = told(figure).axes
    assert (left.role, right.role, right.x) == ("", "twin of axes 1", None)


POINTS = {"weight": [8.0, 32.0, 25.0], "food": [150.0, 420.0, 350.0], "dog": ["Bella", "Rocky", "Max"]}
LABELS = (("Bella", (8.0, 150.0)), ("Rocky", (32.0, 420.0)), ("Max", (25.0, 350.0)))


@pytest.mark.parametrize("given", [{"text": "dog"}, {"hover_name": "dog"}])
def test_texts_of_plotlys_points_are_their_labels(given: dict[str, str]) -> None:
    pandas, express = pytest.importorskip("pandas"), pytest.importorskip("plotly.express")
    found = vm.facts(express.scatter(pandas.DataFrame(POINTS), x="weight", y="food", **given))
    assert found.axes[0].point_labels == LABELS
    assert Facts.read(str(found)) == found


def test_values_beside_plotlys_points_are_no_labels() -> None:
    graph = pytest.importorskip("plotly.graph_objects")
    trace = graph.Scatter(x=[1, 2], y=[3, 4], mode="lines+markers+text", text=["3", "4"])
    assert vm.facts(graph.Figure(trace)).axes[0].point_labels == ()
    assert vm.facts(graph.Figure(graph.Bar(x=[1, 2], y=[3, 4], text=["a", "b"]))).axes[0].point_labels == ()


def test_texts_in_a_layer_over_altairs_points_are_their_labels() -> None:
    pandas, altair = pytest.importorskip("pandas"), pytest.importorskip("altair")
    base = altair.Chart(pandas.DataFrame(POINTS)).encode(x="weight", y="food")
    found = vm.facts(base.mark_point() + base.mark_text(dy=-8).encode(text="dog"))
    assert found.axes[0].point_labels == LABELS
    assert [one.kind for one in found.axes[0].series] == ["point"]
    assert Facts.read(str(found)) == found
    values = base.mark_point() + base.mark_text().encode(text="food")
    assert vm.facts(values).axes[0].point_labels == ()


@pytest.mark.parametrize(("shape", "kind"), [("hv", "steps, post"), ("vh", "steps, pre"), ("hvh", "steps, mid")])
def test_steps_of_plotly(shape: str, kind: str) -> None:
    objects = pytest.importorskip("plotly.graph_objects")
    line = {"shape": shape}
    drawn = [objects.Scatter(x=[1, 2, 3], y=[3, 5, 4], line=line), objects.Scatter(x=[1, 2], y=[3, 5], line=line)]
    drawn[1].fill = "tozeroy"
    found = vm.facts(objects.Figure(drawn))
    assert [one.kind for one in found.axes[0].series] == [kind, kind.replace("steps, ", "area, steps ")]
    assert Facts.read(str(found)) == found


@pytest.mark.parametrize(
    ("joined", "kind"), [("step-after", "steps, post"), ("step-before", "steps, pre"), ("step", "steps, mid")]
)
def test_steps_of_altair(table: Any, joined: str, kind: str) -> None:
    altair = pytest.importorskip("altair")
    chart = altair.Chart(table.dropna())
    found = vm.facts(chart.mark_line(interpolate=joined).encode(x="value", y="value"))
    assert found.axes[0].series[0].kind == kind
    assert Facts.read(str(found)) == found
    area = vm.facts(chart.mark_area(interpolate=joined).encode(x="value", y="value"))
    assert area.axes[0].series[0].kind == kind.replace("steps, ", "area, steps ")
