"""Token estimates, checked against the providers' published examples."""

from __future__ import annotations

import pytest

from vision_magic.images.tokens import estimate


@pytest.mark.parametrize(
    ("size", "model", "detail", "tokens"),
    [
        pytest.param((1024, 1024), "gpt-4o", "high", 765, id="OpenAI's example: 4 tiles"),
        pytest.param((2048, 4096), "gpt-4o", "high", 1105, id="OpenAI's example: 6 tiles"),
        pytest.param((4096, 8192), "gpt-4o", "low", 85, id="OpenAI's example: low"),
        pytest.param((1024, 1024), "openai/gpt-4o-mini", None, 2833 + 4 * 5667, id="a router's name"),
        pytest.param((1024, 1024), "o1", "high", 75 + 4 * 150, id="o1"),
        pytest.param((1024, 1024), "gpt-4.1-mini", None, 1659, id="OpenAI's example: 1024 patches × 1.62"),
        pytest.param((4000, 4000), "o4-mini", None, 2642, id="at most 1536 patches"),
        pytest.param((1000, 1000), "claude-sonnet-4", None, 1334, id="Anthropic's example"),
        pytest.param((3000, 3000), "anthropic/claude-opus-4", None, 1600, id="Anthropic's most"),
        pytest.param((300, 384), "gemini-2.5-flash", None, 258, id="Gemini, small"),
        pytest.param((1000, 700), "gemini-2.5-flash", None, 516, id="Gemini, two tiles"),
        pytest.param((280, 280), "qwen2.5-vl-7b", None, 100, id="Qwen"),
        pytest.param((320, 320), "Qwen3-VL", None, 100, id="Qwen 3"),
        pytest.param((750, 100), "unheard-of", None, 100, id="a common rule"),
        pytest.param((750, 100), "embedded-reader", None, 0, id="the embedded reader"),
    ],
)
def test_a_picture_costs_what_its_providers_rule_says(
    size: tuple[int, int], model: str, detail: str | None, tokens: int
) -> None:
    assert estimate(*size, model=model, detail=detail).tokens == tokens


def test_an_estimate_says_that_it_is_one_and_by_which_rule() -> None:
    assert str(estimate(1000, 1000, model="claude-x")) == "about 1,334 tokens (Anthropic's pixels ÷ 750)"
