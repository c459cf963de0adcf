"""Charts as values: series by name, tables, JSON, and representations that are short and safe."""

from __future__ import annotations

import json
import math
import pickle
import sys
from dataclasses import replace

import pytest

from tests.engine.charts_by_hand import MONTHS, bars, scale, two_lines
from vision_magic.engine.chart.data import Chart, ChartAxis, ChartPanel, Series, WhyNot
from vision_magic.errors import RequestError


def test_a_series_is_found_by_its_name_or_number() -> None:
    chart = two_lines()
    assert chart["south"].y == (50.0, 30.0)
    assert chart[0] is chart.panels[0]["north"]
    assert [series.name for series in chart] == ["north", "south"]
    assert len(chart) == 2
    assert "north" in chart
    assert "west" not in chart


@pytest.mark.parametrize(
    ("chart", "name", "said"),
    [
        pytest.param(two_lines(), "nroth", "did you mean 'north'", id="nearly"),
        pytest.param(two_lines(), "east", "there are 'north', 'south'", id="unknown"),
        pytest.param(bars(name=""), "north", "none has a name", id="no names"),
        pytest.param(Chart(panels=bars().panels * 2), "north", "2 series are called", id="twice"),
    ],
)
def test_a_name_without_a_series_is_a_key_error_that_says_which_there_are(chart: Chart, name: str, said: str) -> None:
    with pytest.raises(KeyError, match=said):
        chart[name]
    with pytest.raises(IndexError):
        chart[99]


def test_a_frame_has_a_type_for_each_column() -> None:
    frame = two_lines(sure=False).to_frame()
    assert list(frame.columns) == ["panel", "series", "kind", "x", "y", "sigma", "x_sigma", "sure", "source"]
    assert frame.dtypes.astype(str).to_dict() == {
        "panel": "category",
        "series": "category",
        "kind": "category",
        "x": "float64",
        "y": "float64",
        "sigma": "float64",
        "x_sigma": "float64",
        "sure": "bool",
        "source": "category",
    }
    assert list(frame[frame.sure].series) == ["north", "north"]


def test_categories_of_a_frame_have_the_order_in_which_they_are_drawn() -> None:
    frame = bars(x=("Mar", "Jan", "Feb")).to_frame()
    assert list(frame.x) == ["Mar", "Jan", "Feb"]
    assert list(frame.x.cat.categories) == list(MONTHS)
    assert list(frame.sort_values("x").x) == list(MONTHS)


@pytest.mark.parametrize(
    ("places", "kind"),
    [
        pytest.param(("2024-01-01", "2024-02-01", "2024-03-01"), "datetime64", id="dates"),
        pytest.param(("2024-01-01", "2024-01-01 06:30", "2024-01-02T07:00:10"), "datetime64", id="with times"),
        pytest.param(("2024-01-01", "2024-02-01", "spring"), "category", id="not all dates"),
        pytest.param((1.0, 2.0, 3.0), "float64", id="numbers"),
        pytest.param((1.0, "b", 3.0), "object", id="mixed"),
    ],
)
def test_places_in_a_frame_have_the_type_of_all_of_them(places: tuple[object, ...], kind: str) -> None:
    assert str(bars(x=places).to_frame().x.dtype).startswith(kind)


def test_more_numbers_of_a_point_are_columns_of_their_own() -> None:
    chart = Chart(panels=(*bars(extra={"error": (1.0, 2.0, 3.0)}).panels, *two_lines().panels))
    frame = chart.to_frame()
    assert list(frame.columns)[-1] == "error"
    assert list(frame.error[:3]) == [1.0, 2.0, 3.0]
    assert frame.error[3:].isna().all()
    assert list(frame.panel.unique()) == ["Rain", "2"]


def test_names_of_points_are_a_column_and_as_many_as_the_points() -> None:
    chart = Chart(panels=(*bars(names=("a", "", "c")).panels, *two_lines().panels))
    assert list(chart.to_frame().name[:3]) == ["a", "", "c"]
    assert chart.to_frame().name[3:].isna().all()
    assert chart.to_dict()["panels"][0]["series"][0]["names"] == ["a", "", "c"]
    with pytest.raises(ValueError, match="3 values and names 1"):
        bars(names=("a",))


def test_panels_of_the_same_title_are_told_apart() -> None:
    assert list(Chart(panels=bars().panels * 2).to_frame().panel.unique()) == ["1", "2"]


def test_places_have_an_uncertainty_too_unless_they_are_names_or_exact() -> None:
    measured, named = two_lines().to_frame(), bars().to_frame()
    assert list(measured.x_sigma) == pytest.approx([math.hypot(1, 0.1)] * 4)
    assert list(named.x_sigma) == [0, 0, 0]
    panel = two_lines().panels[0]
    exact = replace(panel, series=tuple(replace(series, source="figure") for series in panel.series))
    assert list(Chart(panels=(exact,)).to_frame().x_sigma) == [0, 0, 0, 0]


def test_an_empty_chart_has_an_empty_frame_with_its_columns() -> None:
    frame = Chart().to_frame()
    assert len(frame) == 0
    assert "sure" in frame.columns
    assert str(frame.sure.dtype) == "bool"


def test_a_frame_without_pandas_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(RequestError, match="pip install pandas"):
        bars().to_frame()


def test_a_chart_as_plain_values_is_json_without_nan() -> None:
    chart = bars(y=(10.0, math.nan, 20.0))
    plain = json.loads(json.dumps(chart.to_dict(), allow_nan=False))
    (series,) = plain["panels"][0]["series"]
    assert series["y"] == [10.0, None, 20.0]
    assert series["colour"] == "#1f77b4"
    assert plain["panels"][0]["x"]["categories"] == list(MONTHS)


def test_representations_are_short_and_show_no_control_characters() -> None:
    chart = bars(name="\x1b[2J" + "n" * 5000, sure=False, why_not="\x1b" + "w" * 5000)
    for text in (repr(chart), repr(chart[0]), *str(chart).split("\n")):
        assert len(text) < 250
        assert "\x1b" not in text
    assert repr(two_lines()) == "<Chart: 1 panel, 2 series, all of them sure>"
    assert repr(two_lines(sure=False)["south"]) == (
        "<Series: “south” line, 2 points, not sure: the legend hides part of it>"
    )
    assert repr(Chart()) == "<Chart: no axes were found>"


def test_a_chart_can_be_pickled_and_compared() -> None:
    chart = two_lines()
    again = pickle.loads(pickle.dumps(chart))
    assert again == chart
    assert "image/png" not in repr(again)
    assert "text/html" in again._repr_mimebundle_()


@pytest.mark.parametrize(
    ("axis", "place", "pixel"),
    [
        pytest.param(ChartAxis(calibration=scale(2.0, 10.0)), 30.0, 10.0, id="linear"),
        pytest.param(ChartAxis(calibration=scale(0.01, 0.0, "log")), 100.0, 200.0, id="log"),
        pytest.param(ChartAxis(calibration=scale(0.01, 0.0, "log")), -1.0, None, id="not on a log axis"),
        pytest.param(ChartAxis(calibration=scale(1.0, 19000.0, "date")), "2022-01-09", 1.0, id="date"),
        pytest.param(ChartAxis(calibration=scale(1.0, 0.0)), "no date", None, id="not a date"),
        pytest.param(ChartAxis(ticks=("a", "b"), places=(3.0, 8.0)), "b", 8.0, id="category"),
        pytest.param(ChartAxis(ticks=("a", "b"), places=(3.0, 8.0)), "c", None, id="no such category"),
        pytest.param(ChartAxis(), 1.0, None, id="nothing is known"),
    ],
)
def test_a_place_has_a_pixel(axis: ChartAxis, place: float | str, pixel: float | None) -> None:
    found = axis.pixel(place)
    assert found == (None if pixel is None else pytest.approx(pixel))


def test_every_reason_is_found_by_its_clause() -> None:
    assert [WhyNot.of(str(one)) for one in WhyNot] == list(WhyNot)
    assert WhyNot.of("only 2 of 7 tick labels agree with one scale") is WhyNot.AXIS
    assert type(bars(why_not=WhyNot.GREY)[0].to_dict()["why_not"]) is str


def test_the_mean_of_a_course_is_that_along_it() -> None:
    course = {"kind": "line", "x": (0.0, 1.0, 10.0), "y": (0.0, 4.0, 4.0), "sampled": True}
    assert bars(**course)[0].summary.mean == pytest.approx(3.8)
    assert bars(**course | {"sampled": False})[0].summary.mean == pytest.approx(8 / 3)
    assert bars(**course | {"kind": "points"})[0].summary.mean == pytest.approx(8 / 3)
    assert bars(**course | {"x": ("a", "b", "c")})[0].summary.mean is None
    assert "3 points of its course" in repr(bars(**course)[0])
    assert bars(**course)[0].to_dict()["sampled"] is True


def test_x_and_y_have_the_same_length() -> None:
    with pytest.raises(ValueError, match="as many of both"):
        Series(x=(1.0,), y=())
    assert replace(ChartPanel(), title="a").title == "a"
