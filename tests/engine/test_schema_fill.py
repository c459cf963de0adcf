"""Facts as JSON: in the published schema, and in schemas that users define."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from matplotlib.figure import Figure

import vision_magic
from tests.engine.charts_by_hand import bars as bars_by_hand, scale, two_lines as by_hand
from tests.engine.pictures import as_picture, chunks_of, dots, noise, post, request_body, streamed_text, two_lines
from vision_magic.engine import facts, reading
from vision_magic.engine.chart.data import Chart
from vision_magic.engine.drawn import Measured
from vision_magic.engine.schema_fill import SchemaMismatch, fact_names, fill_schema
from vision_magic.images.figure_facts.facts import facts as known_facts

PUBLISHED = json.loads((Path(vision_magic.__file__).parent / "engine" / "facts.schema.json").read_text())


@pytest.fixture(scope="module")
def plot() -> Any:
    return two_lines()


@pytest.fixture(scope="module")
def panels() -> Any:
    figure = Figure(figsize=(9, 3.5), layout="constrained")
    left, right = figure.subplots(1, 2)
    left.plot([0, 4], [1, 3])
    left.set(title="Left one", xlabel="time (s)", ylabel="mass (g)")
    right.plot([0, 4], [3, 1])
    right.set(title="Right one", xlabel="length (m)", ylabel="force (N)")
    return as_picture(figure)


def shape(**members: Any) -> dict[str, Any]:
    """Return an object that must have every member; a text stands for a type."""
    properties = {name: {"type": kind} if isinstance(kind, str) else kind for name, kind in members.items()}
    return {"type": "object", "properties": properties, "required": list(properties)}


def texts() -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string"}}


def test_every_json_answer_fits_the_published_schema(plot: Any, panels: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(PUBLISHED)
    for pictures in ([plot], [panels], [dots()], [noise()], [plot, dots()], []):
        body = request_body("Read", *pictures, response_format={"type": "json_object"})
        jsonschema.validate(json.loads(streamed_text(chunks_of(body))), PUBLISHED)


def test_the_published_schema_may_be_sent_and_gives_the_same_facts(plot: Any) -> None:
    named = {"type": "json_schema", "json_schema": {"name": "Facts", "schema": PUBLISHED}}
    told = json.loads(streamed_text(chunks_of(request_body("Read", plot, response_format=named))))
    free = json.loads(streamed_text(chunks_of(request_body("Read", plot, response_format={"type": "json_object"}))))
    assert told == free


def test_names_are_filled_in_with_what_was_read(plot: Any) -> None:
    wanted = shape(title="string", xLabel="string", series=texts(), width="integer", is_plot="boolean")
    found = fill_schema([plot], wanted)
    assert found == {
        "title": "Harvest by year",
        "xLabel": "Year of sowing",
        "series": ["north", "south"],
        "width": plot.width,
        "is_plot": True,
    }


def test_a_tick_may_be_a_number_and_a_colour_its_name(plot: Any) -> None:
    wanted = shape(x_ticks={"type": "array", "items": {"type": "number"}}, colours=texts(), legend="string")
    assert fill_schema([plot], wanted) == {
        "x_ticks": [0, 2, 4, 6, 8, 10],
        "colours": ["white", "black", "blue", "orange"],
        "legend": "north, south",
    }


@pytest.mark.parametrize(
    ("members", "rows"),
    [
        pytest.param(
            {"series": "string", "colour": "string"},
            [{"series": "north", "colour": "blue"}, {"series": "south", "colour": "orange"}],
            id="legend",
        ),
        pytest.param(
            {"axis": "string", "last": "number"}, [{"axis": "x", "last": 10}, {"axis": "y", "last": 8}], id="axes"
        ),
        pytest.param(
            {"title": "string", "legend": texts()},
            [{"title": "Harvest by year", "legend": ["north", "south"]}],
            id="pictures",
        ),
    ],
)
def test_records_are_taken_from_the_first_table_that_has_their_names(
    plot: Any, members: dict[str, Any], rows: list[Any]
) -> None:
    wanted = shape(value={"type": "array", "items": shape(**members)})
    assert fill_schema([plot], wanted) == {"value": rows}


def test_a_record_for_each_picture(plot: Any) -> None:
    wanted = shape(images={"type": "array", "items": shape(width="integer", background="string")})
    found = fill_schema([plot, dots(background="black")], wanted)
    assert [picture["background"] for picture in found["images"]] == ["white", "black"]


def test_a_reference_is_followed(plot: Any) -> None:
    wanted = shape(legend={"type": "array", "items": {"$ref": "#/$defs/Entry"}})
    wanted["$defs"] = {"Entry": shape(label="string", hex="string")}
    assert fill_schema([plot], wanted)["legend"][0] == {"label": "north", "hex": "#1f77b4"}


def test_what_was_not_found_is_null_where_null_may_be_and_else_an_empty_text() -> None:
    either = {"anyOf": [{"type": "string"}, {"type": "null"}]}
    assert fill_schema([dots()], shape(title=either, x_label="string", x_ticks=texts())) == {
        "title": None,
        "x_label": "",
        "x_ticks": [],
    }


def test_what_was_found_is_not_null(plot: Any) -> None:
    either = {"anyOf": [{"type": "null"}, {"type": "string"}]}
    assert fill_schema([plot], shape(title=either)) == {"title": "Harvest by year"}


def test_a_name_that_may_be_left_out_is_left_out(plot: Any) -> None:
    wanted = shape(title="string", mood="string") | {"required": ["title"]}
    assert fill_schema([plot], wanted) == {"title": "Harvest by year"}


@pytest.mark.parametrize(
    ("members", "why"),
    [
        pytest.param({"mood": "string"}, "`mood` is not something that is measured", id="a name that is not measured"),
        pytest.param({"where": "string"}, "(did you mean 'highest_at' or 'lowest_at'?)", id="a word for a place"),
        pytest.param({"title": "integer"}, "expected a whole number; declare it as str", id="a text that is no number"),
        pytest.param({"title": "null"}, "expected null; declare it as str", id="a text that must not be there"),
        pytest.param({"width": "boolean"}, "expected true or false; declare it as int", id="no boolean"),
        pytest.param({"width": texts()}, "expected a list; declare it as int", id="no list"),
        pytest.param({"width": shape(a="string")}, "expected an object; declare it as int", id="no object"),
        pytest.param({"kind": {"enum": ["round", "square"]}}, 'expected one of ["round", "square"]', id="not among"),
        pytest.param({"kind": {"$ref": "#/$defs/None"}}, "refers to '#/$defs/None'", id="a reference to nothing"),
        pytest.param({"kind": {"$ref": "#/properties/kind"}}, "refers to itself", id="a circle"),
        pytest.param(
            {"value": {"type": "array", "items": shape(mood="number")}}, "fit none of the tables", id="records"
        ),
        pytest.param({"value": {"enum": ["a", "b"]}}, "without a name", id="one value without a name"),
    ],
)
def test_a_shape_that_the_facts_do_not_fit_is_unfit(plot: Any, members: dict[str, Any], why: str) -> None:
    with pytest.raises(SchemaMismatch) as unfit:
        fill_schema([plot], shape(**members))
    assert why in str(unfit.value)


def test_one_axis_of_several_panels_is_not_the_axis_of_the_figure(panels: Any) -> None:
    with pytest.raises(SchemaMismatch, match="ask for `panels`"):
        fill_schema([panels], shape(x_ticks=texts()))
    titles = fill_schema([panels], shape(panels={"type": "array", "items": shape(title="string", y_label="string")}))
    assert titles["panels"] == [
        {"title": "Left one", "y_label": "mass (g)"},
        {"title": "Right one", "y_label": "force (N)"},
    ]


def refusal(plot: Any, **members: Any) -> str:
    wanted = {"type": "json_schema", "json_schema": {"name": "T", "schema": shape(**members)}}
    return str(post(request_body("Read", plot, response_format=wanted)).json()["error"]["message"])


def test_a_refusal_says_which_property_it_is_about_and_what_helps_in_full(plot: Any) -> None:
    """It listed all names, also those that were asked for, so that clients cut it before the remedy."""
    unknown = refusal(plot, title="string", higest="number")
    assert "`higest` is not something that is measured or read here (did you mean 'highest'?)" in unknown
    unsure = refusal(plot, title="string", mean="number")
    assert "`mean`: the chart has 2 series" in unsure
    assert "as in `float | None`, or choose a model with `%vision use NAME`." in unsure
    assert "x_ticks" not in unsure
    assert all(len(message) < 400 for message in (unknown, unsure))


def test_no_client_takes_the_refusal_for_an_unknown_field(plot: Any) -> None:
    wanted = {"type": "json_schema", "json_schema": {"name": "Mood", "schema": shape(mood="string")}}
    response = post(request_body("Read", plot, response_format=wanted))
    error = response.json()["error"]
    assert response.status_code == 400
    assert error["code"] == "not_measured"
    assert {"title", "kind", "unit", "highest", "series", "points"} <= {*fact_names()}  # which it suggests
    assert "such as title, kind, unit" in error["message"]
    with pytest.raises(vision_magic.ServerError, match="`mood` is not something"):
        vision_magic.ask("Read", plot, schema="mood", profile="embedded")


def test_a_typed_answer_comes_back_as_the_type(plot: Any) -> None:
    reply = vision_magic.ask("Which series?", plot, schema="[series, colour]", profile="embedded")
    assert [(row.series, row.colour) for row in reply.value] == [("north", "blue"), ("south", "orange")]


def test_a_schema_without_a_picture_is_refused() -> None:
    wanted = {"type": "json_schema", "json_schema": {"name": "T", "schema": shape(title="string")}}
    assert "No picture" in post(request_body("Read", response_format=wanted)).json()["error"]["message"]


# --- the data of a chart ----------------------------------------------------------------------------------------


def column(figure: Figure) -> Any:
    axes = figure.add_subplot()
    axes.bar(["Jan", "Feb", "Mar", "Apr"], [50, 40, 120, 60])
    axes.set(ylabel="Rainfall (mm)", title="Rain at the station")
    return as_picture(figure)


@pytest.fixture(scope="module")
def rain() -> Any:
    return column(Figure(figsize=(6, 4)))


@pytest.fixture(scope="module")
def grouped() -> Any:
    figure = Figure(figsize=(6, 4))
    axes = figure.add_subplot()
    axes.bar([-0.2, 0.8, 1.8], [3, 5, 2], 0.4, label="north")
    axes.bar([0.2, 1.2, 2.2], [4, 2, 7], 0.4, label="south")
    axes.set_xticks([0, 1, 2], ["Q1", "Q2", "Q3"])
    axes.legend()
    return as_picture(figure)


def listed(**members: Any) -> dict[str, Any]:
    return shape(value={"type": "array", "items": shape(**members)})


def numbers() -> dict[str, Any]:
    return {"type": "array", "items": {"type": "number"}}


@pytest.mark.parametrize(
    ("place", "value"),
    [("month", "value"), ("x", "y"), ("label", "amount"), ("name", "rain_mm"), ("Month", "rainfall"), ("key", "rain")],
)
def test_the_points_of_a_chart_are_records_under_the_names_of_the_schema(rain: Any, place: str, value: str) -> None:
    rows = fill_schema([rain], listed(**{place: "string", value: "number"}))["value"]
    assert [row[place] for row in rows] == ["Jan", "Feb", "Mar", "Apr"]
    assert [row[value] for row in rows] == pytest.approx([50, 40, 120, 60], abs=0.8)


@pytest.mark.parametrize(
    ("members", "why"),
    [
        pytest.param(
            {"country": "string", "value": "number"}, "`country` is not printed", id="months are no countries"
        ),
        pytest.param({"month": "string", "share": "number"}, "`share` is not printed", id="a value is not a share"),
        pytest.param({"month": "string", "max_rain": "number"}, "`max_rain` is not printed", id="a word too many"),
        pytest.param({"year": "number", "value": "number"}, "`year` is not printed", id="months are no years"),
        pytest.param({"x": "string", "label": "string"}, "two names for the same column", id="twice"),
    ],
)
def test_a_column_that_means_something_else_is_refused(rain: Any, members: dict[str, Any], why: str) -> None:
    with pytest.raises(SchemaMismatch, match=re.escape(why)):
        fill_schema([rain], listed(**members))


def test_extremes_and_sums_have_names(rain: Any) -> None:
    wanted = shape(maximum="number", highest_at="string", min="number", lowestLabel="string", total="number")
    found = fill_schema([rain], wanted)
    assert found["highest_at"] == "Mar"
    assert found["lowestLabel"] == "Feb"
    assert [found["maximum"], found["min"], found["total"]] == pytest.approx([120, 40, 270], abs=1.6)


def test_the_bars_of_a_chart_are_found_by_their_names(rain: Any) -> None:
    assert fill_schema([rain], shape(mar="number", Jan="number")) == pytest.approx({"mar": 120, "Jan": 50}, abs=0.8)
    mapping = {"type": "object", "additionalProperties": {"type": "number"}}
    assert fill_schema([rain], mapping) == pytest.approx({"Jan": 50, "Feb": 40, "Mar": 120, "Apr": 60}, abs=0.8)


def test_x_and_y_are_lists_and_an_integer_is_one_within_the_uncertainty(rain: Any) -> None:
    found = fill_schema([rain], shape(labels=texts(), values=numbers(), chart_kind="string", point_count="integer"))
    assert found["labels"] == ["Jan", "Feb", "Mar", "Apr"]
    assert found["values"] == pytest.approx([50, 40, 120, 60], abs=0.8)
    assert (found["chart_kind"], found["point_count"]) == ("bars", 4)
    rows = fill_schema([rain], listed(month="string", value="integer"))["value"]
    assert [row["value"] for row in rows] == [50, 40, 120, 60]


def test_of_several_series_each_record_names_its_own(grouped: Any) -> None:
    rows = fill_schema([grouped], listed(quarter="string", series="string", value="number"))["value"]
    assert [(row["series"], row["quarter"]) for row in rows] == [
        (name, quarter) for name in ("north", "south") for quarter in ("Q1", "Q2", "Q3")
    ]
    wide = fill_schema([grouped], listed(quarter="string", north="number", south="number"))["value"]
    assert [row["quarter"] for row in wide] == ["Q1", "Q2", "Q3"]
    assert [row["south"] for row in wide] == pytest.approx([4, 2, 7], abs=0.05)
    assert fill_schema([grouped], shape(north=numbers()))["north"] == pytest.approx([3, 5, 2], abs=0.05)
    series = fill_schema([grouped], listed(name="string", kind="string", x=texts(), y=numbers()))["value"]
    assert [row["name"] for row in series] == ["north", "south"]


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        pytest.param(shape(y=numbers()), "the chart has 2 series", id="y of which"),
        pytest.param(shape(mean="number"), "the chart has 2 series", id="the mean of which"),
        pytest.param(listed(quarter="string", value="number"), "no column `series`", id="records of which"),
    ],
)
def test_what_could_mean_several_series_is_refused(grouped: Any, wanted: dict[str, Any], why: str) -> None:
    with pytest.raises(SchemaMismatch, match=re.escape(why)):
        fill_schema([grouped], wanted)


def unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: Any) -> Chart:
        return replace(by_hand(sure=False), image=None)

    monkeypatch.setattr(facts, "chart_of_image", read)


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(shape(highest="number"), id="an extreme"),
        pytest.param(shape(south=numbers()), id="a series by its name"),
        pytest.param(listed(series="string", x="number", y="number"), id="points"),
        pytest.param(shape(points={"type": "array", "items": shape(series="string", x="number")}), id="a table"),
        pytest.param(
            shape(panels={"type": "array", "items": shape(series={"type": "array", "items": shape(y=numbers())})}),
            id="in a panel",
        ),
    ],
)
def test_numbers_that_are_not_sure_are_refused(
    plot: Any, monkeypatch: pytest.MonkeyPatch, wanted: dict[str, Any]
) -> None:
    unsure(monkeypatch)
    with pytest.raises(SchemaMismatch, match="could not be read with certainty: the legend hides part of it"):
        fill_schema([plot], wanted)


def test_json_has_no_points_of_a_series_that_is_not_sure_and_says_why(
    plot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    unsure(monkeypatch)
    told = json.loads(streamed_text(chunks_of(request_body("Read", plot, response_format={"type": "json_object"}))))
    jsonschema.validate(told, PUBLISHED)
    north, south = told["images"][0]["plot"]["series"]
    assert north["y"] == [20.0, 80.0]
    assert (south["x"], south["y"], south["sure"]) == (None, None, False)
    assert south["why_not"] == "the legend hides part of it"
    asked = shape(series={"type": "array", "items": shape(name="string", y=numbers(), sure="boolean")})
    assert [row["sure"] for row in fill_schema([plot], asked)["series"]] == [True, False]


def test_a_number_that_is_not_sure_is_null_where_null_is_allowed(plot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    unsure(monkeypatch)
    number = {"type": ["number", "null"]}
    rows = {"type": "array", "items": shape(name="string", highest=number, trend={"type": ["string", "null"]})}
    assert fill_schema([plot], shape(highest=number, series=rows)) == {
        "highest": None,
        "series": [
            {"name": "north", "highest": 80, "trend": "rising"},
            {"name": "south", "highest": None, "trend": None},
        ],
    }


@pytest.mark.parametrize("wanted", [shape(values=numbers()), shape(x=texts()), shape(highest="number")])
def test_a_picture_without_axes_has_no_data_instead_of_an_empty_list(wanted: dict[str, Any]) -> None:
    with pytest.raises(SchemaMismatch, match=r"no axes were found|was not found"):
        fill_schema([dots()], wanted)


def test_a_typed_answer_about_a_chart_comes_back_as_the_type(rain: Any) -> None:
    reply = vision_magic.ask("Values?", rain, schema="[month, value: float]", profile="embedded")
    assert [row.month for row in reply.value] == ["Jan", "Feb", "Mar", "Apr"]


def charted(monkeypatch: pytest.MonkeyPatch, chart: Chart, wanted: dict[str, Any]) -> Any:
    """Return what is filled in if this chart is measured in a picture."""
    monkeypatch.setattr(facts, "chart_of_image", lambda *_: replace(chart, image=None))
    return fill_schema([dots()], wanted)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        pytest.param({"x": ("Jan", "Mar"), "y": (10.0, 20.0)}, "no bar was found at “Feb”", id="a name"),
        pytest.param({"x": (1.0, 2.0, 4.0), "y": (3.0, 5.0, 4.0)}, "no bar was found at", id="a number"),
        pytest.param(
            {"kind": "histogram", "x": (1.0, 2.0, 5.0), "y": (3.0, 5.0, 4.0)},
            "too low to be seen|are counts",
            id="bins",
        ),
    ],
)
def test_where_a_bar_of_zero_would_not_be_seen_the_lowest_is_not_known(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], why: str
) -> None:
    chart = bars_by_hand(**changes)
    known = charted(monkeypatch, chart, shape(highest="number", total="number"))
    assert known == {"highest": max(changes["y"]), "total": pytest.approx(sum(changes["y"]))}
    for name in ("lowest", "mean", "first_value"):
        with pytest.raises(SchemaMismatch, match=why):
            charted(monkeypatch, chart, shape(**{name: "number"}))


BOXES: dict[str, Any] = {
    "kind": "box plot",
    "extra": {
        "q1": (5.0, 30.0, 10.0),
        "q3": (15.0, 50.0, 30.0),
        "whisker_low": (1.0, 20.0, 5.0),
        "whisker_high": (20.0, 60.0, 40.0),
    },
}


@pytest.mark.parametrize(
    "name", ["highest", "lowest", "highest_at", "mean", "total", "count", "first", "values", "Jan"]
)
def test_the_medians_of_boxes_in_a_picture_are_not_taken_for_values(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The highest value of a box plot was the highest median, as if it was sure."""
    wanted = shape(**{name: numbers() if name == "values" else "string" if name == "highest_at" else "number"})
    with pytest.raises(SchemaMismatch, match=r"whiskers of a box plot are not read|does not show each value"):
        charted(monkeypatch, bars_by_hand(**BOXES), wanted)


def test_boxes_have_medians_quartiles_and_whiskers(monkeypatch: pytest.MonkeyPatch) -> None:
    chart = bars_by_hand(**BOXES)
    assert charted(monkeypatch, chart, shape(median=numbers(), q1=numbers(), whisker_high=numbers())) == {
        "median": [10, 40, 20],
        "q1": [5, 30, 10],
        "whisker_high": [20, 60, 40],
    }
    rows = charted(monkeypatch, chart, listed(month="string", median="number", q3="number"))["value"]
    assert rows[1] == {"month": "Feb", "median": 40, "q3": 50}
    for columns in ({"month": "string", "value": "number"}, {"month": "string", "amount": "number"}):
        with pytest.raises(SchemaMismatch, match="does not show each value"):
            charted(monkeypatch, chart, listed(**columns))
    mapping = {"type": "object", "additionalProperties": {"type": "number"}}
    with pytest.raises(SchemaMismatch, match="does not show each value"):
        charted(monkeypatch, chart, mapping)
    with pytest.raises(SchemaMismatch, match="not a box plot"):
        charted(monkeypatch, bars_by_hand(), shape(median=numbers()))


def test_series_that_cannot_be_compared_have_no_highest_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    [panel] = bars_by_hand().panels
    [one] = panel.series
    for changes, why in (
        ({"kind": "stacked bars"}, "not the highest sum"),
        ({"kind": "area"}, "not the highest sum"),
        ({"right": True}, "against different axes"),
    ):
        other = replace(one, name="south", **changes)
        chart = Chart(panels=(replace(panel, right=panel.y and replace(panel.y, label="t"), series=(one, other)),))
        with pytest.raises(SchemaMismatch, match=why):
            charted(monkeypatch, chart, shape(highest="number"))
        rows = {"type": "array", "items": shape(name="string", highest="number")}
        assert len(charted(monkeypatch, chart, shape(series=rows))["series"]) == 2
    cells = Chart(panels=(replace(panel, series=(replace(one, kind="heat map"),)),))
    with pytest.raises(SchemaMismatch, match="a row and a column"):
        charted(monkeypatch, cells, shape(highest_at="string"))


def test_the_series_of_the_highest_value_is_named_unless_two_may_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    [panel] = bars_by_hand().panels
    [one] = panel.series
    for highest, name in ((50.0, "south"), (30.0, "north"), (40.9, "")):
        other = replace(one, name="south", y=(10.0, highest, 9.0))
        chart = Chart(panels=(replace(panel, series=(one, other)),))
        if name:
            assert charted(monkeypatch, chart, shape(highest_series="string")) == {"highest_series": name}
            continue
        with pytest.raises(SchemaMismatch, match="“north” and “south” have the same value"):
            charted(monkeypatch, chart, shape(highest_series="string"))


@pytest.mark.parametrize(("at", "told"), [(2024.02, "2024"), (2024.5, "2024.5")])
def test_the_place_of_an_extreme_is_as_in_the_answers_in_words(
    monkeypatch: pytest.MonkeyPatch, at: float, told: str
) -> None:
    [panel] = bars_by_hand(kind="line", x=(2020.0, at), y=(10.0, 40.0)).panels
    years = replace(panel.x, label="Year", scale="linear", categories=(), calibration=scale(0.02, 2019.0))
    chart = Chart(panels=(replace(panel, x=years),))
    assert charted(monkeypatch, chart, shape(highest_at="string")) == {"highest_at": told}


def test_markers_that_may_hide_others_are_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    chart = bars_by_hand(kind="points", x=(1.0, 2.0, 3.0), sampled=True)
    assert charted(monkeypatch, chart, shape(highest="number")) == {"highest": 40}
    for name in ("count", "mean", "total"):
        with pytest.raises(SchemaMismatch, match="may be missing"):
            charted(monkeypatch, chart, shape(**{name: "number"}))


def test_a_number_has_its_uncertainty_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    chart = bars_by_hand()
    wanted = shape(highest="number", highest_sigma="number", mean_uncertainty="number", y_sigma=numbers())
    assert charted(monkeypatch, chart, wanted) == {
        "highest": 40,
        "highest_sigma": 0.5,
        "mean_uncertainty": 0.5,  # what the pixels are wrong by is common to all values
        "y_sigma": [0.5, 0.5, 0.5],
    }
    rows = charted(monkeypatch, chart, listed(month="string", rain="number", rain_sigma="number"))["value"]
    assert rows[0] == {"month": "Jan", "rain": 10, "rain_sigma": 0.5}
    with pytest.raises(SchemaMismatch, match="only a number has an uncertainty"):
        charted(monkeypatch, chart, shape(title_sigma="number"))


def test_with_reasons_null_stands_for_what_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "chart_of_image", lambda *_: replace(bars_by_hand(kind="histogram"), image=None))
    why: dict[str, str] = {}
    wanted = shape(kind="string", mean="number", lowest={"type": ["number", "null"]}, mood="string")
    assert fill_schema([dots()], wanted, (), why) == {"kind": "histogram", "mean": None, "lowest": None, "mood": None}
    assert {name: words.split(" ")[-1] for name, words in why.items()} == {
        "mean": "known",
        "lowest": "seen",
        "mood": "here",
    }
    with pytest.raises(SchemaMismatch, match="not something"):
        fill_schema([dots()], shape(mood="string"), (), {})


def test_with_reasons_a_list_of_records_still_comes_from_the_table_that_has_their_names(plot: Any) -> None:
    why: dict[str, str] = {}
    rows = fill_schema([plot], listed(series="string", mean="number"), (), why)["value"]
    assert [row["series"] for row in rows] == ["north", "south"]
    assert set(why) == {"[0].mean", "[1].mean"}


def test_a_gap_between_bars_at_numbers_may_be_a_bar_of_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    chart = bars_by_hand(x=(1.0, 2.0, 4.0), y=(3.0, 5.0, 4.0))
    panel = replace(chart.panels[0], x=replace(chart.panels[0].x, categories=()))
    with pytest.raises(SchemaMismatch, match="a gap between the bars"):
        charted(monkeypatch, Chart(panels=(panel,)), shape(lowest="number"))


def test_a_reference_line_has_no_sum_and_horizontal_bars_and_wedges_no_first(monkeypatch: pytest.MonkeyPatch) -> None:
    lying = bars_by_hand(kind="horizontal bars")
    lying = Chart(panels=(replace(lying.panels[0], x=lying.panels[0].y, y=lying.panels[0].x),))
    with pytest.raises(SchemaMismatch, match="the top one or the bottom one"):
        charted(monkeypatch, lying, shape(first_value="number"))
    with pytest.raises(SchemaMismatch, match="which wedge of a pie"):
        charted(monkeypatch, bars_by_hand(kind="pie"), shape(last_value="number"))
    row = {"name": "string", "highest": "number", "total": {"type": ["number", "null"]}}
    line = bars_by_hand(kind="reference line", x=(0.0, 9.0), y=(5.0, 5.0))
    assert charted(monkeypatch, line, shape(series={"type": "array", "items": shape(**row)}))["series"] == [
        {"name": "north", "highest": 5, "total": None}
    ]


@pytest.mark.parametrize(
    ("values", "scale", "trend"),
    [
        pytest.param((10.0, 10.6, 10.2), "linear", "constant", id="within the uncertainty"),
        pytest.param((10.0, 10.9, 11.8), "linear", "rising", id="in small steps"),
        pytest.param((0.002, 0.001, 900.0), "log", "mixed", id="small values of a logarithmic axis"),
    ],
)
def test_a_trend_is_what_is_seen_beyond_the_uncertainty(
    monkeypatch: pytest.MonkeyPatch, values: tuple[float, ...], scale: Any, trend: str
) -> None:
    chart = bars_by_hand(kind="line", x=(1.0, 2.0, 3.0), y=values, sigma=0.5 if scale == "linear" else 0.02)
    panel = replace(chart.panels[0], y=replace(chart.panels[0].y, scale=scale))
    assert charted(monkeypatch, Chart(panels=(panel,)), shape(trend="string")) == {"trend": trend}


# --- the data of a figure object --------------------------------------------------------------------------------


def yields(kind: str = "plot") -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Yields", xlabel="Year", ylabel="Yield (t/ha)")
    getattr(axes, kind)([2018, 2019, 2020, 2021], [10, 14, 31, 25], label="north")
    getattr(axes, kind)([2018, 2019, 2020, 2021], [30, 22, 15, 11], label="south", color="#ff7f0e")
    axes.axhline(20, color="grey")
    axes.legend()
    return figure


def wave() -> Figure:
    """Return a curve of so many points that its facts hold statistics, and not single values."""
    figure = Figure()
    axes = figure.add_subplot(xlabel="t (s)", ylabel="Signal (V)")
    axes.plot([step / 60 for step in range(600)], [step / 60 + 3 * math.sin(step / 60) for step in range(600)])
    return figure


@pytest.fixture
def _no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(image: Any) -> Any:
        raise AssertionError("the text of the picture was read")

    monkeypatch.setattr(reading, "read_text", fail)


def filled(figure: Figure, wanted: dict[str, Any]) -> Any:
    known = known_facts(figure)
    assert known is not None
    return fill_schema([as_picture(figure)], wanted, [known])


@pytest.mark.usefixtures("_no_reading")
def test_a_figure_object_fills_in_its_series_exactly_and_without_being_read() -> None:
    point = shape(x="integer", y="number")
    series = shape(
        name="string",
        kind={"enum": ["bar", "line"]},
        colour="string",
        hex="string",
        unit="string",
        highest="number",
        highest_at="integer",
        trend={"enum": ["up", "down", "mixed"]},
        points={"type": "array", "items": point},
    )
    wanted = shape(title="string", x_label="string", unit="string", kind={"enum": ["line chart", "bar chart"]})
    wanted["properties"]["series"] = {"type": "array", "items": series}
    found = filled(yields(), wanted)
    north, south = found.pop("series")
    assert found == {"title": "Yields", "x_label": "Year", "unit": "t/ha", "kind": "line chart"}
    assert [north[name] for name in ("name", "kind", "colour", "highest", "highest_at", "trend")] == [
        "north",
        "line",
        "blue",
        31,
        2020,
        "mixed",
    ]
    assert (south["hex"], south["unit"], south["trend"]) == ("#ff7f0e", "t/ha", "down")
    assert [(point["x"], point["y"]) for point in south["points"]] == [(2018, 30), (2019, 22), (2020, 15), (2021, 11)]


@pytest.mark.usefixtures("_no_reading")
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        pytest.param(shape(highest="number", lowest="number", series_count="integer"), [31, 10, 2], id="extremes"),
        pytest.param(shape(legend=texts(), x_scale="string"), [["north", "south"], "linear"], id="legend"),
        pytest.param(shape(categories={"type": "array", "items": {"type": "integer"}}), [[2018, 2019, 2020, 2021]]),
        pytest.param(shape(south=numbers()), [[30, 22, 15, 11]], id="a series by its name"),
    ],
)
def test_facts_of_a_figure_object_have_names(wanted: dict[str, Any], found: list[Any]) -> None:
    assert list(filled(yields(), wanted).values()) == found


@pytest.mark.usefixtures("_no_reading")
def test_statistics_of_a_figure_object_are_exact_where_it_does_not_hold_single_values() -> None:
    found = filled(wave(), shape(highest="number", mean="number", count="integer", first_value="number", sum="number"))
    values = [step / 60 + 3 * math.sin(step / 60) for step in range(600)]
    assert found["highest"] == max(values)
    assert found["count"] == 600
    assert [found["mean"], found["sum"], found["first_value"]] == pytest.approx([sum(values) / 600, sum(values), 0])


def test_single_values_that_a_figure_object_does_not_hold_are_measured() -> None:
    series = shape(source="string", highest="number", x=numbers(), y=numbers())
    (found,) = filled(wave(), listed(**series["properties"]))["value"]
    assert found["source"] == "pixels"
    assert found["highest"] == max(step / 60 + 3 * math.sin(step / 60) for step in range(600))
    assert all(y == pytest.approx(x + 3 * math.sin(x), abs=0.15) for x, y in zip(found["x"], found["y"], strict=True))


def test_json_of_a_figure_has_its_exact_series_and_what_is_printed_around_them() -> None:
    options = {"profile": "embedded", "response_format": {"type": "json_object"}}
    told = json.loads(str(vision_magic.ask("Read", yields(), **options).text))
    jsonschema.validate(told, PUBLISHED)
    plot = told["images"][0]["plot"]
    assert plot["x_ticks"][0] == "2018.0"
    assert [(one["name"], one["y"], one["hex"], one["source"]) for one in plot["series"][:2]] == [
        ("north", [10, 14, 31, 25], "#1f77b4", "figure"),
        ("south", [30, 22, 15, 11], "#ff7f0e", "figure"),
    ]


@pytest.mark.parametrize(
    ("draw", "members", "rows"),
    [
        pytest.param(
            lambda axes: axes.barh(["plums", "figs"], [34, 48]),
            {"name": "string", "count": "integer"},
            [{"name": "plums", "count": 34}, {"name": "figs", "count": 48}],
            id="a count is a value",
        ),
        pytest.param(
            lambda axes: axes.pie([10, 30], labels=["a", "b"]),
            {"label": "string", "share": "number"},
            [{"label": "a", "share": 25}, {"label": "b", "share": 75}],
            id="shares of a pie",
        ),
    ],
)
@pytest.mark.usefixtures("_no_reading")
def test_the_name_in_a_record_is_that_of_a_point_where_the_series_has_none(
    draw: Any, members: dict[str, Any], rows: list[Any]
) -> None:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Count", title="Shares")
    draw(axes)
    assert filled(figure, listed(**members))["value"] == rows


@pytest.mark.usefixtures("_no_reading")
def test_a_reference_line_with_a_name_has_its_value() -> None:
    """Its text had a mean, rounded, beside a value of more than 12 digits, and was then not read."""
    figure = yields()
    figure.axes[0].axhline(17.30139349938412, label="limit")
    row = filled(figure, listed(name="string", highest="number"))["value"][-1]
    assert row == {"name": "limit", "highest": 17.30139349938412}


@pytest.mark.usefixtures("_no_reading")
def test_the_count_of_a_histogram_could_mean_its_bins_and_is_refused() -> None:
    figure = Figure()
    figure.add_subplot().hist([step % 7 for step in range(90)], bins=10)
    assert filled(figure, shape(total="integer", kind="string")) == {"total": 90, "kind": "histogram"}
    with pytest.raises(SchemaMismatch, match="a histogram counts in its bins"):
        filled(figure, shape(count="integer"))


@pytest.mark.usefixtures("_no_reading")
def test_panels_of_a_figure_object_are_records() -> None:
    figure = Figure()
    left, right = figure.subplots(1, 2)
    left.plot([1, 2, 3], label="up")
    left.set_title("L")
    right.bar(["x", "y"], [3, 4])
    right.set_title("R")
    assert filled(figure, listed(title="string", kind="string", highest="number"))["value"] == [
        {"title": "L", "kind": "line", "highest": 3},
        {"title": "R", "kind": "bars", "highest": 4},
    ]
    with pytest.raises(SchemaMismatch, match="2 pairs of axes"):
        filled(figure, shape(highest="number"))


@pytest.mark.parametrize(
    ("value", "sigma", "shown", "integer"),
    [
        pytest.param(47.9312, 0.14, 47.93, 48, id="two digits"),
        pytest.param(47.9312, 0.3, 47.9, 48, id="one digit"),
        pytest.param(47.5, 0.02, 47.5, None, id="no integer"),
        pytest.param(119_731.0, 400.0, 119_700.0, 119_700, id="thousands"),
        pytest.param(5.0, 0.0, 5.0, 5, id="exact"),
        pytest.param(1 / 3, 0.0, 1 / 3, None, id="exact, and no integer"),
        pytest.param(-0.001, 0.2, 0.0, 0, id="zero"),
        pytest.param(float("inf"), 1.0, float("inf"), None, id="not finite"),
    ],
)
def test_a_measured_number_has_the_digits_that_its_uncertainty_leaves(
    value: float, sigma: float, shown: float, integer: int | None
) -> None:
    assert Measured(value, sigma) == shown
    assert Measured(value, sigma).as_integer() == integer


def boxes(values: Any) -> Figure:
    figure = Figure()
    figure.add_subplot(ylabel="Size (mm)").boxplot(values)
    return figure


@pytest.mark.usefixtures("_no_reading")
def test_of_boxes_the_figure_object_knows_the_highest_and_the_lowest_of_all_points() -> None:
    known = filled(boxes([[1, 2, 3, 4, 30], [5, 6, 7, 8, -9]]), shape(highest="number", lowest="number"))
    assert known == {"highest": 30, "lowest": -9}
    within = filled(boxes([[1, 2, 3, 4, 5]]), shape(highest="number", median=numbers(), highest_sigma="number"))
    assert within == {"highest": 5, "median": [3], "highest_sigma": 0}


@pytest.mark.usefixtures("_no_reading")
def test_a_histogram_has_no_mean_of_its_counts_and_unordered_points_no_first() -> None:
    figure = Figure()
    figure.add_subplot().hist([1, 1, 2, 3, 4, 5, 6, 7, 8], bins=7)
    assert filled(figure, shape(highest="number", total="number")) == {"highest": 2, "total": 9}
    for name in ("mean", "first_value", "last_value"):
        with pytest.raises(SchemaMismatch, match="are counts"):
            filled(figure, shape(**{name: "number"}))
    scattered = Figure()
    scattered.add_subplot().scatter([3, 1, 2], [4, 5, 6])
    with pytest.raises(SchemaMismatch, match="not in the order"):
        filled(scattered, shape(first_value="number"))
