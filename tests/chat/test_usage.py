"""Token counts: what servers call them, and which of them are believed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.chat.receipts import XAI, reply, request
from vision_magic.chat.usage import Usage, usage_of

PLAIN = {"prompt_tokens": 2640, "completion_tokens": 700, "total_tokens": 3340}


@pytest.mark.parametrize(
    ("more", "cached", "reasoning"),
    [
        pytest.param({}, None, None, id="not counted"),
        pytest.param(
            {"prompt_tokens_details": {"cached_tokens": 0}, "completion_tokens_details": {"reasoning_tokens": 0}}, 0, 0,
            id="OpenAI, none",
        ),
        pytest.param(
            {"prompt_tokens_details": {"cached_tokens": 5}, "completion_tokens_details": {"reasoning_tokens": 6}}, 5, 6,
            id="OpenAI",
        ),
        pytest.param({"prompt_cache_hit_tokens": 2000, "prompt_cache_miss_tokens": 640}, 2000, None, id="DeepSeek"),
        pytest.param(
            {"prompt_tokens_details": {"cached_tokens": None}, "cache_read_input_tokens": 7}, 7, None, id="a gateway"
        ),
        pytest.param({"cached_tokens": 8}, 8, None, id="Moonshot"),
        pytest.param({"prompt_tokens_details": None, "completion_tokens_details": []}, None, None, id="null, a list"),
        pytest.param(
            {"prompt_tokens_details": {"cached_tokens": 2641}, "completion_tokens_details": {"reasoning_tokens": 701}},
            None, None, id="more than the whole",
        ),
        pytest.param(
            {"cache_read_input_tokens": 10**400, "reasoning_tokens": -1, "cached_tokens": True},
            None, None, id="hostile",
        ),
    ],
)  # fmt: skip
def test_a_part_of_the_tokens_is_read_under_each_name(
    more: dict[str, Any], cached: int | None, reasoning: int | None
) -> None:
    usage = usage_of(PLAIN | more)
    assert (usage.cached_tokens, usage.reasoning_tokens, usage.written_tokens) == (cached, reasoning, 700)
    json.dumps(usage.raw, allow_nan=False)


def test_reasoning_that_a_server_counts_apart_is_written_too() -> None:
    usage = usage_of(XAI)
    assert (usage.cached_tokens, usage.reasoning_tokens) == (473, 672)
    assert (usage.completion_tokens, usage.written_tokens) == (182, 182 + 672)
    assert usage_of(XAI | {"total_tokens": 10**15}).written_tokens == 182


def test_the_sum_of_two_requests_keeps_what_both_count() -> None:
    both = usage_of(XAI) + usage_of(XAI)
    assert (both.cached_tokens, both.reasoning_tokens, both.written_tokens) == (946, 1344, 2 * (182 + 672))
    assert (both + usage_of(PLAIN)).cached_tokens is None
    assert json.loads(json.dumps(both.raw)) == both.raw


@pytest.mark.parametrize(
    ("usage", "words"),
    [
        pytest.param(usage_of(XAI), "2,640 prompt (473 cached), 182 completion, 672 reasoning tokens", id="apart"),
        pytest.param(
            Usage(prompt_tokens=9, completion_tokens=8, reasoning_tokens=7, cached_tokens=0),
            "9 prompt, 8 completion (7 reasoning) tokens",
            id="a part",
        ),
        pytest.param(Usage(cached_tokens=3), "", id="only a part"),
    ],
)
def test_the_receipt_names_the_parts(usage: Usage, words: str) -> None:
    rows = dict(reply(request(), usage=usage).receipt.rows())
    assert rows.get("counted", "") == words
