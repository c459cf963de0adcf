"""Every kind of request, checked by a mock server that validates against OpenAI's schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image as PILImage

import vision_magic as vm
from tests.real_servers.conftest import Start, from_npm
from tests.wire.held import Held
from vision_magic.chat.detail import DETAILS
from vision_magic.chat.messages import ImagePart, Message, TextPart, ToolCall, user_message
from vision_magic.chat.request import FIELDS, ChatRequest
from vision_magic.images.convert import as_image
from vision_magic.wire.endpoint import Endpoint

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT.parent / "shared" / "data" / "openai-chat.openapi.json"
TOOL = {"type": "function", "function": {"name": "get_peak", "parameters": {"type": "object", "properties": {}}}}
IMAGE = as_image(PILImage.new("RGB", (8, 8), "navy"))


@pytest.fixture(scope="module")
def url(start: Start) -> str:
    if not SCHEMA.is_file():
        # A judge from outside, on top of our own tests of requests: its schema is not in this repository.
        pytest.skip(f"the schema {SCHEMA.name} is not beside this checkout")
    return start([str(from_npm("steady")), "--host", "127.0.0.1", "-p", "{port}", str(SCHEMA)], "/")


class Judged(httpx.HTTPTransport):
    """The network, keeping what the judge says of each request in its headers."""

    def __init__(self) -> None:
        super().__init__()
        self.verdicts: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        self.verdicts.append(response.headers.get("x-steady-error-count", "no verdict"))
        return response


VALUES: dict[str, list[Any]] = {
    "temperature": [0, 0.5, 2],
    "top_p": [0, 1.0],
    "n": [1, 3],
    "stop": ["END", ["a"], ["a", "b", "c", "d"]],
    "max_tokens": [1],
    "max_completion_tokens": [300],
    "presence_penalty": [-2, 2],
    "frequency_penalty": [-2.0, 1.5],
    "logit_bias": [{"50256": -100, "7": 100}],
    "logprobs": [True, False],
    "top_logprobs": [0, 20],
    "user": ["student-7"],
    "response_format": [
        "text",
        "json_object",
        {"type": "json_schema", "json_schema": {"name": "row", "schema": {"type": "object"}, "strict": True}},
    ],
    "seed": [7, -7],
    "tools": [[TOOL]],
    "tool_choice": ["none", "auto", "required", "get_peak"],
    "parallel_tool_calls": [True, False],
    "stream_options": [{"include_usage": True}],
}

IN_EVERY_DETAIL = tuple(ImagePart(IMAGE, detail) for detail in DETAILS)
NEEDS = {"top_logprobs": {"logprobs": True}, "tool_choice": {"tools": [TOOL]}, "parallel_tool_calls": {"tools": [TOOL]}}


def judged(url: str, made: ChatRequest) -> list[str]:
    """Send a request and return the verdicts; what the invented answers say is of no interest."""
    transport = Judged()
    try:
        with Held(Endpoint(url, transport=transport), made) as events:
            list(events)
    except vm.BrokenReply:
        pass  # its examples are made at random, also without a finish reason
    return transport.verdicts


def test_there_is_a_request_for_every_field() -> None:
    assert VALUES.keys() == FIELDS.keys()


@pytest.mark.parametrize(
    ("stream", "name", "value"),
    [
        pytest.param(stream, name, value, id=f"{'stream' if stream else 'whole'} {name}={value}")
        for stream in (True, False)
        for name in VALUES
        for value in VALUES[name]
        if stream or name != "stream_options"  # which only goes with a stream
    ],
)
def test_a_request_with_this_field_is_as_openai_wants_it(url: str, stream: bool, name: str, value: Any) -> None:
    made = ChatRequest(
        model="m", messages=(user_message("Hi", IMAGE),), stream=stream, **{name: value}, **NEEDS.get(name, {})
    )
    assert judged(url, made) == ["0"]


@pytest.mark.parametrize(
    "messages",
    [
        pytest.param([user_message("Hi")], id="text only"),
        pytest.param([user_message("Before:", IMAGE, "After:", IMAGE, "What changed?")], id="pictures in between"),
        pytest.param(
            [
                Message(
                    role="user",
                    # "original" is newer than the schema by which the server judges.
                    content=(TextPart("Hi"), *(ImagePart(IMAGE, level) for level in DETAILS if level != "original")),
                )
            ],
            id="every detail",
        ),
        pytest.param([Message(role="system", content="Be brief."), user_message("Hi", IMAGE)], id="system"),
        pytest.param([Message(role="developer", content="Be brief."), user_message("Hi")], id="developer"),
        pytest.param(
            [
                user_message("Hi", IMAGE),
                Message(role="assistant", tool_calls=(ToolCall(id="c1", name="get_peak", arguments="{}"),)),
                Message(role="tool", content="3", tool_call_id="c1"),
                user_message("And?"),
            ],
            id="tool call and result",
        ),
    ],
)
def test_a_conversation_is_as_openai_wants_it(url: str, messages: list[Message]) -> None:
    assert judged(url, ChatRequest(model="m", messages=tuple(messages), tools=[TOOL])) == ["0"]


def test_the_judge_can_say_no(url: str) -> None:
    """What we refuse to send, the judge refuses too."""
    with httpx.Client(trust_env=False) as client:
        body = {"model": "m", "messages": [{"role": "user", "content": "Hi"}], "temperature": 3}
        response = client.post(f"{url}/chat/completions", json=body)
    assert response.headers["x-steady-error-count"] != "0"
