"""Lenient reading of what servers send: they omit, repeat and null fields, and send values of other types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

__all__ = ["as_message", "content_of", "details_text", "dicts", "string"]

_THOUGHTS: Final = ("thinking", "reasoning", "thought")  # in the type of a part: Mistral, Anthropic; Databricks
_THOUGHT_FIELDS: Final = ("thinking", "text", "summary")


def string(value: object) -> str:
    """Return a string as it is, and an empty one for anything else."""
    return value if isinstance(value, str) else ""


def dicts(value: object) -> list[Mapping[str, Any]]:
    """Return the objects in a list, and none for anything else."""
    # dict, not Mapping: chunks are parsed JSON, and testing for an abstract class costs a microsecond.
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def as_message(value: object) -> Mapping[str, Any]:
    """Return a delta or a message as an object; some servers send its content alone."""
    return value if isinstance(value, dict) else {"content": value}


def content_of(value: object) -> tuple[str, str, str]:
    """Return (reasoning, text, refusal) of a content: a string, or a list of parts, of whatever kind."""
    if not isinstance(value, list):
        return "", string(value), ""
    kinds: dict[str, list[str]] = {"reasoning": [], "text": [], "refusal": []}
    for part in value:
        kind, text = _read_part(part)
        kinds[kind].append(text)
    reasoning, text, refusal = map("".join, kinds.values())
    return reasoning, text, refusal


def _read_part(part: object) -> tuple[str, str]:
    """Return whether a part of a content is reasoning, text or a refusal, and its text."""
    if not isinstance(part, dict):
        return "text", string(part)
    kind = string(part.get("type"))
    if kind == "refusal":
        return "refusal", string(part.get("refusal"))
    if any(word in kind for word in _THOUGHTS):
        return "reasoning", next(filter(None, (_text_of(part.get(name)) for name in _THOUGHT_FIELDS)), "")
    return "text", string(part.get("text"))


def _text_of(value: object) -> str:
    """Return the text of a thought: a string, or a list of text parts. Deeper nesting is ignored."""
    return string(value) or "".join(string(part.get("text")) for part in dicts(value))


def details_text(value: object) -> str:
    """Return the reasoning in OpenRouter's ``reasoning_details``."""
    return "".join(string(part.get("text")) or string(part.get("summary")) for part in dicts(value))
