"""The transport of the embedded reader, as an HTTP client sees it."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import TYPE_CHECKING, Any

import httpx
import httpx2
import pytest

from tests.engine.pictures import (
    chunks_of,
    client,
    data_uri,
    dots,
    noise,
    post,
    request_body,
    streamed_text,
    text_of,
    two_lines,
    user_turn,
)
from vision_magic.engine import reading
from vision_magic.engine.messages import NO_IMAGE
from vision_magic.engine.transport import BASE_URL, MODEL, AsyncEmbeddedTransport, EmbeddedTransport
from vision_magic.engine.truncate import Limits, TruncatedPieces

if TYPE_CHECKING:
    import openai

SIZE = "The picture is 400 × 300 px."


def test_a_streamed_reply_begins_with_the_role_and_ends_with_a_reason() -> None:
    chunks = chunks_of(request_body("What size is it?", dots()))
    assert chunks[0]["choices"][0]["delta"] == {"role": "assistant", "content": ""}
    assert chunks[-1]["choices"][0] == {"index": 0, "delta": {}, "logprobs": None, "finish_reason": "stop"}
    assert {chunk["object"] for chunk in chunks} == {"chat.completion.chunk"}
    assert {chunk["model"] for chunk in chunks} == {MODEL}
    assert len({chunk["id"] for chunk in chunks}) == 1
    assert streamed_text(chunks) == SIZE


def test_streamed_and_whole_replies_have_the_same_text_and_no_usage() -> None:
    picture = dots()
    chunks = chunks_of(request_body("Describe", picture, stream_options={"include_usage": True}))
    whole = post(request_body("Describe", picture)).json()
    assert whole["object"] == "chat.completion"
    assert whole["choices"][0]["message"]["content"] == streamed_text(chunks)
    assert whole["system_fingerprint"] == chunks[0]["system_fingerprint"] == "embedded-reader-2"
    assert not any("usage" in reply for reply in [whole, *chunks])


def test_the_same_question_gets_the_same_answer_whatever_the_sampling_fields_say() -> None:
    picture = dots()
    plain = text_of("Which colours?", picture)
    assert plain == text_of(
        "Which colours?", picture, temperature=2, top_p=0.1, seed=7, presence_penalty=-2, logprobs=True
    )


def test_the_models_are_listed() -> None:
    with client() as session:
        assert [model["id"] for model in session.get("/models").json()["data"]] == [MODEL]


def test_the_address_before_the_path_does_not_matter() -> None:
    with httpx.Client(transport=EmbeddedTransport()) as session:
        response = session.post("https://any.example/some/v1/chat/completions", json=request_body("size?", dots()))
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        pytest.param({"tools": [{"type": "function", "function": {"name": "f"}}]}, "tools", id="tools"),
        pytest.param({"response_format": {"type": "json_schema"}}, "response_format", id="json schema"),
        pytest.param({"response_format": {"type": "yaml"}}, "response_format", id="unknown format"),
        pytest.param({"response_format": "json"}, "response_format", id="format that is no object"),
        pytest.param({"n": 0}, "n", id="no choices"),
        pytest.param({"n": 129}, "n", id="too many choices"),
        pytest.param({"n": True}, "n", id="a choice that is a truth value"),
        pytest.param({"max_tokens": 0}, "max_tokens", id="no words"),
        pytest.param({"max_completion_tokens": "9"}, "max_completion_tokens", id="words as text"),
        pytest.param({"stop": ["a"] * 5}, "stop", id="five stop sequences"),
        pytest.param({"stop": 3}, "stop", id="a stop that is a number"),
        pytest.param({"messages": []}, "messages", id="no messages"),
        pytest.param({"messages": "hi"}, "messages", id="messages that are no list"),
        pytest.param({"messages": [{"role": "system", "content": "hi"}]}, "messages", id="nothing from the user"),
    ],
)
def test_a_field_that_cannot_be_honoured_is_refused_by_name(fields: dict[str, Any], param: str) -> None:
    response = post(request_body("size?", dots()) | fields)
    error = response.json()["error"]
    assert response.status_code == 400
    assert error["type"] == "invalid_request_error"
    assert error["param"] == param
    assert error["message"]


def test_tools_are_refused_with_the_next_step_and_an_empty_list_is_not() -> None:
    body = request_body("size?", dots())
    message = post(body | {"tools": [{"type": "function", "function": {"name": "f"}}]}).json()["error"]["message"]
    assert "%vision use" in message
    assert post(body | {"tools": [], "tool_choice": "none"}).status_code == 200


@pytest.mark.parametrize(
    ("url", "says"),
    [
        pytest.param("https://example.com/a.png", "never fetches", id="address on the network"),
        pytest.param("a.png", "expected a data URI", id="path"),
        pytest.param("data:text/html;base64,aGk=", "expected a data URI", id="no picture type"),
        pytest.param("data:image/png;base64,@@@@", "Base64", id="broken Base64"),
        pytest.param("data:image/png;base64,iVBORw0K\nGgo=", "Base64", id="line break in Base64"),
        pytest.param("data:image/png;base64,aGVsbG8=", "decoded as a picture", id="bytes that are no picture"),
        pytest.param(data_uri(dots())[:-400] + "AAAA", "decoded as a picture", id="picture that is cut off"),
        pytest.param("data:image/png;base64,", "0 bytes", id="nothing"),
        pytest.param(None, "expected a data URI", id="null"),
    ],
)
def test_a_picture_that_cannot_be_opened_is_refused_with_its_place(url: Any, says: str) -> None:
    response = post(
        {"model": MODEL, "messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": url}}]}]}
    )
    error = response.json()["error"]
    assert response.status_code == 400
    assert says in error["message"]
    assert error["param"] == "messages[0].content[0]"


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "gif"])
def test_pictures_of_the_usual_formats_are_opened(kind: str) -> None:
    assert SIZE in text_of("What size?", data_uri(dots(), kind))


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        pytest.param("GET", "/chat/completions", b"", 404, id="wrong method"),
        pytest.param("POST", "/embeddings", b"{}", 404, id="other path"),
        pytest.param("POST", "/chat/completions", b"{", 400, id="not JSON"),
        pytest.param("POST", "/chat/completions", b"\xff", 400, id="not text"),
        pytest.param("POST", "/chat/completions", b"[1]", 400, id="not an object"),
    ],
)
def test_other_requests_get_an_error_of_the_wire(method: str, path: str, body: bytes, status: int) -> None:
    with client() as session:
        response = session.request(method, path, content=body)
    assert response.status_code == status
    assert set(response.json()["error"]) == {"message", "type", "param", "code"}


def test_every_choice_has_the_same_text() -> None:
    chunks = chunks_of(request_body("What size?", dots(), n=3))
    assert {streamed_text(chunks, index) for index in range(3)} == {SIZE}
    whole = post(request_body("What size?", dots(), n=3)).json()
    assert [choice["index"] for choice in whole["choices"]] == [0, 1, 2]


@pytest.mark.parametrize(
    ("pieces", "stop", "kept"),
    [
        pytest.param(["one", " two"], ["e t"], "on", id="across pieces"),
        pytest.param(["one", " two"], ["e tx"], "one two", id="only its beginning"),
        pytest.param(["a", "b", "c", "d"], ["bcd"], "a", id="across four pieces"),
        pytest.param(["abab", "c"], ["abc"], "ab", id="a beginning inside a beginning"),
        pytest.param(["one two"], ["two", "one"], "", id="the earliest of two"),
        pytest.param(["one"], [], "one", id="none"),
    ],
)
def test_a_stop_sequence_ends_the_text_wherever_the_pieces_part(pieces: list[str], stop: list[str], kept: str) -> None:
    limited = TruncatedPieces(pieces, Limits(stop=tuple(stop)))
    assert "".join(limited) == kept
    assert limited.reason == "stop"


@pytest.mark.parametrize(
    ("words", "kept", "reason"),
    [
        pytest.param(1, "one", "length", id="inside the first piece"),
        pytest.param(2, "one two", "length", id="at the end of a piece"),
        pytest.param(3, "one two three", "length", id="inside a word that two pieces share"),
        pytest.param(4, "one two three four", "stop", id="exactly all"),
        pytest.param(None, "one two three four", "stop", id="no limit"),
    ],
)
def test_a_limit_counts_words_across_pieces(words: int | None, kept: str, reason: str) -> None:
    limited = TruncatedPieces(["one two", " thr", "ee four"], Limits(words=words))
    assert "".join(limited).rstrip() == kept
    assert limited.reason == reason


@pytest.mark.parametrize("field", ["max_tokens", "max_completion_tokens"])
def test_a_reply_at_its_limit_says_so(field: str) -> None:
    whole = post(request_body("Describe", dots(), **{field: 5})).json()["choices"][0]
    assert whole["finish_reason"] == "length"
    assert len(whole["message"]["content"].split()) == 5
    chunks = chunks_of(request_body("Describe", dots(), **{field: 5}))
    assert streamed_text(chunks) == whole["message"]["content"]
    assert chunks[-1]["choices"][0]["finish_reason"] == "length"


def test_a_stop_sequence_of_the_request_is_honoured_over_section_boundaries() -> None:
    whole = text_of("What are its size and its colours?", dots())
    assert ".\n\nI measured" in whole
    assert text_of("What are its size and its colours?", dots(), stop=".\n\nI measured") == whole.split(".\n\nI")[0]


def test_the_pictures_of_the_last_turn_that_has_some_are_looked_at() -> None:
    earlier = user_turn("Look", dots())
    answer = {"role": "assistant", "content": "I did."}
    body = {"model": MODEL, "messages": [earlier, answer, {"role": "user", "content": "What size is it?"}]}
    assert SIZE in post(body).json()["choices"][0]["message"]["content"]
    body["messages"].append(user_turn("And this one's size?", noise()))
    text = post(body).json()["choices"][0]["message"]["content"]
    assert "320 × 240 px" in text
    assert SIZE not in text


def test_without_a_picture_it_says_that_none_arrived() -> None:
    assert text_of("Hello?") == NO_IMAGE


def test_json_mode_streams_one_valid_object() -> None:
    body = request_body("Describe", two_lines(), response_format={"type": "json_object"})
    chunks = chunks_of(body)
    facts = json.loads(streamed_text(chunks))
    picture = facts["images"][0]
    assert len(chunks) > 5
    assert set(facts) == {"reader", "images", "comparison", "limits"}
    assert {"width", "height", "image_kind", "palette", "texts", "plot"} <= set(picture)
    assert picture["plot"]["title"] == "Harvest by year"
    assert [entry["text"] for entry in picture["plot"]["legend"]] == ["north", "south"]


def test_json_mode_compares_two_pictures_and_is_valid_with_none() -> None:
    two = json.loads(text_of("?", dots(), dots(11), response_format={"type": "json_object"}))
    assert len(two["images"]) == 2
    assert two["comparison"]["same_size"] is True
    assert two["comparison"]["regions"]
    assert json.loads(text_of("?", response_format={"type": "json_object"}))["images"] == []


def test_the_first_sections_arrive_before_the_text_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []

    def reader(picture: object) -> tuple[reading.Text, ...]:
        order.append("reading")
        return ()

    monkeypatch.setattr(reading, "read_text", reader)
    with (
        client() as session,
        session.stream(
            "POST", "/chat/completions", json=request_body("Describe", dots()) | {"stream": True}
        ) as response,
    ):
        for event in response.iter_raw():
            order.append("event")
            if b"no text" in event:
                break
    assert order[:2] == ["event", "event"]  # the role, and where the answer comes from
    assert order.index("reading") == 2
    assert order[-1] == "event"


def test_closing_the_stream_stops_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    monkeypatch.setattr(reading, "read_text", lambda picture: read.append(picture) or ())
    body = request_body("Describe", dots()) | {"stream": True}
    with client() as session, session.stream("POST", "/chat/completions", json=body) as response:
        next(response.iter_raw())
    assert read == []


def test_the_async_transport_gives_the_same_text_and_leaves_the_loop_free(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader waits for an event that only the loop can set: on the loop's own thread it would wait for ever."""
    released = threading.Event()

    def reader(picture: object) -> tuple[reading.Text, ...]:
        assert released.wait(20)
        return ()

    monkeypatch.setattr(reading, "read_text", reader)

    async def talk() -> str:
        async with httpx.AsyncClient(transport=AsyncEmbeddedTransport(), base_url=BASE_URL) as session:
            asyncio.get_running_loop().call_later(0.05, released.set)
            body = request_body("Describe", dots()) | {"stream": True}
            async with session.stream("POST", "/chat/completions", json=body) as response:
                return (await response.aread()).decode()

    streamed = asyncio.run(talk())
    assert streamed.endswith("data: [DONE]\n\n")
    assert "no text" in streamed


def test_an_async_task_can_be_cancelled_while_the_reader_works(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, released = threading.Event(), threading.Event()

    def reader(picture: object) -> tuple[reading.Text, ...]:
        begun.set()
        released.wait(20)
        return ()

    monkeypatch.setattr(reading, "read_text", reader)

    async def talk() -> None:
        body = request_body("text?", dots()) | {"stream": True}
        async with httpx.AsyncClient(transport=AsyncEmbeddedTransport(), base_url=BASE_URL) as session:
            await session.post("/chat/completions", json=body)

    async def stop_early() -> None:
        task = asyncio.create_task(talk())
        await asyncio.to_thread(begun.wait, 20)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        released.set()

    asyncio.run(stop_early())


class _AsHttpx2(httpx2.BaseTransport):
    """The engine under the newer httpx that the SDK builds its own client with."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        asked = httpx.Request(request.method, str(request.url), content=request.read())
        answer = EmbeddedTransport().handle_request(asked)
        return httpx2.Response(answer.status_code, headers=dict(answer.headers), content=iter(answer.stream))


@pytest.fixture(params=["httpx", "httpx2"])
def sdk(request: pytest.FixtureRequest) -> openai.OpenAI:
    """The official SDK, talking to the engine through either generation of its HTTP client."""
    import openai

    session: Any = (
        httpx.Client(transport=EmbeddedTransport())
        if request.param == "httpx"
        else httpx2.Client(transport=_AsHttpx2())
    )
    return openai.OpenAI(base_url=BASE_URL, api_key="none", http_client=session, max_retries=0)


def test_the_official_sdk_reads_the_same_text(sdk: openai.OpenAI) -> None:
    messages: Any = [user_turn("What size is it?", dots())]
    expected = text_of("What size is it?", dots())
    whole = sdk.chat.completions.create(model=MODEL, messages=messages)
    assert whole.choices[0].message.content == expected
    assert whole.usage is None
    stream = sdk.chat.completions.create(model=MODEL, messages=messages, stream=True)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in stream) == expected
    assert [model.id for model in sdk.models.list()] == [MODEL]


def test_the_official_sdk_raises_its_error_for_a_refusal(sdk: openai.OpenAI) -> None:
    messages: Any = [user_turn("size?", "https://example.com/a.png")]
    import openai

    with pytest.raises(openai.BadRequestError, match="never fetches") as caught:
        sdk.chat.completions.create(model=MODEL, messages=messages)
    assert caught.value.code == "invalid_image_url"
    sdk.close()
