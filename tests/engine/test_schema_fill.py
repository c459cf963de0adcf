"""Facts as JSON: in the published schema, and in schemas that users define."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from matplotlib.figure import Figure

import vision_magic
from tests.engine.pictures import as_picture, chunks_of, dots, noise, post, request_body, streamed_text, two_lines
from vision_magic.engine.schema_fill import SchemaMismatch, fact_names, fill_schema

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
        pytest.param({"title": "integer"}, "the schema wants integer", id="a text that is no number"),
        pytest.param({"title": "null"}, "the schema wants null", id="a text that must not be there"),
        pytest.param({"width": "boolean"}, "the schema wants boolean", id="no boolean"),
        pytest.param({"width": texts()}, "the schema wants a list", id="no list"),
        pytest.param({"width": shape(a="string")}, "the schema wants an object", id="no object"),
        pytest.param({"kind": {"enum": ["round", "square"]}}, 'the schema allows ["round", "square"]', id="not among"),
        pytest.param({"kind": {"$ref": "#/$defs/None"}}, "refers to '#/$defs/None'", id="a reference to nothing"),
        pytest.param({"kind": {"$ref": "#/properties/kind"}}, "refers to itself", id="a circle"),
        pytest.param(
            {"value": {"type": "array", "items": shape(peak="number")}}, "fit none of the tables", id="records"
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


def test_the_refusal_names_what_can_be_asked_for_and_no_client_takes_it_for_an_unknown_field(plot: Any) -> None:
    wanted = {"type": "json_schema", "json_schema": {"name": "Mood", "schema": shape(mood="string")}}
    response = post(request_body("Read", plot, response_format=wanted))
    error = response.json()["error"]
    assert response.status_code == 400
    assert error["code"] == "not_measured"
    assert all(name in error["message"] for name in fact_names([plot]))
    with pytest.raises(vision_magic.ServerError, match="`mood` is not something"):
        vision_magic.ask("Read", plot, schema="mood", profile="embedded")


def test_a_typed_answer_comes_back_as_the_type(plot: Any) -> None:
    reply = vision_magic.ask("Which series?", plot, schema="[series, colour]", profile="embedded")
    assert [(row.series, row.colour) for row in reply.value] == [("north", "blue"), ("south", "orange")]


def test_a_schema_without_a_picture_is_refused() -> None:
    wanted = {"type": "json_schema", "json_schema": {"name": "T", "schema": shape(title="string")}}
    assert "No picture" in post(request_body("Read", response_format=wanted)).json()["error"]["message"]
