"""Server errors: error bodies of any shape, even hostile ones, become one short message with a next step."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, strategies as st

from vision_magic.errors import ServerError
from vision_magic.secrets import Secret
from vision_magic.wire import failures

# Characters that control a terminal or that no encoder accepts.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["error", "message", "detail", "msg", "code", "type", "loc", "metadata", "raw", "object"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


def refused(body: object, status: int = 400, **more: Any) -> ServerError:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return failures.from_response(status, data, host="h.example", **more)


@pytest.mark.parametrize(
    ("body", "message", "code"),
    [
        pytest.param({"error": {"message": "m", "type": "t", "param": "p", "code": "c"}}, "m", "c", id="S5 OpenAI"),
        pytest.param({"error": {"message": "m", "type": "t", "code": None}}, "m", "t", id="S5 code null"),
        pytest.param({"error": {"message": "m", "code": 429}}, "m", "429", id="S5 code number"),
        pytest.param({"error": {"message": "m", "code": "429"}}, "m", "429", id="S5 code text (LiteLLM)"),
        pytest.param({"error": "m"}, "m", None, id="S5 LM Studio"),
        pytest.param({"object": "error", "message": "m", "code": 404}, "m", "404", id="S5 vLLM before 0.10.1"),
        pytest.param([{"error": {"code": 400, "message": "m", "status": "X"}}], "m", "400", id="S5 Gemini's list"),
        pytest.param({"detail": "m"}, "m", None, id="S5 FastAPI text"),
        pytest.param({"detail": [{"loc": ["body", "n"], "msg": "m", "type": "t"}]}, "body.n: m", None, id="S5 FastAPI"),
        pytest.param({"detail": [{"loc": ["a", 0], "msg": "m"}, {"msg": "k"}]}, "a.0: m; k", None, id="S5 several"),
        pytest.param(
            {"object": "error", "message": {"detail": [{"loc": ["a"], "msg": "m"}]}, "type": "t"},
            "a: m",
            "t",
            id="S5 Mistral",
        ),
        pytest.param(
            {"error": {"message": "outer", "code": 502, "metadata": {"raw": "m", "provider_name": "p"}}},
            "outer (m)",
            "502",
            id="S5 OpenRouter",
        ),
        pytest.param({"error": {"foo": 1}}, '{"foo": 1}', None, id="no message"),
        pytest.param({"error": {"message": ""}}, '{"message": ""}', None, id="empty message"),
        pytest.param({"error": {"message": ["a", 1]}}, "a; 1", None, id="messages in a list"),
        pytest.param({"error": True}, "true", None, id="no object"),
        pytest.param({"foo": "bar"}, '{"foo": "bar"}', None, id="any object"),
        pytest.param([], "[]", None, id="empty list"),
        pytest.param(b"Internal Server Error", "Internal Server Error", None, id="S6 text"),
        pytest.param(b"", "", None, id="nothing"),
        pytest.param(b"\xff\xfe", "\ufffd\ufffd", None, id="no UTF-8"),
        pytest.param(b"<html><title> Log\nin </title><p>x", "a web page: Log in", None, id="S2 page with a title"),
        pytest.param(
            b"<!doctype html><style>p{}</style><script>x()</script><body>Wait &lt;5 s",
            "a web page: Wait <5 s",
            None,
            id="S2 page without",
        ),
    ],
)
def test_s5_the_message_and_the_code_are_found_in_every_shape(body: object, message: str, code: str | None) -> None:
    error = refused(body)
    assert (error.server_message, error.code, error.status) == (message, code, 400)
    assert message in str(error)
    assert str(error).startswith("h.example answered 400")


@pytest.mark.parametrize(
    ("status", "said", "step"),
    [
        pytest.param(400, "bad", "--dry-run", id="400"),
        pytest.param(401, "bad", "Check the key", id="401"),
        pytest.param(403, "bad", "no access to this model", id="403"),
        pytest.param(413, "bad", "The request is 5.0 MB: send fewer pictures, or smaller", id="S7 413"),
        pytest.param(400, "Request entity too large", "The request is 5.0 MB", id="S7 said so"),
        pytest.param(422, "bad", "does not support one of the options", id="422"),
        pytest.param(429, "slow down", "wait a moment", id="S8 429"),
        pytest.param(429, "You exceeded your current quota", "no credit left", id="S8 quota"),
        pytest.param(503, "busy", "run the cell again", id="503"),
        pytest.param(400, "This model's maximum context length is 4096 tokens", "do not fit", id="context"),
        pytest.param(400, "At most 1 image(s) may be provided", "fewer at a time", id="too many (vLLM)"),
        pytest.param(
            500, "image input is not supported - hint: provide the mmproj", "not accept pictures", id="mmproj"
        ),
    ],
)
def test_the_next_step_follows_from_the_message_and_then_from_the_status(status: int, said: str, step: str) -> None:
    assert step in str(refused({"error": said}, status, request_size=5_000_000))


@pytest.mark.parametrize(
    ("base_url", "step"),
    [
        pytest.param("https://h.example", "try https://h.example/v1.", id="S9 no version"),
        pytest.param("https://h.example/v1/v1", "try https://h.example/v1.", id="S9 twice"),
        pytest.param("https://h.example/v1", "Check the base URL and the model.", id="S9 looks right"),
        pytest.param("https://x.openai.azure.com/openai/deployments/d", "Check the base URL", id="Q11 Azure"),
    ],
)
def test_s9_a_wrong_address_gets_a_better_one(base_url: str, step: str) -> None:
    assert step in str(refused({"detail": "Not Found"}, 404, base_url=base_url))


def test_s10_a_redirect_names_where_it_points_without_secrets_or_controls() -> None:
    location = "https://else.example/\x1b[2J?key=sk-abcdefgh12345678"
    error = failures.from_response(307, b"", host="h.example", location=location)
    assert "a redirect to https://else.example/␛[2J?key=****." in str(error)
    assert "no address" in str(failures.from_response(302, b"", host="h.example"))


@pytest.mark.parametrize(
    ("location", "advice"),
    [
        pytest.param("/api/v1/chat/completions?x=1", "set base_url to http://h.example/api/v1.", id="another path"),
        pytest.param("https://h.example/v1/chat/completions", "set base_url to https://h.example/v1.", id="https"),
        pytest.param("https://other.example/v1/chat/completions", "the final one", id="another host is not advised"),
        pytest.param("/login", "the final one", id="a page"),
        pytest.param("http://[", "the final one", id="no address"),
    ],
)
def test_a_redirect_that_stays_on_the_host_names_its_base_url(location: str, advice: str) -> None:
    error = failures.from_response(308, b"", host="h.example", location=location, base_url="http://h.example/v1")
    assert str(error).endswith(advice if advice.endswith(".") else f"set base_url to {advice}.")


# -- hostile bodies ----------------------------------------------------------------------------------------


@given(JSON, st.integers(400, 599))
def test_any_json_is_one_short_sentence_that_a_terminal_can_print(body: Any, status: int) -> None:
    said = str(refused(body, status))
    assert len(said) < 1000
    assert "\n" not in said
    assert not UNSAFE.search(said)


@given(st.binary(max_size=300) | st.text(max_size=100).map(lambda text: f"<html>{text}".encode("utf-8", "replace")))
def test_any_bytes_are_one_short_sentence_that_a_terminal_can_print(body: bytes) -> None:
    said = str(refused(body, 500))
    assert len(said) < 1000
    assert not UNSAFE.search(said)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"error": {"message": "\x1b[2J\x9b31m"}}, id="escapes"),
        pytest.param({"error": {"message": "\u202eevil"}}, id="order of reading"),
        pytest.param({"error": {"message": "half \ud83d"}}, id="half a character"),
        pytest.param({"error": {"\x1b": "\x1b"}}, id="in a name"),
        pytest.param(b"\x1b]52;c;ZXZpbA==\x07", id="text"),
        pytest.param(b"<html><title>\x1b[2J</title>", id="page"),
    ],
)
def test_what_a_terminal_would_obey_is_made_visible(body: object) -> None:
    said = str(refused(body, 500))
    assert not UNSAFE.search(said)
    said.encode("utf-8")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b'{"error":' * 60_000 + b"1" + b"}" * 60_000, id="objects"),
        pytest.param(b"[" * 60_000, id="lists"),
        pytest.param(b'{"detail":[' * 400 + b"1" + b"]}" * 400, id="lists of details, as deep as can be parsed"),
        pytest.param(b'{"message":' * 900 + b"1" + b"}" * 900, id="messages, as deep as can be parsed"),
    ],
)
def test_a_body_nested_deeper_than_python_can_follow_is_an_error_of_ours(body: bytes) -> None:
    assert len(str(refused(body))) < 1000
    assert failures.model_ids(body) == []


@pytest.mark.parametrize("piece", ["<script", "<title", "<", "<style>x", "< ", "&"])
def test_a_page_made_to_be_slow_is_not(piece: str) -> None:
    """The patterns for web pages search for an end from each beginning: for ten megabytes, that would take hours."""
    text, code = failures.describe("<html>" + piece * (10_000_000 // len(piece)))
    assert text.startswith("a web page")
    assert code is None


def test_a_long_message_is_cut() -> None:
    assert len(str(refused({"error": "word " * 10_000}))) < 600


# -- secrets -----------------------------------------------------------------------------------------------


def test_a_key_that_a_cut_would_halve_is_gone_before_the_cut() -> None:
    """Half of a key would not be recognised."""
    key = Secret("correct horse battery staple", source="test")
    for start in range(160, 201):
        shown = failures.excerpt("x" * start + key.reveal())
        assert "correct" not in shown
    for start in range(340, 401):
        assert "correct" not in str(refused({"error": "x " * (start // 2) + key.reveal()}))


@pytest.mark.parametrize(
    "message",
    [
        pytest.param("bad: data:image/png;base64,{}", id="data URI"),
        pytest.param("Invalid base64: {}", id="no prefix"),
        pytest.param('{{"url": "{}"}}', id="in JSON"),
    ],
)
def test_a_picture_that_a_server_repeats_is_cut_to_its_size(message: str) -> None:
    said = str(refused({"error": message.format("iVBORw0K" * 5000)}))
    assert "iVBORw0KiVBORw0K" not in said
    assert "characters)" in said


# -- models ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "names"),
    [
        pytest.param(b'{"data": [{"id": "b"}, {"id": "a"}]}', ["a", "b"], id="OpenAI"),
        pytest.param(b'[{"id": "a"}]', ["a"], id="a list"),
        pytest.param(b'{"data": [{"id": 5}, null, {}, "x"]}', [], id="odd ones"),
        pytest.param(b'{"data": null}', [], id="null"),
        pytest.param(b"5", [], id="a number"),
        pytest.param(b"<html>", [], id="a page"),
        pytest.param(b"\xff", [], id="no UTF-8"),
        pytest.param(b'{"data": [{"id": "\\u001b[2J"}]}', ["␛[2J"], id="control characters"),
    ],
)
def test_models_are_read_from_whatever_lists_them(body: bytes, names: list[str]) -> None:
    assert failures.model_ids(body) == names


def test_many_models_are_named_in_part() -> None:
    error = failures.with_models(refused({"error": "no"}, 404), "m3", [f"m{number}" for number in range(30)])
    assert "did you mean" in str(error)
    assert str(error).endswith("m11 and 18 more.")


def test_a_server_that_does_not_list_its_models_is_not_to_be_asked_for_them() -> None:
    words = {"message": "The model `x` does not exist", "code": "model_not_found"}
    assert "%vision models" in str(refused({"error": words}, 404))
    assert str(failures.with_models(refused({"error": words}, 404), "x", [])).endswith(
        "Check the name of the model; the server does not list those that it has."
    )
    assert str(failures.with_models(refused({"error": words}, 404), "x", ["y"])).endswith(
        "Check the name of the model. The server offers these models: y."
    )


@pytest.mark.parametrize(
    ("status", "error", "expected"),
    [
        (404, {"message": "The model `x` does not exist", "code": "model_not_found"}, True),
        (404, {"message": 'model "x" not found, try pulling it first'}, True),
        (400, {"message": "Invalid model: x"}, True),
        (404, {"message": "Not Found"}, False),
        (500, {"message": "model not found"}, False),
    ],
)
def test_an_unknown_model_is_told_from_a_wrong_address(status: int, error: dict[str, str], expected: bool) -> None:
    assert failures.is_unknown_model(refused({"error": error}, status)) is expected


@pytest.mark.parametrize(
    ("chunk", "error"),
    [
        pytest.param({"error": None, "choices": []}, None, id="E5 null"),
        pytest.param({"error": {}, "choices": []}, None, id="E5 empty"),
        pytest.param({"error": "", "choices": []}, None, id="E5 empty text"),
        pytest.param({"choices": [], "message": "hello"}, None, id="a chunk with a message"),
        pytest.param({}, None, id="F14 nothing"),
        pytest.param({"error": "m", "choices": []}, "m", id="E6 text wins over choices"),
        pytest.param({"error": {"message": "m"}, "choices": [{}]}, {"message": "m"}, id="E4 wins over choices"),
        pytest.param([{"error": "m"}], "m", id="in a list"),
        pytest.param("m", None, id="a text"),
        pytest.param(None, None, id="null"),
    ],
)
def test_an_error_is_told_from_a_chunk(chunk: object, error: object) -> None:
    assert failures.error_in(chunk) == error
