"""Facts of plotly figures and Altair charts, read from their specifications."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import vision_magic as vm
from vision_magic.images.figure_facts.values import AxisFacts, SeriesFacts, Summary


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
    found = vm.facts(figure)
    axes = found.axes[0]
    assert (found.kind, found.title, axes.legend) == ("plotly", "Growth", ("a", "b"))
    assert axes.y == AxisFacts(label="value (mm)", scale="log", limits=(1, 100))
    assert axes.y.unit == "mm"
    assert axes.series[1].y == B
    assert axes.series[1].x is not None
    assert (axes.series[1].x.first, axes.series[1].x.last) == ("2024-01-02", "2024-01-06")


def test_kinds_of_plotlys_traces(table: Any) -> None:
    express = pytest.importorskip("plotly.express")
    objects = pytest.importorskip("plotly.graph_objects")
    bars = vm.facts(express.bar(table, x="kind", y="value")).axes[0]
    assert bars.x == AxisFacts(label="kind", scale="categories a, b")
    assert bars.series[0].kind == "bars"
    assert "heatmap of 3×3" in vm.facts(express.imshow(np.eye(3))).axes[0].series[0].kind
    pie = vm.facts(express.pie(names=["pear", "plum"], values=[1, 3]))
    assert "pie of pear, plum" in str(pie)
    assert vm.facts(express.scatter(x=[1], y=[2])).axes[0].series[0].kind == "points"
    assert vm.facts(objects.Figure()).axes == ()
    from plotly.subplots import make_subplots

    grid = make_subplots(rows=1, cols=2)
    grid.add_scatter(y=[1, 2], row=1, col=1)
    grid.add_scatter(y=[3, 4], row=1, col=2)
    assert [axes.series[0].y.first for axes in vm.facts(grid).axes] == [1, 3]  # type: ignore[union-attr]


def test_an_altair_chart(table: Any) -> None:
    altair = pytest.importorskip("altair")
    chart = altair.Chart(table, title="Growth").mark_line()
    found = vm.facts(chart.encode(x="day:T", y=altair.Y("value:Q", title="value (mm)"), color="kind:N"))
    axes = found.axes[0]
    assert (found.kind, found.title, axes.title, axes.legend) == ("altair", "Growth", "", ("a", "b"))
    assert axes.y == AxisFacts(label="value (mm)")
    assert axes.x == AxisFacts(label="day", scale="date")
    assert axes.series[1].kind == "line"
    assert axes.series[1].y == B
    assert axes.series[1].x is not None
    assert axes.series[1].x.first == "2024-01-02"


def test_charts_in_an_altair_chart_are_axes(table: Any) -> None:
    altair = pytest.importorskip("altair")
    points = altair.Chart(table).mark_point().encode(x="value:Q", y="value:Q")
    means = altair.Chart(table).mark_bar().encode(x="kind:N", y="mean(value):Q")
    found = vm.facts(points | (means + points))
    assert [axes.series[0].kind for axes in found.axes] == ["point", "bar", "point"]
    assert found.axes[1].y == AxisFacts(label="Mean of value")
    assert found.axes[1].series == (SeriesFacts(kind="bar"),)  # the browser computes its means


def test_long_and_absent_data_of_altair_are_no_trouble() -> None:
    altair = pytest.importorskip("altair")
    pandas = pytest.importorskip("pandas")
    long = pandas.DataFrame({"a": range(20_000)})
    found = vm.facts(altair.Chart(long).mark_point().encode(x="a:Q"))
    assert found.axes[0].series[0].x == Summary(count=20_000, low=0, high=19_999, first=0, last=19_999, mean=9999.5)
    named = vm.facts(altair.Chart("https://example.org/data.csv").mark_point().encode(x="a:Q"))
    assert named.axes[0].series == (SeriesFacts(kind="point"),)
