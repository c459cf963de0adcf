"""Questions with given answers: the letters, their probabilities, and servers without probabilities."""

from __future__ import annotations

import asyncio
import json
import math
from pathlib import Path
from typing import Any

import httpx
import pytest

import vision_magic as vm
from tests.servers import END, chunk
from tests.session.scripted import PICTURE, Scripted, says
from vision_magic.session.default import session
from vision_magic.session.logprobs import LogprobsBook

NAMES = ["yes", "no", "unsure"]


@pytest.fixture(autouse=True)
def nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session.state, "logprobs", LogprobsBook())


class Model:
    """A model that knows the answer, but gives a part of its probability (`lean`) to the letter A."""

    def __init__(self, answer: str = "no", *, lean: float = 0.5, after: str = "", probabilities: bool = True) -> None:
        self.answer, self.lean, self.after, self.probabilities = answer, lean, after, probabilities
        self.bodies: list[dict[str, Any]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        self.bodies.append(body)
        words = body["messages"][-1]["content"]
        text = words if isinstance(words, str) else words[-1]["text"]
        letters = {line[3:]: line[0] for line in text.splitlines() if line[1:3] == ". "}
        shares = dict.fromkeys(letters.values(), 0.0)
        shares["A"] += self.lean
        shares[letters[self.answer]] += 1 - self.lean
        said = max(shares, key=lambda letter: shares[letter])
        top = [{"token": letter, "logprob": math.log(share)} for letter, share in shares.items() if share > 0]
        about = (
            {"logprobs": {"content": [{**top[0], "token": said, "top_logprobs": top}]}} if self.probabilities else {}
        )
        return httpx.Response(200, content=chunk(said, **about) + (chunk(self.after) if self.after else b"") + END)

    @property
    def options(self) -> dict[str, Any]:
        return {"base_url": "http://127.0.0.1:9/v1", "model": "model-1", "transport": httpx.MockTransport(self)}


def choose(server: Any, **options: Any) -> vm.Chosen:
    return vm.choose("Is it rising?", PICTURE, NAMES, **{**server.options, **options})


def test_averaging_over_the_orders_removes_the_preference_for_a_letter() -> None:
    model = Model("no", lean=0.6)
    assert choose(model, orders=1).answer == "yes"  # it leans to A, which is "yes" in the first order
    chosen = choose(model)
    assert chosen.answer == "no"
    assert chosen.probabilities == pytest.approx({"yes": 0.2, "no": 0.6, "unsure": 0.2})
    assert chosen.coverage == pytest.approx(1)
    assert len(chosen.replies) == 3
    assert "3 orders" in chosen.note


def test_each_order_is_one_request_with_logprobs_and_nothing_else_that_nobody_set() -> None:
    model = Model()
    chosen = choose(model)
    assert chosen.method == "logprobs"
    assert "method='logprobs'" in repr(chosen)
    assert len(model.bodies) == 3
    for body in model.bodies:
        assert sorted(body) == ["logprobs", "messages", "model", "stream", "stream_options", "top_logprobs"]
        assert (body["logprobs"], body["top_logprobs"]) == (True, 20)
    asked = [body["messages"][-1]["content"][-1]["text"] for body in model.bodies]
    assert [text.splitlines()[2] for text in asked] == ["A. yes", "A. no", "A. unsure"]


def test_a_picture_is_encoded_once_for_all_requests() -> None:
    class Figure:
        drawn = 0

        def __vision_image__(self) -> Any:
            self.drawn += 1
            return PICTURE

    figure, model = Figure(), Model(probabilities=False)
    vm.choose("Which changed?", "Before:", figure, "After:", PICTURE, ["this", "no"], **model.options, samples=5)
    assert figure.drawn == 1
    contents = [body["messages"][-1]["content"] for body in model.bodies]
    assert [[part["type"] for part in content] for content in contents] == [
        ["text", "image_url", "text", "image_url", "text"]
    ] * 5
    assert len({json.dumps(content[:4]) for content in contents}) == 1


def test_achoose_returns_the_same_as_choose() -> None:
    model = Model()
    chosen = asyncio.run(vm.achoose("Is it rising?", PICTURE, NAMES, **model.options))
    assert chosen.probabilities == choose(model).probabilities


# -- servers without log probabilities -------------------------------------------------------------------------


def openai(message: str, param: str | None = None, code: str | None = None) -> dict[str, Any]:
    return {"error": {"message": message, "type": "invalid_request_error", "param": param, "code": code}}


class Strict:
    """A server that refuses more than `most` alternatives to a token (0: log probabilities) in these words."""

    def __init__(self, status: int, body: Any, *, most: int = 0, answer: str = "no") -> None:
        self.status, self.body, self.most = status, body, most
        self.model = Model(answer, lean=0, probabilities=bool(most))
        self.refused = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        if body.get("top_logprobs", 0) > self.most or ("logprobs" in body and not self.most):
            self.refused += 1
            return httpx.Response(self.status, json=self.body)
        return self.model(request)

    @property
    def options(self) -> dict[str, Any]:
        return {**self.model.options, "transport": httpx.MockTransport(self)}


REFUSALS = [
    # confident-ai/deepeval#2184
    pytest.param(403, openai("You are not allowed to request logprobs from this model"), id="OpenAI, o4-mini"),
    pytest.param(
        400,
        openai(
            "Unsupported parameter: 'logprobs' is not supported with this model.", "logprobs", "unsupported_parameter"
        ),
        id="OpenAI, GPT-5.6",
    ),
    # groq/groq-python#25
    pytest.param(400, openai("`logprobs` is not supported with this model"), id="Groq"),
    # mscraftsman/generative-ai#135
    pytest.param(
        400,
        [{"error": {"code": 400, "message": "Logprobs is not enabled for models/gemini-2.5-pro"}}],
        id="Gemini",
    ),
    # BerriAI/litellm#17165
    pytest.param(
        400,
        openai(
            "litellm.UnsupportedParamsError: ollama_chat does not support parameters: ['logprobs', 'top_logprobs'], "
            "for model=llama3.1:70b. To drop these, set `litellm.drop_params=True` or for proxy:"
        ),
        id="LiteLLM",
    ),
    pytest.param(
        422,
        {"detail": [{"type": "extra_forbidden", "loc": ["body", "logprobs"], "msg": "Extra inputs are not permitted"}]},
        id="Mistral",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("status", "body"), REFUSALS)
def test_a_server_that_refuses_log_probabilities_is_asked_several_times(status: int, body: Any) -> None:
    server = Strict(status, body)
    chosen = choose(server)
    assert (chosen.answer, chosen.method, chosen.coverage) == ("no", "samples", 1)
    assert chosen.probabilities == {"yes": 0, "no": 1, "unsure": 0}
    assert chosen.intervals is not None
    assert chosen.intervals["no"] == pytest.approx((0.757, 1), abs=0.001)
    assert len(server.model.bodies) == len(chosen.replies) == 12
    assert {len(body) for body in server.model.bodies} == {4}  # model, messages, stream, stream_options
    assert "12 samples over 3 orders" in chosen.note
    assert "no 100 % [76 to 100 %]" in str(chosen)
    assert "[76 to 100 %]" in chosen._repr_mimebundle_()["text/html"]
    choose(server)
    assert server.refused == 1  # it is remembered for this server and model
    choose(server, model="model-2", samples=1)
    assert server.refused == 2


@pytest.mark.parametrize(
    "message",
    [
        pytest.param("Invalid value for 'top_logprobs': must be less than or equal to 5.", id="Azure"),
        pytest.param("Requested sample logprobs of 20, which is greater than max allowed: 5", id="vLLM"),
    ],
)
def test_a_server_that_returns_fewer_alternatives_is_asked_for_5(message: str) -> None:
    """confident-ai/deepeval#843, vllm-project/vllm#5299; and GPT-5.4 and later without reasoning."""
    server = Strict(400, openai(message), most=5)
    assert choose(server).method == "logprobs"
    assert choose(server).probabilities == pytest.approx({"yes": 0, "no": 1, "unsure": 0})
    assert (len(server.model.bodies), server.refused) == (6, 1)


def test_a_server_that_ignores_logprobs_is_asked_several_times_and_its_first_reply_counts() -> None:
    """ollama/ollama#13638."""
    model = Model("no", lean=0, probabilities=False)
    chosen = choose(model)
    assert (chosen.answer, chosen.method, len(model.bodies)) == ("no", "samples", 12)
    assert ["logprobs" in body for body in model.bodies] == [True] + [False] * 11
    choose(model, samples=4)
    assert ["logprobs" in body for body in model.bodies[12:]] == [False] * 4


def test_what_samples_say_is_counted_with_an_interval() -> None:
    letters = ["A", "A", "b.", "A", "Well, it depends", "no", "A", "A"]
    scripted = Scripted(*map(says, letters))
    chosen = vm.choose("Is it?", PICTURE, ["yes", "no"], **scripted.options, orders=1, samples=8, logprobs=False)
    assert (chosen.answer, chosen.coverage) == ("yes", 7 / 8)
    assert chosen.probabilities == pytest.approx({"yes": 5 / 7, "no": 2 / 7})
    assert chosen.intervals is not None  # Wilson: the share of 5 in 7
    assert chosen.intervals["yes"] == pytest.approx((0.359, 0.918), abs=0.001)
    assert "1 of the samples named none of the answers" in chosen.note
    assert all("logprobs" not in body and "temperature" not in body for body in scripted.bodies)


@pytest.mark.parametrize(("options", "why"), [({"temperature": 0}, "temperature is 0"), ({"seed": 7}, "a seed is set")])
def test_samples_that_may_be_alike_are_noted(options: dict[str, Any], why: str) -> None:
    assert choose(Scripted(says("A")), samples=2, **options).note.endswith(f"may be alike, since {why}.")
    assert "alike" not in choose(Scripted(says("A")), samples=2).note


def test_samples_that_name_no_answer_give_no_numbers() -> None:
    chosen = choose(Scripted(says("I cannot see a picture.")), samples=3)
    assert (chosen.answer, chosen.probabilities, chosen.intervals, chosen.coverage) == (None, None, None, 0)


def test_achoose_counts_samples_too() -> None:
    server = Strict(403, openai("You are not allowed to request logprobs from this model"))
    chosen = asyncio.run(vm.achoose("Is it rising?", PICTURE, NAMES, **server.options, samples=2))
    assert (chosen.answer, chosen.method, len(chosen.replies)) == ("no", "samples", 2)


def test_a_temperature_that_the_user_set_and_the_model_refuses_is_an_error_and_is_not_sent_again() -> None:
    """OpenHands/software-agent-sdk#1837."""
    message = "Unsupported parameter: 'temperature' is not supported with this model."
    sent = []

    def refuses(request: httpx.Request) -> httpx.Response:
        sent.append(json.loads(request.content))
        return httpx.Response(400, json=openai(message, "temperature"))

    with pytest.raises(vm.ServerError, match="leave -t out"):
        choose(Model(), transport=httpx.MockTransport(refuses), temperature=0)
    assert len(sent) == 1


@pytest.mark.parametrize("refuses", [True, False])
def test_samples_are_recorded_and_replayed(tmp_path: Path, refuses: bool) -> None:
    """The same question has several answers, of which the newest stood for all. A refusal is not recorded."""
    server = Strict(403, openai("You are not allowed to request logprobs from this model"), most=0 if refuses else 20)
    server.model = Scripted(*map(says, "ABABBBBBAABB"))  # type: ignore[assignment]
    path = tmp_path / "tape.jsonl"
    answers = ["yes", "no"]
    with vm.recording(path, "once"):
        first = vm.choose("Is it?", PICTURE, answers, **server.options, orders=1, samples=8)
        kept = vm.choose("Is it?", PICTURE, answers, **server.options, orders=1, samples=7)
    assert first.probabilities == {"yes": 2 / 8, "no": 6 / 8}
    assert kept.method == "samples"
    session.state.logprobs = LogprobsBook()  # as in another kernel
    with vm.recording(path, "replay", speed=0):
        again = vm.choose("Is it?", PICTURE, answers, **server.options, orders=1, samples=8)
        with pytest.raises(vm.RecordingMiss, match="the prompt is"):
            vm.choose("Is it blue?", PICTURE, answers, **server.options)
    assert again.probabilities == first.probabilities
    assert len(server.model.bodies) == 8


def test_any_other_error_of_the_server_is_raised() -> None:
    def refuses(request: httpx.Request) -> httpx.Response:
        return httpx.Response(401, json={"error": {"message": "no such key"}})

    options = {**Model().options, "transport": httpx.MockTransport(refuses)}
    with pytest.raises(vm.VisionError, match="no such key"):
        vm.choose("Is it rising?", PICTURE, NAMES, **options)


def test_an_answer_much_longer_than_a_letter_is_cut_off() -> None:
    model = Model(after=" because" * 200)
    assert choose(model, orders=1).replies[0].state == "interrupted"


@pytest.mark.parametrize(
    ("word", "answer"), [("B", "no"), ("b.", "no"), ("**C**", "unsure"), ("Unsure.", "unsure"), ("Well", None)]
)
def test_without_probabilities_the_answer_that_the_text_names_counts(word: str, answer: str | None) -> None:
    chosen = choose(Scripted(says(word)), samples=1)
    assert (chosen.answer, chosen.probabilities, chosen.method) == (answer, None, "text")
    assert "only one sample" in chosen.note


def test_a_choice_is_recorded_and_replayed(tmp_path: Path) -> None:
    """Each stream was left after the letter, so no reply was complete, and only complete ones are recorded."""
    model = Model(after=" it is.")
    with vm.recording(tmp_path / "tape.jsonl", "record"):
        first = choose(model)
    with vm.recording(tmp_path / "tape.jsonl", "replay", speed=0):
        again = choose(model)
    assert len(model.bodies) == 3
    assert again.probabilities == pytest.approx(first.probabilities)
    assert {reply.state for reply in first.replies} == {"complete"}


@pytest.mark.parametrize(
    ("answers", "options", "said"),
    [
        pytest.param("yes", {}, "expected a list of 2 to 26 strings", id="no list"),
        pytest.param(["yes"], {}, "expected a list of 2 to 26 strings", id="one answer"),
        pytest.param(["yes", ""], {}, "expected a list of 2 to 26 strings", id="no words"),
        pytest.param(["yes", "yes"], {}, "answers that differ", id="twice"),
        pytest.param(NAMES, {"orders": 4}, "from 1 to 3", id="more orders than answers"),
        pytest.param(NAMES, {"orders": True}, "from 1 to 3", id="no number"),
        pytest.param(NAMES, {"samples": 0}, "from 1 to 1000", id="no samples"),
        pytest.param(NAMES, {"model": ["a", "b"]}, "expected one", id="several models"),
    ],
)
def test_invalid_answers_or_orders_are_refused_before_anything_is_sent(
    answers: Any, options: dict[str, Any], said: str
) -> None:
    model = Model()
    with pytest.raises(vm.RequestError, match=said):
        vm.choose("Is it rising?", PICTURE, answers, **{**model.options, **options})
    assert model.bodies == []


def test_its_displays_escape_control_characters_and_markup() -> None:
    chosen = vm.choose("Which?", PICTURE, ["a\x1b[2J", "b<script>"], **Model("b<script>", lean=0).options)
    assert "\x1b" not in str(chosen)
    html = chosen._repr_mimebundle_()["text/html"]
    assert "<script>" not in html
    assert "100 %" in str(chosen)
