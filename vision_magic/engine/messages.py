"""The last turn of a conversation: its question, the images it is about, and results of functions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vision_magic.engine.errors import InvalidRequest
from vision_magic.errors import ImageError
from vision_magic.images.figure_facts.values import FACTS_HEADER, NOT_DRAWN, Facts

__all__ = ["NO_IMAGE", "ToolResult", "Turn", "Undrawn", "last_turn"]

NO_IMAGE = "No picture arrived. I can only answer questions about pictures: add one and ask again."

_INTRODUCES_IMAGE = re.compile(r"\S+ returned this picture:")
"""The line that this package writes above an image that a function returned; it is not a question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolResult:
    """A function call and its result, as text."""

    name: str
    arguments: str
    text: str


@dataclass(frozen=True, slots=True)
class Undrawn:
    """A figure that came without a picture.

    Attributes
    ----------
    facts : Facts
        What its object knows.
    reason : str
        Why it has no picture, and what to do.
    """

    facts: Facts
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The last turn of a conversation.

    Attributes
    ----------
    question : str
        The text of the last user message.
    urls : tuple of (str, object)
        The images of the last user message with images, each as its path in the request and its URL.
    facts : tuple of Facts or None
        For each image, the facts of its figure object that were sent with it; None if there are none.
    undrawn : tuple of Undrawn
        The figures of that message that came without a picture.
    results : tuple of ToolResult
        The results of the functions that the last answer called.
    """

    question: str
    urls: tuple[tuple[str, object], ...] = ()
    facts: tuple[Facts | None, ...] = ()
    undrawn: tuple[Undrawn, ...] = ()
    results: tuple[ToolResult, ...] = ()


def last_turn(messages: object) -> Turn:
    """Return the last turn of a conversation.

    Parameters
    ----------
    messages : object
        The field ``messages`` of a request, as decoded from JSON.

    Raises
    ------
    InvalidRequest
        There are no messages, or none from the user.
    """
    if not isinstance(messages, list) or not messages:
        raise InvalidRequest("`messages` is empty; expected at least one message.", param="messages")
    user_indices = [index for index, message in enumerate(messages) if _is_from_user(message)]
    if not user_indices:
        raise InvalidRequest("`messages` has no user message; expected one with a question.", param="messages")
    results = _results(messages)
    question = _text(messages[user_indices[-1]]["content"])
    for index in reversed(user_indices):
        content = messages[index]["content"]
        urls = tuple(_urls(content, f"messages[{index}].content"))
        undrawn = tuple(_undrawn(content))
        if urls or undrawn:
            return Turn(question=question, urls=urls, facts=_facts(content), undrawn=undrawn, results=results)
    return Turn(question=question, results=results)


def _results(messages: Sequence[Any]) -> tuple[ToolResult, ...]:
    """Return the results of the functions that the last answer called."""
    answers = [index for index, message in enumerate(messages) if _role(message) == "assistant"]
    if not answers:
        return ()
    calls = {
        str(call.get("id")): call.get("function") or {}
        for call in messages[answers[-1]].get("tool_calls") or ()
        if isinstance(call, Mapping)
    }
    return tuple(
        ToolResult(
            name=str(calls[call_id].get("name", "")),
            arguments=str(calls[call_id].get("arguments", "")),
            text=_text(message.get("content")),
        )
        for message in messages[answers[-1] + 1 :]
        if _role(message) == "tool" and (call_id := str(message.get("tool_call_id"))) in calls
    )


def _role(message: object) -> object:
    return message.get("role") if isinstance(message, Mapping) else None


def _is_from_user(message: object) -> bool:
    return isinstance(message, Mapping) and message.get("role") == "user" and message.get("content") is not None


def _text(content: object) -> str:
    """Return the text of a message, its parts separated by spaces."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    texts = (part.get("text") for part in parts if isinstance(part, Mapping) and part.get("type") == "text")
    return " ".join(text for text in texts if isinstance(text, str) and _is_users_own(text))


def _is_users_own(text: str) -> bool:
    """Return whether the user wrote a text part; parts with facts of figures, which the package adds, are ignored."""
    return not text.startswith((FACTS_HEADER, NOT_DRAWN)) and _INTRODUCES_IMAGE.fullmatch(text) is None


def _facts(content: object) -> tuple[Facts | None, ...]:
    """Return the facts of each image: those right after it, or else those right before it.

    They are data that whoever made the request wrote, and only numbers and labels are read from them.
    """
    found: list[Facts | None] = []
    before: Facts | None = None
    follows_image = False
    for part in content if isinstance(content, list) else []:
        kind = part.get("type") if isinstance(part, Mapping) else None
        if kind == "image_url":
            found.append(before)
            before, follows_image = None, True
        elif kind == "text" and (facts := _read_facts(part.get("text"))) is not None:
            if follows_image and found[-1] is None:
                found[-1] = facts
            else:
                before = facts
            follows_image = False
        else:
            before, follows_image = None, False
    return tuple(found)


def _undrawn(content: object) -> Iterator[Undrawn]:
    for part in content if isinstance(content, list) else []:
        text = part.get("text") if isinstance(part, Mapping) else None
        if isinstance(text, str) and text.startswith(NOT_DRAWN):
            reason, _, known = text.removeprefix(NOT_DRAWN).partition("\n")
            if (facts := _read_facts(known)) is not None:
                yield Undrawn(facts, reason)


def _read_facts(text: object) -> Facts | None:
    if not isinstance(text, str) or not text.startswith(FACTS_HEADER):
        return None
    try:
        return Facts.read(text)
    except ImageError:
        return None


def _urls(content: object, where: str) -> Iterator[tuple[str, object]]:
    for index, part in enumerate(content if isinstance(content, list) else []):
        if isinstance(part, Mapping) and part.get("type") == "image_url":
            image_url = part.get("image_url")
            yield f"{where}[{index}]", image_url.get("url") if isinstance(image_url, Mapping) else image_url
