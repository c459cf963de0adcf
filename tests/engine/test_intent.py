"""Intents of questions, found by keywords."""

from __future__ import annotations

import pytest

from vision_magic.engine.intent import parse_question


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        pytest.param("Describe this figure.", ("describe",), id="describe"),
        pytest.param("What does this figure show?", ("describe",), id="what it shows"),
        pytest.param("What is the title?", ("title",), id="title, not everything"),
        pytest.param("What does the legend say?", ("legend",), id="legend, not all text"),
        pytest.param("What are the axis labels and units?", ("axes",), id="axes"),
        pytest.param("What is the range of the y axis?", ("axes",), id="range"),
        pytest.param("Which colours are used?", ("colour",), id="British colours"),
        pytest.param("which color is it", ("colour",), id="American colour"),
        pytest.param("How big is this image in pixels?", ("size",), id="size"),
        pytest.param("How many dots are there?", ("count",), id="count"),
        pytest.param("How many colours?", ("count",), id="count of colours, once"),
        pytest.param("What changed between the two?", ("compare",), id="compare"),
        pytest.param("Read the text.", ("text",), id="text"),
        pytest.param("Which series breaks its trend, and where?", ("values",), id="trend"),
        pytest.param("What is the maximum?", ("values",), id="extreme"),
        pytest.param("What kind of chart is this?", ("type",), id="type"),
        pytest.param("Title and size, please", ("title", "size"), id="two things in their order"),
        pytest.param("Who are you?", ("about",), id="about itself"),
        pytest.param("what's in it", ("describe",), id="what's in it"),
        pytest.param("What’s the picture about?", ("describe",), id="what it is about"),
        pytest.param("What's the weather like?", (), id="what something else is"),
        pytest.param("", (), id="nothing"),
        pytest.param("Lorem ipsum dolor", (), id="no known word"),
    ],
)
def test_key_words_say_what_is_asked_for(text: str, intents: tuple[str, ...]) -> None:
    assert parse_question(text).intents == intents


@pytest.mark.parametrize(
    "text",
    ["Why does it rise?", "Is there a cat?", "Who is this person?", "Explain the figure", "Which do you recommend?"],
)
def test_words_that_need_understanding_are_known(text: str) -> None:
    assert parse_question(text).needs_model


@pytest.mark.parametrize("text", ["Describe this figure.", "What is the title?", "Which colours?", "Who are you?"])
def test_questions_that_measurements_answer_are_not_beyond(text: str) -> None:
    assert not parse_question(text).needs_model


def test_a_quoted_phrase_is_looked_for_and_not_obeyed() -> None:
    question = parse_question('Does it say "explain why the cat"?')
    assert question.phrase == "explain why the cat"
    assert not question.needs_model
