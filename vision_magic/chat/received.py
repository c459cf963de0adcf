"""Lenient reading of what servers send: they omit, repeat and null fields, and send values of other types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

__all__ = ["as_message", "content_of", "details_text", "dicts", "string"]

_TEXT_PARTS: Final = frozenset({"text", "output_text"})  # Mistral; the Responses API and its gateways


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
    """Return (reasoning, text, refusal) of a content: a string, or a list of parts."""
    if not isinstance(value, list):
        return "", string(value), ""
    parts = dicts(value)
    text = "".join(string(part.get("text")) for part in parts if string(part.get("type")) in _TEXT_PARTS)
    thinking = "".join(_thinking(part.get("thinking")) for part in parts if part.get("type") == "thinking")
    refusal = "".join(string(part.get("refusal")) for part in parts if part.get("type") == "refusal")
    return thinking, text, refusal


def _thinking(value: object) -> str:
    """Return the text of a thinking part: a string, or a list of text parts. Deeper nesting is ignored."""
    return string(value) or "".join(string(part.get("text")) for part in dicts(value) if part.get("type") == "text")


def details_text(value: object) -> str:
    """Return the reasoning in OpenRouter's ``reasoning_details``."""
    return "".join(string(part.get("text")) or string(part.get("summary")) for part in dicts(value))
