"""Parsing of a cell's text to a `VisionCell`, without a notebook."""

from __future__ import annotations

import pytest

from vision_magic.chat.request import FIELDS
from vision_magic.errors import CellError
from vision_magic.notebook.cell import Placeholder, parse, pieces
from vision_magic.notebook.help import help_text
from vision_magic.notebook.options import OPTIONS


@pytest.mark.parametrize(
    ("line", "images"),
    [
        pytest.param("", (), id="none"),
        pytest.param("fig photo", ("fig", "photo"), id="two names"),
        pytest.param("axes[0] frames[-1]", ("axes[0]", "frames[-1]"), id="indexes"),
        pytest.param("img[:200, 10:20]", ("img[:200, 10:20]",), id="a space inside brackets is no end"),
        pytest.param("crop(img, (0, 1))", ("crop(img, (0, 1))",), id="nested brackets"),
        pytest.param('"a + b" c', ("a + b", "c"), id="spaces go in quotes"),
        pytest.param('rows["north east"]', ('rows["north east"]',), id="quotes inside an expression stay"),
        pytest.param("fig -t 0.2 photo", ("fig", "photo"), id="options in between"),
        pytest.param("fig -- -x", ("fig", "-x"), id="two dashes end the options"),
    ],
)
def test_images_are_the_expressions_on_the_line(line: str, images: tuple[str, ...]) -> None:
    assert parse(line).images == images


@pytest.mark.parametrize(
    ("line", "options"),
    [
        pytest.param("-m gpt", {"model": "gpt"}, id="short"),
        pytest.param("--model=a=b", {"model": "a=b"}, id="equals"),
        pytest.param("-s 'Be brief.'", {"system": "Be brief."}, id="quoted value"),
        pytest.param('-s "-- dash"', {"system": "-- dash"}, id="quoted value with dashes"),
        pytest.param("--presence-penalty -1.5", {"presence_penalty": "-1.5"}, id="negative number"),
        pytest.param(r'--stop "\n" --stop END', {"stop": ["\n", "END"]}, id="again, with an escape"),
        pytest.param("--tools a b", {"tools": ["a", "b"]}, id="more"),
        pytest.param("-p a=1 -p b=x", {"param": ["a=1", "b=x"]}, id="params"),
        pytest.param("--no-stream", {"stream": False}, id="switch off"),
        pytest.param("--no-facts", {"facts": False}, id="facts off"),
        pytest.param("--logprobs", {"logprobs": True}, id="switch on"),
        pytest.param("""--logit-bias '{"5": -100}'""", {"logit_bias": '{"5": -100}'}, id="quoted JSON"),
        pytest.param("""--logit-bias {"5": -100}""", {"logit_bias": '{"5": -100}'}, id="bare JSON"),
        pytest.param("-o peak", {"out": "peak"}, id="out"),
        pytest.param("peak << fig", {"out": "peak"}, id="out, the other way"),
    ],
)
def test_options_are_read_as_they_are_written(line: str, options: dict[str, object]) -> None:
    assert parse(line).options == options


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("--temprature 1", "did you mean '--temperature'", id="near miss"),
        pytest.param("--zzz", "Unknown option --zzz", id="unknown"),
        pytest.param("-m", "-m got no value; expected MODEL", id="no value at the end"),
        pytest.param("-m --detail low", "-m got no value", id="no value before an option"),
        pytest.param("--dry-run=yes", "it is a switch", id="value for a switch"),
        pytest.param("'open", "open quote", id="open quote"),
        pytest.param("axes[0", "has no ']'", id="open bracket"),
        pytest.param("--api-key sk-123456789", "--key-env NAME", id="a key on the line"),
    ],
)
def test_a_slip_on_the_line_says_what_to_do(line: str, said: str) -> None:
    with pytest.raises(CellError) as caught:
        parse(line)
    assert said in str(caught.value)
    assert "sk-123456789" not in str(caught.value)


def test_the_prompt_is_the_body_without_marker_lines_of_nbval() -> None:
    assert parse("", "# NBVAL_IGNORE_OUTPUT\nWhat\n\nis it?\n").prompt == "What\n\nis it?"


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        pytest.param("no braces", ("no braces",), id="plain"),
        pytest.param("a {b} c", ("a ", Placeholder("b", "{b}"), " c"), id="name"),
        pytest.param(
            "{a.b}{c[0]}", (Placeholder("a.b", "{a.b}"), Placeholder("c[0]", "{c[0]}")), id="attribute and index"
        ),
        pytest.param("{r['x y']}", (Placeholder("r['x y']", "{r['x y']}"),), id="text index"),
        pytest.param("{img[:20]}", (Placeholder("img[:20]", "{img[:20]}"),), id="slice"),
        pytest.param("{{x}}", ("{x}",), id="escaped"),
        pytest.param("{{{x}}}", ("{", Placeholder("x", "{x}"), "}"), id="escaped around a placeholder"),
        pytest.param('{"a": {"b": 1}}', ('{"a": {"b": 1}}',), id="JSON stays"),
        pytest.param("{f(1)}", ("{f(1)}",), id="a call is not a path"),
        pytest.param("{}", ("{}",), id="empty"),
        pytest.param("{größe}", (Placeholder("größe", "{größe}"),), id="not only ASCII"),
    ],
)
def test_a_prompt_is_texts_and_placeholders(prompt: str, expected: tuple[object, ...]) -> None:
    found = pieces(prompt)
    joined: list[object] = []
    for piece in found:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    assert tuple(joined) == expected


def test_every_field_of_the_request_has_an_option() -> None:
    assert set(FIELDS) <= {option.dest for option in OPTIONS}


def test_every_option_is_in_the_help_and_its_example_is_read() -> None:
    words = help_text()
    for option in OPTIONS:
        assert all(flag in words for flag in option.option_strings)
        assert option.example in words
        assert option.dest in parse(option.example).options
