"""Images that gateways write into the text of an answer: taken out, wherever the stream is cut."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image as PILImage

from tests.session.scripted import in_delta
from vision_magic.chat.events import ImageReceived, TextDelta
from vision_magic.chat.reply import Reply
from vision_magic.chat.reply_builder import ReplyBuilder

URI = in_delta(PILImage.effect_noise((24, 20), 80))["image_url"]["url"]
TEXT = f"Here: ![image]({URI}) and [more](https://example.org)."
WITHOUT = "Here: ![image]() and [more](https://example.org)."


def fold(*pieces: str, **more: Any) -> tuple[Reply, list[Any]]:
    """Return the reply, and its events joined: the text between images, and the images."""
    builder = ReplyBuilder(**more)
    events: list[Any] = []
    for piece in pieces:
        events += builder.add({"choices": [{"delta": {"content": piece}}]})
    events += builder.end()
    joined: list[Any] = []
    for event in events:
        if isinstance(event, TextDelta) and joined and isinstance(joined[-1], str):
            joined[-1] += event.text
        else:
            joined.append(event.text if isinstance(event, TextDelta) else event.image)
    return builder.snapshot(), joined


def test_it_is_taken_out_wherever_the_stream_is_cut() -> None:
    start, end = TEXT.index("](") - 3, TEXT.index(",") + 5
    places = [*range(start, end), *range(TEXT.index(URI[-20:]), len(TEXT))]
    for place in places:
        reply, events = fold(TEXT[:place], TEXT[place:])
        assert (reply.text, len(reply.output_images)) == (WITHOUT, 1), place
        assert "".join(event for event in events if isinstance(event, str)) == WITHOUT


@pytest.mark.parametrize("size", [1, 7, 100])
def test_it_is_taken_out_of_small_pieces(size: int) -> None:
    reply, events = fold(*(TEXT[at : at + size] for at in range(0, len(TEXT), size)))
    assert (reply.text, len(reply.output_images)) == (WITHOUT, 1)
    assert events[1] == reply.output_images[0]


@pytest.mark.parametrize("pieces", [(URI,), (URI[:100], URI[100:]), (URI, " And that is all.")])
def test_a_text_of_nothing_else_is_a_picture(pieces: tuple[str, ...]) -> None:
    reply, _ = fold(*pieces)
    assert (reply.text, len(reply.output_images)) == (" And that is all." if " " in pieces[-1] else "", 1)
    assert reply.notes == ()


def test_a_whole_message_is_read_in_the_same_way() -> None:
    builder = ReplyBuilder()
    events = builder.add({"choices": [{"message": {"content": TEXT}, "finish_reason": "stop"}]})
    assert [type(event) for event in events] == [TextDelta, ImageReceived]
    assert builder.snapshot().text == WITHOUT
    assert len(builder.snapshot().output_images) == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Write ![icon](data:image/png;base64,iVBORw0KGgo=) for an icon.", id="an example"),
        pytest.param(f"Write ![icon](data:image/png;base64,{'A' * 500}) for it.", id="no picture"),
        pytest.param(f"A data URI: {URI[:300]} …", id="no link"),
        pytest.param("f(x)[a](d) and a[0](data), [b][c] (data:image/ and [d](data:imag", id="code"),
        pytest.param("The end ](", id="a start that comes to nothing"),
        pytest.param("The end ](data:image/png;base64,", id="one that goes further"),
    ],
)
@pytest.mark.parametrize("size", [1, 5, 10_000])
def test_any_other_text_stays_as_it_was_written(text: str, size: int) -> None:
    reply, events = fold(*(text[at : at + size] for at in range(0, len(text), size)))
    assert (reply.text, "".join(events), reply.output_images, reply.notes) == (text, text, (), ())


def test_what_did_not_arrive_whole_is_not_shown_as_text() -> None:
    data = io.BytesIO()
    PILImage.effect_noise((200, 200), 80).save(data, "PNG")
    large = in_delta(PILImage.effect_noise((200, 200), 80))["image_url"]["url"]
    reply, _ = fold(f"Here: ![image]({large[:20_000]}")
    assert (reply.text, reply.output_images) == ("Here: ![image](", ())
    assert reply.notes == ("a picture in the text was cut off",)


def test_a_chunk_is_passed_on_without_its_data_and_with_its_image() -> None:
    """A recording hides encoded data in texts, and would have lost the picture."""
    chunks: list[Any] = []
    reply, _ = fold(TEXT[:50], TEXT[50:], on_chunk=lambda chunk, at: chunks.append(chunk))
    again = ReplyBuilder()
    for chunk in chunks:
        again.add(chunk)
    assert again.snapshot().choices == reply.choices
    assert "](data:" not in str(chunks)
