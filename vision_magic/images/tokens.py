"""Estimates of the number of tokens an image costs, by the providers' published rules.

These are estimates only: providers change their rules, and they bill the count that ``reply.usage`` reports.
Rules as published in November 2026:
https://platform.openai.com/docs/guides/images-vision, https://docs.anthropic.com/en/docs/build-with-claude/vision,
https://ai.google.dev/gemini-api/docs/tokens, https://github.com/QwenLM/Qwen2.5-VL.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

__all__ = ["Estimate", "estimate"]

Rule = Callable[[int, int, str], float]


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimated number of tokens, and the rule by which it was computed."""

    tokens: int
    rule: str

    def __str__(self) -> str:
        return f"about {self.tokens:,} tokens ({self.rule})"


def estimate(width: int, height: int, *, model: str = "", detail: str | None = None) -> Estimate:
    """Estimate the number of tokens that an image costs.

    Parameters
    ----------
    width, height : int
        Size of the image as sent (pixels).
    model : str
        Model id as the server spells it: ``gpt-4o-mini``, ``anthropic/claude-sonnet-4``. An unknown model gets a
        common rule.
    detail : {"auto", "low", "high"} or None
        Detail level as sent; only OpenAI's rules depend on it.
    """
    for pattern, words, rule in _RULES:
        if re.search(pattern, model.lower()):
            return Estimate(math.ceil(rule(width, height, detail or "auto")), words)
    return Estimate(math.ceil(width * height / 750), "a common rule: pixels ÷ 750")


def _tiles(base: int, tile: int) -> Rule:
    """OpenAI's older rule: fit into 2048×2048, shrink the shorter side to 768, count tiles of 512×512."""

    def rule(width: int, height: int, detail: str) -> float:
        if detail == "low":
            return base
        scale = min(1, 2048 / max(width, height))
        scale *= min(1, 768 / (min(width, height) * scale))
        return base + tile * math.ceil(width * scale / 512) * math.ceil(height * scale / 512)

    return rule


def _patches(side: int, limit: int, factor: float = 1.0) -> Rule:
    """Count square patches, at most `limit`: a larger image is shrunk by the provider."""

    def rule(width: int, height: int, detail: str) -> float:
        count = math.ceil(width / side) * math.ceil(height / side)
        return factor * min(count, limit)

    return rule


def _by_area(width: int, height: int, detail: str) -> float:
    """Anthropic's rule: shrink the longer side to 1568, then pixels ÷ 750."""
    scale = min(1, 1568 / max(width, height))
    return min(1600, width * scale * height * scale / 750)


def _gemini(width: int, height: int, detail: str) -> float:
    if max(width, height) <= 384:
        return 258
    return 258 * math.ceil(width / 768) * math.ceil(height / 768)


# The first pattern that matches the model's name is used.
_RULES: Final[tuple[tuple[str, str, Rule], ...]] = (
    (r"embedded-reader", "the embedded reader is free", lambda width, height, detail: 0),
    (r"gpt-4\.1-mini|gpt-5[.\d]*-mini", "OpenAI's patches of 32", _patches(32, 1536, 1.62)),
    (r"gpt-4\.1-nano|gpt-5[.\d]*-nano", "OpenAI's patches of 32", _patches(32, 1536, 2.46)),
    (r"o4-mini", "OpenAI's patches of 32", _patches(32, 1536, 1.72)),
    (r"gpt-4o-mini", "OpenAI's tiles of 512", _tiles(2833, 5667)),
    (r"gpt-5", "OpenAI's tiles of 512", _tiles(70, 140)),
    (r"gpt-4|chatgpt", "OpenAI's tiles of 512", _tiles(85, 170)),
    (r"\bo[13]\b", "OpenAI's tiles of 512", _tiles(75, 150)),
    (r"claude", "Anthropic's pixels ÷ 750", _by_area),
    (r"gemini", "Gemini's tiles of 768", _gemini),
    (r"qwen3", "Qwen's patches of 32", _patches(32, 16384)),
    (r"qwen", "Qwen's patches of 28", _patches(28, 16384)),
    (r"pixtral|mistral", "Mistral's patches of 16", _patches(16, 4096)),
)
