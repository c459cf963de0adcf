"""A mock server that sends scripted answers, one for each request, and stores the requests."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable
from typing import Any

import httpx
from PIL import Image as PILImage

from tests.servers import END, chunk

PICTURE = PILImage.new("RGB", (320, 200), "navy")


def picture(number: int) -> PILImage.Image:
    """Return a picture whose width and colour depend on `number`, so that each number has its own."""
    return PILImage.new("RGB", (20 + number, 10), (number, 0, 0))


def in_delta(image: PILImage.Image, kind: str = "PNG", **options: Any) -> dict[str, Any]:
    """Return an image as OpenRouter and others stream it in ``delta.images``."""
    data = io.BytesIO()
    image.save(data, kind, **options)
    url = f"data:image/{kind.lower()};base64,{base64.b64encode(data.getvalue()).decode()}"
    return {"type": "image_url", "image_url": {"url": url}}


def draws(*images: PILImage.Image, text: str = "") -> bytes:
    """Return a complete streamed answer with images."""
    delta = {"role": "assistant", "content": text, "images": [in_delta(image) for image in images]}
    return chunk(delta=delta) + END


def says(text: str, usage: tuple[int, int] | None = None) -> bytes:
    """Return a complete streamed answer. `usage` is the number of prompt and completion tokens to report."""
    if usage is None:
        return chunk(text) + END
    prompt, completion = usage
    counted = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
    last = {"model": "model-1", "choices": [], "usage": counted}
    return chunk(text) + chunk(finish_reason="stop") + f"data: {json.dumps(last)}\n\ndata: [DONE]\n\n".encode()


def calls(*made: tuple[str, str], ids: tuple[str, ...] | None = None) -> bytes:
    """Return a streamed answer that calls functions. Each call is a name and its arguments as the model wrote them."""
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
    """A mock server that sends one answer of the script for each request, and repeats the last one."""

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
        """The options that send a question to this server."""
        return {"base_url": "http://127.0.0.1:9/v1", "model": "model-1", "transport": httpx.MockTransport(self)}

    def messages(self, number: int = -1) -> list[dict[str, Any]]:
        """Return the messages of a request, by default of the last one."""
        made: list[dict[str, Any]] = self.bodies[number]["messages"]
        return made

    def roles(self, number: int = -1) -> list[str]:
        """Return the roles of the messages of a request, in order."""
        return [message["role"] for message in self.messages(number)]

    def told(self, number: int = -1) -> list[str]:
        """Return the results of function calls that a request contains."""
        return [message["content"] for message in self.messages(number) if message["role"] == "tool"]


def images_in(body: dict[str, Any]) -> int:
    """Return the number of images in a request."""
    return json.dumps(body).count('"image_url": {')
