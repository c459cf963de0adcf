"""Answers of a server that is asked about many pictures, and its transport in this process."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
import numpy as np

from vision_magic.each.ask_each import ask_each
from vision_magic.each.table.table import Table

PROMPT, COMPLETION = 100, 10


def answered(text: str = "A leaf.", **choice: Any) -> httpx.Response:
    """Return a complete answer as one JSON object."""
    message = {"role": "assistant", "content": text, **choice.pop("message", {})}
    usage = {"prompt_tokens": PROMPT, "completion_tokens": COMPLETION, "total_tokens": PROMPT + COMPLETION}
    body = {
        "model": "model-1-dated",
        "system_fingerprint": "fp_1",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", **choice}],
        "usage": usage,
    }
    return httpx.Response(200, json=body)


def refused(status: int = 429, seconds: float | None = None, message: str = "Too many requests") -> httpx.Response:
    """Return an error of a server, with the pause that it asks for."""
    headers = {} if seconds is None else {"Retry-After": f"{seconds}"}
    return httpx.Response(status, json={"error": {"message": message}}, headers=headers)


Answer = Callable[[dict[str, Any]], httpx.Response]


class Many:
    """A server in this process. It answers each request after a moment, and remembers what it was asked.

    Parameters
    ----------
    answer : callable
        Takes the body of a request and returns the response.
    delay : float
        How long each answer takes (seconds).
    """

    def __init__(self, answer: Answer = lambda body: answered(), delay: float = 0.0) -> None:
        self._answer = answer
        self._delay = delay
        self.bodies: list[dict[str, Any]] = []
        self.at_once = 0
        self.most_at_once = 0

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        body = json.loads(await request.aread())
        self.bodies.append(body)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(self._delay)
            return self._answer(body)
        finally:
            self.at_once -= 1

    @property
    def options(self) -> dict[str, Any]:
        """The options that send questions to this server."""
        return {
            "base_url": "http://127.0.0.1:9/v1",
            "model": "model-1",
            "transport": httpx.MockTransport(self),
            "progress": False,
        }

    def ask(self, pictures: object, question: object = "What is it?", **options: Any) -> Table:
        """Ask about pictures."""
        return ask_each(question, pictures, **{**self.options, **options})


def pictures(count: int) -> list[Any]:
    """Return small pictures that differ from each other; `number_of` recognises each."""
    return [np.full((8, 8 + number, 3), 200, np.uint8) for number in range(count)]


def text_of(body: dict[str, Any]) -> str:
    """Return the question of a request."""
    parts = body["messages"][-1]["content"]
    return "\n".join(part["text"] for part in parts if part["type"] == "text")
