"""Typed answers: types to ``response_format``, answers to values, and partial values while an answer is written."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal, NotRequired, TypedDict

import jsonschema
import pytest
from pydantic import BaseModel, Field

from vision_magic.chat.json_types import Misfit
from vision_magic.chat.schema import as_schema, schema_instructions, without_fence
from vision_magic.errors import RequestError


class Peak(BaseModel):
    series: str
    height: float = Field(ge=0)


@dataclass
class Axis:
    label: str
    ticks: list[float] = field(default_factory=list)


class Row(TypedDict):
    name: str
    note: NotRequired[str]


class Trend(Enum):
    UP = "up"
    DOWN = "down"


class Branch(BaseModel):
    name: str
    parts: list[Branch] = []


WHOLE: list[Any] = [
    pytest.param(Peak, '{"series": "a", "height": 2}', Peak(series="a", height=2.0), id="pydantic"),
    pytest.param(Axis, '{"label": "x", "ticks": [1]}', Axis("x", [1.0]), id="dataclass"),
    pytest.param(Row, '{"name": "a"}', {"name": "a"}, id="TypedDict"),
    pytest.param(list[Peak], '{"value": [{"series": "a", "height": 2}]}', [Peak(series="a", height=2.0)], id="list"),
    pytest.param(list[Row], '{"value": [{"name": "a"}]}', [{"name": "a"}], id="list of TypedDict"),
    pytest.param(Trend, '{"value": "up"}', Trend.UP, id="enumeration"),
    pytest.param(Literal["yes", "no"], '{"value": "no"}', "no", id="literal"),
    pytest.param(int, '{"value": 7}', 7, id="number"),
    pytest.param(tuple[int, int], '{"value": [1, 2]}', (1, 2), id="tuple"),
    pytest.param(dict[str, float], '{"a": 1.5}', {"a": 1.5}, id="names not known beforehand"),
    pytest.param(
        Branch, '{"name": "a", "parts": [{"name": "b"}]}', Branch(name="a", parts=[Branch(name="b")]), id="of itself"
    ),
    pytest.param(Peak | None, '{"value": null}', None, id="or nothing"),
]


@pytest.mark.parametrize(("kind", "text", "value"), WHOLE)
def test_a_type_becomes_a_schema_and_an_answer_a_value_of_it(kind: Any, text: str, value: Any) -> None:
    schema = as_schema(kind)
    wire = schema.to_wire()
    assert wire["type"] == "json_schema"
    assert wire["json_schema"]["name"].isascii()
    made = wire["json_schema"]["schema"]
    jsonschema.Draft202012Validator.check_schema(made)
    assert made.get("type") == "object" or "$ref" in made  # servers want an object at the root
    assert schema.read(text) == value
    assert schema.read(f"```json\n{text}\n```") == value


@pytest.mark.parametrize("kind", [Peak, Axis, list[Peak], Branch])
def test_a_strict_schema_names_and_requires_every_member(kind: Any) -> None:
    schema = as_schema(kind)
    assert schema.strict

    def check(part: Any) -> None:
        if isinstance(part, dict):
            if part.get("type") == "object":
                assert part["additionalProperties"] is False
                assert part["required"] == list(part["properties"])
            assert "default" not in part
            for value in part.values():
                check(value)
        elif isinstance(part, list):
            for value in part:
                check(value)

    check(dict(schema.json_schema))


def test_names_that_are_not_known_beforehand_are_not_strict() -> None:
    assert not as_schema(dict[str, int]).strict


@pytest.mark.parametrize(
    ("short", "text", "value"),
    [
        ("name, age: int", '{"name": "Ada", "age": 36}', {"name": "Ada", "age": 36}),
        ("done: bool", '{"done": true}', {"done": True}),
        (" share : float ,names:list[ str ]", '{"share": 1, "names": []}', {"share": 1.0, "names": []}),
        ("highest: float | None, at: None|str", '{"highest": null, "at": "a"}', {"highest": None, "at": "a"}),
        ("y: list[float | None] | None", '{"y": [1, null]}', {"y": [1.0, None]}),
    ],
)
def test_the_short_form_is_a_record(short: str, text: str, value: dict[str, Any]) -> None:
    assert as_schema(short).read(text).model_dump() == value


@pytest.mark.parametrize(
    "kind", [{"name": "str", "age": "int | None"}, {"name": str, "age": int | None}, {"name": "str", "age": int | None}]
)
def test_names_with_types_are_a_record_too(kind: Any) -> None:
    schema = as_schema(kind)
    assert schema.to_wire() == as_schema("name, age: int | None").to_wire()
    assert schema.read('{"name": "Ada", "age": null}').age is None


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (["title", "kind"], "expected \"title, kind\" for a record of these, or Literal['title', 'kind']"),
        ([Peak], "expected list[Peak]"),
        ({"title": "string"}, 'expected names with types, such as {"name": "str", "age": "int | None"}'),
        ({"a": {"b": "int"}}, "a class for records within records"),
        ({"_a": "int"}, "begins with a letter"),
    ],
)
def test_a_list_and_a_mapping_that_are_no_schema_get_the_right_form(kind: Any, words: str) -> None:
    with pytest.raises(RequestError, match=re.escape(words)):
        as_schema(kind)


def test_an_answer_with_nothing_wrong_but_nulls_says_which() -> None:
    def nulls(text: str) -> tuple[str, ...]:
        with pytest.raises(Misfit) as misfit:
            as_schema(Peak).read(text)
        return misfit.value.nulls

    assert nulls('{"series": null}') == ("series", "height")
    assert nulls('{"series": null, "height": -1}') == ()
    assert nulls("null") == ()
    assert nulls("no JSON") == ()


def test_brackets_make_a_list_of_records() -> None:
    schema = as_schema("[series, peak: float]")
    (row,) = schema.read('{"value": [{"series": "a", "peak": 2}]}')
    assert (row.series, row.peak) == ("a", 2.0)
    assert schema.plain([row]) == [{"series": "a", "peak": 2.0}]


@pytest.mark.parametrize(
    "short",
    [
        "",
        "name age",
        "name: text",
        "name: list[int",
        "name: int]",
        "1st: int",
        "_hidden",
        "a,,b",
        "[a",
        "a: list[dict]",
    ],
)
def test_a_short_form_that_cannot_be_read_is_said_to_be_so(short: str) -> None:
    with pytest.raises(RequestError) as refused:
        as_schema(short)
    assert "expected" in str(refused.value)
    assert (short.strip("[]") or "''") in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        pytest.param(Any, "expected a type", id="anything"),
        pytest.param(object, "expected a type", id="object"),
        pytest.param(print, "expected a type", id="a function"),
        pytest.param(type("Plain", (), {}), "JSON cannot express", id="a plain class"),
        pytest.param(list[type("Plain", (), {})], "JSON cannot express", id="a list of plain ones"),
        pytest.param({"type": "array"}, "expected 'object' at its root", id="a schema without an object"),
        pytest.param({"type": ["object", "null"]}, "expected 'object' at its root", id="two types at its root"),
        pytest.param({}, "expected 'object' at its root", id="an empty schema"),
        *(
            pytest.param({"type": "object", **more}, said, id=f"E7 {more!r:.60}")
            for more, said in [
                ({"properties": {"x": True}}, "got True for 'x' in properties; expected a schema as a mapping"),
                ({"properties": {"x": None}}, "got None for 'x' in properties"),
                ({"properties": {"x": {"type": "object", "properties": {"y": 5}}}}, "got 5 for 'y' in properties"),
                ({"properties": 5}, "got 5 for properties; expected a mapping"),
                ({"properties": ["x"]}, "got ['x'] for properties"),
                ({"properties": None}, "got None for properties"),
                ({"$defs": True}, "got True for $defs"),
                ({"required": "x"}, "got 'x' for required; expected a list of names"),
                ({"required": [1]}, "got [1] for required"),
                ({"anyOf": {}}, "got {} for anyOf; expected a list"),
                ({"anyOf": [1]}, "got 1 for an item of anyOf"),
                ({"additionalProperties": 5}, "got 5 for additionalProperties"),
                ({"properties": {"x": {"items": "int"}}}, "got 'int' for items"),
                ({"properties": {1: {"type": "string"}}}, "got the name 1 in 'properties'; expected names that are"),
                ({None: 1}, "got the name None in the schema"),
                ({"properties": {"x": {"enum": [{2: 3}]}}}, "got the name 2"),
                ({"$ref": "#"}, "leads only back to itself"),
                ({"$ref": 5}, "got the reference 5; expected one inside the schema"),
                ({"properties": {"x": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"$ref": "#/$defs/a"}}}, "back to itself"),
                (
                    {
                        "properties": {"x": {"$ref": "#/$defs/a"}},
                        "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}},
                    },
                    "back to itself",
                ),
                ({"properties": {"x": {"$ref": "#/$defs/none"}}}, "has nothing there"),
                ({"properties": {"x": {"$ref": "https://example.org/x.json"}}}, "no server fetches others"),
                ({"properties": {"x": {"$ref": "other.json#/a"}}}, "no server fetches others"),
            ]
        ),
        pytest.param({"type": "object", "x": {1}}, "not a JSON Schema", id="no JSON"),
        pytest.param({"type": "object", "minimum": float("nan")}, "not a JSON Schema", id="no number"),
    ],
)
def test_what_json_cannot_express_is_refused(kind: Any, words: str) -> None:
    with pytest.raises(RequestError) as refused:
        as_schema(kind)
    assert words in str(refused.value)


def test_a_schema_of_ones_own_is_sent_as_it_is_and_read_as_json() -> None:
    own = {"type": "object", "title": "My answer!", "properties": {"a": {"type": "integer"}}}
    schema = as_schema(own)
    assert schema.to_wire()["json_schema"] == {"name": "My_answer", "schema": own, "strict": False}
    assert schema.read('{"a": "not checked"}') == {"a": "not checked"}


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        pytest.param(Peak, '{"series": "a"}', "height: field required", id="missing"),
        pytest.param(Peak, '{"series": "a", "height": -1}', "height: ", id="out of range"),
        pytest.param(Peak, '{"series": "a", "heig', "invalid JSON", id="cut"),
        pytest.param(Peak, "It is about 7.", "invalid JSON", id="words"),
        pytest.param(list[Peak], '{"value": [{"series": "a", "height": "tall"}]}', "0.height", id="in a list"),
        pytest.param(Trend, '{"value": "sideways"}', "'up' or 'down'", id="enumeration"),
        pytest.param(Branch, '{"name": "a", "parts": ' + '[{"name": "b", "parts": ' * 3000, "", id="deep and cut"),
        pytest.param(list[int], "[" * 100_000, "", id="very deep"),
    ],
)
def test_an_answer_of_another_shape_says_where(kind: Any, text: str, words: str) -> None:
    with pytest.raises(ValueError) as wrong:  # noqa: PT011  # the words are looked at below
        as_schema(kind).read(text)
    assert words.lower() in str(wrong.value).lower()
    assert len(str(wrong.value)) < 500


ANSWER = 'Here: {"value": [{"series": "a \\u00e9 \\"b\\"", "height": 12.5}, {"series": "c", "height": 3}]}'


def test_every_beginning_of_an_answer_gives_what_there_is_or_nothing() -> None:
    schema = as_schema(list[Peak])
    seen = [schema.read_partial(ANSWER[:end]) for end in range(len(ANSWER) + 1)]
    assert seen[0] is None
    assert seen[-1] == [{"series": 'a é "b"', "height": 12.5}, {"series": "c", "height": 3}]
    rows = [len(value) if isinstance(value, list) else 0 for value in seen]
    assert rows == sorted(rows)  # it only grows
    assert any(value == [{"series": "a"}] for value in seen)  # inside a text


@pytest.mark.parametrize("text", ["", "no JSON at all", "}", "[[[", "{]", '{"a" 1', "{'a': 1}", "\x00{", "{" * 5000])
def test_what_is_no_json_while_it_streams_is_no_error(text: str) -> None:
    as_schema(Peak).read_partial(text)


def test_the_schema_in_words_is_one_instruction_with_the_schema() -> None:
    words = schema_instructions(as_schema(Peak).to_wire())
    assert words.startswith("Answer with one JSON object and nothing else")
    assert json.loads(words.partition("\n")[2])["properties"]["series"] == {"type": "string"}


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('```json\n{"a": 1}\n```', '{"a": 1}'),
        ('``` {"a": 1} ```', '{"a": 1}'),
        ('```json {"a": 1}```', '{"a": 1}'),
        ("\n```\n[1]\n```\n", "[1]"),
        ('{"a": "```"}', '{"a": "```"}'),
        ("no fence", "no fence"),
    ],
)
def test_a_fence_around_the_whole_is_taken_off(text: str, inside: str) -> None:
    assert without_fence(text) == inside


@pytest.mark.parametrize("name", ["json", "copy", "schema", "model_config", "model_dump"])
def test_a_name_that_every_record_has_is_refused_in_words(name: str) -> None:
    with pytest.raises(RequestError, match=f"'{name}', which is reserved"):
        as_schema(f"title, {name}: int")


def test_a_name_that_stands_twice_is_refused() -> None:
    with pytest.raises(RequestError, match="'a' appears twice"):
        as_schema("a: int, b, a")


def test_an_answer_that_is_nested_too_deeply_is_of_the_wrong_shape_for_a_mapping_too() -> None:
    with pytest.raises(ValueError, match="nested too deeply"):
        as_schema({"type": "object", "properties": {}}).read('{"a":' * 200_000)


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(
            {"properties": {"type": {"type": "string"}, "properties": {"type": "object"}}}, id="named as words"
        ),
        pytest.param({"properties": {"x": {"default": {"type": "object"}, "enum": [True]}}}, id="data like schemas"),
        pytest.param({"properties": {}, "additionalProperties": True}, id="any names"),
        pytest.param({"additionalProperties": {"type": "string"}}, id="any names of a type"),
        pytest.param({"properties": {"x": {"type": "array", "prefixItems": [{}], "items": False}}}, id="a tuple"),
        pytest.param({"properties": {"x": {"type": "array", "items": [{"type": "string"}]}}}, id="an older tuple"),
        pytest.param(
            {
                "properties": {"tree": {"$ref": "#/$defs/tree"}},
                "$defs": {"tree": {"type": "object", "properties": {"inner": {"$ref": "#/$defs/tree"}}}},
            },
            id="a tree",
        ),
        pytest.param({"properties": {"inner": {"$ref": "#"}}}, id="the root in itself"),
        pytest.param({"properties": {"x": {"$ref": "#/properties/y"}, "y": {"type": "string"}}}, id="a neighbour"),
        pytest.param({"properties": {"x": {"$ref": "#here"}, "y": {"$anchor": "here"}}}, id="an anchor"),
        pytest.param({"properties": {"a/b": {}, "x": {"$ref": "#/properties/a~1b"}}}, id="an escaped name"),
        pytest.param({"anyOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"type": "object"}}}, id="a choice"),
    ],
)
def test_e7_a_schema_that_is_well_formed_is_sent_as_it_is(more: dict[str, Any]) -> None:
    schema = {"type": "object", **more}
    sent = as_schema(schema).to_wire()["json_schema"]
    assert sent["schema"] == schema
    assert sent["strict"] in (True, False)


def test_e7_a_schema_that_contains_itself_or_is_too_deep_is_refused() -> None:
    circle: dict[str, Any] = {"type": "object"}
    circle["properties"] = {"x": circle}
    deep: dict[str, Any] = {"type": "object"}
    inner = deep
    for _ in range(3000):
        inner["properties"] = {"x": {"type": "object"}}
        inner = inner["properties"]["x"]
    for schema in (circle, deep):
        with pytest.raises(RequestError, match="nested too deeply"):
            as_schema(schema)


def test_e7_a_type_whose_own_hooks_fail_is_refused() -> None:
    class Odd:
        @classmethod
        def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
            raise RuntimeError("not today")

    with pytest.raises(RequestError, match="not today"):
        as_schema(Odd)
