"""Attempts, time limits and adaptation, driven by hand without sockets or sleeps, with a manual clock."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.wire.conftest import BASE_URL, request
from vision_magic.chat.events import RetryScheduled, RetryStarted, TextDelta
from vision_magic.chat.reply import Reply
from vision_magic.chat.reply_builder import ReplyBuilder
from vision_magic.drive import Emit
from vision_magic.errors import ConnectionFailed, ServerError, TruncatedReply, WireError
from vision_magic.wire.exchange import Exchange
from vision_magic.wire.quirks import ServerQuirks
from vision_magic.wire.steps import Pause, Read, ResponseHead, Send, TransportFailure
from vision_magic.wire.timeouts import Timeouts

REMOTE = "https://api.example/v1"
OK = ResponseHead(200)
HELLO = b'data: {"choices":[{"delta":{"content":"Hello"}}]}\n\n'
END = b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'


class Play:
    """Plays a server: gives an outcome for each step, moving the clock; keeps what was done and told."""

    def __init__(self, *outcomes: Any, base_url: str = REMOTE, timeouts: Timeouts | None = None, **fields: Any) -> None:
        self.now = 0.0
        self.sent: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.pauses: list[float] = []
        self.told: list[Any] = []
        self.untils: list[float | None] = []
        self.builder = ReplyBuilder(Reply(model="model-1"))
        self.quirks = ServerQuirks()
        self._outcomes = list(outcomes)
        self._fields = fields
        self._base_url = base_url
        self._timeouts = timeouts or Timeouts()

    def run(self) -> Reply:
        """Return the reply; raise what the exchange raises."""
        exchange = Exchange(
            request(**self._fields),
            self.builder,
            host="api.example",
            base_url=self._base_url,
            timeouts=self._timeouts,
            quirks=self.quirks,
            clock=lambda: self.now,
        )
        steps = exchange.steps()
        answer: Any = None
        while True:
            try:
                step = steps.send(answer)
            except StopIteration:
                return exchange.reply
            answer = self._do(step)

    def _do(self, step: Any) -> Any:
        if isinstance(step, Emit):
            self.told.extend(step.events)
            return None
        if isinstance(step, Pause):
            self.pauses.append(step.seconds)
            self.now += step.seconds
            return None
        if isinstance(step, Send):
            self.paths.append(f"{step.method} {step.path}")
            self.sent.append(json.loads(b"".join(step.body)) if step.body is not None else {})
        if isinstance(step, Read):
            self.untils.append(step.until)
        outcome = self._outcomes.pop(0)
        if isinstance(outcome, tuple):  # (seconds, outcome)
            self.now += outcome[0]
            outcome = outcome[1]
        return outcome


def refusal(status: int, message: str = "no", *, code: str | None = None, **headers: str) -> list[Any]:
    body = json.dumps({"error": {"message": message, "code": code}}).encode()
    return [ResponseHead(status, {name.replace("_", "-"): value for name, value in headers.items()}), body, None]


GOOD = [OK, HELLO, END]


# -- retries -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500, 502, 503, 504, 529])
def test_a_passing_failure_is_tried_again_and_the_wait_is_told(status: int) -> None:
    play = Play(*refusal(status, "busy"), *GOOD)
    assert play.run().text == "Hello"
    assert len(play.sent) == 2
    assert play.sent[0] == play.sent[1]
    waiting = play.told[0]
    assert isinstance(waiting, RetryScheduled)
    assert waiting.seconds == play.pauses[0]
    assert "busy" in waiting.reason


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413, 422, 501])
def test_a_lasting_failure_is_not_tried_again(status: int) -> None:
    play = Play(*refusal(status))
    with pytest.raises(ServerError) as caught:
        play.run()
    assert caught.value.status == status
    assert play.pauses == []


@pytest.mark.parametrize(
    "lost",
    [TransportFailure("connect", "refused"), TransportFailure("cut", "Server disconnected")],
    ids=lambda lost: lost.kind,
)
def test_a_lost_connection_is_tried_again_before_anything_came(lost: TransportFailure) -> None:
    assert Play(lost, *GOOD).run().text == "Hello"
    assert Play(OK, TransportFailure("cut", "reset"), *GOOD).run().text == "Hello"


def test_a_server_of_this_machine_that_is_not_running_is_said_at_once() -> None:
    play = Play(TransportFailure("connect", "refused"), base_url=BASE_URL)
    with pytest.raises(ConnectionFailed, match="Is the server running"):
        play.run()
    assert play.pauses == []


def test_there_are_two_retries_and_no_more() -> None:
    play = Play(*refusal(503) * 3)
    with pytest.raises(ServerError):
        play.run()
    assert len(play.sent) == 3


@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param([TransportFailure("cut", "reset")], id="cut"),
        pytest.param([b'data: {"error": {"message": "overloaded", "code": 503}}\n\n'], id="error event"),
        pytest.param([None], id="end"),
    ],
)
def test_nothing_is_tried_again_once_something_was_shown(trouble: list[Any]) -> None:
    play = Play(OK, HELLO, *trouble)
    with pytest.raises(WireError) as caught:
        play.run()
    assert len(play.sent) == 1
    assert caught.value.partial is not None
    assert caught.value.partial.text == "Hello"


@pytest.mark.parametrize(
    ("headers", "least"),
    [
        pytest.param({"retry_after": "7"}, 7.0, id="seconds"),
        pytest.param({"retry_after": "1.5"}, 1.5, id="part of a second"),
        pytest.param({"retry_after_ms": "2500"}, 2.5, id="milliseconds"),
        pytest.param({"retry_after": "30", "retry_after_ms": "9000"}, 9.0, id="milliseconds go before"),
    ],
)
def test_the_pause_is_as_long_as_the_server_asks(headers: dict[str, str], least: float) -> None:
    play = Play(*refusal(429, **headers), *GOOD)
    play.run()
    assert play.pauses == [pytest.approx(least)]


@pytest.mark.parametrize(
    ("seconds", "said"), [("61", "61 s"), ("3600", "60 min"), ("10800", "3 h"), ("1209600", "14 days")]
)
def test_too_long_a_pause_fails_at_once_and_says_how_long(seconds: str, said: str) -> None:
    play = Play(*refusal(429, retry_after=seconds))
    with pytest.raises(ServerError, match=f"asks you to wait {said}") as caught:
        play.run()
    assert play.pauses == []
    assert caught.value.retry_after == float(seconds)


def test_an_empty_account_is_not_waited_for() -> None:
    play = Play(*refusal(429, "You exceeded your current quota", code="insufficient_quota"))
    with pytest.raises(ServerError, match="no credit left"):
        play.run()
    assert play.pauses == []


@pytest.mark.parametrize(
    ("answer", "least"),
    [
        pytest.param(refusal(429, "Quota exceeded. Please retry in 34s"), 34.0, id="D1 in the words"),
        pytest.param(
            [
                ResponseHead(429),
                b'[{"error": {"code": 429, "message": "You exceeded your current quota, check your plan and billing",'
                b' "status": "RESOURCE_EXHAUSTED", "details": [{"@type": "RetryInfo", "retryDelay": "34s"}]}}]',
                None,
            ],
            34.0,
            id="D1 Gemini's details",
        ),
        pytest.param(
            refusal(429, "see billing; try again in 7s", code="rate_limit_exceeded"), 7.0, id="D1 Groq names billing"
        ),
        pytest.param(refusal(429, "wait", retry_after="3"), 3.0, id="D1 header"),
        pytest.param(refusal(429, "try again in 9s", retry_after="3"), 9.0, id="D1 the longer of two"),
        pytest.param(refusal(429, "slow down", x_ratelimit_reset_tokens="12s"), 12.0, id="D1 limit of the headers"),
        pytest.param(
            refusal(429, "try again in 5s", code="insufficient_quota"), 5.0, id="D1 a stated wait wins over the code"
        ),
        pytest.param(refusal(400, "The model is overloaded, try again in 2s"), 2.0, id="D7 a 400 that passes"),
        pytest.param(
            [OK, b'data: {"error": {"message": "busy, retry in 4s", "code": 503}}\n\n'],
            4.0,
            id="D7 first event of a stream",
        ),
    ],
)
def test_d1_a_stated_wait_is_used(answer: list[Any], least: float) -> None:
    play = Play(*answer, *GOOD)
    assert play.run().text == "Hello"
    assert play.pauses == [pytest.approx(least)]


def test_d1_a_stated_wait_is_shown_when_the_retries_are_used_up() -> None:
    play = Play(*refusal(429, "Please retry in 34s") * 3)
    with pytest.raises(ServerError, match="asks you to wait 34 s") as caught:
        play.run()
    assert caught.value.retry_after == 34
    assert len(play.sent) == 3


def test_d1_a_wait_of_hours_in_the_words_fails_at_once() -> None:
    play = Play(*refusal(429, "Limit reached. Please try again in 3h20m", code="rate_limit_exceeded"))
    with pytest.raises(ServerError, match="asks you to wait 3 h"):
        play.run()
    assert play.pauses == []


@pytest.mark.parametrize("status", [500, 502, 503])
@pytest.mark.parametrize(
    "message",
    [
        pytest.param("vision model only supports a single image per message", id="D7 single image"),
        pytest.param("image input is not supported - hint: you may need to provide the mmproj", id="D7 mmproj"),
        pytest.param("Error: Jinja Exception: System role not supported", id="D7 system role"),
        pytest.param("conversation roles must alternate", id="D7 template"),
        pytest.param("the request exceeds the available context size", id="D7 context"),
        pytest.param("model requires more system memory (11.4 GiB) than is available", id="D7 memory"),
        pytest.param("1 validation error for Request", id="D7 validation"),
        pytest.param("Invalid API key", id="D7 key"),
        pytest.param("cannot identify image file", id="D7 picture"),
    ],
)
def test_d7_a_refusal_is_sent_once_whatever_its_status(status: int, message: str) -> None:
    play = Play(*refusal(status, message))
    with pytest.raises(ServerError):
        play.run()
    assert len(play.sent) == 1


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"error": {"message": "no", "code": 400}}, id="D7 the code is another status"),
        pytest.param({"error": {"message": "no", "type": "invalid_request_error"}}, id="D7 the type is a refusal"),
        pytest.param({"error": {"message": "no", "type": "BadRequestError"}}, id="D7 LiteLLM"),
    ],
)
def test_d7_a_500_whose_body_states_a_refusal_is_sent_once(body: Any) -> None:
    play = Play(ResponseHead(500), json.dumps(body).encode(), None)
    with pytest.raises(ServerError):
        play.run()
    assert len(play.sent) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504, 524, 529])
def test_d7_a_failure_that_is_not_recognised_is_still_tried_again(status: int) -> None:
    assert Play(*refusal(status, "the image worker restarted"), *GOOD).run().text == "Hello"


def test_x_should_retry_is_obeyed_both_ways() -> None:
    assert Play(*refusal(400, x_should_retry="true"), *GOOD).run().text == "Hello"
    with pytest.raises(ServerError):
        Play(*refusal(503, x_should_retry="false")).run()


# -- clocks ------------------------------------------------------------------------------------------------

CLOCKS = Timeouts(first_token=120, idle=60)
COMMENT = b": ping\n\n"


def test_comments_do_not_count_as_a_first_token() -> None:
    play = Play(OK, *[(50.0, COMMENT)] * 3, timeouts=CLOCKS)
    with pytest.raises(ConnectionFailed, match="no first token within 150 s"):
        play.run()
    assert play.untils[:2] == [120.0, 120.0]


def test_comments_do_not_break_a_silence() -> None:
    play = Play(OK, (10.0, HELLO), (50.0, COMMENT), (50.0, COMMENT), timeouts=CLOCKS)
    with pytest.raises(ConnectionFailed, match="fell silent for 100 s") as caught:
        play.run()
    assert caught.value.partial is not None
    assert play.untils == [120.0, 70.0, 70.0]


@pytest.mark.parametrize(
    "delta", [{"content": "x"}, {"reasoning": "x"}, {"refusal": "x"}, {"tool_calls": [{"function": {"name": "f"}}]}]
)
def test_every_kind_of_content_breaks_a_silence(delta: dict[str, Any]) -> None:
    more = b"data: " + json.dumps({"choices": [{"delta": delta}]}).encode() + b"\n\n"
    play = Play(OK, HELLO, *[(50.0, more)] * 5, (50.0, END), timeouts=CLOCKS)
    assert play.run().text.startswith("Hello")


def test_empty_deltas_do_not_break_a_silence() -> None:
    empty = b'data: {"choices":[{"delta":{"content":""}}]}\n\n'
    with pytest.raises(ConnectionFailed, match="fell silent"):
        Play(OK, HELLO, *[(50.0, empty)] * 3, timeouts=CLOCKS).run()


def test_a_read_that_times_out_is_a_silence() -> None:
    with pytest.raises(ConnectionFailed, match="fell silent for 60 s"):
        Play(OK, HELLO, (60.0, TransportFailure("timeout", "")), timeouts=CLOCKS).run()
    with pytest.raises(ConnectionFailed, match="no first token within 120 s"):
        Play(OK, (120.0, TransportFailure("timeout", "")), timeouts=CLOCKS).run()


def test_the_whole_call_has_an_end() -> None:
    play = Play(OK, *[(4.0, HELLO)] * 9, timeouts=Timeouts(total=10))
    with pytest.raises(ConnectionFailed, match="longer than"):
        play.run()
    assert set(play.untils) == {10.0}


def test_no_retry_is_begun_that_the_whole_call_has_no_time_for() -> None:
    play = Play(*refusal(503, retry_after="20"), timeouts=Timeouts(total=10))
    with pytest.raises(ServerError):
        play.run()


def test_no_clock_means_no_deadline() -> None:
    play = Play(OK, (1e6, HELLO), (1e6, END), timeouts=Timeouts(first_token=None, idle=None))
    play.run()
    assert set(play.untils) == {None}


def test_a_retry_has_the_whole_time_for_its_first_token() -> None:
    play = Play((100.0, TransportFailure("cut", "x")), OK, (100.0, HELLO), END, timeouts=CLOCKS)
    assert play.run().text == "Hello"


# -- adaptation --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "message", "status", "sent_as", "note"),
    [
        pytest.param(
            {"max_tokens": 5},
            "Unsupported parameter: 'max_tokens' is not supported here. Use 'max_completion_tokens' instead.",
            400,
            {"max_completion_tokens": 5},
            "max_tokens sent as max_completion_tokens",
            id="Q3 OpenAI's reasoning models",
        ),
        pytest.param(
            {"max_completion_tokens": 5},
            "Extra inputs are not permitted: max_completion_tokens",
            422,
            {"max_tokens": 5},
            "max_completion_tokens sent as max_tokens",
            id="Q1 Mistral",
        ),
        pytest.param(
            {"stream_options": {"include_usage": True}},
            'Unknown name "stream_options": Cannot find field.',
            400,
            {},
            "stream_options left out: this server does not support it",
            id="Q2 Gemini",
        ),
    ],
)
def test_a_field_that_is_refused_by_name_is_sent_otherwise_once(
    field: dict[str, Any], message: str, status: int, sent_as: dict[str, Any], note: str
) -> None:
    play = Play(*refusal(status, message), *GOOD, **field)
    reply = play.run()
    [name] = field
    assert field.items() <= play.sent[0].items()
    assert name not in play.sent[1]
    assert sent_as.items() <= play.sent[1].items()
    assert reply.notes == (note,)
    assert play.pauses == []

    again = Play(*GOOD, **field)
    again.quirks = play.quirks
    assert again.run().notes == (note,)
    assert len(again.sent) == 1
    assert name not in again.sent[0]


def test_what_is_not_asked_for_is_neither_changed_nor_noted() -> None:
    play = Play(*refusal(400, "max_tokens is not supported, use max_completion_tokens instead"), *GOOD, max_tokens=5)
    play.run()
    plain = Play(*GOOD)
    plain.quirks = play.quirks
    assert plain.run().notes == ()
    assert "max_completion_tokens" not in plain.sent[0]


def test_a_server_that_knows_neither_name_gets_neither() -> None:
    play = Play(
        *refusal(400, "unknown field max_tokens"),
        *refusal(400, "unknown field max_completion_tokens"),
        max_tokens=5,
    )
    with pytest.raises(ServerError, match="max_completion_tokens"):
        play.run()
    assert len(play.sent) == 2


@pytest.mark.parametrize("message", ["max_tokens is too large: 99999", "temperature is not supported", "no"])
def test_other_refusals_change_nothing(message: str) -> None:
    play = Play(*refusal(400, message), max_tokens=99999)
    with pytest.raises(ServerError):
        play.run()
    assert len(play.sent) == 1


# -- errors that help --------------------------------------------------------------------------------------


def test_an_unknown_model_names_those_that_there_are() -> None:
    models = json.dumps({"data": [{"id": "gemma3:4b"}, {"id": "qwen3-vl:8b"}]}).encode()
    play = Play(*refusal(404, 'model "qwen3-vl" not found'), OK, models, None, model="qwen3-vl")
    with pytest.raises(ServerError) as caught:
        play.run()
    assert play.paths == ["POST /chat/completions", "GET /models"]
    assert "did you mean 'qwen3-vl:8b'" in str(caught.value)
    assert "gemma3:4b" in str(caught.value)


def test_an_unknown_model_at_a_server_that_lists_none_is_still_the_error() -> None:
    with pytest.raises(ServerError, match="not found"):
        Play(*refusal(404, "model not found"), TransportFailure("connect", "x")).run()


def test_an_error_body_without_end_is_not_read_forever() -> None:
    play = Play(ResponseHead(500, {"x-should-retry": "false"}), *[(3.0, b"x")] * 100)
    with pytest.raises(ServerError):
        play.run()
    assert len(play.untils) < 10


def test_the_timing_counts_from_the_start_of_the_call() -> None:
    reply = Play(OK, (2.0, HELLO), (3.0, END)).run()
    assert reply.timing.time_to_first_token == 2.0
    assert reply.timing.total == 5.0


def test_a_cut_stream_after_done_is_truncated() -> None:
    """llama-cpp-python ends a failed answer with [DONE] and breaks the connection."""
    play = Play(OK, HELLO + b"data: [DO", TransportFailure("cut", "x"))
    with pytest.raises(TruncatedReply):
        play.run()


def test_events_come_in_the_order_in_which_they_happened() -> None:
    play = Play(*refusal(503), *GOOD)
    play.run()
    kinds: list[Callable[..., Any]] = [type(event) for event in play.told]
    assert kinds == [RetryScheduled, RetryStarted, TextDelta]
