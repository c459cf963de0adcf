"""Keys that a server repeats, anywhere in its answer: none is left in a reply, an output or a file (A5)."""

from __future__ import annotations

import dataclasses
import html
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import vision_magic as vm
from tests.session.scripted import Scripted
from vision_magic.render.wire_trace import WireTrace
from vision_magic.secrets import Secret
from vision_magic.session.default import session

KEY = "sk-CANARY-7f3a9c0b5d2e8146"
HALF = "7f3a9c0b5d2e"


@pytest.fixture(autouse=True)
def _held() -> Iterator[None]:
    held = Secret(KEY, source="test")
    yield
    assert held.reveal() == KEY


def completion(**fields: Any) -> dict[str, Any]:
    """Return a chunk with a complete answer in it; fields of the choice and of its delta replace its own."""
    choice = {name: fields.pop(name) for name in ("finish_reason", "logprobs", "stop_reason") if name in fields}
    top = {name: fields.pop(name) for name in ("model", "system_fingerprint", "usage", "id", "note") if name in fields}
    delta = {"role": "assistant", "content": "An answer.", **fields}
    return {"id": "c", "choices": [{"index": 0, "delta": delta, "finish_reason": "stop", **choice}], **top}


def call(**fields: Any) -> list[dict[str, Any]]:
    function = {"name": fields.pop("name", "look"), "arguments": fields.pop("arguments", "{}")}
    return [{"index": 0, "id": "call_1", "type": "function", "function": function, **fields}]


def spelled(text: str) -> list[dict[str, Any]]:
    """Return the log probabilities of a text, three characters a token."""
    tokens = [text[at : at + 3] for at in range(0, len(text), 3)]
    return [{"token": token, "logprob": -0.1, "bytes": list(token.encode()), "top_logprobs": []} for token in tokens]


ESCAPED = "".join(f"\\u{ord(character):04x}" for character in KEY)

PLACES = [
    pytest.param(completion(content=f"It is {KEY}."), id="A5 text"),
    pytest.param(completion(content=[{"type": "text", "text": f"It is {KEY}."}]), id="A5 a part of the text"),
    pytest.param(completion(content=f'{{"key": "{ESCAPED}"}}'), id="A5 text with escapes"),
    pytest.param(completion(reasoning=KEY), id="A5 reasoning"),
    pytest.param(completion(refusal=KEY), id="A5 refusal"),
    pytest.param(completion(finish_reason=KEY), id="A5 finish_reason"),
    pytest.param(completion(model=KEY), id="A5 model"),
    pytest.param(completion(system_fingerprint=KEY), id="A5 system_fingerprint"),
    pytest.param(completion(usage={"prompt_tokens": 1, "completion_tokens": 2, "key": KEY}), id="A5 usage"),
    pytest.param(completion(usage={"prompt_tokens": 1, "details": {KEY: [KEY]}}), id="A5 a name inside usage"),
    pytest.param(completion(id=KEY, note=KEY), id="A5 fields that nobody reads"),
    pytest.param(completion(logprobs={"content": [{"token": KEY, "logprob": 0.0}]}), id="A5 a token"),
    pytest.param(
        completion(logprobs={"content": [{"token": "a", "logprob": 0.0, "bytes": list(KEY.encode())}]}),
        id="A5 logprobs[].bytes",
    ),
    pytest.param(completion(logprobs={"content": spelled(KEY)}), id="A5 tokens that spell it"),
    pytest.param(
        completion(logprobs={"content": [{**entry, "token": ""} for entry in spelled(KEY)]}),
        id="A5 bytes that spell it",
    ),
    pytest.param(completion(tool_calls=call(id=KEY)), id="A5 tool_call.id"),
    pytest.param(completion(tool_calls=call(name=f"look_{KEY}")), id="A5 name of a function"),
    pytest.param(completion(tool_calls=call(arguments=f'{{"key": "{KEY}"}}')), id="A5 arguments"),
    pytest.param(completion(tool_calls=call(arguments=f'{{"key": "{ESCAPED}"}}')), id="A5 arguments with escapes"),
    pytest.param(completion(tool_calls=call(arguments={"key": KEY})), id="A5 arguments as an object"),
]


def streamed(chunk: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(chunk)}\n\ndata: [DONE]\n\n".encode()


def whole(chunk: dict[str, Any]) -> bytes:
    choices = [{**choice, "message": choice["delta"]} for choice in chunk["choices"]]
    return json.dumps(
        {**chunk, "choices": [{k: v for k, v in one.items() if k != "delta"} for one in choices]}
    ).encode()


def in_two(chunk: dict[str, Any]) -> bytes:
    """Return a stream in which each streamed string of the chunk comes in two pieces."""
    (choice,) = chunk["choices"]
    halves: list[dict[str, Any]] = [{}, {}]
    for name, value in choice["delta"].items():
        if isinstance(value, str) and name != "role":
            middle = value.find("7f3a") + 2 if "7f3a" in value else len(value) // 2
            halves[0][name], halves[1][name] = value[:middle], value[middle:]
        else:
            halves[0][name] = value
    first = {**chunk, "choices": [{**choice, "delta": halves[0], "finish_reason": None}]}
    second = {"choices": [{"index": 0, "delta": halves[1], "finish_reason": choice["finish_reason"]}]}
    return b"".join(f"data: {json.dumps(part)}\n\n".encode() for part in (first, second)) + b"data: [DONE]\n\n"


@pytest.mark.parametrize("served", [streamed, whole, in_two])
@pytest.mark.parametrize("chunk", PLACES)
def test_a5_no_part_of_a_reply_and_no_file_holds_a_key_that_its_server_repeats(
    chunk: dict[str, Any], served: Callable[[dict[str, Any]], bytes], tmp_path: Path
) -> None:
    server, trace = Scripted(served(chunk)), WireTrace("host")
    session.state.log.use(tmp_path / "log.db")
    with vm.recording(tmp_path / "lesson.jsonl", "record"):
        chat = vm.Conversation(**server.options, logprobs=True)
        reply = chat.ask("What is it?")
        vm.ask("What else?", trace=trace, **server.options)
    session.state.log.use(False)
    chat.save(tmp_path / "chat.json")
    shown = [repr(dataclasses.asdict(reply)), repr(reply._repr_mimebundle_()), str(reply), trace.html(), trace.text()]
    shown += [path.read_bytes().decode(errors="replace") for path in tmp_path.rglob("*") if path.is_file()]
    for text in shown:
        assert HALF not in html.unescape(text)
        assert ESCAPED[:60] not in text.replace("\\\\", "\\")
    assert {"chat.json", "lesson.jsonl", "log.db"} <= {path.name for path in tmp_path.iterdir()}


@pytest.mark.parametrize(
    "error",
    [
        pytest.param({"message": "no", "code": KEY}, id="A5 error.code"),
        pytest.param({"message": "no", "type": KEY}, id="A5 error.type"),
        pytest.param({"message": f"no {KEY}"}, id="A5 error.message"),
        pytest.param({"message": "no", "metadata": {"raw": json.dumps({"key": KEY})}}, id="A5 JSON in an error"),
        pytest.param({"message": f"no {ESCAPED}", "code": ESCAPED}, id="A5 escapes in an error"),
        pytest.param({KEY: KEY}, id="A5 a name"),
        pytest.param(KEY, id="A5 a string"),
    ],
)
@pytest.mark.parametrize("status", [200, 400])
def test_a5_no_error_holds_a_key_that_its_server_repeats(error: object, status: int) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, content=json.dumps({"error": error}).encode())

    options = {"base_url": "http://127.0.0.1:9/v1", "model": "model-1", "transport": httpx.MockTransport(handler)}
    with pytest.raises(vm.ServerError) as caught:
        vm.ask("What?", **options)
    shown = f"{caught.value!r} {caught.value} {vars(caught.value)} {caught.value.partial!r}"
    assert HALF not in shown
    assert ESCAPED[:60] not in shown.replace("\\\\", "\\")
