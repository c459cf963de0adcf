"""Finish reasons in the words of many servers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from vision_magic.chat.finish_reasons import as_finish_reason, ending, meaning


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        pytest.param("stop", "stop", id="C5 OpenAI"),
        pytest.param("STOP", "stop", id="C5 Gemini"),
        pytest.param("FinishReason.STOP", "stop", id="C5 an enumeration of Python"),
        pytest.param("<FinishReason.SAFETY: 3>", "content_filter", id="C5 its repr"),
        pytest.param("FINISH_REASON_MAX_TOKENS", "length", id="C5 an enumeration of protobuf"),
        pytest.param("end_turn", "stop", id="C5 Anthropic"),
        pytest.param("endTurn", "stop", id="C5 camel case"),
        pytest.param("end-turn", "stop", id="C5 hyphens"),
        pytest.param("stop_sequence", "stop", id="C5 TGI"),
        pytest.param("eos", "stop", id="C5 Together"),
        pytest.param("COMPLETE", "stop", id="C5 Cohere"),
        pytest.param("max_tokens", "length", id="C5 Anthropic's limit"),
        pytest.param("MAX_TOKENS", "length", id="C5 Gemini's limit"),
        pytest.param("maxTokens", "length", id="C5 camel case of a limit"),
        pytest.param("model_length", "length", id="C5 Mistral"),
        pytest.param("model_context_window_exceeded", "length", id="C5 Z.ai"),
        pytest.param("SAFETY", "content_filter", id="C5 SAFETY"),
        pytest.param("RECITATION", "content_filter", id="C5 RECITATION"),
        pytest.param("PROHIBITED_CONTENT", "content_filter", id="C5 PROHIBITED_CONTENT"),
        pytest.param("content_filter: violence", "content_filter", id="C5 with details"),
        pytest.param("Content-Filter", "content_filter", id="C5 content filter with a hyphen"),
        pytest.param("sensitive", "content_filter", id="C5 Z.ai's filter"),
        pytest.param("guardrail_intervened", "content_filter", id="C5 Bedrock"),
        pytest.param("tool_use", "tool_calls", id="C5 tool_use"),
        pytest.param("function_call", "tool_calls", id="C5 function_call"),
        pytest.param("TOOL_CALL", "tool_calls", id="C5 Cohere's calls"),
        pytest.param("network_error", "error", id="C1 Z.ai's error"),
        pytest.param("error: upstream died", "error", id="C1 with details"),
        pytest.param("some_new_error", "error", id="C1 an error by its name"),
        pytest.param("cancelled", "error", id="C1 cancelled"),
        pytest.param("upstream_timeout", "error", id="C1 a timeout by its name"),
        pytest.param("GENERATION_FAILED", "error", id="C1 a failure by its name"),
        pytest.param("server_is_overloaded", "error", id="C1 an overload by its name"),
        pytest.param("max_tokens_reached", "length", id="C5 a limit of tokens by its name"),
        pytest.param("context_window_exceeded", "length", id="C5 a limit of the context by its name"),
        pytest.param("content_policy", "content_filter", id="C5 a policy by its name"),
        pytest.param("SAFETY_SETTINGS", "content_filter", id="C5 a safety filter by its name"),
        pytest.param("stop_str", "stop", id="C5 a stop string"),
        pytest.param("max_turns", None, id="C5 another limit"),
        pytest.param("MALFORMED_FUNCTION_CALL", None, id="C5 of the model"),
        pytest.param("OTHER", None, id="C5 not known"),
        pytest.param("terror", None, id="C5 only ends like an error"),
    ],
)
def test_c5_a_word_means_what_its_server_means(word: str, meant: str | None) -> None:
    assert as_finish_reason(word) == word
    assert meaning(word) == meant


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, None),
        ("", None),
        ("null", None),
        ("None", None),
        ("FINISH_REASON_UNSPECIFIED", None),
        (False, None),
        (True, None),
        (0, None),
        ({}, None),
        ([], None),
        (2, "2"),
        (["stop"], "stop"),
        (["stop", "length"], "stop, length"),
        ({"type": "length", "length": 10}, "length"),
        ({"reason": {"name": "SAFETY"}}, "SAFETY"),
        ("  stop \n", "stop"),
        ("\x1b[31mred", "␛[31mred"),
        ("\u202eevil", "⟨U+202E⟩evil"),
    ],
    ids=lambda value: f"C5 {value!r}",
)
def test_c5_a_finish_reason_of_any_type_is_a_short_safe_string(value: Any, reason: str | None) -> None:
    assert as_finish_reason(value) == reason


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["type", "reason", "x"]), inner),
    )
)
def test_c5_any_value_is_read(value: Any) -> None:
    reason = as_finish_reason(value)
    assert reason is None or (0 < len(reason) <= 80 and "\n" not in reason)
    assert isinstance(ending(reason), str)
    meaning(reason)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (None, ""),
        ("stop", ""),
        ("STOP", ""),
        ("tool_use", ""),
        ("length", "cut by the token limit"),
        ("MAX_TOKENS", "cut by the token limit (MAX_TOKENS)"),
        ("content_filter", "stopped by the server's content filter"),
        ("SAFETY", "stopped by the server's content filter (SAFETY)"),
        ("content_filter: violence", "stopped by the server's content filter (content_filter: violence)"),
        ("OTHER", "finish reason OTHER"),
    ],
    ids=lambda value: f"C5 {value}",
)
def test_c5_an_ending_is_said_in_our_words_and_in_theirs(reason: str | None, words: str) -> None:
    assert ending(reason) == words
