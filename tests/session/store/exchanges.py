"""Exchanges for tests: a figure, a question about it, and an answer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as PILImage, ImageDraw

from tests.wire.conftest import request as a_request
from vision_magic.chat.messages import user_message
from vision_magic.chat.request import ChatRequest
from vision_magic.errors import RecordingMiss
from vision_magic.images.convert import as_image
from vision_magic.session.store.exchange import RecordedExchange, canonical_request
from vision_magic.session.store.json_lines import JsonLinesStore
from vision_magic.session.store.matching import Match
from vision_magic.session.store.recording import Recording

KEY = "sk-CANARY-0123456789"


def figure(bars: tuple[int, ...] = (20, 50, 35, 70), *, at: int = 0, colour: str = "navy") -> PILImage.Image:
    """Return a bar chart, as a plotting library would draw it."""
    drawn = PILImage.new("RGB", (160, 120), "white")
    pen = ImageDraw.Draw(drawn)
    for number, height in enumerate(bars):
        left = 15 + 35 * number + at
        pen.rectangle((left, 110 - height, left + 22, 110), fill=colour)
    return drawn


def question(words: str = "How high is the last bar?", *pictures: PILImage.Image, **fields: Any) -> ChatRequest:
    images = [as_image(picture) for picture in pictures or (figure(),)]
    return a_request(**{"messages": (user_message(words, *images),), **fields})


def chunks_of(text: str, *, model: str = "model-1") -> list[tuple[float, Mapping[str, Any]]]:
    """Return the chunks of an answer, a word each."""
    pieces = [{"delta": {"content": word}} for word in text.split(" ")] + [{"delta": {}, "finish_reason": "stop"}]
    return [(0.5 * place, {"model": model, "choices": [{"index": 0, **piece}]}) for place, piece in enumerate(pieces)]


def exchange(request: ChatRequest, text: str = "70", *, images: bool = False, **fields: Any) -> RecordedExchange:
    asked = canonical_request(request, images=images)
    return RecordedExchange(
        **{"request": asked, "chunks": chunks_of(text), "host": "host", "date": "2026-11-23", **fields}
    )


def recorded(path: Path, *exchanges: RecordedExchange) -> JsonLinesStore:
    """Return a recording with these exchanges, read from its file."""
    made = JsonLinesStore(path)
    for one in exchanges:
        made.add(one)
    return JsonLinesStore(path)


def text_of(one: RecordedExchange) -> str:
    return " ".join(chunk["choices"][0]["delta"].get("content", "") for _, chunk in one.chunks).strip()


def find(store: JsonLinesStore, request: ChatRequest) -> Match:
    match = Recording(store=store, mode="replay").find(request)
    assert match is not None
    return match


def miss(store: JsonLinesStore, request: ChatRequest) -> str:
    with pytest.raises(RecordingMiss) as caught:
        Recording(store=store, mode="replay").find(request)
    return str(caught.value)
