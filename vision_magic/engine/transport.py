"""How is a Chat Completions request answered in this process? An httpx transport in the place of the network.

What a client sends to a server goes to `EmbeddedTransport` instead, and comes back as a server would send it:
server-sent events, each as soon as it was measured, or one JSON body. No thread, no port, no sleep, no invented number.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

import anyio.to_thread
import httpx

from vision_magic.engine.errors import Refused
from vision_magic.engine.request import Ask, read_request
from vision_magic.engine.tool_call import Call
from vision_magic.engine.truncate import FinishReason, cut

__all__ = ["BASE_URL", "MODEL", "AsyncEmbeddedTransport", "EmbeddedTransport"]

BASE_URL = "http://embedded.invalid/v1"
"""Where clients think the engine is. The name can never exist (RFC 2606): without the transport nothing is reached."""

MODEL = "embedded-reader"
"""The one model there is; a request may name any."""

FINGERPRINT = "embedded-reader-1"
"""Changes when the same picture and question would get another answer."""


class EmbeddedTransport(httpx.BaseTransport):
    """Answers requests in this process.

    Examples
    --------
    >>> client = httpx.Client(transport=EmbeddedTransport(), base_url=BASE_URL)
    >>> client.get("/models").json()["data"][0]["id"]
    'embedded-reader'
    """

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request; the body of a streamed answer is measured while it is read."""
        request.read()
        return _answered(request)


class AsyncEmbeddedTransport(httpx.AsyncBaseTransport):
    """Answers requests in this process without holding up the event loop: each step is measured in a thread."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request; the body of a streamed answer is measured while it is read."""
        await request.aread()
        response = await anyio.to_thread.run_sync(_answered, request, abandon_on_cancel=True)
        stream = response.stream
        if isinstance(stream, _Events):
            response.stream = _AsyncEvents(stream)
        return response


def _answered(request: httpx.Request) -> httpx.Response:
    try:
        return _routed(request)
    except Refused as refused:
        return httpx.Response(refused.status, json=refused.to_wire())


def _routed(request: httpx.Request) -> httpx.Response:
    path = request.url.path.rstrip("/")
    if request.method == "GET" and path.endswith("/models"):
        return httpx.Response(200, json={"object": "list", "data": [_MODEL_CARD]})
    if request.method == "POST" and path.endswith("/chat/completions"):
        return _completion(request.content)
    raise Refused(
        f"The embedded reader has no {request.method} {path or '/'}; it has POST …/chat/completions and GET …/models.",
        code="unknown_url",
        status=404,
    )


_MODEL_CARD = {"id": MODEL, "object": "model", "created": 0, "owned_by": "vision_magic"}


def _completion(body: bytes) -> httpx.Response:
    ask = read_request(_decoded(body))
    reply = _Envelope(id=f"chatcmpl-{hashlib.sha256(body).hexdigest()[:24]}", created=int(time.time()))
    if ask.stream:
        headers = {"content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store"}
        return httpx.Response(200, headers=headers, stream=_Events(_events(ask, reply)))
    return httpx.Response(200, json=_whole(ask, reply))


def _decoded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused(f"The body is not JSON ({error}).") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Envelope:
    """What is the same around every chunk of a reply."""

    id: str
    created: int
    fields: dict[str, Any] = field(default_factory=dict)

    def around(self, kind: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "id": self.id,
            "object": kind,
            "created": self.created,
            "model": MODEL,
            "system_fingerprint": FINGERPRINT,
            "choices": choices,
        }


def _events(ask: Ask, reply: _Envelope) -> Iterator[bytes]:
    """Yield the reply as server-sent events. Every choice has the same text: the answer is not drawn by lot."""
    yield _event(ask, reply, {"role": "assistant", "content": None if ask.call else ""})
    if ask.call is not None:
        for delta in _call_in_pieces(ask.call):
            yield _event(ask, reply, {"tool_calls": [delta]})
    pieces = cut(ask.pieces(), ask.limits)
    for piece in pieces:
        if piece:
            yield _event(ask, reply, {"content": piece})
    yield _event(ask, reply, {}, _reason(ask, pieces.reason))
    yield b"data: [DONE]\n\n"


def _call_in_pieces(call: Call) -> Iterator[dict[str, Any]]:
    """Yield a call as servers stream it: the name first, then the arguments bit by bit."""
    yield {"index": 0, "id": call.id, "type": "function", "function": {"name": call.name, "arguments": ""}}
    for piece in re.findall(r"[^,]*,?", call.arguments):
        if piece:
            yield {"index": 0, "function": {"arguments": piece}}


def _reason(ask: Ask, ended: FinishReason) -> FinishReason:
    return "tool_calls" if ask.call is not None else ended


def _event(ask: Ask, reply: _Envelope, delta: dict[str, Any], reason: str | None = None) -> bytes:
    chunks = (
        reply.around(
            "chat.completion.chunk",
            [{"index": index, "delta": delta, "logprobs": None, "finish_reason": reason}],
        )
        for index in range(ask.choices)
    )
    return b"".join(b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\n\n" for chunk in chunks)


def _whole(ask: Ask, reply: _Envelope) -> dict[str, Any]:
    """Return the reply as one JSON object. It has no ``usage``: nothing here counts tokens."""
    pieces = cut(ask.pieces(), ask.limits)
    message: dict[str, Any] = {"role": "assistant", "content": "".join(pieces), "refusal": None}
    if ask.call is not None:
        function = {"name": ask.call.name, "arguments": ask.call.arguments}
        message |= {"content": None, "tool_calls": [{"id": ask.call.id, "type": "function", "function": function}]}
    choices = [
        {"index": index, "message": message, "logprobs": None, "finish_reason": _reason(ask, pieces.reason)}
        for index in range(ask.choices)
    ]
    return reply.around("chat.completion", choices)


class _Events(httpx.SyncByteStream):
    """The events of one reply; each is made when it is asked for, and none after `close`."""

    def __init__(self, events: Iterator[bytes]) -> None:
        self._events = events

    def __iter__(self) -> Iterator[bytes]:
        return self._events

    def close(self) -> None:
        close = getattr(self._events, "close", None)
        if close is not None:
            close()


class _AsyncEvents(httpx.AsyncByteStream):
    """The same events, each made in a thread."""

    def __init__(self, events: _Events) -> None:
        self._events = events

    async def __aiter__(self) -> AsyncIterator[bytes]:
        events = iter(self._events)
        # A cancelled task does not wait for the reader; the thread ends its step, and the step after it never begins.
        while (event := await anyio.to_thread.run_sync(next, events, None, abandon_on_cancel=True)) is not None:
            yield event

    async def aclose(self) -> None:
        try:
            self._events.close()
        except ValueError:  # "generator already executing": the abandoned thread is in its last step
            return
