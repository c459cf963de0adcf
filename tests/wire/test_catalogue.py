"""Deviations of real servers from the specification, row by row: the bytes that arrive, and what the user gets.

The rows are those of the catalogue in `docs/wire.md`, which names the server or issue for each.
"""

from __future__ import annotations

import gzip
import json
import zlib
from typing import Any

import httpx
import pytest
from PIL import Image as PILImage

from tests.session.scripted import in_delta
from tests.wire.conftest import Carrier, Says
from vision_magic.errors import BrokenReply, ServerError, TruncatedReply, VisionError, WireError

pytestmark = pytest.mark.usefixtures("short_pauses")


def data(body: object) -> bytes:
    return b"data: " + json.dumps(body).encode() + b"\n\n"


def chunk(content: object = "", **more: Any) -> bytes:
    delta = more.pop("delta", {"content": content})
    return data({"choices": [{"index": 0, "delta": delta, **more}]})


STOP = chunk(delta={}, finish_reason="stop")
DONE = b"data: [DONE]\n\n"
END = STOP + DONE


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        pytest.param([b": OPENROUTER PROCESSING\n\n", chunk("a"), b": ping\n\n", END], "a", id="F1 comments"),
        pytest.param([b"data: : OPENROUTER PROCESSING\n\n", chunk("a"), END], "a", id="F2 comment as data"),
        pytest.param([(chunk("a") + END).replace(b"\n", b"\r\n")], "a", id="F3 CRLF"),
        pytest.param([b"\xef\xbb\xbf", chunk("a"), END], "a", id="F4 byte order mark"),
        pytest.param([b'data: {"choices":\ndata: [{"delta":{"content":"a"}}]}\n\n', END], "a", id="F6 JSON in lines"),
        pytest.param([b" data: {}\n\n", chunk("a"), END], "a", id="F7 leading space"),
        pytest.param(['data: {"choices":[{"delta":{"content":"a\u2028b"}}]}\n\n'.encode(), END], "a\u2028b", id="F8"),
        pytest.param([bytes([byte]) for byte in chunk("größe") + END], "größe", id="F9 a byte at a time"),
        pytest.param([b'data: {"choices":[{"delta":{"content":"a\xff"}}]}\n\n', END], "a\ufffd", id="F10 bad UTF-8"),
        pytest.param([b"retry: 3000\n\nid: 7\n\nevent: ping\n\ndata:\n\n", chunk("a"), END], "a", id="F13 meta only"),
        pytest.param([b"event: message\n" + chunk("a"), b"event: ping\ndata: {}\n\n", END], "a", id="F14 names"),
        pytest.param([b"data: " + chunk("a"), END], "a", id="F15 double prefix"),
        pytest.param([b'data: {"id":"chat.completion.c' + chunk("a"), END], "a", id="F16 glued frames"),
        pytest.param([chunk("a"), STOP, b"data: [DONE]"], "a", id="F19 DONE without blank line"),
        pytest.param([chunk("a"), b"data: [DONE]"], "a", id="F19 DONE without blank line nor finish reason"),
        pytest.param([chunk("a"), DONE, chunk("b"), b"data: junk\n\n"], "a", id="F20 after DONE"),
        pytest.param([chunk("a"), chunk("b", finish_reason="stop")], "ab", id="C9 finish reason, no DONE"),
        pytest.param([chunk("a"), chunk("b", finish_reason="stop").rstrip()], "ab", id="last chunk unterminated"),
        pytest.param([chunk("a"), DONE], "a", id="C9 DONE, no finish reason"),
    ],
)
def test_framing(carry: Carrier, says: Says, pieces: list[bytes], text: str) -> None:
    assert carry(says(*pieces)).text == text
    assert carry.streams[0].closed


@pytest.mark.parametrize(
    "content_type",
    [
        pytest.param({"content-type": "application/json"}, id="S3 JSON"),
        pytest.param({"content-type": "text/plain"}, id="S3 text"),
        pytest.param({}, id="S3 none"),
        pytest.param({"content-type": "text/event-stream; charset=iso-8859-1"}, id="F11 charset"),
    ],
)
def test_the_content_type_is_not_believed(carry: Carrier, says: Says, content_type: dict[str, str]) -> None:
    assert carry(says(chunk("ü"), END, headers=content_type)).text == "ü"


COMPLETION = {
    "model": "model-2",
    "system_fingerprint": "fp",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "whole"}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5},
}


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(json.dumps(COMPLETION).encode(), id="compact"),
        pytest.param(b"\n  " + json.dumps(COMPLETION, indent=2).encode() + b"\n", id="indented"),
        pytest.param(b"\xef\xbb\xbf" + json.dumps(COMPLETION).encode(), id="byte order mark"),
    ],
)
def test_s1_a_whole_completion_is_a_reply(carry: Carrier, says: Says, stream: bool, body: bytes) -> None:
    reply = carry(says(body[:5], body[5:], headers={"content-type": "application/json"}), stream=stream)
    assert (reply.text, reply.finish_reason, reply.model) == ("whole", "stop", "model-2")
    assert reply.usage is not None
    assert reply.usage.completion_tokens == 2


def test_bare_json_lines_are_chunks(carry: Carrier, says: Says) -> None:
    lines = (chunk("a") + chunk("b") + STOP).replace(b"data: ", b"").replace(b"\n\n", b"\n")
    assert carry(says(lines)).text == "ab"


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        pytest.param(200, b'{"error": {"message": "boom", "code": 500}}', "boom", id="S2 JSON error"),
        pytest.param(200, b"<html><title>Sign in</title><body>x</body></html>", "Sign in", id="S2 page"),
        pytest.param(200, b"  <!DOCTYPE html>\n<head><title>Oh &amp; no</title>", "Oh & no", id="S2 page, late"),
        pytest.param(200, b"", "empty stream", id="S4 nothing"),
        pytest.param(200, b": ping\n\n", "empty stream", id="S4 nothing but a comment"),
        pytest.param(200, b"{nonsense", "nonsense", id="no JSON"),
        pytest.param(200, b": hi\n\n" + b'{"error": "backend died"}\n', "backend died", id="F18 JSON in a stream"),
        pytest.param(400, b'{"error": {"message": "m1", "type": "t"}}', "m1", id="S5 OpenAI"),
        pytest.param(400, b'{"error": "m2"}', "m2", id="S5 LM Studio"),
        pytest.param(400, b'{"object": "error", "message": "m3", "code": 400}', "m3", id="S5 vLLM"),
        pytest.param(400, b'[{"error": {"code": 400, "message": "m4"}}]', "m4", id="S5 Gemini"),
        pytest.param(422, b'{"detail": [{"loc": ["body", "x"], "msg": "m5"}]}', "body.x: m5", id="S5 FastAPI"),
        pytest.param(400, b'{"detail": "m6"}', "m6", id="S5 detail"),
        pytest.param(422, b'{"message": {"detail": [{"loc": ["a"], "msg": "m7"}]}}', "a: m7", id="S5 Mistral"),
        pytest.param(
            502, b'{"error": {"message": "outer", "metadata": {"raw": "m8"}}}', "outer (m8)", id="S5 OpenRouter"
        ),
        pytest.param(500, b"Internal Server Error", "Internal Server Error", id="S6 text"),
        pytest.param(413, b"<html><head><title>413 Too Large</title>", "--max-side 1024", id="S7 too large"),
        pytest.param(404, b'{"detail": "Not Found"}', "Check the base URL", id="S9 wrong address"),
        pytest.param(405, b"", "Check the base URL", id="S9 wrong method"),
        pytest.param(401, b'{"error": {"message": "no"}}', "Check the key", id="key"),
        pytest.param(
            400, b'{"error": {"code": "context_length_exceeded", "message": "x"}}', "model's context", id="context"
        ),
        pytest.param(
            400, b'{"error": "This model does not support image input"}', "not accept pictures", id="text only"
        ),
        pytest.param(400, b'{"message": "At most 1 image(s) may be provided"}', "fewer at a time", id="too many"),
    ],
)
def test_an_answer_that_is_no_reply_is_an_error_that_says_why(
    carry: Carrier, says: Says, status: int, body: bytes, said: str
) -> None:
    with pytest.raises(WireError) as caught:
        carry(says(body, status=status, headers={"x-should-retry": "false"}))
    assert said in str(caught.value)
    assert "<" not in str(caught.value)
    assert all(stream.closed for stream in carry.streams)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_s10_a_redirect_is_refused_by_name(carry: Carrier, says: Says, status: int) -> None:
    with pytest.raises(ServerError, match=r"a redirect to https://elsewhere\.example/v1"):
        carry(says(status=status, headers={"location": "https://elsewhere.example/v1"}))
    assert len(carry.requests) == 1


@pytest.mark.parametrize(
    ("event", "said"),
    [
        pytest.param(data({"error": {"message": "boom", "code": 502}}), "boom", id="E1 error object"),
        pytest.param(b"event: error\n" + data({"error": {"message": "boom"}, "status_code": 400}), "boom", id="E2"),
        pytest.param(b"event: error\n" + data({"message": "boom"}), "boom", id="E3 no error key"),
        pytest.param(b"event: error\n" + data("boom"), "boom", id="E3 a text"),
        pytest.param(
            data({"error": {"message": "boom"}, "choices": [{"delta": {"content": ""}, "finish_reason": "error"}]}),
            "boom",
            id="E4 with choices",
        ),
        pytest.param(data({"error": "boom"}), "boom", id="E6 a text"),
        pytest.param(b'error: {"code": 500, "message": "boom"}\n\n', "boom", id="F17 llama.cpp"),
        pytest.param(data({"error": {"message": "boom"}}).rstrip(), "boom", id="F19 unterminated"),
        pytest.param(b"data: {broken\n\n", "not JSON", id="broken JSON"),
    ],
)
def test_an_error_inside_a_stream_keeps_what_came_before(carry: Carrier, says: Says, event: bytes, said: str) -> None:
    with pytest.raises(WireError) as caught:
        carry(says(chunk("half an ans"), event))
    assert said in str(caught.value)
    assert caught.value.partial is not None
    assert caught.value.partial.text == "half an ans"
    assert [getattr(told, "text", "") for told in carry.events] == ["half an ans"]
    assert carry.streams[0].closed


def test_what_came_in_the_same_piece_as_an_error_is_told_before_it(carry: Carrier, says: Says) -> None:
    with pytest.raises(ServerError):
        carry(says(chunk("a") + data({"error": "boom"})))
    assert [getattr(told, "text", "") for told in carry.events] == ["a"]


def test_e5_an_error_that_is_null_is_none(carry: Carrier, says: Says) -> None:
    good = data({"error": None, "choices": [{"delta": {"content": "a"}, "finish_reason": "stop"}]})
    assert carry(says(good)).text == "a"


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param([chunk("half")], id="neither"),
        pytest.param([chunk("half"), chunk(delta={})], id="E7 an empty delta at the end (Ollama)"),
        pytest.param([chunk("half"), b'data: {"choices":[{"del'], id="cut in a chunk"),
        pytest.param([chunk("half"), httpx.ReadError("reset")], id="transport error"),
        pytest.param(
            [chunk("half"), b"\n", httpx.RemoteProtocolError("peer closed connection")], id="chunked body cut"
        ),
    ],
)
def test_a_stream_that_ends_too_early_is_truncated(carry: Carrier, says: Says, pieces: list[Any]) -> None:
    with pytest.raises(TruncatedReply) as caught:
        carry(says(*pieces))
    assert caught.value.partial is not None
    assert caught.value.partial.text == "half"
    assert caught.value.partial.state == "truncated"


def test_a_finish_reason_counts_even_if_the_transport_then_fails(carry: Carrier, says: Says) -> None:
    assert carry(says(chunk("all"), STOP, httpx.ReadError("reset"))).text == "all"


def test_a_transport_error_in_one_json_body_is_truncated(carry: Carrier, says: Says) -> None:
    with pytest.raises(WireError):
        carry(says(b'{"choices": [{"mess', httpx.ReadError("reset")))


@pytest.mark.parametrize(
    ("chunks", "text", "reason"),
    [
        pytest.param([data({"choices": [], "prompt_filter_results": []}), chunk("a"), END], "a", "stop", id="C1"),
        pytest.param([data({"choices": None}), data({"id": "x"}), chunk("a"), END], "a", "stop", id="C2"),
        pytest.param([data({"choices": [{"index": 0}, {"delta": None}]}), chunk("a"), END], "a", "stop", id="C3"),
        pytest.param([chunk(None), chunk(""), chunk(" "), chunk("a"), END], " a", "stop", id="C4"),
        pytest.param([chunk([{"type": "text", "text": "a"}]), END], "a", "stop", id="C5"),
        pytest.param(
            [data({"id": n, "choices": [{"delta": {"content": n}}]}) for n in "ab"] + [END], "ab", "stop", id="C7"
        ),
        pytest.param(
            [data({"choices": [{"index": n, "delta": {"content": "a"}}]}) for n in (76, 197, 198)] + [END],
            "aaa",
            "stop",
            id="C8",
        ),
        pytest.param([chunk("a", finish_reason=""), chunk("b", finish_reason="null"), DONE], "ab", None, id="C9 none"),
        pytest.param([chunk("a", finish_reason="length"), STOP, DONE], "a", "stop", id="C9 the last wins"),
        pytest.param([data({"object": "", "choices": [{"delta": {"content": "a"}}]}), END], "a", "stop", id="C11"),
        pytest.param([chunk("a", finish_reason="length"), DONE], "a", "length", id="C14"),
    ],
)
def test_chunks(carry: Carrier, says: Says, chunks: list[bytes], text: str, reason: str | None) -> None:
    reply = carry(says(*chunks))
    assert (reply.text, reply.finish_reason) == (text, reason)


@pytest.mark.parametrize(
    "delta",
    [
        pytest.param({"reasoning_content": "why"}, id="DeepSeek"),
        pytest.param({"reasoning": "why"}, id="Groq"),
        pytest.param({"reasoning": "why", "reasoning_content": "why"}, id="both"),
        pytest.param({"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "why"}]}]}, id="Mistral"),
    ],
)
def test_c6_reasoning_is_kept_apart(carry: Carrier, says: Says, delta: dict[str, Any]) -> None:
    reply = carry(says(chunk(delta=delta), chunk("a"), END))
    assert (reply.reasoning, reply.text) == ("why", "a")


def test_c10_the_last_usage_counts_and_comes_after_the_finish_reason(carry: Carrier, says: Says) -> None:
    first = data({"choices": [{"delta": {"content": "a"}, "finish_reason": "stop"}], "usage": {"completion_tokens": 1}})
    last = data({"choices": [], "usage": {"completion_tokens": 7}})
    usage = carry(says(first, last, DONE)).usage
    assert usage is not None
    assert usage.completion_tokens == 7


def test_c12_calls_without_index_and_calls_all_numbered_0(carry: Carrier, says: Says) -> None:
    def call(name: str, **more: Any) -> bytes:
        return chunk(delta={"tool_calls": [{"function": {"name": name, "arguments": None}, **more}]})

    unnumbered = carry(says(call("f", id="1"), call("g", id="2"), END))
    assert [made.name for made in unnumbered.tool_calls] == ["f", "g"]
    numbered = carry(says(call("f", id="1", index=0), call("g", id="2", index=0), END))
    assert [made.name for made in numbered.tool_calls] == ["f", "g"]
    assert numbered.tool_calls[0].to_wire()["function"]["arguments"] == "{}"


def test_c13_a_refusal_is_kept(carry: Carrier, says: Says) -> None:
    reply = carry(says(chunk(delta={"refusal": "I will not."}), chunk(delta={}, finish_reason="content_filter"), DONE))
    assert (reply.refusal, reply.finish_reason) == ("I will not.", "content_filter")


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [pytest.param("gzip", gzip.compress, id="gzip"), pytest.param("deflate", zlib.compress, id="deflate")],
)
def test_f21_a_compressed_stream_is_unpacked(carry: Carrier, says: Says, encoding: str, pack: Any) -> None:
    packed = pack(chunk("a") + END)
    assert carry(says(packed[:9], packed[9:], headers={"content-encoding": encoding})).text == "a"


def test_f21_a_compression_that_was_not_asked_for_and_is_unknown_is_refused(carry: Carrier, says: Says) -> None:
    with pytest.raises(BrokenReply, match="compressed"):
        carry(says(b"\x00", headers={"content-encoding": "br"}))


@pytest.mark.parametrize("carry", ["httpx"], indirect=True)  # two CPU seconds each; all unpack by the same code
def test_a_small_gzip_that_holds_a_huge_event_is_refused(carry: Carrier, says: Says) -> None:
    bomb = gzip.compress(b"data: " + b"x" * (80 * 1024 * 1024))
    assert len(bomb) < 100_000
    with pytest.raises(BrokenReply, match="more than"):
        carry(says(bomb, headers={"content-encoding": "gzip"}))


def test_the_headers_ask_for_a_live_stream_and_nothing_more(carry: Carrier, says: Says) -> None:
    carry(says(chunk("a"), END))
    headers = carry.requests[0].headers
    assert headers["accept"] == "text/event-stream, application/json"  # Q10: the first type decides at some gateways
    assert headers["accept-encoding"] == "identity"
    assert headers["content-type"] == "application/json"
    assert int(headers["content-length"]) == len(carry.bodies[0])
    assert "authorization" not in headers


def test_the_body_is_what_the_request_says(carry: Carrier, says: Says) -> None:
    from tests.wire.conftest import request

    carry(says(chunk("a"), END), temperature=0.5, stop=["x"])
    assert json.loads(carry.bodies[0]) == request(temperature=0.5, stop=["x"]).to_wire()


@pytest.mark.parametrize(
    "trouble",
    [
        OSError("x"),
        RuntimeError("x"),
        UnicodeDecodeError("utf-8", b"", 0, 1, "x"),
        httpx.DecodingError("x"),
        ValueError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_no_foreign_exception_escapes(carry: Carrier, says: Says, trouble: Exception) -> None:
    with pytest.raises(VisionError):
        carry(says(chunk("a"), trouble))
    with pytest.raises(VisionError):
        carry(says(trouble))


# -- answers taken for good (rows of errors inside choices, and of replies that are none) -------------------------

BOOM = {"code": 502, "message": "boom", "metadata": {"raw": "upstream"}}


def whole(choice: Any = None, **more: Any) -> bytes:
    choices = [] if choice is None else [choice]
    return json.dumps({"object": "chat.completion", "choices": choices, **more}).encode()


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        pytest.param({"error": BOOM, "finish_reason": "error"}, "boom (upstream)", id="C1 genkit#6079"),
        pytest.param({"error": "boom"}, "boom", id="C1 a string, no finish reason"),
        pytest.param({"error": ["boom", "again"]}, "boom", id="C1 a list"),
        pytest.param({"error": {"detail": [{"msg": "boom"}]}, "finish_reason": "stop"}, "boom", id="C1 with stop"),
        pytest.param({"delta": {"content": "lf", "error": BOOM}}, "boom", id="C1 in the delta"),
        pytest.param({"message": {"error": {"message": "boom"}}}, "boom", id="C1 in the message"),
        pytest.param({"delta": {"content": "lf"}, "error": BOOM}, "boom", id="C1 beside text"),
        pytest.param({"finish_reason": "error"}, "'error'", id="C1 only a finish reason"),
        pytest.param({"finish_reason": "network_error"}, "'network_error'", id="C1 Z.ai"),
        pytest.param({"finish_reason": "insufficient_system_resource"}, "insufficient_system", id="C1 DeepSeek"),
        pytest.param({"finish_reason": {"type": "abort", "message": "x"}}, "'abort'", id="C1 SGLang"),
        pytest.param({"finish_reason": "FinishReason.ERROR"}, "FinishReason.ERROR", id="C1 an enumeration"),
        pytest.param({"finish_reason": "Internal_Server_Error"}, "Internal_Server_Error", id="C1 any case"),
        pytest.param(
            {"finish_reason": "stop", "native_finish_reason": "network_error"}, "network_error", id="C1 pi#8511"
        ),
        pytest.param({"native_finish_reason": "error: overloaded"}, "error: overloaded", id="C1 only the native one"),
    ],
)
def test_c1_an_error_inside_a_choice_is_an_error_and_keeps_the_text(
    carry: Carrier, says: Says, choice: dict[str, Any], said: str
) -> None:
    with pytest.raises(ServerError) as caught:
        carry(says(chunk("ha"), data({"choices": [{"index": 0, **choice}]}), DONE))
    assert said in str(caught.value)
    assert said.strip("'") in caught.value.server_message
    assert caught.value.partial is not None
    beside = (choice.get("delta") or {}).get("content", "")
    assert caught.value.partial.text == f"ha{beside}"
    assert caught.value.partial.state == "truncated"


@pytest.mark.parametrize(
    "choice",
    [
        pytest.param({"error": BOOM}, id="C1 body, error"),
        pytest.param({"finish_reason": "error", "message": {"content": "half"}}, id="C1 body, finish reason"),
        pytest.param(
            {"error": BOOM, "message": {"content": "half"}, "finish_reason": "stop"}, id="C1 body, beside text"
        ),
    ],
)
def test_c1_an_error_inside_a_choice_of_a_body(carry: Carrier, says: Says, choice: dict[str, Any]) -> None:
    with pytest.raises(ServerError) as caught:
        carry(says(whole(choice), headers={}), stream=False)
    if "message" in choice:
        assert caught.value.partial is not None
        assert caught.value.partial.text == "half"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param({"error": BOOM, "choices": [{"message": {"content": "half"}}]}, "boom", id="C1 beside choices"),
        pytest.param({"error": ["boom"], "choices": []}, "boom", id="C1 a list"),
        pytest.param({"error": True}, "true", id="C1 true"),
        pytest.param({"type": "error", "error": {"type": "overloaded_error", "message": "boom"}}, "boom", id="C1 type"),
        pytest.param({"type": "error", "code": "x"}, '"code": "x"', id="C1 type alone"),
        pytest.param({"promptFeedback": {"blockReason": "SAFETY"}}, "blocked (SAFETY)", id="C1 Gemini"),
        pytest.param({"promptFeedback": {"blockReason": "OTHER"}, "choices": []}, "blocked (OTHER)", id="C1 Gemini []"),
    ],
)
@pytest.mark.parametrize("framed", [True, False], ids=["stream", "body"])
def test_c1_an_error_for_the_whole_reply(
    carry: Carrier, says: Says, body: dict[str, Any], said: str, framed: bool
) -> None:
    with pytest.raises(ServerError) as caught:
        carry(says(data(body) + DONE if framed else json.dumps(body).encode()))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(b"event: error\ndata: boom\n\n", id="C1 words that are not JSON"),
        pytest.param(b"event: error\ndata: [boom\n\n", id="C1 broken JSON"),
        pytest.param(b'event: error\ndata: {"type": "error", "error": {"message": "boom"}}\n\n', id="C1 Anthropic"),
        pytest.param(b"event: error\ndata: boom", id="C1 unterminated"),
    ],
)
def test_c1_an_event_named_error_is_one(carry: Carrier, says: Says, event: bytes) -> None:
    with pytest.raises(ServerError, match="boom") as caught:
        carry(says(chunk("half"), event))
    assert caught.value.partial is not None
    assert caught.value.partial.text == "half"


def test_c1_the_words_may_follow_the_finish_reason(carry: Carrier, says: Says) -> None:
    with pytest.raises(ServerError, match="boom"):
        carry(says(chunk("half", finish_reason="error"), data({"error": {"message": "boom"}})))


def test_c1_an_error_of_one_choice_keeps_the_others(carry: Carrier, says: Says) -> None:
    body = {
        "choices": [{"index": 0, "message": {"content": "a"}, "finish_reason": "stop"}, {"index": 1, "error": BOOM}]
    }
    with pytest.raises(ServerError, match="boom") as caught:
        carry(says(json.dumps(body).encode()), n=2, stream=False)
    assert caught.value.partial is not None
    assert caught.value.partial.choices[0].text == "a"


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"error": None}, id="null"),
        pytest.param({"error": {}}, id="empty"),
        pytest.param({"error": ""}, id="empty string"),
        pytest.param({"error": False}, id="false"),
        pytest.param({"native_finish_reason": "STOP"}, id="native stop"),
        pytest.param({"native_finish_reason": "completed"}, id="native completed"),
        pytest.param({"stop_reason": "error"}, id="vLLM's stop string"),
    ],
)
def test_c1_what_only_looks_like_an_error_is_none(carry: Carrier, says: Says, more: dict[str, Any]) -> None:
    assert carry(says(chunk("a", **more), chunk("b", finish_reason="stop", **more), DONE)).text == "ab"


NOTHING = [
    pytest.param({"choices": None}, '"choices": null', id="C2 choices null"),
    pytest.param({"choices": []}, '"choices": []', id="C2 choices empty"),
    pytest.param({"choices": [], "usage": {"prompt_tokens": 5}}, '"usage"', id="C2 only usage"),
    pytest.param({"choices": "x"}, '"choices": "x"', id="C2 choices a string"),
    pytest.param({"choices": [None, 5]}, "[null, 5]", id="C2 choices of nothing"),
    pytest.param({"choices": [{"delta": {"role": "assistant"}}]}, "assistant", id="C2 only a role, delta"),
    pytest.param({"choices": [{"message": {"role": "assistant"}}]}, "assistant", id="C2 only a role, message"),
    pytest.param({"choices": [{"message": {"content": ""}}]}, '"content": ""', id="C2 empty, no finish reason"),
    pytest.param({"choices": [{}]}, "[{}]", id="C2 an empty choice"),
    pytest.param(
        {"message": {"role": "assistant", "content": "x"}, "done": True}, '"done": true', id="C2 Ollama's own"
    ),
    pytest.param({"response": "Hello", "done": True}, '"response": "Hello"', id="C2 Ollama's own"),
    pytest.param({"object": "response", "output": [{"type": "message"}]}, '"object": "response"', id="C2 Responses"),
    pytest.param({"candidates": [{"content": {}}]}, "candidates", id="C2 Gemini's own"),
    pytest.param({"status": "ok"}, '"status": "ok"', id="C2 a health check"),
    pytest.param({}, "{}", id="C2 an empty object"),
    pytest.param([], "[]", id="C2 a list"),
    pytest.param([{"a": 1}], '"a": 1', id="C2 a list of objects"),
    pytest.param("hello", "hello", id="C2 a string"),
    pytest.param(5, "5", id="C2 a number"),
    pytest.param(True, "true", id="C2 true"),
]


@pytest.mark.parametrize("carry", ["httpx"], indirect=True)
@pytest.mark.parametrize("framed", ["stream", "stream without DONE", "body", "bare lines"])
@pytest.mark.parametrize(("body", "said"), NOTHING)
def test_c2_what_is_no_completion_is_broken_and_says_what_came(
    carry: Carrier, says: Says, body: object, said: str, framed: str
) -> None:
    text = json.dumps(body).encode()
    pieces = {
        "stream": data(body) + DONE,
        "stream without DONE": data(body),
        "body": text,
        "bare lines": text + b"\n" + text + b"\n[DONE]\n",
    }
    with pytest.raises(BrokenReply) as caught:
        carry(says(pieces[framed]))
    if framed == "stream without DONE" and isinstance(caught.value, TruncatedReply):
        assert "choices" in str(body)  # an answer had begun, and was cut off before any text
    else:
        assert said in str(caught.value)
    assert caught.value.partial is None


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param(b"upstream is warming up", "upstream is warming up", id="C2 plain text"),
        pytest.param(b"OK", "'OK'", id="C2 a word"),
        pytest.param(b"<html><title>Sign in</title>", "Sign in", id="C2 a login page"),
        pytest.param(b'{"response":"a","done":false}\n{"response":"b","done":true}\n', '"response"', id="C2 NDJSON"),
        pytest.param(DONE, "empty stream", id="C2 nothing but DONE"),
        pytest.param(b"[DONE]", "empty stream", id="C2 a bare DONE"),
    ],
)
def test_c2_a_body_that_is_no_json_is_broken_and_says_what_came(
    carry: Carrier, says: Says, body: bytes, said: str
) -> None:
    with pytest.raises(BrokenReply) as caught:
        carry(says(body))
    assert said.strip("'") in str(caught.value)


LENGTH_USAGE = {"completion_tokens": 9, "completion_tokens_details": {"reasoning_tokens": 9}}


@pytest.mark.parametrize(
    ("choice", "more", "note"),
    [
        pytest.param({"finish_reason": "stop"}, {}, "The model sent no text.", id="C2 stop"),
        pytest.param({"finish_reason": "STOP"}, {}, "The model sent no text.", id="C2 STOP"),
        pytest.param({}, {"usage": {"completion_tokens": 1}}, "The model sent no text.", id="C2 only usage"),
        pytest.param({"finish_reason": "content_filter"}, {}, "The model sent no text.", id="C2 filter"),
        pytest.param({"finish_reason": "length"}, {}, "The model sent no text.", id="C2 length"),
        pytest.param(
            {"finish_reason": "length"},
            {"usage": LENGTH_USAGE},
            "limit was spent on reasoning",
            id="C2 hidden reasoning",
        ),
    ],
)
@pytest.mark.parametrize("place", ["delta", "message"])
def test_c2_an_answer_without_text_is_complete_and_says_so(
    carry: Carrier, says: Says, choice: dict[str, Any], more: dict[str, Any], note: str, place: str
) -> None:
    body = {"choices": [{place: {"role": "assistant", "content": ""}, **choice}], **more}
    reply = carry(says(data(body) + DONE if place == "delta" else json.dumps(body).encode()))
    assert (reply.text, reply.state) == ("", "complete")
    assert any(note in one for one in reply.notes)


@pytest.mark.parametrize(
    "delta",
    [
        pytest.param({"reasoning": "hm"}, id="C2 reasoning"),
        pytest.param({"content": "<think>hm"}, id="C2 a tag that is not closed"),
    ],
)
def test_c2_a_limit_that_was_spent_on_reasoning_is_named(carry: Carrier, says: Says, delta: dict[str, Any]) -> None:
    reply = carry(says(chunk(delta=delta), chunk(delta={}, finish_reason="MAX_TOKENS"), DONE))
    assert any("the token limit was spent on reasoning" in note for note in reply.notes)


@pytest.mark.parametrize(
    "delta",
    [
        pytest.param({"content": "a"}, id="text"),
        pytest.param({"content": "<think>hm</think>a"}, id="text after a tag"),
        pytest.param({"refusal": "no"}, id="a refusal"),
    ],
)
def test_c2_an_answer_with_anything_in_it_has_no_note(carry: Carrier, says: Says, delta: dict[str, Any]) -> None:
    assert carry(says(chunk(delta=delta), END)).notes == ()


def test_a_call_of_a_function_that_was_not_offered_is_named(carry: Carrier, says: Says) -> None:
    reply = carry(says(chunk(delta={"tool_calls": [{"id": "a", "function": {"name": "look"}}]}), END))
    assert reply.notes == ("The model called a function, but none was offered; pass functions with tools.",)


def test_c6_pictures_in_a_reply_are_kept(carry: Carrier, says: Says) -> None:
    """simonw/llm#828; OpenRouter sends them in a field of their own."""
    picture = in_delta(PILImage.new("RGB", (20, 10), "navy"))
    alone = carry(says(chunk(delta={"role": "assistant", "content": "", "images": [picture, picture]}), END))
    assert [(image.width, image.height) for image in alone.output_images] == [(20, 10)], "each picture once"
    assert (alone.notes, alone.has_answer) == ((), True)
    parts = carry(says(chunk([{"type": "output_text", "text": "Here:", "annotations": [{}]}, picture]), END))
    assert (parts.text, parts.notes, parts.output_images) == ("Here:", (), alone.output_images)
