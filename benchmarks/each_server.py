"""A Chat Completions server for `each.py`, in a process of its own: a delay, a rate limit, and counts of tokens.

``python each_server.py DELAY RATE FACTOR`` prints its port. `RATE` requests a second are accepted (0 for all), the
others get 429; `FACTOR` is by how much it counts more than four characters a token.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any, ClassVar

DELAY, RATE, FACTOR = (float(argument) for argument in sys.argv[1:4])
ANSWER = "It is a leaf with a few dark spots."


def body(prompt: int, completion: int) -> bytes:
    """Return an answer as OpenAI sends it."""
    message = {"role": "assistant", "content": ANSWER, "refusal": None, "annotations": []}
    usage = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
    answer = {
        "id": "chatcmpl-9abcdefghijklmnopqrstuvwxyz012345",
        "object": "chat.completion",
        "created": 1700000000,
        "model": "model-1",
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
        "usage": usage,
        "system_fingerprint": "fp_0123456789",
    }
    return json.dumps(answer).encode()


class Server(asyncio.Protocol):
    """One connection. What is asked is not parsed: the answers are all alike, and the server should be cheap."""

    counts: ClassVar[dict[str, Any]] = {"requests": 0, "refused": 0, "tokens": 0}
    tokens = RATE
    filled = time.monotonic()

    def connection_made(self, transport: Any) -> None:
        """Remember where to answer."""
        self.transport = transport
        self.data = bytearray()

    def data_received(self, data: bytes) -> None:
        """Answer after a while, once the whole request is there."""
        self.data += data
        end = self.data.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self.data[:end].lower()
        if head.startswith(b"get"):
            self.answer(200, json.dumps(self.counts).encode())
            self.data.clear()
            return
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        if len(self.data) < end + 4 + length:
            return
        self.data.clear()
        asyncio.get_running_loop().call_later(DELAY, self.respond)

    def respond(self) -> None:
        """Answer, or refuse because there are too many requests."""
        if RATE and not self.admitted():
            self.counts["refused"] += 1
            error = {"error": {"message": "Rate limit reached for requests", "code": "rate_limit_exceeded"}}
            self.answer(429, json.dumps(error).encode())
            return
        prompt, completion = round(85 * FACTOR), 10
        self.counts["requests"] += 1
        self.counts["tokens"] += prompt + completion
        self.answer(200, body(prompt, completion))

    def admitted(self) -> bool:
        """Whether a token of the bucket is left, which holds those of one second."""
        now, kind = time.monotonic(), type(self)
        kind.tokens = min(RATE, kind.tokens + RATE * (now - kind.filled))
        kind.filled = now
        if kind.tokens < 1:
            return False
        kind.tokens -= 1
        return True

    def answer(self, status: int, content: bytes) -> None:
        """Write a response."""
        head = f"HTTP/1.1 {status} OK\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        self.transport.write(head.encode() + content)


async def main() -> None:
    """Serve until the process is ended."""
    server = await asyncio.get_running_loop().create_server(Server, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
