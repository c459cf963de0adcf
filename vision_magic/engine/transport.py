"""HTTP transports that answer Chat Completions requests in this process.

A client uses `EmbeddedTransport` in place of the network. Responses are like those of a server: one JSON body, or
server-sent events, each as soon as its content is measured. There are no ports, no delays and no invented numbers.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import anyio.to_thread
import httpx

from vision_magic.engine.errors import InvalidRequest
from vision_magic.engine.request import CompletionRequest, parse_request
from vision_magic.engine.tool_call import FunctionCall
from vision_magic.engine.truncate import FinishReason, TruncatedPieces

__all__ = ["BASE_URL", "MODEL", "AsyncEmbeddedTransport", "EmbeddedTransport"]

BASE_URL = "http://embedded.invalid/v1"
"""The address that clients use. Its host name cannot exist (RFC 2606), so nothing is reached without the transport."""

MODEL = "embedded-reader"
"""The only model; a request may name any other."""

FINGERPRINT = "embedded-reader-2"
"""It changes when the same image and question get a different answer."""


class EmbeddedTransport(httpx.BaseTransport):
    """An httpx transport that answers requests in this process.

    Examples
    --------
    >>> client = httpx.Client(transport=EmbeddedTransport(), base_url=BASE_URL)
    >>> client.get("/models").json()["data"][0]["id"]
    'embedded-reader'
    """

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request; a streamed answer is measured while its body is read."""
        request.read()
        return _respond(request)


class AsyncEmbeddedTransport(httpx.AsyncBaseTransport):
    """`EmbeddedTransport` for asynchronous clients: each step is measured in a thread, so the event loop stays free."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request; a streamed answer is measured while its body is read."""
        await request.aread()
        response = await anyio.to_thread.run_sync(_respond, request, abandon_on_cancel=True)
        stream = response.stream
        if isinstance(stream, _EventStream):
            response.stream = _AsyncEventStream(stream)
        return response


def _respond(request: httpx.Request) -> httpx.Response:
    try:
        return _route(request)
    except InvalidRequest as error:
        return httpx.Response(error.status, json=error.to_wire())


def _route(request: httpx.Request) -> httpx.Response:
    path = request.url.path.rstrip("/")
    if request.method == "GET" and path.endswith("/models"):
        return httpx.Response(200, json={"object": "list", "data": [_MODEL_CARD]})
    if request.method == "POST" and path.endswith("/chat/completions"):
        return _completion(request.content)
    raise InvalidRequest(
        f"The embedded reader does not serve {request.method} {path or '/'}; "
        "it serves POST …/chat/completions and GET …/models.",
        code="unknown_url",
        status=404,
    )


_MODEL_CARD = {"id": MODEL, "object": "model", "created": 0, "owned_by": "vision_magic"}


def _completion(body: bytes) -> httpx.Response:
    request = parse_request(_parse_json(body))
    envelope = _Envelope(id=f"chatcmpl-{hashlib.sha256(body).hexdigest()[:24]}", created=int(time.time()))
    if request.stream:
        headers = {"content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store"}
        return httpx.Response(200, headers=headers, stream=_EventStream(_events(request, envelope)))
    return httpx.Response(200, json=_completion_object(request, envelope))


def _parse_json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InvalidRequest(f"The body is not JSON ({error}).") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Envelope:
    """The fields that are the same in every chunk of a reply."""

    id: str
    created: int

    def wrap(self, kind: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "id": self.id,
            "object": kind,
            "created": self.created,
            "model": MODEL,
            "system_fingerprint": FINGERPRINT,
            "choices": choices,
        }


def _events(request: CompletionRequest, envelope: _Envelope) -> Iterator[bytes]:
    """Yield the reply as server-sent events. Every choice has the same text, because nothing is sampled."""
    yield _event(request, envelope, {"role": "assistant", "content": None if request.call else ""})
    if request.call is not None:
        for delta in _call_deltas(request.call):
            yield _event(request, envelope, {"tool_calls": [delta]})
    pieces = TruncatedPieces(request.pieces(), request.limits)
    for piece in pieces:
        if piece:
            yield _event(request, envelope, {"content": piece})
    yield _event(request, envelope, {}, _finish_reason(request, pieces))
    yield b"data: [DONE]\n\n"


def _call_deltas(call: FunctionCall) -> Iterator[dict[str, Any]]:
    """Yield a call as servers stream it: first the name, then the arguments in pieces."""
    yield {"index": 0, "id": call.id, "type": "function", "function": {"name": call.name, "arguments": ""}}
    for piece in re.findall(r"[^,]*,?", call.arguments):
        if piece:
            yield {"index": 0, "function": {"arguments": piece}}


def _finish_reason(request: CompletionRequest, pieces: TruncatedPieces) -> FinishReason:
    return "tool_calls" if request.call is not None else pieces.reason


def _event(
    request: CompletionRequest, envelope: _Envelope, delta: dict[str, Any], reason: FinishReason | None = None
) -> bytes:
    """Return the same delta as one event for each choice."""
    chunks = (
        envelope.wrap(
            "chat.completion.chunk",
            [{"index": index, "delta": delta, "logprobs": None, "finish_reason": reason}],
        )
        for index in range(request.choices)
    )
    return b"".join(b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\n\n" for chunk in chunks)


def _completion_object(request: CompletionRequest, envelope: _Envelope) -> dict[str, Any]:
    """Return the reply as one JSON object. It has no ``usage``, because nothing here counts tokens."""
    pieces = TruncatedPieces(request.pieces(), request.limits)
    message: dict[str, Any] = {"role": "assistant", "content": "".join(pieces), "refusal": None}
    if request.reasoning:
        message["reasoning_content"] = request.reasoning
    if request.call is not None:
        call = request.call
        function = {"name": call.name, "arguments": call.arguments}
        message |= {"content": None, "tool_calls": [{"id": call.id, "type": "function", "function": function}]}
    reason = _finish_reason(request, pieces)
    choices = [
        {"index": index, "message": message, "logprobs": None, "finish_reason": reason}
        for index in range(request.choices)
    ]
    return envelope.wrap("chat.completion", choices)


class _EventStream(httpx.SyncByteStream):
    """The events of one reply, each composed when the client reads it; none after `close`."""

    def __init__(self, events: Iterator[bytes]) -> None:
        self._events = events

    def __iter__(self) -> Iterator[bytes]:
        return self._events

    def close(self) -> None:
        close = getattr(self._events, "close", None)
        if close is not None:
            close()


class _AsyncEventStream(httpx.AsyncByteStream):
    """`_EventStream` for asynchronous clients, each event composed in a thread."""

    def __init__(self, events: _EventStream) -> None:
        self._events = events

    async def __aiter__(self) -> AsyncIterator[bytes]:
        events = iter(self._events)
        # A cancelled task does not wait: its thread completes the current event, and does not begin the next one.
        while (event := await anyio.to_thread.run_sync(next, events, None, abandon_on_cancel=True)) is not None:
            yield event

    async def aclose(self) -> None:
        try:
            self._events.close()
        except ValueError:  # "generator already executing": the abandoned thread composes its last event
            return
