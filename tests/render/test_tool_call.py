"""Rendering of a tool call, as a line that unfolds and as text."""

from __future__ import annotations

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
    html = tool_call_html(ToolCall(name="zoom", arguments="<b>", outcome="done", result="<i>", images=(image,)))
    summary, _, inner = html.partition("</summary>")
    assert summary.endswith("→ a picture")
    assert "&lt;b&gt;\n&lt;i&gt;" in inner
    assert inner.count("<img") == 1
