"""Separation of reasoning and answer, from a separate field or from a tag in the text."""

from __future__ import annotations

import pytest

from vision_magic.chat.reply import Choice, Reply
from vision_magic.render.reasoning import answer_text, reasoning_of_all_rounds, reasoning_text


def test_an_answer_of_one_sign_is_shown_when_it_is_whole() -> None:
    """While it is written, it may be the first of a tag around thoughts."""
    assert answer_text(Choice(text="<", finish_reason="stop")) == "<"
    assert answer_text(Choice(text="<")) == ""


@pytest.mark.parametrize(
    ("text", "reasoning", "answer"),
    [
        ("It is blue.", "", "It is blue."),
        ("<thi", "", ""),
        ("<think>Let me", "Let me", ""),
        ("<think>\nLet me see.\n</think>\n\nIt is blue.", "Let me see.", "It is blue."),
        ("It is <think>.", "", "It is <think>."),
    ],
)
def test_a_tag_is_reasoning_while_it_is_written_too(text: str, reasoning: str, answer: str) -> None:
    choice = Choice(text=text)
    assert (reasoning_text(choice), answer_text(choice)) == (reasoning, answer)


def test_the_first_choice_has_the_reasoning_of_all_rounds() -> None:
    earlier = Reply(choices=(Choice(reasoning="One."),))
    reply = Reply(choices=(Choice(text="<think>Two.</think>Yes."), Choice(reasoning="Other.")), rounds=(earlier,))
    assert reasoning_of_all_rounds(reply) == "One.\n\nTwo."
    assert reasoning_of_all_rounds(reply, 1) == "Other."
