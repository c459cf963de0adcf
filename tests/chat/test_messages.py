"""Messages: parts in the user's order, pictures as data URIs, and roles that may hold pictures."""

from __future__ import annotations

import base64
import dataclasses
import io
from typing import Any

import pytest
from hypothesis import given, strategies as st
from PIL import Image as PILImage

from vision_magic.chat.messages import ImagePart, Message, TextPart, ToolCall, user_message
from vision_magic.errors import RequestError
from vision_magic.images.convert import as_image
from vision_magic.images.image import Image


def picture(data: bytes = b"pixels", kind: Any = "image/png") -> Image:
    return Image(data=data, media_type=kind, width=2, height=1)


BEFORE, AFTER = picture(b"before"), picture(b"after", "image/jpeg")


def test_parts_keep_the_order_in_which_they_were_written() -> None:
    message = user_message("Before: ", BEFORE, " After: ", AFTER, " What changed?")
    assert message.to_wire() == {
        "role": "user",
        "content": [
            {"type": "text", "text": "Before: "},
            {"type": "image_url", "image_url": {"url": BEFORE.data_uri}},
            {"type": "text", "text": " After: "},
            {"type": "image_url", "image_url": {"url": AFTER.data_uri}},
            {"type": "text", "text": " What changed?"},
        ],
    }
    assert message.images == (BEFORE, AFTER)


@given(st.lists(st.text(min_size=1, max_size=5) | st.sampled_from([BEFORE, AFTER]), min_size=1, max_size=12))
def test_any_order_is_kept(parts: list[str | Image]) -> None:
    sent = user_message(*parts).to_wire()["content"]
    assert [part.get("text") or part["image_url"]["url"] for part in sent] == [
        part.data_uri if isinstance(part, Image) else part for part in parts
    ]


def test_the_same_picture_twice_is_sent_twice() -> None:
    assert user_message(BEFORE, BEFORE).images == (BEFORE, BEFORE)


def test_empty_texts_between_pictures_are_left_out() -> None:
    kinds = [part["type"] for part in user_message("", BEFORE, "", AFTER, "").to_wire()["content"]]
    assert kinds == ["image_url", "image_url"]


def test_white_space_is_text() -> None:
    assert user_message(" ", "\n").to_wire()["content"] == [
        {"type": "text", "text": " "},
        {"type": "text", "text": "\n"},
    ]


@pytest.mark.parametrize("detail", ["auto", "low", "high", "original", "medium", "xhigh", "ultra_high"])
def test_detail_goes_with_every_picture(detail: Any) -> None:
    content = user_message("Look", BEFORE, AFTER, detail=detail).to_wire()["content"]
    assert [part["image_url"]["detail"] for part in content[1:]] == [detail, detail]


def test_detail_is_sent_only_where_it_was_set() -> None:
    assert user_message(BEFORE).to_wire()["content"][0]["image_url"].keys() == {"url"}


@pytest.mark.parametrize("detail", ["", "low res", "x" * 33, 1, True, ["low"], b"low"])
def test_what_cannot_be_a_detail_is_refused(detail: Any) -> None:
    with pytest.raises(
        RequestError, match=r"^detail got .*; expected one of auto, low, high, original, or another .*\.$"
    ):
        user_message("Look", BEFORE, detail=detail)


@pytest.mark.parametrize(
    ("detail", "meant"), [("hihg", "high"), ("hig", "high"), ("LOW", "low"), ("orignal", "original"), ("atuo", "auto")]
)
def test_a_misspelled_detail_is_refused(detail: str, meant: str) -> None:
    with pytest.raises(RequestError, match=f"did you mean '{meant}'"):
        user_message("Look", BEFORE, detail=detail)


@pytest.mark.parametrize("role", ["system", "developer", "assistant", "tool"])
def test_only_a_users_message_holds_pictures(role: Any) -> None:
    with pytest.raises(RequestError, match=f"A message with role '{role}' got an image; only user messages"):
        Message(role=role, content=(TextPart("Look"), ImagePart(BEFORE)))


@pytest.mark.parametrize("role", ["", "User", "function", None, 1, ["user"]])
def test_an_unknown_role_is_refused(role: Any) -> None:
    with pytest.raises(RequestError, match=r"^role got .*; expected one of system, developer, user, assistant, tool"):
        Message(role=role, content="Hello")


@pytest.mark.parametrize("role", ["system", "developer", "user", "tool"])
@pytest.mark.parametrize("content", ["", ()])
def test_a_message_without_content_is_refused(role: Any, content: Any) -> None:
    with pytest.raises(RequestError, match=f"A message with role '{role}' got no content; expected text or an image"):
        Message(role=role, content=content)


@pytest.mark.parametrize("parts", [(), ("",), ("", "")])
def test_a_users_message_of_nothing_is_refused(parts: tuple[str, ...]) -> None:
    with pytest.raises(RequestError, match="got no content"):
        user_message(*parts)


@pytest.mark.parametrize("part", [None, 0, 5, b"text", ["text"], {"type": "text"}, PILImage.new("L", (1, 1))])
def test_what_is_neither_text_nor_picture_is_refused(part: Any) -> None:
    with pytest.raises(RequestError, match=r"^A message got .*; expected strings and images"):
        user_message("Look", part)


def test_an_assistant_may_have_said_nothing() -> None:
    assert Message(role="assistant").to_wire() == {"role": "assistant", "content": ""}


def test_tool_calls_go_back_as_they_came() -> None:
    call = ToolCall(id="call_1", name="look", arguments='{"x": 1}')
    assert Message(role="assistant", tool_calls=(call,)).to_wire() == {
        "role": "assistant",
        "content": "",
        "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "look", "arguments": '{"x": 1}'}}],
    }
    assert Message(role="tool", content="7", tool_call_id="call_1").to_wire() == {
        "role": "tool",
        "content": "7",
        "tool_call_id": "call_1",
    }


def test_a_call_without_arguments_goes_back_with_an_empty_object() -> None:
    """Servers read the arguments as JSON, which an empty text is not."""
    assert ToolCall(id="1", name="look").to_wire()["function"]["arguments"] == "{}"


@pytest.mark.parametrize("kind", ["image/png", "image/jpeg"])
@pytest.mark.parametrize("length", [1, 2, 3, 57, 58, 4096, 100_000])
def test_a_picture_is_a_padded_data_uri_on_one_line(kind: str, length: int) -> None:
    data = bytes(range(256)) * (length // 256 + 1)
    uri = user_message(picture(data[:length], kind)).to_wire()["content"][0]["image_url"]["url"]
    head, _, body = uri.partition(",")
    assert head == f"data:{kind};base64"
    assert len(body) % 4 == 0
    assert not set(body) & set(" \r\n-_")  # one line, in the standard alphabet
    assert base64.b64decode(body, validate=True) == data[:length]


def test_a_real_picture_decodes_to_the_same_pixels() -> None:
    pixels = PILImage.new("RGB", (5, 4), "teal")
    uri = user_message(as_image(pixels)).to_wire()["content"][0]["image_url"]["url"]
    sent = PILImage.open(io.BytesIO(base64.b64decode(uri.partition(",")[2], validate=True)))
    assert sent.size == (5, 4)
    assert sent.convert("RGB").tobytes() == pixels.tobytes()


def test_the_repr_of_a_message_holds_no_base64() -> None:
    words = repr(user_message("Look", picture(b"\x00" * 3000)))
    assert "AAAA" not in words
    assert "base64" not in words
    assert "2×1 PNG" in words
    assert len(words) < 300


def test_messages_and_parts_cannot_be_changed() -> None:
    message = user_message("Look", BEFORE)
    with pytest.raises(dataclasses.FrozenInstanceError):
        message.content = "Other"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        message.content[0].text = "Other"  # type: ignore[misc, union-attr]


def test_a_list_of_parts_is_kept_as_it_was() -> None:
    parts = [TextPart("Look")]
    message = Message(role="user", content=parts)  # type: ignore[arg-type]
    parts.append(TextPart("again"))
    assert message == Message(role="user", content=(TextPart("Look"),))


@pytest.mark.parametrize("image", ["x.png", b"bytes", None, PILImage.new("L", (1, 1)), {"url": "https://x.example"}])
def test_a_part_that_holds_no_image_is_refused_when_it_is_made(image: Any) -> None:
    """Not when it is sent: there it was an AttributeError."""
    with pytest.raises(RequestError, match=r"as an image; expected the result of as_image"):
        ImagePart(image)


@pytest.mark.parametrize("calls", [({"id": "a"},), [None], "calls", 5, {"id": "a"}])
def test_tool_calls_of_another_kind_are_refused_when_the_message_is_made(calls: Any) -> None:
    with pytest.raises(RequestError, match=r"^tool_calls got .*; expected ToolCall values"):
        Message(role="assistant", tool_calls=calls)


def test_a_list_of_tool_calls_is_kept_as_it_was() -> None:
    calls = [ToolCall(id="a", name="look")]
    message = Message(role="assistant", tool_calls=calls)  # type: ignore[arg-type]
    calls.clear()
    assert message == Message(role="assistant", tool_calls=(ToolCall(id="a", name="look"),))


def test_an_assistant_that_said_no_parts_said_an_empty_text() -> None:
    """A list without parts is refused by the specification."""
    assert Message(role="assistant", content=()).to_wire() == {"role": "assistant", "content": ""}
