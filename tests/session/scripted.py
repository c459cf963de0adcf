"""A server that plays a script, one answer for each request, and keeps what it was asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
from PIL import Image as PILImage

from tests.servers import END, chunk

PICTURE = PILImage.new("RGB", (320, 200), "navy")


def picture(number: int) -> PILImage.Image:
    """Return a picture that no other number has, of this width."""
    return PILImage.new("RGB", (20 + number, 10), (number, 0, 0))


def says(text: str, usage: tuple[int, int] | None = None) -> bytes:
    """Return a whole streamed answer, with its tokens counted where they are given."""
    if usage is None:
        return chunk(text) + END
    prompt, completion = usage
    counted = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
    last = {"model": "model-1", "choices": [], "usage": counted}
    return chunk(text) + chunk(finish_reason="stop") + f"data: {json.dumps(last)}\n\ndata: [DONE]\n\n".encode()


def calls(*made: tuple[str, str], ids: tuple[str, ...] | None = None) -> bytes:
    """Return a streamed answer that calls functions: each a name and the arguments as the model wrote them."""
    deltas = [
        {
            "index": number,
            "id": f"id_{number}" if ids is None else ids[number],
            "type": "function",
            "function": {"name": name, "arguments": arguments},
        }
        for number, (name, arguments) in enumerate(made)
    ]
    return chunk(delta={"tool_calls": deltas}) + chunk(finish_reason="tool_calls") + b"data: [DONE]\n\n"


class Scripted:
    """Answers one request after the other with what the script says; the last answer again when it is over."""

    def __init__(self, *script: bytes | Callable[[dict[str, Any]], bytes]) -> None:
        self.script = list(script)
        self.bodies: list[dict[str, Any]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        self.bodies.append(body)
        answer = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        return httpx.Response(200, content=answer if isinstance(answer, bytes) else answer(body))

    @property
    def options(self) -> dict[str, Any]:
        """The options that let a question go here."""
        return {"base_url": "http://127.0.0.1:9/v1", "model": "model-1", "transport": httpx.MockTransport(self)}

    def messages(self, number: int = -1) -> list[dict[str, Any]]:
        """Return the messages of a request; of the last where no other is named."""
        made: list[dict[str, Any]] = self.bodies[number]["messages"]
        return made

    def roles(self, number: int = -1) -> list[str]:
        """Return who speaks in a request, in order."""
        return [message["role"] for message in self.messages(number)]

    def told(self, number: int = -1) -> list[str]:
        """Return the results that a request tells the model."""
        return [message["content"] for message in self.messages(number) if message["role"] == "tool"]


def images_in(body: dict[str, Any]) -> int:
    """Return how many pictures a request carries."""
    return json.dumps(body).count('"image_url": {')
