"""Rendering of a tool call, as a line that unfolds and as text."""

from __future__ import annotations

import html
import json
import re

import pytest
from PIL import Image as PILImage

from vision_magic.chat.messages import ToolCall
from vision_magic.images.convert import as_image
from vision_magic.render.tool_call import tool_call_html, tool_call_text

CALL = ToolCall(name="double", arguments='{"x": 4}')


@pytest.mark.parametrize(
    ("call", "text"),
    [
        pytest.param(CALL, "calls double(x=4)", id="not run yet"),
        pytest.param(ToolCall(name="double", arguments='{"x": '), 'calls double({"x": )', id="half written"),
        pytest.param(
            ToolCall(name="double", arguments='{"x": 4}', outcome="done", result="8"),
            "calls double(x=4) → 8",
            id="done",
        ),
        pytest.param(
            ToolCall(name="double", arguments="", outcome="failed", result="ValueError: x"),
            "calls double() → failed: ValueError: x",
            id="failed",
        ),
        pytest.param(
            ToolCall(name="double", arguments="", outcome="refused", result="No."),
            "calls double() → not run: No.",
            id="refused",
        ),
    ],
)
def test_a_line_says_what_was_called_and_what_came_of_it(call: ToolCall, text: str) -> None:
    assert tool_call_text(call) == text


def test_a_call_unfolds_to_its_arguments_its_result_and_its_images() -> None:
    image = as_image(PILImage.new("RGB", (40, 30), "navy"))
    shown = tool_call_html(ToolCall(name="zoom", arguments="<b>", outcome="done", result="<i>", images=(image,)))
    summary, _, inner = shown.partition("</summary>")
    assert summary.endswith("→ a picture")
    assert "&lt;b&gt;\n&lt;i&gt;" in inner
    assert inner.count("<img") == 1


def _words(markup: str) -> str:
    return html.unescape(re.sub("<[^>]*>", "", markup))


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        pytest.param('{"x": "\\u0072\\u006d"}', "f(x='rm')", id="A2 escapes"),
        pytest.param('{"x": 1, "x": 2}', 'f({"x": 1, "x": 2})', id="A2 a name twice"),
        pytest.param('{"x": "a\\nb"}', r"f(x='a\nb')", id="A2 a line end"),
        pytest.param('{"a\\nb": 1}', "f(a␊b=1)", id="A2 a line end in a name"),
        pytest.param('{"x": "\\u202e\\u00a0"}', r"f(x='\u202e\xa0')", id="A2 without width"),
    ],
)
def test_a_line_shows_what_the_arguments_are_and_not_how_they_were_written(arguments: str, text: str) -> None:
    call = ToolCall(name="f", arguments=arguments, outcome="done", result="8")
    assert tool_call_text(call) == f"calls {text} → 8"
    summary = _words(tool_call_html(call).partition("</summary>")[0])
    assert summary == f"{text} → 8"


def test_a2_the_end_of_a_long_argument_is_on_the_line_and_all_of_it_in_the_fold() -> None:
    call = ToolCall(name="f", arguments=json.dumps({"x": "a" + "\n" * 3000 + "rm -rf /"}), outcome="done", result="8")
    assert len(tool_call_text(call)) < 400
    assert tool_call_text(call).endswith("\\nrm -rf /') → 8")
    assert "characters left out" in tool_call_text(call)
    inner = _words(tool_call_html(call).partition("</summary>")[2])
    assert 'x: "a' + "\\n" * 3000 + 'rm -rf /"\n8' in inner


def test_a2_a_call_with_many_arguments_stays_short() -> None:
    arguments = {f"argument_{number}": "x" * 500 for number in range(300)}
    assert len(tool_call_text(ToolCall(name="f", arguments=json.dumps(arguments)))) < 800
