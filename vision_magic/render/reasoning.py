"""Separation of reasoning and answer, including reasoning in the text between ``<think>`` tags."""

from __future__ import annotations

from typing import Final

from vision_magic.chat.reply import Choice, Reply

__all__ = ["answer_text", "reasoning_of_all_rounds", "reasoning_text"]

_OPENING: Final = "<think>"
_CLOSING: Final = "</think>"


def answer_text(choice: Choice) -> str:
    """Return the text of a choice without the tagged reasoning before it."""
    return _split(choice)[1]


def reasoning_text(choice: Choice) -> str:
    """Return the reasoning of a choice, from its own field or, as many local servers send it, from a tag."""
    return choice.reasoning or _split(choice)[0]


def reasoning_of_all_rounds(reply: Reply, number: int = 0) -> str:
    """Return the reasoning of a choice; for the first choice, preceded by that of the earlier rounds."""
    rounds = reply.rounds if number == 0 else ()
    texts = (*(reasoning_text(earlier.choices[0]) for earlier in rounds), reasoning_text(reply.choices[number]))
    return "\n\n".join(text for text in texts if text)


def _split(choice: Choice) -> tuple[str, str]:
    """Return reasoning and answer; everything is reasoning until the tag is closed."""
    start = choice.text.lstrip()
    if not start.startswith(_OPENING):
        may_become_a_tag = choice.finish_reason is None and start and _OPENING.startswith(start)
        return "", "" if may_become_a_tag else choice.text
    reasoning, _, answer = start.removeprefix(_OPENING).partition(_CLOSING)
    return reasoning.strip("\n"), answer.lstrip("\n")
