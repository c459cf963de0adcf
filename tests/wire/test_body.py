"""The body of a request: the same JSON as the request itself, made in pieces."""

from __future__ import annotations

import json
import tracemalloc

import pytest

from tests.wire.conftest import IMAGE, request
from vision_magic.chat.messages import user_message
from vision_magic.images.image import Image
from vision_magic.wire.body import _BLOCK, Body


def picture(size: int) -> Image:
    return Image(
        data=bytes(range(256)) * (size // 256) + b"x" * (size % 256), media_type="image/png", width=1, height=1
    )


@pytest.mark.parametrize("size", [0, 1, 2, 3, _BLOCK - 1, _BLOCK, _BLOCK + 1, 3 * _BLOCK + 2])
def test_the_pieces_are_the_json_of_the_request(size: int) -> None:
    asked = request(messages=(user_message("Before:", picture(size), "After: ü\ud800", IMAGE),), temperature=0.5)
    body = Body(asked)
    sent = b"".join(body)
    assert json.loads(sent) == json.loads(json.dumps(asked.to_wire()))
    assert len(sent) == len(body)
    assert b"".join(body) == sent, "it can be sent again"


def test_small_pictures_and_the_text_around_them_are_sent_in_one_block() -> None:
    """Each block is a write of its own, with a time limit, which takes longer than joining them."""
    assert len(list(Body(request(messages=(user_message("Hi", picture(9000), "and", picture(9000)),))))) == 1


def test_what_a_user_writes_is_never_taken_for_a_placeholder() -> None:
    asked = request(messages=(user_message("0000", "a" * 32 + "0000" + "a" * 32, IMAGE),))
    assert json.loads(b"".join(Body(asked))) == asked.to_wire()


def test_changes_are_sent_in_place_of_what_was_asked() -> None:
    asked = request(max_tokens=5, stream_options={"include_usage": True})
    sent = json.loads(b"".join(Body(asked, {"max_tokens": None, "max_completion_tokens": 5, "stream_options": None})))
    assert sent["max_completion_tokens"] == 5
    assert "max_tokens" not in sent
    assert "stream_options" not in sent


def test_a_large_picture_is_not_held_again_while_it_is_sent() -> None:
    asked = request(messages=(user_message("Hi", picture(20_000_000)),))
    tracemalloc.start()
    for block in Body(asked):
        assert len(block) < 1_000_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000
