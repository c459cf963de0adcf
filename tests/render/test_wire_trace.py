"""The visible traffic: the request with shortened pictures, each event, and what it adds to the reply."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image as PILImage

import vision_magic as vm
from tests.render.hostile import HTML
from vision_magic.chat.messages import Message
from vision_magic.chat.provider_fields import ProviderFields
from vision_magic.chat.request import ChatRequest
from vision_magic.render.wire_trace import WireTrace, preview

HEAD = ("POST https://api.example.org/v1/chat/completions", "Authorization: Bearer (the key in WORK_KEY)")


def request(question: str = "What is it?", **options: Any) -> ChatRequest:
    return vm.prepare(question, PILImage.new("RGB", (300, 200), "navy"), model="model-1", **options)


def chunk(delta: dict[str, Any], **choice: Any) -> dict[str, Any]:
    return {"id": "x", "object": "chat.completion.chunk", "choices": [{"index": 0, "delta": delta, **choice}]}


def trace_of(*chunks: dict[str, Any], **options: Any) -> WireTrace:
    made = WireTrace("api.example.org", HEAD)
    made.on_request(request(**options))
    for number, one in enumerate(chunks):
        made.on_chunk(one, 0.1 * number)
    return made


def test_each_event_stands_beside_what_it_adds() -> None:
    call = {"index": 0, "id": "c", "function": {"name": "zoom", "arguments": '{"x": '}}
    seen = trace_of(
        chunk({"role": "assistant", "content": ""}),
        chunk({"reasoning": "Hm."}),
        chunk({"content": "A "}),
        chunk({"refusal": "No."}),
        chunk({"tool_calls": [call]}),
        chunk({"annotations": [{"type": "url_citation", "url_citation": {"url": "https://a.example/", "title": "A"}}]}),
        chunk({}, finish_reason="stop"),
        {"choices": [], "usage": {"prompt_tokens": 1}},
    )
    text = seen.text()
    assert text.startswith("\n".join((*HEAD, "{")))
    added = [line.strip() for line in text.splitlines() if line.strip().startswith("→")]
    assert added == [
        "→ nothing yet, only the role",
        "→ reasoning + 'Hm.'",
        "→ text + 'A '",
        "→ refusal + 'No.'",
        """→ call 0 zoom: arguments + '{"x": '""",
        "→ 1 source",
        "→ finish_reason = 'stop'",
        "→ usage: the token counts",
    ]
    assert text.rstrip().endswith("data: [DONE]")
    assert "8 server-sent events" in seen.html()
    assert "0.20 s" in seen.html()


def test_what_a_server_gets_back_is_shown_to_it_alone_and_shortened() -> None:
    fields = ProviderFields(server="api.example.org", model="m", message={"reasoning_details": [{"data": "x" * 999}]})
    messages = (Message(role="assistant", content="Hi", provider_fields=fields), Message(role="user", content="And?"))
    asked = ChatRequest(model="m", messages=messages)
    assert f'"data": "{"x" * 60}…"' in preview(asked, "api.example.org")
    assert "reasoning_details" not in preview(asked, "other.example.org")


def test_times_are_left_out_where_outputs_must_stay_equal() -> None:
    seen = trace_of(chunk({"content": "A"}))
    seen.times = False
    assert "0.00 s" not in seen.html()
    assert "0.00 s" not in seen.text()


def test_choices_fold_apart() -> None:
    seen = WireTrace("h")
    seen.on_request(request(n=2))
    seen.on_chunk({"choices": [{"index": 1, "delta": {"content": "B"}}]}, 0)
    assert "→ choice 1: text + 'B'" in seen.text()


def test_pictures_are_cut_to_their_kind_and_size_and_can_be_unfolded() -> None:
    whole = request().to_wire()["messages"][0]["content"]
    uri = next(part["image_url"]["url"] for part in whole if part["type"] == "image_url")
    shown = preview(request())
    assert uri not in shown
    assert f"data:image/png;base64,… ({len(uri.partition(',')[2])} characters)" in shown
    assert "Picture 1 as it is sent" in trace_of().html()


def test_several_requests_are_numbered() -> None:
    seen = trace_of(chunk({"content": "A"}))
    seen.on_request(request("And then?"))
    html = seen.html(done=False)
    assert "Request 1: POST" in html
    assert "Request 2: POST" in html
    assert html.count("[DONE]") == 1  # of the second, more may come


@pytest.mark.parametrize("hostile", [*HTML, "\x1b]52;c;x\x07", "```\n<script>alert(1)</script>"])
def test_hostile_words_are_words(hostile: str) -> None:
    seen = trace_of(chunk({"content": hostile}), question=hostile)
    html = seen.html()
    for active in ("<script", "<img", "<svg", "<iframe", "<style", "<body", "<input", "<video", "\x1b"):
        assert active not in html.lower()
    assert "\x1b" not in seen.text()


def test_many_and_long_events_are_cut() -> None:
    seen = trace_of(*(chunk({"content": "x" * 5000}) for _ in range(600)))
    assert "and " in seen.html()
    assert len(seen.html()) < 500_000
    assert "characters)" in seen.text()
