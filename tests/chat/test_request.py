"""Requests: every field as sent, error messages for bad values, and validation against the official schema."""

from __future__ import annotations

import dataclasses
import json
import math
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given, strategies as st

import vision_magic as vm
from vision_magic.chat.messages import ImagePart, Message, TextPart, ToolCall, user_message
from vision_magic.chat.request import FIELDS, ChatRequest, check_field
from vision_magic.errors import RequestError
from vision_magic.images.image import Image

HELLO = user_message("Hello")
IMAGE = Image(data=b"\x89PNG of sorts", media_type="image/png", width=4, height=3)
TOOL = {"type": "function", "function": {"name": "look", "parameters": {"type": "object", "properties": {}}}}
SHAPE = {"type": "json_schema", "json_schema": {"name": "peak", "schema": {"type": "object"}, "strict": True}}

# What a field cannot be sent without.
COMPANIONS: dict[str, dict[str, Any]] = {
    "top_logprobs": {"logprobs": True},
    "tool_choice": {"tools": [TOOL]},
    "parallel_tool_calls": {"tools": [TOOL]},
}


class Mark(str, Enum):  # noqa: UP042  # the older kind, whose str() is not its value
    END = "END"


def request(**fields: Any) -> ChatRequest:
    return ChatRequest(**{"model": "model-1", "messages": (HELLO,), **fields})


GOOD = [
    pytest.param("temperature", 0, 0, id="temperature lowest"),
    pytest.param("temperature", 0.7, 0.7, id="temperature"),
    pytest.param("temperature", 2, 2, id="temperature highest"),
    pytest.param("temperature", np.float64(0.5), 0.5, id="temperature numpy float64"),
    pytest.param("temperature", np.float32(0.25), 0.25, id="temperature numpy float32"),
    pytest.param("temperature", np.int64(1), 1, id="temperature numpy integer"),
    pytest.param("top_p", 0, 0, id="top_p lowest"),
    pytest.param("top_p", 1.0, 1.0, id="top_p highest"),
    pytest.param("n", 1, 1, id="n lowest"),
    pytest.param("n", 128, 128, id="n highest"),
    pytest.param("n", np.uint8(3), 3, id="n numpy"),
    pytest.param("stop", "\n", "\n", id="stop one"),
    pytest.param("stop", ["a", "b", "c", "d"], ["a", "b", "c", "d"], id="stop four"),
    pytest.param("stop", ("a", "b"), ["a", "b"], id="stop tuple"),
    pytest.param("stop", np.str_("END"), "END", id="stop numpy text"),
    pytest.param("stop", [Mark.END], ["END"], id="stop enumeration"),
    pytest.param("max_tokens", 1, 1, id="max_tokens lowest"),
    pytest.param("max_tokens", np.int32(4096), 4096, id="max_tokens numpy"),
    pytest.param("max_completion_tokens", 100_000, 100_000, id="max_completion_tokens"),
    pytest.param("presence_penalty", -2, -2, id="presence_penalty lowest"),
    pytest.param("presence_penalty", 2.0, 2.0, id="presence_penalty highest"),
    pytest.param("frequency_penalty", -0.5, -0.5, id="frequency_penalty"),
    pytest.param("logit_bias", {"50256": -100}, {"50256": -100}, id="logit_bias lowest"),
    pytest.param("logit_bias", {50256: 100, np.int64(7): 1.5}, {"50256": 100, "7": 1.5}, id="logit_bias numbers"),
    pytest.param("logprobs", True, True, id="logprobs on"),
    pytest.param("logprobs", False, False, id="logprobs off is sent too"),
    pytest.param("top_logprobs", 0, 0, id="top_logprobs lowest is sent too"),
    pytest.param("top_logprobs", 20, 20, id="top_logprobs highest"),
    pytest.param("user", "u-17", "u-17", id="user"),
    pytest.param("response_format", "text", {"type": "text"}, id="response_format text"),
    pytest.param("response_format", "json_object", {"type": "json_object"}, id="response_format json_object"),
    pytest.param("response_format", {"type": "json_object"}, {"type": "json_object"}, id="response_format mapping"),
    pytest.param("response_format", SHAPE, SHAPE, id="response_format json_schema"),
    pytest.param("seed", 0, 0, id="seed zero is sent too"),
    pytest.param("seed", -5, -5, id="seed negative"),
    pytest.param("seed", np.int64(42), 42, id="seed numpy"),
    pytest.param("tools", [TOOL], [TOOL], id="tools"),
    pytest.param("tools", TOOL, [TOOL], id="tools one"),
    pytest.param("tools", (TOOL, TOOL), [TOOL, TOOL], id="tools tuple"),
    pytest.param("tool_choice", "none", "none", id="tool_choice none"),
    pytest.param("tool_choice", "auto", "auto", id="tool_choice auto"),
    pytest.param("tool_choice", "required", "required", id="tool_choice required"),
    pytest.param("tool_choice", "look", {"type": "function", "function": {"name": "look"}}, id="tool_choice by name"),
    pytest.param(
        "tool_choice",
        {"type": "function", "function": {"name": "look"}},
        {"type": "function", "function": {"name": "look"}},
        id="tool_choice mapping",
    ),
    pytest.param("parallel_tool_calls", False, False, id="parallel_tool_calls off"),
    pytest.param("stream_options", {"include_usage": True}, {"include_usage": True}, id="stream_options"),
    pytest.param("stream_options", {"include_usage": False, "x": 1}, {"include_usage": False, "x": 1}, id="more"),
]


@pytest.mark.parametrize(("name", "value", "sent"), GOOD)
def test_a_field_is_sent_as_it_was_given(name: str, value: object, sent: object) -> None:
    wire = request(**COMPANIONS.get(name, {}), **{name: value}).to_wire()
    assert wire[name] == sent
    assert type(wire[name]) is type(sent)
    assert json.loads(json.dumps(wire)) == wire  # numpy scalars, enumerations and tuples are gone


def test_every_field_has_a_good_and_a_bad_value_in_these_tables() -> None:
    assert {case.values[0] for case in GOOD} == set(FIELDS)
    assert {case.values[0] for case in BAD} == set(FIELDS)


def test_every_field_of_the_table_is_an_argument_that_may_be_left_out() -> None:
    defaults = {field.name: field.default for field in dataclasses.fields(ChatRequest)}
    assert {name: defaults[name] for name in FIELDS} == dict.fromkeys(FIELDS)


def test_nothing_that_was_not_set_is_sent() -> None:
    assert request(stream=False).to_wire() == {
        "model": "model-1",
        "messages": [{"role": "user", "content": [{"type": "text", "text": "Hello"}]}],
        "stream": False,
    }


def test_a_stream_is_asked_to_count_its_tokens_unless_its_options_are_set() -> None:
    assert request().to_wire()["stream_options"] == {"include_usage": True}
    assert request(stream_options={"x": 1}).to_wire()["stream_options"] == {"x": 1}


def test_none_is_the_same_as_not_set() -> None:
    assert request(**dict.fromkeys(FIELDS)).to_wire() == request().to_wire()


@pytest.mark.parametrize("stream", [True, False])
def test_stream_is_always_said(stream: bool) -> None:
    assert request(stream=stream).to_wire()["stream"] is stream


NUMBERS = [
    pytest.param(name, bad, id=f"{name} {kind}")
    for name, low, high in [
        ("temperature", 0, 2),
        ("top_p", 0, 1),
        ("presence_penalty", -2, 2),
        ("frequency_penalty", -2, 2),
    ]
    for kind, bad in [
        ("too low", low - 0.01),
        ("too high", high + 0.01),
        ("far too high", 10**400),
        ("nan", math.nan),
        ("numpy nan", np.float64("nan")),
        ("infinite", math.inf),
        ("bool", True),
        ("numpy bool", np.bool_(True)),
        ("text", "0.5"),
        ("list", [0.5]),
        ("array", np.array([0.5, 0.5])),
        ("complex", 1j),
        ("decimal", Decimal("0.5")),
    ]
]

WHOLE = [
    pytest.param(name, bad, id=f"{name} {kind}")
    for name in ("n", "max_tokens", "max_completion_tokens", "top_logprobs", "seed")
    for kind, bad in [
        ("fraction", 1.5),
        ("float", 1.0),
        ("nan", math.nan),
        ("bool", True),
        ("numpy bool", np.bool_(True)),
        ("text", "1"),
        ("list", [1]),
    ]
]

LIMITS = [
    pytest.param("n", 0, id="n too low"),
    pytest.param("n", 129, id="n too high"),
    pytest.param("max_tokens", 0, id="max_tokens too low"),
    pytest.param("max_completion_tokens", -1, id="max_completion_tokens too low"),
    pytest.param("top_logprobs", -1, id="top_logprobs too low"),
    pytest.param("top_logprobs", 21, id="top_logprobs too high"),
]

FLAGS = [
    pytest.param(name, bad, id=f"{name} {kind}")
    for name in ("logprobs", "parallel_tool_calls")
    for kind, bad in [("one", 1), ("zero", 0), ("text", "true"), ("nan", math.nan), ("list", [])]
]

OTHERS = [
    pytest.param("stop", "", id="stop empty"),
    pytest.param("stop", [], id="stop none"),
    pytest.param("stop", ["a"] * 5, id="stop five"),
    pytest.param("stop", ["a", ""], id="stop one empty"),
    pytest.param("stop", ["a", 1], id="stop number in list"),
    pytest.param("stop", b"a", id="stop bytes"),
    pytest.param("stop", {"a": 1}, id="stop mapping"),
    pytest.param("stop", 5, id="stop number"),
    pytest.param("user", "", id="user empty"),
    pytest.param("user", 17, id="user number"),
    pytest.param("user", b"u", id="user bytes"),
    pytest.param("logit_bias", {}, id="logit_bias empty"),
    pytest.param("logit_bias", {"5": 100.5}, id="logit_bias too high"),
    pytest.param("logit_bias", {"5": -101}, id="logit_bias too low"),
    pytest.param("logit_bias", {"5": math.nan}, id="logit_bias nan"),
    pytest.param("logit_bias", {"5": True}, id="logit_bias bool"),
    pytest.param("logit_bias", {"5": "1"}, id="logit_bias text"),
    pytest.param("logit_bias", {"hello": 1}, id="logit_bias word"),
    pytest.param("logit_bias", {1.5: 1}, id="logit_bias fraction of a token"),
    pytest.param("logit_bias", {True: 1}, id="logit_bias bool as token"),
    pytest.param("logit_bias", [5], id="logit_bias list"),
    pytest.param("response_format", "json", id="response_format unknown"),
    pytest.param("response_format", "json_schema", id="response_format schema without one"),
    pytest.param("response_format", {}, id="response_format empty"),
    pytest.param("response_format", {"type": "json_schema"}, id="response_format no schema"),
    pytest.param("response_format", {"type": "json_schema", "json_schema": {}}, id="response_format no name"),
    pytest.param("response_format", {"type": "json_schema", "json_schema": {"name": None}}, id="response_format null"),
    pytest.param("response_format", {"type": "json_schema", "json_schema": {"name": "a b"}}, id="response_format name"),
    pytest.param("response_format", {"type": "json_object", "x": math.nan}, id="response_format nan"),
    pytest.param("response_format", {"type": "json_object", "x": object()}, id="response_format no JSON"),
    pytest.param("response_format", 1, id="response_format number"),
    pytest.param("tools", [], id="tools none"),
    pytest.param("tools", "look", id="tools name"),
    pytest.param("tools", [{}], id="tools empty"),
    pytest.param("tools", ["look"], id="tools names"),
    pytest.param("tools", [{"type": "function"}], id="tools no function"),
    pytest.param("tools", [{"type": "function", "function": None}], id="tools null function"),
    pytest.param("tools", [{"type": "function", "function": {"name": None}}], id="tools null name"),
    pytest.param("tools", [{"type": "function", "function": {"name": 5}}], id="tools number as name"),
    pytest.param("tools", [{"type": "function", "function": {"name": "a b"}}], id="tools bad name"),
    pytest.param("tools", [{"type": "function", "function": {"name": "a" * 65}}], id="tools long name"),
    pytest.param("tools", [{**TOOL, "x": math.nan}], id="tools nan"),
    pytest.param("tool_choice", "", id="tool_choice empty"),
    pytest.param("tool_choice", "two words", id="tool_choice bad name"),
    pytest.param("tool_choice", {}, id="tool_choice empty mapping"),
    pytest.param("tool_choice", {"type": "function", "function": {}}, id="tool_choice nameless"),
    pytest.param("tool_choice", True, id="tool_choice bool"),
    pytest.param("tool_choice", ["look"], id="tool_choice list"),
    pytest.param("stream_options", "include_usage", id="stream_options text"),
    pytest.param("stream_options", {"include_usage": 1}, id="stream_options number"),
    pytest.param("stream_options", {"include_usage": None}, id="stream_options null"),
    pytest.param("stream_options", True, id="stream_options bool"),
]

BAD = [*NUMBERS, *WHOLE, *LIMITS, *FLAGS, *OTHERS]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_value_is_refused_in_words(name: str, value: object) -> None:
    with pytest.raises(RequestError) as refusal:
        request(**{**COMPANIONS.get(name, {}), name: value})
    message = str(refusal.value)
    assert message.startswith(f"{name} got ")
    arrived = repr(list(value)) if isinstance(value, list | tuple) else repr(value)
    assert arrived[:60] in message
    assert message.endswith(f"; expected {FIELDS[name].expected}.")
    assert len(message) < 300


def test_a_huge_bad_value_is_cut_in_the_message() -> None:
    with pytest.raises(RequestError) as refusal:
        request(user=b"x" * 1_000_000)
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param("temperature", "a number from 0 to 2", id="number"),
        pytest.param("n", "an integer from 1 to 128", id="integer"),
        pytest.param("max_tokens", "an integer of 1 or more", id="of one or more"),
        pytest.param("seed", "an integer", id="any integer"),
        pytest.param("stop", "a string, or a list of 1 to 4 strings", id="strings"),
        pytest.param("logit_bias", "a mapping of token ids to numbers from -100 to 100", id="bias"),
        pytest.param("tool_choice", "none, auto, required, or the name of one function", id="choice"),
    ],
)
def test_what_is_accepted_is_said_as_the_documentation_says_it(name: str, words: str) -> None:
    assert FIELDS[name].expected == words


def test_an_unknown_field_is_refused_with_the_one_that_was_meant() -> None:
    with pytest.raises(RequestError, match=r"^Unknown request field 'temperatur'.*did you mean 'temperature'\?"):
        check_field("temperatur", 1)


@pytest.mark.parametrize("model", ["", "  ", None, 5, b"model"])
def test_a_model_is_needed(model: Any) -> None:
    with pytest.raises(RequestError, match=r"^model got .*; expected the id of a model"):
        request(model=model)


@pytest.mark.parametrize("stream", [1, 0, None, "true"])
def test_stream_is_true_or_false(stream: Any) -> None:
    with pytest.raises(RequestError, match=r"^stream got .*; expected True or False"):
        request(stream=stream)


@pytest.mark.parametrize(
    "messages",
    [
        pytest.param((), id="none"),
        pytest.param(None, id="null"),
        pytest.param("Hello", id="text"),
        pytest.param(HELLO, id="one, not in a list"),
        pytest.param([{"role": "user", "content": "Hello"}], id="mappings"),
        pytest.param((HELLO, None), id="a message and nothing"),
    ],
)
def test_messages_are_needed(messages: Any) -> None:
    with pytest.raises(RequestError, match=r"^messages got .*; expected .*at least one Message"):
        request(messages=messages)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({"top_logprobs": 3}, "top_logprobs got 3, but logprobs is not set", id="top_logprobs alone"),
        pytest.param({"top_logprobs": 3, "logprobs": False}, "logprobs is not set", id="top_logprobs, logprobs off"),
        pytest.param({"top_logprobs": 0}, "logprobs is not set", id="top_logprobs zero alone"),
        pytest.param({"stream_options": {"include_usage": True}, "stream": False}, "stream is False", id="no stream"),
        pytest.param({"tool_choice": "auto"}, "tools is not", id="tool_choice alone"),
        pytest.param({"parallel_tool_calls": True}, "tools is not", id="parallel_tool_calls alone"),
        pytest.param({"parallel_tool_calls": False}, "tools is not", id="parallel_tool_calls off, alone"),
    ],
)
def test_fields_that_need_another_are_refused_without_it(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(RequestError, match=words):
        request(**fields)


def test_anything_else_passes_through_as_it_is() -> None:
    extra = {"reasoning_effort": "low", "metadata": {"a": [1, None, True, "ä"]}, "top_k": 0}
    wire = request(extra=extra).to_wire()
    assert {name: wire[name] for name in extra} == extra


@pytest.mark.parametrize("name", [*FIELDS, "model", "messages", "stream"])
def test_extra_refuses_the_fields_that_have_a_place_of_their_own(name: str) -> None:
    with pytest.raises(RequestError, match=f"^extra got '{name}', which is a regular field; pass {name}=… instead"):
        request(extra={name: 1})


@pytest.mark.parametrize(
    "extra",
    [
        pytest.param({"top_k": math.nan}, id="nan"),
        pytest.param({"top_k": math.inf}, id="infinite"),
        pytest.param({"top_k": object()}, id="object"),
        pytest.param({"top_k": b"x"}, id="bytes"),
        pytest.param({"top_k": {1, 2}}, id="set"),
        pytest.param({"picture": np.zeros(3)}, id="array"),
        pytest.param({("a", "b"): 1}, id="tuple as name"),
        pytest.param([("top_k", 1)], id="pairs"),
        pytest.param("top_k", id="text"),
        pytest.param(None, id="null"),
        pytest.param(5, id="number"),
    ],
)
def test_extra_refuses_what_is_no_json(extra: Any) -> None:
    with pytest.raises(RequestError, match=r"^extra got .*; expected .*JSON values"):
        request(extra=extra)


def test_a_request_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        request().temperature = 1  # type: ignore[misc]
    with pytest.raises((AttributeError, TypeError)):
        request().temprature = 1  # type: ignore[attr-defined]


def test_a_copy_with_other_values_is_checked_too() -> None:
    assert dataclasses.replace(request(temperature=1, extra={"top_k": 1}), n=2).to_wire()["n"] == 2
    with pytest.raises(RequestError, match="temperature got 9"):
        dataclasses.replace(request(), temperature=9)


def test_changing_what_was_given_does_not_change_the_request() -> None:
    stop, bias, tool, extra = ["a"], {"1": 1}, json.loads(json.dumps(TOOL)), {"a": {"b": [1]}}
    made = request(stop=stop, logit_bias=bias, tools=[tool], extra=extra)
    before = json.dumps(made.to_wire())
    stop.append("b")
    bias["2"] = 2
    tool["function"]["name"] = "other"
    extra["a"]["b"].append(2)
    assert json.dumps(made.to_wire()) == before


def test_changing_what_is_sent_does_not_change_the_request() -> None:
    """A server's habits are applied to the body; the next try starts from the request again."""
    made = request(stop=["a"], tools=[TOOL], extra={"a": {"b": [1]}})
    before = json.dumps(made.to_wire())
    wire = made.to_wire()
    wire["stop"].append("b")
    wire["tools"][0]["function"]["name"] = "other"
    wire["a"]["b"].append(2)
    assert json.dumps(made.to_wire()) == before


def test_the_repr_holds_no_message_and_no_picture() -> None:
    words = repr(request(messages=(user_message("secret plan", IMAGE),)))
    assert "secret plan" not in words
    assert "base64" not in words


def test_the_picture_is_replaced_where_the_caller_says_so() -> None:
    wire = request(messages=(user_message("Look", IMAGE),)).to_wire(lambda image: f"<{image.width}×{image.height}>")
    assert wire["messages"][0]["content"][1] == {"type": "image_url", "image_url": {"url": "<4×3>"}}


SCHEMA = json.loads((Path(__file__).parents[1] / "data" / "chat-request.schema.json").read_text(encoding="utf-8"))
OFFICIAL = jsonschema.Draft202012Validator(SCHEMA)

names = st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True)
filled = st.text(min_size=1, max_size=8)
parts = st.lists(
    filled.map(TextPart) | st.builds(ImagePart, st.just(IMAGE), st.sampled_from([None, "auto", "low", "high"])),
    min_size=1,
    max_size=4,
).map(tuple)
calls = st.builds(ToolCall, id=filled, name=names, arguments=st.sampled_from(["", "{}", '{"x": 1}']))
messages = (
    st.builds(Message, role=st.just("user"), content=filled | parts)
    | st.builds(Message, role=st.sampled_from(["system", "developer"]), content=filled)
    | st.builds(
        Message,
        role=st.just("assistant"),
        content=st.text(max_size=8),
        tool_calls=st.lists(calls, max_size=2).map(tuple),
    )
    | st.builds(Message, role=st.just("tool"), content=filled, tool_call_id=filled)
)
tools = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.just("function"),
            "function": st.fixed_dictionaries(
                {"name": names}, optional={"description": filled, "strict": st.booleans()}
            ),
        }
    ),
    min_size=1,
    max_size=2,
)


def between(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high) | st.integers(math.ceil(low), math.floor(high)) | st.floats(low, high).map(np.float64)


requests = st.fixed_dictionaries(
    {"model": filled.filter(str.strip), "messages": st.lists(messages, min_size=1, max_size=4)},
    optional={
        "temperature": between(0, 2),
        "top_p": between(0, 1),
        "n": st.integers(1, 128),
        "stop": filled | st.lists(filled, min_size=1, max_size=4),
        "max_tokens": st.integers(min_value=1),
        "max_completion_tokens": st.integers(min_value=1),
        "presence_penalty": between(-2, 2),
        "frequency_penalty": between(-2, 2),
        "logit_bias": st.dictionaries(st.integers(0, 200_000), st.integers(-100, 100), min_size=1, max_size=3),
        "logprobs": st.just(True),
        "user": filled,
        "response_format": st.sampled_from(["text", "json_object", SHAPE]),
        "seed": st.integers(-(2**63) + 1, 2**63 - 1),
        "stream_options": st.fixed_dictionaries({"include_usage": st.booleans()}),
        "extra": st.fixed_dictionaries({}, optional={"reasoning_effort": st.just("low"), "top_k": st.integers()}),
    },
)


@given(
    requests,
    st.none() | tools,
    st.sampled_from([None, "none", "auto", "required", "look"]),
    st.none() | st.integers(0, 20),
)
def test_every_request_that_can_be_made_is_valid_by_the_official_schema(
    fields: dict[str, Any], tools: list[dict[str, Any]] | None, choice: str | None, top_logprobs: int | None
) -> None:
    if tools:
        fields |= {"tools": tools, "tool_choice": choice, "parallel_tool_calls": choice == "auto"}
    if fields.get("logprobs"):
        fields["top_logprobs"] = top_logprobs
    OFFICIAL.validate(ChatRequest(**fields).to_wire())


@pytest.mark.parametrize(
    "wire",
    [
        pytest.param({"model": "m", "messages": []}, id="no message"),
        pytest.param({"model": "m", "messages": [{"role": "user", "content": "a"}], "temperature": 3}, id="hot"),
        pytest.param({"model": "m", "messages": [{"role": "user", "content": [{"type": "image"}]}]}, id="odd part"),
    ],
)
def test_the_official_schema_can_say_no(wire: dict[str, Any]) -> None:
    assert not OFFICIAL.is_valid(wire)


def nested(levels: int) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for _ in range(levels):
        made = {"a": made}
    return made


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("extra", nested(50_000), id="extra"),
        pytest.param("response_format", {"type": "json_object", "a": nested(50_000)}, id="response_format"),
        pytest.param("tools", [{"type": "function", "function": {"name": "f", "p": nested(50_000)}}], id="tools"),
        pytest.param("stop", nested(50_000), id="where nothing nested belongs"),
    ],
)
def test_what_is_nested_deeper_than_python_can_follow_is_refused(name: str, value: object) -> None:
    with pytest.raises(RequestError, match=f"^{name} got .*nested too deeply"):
        request(**{name: value})


def test_the_official_schema_refuses_a_message_of_no_parts() -> None:
    empty = {"role": "assistant", "content": []}
    assert not OFFICIAL.is_valid({"model": "m", "messages": [empty]})
    OFFICIAL.validate(request(messages=(HELLO, Message(role="assistant", content=()))).to_wire())


@pytest.mark.parametrize(
    "tool",
    [
        pytest.param({"type": "function", "function": None}, id="E7 no function"),
        {"type": "function"},
        {"type": "function", "function": "look"},
        {"type": "function", "function": []},
        {"type": "function", "function": {}},
        {"type": "function", "function": {"name": None}},
        {"type": "function", "function": {"name": ["look"]}},
        {"type": "function", "function": {"name": "look at"}},
        {"type": "function", "function": {"name": "look", "parameters": 5}},
        {"type": "function", "function": {"name": "look", "parameters": ["x"]}},
        {"type": "function", "function": {"name": "look", "description": 5}},
        {"type": "function", "function": {"name": "look", "strict": "yes"}},
        {"type": None, "function": {"name": "look"}},
        {"function": {"name": "look"}},
        {"type": "function", "function": {"name": "look", "parameters": {"x": float("nan")}}},
        {},
    ],
)
def test_e7_a_malformed_tool_is_refused_by_every_way_in(tool: Any) -> None:
    for tools in (tool, [tool], (tool,)):
        with pytest.raises(RequestError, match="tools got"):
            vm.ask("hi", tools=tools, profile="embedded")
    with pytest.raises(RequestError, match="tools got"):
        check_field("tools", [tool])


@pytest.mark.parametrize("tools", [[], (), set(), "look", 5, [None], [[]], [int], [5]])
def test_e7_what_is_no_tool_is_refused(tools: Any) -> None:
    with pytest.raises(RequestError, match="tools got"):
        vm.ask("hi", tools=tools, profile="embedded")
