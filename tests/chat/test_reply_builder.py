"""Replies built from the chunks of every kind of server."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from tests.threads import at_once
from vision_magic.chat import reply_builder
from vision_magic.chat.events import ReasoningDelta, RefusalDelta, TextDelta, ToolCallDelta
from vision_magic.chat.messages import ToolCall, user_message
from vision_magic.chat.reply import Choice, Reply
from vision_magic.chat.reply_builder import ReplyBuilder
from vision_magic.chat.request import ChatRequest
from vision_magic.chat.usage import Timing, Usage
from vision_magic.images.image import Image


def chunk(delta: Any = None, *, index: Any = 0, **more: Any) -> dict[str, Any]:
    return {"choices": [{"index": index, "delta": {} if delta is None else delta, **more}]}


def fold(*chunks: dict[str, Any], choices: int = 1) -> Reply:
    builder = ReplyBuilder(choices=choices)
    for piece in chunks:
        builder.add(piece)
    return builder.snapshot()


def call_chunk(arguments: Any = None, *, name: Any = None, **fragment: Any) -> dict[str, Any]:
    function = {key: value for key, value in (("name", name), ("arguments", arguments)) if value is not None}
    return chunk({"tool_calls": [{**fragment, "function": function}]})


# Text


def test_text_is_joined_as_it_came() -> None:
    assert fold(chunk({"role": "assistant"}), chunk({"content": "The peak"}), chunk({"content": " is 3."})).choices == (
        Choice(text="The peak is 3."),
    )


@given(st.text(max_size=60), st.data())
def test_any_split_of_a_text_gives_the_same_text(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    builder = ReplyBuilder()
    events = [event for piece in pieces for event in builder.add(chunk({"content": piece}))]
    assert builder.snapshot().text == text
    assert "".join(event.text for event in events if isinstance(event, TextDelta)) == text
    assert len(events) == sum(bool(piece) for piece in pieces)


@pytest.mark.parametrize(
    ("delta", "text"),
    [
        pytest.param({"content": None}, "", id="null"),
        pytest.param({"content": ""}, "", id="empty"),
        pytest.param({}, "", id="missing"),
        pytest.param({"content": " "}, " ", id="single space"),
        pytest.param({"content": "\n"}, "\n", id="newline"),
        pytest.param({"content": 5}, "", id="number"),
        pytest.param({"content": {"text": "a"}}, "", id="mapping"),
        pytest.param({"role": None, "content": "a"}, "a", id="role null"),
        pytest.param({"role": "", "content": "a"}, "a", id="role empty"),
    ],
)
def test_only_a_text_that_is_not_empty_is_text(delta: dict[str, Any], text: str) -> None:
    builder = ReplyBuilder()
    events = builder.add(chunk(delta))
    assert builder.snapshot().text == text
    assert events == ([TextDelta(text)] if text else [])
    assert builder.started == bool(text)


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"choices": None}, id="choices null"),
        pytest.param({"choices": []}, id="choices empty"),
        pytest.param({"choices": {}}, id="choices mapping"),
        pytest.param({"choices": "a"}, id="choices text"),
        pytest.param({"choices": [None]}, id="choice null"),
        pytest.param({"choices": [{}]}, id="choice empty"),
        pytest.param({"choices": [{"index": 0, "delta": None}]}, id="delta null"),
        pytest.param({"choices": [{"index": 0, "delta": []}]}, id="delta list"),
        pytest.param({"choices": [{"index": 0, "content_filter_results": {}}]}, id="delta missing"),
        pytest.param({"choices": [{"index": None, "delta": {}}]}, id="index null"),
        pytest.param({"choices": [{"delta": {"tool_calls": None}, "logprobs": None}]}, id="lists null"),
        pytest.param(
            {"choices": [{"delta": {"tool_calls": [None, 1]}, "logprobs": {"content": None}}]}, id="odd lists"
        ),
        pytest.param({"id": "chatcmpl-keepalive", "object": "", "model": None, "usage": None}, id="keep-alive"),
        pytest.param({"prompt_filter_results": [{"prompt_index": 0}], "choices": []}, id="Azure's filter"),
    ],
)
def test_a_chunk_without_an_answer_changes_nothing(piece: dict[str, Any]) -> None:
    """Azure, OpenRouter, Foundry Local and others send such chunks first, last and in between."""
    builder = ReplyBuilder()
    assert builder.add(piece) == []
    assert builder.add(chunk({"content": "a"})) == [TextDelta("a")]
    assert builder.add(piece) == []
    assert builder.add(chunk({"content": "b"}, finish_reason="stop")) == [TextDelta("b")]
    assert dataclasses.replace(builder.snapshot(), timing=Timing()) == Reply(
        choices=(Choice(text="ab", finish_reason="stop"),)
    )


# Choices


def test_several_choices_are_kept_apart_by_their_index() -> None:
    reply = fold(
        chunk({"content": "b1"}, index=1),
        chunk({"content": "a1"}, index=0),
        {"choices": [{"index": 1, "delta": {"content": "b2"}}, {"index": 0, "delta": {"content": "a2"}}]},
        chunk({"content": "c"}, index=2, finish_reason="length"),
        chunk(index=0, finish_reason="stop"),
        choices=3,
    )
    assert [(choice.text, choice.finish_reason) for choice in reply.choices] == [
        ("a1a2", "stop"),
        ("b1b2", None),
        ("c", "length"),
    ]
    assert reply.text == "a1a2"


def test_a_choice_that_has_not_begun_keeps_its_place() -> None:
    builder = ReplyBuilder(choices=2)
    second = {"choices": [{"index": 1, "delta": {"content": "B"}}]}
    builder.add(second)
    assert [choice.text for choice in builder.snapshot().choices] == ["", "B"]
    builder.add({"choices": [{"index": 0, "delta": {"content": "A"}}]})
    assert [choice.text for choice in builder.snapshot().choices] == ["A", "B"]
    only = ReplyBuilder(choices=2)
    only.add(second)
    only.add({"choices": [{"index": 1, "delta": {}, "finish_reason": "stop"}]})
    assert [choice.text for choice in only.snapshot().choices] == ["B"], "a server that gives only one gives one"


def test_events_say_which_choice_they_belong_to() -> None:
    builder = ReplyBuilder(choices=2)
    assert builder.add(chunk({"content": "b", "reasoning": "r"}, index=1)) == [
        ReasoningDelta("r", 1),
        TextDelta("b", 1),
    ]


@pytest.mark.parametrize(
    "indices",
    [
        pytest.param([76, 76, 76], id="constant"),
        pytest.param([196, 197, 198], id="growing"),
        pytest.param([None, 0, 1], id="missing at first"),
        pytest.param(["0", 0.0, -1], id="no whole numbers"),
    ],
)
def test_one_choice_stays_one_whatever_its_index(indices: list[Any]) -> None:
    """https://github.com/microsoft/foundry-local/issues/144 numbers the chunks, not the choices."""
    reply = fold(*(chunk({"content": word}, index=index) for word, index in zip("abc", indices, strict=True)))
    assert reply.choices == (Choice(text="abc"),)


def test_one_choice_asked_for_is_the_first_of_each_chunk() -> None:
    both = {"choices": [{"index": 0, "delta": {"content": "a"}}, {"index": 1, "delta": {"content": "x"}}]}
    assert fold(both, both).choices == (Choice(text="aa"),)


def test_several_choices_without_index_are_numbered_by_their_place() -> None:
    whole = {"choices": [{"message": {"content": "a"}}, {"message": {"content": "b"}}]}
    assert [choice.text for choice in fold(whole, choices=2).choices] == ["a", "b"]


def test_a_reply_of_nothing_has_one_empty_choice() -> None:
    reply = fold()
    assert reply.choices == (Choice(),)
    assert (reply.text, reply.reasoning, reply.refusal, reply.tool_calls, reply.finish_reason) == ("", "", "", (), None)


# Finish reason


@pytest.mark.parametrize(
    ("reasons", "last"),
    [
        pytest.param([None, None], None, id="never"),
        pytest.param(["", "stop"], "stop", id="empty before"),
        pytest.param(["null", "stop"], "stop", id="null as text before"),
        pytest.param(["stop", ""], "stop", id="empty after"),
        pytest.param(["stop", "null"], "stop", id="null as text after"),
        pytest.param(["stop", None], "stop", id="null after"),
        pytest.param(["stop", "stop"], "stop", id="repeated"),
        pytest.param(["stop", "length"], "length", id="last real one wins"),
        pytest.param(["null", ""], None, id="only as-if"),
        pytest.param([1, {}], "1", id="C5 a number of an enumeration"),
        pytest.param([0, {}, [], True], None, id="C5 no word in it"),
        pytest.param(["eos_token", None], "eos_token", id="what else a server says"),
    ],
)
def test_the_finish_reason_is_the_last_real_one(reasons: list[Any], last: str | None) -> None:
    builder = ReplyBuilder()
    for reason in reasons:
        builder.add(chunk({"content": "a"}, finish_reason=reason))
    assert builder.snapshot().finish_reason == last
    assert builder.finished == (last is not None)


def test_a_choice_without_finish_reason_is_not_finished() -> None:
    builder = ReplyBuilder()
    builder.add({"choices": [{"index": 0, "delta": {"content": "a"}}]})
    assert not builder.finished


def test_several_choices_are_finished_when_each_of_them_is() -> None:
    builder = ReplyBuilder(choices=2)
    builder.add(chunk({"content": "a"}, index=0))
    builder.add(chunk({"content": "b"}, index=1, finish_reason="stop"))
    assert not builder.finished
    builder.add(chunk(index=0, finish_reason="stop"))
    assert builder.finished


def test_text_after_the_finish_reason_is_kept() -> None:
    assert fold(chunk({"content": "a"}, finish_reason="stop"), chunk({"content": "b"})).text == "ab"


# Reasoning, refusal, lists of parts


@pytest.mark.parametrize(
    "delta",
    [
        pytest.param({"reasoning_content": "hm"}, id="reasoning_content"),
        pytest.param({"reasoning": "hm"}, id="reasoning"),
        pytest.param({"reasoning_content": "hm", "reasoning": "hm"}, id="both the same"),
        pytest.param({"reasoning_content": "hm", "reasoning": "other"}, id="both, the first wins"),
        pytest.param({"reasoning_content": "", "reasoning": "hm"}, id="first empty"),
        pytest.param({"reasoning_content": None, "reasoning": "hm"}, id="first null"),
        pytest.param({"reasoning": {"text": "x"}, "reasoning_content": "hm"}, id="second no text"),
        pytest.param({"content": [{"type": "thinking", "thinking": "hm"}]}, id="part with text"),
        pytest.param(
            {
                "content": [
                    {"type": "thinking", "thinking": [{"type": "text", "text": "h"}, {"type": "text", "text": "m"}]}
                ]
            },
            id="part with parts",
        ),
        pytest.param({"content": [{"type": "thinking", "thinking": "x"}], "reasoning": "hm"}, id="named and part"),
    ],
)
def test_reasoning_is_found_under_every_name_and_never_added_twice(delta: dict[str, Any]) -> None:
    builder = ReplyBuilder()
    assert builder.add(chunk(delta)) == [ReasoningDelta("hm")]
    assert builder.add(chunk({"content": "Yes."})) == [TextDelta("Yes.")]
    assert builder.snapshot().choices == (Choice(text="Yes.", reasoning="hm"),)


@pytest.mark.parametrize(
    ("content", "text", "reasoning"),
    [
        pytest.param([{"type": "text", "text": "a"}, {"type": "text", "text": "b"}], "ab", "", id="texts"),
        pytest.param([{"type": "reference", "reference_ids": [1]}, {"type": "text", "text": "a"}], "a", "", id="ref"),
        pytest.param(
            [{"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]}, {"type": "text", "text": "a"}],
            "a",
            "hm",
            id="thinking and text",
        ),
        pytest.param([], "", "", id="empty"),
        pytest.param([None, 5, {"type": "text"}, {"type": "text", "text": None}], "", "", id="nothing in them"),
        pytest.param([{"type": "thinking", "thinking": None}, {"text": "untyped"}], "untyped", "", id="odd ones"),
    ],
)
def test_a_list_of_parts_is_read_as_mistral_writes_it(content: list[Any], text: str, reasoning: str) -> None:
    assert fold(chunk({"content": content})).choices == (Choice(text=text, reasoning=reasoning),)


def test_a_part_of_an_unknown_kind_ends_nothing() -> None:
    reply = fold(
        chunk({"content": "a"}),
        chunk({"content": [{"type": "reference", "reference_ids": [0]}]}),
        chunk({"content": "b"}),
    )
    assert reply.text == "ab"


def test_a_refusal_is_kept_apart_from_the_text() -> None:
    builder = ReplyBuilder()
    assert builder.add(chunk({"refusal": "I'm sorry, "})) == [RefusalDelta("I'm sorry, ")]
    builder.add(chunk({"refusal": "no.", "content": None}))
    builder.add(chunk({"refusal": None}, finish_reason="stop"))
    reply = builder.snapshot()
    assert (reply.refusal, reply.text) == ("I'm sorry, no.", "")


# Tool calls

ARGUMENTS = '{"x": "a\\"b", "ü": [1]}'
LOOK = ToolCall(id="call_1", name="look", arguments=ARGUMENTS)


@pytest.mark.parametrize("cut", range(len(ARGUMENTS) + 1))
@pytest.mark.parametrize("numbered", [pytest.param({"index": 0}, id="numbered"), pytest.param({}, id="unnumbered")])
def test_arguments_append_at_every_split(cut: int, numbered: dict[str, int]) -> None:
    reply = fold(
        call_chunk("", name="look", id="call_1", type="function", **numbered),
        call_chunk(ARGUMENTS[:cut], **numbered),
        call_chunk(ARGUMENTS[cut:], **numbered),
    )
    assert reply.tool_calls == (LOOK,)


@pytest.mark.parametrize("cut", range(len(ARGUMENTS) + 1))
def test_two_calls_interleaved_are_told_apart_by_index_at_every_split(cut: int) -> None:
    reply = fold(
        call_chunk("", name="look", id="call_1", index=0),
        call_chunk("", name="zoom", id="call_2", index=1),
        call_chunk(ARGUMENTS[:cut], index=0),
        call_chunk(ARGUMENTS[:cut], index=1),
        call_chunk(ARGUMENTS[cut:], index=0),
        call_chunk(ARGUMENTS[cut:], index=1),
    )
    assert reply.tool_calls == (LOOK, ToolCall(id="call_2", name="zoom", arguments=ARGUMENTS))


@pytest.mark.parametrize("cut", range(len(ARGUMENTS) + 1))
@pytest.mark.parametrize("numbered", [pytest.param({"index": 0}, id="all 0"), pytest.param({}, id="unnumbered")])
def test_calls_one_after_the_other_are_told_apart_by_id_at_every_split(cut: int, numbered: dict[str, int]) -> None:
    """A fragment without an id is more of the call that came last, not of the first with its number."""
    reply = fold(
        call_chunk("", name="look", id="call_1", **numbered),
        call_chunk(ARGUMENTS[:cut], **numbered),
        call_chunk(ARGUMENTS[cut:], **numbered),
        call_chunk("", name="look", id="call_2", **numbered),
        call_chunk(ARGUMENTS[:cut], **numbered),
        call_chunk(ARGUMENTS[cut:], **numbered),
    )
    assert reply.tool_calls == (LOOK, dataclasses.replace(LOOK, id="call_2"))


@pytest.mark.parametrize(
    ("fragments", "calls"),
    [
        pytest.param(
            [
                {"index": 0, "id": "a", "function": {"name": "look", "arguments": "{"}},
                {"index": 0, "id": "", "function": {"name": "", "arguments": "}"}},
            ],
            [("a", "look", "{}")],
            id="id and name repeated empty (Mistral)",
        ),
        pytest.param(
            [
                {"index": 0, "id": "a", "function": {"name": "look", "arguments": "{"}},
                {"index": 0, "id": "a", "function": {"name": "look", "arguments": "}"}},
            ],
            [("a", "look", "{}")],
            id="id and name repeated",
        ),
        pytest.param(
            [
                {"index": 0, "id": None, "function": {"name": None, "arguments": "{"}},
                {"index": 0, "id": "a", "function": {"name": "look", "arguments": "}"}},
            ],
            [("a", "look", "{}")],
            id="id and name at the end",
        ),
        pytest.param(
            [
                {"index": 0, "id": "a", "function": {"name": "lo", "arguments": "{"}},
                {"index": 0, "id": "a", "function": {"name": "look", "arguments": "}"}},
            ],
            [("a", "look", "{}")],
            id="last name wins",
        ),
        pytest.param(
            [
                {"index": 0, "function": {"name": "look", "arguments": "{"}},
                {"index": 0, "function": {"arguments": "}"}},
            ],
            [("", "look", "{}")],
            id="no id at all",
        ),
        pytest.param(
            [
                {"index": 0, "id": "a", "function": {"name": "look", "arguments": "{}"}},
                {"index": 0, "id": "b", "function": {"name": "look", "arguments": "{}"}},
                {"index": 0, "id": "c", "function": {"name": "zoom", "arguments": "{}"}},
            ],
            [("a", "look", "{}"), ("b", "look", "{}"), ("c", "zoom", "{}")],
            id="whole calls all numbered 0",
        ),
        pytest.param(
            [
                {"id": "a", "function": {"name": "look", "arguments": "{}"}},
                {"id": "b", "function": {"name": "look", "arguments": "{}"}},
            ],
            [("a", "look", "{}"), ("b", "look", "{}")],
            id="whole calls unnumbered (Gemini)",
        ),
        pytest.param(
            [
                {"index": None, "function": {"name": "look", "arguments": "{}"}},
                {"index": None, "function": {"name": "look", "arguments": "{}"}},
            ],
            [("", "look", "{}"), ("", "look", "{}")],
            id="whole calls with neither number nor id",
        ),
        pytest.param(
            [
                {"index": 0, "function": {"name": "look", "arguments": "{}"}},
                {"index": 0, "function": {"name": "zoom", "arguments": "{}"}},
            ],
            [("", "look", "{}"), ("", "zoom", "{}")],
            id="whole calls numbered 0, no ids, other names",
        ),
        pytest.param(
            [
                {"index": 1, "id": "a", "function": {"name": "look", "arguments": "{"}},
                {"index": 1, "function": {"arguments": "}"}},
            ],
            [("a", "look", "{}")],
            id="first number is 1 (Anthropic)",
        ),
        pytest.param(
            [{"index": 0, "id": "a", "function": {"name": "look", "arguments": None}}],
            [("a", "look", "")],
            id="arguments null",
        ),
        pytest.param(
            [{"index": 0, "id": "a", "function": {"name": "look"}}],
            [("a", "look", "")],
            id="arguments missing",
        ),
        pytest.param(
            [{"index": 0, "id": "a", "function": None}, {"index": 0, "function": {"name": "look"}}],
            [("a", "look", "")],
            id="function null",
        ),
    ],
)
@pytest.mark.parametrize("together", [False, True], ids=["chunk by chunk", "in one chunk"])
def test_fragments_become_the_calls_that_were_meant(
    fragments: list[Any], calls: list[tuple[str, str, str]], together: bool
) -> None:
    deltas = [fragments] if together else [[fragment] for fragment in fragments]
    reply = fold(*(chunk({"tool_calls": delta}) for delta in deltas))
    assert [(call.id, call.name, call.arguments) for call in reply.tool_calls] == calls


def test_events_number_the_calls_of_each_choice() -> None:
    builder = ReplyBuilder(choices=2)
    assert builder.add(call_chunk("{}", name="look", id="a", index=3)) == [ToolCallDelta(0, "look", "{}", 0)]
    assert builder.add(call_chunk("{}", name="zoom", id="b", index=5)) == [ToolCallDelta(1, "zoom", "{}", 0)]
    second = {"index": 1, "delta": {"tool_calls": [{"index": 0, "id": "c", "function": {"name": "look"}}]}}
    assert builder.add({"choices": [second]}) == [ToolCallDelta(0, "look", "", 1)]


# Usage, model, fingerprint, log probabilities


def usage(prompt: int, completion: int) -> dict[str, Any]:
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


@pytest.mark.parametrize(
    "chunks",
    [
        pytest.param([chunk({"content": "a"}), {"choices": [], "usage": usage(5, 3)}], id="own chunk, choices empty"),
        pytest.param([chunk({"content": "a"}), {"usage": usage(5, 3)}], id="own chunk, no choices"),
        pytest.param([{**chunk({"content": "a"}, finish_reason="stop"), "usage": usage(5, 3)}], id="with the finish"),
        pytest.param(
            [chunk({"content": "a"}, finish_reason="stop"), {**chunk(), "usage": usage(5, 3)}], id="after the finish"
        ),
        pytest.param(
            [{**chunk({"content": "a"}), "usage": usage(5, count)} for count in (1, 2, 3)], id="running total"
        ),
        pytest.param([{"usage": usage(9, 9)}, {"usage": usage(5, 3)}], id="last wins"),
        pytest.param([{"usage": usage(5, 3)}, {"usage": None}], id="null after"),
        pytest.param([{"usage": usage(5, 3)}, {"usage": {}}], id="empty after"),
        pytest.param([{**chunk({"content": "a"}), "x_groq": {"usage": usage(5, 3)}}], id="in x_groq"),
    ],
)
def test_usage_is_the_servers_last_word(chunks: list[dict[str, Any]]) -> None:
    counted = fold(*chunks).usage
    assert counted == Usage(prompt_tokens=5, completion_tokens=3, total_tokens=8, raw=usage(5, 3))


@pytest.mark.parametrize("value", [None, {}, [], "5", 5])
def test_usage_is_never_made_up(value: object) -> None:
    assert fold({**chunk({"content": "a"}), "usage": value}).usage is None


def test_what_the_server_did_not_count_is_none() -> None:
    counted = fold({"usage": {"completion_tokens": 3, "prompt_tokens": "5", "details": {"x": 1}}}).usage
    assert counted == Usage(
        completion_tokens=3, raw={"completion_tokens": 3, "prompt_tokens": "5", "details": {"x": 1}}
    )


def test_the_model_and_the_fingerprint_are_those_that_the_server_names_last() -> None:
    builder = ReplyBuilder(Reply(model="asked-for"))
    builder.add(chunk({"content": "a"}))
    assert (builder.snapshot().model, builder.snapshot().system_fingerprint) == ("asked-for", None)
    builder.add({**chunk({"content": "a"}), "model": "answered", "system_fingerprint": "fp_1"})
    builder.add({**chunk(), "model": "", "system_fingerprint": None})
    assert (builder.snapshot().model, builder.snapshot().system_fingerprint) == ("answered", "fp_1")


def asked(image: Image) -> ChatRequest:
    return ChatRequest(model="m", messages=(user_message("What?", image),))


def test_what_was_known_beforehand_is_kept() -> None:
    image = Image(data=b"x", media_type="image/png", width=1, height=1)
    before = Reply(model="m", host="example.org", request=asked(image), reproducible=True, notes=("a",))
    assert ReplyBuilder(before).snapshot() == before


def test_log_probabilities_append() -> None:
    def tokens(*names: str) -> dict[str, Any]:
        return {"content": [{"token": name, "logprob": -0.5, "top_logprobs": []} for name in names]}

    reply = fold(
        chunk({"content": "ab"}, logprobs=tokens("a", "b")),
        chunk({"content": ""}, logprobs=None),
        chunk({"content": "c"}, logprobs=tokens("c")),
        chunk({}, logprobs={"content": []}),
    )
    assert [token["token"] for token in reply.choices[0].logprobs] == ["a", "b", "c"]


# A whole completion, and the reply in the middle


def test_a_whole_completion_is_one_chunk() -> None:
    message = {
        "role": "assistant",
        "content": "Yes.",
        "reasoning": "hm",
        "refusal": None,
        "tool_calls": [{"id": "a", "type": "function", "function": {"name": "look", "arguments": "{}"}}],
    }
    whole = {
        "object": "chat.completion",
        "model": "m",
        "system_fingerprint": "fp",
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "tool_calls"}],
        "usage": usage(5, 3),
    }
    builder = ReplyBuilder()
    events = builder.add(whole, at=2.0)
    assert events == [ReasoningDelta("hm"), TextDelta("Yes."), ToolCallDelta(0, "look", "{}")]
    assert builder.finished
    reply = builder.snapshot()
    assert reply.choices == (
        Choice(
            text="Yes.",
            reasoning="hm",
            tool_calls=(ToolCall(id="a", name="look", arguments="{}"),),
            finish_reason="tool_calls",
        ),
    )
    assert reply.timing == Timing(time_to_first_token=2.0, total=2.0)
    assert (reply.model, reply.system_fingerprint) == ("m", "fp")


def test_whole_calls_of_a_completion_are_separate() -> None:
    calls = [{"id": name, "function": {"name": "look", "arguments": "{}"}} for name in "abc"]
    reply = fold({"choices": [{"index": 0, "message": {"content": None, "tool_calls": calls}}]})
    assert [call.id for call in reply.tool_calls] == ["a", "b", "c"]


def test_a_snapshot_in_the_middle_stays_as_it_was() -> None:
    builder = ReplyBuilder()
    builder.add(chunk({"content": "The "}))
    builder.add(call_chunk('{"x"', name="look", id="a", index=0))
    middle = builder.snapshot("interrupted")
    builder.add(chunk({"content": "peak"}, finish_reason="stop"))
    builder.add(call_chunk(": 1}", index=0))
    assert middle.choices == (Choice(text="The ", tool_calls=(ToolCall(id="a", name="look", arguments='{"x"'),)),)
    assert builder.snapshot().text == "The peak"
    assert builder.snapshot().tool_calls[0].arguments == '{"x": 1}'


@pytest.mark.parametrize("state", ["complete", "interrupted", "truncated"])
def test_the_state_is_the_callers_word(state: Any) -> None:
    builder = ReplyBuilder()
    builder.add(chunk({"content": "a"}))
    assert builder.snapshot(state).state == state
    assert builder.snapshot().state == "complete"


# Timing


def test_timing_counts_from_the_moment_of_sending() -> None:
    builder = ReplyBuilder()
    builder.add(chunk({"role": "assistant", "content": ""}), at=0.5)
    assert not builder.started
    builder.add(chunk({"content": "a"}), at=1.0)
    builder.add(chunk({"content": "b"}, finish_reason="stop"), at=3.0)
    assert builder.snapshot().timing == Timing(time_to_first_token=1.0, total=3.0, tokens_per_second=None)
    builder.add({"choices": [], "usage": usage(5, 8)}, at=3.0)
    assert builder.snapshot().timing == Timing(time_to_first_token=1.0, total=3.0, tokens_per_second=4.0)
    assert builder.snapshot(at=3.5).timing == Timing(time_to_first_token=1.0, total=3.5, tokens_per_second=4.0)


@pytest.mark.parametrize(
    "delta",
    [
        {"content": "a"},
        {"reasoning": "a"},
        {"refusal": "a"},
        {"tool_calls": [{"index": 0, "id": "a", "function": {"name": "look"}}]},
    ],
    ids=["text", "reasoning", "refusal", "tool call"],
)
def test_the_first_token_is_the_first_of_anything(delta: dict[str, Any]) -> None:
    builder = ReplyBuilder()
    builder.add(chunk(delta), at=0.25)
    builder.add(chunk({"content": "b"}), at=0.75)
    assert builder.snapshot().timing.time_to_first_token == 0.25


@pytest.mark.parametrize(
    "counted",
    [None, {"prompt_tokens": 5}, {"completion_tokens": 0}, {"completion_tokens": None}, {"completion_tokens": "8"}],
)
def test_no_speed_is_claimed_without_a_count(counted: Any) -> None:
    builder = ReplyBuilder()
    builder.add(chunk({"content": "a"}), at=1.0)
    builder.add({**chunk({"content": "b"}), "usage": counted}, at=2.0)
    assert builder.snapshot().timing.tokens_per_second is None


def test_no_speed_is_claimed_where_all_came_at_once() -> None:
    builder = ReplyBuilder()
    builder.add({**chunk({"content": "a"}), "usage": usage(5, 8)}, at=1.0)
    assert builder.snapshot().timing == Timing(time_to_first_token=1.0, total=1.0)


def test_a_reply_of_nothing_has_no_first_token() -> None:
    builder = ReplyBuilder()
    builder.add({**chunk(), "usage": usage(5, 8)}, at=1.0)
    assert builder.snapshot().timing == Timing(total=1.0)


# Leniency and snapshots


def test_text_that_is_split_inside_a_character_is_whole_again() -> None:
    """JSON escapes an emoji as two halves; a server that cuts by bytes sends them in two chunks."""
    halves = [json.loads('"\\ud83d"'), json.loads('"\\ude00"')]
    assert fold(*(chunk({"content": half}) for half in halves)).text == "😀"


def test_arguments_that_come_as_an_object_are_kept_as_json() -> None:
    builder = ReplyBuilder()
    call = {"index": 0, "function": {"name": "f", "arguments": {"x": 1}}}
    builder.add({"choices": [{"delta": {"tool_calls": [call]}}]})
    assert builder.snapshot().tool_calls[0].arguments == '{"x": 1}'


def test_thinking_that_is_nested_without_end_is_read_at_its_first_level() -> None:
    """Recursion over a stranger's JSON ends in an error that is not ours."""
    part: dict[str, Any] = {"type": "thinking", "thinking": "deepest"}
    for _ in range(2000):
        part = {"type": "thinking", "thinking": [part, {"type": "text", "text": "hm"}]}
    assert fold(chunk({"content": [part, {"type": "text", "text": "Yes."}]})).choices == (
        Choice(text="Yes.", reasoning="hm"),
    )


@given(st.lists(st.text(alphabet="a\u00e9\u20ac\U0001f600", max_size=3), max_size=8))
def test_a_snapshot_after_each_piece_is_the_text_so_far(pieces: list[str]) -> None:
    """Surrogates are sent one by one, as by servers that cut inside a character: a snapshot may come between them."""
    builder, so_far = ReplyBuilder(), ""
    for piece in pieces:
        units = piece.encode("utf-16-le")
        for start in range(0, len(units), 2):
            builder.add(chunk({"content": units[start : start + 2].decode("utf-16-le", "surrogatepass")}))
            builder.snapshot("interrupted")
        so_far += piece
        assert builder.snapshot().text == so_far


def test_e9_a_snapshot_may_be_taken_while_another_thread_adds_a_chunk() -> None:
    builder = ReplyBuilder(choices=1_000_000)

    def add(number: int) -> None:
        call = {"index": number, "id": str(number), "function": {"name": "f", "arguments": "{}"}}
        delta = {"content": "x", "reasoning": "y", "tool_calls": [call]}
        logprobs = {"content": [{"token": "x"}]}
        choice = {"index": number % 3000, "delta": delta, "finish_reason": "stop", "logprobs": logprobs}
        builder.add({"choices": [choice], "usage": {"completion_tokens": number}})

    at_once(add, lambda number: builder.snapshot("interrupted"), lambda number: builder.finished)


# Whole messages beside deltas, other shapes of a choice


def message(content: object, **choice: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "message": {"role": "assistant", "content": content}, **choice}]}


@pytest.mark.parametrize(
    ("chunks", "text"),
    [
        pytest.param(
            [chunk({"content": "Hel"}), chunk({"content": "lo"}), message("Hello")], "Hello", id="C4 at the end"
        ),
        pytest.param(
            [chunk({"content": "Hello"}), message("Hello", delta=None, finish_reason="stop")],
            "Hello",
            id="C4 delta null (OpenBitFun#792)",
        ),
        pytest.param([chunk({"content": "Hello"}), message("Hello", delta={})], "Hello", id="C4 delta empty"),
        pytest.param([chunk({"content": "Hello"}), message("Hello!", delta={"content": ""})], "Hello", id="C4 differs"),
        pytest.param([chunk({"content": ""}), message("Hello", delta={"content": ""})], "Hello", id="C4 only there"),
        pytest.param([message("Hello", delta=None)], "Hello", id="C4 alone, delta null"),
        pytest.param([message("Hello"), message("Hello")], "Hello", id="C4 twice"),
        pytest.param(
            [message("Hel", delta={"content": "Hel"}), message("Hello", delta={"content": "lo"})],
            "Hello",
            id="C4 cumulative beside deltas (Perplexity)",
        ),
        pytest.param([message("H"), message("Hel"), message("Hello")], "Hello", id="C4 cumulative alone"),
        pytest.param([message("Hel"), message("lo")], "Hello", id="C4 pieces under the name of a message"),
        pytest.param([message("Hel"), message("lo"), message("Hello")], "Hello", id="C4 pieces, then the whole"),
        pytest.param([message("Hel"), chunk({"content": "lo"}), message("Hello")], "Hello", id="C4 mixed"),
        pytest.param(
            [{"choices": [{"delta": "Hel"}]}, {"choices": [{"delta": "lo"}]}], "Hello", id="C4 delta a string"
        ),
        pytest.param([{"choices": [{"message": "Hello"}]}], "Hello", id="C4 message a string"),
        pytest.param([{"choices": [{"text": "Hel"}]}, {"choices": [{"text": "lo"}]}], "Hello", id="C4 old completions"),
        pytest.param([{"choices": [{"delta": {"content": "Hello"}, "text": "Hello"}]}], "Hello", id="C4 Together"),
        pytest.param(
            [chunk({"content": "Hello"}), message([{"type": "text", "text": "Hello"}])], "Hello", id="C4 as parts"
        ),
    ],
)
def test_c4_a_message_counts_only_where_no_delta_brought_text(chunks: list[dict[str, Any]], text: str) -> None:
    builder = ReplyBuilder()
    events = [event for one in chunks for event in builder.add(one)]
    assert builder.snapshot().text == text
    assert "".join(event.text for event in events if isinstance(event, TextDelta)) == text


@pytest.mark.parametrize("field", ["reasoning", "reasoning_content", "refusal"])
def test_c4_reasoning_and_refusals_are_not_doubled_either(field: str) -> None:
    delta = {"delta": {field: "hm"}}
    last = {"delta": None, "message": {"content": "a", field: "hm"}}
    choice = fold({"choices": [delta]}, {"choices": [last]}).choices[0]
    assert (choice.text, choice.reasoning or choice.refusal) == ("a", "hm")


def test_c4_each_choice_is_judged_by_itself() -> None:
    streamed = {"choices": [{"index": 0, "delta": {"content": "a"}}]}
    last = {"choices": [{"index": n, "message": {"content": text}} for n, text in enumerate("ab")]}
    assert [choice.text for choice in fold(streamed, last, choices=2).choices] == ["a", "b"]


WHOLE_LOOK = {"id": "c1", "type": "function", "function": {"name": "look", "arguments": '{"x": 1}'}}
WHOLE_SEE = {"id": "c2", "type": "function", "function": {"name": "see", "arguments": "{}"}}


@pytest.mark.parametrize(
    ("chunks", "names"),
    [
        pytest.param(
            [call_chunk('{"x"', name="look", id="c1", index=0), call_chunk(": 1}", index=0)],
            ["look"],
            id="C4 no message",
        ),
        pytest.param(
            [
                call_chunk('{"x"', name="look", id="c1", index=0),
                call_chunk(": 1}", index=0),
                {"choices": [{"delta": None, "message": {"tool_calls": [WHOLE_LOOK]}}]},
            ],
            ["look"],
            id="C4 calls again",
        ),
        pytest.param(
            [
                call_chunk('{"x": 1}', name="look", index=0),
                {"choices": [{"message": {"tool_calls": [WHOLE_LOOK, WHOLE_SEE]}}]},
            ],
            ["look", "see"],
            id="C4 one more call",
        ),
        pytest.param(
            [
                {"choices": [{"message": {"tool_calls": [WHOLE_LOOK]}}]},
                {"choices": [{"message": {"tool_calls": [WHOLE_LOOK, WHOLE_SEE]}}]},
            ],
            ["look", "see"],
            id="C4 cumulative calls",
        ),
        pytest.param(
            [{"choices": [{"message": {"tool_calls": [WHOLE_LOOK, WHOLE_LOOK]}}]}],
            ["look", "look"],
            id="C4 two with one id",
        ),
    ],
)
def test_c4_calls_are_not_doubled(chunks: list[dict[str, Any]], names: list[str]) -> None:
    made = fold(*chunks).tool_calls
    assert [call.name for call in made] == names
    assert made[0].arguments == '{"x": 1}'


@pytest.mark.parametrize(
    ("content", "text", "reasoning", "refusal"),
    [
        pytest.param([{"type": "output_text", "text": "a"}], "a", "", "", id="C6 output_text"),
        pytest.param([{"type": "text", "text": "a", "annotations": [{"url": "u"}]}], "a", "", "", id="C6 citations"),
        pytest.param([{"type": "refusal", "refusal": "no"}], "", "", "no", id="C6 refusal"),
        pytest.param([{"type": []}, {"type": {}}, {"type": 5, "text": "x"}], "x", "", "", id="C6 odd types"),
        pytest.param(
            ["a", {"type": "output_text", "text": "b"}, {"type": "markdown", "text": "c"}],
            "abc",
            "",
            "",
            id="C6 text of any kind",
        ),
        pytest.param(
            [{"type": "reasoning", "summary": [{"type": "summary_text", "text": "hm"}]}],
            "",
            "hm",
            "",
            id="C6 Databricks",
        ),
    ],
)
def test_c6_parts_of_a_content(content: list[Any], text: str, reasoning: str, refusal: str) -> None:
    expected = Choice(text=text, reasoning=reasoning, refusal=refusal)
    assert fold(chunk({"content": content})).choices == (expected,)


def test_c6_reasoning_details_are_read_where_there_is_no_reasoning() -> None:
    details = [{"type": "reasoning.text", "text": "h"}, {"type": "reasoning.summary", "summary": "m"}]
    assert fold(chunk({"reasoning_details": details})).reasoning == "hm"
    assert fold(chunk({"reasoning": "hm", "reasoning_details": details})).reasoning == "hm"


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        pytest.param(
            [{"message": {"content": "Look:"}}, {"message": {"content": "", "tool_calls": [WHOLE_LOOK]}}],
            ("Look:", ["look"]),
            id="C7 text and call apart (Copilot)",
        ),
        pytest.param(
            [{"message": {"content": None}}, {"message": {"content": "Hi"}}], ("Hi", []), id="C7 text in the second"
        ),
        pytest.param(
            [{"delta": {"content": "Look:"}}, {"delta": {"tool_calls": [WHOLE_LOOK]}}],
            ("Look:", ["look"]),
            id="C7 deltas",
        ),
        pytest.param(
            [{"message": {"function_call": {"name": "look", "arguments": '{"x": 1}'}}}],
            ("", ["look"]),
            id="C7 old form",
        ),
        pytest.param(
            [{"message": {"content": "a"}}, {"message": {"content": "b"}}], ("a", []), id="C7 another answer is not it"
        ),
    ],
)
def test_c7_a_call_is_found_in_any_choice(choices: list[Any], expected: tuple[str, list[str]]) -> None:
    reply = fold({"choices": choices})
    assert (reply.text, [call.name for call in reply.tool_calls]) == expected
    assert all(call.arguments == '{"x": 1}' for call in reply.tool_calls)


def test_c7_the_old_form_of_a_call_arrives_in_pieces() -> None:
    pieces = [{"name": "look", "arguments": ""}, {"arguments": '{"x"'}, {"arguments": ": 1}"}]
    reply = fold(*(chunk({"function_call": piece}) for piece in pieces), chunk({}, finish_reason="function_call"))
    assert [(call.name, call.arguments) for call in reply.tool_calls] == [("look", '{"x": 1}')]


def test_c7_a_call_in_the_second_of_two_choices_is_among_the_calls_of_the_reply() -> None:
    whole = {
        "choices": [{"index": 0, "message": {"content": "a"}}, {"index": 1, "message": {"tool_calls": [WHOLE_LOOK]}}]
    }
    assert [call.name for call in fold(whole, choices=2).tool_calls] == ["look"]


# Values that fit nowhere, and answers without end


@pytest.mark.parametrize("index", [10**18, -1, 2.0, "1", True, None, [0]], ids=lambda value: f"C8 {value!r}")
def test_c8_an_index_that_is_none_is_the_place_in_the_list(index: Any) -> None:
    reply = fold({"choices": [{"index": index, "message": {"content": "a"}}]}, choices=2)
    assert reply.text == "a"


@pytest.mark.parametrize(
    ("value", "count"),
    [
        (-1, None),
        (10**400, None),
        (1e300, None),
        (float("nan"), None),
        (True, None),
        ("5", None),
        (5.0, 5),
        (5.5, None),
    ],
    ids=lambda value: f"C8 {value!r:.12}",
)
def test_c8_a_count_is_a_number_of_tokens_or_none(value: Any, count: int | None) -> None:
    counted = fold({"usage": {"prompt_tokens": value, "completion_tokens": 1}}).usage
    assert counted is not None
    assert counted.prompt_tokens == count
    json.dumps(counted.raw, allow_nan=False)


@pytest.mark.parametrize(
    "value", [float("nan"), float("-inf"), -(10**400), "x", None, True], ids=lambda v: f"C8 {v!r:.9}"
)
def test_c8_a_log_probability_is_a_number_or_left_out(value: Any) -> None:
    token = {"token": "a", "logprob": value, "bytes": [300], "top_logprobs": [{"token": "b", "logprob": value}, 5]}
    reply = fold({"choices": [{"delta": {"content": "a"}, "logprobs": {"content": [token]}}]})
    assert reply.choices[0].logprobs == ({"token": "a", "top_logprobs": [{"token": "b"}]},)


@pytest.mark.parametrize(
    ("chunks", "said"),
    [
        pytest.param([chunk({"content": "x" * 3000})] * 4, "characters", id="B3 text"),
        pytest.param([chunk({"reasoning": "x" * 3000})] * 4, "characters", id="B3 reasoning"),
        pytest.param([chunk({"refusal": "x" * 3000})] * 4, "characters", id="B3 refusal"),
        pytest.param([call_chunk("x" * 3000, name="f", id="a", index=0)] * 4, "characters", id="B3 arguments"),
        pytest.param([call_chunk("", name="f", id=str(n)) for n in range(300)], "calls", id="B3 calls"),
        pytest.param(
            [{"choices": [{"index": n, "delta": {"content": "x" * 3000}} for n in range(4)]}], "characters", id="B3 n"
        ),
    ],
)
def test_b3_an_answer_that_is_too_long_is_named(
    chunks: list[dict[str, Any]], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reply_builder, "MAX_CHARACTERS", 10_000)
    builder = ReplyBuilder(choices=4)
    builder.add(chunks[0] if len(chunks) > 1 else {})
    assert builder.excess() == ""
    for one in chunks:
        builder.add(one)
    assert said in builder.excess()


def test_b3_choices_without_end_are_few() -> None:
    builder = ReplyBuilder(choices=2)
    for number in range(0, 5000, 50):
        builder.add({"choices": [{"index": number + place, "delta": {"content": "a"}} for place in range(50)]})
    builder.add({"choices": [{"delta": {"content": "a"}}] * 5000})
    assert len(builder.snapshot().choices) <= 128
