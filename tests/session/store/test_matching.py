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
from vision_magic.chat.messages import ImagePart, Message, user_message
from vision_magic.chat.request import ChatRequest
from vision_magic.chat.schema import as_schema
from vision_magic.images.convert import as_image
from vision_magic.images.figure_facts.values import FACTS_HEADER
from vision_magic.session.store.json_lines import JsonLinesStore
from vision_magic.session.store.recording import Recording
from vision_magic.session.teaching import Mode, as_lesson


def with_data(request: ChatRequest, data_hash: str) -> ChatRequest:
    """Return a question about a figure object with these data."""
    message = request.messages[-1]
    parts = [
        dataclasses.replace(part, data_hash=data_hash) if isinstance(part, ImagePart) else part
        for part in message.content
    ]
    return dataclasses.replace(request, messages=(dataclasses.replace(message, content=tuple(parts)),))


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
    assert match.note == "the figure differs from the recorded one: this answer is about the recorded figure"
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


@pytest.mark.parametrize(
    ("now", "note"),
    [
        pytest.param("a", "the figure is drawn differently from the recorded one, with the same data", id="same data"),
        pytest.param("b", "the data of the figure have changed: this answer is about the old figure", id="other data"),
    ],
)
def test_the_data_of_a_figure_object_count_more_than_its_looks(path: Path, now: str, note: str) -> None:
    tape = recorded(path, exchange(with_data(question(), "a")))
    assert find(tape, with_data(question("How high is the last bar?", figure(at=1)), now)).note == note


def test_a_figure_with_the_same_data_comes_before_one_that_looks_more_alike(path: Path) -> None:
    words = "How high is the last bar?"
    ones = [with_data(question(words, figure(at=2)), "same"), with_data(question(words, figure(at=1)), "other")]
    tape = recorded(path, *[exchange(one, text) for one, text in zip(ones, ("same", "other"), strict=True)])
    assert text_of(find(tape, with_data(question(words, figure()), "same")).exchange) == "same"


def test_where_it_can_be_asked_a_figure_with_other_data_is(path: Path) -> None:
    tape = Recording(store=recorded(path, exchange(with_data(question(), "a"))), mode="once")
    assert tape.find(with_data(question("How high is the last bar?", figure(at=1)), "b")) is None


@pytest.mark.parametrize(
    "asked", ["how high is the last bar?", "How high is the last bar", "  How high is the last bar .\n"]
)
def test_case_outer_spaces_and_the_last_mark_make_no_difference(path: Path, asked: str) -> None:
    tape = recorded(path, exchange(question("How high is the last bar?")))
    assert text_of(find(tape, question(asked)).exchange) == "70"
    assert "has no answer" in miss(tape, question(asked, temperature=1))


def test_the_exact_words_come_before_others_that_are_taken_for_the_same(path: Path) -> None:
    tape = recorded(path, exchange(question("Is A higher?"), "A"), exchange(question("Is a higher?"), "a"))
    assert text_of(find(tape, question("Is A higher?")).exchange) == "A"


def test_of_several_figures_each_must_look_like_its_own(path: Path) -> None:
    tape = recorded(path, exchange(question("Which?", figure(), figure((70, 35, 50, 20)))))
    assert find(tape, question("Which?", figure(), figure((70, 35, 50, 20)))).note == ""
    assert "picture 1 differs" in miss(tape, question("Which?", figure((70, 35, 50, 20)), figure()))


# What a miss says


def test_a_miss_begins_with_what_is_recorded_for_the_picture(path: Path) -> None:
    tall = figure((90, 90, 10, 10))
    ones = [exchange(question("How high?")), exchange(question("Which colour?")), exchange(question("Tall?", tall))]
    message = miss(recorded(path, *ones), question("What is missing?"))
    assert "question. Recorded for this picture: 'How high?'; 'Which colour?'. The closest of 3" in message


def test_a_miss_does_not_name_the_model_where_it_does_not_count(path: Path) -> None:
    message = miss(recorded(path, exchange(question())), question("Else?", model="model-2"))
    assert "the model is" not in message


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


def after(*turns: tuple[str, str], words: str = "Hi") -> ChatRequest:
    before = [Message(role=role, content=text) for role, text in turns]  # type: ignore[arg-type]  # a role
    return a_request(messages=(*before, user_message(words, as_image(figure()))))


def lesson(mode: Mode | None = None, words: str = "", **options: Any) -> ChatRequest:
    """Return a question in a teaching mode, as a cell makes it."""
    parts: list[object] = [words] if words else []
    if mode is not None:
        parts, options = as_lesson(mode, parts, options)
    schema = {"response_format": as_schema(options["schema"]).to_wire()} if "schema" in options else {}
    turns = (("system", options["system"]),) if options.get("system") else ()
    return dataclasses.replace(after(*turns, words="\n".join(map(str, parts))), **schema)


@pytest.mark.parametrize(
    ("recorded_one", "asked", "words"),
    [
        (after(("system", "Be brief.")), after(("system", "Be long.")), "system is 'Be long.' (recorded: 'Be brief.')"),
        (after(("user", "Why?"), ("assistant", "So.")), after(), "it has no -c (recorded: with -c)"),
        (after(("user", "a"), ("assistant", "b")), after(("user", "c"), ("assistant", "d")), "conversation before it"),
        (lesson("quiz"), lesson(None, "Which day?"), "it has no --quiz (recorded: with --quiz)"),
        (lesson("hint", "Hi"), lesson(None, "Hi"), "differs: it has no --hint (recorded: with --hint). Ask"),
        (lesson("hint", "Hi", system="Be brief."), lesson("hint", "Hi"), "system is not set (recorded: 'Be brief.')"),
        (lesson(None, "Hi", schema="day, n: int"), lesson(None, "Hi"), "differs: it has no --schema (recorded: with"),
        (lesson(None, "Hi", schema="day"), lesson(None, "Hi", schema="hour"), "its --schema is not the recorded one"),
        (lesson("quiz", "Three about the axes"), lesson("quiz"), "is empty (recorded: 'Three about the axes')"),
        (after(words=f"{FACTS_HEADER} 1"), after(), "it has no --facts (recorded: with --facts)"),
    ],
)
def test_a_miss_names_the_option_that_differs_as_it_is_typed(
    path: Path, recorded_one: ChatRequest, asked: ChatRequest, words: str
) -> None:
    message = miss(recorded(path, exchange(recorded_one)), asked)
    assert words in message
    assert "response_format" not in message


def test_a_quiz_without_a_text_is_closest_to_the_recorded_quiz(path: Path) -> None:
    ones = [
        lesson("quiz", "Three about axes and units."),
        lesson(None, "Make it about this figure."),
        lesson("hint", "Hi"),
    ]
    message = miss(recorded(path, *map(exchange, ones)), lesson("quiz"))
    assert "recorded questions differs: the prompt is empty (recorded: 'Three about axes and units.')" in message
    assert "'Three about axes and units.' with --quiz; 'Make it about this figure.'; 'Hi' with --hint" in message


def test_a_miss_cuts_a_long_prompt(path: Path) -> None:
    message = miss(recorded(path, exchange(question("a " * 4000))), question("b " * 4000))
    assert len(message) < 500
    assert "…" in message


def test_an_empty_recording_says_how_to_fill_it(path: Path) -> None:
    message = miss(JsonLinesStore(path), question())
    assert message == "lesson.jsonl holds no answers yet. Record some with %vision record lesson.jsonl."
