"""What must come back comes back: to the same server and model, in rounds, conversations, files and recordings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

import vision_magic as vm
from tests.servers import chunk
from tests.session.scripted import Scripted, says

SIGNATURE = {"google": {"thought_signature": "EjQKMgEMOdbHJChLX75QUCJjyYlm" * 40 + "=="}}  # as long as real ones


@vm.tool(safe=True)
def weather(city: str) -> str:
    """Return the weather."""
    return "sunny"


def gemini_calls() -> bytes:
    """Return a call as Gemini streams it: whole, without an index, signed, and ended by ``stop``."""
    function = {"arguments": '{"city":"Hangzhou"}', "name": "weather"}
    call = {"extra_content": SIGNATURE, "function": function, "id": "jm4owj31", "type": "function"}
    return chunk(delta={"role": "assistant", "tool_calls": [call]}) + chunk(finish_reason="stop") + b"data: [DONE]\n\n"


def deepseek_calls() -> bytes:
    function = {"name": "weather", "arguments": '{"city":"Hangzhou"}'}
    call = {"index": 0, "id": "call_0", "type": "function", "function": function}
    pieces = [{"reasoning_content": "I need "}, {"reasoning_content": "the weather."}, {"tool_calls": [call]}]
    return b"".join(chunk(delta=piece) for piece in pieces) + chunk(finish_reason="tool_calls") + b"data: [DONE]\n\n"


def wants_signatures(body: dict[str, Any]) -> httpx.Response | None:
    """Refuse, as Gemini does, what comes back without its signature."""
    for message in body["messages"]:
        for call in message.get("tool_calls", ()):
            if call.get("extra_content") != SIGNATURE:
                words = "Function call is missing a thought_signature in functionCall parts."
                return httpx.Response(400, json=[{"error": {"code": 400, "message": words}}])
    return None


def wants_reasoning(body: dict[str, Any]) -> httpx.Response | None:
    for message in body["messages"]:
        if message["role"] == "assistant" and message.get("tool_calls") and not message.get("reasoning_content"):
            words = "The `reasoning_content` in the thinking mode must be passed back to the API."
            return httpx.Response(400, json={"error": {"message": words, "code": "invalid_request_error"}})
    return None


@pytest.mark.parametrize(("first", "refuses"), [(gemini_calls, wants_signatures), (deepseek_calls, wants_reasoning)])
def test_a_server_that_insists_gets_its_fields_back(first: Any, refuses: Any, tmp_path: Path) -> None:
    bodies: list[dict[str, Any]] = []

    def serve(request: httpx.Request) -> httpx.Response:
        bodies.append(json.loads(request.content))
        answer = first() if len(bodies) == 1 else says("Sunny.")
        return refuses(bodies[-1]) or httpx.Response(200, content=answer)

    options = {"base_url": "http://127.0.0.1:9/v1", "model": "m", "tools": [weather]}
    transport = httpx.MockTransport(serve)
    chat = vm.Conversation(transport=transport, **options)
    assert chat.ask("How is the weather in Hangzhou?").text == "Sunny."
    assert chat.ask("And tomorrow?").text == "Sunny."
    loaded = vm.Conversation.load(chat.save(tmp_path / "talk.json"))
    assert loaded.ask("And then?", transport=transport, **options).text == "Sunny."
    assert len(bodies) == 4

    for other in ({"model": "m-2"}, {"base_url": "http://127.0.0.1:8/v1"}):
        with pytest.raises(vm.ServerError, match="ask in a new conversation"):  # it got none of the fields
            loaded.fork().ask("And then?", transport=transport, **{**options, **other})


def test_a_file_of_a_conversation_holds_no_key_in_them(tmp_path: Path) -> None:
    secret = "sk-" + "a1b2" * 12
    server = Scripted(chunk(delta={"reasoning_content": f"The key is {secret}."}) + says("No."))
    chat = vm.Conversation(**server.options)
    chat.ask("What?")
    path = chat.save(tmp_path / "talk.json")
    assert secret not in path.read_text(encoding="utf-8")
    assert vm.Conversation.load(path).turns[0].messages[-1].provider_fields is None


@pytest.mark.parametrize(
    ("delta", "words"),
    [
        pytest.param(
            {"reasoning_content": "Let me see."},
            "'messages.1' : for 'role:assistant' the following must be satisfied[('messages.1' : property "
            "'reasoning_content' is unsupported)]",
            id="Groq",
        ),
        pytest.param(
            {"reasoning": "Let me see."},
            "messages[1].reasoning: reasoning is not supported with this model",
            id="Groq, another model",
        ),
    ],
)
def test_a_server_that_refuses_its_own_field_is_asked_without_it(delta: dict[str, Any], words: str) -> None:
    bodies: list[dict[str, Any]] = []

    def serve(request: httpx.Request) -> httpx.Response:
        bodies.append(json.loads(request.content))
        if any(name in message for message in bodies[-1]["messages"] for name in delta):
            return httpx.Response(400, json={"error": {"message": words}})
        return httpx.Response(200, content=chunk(delta=delta) + says("Yes."))

    session = vm.Session(base_url="http://127.0.0.1:9/v1", model="m", transport=httpx.MockTransport(serve))
    chat = vm.Conversation(session=session)
    assert [chat.ask(question).text for question in ("A?", "B?", "C?")] == ["Yes."] * 3
    assert len(bodies) == 4


def test_an_interrupted_answer_is_not_signed() -> None:
    server = Scripted(chunk(delta={"reasoning_content": "Let me"}) + chunk("Ye"), says("Yes."))
    chat = vm.Conversation(**server.options)
    with pytest.raises(vm.TruncatedReply):
        chat.ask("What?")
    chat.ask("And?")
    assert "reasoning_content" not in server.messages()[1]


def test_a_recording_does_not_know_them(tmp_path: Path) -> None:
    """It was made when they did not come back, or by another server: the question is the same."""
    server = Scripted(gemini_calls(), says("Sunny."), says("Rain."))
    options = {**server.options, "tools": [weather]}
    for mode in ("record", "replay"):
        with vm.recording(tmp_path / "talk.jsonl", mode):
            chat = vm.Conversation(**options)
            assert [chat.ask("How?").text, chat.ask("And tomorrow?").text] == ["Sunny.", "Rain."]
    assert "thought_signature" not in json.dumps([message.to_wire() for message in chat.turns[0].messages])
    requests = [json.loads(line)["request"] for line in (tmp_path / "talk.jsonl").read_text("utf-8").splitlines()]
    assert "thought_signature" not in json.dumps(requests)
    assert len(server.bodies) == 3
    assert chat.ask("And then?").text == "Rain."  # asked for real, after the replayed turns
    assert server.messages()[1]["tool_calls"][0]["extra_content"] == SIGNATURE
