"""Finish reasons: the words of many servers, and what they mean.

A reply keeps the word of its server. What it means is looked up here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final, Literal

from vision_magic.text import clean_text, one_line

__all__ = ["Meaning", "as_finish_reason", "ending", "meaning"]

Meaning = Literal["stop", "length", "content_filter", "tool_calls", "error", "none"]
"""``stop``: the answer is complete; ``none``: not finished, although the field is filled in."""

_MAX_LENGTH: Final = 80  # characters of a finish reason

# In the form that `_canonical` gives them: lower case, with underscores.
_WORDS: Final[Mapping[Meaning, str]] = {
    # OpenAI; Anthropic; Gemini; TGI, watsonx; Together; AI21; Cohere; the Responses API
    "stop": "stop stop_sequence end_turn end_of_turn pause_turn eos eos_token endoftext complete completed done finish "
    "finished stop_token stop_word stop_str end success",
    # OpenAI; Anthropic, Gemini; Mistral; Z.ai; Cohere; watsonx; llama.cpp; the Responses API
    "length": "length max_tokens max_token max_length max_new_tokens max_output_tokens max_completion_tokens "
    "token_limit model_length model_context_window_exceeded context_length context_length_exceeded error_limit limit "
    "truncated",
    # OpenAI; Z.ai; Gemini and Vertex; Anthropic; Bedrock; Cohere
    "content_filter": "content_filter content_filtered filtered filter sensitive safety image_safety recitation "
    "image_recitation blocklist prohibited_content image_prohibited_content spii language blocked moderation refusal "
    "guardrail guardrail_intervened guardrails model_armor error_toxic",
    # OpenAI; Anthropic; Cohere
    "tool_calls": "tool_calls tool_call tool_use function_call function_calls",
    # OpenRouter; Z.ai (pi#8511); DeepSeek; vLLM and SGLang; Cohere; the Responses API
    "error": "error errored exception fail failed failure abort aborted network_error api_error internal_error "
    "internal_server_error server_error service_error upstream_error provider_error backend_error engine_error "
    "connection_error stream_error model_error inference_error runtime_error overloaded overloaded_error "
    "rate_limit rate_limit_exceeded insufficient_quota insufficient_system_resource cancel cancelled canceled "
    "user_cancel timeout timed_out out_of_memory oom",
    # servers that write out a missing value: sglang#3912; Gemini; watsonx
    "none": "null none undefined unspecified not_finished in_progress",
}
_MEANINGS: Final[Mapping[str, Meaning]] = {word: meant for meant, words in _WORDS.items() for word in words.split()}

# Parts of longer words, in the order in which they count: upstream_timeout, max_tokens_reached, safety_settings.
_PARTS: Final[Mapping[Meaning, frozenset[str]]] = {
    "error": frozenset(
        ["error", "exception", "failed", "failure", "timeout", "overloaded", "crashed", "unavailable", "aborted"]
    ),
    "content_filter": frozenset({"filter", "filtered", "moderation", "safety", "policy", "guardrail"}),
    "length": frozenset({"length"}),
}
_AMOUNTS: Final = frozenset({"token", "tokens", "context"})
_LIMITS: Final = frozenset({"max", "maximum", "limit", "exceeded", "reached", "budget"})

# What the user must know about an ending.
_IN_WORDS: Final[Mapping[Meaning, str]] = {
    "length": "cut by the token limit",
    "content_filter": "stopped by the server's content filter",
    "error": "ended by a server error",
}
_USUAL: Final = frozenset({"length", "content_filter"})  # the specification's own words, which are not repeated


def as_finish_reason(value: object) -> str | None:
    """Return the finish reason that a server sent, shortened and safe to show; None if it means "not finished".

    It should be a string; a number is that of an enumeration, and an object names its type (SGLang).
    """
    text = one_line(clean_text(_text(value)[:_MAX_LENGTH]), _MAX_LENGTH)
    return None if not text or meaning(text) == "none" else text


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if not value or value is True:
        return ""
    if isinstance(value, dict):
        return next((name for key in ("type", "reason", "name", "value") if (name := _text(value.get(key)))), "")
    if isinstance(value, list):
        return ", ".join(item for item in map(_text, value[:4]) if item)
    return json.dumps(value) if isinstance(value, int | float) else ""


def meaning(reason: str | None) -> Meaning | None:
    """Return what a finish reason means, or None if the word is not known."""
    if not reason:
        return None
    if reason in _MEANINGS:  # as nearly every server writes it
        return _MEANINGS[reason]
    word = _canonical(reason)
    # A word may be followed by details: ``content_filter: violence``.
    found = _MEANINGS.get(word) or _MEANINGS.get(_canonical(re.split(r"[:;,(/|]", reason, maxsplit=1)[0]))
    return found or _meaning_of_parts(frozenset(word.split("_")))


def _meaning_of_parts(parts: frozenset[str]) -> Meaning | None:
    found = next((meant for meant, words in _PARTS.items() if parts & words), None)
    return found or ("length" if parts & _AMOUNTS and parts & _LIMITS else None)


def _canonical(reason: str) -> str:
    """Return a word in lower case with underscores, without the name of its enumeration and its number."""
    word = re.sub(r"(?i)^.*finish_?reason[._:\s]+|^<|[>\s]+$|:\s*\d+\W*$", "", reason.strip())
    word = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", word)
    return re.sub(r"[\s_.-]+", "_", word).strip("_'\"").lower()


def ending(reason: str | None) -> str:
    """Return in words how a choice ended; empty if it ended as it should.

    The server's own word is added where it says more, and stands alone where it is not known.
    """
    meant = meaning(reason)
    if not reason or meant in ("stop", "tool_calls", "none"):
        return ""
    if meant is None:
        return f"finish reason {reason}"
    return _IN_WORDS[meant] if reason in _USUAL else f"{_IN_WORDS[meant]} ({reason})"
