"""What is asked last in a conversation? The words, the pictures they are about, and what functions gave meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vision_magic.engine.errors import Refused
from vision_magic.images.figure_facts.values import FACTS_HEADER

__all__ = ["NO_PICTURE", "Result", "Turn", "last_turn"]

NO_PICTURE = "No picture arrived. I can only look at pictures: add one, then ask again."

_OF_A_FUNCTION = re.compile(r"\S+ returned this picture:")
"""Said above a function's picture by this package; it is no question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a function gave: its name, the arguments it was called with, and its text."""

    name: str
    arguments: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The end of a conversation.

    Attributes
    ----------
    question : str
        The words of the last user message.
    urls : tuple of (str, object)
        Where each picture stands and its URL: those of the last user message that has any.
    results : tuple of Result
        What functions gave after the last answer.
    """

    question: str
    urls: tuple[tuple[str, object], ...] = ()
    results: tuple[Result, ...] = ()


def last_turn(messages: object) -> Turn:
    """Return what is asked last.

    Raises
    ------
    Refused
        There are no messages, or no question among them.
    """
    if not isinstance(messages, list) or not messages:
        raise Refused("`messages` is empty; expected at least one message.", param="messages")
    asked = [index for index, each in enumerate(messages) if _is_user(each)]
    if not asked:
        raise Refused("`messages` has no user message; expected one with a question.", param="messages")
    results = _results(messages)
    question = _words(messages[asked[-1]]["content"])
    for index in reversed(asked):
        urls = tuple(_urls(messages[index]["content"], f"messages[{index}].content"))
        if urls:
            return Turn(question=question, urls=urls, results=results)
    return Turn(question=question, results=results)


def _results(messages: Sequence[Any]) -> tuple[Result, ...]:
    """Return what the calls of the last answer gave; nothing where it called none."""
    answered = [index for index, each in enumerate(messages) if _role(each) == "assistant"]
    if not answered:
        return ()
    calls = {
        str(call.get("id")): call.get("function") or {}
        for call in messages[answered[-1]].get("tool_calls") or ()
        if isinstance(call, Mapping)
    }
    return tuple(
        Result(
            name=str(calls[identity].get("name", "")),
            arguments=str(calls[identity].get("arguments", "")),
            text=_words(each.get("content")),
        )
        for each in messages[answered[-1] + 1 :]
        if _role(each) == "tool" and (identity := str(each.get("tool_call_id"))) in calls
    )


def _role(message: object) -> object:
    return message.get("role") if isinstance(message, Mapping) else None


def _is_user(message: object) -> bool:
    return isinstance(message, Mapping) and message.get("role") == "user" and message.get("content") is not None


def _words(content: object) -> str:
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    texts = (part.get("text") for part in parts if isinstance(part, Mapping) and part.get("type") == "text")
    return " ".join(text for text in texts if isinstance(text, str) and _is_said(text))


def _is_said(text: str) -> bool:
    """Whether words are the user's own: facts of a figure object are not, this reader goes by the picture."""
    return not text.startswith(FACTS_HEADER) and _OF_A_FUNCTION.fullmatch(text) is None


def _urls(content: object, where: str) -> Iterator[tuple[str, object]]:
    for index, part in enumerate(content if isinstance(content, list) else []):
        if isinstance(part, Mapping) and part.get("type") == "image_url":
            image_url = part.get("image_url")
            yield f"{where}[{index}]", image_url.get("url") if isinstance(image_url, Mapping) else image_url
