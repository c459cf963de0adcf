"""Matching: the exchange that answers a request, and the message if there is none."""

from __future__ import annotations

import dataclasses
import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as PILImage

from tests.session.store.exchanges import exchange, figure, find, miss, question, recorded, text_of
from tests.wire.conftest import request as a_request
from vision_magic.chat.messages import Message, user_message
from vision_magic.chat.request import ChatRequest
from vision_magic.images.convert import as_image
from vision_magic.session.store.json_lines import JsonLinesStore

# Which exchange answers


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"stream": False}, id="not as a stream"),
        pytest.param({"stream_options": {"include_usage": True}}, id="with a count of tokens"),
        pytest.param({"user": "somebody"}, id="for somebody"),
        pytest.param({"model": "model-2"}, id="of another model, where one was recorded"),
    ],
)
def test_how_a_question_travels_is_no_part_of_it(path: Path, fields: dict[str, Any]) -> None:
    tape = recorded(path, exchange(question(), "70"))
    assert text_of(find(tape, question(**fields)).exchange) == "70"


def test_the_bytes_of_a_picture_may_differ_where_its_pixels_do_not(path: Path) -> None:
    tape = recorded(path, exchange(question("Hi")))
    packed = io.BytesIO()
    figure().save(packed, "PNG", compress_level=0)
    image = as_image(figure())
    other = dataclasses.replace(image, data=packed.getvalue())
    assert other.data != image.data
    assert find(tape, a_request(messages=(user_message("Hi", other),))).note == ""


def test_of_two_exchanges_the_later_counts(path: Path) -> None:
    tape = recorded(path, exchange(question(), "old"), exchange(question(), "new"), exchange(question("Else?"), "no"))
    assert text_of(find(tape, question()).exchange) == "new"


def test_the_answer_of_the_model_that_is_asked_comes_before_that_of_another(path: Path) -> None:
    ones = [exchange(question(model=model), f"by {model}") for model in ("model-1", "model-2", "model-3")]
    tape = recorded(path, *ones)
    assert text_of(find(tape, question(model="model-2")).exchange) == "by model-2"


def test_among_several_models_none_speaks_for_one_that_was_not_recorded(path: Path) -> None:
    tape = recorded(path, exchange(question(model="model-1")), exchange(question(model="model-2")))
    assert "the model is model-3" in miss(tape, question(model="model-3"))


def test_a_figure_that_looks_nearly_the_same_answers_and_is_told(path: Path) -> None:
    tape = recorded(path, exchange(question()))
    match = find(tape, question("How high is the last bar?", figure(at=1)))
    assert match.note == "the figure differs from the recorded one"
    assert text_of(match.exchange) == "70"


@pytest.mark.parametrize("other", ["red", "lightblue"])
def test_another_colour_is_another_picture(path: Path, other: str) -> None:
    """A plain picture has no outlines: by them alone, red was taken for navy."""
    plain = [PILImage.new("RGB", (40, 30), colour) for colour in ("navy", other)]
    tape = recorded(path, exchange(question("Which colour?", plain[0])))
    assert "picture 1 differs by" in miss(tape, question("Which colour?", plain[1]))
    assert find(tape, question("Which colour?", PILImage.new("RGB", (40, 30), (8, 4, 120)))).note


def test_a_recording_without_colours_still_answers(path: Path) -> None:
    recorded(path, exchange(question()))
    lines = json.loads(path.read_text())
    del lines["request"]["images"][0]["colours"]
    path.write_text(json.dumps(lines) + "\n")
    assert find(JsonLinesStore(path), question("How high is the last bar?", figure(at=1))).note


def test_the_very_same_figure_comes_before_one_that_only_looks_like_it(path: Path) -> None:
    words = "How high is the last bar?"
    tape = recorded(path, exchange(question(words, figure()), "same"), exchange(question(words, figure(at=1)), "near"))
    match = find(tape, question(words, figure()))
    assert (text_of(match.exchange), match.note) == ("same", "")


def test_of_several_figures_each_must_look_like_its_own(path: Path) -> None:
    tape = recorded(path, exchange(question("Which?", figure(), figure((70, 35, 50, 20)))))
    assert find(tape, question("Which?", figure(), figure((70, 35, 50, 20)))).note == ""
    assert "picture 1 differs" in miss(tape, question("Which?", figure((70, 35, 50, 20)), figure()))


# What a miss says


def test_a_miss_says_how_the_prompt_differs(path: Path) -> None:
    message = miss(recorded(path, exchange(question())), question("How high is the first bar?"))
    assert "the prompt is 'How high is the first bar?' (recorded: 'How high is the last bar?')" in message
    assert message.startswith("lesson.jsonl has no answer to this question. The one recorded question differs")
    assert "%vision record lesson.jsonl" in message
    assert "picture" not in message


def test_a_miss_compares_with_the_nearest_prompt(path: Path) -> None:
    words = ["What is the title?", "How high is the last bar?", "Which colour?"]
    message = miss(recorded(path, *[exchange(question(one)) for one in words]), question("How high is the last bra?"))
    assert "(recorded: 'How high is the last bar?')" in message
    assert "The closest of 3 recorded questions differs" in message


@pytest.mark.parametrize(
    ("recorded_with", "asked_with", "words"),
    [
        pytest.param({"temperature": 0.2}, {"temperature": 0.7}, "temperature is 0.7 (recorded: 0.2)", id="changed"),
        pytest.param({}, {"max_tokens": 50}, "max_tokens is 50 (recorded: not set)", id="new"),
        pytest.param({"seed": 7}, {}, "seed is not set (recorded: 7)", id="gone"),
        pytest.param({}, {"extra": {"top_k": 3}}, "top_k is 3 (recorded: not set)", id="of one server"),
    ],
)
def test_a_miss_says_which_option_differs(
    path: Path, recorded_with: dict[str, Any], asked_with: dict[str, Any], words: str
) -> None:
    message = miss(recorded(path, exchange(question(**recorded_with))), question(**asked_with))
    assert words in message
    assert "prompt" not in message


def test_a_miss_says_by_how_much_a_picture_differs(path: Path) -> None:
    turned = figure().rotate(180)
    message = miss(recorded(path, exchange(question())), question("How high is the last bar?", turned))
    assert "picture 1 differs by " in message
    assert "(at most 10% is accepted)" in message
    assert "prompt" not in message


def test_a_miss_says_that_the_number_of_pictures_differs(path: Path) -> None:
    message = miss(recorded(path, exchange(question("Hi"))), question("Hi", figure(), figure()))
    assert "it has 2 pictures (recorded: 1)" in message


def test_a_miss_says_that_only_the_order_differs(path: Path) -> None:
    picture = as_image(figure())
    first, other = (a_request(messages=(user_message(*parts),)) for parts in (("Hi", picture), (picture, "Hi")))
    assert "text and pictures are in a different order" in miss(recorded(path, exchange(first)), other)


def test_a_miss_says_that_the_conversation_before_it_differs(path: Path) -> None:
    def after(system: str) -> ChatRequest:
        messages = (Message(role="system", content=system), user_message("Hi", as_image(figure())))
        return a_request(messages=messages)

    message = miss(recorded(path, exchange(after("Be brief."))), after("Be long."))
    assert "the conversation before it differs" in message


def test_a_miss_cuts_a_long_prompt(path: Path) -> None:
    message = miss(recorded(path, exchange(question("a " * 4000))), question("b " * 4000))
    assert len(message) < 500
    assert "…" in message


def test_an_empty_recording_says_how_to_fill_it(path: Path) -> None:
    message = miss(JsonLinesStore(path), question())
    assert message == "lesson.jsonl holds no answers yet. Record some with %vision record lesson.jsonl."
