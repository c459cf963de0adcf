"""Bytes to events without a transport: what the catalogue does not show."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vision_magic.chat.events import Finished, TextDelta
from vision_magic.chat.reply import ReplyBuilder
from vision_magic.errors import VisionError
from vision_magic.wire import incoming
from vision_magic.wire.incoming import Incoming

HELLO = b'data: {"choices":[{"delta":{"content":"Hello"}}]}\n\n'
END = b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'


def read(*pieces: bytes) -> list[object]:
    reader = Incoming(ReplyBuilder(), host="h")
    events: list[object] = []
    for piece in pieces:
        events.extend(reader.feed(piece, 0.0))
    events.extend(reader.end(0.0))
    return events


@pytest.mark.parametrize("fast", [True, False], ids=["orjson", "json"])
def test_either_parser_of_json_tells_the_same(fast: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not fast:
        monkeypatch.setattr(incoming, "_fast_loads", None)
    halves = [HELLO.replace(b"Hello", half) for half in (rb"\ud83c", rb"\udf4f")]  # which orjson refuses
    reply = read(HELLO, *halves, END)[-1]
    assert isinstance(reply, Finished)
    assert reply.reply.text == "Hello🍏"


def test_every_split_of_a_stream_and_of_a_document_tells_the_same() -> None:
    whole = json.dumps({"choices": [{"message": {"content": "Hello"}, "finish_reason": "stop"}]}).encode()
    for body in (b"\xef\xbb\xbf" + HELLO + END, b"\xef\xbb\xbf \n" + whole):
        for cut in range(len(body) + 1):
            first, last = read(body[:cut], body[cut:])
            assert first == TextDelta("Hello")
            assert isinstance(last, Finished)


@given(
    st.lists(
        st.binary(max_size=60) | st.sampled_from([HELLO, END, b"data: ", b"{", b"[", b"<html>", b"\n\n"]), max_size=8
    )
)
def test_any_bytes_are_a_reply_or_an_error_of_ours(pieces: list[bytes]) -> None:
    try:
        last = read(*pieces)[-1]
    except VisionError:
        return
    assert isinstance(last, Finished)
