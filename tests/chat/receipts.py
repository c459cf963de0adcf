"""Requests with images and replies to them, for tests of receipts."""

from __future__ import annotations

from typing import Any

from PIL import Image as PILImage

from vision_magic.chat.messages import Message, TextPart
from vision_magic.chat.reply import Choice, Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.chat.usage import Timing, Usage
from vision_magic.images.convert import as_image
from vision_magic.images.image import Image

# As xAI counts (vercel/ai#9774): the reasoning is not among the tokens of the answer.
XAI = {
    "prompt_tokens": 2640,
    "completion_tokens": 182,
    "total_tokens": 3494,
    "prompt_tokens_details": {"text_tokens": 2640, "audio_tokens": 0, "image_tokens": 0, "cached_tokens": 473},
    "completion_tokens_details": {"reasoning_tokens": 672, "audio_tokens": 0},
    "num_sources_used": 0,
}


def picture(width: int = 400, height: int = 300) -> Image:
    return as_image(PILImage.new("RGB", (width, height), "navy"))


def request(*parts: Any, model: str = "claude-x") -> ChatRequest:
    return ChatRequest(model=model, messages=(Message(role="user", content=(*parts, TextPart("What?"))),))


def reply(asked: ChatRequest, **more: Any) -> Reply:
    known: dict[str, Any] = {
        "choices": (Choice(text="Blue.", finish_reason="stop"),),
        "model": "claude-x",
        "host": "example.org",
        "request": asked,
        "timing": Timing(time_to_first_token=0.42, total=2.1),
        "usage": Usage(prompt_tokens=1200, completion_tokens=7, total_tokens=1207, raw={"prompt_tokens": 1200}),
    }
    return Reply(**(known | more))
