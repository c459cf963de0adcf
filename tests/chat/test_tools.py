"""Functions as tools: schemas from signature and docstring, and checks of the model's arguments."""

from __future__ import annotations

import asyncio
import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal, TypedDict

import jsonschema
import pytest

import vision_magic as vm
from vision_magic.chat.tools import MAX_ARGUMENTS, MAX_RESULT, ToolArgumentError, as_tool, result_text
from vision_magic.errors import RequestError
from vision_magic.secrets import Secret


class Unit(Enum):
    METRE = "m"
    FOOT = "ft"


class Box(TypedDict):
    left: int
    top: int


@dataclass
class Point:
    x: float
    y: float


def cut(
    box: Box, unit: Unit = Unit.METRE, kind: Literal["line", "bar"] = "line", names: list[str] | None = None
) -> str:
    """Cut a part out.

    It takes a box in pixels.

    Parameters
    ----------
    box : Box
        Where.
    unit : Unit
        In which unit.
    """
    return f"{box} {unit} {kind} {names}"


def test_the_schema_comes_from_signature_and_docstring() -> None:
    tool = as_tool(cut)
    wire = tool.to_wire()["function"]
    assert wire["name"] == "cut"
    assert wire["description"] == "Cut a part out.\n\nIt takes a box in pixels."
    schema = wire["parameters"]
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["required"] == ["box"]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["box"]["description"] == "Where."
    assert schema["properties"]["kind"]["enum"] == ["line", "bar"]
    assert schema["properties"]["kind"]["default"] == "line"
    assert "title" not in json.dumps(schema["properties"]["box"])


@pytest.mark.parametrize(
    "docstring",
    [
        pytest.param("Zoom in.\n\nArgs:\n    factor: How much.\n", id="Google"),
        pytest.param("Zoom in.\n\nParameters\n----------\nfactor : float\n    How much.\n", id="numpy"),
        pytest.param("Zoom in.\n\n:param factor: How much.\n", id="Sphinx"),
    ],
)
def test_each_style_of_docstring_is_read(docstring: str) -> None:
    def zoom(factor: float) -> None: ...

    zoom.__doc__ = docstring
    tool = as_tool(zoom)
    assert tool.description == "Zoom in."
    assert tool.parameters["properties"]["factor"]["description"] == "How much."


def test_arguments_arrive_as_the_function_takes_them() -> None:
    tool = as_tool(cut)
    given = tool.check('{"box": {"left": 1, "top": 2}, "unit": "ft", "names": ["a"]}')
    assert given == {"box": {"left": 1, "top": 2}, "unit": Unit.FOOT, "names": ["a"]}
    assert tool.call(given) == "{'left': 1, 'top': 2} Unit.FOOT line ['a']"


def test_a_dataclass_a_method_a_partial_and_a_callable_object_are_functions_too() -> None:
    def far(point: Point, factor: float) -> float:
        return (point.x + point.y) * factor

    class Scale:
        def by(self, factor: float) -> float:
            return 3 * factor

        def __call__(self, factor: float) -> float:
            return 5 * factor

    tool = as_tool(functools.partial(far, factor=2.0))
    assert tool.call(tool.check('{"point": {"x": 1, "y": 2}}')) == 6.0
    assert as_tool(Scale().by).call({"factor": 2.0}) == 6.0
    named = as_tool(vm.tool(name="scale")(Scale()))
    assert (named.name, named.call({"factor": 2.0})) == ("scale", 10.0)


def test_positional_only_parameters_are_given_by_place() -> None:
    def power(base: int, exponent: int, /) -> int:
        return int(base**exponent)

    tool = as_tool(power)
    assert tool.call(tool.check('{"exponent": 3, "base": 2}')) == 8


def test_a_coroutine_function_gives_its_coroutine() -> None:
    async def wait(seconds: float) -> float:
        return seconds

    assert asyncio.run(as_tool(wait).call({"seconds": 0.5})) == 0.5


def test_a_function_without_parameters_takes_nothing() -> None:
    def now() -> str:
        return "now"

    tool = as_tool(now)
    assert tool.check("") == tool.check("{}") == {}
    with pytest.raises(ToolArgumentError, match="zone"):
        tool.check('{"zone": "UTC"}')


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param("{}", "box: field required", id="missing"),
        pytest.param('{"box": {"left": 1, "top": 2}, "depth": 3}', "depth", id="unknown"),
        pytest.param('{"box": {"left": 1, "top": 2}, "__class__": "x"}', "__class__", id="dunder"),
        pytest.param('{"box": {"left": "1", "top": 2}}', "box.left", id="a text for a number"),
        pytest.param('{"box": {"left": 1.5, "top": 2}}', "box.left", id="a broken number for a whole one"),
        pytest.param('{"box": {"left": true, "top": 2}}', "box.left", id="a truth for a number"),
        pytest.param('{"box": {"left": 1, "top": 2}, "unit": "mile"}', "unit", id="not in the enumeration"),
        pytest.param('{"box": {"left": 1, "top": 2}, "kind": "pie"}', "kind", id="not in the literal"),
        pytest.param('{"box": {"left": 1, "top"', "got invalid arguments", id="cut JSON"),
        pytest.param("[1, 2]", "got invalid arguments", id="a list"),
        pytest.param("null", "got invalid arguments", id="null"),
        pytest.param('{"box": ' + "[" * 5000, "got invalid arguments", id="deep"),
        pytest.param("x" * 10_000_000, f"{10_000_000:,} characters", id="10 MB"),
    ],
)
def test_arguments_that_it_does_not_take_are_refused_in_words_for_the_model(arguments: str, words: str) -> None:
    with pytest.raises(ToolArgumentError) as refused:
        as_tool(cut).check(arguments)
    assert words in str(refused.value)
    assert len(str(refused.value)) < 600


def test_the_longest_arguments_that_are_read() -> None:
    def note(text: str) -> str:
        return text

    longest = json.dumps({"text": "x" * (MAX_ARGUMENTS - 13)})
    assert len(longest) <= MAX_ARGUMENTS
    assert as_tool(note).check(longest)
    with pytest.raises(ToolArgumentError):
        as_tool(note).check(longest + " " * MAX_ARGUMENTS)


def without_annotation(x):  # type: ignore[no-untyped-def]  # what is tested
    return x


def with_stars(*values: float) -> None: ...
def with_two_stars(**values: float) -> None: ...
def with_a_socket(handle: Callable[[], int]) -> None: ...


class Plain:
    """No dataclass: JSON cannot make one."""


def with_plain(thing: Plain) -> None: ...


def with_a_riddle(x: Missing) -> None: ...  # type: ignore[name-defined]  # noqa: F821


@pytest.mark.parametrize(
    ("function", "words"),
    [
        pytest.param(without_annotation, "no annotation for 'x'", id="no annotation"),
        pytest.param(with_stars, "takes *values", id="stars"),
        pytest.param(with_two_stars, "takes **values", id="two stars"),
        pytest.param(with_a_socket, "JSON cannot express", id="a callable"),
        pytest.param(with_plain, "JSON cannot express", id="a plain class"),
        pytest.param(with_a_riddle, "annotation that cannot be evaluated", id="an unknown name"),
        pytest.param(lambda x: x, "named '<lambda>'", id="a lambda"),
        pytest.param(Point, "the class Point", id="a class"),
        pytest.param("cut", "got str", id="a name"),
        pytest.param(7, "got int", id="a number"),
        pytest.param(dict.get, "", id="without a signature"),
    ],
)
def test_what_cannot_be_a_tool_is_refused_before_anything_is_sent(function: Any, words: str) -> None:
    with pytest.raises(RequestError) as refused:
        as_tool(function)
    assert words in str(refused.value)


def test_marking_leaves_the_function_as_it_is() -> None:
    @vm.tool(safe=True, name="look_closer")
    def zoom(factor: float) -> float:
        return factor

    assert zoom(2.0) == 2.0
    assert (as_tool(zoom).name, as_tool(zoom).safe) == ("look_closer", True)
    assert not as_tool(vm.tool(cut)).safe
    assert as_tool(as_tool(cut)).name == "cut"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(None, "done, nothing returned", id="nothing"),
        pytest.param("words", "words", id="text"),
        pytest.param({"a": [1, 2.5]}, '{"a":[1,2.5]}', id="JSON"),
        pytest.param(Point(1, 2), '{"x":1,"y":2}', id="dataclass"),
        pytest.param(Unit.FOOT, '"ft"', id="enumeration"),
        pytest.param(float("nan"), "NaN", id="no number"),
        pytest.param({1}, "[1]", id="set"),
    ],
)
def test_what_a_function_gave_becomes_text(value: object, text: str) -> None:
    assert result_text(value) == text


def test_a_result_that_refers_to_itself_or_is_unknown_is_said_in_its_own_words() -> None:
    endless: list[Any] = []
    endless.append(endless)
    assert result_text(endless) == "[[...]]"
    assert "object" in result_text(Plain())


def test_a_long_result_is_cut_and_a_key_is_left_out() -> None:
    key = Secret("sk-CANARY-tools-0123456789", source="test")
    assert result_text(f"the key is {key.reveal()}") == "the key is ****"
    cut_text = result_text("x " * MAX_RESULT)
    assert cut_text.endswith(f"(cut: {2 * MAX_RESULT:,} characters in total)")
    assert len(cut_text) < MAX_RESULT + 100
