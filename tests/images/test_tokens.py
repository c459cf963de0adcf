"""Token estimates and kept sizes, checked against the providers' published examples and against measurements."""

from __future__ import annotations

import re
from typing import Any

import pytest
from PIL import Image as PILImage

from vision_magic.images.convert import as_image
from vision_magic.images.options import ImageOptions
from vision_magic.images.tokens import RULES, TokenRule, estimate, rule_for, side_limit

SOL = "gpt-5.6-sol"


@pytest.mark.parametrize(
    ("size", "model", "detail", "tokens"),
    [
        pytest.param((1024, 1024), "gpt-4o", "high", 765, id="OpenAI's example: 4 tiles"),
        pytest.param((2048, 4096), "gpt-4o", "high", 1105, id="OpenAI's example: 6 tiles"),
        pytest.param((4096, 8192), "gpt-4o", "low", 85, id="OpenAI's example: low"),
        pytest.param((1024, 1024), "openai/gpt-4o-mini", None, 2833 + 4 * 5667, id="a router's name"),
        pytest.param((1024, 1024), "o1", "high", 75 + 4 * 150, id="o1"),
        pytest.param((1024, 1024), "gpt-5.1", None, 70 + 4 * 140, id="GPT-5.1 counts tiles"),
        pytest.param((1024, 1024), "gpt-4.1-mini", None, 1659, id="OpenAI's example: 1024 patches × 1.62"),
        pytest.param((1800, 2400), "gpt-5-mini", None, 2353, id="OpenAI's example: 1452 patches × 1.62"),
        # The values of November 2026, for pictures of four sizes.
        pytest.param((640, 480), SOL, "high", 360, id="GPT-5.6 high, 640"),
        pytest.param((1200, 800), SOL, "high", 1140, id="GPT-5.6 high, 1200"),
        pytest.param((1568, 1176), SOL, "original", 2176, id="GPT-5.6 original, 1568"),
        pytest.param((2000, 1500), SOL, "original", 3554, id="GPT-5.6 original, 2000"),
        pytest.param((2000, 1500), SOL, None, 3554, id="GPT-5.6 without a level, as original"),
        pytest.param((640, 480), "claude-opus-4.8", None, 414, id="Claude, 640"),
        pytest.param((1200, 800), "claude-opus-4.8", None, 1247, id="Claude, 1200"),
        pytest.param((1568, 1176), "claude-opus-4.8", None, 2352, id="Claude, 1568"),
        pytest.param((2000, 1500), "claude-opus-4.8", None, 3888, id="Claude, 2000"),
        pytest.param((640, 480), "gemini-3.5-flash", None, 1089, id="Gemini 3, 640"),
        pytest.param((2000, 1500), "gemini-3.5-flash", None, 1089, id="Gemini 3, 2000"),
        # vybestack/llxprt-code#3483 measured 11,930 with the text around the picture.
        pytest.param((4000, 2500), SOL, None, 11_850, id="GPT-5.6, measured"),
        pytest.param((3200, 960), "gpt-6-astra", "high", 2916, id="GPT-6, OpenAI's formula"),
        pytest.param((640, 480), "gpt-6-astra", "low", 231, id="GPT-6 low fits into 512"),
        pytest.param((10_000, 10_000), "gpt-5.5", None, 12_000, id="GPT-5.5, at most 10,000 patches"),
        pytest.param((10_000, 10_000), "gpt-5.4", None, 3000, id="GPT-5.4, at most 2,500 patches"),
        pytest.param((10_000, 10_000), "gpt-5.4", "original", 12_000, id="GPT-5.4 original"),
        pytest.param((1200, 800), "gpt-5.2", "high", 1140, id="GPT-5.2, 1200"),
        pytest.param((2000, 1500), "gpt-5.2", "high", 1743, id="GPT-5.2, 1452 patches × 1.2"),
        pytest.param((200, 200), "claude-sonnet-5", None, 64, id="Anthropic's example: 8×8 patches"),
        pytest.param((1000, 1000), "claude-sonnet-4", None, 1296, id="Anthropic's example"),
        pytest.param((1928, 1928), "claude-opus-5", None, 4761, id="Anthropic's example: high resolution"),
        pytest.param((1928, 1928), "claude-sonnet-4-5", None, 1521, id="Anthropic's example: standard resolution"),
        pytest.param((300, 384), "gemini-2.5-flash", None, 258, id="Gemini 2, small"),
        pytest.param((960, 540), "gemini-2.5-flash", None, 6 * 258, id="Google's example: 3×2 tiles"),
        pytest.param((4000, 4000), "gemini-2.5-flash", None, 36 * 258, id="Gemini 2, tiles of at most 768"),
        pytest.param((280, 280), "qwen2.5-vl-7b", None, 100, id="Qwen 2.5"),
        pytest.param((320, 320), "Qwen3-VL", None, 100, id="Qwen 3"),
        pytest.param((64, 64), "qwen3.5-27b", None, 64, id="Qwen 3, at least 64 patches"),
        pytest.param((9000, 9000), "qwen3-vl", None, 16_384, id="Qwen 3, at most 16,384 patches"),
        pytest.param((1540, 1540), "mistral-small-latest", None, 55 * 55, id="Mistral"),
        pytest.param((750, 100), "unheard-of", None, 100, id="a guess"),
        pytest.param((750, 100), "embedded-reader", None, 0, id="the embedded reader"),
    ],
)
def test_a_picture_costs_what_its_providers_rule_says(
    size: tuple[int, int], model: str, detail: str | None, tokens: int
) -> None:
    assert estimate(*size, model=model, detail=detail).tokens == tokens


@pytest.mark.parametrize(
    ("models", "names"),
    [
        ("Claude before 4.7", "claude-opus-4 claude-opus-4-20250514 claude-opus-4@20250514 claude-sonnet-4:free "
         "anthropic/claude-sonnet-4.6 claude-haiku-4-5-20251001 claude-3-7-sonnet-20250219 claude-2.1"),
        ("Claude 4.7 and later", "claude-opus-4-7 claude-opus-4.8 claude-opus-4-10 claude-sonnet-5 claude-fable-5 "
         "anthropic/claude-opus-5.5"),
        ("GPT-5.6, GPT-6 and later", "gpt-5.6-terra gpt-5.10 gpt-6-astra openai/gpt-6.2-sol gpt-10"),
        ("GPT-5.2, 5.3, Codex mini", "gpt-5.2 gpt-5.3-codex gpt-5.1-codex-mini"),
        ("GPT-5, 5.1", "gpt-5 gpt-5-2025-08-07 gpt-5.1"),
        ("Gemini before 3", "gemini-2.5-flash gemini-1.5-pro"),
        ("Gemini 3 and later", "gemini-3-pro models/gemini-3.5-flash gemini-flash-latest"),
        ("Any other model", "gpt-35-turbo gpt-oss-20b llava default"),
    ],
)  # fmt: skip
def test_a_model_is_found_by_its_name(models: str, names: str) -> None:
    assert {rule_for(name).models for name in names.split()} == {models}


def test_each_rule_of_a_provider_states_its_source_and_date() -> None:
    own, *published, guess = RULES
    assert all(rule.source and re.fullmatch(r"20\d\d-\d\d", rule.date) for rule in published)
    assert own.count.tokens((9, 9), "") == 0
    assert "guess" in guess.words


def test_an_estimate_says_that_it_is_one_and_by_which_rule() -> None:
    assert str(estimate(1000, 1000, model="claude-5")) == (
        "about 1,296 tokens (Anthropic's patches of 28, at most 4,784)"
    )
    assert "a guess" in str(estimate(1000, 1000, model="unheard-of"))


@pytest.mark.parametrize(
    ("model", "options", "side"),
    [
        pytest.param("gpt-4o", {}, 1024, id="tiles: shorter side 768"),
        pytest.param("gpt-4o", {"detail": "low"}, 512, id="low"),
        pytest.param("gpt-5.2", {}, 1408, id="1,536 patches"),
        pytest.param(SOL, {"detail": "high"}, 1824, id="2,500 patches"),
        pytest.param(SOL, {}, 2048, id="nothing is dropped, but nobody asked for all of it"),
        pytest.param(SOL, {"detail": "original"}, 6000, id="original"),
        pytest.param("gpt-5.5", {"detail": "original"}, 3669, id="original, 10,000 patches"),
        pytest.param("claude-sonnet-4", {}, 1270, id="1,568 patches"),
        pytest.param("claude-opus-5", {}, 2212, id="4,784 patches: more than 2048"),
        pytest.param("mistral-medium-latest", {}, 1540, id="1,540 pixels"),
        pytest.param("gemini-3-pro", {}, 2048, id="nothing known about it"),
        pytest.param("", {}, 2048, id="no model"),
        pytest.param("gpt-4o", {"max_side": 3000}, 3000, id="the user's own limit"),
        pytest.param("gpt-4o", {"max_side": 500}, 500, id="a smaller limit"),
    ],
)
def test_what_the_model_would_drop_is_not_sent(model: str, options: dict[str, Any], side: int) -> None:
    """The size is for a picture of 4000×3000 pixels."""
    assert side_limit((4000, 3000), ImageOptions(model=model, **options))[0] == side


def test_the_note_gives_the_rule_as_the_reason() -> None:
    large = PILImage.new("L", (2000, 1500))
    image = as_image(large, model="gpt-4o")
    assert (image.width, image.height, image.original) == (1024, 768, (2000, 1500))
    assert image.note == "shrunk from 2000×1500: gpt-4o keeps no more (OpenAI's tiles of 512: 85 + 170 each)"
    assert as_image(large, model="gpt-4o", max_side=1600).note == "shrunk from 2000×1500"
    assert as_image(large, model="gpt-6-sol").note == ""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.models)
def test_a_model_keeps_what_it_has_kept(rule: TokenRule) -> None:
    """So that a picture which is shrunk here is not resampled a second time there, and costs the same."""
    for size in ((4000, 3000), (3000, 4000), (6000, 40), (2049, 2047), (1, 1), (7000, 7000)):
        for detail in ("", "low", "high", "original"):
            kept = rule.count.kept(size, detail)
            assert max(kept) <= max(size)
            assert rule.count.kept(kept, detail) == kept
