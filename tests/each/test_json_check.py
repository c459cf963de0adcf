"""The check of JSON against a schema, judged by the library jsonschema and by pydantic."""

from __future__ import annotations

import json
from enum import Enum
from typing import Any, Literal

import jsonschema
import pytest
from hypothesis import given, strategies as st
from pydantic import BaseModel, Field

from vision_magic.chat.json_types import Misfit
from vision_magic.chat.schema import as_schema
from vision_magic.each.json_check import JsonCheck


class Stage(Enum):
    PRO = "pro"
    META = "meta"


class Point(BaseModel):
    x: float
    y: float = Field(ge=0, le=1)


class Cell(BaseModel):
    stage: Stage
    kind: Literal["a", "b", 3]
    count: int = Field(gt=0, lt=100)
    sure: bool
    note: str | None
    where: list[Point] = Field(max_length=3)
    pair: tuple[int, str]


GOOD: dict[str, Any] = {
    "stage": "pro",
    "kind": 3,
    "count": 4,
    "sure": True,
    "note": None,
    "where": [{"x": 1, "y": 0.5}],
    "pair": [1, "a"],
}


def fits(schema: Any, value: Any) -> bool:
    made = as_schema(schema)
    check = JsonCheck(made.json_schema, wrapped=made.wrapped)
    try:
        check.validate_json(json.dumps(value))
    except ValueError:
        return False
    return True


def judged(schema: Any, value: Any) -> bool:
    made = as_schema(schema)
    return jsonschema.Draft202012Validator(made.json_schema).is_valid({"value": value} if made.wrapped else value)


def test_a_value_of_the_type_fits() -> None:
    assert fits(Cell, GOOD)
    assert judged(Cell, GOOD)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"stage": "ana"}, "stage is 'ana'; expected one of"),
        ({"kind": "c"}, "kind is 'c'"),
        ({"count": 0}, "count is 0, not above 0"),
        ({"count": 2.5}, "count is 2.5; expected integer"),
        ({"count": True}, "count is True; expected integer"),
        ({"sure": 1}, "sure is 1; expected boolean"),
        ({"note": 7}, "note is 7; expected"),
        ({"where": [{"x": 1, "y": 2}]}, "where.0.y is 2, above 1"),
        ({"where": [{"x": 1}]}, "where.0.y is missing"),
        ({"where": [{"x": 1, "y": 0}] * 4}, "where is more than 3"),
        ({"pair": ["a", 1]}, "pair.0 is 'a'; expected integer"),
        ({"more": 1}, "more is not allowed"),
    ],
)
def test_what_does_not_fit_is_said_with_its_place(change: dict[str, Any], words: str) -> None:
    check = JsonCheck(as_schema(Cell).json_schema)
    with pytest.raises(ValueError, match="^" + words.replace(".", r"\.")):
        check.validate_json(json.dumps(GOOD | change))
    assert not judged(Cell, GOOD | change)


@pytest.mark.parametrize("text", ["", "{", "NaN", '{"stage": Infinity}'])
def test_what_is_not_json_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        JsonCheck(as_schema(Cell).json_schema).validate_json(text)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 120) | st.floats(-2, 2) | st.sampled_from(["pro", "a", "", "meta"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["x", "y", "z"]), inner, max_size=3),
    max_leaves=6,
)
KINDS = [int, float, bool, Stage, Literal["a", "b"], list[int], list[Point], Point, "[x: float, y]", int | None]


@given(kind=st.sampled_from(KINDS), value=VALUES)
def test_the_verdict_is_that_of_jsonschema(kind: Any, value: Any) -> None:
    assert fits(kind, value) == judged(kind, value)


@given(field=st.sampled_from(sorted(GOOD)), value=VALUES)
def test_the_verdict_on_a_member_is_that_of_jsonschema(field: str, value: Any) -> None:
    assert fits(Cell, GOOD | {field: value}) == judged(Cell, GOOD | {field: value})


class Tree(BaseModel):
    name: str
    children: list[Tree]


def test_a_type_that_refers_to_itself_is_checked_at_each_level() -> None:
    good = {"name": "a", "children": [{"name": "b", "children": []}]}
    assert fits(Tree, good)
    assert not fits(Tree, {"name": "a", "children": [{"name": 1, "children": []}]})


@pytest.mark.parametrize("schema", [{"$ref": "#/a", "a": {"$ref": "#"}}, {"$ref": "#/nothing"}])
def test_references_that_lead_nowhere_end(schema: dict[str, Any]) -> None:
    assert JsonCheck(schema).validate_json("1") == 1


def test_an_answer_with_nothing_wrong_but_nulls_says_which() -> None:
    check = JsonCheck(as_schema(Cell).json_schema)
    for changes, nulls in (
        ({"count": None, "kind": None}, ("kind", "count")),
        ({"count": None, "sure": 5}, ()),
        ({"note": None, "count": 500}, ()),
    ):
        with pytest.raises(Misfit) as misfit:
            check.validate_json(json.dumps(GOOD | changes))
        assert misfit.value.nulls == nulls
    with pytest.raises(Misfit) as misfit:
        check.validate_json(json.dumps({name: value for name, value in GOOD.items() if name != "pair"}))
    assert misfit.value.nulls == ("pair",)
