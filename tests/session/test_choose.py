"""Questions with given answers: letters, probabilities, and the result without probabilities."""

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

NAMES = ["yes", "no", "unsure"]


class Model:
    """Knows the answer, and leans to the letter A by half of its probability."""

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


def choose(model: Any, **options: Any) -> vm.Chosen:
    return vm.choose("Is it rising?", PICTURE, NAMES, **model.options, **options)


def test_the_mean_over_the_orders_takes_the_leaning_to_a_letter_away() -> None:
    model = Model("no", lean=0.6)
    assert choose(model, orders=1).answer == "yes"  # it leans to A, which is "yes" in the first order
    chosen = choose(model)
    assert chosen.answer == "no"
    assert chosen.probabilities == pytest.approx({"yes": 0.2, "no": 0.6, "unsure": 0.2})
    assert chosen.coverage == pytest.approx(1)
    assert len(chosen.replies) == 3
    assert "3 orders" in chosen.note


def test_each_order_is_asked_once_with_the_probabilities_and_without_chance() -> None:
    model = Model()
    choose(model)
    assert len(model.bodies) == 3
    assert [(body["temperature"], body["logprobs"], body["top_logprobs"]) for body in model.bodies] == [
        (0, True, 20)
    ] * 3
    asked = [body["messages"][-1]["content"][-1]["text"] for body in model.bodies]
    assert [text.splitlines()[2] for text in asked] == ["A. yes", "A. no", "A. unsure"]


def test_asynchronous_code_chooses_the_same() -> None:
    model = Model()
    chosen = asyncio.run(vm.achoose("Is it rising?", PICTURE, NAMES, **model.options))
    assert chosen.probabilities == choose(model).probabilities


def test_a_model_that_gives_no_probabilities_is_asked_once_and_its_word_stands() -> None:
    model = Model("no", lean=0, probabilities=False)
    chosen = choose(model)
    assert (chosen.answer, chosen.probabilities, chosen.coverage) == ("no", None, None)
    assert "gives no probabilities" in chosen.note
    assert len(model.bodies) == 1


def test_a_server_that_refuses_probabilities_is_asked_without() -> None:
    model = Model("unsure", lean=0, probabilities=False)

    def strict(request: httpx.Request) -> httpx.Response:
        if "logprobs" in json.loads(request.content):
            return httpx.Response(400, json={"error": {"message": "logprobs: this model does not support it"}})
        return model(request)

    options = {**model.options, "transport": httpx.MockTransport(strict)}
    assert vm.choose("Is it rising?", PICTURE, NAMES, **options).answer == "unsure"
    assert len(model.bodies) == 1


def test_another_refusal_is_the_error_that_it_is() -> None:
    def refuses(request: httpx.Request) -> httpx.Response:
        return httpx.Response(401, json={"error": {"message": "no such key"}})

    options = {**Model().options, "transport": httpx.MockTransport(refuses)}
    with pytest.raises(vm.VisionError, match="no such key"):
        vm.choose("Is it rising?", PICTURE, NAMES, **options)


def test_a_model_that_goes_on_and_on_is_cut() -> None:
    model = Model(after=" because" * 200)
    assert choose(model, orders=1).replies[0].state == "interrupted"


@pytest.mark.parametrize(
    ("word", "answer"), [("B", "no"), ("b.", "no"), ("**C**", "unsure"), ("Unsure.", "unsure"), ("Well", None)]
)
def test_a_word_is_taken_for_the_answer_that_it_names(word: str, answer: str | None) -> None:
    assert choose(Scripted(says(word))).answer == answer


def test_what_was_chosen_is_recorded_whole_and_played_again(tmp_path: Path) -> None:
    """It left each answer after the letter, so that none was whole, and only whole ones are recorded."""
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
        pytest.param("yes", {}, "expected a list of 2 to 26 texts", id="no list"),
        pytest.param(["yes"], {}, "expected a list of 2 to 26 texts", id="one answer"),
        pytest.param(["yes", ""], {}, "expected a list of 2 to 26 texts", id="no words"),
        pytest.param(["yes", "yes"], {}, "may stand there once", id="twice"),
        pytest.param(NAMES, {"orders": 4}, "from 1 to 3", id="more orders than answers"),
        pytest.param(NAMES, {"orders": True}, "from 1 to 3", id="no number"),
        pytest.param(NAMES, {"model": ["a", "b"]}, "expected one", id="several models"),
    ],
)
def test_what_cannot_be_chosen_from_is_refused_before_anything_is_sent(
    answers: Any, options: dict[str, Any], said: str
) -> None:
    model = Model()
    with pytest.raises(vm.RequestError, match=said):
        vm.choose("Is it rising?", PICTURE, answers, **{**model.options, **options})
    assert model.bodies == []


def test_it_shows_itself_and_what_a_model_wrote_steers_nothing() -> None:
    chosen = vm.choose("Which?", PICTURE, ["a\x1b[2J", "b<script>"], **Model("b<script>", lean=0).options)
    assert "\x1b" not in str(chosen)
    html = chosen._repr_mimebundle_()["text/html"]
    assert "<script>" not in html
    assert "100%" in str(chosen)
