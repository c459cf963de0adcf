"""A reply: its text as JSON, and its printed form."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
from hypothesis import given, strategies as st

from vision_magic.chat.messages import ToolCall, user_message
from vision_magic.chat.reply import Choice, Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.errors import BrokenReply
from vision_magic.images.image import Image


def asked(image: Image) -> ChatRequest:
    return ChatRequest(model="m", messages=(user_message("What?", image),))


# JSON


def reply_of(text: str, **more: Any) -> Reply:
    return Reply(choices=(Choice(text=text),), **more)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param('{"a": [1, null]}', {"a": [1, None]}, id="bare"),
        pytest.param(' \n{"a": 1}\n', {"a": 1}, id="white space"),
        pytest.param('```json\n{"a": 1}\n```', {"a": 1}, id="fence with name"),
        pytest.param('```\n{"a": 1}\n```\n', {"a": 1}, id="fence without name"),
        pytest.param('```JSON\r\n{"a":\r\n 1}\r\n```', {"a": 1}, id="fence with CRLF"),
        pytest.param('```json {"a": 1}```', {"a": 1}, id="fence on one line"),
        pytest.param('```{"a": 1}```', {"a": 1}, id="fence on one line without name"),
        pytest.param("```json\n[1, 2]\n```", [1, 2], id="fenced list"),
        pytest.param('"```"', "```", id="fence inside"),
        pytest.param("3", 3, id="number"),
        pytest.param("null", None, id="null"),
    ],
)
def test_json_is_read_with_and_without_a_fence(text: str, value: object) -> None:
    assert reply_of(text).json() == value


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("The peak is 3.", id="prose"),
        pytest.param('{"a": 1', id="cut"),
        pytest.param('```json\n{"a": 1\n```', id="cut in a fence"),
        pytest.param("```", id="fence alone"),
        pytest.param("``````", id="empty fence"),
        pytest.param("[" * 200_000, id="very deep"),
        pytest.param("1" * 5000, id="very long number"),
    ],
)
def test_what_is_no_json_is_said_and_kept(text: str) -> None:
    reply = reply_of(text)
    with pytest.raises(BrokenReply, match=r"^The reply is not JSON .*response_format='json_object'") as failure:
        reply.json()
    assert failure.value.partial is reply
    assert len(str(failure.value)) < 300


# How it is written out

HOSTILE = "a\x1b]52;c;ZXZpbA==\x07b\x9b31m\u202eevil\u2066\U000e0041\x00"
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")


@pytest.mark.parametrize("written", [str, repr], ids=["str", "repr"])
def test_what_is_printed_never_steers_the_terminal(written: Any) -> None:
    words = written(reply_of(HOSTILE, model=f"model{HOSTILE}"))
    assert not UNSAFE.search(words)
    assert "evil" in words


@given(st.text(), st.text())
def test_no_text_and_no_model_name_steers_the_terminal(text: str, model: str) -> None:
    reply = reply_of(text, model=model)
    assert not UNSAFE.search(str(reply))
    assert not UNSAFE.search(repr(reply))
    assert "\n" not in repr(reply)
    assert len(repr(reply)) < 1000


def test_neither_str_nor_repr_holds_a_picture() -> None:
    image = Image(data=b"\x00" * 300, media_type="image/png", width=1, height=1)
    reply = reply_of("The peak is 3.", model="m", request=asked(image))
    assert str(reply) == "The peak is 3."
    assert repr(reply) == "<Reply 'The peak is 3.', m, complete>"


def test_the_repr_of_a_long_reply_is_short() -> None:
    words = repr(reply_of("word\n" * 1000, state="interrupted"))
    assert words.startswith("<Reply 'word word ")
    assert words.endswith("…', unknown model, interrupted>")
    assert len(words) < 120


def test_a_reply_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        reply_of("a").model = "b"  # type: ignore[misc]


# What has arrived


@pytest.mark.parametrize(
    ("reply", "content", "answer"),
    [
        pytest.param(Reply(), False, False, id="nothing"),
        pytest.param(Reply(choices=(Choice(text="a"),)), True, True, id="text"),
        pytest.param(Reply(choices=(Choice(), Choice(text="a"))), True, True, id="text of the second choice"),
        pytest.param(Reply(choices=(Choice(refusal="No."),)), True, True, id="refusal"),
        pytest.param(
            Reply(choices=(Choice(tool_calls=(ToolCall(name="look", arguments=""),)),)), True, True, id="call"
        ),
        pytest.param(Reply(rounds=(Reply(),)), True, True, id="earlier round"),
        pytest.param(Reply(choices=(Choice(reasoning="Hm."),)), True, False, id="only reasoning"),
    ],
)
def test_reasoning_is_something_to_show_but_not_an_answer_to_keep(reply: Reply, content: bool, answer: bool) -> None:
    assert (reply.has_content, reply.has_answer) == (content, answer)
