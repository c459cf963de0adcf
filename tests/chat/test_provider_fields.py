"""Fields that a server wants back with the next request: collected, bounded, and for that server and model only."""

from __future__ import annotations

import json
from typing import Any

import pytest

from vision_magic.chat.messages import Message, ToolCall, user_message
from vision_magic.chat.provider_fields import MAX_RETURNED, ProviderFields
from vision_magic.chat.reply import Reply
from vision_magic.chat.reply_builder import ReplyBuilder
from vision_magic.chat.request import ChatRequest

SIGNATURE = {"google": {"thought_signature": "EjQKMgEMOdbHJChLX75QUCJjyYlm"}}
CALL = {"function": {"arguments": "{}", "name": "look"}, "id": "jm4owj31", "type": "function"}
HUGE = "x" * MAX_RETURNED


def fold(*deltas: dict[str, Any], name: str = "delta", server: str = "h") -> ProviderFields | None:
    request = ChatRequest(model="m", messages=(user_message("Hi"),))
    builder = ReplyBuilder(Reply(request=request), server=server)
    for delta in deltas:
        builder.add({"choices": [{name: delta}]})
    builder.end()
    return builder.snapshot().choices[0].provider_fields


def detail(text: str | None = None, kind: str = "text", index: int | None = 0, **more: Any) -> dict[str, Any]:
    piece = {"type": f"reasoning.{kind}", "format": "anthropic-claude-v1", "index": index, **more}
    return {"reasoning_details": [piece if text is None else {**piece, "text": text}]}


@pytest.mark.parametrize(
    ("deltas", "message"),
    [
        pytest.param([{"content": "a"}], None, id="nothing"),
        pytest.param([{"reasoning_content": "Let "}, {"reasoning_content": "me"}, {"content": "a"}],
                     {"reasoning_content": "Let me"}, id="DeepSeek"),
        pytest.param([{"reasoning": "Let "}, {"reasoning": "me"}], {"reasoning": "Let me"}, id="Groq"),
        pytest.param([{"reasoning_content": "Let", "reasoning": "Let"}], {"reasoning_content": "Let"}, id="both"),
        pytest.param([{"content": [{"type": "thinking", "thinking": "Let"}]}], None, id="Mistral's parts"),
        pytest.param(
            [{"reasoning": "A", **detail("A")}, {"reasoning": "B", **detail("B")}, detail(signature="s", index=0)],
            {"reasoning_details": [detail("AB", signature="s")["reasoning_details"][0]]}, id="OpenRouter, Claude",
        ),
        pytest.param(
            [detail(kind="summary", summary="A"), detail(kind="summary", summary="B"),
             detail(kind="encrypted", data="x", id="r1"), detail(kind="encrypted", data="y", id="r2")],
            {"reasoning_details": [
                detail(kind="summary", summary="AB")["reasoning_details"][0],
                detail(kind="encrypted", data="x", id="r1")["reasoning_details"][0],
                detail(kind="encrypted", data="y", id="r2")["reasoning_details"][0],
            ]}, id="OpenRouter, OpenAI",
        ),
        pytest.param(
            [detail("A"), detail("B", index=1)],
            {"reasoning_details": [detail("A")["reasoning_details"][0], detail("B", index=1)["reasoning_details"][0]]},
            id="two blocks",
        ),
        pytest.param([{"content": "a"}, {"extra_content": SIGNATURE}], {"extra_content": SIGNATURE}, id="signed text"),
        pytest.param([{"content": "a", "extra_content": {"google": {"thought": True}}}], None, id="a thought"),
        pytest.param([{"reasoning_content": HUGE + "x"}], None, id="too much reasoning"),
        pytest.param([{"reasoning": "A", **detail(HUGE)}, detail("B")], {"reasoning": "AB"}, id="huge details"),
        pytest.param([{"extra_content": {"thought_signature": HUGE}}], None, id="a huge signature"),
        pytest.param([{"reasoning_details": "x", "extra_content": [], "reasoning": {"a": 1}}], None, id="other types"),
    ],
)  # fmt: skip
def test_fields_of_a_message_are_kept_under_their_own_names(
    deltas: list[dict[str, Any]], message: dict[str, Any] | None
) -> None:
    fields = fold(*deltas)
    assert (dict(fields.message) if fields is not None else None) == message


def test_a_whole_message_is_kept_as_it_is_unless_deltas_brought_it() -> None:
    details = [{"type": "reasoning.text", "text": "A"}, {"type": "reasoning.text", "text": "B"}]
    for deltas in ([{"reasoning_details": details}], [{"reasoning_details": details}] * 2):
        fields = fold(*deltas, name="message")
        assert fields is not None
        assert fields.message == {"reasoning_details": details}


@pytest.mark.parametrize(
    "deltas",
    [
        pytest.param([{"tool_calls": [{**CALL, "extra_content": SIGNATURE}]}], id="with the call"),
        pytest.param([{"tool_calls": [CALL]}, {"tool_calls": [{"extra_content": SIGNATURE}]}], id="on its own"),
        pytest.param(
            [{"tool_calls": [{**CALL, "index": 0}]}, {"tool_calls": [{"index": 0, "extra_content": SIGNATURE}]}],
            id="on its own, with an index",
        ),
    ],
)  # fmt: skip
def test_a_signature_belongs_to_its_call(deltas: list[dict[str, Any]]) -> None:
    fields = fold(*deltas, {"tool_calls": [{**CALL, "id": "2", "index": 1}]})
    assert fields is not None
    assert fields.calls == ({"extra_content": SIGNATURE}, {})
    calls = (ToolCall(id="a", name="look"), ToolCall(id="b", name="look"))
    wire = Message(role="assistant", tool_calls=calls, provider_fields=fields).to_wire(server="h", model="m")
    assert [call.get("extra_content") for call in wire["tool_calls"]] == [SIGNATURE, None]


@pytest.mark.parametrize(("server", "model"), [("other", "m"), ("h", "m-2"), ("", ""), ("h:8000", "m")])
def test_no_other_server_or_model_gets_them(server: str, model: str) -> None:
    fields = fold({"reasoning_content": "Let me"}, {"tool_calls": [{**CALL, "extra_content": SIGNATURE}]})
    message = Message(role="assistant", tool_calls=(ToolCall(id="a", name="look"),), provider_fields=fields)
    assert message.to_wire(server="h", model="m") != message.to_wire()
    assert message.to_wire(server=server, model=model) == message.to_wire()


def test_nothing_is_kept_without_a_server() -> None:
    assert fold({"reasoning_content": "Let me"}, server="") is None


def test_they_change_nothing_else_of_a_message() -> None:
    value: dict[str, Any] = {
        "server": "h",
        "model": "m",
        "calls": [{"id": "z", "extra_content": {"a": 1}}, {"extra_content": {"b": 1}}],
    }
    value["message"] = {"role": "system", "content": "Obey.", "reasoning": "Let me", "tool_calls": []}
    fields = ProviderFields.from_dict(value)
    message = Message(role="assistant", content="Hi", tool_calls=(ToolCall(id="a", name="look"),))
    wire = message.to_wire()
    assert fields is not None
    sent = fields.add_to(wire, "h", "m")
    assert sent.pop("reasoning") == "Let me"
    assert sent["tool_calls"][0].pop("extra_content") == {"a": 1}
    assert sent == wire


def test_they_are_the_same_after_a_file() -> None:
    fields = fold({"reasoning_content": "Let me"}, {"tool_calls": [{**CALL, "extra_content": SIGNATURE}]})
    assert fields is not None
    assert ProviderFields.from_dict(json.loads(json.dumps(fields.to_dict()))) == fields
    assert "Let me" not in repr(fields)


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {"server": "h", "model": "m"},
        {"server": 1, "model": "m", "message": {}},
        {"server": "h", "model": "m", "message": {"reasoning": HUGE}},
        {"server": "h", "model": "m", "message": {"reasoning": float("nan")}},
    ],
    ids=lambda value: f"{value!r:.30}",
)
def test_a_file_may_hold_anything_else(value: object) -> None:
    assert ProviderFields.from_dict(value) is None
