"""Pictures with known content, and requests that contain them."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import httpx
import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")

from matplotlib.figure import Figure
from PIL import Image, ImageDraw

from vision_magic.engine.transport import BASE_URL, MODEL, EmbeddedTransport


def as_picture(figure: Figure, dpi: int = 100) -> Image.Image:
    """Return a figure as the notebook's inline backend saves it."""
    buffer = io.BytesIO()
    # The pixels are what counts here, and not how small their file is.
    figure.savefig(buffer, format="png", dpi=dpi, bbox_inches="tight", pil_kwargs={"compress_level": 1})
    return Image.open(buffer).convert("RGB")


def two_lines(title: str = "Harvest by year") -> Image.Image:
    """Return a plot with a title, axis labels, and a legend of two lines."""
    return _two_lines(title).copy()


@cache
def _two_lines(title: str) -> Image.Image:
    figure = Figure()
    axes = figure.add_subplot()
    axes.plot([0, 4, 10], [1, 3, 8], label="north")
    axes.plot([0, 4, 10], [2, 2, 5], label="south")
    axes.set(title=title, xlabel="Year of sowing", ylabel="Yield (t/ha)")
    axes.legend(loc="upper left")
    return as_picture(figure)


def dots(count: int = 12, colour: str = "navy", background: str = "white") -> Image.Image:
    """Return separate discs on a plain background."""
    picture = Image.new("RGB", (400, 300), background)
    draw = ImageDraw.Draw(picture)
    for index in range(count):
        x, y = 20 + index % 6 * 62, 20 + index // 6 * 60
        draw.ellipse((x, y, x + 36, y + 36), fill=colour)
    return picture


def noise(width: int = 320, height: int = 240) -> Image.Image:
    """Return a picture with many colours, none of them dominant, identical in every run."""
    y, x, channel = np.ogrid[:height, :width, :3]
    values = (x * 7 + y * 13 + (x * y) % 251 + channel * 85) % 256
    return Image.fromarray(values.astype(np.uint8))


def data_uri(picture: Image.Image, kind: str = "png") -> str:
    buffer = io.BytesIO()
    picture.save(buffer, format=kind)
    return f"data:image/{kind};base64,{base64.b64encode(buffer.getvalue()).decode()}"


def user_turn(question: str, *pictures: Image.Image | str) -> dict[str, Any]:
    urls = [each if isinstance(each, str) else data_uri(each) for each in pictures]
    parts: list[dict[str, Any]] = [{"type": "text", "text": question}]
    return {"role": "user", "content": parts + [{"type": "image_url", "image_url": {"url": url}} for url in urls]}


def request_body(question: str, *pictures: Image.Image | str, **fields: Any) -> dict[str, Any]:
    return {"model": MODEL, "messages": [user_turn(question, *pictures)], **fields}


def client() -> httpx.Client:
    return httpx.Client(transport=EmbeddedTransport(), base_url=BASE_URL)


def post(body: object) -> httpx.Response:
    with client() as session:
        return session.post("/chat/completions", json=body)


def text_of(question: str, *pictures: Image.Image | str, **fields: Any) -> str:
    """Return the text of the first choice, from a reply that is not streamed."""
    return str(post(request_body(question, *pictures, **fields)).json()["choices"][0]["message"]["content"])


def chunks_of(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the chunks of a streamed reply, and assert that it ends with ``[DONE]``."""
    response = post(body | {"stream": True})
    events = [event for event in response.text.split("\n\n") if event]
    assert events[-1] == "data: [DONE]"
    return [json.loads(event.removeprefix("data: ")) for event in events[:-1]]


def streamed_text(chunks: list[dict[str, Any]], index: int = 0) -> str:
    choices = (chunk["choices"][0] for chunk in chunks)
    return "".join(choice["delta"].get("content", "") for choice in choices if choice["index"] == index)


def quick_and_slow(names: Iterable[str]) -> list[Any]:
    """Return each fifteenth name as it is, and the others marked as slow."""
    return [pytest.param(name, marks=pytest.mark.slow) if at % 15 else name for at, name in enumerate(names)]
