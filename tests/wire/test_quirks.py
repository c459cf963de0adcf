"""Fields that a server does not support: sent differently, remembered per model, and stated on the receipt."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

import vision_magic as vm
from tests.session.scripted import says as answered
from tests.threads import at_once
from tests.wire.conftest import BASE_URL, Carrier, Says, request
from vision_magic.errors import ServerError
from vision_magic.wire.quirks import QuirkBook, ServerQuirks

SCHEMA = {"type": "object", "properties": {"höhe": {"type": "number"}}, "required": ["höhe"]}
SHAPE = {"type": "json_schema", "json_schema": {"name": "bar", "strict": True, "schema": SCHEMA}}
NO_SCHEMA = "response_format: json_schema is not supported"
NO_OBJECT = "Unsupported value for response_format.type"


def refused(message: str, status: int = 400) -> ServerError:
    return ServerError("no", status=status, server_message=message)


def answer(says: Says) -> Any:
    event = {"choices": [{"index": 0, "delta": {"content": '{"höhe": 70}'}, "finish_reason": "stop"}]}
    return says(b"data: " + json.dumps(event).encode() + b"\n\ndata: [DONE]\n\n")


def refusal(message: str, status: int = 400) -> Any:
    return status, {"content-type": "application/json"}, [json.dumps({"error": {"message": message}}).encode()]


def sent(carry: Carrier) -> list[dict[str, Any]]:
    return [json.loads(body) for body in carry.bodies]


def texts_of(body: dict[str, Any]) -> str:
    return "\n".join(part["text"] for part in body["messages"][-1]["content"] if "text" in part)


# A schema that the server does not support


def test_a_refused_schema_goes_as_an_object_with_its_schema_and_in_the_prompt(carry: Carrier, says: Says) -> None:
    reply = carry(refusal(NO_SCHEMA), answer(says), response_format=SHAPE)
    first, second = sent(carry)
    assert first["response_format"] == SHAPE
    assert second["response_format"] == {"type": "json_object", "schema": SCHEMA}
    assert texts_of(first) == "Hi"
    assert texts_of(second).startswith("Hi\nAnswer with one JSON object and nothing else")
    assert json.dumps(SCHEMA, ensure_ascii=False) in texts_of(second)
    assert reply.text == '{"höhe": 70}'
    note = "schema sent in the prompt, with json_object with a schema: this server does not support json_schema"
    assert reply.notes == (note,)


def test_a_server_that_supports_no_schema_at_all_gets_the_prompt_alone(carry: Carrier, says: Says) -> None:
    refusals = (refusal(NO_SCHEMA), refusal(NO_OBJECT), refusal(NO_OBJECT))
    reply = carry(*refusals, answer(says), response_format=SHAPE)
    shapes = [body.get("response_format") for body in sent(carry)]
    assert shapes == [SHAPE, {"type": "json_object", "schema": SCHEMA}, {"type": "json_object"}, None]
    assert texts_of(sent(carry)[-1]).count("Answer with one JSON object") == 1
    assert reply.notes == ("schema sent in the prompt: this server does not support json_schema",)


def test_what_was_learnt_is_remembered_for_the_next_question(carry: Carrier, says: Says) -> None:
    carry(refusal(NO_SCHEMA), answer(says), response_format=SHAPE)
    reply = carry(answer(says), response_format=SHAPE)
    assert len(sent(carry)) == 3
    assert sent(carry)[-1]["response_format"] == {"type": "json_object", "schema": SCHEMA}
    assert "does not support json_schema" in reply.notes[0]


def test_a_question_without_a_schema_is_left_as_it_is(carry: Carrier, says: Says) -> None:
    carry(refusal(NO_SCHEMA), answer(says), response_format=SHAPE)
    reply = carry(answer(says), response_format="json_object")
    assert sent(carry)[-1]["response_format"] == {"type": "json_object"}
    assert texts_of(sent(carry)[-1]) == "Hi"
    assert reply.notes == ()


def test_an_object_without_a_schema_that_is_refused_is_an_error(carry: Carrier, says: Says) -> None:
    with pytest.raises(ServerError, match="Unsupported"):
        carry(refusal(NO_OBJECT), answer(says), response_format="json_object")
    assert len(sent(carry)) == 1


def test_a_server_that_refuses_everything_is_asked_a_bounded_number_of_times(carry: Carrier) -> None:
    with pytest.raises(ServerError, match="Unsupported"):
        carry(refusal(NO_OBJECT), response_format=SHAPE, max_tokens=5)
    assert len(sent(carry)) == 4


def test_two_fields_that_are_not_supported_are_both_learnt_and_stated(carry: Carrier, says: Says) -> None:
    refusals = (refusal("Unsupported parameter: max_tokens"), refusal(NO_SCHEMA, 422))
    reply = carry(*refusals, answer(says), response_format=SHAPE, max_tokens=5)
    assert sent(carry)[-1]["max_completion_tokens"] == 5
    assert "max_tokens" not in sent(carry)[-1]
    assert reply.notes[0] == "max_tokens sent as max_completion_tokens"
    assert "does not support json_schema" in reply.notes[1]


# What is a refusal of a field, and what is not


@pytest.mark.parametrize(
    ("message", "status"),
    [
        pytest.param("Unsupported parameter: 'max_tokens'", 401, id="no refusal of the request"),
        pytest.param("Unsupported parameter: 'max_tokens'", 500, id="a broken server"),
        pytest.param("max_tokens must be at most 4096", 400, id="a value out of range"),
        pytest.param("Unsupported parameter: 'top_k'", 400, id="another field"),
        pytest.param("Unsupported parameter: 'max_tokens_total'", 400, id="a longer name"),
        pytest.param("Unsupported parameter: 'max_completion_tokens'", 400, id="what was not sent"),
    ],
)
def test_what_names_no_unsupported_field_of_the_request_teaches_nothing(message: str, status: int) -> None:
    quirks = ServerQuirks()
    assert not quirks.learn(request(max_tokens=5), refused(message, status))
    assert quirks.changes(request(max_tokens=5)) == {}


@pytest.mark.parametrize(
    "message",
    [
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        "Unrecognised request argument supplied: max_tokens",
        "body.max_tokens: Extra inputs are not permitted",
        '{"detail": [{"loc": ["body", "max_tokens"], "msg": "extra fields not permitted"}]}',
        "json: unknown field: cannot find field max_tokens",
    ],
)
def test_every_server_has_its_own_message_for_a_field_that_it_does_not_support(message: str) -> None:
    quirks = ServerQuirks()
    assert quirks.learn(request(max_tokens=5), refused(message, 422))
    assert quirks.changes(request(max_tokens=5)) == {"max_tokens": None, "max_completion_tokens": 5}


def test_a_validation_error_with_status_500_is_a_refusal() -> None:
    quirks = ServerQuirks()
    message = "1 validation error: body -> response_format -> type: Input should be 'text' or 'json_object'"
    assert quirks.learn(request(response_format=SHAPE), refused(message, 500))
    assert quirks.changes(request(response_format=SHAPE))["response_format"]["type"] == "json_object"


def test_a_field_that_is_left_out_is_stated() -> None:
    quirks = ServerQuirks()
    asked = request(stream_options={"include_usage": True})
    assert quirks.learn(asked, refused("stream_options: extra inputs are not permitted", 422))
    assert quirks.changes(asked) == {"stream_options": None}
    assert quirks.notes(asked) == ("stream_options left out: this server does not support it",)


def test_the_same_refusal_twice_teaches_nothing_the_second_time() -> None:
    quirks = ServerQuirks()
    asked = request(stream_options={"include_usage": True})
    refusal = refused("unknown field stream_options")
    assert [quirks.learn(asked, refusal) for _ in range(3)] == [True, False, False]


def test_both_names_refused_leaves_the_field_out() -> None:
    quirks = ServerQuirks()
    assert quirks.learn(request(max_tokens=5), refused("unknown field max_tokens"))
    assert quirks.learn(request(max_completion_tokens=5), refused("unknown field max_completion_tokens"))
    assert quirks.changes(request(max_completion_tokens=5)) == {"max_completion_tokens": None}


MISTRAL: dict[str, Any] = {"detail": [{"type": "extra_forbidden", "loc": ["body", "stream_options", "include_usage"]}]}
MISTRAL["detail"][0] |= {"msg": "Extra inputs are not permitted", "input": True}


@pytest.mark.parametrize(
    ("status", "body"),
    [
        pytest.param(422, {"object": "error", "message": MISTRAL}, id="Mistral"),  # openai-agents-python#442
        pytest.param(422, MISTRAL, id="FastAPI"),
        pytest.param(400, {"error": {"message": 'Unknown name "stream_options": Cannot find field.'}}, id="Gemini"),
        pytest.param(400, {"error": "Unrecognized request argument supplied: stream_options"}, id="an older Azure"),
        pytest.param(500, {"error": {"message": "extraneous key [include_usage] is not permitted"}}, id="Bedrock"),
        pytest.param(200, {"error": {"message": "stream_options is not supported"}}, id="inside a stream"),
    ],
)
def test_a_server_that_refuses_to_count_is_asked_without_from_then_on(
    carry: Carrier, says: Says, status: int, body: Any
) -> None:
    refusal = (status, {"content-type": "application/json"}, [json.dumps(body).encode()])
    for reply in (carry(refusal, answer(says)), carry(answer(says)), carry(answer(says), model="model-2")):
        assert reply.text == '{"höhe": 70}'
        assert reply.notes == ()  # nobody has asked for it
    assert ["stream_options" in body for body in sent(carry)] == [True, False, False, False]


def test_a_server_may_refuse_to_count_in_the_middle_of_a_conversation() -> None:
    bodies: list[dict[str, Any]] = []

    def serve(http: httpx.Request) -> httpx.Response:
        bodies.append(json.loads(http.content))
        if len(bodies) > 1 and "stream_options" in bodies[-1]:
            return httpx.Response(422, json=MISTRAL)
        return httpx.Response(200, content=answered(f"Answer {len(bodies)}."))

    chat = vm.Conversation(base_url=BASE_URL, model="m", transport=httpx.MockTransport(serve), session=vm.Session())
    assert [chat.ask(question).text for question in ("A?", "B?", "C?")] == ["Answer 1.", "Answer 3.", "Answer 4."]
    assert ["stream_options" in body for body in bodies] == [True, True, False, False]
    assert bodies[2]["messages"] == bodies[1]["messages"]


def test_servers_that_count_unasked_are_asked_only_by_the_user() -> None:
    known = QuirkBook().of("https://api.mistral.ai/v1", "m")
    assert known.changes(request()) == {"stream_options": None}
    assert known.notes(request()) == ()
    assert known.changes(request(stream_options={"include_usage": True})) == {}
    assert known.changes(request(stream=False)) == {}


# Functions beside reasoning

LOOK = {"type": "function", "function": {"name": "look", "parameters": {"type": "object"}}}
WITHOUT = (
    "Function tools with reasoning_effort are not supported for gpt-5.6-terra in /v1/chat/completions. To use function "
    "tools, use /v1/responses or set reasoning_effort to 'none'."
)
NO_NONE = (
    "Unsupported value: 'reasoning_effort' does not support 'none' with this model. Supported values are: 'low', "
    "'medium', 'high', and 'xhigh'."
)
ONLY_RESPONSES = (
    "Function tools with reasoning_effort are not supported for gpt-5.4 in /v1/chat/completions. Please use "
    "/v1/responses instead."
)


def efforts(carry: Carrier) -> list[str | None]:
    return [body.get("reasoning_effort") for body in sent(carry)]


def test_functions_go_without_reasoning_once_a_model_asks_for_that(carry: Carrier, says: Says) -> None:
    first = carry(refusal(WITHOUT), answer(says), tools=[LOOK])
    second = carry(answer(says), tools=[LOOK])
    assert efforts(carry) == [None, "none", "none"]
    note = "reasoning_effort sent as none: this model calls functions only without reasoning"
    assert first.notes == second.notes == (note,)
    for fields in ({}, {"tools": [LOOK], "model": "model-2"}, {"tools": [LOOK], "extra": {"reasoning_effort": "low"}}):
        assert carry(answer(says), **fields).notes == ()
    assert efforts(carry)[3:] == [None, None, "low"]  # a wish of the user's own is never overruled


@pytest.mark.parametrize("again", [NO_NONE, WITHOUT])
def test_a_model_that_takes_functions_in_no_form_is_said_to_need_the_responses_api(carry: Carrier, again: str) -> None:
    for number in (2, 3):  # the second question is refused at once
        with pytest.raises(ServerError) as caught:
            carry(*[refusal(WITHOUT)] * (3 - number), refusal(again), tools=[LOOK], model="gpt-6-astra")
        said = str(caught.value)
        assert again in said
        assert "gpt-6-astra takes them only in the Responses API, which vision_magic does not speak." in said
        assert said.endswith("Leave --tools out, or choose another model.")
        assert len(sent(carry)) == number


@pytest.mark.parametrize(
    ("words", "fields", "advice"),
    [
        pytest.param(ONLY_RESPONSES, {"extra": {"reasoning_effort": "low"}}, "only in the Responses API", id="only"),
        pytest.param(ONLY_RESPONSES, {}, "only in the Responses API", id="only, not set"),
        pytest.param(WITHOUT, {"extra": {"reasoning_effort": "low"}}, "set -p reasoning_effort=none", id="set"),
    ],
)
def test_what_the_user_must_decide_is_an_error_that_says_so(
    carry: Carrier, words: str, fields: dict[str, Any], advice: str
) -> None:
    with pytest.raises(ServerError) as caught:
        carry(refusal(words), tools=[LOOK], **fields)
    assert words in str(caught.value)
    assert advice in str(caught.value)
    assert "leave --tools" in str(caught.value)
    assert len(sent(carry)) == 1


# For which server and model it is remembered


def test_each_server_and_each_model_has_quirks_of_its_own() -> None:
    book = QuirkBook()
    mine = book.of(BASE_URL, "model-1")
    assert mine.learn(request(max_tokens=5), refused("unknown field max_tokens"))
    assert book.of(BASE_URL, "model-1") is mine
    for other in (book.of(BASE_URL, "model-2"), book.of("http://127.0.0.1:8/v1", "model-1")):
        assert other.changes(request(max_tokens=5)) == {}


def test_learning_changes_no_request() -> None:
    asked = request(response_format=SHAPE)
    before = json.dumps(asked.to_wire())
    quirks = ServerQuirks()
    assert quirks.learn(asked, refused(NO_SCHEMA))
    assert quirks.schema_prompt(asked)
    assert json.dumps(asked.to_wire()) == before


# Several calls at once


def test_e9_quirks_may_be_read_while_another_call_learns() -> None:
    asked = request(max_tokens=5, response_format=SHAPE, stream_options={"include_usage": True})
    quirks = [ServerQuirks()]
    refusals = [
        refused(f"{name} is unsupported") for name in ("stream_options", "max_tokens", *["response_format"] * 3)
    ]

    def learn(number: int) -> None:
        quirks[0] = known = ServerQuirks()
        for error in refusals:
            assert known.learn(asked, error)
        assert not known.learn(asked, refusals[-1])

    def read(number: int) -> None:
        known = quirks[0]
        known.changes(asked)
        known.notes(asked)
        known.schema_prompt(asked)

    at_once(learn, read, read)


@pytest.mark.parametrize(
    ("options", "words", "expected"),
    [
        pytest.param({"response_format": SHAPE}, NO_SCHEMA, {"type": "json_object", "schema": SCHEMA}, id="schema"),
        pytest.param({"max_tokens": 5}, "'max_tokens' is not supported", None, id="a renamed field"),
    ],
)
def test_e9_calls_that_are_refused_at_once_learn_one_lesson(options: dict[str, Any], words: str, expected: Any) -> None:
    """Each of them took the next form from the list, and the last ones asked without a schema, or failed."""
    together = threading.Barrier(4, timeout=30)
    bodies: list[dict[str, Any]] = []

    def serve(http: httpx.Request) -> httpx.Response:
        body = json.loads(http.content)
        if body.get("response_format") == SHAPE or "max_tokens" in body:
            together.wait()
            return httpx.Response(400, json={"error": {"message": words}})
        bodies.append(body)
        return httpx.Response(200, content=answered("Yes."))

    session = vm.Session(base_url=BASE_URL, model="m", transport=httpx.MockTransport(serve))
    with ThreadPoolExecutor(4) as threads:
        replies = list(threads.map(lambda number: session.ask(f"Question {number}?", **options), range(4)))
    assert [reply.text for reply in replies] == ["Yes."] * 4
    assert [body.get("response_format") for body in bodies] == [expected] * 4
    assert [body.get("max_completion_tokens") for body in bodies] == [options.get("max_tokens")] * 4
